//! Where the balance may run: the bands of many drawn paths, and their lowest points.
//!
//! The quantile q of N draws is the smallest drawn value that at least the share q of the draws does not exceed: of 2,000
//! draws the median is the 1,000th value.

use std::ops::ControlFlow;

use chrono::NaiveDate;

use crate::domain::{Money, add_days};

use super::{Layer, Paths};
use crate::figures::words::percent_of_paths;

/// The quantiles of a day, per thousand.
const BANDS: [usize; 7] = [25, 100, 250, 500, 750, 900, 975];

/// Which layers beside the committed one are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Layers {
    /// Whether what is expected from habit is.
    pub likely: bool,
    /// Whether open deals are.
    pub possible: bool,
}

impl Layers {
    /// Every choice of layers, the committed one alone first.
    pub const ALL: [Self; 4] = [
        Self { likely: false, possible: false },
        Self { likely: true, possible: false },
        Self { likely: false, possible: true },
        Self { likely: true, possible: true },
    ];

    /// Whether a layer is counted.
    #[must_use]
    pub fn counts(self, layer: Layer) -> bool {
        match layer {
            Layer::Committed => true,
            Layer::Likely => self.likely,
            Layer::Possible => self.possible,
        }
    }
}

/// How the balance may run.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Which layers are counted.
    pub layers: Layers,
    /// Day by day, from the first one after the day of the forecast.
    pub days: Vec<FanDay>,
    /// The lowest points of the paths.
    pub lowest: Lowest,
}

/// Where the balance may be at the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct FanDay {
    /// The day.
    pub day: NaiveDate,
    /// So much or less in 2.5 %, 10 %, 25 %, 50 %, 75 %, 90 % and 97.5 % of the paths.
    pub quantiles: [Money; 7],
    /// The share of paths that were under the reserve on this day or an earlier one after the day of the forecast; `None`
    /// without a reserve or a balance.
    pub under_by: Option<f64>,
}

/// The lowest points of the paths, over the days after the day of the forecast: what is there today can't be helped.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowest {
    /// The day on which the balance is lowest, taken at its median; of several the first.
    pub day: NaiveDate,
    /// Half of the paths stay above this all the time.
    pub median: Money,
    /// Nine in ten of the paths stay above this all the time: the 10 % quantile of each path's own minimum.
    pub nine_in_ten: Money,
    /// The share of paths that go under the reserve on some day; `None` without a reserve or a balance.
    pub under_reserve: Option<f64>,
}

impl Lowest {
    /// The chance of going under the reserve in words: `6 %`, `<1 %`.
    #[must_use]
    pub fn risk_words(&self) -> Option<String> {
        self.under_reserve.map(percent_of_paths)
    }
}

impl FanDay {
    /// The median.
    #[must_use]
    pub fn median(&self) -> Money {
        let [_, _, _, median, ..] = self.quantiles;
        median
    }
}

impl Fan {
    /// The fan of drawn paths after `day`. Without an `opening` balance it tells the change from nought, and nothing about
    /// the reserve.
    #[must_use]
    pub fn of(
        paths: &Paths,
        layers: Layers,
        day: NaiveDate,
        opening: Option<Money>,
        reserve: Option<Money>,
    ) -> Self {
        let unit = paths.unit();
        let from = opening.unwrap_or(Money::zero(unit.money(0).currency));
        let at = |count: i64| Money::new(from.amount + unit.money(count).amount, from.currency);
        let under =
            opening.zip(reserve).map(|(opening, reserve)| unit.at_least(reserve.amount - opening.amount));
        let mut days = Vec::with_capacity(paths.days());
        let mut minima: Vec<i64> = Vec::new();
        let mut values: Vec<i64> = Vec::new();
        let mut lowest: Option<(i64, NaiveDate)> = None;
        paths.walk(layers, |position, sums| {
            if position == 0 {
                minima = sums.to_vec();
            } else {
                minima.iter_mut().zip(sums).for_each(|(minimum, sum)| *minimum = (*minimum).min(*sum));
            }
            let on = add_days(day, i64::try_from(position + 1).unwrap_or(1));
            values.clear();
            values.extend_from_slice(sums);
            let counts = quantiles(&mut values, BANDS);
            let [_, _, _, median, ..] = counts;
            if lowest.is_none_or(|(least, _)| median < least) {
                lowest = Some((median, on));
            }
            let under_by = under.map(|under| share_under(&minima, under));
            days.push(FanDay { day: on, quantiles: counts.map(at), under_by });
            ControlFlow::Continue(())
        });
        let under_reserve = under.map(|under| share_under(&minima, under));
        let [nine_in_ten, median] = quantiles(&mut minima, [100, 500]).map(at);
        let day = lowest.map_or(add_days(day, 1), |(_, on)| on);
        Self { layers, days, lowest: Lowest { day, median, nine_in_ten, under_reserve } }
    }
}

/// The share of the values that lie below a limit.
fn share_under(values: &[i64], limit: i64) -> f64 {
    let under = values.iter().filter(|value| **value < limit).count();
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    count(under) / count(values.len()).max(1.0)
}

/// The quantiles at ascending shares per thousand. Puts the values into another order.
fn quantiles<const N: usize>(values: &mut [i64], per_thousand: [usize; N]) -> [i64; N] {
    let count = values.len();
    let mut found = [0; N];
    let mut rest = values;
    let mut before = 0;
    let mut last = 0;
    for (found, share) in found.iter_mut().zip(per_thousand) {
        let rank = (count * share).div_ceil(1_000).max(1) - 1;
        // Of so few values that two shares fall on one.
        if rank >= before && rank - before < rest.len() {
            let (_, nth, above) = rest.select_nth_unstable(rank - before);
            last = *nth;
            before = rank + 1;
            rest = above;
        }
        *found = last;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_smallest_value_that_its_share_does_not_exceed() {
        let mut values: Vec<i64> = (1..=2_000).map(|n| (n * 7_919) % 2_003).collect();
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let expected = [49, 199, 499, 999, 1_499, 1_799, 1_949].map(|rank| sorted[rank]);
        assert_eq!(quantiles(&mut values, BANDS), expected);
        assert_eq!(quantiles(&mut [5, 3, 4], BANDS), [3, 3, 3, 4, 5, 5, 5]);
        assert_eq!(quantiles(&mut [8], BANDS), [8; 7]);
        assert_eq!(quantiles(&mut [], BANDS), [0; 7]);
    }
}
