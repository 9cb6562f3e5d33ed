//! The grid of delays: days from due to paid, one by one from −120 to 400, and weights on it.

/// The earliest delay told apart.
pub(super) const FIRST: i64 = -120;
/// The latest delay told apart.
pub(super) const LAST: i64 = 400;

/// A delay, held within the grid.
pub(super) fn held(days: i64) -> i64 {
    days.clamp(FIRST, LAST)
}

/// Days as a number that chances are made with.
#[expect(clippy::cast_precision_loss, reason = "days of a book are below 2^17")]
pub(super) fn float(days: i64) -> f64 {
    days as f64
}

/// The nearest whole day.
#[expect(clippy::cast_possible_truncation, reason = "clamped to the days of a book")]
pub(super) fn whole(days: f64) -> i64 {
    if days.is_finite() { libm::round(days).clamp(-200_000.0, 200_000.0) as i64 } else { 0 }
}

/// Weights on a run of days.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    first: i64,
    of_day: Vec<f64>,
}

impl Weights {
    /// Nothing on any day from `first` to `last`.
    pub(super) fn new(first: i64, last: i64) -> Self {
        let days = usize::try_from(last - first + 1).unwrap_or(0);
        Self { first, of_day: vec![0.0; days] }
    }

    /// Nothing on any day of the grid.
    pub(super) fn on_grid() -> Self {
        Self::new(FIRST, LAST)
    }

    /// Adds weight on a day; what lies outside is put on the first or last day.
    pub(super) fn add(&mut self, day: i64, weight: f64) {
        let last = self.of_day.len().saturating_sub(1);
        let index = usize::try_from(day.saturating_sub(self.first)).unwrap_or(0).min(last);
        if let Some(it) = self.of_day.get_mut(index) {
            *it += weight;
        }
    }

    /// The days that have a weight, and it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, f64)> {
        (self.first..).zip(self.of_day.iter().copied()).filter(|(_, weight)| *weight > 0.0)
    }

    /// Every day's weight, in order.
    pub(super) fn days(&self) -> &[f64] {
        &self.of_day
    }

    /// For every day the sum of its own weight and all later ones.
    pub(super) fn onwards(&self) -> Vec<f64> {
        let mut sum = 0.0;
        let mut sums: Vec<f64> = self
            .of_day
            .iter()
            .rev()
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        sums.reverse();
        sums
    }
}

/// Weights around nought that add up to one, by distance from −n to n.
pub(super) struct Kernel(Vec<(i64, f64)>);

impl Kernel {
    /// Falling evenly to nought just beyond `half_width` days.
    pub(super) fn triangle(half_width: i64) -> Self {
        Self::scaled(half_width, |distance| float(half_width + 1 - distance.abs()))
    }

    /// The normal distribution of this variance, in days².
    pub(super) fn normal(variance: f64) -> Self {
        let reach = whole(libm::ceil(4.0 * variance.max(0.0).sqrt())).min(LAST - FIRST);
        if reach == 0 {
            return Self(vec![(0, 1.0)]);
        }
        Self::scaled(reach, |distance| libm::exp(-float(distance * distance) / (2.0 * variance)))
    }

    fn scaled(reach: i64, weight: impl Fn(i64) -> f64) -> Self {
        let sum: f64 = (-reach..=reach).map(&weight).sum();
        Self((-reach..=reach).map(|distance| (distance, weight(distance) / sum)).collect())
    }

    /// `weights` spread out and moved later by `later` days, added onto the days of `onto`.
    pub(super) fn spread(&self, weights: &Weights, later: i64, onto: &mut Weights) {
        for (day, weight) in weights.iter() {
            for (distance, part) in &self.0 {
                onto.add(day + later + distance, weight * part);
            }
        }
    }
}
