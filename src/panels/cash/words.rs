//! How this view writes its figures.

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{Money, per_cent};
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

/// What the day of the figures is called on an axis: while an earlier one is looked at it is not today.
pub(super) fn now(day: NaiveDate, looking: bool) -> String {
    if looking { format!("{} {}", number::date(day, day), day.year()) } else { "today".to_owned() }
}

/// A height in a chart.
pub(super) fn value(answer: &Answer<Money>) -> f64 {
    answer.as_ref().ok().and_then(|money| money.amount.to_f64()).unwrap_or(0.0)
}

/// A day on the axis of a chart.
pub(super) fn on_axis(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// The day at a place on the axis of a chart.
#[expect(clippy::cast_possible_truncation, reason = "a day of the calendar, or none")]
pub(super) fn day_on_axis(place: f64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(place.round() as i32)
}

/// An amount that comes in, `+1,200`, or goes out, `−300`, in full.
pub(super) fn signed(money: Money) -> String {
    let sign = if money.amount > rust_decimal::Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", full(money))
}

/// A chance, which is never more exact than a hundredth: `6 %`, `<1 %`, `>99 %`.
pub(super) fn chance(chance: f64) -> String {
    match chance {
        it if it <= 0.0 => "no".to_owned(),
        it if it < 0.01 => per_cent("<1"),
        it if it >= 1.0 => per_cent(100),
        it if it > 0.99 => per_cent(">99"),
        it => per_cent(format_args!("{:.0}", it * 100.0)),
    }
}

/// `1 invoice`, `12 invoices`.
pub(super) fn invoices(count: usize) -> String {
    match count {
        1 => "1 invoice".to_owned(),
        _ => format!("{} invoices", number::count(count)),
    }
}
