//! A line as small as a word.

use egui::{Painter, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::kit::theme::{Tokens, Tone};

/// Shows a sparkline of a size, with what it says in words.
pub fn sparkline(ui: &mut Ui, says: &str, values: &[f64], tone: Tone, width: f32, height: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, says));
    if ui.is_rect_visible(rect) {
        paint_sparkline(ui.painter(), Tokens::of(ui), rect, values, tone);
    }
    response
}

/// Paints a sparkline in a place, a dot at its last value. Values that are not finite are left out; two are needed.
pub fn paint_sparkline(painter: &Painter, tokens: &Tokens, rect: Rect, values: &[f64], tone: Tone) {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let count = finite().count();
    if count < 2 {
        return;
    }
    let inside = rect.shrink(3.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "positions on the screen"
    )]
    let points: Vec<_> = finite()
        .enumerate()
        .map(|(index, value)| {
            let across = index as f32 / (count - 1) as f32;
            // A line that never moves runs through the middle.
            let up = if high > low { ((value - low) / (high - low)) as f32 } else { 0.5 };
            pos2(inside.left() + across * inside.width(), inside.bottom() - up * inside.height())
        })
        .collect();
    let colour = if tone == Tone::Neutral { tokens.accent } else { tokens.tone(tone) };
    let last = points.last().copied();
    painter.add(Shape::line(points, Stroke::new(1.5, colour)));
    if let Some(last) = last {
        painter.circle_filled(last, 2.5, colour);
    }
}
