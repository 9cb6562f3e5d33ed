//! What is learnt from everybody: the common delay, its spread, and how those who are late pay at last.

use super::grid::{FIRST, Kernel, LAST, Weights, float, whole};
use super::observed::{Observed, Outcome};
use crate::domain::days_between;
use chrono::NaiveDate;

/// The common delay counts as so many invoices of a client's own.
const SHRINK_MEAN: f64 = 2.0;
/// The drift is learnt from payments of so many days …
const DRIFT_DAYS: i64 = 45;
/// … and held back as if so many more had shown none.
const SHRINK_DRIFT: f64 = 10.0;
/// Taken when nobody ever paid: days late on average …
pub(super) const PRIOR_DAYS: f64 = 7.0;
/// … and the variance around it, in days² (sd 14): half of it within a client, half between clients.
const PRIOR_VARIANCE: f64 = 14.0 * 14.0;
/// What is taken when nobody ever paid counts as so many payments.
const PRIOR_WEIGHT: f64 = 10.0;

/// What is learnt from the invoices of all clients.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pool {
    /// μ: the weighted mean delay, in days, moved by the drift.
    pub(super) mean: f64,
    /// How much later than before all have paid of late, in days.
    pub(super) drift: f64,
    /// The variance within a client, in days².
    pub(super) variance: f64,
    /// From how many paid invoices.
    pub(super) paid: usize,
    /// Payments by their distance from their client's habit, smoothed.
    pub(super) events: Weights,
    /// Invoices not paid so far, likewise.
    pub(super) censored: Weights,
}

/// A client's own mean delay, shrunk to the common one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mean {
    /// In days, before the drift.
    pub(super) days: f64,
    /// Σ of the weights it was made of.
    pub(super) weight: f64,
}

impl Pool {
    /// Learns from the invoices of each client; gives the clients' own means in the same order.
    pub(super) fn of(clients: &[&[Observed]], day: NaiveDate) -> (Self, Vec<Mean>) {
        let all = || clients.iter().copied().flatten();
        let bounds = Bounds::of(all().filter(|it| it.is_paid()).map(|it| it.days).collect());
        let (sum, weight) = sums(all().filter(|it| it.is_paid()), bounds);
        let paid = all().filter(|it| it.is_paid()).count();
        let common = if weight > 0.0 { sum / weight } else { PRIOR_DAYS };
        let means: Vec<Mean> = clients.iter().map(|own| Mean::of(own, common, bounds)).collect();

        let mut events = Weights::new(FIRST - LAST, LAST - FIRST);
        let mut censored = events.clone();
        let (mut squares, mut recent, mut recent_count) = (0.0, 0.0, 0.0);
        for (own, mean) in clients.iter().zip(&means) {
            for it in *own {
                let from_habit = whole(float(it.days) - mean.days);
                let Outcome::Paid(paid) = it.outcome else {
                    censored.add(from_habit, it.weight);
                    continue;
                };
                events.add(from_habit, it.weight);
                let apart = bounds.clip(it.days) - mean.days;
                squares += it.weight * apart * apart;
                if days_between(paid, day) <= DRIFT_DAYS {
                    recent += apart;
                    recent_count += 1.0;
                }
            }
        }
        let drift = recent / (recent_count + SHRINK_DRIFT);
        let variance = if paid < 2 || squares <= 0.0 { PRIOR_VARIANCE } else { squares / weight };
        // The prior is no triangle: it has the spread within a client, and the blur of the curve adds that between clients.
        let smooth = if paid == 0 {
            events.add(0, PRIOR_WEIGHT);
            Kernel::normal(PRIOR_VARIANCE / 2.0)
        } else {
            Kernel::triangle(2)
        };
        let mut smoothed = Weights::new(FIRST - LAST, LAST - FIRST);
        smooth.spread(&events, 0, &mut smoothed);
        (Self { mean: common + drift, drift, variance, paid, events: smoothed, censored }, means)
    }
}

impl Mean {
    /// m = (Σ w·x + 2μ) / (Σ w + 2) over its paid invoices, and those open ones that are already later than the paid ones
    /// alone would tell.
    fn of(own: &[Observed], common: f64, bounds: Bounds) -> Self {
        let shrunk = |sum: f64, weight: f64| (sum + SHRINK_MEAN * common) / (weight + SHRINK_MEAN);
        let (paid_sum, paid_weight) = sums(own.iter().filter(|it| it.is_paid()), bounds);
        let plain = shrunk(paid_sum, paid_weight);
        let late = own.iter().filter(|it| !it.is_paid() && bounds.clip(it.days) > plain);
        let (late_sum, late_weight) = sums(late, bounds);
        let weight = paid_weight + late_weight;
        Self { days: shrunk(paid_sum + late_sum, weight), weight }
    }

    /// The mean of a client of whom nothing is known.
    pub(super) fn unknown(common: f64) -> Self {
        Self { days: common, weight: 0.0 }
    }
}

/// Σ w·x and Σ w.
fn sums<'a>(observed: impl Iterator<Item = &'a Observed>, bounds: Bounds) -> (f64, f64) {
    observed
        .fold((0.0, 0.0), |(sum, weight), it| (sum + it.weight * bounds.clip(it.days), weight + it.weight))
}

/// Within which delays are taken for a mean, so that one absurd invoice does not make it.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    /// The 2nd and 98th percentile from 20 payments on; the first and last of fewer.
    fn of(mut paid: Vec<i64>) -> Self {
        paid.sort_unstable();
        let (low, high) = if paid.len() < 20 { (0, 100) } else { (2, 98) };
        let percentile = |percent: usize| {
            let steps = paid.len().checked_sub(1)? * percent;
            let (below, rest) = (steps / 100, u32::try_from(steps % 100).ok()?);
            let lower = float(*paid.get(below)?);
            let upper = paid.get(below + 1).map_or(lower, |it| float(*it));
            Some(lower + (upper - lower) * f64::from(rest) / 100.0)
        };
        Self { low: percentile(low).unwrap_or(float(FIRST)), high: percentile(high).unwrap_or(float(LAST)) }
    }

    fn clip(self, days: i64) -> f64 {
        float(days).clamp(self.low, self.high)
    }
}
