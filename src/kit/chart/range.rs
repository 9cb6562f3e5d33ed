//! When something is due and when it is expected, row after row on one common axis of days.

use egui::{Align, Painter, Rect, Stroke, Ui, pos2, vec2};

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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The day it is due: an upright tick.
    pub due: Option<f64>,
    /// The day it is expected: a dot.
    pub expected: Option<f64>,
    /// Between which days it is expected: a band.
    pub between: Option<(f64, f64)>,
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

    /// Paints the head of the column: a label at each of some days, and `today`.
    ///
    /// A label that would touch `today` is left out.
    pub fn paint_head(&self, ui: &Ui, column: Rect, labels: &[(f64, String)]) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let now = Ink::caption(tokens).medium().colour(tokens.secondary);
        let mut taken = vec![self.paint_label(painter, column, self.today, "today", &now)];
        for (day, label) in labels {
            let ink = Ink::caption(tokens);
            let place = self.label_place(painter, column, *day, label, &ink);
            if !taken.iter().any(|other| other.expand(6.0).intersects(place)) {
                taken.push(self.paint_label(painter, column, *day, label, &ink));
            }
        }
    }

    /// Paints one strip.
    pub fn paint_strip(&self, ui: &Ui, column: Rect, strip: Expected) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let middle = column.center().y.round();
        painter.hline(column.x_range(), crisp(painter, middle), Stroke::new(1.0, tokens.hairline));
        let today = crisp(painter, self.x_of(self.today, column));
        painter.vline(today, column.y_range(), Stroke::new(1.0, tokens.edge.gamma_multiply(0.6)));
        let colour = if strip.tone == Tone::Neutral { tokens.accent } else { tokens.tone(strip.tone) };
        if let Some((from, to)) = strip.between {
            let ends = (self.x_of(from, column), self.x_of(to, column));
            let band =
                Rect::from_min_max(pos2(ends.0, middle - 4.0), pos2(ends.1.max(ends.0 + 1.0), middle + 4.0));
            painter.rect_filled(band, 4, tokens.fan_middle());
        }
        if let Some(due) = strip.due {
            let x = crisp(painter, self.x_of(due, column));
            painter.vline(x, middle - 7.0..=middle + 7.0, Stroke::new(2.0, tokens.text));
        }
        if let Some(expected) = strip.expected {
            let at = pos2(self.x_of(expected, column), middle);
            painter.circle(at, 4.5, colour, Stroke::new(1.5, tokens.surface));
        }
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
