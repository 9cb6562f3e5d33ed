//! The footer: the few keys that matter now.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::at_right_ui;
use super::chip::{key_cap_width, paint_key_cap};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, radius, size, space};

/// Between a key and its word, in points.
const GAP: f32 = 6.0;

/// A key and what it does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyHint<'a> {
    /// The key as it is written on the cap.
    pub key: &'a str,
    /// One or two words.
    pub word: &'a str,
}

/// Shows the hints in one line, and what else there is to say at the right edge; gives the one that was clicked. Hints that do
/// not fit are left out.
#[must_use = "a hint may have been clicked"]
pub fn key_hints_ui(ui: &mut Ui, hints: &[KeyHint<'_>], status: &str) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.set_min_height(height::DENSE);
        let ink = Ink::new(size::SMALL, tokens.tertiary);
        let taken = text::width(ui.painter(), status, &ink).ceil();
        for (at, hint) in hints.iter().enumerate() {
            let wanted = text::width(ui.painter(), hint.word, &Ink::second(tokens)) + 60.0;
            if ui.available_width() - taken < wanted {
                break;
            }
            if hint_ui(ui, hint) {
                clicked = Some(at);
            }
        }
        at_right_ui(ui, taken, |ui| text::label(ui, status, &ink));
    });
    clicked
}

/// A key and its word, as one thing that can be clicked. It is no stop for `Tab`: its key does the same.
fn hint_ui(ui: &mut Ui, hint: &KeyHint<'_>) -> bool {
    let tokens = Tokens::of(ui);
    let ink = Ink::second(tokens);
    let cap = key_cap_width(ui.painter(), hint.key);
    let word = text::width(ui.painter(), hint.word, &ink).ceil();
    let (rect, response) =
        ui.allocate_exact_size(vec2(cap + GAP + word + space::S, height::TARGET), Sense::CLICK);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("{}, {}", hint.word, hint.key))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::S, tokens.raised);
    }
    let left = rect.left() + space::XS;
    paint_key_cap(ui.painter(), tokens, pos2(left, rect.center().y), hint.key);
    let place = Rect::from_min_max(pos2(left + cap + GAP, rect.top()), rect.max);
    text::paint(ui.painter(), place, Align::Min, hint.word, &ink, Cut::Never);
    response.clicked()
}
