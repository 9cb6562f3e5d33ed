//! Removing a record, or a part of one, after asking: what goes with it is said first.

use std::fmt::Write;

use crate::domain::{AnyRecord, Client, ClientId, Deal, Invoice, Named, Person, Table, follow_person};
use crate::figures::{Entry, EntryKind, amount_in_full};
use crate::state::{
    Action, Change, Confirm, Edit, PageSection, Selected, Selection, Shown, State, TriageAction, View,
};
use crate::written;

use super::Resolved;
use super::records::{no_fact, payment_entry, timeline_entry};

pub(super) fn remove(state: &State, shown: &Shown) -> Resolved {
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
    let some = |count: usize, what: &str| (count > 0).then(|| written::counted(count, what));
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

fn remove_person(state: &State, selected: &Selected, position: usize) -> Resolved {
    let id = ClientId::new(&selected.id).map_err(|_| "the client is gone")?;
    let known = state.book.client(&id).ok_or("the client is gone")?;
    let mut client = Client::clone(&known.client);
    let name = client.people.get(position).ok_or("the person is gone already")?.name.clone();
    let person = client.people.remove(position);
    let nobody = Person { name: String::new(), ..person.clone() };
    let naming = follow_person(known, position, &person, &nobody);
    let names = match naming.len() {
        0 => String::new(),
        1 => format!("{} names them, and keeps their name. ", counted(&naming)),
        _ => format!("{} name them, and keep their name. ", counted(&naming)),
    };
    Ok(Action::Ask(Confirm {
        question: format!("Remove {name} from {}?", client.name),
        consequence: format!("{names}What was noted of talks with them stays. Undo brings them back."),
        yes: "Remove".to_owned(),
        action: Box::new(Action::Edit(Edit::put(format!("Removed {name}"), client))),
    }))
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
