//! When what is set aside for the state leaves, and how much of it waits already.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Book, Expense, Money, TaxDays, add_days, days_between};
use crate::figures::chance::fraction;
use crate::figures::standing::Standing;

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
    /// Those of them for which an expense of the category `tax` stands in the book within fifteen days: that bill is paid
    /// instead of what was set aside.
    pub billed: Vec<NaiveDate>,
    /// The same for the draws, with what accrued from receipts since the last tax day.
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
            return Self { days: Vec::new(), billed: Vec::new(), set_aside: nothing, left_out: Vec::new() };
        };
        let series = business.tax_days();
        let until = add_days(day, days.max(0));
        let ahead: Vec<NaiveDate> =
            series.every.occurrences(series.first, add_days(day, 1), until).filter(|on| *on > day).collect();
        let billed: Vec<NaiveDate> =
            ahead.iter().copied().filter(|on| expenses(known).any(|it| is_bill_of(it, *on))).collect();
        let counted = |of: &[NaiveDate]| of.iter().map(|on| days_between(day, *on)).collect();
        let set_aside =
            SetAside { share, days: counted(&ahead), billed: counted(&billed), with_tax: true, ..nothing };
        let mut schedule = Self { days: ahead, billed, set_aside, left_out: Vec::new() };
        // The bill of the next day is paid instead of what waits for that day.
        if schedule.days.first().is_none_or(|next| !schedule.billed.contains(next)) {
            schedule.accrue(known, last_before(series, day), day);
        }
        schedule
    }

    /// Adds what was received after the day `since`.
    fn accrue(&mut self, known: &Book, since: NaiveDate, day: NaiveDate) {
        let business = known.business();
        let mut total = Decimal::ZERO;
        for invoice in known.clients().flat_map(|client| &client.facts.invoices) {
            let late = invoice.payments.iter().any(|payment| payment.day > since);
            if !late {
                continue;
            }
            let received = Standing::of(invoice).received(business);
            for it in received.into_iter().filter(|it| it.day > since && it.day <= day) {
                match (it.gross, it.net) {
                    (Ok(gross), Ok(net)) => {
                        let part = self.set_aside.part_of_amounts(gross, net);
                        total = total.checked_add(part.amount).unwrap_or(total);
                    }
                    (Err(why), _) | (_, Err(why)) => self.left_out.push(LeftOut {
                        what: format!("Tax on a payment of {}", invoice.number),
                        amount: invoice.paid(),
                        why,
                    }),
                }
            }
        }
        self.set_aside.accrued = Money::new(total.max(Decimal::ZERO), business.currency).rounded();
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

fn is_bill_of(expense: &Expense, on: NaiveDate) -> bool {
    let is_tax = expense.category.as_ref().is_some_and(|it| it.trim().eq_ignore_ascii_case("tax"));
    is_tax && !expense.days(add_days(on, -BILL_DAYS), add_days(on, BILL_DAYS)).is_empty()
}
