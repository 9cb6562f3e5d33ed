//! When something is due and when it is expected, row after row on one common axis of days.

use egui::{Align, CornerRadius, Painter, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::axis::crisp;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone};

/// The days that a column of strips has in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeAxis {
    /// The first day; a day is any number that grows by one a day.
    pub from: f64,
    /// The last day.
    pub to: f64,
    /// The day it is.
    pub today: f64,
}

/// One strip: due and expected.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// The day it is due: an upright tick.
    pub due: Option<f64>,
    /// The day it is promised for: a small triangle over the strip.
    pub promised: Option<f64>,
    /// The day it is expected: a dot; a ring at the end of an axis that does not reach it.
    pub expected: Option<f64>,
    /// Between which days it is expected: a band.
    pub between: Option<(f64, f64)>,
    /// Between which days it is most likely: a stronger band within.
    pub likely: Option<(f64, f64)>,
    /// How the expectation is judged.
    pub tone: Tone,
}

impl TimeAxis {
    /// Where a day stands in a column; days beyond the axis stand at its ends.
    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    #[must_use]
    pub fn x_of(&self, day: f64, column: Rect) -> f32 {
        let part = (day - self.from) / (self.to - self.from).max(1.0);
        column.left() + part.clamp(0.0, 1.0) as f32 * column.width()
    }

    /// Paints the head of the column: a label at each of some days, and what the day it is is called.
    ///
    /// A label that would touch that one is left out.
    pub fn paint_head(&self, ui: &Ui, column: Rect, now: &str, labels: &[(f64, String)]) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let ink = Ink::caption(tokens).medium().colour(tokens.secondary);
        let mut taken = vec![self.paint_label(painter, column, self.today, now, &ink)];
        for (day, label) in labels {
            let ink = Ink::caption(tokens);
            let place = self.label_place(painter, column, *day, label, &ink);
            if !taken.iter().any(|other| other.expand(6.0).intersects(place)) {
                taken.push(self.paint_label(painter, column, *day, label, &ink));
            }
        }
    }

    /// Paints one strip. Where something lies beyond the axis, an arrow at that end says so.
    pub fn paint_strip(&self, ui: &Ui, column: Rect, strip: Expected) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let middle = column.center().y.round();
        painter.hline(column.x_range(), crisp(painter, middle), Stroke::new(1.0, tokens.hairline));
        let today = crisp(painter, self.x_of(self.today, column));
        painter.vline(today, column.y_range(), Stroke::new(1.0, tokens.edge.gamma_multiply(0.6)));
        let [_, outer, inner] = tokens.fan;
        for (range, colour) in [(strip.between, outer), (strip.likely, inner)] {
            if let Some((from, to)) = range.filter(|(from, to)| *to >= self.from && *from <= self.to) {
                let (left, right) = (self.x_of(from, column), self.x_of(to, column));
                let (left, right) = (left.min(column.right() - 2.0).round(), right.max(left + 2.0).round());
                let band = Rect::from_min_max(pos2(left, middle - 4.0), pos2(right, middle + 4.0));
                painter.rect_filled(band, self.corners((from, to)), colour);
            }
        }
        if let Some(due) = strip.due.filter(|day| self.holds(*day)) {
            let x = crisp(painter, self.x_of(due, column));
            painter.vline(x, middle - 7.0..=middle + 7.0, Stroke::new(2.0, tokens.text));
        }
        let colour = if strip.tone == Tone::Neutral { tokens.accent } else { tokens.tone(strip.tone) };
        if let Some(expected) = strip.expected.filter(|day| self.holds(*day)) {
            let at = pos2(self.x_of(expected, column), middle);
            painter.circle(at, 4.5, colour, Stroke::new(1.5, tokens.surface));
        }
        // Beyond the end a ring beside the arrow: the middle too is further on, not only the end of the range.
        if strip.expected.is_some_and(|day| day > self.to) {
            let at = pos2(column.right() - 13.0, middle);
            painter.circle(at, 4.0, tokens.surface, Stroke::new(1.5, colour));
        }
        if let Some(promised) = strip.promised.filter(|day| self.holds(*day)) {
            let tip = pos2(crisp(painter, self.x_of(promised, column)), middle - 5.0);
            let corners = vec![tip, tip + vec2(-4.0, -6.0), tip + vec2(4.0, -6.0)];
            painter.add(Shape::convex_polygon(corners, tokens.text, Stroke::new(1.0, tokens.surface)));
        }
        for end in [End::Before, End::After] {
            if self.reaches(strip, end) {
                paint_arrow(painter, tokens, column, middle, end);
            }
        }
    }

    fn holds(&self, day: f64) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Whether anything of a strip lies beyond an end of the axis.
    fn reaches(&self, strip: Expected, end: End) -> bool {
        let ends = |range: Option<(f64, f64)>| range.map(|(from, to)| [from, to]).into_iter().flatten();
        let days = [strip.due, strip.promised, strip.expected].into_iter().flatten();
        let mut days = days.chain(ends(strip.between)).chain(ends(strip.likely));
        days.any(|day| match end {
            End::Before => day < self.from,
            End::After => day > self.to,
        })
    }

    /// A band is round where it ends, and square where the axis cuts it off.
    fn corners(&self, (from, to): (f64, f64)) -> CornerRadius {
        let [west, east] = [self.holds(from), self.holds(to)].map(|ends| if ends { 3 } else { 0 });
        CornerRadius { nw: west, sw: west, ne: east, se: east }
    }

    fn label_place(&self, painter: &Painter, column: Rect, day: f64, label: &str, ink: &Ink) -> Rect {
        let width = text::width(painter, label, ink);
        let x = self.x_of(day, column);
        let x = x.clamp(
            column.left() + width / 2.0,
            (column.right() - width / 2.0).max(column.left() + width / 2.0),
        );
        Rect::from_center_size(pos2(x, column.center().y), vec2(width, 14.0))
    }

    fn paint_label(&self, painter: &Painter, column: Rect, day: f64, label: &str, ink: &Ink) -> Rect {
        let place = self.label_place(painter, column, day, label, ink);
        text::paint(painter, place, Align::Center, label, ink, Cut::Never)
    }
}

/// An end of the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Before,
    After,
}

/// A small arrow at an end of the column, on a ground that parts it from what runs up to it.
fn paint_arrow(painter: &Painter, tokens: &Tokens, column: Rect, middle: f32, end: End) {
    let (tip, back) = match end {
        End::Before => (column.left(), 6.0),
        End::After => (column.right(), -6.0),
    };
    let corners = vec![pos2(tip, middle), pos2(tip + back, middle - 5.0), pos2(tip + back, middle + 5.0)];
    painter.add(Shape::convex_polygon(corners, tokens.secondary, Stroke::new(1.0, tokens.surface)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_stands_at_the_end_that_something_runs_beyond() {
        let axis = TimeAxis { from: 0.0, to: 60.0, today: 10.0 };
        let both = |strip| (axis.reaches(strip, End::Before), axis.reaches(strip, End::After));
        let strip = Expected { due: Some(0.0), expected: Some(60.0), ..Expected::default() };
        assert_eq!(both(strip), (false, false));
        assert_eq!(both(Expected { due: Some(-1.0), ..strip }), (true, false));
        assert_eq!(both(Expected { between: Some((20.0, 61.0)), ..strip }), (false, true));
        assert_eq!(
            both(Expected { promised: Some(90.0), between: Some((-5.0, 9.0)), ..strip }),
            (true, true)
        );
        assert_eq!(both(Expected::default()), (false, false));
    }

    #[test]
    fn a_band_is_round_where_it_ends_and_square_where_the_axis_cuts_it() {
        let axis = TimeAxis { from: 0.0, to: 60.0, today: 10.0 };
        let sides = |range| (axis.corners(range).nw > 0, axis.corners(range).ne > 0);
        assert_eq!(sides((5.0, 20.0)), (true, true));
        assert_eq!(sides((5.0, 61.0)), (true, false));
        assert_eq!(sides((-5.0, 20.0)), (false, true));
    }
}
