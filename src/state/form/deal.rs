//! The forms of a deal, and of one that is lost.

use crate::domain::{Basis, Deal, DealId, NextStep, Phase, StageFact, Table};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Reader, Target, optional, required};

const BASES: [Basis; 5] = [Basis::Time, Basis::Fixed, Basis::Retainer, Basis::ByProduct, Basis::Product];
const BASIS_WORDS: &[&str] = &["time", "fixed price", "retainer", "by-product", "product"];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New deal",
    edit_title: "Deal",
    fields: &[
        required("client", "Client", "with whom", FieldKind::Client),
        required("title", "Title", "what it is about", FieldKind::Text),
        optional("value", "Value", "net, such as 4,800", FieldKind::Amount),
        optional("basis", "Basis", "time, fixed price, retainer …", FieldKind::Choice(BASIS_WORDS)),
        optional("stage", "Stage", "a stage of the board", FieldKind::Text),
        optional("since", "In stage since", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("decider", "Who decides", "", FieldKind::Person),
        optional("chance", "Chance by hand", "such as 60%, over the stage's", FieldKind::Percent),
        optional("next", "Next step", "what you will do", FieldKind::Text),
        optional("next_due", "Next step due", "fri, +3d", FieldKind::Day(Lean::Ahead)),
        optional("notes", "Notes", "", FieldKind::Text),
    ],
    fill,
    read,
};

pub(super) const LOST: FormSpec = FormSpec {
    new_title: "Deal lost",
    edit_title: "Deal lost",
    fields: &[
        required("why", "Why", "too dear, no answer, took somebody else …", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: |context, _| vec![("day", context.today.to_string())],
    read: read_lost,
};

/// The deal a form is about.
pub(super) fn existing(context: &Context<'_>, target: &Target) -> Option<Deal> {
    let Target::Record(Table::Deals, id) = target else { return None };
    match context.book.find(Table::Deals, id)? {
        crate::domain::AnyRecord::Deal(deal) => Some(Deal::clone(&deal)),
        _ => None,
    }
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
        ("value", deal.value.map(|value| super::amount_text(context, value)).unwrap_or_default()),
        ("basis", basis.unwrap_or_default().to_owned()),
        ("stage", deal.stage().map(|fact| stage_name(&fact.stage)).unwrap_or_default()),
        ("since", deal.stage().map(|fact| fact.day.to_string()).unwrap_or_default()),
        ("decider", deal.decider.clone().unwrap_or_default()),
        ("chance", deal.chance.map(|chance| chance.to_string()).unwrap_or_default()),
        ("next", deal.next_step.as_ref().map(|step| step.what.clone()).unwrap_or_default()),
        ("next_due", deal.next_step.as_ref().map(|step| step.due.to_string()).unwrap_or_default()),
        ("notes", deal.notes.unwrap_or_default()),
    ]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let client = reader.client("client");
    let title = reader.text("title");
    let value = reader.amount("value");
    let basis = reader.choice("basis", &BASES);
    let stage = stage(reader);
    let since = reader.past_day("since");
    let chance = reader.percent("chance");
    let next_step = next_step(reader, before.as_ref());
    let (decider, notes) = (reader.text("decider"), reader.text("notes"));
    let (client, title) = (client?, title?);
    let verb = if before.is_some() { "Changed" } else { "Added" };
    let moved = before.as_ref().is_some_and(|deal| deal.client != client.client.id);
    if moved && before.as_ref().is_some_and(|deal| is_named(reader.context(), deal)) {
        reader.refuse("client", "invoices or other facts belong to this deal: it stays with its client");
    }
    let mut deal = before.unwrap_or_else(|| {
        let id = DealId::fresh(&title, reader.seed());
        Deal::new(id, client.client.id.clone(), &title)
    });
    deal.client = client.client.id.clone();
    deal.title.clone_from(&title);
    (deal.value, deal.basis, deal.chance) = (value, basis, chance);
    (deal.decider, deal.notes, deal.next_step) = (decider, notes, next_step);
    if let Some(stage) = stage {
        let day = since.unwrap_or(reader.context().today);
        let at = deal.stage().map(|fact| (fact.stage.clone(), fact.day));
        match at {
            Some((known, known_day)) if known == stage => {
                // The same stage with another day corrects the fact; it is not a second entry.
                let fact = deal.stages.iter_mut().find(|fact| fact.stage == known && fact.day == known_day);
                if let Some(fact) = fact {
                    fact.day = day;
                }
            }
            _ => deal.stages.push(StageFact { day, stage, why: None, override_of: None }),
        }
    }
    Some(Edit::put(format!("{verb} {title}"), deal))
}

fn is_named(context: &Context<'_>, deal: &Deal) -> bool {
    context.book.without(Table::Deals, deal.id.as_str()).is_err()
}

fn stage(reader: &mut Reader<'_>) -> Option<String> {
    let typed = reader.text("stage")?.to_lowercase();
    let stages = reader.context().book.business().stages();
    let exact = stages.iter().find(|stage| stage.name.to_lowercase() == typed || stage.id == typed);
    let mut starting = stages.iter().filter(|stage| stage.name.to_lowercase().starts_with(&typed));
    let found = exact.or_else(|| starting.next().filter(|_| starting.next().is_none()));
    if found.is_none() {
        let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
        reader.refuse("stage", format!("expected one of {}", names.join(", ")));
    }
    found.map(|stage| stage.id.clone())
}

fn next_step(reader: &mut Reader<'_>, before: Option<&Deal>) -> Option<NextStep> {
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
    let mut deal = named(reader.context(), reader.target())?;
    let (why, day) = (reader.text("why")?, reader.past_day("day")?);
    let stages = reader.context().book.business().stages();
    let Some(lost) = stages.into_iter().find(|stage| stage.phase == Phase::Lost) else {
        reader.refuse("why", "this book has no stage for lost deals");
        return None;
    };
    deal.stages.push(StageFact { day, stage: lost.id, why: Some(why), override_of: None });
    deal.next_step = None;
    Some(Edit::put(format!("Lost {}", deal.title), deal))
}
