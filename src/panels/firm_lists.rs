//! The lists among the firm's settings: one at a time, its rows to be changed and removed.

use egui::{Align, Id, Rect, Ui, UiBuilder, pos2, vec2};

use crate::command::{key_of, list_cursor, list_row};
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, space};
use crate::kit::widgets::{
    Dialog, Empty, Row, VirtualList, ghost, moved_cursor, primary, secondary, segmented_ui,
};
use crate::state::{Action, FirmList, FirmRow, ListsAction, ListsPlace, Shown};

/// Width of the dialog in points.
const WIDTH: f32 = 900.0;

/// The width of the titles, as a part of the whole.
fn titles(list: FirmList) -> f32 {
    match list {
        // Their titles are sentences, and what stands behind them is a number.
        FirmList::Thresholds | FirmList::Weights => 0.7,
        _ => 0.5,
    }
}
/// What the dialog needs besides the rows, in points: title, switch, footer, margins.
const AROUND: f32 = 270.0;
/// The list is never lower than so many rows.
const ROWS_AT_LEAST: f32 = 3.0;

/// Draws the lists.
pub(super) fn firm_lists_ui(ui: &mut Ui, place: &ListsPlace, shown: &Shown) -> Vec<Action> {
    let rows = &shown.lists;
    let at = list_row(place, rows);
    let ids = ["lists.change", "lists.add", "lists.remove", "lists.restore", "app.back"];
    let keys = ids.map(|id| key_of(ui, id).unwrap_or_default());
    let [change, add, remove, restore, back] = &keys;
    let row = at.and_then(|at| rows.get(at));
    let mut footer = Vec::new();
    let own = match place.list {
        // All of them or none, so it is asked of the list and not of a row.
        FirmList::Stages => Some(true),
        list if list.is_built_in() => Some(row.is_some_and(|row| !row.built_in)),
        _ => None,
    };
    if let Some(own) = own {
        footer.push((ghost("Back to built-in").key(restore).enabled(own), "lists.restore"));
    }
    if !place.list.is_built_in() {
        footer.push((ghost("Remove").key(remove).enabled(row.is_some()), "lists.remove"));
        footer.push((secondary("Add").key(add), "lists.add"));
    }
    footer.push((secondary("Change").key(change).enabled(at.is_some()), "lists.change"));
    footer.push((primary("Close").key(back), "app.back"));
    let shown = Dialog::new(Id::unique("firm lists"), "The firm's lists").width(WIDTH).show(
        ui,
        |ui| body_ui(ui, place, rows, at),
        footer,
    );
    let mut actions = shown.body;
    actions.extend(shown.footer.map(Action::Run));
    if shown.clicked_outside {
        actions.push(Action::Back);
    }
    actions
}

fn body_ui(ui: &mut Ui, place: &ListsPlace, rows: &[FirmRow], at: Option<usize>) -> Vec<Action> {
    let mut actions = Vec::new();
    let labels = FirmList::ALL.map(FirmList::title);
    let on = FirmList::ALL.iter().position(|list| *list == place.list).unwrap_or(0);
    if let Some(list) = segmented_ui(ui, "List", &labels, on).and_then(|at| FirmList::ALL.get(at)) {
        actions.push(Action::Lists(ListsAction::Show(*list)));
    }
    if rows.is_empty() {
        let key = key_of(ui, "lists.add");
        let key = key.as_deref().map(|key| (key, "adds the first one"));
        let _ = Empty { icon: icon::NOTE, sentence: place.list.empty(), key }.show(ui);
        return actions;
    }
    let reveal = moved_cursor(ui, "firm lists", at.map(|at| (place.list, at))).map(|(_, at)| at);
    // As high as its rows, or as there is room for.
    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    let wanted = rows.len() as f32 * height::ROW;
    let room = (ui.content_rect().height() - AROUND).max(ROWS_AT_LEAST * height::ROW);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), wanted.min(room)));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect));
    let list = VirtualList::new(("firm list", place.list), place.list.title(), rows.len());
    list.reveal(reveal).show(&mut inside, |ui, nth| {
        let Some(row) = rows.get(nth) else { return };
        let label = format!("{}: {}", row.title, row.detail);
        let id = Id::unique(("firm list row", place.list, &row.key));
        let drawn = Row::new(id, &label).selected(at == Some(nth));
        let response = drawn.show(ui, |ui, rect| row_ui(ui, rect, row, titles(place.list)));
        if response.double_clicked() {
            actions.push(Action::Run("lists.change"));
        } else if response.clicked() {
            actions.push(Action::Lists(ListsAction::Point(list_cursor(rows, nth))));
        }
    });
    actions
}

fn row_ui(ui: &Ui, rect: Rect, row: &FirmRow, titles: f32) {
    let tokens = Tokens::of(ui);
    let indent = if row.below { space::L } else { 0.0 };
    let middle = rect.left() + rect.width() * titles;
    let title =
        Rect::from_min_max(pos2(rect.left() + indent, rect.top()), pos2(middle - space::M, rect.bottom()));
    let ink = if row.below { Ink::body(tokens) } else { Ink::body(tokens).medium() };
    text::paint(ui.painter(), title, Align::Min, &row.title, &ink, Cut::Middle);
    let detail = if row.built_in { Ink::body(tokens).colour(tokens.tertiary) } else { Ink::second(tokens) };
    text::paint(ui.painter(), rect.with_min_x(middle), Align::Min, &row.detail, &detail, Cut::End);
}
