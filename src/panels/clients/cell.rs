//! The cells of a client's row.

use chrono::NaiveDate;
use egui::{Align, Id, Rect, Ui, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{ClientKind, Currency, Direction};
use crate::figures::health::{HealthLines, Indicator, Level, Reason};
use crate::figures::proof::{FigureKey, HealthFigure, Whose};
use crate::figures::{Answer, ClientSort, Clients, Row};
use crate::kit::chart::paint_sparkline_on;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{Cell, glyph};
use crate::panels::figure::{Figure, hover};
use crate::panels::health::{Run, costs, points, score_words, signed, tone_of, trend_figure};
use crate::panels::kind::kind_words;
use crate::panels::proof::figure_place;
use crate::state::{Action, Session};
use crate::written::capital;

/// A row in a sentence, for those who hear the screen.
pub(super) fn spoken(row: &Row, clients: &Clients, lines: Option<&HealthLines>) -> String {
    let day = clients.day;
    let currency = row.open.as_ref().map_or(Currency::UNSTATED, |open| open.currency);
    let kind = row.kind.as_ref().map_or("kind not known", |it| kind_words(it.kind));
    let touch = |last: Option<NaiveDate>| last.map_or("never".to_owned(), |last| number::relative(last, day));
    let costs: Vec<String> = costs(row).iter().map(in_short).collect();
    let costs = if costs.is_empty() { "nothing costs points".to_owned() } else { costs.join(", ") };
    let run = Run::of(lines, &row.id).map(|run| format!(", {}", run.says)).unwrap_or_default();
    format!(
        "{}, {kind}, {}, in 90 days {}{run}, {costs}, income {}, share {}, an hour {}, days beyond terms {}, from them {}, to \
         them {}, owed {}, overdue {}, {} of {} invoices paid",
        row.name,
        score_words(row),
        trend_figure(row).spoken(),
        Figure::listed_answer(&row.income_12m, currency).spoken(),
        Figure::share(&clients.share(row)).spoken(),
        Figure::listed_answer(&row.hourly, currency).spoken(),
        Figure::days(&row.dbt_days).spoken(),
        touch(row.last_in),
        touch(row.last_out),
        Figure::listed_answer(&row.open, currency).spoken(),
        Figure::listed_answer(&row.overdue, currency).spoken(),
        row.paid_invoices,
        row.invoices,
    )
}

/// Fills a cell: `None` is the column of what costs points.
pub(super) fn client_cell(
    ui: &mut Ui,
    cell: Cell,
    column: Option<ClientSort>,
    row: &Row,
    clients: &Clients,
    lines: Option<&HealthLines>,
) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let money = |ui: &mut Ui, answer, ink: &Ink| {
        Figure::listed_answer(answer, clients.currency).paint(ui, cell.rect, cell.align, ink);
    };
    match column {
        Some(ClientSort::Name) => drop(cell.name(ui, &row.name, &ink.medium())),
        Some(ClientSort::Score) => score_cell(ui, cell.rect, row),
        Some(ClientSort::Trend) => trend_cell(ui, cell, row, lines),
        Some(ClientSort::Kind) => kind_cell(ui, cell, row),
        None => reasons_cell(ui, cell.rect, costs(row)),
        Some(ClientSort::Income) => money(ui, &row.income_12m, &ink),
        Some(ClientSort::Share) => share_cell(ui, cell, &clients.share(row)),
        Some(ClientSort::Hourly) => money(ui, &row.hourly, &ink),
        Some(ClientSort::Dbt) => drop(Figure::days(&row.dbt_days).paint(ui, cell.rect, cell.align, &ink)),
        Some(ClientSort::LastIn) => touch_cell(ui, cell, row.last_in, clients.day),
        Some(ClientSort::LastOut) => touch_cell(ui, cell, row.last_out, clients.day),
        Some(ClientSort::Open) => money(ui, &row.open, &ink),
        Some(ClientSort::Overdue) => money(ui, &row.overdue, &ink.medium()),
        Some(ClientSort::Invoices) => {
            let text = format!("{} of {}", row.paid_invoices, row.invoices);
            let text = if row.invoices == 0 { "none".to_owned() } else { text };
            let ink = ink.colour(tokens.secondary);
            Figure::known(text, row.invoices == 0).paint(ui, cell.rect, cell.align, &ink);
        }
    }
}

/// The place of a figure of the client at hand, with its proof.
pub(super) fn figure_ui(
    ui: &mut Ui,
    cell: Cell,
    column: Option<ClientSort>,
    row: &Row,
    clients: &Clients,
    session: &Session,
) -> Vec<Action> {
    let one = || Whose::One(row.id.clone());
    let health = |figure| FigureKey::Health(row.id.clone(), figure);
    let listed = |answer| Figure::listed_answer(answer, clients.currency).spoken();
    let touch = |last: Option<NaiveDate>, way| {
        let last = last.map(|last| number::relative_date(last, clients.day))?;
        let what = if way == Direction::In { "Last touch from them" } else { "Last touch to them" };
        Some((what, last, FigureKey::LastTouch(row.id.clone(), way)))
    };
    let told = match column {
        Some(ClientSort::Name) => None,
        None if costs(row).is_empty() => None,
        None => {
            let costs: Vec<String> = costs(row).iter().map(in_short).collect();
            Some(("What costs points", costs.join(", "), health(HealthFigure::Score)))
        }
        Some(ClientSort::Kind) => row.kind.as_ref().map(|decided| {
            let says = format!("{}: {}", kind_words(decided.kind), capital(&decided.why()));
            ("Kind", says, health(HealthFigure::Kind))
        }),
        Some(ClientSort::Score) => Some(("Health", score_words(row), health(HealthFigure::Score))),
        Some(ClientSort::Trend) => {
            Some(("In 90 days", trend_figure(row).spoken(), health(HealthFigure::Trend)))
        }
        Some(ClientSort::Open) => Some(("Owed", listed(&row.open), FigureKey::Receivables(one()))),
        Some(ClientSort::Overdue) => Some(("Overdue", listed(&row.overdue), FigureKey::Overdue(one()))),
        Some(ClientSort::Dbt) => {
            Some(("Days beyond terms", Figure::days(&row.dbt_days).spoken(), FigureKey::Dbt(one())))
        }
        Some(ClientSort::Income) => {
            Some(("Income of 12 months", listed(&row.income_12m), FigureKey::Income(one())))
        }
        Some(ClientSort::Share) => {
            let share = Figure::share(&clients.share(row)).spoken();
            Some(("Share of all income", share, FigureKey::Share(row.id.clone())))
        }
        Some(ClientSort::Hourly) => {
            Some(("Left of an hour", listed(&row.hourly), health(HealthFigure::Found(Indicator::Effort))))
        }
        Some(ClientSort::LastIn) => touch(row.last_in, Direction::In),
        Some(ClientSort::LastOut) => touch(row.last_out, Direction::Out),
        Some(ClientSort::Invoices) => {
            let paid = format!("{} of {}", row.paid_invoices, row.invoices);
            Some(("Invoices paid", paid, FigureKey::InvoicesPaid(one())))
        }
    };
    let Some((what, figure, key)) = told else { return Vec::new() };
    let says = format!("{what}, {}: {figure}", row.name);
    let id = Id::unique(("figure of a client", cell.column));
    figure_place(ui, (id, cell.rect), (&says, &says), &key, session)
}

/// How it is judged, the score, and the band it lies in: in figures, for a few points are too narrow to be drawn in a row.
fn score_cell(ui: &mut Ui, rect: Rect, row: &Row) {
    /// Where the number ends and the band begins, in points from the left.
    const NUMBER: f32 = 42.0;
    const BAND: f32 = 52.0;
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).medium();
    let place = rect.with_max_x(rect.left() + NUMBER);
    let Ok(score) = &row.health.health.score else {
        let why = row.health.health.score.as_ref().err().map_or("", |why| why.0.as_str());
        Figure::unknown(why).paint(ui, place, Align::Max, &ink);
        hover(ui, rect, &capital(why));
        return;
    };
    let tone = tone_of(row.level.as_ref().copied().unwrap_or(Level::Watch));
    glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    text::paint(ui.painter(), place, Align::Max, &points(score.points), &ink, Cut::Never);
    let band = format!("{}–{}", points(score.low()), points(score.high()));
    let quiet = Ink::second(tokens).colour(tokens.tertiary);
    text::paint(ui.painter(), rect.with_min_x(rect.left() + BAND), Align::Min, &band, &quiet, Cut::End);
    hover(ui, rect, &capital(&score_words(row)));
}

/// How the score ran over 24 months, once that is known, and by how many points it moved in the last 90 days.
fn trend_cell(ui: &mut Ui, cell: Cell, row: &Row, lines: Option<&HealthLines>) {
    const FIGURE: f32 = 36.0;
    let tokens = Tokens::of(ui);
    let moved = row.health.trend.as_ref().ok().map(Decimal::round).unwrap_or_default();
    let colour = match moved.to_i64().unwrap_or_default() {
        ..=-3 => tokens.risk,
        3.. => tokens.good,
        _ => tokens.secondary,
    };
    trend_figure(row).paint(ui, cell.rect, cell.align, &Ink::body(tokens).colour(colour));
    if let Some(run) = Run::of(lines, &row.id) {
        let place = cell.rect.with_max_x(cell.rect.right() - FIGURE).shrink2(vec2(0.0, 2.0));
        // A long line is not better to read than a short one.
        let place = place.with_min_x(place.left().max(place.right() - 100.0));
        paint_sparkline_on(ui.painter(), tokens, place, &run.values, run.scale, Tone::Neutral);
        hover(ui, place, &capital(&run.says));
    }
}

fn kind_cell(ui: &mut Ui, cell: Cell, row: &Row) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let Some(decided) = &row.kind else {
        Figure::unknown("the facts do not decide it yet").paint(ui, cell.rect, Align::Min, &ink);
        return;
    };
    // The sign before the score judges; the kind is a word, and stands out only where something is to be done.
    let ink = match decided.kind {
        ClientKind::Toxic | ClientKind::AtRisk => ink.medium(),
        _ => ink.colour(tokens.secondary),
    };
    cell.text(ui, kind_words(decided.kind), &ink);
    hover(ui, cell.rect, &capital(&decided.why()));
}

/// A reason in short: `late −9`.
fn in_short(reason: &Reason) -> String {
    format!("{} {}", reason.short, signed(-reason.lost))
}

/// What costs most, as many as there is room for whole, and how many more there are.
fn reasons_cell(ui: &mut Ui, rect: Rect, reasons: &[Reason]) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).colour(tokens.secondary);
    let all: Vec<String> = reasons.iter().map(in_short).collect();
    let ways = ways_to_say(&all);
    let says = text::that_fits(ui.painter(), &ways, &ink, rect.width());
    text::paint(ui.painter(), rect, Align::Min, says, &ink, Cut::End);
    if !reasons.is_empty() {
        let each =
            reasons.iter().map(|it| format!("{}  {}: {}", signed(-it.lost), it.indicator.title(), it.says));
        hover(ui, rect, &each.collect::<Vec<_>>().join("\n"));
    }
}

/// All reasons; then one fewer each time, and how many more there are; at last nothing but their number.
fn ways_to_say(all: &[String]) -> Vec<String> {
    const APART: &str = " · ";
    let some = (1..=all.len()).rev().map(|count| {
        let these = all.iter().take(count).map(String::as_str).collect::<Vec<_>>().join(APART);
        match all.len() - count {
            0 => these,
            left => format!("{these}{APART}{left} more"),
        }
    });
    let count = (all.len() > 1).then(|| format!("{} reasons", all.len()));
    some.chain(count).collect()
}

/// A small bar where there is room for one, and the share in per cent behind it.
fn share_cell(ui: &mut Ui, cell: Cell, share: &Answer<Decimal>) {
    const FIGURE: f32 = 44.0;
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).colour(tokens.secondary);
    Figure::share(share).paint(ui, cell.rect, Align::Max, &ink);
    let Some(share) = share.as_ref().ok().and_then(ToPrimitive::to_f32).filter(|it| *it > 0.0) else {
        return;
    };
    let track = Rect::from_min_max(
        pos2(cell.rect.left(), cell.rect.center().y - 3.0),
        pos2(cell.rect.right() - FIGURE, cell.rect.center().y + 3.0),
    );
    if track.width() < 30.0 {
        return;
    }
    let length = (track.width() * share.clamp(0.0, 1.0)).round().max(2.0);
    ui.painter().rect_filled(track, 2, tokens.raised);
    ui.painter().rect_filled(Rect::from_min_size(track.min, vec2(length, track.height())), 2, tokens.accent);
}

/// How long ago, and on which day where there is room for both.
fn touch_cell(ui: &mut Ui, cell: Cell, last: Option<NaiveDate>, day: NaiveDate) {
    const DAY: f32 = 80.0;
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).colour(tokens.secondary);
    let Some(last) = last else {
        Figure::unknown("no touch is noted").paint(ui, cell.rect, cell.align, &ink);
        return;
    };
    let relative = number::relative(last, day);
    if cell.rect.width() < 2.0 * DAY - space::L {
        text::paint(ui.painter(), cell.rect, cell.align, &relative, &ink, Cut::Never);
        hover(ui, cell.rect, &number::relative_date(last, day));
        return;
    }
    let (before, after) = cell.rect.split_left_right_at_x(cell.rect.right() - DAY);
    let on = number::date(last, day);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    text::paint(ui.painter(), after, Align::Max, &on, &caption, Cut::Never);
    text::paint(ui.painter(), before, Align::Max, &relative, &ink, Cut::Never);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_that_are_left_out_are_counted() {
        let all = ["late −9", "few orders −4", "praise −3"].map(str::to_owned);
        assert_eq!(
            ways_to_say(&all),
            [
                "late −9 · few orders −4 · praise −3",
                "late −9 · few orders −4 · 1 more",
                "late −9 · 2 more",
                "3 reasons"
            ]
        );
        assert_eq!(ways_to_say(&all[..1]), ["late −9"]);
        assert_eq!(ways_to_say(&[]), [] as [&str; 0]);
    }
}
