//! How past forecasts of this book held: said, and shown.

use egui::{Align, Layout, Role, Ui, UiBuilder, WidgetInfo, vec2};

use super::words;
use crate::figures::forecast::TrackRecord;
use crate::figures::proof::FigureKey;
use crate::kit::chart::{Calibration, ChartResponse, Held, Level, PastRange};
use crate::kit::number;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{focus_ring, section_header};
use crate::panels::proof::{self, provable, provable_words};
use crate::state::{Action, Session, Shown};

/// From this height on the plots are shown.
const PLOTS_FROM: f32 = 110.0;

pub(super) fn record_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    section_header(ui, "How past forecasts held", None, None);
    let ink = Ink::second(Tokens::of(ui));
    let Some(record) = &shown.outlook.record else {
        text::label(ui, "Past forecasts are being held against what came.", &ink);
        return Vec::new();
    };
    let says = format!("{}.", record.words());
    let mut actions = provable_words(ui, &says, &ink, &FigureKey::TrackRecord, session);
    ui.add_space(space::XS);
    let room = ui.available_size();
    if room.y < PLOTS_FROM || record.cash.is_empty() {
        return actions;
    }
    let side = room.y.min(room.x * 0.45).min(180.0);
    let place =
        UiBuilder::new().max_rect(ui.available_rect_before_wrap()).layout(Layout::left_to_right(Align::Min));
    let mut row = ui.new_child(place);
    row.spacing_mut().item_spacing = vec2(space::M, 0.0);
    actions.extend(calibration_ui(&mut row, record, side, session));
    actions.extend(held_ui(&mut row, record, side, session));
    actions
}

fn calibration_ui(ui: &mut Ui, record: &TrackRecord, side: f32, session: &Session) -> Vec<Action> {
    let levels: Vec<Level> = record
        .levels
        .iter()
        .map(|it| Level { said: it.said, came: it.came, between: None, count: it.count })
        .collect();
    let said: Vec<String> = record
        .levels
        .iter()
        .map(|it| format!("said {}, came {}", number::percent(it.said), number::percent(it.came)))
        .collect();
    let says = format!(
        "Invoices paid by the day told, from {}: {}",
        words::invoices(record.invoices),
        said.join("; ")
    );
    let (answer, stops) = Calibration { says: &says, levels: &levels }.show(ui, side);
    let mut actions = Vec::new();
    for (level, (stop, says)) in stops.into_iter().zip(&said).enumerate() {
        let told = proof::spoken(ui, says);
        stop.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
        actions.extend(provable(ui, &stop, &FigureKey::Calibrated(level), session));
        if stop.has_focus() {
            proof::tooltip(stop, says);
        }
    }
    if let Some(level) = answer.hovered.and_then(|at| record.levels.get(at)) {
        let told = format!(
            "Said to be paid by a day with {}: {} were, of {} predictions",
            number::percent(level.said),
            number::percent(level.came),
            number::count(level.count)
        );
        answer.hover_text(ui, &told);
    }
    actions
}

fn held_ui(ui: &mut Ui, record: &TrackRecord, height: f32, session: &Session) -> Vec<Action> {
    let ranges: Vec<PastRange> = record
        .cash
        .iter()
        .map(|it| PastRange {
            label: number::date(it.cutoff, record.day),
            low: words::value(&Ok(it.p10)),
            high: words::value(&Ok(it.p90)),
            came: words::value(&Ok(it.came)),
        })
        .collect();
    let says = record.words();
    let answer = Held { says: &says, ranges: &ranges }.show(ui, height);
    if let Some(check) = answer.hovered.and_then(|at| record.cash.get(at)) {
        let told = format!(
            "Eight weeks from {}\n8 in 10: {} to {}\nCame: {}",
            number::date(check.cutoff, record.day),
            words::glance(&Ok(check.p10)),
            words::glance(&Ok(check.p90)),
            words::told(&Ok(check.came))
        );
        answer.hover_text(ui, &told);
    }
    chart_actions(ui, &answer, &says, &FigureKey::TrackRecord, session)
}

/// The keyboard comes to a chart as a whole; that and a click prove what it shows.
fn chart_actions(
    ui: &Ui,
    answer: &ChartResponse,
    says: &str,
    key: &FigureKey,
    session: &Session,
) -> Vec<Action> {
    let chart = &answer.response;
    let told = proof::spoken(ui, says);
    chart.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if chart.has_focus() {
        focus_ring(ui, chart.rect, 4);
    }
    provable(ui, chart, key, session)
}
