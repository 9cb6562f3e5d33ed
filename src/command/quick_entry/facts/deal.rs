//! New deals: `deal acme website 8000`.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{AnyRecord, Currency, Deal, DealId, Money, Phase, StageFact};
use crate::state::Edit;

use crate::command::quick_entry::facts::expense::refuse_recurring;
use crate::command::quick_entry::facts::invoice::{around_days_worked, times};
use crate::command::quick_entry::facts::stage::named_stage;
use crate::command::quick_entry::grammar::reader::{Reader, put, said};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::{ChipKind, Choice};

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let who = reader.who_or_new(all.clone(), "Say with whom")?;
    reader.ask_of_others(&who, all.clone())?;
    let currency = reader.currency(Some(&who));
    refuse_recurring(
        reader,
        currency,
        "Say the whole value: what is paid again and again is a retainer ({retainer.add})",
    );
    let around = around_days_worked(reader);
    let day = reader.past_day(around);
    refuse_next_step(reader);
    let (value, words) = value(reader, currency).unzip();
    if let Some(words) = &words {
        // `deal acme shop worth 3200`
        reader.swallow(&["worth", "valued at"], 0..words.start);
    }
    if reader.is_asking() {
        return None;
    }
    // `deal acme shop won, at last`: a deal that is there may have moved.
    let ends = reader.line.find(&["won", "lost"], reader.line.heading());
    if let Some(words) = ends.filter(|_| reader.named_deal(&who, all.clone()).is_some()) {
        reader.refuse(
            &words,
            format!("Say of a deal that it is won or lost without “deal”: won {} …", who.name),
        );
    }
    let stages = reader.stages();
    // A stage is said at the end; elsewhere its words belong to the title.
    let last = reader.line.runs(all.clone()).last().map(|run| run.end);
    let named = last.and_then(|end| named_stage(&reader.line, &stages, end.saturating_sub(2)..end));
    let named = named.filter(|(words, _)| Some(words.end) == last);
    // Right behind the amount it may be one, too: `shop 1.5k proposal draft`.
    let behind = words.as_ref().and_then(|words| {
        let next = words.end..reader.line.words.len();
        named_stage(&reader.line, &stages, next).filter(|(stage, _)| stage.start == words.end)
    });
    if let Some((words, stage)) = behind.filter(|_| named.is_none()) {
        let typed = reader.line.typed(&words).to_owned();
        let choices =
            vec![Choice { key: "title".to_owned(), label: format!("“{typed}” is a part of its title") }];
        let text = format!("Is it in {}? Then say so at the end", stage.name);
        reader.ask(format!("stage:{}", stage.id), text, choices)?;
    }
    let is_said = named.is_some();
    let stage = if let Some((words, stage)) = named {
        reader.open(ChipKind::Stage, &stage.name, &words);
        Some(stage)
    } else {
        let first = stages.into_iter().find(|stage| stage.phase == Phase::Open);
        if let Some(stage) = &first {
            reader.chip(ChipKind::Stage, stage.name.clone());
        }
        first
    };
    reader.refuse_unclear_title(words.as_ref());
    // `deal acme shop 400: Bob decides`; after a name alone the title follows: `deal acme: shop 400`.
    let heading = reader.line.heading();
    let is_titled = !reader.line.text().is_empty() && !reader.line.runs(heading.clone()).is_empty();
    let titled = if is_titled { heading } else { all };
    let Some(title) = reader.rest_as(ChipKind::Deal, titled) else {
        reader.need("Say what the deal is about");
        return None;
    };
    // `deal acme: new price 3800` tells of one that is there.
    if ["price", "new price", "value", "new value"].contains(&title.to_lowercase().as_str()) {
        reader.need(
            "What a deal is worth by now is said with its stage, as in “proposal acme 3800”, or in its form",
        );
    }
    let notes = reader.told();
    let twin = who.facts.and_then(|facts| {
        facts.facts.deals.iter().find(|deal| name_words(&deal.title) == name_words(&title))
    });
    if let Some(twin) = twin {
        reader.warn(format!("{} has a deal {} already", who.name, twin.title));
    }
    ask_whether_new(reader, &who, &title, is_said)?;
    let mut deal = Deal::new(DealId::fresh(&title, reader.seed()), who.id.clone(), &title);
    deal.value = value;
    if let Some((notes, words)) = notes {
        reader.chip_of_all(ChipKind::Note, format!("“{notes}”"), &words);
        deal.notes = Some(notes);
    }
    deal.stages = stage
        .map(|stage| StageFact { day, stage: stage.id, why: None, override_of: None })
        .into_iter()
        .collect();
    Some(put(format!("Added {title} with {}", who.name), vec![AnyRecord::Deal(Arc::new(deal))]))
}

/// Whether a title whose words all stand in that of a deal under way, or the other way round where it is said to be `in_stage`,
/// is another deal; it is asked.
fn ask_whether_new<'a>(reader: &mut Reader<'a>, who: &Who<'a>, title: &str, in_stage: bool) -> Option<()> {
    let words = name_words(title);
    let stages = reader.stages();
    let moves = in_stage
        || stages.iter().any(|stage| name_words(&stage.name).iter().all(|word| words.contains(word)));
    let all_in = |some: &[String], others: &[String]| some.iter().all(|word| others.contains(word));
    let is_part = |deal: &&Arc<Deal>| {
        let known = name_words(&deal.title);
        known.len() > words.len() && all_in(&words, &known)
            || (moves || known.len() > 1) && all_in(&known, &words)
    };
    let alive = [Phase::Open, Phase::Won];
    let Some(known) = reader.deals_in(who, &alive).into_iter().find(is_part) else { return Some(()) };
    let text = format!(
        "Is that another deal than {}? What happens to that one is entered without “deal”",
        known.title
    );
    let choices = vec![Choice { key: "new".to_owned(), label: format!("Yes, a new deal “{title}”") }];
    reader.ask(format!("new-deal:{}:{}", known.id, title.to_lowercase()), text, choices).map(|_| ())
}

/// `deal acme shop 400, next: call on fri`: what comes next is a fact of its own, and its day no day of the deal.
fn refuse_next_step(reader: &mut Reader<'_>) {
    let next = |at: &usize| {
        let behind = at.checked_sub(1).and_then(|before| reader.line.words.get(before));
        reader.line.plain(*at) == "next" && behind.is_some_and(|word| word.parts)
    };
    let found = reader.line.all().find(next);
    if let Some(at) = found {
        reader.refuse(&(at..at + 1), "Enter the next step in a line of its own, once the deal is there");
    }
}

/// What it is worth, an amount or so many at so much each, and the words of the amount.
pub(super) fn value(reader: &mut Reader<'_>, currency: Currency) -> Option<(Money, Range<usize>)> {
    // Its terms have a chip already.
    if let Some(times) = times(reader, currency) {
        let value = times.quantity.checked_mul(times.each.money.amount)?;
        return Some((Money::new(value.normalize(), times.each.money.currency), times.each.words));
    }
    if reader.is_asking() {
        return None;
    }
    let amount = reader.amount(reader.line.all(), currency)?;
    reader.chip_of(ChipKind::Money, said(amount.money), &amount.words);
    Some((amount.money, amount.words))
}
