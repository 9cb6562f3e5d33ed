//! How a client pays its invoices.

use chrono::NaiveDate;

use crate::figures::standing::{HABIT_FROM, Standing, delays, median};

/// How a client pays, from the invoices it settled.
#[derive(Debug, Clone, Copy)]
pub(in crate::figures) struct Habit {
    /// How many invoices it settled.
    pub(in crate::figures) settled: usize,
    /// How many of them after their due day.
    pub(in crate::figures) late: usize,
    /// The median of the days from due to settled (of an even number, the earlier); negative when early.
    pub(in crate::figures) delay_days: i64,
}

impl Habit {
    pub(in crate::figures) fn of(invoices: &[Standing<'_>]) -> Option<Self> {
        let delays = delays(invoices);
        if delays.len() < HABIT_FROM {
            return None;
        }
        let late = delays.iter().filter(|delay| **delay > 0).count();
        Some(Self { settled: delays.len(), late, delay_days: median(&delays)? })
    }
}

/// The day on which the first open invoice was to be paid, of a client who never left one unpaid: of somebody who once did
/// not pay at all, being late is not out of character.
pub(in crate::figures) fn first_due_of_a_payer(invoices: &[Standing<'_>]) -> Option<NaiveDate> {
    let first = invoices.iter().filter(|state| state.is_open()).map(|state| state.invoice.due).min();
    first.filter(|_| invoices.iter().all(|state| state.invoice.write_off.is_none()))
}
