//! Clients: the firm in a strip, and under it every client in a table.

mod cell;
mod group;
mod table;

use egui::Ui;

use crate::state::{Action, Session, Shown};

/// Shows the view in all the space there is.
pub fn clients_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    table::table_ui(ui, shown, session)
}
