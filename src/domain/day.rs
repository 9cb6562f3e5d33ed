//! Days and intervals between them. A day is a [`NaiveDate`]; nothing here knows which one is today.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The first day a book may hold. Within these bounds no day arithmetic of the program can overflow.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// The last day a book may hold.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2199, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// `day` moved by `days`, kept within [`FIRST_DAY`] and [`LAST_DAY`].
#[must_use]
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days >= 0 { day.checked_add_days(distance) } else { day.checked_sub_days(distance) };
    let bound = if days >= 0 { LAST_DAY } else { FIRST_DAY };
    moved.unwrap_or(bound).clamp(FIRST_DAY, LAST_DAY)
}

/// Days from `from` to `to`; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// The first day of the month that holds `day`.
#[must_use]
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of the month that holds `day`.
#[must_use]
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    next_month(day).pred_opt().unwrap_or(day)
}

/// The first day of the month after the one that holds `day`.
#[must_use]
pub fn next_month(day: NaiveDate) -> NaiveDate {
    first_of_month(day).checked_add_months(Months::new(1)).unwrap_or(LAST_DAY)
}

/// The unit an [`Interval`] counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntervalUnit {
    /// Days.
    Day,
    /// Seven days.
    Week,
    /// Calendar months; a series that starts on a month's last day stays at month ends.
    Month,
    /// Calendar years.
    Year,
}

/// How often something recurs: `"1 month"`, `"2 weeks"`, `"1 year"` in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// How many units lie between two occurrences; at least 1.
    count: u32,
    unit: IntervalUnit,
}

impl Interval {
    /// Every day.
    pub const DAILY: Self = Self { count: 1, unit: IntervalUnit::Day };
    /// Every week.
    pub const WEEKLY: Self = Self { count: 1, unit: IntervalUnit::Week };
    /// Every month.
    pub const MONTHLY: Self = Self { count: 1, unit: IntervalUnit::Month };
    /// Every quarter of a year.
    pub const QUARTERLY: Self = Self { count: 3, unit: IntervalUnit::Month };
    /// Every year.
    pub const YEARLY: Self = Self { count: 1, unit: IntervalUnit::Year };

    /// How many units.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    /// Of which unit.
    #[must_use]
    pub fn unit(self) -> IntervalUnit {
        self.unit
    }

    /// The `n`th occurrence after `start` (the 0th is `start`), or `None` beyond [`LAST_DAY`].
    #[must_use]
    pub fn occurrence(self, start: NaiveDate, n: u32) -> Option<NaiveDate> {
        let units = self.count.checked_mul(n)?;
        let day = match self.unit {
            IntervalUnit::Day => start.checked_add_days(Days::new(units.into()))?,
            IntervalUnit::Week => start.checked_add_days(Days::new(u64::from(units) * 7))?,
            IntervalUnit::Month => months_later(start, units)?,
            IntervalUnit::Year => months_later(start, units.checked_mul(12)?)?,
        };
        (day <= LAST_DAY).then_some(day)
    }

    /// The occurrences of a series from `start` that lie in `from..=to`, in order.
    pub fn occurrences(
        self,
        start: NaiveDate,
        from: NaiveDate,
        to: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        let skipped = days_between(start, from).max(0) / self.longest_days();
        let first = u32::try_from(skipped).unwrap_or(u32::MAX);
        (first..)
            .map_while(move |n| self.occurrence(start, n))
            .take_while(move |day| *day <= to)
            .filter(move |day| *day >= from)
    }

    /// How many times it recurs in a year, on average.
    #[must_use]
    pub fn per_year(self) -> rust_decimal::Decimal {
        let a_year = match self.unit {
            IntervalUnit::Day => rust_decimal::Decimal::new(36525, 2),
            IntervalUnit::Week => rust_decimal::Decimal::new(36525, 2) / rust_decimal::Decimal::from(7),
            IntervalUnit::Month => rust_decimal::Decimal::from(12),
            IntervalUnit::Year => rust_decimal::Decimal::ONE,
        };
        a_year / rust_decimal::Decimal::from(self.count)
    }

    fn longest_days(self) -> i64 {
        let unit = match self.unit {
            IntervalUnit::Day => 1,
            IntervalUnit::Week => 7,
            IntervalUnit::Month => 31,
            IntervalUnit::Year => 366,
        };
        i64::from(self.count) * unit
    }
}

/// `months` later, where a month's last day stays a month's last day.
fn months_later(start: NaiveDate, months: u32) -> Option<NaiveDate> {
    let moved = start.checked_add_months(Months::new(months))?;
    Some(if start == last_of_month(start) { last_of_month(moved) } else { moved })
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            IntervalUnit::Day => "day",
            IntervalUnit::Week => "week",
            IntervalUnit::Month => "month",
            IntervalUnit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

/// Why a text is not an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalError(String);

impl fmt::Display for IntervalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an interval such as \"1 month\", \"2 weeks\" or \"1 year\", found {:?}", self.0)
    }
}

impl std::error::Error for IntervalError {}

impl FromStr for Interval {
    type Err = IntervalError;

    fn from_str(text: &str) -> Result<Self, IntervalError> {
        let error = || IntervalError(text.to_owned());
        let (count, unit) = text.trim().split_once(' ').ok_or_else(error)?;
        let count: u32 = count.parse().map_err(|_| error())?;
        let unit = match unit.trim() {
            "day" | "days" => IntervalUnit::Day,
            "week" | "weeks" => IntervalUnit::Week,
            "month" | "months" => IntervalUnit::Month,
            "year" | "years" => IntervalUnit::Year,
            _ => return Err(error()),
        };
        if (1..=1000).contains(&count) { Ok(Self { count, unit }) } else { Err(error()) }
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_monthly_series_from_a_month_end_stays_at_month_ends() {
        let days: Vec<_> =
            Interval::MONTHLY.occurrences(day("2024-01-31"), day("2024-02-01"), day("2024-05-01")).collect();
        assert_eq!(days, [day("2024-02-29"), day("2024-03-31"), day("2024-04-30")]);
        let from_february: Vec<_> =
            Interval::MONTHLY.occurrences(day("2025-02-28"), day("2025-03-01"), day("2025-04-30")).collect();
        assert_eq!(from_february, [day("2025-03-31"), day("2025-04-30")]);
    }

    #[test]
    fn a_series_skips_to_its_window_without_walking_there() {
        let weekly: Interval = "2 weeks".parse().unwrap();
        let days: Vec<_> =
            weekly.occurrences(day("2000-01-01"), day("2026-11-15"), day("2026-12-15")).collect();
        assert_eq!(days, [day("2026-11-28"), day("2026-12-12")]);
    }

    #[test]
    fn day_arithmetic_stops_at_the_bounds_of_a_book() {
        assert_eq!(add_days(LAST_DAY, 400), LAST_DAY);
        assert_eq!(add_days(FIRST_DAY, i64::MIN), FIRST_DAY);
        assert_eq!(add_days(day("2026-11-21"), -21), day("2026-10-31"));
    }
}
