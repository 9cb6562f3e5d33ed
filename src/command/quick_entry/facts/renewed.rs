//! That something was renewed: `renewed acme domain`, `renewed acme domain until 14 mar 2028`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Interval, Renewal, Renewed};
use crate::state::Edit;
use crate::state::day_entry::short_day;

use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::day::find_deadline;
use crate::command::quick_entry::words::fold::{name_words, plain};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// What may be said of an address instead of it.
const ADDRESS: [&str; 2] = ["domain", "address"];

/// The word that says so; `is renewed` tells of what lies ahead.
pub(in crate::command::quick_entry) fn said(line: &Line<'_>) -> Option<Range<usize>> {
    let words = line.find(&["was renewed", "has been renewed", "renewed"], line.heading())?;
    let before = words.start.checked_sub(1).map_or("", |at| line.plain(at));
    (!matches!(before, "is" | "be" | "gets" | "are")).then_some(words)
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let until = find_deadline(&reader.line, all.clone(), reader.known.today);
    if let Some(until) = &until {
        reader.note_day(Some(until), until.on, "until ");
    }
    reader.refuse_unclear(all.clone());
    let a_year =
        reader.swallow(&["for a year", "for another year", "for one more year", "for one year"], all.clone());
    let day = reader.past_day(all.clone());
    let own = reader.swallow(&["my own", "our own", "own"], all.clone());
    let who = if own { None } else { reader.who(all.clone()) };
    if reader.is_asking() {
        return None;
    }
    let left: Vec<usize> = all.filter(|at| reader.line.is_free(*at) && !reader.line.is_filler(*at)).collect();
    let names_it = |reader: &Reader<'_>, renewal: &Renewal| {
        let words = name_words(&renewal.what);
        let is_address = renewal.what.contains('.') && !renewal.what.contains(". ");
        let whole = plain(&renewal.what);
        let fits = |word: &str| {
            word == whole
                || words.iter().any(|known| known == word)
                || (is_address && ADDRESS.contains(&word))
        };
        left.iter().all(|at| fits(reader.line.plain(*at)))
    };
    let mut found = noted(reader, who.as_ref(), own);
    found.retain(|renewal| names_it(reader, renewal));
    let renewal = match found.as_slice() {
        [] => {
            let name = who.as_ref().map_or("own", |who| who.name.as_str());
            reader
                .need(format!("No such renewal is noted: enter it as “renewal {name} … until 14 mar 2028”"));
            return None;
        }
        [only] if who.is_some() || own || !left.is_empty() => only.clone(),
        several => which(reader, several)?,
    };
    for at in left {
        reader.absorb(at..at + 1);
    }
    let until = until.map(|until| until.on);
    let until = if until.is_some() { until } else { next_day(reader, &renewal, a_year) }?;
    reader.chip(ChipKind::Renewal, format!("{}, until {}", renewal.what, crate::written::day_in_full(until)));
    if day < renewal.noted {
        let noted = short_day(renewal.noted, reader.known.today);
        reader.need(format!("This renewal was noted later, on {noted}"));
    }
    if until <= renewal.expires_now() {
        let known = crate::written::day_in_full(renewal.expires_now());
        reader.need(format!("It runs until {known} already: say a later day"));
    }
    let mut changed = Renewal::clone(&renewal);
    changed.renewed.push(Renewed { day, until });
    let label = format!("Renewed {} until {}", renewal.what, crate::written::day_in_full(until));
    Some(put(label, vec![AnyRecord::Renewal(Arc::new(changed))]))
}

/// What is noted by now of somebody, of the firm itself, or of everybody.
fn noted(reader: &Reader<'_>, who: Option<&Who<'_>>, own: bool) -> Vec<Arc<Renewal>> {
    let firm = &reader.known.book.firm().renewals;
    let renewals: Vec<Arc<Renewal>> = match who {
        Some(who) => who.facts.map(|facts| facts.facts.renewals.clone()).unwrap_or_default(),
        None if own => firm.clone(),
        None => {
            let theirs = reader.known.book.clients().flat_map(|facts| &facts.facts.renewals);
            theirs.chain(firm).cloned().collect()
        }
    };
    renewals.into_iter().filter(|renewal| renewal.noted <= reader.known.today).collect()
}

/// The day it expires next: one interval on; where none is noted it is asked whether that is a year.
fn next_day(reader: &mut Reader<'_>, renewal: &Renewal, a_year: bool) -> Option<NaiveDate> {
    let from = renewal.expires_now();
    let every = renewal.every.filter(|_| !a_year).unwrap_or(Interval::YEARLY);
    let next = every.occurrence(from, 1).unwrap_or(from);
    if a_year || renewal.every.is_some() {
        return Some(next);
    }
    let until = crate::written::day_in_full(next);
    let choices = vec![Choice { key: "year".to_owned(), label: format!("For a year, until {until}") }];
    let text = "Until when? Say it, as “until 14 mar 2028”, or".to_owned();
    reader.ask(format!("renewed:{}", renewal.id), text, choices).map(|_| next)
}

fn which(reader: &mut Reader<'_>, noted: &[Arc<Renewal>]) -> Option<Arc<Renewal>> {
    let label = |it: &Arc<Renewal>| {
        let until = crate::written::day_in_full(it.expires_now());
        format!("{} · until {until}", it.what)
    };
    let choices = noted.iter().map(|it| Choice { key: it.id.to_string(), label: label(it) }).collect();
    let ids: Vec<&str> = noted.iter().map(|it| it.id.as_str()).collect();
    let answer = reader.ask(format!("renews:{}", ids.join(",")), "What was renewed?".to_owned(), choices)?;
    noted.iter().find(|it| it.id.as_str() == answer).cloned()
}
