//! Words that several figures use.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::Money;

/// A day as one says it on another: `4 Mar`, with its year where that differs.
pub(super) fn date(day: NaiveDate, said_on: NaiveDate) -> String {
    let format = if day.year() == said_on.year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(format).to_string()
}

/// A chance in whole per cent; what is neither nought nor certain never looks so.
pub(super) fn percent(chance: f64) -> String {
    let per_hundred = chance * 100.0;
    match per_hundred {
        it if it <= 0.0 => "0 %".to_owned(),
        it if it < 1.0 => "<1 %".to_owned(),
        it if it > 99.0 && it < 100.0 => ">99 %".to_owned(),
        it => format!("{it:.0} %"),
    }
}

/// A share of the paths that were drawn, in whole per cent. It is never nought nor certain: paths that were not drawn may
/// run otherwise.
pub(super) fn percent_of_paths(share: f64) -> String {
    match share {
        it if it < 0.01 => "<1 %".to_owned(),
        it if it > 0.99 => ">99 %".to_owned(),
        it => percent(it),
    }
}

/// An amount in full with its currency: `9,000.00 EUR`.
pub(super) fn amount(money: Money) -> String {
    let places = money.amount.normalize().scale().max(money.currency.decimals());
    let mut rescaled = money.amount;
    rescaled.rescale(places);
    let text = rescaled.abs().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len().saturating_sub(index).is_multiple_of(3) {
            digits.push(',');
        }
        digits.push(digit);
    }
    let sign = if rescaled.is_sign_negative() && !rescaled.is_zero() { "\u{2212}" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{digits}{point}{part} {}", money.currency)
}

/// A share in whole per cent; what is neither nought nor all never looks so.
pub(super) fn per_cent(share: Decimal) -> String {
    let per_hundred = share.saturating_mul(Decimal::ONE_HUNDRED);
    let whole = per_hundred.round();
    match share {
        share if share > Decimal::ZERO && whole.is_zero() => "<1 %".to_owned(),
        share if share < Decimal::ONE && whole == Decimal::ONE_HUNDRED => ">99 %".to_owned(),
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

    #[test]
    fn an_amount_has_its_thousands_parted_and_a_share_of_paths_is_never_nought() {
        let said = ["9000 EUR", "1234567.5 EUR", "-999 EUR", "1000 JPY", "0 EUR"]
            .map(|text| amount(Money::parse(text).unwrap()));
        assert_eq!(said, ["9,000.00 EUR", "1,234,567.50 EUR", "−999.00 EUR", "1,000 JPY", "0.00 EUR"]);
        let shares = [0.0, 0.004, 0.06, 0.125, 0.994, 1.0].map(percent_of_paths);
        assert_eq!(shares, ["<1 %", "<1 %", "6 %", "12 %", ">99 %", ">99 %"]);
    }

    #[test]
    fn a_place_gets_a_preposition_only_where_it_has_none() {
        assert_eq!(
            ["the fair", "At the fair", "on the ladder", "Innsbruck"].map(at_place),
            ["at the fair", "At the fair", "on the ladder", "at Innsbruck"]
        );
    }
}
