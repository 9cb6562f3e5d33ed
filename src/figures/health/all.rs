//! Every client's health, each made of its own signals and what all have in common.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, add_days};
use crate::figures::fold::{Change, Side};
use crate::figures::forecast::dormancy::History;
use crate::figures::{Answer, Client, Unknown};

use super::{Health, Indicator, Pool, Reason, Signals, TREND_DAYS};

/// A client's health, and how it moved.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientHealth {
    /// As of the day.
    pub health: Health,
    /// The points of the score less those 90 days before; unknown once it has ended.
    pub trend: Answer<Decimal>,
    /// What costs the most points, the costliest first; at most four.
    pub reasons: Vec<Reason>,
}

/// Every client's health as of a day.
#[derive(Debug, Clone)]
pub struct Healths {
    /// What all have in common.
    pub pool: Pool,
    /// The same 90 days before.
    pub pool_before: Pool,
    /// How much each indicator counts, in the order of [`Indicator::ALL`].
    pub weights: Vec<Decimal>,
    /// The clients, in the order of their ids.
    clients: Arc<Vec<Arc<Client>>>,
    /// The health of each.
    of: Vec<Arc<ClientHealth>>,
}

impl PartialEq for Healths {
    fn eq(&self, other: &Self) -> bool {
        (&self.pool, &self.pool_before, &self.weights) == (&other.pool, &other.pool_before, &other.weights)
            && self.of == other.of
    }
}

impl Healths {
    /// Of all clients as of `day`. `last` are those made last, of the same day, and what is otherwise since: what is as it was
    /// then is taken over.
    pub(in crate::figures) fn next(
        business: &Business,
        clients: &Arc<Vec<Arc<Client>>>,
        day: NaiveDate,
        last: Option<&Self>,
        change: &Change,
    ) -> Self {
        let weights = Indicator::weights(business);
        let pool_of = |signals: SignalsOf, day, last: Option<&Pool>| {
            let each = clients.iter().filter_map(|client| signals(client));
            match last.filter(|_| orders(&change.gone, signals).eq(orders(&change.come, signals))) {
                Some(last) => last.ordering_alike(each),
                None => Pool::of(each, day),
            }
        };
        let pool = pool_of(|client| Some(&client.signals), day, last.map(|it| &it.pool));
        let pool_before = pool_of(
            |client| client.signals_before.as_ref(),
            add_days(day, -TREND_DAYS),
            last.map(|it| &it.pool_before),
        );
        let last = last
            .filter(|last| (&last.pool, &last.pool_before, &last.weights) == (&pool, &pool_before, &weights));
        let mut known = last.into_iter().flat_map(|last| last.clients.iter().zip(&last.of)).peekable();
        let of = clients.iter().map(|client| {
            // Pointers are compared first, since ids lie elsewhere in memory.
            while known.next_if(|(before, _)| !Arc::ptr_eq(before, client) && before.id < client.id).is_some()
            {
            }
            let same = known.peek().filter(|(before, _)| Arc::ptr_eq(before, client));
            same.map_or_else(
                || Arc::new(ClientHealth::of(client, &pool, &pool_before, &weights)),
                |(_, health)| Arc::clone(health),
            )
        });
        let of = of.collect();
        Self { clients: clients.clone(), of, pool, pool_before, weights }
    }

    /// A client's health.
    #[must_use]
    pub fn client(&self, id: &ClientId) -> Option<&Arc<ClientHealth>> {
        let position = self.clients.binary_search_by(|client| client.id.cmp(id)).ok()?;
        self.of.get(position)
    }

    /// Every client's health, in the order of their ids.
    #[must_use]
    pub fn each(&self) -> impl ExactSizeIterator<Item = &Arc<ClientHealth>> {
        self.of.iter()
    }
}

/// A client's signals on one of two days.
type SignalsOf = fn(&Client) -> Option<&Arc<Signals>>;

/// Who ordered when, of those on one side of a change.
fn orders(side: &Side, signals: SignalsOf) -> impl Iterator<Item = (&ClientId, &History)> {
    let each = side.clients.iter();
    each.filter_map(move |client| Some((&client.id, signals(client)?.returning.history()?)))
}

impl ClientHealth {
    /// Nothing is known of it.
    pub(in crate::figures) fn of_nobody() -> Arc<Self> {
        let why = Unknown::because("it is not among the clients");
        let health = Health { day: NaiveDate::MIN, readings: Vec::new(), score: Err(why.clone()) };
        Arc::new(Self { health, trend: Err(why), reasons: Vec::new() })
    }

    /// The score [`TREND_DAYS`] before: the whole points of the day less the whole points by which it moved, so that the three agree as
    /// they are read.
    #[must_use]
    pub fn score_before(&self) -> Option<Decimal> {
        let (score, moved) = (self.health.score.as_ref().ok()?, self.trend.as_ref().ok()?);
        score.points.round().checked_sub(moved.round())
    }

    fn of(client: &Client, pool: &Pool, pool_before: &Pool, weights: &[Decimal]) -> Self {
        let health = Health::of(&client.signals, pool, weights);
        let before = client.signals_before.as_ref();
        let trend = match client.known.client.over_on() {
            // What moves then is what leaves the window, and no longer the client.
            Some(_) => Err(Unknown::because("it has ended")),
            None => trend(&health, before.map(AsRef::as_ref), pool_before, weights),
        };
        let reasons = health.reasons(weights);
        Self { health, trend, reasons }
    }
}

fn trend(
    health: &Health,
    before: Option<&Signals>,
    pool_before: &Pool,
    weights: &[Decimal],
) -> Answer<Decimal> {
    let now = health.score.clone()?;
    let before = before.ok_or_else(|| Unknown::because("it was not known 90 days before"))?;
    let then = Health::of(before, pool_before, weights).score;
    let then = then.map_err(|_| Unknown::because("too little was known 90 days ago"))?;
    Ok(now.points.saturating_sub(then.points))
}
