//! Bullet bars: a value on a scale with bands behind it, row after row on one common scale.
//!
//! After Stephen Few's bullet graph: the bands are shades of one ground, so that the value alone has a colour. The caller puts
//! the glyph of the value's tone beside it.

use egui::{Align, Painter, Rect, Stroke, StrokeKind, pos2};

use super::axis::crisp;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone};

/// The scale that bars stand on, and where its bands part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bullet {
    /// The value at the left end.
    pub from: f64,
    /// The value at the right end.
    pub to: f64,
    /// Below it lies the lowest band …
    pub low: f64,
    /// … and from it on the highest.
    pub high: f64,
}

impl Bullet {
    /// Where a value stands in a column; what lies beyond the scale stands at its ends.
    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    #[must_use]
    pub fn x_of(&self, value: f64, column: Rect) -> f32 {
        let span = self.to - self.from;
        let part = if span > 0.0 { (value - self.from) / span } else { 0.0 };
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
        column.left() + part as f32 * column.width()
    }

    /// How a value is judged by the bands.
    #[must_use]
    pub fn tone(&self, value: f64) -> Tone {
        if value >= self.high {
            Tone::Good
        } else if value >= self.low {
            Tone::Watch
        } else {
            Tone::Risk
        }
    }

    /// Paints the head of a column: the ends of the scale and where the bands part. A label that would touch another is
    /// left out.
    pub fn paint_head(&self, painter: &Painter, tokens: &Tokens, column: Rect) {
        let ink = Ink::caption(tokens);
        let mut taken: Vec<Rect> = Vec::new();
        for (value, align) in [
            (self.from, Align::Min),
            (self.to, Align::Max),
            (self.low, Align::Center),
            (self.high, Align::Center),
        ] {
            let label = format!("{value:.0}");
            let (x, width) = (self.x_of(value, column), text::width(painter, &label, &ink));
            let left = match align {
                Align::Min => x,
                Align::Center => x - width / 2.0,
                Align::Max => x - width,
            };
            let place = Rect::from_min_max(pos2(left, column.top()), pos2(left + width, column.bottom()));
            if !taken.iter().any(|other| other.expand(4.0).intersects(place)) {
                taken.push(text::paint(painter, place, Align::Min, &label, &ink, Cut::Never));
            }
        }
    }

    /// Paints the bands, and the value on them; without a value an empty track.
    pub fn paint(&self, painter: &Painter, tokens: &Tokens, place: Rect, value: Option<f64>) {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            let line = Stroke::new(1.0, tokens.edge.gamma_multiply(0.5));
            painter.rect_stroke(place, 2, line, StrokeKind::Inside);
            return;
        };
        self.paint_bands(painter, tokens, place);
        let thick = (place.height() * 0.45).round().max(3.0);
        let middle = place.center().y.round();
        let right = self.x_of(value, place).max(place.left() + 2.0).round();
        let bar = Rect::from_min_max(
            pos2(place.left(), middle - (thick / 2.0).floor()),
            pos2(right, middle + (thick / 2.0).ceil()),
        );
        // As its points are written, so that bar, glyph and number say the same.
        painter.rect_filled(bar, 1, tokens.tone(self.tone(value.round())));
    }

    /// Paints the bands, a range on them, and an upright tick at the value in it.
    pub fn paint_range(
        &self,
        painter: &Painter,
        tokens: &Tokens,
        place: Rect,
        value: f64,
        range: (f64, f64),
    ) {
        self.paint_bands(painter, tokens, place);
        let (left, right) = (self.x_of(range.0, place).round(), self.x_of(range.1, place).round());
        let middle = place.center().y.round();
        let bar = Rect::from_min_max(pos2(left, middle - 3.0), pos2(right.max(left + 2.0), middle + 3.0));
        let colour = tokens.tone(self.tone(value));
        painter.rect_filled(bar, 3, colour.gamma_multiply(0.55));
        let x = crisp(painter, self.x_of(value, place));
        painter.vline(x, place.top() - 2.0..=place.bottom() + 2.0, Stroke::new(3.0, colour));
    }

    /// Three shades of one ground, the lowest band the strongest; hairlines where they part.
    fn paint_bands(&self, painter: &Painter, tokens: &Tokens, place: Rect) {
        let [low, high] = [self.low, self.high].map(|edge| self.x_of(edge, place).round());
        let band =
            |left: f32, right: f32| Rect::from_min_max(pos2(left, place.top()), pos2(right, place.bottom()));
        painter.rect_filled(band(place.left(), low), 0, tokens.strong);
        painter.rect_filled(band(low, high), 0, tokens.strong.gamma_multiply(0.65));
        painter.rect_filled(band(high, place.right()), 0, tokens.strong.gamma_multiply(0.35));
        for x in [low, high] {
            painter.vline(
                crisp(painter, x),
                place.y_range(),
                Stroke::new(1.0, tokens.edge.gamma_multiply(0.6)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Bullet = Bullet { from: 0.0, to: 100.0, low: 45.0, high: 70.0 };

    #[test]
    fn a_value_is_judged_by_the_band_it_stands_in() {
        let tones = [0.0, 44.9, 45.0, 69.9, 70.0, 100.0].map(|value| SCALE.tone(value));
        assert_eq!(tones, [Tone::Risk, Tone::Risk, Tone::Watch, Tone::Watch, Tone::Good, Tone::Good]);
    }

    #[test]
    fn every_value_stands_on_the_scale_whatever_it_is() {
        let column = Rect::from_min_max(pos2(10.0, 0.0), pos2(210.0, 10.0));
        for (value, x) in
            [(0.0, 10.0_f32), (50.0, 110.0), (100.0, 210.0), (-9.0, 10.0), (1e9, 210.0), (f64::NAN, 10.0)]
        {
            assert!((SCALE.x_of(value, column) - x).abs() < 0.01, "{value}");
        }
        let nothing = Bullet { to: 0.0, ..SCALE };
        assert!((nothing.x_of(5.0, column) - 10.0).abs() < 0.01);
    }
}
