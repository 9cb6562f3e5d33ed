//! What is expected of each flow: its chance to come in some days, and its amount times that.
//!
//! Money is rounded once for every flow, so a total is exactly the sum of what is expected of each.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::domain::{Money, add_days, days_between};

use super::draw::WithBills;
use super::{Flow, FlowKind, Forecast, Layer, SetAside, When};

/// What a flow may bring on a day, or take.
#[derive(Debug, Clone, PartialEq)]
pub struct Coming<'a> {
    /// Which one.
    pub flow: &'a Flow,
    /// The chance that it comes on that very day.
    pub chance: f64,
    /// Its amount times the chance, rounded.
    pub expected: Money,
}

/// What is expected of a layer within the days of a forecast. Together its three amounts are the expected change of the
/// balance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expectation {
    /// Which layer.
    pub layer: Layer,
    /// Σ of what is expected of the flows that come in.
    pub money_in: Money,
    /// Σ of what is expected of those that go out: nought or negative.
    pub money_out: Money,
    /// Σ of what was set aside for the state and is expected to leave: nought or negative, unless more is due back.
    pub tax: Money,
}

/// What is expected to leave for the state on a tax day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaxDue {
    /// The tax day.
    pub day: NaiveDate,
    /// From which layer's receipts.
    pub layer: Layer,
    /// How much: negative, as it goes out.
    pub amount: Money,
    /// What beside that was set aside for the day and goes with bills among the expenses instead.
    pub with_bills: Money,
}

impl When {
    /// The chance that it comes within so many days.
    #[must_use]
    pub fn within(&self, days: i64) -> f64 {
        match self {
            Self::After(pmf) => pmf.within(days),
            Self::Following(event, after) => {
                (1..days).map(|on| event.when.on_day(on) * after.within(days - on)).sum::<f64>().min(1.0)
            }
        }
    }

    /// The chance that it comes on that very day.
    #[must_use]
    pub fn on_day(&self, days: i64) -> f64 {
        match self {
            Self::After(pmf) => pmf.on_day(days),
            Self::Following(event, after) => {
                (1..days).map(|on| event.when.on_day(on) * after.on_day(days - on)).sum()
            }
        }
    }
}

impl Flow {
    /// The day of a fee, which its key tells.
    pub(in crate::figures) fn fee_day(&self) -> Option<NaiveDate> {
        let day = self.key.rsplit('/').next()?.split('#').next()?;
        day.parse().ok().filter(|_| self.kind == FlowKind::Fee)
    }

    /// What is expected of it within so many days: its amount times the chance, rounded.
    #[must_use]
    pub fn expected_within(&self, days: i64) -> Money {
        times(self.amount, self.when.within(days))
    }

    /// What is not expected within so many days: the rest of its amount.
    #[must_use]
    pub fn left_after(&self, days: i64) -> Money {
        Money::new(self.amount.amount - self.expected_within(days).amount, self.amount.currency)
    }
}

impl Forecast {
    /// What comes and goes on a day and from whom, the largest expected amount first. Tax stands in
    /// [`Forecast::taxes`].
    #[must_use]
    pub fn on_day(&self, on: NaiveDate) -> Vec<Coming<'_>> {
        let days = days_between(self.day, on);
        let mut rows: Vec<Coming<'_>> = self
            .flows
            .iter()
            .map(|flow| (flow, flow.when.on_day(days)))
            .filter(|(_, chance)| *chance > 0.0)
            .map(|(flow, chance)| Coming { flow, chance, expected: times(flow.amount, chance) })
            .collect();
        let size = |row: &Coming<'_>| (row.expected.amount.abs(), row.flow.amount.amount.abs());
        rows.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.flow.key.cmp(&b.flow.key)));
        rows
    }

    /// What is expected of a layer within the days of the forecast.
    #[must_use]
    pub fn expected(&self, layer: Layer) -> Expectation {
        let days = days_between(self.day, self.until);
        let mut sums = [Decimal::ZERO; 2];
        let [money_in, money_out] = &mut sums;
        for flow in self.flows.iter().filter(|flow| flow.layer == layer) {
            let expected = flow.expected_within(days).amount;
            let sum = if flow.amount.amount.is_sign_negative() { &mut *money_out } else { &mut *money_in };
            *sum += expected;
        }
        let taxes = self.taxes.iter().filter(|tax| tax.layer == layer).map(|tax| tax.amount.amount);
        let [money_in, money_out] = sums.map(|sum| Money::new(sum, self.currency));
        Expectation { layer, money_in, money_out, tax: Money::new(taxes.sum(), self.currency) }
    }
}

/// What is expected to leave on each tax day within `days` after `day`, for each layer from which something does: what is
/// expected to be set aside, less what of it goes with bills in the paths.
pub(super) fn taxes(
    flows: &[Flow],
    set_aside: &SetAside,
    with_bills: &[WithBills],
    day: NaiveDate,
    days: i64,
) -> Vec<TaxDue> {
    let mut taxes = Vec::new();
    let expected = set_aside.expected(flows).into_iter().filter(|(on, _)| *on <= days);
    for ((on, sums), bills) in expected.zip(with_bills) {
        let of_layers = Layer::ALL.into_iter().zip(sums).zip(bills.amounts.into_iter().zip(bills.all));
        for ((layer, sum), (bills, all)) in of_layers {
            // Of the mean of the draws no more than the expectation itself, which is known exactly.
            let most = sum.amount.max(Decimal::ZERO);
            let with_bills = if all { most } else { bills.amount.clamp(Decimal::ZERO, most) };
            let amount = Money::new(with_bills.saturating_sub(sum.amount), sum.currency);
            let with_bills = Money::new(with_bills, sum.currency);
            if !amount.is_zero() {
                taxes.push(TaxDue { day: add_days(day, on), layer, amount, with_bills });
            }
        }
    }
    taxes
}

/// An amount times a chance, rounded; the amount itself where it is certain.
pub(super) fn times(amount: Money, chance: f64) -> Money {
    if chance >= 1.0 {
        return amount;
    }
    amount.times(Decimal::from_f64(chance.clamp(0.0, 1.0)).unwrap_or_default())
}
