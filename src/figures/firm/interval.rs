//! How far a difference may be chance: rough 95 % intervals, the one place here where numbers are not exact.

use rust_decimal::prelude::ToPrimitive;

use super::practices::Tally;

/// The half of a 95 % interval of the normal distribution, in standard deviations.
const NORMAL: f64 = 1.959_963_984_540_054;
/// The same of Student's distribution with one to six degrees of freedom, for which the series below is too rough.
const STUDENT: [f64; 6] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447];

/// The half of a 95 % interval of Student's distribution (Cornish and Fisher's expansion; within a thousandth).
fn student(freedom: f64) -> f64 {
    let few = freedom.floor().max(1.0).to_usize().unwrap_or(usize::MAX);
    if let Some(known) = STUDENT.get(few - 1) {
        return *known;
    }
    let z = NORMAL;
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    z + (z3 + z) / (4.0 * freedom)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * freedom.powi(2))
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * freedom.powi(3))
}

/// Mean and the square of its standard error.
fn mean(tally: &Tally) -> (f64, f64) {
    let (n, sum) = (f64::from(tally.timed), tally.days.to_f64().unwrap_or(0.0));
    let squares = tally.squares.to_f64().unwrap_or(0.0);
    let variance = ((squares - sum * sum / n) / (n - 1.0)).max(0.0);
    (sum / n, variance / n)
}

/// A 95 % interval of the difference of two mean delays, in days.
///
/// It is the wider of two. Welch's takes every invoice for itself. But invoices of one client resemble each other, and a
/// practice kept with a few clients tells more about them than about the practice: so the other takes every client for
/// one observation (the sandwich estimator, clustered by client).
pub(super) fn of_delays(with: &Tally, without: &Tally, clients: &[[Tally; 2]]) -> (f64, f64) {
    let ((mean_with, error_with), (mean_without, error_without)) = (mean(with), mean(without));
    let both = error_with + error_without;
    let parts = error_with.powi(2) / (f64::from(with.timed) - 1.0)
        + error_without.powi(2) / (f64::from(without.timed) - 1.0);
    // Without any spread there is nothing to estimate it from.
    let welch = if parts > 0.0 { student(both * both / parts) * both.sqrt() } else { 0.0 };
    let off = |tally: &Tally, mean: f64, n: u32| {
        (tally.days.to_f64().unwrap_or(0.0) - f64::from(tally.timed) * mean) / f64::from(n)
    };
    let (mut squares, mut count) = (0.0, 0_u32);
    for [kept, not_kept] in clients.iter().filter(|[kept, not_kept]| kept.timed + not_kept.timed > 0) {
        let pull = off(kept, mean_with, with.timed) - off(not_kept, mean_without, without.timed);
        squares += pull * pull;
        count += 1;
    }
    let clustered = if count > 1 {
        let n = f64::from(count);
        student(n - 1.0) * (squares * n / (n - 1.0)).sqrt()
    } else {
        0.0
    };
    let (difference, half) = (mean_with - mean_without, welch.max(clustered));
    (difference - half, difference + half)
}

/// A 95 % interval of the difference of two shares disputed (Agresti and Caffo, 2000), a fraction of one.
pub(super) fn of_disputes(with: &Tally, without: &Tally) -> (f64, f64) {
    let adjusted = |tally: &Tally| {
        let n = f64::from(tally.invoices) + 2.0;
        let share = (f64::from(tally.disputed) + 1.0) / n;
        (share, share * (1.0 - share) / n)
    };
    let ((share_with, error_with), (share_without, error_without)) = (adjusted(with), adjusted(without));
    let (difference, half) = (share_with - share_without, NORMAL * (error_with + error_without).sqrt());
    ((difference - half).max(-1.0), (difference + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_gives_students_quantiles_to_a_thousandth() {
        // From printed tables of the distribution.
        for (freedom, quantile) in [(3.0, 3.182), (7.0, 2.365), (10.0, 2.228), (30.0, 2.042), (1e9, 1.960)] {
            assert!((student(freedom) - quantile).abs() < 0.001_5, "{freedom}: {}", student(freedom));
        }
    }
}
