//! Next steps: `acme website next: call on tue`, `follow up acme website tue`.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::domain::{AnyRecord, Deal, NextStep, Phase};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::grammar::opening::NEXT;
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::words::day::{find_day, is_month, is_weekday};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// The first words of what says that this is a next step.
const NEXT_WORDS: [&str; 4] = ["next", "todo", "follow", "followup"];
/// What may stand before them beside the deal.
const BEFORE_NEXT: [&str; 15] =
    ["the", "a", "an", "my", "our", "i", "we", "for", "with", "at", "of", "from", "on", "in", "please"];

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let (heading, text) = (reader.line.heading(), reader.line.text());
    // The day stands at the end of the step, or with the deal.
    let mut due = if text.is_empty() { None } else { reader.last_day_ahead(text.clone()) };
    if due.is_none() {
        due = reader.last_day_ahead(heading.clone());
    }
    let verb = heading.clone().find(|at| NEXT_WORDS.contains(&reader.line.plain(*at))).unwrap_or(0);
    let follow_up = reader.line.all().any(|at| matches!(reader.line.plain(at), "follow" | "followup"));
    let (who, deal) = reader.deal_about(heading.clone(), &[Phase::Open, Phase::Won])?;
    reader.close(0..verb, &BEFORE_NEXT);
    let said = reader.rest(heading).map(|(text, words)| {
        reader.chip_of_all(ChipKind::Note, text.clone(), &words);
        text
    });
    let told = reader.rest(text).map(|(text, words)| {
        reader.chip_of_all(ChipKind::Note, text.clone(), &words);
        text
    });
    let what = match (said, told) {
        (Some(said), Some(told)) => format!("{said}: {told}"),
        (Some(what), None) | (None, Some(what)) => what,
        (None, None) if follow_up => "follow up".to_owned(),
        (None, None) => {
            reader.need("Say what the next step is");
            return None;
        }
    };
    let Some(due) = due else {
        reader.need("Say by which day");
        return None;
    };
    let today = reader.known.today;
    if let Some(step) = deal.next_step.as_ref().filter(|step| step.set.is_none_or(|set| set <= today)) {
        reader.warn(format!("in place of: {}", step.what));
    }
    let label = format!("Next for {} of {}: {what}", deal.title, who.name);
    let step = NextStep { what, due, set: Some(today) };
    let changed = Deal { next_step: Some(step), ..Deal::clone(deal) };
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}

/// The words that say that something is planned.
pub(in crate::command::quick_entry) fn plans(line: &Line<'_>) -> Option<Range<usize>> {
    line.find(&NEXT, line.heading()).filter(|words| !is_time_of(line, words))
}

/// Whether `next` only tells when: `next week`, `next tuesday`.
pub(in crate::command::quick_entry) fn is_time_of(line: &Line<'_>, next: &Range<usize>) -> bool {
    let word = line.plain(next.end);
    let marked =
        next.end.checked_sub(1).and_then(|at| line.words.get(at)).is_some_and(|it| it.colon || it.parts);
    let time =
        matches!(word, "week" | "wk" | "month" | "year" | "quarter") || is_weekday(word) || is_month(word);
    line.typed(next).eq_ignore_ascii_case("next") && time && !marked
}

/// What says that a deal waits.
const POSTPONED: [&str; 5] = ["postponed", "put off", "put on hold", "on hold", "deferred"];

/// `postponed to next year`: the words that say so.
pub(in crate::command::quick_entry) fn postponed(line: &Line<'_>) -> Option<Range<usize>> {
    let words = line.find(&POSTPONED, line.heading())?;
    let joins = matches!(line.plain(words.end), "to" | "until" | "till" | "by");
    Some(words.start..words.end + usize::from(joins))
}

/// A deal that waits: that it is asked for again on the day is its next step, if that is meant.
pub(in crate::command::quick_entry) fn read_postponed(reader: &mut Reader<'_>) -> Option<Edit> {
    let (heading, today) = (reader.line.heading(), reader.known.today);
    let on = waits_until(reader);
    let (who, deal) = reader.deal_about(heading, &[Phase::Open, Phase::Won])?;
    let Some(on) = on.filter(|on| *on > today) else {
        reader.need("Say until when, such as postponed to 12 jan");
        return None;
    };
    let day = day_words(on, today);
    let choices = vec![Choice { key: "step".to_owned(), label: format!("Next step: ask again, {day}") }];
    let text = "A deal that waits has a next step: shall it be this one?".to_owned();
    reader.ask(format!("postponed:{}:{on}", deal.id), text, choices)?;
    let step = NextStep { what: "ask again".to_owned(), due: on, set: Some(today) };
    let changed = Deal { next_step: Some(step), ..Deal::clone(deal) };
    let label = format!("Next for {} of {}: ask again", deal.title, who.name);
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}

/// The day until which it waits, its words used: a day, or where the next year, month or quarter begins.
fn waits_until(reader: &mut Reader<'_>) -> Option<NaiveDate> {
    let (heading, today) = (reader.line.heading(), reader.known.today);
    if let Some(found) = find_day(&reader.line, heading.clone(), today, Lean::Ahead) {
        reader.note_day(Some(&found), found.on, "");
        return Some(found.on);
    }
    let words = reader.line.find(&["next year", "next month", "next quarter"], heading)?;
    let on = begins(reader.line.plain(words.end.saturating_sub(1)), today)?;
    reader.absorb(words);
    Some(on)
}

/// The first day of the next year, month or quarter.
fn begins(span: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (year, month) = (today.year(), today.month());
    let month = match span {
        "year" => 13,
        "quarter" => month.div_ceil(3) * 3 + 1,
        _ => month + 1,
    };
    if month > 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { NaiveDate::from_ymd_opt(year, month, 1) }
}
