//! The balance by day, over the months that the chart of months shows.

use chrono::{Datelike, Months, NaiveDate};
use egui::Ui;

use super::{months, words};
use crate::domain::{Money, first_of_month};
use crate::figures::Cash;
use crate::figures::proof::FigureKey;
use crate::kit::chart::{Balance, Threshold};
use crate::kit::number;
use crate::kit::widgets::section_header;
use crate::panels::proof::provable;
use crate::state::{Action, Session};

pub(super) fn balance_ui(ui: &mut Ui, cash: &Cash, session: &Session) -> Vec<Action> {
    section_header(ui, "Balance by day", None, Some(cash.currency.code()));
    let width = ui.available_width();
    let from = months::in_sight(cash, width).first().map_or(cash.day, |month| month.month);
    let line = since(&cash.balance_line, from);
    let points: Vec<(f64, f64)> = line
        .iter()
        .map(|(day, money)| (words::on_axis((*day).max(from)), words::value(&Ok(*money))))
        .collect();
    let reserve = cash.reserve.map(|reserve| (words::value(&Ok(reserve)), reserve_label(reserve)));
    let threshold = reserve.as_ref().map(|(value, label)| Threshold { value: *value, label });
    let first = line.first().map_or(from, |(day, _)| (*day).max(from));
    let days = marks(first, cash.day, width);
    let says = says(line, cash.day);
    let chart = Balance { says: &says, points: &points, steps: true, today: None, threshold, days: &days };
    let height = ui.available_height();
    let answer = chart.show(ui, height);
    super::bring_focused(&answer.response);
    if let Some((day, money)) = answer.hovered.and_then(|index| line.get(index)) {
        let day = number::relative_date((*day).max(from), cash.day);
        answer.hover_text(ui, &format!("{day}\n{}", words::told(&Ok(*money))));
    }
    cash.reserve.map(|_| provable(ui, &answer.response, &FigureKey::Reserve, session)).unwrap_or_default()
}

fn reserve_label(reserve: Money) -> String {
    format!("reserve {}", words::glance(&Ok(reserve)))
}

/// The points from a day on, and the one in force at its beginning.
fn since(line: &[(NaiveDate, Money)], from: NaiveDate) -> &[(NaiveDate, Money)] {
    let after = line.partition_point(|(day, _)| *day <= from);
    line.get(after.saturating_sub(1)..).unwrap_or_default()
}

/// Labels at the beginnings of months, as many as there is room for; a January is called by its year.
fn marks(from: NaiveDate, to: NaiveDate, width: f32) -> Vec<(f64, String)> {
    const LABEL: f32 = 56.0;
    let firsts = || {
        let first = first_of_month(from);
        (0..).map_while(move |n| first.checked_add_months(Months::new(n))).take_while(move |day| *day <= to)
    };
    let count = u16::try_from(firsts().take(1200).count()).unwrap_or(u16::MAX);
    let fits = |every: &u16| f32::from(count / every) * LABEL <= width;
    let every = [1, 2, 3, 6, 12, 60].into_iter().find(fits).unwrap_or(120);
    let stands = |day: &NaiveDate| {
        let months = i64::from(day.year()) * 12 + i64::from(day.month0());
        *day >= from && months % i64::from(every) == 0
    };
    let label = |day: NaiveDate| match day.month() {
        1 => day.year().to_string(),
        month => number::month_name(month).to_owned(),
    };
    firsts().take(1200).filter(stands).map(|day| (words::on_axis(day), label(day))).collect()
}

fn says(line: &[(NaiveDate, Money)], today: NaiveDate) -> String {
    let lowest = line.iter().min_by_key(|(_, money)| money.amount);
    match (lowest, line.first()) {
        (Some((day, money)), Some((first, _))) => format!(
            "Balance by day since {}; lowest {} on {}",
            number::date(*first, today),
            words::told(&Ok(*money)),
            number::date(*day, today)
        ),
        _ => "Balance by day".to_owned(),
    }
}
