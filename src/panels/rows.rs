//! What a click on a row of the list that has the keys means.

use crate::state::{Action, Session, Shown};

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
