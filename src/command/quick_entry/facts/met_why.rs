//! Why somebody was met, and what they do: `met Ana at the fair re new site`, `met a potter, Jana Wirth, she needs a page`.

use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// What begins the reason.
pub(super) const WHY: [&str; 14] = [
    "re",
    "about",
    "because",
    "regarding",
    "reg",
    "wants",
    "needs",
    "want",
    "need",
    "looking",
    "asks",
    "asked",
    "interested",
    "likes",
];
/// `a potter, jana wirth`, `the organist Paul Werner`: what somebody does, where the name follows; its words are used.
pub(super) fn role(reader: &mut Reader<'_>) -> Option<String> {
    const MOST: usize = 4;
    let line = &reader.line;
    let article = line.all().find(|at| line.is_free(*at))?;
    if !matches!(line.plain(article), "a" | "an" | "the") {
        return None;
    }
    let text = |at: usize| line.words.get(at).map_or("", |word| word.text);
    let capital = |at: usize| text(at).starts_with(char::is_uppercase);
    let free = |at: usize| at < line.head && line.is_free(at);
    let what = |at: usize| free(at) && !line.is_filler(at) && text(at).starts_with(char::is_lowercase);
    let start = article + 1;
    let words = (start..start + MOST).take_while(|at| what(*at));
    let end = words.into_iter().find(|at| line.is_parted(at + 1) || capital(at + 1))? + 1;
    // In small letters a name behind a comma has two words, and ends with the part.
    let ends = end + 2 == line.head || line.is_parted(end + 2) || !free(end + 2) || line.is_filler(end + 2);
    let is_name = |at: usize| free(at) && !line.is_filler(at) && text(at).chars().all(char::is_alphabetic);
    let tells = WHY.contains(&line.plain(end)) || told_behind_comma(line) == Some(end);
    if !free(end) || !(capital(end) || ends && is_name(end) && is_name(end + 1) && !tells) {
        return None;
    }
    let words = start..end;
    let role = line.typed(&words).to_owned();
    reader.line.take(article..end);
    reader.chip_of(ChipKind::Note, role.clone(), &words);
    Some(role)
}

/// All that follows `re` or a word of wanting, to the end of the line, or stands after the colon.
pub(super) fn why(reader: &mut Reader<'_>, from: usize, is_known: bool) -> Option<String> {
    let line = &reader.line;
    let led = line.all().find(|at| line.is_free(*at) && WHY.contains(&line.plain(*at)));
    let at = match (led, told_behind_comma(line)) {
        (Some(led), Some(told)) => Some(led.min(told)),
        (led, told) => led.or(told),
    };
    // `boat builder, wants a logo`: what stands before it behind a comma belongs to it.
    let at = at.map(|at| told_before(line, at).unwrap_or(at));
    let at = at.or_else(|| line.text().find(|at| *at >= from && line.is_free(*at)));
    // Of somebody who is known all that is left behind a comma is what was said.
    let at = at.or_else(|| line.heading().find(|at| is_known && line.is_free(*at) && line.is_parted(*at)));
    let at = match at {
        Some(at) => at,
        None => asked_behind_comma(reader)?,
    };
    let line = &reader.line;
    // A joining word says nothing itself; a word of wanting is a part of the reason.
    let joins = matches!(line.plain(at), "re" | "reg" | "about" | "because" | "regarding");
    if joins {
        reader.absorb(at..at + 1);
    }
    reader.rest_as(ChipKind::Note, at..reader.line.words.len())
}

/// `met bob at the fair, runs a brewery`: what somebody does, in several words behind a comma.
fn told_behind_comma(line: &Line<'_>) -> Option<usize> {
    let does = |at: usize| {
        let text = line.words.get(at).map_or("", |word| word.text);
        let verb = text.len() >= 3 && text.ends_with('s') && !text.ends_with("ss");
        text.starts_with(char::is_lowercase) && (verb || matches!(text, "he" | "she" | "they" | "who"))
    };
    line.heading().find(|at| {
        let several = line.is_free(at + 1) && !line.is_parted(at + 1);
        line.is_free(*at) && line.is_parted(*at) && does(*at) && several
    })
}

/// Where small words behind a comma begin that lead on to the reason without a gap.
fn told_before(line: &Line<'_>, reason: usize) -> Option<usize> {
    let small = |at: usize| line.words.get(at).is_some_and(|word| word.text.starts_with(char::is_lowercase));
    let starts = (0..reason).filter(|at| line.is_parted(*at) && line.all_free(*at..reason));
    starts.into_iter().find(|start| (*start..reason).all(small))
}

/// `met bob, packaging for tea`: whether several small words behind the last comma are why; it is asked.
fn asked_behind_comma(reader: &mut Reader<'_>) -> Option<usize> {
    let line = &reader.line;
    let at = line.heading().rev().find(|at| line.is_parted(*at))?;
    let words = at..line.head;
    let small = line.typed(&words).chars().all(|c| !c.is_uppercase() && !c.is_ascii_digit());
    if words.len() < 2 || !small || !line.all_free(words.clone()) {
        return None;
    }
    let typed = line.typed(&words).to_owned();
    let choices = vec![Choice { key: "why".to_owned(), label: "Yes: it is kept as the reason".to_owned() }];
    reader.ask(format!("why:{typed}"), format!("Is “{typed}” why you met?"), choices).map(|_| at)
}
