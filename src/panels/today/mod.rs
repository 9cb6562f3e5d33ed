//! The triage queue: one list, the costliest delay first, with an end that can be seen.
//!
//! The row under the cursor is open: it says the whole reason, and what one can do about it, with the keys.

mod bulk;
mod consequence;
mod course;
mod end;
mod headline;
mod look;
mod row;
mod words;

use egui::{Rect, Ui, UiBuilder, pos2};

use crate::figures::today::Item;
use crate::kit::theme::space;
use crate::kit::widgets::{VirtualList, moved_cursor};
use crate::state::{Action, Session, Shown, TriageAction, View};

/// Past this width lines get too long to be followed, so the column stands in the middle.
const WIDEST: f32 = 1120.0;

/// Shows the queue in all the space there is.
#[must_use]
pub fn today_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let column = UiBuilder::new().max_rect(column(ui.available_rect_before_wrap()));
    ui.scope_builder(column, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        actions.extend(headline::headline_ui(ui, shown, session));
        let is_empty_book = shown.figures.of_clients.is_empty();
        if !is_empty_book {
            actions.extend(course::course_ui(ui, shown, session));
        }
        bulk::arrivals_ui(ui, shown, &mut actions);
        let filtered = !session.filters.of(View::Today).trim().is_empty();
        if !shown.today.is_empty() {
            if shown.selected.is_empty() {
                headline::columns_ui(ui, shown);
            } else {
                bulk::selection_ui(ui, shown, &mut actions);
            }
            queue_ui(ui, shown, session, &mut actions);
        } else if filtered && !shown.figures.today.items.is_empty() {
            end::nothing_found_ui(ui, shown, session, &mut actions);
        } else if is_empty_book {
            end::empty_book_ui(ui, shown, &mut actions);
        } else {
            end::all_done_ui(ui, shown, session, &mut actions);
        }
    });
    actions
}

/// The column that everything stands in, on whole points.
fn column(whole: Rect) -> Rect {
    let width = whole.width().min(WIDEST);
    let left = (whole.left() + (whole.width() - width) / 2.0).round();
    Rect::from_min_max(pos2(left, whole.top() + space::L), pos2((left + width).round(), whole.bottom()))
}

fn queue_ui(ui: &mut Ui, shown: &Shown, session: &Session, actions: &mut Vec<Action>) {
    let cursor = if session.page.is_none() { shown.row(session) } else { None };
    // While rows are selected, keys act on those: no row offers buttons of its own.
    let opens = cursor.filter(|_| shown.selected.is_empty());
    let opened = opens.and_then(|row| shown.item(row)).map(|item| row::Opened::of(ui, item, shown));
    let higher = opened.as_ref().map_or(0.0, row::Opened::height);
    let count = shown.today.len();
    let end_or = |row: usize| if row + 1 == count { count } else { row };
    let moved = moved_cursor(ui, "today", cursor.map(end_or));
    // The end of the queue is the last row of the list, and comes into sight with the last item.
    let list = VirtualList::new("today", "Today", count + 1)
        .options(count)
        .row_height(row::HEIGHT)
        .opened(opens, higher)
        .reveal(moved);
    list.show(ui, |ui, index| {
        let Some(item) = shown.item(index) else {
            end::closing_line_ui(ui, shown);
            return;
        };
        let opened = opened.as_ref().filter(|_| cursor == Some(index));
        let point = |actions: &mut Vec<Action>| {
            actions.push(Action::Point(shown.cursor_at(session, index)));
        };
        let place = row::Place {
            at_cursor: cursor == Some(index),
            selected: shown.selected.binary_search(&index).is_ok(),
            opened,
        };
        match row::row_ui(ui, shown, session, (item, place), actions) {
            row::Answer::Nothing => {}
            row::Answer::Toggle => {
                let selection = session.triage.selection.toggled(&item.id);
                let cursor = Some(shown.cursor_at(session, index));
                actions.push(Action::Triage(TriageAction::Select(selection, cursor)));
            }
            row::Answer::Stretch => {
                let selection = shown.stretched_to(session, index);
                let cursor = Some(shown.cursor_at(session, index));
                actions.push(Action::Triage(TriageAction::Select(selection, cursor)));
            }
            row::Answer::Point => point(actions),
            row::Answer::Run(command) => {
                point(actions);
                actions.push(Action::Run(command));
            }
        }
    });
}

/// What an item is called: its client and what it is about.
fn name_of(item: &Item) -> String {
    if item.client_name.is_empty() {
        item.title.clone()
    } else {
        format!("{} · {}", item.client_name, item.title)
    }
}
