//! Promises that were kept: `kept promise to acme`, `acme kept their promise`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Party, Promise};
use crate::state::Edit;
use crate::state::day_entry::short_day;

use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// What says so, and whose promise it was where that is told.
const KEPT: [(&str, Option<Party>); 16] = [
    ("kept my word", Some(Party::Me)),
    ("kept our word", Some(Party::Me)),
    ("kept their word", Some(Party::Them)),
    ("kept his word", Some(Party::Them)),
    ("kept her word", Some(Party::Them)),
    ("kept my promise", Some(Party::Me)),
    ("kept our promise", Some(Party::Me)),
    ("kept their promise", Some(Party::Them)),
    ("kept his promise", Some(Party::Them)),
    ("kept her promise", Some(Party::Them)),
    ("kept its promise", Some(Party::Them)),
    ("kept the promise", None),
    ("kept a promise", None),
    ("kept promise", None),
    ("promise was kept", None),
    ("promise kept", None),
];

/// The words that say that a promise was kept, and whose it was: `i kept` was mine, `acme kept` theirs.
pub(in crate::command::quick_entry) fn said(line: &Line<'_>) -> Option<(Range<usize>, Option<Party>)> {
    let (words, by) =
        KEPT.iter().find_map(|(phrase, by)| Some((line.find(&[*phrase], line.heading())?, *by)))?;
    let mut before = 0..words.start;
    let mine = before.any(|at| matches!(line.plain(at), "i" | "we" | "my" | "our"));
    let theirs = (0..words.start).any(|at| !line.is_filler(at)) && line.plain(words.start) == "kept";
    let by = by.or(if mine { Some(Party::Me) } else { theirs.then_some(Party::Them) });
    Some((words, by))
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>, by: Option<Party>) -> Option<Edit> {
    let all = reader.line.all();
    let day = reader.past_day(all.clone());
    let who = reader.who(all.clone());
    if reader.is_asking() {
        return None;
    }
    let mut found = open(reader, who.as_ref(), by);
    let left: Vec<usize> = all.filter(|at| reader.line.is_free(*at) && !reader.line.is_filler(*at)).collect();
    let names_it = |reader: &Reader<'_>, promise: &Promise| {
        let words = name_words(&promise.what);
        left.iter().all(|at| words.iter().any(|word| word == reader.line.plain(*at)))
    };
    let any = found.clone();
    found.retain(|promise| names_it(reader, promise));
    // In other words it may be one of theirs all the same: it is asked.
    let others = found.is_empty() && who.is_some() && !any.is_empty();
    if others {
        found = any;
    }
    if found.is_empty() {
        let whose = who.as_ref().map_or_else(String::new, |who| format!(" with {}", who.name));
        reader.need(format!("No promise{whose} is open of which this tells"));
        return None;
    }
    let promise = match found.as_slice() {
        [only] if !others && (who.is_some() || !left.is_empty()) => only.clone(),
        several => which(reader, several)?,
    };
    for at in left {
        reader.absorb(at..at + 1);
    }
    Some(kept(reader, &promise, day))
}

/// The promise, kept on a day.
pub(super) fn kept(reader: &mut Reader<'_>, promise: &Promise, day: NaiveDate) -> Edit {
    reader.chip(ChipKind::Promise, told(reader, promise));
    if day < promise.made {
        let made = short_day(promise.made, reader.known.today);
        reader.need(format!("This was promised later, on {made}"));
    }
    let kept = Promise { kept: Some(day), ..Promise::clone(promise) };
    put(format!("Kept: {}", promise.what), vec![AnyRecord::Promise(Arc::new(kept))])
}

/// Whether a promise is open on the working day.
pub(super) fn is_open(promise: &Promise, today: NaiveDate) -> bool {
    promise.made <= today && promise.kept.is_none()
}

/// The promises that are open, of somebody or of everybody, the first due first.
fn open(reader: &Reader<'_>, who: Option<&Who<'_>>, by: Option<Party>) -> Vec<Arc<Promise>> {
    let of = |facts: &Arc<crate::domain::ClientFacts>| facts.facts.promises.clone();
    let promises: Vec<Arc<Promise>> = match who {
        Some(who) => who.facts.map(of).unwrap_or_default(),
        None => reader.known.book.clients().flat_map(of).collect(),
    };
    let today = reader.known.today;
    let open = promises.into_iter().filter(|promise| is_open(promise, today));
    let mut open: Vec<Arc<Promise>> = open.filter(|promise| by.is_none_or(|by| promise.by == by)).collect();
    open.sort_by_key(|promise| promise.due);
    open
}

/// Whose it is and what, in words.
pub(super) fn told(reader: &Reader<'_>, promise: &Promise) -> String {
    let client = reader.known.book.client(&promise.client).map(|known| known.client.name.as_str());
    let client = client.unwrap_or_default();
    match promise.by {
        Party::Me => format!("Yours to {client}: {}", promise.what),
        Party::Them => format!("{client}’s: {}", promise.what),
    }
}

fn which(reader: &mut Reader<'_>, open: &[Arc<Promise>]) -> Option<Arc<Promise>> {
    let choices = open.iter().map(|it| Choice { key: it.id.to_string(), label: told(reader, it) }).collect();
    let ids: Vec<&str> = open.iter().map(|it| it.id.as_str()).collect();
    let answer =
        reader.ask(format!("kept:{}", ids.join(",")), "Which promise was kept?".to_owned(), choices)?;
    open.iter().find(|it| it.id.as_str() == answer).cloned()
}
