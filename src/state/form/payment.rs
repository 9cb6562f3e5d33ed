//! The forms of a payment and of the day by which one was promised.

use std::sync::Arc;

use crate::domain::{AnyRecord, Invoice, Payment, PromisedPayment, Table};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::reader::invoice_words;
use super::{Context, FieldKind, FormSpec, Reader, Target, amount_text, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Record payment",
    edit_title: "Payment",
    fields: &[
        required("invoice", "Invoice", "number or client", FieldKind::Invoice),
        required("amount", "Amount", "what came", FieldKind::Amount),
        required("day", "Paid on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("method", "By", "transfer, card, cash", FieldKind::Text),
    ],
    fill,
    read,
};

pub(super) const PROMISED: FormSpec = FormSpec {
    new_title: "They promised to pay",
    edit_title: "They promised to pay",
    fields: &[
        required("invoice", "Invoice", "number or client", FieldKind::Invoice),
        required("pay_by", "They pay by", "fri, +1w, 12 mar", FieldKind::Day(Lean::Ahead)),
    ],
    fill: |context, target| invoice_field(context, target).into_iter().collect(),
    read: read_promised,
};

/// The invoice a form is about.
pub(super) fn existing(context: &Context<'_>, target: &Target) -> Option<Arc<Invoice>> {
    let (Target::NewPart(Table::Invoices, id)
    | Target::Part(Table::Invoices, id, _)
    | Target::Record(Table::Invoices, id)) = target
    else {
        return None;
    };
    match context.book.find(Table::Invoices, id)? {
        AnyRecord::Invoice(invoice) => Some(invoice),
        _ => None,
    }
}

fn invoice_field(context: &Context<'_>, target: &Target) -> Option<(&'static str, String)> {
    let invoice = existing(context, target).or_else(|| only_open_invoice(context, target))?;
    Some(("invoice", invoice_words(context, &invoice)))
}

/// The one open invoice of the client a form starts from.
fn only_open_invoice(context: &Context<'_>, target: &Target) -> Option<Arc<Invoice>> {
    let Target::New(Some(client)) = target else { return None };
    let mut open =
        context.book.client(client)?.facts.invoices.iter().filter(|invoice| !invoice.open().is_zero());
    open.next().filter(|_| open.next().is_none()).cloned()
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    if let (Some(invoice), Target::Part(_, _, position)) = (existing(context, target), target) {
        let Some(payment) = invoice.payments.get(*position).cloned() else { return Vec::new() };
        return vec![
            ("invoice", invoice_words(context, &invoice)),
            ("amount", amount_text(context, payment.amount)),
            ("day", payment.day.to_string()),
            ("method", payment.method.unwrap_or_default()),
        ];
    }
    let mut filled = vec![("day", context.today.to_string())];
    filled.extend(invoice_field(context, target));
    let invoice = existing(context, target).or_else(|| only_open_invoice(context, target));
    filled.extend(invoice.map(|invoice| ("amount", amount_text(context, invoice.open()))));
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let invoice = reader.invoice("invoice");
    let currency = invoice.as_ref().and_then(|invoice| invoice.currency()).unwrap_or(reader.currency());
    let amount = reader.amount_in("amount", currency);
    let day = reader.past_day("day");
    let method = reader.text("method");
    let (invoice, amount, day) = (invoice?, amount?, day?);
    if amount.currency != currency {
        reader.refuse(
            "amount",
            format!("this invoice is in {currency}: enter what it was worth in {currency}"),
        );
    }
    if amount.is_zero() {
        reader.refuse("amount", "a payment of nothing is none");
    }
    if day < invoice.issued {
        reader.refuse(
            "day",
            format!("the invoice was issued later, on {}", invoice.issued.format("%-d %b %Y")),
        );
    }
    let edited = if let Target::Part(Table::Invoices, id, position) = reader.target() {
        (id == invoice.id.as_str()).then_some(*position)
    } else {
        None
    };
    let mut invoice = Invoice::clone(&invoice);
    let payment = Payment { day, amount, method };
    let verb = if let Some(known) = edited.and_then(|position| invoice.payments.get_mut(position)) {
        *known = payment;
        "Changed payment of"
    } else {
        invoice.payments.push(payment);
        "Recorded"
    };
    if invoice.open().amount.is_sign_negative() && invoice.total().amount.is_sign_positive() {
        let over = crate::domain::Money::new(-invoice.open().amount, currency);
        reader.refuse("amount", format!("{over} more than is open"));
    }
    Some(Edit::put(format!("{verb} {amount} for {}", invoice.number), invoice))
}

fn read_promised(reader: &mut Reader<'_>) -> Option<Edit> {
    let (invoice, pay_by) = (reader.invoice("invoice"), reader.day("pay_by"));
    let (invoice, pay_by) = (invoice?, pay_by?);
    let day = reader.context().today;
    if pay_by < day {
        reader.refuse("pay_by", "a promise names a day to come");
    }
    if invoice.open().is_zero() {
        reader.refuse("invoice", "nothing is open on this invoice");
    }
    let mut invoice = Invoice::clone(&invoice);
    invoice.promised.push(PromisedPayment { day, pay_by });
    Some(Edit::put(format!("{} promised by {}", invoice.number, pay_by.format("%a %-d %b")), invoice))
}
