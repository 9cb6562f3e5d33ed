//! What one client's facts say by themselves, before anything is drawn towards the book's means.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, ClientFacts, Relation, Stage};
use crate::figures::jobs::has_agreed;
use crate::figures::kind::is_prospect;
use crate::figures::standing::Standing;

use super::effort::Effort;
use super::look::Look;
use super::paying::Paying;
use super::pool::{Pool, Terms};
use super::returning::Returning;
use super::{Health, Indicator, Reading, lines, price, speaking, writing};

/// What one client's facts say as of the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Signals {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// Why it has no score, where nothing was ever agreed with it.
    pub(super) no_health: Option<&'static str>,
    pub(in crate::figures) paying: Paying,
    /// What was due, to be pooled with that of other clients: told once, for every edit pools all.
    pub(in crate::figures) terms: Terms,
    pub(super) returning: Returning,
    pub(in crate::figures) effort: Effort,
    /// The readings that rest on this client alone.
    alone: [Arc<Reading>; 5],
}

impl Signals {
    /// Of the facts of a client as `known` at the end of `day`.
    #[must_use]
    pub fn of(business: &Business, stages: &[Stage], known: &ClientFacts, day: NaiveDate) -> Self {
        let invoices: Vec<Standing<'_>> =
            known.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
        Self::seen(&Look::new(business, stages, known, &invoices, day))
    }

    pub(in crate::figures) fn seen(look: &Look<'_>) -> Self {
        let effort = Effort::of(look);
        let alone = [
            effort.reading(look),
            price::reading(look),
            lines::reading(look),
            writing::reading(look),
            speaking::reading(look),
        ];
        let paying = Paying::of(look);
        Self {
            day: look.day,
            no_health: no_health(look),
            terms: paying.pooled(),
            paying,
            returning: Returning::of(look),
            effort,
            alone: alone.map(Arc::new),
        }
    }

    /// How often the client ordered.
    #[must_use]
    pub fn orders(&self) -> usize {
        self.returning.orders()
    }

    /// What every indicator says, in the order of [`Indicator::ALL`].
    pub(super) fn readings(&self, pool: &Pool) -> Vec<Arc<Reading>> {
        let [effort, price, lines, writing, speaks] = self.alone.clone();
        let (pays, returns) = (self.paying.reading(pool), self.returning.reading(pool));
        vec![Arc::new(pays), effort, price, lines, writing, Arc::new(returns), speaks]
    }

    /// What an indicator says that rests on this client alone.
    #[must_use]
    pub fn alone(&self, indicator: Indicator) -> Option<&Reading> {
        self.alone.iter().map(AsRef::as_ref).find(|reading| reading.indicator == indicator)
    }

    /// Its health by itself, drawn towards nobody.
    #[must_use]
    pub fn by_itself(&self, weights: &[rust_decimal::Decimal]) -> Health {
        Health::of(self, &Pool::nobody(), weights)
    }
}

/// Why a client has no health: talks that came to nothing say nothing of how it is to work for somebody.
fn no_health(look: &Look<'_>) -> Option<&'static str> {
    if is_prospect(look.stages, look.known) {
        return Some("a prospect has no health yet, but a door check");
    }
    let is_client = look.known.client.relation == Relation::Client;
    (is_client && !has_agreed(look.stages, look.known)).then_some("nothing was ever agreed with them")
}
