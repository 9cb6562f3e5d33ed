//! What came of what a put-off item may wait for: words from the client, and payments.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::ItemKind;
use crate::domain::{Arrival, Direction, Facts, Snooze, Wait};

/// What came last for an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// A word from the client.
    pub word: Option<Arrival>,
    /// A payment of the item's invoice, or of any of the client's where it is about none.
    pub payment: Option<Arrival>,
}

impl Arrivals {
    /// What came for an item of the client with these facts.
    #[must_use]
    pub fn of(item: &str, facts: &Facts) -> Self {
        let invoice = invoice_of(item);
        let words = facts.touches.iter().filter(|touch| touch.direction == Direction::In);
        let invoices = facts.invoices.iter().filter(|it| invoice.is_none_or(|id| it.id.as_str() == id));
        Self {
            word: Arrival::last(words.map(|touch| touch.day)),
            payment: Arrival::last(invoices.flat_map(|it| it.received()).map(|payment| payment.day)),
        }
    }

    fn awaited(self, wait: Wait) -> Option<Arrival> {
        match wait {
            Wait::TheyReply | Wait::NoReply => self.word,
            Wait::Paid => self.payment,
        }
    }

    /// How often what is waited for came on a day that is the last one known.
    #[must_use]
    pub fn seen(self, wait: Wait, day: NaiveDate) -> usize {
        self.awaited(wait).filter(|arrival| arrival.day == day).map_or(0, |arrival| arrival.times)
    }

    /// The last day on which what a snooze waits for came, after the item was put off.
    pub(super) fn since(self, snooze: &Snooze, wait: Wait) -> Option<NaiveDate> {
        let is_news = |it: &Arrival| it.day > snooze.day || (it.day == snooze.day && it.times > snooze.seen);
        self.awaited(wait).filter(is_news).map(|arrival| arrival.day)
    }
}

/// The id of the invoice that an item is about, read from the item's own.
fn invoice_of(item: &str) -> Option<&str> {
    let (kind, record) = ItemKind::of_item(item)?;
    kind.is_about_invoice().then_some(record)
}

/// What came for the items of one client, gone through once.
pub(super) struct Came<'a> {
    word: Option<Arrival>,
    payment: Option<Arrival>,
    /// Of invoices that are open and paid in part.
    in_part: BTreeMap<&'a str, Arrival>,
}

impl<'a> Came<'a> {
    /// `open` says of each invoice, in the order of the facts, whether something is still to be paid.
    pub(super) fn of(facts: &'a Facts, open: impl Iterator<Item = bool>) -> Self {
        let Arrivals { word, payment } = Arrivals::of("", facts);
        let in_part = facts.invoices.iter().zip(open).filter(|(_, open)| *open).filter_map(|(it, _)| {
            Some((it.id.as_str(), Arrival::last(it.received().map(|payment| payment.day))?))
        });
        Self { word, payment, in_part: in_part.collect() }
    }

    /// The same as [`Arrivals::of`] for an item of the client.
    pub(super) fn for_item(&self, kind: ItemKind, record: &str) -> Arrivals {
        let payment = if kind.is_about_invoice() { self.in_part.get(record).copied() } else { self.payment };
        Arrivals { word: self.word, payment }
    }
}
