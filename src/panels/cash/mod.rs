//! The view Cash: what is there, what is owed and when it may come, what came and went, what lies ahead.
//!
//! Balance and debts are met first, in a strip of figures; below it stand charts and two lists on one grid of columns.
//! Where the window is too small for all of it, the view scrolls as a whole.

mod ageing;
mod ahead;
mod balance;
mod expected;
mod grid;
mod months;
mod receipt;
mod strip;
mod words;

use egui::{Align, Layout, Rect, Response, ScrollArea, Ui, UiBuilder, vec2};

use crate::state::{Action, Session, Shown};

use grid::Grid;

/// Draws the view; gives what the person did.
pub fn cash_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let cash = &shown.figures.cash;
    let has_line = cash.balance_line.len() > 1;
    let grid = Grid::of(ui.available_size(), has_line, ahead::full_height(&cash.ahead));
    let area = ScrollArea::vertical().id_salt("cash").auto_shrink([false, false]);
    area.show(ui, |ui| {
        let (_, whole) = ui.allocate_space(vec2(ui.available_width(), grid.height));
        let at = |place: Rect| place.translate(whole.min.to_vec2());
        let mut actions = Vec::new();
        actions.extend(strip::strip_ui(&mut part(ui, "strip", at(grid.strip)), cash, session));
        actions.extend(months::months_ui(&mut part(ui, "months", at(grid.months)), cash, session));
        if let Some(place) = grid.balance {
            actions.extend(balance::balance_ui(&mut part(ui, "balance", at(place)), cash, session));
        }
        actions.extend(ageing::ageing_ui(&mut part(ui, "ageing", at(grid.ageing)), cash, session));
        actions.extend(expected::expected_ui(&mut part(ui, "expected", at(grid.expected)), shown, session));
        actions.extend(ahead::ahead_ui(&mut part(ui, "ahead", at(grid.ahead)), cash, &shown.ahead, session));
        actions
    })
    .inner
}

/// Scrolls to a chart when the focus comes to it.
fn bring_focused(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// A part of the view in its place.
fn part(ui: &mut Ui, name: &str, place: Rect) -> Ui {
    let builder = UiBuilder::new().id_salt(name).max_rect(place).layout(Layout::top_down(Align::Min));
    let mut part = ui.new_child(builder);
    part.spacing_mut().item_spacing.y = 0.0;
    part
}
