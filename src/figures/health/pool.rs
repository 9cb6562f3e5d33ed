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
use super::paying::Paying;
use super::returning::{Returning, YEAR_DAYS};

/// What all clients' signals say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Amount-weighted mean of days beyond terms, to a tenth; `None` where no invoice was due.
    days_beyond_terms: Option<Decimal>,
    /// How often clients order, and how likely within a year.
    pub(super) common: Common,
}

impl Pool {
    /// Of every client's signals on one day.
    #[must_use]
    pub fn of<'a>(signals: impl Iterator<Item = &'a Arc<Signals>> + Clone, day: NaiveDate) -> Self {
        let terms = signals.clone().map(|it| it.paying.terms());
        let histories = signals.filter_map(|it| it.returning.history());
        Self { days_beyond_terms: mean(terms), common: Common::of(histories, day, YEAR_DAYS).rounded() }
    }

    /// Of nobody: what is assumed of a client by itself. Others pay on the day.
    #[must_use]
    pub fn nobody() -> Self {
        let none = std::iter::empty::<&History>();
        Self { days_beyond_terms: None, common: Common::of(none, FIRST_DAY, YEAR_DAYS).rounded() }
    }

    /// Days beyond terms of the whole book; nought where nothing was due.
    #[must_use]
    pub fn days_beyond_terms(&self) -> Decimal {
        self.days_beyond_terms.unwrap_or_default()
    }
}

/// Σ amount × days / Σ amount, to a tenth; `None` without an amount.
fn mean(terms: impl Iterator<Item = (Decimal, Decimal)>) -> Option<Decimal> {
    let (amount_days, amount) = terms.fold((Decimal::ZERO, Decimal::ZERO), |(days, amount), (more, of)| {
        (days.saturating_add(more), amount.saturating_add(of))
    });
    amount_days.checked_div(amount).map(|mean| mean.round_dp(1))
}

/// The pool of clients of whom one may be otherwise, made anew only as far as that one matters.
pub(super) struct Others<'a> {
    /// Every client's, in the order of their ids, `None` in the place of the one.
    signals: Vec<Option<&'a Signals>>,
    /// Σ amount × days and Σ amount of all but the one.
    terms: (Decimal, Decimal),
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
        let terms = signals.iter().flatten().map(|it| it.paying.terms());
        let terms = terms.fold((Decimal::ZERO, Decimal::ZERO), |(days, amount), (more, of)| {
            (days.saturating_add(more), amount.saturating_add(of))
        });
        Self { signals, terms, own, pool, day, made: RefCell::default() }
    }

    /// As far as how they pay is concerned, with the one paying so.
    pub(super) fn with_paying(&self, paying: &Paying) -> Pool {
        let days_beyond_terms = mean([self.terms, paying.terms()].into_iter());
        Pool { days_beyond_terms, ..self.pool.clone() }
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
