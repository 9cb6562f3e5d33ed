//! The board: contacts and clients without a deal first, then the deals in their stages, side by side.

mod card;
mod column;
mod layout;
mod words;

use egui::{Align, DragAndDrop, Id, LayerId, Order, Rect, Role, ScrollArea, Stroke, StrokeKind, Ui};
use egui::{UiBuilder, pos2, vec2};

use crate::command::key_of;
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, radius, space};
use crate::kit::widgets::{Empty, moved_cursor};
use crate::state::{Action, Session, Shown, View};

use column::Drawn;
use layout::{GAP, places, right};

/// A deal that is being carried to another stage.
#[derive(Debug, Clone)]
struct Carried {
    /// Its id.
    deal: String,
    /// The column it comes from.
    from: usize,
    /// Whose it is.
    client: String,
    /// What it is called.
    title: String,
}

/// Draws the board; gives what the person did.
pub fn board_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let filter = session.filters.of(View::Board).trim();
    if shown.board.iter().all(Vec::is_empty) && !holds_over(shown, filter) {
        empty_ui(ui, shown, filter);
        return Vec::new();
    }
    let mut actions = Vec::new();
    let board = UiBuilder::new().accessibility_role(Role::Group).accessibility_label("Board");
    ui.scope_builder(board, |ui| {
        carry_on(ui);
        ScrollArea::horizontal()
            .id_salt("board")
            .auto_shrink([false, false])
            .animated(false)
            .show(ui, |ui| actions.extend(columns_ui(ui, shown, session, !filter.is_empty())));
    });
    carried_ui(ui);
    actions
}

/// Whether there is something to tell although no card is shown: deals closed or lost long ago.
fn holds_over(shown: &Shown, filter: &str) -> bool {
    filter.is_empty() && shown.figures.board.columns.iter().any(|column| column.count_all > 0)
}

fn columns_ui(ui: &mut Ui, shown: &Shown, session: &Session, filtering: bool) -> Vec<Action> {
    const MARGIN: f32 = space::L;
    let at = shown.column(session);
    let row = shown.row(session);
    let moved = moved_cursor(ui, "board", Some((at, row))).is_some();
    let clip = ui.clip_rect();
    let must_open: Vec<bool> =
        shown.board.iter().enumerate().map(|(index, cards)| index == at || !cards.is_empty()).collect();
    let places = places(&must_open, clip.width().min(ui.available_width()) - 2.0 * MARGIN);
    let (_, whole) = ui.allocate_space(vec2(right(&places) + 2.0 * MARGIN, ui.available_height()));
    let origin = whole.min + vec2(MARGIN, space::M);

    let mut actions = Vec::new();
    for (index, (column, place)) in shown.figures.board.columns.iter().zip(places).enumerate() {
        let left = origin.x + place.left;
        let rect = Rect::from_min_max(pos2(left, origin.y), pos2(left + place.width, whole.bottom()));
        let moved = moved && index == at;
        if moved {
            ui.scroll_to_rect(rect.expand2(vec2(GAP, 0.0)), None);
        }
        let row = row.filter(|_| index == at);
        let drawn = Drawn { shown, session, column, index, filtering, row, at: index == at, moved };
        actions.extend(if place.open { drawn.open_ui(ui, rect) } else { drawn.strip_ui(ui, rect) });
    }
    actions
}

/// Scrolls sideways while a deal is carried near an edge.
fn carry_on(ui: &Ui) {
    const EDGE: f32 = 48.0;
    const POINTS_PER_SECOND: f32 = 900.0;
    if !DragAndDrop::has_payload_of_type::<Carried>(ui) {
        return;
    }
    let (Some(pointer), rect) = (ui.pointer_interact_pos(), ui.max_rect()) else { return };
    let towards = if pointer.x < rect.left() + EDGE {
        1.0
    } else if pointer.x > rect.right() - EDGE {
        -1.0
    } else {
        return;
    };
    let seconds = ui.input(|input| input.stable_dt.min(0.1));
    ui.scroll_with_delta(vec2(towards * POINTS_PER_SECOND * seconds, 0.0));
    ui.request_repaint();
}

/// Paints the deal that is carried beside the pointer.
fn carried_ui(ui: &Ui) {
    let Some(carried) = DragAndDrop::payload::<Carried>(ui) else { return };
    let Some(pointer) = ui.pointer_interact_pos() else { return };
    let tokens = Tokens::of(ui);
    let painter = ui.layer_painter(LayerId::new(Order::Tooltip, Id::unique("carried deal")));
    let rect = Rect::from_min_size(pointer + vec2(space::M, space::S), vec2(200.0, 48.0));
    painter.rect(rect, radius::M, tokens.surface, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
    let inside = rect.shrink2(vec2(space::M, 6.0));
    let (upper, lower) = inside.split_top_bottom_at_fraction(0.5);
    let name = Ink::body(tokens).medium();
    text::paint(&painter, upper, Align::Min, &carried.client, &name, Cut::Middle);
    text::paint(&painter, lower, Align::Min, &carried.title, &Ink::second(tokens), Cut::End);
}

/// What would be here: nothing in the book, or nothing the filter lets through.
fn empty_ui(ui: &mut Ui, shown: &Shown, filter: &str) {
    if !filter.is_empty() {
        let sentence = format!("No card of the board has all of “{filter}”.");
        let key = key_of(ui, "app.back");
        let key = key.as_deref().map(|key| (key, "takes the filter away"));
        let _ = Empty { icon: icon::FILTER, sentence: &sentence, key }.show(ui);
        return;
    }
    let (id, what) = if shown.figures.clients.rows.is_empty() {
        ("client.add", "adds the first client")
    } else {
        ("deal.add", "adds the first deal")
    };
    let sentence = "Deals will stand here in their stages, and before them the clients who have none.";
    let key = key_of(ui, id);
    let key = key.as_deref().map(|key| (key, what));
    let _ = Empty { icon: icon::BOARD, sentence, key }.show(ui);
}
