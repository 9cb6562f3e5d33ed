//! Amounts as a person types them: `1200`, `1,200.50`, `1.200,50`, `1200 usd`; and as a form writes them, so that they read
//! back.

use rust_decimal::Decimal;

use crate::domain::{Currency, Money, Percent};
use crate::written;

/// Reads an amount; without a code it is in `currency`.
///
/// A point or comma that stands once is the decimal one, but where it could as well group thousands: between one to three
/// digits and three, with no other separator before it, in a currency that has not three decimals itself (`1,200`).
///
/// # Errors
/// Why it is no amount, in a sentence without a full stop.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Money, String> {
    let text = text.trim();
    let (number, code) = split_code(text);
    let expected = || "expected an amount such as 1200 or 1,200.50 EUR".to_owned();
    let currency = match code {
        // Only of what stands behind a number can it be said that it is no currency.
        Some(_) if plain_number(number, currency).is_none() => return Err(expected()),
        Some(code) => {
            code.to_uppercase().parse().map_err(|error: crate::domain::AmountError| error.to_string())?
        }
        None => currency,
    };
    let plain = plain_number(number, currency).ok_or_else(expected)?;
    let amount = Money::parse(&plain).map_err(|error| error.to_string())?.amount;
    Ok(Money::new(amount, currency))
}

/// As [`parse_amount`], where it can be meant in one way only.
///
/// # Errors
/// Why it is no amount, or in which two ways it may be meant.
pub(super) fn clear_amount(text: &str, currency: Currency) -> Result<Money, String> {
    let amount = parse_amount(text, currency)?;
    let Some(other) = otherwise_meant(text, currency) else { return Ok(amount) };
    let [amount, other] = [amount, other].map(|it| written::exact(it.amount, it.currency.decimals()));
    Err(format!("this may be {amount} or {other}: write it so"))
}

/// Of an amount whose only mark is the decimal one that is preferred, with three digits behind it, which are read as thousands:
/// what it is where that mark begins decimals, rounded. In a currency of other than three decimals it may be meant either way.
pub(crate) fn otherwise_meant(text: &str, currency: Currency) -> Option<Money> {
    let (grouped, decimal) = (parse_amount(text, currency).ok()?, written::format().marks.signs().1);
    let (number, _) = split_code(text.trim());
    let (whole, decimals) = number.split_once(decimal)?;
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let sign = if whole.starts_with(['-', '\u{2212}']) { "-" } else { "" };
    let whole = whole.trim_start_matches(['-', '\u{2212}']);
    let is_grouped = grouped.amount.fract().is_zero() && decimals.len() == 3;
    if !is_grouped || !digits(whole) || !digits(decimals) || grouped.currency.decimals() == 3 {
        return None;
    }
    let exact = Money::parse(&format!("{sign}{whole}.{decimals}")).ok()?.amount;
    let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    Some(Money::new(exact.round_dp_with_strategy(grouped.currency.decimals(), half_up), grouped.currency))
}

/// Writes an amount in the marks that are preferred, as [`parse_amount`] reads it back exactly; with its code only where that
/// is not `currency`.
pub(super) fn amount_text(amount: Money, currency: Currency) -> String {
    let decimals = amount.currency.decimals();
    // Three decimals would read as thousands: 12.125 is written 12.1250.
    let at_least = if amount.amount.normalize().scale() == 3 && decimals != 3 { 4 } else { decimals };
    let number = written::exact(amount.amount, at_least);
    if amount.currency == currency { number } else { format!("{number} {}", amount.currency) }
}

/// Writes a number that is no amount, such as hours, with the decimal mark that is preferred. Thousands are not parted: what
/// reads it takes a comma for a decimal one.
pub(super) fn number_text(number: Decimal) -> String {
    let (_, decimal) = written::format().marks.signs();
    number.normalize().to_string().replace('.', &decimal.to_string())
}

/// Writes a percentage with that mark.
pub(super) fn percent_text(percent: Percent) -> String {
    written::per_cent(number_text(percent.per_hundred()))
}

/// The words of a line: what parts thousands within a number parts no words.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    text.split(parts).filter(|word| !word.is_empty())
}

/// Reads such a number: `2.5`, `2,5`.
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    text.trim().replace(',', ".").replace(written::MINUS, "-").parse().ok()
}

/// Whether a word is a currency's code or sign.
#[must_use]
pub fn is_currency(word: &str) -> bool {
    SIGNS.iter().any(|(sign, _)| *sign == word) || word.to_uppercase().parse::<Currency>().is_ok()
}

const SIGNS: [(&str, &str); 4] = [("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("¥", "JPY")];

/// Splits a currency's code or sign off, from either end.
fn split_code(text: &str) -> (&str, Option<&str>) {
    for (sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return (rest.trim(), Some(code));
        }
    }
    let digits_end = text
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let (number, code) = text.split_at(digits_end);
    (number.trim(), if code.is_empty() { None } else { Some(code) })
}

/// The number without grouping and with a decimal point; `None` when its separators make no sense.
fn plain_number(text: &str, currency: Currency) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim()),
        None => ("", text),
    };
    let separator = |c: char| matches!(c, '.' | ',' | ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}');
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || separator(c)) {
        return None;
    }
    let (whole, decimals) = match digits.rfind(['.', ',']) {
        Some(at) => {
            let (before, after) = (digits.get(..at)?, digits.get(at + 1..)?);
            let once = !before.contains(digits.get(at..at + 1)?);
            let grouped = before.contains(separator);
            let could_group = after.len() == 3
                && before.len() <= 3
                && before != "0"
                && !grouped
                && currency.decimals() != 3;
            let is_decimal = once && !could_group && after.chars().all(|c| c.is_ascii_digit());
            if is_decimal && !after.is_empty() { (before, Some(after)) } else { (digits, None) }
        }
        None => (digits, None),
    };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if first.is_empty() || !grouped {
        return None;
    }
    let whole: String = std::iter::once(first).chain(rest).collect();
    Some(match decimals {
        Some(decimals) => format!("{sign}{whole}.{decimals}"),
        None => format!("{sign}{whole}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("1200", "1200.00 EUR"),
            ("1,200.50", "1200.50 EUR"),
            ("1.200,5", "1200.50 EUR"),
            ("1 200", "1200.00 EUR"),
            ("1,200", "1200.00 EUR"),
            ("1200 usd", "1200.00 USD"),
            ("$99.90", "99.90 USD"),
            ("12,50 €", "12.50 EUR"),
            ("-50", "-50.00 EUR"),
        ] {
            assert_eq!(
                parse_amount(typed, Currency::EUR).map(|amount| amount.to_string()),
                Ok(expected.to_owned())
            );
        }
    }

    #[test]
    fn three_decimals_are_decimals_where_they_cannot_be_thousands() {
        let kwd: Currency = "KWD".parse().unwrap();
        for (typed, currency, expected) in [
            ("0.085", Currency::EUR, "0.085 EUR"),
            ("0,085", Currency::EUR, "0.085 EUR"),
            ("12.500", kwd, "12.500 KWD"),
            ("12.500 KWD", Currency::EUR, "12.500 KWD"),
            ("1,200.125", Currency::EUR, "1200.125 EUR"),
            ("1 200,125", Currency::EUR, "1200.125 EUR"),
            ("1200.125", Currency::EUR, "1200.125 EUR"),
            ("12.1250", Currency::EUR, "12.125 EUR"),
            ("12.500", Currency::EUR, "12500.00 EUR"),
            ("1.200.500", kwd, "1200500.000 KWD"),
        ] {
            assert_eq!(
                parse_amount(typed, currency).map(|amount| amount.to_string()),
                Ok(expected.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_written_reads_back_exactly() {
        let own: Currency = Currency::EUR;
        for code in ["EUR", "USD", "KWD", "JPY"] {
            for number in
                ["0", "0.085", "12.5", "12.125", "-12.125", "0.000001", "999.1234", "1200.125", "450"]
            {
                let amount = Money::parse(&format!("{number} {code}")).unwrap();
                let text = amount_text(amount, own);
                assert_eq!(parse_amount(&text, own), Ok(amount), "{text}");
            }
        }
        assert_eq!(amount_text(Money::parse("450 EUR").unwrap(), own), "450.00");
        assert_eq!(amount_text(Money::parse("450 USD").unwrap(), own), "450.00 USD");
    }

    #[test]
    fn what_is_no_amount_says_so() {
        for typed in
            ["", "abc", "1,20,0", "12,34567890", "1,200,50", "1200 zzz", "1e5", ".", "99999999999999"]
        {
            assert!(parse_amount(typed, Currency::EUR).is_err(), "{typed}");
        }
    }
}
