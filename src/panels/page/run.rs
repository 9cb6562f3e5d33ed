//! How the score of a client ran over 24 months: the whole scale with the levels at which it is judged, its first and last day,
//! and where it stood 90 days ago.

use chrono::NaiveDate;
use egui::{Align, Rangef, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::List;
use crate::domain::days_between;
use crate::figures::health::TREND_DAYS;
use crate::kit::chart::paint_sparkline_on;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::panels::health::{Run, points};

/// The height it needs.
pub(super) const HEIGHT: f32 = 88.0;
/// Height of a line of captions.
const CAPTION: f32 = 15.0;
/// Width of the labels of the scale.
const SCALE: f32 = 26.0;

/// Shows it in a place, or why there is nothing to show yet.
pub(super) fn run_ui(ui: &mut Ui, place: Rect, list: List<'_>) {
    let says = words(list);
    let response = ui.interact(place, ui.scope_id().with("run"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
    let (tokens, caption) = (Tokens::of(ui), Ink::caption(Tokens::of(ui)));
    let row = |top: f32| Rect::from_x_y_ranges(place.x_range(), Rangef::new(top, top + CAPTION));
    let Some((run, days)) = run_of(list) else {
        text::paint(ui.painter(), row(place.top()), Align::Min, &says, &caption, Cut::End);
        return;
    };
    let plot = Rect::from_min_max(
        pos2(place.left() + SCALE, place.top() + CAPTION + 2.0),
        pos2(place.right(), place.bottom() - CAPTION - 2.0),
    );
    let painter = ui.painter();
    let title = text::paint(painter, row(place.top()), Align::Min, "Score", &caption, Cut::Never);
    let [risk, good] = [list.page.bands.risk, list.page.bands.good];
    // The line stands a little within its place, and the scale with it.
    let inside = plot.shrink(3.0);
    let y_of = |points: Decimal| {
        let part = points.to_f32().unwrap_or_default() / 100.0;
        inside.bottom() - part.clamp(0.0, 1.0) * inside.height()
    };
    for (level, dashed) in [(Decimal::ZERO, false), (risk, true), (good, true), (Decimal::ONE_HUNDRED, false)]
    {
        let y = painter.round_to_pixel_center(y_of(level));
        let ends = [pos2(plot.left(), y), pos2(plot.right(), y)];
        if dashed {
            painter.extend(Shape::dashed_line(&ends, Stroke::new(1.0, tokens.strong), 3.0, 3.0));
        } else {
            painter.line_segment(ends, Stroke::new(1.0, tokens.hairline));
        }
        let label = Rect::from_x_y_ranges(
            Rangef::new(place.left(), plot.left() - space::XS),
            Rangef::new(y - 7.0, y + 7.0),
        );
        text::paint(painter, label, Align::Max, &points(level), &caption, Cut::Never);
    }
    paint_sparkline_on(painter, tokens, plot, &run.values, (0.0, 100.0), Tone::Neutral);
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return };
    if let Some(then) = list.page.row.health.score_before() {
        let part = days_between(*first, *last) - TREND_DAYS;
        #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
        let part = part as f32 / days_between(*first, *last).max(1) as f32;
        let at = pos2(inside.left() + part.clamp(0.0, 1.0) * inside.width(), y_of(then));
        painter.circle(at, 3.0, tokens.surface, Stroke::new(1.5, tokens.text));
        // How far it moved since then is told, and proved, beside the score.
        let label = format!("{TREND_DAYS} days ago");
        let right = row(place.top()).with_min_x(title.right() + space::M);
        text::paint(painter, right, Align::Max, &label, &caption, Cut::End);
    }
    let below = row(place.bottom() - CAPTION).with_min_x(plot.left());
    text::paint(painter, below, Align::Min, &number::date(*first, *last), &caption, Cut::Never);
    text::paint(painter, below, Align::Max, &number::date(*last, *last), &caption, Cut::Never);
}

/// The run, and its days.
fn run_of(list: List<'_>) -> Option<(Run, &[NaiveDate])> {
    let lines = list.outlook.lines.as_deref()?;
    Some((Run::of(Some(lines), &list.page.client.id)?, &lines.days))
}

/// What it shows, in a sentence.
fn words(list: List<'_>) -> String {
    let Some((run, days)) = run_of(list) else {
        let pending = list.outlook.lines.is_none();
        let why = if pending {
            "The last 24 months are being worked out."
        } else {
            "Too new for a line of 24 months."
        };
        return why.to_owned();
    };
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    let back = list
        .page
        .row
        .health
        .score_before()
        .map(|then| format!("; {TREND_DAYS} days ago {}", points(then)))
        .unwrap_or_default();
    format!(
        "Score {}{back}; {} to {}. Good from {} of 100 on, at risk below {}.",
        run.says,
        number::date(*first, *last),
        number::date(*last, *last),
        points(list.page.bands.good),
        points(list.page.bands.risk),
    )
}
