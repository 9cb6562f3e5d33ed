//! Adding and changing records; undo and redo.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, ClientFacts, ClientId, Deal, Invoice, Table};
use crate::figures::{Entry, EntryKind};
use crate::state::{Action, FormKind, PageSection, Selected, Shown, State, Target, View};

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
            // The form shows what the deal holds: so the deal is asked for first.
            Ok(match deal_at(state, shown) {
                Some(deal) => Action::OpenForm(FormKind::Offer, Target::Record(Table::Deals, deal)),
                None => Action::ArgumentOf(Some("offer.note")),
            })
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
        resolve: super::removing::remove,
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

/// Why nothing can be changed or removed where the hand is.
pub(super) fn no_fact(state: &State) -> &'static str {
    match state.session.page.as_ref().map(|place| place.section) {
        Some(PageSection::Health | PageSection::Referrals) => {
            "this follows from the facts: its proof, on {figure.prove}, leads to them"
        }
        _ => "nothing is selected",
    }
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

/// The entry of the timeline that the cursor is at.
pub(super) fn timeline_entry<'a>(state: &State, shown: &'a Shown) -> Option<&'a Entry> {
    let (place, page) = (state.session.page.as_ref()?, shown.page.as_ref()?);
    if place.section != PageSection::Timeline {
        return None;
    }
    page.timeline.get(shown.row(&state.session)?)
}

/// The payment that an entry of the timeline is about: its invoice, and its position there.
pub(super) fn payment_entry(state: &State, shown: &Shown) -> Option<(Invoice, usize)> {
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
