//! When each open invoice may be paid.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, InvoiceId, Money, add_days};
use crate::figures::owed::{Owed, Whose};
use crate::figures::standing::Standing;

use super::{Flow, Habit, Habits, Pmf, When};
use crate::figures::Answer;

/// When an open invoice may be paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// As of the end of this day.
    pub as_of: NaiveDate,
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// Who pays it …
    pub client: ClientId,
    /// … and what they are called.
    pub client_name: Arc<str>,
    /// When it is due.
    pub due: NaiveDate,
    /// What is open, in its own currency.
    pub open: Money,
    /// What is open, in the book's currency.
    pub amount: Answer<Money>,
    /// Whether a dispute is unsettled.
    pub disputed: bool,
    /// The day by which they said last they would pay.
    pub promised: Option<NaiveDate>,
    /// The chance of each day after the day of the forecast.
    pub when: Arc<Pmf>,
    /// How this client pays.
    pub habit: Habit,
}

impl Receipt {
    /// The day by which it is paid with at least this chance; `None` where it never gets as likely as that.
    #[must_use]
    pub fn paid_by(&self, chance: f64) -> Option<NaiveDate> {
        self.when.quantile(chance).map(|days| add_days(self.as_of, days))
    }

    /// The day that is expected: as likely as not it is paid by then.
    #[must_use]
    pub fn expected(&self) -> Option<NaiveDate> {
        self.paid_by(0.5)
    }

    /// One in ten is paid by this day …
    #[must_use]
    pub fn p10(&self) -> Option<NaiveDate> {
        self.paid_by(0.1)
    }

    /// … and nine in ten by this one.
    #[must_use]
    pub fn p90(&self) -> Option<NaiveDate> {
        self.paid_by(0.9)
    }

    /// The chance that it is paid within so many days.
    #[must_use]
    pub fn chance_within(&self, days: i64) -> f64 {
        self.when.within(days)
    }

    /// The chance that it is not.
    #[must_use]
    pub fn chance_not_within(&self, days: i64) -> f64 {
        1.0 - self.when.within(days)
    }
}

/// Every invoice with something still to come, by the day it is expected, then by its due day. `flows` are ordered by their
/// keys; an open invoice that is not among them though it could be counted is assumed never to be paid, and not listed.
pub(super) fn receipts(known: &Book, habits: &Habits, flows: &[Flow], day: NaiveDate) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    for client in known.clients() {
        let name: Arc<str> = client.client.name.as_str().into();
        let whose = Whose { id: client.id(), name: &name, search: "" };
        for invoice in &client.facts.invoices {
            let standing = Standing::of(invoice);
            let Some(open) = Owed::of(&standing, &whose, known.business(), day) else { continue };
            let key = format!("invoices/{}", open.invoice);
            let flow = flows.binary_search_by(|flow| flow.key.as_str().cmp(&key)).ok();
            let when = match (flow.and_then(|position| flows.get(position)), &open.amount) {
                (Some(Flow { when: When::After(when), .. }), _) => when.clone(),
                (Some(_), _) | (None, Err(_)) => habits.of_invoice(invoice),
                (None, Ok(_)) => continue,
            };
            receipts.push(Receipt {
                as_of: day,
                invoice: open.invoice,
                number: open.number,
                client: open.client,
                client_name: open.client_name,
                due: open.due,
                open: open.open,
                amount: open.amount,
                disputed: open.disputed,
                promised: open.promised,
                when,
                habit: habits.habit(client.id()),
            });
        }
    }
    // What never gets as likely as that comes last.
    let order = |it: &Receipt| (it.when.quantile(0.5).unwrap_or(i64::MAX), it.due, it.invoice.clone());
    receipts.sort_by_cached_key(order);
    receipts
}
