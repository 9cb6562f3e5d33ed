//! The balance as it was and as it may run: a fan, the choices of what it counts, and in a sentence what it shows.

use chrono::{Datelike, Months, NaiveDate};
use egui::{Align, Layout, Rect, Role, Ui, UiBuilder, WidgetInfo};
use rust_decimal::Decimal;

use super::words;
use crate::command::key_of;
use crate::domain::{Money, add_days, first_of_month};
use crate::figures::Cash;
use crate::figures::forecast::{Fan, Forecast, Layers, Lowest};
use crate::figures::proof::{Course, FigureKey};
use crate::kit::chart::{self, Compared, DayCursor, Mark, Spread, Threshold};
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{
    Empty, at_right_ui, bring_focused, buttons_width, ghost, section_header, toggle_ui, toggle_width, tooltip,
};
use crate::kit::{icon, number};
use crate::panels::proof::{self, followed, provable_words};
use crate::state::{Action, CashAction, Quantile, Session, Shown};

/// Height of the sentence under the fan: two lines.
const SENTENCE: f32 = 36.0;

pub(super) fn fan_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let (cash, place) = (&shown.figures.cash, &session.cash);
    let base = shown.outlook.base.as_ref();
    let what = match base.map(|base| base.opening.is_ok()) {
        Some(false) => "Change of cash",
        _ => "Balance",
    };
    let head =
        section_header(ui, &format!("{what}, next {} weeks, {}", place.weeks, cash.currency), None, None);
    actions.extend(choices_ui(ui, head.rect, session));
    let Some((base, fan)) = base.and_then(|base| Some((base, base.fan(place.layers)?))) else {
        working_ui(ui);
        return actions;
    };
    if base.opening.is_err() && base.flows.is_empty() && !session.is_assuming() {
        nothing_ui(ui);
        return actions;
    }
    let other = shown.outlook.what_if.as_ref().and_then(|it| it.forecast.fan(place.layers));
    let height = ui.available_height() - SENTENCE;
    actions.extend(chart_ui(ui, height, cash, (base, fan, other), shown.looking, session));
    ui.add_space(space::XS);
    let pending = shown.outlook.behind.then(|| "Working it out anew …".to_owned());
    let ink = Ink::second(Tokens::of(ui));
    ui.horizontal_wrapped(|ui| {
        let of = |figure: fn(Course, Layers) -> FigureKey| figure(Course::Facts, place.layers);
        actions.extend(provable_words(ui, &stays(base, fan), &ink, &of(FigureKey::Lowest), session));
        if let Some(risk) = risk(fan) {
            actions.extend(provable_words(ui, &risk, &ink, &of(FigureKey::UnderReserve), session));
        }
        for more in [left_out(base), pending].into_iter().flatten() {
            text::label(ui, more, &ink);
        }
    });
    actions
}

/// Nothing is to come or go, and nothing is there.
fn nothing_ui(ui: &mut Ui) {
    let invoice = key_of(ui, "invoice.add").map(|key| format!(", or {key} to add an invoice"));
    let what = format!("note what is in an account{}", invoice.unwrap_or_default());
    let key = key_of(ui, "balance.note");
    let key = key.as_deref().map(|key| (key, what.as_str()));
    let sentence =
        "The balance and how it may run stand here, once there is an account or anything to come or go.";
    Empty { icon: icon::CHART, sentence, key }.show(ui);
}

/// Nothing is known of the future yet: it takes a moment.
fn working_ui(ui: &mut Ui) {
    let sentence = "The forecast is being worked out.";
    Empty { icon: icon::CHART, sentence, key: None }.show(ui);
}

/// What the switches of the layers say.
const LIKELY: &str = "likely";
const OPEN_DEALS: &str = "open deals";

/// Which layers are counted, which line is drawn strongest, how far it looks.
fn choices_ui(ui: &mut Ui, head: Rect, session: &Session) -> Vec<Action> {
    let place = &session.cash;
    let mut actions = Vec::new();
    let mut run = |response: egui::Response, id: &'static str| {
        if response.clicked() {
            actions.push(Action::Run(id));
        }
    };
    let corner = UiBuilder::new().max_rect(head).layout(Layout::left_to_right(Align::Center));
    let mut corner = ui.new_child(corner);
    let ui = &mut corner;
    ui.spacing_mut().item_spacing.x = space::XXS;
    let ids = ["cash.layer_likely", "cash.layer_possible", "cash.quantile", "cash.shorter", "cash.longer"];
    let keys = ids.map(|id| key_of(ui, id));
    let [likely, possible, quantile, shorter, longer] = keys.each_ref().map(Option::as_deref);
    let line = match place.quantile {
        Quantile::P50 => "middle line",
        Quantile::P10 => "careful line",
        Quantile::P90 => "bold line",
    };
    let line = ghost(line);
    let span = [
        ("cash.shorter", icon::REMOVE, "Look less far ahead", shorter),
        ("cash.longer", icon::ADD, "Look further ahead", longer),
    ];
    let span = span.map(|(id, sign, label, key)| {
        let button = ghost(label).icon_only(sign).key(key.unwrap_or_default());
        (button.enabled(place.horizon(id == "cash.longer").is_some()), id)
    });
    let switches = toggle_width(ui, LIKELY) + toggle_width(ui, OPEN_DEALS) + line.width(ui);
    let width = switches + buttons_width(ui, &span) + 3.0 * space::XXS;
    at_right_ui(ui, width, |ui| {
        let help = "Count what habit lets expect: further orders, the rest of deals that were won";
        run(toggle_ui(ui, LIKELY, place.layers.likely, help, likely), "cash.layer_likely");
        let help = "Count open deals, each by its chance to be won in time";
        run(toggle_ui(ui, OPEN_DEALS, place.layers.possible, help, possible), "cash.layer_possible");
        let help = "Draw the middle, the careful (nine in ten run above it) or the bold line strongest";
        run(tooltip(line.show(ui), help, quantile), "cash.quantile");
        for (button, id) in span {
            run(button.show(ui), id);
        }
    });
    actions
}

fn chart_ui(
    ui: &mut Ui,
    height: f32,
    cash: &Cash,
    (base, fan, other): (&Forecast, &Fan, Option<&Fan>),
    looking: bool,
    session: &Session,
) -> Vec<Action> {
    let place = &session.cash;
    // As much of the past as a third of what lies ahead.
    let from = add_days(base.day, -(place.days() / 3).max(14));
    let past = past(cash, base, from);
    let (ahead, compared) = (spreads(fan), other.map(spreads));
    let reserve = base.reserve.filter(|_| base.opening.is_ok());
    let label = reserve.map(|reserve| format!("reserve {}", words::glance(&Ok(reserve)))).unwrap_or_default();
    let threshold = reserve.map(|reserve| Threshold { value: words::value(&Ok(reserve)), label: &label });
    let marked = marks(base, fan, other);
    let marks: Vec<Mark<'_>> = marked
        .iter()
        .map(|(lowest, label, compared)| Mark {
            day: words::on_axis(lowest.day),
            value: median_on(if *compared { other } else { Some(fan) }, lowest.day),
            label,
            compared: *compared,
        })
        .collect();
    let at = place.day.map(|_| place.day_at(base.day));
    let day_label = at.map(|day| cursor_words(fan, day, base.day)).unwrap_or_default();
    let cursor = at.map(|day| DayCursor { day: words::on_axis(day), label: &day_label });
    let days = month_labels(from, base.until, ui.available_width());
    let says = format!("{} {}", heading(base), sentence(base, fan));
    let quantile = match place.quantile {
        Quantile::P10 => Some((chart::Quantile::P10, "9 in 10 above")),
        // The middle needs no name.
        Quantile::P50 => None,
        Quantile::P90 => Some((chart::Quantile::P90, "1 in 10 above")),
    };
    let now = words::now(base.day, looking);
    let chart = chart::Fan {
        says: &says,
        past: &past,
        today: words::on_axis(base.day),
        now: &now,
        ahead: &ahead,
        compared: compared.as_ref().map(|ahead| Compared { ahead, label: "what if" }),
        quantile,
        threshold,
        marks: &marks,
        cursor,
        days: &days,
    };
    let answer = chart.show(ui, height);
    bring_focused(&answer.response);
    let day_of = |index: usize| words::day_on_axis(chart.day(index));
    if let Some(day) = answer.hovered.and_then(day_of) {
        answer.hover_text(ui, &hover_words(cash, fan, day, base.day));
    }
    // The keyboard comes to the day of the cursor; without one to the last day.
    let day = at.unwrap_or(base.until);
    let key = FigureKey::BalanceOn(Course::Facts, place.layers, day);
    let told = proof::spoken(ui, &format!("{says} {}", cursor_words(fan, day, base.day)));
    answer.response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let mut actions = followed(ui, &answer.response, &key, session);
    if answer.response.clicked() && answer.hovered.is_none() {
        // The keyboard presses it: as with every other figure.
        actions.push(Action::Prove(key));
    }
    let clicked = answer.clicked.and_then(day_of).filter(|day| *day > base.day);
    actions.extend(clicked.map(|day| Action::Cash(CashAction::PointDay(day))));
    actions
}

/// What is said of the chart before its sentence.
fn heading(base: &Forecast) -> String {
    let what = if base.opening.is_ok() { "Balance" } else { "Change of cash" };
    format!(
        "{what} up to {} and as it may run until {}.",
        number::date(base.day, base.day),
        number::date(base.until, base.day)
    )
}

/// The balance as it was since a day; where it is unknown, nought on the day of the forecast.
fn past(cash: &Cash, base: &Forecast, from: NaiveDate) -> Vec<(f64, f64)> {
    let Ok(opening) = &base.opening else { return vec![(words::on_axis(base.day), 0.0)] };
    let line = &cash.balance_line;
    let after = line.partition_point(|(day, _)| *day <= from);
    let since = line.get(after.saturating_sub(1)..).unwrap_or_default();
    let mut past: Vec<(f64, f64)> = since
        .iter()
        .map(|(day, money)| (words::on_axis((*day).max(from)), words::value(&Ok(*money))))
        .collect();
    past.push((words::on_axis(base.day), words::value(&Ok(*opening))));
    past
}

fn spreads(fan: &Fan) -> Vec<Spread> {
    let of = |money: Money| words::value(&Ok(money));
    fan.days
        .iter()
        .map(|it| Spread { day: words::on_axis(it.day), quantiles: it.quantiles.map(of) })
        .collect()
}

/// The lowest days of both fans; that of the what-if only where it differs.
fn marks<'a>(base: &Forecast, fan: &'a Fan, other: Option<&'a Fan>) -> Vec<(&'a Lowest, String, bool)> {
    let label = |lowest: &Lowest| format!("lowest {}", number::date(lowest.day, base.day));
    let mut marks = vec![(&fan.lowest, label(&fan.lowest), false)];
    let differs =
        |other: &&Fan| other.lowest.day != fan.lowest.day || other.lowest.median != fan.lowest.median;
    marks.extend(other.filter(differs).map(|other| (&other.lowest, label(&other.lowest), true)));
    marks
}

fn median_on(fan: Option<&Fan>, day: NaiveDate) -> f64 {
    let on = fan.and_then(|fan| fan.days.iter().find(|it| it.day == day));
    on.map_or(0.0, |it| words::value(&Ok(it.median())))
}

/// What stands at the cursor: the day and its middle.
fn cursor_words(fan: &Fan, day: NaiveDate, today: NaiveDate) -> String {
    let date = number::date(day, today);
    match fan.days.iter().find(|it| it.day == day) {
        Some(on) => format!("{date}: {}", words::glance(&Ok(on.median()))),
        None => date,
    }
}

fn hover_words(cash: &Cash, fan: &Fan, day: NaiveDate, today: NaiveDate) -> String {
    let date = number::relative_date(day, today);
    if let Some(on) = fan.days.iter().find(|it| it.day == day) {
        let [_, low, _, median, _, high, _] = on.quantiles.map(|money| words::glance(&Ok(money)));
        return format!("{date}\nHalf of the cases: above {median}\n8 in 10: {low} to {high}");
    }
    let line = &cash.balance_line;
    let known = line.partition_point(|(on, _)| *on <= day).checked_sub(1).and_then(|at| line.get(at));
    known.map(|(_, money)| format!("{date}\n{}", words::told(&Ok(*money)))).unwrap_or_default()
}

/// What the fan shows: where most paths stay, when it is lowest, how likely it goes under the reserve.
pub(super) fn sentence(base: &Forecast, fan: &Fan) -> String {
    [Some(stays(base, fan)), risk(fan)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn stays(base: &Forecast, fan: &Fan) -> String {
    let lowest = &fan.lowest;
    let day = number::date(lowest.day, base.day);
    let least = words::glance(&Ok(lowest.nine_in_ten));
    if let Err(why) = &base.opening {
        let below = -lowest.nine_in_ten.amount;
        let stays = if below > Decimal::ZERO {
            let below = Money::new(below, lowest.nine_in_ten.currency);
            format!("never more than {} below today", words::glance(&Ok(below)))
        } else {
            "never below today".to_owned()
        };
        return format!("9 in 10: {stays}; lowest {day}. The balance is not known: {why}.");
    }
    match lowest.under_reserve {
        Some(_) => format!("9 in 10: stays above {least}; lowest {day};"),
        None => format!("9 in 10: stays above {least}; lowest {day}. No reserve is set."),
    }
}

fn risk(fan: &Fan) -> Option<String> {
    let risk = fan.lowest.risk_words()?;
    Some(format!("{risk} chance of going under the reserve."))
}

/// What could not be counted.
fn left_out(base: &Forecast) -> Option<String> {
    let first = base.left_out.first()?;
    let more = match base.left_out.len() {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    Some(format!("Left out: {}{more} ({}).", first.what, first.why))
}

/// Labels at the beginnings of months, as many as there is room for; a January is called by its year.
fn month_labels(from: NaiveDate, to: NaiveDate, width: f32) -> Vec<(f64, String)> {
    const LABEL: f32 = 56.0;
    let firsts: Vec<NaiveDate> = (0..)
        .map_while(|n| first_of_month(from).checked_add_months(Months::new(n)))
        .take_while(|day| *day <= to)
        .filter(|day| *day >= from)
        .collect();
    let count = u16::try_from(firsts.len()).unwrap_or(u16::MAX);
    let every =
        [1_u16, 2, 3, 6].into_iter().find(|every| f32::from(count / every) * LABEL <= width).unwrap_or(12);
    let stands = |day: &&NaiveDate| day.month0().is_multiple_of(u32::from(every));
    let label = |day: NaiveDate| match day.month() {
        1 => day.year().to_string(),
        month => number::month_name(month).to_owned(),
    };
    firsts.iter().filter(stands).map(|day| (words::on_axis(*day), label(*day))).collect()
}
