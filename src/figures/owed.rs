//! What clients owe, invoice by invoice. When it may come is the forecast's to say.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{ClientId, InvoiceId, Money, days_between};

use super::filter::searchable;
use super::{Answer, Client};

/// An open invoice.
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
    /// What is open, in its own currency.
    pub open: Money,
    /// What is open, in the book's currency.
    pub amount: Answer<Money>,
    /// Whether it is disputed.
    pub disputed: bool,
    /// The day by which they said last they would pay.
    pub promised: Option<NaiveDate>,
    /// Lowercase words a filter looks in.
    pub search: String,
}

/// Every open invoice, by its due day.
pub(super) fn owed(clients: &[Arc<Client>], day: NaiveDate) -> Vec<Owed> {
    let mut rows: Vec<Owed> = clients
        .iter()
        .flat_map(|client| {
            client.open_invoices.iter().map(|invoice| Owed {
                invoice: invoice.id.clone(),
                number: invoice.number.clone(),
                client: client.id.clone(),
                client_name: client.name.clone(),
                due: invoice.due,
                days_late: days_between(invoice.due, day),
                open: invoice.open,
                amount: invoice.amount.clone(),
                disputed: invoice.disputed,
                promised: invoice.promised,
                search: client.search.clone() + &searchable([invoice.number.as_str()]),
            })
        })
        .collect();
    rows.sort_by(|a, b| (a.due, &a.invoice).cmp(&(b.due, &b.invoice)));
    rows
}
