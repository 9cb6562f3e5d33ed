//! A client's delay: for every day late the chance that an invoice still open is paid on it.

use super::grid::{FIRST, Kernel, LAST, Weights, float, whole};
use super::observed::Observed;
use super::pool::{Mean, Pool};

/// The pool's hazard counts as so many invoices of a client's own.
const SHRINK_HAZARD: f64 = 8.0;
/// Where the pool says nothing, its hazard is 1 % a day once due, as if half an invoice had shown it.
const BASE_WEIGHT: f64 = 0.5;
const BASE_HAZARD: f64 = 0.01;
/// The chance of each day beyond the grid, of what is not paid by then.
pub(super) const BEYOND: f64 = 0.01;

/// The chance of each delay of the grid, of what was not paid earlier.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve(Vec<f64>);

impl Curve {
    /// The pool's hazard, moved to the client's mean and blurred the more the less is known of it; then shrunk to by the
    /// client's own.
    pub(super) fn of(own: &[Observed], mean: Mean, pool: &Pool) -> Self {
        let later = whole(mean.days + pool.drift);
        let blur = Kernel::normal(pool.variance / (mean.weight + 2.0));
        let [mut events, mut censored] = [(); 2].map(|()| Weights::new(FIRST, LAST + 1));
        blur.spread(&pool.events, later, &mut events);
        blur.spread(&pool.censored, later, &mut censored);
        let pooled_at_risk = at_risk(&events, &censored);

        let [mut paid, mut own_censored] = [(); 2].map(|()| Weights::on_grid());
        for it in own {
            if it.is_paid() { &mut paid } else { &mut own_censored }.add(it.days, it.weight);
        }
        let mut own_events = Weights::on_grid();
        Kernel::triangle(2).spread(&paid, whole(pool.drift), &mut own_events);
        let own_at_risk = at_risk(&own_events, &own_censored);

        let pooled = (FIRST..=LAST).zip(events.days()).zip(pooled_at_risk).map(|((day, events), at_risk)| {
            let base = if day > 0 { BASE_WEIGHT * BASE_HAZARD } else { 0.0 };
            (events + base) / (at_risk + BASE_WEIGHT)
        });
        let hazards = pooled.zip(own_events.days()).zip(own_at_risk).map(|((pooled, events), at_risk)| {
            ((events + SHRINK_HAZARD * pooled) / (at_risk + SHRINK_HAZARD)).clamp(0.0, 1.0)
        });
        Self(hazards.collect())
    }

    /// The chance of each day after one on which an invoice was due for `age` days (negative: not due yet) and not paid; the
    /// last one listed is that of the grid's last delay. None of a delay before `earliest`.
    pub(super) fn after(&self, age: i64, earliest: i64) -> Vec<f64> {
        let first = age.saturating_add(1);
        let skipped = first.max(FIRST).max(earliest);
        let unlisted = usize::try_from(skipped - first).unwrap_or(0);
        let listed = usize::try_from(skipped - FIRST).unwrap_or(usize::MAX);
        let mut left = 1.0;
        let chances = self.0.iter().skip(listed).map(|hazard| {
            let chance = left * hazard;
            left -= chance;
            chance
        });
        std::iter::repeat_n(0.0, unlisted).chain(chances).collect()
    }

    /// The chance that an invoice which was not paid after `from` days is not paid after `to` days either.
    pub(super) fn left(&self, from: i64, to: i64) -> f64 {
        let skipped = usize::try_from(from.saturating_add(1).max(FIRST) - FIRST).unwrap_or(usize::MAX);
        let until = usize::try_from(to.saturating_add(1) - FIRST).unwrap_or(0);
        let listed = self.0.iter().take(until).skip(skipped).map(|hazard| 1.0 - hazard).product::<f64>();
        let beyond = to.saturating_sub(from.max(LAST)).max(0);
        listed * libm::pow(1.0 - BEYOND, float(beyond))
    }

    /// The first delay by which an invoice is paid with at least this chance, in days.
    pub(super) fn quantile(&self, chance: f64) -> i64 {
        let (mut left, mut day) = (1.0, FIRST);
        for hazard in &self.0 {
            left *= 1.0 - hazard;
            if 1.0 - left >= chance {
                return day;
            }
            day += 1;
        }
        let later = libm::ceil(libm::log((1.0 - chance) / left) / libm::log(1.0 - BEYOND));
        LAST + whole(later).max(1)
    }
}

/// How much is still unpaid at the beginning of each day.
fn at_risk(events: &Weights, censored: &Weights) -> Vec<f64> {
    let sums = events.onwards().into_iter().zip(censored.onwards());
    sums.map(|(events, censored)| events + censored).collect()
}
