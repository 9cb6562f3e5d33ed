//! How somebody is reached, where that changed: `bob has a new email bob@acme.de`, `acme ana vogel has a new phone 0171 2345678`.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{AnyRecord, Client, follow_person};
use crate::state::Edit;

use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::facts::client::{is_mail, mail};
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::words::line::Line;

/// What somebody is reached by.
const BY: [&str; 14] = [
    "phone number",
    "telephone number",
    "mobile number",
    "mail address",
    "email address",
    "phone",
    "telephone",
    "mobile",
    "number",
    "mail",
    "email",
    "emailaddress",
    "address",
    "telefon",
];
/// A number has so many digits at least.
const FEWEST_DIGITS: usize = 6;

/// The words that say that somebody is reached otherwise now. `new mail from zoe` is a mail.
pub(in crate::command::quick_entry) fn said(line: &Line<'_>) -> Option<Range<usize>> {
    let has = ["has a new", "have a new", "has new", "got a new", "has another", "has a different"];
    let changed = ["changed his", "changed her", "changed their", "changed the"];
    let heading = line.heading();
    let found = has.iter().chain(&changed).find_map(|lead| {
        let lead = line.find(&[*lead], heading.clone())?;
        let by = BY.iter().find_map(|by| line.find(&[*by], lead.end..heading.end))?;
        (by.start == lead.end).then_some(lead.start..by.end)
    });
    // `has a new number of ideas`, `got a new mail from bob`.
    let of = |words: &Range<usize>| matches!(line.plain(words.end), "of" | "from" | "with");
    found.filter(|found| !of(found)).or_else(|| said_now(line)).or_else(|| is_on(line))
}

/// `sabine's on sabine@x.de now`, and no more.
fn is_on(line: &Line<'_>) -> Option<Range<usize>> {
    const NAMED: usize = 3;
    let at = line.all().find(|at| line.words.get(*at).is_some_and(|word| is_mail(word.text)))?;
    let lead = at.checked_sub(1).filter(|at| matches!(line.plain(*at), "on" | "is" | "uses" | "at"))?;
    let rest = (at + 1..line.words.len()).all(|at| line.plain(at) == "now");
    let named = (1..=NAMED).contains(&lead) && line.plain(lead - 1) != "me";
    (rest && named && line.text().is_empty()).then_some(lead..at)
}

/// `carla's email is now carla@x.de`, `new email of carla: carla@x.de`: what somebody is reached by, and what it is.
fn said_now(line: &Line<'_>) -> Option<Range<usize>> {
    let heading = line.heading();
    let by = BY.iter().find_map(|by| line.find(&[*by], heading.clone()))?;
    let is = line.find(&["is now", "is", "changed to", "now"], by.end..heading.end);
    let is = is.filter(|words| words.start == by.end);
    let text = |at: usize| line.words.get(at).map_or("", |word| word.text);
    // `+41 79 555 01 02`
    let digits = |at: usize| {
        let part = |at: &usize| {
            !text(*at).is_empty() && text(*at).chars().all(|c| c.is_ascii_digit() || "+-/()".contains(c))
        };
        let words = (at..line.words.len()).take_while(part);
        words.map(|at| text(at).chars().filter(char::is_ascii_digit).count()).sum::<usize>()
    };
    let reaches = |at: usize| is_mail(text(at)) || digits(at) >= FEWEST_DIGITS;
    let told = line.text();
    let alone = by.start > 0 && told.len() == 1 && reaches(told.start);
    match is {
        Some(is) if (is.end..line.words.len()).any(reaches) => Some(by.start..is.end),
        None if alone => Some(by),
        _ => None,
    }
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    reader.swallow(&["new"], all.clone());
    reader.swallow(&["now"], all.clone());
    let mail = mail(reader);
    let phone = if mail.is_none() { phone(reader) } else { None };
    let who = reader.who(all);
    if reader.is_asking() {
        return None;
    }
    let Some(facts) = who.as_ref().and_then(|who| who.facts) else {
        reader.need("Say who it is, by the name in the book");
        return None;
    };
    let person = match (who.and_then(|who| who.person), facts.client.people.as_slice()) {
        (Some(person), _) => Some(person),
        (None, [only]) => Some(only.name.clone()),
        (None, _) => None,
    };
    let mut client = Client::clone(&facts.client);
    let position = person.and_then(|name| client.people.iter().position(|person| person.name == name));
    let changed = position.and_then(|at| Some((at, client.people.get_mut(at)?)));
    let Some((position, changed)) = changed.filter(|_| mail.is_some() || phone.is_some()) else {
        reader.need("Say whose it is and what it is, such as Ana Vogel has a new phone 0171 2345678, or change their form");
        return None;
    };
    if !reader.is_told(reader.line.all()) {
        return None;
    }
    let (name, was) = (changed.name.clone(), changed.clone());
    reader.chip(ChipKind::Person, format!("of {name}"));
    let (place, said) = if mail.is_some() { (&mut changed.mail, mail) } else { (&mut changed.phone, phone) };
    if let Some(known) = place.clone().filter(|known| Some(known) != said.as_ref()) {
        reader.warn(format!("This takes the place of {known}"));
    }
    *place = said;
    let mut records = follow_person(facts, position, &was, changed);
    records.insert(0, AnyRecord::Client(Arc::new(client)));
    Some(put(format!("Changed how {name} is reached"), records))
}

/// Words of digits in a row that are long enough for a number.
fn phone(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let is_part = |at: &usize| {
        let text = line.words.get(*at).filter(|_| line.is_free(*at)).map_or("", |word| word.text);
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '/' | '(' | ')'))
    };
    let start = line.all().find(is_part)?;
    let end = (start..line.words.len()).find(|at| !is_part(at)).unwrap_or(line.words.len());
    let typed = line.typed(&(start..end)).to_owned();
    if typed.chars().filter(char::is_ascii_digit).count() < FEWEST_DIGITS {
        return None;
    }
    reader.line.take(start..end);
    reader.chip_of(ChipKind::Person, typed.clone(), &(start..end));
    Some(typed)
}
