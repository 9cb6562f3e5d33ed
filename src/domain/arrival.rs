//! When something came last, and how often on that day.

use chrono::NaiveDate;

/// The last day on which something came or became known, and how often it did on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The day.
    pub day: NaiveDate,
    /// How often.
    pub times: usize,
}

impl Arrival {
    /// A day on which nothing came.
    #[must_use]
    pub fn none(day: NaiveDate) -> Self {
        Self { day, times: 0 }
    }

    /// Of several days.
    pub fn last(days: impl IntoIterator<Item = NaiveDate>) -> Option<Self> {
        days.into_iter().fold(None, |known, day| Self::later(known, Some(Self { day, times: 1 })))
    }

    /// The later of two; both together where they are of one day.
    #[must_use]
    pub fn later(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) if a.day == b.day => {
                Some(Self { day: a.day, times: a.times.saturating_add(b.times) })
            }
            (Some(a), Some(b)) => Some(if a.day > b.day { a } else { b }),
            _ => a.or(b),
        }
    }
}
