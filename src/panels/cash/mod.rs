//! The view Cash: what is there, how it may run, what is owed and when it may come, what came and went.
//!
//! Balance and debts are met first, in a strip of figures; below it the fan with what belongs to a day of it, then what is
//! expected of each invoice. Where the window is too small for all of it, the view scrolls as a whole.

mod ageing;
mod days;
mod expected;
mod fan;
mod grid;
mod months;
mod receipt;
mod record;
mod strip;
mod what_if;
mod why;
mod words;

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::kit::widgets::follow_keyboard;
use crate::state::{Action, CashSide, Session, Shown};

use grid::Grid;

pub(super) use receipt::{expected_words, range_words};

/// Draws the view; gives what the person did.
pub fn cash_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let cash = &shown.figures.cash;
    let grid = Grid::of(ui.available_size(), session.is_assuming());
    let area = ScrollArea::vertical().id_salt("cash").auto_shrink([false, false]).animated(false);
    area.show(ui, |ui| {
        let (_, whole) = ui.allocate_space(vec2(ui.available_width(), grid.height));
        let at = |place: Rect| place.translate(whole.min.to_vec2());
        let mut actions = Vec::new();
        actions.extend(strip::strip_ui(&mut part(ui, "strip", at(grid.strip)), shown, session));
        actions.extend(fan::fan_ui(&mut part(ui, "fan", at(grid.fan)), shown, session));
        let mut side = part(ui, "side", at(grid.side));
        actions.extend(match session.cash.side {
            _ if session.is_assuming() => what_if::what_if_ui(&mut side, shown, session),
            CashSide::Why => why::why_ui(&mut side, shown, session),
            CashSide::Days => days::days_ui(&mut side, shown, session),
        });
        actions.extend(expected::expected_ui(&mut part(ui, "expected", at(grid.expected)), shown, session));
        actions.extend(ageing::ageing_ui(&mut part(ui, "ageing", at(grid.ageing)), cash, session));
        actions.extend(record::record_ui(&mut part(ui, "record", at(grid.record)), shown, session));
        actions.extend(months::months_ui(&mut part(ui, "months", at(grid.months)), shown, session));
        follow_keyboard(ui, 1);
        actions
    })
    .inner
}

/// A part of the view in its place.
fn part(ui: &mut Ui, name: &str, place: Rect) -> Ui {
    let builder = UiBuilder::new().id_salt(name).max_rect(place).layout(Layout::top_down(Align::Min));
    let mut part = ui.new_child(builder);
    part.spacing_mut().item_spacing.y = 0.0;
    part
}
