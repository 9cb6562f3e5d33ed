//! Parts of a whole stacked on each other: along a bar, and month by month. Each part has a pattern of its own, so that none
//! is told from its neighbour by colour alone.

use egui::{Painter, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::axis::{self, LABELS, Ticks};
use super::{ChartResponse, canvas};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};

/// So many parts have a pattern of their own; any further one looks like the last.
pub const PATTERNS: usize = 6;

/// Paints a place in the pattern of a part, by its position in the stack.
pub fn paint_pattern(painter: &Painter, tokens: &Tokens, rect: Rect, part: usize) {
    let hatch = |colour| axis::paint_hatch(painter, rect, Stroke::new(1.0, colour));
    let edge = |colour| painter.rect_stroke(rect, 0, Stroke::new(1.0, colour), StrokeKind::Inside);
    match part {
        0 => drop(painter.rect_filled(rect, 0, tokens.accent)),
        1 => {
            painter.rect_filled(rect, 0, tokens.fan_inner());
            hatch(tokens.accent);
        }
        2 => drop(painter.rect_filled(rect, 0, tokens.edge)),
        3 => {
            painter.rect_filled(rect, 0, tokens.strong);
            hatch(tokens.edge);
        }
        4 => {
            painter.rect_filled(rect, 0, tokens.fan_inner());
            edge(tokens.accent);
        }
        _ => {
            painter.rect_filled(rect, 0, tokens.raised);
            edge(tokens.edge);
        }
    }
}

/// Paints parts along a bar. The whole bar is `whole`; a mark stands at `mark`, if it lies on the bar.
pub fn paint_stack(
    painter: &Painter,
    tokens: &Tokens,
    rect: Rect,
    parts: &[f64],
    whole: f64,
    mark: Option<f64>,
) {
    let whole = whole.max(parts.iter().map(|part| part.max(0.0)).sum());
    if !whole.is_finite() || whole <= 0.0 {
        painter.rect_filled(rect, 2, tokens.strong);
        return;
    }
    painter.rect_filled(rect, 2, tokens.strong);
    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    let x_of = |value: f64| (rect.left() + (value / whole).clamp(0.0, 1.0) as f32 * rect.width()).round();
    let mut from = 0.0;
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| **part > 0.0) {
        let (left, right) = (x_of(from), x_of(from + part));
        // A gap of one point parts neighbours.
        let piece =
            Rect::from_min_max(pos2(left, rect.top()), pos2((right - 1.0).max(left + 1.0), rect.bottom()));
        paint_pattern(painter, tokens, piece, index);
        from += part;
    }
    if let Some(mark) = mark.filter(|mark| (0.0..=whole).contains(mark)) {
        let x = axis::crisp(painter, x_of(mark).clamp(rect.left() + 1.0, rect.right() - 1.0));
        painter.vline(x, rect.top() - 3.0..=rect.bottom() + 3.0, Stroke::new(2.0, tokens.text));
    }
}

/// One month of a [`MonthStacks`] chart.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthStack {
    /// The short name: `Mar`.
    pub label: String,
    /// The year, drawn below the first month that has one.
    pub year: Option<String>,
    /// The parts from the bottom up; those below zero are left out.
    pub parts: Vec<f64>,
    /// What the tooltip says: the figures in full.
    pub tooltip: String,
}

/// A stack for each month, to be shown with [`MonthStacks::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct MonthStacks<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// The months, oldest first.
    pub months: &'a [MonthStack],
    /// A level to draw across, and what it is.
    pub line: Option<(f64, &'a str)>,
}

const LEGEND: f32 = 26.0;
const BELOW: f32 = 36.0;
/// Widest bar in points.
const BAR: f32 = 26.0;

impl MonthStacks<'_> {
    /// Shows it over the whole width, `height` points high.
    pub fn show(self, ui: &mut Ui, height: f32) -> ChartResponse {
        let tokens = Tokens::of(ui);
        let (rect, response) = canvas(ui, height, self.says);
        let legend = if self.line.is_some() { LEGEND } else { space::S };
        let plot = Rect::from_min_max(
            pos2(rect.left() + LABELS, rect.top() + legend),
            pos2(rect.right(), rect.bottom() - BELOW),
        );
        let hovered = response.hover_pos().and_then(|at| self.month_at(plot, at.x));
        let clicked = response.clicked().then_some(hovered).flatten();
        if ui.is_rect_visible(rect) && plot.height() > 0.0 {
            self.paint(ui.painter(), tokens, plot, hovered);
        }
        if response.has_focus() {
            crate::kit::widgets::focus_ring(ui, rect, 4);
        }
        let shown = ChartResponse { response, hovered, clicked };
        if let Some(month) = hovered.and_then(|index| self.months.get(index)) {
            shown.hover_text(ui, &month.tooltip);
        }
        shown
    }

    fn paint(self, painter: &Painter, tokens: &Tokens, plot: Rect, hovered: Option<usize>) {
        let sum = |month: &MonthStack| month.parts.iter().map(|part| part.max(0.0)).sum::<f64>();
        let high = self.months.iter().map(sum).fold(0.0, f64::max);
        let high = high.max(self.line.map_or(0.0, |(level, _)| level));
        let ticks = axis::ticks(0.0, high, axis::steps_for(plot.height()));
        if let Some(index) = hovered {
            painter.rect_filled(self.column(plot, index), 0, tokens.raised);
        }
        axis::paint_grid(painter, tokens, plot, &ticks);
        for (index, month) in self.months.iter().enumerate() {
            self.paint_month(painter, tokens, plot, &ticks, index, month);
        }
        if let Some((level, name)) = self.line {
            let y = axis::crisp(painter, axis::y_of(level, &ticks, plot.y_range()));
            painter.hline(plot.x_range(), y, Stroke::new(1.5, tokens.text));
            // What the line is stands over the plot: on it, bars would hide it.
            let place = Rect::from_min_max(pos2(plot.left(), plot.top() - LEGEND), plot.right_top());
            let middle = axis::crisp(painter, place.center().y - 2.0);
            painter.hline(place.left()..=place.left() + 16.0, middle, Stroke::new(1.5, tokens.text));
            let words = place.with_min_x(place.left() + 22.0).with_max_y(place.bottom() - 4.0);
            let ink = Ink::new(size::SMALL, tokens.secondary);
            text::paint(painter, words, egui::Align::Min, name, &ink, Cut::End);
        }
    }

    fn paint_month(
        self,
        painter: &Painter,
        tokens: &Tokens,
        plot: Rect,
        ticks: &Ticks,
        index: usize,
        month: &MonthStack,
    ) {
        let column = self.column(plot, index);
        let width = (column.width() - 6.0).clamp(2.0, BAR).round();
        let left = (column.center().x - width / 2.0).round();
        let mut from = 0.0;
        for (at, part) in month.parts.iter().enumerate().filter(|(_, part)| **part > 0.0) {
            let y = |value: f64| axis::y_of(value, ticks, plot.y_range()).round();
            let bar = Rect::from_two_pos(pos2(left, y(from)), pos2(left + width, y(from + part)));
            if bar.height() >= 1.0 {
                paint_pattern(painter, tokens, bar.with_min_y((bar.top() + 1.0).min(bar.bottom() - 1.0)), at);
            }
            from += part;
        }
        let ink = Ink::caption(tokens);
        if index.is_multiple_of(label_every(column.width())) {
            axis::paint_below(painter, plot, column.center().x, &month.label, &ink);
        }
        if let Some(year) = &month.year {
            let place =
                Rect::from_center_size(pos2(column.center().x, plot.bottom() + 27.0), vec2(40.0, 14.0));
            let ink = ink.medium().colour(tokens.secondary);
            text::paint(painter, place, egui::Align::Center, year, &ink, Cut::Never);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    fn column(self, plot: Rect, index: usize) -> Rect {
        let width = plot.width() / self.months.len().max(1) as f32;
        let left = plot.left() + width * index as f32;
        Rect::from_min_max(pos2(left.round(), plot.top()), pos2((left + width).round(), plot.bottom()))
    }

    fn month_at(self, plot: Rect, x: f32) -> Option<usize> {
        (0..self.months.len()).find(|index| self.column(plot, *index).x_range().contains(x))
    }
}

/// Labels stand at every month, every second, third and so on, as there is room.
fn label_every(width: f32) -> usize {
    const LABEL: f32 = 26.0;
    let every = [1, 2, 3, 4, 6, 12].into_iter().find(|every: &u8| f32::from(*every) * width >= LABEL);
    every.map_or(12, usize::from)
}
