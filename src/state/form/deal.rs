//! The forms of a deal, and of one that is lost.

use std::fmt::Write;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Basis, Deal, DealId, NextStep, Phase, StageFact, Table};
use crate::figures::{GateKind, checks_at, gates, gates_of_lessons};
use crate::state::amount_entry::{amount_text, percent_text};
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const BASES: [Basis; 5] =
    [Basis::Time, Basis::Fixed, Basis::Retainer, Basis::ByProduct, Basis::Product];
pub(super) const BASIS_WORDS: &[&str] = &["time", "fixed price", "retainer", "by-product", "product"];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New deal",
    edit_title: "Deal",
    fields: &[
        required("client", "Client", "with whom", FieldKind::OwnClient),
        required("title", "Title", "what it is about", FieldKind::Text),
        optional("value", "Value", "net, such as 4,800", FieldKind::Amount),
        optional("basis", "Basis", "time, fixed price, retainer …", FieldKind::Choice(BASIS_WORDS)),
        optional("stage", "Stage", "a stage of the board", FieldKind::Stage),
        optional("since", "In stage since", "today, fri, 12 mar", FieldKind::StageDay),
        optional("decider", "Who decides", "", FieldKind::Person),
        optional("chance", "Chance by hand", "such as 60\u{a0}%, over the stage's", FieldKind::Percent),
        optional("next", "Next step", "what you will do", FieldKind::Text),
        optional("next_due", "Next step due", "fri, +3d", FieldKind::Day(Lean::Ahead)),
        optional("delivered", "Delivered", "the day the result was handed over", FieldKind::Day(Lean::Back)),
        optional("notes", "Notes", "", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

pub(super) const LOST: FormSpec = FormSpec {
    new_title: "Deal lost",
    edit_title: "Deal lost",
    fields: &[
        required("why", "Why", "too dear, no answer, took somebody else …", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: |context, _| vec![("day", context.today.to_string())],
    read: Read::Edit(read_lost),
};

/// The deal a form is about.
pub(super) fn existing(context: &Context<'_>, target: &Target) -> Option<Deal> {
    let Target::Record(Table::Deals, id) = target else { return None };
    match context.book.find(Table::Deals, id)? {
        crate::domain::AnyRecord::Deal(deal) => Some(Deal::clone(&deal)),
        _ => None,
    }
}

/// A deal as it is known on the working day; as it is when all of it lies ahead.
pub(super) fn known(context: &Context<'_>, deal: Deal) -> Arc<Deal> {
    let deal = Arc::new(deal);
    deal.as_of(context.today).unwrap_or(deal)
}

/// The deal that a form makes something for.
pub(super) fn named(context: &Context<'_>, target: &Target) -> Option<Deal> {
    let Target::NewPart(Table::Deals, id) = target else { return None };
    existing(context, &Target::Record(Table::Deals, id.clone()))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(deal) = existing(context, target) else {
        let stages = context.book.business().stages();
        let first = stages.into_iter().find(|stage| stage.phase == Phase::Open).map(|stage| stage.name);
        let mut filled = vec![("since", context.today.to_string()), ("stage", first.unwrap_or_default())];
        filled.extend(super::client_name(context, target).map(|name| ("client", name)));
        return filled;
    };
    let deal = Deal::clone(&known(context, deal));
    let currency = context.currency_of(Some(&deal.client));
    let stage_name = |id: &str| {
        let stages = context.book.business().stages();
        stages.into_iter().find(|stage| stage.id == id).map_or_else(|| id.to_owned(), |stage| stage.name)
    };
    let basis = deal.basis.and_then(|basis| {
        let position = BASES.iter().position(|known| *known == basis)?;
        BASIS_WORDS.get(position).copied()
    });
    vec![
        ("client", context.book.client(&deal.client).map(|it| it.client.name.clone()).unwrap_or_default()),
        ("title", deal.title.clone()),
        ("value", deal.value.map(|value| amount_text(value, currency)).unwrap_or_default()),
        ("basis", basis.unwrap_or_default().to_owned()),
        ("stage", deal.stage().map(|fact| stage_name(&fact.stage)).unwrap_or_default()),
        ("since", deal.stage().map(|fact| fact.day.to_string()).unwrap_or_default()),
        ("decider", deal.decider.clone().unwrap_or_default()),
        ("chance", deal.chance.map(percent_text).unwrap_or_default()),
        ("next", deal.next_step.as_ref().map(|step| step.what.clone()).unwrap_or_default()),
        ("next_due", deal.next_step.as_ref().map(|step| step.due.to_string()).unwrap_or_default()),
        ("delivered", deal.delivered.map(|day| day.to_string()).unwrap_or_default()),
        ("notes", deal.notes.unwrap_or_default()),
    ]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let client = reader.client("client");
    let held = before.as_ref();
    let title = reader.keep("title", held.map(|it| Some(it.title.clone())), Reader::text);
    let value = reader.keep("value", held.map(|it| it.value), Reader::amount);
    let basis = reader.keep("basis", held.map(|it| it.basis), |reader, name| reader.choice(name, &BASES));
    let chance = reader.keep("chance", held.map(|it| it.chance), Reader::share);
    let stages = stages(reader, held);
    let next_step = next_step(reader, held);
    let decider = reader.keep_of_client("decider", held.map(|it| it.decider.clone()), Reader::person);
    let delivered = reader.keep("delivered", held.map(|it| it.delivered), Reader::past_day);
    let notes = reader.keep("notes", held.map(|it| it.notes.clone()), Reader::text);
    let value_typed = held.is_none() || !reader.untouched("value");
    if value_typed && value.is_some_and(|value| value.amount < Decimal::ZERO) {
        reader.refuse("value", "a deal is worth nothing or more");
    }
    let days_typed = held.is_none() || ["since", "stage", "delivered"].iter().any(|it| !reader.untouched(it));
    let began = stages.iter().map(|stage| stage.day).min();
    if days_typed && delivered.zip(began).is_some_and(|(delivered, began)| delivered < began) {
        reader.refuse("delivered", "the deal entered its first stage only after that");
    }
    let (client, title) = (client?, title?);
    let verb = if before.is_some() { "Changed" } else { "Added" };
    let moved = before.as_ref().is_some_and(|deal| deal.client != client.client.id);
    if moved && before.as_ref().is_some_and(|deal| is_named(reader.context(), deal)) {
        reader.refuse("client", "invoices or other facts belong to this deal: it stays with its client");
    }
    let stages_before = before.as_ref().map(|deal| deal.stages.clone()).unwrap_or_default();
    let mut deal = before.unwrap_or_else(|| {
        let id = DealId::fresh(&title, reader.seed());
        Deal::new(id, client.client.id.clone(), &title)
    });
    deal.client = client.client.id.clone();
    deal.title.clone_from(&title);
    (deal.value, deal.basis, deal.chance, deal.delivered) = (value, basis, chance, delivered);
    (deal.decider, deal.notes, deal.next_step, deal.stages) = (decider, notes, next_step, stages);
    let mut label = format!("{verb} {title}");
    if let Some(proposal) = deal.proposal.as_mut().filter(|_| moved) {
        // Whoever asked for it is of the client before.
        let is_theirs = |name: &str| client.client.people.iter().any(|person| person.name == name);
        if let Some(asked_by) = proposal.asked_by.take_if(|name| !is_theirs(name)) {
            let _ = write!(label, "; that {asked_by} asked for its proposal goes");
        }
    }
    label.push_str(&note_override(reader.context(), &mut deal, &stages_before));
    Some(Edit::put(label, deal))
}

/// Notes in a stage that was just entered what speaks against it, lessons too, as a move on the board does; returns the first of
/// either in words, to be said behind what was done.
pub(super) fn note_override(context: &Context<'_>, deal: &mut Deal, before: &[StageFact]) -> String {
    if deal.stages.len() <= before.len() {
        return String::new();
    }
    let Some(entered) = deal.stages.pop() else { return String::new() };
    let (business, today) = (context.book.business(), context.today);
    let lessons = checks_at(context.book, &known(context, deal.clone()), today);
    let checks = gates_of_lessons(business, &entered.stage, &lessons, today);
    let client = context.book.client(&deal.client);
    let client = client.map(|it| it.as_of(today).unwrap_or_else(|| it.clone()));
    let mut moved = deal.clone();
    moved.stages.push(entered.clone());
    let against = client.map(|it| gates(business, &it, &known(context, moved), &entered.stage, today));
    let against = against.unwrap_or_default();
    let mut tokens: Vec<&str> = against.iter().map(|gate| gate.kind.token()).collect();
    tokens.extend((!checks.is_empty()).then_some(GateKind::Lesson.token()));
    let override_of = (!tokens.is_empty()).then(|| tokens.join(" "));
    deal.stages.push(StageFact { override_of, ..entered });
    let mind = against.first().map(|gate| format!(". Mind: {}", gate.because)).unwrap_or_default();
    let check = checks.first().map(|gate| format!(". {}", gate.because)).unwrap_or_default();
    mind + &check
}

/// The stages after what was typed. Another stage is a new fact, of today where no other day was typed; another day of
/// the same stage corrects the fact.
fn stages(reader: &mut Reader<'_>, before: Option<&Deal>) -> Vec<StageFact> {
    let mut stages = before.map(|deal| deal.stages.clone()).unwrap_or_default();
    let (same_stage, same_day) = (reader.untouched("stage"), reader.untouched("since"));
    if before.is_some() && same_stage && same_day {
        return stages;
    }
    let today = reader.context().today;
    let at = before.and_then(|deal| known(reader.context(), deal.clone()).stage().cloned());
    let stage = reader.keep("stage", at.clone().map(|fact| Some(fact.stage)), stage);
    let since = reader.keep("since", at.as_ref().map(|_| None), Reader::past_day);
    let Some(stage) = stage else { return stages };
    let (is_same, day) = (at.as_ref().is_some_and(|at| at.stage == stage), since.unwrap_or(today));
    let others = stages.iter().filter(|fact| fact.day <= today && !(is_same && at.as_ref() == Some(*fact)));
    if let Some(last) =
        others.max_by_key(|fact| fact.day).filter(|last| !(is_same && same_day) && day < last.day)
    {
        refuse_early(reader, "since", last);
    }
    match at.filter(|fact| fact.stage == stage) {
        Some(_) if same_day => {}
        Some(at) => {
            if let Some(fact) = stages.iter_mut().rev().find(|fact| **fact == at) {
                fact.day = since.unwrap_or(today);
            }
        }
        None => {
            stages.push(StageFact { day: since.unwrap_or(today), stage, why: None, override_of: None });
        }
    }
    stages
}

/// Says that a stage begins on the day of the one it follows, or later.
fn refuse_early(reader: &mut Reader<'_>, name: &str, last: &StageFact) {
    let stages = reader.context().book.business().stages();
    let named = stages.iter().find(|stage| stage.id == last.stage).map_or(&last.stage, |stage| &stage.name);
    let day = crate::written::day_in_full(last.day);
    reader.refuse(name, format!("it entered {named} on {day}: enter that day or a later one"));
}

/// Whether a deal is moved to another stage while its day still says when it entered the old one: then it moves today.
pub(super) fn moves_today(reader: &Reader<'_>) -> bool {
    let context = reader.context();
    let Some(deal) = existing(context, reader.target()) else { return false };
    let to = reader.typed("stage").and_then(|typed| stage_named(context, typed));
    let from = known(context, deal).stage().map(|fact| fact.stage.clone());
    reader.untouched("since") && from.is_some() && to.is_some() && to != from
}

fn is_named(context: &Context<'_>, deal: &Deal) -> bool {
    context.book.without(Table::Deals, deal.id.as_str()).is_err()
}

pub(super) fn stage(reader: &mut Reader<'_>, name: &str) -> Option<String> {
    let typed = reader.text(name)?;
    let found = stage_named(reader.context(), &typed);
    if found.is_none() {
        let stages = reader.context().book.business().stages();
        let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
        reader.refuse(name, format!("expected one of {}", names.join(", ")));
    }
    found
}

/// The id of the stage of a name, or of the one whose name begins so.
fn stage_named(context: &Context<'_>, typed: &str) -> Option<String> {
    let typed = typed.to_lowercase();
    let stages = context.book.business().stages();
    let exact = stages.iter().find(|stage| stage.name.to_lowercase() == typed || stage.id == typed);
    let mut starting = stages.iter().filter(|stage| stage.name.to_lowercase().starts_with(&typed));
    let found = exact.or_else(|| starting.next().filter(|_| starting.next().is_none()));
    found.map(|stage| stage.id.clone())
}

fn next_step(reader: &mut Reader<'_>, before: Option<&Deal>) -> Option<NextStep> {
    if let Some(before) = before.filter(|_| reader.untouched("next") && reader.untouched("next_due")) {
        return before.next_step.clone();
    }
    let what = reader.text("next");
    let due = reader.day("next_due");
    match (what, due) {
        (Some(what), Some(due)) => {
            let known = before.and_then(|deal| deal.next_step.as_ref());
            let same = known.filter(|step| step.what == what && step.due == due);
            let set = same.map_or(Some(reader.context().today), |step| step.set);
            Some(NextStep { what, due, set })
        }
        (Some(_), None) => {
            reader.refuse("next_due", "say by which day");
            None
        }
        (None, Some(_)) => {
            reader.refuse("next", "say what the step is");
            None
        }
        (None, None) => None,
    }
}

fn read_lost(reader: &mut Reader<'_>) -> Option<Edit> {
    let deals = super::several::deals(reader.context(), reader.target());
    let (why, day) = (reader.text("why")?, reader.past_day("day")?);
    let stages = reader.context().book.business().stages();
    let Some(lost) = stages.into_iter().find(|stage| stage.phase == Phase::Lost) else {
        reader.refuse("why", "this book has no stage for lost deals");
        return None;
    };
    let today = reader.context().today;
    let entered = deals.iter().flat_map(|deal| &deal.stages).filter(|fact| fact.day <= today);
    if let Some(last) = entered.max_by_key(|fact| fact.day).filter(|last| day < last.day) {
        refuse_early(reader, "day", last);
    }
    let label = match deals.as_slice() {
        [] => return None,
        [one] => format!("Lost {}", one.title),
        several => format!("Lost {} deals", several.len()),
    };
    let lose = |mut deal: Deal| {
        let fact = StageFact { day, stage: lost.id.clone(), why: Some(why.clone()), override_of: None };
        deal.stages.push(fact);
        // What was planned is done with; a step planned after the working day stays.
        deal.next_step.take_if(|step| step.set.is_none_or(|set| set <= today));
        Change::Put(AnyRecord::Deal(Arc::new(deal)))
    };
    Some(Edit { label, changes: deals.into_iter().map(lose).collect() })
}
