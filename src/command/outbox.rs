//! The outbox: putting letters into it, and handing them over. Only these commands open a letter in the mail program.

use crate::domain::{DealId, InvoiceId, Outgoing, OutgoingId, Table, TemplateId, TouchKind, is_mail_address};
use crate::figures::today::{Item, ItemKind};
use crate::figures::{Letter, Waiting};
use crate::state::{Action, Confirm, Cursor, Edit, FormKind, OutboxAction, Shown, State, Target, View};

use super::{Command, Group, Place, Resolved};

/// A row of this table.
macro_rules! command {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: &[Place::Outbox],
            group: Group::Outbox,
            repeats: false,
            resolve: $resolve,
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "view.outbox",
        title: "Outbox",
        help: "Show the letters that wait to go out.",
        keys: &["g o", "ctrl+5"],
        places: &[Place::Anywhere],
        group: Group::Go,
        repeats: false,
        resolve: |_, _| Ok(Action::Show(View::Outbox)),
    },
    command!(
        "outbox.open",
        "Open in the mail program",
        "Open the letter in your mail program, where you send it, and log it as a touch.",
        &["ctrl+enter"],
        |state, shown| Ok(Action::Outbox(OutboxAction::Open(id(state, shown)?)))
    ),
    command!(
        "outbox.open_all",
        "Open all in the mail program …",
        "Open every letter that is ready and not marked in your mail program, one after another, and log each; asks first.",
        &["ctrl+shift+enter"],
        open_all
    ),
    command!(
        "outbox.copy",
        "Copy the letter",
        "Copy the letter's text, without its subject, and log it as a touch.",
        &["c"],
        |state, shown| Ok(Action::Outbox(OutboxAction::Copy(id(state, shown)?)))
    ),
    command!(
        "outbox.copy_subject",
        "Copy the subject",
        "Copy what the letter is called; it is not logged, and waits on.",
        &["shift+c"],
        |state, shown| {
            let subject = current(state, shown)?.letter.subject.clone();
            Ok(Action::Copy(subject, "Copied the subject of the letter".to_owned()))
        }
    ),
    command!(
        "outbox.edit",
        "Edit the letter …",
        "Change the letter's subject, address and text.",
        &["r"],
        |state, shown| Ok(edit(&current(state, shown)?.letter.id))
    ),
    command!(
        "outbox.drop",
        "Drop the letter",
        "Take the letter out of the outbox without handing it over; {record.remove} does the same.",
        &["d"],
        dropped
    ),
    command!(
        "outbox.client",
        "Open the client",
        "Open the page of the client that the letter is to.",
        &["o"],
        |state, shown| Ok(Action::OpenClient(current(state, shown)?.letter.client.clone()))
    ),
];

/// The letter that the hand is at.
fn current<'a>(state: &State, shown: &'a Shown) -> Result<&'a Waiting, &'static str> {
    if !is_shown(state) {
        return Err("open the outbox first");
    }
    shown.row(&state.session).and_then(|row| shown.waiting(row)).ok_or("no letter waits")
}

fn id(state: &State, shown: &Shown) -> Result<OutgoingId, &'static str> {
    Ok(current(state, shown)?.letter.id.clone())
}

/// Asks before the letters that are ready are opened, of those the filter lets through.
fn open_all(state: &State, shown: &Shown) -> Resolved {
    if !is_shown(state) {
        return Err("open the outbox first");
    }
    let (mut ready, mut unfilled, mut strange, mut overtaken) = (Vec::new(), 0, 0, 0);
    for waiting in (0..shown.outbox.len()).filter_map(|row| shown.waiting(row)) {
        let letter = &waiting.letter;
        if !letter.unfilled().is_empty() {
            unfilled += 1;
        } else if !letter.to.as_deref().is_none_or(is_mail_address) {
            strange += 1;
        } else if shown.overtaken(waiting).is_some() {
            overtaken += 1;
        } else {
            ready.push(letter.id.clone());
        }
    }
    let letters = |count: usize| format!("{count} {}", if count == 1 { "letter" } else { "letters" });
    let all = match ready.len() {
        0 if overtaken > 0 => {
            return Err(
                "no letter is ready but those marked as overtaken: read them first, and open each by itself",
            );
        }
        0 if unfilled > 0 => return Err("no letter is ready: something is to be filled in first"),
        0 if strange > 0 => {
            return Err("no letter is ready: what stands as their address is no mail address");
        }
        0 => return Err("no letter waits"),
        count => letters(count),
    };
    let stay = |count: usize, one: &str, several: &str| match count {
        0 => String::new(),
        1 => format!(" One more {one}"),
        count => format!(" {count} more {several}"),
    };
    let stay = [
        stay(unfilled, "is not filled in yet, and stays.", "are not filled in yet, and stay."),
        stay(
            strange,
            "has an address that is no mail address, and stays.",
            "have an address that is no mail address, and stay.",
        ),
        stay(
            overtaken,
            "is marked as overtaken, and stays: read it first.",
            "are marked as overtaken, and stay: read them first.",
        ),
    ]
    .concat();
    Ok(Action::Ask(Confirm {
        question: format!("Open {all} in the mail program?"),
        consequence: format!(
            "They open one after another, as drafts. Nothing is sent: you send them there. Each is logged as a touch once \
             the mail program has it.{stay}"
        ),
        yes: format!("Open {all}"),
        action: Box::new(Action::Outbox(OutboxAction::OpenAll(ready))),
    }))
}

fn is_shown(state: &State) -> bool {
    state.session.view == View::Outbox && state.session.page.is_none()
}

fn edit(id: &OutgoingId) -> Action {
    Action::OpenForm(FormKind::Letter, Target::Record(crate::domain::Table::Outbox, id.to_string()))
}

fn dropped(state: &State, shown: &Shown) -> Resolved {
    let waiting = current(state, shown)?;
    let letter = Outgoing { dropped: Some(state.today), ..Outgoing::clone(&waiting.letter) };
    Ok(Action::EditRow(Edit::put(format!("Dropped the letter to {}", waiting.name), letter)))
}

/// Opens the letter that the hand is at to be changed; `None` when something else has the keys.
pub(super) fn open(state: &State, shown: &Shown) -> Option<Resolved> {
    is_shown(state).then(|| Ok(edit(&current(state, shown)?.letter.id)))
}

/// Drops the letter that the hand is at; `None` when something else has the keys.
pub(super) fn remove(state: &State, shown: &Shown) -> Option<Resolved> {
    is_shown(state).then(|| dropped(state, shown))
}

/// A letter to a client as it goes into the outbox. `nth`: which one it is of those put there at once.
pub(super) fn outgoing(state: &State, letter: &Letter, nth: u64) -> Result<Outgoing, &'static str> {
    state.book.client(&letter.client).ok_or("the client is gone")?;
    // Another id for each: letters of one edit may bear the same subject.
    let id = OutgoingId::fresh(&letter.subject, state.next_seed().wrapping_add(nth));
    Ok(letter.outgoing(id, state.today))
}

/// The same of what is written for an item of the queue: with the item it answers, and what it is about.
pub(super) fn of_item(state: &State, item: &Item, letter: &Letter) -> Result<Outgoing, &'static str> {
    let of = |table: Table| Some(item.record.as_str()).filter(|_| item.table == Some(table));
    let invoice = of(Table::Invoices).and_then(|id| InvoiceId::new(id).ok());
    let deal = of(Table::Deals).and_then(|id| DealId::new(id).ok());
    let (kind, item) = (spoken(item.kind), Some(item.id.clone()));
    Ok(Outgoing { item, kind, deal, invoice, ..outgoing(state, letter, 0)? })
}

/// The same of a letter about a rate, which answers the item that says how long that has stood, where there is one.
pub(super) fn of_rate(
    state: &State,
    shown: &Shown,
    letter: &Letter,
    nth: u64,
) -> Result<Outgoing, &'static str> {
    let stands = format!("{}:{}", ItemKind::FeeUnchanged.token(), letter.client);
    let item = shown.figures.today.find(&stands).filter(|item| {
        // Where a fee has stood for long, a letter about the rate is another matter.
        Letter::for_item(&shown.business, &shown.figures, item)
            .is_some_and(|it| it.template == letter.template)
    });
    Ok(Outgoing { item: item.map(|item| item.id.clone()), ..outgoing(state, letter, nth)? })
}

/// Shows the letter that waits about an item, or that asks its client for money or answers it as it would.
pub(super) fn show_letter(shown: &Shown, item: &Item) -> Option<Action> {
    let is_it = |waiting: &&Waiting| {
        let letter = &waiting.letter;
        let asks = item.kind.asks_for_money() && letter.kind == Some(TouchKind::Reminder);
        let answers =
            item.kind == ItemKind::Unanswered && letter.template.is_some_and(TemplateId::answers_first);
        letter.item.as_deref() == Some(item.id.as_str())
            || ((asks || answers) && Some(&letter.client) == item.client.as_ref())
    };
    let key = shown.figures.outbox.waiting.iter().find(is_it)?.letter.id.to_string();
    let cursor = Cursor { key, ..Cursor::default() };
    Some(Action::All(vec![Action::Show(View::Outbox), Action::Point(cursor)]))
}

/// What kind of touch a letter about an item is. To invite to a review is not to hold it.
fn spoken(kind: ItemKind) -> Option<TouchKind> {
    use ItemKind as K;
    match kind {
        K::OverdueInvoice | K::BrokenPromiseToPay | K::MissingDownPayment => Some(TouchKind::Reminder),
        K::MyPromiseDue => Some(TouchKind::HeadsUp),
        K::ThanksDue | K::GoodWordDue => Some(TouchKind::Thanks),
        K::Silent | K::CheckInFirst => Some(TouchKind::KeepInTouch),
        K::TemperatureDue => Some(TouchKind::Temperature),
        K::ReportDue => Some(TouchKind::Report),
        K::MaintenanceOffer => Some(TouchKind::Selling),
        _ => None,
    }
}

/// Puts letters into the outbox, as one edit. One with fields that the facts do not fill is never queued: alone it is opened to
/// be filled in, among others it is left out and named.
pub(super) fn queue(state: &State, drafts: Vec<Outgoing>) -> Resolved {
    if let [draft] = drafts.as_slice()
        && !draft.unfilled().is_empty()
    {
        return Ok(Action::OpenForm(FormKind::Letter, Target::Draft(Box::new(draft.clone()))));
    }
    let (mut changes, mut names, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for draft in drafts {
        let known = state.book.client(&draft.client).ok_or("the client is gone")?;
        let name = known.client.name.clone();
        let unfilled = draft.unfilled();
        if !unfilled.is_empty() {
            left_out.push(format!("{name} lacks {}", unfilled.join(", ")));
        } else if waits_already(state, &draft) {
            left_out.push(format!("{name} waits already"));
        } else {
            names.push(name);
            changes.push(crate::state::Change::Put(crate::domain::AnyRecord::Outgoing(draft.into())));
        }
    }
    let rest = left_out.join("; ");
    let label = match names.as_slice() {
        [] => return Ok(Action::Refuse(format!("Not queued: {rest}"))),
        [name] => format!("Queued the letter to {name}"),
        names => format!("Queued {} letters", names.len()),
    };
    let label = if rest.is_empty() { label } else { format!("{label}; not queued: {rest}") };
    Ok(Action::Edit(Edit { label, changes }))
}

/// Whether the same letter is in the outbox.
pub(super) fn waits_already(state: &State, draft: &Outgoing) -> bool {
    let known = state.book.client(&draft.client).map(|known| &known.facts.outbox);
    let mut waiting = known.into_iter().flatten().filter(|letter| letter.waits());
    waiting.any(|letter| letter.subject == draft.subject && letter.text == draft.text)
}
