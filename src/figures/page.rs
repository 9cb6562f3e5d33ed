//! One client's page: everything that is known, newest first, and what follows from it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, ChainLink, Client as Who, ClientId, ClientKind, Deal, DealId, Expense, FIRST_DAY, Invoice,
    InvoiceId, Money, NextStep, Party, Phase, Promise, PromiseId, Purpose, Renewal, RenewalId, Stage, Table,
    Threshold, Work, days_between,
};

use super::asked::DownPayments;
use super::door::{DoorLine, door_check};
use super::dossier::Dossier;
use super::flow::Flows;
use super::gate::{Entrance, over_cap};
use super::goals::{Goals, ReviewLine};
use super::health::mend::{Mends, mends};
use super::health::{DealPushes, Indicator, Look, Outcome, Reading, days_named, pushes};
use super::kind::Decided;
use super::referral::Referrals;
use super::standing::Standing;
use super::sum::{Sum, converted};
use super::timeline::timeline;
use super::trust::{Trust, Went};
use super::{Answer, Client, Figures, Gate, Ladder, Leaving, Lesson, Row, Shortfall, Unknown};

/// One client's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// Who, as known then: people, tags, what they value, how it feels to work for them.
    pub client: Arc<Who>,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<Decided>,
    /// The figures of the table of clients, its health among them.
    pub row: Arc<Row>,
    /// What would mend each indicator of its health.
    pub mends: Mends,
    /// From how many points on health is good, and below how many it is a risk.
    pub bands: Bands,
    /// Of a prospect, what was found out before any work: it has no health yet.
    pub door: Option<Vec<DoorLine>>,
    /// Every fact, newest first.
    pub timeline: Vec<Entry>,
    /// Its deals, newest first.
    pub deals: Vec<DealLine>,
    /// Its invoices, newest first.
    pub invoices: Vec<InvoiceLine>,
    /// What was achieved for it.
    pub dossier: Dossier,
    /// What its deals are to achieve, and the reviews.
    pub goals: Goals,
    /// Promises both ways, those still to be kept first.
    pub promises: Vec<PromiseLine>,
    /// How these went.
    pub trust: Trust,
    /// What expires, soonest first.
    pub renewals: Vec<RenewalLine>,
    /// Where it stands on the ladder, for when it hurts.
    pub ladder: Ladder,
    /// What it takes to let it go.
    pub leaving: Leaving,
    /// Who introduced it.
    pub introduced_by: Option<ClientId>,
    /// Whom it introduced, and what they are called.
    pub introduced: Vec<(ClientId, Arc<str>)>,
    /// Everybody who goes back to the same introduction, and what came of it.
    pub referrals: Referrals,
}

/// How points of health are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// Below so many they are a risk.
    pub risk: Decimal,
    /// From so many on they are good.
    pub good: Decimal,
}

/// A fact of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When.
    pub day: NaiveDate,
    /// What kind of fact, for its icon.
    pub kind: EntryKind,
    /// In a line.
    pub text: String,
    /// The money in it; below zero what an expense took.
    pub amount: Option<Money>,
    /// The record it belongs to: its table …
    pub table: Table,
    /// … and id.
    pub id: String,
}

/// What kind of fact an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the fact of the same name")]
pub enum EntryKind {
    Met,
    TouchIn,
    TouchOut,
    Stage,
    Proposal,
    Agreement,
    DownPayment,
    Delivered,
    Result,
    Hesitation,
    Goal,
    Retainer,
    Invoice,
    Payment,
    Credited,
    PromisedPayment,
    Dispute,
    WriteOff,
    PromiseMade,
    PromiseMoved,
    PromiseKept,
    PromiseLate,
    Work,
    Expense,
    Renewal,
    Feeling,
    DoorCheck,
    Kind,
    Ended,
}

/// A deal with what it brought and cost.
#[derive(Debug, Clone, PartialEq)]
pub struct DealLine {
    /// Its id.
    pub id: DealId,
    /// Its title.
    pub title: String,
    /// The stage it is in: its id and name.
    pub stage: Option<(String, String)>,
    /// What that stage means.
    pub phase: Option<Phase>,
    /// Since when.
    pub entered: Option<NaiveDate>,
    /// What it is worth, as agreed.
    pub value: Option<Money>,
    /// What is planned next.
    pub next_step: Option<NextStep>,
    /// Payments of its invoices, net of tax, in the book's currency.
    pub income: Answer<Money>,
    /// What is open of its invoices, net of tax, in the book's currency.
    pub open: Answer<Money>,
    /// Its expenses so far, in the book's currency.
    pub expenses: Answer<Money>,
    /// What is left of its income.
    pub margin: Answer<Money>,
    /// Hours worked on it.
    pub hours: Decimal,
    /// Of those, hours beyond what was agreed.
    pub hours_beyond: Decimal,
    /// (income + open − expenses) / hours.
    pub hourly: Answer<Money>,
    /// The break-even rate that an hour stayed below, of a deal of which nothing more is to come.
    pub below_break_even: Option<Money>,
    /// That it does not bring that rate for its hours so far, while something is still to come.
    pub shortfall: Option<Shortfall>,
    /// What speaks against its being in its stage.
    pub gates: Vec<Gate>,
    /// How price and scope were pushed, as far as health looks back.
    pub pushes: DealPushes,
    /// Lessons that come back before work on it begins.
    pub checks: Vec<Arc<Lesson>>,
}

/// An invoice and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceLine {
    /// Its id.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// When it was sent.
    pub issued: NaiveDate,
    /// When it is due.
    pub due: NaiveDate,
    /// What was asked, gross, in its own currency.
    pub total: Money,
    /// What is open.
    pub open: Money,
    /// How it stands.
    pub state: InvoiceState,
    /// The same in words: `12 d late`, `paid 3 d early`.
    pub words: String,
}

/// How an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvoiceState {
    /// Not due yet: in how many days it is.
    NotDue(i64),
    /// Late, by how many days.
    Late(i64),
    /// Settled: how many days after it was due; negative when before.
    Settled(i64),
    /// Written off.
    WrittenOff,
    /// All of it was set off: an invoice that was credited, or a credit note that is used up.
    SetOff,
    /// Nothing is asked on it.
    Nothing,
    /// It is owed to them: a credit note that is not used up, or more than was asked was paid.
    Owed,
}

/// A promise and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseLine {
    /// Its id.
    pub id: PromiseId,
    /// Who promised.
    pub by: Party,
    /// What.
    pub what: String,
    /// When it is due now.
    pub due: NaiveDate,
    /// When it was kept.
    pub kept: Option<NaiveDate>,
    /// How it stands, in words: `kept 2 d early`, `3 d late`, `due in 5 d`.
    pub words: String,
    /// The same as it counts for trust.
    pub went: Went,
    /// How many times it was moved.
    pub moved: usize,
    /// How many of the days named passed without a word.
    pub slipped: usize,
}

/// Something that expires.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalLine {
    /// Its id.
    pub id: RenewalId,
    /// What.
    pub what: String,
    /// When it expires now.
    pub expires: NaiveDate,
    /// In how many days; negative when it has.
    pub days: i64,
    /// What a renewal costs the firm.
    pub cost: Option<Money>,
    /// What the client pays for it.
    pub price: Option<Money>,
    /// Whether it renews by itself; `None` is unknown.
    pub renews_itself: Option<bool>,
    /// Who is involved.
    pub chain: Vec<ChainLink>,
    /// Whom the registrar can reach.
    pub contacts: Vec<String>,
    /// When all this was last checked.
    pub verified: Option<NaiveDate>,
    /// Whether that was too long ago, or never.
    pub unverified: bool,
}

impl Page {
    /// The page of one client from the figures of its book and the firm's settings, or `None` when it was not known by
    /// the day of the figures.
    #[must_use]
    pub fn of(business: &Business, figures: &Figures, id: &ClientId) -> Option<Self> {
        let client = figures.client(id)?;
        let row = figures.clients.row(id)?.clone();
        let (known, day) = (&client.known, figures.day);
        let facts = &known.facts;
        let stages = business.stages();
        let mut invoices: Vec<InvoiceLine> =
            facts.invoices.iter().map(|invoice| InvoiceLine::of(invoice, day)).collect();
        invoices.sort_by(|a, b| b.issued.cmp(&a.issued).then_with(|| b.number.cmp(&a.number)));
        let mut promises: Vec<PromiseLine> =
            facts.promises.iter().map(|promise| PromiseLine::of(promise, day)).collect();
        promises.sort_by_key(|promise| (promise.kept.is_some(), promise.due, promise.id.clone()));
        let mut renewals: Vec<RenewalLine> =
            facts.renewals.iter().map(|renewal| RenewalLine::of(business, renewal, day)).collect();
        renewals.sort_by_key(|renewal| (renewal.expires, renewal.id.clone()));
        let met_through = |other: &Who| other.met.as_ref().and_then(|met| met.introduced_by.clone());
        let introduced = figures.of_clients.iter();
        let introduced = introduced.filter(|other| met_through(&other.known.client).as_ref() == Some(id));
        let is_prospect = client.kind.as_ref().is_some_and(|it| it.kind == ClientKind::Prospect);
        Some(Self {
            day,
            client: known.client.clone(),
            kind: client.kind.clone(),
            mends: mends(business, figures, id),
            bands: Bands::of(business),
            door: is_prospect.then(|| door_check(business, known, day)),
            timeline: timeline(business, known, day),
            deals: deal_lines(business, &stages, figures, client),
            invoices,
            dossier: Dossier::of(business, known, day),
            goals: Goals::of(business, known),
            promises,
            trust: Trust::of(&facts.promises, day),
            renewals,
            ladder: Ladder::of(business, client, &row.health, day),
            leaving: Leaving::of(business, figures, client),
            row,
            introduced_by: met_through(&known.client),
            introduced: introduced.map(|other| (other.id.clone(), other.name.clone())).collect(),
            referrals: Referrals::of(figures, client),
        })
    }

    /// What an indicator says. With good words it is told what came of those they introduced, which is about other clients and
    /// changes no points.
    #[must_use]
    pub fn says(&self, reading: &Reading) -> String {
        let own = || self.referrals.people.iter().find(|it| it.id == self.client.id && it.below > 0);
        match own().filter(|_| reading.indicator == Indicator::Speaks) {
            Some(person) => format!("{} {}", reading.says, person.came_of()),
            None => reading.says.clone(),
        }
    }

    /// The review at a row of goals and reviews, where the goals stand first.
    #[must_use]
    pub fn review(&self, row: usize) -> Option<&ReviewLine> {
        self.goals.reviews.get(row.checked_sub(self.goals.goals.len())?)
    }
}

impl Bands {
    fn of(business: &Business) -> Self {
        Self {
            risk: business.threshold(Threshold::HealthRisk),
            good: business.threshold(Threshold::HealthGood),
        }
    }
}

/// A client's deals, newest first.
pub(super) fn deal_lines(
    business: &Business,
    stages: &[Stage],
    figures: &Figures,
    client: &Client,
) -> Vec<DealLine> {
    let (known, day) = (&client.known, figures.day);
    let of_deals = OfDeals::of(business, stages, client, day);
    let standings: Vec<Standing<'_>> =
        known.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
    let pushes = pushes(&Look::new(business, stages, known, &standings, day));
    let mut checks = figures.checks_on_page(client);
    let deals = known.facts.deals.iter().map(|deal| DealLine {
        pushes: DealPushes::of(&pushes, deal),
        checks: checks.remove(&deal.id).unwrap_or_default(),
        ..DealLine::of(&of_deals, deal)
    });
    let mut deals: Vec<DealLine> = deals.collect();
    deals.sort_by(|a, b| b.entered.cmp(&a.entered).then_with(|| a.id.cmp(&b.id)));
    deals
}

/// What the lines of one client's deals are made of, sorted by deal once for all of them.
pub(super) struct OfDeals<'a> {
    invoices: BTreeMap<&'a DealId, Vec<Standing<'a>>>,
    expenses: BTreeMap<&'a DealId, Vec<&'a Expense>>,
    work: BTreeMap<&'a DealId, Vec<&'a Work>>,
    shortfalls: &'a BTreeMap<DealId, Shortfall>,
    entrance: Entrance<'a>,
}

impl<'a> OfDeals<'a> {
    pub(super) fn of(
        business: &'a Business,
        stages: &'a [Stage],
        client: &'a Client,
        day: NaiveDate,
    ) -> Self {
        let facts = &client.known.facts;
        let standings = facts.invoices.iter().map(|it| (it.deal.as_ref(), Standing::of(it)));
        let kind = || client.kind.as_ref().map(|decided| decided.kind);
        Self {
            invoices: by_deal(standings),
            expenses: by_deal(facts.expenses.iter().map(|it| (it.deal.as_ref(), it.as_ref()))),
            work: by_deal(facts.work.iter().map(|it| (it.deal.as_ref(), it.as_ref()))),
            shortfalls: &client.shortfalls,
            entrance: Entrance {
                business,
                stages,
                known: &client.known,
                down: DownPayments::of(facts, facts.deals.iter().map(AsRef::as_ref)),
                over_cap: over_cap(business, &client.ledger.receivables, kind),
                day,
            },
        }
    }
}

/// What names a deal, by the deal it names.
fn by_deal<'a, T>(records: impl Iterator<Item = (Option<&'a DealId>, T)>) -> BTreeMap<&'a DealId, Vec<T>> {
    let mut by_deal: BTreeMap<&DealId, Vec<T>> = BTreeMap::new();
    for (deal, record) in records {
        if let Some(deal) = deal {
            by_deal.entry(deal).or_default().push(record);
        }
    }
    by_deal
}

impl DealLine {
    /// A deal by what it brought and cost: without its pushes, which are sought for all deals at once, and without what was
    /// learnt from other clients.
    pub(super) fn of(all: &OfDeals<'_>, deal: &Deal) -> Self {
        fn those<'m, T>(of: &'m BTreeMap<&DealId, Vec<T>>, deal: &Deal) -> &'m [T] {
            of.get(&deal.id).map(Vec::as_slice).unwrap_or_default()
        }
        let Entrance { business, stages, day, .. } = all.entrance;
        let at = deal.stage();
        let stage = at.and_then(|at| stages.iter().find(|stage| stage.id == at.stage));
        let invoices = those(&all.invoices, deal);
        let flows = Flows::of(invoices, &[], business, day);
        let income = flows.income_since(FIRST_DAY, business.currency);
        let mut spent = Sum::new(business.currency);
        for expense in those(&all.expenses, deal) {
            for on in expense.days(FIRST_DAY, day) {
                spent.add(&converted(business, expense.amount, on));
            }
        }
        let expenses = spent.answer();
        let work = those(&all.work, deal);
        let beyond = work.iter().filter(|work| work.purpose == Purpose::Beyond);
        let hours = work.iter().map(|work| work.hours).sum();
        let mut open = Sum::new(business.currency);
        for invoice in invoices {
            open.add(&converted(business, invoice.open_net(), day));
        }
        let open = open.answer();
        let hourly = hourly(&income, &open, &expenses, hours);
        let phase = stage.map(|stage| stage.phase);
        let settled = !invoices.is_empty() && invoices.iter().all(|invoice| !invoice.is_open());
        let over = phase == Some(Phase::Closed) || (deal.delivered.is_some() && settled);
        Self {
            id: deal.id.clone(),
            title: deal.title.clone(),
            stage: at.map(|at| {
                (at.stage.clone(), stage.map_or_else(|| at.stage.clone(), |stage| stage.name.clone()))
            }),
            phase,
            entered: at.map(|at| at.day),
            value: deal.value,
            next_step: deal.next_step.clone(),
            below_break_even: below_break_even(business, &hourly, day).filter(|_| over),
            margin: margin(&income, &expenses),
            hourly,
            income,
            open,
            expenses,
            hours,
            hours_beyond: beyond.map(|work| work.hours).sum(),
            shortfall: all.shortfalls.get(&deal.id).cloned(),
            gates: at.map(|at| all.entrance.gates(deal, &at.stage)).unwrap_or_default(),
            pushes: DealPushes::default(),
            checks: Vec::new(),
        }
    }
}

fn margin(income: &Answer<Money>, expenses: &Answer<Money>) -> Answer<Money> {
    let (income, expenses) = (income.clone()?, expenses.clone()?);
    Ok(income.plus(Money::new(-expenses.amount, expenses.currency))?)
}

/// The break-even rate in the book's currency, where an hour left less.
fn below_break_even(business: &Business, hourly: &Answer<Money>, day: NaiveDate) -> Option<Money> {
    let least = converted(business, business.break_even_rate?, day).ok()?;
    (hourly.as_ref().ok()?.amount < least.amount).then_some(least)
}

/// What an hour leaves: what is billed and open counts, so that no job looks dear until it is paid.
fn hourly(
    income: &Answer<Money>,
    open: &Answer<Money>,
    expenses: &Answer<Money>,
    hours: Decimal,
) -> Answer<Money> {
    let margin = margin(income, expenses)?.plus(open.clone()?)?;
    let positive = Some(hours).filter(|hours| *hours > Decimal::ZERO);
    let an_hour = positive.and_then(|hours| margin.amount.checked_div(hours));
    an_hour
        .map(|amount| Money::new(amount, margin.currency).rounded())
        .ok_or_else(|| Unknown::because("no hours were noted for this deal"))
}

impl InvoiceLine {
    fn of(invoice: &Invoice, day: NaiveDate) -> Self {
        let standing = Standing::of(invoice);
        let state = InvoiceState::of(&standing, day);
        let mut words = state.to_string();
        let credited = if invoice.is_credit_note() { "set off" } else { "credited" };
        match state {
            InvoiceState::SetOff => credited.clone_into(&mut words),
            _ if !invoice.credited().is_zero() => words.extend([", part ", credited]),
            _ => {}
        }
        if invoice.open_dispute().is_some() {
            words.push_str(", disputed");
        }
        Self {
            id: invoice.id.clone(),
            number: invoice.number.clone(),
            issued: invoice.issued,
            due: invoice.due,
            total: standing.total,
            open: standing.open,
            state,
            words,
        }
    }
}

impl InvoiceState {
    fn of(standing: &Standing<'_>, day: NaiveDate) -> Self {
        let due = standing.invoice.due;
        match standing.settled {
            _ if standing.total.is_zero() => Self::Nothing,
            _ if standing.asked.is_zero() => Self::SetOff,
            _ if standing.open.amount < Decimal::ZERO => Self::Owed,
            Some(settled) => Self::Settled(days_between(due, settled)),
            None if standing.invoice.write_off.is_some() => Self::WrittenOff,
            None => match days_between(due, day) {
                late @ 1.. => Self::Late(late),
                early => Self::NotDue(-early),
            },
        }
    }
}

impl fmt::Display for InvoiceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotDue(0) => f.write_str("due today"),
            Self::NotDue(days) => write!(f, "due in {days} d"),
            Self::Late(days) => write!(f, "{days} d late"),
            Self::Settled(0) => f.write_str("paid on the day"),
            Self::Settled(days @ 1..) => write!(f, "paid {days} d late"),
            Self::Settled(days) => write!(f, "paid {} d early", -days),
            Self::WrittenOff => f.write_str("written off"),
            Self::SetOff => f.write_str("credited"),
            Self::Nothing => f.write_str("nothing to pay"),
            Self::Owed => f.write_str("to be set off or paid back"),
        }
    }
}

impl PromiseLine {
    fn of(promise: &Promise, day: NaiveDate) -> Self {
        let due = promise.due_now();
        let words = match promise.kept {
            Some(kept) => match days_between(due, kept) {
                0 => "kept on the day".to_owned(),
                late @ 1.. => format!("kept {late} d late"),
                early => format!("kept {} d early", -early),
            },
            None => match days_between(due, day) {
                0 => "due today".to_owned(),
                late @ 1.. => format!("{late} d late"),
                early => format!("due in {} d", -early),
            },
        };
        Self {
            id: promise.id.clone(),
            by: promise.by,
            what: promise.what.clone(),
            due,
            kept: promise.kept,
            words,
            went: Went::of(promise, day),
            moved: promise.moved.len(),
            slipped: days_named(promise, day).iter().filter(|(_, went)| *went == Outcome::Broken).count(),
        }
    }
}

impl RenewalLine {
    fn of(business: &Business, renewal: &Renewal, day: NaiveDate) -> Self {
        let expires = renewal.expires_now();
        let verified = renewal.verified.iter().max().copied();
        Self {
            id: renewal.id.clone(),
            what: renewal.what.clone(),
            expires,
            days: days_between(day, expires),
            cost: renewal.cost,
            price: renewal.price,
            renews_itself: renewal.renews_itself,
            chain: renewal.chain.clone(),
            contacts: renewal.contacts.clone(),
            verified,
            unverified: verified
                .is_none_or(|on| days_between(on, day) > business.threshold_days(Threshold::VerifyDays)),
        }
    }
}
