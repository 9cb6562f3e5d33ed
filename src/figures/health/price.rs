//! Respects the price: pushes on price and scope, and discounts for which no scope was left out, for each deal.
//!
//! Pushes are touches of the kinds `price_push` and `scope_push`. A discount is a deal agreed at less than the price told. 100
//! points without any, none from `pushes_worst` a deal on. A deal counts where a price was noted for it; a push is known without
//! one. Without a push nobody can know, where no touch was noted or no price talked about.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::Threshold;
use crate::domain::{Deal, Money, Phase, Table, TouchKind};
use crate::figures::kind::won_on;
use crate::figures::proof::{Unit, Value};

use super::look::{Look, touch_facts};
use super::{Evidence, Indicator, Measure, Reading, once_each, scale};

/// A push on price or scope.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Push {
    /// When.
    pub(in crate::figures) day: NaiveDate,
    /// What, in a few words.
    pub(in crate::figures) what: &'static str,
    /// The record that tells.
    pub(in crate::figures) fact: (Table, String),
}

/// Every push of the window, by day.
pub(in crate::figures) fn pushes(look: &Look<'_>) -> Vec<Push> {
    let mut pushes: Vec<Push> = look
        .touches()
        .into_iter()
        .filter_map(|touch| {
            let what = match touch.kind? {
                TouchKind::PricePush => "pushed the price",
                TouchKind::ScopePush => "pushed the scope",
                _ => return None,
            };
            Some(Push { day: touch.day, what, fact: (Table::Touches, touch.id.to_string()) })
        })
        .collect();
    pushes.extend(look.known.facts.deals.iter().filter_map(|deal| {
        Some(Push {
            day: discounted_without_less(look, deal)?,
            what: "got a discount without less scope",
            fact: (Table::Deals, deal.id.to_string()),
        })
    }));
    pushes.sort_by(|a, b| (a.day, &a.fact).cmp(&(b.day, &b.fact)));
    pushes
}

/// Pushes in words, each sort counted apart: `pushed the price once, pushed the scope 3 times`.
pub(in crate::figures) fn pushes_in_words(pushes: &[Push]) -> String {
    let sorts = ["pushed the price", "pushed the scope", "got a discount without less scope"];
    let said: Vec<String> = sorts
        .into_iter()
        .filter_map(|what| match pushes.iter().filter(|push| push.what == what).count() {
            0 => None,
            1 => Some(format!("{what} once")),
            n => Some(format!("{what} {n} times")),
        })
        .collect();
    if said.is_empty() { "pushed neither price nor scope".to_owned() } else { said.join(", ") }
}

/// The day in the window on which a deal was won at a discount for which no scope was left out.
pub(super) fn discounted_without_less(look: &Look<'_>, deal: &Deal) -> Option<NaiveDate> {
    let day = won_on(look.stages, deal).filter(|day| look.is_recent(*day))?;
    (discount(deal).is_some() && deal.less_scope.is_none()).then_some(day)
}

/// By how much the deal is worth less than the price told.
pub(in crate::figures) fn discount(deal: &Deal) -> Option<Money> {
    let told = deal.price_told.as_ref()?.amount?;
    let value = deal.value.filter(|value| value.currency == told.currency)?;
    let less = told.amount.saturating_sub(value.amount);
    (less > Decimal::ZERO).then(|| Money::new(less, told.currency))
}

pub(super) fn reading(look: &Look<'_>) -> Reading {
    let priced: Vec<&Deal> =
        look.known.facts.deals.iter().map(AsRef::as_ref).filter(|it| priced(look, it)).collect();
    let touches = look.touches();
    let mut facts = touch_facts(&touches);
    facts.extend(look.known.facts.deals.iter().map(|deal| (Table::Deals, deal.id.to_string())));
    facts.push(look.client_fact());
    let facts = once_each(facts);
    let evidence = Evidence::of(priced.len(), "deals");
    let pushes = pushes(look);
    let why = match (priced.is_empty(), touches.is_empty()) {
        _ if !pushes.is_empty() => None,
        (true, _) => Some("no deal with a price was talked about"),
        (false, true) => Some("no touch was noted, so nobody can know whether they pushed"),
        _ => None,
    };
    if let Some(why) = why {
        return Reading::unknown(Indicator::Price, why, evidence, facts);
    }
    let deals = if priced.is_empty() { "no deal with a price".to_owned() } else { evidence.words() };
    let a_deal = Decimal::from(pushes.len()).checked_div(priced.len().max(1).into()).unwrap_or_default();
    let points = scale(a_deal, look.threshold(Threshold::PushesWorst), Decimal::ZERO);
    let what = pushes_in_words(&pushes);
    let measure = Measure::new("Pushes for each deal", 1, points, format!("{what}, in {deals}"));
    let measures = vec![measure];
    Reading {
        indicator: Indicator::Price,
        value: Ok(Value::Number(a_deal, Unit::Things)),
        points: Reading::points_of(&measures),
        measures,
        says: format!("{}, in {deals}; {}.", capital(&what), last_rise(look)),
        evidence,
        facts,
    }
}

/// A deal with a price that was talked about or agreed in the window.
pub(in crate::figures) fn priced(look: &Look<'_>, deal: &Deal) -> bool {
    let has_price = deal.value.is_some() || deal.price_told.is_some();
    let open = look.phase(deal) == Some(Phase::Open);
    has_price && (open || deal.stages.iter().any(|stage| look.is_recent(stage.day)))
}

/// How long ago the client's rate last rose.
fn last_rise(look: &Look<'_>) -> String {
    match look.known.client.rates.iter().filter(|rate| rate.from <= look.day).max_by_key(|rate| rate.from) {
        Some(rate) => format!("the rate is {} since {} days", rate.rate, look.days_since(rate.from)),
        None => "no rate of its own is noted".to_owned(),
    }
}

/// A clause with its first letter large.
pub(in crate::figures) fn capital(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
