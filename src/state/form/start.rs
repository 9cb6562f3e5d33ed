//! The first client of a new book: a name, and what is owed and when; which is the first thing to do.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{
    Business, Client, ClientId, Invoice, InvoiceId, Line, Met, Party, Promise, PromiseId, add_days,
};
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
        optional(
            "ask",
            "Ask if it reached them",
            "the day to ask; empty: not at all",
            FieldKind::Day(Lean::Ahead),
        ),
    ],
    fill: |_, _| vec![("ask", "today".to_owned())],
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let today = reader.context().today;
    let name = reader.text("client_name");
    let amount = reader.amount("amount");
    let due = reader.day("due");
    let result = reader.text("result");
    let ask = reader.day("ask");
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
    let whose = id.clone();
    let invoice = Invoice::new(InvoiceId::fresh("1", reader.seed()), id, "1", issued, due, vec![line]);
    let mut edit = Edit::put(format!("Added {name}, who owes {amount}"), client).and(invoice);
    if let Some(ask) = ask.filter(|_| due >= today) {
        // What is late comes up by itself; of what is not, the first thing to do is to know that it is with them.
        let what = "ask whether the invoice reached them";
        let id = PromiseId::fresh(what, reader.seed());
        edit = edit.and(Promise {
            id,
            client: whose,
            by: Party::Me,
            person: None,
            what: what.to_owned(),
            made: today.min(ask),
            due: ask,
            moved: Vec::new(),
            kept: None,
            deal: None,
        });
    }
    if currency != book.currency() && book.records().next().is_none() {
        // The first amount of a new book says in what it is kept.
        let business = Business { currency, ..Business::clone(book.business()) };
        edit.changes.push(Change::Settings(Arc::new(business)));
    }
    Some(edit)
}
