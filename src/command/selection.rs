//! Selecting rows of the queue, of the board and of the table of clients, and putting the queue in order anew with what is
//! new in it.

use crate::domain::ClientId;
use crate::state::{Action, Selection, Shown, State, TriageAction, View};

use super::{Command, Group, Place, Resolved};

/// Where several rows can be selected.
const SELECTING: &[Place] = &[Place::Today, Place::Board, Place::Clients];

/// A row of this table.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $repeats:literal, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: SELECTING,
            group: Group::Lists,
            repeats: $repeats,
            resolve: $resolve,
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    command!(
        "selection.toggle",
        "Select",
        "Select the row, or no longer, and go to the one below: what acts on a row then acts on all that are selected.",
        &["x"],
        true,
        toggle
    ),
    command!(
        "selection.down",
        "Extend the selection down",
        "Go to the row below and select all rows from where the selection began.",
        &["shift+j", "shift+down"],
        true,
        |state, shown| extend(state, shown, 1)
    ),
    command!(
        "selection.up",
        "Extend the selection up",
        "Go to the row above and select all rows from where the selection began.",
        &["shift+k", "shift+up"],
        true,
        |state, shown| extend(state, shown, -1)
    ),
    command!(
        "selection.kind",
        "Select all of this kind",
        "Select every item or client of the same kind as the one the cursor is at, on the board its column; again: no longer.",
        &["shift+x"],
        false,
        of_the_kind
    ),
    command!(
        "selection.all",
        "Select all",
        "Select every row that the list shows.",
        &["ctrl+a"],
        false,
        |state, shown| {
            at(state, shown)?;
            let columns = shown.board.iter().enumerate();
            let cards = columns.flat_map(|(column, cards)| {
                (0..cards.len()).filter_map(move |row| shown.card(column, row)).map(crate::state::card_key)
            });
            Ok(select(match state.session.view {
                View::Board => Selection::of(cards),
                _ => Selection::of(keys(state, shown)),
            }))
        }
    ),
    command!(
        "selection.clear",
        "Clear the selection",
        "Select nothing; {app.back} does the same.",
        &["ctrl+shift+a"],
        false,
        |state, _| match state.session.selection() {
            Some(selection) if !selection.is_empty() => Ok(select(Selection::default())),
            _ => Err("nothing is selected"),
        }
    ),
    Command {
        id: "queue.merge",
        title: "Merge in what is new",
        help: "Put the queue in order anew, with what came up since you began to work in it.",
        keys: &["."],
        places: &[Place::Today],
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| match (state.session.is_triaging(), shown.can_merge) {
            (false, _) => Err("the queue is not shown"),
            (true, false) => Err("nothing is new, and every row stands where it belongs"),
            (true, true) => Ok(Action::Triage(TriageAction::Merge)),
        },
    },
];

/// The clients that are selected in the table; nothing while none is.
pub(super) fn clients(state: &State, shown: &Shown) -> Option<Vec<ClientId>> {
    let picked = shown.picked(&state.session);
    (!picked.is_empty()).then(|| picked.into_iter().filter_map(|it| it.client).collect())
}

fn select(selection: Selection) -> Action {
    Action::Triage(TriageAction::Select(selection, None))
}

/// The keys of the rows of the list; on the board those of its column.
fn keys<'a>(state: &'a State, shown: &'a Shown) -> impl Iterator<Item = String> + 'a {
    (0..shown.len(&state.session)).filter_map(|row| shown.key(&state.session, row))
}

/// The row that the cursor is at, and what is selected.
fn at<'a>(state: &'a State, shown: &Shown) -> Result<(usize, &'a Selection), &'static str> {
    let selection =
        state.session.selection().ok_or("several rows are selected in Today, Board and Clients")?;
    let row = shown.row(&state.session).ok_or(match state.session.view {
        View::Today => "the queue is empty",
        View::Board => "this column is empty",
        _ => "the list is empty",
    })?;
    Ok((row, selection))
}

fn toggle(state: &State, shown: &Shown) -> Resolved {
    let (row, selection) = at(state, shown)?;
    let key = shown.key(&state.session, row).ok_or("the list is empty")?;
    let next = (row + 1).min(shown.len(&state.session).saturating_sub(1));
    let cursor = Some(shown.cursor_at(&state.session, next));
    Ok(Action::Triage(TriageAction::Select(selection.toggled(&key), cursor)))
}

fn extend(state: &State, shown: &Shown, by: isize) -> Resolved {
    let (row, _) = at(state, shown)?;
    let next = row.saturating_add_signed(by).min(shown.len(&state.session).saturating_sub(1));
    let selection = shown.stretched_to(&state.session, next);
    Ok(Action::Triage(TriageAction::Select(selection, Some(shown.cursor_at(&state.session, next)))))
}

fn of_the_kind(state: &State, shown: &Shown) -> Resolved {
    let (row, selection) = at(state, shown)?;
    let alike: Vec<String> = match state.session.view {
        View::Today => {
            let kind = shown.item(row).ok_or("the queue is empty")?.kind;
            let rows = (0..shown.today.len()).filter_map(|row| shown.item(row));
            rows.filter(|item| item.kind == kind).map(|item| item.id.clone()).collect()
        }
        View::Clients => {
            let kind = shown.client(row).ok_or("the list is empty")?.kind.as_ref().map(|it| it.kind);
            let rows = (0..shown.clients.len()).filter_map(|row| shown.client(row));
            rows.filter(|row| row.kind.as_ref().map(|it| it.kind) == kind)
                .map(|row| row.id.to_string())
                .collect()
        }
        _ => keys(state, shown).collect(),
    };
    let known = &selection.items;
    let all = alike.iter().all(|item| known.contains(item));
    let others = known.iter().filter(|item| !alike.contains(item)).cloned().collect::<Vec<_>>();
    Ok(select(Selection::of(others.into_iter().chain(alike.iter().filter(|_| !all).cloned()))))
}
