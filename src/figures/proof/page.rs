//! What stands on a client's page alone: its income of all times, what came through it, what was achieved for it, the ledger of
//! trust, the next review, the door check.

use std::slice;

use rust_decimal::Decimal;

use crate::domain::{ClientId, DoorQuestion, Invoice, Party, Promise, Table};
use crate::figures::door::door_check;
use crate::figures::dossier::{self, AchievedKind, Dossier};
use crate::figures::health::{Outcome, days_named};
use crate::figures::referral::{all_below, lifetime_income as lifetime};
use crate::figures::sum::{Sum, converted};
use crate::figures::timeline::timeline;
use crate::figures::trust::is_open;
use crate::figures::{Client, Goals, Trust};

use super::money::{Count, payments};
use super::{FigureKey, Ground, PageFigure, Part, Proof, Rule, Term, Unit, Value, named};

pub(super) fn lifetime_income(on: &Ground<'_>, id: &ClientId) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let terms = payments(on, slice::from_ref(client), Count::Net, |_, _| true);
    let part = Part::of("Payments net of tax, by day", on.nothing(), terms);
    let formula = "All payments so far, net of tax: of a part payment its share of the invoice's net. At the exchange rates \
                   of their days.";
    Some(on.sum(on.titled("Income of all times", id), &lifetime(client), Value::Money, formula, part))
}

pub(super) fn traced(on: &Ground<'_>, id: &ClientId) -> Option<Proof> {
    let below = all_below(on.figures, on.figures.client(id)?);
    let incomes: Vec<_> = below.iter().map(|client| (client, lifetime(client))).collect();
    let value = Sum::of(on.currency(), incomes.iter().map(|(_, income)| income));
    let terms = incomes.iter().map(|(client, income)| {
        let by = client.known.client.introduced_by().and_then(|by| on.who(by));
        let by = by.map(|(_, name)| format!("Introduced by {name}")).unwrap_or_default();
        let term = Term::money(by, income).with_figure(FigureKey::LifetimeIncome(client.id.clone()));
        let met = client.known.client.met.as_ref().map(|met| met.day);
        Term { client: on.who(&client.id), day: met, ..term }
    });
    let part = Part::of("Introduced, directly and through others", on.nothing(), terms.collect());
    let formula = "The income of all times of everybody who goes back to this client by who introduced whom, each counted \
                   once; its own is not counted.";
    Some(on.sum(on.titled("Came through", id), &value, Value::Money, formula, part))
}

pub(super) fn achieved_worth(on: &Ground<'_>, id: &ClientId) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let dossier = Dossier::of(on.business(), &client.known, on.day());
    let told = dossier.achieved.iter().filter_map(|it| Some((it, it.worth?)));
    let terms = told.map(|(it, own)| {
        let amount = converted(on.business(), own, it.day);
        let (table, record) = &it.fact;
        let term = on.converted(it.what.clone(), own, &amount, (*table, record)).on(it.day);
        Term { client: on.who(id), ..term }
    });
    let part =
        Part::of("Goals achieved and results, as far as their worth was told", on.nothing(), terms.collect());
    let formula =
        "What goals achieved and results are worth to the client, at the exchange rates of their days.";
    let value = dossier.worth?;
    Some(on.sum(on.titled("Worth of what was achieved", id), &value, Value::Money, formula, part))
}

/// What else a client's page tells.
pub(super) fn of(on: &Ground<'_>, id: &ClientId, figure: PageFigure) -> Option<Proof> {
    let client = on.figures.client(id)?;
    match figure {
        PageFigure::Promises(by) => Some(promises(on, client, by)),
        PageFigure::Achieved(at) => achieved(on, client, at),
        PageFigure::NextReview => Some(next_review(on, client)),
        PageFigure::Door(question) => door(on, client, question),
    }
}

/// What something achieved is worth, and the facts that tell of it: each invoice that says it was delivered, or the record.
fn achieved(on: &Ground<'_>, client: &Client, at: usize) -> Option<Proof> {
    let dossier = Dossier::of(on.business(), &client.known, on.day());
    let it = dossier.achieved.get(at)?;
    let whose = |term: Term| Term { client: on.who(&client.id), ..term };
    let worth = it.worth.map(|worth| Term::new("Worth to them", Ok(Value::Money(worth))).on(it.day));
    let (table, id) = &it.fact;
    let delivered = dossier::delivered(&client.known, it);
    let times = (!delivered.is_empty()).then(|| Term::new("Times", Ok(Value::things(delivered.len()))));
    let told = worth.into_iter().chain(times).map(|term| whose(term).in_record(*table, id)).collect();
    let of_invoice = |invoice: &Invoice| {
        let term = Term::new(named(invoice), Ok(Value::On(invoice.issued)));
        let term = term.in_record(Table::Invoices, invoice.id.as_str());
        whose(term.with_figure(FigureKey::Record(Table::Invoices, invoice.id.to_string())))
    };
    let mut facts: Vec<Term> = delivered.into_iter().map(of_invoice).collect();
    if facts.is_empty() {
        let record = FigureKey::Record(*table, id.clone());
        facts.push(whose(Term::new("When", Ok(Value::On(it.day))).in_record(*table, id).with_figure(record)));
    }
    let course = match &it.kind {
        AchievedKind::Goal { baseline, target, achieved } => {
            [("It was", baseline), ("The aim", target), ("It became", achieved)]
                .into_iter()
                .filter_map(|(what, said)| {
                    let term = Term::new(format!("{what}: {}", said.as_ref()?), Ok(Value::On(it.day)));
                    Some(whose(term).in_record(*table, id))
                })
                .collect()
        }
        _ => Vec::new(),
    };
    let formula =
        "What the deal says was achieved, or what the invoices of the year say was delivered, each time.";
    let parts = vec![
        Part::told("What is told", told),
        Part::told("Its course, as noted", course),
        Part::told("Where it is told", facts),
    ];
    Some(on.told(on.titled(&it.what, &client.id), formula, parts))
}

/// Each day that one side named, by how it went.
fn promises(on: &Ground<'_>, client: &Client, by: Party) -> Proof {
    let promises = &client.known.facts.promises;
    let trust = Trust::of(promises, on.day());
    let (title, side) = match by {
        Party::Me => ("What I promised", trust.mine),
        Party::Them => ("What they promised", trust.theirs),
    };
    let theirs = || promises.iter().filter(|promise| promise.by == by);
    let term = |promise: &Promise, day| {
        let term = Term::new(promise.what.clone(), Ok(Value::things(1))).on(day);
        let term = term.in_record(Table::Promises, promise.id.as_str());
        let record = FigureKey::Record(Table::Promises, promise.id.to_string());
        Term { client: on.who(&client.id), ..term.with_figure(record) }
    };
    let went = |title: &str, wanted: Outcome| {
        let named = theirs().flat_map(|promise| {
            let days = days_named(promise, on.day()).into_iter();
            days.filter(|(_, outcome)| *outcome == wanted).map(|(day, _)| term(promise, day))
        });
        Part::of(title, Value::things(0), named.collect())
    };
    let open = theirs().filter(|promise| is_open(promise, on.day()));
    let open = open.map(|promise| term(promise, promise.due_now())).collect();
    let all = u64::from(side.named()).saturating_add(u64::from(side.open));
    let proof = on.made(
        on.titled(title, &client.id),
        Ok(Value::Number(all.into(), Unit::Things)),
        "Every day that was named counts once: the first one, and each it was moved to. Kept by its day, moved with a word \
         before it, or passed in silence; and those still to come.",
        Rule::Sum,
        vec![
            went("Kept by the day named", Outcome::Kept),
            went("Moved with a word before", Outcome::Moved),
            went("Broken: the day passed in silence", Outcome::Broken),
            Part::of("Still to come", Value::things(0), open),
        ],
    );
    let named = Value::Number(side.named().into(), Unit::Things);
    Proof { beside: vec![("days whose time has come".to_owned(), named)], ..proof }
}

fn next_review(on: &Ground<'_>, client: &Client) -> Proof {
    let goals = Goals::of(on.business(), &client.known);
    let last = goals.unreviewed.as_ref();
    let between = Value::Number(goals.review_days.into(), Unit::Days);
    let from = last.map(|last| {
        let what = if last.is_review() { "The last review" } else { "The first work" };
        let term = Term::new(what, Ok(Value::On(last.from))).in_record(last.table, &last.id);
        Term { client: on.who(&client.id), ..term }
    });
    let days = vec![Term::new("Days between reviews (the threshold review_days)", Ok(between))];
    let days = Part::of("Days", Value::Number(Decimal::ZERO, Unit::Days), days);
    let (rule, parts) = match (last, &goals.next_review) {
        (Some(last), Ok(_)) => {
            (Rule::DaysAfter(last.from), vec![days, Part::told("From", from.into_iter().collect())])
        }
        (_, why) => {
            let unknown = why.clone().map(Value::On);
            let none =
                Part::of("From", Value::On(on.day()), vec![Term::new("Nothing to begin with", unknown)]);
            (Rule::SumOfFirst, vec![none, days])
        }
    };
    on.made(
        on.titled("The next review", &client.id),
        goals.next_review.map(Value::On),
        "So many days after the last review, or after the work began if that was later; after a pause of twice as many it begins anew.",
        rule,
        parts,
    )
}

/// What shows the answer: the records, each with what it says.
fn door(on: &Ground<'_>, client: &Client, question: DoorQuestion) -> Option<Proof> {
    let lines = door_check(on.business(), &client.known, on.day());
    let line = lines.into_iter().find(|line| line.question == question)?;
    let touches = client.known.facts.touches.iter();
    let shown = touches.filter(|it| line.facts.contains(&(Table::Touches, it.id.to_string())));
    let mut counted = Vec::new();
    if question == DoorQuestion::InWriting && !line.asked {
        let written = shown.filter(|touch| touch.written).count();
        counted.push(Term::new("In writing", Ok(Value::things(written))));
        counted.push(Term::new("Touches of theirs", Ok(Value::things(line.facts.len()))));
    }
    let entries = timeline(on.business(), &client.known, on.day()).into_iter();
    let entries = entries.filter(|entry| line.facts.contains(&(entry.table, entry.id.clone())));
    let facts = entries.map(|entry| {
        let term = Term::new(entry.text.clone(), Ok(Value::On(entry.day))).in_record(entry.table, &entry.id);
        let record = FigureKey::Record(entry.table, entry.id);
        Term { client: on.who(&client.id), ..term.with_figure(record) }
    });
    let parts = vec![Part::told("Counted", counted), Part::told("What shows it", facts.collect())];
    let formula = "The answer that was asked for last; where nobody asked, what the facts show.";
    Some(on.told(on.titled("Door check", &client.id), formula, parts))
}
