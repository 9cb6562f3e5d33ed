//! How well forecasts of a day held: the usual measures, from predictions beside what came.

use super::Pmf;

/// The chances at which a prediction is read: 5 % to 95 % in steps of five.
pub const LEVELS: [f64; 19] =
    [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/// A prediction of a day beside the day that came, both in days after the prediction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// The days predicted at each of the [`LEVELS`].
    pub quantiles: [i64; 19],
    /// The continuous ranked probability score of this one; see [`Judged::of`].
    pub crps: f64,
    /// The chance predicted that it comes within 30 days.
    pub within_30: f64,
    /// When it came.
    pub came: i64,
}

/// Means over many predictions. Of each, less is better, but for the coverage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// How many predictions.
    pub count: usize,
    /// Mean absolute error of the median, in days.
    pub mae: f64,
    /// Median absolute error of the median, in days; of two middle ones their mean.
    pub median_ae: f64,
    /// Pinball loss at 10, 50 and 90 %, in days.
    pub pinball: [f64; 3],
    /// Continuous ranked probability score, in days: the error of the whole distribution.
    pub crps: f64,
    /// The share that came from the 10 % to the 90 % quantile, these days included. Eight in ten is right.
    pub coverage: f64,
    /// Mean squared error of the chance to come within 30 days.
    pub brier_30: f64,
}

/// The days predicted at each of the [`LEVELS`]; where it never gets as likely, the last day that is looked at.
pub(super) fn quantiles(pmf: &Pmf) -> [i64; 19] {
    LEVELS.map(|level| pmf.quantile(level).unwrap_or(super::pmf::FURTHEST))
}

impl Judged {
    /// A prediction beside what came. Its CRPS is Σ (F(d) − [d ≥ came])² over all days d, F the chance to come by d.
    #[must_use]
    pub fn of(pmf: &Pmf, came: i64) -> Self {
        let listed = i64::try_from(pmf.listed().len()).unwrap_or(0).max(came);
        let before: f64 = (1..=listed)
            .map(|day| {
                let off = if day >= came { 1.0 - pmf.within(day) } else { pmf.within(day) };
                off * off
            })
            .sum();
        // Beyond the listed days what is left falls by the same share every day: a geometric sum.
        let left = 1.0 - pmf.within(listed);
        let kept = if left > 0.0 { (1.0 - pmf.within(listed + 1)) / left } else { 0.0 };
        let tail = if kept < 1.0 { left * left * kept * kept / (1.0 - kept * kept) } else { 0.0 };
        Self { quantiles: quantiles(pmf), crps: before + tail, within_30: pmf.within(30), came }
    }

    fn at(&self, level: usize) -> i64 {
        self.quantiles.get(level).copied().unwrap_or(0)
    }

    fn median(&self) -> i64 {
        self.at(9)
    }

    /// Whether it came from the 10 % to the 90 % quantile.
    #[must_use]
    pub fn held(&self) -> bool {
        (self.at(1)..=self.at(17)).contains(&self.came)
    }

    /// The loss at a level: level × what came later, (1 − level) × what came earlier, in days.
    fn pinball(&self, level: usize) -> f64 {
        let off = days(self.came - self.at(level));
        let level = LEVELS.get(level).copied().unwrap_or(0.5);
        (level * off).max((level - 1.0) * off)
    }
}

impl Score {
    /// The means over these predictions; `None` without any.
    #[must_use]
    pub fn of(judged: &[Judged]) -> Option<Self> {
        let mut errors: Vec<i64> = judged.iter().map(|it| (it.came - it.median()).abs()).collect();
        errors.sort_unstable();
        let middle = [errors.len().checked_sub(1)? / 2, errors.len() / 2];
        let median_ae = mean(middle.iter().filter_map(|it| errors.get(*it)).map(|error| days(*error)));
        let came_within_30 = |it: &Judged| if it.came <= 30 { 1.0 } else { 0.0 };
        Some(Self {
            count: judged.len(),
            mae: mean(errors.iter().map(|error| days(*error))),
            median_ae,
            pinball: [1, 9, 17].map(|level| mean(judged.iter().map(|it| it.pinball(level)))),
            crps: mean(judged.iter().map(|it| it.crps)),
            coverage: mean(judged.iter().map(|it| if it.held() { 1.0 } else { 0.0 })),
            brier_30: mean(judged.iter().map(|it| {
                let off = it.within_30 - came_within_30(it);
                off * off
            })),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "days of a book are below 2^17")]
fn days(days: i64) -> f64 {
    days as f64
}

/// The mean; nought of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
