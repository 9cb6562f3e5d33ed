//! The strip of figures: balance and debts first, then how well debts are collected, each with what it means.

use egui::text::LayoutJob;
use egui::{Align, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;

use super::words::{self, UNKNOWN};
use crate::domain::per_cent;
use crate::figures::forecast::Forecast;
use crate::figures::proof::{FigureKey, Whose};
use crate::figures::{Answer, Cash};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{focus_ring, glyph};
use crate::panels::proof::{self, provable};
use crate::state::{Action, Session, Shown};
use crate::written::capital;

/// Below this width the figures stand in two rows.
const ONE_ROW_FROM: f32 = 680.0;
const ROW: f32 = 88.0;
const GAP: f32 = space::L;
/// How wide the figures are against each other.
const SHARES: [f32; 7] = [1.75, 1.3, 1.2, 1.2, 0.8, 0.8, 0.8];

/// One figure of the strip.
struct Figure {
    key: FigureKey,
    title: String,
    text: String,
    known: bool,
    /// What it is made of, or why it is unknown.
    note: String,
    /// In full, and what it means.
    meaning: String,
    size: f32,
    tone: Tone,
}

/// How high the strip is when it is so wide.
pub(super) fn height(width: f32) -> f32 {
    if width >= ONE_ROW_FROM { ROW } else { 2.0 * ROW + space::S }
}

pub(super) fn strip_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let whole = ui.max_rect();
    let figures = figures(&shown.figures.cash, shown.outlook.base.as_deref());
    let rows = if whole.width() >= ONE_ROW_FROM { 1 } else { 2 };
    let per_row = figures.len().div_ceil(rows);
    for (index, figure) in figures.iter().enumerate() {
        let row = index / per_row.max(1);
        let shares: Vec<f32> = match rows {
            1 => SHARES.to_vec(),
            _ => vec![1.0; per_row],
        };
        let place = cell(whole, &shares, row, index % per_row.max(1));
        actions.extend(figure_ui(ui, place, figure, session));
    }
    actions
}

/// The place of a figure among those of its row.
#[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
fn cell(whole: Rect, shares: &[f32], row: usize, column: usize) -> Rect {
    let spare = whole.width() - GAP * (shares.len().saturating_sub(1)) as f32;
    let unit = spare / shares.iter().sum::<f32>().max(1.0);
    let before: f32 = shares.iter().take(column).map(|share| share * unit + GAP).sum();
    let width = shares.get(column).copied().unwrap_or(1.0) * unit;
    let top = whole.top() + row as f32 * (ROW + space::S);
    Rect::from_min_size(pos2((whole.left() + before).round(), top), vec2(width.floor(), ROW))
}

fn figures(cash: &Cash, forecast: Option<&Forecast>) -> [Figure; 7] {
    let code = cash.currency;
    let [_, late @ ..] = cash.ageing.buckets();
    let late: usize = late.iter().map(|bucket| bucket.count).sum();
    let is_late = cash.overdue.as_ref().is_ok_and(|money| !money.is_zero());
    let amount = |key, title: &str, answer: &Answer<_>, note: String, meaning: &str, size: f32| Figure {
        key,
        title: format!("{title}, {code}"),
        text: words::glance(answer),
        known: answer.is_ok(),
        note: answer.as_ref().map_or_else(|why| format!("not known: {why}"), |_| note),
        meaning: format!("{}\n{meaning}", capital(&words::told(answer))),
        size,
        tone: Tone::Neutral,
    };
    let owed = match cash.owed.len() {
        0 => "no open invoice".to_owned(),
        1 => "on 1 open invoice".to_owned(),
        open => format!("on {} open invoices", number::count(open)),
    };
    let past = match late {
        0 => "nothing is past its due day".to_owned(),
        late => format!("{} past the due day", words::invoices(late)),
    };
    let basis = format!("What is in all accounts at the end of the day: {}.", cash.balance_basis);
    let balance = amount(
        FigureKey::Balance,
        "Balance",
        &cash.balance,
        cash.balance_basis.clone(),
        &basis,
        size::DISPLAY,
    );
    let owed_means = "What clients still owe on all invoices issued, taxes included.";
    let late_means = "The part of it that is past its due day.";
    let (all_owed, all_late) = (FigureKey::Receivables(Whose::All), FigureKey::Overdue(Whose::All));
    let overdue = amount(all_late, "Overdue", &cash.overdue, past, late_means, size::LARGE);
    [
        balance,
        amount(all_owed, "Owed to you", &cash.receivables, owed, owed_means, size::DISPLAY),
        Figure { tone: if is_late { Tone::Watch } else { Tone::Neutral }, ..overdue },
        runway(forecast),
        dso(&cash.dso_days),
        cei(&cash.cei),
        dbt(&cash.dbt_days),
    ]
}

/// For how long the money lasts with what is agreed alone.
fn runway(forecast: Option<&Forecast>) -> Figure {
    let meaning = "For how many weeks the balance stays above the reserve (above nought without one) if only agreed money \
                   comes and goes: issued invoices, signed instalments, running retainers, planned expenses. At the \
                   median.";
    let weeks = |weeks: Option<i64>| match weeks {
        None => "2 years or more".to_owned(),
        Some(1) => "1 week".to_owned(),
        Some(weeks) => format!("{weeks} weeks"),
    };
    let (text, note) = match forecast.map(|forecast| &forecast.runway) {
        None => ("…".to_owned(), "being worked out".to_owned()),
        Some(Err(why)) => (UNKNOWN.to_owned(), format!("not known: {why}")),
        Some(Ok(runway)) => {
            let text = runway.committed_weeks.map_or_else(|| "> 2 years".to_owned(), |it| format!("{it} wk"));
            (text, format!("without any receipt {}", weeks(runway.without_receipts_weeks)))
        }
    };
    Figure {
        key: FigureKey::Runway,
        title: "Runway".to_owned(),
        known: forecast.is_some_and(|forecast| forecast.runway.is_ok()),
        meaning: format!("{note}\n{meaning}"),
        text,
        note,
        size: size::LARGE,
        tone: Tone::Neutral,
    }
}

fn dso(answer: &Answer<Decimal>) -> Figure {
    let meaning = "Days sales outstanding: what is owed, counted in days of what was invoiced in the last 90 days. \
                   Fewer is better.";
    ratio(
        FigureKey::Dso,
        "DSO",
        answer,
        |days| format!("{} d", short(days)),
        "of sales not yet paid",
        meaning,
    )
}

fn cei(answer: &Answer<Decimal>) -> Figure {
    let meaning = "Collection effectiveness index: how much of what could be collected in the last 90 days was. \
                   100\u{a0}% is all of it.";
    ratio(FigureKey::Cei, "CEI", answer, |part| per_cent(short(part)), "of what was due is in", meaning)
}

fn dbt(answer: &Answer<Decimal>) -> Figure {
    let early = answer.as_ref().is_ok_and(Decimal::is_sign_negative);
    let note = if early { "before the due day" } else { "beyond the due day" };
    let meaning = "Days beyond terms: how long after their due day invoices of the last 24 months were paid, weighted by \
                   their amounts. Below nought is early.";
    ratio(FigureKey::Dbt(Whose::All), "DBT", answer, |days| format!("{} d", short(days)), note, meaning)
}

fn ratio(
    key: FigureKey,
    title: &str,
    answer: &Answer<Decimal>,
    write: impl Fn(Decimal) -> String,
    note: &str,
    meaning: &str,
) -> Figure {
    Figure {
        key,
        title: title.to_owned(),
        text: answer.as_ref().map_or_else(|_| UNKNOWN.to_owned(), |number| write(*number)),
        known: answer.is_ok(),
        note: answer.as_ref().map_or_else(ToString::to_string, |_| note.to_owned()),
        meaning: match answer {
            Ok(_) => meaning.to_owned(),
            Err(why) => format!("Not known: {why}.\n{meaning}"),
        },
        size: size::LARGE,
        tone: Tone::Neutral,
    }
}

/// Whole from ten up, else with one place.
fn short(figure: Decimal) -> String {
    let places = u32::from(figure.abs() < Decimal::TEN && !figure.round_dp(1).fract().is_zero());
    number::exact(figure.round_dp(places), places)
}

fn figure_ui(ui: &mut Ui, place: Rect, figure: &Figure, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let response = ui.interact(place, Id::unique(("cash figure", &figure.key)), Sense::click());
    let tone = figure.tone.word();
    let says = format!("{}: {}, {}", figure.title, figure.text, figure.note);
    let says = if tone.is_empty() { says } else { format!("{tone}: {says}") };
    let told = proof::spoken(ui, &says);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if ui.is_rect_visible(place) {
        paint_figure(ui, place, figure, tokens);
    }
    if response.has_focus() {
        focus_ring(ui, place.expand(space::XS), 4);
    }
    let actions = provable(ui, &response, &figure.key, session);
    proof::tooltip(response, &figure.meaning);
    actions
}

fn paint_figure(ui: &Ui, place: Rect, figure: &Figure, tokens: &Tokens) {
    let painter = ui.painter();
    let title = Rect::from_min_size(place.min, vec2(place.width(), 18.0));
    text::paint(painter, title, Align::Min, &figure.title, &Ink::second(tokens), Cut::End);
    let colour = if figure.known { tokens.text } else { tokens.tertiary };
    let mark = if figure.tone == Tone::Neutral { 0.0 } else { space::L + space::XXS };
    let room = place.width() - mark;
    let ink = |size: f32| Ink::new(size, colour).semibold();
    let fits = |size: &f32| text::width(painter, &figure.text, &ink(*size)) <= room;
    let sizes = [size::DISPLAY, size::LARGE, size::TITLE, size::LEAD];
    let size = sizes.into_iter().filter(|size| *size <= figure.size).find(fits).unwrap_or(size::LEAD);
    // All figures of a row stand on one line, whatever their size.
    let lower = (size::DISPLAY - size) * 0.34;
    let line = Rect::from_min_size(pos2(place.left(), place.top() + 17.0 + lower), vec2(place.width(), 40.0));
    glyph(painter, tokens, pos2(line.left() + 7.0, line.center().y + 1.0), figure.tone);
    let digits = Rect::from_min_max(pos2(line.left() + mark, line.top()), line.max);
    text::paint(painter, digits, Align::Min, &figure.text, &ink(size), Cut::Never);
    let ink = Ink::caption(tokens);
    let mut note = LayoutJob::simple(figure.note.clone(), ink.font, ink.colour, place.width());
    note.wrap.max_rows = 2;
    let note = painter.layout_job(note);
    painter.galley(pos2(place.left(), place.top() + 58.0), note, ink.colour);
}
