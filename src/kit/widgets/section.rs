//! The header of a section: what it holds, how many, how much.

use egui::{Align, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};

/// A title with its count behind it and its sum at the right edge, over the whole width.
pub fn section_header(ui: &mut Ui, title: &str, count: Option<usize>, sum: Option<&str>) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let count = count.map(|count| count.to_string()).unwrap_or_default();
    let sum = sum.unwrap_or_default();
    let name =
        [title, &count, sum].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    let figure = Ink::new(size::BODY, tokens.secondary).medium();
    let sum_rect = text::paint(painter, rect, Align::Max, sum, &figure, Cut::Never);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    let count_width = text::width(painter, &count, &caption);
    let right = (sum_rect.left() - count_width - 2.0 * space::S).max(rect.left());
    let title_place = Rect::from_min_max(rect.min, pos2(right, rect.bottom()));
    let title_ink = Ink::new(size::BODY, tokens.text).semibold();
    let taken = text::paint(painter, title_place, Align::Min, title, &title_ink, Cut::End);
    let count_place = Rect::from_min_max(pos2(taken.right() + space::S, rect.top()), rect.max);
    text::paint(painter, count_place, Align::Min, &count, &caption, Cut::Never);
    response
}
