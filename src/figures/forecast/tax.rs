//! What is received for the state: it accrues with every receipt and leaves on the next tax day.

use rust_decimal::Decimal;

use crate::domain::{Currency, Money};

use super::Flow;

/// What of each receipt is set aside for the state, and when it leaves.
///
/// Whatever comes in by the end of a tax day leaves on that day; what comes later waits for the next one. What falls due
/// after the last day listed stays, so the days should reach as far as the forecast does. Set aside is not spent: until its
/// day it is part of the balance.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAside {
    /// The share of income that is set aside, a fraction of one: the book's `tax_set_aside`. Nought: none is.
    pub share: Decimal,
    /// The days on which it leaves, as days after the day of the forecast: from 1 on, ascending.
    pub days: Vec<i64>,
    /// Those of them on which nothing leaves, since the real bill stands among the expenses: what is set aside by then goes
    /// with that bill.
    pub billed: Vec<i64>,
    /// What was received and set aside since the last tax day and has not left yet; leaves on the first of the days.
    pub accrued: Money,
    /// Whether the tax on an invoice (what is received beyond the income in it) is set aside too, all of it.
    pub with_tax: bool,
}

impl SetAside {
    /// Nothing is set aside.
    #[must_use]
    pub fn nothing(currency: Currency) -> Self {
        Self {
            share: Decimal::ZERO,
            days: Vec::new(),
            billed: Vec::new(),
            accrued: Money::zero(currency),
            with_tax: false,
        }
    }

    /// What of a flow is set aside on the day it comes: the share of its income, and its own tax. Negative for a credit
    /// note, by which less is owed; nought for what goes out otherwise.
    #[must_use]
    pub fn part_of(&self, flow: &Flow) -> Money {
        self.part_of_amounts(flow.amount, flow.income)
    }

    /// The same of a gross amount and the income in it, both in the book's currency.
    #[must_use]
    pub fn part_of_amounts(&self, gross: Money, income: Money) -> Money {
        let currency = gross.currency;
        let (amount, income) = (gross.amount, income.amount);
        if amount <= Decimal::ZERO && income >= Decimal::ZERO {
            return Money::zero(currency);
        }
        let of_income = income.checked_mul(self.share).unwrap_or_default();
        let of_tax =
            if self.with_tax { amount.checked_sub(income).unwrap_or_default() } else { Decimal::ZERO };
        Money::new(of_income.checked_add(of_tax).unwrap_or_default(), currency).rounded()
    }

    /// The tax day on which leaves what comes so many days after the day of the forecast; `None` where it does not within
    /// the days listed, or goes with a bill.
    #[must_use]
    pub fn leaves_on(&self, days: i64) -> Option<i64> {
        self.days.iter().copied().filter(|on| *on >= days.max(1)).min().filter(|on| !self.billed.contains(on))
    }
}
