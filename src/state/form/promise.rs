//! The form of a promise, by either side.

use std::sync::Arc;

use crate::domain::{AnyRecord, Moved, Party, Promise, PromiseId, Table};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const PARTIES: [Party; 2] = [Party::Me, Party::Them];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New promise",
    edit_title: "Promise",
    fields: &[
        required("client", "Client", "between you and whom", FieldKind::OwnClient),
        required("by", "Promised by", "", FieldKind::Choice(&["me", "them"])),
        required("what", "What", "what was promised", FieldKind::Text),
        required("due", "Due", "fri, +3d, 12 mar", FieldKind::Day(Lean::Ahead)).begun_by("made"),
        required("made", "Made", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("kept", "Kept", "the day it was kept", FieldKind::Day(Lean::Back)),
        optional("person", "Person", "which person of theirs", FieldKind::Person),
        optional("deal", "Deal", "what it is about", FieldKind::Deal),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Promise> {
    let Target::Record(Table::Promises, id) = target else { return None };
    match context.book.find(Table::Promises, id)? {
        AnyRecord::Promise(promise) => Some(Promise::clone(&promise)),
        _ => None,
    }
}

/// A promise as it is known on the working day; as it is when it lies ahead.
fn known(context: &Context<'_>, promise: Promise) -> Arc<Promise> {
    let promise = Arc::new(promise);
    promise.as_of(context.today).unwrap_or(promise)
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(promise) = existing(context, target) else {
        let mut filled = vec![("by", "me".to_owned()), ("made", context.today.to_string())];
        filled.extend(super::client_name(context, target).map(|name| ("client", name)));
        return filled;
    };
    let promise = known(context, promise);
    let due = promise.due_now().to_string();
    vec![
        ("client", context.book.client(&promise.client).map(|it| it.client.name.clone()).unwrap_or_default()),
        ("by", if promise.by == Party::Me { "me" } else { "them" }.to_owned()),
        ("what", promise.what.clone()),
        ("due", due),
        ("made", promise.made.to_string()),
        ("kept", promise.kept.map(|day| day.to_string()).unwrap_or_default()),
        ("person", promise.person.clone().unwrap_or_default()),
        ("deal", super::deal_title(context, promise.deal.as_ref())),
    ]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let client = reader.client("client");
    let held = before.as_ref();
    let by = reader.keep("by", held.map(|it| Some(it.by)), |reader, name| reader.choice(name, &PARTIES));
    let what = reader.keep("what", held.map(|it| Some(it.what.clone())), Reader::text);
    let shown_due = held.map(|it| known(reader.context(), it.clone()).due_now());
    let due = reader.keep("due", shown_due.map(Some), Reader::day);
    let made = reader.keep("made", held.map(|it| Some(it.made)), Reader::past_day);
    let kept = reader.keep("kept", held.map(|it| it.kept), Reader::past_day);
    let person = reader.keep_of_client("person", held.map(|it| it.person.clone()), Reader::person);
    let deal = reader.kept_deal("deal");
    let days_typed = held.is_none() || ["due", "made", "kept"].iter().any(|name| !reader.untouched(name));
    let (client, by, what, due, made) = (client?, by?, what?, due?, made?);
    if days_typed && due < made {
        reader.refuse("due", "a promise is due on or after the day it was made");
    }
    if days_typed && kept.is_some_and(|kept| kept < made) {
        reader.refuse("kept", "a promise is kept on or after the day it was made");
    }
    let verb = if before.is_some() { "Changed promise" } else { "Noted promise" };
    let today = reader.context().today;
    let mut promise = before.unwrap_or_else(|| Promise {
        id: PromiseId::fresh(&what, reader.seed()),
        client: client.client.id.clone(),
        by,
        person: None,
        what: String::new(),
        made,
        due,
        moved: Vec::new(),
        kept: None,
        deal: None,
    });
    if shown_due.is_some_and(|shown| shown != due) {
        // Moving a promise is a fact of its own; correcting one made today is not.
        if promise.made == today {
            promise.due = due;
        } else {
            promise.moved.push(Moved { day: today, to: due });
        }
    }
    promise.client = client.client.id.clone();
    promise.what.clone_from(&what);
    (promise.by, promise.made, promise.kept, promise.person) = (by, made, kept, person);
    promise.deal = deal;
    Some(Edit::put(format!("{verb}: {what}"), promise))
}
