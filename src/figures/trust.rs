//! The ledger of trust: what each side promised, and how it went.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Party, Promise};

use super::health::{Outcome, Outcomes, of_promise};

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Went {
    /// Kept by the day that was named last.
    Kept,
    /// Its day is still to come, after it was moved with a word before.
    Moved,
    /// The day that was named last passed in silence, though it may have been kept since.
    Broken,
    /// Its day is still to come.
    Open,
}

/// How often one side's promises went which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Side {
    /// Days named that were kept.
    pub kept: u32,
    /// Days named that were moved with a word before.
    pub moved: u32,
    /// Days named that passed in silence.
    pub broken: u32,
    /// Promises whose day is still to come.
    pub open: u32,
}

/// Both sides of the ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trust {
    /// What the firm promised.
    pub mine: Side,
    /// What the client promised.
    pub theirs: Side,
}

impl Went {
    /// How a promise stands at the end of `day`.
    #[must_use]
    pub fn of(promise: &Promise, day: NaiveDate) -> Self {
        if is_open(promise, day) {
            return if promise.moved.is_empty() { Self::Open } else { Self::Moved };
        }
        match of_promise(promise, day).last() {
            Some(Outcome::Kept) => Self::Kept,
            Some(Outcome::Moved | Outcome::Broken) => Self::Broken,
            None => Self::Open,
        }
    }
}

/// Whether the day of a promise is still to come.
pub(super) fn is_open(promise: &Promise, day: NaiveDate) -> bool {
    promise.kept.is_none() && promise.due_now() >= day
}

impl Side {
    /// All days named whose time has come: kept, moved or broken.
    #[must_use]
    pub fn named(&self) -> u32 {
        self.kept.saturating_add(self.moved).saturating_add(self.broken)
    }

    fn of<'a>(promises: impl Iterator<Item = &'a Promise>, day: NaiveDate) -> Self {
        let (mut outcomes, mut open) = (Outcomes::default(), 0_u32);
        for promise in promises {
            for outcome in of_promise(promise, day) {
                outcomes.add(outcome);
            }
            open += u32::from(is_open(promise, day));
        }
        Self { kept: outcomes.kept, moved: outcomes.moved, broken: outcomes.broken, open }
    }
}

impl Trust {
    /// Of some promises at the end of `day`. Each day that was named counts once: a promise that was moved with a word and
    /// then kept is one moved and one kept.
    #[must_use]
    pub fn of(promises: &[Arc<Promise>], day: NaiveDate) -> Self {
        let by = |party: Party| Side::of(promises.iter().map(AsRef::as_ref).filter(|it| it.by == party), day);
        Self { mine: by(Party::Me), theirs: by(Party::Them) }
    }
}
