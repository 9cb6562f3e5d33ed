//! Moving in lists.

use crate::domain::Table;
use crate::figures::ClientSort;
use crate::state::{Action, ClientsAction, Cursor, PageSection, Shown, State, View};

use super::{Command, Group, Place, Resolved};

/// Where there are rows.
pub(super) const LISTS: &[Place] = &[
    Place::Today,
    Place::Board,
    Place::Cash,
    Place::WhatIf,
    Place::Clients,
    Place::Rates,
    Place::Outbox,
    Place::Page,
];
/// How far a page key moves.
pub(super) const PAGE: isize = 10;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "list.down",
        title: "Down",
        help: "Go to the row below.",
        keys: &["j", "down"],
        places: LISTS,
        group: Group::Lists,
        repeats: true,
        resolve: |state, shown| step(state, shown, 1),
    },
    Command {
        id: "list.up",
        title: "Up",
        help: "Go to the row above.",
        keys: &["k", "up"],
        places: LISTS,
        group: Group::Lists,
        repeats: true,
        resolve: |state, shown| step(state, shown, -1),
    },
    Command {
        id: "list.page_down",
        title: "Ten rows down",
        help: "Go ten rows down.",
        keys: &["pagedown"],
        places: LISTS,
        group: Group::Lists,
        repeats: true,
        resolve: |state, shown| step(state, shown, PAGE),
    },
    Command {
        id: "list.page_up",
        title: "Ten rows up",
        help: "Go ten rows up.",
        keys: &["pageup"],
        places: LISTS,
        group: Group::Lists,
        repeats: true,
        resolve: |state, shown| step(state, shown, -PAGE),
    },
    Command {
        id: "list.first",
        title: "First row",
        help: "Go to the first row.",
        keys: &["g g", "home"],
        places: LISTS,
        group: Group::Lists,
        repeats: false,
        resolve: |state, shown| step(state, shown, isize::MIN),
    },
    Command {
        id: "list.last",
        title: "Last row",
        help: "Go to the last row.",
        keys: &["shift+g", "end"],
        places: LISTS,
        group: Group::Lists,
        repeats: false,
        resolve: |state, shown| step(state, shown, isize::MAX),
    },
    Command {
        id: "list.open",
        title: "Open",
        help: "Open the client's page; on it, among levers and in the outbox, open the row to change it.",
        keys: &["enter"],
        places: LISTS,
        group: Group::Lists,
        repeats: false,
        resolve: open,
    },
    Command {
        id: "list.peek",
        title: "Show or hide the side pane",
        help: "Show or hide the client beside the list.",
        keys: &["space"],
        places: &[Place::Today, Place::Board, Place::Cash, Place::Clients],
        group: Group::Lists,
        repeats: false,
        resolve: |_, _| Ok(Action::TogglePeek),
    },
    Command {
        id: "clients.sort",
        title: "Sort by the next column",
        help: "Sort the clients by the next column.",
        keys: &["o"],
        places: &[Place::Clients],
        group: Group::Lists,
        repeats: false,
        resolve: next_sort,
    },
    Command {
        id: "clients.reverse",
        title: "Turn the order round",
        help: "Sort the clients the other way.",
        keys: &["shift+o"],
        places: &[Place::Clients],
        group: Group::Lists,
        repeats: false,
        resolve: |state, _| match state.session.view {
            View::Clients => Ok(Action::Sort(state.session.sort.0)),
            _ => Err("only the clients are sorted by column"),
        },
    },
    Command {
        id: "clients.firm",
        title: "The firm",
        help: "Show what all clients together say of the firm, in the place of the table; again: the table.",
        keys: &["i"],
        places: &[Place::Clients, Place::Firm],
        group: Group::Lists,
        repeats: false,
        resolve: |state, _| {
            let firm = Action::Clients(ClientsAction::Firm(!state.session.shows_firm()));
            Ok(match state.session.view {
                View::Clients if state.session.page.is_none() => firm,
                _ => Action::All(vec![Action::Show(View::Clients), firm]),
            })
        },
    },
    Command {
        id: "clients.group",
        title: "Group by kind",
        help: "Show the clients in groups by kind, those that need attention first; again: in one list.",
        keys: &["b"],
        places: &[Place::Clients],
        group: Group::Lists,
        repeats: false,
        resolve: |state, _| match state.session.view {
            View::Clients => Ok(Action::Clients(ClientsAction::Group(!state.session.clients.grouped))),
            _ => Err("only the clients are grouped by kind"),
        },
    },
    Command {
        id: "filter.take",
        title: "Keep the filter",
        help: "Go back to the list, which stays narrowed.",
        keys: &["enter", "down"],
        places: &[Place::Filter],
        group: Group::Lists,
        repeats: false,
        resolve: |state, _| {
            if state.session.filtering {
                Ok(Action::Filtering(false))
            } else {
                Err("nothing is being filtered")
            }
        },
    },
];

/// The column after the one the clients are sorted by.
fn next_sort(state: &State, _: &Shown) -> Resolved {
    if state.session.view != View::Clients {
        return Err("only the clients are sorted by column");
    }
    let columns = ClientSort::ALL;
    let at = columns.iter().position(|column| *column == state.session.sort.0).unwrap_or(0);
    let next = columns.get((at + 1) % columns.len()).copied().unwrap_or_default();
    Ok(Action::Sort(next))
}

fn step(state: &State, shown: &Shown, by: isize) -> Resolved {
    if let Some(levers) = super::what_if::step(state, by) {
        return levers;
    }
    if let Some(row) = super::cash::step_change(state, shown, by) {
        return row;
    }
    if let Some(rates) = super::rates::step(state, shown, by) {
        return rates;
    }
    let last = shown.len(&state.session).checked_sub(1).ok_or("the list is empty")?;
    let row = shown.row(&state.session).unwrap_or(0);
    let next = row.saturating_add_signed(by).min(last);
    Ok(Action::Point(shown.cursor_at(&state.session, next)))
}

fn open(state: &State, shown: &Shown) -> Resolved {
    if let Some(lever) = super::what_if::edit(state) {
        return lever;
    }
    if let Some(letter) = super::outbox::open(state, shown) {
        return letter;
    }
    let Some(place) = &state.session.page else {
        let client = shown.selected_client(&state.session).ok_or("nothing is selected")?;
        let invoice = shown
            .selected(&state.session)
            .filter(|it| it.table == Table::Invoices && state.session.view == View::Cash);
        return Ok(match invoice {
            // An expected receipt opens its invoice, among the others of the client.
            Some(invoice) => Action::All(vec![
                Action::OpenClient(client),
                Action::ShowSection(PageSection::Invoices),
                Action::Point(Cursor { key: invoice.id, index: 0, column: 0 }),
            ]),
            None => Action::OpenClient(client),
        });
    };
    if let Some(row) = super::way_out::open(state, shown) {
        return row;
    }
    match place.section {
        PageSection::Renewals => return Err("renewals are changed in the book's file"),
        PageSection::Health => return Err("the row is open: all that is known of it stands there"),
        PageSection::Referrals => {
            let page = shown.page.as_ref().ok_or("the client is not in the book on this day")?;
            let person = shown.row(&state.session).and_then(|row| page.referrals.people.get(row));
            return person.map(|person| Action::OpenClient(person.id.clone())).ok_or("nobody is selected");
        }
        _ => {}
    }
    super::records::edit_selected(state, shown)
}

/// The cursor for a card at this column and row of the board.
pub(super) fn board_cursor(shown: &Shown, column: usize, row: usize) -> Cursor {
    let key = shown.card(column, row).map(crate::state::card_key).unwrap_or_default();
    Cursor { key, index: row, column }
}
