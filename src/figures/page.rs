//! One client's page: everything that is known, newest first, and what follows from it.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, Client as Who, ClientFacts, ClientId, Deal, DealId, FIRST_DAY, Invoice, InvoiceId, Money,
    NextStep, Party, Phase, Promise, PromiseId, Purpose, Renewal, RenewalId, Stage, Table, days_between,
};

use super::flow::Flows;
use super::health::mend::{Mends, mends};
use super::kind::Decided;
use super::standing::Standing;
use super::sum::{Sum, converted};
use super::timeline::timeline;
use super::{Answer, Figures, Gate, Row, Unknown, gates};

/// One client's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// Who, as known then: people, tags, what they value, how it feels to work for them.
    pub client: Arc<Who>,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<Decided>,
    /// The figures of the table of clients.
    pub row: Row,
    /// What would mend each indicator of its health.
    pub mends: Mends,
    /// Every fact, newest first.
    pub timeline: Vec<Entry>,
    /// Its deals, newest first.
    pub deals: Vec<DealLine>,
    /// Its invoices, newest first.
    pub invoices: Vec<InvoiceLine>,
    /// Promises both ways, those still to be kept first.
    pub promises: Vec<PromiseLine>,
    /// What expires, soonest first.
    pub renewals: Vec<RenewalLine>,
    /// Who introduced it.
    pub introduced_by: Option<ClientId>,
    /// Whom it introduced, and what they are called.
    pub introduced: Vec<(ClientId, Arc<str>)>,
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
    PromisedPayment,
    Dispute,
    WriteOff,
    PromiseMade,
    PromiseMoved,
    PromiseKept,
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
    /// Its expenses so far, in the book's currency.
    pub expenses: Answer<Money>,
    /// Hours worked on it.
    pub hours: Decimal,
    /// Of those, hours beyond what was agreed.
    pub hours_beyond: Decimal,
    /// (income − expenses) / hours.
    pub hourly: Answer<Money>,
    /// What speaks against its being in its stage.
    pub gates: Vec<Gate>,
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
    /// Nothing is asked on it.
    Nothing,
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
        let mut deals: Vec<DealLine> =
            facts.deals.iter().map(|deal| DealLine::of(business, &stages, known, deal, day)).collect();
        deals.sort_by(|a, b| b.entered.cmp(&a.entered).then_with(|| a.id.cmp(&b.id)));
        let mut invoices: Vec<InvoiceLine> =
            facts.invoices.iter().map(|invoice| InvoiceLine::of(invoice, day)).collect();
        invoices.sort_by(|a, b| b.issued.cmp(&a.issued).then_with(|| b.number.cmp(&a.number)));
        let mut promises: Vec<PromiseLine> =
            facts.promises.iter().map(|promise| PromiseLine::of(promise, day)).collect();
        promises.sort_by_key(|promise| (promise.kept.is_some(), promise.due, promise.id.clone()));
        let mut renewals: Vec<RenewalLine> =
            facts.renewals.iter().map(|renewal| RenewalLine::of(renewal, day)).collect();
        renewals.sort_by_key(|renewal| (renewal.expires, renewal.id.clone()));
        let met_through = |other: &Who| other.met.as_ref().and_then(|met| met.introduced_by.clone());
        let introduced = figures.of_clients.iter();
        let introduced = introduced.filter(|other| met_through(&other.known.client).as_ref() == Some(id));
        Some(Self {
            day,
            client: known.client.clone(),
            kind: client.kind.clone(),
            row,
            mends: mends(business, figures, id),
            timeline: timeline(known, day),
            deals,
            invoices,
            promises,
            renewals,
            introduced_by: met_through(&known.client),
            introduced: introduced.map(|other| (other.id.clone(), other.name.clone())).collect(),
        })
    }
}

impl DealLine {
    pub(super) fn of(
        business: &Business,
        stages: &[Stage],
        known: &Arc<ClientFacts>,
        deal: &Deal,
        day: NaiveDate,
    ) -> Self {
        let facts = &known.facts;
        let at = deal.stage();
        let stage = at.and_then(|at| stages.iter().find(|stage| stage.id == at.stage));
        let of_deal = |other: Option<&DealId>| other == Some(&deal.id);
        let invoices = facts.invoices.iter().filter(|invoice| of_deal(invoice.deal.as_ref()));
        let invoices: Vec<Standing<'_>> = invoices.map(|invoice| Standing::of(invoice)).collect();
        let flows = Flows::of(&invoices, &[], business, day);
        let income = flows.income_since(FIRST_DAY, business.currency);
        let mut spent = Sum::new(business.currency);
        for expense in facts.expenses.iter().filter(|expense| of_deal(expense.deal.as_ref())) {
            for on in expense.days(FIRST_DAY, day) {
                spent.add(&converted(business, expense.amount, on));
            }
        }
        let expenses = spent.answer();
        let work = || facts.work.iter().filter(|work| of_deal(work.deal.as_ref()));
        let hours = work().map(|work| work.hours).sum();
        Self {
            id: deal.id.clone(),
            title: deal.title.clone(),
            stage: at.map(|at| {
                (at.stage.clone(), stage.map_or_else(|| at.stage.clone(), |stage| stage.name.clone()))
            }),
            phase: stage.map(|stage| stage.phase),
            entered: at.map(|at| at.day),
            value: deal.value,
            next_step: deal.next_step.clone(),
            hourly: hourly(&income, &expenses, hours),
            income,
            expenses,
            hours,
            hours_beyond: work().filter(|work| work.purpose == Purpose::Beyond).map(|work| work.hours).sum(),
            gates: at.map(|at| gates(business, known, deal, &at.stage, day)).unwrap_or_default(),
        }
    }
}

fn hourly(income: &Answer<Money>, expenses: &Answer<Money>, hours: Decimal) -> Answer<Money> {
    let (income, expenses) = (income.clone()?, expenses.clone()?);
    let margin = income.amount - expenses.amount;
    let positive = Some(hours).filter(|hours| *hours > Decimal::ZERO);
    let an_hour = positive.and_then(|hours| margin.checked_div(hours));
    an_hour
        .map(|amount| Money::new(amount, income.currency).rounded())
        .ok_or_else(|| Unknown::because("no hours were noted for this deal"))
}

impl InvoiceLine {
    fn of(invoice: &Invoice, day: NaiveDate) -> Self {
        let standing = Standing::of(invoice);
        let state = InvoiceState::of(&standing, day);
        let mut words = state.to_string();
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
            Self::Nothing => f.write_str("nothing to pay"),
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
        }
    }
}

impl RenewalLine {
    fn of(renewal: &Renewal, day: NaiveDate) -> Self {
        let expires = renewal.expires_now();
        Self {
            id: renewal.id.clone(),
            what: renewal.what.clone(),
            expires,
            days: days_between(day, expires),
            cost: renewal.cost,
            price: renewal.price,
            renews_itself: renewal.renews_itself,
        }
    }
}
