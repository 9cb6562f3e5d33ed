//! What of ours is theirs: what is open of credit notes, and what was paid too much; and what of that goes off what they owe.
//!
//! Credits of one currency are pooled: together they go off all that is late in it, the oldest first.

use rust_decimal::Decimal;

use crate::domain::{Facts, Invoice, Money};

use super::words::{amount, amount_in_full};

/// What of ours is theirs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credit<'a> {
    /// The credit note, or the invoice of which too much was paid.
    pub(super) invoice: &'a Invoice,
    /// All of it.
    pub(super) open: Money,
    /// What of it goes off what is late.
    pub(super) used: Money,
}

/// What is late, with what of ours goes off it.
pub(super) struct LateLessCredit<'a> {
    /// The credits that go off it.
    pub(super) credits: Vec<Credit<'a>>,
    /// What is left to ask for, a sum a currency.
    pub(super) rest: Vec<Money>,
}

impl<'a> LateLessCredit<'a> {
    /// Of amounts that are late, among the facts of a client.
    pub(super) fn of(facts: &'a Facts, late: impl Iterator<Item = Money>) -> Self {
        let mut rest: Vec<Money> = Vec::new();
        for open in late {
            match rest.iter_mut().find(|sum| sum.currency == open.currency) {
                Some(sum) => sum.amount = sum.amount.saturating_add(open.amount),
                None => rest.push(open),
            }
        }
        let mut theirs: Vec<&Invoice> = facts.invoices.iter().map(AsRef::as_ref).collect();
        theirs.retain(|it| it.open().amount < Decimal::ZERO);
        theirs.sort_by_key(|it| it.issued);
        let mut credits = Vec::new();
        for invoice in theirs {
            let open = Money::new(-invoice.open().amount, invoice.open().currency);
            let Some(left) = rest.iter_mut().find(|sum| sum.currency == open.currency) else { continue };
            let used = Money::new(left.amount.min(open.amount), open.currency);
            if used.amount > Decimal::ZERO {
                left.amount = left.amount.saturating_sub(used.amount);
                credits.push(Credit { invoice, open, used });
            }
        }
        rest.retain(|sum| sum.amount > Decimal::ZERO);
        Self { credits, rest }
    }

    /// Whether credits cover all of it, so that there is nothing to ask for.
    pub(super) fn is_covered(&self) -> bool {
        self.rest.is_empty() && !self.credits.is_empty()
    }

    /// The credits, for oneself: `credit C-1 of 300.00 EUR and 50.00 EUR too much paid on 1040`.
    pub(super) fn named(&self) -> String {
        let named = self.credits.iter().map(|it| {
            let (open, number) = (amount_in_full(it.open), &it.invoice.number);
            if it.invoice.is_credit_note() {
                format!("credit {number} of {open}")
            } else {
                format!("{open} too much paid on {number}")
            }
        });
        named.collect::<Vec<_>>().join(" and ")
    }

    /// The same as a letter says it: `my credit note C-1 for 300 EUR`.
    pub(super) fn said(&self) -> String {
        let said = self.credits.iter().map(|it| {
            let (used, number) = (amount(it.used), &it.invoice.number);
            match (it.invoice.is_credit_note(), it.used == it.open) {
                (true, true) => format!("my credit note {number} for {used}"),
                (true, false) => format!("{used} of my credit note {number}"),
                (false, _) => format!("{used} that you paid too much on invoice {number}"),
            }
        });
        said.collect::<Vec<_>>().join(" and ")
    }

    /// What is left, in words: `700.00 EUR`, or one sum a currency.
    pub(super) fn rest_words(&self, written: fn(Money) -> String) -> String {
        let rest: Vec<String> = self.rest.iter().copied().map(written).collect();
        if rest.is_empty() { "nothing".to_owned() } else { rest.join(" and ") }
    }
}
