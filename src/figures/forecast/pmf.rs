//! The chance of each day: when something comes, if it comes.

/// A day further off than this is never looked at (30 years), so that no loop over days runs away.
pub(super) const FURTHEST: i64 = 10_958;

/// When something comes, as the chance that it came by each day after the day of the forecast. Nothing comes on that day or
/// before.
#[derive(Debug, Clone, PartialEq)]
pub struct Pmf {
    /// The chance that it came by day 1, 2, 3 …: never falling, at most one.
    by: Vec<f64>,
    /// The chance, on each day after those, of what has not come by then. Nought: what has not come by then never comes.
    beyond: f64,
}

impl Pmf {
    /// Comes for certain so many days after the day of the forecast; on the first day left if that lies behind.
    #[must_use]
    pub fn on(days: i64) -> Self {
        let days = days.clamp(1, FURTHEST);
        let by = (1..=days).map(|day| if day == days { 1.0 } else { 0.0 }).collect();
        Self { by, beyond: 0.0 }
    }

    /// From the chance of each day: the first is that of day 1. What is negative or no number counts as nought; chances of
    /// more than one in all are scaled to one. `beyond` is the chance, on each later day, of what has not come by then.
    #[must_use]
    pub fn of_days(chances: impl IntoIterator<Item = f64>, beyond: f64) -> Self {
        let mut sum = 0.0;
        let mut by: Vec<f64> = chances
            .into_iter()
            .map(|chance| {
                sum += if chance.is_finite() { chance.max(0.0) } else { 0.0 };
                sum
            })
            .collect();
        if sum > 1.0 {
            for it in &mut by {
                *it = (*it / sum).min(1.0);
            }
        }
        let beyond = if beyond.is_finite() { beyond.clamp(0.0, 1.0) } else { 0.0 };
        Self { by, beyond }
    }

    /// The chance that it came within so many days.
    #[must_use]
    pub fn within(&self, days: i64) -> f64 {
        let Ok(days) = usize::try_from(days) else { return 0.0 };
        let Some(last) = days.checked_sub(1) else { return 0.0 };
        if let Some(by) = self.by.get(last) {
            return *by;
        }
        let end = self.by.last().copied().unwrap_or(0.0);
        let later = f64::from(u32::try_from(days - self.by.len()).unwrap_or(u32::MAX));
        1.0 - (1.0 - end) * libm::pow(1.0 - self.beyond, later)
    }

    /// The chance that it comes on that very day.
    #[must_use]
    pub fn on_day(&self, days: i64) -> f64 {
        (self.within(days) - self.within(days.saturating_sub(1))).max(0.0)
    }

    /// The first day by which it came with a chance of at least `chance`; `None` when it never gets as likely as that.
    #[must_use]
    pub fn quantile(&self, chance: f64) -> Option<i64> {
        let listed = self.by.partition_point(|by| *by < chance);
        if listed < self.by.len() {
            return i64::try_from(listed + 1).ok();
        }
        let end = self.by.last().copied().unwrap_or(0.0);
        if self.beyond <= 0.0 || chance >= 1.0 {
            return None;
        }
        let left = (1.0 - chance) / (1.0 - end);
        let later =
            if self.beyond >= 1.0 { 1.0 } else { libm::ceil(libm::log(left) / libm::log(1.0 - self.beyond)) };
        #[expect(clippy::cast_possible_truncation, reason = "clamped to thirty years")]
        let later = later.clamp(1.0, 10_958.0) as i64;
        i64::try_from(self.by.len()).ok().map(|listed| listed.saturating_add(later).min(FURTHEST))
    }

    /// The same, so many days later; earlier when negative, but never before the first day left.
    #[must_use]
    pub fn shifted(&self, days: i64) -> Self {
        let days = days.clamp(-FURTHEST, FURTHEST);
        let distance = usize::try_from(days.unsigned_abs()).unwrap_or(0);
        let by = if days >= 0 {
            std::iter::repeat_n(0.0, distance).chain(self.by.iter().copied()).collect()
        } else if distance < self.by.len() {
            self.by.iter().skip(distance).copied().collect()
        } else {
            vec![self.within(1 - days)]
        };
        Self { by, beyond: self.beyond }
    }

    /// The same up to so many days; what has not come by then never comes.
    #[must_use]
    pub fn until(&self, days: i64) -> Self {
        let days = days.clamp(0, FURTHEST);
        Self { by: (1..=days).map(|day| self.within(day)).collect(), beyond: 0.0 }
    }

    /// The same from a day on: what came before that day comes on it.
    #[must_use]
    pub fn not_before(&self, days: i64) -> Self {
        let days = days.clamp(1, FURTHEST);
        let listed = i64::try_from(self.by.len()).unwrap_or(FURTHEST);
        let by = (1..=days.max(listed)).map(|day| if day < days { 0.0 } else { self.within(day) });
        Self { by: by.collect(), beyond: self.beyond }
    }

    /// The same, when it comes at all with this chance only.
    #[must_use]
    pub fn with_chance(&self, chance: f64) -> Self {
        let chance = if chance.is_finite() { chance.clamp(0.0, 1.0) } else { 0.0 };
        if chance >= 1.0 {
            return self.clone();
        }
        // What lies beyond the listed days would need a chance that changes from day to day: it is listed instead.
        let end = self.by.last().copied().unwrap_or(0.0);
        let tail = if end < 1.0 && self.beyond > 0.0 { 400 } else { 0 };
        let last = i64::try_from(self.by.len()).unwrap_or(FURTHEST) + tail;
        Self { by: (1..=last).map(|day| self.within(day) * chance).collect(), beyond: 0.0 }
    }

    /// The chance that it came by each listed day, from day 1 on.
    #[must_use]
    pub fn listed(&self) -> &[f64] {
        &self.by
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certain_day_is_certain_from_that_day_on_and_never_behind() {
        let pmf = Pmf::on(3);
        let within = [0, 2, 3, 9].map(|day| pmf.within(day) > 0.5);
        assert_eq!(within, [false, false, true, true]);
        assert_eq!(pmf.quantile(0.5), Some(3));
        assert_eq!(Pmf::on(-5).quantile(0.5), Some(1));
    }

    #[test]
    fn the_tail_decays_by_its_chance_a_day_and_its_quantiles_are_found() {
        let pmf = Pmf::of_days([0.25, 0.25], 0.5);
        assert!((pmf.within(4) - 0.875).abs() < 1e-12);
        assert_eq!(
            [0.5, 0.75, 0.8, 0.875].map(|chance| pmf.quantile(chance)),
            [Some(2), Some(3), Some(4), Some(4)]
        );
        assert_eq!(Pmf::of_days([0.5], 0.0).quantile(0.6), None);
    }

    #[test]
    fn what_is_moved_earlier_piles_up_on_the_first_day_left() {
        let pmf = Pmf::of_days([0.25, 0.25, 0.5], 0.0);
        assert_eq!(pmf.shifted(-2).listed(), [1.0]);
        assert_eq!(pmf.shifted(-1).listed(), [0.5, 1.0]);
        assert_eq!(pmf.shifted(1).listed(), [0.0, 0.25, 0.5, 1.0]);
        assert!((pmf.shifted(-9).within(1) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_cut_off_never_comes_and_what_is_held_back_comes_on_the_first_day_left() {
        let pmf = Pmf::of_days([0.25, 0.25], 0.5);
        assert_eq!(pmf.until(3).listed(), [0.25, 0.5, 0.75]);
        assert_eq!(pmf.until(3).quantile(0.8), None);
        assert!(pmf.until(0).listed().is_empty() && pmf.until(-4).within(9) <= 0.0);
        assert_eq!(pmf.not_before(2).listed(), [0.0, 0.5]);
        assert_eq!(pmf.not_before(3).listed(), [0.0, 0.0, 0.75]);
        assert!((pmf.not_before(3).within(4) - 0.875).abs() < 1e-12);
        assert_eq!(pmf.not_before(-3), pmf);
    }
}
