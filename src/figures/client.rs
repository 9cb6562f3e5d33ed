//! Everything that is computed from one client's facts alone, so that an edit costs one client.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientFacts, ClientId, ClientKind, Currency, InvoiceId, Money};

use super::board::Card;
use super::today::Item;
use super::{Answer, Ledger};

/// Money in or out by the first day of its month, in the book's currency.
pub type ByMonth = BTreeMap<NaiveDate, Answer<Money>>;

/// One client's figures as of a day.
#[derive(Debug, Clone)]
pub struct Client {
    /// Who.
    pub id: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// The facts as known at the end of the day.
    pub known: Arc<ClientFacts>,
    /// The currency of all its figures: the book's.
    pub currency: Currency,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<(ClientKind, String)>,
    /// Receivables and the terms of the ledger figures.
    pub ledger: Ledger,
    /// Days beyond terms, amount-weighted.
    pub dbt_days: Answer<Decimal>,
    /// Income: payments net of tax.
    pub income: ByMonth,
    /// Income of the 12 months ending at the day.
    pub income_12m: Answer<Money>,
    /// Payments received, gross.
    pub money_in: ByMonth,
    /// Expenses for this client.
    pub money_out: ByMonth,
    /// Money in (positive) and out (negative) by day, ascending.
    pub flows: Vec<(NaiveDate, Answer<Money>)>,
    /// The last time they were in touch.
    pub last_in: Option<NaiveDate>,
    /// The last time we were in touch with them.
    pub last_out: Option<NaiveDate>,
    /// How many invoices.
    pub invoices: usize,
    /// How many of them are settled.
    pub paid_invoices: usize,
    /// Days from due to settled of each settled invoice, ascending.
    pub delays: Vec<i64>,
    /// Every invoice with something still to come.
    pub open_invoices: Vec<OpenInvoice>,
    /// A card for each deal, beside the id of its stage (`None`: it entered none yet).
    pub cards: Vec<(Option<String>, Card)>,
    /// Its own card, when it stands on the board without a deal.
    pub lone: Option<(super::Lane, Card)>,
    /// How many deals are open or won and not closed.
    pub deals_open: usize,
    /// What needs attention.
    pub items: Vec<Item>,
    /// How many decided deals passed each stage: won and lost.
    pub passed: BTreeMap<String, Passed>,
}

/// How many decided deals passed a stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    /// Were won.
    pub won: u32,
    /// Were lost.
    pub lost: u32,
}

/// An invoice with something still to come.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenInvoice {
    /// Its id.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// When it was sent.
    pub issued: NaiveDate,
    /// When it is due.
    pub due: NaiveDate,
    /// What is open, in its own currency.
    pub open: Money,
    /// What is open, in the book's currency.
    pub amount: Answer<Money>,
    /// Whether a dispute is unsettled.
    pub disputed: bool,
    /// The last day they promised to pay by.
    pub promised: Option<NaiveDate>,
}
