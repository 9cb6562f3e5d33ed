//! Who introduced whom goes back to somebody whom nobody introduced. Where a file tells a circle instead, none of those in it
//! counts as introduced: which of them is wrong only a person knows. All else that is said of them stays.

use std::sync::Arc;

use fnv::FnvHashMap;

use super::Severity;
use super::load::{About, Loader};
use super::source::Slot;
use super::tree::Tree;
use crate::domain::{AnyRecord, Client, ClientId, Met, circle_words};

/// Takes every circle apart, and tells of each client in one.
pub(super) fn leave_out_circles(loader: &mut Loader<'_>, slots: &mut [Slot]) {
    for circle in circles(slots) {
        let names: Vec<String> = circle
            .iter()
            .filter_map(|position| client_at(slots, *position))
            .map(|it| it.name.clone())
            .collect();
        for (turn, position) in circle.iter().enumerate() {
            let (before, after) = names.split_at(turn.min(names.len()));
            let names = [after, before].concat();
            let message =
                format!("{}; until this is mended, none of them counts as introduced", circle_words(&names));
            take_apart(loader, slots, *position, message);
        }
    }
}

fn client_at(slots: &[Slot], position: usize) -> Option<&Arc<Client>> {
    match slots.get(position)?.record.as_ref()? {
        AnyRecord::Client(client) => Some(client),
        _ => None,
    }
}

/// The positions of the clients of each circle, each before the one who introduced it.
fn circles(slots: &[Slot]) -> Vec<Vec<usize>> {
    let clients = (0..slots.len()).filter_map(|position| Some((&client_at(slots, position)?.id, position)));
    let places: FnvHashMap<&ClientId, usize> = clients.collect();
    // On which walk a client was met first.
    let mut met_on: FnvHashMap<usize, usize> = FnvHashMap::default();
    let mut found = Vec::new();
    for start in 0..slots.len() {
        let mut walk = Vec::new();
        let mut at = client_at(slots, start).map(|_| start);
        while let Some(position) = at {
            if let Some(walk_met) = met_on.get(&position) {
                // Met on this very walk, it is where a circle closes; on an earlier one, it leads to what is known.
                if *walk_met == start {
                    found.push(walk.into_iter().skip_while(|it| *it != position).collect());
                }
                break;
            }
            met_on.insert(position, start);
            walk.push(position);
            let by = client_at(slots, position).and_then(|client| client.introduced_by());
            at = by.and_then(|by| places.get(by)).copied();
        }
    }
    found
}

fn take_apart(loader: &mut Loader<'_>, slots: &mut [Slot], position: usize, message: String) {
    let Some(client) = client_at(slots, position).cloned() else { return };
    let Some(slot) = slots.get_mut(position) else { return };
    let by = client.introduced_by().map(ToString::to_string);
    let (at, path) = match Tree::parse(loader.text, slot.range.clone()) {
        Ok(tree) => {
            let node = tree.locate("met.introduced_by", by.as_deref());
            (tree.range(node).start, tree.path(node))
        }
        Err(_) => (slot.range.start, "met.introduced_by".to_owned()),
    };
    let about = About { table: slot.table, id: slot.id.as_deref(), position };
    loader.tell_about(&about, Severity::Error, at, &path, message);
    let met = client.met.clone().map(|met| Met { introduced_by: None, ..met });
    slot.record = Some(AnyRecord::Client(Arc::new(Client { met, ..Client::clone(&client) })));
}
