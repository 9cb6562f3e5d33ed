//! The way out of a relationship that hurts: the next step of the ladder, and letting a client go.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{ClientId, Lever, Table, add_days};
use crate::figures::{Mine, Next, Page, Rung, WayOutRow};
use crate::state::form::ladder_touch;
use crate::state::{Action, FormKind, PageSection, Shown, State, Target, WhatIfAction};

use super::queue::copied;
use super::records::edit_record;
use super::{Command, Group, Place, Resolved};

/// The what-if lets go in so many days, where no day is agreed.
const LET_GO_DAYS: i64 = 30;

/// A row of this table.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $keys:literal, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: &[$keys],
            places: &[Place::Page],
            group: Group::WayOut,
            repeats: false,
            resolve: $resolve,
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    command!(
        "way_out.show",
        "Way out",
        "Show where the relationship stands: your side, the ladder, and what letting go takes.",
        "o o",
        |_, shown| page(shown).map(|_| Action::ShowSection(PageSection::WayOut))
    ),
    command!(
        "ladder.step",
        "Do the next step …",
        "Do the next step of the ladder: mend your side, show the evidence, meet, set goals, look again, leave.",
        "o n",
        |_, shown| {
            let page = page(shown)?;
            match page.ladder.next {
                Next::Mend => mend(page.ladder.mine.first().ok_or("you owe them nothing")?, &page.client.id),
                Next::Step(rung) => step(page, rung),
                Next::Nothing => Err("nothing that is noted hurts here"),
                Next::Wait(_) => Err("the new goals have time left"),
                Next::Unclear => Err("nothing is noted since the goals were set"),
                Next::Stay => Err("it got better: stay"),
                Next::Ends(_) => Err("it is agreed when it ends"),
                Next::Over => Err("it has ended"),
            }
        }
    ),
    command!("goal.set", "Set a goal …", "Set a goal of one of the client's deals.", "o g", |_, shown| {
        step(page(shown)?, Rung::Goals)
    }),
    command!(
        "client.kind",
        "Set the kind by hand …",
        "Say what kind of client it is, and why, over what the facts say; at risk or toxic begins the ladder.",
        "o k",
        |_, shown| {
            let id = page(shown)?.client.id.to_string();
            Ok(Action::OpenForm(FormKind::Kind, Target::Record(Table::Clients, id)))
        }
    ),
    command!(
        "leaving.what_if",
        "What if you let them go",
        "Go to the what-if on Cash with the client let go on the day agreed, else in a month: what is lost, what is freed.",
        "o w",
        |state, shown| {
            let page = not_ended(shown)?;
            let on = page.leaving.ends.as_ref().map(|ends| ends.day);
            Ok(what_if(state, &page.client.id, on.unwrap_or_else(|| add_days(state.today, LET_GO_DAYS))))
        }
    ),
    command!(
        "leaving.copy_letter",
        "Copy the goodbye",
        "Copy the draft of the letter that ends it.",
        "o c",
        |_, shown| {
            let letter = &not_ended(shown)?.leaving.letter;
            Ok(Action::Copy(letter.text.clone(), copied("letter", letter)))
        }
    ),
    command!(
        "leaving.write_letter",
        "Write the goodbye to a file …",
        "Write the draft of the letter that ends it to a Markdown file.",
        "o f",
        |_, shown| {
            let page = not_ended(shown)?;
            let text: Arc<str> = page.leaving.letter.text.as_str().into();
            Ok(Action::AskExport(text, format!("goodbye-{}.md", page.client.id)))
        }
    ),
    command!(
        "leaving.queue_letter",
        "Queue the goodbye …",
        "Put the letter that ends it into the outbox, once all of it is filled in.",
        "o q",
        |state, shown| {
            let letter = &not_ended(shown)?.leaving.letter;
            super::outbox::queue(state, vec![super::outbox::outgoing(state, letter, 0)?])
        }
    ),
    command!(
        "client.end",
        "Record the end …",
        "Note that it ended with the client, or when it will: the last day, why, and how it was told.",
        "o e",
        |_, shown| {
            let page = page(shown)?;
            match page.leaving.ended {
                Some(_) => Err("it has ended: the last step of the way out holds how"),
                None => step(page, Rung::Leave),
            }
        }
    ),
];

/// The page of a client that can still be let go.
fn not_ended(shown: &Shown) -> Result<&Page, &'static str> {
    let page = page(shown)?;
    if page.leaving.ended.is_some() {
        return Err("it has ended: there is nobody to let go");
    }
    Ok(page)
}

fn page(shown: &Shown) -> Result<&Page, &'static str> {
    shown.page.as_deref().ok_or("open a client's page first")
}

/// What does a step of the ladder.
fn step(page: &Page, rung: Rung) -> Resolved {
    let client = &page.client.id;
    match (ladder_touch(rung, client), rung) {
        (Some(target), _) => Ok(Action::OpenForm(FormKind::Touch, target)),
        (None, Rung::Goals) if page.deals.is_empty() => Err("a goal belongs to a deal: add one first"),
        (None, Rung::Goals) => Ok(Action::OpenForm(FormKind::Goal, Target::New(Some(client.clone())))),
        (None, _) => {
            Ok(Action::OpenForm(FormKind::Ended, Target::Record(Table::Clients, client.to_string())))
        }
    }
}

/// What mends something I owe: the promise, or an answer.
fn mend(mine: &Mine, client: &ClientId) -> Resolved {
    if mine.promise {
        return edit_record(mine.record.0, &mine.record.1, None, Some(client));
    }
    Ok(Action::OpenForm(FormKind::Touch, Target::New(Some(client.clone()))))
}

/// The what-if with the client let go, once however often it is asked.
fn what_if(state: &State, client: &ClientId, on: NaiveDate) -> Action {
    let rows = &state.session.what_if.rows;
    let known =
        rows.iter().position(|row| matches!(&row.lever, Lever::LetGo { client: of, .. } if of == client));
    let lever = Lever::LetGo { client: client.clone(), on };
    Action::WhatIf(WhatIfAction::Put(known, lever))
}

/// Opens the row that the hand is at; `None` when another part of the page has the keys.
pub(super) fn open(state: &State, shown: &Shown) -> Option<Resolved> {
    let (place, page) = (state.session.page.as_ref()?, shown.page.as_ref()?);
    if place.section != PageSection::WayOut {
        return None;
    }
    let row = shown.row(&state.session).and_then(|at| page.way_out().get(at).copied());
    let client = &page.client.id;
    Some(match row {
        None => Err("nothing is selected"),
        Some(WayOutRow::Mine(at)) => match page.leaving.mine.get(at) {
            Some(mine) => mend(mine, client),
            None => Err("it is gone"),
        },
        Some(WayOutRow::Step(rung)) => step(page, rung),
        Some(WayOutRow::Theirs(at)) => match page.leaving.theirs.get(at) {
            Some(invoice) => edit_record(Table::Invoices, invoice.invoice.as_str(), None, Some(client)),
            None => Err("it is gone"),
        },
        Some(WayOutRow::Hand(at)) => match page.leaving.hand.get(at) {
            Some(hand) => edit_record(hand.record.0, &hand.record.1, None, Some(client)),
            None => Err("it is gone"),
        },
    })
}
