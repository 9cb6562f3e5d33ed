//! Touches: one contact made, in either direction.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, DealId, InvoiceId, TouchId};

/// One contact made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Touch {
    /// Its id.
    pub id: TouchId,
    /// When.
    pub day: NaiveDate,
    /// With whom.
    pub client: ClientId,
    /// With which person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Who spoke.
    pub direction: Direction,
    /// How: `mail`, `phone`, `meeting`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Whether it is in writing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub written: bool,
    /// Whether an answer is owed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answer_wanted: bool,
    /// The touch it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<TouchId>,
    /// What it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TouchKind>,
    /// How they feel, where that was asked or said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<Temperature>,
    /// Whether a testimonial may be quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_quote: Option<bool>,
    /// The deal it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    /// The invoice it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceId>,
    /// Whom it introduced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduces: Option<ClientId>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// They did.
    In,
    /// We did.
    Out,
}

/// What a touch was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TouchKind {
    /// They asked for advice.
    AdviceAsked,
    /// A word before a day slips.
    HeadsUp,
    /// Praise.
    Praise,
    /// Praise to be shown.
    Testimonial,
    /// A complaint.
    Complaint,
    /// How things are going.
    Temperature,
    /// They pushed the price.
    PricePush,
    /// They pushed the scope.
    ScopePush,
    /// They sent somebody.
    Referral,
    /// They introduced somebody.
    Introduction,
    /// We helped.
    HelpGiven,
    /// They helped.
    HelpReceived,
    /// A reminder to pay.
    Reminder,
    /// Thanks.
    Thanks,
    /// To keep in touch.
    KeepInTouch,
    /// A review of the work so far.
    Review,
    /// Showing what was done.
    Evidence,
    /// A progress report.
    Report,
    /// Selling.
    Selling,
}

/// How they feel about the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Temperature {
    /// Glad.
    Glad,
    /// Okay.
    Okay,
    /// Uneasy.
    Uneasy,
}
