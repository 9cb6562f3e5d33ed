//! Days as a person types them: `today`, `fri`, `12 mar`, `3d`, `1m 2w`, `eom`, `+2 workdays`, `2026-11-21`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::domain::{FIRST_DAY, LAST_DAY, add_days, days_between, last_of_month};
use crate::written::{self, DayOrder};

/// Which way a day without a year or a week is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// The next such day: due days, plans.
    Ahead,
    /// The last such day: what has happened.
    Back,
    /// The next such weekday, but the nearest such date: what is due and may be late.
    Near,
    /// The next such day, but a date from this day on: what falls due after something that may lie back.
    From(NaiveDate),
}

/// The form a day may be typed in, for an error.
pub const EXAMPLES: &str = "today, fri, 12 mar, 3d, 1m 2w, eom, +2 workdays or 2026-11-21";

/// The largest number of days, weeks, months, years or working days that is counted.
const MOST_COUNTED: u32 = 40_000;

/// Reads a day typed on `today`; `None` when it is none.
///
/// - A bare weekday is its next occurrence after today (leaning ahead) or its last one up to today (leaning back); `12 mar`
///   without a year likewise. `next mon` on a Sunday is the Monday after. A weekday before a date must be that date's.
/// - Counts such as `3d`, `2w`, `1m`, `1y` go ahead, with `-` before or `ago` after them back. Several are one count:
///   `1m 2w` is two weeks after a month from now. The same day of another month that has no such day is its last.
/// - `2 workdays` leaves Saturdays and Sundays out. Holidays are not known, so they count as working days.
/// - `eom` is the month's last day.
/// - A day said twice with a comma between, as [`day_words`] does, must be the same one.
#[must_use]
pub fn parse_day(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    let day = said(&text, today, lean).or_else(|| {
        let (one, other) = text.split_once(',')?;
        let one = said(one.trim(), today, lean)?;
        said(other.trim(), today, lean).filter(|other| *other == one)
    })?;
    (FIRST_DAY..=LAST_DAY).contains(&day).then_some(day)
}

/// A day in the words that say it back to whoever typed it: `Fri 27 Nov, in 7 days`; with its year where that is not
/// today's. [`parse_day`] reads them back.
#[must_use]
pub fn day_words(day: NaiveDate, today: NaiveDate) -> String {
    let distance = match days_between(today, day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days @ 2.. => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    };
    format!("{}, {distance}", short_day(day, today))
}

pub use crate::written::weekday_date as short_day;

fn said(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    fixed_word(text, today)
        .or_else(|| weekday(text, today, lean))
        .or_else(|| counted(text, today))
        .or_else(|| spelt(text, today, lean))
        .or_else(|| {
            let (name, date) = text.split_once([' ', ','])?;
            let wanted = weekday_named(name)?;
            spelt(date.trim(), today, lean).filter(|day| day.weekday() == wanted)
        })
}

fn fixed_word(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "tod" | "now" => Some(today),
        "tomorrow" | "tom" => Some(add_days(today, 1)),
        "yesterday" | "yes" => Some(add_days(today, -1)),
        "eom" => Some(last_of_month(today)),
        "next week" => Some(add_days(today, 7 - i64::from(today.weekday().num_days_from_monday()))),
        _ => None,
    }
}

fn weekday(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    let (name, lean) = match text.split_once(' ') {
        Some(("last", name)) => (name, Lean::Back),
        Some(("next", name)) => (name, Lean::Ahead),
        Some(_) => return None,
        None => (text, lean),
    };
    let wanted = weekday_named(name)?;
    let from_monday = |day: Weekday| i64::from(day.num_days_from_monday());
    let ahead = (from_monday(wanted) - from_monday(today.weekday())).rem_euclid(7);
    Some(match lean {
        // What is tomorrow nobody calls next: `next mon` on a Sunday is the one after.
        Lean::Ahead if ahead == 1 && text.starts_with("next ") => add_days(today, 8),
        Lean::Ahead | Lean::Near | Lean::From(_) => add_days(today, if ahead == 0 { 7 } else { ahead }),
        // What was on the day itself was not last week: `last fri` on a Friday is the one before.
        Lean::Back if ahead == 0 && text.starts_with("last ") => add_days(today, -7),
        Lean::Back => add_days(today, if ahead == 0 { 0 } else { ahead - 7 }),
    })
}

/// `mon` to `monday`: at least three letters, at most the whole name.
fn weekday_named(name: &str) -> Option<Weekday> {
    if name.len() >= 3 { name.parse().ok() } else { None }
}

/// How far a count reaches, the longest unit first, as it is walked.
#[derive(Default)]
struct Count {
    months: u32,
    days: u32,
    workdays: u32,
}

impl Count {
    /// Reads `3d`, `1m 2w`, `2 working days`.
    fn read(text: &str) -> Option<Self> {
        let mut count = Self::default();
        let mut rest = text.trim();
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
            let number: u32 = number.parse().ok().filter(|number| *number <= MOST_COUNTED)?;
            let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            count.add(number, unit.trim())?;
            rest = after;
        }
        Some(count)
    }

    fn add(&mut self, number: u32, unit: &str) -> Option<()> {
        let (sum, each) = match unit {
            "d" | "day" | "days" => (&mut self.days, 1),
            "w" | "week" | "weeks" => (&mut self.days, 7),
            "m" | "month" | "months" => (&mut self.months, 1),
            "y" | "year" | "years" => (&mut self.months, 12),
            "wd" | "workday" | "workdays" | "working day" | "working days" | "business day"
            | "business days" => (&mut self.workdays, 1),
            _ => return None,
        };
        *sum = number.checked_mul(each)?.checked_add(*sum)?;
        Some(())
    }

    /// The day that lies so far from another.
    fn from(&self, day: NaiveDate, back: bool) -> Option<NaiveDate> {
        let (months, days) = (Months::new(self.months), Days::new(self.days.into()));
        let day = if back { day.checked_sub_months(months) } else { day.checked_add_months(months) }?;
        let mut day = if back { day.checked_sub_days(days) } else { day.checked_add_days(days) }?;
        let mut left = self.workdays;
        while left > 0 {
            day = if back { day.pred_opt() } else { day.succ_opt() }?;
            if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                left -= 1;
            }
        }
        Some(day)
    }
}

fn counted(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (back, rest) = match (text.strip_prefix(['-', '\u{2212}']), text.strip_suffix(" ago")) {
        (Some(rest), None) | (None, Some(rest)) => (true, rest),
        (Some(_), Some(_)) => return None,
        (None, None) => (false, text.strip_prefix('+').or(text.strip_prefix("in ")).unwrap_or(text)),
    };
    // `in a week`; alone it is no day.
    let one = rest.strip_prefix("a ").filter(|_| rest != text).map(|unit| format!("1 {unit}"));
    Count::read(one.as_deref().unwrap_or(rest))?.from(today, back)
}

fn spelt(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day);
    }
    let parts: Vec<&str> = text.split([' ', '.', '/', ',']).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (*day, *month, None),
        [day, month, year] => (*day, *month, Some(year.parse::<i32>().ok()?)),
        _ => return None,
    };
    // Either "12 mar" or "mar 12"; numbers are day first, unless days are written the month first.
    let (day, month) = match (day.parse::<u32>(), month.parse::<u32>()) {
        (Ok(month), Ok(day)) if written::format().days == DayOrder::MonthFirst => (day, month),
        (Ok(day), Ok(month)) => (day, month),
        (Ok(day), Err(_)) => (day, month_number(month)?),
        (Err(_), Ok(other)) => (other, month_number(day)?),
        (Err(_), Err(_)) => return None,
    };
    match year {
        Some(year) => NaiveDate::from_ymd_opt(if year < 100 { 2000 + year } else { year }, month, day),
        None => without_year(day, month, today, lean),
    }
}

/// The nearest such day in the direction of `lean`, within the eight years a 29 February may take.
fn without_year(day: u32, month: u32, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    if lean == Lean::Near {
        let ahead = without_year(day, month, today, Lean::Ahead);
        let back = without_year(day, month, today, Lean::Back);
        let nearest = ahead.into_iter().chain(back);
        return nearest.min_by_key(|found| days_between(today, *found).abs());
    }
    if let Lean::From(first) = lean {
        return without_year(day, month, first, Lean::Ahead);
    }
    (0..=8).find_map(|years| {
        let year = if lean == Lean::Ahead { today.year() + years } else { today.year() - years };
        let candidate = NaiveDate::from_ymd_opt(year, month, day)?;
        let fits = if lean == Lean::Ahead { candidate >= today } else { candidate <= today };
        fits.then_some(candidate)
    })
}

fn month_number(name: &str) -> Option<u32> {
    if name.len() < 3 {
        return None;
    }
    name.parse::<chrono::Month>().ok().map(|month| month.number_from_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekday_that_is_tomorrow_is_not_the_next_one() {
        let sunday = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        for (text, day) in
            [("next monday", "2026-12-07"), ("monday", "2026-11-30"), ("next tue", "2026-12-01")]
        {
            assert_eq!(parse_day(text, sunday, Lean::Ahead), day.parse().ok(), "{text}");
        }
    }

    #[test]
    fn a_date_that_may_be_late_is_the_nearest_and_a_weekday_the_next() {
        let today = day("2026-11-29");
        for (typed, expected) in [
            ("1 nov", "2026-11-01"),
            ("12 dec", "2026-12-12"),
            ("12 mar", "2027-03-12"),
            ("29 nov", "2026-11-29"),
            ("29 feb", "2028-02-29"),
            ("fri", "2026-12-04"),
        ] {
            assert_eq!(parse_day(typed, today, Lean::Near), Some(day(expected)), "{typed}");
        }
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        let today = day("2026-11-20"); // a Friday
        for (typed, expected) in [
            ("today", "2026-11-20"),
            ("Tom", "2026-11-21"),
            ("fri", "2026-11-27"),
            ("monday", "2026-11-23"),
            ("last fri", "2026-11-13"),
            ("12 mar", "2027-03-12"),
            ("mar 12", "2027-03-12"),
            ("20.11.", "2026-11-20"),
            ("1/12/26", "2026-12-01"),
            ("+3d", "2026-11-23"),
            ("2w", "2026-12-04"),
            ("-1m", "2026-10-20"),
            ("eom", "2026-11-30"),
            ("2026-02-28", "2026-02-28"),
            ("1m 2w", "2027-01-03"),
            ("2w1m 1d", "2027-01-04"),
            ("+2 workdays", "2026-11-24"),
            ("1wd", "2026-11-23"),
            ("-1 working day", "2026-11-19"),
            ("in 3 days", "2026-11-23"),
            ("in a week", "2026-11-27"),
            ("a month ago", "2026-10-20"),
            ("next week", "2026-11-23"),
            ("2 weeks ago", "2026-11-06"),
            ("fri 27 nov", "2026-11-27"),
            ("Fri 27 Nov, in 7 days", "2026-11-27"),
            ("29 feb", "2028-02-29"),
        ] {
            assert_eq!(parse_day(typed, today, Lean::Ahead), Some(day(expected)), "{typed}");
        }
    }

    #[test]
    fn what_has_happened_is_looked_for_in_the_past() {
        let today = day("2026-11-20");
        assert_eq!(parse_day("thu", today, Lean::Back), Some(day("2026-11-19")));
        assert_eq!(parse_day("fri", today, Lean::Back), Some(today));
        assert_eq!(parse_day("24 dec", today, Lean::Back), Some(day("2025-12-24")));
    }

    #[test]
    fn a_day_is_said_back_with_how_far_off_it_is() {
        let today = day("2026-11-20");
        for (said, expected) in [
            ("2026-11-27", "Fri 27 Nov, in 7 days"),
            ("2026-11-20", "Fri 20 Nov, today"),
            ("2026-11-21", "Sat 21 Nov, tomorrow"),
            ("2026-11-19", "Thu 19 Nov, yesterday"),
            ("2026-11-10", "Tue 10 Nov, 10 days ago"),
            ("2027-03-12", "Fri 12 Mar 2027, in 112 days"),
        ] {
            assert_eq!(day_words(day(said), today), expected);
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for typed in [
            "",
            "soon",
            "30 feb",
            "13/13",
            "mo",
            "99999d",
            "3",
            "2026-02-30",
            "1.1.9999",
            "+",
            "3d 2",
            "-3d ago",
            "3x",
            "thu 27 nov",
            "fri 27 nov, in 6 days",
            "9999 years",
        ] {
            assert_eq!(parse_day(typed, day("2026-11-20"), Lean::Ahead), None, "{typed}");
        }
    }
}
