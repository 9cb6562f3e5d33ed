//! How the score of each client ran over 24 months: what [`Healths`](super::Healths) says as of 25 days, a month apart, from
//! what was known on each of them. It takes seconds for thousands of clients, and so is worked out away from the window.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::{Book, Business, ClientFacts, ClientId};

use super::{Health, Indicator, Pool, Signals};

/// So many months back.
const MONTHS: u32 = 24;

/// The score of a client on each of the days; unknown where it was, and after it ended.
pub type Line = Vec<Option<Decimal>>;

/// How the score of each client ran.
#[derive(Debug, Clone, PartialEq)]
pub struct HealthLines {
    /// The days, the earliest first; the last one is the day looked at.
    pub days: Vec<NaiveDate>,
    /// The score on each of them.
    of: BTreeMap<ClientId, Arc<Line>>,
}

impl HealthLines {
    /// How a client's score ran.
    #[must_use]
    pub fn client(&self, id: &ClientId) -> Option<&Arc<Line>> {
        self.of.get(id)
    }
}

/// What was worked out before: an edit costs the client it is about, and the means of all.
#[derive(Debug, Default)]
pub struct LinesMemo {
    of: BTreeMap<ClientId, Kept>,
}

/// What one client's facts said on each of the days. The `Arc`s are held, so that their pointers cannot be used again.
#[derive(Debug)]
struct Kept {
    facts: Arc<ClientFacts>,
    business: Arc<Business>,
    day: NaiveDate,
    /// Nothing where it was not known yet.
    signals: Vec<Option<Arc<Signals>>>,
    /// The score on each day, and from which means.
    scores: Vec<Option<(Pool, Option<Decimal>)>>,
}

impl LinesMemo {
    /// The lines of all clients as of `day`. `step` is called again and again, and may say that nobody waits for them.
    ///
    /// # Errors
    /// Broken off where `step` says so.
    pub fn lines(
        &mut self,
        book: &Book,
        day: NaiveDate,
        step: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<(), HealthLines> {
        let days: Vec<NaiveDate> =
            (0..=MONTHS).rev().filter_map(|back| day.checked_sub_months(Months::new(back))).collect();
        let firms: Vec<Arc<Business>> = days.iter().map(|day| firm_on(book, *day)).collect();
        self.of.retain(|id, _| book.client(id).is_some());
        for facts in book.clients() {
            step()?;
            let same = |kept: &Kept| {
                kept.day == day
                    && Arc::ptr_eq(&kept.facts, facts)
                    && Arc::ptr_eq(&kept.business, book.business())
            };
            if !self.of.get(facts.id()).is_some_and(same) {
                let signals: Vec<_> =
                    days.iter().zip(&firms).map(|(day, firm)| signals_on(firm, facts, *day)).collect();
                let scores = vec![None; signals.len()];
                let (facts, business) = (facts.clone(), book.business().clone());
                self.of.insert(facts.id().clone(), Kept { facts, business, day, signals, scores });
            }
        }
        for (at, day) in days.iter().enumerate() {
            step()?;
            let on_day = self.of.values().filter_map(|kept| kept.signals.get(at)?.as_ref());
            let pool = Pool::of(on_day, *day);
            let weights = firms.get(at).map(|firm| Indicator::weights(firm)).unwrap_or_default();
            for kept in self.of.values_mut() {
                let Some((signals, score)) = kept.signals.get(at).zip(kept.scores.get_mut(at)) else {
                    continue;
                };
                if score.as_ref().is_some_and(|(with, _)| *with == pool) {
                    continue;
                }
                let score_of = |signals: &Arc<Signals>| Health::of(signals, &pool, &weights).score.ok();
                // The line ends with the client: what moves afterwards is what leaves the window.
                let over = kept.facts.client.over_on().is_some_and(|ended| ended < *day);
                let points = signals.as_ref().filter(|_| !over).and_then(score_of).map(|score| score.points);
                *score = Some((pool.clone(), points));
            }
        }
        let line =
            |kept: &Kept| kept.scores.iter().map(|score| score.as_ref().and_then(|(_, it)| *it)).collect();
        let of = self.of.iter().map(|(id, kept)| (id.clone(), Arc::new(line(kept)))).collect();
        ControlFlow::Continue(HealthLines { days, of })
    }
}

/// The firm's settings as known on a day.
fn firm_on(book: &Book, day: NaiveDate) -> Arc<Business> {
    Book::from_records(book.business().clone(), []).as_of(day).business().clone()
}

fn signals_on(firm: &Business, facts: &Arc<ClientFacts>, day: NaiveDate) -> Option<Arc<Signals>> {
    let known = facts.as_of(day)?;
    Some(Arc::new(Signals::of(firm, &firm.stages(), &known, day)))
}
