//! How a client pays its invoices.

use crate::figures::standing::{HABIT_FROM, Standing, delays, median};

/// How a client pays, from the invoices it settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habit {
    /// How many invoices it settled.
    pub(super) settled: usize,
    /// How many of them after their due day.
    pub(super) late: usize,
    /// The median of the days from due to settled (of an even number, the earlier); negative when early.
    pub(super) delay_days: i64,
}

impl Habit {
    pub(super) fn of(invoices: &[Standing<'_>]) -> Option<Self> {
        let delays = delays(invoices);
        if delays.len() < HABIT_FROM {
            return None;
        }
        let late = delays.iter().filter(|delay| **delay > 0).count();
        Some(Self { settled: delays.len(), late, delay_days: median(&delays)? })
    }
}
