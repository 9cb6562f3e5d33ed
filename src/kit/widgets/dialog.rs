//! A dialog over everything else: title, body, footer.

use egui::{Frame, Id, Margin, Modal, Stroke, Ui};

use super::button::lines;
use super::{Button, buttons_ui};
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, height, radius, size, space};

/// What stands above and below the body, with the room around the dialog, in points; and how low the body is at least.
const AROUND: f32 = 220.0;
const LEAST: f32 = 84.0;
/// How far the scroll bar stands from the body, in points: half of the frame's margin.
const BESIDE: f32 = 12.0;

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
    /// What belongs to the button of the footer that was pressed.
    pub footer: Option<F>,
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

    /// Shows it, with its buttons from the left to the right: the one that goes on comes last.
    pub fn show<B, F>(
        self,
        ui: &mut Ui,
        body: impl FnOnce(&mut Ui) -> B,
        footer: Vec<(Button<'_>, F)>,
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
            say_modal(ui, self.id);
            ui.scope(|ui| {
                ui.set_width(width);
                text::label(ui, self.title, &Ink::new(size::TITLE, tokens.text).semibold());
                ui.add_space(space::M);
                let footer = lines(ui, width, footer);
                #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
                let more = footer.len().saturating_sub(1) as f32 * (height::DENSE + space::S);
                let room = (window.height() - AROUND - more).max(LEAST);
                // Beside what it scrolls, in the margin of the frame, not over the right edges of fields.
                let within = std::mem::replace(&mut ui.spacing_mut().scroll.bar_outer_margin, -BESIDE);
                let body = egui::ScrollArea::vertical()
                    .max_height(room)
                    // Without this it would keep the height of what it showed first.
                    .min_scrolled_height(room)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.spacing_mut().scroll.bar_outer_margin = within;
                        ui.spacing_mut().item_spacing.y = space::M;
                        body(ui)
                    })
                    .inner;
                ui.add_space(space::L);
                (body, footer_ui(ui, footer))
            })
            .inner
        });
        let (body, footer) = shown.inner;
        DialogResponse { body, footer, clicked_outside: shown.backdrop_response.clicked() }
    }
}

/// Says to a screen reader that what lies under a dialog cannot be worked. `id` is that of its node.
pub fn say_modal(ui: &Ui, id: Id) {
    if ui.has_accesskit_node(id) {
        ui.accesskit_node_builder(id, egui::accesskit::Node::set_modal);
    }
}

/// The buttons at the right edge.
fn footer_ui<F>(ui: &mut Ui, lines: Vec<Vec<(Button<'_>, F)>>) -> Option<F> {
    ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
    let mut pressed = None;
    for line in lines {
        pressed = ui.horizontal(|ui| buttons_ui(ui, line)).inner.or(pressed);
    }
    pressed
}
