//! The first client of a new book: a name, and what is owed and when.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Business, Client, ClientId, Invoice, InvoiceId, Line, Met, add_days};
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};

use super::{FieldKind, FormSpec, Read, Reader, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Start with one client",
    edit_title: "Start with one client",
    fields: &[
        required("client_name", "Client", "what they are called", FieldKind::Text),
        optional("amount", "They owe", "1,200 or 1,200 usd; empty: nothing yet", FieldKind::Amount),
        optional("due", "Due", "fri, 12 mar, -5d", FieldKind::Day(Lean::Ahead)),
        optional("result", "For", "what you did for them", FieldKind::Text),
    ],
    fill: |_, _| Vec::new(),
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let today = reader.context().today;
    let name = reader.text("client_name");
    let amount = reader.amount("amount");
    let due = reader.day("due");
    let result = reader.text("result");
    let name = name?;
    let id = ClientId::fresh(&name, reader.seed());
    let mut client = Client::new(id.clone(), &name);
    if amount.is_none() {
        client.met =
            Some(Met { day: today, place: None, why: result.clone(), channel: None, introduced_by: None });
        return Some(Edit::put(format!("Added {name}"), client));
    }
    let amount = amount?;
    let due = due.unwrap_or_else(|| add_days(today, 14));
    let issued = due.min(today);
    client.added = Some(issued);
    let line = Line {
        result: result.unwrap_or_else(|| format!("Work for {name}")),
        quantity: Decimal::ONE,
        price: amount,
        tax: None,
    };
    let book = reader.context().book;
    let currency = amount.currency;
    let invoice = Invoice::new(InvoiceId::fresh("1", reader.seed()), id, "1", issued, due, vec![line]);
    let mut edit = Edit::put(format!("Added {name}, who owes {amount}"), client).and(invoice);
    if currency != book.currency() && book.records().next().is_none() {
        // The first amount of a new book says in what it is kept.
        let business = Business { currency, ..Business::clone(book.business()) };
        edit.changes.push(Change::Settings(Arc::new(business)));
    }
    Some(edit)
}
