//! The forms of what several clients, or several deals, get at once. An empty field leaves each as it is.

use std::fmt::Write;
use std::sync::Arc;

use crate::domain::{AnyRecord, Client, Deal, Met, NextStep, Phase, Record, StageFact, Table};
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};

use super::client::{ORIGIN_WORDS, ORIGINS};
use super::deal::{BASES, BASIS_WORDS, known, note_override, stage};
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional};

/// So many names are listed in a note.
const NAMED: usize = 5;

pub(super) const CLIENTS: FormSpec = FormSpec {
    new_title: "Change the selected clients",
    edit_title: "Change the selected clients",
    fields: &[
        optional("tags", "Add tags", "words, separated by commas", FieldKind::Tags),
        optional("untag", "Take tags away", "words, separated by commas", FieldKind::Tags),
        optional("cadence", "Cadence", "days between touches; - for none", FieldKind::Text),
        optional("terms", "Payment terms", "days an invoice gives; - for none", FieldKind::Text),
        optional("channel", "Met through", "fair, website, introduction", FieldKind::Channel),
        optional("origin", "They were", "chosen or fallen into", FieldKind::Choice(ORIGIN_WORDS)),
    ],
    fill: |_, _| Vec::new(),
    read: Read::Edit(read_clients),
};

pub(super) const DEALS: FormSpec = FormSpec {
    new_title: "Change the selected deals",
    edit_title: "Change the selected deals",
    fields: &[
        optional("next", "Next step", "what you will do; empty: as planned", FieldKind::Text),
        optional("next_due", "Next step due", "fri, +3d", FieldKind::Day(Lean::Ahead)),
        optional("stage", "Move to stage", "a stage of the board", FieldKind::Stage),
        optional("basis", "Basis", "time, fixed price, retainer …", FieldKind::Choice(BASIS_WORDS)),
    ],
    fill: |_, _| Vec::new(),
    read: Read::Edit(read_deals),
};

/// The deals that a form is about: several, or the one a part is for.
pub(super) fn deals(context: &Context<'_>, target: &Target) -> Vec<Deal> {
    let ids = match target {
        Target::Several(Table::Deals, ids) => ids.as_slice(),
        Target::NewPart(Table::Deals, id) => std::slice::from_ref(id),
        _ => &[],
    };
    let found = ids.iter().filter_map(|id| match context.book.find(Table::Deals, id)? {
        AnyRecord::Deal(deal) => Some(Deal::clone(&deal)),
        _ => None,
    });
    found.collect()
}

fn clients(context: &Context<'_>, target: &Target) -> Vec<Client> {
    let Target::Several(Table::Clients, ids) = target else { return Vec::new() };
    let found = ids.iter().filter_map(|id| match context.book.find(Table::Clients, id)? {
        AnyRecord::Client(client) => Some(Client::clone(&client)),
        _ => None,
    });
    found.collect()
}

/// The edit that puts those that changed.
fn edit<R: Record>(before: &[R], after: Vec<R>, what: &str) -> Edit {
    let changed: Vec<Change> = before
        .iter()
        .zip(after)
        .filter(|(before, after)| *before != after)
        .map(|(_, after)| Change::Put(R::any(Arc::new(after))))
        .collect();
    let plural = if changed.len() == 1 { "" } else { "s" };
    Edit { label: format!("Changed {} {what}{plural}", changed.len()), changes: changed }
}

/// Which of those the form is about would change, in a sentence.
pub(super) fn note(context: &Context<'_>, target: &Target, edit: &Edit) -> Option<String> {
    let Target::Several(table, ids) = target else { return None };
    let names: Vec<String> = edit
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Put(AnyRecord::Client(client)) => Some(client.name.clone()),
            Change::Put(AnyRecord::Deal(deal)) => {
                let client = context.book.client(&deal.client);
                Some(format!("{} · {}", client.map_or("", |it| it.client.name.as_str()), deal.title))
            }
            _ => None,
        })
        .collect();
    let all = ids.len();
    let what = if *table == Table::Clients { "clients" } else { "deals" };
    if names.is_empty() {
        return Some(match all {
            1 => "Changes nothing yet".to_owned(),
            _ => format!("Changes none of the {all} {what} yet"),
        });
    }
    let more = names.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let named = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    Some(format!("Changes {} of {all} {what}: {named}{more}", names.len()))
}

fn words(text: Option<&str>) -> Vec<String> {
    let words = text.unwrap_or_default().split(',').map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What becomes of a number of days.
#[derive(Debug, Clone, Copy)]
enum Days {
    AsTheyAre,
    Set(u32),
    None,
}

impl Days {
    fn over(self, held: Option<u32>) -> Option<u32> {
        match self {
            Self::AsTheyAre => held,
            Self::Set(days) => Some(days),
            Self::None => None,
        }
    }
}

/// A number of days to be set, or that there is to be none; as they are where the field is empty.
fn days(reader: &mut Reader<'_>, name: &str, range: std::ops::RangeInclusive<u32>) -> Days {
    let Some(typed) = reader.typed(name) else { return Days::AsTheyAre };
    if matches!(typed, "-" | "\u{2212}" | "none") {
        return Days::None;
    }
    match typed.parse() {
        Ok(days) if range.contains(&days) => Days::Set(days),
        _ => {
            let (least, most) = (range.start(), range.end());
            reader.refuse(name, format!("expected a whole number from {least} to {most}, or - for none"));
            Days::AsTheyAre
        }
    }
}

fn read_clients(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = clients(reader.context(), reader.target());
    if before.is_empty() {
        return None;
    }
    let (tags, untag) = (words(reader.typed("tags")), words(reader.typed("untag")));
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    if tags.iter().any(|tag| untag.iter().any(|gone| same(tag, gone))) {
        reader.refuse("untag", "this tag is to be added and taken away");
    }
    let cadence = days(reader, "cadence", 1..=3650);
    let terms = days(reader, "terms", 0..=365);
    let channel = reader.text("channel");
    let origin = reader.choice("origin", &ORIGINS);
    if channel.is_some() && before.iter().all(|client| client.met.is_none()) {
        reader.refuse("channel", "of none of them it is noted when you met: say that first");
    }
    let after = before.iter().map(|client| {
        let mut client = client.clone();
        client.tags.retain(|tag| !untag.iter().any(|gone| same(tag, gone)));
        for tag in &tags {
            if !client.tags.iter().any(|known| same(known, tag)) {
                client.tags.push(tag.clone());
            }
        }
        client.cadence_days = cadence.over(client.cadence_days);
        client.terms_days = terms.over(client.terms_days);
        client.origin = origin.or(client.origin);
        // Where no meeting is noted there is no day for a channel to belong to.
        if let (Some(met), Some(channel)) = (&mut client.met, &channel) {
            *met = Met { channel: Some(channel.clone()), ..met.clone() };
        }
        client
    });
    let after = after.collect();
    Some(edit(&before, after, "client"))
}

fn read_deals(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = deals(reader.context(), reader.target());
    if before.is_empty() {
        return None;
    }
    let (next, due) = (reader.text("next"), reader.day("next_due"));
    let basis = reader.choice("basis", &BASES);
    let to = reader.typed("stage").is_some().then(|| stage(reader, "stage")).flatten();
    let (context, today) = (reader.context(), reader.context().today);
    let stages = context.book.business().stages();
    let is_lost = |id: &String| stages.iter().any(|stage| stage.id == *id && stage.phase == Phase::Lost);
    if to.as_ref().is_some_and(is_lost) {
        reader.refuse("stage", "what is lost says why: use the command Lost for these");
    }
    let planned =
        |deal: &Deal| deal.next_step.as_ref().is_some_and(|step| step.set.is_none_or(|it| it <= today));
    let unplanned = before.iter().filter(|deal| !planned(deal)).count();
    match (&next, due) {
        (Some(_), None) => reader.refuse("next_due", "say by which day"),
        (None, Some(_)) if unplanned > 0 => {
            let have = if unplanned == 1 { "has" } else { "have" };
            reader.refuse("next", format!("{unplanned} of them {have} no next step: say what it is"));
        }
        _ => {}
    }
    let mut warned: usize = 0;
    let mut first = String::new();
    let mut after = Vec::new();
    for deal in &before {
        let mut deal = deal.clone();
        deal.basis = basis.or(deal.basis);
        if let Some(due) = due {
            let what = next.clone().or_else(|| deal.next_step.as_ref().map(|step| step.what.clone()));
            let is_so = |step: &NextStep| Some(&step.what) == what.as_ref() && step.due == due;
            if let Some(what) = what.clone().filter(|_| !deal.next_step.as_ref().is_some_and(is_so)) {
                deal.next_step = Some(NextStep { what, due, set: Some(today) });
            }
        }
        if let Some(to) = &to
            && known(context, deal.clone()).stage().is_none_or(|at| at.stage != *to)
        {
            let stages_before = deal.stages.clone();
            deal.stages.push(StageFact { day: today, stage: to.clone(), why: None, override_of: None });
            let mind = note_override(context, &mut deal, &stages_before);
            if !mind.is_empty() {
                warned += 1;
                if first.is_empty() {
                    first = format!("{mind} ({})", deal.title);
                }
            }
        }
        after.push(deal);
    }
    let mut edit = edit(&before, after, "deal");
    edit.label.push_str(&first);
    if warned > 1 {
        // Writing to a String cannot fail.
        let _ = write!(edit.label, " and {} more", warned - 1);
    }
    Some(edit)
}
