//! Scrolling what is read and has no cursor: the firm's figures, and what stands beside a list.

use crate::state::{Action, PageSection, Scroll, Shown, State, View};

use super::lists::LISTS;
use super::{Command, Group, Place, Resolved};

/// A row of this table.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $places:expr, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: $places,
            group: Group::Lists,
            repeats: true,
            resolve: $resolve,
        }
    };
}

const FIRM: &[Place] = &[Place::Firm];
pub(super) const COMMANDS: &[Command] = &[
    command!(
        "firm.down",
        "Scroll down",
        "Scroll the firm's figures down by a few lines.",
        &["j", "down"],
        FIRM,
        |state, _| firm(state, Scroll::Down)
    ),
    command!(
        "firm.up",
        "Scroll up",
        "Scroll the firm's figures up by a few lines.",
        &["k", "up"],
        FIRM,
        |state, _| firm(state, Scroll::Up)
    ),
    command!(
        "firm.page_down",
        "A screen down",
        "Scroll the firm's figures down by what is in sight.",
        &["pagedown"],
        FIRM,
        |state, _| firm(state, Scroll::ScreenDown)
    ),
    command!(
        "firm.page_up",
        "A screen up",
        "Scroll the firm's figures up by what is in sight.",
        &["pageup"],
        FIRM,
        |state, _| firm(state, Scroll::ScreenUp)
    ),
    command!(
        "firm.first",
        "To the first figures",
        "Go to the beginning of the firm's figures.",
        &["g g", "home"],
        FIRM,
        |state, _| firm(state, Scroll::Start)
    ),
    command!(
        "firm.last",
        "To the last figures",
        "Go to the end of the firm's figures.",
        &["shift+g", "end"],
        FIRM,
        |state, _| firm(state, Scroll::End)
    ),
    command!(
        "beside.down",
        "Scroll the side down",
        "Scroll what stands beside the rows: the client, a letter, the way out, what new rates come to.",
        &["shift+pagedown"],
        LISTS,
        |state, shown| beside(state, shown, Scroll::ScreenDown)
    ),
    command!(
        "beside.up",
        "Scroll the side up",
        "Scroll what stands beside the rows back up.",
        &["shift+pageup"],
        LISTS,
        |state, shown| beside(state, shown, Scroll::ScreenUp)
    ),
];

fn firm(state: &State, to: Scroll) -> Resolved {
    if state.session.shows_firm() { Ok(Action::Scroll(to)) } else { Err("show the firm first") }
}

fn beside(state: &State, shown: &Shown, to: Scroll) -> Resolved {
    let session = &state.session;
    let is_there = match &session.page {
        Some(place) => place.section == PageSection::WayOut,
        None if session.rating().is_some() => true,
        None if session.view == View::Outbox => !shown.outbox.is_empty(),
        None => session.peeks() && shown.beside.is_some(),
    };
    if is_there { Ok(Action::Scroll(to)) } else { Err("nothing stands beside the rows") }
}
