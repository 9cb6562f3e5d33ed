//! What stands over the rows: what can be done with those that are selected, and what waits to be merged in.

use egui::{Align, Layout, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::{row, words};
use crate::command::key_of;
use crate::kit::icon;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{ghost, secondary};
use crate::state::{Action, Session, Shown};

const HEIGHT: f32 = 40.0;

/// How many rows are selected, and what is at stake for them: `5 selected · EUR 12,300 at stake`; and how many more the
/// filter hides, which no key acts on.
pub(super) fn selected_words(shown: &Shown, session: &Session) -> String {
    let hidden = session.triage.selection.items.len().saturating_sub(shown.selected.len());
    let words = stake_words(shown);
    if hidden == 0 { words } else { format!("{words} · {} more behind the filter", number::count(hidden)) }
}

fn stake_words(shown: &Shown) -> String {
    let (sum, unknown) = shown.selected_stake();
    let count = number::count(shown.selected.len());
    let currency = shown.figures.currency;
    let known = format!("{} {} at stake", currency.code(), number::summary(sum, currency.decimals()));
    match (unknown, sum.is_zero()) {
        (0, _) => format!("{count} selected · {known}"),
        (_, true) => format!("{count} selected · what is at stake is unknown"),
        (unknown, false) => {
            let more = words::counted(unknown, "unknown amount", "unknown amounts");
            format!("{count} selected · {known}, and {more}")
        }
    }
}

/// The keys that act on all selected rows, as buttons, as many as there is room for: one that stood out would make all that
/// stands below wider than the window.
pub(super) fn selection_ui(ui: &mut Ui, shown: &Shown, actions: &mut Vec<Action>) {
    const BUTTONS: [(&str, &str); 6] = [
        ("item.handled", "Handled"),
        ("item.snooze", "Snooze"),
        ("draft.queue", "Queue drafts"),
        ("touch.log", "Log a touch"),
        ("item.dismiss", "Dismiss"),
        ("app.back", "Clear"),
    ];
    let tokens = Tokens::of(ui);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    ui.painter().rect_filled(whole, 0, tokens.raised);
    let inside = whole.shrink2(vec2(row::PADDING, 6.0));
    let count = format!("{} {}", icon::CHECK, number::count(shown.selected.len()));
    let ink = Ink::new(size::BODY, tokens.accent).medium();
    let told = text::paint(ui.painter(), inside, Align::Min, &count, &ink, Cut::Never);
    let rest = inside.with_min_x(told.right() + space::L);
    let layout = UiBuilder::new().max_rect(rest).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(layout, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        for (id, label) in BUTTONS {
            let key = key_of(ui, id).unwrap_or_default();
            let button = if id == "item.handled" { secondary(label) } else { ghost(label) }.key(&key);
            if button.width(ui) > ui.available_width() {
                break;
            }
            if button.show(ui).clicked() {
                actions.push(Action::Run(id));
            }
        }
    });
}

/// That something waits to be merged in: a row that is a button.
pub(super) fn arrivals_ui(ui: &mut Ui, shown: &Shown, actions: &mut Vec<Action>) {
    if shown.arrivals == 0 {
        return;
    }
    let tokens = Tokens::of(ui);
    let says = format!("{} new", number::count(shown.arrivals));
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{says}: merge in")));
    if response.hovered() {
        ui.painter().rect_filled(whole, 0, tokens.raised);
    }
    if response.has_focus() {
        crate::kit::widgets::focus_ring(ui, whole, 0);
    }
    let inside = whole.shrink2(vec2(row::PADDING, 0.0));
    let ink = Ink::new(size::BODY, tokens.accent).medium();
    let told = format!("{} {says}", icon::ARROW_UP);
    let took = text::paint(ui.painter(), inside, Align::Min, &told, &ink, Cut::Never);
    let key = key_of(ui, "queue.merge").unwrap_or_default();
    let at = egui::pos2(took.right() + space::M, inside.center().y);
    let cap = crate::kit::widgets::paint_key_cap(ui.painter(), tokens, at, &key);
    let rest = inside.with_min_x(cap.right() + space::M);
    let quiet = Ink::new(size::SMALL, tokens.tertiary);
    text::paint(ui.painter(), rest, Align::Min, "since you began here: merge in", &quiet, Cut::End);
    if response.clicked() {
        actions.push(Action::Run("queue.merge"));
    }
}
