//! Renewals: domains, hosting, licences that expire.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, Interval, Money, RenewalId};

/// Something that expires and is renewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renewal {
    /// Its id.
    pub id: RenewalId,
    /// What: `example.org`, `font licence`.
    pub what: String,
    /// Whose; absent: the firm's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// When it was noted.
    pub noted: NaiveDate,
    /// When it first expires.
    pub expires: NaiveDate,
    /// How long a renewal lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Interval>,
    /// When it was renewed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renewed: Vec<Renewed>,
    /// Who is involved: registrar, host, who pays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<ChainLink>,
    /// What a renewal costs the firm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
    /// What the client pays for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Whom the registrar can reach; two are wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    /// Whether it renews by itself; absent is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews_itself: Option<bool>,
    /// When all this was last checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified: Vec<NaiveDate>,
}

/// That something was renewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renewed {
    /// When.
    pub day: NaiveDate,
    /// When it expires now.
    pub until: NaiveDate,
}

/// One who is involved in a renewal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChainLink {
    /// As what: `registrar`, `host`, `pays`.
    pub role: String,
    /// Who.
    pub who: String,
}

impl Renewal {
    /// So many points of contact are wanted: one may be on holiday, or gone.
    pub const CONTACTS_WANTED: usize = 2;

    /// When it expires now.
    #[must_use]
    pub fn expires_now(&self) -> NaiveDate {
        self.renewed.iter().max_by_key(|renewed| renewed.day).map_or(self.expires, |renewed| renewed.until)
    }
}
