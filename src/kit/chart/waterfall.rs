//! How one total became another: a row for each term, its bar beginning where the one before it ended.

use egui::{
    Align, Color32, Painter, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::ChartResponse;
use super::axis::crisp;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};

/// What a step does to the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Its value is the level: at the start, at the end, or a sum in between.
    Total,
    /// Its value is added to the level.
    Change,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// A few words about it, on a line of their own; may be empty.
    pub note: String,
    /// How much.
    pub value: f64,
    /// The figure as it is to be written, with its sign.
    pub figure: String,
    /// Whether it is the level or changes it.
    pub kind: StepKind,
}

impl Step {
    fn height(&self) -> f32 {
        if self.note.is_empty() { height::DENSE } else { height::DENSE + 8.0 }
    }
}

/// A waterfall, to be shown with [`Waterfall::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct Waterfall<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// The start, its changes, the end.
    pub steps: &'a [Step],
    /// The row under the cursor of the keyboard.
    pub cursor: Option<usize>,
}

/// What happened to a waterfall.
#[derive(Debug, Clone)]
pub struct WaterfallResponse {
    /// The chart.
    pub chart: ChartResponse,
    /// The row under the cursor, which alone takes the keyboard.
    pub at_cursor: Option<Response>,
}

const BAR: f32 = 14.0;
/// Notes leave at least this width to the bars.
const TRACK_AT_LEAST: f32 = 72.0;
/// A bar is never thinner: what is next to nothing is still there.
const HAIRLINE: f32 = 2.0;
/// Where totals dwarf the changes, their bars are broken: from this part of the largest total down.
const BROKEN_BELOW: f64 = 0.25;

/// Between which levels the rows are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
    /// The level at which the bars of totals begin: zero, or an end of a scale that doesn't reach it.
    base: f64,
}

impl Scale {
    fn is_broken(self) -> bool {
        self.base != 0.0
    }

    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    fn x_of(self, level: f64, track: Rangef) -> f32 {
        let part = (level - self.low) / (self.high - self.low);
        (track.min + part.clamp(0.0, 1.0) as f32 * track.span()).round()
    }
}

/// The columns of all rows.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: Rangef,
    track: Rangef,
}

impl Waterfall<'_> {
    /// Shows a row for each step over the whole width. `hovered` is the row under the pointer, or else the one that has the
    /// keyboard.
    pub fn show(self, ui: &mut Ui) -> WaterfallResponse {
        let size = vec2(ui.available_width(), self.steps.iter().map(Step::height).sum());
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.says));
        let spans = spans(self.steps);
        let scale = scale(self.steps, &spans);
        let columns = self.columns(ui.painter(), Tokens::of(ui), rect);
        let (mut hovered, mut focused, mut clicked, mut at_cursor) = (None, None, None, None);
        let mut top = rect.top();
        for (index, step) in self.steps.iter().enumerate() {
            let row = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), step.height()));
            top = row.bottom();
            // The stop of the keyboard goes with the cursor; the other rows are reached by it.
            let answer = if self.cursor == Some(index) {
                ui.interact(row, response.id.with("cursor"), Sense::click())
            } else {
                ui.interact(row, response.id.with(("step", index)), Sense::CLICK)
            };
            answer.widget_info(|| {
                let note = if step.note.is_empty() { String::new() } else { format!(", {}", step.note) };
                let says = format!("{}: {}{note}", step.label, step.figure);
                WidgetInfo::selected(Role::ListItem, true, self.cursor == Some(index), says)
            });
            hovered = answer.hovered().then_some(index).or(hovered);
            focused = answer.has_focus().then_some(index).or(focused);
            clicked = answer.clicked().then_some(index).or(clicked);
            if self.cursor == Some(index) {
                at_cursor = Some(answer.clone());
            }
            if !ui.is_rect_visible(row) {
                continue;
            }
            let (painter, tokens) = (ui.painter(), Tokens::of(ui));
            if self.cursor == Some(index) && answer.has_focus() {
                painter.rect_filled(row, 4, tokens.selected);
            } else if answer.hovered() {
                painter.rect_filled(row, 4, tokens.raised);
            }
            paint_words(painter, tokens, row, columns, step);
            if answer.has_focus() {
                crate::kit::widgets::focus_ring(ui, row, 4);
            }
        }
        if columns.track.span() > 0.0 && ui.is_rect_visible(rect) {
            self.paint_bars(ui.painter(), Tokens::of(ui), rect, columns.track, scale, &spans);
        }
        let chart = ChartResponse { response, hovered: hovered.or(focused), clicked };
        WaterfallResponse { chart, at_cursor }
    }

    /// Names and notes take what they need as long as most bars can still be told apart, figures what they need, bars the
    /// rest if it is worth it.
    fn columns(self, painter: &Painter, tokens: &Tokens, rect: Rect) -> Columns {
        let widest = |words: &dyn Fn(&Step) -> (&str, Ink)| {
            let widths = self.steps.iter().map(|step| {
                let (words, ink) = words(step);
                text::width(painter, words, &ink)
            });
            widths.fold(0.0, f32::max).ceil()
        };
        let inside = rect.shrink2(vec2(space::XS, 0.0));
        let figures = inside.right() - widest(&|step| (&step.figure, ink(tokens, step)));
        let labels = widest(&|step| (&step.label, ink(tokens, step))).min(inside.width() * 0.45);
        // A reason is worth more than a longer bar.
        let notes = widest(&|step| (&step.note, note_ink(tokens)));
        let room = figures - inside.left() - 2.0 * space::M - TRACK_AT_LEAST;
        let names = labels.max(notes.min(room));
        let name = Rangef::new(inside.left(), inside.left() + names);
        let track = Rangef::new(name.max + space::M, figures - space::M);
        if track.span() < 40.0 {
            let all = Rangef::new(inside.left(), (figures - space::S).max(inside.left()));
            return Columns { name: all, track: Rangef::new(all.max, all.max) };
        }
        Columns { name, track }
    }

    fn paint_bars(
        self,
        painter: &Painter,
        tokens: &Tokens,
        rect: Rect,
        track: Rangef,
        scale: Scale,
        spans: &[(f64, f64)],
    ) {
        let line = Stroke::new(1.0, tokens.edge);
        let levels_both_sides = scale.low < 0.0 && scale.high > 0.0;
        if levels_both_sides {
            painter.vline(
                crisp(painter, scale.x_of(0.0, track)),
                rect.y_range(),
                Stroke::new(1.0, tokens.hairline),
            );
        }
        let mut top = rect.top();
        for (index, (step, (from, to))) in self.steps.iter().zip(spans).enumerate() {
            let middle = top + step.height() / 2.0;
            let total = step.kind == StepKind::Total;
            let from = if total { scale.base } else { *from };
            let (start, end) = (scale.x_of(from, track), scale.x_of(*to, track));
            let bar = bar(start, end, middle);
            painter.rect_filled(bar, 1, colour(tokens, step));
            if total && scale.is_broken() {
                paint_break(painter, tokens, bar, start < end);
            }
            top += step.height();
            if let Some(next) = self.steps.get(index + 1) {
                let gap = middle + BAR / 2.0..=top + (next.height() - BAR) / 2.0;
                painter.vline(crisp(painter, end.clamp(track.min, track.max - 1.0)), gap, line);
            }
        }
    }
}

/// A bar from one place to another, at least a hairline wide and never outside of both.
fn bar(start: f32, end: f32, middle: f32) -> Rect {
    let lack = (HAIRLINE - (end - start).abs()).max(0.0) / 2.0;
    let (left, right) = (start.min(end) - lack, start.max(end) + lack);
    Rect::from_min_max(pos2(left, middle - BAR / 2.0), pos2(right, middle + BAR / 2.0))
}

/// Two slanted cuts near the beginning of a bar: it is longer than it is drawn.
fn paint_break(painter: &Painter, tokens: &Tokens, bar: Rect, rightwards: bool) {
    let x = if rightwards { bar.left() + 8.0 } else { bar.right() - 8.0 };
    for x in [x, x + 4.0] {
        let cut = [pos2(x - 2.0, bar.bottom() + 1.0), pos2(x + 2.0, bar.top() - 1.0)];
        painter.line_segment(cut, Stroke::new(2.0, tokens.surface));
    }
}

fn ink(tokens: &Tokens, step: &Step) -> Ink {
    match step.kind {
        StepKind::Total => Ink::body(tokens).medium(),
        StepKind::Change => Ink::body(tokens),
    }
}

fn note_ink(tokens: &Tokens) -> Ink {
    Ink::new(size::CAPTION, tokens.tertiary)
}

fn colour(tokens: &Tokens, step: &Step) -> Color32 {
    match step.kind {
        StepKind::Total => tokens.edge,
        StepKind::Change if step.value < 0.0 => tokens.risk,
        StepKind::Change if step.value > 0.0 => tokens.accent,
        StepKind::Change => tokens.edge,
    }
}

fn paint_words(painter: &Painter, tokens: &Tokens, row: Rect, columns: Columns, step: &Step) {
    let inside = row.shrink2(vec2(space::XS, 0.0));
    let ink = ink(tokens, step);
    text::paint(painter, inside, Align::Max, &step.figure, &ink, Cut::Never);
    let name = Rect::from_x_y_ranges(columns.name, row.y_range());
    if step.note.is_empty() {
        text::paint(painter, name, Align::Min, &step.label, &ink, Cut::Middle);
        return;
    }
    let upper = name.with_max_y(row.center().y);
    text::paint(painter, upper.translate(vec2(0.0, 1.0)), Align::Min, &step.label, &ink, Cut::Middle);
    let lower = name.with_min_y(row.center().y).translate(vec2(0.0, -2.0));
    text::paint(painter, lower, Align::Min, &step.note, &note_ink(tokens), Cut::End);
}

/// The levels before and after each step. A value that is not finite changes nothing.
fn spans(steps: &[Step]) -> Vec<(f64, f64)> {
    let mut level = 0.0;
    let mut spans = Vec::with_capacity(steps.len());
    for step in steps {
        let value = if step.value.is_finite() { step.value } else { 0.0 };
        let before = if step.kind == StepKind::Total { 0.0 } else { level };
        level = before + value;
        spans.push((before, level));
    }
    spans
}

/// From zero to the largest level; where that would make hairlines of all changes, only around the levels.
fn scale(steps: &[Step], spans: &[(f64, f64)]) -> Scale {
    let levels = || spans.iter().map(|(_, level)| *level);
    let (low, high) = (levels().fold(f64::INFINITY, f64::min), levels().fold(f64::NEG_INFINITY, f64::max));
    let change = high - low;
    let changes = steps.iter().any(|step| step.kind == StepKind::Change);
    let far = low.abs().max(high.abs());
    if changes && low * high > 0.0 && change > 0.0 && change < BROKEN_BELOW * far {
        let room = change * 0.3;
        let (low, high, base) =
            if low > 0.0 { (low - room, high, low - room) } else { (low, high + room, high + room) };
        return Scale { low, high, base };
    }
    let (low, high) = (low.min(0.0), high.max(0.0));
    Scale { low, high: if high > low { high } else { low + 1.0 }, base: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(kind: StepKind, value: f64) -> Step {
        Step { label: "a".into(), note: String::new(), value, figure: "b".into(), kind }
    }

    fn steps(start: f64, changes: &[f64]) -> Vec<Step> {
        let mut steps = vec![step(StepKind::Total, start)];
        steps.extend(changes.iter().map(|value| step(StepKind::Change, *value)));
        steps.push(step(StepKind::Total, start + changes.iter().sum::<f64>()));
        steps
    }

    #[test]
    fn every_change_begins_where_the_one_before_it_ended() {
        let spans = spans(&steps(1000.0, &[250.0, -400.0, 0.0]));
        let expected = [(0.0, 1000.0), (1000.0, 1250.0), (1250.0, 850.0), (850.0, 850.0), (0.0, 850.0)];
        assert_eq!(spans, expected);
    }

    #[test]
    fn the_scale_holds_every_level_and_zero_unless_changes_would_be_lost() {
        let of = |start, changes: &[f64]| {
            let steps = steps(start, changes);
            scale(&steps, &spans(&steps))
        };
        assert_eq!(of(1000.0, &[250.0, -400.0]), Scale { low: 0.0, high: 1250.0, base: 0.0 });
        assert_eq!(of(100.0, &[-300.0]), Scale { low: -200.0, high: 100.0, base: 0.0 });
        assert_eq!(of(10_000.0, &[100.0]), Scale { low: 9970.0, high: 10_100.0, base: 9970.0 });
        assert_eq!(of(-10_000.0, &[-100.0]), Scale { low: -10_100.0, high: -9970.0, base: -9970.0 });
        assert_eq!(of(0.0, &[]), Scale { low: 0.0, high: 1.0, base: 0.0 });
        assert_eq!(of(500.0, &[0.0]), Scale { low: 0.0, high: 500.0, base: 0.0 });
    }

    #[test]
    fn no_bar_is_thinner_than_a_hairline() {
        let ends = |start, end| (bar(start, end, 10.0).left(), bar(start, end, 10.0).right());
        assert_eq!(ends(50.0, 50.0), (49.0, 51.0));
        assert_eq!(ends(50.0, 49.0), (48.5, 50.5));
        assert_eq!(ends(50.0, 20.0), (20.0, 50.0));
    }
}
