//! The form of a stage of the board. The first change makes the built-in stages the book's own.

use crate::domain::{Business, Phase, Stage, fresh_id};
use crate::state::amount_entry::percent_text;
use crate::state::edit::Edit;
use crate::state::firm_list::FirmList;

use super::business::settings;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const PHASES: [Phase; 4] = [Phase::Open, Phase::Won, Phase::Closed, Phase::Lost];
const PHASE_WORDS: &[&str] = &["to be won", "won", "done", "lost"];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New stage",
    edit_title: "Stage",
    fields: &[
        required("name", "Name", "what the board calls it", FieldKind::Text),
        required("phase", "A deal here is", "", FieldKind::Choice(PHASE_WORDS)),
        optional("stale", "Stale after", "days without a next step; empty: never", FieldKind::Count),
        optional("chance", "Chance", "that it is won: 40\u{a0}%", FieldKind::Percent),
        optional("after", "Comes after", "a stage; empty: the first one", FieldKind::Stage),
    ],
    fill,
    read: Read::Edit(read),
};

/// The stage a form is about, and its position.
fn existing(stages: &[Stage], target: &Target) -> Option<usize> {
    let Target::Row(FirmList::Stages, id) = target else { return None };
    stages.iter().position(|stage| stage.id == *id)
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let stages = context.book.business().stages();
    let Some(at) = existing(&stages, target) else {
        let last_open = stages.iter().rfind(|stage| stage.phase == Phase::Open);
        let after = last_open.map(|stage| stage.name.clone()).unwrap_or_default();
        return vec![("phase", "to be won".to_owned()), ("after", after)];
    };
    let Some(stage) = stages.get(at) else { return Vec::new() };
    let before = at.checked_sub(1).and_then(|at| stages.get(at));
    let phase = PHASES.iter().position(|phase| *phase == stage.phase).and_then(|at| PHASE_WORDS.get(at));
    vec![
        ("name", stage.name.clone()),
        ("phase", phase.copied().unwrap_or_default().to_owned()),
        ("stale", stage.stale_days.map(|days| days.to_string()).unwrap_or_default()),
        ("chance", stage.chance.map(percent_text).unwrap_or_default()),
        ("after", before.map(|stage| stage.name.clone()).unwrap_or_default()),
    ]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let business = Business::clone(reader.context().book.business());
    let mut stages = business.stages();
    let before = existing(&stages, reader.target());
    let held = before.and_then(|at| stages.get(at)).cloned();
    let name = reader.keep("name", held.as_ref().map(|it| Some(it.name.clone())), Reader::text);
    let phase = reader.choice("phase", &PHASES);
    let stale_days =
        reader.keep("stale", held.as_ref().map(|it| it.stale_days), |reader, name| reader.count(name, 3650));
    let chance = reader.keep("chance", held.as_ref().map(|it| it.chance), |reader, name| {
        let chance = reader.percent(name)?;
        let whole = rust_decimal::Decimal::ONE_HUNDRED;
        if !(rust_decimal::Decimal::ZERO..=whole).contains(&chance.per_hundred()) {
            reader.refuse(name, "expected a chance between 0\u{a0}% and 100\u{a0}%");
        }
        Some(chance)
    });
    let after = reader.typed("after").is_some().then(|| super::deal::stage(reader, "after")).flatten();
    let (name, phase) = (name?, phase?);
    let twin = |it: &&Stage| it.name.to_lowercase() == name.to_lowercase();
    if stages.iter().filter(twin).any(|it| held.as_ref().is_none_or(|held| held.id != it.id)) {
        reader.refuse("name", "there is a stage of this name already");
    }
    if held.as_ref().is_some_and(|held| after.as_ref() == Some(&held.id)) {
        reader.refuse("after", "a stage does not come after itself");
    }
    let id = held.as_ref().map_or_else(|| fresh_id(&name, reader.seed()), |held| held.id.clone());
    let stage = Stage { id, name: name.clone(), phase, stale_days, chance };
    let place = before.filter(|_| reader.untouched("after"));
    if let Some(at) = before {
        stages.remove(at);
    }
    let behind =
        || after.and_then(|after| stages.iter().position(|it| it.id == after)).map_or(0, |at| at + 1);
    let at = place.unwrap_or_else(behind).min(stages.len());
    stages.insert(at, stage);
    if !stages.iter().any(|stage| stage.phase == Phase::Open) {
        reader.refuse("phase", "deals need one stage to begin in");
    }
    let verb = if held.is_some() { "Changed" } else { "Added" };
    // What is as it comes with the program stays so.
    if stages == Business::new(business.currency).stages() && business.stages.is_empty() {
        stages.clear();
    }
    Some(settings(format!("{verb} the stage {name}"), Business { stages, ..business }))
}
