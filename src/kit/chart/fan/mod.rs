//! Where a balance has been and where it may run: a line up to today, and from there bands that open like a fan.

mod lines;
mod marks;

use egui::{Align, Color32, Painter, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use self::lines::{Lines, Place};
use self::marks::{paint_legend, paint_mark};
use super::axis;
use super::days::{self, Days};
use super::label::Labels;
use super::path::{self, Slice};
use super::threshold::{Threshold, paint_threshold};
use super::{ChartResponse, canvas};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};

/// Where the value may be on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The day: any number that grows by one a day.
    pub day: f64,
    /// So much or less in 2.5, 10, 25, 50, 75, 90 and 97.5 % of all cases.
    pub quantiles: [f64; 7],
}

/// A line of the fan that can be picked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quantile {
    /// One in ten is lower.
    P10,
    /// Half are lower: the median.
    #[default]
    P50,
    /// Nine in ten are lower.
    P90,
}

/// A second fan, drawn as an outline over the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared<'a> {
    /// Day by day, in order.
    pub ahead: &'a [Spread],
    /// What stands at its end: `what if`.
    pub label: &'a str,
}

/// A point worth naming, such as the lowest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark<'a> {
    /// Its day.
    pub day: f64,
    /// Its height.
    pub value: f64,
    /// What it is called: `lowest 18 Apr`.
    pub label: &'a str,
    /// Whether it belongs to the second fan.
    pub compared: bool,
}

/// The day under the cursor of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayCursor<'a> {
    /// The day.
    pub day: f64,
    /// What it is called: `Tue 24 Nov`.
    pub label: &'a str,
}

/// A fan chart, to be shown with [`Fan::show`]. Values that are not finite are left out.
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct Fan<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// (day, value) in order of days: each value holds until the next one, the last until today. May be empty.
    pub past: &'a [(f64, f64)],
    /// The day that parts what was from what may be.
    pub today: f64,
    /// What that day is called at the divider: `today`, or its date while an earlier day is looked at.
    pub now: &'a str,
    /// The days ahead, in order; the fan opens from the last value of the past. May be empty.
    pub ahead: &'a [Spread],
    /// A second fan beside it.
    pub compared: Option<Compared<'a>>,
    /// The line that is picked out, and what stands at its end: `P10`.
    pub quantile: Option<(Quantile, &'a str)>,
    /// A level to draw across.
    pub threshold: Option<Threshold<'a>>,
    /// Points to name.
    pub marks: &'a [Mark<'a>],
    /// The day under the cursor.
    pub cursor: Option<DayCursor<'a>>,
    /// Labels under the axis, in order of days.
    pub days: &'a [(f64, String)],
}

const ABOVE: f32 = 22.0;
const BELOW: f32 = 24.0;
/// Height of a label.
const LABEL: f32 = 16.0;
const MEDIAN: usize = 3;

impl Quantile {
    fn index(self) -> usize {
        match self {
            Self::P10 => 1,
            Self::P50 => MEDIAN,
            Self::P90 => 5,
        }
    }
}

impl Fan<'_> {
    /// Shows it over the whole width, `height` points high. `hovered` and `clicked` count days from the first one of the
    /// axis; [`Fan::day`] gives the day itself.
    pub fn show(self, ui: &mut Ui, height: f32) -> ChartResponse {
        let tokens = Tokens::of(ui);
        let (rect, response) = canvas(ui, height, self.says);
        let place = self.place(ui.painter(), tokens, rect);
        let pointer = response.hover_pos().filter(|at| place.plot.y_range().expand(BELOW).contains(at.y));
        let hovered = pointer.and_then(|at| place.days.index_at(at.x));
        let clicked = response.clicked().then_some(hovered).flatten();
        if ui.is_rect_visible(rect) && place.plot.is_positive() {
            self.paint(ui.painter(), tokens, rect, &place, hovered);
            if response.has_focus() {
                crate::kit::widgets::focus_ring(ui, rect, 4);
            }
        }
        ChartResponse { response, hovered, clicked }
    }

    /// The day that `hovered` or `clicked` of the answer means.
    #[must_use]
    pub fn day(&self, index: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a number of days on the screen")]
        let offset = index as f64;
        self.span(Rangef::new(0.0, 1.0)).from + offset
    }

    fn span(&self, across: Rangef) -> Days {
        let compared = self.compared.map_or(&[] as &[Spread], |compared| compared.ahead);
        let ahead = self.ahead.iter().chain(compared).map(|spread| spread.day);
        Days::holding(self.past.iter().map(|(day, _)| *day).chain([self.today]).chain(ahead), across)
    }

    fn place(&self, painter: &Painter, tokens: &Tokens, rect: Rect) -> Place {
        let (top, bottom) = (rect.top() + ABOVE, rect.bottom() - BELOW);
        let past = self.past.iter().map(|(_, value)| *value);
        let ahead = self.ahead.iter().flat_map(|spread| spread.quantiles);
        let compared = self.compared.iter().flat_map(|compared| compared.ahead);
        // Of the second fan no more than its outline is drawn.
        let compared = compared.flat_map(|spread| spread.quantiles.into_iter().skip(1).take(5));
        let marks = self.marks.iter().map(|mark| mark.value);
        let threshold = self.threshold.iter().map(|threshold| threshold.value);
        let values = past.chain(ahead).chain(compared).chain(marks).chain(threshold);
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let ticks = axis::ticks(low, high, axis::steps_for(bottom - top));
        let ends = [self.quantile.map(|(_, label)| label), self.compared.map(|compared| compared.label)];
        let ink = end_ink(tokens.text);
        let gutter =
            ends.into_iter().flatten().map(|label| text::width(painter, label, &ink)).fold(0.0, f32::max);
        let gutter = if gutter > 0.0 { gutter.ceil() + space::S } else { space::XS };
        // A long name is cut before it takes the plot's place.
        let gutter = gutter.min(rect.width() * 0.3);
        let left = rect.left() + axis::labels_width(painter, tokens, &ticks);
        let plot = Rect::from_min_max(pos2(left, top), pos2(rect.right() - gutter, bottom));
        Place { plot, days: self.span(plot.x_range()), ticks, pixel: 1.0 / painter.pixels_per_point() }
    }

    fn paint(self, painter: &Painter, tokens: &Tokens, rect: Rect, place: &Place, hovered: Option<usize>) {
        let plot = place.plot;
        let mut labels = Labels::within(plot);
        let lines = Lines::of(&self, place);
        paint_bands(painter, tokens, &lines);
        // Seen on the ground and, more faintly, through the bands.
        axis::paint_grid_in(painter, tokens, plot, &place.ticks, tokens.edge.gamma_multiply(0.25));
        labels.band(lines.bands.first().cloned().unwrap_or_default());
        for line in lines.all() {
            labels.line(line.clone());
        }
        let today = self.paint_today(painter, tokens, place);
        if !lines.bands.is_empty() {
            paint_legend(painter, tokens, rect, plot, today);
        }
        labels.line(vec![
            pos2(place.days.x_of(self.today), plot.top()),
            pos2(place.days.x_of(self.today), plot.bottom()),
        ]);
        for mark in self.marks {
            labels.take(Rect::from_center_size(place.at(mark.day, mark.value), vec2(10.0, 10.0)));
        }
        if let Some(threshold) = self.threshold.filter(|threshold| threshold.value.is_finite()) {
            paint_threshold(painter, tokens, plot, &place.ticks, threshold, &mut labels);
        }
        self.paint_lines(painter, tokens, &lines);
        self.paint_ends(painter, tokens, rect, plot, &lines);
        let cursor = self.paint_cursor(painter, tokens, place);
        days::paint_days(painter, tokens, plot, &place.days, self.days, cursor);
        for mark in self.marks {
            paint_mark(painter, tokens, place, mark, &mut labels);
        }
        if let Some(index) = hovered {
            self.paint_hover(painter, tokens, place, self.day(index));
        }
    }

    /// The divider with its word, and the place of the word.
    fn paint_today(&self, painter: &Painter, tokens: &Tokens, place: &Place) -> Rect {
        let x = axis::crisp(painter, place.days.x_of(self.today));
        painter.vline(x, place.plot.top() - 4.0..=place.plot.bottom(), Stroke::new(1.0, tokens.edge));
        let ink = Ink::caption(tokens).medium().colour(tokens.secondary);
        let half = text::width(painter, self.now, &ink) / 2.0;
        let (first, last) = (place.plot.left() + half, place.plot.right() - half);
        let middle = x.clamp(first, last.max(first));
        let word = Rect::from_center_size(pos2(middle, place.plot.top() - 13.0), vec2(2.0 * half, LABEL));
        text::paint(painter, word, Align::Center, self.now, &ink, Cut::Never)
    }

    fn paint_lines(&self, painter: &Painter, tokens: &Tokens, lines: &Lines) {
        let chosen = self.quantile.map_or(Quantile::P50, |(quantile, _)| quantile);
        let width = if chosen == Quantile::P50 { 2.0 } else { 1.0 };
        dashed(painter, &lines.median, Stroke::new(width, tokens.accent), &[5.0], &[4.0]);
        if chosen != Quantile::P50 {
            dashed(painter, &lines.chosen, Stroke::new(2.0, tokens.accent), &[5.0], &[4.0]);
        }
        if let Some([low, median, high]) = &lines.compared {
            for edge in [low, high] {
                painter.add(Shape::line(edge.clone(), Stroke::new(1.0, tokens.text.gamma_multiply(0.7))));
            }
            dashed(painter, median, Stroke::new(1.5, tokens.text), &[8.0, 2.0], &[3.0, 3.0]);
        }
        painter.add(Shape::line(lines.past.clone(), Stroke::new(2.0, tokens.accent)));
    }

    /// The names of the lines stand beside their ends, out of the bands.
    fn paint_ends(&self, painter: &Painter, tokens: &Tokens, rect: Rect, plot: Rect, lines: &Lines) {
        let chosen =
            self.quantile.and_then(|(_, label)| Some((lines.chosen.last()?.y, label, tokens.accent)));
        let compared = self.compared.zip(lines.compared.as_ref());
        let compared =
            compared.and_then(|(fan, [_, median, _])| Some((median.last()?.y, fan.label, tokens.text)));
        let mut ends: Vec<(f32, &str, Color32)> = [chosen, compared].into_iter().flatten().collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let [(upper, ..), (lower, ..)] = ends.as_mut_slice() {
            // Two that would touch move apart by the same distance.
            let lack = (LABEL - (*lower - *upper)).max(0.0) / 2.0;
            (*upper, *lower) = (*upper - lack, *lower + lack);
        }
        for (y, label, colour) in ends {
            let across = Rangef::new(plot.right() + 6.0, rect.right());
            let place = Rect::from_x_y_ranges(across, y - LABEL / 2.0..=y + LABEL / 2.0);
            text::paint(painter, place, Align::Min, label, &end_ink(colour), Cut::Middle);
        }
    }

    /// The cursor with its day on the axis, and the place of that label.
    fn paint_cursor(&self, painter: &Painter, tokens: &Tokens, place: &Place) -> Option<Rect> {
        let cursor = self.cursor.filter(|cursor| place.days.holds(cursor.day))?;
        let x = axis::crisp(painter, place.days.x_of(cursor.day));
        painter.vline(x, place.plot.y_range(), Stroke::new(1.0, tokens.text));
        let ink = Ink::new(size::CAPTION, tokens.text).medium();
        let words = days::place_below(painter, place.plot.expand2(vec2(4.0, 0.0)), x, cursor.label, &ink);
        let chip = words.expand2(vec2(space::XS, 0.0));
        painter.rect(chip, 4, tokens.strong, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
        text::paint(painter, words, Align::Center, cursor.label, &ink, Cut::Never);
        Some(chip)
    }

    fn paint_hover(&self, painter: &Painter, tokens: &Tokens, place: &Place, day: f64) {
        let x = axis::crisp(painter, place.days.x_of(day));
        painter.vline(x, place.plot.y_range(), Stroke::new(1.0, tokens.edge));
        if let Some(value) = self.value_on(day) {
            painter.circle(place.at(day, value), 4.0, tokens.surface, Stroke::new(2.0, tokens.accent));
        }
    }

    /// What the drawn line says of a day: the past until today, then the line that is picked out.
    fn value_on(&self, day: f64) -> Option<f64> {
        let known = self.past.iter().take_while(|(at, _)| *at <= day).last().map(|(_, value)| *value);
        if day <= self.today {
            return known;
        }
        let index = self.quantile.map_or(MEDIAN, |(quantile, _)| quantile.index());
        let spread = self.ahead.iter().take_while(|spread| spread.day <= day).last();
        spread.map_or(known, |spread| spread.quantiles.get(index).copied()).filter(|value| value.is_finite())
    }
}

fn paint_bands(painter: &Painter, tokens: &Tokens, lines: &Lines) {
    for (band, colour) in lines.bands.iter().zip(tokens.fan) {
        painter.add(Shape::mesh(path::band(band, colour)));
        // A mesh has hard edges; a line along them smooths the slopes.
        for edge in [|slice: &Slice| slice.top, |slice: &Slice| slice.bottom] {
            let edge = band.iter().map(|slice| pos2(slice.x, edge(slice))).collect();
            painter.add(Shape::line(edge, Stroke::new(1.0, colour)));
        }
    }
}

fn dashed(painter: &Painter, line: &[Pos2], stroke: Stroke, dashes: &[f32], gaps: &[f32]) {
    painter.extend(Shape::dashed_line_with_offset(line, stroke, dashes, gaps, 0.0));
}

fn end_ink(colour: Color32) -> Ink {
    Ink::new(size::CAPTION, colour).medium()
}
