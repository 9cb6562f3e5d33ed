//! What each invoice teaches: how many days after it was due it was paid, or that it is not paid so far.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::grid;
use crate::domain::{Invoice, InvoiceId, days_between};

/// An invoice counts half as much for every so many days that have passed since it was paid.
const HALF_LIFE_DAYS: f64 = 365.0;

/// What an invoice teaches about its client.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The invoice.
    pub invoice: InvoiceId,
    /// When it was due.
    pub due: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
    /// Days from due to that; negative when early. Held within −120 to 400.
    pub days: i64,
    /// How much it counts: one when it is open or was paid just now, half a year ago, a quarter two years ago.
    pub weight: f64,
}

/// What became of an invoice by the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 95 % of it was paid by this day.
    Paid(NaiveDate),
    /// It was given up on this day, unpaid until then.
    WrittenOff(NaiveDate),
    /// It is open: not paid until now, and later still.
    Open,
}

impl Observed {
    /// What an invoice teaches at the end of `day`; `None` where nothing was to be paid, as on a credit note, or where all was
    /// set off.
    pub(super) fn of(invoice: &Invoice, day: NaiveDate) -> Option<Self> {
        let asked = invoice.asked().amount;
        if asked <= Decimal::ZERO {
            return None;
        }
        let outcome = match (paid_day(invoice, asked), &invoice.write_off) {
            (Some(paid), _) => Outcome::Paid(paid),
            (None, Some(write_off)) => Outcome::WrittenOff(write_off.day),
            (None, None) => Outcome::Open,
        };
        let until = match outcome {
            Outcome::Paid(day) | Outcome::WrittenOff(day) => day,
            Outcome::Open => day,
        };
        Some(Self {
            invoice: invoice.id.clone(),
            due: invoice.due,
            outcome,
            days: grid::held(days_between(invoice.due, until)),
            weight: weight(days_between(until, day)),
        })
    }

    /// Whether it was paid.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        matches!(self.outcome, Outcome::Paid(_))
    }
}

/// The day by which 95 % of an invoice was paid: what is short then is a bank's charge or a discount taken, not a habit.
pub(in crate::figures::forecast) fn taught_on(invoice: &Invoice) -> Option<NaiveDate> {
    let asked = invoice.asked().amount;
    if asked > Decimal::ZERO { paid_day(invoice, asked) } else { None }
}

fn paid_day(invoice: &Invoice, asked: Decimal) -> Option<NaiveDate> {
    let enough = asked.checked_mul(Decimal::new(95, 2)).unwrap_or(asked);
    let mut payments: Vec<_> = invoice.received().collect();
    payments.sort_by_key(|payment| payment.day);
    let mut paid = Decimal::ZERO;
    payments.into_iter().find_map(|payment| {
        paid = paid.saturating_add(payment.amount.amount);
        (paid >= enough).then_some(payment.day)
    })
}

fn weight(days_ago: i64) -> f64 {
    libm::exp2(-grid::float(days_ago.max(0)) / HALF_LIFE_DAYS)
}
