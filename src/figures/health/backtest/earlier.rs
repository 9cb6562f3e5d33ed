//! Scores as the Clients view told them on an earlier day, for some clients of a book at once.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Book, ClientId, Stage};
use crate::figures::{Answer, Unknown};

use super::super::{Health, Indicator, Pool, Signals};

/// Decimals of a score that is looked back at: as many as reports print, so that who scores again finds the same ties.
const DECIMALS: u32 = 4;

/// A book as known at the end of an earlier day.
pub(super) struct Earlier {
    known: Book,
    day: NaiveDate,
    stages: Vec<Stage>,
    weights: Vec<Decimal>,
    /// What all clients have in common, once somebody needs it: every client is looked at for it.
    pool: Option<Pool>,
}

impl Earlier {
    /// What of `book` was known at the end of `day`.
    pub(super) fn of(book: &Book, day: NaiveDate) -> Self {
        let known = book.as_of(day);
        let (stages, weights) = (known.business().stages(), Indicator::weights(known.business()));
        Self { known, day, stages, weights, pool: None }
    }

    /// The score of a client, from 0 to 100.
    pub(super) fn score(&mut self, client: &ClientId) -> Answer<Decimal> {
        let (business, day) = (self.known.business(), self.day);
        let Some(facts) = self.known.client(client) else {
            return Err(Unknown(format!("it was not known on {day}")));
        };
        let signals = Signals::of(business, &self.stages, facts, day);
        // How many indicators are known does not depend on other clients: without enough of them these need no look.
        Health::of(&signals, &Pool::nobody(), &self.weights).score?;
        let pool = self.pool.get_or_insert_with(|| {
            let each = self.known.clients().map(|it| Arc::new(Signals::of(business, &self.stages, it, day)));
            Pool::of(each.collect::<Vec<_>>().iter(), day)
        });
        let score = Health::of(&signals, pool, &self.weights).score?;
        Ok(score.points.round_dp(DECIMALS))
    }
}
