//! When the money will come, and what the balance will be: chances, never certainties.
//!
//! The way of the data: [`Habits`] learns from the invoices known at the end of a day how late each client pays and gives
//! for an invoice the chance of every day ([`Pmf`]). [`Flows`] lists everything that is to come or go: open invoices,
//! fees, instalments, expenses, orders expected from habit, deals. The draws turn that list into paths of the balance, and
//! a [`Fan`] says where most of them run. Levers of a what-if change the list of flows and nothing else.
//!
//! Floating point lives here, in chances and paths, and its transcendental functions come from `libm`: the same book and
//! day give the same forecast on every machine. What leaves is rounded to money and days.

mod fan;
mod flow;
mod habits;
mod pmf;
pub mod what_if;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Currency, InvoiceId, Lever, Money};

use super::{Answer, Unknown};

pub use fan::{Fan, FanDay, Layers, Lowest};
pub use flow::{Event, Flow, FlowKind, Flows, Layer, LeftOut, When};
pub use habits::{Habit, Habits};
pub use pmf::Pmf;

/// What is asked of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// How many days ahead.
    pub days: i64,
    /// How many paths are drawn.
    pub draws: u32,
    /// What is assumed beside the facts; empty for the forecast itself.
    pub levers: Vec<Lever>,
}

impl Default for Ask {
    fn default() -> Self {
        Self { days: 13 * 7, draws: 2_000, levers: Vec::new() }
    }
}

/// The forecast of a book as of the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The last day looked at.
    pub until: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// What is in all accounts at the end of the day; unknown without a reading. Then the fans tell the change from
    /// nought.
    pub opening: Answer<Money>,
    /// The cash the firm does not want to fall below, where it said so and there is a rate for it.
    pub reserve: Option<Money>,
    /// Every open invoice, by the day it is expected.
    pub receipts: Vec<Receipt>,
    /// Everything that is to come or go within the days, in the order of their keys.
    pub flows: Arc<Vec<Flow>>,
    /// What could not be counted, and why.
    pub left_out: Vec<LeftOut>,
    /// How the balance may run, for each choice of layers; see [`Forecast::fan`].
    pub fans: Vec<Fan>,
}

/// When an open invoice may be paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// Who pays it …
    pub client: ClientId,
    /// … and what they are called.
    pub client_name: Arc<str>,
    /// When it is due.
    pub due: NaiveDate,
    /// What is open, in its own currency.
    pub open: Money,
    /// What is open, in the book's currency.
    pub amount: Answer<Money>,
    /// Whether a dispute is unsettled.
    pub disputed: bool,
    /// The day by which they said last they would pay.
    pub promised: Option<NaiveDate>,
    /// The chance of each day after the day of the forecast.
    pub when: Arc<Pmf>,
    /// How this client pays.
    pub habit: Habit,
}

impl Forecast {
    /// The forecast of `book` as of the end of `day`, from what was known by then alone.
    #[must_use]
    pub fn of(book: &Book, day: NaiveDate, ask: &Ask) -> Self {
        let _ = (book, day, ask);
        todo!()
    }

    /// How the balance may run when these layers are counted.
    #[must_use]
    pub fn fan(&self, layers: Layers) -> Option<&Fan> {
        self.fans.iter().find(|fan| fan.layers == layers)
    }
}

impl From<&LeftOut> for Unknown {
    fn from(left_out: &LeftOut) -> Self {
        left_out.why.clone()
    }
}
