//! The book's file, importing, and the program itself.

use crate::state::{Action, Confirm, Origin, PathPurpose, Saving, State};

use super::{Command, Group, Place, Resolved};

const ANYWHERE: &[Place] = &[Place::Anywhere];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "file.open",
        title: "Open a book …",
        help: "Open another book.",
        keys: &["ctrl+o"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::AskPath(PathPurpose::Open)),
    },
    Command {
        id: "file.save",
        title: "Save",
        help: "Save now. Edits are saved by themselves two seconds after the last one.",
        keys: &["ctrl+s"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::Save),
    },
    Command {
        id: "file.save_as",
        title: "Save as …",
        help: "Save the book under another name and go on with that file.",
        keys: &["ctrl+shift+s"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::AskPath(PathPurpose::SaveAs)),
    },
    Command {
        id: "file.reload",
        title: "Read the file again",
        help: "Take what somebody else wrote into the file; undo brings back what was on the screen.",
        keys: &["ctrl+r"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: reload,
    },
    Command {
        id: "file.import",
        title: "Import invoices …",
        help: "Import a CSV file of invoices, or rows that are pasted, after a preview.",
        keys: &["ctrl+i"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::AskPath(PathPurpose::Import)),
    },
    Command {
        id: "file.calendar",
        title: "Write the calendar …",
        help: "Write what is due, runs out or comes back as an .ics file for the calendar you use.",
        keys: &["ctrl+shift+d"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::AskPath(PathPurpose::Calendar)),
    },
    Command {
        id: "file.start",
        title: "Start with one client …",
        help: "Begin an empty book with its first client; one that is empty already is filled.",
        keys: &["shift+a s"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |state, _| Ok(start(state)),
    },
    Command {
        id: "welcome.dismiss",
        title: "Look around",
        help: "Put the first run's choices away and go on with the sample.",
        keys: &["ctrl+g"],
        places: &[Place::Today, Place::Board, Place::Cash, Place::WhatIf, Place::Clients, Place::Page],
        group: Group::File,
        repeats: false,
        resolve: |state, _| {
            if state.session.welcome { Ok(Action::DismissWelcome) } else { Err("nothing is offered") }
        },
    },
    Command {
        id: "app.theme",
        title: "Next theme",
        help: "Go on from the system's theme to the light and the dark one.",
        keys: &["ctrl+shift+l"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::NextTheme),
    },
    Command {
        id: "app.quit",
        title: "Quit",
        help: "Save and close the program.",
        keys: &["ctrl+q"],
        places: &[Place::Always],
        group: Group::File,
        repeats: false,
        resolve: |_, _| Ok(Action::Quit),
    },
];

fn reload(state: &State, _: &crate::state::Shown) -> Resolved {
    let Origin::File(path) = &state.file.origin else {
        return Err("this book has no file to read again");
    };
    if state.file.unreadable.is_some() {
        // Nothing is open yet: try once more.
        return Ok(Action::Open(path.clone()));
    }
    if state.is_unsaved() && state.file.saving != Saving::ChangedOutside {
        return Err("save first: something was edited since the file was written");
    }
    Ok(Action::Reload)
}

fn start(state: &State) -> Action {
    let nothing_lost = state.file.origin == Origin::Sample && !state.is_unsaved();
    if nothing_lost || state.file.unreadable.is_some() || state.book.records().next().is_none() {
        return Action::StartBook;
    }
    Action::Ask(Confirm {
        question: "Start a new, empty book?".to_owned(),
        consequence: match state.file.origin {
            Origin::File(_) => "The open book stays in its file.".to_owned(),
            Origin::Sample => "What you changed in the sample is dropped.".to_owned(),
            Origin::Unsaved => "The open book was never saved and is dropped.".to_owned(),
        },
        yes: "Start".to_owned(),
        action: Box::new(Action::StartBook),
    })
}
