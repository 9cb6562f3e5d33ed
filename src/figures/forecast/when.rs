//! The chance of each day of a flow, with the event it waits for.

use super::When;

impl When {
    /// The chance that it came by day 1, 2, 3 … `days` after the day of the forecast.
    #[must_use]
    pub fn by_day(&self, days: i64) -> Vec<f64> {
        match self {
            Self::After(pmf) => (1..=days).map(|day| pmf.within(day)).collect(),
            Self::Following(event, pmf) => {
                let mut by = vec![0.0; usize::try_from(days).unwrap_or(0)];
                for (start, happened) in (1..=days).map(|day| (day, event.when.on_day(day))) {
                    if happened > 0.0 {
                        let after = usize::try_from(start).unwrap_or(usize::MAX);
                        for (later, by) in (1..).zip(by.iter_mut().skip(after)) {
                            *by += happened * pmf.within(later);
                        }
                    }
                }
                by
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Event, Pmf};
    use super::*;

    #[test]
    fn what_follows_an_event_comes_with_both_chances_and_never_on_its_day() {
        let event = Event { key: "deals/d".to_owned(), when: Pmf::of_days([0.5, 0.25], 0.0) };
        let when = When::Following(Arc::new(event), Arc::new(Pmf::of_days([0.5, 0.5], 0.0)));
        // Won on day 1 (1/2): paid on days 2 and 3; won on day 2 (1/4): on days 3 and 4.
        let by = [0.0, 0.25, 0.625, 0.75, 0.75];
        assert_eq!(when.by_day(5).len(), 5);
        for (day, by) in (1..).zip(by) {
            assert!((when.within(day) - by).abs() < 1e-12, "{day}");
            assert!((when.by_day(5)[usize::try_from(day - 1).unwrap()] - by).abs() < 1e-12, "{day}");
        }
    }
}
