//! The forms of a payment and of the day by which one was promised.

use std::sync::Arc;

use crate::domain::{AnyRecord, Invoice, InvoiceId, Money, Payment, PromisedPayment, Table};
use crate::figures::amount_in_full;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use crate::state::amount_entry::amount_text;

use super::find::invoice_words;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

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
    read: Read::Edit(read),
};

pub(super) const PROMISED: FormSpec = FormSpec {
    new_title: "They promised to pay",
    edit_title: "They promised to pay",
    fields: &[
        required("invoice", "Invoice", "number or client", FieldKind::Invoice),
        required("pay_by", "They pay by", "fri, +1w, 12 mar", FieldKind::Day(Lean::Ahead)),
    ],
    fill: |context, target| invoice_field(context, target).into_iter().collect(),
    read: Read::Edit(read_promised),
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

pub(super) fn invoice_field(context: &Context<'_>, target: &Target) -> Option<(&'static str, String)> {
    let invoice = known(context, target)?;
    Some(("invoice", invoice_words(context, &invoice)))
}

/// The invoice a form starts from, as it is known on the working day.
pub(super) fn known(context: &Context<'_>, target: &Target) -> Option<Arc<Invoice>> {
    let named = existing(context, target).map(|invoice| context.known_invoice(&invoice));
    named.or_else(|| only_open_invoice(context, target))
}

/// The one open invoice of the client a form starts from.
fn only_open_invoice(context: &Context<'_>, target: &Target) -> Option<Arc<Invoice>> {
    let Target::New(Some(client)) = target else { return None };
    let invoices = context.book.client(client)?.facts.invoices.iter();
    let mut open = invoices.filter_map(|it| it.as_of(context.today)).filter(|it| !it.open().is_zero());
    open.next().filter(|_| open.next().is_none())
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    if let (Some(invoice), Target::Part(_, _, position)) = (existing(context, target), target) {
        let Some(payment) = invoice.payments.get(*position).cloned() else { return Vec::new() };
        return vec![
            ("invoice", invoice_words(context, &context.known_invoice(&invoice))),
            ("amount", amount_in(context, &invoice, payment.amount)),
            ("day", payment.day.to_string()),
            ("method", payment.method.unwrap_or_default()),
        ];
    }
    let mut filled = vec![("day", context.today.to_string())];
    filled.extend(invoice_field(context, target));
    let invoice = known(context, target);
    filled.extend(invoice.map(|invoice| ("amount", amount_in(context, &invoice, invoice.open()))));
    filled
}

/// An amount as the field of a payment shows it: its code is left out where it is the invoice's.
fn amount_in(context: &Context<'_>, invoice: &Invoice, amount: Money) -> String {
    let currency = invoice.currency().unwrap_or_else(|| context.currency_of(Some(&invoice.client)));
    amount_text(amount, currency)
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let invoice = reader.invoice("invoice");
    let edited = edited(reader.context(), reader.target());
    let held = edited.as_ref().map(|(_, _, payment)| payment);
    let currency = invoice.as_ref().and_then(|it| it.currency()).unwrap_or_else(|| reader.currency("amount"));
    let amount = reader
        .keep("amount", held.map(|it| Some(it.amount)), |reader, name| reader.amount_in(name, currency));
    let day = reader.keep("day", held.map(|it| Some(it.day)), Reader::past_day);
    let method = reader.keep("method", held.map(|it| it.method.clone()), Reader::text);
    let (amount_typed, day_typed) =
        (held.is_none() || !reader.untouched("amount"), held.is_none() || !reader.untouched("day"));
    let (invoice, amount, day) = (invoice?, amount?, day?);
    let mut changed = Invoice::clone(&invoice);
    let offset = held.and_then(|it| it.offset.clone());
    if offset.is_some() && !reader.is_untouched() {
        reader.refuse("amount", "what was set off stands on two invoices: remove it, and set off anew");
    }
    let payment = Payment { day, amount, method, offset };
    let verb = match edited {
        Some((of, ..)) if of != invoice.id => {
            reader.refuse("invoice", "a payment stays with its invoice: remove it here and record it there");
            return None;
        }
        Some((_, position, _)) => {
            *changed.payments.get_mut(position)? = payment;
            "Changed payment of"
        }
        None => {
            changed.payments.push(payment);
            "Recorded"
        }
    };
    if amount_typed && amount.currency != currency {
        reader.refuse(
            "amount",
            format!("this invoice is in {currency}: enter what it was worth in {currency}"),
        );
    }
    if amount_typed && amount.is_zero() {
        reader.refuse("amount", "a payment of nothing is none");
    }
    // What goes back to them came before.
    let paid = invoice.paid();
    let back = amount.amount.is_sign_negative() && invoice.total().amount.is_sign_positive();
    if amount_typed && back && changed.paid().amount.is_sign_negative() && !paid.amount.is_sign_negative() {
        let why = if paid.is_zero() {
            "nothing was paid on this invoice: a credit takes a part of it back".to_owned()
        } else {
            format!("only {} was paid on this invoice: no more can go back", amount_in_full(paid))
        };
        reader.refuse("amount", why);
    }
    if day_typed && day < invoice.issued {
        reader.refuse(
            "day",
            format!("the invoice was issued later, on {}", crate::written::day_in_full(invoice.issued)),
        );
    }
    // Payments dated after the working day stay in the record, and say nothing yet about what is open.
    let changed = Arc::new(changed);
    let open = reader.context().known_invoice(&changed).open();
    if amount_typed && open.amount.is_sign_negative() && invoice.total().amount.is_sign_positive() {
        let over = Money::new(-open.amount, currency);
        reader.refuse("amount", format!("{} more than is open", amount_in_full(over)));
    }
    Some(Edit::put(
        format!("{verb} {} for {}", amount_in_full(amount), changed.number),
        Invoice::clone(&changed),
    ))
}

/// The payment a form changes: its invoice, its position there and itself.
fn edited(context: &Context<'_>, target: &Target) -> Option<(InvoiceId, usize, Payment)> {
    let Target::Part(Table::Invoices, _, position) = target else { return None };
    let invoice = existing(context, target)?;
    Some((invoice.id.clone(), *position, invoice.payments.get(*position)?.clone()))
}

fn read_promised(reader: &mut Reader<'_>) -> Option<Edit> {
    let (invoice, pay_by) = (reader.invoice("invoice"), reader.day("pay_by"));
    let (invoice, pay_by) = (invoice?, pay_by?);
    let day = reader.context().today;
    if pay_by < day {
        reader.refuse("pay_by", "a promise names a day to come");
    }
    if reader.context().known_invoice(&invoice).open().is_zero() {
        reader.refuse("invoice", "nothing is open on this invoice");
    }
    let mut invoice = Invoice::clone(&invoice);
    invoice.promised.push(PromisedPayment { day, pay_by });
    Some(Edit::put(
        format!(
            "{} promised by {}",
            invoice.number,
            crate::written::weekday_date(pay_by, reader.context().today)
        ),
        invoice,
    ))
}
