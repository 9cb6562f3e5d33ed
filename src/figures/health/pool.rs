//! What all clients' signals say together, towards which a client with little history is drawn.
//!
//! What is shared is rounded (days beyond terms to a tenth, the gap between orders to a day, the base of the chance to a
//! hundredth), so that an edit at one client rarely changes anybody else's health, and never by what one could see.

use std::cell::RefCell;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::FIRST_DAY;
use crate::figures::forecast::dormancy::{Common, History};

use super::Signals;
use super::paying::{Exception, Paying};
use super::returning::{Returning, YEAR_DAYS};

/// A book of which little is known is assumed to be paid so many days late: the forecast begins with the same week …
pub(in crate::figures) const PRIOR_DAYS: i64 = 7;
/// … as if by so many invoices.
pub(in crate::figures) const PRIOR_INVOICES: i64 = 3;

/// What all clients' signals say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// How late the book is paid, in days beyond terms, to a tenth.
    days_beyond_terms: Decimal,
    /// How often clients order, and how likely within a year.
    pub(super) common: Common,
}

impl Pool {
    /// Of every client's signals on one day.
    #[must_use]
    pub fn of<'a>(signals: impl Iterator<Item = &'a Arc<Signals>> + Clone, day: NaiveDate) -> Self {
        let histories = signals.clone().filter_map(|it| it.returning.history());
        let common = Common::of(histories, day, YEAR_DAYS).rounded();
        Self::with(common, signals)
    }

    /// The same where nobody's orders are otherwise than in this one: to fit what they have in common takes longest.
    pub(super) fn ordering_alike<'a>(&self, signals: impl Iterator<Item = &'a Arc<Signals>>) -> Self {
        Self::with(self.common, signals)
    }

    fn with<'a>(common: Common, signals: impl Iterator<Item = &'a Arc<Signals>>) -> Self {
        let terms = signals.map(|it| it.terms).fold(Terms::default(), Terms::and);
        Self { days_beyond_terms: terms.drawn(), common }
    }

    /// Of nobody: what is assumed of a client by itself.
    #[must_use]
    pub fn nobody() -> Self {
        let none = std::iter::empty::<&History>();
        Self {
            days_beyond_terms: Terms::default().drawn(),
            common: Common::of(none, FIRST_DAY, YEAR_DAYS).rounded(),
        }
    }

    /// How late the whole book is paid, in days beyond terms: the amount-weighted mean m of its n invoices, no client's later than
    /// `late_days_worst`, drawn towards a week as if by three invoices, (m × n + 7 × 3) / (n + 3). Without that, a client that is alone in its book, or nearly so, would
    /// be drawn to itself, and one lucky bill would be a habit.
    #[must_use]
    pub fn days_beyond_terms(&self) -> Decimal {
        self.days_beyond_terms
    }
}

/// The invoices that were due, as far as they are needed to pool them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::figures) struct Terms {
    /// Σ amount × days beyond terms.
    pub(super) amount_days: Decimal,
    /// Σ amount.
    pub(super) amount: Decimal,
    /// How many.
    pub(in crate::figures) invoices: usize,
}

impl Terms {
    /// The amount-weighted mean, in days beyond terms; `None` where nothing was due.
    pub(in crate::figures) fn days(self) -> Option<Decimal> {
        self.amount_days.checked_div(self.amount)
    }

    /// The same without the one that is among them as out of character.
    pub(in crate::figures) fn without(self, exception: &Exception) -> Self {
        let all = exception.amount.saturating_add(exception.rest);
        Self {
            amount_days: self.amount_days.saturating_sub(exception.counted_days()),
            amount: self.amount.saturating_sub(all),
            invoices: self.invoices.saturating_sub(1),
        }
    }

    /// Without some that are among them.
    pub(super) fn less(self, some: Self) -> Self {
        Self {
            amount_days: self.amount_days.saturating_sub(some.amount_days),
            amount: self.amount.saturating_sub(some.amount),
            invoices: self.invoices.saturating_sub(some.invoices),
        }
    }

    pub(in crate::figures) fn and(self, more: Self) -> Self {
        Self {
            amount_days: self.amount_days.saturating_add(more.amount_days),
            amount: self.amount.saturating_add(more.amount),
            invoices: self.invoices.saturating_add(more.invoices),
        }
    }

    /// The mean in days, drawn towards what is assumed of any book, to a tenth.
    fn drawn(self) -> Decimal {
        let prior = Decimal::from(PRIOR_DAYS);
        let mean = self.days().unwrap_or(prior);
        let (seen, assumed) = (Decimal::from(self.invoices), Decimal::from(PRIOR_INVOICES));
        let days = mean.saturating_mul(seen).saturating_add(prior.saturating_mul(assumed));
        days.checked_div(seen.saturating_add(assumed)).unwrap_or(prior).round_dp(1)
    }
}

/// The pool of clients of whom one may be otherwise, made anew only as far as that one matters.
pub(super) struct Others<'a> {
    /// Every client's, in the order of their ids, `None` in the place of the one.
    signals: Vec<Option<&'a Signals>>,
    /// What was due of all but the one.
    terms: Terms,
    /// What the one ordered as it is, and the pool with that.
    own: Option<&'a History>,
    pool: &'a Pool,
    day: NaiveDate,
    /// What was made anew already, by what the one ordered: fitting it takes all histories.
    made: RefCell<Vec<(History, Common)>>,
}

impl<'a> Others<'a> {
    /// Of every client's signals in the order of their ids, of which the one is at `place`.
    pub(super) fn of(
        signals: impl Iterator<Item = &'a Signals>,
        place: usize,
        pool: &'a Pool,
        day: NaiveDate,
    ) -> Self {
        let mut signals: Vec<Option<&Signals>> = signals.map(Some).collect();
        let own = signals.get_mut(place).and_then(Option::take).and_then(|it| it.returning.history());
        let terms = signals.iter().flatten().map(|it| it.terms).fold(Terms::default(), Terms::and);
        Self { signals, terms, own, pool, day, made: RefCell::default() }
    }

    /// As far as how they pay is concerned, with the one paying so.
    pub(super) fn with_paying(&self, paying: &Paying) -> Pool {
        Pool { days_beyond_terms: self.terms.and(paying.pooled()).drawn(), ..self.pool.clone() }
    }

    /// As far as how they order is concerned, with the one ordering so.
    pub(super) fn with_returning(&self, returning: &Returning) -> Pool {
        let history = returning.history();
        if history == self.own {
            return self.pool.clone();
        }
        Pool { common: self.common(history), ..self.pool.clone() }
    }

    fn common(&self, history: Option<&History>) -> Common {
        let made = self.made.borrow().iter().find(|(of, _)| Some(of) == history).map(|(_, common)| *common);
        made.unwrap_or_else(|| {
            let each = self.signals.iter().map(|it| it.map_or(history, |it| it.returning.history()));
            let common = Common::of(each.flatten(), self.day, YEAR_DAYS).rounded();
            self.made.borrow_mut().extend(history.cloned().map(|history| (history, common)));
            common
        })
    }
}
