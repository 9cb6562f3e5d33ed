//! A client's health as it is written: the score with its band, the trend, and what costs points.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figure::Figure;
use crate::figures::Row;
use crate::figures::health::{Level, Reason, Score};
use crate::kit::chart::{Band, paint_band};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::glyph;

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

/// What costs points of the score; nothing where there is none.
pub(super) fn costs(row: &Row) -> &[Reason] {
    if row.health.health.score.is_ok() { &row.health.reasons } else { &[] }
}

/// Shows the score, its band and trend, and under it what costs points, each in its sentence.
pub(super) fn health_ui(ui: &mut Ui, row: &Row) {
    score_ui(ui, row);
    for reason in costs(row) {
        reason_ui(ui, reason);
    }
}

fn score_ui(ui: &mut Ui, row: &Row) {
    const LINE: f32 = 30.0;
    let tokens = Tokens::of(ui);
    let trend = trend_figure(row);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let says = format!("{}; in 90 days {}", score_words(row), trend.spoken());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
    let Ok(score) = &row.health.health.score else {
        let why = row.health.health.score.as_ref().err().map_or("", |why| why.0.as_str());
        let ink = Ink::second(tokens).colour(tokens.tertiary);
        text::paint(ui.painter(), rect, Align::Min, &format!("No score: {why}"), &ink, Cut::End);
        super::figure::hover(ui, rect, why);
        return;
    };
    let tone = tone_of(row.level.as_ref().copied().unwrap_or(Level::Watch));
    glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    let place = rect.with_min_x(rect.left() + 18.0);
    let ink = Ink::new(size::TITLE, tokens.text).semibold();
    let taken = text::paint(ui.painter(), place, Align::Min, &points(score.points), &ink, Cut::Never);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    let moved = format!("{} in 90 days", trend.text);
    let right = text::paint(ui.painter(), rect, Align::Max, &moved, &caption, Cut::Never);
    if trend.why.is_some() {
        super::figure::hover(ui, right, trend.why.as_deref().unwrap_or_default());
    }
    let scale = Rect::from_min_max(
        pos2(taken.right() + space::M, rect.top()),
        pos2(right.left() - space::L, rect.bottom()),
    );
    paint_band(ui.painter(), tokens, scale, band_of(score, tone));
    response.on_hover_text(super::figure::sentence(&score_words(row)));
}

fn reason_ui(ui: &mut Ui, reason: &Reason) {
    const POINTS: f32 = 30.0;
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (rect, _) = ui.allocate_exact_size(vec2(POINTS, 18.0), Sense::hover());
        let ink = Ink::body(tokens).medium();
        text::paint(ui.painter(), rect, Align::Max, &signed(-reason.lost), &ink, Cut::Never);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::label(ui, reason.indicator.title(), &Ink::body(tokens));
            text::label(ui, reason.says.as_str(), &Ink::second(tokens));
        });
    });
}
