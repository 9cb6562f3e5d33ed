//! Words that both writers use.

use chrono::NaiveDate;
use rust_decimal::RoundingStrategy;

use crate::domain::Money;

use super::{Achieved, AchievedKind, Dossier};

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

/// `20 November 2026`.
pub(super) fn long_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `12 Mar`: the year stands above.
pub(super) fn day_of_year(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
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

/// What goes with something achieved, behind its words: how a goal went, how often, that it was a gift.
pub(super) fn besides(it: &Achieved) -> Vec<String> {
    let mut besides = Vec::new();
    match &it.kind {
        AchievedKind::Goal { .. } => besides.push(plain(&it.kind.course())),
        AchievedKind::Beyond => besides.push("beyond what was agreed".to_owned()),
        AchievedKind::Gift => besides.push("a gift".to_owned()),
        AchievedKind::Result | AchievedKind::Delivered => {}
    }
    if it.times > 1 {
        besides.push(format!("{} times", it.times));
    }
    besides
}

/// The sentence with the sum, where there is one.
pub(super) fn worth(dossier: &Dossier) -> Option<String> {
    let worth = dossier.worth.as_ref()?.as_ref().ok()?;
    Some(format!("Worth {} to you, as far as it was told.", amount(*worth)))
}

/// What stands in place of a list where nothing was achieved yet.
pub(super) const NOTHING: &str = "Nothing is noted yet.";

/// What does not belong to a deal.
pub(super) const NO_DEAL: &str = "Besides";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

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
