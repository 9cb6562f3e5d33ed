//! Where value talks break: what held deals up, in which stage, and what was lost with those that were lost.
//!
//! A hesitation belongs to the stage the deal was in on its day, and one noted as the deal was lost to the stage before. A deal counts once for each cause in each stage, however
//! often it was noted; in the totals it counts once. Its value is that of the deal, net of tax, at the rate of the day
//! looked at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::look::Look;
use crate::domain::{Business, Currency, Deal, DealId, HesitationCause, Money, Phase};
use crate::figures::jobs::phase_of;
use crate::figures::sum::{Sum, converted};
use crate::figures::{Answer, Client, Unknown};

/// What held deals up.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueTalks {
    /// By stage and cause, where most was lost first.
    pub rows: Vec<BreakRow>,
    /// Deals that were held up; unknown where no hesitation was noted.
    pub deals: Answer<usize>,
    /// Of them, those lost since.
    pub lost: Answer<usize>,
    /// What those were worth.
    pub money_lost: Answer<Money>,
    /// How many of those have no value, and so are in no sum.
    pub without_value: usize,
}

/// What one cause held up in one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakRow {
    /// The stage's id; `None` before the first one.
    pub stage: Option<String>,
    /// What the stage is called.
    pub stage_name: String,
    /// Why.
    pub cause: HesitationCause,
    /// How many deals.
    pub deals: usize,
    /// Of them, those lost since.
    pub lost: usize,
    /// What those were worth; unknown where none of them has a value.
    pub money_lost: Answer<Money>,
    /// How many of those have no value, and so are in no sum.
    pub without_value: usize,
}

/// A deal held up in a stage for a cause.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct HeldUp {
    pub(in crate::figures) deal: DealId,
    pub(in crate::figures) stage: Option<String>,
    pub(in crate::figures) cause: HesitationCause,
    pub(in crate::figures) lost: bool,
    pub(in crate::figures) value: Option<Answer<Money>>,
}

/// The word of a cause in reports.
#[must_use]
pub fn cause_token(cause: HesitationCause) -> &'static str {
    match cause {
        HesitationCause::ValueUnclear => "value_unclear",
        HesitationCause::NotDecisionMaker => "not_decision_maker",
        HesitationCause::PriceLate => "price_late",
        HesitationCause::CashTrouble => "cash_trouble",
        HesitationCause::OnlyShopping => "only_shopping",
        HesitationCause::SomethingChanged => "something_changed",
    }
}

/// What a cause is called.
#[must_use]
pub fn cause_title(cause: HesitationCause) -> &'static str {
    match cause {
        HesitationCause::ValueUnclear => "Value unclear",
        HesitationCause::NotDecisionMaker => "Not the one who decides",
        HesitationCause::PriceLate => "Price came late",
        HesitationCause::CashTrouble => "No money now",
        HesitationCause::OnlyShopping => "Only comparing prices",
        HesitationCause::SomethingChanged => "Something changed",
    }
}

/// The deals of a client that were held up, once for each stage and cause.
pub(in crate::figures) fn held_up(look: &Look<'_>) -> Vec<HeldUp> {
    let mut found = Vec::new();
    for deal in &look.known.facts.deals {
        let mut seen = BTreeSet::new();
        for hesitation in &deal.hesitations {
            let stage = stage_on(look, deal, hesitation.day);
            if seen.insert((stage, hesitation.cause)) {
                found.push(HeldUp {
                    deal: deal.id.clone(),
                    stage: stage.map(str::to_owned),
                    cause: hesitation.cause,
                    lost: look.is_lost(deal),
                    value: deal.value.map(|value| converted(look.business, value, look.day)),
                });
            }
        }
    }
    found
}

/// The stage a deal was in on a day; of one lost by then, the one in which it was before.
fn stage_on<'a>(look: &Look<'_>, deal: &'a Deal, day: NaiveDate) -> Option<&'a str> {
    let lost = |id: &str| phase_of(look.stages, id) == Some(Phase::Lost);
    let entered = deal.stages.iter().filter(|fact| fact.day <= day && !lost(&fact.stage));
    entered.max_by_key(|fact| fact.day).map(|fact| fact.stage.as_str())
}

/// What lost deals were worth, how many there are, and how many of them without a value.
fn lost<'a>(
    currency: Currency,
    held: impl Iterator<Item = &'a HeldUp> + Clone,
) -> (usize, Answer<Money>, usize) {
    let lost = held.filter(|held| held.lost);
    let count = lost.clone().count();
    let without_value = lost.clone().filter(|held| held.value.is_none()).count();
    let money = if count > 0 && count == without_value {
        Err(Unknown::because("no lost deal has a value"))
    } else {
        Sum::of(currency, lost.filter_map(|held| held.value.as_ref()))
    };
    (count, money, without_value)
}

impl ValueTalks {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>]) -> Self {
        let stages = business.stages();
        let mut groups: BTreeMap<(Option<&str>, HesitationCause), Vec<&HeldUp>> = BTreeMap::new();
        let mut once: BTreeMap<&DealId, &HeldUp> = BTreeMap::new();
        for held in clients.iter().flat_map(|client| &client.firm.held_up) {
            groups.entry((held.stage.as_deref(), held.cause)).or_default().push(held);
            once.insert(&held.deal, held);
        }
        let place = |id: Option<&str>| stages.iter().position(|stage| Some(stage.id.as_str()) == id);
        let name = |id: Option<&str>| match (id, place(id).and_then(|at| stages.get(at))) {
            (_, Some(stage)) => stage.name.clone(),
            (Some(id), None) => id.to_owned(),
            (None, None) => "Before the first stage".to_owned(),
        };
        let mut rows: Vec<BreakRow> = groups
            .into_iter()
            .map(|((stage, cause), held)| {
                let (lost, money_lost, without_value) = lost(business.currency, held.iter().copied());
                BreakRow {
                    stage: stage.map(str::to_owned),
                    stage_name: name(stage),
                    cause,
                    deals: held.len(),
                    lost,
                    money_lost,
                    without_value,
                }
            })
            .collect();
        let money = |row: &BreakRow| row.money_lost.as_ref().map_or(Decimal::ZERO, |money| money.amount);
        rows.sort_by_key(|row| {
            (Reverse((money(row), row.lost, row.deals)), place(row.stage.as_deref()), row.cause)
        });
        let (count, money_lost, without_value) = lost(business.currency, once.values().copied());
        let noted = if once.is_empty() { Err(Unknown::because("no hesitation was noted")) } else { Ok(()) };
        Self {
            rows,
            deals: noted.clone().map(|()| once.len()),
            lost: noted.clone().map(|()| count),
            money_lost: noted.and(money_lost),
            without_value,
        }
    }

    /// The row of a stage and a cause.
    #[must_use]
    pub fn row(&self, stage: Option<&str>, cause: HesitationCause) -> Option<&BreakRow> {
        self.rows.iter().find(|row| row.stage.as_deref() == stage && row.cause == cause)
    }
}
