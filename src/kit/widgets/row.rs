//! One row of a list: its ground, its mark, its answer to the pointer. What stands in it the caller paints.

use egui::{Id, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::kit::theme::{Tokens, Tone, height, space};

/// Where the cursor of the list is, seen from a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    /// On another row.
    Elsewhere,
    /// On this one, and the keys go to it.
    Here,
    /// On this one, and the keys go to another list.
    Rests,
}

/// A row to be shown with [`Row::show`].
#[derive(Debug, Clone)]
#[must_use = "a row is shown with `show`"]
pub struct Row<'a> {
    id: Id,
    label: &'a str,
    cursor: Cursor,
    marked: bool,
    hollow: bool,
    height: f32,
    bar: Option<Tone>,
    sense: Option<Sense>,
    place: Option<(usize, usize)>,
}

impl<'a> Row<'a> {
    /// A row. `id` must stay the same when the list is sorted anew; `label` is what a screen reader says of it.
    pub fn new(id: Id, label: &'a str) -> Self {
        Self {
            id,
            label,
            cursor: Cursor::Elsewhere,
            marked: false,
            hollow: false,
            height: height::ROW,
            bar: None,
            sense: None,
            place: None,
        }
    }

    /// The cursor is on it.
    pub fn selected(self, selected: bool) -> Self {
        Self { cursor: if selected { Cursor::Here } else { Cursor::Elsewhere }, ..self }
    }

    /// It belongs to a selection of several.
    pub fn marked(self, marked: bool) -> Self {
        Self { marked, ..self }
    }

    /// While others are selected the row that the cursor is on is not filled, unless it is one of them.
    pub fn hollow(self, hollow: bool) -> Self {
        Self { hollow, ..self }
    }

    /// A cursor that is on it rests, while the keys go to that of another list: a screen reader stays with that one.
    pub fn resting(self, resting: bool) -> Self {
        let rests = resting && self.cursor == Cursor::Here;
        Self { cursor: if rests { Cursor::Rests } else { self.cursor }, ..self }
    }

    /// The lower row of tables and popups.
    pub fn dense(self) -> Self {
        Self { height: height::DENSE, ..self }
    }

    /// Another height in points, for rows of two lines.
    pub fn height(self, height: f32) -> Self {
        Self { height, ..self }
    }

    /// A bar at the left edge: what has stood too long, in the tone of its urgency.
    pub fn bar(self, bar: Option<Tone>) -> Self {
        Self { bar, ..self }
    }

    /// What the row answers to. Unless said otherwise it answers clicks, and the selected row alone is a stop for
    /// `Tab`: the other rows are reached by the cursor.
    pub fn sense(self, sense: Sense) -> Self {
        Self { sense: Some(sense), ..self }
    }

    /// Which row of its list it is, from nought, and of how many; a list that scrolls tells its rows itself.
    pub fn place(self, at: usize, of: usize) -> Self {
        Self { place: Some((at, of)), ..self }
    }

    /// Draws the ground and calls `paint` with the space inside the margins. Rows out of sight are not painted.
    pub fn show(self, ui: &mut Ui, paint: impl FnOnce(&mut Ui, Rect)) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), self.height));
        self.show_at(ui, rect, paint)
    }

    /// As [`Row::show`], in a place that the caller has chosen.
    pub fn show_at(self, ui: &mut Ui, rect: Rect, paint: impl FnOnce(&mut Ui, Rect)) -> Response {
        let selected = self.cursor != Cursor::Elsewhere;
        let sense = self.sense.unwrap_or(if selected { Sense::click() } else { Sense::CLICK });
        let response = ui.interact(rect, self.id, sense);
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::ListBoxOption,
                ui.is_enabled(),
                (selected && !self.hollow) || self.marked,
                self.label,
            )
        });
        super::bring_focused(&response);
        super::say_place(&response, self.place, (selected && !self.hollow) || self.marked);
        if self.cursor == Cursor::Here {
            super::say_cursor(&response, self.label);
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let tokens = Tokens::of(ui);
        if (selected && !self.hollow) || self.marked {
            ui.painter().rect_filled(rect, 0, tokens.selected);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0, tokens.raised);
        }
        let bar = self.bar.map(|tone| tokens.tone(tone)).or(selected.then_some(tokens.accent));
        if let Some(colour) = bar {
            let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            ui.painter().rect_filled(edge, 0, colour);
        }
        if response.has_focus() {
            super::focus_ring(ui, rect, 0);
        }
        paint(ui, rect.shrink2(vec2(space::M, 0.0)));
        response
    }
}
