//! Items about what is to come: cash below the reserve, a dry spell. They rest on the forecast of the next 13 weeks, which is
//! worked out away from the figures: as long as it is not known, there are none.
//!
//! Both count committed and likely money; open deals are what one would do something about.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::arrival::Arrivals;
use super::cost::{Cost, Stake};
use super::words::{counted, date, sentence};
use super::{Item, ItemKind};
use crate::domain::{Arrival, Business, Deal, Money, Threshold, add_days, days_between, per_cent};
use crate::figures::Client;
use crate::figures::forecast::{Forecast, Layers};
use crate::figures::words::round_amount;

/// So many days the queue looks ahead.
pub(super) const REACH_DAYS: i64 = 91;
/// What is counted.
pub(super) const WITH_LIKELY: Layers = Layers { likely: true, possible: false };
/// Days of the year before, with which new conversations are compared.
const NORM_DAYS: i64 = 365;
/// What goes and comes is compared from week to week.
const STEP_DAYS: i64 = 7;

/// What needs attention because of what is to come, by a `forecast` of 13 weeks from the same day on which the `clients` are
/// looked at.
#[must_use]
pub fn ahead_items(business: &Business, clients: &[Arc<Client>], forecast: &Forecast) -> Vec<Item> {
    [below_reserve(business, forecast), dry_spell(business, clients, forecast)]
        .into_iter()
        .flatten()
        .collect()
}

/// Of the firm's own; it came up with the last reading of the balance, on which the forecast rests.
fn of_firm(
    business: &Business,
    kind: ItemKind,
    title: &str,
    why: String,
    stake: Stake,
    cost: Cost,
    day: NaiveDate,
) -> Item {
    let readings = business.accounts.iter().flat_map(|account| &account.balances).map(|balance| balance.day);
    let since = readings.filter(|reading| *reading <= day).max().unwrap_or(day);
    Item {
        id: format!("{}:firm", kind.token()),
        kind,
        client: None,
        client_name: String::new(),
        title: title.to_owned(),
        why,
        at_stake: stake.money,
        at_stake_why: stake.why,
        cost: cost.a_week(),
        cost_of: cost.of,
        cost_share: cost.share,
        last_touch: None,
        since,
        changed: Arrival::none(since),
        came: Arrivals::default(),
        mailed: None,
        table: None,
        record: "firm".to_owned(),
    }
}

/// A share of one for every week until a day, at least one.
fn by_the_weeks_left(share: Decimal, until: NaiveDate, day: NaiveDate) -> Decimal {
    let left = Decimal::from(days_between(day, until).max(STEP_DAYS));
    share.saturating_mul(Decimal::from(STEP_DAYS)).checked_div(left).unwrap_or(share)
}

/// The chance that the balance falls below the reserve within the 13 weeks is `reserve_risk` at least.
fn below_reserve(business: &Business, forecast: &Forecast) -> Option<Item> {
    let reserve = forecast.reserve?;
    let lowest = &forecast.fan(WITH_LIKELY)?.lowest;
    let chance = Decimal::from_f64(lowest.under_reserve?)?.round_dp(3);
    if chance.saturating_mul(Decimal::ONE_HUNDRED) < business.threshold(Threshold::ReserveRisk) {
        return None;
    }
    let missing = reserve.amount.saturating_sub(lowest.nine_in_ten.amount);
    if chance.is_zero() || missing <= Decimal::ZERO {
        return None;
    }
    let stake = Stake::known(Money::new(missing, reserve.currency));
    let percent = (chance * Decimal::ONE_HUNDRED).round();
    let why = sentence([
        format!(
            "{} chance of falling below the reserve of {} within 13 weeks",
            per_cent(percent),
            round_amount(reserve)
        ),
        format!("lowest about {}, on {}", round_amount(lowest.median), date(lowest.day, forecast.day)),
        format!("nine in ten paths stay above {}", round_amount(lowest.nine_in_ten)),
    ]);
    let cost = Cost { of: stake.value, share: by_the_weeks_left(chance, lowest.day, forecast.day) };
    Some(of_firm(business, ItemKind::CashBelowReserve, "Reserve", why, stake, cost, forecast.day))
}

/// Days in which less is expected to come than to go.
pub(super) struct Gap {
    pub(super) from: NaiveDate,
    pub(super) until: NaiveDate,
    pub(super) comes: Money,
    /// Positive.
    pub(super) goes: Money,
}

impl Gap {
    /// The stretch of `dry_days` in the next 13 weeks with the widest gap, the first of several; `None` where as much comes
    /// as goes in all of them.
    pub(super) fn widest(business: &Business, forecast: &Forecast) -> Option<Self> {
        let length = business.threshold_days(Threshold::DryDays).clamp(STEP_DAYS, REACH_DAYS);
        let mut widest: Option<Self> = None;
        for step in 0..=(REACH_DAYS - length) / STEP_DAYS {
            let gap = Self::between(forecast, step * STEP_DAYS, step * STEP_DAYS + length);
            if gap.amount() > widest.as_ref().map_or(Decimal::ZERO, Self::amount) {
                widest = Some(gap);
            }
        }
        widest
    }

    /// After so many days, and until so many.
    fn between(forecast: &Forecast, after: i64, until: i64) -> Self {
        let (mut comes, mut goes) = (Decimal::ZERO, Decimal::ZERO);
        for flow in forecast.flows.iter().filter(|flow| WITH_LIKELY.counts(flow.layer)) {
            let before = if after == 0 { Decimal::ZERO } else { flow.expected_within(after).amount };
            let amount = flow.expected_within(until).amount.saturating_sub(before);
            let side = if flow.amount.amount > Decimal::ZERO { &mut comes } else { &mut goes };
            *side = side.saturating_add(amount);
        }
        let (from, last) = (add_days(forecast.day, after + 1), add_days(forecast.day, until));
        let due = forecast.taxes.iter().filter(|tax| from <= tax.day && tax.day <= last);
        for tax in due.filter(|tax| WITH_LIKELY.counts(tax.layer)) {
            goes = goes.saturating_add(tax.amount.amount);
        }
        let money = |amount| Money::new(amount, forecast.currency);
        Self { from, until: last, comes: money(comes), goes: money(-goes) }
    }

    fn amount(&self) -> Decimal {
        self.goes.amount.saturating_sub(self.comes.amount)
    }
}

/// In some `dry_days` less is expected to come than to go, and in the last `talks_days` fewer new conversations began than
/// in as many days of the year before them.
fn dry_spell(business: &Business, clients: &[Arc<Client>], forecast: &Forecast) -> Option<Item> {
    let gap = Gap::widest(business, forecast)?;
    let days = business.threshold_days(Threshold::TalksDays).max(1);
    let lately = add_days(forecast.day, -days);
    let before = add_days(lately, -NORM_DAYS);
    let began: Vec<NaiveDate> = clients.iter().flat_map(|client| conversations(client)).collect();
    let new = began.iter().filter(|day| lately < **day && **day <= forecast.day).count();
    let earlier = began.iter().filter(|day| before < **day && **day <= lately).count();
    let norm = Decimal::from(earlier).saturating_mul(Decimal::from(days)) / Decimal::from(NORM_DAYS);
    if Decimal::from(new) >= norm {
        return None;
    }
    let stake = Stake::known(Money::new(gap.amount(), forecast.currency));
    let (from, until) = (date(gap.from, forecast.day), date(gap.until, forecast.day));
    let new = counted(i64::try_from(new).unwrap_or(i64::MAX), "new conversation", "new conversations");
    let comes = if gap.comes.amount.is_zero() { "nothing".to_owned() } else { round_amount(gap.comes) };
    let why = sentence([
        format!("From {from} to {until}, {comes} is to come and {} to go", round_amount(gap.goes)),
        format!("{new} in {days} days, and {} is your norm", crate::written::decimal(norm.round_dp(1))),
    ]);
    let cost = Cost { of: stake.value, share: by_the_weeks_left(Decimal::ONE, gap.until, forecast.day) };
    Some(of_firm(business, ItemKind::DrySpell, "Dry spell", why, stake, cost, forecast.day))
}

/// The days on which talks about work began: the first stage of each deal.
fn conversations(client: &Client) -> impl Iterator<Item = NaiveDate> {
    let first = |deal: &Arc<Deal>| deal.stages.iter().map(|fact| fact.day).min();
    client.known.facts.deals.iter().filter_map(first)
}
