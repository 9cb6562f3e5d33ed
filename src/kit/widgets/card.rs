//! A card of a board: 72 points high, a bar at the left when it has stood too long.

use egui::{Align, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, height, radius, size, space};

/// A card to be shown with [`Card::show`].
#[derive(Debug, Clone)]
#[must_use = "a card is shown with `show`"]
pub struct Card<'a> {
    id: Id,
    label: &'a str,
    selected: bool,
    lifted: bool,
    marked: bool,
    bar: Option<Tone>,
}

impl<'a> Card<'a> {
    /// A card. `id` must stay with the record; `label` is what a screen reader says of it.
    pub fn new(id: Id, label: &'a str) -> Self {
        Self { id, label, selected: false, lifted: false, marked: false, bar: None }
    }

    /// The cursor is on it.
    pub fn selected(self, selected: bool) -> Self {
        Self { selected, ..self }
    }

    /// It is being carried to another place.
    pub fn lifted(self, lifted: bool) -> Self {
        Self { lifted, ..self }
    }

    /// It belongs to a selection of several.
    pub fn marked(self, marked: bool) -> Self {
        Self { marked, ..self }
    }

    /// A bar at the left edge.
    pub fn bar(self, bar: Option<Tone>) -> Self {
        Self { bar, ..self }
    }

    /// Draws it over the whole width and calls `paint` with the space inside. The response
    /// answers clicks and drags; the selected card alone is a stop for `Tab`.
    pub fn show(self, ui: &mut Ui, paint: impl FnOnce(&mut Ui, Rect)) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height::CARD));
        self.show_at(ui, rect, paint)
    }

    /// As [`Card::show`], in a place that the caller has chosen.
    pub fn show_at(self, ui: &mut Ui, rect: Rect, paint: impl FnOnce(&mut Ui, Rect)) -> Response {
        let focus = if self.selected { Sense::FOCUSABLE } else { Sense::hover() };
        let response = ui.interact(rect, self.id, Sense::CLICK | Sense::DRAG | focus);
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::ListBoxOption,
                ui.is_enabled(),
                self.selected || self.marked,
                self.label,
            )
        });
        super::say_place(&response, None, self.selected || self.marked);
        if self.selected {
            super::say_cursor(&response, self.label);
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let tokens = Tokens::of(ui);
        let fill = match (self.selected || self.marked, response.hovered() || self.lifted) {
            (true, _) => tokens.selected,
            (false, true) => tokens.raised,
            (false, false) => tokens.surface,
        };
        let edge = if self.selected { tokens.accent } else { tokens.hairline };
        ui.painter().rect(rect, radius::M, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
        if let Some(tone) = self.bar {
            let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            let corner = egui::CornerRadius { nw: radius::M, sw: radius::M, ne: 0, se: 0 };
            ui.painter().rect_filled(bar, corner, tokens.tone(tone));
        }
        if self.marked {
            // In the corner, where nothing of the card stands.
            let place = Rect::from_center_size(rect.right_top() + vec2(-7.0, 7.0), vec2(13.0, 13.0));
            ui.painter().rect_filled(place, radius::M, tokens.button);
            let ink = Ink::new(size::CAPTION, tokens.on_button);
            text::paint(ui.painter(), place, Align::Center, icon::CHECK, &ink, Cut::Never);
        }
        if response.has_focus() {
            super::focus_ring(ui, rect, radius::M);
        }
        paint(ui, rect.shrink2(vec2(space::M, space::S)));
        response
    }
}
