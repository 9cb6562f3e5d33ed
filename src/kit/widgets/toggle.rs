//! A switch for something that is counted or not: a box with its mark, a word, and the key that does the same.

use egui::{Align, Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::focus_ring;
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, radius, size, space};

/// The side of the box.
const BOX: f32 = 14.0;

/// Shows a switch; `clicked()` of the response also answers Space and Enter while it has the focus.
pub fn toggle_ui(ui: &mut Ui, label: &str, on: bool, help: &str, key: Option<&str>) -> Response {
    let tokens = Tokens::of(ui);
    let ink = ink(if on { tokens.text } else { tokens.secondary });
    let wanted = vec2(toggle_width(ui, label), height::DENSE);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    super::bring_focused(&response);
    if ui.is_rect_visible(rect) {
        let hover = ui.animate_bool_responsive(response.id, response.hovered());
        ui.painter().rect_filled(rect, radius::M, tokens.strong.gamma_multiply(hover));
        let at = pos2(rect.left() + space::S + BOX / 2.0, rect.center().y);
        let mark = Rect::from_center_size(at, vec2(BOX, BOX));
        if on {
            ui.painter().rect_filled(mark, radius::S, tokens.button);
            let check = Ink::new(size::CAPTION, tokens.on_button);
            text::paint(ui.painter(), mark, Align::Center, icon::CHECK, &check, Cut::Never);
        } else {
            let edge = Stroke::new(1.0, tokens.edge);
            ui.painter().rect_stroke(mark, radius::S, edge, StrokeKind::Inside);
        }
        let place = Rect::from_min_max(pos2(mark.right() + space::XS + 2.0, rect.top()), rect.max);
        text::paint(ui.painter(), place, Align::Min, label, &ink, Cut::Never);
        if response.has_focus() {
            focus_ring(ui, rect.expand(2.0), radius::M + 2);
        }
    }
    super::tooltip(response, help, key)
}

/// How wide a switch is drawn, in points.
#[must_use]
pub fn toggle_width(ui: &Ui, label: &str) -> f32 {
    let words = text::width(ui.painter(), label, &ink(Color32::PLACEHOLDER));
    (BOX + space::XS + 2.0 + words + 2.0 * space::S).ceil()
}

fn ink(colour: Color32) -> Ink {
    Ink::new(size::SMALL, colour).medium()
}
