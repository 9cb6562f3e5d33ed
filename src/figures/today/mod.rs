//! The Today queue: who and what needs attention on a day, why, and in which order.
//!
//! Every function takes facts already reduced to what was known at the end of the day ([`Book::as_of`]), and none asks
//! what day it is. The rules are in one file a family; [`queue()`] puts what they found in order. **This folder must not
//! know** a screen, or what a person does about an item.
//!
//! # The cost of delay
//!
//! Items compare by what waiting a week costs, in the book's currency: [`ItemKind::delay`] says how much, kind by kind.
//! *Income* is what a client brings in twelve months: the payments of the last twelve net of tax, as its row among the
//! clients says; without any, a year of its running retainers; else half of the last twenty-four months'; else its open
//! deals times their chance. *Loss* is what a week more costs of money that is due, in waiting and in the chance that it
//! never comes: 2 % and 0.5 % more for each full week since it was due, at most 5 %. What is unknown counts as ten hours
//! at the target rate, else 500 in the book's currency (50,000 where it has no decimals), and says why it is unknown. No
//! item costs less than a hundredth.
//!
//! The shares are stated assumptions that give an order, not forecasts.

mod ahead;
mod arrival;
mod asks;
mod back;
mod chase;
mod contact;
mod cost;
mod done;
mod implausible;
mod keeping;
mod kind;
mod mailed;
mod money;
mod paying;
mod queue;
mod renewals;
mod stake;
mod tally;
mod toxic;
mod view;
mod winning;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Shortfall;
use super::flow::Flows;
use super::kind::kind_on;
use super::shortfall::shortfalls;
use super::standing::Standing;
#[cfg(doc)]
use crate::domain::Book;
use crate::domain::{Arrival, Business, ClientFacts, ClientId, ClientKind, DealId, Facts, Money, Table};

pub use ahead::ahead_items;
pub use arrival::Arrivals;
pub use asks::Unchanged;
pub use contact::answered_by;
pub use done::Done;
pub use implausible::implausible_items;
pub use kind::{Family, ItemKind};
pub use mailed::Mailed;
pub use queue::{Marks, PutOff, Today, queue};
pub use tally::Tally;

pub(super) use asks::how_often;
pub(super) use chase::chased_invoices;
pub(super) use contact::{first_unanswered, heard_since_asked, reminders, unanswered, unthanked};
pub(super) use cost::at_least_something;
pub(super) use paying::{Habit, first_due_of_a_payer};
pub(super) use queue::Marked;
pub(super) use stake::{income_to_expect, stake_of};
pub(super) use tally::largest;

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
    /// The number that cost is a share of: what is at stake, or what stands for it.
    pub cost_of: Decimal,
    /// That share, a fraction of one.
    pub cost_share: Decimal,
    /// The last touch with the client, in either direction.
    pub last_touch: Option<NaiveDate>,
    /// The day on which it came up, or came up anew because a fact changed.
    pub since: NaiveDate,
    /// That day, or the later one on which facts that it was drawn from became known: what was handled before comes back.
    pub changed: Arrival,
    /// What came of what it may wait for when it is put off.
    pub came: Arrivals,
    /// Where the letter about it is.
    pub mailed: Option<Mailed>,
    /// The table of the record to act on; `None`: the firm's settings.
    pub table: Option<Table>,
    /// The id of the record to act on.
    pub record: String,
}

impl Item {
    /// Whether a fact that it was drawn from became known after it was marked, or a letter about it went: on a later day, or on that
    /// one, of which so many were `seen`.
    fn changed_since(&self, done: NaiveDate, seen: Option<usize>) -> bool {
        let later_that_day = || seen.is_some_and(|seen| self.changed.times > seen);
        self.changed.day > done || (self.changed.day == done && later_that_day())
    }
}

/// What needs attention about one client, in no particular order. `known` is what was known at the end of `day`.
///
/// Once a relationship has ended, only money is left.
#[must_use]
pub fn client_items(business: &Business, known: &Arc<ClientFacts>, day: NaiveDate) -> Vec<Item> {
    let invoices: Vec<Standing<'_>> =
        known.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
    let flows = Flows::of(&invoices, &[], business, day);
    let stages = business.stages();
    let kind = kind_on(business, &stages, known, day).map(|decided| decided.kind);
    let shortfalls = shortfalls(business, &stages, known, &invoices, day);
    items_of(business, known, &invoices, (&flows, &shortfalls), kind, day)
}

/// The same from a client's invoices, flows and deals that fall short, where they were gone through already, and its kind.
pub(super) fn items_of(
    business: &Business,
    known: &ClientFacts,
    invoices: &[Standing<'_>],
    (flows, shortfalls): (&Flows, &BTreeMap<DealId, Shortfall>),
    kind: Option<ClientKind>,
    day: NaiveDate,
) -> Vec<Item> {
    let view = view::View::new(business, known, invoices, flows, kind, day);
    let mut items = Vec::new();
    chase::add(&view, &mut items);
    money::add(&view, shortfalls, &mut items);
    winning::add(&view, &mut items);
    keeping::add(&view, &mut items);
    chase::take_over_promises(&view, &mut items);
    renewals::add(&view, &mut items);
    toxic::add(&view, &mut items);
    // What is asked for depends on what else there is.
    asks::add(&view, &mut items);
    items
}

/// What needs attention about the firm itself, in no particular order. `firm` is what was known at the end of `day`.
#[must_use]
pub fn firm_items(business: &Business, firm: &Facts, day: NaiveDate) -> Vec<Item> {
    let mut items = Vec::new();
    renewals::add_firm(business, firm, day, &mut items);
    items
}
