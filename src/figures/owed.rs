//! What clients owe, invoice by invoice. When it may come is the forecast's to say.

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, ClientId, InvoiceId, Money, days_between};

use super::Answer;
use super::filter::searchable;
use super::standing::Standing;
use super::sum::converted;

/// Who pays an invoice.
pub(super) struct Whose<'a> {
    pub(super) id: &'a ClientId,
    pub(super) name: &'a Arc<str>,
    /// Words a filter looks in.
    pub(super) search: &'a str,
}

/// An open invoice, or a credit note of which something is to be set off or paid back.
#[derive(Debug, Clone, PartialEq)]
pub struct Owed {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// Who pays it.
    pub client: ClientId,
    /// What they are called.
    pub client_name: Arc<str>,
    /// When it is due.
    pub due: NaiveDate,
    /// How many days it is late; negative when it is due later.
    pub days_late: i64,
    /// What is open, in its own currency; below nought it is owed to them.
    pub open: Money,
    /// What is open, in the book's currency.
    pub amount: Answer<Money>,
    /// Whether it is a credit note; an invoice of which too much was paid is none.
    pub is_credit_note: bool,
    /// Whether it is disputed.
    pub disputed: bool,
    /// The day by which they said last they would pay.
    pub promised: Option<NaiveDate>,
    /// Lowercase words a filter looks in.
    pub search: String,
}

impl Owed {
    /// An invoice of a client with something still to come; `None` when nothing is.
    pub(super) fn of(
        standing: &Standing<'_>,
        whose: &Whose<'_>,
        business: &Business,
        day: NaiveDate,
    ) -> Option<Self> {
        standing.is_open().then(|| Self::as_it_stands(standing, whose, business, day))
    }

    /// How an invoice stands whatever is open of it: below nought of a credit note.
    pub(super) fn as_it_stands(
        standing: &Standing<'_>,
        whose: &Whose<'_>,
        business: &Business,
        day: NaiveDate,
    ) -> Self {
        let invoice = standing.invoice;
        Self {
            invoice: invoice.id.clone(),
            number: invoice.number.clone(),
            client: whose.id.clone(),
            client_name: whose.name.clone(),
            due: invoice.due,
            days_late: days_between(invoice.due, day),
            open: standing.open,
            amount: converted(business, standing.open, day),
            is_credit_note: standing.invoice.is_credit_note(),
            disputed: invoice.open_dispute().is_some(),
            promised: invoice.promised.iter().max_by_key(|it| it.day).map(|it| it.pay_by),
            search: whose.search.to_owned() + &searchable([invoice.number.as_str()]),
        }
    }
}

/// Open invoices stand by their due day.
pub(super) fn order(a: &Arc<Owed>, b: &Arc<Owed>) -> Ordering {
    (a.due, &a.invoice).cmp(&(b.due, &b.invoice))
}
