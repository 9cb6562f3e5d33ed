//! Amounts among the words of a line.

use std::ops::Range;

use crate::domain::{Currency, Money};
use crate::state::amount_entry::{is_currency, otherwise_meant, parse_amount};

use crate::command::quick_entry::words::day::{is_dotted, is_month};
use crate::command::quick_entry::words::line::Line;

/// An amount, and the words it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::command::quick_entry) struct Amount {
    pub(in crate::command::quick_entry) words: Range<usize>,
    pub(in crate::command::quick_entry) money: Money,
    /// Whether a currency's sign or code stands by it, so that it can be nothing else.
    pub(in crate::command::quick_entry) marked: bool,
    /// What it may as well be: of `1.200` one and a fifth.
    pub(in crate::command::quick_entry) otherwise: Option<Money>,
}

/// What a currency may be called besides its code and sign.
const NAMES: [(&str, &str); 10] = [
    ("franken", "CHF"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("quid", "GBP"),
    ("francs", "CHF"),
    ("bucks", "USD"),
];

/// Codes that may be written small: others are words as well (`all`, `pen`, `top`, `try`).
const SMALL: [&str; 20] = [
    "eur", "usd", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln", "czk", "huf", "cad", "aud", "nzd", "sgd",
    "hkd", "inr", "cny", "brl", "zar",
];

/// The amounts among the free words of a range; those without a currency are in `currency`. Where any has a sign or code of
/// its own, the others are no amounts.
pub(in crate::command::quick_entry) fn amounts(
    line: &Line<'_>,
    within: Range<usize>,
    currency: Currency,
) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut at = within.start;
    while at < within.end {
        match amount_at(line, at, within.end, currency) {
            Some(amount) => {
                at = amount.words.end;
                found.push(amount);
            }
            None => at += 1,
        }
    }
    if found.iter().any(|amount| amount.marked) {
        found.retain(|amount| amount.marked);
    }
    found
}

impl Amount {
    /// Whether it is the number of a day, `by 8 dec`, and no amount.
    pub(in crate::command::quick_entry) fn is_of_day(&self, line: &Line<'_>) -> bool {
        let before = self.words.start.checked_sub(1).map_or("", |at| line.plain(at));
        let dotted = self.words.len() == 1 && is_dotted(line, self.words.start);
        !self.marked && (is_month(line.plain(self.words.end)) || is_month(before) || dotted)
    }
}

/// The longest amount that begins at a word.
fn amount_at(line: &Line<'_>, at: usize, end: usize, currency: Currency) -> Option<Amount> {
    (1..=4).rev().map(|length| at..at + length).filter(|range| range.end <= end).find_map(|range| {
        let inner = range.start..range.end.saturating_sub(1);
        let together = line.all_free(range.clone())
            // `3 × 400` is no 3,400.
            && inner.clone().all(|at| line.stands_next(at) && !line.words.get(at).is_some_and(|word| word.colon));
        if !together {
            return None;
        }
        let texts: Vec<&str> =
            range.clone().filter_map(|at| line.words.get(at)).map(|word| word.text).collect();
        let (money, marked, otherwise) = read(&texts, currency)?;
        Some(Amount { words: range, money, marked, otherwise })
    })
}

/// The code of the currency that a word names, if it names one.
fn code(text: &str) -> Option<String> {
    let small = text.to_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == small).map(|(_, code)| (*code).to_owned());
    let large = !text.chars().any(char::is_lowercase) || SMALL.contains(&small.as_str());
    named.or_else(|| (large && is_currency(text)).then(|| text.to_owned()))
}

/// Whether a word names a currency.
pub(in crate::command::quick_entry) fn names_currency(text: &str) -> bool {
    code(text).is_some()
}

/// Reads `1200`, `1 200`, `1.2k`, `€1200`, `1200 euros`, `USD 50`.
fn read(texts: &[&str], currency: Currency) -> Option<(Money, bool, Option<Money>)> {
    // `EUR1499.40`.
    if let [text] = texts
        && let Some((code, digits)) = text.split_at_checked(3)
        && code.chars().all(|c| c.is_ascii_uppercase())
        && is_currency(code)
        && digits.starts_with(|c: char| c.is_ascii_digit())
    {
        return read(&[code, digits], currency);
    }
    let (number, mark) = match texts {
        [rest @ .., last] if !rest.is_empty() && code(last).is_some() => (rest, code(last)),
        [first, rest @ ..] if !rest.is_empty() && code(first).is_some() => (rest, code(first)),
        all => (all, None),
    };
    // The last group may have decimals: `1 200,50`.
    let last = number.len().saturating_sub(1);
    let grouped = number.iter().enumerate().skip(1).all(|(at, part)| {
        let (whole, decimals) = part.split_once([',', '.']).unwrap_or((part, "00"));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let decimals = digits(decimals) && decimals.len() == 2 && (at == last || !part.contains([',', '.']));
        whole.len() == 3 && digits(whole) && decimals
    });
    let first = number.first()?;
    let is_number =
        |text: &str| text.chars().any(|c| c.is_ascii_digit()) && !text.starts_with(['-', '\u{2212}', '+']);
    let short = number.len() == 1 || first.chars().filter(char::is_ascii_digit).count() <= 3;
    if !grouped || !is_number(first) || !short {
        return None;
    }
    let joined = number.join(" ");
    // `1200,-` and `1200.–` are whole.
    let dashes =
        |text: &str| text.trim_end_matches(['-', '–', '—']).strip_suffix([',', '.']).map(str::to_owned);
    let whole = dashes(&joined).filter(|text| text.len() + 1 < joined.len());
    let (joined, dashed) = whole.map_or((joined, false), |text| (text, true));
    let (digits, thousands) = match joined.strip_suffix(['k', 'K']) {
        Some(digits) if digits.ends_with(|c: char| c.is_ascii_digit()) => (digits.to_owned(), true),
        _ => (joined, false),
    };
    let text = match &mark {
        Some(sign) if sign.chars().all(char::is_alphabetic) => format!("{digits} {sign}"),
        Some(sign) => format!("{sign}{digits}"),
        None => digits,
    };
    let bare = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\''));
    let money = parse_amount(&text, currency).ok()?;
    // Of `1.000,-` the comma is the decimal one.
    let otherwise = otherwise_meant(&text, currency).filter(|_| !thousands && !dashed);
    let money = if thousands { by_thousand(&text, money)? } else { money };
    Some((money, !bare || dashed, otherwise))
}

/// `1.2k` is 1,200 and `1,5k` is 1,500: before a `k` a point or comma is always the decimal one.
fn by_thousand(text: &str, money: Money) -> Option<Money> {
    let number: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let plain = number.replace(',', ".");
    let amount = Money::parse(&plain).ok()?.amount.checked_mul(rust_decimal::Decimal::ONE_THOUSAND)?;
    let limit = rust_decimal::Decimal::from(1_000_000_000_000_i64);
    (amount < limit).then(|| Money::new(amount.normalize(), money.currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str) -> Vec<String> {
        let line = Line::new(raw, |_| false);
        amounts(&line, line.all(), Currency::EUR).into_iter().map(|amount| amount.money.to_string()).collect()
    }

    #[test]
    fn amounts_are_read_as_people_type_them_into_a_line() {
        for (typed, expected) in [
            ("paid 1200", "1200.00 EUR"),
            ("paid 1.200,50 today", "1200.50 EUR"),
            ("paid 1,200.50", "1200.50 EUR"),
            ("paid €1200", "1200.00 EUR"),
            ("paid € 1200", "1200.00 EUR"),
            ("paid 1200€", "1200.00 EUR"),
            ("paid 1200 usd", "1200.00 USD"),
            ("paid usd 1200", "1200.00 USD"),
            ("paid 1 200", "1200.00 EUR"),
            ("paid 1 200,50", "1200.50 EUR"),
            ("paid 1 200 000 usd", "1200000.00 USD"),
            ("paid 1.2k", "1200.00 EUR"),
            ("paid 1,25k usd", "1250.00 USD"),
            ("paid $2k", "2000.00 USD"),
            ("paid 50 quid", "50.00 GBP"),
            ("paid 12.500", "12500.00 EUR"),
            ("paid 428,-", "428.00 EUR"),
            ("paid 1.200.–", "1200.00 EUR"),
            ("paid 1.000,-", "1000.00 EUR"),
            ("paid EUR1499.40", "1499.40 EUR"),
            ("paid CHF500", "500.00 CHF"),
        ] {
            assert_eq!(found(typed), [expected], "{typed}");
        }
        for typed in ["19%", "3h", "RE-2026-031", "#31", "in 3d", "k", "€", "-5", "1e5", "10:30"] {
            assert_eq!(found(typed), Vec::<String>::new(), "{typed}");
        }
        assert_eq!(found("1200 500"), ["1200.00 EUR", "500.00 EUR"], "not thousands: four digits begin");
        assert_eq!(found("3 × 400"), ["3.00 EUR", "400.00 EUR"], "a sign between them makes no thousands");
        assert_eq!(found("300 €500"), ["500.00 EUR"], "what has a sign is the amount");
    }
}
