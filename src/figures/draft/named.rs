//! The amounts and days that a letter names, read back as values.
//!
//! A letter is its text: whoever changed an amount or a day in it before it went said that. It was written in the marks and the
//! order that were preferred then, maybe on another machine, so all of them are read, whatever is preferred now. This is the
//! inverse of how letters write ([`crate::figures::words::amount`], [`crate::written::long_day`]).

use chrono::{Month, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::{Currency, Money};
use crate::written::MINUS;

/// The amounts that a text names, in its order: `1,190 EUR`, `1.190,50 EUR`.
pub(in crate::figures) fn amounts(text: &str) -> Vec<Money> {
    // A number may be parted by a space that does not break.
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let pairs = words.windows(2).filter_map(|pair| {
        let [number, code] = pair else { return None };
        let code = code.get(..3).filter(|_| !code.chars().nth(3).is_some_and(char::is_alphanumeric))?;
        let currency: Currency = code.parse().ok()?;
        Some(Money::new(number_at_end(number, currency)?, currency))
    });
    pairs.collect()
}

/// The number that a word ends with: `(−1’190.50`.
fn number_at_end(word: &str, currency: Currency) -> Option<Decimal> {
    let is_part = |c: char| c.is_ascii_digit() || parts_thousands(c) || is_point(c);
    let before = word.trim_end_matches(is_part);
    let number = word.strip_prefix(before)?.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (whole, part) = halves(number, currency);
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let plain = if part.is_empty() { digits } else { format!("{digits}.{part}") };
    let amount: Decimal = plain.parse().ok()?;
    Some(if before.ends_with(MINUS) { -amount } else { amount })
}

/// What stands before and behind the decimal mark. Three digits behind a mark are thousands, unless the currency has three decimals,
/// which letters always write, or another mark parts the thousands.
fn halves(number: &str, currency: Currency) -> (&str, &str) {
    let Some((at, mark)) = number.char_indices().rfind(|(_, c)| !c.is_ascii_digit()) else {
        return (number, "");
    };
    let (whole, part) = number.split_at(at);
    let part = part.strip_prefix(mark).unwrap_or_default();
    let has_other_mark = || whole.contains(|c: char| !c.is_ascii_digit());
    let is_decimal = is_point(mark)
        && !whole.contains(mark)
        && (part.len() != 3 || currency.decimals() == 3 || has_other_mark());
    if is_decimal { (whole, part) } else { (number, "") }
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// Whether a mark does nothing but part thousands.
fn parts_thousands(c: char) -> bool {
    matches!(c, '\u{202f}' | '\u{a0}' | '\u{2019}' | '\'')
}

/// The days that a text names, in its order: `10 December 2026`, `December 10, 2026`, `2026-12-10`.
pub(in crate::figures) fn days(text: &str) -> Vec<NaiveDate> {
    let bare = |word| str::trim_matches(word, |c: char| !c.is_alphanumeric());
    let words: Vec<&str> = text.split_whitespace().map(bare).collect();
    (0..words.len()).filter_map(|at| day_at(words.get(at..)?)).collect()
}

/// The day that some words begin with.
fn day_at(words: &[&str]) -> Option<NaiveDate> {
    let (first, more) = words.split_first()?;
    if first.len() == "2026-12-10".len()
        && let Ok(day) = NaiveDate::parse_from_str(first, "%Y-%m-%d")
    {
        return Some(day);
    }
    let [second, year, ..] = more else { return None };
    let day_first = first.starts_with(|c: char| c.is_ascii_digit());
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    let month: Month = month.parse().ok()?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    NaiveDate::from_ymd_opt(year, month.number_from_month(), day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::words::{amount, long_day};
    use crate::written::{Format, use_format};

    #[test]
    fn what_a_letter_names_is_read_back_as_it_was_in_all_marks_and_orders() {
        let of = |text: &str| Money::parse(text).unwrap();
        let money = [
            "0 EUR",
            "7 EUR",
            "66.50 EUR",
            "999 EUR",
            "1190 EUR",
            "1190.50 EUR",
            "1234567 EUR",
            "-890.05 EUR",
            "12000 JPY",
            "1.190 KWD",
            "1190 KWD",
            "1190.5 KWD",
            "1234567 KWD",
            "0.5 KWD",
        ]
        .map(of);
        let on = ["2026-12-10", "2027-05-01", "2026-02-28"].map(|day| day.parse::<NaiveDate>().unwrap());
        for format in Format::all() {
            use_format(format);
            let amounts_said = money.map(amount).join(", then (") + ".";
            assert_eq!(amounts(&amounts_said), money, "{amounts_said}");
            let days_said =
                format!("By {}, or ({}); not {}.", long_day(on[0]), long_day(on[1]), long_day(on[2]));
            assert_eq!(days(&days_said), on, "{days_said}");
        }
        use_format(Format::default());
    }

    #[test]
    fn an_amount_that_somebody_typed_is_read_in_the_marks_they_chose() {
        for (typed, is) in [
            ("66,5 EUR", "66.5 EUR"),
            ("1'190.00 CHF", "1190 CHF"),
            ("1\u{a0}190 EUR", "1190 EUR"),
            ("of 2x500 EUR:", "500 EUR"),
        ] {
            assert_eq!(amounts(typed), [Money::parse(is).unwrap()], "{typed}");
        }
        for none in ["no EUR", "90 euros", "90 EURO", "EUR 90", "1,190 XYZ", ", EUR"] {
            assert_eq!(amounts(none), [], "{none}");
        }
    }

    #[test]
    fn what_only_looks_like_a_day_is_none() {
        for none in [
            "Dear 10 of 2026",
            "30 February 2026",
            "March 2026",
            "invoice 2026-031",
            "10 March 20 pages",
            "March 3",
        ] {
            assert_eq!(days(none), [], "{none}");
        }
    }
}
