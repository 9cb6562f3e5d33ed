//! An empty place: what would be here, and the key that puts it there.

use egui::{Align, Layout, Response, Ui, UiBuilder};

use super::key_cap;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, size, space};

/// What to say where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "an empty place is shown with `show`"]
pub struct Empty<'a> {
    /// An icon of what would be here.
    pub icon: &'a str,
    /// One sentence: what would be here.
    pub sentence: &'a str,
    /// The key and what it does: `("A", "add an invoice")`.
    pub key: Option<(&'a str, &'a str)>,
}

impl Empty<'_> {
    /// Shows it in the middle of the space there is.
    pub fn show(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let space_left = ui.available_rect_before_wrap();
        let lines = if self.key.is_some() { 88.0 } else { 64.0 };
        let top = ((space_left.height() - lines) * 0.4).clamp(space::M, 400.0);
        let centred = UiBuilder::new().layout(Layout::top_down(Align::Center));
        ui.scope_builder(centred, |ui| {
            ui.add_space(top);
            text::icon(ui, self.icon, &Ink::new(size::LARGE, tokens.tertiary));
            ui.add_space(space::XS);
            text::label(ui, self.sentence, &Ink::new(size::BODY, tokens.secondary));
            if let Some((key, what)) = self.key {
                ui.add_space(space::XS);
                let width = text::width(ui.painter(), what, &Ink::second(tokens));
                ui.allocate_ui(egui::vec2(width + 34.0, 24.0), |ui| {
                    ui.horizontal_centered(|ui| {
                        key_cap(ui, key);
                        text::label(ui, what, &Ink::second(tokens));
                    });
                });
            }
        })
        .response
    }
}
