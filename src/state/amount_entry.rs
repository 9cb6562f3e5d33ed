//! Amounts as a person types them: `1200`, `1,200.50`, `1.200,50`, `1200 usd`.

use crate::domain::{Currency, Money};

/// Reads an amount; without a code it is in `currency`.
///
/// The last separator followed by one or two digits is the decimal one; any other groups thousands.
///
/// # Errors
/// Why it is no amount, in a sentence without a full stop.
pub(super) fn parse_amount(text: &str, currency: Currency) -> Result<Money, String> {
    let text = text.trim();
    let (number, code) = split_code(text);
    let currency = match code {
        Some(code) => {
            code.to_uppercase().parse().map_err(|error: crate::domain::AmountError| error.to_string())?
        }
        None => currency,
    };
    let plain =
        plain_number(number).ok_or_else(|| "expected an amount such as 1200 or 1,200.50 EUR".to_owned())?;
    let amount = Money::parse(&plain).map_err(|error| error.to_string())?.amount;
    Ok(Money::new(amount, currency))
}

/// Splits a currency's code or sign off, from either end.
fn split_code(text: &str) -> (&str, Option<&str>) {
    for (sign, code) in [("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("¥", "JPY")] {
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
fn plain_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim()),
        None => ("", text),
    };
    let separator = |c: char| matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}');
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || separator(c)) {
        return None;
    }
    let (whole, decimals) = match digits.rfind(['.', ',']) {
        Some(at) => {
            let after = digits.get(at + 1..)?;
            let is_decimal = (1..=2).contains(&after.len()) && after.chars().all(|c| c.is_ascii_digit());
            if is_decimal { (digits.get(..at)?, Some(after)) } else { (digits, None) }
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
    fn what_is_no_amount_says_so() {
        for typed in ["", "abc", "1,20,0", "12,3456", "1200 zzz", "1e5", ".", "99999999999999"] {
            assert!(parse_amount(typed, Currency::EUR).is_err(), "{typed}");
        }
    }
}
