//! The settings, by keys.

use crate::state::{Action, Origin, Overlay, Setting, SettingsAction, SettingsRow, Shown, State};

use super::lists::PAGE;
use super::{Command, Group, Place, Resolved};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "settings.open",
        title: "Settings …",
        help: "Choose theme, zoom, motion and how numbers and days are written, switch plain keys off, and see where keys, book and backups are.",
        keys: &["ctrl+,"],
        places: &[Place::Anywhere, Place::Filter],
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::Settings(SettingsAction::Open)),
    },
    dialog!(
        "settings.down",
        "Next line",
        "Go to the line below.",
        &["down", "j"],
        Settings,
        true,
        |state, _| step(state, 1)
    ),
    dialog!(
        "settings.up",
        "Line before",
        "Go to the line above.",
        &["up", "k"],
        Settings,
        true,
        |state, _| step(state, -1)
    ),
    dialog!(
        "settings.page_down",
        "Ten lines down",
        "Go ten lines down.",
        &["pagedown"],
        Settings,
        true,
        |state, _| step(state, PAGE)
    ),
    dialog!(
        "settings.page_up",
        "Ten lines up",
        "Go ten lines up.",
        &["pageup"],
        Settings,
        true,
        |state, _| { step(state, -PAGE) }
    ),
    dialog!(
        "settings.first",
        "First line",
        "Go to the first line.",
        &["g g", "home"],
        Settings,
        false,
        |state, _| step(state, isize::MIN)
    ),
    dialog!(
        "settings.last",
        "Last line",
        "Go to the last line.",
        &["shift+g", "end"],
        Settings,
        false,
        |state, _| step(state, isize::MAX)
    ),
    dialog!(
        "settings.next",
        "Next choice",
        "Take the choice to the right.",
        &["right", "l"],
        Settings,
        false,
        |state, _| beside(state, true)
    ),
    dialog!(
        "settings.previous",
        "Choice before",
        "Take the choice to the left.",
        &["left", "h"],
        Settings,
        false,
        |state, _| beside(state, false)
    ),
    dialog!(
        "settings.change",
        "Change",
        "Go on to the next choice, after the last one to the first; with a file, make it or show its folder.",
        &["enter"],
        Settings,
        false,
        change
    ),
    dialog!(
        "settings.close",
        "Close the settings",
        "Close the settings.",
        &["ctrl+,"],
        Settings,
        false,
        |state, _| { at(state).map(|_| Action::Back) }
    ),
];

fn at(state: &State) -> Result<SettingsRow, &'static str> {
    match &state.session.overlay {
        Some(Overlay::Settings(row)) => Ok(*row),
        _ => Err("the settings are not open"),
    }
}

/// Moves by so many lines, to the last one where there are fewer.
fn step(state: &State, by: isize) -> Resolved {
    let row = at(state)?;
    let lines: Vec<SettingsRow> = SettingsRow::lines(&state.session).collect();
    let position = lines.iter().position(|known| *known == row).unwrap_or(0);
    let next = position.saturating_add_signed(by).min(lines.len().saturating_sub(1));
    let moved = lines.get(next).filter(|next| **next != row);
    moved.map(|row| Action::Settings(SettingsAction::Point(*row))).ok_or("there is no further line")
}

fn set(setting: Setting) -> Action {
    Action::Settings(SettingsAction::Set(setting))
}

fn beside(state: &State, forward: bool) -> Resolved {
    at(state)?.beside(&state.session, forward).map(set).ok_or("there is no further choice")
}

fn change(state: &State, _: &Shown) -> Resolved {
    let row = at(state)?;
    let first = || row.choices().first().map(|(_, setting)| *setting);
    match row {
        SettingsRow::Keys if !state.session.files.keys_there => {
            Ok(Action::Settings(SettingsAction::WriteKeys))
        }
        SettingsRow::Book if !matches!(state.file.origin, Origin::File(_)) => {
            Err("this book has no file yet")
        }
        SettingsRow::Backups
            if state.session.files.backups.as_ref().is_none_or(|(_, count, _)| *count == 0) =>
        {
            Err("there is no backup yet: the first save of a change makes one")
        }
        SettingsRow::Keys | SettingsRow::Book | SettingsRow::Backups => {
            Ok(Action::Settings(SettingsAction::ShowFolder(row)))
        }
        SettingsRow::KeyProblem(_) => Err("this is mended in the file of keys: open the settings again then"),
        _ => row.beside(&state.session, true).or_else(first).map(set).ok_or("there is nothing to choose"),
    }
}
