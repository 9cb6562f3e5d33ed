//! The form of a letter in the outbox: one that waits there, or a draft that is to be filled in and queued.

use crate::domain::{AnyRecord, Outgoing, Table, is_mail_address, unfilled_fields, unfilled_mark};
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Queue a letter",
    edit_title: "Letter",
    fields: &[
        required("subject", "Subject", "what it is about", FieldKind::Text),
        optional("to", "To", "name@example.org; the mail program asks if it is empty", FieldKind::Mail),
        required("text", "Text", "Dear …", FieldKind::Long),
    ],
    fill,
    read: Read::Edit(read),
};

/// The letter, and whether it is queued already.
fn existing(context: &Context<'_>, target: &Target) -> Option<(Outgoing, bool)> {
    match target {
        Target::Draft(draft) => Some((Outgoing::clone(draft), false)),
        Target::Record(Table::Outbox, id) => match context.book.find(Table::Outbox, id)? {
            AnyRecord::Outgoing(letter) => Some((Outgoing::clone(&letter), true)),
            _ => None,
        },
        _ => None,
    }
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some((letter, _)) = existing(context, target) else { return Vec::new() };
    vec![("subject", letter.subject), ("to", letter.to.unwrap_or_default()), ("text", letter.text)]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let (before, queued) = existing(reader.context(), reader.target())?;
    let subject = reader.keep("subject", Some(Some(before.subject.clone())), Reader::text);
    let to = reader.keep("to", Some(before.to.clone()), Reader::text);
    if !reader.untouched("to") && to.as_ref().is_some_and(|to| !is_mail_address(to)) {
        reader.refuse("to", "expected one address such as name@example.org");
    }
    let text = reader.keep("text", Some(Some(before.text.clone())), Reader::text);
    let mut letter = Outgoing { subject: subject?, text: text?, ..before.clone() };
    if to != before.to {
        // Who is written to follows the address, where somebody has it.
        let people = reader.form_client().map(|known| known.client.people.clone()).unwrap_or_default();
        let named = people.into_iter().find(|person| to.is_some() && person.mail == to);
        letter.person = named.map(|person| person.name);
        letter.to = to;
    }
    for (field, text) in [("subject", &letter.subject), ("text", &letter.text)] {
        let marked: Vec<String> = unfilled_fields(text).iter().map(|name| unfilled_mark(name)).collect();
        // What the book held already is refused where it is handed over.
        let typed = !queued || !reader.untouched(field);
        if typed && !marked.is_empty() {
            reader.refuse(field, format!("still to be filled in: {}", marked.join(", ")));
        }
    }
    let client = reader.context().book.client(&letter.client);
    let name = client.map(|known| known.client.name.as_str()).unwrap_or_default();
    let verb = if queued { "Changed" } else { "Queued" };
    Some(Edit::put(format!("{verb} the letter to {name}"), letter))
}
