//! What a click on a row of the list that has the keys means.

use egui::Ui;

use crate::state::{Action, Cursor, Session, Shown, TriageAction};

/// The actions for a row that was clicked, and for one that was double-clicked.
pub(super) fn pointed(
    shown: &Shown,
    session: &Session,
    clicked: Option<usize>,
    opened: Option<usize>,
) -> Vec<Action> {
    let point = clicked.or(opened).map(|row| Action::Point(shown.cursor_at(session, row)));
    let open = opened.map(|_| Action::Run("list.open"));
    point.into_iter().chain(open).collect()
}

/// What a click on a row means where several can be selected: with Ctrl it is one of them or no longer, with Shift all are
/// from where the hand began; alone it puts the cursor there.
pub(super) fn picked_by_pointer(
    ui: &Ui,
    shown: &Shown,
    session: &Session,
    row: usize,
    cursor: Cursor,
) -> Option<Action> {
    let modifiers = ui.input(|input| input.modifiers);
    let selection = session.selection()?;
    if modifiers.command {
        let selection = selection.toggled(&cursor.key);
        return Some(Action::Triage(TriageAction::Select(selection, Some(cursor))));
    }
    // On the board a stretch stays in the column of the hand.
    if modifiers.shift && cursor.column == shown.column(session) {
        let selection = shown.stretched_to(session, row);
        return Some(Action::Triage(TriageAction::Select(selection, Some(cursor))));
    }
    Some(Action::Point(cursor))
}
