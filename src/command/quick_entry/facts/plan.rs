//! What is said of a day ahead, which is a plan: the next step of a deal, if that is meant.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Deal, NextStep, Party, Phase};
use crate::state::Edit;
use crate::state::day_entry::day_words;

use crate::command::quick_entry::facts;
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::{ChipKind, Choice};

/// Asks of which deal it is the next step; without one that is there it says how it is entered.
pub(in crate::command::quick_entry) fn read<'a>(
    reader: &mut Reader<'a>,
    what: &str,
    who: &Who<'a>,
    on: NaiveDate,
) -> Option<Edit> {
    let heading = reader.line.heading();
    let named = reader.named_deal(who, heading);
    let deals = match &named {
        Some((deal, words)) => {
            reader.line.take(words.clone());
            reader.chip_of(ChipKind::Deal, deal.title.clone(), words);
            vec![*deal]
        }
        None => reader.deals_in(who, &[Phase::Open, Phase::Won]),
    };
    if reader.is_asking() {
        return None;
    }
    let name = &who.name;
    let day = day_words(on, reader.known.today);
    if deals.is_empty() {
        let label = format!("A promise of yours: {what}, {day}");
        let choices = vec![Choice { key: "promise".to_owned(), label }];
        let text = format!("A day ahead is a plan: {name} has no deal whose next step it could be");
        reader.ask(format!("plan:{}:{on}", who.id), text, choices)?;
        reader.refuse_unclear(reader.line.all());
        let what = with_more(reader, what);
        return Some(facts::promise::noted(reader, who.clone(), Party::Me, what, on, None));
    }
    let label = |deal: &Deal| format!("Next step of {}: {what}, {day}", deal.title);
    let choices = deals.iter().map(|it| Choice { key: it.id.to_string(), label: label(it) }).collect();
    let ids: Vec<&str> = deals.iter().map(|it| it.id.as_str()).collect();
    let text = "A day ahead is a plan: is it the next step?".to_owned();
    let answer = reader.ask(format!("plan:{}:{on}", ids.join(",")), text, choices)?;
    let deal = deals.iter().find(|it| it.id.as_str() == answer)?;
    reader.refuse_unclear(reader.line.all());
    let what = with_more(reader, what);
    Some(stepped(reader, deal, name, what, on))
}

/// What is planned, with what else the line says: `meeting at 10`, `call: the new prices`.
fn with_more(reader: &mut Reader<'_>, what: &str) -> String {
    match reader.rest_as(ChipKind::Note, reader.line.all()) {
        Some(more) if more.starts_with(|c: char| c.is_ascii_digit()) => format!("{what} at {more}"),
        Some(more) => format!("{what}: {more}"),
        None => what.to_owned(),
    }
}

/// A deal with its next step, of which it is said what it replaces.
pub(in crate::command::quick_entry) fn stepped(
    reader: &mut Reader<'_>,
    deal: &Arc<Deal>,
    name: &str,
    what: String,
    on: NaiveDate,
) -> Edit {
    let today = reader.known.today;
    if let Some(step) = deal.next_step.as_ref().filter(|step| step.set.is_none_or(|set| set <= today)) {
        reader.warn(format!("in place of: {}", step.what));
    }
    let label = format!("Next for {} of {name}: {what}", deal.title);
    let step = NextStep { what, due: on, set: Some(today) };
    let changed = Deal { next_step: Some(step), ..Deal::clone(deal) };
    put(label, vec![AnyRecord::Deal(Arc::new(changed))])
}
