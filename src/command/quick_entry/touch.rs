//! Touches: `call acme in: asked about hosting`, `mailed ana: sent the draft`, `acme pushed the price`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, Deal, DealId, Direction, Invoice, InvoiceId, Phase, Proposal, Temperature, Touch, TouchId,
    TouchKind, add_days,
};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words};

use super::client::is_mail;
use super::day::{Day, find_day, find_deadline, find_when, is_month};
use super::failed::failed;
use super::name::likeliest;
use super::reader::{LIES_AHEAD, Reader, put};
use super::touch_verb::{Form, Verb};
use super::whom::Who;
use super::{ChipKind, Choice};

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
/// Whether a word says what a touch went by.
pub(super) fn is_way(word: &str) -> bool {
    BY.iter().any(|(way, _)| *way == word)
}

const WRITTEN: [&str; 4] = ["mail", "letter", "chat", "message"];

/// Verbs before a noun that say no more than it does.
const GIVING: [&str; 13] = [
    "received", "gave", "sent", "had", "did", "got", "left", "said", "wrote", "writes", "sends", "gives",
    "dropped",
];
/// What joins a verb to what follows, and stays in the note.
const JOINTS: [&str; 11] = ["about", "for", "to", "if", "by", "until", "before", "on", "with", "of", "in"];
/// What leads to what was said.
const TO_SAY: [&str; 8] = [
    "to say that",
    "to say",
    "saying that",
    "saying",
    "to tell me that",
    "to tell us that",
    "to tell me",
    "to tell us",
];

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
    reader.open(ChipKind::Touch, label, &verb.words);
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
    if let Some(words) = failed(&reader.line) {
        reader.refuse(&words, "Only what happened is entered: what did not is left out");
    }
    let answer = answer_wanted(reader);
    let told_by = told_by(reader, verb);
    let invoice = super::payment::invoice_named(reader, reader.line.heading());
    let channel = channel(reader, verb).or(told_by.as_ref().map(|(_, channel)| *channel));
    if let Some((words, _)) = &told_by {
        reader.absorb(words.clone());
    }
    let heading = reader.line.heading();
    if find_when(&reader.line, heading.clone(), reader.known.today, Lean::Back).is_none() {
        reader.ask_for_day(heading);
        if reader.is_asking() {
            return None;
        }
    }
    let subject_ends = told_by.map_or(verb.words.start, |(words, _)| words.start);
    let Said { direction, apart } = direction(reader, verb, subject_ends)?;
    reader.swallow(&GIVING, 0..verb.words.start);
    reader.swallow(&["another"], 0..verb.words.start);
    let to_say = reader.line.find(&TO_SAY, reader.line.heading());
    if let Some(words) = &to_say {
        reader.absorb(words.clone());
    }
    let heading = reader.line.heading();
    let names_nobody = likeliest(reader.names(&heading), true).is_empty();
    let who = match invoice.filter(|_| names_nobody) {
        Some(invoice) => super::payment::own(reader, Some(invoice))?,
        None => reader.who_or_new(heading.clone(), "Say with whom")?,
    };
    reader.refuse_others(&who, heading);
    let day = day(reader, verb, &who, apart || direction == Direction::In)?;
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
    let invoice = invoice.or_else(|| the_late_one(reader, verb, &who, day));
    let deadline = find_deadline(&reader.line, reader.line.heading(), reader.known.today);
    let said = [
        verb.says.then_some(verb.words.end),
        to_say.map(|words| words.end),
        deadline.map(|deadline| deadline.words.start),
    ];
    ask_whether_only_told(reader, verb)?;
    // `said an email that …` went by mail, unless another word stands between.
    if verb.says {
        let heading = reader.line.heading();
        let that = reader.line.find(&["that"], verb.words.end..heading.end);
        let before = verb.words.end..that.map_or(heading.end, |that| that.start);
        if let Some(at) =
            before.into_iter().find(|at| reader.line.is_free(*at) && is_way(reader.line.plain(*at)))
        {
            reader.wonder(&(at..at + 1));
        }
    }
    let asks = verb.tells && verb.form == Form::Theirs;
    reader.close_around(&verb.words, asks, said.into_iter().flatten().min());
    let note = note(reader, verb);
    let mut touch = bare(reader, &who, day, direction);
    touch.written = channel.is_some_and(|channel| WRITTEN.contains(&channel));
    touch.channel = channel.map(str::to_owned);
    touch.answer_wanted = answer || verb.asked_for_proposal;
    touch.kind = match verb.kind {
        // `helped by acme`, `acme helped`.
        Some(TouchKind::HelpGiven) if direction == Direction::In => {
            reader.reopen(ChipKind::Touch, kind_words(TouchKind::HelpReceived));
            Some(TouchKind::HelpReceived)
        }
        kind => kind,
    };
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

/// The invoice that they were reminded of: the only one late by then.
fn the_late_one<'a>(
    reader: &mut Reader<'a>,
    verb: &Verb,
    who: &Who<'a>,
    day: NaiveDate,
) -> Option<&'a Arc<Invoice>> {
    let facts = who.facts.filter(|_| verb.kind == Some(TouchKind::Reminder))?;
    let was_late = |invoice: &&Arc<Invoice>| {
        let known = invoice.as_of(day);
        known.is_some_and(|known| known.due < day && known.open().amount > Decimal::ZERO)
    };
    let mut late = facts.facts.invoices.iter().filter(was_late);
    let (Some(only), None) = (late.next(), late.next()) else { return None };
    reader.chip(ChipKind::Invoice, only.number.clone());
    Some(only)
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
            reader.chip_of(ChipKind::Touch, label, words);
        }
        found.is_some()
    };
    if said(
        reader,
        &["no answer wanted", "no answer needed", "no reply needed", "needs no answer", "no answer owed"],
    ) {
        return false;
    }
    refuse_no_answer(reader);
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

/// `no further answer wanted`: whether one is, is not for the program to guess.
fn refuse_no_answer(reader: &mut Reader<'_>) {
    let line = &reader.line;
    let said = line.all().find(|at| matches!(line.plain(*at), "answer" | "reply"));
    let no = said.and_then(|said| (said.saturating_sub(3)..said).find(|at| line.plain(*at) == "no"));
    let wanted = said.is_some_and(|said| matches!(line.plain(said + 1), "wanted" | "needed" | "owed"));
    if let Some(at) = no.filter(|_| wanted) {
        reader.wonder(&(at..at + 1));
    }
}

/// Asks whether no more is told than a touch, where its note names what is a fact of its own: an agreement that was sent, an
/// address that is new. `None` where that is asked.
fn ask_whether_only_told(reader: &mut Reader<'_>, verb: &Verb) -> Option<()> {
    const FACTS: [&str; 7] = ["agreement", "contract", "proposal", "offer", "quote", "invoice", "invoices"];
    let line = &reader.line;
    let sent = verb.tells && verb.form == Form::Past;
    let fact = line.heading().find(|at| sent && line.is_free(*at) && FACTS.contains(&line.plain(*at)));
    let reached = || {
        let is_address = |at: &usize| line.words.get(*at).is_some_and(|word| is_mail(word.text));
        line.text().find(is_address).filter(|_| verb.form == Form::Noun && verb.channel == Some("mail"))
    };
    let Some(at) = fact.or_else(reached) else { return Some(()) };
    let word = line.typed(&(at..at + 1)).to_owned();
    let (asked, text) = if fact.is_some() {
        (
            format!("told:{}", word.to_lowercase()),
            format!(
                "Is that all? What became of the {word} is entered as “sent {word}”, with the deal or the amount"
            ),
        )
    } else {
        (
            format!("told:{word}"),
            format!("Is that all? A new address is entered as “…'s email is now {word}”"),
        )
    };
    let choices = vec![Choice { key: "note".to_owned(), label: "Yes, it is only noted".to_owned() }];
    reader.ask(asked, text, choices).map(|_| ())
}

/// What it went by: said apart, or by the verb.
fn channel(reader: &mut Reader<'_>, verb: &Verb) -> Option<&'static str> {
    let line = &reader.line;
    let said = line.heading().skip(1).find_map(|at| {
        let named = BY.iter().find(|(word, _)| *word == line.plain(at) && line.is_free(at));
        let (_, channel) = named?;
        let article = matches!(line.plain(at - 1), "a" | "an" | "the");
        // `in an email`, `on the phone`.
        let lead = if article { at.checked_sub(2)? } else { at - 1 };
        let led = matches!(line.plain(lead), "by" | "via" | "per" | "over")
            || (article && matches!(line.plain(lead), "in" | "on"));
        // `wrote a letter`, `said an email that …`.
        let near = verb.form == Form::Past && (verb.words.end..verb.words.end + 3).contains(&(at - 1));
        let letter = article && line.plain(at - 1) != "the" && (near || line.plain(at) == "letter");
        let words =
            if led && line.is_free(lead) { Some(lead..at + 1) } else { letter.then_some(at - 1..at + 1) };
        words.map(|words| (words, *channel))
    });
    match said {
        Some((words, channel)) => {
            reader.line.take(words.clone());
            reader.chip_of(ChipKind::Touch, reader.line.typed(&words).to_owned(), &words);
            Some(channel)
        }
        None => verb.channel,
    }
}

/// `called to say thanks`, `rang, wants to know when`: by what it came is told before what it was.
fn told_by(reader: &Reader<'_>, verb: &Verb) -> Option<(Range<usize>, &'static str)> {
    super::touch_verb::past_channel(&reader.line, 0..verb.words.start).filter(|_| verb.channel.is_none())
}

/// Whether words between a name and a noun say that it came from there.
fn tells(line: &super::line::Line<'_>, mut between: Range<usize>) -> bool {
    const TELLING: [&str; 8] = ["sent", "sends", "said", "wrote", "writes", "left", "gave", "dropped"];
    between.any(|at| line.is_free(at) && TELLING.contains(&line.plain(at)))
}

/// Who spoke: said apart, or by where the verb stands. Where neither tells, it is asked.
fn direction(reader: &mut Reader<'_>, verb: &Verb, subject_ends: usize) -> Option<Said> {
    let heading = reader.line.heading();
    for (words, apart, direction) in
        [(["incoming", "inbound"], "in", Direction::In), (["outgoing", "outbound"], "out", Direction::Out)]
    {
        if reader.swallow(&words, heading.clone()) {
            return Some(Said { direction, apart: true });
        }
        if let Some(at) = said_apart(reader, verb, apart) {
            reader.absorb(at..at + 1);
            return Some(Said { direction, apart: true });
        }
    }
    let by = leads_to_them(reader, verb);
    let line = &reader.line;
    // `acme called` and `yesterday acme called`, but `gave acme a heads-up` and `acme was called`.
    let first =
        (0..subject_ends).find(|at| line.is_free(*at) && !line.is_filler(*at) && !is_adverb(line.plain(*at)));
    let subject = first.is_some_and(|at| !is_giving(line.plain(at)));
    let before = verb.words.start.checked_sub(1).map_or("", |at| line.plain(at));
    let suffered = matches!(before, "was" | "were" | "been" | "got");
    // What is theirs and what is mine by its verb: `introduced acme to bolt` was me, and `asked acme for a testimonial` is none of theirs yet.
    let asks =
        first.is_some_and(|at| matches!(line.plain(at), "ask" | "asks" | "asked" | "asking" | "wants"));
    let mine = match verb.form {
        // `bob was asked about hosting` is none of theirs either.
        Form::Theirs => by == Leads::No && (!subject || asks || suffered),
        // `acme reminded us`, `acme sent a reminder`.
        Form::Mine => {
            let names = reader.names(&heading);
            let them = first.is_some_and(|at| names.iter().any(|named| named.fit.words.contains(&at)));
            by == Leads::No && subject && them && !suffered
        }
        _ => false,
    };
    let unclear =
        mine || by == Leads::Unclear || unclear_in(reader, verb) || (suffered && !subject && by == Leads::No);
    let direction = match verb.form {
        Form::Theirs => Direction::In,
        _ if by == Leads::Yes => Direction::In,
        Form::Past if subject && !suffered => Direction::In,
        // `acme sent a mail`.
        Form::Noun if subject && first.is_some_and(|at| tells(line, at + 1..verb.words.start)) => {
            Direction::In
        }
        _ => Direction::Out,
    };
    if mine || verb.form != Form::Theirs && unclear {
        let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned() };
        let choices = vec![choice("in", "It came from them"), choice("out", "It came from you")];
        let said = line.typed(&verb.words).to_lowercase();
        let answer =
            reader.ask(format!("direction:{said}"), "Who spoke, they or you?".to_owned(), choices)?;
        let direction = if answer == "in" { Direction::In } else { Direction::Out };
        return Some(Said { direction, apart: true });
    }
    Some(Said { direction, apart: false })
}

/// Who spoke, and whether it was said apart: then it has happened, as whatever came from them has.
#[derive(Debug, Clone, Copy)]
struct Said {
    direction: Direction,
    apart: bool,
}

/// Where `in` or `out` says who spoke: at the end, before the day or what it was about, and beside the verb
/// (`call in from acme`, `acme in call`). In a town or in the morning it says where and when.
fn said_apart(reader: &Reader<'_>, verb: &Verb, word: &str) -> Option<usize> {
    let (line, heading) = (&reader.line, reader.line.heading());
    let day = find_day(line, heading.clone(), reader.known.today, Lean::Back);
    // `in 3 days` is a day ahead.
    let ahead = day.as_ref().filter(|day| day.on > reader.known.today).map(|day| day.words.clone());
    let day = day.map_or(0..0, |day| day.words);
    heading.clone().find(|at| {
        // `in june` is a time.
        if is_month(line.plain(*at + 1)) {
            return false;
        }
        if line.plain(*at) != word || !line.is_free(*at) || ahead.as_ref().is_some_and(|day| day.contains(at))
        {
            return false;
        }
        let next = (at + 1..heading.end).find(|at| line.is_free(*at) && !day.contains(at));
        let Some(next) = next else { return true };
        let after_verb = *at == verb.words.end;
        let before_noun = at + 1 == verb.words.start && verb.form == Form::Noun && is_from_afar(verb);
        matches!(line.plain(next), "from" | "about" | "re" | "regarding")
            || (after_verb && reader.names(&heading).iter().any(|named| named.fit.words.start == next))
            || (before_noun && !matches!(line.plain(verb.words.end), "with" | "to"))
    })
}

/// Whether what one says goes one way, as it does not where people meet.
fn is_from_afar(verb: &Verb) -> bool {
    matches!(verb.channel, Some("phone" | "mail" | "letter" | "message" | "chat"))
}

/// `call acme in hosting`: an `in` that may say who spoke, and may not.
fn unclear_in(reader: &Reader<'_>, verb: &Verb) -> bool {
    let line = &reader.line;
    let day = find_day(line, line.heading(), reader.known.today, Lean::Back).map_or(0..0, |day| day.words);
    let place = |at: usize| {
        let text = line.words.get(at).map_or("", |word| word.text);
        // `call in berlin with acme`: whoever it was with is named behind.
        let with = at + 1 < line.head && matches!(line.plain(at + 1), "with" | "to");
        with || is_month(line.plain(at))
            || text.starts_with(char::is_uppercase)
            || matches!(line.plain(at), "the" | "a" | "an" | "my" | "our")
    };
    let begins =
        |at: usize| at + 1 == verb.words.start && matches!(line.plain(verb.words.end), "with" | "to");
    let mut all = line.heading();
    verb.form == Form::Noun
        && is_from_afar(verb)
        && all.any(|at| {
            line.plain(at) == "in"
                && !day.contains(&at)
                && line.is_free(at)
                && line.is_free(at + 1)
                && !place(at + 1)
                && !begins(at)
        })
}

/// Whether words say that it came from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leads {
    No,
    Yes,
    Unclear,
}

/// `called by acme`, `call yesterday from acme`; of `called bob by zoe` it is not clear, and `bob from acme` works there.
fn leads_to_them(reader: &Reader<'_>, verb: &Verb) -> Leads {
    let (line, heading) = (&reader.line, reader.line.heading());
    let day = find_day(line, heading.clone(), reader.known.today, Lean::Ahead).map_or(0..0, |day| day.words);
    let names = reader.names(&heading);
    let mut leads = Leads::No;
    for at in verb.words.end..heading.end {
        if !matches!(line.plain(at), "by" | "from") || !line.is_free(at) || day.contains(&at) {
            continue;
        }
        let between = |at: usize| !line.is_free(at) || day.contains(&at) || is_adverb(line.plain(at));
        let close = (verb.words.end..at).all(between);
        let article = |at: &usize| matches!(line.plain(*at), "the" | "my" | "our");
        let next = (at + 1..heading.end).find(|at| !article(at)).unwrap_or(heading.end);
        let named = names.iter().any(|named| named.fit.exact && named.fit.words.start == next);
        let another = names.iter().any(|named| named.fit.exact && named.fit.words.end <= at);
        match line.plain(at) {
            _ if close && (named || verb.form != Form::Past) => return Leads::Yes,
            "by" if close && next < heading.end => return Leads::Yes,
            _ if named && !another => return Leads::Yes,
            "by" if named => leads = Leads::Unclear,
            _ if close => leads = Leads::Unclear,
            _ => {}
        }
    }
    leads
}

/// Verbs of mine before the noun they give.
fn is_giving(word: &str) -> bool {
    matches!(word, "gave" | "sent" | "did" | "had" | "got" | "left")
}

/// Words before a verb that are nobody.
fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "quick"
            | "short"
            | "long"
            | "today"
            | "yesterday"
            | "also"
            | "again"
            | "then"
            | "finally"
            | "already"
            | "briefly"
            | "quickly"
            | "brief"
            | "new"
    )
}

/// `acme has a call`, `have another meeting with zoe`.
fn is_had(reader: &Reader<'_>, verb: &Verb) -> bool {
    let line = &reader.line;
    let counted =
        |at: &usize| matches!(line.plain(*at), "a" | "an" | "another" | "one" | "more" | "the" | "our");
    let before = (0..verb.words.start).rev().find(|at| !counted(at));
    before.is_some_and(|at| matches!(line.plain(at), "has" | "have" | "having" | "got"))
}

fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "from them",
        Direction::Out => "from you",
    }
}

/// The day of it. `call acme fri` may be what was done or what is planned: it is asked; a day ahead can only be planned.
fn day(reader: &mut Reader<'_>, verb: &Verb, who: &Who<'_>, happened: bool) -> Option<NaiveDate> {
    let (heading, today) = (reader.line.heading(), reader.known.today);
    // `call acme` alone may be a plan as well.
    let follows = match reader.line.plain(verb.words.end) {
        // `call in berlin with acme`.
        "in" if reader.line.is_free(verb.words.end) => reader.line.plain(verb.words.end + 2),
        next => next,
    };
    let may_plan = verb.form == Form::Noun
        && verb.kind.is_none_or(|kind| kind == TouchKind::Review)
        && reader.line.text().is_empty()
        && !happened;
    let commands = (may_plan && verb.words.start == 0 && !matches!(follows, "with" | "from"))
        // `acme has another call` may be one that is still to come.
        || (may_plan && is_had(reader, verb));
    let said = find_when(&reader.line, heading.clone(), today, Lean::Back);
    // `bob said he will pay on friday`, `acme asked for a call on monday`: the day may be a part of what was said.
    let inner = |found: &&Day| found.bare_weekday && found.words.start > verb.words.end;
    let inner =
        said.as_ref().filter(|_| verb.says || (verb.tells && verb.form == Form::Theirs)).filter(inner);
    let inner = inner.map(|found| found.words.clone());
    if let Some(words) = &inner {
        reader.ask_for_day_of(words);
        if reader.is_asking() {
            return None;
        }
    }
    let said = said.filter(|_| inner.is_none());
    let deadline = find_deadline(&reader.line, heading.clone(), today).filter(|_| said.is_none());
    let open = said.as_ref().map_or(commands, |found| may_plan && found.bare_weekday);
    let found = said.clone().unwrap_or(Day { words: 0..0, on: today, bare_weekday: false, deadline: false });
    // `call acme by fri` is a plan; `asked for a quote by wed` was said today.
    let planned = deadline.as_ref().filter(|_| may_plan);
    if let Some(by) = deadline.as_ref().filter(|_| planned.is_none() && !verb.tells) {
        reader.ask_for_day_of(&by.words);
        if reader.is_asking() {
            return None;
        }
    }
    if found.on <= today && !open && planned.is_none() {
        reader.note_day(said.as_ref(), found.on, "");
        return Some(found.on);
    }
    let ahead =
        find_day(&reader.line, heading, today, Lean::Ahead).map_or(add_days(today, 1), |found| found.on);
    let verb_text = reader.line.typed(&verb.words).to_lowercase();
    let as_plan = format!("{} next: {verb_text} {}", who.name, ahead.format("%-d %b"));
    if found.on > today || planned.is_some() {
        reader.note_day(said.as_ref().or(planned), planned.map_or(found.on, |by| by.on), "");
        // `called acme 12 dec` is no plan.
        if verb.form == Form::Noun {
            reader.need(format!("A day ahead is a plan: enter it as “{as_plan}”"));
        } else {
            reader.need(LIES_AHEAD);
        }
        return None;
    }
    reader.note_day(said.as_ref(), found.on, "");
    let happened = day_words(found.on, today);
    let choices = vec![Choice { key: "past".to_owned(), label: format!("It happened on {happened}") }];
    let question = format!("Happened on {happened}? A plan is entered as “{as_plan}”");
    reader.ask(format!("when:{}", found.on), question, choices).map(|_| found.on)
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
    let proposal = changed.proposal.get_or_insert(Proposal {
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
    reader.chip_of(ChipKind::Deal, deal.title.clone(), &words);
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
            let joint = if JOINTS.contains(&joint) { format!(" {joint}") } else { String::new() };
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
    reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
    Some(text)
}
