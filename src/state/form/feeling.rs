//! The form of how it feels to work for a client: it enters no score.

use crate::domain::{Client, Feeling};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{FieldKind, FormSpec, Read, Reader, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Note how it feels",
    edit_title: "Note how it feels",
    fields: &[
        required("client", "Client", "to work for whom", FieldKind::OwnClient),
        required("note", "It feels", "like being heard; it enters no score", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: |context, target| {
        let mut filled = vec![("day", context.today.to_string())];
        filled.extend(super::client_name(context, target).map(|name| ("client", name)));
        filled
    },
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let (known, note, day) = (reader.client("client"), reader.text("note"), reader.past_day("day"));
    let (known, note, day) = (known?, note?, day?);
    let mut client = Client::clone(&known.client);
    client.feelings.push(Feeling { day, note });
    Some(Edit::put(format!("Noted how it feels to work for {}", client.name), client))
}
