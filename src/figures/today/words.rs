//! Words for days and counts, as sentences of the queue use them.

use chrono::NaiveDate;

use crate::domain::{HesitationCause, days_between};
pub(super) use crate::figures::words::date;

/// `1 day`, `18 days`.
pub(super) fn days(count: i64) -> String {
    counted(count, "day", "days")
}

/// A count with its noun.
pub(super) fn counted(count: i64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// How far a day lies from `today`: `today`, `tomorrow`, `in 5 days`, `yesterday`, `5 days ago`.
pub(super) fn distance(day: NaiveDate, today: NaiveDate) -> String {
    match days_between(today, day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        ahead if ahead > 0 => format!("in {}", days(ahead)),
        past => format!("{} ago", days(-past)),
    }
}

/// `1st`, `2nd`, `3rd`, `4th`.
pub(super) fn ordinal(n: usize) -> String {
    let suffix = match (n % 10, n % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// Why a deal is held up, to follow "they hesitate:".
pub(super) fn cause(cause: HesitationCause) -> &'static str {
    match cause {
        HesitationCause::ValueUnclear => "what it is worth is unclear",
        HesitationCause::NotDecisionMaker => "whoever talks does not decide",
        HesitationCause::PriceLate => "the price came late",
        HesitationCause::CashTrouble => "no money now",
        HesitationCause::OnlyShopping => "only comparing prices",
        HesitationCause::SomethingChanged => "something changed",
    }
}

/// A sentence from its parts.
pub(super) fn sentence(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_one_says_them() {
        let today: NaiveDate = "2026-11-21".parse().unwrap();
        let say = |text: &str| distance(text.parse().unwrap(), today);
        assert_eq!(
            ["2026-11-21", "2026-11-22", "2026-11-26", "2026-11-20", "2026-11-01"].map(say),
            ["today", "tomorrow", "in 5 days", "yesterday", "20 days ago"]
        );
        assert_eq!(date("2025-03-04".parse().unwrap(), today), "4 Mar 2025");
        assert_eq!(
            [1, 2, 3, 4, 11, 22, 113].map(ordinal),
            ["1st", "2nd", "3rd", "4th", "11th", "22nd", "113th"]
        );
    }
}
