//! The queue: items put in order, less those that were put off or handled.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Item;
use super::tally::{Tally, tallies};
use crate::domain::{Book, Business, Facts, Handled, Snooze, Threshold, add_days};

/// The queue of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Today {
    /// What needs attention, the costliest delay first.
    pub items: Vec<Item>,
    /// What was put off, with the day it comes back; the earliest first.
    pub snoozed: Vec<(Item, NaiveDate)>,
    /// What was handled and stays away for a while, the costliest delay first.
    pub handled: Vec<Item>,
    /// How many items were marked as handled on the day itself, also those that have no reason left to come back.
    pub handled_on_day: usize,
    /// What `items` add up to, one tally a family, in the families' order.
    pub tallies: Vec<Tally>,
}

/// The newest marks on each item: put off, or handled.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    snoozes: BTreeMap<String, Arc<Snooze>>,
    handled: BTreeMap<String, Arc<Handled>>,
}

impl Marks {
    /// The marks in a book.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let clients = book.clients().map(|client| &client.facts);
        Self::among(clients.chain([book.firm().as_ref()]))
    }

    /// The marks among the facts of clients and of the firm. Of several marks on an item the one with the latest day
    /// counts, and of those the last.
    #[must_use]
    pub fn among<'a>(facts: impl IntoIterator<Item = &'a Facts>) -> Self {
        let mut marks = Self::default();
        for facts in facts {
            for snooze in &facts.snoozes {
                if marks.snoozes.get(&snooze.item).is_none_or(|known| known.day <= snooze.day) {
                    marks.snoozes.insert(snooze.item.clone(), snooze.clone());
                }
            }
            for handled in &facts.handled {
                if marks.handled.get(&handled.item).is_none_or(|known| known.day <= handled.day) {
                    marks.handled.insert(handled.item.clone(), handled.clone());
                }
            }
        }
        marks
    }

    /// The day until which an item is put off, if it is.
    fn snoozed_until(&self, item: &Item, day: NaiveDate) -> Option<NaiveDate> {
        self.snoozes.get(&item.id).map(|snooze| snooze.until).filter(|until| *until > day)
    }

    /// How many items were marked as handled on a day.
    fn handled_on(&self, day: NaiveDate) -> usize {
        self.handled.values().filter(|handled| handled.day == day).count()
    }

    /// Whether an item was handled lately, and no fact of it changed since.
    fn is_handled(&self, item: &Item, days: i64, day: NaiveDate) -> bool {
        self.handled
            .get(&item.id)
            .is_some_and(|handled| day < add_days(handled.day, days) && item.changed <= handled.day)
    }
}

/// The queue of a day from the items of all clients, the firm's and those that cannot be right.
///
/// - Ordered by cost of delay, highest first; then by the day they came up, earliest first; then by id.
/// - An item whose newest [`Snooze`] ends after `day` is in `snoozed`.
/// - An item with a [`Handled`] mark is in `handled` for the threshold `handled_days`, counted from the mark's day,
///   unless its `changed` lies after that day: then a fact that it was drawn from became known since. An item for which
///   both hold is in `handled`.
#[must_use]
pub fn queue<'a>(
    business: &Business,
    per_client: impl IntoIterator<Item = &'a [Item]>,
    firm: &'a [Item],
    marks: &Marks,
    day: NaiveDate,
) -> Today {
    let handled_days = business.threshold_days(Threshold::HandledDays);
    let mut today = Today::default();
    for item in per_client.into_iter().flatten().chain(firm) {
        if marks.is_handled(item, handled_days, day) {
            today.handled.push(item.clone());
        } else if let Some(until) = marks.snoozed_until(item, day) {
            today.snoozed.push((item.clone(), until));
        } else {
            today.items.push(item.clone());
        }
    }
    today.handled_on_day = marks.handled_on(day);
    today.tallies = tallies(&today.items);
    today.items.sort_by(before);
    today.handled.sort_by(before);
    today.snoozed.sort_by(|(a, a_until), (b, b_until)| a_until.cmp(b_until).then_with(|| before(a, b)));
    today
}

fn before(a: &Item, b: &Item) -> Ordering {
    b.cost.cmp(&a.cost).then_with(|| a.since.cmp(&b.since)).then_with(|| a.id.cmp(&b.id))
}
