//! Money: an exact amount with its currency.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Active ISO 4217 codes.
const KNOWN: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ \
    GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL \
    LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD \
    TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

impl Currency {
    /// Stands for "the book's currency" between reading an amount without a code and settling it; never leaves `store`.
    pub const UNSTATED: Self = Self(*b"...");
    /// The currency of a book that names none.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The code, such as `EUR`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("...")
    }

    /// How many decimals an amount of this currency is rounded to.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Every code that is accepted, in alphabetical order.
    pub fn known() -> impl Iterator<Item = &'static str> {
        KNOWN.split_ascii_whitespace()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let code = text.trim();
        let known = Self::known().any(|k| k == code);
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(bytes) if known => Ok(Self(bytes)),
            _ => Err(AmountError::UnknownCurrency(code.to_owned())),
        }
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Why a text is not an amount, a percentage or a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    /// Not a number of the written form.
    NotANumber(String),
    /// Beyond what Rapport counts (a trillion), or with more than six decimals.
    OutOfRange(String),
    /// Three letters that are no currency's code.
    UnknownCurrency(String),
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber(found) => {
                write!(f, "expected an amount such as \"1250.00\" or \"1250.00 EUR\", found {found:?}")
            }
            Self::OutOfRange(found) => {
                write!(f, "expected an amount below a trillion with at most six decimals, found {found:?}")
            }
            Self::UnknownCurrency(found) => {
                let likely = Currency::known().find(|k| k.eq_ignore_ascii_case(found));
                match likely {
                    Some(code) => write!(f, "unknown currency {found:?}: did you mean {code}?"),
                    None => write!(f, "unknown currency {found:?}: expected an ISO code such as EUR"),
                }
            }
        }
    }
}

impl std::error::Error for AmountError {}

/// The largest amount, so that sums and products of amounts cannot overflow a `Decimal`.
const LARGEST: i64 = 1_000_000_000_000;
const MOST_DECIMALS: u32 = 6;

/// Reads a plain decimal number: digits, one point, an optional sign; no exponent, no separators.
pub(super) fn parse_decimal(text: &str) -> Result<Decimal, AmountError> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '\u{2212}']).unwrap_or(text);
    let well_formed = !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit());
    if !well_formed {
        return Err(AmountError::NotANumber(text.to_owned()));
    }
    let value = Decimal::from_str_exact(digits).map_err(|_| AmountError::OutOfRange(text.to_owned()))?;
    if value >= Decimal::from(LARGEST) || value.normalize().scale() > MOST_DECIMALS {
        return Err(AmountError::OutOfRange(text.to_owned()));
    }
    Ok(if digits.len() == text.len() { value } else { -value })
}

/// An exact amount of one currency.
///
/// In a book it is written `"1250.00"` (the book's currency) or `"1250.00 EUR"`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much, in units of the currency (not cents).
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

/// Two amounts of different currencies were to be added: convert one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyMismatch {
    /// The currency so far.
    pub left: Currency,
    /// The one that came.
    pub right: Currency,
}

impl fmt::Display for CurrencyMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {} cannot be added: convert one first", self.left, self.right)
    }
}

impl std::error::Error for CurrencyMismatch {}

impl Money {
    /// `amount` of `currency`.
    #[must_use]
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, of `currency`.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// When the currencies differ.
    pub fn plus(self, other: Self) -> Result<Self, CurrencyMismatch> {
        if self.currency == other.currency {
            Ok(Self::new(self.amount + other.amount, self.currency))
        } else {
            Err(CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }

    /// This amount times `factor`, rounded half away from zero to the currency's decimals.
    #[must_use]
    pub fn times(self, factor: Decimal) -> Self {
        Self::new(self.amount * factor, self.currency).rounded()
    }

    /// Rounded half away from zero to the currency's decimals.
    #[must_use]
    pub fn rounded(self) -> Self {
        let amount = self
            .amount
            .round_dp_with_strategy(self.currency.decimals(), RoundingStrategy::MidpointAwayFromZero);
        Self::new(amount, self.currency)
    }

    /// Whether nothing is left of it.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    /// Reads `"1250.00"` or `"1250.00 EUR"`; without a code the currency is [`Currency::UNSTATED`].
    ///
    /// # Errors
    /// When it is not a plain number, too large, or the currency is unknown.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let trimmed = text.trim();
        match trimmed.split_once(char::is_whitespace) {
            None => Ok(Self::new(parse_decimal(trimmed)?, Currency::UNSTATED)),
            Some((number, code)) => {
                let amount = parse_decimal(number).map_err(|error| match error {
                    AmountError::NotANumber(_) => AmountError::NotANumber(text.to_owned()),
                    other => other,
                })?;
                Ok(Self::new(amount, code.parse()?))
            }
        }
    }
}

/// Written as in a book, `1250.00 EUR`; screens use `kit`'s number formats instead.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount.normalize();
        let decimals = if self.currency == Currency::UNSTATED { 2 } else { self.currency.decimals() };
        if amount.scale() < decimals {
            amount.rescale(decimals);
        }
        write!(f, "{amount}")?;
        if self.currency == Currency::UNSTATED { Ok(()) } else { write!(f, " {}", self.currency) }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// A share of a hundred, written `"19%"` or `"19"` in a book.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// `percent` per hundred.
    #[must_use]
    pub fn new(percent: Decimal) -> Self {
        Self(percent)
    }

    /// As a fraction of one: 19 % is 0.19.
    #[must_use]
    pub fn fraction(self) -> Decimal {
        self.0 / Decimal::ONE_HUNDRED
    }

    /// As written: 19 % is 19.
    #[must_use]
    pub fn per_hundred(self) -> Decimal {
        self.0
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Reads `"19%"`, `"19 %"` or `"19"`.
    ///
    /// # Errors
    /// When it is not a plain number between −1,000 and 1,000.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let number = text.trim().trim_end_matches('%');
        let value = parse_decimal(number)?;
        if value.abs() > Decimal::ONE_THOUSAND {
            Err(AmountError::OutOfRange(text.to_owned()))
        } else {
            Ok(Self(value))
        }
    }
}

impl Default for Percent {
    fn default() -> Self {
        Self::ZERO
    }
}

use crate::written::number;
pub use crate::written::per_cent;

/// As it is read; a book writes it without the space.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&per_cent(number(&self.0.normalize().to_string())))
    }
}

impl fmt::Debug for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}%", self.0.normalize()))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| {
            de::Error::custom(format!(
                "expected a percentage such as \"19%\", from -1000% to 1000%, found {text:?}"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_with_and_without_its_currency_and_writes_back() {
        for (text, written) in [("1250.00 EUR", "1250.00 EUR"), ("1250", "1250.00"), ("-3.5 JPY", "-3.5 JPY")]
        {
            assert_eq!(Money::parse(text).unwrap().to_string(), written);
        }
    }

    #[test]
    fn what_is_not_a_plain_number_is_refused_with_the_form_that_is() {
        for text in ["12,50 EUR", "1e400", "NaN", "", "1 250", ".5", "5.", "--1", "1.2.3"] {
            assert!(Money::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            Money::parse("12,50 EUR").unwrap_err().to_string(),
            "expected an amount such as \"1250.00\" or \"1250.00 EUR\", found \"12,50 EUR\""
        );
        assert_eq!(
            Money::parse("5 Eur").unwrap_err().to_string(),
            "unknown currency \"Eur\": did you mean EUR?"
        );
    }

    #[test]
    fn adding_two_currencies_is_an_error_never_a_number() {
        let (a, b) = (Money::parse("1 EUR").unwrap(), Money::parse("1 USD").unwrap());
        assert!(a.plus(b).is_err());
        assert_eq!(a.plus(a).unwrap().to_string(), "2.00 EUR");
    }

    #[test]
    fn halves_are_rounded_away_from_zero_to_the_currencys_decimals() {
        let third = Percent::parse("19%").unwrap().fraction();
        assert_eq!(Money::parse("0.50 EUR").unwrap().times(third).to_string(), "0.10 EUR");
        assert_eq!(Money::parse("150 JPY").unwrap().times(third).to_string(), "29 JPY");
    }
}
