//! What was predicted of one open invoice at a cut-off, and what came.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::habits::taught_on;
use super::super::score::{Judged, quantiles};
use super::super::{Habits, Pmf};
use crate::domain::{Book, ClientId, Invoice, InvoiceId, Money, days_between};

/// What was predicted of an invoice that was open at a cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// The day it was predicted on, from what was known at its end.
    pub cutoff: NaiveDate,
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its own number.
    pub number: String,
    /// Who was to pay.
    pub client: ClientId,
    /// What was open then, in the invoice's currency.
    pub open: Money,
    /// When it is paid with a chance of 5 %, 10 % … 95 %, in days after the cut-off.
    pub quantiles: [i64; 19],
    /// The chance that it is paid within 30 days.
    pub paid_30: f64,
    /// When it was, in days after the cut-off; `None` while it is not.
    pub paid_after: Option<i64>,
    /// How the prediction held, where it was paid since …
    pub judged: Option<Judged>,
    /// … how "paid on the due date" did …
    pub due_day: Option<Judged>,
    /// … and "as late as this client's invoices were on average".
    pub client_mean: Option<Judged>,
}

/// Predictions for every invoice open in the book as `known` on the day of the `habits` learnt from it, beside what `later`
/// tells. In the order of the book. An invoice that was set off since was no bill: nothing is asked of its prediction.
#[must_use]
pub fn predictions(habits: &Habits, known: &Book, later: &Book) -> Vec<Prediction> {
    let all = Mean::of(known.clients().flat_map(|client| habits.observed(client.id())));
    let mut predictions = Vec::new();
    for client in known.clients() {
        let open = client.facts.invoices.iter().filter(|it| it.open().amount > Decimal::ZERO);
        let mut open = open.peekable();
        if open.peek().is_none() {
            continue;
        }
        let afterwards: BTreeMap<&InvoiceId, &Invoice> = later
            .client(client.id())
            .into_iter()
            .flat_map(|client| client.facts.invoices.iter().map(|it| (&it.id, it.as_ref())))
            .collect();
        let own = Mean::of(habits.observed(client.id())).or(all).map_or(0, Mean::days);
        predictions.extend(open.filter_map(|invoice| {
            let later = afterwards.get(&invoice.id);
            if later.is_some_and(|later| later.is_set_off()) {
                return None;
            }
            let paid_after = later.and_then(|later| paid_after(later, habits.day()));
            Some(predict(habits, invoice, own, paid_after))
        }));
    }
    predictions
}

fn predict(habits: &Habits, invoice: &Invoice, mean_days: i64, paid_after: Option<i64>) -> Prediction {
    let pmf = habits.of_invoice(invoice);
    let cutoff = habits.day();
    let due_after = days_between(cutoff, invoice.due);
    let judged = |pmf: &Pmf| paid_after.map(|came| Judged::of(pmf, came));
    Prediction {
        cutoff,
        invoice: invoice.id.clone(),
        number: invoice.number.clone(),
        client: invoice.client.clone(),
        open: invoice.open(),
        quantiles: quantiles(&pmf),
        paid_30: pmf.within(30),
        paid_after,
        judged: judged(&pmf),
        due_day: judged(&Pmf::on(due_after)),
        client_mean: judged(&Pmf::on(due_after + mean_days)),
    }
}

/// Days from the cut-off until an invoice was paid; that its last few hundredths never came does not count.
fn paid_after(invoice: &Invoice, cutoff: NaiveDate) -> Option<i64> {
    let days = [taught_on(invoice), invoice.settled_on()].into_iter().flatten();
    days.map(|day| days_between(cutoff, day)).find(|days| *days >= 1)
}

/// A plain mean delay.
#[derive(Debug, Clone, Copy)]
struct Mean {
    sum: i64,
    count: i64,
}

impl Mean {
    /// Of the invoices that were paid; `None` without any.
    fn of<'a>(observed: impl IntoIterator<Item = &'a super::super::Observed>) -> Option<Self> {
        let paid = observed.into_iter().filter(|it| it.is_paid());
        let mean = paid.fold(Self { sum: 0, count: 0 }, |mean, it| Self {
            sum: mean.sum + it.days,
            count: mean.count + 1,
        });
        (mean.count > 0).then_some(mean)
    }

    /// Rounded to whole days.
    fn days(self) -> i64 {
        (2 * self.sum + self.count).div_euclid(2 * self.count)
    }
}
