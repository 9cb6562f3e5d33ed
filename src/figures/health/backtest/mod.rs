//! Does health predict? What became of each client, beside its score 60 and 90 days before.
//!
//! A client ended badly, stayed, or is left out; [`Fate`]'s file says exactly when, and on which day. Its score is the one the
//! Clients view told at the end of the day 60 (90) days before that day, from what was known by then alone, of this client and
//! of all others. A client without a score then is in no pair of that horizon, and counted.
//!
//! [`Apart`] says in which share of pairs the score was higher for the one that stayed. With fewer than eight on either side
//! nothing is said: the interval would span nearly everything.
//!
//! What it cannot tell: a silence that ends with a loss has often begun by the day of the score, which sees it; so some of
//! what it foretells of the lost has happened. And those that stayed are all scored on one day, those that ended on their own.

mod apart;
mod earlier;
mod fate;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Book, ClientId, add_days};
use crate::figures::words::percent;
use crate::figures::{Answer, Unknown};

pub use apart::Apart;
pub use fate::{Cause, Fate};

use earlier::Earlier;
use fate::Afterwards;

/// So many days lie between a score and what became of the client.
const HORIZONS: [i64; 2] = [60, 90];
/// So many days after the reference day show that a client stayed.
const STAYED_DAYS: i64 = 90;
/// So many clients of each fate are needed to judge.
const ENOUGH: usize = 8;

/// What became of every client of a book, beside its earlier scores.
#[derive(Debug, Clone, PartialEq)]
pub struct HealthRecord {
    /// Looked back from the end of this day: nothing later is known.
    pub day: NaiveDate,
    /// The day that stands for the end with those that stayed.
    pub reference: NaiveDate,
    /// Every client, in the order of their ids.
    pub clients: Vec<LookedBack>,
    /// How well the score told them apart 60 days before, and 90.
    pub horizons: [Horizon; 2],
}

/// What became of a client, beside its earlier scores.
#[derive(Debug, Clone, PartialEq)]
pub struct LookedBack {
    /// Who.
    pub client: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// What became of it.
    pub fate: Fate,
    /// The day it ended badly; of one that stayed, the reference day; unknown where it is left out.
    pub day: Answer<NaiveDate>,
    /// What says so, in a clause.
    pub why: String,
    /// Its score 60 days before that day, and 90.
    pub scores: [Answer<Decimal>; 2],
}

/// How well the score so many days before told those that ended badly from those that stayed.
#[derive(Debug, Clone, PartialEq)]
pub struct Horizon {
    /// So many days before.
    pub days: i64,
    /// How many ended badly, and had a score then.
    pub ended_badly: usize,
    /// How many stayed, and had a score then.
    pub stayed: usize,
    /// How many ended badly, and had none.
    pub ended_badly_unknown: usize,
    /// How many stayed, and had none.
    pub stayed_unknown: usize,
    /// How well it told them apart; unknown with fewer than eight of each.
    pub apart: Answer<Apart>,
}

impl HealthRecord {
    /// How the health of a book's clients foretold what became of them, as known at the end of `day`. `go_on` is asked before
    /// each step, and may break off.
    ///
    /// # Errors
    /// Breaks when it was broken off.
    pub fn of(
        book: &Book,
        day: NaiveDate,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<(), Self> {
        Self::watched(book, day, &mut |_, _| go_on())
    }

    /// The same; `progress` hears how many steps of how many are done, and may break off. How many there are is known once
    /// it is known what became of each client.
    ///
    /// # Errors
    /// Breaks when it was broken off.
    pub fn watched(
        book: &Book,
        day: NaiveDate,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> ControlFlow<(), Self> {
        let book = book.as_of(day);
        let reference = add_days(day, -STAYED_DAYS);
        let afterwards = Afterwards::of(&book, day, reference);
        let count = book.clients().count();
        let mut clients = Vec::with_capacity(count);
        for (done, facts) in book.clients().enumerate() {
            let found = afterwards.fate(facts, &mut || progress(done, count))?;
            let left_out = || Unknown::because("it is left out");
            clients.push(LookedBack {
                client: facts.id().clone(),
                name: facts.client.name.as_str().into(),
                fate: found.fate,
                day: found.day.ok_or_else(left_out),
                why: found.why,
                scores: HORIZONS.map(|_| Err(left_out())),
            });
        }
        // Clients that are scored on the same day share what all have in common on it.
        let mut by_day: BTreeMap<NaiveDate, Vec<(&ClientId, &mut Answer<Decimal>)>> = BTreeMap::new();
        for LookedBack { client, day, scores, .. } in &mut clients {
            if let Ok(day) = day {
                for (score, before) in scores.iter_mut().zip(HORIZONS) {
                    by_day.entry(add_days(*day, -before)).or_default().push((client, score));
                }
            }
        }
        let all = count.saturating_add(by_day.len());
        for (done, (day, wanted)) in by_day.into_iter().enumerate() {
            progress(count.saturating_add(done), all)?;
            let mut earlier = Earlier::of(&book, day);
            for (client, score) in wanted {
                *score = earlier.score(client);
            }
        }
        let horizons = [0, 1].map(|at| Horizon::of(&clients, at));
        ControlFlow::Continue(Self { day, reference, clients, horizons })
    }

    /// How well the score 90 days before told those that ended badly from those that stayed, in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let [_, ninety] = &self.horizons;
        ninety.words()
    }

    /// How many clients had this fate.
    #[must_use]
    pub fn count(&self, fate: impl Fn(Fate) -> bool) -> usize {
        self.clients.iter().filter(|it| fate(it.fate)).count()
    }
}

impl Horizon {
    /// Of the clients' scores at a position of [`HORIZONS`].
    fn of(clients: &[LookedBack], at: usize) -> Self {
        let (mut bad, mut good) = (Vec::new(), Vec::new());
        let (mut bad_unknown, mut good_unknown) = (0, 0);
        for it in clients {
            let score = it.scores.get(at).and_then(|score| score.as_ref().ok()).copied();
            match (it.fate, score) {
                (Fate::EndedBadly(_), Some(score)) => bad.push(score),
                (Fate::EndedBadly(_), None) => bad_unknown += 1,
                (Fate::Stayed, Some(score)) => good.push(score),
                (Fate::Stayed, None) => good_unknown += 1,
                (Fate::LeftOut, _) => {}
            }
        }
        let enough = bad.len() >= ENOUGH && good.len() >= ENOUGH;
        let apart = Some((&bad, &good)).filter(|_| enough).and_then(|(bad, good)| Apart::of(bad, good));
        Self {
            days: HORIZONS.get(at).copied().unwrap_or_default(),
            ended_badly: bad.len(),
            stayed: good.len(),
            ended_badly_unknown: bad_unknown,
            stayed_unknown: good_unknown,
            apart: apart.ok_or_else(|| Unknown(too_few(bad.len(), good.len()))),
        }
    }

    /// How many of each are needed to judge.
    #[must_use]
    pub fn needed(&self) -> usize {
        ENOUGH
    }

    /// Those that would help to judge, had they had a score.
    #[must_use]
    pub fn missing(&self) -> usize {
        let missing = |known: usize, unknown: usize| if known < ENOUGH { unknown } else { 0 };
        missing(self.ended_badly, self.ended_badly_unknown)
            .saturating_add(missing(self.stayed, self.stayed_unknown))
    }

    /// How well the score told them apart, in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { days, ended_badly, stayed, .. } = self;
        match &self.apart {
            Ok(Apart { area, low, high }) => format!(
                "Of {ended_badly} clients that ended badly and {stayed} that stayed, the score {days} days before told \
                 them apart in {} of pairs ({} to {}).",
                percent(*area),
                percent(*low).trim_end_matches("\u{a0}%"),
                percent(*high),
            ),
            Err(Unknown(why)) => {
                let without = match self.missing() {
                    0 => String::new(),
                    1 => format!("; 1 more had no score {days} days before"),
                    n => format!("; {n} more had no score {days} days before"),
                };
                format!("Too few to judge: {why}{without}.")
            }
        }
    }
}

/// Who is missing: `3 ended badly, 8 are needed`.
fn too_few(bad: usize, good: usize) -> String {
    let some = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
    match (bad < ENOUGH, good < ENOUGH) {
        (true, true) => {
            format!("{} ended badly and {} stayed, {ENOUGH} of each are needed", some(bad), some(good))
        }
        (true, false) => format!("{} ended badly, {ENOUGH} are needed", some(bad)),
        (false, _) => format!("{} stayed, {ENOUGH} are needed", some(good)),
    }
}
