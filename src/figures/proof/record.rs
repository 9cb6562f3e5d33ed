//! A record as it stands in the book: every number it tells, and what follows from it on the day looked at. An amount or a day
//! that somebody wrote down is made of nothing else; the record is its proof.

use std::sync::Arc;

use crate::domain::{
    AnyRecord, ClientId, Deal, Expense, Invoice, Money, Promise, Renewal, Retainer, Table, Work, days_between,
};
use crate::figures::page::deal_lines;
use crate::figures::standing::Standing;
use crate::figures::timeline::{timeline, touch_words};
use crate::figures::{Client, Entry};

use super::{FigureKey, Ground, Part, Proof, Term, Unit, Value, Whose, named};

/// The record with this id; `None` where there is none, or it is no client's.
pub(super) fn of(on: &Ground<'_>, table: Table, id: &str) -> Option<Proof> {
    let record = on.known.find(table, id)?;
    let (client, title, stands) = stands(on, &record)?;
    let in_record = |term: Term| Term { client: on.who(&client.id), ..term }.in_record(table, id);
    let stands = stands.into_iter().map(in_record).collect();
    let noted = timeline(on.business(), &client.known, on.day()).into_iter();
    let noted = noted.filter(|entry| entry.table == table && entry.id == id);
    let noted = noted.map(|entry| in_record(fact(&entry))).collect();
    let formula = format!(
        "What the book says in {}, record “{id}”; and how it stands on the day looked at.",
        table.name()
    );
    let parts = vec![Part::told("How it stands", stands), Part::told("Noted, the latest first", noted)];
    Some(on.told(on.titled(&title, &client.id), &formula, parts))
}

/// A fact of the timeline: its amount, or that it happened on its day.
fn fact(entry: &Entry) -> Term {
    let amount = entry.amount.map_or(Value::On(entry.day), Value::Money);
    Term::new(entry.text.clone(), Ok(amount)).on(entry.day)
}

/// Whose record it is, what it is called, and what follows from it; the figure it is known by stands first.
fn stands<'a>(on: &Ground<'a>, record: &AnyRecord) -> Option<(&'a Client, String, Vec<Term>)> {
    let client = |id: &ClientId| on.figures.client(id).map(AsRef::as_ref);
    Some(match record {
        AnyRecord::Client(it) => (client(&it.id)?, "What is noted of them".to_owned(), Vec::new()),
        AnyRecord::Deal(it) => {
            let client = client(&it.client)?;
            (client, it.title.clone(), of_deal(on, client, it))
        }
        AnyRecord::Retainer(it) => (client(&it.client)?, it.what.clone(), of_retainer(it)),
        AnyRecord::Invoice(it) => (client(&it.client)?, named(it), of_invoice(on, it)),
        AnyRecord::Touch(it) => {
            (client(&it.client)?, touch_words(it), vec![Term::new("When", Ok(Value::On(it.day)))])
        }
        AnyRecord::Promise(it) => (client(&it.client)?, it.what.clone(), of_promise(on, it)),
        AnyRecord::Work(it) => {
            let what = it.note.clone().unwrap_or_else(|| "Work".to_owned());
            (client(it.client.as_ref()?)?, what, of_work(it))
        }
        AnyRecord::Expense(it) => (client(it.client.as_ref()?)?, it.what.clone(), of_expense(it)),
        AnyRecord::Renewal(it) => (client(it.client.as_ref()?)?, it.what.clone(), of_renewal(on, it)),
        AnyRecord::Snooze(_) | AnyRecord::Handled(_) | AnyRecord::Outgoing(_) | AnyRecord::Scenario(_) => {
            return None;
        }
    })
}

fn money(what: &str, amount: Option<Money>) -> Option<Term> {
    Some(Term::new(what, Ok(Value::Money(amount?))))
}

fn days(what: &str, days: i64) -> Term {
    Term::new(what, Ok(Value::Number(days.into(), Unit::Days)))
}

fn of_invoice(on: &Ground<'_>, invoice: &Invoice) -> Vec<Term> {
    let standing = Standing::of(invoice);
    let open =
        Term::money("Open", &Ok(standing.open)).with_figure(FigureKey::InvoiceOpen(invoice.id.clone()));
    let asked = Term::money("Asked", &Ok(standing.total));
    let asked = asked.with_figure(FigureKey::InvoiceTotal(invoice.id.clone()));
    let mut terms = vec![open, asked];
    let credited = invoice.credited();
    if !credited.is_zero() {
        terms.push(Term::money("Credited", &Ok(credited)));
    }
    terms.push(Term::new("Due", Ok(Value::On(invoice.due))));
    match standing.settled {
        Some(settled) => {
            terms.push(days("From the due day to the last payment", days_between(invoice.due, settled)));
        }
        None if invoice.is_set_off() => {}
        None => {
            terms.push(days("From the due day to the day looked at", days_between(invoice.due, on.day())));
        }
    }
    let promised = invoice.promised.iter();
    terms.extend(
        promised.map(|it| Term::new("To be paid, they said, by", Ok(Value::On(it.pay_by))).on(it.day)),
    );
    terms
}

fn of_deal(on: &Ground<'_>, client: &Client, deal: &Deal) -> Vec<Term> {
    let stages = on.business().stages();
    let line = deal_lines(on.business(), &stages, on.figures, client).into_iter().find(|it| it.id == deal.id);
    let Some(line) = line else { return Vec::new() };
    let mut terms: Vec<Term> = money("Value", deal.value).into_iter().collect();
    if let Some(step) = &deal.next_step {
        terms.push(Term::new(format!("Next: {}", step.what), Ok(Value::On(step.due))));
    }
    if let (Some((_, stage)), Some(entered)) = (&line.stage, line.entered) {
        terms.push(Term::new(format!("In the stage {stage} since"), Ok(Value::On(entered))));
    }
    let hours = Term::new("Hours worked", Ok(Value::Number(line.hours, Unit::Hours)));
    terms.push(hours.with_figure(FigureKey::DealHours(deal.id.clone())));
    for (what, count) in [("Price pushed", line.pushes.price), ("Scope pushed", line.pushes.scope)] {
        terms.push(Term::new(what, Ok(Value::things(count))));
    }
    if let Some(share) = line.pushes.discount {
        let share = Value::Number(share, Unit::Fraction);
        terms.push(Term::new("Cheaper than told, without less scope", Ok(share)));
    }
    terms.extend(money("Break-even rate of an hour", line.below_break_even));
    for goal in &deal.goals {
        let said = [("it was", &goal.baseline), ("the aim", &goal.target), ("it became", &goal.achieved)];
        let said = said.into_iter().filter_map(|(what, said)| Some((what, said.as_ref()?)));
        let day = goal.achieved_on.unwrap_or(goal.day);
        terms.extend(
            said.map(|(what, said)| Term::new(format!("{}, {what}: {said}", goal.what), Ok(Value::On(day)))),
        );
    }
    let owed = || FigureKey::Receivables(Whose::One(client.id.clone()));
    for gate in &line.gates {
        // What they owe is the one thing here that is more than this record tells.
        terms.push(Term::money(gate.because.clone(), &client.ledger.receivables).with_figure(owed()));
    }
    for lesson in &line.checks {
        let record = FigureKey::Record(Table::Invoices, lesson.invoice.to_string());
        terms.push(Term::new(lesson.words(on.day()), Ok(Value::On(lesson.day))).with_figure(record));
    }
    terms
}

fn of_promise(on: &Ground<'_>, promise: &Promise) -> Vec<Term> {
    let due = promise.due_now();
    let since = match promise.kept {
        Some(kept) => days("From its day to the one it was kept on", days_between(due, kept)),
        None => days("From its day to the one looked at", days_between(due, on.day())),
    };
    vec![
        Term::new("Due now", Ok(Value::On(due))),
        since,
        Term::new("Moved", Ok(Value::things(promise.moved.len()))),
    ]
}

fn of_renewal(on: &Ground<'_>, renewal: &Renewal) -> Vec<Term> {
    let expires = renewal.expires_now();
    let mut terms: Vec<Term> = money("They pay", renewal.price).into_iter().collect();
    terms.extend(money("It costs", renewal.cost));
    terms.push(Term::new("Expires", Ok(Value::On(expires))));
    terms.push(days("Days left", days_between(on.day(), expires)));
    terms.push(Term::new("Points of contact", Ok(Value::things(renewal.contacts.len()))));
    terms.push(Term::new("Wanted", Ok(Value::things(Renewal::CONTACTS_WANTED))));
    terms.extend(renewal.verified.iter().max().map(|on| Term::new("Last verified", Ok(Value::On(*on)))));
    terms
}

fn of_retainer(retainer: &Retainer) -> Vec<Term> {
    let mut terms: Vec<Term> =
        money(&format!("Every {}", retainer.every), Some(retainer.amount)).into_iter().collect();
    terms.push(Term::new("From", Ok(Value::On(retainer.from))));
    terms.extend(retainer.until.map(|until| Term::new("Until", Ok(Value::On(until)))));
    terms
}

fn of_work(work: &Arc<Work>) -> Vec<Term> {
    vec![Term::new("Hours", Ok(Value::Number(work.hours, Unit::Hours))).on(work.day)]
}

fn of_expense(expense: &Expense) -> Vec<Term> {
    money("Each time", Some(expense.amount)).map(|term| term.on(expense.day)).into_iter().collect()
}
