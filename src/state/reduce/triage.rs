//! Selecting rows, and the order that those of the queue keep.

use crate::state::State;
use crate::state::session::View;
use crate::state::triage::TriageAction;

use super::edit;

pub(super) fn triage(state: &mut State, action: TriageAction) {
    let session = &mut state.session;
    match action {
        TriageAction::Act(step, rest) => {
            let depth = state.history.depth();
            edit(state, &step);
            // Refused, it leaves the selection to be tried again.
            if state.history.depth() != depth {
                state.session.select(rest);
            }
        }
        TriageAction::Select(selection, cursor) => {
            if session.view == View::Today {
                session.triage.kept.hold();
            }
            session.select(selection);
            session.focus = None;
            if let Some(cursor) = cursor {
                *session.cursors.of_mut(session.view) = cursor;
            }
        }
        TriageAction::Merge => session.triage.kept.release(),
        TriageAction::Settle { cursor, kept, foreseen } => {
            if let Some(kept) = kept {
                session.triage.kept = kept;
                session.triage.selection.forget(session.triage.kept.away());
            }
            state.begun.settle(session.triage.kept.away(), foreseen);
            if let Some(cursor) = cursor {
                // A figure that still has the keyboard says so again.
                session.focus = None;
                match &mut session.page {
                    Some(page) => page.cursor = cursor,
                    None => *session.cursors.of_mut(session.view) = cursor,
                }
            }
        }
    }
}
