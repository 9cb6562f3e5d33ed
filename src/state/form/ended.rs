//! The form of an end: the last day, which may lie ahead, why, and how it was told.

use crate::domain::{Client, ClientId, Ended, Table};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "It ends",
    edit_title: "It ends",
    fields: &[
        required("day", "Last day", "today, 4w, 31 mar", FieldKind::Day(Lean::Ahead)),
        required("why", "Why", "pushed price and scope, twice the hours …", FieldKind::Text),
        optional("how", "How it was told", "by telephone, then a letter", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Client> {
    let Target::Record(Table::Clients, id) = target else { return None };
    context.book.client(&ClientId::new(id).ok()?).map(|known| Client::clone(&known.client))
}

/// That it ended or will, as it is known on the working day.
fn known(context: &Context<'_>, client: &Client) -> Option<Ended> {
    client.ended.clone().filter(|ended| ended.known_on() <= context.today)
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    match existing(context, target).and_then(|client| known(context, &client)) {
        Some(Ended { day, why, how, .. }) => {
            vec![("day", day.to_string()), ("why", why.unwrap_or_default()), ("how", how.unwrap_or_default())]
        }
        None => vec![("day", context.today.to_string())],
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let client = existing(reader.context(), reader.target())?;
    let day = reader.day("day");
    let (why, how) = (reader.text("why"), reader.text("how"));
    let (day, why) = (day?, why?);
    if let Some(met) = client.met.as_ref().filter(|met| met.day > day) {
        reader.refuse("day", format!("you met later, on {}", crate::written::day_in_full(met.day)));
    }
    let (today, known) = (reader.context().today, known(reader.context(), &client));
    let is_ahead = day > today;
    let verb = match (&known, is_ahead) {
        (None, false) => "Ended with",
        (None, true) => "Agreed to end with",
        (Some(known), false) if known.day <= today => "Changed how it ended with",
        (Some(_), false) => "Ended with",
        (Some(_), true) => "Changed when it ends with",
    };
    // What lies ahead is known because it was agreed: today, where that was not noted before.
    let agreed = known.and_then(|known| known.agreed).filter(|agreed| *agreed <= day);
    let agreed = agreed.or(is_ahead.then_some(today));
    let label = format!("{verb} {}", client.name);
    Some(Edit::put(label, Client { ended: Some(Ended { day, agreed, why: Some(why), how }), ..client }))
}
