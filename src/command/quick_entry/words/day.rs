//! Days among the words of a line.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::domain::{Currency, days_between};
use crate::state::day_entry::{Lean, parse_day};

use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::fold::one_slip;
use crate::command::quick_entry::words::line::Line;

/// A day, the words it stands in with what joins them, whether it is a bare weekday or number of a day, and whether something is due by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::command::quick_entry) struct Day {
    pub(in crate::command::quick_entry) words: Range<usize>,
    pub(in crate::command::quick_entry) on: NaiveDate,
    pub(in crate::command::quick_entry) bare_weekday: bool,
    pub(in crate::command::quick_entry) deadline: bool,
}

/// What has happened lies behind; but a date without a year that comes round within so many days,
const SOON_DAYS: i64 = 60;
/// and was last so long ago, is taken as the one ahead.
const LONG_AGO_DAYS: i64 = 250;
/// What may stand before a day.
const BEFORE: [&str; 10] = ["on", "by", "until", "till", "before", "due", "since", "in", "within", "the"];
/// Of these, what says that something is due by it.
const BY: [&str; 6] = ["by", "until", "till", "before", "due", "within"];
/// After these a bare count such as `14d` is a day.
const COUNTED_AFTER: [&str; 6] = ["by", "due", "in", "within", "until", "after"];
const TODAY: [&str; 4] = ["this morning", "this afternoon", "this evening", "right now"];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SHORT: [(&str, &str); 12] = [
    ("yday", "yesterday"),
    ("ystd", "yesterday"),
    ("eod", "today"),
    ("tommorow", "tomorrow"),
    ("tues", "tue"),
    ("weds", "wed"),
    ("thur", "thu"),
    ("thurs", "thu"),
    ("sept", "sep"),
    ("tmrw", "tomorrow"),
    ("yest", "yesterday"),
    ("tonight", "today"),
];
const NUMBERS: [&str; 11] =
    ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// The first day among the free words of a range, counted from `from`.
pub(in crate::command::quick_entry) fn find_day(
    line: &Line<'_>,
    within: Range<usize>,
    from: NaiveDate,
    lean: Lean,
) -> Option<Day> {
    within.clone().find_map(|at| day_at(line, at, within.end, from, lean)).map(|found| joined(line, &found))
}

/// As [`find_day`], but passes over a day by which something is due.
pub(in crate::command::quick_entry) fn find_when(
    line: &Line<'_>,
    within: Range<usize>,
    from: NaiveDate,
    lean: Lean,
) -> Option<Day> {
    let mut start = within.start;
    loop {
        let found = find_day(line, start..within.end, from, lean)?;
        if !found.deadline {
            return Some(found);
        }
        start = found.words.end;
    }
}

/// The first day among the free words of a range by which something is due.
pub(in crate::command::quick_entry) fn find_deadline(
    line: &Line<'_>,
    within: Range<usize>,
    from: NaiveDate,
) -> Option<Day> {
    let mut start = within.start;
    loop {
        let found = find_day(line, start..within.end, from, Lean::Ahead)?;
        if found.deadline {
            return Some(found);
        }
        start = found.words.end;
    }
}

/// The day at the very end of a range, or before nothing but joining words.
pub(in crate::command::quick_entry) fn last_day(
    line: &Line<'_>,
    within: Range<usize>,
    from: NaiveDate,
    lean: Lean,
) -> Option<Day> {
    within
        .clone()
        .rev()
        .find_map(|at| {
            let found = day_at(line, at, within.end, from, lean)?;
            // `12 mar` begins a word before `mar`, which is no day by itself; `end of next week` two before `next week`.
            let wider = (at.saturating_sub(2).max(within.start)..at)
                .filter_map(|at| day_at(line, at, within.end, from, lean))
                .find(|wider| wider.words.end >= found.words.end);
            Some(wider.unwrap_or(found))
        })
        .map(|found| joined(line, &found))
}

/// Words of a range that look like a day and are none: `31 feb`, `2026-02-30`.
pub(in crate::command::quick_entry) fn no_days(
    line: &Line<'_>,
    within: Range<usize>,
    from: NaiveDate,
) -> Vec<Range<usize>> {
    let free = within.clone().filter(|at| line.is_free(*at));
    let found = free.filter_map(|at| {
        let two = at..at + 2;
        let (first, second) = (line.plain(at), line.plain(at + 1));
        let parted = line.words.get(at).is_some_and(|word| word.parts || word.colon);
        let pair = two.end <= within.end && line.is_free(at + 1) && !parted;
        if pair && (is_late(first) && is_month(second) || is_month(first) && is_late(second)) {
            let texts = [first, second].map(cardinal).join(" ");
            return parse_day(&texts, from, Lean::Back).is_none().then_some(two);
        }
        let word = line.words.get(at)?;
        let text = word.text;
        let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
        // `31.11.`
        let ends = line.raw.get(word.span.end..).is_some_and(|rest| rest.starts_with('.'));
        let short = |part: &&str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
        let is_pair = ends && text.contains('.') && parts.len() == 2 && parts.iter().all(short);
        if is_pair && parse_day(&format!("{text}."), from, Lean::Back).is_none() {
            return Some(at..at + 1);
        }
        let number = |part: &&str| (1..=4).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
        let dated = matches!(parts.as_slice(), [year, _, day] if year.len() == 4 || day.len() == 4);
        let looks = dated && parts.iter().all(number);
        (looks && parse_day(text, from, Lean::Back).is_none()).then_some(at..at + 1)
    });
    found.collect()
}

/// A time before the colon that is no day: `in june`, `last march`, `last week`.
pub(in crate::command::quick_entry) fn no_one_day(
    line: &Line<'_>,
    within: Range<usize>,
) -> Option<Range<usize>> {
    let leads = ["in", "since", "last", "during", "early", "mid", "late"];
    let spans = ["week", "month", "quarter", "year", "spring", "summer", "autumn", "winter"];
    within.clone().filter(|at| *at < line.head).find_map(|at| {
        let next = at.checked_add(1).filter(|next| *next < within.end)?;
        let (lead, span) = (line.plain(at), line.plain(next));
        let month = leads.contains(&lead) && is_month(span);
        let span = matches!(lead, "last" | "this") && spans.contains(&span);
        ((month || span) && line.all_free(at..next + 1)).then_some(at..next + 1)
    })
}

/// Whether a word is a number of a day that not every month has, or none has.
fn is_late(word: &str) -> bool {
    cardinal(word).parse::<u32>().is_ok_and(|day| (29..=99).contains(&day))
}

pub(in crate::command::quick_entry) fn is_month(word: &str) -> bool {
    word.len() >= 3 && word.parse::<chrono::Month>().is_ok()
}

/// With the words before it that join it to the rest.
fn joined(line: &Line<'_>, found: &Day) -> Day {
    let mut start = found.words.start;
    while let Some(before) = start.checked_sub(1)
        && line.is_free(before)
        && BEFORE.contains(&line.plain(before))
        && line.words.get(before).is_some_and(|word| !word.parts)
    {
        start = before;
    }
    let deadline = (start..found.words.start).any(|at| BY.contains(&line.plain(at)));
    Day { words: start..found.words.end, deadline, ..*found }
}

/// The longest day that begins at a word.
fn day_at(line: &Line<'_>, at: usize, end: usize, from: NaiveDate, lean: Lean) -> Option<Day> {
    if is_month(line.plain(at)) && is_numbered_before(line, at) || is_part(line, at) {
        return None;
    }
    (1..=4).rev().map(|length| at..at + length).filter(|range| range.end <= end).find_map(|range| {
        if !line.all_free(range.clone()) {
            return None;
        }
        let texts: Vec<String> = range.clone().map(|at| spelt(line, at)).collect();
        let read = |lean| read(line, &texts, &range, end, from, lean);
        let soon = |day: NaiveDate| {
            let ahead =
                read(Lean::Ahead).filter(|ahead| (0..=SOON_DAYS).contains(&days_between(from, *ahead)));
            ahead.filter(|_| lean == Lean::Back && days_between(day, from) > LONG_AGO_DAYS)
        };
        let day = read(lean)?;
        let day = soon(day).unwrap_or(day);
        let bare_weekday = match texts.as_slice() {
            [word] => is_weekday(word) || is_ordinal(word),
            [word, part] => is_weekday(word) && PARTS.contains(&part.as_str()),
            _ => false,
        };
        Some(Day { words: range, on: day, bare_weekday, deadline: false })
    })
}

/// Whether a word is two short numbers with a mark between them.
fn is_pair(line: &Line<'_>, at: usize, mark: char) -> bool {
    let number = |text: &str| (1..=2).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    let parts = line.words.get(at).and_then(|word| word.text.split_once(mark));
    parts.is_some_and(|(one, two)| number(one) && number(two))
}

/// `12.11`, which is a day or a decimal number; where a point ends it, it is a day.
pub(in crate::command::quick_entry) fn may_be_decimal(line: &Line<'_>, at: usize) -> bool {
    let behind = line.words.get(at).and_then(|word| line.raw.get(word.span.end..));
    is_pair(line, at, '.') && !behind.is_some_and(|rest| rest.starts_with('.'))
}

/// `4.12.`: a day, ended by a point.
pub(in crate::command::quick_entry) fn is_dotted(line: &Line<'_>, at: usize) -> bool {
    let behind = line.words.get(at).and_then(|word| line.raw.get(word.span.end..));
    let month =
        line.words.get(at).and_then(|word| word.text.split_once('.')).map(|(_, month)| month.parse::<u32>());
    is_pair(line, at, '.')
        && behind.is_some_and(|rest| rest.starts_with('.'))
        && matches!(month, Some(Ok(1..=12)))
}

/// `7/8 page`, `24/7 support`: a part or a measure of what follows, and no day. At the beginning, and behind what leads to a day, it
/// is one.
fn is_part(line: &Line<'_>, at: usize) -> bool {
    // `12,5 hours`, and `2.5 hours`.
    let counts =
        matches!(line.plain(at + 1), "h" | "hr" | "hrs" | "hour" | "hours" | "on" | "for" | "at" | "x");
    if is_pair(line, at, ',') || may_be_decimal(line, at) && counts {
        return true;
    }
    let led = at.checked_sub(1).is_none_or(|before| {
        BEFORE.contains(&line.plain(before)) || matches!(line.plain(before), "from" | "dated" | "of")
    });
    let next = line.plain(at + 1);
    let goes_on = line.is_free(at + 1) && next.starts_with(char::is_alphabetic) && !line.is_parted(at + 1);
    let of = next == "of";
    is_pair(line, at, '/') && !led && goes_on && (of || !line.is_filler(at + 1))
}

/// Whether a month goes with the number before it: `12 jan 15` is no 15 January.
fn is_numbered_before(line: &Line<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let parted = line.words.get(before).is_none_or(|word| word.parts || word.colon);
        let number = cardinal(line.plain(before)).parse::<u32>();
        !parted && line.is_free(before) && number.is_ok_and(|day| (1..=31).contains(&day))
    })
}

/// A word as the grammar of days spells it.
fn spelt(line: &Line<'_>, at: usize) -> String {
    let text = line.words.get(at).map_or("", |word| word.text).to_lowercase();
    if let Some((_, whole)) = SHORT.iter().find(|(short, _)| *short == text) {
        return (*whole).to_owned();
    }
    let long = WEEKDAYS.iter().chain(&["tomorrow", "yesterday"]);
    // `mondays` is every Monday, not a slip.
    let slip = |word: &str| text.len() >= 5 && one_slip(word, &text) && !text.ends_with("ys");
    if let Some(meant) = long.into_iter().find(|word| slip(word)) {
        return (*meant).to_owned();
    }
    text
}

fn read(
    line: &Line<'_>,
    texts: &[String],
    range: &Range<usize>,
    end: usize,
    from: NaiveDate,
    lean: Lean,
) -> Option<NaiveDate> {
    let joined = texts.join(" ");
    if TODAY.contains(&joined.as_str()) {
        return Some(from);
    }
    if matches!(joined.as_str(), "end of month" | "end of the month" | "month end") {
        return parse_day("eom", from, lean);
    }
    if joined == "last night" {
        return from.pred_opt();
    }
    if joined == "in a fortnight" {
        return parse_day("in 2 weeks", from, lean);
    }
    if let Some(day) = end_of_week(&joined, from) {
        return Some(day);
    }
    if let Some(day) = end_of_month(texts, from, lean) {
        return Some(day);
    }
    let before = range.start.checked_sub(1).map_or("", |before| line.plain(before));
    match texts {
        [word] => single(word, before, from, lean),
        [this, weekday] if this == "this" && is_weekday(weekday) => {
            let day = weekday.parse::<chrono::Weekday>().ok()?;
            let monday = from.week(chrono::Weekday::Mon).first_day();
            monday.checked_add_days(chrono::Days::new(day.num_days_from_monday().into()))
        }
        [word, part] if PARTS.contains(&part.as_str()) && (is_weekday(word) || is_beside_today(word)) => {
            single(word, before, from, lean)
        }
        // A number after a number is no day, nor a thing to guess at.
        [first, rest @ ..] => {
            let first = counted_word(first, rest);
            let words: Vec<&str> =
                std::iter::once(first.as_str()).chain(rest.iter().map(String::as_str)).collect();
            let words: Vec<&str> = words.into_iter().map(cardinal).collect();
            // `8th of december`
            let words: Vec<&str> = match words.as_slice() {
                [day, "of", rest @ ..]
                    if day.parse::<u32>().is_ok() && rest.first().is_some_and(|it| is_month(it)) =>
                {
                    std::iter::once(*day).chain(rest.iter().copied()).collect()
                }
                _ => words,
            };
            let telling = words.iter().any(|word| is_day_word(word));
            let day = parse_day(&words.join(" "), from, lean).filter(|_| telling)?;
            let is_number = |word: &&&str| word.parse::<u32>().is_ok();
            let year = words.last().filter(is_number);
            match year.filter(|_| words.len() > 2 && words.iter().filter(is_number).count() == 2) {
                Some(year) => is_year(line, year, range.end, end, day, from, lean).then_some(day),
                None => Some(day),
            }
        }
        [] => None,
    }
}

/// `end of the week`: its Friday.
fn end_of_week(said: &str, from: NaiveDate) -> Option<NaiveDate> {
    let weeks = match said {
        "end of week" | "end of the week" | "end of this week" => 0,
        "end of next week" => 1,
        _ => return None,
    };
    let friday =
        from.week(chrono::Weekday::Mon).first_day().checked_add_days(chrono::Days::new(4 + 7 * weeks))?;
    (friday >= from).then_some(friday)
}

/// A part of a day, which says no more than the day.
const PARTS: [&str; 5] = ["morning", "afternoon", "evening", "noon", "lunchtime"];

/// `end of december`, with its year or without.
fn end_of_month(texts: &[String], from: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (month, year) = match texts.as_slice() {
        ["end", "of", month] | ["end", month] => (month, None),
        ["end", "of", month, year] if year.len() == 4 => (month, Some(year.parse::<i32>().ok()?)),
        _ => return None,
    };
    let month = Some(month).filter(|month| is_month(month))?.parse::<chrono::Month>().ok()?;
    let last = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, month.number_from_month(), 1)?;
        first.checked_add_months(chrono::Months::new(1))?.pred_opt()
    };
    match (year, lean) {
        (Some(year), _) => last(year).filter(|day| is_near(*day, from)),
        (None, Lean::Back) => (0..=1).filter_map(|back| last(from.year() - back)).find(|day| *day <= from),
        (None, _) => (0..=1).filter_map(|on| last(from.year() + on)).find(|day| *day >= from),
    }
}

/// Whether the number after a date is its year. It may be an amount or begin a note: a year has four digits and lies where the
/// day is looked for or near, or it has two after an apostrophe. Of what is due two are one as well, where nothing follows.
fn is_year(
    line: &Line<'_>,
    number: &str,
    next: usize,
    end: usize,
    day: NaiveDate,
    from: NaiveDate,
    lean: Lean,
) -> bool {
    let elsewhere = match lean {
        Lean::Back => day > from,
        Lean::Ahead | Lean::Near | Lean::From(_) => day < from,
    };
    let start = next.checked_sub(1).and_then(|at| line.words.get(at)).map_or(0, |word| word.span.start);
    let marked = line.raw.get(..start).is_some_and(|before| before.ends_with(['\'', '’', '‘']));
    // `14 mar 29 30 eur`: an amount that says so may follow.
    let paid = || {
        let amounts = amounts(line, next.saturating_sub(1)..end, Currency::EUR);
        amounts.first().is_some_and(|amount| amount.marked && amount.words.start == next)
    };
    let ends = || (next..end).all(|at| !line.is_free(at) || line.is_filler(at)) || paid();
    match number.len() {
        4 => !elsewhere || is_near(day, from),
        2 => marked || (lean != Lean::Back && !elsewhere && is_near(day, from) && ends()),
        _ => false,
    }
}

/// Whether a year is one that somebody may well mean.
fn is_near(day: NaiveDate, from: NaiveDate) -> bool {
    let (year, this) = (day.year(), from.year());
    (1990..2000).contains(&year) || (this - 10..=this + 10).contains(&year)
}

/// Whether a word can only be a part of a day: a weekday, a month, a unit of time.
fn is_day_word(word: &str) -> bool {
    let unit = matches!(
        word,
        "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "workdays"
            | "workday"
            | "ago"
    );
    unit || is_weekday(word) || is_month(word)
}

/// A day in one word.
fn single(word: &str, before: &str, from: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    if matches!(word, "yes" | "now" | "tod") {
        return None;
    }
    // Tom is a name where no day is asked for.
    if word == "tom" && !(lean == Lean::Ahead && (BEFORE.contains(&before) || before == "till")) {
        return None;
    }
    let digits = word.chars().all(|c| c.is_ascii_digit());
    if digits {
        return None;
    }
    if let Some(day) = word.strip_suffix("th").or(word.strip_suffix("st")).or(word.strip_suffix("nd"))
        && let Ok(day) = day.parse::<u32>()
        && matches!(before, "on" | "by" | "the" | "until" | "due")
    {
        return nearest(day, from, lean);
    }
    let counts = word.ends_with(['d', 'w', 'm', 'y']) && word.starts_with(|c: char| c.is_ascii_digit());
    let allowed = !counts || COUNTED_AFTER.contains(&before) || word.starts_with('+');
    parse_day(word, from, lean).filter(|_| allowed)
}

/// The nearest day of a month of this number.
fn nearest(day: u32, from: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    use chrono::Months;
    (0..=2).find_map(|months| {
        let months = Months::new(months);
        let first = from.with_day(1)?;
        let month = if lean == Lean::Ahead {
            first.checked_add_months(months)
        } else {
            first.checked_sub_months(months)
        };
        let found = month?.with_day(day)?;
        let fits = if lean == Lean::Ahead { found >= from } else { found <= from };
        fits.then_some(found)
    })
}

/// `two` before a unit is `2`.
fn counted_word(first: &str, rest: &[String]) -> String {
    let unit = rest.first().is_some_and(|unit| is_day_word(unit) && !is_weekday(unit));
    let number = NUMBERS.iter().position(|word| *word == first).map(|at| at.max(1));
    match number {
        Some(number) if unit => number.to_string(),
        _ => first.to_owned(),
    }
}

/// `12th` is `12`.
fn cardinal(word: &str) -> &str {
    let stripped = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    stripped.filter(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).unwrap_or(word)
}

/// `30th`.
fn is_ordinal(word: &str) -> bool {
    cardinal(word) != word
}

fn is_beside_today(word: &str) -> bool {
    matches!(word, "tomorrow" | "yesterday")
}

pub(in crate::command::quick_entry) fn is_weekday(word: &str) -> bool {
    word.len() >= 3 && word.parse::<chrono::Weekday>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str, lean: Lean) -> Option<(String, String)> {
        let line = Line::new(raw, |_| false);
        let today = "2026-11-20".parse().unwrap(); // a Friday
        let day = find_day(&line, line.all(), today, lean)?;
        Some((day.on.to_string(), line.typed(&day.words).to_owned()))
    }

    #[test]
    fn days_are_found_among_other_words_with_what_joins_them() {
        for (raw, lean, day, words) in [
            ("paid yesterday", Lean::Back, "2026-11-19", "yesterday"),
            ("paid on 12 nov by card", Lean::Back, "2026-11-12", "on 12 nov"),
            ("paid 12 Nov 500", Lean::Back, "2026-11-12", "12 Nov"),
            ("by the 12th of", Lean::Ahead, "2026-12-12", "by the 12th"),
            ("on Nov 12th", Lean::Back, "2026-11-12", "on Nov 12th"),
            ("draft by fri", Lean::Ahead, "2026-11-27", "by fri"),
            ("2 days ago", Lean::Back, "2026-11-18", "2 days ago"),
            ("a week ago", Lean::Back, "2026-11-13", "a week ago"),
            ("in two weeks", Lean::Ahead, "2026-12-04", "in two weeks"),
            ("due 14d", Lean::Ahead, "2026-12-04", "due 14d"),
            ("last tue", Lean::Back, "2026-11-17", "last tue"),
            ("yesteday", Lean::Back, "2026-11-19", "yesteday"),
            ("tommorow", Lean::Ahead, "2026-11-21", "tommorow"),
            ("thurs", Lean::Back, "2026-11-19", "thurs"),
            ("acme.de 14 mar 29", Lean::Ahead, "2029-03-14", "14 mar 29"),
            ("on 3 nov 2025", Lean::Back, "2025-11-03", "on 3 nov 2025"),
            ("on 3 nov '25", Lean::Back, "2025-11-03", "on 3 nov '25"),
            ("on 3.11.25", Lean::Back, "2025-11-03", "on 3.11.25"),
            ("by next week", Lean::Ahead, "2026-11-23", "by next week"),
            ("this morning", Lean::Back, "2026-11-20", "this morning"),
            ("by tom", Lean::Ahead, "2026-11-21", "by tom"),
            ("by end of month", Lean::Ahead, "2026-11-30", "by end of month"),
            ("due end of december", Lean::Ahead, "2026-12-31", "due end of december"),
            ("by end of november", Lean::Ahead, "2026-11-30", "by end of november"),
            ("by end of february", Lean::Ahead, "2027-02-28", "by end of february"),
            ("until the end of feb 2028", Lean::Ahead, "2028-02-29", "until the end of feb 2028"),
            ("at end of october", Lean::Back, "2026-10-31", "end of october"),
        ] {
            assert_eq!(found(raw, lean), Some((day.to_owned(), words.to_owned())), "{raw}");
        }
    }

    #[test]
    fn a_small_number_after_a_date_is_no_year() {
        for (raw, lean, day, words) in [
            ("3 nov 12 people came", Lean::Back, "2026-11-03", "3 nov"),
            ("spent 12 nov 15 parking", Lean::Back, "2026-11-12", "12 nov"),
            ("nov 3 12", Lean::Back, "2026-11-03", "nov 3"),
            ("3 nov 2 days late", Lean::Back, "2026-11-03", "3 nov"),
            ("by 3 dec 30 stamps", Lean::Ahead, "2026-12-03", "by 3 dec"),
            ("due 3 dec 50", Lean::Ahead, "2026-12-03", "due 3 dec"),
        ] {
            assert_eq!(found(raw, lean), Some((day.to_owned(), words.to_owned())), "{raw}");
        }
    }

    #[test]
    fn a_date_that_comes_round_soon_is_not_taken_for_the_one_of_last_year() {
        for (raw, day) in [
            ("12 dec", "2026-12-12"),
            ("24.12.", "2026-12-24"),
            ("19 jan", "2027-01-19"), // in 60 days
            ("20 jan", "2026-01-20"),
            ("12 nov", "2026-11-12"),
            ("12 dec 2025", "2025-12-12"),
            ("fri 12 dec", "2025-12-12"), // of 2026 it is a Saturday
        ] {
            assert_eq!(found(raw, Lean::Back).map(|(day, _)| day), Some(day.to_owned()), "{raw}");
        }
    }

    #[test]
    fn numbers_names_and_counts_of_other_things_are_no_days() {
        for raw in ["3 12", "12", "call tom", "jan", "may", "3d", "yes", "1200 500", "now", "12th", "2 500"] {
            assert_eq!(found(raw, Lean::Back), None, "{raw}");
        }
    }

    #[test]
    fn what_looks_like_a_day_and_is_none_is_found() {
        let today = "2026-11-20".parse().unwrap();
        for (raw, words) in [
            ("called 31 feb", "31 feb"),
            ("called feb 30", "feb 30"),
            ("paid 45 nov", "45 nov"),
            ("paid 2026-02-30", "2026-02-30"),
            ("paid 30.02.2026", "30.02.2026"),
            ("paid 31 jan", ""),
            ("paid 29 feb 2028", ""),
            ("paid 2026-02-28 1.200.500", ""),
        ] {
            let line = Line::new(raw, |_| false);
            let found = no_days(&line, line.all(), today);
            assert_eq!(found.first().map_or("", |found| line.typed(found)), words, "{raw}");
        }
    }

    #[test]
    fn the_last_day_of_a_text_is_the_one_that_is_promised() {
        let line = Line::new("texts of monday by 12 dec", |_| false);
        let today = "2026-11-20".parse().unwrap();
        let day = last_day(&line, line.all(), today, Lean::Ahead).unwrap();
        assert_eq!((day.on.to_string().as_str(), line.typed(&day.words)), ("2026-12-12", "by 12 dec"));
        let line = Line::new("domain zoe.cafe 12 jan 15 eur", |_| false);
        let day = last_day(&line, line.all(), today, Lean::Ahead).unwrap();
        assert_eq!((day.on.to_string().as_str(), line.typed(&day.words)), ("2027-01-12", "12 jan"));
    }
}
