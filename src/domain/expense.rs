//! Expenses: one-off or recurring, of a deal or of the business.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, DealId, ExpenseId, Interval, Money};

/// Money that goes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expense {
    /// Its id.
    pub id: ExpenseId,
    /// What for.
    pub what: String,
    /// How much each time, gross.
    pub amount: Money,
    /// When, or when first.
    pub day: NaiveDate,
    /// How often; absent: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Interval>,
    /// The last day on which it can fall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// When it became known, where that is before its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<NaiveDate>,
    /// For which client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// For which deal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    /// Which kind of expense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

impl Expense {
    /// The days in `from..=to` on which it falls.
    #[must_use]
    pub fn days(&self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let last = self.until.map_or(to, |until| until.min(to));
        match self.every {
            Some(every) => every.occurrences(self.day, from, last).collect(),
            None => (from <= self.day && self.day <= last).then_some(self.day).into_iter().collect(),
        }
    }
}
