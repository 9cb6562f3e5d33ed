//! Hours worked: `acme 3h design`, `90m call with acme`, `2h admin`.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Deal, Phase, Purpose, Work, WorkId};
use crate::state::Edit;

use super::line::Line;
use super::reader::{Reader, put, titled};
use super::whom::{Owner, Who};
use super::{ChipKind, Choice};

/// What is worked for the firm itself.
const OWN: [&str; 9] =
    ["own", "internal", "admin", "administration", "bookkeeping", "accounting", "taxes", "office", "myself"];
const BEYOND: [&str; 6] = ["beyond the agreement", "beyond", "extra", "unpaid", "for free", "goodwill"];
const BEFORE_SALE: [&str; 6] = ["before the sale", "presales", "presale", "pre sale", "pitch", "proposal"];
const RELATIONSHIP: [&str; 2] = ["relationship", "networking"];

/// The hours among the words before the colon, each with its words: `3h`, `2.5 hours`, `90m`, `1h30`, `1:30h`.
pub(super) fn hours(line: &Line<'_>) -> Vec<(Range<usize>, Decimal)> {
    let mut found: Vec<(Range<usize>, Decimal)> = Vec::new();
    for at in line.heading() {
        if !line.is_free(at) || found.last().is_some_and(|(words, _)| words.end > at) {
            continue;
        }
        let text = line.words.get(at).map_or(String::new(), |word| word.text.to_lowercase());
        let unit = line.plain(at + 1);
        let led = at.checked_sub(1).map_or("", |before| line.plain(before));
        // `in 2h` is a plan, no work.
        if led == "in" {
            continue;
        }
        let one = together(&text).map(|hours| (at..at + 1, hours, text.contains('m')));
        let two = || {
            Some((at..at + 2, number(&text).and_then(|number| counted(number, unit))?, unit.starts_with('m')))
        };
        let Some((words, hours, in_minutes)) = one.or_else(two) else { continue };
        match found.last_mut() {
            // `2h 30m` is one time.
            Some((before, whole)) if before.end == at && in_minutes && hours < Decimal::ONE => {
                (before.end, *whole) = (words.end, whole.saturating_add(hours));
            }
            _ => found.push((words, hours)),
        }
    }
    found
}

fn number(text: &str) -> Option<Decimal> {
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    text.replace(',', ".").parse().ok().filter(|number: &Decimal| starts && number.scale() <= 4)
}

fn counted(number: Decimal, unit: &str) -> Option<Decimal> {
    match unit {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" => Some(number),
        "min" | "mins" | "minutes" | "minute" => minutes(number),
        _ => None,
    }
}

fn minutes(number: Decimal) -> Option<Decimal> {
    number.checked_div(Decimal::from(60)).map(|hours| hours.round_dp(4).normalize())
}

/// `3h`, `2.5hrs`, `90m`, `90min`, `1h30`, `1h30m`, `1:30h`.
fn together(text: &str) -> Option<Decimal> {
    let whole = ["hours", "hour", "hrs", "hr", "h"].iter().find_map(|unit| text.strip_suffix(unit));
    if let Some(hours) = whole {
        return match hours.split_once(':') {
            Some((hours, part)) => clock(hours, part),
            None => number(hours),
        };
    }
    if let Some((hours, part)) = text.split_once('h') {
        return clock(hours, part.trim_end_matches('m').trim_end_matches("min"));
    }
    let minutes_of = ["minutes", "mins", "min", "m"].iter().find_map(|unit| text.strip_suffix(unit));
    number(minutes_of?).and_then(minutes)
}

/// `1` and `30` are an hour and a half.
fn clock(hours: &str, part: &str) -> Option<Decimal> {
    let digits = |text: &str| (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())).then_some(());
    digits(hours)?;
    digits(part)?;
    let part: u32 = part.parse().ok().filter(|minutes| *minutes < 60)?;
    number(hours)?.checked_add(minutes(part.into())?)
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let (words, hours) = hours(&reader.line).into_iter().next()?;
    reader.open(ChipKind::Work, &format!("{hours} h of work"), &words);
    reader.swallow(&["worked", "work", "did", "spent"], all.clone());
    if hours > Decimal::from(24) || hours.is_zero() {
        reader.need(if hours.is_zero() {
            "No hours are none"
        } else {
            "These are more hours than a day has"
        });
    }
    let day = reader.past_day(all.clone());
    let who = whose(reader)?.client();
    let purpose = purpose(reader);
    let deal = who.as_ref().and_then(|who| deal(reader, who));
    if reader.is_asking() {
        return None;
    }
    // A second time is not a word of a note.
    let more = self::hours(&reader.line).into_iter().map(|(words, _)| words).collect::<Vec<_>>();
    if let Some(first) = more.first() {
        let label = reader.line.typed(first).to_owned();
        reader.line.take(first.clone());
        reader.chip_of(ChipKind::NotUnderstood, label, first);
        reader.need("Enter one piece of work at a time");
    }
    if let Some(who) = &who {
        reader.refuse_others(who, reader.line.heading());
    }
    let note = reader.rest_as(ChipKind::Note, all);
    let name = who.as_ref().map_or("the firm", |who| who.name.as_str());
    let title = format!("{name} {}", note.as_deref().unwrap_or("work"));
    let work = Work {
        id: WorkId::fresh(&title, reader.seed()),
        day,
        client: who.as_ref().map(|who| who.id.clone()),
        deal: deal.map(|deal| deal.id.clone()),
        hours,
        purpose,
        note,
    };
    let same = |known: &Arc<Work>| {
        (known.day, known.hours, &known.note, &known.deal) == (work.day, work.hours, &work.note, &work.deal)
    };
    let known = match &who {
        Some(who) => who.facts.map(|facts| facts.facts.work.as_slice()).unwrap_or_default(),
        None => reader.known.book.firm().work.as_slice(),
    };
    if known.iter().any(same) {
        reader.warn("The same hours are in the book already");
    }
    Some(put(format!("Noted {hours} h for {name}"), vec![AnyRecord::Work(Arc::new(work))]))
}

/// For whom; `None` where that is asked or missing.
fn whose<'a>(reader: &mut Reader<'a>) -> Option<Owner<'a>> {
    let all = reader.line.all();
    if let Some(who) = reader.who_exactly(all.clone(), true) {
        return Some(Owner::Client(who));
    }
    if reader.is_asking() {
        return None;
    }
    if let Some(own) = reader.line.find(&OWN, all.clone()) {
        // `admin` says what was done as well.
        if reader.line.plain(own.start) == "own" || reader.line.plain(own.start) == "internal" {
            reader.line.take(own.clone());
            reader.chip_of(ChipKind::Client, "your own firm", &own);
        } else {
            reader.chip(ChipKind::Client, "your own firm");
        }
        return Some(Owner::Firm);
    }
    if let Some(who) = reader.who(all.clone()) {
        return Some(Owner::Client(who));
    }
    let Some(words) = reader.unknown_name(all) else {
        if !reader.is_asking() {
            reader.need("Say for whom, or own for your firm");
        }
        return None;
    };
    let name = titled(reader.line.typed(&words));
    let choices = vec![
        Choice { key: "own".to_owned(), label: "Your own firm".to_owned() },
        Choice { key: "new".to_owned(), label: format!("New client “{name}”") },
    ];
    let answer = reader.ask(format!("whose:{}", name.to_lowercase()), "For whom?".to_owned(), choices)?;
    if answer == "own" {
        reader.chip(ChipKind::Client, "your own firm");
        return Some(Owner::Firm);
    }
    Some(Owner::Client(reader.make_client(&words)))
}

fn purpose(reader: &mut Reader<'_>) -> Purpose {
    let all = reader.line.all();
    for (phrases, purpose, label) in [
        (BEYOND.as_slice(), Purpose::Beyond, "beyond the agreement"),
        (BEFORE_SALE.as_slice(), Purpose::BeforeSale, "before the sale"),
        (RELATIONSHIP.as_slice(), Purpose::Relationship, "for the relationship"),
    ] {
        let Some(words) = reader.line.find(phrases, all.clone()) else { continue };
        let says_what = matches!(reader.line.plain(words.start), "pitch" | "proposal" | "networking");
        if says_what {
            reader.chip(ChipKind::Work, label);
        } else {
            reader.line.take(words.clone());
            reader.chip_of(ChipKind::Work, label, &words);
        }
        return purpose;
    }
    Purpose::Job
}

/// The deal named, or the only one under way.
fn deal<'a>(reader: &mut Reader<'a>, who: &Who<'a>) -> Option<&'a Arc<Deal>> {
    let all = reader.line.all();
    if let Some((deal, words)) = reader.named_deal(who, all) {
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Deal, deal.title.clone(), &words);
        return Some(deal);
    }
    match reader.deals_in(who, &[Phase::Won]).as_slice() {
        [only] => {
            reader.chip(ChipKind::Deal, format!("{}, the only one under way", only.title));
            Some(*only)
        }
        _ => None,
    }
}
