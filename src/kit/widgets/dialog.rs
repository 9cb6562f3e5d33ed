//! A dialog over everything else: title, body, footer.

use egui::{Align, Frame, Id, Layout, Margin, Modal, Stroke, Ui};

use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, radius, size, space};

/// A dialog to be shown with [`Dialog::show`].
#[derive(Debug, Clone)]
#[must_use = "a dialog is shown with `show`"]
pub struct Dialog<'a> {
    id: Id,
    title: &'a str,
    width: f32,
}

/// What came of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogResponse<B, F> {
    /// What the body returned.
    pub body: B,
    /// What the footer returned.
    pub footer: F,
    /// Someone clicked outside. `Esc` is left to the keymap, which unwinds one step at a time.
    pub clicked_outside: bool,
}

impl<'a> Dialog<'a> {
    /// A dialog with a title.
    pub fn new(id: Id, title: &'a str) -> Self {
        Self { id, title, width: 480.0 }
    }

    /// Width of the inside in points; 480 unless said otherwise. Never wider than the window.
    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// Shows it. The footer runs from the right: the button that goes on comes first.
    pub fn show<B, F>(
        self,
        ui: &mut Ui,
        body: impl FnOnce(&mut Ui) -> B,
        footer: impl FnOnce(&mut Ui) -> F,
    ) -> DialogResponse<B, F> {
        let tokens = Tokens::of(ui);
        let window = ui.content_rect();
        let width = self.width.min(window.width() - 64.0);
        let frame = Frame::new()
            .fill(tokens.surface)
            .stroke(Stroke::new(1.0, tokens.hairline))
            .corner_radius(radius::L)
            .shadow(ui.visuals().window_shadow)
            .inner_margin(Margin::same(24));
        let area = Modal::default_area(self.id).accessible_name(self.title);
        let shown = Modal::new(self.id).area(area).frame(frame).show(ui, |ui| {
            // Its node is that of its area. A list in it that has a cursor says so after it.
            super::list::say_hand(ui, self.id);
            ui.scope(|ui| {
                ui.set_width(width);
                text::label(ui, self.title, &Ink::new(size::TITLE, tokens.text).semibold());
                ui.add_space(space::M);
                let body = egui::ScrollArea::vertical()
                    .max_height((window.height() - 220.0).max(120.0))
                    // Without this it would keep the height of what it showed first.
                    .min_scrolled_height((window.height() - 220.0).max(120.0))
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = space::M;
                        body(ui)
                    })
                    .inner;
                ui.add_space(space::L);
                // More buttons than fit beside one another stand in a second line.
                let right = Layout::right_to_left(Align::Center).with_main_wrap(true);
                let footer = ui.allocate_ui_with_layout(egui::vec2(width, 28.0), right, footer).inner;
                (body, footer)
            })
            .inner
        });
        let (body, footer) = shown.inner;
        DialogResponse { body, footer, clicked_outside: shown.backdrop_response.clicked() }
    }
}
