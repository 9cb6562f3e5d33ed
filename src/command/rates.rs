//! Rates: who is asked for more, by how much, from when; letters, and applying it as one edit.

use std::sync::Arc;

use crate::domain::{AnyRecord, Client, ClientId, ClientRate};
use crate::figures::{Letter, RateRow};
use crate::state::{Action, Change, Edit, RateField, RatesAction, RatesPlace, RatesView, Shown, State};

use super::{Command, Group, Place, Resolved};

/// A row of this table.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $place:ident, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: &[Place::$place],
            group: Group::Rates,
            repeats: false,
            resolve: $resolve,
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    command!(
        "rates.open",
        "Rates",
        "Show each client's rate and what to ask next; again: back to the clients.",
        &["g r"],
        Anywhere,
        |_, _| Ok(Action::Rates(RatesAction::Toggle))
    ),
    command!(
        "rates.choose",
        "Choose",
        "Choose the client to be asked, or not, and go to the one below; one with whom a rise is agreed can be told of it.",
        &["x"],
        Rates,
        choose
    ),
    command!(
        "rates.choose_all",
        "Choose all or none",
        "Choose every client that can be asked; when all are chosen, none.",
        &["shift+x"],
        Rates,
        choose_all
    ),
    command!(
        "rates.percent",
        "Rise by",
        "Type by how many per cent all rise; empty: each as proposed.",
        &["r"],
        Rates,
        |state, shown| hand(state, shown, RateField::Percent)
    ),
    command!(
        "rates.from",
        "From",
        "Type the day from which on the new rates hold.",
        &["d"],
        Rates,
        |state, shown| hand(state, shown, RateField::From)
    ),
    command!(
        "rates.apply",
        "Agree the new rates",
        "Note the new rate of every client chosen, as one edit.",
        &["ctrl+enter"],
        Rates,
        apply
    ),
    command!(
        "rates.copy_letters",
        "Copy the letters",
        "Copy a letter to every client chosen, as Markdown.",
        &["c"],
        Rates,
        |state, shown| {
            let letters = letters(state, shown)?;
            let says = match letters.len() {
                1 => "Copied 1 letter".to_owned(),
                count => format!("Copied {count} letters"),
            };
            Ok(Action::Copy(Letter::markdown(letters), says + &unfilled(letters)))
        }
    ),
    command!(
        "rates.write_letters",
        "Write the letters to a file …",
        "Write a letter to every client chosen into one Markdown file.",
        &["w"],
        Rates,
        |state, shown| {
            let text: Arc<str> = Letter::markdown(letters(state, shown)?).into();
            Ok(Action::AskExport(text, "letters.md".to_owned()))
        }
    ),
    command!(
        "rates.queue_letters",
        "Queue the letters",
        "Put a letter to every client chosen into the outbox.",
        &["q"],
        Rates,
        |state, shown| {
            let drafts = letters(state, shown)?.iter().zip(0..);
            let drafts = drafts.map(|(letter, nth)| super::outbox::of_rate(state, shown, letter, nth));
            super::outbox::queue(state, drafts.collect::<Result<_, _>>()?)
        }
    ),
    Command {
        id: "rates.take",
        title: "Keep what is typed",
        help: "Go back to the list of rates.",
        keys: &["enter", "down"],
        places: &[Place::RatesField],
        group: Group::Dialog,
        repeats: false,
        resolve: |state, _| place(state).map(|_| Action::Rates(RatesAction::Hand(None))),
    },
];

fn place(state: &State) -> Result<&RatesPlace, &'static str> {
    state.session.rating().ok_or("open the rates first")
}

fn view<'a>(state: &'a State, shown: &'a Shown) -> Result<(&'a RatesPlace, &'a RatesView), &'static str> {
    Ok((place(state)?, shown.rates.as_ref().ok_or("open the rates first")?))
}

fn hand(state: &State, shown: &Shown, field: RateField) -> Resolved {
    let (_, view) = view(state, shown)?;
    // Without a client no field is drawn that could have the hand.
    if view.rates.rows.is_empty() {
        return Err("there is no client to ask");
    }
    Ok(Action::Rates(RatesAction::Hand(Some(field))))
}

fn choose(state: &State, shown: &Shown) -> Resolved {
    let (place, view) = view(state, shown)?;
    let row = view.row(place).and_then(|at| view.rates.rows.get(at)).ok_or("there is no client to ask")?;
    let mut chosen = place.chosen.clone();
    match chosen.iter().position(|id| *id == row.id) {
        Some(at) => drop(chosen.remove(at)),
        None => match &row.proposal {
            Err(why) if row.agreed().is_none() => {
                return Ok(Action::Refuse(format!("{} is not asked: {why}", row.name)));
            }
            _ => chosen.push(row.id.clone()),
        },
    }
    let next = view.row(place).and_then(|at| view.rates.rows.get(at + 1)).map(|row| row.id.clone());
    let choose = Action::Rates(RatesAction::Choose(chosen));
    let point = next.map(|next| Action::Rates(RatesAction::Point(next)));
    Ok(Action::All([choose].into_iter().chain(point).collect()))
}

fn choose_all(state: &State, shown: &Shown) -> Resolved {
    let (place, view) = view(state, shown)?;
    let can = view.rates.rows.iter().filter(|row| row.proposal.is_ok());
    let all: Vec<ClientId> = can.map(|row| row.id.clone()).collect();
    if all.is_empty() {
        return Err("nobody can be asked now");
    }
    let chosen = if all.iter().all(|id| place.chosen.contains(id)) { Vec::new() } else { all };
    Ok(Action::Rates(RatesAction::Choose(chosen)))
}

fn letters<'a>(state: &'a State, shown: &'a Shown) -> Result<&'a [Letter], &'static str> {
    let (_, view) = view(state, shown)?;
    if view.from.is_err() && !view.chosen.is_empty() {
        return Err("say first from which day on");
    }
    if view.letters.is_empty() { Err("choose first whom to write to") } else { Ok(&view.letters) }
}

/// How many letters have something left to fill in.
fn unfilled(letters: &[Letter]) -> String {
    match letters.iter().filter(|letter| !letter.missing.is_empty()).count() {
        0 => String::new(),
        1 => "; 1 has something to fill in, marked [like this?]".to_owned(),
        count => format!("; {count} have something to fill in, marked [like this?]"),
    }
}

/// Adds the new rate to every client chosen: one edit, and so one step of undo.
fn apply(state: &State, shown: &Shown) -> Resolved {
    let (_, view) = view(state, shown)?;
    if view.percent.is_err() {
        return Err("the per cent typed cannot be read");
    }
    let from = *view.from.as_ref().map_err(|_| "say first from which day on")?;
    let rows = view.rates.rows.iter().filter(|row| view.chosen.contains(&row.id));
    let put = |row: &RateRow| {
        let known = state.book.client(&row.id)?;
        let mut client = Client::clone(&known.client);
        let rate = *row.proposal.as_ref().ok()?;
        client.rates.push(ClientRate { from, rate: rate.rounded(), agreed: Some(state.today) });
        Some(Change::Put(AnyRecord::Client(Arc::new(client))))
    };
    let changes: Vec<Change> = rows.filter_map(put).collect();
    let day = crate::written::day_in_full(from);
    let label = match changes.len() {
        0 => return Err("choose first whom to ask"),
        1 => format!("Agreed the new rate of 1 client from {day}"),
        count => format!("Agreed the new rates of {count} clients from {day}"),
    };
    Ok(Action::Edit(Edit { label, changes }))
}

/// Moves the hand among the rates; `None` when something else has the keys.
pub(super) fn step(state: &State, shown: &Shown, by: isize) -> Option<Resolved> {
    let (place, view) = (state.session.rating()?, shown.rates.as_ref()?);
    let rows = &view.rates.rows;
    let next = view.row(place).map(|at| at.saturating_add_signed(by).min(rows.len().saturating_sub(1)));
    let row = next.and_then(|at| rows.get(at));
    Some(row.map(|row| Action::Rates(RatesAction::Point(row.id.clone()))).ok_or("the list is empty"))
}
