//! The queue: items put in order, less those that were put off, handled or dismissed.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::back::Away;
use super::tally::{Tally, tallies};
use super::{Family, Item, Mailed};
use crate::domain::{Book, Business, Facts, Handled, Snooze, Threshold, Wait, add_days};
use crate::figures::fold::replaced;

/// The queue of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Today {
    /// What needs attention, the costliest delay first.
    pub items: Vec<Arc<Item>>,
    /// What was put off; what comes back the earliest first.
    pub snoozed: Vec<PutOff>,
    /// What was handled or dismissed and stays away for now, the costliest delay first.
    pub handled: Vec<Arc<Item>>,
    /// What a letter in the outbox is to see to, the costliest delay first.
    pub waiting: Vec<Arc<Item>>,
    /// How many items were marked as handled or dismissed on the day itself, also those that have no reason left to come
    /// back.
    pub handled_on_day: usize,
    /// What `items` add up to, one tally a family, in the families' order.
    pub tallies: Vec<Tally>,
}

/// An item that was put off.
#[derive(Debug, Clone, PartialEq)]
pub struct PutOff {
    /// Which.
    pub item: Arc<Item>,
    /// The day it comes back, at the latest.
    pub until: NaiveDate,
    /// What it waits for besides that day.
    pub wait: Option<Wait>,
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
        marks.add(facts, |_| true);
        marks
    }

    fn add<'a>(&mut self, facts: impl IntoIterator<Item = &'a Facts>, counts: impl Fn(&str) -> bool) {
        for facts in facts {
            for snooze in facts.snoozes.iter().filter(|it| counts(&it.item)) {
                if self.snoozes.get(&snooze.item).is_none_or(|known| known.day <= snooze.day) {
                    self.snoozes.insert(snooze.item.clone(), snooze.clone());
                }
            }
            for handled in facts.handled.iter().filter(|it| counts(&it.item)) {
                if self.handled.get(&handled.item).is_none_or(|known| known.day <= handled.day) {
                    self.handled.insert(handled.item.clone(), handled.clone());
                }
            }
        }
    }

    /// These marks where `gone` are no longer among the facts and `come` are, so that now they are in `all`; and the items
    /// on which a mark came or went.
    pub(in crate::figures) fn next<'a>(
        self: &Arc<Self>,
        gone: impl Iterator<Item = &'a Facts> + Clone,
        come: impl Iterator<Item = &'a Facts> + Clone,
        all: impl Iterator<Item = &'a Facts>,
    ) -> (Arc<Self>, BTreeSet<&'a str>) {
        let snoozes = stirred(gone.clone(), come.clone(), |facts| &facts.snoozes, |snooze| &snooze.item);
        let handled = stirred(gone, come, |facts| &facts.handled, |handled| &handled.item);
        let items: BTreeSet<&str> = snoozes.chain(handled).collect();
        if items.is_empty() {
            return (self.clone(), items);
        }
        let mut next = Self::clone(self);
        for item in &items {
            next.snoozes.remove(*item);
            next.handled.remove(*item);
        }
        next.add(all, |item| items.contains(item));
        (Arc::new(next), items)
    }

    /// The snooze that keeps an item away, if one does.
    fn snooze(&self, item: &Item, day: NaiveDate) -> Option<&Snooze> {
        let snooze = self.snoozes.get(&item.id).filter(|snooze| snooze.until > day)?;
        let came = snooze.wait.and_then(|wait| item.came.since(snooze, wait));
        came.is_none().then_some(snooze)
    }

    /// The day on which they replied to what was put off in case they would not.
    fn replied(&self, item: &Item) -> Option<NaiveDate> {
        let snooze = self.snoozes.get(&item.id).filter(|snooze| snooze.wait == Some(Wait::NoReply))?;
        item.came.since(snooze, Wait::NoReply).filter(|replied| *replied < snooze.until)
    }

    /// How many items were marked as handled or dismissed on a day.
    fn handled_on(&self, day: NaiveDate) -> usize {
        self.handled.values().filter(|handled| handled.day == day).count()
    }

    /// Whether an item was handled lately or dismissed at any time, and no fact of it changed since.
    fn is_handled(&self, item: &Item, days: i64, day: NaiveDate) -> bool {
        let lately = |handled: NaiveDate| day < add_days(handled, days);
        let marked = self.handled.get(&item.id).is_some_and(|handled| {
            !item.changed_since(handled.day, handled.seen)
                && (handled.dismissed.is_some() || lately(handled.day))
        });
        let as_good_as =
            |done: NaiveDate, seen: Option<usize>| !item.changed_since(done, seen) && lately(done);
        let written =
            item.mailed.is_some_and(|it| matches!(it, Mailed::Went { day, seen } if as_good_as(day, seen)));
        marked || written || self.replied(item).is_some_and(|day| as_good_as(day, None))
    }

    /// An item that nothing keeps away now: where something did before, its reason says why it is back.
    fn in_queue(&self, item: Arc<Item>, handled_days: i64, day: NaiveDate) -> Arc<Item> {
        let (snooze, handled) = (self.snoozes.get(&item.id), self.handled.get(&item.id));
        let away = Away {
            snooze: snooze.map(AsRef::as_ref),
            handled: handled.map(AsRef::as_ref),
            mailed: item.mailed,
            handled_days,
        };
        match away.back(&item, day) {
            Some(back) => {
                let why = format!("Back: {back} · {}", item.why);
                Arc::new(Item { why, ..Item::clone(&item) })
            }
            None => item,
        }
    }
}

/// The items named by marks that are on one side alone.
fn stirred<'a, T: 'a>(
    gone: impl Iterator<Item = &'a Facts>,
    come: impl Iterator<Item = &'a Facts>,
    marks: fn(&'a Facts) -> &'a Vec<Arc<T>>,
    item: fn(&'a T) -> &'a str,
) -> impl Iterator<Item = &'a str> {
    let by_pointer = |mark: &'a Arc<T>| (Arc::as_ptr(mark), mark.as_ref());
    let gone: BTreeMap<*const T, &'a T> = gone.flat_map(marks).map(by_pointer).collect();
    let come: BTreeMap<*const T, &'a T> = come.flat_map(marks).map(by_pointer).collect();
    let only = |these: &BTreeMap<*const T, &'a T>, those: &BTreeMap<*const T, &'a T>| -> Vec<&'a str> {
        these.iter().filter(|(pointer, _)| !those.contains_key(pointer)).map(|(_, mark)| item(mark)).collect()
    };
    only(&gone, &come).into_iter().chain(only(&come, &gone))
}

/// Items and the marks that say where each of them is.
pub(in crate::figures) struct Marked<'a> {
    /// In any order.
    pub(in crate::figures) items: Vec<&'a Arc<Item>>,
    /// The marks, maybe on other items too.
    pub(in crate::figures) marks: &'a Marks,
}

/// Items by where they are.
#[derive(Default)]
struct Sorted {
    items: Vec<Arc<Item>>,
    snoozed: Vec<PutOff>,
    handled: Vec<Arc<Item>>,
    waiting: Vec<Arc<Item>>,
}

impl Sorted {
    fn of(marked: &Marked<'_>, business: &Business, day: NaiveDate) -> Self {
        let handled_days = business.threshold_days(Threshold::HandledDays);
        let letter_days = business.threshold_days(Threshold::LetterDays);
        let mut sorted = Self::default();
        for item in marked.items.iter().copied().cloned() {
            if marked.marks.is_handled(&item, handled_days, day) {
                sorted.handled.push(item);
            } else if item.mailed.is_some_and(|mailed| mailed.keeps_away(letter_days, day)) {
                sorted.waiting.push(item);
            } else if let Some(snooze) = marked.marks.snooze(&item, day) {
                sorted.snoozed.push(PutOff { until: snooze.until, wait: snooze.wait, item });
            } else {
                sorted.items.push(marked.marks.in_queue(item, handled_days, day));
            }
        }
        sorted
    }
}

/// The queue of a day from all items: those of the clients, the firm's and those that cannot be right.
///
/// - Ordered by cost of delay, highest first; then by the day they came up, earliest first; then by id.
/// - An item whose newest [`Snooze`] ends after `day` is in `snoozed`, unless what that waits for has come since: a later
///   touch from the client, a later payment. What was put off in case they do not reply is in `handled` once they did, as
///   if it was marked on the day they replied last.
/// - An item with a [`Handled`] mark is in `handled` for the threshold `handled_days`, counted from the mark's day,
///   unless a fact that it was drawn from became known after the mark: on a later day, or on that one. With one that says
///   why it was dismissed it is there without end, unless its facts changed. A letter about it that was handed over counts
///   like such a mark. An item for which both hold is in `handled`.
/// - An item of which the letter waits in the outbox is in `waiting`, for the threshold `letter_days` from the day it was
///   queued: one that is forgotten there brings its item back.
/// - Where something kept an item away before, its reason begins with why it is back.
#[must_use]
pub fn queue<'a>(
    business: &Business,
    items: impl IntoIterator<Item = &'a Arc<Item>>,
    marks: &Marks,
    day: NaiveDate,
) -> Today {
    let nothing = Marked { items: Vec::new(), marks: &Marks::default() };
    Today::default().next(&nothing, &Marked { items: items.into_iter().collect(), marks }, business, day)
}

impl Today {
    /// An item by its id, wherever it is by now; `None` where its facts no longer hold.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Arc<Item>> {
        let put_off = self.snoozed.iter().map(|put_off| &put_off.item);
        let away = put_off.chain(&self.handled).chain(&self.waiting);
        self.items.iter().chain(away).find(|item| item.id == id)
    }

    /// This queue without the items that are `gone`, and with those that have `come`. An item whose mark changed is among
    /// both.
    pub(in crate::figures) fn next(
        &self,
        gone: &Marked<'_>,
        come: &Marked<'_>,
        business: &Business,
        day: NaiveDate,
    ) -> Self {
        let families: BTreeSet<Family> =
            gone.items.iter().chain(&come.items).map(|item| item.kind.family()).collect();
        let handled_on_day = come.marks.handled_on(day);
        let (gone, come) = (Sorted::of(gone, business, day), Sorted::of(come, business, day));
        let items = replaced(&self.items, gone.items, come.items, before);
        Self {
            tallies: tallies(&self.tallies, &items, |family| families.contains(&family)),
            items,
            snoozed: replaced(&self.snoozed, gone.snoozed, come.snoozed, |a, b| {
                a.until.cmp(&b.until).then_with(|| before(&a.item, &b.item))
            }),
            handled: replaced(&self.handled, gone.handled, come.handled, before),
            waiting: replaced(&self.waiting, gone.waiting, come.waiting, before),
            handled_on_day,
        }
    }
}

/// Of items that are equal otherwise, those of clients stand before the firm's own.
fn before(a: &Arc<Item>, b: &Arc<Item>) -> Ordering {
    let firm = |item: &Item| item.client.is_none();
    b.cost
        .cmp(&a.cost)
        .then_with(|| a.since.cmp(&b.since))
        .then_with(|| a.id.cmp(&b.id))
        .then_with(|| (firm(a), &a.client).cmp(&(firm(b), &b.client)))
}
