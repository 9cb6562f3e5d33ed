//! Handing letters over: to the mail program or the clipboard, never further. What is handed over is logged as a touch, in
//! the same step of undo.

use std::sync::Arc;

use crate::domain::{
    AnyRecord, Book, HandedOver, Outgoing, OutgoingId, Table, Touch, TouchId, is_mail_address, unfilled_mark,
};
use crate::figures::today::answered_by;
use crate::state::State;
use crate::state::action::{Action, Effect, OutboxAction};
use crate::state::edit::Edit;
use crate::state::form::seen;
use crate::state::session::View;
use crate::state::triage::Seat;

use super::{apply, refuse, tell};

pub(super) fn outbox(state: &mut State, action: OutboxAction, effects: &mut Vec<Effect>) {
    match action {
        OutboxAction::Open(id) => {
            state.session.opened = None;
            if let Err(why) = open(state, id, effects) {
                refuse(state, why);
            }
        }
        OutboxAction::OpenAll(ids) => {
            state.session.opened = Some((0, state.book.clone()));
            state.session.to_open = ids;
            open_next(state, effects);
        }
        OutboxAction::Copy(id) => match ready(state, &id) {
            Ok(letter) => {
                effects.push(Effect::Copy(letter.text.clone()));
                let label = format!("Copied the letter to {}, and logged it", name_of(state, &letter));
                hand_over(state, &letter, label, effects);
            }
            Err(why) => refuse(state, why),
        },
        OutboxAction::Opened(id) => {
            state.session.opening = None;
            if let Some(letter) = waiting(state, &id) {
                let name = name_of(state, &letter);
                let label = format!("Opened the letter to {name} in the mail program, and logged it");
                let before = state.book.clone();
                hand_over(state, &letter, label, effects);
                join_opened(state, &before);
                open_next(state, effects);
            } else {
                state.session.to_open.clear();
                let why = "The letter was opened, but waits no longer: nothing is logged";
                refuse(state, why.to_owned());
            }
        }
        OutboxAction::NotOpened(why) => {
            state.session.opening = None;
            // What the mail program did not take now it will not take a moment later.
            state.session.to_open.clear();
            refuse(state, why);
        }
    }
}

/// Opens a letter; what comes of it is told later.
///
/// # Errors
/// Why it cannot be opened.
fn open(state: &mut State, id: OutgoingId, effects: &mut Vec<Effect>) -> Result<(), String> {
    let letter = ready(state, &id)?;
    tell(state, format!("Opening the letter to {} …", name_of(state, &letter)));
    state.session.opening = Some(id);
    effects.push(Effect::OpenMail(letter));
    Ok(())
}

/// Opens the next of the letters that are to be opened one after another; the first that cannot be ends it.
fn open_next(state: &mut State, effects: &mut Vec<Effect>) {
    if state.session.to_open.is_empty() {
        return;
    }
    let next = state.session.to_open.remove(0);
    if let Err(why) = open(state, next, effects) {
        state.session.to_open.clear();
        refuse(state, why);
    }
}

/// Makes one step of undo of the letters that were opened one after another, as long as nothing else was done in between.
fn join_opened(state: &mut State, before: &Book) {
    let Some((count, after_last)) = state.session.opened.take() else { return };
    if state.book.is_same(before) {
        return;
    }
    let count = if after_last.is_same(before) { count.saturating_add(1) } else { 1 };
    if count > 1 {
        let label = format!("Opened {count} letters in the mail program, and logged them");
        state.history.join(label.clone());
        tell(state, label);
    }
    state.session.opened = Some((count, state.book.clone()));
}

fn waiting(state: &State, id: &OutgoingId) -> Option<Arc<Outgoing>> {
    match state.book.find(Table::Outbox, id.as_str())? {
        AnyRecord::Outgoing(letter) => Some(letter).filter(|letter| letter.waits()),
        _ => None,
    }
}

/// A letter that may be handed over now.
///
/// # Errors
/// Why it may not.
fn ready(state: &State, id: &OutgoingId) -> Result<Arc<Outgoing>, String> {
    if let Some(why) = state.edit_refusal() {
        return Err(why);
    }
    if state.session.opening.is_some() {
        return Err("Wait a moment: a letter is being opened".to_owned());
    }
    let letter = waiting(state, id).ok_or("This letter waits no longer")?;
    if let Some(marked) = unfilled_words(&letter) {
        return Err(format!("Not handed over: {marked} is still to be filled in"));
    }
    if let Some(to) = letter.to.as_ref().filter(|to| !is_mail_address(to)) {
        return Err(format!("Not handed over: {to:?} is no mail address, such as ann@example.org"));
    }
    Ok(letter)
}

/// The marked fields of a letter, as they stand in it; `None` when all are filled.
fn unfilled_words(letter: &Outgoing) -> Option<String> {
    let marked: Vec<String> = letter.unfilled().iter().map(|name| unfilled_mark(name)).collect();
    (!marked.is_empty()).then(|| marked.join(", "))
}

fn name_of(state: &State, letter: &Outgoing) -> String {
    state.book.client(&letter.client).map(|known| known.client.name.clone()).unwrap_or_default()
}

/// Notes that a letter went, and the touch that this is: one edit.
fn hand_over(state: &mut State, letter: &Arc<Outgoing>, label: String, effects: &mut Vec<Effect>) {
    let touch = TouchId::fresh(&format!("{} mail", name_of(state, letter)), state.next_seed());
    // What it answers by name is answered, whatever else they said.
    let known = state.book.client(&letter.client).and_then(|known| known.as_of(state.today));
    let answers =
        known.and_then(|known| answered_by(state.book.business(), &known.facts, letter, state.today));
    let logged = Touch { answers, ..letter.touch(touch.clone(), state.today) };
    let step = Edit::put(label, logged);
    let seen = letter.item.as_ref().map(|item| {
        let seat = Seat { item: item.clone(), client: Some(letter.client.clone()) };
        // The touch that is logged with the letter is no news of its item.
        let logged = step.apply(&state.book).unwrap_or_else(|_| state.book.clone());
        [&state.book, &logged].map(|book| seen(book, &seat, state.today)).into_iter().max().unwrap_or(0)
    });
    let handed_over = Some(HandedOver { day: state.today, touch: Some(touch), seen });
    let step = step.and(Outgoing { handed_over, ..Outgoing::clone(letter) });
    // The hand lands on the row below, if it is still at this one.
    let at_it = state.session.view == View::Outbox && state.session.cursors.outbox.key == letter.id.as_str();
    apply(state, if at_it { Action::EditRow(step) } else { Action::Edit(step) }, effects);
}
