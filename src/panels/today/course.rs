//! How the balance may run in the next quarter, now and when the session began: small in the headline, in words at the end.

use egui::{Align, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use rust_decimal::prelude::ToPrimitive;

use super::row;
use crate::domain::Money;
use crate::figures::forecast::{Fan, Forecast, Layers};
use crate::figures::proof::{Course, FigureKey};
use crate::kit::chart::{FanSpark, SparkDay};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::panels::proof::figure_place;
use crate::state::{Action, Session, Shown};

const HEIGHT: f32 = 52.0;
const SPARK: egui::Vec2 = vec2(168.0, 40.0);

/// A forecast's fan in the layers that are counted, where the balance is known.
fn fan_of(forecast: Option<&Forecast>, layers: Layers) -> Option<(&Forecast, &Fan)> {
    let forecast = forecast.filter(|forecast| forecast.opening.is_ok())?;
    Some((forecast, forecast.fan(layers)?))
}

/// The same with open deals, where they are left out.
fn with_open_deals(layers: Layers) -> Option<Layers> {
    (!layers.possible).then_some(Layers { possible: true, ..layers })
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

/// `from → to`, or that it is what it was; while that is being worked out, only what it was at last.
fn moved(from: &str, to: &str, unit: &str, shown: &Shown) -> String {
    match (from == to, shown.outlook.behind) {
        (_, true) => format!("{to}{unit}, being worked out"),
        (true, false) => format!("{to}{unit}, as before"),
        (false, false) => format!("{from} → {to}{unit}"),
    }
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

/// The middle of the balance on the last day that is looked at.
fn at_the_end(fan: &Fan) -> String {
    fan.days.last().map(|day| amount(day.median())).unwrap_or_default()
}

/// `lowest 4,120 → 4,310`; where that stayed, what else did move; nothing where there is nothing to compare with.
fn what_moved(before: Option<&Forecast>, now: &Forecast, layers: Layers) -> Option<String> {
    let fans = |layers| Some((fan_of(before, layers)?.1, fan_of(Some(now), layers)?.1));
    let (was, is) = fans(layers)?;
    let (from, to) = (amount(was.lowest.median), amount(is.lowest.median));
    if from != to {
        return Some(format!("lowest {from} → {to}"));
    }
    let by = || number::date(now.until, now.day);
    let (from, to) = (at_the_end(was), at_the_end(is));
    if from != to {
        return Some(format!("{from} → {to} on {}", by()));
    }
    let open = with_open_deals(layers).and_then(fans).map(|(was, is)| (at_the_end(was), at_the_end(is)));
    match open.filter(|(from, to)| from != to) {
        Some((from, to)) => Some(format!("with open deals {from} → {to} on {}", by())),
        None => Some("no change".to_owned()),
    }
}

/// A line across the column: the quarter's course over the one the session began with, and in words what it shows.
pub(super) fn course_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let inside = whole.shrink2(vec2(row::PADDING, 0.0));
    let quiet = Ink::new(size::SMALL, tokens.tertiary);
    let layers = session.cash.layers;
    let Some((quarter, fan)) = fan_of(shown.outlook.quarter.as_deref(), layers) else {
        let says = unknown(shown).unwrap_or_default();
        let place = Rect::from_min_size(inside.min + vec2(0.0, space::S), vec2(inside.width(), 20.0));
        let response = ui.interact(place, ui.scope_id().with("course"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
        text::paint(ui.painter(), place, Align::Min, &says, &quiet, Cut::End);
        return Vec::new();
    };
    let earlier = &shown.outlook.earlier;
    let (begun, before) = (earlier.begun.as_deref(), earlier.before.as_deref());
    let lowest = &fan.lowest;
    let on = number::date(lowest.day, quarter.day);
    let least = format!("lowest about {} on {on}", amount(lowest.median));
    let risk = lowest.risk_words().zip(quarter.reserve);
    let risk = risk.map(|(risk, reserve)| format!("{risk} chance of going under {}", amount(reserve)));
    let changes = [
        what_moved(before, quarter, layers).map(|moved| format!("last action: {moved}")),
        what_moved(begun.filter(|_| before.is_some()), quarter, layers)
            .map(|moved| format!("since you began: {moved}")),
    ];
    let changes = changes.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let changes = match (changes.is_empty(), shown.outlook.behind) {
        (_, true) => "Working it out anew …".to_owned(),
        (true, false) => String::new(),
        (false, false) => changes,
    };
    let without = if layers.possible { "" } else { ", without open deals" };
    let title = format!("Balance, next 13 weeks, {}{without}", shown.figures.currency);
    let says = [Some(format!("{title}: {least}")), risk.clone(), Some(changes.clone())];
    let says = says.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    let begun = fan_of(begun, layers).map(|(_, fan)| fan);
    spark_ui(ui, inside, &says, (quarter, fan, begun));

    let words = inside.with_min_x(inside.left() + SPARK.x + space::L);
    let line = |top: f32| Rect::from_min_size(words.min + vec2(0.0, top), vec2(words.width(), 20.0));
    let mut actions = Vec::new();
    let first = line(2.0);
    let ink = Ink::new(size::SMALL, tokens.secondary);
    let mut left = first.left();
    let figures = [
        (Some(least.replacen("lowest", "Lowest", 1)), FigureKey::LowestHalf(Course::Facts, layers)),
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
    let beneath =
        [title, changes].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    text::paint(ui.painter(), line(23.0), Align::Min, &beneath, &quiet, Cut::End);
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
    let layers = session.cash.layers;
    let Some((quarter, fan)) = fan_of(shown.outlook.quarter.as_deref(), layers) else {
        return Err(unknown(shown).unwrap_or_default());
    };
    let earlier = shown.outlook.earlier.begun.as_deref();
    let begun = fan_of(earlier, layers).map_or(fan, |(_, fan)| fan);
    let unit = format!(" {}", shown.figures.currency.code());
    let proved = is_proved(shown);
    let key = |key: FigureKey| Some(key).filter(|_| proved);
    let (from, to) = (&begun.lowest, &fan.lowest);
    let on = |day| number::date(day, quarter.day);
    let mut lines = vec![
        Compared {
            what: format!("Cash expected on {}", on(quarter.until)),
            stands: moved(&at_the_end(begun), &at_the_end(fan), &unit, shown),
            key: key(FigureKey::BalanceOn(Course::Facts, layers, quarter.until)),
        },
        Compared {
            what: format!("Lowest before then, on {}", on(to.day)),
            stands: moved(&amount(from.median), &amount(to.median), &unit, shown),
            key: key(FigureKey::LowestHalf(Course::Facts, layers)),
        },
    ];
    if let Some(all) = with_open_deals(layers)
        && let Some((_, with)) = fan_of(Some(quarter), all)
    {
        let begun = fan_of(earlier, all).map_or(with, |(_, fan)| fan);
        let line = Compared {
            what: "The same with open deals".to_owned(),
            stands: moved(&at_the_end(begun), &at_the_end(with), &unit, shown),
            key: key(FigureKey::BalanceOn(Course::Facts, all, quarter.until)),
        };
        lines.insert(1, line);
    }
    lines.push(match (quarter.reserve, from.risk_words(), to.risk_words()) {
        (Some(reserve), Some(before), Some(now)) => Compared {
            what: format!("Chance of falling under the reserve of {}", amount(reserve)),
            stands: moved(&before, &now, "", shown),
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
