//! Comes back: the chance of another order, how often there was one, a regular fee.
//!
//! - **Chance to order within 12 months**, as the forecast reckons it (see [`crate::figures::forecast`], quiet clients): its
//!   points are the chance in per cent; it counts twice.
//! - **Orders so far**: none of the points for a single one, all of them from `jobs_full` on.
//! - **A regular fee** that runs, or a deal for maintenance at work: 100 points, and nothing else counts: who pays one comes back by it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::domain::{Basis, Phase, Table, Threshold, days_between, per_cent};
use crate::figures::forecast::dormancy::{History, ordered_on};
use crate::figures::proof::{Unit, Value};

use super::look::Look;
use super::pool::Pool;
use super::{Evidence, FactId, Indicator, Measure, Reading, once_each, scale};

/// The days within which another order is expected or not.
pub(super) const YEAR_DAYS: i64 = 365;

/// What one client ordered, from its own facts alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Returning {
    history: Option<History>,
    orders: usize,
    last: Option<NaiveDate>,
    /// What the regular fee is for, where one runs.
    regular: Option<String>,
    /// Whether there ever was one.
    had_fee: bool,
    jobs_full: Decimal,
    day: NaiveDate,
    facts: Vec<FactId>,
}

impl Returning {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let facts = &look.known.facts;
        let orders = ordered_on(look.stages, look.known);
        let client = &look.known.client;
        let ended = client.end_known_on();
        let fee = look.known.running_retainers(look.day).next();
        let maintenance = facts
            .deals
            .iter()
            .find(|deal| deal.basis == Some(Basis::Retainer) && look.phase(deal) == Some(Phase::Won));
        let maintenance = maintenance.filter(|_| client.over_on().is_none());
        let regular = fee.map(|fee| fee.what.clone()).or_else(|| maintenance.map(|it| it.title.clone()));
        let mut seen = vec![look.client_fact()];
        seen.extend(facts.invoices.iter().map(|it| (Table::Invoices, it.id.to_string())));
        seen.extend(facts.retainers.iter().map(|it| (Table::Retainers, it.id.to_string())));
        seen.extend(facts.deals.iter().map(|it| (Table::Deals, it.id.to_string())));
        Self {
            orders: orders.len(),
            last: orders.last().copied(),
            history: (!orders.is_empty()).then(|| History::new(orders, ended)),
            regular,
            had_fee: !facts.retainers.is_empty(),
            jobs_full: look.threshold(Threshold::JobsFull),
            day: look.day,
            facts: once_each(seen),
        }
    }

    /// With what the same client ordered besides; without the records, where only the points are asked for.
    pub(super) fn with(&self, more: &Self) -> Self {
        Self {
            history: match (&self.history, &more.history) {
                (Some(known), Some(more)) => Some(known.with(more)),
                (known, more) => known.clone().or_else(|| more.clone()),
            },
            orders: self.orders + more.orders,
            last: self.last.max(more.last),
            regular: self.regular.clone().or_else(|| more.regular.clone()),
            had_fee: self.had_fee || more.had_fee,
            jobs_full: self.jobs_full,
            day: self.day,
            facts: Vec::new(),
        }
    }

    pub(super) fn history(&self) -> Option<&History> {
        self.history.as_ref()
    }

    pub(super) fn orders(&self) -> usize {
        self.orders
    }

    /// The chance of an order within 12 months, in hundredths.
    fn chance(&self, pool: &Pool) -> Option<Decimal> {
        let chance = self.history.as_ref()?.chance(&pool.common, self.day)?;
        Decimal::from_f64(chance.clamp(0.0, 1.0)).map(|chance| chance.round_dp(2))
    }

    pub(super) fn reading(&self, pool: &Pool) -> Reading {
        let evidence = match (self.orders, &self.regular) {
            (orders, None) => Evidence::of(orders, "orders"),
            (0, Some(_)) => Evidence::of(1, "fees"),
            (orders, Some(_)) => Evidence::of(orders + 1, "orders and fees"),
        };
        let chance = self.chance(pool);
        let mut measures = Vec::new();
        let mut says = Vec::new();
        if let Some(chance) = chance {
            let percent = chance.saturating_mul(Decimal::ONE_HUNDRED);
            let words = format!("{} to order within 12 months", per_cent(percent.round()));
            let measure = Measure::new("Chance of another order", 2, percent, words.clone());
            measures.push(measure.with("Within 12 months", Value::Number(chance, Unit::Fraction)));
            let count = Decimal::from(self.orders);
            let orders = if self.orders == 1 { "one order".to_owned() } else { format!("{count} orders") };
            let points = scale(count, Decimal::ONE, self.jobs_full.max(Decimal::TWO));
            let measure = Measure::new("Orders so far", 1, points, orders.clone()).counting("Orders", count);
            let since = self.last.map(|last| days_between(last, self.day));
            measures.push(match since {
                Some(since) => measure.days("Since the last one", since),
                None => measure,
            });
            let last = since.map(|days| match days {
                0 => ", the last today".to_owned(),
                1 => ", the last yesterday".to_owned(),
                days => format!(", the last {days} days ago"),
            });
            says.push(format!("{orders}{}", last.unwrap_or_default()));
            says.push(words);
        }
        // Who pays a regular fee comes back by that: an order besides is no less.
        if let Some(what) = &self.regular {
            let words = format!("a regular fee: {what}");
            let fee = Measure::new("Regular fee", 1, Decimal::ONE_HUNDRED, words.clone());
            let told = measures.drain(..).flat_map(|it: Measure| it.found);
            measures = vec![told.fold(fee, |fee, (what, value)| fee.with(what, value))];
            says.push(words);
        }
        if measures.is_empty() {
            let why = if self.had_fee { "a fee that is over is no order" } else { "nothing was ordered yet" };
            return Reading::unknown(Indicator::Returns, why, evidence, self.facts.clone());
        }
        let mut sentence = says.join("; ");
        if let Some(first) = sentence.get(..1).map(str::to_uppercase) {
            sentence.replace_range(..1, &first);
        }
        Reading {
            indicator: Indicator::Returns,
            value: chance
                .map(|chance| Value::Number(chance, Unit::Fraction))
                .ok_or_else(|| crate::figures::Unknown::because("only a regular fee is known, no order")),
            points: Reading::points_of(&measures),
            measures,
            evidence,
            says: format!("{sentence}."),
            facts: self.facts.clone(),
        }
    }
}
