//! Touches: `call acme in: asked about hosting`, `mailed ana: sent the draft`, `acme pushed the price`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    AnyRecord, Deal, DealId, Direction, InvoiceId, Phase, Proposal, Temperature, Touch, TouchId, TouchKind,
};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words};

use super::day::{Day, find_day};
use super::line::Line;
use super::reader::{Reader, Who, put};
use super::{ChipKind, Choice};

/// How a verb is said, which tells who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `called`: by whoever stands before it, else by me.
    Past,
    /// `call`, `meeting`: by me, unless it came from them.
    Noun,
    /// `asked`, `praised`: by them.
    Theirs,
    /// `reminded`: by me.
    Mine,
}

/// What a verb says of a touch.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    pub(super) words: Range<usize>,
    form: Form,
    channel: Option<&'static str>,
    kind: Option<TouchKind>,
    temperature: Option<Temperature>,
    /// Whether a proposal was asked for.
    asked_for_proposal: bool,
    /// Whether its words belong to the note.
    tells: bool,
}

/// Phrases, how they are said, the channel and the kind they stand for. The more telling come first.
const SAID: [(&[&str], Form, Option<&str>, Option<TouchKind>); 21] = [
    (
        &[
            "pushed down the price",
            "pushed on the price",
            "pushed the price",
            "pushed price",
            "pushed our price",
            "pushes the price",
            "pushed back on the price",
            "wants a discount",
            "wanted a discount",
            "asked for a discount",
            "wants it cheaper",
            "haggled",
        ],
        Form::Theirs,
        None,
        Some(TouchKind::PricePush),
    ),
    (
        &["pushed the scope", "pushed scope", "pushes the scope", "wants more for the same price"],
        Form::Theirs,
        None,
        Some(TouchKind::ScopePush),
    ),
    (
        &[
            "asked for advice",
            "asked for my advice",
            "asked my advice",
            "asked for my opinion",
            "asked my opinion",
            "asks for advice",
        ],
        Form::Theirs,
        None,
        Some(TouchKind::AdviceAsked),
    ),
    (
        &["gave a testimonial", "wrote a testimonial", "testimonial"],
        Form::Theirs,
        None,
        Some(TouchKind::Testimonial),
    ),
    (&["praised", "praises", "praise"], Form::Theirs, None, Some(TouchKind::Praise)),
    (&["complained", "complains", "complaint"], Form::Theirs, None, Some(TouchKind::Complaint)),
    (
        &["recommended us", "recommended me", "recommended", "referred us", "referred me", "referred"],
        Form::Theirs,
        None,
        Some(TouchKind::Referral),
    ),
    (&["introduced us", "introduced me", "introduced"], Form::Theirs, None, Some(TouchKind::Introduction)),
    (&["thanked us", "thanked me", "thanked", "thanks"], Form::Past, None, Some(TouchKind::Thanks)),
    (&["reminded", "reminder", "chased", "dunned"], Form::Mine, None, Some(TouchKind::Reminder)),
    (&["gave a headsup", "headsup", "heads up", "forewarned"], Form::Past, None, Some(TouchKind::HeadsUp)),
    (
        &["checked in with", "checked in on", "check in with", "checked in", "checkin"],
        Form::Mine,
        None,
        Some(TouchKind::KeepInTouch),
    ),
    (
        &["progress report", "status report", "sent a report", "reported to"],
        Form::Mine,
        None,
        Some(TouchKind::Report),
    ),
    (
        &["review meeting", "review with", "reviewed with", "review"],
        Form::Noun,
        Some("meeting"),
        Some(TouchKind::Review),
    ),
    (&["pitched to", "pitched"], Form::Mine, None, Some(TouchKind::Selling)),
    (&["helped us", "helped me"], Form::Theirs, None, Some(TouchKind::HelpReceived)),
    (&["helped"], Form::Past, None, Some(TouchKind::HelpGiven)),
    (&["asked", "asks", "wants to know", "inquired", "enquired"], Form::Theirs, None, None),
    (&["spoke to", "spoke with", "talked to", "talked with", "spoke", "talked"], Form::Past, None, None),
    (
        &["sent a message to", "messaged", "message", "texted", "sms", "whatsapped", "whatsapp"],
        Form::Past,
        Some("message"),
        None,
    ),
    (
        &["video call", "videocall", "zoom call", "teams call", "zoomed", "zoom", "facetime"],
        Form::Noun,
        Some("video"),
        None,
    ),
];
/// Verbs and nouns of a channel, by the channel.
const CHANNELS: [(&[&str], Form, &str); 11] = [
    (&["phone call", "call", "phone", "ring"], Form::Noun, "phone"),
    (&["called", "phoned", "rang", "telephoned", "caled", "calld", "calls"], Form::Past, "phone"),
    (&["mail", "email", "mial", "emial"], Form::Noun, "mail"),
    (&["mailed", "emailed", "wrote to", "wrote", "mails", "emails", "writes"], Form::Past, "mail"),
    (&["write to", "write"], Form::Noun, "mail"),
    (&["letter"], Form::Noun, "letter"),
    (&["chat", "slack"], Form::Noun, "chat"),
    (&["chatted with", "chatted", "slacked"], Form::Past, "chat"),
    (&["met with", "meet with", "sat down with", "visited", "saw"], Form::Past, "meeting"),
    (
        &["meeting", "visit", "lunch", "coffee", "dinner", "breakfast", "beer", "drinks"],
        Form::Noun,
        "meeting",
    ),
    (&["video"], Form::Noun, "video"),
];
const FOR_A_PROPOSAL: [&str; 8] = [
    "asked for a quote",
    "asked for quote",
    "asked for a proposal",
    "asked for an offer",
    "asked for proposal",
    "wants a quote",
    "wants a proposal",
    "requested a quote",
];
const FEELINGS: [(&[&str], Temperature); 3] = [
    (
        &["is happy", "is very happy", "is glad", "is pleased", "is delighted", "seems happy", "feels glad"],
        Temperature::Glad,
    ),
    (&["is okay", "is ok", "is fine", "is content", "seems okay", "feels okay"], Temperature::Okay),
    (
        &[
            "is unhappy",
            "is uneasy",
            "is worried",
            "is annoyed",
            "is nervous",
            "seems uneasy",
            "feels uneasy",
        ],
        Temperature::Uneasy,
    ),
];
/// How it may be said what a touch went by.
const BY: [(&str, &str); 9] = [
    ("mail", "mail"),
    ("email", "mail"),
    ("phone", "phone"),
    ("letter", "letter"),
    ("chat", "chat"),
    ("message", "message"),
    ("sms", "message"),
    ("video", "video"),
    ("zoom", "video"),
];
const WRITTEN: [&str; 4] = ["mail", "letter", "chat", "message"];

/// Whether a word alone opens a line that tells of a touch.
pub(super) fn is_noun(said: &str) -> bool {
    let nouns = CHANNELS.iter().filter(|(_, form, _)| *form == Form::Noun).flat_map(|(phrases, ..)| *phrases);
    nouns
        .chain(&["complaint", "testimonial", "reminder", "praise", "thanks", "review"])
        .any(|noun| *noun == said)
}

/// The verb of a touch, the most telling one.
pub(super) fn verb(line: &Line<'_>) -> Option<Verb> {
    let heading = line.heading();
    let verb = |words, form, channel, kind| Verb {
        words,
        form,
        channel,
        kind,
        temperature: None,
        asked_for_proposal: false,
        tells: false,
    };
    if let Some(words) = line.find(&FOR_A_PROPOSAL, heading.clone()) {
        return Some(Verb { asked_for_proposal: true, tells: true, ..verb(words, Form::Theirs, None, None) });
    }
    for (phrases, feeling) in FEELINGS {
        if let Some(words) = line.find(phrases, heading.clone()) {
            let kind = Some(TouchKind::Temperature);
            return Some(Verb { temperature: Some(feeling), ..verb(words, Form::Theirs, None, kind) });
        }
    }
    for (phrases, form, channel, kind) in SAID {
        if let Some(words) = line.find(phrases, heading.clone()) {
            let tells = kind.is_none() && form == Form::Theirs;
            return Some(Verb { tells, ..verb(words, form, channel, kind) });
        }
    }
    // Of several channels the first word tells: `wrote a letter`, `call about the mail`.
    let found = CHANNELS.iter().filter_map(|(phrases, form, channel)| {
        let words = phrases.iter().find_map(|phrase| line.find(&[*phrase], heading.clone()))?;
        Some(verb(words, *form, Some(*channel), None))
    });
    found.min_by_key(|verb| (verb.words.start, std::cmp::Reverse(verb.words.len())))
}

/// Uses the words of the verb. Those of a question stay for the note.
pub(super) fn open(reader: &mut Reader<'_>, verb: &Verb) {
    let label = match verb.kind {
        Some(kind) => kind_words(kind),
        None => match verb.channel {
            Some("phone") => "Call",
            Some("mail") => "Mail",
            Some("letter") => "Letter",
            Some("meeting") => "Meeting",
            Some("video") => "Video call",
            Some("chat") => "Chat",
            Some("message") => "Message",
            _ => "Talk",
        },
    };
    reader.open(ChipKind::Touch, label, std::slice::from_ref(&verb.words));
}

fn kind_words(kind: TouchKind) -> &'static str {
    match kind {
        TouchKind::AdviceAsked => "Asked for advice",
        TouchKind::HeadsUp => "Heads-up",
        TouchKind::Praise => "Praise",
        TouchKind::Testimonial => "Testimonial",
        TouchKind::Complaint => "Complaint",
        TouchKind::Temperature => "How they feel",
        TouchKind::PricePush => "Price pushed",
        TouchKind::ScopePush => "Scope pushed",
        TouchKind::Referral => "Referral",
        TouchKind::Introduction => "Introduction",
        TouchKind::HelpGiven => "Help given",
        TouchKind::HelpReceived => "Help received",
        TouchKind::Reminder => "Reminder",
        TouchKind::Thanks => "Thanks",
        TouchKind::KeepInTouch => "Keep in touch",
        TouchKind::Review => "Review",
        TouchKind::Evidence => "Evidence",
        TouchKind::Report => "Progress report",
        TouchKind::Selling => "Selling",
    }
}

pub(super) fn read(reader: &mut Reader<'_>, verb: &Verb) -> Option<Edit> {
    let answer = answer_wanted(reader);
    let invoice = super::payment::invoice_named(reader, reader.line.heading());
    let channel = channel(reader, verb);
    let direction = direction(reader, verb);
    reader.swallow(&["gave", "sent", "had", "did", "got"], 0..verb.words.start);
    let heading = reader.line.heading();
    let who = reader.who_or_new(heading.clone(), "Say with whom")?;
    let day = day(reader, verb, &who)?;
    reader.chip(ChipKind::Touch, direction_words(direction));
    if let Some(channel) =
        channel.filter(|_| verb.kind.is_some() || verb.channel != Some(channel.unwrap_or_default()))
    {
        reader.chip(ChipKind::Touch, format!("by {channel}"));
    }
    if let Some(feeling) = verb.temperature {
        let feeling = match feeling {
            Temperature::Glad => "they are glad",
            Temperature::Okay => "they are okay",
            Temperature::Uneasy => "they are uneasy",
        };
        reader.chip(ChipKind::Touch, feeling);
    }
    let (asked_of, mut deal) =
        if verb.asked_for_proposal { asked_of(reader, &who, day) } else { (None, None) };
    if reader.is_asking() {
        return None;
    }
    if deal.is_none() && matches!(verb.kind, Some(TouchKind::PricePush | TouchKind::ScopePush)) {
        deal = about(reader, &who);
    }
    let note = note(reader, verb);
    let mut touch = bare(reader, &who, day, direction);
    touch.written = channel.is_some_and(|channel| WRITTEN.contains(&channel));
    touch.channel = channel.map(str::to_owned);
    touch.answer_wanted = answer || verb.asked_for_proposal;
    touch.kind = verb.kind;
    touch.temperature = verb.temperature;
    touch.deal = deal;
    touch.invoice = invoice.filter(|invoice| invoice.client == who.id).map(|invoice| invoice.id.clone());
    touch.note = note;
    if let Some(invoice) = invoice.filter(|invoice| invoice.client != who.id) {
        reader.need(format!("{} is no invoice of {}", invoice.number, who.name));
    }
    if touch.answer_wanted {
        reader.chip(ChipKind::Touch, "an answer is owed");
    }
    if is_there(&who, &touch) {
        reader.warn("The same touch is in the book already");
    }
    let mut records = vec![AnyRecord::Touch(Arc::new(touch))];
    records.extend(asked_of.map(|deal| AnyRecord::Deal(Arc::new(deal))));
    let label = match &who.person {
        Some(person) => format!("Logged touch with {person} of {}", who.name),
        None => format!("Logged touch with {}", who.name),
    };
    Some(put(label, records))
}

/// A touch of which no more is known.
pub(super) fn bare(reader: &mut Reader<'_>, who: &Who<'_>, day: NaiveDate, direction: Direction) -> Touch {
    Touch {
        id: TouchId::fresh(&format!("{} {day}", who.name), reader.seed()),
        day,
        client: who.id.clone(),
        person: who.person.clone(),
        direction,
        channel: None,
        written: false,
        answer_wanted: false,
        answers: None,
        kind: None,
        temperature: None,
        may_quote: None,
        deal: None,
        invoice: None::<InvoiceId>,
        introduces: None,
        note: None,
    }
}

fn is_there(who: &Who<'_>, touch: &Touch) -> bool {
    let touches = who.facts.map(|facts| facts.facts.touches.as_slice()).unwrap_or_default();
    touches.iter().any(|known| {
        (known.day, known.direction, known.kind) == (touch.day, touch.direction, touch.kind)
            && (&known.channel, &known.note, &known.person) == (&touch.channel, &touch.note, &touch.person)
    })
}

fn answer_wanted(reader: &mut Reader<'_>) -> bool {
    let all = reader.line.all();
    let said = |reader: &mut Reader<'_>, phrases: &[&str]| {
        let found = reader.line.take_phrase(phrases, all.clone());
        if let Some(words) = &found {
            let label = reader.line.typed(words).to_owned();
            reader.chip_of(ChipKind::Touch, label, std::slice::from_ref(words));
        }
        found.is_some()
    };
    if said(
        reader,
        &["no answer wanted", "no answer needed", "no reply needed", "needs no answer", "no answer owed"],
    ) {
        return false;
    }
    said(
        reader,
        &[
            "answer wanted",
            "answer needed",
            "wants an answer",
            "needs an answer",
            "reply wanted",
            "awaits an answer",
            "answer owed",
        ],
    )
}

/// What it went by: said apart, or by the verb.
fn channel(reader: &mut Reader<'_>, verb: &Verb) -> Option<&'static str> {
    let line = &reader.line;
    let said = line.heading().skip(1).find_map(|at| {
        let led = matches!(line.plain(at - 1), "by" | "via" | "per" | "over");
        let letter = line.plain(at) == "letter" && matches!(line.plain(at - 1), "a");
        let named = BY.iter().find(|(word, _)| *word == line.plain(at) && line.is_free(at));
        named.filter(|_| led || letter).map(|(_, channel)| (at - 1..at + 1, *channel))
    });
    match said {
        Some((words, channel)) => {
            reader.line.take(words.clone());
            reader.chip_of(ChipKind::Touch, reader.line.typed(&words).to_owned(), &[words]);
            Some(channel)
        }
        None => verb.channel,
    }
}

/// Who spoke: said apart, or by where the verb stands.
fn direction(reader: &mut Reader<'_>, verb: &Verb) -> Direction {
    let heading = reader.line.heading();
    let last = heading.end.saturating_sub(1);
    if reader.swallow(&["incoming", "inbound"], heading.clone()) || reader.swallow(&["in"], last..heading.end)
    {
        return Direction::In;
    }
    if reader.swallow(&["outgoing", "outbound"], heading.clone())
        || reader.swallow(&["out"], last..heading.end)
    {
        return Direction::Out;
    }
    let line = &reader.line;
    // `acme called` and `yesterday acme called`, but `gave acme a heads-up`.
    let first = (0..verb.words.start)
        .find(|at| line.is_free(*at) && !line.is_filler(*at) && !is_adverb(line.plain(*at)));
    let subject = first.is_some_and(|at| !is_giving(line.plain(at)));
    let from = line.plain(verb.words.end) == "from";
    match verb.form {
        Form::Theirs => Direction::In,
        Form::Mine if from => Direction::In,
        Form::Mine => Direction::Out,
        Form::Past if subject => Direction::In,
        Form::Past => Direction::Out,
        Form::Noun if from => Direction::In,
        Form::Noun => Direction::Out,
    }
}

/// Verbs of mine before the noun they give.
fn is_giving(word: &str) -> bool {
    matches!(word, "gave" | "sent" | "did" | "had" | "got")
}

/// Words before a verb that are nobody.
fn is_adverb(word: &str) -> bool {
    matches!(word, "quick" | "short" | "long" | "today" | "yesterday" | "also" | "again" | "then")
}

fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "from them",
        Direction::Out => "from you",
    }
}

/// The day of it. `call acme fri` may be what was done or what is planned: it is asked; a day ahead can only be planned.
fn day(reader: &mut Reader<'_>, verb: &Verb, who: &Who<'_>) -> Option<NaiveDate> {
    let (heading, today) = (reader.line.heading(), reader.known.today);
    // `call acme` alone may be a plan as well.
    let follows = reader.line.plain(verb.words.end);
    let may_plan = verb.form == Form::Noun
        && verb.kind.is_none()
        && reader.line.text().is_empty()
        && !matches!(reader.line.plain(heading.end.saturating_sub(1)), "in" | "out");
    let commands = may_plan && verb.words.start == 0 && !matches!(follows, "with" | "from");
    let said = find_day(&reader.line, heading.clone(), today, Lean::Back);
    let open = said.as_ref().map_or(commands, |found| may_plan && found.bare_weekday);
    let found = said.clone().unwrap_or(Day { words: 0..0, day: today, bare_weekday: false });
    if found.day <= today && !open {
        reader.note_day(said.as_ref(), found.day, "");
        return Some(found.day);
    }
    let ahead = find_day(&reader.line, heading, today, Lean::Ahead).map_or(found.day, |found| found.day);
    let verb_text = reader.line.typed(&verb.words).to_lowercase();
    let as_plan = format!("{} next: {verb_text} {}", who.name, ahead.format("%-d %b"));
    if found.day > today {
        reader.note_day(said.as_ref(), found.day, "");
        reader.need(format!("A day ahead is a plan: enter it as “{as_plan}”"));
        return None;
    }
    reader.note_day(said.as_ref(), found.day, "");
    let happened = day_words(found.day, today);
    let choices = vec![Choice { key: "past".to_owned(), label: format!("It happened on {happened}") }];
    let question = format!("Happened on {happened}? A plan is entered as “{as_plan}”");
    reader.ask(format!("when:{}", found.day), question, choices).map(|_| found.day)
}

/// The deal a proposal was asked for: with the day noted, and its id. Without an open deal only the touch is noted.
fn asked_of<'a>(reader: &mut Reader<'a>, who: &Who<'a>, day: NaiveDate) -> (Option<Deal>, Option<DealId>) {
    let open = reader.deals_in(who, &[Phase::Open]);
    if open.is_empty() {
        return (None, None);
    }
    let heading = reader.line.heading();
    let Some(deal) = reader.deal_of(who, heading, &[Phase::Open]) else { return (None, None) };
    let known = deal.as_of(reader.known.today).and_then(|deal| deal.proposal.clone());
    if known.as_ref().is_some_and(|proposal| proposal.asked.is_some()) {
        return (None, Some(deal.id.clone()));
    }
    let mut changed = Deal::clone(deal);
    let proposal = changed.proposal.get_or_insert_with(|| Proposal {
        asked: None,
        asked_by: None,
        sent: None,
        valid_until: None,
    });
    proposal.asked = Some(day);
    proposal.asked_by.clone_from(&who.person);
    reader.chip(ChipKind::Deal, format!("proposal asked for: {}", deal.title));
    (Some(changed), Some(deal.id.clone()))
}

/// The deal that was pushed: the one named.
fn about<'a>(reader: &mut Reader<'a>, who: &Who<'a>) -> Option<DealId> {
    let heading = reader.line.heading();
    let (deal, words) = reader.named_deal(who, heading)?;
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Deal, deal.title.clone(), &[words]);
    Some(deal.id.clone())
}

/// What was said: the text after the colon, and before it what no other chip says.
fn note(reader: &mut Reader<'_>, verb: &Verb) -> Option<String> {
    let heading = reader.line.heading();
    let (before, mut words) = match reader.rest(heading) {
        Some((text, words)) => (Some(text), words),
        None => (None, Vec::new()),
    };
    let verb_text = verb.tells.then(|| reader.line.typed(&verb.words).to_owned());
    let before = match (verb_text, before) {
        // `asked about hosting` keeps its verb, and what joins it to the rest.
        (Some(verb_text), Some(text)) => {
            let joint = words.first().and_then(|run| run.start.checked_sub(1));
            let joint = joint.map_or("", |at| reader.line.plain(at));
            let joint = if matches!(joint, "about" | "for" | "to" | "if") {
                format!(" {joint}")
            } else {
                String::new()
            };
            Some(format!("{verb_text}{joint} {text}"))
        }
        (Some(verb_text), None) => Some(verb_text),
        (None, text) => text,
    };
    let told = reader.told();
    let text = match (before, told) {
        (Some(before), Some((told, more))) => {
            words.extend(more);
            format!("{before}: {told}")
        }
        (None, Some((told, more))) => {
            words.extend(more);
            told
        }
        (Some(before), None) => before,
        (None, None) => return None,
    };
    reader.chip_of(ChipKind::Note, format!("“{text}”"), &words);
    Some(text)
}
