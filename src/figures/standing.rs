//! How an invoice stands at the end of a day, from the facts known then.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{Business, Invoice, Money, Payment, days_between};

use super::Answer;
use super::sum::converted;

/// An invoice with what follows from it, computed once.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    /// The invoice as known.
    pub(super) invoice: &'a Invoice,
    /// What is printed on it, gross.
    pub(super) total: Money,
    /// What it asks for in money, gross: the total less what was set off.
    pub(super) asked: Money,
    /// What is open at the end of the day.
    pub(super) open: Money,
    /// The day payments first reached what it asks.
    pub(super) settled: Option<NaiveDate>,
    /// What it asks for in money, net of tax.
    pub(super) net: Money,
    /// What was paid in money, gross.
    pub(super) paid: Money,
    /// What is printed on it, net of tax.
    printed_net: Decimal,
}

/// What a payment brought.
pub(super) struct Received {
    /// When.
    pub(super) day: NaiveDate,
    /// In full, in the book's currency at the rate of its day.
    pub(super) gross: Answer<Money>,
    /// Less its share of tax.
    pub(super) net: Answer<Money>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(invoice: &'a Invoice) -> Self {
        let total = invoice.total();
        Self {
            invoice,
            total,
            asked: invoice.asked(),
            open: invoice.open(),
            settled: invoice.settled_on(),
            net: invoice.asked_net(),
            paid: invoice.paid(),
            printed_net: invoice.net().unwrap_or(total).amount,
        }
    }

    /// Whether something is still to be paid.
    pub(super) fn is_open(&self) -> bool {
        self.open.amount > Decimal::ZERO
    }

    /// What was open at the end of an earlier day; nothing before it was issued.
    pub(super) fn open_on(&self, day: NaiveDate) -> Money {
        let written_off = self.invoice.write_off.as_ref().is_some_and(|it| it.day <= day);
        if self.invoice.issued > day || written_off {
            return Money::zero(self.total.currency);
        }
        let paid: Decimal = self
            .invoice
            .payments
            .iter()
            .filter(|payment| payment.day <= day)
            .map(|payment| payment.amount.amount)
            .sum();
        Money::new(self.total.amount - paid, self.total.currency)
    }

    /// Days from due to settled, or to `day` while something is open. `None` for a credit note, for what was set off, and where
    /// the rest was written off: that was neither paid nor is it open.
    pub(super) fn days_beyond_terms(&self, day: NaiveDate) -> Option<i64> {
        if self.asked.amount <= Decimal::ZERO {
            return None;
        }
        let until = self.settled.or_else(|| self.invoice.write_off.is_none().then_some(day))?;
        Some(days_between(self.invoice.due, until))
    }

    /// Its parts, each with the days beyond terms it came: what a payment brought by its day, what is open to `day`. Nothing of a
    /// credit note, and neither what was set off or written off nor what was paid beyond what is asked.
    pub(super) fn parts_beyond_terms(&self, day: NaiveDate) -> Vec<(Decimal, i64)> {
        let asked = self.asked.amount.max(Decimal::ZERO);
        let mut payments: Vec<&Payment> = self.invoice.received().collect();
        payments.sort_by_key(|payment| payment.day);
        let (mut paid, mut counted) = (Decimal::ZERO, Decimal::ZERO);
        let mut parts = Vec::with_capacity(payments.len() + 1);
        let mut part = |upto: Decimal, day: NaiveDate| {
            parts.push((upto - counted, days_between(self.invoice.due, day)));
            counted = upto;
        };
        for payment in payments {
            paid += payment.amount.amount;
            part(paid.clamp(Decimal::ZERO, asked), payment.day);
        }
        if self.invoice.write_off.is_none() {
            part(asked, day);
        }
        parts.retain(|(amount, _)| !amount.is_zero());
        parts
    }

    /// The amount-weighted mean of the days beyond terms of its parts, rounded. `None` where nothing was paid nor is open.
    pub(super) fn mean_days_beyond_terms(&self, day: NaiveDate) -> Option<i64> {
        mean_days(&self.parts_beyond_terms(day))
    }

    /// Its payments in order of their days; no money came by what was set off.
    ///
    /// The net part is pro rata, rounded on what was paid so far, so that the parts of a settled invoice add up to its net.
    pub(super) fn received(&self, business: &Business) -> Vec<Received> {
        let mut payments: Vec<&Payment> = self.invoice.received().collect();
        payments.sort_by_key(|payment| payment.day);
        let (mut paid, mut net_before) = (Decimal::ZERO, Decimal::ZERO);
        payments
            .into_iter()
            .map(|payment| {
                paid += payment.amount.amount;
                let net = self.net_part(paid);
                let part = Money::new(net - net_before, payment.amount.currency);
                net_before = net;
                Received {
                    day: payment.day,
                    gross: converted(business, payment.amount, payment.day),
                    net: converted(business, part, payment.day),
                }
            })
            .collect()
    }

    /// The net part of what is open.
    pub(super) fn open_net(&self) -> Money {
        let open =
            if self.is_open() { self.net.amount - self.net_part(self.paid.amount) } else { Decimal::ZERO };
        Money::new(open.max(Decimal::ZERO), self.total.currency)
    }

    /// What was written off of it, net of tax.
    pub(super) fn lost_net(&self) -> Money {
        let is_lost = self.invoice.write_off.is_some();
        let lost = if is_lost { self.net.amount - self.net_part(self.paid.amount) } else { Decimal::ZERO };
        Money::new(lost.max(Decimal::ZERO), self.total.currency)
    }

    fn net_part(&self, paid: Decimal) -> Decimal {
        let part = self
            .printed_net
            .checked_div(self.total.amount)
            .and_then(|share| paid.checked_mul(share))
            .unwrap_or(paid);
        Money::new(part, self.total.currency).rounded().amount
    }
}

/// The amount-weighted mean of some parts' days beyond terms, rounded.
pub(super) fn mean_days(parts: &[(Decimal, i64)]) -> Option<i64> {
    let sum = |of: fn(&(Decimal, i64)) -> Decimal| {
        parts.iter().map(of).fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let days = sum(|(amount, days)| amount.saturating_mul((*days).into()));
    days.checked_div(sum(|(amount, _)| *amount))?.round().to_i64()
}

/// Days from due to settled of each settled invoice that asked for something, ascending.
pub(super) fn delays(invoices: &[Standing<'_>]) -> Vec<i64> {
    let asked = invoices.iter().filter(|standing| standing.asked.amount > Decimal::ZERO);
    let mut delays: Vec<i64> =
        asked.filter_map(|it| it.settled.map(|settled| days_between(it.invoice.due, settled))).collect();
    delays.sort_unstable();
    delays
}

/// From so many settled invoices on, it is known how a client pays.
pub(super) const HABIT_FROM: usize = 3;

/// The middle of ascending numbers; of two middle ones the earlier.
pub(super) fn median(ascending: &[i64]) -> Option<i64> {
    ascending.get(ascending.len().checked_sub(1)? / 2).copied()
}
