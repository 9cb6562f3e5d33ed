//! Words that several figures use.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{self, Money};
use crate::written;

pub(super) use crate::written::{capital, chance as percent, date, exact_share as per_cent, long_day};

/// An amount as a letter writes it: `180,000 EUR`, with cents only where there are some. Where a currency has three decimals they
/// are always written: `1.190` alone could be either.
pub(super) fn amount(money: Money) -> String {
    let decimals = money.currency.decimals();
    let rounded = money.amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let places = if rounded.fract().is_zero() && decimals != 3 { 0 } else { decimals as usize };
    format!("{} {}", written::number(&format!("{rounded:.places$}")), money.currency)
}

/// An amount in full: `9,000.00 EUR`.
#[must_use]
pub fn amount_in_full(money: Money) -> String {
    let mut amount = money.amount;
    amount.rescale(amount.normalize().scale().max(money.currency.decimals()));
    format!("{} {}", written::number(&amount.to_string()), money.currency)
}

/// An amount that is foretold or sums up, with no more than it can know: `10,500 EUR`, but `500.00 EUR`.
pub(super) fn round_amount(money: Money) -> String {
    let whole = money.amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    if whole.abs() < Decimal::ONE_THOUSAND {
        return amount_in_full(money.rounded());
    }
    format!("{} {}", written::number(&whole.to_string()), money.currency)
}

/// A number as it is: `1,200.5`, `−2.8`.
pub(super) fn number(number: Decimal) -> String {
    written::decimal(number)
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

/// A share of the paths that were drawn, in whole per cent. It is never nought nor certain: paths that were not drawn may
/// run otherwise.
pub(super) fn percent_of_paths(share: f64) -> String {
    match share {
        it if it < 0.01 => domain::per_cent("<1"),
        it if it > 0.99 => domain::per_cent(">99"),
        it => percent(it),
    }
}

/// A sentence as a clause of another: a small letter first, but of `I`, and no full stop.
pub(super) fn clause(says: &str) -> String {
    let says = says.trim_end_matches('.');
    let mut letters = says.chars();
    match letters.next() {
        Some(first) if !says.starts_with("I ") => first.to_lowercase().chain(letters).collect(),
        _ => says.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[test]
    fn an_amount_has_its_thousands_parted_and_a_share_of_paths_is_never_nought() {
        let said = ["9000 EUR", "1234567.5 EUR", "-999 EUR", "1000 JPY", "0 EUR"]
            .map(|text| amount_in_full(Money::parse(text).unwrap()));
        assert_eq!(said, ["9,000.00 EUR", "1,234,567.50 EUR", "−999.00 EUR", "1,000 JPY", "0.00 EUR"]);
        let shares = [0.0, 0.004, 0.06, 0.125, 0.994, 1.0].map(percent_of_paths);
        assert_eq!(shares, ["<1", "<1", "6", "12", ">99", ">99"].map(domain::per_cent));
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
