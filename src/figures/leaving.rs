//! Letting a client go, cordially: what either side owes, what is to be finished or handed over, what it costs and frees, and
//! the letter.
//!
//! Income lost and hours freed are those of the what-if: see [`LettingGo`]. How much notice is due
//! is no fact of a book: the agreement says so, and a retainer's last day only where one was agreed.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, ClientFacts, Deal, Ended, Invoice, Money, OrderedAgain, Party, Phase, Renewal, Retainer, Stage,
    Table, TemplateId,
};

use super::asked::{left_to_bill, not_invoiced};
use super::draft::{Letter, Matter, Note, sayable};
use super::forecast::what_if::LettingGo;
use super::health::FactId;
use super::jobs::{has_agreed, phase_of};
use super::ladder::{Mine, mine};
use super::owed::Whose;
use super::standing::Standing;
use super::words::{amount, amount_in_full, date, long_day};
use super::{Answer, Client, Figures, Owed};

/// What it takes to let a client go.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// Invoices with something open, and credit notes that are not set off, by the day they are due.
    pub theirs: Vec<Arc<Owed>>,
    /// The sum of these, in the book's currency; below nought it is owed to them.
    pub owed: Answer<Money>,
    /// What I owe: every promise not kept yet, and every question that waits.
    pub mine: Vec<Mine>,
    /// What is to be finished, withdrawn, ended or handed over.
    pub hand: Vec<Hand>,
    /// What is lost and what it frees.
    pub letting_go: Option<LettingGo>,
    /// Hours a year that it frees.
    pub hours_a_year: Answer<Decimal>,
    /// That it ended, and nothing later is said.
    pub ended: Option<Ended>,
    /// That it is agreed to end on a day that lies ahead.
    pub ends: Option<Ended>,
    /// That they ordered again since.
    pub again: Option<OrderedAgain>,
    /// The letter, as a draft.
    pub letter: Letter,
}

/// Something to be finished, withdrawn, ended or handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Hand {
    /// What kind of thing.
    pub kind: HandKind,
    /// What it is called.
    pub what: String,
    /// How it stands, in a clause.
    pub stands: String,
    /// The amount that belongs to it, as agreed.
    pub amount: Option<Money>,
    /// What they have paid for work that is not delivered.
    pub paid: Option<Money>,
    /// The day that counts.
    pub day: Option<NaiveDate>,
    /// The record.
    pub record: FactId,
}

/// A kind of thing that is left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandKind {
    /// A deal at work.
    Deal,
    /// A deal that was delivered and is not settled yet.
    Delivered,
    /// A deal still talked about.
    Talk,
    /// A part of a price that is still to be invoiced.
    Instalment,
    /// A regular fee.
    Fee,
    /// Something that expires, with those involved in it.
    Renewal,
}

impl HandKind {
    /// What is done with it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Deal => "Finish or hand over",
            Self::Delivered => "Settle",
            Self::Talk => "Withdraw",
            Self::Instalment => "Invoice",
            Self::Fee => "Give notice",
            Self::Renewal => "Hand over",
        }
    }
}

impl Leaving {
    /// What it takes to let a client go, as of `day`.
    #[must_use]
    pub fn of(business: &Business, figures: &Figures, client: &Client) -> Self {
        let (known, day) = (&client.known, figures.day);
        let theirs = theirs(business, client, day);
        let mine = mine(business, &client.known, day);
        let hand = hand(business, known, day);
        let letting_go = LettingGo::of(business, figures, &client.id);
        let hours_a_year = letting_go.as_ref().map(|it| it.hours_a_year.clone());
        let hours_a_year =
            hours_a_year.unwrap_or_else(|| Err(super::Unknown::because("they are not known yet")));
        let ended = known.client.over().cloned();
        let ends = known.client.ends_on.clone();
        let letter = letter(business, figures, client, &theirs, &mine, &hand);
        Self {
            owed: client.ledger.receivables.clone(),
            hours_a_year,
            theirs,
            mine,
            hand,
            letting_go,
            ended,
            ends,
            again: known.ordered_again(&business.stages()),
            letter,
        }
    }
}

fn theirs(business: &Business, client: &Client, day: NaiveDate) -> Vec<Arc<Owed>> {
    let whose = Whose { id: &client.id, name: &client.name, search: "" };
    let standings = client.known.facts.invoices.iter().map(|invoice| Standing::of(invoice));
    let open = standings.filter(|standing| !standing.open.is_zero());
    let mut theirs: Vec<Arc<Owed>> =
        open.map(|it| Arc::new(Owed::as_it_stands(&it, &whose, business, day))).collect();
    theirs.sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
    theirs
}

fn hand(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<Hand> {
    let stages = business.stages();
    let facts = &known.facts;
    let mut hand: Vec<Hand> = Vec::new();
    for deal in &facts.deals {
        let phase = deal.stage().and_then(|at| phase_of(&stages, &at.stage));
        let parts = not_invoiced(facts, deal).filter(|_| phase == Some(Phase::Won)).map(|part| Hand {
            kind: HandKind::Instalment,
            what: deal.title.clone(),
            stands: format!("instalment agreed for {}", date(part.due, day)),
            amount: Some(part.amount),
            paid: None,
            day: Some(part.due),
            record: (Table::Deals, deal.id.to_string()),
        });
        let parts: Vec<Hand> = parts.collect();
        // What a fee pays for ends with it.
        let with_fee = known.running_retainers(day).any(|fee| fee.deal.as_ref() == Some(&deal.id));
        let whole = of_deal(&stages, known, deal, day).filter(|_| !with_fee);
        hand.extend(whole.and_then(|whole| without_parts(whole, &parts)));
        hand.extend(parts);
    }
    hand.extend(known.running_retainers(day).map(|it| fee(it, day)));
    hand.extend(facts.renewals.iter().map(|it| renewal(it, day)));
    hand.sort_by(|a, b| (a.kind, a.day, &a.record).cmp(&(b.kind, b.day, &b.record)));
    hand
}

fn of_deal(stages: &[Stage], known: &ClientFacts, deal: &Arc<Deal>, day: NaiveDate) -> Option<Hand> {
    let at = deal.stage()?;
    let stage = stages.iter().find(|stage| stage.id == at.stage)?;
    let worked = known.facts.work.iter().filter(|work| work.deal.as_ref() == Some(&deal.id));
    let hours = worked.fold(Decimal::ZERO, |sum, work| sum.saturating_add(work.hours));
    let hours = if hours.is_zero() {
        "no hours logged".to_owned()
    } else {
        format!("{} h worked", crate::written::decimal(hours))
    };
    let paid = paid_for(known, deal).filter(|_| stage.phase == Phase::Won && deal.delivered.is_none());
    let (kind, stands) = match stage.phase {
        Phase::Won if let Some(delivered) = deal.delivered => {
            (HandKind::Delivered, format!("delivered on {}", date(delivered, day)))
        }
        Phase::Won => {
            let paid = paid.map(|paid| format!(", {} of it paid", amount_in_full(paid))).unwrap_or_default();
            (HandKind::Deal, format!("{}, {hours}{paid}", stage.name.to_lowercase()))
        }
        Phase::Open => (HandKind::Talk, format!("{}, {hours}", stage.name.to_lowercase())),
        Phase::Closed | Phase::Lost => return None,
    };
    let mut bills = known.facts.invoices.iter().filter(|it| it.deal.as_ref() == Some(&deal.id));
    // What is delivered is settled once it is billed: what they owe stands among the invoices. As for Today, any bill of a deal
    // without a value is taken for all of it.
    let amount = match (kind, deal.value) {
        (HandKind::Delivered, None) if bills.next().is_some() => return None,
        (HandKind::Delivered, Some(_)) => Some(left_to_bill(&known.facts, deal)?),
        (_, value) => value,
    };
    Some(Hand {
        kind,
        what: deal.title.clone(),
        stands,
        amount,
        paid,
        day: Some(at.day),
        record: (Table::Deals, deal.id.to_string()),
    })
}

/// What was paid of a deal's invoices, net of tax as its price is, in the currency of the first.
fn paid_for(known: &ClientFacts, deal: &Deal) -> Option<Money> {
    let of_deal = known.facts.invoices.iter().filter(|it| it.deal.as_ref() == Some(&deal.id));
    let net = |it: &Arc<Invoice>| {
        let standing = Standing::of(it);
        let share = standing.paid.amount.checked_div(standing.asked.amount).unwrap_or_default();
        Money::new(it.asked_net().amount.saturating_mul(share), standing.paid.currency).rounded()
    };
    let paid: Vec<Money> = of_deal.map(net).collect();
    let currency = paid.first()?.currency;
    let alike = paid.iter().filter(|it| it.currency == currency);
    let sum = alike.fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.amount));
    (sum > Decimal::ZERO).then(|| Money::new(sum, currency))
}

/// What is left of a delivered deal to settle beside the parts of its price that are still to be invoiced; `None` where these are all
/// of it.
fn without_parts(whole: Hand, parts: &[Hand]) -> Option<Hand> {
    if whole.kind != HandKind::Delivered || parts.is_empty() {
        return Some(whole);
    }
    let left = whole.amount?;
    let parts = parts.iter().filter_map(|part| part.amount).filter(|part| part.currency == left.currency);
    let rest = parts.fold(left.amount, |rest, part| rest.saturating_sub(part.amount));
    (rest > Decimal::ZERO).then(|| Hand { amount: Some(Money::new(rest, left.currency)), ..whole })
}

fn fee(retainer: &Retainer, day: NaiveDate) -> Hand {
    let stands = match retainer.until {
        Some(until) => format!("every {}, agreed until {}", retainer.every, date(until, day)),
        None => {
            format!("every {}, without an end: the agreement says how much notice is due", retainer.every)
        }
    };
    Hand {
        kind: HandKind::Fee,
        what: retainer.what.clone(),
        stands: stands.replacen("every 1 ", "every ", 1),
        amount: Some(retainer.amount),
        paid: None,
        day: retainer.until,
        record: (Table::Retainers, retainer.id.to_string()),
    }
}

fn renewal(renewal: &Renewal, day: NaiveDate) -> Hand {
    let expires = renewal.expires_now();
    let verb = if expires < day { "expired" } else { "expires" };
    let mut links: Vec<String> =
        renewal.chain.iter().map(|link| format!("{}: {}", link.role, link.who)).collect();
    if !renewal.contacts.is_empty() {
        links.push(format!("reached at {}", renewal.contacts.join(", ")));
    }
    let chain = if links.is_empty() { "who is involved is not noted".to_owned() } else { links.join(", ") };
    Hand {
        kind: HandKind::Renewal,
        what: renewal.what.clone(),
        stands: format!("{verb} on {}; {chain}", date(expires, day)),
        amount: renewal.price,
        paid: None,
        day: Some(expires),
        record: (Table::Renewals, renewal.id.to_string()),
    }
}

/// The letter that ends it, as it would be written now.
pub(super) fn goodbye(business: &Business, figures: &Figures, client: &Client) -> Letter {
    let (known, day) = (&client.known, figures.day);
    let (theirs, mine) = (theirs(business, client, day), mine(business, known, day));
    letter(business, figures, client, &theirs, &mine, &hand(business, known, day))
}

fn letter(
    business: &Business,
    figures: &Figures,
    client: &Client,
    theirs: &[Arc<Owed>],
    mine: &[Mine],
    hand: &[Hand],
) -> Letter {
    let last_day = client.known.client.end().map(|end| end.day);
    let said = |note: Note, what: &str| sayable(note, what, &client.known.client, &figures.of_clients);
    let listed = |items: Vec<String>| if items.is_empty() { "nothing".to_owned() } else { items.join("; ") };
    // What is still talked about is withdrawn, what is delivered they have, and a part of a price is billed: none of it is handed
    // over. How it stands with me is nothing to them.
    let title =
        |it: &Hand| said(if it.kind == HandKind::Renewal { Note::Renewal } else { Note::Title }, &it.what);
    let left = hand.iter().filter_map(|it| match (it.kind, it.day) {
        (HandKind::Talk | HandKind::Delivered | HandKind::Instalment, _) => None,
        (HandKind::Renewal, Some(expires)) if expires >= figures.day => {
            Some(title(it).map(|what| format!("- {what}, until {}", long_day(expires))))
        }
        (HandKind::Deal | HandKind::Fee | HandKind::Renewal, _) => {
            let paid = it
                .paid
                .map(|paid| format!(", of which {} before tax is paid", amount(paid)))
                .unwrap_or_default();
            Some(title(it).map(|what| format!("- {what}{paid}")))
        }
    });
    let left: Option<Vec<String>> = left.collect();
    let handover = left.map(|left| {
        if left.is_empty() {
            let has_worked = has_agreed(&business.stages(), &client.known);
            let done =
                if has_worked { "The work you gave me is done." } else { "No work of yours is with me." };
            done.to_owned()
        } else {
            let finish = "Until then I finish, or hand over with everything that belongs to it:";
            format!("{finish}\n{}", left.join("\n"))
        }
    });
    // What cannot be said to them is left to be filled in.
    let (credits, bills): (Vec<&Arc<Owed>>, Vec<&Arc<Owed>>) =
        theirs.iter().partition(|it| it.open.amount < Decimal::ZERO);
    let credits = credits.into_iter().map(|it| {
        let back = Money::new(-it.open.amount, it.open.currency);
        let of = if it.is_credit_note { "of credit note" } else { "too much paid on invoice" };
        Some(format!("{} {of} {}, to be set off or paid back", amount(back), it.number))
    });
    let mine = mine.iter().map(|it| {
        let answer = || Some(format!("an answer to what you said on {}", long_day(it.day)));
        if it.promise { said(Note::Promise(Party::Me), &it.what) } else { answer() }
    });
    let i_owe: Option<Vec<String>> = mine.chain(credits).collect();
    let they_owe = bills.into_iter().map(|it| {
        let stands = if it.disputed { "disputed".to_owned() } else { format!("due on {}", long_day(it.due)) };
        Some(format!("invoice {} for {}, {stands}", it.number, amount(it.open)))
    });
    // Of what is worth nobody knows how much, nobody knows whether anything is left to bill.
    let to_bill = hand.iter().filter(|it| matches!(it.kind, HandKind::Delivered | HandKind::Instalment));
    let to_bill = to_bill.filter_map(|it| {
        let net = amount(it.amount?);
        Some(title(it).map(|what| format!("what is still to be invoiced of {what}: {net} before tax")))
    });
    let promised = client.known.facts.promises.iter().filter(|it| it.by == Party::Them && it.kept.is_none());
    let promised = promised.map(|it| said(Note::Promise(Party::Them), &it.what));
    let they_owe: Option<Vec<String>> = they_owe.chain(to_bill).chain(promised).collect();
    let fields = [
        ("last_day", last_day.map(long_day)),
        ("handover", handover),
        ("i_owe", i_owe.map(listed)),
        ("they_owe", they_owe.map(listed)),
    ];
    Letter::of(TemplateId::Goodbye, business, figures, client, Matter::Fields(&fields))
}
