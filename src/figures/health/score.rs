//! The score of a client: the weighted mean of what is known, with a band that narrows with evidence, and what costs most.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::domain::{Business, Threshold};
use crate::figures::{Answer, Unknown};

use super::short::in_short;
use super::{Indicator, Reading};

/// Below so many known indicators there is no score.
const LEAST_KNOWN: usize = 3;
/// Points by which what a single piece of evidence says lies off, as a standard deviation.
const SPREAD: f64 = 30.0;
/// Eight in ten of a normal distribution lie within so many standard deviations.
const EIGHT_IN_TEN: f64 = 1.2816;
/// At most so many reasons are named.
const REASONS: usize = 4;
/// Points that are not worth a reason.
const WORTH_NAMING: i64 = 1;

/// How good a client is for the firm.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Σ weight × points of the known indicators / Σ weight, 0 to 100.
    pub points: Decimal,
    /// Half the width of the band in which the score lies in eight of ten cases, in points, to a tenth. Each known indicator
    /// is taken to lie off by 30 / √(1 + pieces of evidence), each unknown one by 30.
    pub half_width: Decimal,
    /// From how many indicators.
    pub known: usize,
}

/// What costs points.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Which indicator.
    pub indicator: Indicator,
    /// How many points of the score.
    pub lost: Decimal,
    /// What costs most of them, in a word or two: `late`.
    pub short: &'static str,
    /// What was found.
    pub says: String,
}

/// How a score is judged by the book's thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Below `health_risk`.
    Risk,
    /// Between the two.
    Watch,
    /// At `health_good` or above.
    Good,
}

impl Score {
    /// What the readings make, by the weights of their indicators in the same order.
    pub(super) fn of(readings: &[Arc<Reading>], weights: &[Decimal]) -> Answer<Self> {
        let known = readings.iter().filter(|reading| reading.points.is_ok()).count();
        if known < LEAST_KNOWN {
            let what = if known == 1 { "indicator is" } else { "indicators are" };
            return Err(Unknown(format!("not enough history: {known} {what} known, and three are needed")));
        }
        let (mut sum, mut whole) = (Decimal::ZERO, Decimal::ZERO);
        for (reading, weight) in readings.iter().zip(weights) {
            if let Ok(points) = &reading.points {
                sum = sum.saturating_add(weight.saturating_mul(*points));
                whole = whole.saturating_add(*weight);
            }
        }
        let points = sum.checked_div(whole);
        let points =
            points.ok_or_else(|| Unknown::because("the weights of all known indicators are nought"))?;
        Ok(Self { points, half_width: half_width(readings, weights), known })
    }

    /// How it is judged by the thresholds of a book: in the whole points it is written in, so that two scores that read alike
    /// are judged alike.
    #[must_use]
    pub fn level(&self, business: &Business) -> Level {
        let points = self.points.round();
        if points >= business.threshold(Threshold::HealthGood) {
            Level::Good
        } else if points < business.threshold(Threshold::HealthRisk) {
            Level::Risk
        } else {
            Level::Watch
        }
    }

    /// The lower end of the band.
    #[must_use]
    pub fn low(&self) -> Decimal {
        self.points.saturating_sub(self.half_width).max(Decimal::ZERO)
    }

    /// The upper end of the band.
    #[must_use]
    pub fn high(&self) -> Decimal {
        self.points.saturating_add(self.half_width).min(Decimal::ONE_HUNDRED)
    }
}

fn half_width(readings: &[Arc<Reading>], weights: &[Decimal]) -> Decimal {
    let (mut square, mut whole) = (0.0, 0.0);
    for (reading, weight) in readings.iter().zip(weights) {
        let weight = weight.to_f64().unwrap_or_default();
        let known = reading.points.is_ok();
        let pieces = if known { reading.evidence.pieces.to_f64().unwrap_or_default().max(0.0) } else { 0.0 };
        square += weight * weight * SPREAD * SPREAD / (1.0 + pieces);
        whole += weight;
    }
    let half = if whole > 0.0 { EIGHT_IN_TEN * libm::sqrt(square) / whole } else { 0.0 };
    Decimal::from_f64(half).unwrap_or_default().round_dp(1)
}

/// How many points of the score each known indicator costs.
pub(in crate::figures) fn lost<'a>(
    readings: &'a [Arc<Reading>],
    weights: &[Decimal],
) -> Vec<(&'a Arc<Reading>, Decimal)> {
    let known = || readings.iter().zip(weights).filter(|(reading, _)| reading.points.is_ok());
    let whole = known().fold(Decimal::ZERO, |sum, (_, weight)| sum.saturating_add(*weight));
    let lost = |(reading, weight): (&'a Arc<Reading>, &Decimal)| {
        let missing = Decimal::ONE_HUNDRED.saturating_sub(reading.points.clone().ok()?);
        Some((reading, weight.saturating_mul(missing).checked_div(whole)?))
    };
    known().filter_map(lost).collect()
}

/// What costs the score the most points, the costliest first.
pub(super) fn reasons(readings: &[Arc<Reading>], weights: &[Decimal]) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = lost(readings, weights)
        .into_iter()
        .filter_map(|(reading, lost)| {
            let says = reading.says.clone();
            (lost >= Decimal::from(WORTH_NAMING)).then_some(Reason {
                indicator: reading.indicator,
                lost,
                short: in_short(reading),
                says,
            })
        })
        .collect();
    reasons.sort_by(|a, b| b.lost.cmp(&a.lost).then_with(|| a.indicator.cmp(&b.indicator)));
    reasons.truncate(REASONS);
    reasons
}
