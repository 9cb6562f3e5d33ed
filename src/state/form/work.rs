//! The form of hours that were worked.

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Purpose, Table, Work, WorkId};
use crate::state::amount_entry::number_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const PURPOSES: [Purpose; 4] = [Purpose::Job, Purpose::Beyond, Purpose::Relationship, Purpose::BeforeSale];
const PURPOSE_WORDS: &[&str] = &["the job", "beyond the job", "the relationship", "before the sale"];
/// Nobody works longer on one day.
const MOST_HOURS: i64 = 24;

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Log hours",
    edit_title: "Hours",
    fields: &[
        optional("client", "Client", "for whom; empty: for the firm", FieldKind::OwnClient),
        optional("deal", "Deal", "on what", FieldKind::Deal),
        required("hours", "Hours", "2.5", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        required("purpose", "What for", "", FieldKind::Choice(PURPOSE_WORDS)),
        optional("note", "Note", "what was done", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Work> {
    let Target::Record(Table::Work, id) = target else { return None };
    match context.book.find(Table::Work, id)? {
        AnyRecord::Work(work) => Some(Work::clone(&work)),
        _ => None,
    }
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let client = super::client_name(context, target).map(|name| ("client", name));
    let Some(work) = existing(context, target) else {
        let mut filled = vec![("day", context.today.to_string()), ("purpose", "the job".to_owned())];
        filled.extend(client);
        return filled;
    };
    let purpose = PURPOSES.iter().position(|it| *it == work.purpose).and_then(|at| PURPOSE_WORDS.get(at));
    let mut filled = vec![
        ("hours", number_text(work.hours)),
        ("day", work.day.to_string()),
        ("purpose", purpose.copied().unwrap_or_default().to_owned()),
        ("note", work.note.clone().unwrap_or_default()),
        ("deal", super::deal_title(context, work.deal.as_ref())),
    ];
    filled.extend(client);
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let client = reader.client("client").map(|known| known.client.clone());
    let deal = reader.kept_deal("deal");
    let hours = reader.keep("hours", held.map(|it| Some(it.hours)), |reader, name| {
        let hours = reader.quantity(name, Decimal::from(MOST_HOURS))?;
        if hours.is_zero() {
            reader.refuse(name, "expected more than nothing");
        }
        Some(hours)
    });
    let day = reader.keep("day", held.map(|it| Some(it.day)), Reader::past_day);
    let purpose = reader
        .keep("purpose", held.map(|it| Some(it.purpose)), |reader, name| reader.choice(name, &PURPOSES));
    let note = reader.keep("note", held.map(|it| it.note.clone()), Reader::text);
    let (hours, day, purpose) = (hours?, day?, purpose?);
    let whom = client.as_ref().map_or("the firm", |client| client.name.as_str());
    let verb = if held.is_some() { "Changed" } else { "Logged" };
    let label = format!("{verb} {} h for {whom}", number_text(hours));
    let id = held.map_or_else(|| WorkId::fresh("work", reader.seed()), |it| it.id.clone());
    let client = client.map(|client| client.id.clone());
    Some(Edit::put(label, Work { id, day, client, deal, hours, purpose, note }))
}
