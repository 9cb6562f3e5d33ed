//! One table of commands. Key map, palette, menus, footer hints, help and the README's key table are drawn from it.
//!
//! A command says what it means *now* by [`Command::resolve`]: an action, or why there is none. **This folder must not
//! know** how anything is drawn, a file or a clock; of egui it knows only keys, and in `hints` the context that carries those in use
//! to whatever shows one.

/// A row of a table of commands that works in one dialog.
macro_rules! dialog {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $place:ident, $repeats:literal, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: &[Place::$place],
            group: Group::Dialog,
            repeats: $repeats,
            resolve: $resolve,
        }
    };
}

mod bind;
mod board;
mod bulk;
mod cash;
mod drill;
mod entry;
mod files;
mod firm_lists;
mod go;
mod hints;
mod key;
mod keymap;
mod lists;
mod merge;
mod outbox;
mod page;
pub mod palette;
mod proof;
mod queue;
mod quick;
pub mod quick_entry;
mod rates;
mod records;
mod removing;
mod scroll;
mod selection;
mod settings;
mod suggestion;
mod way_out;
mod what_if;

pub use bind::{bind, keys_file, keys_of};
pub use board::move_deal;
pub use firm_lists::{list_cursor, list_row};
pub use hints::{Guide, Hint, filter_table, first_key, key_of, key_table, show_keys, with_keys};
pub use key::{Chord, KeyName};
pub use keymap::{Clash, Keymap, Press, Stroke, composed, strokes};
pub use page::door_title;
pub use queue::{no_snooze, snooze_preset};
pub use quick::{QuickRow, QuickView};
pub use suggestion::{Suggestion, suggest, suggestions};

use crate::state::{Action, Overlay, Session, Shown, State, View};
use crate::written::capital;

/// Where a command's keys work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Anywhere that nothing lies over.
    Anywhere,
    /// Anywhere at all, whatever lies over it or is typed.
    Always,
    /// In the queue.
    Today,
    /// On the board.
    Board,
    /// Among the expected receipts.
    Cash,
    /// Among the levers of the what-if on Cash.
    WhatIf,
    /// At a bar of the months on Cash, while one has the keyboard.
    Months,
    /// In the table of clients.
    Clients,
    /// Among the figures of the firm.
    Firm,
    /// Among the rates.
    Rates,
    /// In the outbox.
    Outbox,
    /// In a field over the rates.
    RatesField,
    /// On a client's page.
    Page,
    /// In the filter field.
    Filter,
    /// In the palette.
    Palette,
    /// In the line of quick entry.
    Quick,
    /// In the help.
    Help,
    /// In a form.
    Form,
    /// In a field of a form that holds many lines.
    FormText,
    /// Where a snooze is chosen.
    Snooze,
    /// Where something is asked.
    Confirm,
    /// Where a path is typed.
    Path,
    /// In the preview of an import.
    Import,
    /// In the settings.
    Settings,
    /// In the proof of a figure.
    Proof,
    /// In the preview of merging two clients.
    Merge,
    /// Among the lists of the firm's settings.
    Lists,
}

/// Under which heading help and menus show a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Going places.
    Go,
    /// Moving in lists.
    Lists,
    /// The queue.
    Today,
    /// The board.
    Board,
    /// Money.
    Cash,
    /// The what-if on Cash.
    WhatIf,
    /// What an hour costs.
    Rates,
    /// The outbox.
    Outbox,
    /// The way out of a relationship that hurts.
    WayOut,
    /// Adding and changing.
    Edit,
    /// Looking at another day.
    AsOf,
    /// Files and the program.
    File,
    /// Dialogs.
    Dialog,
}

impl Group {
    /// What the heading says.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Go => "Go",
            Self::Lists => "Lists",
            Self::Today => "Today",
            Self::Board => "Board",
            Self::Cash => "Cash",
            Self::WhatIf => "What if",
            Self::Rates => "Rates",
            Self::Outbox => "Outbox",
            Self::WayOut => "Way out",
            Self::Edit => "Add and change",
            Self::AsOf => "As of another day",
            Self::File => "Book and program",
            Self::Dialog => "Dialogs",
        }
    }
}

/// What a command means now: an action, or why there is none.
pub type Resolved = Result<Action, &'static str>;

/// A command.
#[derive(Debug)]
pub struct Command {
    /// Its id: `invoice.record_payment`.
    pub id: &'static str,
    /// What menus and the palette call it.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Its keys: `ctrl+k`, `shift+j`, `g t`.
    pub keys: &'static [&'static str],
    /// Where they work.
    pub places: &'static [Place],
    /// Under which heading it is shown.
    pub group: Group,
    /// Whether a held key repeats it; acting commands ignore repeats.
    pub repeats: bool,
    /// What it means now.
    pub resolve: fn(&State, &Shown) -> Resolved,
}

/// Every list of commands, in the order help shows them.
const TABLES: [&[Command]; 21] = [
    go::COMMANDS,
    lists::COMMANDS,
    scroll::COMMANDS,
    proof::COMMANDS,
    queue::COMMANDS,
    selection::COMMANDS,
    board::COMMANDS,
    cash::COMMANDS,
    what_if::COMMANDS,
    rates::COMMANDS,
    outbox::COMMANDS,
    way_out::COMMANDS,
    quick::COMMANDS,
    records::COMMANDS,
    merge::COMMANDS,
    firm_lists::COMMANDS,
    page::COMMANDS,
    files::COMMANDS,
    drill::COMMANDS,
    settings::COMMANDS,
    entry::COMMANDS,
];

impl Command {
    /// What menus and the palette call it now: moving to a stage names the stage, and what leads to the firm leads back from
    /// it. `None` where the book has no such stage.
    #[must_use]
    pub fn title_in(&self, state: &State) -> Option<String> {
        if self.id == "clients.firm" && state.session.shows_firm() {
            return Some("Back to the clients".to_owned());
        }
        match self.id.strip_prefix("board.to_stage_") {
            None => Some(self.title.to_owned()),
            Some(digit) => board::stage_title(state, digit),
        }
    }
}

/// Every command.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The command of this id.
#[must_use]
pub fn command(id: &str) -> Option<&'static Command> {
    commands().find(|command| command.id == id)
}

/// The places whose keys work now, the nearest first.
#[must_use]
pub fn places(state: &State) -> Vec<Place> {
    places_under(state.session.overlay.as_ref(), &state.session)
}

/// The places whose keys work when this lies over the view.
fn places_under(overlay: Option<&Overlay>, session: &Session) -> Vec<Place> {
    let over = match overlay {
        Some(Overlay::Palette(_)) => Some(Place::Palette),
        Some(Overlay::Quick) => Some(Place::Quick),
        Some(Overlay::Help(_)) => Some(Place::Help),
        Some(Overlay::Form(form)) if form.is_in_long_text() => Some(Place::FormText),
        Some(Overlay::Form(_)) => Some(Place::Form),
        Some(Overlay::Snooze(..)) => Some(Place::Snooze),
        Some(Overlay::Confirm(_)) => Some(Place::Confirm),
        Some(Overlay::Path(_)) => Some(Place::Path),
        Some(Overlay::Import(_)) => Some(Place::Import),
        Some(Overlay::Settings(_)) => Some(Place::Settings),
        Some(Overlay::Proof(_)) => Some(Place::Proof),
        Some(Overlay::Merge(_)) => Some(Place::Merge),
        None if session.lists.is_some() => Some(Place::Lists),
        None if session.filtering => Some(Place::Filter),
        None if session.rating().is_some_and(|place| place.typing.is_some()) => Some(Place::RatesField),
        None => None,
    };
    match over {
        Some(place) => vec![place, Place::Always],
        None if session.page.is_some() => vec![Place::Page, Place::Anywhere, Place::Always],
        None if session.rating().is_some() => vec![Place::Rates, Place::Anywhere, Place::Always],
        None => {
            let view = match session.view {
                View::Today => Place::Today,
                View::Board => Place::Board,
                View::Cash if session.is_assuming() => Place::WhatIf,
                View::Cash => Place::Cash,
                View::Clients if session.shows_firm() => Place::Firm,
                View::Clients => Place::Clients,
                View::Outbox => Place::Outbox,
            };
            let months = cash::at_months(session).then_some(Place::Months);
            months.into_iter().chain([view, Place::Anywhere, Place::Always]).collect()
        }
    }
}

/// Whether plain keys are text now.
#[must_use]
pub fn is_typing(state: &State) -> bool {
    match &state.session.overlay {
        Some(Overlay::Palette(_) | Overlay::Quick | Overlay::Form(_) | Overlay::Path(_)) => true,
        Some(_) => false,
        None => {
            let rating = state.session.rating();
            let lists = state.session.lists.is_some();
            !lists && (state.session.filtering || rating.is_some_and(|place| place.typing.is_some()))
        }
    }
}

/// The command whose field takes what is typed here though no field has the hand: a letter opens it and is its first.
#[must_use]
pub fn typed_into(state: &State) -> Option<&'static str> {
    let chooses = matches!(state.session.overlay, Some(Overlay::Snooze(..)));
    (chooses && !state.session.keys.plain_off).then_some("snooze.day")
}

/// What an action means now: a command by its id and a dropped deal become the action they stand for, or why there is
/// none; every other action is what it is.
#[must_use]
pub fn meaning(action: Action, state: &State, shown: &Shown) -> Action {
    let resolved = match &action {
        Action::Run(id) => match command(id) {
            Some(command) => (command.resolve)(state, shown),
            None => Err("there is no such command"),
        },
        Action::DropDeal(deal, stage) => move_deal(state, shown, deal, stage),
        _ => return action,
    };
    resolved.unwrap_or_else(|why| Action::Refuse(capital(why)))
}
