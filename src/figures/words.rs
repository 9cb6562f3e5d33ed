//! Words that several figures use.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

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

    #[test]
    fn a_place_gets_a_preposition_only_where_it_has_none() {
        assert_eq!(
            ["the fair", "At the fair", "on the ladder", "Innsbruck"].map(at_place),
            ["at the fair", "At the fair", "on the ladder", "at Innsbruck"]
        );
    }
}
