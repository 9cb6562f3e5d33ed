//! Days as a person types them: `today`, `fri`, `12 mar`, `+3d`, `eom`, `2026-11-21`.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::domain::{FIRST_DAY, LAST_DAY, add_days, last_of_month};

/// Which way a day without a year or a week is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// The next such day: due days, plans.
    Ahead,
    /// The last such day: what has happened.
    Back,
}

/// The form a day may be typed in, for an error.
pub const EXAMPLES: &str = "today, fri, 12 mar, +3d or 2026-11-21";

/// Reads a day typed on `today`; `None` when it is none.
///
/// A bare weekday is its next occurrence after today (leaning ahead) or its last one up to today (leaning back);
/// `12 mar` without a year likewise. Counts such as `3d`, `2w`, `1m`, `1y` go ahead, with `-` back; `eom` is the month's
/// last day.
#[must_use]
pub fn parse_day(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    let day = fixed_word(&text, today)
        .or_else(|| weekday(&text, today, lean))
        .or_else(|| counted(&text, today))
        .or_else(|| written(&text, today, lean))?;
    (FIRST_DAY..=LAST_DAY).contains(&day).then_some(day)
}

fn fixed_word(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "tod" | "now" => Some(today),
        "tomorrow" | "tom" => Some(add_days(today, 1)),
        "yesterday" | "yes" => Some(add_days(today, -1)),
        "eom" => Some(last_of_month(today)),
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
    // "mon" to "monday": at least three letters, at most the whole name.
    let wanted: Weekday = if name.len() >= 3 { name.parse().ok()? } else { return None };
    let from_monday = |day: Weekday| i64::from(day.num_days_from_monday());
    let ahead = (from_monday(wanted) - from_monday(today.weekday())).rem_euclid(7);
    Some(match lean {
        Lean::Ahead => add_days(today, if ahead == 0 { 7 } else { ahead }),
        Lean::Back => add_days(today, if ahead == 0 { 0 } else { ahead - 7 }),
    })
}

fn counted(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (sign, rest) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = rest.split_at(digits);
    let count: u32 = count.parse().ok().filter(|count| *count <= 3650)?;
    let months = |months: u32| {
        let months = Months::new(months);
        if sign < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) }
    };
    match unit.trim() {
        "d" | "day" | "days" => Some(add_days(today, sign * i64::from(count))),
        "w" | "week" | "weeks" => Some(add_days(today, sign * 7 * i64::from(count))),
        "m" | "month" | "months" => months(count),
        "y" | "year" | "years" => months(count * 12),
        _ => None,
    }
}

fn written(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day);
    }
    let parts: Vec<&str> = text.split([' ', '.', '/', ',']).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (*day, *month, None),
        [day, month, year] => (*day, *month, Some(year.parse::<i32>().ok()?)),
        _ => return None,
    };
    // Either "12 mar" or "mar 12"; numbers are day first.
    let (day, month) = match (day.parse::<u32>(), month.parse::<u32>()) {
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
    fn days_are_read_as_people_type_them() {
        let today = day("2026-11-20"); // a Friday
        for (typed, expected) in [
            ("today", "2026-11-20"),
            ("Tom", "2026-11-21"),
            ("fri", "2026-11-27"),
            ("monday", "2026-11-23"),
            ("last fri", "2026-11-20"),
            ("12 mar", "2027-03-12"),
            ("mar 12", "2027-03-12"),
            ("20.11.", "2026-11-20"),
            ("1/12/26", "2026-12-01"),
            ("+3d", "2026-11-23"),
            ("2w", "2026-12-04"),
            ("-1m", "2026-10-20"),
            ("eom", "2026-11-30"),
            ("2026-02-28", "2026-02-28"),
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
    fn what_is_no_day_is_none() {
        for typed in ["", "soon", "30 feb", "13/13", "mo", "99999d", "3", "2026-02-30", "1.1.9999"] {
            assert_eq!(parse_day(typed, day("2026-11-20"), Lean::Ahead), None, "{typed}");
        }
    }
}
