//! How numbers and days are written for a person: the one place that does.
//!
//! English words, and of the marks in numbers and the order of days what the person prefers. Like the colours of a theme the
//! preference holds for all that is written, so it is given once to the thread that writes and not to every function; a thread
//! that was given none writes `1,234.50` and `4 Mar 2026`, as the command line does. A book, and what programs read, is never
//! written by these functions. **This module must not know** what is counted.

use std::cell::Cell;
use std::fmt::{self, Write as _};

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// U+2212, as wide as a plus: what stands before a figure below zero.
pub const MINUS: char = '\u{2212}';

/// A clause with its first letter large.
pub(crate) fn capital(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The marks in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marks {
    /// `1,234.50`
    #[default]
    Comma,
    /// `1.234,50`
    Point,
    /// `1 234,50`
    Space,
    /// `1’234.50`
    Apostrophe,
}

/// The order of a day's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// `4 Mar 2026`
    #[default]
    DayFirst,
    /// `Mar 4 2026`
    MonthFirst,
    /// `2026-03-04`
    YearFirst,
}

/// How one prefers numbers and days to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Format {
    /// The marks in numbers.
    pub marks: Marks,
    /// The order of a day's parts.
    pub days: DayOrder,
}

thread_local! {
    static FORMAT: Cell<Format> = const {
        Cell::new(Format { marks: Marks::Comma, days: DayOrder::DayFirst })
    };
}

/// From now on this thread writes so.
pub fn use_format(format: Format) {
    FORMAT.set(format);
}

/// How this thread writes.
#[must_use]
pub fn format() -> Format {
    FORMAT.get()
}

impl Format {
    /// Every one there is.
    pub fn all() -> impl Iterator<Item = Self> {
        let orders = [DayOrder::DayFirst, DayOrder::MonthFirst, DayOrder::YearFirst];
        let marks = [Marks::Comma, Marks::Point, Marks::Space, Marks::Apostrophe];
        marks.into_iter().flat_map(move |marks| orders.map(|days| Self { marks, days }))
    }
}

impl Marks {
    /// What parts thousands, and what stands before decimals.
    #[must_use]
    pub fn signs(self) -> (char, char) {
        match self {
            Self::Comma => (',', '.'),
            Self::Point => ('.', ','),
            // Narrow, and never broken.
            Self::Space => ('\u{202f}', ','),
            Self::Apostrophe => ('\u{2019}', '.'),
        }
    }
}

// Numbers.

/// A plain number, `-1234.5`, as it is written: `−1,234.5`. Nothing is ever minus nought.
#[must_use]
pub fn number(plain: &str) -> String {
    let (thousands, decimal) = format().marks.signs();
    let (below, digits) = plain.strip_prefix('-').map_or((false, plain), |digits| (true, digits));
    let below = below && !digits.chars().all(|digit| matches!(digit, '0' | '.'));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut written = String::with_capacity(plain.len().saturating_add(plain.len() / 2));
    written.extend(below.then_some(MINUS));
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len().saturating_sub(at).is_multiple_of(3) {
            written.push(thousands);
        }
        written.push(digit);
    }
    if let Some(part) = part.filter(|part| !part.is_empty()) {
        written.push(decimal);
        written.push_str(part);
    }
    written
}

/// A number with the decimals it has: `2.5`, `1,250`.
#[must_use]
pub fn decimal(amount: Decimal) -> String {
    number(&amount.normalize().to_string())
}

/// A number rounded to so many decimals, half away from nought, with all of them: `1,250.00`.
#[must_use]
pub fn rounded(amount: Decimal, decimals: u32) -> String {
    let mut rounded = amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    number(&rounded.to_string())
}

/// An amount in full with at least `decimals` places: `1,250.00`, `−0.125`. Further places are kept, not rounded away.
#[must_use]
pub fn exact(amount: Decimal, decimals: u32) -> String {
    rounded(amount, amount.normalize().scale().max(decimals))
}

/// An amount at a glance: whole from 1,000 up, else with `decimals` places. `12,400`, `840.50`.
#[must_use]
pub fn summary(amount: Decimal, decimals: u32) -> String {
    rounded(amount, summary_decimals(amount, decimals))
}

/// The amount that [`summary`] writes, to compare by.
#[must_use]
pub fn summary_amount(amount: Decimal, decimals: u32) -> Decimal {
    let decimals = summary_decimals(amount, decimals);
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

fn summary_decimals(amount: Decimal, decimals: u32) -> u32 {
    if amount.abs() >= Decimal::ONE_THOUSAND { 0 } else { decimals }
}

/// A count with its thousands parted: `100,000`.
#[must_use]
pub fn count(count: usize) -> String {
    number(&count.to_string())
}

/// A count with its noun: `1 row`, `2,466 rows`.
#[must_use]
pub fn counted(of: usize, noun: &str) -> String {
    format!("{} {noun}{}", count(of), if of == 1 { "" } else { "s" })
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
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{}{letter}", number(&format!("{sign}{digits}")))
}

// Shares and chances.

/// A number of hundredths as everybody reads it: `67 %`, with a space that never breaks.
#[must_use]
pub fn per_cent(number: impl fmt::Display) -> String {
    format!("{number}\u{a0}%")
}

/// A share of one: `37 %`, `4.2 %` below ten, `<0.1 %` for what is too little to show.
#[must_use]
pub fn share(share: f64) -> String {
    match (share * 100.0).abs() {
        0.0 => per_cent("0"),
        s if s < 0.05 => per_cent(format_args!("<{}", number(if share < 0.0 { "-0.1" } else { "0.1" }))),
        _ => {
            let digits = share_digits(share);
            per_cent(number(digits.strip_suffix(".0").unwrap_or(&digits)))
        }
    }
}

/// The per cent that [`share`] writes, to compare by; what is too little to show is what it is.
#[must_use]
pub fn share_per_cent(share: Decimal) -> Decimal {
    let exact = share.saturating_mul(Decimal::ONE_HUNDRED);
    let shown = share.to_f64().and_then(|share| share_digits(share).parse::<Decimal>().ok());
    shown.filter(|shown| !shown.is_zero()).unwrap_or(exact)
}

/// The digits of a share of one in per cent: to a tenth below ten, else whole.
fn share_digits(share: f64) -> String {
    let per_hundred = share * 100.0;
    if per_hundred.abs() < 9.95 { format!("{per_hundred:.1}") } else { format!("{per_hundred:.0}") }
}

/// A share of one as a table writes it: with a decimal below ten, else whole. What is neither nought nor all never looks so.
#[must_use]
pub fn exact_share(share: Decimal) -> String {
    let per_hundred = share.saturating_mul(Decimal::ONE_HUNDRED);
    let (whole, fine) =
        (per_hundred.round(), per_hundred.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero));
    match share {
        share if share > Decimal::ZERO && fine.is_zero() => per_cent(format_args!("<{}", number("0.1"))),
        share if share < Decimal::ONE && whole == Decimal::ONE_HUNDRED => per_cent(">99"),
        _ if fine.abs() < Decimal::TEN => per_cent(number(&fine.normalize().to_string())),
        _ => per_cent(number(&whole.normalize().to_string())),
    }
}

/// A chance in whole per cent; what is neither nought nor certain never looks so.
#[must_use]
pub fn chance(chance: f64) -> String {
    let per_hundred = chance * 100.0;
    match per_hundred {
        it if it <= 0.0 => per_cent(0),
        it if it < 1.0 => per_cent("<1"),
        it if it > 99.0 && it < 100.0 => per_cent(">99"),
        it => per_cent(format_args!("{it:.0}")),
    }
}

// Days.

/// A day in the order that is preferred: these parts of it as `chrono` spells them, the day first or the month.
fn in_order(day: NaiveDate, before: &str, day_first: &str, month_first: &str) -> String {
    let order = match format().days {
        DayOrder::DayFirst => day_first,
        DayOrder::MonthFirst => month_first,
        DayOrder::YearFirst => "%Y-%m-%d",
    };
    let mut written = String::new();
    // Writing to a String cannot fail, and these patterns are chrono's.
    let _ = write!(written, "{}{}", day.format(before), day.format(order));
    written
}

/// A day of a year that is known: `4 Mar`.
#[must_use]
pub fn day_of_year(day: NaiveDate) -> String {
    in_order(day, "", "%-d %b", "%b %-d")
}

/// A day with its year: `4 Mar 2026`.
#[must_use]
pub fn day_in_full(day: NaiveDate) -> String {
    in_order(day, "", "%-d %b %Y", "%b %-d %Y")
}

/// A day on the calendar: `4 Mar`, with its year if that is not today's, `4 Mar 2023`.
#[must_use]
pub fn date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day_of_year(day) } else { day_in_full(day) }
}

/// The same where there is little room: `4 Mar`, with the last digits of another year, `4 Mar ’23`.
#[must_use]
pub fn short_date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        return day_of_year(day);
    }
    in_order(day, "", "%-d %b \u{2019}%y", "%b %-d \u{2019}%y")
}

/// A day with its weekday, and with its year where that is not today's: `Fri 27 Nov`.
#[must_use]
pub fn weekday_date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { in_order(day, "%a ", "%-d %b", "%b %-d") } else { weekday_in_full(day) }
}

/// A day with its weekday and year: `Fri 27 Nov 2026`.
#[must_use]
pub fn weekday_in_full(day: NaiveDate) -> String {
    in_order(day, "%a ", "%-d %b %Y", "%b %-d %Y")
}

/// A day as a letter writes it: `20 November 2026`.
#[must_use]
pub fn long_day(day: NaiveDate) -> String {
    in_order(day, "", "%-d %B %Y", "%B %-d, %Y")
}

/// A day and its weekday at full length: `Sunday, 29 November 2026`.
#[must_use]
pub fn long_weekday(day: NaiveDate) -> String {
    in_order(day, "%A, ", "%-d %B %Y", "%B %-d, %Y")
}

/// A month: `Mar 2026`.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    day.format(if format().days == DayOrder::YearFirst { "%Y-%m" } else { "%b %Y" }).to_string()
}

/// A month at full length: `March 2026`.
#[must_use]
pub fn long_month(day: NaiveDate) -> String {
    day.format(if format().days == DayOrder::YearFirst { "%Y-%m" } else { "%B %Y" }).to_string()
}

/// A span of days: `18 d`, `−3 d`.
#[must_use]
pub fn days(days: i64) -> String {
    format!("{} d", number(&days.to_string()))
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

/// Both together: `18 d ago · 4 Mar`, `in 3 d · Tue 24 Nov`. The weekday is named within a week on either side of today.
#[must_use]
pub fn relative_date(day: NaiveDate, today: NaiveDate) -> String {
    let near = day.signed_duration_since(today).num_days().abs() <= 7;
    let on = if near { weekday_date(day, today) } else { date(day, today) };
    format!("{} · {on}", relative(day, today))
}

/// The short English name of a month, 1 to 12; empty for any other number.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// The short English name of a day's weekday.
#[must_use]
pub fn weekday_name(day: NaiveDate) -> &'static str {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let index = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    WEEKDAYS.get(index).copied().unwrap_or_default()
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
            [0.0, 0.0004, 0.042, 0.0999, 0.374, 1.0, -0.05].map(share),
            ["0", "<0.1", "4.2", "10", "37", "100", "−5"].map(|number| format!("{number}\u{a0}%"))
        );
    }

    #[test]
    fn what_is_counted_is_one_or_many_with_thousands_parted() {
        assert_eq!([0, 1, 2_466].map(|of| counted(of, "row")), ["0 rows", "1 row", "2,466 rows"]);
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

    #[test]
    fn marks_and_order_are_those_that_are_preferred() {
        let (amount, today) = (decimal("-1234567.5"), day("2026-11-21"));
        let on = day("2026-03-04");
        for (marks, written) in [
            (Marks::Comma, ["−1,234,567.50", "1.2k", "4.2\u{a0}%"]),
            (Marks::Point, ["−1.234.567,50", "1,2k", "4,2\u{a0}%"]),
            (Marks::Space, ["−1\u{202f}234\u{202f}567,50", "1,2k", "4,2\u{a0}%"]),
            (Marks::Apostrophe, ["−1’234’567.50", "1.2k", "4.2\u{a0}%"]),
        ] {
            use_format(Format { marks, ..Format::default() });
            assert_eq!([exact(amount, 2), compact(1200.0), share(0.042)], written);
        }
        for (days, written) in [
            (DayOrder::DayFirst, ["4 Mar", "4 Mar 2026", "Wed 4 Mar", "4 March 2026", "Mar 2026"]),
            (DayOrder::MonthFirst, ["Mar 4", "Mar 4 2026", "Wed Mar 4", "March 4, 2026", "Mar 2026"]),
            (DayOrder::YearFirst, ["2026-03-04", "2026-03-04", "Wed 2026-03-04", "2026-03-04", "2026-03"]),
        ] {
            use_format(Format { days, ..Format::default() });
            let all = [date(on, today), day_in_full(on), weekday_date(on, today), long_day(on), month(on)];
            assert_eq!(all, written);
        }
        use_format(Format::default());
    }
}
