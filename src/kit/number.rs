//! How figures and days are written. English, the same on every machine: no locale has a say.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

/// U+2212, as wide as a plus: what stands before a figure below zero.
pub const MINUS: char = '\u{2212}';

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// An amount in full with at least `decimals` places: `1,250.00`, `−0.125`. Further places are kept, not rounded away.
#[must_use]
pub fn exact(amount: Decimal, decimals: u32) -> String {
    let places = amount.normalize().scale().max(decimals);
    grouped(amount, places)
}

/// An amount at a glance: whole from 1,000 up, else with `decimals` places. `12,400`, `840.50`.
#[must_use]
pub fn summary(amount: Decimal, decimals: u32) -> String {
    let places = if amount.abs() >= Decimal::ONE_THOUSAND { 0 } else { decimals };
    grouped(amount, places)
}

/// A count with separators: `100,000`.
#[must_use]
pub fn count(count: usize) -> String {
    separated(&count.to_string())
}

/// The label of an axis: at most three digits and a letter. `950`, `1.2k`, `−12k`, `3M`.
#[must_use]
pub fn compact(value: f64) -> String {
    let size = value.abs();
    let (divisor, letter) = match size {
        s if s >= 999_500_000.0 => (1e9, "B"),
        s if s >= 999_500.0 => (1e6, "M"),
        s if s >= 999.5 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let scaled = size / divisor;
    let digits = if scaled >= 99.95 { format!("{scaled:.0}") } else { format!("{scaled:.1}") };
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    let sign = if value < 0.0 && digits != "0" { MINUS.to_string() } else { String::new() };
    format!("{sign}{digits}{letter}")
}

/// The sign behind a number of hundredths, and the space before it, which never breaks.
pub const PER_CENT: &str = "\u{a0}%";

/// A share of one as per cent: `37 %`, `4.2 %` below ten, `<0.1 %` for what is too little to show.
#[must_use]
pub fn percent(share: f64) -> String {
    let per_hundred = share * 100.0;
    let size = per_hundred.abs();
    let sign = if per_hundred < 0.0 { MINUS.to_string() } else { String::new() };
    match size {
        0.0 => format!("0{PER_CENT}"),
        s if s < 0.05 => format!("<{sign}0.1{PER_CENT}"),
        s if s < 9.95 => {
            let digits = format!("{s:.1}");
            format!("{sign}{}{PER_CENT}", digits.strip_suffix(".0").unwrap_or(&digits))
        }
        s => format!("{sign}{s:.0}{PER_CENT}"),
    }
}

/// A span of days: `18 d`, `−3 d`.
#[must_use]
pub fn days(days: i64) -> String {
    let sign = if days < 0 { MINUS.to_string() } else { String::new() };
    format!("{sign}{} d", separated(&days.unsigned_abs().to_string()))
}

/// A day against today: `18 d ago`, `today`, `in 3 d`.
#[must_use]
pub fn relative(day: NaiveDate, today: NaiveDate) -> String {
    let distance = day.signed_duration_since(today).num_days();
    match distance {
        0 => "today".to_owned(),
        1.. => format!("in {}", days(distance)),
        _ => format!("{} ago", days(distance.saturating_neg())),
    }
}

/// A day on the calendar: `4 Mar`, with its year if that is not today's, `4 Mar 2023`.
#[must_use]
pub fn date(day: NaiveDate, today: NaiveDate) -> String {
    let month = month_name(day.month());
    if day.year() == today.year() {
        format!("{} {month}", day.day())
    } else {
        format!("{} {month} {}", day.day(), day.year())
    }
}

/// The same where there is little room: `4 Mar`, with the last digits of another year, `4 Mar ’23`.
#[must_use]
pub fn short_date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        return date(day, today);
    }
    format!("{} {} \u{2019}{:02}", day.day(), month_name(day.month()), day.year().rem_euclid(100))
}

/// Both together: `18 d ago · 4 Mar`, `in 3 d · Tue 24 Nov`. The weekday is named within a week on either side of today.
#[must_use]
pub fn relative_date(day: NaiveDate, today: NaiveDate) -> String {
    let near = day.signed_duration_since(today).num_days().abs() <= 7;
    let weekday = if near { format!("{} ", weekday_name(day)) } else { String::new() };
    format!("{} · {weekday}{}", relative(day, today), date(day, today))
}

/// A month: `Mar 2026`.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    format!("{} {}", month_name(day.month()), day.year())
}

/// The short English name of a month, 1 to 12; empty for any other number.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// The short English name of a day's weekday.
#[must_use]
pub fn weekday_name(day: NaiveDate) -> &'static str {
    let index = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    WEEKDAYS.get(index).copied().unwrap_or_default()
}

fn grouped(amount: Decimal, places: u32) -> String {
    let mut rounded = amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    let text = rounded.abs().to_string();
    let (whole, part) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let sign =
        if rounded.is_sign_negative() && !rounded.is_zero() { MINUS.to_string() } else { String::new() };
    let part = part.map(|part| format!(".{part}")).unwrap_or_default();
    format!("{sign}{}{part}", separated(whole))
}

/// A comma before each third digit from the right.
fn separated(digits: &str) -> String {
    let length = digits.len();
    let mut out = String::with_capacity(length + length / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (length - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_summary_drops_cents_from_a_thousand_up_and_detail_never_does() {
        assert_eq!(summary(decimal("12400.50"), 2), "12,401");
        assert_eq!(summary(decimal("999.50"), 2), "999.50");
        assert_eq!(summary(decimal("-1000"), 2), "−1,000");
        assert_eq!(summary(decimal("840"), 0), "840");
        assert_eq!(exact(decimal("1234567.5"), 2), "1,234,567.50");
        assert_eq!(exact(decimal("-0.125"), 2), "−0.125");
        assert_eq!(exact(decimal("0"), 2), "0.00");
    }

    #[test]
    fn nothing_is_ever_minus_zero() {
        assert_eq!(summary(decimal("-0.001"), 2), "0.00");
        assert_eq!(compact(-0.01), "0");
    }

    #[test]
    fn an_axis_label_is_short() {
        let labels = [950.0, 1_200.0, -12_000.0, 999_600.0, 3_000_000.0, 0.5, 125_400.0].map(compact);
        assert_eq!(labels, ["950", "1.2k", "−12k", "1M", "3M", "0.5", "125k"]);
    }

    #[test]
    fn a_share_is_rounded_to_what_can_be_told_apart() {
        assert_eq!(
            [0.0, 0.0004, 0.042, 0.0999, 0.374, 1.0, -0.05].map(percent),
            ["0", "<0.1", "4.2", "10", "37", "100", "−5"].map(|number| format!("{number}\u{a0}%"))
        );
    }

    #[test]
    fn a_day_is_told_against_today_and_on_the_calendar() {
        let today = day("2026-11-21");
        assert_eq!(relative_date(day("2026-11-03"), today), "18 d ago · 3 Nov");
        assert_eq!(relative_date(day("2026-11-24"), today), "in 3 d · Tue 24 Nov");
        assert_eq!(relative_date(today, today), "today · Sat 21 Nov");
        assert_eq!(relative_date(day("2023-03-04"), today), "1,358 d ago · 4 Mar 2023");
        assert_eq!(days(-3), "−3 d");
        let short = ["2026-11-03", "2023-03-04", "2007-12-31"].map(|text| short_date(day(text), today));
        assert_eq!(short, ["3 Nov", "4 Mar ’23", "31 Dec ’07"]);
        assert_eq!(month(today), "Nov 2026");
    }
}
