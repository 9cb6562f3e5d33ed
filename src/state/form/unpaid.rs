//! The forms of what goes wrong with an invoice: it is disputed, or what is open of it will not be paid.

use crate::domain::{Dispute, Invoice, WriteOff, WriteOffCause};
use crate::figures::amount_in_full;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;
use crate::written::day_in_full;

use super::payment::{invoice_field, known};
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const CAUSES: [WriteOffCause; 4] = [
    WriteOffCause::Misunderstanding,
    WriteOffCause::Dissatisfied,
    WriteOffCause::Cannot,
    WriteOffCause::WillNot,
];
const CAUSE_WORDS: &[&str] =
    &["we meant different things", "they were not content", "they cannot pay", "they will not pay"];

pub(super) const DISPUTE: FormSpec = FormSpec {
    new_title: "They dispute an invoice",
    edit_title: "They dispute an invoice",
    fields: &[
        required("invoice", "Invoice", "number or client", FieldKind::Invoice),
        required("from", "Since", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("about", "What about", "the hours of the second week", FieldKind::Text),
        // Settled is taken for granted where its invoice was chosen, not where a number is typed.
        optional("until", "Settled on", "empty: not yet", FieldKind::Day(Lean::Back)).only_when_opened(),
    ],
    fill: fill_dispute,
    read: Read::Edit(read_dispute),
};

pub(super) const WRITE_OFF: FormSpec = FormSpec {
    new_title: "Write an invoice off",
    edit_title: "Write an invoice off",
    fields: &[
        required("invoice", "Invoice", "number or client", FieldKind::Invoice),
        required("cause", "Why", "they cannot pay, they were not content …", FieldKind::Choice(CAUSE_WORDS)),
        required("day", "Decided on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("lesson", "What it teaches", "what you will do differently", FieldKind::Text),
    ],
    fill: fill_write_off,
    read: Read::Edit(read_write_off),
};

fn fill_dispute(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled: Vec<(&'static str, String)> = invoice_field(context, target).into_iter().collect();
    // One that is open is mostly to be settled now.
    let open = known(context, target).and_then(|invoice| invoice.open_dispute().cloned());
    match open {
        Some(open) => filled.extend([
            ("from", open.from.to_string()),
            ("about", open.about.unwrap_or_default()),
            ("until", context.today.to_string()),
        ]),
        None => filled.push(("from", context.today.to_string())),
    }
    filled
}

/// What is said of the dispute that is open.
pub(super) fn held_dispute_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let open = reader.named_invoice()?.open_dispute()?;
    let becomes = match reader.typed("until") {
        Some(_) => ", which this settles",
        None => reader.says_changed(&["from", "about"]),
    };
    Some(("from", format!("disputed since {}{becomes}", day_in_full(open.from))))
}

/// What is said of the invoice being written off already.
pub(super) fn held_write_off_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let held = reader.named_invoice()?.write_off.as_ref()?;
    let changed = reader.says_changed(&["cause", "day", "lesson"]);
    Some(("cause", format!("written off on {}{changed}", day_in_full(held.day))))
}

fn read_dispute(reader: &mut Reader<'_>) -> Option<Edit> {
    let invoice = reader.invoice("invoice");
    let (from, until) = (reader.past_day("from"), reader.past_day("until"));
    let about = reader.text("about");
    let (invoice, from) = (invoice?, from?);
    if from < invoice.issued {
        let issued = crate::written::day_in_full(invoice.issued);
        reader.refuse("from", format!("the invoice was issued later, on {issued}"));
    }
    if until.is_some_and(|until| until < from) {
        reader.refuse("until", "it was settled on or after the day it began");
    }
    let open = invoice.disputes.iter().position(|dispute| dispute.until.is_none());
    let dispute = Dispute { from, until, about };
    if invoice.open_dispute() == Some(&dispute) {
        let since = day_in_full(from);
        reader.refuse("until", format!("it is disputed since {since} already: say when that was settled"));
    }
    let mut invoice = Invoice::clone(&invoice);
    match open.and_then(|at| invoice.disputes.get_mut(at)) {
        Some(open) => *open = dispute,
        None => invoice.disputes.push(dispute),
    }
    let says = if until.is_some() { "is settled" } else { "is disputed" };
    Some(Edit::put(format!("Invoice {} {says}", invoice.number), invoice))
}

fn fill_write_off(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled: Vec<(&'static str, String)> = invoice_field(context, target).into_iter().collect();
    let held = known(context, target).and_then(|invoice| invoice.write_off.clone());
    let Some(held) = held else {
        filled.push(("day", context.today.to_string()));
        return filled;
    };
    let cause = CAUSES.iter().position(|it| *it == held.cause).and_then(|at| CAUSE_WORDS.get(at));
    filled.extend([
        ("cause", cause.copied().unwrap_or_default().to_owned()),
        ("day", held.day.to_string()),
        ("lesson", held.lesson.unwrap_or_default()),
    ]);
    filled
}

fn read_write_off(reader: &mut Reader<'_>) -> Option<Edit> {
    let invoice = reader.invoice("invoice");
    let (cause, day) = (reader.choice("cause", &CAUSES), reader.past_day("day"));
    let lesson = reader.text("lesson");
    let (invoice, cause, day) = (invoice?, cause?, day?);
    let open = reader.context().known_invoice(&invoice).open();
    if invoice.write_off.is_none() && open.is_zero() {
        reader.refuse("invoice", "nothing is open on this invoice");
    }
    if day < invoice.issued {
        let issued = crate::written::day_in_full(invoice.issued);
        reader.refuse("day", format!("the invoice was issued later, on {issued}"));
    }
    let label = match invoice.write_off {
        Some(_) => format!("Changed why {} was written off", invoice.number),
        None => format!("Wrote off {} of {}", amount_in_full(open), invoice.number),
    };
    let write_off = Some(WriteOff { day, cause, lesson });
    Some(Edit::put(label, Invoice { write_off, ..Invoice::clone(&invoice) }))
}
