//! Money in and out: payments received and expenses, by day and by month.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, Currency, Expense, FIRST_DAY, Money, first_of_month};

use super::standing::{Received, Standing};
use super::sum::{Sum, converted, negated};
use super::{Answer, ByMonth};

/// What came and went by the end of a day.
pub(super) struct Flows {
    received: Vec<Received>,
    spent: Vec<(NaiveDate, Answer<Money>)>,
}

impl Flows {
    pub(super) fn of(
        invoices: &[Standing<'_>],
        expenses: &[Arc<Expense>],
        business: &Business,
        day: NaiveDate,
    ) -> Self {
        Self {
            received: invoices.iter().flat_map(|standing| standing.received(business)).collect(),
            spent: expenses.iter().flat_map(|expense| spent(expense, business, day)).collect(),
        }
    }

    /// Income after the day `after`: payments net of tax.
    pub(super) fn income_since(&self, after: NaiveDate, currency: Currency) -> Answer<Money> {
        let since = self.received.iter().filter(|received| received.day > after);
        Sum::of(currency, since.map(|received| &received.net))
    }

    pub(super) fn income_by_month(&self, currency: Currency) -> ByMonth {
        by_month(currency, self.received.iter().map(|received| (received.day, &received.net)))
    }

    pub(super) fn in_by_month(&self, currency: Currency) -> ByMonth {
        by_month(currency, self.received.iter().map(|received| (received.day, &received.gross)))
    }

    pub(super) fn out_by_month(&self, currency: Currency) -> ByMonth {
        by_month(currency, self.spent.iter().map(|(day, amount)| (*day, amount)))
    }

    /// Money in less money out of each day with either, ascending.
    pub(super) fn by_day(&self, currency: Currency) -> Vec<(NaiveDate, Answer<Money>)> {
        let received = self.received.iter().map(|received| (received.day, received.gross.clone()));
        let spent = self.spent.iter().map(|(day, amount)| (*day, negated(amount)));
        let all: Vec<_> = received.chain(spent).collect();
        summed(currency, all.iter().map(|(day, amount)| (*day, amount))).into_iter().collect()
    }
}

/// What an expense took by the end of `day`, in the book's currency at the rates of its days.
pub(super) fn spent(
    expense: &Expense,
    business: &Business,
    day: NaiveDate,
) -> Vec<(NaiveDate, Answer<Money>)> {
    let days = expense.days(FIRST_DAY, day).into_iter();
    days.map(|on| (on, converted(business, expense.amount, on))).collect()
}

fn by_month<'a>(currency: Currency, flows: impl Iterator<Item = (NaiveDate, &'a Answer<Money>)>) -> ByMonth {
    summed(currency, flows.map(|(day, amount)| (first_of_month(day), amount)))
}

/// Amounts summed by their day.
pub(super) fn summed<'a>(
    currency: Currency,
    amounts: impl Iterator<Item = (NaiveDate, &'a Answer<Money>)>,
) -> BTreeMap<NaiveDate, Answer<Money>> {
    let mut sums: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    for (day, amount) in amounts {
        sums.entry(day).or_insert_with(|| Sum::new(currency)).add(amount);
    }
    sums.into_iter().map(|(day, sum)| (day, sum.answer())).collect()
}
