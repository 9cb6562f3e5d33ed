//! A stack of business cards from one event: `cards: Design fair, 12 nov`, then a line each: `Ana Vogel, Nordlicht GmbH,
//! ana@nordlicht.de, wants a new shop`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    AnyRecord, Book, Client, ClientFacts, ClientId, Direction, Met, Party, Person, Promise, PromiseId,
    Relation, Threshold, add_days, is_legal_form,
};
use crate::figures::at_place;
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::client::reach;
use crate::command::quick_entry::facts::met::{met_note, placed};
use crate::command::quick_entry::grammar::reader::{Reader, put, titled};
use crate::command::quick_entry::who::name::is_title;
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::day::find_day;
use crate::command::quick_entry::words::fold::{name_words, plain};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{Chip, ChipKind, Known, Reading};

/// What opens a stack.
const OPENING: [&str; 5] = ["cards", "card", "businesscards", "business cards", "contacts from"];
/// Words that a reason begins with, and no firm.
const WANTS: [&str; 9] =
    ["wants", "needs", "want", "need", "looking", "asked", "interested", "likes", "might"];

/// Whether a line opens a stack of cards.
#[must_use]
pub fn begins_cards(raw: &str) -> bool {
    event_of(raw).is_some()
}

/// What was made of a stack.
#[derive(Debug, Clone, Default)]
pub struct CardStack {
    /// The event, then each card.
    pub readings: Vec<Reading>,
    /// All cards as one step of undo: only where nothing stands in the way of any.
    pub edit: Option<Edit>,
}

/// Where the event stands in the line that opens a stack.
fn event_of(raw: &str) -> Option<Range<usize>> {
    let colon = raw.find(':')?;
    let head = raw.get(..colon)?.split_whitespace().map(plain).collect::<Vec<_>>().join(" ");
    OPENING.contains(&head.as_str()).then_some(colon + 1..raw.len())
}

/// Reads a stack: the line that opens it, and a line for each card.
#[must_use]
pub fn read_cards(opening: &str, cards: &[String], known: &Known<'_>) -> CardStack {
    let (event, place, day) = read_event(opening, known.today);
    let mut stack = CardStack { readings: vec![event], edit: None };
    let mut book = known.book.clone();
    let (mut changes, mut names) = (Vec::new(), Vec::new());
    for (card, at) in cards.iter().zip(1..) {
        let seed = known.seed.wrapping_add(0xD1B5_4A32_D192_ED03_u64.wrapping_mul(at));
        let reading = read_card(card, &place, day, &Known { book: &book, seed, ..*known }, known.book);
        if let Some(edit) = &reading.edit {
            // A firm that two cards name is made by the first of them.
            if let Ok(next) = edit.apply(&book) {
                book = next;
            }
            changes.extend(edit.changes.clone());
            names.push(edit.label.clone());
        }
        stack.readings.push(reading);
    }
    let clear = stack.readings.iter().skip(1).all(|reading| reading.edit.is_some());
    let opened = stack.readings.first().is_some_and(|event| event.needed.is_none());
    if clear && opened && !changes.is_empty() {
        let label = match names.as_slice() {
            [only] => only.clone(),
            several => {
                let place = at_place(&place).map(|place| format!(" {place}")).unwrap_or_default();
                format!("Met {} people{place}", several.len())
            }
        };
        stack.edit = Some(Edit { label, changes });
    }
    stack
}

/// The event and its day: the last field that is one, else today.
fn read_event(raw: &str, today: NaiveDate) -> (Reading, String, NaiveDate) {
    let mut reading = Reading::default();
    let span = event_of(raw).unwrap_or(0..raw.len());
    // `cards:Design fair`: the colon ends a word.
    let padded = format!("{}{}", " ".repeat(span.start), raw.get(span.clone()).unwrap_or_default());
    let line = Line::new(&padded, |_| true);
    let first = line.all().find(|at| line.words.get(*at).is_some_and(|word| word.span.start >= span.start));
    let within = first.unwrap_or(line.words.len())..line.words.len();
    let found = find_day(&line, within.clone(), today, Lean::Back);
    let day = found.as_ref().map_or(today, |found| found.on);
    let end = found.as_ref().map_or(within.end, |found| found.words.start);
    let words = within.start..end;
    // An event of one word is no town.
    let place = match line.typed(&words).trim_end_matches([',', ' ']) {
        "" => String::new(),
        event => placed("at", event),
    };
    let chip = |kind, label: String, words: &Range<usize>| Chip {
        kind,
        label,
        spans: line.span(words).into_iter().collect(),
    };
    reading.chips.push(chip(ChipKind::Met, "Business cards".to_owned(), &(0..within.start)));
    if place.is_empty() {
        reading.needed = Some("Say from which event: cards: Design fair, 12 nov".to_owned());
    } else {
        reading.chips.push(chip(ChipKind::Met, place.clone(), &words));
    }
    let day_span = found.as_ref().map_or(0..0, |found| found.words.clone());
    reading.chips.push(chip(ChipKind::Day, day_words(day, today), &day_span));
    if let Some(found) = &found
        && found.words.end < within.end
    {
        let rest = found.words.end..within.end;
        reading.chips.push(chip(ChipKind::NotUnderstood, line.typed(&rest).to_owned(), &rest));
        reading.needed = Some("Say the event first, then its day".to_owned());
    }
    if day > today {
        reading.needed = Some("This day lies ahead: cards are entered once the event was".to_owned());
    }
    (reading, place, day)
}

/// What stands on a card.
#[derive(Default)]
struct Fields {
    name: Option<(String, Range<usize>)>,
    firm: Option<(String, Range<usize>)>,
    mail: Option<(String, Range<usize>)>,
    phone: Option<(String, Range<usize>)>,
    role: Option<(String, Range<usize>)>,
    why: Option<(String, Range<usize>)>,
}

impl Fields {
    /// Between commas: mail and phone wherever they stand, as role and page behind the name, since they are told by how they
    /// look; of what is left the first is the name, or the firm where only that is told by its form; the second the firm, unless
    /// it begins like a wish; and all after it the reason.
    fn of(raw: &str) -> Self {
        let mut fields = Self::default();
        for span in pieces(raw) {
            let Some(text) = raw.get(span.clone()) else { continue };
            let field = (text.to_owned(), span);
            let first = text.split_whitespace().next().unwrap_or_default();
            // Beside a name with capitals small words are no firm's.
            let named = fields.name.as_ref().is_some_and(|(name, _)| name.contains(char::is_uppercase));
            let small = named && !text.contains(char::is_uppercase);
            let wishes = WANTS.contains(&plain(first).as_str()) || (small && text.contains(' '));
            let calling = small && !wishes && text.chars().all(char::is_alphabetic);
            if crate::domain::is_mail_address(text) && fields.mail.is_none() {
                fields.mail = Some(field);
            } else if is_phone(text) && fields.phone.is_none() {
                fields.phone = Some(field);
            } else if fields.name.is_none() {
                fields.name = Some(field);
            } else if fields.role.is_none() && (is_role(text) || calling) {
                fields.role = Some(field);
            } else if is_page(text) && fields.why.is_none() {
                fields.why = Some(field);
            } else if fields.firm.is_none() && is_firm(text) {
                fields.firm = Some(field);
            } else if let Some((why, span)) = &mut fields.why {
                // A reason may have commas of its own.
                why.push_str(", ");
                why.push_str(text);
                span.end = field.1.end;
            } else if fields.firm.is_none() && !wishes {
                fields.firm = Some(field);
            } else {
                fields.why = Some(field);
            }
        }
        // `Roth AG, Mia Roth` and `Yoga Mitte, Nina Braun, nina@yoga.example`: the firm may stand first.
        let is_firm =
            |field: &Option<(String, Range<usize>)>| field.as_ref().is_some_and(|(text, _)| is_firm(text));
        let by_form = is_firm(&fields.name) && fields.firm.is_some() && !is_firm(&fields.firm);
        let second = fields.firm.as_ref().is_some_and(|(text, _)| has_title(text));
        let by_title = second && !fields.name.as_ref().is_some_and(|(text, _)| has_title(text));
        if by_form || by_title || fields.mail_is_of_second() {
            std::mem::swap(&mut fields.name, &mut fields.firm);
        }
        fields
    }

    /// Whether the mail address begins with a name of the second field, and none of the first.
    fn mail_is_of_second(&self) -> bool {
        let called = |field: &Option<(String, Range<usize>)>| {
            let (Some((mail, _)), Some((name, _))) = (&self.mail, field) else { return false };
            let local = plain(mail.split('@').next().unwrap_or_default());
            name_words(name).iter().any(|word| word.len() >= 3 && local.starts_with(word.as_str()))
        };
        called(&self.firm) && !called(&self.name)
    }
}

/// Where the fields of a card stand: between commas, or a dash between spaces; a mail address and a telephone also where no
/// comma parts them from what stands before.
fn pieces(raw: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for part in raw.split_inclusive([',', ';', '\t']) {
        let end = start + part.trim_end_matches([',', ';', '\t']).len();
        let parts = undashed(raw, start..end).into_iter().flat_map(|piece| reached_apart(raw, piece));
        let is_first = pieces.is_empty();
        pieces.extend(parts.flat_map(|piece| if is_first { from_firm(raw, piece) } else { vec![piece] }));
        start += part.len();
    }
    pieces.retain_mut(|piece| {
        let text = raw.get(piece.clone()).unwrap_or_default();
        let from = piece.start + text.len() - text.trim_start().len();
        *piece = from..from + text.trim().len();
        piece.start < piece.end
    });
    pieces
}

/// The parts of a piece between dashes that have spaces around them.
fn undashed(raw: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), piece.start);
    let text = raw.get(piece.clone()).unwrap_or_default();
    for (at, dash) in text.match_indices(['-', '–', '—']) {
        let (before, after) = (text.get(..at), text.get(at + dash.len()..));
        let apart = before.is_some_and(|it| it.ends_with(' ')) && after.is_some_and(|it| it.starts_with(' '));
        // In a number a dash parts nothing.
        let number = after.and_then(|it| it.trim_start().chars().next()).is_some_and(|c| c.is_ascii_digit());
        if apart && !number {
            parts.push(start..piece.start + at);
            start = piece.start + at + dash.len();
        }
    }
    parts.push(start..piece.end);
    parts
}

/// `Tom Lee from Leeway Films`: a name, and where somebody works.
fn from_firm(raw: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let text = raw.get(piece.clone()).unwrap_or_default();
    let found = [" from ", " at "].iter().find_map(|lead| Some((text.find(lead)?, lead.len())));
    match found.filter(|(at, _)| text.get(..*at).is_some_and(|name| !name.trim().is_empty())) {
        Some((at, length)) => vec![piece.start..piece.start + at, piece.start + at + length..piece.end],
        None => vec![piece],
    }
}

/// A piece, and the mail address or telephone that ends it, if anything stands before.
fn reached_apart(raw: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let text = raw.get(piece.clone()).unwrap_or_default();
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let begins = |at: &usize| {
        let tail = text.get(*at..).unwrap_or_default().trim();
        let telephone = is_phone(tail) && tail.starts_with(['+', '0', '(']);
        let named = text.get(..*at).unwrap_or_default().contains(char::is_alphabetic);
        named && (telephone || crate::domain::is_mail_address(tail))
    };
    match spaces.into_iter().find(begins) {
        Some(at) => vec![piece.start..piece.start + at, piece.start + at..piece.end],
        None => vec![piece],
    }
}

/// Whether a name is a firm's: it says its legal form, or is of two with a sign between them.
fn is_firm(text: &str) -> bool {
    const CALLED: [&str; 28] = [
        "studio",
        "agency",
        "verlag",
        "company",
        "corp",
        "group",
        "labs",
        "media",
        "praxis",
        "cafe",
        "hotel",
        "restaurant",
        "museum",
        "theater",
        "theatre",
        "school",
        "gallery",
        "galerie",
        "bakery",
        "brewery",
        "clinic",
        "practice",
        "atelier",
        "agentur",
        "kanzlei",
        "tischlerei",
        "foundation",
        "club",
    ];
    let forms = |word: &str| {
        let word = plain(word);
        is_legal_form(&word) || CALLED.contains(&word.as_str())
    };
    text.split_whitespace().any(forms) || text.contains(" & ")
}

/// Whether a name begins as people are addressed, and no firm: `Dr. Eva Holm`.
fn has_title(text: &str) -> bool {
    let first = plain(text.split_whitespace().next().unwrap_or_default());
    is_title(&first)
}

/// What somebody is called for what they do, and no firm.
fn is_role(text: &str) -> bool {
    const ROLES: [&str; 20] = [
        "ceo",
        "cto",
        "cfo",
        "coo",
        "owner",
        "founder",
        "co founder",
        "cofounder",
        "director",
        "managing director",
        "manager",
        "partner",
        "head",
        "assistant",
        "marketing",
        "sales",
        "designer",
        "developer",
        "architect",
        "editor",
    ];
    let small = name_words(text).join(" ");
    ROLES.contains(&small.as_str()) || small.starts_with("head of ")
}

/// The address of a page is no firm's name.
fn is_page(text: &str) -> bool {
    let small = text.to_lowercase();
    !small.contains(' ') && (small.starts_with("www.") || small.starts_with("http"))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 6 && text.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c))
}

/// The clock of somebody new at a client who is known: a contact's own runs from the day that one was met.
fn to_write(reader: &mut Reader<'_>, who: &Who<'_>, due: NaiveDate) -> Promise {
    let name = who.person.as_deref().unwrap_or(&who.name);
    let what = format!("write to {name}");
    Promise {
        id: PromiseId::fresh(&what, reader.seed()),
        client: who.id.clone(),
        by: Party::Me,
        person: who.person.clone(),
        what,
        made: reader.known.today,
        due,
        moved: Vec::new(),
        kept: None,
        deal: None,
    }
}

/// The client of the only person of a name that was known before.
fn the_only_one<'a>(book: &'a Book, name: &str) -> Option<&'a Arc<ClientFacts>> {
    let wanted = name_words(name);
    let has = |known: &&Arc<ClientFacts>| known.client.people.iter().any(|it| name_words(&it.name) == wanted);
    let mut found = book.clients().filter(has);
    found.next().filter(|_| wanted.len() > 1 && found.next().is_none())
}

/// Who has a mail address.
fn has_address<'a>(book: &'a Book, mail: Option<&str>) -> Option<&'a str> {
    let has = |person: &&Person| {
        let own = person.mail.as_deref().zip(mail);
        own.is_some_and(|(own, mail)| own.eq_ignore_ascii_case(mail))
    };
    book.clients().flat_map(|known| &known.client.people).find(has).map(|person| person.name.as_str())
}

/// Reads a card. `original` is the book before the stack: a client that is in it was known before the event.
fn read_card(raw: &str, place: &str, day: NaiveDate, known: &Known<'_>, original: &Book) -> Reading {
    let fields = Fields::of(raw);
    let mut reading = Reading::default();
    let Some((name, _)) = &fields.name else {
        reading.needed = Some("Say the name".to_owned());
        return reading;
    };
    for (field, kind) in [
        (&fields.name, ChipKind::Person),
        (&fields.role, ChipKind::Person),
        (&fields.firm, ChipKind::Client),
        (&fields.mail, ChipKind::Person),
        (&fields.phone, ChipKind::Person),
        (&fields.why, ChipKind::Note),
    ] {
        if let Some((text, span)) = field {
            reading.chips.push(Chip { kind, label: text.clone(), spans: vec![span.clone()] });
        }
    }
    let name = titled(name);
    let why = fields.why.map(|(text, _)| text);
    let person = Person {
        name: name.clone(),
        mail: fields.mail.map(|(text, _)| text),
        phone: fields.phone.map(|(text, _)| text),
        role: fields.role.map(|(text, _)| text),
        decides: None,
        up_to: why.clone(),
    };
    let called = fields.firm.as_ref().map_or(&name, |(firm, _)| firm).clone();
    let wanted = name_words(&called);
    let firm = known.book.clients().find(|client| name_words(&client.client.name) == wanted);
    let only = the_only_one(original, &name).filter(|_| fields.firm.is_none());
    let firm = firm.or_else(|| known.book.client(only?.id()));
    let mut warn = |label: String| {
        reading.chips.push(Chip { kind: ChipKind::Warning, label, spans: Vec::new() });
    };
    let mut reader = Reader::new(*known, Line::new("", |_| true));
    let edit = if let Some(facts) = firm {
        let mut client = Client::clone(&facts.client);
        let is_old = original.client(facts.id()).is_some();
        let mut is_new = false;
        match client.people.iter_mut().find(|known| name_words(&known.name) == name_words(&name)) {
            Some(_) if !is_old => {
                reading.needed = Some(format!("{name} is on the stack already"));
                return reading;
            }
            Some(known) => {
                if let Err(says) = reach(known, person.mail, person.phone) {
                    reading.needed = Some(says);
                    return reading;
                }
                warn(format!("{name} of {} is in the book already: a meeting is noted", client.name));
            }
            None => {
                client.people.push(person);
                is_new = true;
            }
        }
        let label = format!("Met {name} of {}", client.name);
        let (id, firm) = (client.id.clone(), client.name.clone());
        let who = Who { id, name: firm, facts: Some(facts), person: Some(name) };
        let mut records = vec![AnyRecord::Client(Arc::new(client))];
        if is_old {
            let mut touch = facts::touch::bare(&mut reader, &who, day, Direction::Out);
            touch.channel = Some("meeting".to_owned());
            touch.note = Some(met_note(Some(place), why.as_deref()));
            records.push(AnyRecord::Touch(Arc::new(touch)));
        }
        if is_new {
            let within = known.book.business().threshold_days(Threshold::NewContactDays);
            let due = add_days(day, within).max(known.today);
            let chip = Chip {
                kind: ChipKind::Promise,
                label: format!("write to them by {}", day_words(due, known.today)),
                spans: Vec::new(),
            };
            reading.chips.push(chip);
            records.push(AnyRecord::Promise(Arc::new(to_write(&mut reader, &who, due))));
        }
        put(label, records)
    } else {
        let mut others = known.book.clients().flat_map(|client| &client.client.people);
        if others.any(|other| name_words(&other.name) == name_words(&name)) {
            warn(format!("{name} is in the book already"));
        } else if let Some(other) = has_address(known.book, person.mail.as_deref()) {
            warn(format!("{other} has this address already"));
        }
        let mut client = Client::new(ClientId::fresh(&called, reader.seed()), &titled(&called));
        client.relation = Relation::Contact;
        client.met =
            Some(Met { day, place: Some(place.to_owned()), why, channel: None, introduced_by: None });
        client.people.push(person);
        Edit::put(format!("Met {name}"), client)
    };
    match edit.apply(known.book) {
        Ok(_) => reading.edit = Some(edit),
        Err(error) => reading.needed = Some(error.to_string()),
    }
    reading
}
