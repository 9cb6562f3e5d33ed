//! A book that cannot be read: where, why, and what can be done.

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use crate::command::key_of;
use crate::kit::icon;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{ghost, primary};
use crate::state::Action;

/// The width of its sentences, in points.
const WIDTH: f32 = 620.0;

/// Draws why the book cannot be read.
pub(super) fn unreadable_ui(ui: &mut Ui, why: &str) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    let top = (ui.available_height() * 0.22).max(space::XL);
    ui.add_space(top);
    let left = ((ui.available_width() - WIDTH) / 2.0).max(space::XL);
    let place = ui.available_rect_before_wrap();
    let width = WIDTH.min(place.width() - 2.0 * space::XL);
    let column = egui::Rect::from_min_size(place.min + vec2(left, 0.0), vec2(width, place.height()));
    let builder = UiBuilder::new().max_rect(column).layout(Layout::top_down(Align::Min));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        text::icon(ui, icon::WARNING, &Ink::new(size::DISPLAY, tokens.risk));
        text::label(ui, "This book cannot be read", &Ink::new(size::TITLE, tokens.text).semibold());
        ui.add(egui::Label::new(Ink::body(tokens).rich(why)).wrap().selectable(true));
        let cure = "The file is left as it is. Correct the place in a text editor and read it again, or put back a version \
            from the folder of backups beside it.";
        ui.add(egui::Label::new(Ink::body(tokens).colour(tokens.secondary).rich(cure)).wrap());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let [reload, open] = ["file.reload", "file.open"].map(|id| key_of(ui, id).unwrap_or_default());
            if primary("Read it again").key(&reload).show(ui).clicked() {
                actions.push(Action::Run("file.reload"));
            }
            if ghost("Open another").key(&open).show(ui).clicked() {
                actions.push(Action::Run("file.open"));
            }
        });
    });
    actions
}
