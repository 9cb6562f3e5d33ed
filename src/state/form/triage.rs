//! What is done with an item of the queue in words: put off to a day or an event, dismissed for a reason.

use crate::domain::{Handled, HandledId, Snooze, SnoozeId};
use crate::figures::today::Arrivals;
use crate::state::edit::Edit;

use super::{FieldKind, FormSpec, Read, Reader, Target, required};

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

fn read_snooze(reader: &mut Reader<'_>) -> Option<Edit> {
    let Target::Item(item, client) = reader.target() else { return None };
    let entry = reader.snooze("until")?;
    let day = reader.context().today;
    if entry.until <= day {
        reader.refuse("until", "choose a day after today");
        return None;
    }
    let known = client.as_ref().and_then(|id| reader.context().book.client(id)?.as_of(day));
    if entry.wait.is_some() && known.is_none() {
        reader.refuse("until", "it is about no client: choose a day");
        return None;
    }
    let seen = entry.wait.zip(known).map(|(wait, known)| Arrivals::of(item, &known.facts).seen(wait, day));
    let snooze = Snooze {
        id: SnoozeId::fresh("snooze", reader.seed()),
        item: item.clone(),
        client: client.clone(),
        day,
        until: entry.until,
        wait: entry.wait,
        seen: seen.unwrap_or_default(),
    };
    Some(Edit::put(entry.done(day), snooze))
}

fn read_dismiss(reader: &mut Reader<'_>) -> Option<Edit> {
    let Target::Item(item, client) = reader.target() else { return None };
    let why = reader.text("why")?;
    let label = format!("Dismissed: {why}");
    let dismissed = Handled {
        id: HandledId::fresh("handled", reader.seed()),
        item: item.clone(),
        client: client.clone(),
        day: reader.context().today,
        dismissed: Some(why),
    };
    Some(Edit::put(label, dismissed))
}
