//! A client's invoices with their sums, and how it pays them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Currency, Invoice, Money, days_between};

/// Settled invoices from which a client's way of paying is known.
const HABIT_FROM: usize = 3;

/// An invoice with its sums.
pub(super) struct InvoiceState<'a> {
    pub(super) invoice: &'a Invoice,
    pub(super) net: Money,
    pub(super) total: Money,
    pub(super) paid: Money,
    pub(super) open: Money,
}

/// How a client pays, from the invoices it settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habit {
    /// How many invoices it settled.
    pub(super) settled: usize,
    /// How many of them after their due day.
    pub(super) late: usize,
    /// The median of the days from due to settled (of an even number, the earlier); negative when early.
    pub(super) delay_days: i64,
}

impl<'a> InvoiceState<'a> {
    pub(super) fn of(invoice: &'a Invoice) -> Self {
        let currency = invoice.currency().unwrap_or(Currency::USD);
        let net = invoice.net().unwrap_or(Money::zero(currency));
        let total = Money::new(net.amount + invoice.tax_amount().amount, currency);
        let paid = invoice.paid();
        let open = match invoice.write_off {
            Some(_) => Money::zero(currency),
            None => Money::new(total.amount - paid.amount, currency),
        };
        Self { invoice, net, total, paid, open }
    }

    /// Whether something is still to be paid.
    pub(super) fn is_open(&self) -> bool {
        self.open.amount > Decimal::ZERO
    }
}

impl Habit {
    pub(super) fn of(invoices: &[InvoiceState]) -> Option<Self> {
        let mut delays: Vec<i64> = invoices
            .iter()
            .filter(|state| state.total.amount > Decimal::ZERO && !state.is_open())
            .filter_map(|state| {
                let settled = state.invoice.settled_on()?;
                Some(days_between(state.invoice.due, settled))
            })
            .collect();
        if delays.len() < HABIT_FROM {
            return None;
        }
        delays.sort_unstable();
        let median = delays.get((delays.len() - 1) / 2).copied()?;
        let late = delays.iter().filter(|delay| **delay > 0).count();
        Some(Self { settled: delays.len(), late, delay_days: median })
    }
}

/// The days on which money came.
pub(super) fn payment_days(invoices: &[InvoiceState]) -> impl Iterator<Item = NaiveDate> {
    invoices.iter().flat_map(|state| state.invoice.payments.iter().map(|payment| payment.day))
}
