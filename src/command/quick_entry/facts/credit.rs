//! Credits: `credit 200 on 2026-031`, `set off C-7 against 2026-031`.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Invoice, InvoiceId, Money};
use crate::state::Edit;
use crate::state::day_entry::short_day;
use crate::state::form::next_credit_number;

use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::payment_parts::fits_open;
use crate::command::quick_entry::grammar::closed::MONEY_JOINS;
use crate::command::quick_entry::grammar::reader::{Reader, put, said};
use crate::command::quick_entry::who::which_invoice::{invoice_named, known, own};

/// A credit note for an invoice that is named, over what is open of it unless an amount is said.
pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    reader.joins = &MONEY_JOINS;
    let all = reader.line.all();
    let invoice = invoice_named(reader, all.clone());
    // Naming the client as well says nothing more.
    if invoice.is_some() {
        own(reader, invoice)
    } else {
        reader.who(all.clone())
    };
    let day = reader.past_day(all.clone());
    let currency = invoice.and_then(|it| it.currency()).unwrap_or(reader.known.book.currency());
    let amount = amount(reader, currency);
    let Some(invoice) = invoice else {
        reader.need("Say which invoice is credited, by its number");
        return None;
    };
    let of = known(reader, invoice);
    let amount = open_part(reader, &of, of.open(), amount)?;
    if day < invoice.issued {
        reader.need(issued_later(reader, invoice));
        return None;
    }
    let number = next_credit_number(reader.known.book);
    facts::invoice::check_number(reader, &invoice.client, &number);
    reader.chip(ChipKind::Invoice, format!("credit note {number}"));
    if reader.is_asking() || !reader.is_told(reader.line.all()) {
        return None;
    }
    let id = InvoiceId::fresh(&number, reader.seed());
    let mut credit = invoice.credit_note(id, &number, day, amount, None);
    let mut credited = Invoice::clone(invoice);
    credited.set_off(&mut credit, amount, day);
    let label = format!("Credited {} on {} by {number}", said(amount), invoice.number);
    Some(put(label, records(credit, credited)))
}

/// A credit note and an invoice that are named, set off against each other.
pub(in crate::command::quick_entry) fn read_set_off(reader: &mut Reader<'_>) -> Option<Edit> {
    reader.joins = &MONEY_JOINS;
    let all = reader.line.all();
    let (one, other) = (invoice_named(reader, all.clone()), invoice_named(reader, all.clone()));
    own(reader, one.or(other));
    let day = reader.past_day(all.clone());
    let (Some(one), Some(other)) = (one, other) else {
        reader.need("Say which credit note and which invoice, by their numbers");
        return None;
    };
    let (credit, invoice) = if one.is_credit_note() { (one, other) } else { (other, one) };
    if !credit.is_credit_note() || invoice.is_credit_note() {
        reader.need("A credit note is set off against an invoice: name one of each");
        return None;
    }
    if credit.client != invoice.client {
        reader.need("A credit note is set off against an invoice of the same client");
        return None;
    }
    let currency = invoice.currency().unwrap_or(reader.known.book.currency());
    let amount = amount(reader, currency);
    let (of, left) = (known(reader, invoice), known(reader, credit).open());
    let left = Money::new(-left.amount, left.currency);
    if left.amount <= Decimal::ZERO {
        reader.need(format!("Nothing is left of {}", credit.number));
        return None;
    }
    fits_open(reader, amount.unwrap_or(left), left)?;
    let both = Money::new(of.open().amount.min(left.amount), left.currency);
    let amount = open_part(reader, &of, both, amount)?;
    for it in [credit, invoice] {
        if day < it.issued {
            reader.need(issued_later(reader, it));
            return None;
        }
    }
    if reader.is_asking() || !reader.is_told(reader.line.all()) {
        return None;
    }
    let (mut credited, mut credit) = (Invoice::clone(invoice), Invoice::clone(credit));
    credited.set_off(&mut credit, amount, day);
    let label = format!("Set off {} of {} against {}", said(amount), credit.number, invoice.number);
    Some(put(label, records(credit, credited)))
}

fn amount(reader: &mut Reader<'_>, currency: crate::domain::Currency) -> Option<Money> {
    let amount = reader.amount(reader.line.all(), currency)?;
    reader.chip_of(ChipKind::Money, said(amount.money), &amount.words);
    Some(amount.money)
}

/// What is set off of an invoice: all that is said, or all that can be.
fn open_part(
    reader: &mut Reader<'_>,
    invoice: &Invoice,
    most: Money,
    amount: Option<Money>,
) -> Option<Money> {
    if most.amount <= Decimal::ZERO {
        reader.need(format!("Nothing is open on {}", invoice.number));
        return None;
    }
    let amount = amount.unwrap_or_else(|| {
        reader.chip(ChipKind::Money, said(most));
        most
    });
    fits_open(reader, amount, most)?;
    Some(amount)
}

fn issued_later(reader: &Reader<'_>, invoice: &Invoice) -> String {
    format!("{} was issued later, on {}", invoice.number, short_day(invoice.issued, reader.known.today))
}

/// The credit note first: the invoice can only name what is there.
fn records(credit: Invoice, invoice: Invoice) -> Vec<AnyRecord> {
    vec![AnyRecord::Invoice(Arc::new(credit)), AnyRecord::Invoice(Arc::new(invoice))]
}
