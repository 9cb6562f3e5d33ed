//! Touches: `call acme in: asked about hosting`, `mailed ana: sent the draft`, `acme pushed the price`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, Deal, DealId, Direction, Invoice, InvoiceId, Phase, Proposal, Temperature, Touch, TouchId,
    TouchKind,
};
use crate::state::Edit;
use crate::state::day_entry::Lean;

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::client::is_mail;
use crate::command::quick_entry::facts::direction::{Said, direction, direction_words};
use crate::command::quick_entry::facts::failed::failed;
use crate::command::quick_entry::facts::touch_day::{When, day};
use crate::command::quick_entry::facts::touch_verb::{Form, Verb};
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::who::which_invoice;
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::day::{find_deadline, find_when};
use crate::command::quick_entry::{ChipKind, Choice};

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
pub(in crate::command::quick_entry) fn is_way(word: &str) -> bool {
    BY.iter().any(|(way, _)| *way == word)
}

const WRITTEN: [&str; 4] = ["mail", "letter", "chat", "message"];

/// Verbs before a noun that say no more than it does.
const GIVING: [&str; 14] = [
    "received", "gave", "sent", "had", "did", "got", "left", "said", "says", "wrote", "writes", "sends",
    "gives", "dropped",
];
/// What may be said of a talk, and is nobody's name.
const GLAD: [&str; 7] = ["great", "good", "nice", "lovely", "pleasant", "friendly", "productive"];
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
pub(in crate::command::quick_entry) fn open(reader: &mut Reader<'_>, verb: &Verb) {
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

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>, verb: &Verb) -> Option<Edit> {
    if let Some(words) = failed(&reader.line) {
        reader.refuse(&words, "Only what happened is entered: what did not is left out");
    }
    let answer = answer_wanted(reader);
    let told_by = told_by(reader, verb);
    let invoice = which_invoice::invoice_named(reader, reader.line.heading());
    let writes_review = writes_review(reader, verb);
    let channel = channel(reader, verb).or(told_by.as_ref().map(|(_, channel)| *channel));
    let channel = channel.filter(|_| !writes_review);
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
    while reader.swallow(&GLAD, 0..verb.words.start) {}
    let to_say = reader.line.find(&TO_SAY, reader.line.heading());
    if let Some(words) = &to_say {
        reader.absorb(words.clone());
    }
    let heading = reader.line.heading();
    let names_nobody = reader.names_nobody(&heading);
    let who = match invoice.filter(|_| names_nobody) {
        Some(invoice) => which_invoice::own(reader, Some(invoice))?,
        None => reader.who_or_new(heading.clone(), "Say with whom")?,
    };
    reader.refuse_others(&who, heading);
    refuse_spent(reader, verb, &who);
    refuse_money(reader, verb, &who);
    let day = match day(reader, verb, apart || direction == Direction::In)? {
        When::On(day) => day,
        When::Ahead(on) => {
            let what = reader.line.typed(&verb.words).to_lowercase();
            return facts::plan::read(reader, &what, &who, on);
        }
    };
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
    close(reader, verb, to_say);
    ask_whether_only_told(reader, verb)?;
    let may_quote = may_quote(reader, verb);
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
        // `regina wrote a nice review`: words of theirs for others, and no look back at the work.
        Some(TouchKind::Review) if writes_review && direction == Direction::In => {
            reader.reopen(ChipKind::Touch, kind_words(TouchKind::Testimonial));
            Some(TouchKind::Testimonial)
        }
        kind => kind,
    };
    touch.may_quote = may_quote;
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

/// Asks about the words around the verb that are no part of what was said; that begins behind `to_say` and behind a day by which
/// something is due.
fn close(reader: &mut Reader<'_>, verb: &Verb, to_say: Option<Range<usize>>) {
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
    let deadline = find_deadline(&reader.line, reader.line.heading(), reader.known.today);
    let said = [
        verb.says.then_some(verb.words.end),
        to_say.map(|words| words.end),
        deadline.map(|deadline| deadline.words.start),
    ];
    // `complained, not about us`
    let turns = |at: usize| matches!(reader.line.plain(at), "not" | "never");
    let turned = |at: &usize| {
        let begins = reader.line.is_free(*at) && reader.line.is_parted(*at);
        begins && (turns(*at) || reader.line.plain(*at) == "but" && turns(at + 1))
    };
    let turned = (verb.words.end..reader.line.head).find(turned).filter(|_| verb.kind.is_some());
    if let Some(at) = turned {
        reader.wonder(&(at..at + 1));
    }
    let asks = verb.tells && verb.form == Form::Theirs;
    reader.close_around(&verb.words, asks, verb.is_sent(), said.into_iter().flatten().min());
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
pub(in crate::command::quick_entry) fn bare(
    reader: &mut Reader<'_>,
    who: &Who<'_>,
    day: NaiveDate,
    direction: Direction,
) -> Touch {
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

/// `lunch with zoe 24 eur`: what was spent on it is a fact of its own.
fn refuse_spent(reader: &mut Reader<'_>, verb: &Verb, who: &Who<'_>) {
    if verb.channel != Some("meeting") || verb.kind.is_some() {
        return;
    }
    let found = amounts(&reader.line, reader.line.heading(), reader.known.book.currency());
    if let Some(amount) = found.into_iter().find(|it| {
        it.marked
            || it.words.start == verb.words.end
            || it.words.end == reader.line.head && reader.line.is_parted(it.words.start)
    }) {
        let what = reader.line.typed(&verb.words).to_lowercase();
        let typed = reader.line.typed(&amount.words).to_owned();
        reader.refuse(
            &amount.words,
            format!("Enter it by itself, as “spent {typed} on {what} for {}”", who.name),
        );
    }
}

/// Whether they say that good words of theirs may be quoted.
fn may_quote(reader: &mut Reader<'_>, verb: &Verb) -> Option<bool> {
    if !matches!(verb.kind, Some(TouchKind::Testimonial | TouchKind::Praise | TouchKind::Review)) {
        return None;
    }
    let said = ["may be quoted", "can be quoted", "may quote it", "may quote"];
    let words = reader.line.take_phrase(&said, reader.line.all())?;
    reader.chip_of(ChipKind::Touch, "may be quoted", &words);
    Some(true)
}

/// `marion sent 1963.50`: money that came is no word.
fn refuse_money(reader: &mut Reader<'_>, verb: &Verb, who: &Who<'_>) {
    if !verb.is_sent() {
        return;
    }
    let found = amounts(&reader.line, verb.words.end..reader.line.head, reader.currency(Some(who)));
    if let Some(amount) =
        found.into_iter().find(|it| it.words.start == verb.words.end && it.words.end == reader.line.head)
    {
        let typed = reader.line.typed(&amount.words).to_owned();
        reader.refuse(&amount.words, format!("Money that came is entered as “{} paid {typed}”", who.name));
    }
}

/// Whether a review is written, not held.
fn writes_review(reader: &Reader<'_>, verb: &Verb) -> bool {
    let writes = |at| matches!(reader.line.plain(at), "wrote" | "writes" | "left" | "gave" | "gives");
    verb.kind == Some(TouchKind::Review) && (0..verb.words.start).any(writes)
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
        // `called acme, left a message`: what stands behind a comma is a word more.
        let apart = (verb.words.start..at - 1).any(|at| line.words.get(at).is_some_and(|word| word.parts));
        let letter = article && !apart && line.plain(at - 1) != "the" && (near || line.plain(at) == "letter");
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
    facts::touch_verb::past_channel(&reader.line, 0..verb.words.start).filter(|_| verb.channel.is_none())
}

/// The deal a proposal was asked for: with the day noted, and its id. Without an open deal only the touch is noted.
fn asked_of<'a>(reader: &mut Reader<'a>, who: &Who<'a>, day: NaiveDate) -> (Option<Deal>, Option<DealId>) {
    let open = reader.deals_in(who, &[Phase::Open]);
    if open.is_empty() {
        return (None, None);
    }
    let heading = reader.line.heading();
    // `wants a proposal for 2 more issues`: in the midst of what was said a title is a part of it.
    let in_text = reader.named_deal(who, heading.clone()).filter(|(_, words)| reader.is_qualified(words));
    let deal = match in_text {
        Some((deal, words)) => {
            reader.chip_of(ChipKind::Deal, deal.title.clone(), &words);
            Some(deal)
        }
        None => reader.deal_of(who, heading, &[Phase::Open]),
    };
    let Some(deal) = deal else { return (None, None) };
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
        // `kai called at 10`
        (None, Some(text)) if text.starts_with(|c: char| c.is_ascii_digit()) => {
            let lead = words.first().and_then(|run| run.start.checked_sub(1));
            let led = lead.is_some_and(|at| reader.line.plain(at) == "at");
            Some(if led { format!("at {text}") } else { text })
        }
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
