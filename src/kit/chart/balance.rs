//! A balance from day to day: a line that steps, with the floor it should not fall through.

use egui::{Align, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::axis::{self, LABELS, Ticks};
use super::label::Labels;
use super::threshold::{Threshold, paint_threshold};
use super::{ChartResponse, canvas};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, space};

/// A chart of a balance, to be shown with [`Balance::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct Balance<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// (day, balance) in order of days; a day is any number that grows by one a day.
    pub points: &'a [(f64, f64)],
    /// Whether the balance stays as it is until the next point (a step) or moves evenly to it.
    pub steps: bool,
    /// The day that parts what was from what may be; the line is dashed after it.
    pub today: Option<f64>,
    /// A level to draw across.
    pub threshold: Option<Threshold<'a>>,
    /// Labels under the axis.
    pub days: &'a [(f64, String)],
}

const BELOW: f32 = 22.0;
const ABOVE: f32 = 18.0;

impl Balance<'_> {
    /// Shows it over the whole width, `height` points high. `hovered` is the index of the point in force there.
    pub fn show(self, ui: &mut Ui, height: f32) -> ChartResponse {
        let tokens = Tokens::of(ui);
        let (rect, response) = canvas(ui, height, self.says);
        let plot = Rect::from_min_max(
            pos2(rect.left() + LABELS, rect.top() + ABOVE),
            pos2(rect.right() - space::XS, rect.bottom() - BELOW),
        );
        let hovered = response.hover_pos().and_then(|at| self.point_at(plot, at.x));
        let clicked = response.clicked().then_some(hovered).flatten();
        if ui.is_rect_visible(rect) && plot.height() > 0.0 {
            self.paint(ui.painter(), tokens, plot, hovered);
        }
        ChartResponse { response, hovered, clicked }
    }

    fn paint(self, painter: &Painter, tokens: &Tokens, plot: Rect, hovered: Option<usize>) {
        let threshold = self.threshold.map_or(0.0, |threshold| threshold.value);
        let low = self.points.iter().map(|(_, value)| *value).fold(threshold.min(0.0), f64::min);
        let high = self.points.iter().map(|(_, value)| *value).fold(threshold.max(0.0), f64::max);
        let ticks = axis::ticks(low, high, axis::steps_for(plot.height()));
        axis::paint_grid(painter, tokens, plot, &ticks);
        for (day, label) in self.days {
            let x = self.x_of(*day, plot);
            painter.vline(
                axis::crisp(painter, x),
                plot.bottom()..=plot.bottom() + 4.0,
                Stroke::new(1.0, tokens.edge),
            );
            axis::paint_below(painter, plot, x, label, &Ink::caption(tokens));
        }

        if let Some(today) = self.today.filter(|today| self.holds(*today)) {
            let x = axis::crisp(painter, self.x_of(today, plot));
            painter.vline(x, plot.y_range(), Stroke::new(1.0, tokens.edge));
            let place = Rect::from_center_size(pos2(x, plot.top() - 9.0), vec2(40.0, 16.0));
            text::paint(painter, place, Align::Center, "today", &Ink::caption(tokens), Cut::Never);
        }
        let line = self.outline(plot, &ticks);
        if let Some(threshold) = self.threshold {
            let mut labels = Labels::within(plot);
            labels.line(line.clone());
            paint_threshold(painter, tokens, plot, &ticks, threshold, &mut labels);
        }
        self.paint_line(painter, tokens, plot, line);
        if let Some((day, value)) = hovered.and_then(|index| self.points.get(index)) {
            let at = pos2(self.x_of(*day, plot), axis::y_of(*value, &ticks, plot.y_range()));
            painter.circle(at, 4.0, tokens.surface, Stroke::new(2.0, tokens.accent));
        }
    }

    fn paint_line(self, painter: &Painter, tokens: &Tokens, plot: Rect, line: Vec<Pos2>) {
        let stroke = Stroke::new(2.0, tokens.accent);
        let divide = self.today.map_or(f32::INFINITY, |today| self.x_of(today, plot));
        let (mut was, mut may_be) = (Vec::new(), Vec::new());
        for point in line {
            if point.x <= divide + 0.01 {
                was.push(point);
            } else {
                if may_be.is_empty() {
                    // The dashes go on from where the line ends.
                    let from = was.last().map_or(point, |last| pos2(divide.max(last.x), last.y));
                    if self.steps || was.is_empty() {
                        was.push(from);
                    }
                    may_be.extend(was.last().copied());
                }
                may_be.push(point);
            }
        }
        painter.add(Shape::line(was, stroke));
        painter.extend(Shape::dashed_line(&may_be, stroke, 5.0, 4.0));
    }

    /// The corners of the line on the screen.
    fn outline(self, plot: Rect, ticks: &Ticks) -> Vec<Pos2> {
        let mut line: Vec<Pos2> = Vec::new();
        for (day, value) in self.points {
            let at = pos2(self.x_of(*day, plot), axis::y_of(*value, ticks, plot.y_range()));
            if self.steps
                && let Some(last) = line.last().copied()
            {
                line.push(pos2(at.x, last.y));
            }
            line.push(at);
        }
        line
    }

    fn span(self) -> (f64, f64) {
        let first = self.points.first().map_or(0.0, |(day, _)| *day);
        let last = self.points.last().map_or(1.0, |(day, _)| *day);
        (first, last.max(first + 1.0))
    }

    fn holds(self, day: f64) -> bool {
        let (first, last) = self.span();
        (first..=last).contains(&day)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    fn x_of(self, day: f64, plot: Rect) -> f32 {
        let (first, last) = self.span();
        plot.left() + ((day - first) / (last - first)).clamp(0.0, 1.0) as f32 * plot.width()
    }

    fn point_at(self, plot: Rect, x: f32) -> Option<usize> {
        if !plot.x_range().contains(x) {
            return None;
        }
        let after = self.points.partition_point(|(day, _)| self.x_of(*day, plot) <= x);
        after.checked_sub(1)
    }
}
