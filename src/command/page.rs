//! On a client's page: answering the door check, and writing down what was achieved.

use crate::domain::{Client, DoorAnswer, DoorCheck, DoorQuestion};
use crate::state::{Action, DossierFormat, Edit, PageSection, PathPurpose, Shown, State};

use super::{Command, Group, Place, Resolved};

const PAGE: &[Place] = &[Place::Page];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "door.yes",
        title: "Door check: yes",
        help: "Note that the answer to this question of a prospect's door check is yes.",
        keys: &["1"],
        places: PAGE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| answer(state, shown, DoorAnswer::Yes),
    },
    Command {
        id: "door.no",
        title: "Door check: no",
        help: "Note that the answer to this question of a prospect's door check is no.",
        keys: &["2"],
        places: PAGE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| answer(state, shown, DoorAnswer::No),
    },
    Command {
        id: "dossier.print",
        title: "Write down what was achieved, to print …",
        help: "Write what was achieved for this client as a page that is ready to be printed.",
        keys: &["ctrl+e"],
        places: PAGE,
        group: Group::File,
        repeats: false,
        resolve: |state, shown| write(state, shown, DossierFormat::Html),
    },
    Command {
        id: "dossier.markdown",
        title: "Write down what was achieved, as Markdown …",
        help: "Write what was achieved for this client as Markdown.",
        keys: &["ctrl+shift+e"],
        places: PAGE,
        group: Group::File,
        repeats: false,
        resolve: |state, shown| write(state, shown, DossierFormat::Markdown),
    },
];

/// What a question of the door check is called.
#[must_use]
pub fn door_title(question: DoorQuestion) -> &'static str {
    match question {
        DoorQuestion::SignsAgreement => "Signs an agreement",
        DoorQuestion::PaysDown => "Pays something down",
        DoorQuestion::InWriting => "Puts things in writing",
        DoorQuestion::PricePushed => "Pushes the price",
        DoorQuestion::Excuses => "Makes excuses",
    }
}

fn answer(state: &State, shown: &Shown, answer: DoorAnswer) -> Resolved {
    let (Some(place), Some(page)) = (&state.session.page, &shown.page) else {
        return Err("no client's page is open");
    };
    let door = page.door.as_ref().filter(|_| place.section == PageSection::Health);
    let door = door.ok_or("there is a door check for prospects only, in the first part of their page")?;
    let line = shown.row(&state.session).and_then(|row| door.get(row)).ok_or("no question is chosen")?;
    let known = state.book.client(&place.client).ok_or("the client is gone")?;
    let mut client = Client::clone(&known.client);
    client.door_check.retain(|check| (check.question, check.day) != (line.question, state.today));
    client.door_check.push(DoorCheck { day: state.today, question: line.question, answer });
    let said = if answer == DoorAnswer::Yes { "yes" } else { "no" };
    Ok(Action::Edit(Edit::put(format!("{}: {said}", door_title(line.question)), client)))
}

fn write(state: &State, shown: &Shown, format: DossierFormat) -> Resolved {
    if state.session.page.is_none() || shown.page.is_none() {
        return Err("open a client's page first");
    }
    Ok(Action::AskPath(PathPurpose::Dossier(format)))
}
