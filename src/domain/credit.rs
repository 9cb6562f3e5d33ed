//! Credit notes: what takes back a part of an invoice, and what of both is set off, with which no money moves.
//!
//! What is set off stands on both sides: on the invoice as a payment that names the credit note, on the credit note as the
//! opposite one of the same day that names the invoice. So how much of either is open is told by itself alone.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Invoice, InvoiceId, Line, Money, Payment, Percent};

impl Invoice {
    /// Whether it is a credit note: its total is below nothing.
    #[must_use]
    pub fn is_credit_note(&self) -> bool {
        self.total().amount < Decimal::ZERO
    }

    /// The credit note of this number that takes back `amount` of it, gross: a line for each rate of its tax, so that net and tax
    /// are those of the part. Nothing is set off yet.
    #[must_use]
    pub fn credit_note(
        &self,
        id: InvoiceId,
        number: &str,
        day: NaiveDate,
        amount: Money,
        reason: Option<&str>,
    ) -> Self {
        let what = match reason {
            Some(reason) => format!("Credit on {}: {reason}", self.number),
            None => format!("Credit on {}", self.number),
        };
        let line = |price: Decimal, tax: Option<Percent>| Line {
            result: what.clone(),
            quantity: Decimal::ONE,
            price: Money::new(price, amount.currency),
            tax: tax.filter(|tax| *tax != self.tax),
        };
        let share = amount.amount.checked_div(self.total().amount).unwrap_or(Decimal::ONE);
        let mut of_rates: Vec<(Percent, Decimal)> = Vec::new();
        for it in &self.lines {
            let rate = it.tax.unwrap_or(self.tax);
            match of_rates.iter_mut().find(|(known, _)| *known == rate) {
                Some((_, net)) => *net += it.net().amount,
                None => of_rates.push((rate, it.net().amount)),
            }
        }
        let part = |net: Decimal| {
            let part = net.checked_mul(share).unwrap_or(net);
            -Money::new(part, amount.currency).rounded().amount
        };
        let lines = of_rates.iter().map(|(rate, net)| line(part(*net), Some(*rate)));
        let lines = lines.filter(|line| !line.price.is_zero()).collect();
        let mut credit = Self::new(id, self.client.clone(), number, day, day, lines);
        (credit.deal, credit.retainer) = (self.deal.clone(), self.retainer.clone());
        credit.tax = self.tax;
        // Not every cent is a net amount with its tax.
        let rest = -amount.amount - credit.total().amount;
        if !rest.is_zero() {
            credit.lines.push(line(rest, Some(Percent::ZERO)));
        }
        credit
    }

    /// Sets off `amount` of it against a credit note, on both.
    pub fn set_off(&mut self, credit: &mut Self, amount: Money, day: NaiveDate) {
        let side = |amount: Money, other: &Self| Payment {
            day,
            amount,
            method: None,
            offset: Some(other.id.clone()),
        };
        self.payments.push(side(amount, credit));
        credit.payments.push(side(Money::new(-amount.amount, amount.currency), self));
    }

    /// Where `other` has the opposite of what was set off here.
    #[must_use]
    pub fn other_side(&self, offset: &Payment, other: &Self) -> Option<usize> {
        other.payments.iter().position(|it| is_opposite(it, offset) && it.offset.as_ref() == Some(&self.id))
    }

    /// The payments that set something off as this one does, and in `other` the opposite ones: as many, where both sides agree.
    pub(super) fn sides(&self, offset: &Payment, other: &Self) -> (usize, usize) {
        let own = self.payments.iter().filter(|it| *it == offset).count();
        let opposite = |it: &&Payment| is_opposite(it, offset) && it.offset.as_ref() == Some(&self.id);
        (own, other.payments.iter().filter(opposite).count())
    }
}

fn is_opposite(one: &Payment, other: &Payment) -> bool {
    one.day == other.day
        && one.amount.currency == other.amount.currency
        && one.amount.amount == -other.amount.amount
}
