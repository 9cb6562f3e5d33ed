//! Merging two clients, by keys.

use crate::domain::{Difference, Merge, MergeField};
use crate::state::{Action, FormKind, MergeAction, MergePlace, Overlay, Shown, State, Target, View};

use super::{Command, Group, Place, Resolved};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "client.merge",
        title: "Merge with another client …",
        help: "Make one of two clients that are the same: what goes over and what differs is shown first. With two selected: these.",
        keys: &["m"],
        places: &[Place::Clients, Place::Page],
        group: Group::Edit,
        repeats: false,
        resolve: begin,
    },
    dialog!("merge.go", "Merge", "Merge the two clients as shown.", &["enter"], Merge, false, |_, shown| {
        match &previewed(shown)?.result {
            Ok(_) => Ok(Action::Merge(MergeAction::Go)),
            Err(_) => Err("they cannot be merged so: the preview says why"),
        }
    }),
    dialog!(
        "merge.down",
        "Next field",
        "Go to the field below.",
        &["down", "j"],
        Merge,
        true,
        |state, shown| { step(state, shown, 1) }
    ),
    dialog!(
        "merge.up",
        "Previous field",
        "Go to the field above.",
        &["up", "k"],
        Merge,
        true,
        |state, shown| { step(state, shown, -1) }
    ),
    dialog!(
        "merge.other",
        "Keep the other's",
        "Keep the value of the client that goes.",
        &["right", "l"],
        Merge,
        false,
        |state, shown| choose(state, shown, Some(true))
    ),
    dialog!(
        "merge.own",
        "Keep its own",
        "Keep the value of the client that stays.",
        &["left", "h"],
        Merge,
        false,
        |state, shown| choose(state, shown, Some(false))
    ),
    dialog!(
        "merge.choose",
        "The other value",
        "Keep the other of the two values.",
        &["space", "f2"],
        Merge,
        false,
        |state, shown| choose(state, shown, None)
    ),
    dialog!(
        "merge.swap",
        "Let the other stay",
        "Let the other client stay, and this one go into it.",
        &["x", "ctrl+x"],
        Merge,
        false,
        |state, _| place(state).map(|_| Action::Merge(MergeAction::Swap))
    ),
];

/// The preview of the two clients that are selected, else the form that asks which.
fn begin(state: &State, shown: &Shown) -> Resolved {
    let in_the_table = state.session.view == View::Clients && state.session.page.is_none();
    if let Some(selected) = super::selection::clients(state, shown).filter(|_| in_the_table) {
        let [one, other] = selected.as_slice() else { return Err("two clients are merged at a time") };
        // The one that the cursor is at stays.
        let at = shown.selected_client(&state.session);
        let (stays, goes) = if at.as_ref() == Some(other) { (other, one) } else { (one, other) };
        let place = MergePlace::new(stays.clone(), goes.clone());
        return Ok(Action::Merge(MergeAction::Open(place)));
    }
    let client = shown.selected_client(&state.session).ok_or("no client is selected")?;
    Ok(Action::OpenForm(FormKind::Merge, Target::New(Some(client))))
}

fn place(state: &State) -> Result<&MergePlace, &'static str> {
    match &state.session.overlay {
        Some(Overlay::Merge(place)) => Ok(place),
        _ => Err("no merging is shown"),
    }
}

fn previewed(shown: &Shown) -> Result<&Merge, &'static str> {
    shown.merge.as_deref().ok_or("no merging is shown")
}

/// The field the cursor is at, and its position.
fn at<'a>(place: &MergePlace, merge: &'a Merge) -> Option<(usize, &'a Difference)> {
    let is_it = |field: &MergeField| merge.differs.iter().position(|it| it.field == *field);
    let at = place.cursor.as_ref().and_then(is_it).unwrap_or(0);
    merge.differs.get(at).map(|row| (at, row))
}

fn step(state: &State, shown: &Shown, by: isize) -> Resolved {
    let (place, merge) = (place(state)?, previewed(shown)?);
    let (at, _) = at(place, merge).ok_or("they differ in nothing")?;
    let next = at.saturating_add_signed(by).min(merge.differs.len().saturating_sub(1));
    let row = merge.differs.get(next).ok_or("there is no further field")?;
    Ok(Action::Merge(MergeAction::Point(row.field.clone())))
}

fn choose(state: &State, shown: &Shown, other: Option<bool>) -> Resolved {
    let (_, row) = at(place(state)?, previewed(shown)?).ok_or("they differ in nothing")?;
    Ok(Action::Merge(MergeAction::Choose(row.field.clone(), other.unwrap_or(!row.takes_other))))
}
