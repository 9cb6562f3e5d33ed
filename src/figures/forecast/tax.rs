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

    /// What is expected to be set aside by each tax day from the receipts of each layer, the bills for tax not yet seen to.
    pub(super) fn expected(&self, flows: &[Flow]) -> Vec<(i64, [Money; 3])> {
        let currency = self.accrued.currency;
        let mut before = 0;
        let mut expected = Vec::new();
        for on in self.days.iter().copied() {
            let mut layers = Layer::ALL.map(|layer| {
                let from = flows.iter().filter(|flow| flow.layer == layer);
                let sum = from.map(|flow| self.part_between(flow, before, on).amount);
                Money::new(sum.fold(Decimal::ZERO, Decimal::saturating_add), currency)
            });
            let [committed, ..] = &mut layers;
            if before == 0 {
                committed.amount = committed.amount.saturating_add(self.accrued.amount);
            }
            expected.push((on, layers));
            before = on;
        }
        expected
    }
}

/// What waits for a tax day, in each draw, by layer: counted in the units of the draws.
#[derive(Debug, Clone, Default)]
pub(super) struct Pot {
    /// Of what comes for certain.
    certain: [i64; 3],
    /// Of what is drawn, beside that; empty where nothing is.
    drawn: [Vec<i64>; 3],
}

/// What becomes of a [`Pot`] on its day, by layer.
pub(super) struct Emptied {
    /// What leaves in each draw, beside the bills.
    pub(super) leaves: [Vec<i64>; 3],
    /// What of it is paid with the bills, on average.
    pub(super) with_bills: [i64; 3],
    /// Whether that is all of it in every draw.
    pub(super) all_with_bills: [bool; 3],
}

impl Pot {
    pub(super) fn add_certain(&mut self, layer: Layer, part: i64) {
        if let Some(sum) = self.certain.get_mut(layer.index()) {
            *sum += part;
        }
    }

    pub(super) fn add_drawn(&mut self, layer: Layer, draws: usize, draw: usize, part: i64) {
        let Some(sums) = self.drawn.get_mut(layer.index()) else { return };
        sums.resize(draws, 0);
        if let Some(sum) = sums.get_mut(draw) {
            *sum += part;
        }
    }

    /// What of the bills of the day is paid from the pot of each draw, and what leaves beside them. The bills stand among
    /// the expenses, so what is paid with them does not leave once more. They never take more than the draw has set aside:
    /// first of what is agreed, then of what is likely, then of what is possible.
    pub(super) fn emptied(&self, bills: i64, draws: usize) -> Emptied {
        let mut leaves: [Vec<i64>; 3] = std::array::from_fn(|_| vec![0; draws]);
        let mut sums = [0_i128; 3];
        let mut all_with_bills = [true; 3];
        for draw in 0..draws {
            let mut unpaid = bills.max(0);
            let layers = self.certain.iter().zip(&self.drawn).zip(&mut leaves);
            for (((certain, drawn), leaves), (sum, all)) in
                layers.zip(sums.iter_mut().zip(&mut all_with_bills))
            {
                let waits = certain + drawn.get(draw).copied().unwrap_or(0);
                let paid = unpaid.min(waits.max(0));
                unpaid -= paid;
                *sum += i128::from(paid);
                *all &= waits == paid;
                if let Some(leaves) = leaves.get_mut(draw) {
                    *leaves = waits - paid;
                }
            }
        }
        let mean = |sum: i128| i64::try_from(sum / i128::try_from(draws.max(1)).unwrap_or(1)).unwrap_or(0);
        Emptied { leaves, with_bills: sums.map(mean), all_with_bills }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_takes_in_every_draw_what_that_draw_set_aside_and_never_more() {
        let mut pot = Pot::default();
        pot.add_certain(Layer::Committed, 100);
        // In the second of two draws 100 more of what is likely are set aside.
        pot.add_drawn(Layer::Likely, 2, 1, 100);
        let emptied = pot.emptied(150, 2);
        assert_eq!(emptied.leaves, [vec![0, 0], vec![0, 50], vec![0, 0]]);
        assert_eq!(emptied.with_bills, [100, 25, 0]);
        assert_eq!(emptied.all_with_bills, [true, false, true]);
        // A credit note lessens what is owed, and no bill is paid from it.
        let mut credit = Pot::default();
        credit.add_certain(Layer::Committed, -40);
        assert_eq!(credit.emptied(10, 1).leaves, [vec![-40], vec![0], vec![0]]);
    }
}
