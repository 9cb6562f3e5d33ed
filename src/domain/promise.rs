//! Promises, by either side, and whether they were kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, DealId, PromiseId};

/// Something promised by a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// Its id.
    pub id: PromiseId,
    /// Between us and whom.
    pub client: ClientId,
    /// Who promised.
    pub by: Party,
    /// Which person of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What.
    pub what: String,
    /// When it was made.
    pub made: NaiveDate,
    /// The day promised at first.
    pub due: NaiveDate,
    /// The days it was moved to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
    /// When it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<NaiveDate>,
    /// The deal it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
}

/// One of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The firm.
    Me,
    /// The client.
    Them,
}

/// That a promise was moved: before its day a heads-up, after it a silent slip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// When that was said.
    pub day: NaiveDate,
    /// The new day.
    pub to: NaiveDate,
}

impl Promise {
    /// The day it is due now: the last one it was moved to, or the first.
    #[must_use]
    pub fn due_now(&self) -> NaiveDate {
        self.moved.iter().max_by_key(|moved| moved.day).map_or(self.due, |moved| moved.to)
    }

    /// Whether they promised it and have not done it yet.
    #[must_use]
    pub fn is_owed_by_them(&self) -> bool {
        self.by == Party::Them && self.kept.is_none()
    }

    /// Whether it may be about what belongs to a deal, or to none: it names that deal, or names none and is about anything.
    #[must_use]
    pub fn is_about(&self, deal: Option<&DealId>) -> bool {
        self.deal.is_none() || self.deal.as_ref() == deal
    }
}
