//! The what-if: its levers, and keeping them.

use crate::domain::{AnyRecord, Scenario, ScenarioId, Table};
use crate::figures::forecast::what_if::lever_words;

use crate::state::State;
use crate::state::edit::Edit;
use crate::state::history::Hand;
use crate::state::session::View;
use crate::state::what_if::{Taken, WhatIfAction};

use super::{edit, refuse, tell};

pub(super) fn what_if(state: &mut State, action: WhatIfAction) {
    let draft = &mut state.session.what_if;
    match action {
        WhatIfAction::Toggle => {
            if state.session.is_assuming() {
                state.session.what_if.open = false;
            } else {
                show(state);
            }
        }
        WhatIfAction::Point(at) => draft.cursor = at.min(draft.rows.len().saturating_sub(1)),
        WhatIfAction::Put(at, lever) => {
            match at {
                Some(at) => draft.replace(at, lever),
                None => draft.add(lever),
            }
            show(state);
        }
        WhatIfAction::Mute(at) => draft.mute(at),
        WhatIfAction::Remove(at) => {
            let lever = draft.rows.get(at).map(|row| row.lever.clone());
            if let (Some(lever), Some(taken)) = (lever, draft.remove(at)) {
                let words = lever_words(&lever, &state.book, state.day());
                note(state, format!("Took away: {words}"), taken);
            }
        }
        WhatIfAction::Move(at, down) => draft.shift(at, down),
        WhatIfAction::Drop => {
            let (dropped, label) = (draft.clear(), "Dropped the what-if".to_owned());
            match dropped {
                Some(taken) => note(state, label, taken),
                None => tell(state, label),
            }
        }
        WhatIfAction::Open(id) => match scenario(state, &id) {
            Some(scenario) => {
                state.session.what_if.take_up(&scenario);
                show(state);
                tell(state, format!("Taken up: {}", scenario.name));
            }
            None => refuse(state, "The scenario is gone".to_owned()),
        },
        WhatIfAction::Keep(name) => keep(state, name),
    }
}

/// Notes that levers were taken away, so that undo brings them back.
fn note(state: &mut State, label: String, taken: Taken) {
    let hand = Hand::of(&state.session);
    state.history.note_taken(state.book.clone(), label.clone(), hand, taken);
    tell(state, label);
}

/// Goes where the what-if is drawn.
fn show(state: &mut State) {
    state.session.what_if.open = true;
    state.session.view = View::Cash;
    state.session.page = None;
    state.session.filtering = false;
}

fn scenario(state: &State, id: &ScenarioId) -> Option<Scenario> {
    match state.book.find(Table::Scenarios, id.as_str())? {
        AnyRecord::Scenario(scenario) => Some(Scenario::clone(&scenario)),
        _ => None,
    }
}

/// Puts the levers into the book: under a new name as a new scenario, without one in place of the scenario they came from.
fn keep(state: &mut State, name: Option<String>) {
    let before = state.session.what_if.kept.as_ref().and_then(|id| scenario(state, id));
    let levers = state.session.what_if.rows.clone();
    let scenario = match (name, before) {
        (Some(name), _) => Scenario {
            id: ScenarioId::fresh(&name, state.next_seed()),
            name,
            made: state.today,
            levers,
            notes: None,
        },
        (None, Some(before)) => Scenario { levers, ..before },
        (None, None) => return refuse(state, "It has no name yet".to_owned()),
    };
    let (id, depth) = (scenario.id.clone(), state.history.depth());
    edit(state, &Edit::put(format!("Kept scenario {}", scenario.name), scenario));
    if state.history.depth() != depth {
        state.session.what_if.kept = Some(id);
    }
}
