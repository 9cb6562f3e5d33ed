//! The table of clients.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientId, ClientKind, Currency, Money};

use super::Answer;

/// Every client's row, and their totals.
#[derive(Debug, Clone, PartialEq)]
pub struct Clients {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// One a client, in the order of their ids.
    pub rows: Vec<Row>,
    /// Σ of the rows.
    pub totals: Totals,
}

/// A client's row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who.
    pub id: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<(ClientKind, String)>,
    /// What it owes.
    pub open: Answer<Money>,
    /// The part of that which is late.
    pub overdue: Answer<Money>,
    /// Days beyond terms.
    pub dbt_days: Answer<Decimal>,
    /// Income of the last 12 months.
    pub income_12m: Answer<Money>,
    /// Its share of all income of the last 12 months, a fraction of one.
    pub share: Answer<Decimal>,
    /// The last touch from them.
    pub last_in: Option<NaiveDate>,
    /// The last touch to them.
    pub last_out: Option<NaiveDate>,
    /// How many invoices.
    pub invoices: usize,
    /// How many of them are settled.
    pub paid_invoices: usize,
    /// How many deals are not closed.
    pub deals_open: usize,
    /// Lowercase words a filter looks in: name, people, tags, kind.
    pub search: String,
}

/// What the rows sum up to.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// How many clients.
    pub clients: usize,
    /// What they owe.
    pub open: Answer<Money>,
    /// The part of that which is late.
    pub overdue: Answer<Money>,
    /// Days beyond terms, over all.
    pub dbt_days: Answer<Decimal>,
    /// Income of the last 12 months.
    pub income_12m: Answer<Money>,
    /// How many invoices.
    pub invoices: usize,
    /// How many of them are settled.
    pub paid_invoices: usize,
}

/// A column by which the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub enum ClientSort {
    #[default]
    Name,
    Kind,
    Open,
    Overdue,
    Dbt,
    Income,
    LastIn,
    LastOut,
    Invoices,
}
