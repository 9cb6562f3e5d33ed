//! Quick entry: the line is a draft until its facts are entered as one edit.

use crate::state::State;
use crate::state::quick_place::QuickAction;
use crate::state::session::{Notice, Overlay, Session, Tone};

use super::{edit, refuse};

pub(super) fn quick(state: &mut State, action: QuickAction) {
    let place = &mut state.session.quick;
    match action {
        QuickAction::Open => {
            open(state);
        }
        QuickAction::Cards => {
            if open(state) {
                state.session.quick.begin_cards();
            }
        }
        QuickAction::Type(line) => {
            // A line begun anew asks anew: an answer belongs to what it was given for.
            if line.chars().nth(1).is_none() {
                place.answers.clear();
            }
            (place.line, place.cursor) = (line, None);
        }
        QuickAction::Put(line) => place.put(line),
        QuickAction::Point(cursor) => place.cursor = cursor,
        QuickAction::Answer(question, key) => {
            place.answers.retain(|(asked, _)| *asked != question);
            place.answers.push((question, key));
            place.put(place.line.clone());
        }
        QuickAction::Stack => {
            let line = std::mem::take(&mut place.line);
            place.stack.push(line);
            place.put_next();
        }
        QuickAction::Unstack => {
            if let Some(line) = place.stack.pop() {
                place.put(line);
            }
        }
        QuickAction::Paste(lines, over) => {
            place.waiting.splice(0..0, lines);
            if over || place.line.trim().is_empty() {
                place.put_next();
            }
        }
        QuickAction::Skip => place.put_next(),
        QuickAction::Enter(step, stays) => {
            let depth = state.history.depth();
            edit(state, &step);
            if state.history.depth() == depth {
                // The draft stays: what stands in the way may pass.
                return;
            }
            let before = std::mem::take(&mut state.session.quick);
            let more = !before.waiting.is_empty() || before.set_aside.is_some();
            let place = &mut state.session.quick;
            (place.turn, place.waiting, place.set_aside) = (before.turn, before.waiting, before.set_aside);
            place.put_next();
            if !stays && !more {
                state.session.overlay = None;
            }
        }
    }
}

/// Whether it opened: on an earlier day nothing is entered.
fn open(state: &mut State) -> bool {
    if let Some(why) = state.edit_refusal() {
        refuse(state, why);
        return false;
    }
    state.session.quick.cursor = None;
    state.session.overlay = Some(Overlay::Quick);
    true
}

/// Unwinds one step within the line: the choice under the hand, then the last answer, then the lines that wait. The line
/// itself is kept when it closes.
pub(super) fn back(session: &mut Session) -> bool {
    if !matches!(session.overlay, Some(Overlay::Quick)) {
        return false;
    }
    if session.quick.cursor.take().is_some() || session.quick.answers.pop().is_some() {
        return true;
    }
    session.quick.leave_begun_cards();
    let waiting = std::mem::take(&mut session.quick.waiting).len();
    if waiting > 0 {
        let text =
            format!("{waiting} pasted {} not entered", if waiting == 1 { "line was" } else { "lines were" });
        session.notice = Some(Notice { text, tone: Tone::Done });
    }
    waiting > 0
}
