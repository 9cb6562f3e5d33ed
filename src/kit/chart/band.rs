//! A point and the band it lies in, on a scale as small as a word.

use egui::{Painter, Rect, Stroke, pos2};

use super::axis::crisp;
use crate::kit::theme::{Tokens, Tone};

/// A point on a scale from 0 to 1, and between which points it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// From …
    pub low: f64,
    /// … to.
    pub high: f64,
    /// The point.
    pub value: f64,
    /// How it is judged.
    pub tone: Tone,
}

const HEIGHT: f32 = 6.0;

/// Paints a band in the middle of a place: the whole scale, the band on it, and a tick at the point.
pub fn paint_band(painter: &Painter, tokens: &Tokens, rect: Rect, band: Band) {
    if ![band.low, band.high, band.value].iter().all(|value| value.is_finite()) {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    let x_of = |part: f64| rect.left() + part.clamp(0.0, 1.0) as f32 * rect.width();
    let middle = rect.center().y.round();
    let between = |left: f32, right: f32, height: f32| {
        Rect::from_min_max(
            pos2(left.round(), middle - height / 2.0),
            pos2(right.round(), middle + height / 2.0),
        )
    };
    painter.rect_filled(between(rect.left(), rect.right(), 2.0), 1, tokens.strong);
    let (low, high) = (x_of(band.low), x_of(band.high));
    painter.rect_filled(between(low, high.max(low + 2.0), HEIGHT), 2, tokens.fan_inner());
    let colour = if band.tone == Tone::Neutral { tokens.text } else { tokens.tone(band.tone) };
    let x = crisp(painter, x_of(band.value).clamp(rect.left() + 1.0, rect.right() - 1.0));
    painter.vline(x, middle - 6.0..=middle + 6.0, Stroke::new(2.0, colour));
}
