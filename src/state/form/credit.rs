//! The forms of a credit on an invoice, and of setting off a credit note that there is already. Both write both sides, as one step
//! of undo.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Invoice, InvoiceId, Money};
use crate::figures::amount_in_full;
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::find::invoice_words;
use super::invoice::{next_credit_number, refuse_twin};
use super::payment::existing;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Credit an invoice",
    edit_title: "Credit an invoice",
    fields: &[
        required("invoice", "Invoice", "number or client", FieldKind::Invoice),
        required("amount", "Amount", "taken back, with its tax", FieldKind::Amount),
        required("number", "Credit note", "its number, as printed on it", FieldKind::Text),
        required("day", "Issued", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("reason", "Reason", "stands on it", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

pub(super) const SET_OFF: FormSpec = FormSpec {
    new_title: "Set off a credit note",
    edit_title: "Set off a credit note",
    fields: &[
        required("credit", "Credit note", "number or client", FieldKind::CreditNote),
        required("invoice", "Against", "an open invoice of the same client", FieldKind::Invoice),
        required("amount", "Amount", "of both", FieldKind::Amount),
        required("day", "On", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: fill_set_off,
    read: Read::Edit(read_set_off),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("day", context.today.to_string()), ("number", next_credit_number(context.book))];
    let known = existing(context, target).map(|invoice| context.known_invoice(&invoice));
    let invoice = known.or_else(|| only(context, target, is_open));
    if let Some(invoice) = invoice.filter(|invoice| is_open(invoice)) {
        filled.push(("invoice", invoice_words(context, &invoice)));
        filled.push(("amount", amount_in(context, &invoice, invoice.open())));
    }
    filled
}

/// Whether something is still to be paid on it.
fn is_open(invoice: &Invoice) -> bool {
    invoice.open().amount > Decimal::ZERO
}

/// Whether something of a credit note is still to be set off or paid back.
pub(super) fn is_open_credit(invoice: &Invoice) -> bool {
    invoice.is_credit_note() && invoice.open().amount < Decimal::ZERO
}

/// The one invoice of the client a form starts from of which that holds.
fn only(context: &Context<'_>, target: &Target, holds: fn(&Invoice) -> bool) -> Option<Arc<Invoice>> {
    let client = super::own_client(context, target)?;
    let invoices = context.book.client(&client)?.facts.invoices.iter();
    let mut found = invoices.filter_map(|it| it.as_of(context.today)).filter(|it| holds(it));
    found.next().filter(|_| found.next().is_none())
}

/// An amount as a field shows it: its code is left out where it is the invoice's.
fn amount_in(context: &Context<'_>, invoice: &Invoice, amount: Money) -> String {
    let currency = invoice.currency().unwrap_or_else(|| context.currency_of(Some(&invoice.client)));
    amount_text(amount, currency)
}

/// What both have in common at most.
fn most(invoice: &Invoice, credit: &Invoice) -> Money {
    let (open, credit) = (invoice.open(), credit.open());
    Money::new(open.amount.min(-credit.amount), open.currency)
}

fn fill_set_off(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("day", context.today.to_string())];
    let named = existing(context, target).map(|invoice| context.known_invoice(&invoice));
    let own = |holds: fn(&Invoice) -> bool| {
        let named = named.clone().filter(|it| holds(it));
        named.or_else(|| only(context, target, holds))
    };
    let (credit, invoice) = (own(is_open_credit), own(is_open));
    filled.extend(credit.iter().map(|it| ("credit", invoice_words(context, it))));
    filled.extend(invoice.iter().map(|it| ("invoice", invoice_words(context, it))));
    if let Some((invoice, credit)) = invoice.zip(credit).filter(|(a, b)| a.currency() == b.currency()) {
        filled.push(("amount", amount_in(context, &invoice, most(&invoice, &credit))));
    }
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let invoice = reader.invoice("invoice");
    let currency = invoice.as_ref().and_then(|it| it.currency()).unwrap_or_else(|| reader.currency("amount"));
    let amount = reader.amount_in("amount", currency);
    let (number, day) = (reader.text("number"), reader.past_day("day"));
    let reason = reader.text("reason");
    let (invoice, amount, number, day) = (invoice?, amount?, number?, day?);
    let open = reader.context().known_invoice(&invoice).open();
    if invoice.is_credit_note() {
        reader.refuse("invoice", "this is a credit note: it is set off against an invoice");
    } else if open.amount <= Decimal::ZERO {
        reader
            .refuse("invoice", "nothing is open on it: what is to be paid back is an invoice below nothing");
    }
    refuse_amount(reader, amount, open);
    refuse_twin(reader, &invoice.client, &number, None);
    if day < invoice.issued {
        refuse_day(reader, "the invoice", &invoice);
    }
    let id = InvoiceId::fresh(&number, reader.seed());
    let mut credit = invoice.credit_note(id, &number, day, amount, reason.as_deref());
    let mut credited = Invoice::clone(&invoice);
    credited.set_off(&mut credit, amount, day);
    // The credit note comes first: the invoice can only name what is there.
    let label = format!("Credited {} on {} by {number}", amount_in_full(amount), invoice.number);
    Some(Edit::put(label, credit).and(credited))
}

fn read_set_off(reader: &mut Reader<'_>) -> Option<Edit> {
    let (credit, invoice) = (reader.credit_note("credit"), reader.invoice("invoice"));
    let currency = invoice.as_ref().and_then(|it| it.currency()).unwrap_or_else(|| reader.currency("amount"));
    let amount = reader.amount_in("amount", currency);
    let day = reader.past_day("day");
    let (credit, invoice) = (credit?, invoice?);
    let (known, known_credit) =
        (reader.context().known_invoice(&invoice), reader.context().known_invoice(&credit));
    if credit.client != invoice.client {
        reader.refuse("invoice", "a credit note is set off against an invoice of the same client");
    } else if credit.currency() != invoice.currency() {
        reader.refuse("invoice", "the credit note is in another currency");
    } else if !is_open(&known) {
        reader.refuse("invoice", "nothing is open on this invoice");
    }
    if !is_open_credit(&known_credit) {
        reader.refuse("credit", "nothing of this credit note is left");
    }
    let (amount, day) = (amount?, day?);
    refuse_amount(reader, amount, most(&known, &known_credit));
    for (what, it) in [("the invoice", &invoice), ("the credit note", &credit)] {
        if day < it.issued {
            refuse_day(reader, what, it);
        }
    }
    let (mut invoice, mut credit) = (Invoice::clone(&invoice), Invoice::clone(&credit));
    invoice.set_off(&mut credit, amount, day);
    let label = format!("Set off {} of {} against {}", amount_in_full(amount), credit.number, invoice.number);
    Some(Edit::put(label, invoice).and(credit))
}

fn refuse_amount(reader: &mut Reader<'_>, amount: Money, most: Money) {
    if amount.amount <= Decimal::ZERO {
        reader.refuse("amount", "an amount above nothing is set off");
    } else if amount.currency != most.currency {
        reader.refuse("amount", format!("this invoice is in {0}: enter what it is in {0}", most.currency));
    } else if amount.amount > most.amount && most.amount > Decimal::ZERO {
        let over = Money::new(amount.amount - most.amount, most.currency);
        reader.refuse("amount", format!("{} more than is open", amount_in_full(over)));
    }
}

fn refuse_day(reader: &mut Reader<'_>, what: &str, invoice: &Invoice) {
    let issued = crate::written::day_in_full(invoice.issued);
    reader.refuse("day", format!("{what} was issued later, on {issued}"));
}
