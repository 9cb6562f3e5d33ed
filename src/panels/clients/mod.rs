//! Clients: the firm in a strip, and under it every client in a table; or the firm's figures in the place of both.

mod cell;
mod firm;
mod group;
mod strip;
mod table;

use egui::{Rect, Ui, UiBuilder, pos2};

use crate::state::{Action, Session, Shown};

/// Below this height the table has all the room, in points.
const STRIP_FROM: f32 = 420.0;

/// Shows the view in all the space there is.
pub fn clients_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let nobody = shown.figures.clients.rows.is_empty();
    let Some(firm) = shown.firm.as_ref().filter(|_| !nobody) else {
        return table::table_ui(ui, shown, session);
    };
    if session.shows_firm() {
        return firm::firm_ui(ui, firm, session);
    }
    let whole = ui.available_rect_before_wrap();
    if whole.height() < STRIP_FROM {
        return table::table_ui(ui, shown, session);
    }
    let (above, below) = whole.split_top_bottom_at_y(whole.top() + strip::HEIGHT);
    let mut actions = strip::strip_ui(ui, above, firm, session);
    let place = Rect::from_min_max(pos2(whole.left(), below.top()), whole.max);
    let mut table = ui.new_child(UiBuilder::new().id_salt("table").max_rect(place));
    actions.extend(table::table_ui(&mut table, shown, session));
    ui.advance_cursor_after_rect(whole);
    actions
}
