//! What all clients' signals say together, towards which a client with little history is drawn.
//!
//! What is shared is rounded (days beyond terms to a tenth, the gap between orders to a day, the base of the chance to a
//! hundredth), so that an edit at one client rarely changes anybody else's health, and never by what one could see.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::ClientId;
use crate::figures::forecast::dormancy::{Common, History};

use super::Signals;
use super::returning::YEAR_DAYS;

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
        let (mut amount_days, mut amount) = (Decimal::ZERO, Decimal::ZERO);
        for it in signals.clone() {
            let (days, of) = it.paying.terms();
            amount_days = amount_days.saturating_add(days);
            amount = amount.saturating_add(of);
        }
        let histories = signals.filter_map(|it| it.returning.history());
        Self {
            days_beyond_terms: amount_days.checked_div(amount).map(|mean| mean.round_dp(1)),
            common: Common::of(histories, day, YEAR_DAYS).rounded(),
        }
    }

    /// Nobody's: what is assumed of a client by itself, of whom no other is known. It pays on the day.
    #[must_use]
    pub fn nobody() -> Self {
        let none = std::iter::empty::<&History>();
        Self { days_beyond_terms: None, common: Common::of(none, NaiveDate::MIN, YEAR_DAYS).rounded() }
    }

    /// Days beyond terms of the whole book; nought where nothing was due.
    #[must_use]
    pub fn days_beyond_terms(&self) -> Decimal {
        self.days_beyond_terms.unwrap_or_default()
    }

    /// The pool of the same clients with one's signals in place of its own.
    #[must_use]
    pub fn with(
        signals: &[(ClientId, Arc<Signals>)],
        client: &ClientId,
        other: &Arc<Signals>,
        day: NaiveDate,
    ) -> Self {
        let each = signals.iter().map(|(id, own)| if id == client { other } else { own });
        Self::of(each, day)
    }
}
