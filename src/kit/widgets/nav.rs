//! The rail that leads to the views, and the switch between a few ways of seeing one thing.

use egui::{
    Align, Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::chip::{key_cap_width, paint_key_cap};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, radius, size, space};

/// One view of the rail, to be shown with [`NavItem::show`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use = "an item is shown with `show`"]
pub struct NavItem<'a> {
    /// Its icon.
    pub icon: &'a str,
    /// Its name.
    pub label: &'a str,
    /// How much waits there; nothing is drawn for `None`.
    pub count: Option<usize>,
    /// The key that goes there.
    pub key: Option<&'a str>,
    /// It is the view on the screen.
    pub selected: bool,
    /// It leads nowhere, but does something: it is a button and no tab, and steps back behind the views.
    pub tool: bool,
    /// Its height in points, where there is not room for the usual one.
    pub height: Option<f32>,
}

impl NavItem<'_> {
    /// Shows it over the whole width of the rail; below 100 points only icon and tooltip are left.
    pub fn show(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let height = self.height.unwrap_or(if self.tool { height::DENSE } else { height::ROW });
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        response.widget_info(|| {
            let name = self.count.map_or_else(
                || self.label.to_owned(),
                |count| format!("{}, {}", self.label, number::count(count)),
            );
            if self.tool {
                WidgetInfo::labeled(Role::Button, ui.is_enabled(), name)
            } else {
                WidgetInfo::selected(Role::Tab, ui.is_enabled(), self.selected, name)
            }
        });
        super::bring_focused(&response);
        let narrow = rect.width() < 100.0;
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, narrow, &response, tokens);
        }
        if narrow { super::tooltip(response, self.label, self.key) } else { response }
    }

    fn paint(self, ui: &Ui, rect: Rect, narrow: bool, response: &Response, tokens: &Tokens) {
        let painter = ui.painter();
        if self.selected {
            painter.rect_filled(rect, radius::M, tokens.selected);
        } else if response.hovered() {
            painter.rect_filled(rect, radius::M, tokens.raised);
        }
        if response.has_focus() {
            super::focus_ring(ui, rect, radius::M);
        }
        let colour = if self.selected { tokens.text } else { tokens.secondary };
        let icon_colour = match (self.selected, self.tool) {
            (true, _) => tokens.accent,
            (false, true) => tokens.tertiary,
            (false, false) => tokens.secondary,
        };
        let ink = if self.tool {
            Ink::new(size::SMALL, if response.hovered() { tokens.text } else { tokens.tertiary })
        } else {
            Ink::new(size::BODY, colour).medium()
        };
        let icon_width = if narrow { rect.width() } else { 32.0 };
        let icon_place = Rect::from_min_size(rect.min, vec2(icon_width, rect.height()));
        text::paint(
            painter,
            icon_place,
            Align::Center,
            self.icon,
            &Ink::new(if self.tool { size::BODY } else { size::LEAD }, icon_colour),
            Cut::Never,
        );
        if narrow {
            return;
        }
        let mut right = rect.right() - space::S;
        if let Some(key) = self.key {
            right -= key_cap_width(painter, key);
            paint_key_cap(painter, tokens, pos2(right, rect.center().y), key);
            right -= space::S;
        }

        let count = self.count.map(number::count).unwrap_or_default();
        let count_ink = Ink::new(size::SMALL, tokens.tertiary);
        right -= text::width(painter, &count, &count_ink) + space::S;
        let place = Rect::from_min_max(pos2(rect.left() + 34.0, rect.top()), pos2(right, rect.bottom()));
        let label = text::paint(painter, place, Align::Min, self.label, &ink, Cut::End);
        let place = Rect::from_min_max(pos2(label.right() + space::S, rect.top()), rect.max);
        text::paint(painter, place, Align::Min, &count, &count_ink, Cut::Never);
    }
}

/// Where the labels of a switch stand within it, and how large it is: in as many lines as it takes where they do not fit beside
/// one another.
fn segments(ui: &Ui, labels: &[&str], room: f32) -> (Vec<Rect>, Vec2) {
    let ink = Ink::new(size::SMALL, Color32::PLACEHOLDER).medium();
    let width = |label: &&str| (text::width(ui.painter(), label, &ink) + 2.0 * space::M).ceil();
    let widths: Vec<f32> = labels.iter().map(width).collect();
    let room = room.max(widths.iter().copied().fold(0.0, f32::max) + 4.0) - 4.0;
    let high = height::DENSE - 4.0;
    let (mut x, mut line, mut widest) = (0.0_f32, 0.0_f32, 0.0_f32);
    let places = widths.iter().map(|width| {
        if x > 0.0 && x + width > room {
            (x, line) = (0.0, line + high);
        }
        let place = Rect::from_min_size(pos2(x + 2.0, line + 2.0), vec2(*width, high));
        x += width;
        widest = widest.max(x);
        place
    });
    let places = places.collect();
    (places, vec2(widest + 4.0, line + height::DENSE))
}

/// How high a switch is drawn where there is so much room for it, in points.
#[must_use]
pub fn segmented_height(ui: &Ui, labels: &[&str], room: f32) -> f32 {
    segments(ui, labels, room).1.y
}

/// A switch of a few labels, one of them on. Returns the one that was clicked.
pub fn segmented_ui(ui: &mut Ui, name: &str, labels: &[&str], on: usize) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let ink = Ink::new(size::SMALL, tokens.secondary).medium();
    let list = UiBuilder::new().accessibility_role(Role::TabList).accessibility_label(name);
    ui.scope_builder(list, |ui| {
        let (places, size) = segments(ui, labels, ui.available_width());
        let (_, whole) = ui.allocate_space(size);
        // A row that it stands in may be lit under the pointer.
        ui.painter().rect_filled(whole, radius::M, tokens.strong);
        let mut clicked = None;
        for (index, (label, place)) in labels.iter().zip(&places).enumerate() {
            let rect = place.translate(whole.min.to_vec2());
            let response = ui.interact(rect, ui.scope_id().with(("segment", index)), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), index == on, *label));
            super::bring_focused(&response);
            let lit = index == on || response.hovered();
            if index == on {
                let edge = Stroke::new(1.0, tokens.hairline);
                ui.painter().rect(rect, radius::S, tokens.surface, edge, StrokeKind::Inside);
            }
            if response.has_focus() {
                super::focus_ring(ui, rect, radius::S);
            }
            let ink = if lit { ink.clone().colour(tokens.text) } else { ink.clone() };
            text::paint(ui.painter(), rect, Align::Center, label, &ink, Cut::Never);
            if response.clicked() {
                clicked = Some(index);
            }
        }
        clicked
    })
    .inner
}
