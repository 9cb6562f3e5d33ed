//! What is written into a fan: its named points, and what its bands mean.

use egui::{Align, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::lines::Place;
use super::{LABEL, Mark};
use crate::kit::chart::label::Labels;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};

/// A dot and its label: under it, over it or beside it, where there is room.
pub(super) fn paint_mark(
    painter: &Painter,
    tokens: &Tokens,
    place: &Place,
    mark: &Mark<'_>,
    labels: &mut Labels,
) {
    if !place.days.holds(mark.day) || !mark.value.is_finite() {
        return;
    }
    let at = place.at(mark.day, mark.value);
    let colour = if mark.compared { tokens.text } else { tokens.accent };
    painter.circle(at, 4.0, tokens.surface, Stroke::new(2.0, colour));
    // The bands lie under it, so it is written in the primary colour alone.
    let ink = Ink::new(size::CAPTION, tokens.text).medium();
    let size = vec2(text::width(painter, mark.label, &ink), LABEL);
    let (beside, above) = (size.x / 2.0 + 10.0, LABEL / 2.0 + 8.0);
    let shifts = [(0.0, above), (0.0, -above), (beside, 0.0), (-beside, 0.0)];
    let corners = [(beside, above), (-beside, above), (beside, -above), (-beside, -above)];
    let farther = [(0.0, 2.0 * above), (0.0, -2.0 * above), (beside, 2.0 * above), (-beside, 2.0 * above)];
    let places = [shifts, corners, farther].concat();
    let places: Vec<Rect> =
        places.into_iter().map(|(x, y)| Rect::from_center_size(at + vec2(x, y), size)).collect();
    if let Some(spot) = labels.place(&places) {
        if !spot.clear {
            painter.rect_filled(spot.rect.expand2(vec2(space::XXS, 0.0)), 2, tokens.surface);
        }
        text::paint(painter, spot.rect, Align::Min, mark.label, &ink, Cut::Never);
    }
}

/// How many of all cases lie in each band. It gives way to the word at the divider.
pub(super) fn paint_legend(painter: &Painter, tokens: &Tokens, rect: Rect, plot: Rect, today: Rect) {
    const SWATCH: f32 = 10.0;
    let ink = Ink::caption(tokens);
    let [outer, middle, inner] = tokens.fan;
    let entries = [("1 in 2", inner), ("8 in 10", middle), ("19 in 20", outer)];
    let width = |word: &str| SWATCH + space::XS + text::width(painter, word, &ink);
    let whole = entries.iter().map(|(word, _)| width(word)).sum::<f32>() + 2.0 * space::M;
    let mut left = (plot.right() - whole).round();
    if left < rect.left() || left < today.right() + space::M {
        return;
    }
    let middle = today.center().y;
    for (word, colour) in entries {
        let swatch = Rect::from_min_size(pos2(left, (middle - SWATCH / 2.0).round()), vec2(SWATCH, SWATCH));
        painter.rect(
            swatch,
            2,
            colour,
            Stroke::new(1.0, tokens.edge.gamma_multiply(0.4)),
            StrokeKind::Inside,
        );
        let place =
            Rect::from_min_size(pos2(swatch.right() + space::XS, middle - LABEL / 2.0), vec2(0.0, LABEL));
        text::paint(painter, place, Align::Min, word, &ink, Cut::Never);
        left += width(word) + space::M;
    }
}
