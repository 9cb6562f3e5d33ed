//! One expected receipt: a row of two lines, and its strip on the axis of days that all rows have in common.

use chrono::{Months, NaiveDate};
use egui::{Align, Id, Rect, Sense, Ui, pos2};

use super::words;
use crate::domain::{add_days, first_of_month};
use crate::figures::{Cash, Expected};
use crate::kit::chart::{self, TimeAxis};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::kit::widgets::{Cell, TableRow, glyph};
use crate::panels::kind::late_tone;
use crate::state::Shown;

/// The column of the axis.
pub(super) const AXIS: usize = 3;

/// The axis of days, and the days its head names.
pub(super) struct Axis {
    days: TimeAxis,
    labels: Vec<(f64, String)>,
}

impl Axis {
    /// Back as far as anything is late, by the steps of the ageing; on to the last day expected, 90 days at most.
    pub(super) fn of(cash: &Cash) -> Self {
        let ageing = &cash.ageing;
        let back = match () {
            () if ageing.d90_plus.count + ageing.d61_90.count > 0 => 90,
            () if ageing.d31_60.count > 0 => 60,
            () if ageing.d1_30.count > 0 => 30,
            () => 7,
        };
        let horizon = add_days(cash.day, 90);
        let last = cash.expected.last().map_or(horizon, |expected| expected.expected);
        let (from, to) = (add_days(cash.day, -back), last.clamp(add_days(cash.day, 28), horizon));
        let firsts = (1..8).filter_map(|n| first_of_month(from).checked_add_months(Months::new(n)));
        let named = firsts.filter(|day| *day <= to);
        Self {
            days: TimeAxis {
                from: words::on_axis(from),
                to: words::on_axis(to),
                today: words::on_axis(cash.day),
            },
            labels: named.map(|day| (words::on_axis(day), number::date(day, day))).collect(),
        }
    }

    /// Names the days above the column.
    pub(super) fn head_ui(&self, ui: &Ui, place: Rect) {
        self.days.paint_head(ui, place, &self.labels);
    }
}

/// How urgent it is.
fn tone(expected: &Expected) -> Tone {
    late_tone(expected.days_late)
}

/// How a row looks and what is said of it.
pub(super) fn look(shown: &Shown, row: usize, selected: bool) -> TableRow {
    let Some(expected) = shown.expected(row) else {
        let id = Id::unique(("receipt", row));
        return TableRow { id, label: String::new(), selected, marked: false, bar: None };
    };
    let today = shown.figures.cash.day;
    let disputed = if expected.disputed { ", disputed" } else { "" };
    let label = format!(
        "{}, invoice {}, {} {} open, {}, due {}, expected {}: {}{disputed}",
        expected.client_name,
        expected.number,
        words::full(expected.open),
        expected.open.currency,
        lateness(expected),
        number::date(expected.due, today),
        expected_words(expected, today),
        expected.basis,
    );
    TableRow {
        id: Id::unique(("receipt", expected.invoice.as_str())),
        label,
        selected,
        marked: false,
        bar: None,
    }
}

/// `18 d late`, `due today`, `due in 3 d`.
fn lateness(expected: &Expected) -> String {
    match expected.days_late {
        0 => "due today".to_owned(),
        1.. => format!("{} late", number::days(expected.days_late)),
        early => format!("due in {}", number::days(early.saturating_neg())),
    }
}

/// The upper and the lower line of a cell.
fn lines(rect: Rect) -> (Rect, Rect) {
    let middle = rect.center().y;
    let upper = Rect::from_min_max(pos2(rect.left(), middle - 18.0), pos2(rect.right(), middle));
    (upper, upper.translate(egui::vec2(0.0, 17.0)))
}

pub(super) fn cell_ui(ui: &mut Ui, cell: Cell, expected: &Expected, cash: &Cash, axis: &Axis) {
    match cell.column {
        0 => client_ui(ui, cell.rect, expected),
        1 => due_ui(ui, cell.rect, expected, cash.day),
        2 => expected_ui(ui, cell.rect, expected, cash.day),
        AXIS => {
            let strip = chart::Expected {
                due: Some(words::on_axis(expected.due)),
                expected: Some(words::on_axis(expected.expected)),
                tone: tone(expected),
                ..chart::Expected::default()
            };
            axis.days.paint_strip(ui, cell.rect, strip);
        }
        _ => open_ui(ui, cell.rect, expected, cash),
    }
}

fn client_ui(ui: &Ui, rect: Rect, expected: &Expected) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (upper, lower) = lines(rect);
    text::paint(painter, upper, Align::Min, &expected.client_name, &Ink::body(tokens).medium(), Cut::Middle);
    let mut number = lower;
    if expected.disputed {
        let ink = Ink::second(tokens).colour(tokens.watch);
        let mark = format!("{} disputed", crate::kit::icon::WATCH);
        let width = text::width(painter, &mark, &ink);
        number.max.x -= width + space::S;
        let ink_number = Ink::second(tokens).colour(tokens.tertiary);
        let taken = text::paint(painter, number, Align::Min, &expected.number, &ink_number, Cut::Middle);
        let place = Rect::from_min_max(pos2(taken.right() + space::S, lower.top()), lower.max);
        text::paint(painter, place, Align::Min, &mark, &ink, Cut::Never);
        return;
    }
    let ink = Ink::second(tokens).colour(tokens.tertiary);
    text::paint(painter, number, Align::Min, &expected.number, &ink, Cut::Middle);
}

fn due_ui(ui: &Ui, rect: Rect, expected: &Expected, today: NaiveDate) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (upper, lower) = lines(rect);
    let tone = tone(expected);
    let mut words = upper;
    if tone != Tone::Neutral {
        glyph(painter, tokens, pos2(upper.left() + 5.0, upper.center().y), tone);
        words.min.x += 16.0;
    }
    text::paint(painter, words, Align::Min, &lateness(expected), &Ink::body(tokens), Cut::Never);
    let day = number::date(expected.due, today);
    let day = if expected.days_late > 0 { format!("due {day}") } else { day };
    text::paint(painter, lower, Align::Min, &day, &Ink::second(tokens).colour(tokens.tertiary), Cut::End);
}

/// When it may come: a day that is still to come, or that any is as good as the next.
fn expected_words(expected: &Expected, today: NaiveDate) -> String {
    match (expected.disputed, expected.passed) {
        (true, _) => "once the dispute is settled".to_owned(),
        (false, true) => "any day now".to_owned(),
        (false, false) => number::relative_date(expected.expected, today),
    }
}

fn expected_ui(ui: &Ui, rect: Rect, expected: &Expected, today: NaiveDate) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (upper, lower) = lines(rect);
    let day = expected_words(expected, today);
    text::paint(painter, upper, Align::Min, &day, &Ink::body(tokens), Cut::End);
    let ink = Ink::caption(tokens);
    text::paint(painter, lower, Align::Min, &expected.basis, &ink, Cut::End);
    if text::width(painter, &expected.basis, &ink) > lower.width() {
        let id = Id::unique(("basis", expected.invoice.as_str()));
        ui.interact(rect, id, Sense::hover()).on_hover_text(&expected.basis);
    }
}

/// In full in its own currency, which is named where it is not the book's; below it in the book's.
fn open_ui(ui: &Ui, rect: Rect, expected: &Expected, cash: &Cash) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let ink = Ink::body(tokens).medium();
    if expected.open.currency == cash.currency {
        text::paint(painter, rect, Align::Max, &words::full(expected.open), &ink, Cut::Never);
        return;
    }
    let (upper, lower) = lines(rect);
    let taken = text::paint(painter, upper, Align::Max, &words::full(expected.open), &ink, Cut::Never);
    let code = Rect::from_min_max(upper.min, pos2(taken.left() - space::XS, upper.bottom()));
    let second = Ink::second(tokens).colour(tokens.tertiary);
    text::paint(painter, code, Align::Max, expected.open.currency.code(), &second, Cut::Never);
    match &expected.amount {
        Ok(amount) => {
            let about = format!("≈ {}", words::glance(&Ok(*amount)));
            text::paint(painter, lower, Align::Max, &about, &second, Cut::Never);
        }
        Err(why) => {
            text::paint(painter, lower, Align::Max, words::UNKNOWN, &second, Cut::Never);
            let id = Id::unique(("amount", expected.invoice.as_str()));
            ui.interact(rect, id, Sense::hover()).on_hover_text(why.to_string());
        }
    }
}
