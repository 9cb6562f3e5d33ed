//! How past ranges held: a bar for each, with a dot for what came.

use egui::{Align, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::{ChartResponse, canvas};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};

/// One range that was given in the past.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRange {
    /// When it was given: `4 Mar`.
    pub label: String,
    /// From …
    pub low: f64,
    /// … to.
    pub high: f64,
    /// What came.
    pub came: f64,
}

impl PastRange {
    /// Whether what came lay in the range; its ends belong to it.
    #[must_use]
    pub fn held(&self) -> bool {
        (self.low..=self.high).contains(&self.came)
    }
}

/// A strip of past ranges on one scale, to be shown with [`Held::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct Held<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// The ranges, oldest first. Where not all have room, the latest are shown.
    pub ranges: &'a [PastRange],
}

const BELOW: f32 = 22.0;
const NARROWEST: f32 = 9.0;
const WIDEST: f32 = 28.0;

impl Held<'_> {
    /// Shows it over the whole width, `height` points high. `hovered` is the range under the pointer.
    pub fn show(self, ui: &mut Ui, height: f32) -> ChartResponse {
        let tokens = Tokens::of(ui);
        let (rect, response) = canvas(ui, height, self.says);
        let plot = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - BELOW));
        let columns = Columns::of(self.ranges.len(), plot);
        let hovered = response.hover_pos().filter(|at| plot.contains(*at)).and_then(|at| columns.at(at.x));
        let clicked = response.clicked().then_some(hovered).flatten();
        if ui.is_rect_visible(rect) && plot.is_positive() {
            self.paint(ui.painter(), tokens, plot, &columns, hovered);
        }
        ChartResponse { response, hovered, clicked }
    }

    fn paint(
        self,
        painter: &Painter,
        tokens: &Tokens,
        plot: Rect,
        columns: &Columns,
        hovered: Option<usize>,
    ) {
        let shown = self.ranges.iter().enumerate().skip(columns.first);
        let values = shown.clone().flat_map(|(_, range)| [range.low, range.high, range.came]);
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let inside = plot.shrink2(vec2(0.0, 6.0));
        #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
        let y_of = |value: f64| {
            let part = if high > low { (value - low) / (high - low) } else { 0.5 };
            inside.bottom() - part.clamp(0.0, 1.0) as f32 * inside.height()
        };
        for (index, range) in shown {
            if ![range.low, range.high, range.came].iter().all(|value| value.is_finite()) {
                continue;
            }
            let column = columns.rect(index, plot);
            if hovered == Some(index) {
                painter.rect_filled(column, 2, tokens.raised);
            }
            let middle = column.center().x.round();
            let half = (column.width() * 0.25).clamp(2.0, 4.0).round();
            let (top, bottom) = (y_of(range.high).round(), y_of(range.low).round());
            let bar =
                Rect::from_min_max(pos2(middle - half, top), pos2(middle + half, bottom.max(top + 1.0)));
            painter.rect_filled(bar, 2, tokens.fan_middle());
            let tone = if range.held() { Tone::Good } else { Tone::Risk };
            paint_sign(painter, tokens, pos2(middle, y_of(range.came)), tone);
        }
        self.paint_below(painter, tokens, plot, columns);
    }

    /// The first day and the last one, and between them what the signs mean.
    fn paint_below(self, painter: &Painter, tokens: &Tokens, plot: Rect, columns: &Columns) {
        let ink = Ink::caption(tokens);
        let line = Rect::from_min_size(pos2(plot.left(), plot.bottom() + 4.0), vec2(plot.width(), 16.0));
        let (Some(first), Some(last)) = (self.ranges.get(columns.first), self.ranges.last()) else {
            return;
        };
        let from = text::paint(painter, line, Align::Min, &first.label, &ink, Cut::Never);
        let right = columns.rect(self.ranges.len() - 1, plot).right();
        let end = Rect::from_min_max(line.min, pos2(right.max(line.left()), line.bottom()));
        let width = text::width(painter, &last.label, &ink);
        let room = end.right() - width - from.right();
        let mut free = from.right();
        if room >= space::S {
            free = text::paint(painter, end, Align::Max, &last.label, &ink, Cut::Never).right();
        }
        // The signs have their words at the right end, or between the days where there is no room beyond them.
        let words = [(Tone::Good, "held"), (Tone::Risk, "missed")];
        let whole: f32 =
            words.iter().map(|(_, word)| 12.0 + text::width(painter, word, &ink)).sum::<f32>() + space::M;
        let mut left = line.right() - whole;
        if left < free + space::M {
            left = line.center().x - whole / 2.0;
            let between = from.right() + space::M..=end.right() - width - space::M - whole;
            if !between.contains(&left) {
                return;
            }
        }
        for (tone, word) in words {
            paint_sign(painter, tokens, pos2(left + 4.0, line.center().y), tone);
            let place = Rect::from_min_max(pos2(left + 12.0, line.top()), line.max);
            left = text::paint(painter, place, Align::Min, word, &ink, Cut::Never).right() + space::M;
        }
    }
}

/// Round for what held, a rhombus for what did not: colour never speaks alone.
fn paint_sign(painter: &Painter, tokens: &Tokens, at: Pos2, tone: Tone) {
    let (colour, ring) = (tokens.tone(tone), Stroke::new(1.0, tokens.surface));
    if tone == Tone::Good {
        painter.circle(at, 3.5, colour, ring);
    } else {
        let corners = [vec2(0.0, -5.0), vec2(5.0, 0.0), vec2(0.0, 5.0), vec2(-5.0, 0.0)];
        painter.add(Shape::convex_polygon(corners.map(|corner| at + corner).into(), colour, ring));
    }
}

/// Columns of one width from the left, of the ranges from `first` on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Columns {
    first: usize,
    count: usize,
    left: f32,
    width: f32,
}

impl Columns {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small count of columns on the screen"
    )]
    fn of(ranges: usize, plot: Rect) -> Self {
        let room = (plot.width() / NARROWEST).max(1.0) as usize;
        let count = ranges.min(room);
        let width = (plot.width() / count.max(1) as f32).min(WIDEST).floor();
        Self { first: ranges - count, count, left: plot.left(), width }
    }

    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    fn rect(&self, index: usize, plot: Rect) -> Rect {
        let left = self.left + self.width * index.saturating_sub(self.first) as f32;
        Rect::from_min_max(pos2(left, plot.top()), pos2(left + self.width, plot.bottom()))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count of columns")]
    fn at(&self, x: f32) -> Option<usize> {
        if x < self.left || self.width <= 0.0 {
            return None;
        }
        let column = ((x - self.left) / self.width) as usize;
        (column < self.count).then_some(self.first + column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_lies_between_its_ends_or_on_them() {
        let range = |came| PastRange { label: String::new(), low: -5.0, high: 10.0, came };
        assert!([-5.0, 0.0, 10.0].map(range).iter().all(PastRange::held));
        assert!(![-5.1, 10.1, f64::NAN].map(range).iter().any(PastRange::held));
    }

    #[test]
    fn the_latest_ranges_are_shown_where_not_all_have_room() {
        let plot = Rect::from_min_size(pos2(10.0, 0.0), vec2(90.0, 40.0));
        let columns = Columns::of(26, plot);
        assert_eq!((columns.first, columns.count, columns.width), (16, 10, 9.0));
        for index in 16..26 {
            assert_eq!(columns.at(columns.rect(index, plot).center().x), Some(index));
        }
        assert_eq!([9.0, 101.0].map(|x| columns.at(x)), [None, None]);
        assert_eq!(Columns::of(3, plot), Columns { first: 0, count: 3, left: 10.0, width: WIDEST });
    }
}
