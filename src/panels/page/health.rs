//! How good a client is for the firm: the score, what costs it most, and a bullet bar for each indicator, which unfolds.

use std::sync::Arc;

use egui::{Align, Galley, Id, Rangef, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Hit, List, run};
use crate::domain::{Currency, per_cent};
use crate::figures::health::mend::Mend;
use crate::figures::health::{ClientHealth, Measure, Reading, Reason, Score};
use crate::figures::proof::{FigureKey, HealthFigure, Unit, Value};
use crate::figures::{Answer, Bands, Page, Unknown};
use crate::kit::chart::Bullet;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{Row, VirtualList, focus_ring, glyph};
use crate::kit::{icon, number};
use crate::panels::figure::{Figure, UNKNOWN, hover};
use crate::panels::proof;
use crate::state::Action;
use crate::written::capital;

/// Height of a row of two lines in points.
const ROW: f32 = 50.0;
/// Width of what an indicator is called: no name of a measure is longer.
const TITLE: f32 = 152.0;
/// Height of a measure of the row that is unfolded.
const MEASURE: f32 = 22.0;
/// Where what an indicator says begins, below the top of its row, and what stands free below it.
const SAYS_FROM: f32 = 28.0;
const SAYS_BELOW: f32 = 4.0;
/// Between them and what would mend it.
const MEND_ABOVE: f32 = 3.0;
/// Below the last of them.
const BELOW: f32 = 10.0;
/// Height of the head over the rows.
const HEAD: f32 = 96.0;
/// The same where there is no score.
const HEAD_UNKNOWN: f32 = 48.0;
/// Height of a reason.
const REASON: f32 = 20.0;
/// Width of the score in the head.
const SCORE: f32 = 330.0;
/// Width of how it ran: so much at least, and at most.
const RUN: Rangef = Rangef { min: 230.0, max: 400.0 };
/// What costs points needs so much beside it.
const REASONS: f32 = 280.0;
/// Height of a bar.
const BAR: f32 = 14.0;
/// Beyond this width a row would tear its evidence away from its value.
const WIDEST: f32 = 1160.0;

/// Where the columns stand, from left to right. Where it is narrow, the evidence gives way first, then the unit.
#[derive(Debug, Clone, Copy)]
struct Columns {
    glyph: Rangef,
    title: Rangef,
    bar: Rangef,
    points: Rangef,
    value: Rangef,
    unit: Option<Rangef>,
    evidence: Option<Rangef>,
}

impl Columns {
    fn of(inside: Rect) -> Self {
        let inside = inside.with_max_x(inside.right().min(inside.left() + WIDEST));
        let glyph = Rangef::new(inside.left(), inside.left() + 18.0);
        let title = Rangef::new(glyph.max, glyph.max + TITLE);
        let (unit, evidence) = (206.0, 110.0);
        let fixed = 18.0 + TITLE + 44.0 + 64.0 + 3.0 * space::M;
        let left = inside.width() - fixed - 150.0;
        let has_unit = left > unit;
        let has_evidence = left > unit + evidence + space::M;
        let beside = if has_unit { unit + space::S } else { 0.0 };
        let beside = if has_evidence { beside + evidence + space::M } else { beside };
        let bar_width = (inside.width() - fixed - beside).clamp(80.0, 380.0);
        let bar = Rangef::new(title.max + space::S, title.max + space::S + bar_width);
        let points = Rangef::new(bar.max, bar.max + 44.0);
        let value = Rangef::new(points.max + space::M, points.max + space::M + 64.0);
        let unit = has_unit.then(|| Rangef::new(value.max + space::S, value.max + space::S + unit));
        let evidence = has_evidence.then(|| Rangef::new(inside.right() - evidence, inside.right()));
        Self { glyph, title, bar, points, value, unit, evidence }
    }

    /// The room of what a measure says, before how much it counts.
    fn beside_measure(&self, ui: &Ui, counts: &str, inside_right: f32) -> Rangef {
        let left = self.points.max + space::M;
        let right = self.evidence.map_or(inside_right, |evidence| {
            evidence.max - text::width(ui.painter(), counts, &Ink::second(Tokens::of(ui))) - space::M
        });
        Rangef::new(left, right.max(left))
    }
}

fn scale(bands: Bands) -> Bullet {
    let [low, high] = [bands.risk, bands.good].map(|edge| edge.to_f64().unwrap_or_default());
    Bullet { from: 0.0, to: 100.0, low, high }
}

/// The tone of points as they are written, so that what reads alike looks alike.
fn tone(bands: Bands, points: Decimal) -> Tone {
    scale(bands).tone(points.round().to_f64().unwrap_or_default())
}

/// Points as they are written: whole.
fn whole(points: Decimal) -> String {
    number::exact(points.round(), 0)
}

pub(super) fn health_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let page = list.page;
    let mut actions = head_ui(ui, list);
    captions_ui(ui, page.bands);
    let readings = &page.row.health.health.readings;
    let mut hit = Hit::default();
    let name = format!("Health of {}, indicator by indicator", page.client.name);
    let opened = list.cursor.and_then(|row| Some((row, Unfolded::of(ui, page, readings.get(row)?))));
    let higher = opened.as_ref().map_or(0.0, |(_, unfolded)| unfolded.higher());
    VirtualList::new("health", &name, readings.len())
        .row_height(ROW)
        .reveal(list.reveal)
        .opened(opened.as_ref().map(|(row, _)| *row), higher)
        .show(ui, |ui, index| {
            let Some(reading) = readings.get(index) else { return };
            let selected = list.cursor == Some(index);
            let mend = mend_words(page, reading);
            let mut says = spoken(page, reading, list.currency, selected);
            let short = mend_in_short(page, reading);
            if let Some(mend) = if selected { mend.as_ref() } else { short.as_ref() } {
                says = format!("{says} {}", capital(mend));
            }
            let height = if selected { ROW + higher } else { ROW };
            let row = Row::new(Id::unique(("indicator", reading.indicator.token())), &says);
            let unfolded = opened.as_ref().filter(|(row, _)| *row == index).map(|(_, unfolded)| unfolded);
            let response = row.height(height).selected(selected).show(ui, |ui, rect| {
                let closed = rect.with_max_y(rect.top() + ROW);
                let Some(unfolded) = unfolded else {
                    reading_ui(ui, closed, reading, list);
                    says_ui(ui, closed, &page.says(reading), short.as_deref());
                    return;
                };
                reading_ui(ui, closed, reading, list);
                actions.extend(provable_ui(ui, closed, reading, list));
                unfolded_ui(ui, rect, reading, unfolded, page.bands);
            });
            if response.clicked() {
                hit.clicked = Some(index);
            }
        });
    hit.actions = actions;
    hit
}

/// From the points and the value of the row under the cursor the keyboard and the pointer lead to their proofs.
fn provable_ui(ui: &mut Ui, closed: Rect, reading: &Reading, list: List<'_>) -> Vec<Action> {
    let columns = Columns::of(closed);
    let y = Rangef::new(closed.top() + space::XS, closed.top() + 28.0);
    let value = columns.unit.map_or(columns.value, |unit| Rangef::new(columns.value.min, unit.max));
    let (indicator, title) = (reading.indicator, reading.indicator.title());
    let points = reading.points.as_ref().map_or(UNKNOWN.to_owned(), |points| whole(*points));
    let found = found_words(reading, list.currency).unwrap_or_else(|| UNKNOWN.to_owned());
    let figures = [
        (columns.points, HealthFigure::Points(indicator), format!("{title}, {points} points")),
        (value, HealthFigure::Found(indicator), format!("{title}, {found}")),
    ];
    let mut actions = Vec::new();
    for (x, figure, says) in figures {
        actions.extend(figure_ui(ui, Rect::from_x_y_ranges(x, y), figure, &says, list));
    }
    actions
}

/// The place of a figure that can be proved.
fn figure_ui(ui: &mut Ui, place: Rect, figure: HealthFigure, says: &str, list: List<'_>) -> Vec<Action> {
    let key = FigureKey::Health(list.page.client.id.clone(), figure);
    let response = ui.interact(place, ui.scope_id().with(("figure", &key)), Sense::click());
    let told = proof::spoken(ui, says);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if response.has_focus() {
        focus_ring(ui, place.expand2(vec2(space::XS, 0.0)), 4);
    }
    let actions = proof::provable(ui, &response, &key, list.session);
    proof::tooltip(response, "");
    actions
}

/// What stands in a row that is unfolded, all of it whole: what it says, a measure after the other, and what would mend it.
struct Unfolded {
    says: Arc<Galley>,
    /// What a measure says, where that has no room beside its bar.
    measures: Vec<Option<Arc<Galley>>>,
    mend: Option<Arc<Galley>>,
}

impl Unfolded {
    fn of(ui: &Ui, page: &Page, reading: &Reading) -> Self {
        let tokens = Tokens::of(ui);
        // A row has its margins, its sign, and beside it a bar to scroll by.
        let inside = ui.available_width() - 4.0 * space::M;
        let columns = Columns::of(Rect::from_min_size(pos2(0.0, 0.0), vec2(inside, ROW)));
        let width = (inside.min(WIDEST) - columns.title.min).max(120.0);
        let wrapped =
            |words: &str, ink: Ink| ui.painter().layout(words.to_owned(), ink.font, ink.colour, width);
        let second = Ink::second(tokens);
        let measures = reading.measures.iter().map(|measure| {
            let room = columns.beside_measure(ui, &weight_words(measure, reading), inside);
            let wanted = text::width(ui.painter(), &measure.says, &second);
            (wanted > room.span()).then(|| wrapped(&measure.says, second.clone()))
        });
        Self {
            says: wrapped(&page.says(reading), second.clone()),
            measures: measures.collect(),
            mend: mend_words(page, reading)
                .map(|words| wrapped(&words, second.clone().colour(tokens.text).medium())),
        }
    }

    fn says_height(&self) -> f32 {
        self.says.size().y.max(ROW - SAYS_FROM - SAYS_BELOW)
    }

    /// How much higher its row is than a closed one.
    fn higher(&self) -> f32 {
        let measures =
            self.measures.iter().map(|says| says.as_ref().map_or(MEASURE, |it| MEASURE + it.size().y));
        let mend = self.mend.as_ref().map_or(0.0, |mend| mend.size().y + MEND_ABOVE);
        let lines = SAYS_FROM + self.says_height() + SAYS_BELOW + measures.sum::<f32>() + mend;
        let is_more = !self.measures.is_empty() || self.mend.is_some();
        lines + if is_more { BELOW } else { 0.0 } - ROW
    }
}

/// What would mend an indicator, or why nothing would; nothing where it is good, or not known.
fn mend_of<'a>(page: &'a Page, reading: &Reading) -> Option<Result<&'a Mend, &'a Unknown>> {
    reading.points.as_ref().ok()?;
    let (_, mend) = page.mends.iter().find(|(indicator, _)| *indicator == reading.indicator)?;
    mend.as_ref().map(Option::as_ref).transpose()
}

/// The smallest change that would mend an indicator, or why none would.
fn mend_words(page: &Page, reading: &Reading) -> Option<String> {
    Some(match mend_of(page, reading)? {
        Ok(mend) => format!("{} Effort {}.", mend.says, mend.cost),
        Err(why) => format!("{}.", capital(&why.0)),
    })
}

/// The same in a few words: `+12: they pay 1042`.
fn mend_in_short(page: &Page, reading: &Reading) -> Option<String> {
    Some(match mend_of(page, reading)? {
        Ok(mend) => format!("+{}: {}", mend.gain(), mend.in_short()),
        Err(_) => "nothing lifts it today".to_owned(),
    })
}

fn spoken(page: &Page, reading: &Reading, currency: Currency, unfolded: bool) -> String {
    let points = match &reading.points {
        Ok(points) => format!("{} of 100 points, {}", whole(*points), tone(page.bands, *points).word()),
        Err(_) => "not known".to_owned(),
    };
    let value = found_words(reading, currency).map(|found| format!(", {found}")).unwrap_or_default();
    let mut says = format!(
        "{}: {points}{value}, from {}. {}",
        reading.indicator.title(),
        reading.evidence.words(),
        page.says(reading)
    );
    if unfolded {
        for measure in &reading.measures {
            says = format!(
                "{says} {}: {} points, {}, {}.",
                measure.what,
                whole(measure.points),
                weight_words(measure, reading),
                measure.says
            );
        }
    }
    says
}

/// What the value of an indicator counts, as many as are written.
fn unit(reading: &Reading, found: &str) -> &'static str {
    if found == "1" { reading.indicator.unit_of_one() } else { reading.indicator.unit() }
}

/// The value of an indicator and what it counts.
fn found_words(reading: &Reading, currency: Currency) -> Option<String> {
    let found = glance(*reading.value.as_ref().ok()?, currency);
    let unit = unit(reading, &found);
    Some(format!("{found} {unit}"))
}

/// A value in the unit of its indicator.
fn glance(value: Value, currency: Currency) -> String {
    match value {
        Value::Money(money) => Figure::listed(money, currency).text,
        Value::Number(share, Unit::Fraction) => number::percent(share.to_f64().unwrap_or_default()),
        Value::Number(number, Unit::Things) => {
            let number = number.round_dp(2).normalize();
            number::exact(number, number.scale())
        }
        Value::Number(number, Unit::PerHundred) => per_cent(number::exact(number.round(), 0)),
        Value::Number(number, _) => number::exact(number.round(), 0),
        Value::On(_) => proof::glance(value),
    }
}

fn reading_ui(ui: &mut Ui, closed: Rect, reading: &Reading, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let columns = Columns::of(closed);
    let above = closed.with_min_y(closed.top() + space::XS).with_max_y(closed.top() + SAYS_FROM);
    let at = |x: Rangef| Rect::from_x_y_ranges(x, above.y_range());
    let painter = ui.painter();
    let ink = Ink::body(tokens);
    text::paint(
        painter,
        at(columns.title),
        Align::Min,
        reading.indicator.title(),
        &ink.clone().medium(),
        Cut::End,
    );
    let known = reading.points.as_ref().ok().copied();
    let bands = list.page.bands;
    if let Some(points) = known {
        glyph(painter, tokens, pos2(columns.glyph.min + 6.0, above.center().y), tone(bands, points));
    }
    let bar = Rect::from_center_size(at(columns.bar).center(), vec2(columns.bar.span(), BAR));
    scale(bands).paint(painter, tokens, bar, known.and_then(|points| points.to_f64()));
    let quiet = ink.clone().colour(tokens.tertiary);
    let (points, points_ink) = match known {
        Some(points) => (whole(points), ink.clone().medium()),
        None => (UNKNOWN.to_owned(), quiet.clone()),
    };
    text::paint(painter, at(columns.points), Align::Max, &points, &points_ink, Cut::Never);
    let value = reading.value.as_ref().ok().map(|value| glance(*value, list.currency));
    let second = Ink::second(tokens);
    text::paint(
        painter,
        at(columns.value),
        Align::Max,
        value.as_deref().unwrap_or(UNKNOWN),
        &second,
        Cut::Never,
    );
    if let Some(place) = columns.unit {
        let says = value.as_deref().map_or("", |found| unit(reading, found));
        text::paint(painter, at(place), Align::Min, says, &second.clone().colour(tokens.tertiary), Cut::End);
    }
    if let Some(evidence) = columns.evidence {
        let says = reading.evidence.words();
        text::paint(
            painter,
            at(evidence),
            Align::Max,
            &says,
            &second.clone().colour(tokens.tertiary),
            Cut::End,
        );
    }
}

/// What an indicator says on the second line of a closed row, and beside it in a few words what would mend it.
fn says_ui(ui: &mut Ui, closed: Rect, says: &str, mend: Option<&str>) {
    let columns = Columns::of(closed);
    let second = Ink::second(Tokens::of(ui));
    let mut words = Rect::from_min_max(
        pos2(columns.title.min, closed.top() + SAYS_FROM),
        pos2(closed.right(), closed.bottom() - SAYS_BELOW),
    );
    if let Some(mend) = mend {
        let ink = second.clone().medium();
        let right = columns.evidence.map_or(words.right(), |evidence| evidence.max);
        words = words.with_max_x(right);
        let room = words.with_min_x(words.right() - words.width() * 0.4);
        let taken = text::paint(ui.painter(), room, Align::Max, mend, &ink, Cut::End);
        words = words.with_max_x(taken.left() - space::L);
    }
    let wanted = text::width(ui.painter(), says, &second);
    text::paint(ui.painter(), words, Align::Min, says, &second, Cut::End);
    if wanted > words.width() {
        hover(ui, words, says);
    }
}

/// How much of the indicator a measure makes, in words.
fn weight_words(measure: &Measure, reading: &Reading) -> String {
    format!("counts {}", number::percent(reading.share_of(measure).to_f64().unwrap_or_default()))
}

/// What stands below the figures of a row that is unfolded.
fn unfolded_ui(ui: &mut Ui, row: Rect, reading: &Reading, unfolded: &Unfolded, bands: Bands) {
    let tokens = Tokens::of(ui);
    let left = Columns::of(row).title.min;
    let mut top = row.top() + SAYS_FROM;
    // A single line stands where that of a closed row does.
    let says_top = top + (unfolded.says_height() - unfolded.says.size().y) / 2.0;
    ui.painter().galley(pos2(left, says_top), Arc::clone(&unfolded.says), tokens.secondary);
    top += unfolded.says_height() + SAYS_BELOW;
    for (measure, says) in reading.measures.iter().zip(&unfolded.measures) {
        measure_ui(
            ui,
            row.with_min_y(top).with_max_y(top + MEASURE),
            (measure, reading),
            says.is_none(),
            bands,
        );
        top += MEASURE;
        if let Some(says) = says {
            ui.painter().galley(pos2(left, top), Arc::clone(says), tokens.secondary);
            top += says.size().y;
        }
    }
    if let Some(mend) = &unfolded.mend {
        ui.painter().galley(pos2(left, top + MEND_ABOVE), Arc::clone(mend), tokens.text);
    }
}

/// A measure: its bar, its points, what it says where that has `room`, and how much it counts.
fn measure_ui(ui: &Ui, line: Rect, (measure, reading): (&Measure, &Reading), room: bool, bands: Bands) {
    let tokens = Tokens::of(ui);
    let columns = Columns::of(line);
    let second = Ink::second(tokens);
    let at = |x: Rangef| Rect::from_x_y_ranges(x, line.y_range());
    let title = Rangef::new(columns.title.min, columns.title.max + space::XS);
    text::paint(ui.painter(), at(title), Align::Min, measure.what, &second, Cut::End);
    let bar = Rect::from_center_size(at(columns.bar).center(), vec2(columns.bar.span(), 8.0));
    scale(bands).paint(ui.painter(), tokens, bar, measure.points.to_f64());
    let points = whole(measure.points);
    text::paint(ui.painter(), at(columns.points), Align::Max, &points, &second, Cut::Never);
    let counts = weight_words(measure, reading);
    if let Some(evidence) = columns.evidence {
        let quiet = second.clone().colour(tokens.tertiary);
        text::paint(ui.painter(), at(evidence), Align::Max, &counts, &quiet, Cut::Never);
    }
    if room {
        let words = at(columns.beside_measure(ui, &counts, line.right()));
        text::paint(ui.painter(), words, Align::Min, &measure.says, &second, Cut::End);
    }
}

/// What the columns are, and the scale all bars have in common.
fn captions_ui(ui: &mut Ui, bands: Bands) {
    let tokens = Tokens::of(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 20.0));
    let columns = Columns::of(rect.shrink2(vec2(space::M, 0.0)));
    let at = |x: Rangef| Rect::from_x_y_ranges(x, rect.y_range());
    let painter = ui.painter();
    scale(bands).paint_head(painter, tokens, at(columns.bar));
    let caption = Ink::caption(tokens);
    text::paint(painter, at(columns.points), Align::Max, "Points", &caption, Cut::Never);
    if let Some(evidence) = columns.evidence {
        text::paint(painter, at(evidence), Align::Max, "Known from", &caption, Cut::Never);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, tokens.hairline));
}

/// The score with its range and trend at the left, how it ran beside it, what costs it most at the right.
fn head_ui(ui: &mut Ui, list: List<'_>) -> Vec<Action> {
    let (health, bands) = (&list.page.row.health, list.page.bands);
    let mut actions = Vec::new();
    let known = health.health.score.is_ok();
    let inside = ui.available_width() - 2.0 * space::M;
    let narrow = inside < SCORE + 300.0 || !known;
    // Where there is no room for all three in a row, how it ran stands below the other two.
    let room = inside - SCORE - 2.0 * space::XL;
    let below = known && room < RUN.min + REASONS;
    let head = if known { HEAD } else { HEAD_UNKNOWN };
    let height = if below { head + run::HEIGHT + space::M } else { head };
    let (_, whole) = ui.allocate_space(vec2(ui.available_width(), height));
    let inside = whole.shrink2(vec2(space::M, 0.0));
    let row = inside.with_max_y(inside.top() + head);
    let left = if narrow { row } else { row.with_max_x(row.left() + SCORE) };
    let mut reasons = row.with_min_x(left.right() + space::XL);
    if below {
        let place = inside.with_min_y(row.bottom()).with_max_y(row.bottom() + run::HEIGHT);
        run::run_ui(ui, place.with_max_x(place.right().min(place.left() + RUN.max)), list);
    } else if known {
        let width = (room * 0.4).clamp(RUN.min, RUN.max);
        let place = reasons.with_max_x(reasons.left() + width).with_max_y(row.top() + run::HEIGHT);
        run::run_ui(ui, place, list);
        reasons = reasons.with_min_x(place.right() + space::XL);
    }
    match &health.health.score {
        Ok(score) => {
            let place = ui.interact(left, ui.scope_id().with("score"), Sense::hover());
            place.widget_info(|| WidgetInfo::labeled(Role::Label, true, score_words(health, bands)));
            actions.extend(score_ui(ui, left, score, &health.trend, list));
        }
        Err(why) => {
            unknown_ui(ui, left, &why.to_string());
            actions.extend(figure_ui(ui, left, HealthFigure::Score, &score_words(health, bands), list));
        }
    }
    if !narrow {
        actions.extend(reasons_ui(ui, reasons, &health.reasons, list));
    }
    actions
}

fn score_words(health: &ClientHealth, bands: Bands) -> String {
    match &health.health.score {
        Err(why) => format!("Score: not known, {why}"),
        Ok(score) => {
            let judged = tone(bands, score.points).word();
            let score = format!("Score: {} of 100, {judged}, {}", whole(score.points), range_words(score));
            format!("{score}; {}", trend_words(&health.trend))
        }
    }
}

fn range_words(score: &Score) -> String {
    let (low, high) = (whole(score.low()), whole(score.high()));
    format!("{low} to {high} in eight of ten cases, from {} indicators", score.known)
}

fn trend_words(trend: &Answer<Decimal>) -> String {
    match trend {
        Ok(trend) if trend.round().is_zero() => "as 90 days ago".to_owned(),
        Ok(trend) if trend.is_sign_negative() => format!("{} lower than 90 days ago", whole(trend.abs())),
        Ok(trend) => format!("{} higher than 90 days ago", whole(*trend)),
        Err(why) => format!("no trend: {why}"),
    }
}

fn score_ui(ui: &mut Ui, place: Rect, score: &Score, trend: &Answer<Decimal>, list: List<'_>) -> Vec<Action> {
    let (tokens, bands) = (Tokens::of(ui), list.page.bands);
    let painter = ui.painter();
    let line =
        |top: f32, height: f32| Rect::from_min_size(place.min + vec2(0.0, top), vec2(place.width(), height));
    let tone = tone(bands, score.points);
    let top = line(0.0, 34.0);
    glyph(painter, tokens, pos2(top.left() + 6.0, top.center().y), tone);
    let ink = Ink::new(size::LARGE, tokens.text).semibold();
    let figure = top.with_min_x(top.left() + 18.0);
    let taken = text::paint(painter, figure, Align::Min, &whole(score.points), &ink, Cut::Never);
    let after = Rect::from_min_max(pos2(taken.right() + space::XS, top.top() + 5.0), top.max);
    let taken = text::paint(painter, after, Align::Min, "of 100", &Ink::second(tokens), Cut::Never);
    let trend_place = after.with_min_x(taken.right() + space::L);
    let (sign, colour) = match trend {
        Ok(trend) if trend.round().is_zero() => ("", tokens.tertiary),
        Ok(trend) if trend.is_sign_negative() => (icon::TREND_DOWN, tokens.secondary),
        Ok(_) => (icon::TREND_UP, tokens.secondary),
        Err(_) => ("", tokens.tertiary),
    };
    let sign_ink = Ink::new(size::LEAD, colour);
    let taken = text::paint(painter, trend_place, Align::Min, sign, &sign_ink, Cut::Never);
    let left = if sign.is_empty() { trend_place.left() } else { taken.right() + space::XS };
    let words = trend_place.with_min_x(left);
    text::paint(
        painter,
        words,
        Align::Min,
        &trend_words(trend),
        &Ink::second(tokens).colour(colour),
        Cut::End,
    );
    let bar = Rect::from_min_size(line(40.0, BAR).min + vec2(18.0, 0.0), vec2(place.width() - 18.0, BAR));
    let [points, low, high] =
        [score.points, score.low(), score.high()].map(|points| points.to_f64().unwrap_or_default());
    scale(bands).paint_range(painter, tokens, bar, points, (low, high));
    let words = line(58.0, 20.0);
    let words = words.with_min_x(words.left() + 18.0);
    let caption = Ink::second(tokens).colour(tokens.tertiary);
    text::paint(painter, words, Align::Min, &capital(&range_words(score)), &caption, Cut::End);
    let says = format!("{} of 100", whole(score.points));
    // What the score lies between belongs to it; the trend stands on top of its place.
    let mut actions = figure_ui(ui, place.with_max_y(words.bottom()), HealthFigure::Score, &says, list);
    actions.extend(figure_ui(ui, trend_place, HealthFigure::Trend, &trend_words(trend), list));
    actions
}

fn unknown_ui(ui: &Ui, place: Rect, why: &str) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let line = Rect::from_min_size(place.min + vec2(18.0, 0.0), vec2(place.width() - 18.0, 34.0));
    let ink = Ink::new(size::LARGE, tokens.tertiary).semibold();
    let taken = text::paint(painter, line, Align::Min, UNKNOWN, &ink, Cut::Never);
    let words = line.with_min_x(taken.right() + space::M);
    text::paint(
        painter,
        words,
        Align::Min,
        &capital(why),
        &Ink::body(tokens).colour(tokens.secondary),
        Cut::End,
    );
}

fn reasons_ui(ui: &mut Ui, place: Rect, reasons: &[Reason], list: List<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let (figure, second) = (Ink::body(tokens).medium(), Ink::second(tokens));
    let mut top = place.top() + 4.0;
    if reasons.is_empty() {
        let line = Rect::from_min_size(pos2(place.left(), top), vec2(place.width(), REASON));
        text::paint(ui.painter(), line, Align::Min, "Nothing costs a point.", &second, Cut::End);
    }
    for reason in reasons {
        let line = Rect::from_min_size(pos2(place.left(), top), vec2(place.width(), REASON));
        top += REASON;
        let lost = number::exact(-reason.lost.round(), 0);
        let points = if reason.lost.round() == Decimal::ONE { "point" } else { "points" };
        let says = format!("{lost} {points}: {}. {}", reason.indicator.title(), reason.says);
        let painter = ui.painter();
        text::paint(painter, line.with_max_x(line.left() + 28.0), Align::Max, &lost, &figure, Cut::Never);
        let title = line.with_min_x(line.left() + 40.0);
        let taken =
            text::paint(painter, title, Align::Min, reason.indicator.title(), &Ink::body(tokens), Cut::End);
        let words = line.with_min_x(taken.right() + space::S);
        // Its row below says all of it.
        let ink = second.clone().colour(tokens.tertiary);
        let clauses = text::clauses_that_fit(painter, &reason.says, &ink, words.width());
        text::paint(painter, words, Align::Min, clauses, &ink, Cut::End);
        let figure = HealthFigure::Points(reason.indicator);
        actions.extend(ui.push_id("reason", |ui| figure_ui(ui, line, figure, &says, list)).inner);
        hover(ui, line, &says);
    }
    actions
}
