//! The sample book: a studio's three years of facts, dated relative to the day on which it is opened.

use chrono::NaiveDate;

use crate::domain::{add_days, days_between};

/// The book as it stands in `assets/`, as of [`ANCHOR`].
const BOOK: &str = include_str!("../../assets/sample.ron");

/// The day as of which the sample book was written.
pub const ANCHOR: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 20) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The text of the sample book as of `today`: every day in it is moved by as many days as `today` lies from [`ANCHOR`].
///
/// Only a value that is nothing but a day is moved, never a day within a sentence; so the book's sentences name none.
#[must_use]
pub fn text(today: NaiveDate) -> String {
    moved(BOOK, days_between(ANCHOR, today))
}

/// `book` with every day in it moved by `days`. Relies on quotes standing around values only: the book has none in its
/// comments and no escaped ones, which a test holds.
fn moved(book: &str, days: i64) -> String {
    let mut text = String::with_capacity(book.len());
    for (position, piece) in book.split('"').enumerate() {
        if position > 0 {
            text.push('"');
        }
        let is_value = position % 2 == 1;
        match day_of(piece).filter(|_| is_value) {
            Some(day) => text.push_str(&add_days(day, days).to_string()),
            None => text.push_str(piece),
        }
    }
    text
}

fn day_of(piece: &str) -> Option<NaiveDate> {
    if piece.len() == "2026-11-20".len() { piece.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_value_that_is_a_day_moves() {
        let book =
            "// on 2026-11-20\n(day: \"2026-11-20\", note: \"since 2026-11-20\", number: \"2026-112-0\")";
        assert_eq!(
            moved(book, 101),
            "// on 2026-11-20\n(day: \"2027-03-01\", note: \"since 2026-11-20\", number: \"2026-112-0\")"
        );
    }

    #[test]
    fn quotes_in_the_sample_stand_around_values_only() {
        assert!(!BOOK.contains("\\\"") && !BOOK.contains("\\\\") && !BOOK.contains("r#"));
        assert!(BOOK.lines().all(|line| !line.split_once("//").is_some_and(|(_, said)| said.contains('"'))));
    }

    #[test]
    fn on_its_own_day_the_sample_is_as_it_was_written() {
        assert_eq!(text(ANCHOR), BOOK);
    }
}
