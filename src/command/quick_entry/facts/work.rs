//! Hours worked: `acme 3h design`, `90m call with acme`, `2h admin`.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Deal, Phase, Purpose, Work, WorkId};
use crate::state::Edit;
use crate::state::day_entry::Lean;

use crate::command::quick_entry::facts::touch_verb;
use crate::command::quick_entry::grammar::opening::opens;
use crate::command::quick_entry::grammar::reader::{Reader, put, titled};
use crate::command::quick_entry::who::whom::{Owner, Who};
use crate::command::quick_entry::words::day::{find_day, is_month};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// What is worked for the firm itself.
const OWN: [&str; 9] =
    ["own", "internal", "admin", "administration", "bookkeeping", "accounting", "taxes", "office", "myself"];
const BEYOND: [&str; 10] = [
    "beyond the agreement",
    "beyond the contract",
    "beyond the scope",
    "beyond scope",
    "out of scope",
    "beyond",
    "extra",
    "unpaid",
    "for free",
    "goodwill",
];
const BEFORE_SALE: [&str; 8] = [
    "before the sale",
    "before a sale",
    "before sale",
    "presales",
    "presale",
    "pre sale",
    "pitch",
    "proposal",
];
const RELATIONSHIP: [&str; 2] = ["relationship", "networking"];

/// The hours among the words before the colon, each with its words: `3h`, `2.5 hours`, `90m`, `1h30`, `1:30h`.
pub(in crate::command::quick_entry) fn hours(line: &Line<'_>) -> Vec<(Range<usize>, Decimal)> {
    hours_in(line, line.heading())
}

/// The same among the words of a range.
pub(in crate::command::quick_entry) fn hours_in(
    line: &Line<'_>,
    within: Range<usize>,
) -> Vec<(Range<usize>, Decimal)> {
    let mut found: Vec<(Range<usize>, Decimal)> = in_words(line, within.clone()).into_iter().collect();
    for at in within {
        let is_used = |(words, _): &(Range<usize>, Decimal)| words.contains(&at);
        if !line.is_free(at) || found.iter().any(is_used) {
            continue;
        }
        let text = line.words.get(at).map_or(String::new(), |word| word.text.to_lowercase());
        let unit = line.plain(at + 1);
        let led = at.checked_sub(1).map_or("", |before| line.plain(before));
        // `in 2h` is a plan, no work.
        let put = at.checked_sub(2).map_or("", |before| line.plain(before)) == "put";
        if led == "in" && !put {
            continue;
        }
        // `12-14 march`, `pages 9-12`
        let dated = is_month(unit) || matches!(led, "page" | "pages" | "p" | "pp" | "room" | "rooms" | "on");
        let one = together(&text)
            .or_else(|| between(&text).filter(|_| !dated))
            .map(|hours| (at..at + 1, hours, text.contains('m')));
        let two = || {
            // `1:30 h`.
            let clock = text.split_once(':').filter(|_| counted(Decimal::ONE, unit) == Some(Decimal::ONE));
            let hours = clock.and_then(|(hours, part)| clock_of(hours, part));
            let hours = hours.or_else(|| number(&text).and_then(|number| counted(number, unit)))?;
            Some((at..at + 2, hours, unit.starts_with('m')))
        };
        let Some((mut words, mut hours, in_minutes)) = one.or_else(two) else { continue };
        // `1 1/2h`.
        let whole = at.checked_sub(1).filter(|at| line.is_free(*at) && is_part(&text));
        if let Some((at, whole)) = whole.and_then(|at| Some((at, number(line.plain(at))?))) {
            (words.start, hours) = (at, hours.saturating_add(whole));
        }
        match found.last_mut() {
            // `2h 30m` is one time.
            Some((before, whole)) if before.end == at && in_minutes && hours < Decimal::ONE => {
                (before.end, *whole) = (words.end, whole.saturating_add(hours));
            }
            _ => found.push((words, hours)),
        }
    }
    found
}

/// `9-11.30`: the hours from one time of the day to another.
fn between(text: &str) -> Option<Decimal> {
    const LONGEST: i64 = 14 * 60;
    let clock = |text: &str| {
        let (hours, minutes) = text.split_once(['.', ':']).unwrap_or((text, "00"));
        let (hours, part) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
        let told = (1..=2).contains(&text.split(['.', ':']).next()?.len()) && minutes.len() == 2;
        (told && hours <= 24 && part < 60).then_some(hours * 60 + part)
    };
    let (from, to) = text.split_once(['-', '–'])?;
    let minutes = clock(to)? - clock(from)?;
    (minutes > 0 && minutes <= LONGEST)
        .then(|| (Decimal::from(minutes) / Decimal::from(60)).round_dp(2).normalize())
}

/// Whether a word is a range of times: it is asked whether these were worked.
pub(in crate::command::quick_entry) fn is_range(line: &Line<'_>, words: &Range<usize>) -> bool {
    words.len() == 1 && between(line.typed(words)).is_some()
}

/// Hours in words that may stand anywhere before the colon.
const IN_WORDS: [(&str, i64); 12] = [
    ("an hour and a half", 150),
    ("one and a half hours", 150),
    ("two and a half hours", 250),
    ("three quarters of an hour", 75),
    ("a quarter of an hour", 25),
    ("quarter of an hour", 25),
    ("half an hour", 50),
    ("half hour", 50),
    ("one hour", 100),
    ("two hours", 200),
    ("three hours", 300),
    ("four hours", 400),
];

/// `half an hour`. Before or after something else it is a time of the day, and no work.
fn in_words(line: &Line<'_>, within: Range<usize>) -> Option<(Range<usize>, Decimal)> {
    let (words, hundredths) = IN_WORDS
        .iter()
        .find_map(|(phrase, hundredths)| Some((line.find(&[*phrase], within.clone())?, *hundredths)))?;
    let led = words.start.checked_sub(1).map_or("", |at| line.plain(at));
    let elsewhere = matches!(line.plain(words.end), "ago" | "late" | "later" | "early" | "before" | "after");
    (!elsewhere && !matches!(led, "in" | "within" | "after"))
        .then(|| (words, Decimal::new(hundredths, 2).normalize()))
}

/// Days of work that open a line, `2 days for acme`: how many, and their words.
pub(in crate::command::quick_entry) fn days(line: &Line<'_>) -> Option<(Range<usize>, Decimal)> {
    // `2 days late`, `2 days to go`.
    const ELSE: [&str; 13] = [
        "late", "later", "early", "before", "after", "ago", "off", "delay", "delayed", "to", "left", "until",
        "from",
    ];
    const WORDS: [(&str, i64); 7] = [
        ("half a day", 5),
        ("half day", 5),
        ("full day", 10),
        ("a day and a half", 15),
        ("a full day", 10),
        ("a whole day", 10),
        ("one day", 10),
    ];
    let put_in =
        line.find(&["put in", "did", "worked"], 0..3.min(line.head)).filter(|words| words.start <= 1);
    let in_words = WORDS.iter().find_map(|(phrase, tenths)| {
        let behind = || {
            let start = put_in.as_ref()?.end;
            line.find(&[*phrase], start..(start + phrase.split(' ').count()).min(line.head))
        };
        let words = opens(line, &[*phrase]).or_else(behind)?;
        Some((words, Decimal::new(*tenths, 1).normalize()))
    });
    let counted = || {
        let text = line.words.first().map_or("", |word| word.text);
        let count = number(text).filter(|count| *count > Decimal::ZERO && *count <= Decimal::from(5))?;
        matches!(line.plain(1), "day" | "days").then_some((0..2, count))
    };
    let (words, count) = in_words.or_else(counted)?;
    let goes_on = words.end < line.head && !ELSE.contains(&line.plain(words.end));
    (goes_on && line.all_free(words.clone())).then_some((words, count))
}

/// How many hours so many days were; it is asked.
fn hours_of_days(reader: &mut Reader<'_>) -> Option<(Range<usize>, Decimal)> {
    let (words, count) = days(&reader.line)?;
    let each = [8, 7, 6].map(|hours| count.saturating_mul(Decimal::from(hours)).normalize());
    let choices = each.map(|hours| Choice { key: hours.to_string(), label: format!("{hours} h") });
    let typed = reader.line.typed(&words).to_owned();
    let answer =
        reader.ask(format!("days:{typed}"), format!("How many hours is “{typed}”?"), choices.to_vec())?;
    each.into_iter().find(|hours| hours.to_string() == answer).map(|hours| (words, hours))
}

/// Whether a time is written as a part of an hour: `1/2h`, `½`.
fn is_part(text: &str) -> bool {
    text.contains(['/', '½', '¼', '¾'])
}

fn number(text: &str) -> Option<Decimal> {
    for (sign, part) in [('½', 50), ('¼', 25), ('¾', 75)] {
        if let Some(whole) = text.strip_suffix(sign) {
            let whole = if whole.is_empty() { Decimal::ZERO } else { number(whole)? };
            return Some(whole.saturating_add(Decimal::new(part, 2)));
        }
    }
    if let Some((part, whole)) = text.split_once('/') {
        let [part, whole] = [part, whole].map(|text| text.parse::<u32>().ok().map(Decimal::from));
        return part?.checked_div(whole?).map(|hours| hours.round_dp(4).normalize());
    }
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    text.replace(',', ".").parse().ok().filter(|number: &Decimal| starts && number.scale() <= 4)
}

fn counted(number: Decimal, unit: &str) -> Option<Decimal> {
    match unit {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" => Some(number),
        "min" | "mins" | "minutes" | "minute" => minutes(number),
        _ => None,
    }
}

fn minutes(number: Decimal) -> Option<Decimal> {
    number.checked_div(Decimal::from(60)).map(|hours| hours.round_dp(4).normalize())
}

/// `3h`, `2.5hrs`, `90m`, `90min`, `1h30`, `1h30m`, `1:30h`.
fn together(text: &str) -> Option<Decimal> {
    let whole = ["hours", "hour", "hrs", "hr", "h"].iter().find_map(|unit| text.strip_suffix(unit));
    if let Some(hours) = whole {
        return match hours.split_once(':') {
            Some((hours, part)) => clock_of(hours, part),
            None => number(hours),
        };
    }
    if let Some((hours, part)) = text.split_once('h') {
        return clock_of(hours, part.trim_end_matches('m').trim_end_matches("min"));
    }
    let minutes_of = ["minutes", "mins", "min", "m"].iter().find_map(|unit| text.strip_suffix(unit));
    number(minutes_of?).and_then(minutes)
}

/// `1` and `30` are an hour and a half.
fn clock_of(hours: &str, part: &str) -> Option<Decimal> {
    let digits = |text: &str| (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())).then_some(());
    digits(hours)?;
    digits(part)?;
    let part: u32 = part.parse().ok().filter(|minutes| *minutes < 60)?;
    number(hours)?.checked_add(minutes(part.into())?)
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let said = hours(&reader.line).into_iter().next();
    let (words, hours) = said.or_else(|| hours_of_days(reader))?;
    reader.refuse_rough(words.start);
    refuse_minutes(reader, words.end);
    // `2h - 3h`
    let text = reader.line.text();
    if words.end == text.start
        && let Some((more, _)) =
            hours_in(&reader.line, text.clone()).into_iter().find(|(it, _)| it.start == text.start)
    {
        reader.refuse(&more, "Say how long it was");
    }
    refuse_days(reader);
    reader.open(ChipKind::Work, &format!("{} of work", time_told(hours)), &words);
    reader.swallow(&["put in", "worked", "work", "did", "spent"], all.clone());
    if hours > Decimal::from(24) || hours.is_zero() {
        reader.need(if hours.is_zero() {
            "No hours are none"
        } else {
            "These are more hours than a day has"
        });
    }
    let day = reader.past_day(all.clone());
    let who = whose(reader)?.client();
    let purpose = purpose(reader);
    let deal = who.as_ref().and_then(|who| deal(reader, who));
    if reader.is_asking() {
        return None;
    }
    // A second time or day, and how often, are no words of a note.
    let heading = reader.line.heading();
    let more = self::hours(&reader.line).into_iter().map(|(words, _)| words).next();
    let more = more.or_else(|| times(&reader.line));
    let today = reader.known.today;
    let more =
        more.or_else(|| find_day(&reader.line, heading.clone(), today, Lean::Back).map(|day| day.words));
    if let Some(first) = more {
        reader.refuse(&first, "Enter one piece of work at a time, of one day");
    }
    if let Some(who) = &who {
        refuse_for_another(reader, who);
        reader.refuse_others(who, reader.line.heading());
    }
    ask_whether_worked(reader, &words, hours)?;
    reader.refuse_unclear_work();
    let note = reader.rest_as(ChipKind::Note, all);
    let name = who.as_ref().map_or("the firm", |who| who.name.as_str());
    let title = format!("{name} {}", note.as_deref().unwrap_or("work"));
    let work = Work {
        id: WorkId::fresh(&title, reader.seed()),
        day,
        client: who.as_ref().map(|who| who.id.clone()),
        deal: deal.map(|deal| deal.id.clone()),
        hours,
        purpose,
        note,
    };
    let same = |known: &Arc<Work>| {
        (known.day, known.hours, &known.note, &known.deal) == (work.day, work.hours, &work.note, &work.deal)
    };
    let known = match &who {
        Some(who) => who.facts.map(|facts| facts.facts.work.as_slice()).unwrap_or_default(),
        None => reader.known.book.firm().work.as_slice(),
    };
    if known.iter().any(same) {
        reader.warn("The same hours are in the book already");
    }
    Some(put(format!("Noted {hours} h for {name}"), vec![AnyRecord::Work(Arc::new(work))]))
}

/// `3h 40`: minutes say that they are some.
fn refuse_minutes(reader: &mut Reader<'_>, behind: usize) {
    let text = reader.line.words.get(behind).map_or("", |word| word.text);
    let few = text.len() == 2 && text.chars().all(|c| c.is_ascii_digit());
    if few && behind < reader.line.heading().end && reader.line.stands_next(behind.saturating_sub(1)) {
        let cure = format!("Put the minutes into one word, as in 3h{text}, or remarks behind a colon");
        reader.refuse(&(behind..behind + 1), cure);
    }
}

/// `wed-thu`, `24-26 nov`: hours of several days.
fn refuse_days(reader: &mut Reader<'_>) {
    let weekday = |text: &str| {
        let name = text.to_lowercase();
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| name.starts_with(day))
    };
    let digits = |text: &str| {
        text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let line = &reader.line;
    let spans = |at: &usize| {
        let text = line.words.get(*at).filter(|_| line.is_free(*at)).map_or("", |word| word.text);
        let parts = text.split_once(['-', '–', '/']).filter(|_| !is_range(line, &(*at..at + 1)));
        parts.is_some_and(|(from, to)| {
            (weekday(from) && weekday(to)) || (digits(from) && digits(to) && !text.contains('/'))
        })
    };
    if let Some(at) = line.heading().find(spans) {
        reader.refuse(&(at..at + 1), "Enter one piece of work at a time, of one day");
    }
}

/// Words behind hours that were not worked, or not yet, or are the sum of what was.
const NOT_WORKED: [&str; 29] = [
    "to do",
    "todo",
    "per",
    "planned",
    "estimated",
    "estimate",
    "quoted",
    "booked",
    "budgeted",
    "left",
    "remaining",
    "late",
    "early",
    "delayed",
    "behind",
    "ahead",
    "scheduled",
    "needed",
    "wanted",
    "requested",
    "expected",
    "offered",
    "more",
    "far",
    "total",
    "altogether",
    "in all",
    "in sum",
    "overall",
];

/// Hours that stand behind other words than who they are for, or after an article, may be wanted or guessed: `enzo estimates
/// 3h`, `enzo wants a 3h workshop`. `None` where that is asked.
fn ask_whether_worked(reader: &mut Reader<'_>, hours: &Range<usize>, much: Decimal) -> Option<()> {
    if reader.agreed() {
        return Some(());
    }
    let line = &reader.line;
    let heading = line.heading();
    let known = |at: usize| touch_verb::is_noun(line.plain(at)) || OWN.contains(&line.plain(at));
    let before = line.runs(0..hours.start).into_iter().find(|run| !run.clone().all(known));
    let sized =
        hours.start.checked_sub(1).filter(|at| matches!(line.plain(*at), "a" | "an" | "the" | "another"));
    let behind = line.find(&NOT_WORKED, hours.end.min(heading.end)..heading.end);
    // `9-11.30` may be pages, or another time.
    let range = is_range(line, hours).then(|| hours.clone());
    let doubt = before.or(behind).or(sized.map(|at| at..at + 1)).or(range);
    let Some(doubt) = doubt else { return Some(()) };
    let typed = line.typed(&doubt).to_owned();
    let told = time_told(much);
    let choices = vec![
        Choice { key: "yes".to_owned(), label: format!("Yes, {told} worked") },
        Choice { key: "no".to_owned(), label: "No: something else".to_owned() },
    ];
    let asked = format!("worked:{}", typed.to_lowercase());
    let text = format!("Was that worked, {told}? “{typed}” may say otherwise");
    if reader.ask(asked, text, choices)? == "no" {
        reader.puzzle();
        reader.need("Say what it is: a touch, a promise, or a note behind a colon");
        return None;
    }
    Some(())
}

/// For whom; `None` where that is asked or missing.
fn whose<'a>(reader: &mut Reader<'a>) -> Option<Owner<'a>> {
    let all = reader.line.all();
    if let Some(who) = reader.who_exactly(all.clone(), true) {
        return Some(Owner::Client(who));
    }
    if reader.is_asking() {
        return None;
    }
    if let [deal] = reader.titled(all.clone(), true).as_slice()
        && let Some(known) = reader.known.book.client(&deal.client)
    {
        return Some(Owner::Client(reader.of_client(known)));
    }
    if let Some(own) = reader.line.find(&OWN, all.clone()) {
        // `admin` says what was done as well.
        if reader.line.plain(own.start) == "own" || reader.line.plain(own.start) == "internal" {
            reader.line.take(own.clone());
            reader.chip_of(ChipKind::Client, "your own firm", &own);
        } else {
            reader.chip(ChipKind::Client, "your own firm");
        }
        return Some(Owner::Firm);
    }
    if let Some(who) = reader.who(all.clone()) {
        return Some(Owner::Client(who));
    }
    let of_title = reader.titled(all.clone(), false);
    let Some(words) = reader.unknown_name(all) else {
        if !reader.is_asking() {
            reader.need("Say for whom, or own for your firm");
        }
        return None;
    };
    let name = titled(reader.line.typed(&words));
    let client = |deal: &Arc<Deal>| reader.known.book.client(&deal.client);
    let label = |deal: &Arc<Deal>| {
        let name = client(deal).map_or("", |known| known.client.name.as_str());
        format!("{} · {name}", deal.title)
    };
    let deals = of_title.iter().map(|deal| Choice { key: deal.id.to_string(), label: label(deal) });
    let mut choices = vec![
        Choice { key: "own".to_owned(), label: "Your own firm".to_owned() },
        Choice { key: "new".to_owned(), label: format!("New client “{name}”") },
    ];
    choices.extend(deals);
    let answer = reader.ask(format!("whose:{}", name.to_lowercase()), "For whom?".to_owned(), choices)?;
    if answer == "own" {
        reader.chip(ChipKind::Client, "your own firm");
        return Some(Owner::Firm);
    }
    if let Some(deal) = of_title.iter().find(|deal| deal.id.as_str() == answer) {
        return Some(Owner::Client(reader.of_client(reader.known.book.client(&deal.client)?)));
    }
    Some(Owner::Client(reader.make_client(&words)))
}

/// Hours as they are said: below one in minutes.
fn time_told(hours: Decimal) -> String {
    let minutes = hours.saturating_mul(Decimal::from(60)).round();
    if hours < Decimal::ONE { format!("{} min", minutes.normalize()) } else { format!("{hours} h") }
}

/// How often: `x 2`, `2x`, `twice`, `each monday`.
fn times(line: &Line<'_>) -> Option<Range<usize>> {
    let counts = |at: usize| {
        let word = line.plain(at);
        !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
    };
    line.heading().filter(|at| line.is_free(*at)).find_map(|at| {
        let word = line.plain(at);
        let joined = word.strip_suffix('x').or(word.strip_prefix('x'));
        let joined = joined.is_some_and(|count| count.parse::<u32>().is_ok());
        let signed = at.checked_sub(1).is_some_and(|before| line.is_multiplied(before)) && counts(at);
        if word == "x" && counts(at + 1) {
            return Some(at..at + 2);
        }
        if word == "x" && at.checked_sub(1).is_some_and(counts) {
            return Some(at - 1..at + 1);
        }
        (joined || signed || matches!(word, "twice" | "each" | "every")).then_some(at..at + 1)
    })
}

/// `acme 3h for zoe`: of two clients it is not clear who pays for the hours.
fn refuse_for_another(reader: &mut Reader<'_>, who: &Who<'_>) {
    let found = reader.names(&reader.line.heading());
    let another = found.iter().find(|named| {
        let led = named.fit.words.start.checked_sub(1).map_or("", |at| reader.line.plain(at));
        let start = named.fit.words.start;
        // `Ana` may be theirs as well.
        let theirs = found.iter().any(|it| *it.client.id() == who.id && it.fit.words.start == start);
        named.fit.exact && matches!(led, "for" | "at") && *named.client.id() != who.id && !theirs
    });
    if let Some(named) = another {
        let name = named.client.client.name.clone();
        reader.need(format!("One client a line: the hours are for {} or for {name}", who.name));
    }
}

fn purpose(reader: &mut Reader<'_>) -> Purpose {
    let all = reader.line.all();
    for (phrases, purpose, label) in [
        (BEYOND.as_slice(), Purpose::Beyond, "beyond the agreement"),
        (BEFORE_SALE.as_slice(), Purpose::BeforeSale, "before the sale"),
        (RELATIONSHIP.as_slice(), Purpose::Relationship, "for the relationship"),
    ] {
        let Some(words) = reader.line.find(phrases, all.clone()) else { continue };
        let says_what = matches!(reader.line.plain(words.start), "pitch" | "proposal" | "networking");
        if says_what {
            reader.chip(ChipKind::Work, label);
        } else {
            reader.line.take(words.clone());
            reader.chip_of(ChipKind::Work, label, &words);
        }
        return purpose;
    }
    Purpose::Job
}

/// Whether a deal that words name is what was worked for; of one that is over, or that a word in the midst of others names, it
/// is asked.
fn is_meant<'a>(
    reader: &mut Reader<'a>,
    who: &Who<'a>,
    deal: &Arc<Deal>,
    words: &Range<usize>,
) -> Option<bool> {
    let over = reader.over_since(deal).map(|since| format!("; it is over since {since}"));
    // What is the only thing under way needs no asking.
    let is_only = matches!(reader.deals_in(who, &[Phase::Won]).as_slice(), [only] if only.id == deal.id);
    if over.is_none() && (is_only || !reader.may_be_another(deal, words)) {
        return Some(true);
    }
    let typed = reader.line.typed(words).to_owned();
    let choices = vec![
        Choice { key: "deal".to_owned(), label: format!("For {}", deal.title) },
        Choice { key: "note".to_owned(), label: format!("No: “{typed}” is a word of what was done") },
    ];
    let text = format!("Was it for {}{}?", deal.title, over.unwrap_or_default());
    Some(reader.ask(format!("worked-for:{}", deal.id), text, choices)? == "deal")
}

/// The deal named, or the only one under way.
fn deal<'a>(reader: &mut Reader<'a>, who: &Who<'a>) -> Option<&'a Arc<Deal>> {
    let all = reader.line.all();
    if let Some((deal, words)) = reader.named_deal(who, all)
        && is_meant(reader, who, deal, &words)?
    {
        // `pages and fonts`, `shop sign`: a word of what was done is a part of the note.
        let line = &reader.line;
        let joined = |at: usize| line.plain(at) == "and" && line.is_free(at);
        let of_two = joined(words.end) && line.is_free(words.end + 1)
            || words.start.checked_sub(2).is_some_and(|at| joined(at + 1) && line.is_free(at));
        let of_note = reader.may_be_another(deal, &words);
        if !of_two && !of_note {
            reader.line.take(words.clone());
        }
        reader.chip_of(ChipKind::Deal, deal.title.clone(), &words);
        return Some(deal);
    }
    let under_way = reader.deals_in(who, &[Phase::Won]);
    let [only] = under_way.as_slice() else { return None };
    let fee = who.facts.and_then(|facts| facts.running_retainers(reader.known.today).next());
    if let Some(fee) = fee.filter(|fee| fee.deal.as_ref() != Some(&only.id)) {
        let choices = vec![
            Choice { key: "fee".to_owned(), label: format!("{}, the regular fee", fee.what) },
            Choice { key: "deal".to_owned(), label: only.title.clone() },
        ];
        let asked = format!("hours-for:{}:{}", fee.id, only.id);
        if reader.ask(asked, "What were these hours for?".to_owned(), choices)? == "fee" {
            return None;
        }
        reader.chip(ChipKind::Deal, only.title.clone());
    } else {
        reader.chip(ChipKind::Deal, format!("{}, the only one under way", only.title));
    }
    Some(*only)
}
