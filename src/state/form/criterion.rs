//! The form of one thing that is wanted of a client.

use std::sync::Arc;

use crate::domain::{Business, Criterion};
use crate::state::edit::{Change, Edit};
use crate::state::firm_list::{FirmList, criterion, with_fit};

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "What you want of a client",
    edit_title: "What you want of a client",
    fields: &[
        required("name", "Name", "a word or two: nearby", FieldKind::Text),
        required("meaning", "What it means", "can be visited within an hour", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Criterion> {
    let Target::Row(FirmList::Criteria, id) = target else { return None };
    criterion(context.book.business(), id).cloned()
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let held = existing(context, target);
    held.map(|it| vec![("name", it.id), ("meaning", it.meaning)]).unwrap_or_default()
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let id = reader.keep("name", held.map(|it| Some(it.id.clone())), Reader::text);
    let meaning = reader.keep("meaning", held.map(|it| Some(it.meaning.clone())), Reader::text);
    let (id, meaning) = (id?, meaning?);
    let book = reader.context().book;
    let mut business = Business::clone(book.business());
    let twin = |it: &Criterion| it.id.to_lowercase() == id.to_lowercase();
    let renamed = held.is_none_or(|held| held.id != id);
    if renamed && business.criteria.iter().any(|it| twin(it) && held.is_none_or(|held| held.id != it.id)) {
        reader.refuse("name", "there is a criterion of this name already");
    }
    // In a client's form they stand with commas between them.
    if renamed && id.contains(',') {
        reader.refuse("name", "a name without a comma: one thing at a time");
    }
    let new = Criterion { id: id.clone(), meaning };
    let mut clients = Vec::new();
    match held.and_then(|held| business.criteria.iter_mut().find(|it| it.id == held.id)) {
        Some(known) => {
            // What is noted of clients goes along with its name.
            if known.id != id {
                let was = known.id.clone();
                clients = with_fit(book, &was, |client| {
                    client
                        .fit
                        .iter_mut()
                        .filter(|fit| fit.criterion == was)
                        .for_each(|fit| fit.criterion.clone_from(&id));
                });
            }
            *known = new;
        }
        None => business.criteria.push(new),
    }
    let verb = if held.is_some() { "Changed" } else { "Added" };
    let mut changes = vec![Change::Settings(Arc::new(business))];
    changes.extend(clients);
    Some(Edit { label: format!("{verb} the criterion {id}"), changes })
}
