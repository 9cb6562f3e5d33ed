//! What of a flow is expected within some days: its amount times the chance that it comes by then.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::super::{Flow, Layer};
use crate::domain::{Currency, Money};

/// What is expected of a layer's flows within so many days: incoming less outgoing. Only the sum is rounded, so that splitting a
/// flow changes nothing; and the sums of both ways by themselves, so that it is exactly what comes in less what goes out.
#[must_use]
pub fn expected_within(flows: &[Flow], layer: Layer, currency: Currency, days: i64) -> Money {
    let [money_in, money_out] =
        [true, false].map(|comes_in| moving_within(flows, layer, currency, days, comes_in).amount);
    Money::new(money_in.saturating_sub(money_out), currency)
}

/// What is expected to come in of a layer's flows within so many days, or to go out; both are positive, and rounded.
pub(super) fn moving_within(
    flows: &[Flow],
    layer: Layer,
    currency: Currency,
    days: i64,
    comes_in: bool,
) -> Money {
    let sum = flows
        .iter()
        .filter(|flow| flow.layer == layer && flow.amount.amount.is_sign_positive() == comes_in)
        .fold(Decimal::ZERO, |sum, flow| sum.saturating_add(expected(flow, days).abs()));
    Money::new(sum, currency).rounded()
}

/// What is expected of a flow within so many days, not rounded to coins.
pub(super) fn expected(flow: &Flow, days: i64) -> Decimal {
    flow.amount.amount * decimal(flow.when.within(days))
}

/// A share of an amount, rounded to its currency's coins.
pub(super) fn share_of(amount: Money, share: f64) -> Money {
    amount.times(decimal(share))
}

/// A chance or share as a fraction that is counted with exactly.
fn decimal(share: f64) -> Decimal {
    Decimal::from_f64(share).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE).round_dp(9)
}
