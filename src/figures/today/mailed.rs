//! Where the letter about an item is: a fact of the outbox, and so of the queue.

use chrono::NaiveDate;

use super::words::date;
use super::{Item, ItemKind};
use crate::domain::{Outgoing, TemplateId, TouchKind, days_between};

/// Where the letter about an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailed {
    /// It waits in the outbox since this day.
    Waits(NaiveDate),
    /// It was handed over.
    Went {
        /// When.
        day: NaiveDate,
        /// How many facts of its item had become known on that day; see [`crate::domain::HandedOver`].
        seen: Option<usize>,
    },
}

impl Mailed {
    /// Where the letter is that is about the item of this kind and record: one that waits, else the one handed over last.
    ///
    /// A reminder that waits is about every chase of its client, since one chases for all that is late at once, and about a down
    /// payment: nobody is asked for money twice in a morning. So is the check-in that comes before a chase; and while a reminder waits, no check-in is written beside it.
    /// One that begins with an answer is that answer, too.
    pub(super) fn of<'a>(
        letters: impl Iterator<Item = &'a Outgoing>,
        kind: ItemKind,
        record: &str,
    ) -> Option<Self> {
        // Only an invoice makes this one go: a letter that speaks of it is none.
        if kind == ItemKind::DeliveredNotInvoiced {
            return None;
        }
        let mut found: Option<Self> = None;
        for letter in letters {
            let about = letter.item.as_deref().and_then(ItemKind::of_item);
            let is_it = about == Some((kind, record));
            let of_check_in = about.is_some_and(|(kind, _)| kind == ItemKind::CheckInFirst);
            let reminds = letter.kind == Some(TouchKind::Reminder);
            let stands_for = match kind {
                ItemKind::CheckInFirst => reminds,
                ItemKind::Unanswered => letter.template.is_some_and(TemplateId::answers_first),
                asks if asks.asks_for_money() => reminds || of_check_in,
                _ => false,
            };
            let state = match &letter.handed_over {
                _ if !(is_it || stands_for && letter.waits()) => continue,
                _ if letter.waits() => Self::Waits(letter.queued),
                Some(handed) => Self::Went { day: handed.day, seen: handed.seen },
                None => continue,
            };
            found = Some(match (found, state) {
                (Some(Self::Waits(known)), Self::Waits(queued)) => Self::Waits(known.max(queued)),
                (Some(Self::Waits(known)), Self::Went { .. }) => Self::Waits(known),
                (Some(Self::Went { day: known, seen }), Self::Went { day, .. }) if known > day => {
                    Self::Went { day: known, seen }
                }
                (Some(Self::Went { day: known, seen: before }), Self::Went { day, seen }) if known == day => {
                    // What one of two letters did not see, the other may have.
                    Self::Went { day, seen: before.zip(seen).map(|(a, b)| a.max(b)) }
                }
                (_, state) => state,
            });
        }
        found
    }

    /// Whether a letter that waits still keeps its item away at the end of `day`: for so many `days` from when it was queued.
    pub(super) fn keeps_away(self, days: i64, day: NaiveDate) -> bool {
        matches!(self, Self::Waits(queued) if days_between(queued, day) < days)
    }

    /// The day of it.
    pub(super) fn day(self) -> NaiveDate {
        match self {
            Self::Waits(day) | Self::Went { day, .. } => day,
        }
    }

    /// Why an item is back although there is this letter.
    pub(super) fn back(self, item: &Item, today: NaiveDate) -> String {
        match self {
            Self::Waits(queued) => {
                format!("its letter has waited in the outbox since {}", date(queued, today))
            }
            Self::Went { day, seen } if item.changed_since(day, seen) => {
                format!("its facts changed since your letter of {}", date(day, today))
            }
            Self::Went { day, .. } => format!("nothing came of your letter of {}", date(day, today)),
        }
    }
}
