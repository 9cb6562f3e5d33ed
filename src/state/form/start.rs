//! The first client of a new book: a name, and what is owed and when; which is the first thing to do.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Book, Business, Client, ClientId, Currency, Deal, DealId, Invoice, InvoiceId, Line, Met, Money, NextStep,
    Phase, StageFact, add_days,
};
use crate::figures::amount_in_full;
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};

use super::{FieldKind, FormSpec, Read, Reader, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Start with one client",
    edit_title: "Start with one client",
    fields: &[
        required("client_name", "Client", "what they are called", FieldKind::Text),
        optional("amount", "They owe", "1,200 or 1,200 usd; empty: nothing yet", FieldKind::Amount),
        optional("due", "Due", "fri, 12 mar, -5d", FieldKind::Day(Lean::Near)),
        optional("result", "For", "what you did for them", FieldKind::Text),
        optional(
            "ask",
            "Ask if it reached them",
            "the day to ask; empty: not at all",
            FieldKind::Day(Lean::Ahead),
        ),
        required("currency", "Currency of the book", "EUR, USD, CHF", FieldKind::Text),
    ],
    fill: |context, _| vec![("ask", "today".to_owned()), ("currency", context.book.currency().to_string())],
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let today = reader.context().today;
    let name = reader.text("client_name");
    let amount = reader.more_than_nothing("amount", Reader::amount);
    let due = reader.day("due");
    let result = reader.text("result");
    let ask = reader.day("ask");
    let currency = reader.code("currency");
    let (name, currency) = (name?, currency?);
    let id = ClientId::fresh(&name, reader.seed());
    let mut client = Client::new(id.clone(), &name);
    if amount.is_none() {
        client.met =
            Some(Met { day: today, place: None, why: result.clone(), channel: None, introduced_by: None });
        return Some(kept_in(currency, reader, Edit::put(format!("Added {name}"), client)));
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
    let number = super::next_invoice_number(book);
    let invoice_id = InvoiceId::fresh(&number, reader.seed());
    let mut invoice = Invoice::new(invoice_id, id.clone(), &number, issued, due, vec![line]);
    let mut edit = Edit::put(format!("Added {name}, who owes {}", amount_in_full(amount)), client);
    if let Some(ask) = ask.filter(|_| due >= today) {
        // What is late comes up by itself; of what is not, the first thing to do is to know that it is with them. That is
        // a step of one's own: nobody was promised it, so nobody is owed a word where it waits.
        let deal = delivered(book, id, reader.seed(), (&invoice, amount), today, ask);
        invoice.deal = Some(deal.id.clone());
        edit = edit.and(deal);
    }
    edit = edit.and(invoice);
    // The first amount of a new book says in what it is kept.
    Some(kept_in(amount.currency, reader, edit))
}

/// A new book is kept in this currency.
fn kept_in(currency: Currency, reader: &Reader<'_>, mut edit: Edit) -> Edit {
    let book = reader.context().book;
    if currency != book.currency() && book.records().next().is_none() {
        let business = Business { currency, ..Business::clone(book.business()) };
        edit.changes.push(Change::Settings(Arc::new(business)));
    }
    edit
}

/// The work that an invoice is for, with the next step of asking whether that reached them.
fn delivered(
    book: &Book,
    client: ClientId,
    seed: u64,
    (invoice, amount): (&Invoice, Money),
    today: NaiveDate,
    ask: NaiveDate,
) -> Deal {
    let title = invoice.lines.first().map_or("", |line| line.result.as_str());
    let mut deal = Deal::new(DealId::fresh(title, seed), client, title);
    deal.value = Some(amount);
    // What is invoiced is taken as delivered: the last stage in which there is still something to do.
    let stages = book.business().stages();
    if let Some(stage) = stages.iter().rfind(|stage| stage.phase == Phase::Won) {
        let stage = stage.id.clone();
        deal.stages.push(StageFact { day: invoice.issued, stage, why: None, override_of: None });
    }
    deal.delivered = Some(invoice.issued);
    deal.next_step = Some(NextStep {
        what: "ask whether the invoice reached them".to_owned(),
        due: ask,
        set: Some(today.min(ask)),
    });
    deal
}
