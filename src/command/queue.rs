//! What one does with an item of the queue.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::domain::{
    Agreement, AnyRecord, Deal, DealId, Handled, HandledId, Promise, Renewal, Renewed, Snooze, SnoozeId,
    Table, Wait, add_days,
};
use crate::figures::Letter;
use crate::figures::today::{Item, ItemKind};
use crate::state::snooze_entry::SnoozeEntry;
use crate::state::{Action, Edit, FormKind, Overlay, Shown, State, Target, View};

use super::{Command, Group, Place, Resolved, bulk};

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
        resolve: |state, shown| suggested(state, shown, 0),
    },
    Command {
        id: "item.second_action",
        title: "Second suggestion",
        help: "Do the second thing suggested for the item.",
        keys: &["2"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| suggested(state, shown, 1),
    },
    Command {
        id: "item.third_action",
        title: "Third suggestion",
        help: "Do the third thing suggested for the item.",
        keys: &["3"],
        places: TODAY,
        group: Group::Today,
        repeats: false,
        resolve: |state, shown| suggested(state, shown, 2),
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
            let draft = super::outbox::of_item(state, current(state, shown)?, draft(shown)?)?;
            super::outbox::queue(state, vec![draft])
        },
    },
    Command {
        id: "draft.copy",
        title: "Copy the draft",
        help: "Copy what is written for the item, to be pasted into a mail; what is still to be filled in is marked [like this?].",
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
            Ok(Action::Copy(letter.text.clone(), copied("draft", letter)))
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

/// Something one can do about an item, on a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestion {
    /// Record that it was paid.
    RecordPayment,
    /// Note the day they name for paying.
    PromisedPayment,
    /// Log the touch one makes about it.
    LogTouch(&'static str),
    /// Write the invoice.
    Invoice,
    /// Make it a deal.
    NewDeal,
    /// Plan what comes next.
    NextStep,
    /// Let the deal go.
    Lost,
    /// The agreement was signed today.
    Signed,
    /// The promise was kept today.
    Kept,
    /// The promise moves to another day.
    MovePromise,
    /// It was renewed today.
    Renewed,
    /// It was checked today.
    Verified,
    /// Change the record.
    Change,
    /// Open the client's page.
    OpenClient,
    /// Go to a view of the firm.
    GoTo(View),
}

impl Suggestion {
    /// What its button says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::RecordPayment => "Record payment",
            Self::PromisedPayment => "They named a day",
            Self::LogTouch(label) => label,
            Self::Invoice => "Add the invoice",
            Self::NewDeal => "Make it a deal",
            Self::NextStep => "Plan the next step",
            Self::Lost => "Let it go",
            Self::Signed => "Signed today",
            Self::Kept => "Kept today",
            Self::MovePromise => "Move it, with a word",
            Self::Renewed => "Renewed today",
            Self::Verified => "Checked today",
            Self::Change => "Correct it",
            Self::OpenClient => "Open the client",
            Self::GoTo(view) => match view {
                View::Today => "Open Today",
                View::Board => "Open the board",
                View::Cash => "Open Cash",
                View::Clients => "Open the clients",
                View::Outbox => "Open the outbox",
            },
        }
    }
}

/// Up to three things one can do about an item.
#[must_use]
pub fn suggestions(item: &Item) -> &'static [Suggestion] {
    use Suggestion as S;
    match item.kind {
        ItemKind::OverdueInvoice | ItemKind::BrokenPromiseToPay => {
            &[S::LogTouch("Log a reminder"), S::RecordPayment, S::PromisedPayment]
        }
        ItemKind::DisputedInvoice => &[S::LogTouch("Log what was said"), S::RecordPayment, S::OpenClient],
        ItemKind::MissingDownPayment => &[S::LogTouch("Log a reminder"), S::OpenClient],
        ItemKind::DeliveredNotInvoiced => &[S::Invoice, S::OpenClient],
        ItemKind::NewContact => &[S::LogTouch("Log the first word"), S::NewDeal],
        ItemKind::StalledProposal => &[S::LogTouch("Log a follow-up"), S::NextStep, S::Lost],
        ItemKind::PricePushed => &[S::LogTouch("Log your answer"), S::OpenClient],
        ItemKind::DoorCheckFailed => &[S::LogTouch("Restate the terms"), S::OpenClient],
        ItemKind::UnsignedAgreement => &[S::Signed, S::LogTouch("Log a reminder")],
        ItemKind::NextStepDue => &[S::LogTouch("Log it as done"), S::NextStep],
        ItemKind::Silent => &[S::LogTouch("Log a word"), S::OpenClient],
        ItemKind::Unanswered => &[S::LogTouch("Log your answer"), S::OpenClient],
        ItemKind::FeedbackOwed => &[S::LogTouch("Log a reminder"), S::OpenClient],
        ItemKind::IdeaToFollow => &[S::LogTouch("Log your answer"), S::NewDeal],
        ItemKind::MyPromiseDue => &[S::Kept, S::MovePromise, S::LogTouch("Log a heads-up")],
        ItemKind::TheirPromiseBroken => &[S::LogTouch("Log a reminder"), S::Kept, S::MovePromise],
        ItemKind::RenewalNear => &[S::Renewed, S::Verified, S::LogTouch("Log a word")],
        ItemKind::ReviewDue => &[S::LogTouch("Log the review"), S::OpenClient],
        ItemKind::TemperatureDue => &[S::LogTouch("Log how they feel"), S::OpenClient],
        ItemKind::ThanksDue => &[S::LogTouch("Log your thanks"), S::OpenClient],
        ItemKind::CashBelowReserve => &[S::GoTo(View::Cash), S::GoTo(View::Board), S::GoTo(View::Clients)],
        ItemKind::DrySpell => &[S::GoTo(View::Board), S::GoTo(View::Clients), S::GoTo(View::Cash)],
        ItemKind::RenewalUnsure => &[S::Verified, S::Change, S::LogTouch("Log a word")],
        ItemKind::ReportDue => &[S::LogTouch("Log the report"), S::OpenClient],
        ItemKind::GoodWordDue => &[S::LogTouch("Log a good word"), S::OpenClient],
        ItemKind::CheckInFirst => &[S::LogTouch("Log a check-in"), S::OpenClient],
        ItemKind::MomentToAsk => &[S::LogTouch("Log that you asked"), S::OpenClient],
        ItemKind::MaintenanceOffer => &[S::LogTouch("Log the offer"), S::NewDeal, S::OpenClient],
        ItemKind::FeeUnchanged => &[S::LogTouch("Log that you asked"), S::OpenClient],
        ItemKind::ToxicPattern => &[S::LogTouch("Log the step"), S::OpenClient],
        ItemKind::Implausible => &[S::Change, S::OpenClient],
        ItemKind::BreakEvenProject => &[S::OpenClient],
    }
}

fn current<'a>(state: &State, shown: &'a Shown) -> Result<&'a Item, &'static str> {
    if state.session.view != View::Today || state.session.page.is_some() {
        return Err("the queue is not shown");
    }
    shown.row(&state.session).and_then(|row| shown.item(row)).ok_or("the queue is empty")
}

fn suggested(state: &State, shown: &Shown, position: usize) -> Resolved {
    if let Some(items) = bulk::selected(state, shown) {
        return bulk::suggested(state, &items, position);
    }
    let item = current(state, shown)?;
    let suggestion = suggestions(item).get(position).ok_or("nothing more is suggested here")?;
    suggest(state, item, *suggestion)
}

/// What a suggestion means for an item now.
///
/// # Errors
/// Why it means nothing.
pub fn suggest(state: &State, item: &Item, suggestion: Suggestion) -> Resolved {
    let client = item.client.clone();
    let record = || item.table.map(|table| (table, item.record.clone())).ok_or("it is about no record");
    match suggestion {
        Suggestion::RecordPayment => {
            let (table, id) = record()?;
            Ok(Action::OpenForm(FormKind::Payment, Target::NewPart(table, id)))
        }
        Suggestion::PromisedPayment => {
            let (table, id) = record()?;
            Ok(Action::OpenForm(FormKind::PromisedPayment, Target::NewPart(table, id)))
        }
        Suggestion::LogTouch(_) => match client {
            Some(_) => Ok(Action::OpenForm(FormKind::Touch, Target::Item(item.id.clone(), client))),
            None => Err("it is about no client"),
        },
        Suggestion::Invoice => match item.table {
            Some(Table::Deals) => {
                Ok(Action::OpenForm(FormKind::Invoice, Target::NewPart(Table::Deals, item.record.clone())))
            }
            _ => Ok(Action::OpenForm(FormKind::Invoice, Target::New(client))),
        },
        Suggestion::NewDeal => Ok(Action::OpenForm(FormKind::Deal, Target::New(client))),
        Suggestion::NextStep => {
            Ok(Action::OpenForm(FormKind::NextStep, Target::Record(Table::Deals, record()?.1)))
        }
        Suggestion::Lost => Ok(Action::OpenForm(FormKind::Lost, Target::NewPart(Table::Deals, record()?.1))),
        Suggestion::Signed => signed(state, item),
        Suggestion::Kept => kept(state, item),
        Suggestion::MovePromise => {
            Ok(Action::OpenForm(FormKind::Promise, Target::Record(Table::Promises, record()?.1)))
        }
        Suggestion::Renewed => renewal(state, item, |renewal, state| {
            let every = renewal.every.unwrap_or(crate::domain::Interval::YEARLY);
            let until = every.occurrence(renewal.expires_now(), 1).unwrap_or(renewal.expires_now());
            renewal.renewed.push(Renewed { day: state.today, until });
            format!("Renewed {} until {}", renewal.what, until.format("%-d %b %Y"))
        }),
        Suggestion::Verified => renewal(state, item, |renewal, state| {
            renewal.verified.push(state.today);
            format!("Checked {}", renewal.what)
        }),
        Suggestion::Change => {
            let (table, id) = record()?;
            super::records::edit_record(table, &id, None, item.client.as_ref())
        }
        Suggestion::GoTo(view) => Ok(Action::Show(view)),
        Suggestion::OpenClient => client.map(Action::OpenClient).ok_or("it is about no client"),
    }
}

fn signed(state: &State, item: &Item) -> Resolved {
    let deal = find_deal(state, &item.record).ok_or("the deal is gone")?;
    let agreement = deal.agreement.clone().unwrap_or_default();
    let label = format!("Agreement for {} signed", deal.title);
    let agreement = Some(Agreement { signed: Some(state.today), ..agreement });
    Ok(Action::EditRow(Edit::put(label, Deal { agreement, ..Deal::clone(&deal) })))
}

fn kept(state: &State, item: &Item) -> Resolved {
    let Some(AnyRecord::Promise(promise)) = state.book.find(Table::Promises, &item.record) else {
        return Err("the promise is gone");
    };
    let label = format!("Kept: {}", promise.what);
    Ok(Action::EditRow(Edit::put(label, Promise { kept: Some(state.today), ..Promise::clone(&promise) })))
}

fn renewal(state: &State, item: &Item, change: impl FnOnce(&mut Renewal, &State) -> String) -> Resolved {
    let Some(AnyRecord::Renewal(renewal)) = state.book.find(Table::Renewals, &item.record) else {
        return Err("the renewal is gone");
    };
    let mut renewal = Renewal::clone(&renewal);
    let label = change(&mut renewal, state);
    Ok(Action::EditRow(Edit::put(label, renewal)))
}

/// That a letter was copied, and what of it is still to be filled in.
pub(super) fn copied(what: &str, letter: &Letter) -> String {
    match letter.missing.as_slice() {
        [] => format!("Copied the {what}"),
        missing => format!("Copied the {what}; still to fill in: {}", missing.join(", ")),
    }
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
    let mark = Handled {
        id: HandledId::fresh("handled", state.next_seed()),
        item: item.id.clone(),
        client: item.client.clone(),
        day: state.today,
        dismissed: None,
    };
    let name = if item.client_name.is_empty() { &item.title } else { &item.client_name };
    Ok(Action::EditRow(Edit::put(format!("Handled: {} · {name}", item.kind.title().to_lowercase()), mark)))
}

/// When a command of the snooze dialog brings an item back; `None` for one that asks.
#[must_use]
pub fn snooze_preset(command: &str, today: NaiveDate) -> Option<SnoozeEntry> {
    let days = match command {
        "snooze.tomorrow" => 1,
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
    if let Some(items) = bulk::selected(state, shown) {
        return bulk::snooze(state, &items, entry);
    }
    if entry.wait.is_some() && client.is_none() {
        return Err("it is about no client: choose a day");
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
    Ok(Action::All(vec![Action::Back, Action::EditRow(Edit::put(entry.done(state.today), snooze))]))
}
