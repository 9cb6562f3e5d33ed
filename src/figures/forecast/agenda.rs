//! What is to come and go, day by day: each flow on the day it is most expected.

use chrono::NaiveDate;

use crate::domain::{Money, add_days};

use super::Flow;
use super::coming::times;

/// A flow on the day it is most expected.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaRow {
    /// Its position among the flows of the forecast.
    pub flow: usize,
    /// The middle of the days on which it may come, if it comes within the days looked at.
    pub day: NaiveDate,
    /// The chance that it comes within them.
    pub chance: f64,
    /// What is to be counted on: its amount times the chance, rounded to the currency's decimals.
    pub expected: Money,
}

/// Below this chance something is not worth a row of its own; it is counted in every total all the same.
const LEAST: f64 = 0.005;

/// The flows of a forecast by the day on which each is most expected.
pub(super) fn agenda(flows: &[Flow], day: NaiveDate, days: i64) -> Vec<AgendaRow> {
    let mut rows: Vec<AgendaRow> = flows
        .iter()
        .enumerate()
        .filter_map(|(position, flow)| {
            let by = flow.when.by_day(days);
            let chance = by.last().copied().unwrap_or(0.0);
            let middle = by.partition_point(|it| *it < chance / 2.0);
            let ahead = i64::try_from(middle).ok()?.saturating_add(1);
            (chance >= LEAST).then(|| AgendaRow {
                flow: position,
                day: add_days(day, ahead),
                chance,
                expected: times(flow.amount, chance),
            })
        })
        .collect();
    rows.sort_by(|a, b| (a.day, a.flow).cmp(&(b.day, b.flow)));
    rows
}
