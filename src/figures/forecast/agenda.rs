//! What is to come and go, day by day: each thing on the day it is most expected.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientId, Money, Table, add_days};

use super::coming::times;
use super::{Flow, Forecast, Layer, Layers, TaxDue};

/// Below this chance something is not worth a row of its own; it is counted in every total all the same.
const LEAST: f64 = 0.005;

/// Something that is to come or go, on the day it is most expected.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaRow {
    /// The middle of the days on which it may come, if it comes within the days looked at.
    pub day: NaiveDate,
    /// What for.
    pub what: String,
    /// Whose, where it belongs to a client.
    pub client: Option<(ClientId, Arc<str>)>,
    /// The flow it is, by its key; `None` for what leaves for the state.
    pub flow: Option<String>,
    /// The record it comes from.
    pub record: Option<(Table, String)>,
    /// How sure it is to come at all.
    pub layer: Layer,
    /// How much: positive comes in, negative goes out.
    pub amount: Money,
    /// The chance that it comes within the days looked at.
    pub chance: f64,
    /// What is to be counted on: its amount times the chance, rounded to the currency's decimals.
    pub expected: Money,
}

/// The flows and taxes of a forecast by the day on which each is most expected.
pub(super) fn agenda(flows: &[Flow], taxes: &[TaxDue], day: NaiveDate, days: i64) -> Vec<AgendaRow> {
    let mut rows: Vec<AgendaRow> = flows.iter().filter_map(|flow| row(flow, day, days)).collect();
    rows.extend(taxes.iter().map(|tax| AgendaRow {
        day: tax.day,
        what: "Set aside for tax".to_owned(),
        client: None,
        flow: None,
        record: None,
        layer: tax.layer,
        amount: tax.amount,
        chance: 1.0,
        expected: tax.amount,
    }));
    // Flows come in the order of their keys; a stable sort keeps it within a day.
    rows.sort_by_key(|row| row.day);
    rows
}

fn row(flow: &Flow, day: NaiveDate, days: i64) -> Option<AgendaRow> {
    let by = flow.when.by_day(days);
    let chance = by.last().copied().unwrap_or(0.0);
    let middle = by.partition_point(|it| *it < chance / 2.0);
    let ahead = i64::try_from(middle).ok()?.saturating_add(1);
    (chance >= LEAST).then(|| AgendaRow {
        day: add_days(day, ahead),
        what: flow.what.clone(),
        client: flow.client.clone(),
        flow: Some(flow.key.clone()),
        record: flow.record.clone(),
        layer: flow.layer,
        amount: flow.amount,
        chance,
        expected: times(flow.amount, chance),
    })
}

/// What may come or go on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayPart {
    /// From whom, or what for where it belongs to no client.
    pub who: Arc<str>,
    /// How much.
    pub amount: Money,
    /// The chance that it does on that very day; `None` for tax, whose amount is what is expected of it.
    pub chance: Option<f64>,
}

impl Forecast {
    /// What may come or go on a day, of the layers that are counted: what comes in, then what goes out, each with the largest
    /// expected amount first, then what leaves for the state, once.
    #[must_use]
    pub fn day_parts(&self, day: NaiveDate, layers: Layers) -> Vec<DayPart> {
        let flows: Vec<DayPart> = self
            .on_day(day)
            .into_iter()
            .filter(|it| layers.counts(it.flow.layer))
            .map(|it| DayPart {
                who: it
                    .flow
                    .client
                    .as_ref()
                    .map_or_else(|| it.flow.what.as_str().into(), |(_, name)| name.clone()),
                amount: it.flow.amount,
                chance: Some(it.chance),
            })
            .collect();
        let (mut parts, money_out): (Vec<DayPart>, Vec<DayPart>) =
            flows.into_iter().partition(|part| part.amount.amount.is_sign_positive());
        parts.extend(money_out);
        let taxes = self.taxes.iter().filter(|tax| tax.day == day && layers.counts(tax.layer));
        let tax: Decimal = taxes.map(|tax| tax.amount.amount).sum();
        if !tax.is_zero() {
            let amount = Money::new(tax, self.currency);
            parts.push(DayPart { who: "Tax set aside".into(), amount, chance: None });
        }
        parts
    }
}
