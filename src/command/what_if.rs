//! The what-if on Cash: opening it, its levers, keeping and dropping them.
//!
//! While it is open its levers are the list that the keys for lists move in, `Enter` changes and `Del` removes. A key of
//! Cash that is to work beside them names [`Place::WhatIf`] too.

use crate::domain::{AnyRecord, Table};
use crate::state::{
    Action, Confirm, Edit, FormKind, LeverKind, Shown, State, Target, WhatIfAction, WhatIfDraft,
};

use super::{Command, Group, Place, Resolved};

const WHAT_IF: &[Place] = &[Place::WhatIf];

/// A row for a lever's form.
macro_rules! lever {
    ($id:literal, $title:literal, $help:literal, $key:literal, $kind:ident) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: &[$key],
            places: WHAT_IF,
            group: Group::WhatIf,
            repeats: false,
            resolve: |state, shown| Ok(new_lever(state, shown, LeverKind::$kind)),
        }
    };
}

/// A row for something done with the levers.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $key:literal, $places:expr, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: &[$key],
            places: $places,
            group: Group::WhatIf,
            repeats: false,
            resolve: $resolve,
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    command!(
        "what_if.open",
        "What if",
        "Open or close the what-if on Cash: levers beside the facts, which change none of them.",
        "w",
        &[Place::Cash, Place::WhatIf],
        |_, _| Ok(Action::WhatIf(WhatIfAction::Toggle))
    ),
    lever!(
        "what_if.pays_later",
        "What if a client pays later …",
        "Assume that a client pays so many days later.",
        "l p",
        PaysLater
    ),
    lever!(
        "what_if.leaves",
        "What if a client leaves …",
        "Assume that a client orders nothing after a day.",
        "l l",
        Leaves
    ),
    lever!(
        "what_if.let_go",
        "What if you let a client go …",
        "Assume that you let a client go: what is lost, what is freed.",
        "l g",
        LetGo
    ),
    lever!(
        "what_if.rates_rise",
        "What if rates rise …",
        "Assume dearer rates from a day on, for some clients or for all.",
        "l r",
        RatesRise
    ),
    lever!(
        "what_if.deposit",
        "What if new deals pay a deposit …",
        "Assume that a part of every open deal is paid when it is won.",
        "l d",
        Deposit
    ),
    lever!(
        "what_if.instalments",
        "What if a deal is paid in instalments …",
        "Assume that what of a deal is not invoiced yet is paid in equal parts.",
        "l i",
        Instalments
    ),
    lever!(
        "what_if.many_small",
        "What if the clients were many and small …",
        "Assume many small clients instead of the few largest.",
        "l m",
        ManySmall
    ),
    lever!(
        "what_if.never_paid",
        "What if an invoice is never paid …",
        "Assume that an invoice is never paid.",
        "l n",
        NeverPaid
    ),
    lever!(
        "what_if.income",
        "What if money comes in …",
        "Assume income, once or again and again.",
        "l c",
        Income
    ),
    lever!(
        "what_if.expense",
        "What if money goes out …",
        "Assume an expense, once or again and again.",
        "l o",
        Expense
    ),
    command!(
        "what_if.mute",
        "Mute the lever",
        "Leave the lever out, or count it again.",
        "m",
        WHAT_IF,
        |state, _| { at_hand(state).map(|at| Action::WhatIf(WhatIfAction::Mute(at))) }
    ),
    command!(
        "what_if.move_down",
        "Lever down",
        "Pull the lever after the one below it.",
        "shift+j",
        WHAT_IF,
        |state, _| {
            let at = at_hand(state)?;
            if at + 1 < state.session.what_if.rows.len() {
                Ok(Action::WhatIf(WhatIfAction::Move(at, true)))
            } else {
                Err("it is the last one")
            }
        }
    ),
    command!(
        "what_if.move_up",
        "Lever up",
        "Pull the lever before the one above it.",
        "shift+k",
        WHAT_IF,
        |state, _| {
            match at_hand(state)? {
                0 => Err("it is the first one"),
                at => Ok(Action::WhatIf(WhatIfAction::Move(at, false))),
            }
        }
    ),
    command!(
        "what_if.keep",
        "Keep the levers",
        "Keep the levers in the book, as a scenario with a name.",
        "s",
        WHAT_IF,
        keep
    ),
    command!(
        "what_if.keep_as",
        "Keep the levers as …",
        "Keep the levers in the book under another name.",
        "shift+s",
        WHAT_IF,
        |state, _| {
            filled(state)?;
            Ok(Action::OpenForm(FormKind::KeepScenario, Target::New(None)))
        }
    ),
    command!(
        "what_if.take_up",
        "Take up a scenario …",
        "Take up the levers of a scenario that was kept.",
        "o",
        WHAT_IF,
        |state, _| {
            if state.book.firm().scenarios.is_empty() {
                return Err("no scenario was kept yet");
            }
            if is_unkept(state) {
                return Err("keep or drop the levers first");
            }
            Ok(Action::OpenForm(FormKind::OpenScenario, Target::New(None)))
        }
    ),
    command!(
        "what_if.drop",
        "Drop the levers",
        "Take all levers away; a kept scenario stays in the book.",
        "d",
        WHAT_IF,
        let_drop
    ),
    command!(
        "what_if.forget",
        "Remove the scenario …",
        "Remove the scenario from the book, after asking; its levers stay until they are dropped.",
        "shift+d",
        WHAT_IF,
        forget
    ),
];

fn new_lever(state: &State, shown: &Shown, kind: LeverKind) -> Action {
    let selected = shown.selected(&state.session).filter(|it| it.table == Table::Invoices);
    let target = match selected {
        Some(invoice) if kind == LeverKind::NeverPaid => Target::NewPart(Table::Invoices, invoice.id),
        _ => Target::New(shown.selected_client(&state.session)),
    };
    Action::OpenForm(FormKind::Lever(kind), target)
}

fn filled(state: &State) -> Result<&WhatIfDraft, &'static str> {
    let draft = &state.session.what_if;
    if draft.rows.is_empty() { Err("there is no lever yet") } else { Ok(draft) }
}

/// The position of the lever that the hand is at.
fn at_hand(state: &State) -> Result<usize, &'static str> {
    if !state.session.is_assuming() {
        return Err("open the what-if on Cash first");
    }
    filled(state).map(|draft| draft.cursor)
}

/// The scenario the levers are kept as, while it is in the book.
fn kept(state: &State) -> Option<std::sync::Arc<crate::domain::Scenario>> {
    let id = state.session.what_if.kept.as_ref()?;
    match state.book.find(Table::Scenarios, id.as_str())? {
        AnyRecord::Scenario(scenario) => Some(scenario),
        _ => None,
    }
}

/// Whether there are levers that would be lost.
fn is_unkept(state: &State) -> bool {
    let rows = &state.session.what_if.rows;
    !rows.is_empty() && kept(state).is_none_or(|scenario| scenario.levers != *rows)
}

fn keep(state: &State, _: &Shown) -> Resolved {
    filled(state)?;
    match kept(state) {
        None => Ok(Action::OpenForm(FormKind::KeepScenario, Target::New(None))),
        Some(_) if is_unkept(state) => Ok(Action::WhatIf(WhatIfAction::Keep(None))),
        Some(_) => Err("it is kept as it is"),
    }
}

fn let_drop(state: &State, _: &Shown) -> Resolved {
    let count = filled(state)?.rows.len();
    let drop = Action::WhatIf(WhatIfAction::Drop);
    // What lies in the book can be taken up again; and where nothing is edited nothing is asked either.
    if !is_unkept(state) || state.edit_refusal().is_some() {
        return Ok(drop);
    }
    Ok(Action::Ask(Confirm {
        question: if count == 1 { "Drop the lever?".to_owned() } else { format!("Drop the {count} levers?") },
        consequence: "They were not kept as they are now. No fact changes. Undo brings them back.".to_owned(),
        yes: "Drop".to_owned(),
        action: Box::new(drop),
    }))
}

fn forget(state: &State, _: &Shown) -> Resolved {
    let scenario = kept(state).ok_or("these levers are not kept in the book")?;
    let name = &scenario.name;
    Ok(Action::Ask(Confirm {
        question: format!("Remove the scenario “{name}”?"),
        consequence: "No fact changes. Undo brings it back.".to_owned(),
        yes: "Remove".to_owned(),
        action: Box::new(Action::Edit(Edit::remove(
            format!("Removed scenario {name}"),
            Table::Scenarios,
            scenario.id.as_str(),
        ))),
    }))
}

/// Opens the form of the lever that the hand is at; `None` when something else has the keys.
pub(super) fn edit(state: &State) -> Option<Resolved> {
    let draft = &state.session.what_if;
    state.session.is_assuming().then(|| match draft.row() {
        Some(row) => {
            let target = Target::Lever(draft.cursor, row.lever.clone());
            Ok(Action::OpenForm(FormKind::Lever(LeverKind::of(&row.lever)), target))
        }
        None => Err("there is no lever yet"),
    })
}

/// Takes the lever away that the hand is at; `None` when something else has the keys.
pub(super) fn remove(state: &State) -> Option<Resolved> {
    let assuming = state.session.is_assuming();
    assuming.then(|| at_hand(state).map(|at| Action::WhatIf(WhatIfAction::Remove(at))))
}

/// Moves the hand among the levers; `None` when something else has the keys.
pub(super) fn step(state: &State, by: isize) -> Option<Resolved> {
    let draft = &state.session.what_if;
    state.session.is_assuming().then(|| {
        let last = draft.rows.len().checked_sub(1).ok_or("there is no lever yet")?;
        Ok(Action::WhatIf(WhatIfAction::Point(draft.cursor.saturating_add_signed(by).min(last))))
    })
}
