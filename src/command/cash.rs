//! Looking ahead on Cash: the day of the fan's cursor, how far, at which layers.

use chrono::Months;

use crate::domain::add_days;
use crate::figures::forecast::Layers;
use crate::figures::proof::FigureKey;
use crate::state::{Action, CashAction, CashSide, Session, Shown, State, View};

use super::{Command, Group, Place, Resolved};

const CASH: &[Place] = &[Place::Cash, Place::WhatIf];
const MONTHS: &[Place] = &[Place::Months];

/// A row for a command of Cash.
macro_rules! cash {
    ($id:literal, $title:literal, $help:literal, $keys:expr, repeats: $repeats:expr, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: CASH,
            group: Group::Cash,
            repeats: $repeats,
            resolve: $resolve,
        }
    };
}

/// A row for a command among the bars of months.
macro_rules! months {
    ($id:literal, $title:literal, $help:literal, $key:literal, $by:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: &[$key],
            places: MONTHS,
            group: Group::Cash,
            repeats: true,
            resolve: |state, shown| to_month(state, shown, $by),
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    cash!("cash.day_on", "A day ahead", "See what comes a day later.", &["right"], repeats: true,
        |state, _| by_days(state, 1)),
    cash!("cash.day_back", "A day back in what is ahead", "See what comes a day earlier.", &["left"],
        repeats: true, |state, _| by_days(state, -1)),
    cash!("cash.month_on", "A month ahead", "See what comes a month later.", &["shift+right"],
        repeats: true, |state, _| by_month(state, true)),
    cash!("cash.month_back", "A month back in what is ahead", "See what comes a month earlier.",
        &["shift+left"], repeats: true, |state, _| by_month(state, false)),
    cash!("cash.to_lowest", "To the lowest day", "Go to the day on which the balance is lowest.", &["y"],
        repeats: false, to_lowest),
    cash!("cash.longer", "Look further ahead", "Forecast for 4, 8, 13, 26 or 52 weeks: the next longer.", &["+"],
        repeats: false, |state, _| horizon(state, true)),
    cash!("cash.shorter", "Look less far ahead", "Forecast for 4, 8, 13, 26 or 52 weeks: the next shorter.", &["-"],
        repeats: false, |state, _| horizon(state, false)),
    cash!("cash.layer_likely", "Count what is likely",
        "Count what habit lets expect: further orders, the rest of deals that were won.", &["i"], repeats: false,
        |state, _| layers(state, |it| Layers { likely: !it.likely, ..it })),
    cash!("cash.layer_possible", "Count open deals", "Count the deals that may still be won.", &["u"],
        repeats: false, |state, _| layers(state, |it| Layers { possible: !it.possible, ..it })),
    cash!("cash.quantile", "The next line of the fan",
        "Draw the middle, the careful or the bold line strongest.", &["q"], repeats: false,
        |state, _| on_cash(state, CashAction::Quantile(state.session.cash.quantile.next()))),
    cash!("cash.why", "Why did this month change",
        "Show what changed in this month since a day, a week or a month ago; again: the next of these.", &["v"],
        repeats: false, why),
    months!("cash.bar_on", "The bar of the month after", "Go to the bar of the month after.", "right", 1),
    months!("cash.bar_back", "The bar of the month before", "Go to the bar of the month before.", "left", -1),
    months!(
        "cash.bar_first",
        "The bar of the first month",
        "Go to the bar of the first month.",
        "home",
        isize::MIN
    ),
    months!(
        "cash.bar_last",
        "The bar of the last month",
        "Go to the bar of the last month.",
        "end",
        isize::MAX
    ),
];

/// Whether a bar of the months has the keyboard.
pub(super) fn at_months(session: &Session) -> bool {
    let on_cash = session.view == View::Cash && session.page.is_none();
    on_cash && matches!(session.focus, Some(FigureKey::MonthIn(_) | FigureKey::MonthOut(_)))
}

/// To another month, at the bar of the same direction.
fn to_month(state: &State, shown: &Shown, by: isize) -> Resolved {
    let session = &state.session;
    if !at_months(session) {
        return Err("Tab to a bar of the months first");
    }
    let months = &shown.figures.cash.months;
    let last = months.len().checked_sub(1).ok_or("there are no months yet")?;
    let at = shown.month(session).and_then(|at| months.iter().position(|month| month.month == at));
    let next = at.unwrap_or(last).saturating_add_signed(by).min(last);
    let month = months.get(next).ok_or("there are no months yet")?.month;
    let key = match session.focus {
        Some(FigureKey::MonthOut(_)) => FigureKey::MonthOut(month),
        _ => FigureKey::MonthIn(month),
    };
    Ok(Action::All(vec![Action::Cash(CashAction::PointMonth(month)), Action::FocusFigure(key)]))
}

/// Moves among the rows of why the month changed, while one has the keyboard; `None` when something else has it.
pub(super) fn step_change(state: &State, shown: &Shown, by: isize) -> Option<Resolved> {
    let session = &state.session;
    let focus = session.focus.as_ref()?;
    if session.view != View::Cash || session.page.is_some() || session.is_assuming() {
        return None;
    }
    let rows = shown.change_rows();
    let at = rows.iter().position(|row| row == focus).filter(|_| session.cash.side == CashSide::Why)?;
    let next = at.saturating_add_signed(by).min(rows.len().saturating_sub(1));
    let row = rows.get(next)?.clone();
    Some(Ok(Action::All(vec![Action::Cash(CashAction::PointChange(row.clone())), Action::FocusFigure(row)])))
}

fn on_cash(state: &State, action: CashAction) -> Resolved {
    match state.session.view {
        View::Cash => Ok(Action::Cash(action)),
        _ => Err("this stands on Cash"),
    }
}

fn by_days(state: &State, days: i64) -> Resolved {
    let today = state.day();
    let at = state.session.cash.day_at(today);
    // The first key shows the cursor on the first day ahead.
    let next = if state.session.cash.day.is_some() { add_days(at, days) } else { at };
    on_cash(state, CashAction::PointDay(next))
}

fn by_month(state: &State, on: bool) -> Resolved {
    let at = state.session.cash.day_at(state.day());
    let moved =
        if on { at.checked_add_months(Months::new(1)) } else { at.checked_sub_months(Months::new(1)) };
    on_cash(state, CashAction::PointDay(moved.unwrap_or(at)))
}

fn to_lowest(state: &State, shown: &Shown) -> Resolved {
    let forecast = shown.outlook.base.as_ref().ok_or("the forecast is still being worked out")?;
    let fan = forecast.fan(state.session.cash.layers).ok_or("nothing lies ahead")?;
    on_cash(state, CashAction::PointDay(fan.lowest.day))
}

fn horizon(state: &State, longer: bool) -> Resolved {
    let weeks = state.session.cash.horizon(longer);
    let none = if longer { "there is no longer horizon" } else { "there is no shorter horizon" };
    on_cash(state, CashAction::Horizon(weeks.ok_or(none)?))
}

fn layers(state: &State, change: fn(Layers) -> Layers) -> Resolved {
    on_cash(state, CashAction::Layers(change(state.session.cash.layers)))
}

/// Since how many days ago a month is compared.
const SINCE: [i64; 3] = [7, 30, 1];

fn why(state: &State, _: &Shown) -> Resolved {
    let cash = &state.session.cash;
    if cash.side != CashSide::Why {
        return on_cash(state, CashAction::Why(SINCE[0]));
    }
    let next = SINCE.into_iter().skip_while(|days| *days != cash.since_days).nth(1);
    on_cash(state, next.map_or(CashAction::Side(CashSide::Days), CashAction::Why))
}
