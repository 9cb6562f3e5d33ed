//! Writing the calendar: where to, and never over a file without a question.

use std::path::PathBuf;

use crate::state::{Action, Confirm, Origin, Overlay, PathPurpose, State};

use super::file::taken_prompt;

/// The path that is offered: beside the book, under its name.
pub(super) fn default_path(state: &State) -> String {
    let path = match &state.file.origin {
        Origin::File(path) => path.with_extension("ics"),
        Origin::Sample | Origin::Unsaved => PathBuf::from("~").join("rapport.ics"),
    };
    path.display().to_string()
}

/// Asks whether a file that is there may go; nothing, where nobody waits for it any more.
pub(super) fn ask_over(state: &mut State, path: PathBuf) {
    if taken_prompt(state, PathPurpose::Calendar).is_none() {
        return;
    }
    state.session.overlay = Some(Overlay::Confirm(Confirm {
        question: format!("Write over {}?", path.display()),
        consequence:
            "What that file holds now is lost; of an earlier calendar of this book it is the older state."
                .to_owned(),
        yes: "Write over".to_owned(),
        action: Box::new(Action::WriteCalendar(path)),
    }));
}
