//! Money in and out by month, as it was.

use chrono::{Datelike, NaiveDate};
use egui::{Role, Ui, WidgetInfo};

use super::words;
use crate::domain::first_of_month;
use crate::figures::proof::FigureKey;
use crate::figures::{Cash, Month};
use crate::kit::chart::{Bar, MonthBars, MonthFlow};
use crate::kit::icon;
use crate::kit::number;
use crate::kit::widgets::{Empty, section_header};
use crate::panels::proof::{self, provable};
use crate::state::{Action, CashAction, Session, Shown};

/// From this width on two years are shown, else one.
const TWO_YEARS_FROM: f32 = 420.0;

/// The months that a chart so wide shows: the last ones, or those from the month at hand on where that is earlier.
fn in_sight(cash: &Cash, width: f32, at: Option<NaiveDate>) -> &[Month] {
    let count = if width >= TWO_YEARS_FROM { 24 } else { 12 };
    let last = cash.months.len().saturating_sub(count);
    let at = at.and_then(|at| cash.months.iter().position(|month| month.month == at));
    let first = at.map_or(last, |at| at.min(last));
    cash.months.get(first..).map(|months| months.get(..count).unwrap_or(months)).unwrap_or_default()
}

pub(super) fn months_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let cash = &shown.figures.cash;
    section_header(ui, "In and out by month", None, Some(cash.currency.code()));
    let at = shown.month(session);
    let months = in_sight(cash, ui.available_width(), at);
    if months.is_empty() {
        let sentence = "Payments and expenses stand here, month by month.";
        Empty { icon: icon::CHART, sentence, key: None }.show(ui);
        return Vec::new();
    }
    let flows: Vec<MonthFlow> =
        months.iter().enumerate().map(|(index, month)| flow(months, index, month, cash.day)).collect();
    let height = ui.available_height();
    let cursor = months.iter().position(|month| Some(month.month) == at);
    let answer = MonthBars { says: &says(months), months: &flows, cursor }.show(ui, height);
    let mut actions = Vec::new();
    for (bar, stop) in answer.stops {
        let Some(month) = cursor.and_then(|cursor| months.get(cursor)) else { continue };
        let says = bar_says(month, bar);
        let told = proof::spoken(ui, &says);
        stop.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
        actions.extend(provable(ui, &stop, &key(month, bar), session));
        if stop.has_focus() {
            proof::tooltip(stop, &says);
        }
    }
    if let Some(month) = answer.chart.clicked.and_then(|index| months.get(index)) {
        let key = key(month, answer.bar);
        let point = Action::Cash(CashAction::PointMonth(month.month));
        actions.extend([point, Action::FocusFigure(key.clone()), Action::Prove(key)]);
    }
    actions
}

/// What proves a bar.
fn key(month: &Month, bar: Bar) -> FigureKey {
    match bar {
        Bar::In => FigureKey::MonthIn(month.month),
        Bar::Out => FigureKey::MonthOut(month.month),
    }
}

/// `Mar 2026, in: 4,200.00 EUR`.
fn bar_says(month: &Month, bar: Bar) -> String {
    let (way, amount) = match bar {
        Bar::In => ("in", &month.money_in),
        Bar::Out => ("out", &month.money_out),
    };
    format!("{}, {way}: {}", number::month(month.month), words::told(amount))
}

fn flow(months: &[Month], index: usize, month: &Month, day: NaiveDate) -> MonthFlow {
    let so_far = if first_of_month(day) == month.month { ", so far" } else { "" };
    MonthFlow {
        label: number::month_name(month.month.month()).to_owned(),
        year: names_year(months, index).then(|| month.month.year().to_string()),
        inflow: words::value(&month.money_in),
        outflow: words::value(&month.money_out),
        forecast: false,
        tooltip: format!(
            "{}{so_far}\nIn: {}\nOut: {}",
            number::month(month.month),
            words::told(&month.money_in),
            words::told(&month.money_out)
        ),
    }
}

/// The year stands under each January, and under the first month unless a January follows it closely.
fn names_year(months: &[Month], index: usize) -> bool {
    let is_january = |month: &Month| month.month.month() == 1;
    match index {
        0 => !months.iter().skip(1).take(2).any(is_january),
        _ => months.get(index).is_some_and(is_january),
    }
}

fn says(months: &[Month]) -> String {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return String::new() };
    format!(
        "Money in and out by month from {} to {}; in {}: in {}, out {}",
        number::month(first.month),
        number::month(last.month),
        number::month(last.month),
        words::told(&last.money_in),
        words::told(&last.money_out)
    )
}
