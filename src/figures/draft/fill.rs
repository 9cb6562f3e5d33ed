//! What stands in the fields of a letter, from facts alone. Their meaning is in the README's table of fields.

use std::cell::Cell;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::domain::{
    Business, ClientFacts, ClientKind, Deal, DealId, Direction, Invoice, Money, Person, Phase, Promise,
    Renewal, TemplateId, Touch, TouchKind, Work, add_days, days_between,
};

use super::Matter;
use super::choose::pushes;
use super::note::{Note, sayable};
use super::price::names_a_price;
use crate::figures::Client;
use crate::figures::answering::bare_name;
use crate::figures::asked::DownPayments;
use crate::figures::credit::LateLessCredit;
use crate::figures::delivery::{delivered_on, work_under_way};
use crate::figures::dossier::{Achieved, AchievedKind, Dossier};
use crate::figures::jobs::phase_of;
use crate::figures::proposal::proposal_sent;
use crate::figures::spoken::said_by_them;
use crate::figures::today::{first_unanswered, heard_since_asked, unanswered, unthanked};
use crate::figures::words::{amount, long_day};

/// Days in which an answer is asked for.
const ANSWER_DAYS: i64 = 7;
/// So many things achieved are named.
const ACHIEVED: usize = 5;

/// Where the fields of a letter come from.
pub(super) struct Source<'a> {
    pub(super) template: TemplateId,
    pub(super) business: &'a Business,
    pub(super) known: &'a ClientFacts,
    /// What kind of client it is, where the facts decide it.
    pub(super) kind: Option<ClientKind>,
    /// Every client of the book.
    pub(super) all: &'a [Arc<Client>],
    pub(super) matter: Matter<'a>,
    pub(super) day: NaiveDate,
    /// Whether a field was filled with something that was noted for oneself.
    pub(super) quotes: Cell<bool>,
}

/// Who is written to.
#[derive(Debug, Clone, Default)]
pub(super) struct Addressed {
    pub(super) name: Option<String>,
    pub(super) mail: Option<String>,
}

impl Addressed {
    fn of(person: &Person) -> Self {
        Self { name: called(&person.name), mail: person.mail.as_deref().map(str::trim).and_then(told) }
    }
}

/// What somebody is called in a letter: without what was noted behind the name, and no mail address. Of `Müller, Hans` nobody knows
/// whether what follows the comma is a name or a note: that is left to be filled in.
fn called(name: &str) -> Option<String> {
    if name.split_once(',').is_some_and(|(before, after)| may_be_turned(before, after)) {
        return None;
    }
    told(bare_name(name)).filter(|name| !name.contains('@'))
}

/// Whether a name may be written with the family name first: that alone, or with a `von`, and then a word or two that may be given
/// names.
fn may_be_turned(family: &str, given: &str) -> bool {
    let is_name = |word: &str| {
        let shouts = word.chars().all(char::is_uppercase);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'));
        letters && !shouts && word.starts_with(char::is_uppercase)
    };
    let given: Vec<&str> = bare_name(given).split_whitespace().collect();
    let names = family.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    names <= 1 && (1..=2).contains(&given.len()) && given.iter().all(|word| is_name(word))
}

/// Whether a promise is to pay: nobody waives that.
pub(in crate::figures) fn is_about_money(what: &str) -> bool {
    const MONEY: [&str; 10] =
        ["pay", "paid", "pays", "payment", "money", "invoice", "deposit", "instalment", "transfer", "bill"];
    let plain = what.to_lowercase();
    plain.split(|c: char| !c.is_alphabetic()).any(|word| MONEY.contains(&word))
}

impl Source<'_> {
    /// Whoever the record names, else who decides, else the first one noted. Who needs somebody else's yes is not who
    /// decides: where only that one is noted, nobody is.
    pub(super) fn addressed(&self) -> Addressed {
        let people = &self.known.client.people;
        if let (TemplateId::NotDecider, Matter::Deal(deal)) = (self.template, self.matter) {
            let decider = self.decider(deal);
            let mut others = people.iter().filter(|person| decider.as_deref() != Some(person.name.as_str()));
            let talks = others.clone().find(|person| person.decides == Some(false)).or_else(|| others.next());
            return talks.map(Addressed::of).unwrap_or_default();
        }
        let named = match self.matter {
            Matter::Touch(touch) => touch.person.as_deref(),
            Matter::Promise(promise) => promise.person.as_deref(),
            _ => None,
        };
        let person = if let Some(name) = named.and_then(told) {
            people.iter().find(|person| person.name == name).ok_or(Some(name))
        } else {
            let decides = people.iter().find(|person| person.decides == Some(true));
            decides.or_else(|| people.first()).ok_or(None)
        };
        match person {
            Ok(person) => Addressed::of(person),
            Err(name) => Addressed { name: name.as_deref().and_then(called), mail: None },
        }
    }

    /// What stands in a field; `None` where the facts do not tell.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        if let Some(addition) = self.addition(name) {
            return Some(addition);
        }
        let own = match self.matter {
            Matter::Client => None,
            Matter::Invoice(invoice) => self.of_invoice(invoice, name),
            Matter::Deal(deal) => self.of_deal(deal, name),
            Matter::Promise(promise) => self.of_promise(promise, name),
            Matter::Renewal(renewal) => self.of_renewal(renewal, name),
            Matter::Touch(touch) => self.of_touch(touch, name),
            Matter::Fields(fields) => {
                fields.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.clone())
            }
        };
        own.or_else(|| self.of_client(name)).as_deref().and_then(told)
    }

    /// The fields that say something only where there is something to say, after a space: nothing is missing without it.
    fn addition(&self, name: &str) -> Option<String> {
        match (&self.matter, name) {
            (Matter::Invoice(invoice), "also") => Some(self.also_late(invoice)),
            (Matter::Invoice(invoice), "heard") => {
                let heard = heard_since_asked(&self.known.facts, invoice, self.day)
                    .map(|day| format!(" I heard from you on {}: thank you for that.", long_day(day)));
                Some(heard.unwrap_or_default())
            }
            (Matter::Invoice(invoice), "slipped") => {
                // Who has paid a part of it thought of it.
                let slipped =
                    came(invoice).is_none().then_some(", and may have slipped through, as things do");
                Some(slipped.unwrap_or_default().to_owned())
            }
            (Matter::Invoice(_) | Matter::Deal(_), "asked") => {
                let asked = first_unanswered(self.business, &self.known.facts, self.day);
                Some(asked.map_or_else(String::new, |asked| format!(" on {}", long_day(asked.day))))
            }
            (Matter::Invoice(invoice), "anything_new")
                if self.may_look_ahead() && self.paid_ahead(invoice).is_none() =>
            {
                Some(" If you are thinking of something new, I would like to hear about it.".to_owned())
            }
            (Matter::Promise(promise), "all_right")
                if !self.owes_late() && !is_about_money(&promise.what) =>
            {
                Some(", and that is all right: I have kept a place for it".to_owned())
            }
            (Matter::Invoice(_), "anything_new") | (Matter::Promise(_), "all_right") => Some(String::new()),
            // Money is no burden that could be taken off anybody's hands.
            (Matter::Promise(promise), "ease") => Some(if is_about_money(&promise.what) {
                "Which day can I count on now?".to_owned()
            } else {
                "What can I take off your hands so that it gets easier? And which day would be a realistic one?"
                    .to_owned()
            }),
            (Matter::Touch(touch), "asked_about") => {
                let about = touch.note.as_deref().and_then(|note| self.said(Note::Asked, note));
                Some(about.map_or_else(String::new, |about| format!(" ({about})")))
            }
            // Where nobody knows what it costs, that is to be filled in.
            (Matter::Renewal(renewal), "costs") => renewal.price.map(|price| {
                let costs = price.amount > Decimal::ZERO;
                if costs { format!(" Renewing it costs {}.", amount(price)) } else { String::new() }
            }),
            _ => None,
        }
    }

    /// What a note says, as it is said to them.
    fn said(&self, note: Note, text: &str) -> Option<String> {
        let said = sayable(note, text, &self.known.client, self.all);
        if said.is_some() && note.is_for_oneself() {
            self.quotes.set(true);
        }
        said
    }

    /// Whether anything of theirs is late, or a reminder of it waits to go out.
    fn owes_late(&self) -> bool {
        let facts = &self.known.facts;
        let is_late = |it: &Invoice| it.due < self.day && it.open().amount > Decimal::ZERO && !it.is_trifle();
        facts.invoices.iter().any(|invoice| is_late(invoice))
            || facts.outbox.iter().any(|it| it.waits() && it.kind == Some(TouchKind::Reminder))
    }

    /// Whether they are asked for more work: not while something of theirs is late, nor somebody with whom it ends or hurts.
    fn may_look_ahead(&self) -> bool {
        self.known.client.last_day().is_none()
            && !self.owes_late()
            && !matches!(self.kind, Some(ClientKind::Toxic | ClientKind::Ended))
    }

    fn of_client(&self, name: &str) -> Option<String> {
        let client = &self.known.client;
        let met = client.met.as_ref();
        match name {
            "client" => Some(client.name.clone()),
            "person" => self.addressed().name,
            "firm" => Some(self.business.name.clone()),
            "me" => self.business.person.clone(),
            "signature" => Some(self.business.signature()),
            "brand_message" => self.business.brand_message.clone().filter(|text| !names_a_price(text)),
            "met_place" => self.said(Note::Place, met?.place.as_deref()?),
            "met_day" => met.map(|met| long_day(met.day)),
            "met_why" => self.said(Note::Why, met?.why.as_deref()?),
            "work" => self.work(),
            "achieved" => self.achieved(|_| true),
            "answer_day" => Some(long_day(answer_day(self.day))),
            _ => None,
        }
    }

    fn of_invoice(&self, invoice: &Invoice, name: &str) -> Option<String> {
        let late = days_between(invoice.due, self.day);
        match name {
            "number" => Some(invoice.number.clone()),
            "amount" => Some(amount(invoice.open())),
            "total" => Some(amount(invoice.asked())),
            "billed" => Some(billed(invoice)),
            "unpaid" => Some(self.unpaid(invoice)),
            "not_come" => Some(not_come(invoice)),
            "issued" => Some(long_day(invoice.issued)),
            "due" => Some(long_day(invoice.due)),
            "days_late" if late == 1 => Some("1 day".to_owned()),
            "days_late" if late > 1 => Some(format!("{late} days")),
            "promised_day" => invoice.last_promise().map(|it| long_day(it.pay_by)),
            "delivered" => list(invoice.lines.iter().filter_map(|line| self.said(Note::Line, &line.result))),
            "paid_for" => Some(self.paid_for(invoice)),
            _ => None,
        }
    }

    /// What is asked for: `it`, `the rest`, or all that is late with its sum: `both (3,000 EUR together)`.
    fn unpaid(&self, invoice: &Invoice) -> String {
        let left = less_credit(self.known, invoice, self.day);
        if !left.credits.is_empty() && !left.is_covered() {
            return format!("what is left ({})", left.rest_words(amount));
        }
        let others = also_late(self.known, invoice, self.day);
        if others.is_empty() {
            return if came(invoice).is_some() { "the rest" } else { "it" }.to_owned();
        }
        let all: Vec<&Invoice> = std::iter::once(invoice).chain(others).collect();
        let which = match all.len() {
            2 => "both",
            3 => "all three",
            4 => "all four",
            _ => "all of them",
        };
        let of = if all.iter().any(|invoice| came(invoice).is_some()) { "what is open of " } else { "" };
        // Without credit that goes off it, what is left is the sum of all.
        let together = if left.rest.len() == 1 { " together" } else { "" };
        format!("{of}{which} ({}{together})", left.rest_words(amount))
    }

    /// The deal whose down payment an invoice asks for, where the work is still to be done.
    fn paid_ahead(&self, invoice: &Invoice) -> Option<&Deal> {
        let is_ahead = |deal: &Deal| {
            !self.is_delivered(deal) && !matches!(self.phase(deal), Some(Phase::Closed | Phase::Lost))
        };
        let asks = |deal: &Deal| {
            let down = deal.down_payment.as_ref();
            down.is_some_and(|down| match &down.invoice {
                Some(named) => *named == invoice.id,
                None => invoice.deal.as_ref() == Some(&deal.id) && invoice.asked() == down.amount,
            })
        };
        let mut deals = self.known.facts.deals.iter().map(AsRef::as_ref);
        deals.find(|deal| asks(deal) && is_ahead(deal))
    }

    /// What follows the thanks for a payment. A down payment is for work that is still to be done.
    fn paid_for(&self, invoice: &Invoice) -> String {
        match self.paid_ahead(invoice) {
            Some(deal) => {
                let begin = if self.has_begun(deal) { "go on with the work" } else { "begin the work" };
                format!("With it I can {begin}.")
            }
            None => {
                "If anything about the work is not as you want it, tell me, and I will see to it.".to_owned()
            }
        }
    }

    /// What else of the client's is late: ` Invoice 1043 for 2,100 EUR, due on 23 November 2026, is open too.`,
    /// with thanks for the part of it that came; and what of ours is theirs to take off.
    fn also_late(&self, invoice: &Invoice) -> String {
        let said = also_late(self.known, invoice, self.day).into_iter().map(|other| {
            let (asks, due) = (asks(other), long_day(other.due));
            let came = came(other).map_or_else(String::new, |came| {
                format!(": {} of it came, thank you, and {} is left", amount(came), amount(other.open()))
            });
            format!(" Invoice {} for {asks}, due on {due}, is open too{came}.", other.number)
        });
        let left = less_credit(self.known, invoice, self.day);
        let credit = (!left.credits.is_empty())
            .then(|| format!(" Less {}, it comes to {}.", left.said(), left.rest_words(amount)));
        said.chain(credit).collect()
    }

    fn of_deal(&self, deal: &Deal, name: &str) -> Option<String> {
        let proposal = deal.proposal.as_ref();
        let sent = || proposal_sent(&self.business.stages(), deal);
        let ahead = deal.next_step.as_ref().filter(|step| step.due >= self.day);
        let title = self.said(Note::Title, &deal.title);
        match name {
            "deal" | "work" => title,
            "value" => deal.value.map(amount),
            "they_get" => self.said(Note::Gets, deal.they_get.as_deref()?),
            "decider" => deal.decider.clone(),
            "ask_decider" => Some(self.ask_decider(deal)),
            "sent" => sent().map(long_day),
            // What they asked since is answered first.
            "heard" if unanswered(self.business, &self.known.facts, self.day).any(|asked| sent().is_none_or(|sent| asked.day >= sent)) => None,
            "heard" => {
                let last = sent().and_then(|sent| self.heard_since(sent));
                Some(last.map_or_else(
                    || "I have not heard from you since".to_owned(),
                    |spoke| format!("I last heard from you on {}", long_day(spoke)),
                ))
            }
            "valid_until" => proposal?.valid_until.map(long_day),
            "stands" => Some(match (sent(), proposal.and_then(|it| it.valid_until)) {
                (None, _) => "my price stands".to_owned(),
                (_, Some(until)) if until < self.day => {
                    format!("I renew the proposal, which held until {}", long_day(until))
                }
                _ => "the proposal stands".to_owned(),
            }),
            "begin" => Some(if self.has_begun(deal) { "go on" } else { "begin" }.to_owned()),
            "terms_days" => {
                let told = deal.terms_told.as_ref().and_then(|told| told.days);
                told.or(self.known.client.terms_days).map(|days| days.to_string())
            }
            "terms" => Some(match self.of_deal(deal, "terms_days")?.as_str() {
                "0" => "at once".to_owned(),
                "1" => "within 1 day".to_owned(),
                days => format!("within {days} days"),
            }),
            "less_scope" => {
                // What was left out before they pushed is in the price already.
                let pushed = pushes(&self.known.facts, deal).map(|push| push.day).max();
                let less = deal.less_scope.as_ref().filter(|less| pushed.is_none_or(|pushed| less.day >= pushed));
                less.and_then(|less| self.said(Note::Scope, &less.what))
            }
            "agreement_state" if self.is_agreed(deal) => Some(format!(
                "Thank you for the yes to {}. What is still missing is your signature under our agreement.",
                title?
            )),
            "agreement_state" => {
                let (sent, title) = (long_day(deal.agreement.as_ref()?.sent?), title?);
                Some(format!("On {sent} I sent you the agreement for {title}, and it is not signed yet."))
            }
            "down_agreed" => self.of_deal(deal, "down_payment").zip(title).map(|(down, title)| {
                match (self.is_agreed(deal), self.has_begun(deal)) {
                    (true, _) => format!("Thank you for the order of {title}. We agreed on a down payment of {down}."),
                    (false, true) => format!("A part of {title} is paid ahead: a down payment of {down}."),
                    (false, false) => {
                        format!("A part of {title} is paid before the work on it begins: a down payment of {down}.")
                    }
                }
            }),
            "down_payment" => {
                self.down_payment(deal).map(|(asked, came)| of_which(&amount(asked), asked, came))
            }
            "down_state" => self.down_payment(deal).map(|(_, came)| {
                let what = if came.amount > Decimal::ZERO { "not all of it has" } else { "it has not" };
                format!("{what} come in yet")
            }),
            "down_why" if self.is_delivered(deal) => {
                Some("The work is with you, and this part of it is still open.".to_owned())
            }
            "down_why" if self.has_begun(deal) => Some("I began the work counting on it.".to_owned()),
            "down_why" => Some(
                "It keeps your place in my calendar, and with it I can give the work the time it needs."
                    .to_owned(),
            ),
            "down_asked" => deal.down_payment.as_ref().map(|down| long_day(down.asked)),
            "invoice_state" => Some(self.invoice_state(deal)),
            "done" => self.achieved(|it| it.deal.as_ref().is_some_and(|(id, _)| *id == deal.id)),
            "next_step" => self.said(Note::Step, &ahead?.what),
            "next_step_day" => ahead.map(|step| long_day(step.due)),
            _ => None,
        }
    }

    /// When they last spoke on a day or after it, or agreed, promised, named or disputed something after it.
    fn heard_since(&self, since: NaiveDate) -> Option<NaiveDate> {
        let facts = &self.known.facts;
        let spoke = facts.touches.iter().filter(|touch| touch.direction == Direction::In);
        let spoke = spoke.map(|touch| touch.day).filter(|day| *day >= since);
        let stages = self.business.stages();
        let said = said_by_them(&stages, facts).filter(|day| *day > since && *day <= self.day);
        spoke.chain(said).max()
    }

    fn phase(&self, deal: &Deal) -> Option<Phase> {
        phase_of(&self.business.stages(), &deal.stage()?.stage)
    }

    /// Whether they said yes to a deal: it is no longer one to be won.
    fn is_agreed(&self, deal: &Deal) -> bool {
        matches!(self.phase(deal), Some(Phase::Won | Phase::Closed))
    }

    /// Who decides a deal, else who decides at the client.
    fn decider(&self, deal: &Deal) -> Option<String> {
        let people = &self.known.client.people;
        let noted = || people.iter().find(|it| it.decides == Some(true)).map(|it| it.name.as_str());
        deal.decider.as_deref().and_then(told).or_else(|| noted().and_then(told))
    }

    /// That the invoice for what was delivered goes with the letter, or will follow.
    fn invoice_state(&self, deal: &Deal) -> String {
        let delivered = delivered_on(&self.business.stages(), deal);
        let is_it = |it: &&Arc<Invoice>| {
            it.deal.as_ref() == Some(&deal.id)
                && delivered.is_none_or(|delivered| it.issued >= delivered)
                && it.asked().amount > Decimal::ZERO
        };
        match self.known.facts.invoices.iter().filter(is_it).max_by_key(|it| it.issued) {
            Some(it) => format!("Invoice {} for {} is attached.", it.number, amount(it.asked())),
            None => "The invoice will follow in the next few days.".to_owned(),
        }
    }

    fn is_delivered(&self, deal: &Deal) -> bool {
        delivered_on(&self.business.stages(), deal).is_some()
    }

    /// For a word with who decides. Whoever is written to is not asked about himself.
    fn ask_decider(&self, deal: &Deal) -> String {
        match self.decider(deal).filter(|decider| self.addressed().name.as_ref() != Some(decider)) {
            Some(decider) => {
                format!("May I have a word with {decider}, and which day would suit both of you?")
            }
            None => "Who decides, and which day would suit both of you?".to_owned(),
        }
    }

    /// Whether work on a deal has begun: there are hours for it, or it is in a won stage beyond the first such stage.
    fn has_begun(&self, deal: &Deal) -> bool {
        let at_work = |work: &Work| work.deal.as_ref() == Some(&deal.id) && work.purpose.serves_a_job();
        let stages = self.business.stages();
        let mut in_work = stages.iter().filter(|stage| stage.phase == Phase::Won).skip(1);
        self.known.facts.work.iter().any(|work| at_work(work))
            || deal.stage().is_some_and(|fact| in_work.any(|stage| stage.id == fact.stage))
    }

    /// What was asked down, and what came of it.
    fn down_payment(&self, deal: &Deal) -> Option<(Money, Money)> {
        let (facts, down) = (&self.known.facts, deal.down_payment.as_ref()?);
        let all = DownPayments::of(facts, std::iter::once(deal));
        let (asked, came) = match all.invoice(down) {
            Some(invoice) if !invoice.paid().is_zero() => (invoice.asked(), invoice.paid()),
            Some(_) => (down.amount, Money::zero(down.amount.currency)),
            None => {
                let of_deal = facts.invoices.iter().filter(|invoice| invoice.deal.as_ref() == Some(&deal.id));
                let paid = of_deal.map(|invoice| invoice.paid());
                let alike = paid.filter(|paid| paid.currency == down.amount.currency);
                (down.amount, Money::new(alike.map(|paid| paid.amount).sum(), down.amount.currency))
            }
        };
        Some((asked, came))
    }

    fn of_promise(&self, promise: &Promise, name: &str) -> Option<String> {
        let spoke = |since: NaiveDate| {
            let ours = |touch: &Touch| touch.direction == Direction::Out && touch.day >= since;
            self.known.facts.touches.iter().any(|touch| ours(touch))
        };
        let last = promise.moved.iter().max_by_key(|moved| moved.day);
        let moved = last.filter(|it| it.to > self.day && (it.day == self.day || !spoke(it.day)));
        // The day they have in mind: that before it was moved without a word.
        let from = moved.map_or(self.day, |moved| moved.day);
        let told = promise.moved.iter().filter(|moved| moved.day < from).max_by_key(|moved| moved.day);
        let due = told.map_or(promise.due, |moved| moved.to);
        match name {
            "promise" => self.said(Note::Promise(promise.by), &promise.what),
            "due" => Some(long_day(due)),
            "slip" if due < self.day => {
                Some("That day has passed, and you should have heard from me before it.".to_owned())
            }
            "slip" => Some("That day does not hold, and you should hear it from me and in time.".to_owned()),
            // A day that comes sooner is no slip.
            "new_day" => moved.filter(|moved| moved.to > due).map(|moved| long_day(moved.to)),
            _ => None,
        }
    }

    fn of_renewal(&self, renewal: &Renewal, name: &str) -> Option<String> {
        match name {
            "renewal" => self.said(Note::Renewal, &renewal.what),
            "expires" => Some(long_day(renewal.expires_now())),
            "price" => renewal.price.map(amount),
            "contacts" => Some(renewal.contacts.join(", ")),
            _ => None,
        }
    }

    fn of_touch(&self, touch: &Touch, name: &str) -> Option<String> {
        match name {
            "asked_on" => Some(long_day(touch.day)),
            "note" => self.said(Note::Fact, touch.note.as_deref()?),
            "kindness" => self.kindnesses(touch),
            "awaited" if self.is_at_work(touch.deal.as_ref()) => Some("I need it to go on".to_owned()),
            "awaited" => Some("it has not come yet".to_owned()),
            _ => None,
        }
    }

    /// What one thanks for, after "thank you": all that came of the same person and waits for thanks.
    fn kindnesses(&self, touch: &Touch) -> Option<String> {
        let also =
            unthanked(self.business, &self.known.facts, touch, self.day).filter(|it| it.id != touch.id);
        let mut told: Vec<&str> = Vec::new();
        for what in std::iter::once(touch).chain(also).filter_map(kindness) {
            if !told.contains(&what) {
                told.push(what);
            }
        }
        let (last, before) = told.split_last()?;
        Some(if before.is_empty() { (*last).to_owned() } else { format!("{} and {last}", before.join(", ")) })
    }

    /// The title of the deal worked on last, else of the one won that moved last. What is still to be won, or was lost, is
    /// no work of theirs.
    fn work(&self) -> Option<String> {
        let facts = &self.known.facts;
        let stages = self.business.stages();
        let phase = |deal: &Deal| deal.stage().and_then(|at| phase_of(&stages, &at.stage));
        let worked = facts.work.iter().filter(|work| work.purpose.serves_a_job()).filter_map(|work| {
            let deal = facts.deals.iter().find(|deal| work.deal.as_ref() == Some(&deal.id))?;
            matches!(phase(deal), Some(Phase::Won | Phase::Closed)).then_some((work.day, deal))
        });
        let worked = worked.max_by_key(|(day, _)| *day).map(|(_, deal)| deal);
        let won = facts.deals.iter().filter(|deal| matches!(phase(deal), Some(Phase::Won | Phase::Closed)));
        let moved = || won.max_by_key(|deal| deal.stage().map(|fact| fact.day));
        worked.or_else(moved).and_then(|deal| self.said(Note::Title, &deal.title))
    }

    /// The latest things achieved for them that `counts`, as a list.
    fn achieved(&self, counts: impl Fn(&Achieved) -> bool) -> Option<String> {
        let mut achieved = Dossier::of(self.business, self.known, self.day).achieved;
        achieved.retain(|it| counts(it) && !it.kind.is_missed());
        achieved.sort_by_key(|it| std::cmp::Reverse(it.day));
        let mut told: Vec<String> = Vec::new();
        for it in &achieved {
            let Some(line) = self.achieved_line(it) else { continue };
            // What is done month after month is said once.
            if told.len() < ACHIEVED && !told.contains(&line) {
                told.push(line);
            }
        }
        list(told.into_iter())
    }

    /// What an invoice says they have in writing; what a deal says was noted for oneself.
    fn achieved_line(&self, it: &Achieved) -> Option<String> {
        match &it.kind {
            AchievedKind::Goal { .. } => {
                let course = self.said(Note::Line, &it.kind.course())?;
                Some(format!("{}: {course}", self.said(Note::Fact, &it.what)?))
            }
            AchievedKind::Result | AchievedKind::Beyond => self.said(Note::Fact, &it.what),
            AchievedKind::Delivered => self.said(Note::Line, clause(&it.what)),
            AchievedKind::Gift => Some(format!("{} (a gift)", self.said(Note::Line, clause(&it.what))?)),
        }
    }

    /// Whether work goes on for them: on the deal that is named, where one is.
    fn is_at_work(&self, deal: Option<&DealId>) -> bool {
        let mut at_work = work_under_way(self.business, &self.known.facts).map(|(_, deal)| &deal.id);
        at_work.any(|id| deal.is_none_or(|deal| deal == id))
    }
}

/// What an invoice asks, in the middle of a sentence: `1,547 EUR, of which 500 EUR came, thank you, and 1,047 EUR is still open,`.
fn billed(invoice: &Invoice) -> String {
    let asks = asks(invoice);
    came(invoice).map_or(asks.clone(), |came| format!("{},", of_which(&asks, invoice.asked(), came)))
}

/// What has not come of an invoice: `990 EUR of 1,000 EUR came, thank you; 10 EUR has not come in`.
fn not_come(invoice: &Invoice) -> String {
    let open = amount(invoice.open());
    let came = came(invoice)
        .map_or_else(String::new, |came| format!("{} of {} came, thank you; ", amount(came), asks(invoice)));
    format!("{came}{open} has not come in")
}

/// What an invoice asks in all, and what was credited of more.
fn asks(invoice: &Invoice) -> String {
    let (asked, credited) = (amount(invoice.asked()), invoice.credited());
    if credited.amount > Decimal::ZERO {
        format!("{asked} (after a credit of {})", amount(credited))
    } else {
        asked
    }
}

/// What came of what an invoice asks, where a part did.
fn came(invoice: &Invoice) -> Option<Money> {
    let (asked, open) = (invoice.asked(), invoice.open());
    let came = Money::new(asked.amount.saturating_sub(open.amount), asked.currency);
    (came.amount > Decimal::ZERO).then_some(came)
}

/// `1,547 EUR, of which 500 EUR came, thank you, and 1,047 EUR is still open`; of what nothing came, just the amount.
fn of_which(asks: &str, asked: Money, came: Money) -> String {
    let open = Money::new(asked.amount.saturating_sub(came.amount), asked.currency);
    if came.amount <= Decimal::ZERO || open.amount <= Decimal::ZERO {
        return asks.to_owned();
    }
    let (came, open) = (amount(came), amount(open));
    format!("{asks}, of which {came} came, thank you, and {open} is still open")
}

/// What else of a client's is late than an invoice, as a chase counts it: that due first before the others.
pub(super) fn also_late<'a>(known: &'a ClientFacts, invoice: &Invoice, day: NaiveDate) -> Vec<&'a Invoice> {
    let mut others: Vec<&Invoice> = known.facts.invoices.iter().map(AsRef::as_ref).collect();
    others.retain(|other| {
        let is_late = other.due < day && other.open().amount > Decimal::ZERO;
        other.id != invoice.id && is_late && !other.is_trifle() && !other.is_paused(day)
    });
    others.sort_by_key(|other| (other.due, other.id.clone()));
    others
}

/// What a letter about an invoice asks for, with all else that is late, less what of ours is theirs.
pub(super) fn less_credit<'a>(
    known: &'a ClientFacts,
    invoice: &Invoice,
    day: NaiveDate,
) -> LateLessCredit<'a> {
    let others = also_late(known, invoice, day).into_iter().map(Invoice::open);
    LateLessCredit::of(&known.facts, std::iter::once(invoice.open()).chain(others))
}

/// What one thanks for, after "thank you".
fn kindness(touch: &Touch) -> Option<&'static str> {
    match touch.kind? {
        TouchKind::Testimonial if touch.may_quote == Some(true) => Some("for the words I may show"),
        TouchKind::Praise | TouchKind::Testimonial => Some("for your kind words"),
        TouchKind::Referral => Some("for sending somebody to me"),
        TouchKind::Introduction => Some("for the introduction"),
        TouchKind::HelpReceived => Some("for your help"),
        _ => None,
    }
}

/// A week ahead, on a working day.
pub(in crate::figures) fn answer_day(day: NaiveDate) -> NaiveDate {
    let by = add_days(day, ANSWER_DAYS);
    match by.weekday() {
        Weekday::Sat => add_days(by, 2),
        Weekday::Sun => add_days(by, 1),
        _ => by,
    }
}

/// A text, unless it says nothing.
fn told(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A text that goes on in a sentence: without what ends one of its own.
fn clause(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '?' | '!'))
}

fn list(lines: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = lines.map(|line| format!("- {line}")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_asked_for_on_a_working_day() {
        let by = |day: &str| answer_day(day.parse().unwrap()).to_string();
        assert_eq!(by("2026-11-20"), "2026-11-27");
        assert_eq!([by("2026-11-21"), by("2026-11-22")], ["2026-11-30", "2026-11-30"]);
    }
}
