//! The firm's own settings: who it is, its accounts, rates, goals and the stages its deals go through.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    AccountId, Currency, FIRST_DAY, Interval, Money, Percent, Threshold, WEIGHTS, WeightRow, add_days,
    is_weight,
};

/// The firm that keeps the book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Business {
    /// The firm's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The name of who keeps the book and writes the letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The currency of every amount that names none, and of every report.
    pub currency: Currency,
    /// What the person in front of me wants, in the second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_message: Option<String>,
    /// Bank accounts with their dated balances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<Account>,
    /// The cash the firm does not want to fall below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<Money>,
    /// What an hour should bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_rate: Option<HourlyRate>,
    /// What an hour must bring to cover its cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_even_rate: Option<HourlyRate>,
    /// Hours a week that can be worked for clients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_hours: Option<Decimal>,
    /// What is asked for what, from which day on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rate_card: Vec<RateCardEntry>,
    /// Income wanted in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub income_goal: Option<Money>,
    /// Share of net income set aside for income tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_set_aside: Option<Percent>,
    /// When what was set aside leaves; absent: on the 15th of January, April, July and October.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_days: Option<TaxDays>,
    /// What one unit of another currency was worth in the book's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchange_rates: Vec<ExchangeRate>,
    /// Whom I want as a client: named criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// The stages of a deal in order; empty means the built-in ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Text templates by name, over the built-in ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// Thresholds by name, over the built-in ones (see [`Threshold`]).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub thresholds: BTreeMap<String, Decimal>,
    /// Weights of the health indicators by name, over the built-in ones.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub weights: BTreeMap<String, Decimal>,
}

/// The most an amount can be worth after conversion (10^18), so that sums of them cannot overflow a `Decimal`.
const MOST_CONVERTED: i64 = 1_000_000_000_000_000_000;

/// What an hour brings; written like an amount.
pub type HourlyRate = Money;

/// The days on which what was set aside for the state leaves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TaxDays {
    /// One of them: the series begins here.
    pub first: NaiveDate,
    /// How often.
    pub every: Interval,
}

/// A bank account, till or card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it is called.
    pub name: String,
    /// What was in it at the end of a day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub balances: Vec<Balance>,
}

/// What was in an account at the end of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// At the end of this day.
    pub day: NaiveDate,
    /// This much.
    pub amount: Money,
}

/// A price of the rate card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateCardEntry {
    /// Asked from this day on.
    pub from: NaiveDate,
    /// For what: `design`, `workshop day`.
    pub what: String,
    /// How much.
    pub rate: Money,
}

/// What one unit of a currency was worth in the book's currency from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// From this day on, until the next rate.
    pub day: NaiveDate,
    /// One unit of this currency …
    pub currency: Currency,
    /// … was worth this many units of the book's.
    #[serde(with = "rust_decimal::serde::str")]
    pub rate: Decimal,
}

/// One thing I want of a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its name, used by a client's `fit`.
    pub id: String,
    /// What it means.
    pub meaning: String,
}

/// A text template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Its name.
    pub id: String,
    /// The text, with `{fields}`.
    pub text: String,
}

/// What being in a stage means for a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Still to be won.
    Open,
    /// Agreed, and to be served, invoiced or paid.
    Won,
    /// Done and paid.
    Closed,
    /// Not to be.
    Lost,
}

/// A stage that a deal goes through. In a book one that comes with the program is told by its id alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WrittenStage", into = "WrittenStage")]
pub struct Stage {
    /// Its id, used by a deal's `stages`.
    pub id: String,
    /// What the board calls it.
    pub name: String,
    /// What it means.
    pub phase: Phase,
    /// Days without a planned next step after which a deal here is stale; none: never.
    pub stale_days: Option<u32>,
    /// The chance that a deal here is won, until the book's own history says better.
    pub chance: Option<Percent>,
}

/// A stage as a book holds it: one with nothing but its id is the built-in one of that id.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Stage")]
struct WrittenStage {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<Phase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stale_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chance: Option<Percent>,
}

impl TryFrom<WrittenStage> for Stage {
    type Error = String;

    fn try_from(written: WrittenStage) -> Result<Self, String> {
        let WrittenStage { id, name, phase, stale_days, chance } = written;
        if (&name, phase, stale_days, chance) == (&None, None, None, None) {
            let missing = || format!("{id:?} is no built-in stage: add its name and phase");
            return built_in_stage(&id).ok_or_else(missing);
        }
        match (name, phase) {
            (Some(name), Some(phase)) => Ok(Self { id, name, phase, stale_days, chance }),
            (None, _) => Err(format!("the stage {id:?} has no name: add it, as in (name: …)")),
            (_, None) => Err(format!("the stage {id:?} has no phase: add it, as in (phase: …)")),
        }
    }
}

impl From<Stage> for WrittenStage {
    fn from(stage: Stage) -> Self {
        if built_in_stage(&stage.id).as_ref() == Some(&stage) {
            return Self { id: stage.id, name: None, phase: None, stale_days: None, chance: None };
        }
        let Stage { id, name, phase, stale_days, chance } = stage;
        Self { id, name: Some(name), phase: Some(phase), stale_days, chance }
    }
}

/// There is no rate by which an amount could be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingRate {
    /// From this currency.
    pub from: Currency,
    /// Into this one.
    pub into: Currency,
    /// On this day.
    pub day: NaiveDate,
}

impl fmt::Display for MissingRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no exchange rate from {} into {} by {}", self.from, self.into, self.day)
    }
}

impl std::error::Error for MissingRate {}

impl Business {
    /// A firm about which only its currency is known.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self {
            name: String::new(),
            person: None,
            currency,
            brand_message: None,
            accounts: Vec::new(),
            reserve: None,
            target_rate: None,
            break_even_rate: None,
            capacity_hours: None,
            rate_card: Vec::new(),
            income_goal: None,
            tax_set_aside: None,
            tax_days: None,
            exchange_rates: Vec::new(),
            criteria: Vec::new(),
            stages: Vec::new(),
            templates: Vec::new(),
            thresholds: BTreeMap::new(),
            weights: BTreeMap::new(),
        }
    }

    /// What a letter ends with: the person, and the firm in the line below; the one of them that is known, or that is both.
    #[must_use]
    pub fn signature(&self) -> String {
        let person = self.person.as_deref().map(str::trim).filter(|person| !person.is_empty());
        match (person, self.name.trim()) {
            (Some(person), firm) if firm.is_empty() || firm == person => person.to_owned(),
            (Some(person), firm) => format!("{person}\n{firm}"),
            (None, firm) => firm.to_owned(),
        }
    }

    /// `money` in the book's currency at the newest rate dated `day` or before.
    ///
    /// # Errors
    /// When the book has no such rate, or one by which the amount cannot be counted any more.
    pub fn convert(&self, money: Money, day: NaiveDate) -> Result<Money, MissingRate> {
        if money.currency == self.currency {
            return Ok(money);
        }
        let newest = self
            .exchange_rates
            .iter()
            .filter(|rate| rate.currency == money.currency && rate.day <= day)
            .max_by_key(|rate| rate.day);
        newest
            .and_then(|rate| money.amount.checked_mul(rate.rate))
            .filter(|amount| amount.abs() <= Decimal::from(MOST_CONVERTED))
            .map(|amount| Money::new(amount, self.currency).rounded())
            .ok_or(MissingRate { from: money.currency, into: self.currency, day })
    }

    /// When what was set aside leaves: the book's own days, or the 15th of the month after each calendar quarter.
    #[must_use]
    pub fn tax_days(&self) -> TaxDays {
        // The first day a book may hold is a 1 January.
        self.tax_days.unwrap_or(TaxDays { first: add_days(FIRST_DAY, 14), every: Interval::QUARTERLY })
    }

    /// The stages of this book in order: its own, or the built-in ones.
    #[must_use]
    pub fn stages(&self) -> Vec<Stage> {
        if self.stages.is_empty() { built_in_stages() } else { self.stages.clone() }
    }

    /// The value of a threshold: the book's own, or the built-in one where it has none that can be right.
    #[must_use]
    pub fn threshold(&self, threshold: Threshold) -> Decimal {
        let own = |of: Threshold| {
            let row = of.row();
            let own = self.thresholds.get(row.name).copied().filter(|it| row.range.has(*it));
            own.unwrap_or_else(|| row.built_in())
        };
        if self.thresholds.is_empty() || !threshold.in_order_with().is_sorted_by_key(|of| own(*of)) {
            return threshold.row().built_in();
        }
        own(threshold)
    }

    /// How much a health indicator counts: the book's own weight, or the built-in one where it has none that can be right, or
    /// nothing would count.
    #[must_use]
    pub fn weight(&self, of: WeightRow) -> Decimal {
        let own = |row: WeightRow| {
            let own = self.weights.get(row.name).copied().filter(|it| is_weight(*it));
            own.unwrap_or_else(|| row.built_in())
        };
        if self.weights.is_empty() || WEIGHTS.into_iter().all(|row| own(row).is_zero()) {
            return of.built_in();
        }
        own(of)
    }

    /// The value of a threshold in whole days.
    #[must_use]
    pub fn threshold_days(&self, threshold: Threshold) -> i64 {
        use rust_decimal::prelude::ToPrimitive;
        self.threshold(threshold).to_i64().unwrap_or(0).clamp(0, 36_500)
    }
}

/// The stage of an id that comes with the program.
#[must_use]
pub fn built_in_stage(id: &str) -> Option<Stage> {
    built_in_stages().into_iter().find(|stage| stage.id == id)
}

fn built_in_stages() -> Vec<Stage> {
    let stage = |id: &str, name: &str, phase, stale_days, chance: Option<i64>| Stage {
        id: id.to_owned(),
        name: name.to_owned(),
        phase,
        stale_days,
        chance: chance.map(|percent| Percent::new(percent.into())),
    };
    vec![
        stage("engaged", "Engaged", Phase::Open, Some(14), Some(10)),
        stage("presented", "Presented", Phase::Open, Some(14), Some(25)),
        stage("proposal", "Proposal", Phase::Open, Some(10), Some(40)),
        stage("agreed", "Agreed", Phase::Won, Some(14), None),
        stage("in_work", "In work", Phase::Won, Some(30), None),
        stage("delivered", "Delivered", Phase::Won, Some(7), None),
        stage("done", "Done", Phase::Closed, None, None),
        stage("lost", "Lost", Phase::Lost, None, None),
    ]
}
