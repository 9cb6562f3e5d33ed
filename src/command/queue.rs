//! What one does with an item of the queue.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, ClientId, Deal, DealId, Invoice, Snooze, SnoozeId, Table, Wait, add_days};
use crate::figures::today::Item;
use crate::figures::{Client, Letter};
use crate::state::snooze_entry::SnoozeEntry;
use crate::state::{Action, Edit, FormKind, Overlay, Seat, Shown, State, Target, View, form};

use super::{Command, Group, Place, Resolved, bulk, suggestion};

const TODAY: &[Place] = &[Place::Today];
const SNOOZE: &[Place] = &[Place::Snooze];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "item.first_action",
        title: "First suggestion",
        help: "Do the first thing suggested for the item.",
        keys: &["1"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| suggestion::suggested(state, shown, 0),
    },
    Command {
        id: "item.second_action",
        title: "Second suggestion",
        help: "Do the second thing suggested for the item.",
        keys: &["2"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| suggestion::suggested(state, shown, 1),
    },
    Command {
        id: "item.third_action",
        title: "Third suggestion",
        help: "Do the third thing suggested for the item.",
        keys: &["3"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| suggestion::suggested(state, shown, 2),
    },
    Command {
        id: "item.handled",
        title: "Handled",
        help: "Note that the item was handled: it stays away until its facts change, or for a week.",
        keys: &["e"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: handled,
    },
    Command {
        id: "item.snooze",
        title: "Snooze",
        help: "Put the item off to a day, or until they reply or pay.",
        keys: &["s"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| {
            let item = match bulk::selected(state, shown) {
                Some(items) => items.first().copied().ok_or("nothing is selected")?,
                None => current(state, shown)?,
            };
            Ok(Action::AskSnooze(item.id.clone(), item.client.clone()))
        },
    },
    Command {
        id: "item.dismiss",
        title: "Dismiss …",
        help: "Say why nothing is to be done about the item: it stays away until its facts change.",
        keys: &["del"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| {
            if let Some(items) = bulk::selected(state, shown) {
                return Ok(bulk::form(FormKind::Dismiss, &items));
            }
            let item = current(state, shown)?;
            Ok(Action::OpenForm(FormKind::Dismiss, Target::Item(item.id.clone(), item.client.clone())))
        },
    },
    Command {
        id: "draft.edit",
        title: "Edit the draft …",
        help: "Change what is written for the item, or fill in what the facts do not tell, and put it into the outbox.",
        keys: &["r"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| {
            bulk::one_alone(state, shown)?;
            let draft = super::outbox::of_item(state, current(state, shown)?, draft(shown)?)?;
            Ok(Action::OpenForm(FormKind::Letter, Target::Draft(Box::new(draft))))
        },
    },
    Command {
        id: "draft.queue",
        title: "Queue the draft",
        help: "Put what is written for the item into the outbox; where something is left to fill in, it is asked for.",
        keys: &["q"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| {
            if let Some(items) = bulk::selected(state, shown) {
                return bulk::queue(state, shown, &items);
            }
            suggestion::queue_letter(state, shown, current(state, shown)?, draft(shown)?)
        },
    },
    Command {
        id: "draft.copy",
        title: "Copy the draft",
        help: "Copy the text written for the item, without its subject, to be pasted into a mail; what is still to be filled in is marked [like this?].",
        keys: &["c"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| {
            if let Some(items) = bulk::selected(state, shown) {
                return bulk::copy(state, shown, &items);
            }
            current(state, shown)?;
            let letter = draft(shown)?;
            let says = copied("text of the draft; {draft.copy_subject} copies its subject", letter);
            Ok(Action::Copy(letter.text.clone(), says))
        },
    },
    Command {
        id: "draft.copy_subject",
        title: "Copy the subject of the draft",
        help: "Copy what the draft for the item is called.",
        keys: &["shift+c"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| {
            current(state, shown)?;
            Ok(Action::Copy(draft(shown)?.subject.clone(), "Copied the subject of the draft".to_owned()))
        },
    },
    Command {
        id: "snooze.tomorrow",
        title: "Tomorrow",
        help: "Put the item off to tomorrow.",
        keys: &["1"],
        places: SNOOZE,
        group: Group::Dialog,
        repeats: false,
        resolve: |state, shown| snooze(state, shown, "snooze.tomorrow"),
    },
    Command {
        id: "snooze.monday",
        title: "Next Monday",
        help: "Put the item off to next Monday.",
        keys: &["2"],
        places: SNOOZE,
        group: Group::Dialog,
        repeats: false,
        resolve: |state, shown| snooze(state, shown, "snooze.monday"),
    },
    Command {
        id: "snooze.week",
        title: "In a week",
        help: "Put the item off by a week.",
        keys: &["3"],
        places: SNOOZE,
        group: Group::Dialog,
        repeats: false,
        resolve: |state, shown| snooze(state, shown, "snooze.week"),
    },
    Command {
        id: "snooze.reply",
        title: "When they reply",
        help: "Put the item off until the client says something, for thirty days at most.",
        keys: &["4"],
        places: SNOOZE,
        group: Group::Dialog,
        repeats: false,
        resolve: |state, shown| snooze(state, shown, "snooze.reply"),
    },
    Command {
        id: "snooze.paid",
        title: "When paid",
        help: "Put the item off until a payment comes, for thirty days at most.",
        keys: &["5"],
        places: SNOOZE,
        group: Group::Dialog,
        repeats: false,
        resolve: |state, shown| snooze(state, shown, "snooze.paid"),
    },
    Command {
        id: "snooze.day",
        title: "Another day or event …",
        help: "Type the day or the event that brings the item back.",
        keys: &["6", "enter"],
        places: SNOOZE,
        group: Group::Dialog,
        repeats: false,
        resolve: |state, shown| match (&state.session.overlay, bulk::selected(state, shown)) {
            (Some(Overlay::Snooze(..)), Some(items)) => Ok(bulk::form(FormKind::Snooze, &items)),
            (Some(Overlay::Snooze(item, client)), None) => {
                Ok(Action::OpenForm(FormKind::Snooze, Target::Item(item.clone(), client.clone())))
            }
            _ => Err("nothing is being put off"),
        },
    },
];

/// What is written for the item that the hand is at.
fn draft(shown: &Shown) -> Result<&Letter, &'static str> {
    shown.draft.as_ref().ok_or("there is nothing to write about this")
}

pub(super) fn current<'a>(state: &State, shown: &'a Shown) -> Result<&'a Item, &'static str> {
    if state.session.view != View::Today || state.session.page.is_some() {
        return Err("the queue is not shown");
    }
    shown.row(&state.session).and_then(|row| shown.item(row)).ok_or("the queue is empty")
}

/// That a letter was copied, and what of it is still to be filled in.
pub(super) fn copied(what: &str, letter: &Letter) -> String {
    if letter.missing.is_empty() {
        return format!("Copied the {what}");
    }
    format!("Copied the {what}; still to fill in: {}", letter.still_to_fill())
}

/// A deal of the book by its id.
pub(super) fn find_deal(state: &State, id: &str) -> Option<Arc<Deal>> {
    match state.book.find(Table::Deals, DealId::new(id).ok()?.as_str())? {
        AnyRecord::Deal(deal) => Some(deal),
        _ => None,
    }
}

fn handled(state: &State, shown: &Shown) -> Resolved {
    if let Some(items) = bulk::selected(state, shown) {
        return Ok(bulk::handled(state, &items));
    }
    let item = current(state, shown)?;
    let changes = form::marked(&state.book, state.today, state.next_seed(), &[Seat::of(item)], None);
    let name = if item.client_name.is_empty() { &item.title } else { &item.client_name };
    let label = format!("Handled: {} · {name}", item.kind.title().to_lowercase());
    Ok(Action::EditRow(Edit { label, changes }))
}

/// Why a command of the snooze dialog is of no use for items of these clients, if it is none.
#[must_use]
pub fn no_snooze(command: &str, shown: &Shown, clients: &[Option<&ClientId>]) -> Option<&'static str> {
    let wait = snooze_preset(command, shown.figures.day)?.wait?;
    let alone = clients.len() == 1;
    let known: Vec<&Arc<Client>> =
        clients.iter().filter_map(|client| shown.figures.client((*client)?)).collect();
    if known.len() < clients.len() {
        let one = "it is about no client: choose a day";
        return Some(if alone { one } else { "some are about no client" });
    }
    let is_open = |invoice: &Arc<Invoice>| invoice.open().amount > Decimal::ZERO;
    let pays = |client: &&Arc<Client>| client.known.facts.invoices.iter().any(is_open);
    let why = if alone { "no invoice of theirs is open" } else { "some have no invoice open" };
    (wait == Wait::Paid && !known.iter().all(pays)).then_some(why)
}

/// When a command of the snooze dialog brings an item back; `None` for one that asks.
#[must_use]
pub fn snooze_preset(command: &str, today: NaiveDate) -> Option<SnoozeEntry> {
    let days = match command {
        "snooze.tomorrow" => 1,
        // On a Sunday that would be tomorrow, which has a key of its own.
        "snooze.monday" if today.weekday() == Weekday::Sun => 8,
        "snooze.monday" => 7 - i64::from(today.weekday().num_days_from_monday()),
        "snooze.week" => 7,
        "snooze.reply" => return Some(SnoozeEntry::event(Wait::TheyReply, today)),
        "snooze.paid" => return Some(SnoozeEntry::event(Wait::Paid, today)),
        _ => return None,
    };
    Some(SnoozeEntry::day(add_days(today, days)))
}

fn snooze(state: &State, shown: &Shown, command: &str) -> Resolved {
    let Some(Overlay::Snooze(item, client)) = &state.session.overlay else {
        return Err("nothing is being put off");
    };
    let entry = snooze_preset(command, state.today).ok_or("the day is not said yet")?;
    let selected = bulk::selected(state, shown);
    let clients = match &selected {
        Some(items) => items.iter().map(|item| item.client.as_ref()).collect(),
        None => vec![client.as_ref()],
    };
    if let Some(why) = no_snooze(command, shown, &clients) {
        return Err(why);
    }
    if let Some(items) = selected {
        return bulk::snooze(state, &items, entry);
    }
    let known = shown.figures.today.items.iter().find(|known| known.id == *item);
    let seen = entry.wait.zip(known).map(|(wait, known)| known.came.seen(wait, state.today));
    let snooze = Snooze {
        id: SnoozeId::fresh("snooze", state.next_seed()),
        item: item.clone(),
        client: client.clone(),
        day: state.today,
        until: entry.until,
        wait: entry.wait,
        seen: seen.unwrap_or_default(),
    };
    let seat = Seat { item: item.clone(), client: client.clone() };
    let label = format!("{}{}", entry.done(state.today), form::whose(&state.book, &seat));
    Ok(Action::All(vec![Action::Back, Action::EditRow(Edit::put(label, snooze))]))
}
