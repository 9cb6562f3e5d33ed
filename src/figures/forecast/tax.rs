//! What is received for the state: it accrues with every receipt and leaves on the next tax day.

use rust_decimal::Decimal;

use crate::domain::{Currency, Money};

use super::coming::times;
use super::{Flow, Layer};

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
    /// What of it goes with bills that stand among the expenses, one sum for each of the days: so much less leaves then.
    pub billed: Vec<Money>,
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
    /// the days listed.
    #[must_use]
    pub fn leaves_on(&self, days: i64) -> Option<i64> {
        self.days.iter().copied().filter(|on| *on >= days.max(1)).min()
    }

    /// What is expected to be set aside of a flow from one day to another, as days after the day of the forecast.
    pub(in crate::figures) fn part_between(&self, flow: &Flow, after: i64, until: i64) -> Money {
        let part = self.part_of(flow);
        if part.is_zero() { part } else { times(part, flow.when.within(until) - flow.when.within(after)) }
    }

    /// What is expected to leave on each tax day from the receipts of each layer, and what of the first goes with bills
    /// instead. A bill never takes more than was set aside.
    pub(in crate::figures) fn expected(&self, flows: &[Flow]) -> Vec<Leaving> {
        let nothing = Money::zero(self.accrued.currency);
        let bills = self.billed.iter().copied().chain(std::iter::repeat(nothing));
        let mut before = 0;
        let mut leaving = Vec::new();
        for (on, bill) in self.days.iter().copied().zip(bills) {
            let mut layers = [Layer::Committed, Layer::Likely, Layer::Possible].map(|layer| {
                let from = flows.iter().filter(|flow| flow.layer == layer);
                let sum = from.map(|flow| self.part_between(flow, before, on).amount);
                (layer, Money::new(sum.fold(Decimal::ZERO, Decimal::saturating_add), nothing.currency))
            });
            let [(_, committed), ..] = &mut layers;
            if before == 0 {
                committed.amount = committed.amount.saturating_add(self.accrued.amount);
            }
            // What a bill asks beyond the committed layer's is paid from what is set aside of the likely, then the possible.
            let mut bill = bill.amount.max(Decimal::ZERO);
            let with_bills = layers.each_mut().map(|(layer, sum)| {
                let part = bill.min(sum.amount).max(Decimal::ZERO);
                bill -= part;
                sum.amount -= part;
                (*layer, Money::new(part, nothing.currency))
            });
            leaving.push(Leaving { on, layers, with_bills });
            before = on;
        }
        leaving
    }
}

/// What is expected to leave on a tax day.
pub(in crate::figures) struct Leaving {
    /// Days after the day of the forecast.
    pub(in crate::figures) on: i64,
    /// From the receipts of each layer, without what goes with bills.
    pub(in crate::figures) layers: [(Layer, Money); 3],
    /// What of each layer's goes with bills.
    pub(in crate::figures) with_bills: [(Layer, Money); 3],
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{FlowKind, Pmf, When};
    use super::*;

    #[test]
    fn a_bill_beyond_what_is_set_aside_of_agreed_money_is_paid_from_what_is_likely() {
        let euros = |amount: i64| Money::new(amount.into(), Currency::EUR);
        let flow = |key: &str, layer| Flow {
            key: key.to_owned(),
            layer,
            kind: FlowKind::Fee,
            client: None,
            what: key.to_owned(),
            record: None,
            amount: euros(400),
            income: euros(400),
            due: None,
            when: When::After(Arc::new(Pmf::on(5))),
        };
        let flows = [flow("a", Layer::Committed), flow("b", Layer::Likely)];
        let set_aside = SetAside {
            share: Decimal::new(25, 2),
            days: vec![10],
            billed: vec![euros(150)],
            ..SetAside::nothing(Currency::EUR)
        };
        let leaving = set_aside.expected(&flows);
        // 100 of each layer are set aside: the bill takes all of the first and half of the second.
        let sums = |of: [(Layer, Money); 3]| of.map(|(_, sum)| sum);
        assert_eq!(sums(leaving[0].layers), [euros(0), euros(50), euros(0)]);
        assert_eq!(sums(leaving[0].with_bills), [euros(100), euros(50), euros(0)]);
    }
}
