//! A client's health as it is written: the score with its band, the trend, and what costs points.

use egui::{Align, Ui, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figure::Figure;
use super::proof::provable_place;
use crate::domain::ClientId;
use crate::figures::Row;
use crate::figures::health::{HealthLines, Level, Reason, Score};
use crate::figures::proof::{FigureKey, HealthFigure};
use crate::kit::chart::{Band, paint_band};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::glyph;
use crate::state::{Action, Session};
use crate::written::capital;

/// The tone of a level.
pub(super) fn tone_of(level: Level) -> Tone {
    match level {
        Level::Good => Tone::Good,
        Level::Watch => Tone::Watch,
        Level::Risk => Tone::Risk,
    }
}

/// Points as they are shown: whole ones.
pub(super) fn points(points: Decimal) -> String {
    points.round().to_i64().unwrap_or_default().to_string()
}

/// Points won or lost, whole ones with their sign: `+6`, `−9`, `0`.
pub(super) fn signed(points: Decimal) -> String {
    match points.round().to_i64().unwrap_or_default() {
        0 => "0".to_owned(),
        up @ 1.. => format!("+{up}"),
        down => format!("−{}", down.unsigned_abs()),
    }
}

/// The score with the band around it, on a scale from 0 to 100.
pub(super) fn band_of(score: &Score, tone: Tone) -> Band {
    let part = |points: Decimal| points.to_f64().unwrap_or_default() / 100.0;
    Band { low: part(score.low()), high: part(score.high()), value: part(score.points), tone }
}

/// The score in a clause: how it is judged, the points, the band.
pub(super) fn score_words(row: &Row) -> String {
    match &row.health.health.score {
        Ok(score) => {
            let level = row.level.as_ref().map_or("", |level| tone_of(*level).word());
            format!(
                "score {}, {level}; between {} and {} in eight of ten cases, from {} of {} indicators",
                points(score.points),
                points(score.low()),
                points(score.high()),
                score.known,
                row.health.health.readings.len(),
            )
        }
        Err(why) => format!("score not known, {why}"),
    }
}

/// By how many points the score moved in 90 days.
pub(super) fn trend_figure(row: &Row) -> Figure {
    match &row.health.trend {
        Ok(moved) => Figure::known(signed(*moved), moved.round().is_zero()),
        Err(why) => Figure::unknown(&why.0),
    }
}

/// How a score ran over the months, ready to be painted: `None` where fewer than two of them are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// The score on each day, the earliest first; not a number where it was unknown.
    pub(super) values: Vec<f64>,
    /// The ends of the scale: at least 30 points, so that a small move looks like one.
    pub(super) scale: (f64, f64),
    /// The same in a clause.
    pub(super) says: String,
}

impl Run {
    /// How a client's score ran.
    pub(super) fn of(lines: Option<&HealthLines>, client: &ClientId) -> Option<Self> {
        const LEAST: f64 = 30.0;
        let line = lines?.client(client)?;
        let known: Vec<Decimal> = line.iter().flatten().copied().collect();
        let (first, last) = (known.first().filter(|_| known.len() > 1)?, known.last()?);
        let (low, high) = (known.iter().min()?, known.iter().max()?);
        let number = |points: &Decimal| points.to_f64().unwrap_or(f64::NAN);
        let more = ((LEAST - (number(high) - number(low))) / 2.0).max(0.0);
        Some(Self {
            values: line.iter().map(|points| points.as_ref().map_or(f64::NAN, number)).collect(),
            scale: (number(low) - more, number(high) + more),
            says: format!(
                "over the last {} months from {} to {}, between {} and {}",
                line.len().saturating_sub(1),
                points(*first),
                points(*last),
                points(*low),
                points(*high)
            ),
        })
    }
}

/// What costs points of the score; nothing where there is none.
pub(super) fn costs(row: &Row) -> &[Reason] {
    if row.health.health.score.is_ok() { &row.health.reasons } else { &[] }
}

/// Shows the score, its band and trend, and under it what costs points, each in its sentence. All of it can be proved.
pub(super) fn health_ui(ui: &mut Ui, row: &Row, session: &Session) -> Vec<Action> {
    let mut actions = score_ui(ui, row, session);
    for reason in costs(row) {
        actions.extend(reason_ui(ui, row, reason, session));
    }
    actions
}

fn score_ui(ui: &mut Ui, row: &Row, session: &Session) -> Vec<Action> {
    const LINE: f32 = 30.0;
    let tokens = Tokens::of(ui);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), LINE));
    let Ok(score) = &row.health.health.score else {
        let why = row.health.health.score.as_ref().err().map_or("", |why| why.0.as_str());
        let key = FigureKey::Health(row.id.clone(), HealthFigure::Score);
        let ink = Ink::second(tokens).colour(tokens.tertiary);
        text::paint(ui.painter(), rect, Align::Min, &format!("No score: {why}"), &ink, Cut::End);
        return provable_place(ui, rect, &capital(&score_words(row)), &key, session);
    };
    let trend = trend_figure(row);
    let moved = format!("{} in 90 days", trend.text);
    let right = text::paint(ui.painter(), rect, Align::Max, &moved, &caption, Cut::Never);
    let left = rect.with_max_x(right.left() - space::L);
    let tone = tone_of(row.level.as_ref().copied().unwrap_or(Level::Watch));
    glyph(ui.painter(), tokens, pos2(left.left() + 6.0, left.center().y), tone);
    let place = left.with_min_x(left.left() + 18.0);
    let ink = Ink::new(size::TITLE, tokens.text).semibold();
    let taken = text::paint(ui.painter(), place, Align::Min, &points(score.points), &ink, Cut::Never);
    paint_band(ui.painter(), tokens, left.with_min_x(taken.right() + space::M), band_of(score, tone));
    let key = |figure| FigureKey::Health(row.id.clone(), figure);
    let mut actions =
        provable_place(ui, left, &capital(&score_words(row)), &key(HealthFigure::Score), session);
    let says = format!("In 90 days {}", trend.spoken());
    actions.extend(provable_place(ui, right, &says, &key(HealthFigure::Trend), session));
    actions
}

/// What costs points, how many, and in a sentence why.
fn reason_ui(ui: &mut Ui, row: &Row, reason: &Reason, session: &Session) -> Vec<Action> {
    const POINTS: f32 = 30.0;
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let painted = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (_, rect) = ui.allocate_space(vec2(POINTS, 18.0));
        let ink = Ink::body(tokens).medium();
        text::paint(ui.painter(), rect, Align::Max, &signed(-reason.lost), &ink, Cut::Never);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::label(ui, reason.indicator.title(), &Ink::body(tokens));
            text::label(ui, reason.says.as_str(), &Ink::second(tokens));
        });
    });
    let says = format!("{}, {} points of the score", reason.indicator.title(), signed(-reason.lost));
    let key = FigureKey::Health(row.id.clone(), HealthFigure::Points(reason.indicator));
    provable_place(ui, painted.response.rect, &says, &key, session)
}
