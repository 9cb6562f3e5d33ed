//! The Today queue: who and what needs attention on a day, why, and in which order.
//!
//! Every function takes facts already reduced to what was known at the end of the day ([`Book::as_of`]).

mod kind;
mod queue;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Book, Business, ClientFacts, ClientId, Facts, Money, Table};

pub use kind::{Family, ItemKind};
pub use queue::{Marks, Today, queue};

/// One thing that needs attention.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The kind's token and the record's id, such as `overdue-invoice:1042`; the same from day to day.
    pub id: String,
    /// Why it is here.
    pub kind: ItemKind,
    /// Whose it is; `None`: the firm's own.
    pub client: Option<ClientId>,
    /// What that client is called; empty for the firm's own.
    pub client_name: String,
    /// What it is about, in a few words: `Invoice 1042`.
    pub title: String,
    /// Why now, in one sentence with its figures and without a full stop.
    pub why: String,
    /// What is at stake, in the book's currency.
    pub at_stake: Option<Money>,
    /// Why what is at stake is unknown.
    pub at_stake_why: Option<String>,
    /// What a week's delay costs, in the book's currency; above nil.
    pub cost: Decimal,
    /// The last touch with the client, in either direction.
    pub last_touch: Option<NaiveDate>,
    /// The day on which it came up.
    pub since: NaiveDate,
    /// The table of the record to act on; `None`: the firm's settings.
    pub table: Option<Table>,
    /// The id of the record to act on.
    pub record: String,
}

/// What needs attention about one client, in no particular order.
#[must_use]
pub fn client_items(_business: &Business, _known: &ClientFacts, _day: NaiveDate) -> Vec<Item> {
    Vec::new()
}

/// What needs attention about the firm itself, in no particular order.
#[must_use]
pub fn firm_items(_business: &Business, _firm: &Facts, _day: NaiveDate) -> Vec<Item> {
    Vec::new()
}

/// What in a book cannot be right, one item a record. `book` is the whole book: a day that lies ahead is one of the
/// things that cannot be right.
#[must_use]
pub fn implausible_items(_book: &Book, _day: NaiveDate) -> Vec<Item> {
    Vec::new()
}
