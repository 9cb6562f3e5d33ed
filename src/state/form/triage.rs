//! What is done with items of the queue in words: put off to a day or an event, dismissed for a reason. Of one item, or of
//! all that were selected.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Book, Handled, HandledId, Invoice, Snooze, SnoozeId, Wait};
use crate::figures::today::{Arrivals, Item, ItemKind, client_items, firm_items};
use crate::state::edit::{Change, Edit};
use crate::state::snooze_entry::SnoozeEntry;
use crate::state::triage::Seat;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SNOOZE: FormSpec = FormSpec {
    new_title: "Snooze until",
    edit_title: "Snooze until",
    fields: &[required(
        "until",
        "Comes back",
        "fri, 2w, +2 workdays, when paid, if no reply 5d",
        FieldKind::Snooze,
    )],
    fill: |_, _| Vec::new(),
    read: Read::Edit(read_snooze),
};

pub(super) const DISMISS: FormSpec = FormSpec {
    new_title: "Dismiss",
    edit_title: "Dismiss",
    fields: &[required("why", "Why", "settled by phone, not worth the time", FieldKind::Text)],
    fill: |_, _| Vec::new(),
    read: Read::Edit(read_dismiss),
};

/// The items a form is about.
pub(super) fn items(target: &Target) -> Option<Vec<Seat>> {
    match target {
        Target::Item(item, client) => Some(vec![Seat { item: item.clone(), client: client.clone() }]),
        Target::Items(items) => Some(items.clone()),
        _ => None,
    }
}

fn read_snooze(reader: &mut Reader<'_>) -> Option<Edit> {
    let items = items(reader.target())?;
    let entry = reader.snooze("until")?;
    let (book, day) = (reader.context().book, reader.context().today);
    if entry.until <= day {
        reader.refuse("until", "choose a day after today");
        return None;
    }
    match snoozed(book, day, reader.seed(), &items, entry) {
        Ok(edit) => Some(edit),
        Err(why) => {
            reader.refuse("until", why);
            None
        }
    }
}

/// The edit that puts items off.
///
/// # Errors
/// When they are to wait for an event that cannot come to one of them: it is about no client, or no invoice of that one is open.
pub fn snoozed(
    book: &Book,
    day: NaiveDate,
    seed: u64,
    items: &[Seat],
    entry: SnoozeEntry,
) -> Result<Edit, &'static str> {
    let snooze = |(nth, seat): (u64, &Seat)| {
        let known = seat.client.as_ref().and_then(|id| book.client(id)?.as_of(day));
        let is_open = |invoice: &Arc<Invoice>| invoice.open().amount > Decimal::ZERO;
        let pays = known.as_ref().is_none_or(|known| known.facts.invoices.iter().any(is_open));
        if entry.wait == Some(Wait::Paid) && !pays {
            let alone = "no invoice of theirs is open: choose a day, or when they reply";
            let some = "some of them have no invoice open: choose a day, or when they reply";
            return Err(if items.len() == 1 { alone } else { some });
        }
        let seen = match (entry.wait, known) {
            (Some(wait), Some(known)) => Arrivals::of(&seat.item, &known.facts).seen(wait, day),
            (Some(_), None) if items.len() > 1 => {
                return Err("some of them are about no client: choose a day");
            }
            (Some(_), None) => return Err("it is about no client: choose a day"),
            (None, _) => 0,
        };
        let snooze = Snooze {
            id: SnoozeId::fresh("snooze", seed.wrapping_add(nth)),
            item: seat.item.clone(),
            client: seat.client.clone(),
            day,
            until: entry.until,
            wait: entry.wait,
            seen,
        };
        Ok(Change::Put(AnyRecord::Snooze(snooze.into())))
    };
    let changes = (0..).zip(items).map(snooze).collect::<Result<Vec<_>, _>>()?;
    let label = match items {
        [one] => format!("{}{}", entry.done(day), whose(book, one)),
        many => format!("{} items: {}", many.len(), entry.done(day)),
    };
    Ok(Edit { label, changes })
}

/// Whose an item is, for the end of a notice: ` · Acme`; nothing for the firm's own.
#[must_use]
pub fn whose(book: &Book, seat: &Seat) -> String {
    let client = seat.client.as_ref().and_then(|id| book.client(id));
    client.map_or_else(String::new, |client| format!(" · {}", client.client.name))
}

fn read_dismiss(reader: &mut Reader<'_>) -> Option<Edit> {
    let items = items(reader.target())?;
    let why = reader.text("why")?;
    let label = match items.as_slice() {
        [one] => format!("Dismissed: {why}{}", whose(reader.context().book, one)),
        many => format!("Dismissed {} items: {why}", many.len()),
    };
    Some(Edit {
        label,
        changes: marked(reader.context().book, reader.context().today, reader.seed(), &items, Some(&why)),
    })
}

/// The changes that mark items as handled, or as dismissed for a reason.
#[must_use]
pub fn marked(
    book: &Book,
    day: NaiveDate,
    seed: u64,
    items: &[Seat],
    dismissed: Option<&str>,
) -> Vec<Change> {
    let mark = |(nth, seat): (u64, &Seat)| {
        let dismissed = dismissed.map(str::to_owned);
        mark(day, seed.wrapping_add(nth), seat, dismissed, seen(book, seat, day))
    };
    (0..).zip(items).map(mark).collect()
}

fn mark(day: NaiveDate, seed: u64, seat: &Seat, dismissed: Option<String>, seen: usize) -> Change {
    let handled = Handled {
        id: HandledId::fresh("handled", seed),
        item: seat.item.clone(),
        client: seat.client.clone(),
        day,
        dismissed,
        seen: Some(seen),
    };
    Change::Put(AnyRecord::Handled(handled.into()))
}

/// The same edit, which also marks an item as handled: what the edit notes of it is no news.
#[must_use]
pub fn put_away(mut edit: Edit, book: &Book, day: NaiveDate, seed: u64, seat: &Seat) -> Edit {
    let done = edit.apply(book).unwrap_or_else(|_| book.clone());
    let seen = [book, &done].map(|book| seen(book, seat, day)).into_iter().max().unwrap_or(0);
    edit.changes.push(mark(day, seed, seat, None, seen));
    edit
}

/// What items are about, in a few words: `Invoice R-1 · Acme`, `3 selected items`.
pub(super) fn about(context: &Context<'_>, target: &Target) -> Option<String> {
    match items(target)?.as_slice() {
        [seat] => {
            // What the forecast says is in no client's facts: there the kind alone tells.
            let parts = match item(context.book, seat, context.today) {
                Some(item) => [item.title, item.client_name],
                None => [ItemKind::of_item(&seat.item)?.0.title().to_owned(), String::new()],
            };
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Some(parts.join(" · "))
        }
        many => Some(format!("{} selected items", many.len())),
    }
}

/// How many facts that an item is drawn from became known on `day`; nought where the last ones are older.
pub(in crate::state) fn seen(book: &Book, seat: &Seat, day: NaiveDate) -> usize {
    let item = item(book, seat, day).filter(|item| item.changed.day == day);
    item.map_or(0, |item| item.changed.times)
}

/// An item of the queue.
fn item(book: &Book, seat: &Seat, day: NaiveDate) -> Option<Item> {
    let items = match &seat.client {
        Some(id) => {
            let known = book.client(id).and_then(|known| known.as_of(day));
            known.map_or_else(Vec::new, |known| client_items(book.business(), &known, day))
        }
        None => firm_items(book.business(), &book.firm().as_of(day), day),
    };
    items.into_iter().find(|item| item.id == seat.item)
}
