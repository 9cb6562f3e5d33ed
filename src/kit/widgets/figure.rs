//! One figure of a summary: what it is, how much, and a word on it. `Tab` walks from figure to figure.

use egui::{Align, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, radius, size, space};

/// A figure to be shown with [`Figure::show`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use = "a figure is shown with `show`"]
pub struct Figure<'a> {
    /// Where the focus goes; it must stay the same from frame to frame.
    pub id: Id,
    /// What it is: `Receivables`.
    pub label: &'a str,
    /// How much; an unknown figure says so in words: `not enough history`.
    pub value: &'a str,
    /// A word on it: `34 open invoices`. Empty for none.
    pub note: &'a str,
    /// How the note judges; its glyph stands before the note.
    pub tone: Tone,
    /// Whether the value is known; an unknown one is written small.
    pub known: bool,
}

/// Height of a figure in points.
const HEIGHT: f32 = 76.0;

impl Figure<'_> {
    /// Shows it over the whole width there is. The response answers clicks and takes the focus.
    pub fn show(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
        let response = ui.interact(rect, self.id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.says()));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let painter = ui.painter();
        if response.hovered() {
            painter.rect_filled(rect, radius::M, tokens.raised);
        }
        if response.has_focus() {
            super::focus_ring(ui, rect, radius::M);
        }
        let inside = rect.shrink2(vec2(space::S, space::XS));
        let line = |top: f32, height: f32| {
            let left_top = pos2(inside.left(), inside.top() + top);
            Rect::from_min_size(left_top, vec2(inside.width(), height))
        };
        let label = Ink::new(size::SMALL, tokens.secondary);
        text::paint(painter, line(0.0, 18.0), Align::Min, self.label, &label, Cut::End);
        let (value, cut) = if self.known {
            (Ink::new(size::LARGE, tokens.text).semibold(), Cut::Never)
        } else {
            (Ink::new(size::BODY, tokens.tertiary), Cut::End)
        };
        text::paint(painter, line(18.0, 32.0), Align::Min, self.value, &value, cut);
        let note =
            self.tone.glyph().map_or_else(|| self.note.to_owned(), |glyph| format!("{glyph} {}", self.note));
        let colour = if self.tone == Tone::Neutral { tokens.tertiary } else { tokens.tone(self.tone) };
        text::paint(painter, line(50.0, 18.0), Align::Min, &note, &Ink::new(size::SMALL, colour), Cut::End);
        response
    }

    fn says(&self) -> String {
        let parts = [self.label, self.value, self.tone.word(), self.note];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
