//! What was done with items of the triage queue: put off, or handled.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, HandledId, SnoozeId};

/// That an item was put off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snooze {
    /// Its id.
    pub id: SnoozeId,
    /// The item's id, as `report` prints it.
    pub item: String,
    /// Whose item it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// When it was put off.
    pub day: NaiveDate,
    /// The day it comes back.
    pub until: NaiveDate,
}

/// That an item was handled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Handled {
    /// Its id.
    pub id: HandledId,
    /// The item's id, as `report` prints it.
    pub item: String,
    /// Whose item it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// When it was handled.
    pub day: NaiveDate,
}
