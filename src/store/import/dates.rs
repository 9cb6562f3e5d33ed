//! Days as files write them.

use chrono::NaiveDate;

use super::order::DateOrder;
use crate::domain::{FIRST_DAY, LAST_DAY};

/// A day as written, as far as it says by itself what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WrittenDay {
    /// It can be only one day: its year stands first, or its month is a word.
    Certain(NaiveDate),
    /// Three numbers, the last of them a year or the first a short one.
    Parts { first: u32, second: u32, third: u32, short_year: bool },
}

/// Reads a day without settling the order of its parts; a time after it is passed over.
pub(super) fn written_day(text: &str) -> Option<WrittenDay> {
    let text = without_time(text.trim());
    if text.len() > 32 {
        return None;
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return certain(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "/-.,\u{2010}\u{2011}\u{2013}".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if let Some(month) = month_named(second) {
        return named(third, month, first).or_else(|| named(first, month, third));
    }
    if let Some(month) = month_named(first) {
        return named(third, month, second);
    }
    let number = |part: &str| -> Option<u32> {
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => certain(a, b, c),
        (1..=2, 1..=2, 4) => Some(WrittenDay::Parts { first: a, second: b, third: c, short_year: false }),
        (1..=2, 1..=2, 2) => Some(WrittenDay::Parts { first: a, second: b, third: c, short_year: true }),
        _ => None,
    }
}

/// Whether a text is a day in one order or another.
pub(super) fn looks_like_a_day(text: &str) -> bool {
    written_day(text).is_some_and(|day| {
        [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd]
            .into_iter()
            .any(|order| day.in_order(order).is_some())
    })
}

impl WrittenDay {
    /// The day it is when its parts stand in this order.
    pub(super) fn in_order(self, order: DateOrder) -> Option<NaiveDate> {
        match self {
            Self::Certain(day) => Some(day),
            Self::Parts { first, second, third, short_year } => {
                let year = if short_year { full_year(third) } else { third };
                match order {
                    DateOrder::Dmy => date(year, second, first),
                    DateOrder::Mdy => date(year, first, second),
                    DateOrder::Ymd if short_year => date(full_year(first), second, third),
                    DateOrder::Ymd => None,
                }
            }
        }
    }

    /// The one order it can be in, where it tells: `None` when either would do or it is no day at all.
    pub(super) fn tells(self) -> Option<DateOrder> {
        match (self.in_order(DateOrder::Dmy), self.in_order(DateOrder::Mdy)) {
            (Some(_), None) => Some(DateOrder::Dmy),
            (None, Some(_)) => Some(DateOrder::Mdy),
            (None, None) => self.in_order(DateOrder::Ymd).map(|_| DateOrder::Ymd),
            (Some(_), Some(_)) => None,
        }
    }

    /// Whether it is a day in both usual orders, and not the same one.
    pub(super) fn needs_an_order(self) -> bool {
        let (a, b) = (self.in_order(DateOrder::Dmy), self.in_order(DateOrder::Mdy));
        a.is_some() && b.is_some() && a != b
    }
}

/// A day without the time that may follow it after a `T` or a space.
fn without_time(text: &str) -> &str {
    let starts_a_time = |rest: &str| {
        let word = rest.split_whitespace().next().unwrap_or("");
        word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(':')
    };
    let cut = text.char_indices().find(|(at, c)| {
        let rest = text.get(at + c.len_utf8()..).unwrap_or("");
        (*c == 'T' || c.is_whitespace()) && starts_a_time(rest)
    });
    cut.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

fn full_year(short: u32) -> u32 {
    if short < 70 { 2000 + short } else { 1900 + short }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
        .filter(|day| (FIRST_DAY..=LAST_DAY).contains(day))
}

fn certain(year: u32, month: u32, day: u32) -> Option<WrittenDay> {
    date(year, month, day).map(WrittenDay::Certain)
}

fn named(year: &str, month: u32, day: &str) -> Option<WrittenDay> {
    let year_number: u32 = year.parse().ok()?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day: u32 = day.parse().ok().filter(|_| day.len() <= 2)?;
    match year.len() {
        4 => certain(year_number, month, day),
        2 => certain(full_year(year_number), month, day),
        _ => None,
    }
}

/// The month of an English or German name or its usual short form.
fn month_named(text: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "jan", "januar", "jänner", "jän"],
        &["february", "feb", "februar"],
        &["march", "mar", "märz", "mär", "mrz", "maerz"],
        &["april", "apr"],
        &["may", "mai"],
        &["june", "jun", "juni"],
        &["july", "jul", "juli"],
        &["august", "aug"],
        &["september", "sep", "sept"],
        &["october", "oct", "oktober", "okt"],
        &["november", "nov"],
        &["december", "dec", "dezember", "dez"],
    ];
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let name = text.to_lowercase();
    let at = MONTHS.iter().position(|names| names.contains(&name.as_str()))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        written_day(text)?.in_order(order).map(|day| day.to_string())
    }

    #[test]
    fn days_read_as_people_and_programs_write_them() {
        for (text, order, day) in [
            ("03/01/2012", DateOrder::Dmy, "2012-01-03"),
            ("03/01/2012", DateOrder::Mdy, "2012-03-01"),
            ("3.1.12", DateOrder::Dmy, "2012-01-03"),
            ("2012-01-03", DateOrder::Mdy, "2012-01-03"),
            ("2012/1/3", DateOrder::Dmy, "2012-01-03"),
            ("20120103", DateOrder::Dmy, "2012-01-03"),
            ("2012-01-03T10:11:12Z", DateOrder::Dmy, "2012-01-03"),
            ("03/01/2012 00:00", DateOrder::Dmy, "2012-01-03"),
            ("1/3/2012 10:30 AM", DateOrder::Mdy, "2012-01-03"),
            ("3 Jan 2012 10:00", DateOrder::Mdy, "2012-01-03"),
            ("Jan 3rd, 2012", DateOrder::Dmy, "2012-01-03"),
            ("3. März 2012", DateOrder::Mdy, "2012-03-03"),
            ("12-01-03", DateOrder::Ymd, "2012-01-03"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(day), "{text}");
        }
        for text in
            ["", "31/02/2012", "tomorrow", "1/2", "1/2/3/4", "99999999", "12.50", "1899-01-01", "٣/٣/٢٠١٢"]
        {
            assert_eq!(read(text, DateOrder::Dmy), None, "{text}");
        }
    }
}
