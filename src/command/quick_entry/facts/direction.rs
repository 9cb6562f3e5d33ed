//! Who spoke in a touch: they or I.

use std::ops::Range;

use crate::domain::Direction;
use crate::state::day_entry::Lean;

use crate::command::quick_entry::Choice;
use crate::command::quick_entry::facts::touch_verb::{Form, Verb};
use crate::command::quick_entry::grammar::closed::LEADS;
use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::words::day::{find_day, is_month};
use crate::command::quick_entry::words::line::Line;

/// Whether words between a name and a noun say that it came from there.
fn tells(line: &Line<'_>, mut between: Range<usize>) -> bool {
    const TELLING: [&str; 8] = ["sent", "sends", "said", "wrote", "writes", "left", "gave", "dropped"];
    between.any(|at| line.is_free(at) && TELLING.contains(&line.plain(at)))
}

/// Who spoke: said apart, or by where the verb stands. Where neither tells, it is asked.
pub(in crate::command::quick_entry) fn direction(
    reader: &mut Reader<'_>,
    verb: &Verb,
    subject_ends: usize,
) -> Option<Said> {
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
    let subject =
        first.is_some_and(|at| !is_giving(line.plain(at))) && !is_object(reader, verb, subject_ends);
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
    // `asked kai for feedback` can only be mine.
    let asked = mine && verb.kind.is_none() && verb.tells && !verb.asked_for_proposal && first.is_none();
    if asked {
        return Some(Said { direction: Direction::Out, apart: false });
    }
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
    // `carla sms: when?` was hers as likely as mine.
    let named =
        || reader.names(&heading).iter().any(|it| it.fit.exact && it.fit.words.end == verb.words.start);
    let told = line.is_parted(verb.words.end) || line.head == verb.words.end && !line.text().is_empty();
    let written = matches!(verb.channel, Some("mail" | "message" | "letter" | "chat"));
    let unclear = unclear || (verb.form == Form::Noun && verb.kind.is_none() && written && told && named());
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

/// `on friday i met with dana`, `contract to voss sent`: whether all who are named before the verb are led to, and somebody is.
fn is_object(reader: &Reader<'_>, verb: &Verb, subject_ends: usize) -> bool {
    let line = &reader.line;
    let article = |at: &usize| matches!(line.plain(*at), "the" | "my" | "our");
    let led = |start: usize| {
        let lead = (0..start).rev().find(|at| !article(at)).map_or("", |at| line.plain(at));
        matches!(lead, "to" | "with")
    };
    let names = reader.names(&line.heading());
    let mut named = names.iter().filter(|it| it.fit.exact).map(|it| it.fit.words.start).peekable();
    let is_mine = (0..subject_ends).any(|at| matches!(line.plain(at), "i" | "we"));
    let towards = named.peek().is_some() && named.all(led);
    towards && (is_mine || names.iter().any(|it| it.fit.exact && it.fit.words.end <= verb.words.start))
}

/// Who spoke, and whether it was said apart: then it has happened, as whatever came from them has.
#[derive(Debug, Clone, Copy)]
pub(in crate::command::quick_entry) struct Said {
    pub(in crate::command::quick_entry) direction: Direction,
    pub(in crate::command::quick_entry) apart: bool,
}

/// Where `in` or `out` says who spoke: at the end, before the day or what it was about, and beside the verb
/// (`call in from acme`, `acme in call`). In a town or in the morning it says where and when.
fn said_apart(reader: &Reader<'_>, verb: &Verb, word: &str) -> Option<usize> {
    let (line, heading) = (&reader.line, reader.line.heading());
    let day = find_day(line, heading.clone(), reader.known.today, Lean::Back);
    // `in 3 days` is a day ahead.
    let ahead = day.as_ref().filter(|day| day.on > reader.known.today).map(|day| day.words.clone());
    let day = day.map_or(0..0, |day| day.words);
    // `wrote that the mailing goes out` tells of the mailing.
    let told = (verb.words.end..heading.end).find(|at| LEADS.contains(&line.plain(*at)));
    // `bob said the money went out` tells of the money.
    let told = if verb.says { Some(verb.words.end) } else { told };
    (heading.start..told.unwrap_or(heading.end)).find(|at| {
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
            | "great"
            | "good"
            | "nice"
            | "lovely"
            | "pleasant"
            | "friendly"
            | "productive"
    )
}

/// How it is said back.
pub(in crate::command::quick_entry) fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "from them",
        Direction::Out => "from you",
    }
}
