//! Everything that is to come or go, one row each: the list that the draws, the what-if and the proofs read.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Money, Table};

use super::{Habits, Pmf};
use crate::figures::Unknown;

/// How sure it is that something is to come at all. A total never mixes them silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Agreed: issued invoices, signed instalments, running retainers, planned expenses.
    Committed,
    /// Expected from habit: further orders of clients, what is left of a deal that was won.
    Likely,
    /// Not agreed yet: open deals.
    Possible,
}

/// What something that is to come or go is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowKind {
    /// An open invoice, or what is left of it.
    Invoice,
    /// An instalment that is not invoiced yet.
    Instalment,
    /// A down payment that is not invoiced yet.
    DownPayment,
    /// A retainer's fee that is not invoiced yet.
    Fee,
    /// What is left of a deal that was won, beyond its instalments.
    Rest,
    /// An order expected from habit.
    Order,
    /// An open deal.
    Deal,
    /// An expense.
    Expense,
    /// What was received for the state and leaves on the tax day.
    Tax,
    /// Assumed by a lever of a what-if.
    Assumed,
}

/// Something that may happen once, and on whose day others wait: that a deal is won.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Names it; the draws of its day come from this.
    pub key: String,
    /// The chance of each day; less than one in all where it may never happen.
    pub when: Pmf,
}

/// On which day something comes or goes.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// So many days after the day of the forecast.
    After(Arc<Pmf>),
    /// So many days after an event, if that happens.
    Following(Arc<Event>, Arc<Pmf>),
}

/// Something that is to come or go.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Names it, and stays the same when other facts change: its draws come from this. `invoices/2026-014`,
    /// `retainers/care/2026-12-01`.
    pub key: String,
    /// How sure it is to come at all.
    pub layer: Layer,
    /// What it is.
    pub kind: FlowKind,
    /// Whose, where it belongs to a client; a client's flows are drawn alike.
    pub client: Option<(ClientId, Arc<str>)>,
    /// What for, in a few words.
    pub what: String,
    /// The record it comes from.
    pub record: Option<(Table, String)>,
    /// How much in the book's currency: positive comes in, negative goes out.
    pub amount: Money,
    /// The part of it that is income: net of tax; nought for what goes out. Tax is set aside from this.
    pub income: Money,
    /// The day it was agreed for, where there is one.
    pub due: Option<NaiveDate>,
    /// On which day it comes or goes.
    pub when: When,
}

/// What could not be counted.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// What it is.
    pub what: String,
    /// How much, in its own currency.
    pub amount: Money,
    /// Why it could not be counted.
    pub why: Unknown,
}

/// Everything that is to come or go.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// In the order of their keys.
    pub flows: Vec<Flow>,
    /// What could not be counted.
    pub left_out: Vec<LeftOut>,
}

impl Flows {
    /// What is to come or go within `days` after `day`, from a book as `known` at the end of that day.
    #[must_use]
    pub fn of(known: &Book, habits: &Habits, day: NaiveDate, days: i64) -> Self {
        let _ = (known, habits, day, days);
        todo!()
    }
}
