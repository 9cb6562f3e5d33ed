//! Sums that keep what is unknown: one unknown term makes the total unknown, never smaller.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, Currency, Money};

use super::{Answer, Unknown};

/// A growing sum in one currency.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    total: Answer<Money>,
}

impl Sum {
    /// Nothing yet.
    pub(super) fn new(currency: Currency) -> Self {
        Self { total: Ok(Money::zero(currency)) }
    }

    /// Adds a term. The first unknown term gives the reason.
    pub(super) fn add(&mut self, term: &Answer<Money>) {
        if let Ok(total) = &mut self.total {
            match term {
                Ok(money) => match total.plus(*money) {
                    Ok(sum) => *total = sum,
                    Err(mismatch) => self.total = Err(mismatch.into()),
                },
                Err(unknown) => self.total = Err(unknown.clone()),
            }
        }
    }

    /// The sum of all terms.
    pub(super) fn answer(self) -> Answer<Money> {
        self.total
    }

    /// The sum of `terms`.
    pub(super) fn of<'a>(
        currency: Currency,
        terms: impl IntoIterator<Item = &'a Answer<Money>>,
    ) -> Answer<Money> {
        let mut sum = Self::new(currency);
        terms.into_iter().for_each(|term| sum.add(term));
        sum.answer()
    }
}

/// Two amounts added; of two unknown ones the first gives the reason.
pub(super) fn plus(a: &Answer<Money>, b: &Answer<Money>) -> Answer<Money> {
    let mut sum = Sum { total: a.clone() };
    sum.add(b);
    sum.answer()
}

/// `money` in the book's currency at the newest rate dated `day` or before; nought needs no rate.
pub(super) fn converted(business: &Business, money: Money, day: NaiveDate) -> Answer<Money> {
    if money.is_zero() {
        return Ok(Money::zero(business.currency));
    }
    Ok(business.convert(money, day)?)
}

/// The negative of an amount.
pub(super) fn negated(answer: &Answer<Money>) -> Answer<Money> {
    answer.clone().map(|money| Money::new(-money.amount, money.currency))
}

/// `part / whole`, unknown for `reason` when the whole is nil.
pub(super) fn ratio(part: Decimal, whole: Decimal, reason: &str) -> Answer<Decimal> {
    part.checked_div(whole).ok_or_else(|| Unknown::because(reason))
}
