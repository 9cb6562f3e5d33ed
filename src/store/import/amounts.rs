//! Amounts as files write them: decimal comma or point, thousands apart, a currency before or behind, three ways to say
//! minus.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::table::shown;
use crate::domain::{AmountError, Currency, Money};

/// What stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

/// What the values of a column tell of their decimal mark, needed for values such as `1.234` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// The values that tell agree.
    All(DecimalMark),
    /// None tells: a lone separator before three digits is then taken for thousands.
    Untold,
    /// They do not agree: such a value cannot be read.
    Mixed,
}

/// Why a cell is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAmount {
    /// Nothing in it.
    Missing,
    /// No number of a known form.
    NotANumber(String),
    /// Thousands or decimals, and other values of the column say both.
    EitherMark(String),
    /// Not the name or sign of a currency, or of more than one.
    Currency(String),
    /// Larger than a book holds.
    TooLarge(String),
}

impl fmt::Display for NoAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the amount is missing"),
            Self::NotANumber(text) => write!(f, "{} is not an amount", shown(text)),
            Self::EitherMark(text) => write!(
                f,
                "{} may be thousands or decimals: the column writes decimals both with commas and with points",
                shown(text)
            ),
            Self::Currency(text) => {
                write!(f, "{} is not an amount in a known currency: use a code such as EUR", shown(text))
            }
            Self::TooLarge(text) => write!(f, "{} is a trillion or more", shown(text)),
        }
    }
}

/// A cell taken apart: sign, digits with their separators, and what stands around them.
struct Parts {
    negative: bool,
    digits: String,
    before: String,
    after: String,
}

fn take_apart(text: &str) -> Option<Parts> {
    const MINUS: [char; 3] = ['-', '\u{2212}', '\u{2013}'];
    if text.len() > 100 {
        return None;
    }
    let mut first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    // `.50` has its point before the first digit; the point of `Fr.50` belongs to the currency.
    let mut before = text.get(..first)?;
    if let Some(rest) = before.strip_suffix(['.', ',']).filter(|rest| !rest.ends_with(char::is_alphabetic)) {
        first = rest.len();
        before = rest;
    }
    let (digits, after) = (text.get(first..last)?, text.get(last..)?);
    // `100,-` and `100.--` are round sums.
    let round = ["--", "\u{2014}", "-", "\u{2013}"].iter().find_map(|dashes| {
        [',', '.'].iter().find_map(|mark| after.strip_prefix(*mark)?.strip_prefix(dashes))
    });
    let after = round
        .or_else(|| after.strip_prefix(['.', ',']).filter(|rest| rest.trim().is_empty()))
        .unwrap_or(after);
    let brackets = before.contains('(') && after.contains(')');
    let minuses = before.matches(MINUS).count() + after.matches(MINUS).count();
    if minuses > 1 || (brackets && minuses > 0) || before.contains('(') != after.contains(')') {
        return None;
    }
    let bare = |part: &str| part.replace(MINUS, "").replace(['(', ')', '+'], "").trim().to_owned();
    Some(Parts {
        negative: brackets || minuses == 1,
        digits: digits.to_owned(),
        before: bare(before),
        after: bare(after),
    })
}

fn sets_thousands_apart(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '\u{2019}' | '_')
}

/// What a value says by itself of the decimal mark: `Err` when its digits are no number in any way.
fn told_by(digits: &str) -> Result<Option<DecimalMark>, ()> {
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    match (points, commas) {
        (0, 0) => Ok(None),
        (1, 0) => Ok(told_by_one(digits, '.').then_some(DecimalMark::Point)),
        (0, 1) => Ok(told_by_one(digits, ',').then_some(DecimalMark::Comma)),
        (0, _) => Ok(Some(DecimalMark::Point)),
        (_, 0) => Ok(Some(DecimalMark::Comma)),
        (1, _) if digits.rfind('.') > digits.rfind(',') => Ok(Some(DecimalMark::Point)),
        (_, 1) if digits.rfind(',') > digits.rfind('.') => Ok(Some(DecimalMark::Comma)),
        _ => Err(()),
    }
}

/// Whether a lone separator can be nothing but the decimal mark: not before exactly three digits and behind one to three.
fn told_by_one(digits: &str, mark: char) -> bool {
    let Some((whole, decimals)) = digits.split_once(mark) else { return false };
    let groups = whole.contains(sets_thousands_apart);
    decimals.len() != 3 || groups || whole.is_empty() || whole.starts_with('0') || whole.len() > 3
}

/// Digits and separators → a plain number such as `1234.56`.
fn plain(digits: &str, mark: DecimalMark) -> Option<String> {
    let (mark, apart) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, decimals) = digits.split_once(mark).unwrap_or((digits, ""));
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let first = separators.first().copied();
    if separators.iter().any(|c| Some(*c) != first || !(*c == apart || sets_thousands_apart(*c))) {
        return None;
    }
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    if let [head, middle @ .., tail] = groups.as_slice()
        && groups.len() > 1
    {
        // Groups of two are usual in India, and the last is always of three.
        let even = (1..=3).contains(&head.len())
            && tail.len() == 3
            && (middle.iter().all(|group| group.len() == 3) || middle.iter().all(|group| group.len() == 2));
        if !even {
            return None;
        }
    }
    let whole: String = groups.concat();
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") })
}

impl Marks {
    /// Weighs the values of a column.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut marks = Self::Untold;
        for cell in cells {
            let told = take_apart(cell).and_then(|parts| told_by(&parts.digits).ok().flatten());
            marks = match (marks, told) {
                (Self::Untold, Some(mark)) => Self::All(mark),
                (Self::All(known), Some(mark)) if known != mark => return Self::Mixed,
                (marks, _) => marks,
            };
        }
        marks
    }
}

/// Whether a text can be read as an amount of some currency.
pub(super) fn looks_like_an_amount(text: &str) -> bool {
    read(text, Marks::Untold, None, Currency::USD).is_ok()
}

/// Whether it is written as only amounts are: with decimals, a sign such as `€` or a code such as `EUR`; not `R17`, which
/// may be rands or an invoice's number.
pub(super) fn is_surely_an_amount(text: &str) -> bool {
    let tells = |name: &str| name.len() == 3 || name.contains(|c: char| !c.is_alphabetic());
    looks_like_an_amount(text)
        && take_apart(text).is_some_and(|parts| {
            let decimals = matches!(told_by(&parts.digits), Ok(Some(_)));
            decimals || tells(&parts.before) || tells(&parts.after)
        })
}

/// Reads an amount. `stated` is the currency of the row's own column; `default` serves where nothing names one, and
/// settles signs that several currencies share. Rounded to the currency's decimals.
pub(super) fn read(
    text: &str,
    marks: Marks,
    stated: Option<Currency>,
    default: Currency,
) -> Result<Money, NoAmount> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NoAmount::Missing);
    }
    let not_a_number = || NoAmount::NotANumber(text.to_owned());
    let parts = take_apart(text).ok_or_else(not_a_number)?;
    let fallback = stated.unwrap_or(default);
    let currency = named_currency(&parts, fallback).map_err(|()| NoAmount::Currency(text.to_owned()))?;
    if let (Some(named), Some(stated)) = (currency, stated)
        && named != stated
    {
        return Err(NoAmount::Currency(format!("{text} ({stated})")));
    }
    let currency = currency.unwrap_or(fallback);
    let mark = match (told_by(&parts.digits).map_err(|()| not_a_number())?, marks) {
        (Some(mark), _) | (None, Marks::All(mark)) => mark,
        (None, Marks::Mixed) if parts.digits.contains(['.', ',']) => {
            return Err(NoAmount::EitherMark(text.to_owned()));
        }
        (None, _) if parts.digits.contains('.') => DecimalMark::Comma,
        (None, _) => DecimalMark::Point,
    };
    let number = plain(&parts.digits, mark).ok_or_else(not_a_number)?;
    let too_large = || NoAmount::TooLarge(text.to_owned());
    // Programs that count in binary fractions write decimals without end: what is beyond a cent is noise.
    let number = number.get(..number.len().min(28)).unwrap_or(&number);
    let amount = Decimal::from_str_exact(number).map_err(|_| too_large())?;
    let amount = amount.round_dp_with_strategy(currency.decimals(), RoundingStrategy::MidpointAwayFromZero);
    let signed = if parts.negative && !amount.is_zero() { -amount } else { amount };
    // The book's own rule says what an amount may be.
    match Money::parse(&signed.normalize().to_string()) {
        Ok(money) => Ok(Money::new(money.amount, currency)),
        Err(AmountError::OutOfRange(_)) => Err(too_large()),
        Err(_) => Err(not_a_number()),
    }
}

/// The currency named before or behind the number.
fn named_currency(parts: &Parts, default: Currency) -> Result<Option<Currency>, ()> {
    let read = |text: &str| -> Result<Option<Currency>, ()> {
        if text.is_empty() { Ok(None) } else { currency(text, default).map(Some).ok_or(()) }
    };
    match (read(&parts.before)?, read(&parts.after)?) {
        (Some(a), Some(b)) if a != b => Err(()),
        (a, b) => Ok(a.or(b)),
    }
}

/// The currency a code or sign means; of those that share a sign the default, where it is one of them.
pub(super) fn currency(text: &str, default: Currency) -> Option<Currency> {
    let text = text.trim();
    if let Ok(known) = text.to_ascii_uppercase().parse() {
        return Some(known);
    }
    let shared: &[&str] = match text {
        "$" => &["USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BBD", "JMD"],
        "£" => &["GBP", "EGP", "LBP"],
        "¥" | "￥" => &["JPY", "CNY"],
        _ => &[],
    };
    if let Some(first) = shared.first() {
        return if shared.contains(&default.code()) { Some(default) } else { first.parse().ok() };
    }
    // The crowns have a sign in common and none of them stands out.
    if matches!(text.to_lowercase().as_str(), "kr" | "kr.") {
        return ["SEK", "NOK", "DKK", "ISK"].contains(&default.code()).then_some(default);
    }
    let code = match text {
        "€" | "Euro" | "euro" => "EUR",
        "US$" | "U$S" => "USD",
        "A$" | "AU$" => "AUD",
        "C$" | "CA$" => "CAD",
        "NZ$" => "NZD",
        "HK$" => "HKD",
        "S$" => "SGD",
        "MX$" => "MXN",
        "R$" => "BRL",
        "R" => "ZAR",
        "Fr." | "Fr" | "SFr." | "sFr." => "CHF",
        "zł" => "PLN",
        "Kč" => "CZK",
        "Ft" => "HUF",
        "lei" => "RON",
        "₹" | "Rs" | "Rs." => "INR",
        "₽" => "RUB",
        "₺" => "TRY",
        "₴" => "UAH",
        "₩" => "KRW",
        "₪" => "ILS",
        "฿" => "THB",
        "₫" => "VND",
        "₦" => "NGN",
        "₱" => "PHP",
        _ => return None,
    };
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(text: &str, marks: Marks) -> Result<String, NoAmount> {
        read(text, marks, None, Currency::EUR).map(|money| money.to_string())
    }

    #[test]
    fn amounts_read_as_people_and_programs_write_them() {
        for (text, amount) in [
            ("1.234,56 €", "1234.56 EUR"),
            ("$1,234.56", "1234.56 USD"),
            ("(123.45)", "-123.45 EUR"),
            ("($1,234.50)", "-1234.50 USD"),
            ("-12,5", "-12.50 EUR"),
            ("12.50-", "-12.50 EUR"),
            ("\u{2212}7", "-7.00 EUR"),
            ("EUR 99", "99.00 EUR"),
            ("99 chf", "99.00 CHF"),
            ("1'234.50", "1234.50 EUR"),
            ("1 234 567,89", "1234567.89 EUR"),
            ("1\u{a0}234,50\u{a0}€", "1234.50 EUR"),
            ("1,23,456.78", "123456.78 EUR"),
            ("1.234.567", "1234567.00 EUR"),
            ("1,234,567", "1234567.00 EUR"),
            (".5", "0.50 EUR"),
            ("100,-", "100.00 EUR"),
            ("Fr.50", "50.00 CHF"),
            ("97.60000000000001", "97.60 EUR"),
            ("¥1,500", "1500 JPY"),
            ("-0", "0.00 EUR"),
        ] {
            assert_eq!(eur(text, Marks::Untold).as_deref(), Ok(amount), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "abc",
            "1.2.3,4,5",
            "12,34,5",
            "1e400",
            "12 XQZ",
            "--5",
            "(5",
            "5 EUR 6",
            "9999999999999",
            "١٢",
        ] {
            assert!(eur(text, Marks::Untold).is_err(), "{text}");
        }
    }

    #[test]
    fn a_lone_separator_before_three_digits_follows_the_column() {
        assert_eq!(eur("1.234", Marks::Untold).unwrap(), "1234.00 EUR");
        assert_eq!(eur("1.234", Marks::All(DecimalMark::Comma)).unwrap(), "1234.00 EUR");
        assert_eq!(eur("1.234", Marks::All(DecimalMark::Point)).unwrap(), "1.23 EUR");
        assert!(matches!(eur("1.234", Marks::Mixed), Err(NoAmount::EitherMark(_))));
        assert_eq!(Marks::of(["1.234", "5", "12,50"].into_iter()), Marks::All(DecimalMark::Comma));
        assert_eq!(Marks::of(["1.234,00", "12.50"].into_iter()), Marks::Mixed);
    }

    #[test]
    fn a_shared_sign_means_the_default_currency_where_it_can() {
        let cad = "CAD".parse().unwrap();
        assert_eq!(currency("$", cad), Some(cad));
        assert_eq!(currency("$", Currency::EUR), Some(Currency::USD));
        assert_eq!(currency("kr", Currency::EUR), None);
    }
}
