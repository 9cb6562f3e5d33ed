//! How the balance may run in the next quarter, now and when the session began: small in the headline, in words at the end.

use egui::{Align, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use rust_decimal::prelude::ToPrimitive;

use super::row;
use crate::domain::Money;
use crate::figures::forecast::{Fan, Forecast};
use crate::figures::proof::{Course, FigureKey};
use crate::kit::chart::{FanSpark, SparkDay};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::panels::proof::figure_place;
use crate::state::{Action, Session, Shown};

const HEIGHT: f32 = 52.0;
const SPARK: egui::Vec2 = vec2(168.0, 40.0);

/// A forecast's fan in the layers that Cash counts, where the balance is known.
fn fan_of<'a>(forecast: Option<&'a Forecast>, session: &Session) -> Option<(&'a Forecast, &'a Fan)> {
    let forecast = forecast.filter(|forecast| forecast.opening.is_ok())?;
    Some((forecast, forecast.fan(session.cash.layers)?))
}

/// Whether a figure of the quarter is the one that Cash would prove.
fn is_proved(shown: &Shown) -> bool {
    match (&shown.outlook.base, &shown.outlook.quarter) {
        (Some(base), Some(quarter)) => std::sync::Arc::ptr_eq(base, quarter),
        _ => false,
    }
}

fn amount(money: Money) -> String {
    number::summary(money.amount, money.currency.decimals())
}

/// `from → to`, or that it is what it was.
fn moved(from: &str, to: &str, unit: &str) -> String {
    if from == to { format!("{to}{unit}, as before") } else { format!("{from} → {to}{unit}") }
}

/// What there is to say instead of a course, if nothing else can be said.
fn unknown(shown: &Shown) -> Option<String> {
    match &shown.outlook.quarter {
        None => Some("How the balance may run is being worked out.".to_owned()),
        Some(quarter) => {
            let why = quarter.opening.as_ref().err()?;
            Some(format!("How the balance may run is not known: {why}."))
        }
    }
}

/// `lowest 4,120 → 4,310`, or that nothing moved; nothing where there is nothing to compare with.
fn lowest_moved(before: Option<&Fan>, now: &Fan) -> Option<String> {
    let (from, to) = (amount(before?.lowest.median), amount(now.lowest.median));
    Some(if from == to { "no change".to_owned() } else { format!("lowest {from} → {to}") })
}

/// A line across the column: the quarter's course over the one the session began with, and in words what it shows.
pub(super) fn course_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let inside = whole.shrink2(vec2(row::PADDING, 0.0));
    let quiet = Ink::new(size::SMALL, tokens.tertiary);
    let Some((quarter, fan)) = fan_of(shown.outlook.quarter.as_deref(), session) else {
        let says = unknown(shown).unwrap_or_default();
        let place = Rect::from_min_size(inside.min + vec2(0.0, space::S), vec2(inside.width(), 20.0));
        let response = ui.interact(place, ui.scope_id().with("course"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
        text::paint(ui.painter(), place, Align::Min, &says, &quiet, Cut::End);
        return Vec::new();
    };
    let earlier = &shown.outlook.earlier;
    let begun = fan_of(earlier.begun.as_deref(), session).map(|(_, fan)| fan);
    let before = fan_of(earlier.before.as_deref(), session).map(|(_, fan)| fan);
    let lowest = &fan.lowest;
    let on = number::date(lowest.day, quarter.day);
    let least = format!("lowest about {} on {on}", amount(lowest.median));
    let risk = lowest.risk_words().zip(quarter.reserve);
    let risk = risk.map(|(risk, reserve)| format!("{risk} chance of going under {}", amount(reserve)));
    let changes = [
        lowest_moved(before, fan).map(|moved| format!("Last action: {moved}")),
        lowest_moved(begun.filter(|_| before.is_some()), fan)
            .map(|moved| format!("since you began: {moved}")),
    ];
    let changes = changes.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let changes = match (changes.is_empty(), shown.outlook.behind) {
        (_, true) => "Working it out anew …".to_owned(),
        (true, false) => String::new(),
        (false, false) => changes,
    };
    let title = format!("Balance, next 13 weeks, {}", shown.figures.currency);
    let says = [Some(format!("{title}: {least}")), risk.clone(), Some(changes.clone())];
    let says = says.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    spark_ui(ui, inside, &says, (quarter, fan, begun));

    let words = inside.with_min_x(inside.left() + SPARK.x + space::L);
    let line = |top: f32| Rect::from_min_size(words.min + vec2(0.0, top), vec2(words.width(), 20.0));
    let mut actions = Vec::new();
    let first = line(2.0);
    let ink = Ink::new(size::SMALL, tokens.secondary);
    let told = text::paint(ui.painter(), first, Align::Min, &title, &quiet, Cut::End);
    let mut left = told.right() + space::M;
    let layers = session.cash.layers;
    let figures = [
        (Some(least), FigureKey::LowestHalf(Course::Facts, layers)),
        (risk, FigureKey::UnderReserve(Course::Facts, layers)),
    ];
    for (says, key) in figures {
        let Some(says) = says.filter(|_| left < first.right()) else { continue };
        let took = text::paint(ui.painter(), first.with_min_x(left), Align::Min, &says, &ink, Cut::End);
        if is_proved(shown) {
            let id = Id::unique(("course", &key));
            actions.extend(figure_place(ui, (id, took), (&says, &says), &key, session));
        }
        left = took.right() + space::M;
    }
    text::paint(ui.painter(), line(23.0), Align::Min, &changes, &quiet, Cut::End);
    actions
}

fn spark_ui(ui: &mut Ui, inside: Rect, says: &str, (quarter, fan, begun): (&Forecast, &Fan, Option<&Fan>)) {
    let value = |money: Money| money.amount.to_f64().unwrap_or(f64::NAN);
    let days: Vec<SparkDay> = fan
        .days
        .iter()
        .map(|day| {
            let [_, low, _, median, _, high, _] = day.quantiles.map(value);
            SparkDay { low, median, high }
        })
        .collect();
    let beneath: Vec<f64> =
        begun.map(|fan| fan.days.iter().map(|day| value(day.median())).collect()).unwrap_or_default();
    let spark = FanSpark { says, days: &days, threshold: quarter.reserve.map(value), beneath: &beneath };
    let place = Rect::from_min_size(inside.min + vec2(0.0, 2.0), SPARK);
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| spark.show(ui, SPARK.x, SPARK.y));
}

/// A line of the end screen: what it is, how it stood when the session began and how it stands now.
pub(super) struct Compared {
    pub(super) what: String,
    pub(super) stands: String,
    /// The figure it is, where it can be proved.
    pub(super) key: Option<FigureKey>,
}

/// What the session did to the money to come; in words where there is nothing to compare.
pub(super) fn compared(shown: &Shown, session: &Session) -> Result<Vec<Compared>, String> {
    let Some((quarter, fan)) = fan_of(shown.outlook.quarter.as_deref(), session) else {
        return Err(unknown(shown).unwrap_or_default());
    };
    let begun = fan_of(shown.outlook.earlier.begun.as_deref(), session).map_or(fan, |(_, fan)| fan);
    let unit = format!(" {}", shown.figures.currency.code());
    let (proved, layers) = (is_proved(shown), session.cash.layers);
    let key = |key: FigureKey| Some(key).filter(|_| proved);
    let at_the_end = |fan: &Fan| fan.days.last().map(|day| amount(day.median())).unwrap_or_default();
    let (from, to) = (&begun.lowest, &fan.lowest);
    let on = |day| number::date(day, quarter.day);
    let mut lines = vec![
        Compared {
            what: format!("Cash expected on {}", on(quarter.until)),
            stands: moved(&at_the_end(begun), &at_the_end(fan), &unit),
            key: key(FigureKey::BalanceOn(Course::Facts, layers, quarter.until)),
        },
        Compared {
            what: format!("Lowest before then, on {}", on(to.day)),
            stands: moved(&amount(from.median), &amount(to.median), &unit),
            key: key(FigureKey::LowestHalf(Course::Facts, layers)),
        },
    ];
    lines.push(match (quarter.reserve, from.risk_words(), to.risk_words()) {
        (Some(reserve), Some(before), Some(now)) => Compared {
            what: format!("Chance of falling under the reserve of {}", amount(reserve)),
            stands: moved(&before, &now, ""),
            key: key(FigureKey::UnderReserve(Course::Facts, layers)),
        },
        _ => Compared {
            what: "Chance of falling under the reserve".to_owned(),
            stands: "no reserve is set".to_owned(),
            key: None,
        },
    });
    Ok(lines)
}

/// Shows such a line in a width.
pub(super) fn compared_ui(ui: &mut Ui, width: f32, line: &Compared, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(width, 22.0), Sense::hover());
    let says = format!("{}: {}", line.what, line.stands);
    // What can be proved is told by the figure.
    if line.key.is_none() {
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
    }
    let ink = Ink::body(tokens).medium();
    let stands = text::paint(ui.painter(), place, Align::Max, &line.stands, &ink, Cut::Never);
    let what = Rect::from_min_max(place.min, pos2(stands.left() - space::M, place.bottom()));
    text::paint(
        ui.painter(),
        what,
        Align::Min,
        &line.what,
        &Ink::new(size::BODY, tokens.secondary),
        Cut::End,
    );
    let Some(key) = &line.key else { return Vec::new() };
    figure_place(ui, (Id::unique(("compared", key)), stands), (&says, &says), key, session)
}
