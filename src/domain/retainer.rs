//! Retainers: regular fees agreed with a client.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Basis, ClientId, DealId, Interval, Money, RetainerId};

/// A regular fee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retainer {
    /// Its id.
    pub id: RetainerId,
    /// Who pays it.
    pub client: ClientId,
    /// What for.
    pub what: String,
    /// How much each time, net of tax.
    pub amount: Money,
    /// How often.
    pub every: Interval,
    /// When it was agreed.
    pub agreed: NaiveDate,
    /// The day of the first fee.
    pub from: NaiveDate,
    /// The last day on which a fee can fall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// What its income rests on; a retainer unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The deal it came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
}
