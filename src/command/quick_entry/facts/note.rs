//! Notes on a client or a deal: `note acme: likes short mails`.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{AnyRecord, Client, Deal};
use crate::state::Edit;

use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::grammar::reader::{Reader, put, titled};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::fold::name_words;

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let heading = reader.line.heading();
    let who = reader
        .who_exactly(heading.clone(), true)
        .or_else(|| if reader.is_asking() { None } else { reader.who(heading.clone()) });
    if who.is_none() && !reader.is_asking() {
        reader.rest_as(ChipKind::Note, reader.line.all());
        reader.need("Say about whom");
    }
    let who = who?;
    // A deal is named before the colon: after it everything is the note.
    let deal = if reader.line.text().is_empty() { None } else { reader.named_deal(&who, heading.clone()) };
    if let Some((deal, words)) = &deal {
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Deal, deal.title.clone(), words);
    }
    let Some((text, words)) = said(reader) else {
        reader.need("Say what is to be noted");
        return None;
    };
    reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
    noted(reader, &who, deal.map(|(deal, _)| deal), text)
}

/// The note on a deal, or on the client.
pub(in crate::command::quick_entry) fn noted(
    reader: &mut Reader<'_>,
    who: &Who<'_>,
    deal: Option<&Arc<Deal>>,
    text: String,
) -> Option<Edit> {
    let text = of_person(reader, who, text);
    if let Some(deal) = deal {
        let mut changed = Deal::clone(deal);
        changed.notes = Some(appended(reader, changed.notes.as_deref(), &text));
        let label = format!("Noted about {}: {text}", changed.title);
        return Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]));
    }
    on_client(reader, who, &text)
}

/// The note on the client, in these words.
pub(in crate::command::quick_entry) fn on_client(
    reader: &mut Reader<'_>,
    who: &Who<'_>,
    text: &str,
) -> Option<Edit> {
    let mut changed = Client::clone(&who.facts?.client);
    changed.notes = Some(appended(reader, changed.notes.as_deref(), text));
    Some(put(format!("Noted about {}: {text}", who.name), vec![AnyRecord::Client(Arc::new(changed))]))
}

/// A note on a client in which a person was named keeps who that is.
fn of_person(reader: &Reader<'_>, who: &Who<'_>, text: String) -> String {
    let Some(person) = who.person.as_deref() else { return text };
    let called = reader.whom.iter().map(|words| reader.line.typed(words)).find(|typed| {
        let known = name_words(person);
        name_words(typed).iter().any(|word| known.contains(word))
    });
    match called {
        Some(called) if text.contains(called) => text,
        Some(called) if reader.line.text().is_empty() => format!("{} {text}", titled(called)),
        Some(called) => format!("{}: {text}", titled(called)),
        None => text,
    }
}

/// What is said of whoever the line names: the text after the colon, else what stands around the name.
pub(in crate::command::quick_entry) fn said(reader: &mut Reader<'_>) -> Option<(String, Vec<Range<usize>>)> {
    if !reader.line.text().is_empty() {
        return reader.told();
    }
    let heading = reader.line.heading();
    let joins = |at: &usize| matches!(reader.line.plain(*at), "that" | "about" | "re" | "and");
    let named = heading.clone().rev().find(|at| !reader.line.is_free(*at)).map_or(0, |at| at + 1);
    let from = (named..heading.end).find(|at| !joins(at)).unwrap_or(heading.end);
    let before = reader.rest(heading.start..named);
    let after = reader.whole(from..heading.end);
    // What was said may stand on both sides of who it is about.
    match (before, after) {
        (Some((before, words)), Some((after, more))) => {
            Some((format!("{before} {after}"), words.into_iter().chain(more).collect()))
        }
        (before, after) => before.or(after),
    }
}

fn appended(reader: &mut Reader<'_>, before: Option<&str>, text: &str) -> String {
    match before.filter(|before| !before.trim().is_empty()) {
        Some(before) => {
            if before.lines().any(|line| line.trim() == text) {
                reader.warn("The same note is there already");
            }
            format!("{before}\n{text}")
        }
        None => text.to_owned(),
    }
}
