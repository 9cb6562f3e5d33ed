//! New clients, partners and contacts: `client Nordlicht GmbH net 14`.

use std::ops::Range;

use crate::domain::{Client, ClientId, Person, Relation};
use crate::state::Edit;

use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::Choice;
use crate::command::quick_entry::grammar::reader::{Reader, titled};
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::fold::{name_words, one_slip};

/// Words that are never a part of a name: with them the line tells of more than a name.
const NO_NAME: [&str; 11] =
    ["owes", "owe", "wants", "needs", "met", "paid", "promised", "called", "due", "will", "client"];

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>, relation: Relation) -> Option<Edit> {
    let all = reader.line.all();
    let terms = terms(reader);
    let currency = currency(reader);
    let mail = mail(reader);
    let phone = phone(reader);
    let person = person(reader).or_else(|| with_person(reader, mail.is_some()));
    if reader.is_asking() {
        return None;
    }
    let run = reader.line.runs(all.clone()).into_iter().next();
    let parted = |at: usize| reader.line.words.get(at).is_some_and(|word| word.parts);
    let strange = |at: usize| {
        let alone = amounts(&reader.line, at..at + 1, reader.known.book.currency());
        let next_week = reader.line.plain(at) == "next" && reader.line.plain(at + 1) == "week";
        NO_NAME.contains(&reader.line.plain(at)) || next_week || !alone.is_empty()
    };
    let words = run.and_then(|run| {
        // A number may begin a name, not follow it: then it is an amount nobody asked for.
        let end = (run.start + 1..run.end).find(|at| parted(at - 1) || strange(*at)).unwrap_or(run.end);
        (!NO_NAME.contains(&reader.line.plain(run.start))).then_some(run.start..end)
    });
    let Some(words) = words else {
        reader.need("Say the name");
        return None;
    };
    reader.check_name(&words, false)?;
    let name = titled(reader.line.typed(&words));
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Client, name.clone(), &words);
    is_new(reader, &name)?;
    let person = person.or_else(|| person_behind_comma(reader));
    let notes = told_behind_comma(reader);
    warn_of_namesakes(reader, &name);
    if let Some(person) = &person {
        warn_of_namesakes(reader, person);
    }
    let id = ClientId::fresh(&name, reader.seed());
    let mut client = Client::new(id, &name);
    client.relation = relation;
    client.added = Some(reader.known.today);
    client.terms_days = terms;
    client.currency = currency;
    client.notes = notes;
    if person.is_some() || mail.is_some() || phone.is_some() {
        let person = person.unwrap_or_else(|| name.clone());
        client.people.push(someone(&person, (mail, phone)));
    }
    Some(Edit::put(format!("Added {name}"), client))
}

/// `new client Globex, Lena Park`: two or three words with capitals behind a comma are a person.
fn person_behind_comma(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let start = line.all().find(|at| line.is_free(*at) && line.is_parted(*at))?;
    let ends = |at: &usize| line.is_parted(*at) || !line.is_free(*at);
    let end = (start + 1..line.words.len()).find(ends).unwrap_or(line.words.len());
    let is_name = |at: usize| {
        let text = line.words.get(at).map_or("", |word| word.text);
        text.starts_with(char::is_uppercase) && text.chars().any(char::is_lowercase)
    };
    let words = start..end;
    if !(2..=3).contains(&words.len()) || !words.clone().all(is_name) {
        return None;
    }
    let name = line.typed(&words).to_owned();
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Person, name.clone(), &words);
    Some(name)
}

/// `new client Globex, bakery, found me on instagram`: several small words behind a comma are a note.
fn told_behind_comma(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let start = line.all().find(|at| line.is_free(*at) && line.is_parted(*at))?;
    let words = start..line.words.len();
    let small = |at: usize| line.words.get(at).is_some_and(|word| word.text.starts_with(char::is_lowercase));
    let several = words.len() >= 2 && line.all_free(words.clone()) && words.clone().all(small);
    let telling = words.clone().all(|at| !NO_NAME.contains(&line.plain(at)));
    if !several || !telling {
        return None;
    }
    reader.rest_as(ChipKind::Note, words)
}

/// Whether nobody of this name is in the book. One that is a slip of the hand away is asked about.
pub(in crate::command::quick_entry) fn is_new(reader: &mut Reader<'_>, name: &str) -> Option<()> {
    let wanted = name_words(name).join(" ");
    let known = reader.known.book.clients();
    let words = known.map(|known| (known, name_words(&known.client.name).join(" ")));
    let mut close = None;
    for (known, words) in words {
        if words == wanted {
            reader.need(format!("{} is in the book already", known.client.name));
            return None;
        }
        if wanted.len() >= 4 && one_slip(&words, &wanted) {
            close = Some(known.client.name.clone());
        }
    }
    let Some(close) = close else { return Some(()) };
    let choices = vec![Choice { key: "new".to_owned(), label: format!("No, {name} is somebody else") }];
    reader
        .ask(format!("close:{wanted}"), format!("Is this {close}, who is in the book?"), choices)
        .map(|_| ())
}

/// Warns of somebody in the book, client or person, of whose name this one is a part or the other way round.
fn warn_of_namesakes(reader: &mut Reader<'_>, name: &str) {
    let wanted = name_words(name);
    let alike = |known: &str| {
        let known = name_words(known);
        let within = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
        !wanted.is_empty() && (within(&wanted, &known) || (known.len() > 1 && within(&known, &wanted)))
    };
    let found = reader.known.book.clients().find_map(|known| {
        let client = &known.client;
        let person = client.people.iter().find(|person| alike(&person.name));
        let person = person.map(|person| format!("{} of {}", person.name, client.name));
        if alike(&client.name) { Some(client.name.clone()) } else { person }
    });
    if let Some(known) = found {
        reader.warn(format!("{known} is in the book: this adds somebody else"));
    }
}

/// `net 14`, `net 14 days`, `14 days net`, `terms 14`, `14 days`.
fn terms(reader: &mut Reader<'_>) -> Option<u32> {
    let (words, days) = terms_said(reader, true)?;
    reader.chip_of(ChipKind::Day, format!("{days} days to pay"), &words);
    Some(days)
}

/// The days to pay and the words that say them, which are used. Of a client bare days are such; of an invoice they may be what
/// was worked.
pub(in crate::command::quick_entry) fn terms_said(
    reader: &mut Reader<'_>,
    bare: bool,
) -> Option<(Range<usize>, u32)> {
    let line = &reader.line;
    let number = |at: usize| {
        line.words.get(at).and_then(|word| word.text.parse::<u32>().ok()).filter(|days| *days <= 365)
    };
    let unit = |at: usize| matches!(line.plain(at), "days" | "day" | "d");
    let (words, days) = line.all().find_map(|at| {
        if !line.is_free(at) {
            return None;
        }
        let led = matches!(line.plain(at), "net" | "terms");
        if led && let Some(days) = number(at + 1) {
            return Some((at..at + 2 + usize::from(unit(at + 2)), days));
        }
        let joined =
            line.plain(at).strip_prefix("net").and_then(|days| days.parse().ok()).filter(|days| *days <= 365);
        if let Some(days) = joined {
            return Some((at..at + 1, days));
        }
        let ago = matches!(line.plain(at + 2), "ago");
        let led_by = at.checked_sub(1).map_or("", |before| line.plain(before));
        if unit(at + 1) && !ago && !matches!(led_by, "due" | "in" | "within" | "by") {
            let net = matches!(line.plain(at + 2), "net" | "terms");
            if !bare && !net {
                return None;
            }
            return number(at).map(|days| (at..at + 2 + usize::from(net), days));
        }
        None
    })?;
    reader.line.take(words.clone());
    Some((words, days))
}

/// `in USD`.
fn currency(reader: &mut Reader<'_>) -> Option<crate::domain::Currency> {
    let line = &reader.line;
    let (at, code) = line.all().skip(1).find_map(|at| {
        let text = line.words.get(at).filter(|_| line.is_free(at))?.text;
        let led = matches!(line.plain(at - 1), "in" | "currency" | "pays") || line.words.get(at - 1)?.parts;
        let code = text.to_uppercase().parse().ok().filter(|_| led)?;
        Some((at, code))
    })?;
    let words = at - 1..at + 1;
    let words = if matches!(line.plain(at - 1), "in" | "currency" | "pays") { words } else { at..at + 1 };
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Money, format!("in {code}"), &words);
    Some(code)
}

/// Whether a word is a mail address.
pub(in crate::command::quick_entry) fn is_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// A mail address among the free words.
pub(in crate::command::quick_entry) fn mail(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let at = line
        .all()
        .find(|at| line.is_free(*at) && line.words.get(*at).is_some_and(|word| is_mail(word.text)))?;
    let mail = line.words.get(at)?.text.to_owned();
    reader.line.take(at..at + 1);
    reader.chip_of(ChipKind::Person, mail.clone(), &(at..at + 1));
    Some(mail)
}

/// `+49 171 2345678`: words of digits that begin as a telephone does.
pub(in crate::command::quick_entry) fn phone(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let all = line.all();
    let text = |at: usize| line.words.get(at).filter(|_| line.is_free(at)).map_or("", |word| word.text);
    let part = |at: usize| {
        let text = text(at);
        text.contains(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || "+-/().".contains(c))
    };
    let begins = |at: usize| part(at) && text(at).starts_with(['+', '0', '(']);
    let start = all.clone().find(|at| begins(*at))?;
    let end = (start + 1..all.end).find(|at| !part(*at) || !line.stands_next(at - 1)).unwrap_or(all.end);
    let typed = line.typed(&(start..end)).to_owned();
    if typed.chars().filter(char::is_ascii_digit).count() < PHONE_DIGITS {
        return None;
    }
    reader.line.take(start..end);
    reader.chip_of(ChipKind::Person, typed.clone(), &(start..end));
    Some(typed)
}

/// A telephone has so many digits at least: a day has no more than eight, and begins otherwise.
const PHONE_DIGITS: usize = 7;

/// `contact Lena Park`, `with Lena Park` after the name.
fn person(reader: &mut Reader<'_>) -> Option<String> {
    let all = reader.line.all();
    let led =
        reader.line.find(&["contact person", "contact is", "contact", "person", "attn"], all.clone())?;
    let run = reader.line.runs(led.end..all.end).into_iter().next().filter(|run| run.start <= led.end + 1)?;
    let parted = |at: usize| reader.line.words.get(at).is_some_and(|word| word.parts);
    let end = (run.start + 1..run.end).find(|at| parted(at - 1)).unwrap_or(run.end);
    let words = led.start..end;
    let name = titled(reader.line.typed(&(run.start..end)));
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Person, name.clone(), &words);
    Some(name)
}

/// `with Lena Park` behind the name: who is reached at an address that is given, else it is asked, since a name may go on so.
fn with_person(reader: &mut Reader<'_>, has_mail: bool) -> Option<String> {
    let line = &reader.line;
    let with = (1..line.words.len()).find(|at| line.plain(*at) == "with" && line.is_free(*at))?;
    let named = (0..with).any(|at| line.is_free(at) && !line.is_filler(at));
    let parted = |at: usize| line.words.get(at).is_some_and(|word| word.parts);
    let ends = |at: &usize| !line.is_free(*at) || parted(*at - 1);
    let end = (with + 2..line.words.len()).find(ends).unwrap_or(line.words.len());
    let words = with + 1..end;
    if !named || !line.is_free(words.start) {
        return None;
    }
    // `with mail foo@foo.de`.
    if has_mail && words.len() == 1 && matches!(line.plain(words.start), "mail" | "email" | "address") {
        reader.absorb(with..end);
        return None;
    }
    let name = titled(line.typed(&words));
    if !has_mail {
        let choices = vec![
            Choice { key: "person".to_owned(), label: format!("{name} works there") },
            Choice { key: "name".to_owned(), label: "It is a part of the name".to_owned() },
        ];
        let asked = format!("with:{}", name.to_lowercase());
        if reader.ask(asked, format!("Is {name} a person there?"), choices)? == "name" {
            return None;
        }
    }
    let words = with..end;
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Person, name.clone(), &words);
    Some(name)
}

/// Adds to somebody how they can be reached. What is known already is never written over: the sentence says so.
pub(in crate::command::quick_entry) fn reach(
    person: &mut Person,
    mail: Option<String>,
    phone: Option<String>,
) -> Result<(), String> {
    for (place, said, what) in
        [(&mut person.mail, mail, "mail address"), (&mut person.phone, phone, "number")]
    {
        match (place.as_deref(), said) {
            (_, None) => {}
            (None, said) => *place = said,
            (Some(known), Some(said)) if said.eq_ignore_ascii_case(known) => {}
            (Some(known), Some(_)) => {
                let name = &person.name;
                return Err(format!(
                    "{name} has another {what}, {known}: take this one out, or change that one first"
                ));
            }
        }
    }
    Ok(())
}

/// Somebody of whom name and perhaps a mail address and a telephone are known.
pub(in crate::command::quick_entry) fn someone(
    name: &str,
    (mail, phone): (Option<String>, Option<String>),
) -> Person {
    Person { name: name.to_owned(), mail, phone, role: None, decides: None, up_to: None }
}
