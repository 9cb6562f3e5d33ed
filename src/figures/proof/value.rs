//! What a figure or one of its terms amounts to: money, a number of something, or a day.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{Currency, Money};
use crate::figures::{Answer, Unknown};

/// An amount of whatever a figure tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Money.
    Money(Money),
    /// A number of something.
    Number(Decimal, Unit),
    /// A day.
    On(NaiveDate),
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Hours.
    Hours,
    /// Hundredths of a whole.
    PerHundred,
    /// A fraction of one.
    Fraction,
    /// Things.
    Things,
    /// So many times another figure.
    Times,
    /// Points of health, from 0 to 100.
    Points,
    /// Money times days, in a currency.
    MoneyDays(Currency),
}

impl Value {
    /// So many things.
    #[must_use]
    pub fn things(count: usize) -> Self {
        Self::Number(count.into(), Unit::Things)
    }

    /// Its number; `None` for a day.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Money(money) => Some(money.amount),
            Self::Number(number, _) => Some(*number),
            Self::On(_) => None,
        }
    }

    /// The same kind of value with another number; a day stays the day.
    pub(super) fn with(self, number: Decimal) -> Self {
        match self {
            Self::Money(money) => Self::Money(Money::new(number, money.currency)),
            Self::Number(_, unit) => Self::Number(number, unit),
            Self::On(day) => Self::On(day),
        }
    }

    /// The sum of two values of one kind.
    pub(super) fn plus(self, other: Self) -> Answer<Self> {
        match (self, other) {
            (Self::Money(a), Self::Money(b)) => Ok(Self::Money(a.plus(b)?)),
            // Saturating, as the figures themselves: a hostile book must not end the program.
            (Self::Number(a, unit), Self::Number(b, of)) if unit == of => {
                Ok(Self::Number(a.saturating_add(b), unit))
            }
            _ => Err(Unknown::because("what it is made of cannot be added up")),
        }
    }

    /// Its negative; a day stays the day.
    pub(super) fn negated(self) -> Self {
        self.number().map_or(self, |number| self.with(-number))
    }

    /// Money rounded half away from zero to its currency's decimals; anything else as it is.
    pub(super) fn rounded(self) -> Self {
        match self {
            Self::Money(money) => {
                let (decimals, half_away) =
                    (money.currency.decimals(), RoundingStrategy::MidpointAwayFromZero);
                Self::Money(Money::new(
                    money.amount.round_dp_with_strategy(decimals, half_away),
                    money.currency,
                ))
            }
            other => other,
        }
    }
}
