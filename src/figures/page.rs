//! One client's page: everything that is known, newest first, and what follows from it.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Client as Who, ClientId, ClientKind, DealId, InvoiceId, Money, NextStep, Party, Phase, PromiseId,
    RenewalId, Table,
};

use super::{Answer, Expected, Gate, Row};

/// One client's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// Who, as known then: people, tags, what they value, how it feels to work for them.
    pub client: Arc<Who>,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<(ClientKind, String)>,
    /// The figures of the table of clients.
    pub row: Row,
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
    /// Who introduced it, and whom it introduced.
    pub introduced_by: Option<ClientId>,
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
    /// The money in it.
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
    /// When it may be paid, while it is open.
    pub expected: Option<Expected>,
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
    /// What a renewal costs, and what the client pays.
    pub cost: Option<Money>,
    /// What the client pays for it.
    pub price: Option<Money>,
    /// Whether it renews by itself; `None` is unknown.
    pub renews_itself: Option<bool>,
}
