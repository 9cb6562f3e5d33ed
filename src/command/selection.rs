//! Selecting rows of the queue, and putting it in order anew with what is new in it.

use crate::state::{Action, Selection, Shown, State, TriageAction};

use super::{Command, Group, Place, Resolved};

/// A row of this table.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $repeats:literal, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: &[Place::Today],
            group: Group::Today,
            repeats: $repeats,
            resolve: $resolve,
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    command!(
        "selection.toggle",
        "Select",
        "Select the item, or no longer, and go to the row below: what acts on an item then acts on all that are selected.",
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
        "Select every item of the same kind as the one the cursor is at; again: no longer.",
        &["shift+x"],
        false,
        of_the_kind
    ),
    command!(
        "selection.all",
        "Select all",
        "Select every item that the list shows.",
        &["ctrl+a"],
        false,
        |state, shown| {
            at(state, shown)?;
            let all = (0..shown.today.len()).filter_map(|row| shown.item(row)).map(|item| item.id.clone());
            Ok(select(Selection::of(all)))
        }
    ),
    command!(
        "selection.clear",
        "Clear the selection",
        "Select nothing; {app.back} does the same.",
        &["ctrl+shift+a"],
        false,
        |state, _| {
            if state.session.triage.selection.is_empty() {
                return Err("nothing is selected");
            }
            Ok(select(Selection::default()))
        }
    ),
    command!(
        "queue.merge",
        "Merge in what is new",
        "Put the queue in order anew, with what came up since you began to work in it.",
        &["."],
        false,
        |state, shown| match (state.session.is_triaging(), shown.can_merge) {
            (false, _) => Err("the queue is not shown"),
            (true, false) => Err("nothing is new, and every row stands where it belongs"),
            (true, true) => Ok(Action::Triage(TriageAction::Merge)),
        }
    ),
];

fn select(selection: Selection) -> Action {
    Action::Triage(TriageAction::Select(selection, None))
}

/// The row that the cursor is at.
fn at(state: &State, shown: &Shown) -> Result<usize, &'static str> {
    if !state.session.is_triaging() {
        return Err("the queue is not shown");
    }
    shown.row(&state.session).ok_or("the queue is empty")
}

fn toggle(state: &State, shown: &Shown) -> Resolved {
    let row = at(state, shown)?;
    let item = shown.item(row).ok_or("the queue is empty")?;
    let next = (row + 1).min(shown.today.len().saturating_sub(1));
    let selection = state.session.triage.selection.toggled(&item.id);
    Ok(Action::Triage(TriageAction::Select(selection, Some(shown.cursor_at(&state.session, next)))))
}

fn extend(state: &State, shown: &Shown, by: isize) -> Resolved {
    let row = at(state, shown)?;
    let next = row.saturating_add_signed(by).min(shown.today.len().saturating_sub(1));
    let selection = shown.stretched_to(&state.session, next);
    Ok(Action::Triage(TriageAction::Select(selection, Some(shown.cursor_at(&state.session, next)))))
}

fn of_the_kind(state: &State, shown: &Shown) -> Resolved {
    let kind = shown.item(at(state, shown)?).ok_or("the queue is empty")?.kind;
    let rows = (0..shown.today.len()).filter_map(|row| shown.item(row));
    let alike: Vec<String> = rows.filter(|item| item.kind == kind).map(|item| item.id.clone()).collect();
    let known = &state.session.triage.selection.items;
    let all = alike.iter().all(|item| known.contains(item));
    let others = known.iter().filter(|item| !alike.contains(item)).cloned().collect::<Vec<_>>();
    Ok(select(Selection::of(others.into_iter().chain(alike.iter().filter(|_| !all).cloned()))))
}
