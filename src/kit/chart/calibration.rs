//! Did it come as often as it was said? A small square plot; the nearer to the diagonal the better.

use egui::{Align, Painter, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::ChartResponse;
use super::axis::crisp;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, space};

/// One level of the plot. Shares run from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// In which share of cases it was said to come.
    pub said: f64,
    /// In which share of cases it came.
    pub came: f64,
    /// What chance alone may have made of it: from, to.
    pub between: Option<(f64, f64)>,
    /// How many cases that is from.
    pub count: usize,
}

/// A plot of what was said against what came, to be shown with [`Calibration::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct Calibration<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// The levels.
    pub levels: &'a [Level],
}

const LEFT: f32 = 42.0;
const BELOW: f32 = 20.0;
/// The plot is square as the whole is.
const ABOVE: f32 = LEFT + RIGHT - BELOW;
const RIGHT: f32 = 8.0;
const LARGEST: f32 = 6.0;
const SMALLEST: f32 = 2.5;

impl Calibration<'_> {
    /// Shows it as a square of `side` points. `hovered` is the level nearest to the pointer. Each level answers by itself, and
    /// takes the keyboard.
    pub fn show(self, ui: &mut Ui, side: f32) -> (ChartResponse, Vec<Response>) {
        const PLACE: f32 = 18.0;
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.says));
        let plot = plot(rect);
        let stop = |(index, level): (usize, &Level)| {
            let place = Rect::from_center_size(point(plot, level.said, level.came), vec2(PLACE, PLACE));
            ui.interact(place, response.id.with(("level", index)), Sense::click())
        };
        let stops: Vec<Response> = self.levels.iter().enumerate().map(stop).collect();
        let over = response.contains_pointer();
        let pointer = response.ctx.pointer_hover_pos().filter(|_| over);
        let hovered = pointer.and_then(|at| self.level_at(plot, at));
        if ui.is_rect_visible(rect) && plot.is_positive() {
            self.paint(ui.painter(), Tokens::of(ui), plot, hovered);
            for stop in stops.iter().filter(|stop| stop.has_focus()) {
                crate::kit::widgets::focus_ring(ui, stop.rect, 4);
            }
        }
        (ChartResponse { response, hovered, clicked: None }, stops)
    }

    fn level_at(self, plot: Rect, at: egui::Pos2) -> Option<usize> {
        const REACH: f32 = 16.0;
        let distance = |level: &Level| point(plot, level.said, level.came).distance(at);
        let near = self.levels.iter().enumerate().map(|(index, level)| (index, distance(level)));
        let near = near.filter(|(_, distance)| *distance <= REACH);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }

    fn paint(self, painter: &Painter, tokens: &Tokens, plot: Rect, hovered: Option<usize>) {
        let ink = Ink::caption(tokens);
        for mark in [0.0, 0.5, 1.0] {
            let at = point(plot, mark, mark);
            let stroke = Stroke::new(1.0, if mark == 0.0 { tokens.edge } else { tokens.hairline });
            painter.hline(plot.x_range(), crisp(painter, at.y), stroke);
            painter.vline(crisp(painter, at.x), plot.y_range(), stroke);
            let words = number::percent(mark);
            let beside =
                Rect::from_min_max(pos2(plot.left() - LEFT, at.y - 8.0), pos2(plot.left() - 8.0, at.y + 8.0));
            text::paint(painter, beside, Align::Max, &words, &ink, Cut::Never);
            super::axis::paint_below(painter, plot, at.x, &words, &ink);
        }
        // The corners beside the diagonal are the last to be needed.
        let inside = plot.shrink(space::XS);
        let line = |top: f32| Rect::from_min_size(pos2(inside.left(), top), vec2(inside.width(), 16.0));
        text::paint(painter, line(inside.top()), Align::Min, "came", &ink, Cut::Never);
        text::paint(painter, line(inside.bottom() - 16.0), Align::Max, "said", &ink, Cut::Never);
        let diagonal = [plot.left_bottom(), plot.right_top()];
        painter.extend(Shape::dashed_line(&diagonal, Stroke::new(1.0, tokens.edge), 3.0, 3.0));

        let most = self.levels.iter().map(|level| level.count).max().unwrap_or(0);
        for (index, level) in self.levels.iter().enumerate() {
            if !level.said.is_finite() || !level.came.is_finite() {
                continue;
            }
            let at = point(plot, level.said, level.came);
            if let Some((from, to)) = level.between {
                let (low, high) = (point(plot, level.said, from).y, point(plot, level.said, to).y);
                painter.vline(crisp(painter, at.x), high..=low, Stroke::new(1.0, tokens.secondary));
            }
            let ring = if hovered == Some(index) { tokens.text } else { tokens.surface };
            painter.circle(at, radius(level.count, most), tokens.accent, Stroke::new(1.5, ring));
        }
    }
}

/// The area of a dot stands for the number of its cases.
#[expect(clippy::cast_precision_loss, reason = "a radius on the screen")]
fn radius(count: usize, most: usize) -> f32 {
    (LARGEST * (count as f32 / most.max(1) as f32).sqrt()).max(SMALLEST)
}

fn plot(rect: Rect) -> Rect {
    Rect::from_min_max(
        pos2(rect.left() + LEFT, rect.top() + ABOVE),
        pos2(rect.right() - RIGHT, rect.bottom() - BELOW),
    )
}

#[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
fn point(plot: Rect, said: f64, came: f64) -> egui::Pos2 {
    let [across, up] = [said, came].map(|share| share.clamp(0.0, 1.0) as f32);
    pos2(plot.left() + across * plot.width(), plot.bottom() - up * plot.height())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_of_a_quarter_of_the_cases_has_half_the_radius() {
        let radii = [(100, 100), (25, 100), (0, 100), (0, 0)].map(|(count, most)| radius(count, most));
        assert_eq!(radii.to_vec(), vec![LARGEST, LARGEST / 2.0, SMALLEST, SMALLEST]);
    }

    #[test]
    fn the_plot_is_square_and_its_corners_are_never_and_always() {
        let plot = plot(Rect::from_min_size(pos2(0.0, 0.0), vec2(160.0, 160.0)));
        assert_eq!(plot.size(), egui::Vec2::splat(plot.width()));
        assert_eq!(point(plot, 0.0, 0.0), plot.left_bottom());
        assert_eq!(point(plot, 1.0, 1.0), plot.right_top());
        assert_eq!(point(plot, 7.0, -3.0), plot.right_bottom(), "beyond the plot is its edge");
    }
}
