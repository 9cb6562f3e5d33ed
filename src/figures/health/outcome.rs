//! How a promise went: kept, moved with a word before its day, or broken.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Invoice, Promise};

use super::Measure;

/// How a promise went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Outcome {
    /// Kept by its day.
    Kept,
    /// Moved, and said so before the day: near kept.
    Moved,
    /// Its day passed in silence.
    Broken,
}

impl Outcome {
    /// What it is worth, of a hundred.
    pub(super) fn points(self) -> Decimal {
        Decimal::from(match self {
            Self::Kept => 100,
            Self::Moved => 75,
            Self::Broken => 0,
        })
    }

    /// How one day named went, of several: `next_said` is when another day was named after it. `None` while its day has
    /// not passed.
    fn of(
        by: NaiveDate,
        kept: Option<NaiveDate>,
        next_said: Option<NaiveDate>,
        day: NaiveDate,
    ) -> Option<Self> {
        if kept.is_some_and(|kept| kept <= by) {
            Some(Self::Kept)
        } else if next_said.is_some_and(|said| said <= by) {
            Some(Self::Moved)
        } else {
            (by < day).then_some(Self::Broken)
        }
    }
}

/// How often promises went which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::figures) struct Outcomes {
    pub(in crate::figures) kept: u32,
    pub(in crate::figures) moved: u32,
    pub(in crate::figures) broken: u32,
}

impl Outcomes {
    pub(in crate::figures) fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Kept => self.kept += 1,
            Outcome::Moved => self.moved += 1,
            Outcome::Broken => self.broken += 1,
        }
    }

    pub(super) fn count(self) -> u32 {
        self.kept + self.moved + self.broken
    }

    /// The mean of what they are worth; `None` without any.
    pub(super) fn points(self) -> Option<Decimal> {
        let worth = |count: u32, outcome: Outcome| outcome.points() * Decimal::from(count);
        let sum = worth(self.kept, Outcome::Kept) + worth(self.moved, Outcome::Moved);
        sum.checked_div(self.count().into())
    }

    /// A measure of their points, with what its words count.
    pub(super) fn measure(self, what: &'static str) -> Option<Measure> {
        let measure = Measure::new(what, 1, self.points()?, self.words());
        let measure = measure.counting("Kept by the day", self.kept).counting("Days named", self.count());
        Some(measure.counting("Moved with a word before", self.moved))
    }

    /// In words: `3 of 4 kept, 1 moved with a word before`.
    pub(super) fn words(self) -> String {
        let mut words = format!("{} of {} kept", self.kept, self.count());
        if self.moved > 0 {
            words = format!("{words}, {} moved with a word before", self.moved);
        }
        if self.broken > 0 {
            words = format!("{words}, {} broken", self.broken);
        }
        words
    }
}

/// How the days named for paying an invoice went that was settled on a day, or is open.
pub(super) fn of_invoice(invoice: &Invoice, settled: Option<NaiveDate>, day: NaiveDate) -> Vec<Outcome> {
    let mut named: Vec<_> = invoice.promised.iter().collect();
    named.sort_by_key(|it| it.day);
    let next = |at: usize| named.get(at + 1).map(|next| next.day);
    named.iter().enumerate().filter_map(|(at, it)| Outcome::of(it.pay_by, settled, next(at), day)).collect()
}

/// How the days of a promise went: the first one, and each it was moved to.
pub(in crate::figures) fn of_promise(promise: &Promise, day: NaiveDate) -> Vec<Outcome> {
    days_named(promise, day).into_iter().map(|(_, outcome)| outcome).collect()
}

/// The days of a promise whose time has come, and how each went.
pub(in crate::figures) fn days_named(promise: &Promise, day: NaiveDate) -> Vec<(NaiveDate, Outcome)> {
    let mut moved: Vec<_> = promise.moved.iter().collect();
    moved.sort_by_key(|it| it.day);
    let days = std::iter::once(promise.due).chain(moved.iter().map(|it| it.to));
    let said = |at: usize| moved.get(at).map(|it| it.day);
    let went = |(at, by)| Some((by, Outcome::of(by, promise.kept, said(at), day)?));
    days.enumerate().filter_map(went).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_word_before_the_day_nearly_keeps_a_promise_and_one_after_it_breaks_it() {
        let by = day("2026-03-10");
        let of = |kept: Option<&str>, said: Option<&str>, on: &str| {
            Outcome::of(by, kept.map(day), said.map(day), day(on))
        };
        assert_eq!(of(Some("2026-03-10"), None, "2026-04-01"), Some(Outcome::Kept));
        assert_eq!(of(None, Some("2026-03-10"), "2026-03-10"), Some(Outcome::Moved));
        assert_eq!(of(Some("2026-03-12"), Some("2026-03-11"), "2026-04-01"), Some(Outcome::Broken));
        assert_eq!(of(None, None, "2026-03-10"), None, "its day is not over");
        assert_eq!(of(None, None, "2026-03-11"), Some(Outcome::Broken));
    }
}
