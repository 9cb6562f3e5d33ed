//! Expected receipts: the list with the cursor, every open invoice by the day it may be paid.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::receipt::{self, Axis};
use crate::command::key_of;
use crate::kit::icon;
use crate::kit::theme::space;
use crate::kit::widgets::{Column, Empty, Table, ghost, moved_cursor, section_header};
use crate::state::{Action, Session, Shown, View};

/// Two lines.
pub(super) const ROW: f32 = 42.0;
/// From this width on, in points, every column has room for its longest words.
const ROOMY_FROM: f32 = 900.0;

pub(super) fn expected_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let cash = &shown.figures.cash;
    let filter = session.filters.of(View::Cash).trim();
    let title = match filter {
        "" => "Expected receipts".to_owned(),
        filter => format!("Expected receipts matching “{filter}”"),
    };
    let count = Some(shown.cash.len()).filter(|count| *count > 0);
    let head = section_header(ui, &title, count, None).rect;
    if shown.cash.is_empty() {
        empty_ui(ui, cash.owed.is_empty(), filter);
        return actions;
    }
    // While a client's page is open, the cursor and the keys are there.
    let cursor = shown.row(session).filter(|_| session.page.is_none());
    if cursor.is_some() && payment_button(ui, head) {
        actions.push(Action::Run("invoice.record_payment"));
    }
    let reveal = moved_cursor(ui, "expected receipts", cursor);
    let axis = Axis::of(shown, session.cash.days());
    let due = receipt::due_width(ui, cash.day);
    let columns = columns(cash.currency.code(), ui.available_width(), shown.owed_abroad, due);
    let columns: Vec<Column<'_>> = columns.iter().map(ColumnOf::column).collect();
    let table = Table::new("expected receipts", "Expected receipts", &columns, shown.cash.len());
    // While there are levers the cursor's keys go to them.
    let resting = session.is_assuming() && !shown.levers.is_empty();
    let answer = table.row_height(ROW).resting(resting).reveal(reveal).show(
        ui,
        |row| receipt::look(shown, row, cursor == Some(row)),
        |ui, cell| {
            if let Some(owed) = shown.owed(cell.row) {
                receipt::cell_ui(ui, cell, owed, shown, &axis);
                if cursor == Some(cell.row) {
                    actions.extend(receipt::figure_ui(ui, cell, owed, shown, session));
                }
            }
        },
    );
    let place = ui.max_rect();
    if reveal.is_some() && ui.clip_rect().intersect(place).height() < place.height() / 2.0 {
        // The cursor moved in a list that was scrolled away with the whole view.
        ui.scroll_to_rect(place, None);
    }
    if let Some((_, place)) = answer.head.iter().find(|(column, _)| *column == receipt::AXIS) {
        axis.head_ui(ui, *place);
    }
    if let Some(row) = answer.clicked.filter(|_| session.page.is_none()) {
        actions.push(Action::Point(shown.cursor_at(session, row)));
    }
    if answer.opened.is_some() && session.page.is_none() {
        actions.push(Action::Run("list.open"));
    }
    actions
}

/// A column and whether its head is left to this view.
struct ColumnOf {
    title: String,
    share: f32,
    min: f32,
    kind: Kind,
}

#[derive(PartialEq)]
enum Kind {
    Words,
    Axis,
    Figure,
}

impl ColumnOf {
    fn column(&self) -> Column<'_> {
        let column = match self.kind {
            Kind::Figure => Column::number(&self.title).unsortable(),
            Kind::Words => Column::text(&self.title).unsortable(),
            Kind::Axis => Column::text(&self.title).bare().optional(),
        };
        column.share(self.share).min(self.min)
    }
}

/// `foreign`: something is open in another currency, and stands in both. `due`: how wide a due day is.
fn columns(currency: &str, width: f32, foreign: bool, due: f32) -> [ColumnOf; 5] {
    let roomy = width >= ROOMY_FROM;
    let due = due.max(if roomy { 126.0 } else { 98.0 });
    let open = match (foreign, roomy) {
        (false, _) => 88.0,
        (true, false) => 96.0,
        (true, true) => 150.0,
    };
    // What the other columns leave, where the list is narrow.
    let expected = (width - 368.0 - due - open).clamp(96.0, 240.0);
    let of = |title: &str, share, min, kind| ColumnOf { title: title.to_owned(), share, min, kind };
    [
        of("Client", 0.5, 128.0, Kind::Words),
        of("Due", 0.0, due, Kind::Words),
        of("Expected", 1.4, expected, Kind::Words),
        of("Due and expected on one axis", 1.6, 150.0, Kind::Axis),
        of(&format!("Open, {currency}"), 0.0, open, Kind::Figure),
    ]
}

/// The button beside the title; gives whether it was pressed.
fn payment_button(ui: &mut Ui, head: Rect) -> bool {
    let key = key_of(ui, "invoice.record_payment");
    // The words end where the list does; the ground that answers the pointer goes beyond.
    let head = Rect::from_min_max(head.min, head.max + vec2(space::M, 0.0));
    let place = UiBuilder::new().max_rect(head).layout(Layout::right_to_left(Align::Center));
    let mut corner = ui.new_child(place);
    let button = ghost("Record payment").icon(icon::PAYMENT);
    let button = match &key {
        Some(key) => button.key(key),
        None => button,
    };
    button.show(&mut corner).clicked()
}

fn empty_ui(ui: &mut Ui, nothing_open: bool, filter: &str) {
    if nothing_open {
        let key = key_of(ui, "invoice.add");
        let key = key.as_deref().map(|key| (key, "add an invoice"));
        let sentence = "Nothing is owed. Open invoices stand here, each with the day its client may pay it.";
        Empty { icon: icon::INVOICE, sentence, key }.show(ui);
    } else {
        let key = key_of(ui, "app.back");
        let key = key.as_deref().map(|key| (key, "clear the filter"));
        let sentence = format!("No open invoice matches “{filter}”.");
        Empty { icon: icon::FILTER, sentence: &sentence, key }.show(ui);
    }
}
