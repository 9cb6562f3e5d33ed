//! Deals: from the first talk to the delivered result.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, DealId, InvoiceId, Money, Percent};

/// A piece of business with a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deal {
    /// Its id.
    pub id: DealId,
    /// With whom.
    pub client: ClientId,
    /// What it is called.
    pub title: String,
    /// What its income rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// What it is worth, net of tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// The chance of winning it, set by hand over the stage's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Percent>,
    /// The stages it entered, each with its day; the last one is where it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageFact>,
    /// What is planned next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<NextStep>,
    /// Who decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decider: Option<String>,
    /// That the price was said, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_told: Option<PriceTold>,
    /// That the terms were said, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_told: Option<TermsTold>,
    /// What was left out for a smaller price, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less_scope: Option<LessScope>,
    /// The proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// What they get out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub they_get: Option<String>,
    /// What the firm gets out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub we_get: Option<String>,
    /// What held it up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hesitations: Vec<Hesitation>,
    /// The agreement in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// What is to be paid before work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down_payment: Option<DownPayment>,
    /// How the price is split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalments: Option<InstalmentPlan>,
    /// When the result was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<NaiveDate>,
    /// What it is to achieve.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// What was achieved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<WorkResult>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// What an income rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Hours.
    Time,
    /// A price for a result.
    Fixed,
    /// A regular fee, or maintenance.
    Retainer,
    /// What comes along: hosting, mailings.
    ByProduct,
    /// Something made once and sold often.
    Product,
}

/// That a deal entered a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageFact {
    /// When.
    pub day: NaiveDate,
    /// Which: a stage's id.
    pub stage: String,
    /// Why, above all when lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The warning that was overridden by moving here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_of: Option<String>,
}

/// What is planned next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    /// What.
    pub what: String,
    /// When.
    pub due: NaiveDate,
    /// When it was planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<NaiveDate>,
}

/// That a price was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceTold {
    /// When.
    pub day: NaiveDate,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// That the payment terms were said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TermsTold {
    /// When.
    pub day: NaiveDate,
    /// How many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// That scope was left out for a smaller price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessScope {
    /// When.
    pub day: NaiveDate,
    /// What.
    pub what: String,
}

/// A proposal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// When they asked for it; absent: nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<NaiveDate>,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
    /// When it went out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<NaiveDate>,
    /// Until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

/// Why a deal is held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HesitationCause {
    /// They do not see what it is worth.
    ValueUnclear,
    /// The one who talks does not decide.
    NotDecisionMaker,
    /// The price came late.
    PriceLate,
    /// They have no money now.
    CashTrouble,
    /// They compare prices.
    OnlyShopping,
    /// Something changed on their side.
    SomethingChanged,
}

/// That a deal was held up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hesitation {
    /// When.
    pub day: NaiveDate,
    /// Why.
    pub cause: HesitationCause,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An agreement in writing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// When it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<NaiveDate>,
    /// When it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<NaiveDate>,
    /// When signing was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<NaiveDate>,
}

impl Agreement {
    /// Whether it stands signed: whoever refused after that is bound no more.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signed.is_some_and(|signed| self.refused.is_none_or(|refused| refused <= signed))
    }

    /// When signing was refused, where it was neither signed nor sent again since.
    #[must_use]
    pub fn refusal(&self) -> Option<NaiveDate> {
        let is_last = |refused: &NaiveDate| {
            self.signed.is_none_or(|signed| signed < *refused)
                && self.sent.is_none_or(|sent| sent <= *refused)
        };
        self.refused.filter(is_last)
    }
}

/// What is to be paid before work starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DownPayment {
    /// When it was asked for.
    pub asked: NaiveDate,
    /// How much, gross.
    pub amount: Money,
    /// The invoice that asks for it; its payments tell whether it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceId>,
}

/// How a price is split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstalmentPlan {
    /// When the plan was agreed.
    pub agreed: NaiveDate,
    /// Its parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instalments: Vec<Instalment>,
}

/// A part of a price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instalment {
    /// When it is to be invoiced or paid.
    pub due: NaiveDate,
    /// How much, gross.
    pub amount: Money,
    /// The invoice that asks for it, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceId>,
}

/// What a deal is to achieve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// When it was set.
    pub day: NaiveDate,
    /// What is measured.
    pub what: String,
    /// Where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// Where it is to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Where it got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achieved: Option<String>,
    /// When that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achieved_on: Option<NaiveDate>,
    /// What it is worth to the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Money>,
}

/// Something achieved for the client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkResult {
    /// When.
    pub day: NaiveDate,
    /// What.
    pub what: String,
    /// Whether it is beyond the agreement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beyond: bool,
    /// What it is worth to the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Money>,
}

impl Deal {
    /// What holds it up, as they said last: what they said before they asked for the proposal, or before it was sent where nobody
    /// asked, is answered by that.
    #[must_use]
    pub fn hesitation(&self) -> Option<&Hesitation> {
        let since = self.proposal.as_ref().and_then(|proposal| proposal.asked.or(proposal.sent));
        let last = self.hesitations.iter().max_by_key(|hesitation| hesitation.day);
        last.filter(|hesitation| since.is_none_or(|since| hesitation.day >= since))
    }

    /// A deal of which only client and title are known.
    #[must_use]
    pub fn new(id: DealId, client: ClientId, title: &str) -> Self {
        Self {
            id,
            client,
            title: title.to_owned(),
            basis: None,
            value: None,
            chance: None,
            stages: Vec::new(),
            next_step: None,
            decider: None,
            price_told: None,
            terms_told: None,
            less_scope: None,
            proposal: None,
            they_get: None,
            we_get: None,
            hesitations: Vec::new(),
            agreement: None,
            down_payment: None,
            instalments: None,
            delivered: None,
            goals: Vec::new(),
            results: Vec::new(),
            notes: None,
        }
    }

    /// The stage it is in: the last entry with the latest day.
    #[must_use]
    pub fn stage(&self) -> Option<&StageFact> {
        self.stages.iter().max_by_key(|fact| fact.day)
    }
}
