//! The day of a touch, which may be a plan as well.

use chrono::NaiveDate;

use crate::domain::{TouchKind, add_days};
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::Choice;
use crate::command::quick_entry::facts::touch_verb::{Form, Verb};
use crate::command::quick_entry::grammar::closed::LEADS;
use crate::command::quick_entry::grammar::reader::{LIES_AHEAD, Reader};
use crate::command::quick_entry::words::day::{Day, find_day, find_deadline, find_when};

/// `acme has a call`, `have another meeting with zoe`.
fn is_had(reader: &Reader<'_>, verb: &Verb) -> bool {
    let line = &reader.line;
    let counted =
        |at: &usize| matches!(line.plain(*at), "a" | "an" | "another" | "one" | "more" | "the" | "our");
    let before = (0..verb.words.start).rev().find(|at| !counted(at));
    before.is_some_and(|at| matches!(line.plain(at), "has" | "have" | "having" | "got"))
}

/// `bob mailed that they pay on friday`, `wrote to bob about the cover of 12 nov`: whether a day behind what leads to a text may be
/// a part of it. `called acme about hosting yesterday` was yesterday.
fn is_inside(reader: &Reader<'_>, verb: &Verb, day: &Day) -> bool {
    let line = &reader.line;
    let leads = |at: &usize| LEADS.contains(&line.plain(*at)) || matches!(line.plain(*at), "say" | "saying");
    let Some(lead) = (verb.words.end..day.words.start).find(leads) else { return false };
    let before = day.words.start.checked_sub(1).map_or("", |at| line.plain(at));
    let of_it = matches!(before, "of" | "for" | "from" | "until" | "since" | "the" | "are" | "is");
    let apart = (lead + 1..=day.words.start).any(|at| line.is_parted(at));
    day.bare_weekday || of_it || apart
}

/// Whether words behind a comma stand before a day.
fn is_behind_comma(reader: &Reader<'_>, verb: &Verb, day: &Day) -> bool {
    let line = &reader.line;
    let comma = (verb.words.end..day.words.start).find(|at| line.is_parted(*at));
    comma.is_some_and(|comma| (comma..day.words.start).any(|at| line.is_free(at) && !line.is_filler(at)))
}

/// Whether a day is a part of what was said, and not when: it is asked.
fn is_part_of_what_was_said(reader: &mut Reader<'_>, day: &Day) -> Option<bool> {
    let typed = reader.line.typed(&day.words).to_owned();
    let choices = vec![
        Choice { key: "said".to_owned(), label: format!("Today: “{typed}” is a part of what was said") },
        Choice { key: "then".to_owned(), label: format!("On {}", day_words(day.on, reader.known.today)) },
    ];
    let asked = format!("weekday:{}", typed.to_lowercase());
    Some(reader.ask(asked, "When was that?".to_owned(), choices)? == "said")
}

/// When a touch is, which may lie ahead.
#[derive(Debug, Clone, Copy)]
pub(in crate::command::quick_entry) enum When {
    /// It happened.
    On(NaiveDate),
    /// It is planned.
    Ahead(NaiveDate),
}

/// The day of it. `call acme fri` may be what was done or what is planned: it is asked; a day ahead can only be planned.
pub(in crate::command::quick_entry) fn day(
    reader: &mut Reader<'_>,
    verb: &Verb,
    happened: bool,
) -> Option<When> {
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
    let told = verb.says || (verb.tells && verb.form == Form::Theirs);
    let inner = |found: &&Day| {
        let behind = found.words.start > verb.words.end
            || verb.says
                && found.words.start == verb.words.end
                && reader.line.plain(found.words.end) != "that";
        (told && found.bare_weekday && behind) || is_inside(reader, verb, found)
    };
    // `ida wrote back, free on thursday`: what stands behind a comma and other words was said, and lies ahead for sure.
    let apart = |found: &&Day| is_behind_comma(reader, verb, found);
    let said = said.filter(|found| found.on <= today || !apart(&found));
    let inner = |found: &&Day| inner(found) || apart(found);
    let inner = said.as_ref().filter(inner);
    let said = match inner.cloned() {
        Some(day) if is_part_of_what_was_said(reader, &day)? => None,
        _ => said,
    };
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
        return Some(When::On(found.on));
    }
    let ahead =
        find_day(&reader.line, heading, today, Lean::Ahead).map_or(add_days(today, 1), |found| found.on);
    if found.on > today || planned.is_some() {
        reader.note_day(said.as_ref().or(planned), planned.map_or(found.on, |by| by.on), "");
        // `called acme 12 dec` is no plan.
        if verb.form == Form::Noun {
            return Some(When::Ahead(planned.map_or(found.on, |by| by.on)));
        }
        reader.puzzle();
        reader.need(LIES_AHEAD);
        return None;
    }
    reader.note_day(said.as_ref(), found.on, "");
    let happened = day_words(found.on, today);
    let choices = vec![
        Choice { key: "past".to_owned(), label: format!("It happened on {happened}") },
        Choice { key: "ahead".to_owned(), label: format!("It is planned for {}", day_words(ahead, today)) },
    ];
    let question = format!("Happened on {happened}, or is it a plan?");
    let answer = reader.ask(format!("when:{}", found.on), question, choices)?;
    Some(if answer == "past" { When::On(found.on) } else { When::Ahead(ahead) })
}
