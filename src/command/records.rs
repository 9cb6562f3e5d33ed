//! Adding, changing and removing records; undo and redo.

use std::fmt::Write;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Client, ClientFacts, ClientId, Deal, Invoice, Named, Person, Table};
use crate::figures::{Entry, EntryKind, amount_in_full};
use crate::state::{
    Action, Change, Confirm, Edit, FormKind, PageSection, Selected, Selection, Shown, State, Target,
    TriageAction, View,
};

use super::{Command, Group, Place, Resolved};

const ANYWHERE: &[Place] = &[Place::Anywhere];
/// Where a row is a record: in the queue it is a reason to act, which is dismissed instead.
const RECORDS: &[Place] = &[
    Place::Board,
    Place::Cash,
    Place::WhatIf,
    Place::Clients,
    Place::Firm,
    Place::Rates,
    Place::Outbox,
    Place::Page,
];

/// A row for a form of something new, and whom or what it is for.
macro_rules! add {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $form:expr, $target:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: ANYWHERE,
            group: Group::Edit,
            repeats: false,
            resolve: |state, shown| {
                let target: fn(&State, &Shown) -> Target = $target;
                Ok(Action::OpenForm($form, target(state, shown)))
            },
        }
    };
}

/// For the client the cursor is at.
fn of_client(state: &State, shown: &Shown) -> Target {
    Target::New(shown.selected_client(&state.session))
}

/// For the deal the cursor is at or that belongs to what it is at, else for one of the client's. An invoice that is for no deal
/// leaves it to be said.
fn of_deal(state: &State, shown: &Shown) -> Target {
    match (own_deal(state, shown), invoice_target(state, shown)) {
        (Some(deal), _) => Target::NewPart(Table::Deals, deal),
        (None, Some(invoice)) => Target::NewPart(Table::Invoices, invoice),
        (None, None) => of_client(state, shown),
    }
}

/// The deal the cursor is at, or that the record it is at belongs to.
fn own_deal(state: &State, shown: &Shown) -> Option<String> {
    let selected = shown.selected(&state.session)?;
    state.book.find(selected.table, &selected.id)?.deal().map(ToString::to_string)
}

/// For the invoice the cursor is at, else for one of the client's.
fn of_invoice(state: &State, shown: &Shown) -> Target {
    match invoice_target(state, shown) {
        Some(invoice) => Target::NewPart(Table::Invoices, invoice),
        None => of_client(state, shown),
    }
}

/// The deal the cursor is at or that belongs to what it is at, else the one of its client that moved last. At an invoice that
/// is for no deal only the client's one deal.
fn deal_at(state: &State, shown: &Shown) -> Option<String> {
    if let Some(deal) = own_deal(state, shown) {
        return Some(deal);
    }
    let client = shown.selected_client(&state.session)?;
    let deals = &state.book.client(&client)?.facts.deals;
    let known: Vec<Arc<Deal>> = deals.iter().filter_map(|deal| deal.as_of(state.today)).collect();
    if known.len() > 1 && invoice_target(state, shown).is_some() {
        return None;
    }
    let known = known.into_iter();
    known.max_by_key(|deal| deal.stage().map(|at| at.day)).map(|deal| deal.id.to_string())
}

/// For nobody: a new client, or something of the firm's own.
fn of_nobody(_: &State, _: &Shown) -> Target {
    Target::New(None)
}

pub(super) const COMMANDS: &[Command] = &[
    add!(
        "client.add",
        "Add a client …",
        "Add a client, partner or contact.",
        &["shift+a c"],
        FormKind::Client,
        of_nobody
    ),
    add!(
        "person.add",
        "Add a person …",
        "Add a person at a client.",
        &["shift+a p"],
        FormKind::Person,
        of_client
    ),
    add!("deal.add", "Add a deal …", "Add a deal.", &["shift+a d"], FormKind::Deal, of_client),
    add!("invoice.add", "Add an invoice …", "Add an invoice.", &["shift+a i"], FormKind::Invoice, of_client),
    add!(
        "rate.add",
        "Note a rate …",
        "Note what an hour costs the client, from a day on.",
        &["shift+a h"],
        FormKind::Rate,
        of_client
    ),
    add!(
        "feeling.note",
        "Note how it feels …",
        "Note how it feels to work for a client; it enters no score.",
        &["shift+a g"],
        FormKind::Feeling,
        of_client
    ),
    add!(
        "work.log",
        "Log hours …",
        "Log hours worked, and what for.",
        &["shift+a w"],
        FormKind::Work,
        of_client
    ),
    add!(
        "expense.add",
        "Add an expense …",
        "Add an expense, once or again and again.",
        &["shift+a e"],
        FormKind::Expense,
        of_nobody
    ),
    add!(
        "retainer.add",
        "Add a regular fee …",
        "Add a fee that a client pays again and again.",
        &["shift+a f"],
        FormKind::Retainer,
        of_client
    ),
    add!(
        "renewal.add",
        "Add a renewal …",
        "Add something that expires: a domain, a licence, hosting.",
        &["shift+a x"],
        FormKind::Renewal,
        of_client
    ),
    add!(
        "agreement.note",
        "Note an agreement …",
        "Note that the agreement of a deal was sent, signed or refused.",
        &["shift+a a"],
        FormKind::Agreement,
        of_deal
    ),
    add!(
        "down_payment.ask",
        "Ask for a down payment …",
        "Note the down payment that is asked for a deal.",
        &["shift+a m"],
        FormKind::DownPayment,
        of_deal
    ),
    add!(
        "instalments.set",
        "Split a price into instalments …",
        "Note the parts that the price of a deal is paid in, and when each is due.",
        &["shift+a n"],
        FormKind::Instalments,
        of_deal
    ),
    add!(
        "result.note",
        "Note a result …",
        "Note what came of a deal for the client.",
        &["shift+a o"],
        FormKind::WorkResult,
        of_deal
    ),
    add!(
        "hesitation.note",
        "Note a hesitation …",
        "Note why a deal is held up, which says what to answer.",
        &["shift+a k"],
        FormKind::Hesitation,
        of_deal
    ),
    Command {
        id: "offer.note",
        title: "Note what was told and offered …",
        help: "Note of a deal which price and terms were told, the proposal, what each side gets, what was left out.",
        keys: &["shift+a j"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| {
            let deal = deal_at(state, shown).ok_or("no deal is selected")?;
            Ok(Action::OpenForm(FormKind::Offer, Target::Record(Table::Deals, deal)))
        },
    },
    add!(
        "invoice.dispute",
        "Note a dispute …",
        "Note that an invoice is disputed, or that it is settled.",
        &["shift+a q"],
        FormKind::Dispute,
        of_invoice
    ),
    add!(
        "invoice.write_off",
        "Write an invoice off …",
        "Note that what is open of an invoice will not be paid, why, and what that teaches.",
        &["shift+a l"],
        FormKind::WriteOff,
        of_invoice
    ),
    add!(
        "balance.note",
        "Note a balance …",
        "Note what was in an account at the end of a day.",
        &["shift+a b"],
        FormKind::Balance,
        of_nobody
    ),
    add!(
        "exchange.note",
        "Note an exchange rate …",
        "Note what another currency was worth from a day on.",
        &["shift+a u"],
        FormKind::Exchange,
        of_nobody
    ),
    add!(
        "firm.edit",
        "Change the firm's settings …",
        "Change your name, reserve, rates, hours, goal and what is set aside for tax.",
        &["shift+a y"],
        FormKind::Firm,
        of_nobody
    ),
    add!(
        "promise.add",
        "Note a promise …",
        "Note what you or they promised.",
        &["shift+a r"],
        FormKind::Promise,
        of_client
    ),
    Command {
        id: "touch.log",
        title: "Log a touch …",
        help: "Log a contact made, by you or by them.",
        keys: &["n", "shift+a t"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| {
            if let Some(items) = super::bulk::selected(state, shown) {
                return super::bulk::touch(&items);
            }
            if let Some(touches) = super::bulk::touch_picked(state, shown) {
                return Ok(touches);
            }
            if state.session.view == View::Today && state.session.page.is_none() {
                // About the item under the cursor: its kind says what the touch is about.
                let item = shown.row(&state.session).and_then(|row| shown.item(row));
                if let Some(item) = item.filter(|item| item.client.is_some()) {
                    return Ok(Action::OpenForm(
                        FormKind::Touch,
                        Target::Item(item.id.clone(), item.client.clone()),
                    ));
                }
            }
            Ok(Action::OpenForm(FormKind::Touch, Target::New(shown.selected_client(&state.session))))
        },
    },
    Command {
        id: "invoice.record_payment",
        title: "Record a payment …",
        help: "Record what came for an invoice.",
        keys: &["p"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| {
            super::bulk::one_alone(state, shown)?;
            Ok(Action::OpenForm(FormKind::Payment, invoice_or_client(state, shown)))
        },
    },
    Command {
        id: "invoice.credit",
        title: "Credit this invoice …",
        help: "Write a credit note for an open invoice, and set it off against it.",
        keys: &["shift+a v"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| {
            super::bulk::one_alone(state, shown)?;
            match invoice_at(state, shown) {
                Some(invoice) if invoice.is_credit_note() => {
                    Err("this is a credit note: it is set off against an invoice")
                }
                Some(invoice) if invoice.open().amount <= Decimal::ZERO => {
                    Err("nothing is open on this invoice")
                }
                _ => Ok(Action::OpenForm(FormKind::Credit, invoice_or_client(state, shown))),
            }
        },
    },
    Command {
        id: "invoice.set_off",
        title: "Set off a credit note …",
        help: "Set off what is left of a credit note against an open invoice of the same client.",
        keys: &["shift+a z"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| {
            super::bulk::one_alone(state, shown)?;
            let client = shown.selected_client(&state.session);
            let of = |known: &ClientFacts| {
                known.facts.invoices.iter().any(|it| it.is_credit_note() && it.open().amount < Decimal::ZERO)
            };
            let there = match client.as_ref().and_then(|id| state.book.client(id)) {
                Some(known) => of(known),
                None => state.book.clients().any(|known| of(known)),
            };
            if !there {
                return Err("no credit note is open");
            }
            Ok(Action::OpenForm(FormKind::SetOff, invoice_or_client(state, shown)))
        },
    },
    Command {
        id: "follow_up.set",
        title: "Follow-up …",
        help: "Set the next step of a deal, or the day they promised to pay an invoice.",
        keys: &["f"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: follow_up,
    },
    Command {
        id: "record.edit",
        title: "Change …",
        help: "Change what the cursor is at; with several selected: all of these at once.",
        keys: &["f2"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: edit_selected,
    },
    Command {
        id: "client.edit",
        title: "Change the client …",
        help: "Change the client that the row belongs to; with several selected: the clients of all.",
        keys: &["shift+f2"],
        places: ANYWHERE,
        group: Group::Edit,
        repeats: false,
        resolve: |state, shown| {
            if let Some(several) = super::bulk::edit(state, shown, true) {
                return several;
            }
            let client = shown.selected_client(&state.session).ok_or("no client is selected")?;
            edit_record(Table::Clients, client.as_str(), None, Some(&client))
        },
    },
    Command {
        id: "record.remove",
        title: "Remove …",
        help: "Remove what the cursor is at, or all that is selected, after asking.",
        keys: &["del"],
        places: RECORDS,
        group: Group::Edit,
        repeats: false,
        resolve: remove,
    },
    Command {
        id: "edit.undo",
        title: "Undo",
        help: "Take the last edit back, and the one before, without end.",
        keys: &["z", "ctrl+z"],
        places: &[Place::Anywhere, Place::Lists],
        group: Group::Edit,
        repeats: false,
        resolve: |state, _| match state.history.next_undo() {
            Some(_) => Ok(Action::Undo),
            None => Err("there is nothing to undo"),
        },
    },
    Command {
        id: "edit.redo",
        title: "Redo",
        help: "Do again what was undone.",
        keys: &["ctrl+shift+z", "ctrl+y", "shift+z"],
        places: &[Place::Anywhere, Place::Lists],
        group: Group::Edit,
        repeats: false,
        resolve: |state, _| match state.history.next_redo() {
            Some(_) => Ok(Action::Redo),
            None => Err("there is nothing to do again"),
        },
    },
];

/// The invoice that what the cursor is at is about.
fn invoice_target(state: &State, shown: &Shown) -> Option<String> {
    let selected = shown.selected(&state.session)?;
    (selected.table == Table::Invoices).then_some(selected.id)
}

/// The invoice itself, as it is known on the working day.
fn invoice_at(state: &State, shown: &Shown) -> Option<Arc<Invoice>> {
    match state.book.find(Table::Invoices, &invoice_target(state, shown)?)? {
        AnyRecord::Invoice(invoice) => Some(invoice.as_of(state.today).unwrap_or(invoice)),
        _ => None,
    }
}

/// What a form about an invoice starts from: the one that the cursor is at, else the client.
fn invoice_or_client(state: &State, shown: &Shown) -> Target {
    match invoice_target(state, shown) {
        Some(invoice) => Target::NewPart(Table::Invoices, invoice),
        None => Target::New(shown.selected_client(&state.session)),
    }
}

fn follow_up(state: &State, shown: &Shown) -> Resolved {
    if state.session.view == View::Board
        && let Some(several) = super::bulk::edit(state, shown, false)
    {
        return several;
    }
    super::bulk::one_alone(state, shown)?;
    let selected = shown.selected(&state.session).ok_or("nothing is selected")?;
    match selected.table {
        Table::Deals => Ok(Action::OpenForm(FormKind::NextStep, Target::Record(Table::Deals, selected.id))),
        Table::Invoices => {
            Ok(Action::OpenForm(FormKind::PromisedPayment, Target::NewPart(Table::Invoices, selected.id)))
        }
        _ => Err("a follow-up belongs to a deal or an invoice"),
    }
}

/// Opens the form of what the cursor is at.
pub(super) fn edit_selected(state: &State, shown: &Shown) -> Resolved {
    if let Some(lever) = super::what_if::edit(state) {
        return lever;
    }
    if let Some(several) = super::bulk::edit(state, shown, false) {
        return several;
    }
    if let Some((invoice, position)) = payment_entry(state, shown)
        .filter(|(it, at)| it.payments.get(*at).is_some_and(|it| it.offset.is_none()))
    {
        let payment = Target::Part(Table::Invoices, invoice.id.to_string(), position);
        return Ok(Action::OpenForm(FormKind::Payment, payment));
    }
    if let Some(goal) = goal_at(state, shown) {
        return Ok(Action::OpenForm(FormKind::Goal, goal));
    }
    let Selected { table, id, part, client } =
        shown.selected(&state.session).ok_or_else(|| no_fact(state))?;
    edit_record(table, &id, part, client.as_ref())
}

/// Opens the form of a record.
pub(super) fn edit_record(
    table: Table,
    id: &str,
    part: Option<usize>,
    client: Option<&ClientId>,
) -> Resolved {
    let record = Target::Record(table, id.to_owned());
    match (table, part) {
        (Table::Clients, Some(person)) => {
            Ok(Action::OpenForm(FormKind::Person, Target::Part(table, id.to_owned(), person)))
        }
        (Table::Clients, None) => Ok(Action::OpenForm(FormKind::Client, record)),
        (Table::Deals, _) => Ok(Action::OpenForm(FormKind::Deal, record)),
        (Table::Invoices, _) => Ok(Action::OpenForm(FormKind::Invoice, record)),
        (Table::Touches, _) => Ok(Action::OpenForm(FormKind::Touch, record)),
        (Table::Outbox, _) => Ok(Action::OpenForm(FormKind::Letter, record)),
        (Table::Promises, _) => Ok(Action::OpenForm(FormKind::Promise, record)),
        (Table::Work, _) => Ok(Action::OpenForm(FormKind::Work, record)),
        (Table::Expenses, _) => Ok(Action::OpenForm(FormKind::Expense, record)),
        (Table::Retainers, _) => Ok(Action::OpenForm(FormKind::Retainer, record)),
        (Table::Renewals, _) => Ok(Action::OpenForm(FormKind::Renewal, record)),
        _ if client.is_some() => Err("this kind of fact is changed in the book's file"),
        _ => Err("this is changed in the book's file"),
    }
}

fn remove(state: &State, shown: &Shown) -> Resolved {
    if let Some(lever) = super::what_if::remove(state) {
        return lever;
    }
    if let Some(letter) = super::outbox::remove(state, shown) {
        return letter;
    }
    if let Some(several) = remove_picked(state, shown) {
        return several;
    }
    if state.session.page.is_none() && state.session.view == View::Today {
        return Err("this is a reason to act, not a fact: open the client to remove facts");
    }
    let selected = shown.selected(&state.session).ok_or_else(|| no_fact(state))?;
    if let Some(position) = selected.part {
        return remove_person(state, &selected, position);
    }
    if let Some(payment) = payment_entry(state, shown) {
        return Ok(remove_payment(state, &payment.0, payment.1));
    }
    if let Some(part) = remove_of_deal(state, shown) {
        return part;
    }
    let record = state.book.find(selected.table, &selected.id).ok_or("it is gone already")?;
    if timeline_entry(state, shown).is_some_and(|entry| !stands_for(entry, &record)) {
        return Err(
            "this is a part of its record: the record is removed in a list of its own, the part in the file",
        );
    }
    Ok(remove_record(state, &record))
}

/// Why nothing can be changed or removed where the hand is.
fn no_fact(state: &State) -> &'static str {
    match state.session.page.as_ref().map(|place| place.section) {
        Some(PageSection::Health | PageSection::Referrals) => {
            "this follows from the facts: its proof, on {figure.prove}, leads to them"
        }
        _ => "nothing is selected",
    }
}

/// Asks before all that is selected is removed; nothing while nothing is selected.
fn remove_picked(state: &State, shown: &Shown) -> Option<Resolved> {
    if state.session.page.is_some() {
        return None;
    }
    let picked = shown.picked(&state.session);
    let clients: Vec<&ClientId> =
        picked.iter().filter(|it| it.table == Table::Clients).filter_map(|it| it.client.as_ref()).collect();
    // What goes with its client is not removed once more.
    let goes = |it: &&Selected| {
        it.table == Table::Clients || it.client.as_ref().is_none_or(|id| !clients.contains(&id))
    };
    let records = picked.iter().filter(goes).filter_map(|it| state.book.find(it.table, &it.id));
    let records: Vec<AnyRecord> = records.collect();
    (!records.is_empty()).then(|| Ok(remove_records(state, &records)))
}

/// Asks before a record is removed, with all that goes with it and all that names it: that stays, and names it no longer.
pub(super) fn remove_record(state: &State, record: &AnyRecord) -> Action {
    remove_records(state, std::slice::from_ref(record))
}

/// The same of several, as one step.
fn remove_records(state: &State, records: &[AnyRecord]) -> Action {
    let named = |it: &AnyRecord| (it.table(), it.id_str().to_owned());
    let mut gone: Named = records.iter().map(named).collect();
    let clients = || {
        records.iter().filter_map(|record| match record {
            AnyRecord::Client(client) => Some(client),
            _ => None,
        })
    };
    let known = clients().filter_map(|client| state.book.client(&client.id));
    let own: Vec<AnyRecord> = known.flat_map(|known| known.facts.records()).collect();
    gone.extend(own.iter().map(named));
    let stays = |it: &AnyRecord| !gone.contains(&named(it));
    let naming: Vec<AnyRecord> =
        state.book.records().filter(stays).filter_map(|it| it.unnamed(&gone)).collect();
    let (it, what) = match records {
        [record] => ("it", format!("{} {}", record.table().singular(), name_of(record))),
        _ => ("them", counted(records)),
    };
    let mut consequence = match (clients().next().is_some(), own.len(), records) {
        (true, 0, _) => format!("Nothing else is known about {it}."),
        (true, 1, _) => format!("The one fact known about {it} goes with {it}."),
        (true, facts, _) => {
            format!("The {facts} facts known about {it} go with {it}: {}.", counted(&own))
        }
        (false, _, [record]) => match held(record) {
            parts if parts.is_empty() => "Only this goes.".to_owned(),
            parts => format!("With it go {}.", parts.join(", ")),
        },
        (false, ..) => "All that is noted in them goes with them.".to_owned(),
    };
    if let Some(people) = named_some(clients().flat_map(|client| &client.people)) {
        let _ = write!(consequence, " {people}.");
    }
    if !naming.is_empty() {
        let (verb, stay) = if naming.len() == 1 { ("names", "stays") } else { ("name", "stay") };
        let _ = write!(consequence, " {} {verb} {it}, and {stay} without that.", counted(&naming));
    }
    let mut changes: Vec<Change> = naming.into_iter().map(Change::Put).collect();
    changes.extend(records.iter().map(|it| Change::Remove(it.table(), it.id_str().to_owned())));
    let edit = Edit { label: format!("Removed {what}"), changes };
    if let Err(why) = edit.apply(&state.book) {
        return Action::Refuse(format!("Not done: {why}"));
    }
    let (question, back, action) = if let [record] = records {
        let question = format!("Remove the {} “{}”?", record.table().singular(), name_of(record));
        (question, "it", Action::Edit(edit))
    } else {
        let names: Vec<String> = records.iter().map(name_of).collect();
        consequence = format!("{}. {consequence}", and_more(&names));
        let select_none = Action::Triage(TriageAction::Select(Selection::default(), None));
        (format!("Remove {what}?"), "all of it", Action::All(vec![Action::Edit(edit), select_none]))
    };
    Action::Ask(Confirm {
        question,
        consequence: format!("{consequence} Undo brings {back} back."),
        yes: "Remove".to_owned(),
        action: Box::new(action),
    })
}

/// Some of these names: `Ada`, `Ada and Bob`, `Ada, Bob, Cid and 2 more`.
fn and_more(names: &[String]) -> String {
    const NAMED: usize = 3;
    let more = names.len().saturating_sub(NAMED);
    match names.get(..names.len().min(NAMED)).unwrap_or_default() {
        [first @ .., last] if more == 0 && !first.is_empty() => format!("{} and {last}", first.join(", ")),
        named if more == 0 => named.concat(),
        named => format!("{} and {more} more", named.join(", ")),
    }
}

/// How many records of which table: `2 deals, 1 invoice`.
fn counted(records: &[AnyRecord]) -> String {
    let count = |table: Table| records.iter().filter(|record| record.table() == table).count();
    let tables = Table::ALL.into_iter().map(|table| (table, count(table)));
    tables
        .filter(|(_, count)| *count > 0)
        .map(|(table, count)| table.counted(count))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Who goes with clients: `So does Ada Roe`, `So do Ada Roe, Sam Poe, Ann Lee and 2 more`.
fn named_some<'a>(people: impl Iterator<Item = &'a Person>) -> Option<String> {
    let names: Vec<String> = people.map(|person| person.name.clone()).collect();
    let verb = if names.len() == 1 { "does" } else { "do" };
    (!names.is_empty()).then(|| format!("So {verb} {}", and_more(&names)))
}

/// What is noted in a record, and goes with it.
fn held(record: &AnyRecord) -> Vec<String> {
    let some = |count: usize, what: &str| (count > 0).then(|| plural(count, what));
    let one = |there: bool, what: &str| there.then(|| what.to_owned());
    let parts = match record {
        AnyRecord::Deal(deal) => vec![
            one(deal.agreement.is_some(), "its agreement"),
            one(deal.down_payment.is_some(), "the down payment asked"),
            some(deal.instalments.as_ref().map_or(0, |plan| plan.instalments.len()), "instalment"),
            some(deal.goals.len(), "goal"),
            some(deal.results.len(), "result"),
            some(deal.hesitations.len(), "hesitation"),
        ],
        AnyRecord::Invoice(invoice) => vec![
            some(invoice.payments.len(), "payment"),
            some(invoice.promised.len(), "promised day"),
            some(invoice.disputes.len(), "dispute"),
            one(invoice.write_off.is_some(), "its write-off"),
        ],
        AnyRecord::Renewal(renewal) => vec![some(renewal.renewed.len(), "renewal")],
        _ => Vec::new(),
    };
    parts.into_iter().flatten().collect()
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn remove_person(state: &State, selected: &Selected, position: usize) -> Resolved {
    let id = ClientId::new(&selected.id).map_err(|_| "the client is gone")?;
    let known = state.book.client(&id).ok_or("the client is gone")?;
    let mut client = Client::clone(&known.client);
    let name = client.people.get(position).ok_or("the person is gone already")?.name.clone();
    client.people.remove(position);
    Ok(Action::Ask(Confirm {
        question: format!("Remove {name} from {}?", client.name),
        consequence: "What was noted of talks with them stays. Undo brings them back.".to_owned(),
        yes: "Remove".to_owned(),
        action: Box::new(Action::Edit(Edit::put(format!("Removed {name}"), client))),
    }))
}

/// The goal that the row of a client's goals is about.
fn goal_at(state: &State, shown: &Shown) -> Option<Target> {
    let (place, page) = (state.session.page.as_ref()?, shown.page.as_ref()?);
    let row = (place.section == PageSection::Goals).then(|| shown.row(&state.session)).flatten()?;
    let goal = page.goals.goals.get(row)?;
    let deal = super::queue::find_deal(state, goal.deal.as_str())?;
    let at = deal.goals.iter().position(|it| it.what == goal.what && it.day == goal.set)?;
    Some(Target::Part(Table::Deals, deal.id.to_string(), at))
}

/// Asks before a goal or a result goes, where the row is one of a deal's: the deal itself stays.
fn remove_of_deal(state: &State, shown: &Shown) -> Option<Resolved> {
    let (place, page) = (state.session.page.as_ref()?, shown.page.as_ref()?);
    let row = shown.row(&state.session)?;
    let (id, day, what) = match place.section {
        PageSection::Goals => {
            let goal = page.goals.goals.get(row)?;
            (goal.deal.to_string(), goal.set, goal.what.as_str())
        }
        PageSection::Achieved => {
            let it = page.dossier.achieved.get(row).filter(|it| it.fact.0 == Table::Deals)?;
            (it.fact.1.clone(), it.day, it.what.as_str())
        }
        _ => return None,
    };
    let deal = super::queue::find_deal(state, &id)?;
    let mut changed = Deal::clone(&deal);
    let goal =
        changed.goals.iter().position(|it| it.what == what && (it.day == day || it.achieved_on == Some(day)));
    let result = changed.results.iter().position(|it| it.what == what && it.day == day);
    let is_goal = place.section == PageSection::Goals || result.is_none();
    let part = match (is_goal, goal, result) {
        (true, Some(at), _) => {
            changed.goals.remove(at);
            "goal"
        }
        (false, _, Some(at)) => {
            changed.results.remove(at);
            "result"
        }
        _ => return Some(Err("this is a part of its record: it is changed in the book's file")),
    };
    Some(Ok(Action::Ask(Confirm {
        question: format!("Remove the {part} “{what}”?"),
        consequence: format!("The deal {} stays. Undo brings it back.", deal.title),
        yes: "Remove".to_owned(),
        action: Box::new(Action::Edit(Edit::put(format!("Removed {part} {what}"), changed))),
    })))
}

/// What a sentence calls a record, from what it holds itself.
fn name_of(record: &AnyRecord) -> String {
    let on = |day: &chrono::NaiveDate| crate::written::day_in_full(*day);
    match record {
        AnyRecord::Client(client) => client.name.clone(),
        AnyRecord::Deal(deal) => deal.title.clone(),
        AnyRecord::Retainer(retainer) => retainer.what.clone(),
        AnyRecord::Invoice(invoice) => invoice.number.clone(),
        AnyRecord::Touch(touch) => touch.note.clone().unwrap_or_else(|| format!("of {}", on(&touch.day))),
        AnyRecord::Promise(promise) => promise.what.clone(),
        AnyRecord::Work(work) => format!("{} h on {}", crate::written::decimal(work.hours), on(&work.day)),
        AnyRecord::Expense(expense) => expense.what.clone(),
        AnyRecord::Renewal(renewal) => renewal.what.clone(),
        AnyRecord::Snooze(snooze) => snooze.item.clone(),
        AnyRecord::Handled(handled) => handled.item.clone(),
        AnyRecord::Outgoing(letter) => letter.subject.clone(),
        AnyRecord::Scenario(scenario) => scenario.name.clone(),
    }
}

/// The entry of the timeline that the cursor is at.
fn timeline_entry<'a>(state: &State, shown: &'a Shown) -> Option<&'a Entry> {
    let (place, page) = (state.session.page.as_ref()?, shown.page.as_ref()?);
    if place.section != PageSection::Timeline {
        return None;
    }
    page.timeline.get(shown.row(&state.session)?)
}

/// Whether an entry of the timeline tells of a record as a whole, rather than of one thing that it holds.
fn stands_for(entry: &Entry, record: &AnyRecord) -> bool {
    match record {
        AnyRecord::Client(_) | AnyRecord::Deal(_) => false,
        AnyRecord::Invoice(_) => entry.kind == EntryKind::Invoice,
        AnyRecord::Promise(_) => entry.kind == EntryKind::PromiseMade,
        AnyRecord::Renewal(renewal) => entry.day == renewal.noted,
        AnyRecord::Expense(expense) => expense.every.is_none(),
        _ => true,
    }
}

/// The payment that an entry of the timeline is about: its invoice, and its position there.
fn payment_entry(state: &State, shown: &Shown) -> Option<(Invoice, usize)> {
    let entry = timeline_entry(state, shown)?;
    let is_offset = match entry.kind {
        EntryKind::Payment => false,
        EntryKind::Credited => true,
        _ => return None,
    };
    let AnyRecord::Invoice(invoice) = state.book.find(entry.table, &entry.id)? else { return None };
    let same = |payment: &crate::domain::Payment| {
        (payment.day, Some(payment.amount), payment.offset.is_some()) == (entry.day, entry.amount, is_offset)
    };
    let position = invoice.payments.iter().position(same)?;
    Some((Invoice::clone(&invoice), position))
}

fn remove_payment(state: &State, invoice: &Invoice, position: usize) -> Action {
    let mut changed = invoice.clone();
    let payment = changed.payments.remove(position);
    let what = format!("{} of {}", amount_in_full(payment.amount), crate::written::day_in_full(payment.day));
    if let Some(other) = &payment.offset {
        let label = format!("Removed credit of {what}");
        let mut edit = Edit::put(label, changed);
        let mut also = String::new();
        if let Some(AnyRecord::Invoice(other)) = state.book.find(Table::Invoices, other.as_str()) {
            let mut other = Invoice::clone(&other);
            if let Some(at) = invoice.other_side(&payment, &other) {
                other.payments.remove(at);
            }
            also = format!(" and {}", other.number);
            edit = edit.and(other);
        }
        return Action::Ask(Confirm {
            question: format!("Set off no more: {what}?"),
            consequence: format!(
                "Both {}{also} count as open by that much again. Undo sets it off again.",
                invoice.number
            ),
            yes: "Remove".to_owned(),
            action: Box::new(Action::Edit(edit)),
        });
    }
    Action::Ask(Confirm {
        question: format!("Remove the payment of {what}?"),
        consequence: format!(
            "Invoice {} counts as open by that much again. Undo brings it back.",
            invoice.number
        ),
        yes: "Remove".to_owned(),
        action: Box::new(Action::Edit(Edit::put(format!("Removed payment of {what}"), changed))),
    })
}
