//! The lists among the firm's settings, by keys.

use crate::domain::{THRESHOLDS, Table, WEIGHTS};
use crate::state::{
    Action, Confirm, Cursor, FirmList, FirmRow, FormKind, ListsAction, ListsPlace, Removal, Shown, State,
    Target, built_in_again, removal,
};

use super::lists::PAGE;
use super::records::edit_record;
use super::removing::remove_record;
use super::{Command, Group, Place, Resolved};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "firm.lists",
        title: "The firm's lists …",
        help: "Accounts and balances, exchange rates, rate card, wanted clients, stages, letters, thresholds, health weights, your own expenses and renewals: add, change, remove.",
        keys: &["g f"],
        places: &[Place::Anywhere],
        group: Group::Edit,
        repeats: false,
        resolve: |_, _| Ok(Action::Lists(ListsAction::Show(FirmList::default()))),
    },
    dialog!("lists.down", "Next row", "Go to the row below.", &["down", "j"], Lists, true, |state, shown| {
        step(state, shown, 1)
    }),
    dialog!("lists.up", "Row before", "Go to the row above.", &["up", "k"], Lists, true, |state, shown| {
        step(state, shown, -1)
    }),
    dialog!(
        "lists.page_down",
        "Ten rows down",
        "Go ten rows down.",
        &["pagedown"],
        Lists,
        true,
        |state, shown| { step(state, shown, PAGE) }
    ),
    dialog!("lists.page_up", "Ten rows up", "Go ten rows up.", &["pageup"], Lists, true, |state, shown| {
        step(state, shown, -PAGE)
    }),
    dialog!(
        "lists.first",
        "First row",
        "Go to the first row.",
        &["g g", "home"],
        Lists,
        false,
        |state, shown| { step(state, shown, isize::MIN) }
    ),
    dialog!(
        "lists.last",
        "Last row",
        "Go to the last row.",
        &["shift+g", "end"],
        Lists,
        false,
        |state, shown| { step(state, shown, isize::MAX) }
    ),
    dialog!("lists.next", "Next list", "Show the next list.", &["right", "l"], Lists, false, |state, _| {
        beside(state, 1)
    }),
    dialog!(
        "lists.previous",
        "List before",
        "Show the list before.",
        &["left", "h"],
        Lists,
        false,
        |state, _| { beside(state, -1) }
    ),
    dialog!("lists.change", "Change …", "Change the row.", &["enter", "f2"], Lists, false, change),
    dialog!("lists.add", "Add …", "Add a row to the list.", &["n", "ctrl+n"], Lists, false, |state, _| {
        let kind = match place(state)?.list {
            FirmList::Accounts => FormKind::Balance,
            FirmList::Exchange => FormKind::Exchange,
            FirmList::RateCard => FormKind::RateCard,
            FirmList::Criteria => FormKind::Criterion,
            FirmList::Stages => FormKind::Stage,
            FirmList::Expenses => FormKind::Expense,
            FirmList::Renewals => FormKind::Renewal,
            FirmList::Letters => return Err("each letter there is has its text: change one"),
            FirmList::Thresholds | FirmList::Weights => {
                return Err("each of these has its number: change one");
            }
        };
        Ok(Action::OpenForm(kind, Target::New(None)))
    }),
    dialog!("lists.remove", "Remove …", "Remove the row, after asking.", &["del"], Lists, false, remove),
    dialog!(
        "lists.restore",
        "Back to built-in …",
        "Go back to what comes with the program, after asking: the text or number of the row, or all stages.",
        &["b", "ctrl+b"],
        Lists,
        false,
        restore
    ),
    dialog!(
        "lists.close",
        "Close the lists",
        "Close the firm's lists.",
        &["ctrl+enter"],
        Lists,
        false,
        |state, _| { place(state).map(|_| Action::Back) }
    ),
];

fn place(state: &State) -> Result<&ListsPlace, &'static str> {
    state.session.lists.as_ref().ok_or("the firm's lists are not shown")
}

/// The position of the row the cursor is at; `None` in an empty list.
#[must_use]
pub fn list_row(place: &ListsPlace, rows: &[FirmRow]) -> Option<usize> {
    let cursor = &place.cursor;
    let is_at = |at: usize| rows.get(at).is_some_and(|row| row.key == cursor.key);
    // Mostly it is where it was noted: to look through them all in each frame would cost more the more there are.
    let found = if cursor.key.is_empty() || is_at(cursor.index) {
        None
    } else {
        rows.iter().position(|row| row.key == cursor.key)
    };
    found.or_else(|| rows.len().checked_sub(1).map(|last| cursor.index.min(last)))
}

/// The cursor for a row.
#[must_use]
pub fn list_cursor(rows: &[FirmRow], at: usize) -> Cursor {
    Cursor { key: rows.get(at).map(|row| row.key.clone()).unwrap_or_default(), index: at, column: 0 }
}

fn current<'a>(state: &State, shown: &'a Shown) -> Result<(FirmList, &'a FirmRow), &'static str> {
    let place = place(state)?;
    let at = list_row(place, &shown.lists).and_then(|at| shown.lists.get(at));
    at.map(|row| (place.list, row)).ok_or("the list is empty")
}

fn step(state: &State, shown: &Shown, by: isize) -> Resolved {
    let at = list_row(place(state)?, &shown.lists).ok_or("the list is empty")?;
    let next = at.saturating_add_signed(by).min(shown.lists.len().saturating_sub(1));
    Ok(Action::Lists(ListsAction::Point(list_cursor(&shown.lists, next))))
}

fn beside(state: &State, by: isize) -> Resolved {
    let list = place(state)?.list;
    let at = FirmList::ALL.iter().position(|known| *known == list).unwrap_or(0);
    let next = at.checked_add_signed(by).and_then(|at| FirmList::ALL.get(at));
    next.map(|list| Action::Lists(ListsAction::Show(*list))).ok_or("there is no further list")
}

fn change(state: &State, shown: &Shown) -> Resolved {
    let (list, row) = current(state, shown)?;
    let kind = match list {
        FirmList::Accounts if row.below => FormKind::Balance,
        FirmList::Accounts => FormKind::Account,
        FirmList::Exchange => FormKind::Exchange,
        FirmList::RateCard => FormKind::RateCard,
        FirmList::Criteria => FormKind::Criterion,
        FirmList::Stages => FormKind::Stage,
        FirmList::Letters if crate::domain::TemplateId::named(&row.key).is_none() => {
            return Err("no letter is made from this text: remove it");
        }
        FirmList::Letters => FormKind::Template,
        FirmList::Thresholds | FirmList::Weights if unknown(list, &row.key) => {
            return Err("no rule asks for this number: remove it");
        }
        FirmList::Thresholds => FormKind::Threshold,
        FirmList::Weights => FormKind::Weight,
        FirmList::Expenses => return edit_record(Table::Expenses, &row.key, None, None),
        FirmList::Renewals => return edit_record(Table::Renewals, &row.key, None, None),
    };
    Ok(Action::OpenForm(kind, Target::Row(list, row.key.clone())))
}

fn remove(state: &State, shown: &Shown) -> Resolved {
    let (list, row) = current(state, shown)?;
    let table = match list {
        FirmList::Expenses => Some(Table::Expenses),
        FirmList::Renewals => Some(Table::Renewals),
        _ => None,
    };
    if let Some(table) = table {
        let record = state.book.find(table, &row.key).ok_or("it is gone already")?;
        return Ok(remove_record(state, &record));
    }
    Ok(asked(removal(&state.book, list, &row.key), "Remove"))
}

/// Whether the program knows no number of this name.
fn unknown(list: FirmList, name: &str) -> bool {
    match list {
        FirmList::Thresholds => !THRESHOLDS.iter().any(|row| row.name == name),
        _ => !WEIGHTS.iter().any(|row| row.name == name),
    }
}

/// Asks before something goes.
fn asked(removal: Result<Removal, String>, yes: &str) -> Action {
    match removal {
        Ok(removal) => Action::Ask(Confirm {
            question: removal.question,
            consequence: format!("{} Undo brings it back.", removal.consequence),
            yes: yes.to_owned(),
            action: Box::new(Action::Edit(removal.edit)),
        }),
        Err(why) => Action::Refuse(format!("Not done: {why}")),
    }
}

fn restore(state: &State, shown: &Shown) -> Resolved {
    let (list, row) = current(state, shown)?;
    match list {
        FirmList::Stages => Ok(asked(built_in_again(&state.book), "Go back")),
        list if list.is_built_in() => Ok(asked(removal(&state.book, list, &row.key), "Go back")),
        _ => Err("nothing in this list comes with the program"),
    }
}
