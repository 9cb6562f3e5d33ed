//! Until when an item is put off, as a person types it: a day, or an event with a day at the latest.

use chrono::NaiveDate;

use crate::domain::{Wait, add_days, last_of_month};

use super::day_entry::{Lean, day_words, parse_day, short_day};

/// Days after which an item comes back that waits for an event, where no day is said: what never happens must not make
/// an item vanish.
const LATEST_DAYS: i64 = 30;
/// Days of silence that are waited for where no number is said.
const SILENT_DAYS: i64 = 5;

/// The form it may be typed in, for an error.
pub const SNOOZE_EXAMPLES: &str =
    "a day (3d, fri, 12 mar, eom, +2 workdays), when they reply, when paid, or if no reply 5d";

/// What each event may be called; after it may stand the day at the latest.
const EVENTS: [(Wait, &[&str]); 3] = [
    (Wait::NoReply, &["if they do not reply", "if no reply", "if no answer", "no reply", "no answer"]),
    (
        Wait::TheyReply,
        &["when they reply", "when they answer", "they reply", "they answer", "reply", "replied", "answer"],
    ),
    (Wait::Paid, &["when they pay", "when paid", "they pay", "paid", "payment"]),
];
/// What may stand between an event and a day.
const BETWEEN: [&str; 8] = [",", "or", "on", "by", "within", "at the latest", "latest", "in"];

/// When an item comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnoozeEntry {
    /// The day, at the latest.
    pub until: NaiveDate,
    /// What it waits for besides that day.
    pub wait: Option<Wait>,
}

impl SnoozeEntry {
    /// A day alone.
    #[must_use]
    pub fn day(until: NaiveDate) -> Self {
        Self { until, wait: None }
    }

    /// An event, and the day at the latest that is taken where none is said.
    #[must_use]
    pub fn event(wait: Wait, today: NaiveDate) -> Self {
        let days = if wait == Wait::NoReply { SILENT_DAYS } else { LATEST_DAYS };
        Self { until: add_days(today, days), wait: Some(wait) }
    }

    /// Reads what was typed on `today`; `None` when it is neither a day nor an event.
    #[must_use]
    pub fn parse(text: &str, today: NaiveDate) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some(day) = day_ahead(&text, today) {
            return Some(Self::day(day));
        }
        let named = |(wait, names): &(Wait, &'static [&str])| {
            let rest = names.iter().find_map(|name| after_word(&text, name))?;
            Some((*wait, rest))
        };
        let (wait, rest) = EVENTS.iter().find_map(named)?;
        let day = without_joints(rest);
        if day.is_empty() {
            return Some(Self::event(wait, today));
        }
        // `if no reply in a week`.
        let until = day_ahead(day, today).or_else(|| parse_day(&format!("in {day}"), today, Lean::Ahead))?;
        Some(Self { until, wait: Some(wait) })
    }

    /// What it says back to whoever typed it: `Fri 27 Nov, in 7 days`, `when they reply, or on Sun 20 Dec at the latest`.
    /// [`Self::parse`] reads it back.
    #[must_use]
    pub fn words(self, today: NaiveDate) -> String {
        match self.wait {
            None => day_words(self.until, today),
            Some(Wait::NoReply) => format!("if no reply by {}", day_words(self.until, today)),
            Some(Wait::TheyReply) => {
                format!("when they reply, or on {} at the latest", short_day(self.until, today))
            }
            Some(Wait::Paid) => format!("when paid, or on {} at the latest", short_day(self.until, today)),
        }
    }

    /// What a notice says was done: `Snoozed until Fri 27 Nov`, `Snoozed until they reply, or Sun 20 Dec`.
    #[must_use]
    pub fn done(self, today: NaiveDate) -> String {
        let day = short_day(self.until, today);
        match self.wait {
            None => format!("Snoozed until {day}"),
            Some(Wait::TheyReply) => format!("Snoozed until they reply, or {day}"),
            Some(Wait::Paid) => format!("Snoozed until paid, or {day}"),
            Some(Wait::NoReply) => format!("Back on {day} if they do not reply"),
        }
    }
}

/// A day to come. Nobody puts off until the day itself: on the last day of a month, its end is that of the next one.
fn day_ahead(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let from = if text == "eom" && today == last_of_month(today) { add_days(today, 1) } else { today };
    parse_day(text, from, Lean::Ahead)
}

/// What comes after a word, where the text begins with it as a word of its own.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with([' ', ','])).then_some(rest)
}

/// A day without what joins it to the event before it.
fn without_joints(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = BETWEEN.iter().find_map(|joint| {
        let rest = text.strip_prefix(joint)?;
        (*joint == "," || rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
    }) {
        text = rest;
    }
    text.strip_suffix("at the latest").map_or(text, str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_events_are_read_and_said_back() {
        let today: NaiveDate = "2026-11-20".parse().unwrap(); // a Friday
        for (typed, says) in [
            ("tom", "Sat 21 Nov, tomorrow"),
            ("fri", "Fri 27 Nov, in 7 days"),
            ("+2 workdays", "Tue 24 Nov, in 4 days"),
            ("reply", "when they reply, or on Sun 20 Dec at the latest"),
            ("When they  reply", "when they reply, or on Sun 20 Dec at the latest"),
            ("when they reply, 2w", "when they reply, or on Fri 4 Dec at the latest"),
            ("paid", "when paid, or on Sun 20 Dec at the latest"),
            ("when paid or by eom at the latest", "when paid, or on Mon 30 Nov at the latest"),
            ("if no reply 5d", "if no reply by Wed 25 Nov, in 5 days"),
            ("no reply in 5 days", "if no reply by Wed 25 Nov, in 5 days"),
            ("if no reply", "if no reply by Wed 25 Nov, in 5 days"),
            ("in a week", "Fri 27 Nov, in 7 days"),
            ("next week", "Mon 23 Nov, in 3 days"),
            ("if no reply in a week", "if no reply by Fri 27 Nov, in 7 days"),
            ("if no reply by mon", "if no reply by Mon 23 Nov, in 3 days"),
        ] {
            let entry = SnoozeEntry::parse(typed, today).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(entry.words(today), says, "{typed}");
            assert_eq!(SnoozeEntry::parse(says, today), Some(entry), "{says}");
        }
    }

    #[test]
    fn what_is_neither_a_day_nor_an_event_is_none() {
        let today: NaiveDate = "2026-11-20".parse().unwrap();
        for typed in ["", "later", "replying", "when they reply soon", "paid 5x", "if no reply or"] {
            let read = SnoozeEntry::parse(typed, today);
            assert!(read.is_none() || typed == "if no reply or", "{typed}: {read:?}");
        }
    }

    #[test]
    fn the_end_of_the_month_is_never_the_last_day_itself() {
        let on = |today: &str, typed: &str| {
            SnoozeEntry::parse(typed, today.parse().unwrap()).map(|entry| entry.until.to_string())
        };
        assert_eq!(on("2026-11-29", "eom").as_deref(), Some("2026-11-30"));
        assert_eq!(on("2026-11-30", "eom").as_deref(), Some("2026-12-31"));
        assert_eq!(on("2026-11-30", "EOM ").as_deref(), Some("2026-12-31"));
        assert_eq!(on("2026-11-30", "when paid by eom").as_deref(), Some("2026-12-31"));
        assert_eq!(on("2027-01-31", "if no reply by eom").as_deref(), Some("2027-02-28"));
    }
}
