//! The ceiling of time: what all hours that can be sold would bring in a year, and what must come from elsewhere.
//!
//! Ceiling = capacity in hours a week × weeks worked a year × target rate. The weeks are the book's threshold
//! `weeks_a_year`: 46 unless it says otherwise, 52 less six of holidays and illness. What the income goal asks beyond the
//! ceiling, time cannot bring: it must rest on another basis, or on another rate.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::look::times;
use super::mix::goal;
use crate::domain::{Business, Money, Threshold};
use crate::figures::sum::converted;
use crate::figures::{Answer, Unknown, amount_in_full};
use crate::written;

/// What time can bring in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct CeilingOfTime {
    /// Hours a week that can be worked for clients.
    pub hours_a_week: Answer<Decimal>,
    /// Weeks a year that are worked.
    pub weeks_a_year: Decimal,
    /// Hours a year: the two multiplied.
    pub hours_a_year: Answer<Decimal>,
    /// What an hour should bring.
    pub rate: Answer<Money>,
    /// What all these hours would bring in a year.
    pub ceiling: Answer<Money>,
    /// The income wanted in a year.
    pub goal: Answer<Money>,
    /// What of the goal lies above the ceiling; nought where time alone can reach it.
    pub from_other_bases: Answer<Money>,
    /// What it says, in a sentence.
    pub words: Answer<String>,
}

impl CeilingOfTime {
    pub(super) fn of(business: &Business, day: NaiveDate) -> Self {
        let hours_a_week = business
            .capacity_hours
            .filter(|hours| *hours > Decimal::ZERO)
            .ok_or_else(|| Unknown::because("no capacity in hours a week is set"));
        let weeks_a_year = business.threshold(Threshold::WeeksAYear).max(Decimal::ZERO);
        let hours_a_year = hours_a_week.clone().map(|hours| hours.saturating_mul(weeks_a_year));
        let rate = match business.target_rate {
            Some(rate) => converted(business, rate, day),
            None => Err(Unknown::because("no target rate is set")),
        };
        let ceiling = hours_a_year.clone().and_then(|hours| Ok(times(rate.clone()?, hours)));
        let goal = goal(business, day);
        let from_other_bases = goal.clone().and_then(|goal| {
            let rest = goal.amount.saturating_sub(ceiling.clone()?.amount);
            Ok(Money::new(rest.max(Decimal::ZERO), goal.currency))
        });
        let words = match (&hours_a_week, &ceiling, &from_other_bases) {
            (Ok(hours), Ok(_), Ok(rest)) => {
                let time = format!(
                    "{} hours a week for {} weeks",
                    written::decimal(*hours),
                    written::decimal(weeks_a_year)
                );
                Ok(if rest.is_zero() {
                    format!("{time} at the target rate can reach the goal")
                } else {
                    format!(
                        "{time} at the target rate fall short of the goal: {} must rest on something else",
                        amount_in_full(*rest)
                    )
                })
            }
            (Err(unknown), ..) | (_, Err(unknown), _) | (.., Err(unknown)) => Err(unknown.clone()),
        };
        Self { hours_a_week, weeks_a_year, hours_a_year, rate, ceiling, goal, from_other_bases, words }
    }
}
