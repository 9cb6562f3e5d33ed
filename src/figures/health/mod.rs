//! Which clients are good for the firm: seven indicators, each read from facts, unknown where they do not tell, and a score
//! that is made of those that are known.
//!
//! [`Signals`] is what one client's facts say by themselves. [`Pool`] is what all clients' signals say together; a client with
//! little history is drawn towards it, and in nothing else does one client's health depend on another. [`Health`] is made of
//! the two. It looks back over `health_months` (24) months, and every number it compares with is a threshold of the book.
//!
//! An indicator is a weighted mean of [`Measure`]s, each 0 to 100 points. It lists the facts it looked through: taking away
//! any other fact of the client leaves it as it is. One that is drawn from an absence lists what it searched.
//!
//! **This folder must not know** how any of it is drawn, nor how it felt to work for a client: that stays with the reader.

mod all;
mod backtest;
mod effort;
mod indicator;
mod line;
mod lines;
mod look;
pub mod mend;
mod outcome;
mod paying;
mod pool;
mod price;
mod returning;
mod score;
mod short;
mod signals;
mod speaking;
mod writing;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::Table;

use super::proof::{Unit, Value};
use super::words::number;
use super::{Answer, Unknown};

pub use all::{ClientHealth, Healths};
pub use backtest::{Apart, Cause, Fate, HealthRecord, Horizon, LookedBack};
pub use indicator::Indicator;
pub use line::{HealthLines, Line, LinesMemo};
pub use pool::Pool;
pub(super) use pool::{PRIOR_DAYS, PRIOR_INVOICES, Terms};
pub use price::DealPushes;
pub use score::{Level, Reason, Score};
pub use signals::Signals;

pub(super) use effort::{Effort, EffortTerm, effort_terms};
pub(super) use lines::questions;
pub(super) use look::Look;
pub(super) use outcome::{Outcome, Outcomes, days_named, of_promise};
pub(super) use paying::{Due, Exception, SHRUNK_BY};
pub(super) use price::{Push, Pushed, priced, pushes, pushes_in_words, pushes_of_theirs};
pub(super) use score::lost;
pub(super) use writing::started;

/// Days between a score and the earlier one its trend compares it with.
pub const TREND_DAYS: i64 = 90;

/// Decimals of a measure's points.
const POINTS_DECIMALS: u32 = 6;

/// A record by its table and id.
pub type FactId = (Table, String);

/// One client's health as of the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// One for each indicator, in the order of [`Indicator::ALL`].
    pub readings: Vec<Arc<Reading>>,
    /// What they make together; unknown with fewer than three known ones, and where nothing was ever agreed.
    pub score: Answer<Score>,
}

/// What an indicator says of a client.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Which.
    pub indicator: Indicator,
    /// What was found, in the indicator's own unit.
    pub value: Answer<Value>,
    /// The same from 0 (bad for the firm) to 100 (good): Σ weight × points of its measures / Σ weight.
    pub points: Answer<Decimal>,
    /// What the points are made of; empty where they are unknown.
    pub measures: Vec<Measure>,
    /// From how much this is known.
    pub evidence: Evidence,
    /// What was found, in a sentence with its figures.
    pub says: String,
    /// Every record that was looked at, in the order of the tables, each once.
    pub facts: Vec<FactId>,
}

/// A part of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What is measured, in a few words.
    pub what: &'static str,
    /// What was found, in a clause with its figures.
    pub says: String,
    /// How much it counts beside the indicator's other measures.
    pub weight: Decimal,
    /// 0 to 100, to six decimals.
    pub points: Decimal,
    /// What the numbers of its words are, so that each can be proved.
    pub found: Vec<(&'static str, Value)>,
}

/// From how much something is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// How many, or how much.
    pub count: Decimal,
    /// Of what, in the plural: `invoices`.
    pub noun: &'static str,
    /// The same in pieces that tell about as much as one paid invoice: by how much the band narrows.
    pub pieces: Decimal,
}

impl Evidence {
    /// So many of something that each tell as much as an invoice.
    fn of(count: usize, noun: &'static str) -> Self {
        Self { count: count.into(), noun, pieces: count.into() }
    }

    /// In words: `14 invoices`, `1 invoice`.
    #[must_use]
    pub fn words(&self) -> String {
        let noun = if self.count == Decimal::ONE { singular(self.noun) } else { self.noun };
        if self.count.is_zero() { format!("no {noun}") } else { format!("{} {noun}", number(self.count)) }
    }
}

/// The singular of the nouns of this folder.
fn singular(noun: &'static str) -> &'static str {
    if noun == "touches" { "touch" } else { noun.strip_suffix('s').unwrap_or(noun) }
}

impl Measure {
    fn new(what: &'static str, weight: i64, points: Decimal, says: String) -> Self {
        // Thirds must not leave a threshold missed by the last of 28 digits.
        let points = points.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(POINTS_DECIMALS);
        Self { what, says, weight: weight.into(), points, found: Vec::new() }
    }

    /// With what a number of its words is.
    fn with(mut self, what: &'static str, value: Value) -> Self {
        self.found.push((what, value));
        self
    }

    /// The same of a count.
    fn counting(self, what: &'static str, count: impl Into<Decimal>) -> Self {
        self.with(what, Value::Number(count.into(), Unit::Things))
    }

    /// The same of days.
    fn days(self, what: &'static str, days: impl Into<Decimal>) -> Self {
        self.with(what, Value::Number(days.into(), Unit::Days))
    }
}

impl Reading {
    /// How much of the indicator one of its measures makes, a share of one.
    #[must_use]
    pub fn share_of(&self, measure: &Measure) -> Decimal {
        let all = self.measures.iter().fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.weight));
        measure.weight.checked_div(all).unwrap_or_default()
    }

    /// Σ weight × points / Σ weight.
    fn points_of(measures: &[Measure]) -> Answer<Decimal> {
        let (sum, weights) = measures.iter().fold((Decimal::ZERO, Decimal::ZERO), |(sum, weights), it| {
            (sum.saturating_add(it.weight.saturating_mul(it.points)), weights.saturating_add(it.weight))
        });
        sum.checked_div(weights).ok_or_else(|| Unknown::because("nothing of it is known yet"))
    }

    /// A reading of which nothing can be said yet, and why.
    fn unknown(indicator: Indicator, why: &str, evidence: Evidence, facts: Vec<FactId>) -> Self {
        let why = Unknown::because(why);
        Self {
            indicator,
            value: Err(why.clone()),
            points: Err(why.clone()),
            measures: Vec::new(),
            evidence,
            says: format!("Not known: {why}."),
            facts: once_each(facts),
        }
    }

    /// Whether a record is among those it looked at.
    #[must_use]
    pub fn looked_at(&self, table: Table, id: &str) -> bool {
        self.facts.iter().any(|(of, known)| *of == table && known == id)
    }
}

impl Health {
    /// A client's health from its own signals and those of all.
    #[must_use]
    pub fn of(signals: &Signals, pool: &Pool, weights: &[Decimal]) -> Self {
        let readings = signals.readings(pool);
        let score = match signals.no_health {
            Some(why) => Err(Unknown::because(why)),
            None => Score::of(&readings, weights),
        };
        Self { day: signals.day, readings, score }
    }

    /// What an indicator says.
    #[must_use]
    pub fn reading(&self, indicator: Indicator) -> Option<&Arc<Reading>> {
        self.readings.iter().find(|reading| reading.indicator == indicator)
    }

    /// What costs it the most points, the costliest first; at most four.
    #[must_use]
    pub fn reasons(&self, weights: &[Decimal]) -> Vec<Reason> {
        score::reasons(&self.readings, weights)
    }
}

/// Points from 0, where `value` is at `none` or beyond it, to 100, where it is at `full` or beyond that.
fn scale(value: Decimal, none: Decimal, full: Decimal) -> Decimal {
    let span = full.saturating_sub(none);
    let part = value.saturating_sub(none).checked_div(span);
    let points = part.map(|part| part.saturating_mul(Decimal::ONE_HUNDRED));
    // Without a span between them, what reaches `full` is full.
    let points = points.unwrap_or(if value >= full { Decimal::ONE_HUNDRED } else { Decimal::ZERO });
    points.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)
}

/// Points for a part of a whole; `None` without a whole.
fn share_points(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole)
}

/// In the order of the tables, each once.
pub(super) fn once_each(mut facts: Vec<FactId>) -> Vec<FactId> {
    facts.sort();
    facts.dedup();
    facts
}
