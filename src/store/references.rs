//! Between records: every id once, and every record that is named is there.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use fnv::{FnvHashMap, FnvHashSet};

use super::Severity;
use super::load::{About, Loader};
use super::source::Slot;
use super::tree::Tree;
use crate::domain::{AnyRecord, ClientId, Reference, Table, likely};

/// For how many dangling references the likely meant id is looked for: it takes a look at every id.
const MOST_SUGGESTIONS: usize = 50;

/// A record, and the first reference of it that does not hold.
struct Dangling {
    slot: usize,
    reference: Reference,
}

/// Leaves out records whose id is taken and those that name what is not there, and tells so.
pub(super) fn leave_out_dangling(loader: &mut Loader<'_>, slots: &mut [Slot]) {
    leave_out_repeated(loader, slots);
    let dangling = find_dangling(slots);
    // The first record of an id that is in the file but not in the book, and where it is.
    let mut left_out: FnvHashMap<(Table, String), usize> = FnvHashMap::default();
    for dangling in &dangling {
        if let Some(slot) = slots.get_mut(dangling.slot) {
            slot.record = None;
        }
    }
    for slot in slots.iter().filter(|slot| slot.record.is_none()) {
        if let Some(id) = &slot.id {
            left_out.entry((slot.table, id.clone())).or_insert(slot.range.start);
        }
    }
    let owners: FnvHashMap<(Table, &str), Option<&ClientId>> = slots
        .iter()
        .filter_map(|slot| Some(((slot.table, slot.id.as_deref()?), slot.record.as_ref()?.client())))
        .collect();
    for (count, Dangling { slot: position, reference }) in dangling.into_iter().enumerate() {
        let Some(slot) = slots.get(position) else { continue };
        let what = reference.table.singular();
        let (id, name) = (reference.id.as_str(), slot.table.singular());
        let elsewhere = owners.get(&(reference.table, reference.id.as_str()));
        let message = if let Some(at) = left_out.get(&(reference.table, reference.id.clone())) {
            let line = loader.lines.place(loader.text, *at).line;
            format!("its {what} {id:?} is left out, see line {line}, so this {name} is left out too")
        } else if let Some(whose) = elsewhere {
            let whose = whose.map_or("the firm".to_owned(), |client| format!("client {:?}", client.as_str()));
            format!("the {what} {id:?} is one of {whose}: name one of this {name}'s own client")
        } else {
            let ids = slots
                .iter()
                .filter(|slot| slot.table == reference.table)
                .filter_map(|slot| slot.id.as_deref());
            match if count < MOST_SUGGESTIONS { likely(id, ids) } else { None } {
                Some(likely) => format!("there is no {what} {id:?}: did you mean {likely:?}?"),
                None => format!("there is no {what} {id:?}: add it, or correct the id"),
            }
        };
        let tree = Tree::parse(loader.text, slot.range.clone());
        let (at, path) = match &tree {
            Ok(tree) => {
                let node = tree.locate(reference.field, Some(id));
                (tree.range(node).start, tree.path(node))
            }
            Err(_) => (slot.range.start, reference.field.to_owned()),
        };
        let id = slot.id.clone();
        let about = About { table: slot.table, id: id.as_deref(), position };
        loader.tell_about(&about, Severity::Error, at, &path, message);
    }
}

fn leave_out_repeated(loader: &mut Loader<'_>, slots: &mut [Slot]) {
    let mut first: FnvHashMap<(Table, &str), usize> = FnvHashMap::default();
    let mut repeated = Vec::new();
    for (position, slot) in slots.iter().enumerate() {
        let Some(record) = &slot.record else { continue };
        match first.entry((slot.table, record.id_str())) {
            Entry::Vacant(entry) => {
                entry.insert(slot.range.start);
            }
            Entry::Occupied(entry) => repeated.push((position, *entry.get())),
        }
    }
    for (position, first) in repeated {
        let Some(slot) = slots.get_mut(position) else { continue };
        let line = loader.lines.place(loader.text, first).line;
        let message = format!(
            "the id {:?} is taken by the {} in line {line}: give this one another, or remove it",
            slot.id.as_deref().unwrap_or_default(),
            slot.table.singular()
        );
        let about = About { table: slot.table, id: slot.id.as_deref(), position };
        loader.tell_about(&about, Severity::Error, slot.range.start, "", message);
        slot.record = None;
    }
}

/// The records that name what is not there, and then those that name them, until all that is left holds.
fn find_dangling(slots: &[Slot]) -> Vec<Dangling> {
    let there: FnvHashMap<(Table, &str), &AnyRecord> = slots
        .iter()
        .filter_map(|slot| slot.record.as_ref())
        .map(|it| ((it.table(), it.id_str()), it))
        .collect();
    let mut found = Vec::new();
    for (position, slot) in slots.iter().enumerate() {
        let Some(record) = &slot.record else { continue };
        let dangles = |reference: &Reference| {
            let named = there.get(&(reference.table, reference.id.as_str()));
            named.is_none_or(|named| reference.same_client && named.client() != record.client())
        };
        if let Some(reference) = record.references().into_iter().find(dangles) {
            found.push(Dangling { slot: position, reference });
        }
    }
    if found.is_empty() {
        return found;
    }
    let mut named_by: FnvHashMap<(Table, String), Vec<(usize, Reference)>> = FnvHashMap::default();
    for (position, slot) in slots.iter().enumerate() {
        for reference in slot.record.iter().flat_map(AnyRecord::references) {
            let key = (reference.table, reference.id.clone());
            named_by.entry(key).or_default().push((position, reference));
        }
    }
    let mut gone: FnvHashSet<usize> = found.iter().map(|dangling| dangling.slot).collect();
    let mut queue: VecDeque<usize> = found.iter().map(|dangling| dangling.slot).collect();
    while let Some(position) = queue.pop_front() {
        let Some(record) = slots.get(position).and_then(|slot| slot.record.as_ref()) else { continue };
        let key = (record.table(), record.id_str().to_owned());
        for (naming, reference) in named_by.remove(&key).unwrap_or_default() {
            if gone.insert(naming) {
                found.push(Dangling { slot: naming, reference });
                queue.push_back(naming);
            }
        }
    }
    found
}
