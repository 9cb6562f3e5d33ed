//! A level that is drawn across a chart, such as a reserve.

use egui::{Align, Painter, Rect, Shape, Stroke, pos2, vec2};

use super::axis::{self, Ticks};
use super::label::Labels;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};

/// A level worth seeing, such as a reserve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold<'a> {
    /// Its height.
    pub value: f64,
    /// What it is called: `reserve 4,000`.
    pub label: &'a str,
}

/// Paints the level as a dotted line, its label in the first place along it that is free.
pub(super) fn paint_threshold(
    painter: &Painter,
    tokens: &Tokens,
    plot: Rect,
    ticks: &Ticks,
    threshold: Threshold<'_>,
    labels: &mut Labels,
) {
    let y = axis::crisp(painter, axis::y_of(threshold.value, ticks, plot.y_range()));
    let ends = [pos2(plot.left(), y), pos2(plot.right(), y)];
    painter.extend(Shape::dashed_line(&ends, Stroke::new(1.0, tokens.risk), 2.0, 3.0));
    let label = format!("◆ {}", threshold.label);
    let ink = Ink::new(size::CAPTION, tokens.risk);
    let size = vec2(text::width(painter, &label, &ink), 16.0);
    let (left, right) = (plot.left() + space::XS, plot.right() - size.x - space::XS);
    // The ends of the line first, above it and below; then along it.
    let places_at = |above: f32, below: f32| {
        let parts: &[&[f32]] = &[&[1.0, 0.0], &[0.75, 0.25, 0.5, 0.875, 0.125, 0.625, 0.375]];
        let mut places = Vec::new();
        for (parts, top) in parts.iter().flat_map(|parts| [(parts, above), (parts, below)]) {
            let x_of = |part: &f32| left + part * (right - left).max(0.0);
            places.extend(parts.iter().map(|part| Rect::from_min_size(pos2(x_of(part), top), size)));
        }
        places
    };
    let near = labels.place_off_band(&places_at(y - 18.0, y + 2.0));
    // Other labels may leave room only farther off.
    if let Some(spot) = near.or_else(|| labels.place_off_band(&places_at(y - 34.0, y + 18.0))) {
        painter.rect_filled(spot.rect.expand2(vec2(space::XXS, 0.0)), 2, tokens.surface);
        text::paint(painter, spot.rect, Align::Min, &label, &ink, Cut::Never);
    }
    labels.line(ends.to_vec());
}
