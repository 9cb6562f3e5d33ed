//! Money in and out by month, as it was.

use chrono::{Datelike, NaiveDate};
use egui::Ui;

use super::words;
use crate::domain::first_of_month;
use crate::figures::proof::FigureKey;
use crate::figures::{Cash, Month};
use crate::kit::chart::{MonthBars, MonthFlow};
use crate::kit::icon;
use crate::kit::number;
use crate::kit::widgets::{Empty, section_header};
use crate::panels::proof::provable;
use crate::state::{Action, Session};

/// From this width on two years are shown, else one.
const TWO_YEARS_FROM: f32 = 420.0;

/// The months that a chart so wide shows: the last ones.
pub(super) fn in_sight(cash: &Cash, width: f32) -> &[Month] {
    let count = if width >= TWO_YEARS_FROM { 24 } else { 12 };
    cash.months.get(cash.months.len().saturating_sub(count)..).unwrap_or_default()
}

pub(super) fn months_ui(ui: &mut Ui, cash: &Cash, session: &Session) -> Vec<Action> {
    section_header(ui, "In and out by month", None, Some(cash.currency.code()));
    let months = in_sight(cash, ui.available_width());
    if months.is_empty() {
        let sentence = "Payments and expenses stand here, month by month.";
        Empty { icon: icon::CHART, sentence, key: None }.show(ui);
        return Vec::new();
    }
    let flows: Vec<MonthFlow> =
        months.iter().enumerate().map(|(index, month)| flow(months, index, month, cash.day)).collect();
    let height = ui.available_height();
    let answer = MonthBars { says: &says(months), months: &flows, cursor: None }.show(ui, height);
    super::bring_focused(&answer.response);
    let last = months.last().map(|month| FigureKey::MonthIn(month.month));
    last.map(|key| provable(ui, &answer.response, &key, session)).unwrap_or_default()
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
