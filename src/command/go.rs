//! Going places: views, pages, days, palette and help.

use crate::domain::add_days;
use crate::state::{Action, Overlay, PageSection, State, View};

use super::lists::PAGE;
use super::{Command, Group, Place, Resolved};

const ANYWHERE: &[Place] = &[Place::Anywhere];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "view.today",
        title: "Today",
        help: "Show the queue: who needs you today.",
        keys: &["g t", "ctrl+1"],
        places: ANYWHERE,
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::Show(View::Today)),
    },
    Command {
        id: "view.board",
        title: "Board",
        help: "Show deals in their stages.",
        keys: &["g b", "ctrl+2"],
        places: ANYWHERE,
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::Show(View::Board)),
    },
    Command {
        id: "view.cash",
        title: "Cash",
        help: "Show money: what came, what is owed, what is ahead.",
        keys: &["g m", "ctrl+3"],
        places: ANYWHERE,
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::Show(View::Cash)),
    },
    Command {
        id: "view.clients",
        title: "Clients",
        help: "Show the table of clients.",
        keys: &["g c", "ctrl+4"],
        places: ANYWHERE,
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::Show(View::Clients)),
    },
    Command {
        id: "app.palette",
        title: "Command palette",
        help: "Find any command, client, person, invoice or deal by name.",
        keys: &["ctrl+k"],
        places: &[Place::Anywhere, Place::Filter, Place::Lists],
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::OpenPalette),
    },
    Command {
        id: "app.help",
        title: "Keys",
        help: "Show the keys that work here.",
        keys: &["?", "f1"],
        places: &[Place::Anywhere, Place::Lists],
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::OpenHelp),
    },
    Command {
        id: "list.filter",
        title: "Filter",
        help: "Narrow the list to rows that hold every word typed; the queue and the clients by kind, amount, score and more, too.",
        keys: &["/", "ctrl+f"],
        places: ANYWHERE,
        group: Group::Lists,
        repeats: false,
        resolve: |state, _| match state.session.page {
            Some(_) => Err("a client's page has no filter"),
            None if state.session.shows_firm() => Err("the figures of the firm are always of all clients"),
            None if state.session.rating().is_some() => Err("the rates have no filter"),
            None => Ok(Action::Filtering(true)),
        },
    },
    Command {
        id: "app.back",
        title: "Back",
        help: "Unwind one step: dialog, page, filter, selection, the day looked at.",
        keys: &["esc"],
        places: &[Place::Always],
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::Back),
    },
    Command {
        id: "page.next_section",
        title: "Next part of the page",
        help: "Show the next part of the client's page.",
        keys: &["l", "right"],
        places: &[Place::Page],
        group: Group::Lists,
        repeats: true,
        resolve: |state, _| section(state, 1),
    },
    Command {
        id: "page.previous_section",
        title: "Previous part of the page",
        help: "Show the previous part of the client's page.",
        keys: &["h", "left"],
        places: &[Place::Page],
        group: Group::Lists,
        repeats: true,
        resolve: |state, _| section(state, -1),
    },
    Command {
        id: "as_of.day_back",
        title: "A day back",
        help: "Look at the book as it was known a day earlier.",
        keys: &["["],
        places: ANYWHERE,
        group: Group::AsOf,
        repeats: true,
        resolve: |state, _| Ok(Action::LookAt(Some(add_days(state.day(), -1)))),
    },
    Command {
        id: "as_of.day_on",
        title: "A day on",
        help: "Look at the book as it was known a day later.",
        keys: &["]"],
        places: ANYWHERE,
        group: Group::AsOf,
        repeats: true,
        resolve: |state, _| on(state, 1),
    },
    Command {
        id: "as_of.week_back",
        title: "A week back",
        help: "Look at the book as it was known a week earlier.",
        keys: &["{"],
        places: ANYWHERE,
        group: Group::AsOf,
        repeats: true,
        resolve: |state, _| Ok(Action::LookAt(Some(add_days(state.day(), -7)))),
    },
    Command {
        id: "as_of.week_on",
        title: "A week on",
        help: "Look at the book as it was known a week later.",
        keys: &["}"],
        places: ANYWHERE,
        group: Group::AsOf,
        repeats: true,
        resolve: |state, _| on(state, 7),
    },
    Command {
        id: "as_of.today",
        title: "Back to today",
        help: "Come back from another day.",
        keys: &["\\"],
        places: ANYWHERE,
        group: Group::AsOf,
        repeats: false,
        resolve: |state, _| match state.as_of {
            Some(_) => Ok(Action::LookAt(None)),
            None => Err("this is today"),
        },
    },
    Command {
        id: "as_of.day",
        title: "Look at a day …",
        help: "Choose or type a day, to look at the book as it was known then.",
        keys: &["g d"],
        places: ANYWHERE,
        group: Group::AsOf,
        repeats: false,
        resolve: |_, _| Ok(Action::ArgumentOf(Some("as_of.day"))),
    },
    Command {
        id: "help.close",
        title: "Close the keys",
        help: "Close this list of keys.",
        keys: &["?", "f1", "enter"],
        places: &[Place::Help],
        group: Group::Dialog,
        repeats: false,
        resolve: |state, _| match state.session.overlay {
            Some(Overlay::Help(_)) => Ok(Action::Back),
            _ => Err("the keys are not shown"),
        },
    },
    dialog!("help.down", "Next row", "Go to the row below.", &["down", "j"], Help, true, |state, _| {
        help_step(state, 1)
    }),
    dialog!("help.up", "Row before", "Go to the row above.", &["up", "k"], Help, true, |state, _| help_step(
        state, -1
    )),
    dialog!("help.page_down", "Ten rows down", "Go ten rows down.", &["pagedown"], Help, true, |state, _| {
        help_step(state, PAGE)
    }),
    dialog!("help.page_up", "Ten rows up", "Go ten rows up.", &["pageup"], Help, true, |state, _| {
        help_step(state, -PAGE)
    }),
    dialog!("help.first", "First row", "Go to the first row.", &["home"], Help, false, |state, _| {
        help_step(state, isize::MIN)
    }),
    dialog!("help.last", "Last row", "Go to the last row.", &["end"], Help, false, |state, _| {
        help_step(state, isize::MAX)
    }),
];

/// Looks at another row of the keys, as far as there are some.
fn help_step(state: &State, by: isize) -> Resolved {
    let Some(Overlay::Help(at)) = state.session.overlay else { return Err("the keys are not shown") };
    let last = super::hints::help_rows(state).saturating_sub(1);
    Ok(Action::PointHelp(at.min(last).saturating_add_signed(by).min(last)))
}

fn on(state: &State, days: i64) -> Resolved {
    match state.as_of {
        Some(day) => Ok(Action::LookAt(Some(add_days(day, days)))),
        None => Err("this is today"),
    }
}

fn section(state: &State, step: isize) -> Resolved {
    let place = state.session.page.as_ref().ok_or("no client's page is open")?;
    let at = PageSection::ALL.iter().position(|section| *section == place.section).unwrap_or(0);
    let next = at.checked_add_signed(step).and_then(|at| PageSection::ALL.get(at));
    next.map(|section| Action::ShowSection(*section)).ok_or("there is no further part")
}
