//! Merging two clients: the preview, and doing it as one step of undo.

use crate::domain;
use crate::state::edit::{Change, Edit};
use crate::state::merge_place::{MergeAction, MergePlace};
use crate::state::session::Overlay;
use crate::state::{Selection, State};

use super::{edit, refuse};

pub(super) fn merge(state: &mut State, action: MergeAction) {
    if let MergeAction::Open(place) = action {
        match state.edit_refusal() {
            Some(why) => refuse(state, why),
            None => state.session.overlay = Some(Overlay::Merge(place)),
        }
        return;
    }
    let Some(Overlay::Merge(place)) = &mut state.session.overlay else { return };
    match action {
        MergeAction::Point(field) => place.cursor = Some(field),
        MergeAction::Choose(field, other) => {
            if other {
                place.other.insert(field.clone());
            } else {
                place.other.remove(&field);
            }
            place.cursor = Some(field);
        }
        MergeAction::Swap => *place = MergePlace::new(place.goes.clone(), place.stays.clone()),
        MergeAction::Go => {
            let place = place.clone();
            go(state, &place);
        }
        MergeAction::Open(_) => {}
    }
}

fn go(state: &mut State, place: &MergePlace) {
    let Some(merge) = domain::merge(&state.book, &place.stays, &place.goes, &place.other) else {
        return refuse(state, "One of the two clients is gone".to_owned());
    };
    let book = match merge.result {
        Ok(book) => book,
        Err(why) => return refuse(state, format!("They cannot be merged: {why}")),
    };
    let label = format!("Merged {} into {}", merge.goes, merge.stays);
    let depth = state.history.depth();
    edit(state, &Edit { label, changes: vec![Change::Book(book)] });
    if state.history.depth() == depth {
        return;
    }
    // Whatever the session knew of the one that went it now knows of the one that stayed.
    let session = &mut state.session;
    session.overlay = None;
    session.picked.clients = Selection::default();
    let (stays, goes) = (&place.stays, &place.goes);
    if let Some(page) = session.page.as_mut().filter(|page| page.client == *goes) {
        page.client = stays.clone();
    }
    for row in &mut session.what_if.rows {
        row.lever.rename_client(goes, stays);
    }
    if session.cursors.clients.key == goes.as_str() {
        session.cursors.clients.key = stays.to_string();
    }
}
