//! Round numbers for an axis, and the axis itself.

use egui::{Align, Color32, Painter, Rangef, Rect, Stroke, pos2, vec2};

use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::Tokens;

/// The marks of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// The lowest mark, at or below all values.
    pub low: f64,
    /// The highest mark, at or above all values.
    pub high: f64,
    /// All marks, from low to high.
    pub marks: Vec<f64>,
}

/// Marks at 1, 2 or 5 times a power of ten that hold `low` and `high` and are at most `at_most` steps (at least 2) apart.
///
/// Zero is always a mark if the values lie on both sides of it. Values that are not finite count as zero.
#[must_use]
pub fn ticks(low: f64, high: f64, at_most: u32) -> Ticks {
    let finite = |value: f64| if value.is_finite() { value.clamp(-1e15, 1e15) } else { 0.0 };
    let (low, high) = (finite(low).min(finite(high)), finite(low).max(finite(high)));
    let (low, high) =
        if high - low < 1e-9 { (low.min(0.0), high.max(low.min(0.0) + 1.0)) } else { (low, high) };
    let steps = f64::from(at_most.max(2));
    let mut step = nice((high - low) / steps);
    // Widening to whole steps can add one at either end.
    while ((high / step).ceil() - (low / step).floor()) > steps {
        step = nice(step * 1.1);
    }
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let marks = std::iter::successors(Some(first), |n| (n + 1.0 <= last).then_some(n + 1.0));
    Ticks { low: first * step, high: last * step, marks: marks.map(|n| n * step).collect() }
}

/// The least of 1, 2, 5 times a power of ten that is at least `step`.
fn nice(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let lead = step / power;
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| lead <= factor + 1e-9).unwrap_or(10.0);
    factor * power
}

/// Where a value stands between the ends of an axis, as a height on the screen.
#[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
pub(super) fn y_of(value: f64, ticks: &Ticks, plot: Rangef) -> f32 {
    let part = (value - ticks.low) / (ticks.high - ticks.low);
    plot.max - (part.clamp(0.0, 1.0) as f32) * plot.span()
}

/// How many marks suit a height: one for each 36 points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
pub(super) fn steps_for(height: f32) -> u32 {
    (height / 36.0).clamp(2.0, 8.0) as u32
}

/// Width that the labels of an axis take.
pub(super) const LABELS: f32 = 44.0;

/// Width that the labels of an axis take when none of them may be cut.
pub(super) fn labels_width(painter: &Painter, tokens: &Tokens, ticks: &Ticks) -> f32 {
    let ink = Ink::caption(tokens);
    let widths = ticks.marks.iter().map(|mark| text::width(painter, &number::compact(*mark), &ink));
    widths.fold(LABELS - 8.0, f32::max).ceil() + 8.0
}

/// Paints the grid with its labels at the left of `plot`; the line at zero is stronger.
pub(super) fn paint_grid(painter: &Painter, tokens: &Tokens, plot: Rect, ticks: &Ticks) {
    paint_grid_in(painter, tokens, plot, ticks, tokens.hairline);
}

/// As [`paint_grid`], with lines of another colour.
pub(super) fn paint_grid_in(painter: &Painter, tokens: &Tokens, plot: Rect, ticks: &Ticks, lines: Color32) {
    let ink = Ink::caption(tokens);
    for mark in &ticks.marks {
        let y = crisp(painter, y_of(*mark, ticks, plot.y_range()));
        let colour = if *mark == 0.0 { tokens.edge } else { lines };
        painter.hline(plot.x_range(), y, Stroke::new(1.0, colour));
        let place = Rect::from_min_max(pos2(plot.left() - LABELS, y - 8.0), pos2(plot.left() - 8.0, y + 8.0));
        text::paint(painter, place, Align::Max, &number::compact(*mark), &ink, Cut::Never);
    }
}

/// Paints a label under the plot, centred on `x` and kept inside of `plot`.
pub(super) fn paint_below(painter: &Painter, plot: Rect, x: f32, label: &str, ink: &Ink) {
    let width = text::width(painter, label, ink);
    let half = width / 2.0;
    let x = x.clamp(plot.left() + half, (plot.right() - half).max(plot.left() + half));
    let place = Rect::from_center_size(pos2(x, plot.bottom() + 12.0), vec2(width, 16.0));
    text::paint(painter, place, Align::Center, label, ink, Cut::Never);
}

/// The middle of the pixel at a position, so that a line of one point is one sharp line.
pub(super) fn crisp(painter: &Painter, position: f32) -> f32 {
    painter.round_to_pixel_center(position)
}

/// Paints diagonal lines through a rectangle: what is not yet.
pub(super) fn paint_hatch(painter: &Painter, rect: Rect, stroke: Stroke) {
    const STEP: f32 = 5.0;
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let height = rect.height();
    let mut x = rect.left() - height;
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + height, rect.top())], stroke);
        x += STEP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_hold_the_values_and_are_few() {
        assert_eq!(ticks(0.0, 11_300.0, 4).marks, vec![0.0, 5_000.0, 10_000.0, 15_000.0]);
        assert_eq!(ticks(-1_200.0, 4_100.0, 5).marks, vec![-2_000.0, 0.0, 2_000.0, 4_000.0, 6_000.0]);
        for (low, high) in [(0.0, 1.0), (-3.0, 7_321.0), (99.0, 101.0), (-5e14, 9e14), (0.013, 0.0131)] {
            for at_most in 2..9 {
                let found = ticks(low, high, at_most);
                let dust = (high - low) * 1e-9;
                assert!(found.low <= low + dust && found.high >= high - dust, "{low} {high} {found:?}");
                assert!(found.marks.len() <= at_most as usize + 1, "{found:?}");
            }
        }
    }

    #[test]
    fn an_axis_of_nothing_or_of_nonsense_still_has_two_ends() {
        for (low, high) in
            [(0.0, 0.0), (f64::NAN, f64::NAN), (f64::NEG_INFINITY, 0.0), (5.0, 5.0), (-5.0, -5.0)]
        {
            let found = ticks(low, high, 4);
            assert!(found.high > found.low && found.marks.len() >= 2, "{low} {high} {found:?}");
        }
    }
}
