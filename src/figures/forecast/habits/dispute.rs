//! How much later a disputed invoice is paid, while it is not settled.

use super::grid::float;

/// Taken before anything is known: disputed invoices are paid so many days later …
const PRIOR_DAYS: f64 = 14.0;
/// … which counts as so much evidence.
const PRIOR_WEIGHT: f64 = 10.0;

/// The delays of a client's paid invoices, those that were ever disputed apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Disputed {
    with: Tally,
    without: Tally,
}

#[derive(Debug, Clone, Default)]
struct Tally {
    sum: f64,
    count: f64,
}

impl Disputed {
    pub(super) fn add(&mut self, disputed: bool, days: i64) {
        let tally = if disputed { &mut self.with } else { &mut self.without };
        tally.sum += float(days);
        tally.count += 1.0;
    }
}

/// δ = (Σ ω·Δ + 10·14) / (Σ ω + 10), in days: Δ a client's mean delay with disputes less that without, ω = 1 / (1/n₀ + 1/n₁).
pub(super) fn dispute_days<'a>(clients: impl IntoIterator<Item = &'a Disputed>) -> f64 {
    let (mut sum, mut weight) = (PRIOR_WEIGHT * PRIOR_DAYS, PRIOR_WEIGHT);
    for Disputed { with, without } in clients {
        if with.count > 0.0 && without.count > 0.0 {
            let evidence = 1.0 / (1.0 / with.count + 1.0 / without.count);
            sum += evidence * (with.sum / with.count - without.sum / without.count);
            weight += evidence;
        }
    }
    sum / weight
}
