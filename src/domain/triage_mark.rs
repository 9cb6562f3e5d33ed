//! What was done with items of the triage queue: put off, handled, or dismissed.

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
    /// The day it comes back, at the latest.
    pub until: NaiveDate,
    /// What it waits for besides that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// How often that had come already on the day it was put off: what comes later on that day is news.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub seen: usize,
}

/// What a put-off item waits for besides its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// A word from the client brings it back at once.
    TheyReply,
    /// A payment brings it back at once: one of its invoice, or of any where it is about none.
    Paid,
    /// Only their silence brings it back, on its day: with a word from them before that it is as good as handled.
    NoReply,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives what is skipped by reference")]
fn is_nought(count: &usize) -> bool {
    *count == 0
}

/// That an item was handled, or dismissed.
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
    /// Why nothing is to be done about it: then it was dismissed, and no time brings it back, only a change of its facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<String>,
    /// How many facts that the item was drawn from had become known on that day: one that comes later on it brings the item
    /// back. Absent: of that day none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<usize>,
}
