//! Two bars a month: what came in, what went out.

use egui::{Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::ChartResponse;
use super::axis::{self, LABELS, Ticks};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};

/// One month of a [`MonthBars`] chart. Both amounts are zero or more; a negative one is drawn below the line.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthFlow {
    /// The short name: `Mar`.
    pub label: String,
    /// The year, drawn below the first month that has one.
    pub year: Option<String>,
    /// What came in.
    pub inflow: f64,
    /// What went out.
    pub outflow: f64,
    /// Whether this is yet to come: drawn as an outline with hatching.
    pub forecast: bool,
    /// What the tooltip says: the figures in full.
    pub tooltip: String,
}

/// A chart of months, to be shown with [`MonthBars::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct MonthBars<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// The months, oldest first.
    pub months: &'a [MonthFlow],
    /// The month under the cursor of the keyboard.
    pub cursor: Option<usize>,
}

/// One of the two bars of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// What came in.
    In,
    /// What went out.
    Out,
}

/// What happened to the bars.
#[derive(Debug, Clone)]
pub struct MonthBarsResponse {
    /// The chart. Its `clicked` is the month.
    pub chart: ChartResponse,
    /// Which of the two bars of that month.
    pub bar: Bar,
    /// The bars of the month under the cursor, each of which takes the keyboard.
    pub stops: Vec<(Bar, Response)>,
}

const LEGEND: f32 = 24.0;
const BELOW: f32 = 36.0;

impl MonthBars<'_> {
    /// Shows it over the whole width, `height` points high.
    pub fn show(self, ui: &mut Ui, height: f32) -> MonthBarsResponse {
        let tokens = Tokens::of(ui);
        // The chart as a whole takes no keyboard: its bars do.
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.says));
        let plot = Rect::from_min_max(
            pos2(rect.left() + LABELS, rect.top() + LEGEND + space::S),
            pos2(rect.right(), rect.bottom() - BELOW),
        );
        let stops = self.stops(ui, plot, &response);
        let over = response.contains_pointer() || stops.iter().any(|(_, stop)| stop.contains_pointer());
        let pointer = response.ctx.pointer_hover_pos().filter(|_| over);
        let hovered = pointer.and_then(|at| self.month_at(plot, at.x));
        let clicked = response.clicked().then_some(hovered).flatten();
        let half = pointer.zip(hovered).map(|(at, index)| at.x < self.column(plot, index).center().x);
        let focused = stops.iter().find(|(_, stop)| stop.has_focus()).map(|(_, stop)| stop.rect);
        if ui.is_rect_visible(rect) && plot.height() > 0.0 {
            self.paint(ui.painter(), tokens, rect, plot, (hovered, focused.is_some()));
            if let Some(place) = focused {
                crate::kit::widgets::focus_ring(ui, place, 2);
            }
        }
        let chart = ChartResponse { response, hovered, clicked };
        let tells = stops.iter().all(|(_, stop)| !stop.has_focus() || !stop.hovered());
        if let Some(month) = hovered.filter(|_| tells).and_then(|index| self.months.get(index)) {
            chart.hover_text(ui, &month.tooltip);
        }
        MonthBarsResponse { chart, bar: if half == Some(false) { Bar::Out } else { Bar::In }, stops }
    }

    /// The halves of the column under the cursor: two stops for the keyboard, however many months there are.
    fn stops(self, ui: &Ui, plot: Rect, chart: &Response) -> Vec<(Bar, Response)> {
        let Some(index) = self.cursor.filter(|index| *index < self.months.len()) else { return Vec::new() };
        let column = self.column(plot, index);
        let (left, right) = column.split_left_right_at_x(column.center().x.round());
        let stop = |bar: Bar, place: Rect, name: &str| {
            let stop = ui.interact(place, chart.id.with(name), Sense::click());
            stop.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            (bar, stop)
        };
        vec![stop(Bar::In, left, "In"), stop(Bar::Out, right, "Out")]
    }

    fn paint(
        self,
        painter: &Painter,
        tokens: &Tokens,
        rect: Rect,
        plot: Rect,
        (hovered, focused): (Option<usize>, bool),
    ) {
        let values = || self.months.iter().flat_map(|month| [month.inflow, month.outflow]);
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let ticks = axis::ticks(low, high, axis::steps_for(plot.height()));
        let cursor = self.cursor.filter(|_| focused);
        for (index, colour) in [(cursor, tokens.selected), (hovered, tokens.raised)] {
            if let Some(index) = index.filter(|index| *index < self.months.len()) {
                painter.rect_filled(self.column(plot, index), 0, colour);
            }
        }
        axis::paint_grid(painter, tokens, plot, &ticks);
        for (index, month) in self.months.iter().enumerate() {
            self.paint_month(painter, tokens, plot, &ticks, index, month);
        }
        let forecast = self.months.iter().any(|month| month.forecast);
        paint_legend(painter, tokens, rect, forecast);
    }

    fn paint_month(
        self,
        painter: &Painter,
        tokens: &Tokens,
        plot: Rect,
        ticks: &Ticks,
        index: usize,
        month: &MonthFlow,
    ) {
        let column = self.column(plot, index);
        let width = ((column.width() - 2.0 * 3.0) / 2.0 - 1.0).clamp(2.0, 18.0).round();
        let middle = column.center().x.round();
        let zero = axis::y_of(0.0, ticks, plot.y_range()).round();
        for (value, left, colour) in
            [(month.inflow, middle - width - 1.0, tokens.accent), (month.outflow, middle + 1.0, tokens.edge)]
        {
            let y = axis::y_of(value, ticks, plot.y_range()).round();
            let bar = Rect::from_two_pos(pos2(left, zero), pos2(left + width, y));
            paint_bar(painter, bar, colour, month.forecast);
        }
        let every = Self::label_every(column.width());
        let ink = Ink::caption(tokens);
        if index.is_multiple_of(every) {
            axis::paint_below(painter, plot, middle, &month.label, &ink);
        }
        if let Some(year) = month.year.as_ref().filter(|_| self.has_room_for_year(index, column.width())) {
            let place = Rect::from_center_size(pos2(middle, plot.bottom() + 27.0), vec2(40.0, 14.0));
            text::paint(
                painter,
                place,
                egui::Align::Center,
                year,
                &ink.medium().colour(tokens.secondary),
                Cut::Never,
            );
        }
    }

    /// A year is left out where the next one would touch it.
    fn has_room_for_year(self, index: usize, width: f32) -> bool {
        const YEAR: f32 = 44.0;
        let next = self.months.iter().skip(index + 1).position(|month| month.year.is_some());
        #[expect(clippy::cast_precision_loss, reason = "a number of months on the screen")]
        next.is_none_or(|months| (months + 1) as f32 * width >= YEAR)
    }

    /// Labels stand at every month, every second, third and so on, as there is room.
    fn label_every(width: f32) -> usize {
        const LABEL: f32 = 26.0;
        [1, 2, 3, 4, 6, 12]
            .into_iter()
            .find(|every: &u8| f32::from(*every) * width >= LABEL)
            .map_or(12, usize::from)
    }

    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    fn column(self, plot: Rect, index: usize) -> Rect {
        let width = plot.width() / self.months.len().max(1) as f32;
        let left = plot.left() + width * index as f32;
        Rect::from_min_max(pos2(left.round(), plot.top()), pos2((left + width).round(), plot.bottom()))
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a position on the screen"
    )]
    #[expect(clippy::cast_sign_loss, reason = "the position is inside the plot")]
    fn month_at(self, plot: Rect, x: f32) -> Option<usize> {
        if self.months.is_empty() || !plot.x_range().contains(x) {
            return None;
        }
        let index = ((x - plot.left()) / plot.width() * self.months.len() as f32) as usize;
        Some(index.min(self.months.len() - 1))
    }
}

fn paint_bar(painter: &Painter, bar: Rect, colour: egui::Color32, forecast: bool) {
    if bar.height() < 0.5 {
        return;
    }
    if forecast {
        axis::paint_hatch(painter, bar, Stroke::new(1.0, colour.gamma_multiply(0.6)));
        painter.rect_stroke(bar, 0, Stroke::new(1.0, colour), StrokeKind::Inside);
    } else {
        painter.rect_filled(bar, 0, colour);
    }
}

fn paint_legend(painter: &Painter, tokens: &Tokens, rect: Rect, forecast: bool) {
    let ink = Ink::new(size::SMALL, tokens.secondary);
    let mut x = rect.left() + LABELS;
    let entries = [
        ("In", tokens.accent, false, true),
        ("Out", tokens.edge, false, true),
        ("Forecast", tokens.secondary, true, forecast),
    ];
    for (word, colour, hatched, shown) in entries {
        if !shown {
            continue;
        }
        let swatch = Rect::from_min_size(pos2(x, rect.top() + (LEGEND - 10.0) / 2.0), vec2(10.0, 10.0));
        paint_bar(painter, swatch, colour, hatched);
        let place = Rect::from_min_size(pos2(x + 16.0, rect.top()), vec2(80.0, LEGEND));
        let taken = text::paint(painter, place, egui::Align::Min, word, &ink, Cut::Never);
        x = taken.right() + space::L;
    }
}
