//! Work: hours, and what they were for.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ClientId, DealId, WorkId};

/// Hours worked on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Its id.
    pub id: WorkId,
    /// When.
    pub day: NaiveDate,
    /// For whom; absent: for the firm itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// On which deal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    /// How many hours.
    #[serde(with = "super::invoice::quantity")]
    pub hours: Decimal,
    /// What they were for.
    #[serde(default, skip_serializing_if = "Purpose::is_usual")]
    pub purpose: Purpose,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What hours were for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The job as agreed.
    #[default]
    Job,
    /// Beyond what was agreed.
    Beyond,
    /// The relationship.
    Relationship,
    /// Before the sale.
    BeforeSale,
}

impl Purpose {
    /// Whether it is work under way for a client, and not what comes before a sale or keeps up the relationship.
    #[must_use]
    pub fn serves_a_job(self) -> bool {
        matches!(self, Self::Job | Self::Beyond)
    }

    /// Whether it is what a record means that does not say.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
