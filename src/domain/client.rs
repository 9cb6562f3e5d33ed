//! Clients, partners and contacts: who they are and what was noted about them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, Currency, Money};

/// Somebody one works for, or might, or with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// What it is called.
    pub name: String,
    /// Client, partner or contact.
    #[serde(default, skip_serializing_if = "Relation::is_usual")]
    pub relation: Relation,
    /// The day it was noted, where nothing else tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<NaiveDate>,
    /// How it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<Met>,
    /// Who is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What they value most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values_most: Option<String>,
    /// Days an invoice of theirs usually gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_days: Option<u32>,
    /// The currency new amounts of theirs start with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Days between touches that suit this relationship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence_days: Option<u32>,
    /// How they like to be told of progress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports: Option<String>,
    /// What an hour costs them, from which day on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<ClientRate>,
    /// How they meet the firm's criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fit: Vec<Fit>,
    /// Whether they were chosen or fallen into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// How it feels to work for them; enters no score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feelings: Vec<Feeling>,
    /// What was found out before any work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub door_check: Vec<DoorCheck>,
    /// A kind set by hand over the derived one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ByHandKind>,
    /// That and how it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// The same while it is agreed and lies ahead: [`Book::as_of`](super::Book::as_of) puts it here, and no file holds it.
    #[serde(skip)]
    pub ends_on: Option<Ended>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// What somebody is to the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Pays, or may one day.
    #[default]
    Client,
    /// Works with the firm and may send others.
    Partner,
    /// Known, no more.
    Contact,
}

/// How a relationship began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Met {
    /// When.
    pub day: NaiveDate,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What for, in a phrase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Through what: `fair`, `website`, `introduction`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Who made the introduction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced_by: Option<ClientId>,
}

/// A person at a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Their number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What they do there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether they decide; absent is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decides: Option<bool>,
    /// What they are up to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<String>,
}

/// What an hour costs a client from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientRate {
    /// From this day on.
    pub from: NaiveDate,
    /// This much an hour.
    pub rate: Money,
    /// When it was agreed, where that was before: a rate agreed for later is known from that day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<NaiveDate>,
}

impl ClientRate {
    /// The day it became known: when it was agreed, or else the first day it holds.
    #[must_use]
    pub fn known_on(&self) -> NaiveDate {
        self.agreed.unwrap_or(self.from)
    }
}

/// Whether a client meets a criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The criterion's id.
    pub criterion: String,
    /// Whether they meet it.
    pub meets: bool,
}

/// How they came to be a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Wanted and approached.
    Chosen,
    /// Just happened.
    FellInto,
}

/// How it felt to work for them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feeling {
    /// When.
    pub day: NaiveDate,
    /// In words.
    pub note: String,
}

/// What one finds out before working for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorQuestion {
    /// Do they sign an agreement?
    SignsAgreement,
    /// Do they pay something down?
    PaysDown,
    /// Do they put things in writing?
    InWriting,
    /// Do they push the price?
    PricePushed,
    /// Do they make excuses?
    Excuses,
}

impl DoorQuestion {
    /// Every question, in the order they are asked.
    pub const ALL: [Self; 5] =
        [Self::SignsAgreement, Self::PaysDown, Self::InWriting, Self::PricePushed, Self::Excuses];

    /// Its name in a book.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::SignsAgreement => "signs_agreement",
            Self::PaysDown => "pays_down",
            Self::InWriting => "in_writing",
            Self::PricePushed => "price_pushed",
            Self::Excuses => "excuses",
        }
    }

    /// Whether an answer speaks for working with them.
    #[must_use]
    pub fn speaks_for(self, answer: DoorAnswer) -> bool {
        let good = match self {
            Self::SignsAgreement | Self::PaysDown | Self::InWriting => DoorAnswer::Yes,
            Self::PricePushed | Self::Excuses => DoorAnswer::No,
        };
        answer == good
    }
}

/// An answer to a [`DoorQuestion`]; a question without one was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorAnswer {
    /// They do.
    Yes,
    /// They do not.
    No,
}

/// One thing found out before working for somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoorCheck {
    /// When.
    pub day: NaiveDate,
    /// What was asked.
    pub question: DoorQuestion,
    /// What was found.
    pub answer: DoorAnswer,
}

/// What kind of client somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// Nothing agreed yet.
    Prospect,
    /// First deal under way or just done.
    New,
    /// Comes back and pays as agreed.
    Steady,
    /// Once, or for the price, or late.
    SteppingStone,
    /// Steady, and falling.
    AtRisk,
    /// Costs more than it brings, and pushes.
    Toxic,
    /// Steady, and sends others.
    Advocate,
    /// Quiet for longer than its own rhythm.
    Dormant,
    /// Over.
    Ended,
    /// Works with the firm.
    Partner,
}

/// A kind set by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ByHandKind {
    /// Which.
    pub kind: ClientKind,
    /// When it was set.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
}

/// That a relationship ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The last day.
    pub day: NaiveDate,
    /// The day it was agreed, from which it is known; without one it is known from the last day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<NaiveDate>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// How it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

impl Ended {
    /// The day from which it is known.
    #[must_use]
    pub fn known_on(&self) -> NaiveDate {
        self.agreed.map_or(self.day, |agreed| agreed.min(self.day))
    }
}

impl Client {
    /// That it ended, or that it is agreed to end on a day ahead.
    #[must_use]
    pub fn end(&self) -> Option<&Ended> {
        self.over().or(self.ends_on.as_ref())
    }

    /// That it ended, where nothing later is said: a kind set by hand on a later day takes the client up again.
    #[must_use]
    pub fn over(&self) -> Option<&Ended> {
        let ended = self.ended.as_ref()?;
        self.kind.as_ref().is_none_or(|by_hand| by_hand.day <= ended.day).then_some(ended)
    }

    /// The last day, where it is over: noted so, or found so by hand.
    #[must_use]
    pub fn over_on(&self) -> Option<NaiveDate> {
        let by_hand = || self.kind.as_ref().filter(|it| it.kind == ClientKind::Ended).map(|it| it.day);
        self.over().map(|ended| ended.day).or_else(by_hand)
    }

    /// The last day, also where it is agreed for a day ahead.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.over_on().or_else(|| self.ends_on.as_ref().map(|ends| ends.day))
    }

    /// The day from which it is known that it ends: nothing more is expected from then on.
    #[must_use]
    pub fn end_known_on(&self) -> Option<NaiveDate> {
        self.end().map(Ended::known_on).or_else(|| self.over_on())
    }

    /// A client of whom only the name is known.
    #[must_use]
    pub fn new(id: ClientId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            relation: Relation::Client,
            added: None,
            met: None,
            people: Vec::new(),
            tags: Vec::new(),
            values_most: None,
            terms_days: None,
            currency: None,
            cadence_days: None,
            reports: None,
            rates: Vec::new(),
            fit: Vec::new(),
            origin: None,
            feelings: Vec::new(),
            door_check: Vec::new(),
            kind: None,
            ended: None,
            ends_on: None,
            notes: None,
        }
    }

    /// Who introduced it.
    #[must_use]
    pub fn introduced_by(&self) -> Option<&ClientId> {
        self.met.as_ref()?.introduced_by.as_ref()
    }
}

impl Relation {
    /// Whether it is what a record means that does not say.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
