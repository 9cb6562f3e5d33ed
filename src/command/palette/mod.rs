//! The palette: what is typed finds commands, clients, people, invoices and deals, the likeliest first; and whom or what a
//! command is for.

mod argument;
mod rank;
mod things;

use crate::state::{Action, Palette, SettingsAction, SettingsRow, Shown, State};

use super::{Command, Place, Resolved, commands};
use rank::{Query, by_use};

pub use things::{Thing, ThingKind};

/// How many rows are found at most.
const MOST: usize = 60;

/// What a row of the palette stands for.
#[derive(Debug, Clone)]
pub enum Find {
    /// A command, and what it means now.
    Command(&'static Command, Box<Resolved>),
    /// Something of the book, which is opened.
    Thing(Thing),
    /// What a command is for, under which name its use is noted, and what the command means with it.
    Argument(&'static str, Option<String>, Box<Resolved>),
}

/// A row of the palette.
#[derive(Debug, Clone)]
pub struct PaletteRow {
    /// What it says.
    pub title: String,
    /// What it does, or why it cannot be done now.
    pub detail: String,
    /// Its key, if it has one.
    pub key: Option<String>,
    /// Whether it can be done now.
    pub enabled: bool,
    /// What it stands for.
    pub find: Find,
}

impl PaletteRow {
    /// What running it does.
    ///
    /// # Errors
    /// Why it does nothing now.
    pub fn action(&self) -> Resolved {
        let used = |what: String| [Action::ArgumentOf(None), Action::Back, Action::Used(what)];
        let (uses, action) = match &self.find {
            Find::Thing(thing) => (used(thing.used_as()).to_vec(), thing.open()),
            Find::Command(command, resolved) => {
                (used(command.id.to_owned()).to_vec(), Resolved::clone(resolved)?)
            }
            Find::Argument(command, thing, means) => {
                let means = Resolved::clone(means)?;
                let mut uses = used((*command).to_owned()).to_vec();
                uses.extend(thing.clone().map(Action::Used));
                (uses, means)
            }
        };
        Ok(Action::All(uses.into_iter().chain([action]).collect()))
    }

    /// What completing it does: a command asks what it is for, anything else is typed out.
    #[must_use]
    pub fn complete(&self) -> Action {
        match &self.find {
            Find::Command(command, _) if argument::takes(command.id).is_some() => {
                Action::ArgumentOf(Some(command.id))
            }
            _ => Action::SetQuery(self.title.trim_end_matches(" …").to_owned()),
        }
    }

    /// What its command may be told: a client, an invoice, a deal or a day.
    #[must_use]
    pub fn takes(&self) -> Option<&'static str> {
        match &self.find {
            Find::Command(command, _) => argument::takes(command.id).map(argument::Takes::word),
            _ => None,
        }
    }
}

/// What is asked for, where a command is told whom or what it is for: `Log a touch: which client?`.
#[must_use]
pub fn question(open: &Palette, state: &State) -> Option<String> {
    let of = open.of.as_ref()?;
    let title = super::command(of.command)?.title_in(state)?;
    let word = argument::takes(of.command)?.word();
    Some(format!("{}: which {word}?", title.trim_end_matches(" …")))
}

/// The rows of the palette as it is open.
#[must_use]
pub fn rows_of(open: &Palette, state: &State, shown: &Shown) -> Vec<PaletteRow> {
    match &open.of {
        Some(of) => argument::rows(of.command, &open.query, state, shown),
        None => rows(&open.query, state, shown),
    }
}

/// The rows for what is typed, the likeliest first. Without a word: what was used often and of late, then all commands.
#[must_use]
pub fn rows(query: &str, state: &State, shown: &Shown) -> Vec<PaletteRow> {
    let query = Query::of(query);
    let uses = &state.session.uses;
    let mut found: Vec<(u32, PaletteRow)> = commands()
        .filter(|command| is_offered(command))
        .filter_map(|command| {
            let title = command.title_in(state)?;
            let score = query.score(&title, command.id)?;
            let row = command_row(command, title, state, shown);
            let score = if row.enabled { score } else { rank::not_now(score) };
            Some((score.saturating_add(by_use(uses, command.id)), row))
        })
        .collect();
    let offered = commands().filter(|command| is_offered(command));
    let offered = offered.filter_map(|command| Some((command, command.title_in(state)?)));
    found.extend(argument::told(offered, &query, state, shown));
    found.extend(settings_rows(&query, state));
    let things = things::found(&ThingKind::ALL, false, &query, state, shown);
    found.extend(things.into_iter().map(|(score, thing)| {
        let row = PaletteRow {
            title: thing.title.clone(),
            detail: thing.detail.clone(),
            key: None,
            enabled: true,
            find: Find::Thing(thing),
        };
        (score, row)
    }));
    // A stable sort: equals stay in the order of the table. What cannot be done now comes last among its equals.
    found.sort_by(|(a, row), (b, other)| (b, other.enabled).cmp(&(a, row.enabled)));
    // Without a word all are there: whoever has no keyboard at hand finds the command by scrolling.
    let most = if query.is_empty() { usize::MAX } else { MOST };
    found.into_iter().map(|(_, row)| row).take(most).collect()
}

/// The lines of the settings that what is typed names, by their titles or by what can be chosen there.
fn settings_rows(query: &Query, state: &State) -> Vec<(u32, PaletteRow)> {
    let found = SettingsRow::ALL.into_iter().filter_map(|line| {
        let score = query.score(line.title(), "").filter(|score| *score >= rank::BEGINS);
        let other = query.score(line.also_called(), "").filter(|score| *score >= rank::BEGINS);
        let score = score.or(other).filter(|_| !query.is_empty())?;
        let actions = [SettingsAction::Open, SettingsAction::Point(line)].map(Action::Settings);
        let row = PaletteRow {
            title: format!("Settings: {}", line.title()),
            detail: "Open the settings at this line.".to_owned(),
            key: super::first_key(&state.session.keys, "settings.open"),
            enabled: true,
            find: Find::Argument("settings.open", None, Box::new(Ok(Action::All(actions.into())))),
        };
        Some((score, row))
    });
    found.collect()
}

/// Keys inside dialogs mean nothing outside them.
fn is_offered(command: &Command) -> bool {
    command.places.iter().any(|place| {
        matches!(
            place,
            Place::Anywhere
                | Place::Today
                | Place::Board
                | Place::Cash
                | Place::Months
                | Place::WhatIf
                | Place::Clients
                | Place::Firm
                | Place::Rates
                | Place::Outbox
                | Place::Page
                | Place::Always
        )
    }) && command.id != "app.back"
}

fn command_row(command: &'static Command, title: String, state: &State, shown: &Shown) -> PaletteRow {
    let resolved = (command.resolve)(state, shown);
    let detail = match &resolved {
        Ok(_) => command.help.to_owned(),
        Err(why) => format!("Not now: {why}"),
    };
    PaletteRow {
        title,
        detail: super::with_keys(&state.session.keys, &detail),
        key: super::first_key(&state.session.keys, command.id),
        enabled: resolved.is_ok(),
        find: Find::Command(command, Box::new(resolved)),
    }
}
