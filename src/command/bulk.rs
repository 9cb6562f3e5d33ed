//! What the keys of an item mean while several are selected: the same for each of them, as one edit.

use crate::domain::{AnyRecord, ClientId, Outgoing, OutgoingId, Table};
use crate::figures::Letter;
use crate::figures::today::{Item, ItemKind};
use crate::state::snooze_entry::SnoozeEntry;
use crate::state::{
    Action, Change, Edit, FormKind, Seat, Selection, Shown, State, Target, TriageAction, View, form,
};
use crate::written::counted;

use super::Resolved;
use super::outbox::{of_item, waits_already};
use super::suggestion::{Suggestion, suggest, suggestions};

/// The selected items, where keys act on them; nothing while none is selected.
pub(super) fn selected<'a>(state: &State, shown: &'a Shown) -> Option<Vec<&'a Item>> {
    let acts = state.session.is_triaging() && !shown.selected.is_empty();
    acts.then(|| shown.selected_items().collect())
}

/// That a command acts on one item alone.
///
/// # Errors
/// While several are selected.
pub(super) fn one_alone(state: &State, shown: &Shown) -> Result<(), &'static str> {
    if selected(state, shown).is_some() || !shown.picked(&state.session).is_empty() {
        return Err("it is done one by one, and several are selected: {app.back} clears the selection");
    }
    Ok(())
}

/// The form that changes all that is selected, in the queue, on the board or among the clients: their clients, or the deals
/// among them. Nothing while nothing is selected.
pub(super) fn edit(state: &State, shown: &Shown, clients: bool) -> Option<Resolved> {
    let picked: Vec<(Option<Table>, String, Option<ClientId>)> = match selected(state, shown) {
        Some(items) => items.iter().map(|it| (it.table, it.record.clone(), it.client.clone())).collect(),
        None => {
            shown.picked(&state.session).into_iter().map(|it| (Some(it.table), it.id, it.client)).collect()
        }
    };
    if picked.is_empty() {
        return None;
    }
    let several = |table: Table, ids: Vec<String>| match (table, ids.is_empty()) {
        (Table::Deals, true) => Err("none of the selected is a deal: change their clients instead"),
        (_, true) => Err("none of the selected is about a client"),
        (Table::Deals, _) => Ok(Action::OpenForm(FormKind::Deals, Target::Several(table, ids))),
        (_, _) => Ok(Action::OpenForm(FormKind::Clients, Target::Several(table, ids))),
    };
    let mut ids: Vec<String> = Vec::new();
    let clients = clients || state.session.view == View::Clients;
    for (table, id, client) in picked {
        let id = match (clients, table, client) {
            (true, _, Some(client)) => client.to_string(),
            (false, Some(Table::Deals), _) => id,
            _ => continue,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Some(several(if clients { Table::Clients } else { Table::Deals }, ids))
}

/// The form of a touch with each of the clients that are selected outside the queue.
pub(super) fn touch_picked(state: &State, shown: &Shown) -> Option<Action> {
    let mut clients: Vec<Seat> = Vec::new();
    for client in super::selection::clients(state, shown)? {
        if !clients.iter().any(|seat| seat.client.as_ref() == Some(&client)) {
            clients.push(Seat { item: String::new(), client: Some(client) });
        }
    }
    Some(Action::OpenForm(FormKind::Touches, Target::Items(clients)))
}

/// A form about the selected items.
pub(super) fn form(kind: FormKind, items: &[&Item]) -> Action {
    Action::OpenForm(kind, Target::Items(seats(items)))
}

fn seats(items: &[&Item]) -> Vec<Seat> {
    items.iter().map(|item| Seat::of(item)).collect()
}

/// Does something about all of them, and selects none.
fn act(edit: Edit) -> Action {
    Action::Triage(TriageAction::Act(edit, Selection::default()))
}

/// Marks them as handled.
pub(super) fn handled(state: &State, items: &[&Item]) -> Action {
    let changes = form::marked(&state.book, state.today, state.next_seed(), &seats(items), None);
    act(Edit { label: format!("Handled {}", counted(items.len(), "item")), changes })
}

/// Puts them off.
pub(super) fn snooze(state: &State, items: &[&Item], entry: SnoozeEntry) -> Resolved {
    let edit = form::snoozed(&state.book, state.today, state.next_seed(), &seats(items), entry)?;
    Ok(Action::All(vec![Action::Back, act(edit)]))
}

/// Logs one touch with each of their clients.
pub(super) fn touch(items: &[&Item]) -> Resolved {
    if items.iter().all(|item| item.client.is_none()) {
        return Err("none of the selected items is about a client");
    }
    Ok(form(FormKind::Touches, items))
}

/// Does what is suggested at this position, where that is the same for all of them and asks for nothing more.
pub(super) fn suggested(state: &State, shown: &Shown, items: &[&Item], position: usize) -> Resolved {
    let offered = |item: &&Item| {
        let letter = Letter::for_item(state.book.business(), &shown.figures, item);
        suggestions(item, letter.as_ref(), &shown.figures.today).get(position).copied()
    };
    let offered: Vec<Option<Suggestion>> = items.iter().map(offered).collect();
    if offered.iter().all(|it| matches!(it, Some(Suggestion::Letter(..)))) {
        return queue(state, shown, items);
    }
    let first = offered.first().copied().flatten().ok_or("nothing more is suggested here")?;
    if !offered.iter().all(|it| *it == Some(first)) {
        return Err("the selected items do not all offer the same there");
    }
    let (mut scratch, mut changes) = (state.clone(), Vec::new());
    for item in items {
        match suggest(&scratch, shown, item, first)? {
            Action::Edit(edit) | Action::EditRow(edit) => changes.extend(edit.changes),
            _ => return Err("that asks for something with each item: act on them one by one"),
        }
        // Each record made has an id of its own.
        scratch.use_seed();
    }
    Ok(act(Edit { label: format!("{}: {}", first.label(), counted(items.len(), "item")), changes }))
}

/// Why a letter is not queued with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// Something in it is still to be filled in.
    Unfilled,
    /// Nobody wants two letters in a minute, which may not even agree: the first in the queue goes. One by one they can be read,
    /// and go.
    Second,
    /// What was noted for oneself goes to nobody unread.
    Quotes,
    /// It is in the outbox, or the same one is queued just now.
    Waits,
    /// There is nothing to write.
    Nothing,
}

impl Left {
    /// All, in the order in which they are told.
    const ALL: [Self; 5] = [Self::Unfilled, Self::Second, Self::Quotes, Self::Waits, Self::Nothing];

    /// Of one, or of several, what is said.
    fn words(self, count: usize) -> String {
        let (one, many) = match self {
            Self::Unfilled => ("needs filling in", "need filling in"),
            Self::Second => ("is a second one to its client", "are more to the same clients"),
            Self::Quotes => ("quotes a note of yours: read it", "quote notes of yours: read them"),
            Self::Waits => ("waits already", "wait already"),
            Self::Nothing => ("has no letter", "have no letter"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// Whether its row stays selected: there is something to do about it.
    fn stays(self) -> bool {
        !matches!(self, Self::Waits | Self::Nothing)
    }
}

/// Puts what is written for each of them into the outbox, where nothing is left to fill in.
pub(super) fn queue(state: &State, shown: &Shown, items: &[&Item]) -> Resolved {
    let (mut drafts, mut left): (Vec<Outgoing>, Vec<(Left, String)>) = (Vec::new(), Vec::new());
    // A word that asks for nothing comes first, also where it is still to be filled in: nothing else goes to its client before.
    let (first, rest): (Vec<&Item>, Vec<&Item>) =
        items.iter().copied().partition(|item| item.kind == ItemKind::CheckInFirst);
    let is_checked_in_on = |client: &ClientId| first.iter().any(|item| item.client.as_ref() == Some(client));
    let was_written_to = |client: &ClientId| {
        let letters = &shown.figures.outbox.waiting;
        letters.iter().any(|it| it.letter.client == *client && it.letter.queued == state.today)
    };
    for (nth, item) in (0..).zip(first.iter().chain(&rest).copied()) {
        let Some(letter) = Letter::for_item(state.book.business(), &shown.figures, item) else {
            left.push((Left::Nothing, item.id.clone()));
            continue;
        };
        let draft = of_item(state, item, &letter)?;
        let id = OutgoingId::fresh(&letter.subject, state.next_seed().wrapping_add(nth));
        let draft = Outgoing { id, ..draft };
        let said = |other: &Outgoing| {
            (&other.client, &other.subject, &other.text) == (&draft.client, &draft.subject, &draft.text)
        };
        let is_second = drafts.iter().any(|other| other.client == draft.client)
            || was_written_to(&draft.client)
            || (item.kind != ItemKind::CheckInFirst && is_checked_in_on(&draft.client));
        let why = if !draft.unfilled().is_empty() {
            Left::Unfilled
        } else if letter.quotes {
            Left::Quotes
        } else if waits_already(state, &draft) || drafts.iter().any(said) {
            Left::Waits
        } else if is_second {
            Left::Second
        } else {
            drafts.push(draft);
            continue;
        };
        left.push((why, item.id.clone()));
    }
    let counted = Left::ALL.map(|why| (why, left.iter().filter(|(it, _)| *it == why).count()));
    let rest: Vec<String> =
        counted.into_iter().filter(|(_, count)| *count > 0).map(|(why, count)| why.words(count)).collect();
    let label = match drafts.len() {
        0 => return Ok(Action::Refuse(format!("Nothing was queued: {}", rest.join(", ")))),
        1 => "Queued 1 letter".to_owned(),
        many => format!("Queued {many} letters"),
    };
    let label = [label].into_iter().chain(rest).collect::<Vec<_>>().join(" · ");
    let changes = drafts.into_iter().map(|draft| Change::Put(AnyRecord::Outgoing(draft.into()))).collect();
    let stay = left.into_iter().filter(|(why, _)| why.stays()).map(|(_, id)| id);
    Ok(Action::Triage(TriageAction::Act(Edit { label, changes }, Selection::of(stay))))
}

/// Copies what is written for each of them, one after the other.
pub(super) fn copy(state: &State, shown: &Shown, items: &[&Item]) -> Resolved {
    let letters: Vec<Letter> = items
        .iter()
        .filter_map(|item| Letter::for_item(state.book.business(), &shown.figures, item))
        .collect();
    let says = match letters.len() {
        0 => return Err("there is nothing to write about these"),
        1 => "Copied 1 draft".to_owned(),
        many => format!("Copied {many} drafts"),
    };
    Ok(Action::Copy(Letter::markdown(&letters), says))
}
