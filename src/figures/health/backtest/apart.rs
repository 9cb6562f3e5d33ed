//! How well the score told two groups of clients apart: the area under the ROC curve, with its 95 % interval.
//!
//! The area is the share of pairs, one that ended badly and one that stayed, in which the one that stayed had the higher
//! score (Mann and Whitney's U over the number of pairs); a tie counts half. One half is chance.
//!
//! Its variance is that of `DeLong`, `DeLong` and Clarke-Pearson (1988): with `v` the share of those that stayed above each one
//! that ended badly, and `w` the share of those that ended badly below each one that stayed,
//! `s²(v) / count(v) + s²(w) / count(w)`. The interval is made on the scale of the logit, so that it lies between 0 and 1:
//! `logit(area) ± 1.96 · √variance / (area · (1 − area))`.
//!
//! Where that variance is nought, as when every pair is told apart, it would promise certainty from a handful of clients.
//! There the interval is Wilson's, with as many trials as the smaller group has clients: no area of such groups varies more
//! than `area · (1 − area) / min(count(v), count(w))` (van Dantzig 1951).

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// 95 % of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// How well the score told two groups of clients apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// The share of pairs in which the one that stayed had the higher score, of one.
    pub area: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Apart {
    /// From the scores of those that ended badly and of those that stayed; `None` where one of the groups has fewer than two.
    #[must_use]
    pub fn of(ended_badly: &[Decimal], stayed: &[Decimal]) -> Option<Self> {
        if ended_badly.len() < 2 || stayed.len() < 2 {
            return None;
        }
        let v: Vec<f64> = ended_badly.iter().map(|of| mean(stayed.iter().map(|it| above(it, of)))).collect();
        let w: Vec<f64> = stayed.iter().map(|of| mean(ended_badly.iter().map(|it| above(of, it)))).collect();
        let area = mean(v.iter().copied());
        let variance = variance(&v) / count(v.len()) + variance(&w) / count(w.len());
        let (low, high) = if variance > 1e-12 {
            let logit = libm::log(area / (1.0 - area));
            let half = Z * libm::sqrt(variance) / (area * (1.0 - area));
            (logistic(logit - half), logistic(logit + half))
        } else {
            wilson(area, count(v.len().min(w.len())))
        };
        Some(Self { area, low, high })
    }
}

/// One where the first is higher, one half where they are the same.
fn above(one: &Decimal, other: &Decimal) -> f64 {
    match one.cmp(other) {
        Ordering::Greater => 1.0,
        Ordering::Equal => 0.5,
        Ordering::Less => 0.0,
    }
}

fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}

fn mean(of: impl Iterator<Item = f64> + Clone) -> f64 {
    of.clone().sum::<f64>() / count(of.count()).max(1.0)
}

/// Of a sample of at least two.
fn variance(of: &[f64]) -> f64 {
    let mean = mean(of.iter().copied());
    of.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / (count(of.len()) - 1.0)
}

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

/// Wilson's interval of a share seen in so many trials.
fn wilson(share: f64, trials: f64) -> (f64, f64) {
    let more = Z * Z / trials;
    let middle = (share + more / 2.0) / (1.0 + more);
    let half = Z / (1.0 + more) * libm::sqrt(share * (1.0 - share) / trials + more / (4.0 * trials));
    // Where all or none were, one end is that very share: not a last digit beside it.
    let to_digits = |end: f64| libm::round(end * 1e12) / 1e12;
    (to_digits(middle - half).max(0.0), to_digits(middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(ended_badly: &[i64], stayed: &[i64]) -> Apart {
        let scores = |of: &[i64]| of.iter().map(|it| Decimal::from(*it)).collect::<Vec<_>>();
        Apart::of(&scores(ended_badly), &scores(stayed)).unwrap()
    }

    fn is(found: Apart, [area, low, high]: [f64; 3]) {
        for (found, expected) in [(found.area, area), (found.low, low), (found.high, high)] {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
    }

    /// The numbers were worked out from mid-ranks (Sun and Xu 2014) in another language.
    #[test]
    fn the_area_and_its_interval_are_those_of_paper() {
        // 1 < 2, 1 < 3, 2 = 2, 2 < 3: three and a half of four. v = 1, ¾ and w = ¾, 1: 2 · (1/32) / 2.
        is(apart(&[1, 2], &[2, 3]), [0.875, 0.227_607_529_072, 0.994_022_101_277]);
        let found = apart(&[20, 35, 41, 41, 50, 62, 70, 48], &[41, 55, 62, 71, 80, 66, 90, 58, 30]);
        is(found, [0.743_055_555_556, 0.439_195_191_079, 0.914_374_008_674]);
    }

    #[test]
    fn a_handful_of_clients_never_makes_certain() {
        let ten: Vec<i64> = (0..10).collect();
        let more: Vec<i64> = (10..20).collect();
        is(apart(&ten, &more), [1.0, 0.722_467_200_137, 1.0]);
        is(apart(&more, &ten), [0.0, 0.0, 0.277_532_799_863]);
        is(apart(&[5; 8], &[5; 8]), [0.5, 0.215_216_062_214, 0.784_783_937_786]);
        assert_eq!(Apart::of(&[Decimal::ONE], &[Decimal::TWO, Decimal::TEN]), None);
    }

    #[test]
    fn who_is_called_what_is_a_matter_of_sides() {
        let (a, b) = (apart(&[3, 9, 4, 4], &[5, 4, 8]), apart(&[5, 4, 8], &[3, 9, 4, 4]));
        is(a, [1.0 - b.area, 1.0 - b.high, 1.0 - b.low]);
    }
}
