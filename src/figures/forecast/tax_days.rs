//! When what is set aside for the state leaves, and how much of it waits already.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Book, Expense, Invoice, Money, TaxDays, add_days, days_between};
use crate::figures::Answer;
use crate::figures::chance::fraction;
use crate::figures::standing::Standing;
use crate::figures::sum::converted;

use super::{LeftOut, SetAside};

/// A bill for tax this near to a tax day, before or after it, is the bill of that day.
const BILL_DAYS: i64 = 15;

/// The tax days of a book from a day on.
///
/// The share is the book's `tax_set_aside`; where it says none, nothing is set aside, the tax on invoices included: then the
/// firm's expenses are taken to say what goes to the state. With a share, the tax on an invoice is set aside too, in full:
/// it never was the firm's.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxSchedule {
    /// The tax days after the day, as far as was looked.
    pub days: Vec<NaiveDate>,
    /// The same for the draws, with what accrued from receipts since the last tax day, and the bills that stand among the
    /// expenses: those of the category `tax` up to fifteen days after a tax day are paid from what is set aside by it.
    pub set_aside: SetAside,
    /// Receipts since the last tax day that could not be counted.
    pub left_out: Vec<LeftOut>,
}

impl TaxSchedule {
    /// The tax days within `days` after `day`, from a book as `known` at the end of that day.
    #[must_use]
    pub fn of(known: &Book, day: NaiveDate, days: i64) -> Self {
        let business = known.business();
        let nothing = SetAside::nothing(business.currency);
        let Some(share) = business.tax_set_aside.map(fraction) else {
            return Self { days: Vec::new(), set_aside: nothing, left_out: Vec::new() };
        };
        let series = business.tax_days();
        let until = add_days(day, days.max(0));
        let ahead: Vec<NaiveDate> =
            series.every.occurrences(series.first, add_days(day, 1), until).filter(|on| *on > day).collect();
        let last = last_before(series, day);
        // The bills of a tax day fall after those of the one before it.
        let mut since = add_days(last, BILL_DAYS).max(day);
        let mut billed = Vec::new();
        for on in &ahead {
            let until = add_days(*on, BILL_DAYS);
            billed.push(bills(known, add_days(since, 1), until, day));
            since = until;
        }
        let counted = ahead.iter().map(|on| days_between(day, *on)).collect();
        let set_aside = SetAside { share, days: counted, billed, with_tax: true, ..nothing };
        let mut schedule = Self { days: ahead, set_aside, left_out: Vec::new() };
        schedule.accrue(known, day);
        schedule
    }

    /// Adds what was received since the last tax day.
    fn accrue(&mut self, known: &Book, day: NaiveDate) {
        let Accrued { payments, billed } = Accrued::of(known, &self.set_aside, day);
        let mut total = Decimal::ZERO;
        for Accrual { invoice, amount, .. } in payments {
            match amount {
                Ok(part) => total = total.checked_add(part.amount).unwrap_or(total),
                Err(why) => self.left_out.push(LeftOut {
                    what: format!("Tax on a payment of {}", invoice.number),
                    amount: invoice.paid(),
                    why,
                }),
            }
        }
        let left = total.saturating_sub(billed.amount).max(Decimal::ZERO);
        self.set_aside.accrued = Money::new(left, known.currency()).rounded();
    }
}

/// What was set aside since the last tax day.
pub(in crate::figures) struct Accrued<'a> {
    /// Of each payment.
    pub(in crate::figures) payments: Vec<Accrual<'a>>,
    /// What of it went with bills already.
    pub(in crate::figures) billed: Money,
}

/// What of a payment was set aside.
pub(in crate::figures) struct Accrual<'a> {
    /// The invoice that was paid.
    pub(in crate::figures) invoice: &'a Invoice,
    /// The day of the payment.
    pub(in crate::figures) day: NaiveDate,
    /// How much was set aside.
    pub(in crate::figures) amount: Answer<Money>,
}

impl<'a> Accrued<'a> {
    pub(in crate::figures) fn of(known: &'a Book, set_aside: &SetAside, day: NaiveDate) -> Self {
        let business = known.business();
        let since = last_before(business.tax_days(), day);
        let mut payments = Vec::new();
        for invoice in known.clients().flat_map(|client| &client.facts.invoices) {
            if !invoice.received().any(|payment| payment.day > since) {
                continue;
            }
            let received = Standing::of(invoice).received(business);
            for it in received.into_iter().filter(|it| it.day > since && it.day <= day) {
                let amount = it.gross.and_then(|gross| Ok(set_aside.part_of_amounts(gross, it.net?)));
                payments.push(Accrual { invoice, day: it.day, amount });
            }
        }
        Self { payments, billed: bills(known, add_days(since, BILL_DAYS + 1), day, day) }
    }
}

/// The last tax day by `day`; where the first one lies ahead, one interval before that.
fn last_before(series: TaxDays, day: NaiveDate) -> NaiveDate {
    if series.first > day {
        let a_year = rust_decimal::Decimal::from(365);
        let days = a_year.checked_div(series.every.per_year()).unwrap_or(a_year).round();
        return add_days(series.first, -i64::try_from(days).unwrap_or(365)).min(day);
    }
    series.every.occurrences(series.first, series.first, day).last().unwrap_or(series.first)
}

fn expenses(known: &Book) -> impl Iterator<Item = &Expense> {
    let of_clients = known.clients().flat_map(|client| &client.facts.expenses);
    known.firm().expenses.iter().chain(of_clients).map(AsRef::as_ref)
}

/// Whether an expense is a bill for tax: its category is `tax`.
pub(super) fn is_bill_for_tax(expense: &Expense) -> bool {
    expense.category.as_ref().is_some_and(|it| it.trim().eq_ignore_ascii_case("tax"))
}

/// Σ of the bills for tax from one day to another, at the rates of `day`; one without a rate is not counted.
fn bills(known: &Book, from: NaiveDate, to: NaiveDate, day: NaiveDate) -> Money {
    let mut sum = Decimal::ZERO;
    for expense in expenses(known).filter(|it| is_bill_for_tax(it)) {
        let count = Decimal::from(expense.days(from, to).len());
        if let Ok(amount) = converted(known.business(), expense.amount, day) {
            sum = sum.saturating_add(amount.amount.saturating_mul(count));
        }
    }
    Money::new(sum, known.currency())
}
