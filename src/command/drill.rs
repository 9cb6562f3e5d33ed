//! The drill on the sample: beginning it, leaving a lesson out, ending it.

use crate::state::{Action, DrillAction, Lesson, Origin, State};

use super::{Command, Group, Place, Resolved};

const ANYWHERE: &[Place] = &[Place::Anywhere];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "drill.begin",
        title: "Learn the keys by doing",
        help: "Begin a short drill on the sample: a few lessons, each done with the keys it teaches.",
        keys: &["ctrl+shift+k"],
        places: ANYWHERE,
        group: Group::File,
        repeats: false,
        resolve: |state, _| match state.file.origin {
            Origin::Sample => Ok(Action::Drill(DrillAction::Begin)),
            _ => Err("the drill is done on the sample book"),
        },
    },
    Command {
        id: "drill.skip",
        title: "Skip the lesson",
        help: "Go on to the next lesson of the drill.",
        keys: &["ctrl+shift+n"],
        places: &[Place::Always],
        group: Group::File,
        repeats: false,
        resolve: |state, _| match lesson(state)? {
            Lesson::End => Err("this was the last lesson"),
            _ => Ok(Action::Drill(DrillAction::Skip)),
        },
    },
    Command {
        id: "drill.end",
        title: "End the drill",
        help: "Put the drill away; it can be begun again.",
        keys: &["ctrl+shift+u"],
        places: &[Place::Always],
        group: Group::File,
        repeats: false,
        resolve: end,
    },
];

fn lesson(state: &State) -> Result<Lesson, &'static str> {
    state.session.drill.as_ref().map(|drill| drill.lesson).ok_or("there is no drill")
}

fn end(state: &State, _: &crate::state::Shown) -> Resolved {
    lesson(state)?;
    Ok(Action::Drill(DrillAction::End))
}
