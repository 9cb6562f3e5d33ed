//! How this view writes its figures.

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use crate::domain::Money;
use crate::figures::Answer;
use crate::kit::number;

/// What stands where a figure is unknown.
pub(super) const UNKNOWN: &str = "–";

/// An amount at a glance, without its currency.
pub(super) fn glance(answer: &Answer<Money>) -> String {
    match answer {
        Ok(money) if money.is_zero() => "0".to_owned(),
        Ok(money) => number::summary(money.amount, money.currency.decimals()),
        Err(_) => UNKNOWN.to_owned(),
    }
}

/// An amount in full, without its currency.
pub(super) fn full(money: Money) -> String {
    number::exact(money.amount, money.currency.decimals())
}

/// An amount in full with its currency, or why it is unknown.
pub(super) fn told(answer: &Answer<Money>) -> String {
    match answer {
        Ok(money) => format!("{} {}", full(*money), money.currency),
        Err(why) => format!("not known: {why}"),
    }
}

/// A height in a chart.
pub(super) fn value(answer: &Answer<Money>) -> f64 {
    answer.as_ref().ok().and_then(|money| money.amount.to_f64()).unwrap_or(0.0)
}

/// A day on the axis of a chart.
pub(super) fn on_axis(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// `1 invoice`, `12 invoices`.
pub(super) fn invoices(count: usize) -> String {
    match count {
        1 => "1 invoice".to_owned(),
        _ => format!("{} invoices", number::count(count)),
    }
}
