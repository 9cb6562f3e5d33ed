//! Amounts as whole millionths, which add up exactly and faster than decimals: a fold adds tens of thousands of them.

use rust_decimal::Decimal;

use crate::domain::{Currency, Money};

/// The decimals kept: no amount of a book has more.
const DECIMALS: u32 = 6;
/// A whole, in millionths.
const WHOLE: i128 = 1_000_000;

/// A number in millionths; `None` where these cannot tell it exactly.
pub(super) fn exact(number: Decimal) -> Option<i128> {
    let missing = DECIMALS.checked_sub(number.scale())?;
    number.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

/// The money that so many millionths are, with the decimals of its currency, or more where it has them.
pub(super) fn money(millionths: i128, currency: Currency) -> Money {
    let amount = Decimal::try_from_i128_with_scale(millionths, DECIMALS)
        .or_else(|_| Decimal::try_from_i128_with_scale(millionths / WHOLE, 0));
    // Beyond all a Decimal counts no book goes: an amount is below 10^18 there.
    let mut amount = amount.unwrap_or(Decimal::MAX).normalize();
    if amount.scale() < currency.decimals() {
        amount.rescale(currency.decimals());
    }
    Money::new(amount, currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millionths_add_up_to_the_same_money() {
        for text in ["0", "0.01", "-12.345678", "999999999999999999.99"] {
            let number: Decimal = text.parse().unwrap();
            let twice = exact(number).unwrap() * 2;
            assert_eq!(money(twice, Currency::EUR).amount, number + number, "{text}");
        }
        assert_eq!(exact("0.1234567".parse().unwrap()), None);
        assert_eq!(money(5_000_000, Currency::EUR).amount.to_string(), "5.00");
    }
}
