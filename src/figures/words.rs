//! Words that several figures use.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::Money;

/// A day as one says it on another: `4 Mar`, with its year where that differs.
pub(super) fn date(day: NaiveDate, said_on: NaiveDate) -> String {
    let format = if day.year() == said_on.year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(format).to_string()
}

/// `20 November 2026`.
pub(super) fn long_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// An amount as a letter writes it: `180,000 EUR`, with cents only where there are some.
pub(super) fn amount(money: Money) -> String {
    let decimals = money.currency.decimals();
    let rounded = money.amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let places = if rounded.fract().is_zero() { 0 } else { decimals as usize };
    let text = format!("{rounded:.places$}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("\u{2212}", digits));
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if cents.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{cents} {}", money.currency)
}

/// On one line, without anything that cannot be seen.
pub(super) fn plain(text: &str) -> String {
    let seen: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Turns the writing round or cannot be seen: it could make a text read otherwise than it is.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A chance in whole per cent; what is neither nought nor certain never looks so.
pub(super) fn percent(chance: f64) -> String {
    let per_hundred = chance * 100.0;
    match per_hundred {
        it if it <= 0.0 => "0 %".to_owned(),
        it if it < 1.0 => "under 1 %".to_owned(),
        it if it > 99.0 && it < 100.0 => "over 99 %".to_owned(),
        it => format!("{it:.0} %"),
    }
}

/// A share in whole per cent; what is neither nought nor all never looks so.
pub(super) fn per_cent(share: Decimal) -> String {
    let per_hundred = share.saturating_mul(Decimal::ONE_HUNDRED);
    let whole = per_hundred.round();
    match share {
        share if share > Decimal::ZERO && whole.is_zero() => "under 1 %".to_owned(),
        share if share < Decimal::ONE && whole == Decimal::ONE_HUNDRED => "over 99 %".to_owned(),
        _ => format!("{} %", whole.normalize()),
    }
}

/// Where somebody was met, with its preposition unless the book gives one: `at the fair`, `on the ladder`.
pub(super) fn at_place(place: &str) -> String {
    let first = place.split_whitespace().next().unwrap_or_default().to_lowercase();
    let given = ["at", "on", "in", "by", "through", "via", "over", "near", "from"].contains(&first.as_str());
    if given { place.to_owned() } else { format!("at {place}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[test]
    fn a_place_gets_a_preposition_only_where_it_has_none() {
        assert_eq!(
            ["the fair", "At the fair", "on the ladder", "Innsbruck"].map(at_place),
            ["at the fair", "At the fair", "on the ladder", "at Innsbruck"]
        );
    }

    #[test]
    fn an_amount_has_cents_only_where_there_are_some() {
        let of = |text: &str| amount(Money::new(text.parse().unwrap_or_default(), Currency::EUR));
        assert_eq!(of("180000.00"), "180,000 EUR");
        assert_eq!(of("1234.5"), "1,234.50 EUR");
        assert_eq!(of("-0.1"), "\u{2212}0.10 EUR");
        assert_eq!(of("999.999"), "1,000 EUR");
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(plain("a\u{202E}b\n\t c\u{0}"), "ab c");
    }
}
