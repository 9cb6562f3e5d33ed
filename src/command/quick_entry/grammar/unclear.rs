//! What makes a title or a note unclear that no mark begins: a word that turns what it says, a day or a rate in two pieces.

use std::ops::Range;

use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::words::amount::names_currency;
use crate::command::quick_entry::words::day::is_month;
use crate::command::quick_entry::words::line::Line;

/// Words that turn what a text says, which it may be of one's own: what is not, or not yet, or only perhaps, is no fact.
const TURNING: [&str; 50] = [
    "too much",
    "too little",
    "not",
    "never",
    "cannot",
    "cant",
    "wont",
    "didnt",
    "doesnt",
    "dont",
    "isnt",
    "wasnt",
    "hasnt",
    "havent",
    "hadnt",
    "couldnt",
    "should",
    "must",
    "might",
    "would",
    "could",
    "shall",
    "gotta",
    "wanna",
    "unless",
    "if",
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "almost",
    "nearly",
    "hardly",
    "barely",
    "rarely",
    "seldom",
    "later",
    "soon",
    "asap",
    "someday",
    "next month",
    "next year",
    "cancelled",
    "canceled",
    "postponed",
    "refunded",
    "ago",
    "twice",
    "expired",
    "itself",
];
/// What says right behind an amount that it is that of each, or that it is more or less.
const EACH: [&str; 12] =
    ["or", "each", "apiece", "per", "hour", "hours", "hourly", "minutes", "min", "plus", "minus", "less"];
/// What is added to an amount, or is in it.
const TAXES: [&str; 4] = ["vat", "mwst", "ust", "gst"];

/// Whether a word turns what is said.
pub(in crate::command::quick_entry) fn is_turning(word: &str) -> bool {
    TURNING.contains(&word)
}

/// Where words turn what a range says.
pub(in crate::command::quick_entry) fn turning(
    line: &Line<'_>,
    within: Range<usize>,
) -> Option<Range<usize>> {
    let negated = |at: &usize| {
        let text = line.words.get(*at).map(|word| word.text.to_lowercase().replace('’', "'"));
        line.is_free(*at) && text.is_some_and(|text| text.ends_with("n't"))
    };
    let phrase = line.find(&TURNING, within.clone());
    phrase.or_else(|| within.into_iter().find(negated).map(|at| at..at + 1))
}

/// A number and a month with something between them, which are a day no more: `18 usually nov`; so is `last purple night`.
fn split_day(line: &Line<'_>, within: Range<usize>) -> Option<Range<usize>> {
    const NEAR: usize = 3;
    let number = |at: usize| {
        let digits = line.plain(at).trim_end_matches(|c: char| c.is_ascii_alphabetic());
        line.is_free(at) && digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
    };
    let month = |at: usize| is_month(line.plain(at));
    within.clone().find_map(|at| {
        let mut next = at + 2..(at + NEAR + 1).min(within.end);
        let end = next.find(|next| {
            let night = line.plain(at) == "last" && line.plain(*next) == "night";
            let split = night || (number(at) && month(*next)) || (month(at) && number(*next));
            split && line.all_free(at + 1..*next)
        })?;
        Some(at..end + 1)
    })
}

/// What says how often, with something in its midst: `a rainy year`.
fn split_interval(line: &Line<'_>, within: Range<usize>) -> Option<Range<usize>> {
    let unit = |at: usize| matches!(line.plain(at), "day" | "week" | "month" | "quarter" | "year");
    let leads = |at: usize| matches!(line.plain(at), "a" | "per" | "every" | "each");
    let found = |at: &usize| leads(*at) && unit(at + 2) && line.all_free(*at..at + 3);
    within.clone().find(found).map(|at| at..at + 3)
}

impl Reader<'_> {
    /// Asks about what makes the unmarked text of a range unclear: a word that turns what it says, a day in two pieces.
    pub(in crate::command::quick_entry) fn refuse_unclear(&mut self, within: Range<usize>) {
        let line = &self.line;
        let found = turning(line, within.clone()).or_else(|| split_day(line, within));
        if let Some(words) = found {
            self.wonder(&words);
        }
    }

    /// The same of the title of what is sold, bought or renewed, and about what belongs to an amount and stands elsewhere.
    pub(in crate::command::quick_entry) fn refuse_unclear_title(&mut self, amount: Option<&Range<usize>>) {
        let line = &self.line;
        let heading = line.heading();
        let currency = |at: &usize| {
            // `500 eur/h`.
            let named = |text: &str| names_currency(text.split('/').next().unwrap_or(text));
            line.is_free(*at) && line.words.get(*at).is_some_and(|word| named(word.text))
        };
        let taxed = |at: &usize| {
            let text = line.words.get(*at).map_or("", |word| word.text);
            let percent = text.contains('%') && text.contains(|c: char| c.is_ascii_digit());
            line.is_free(*at) && (percent || TAXES.contains(&line.plain(*at)))
        };
        // `160/banner`.
        let per_one = |at: &usize| {
            let text = line.words.get(*at).map_or("", |word| word.text);
            let parts = text.split_once('/').filter(|_| line.is_free(*at));
            parts.is_some_and(|(count, what)| {
                count.starts_with(|c: char| c.is_ascii_digit()) && what.starts_with(char::is_alphabetic)
            })
        };
        let odd = |at: &usize| currency(at) || taxed(at) || per_one(at);
        let mut found = heading.clone().find(odd).map(|at| at..at + 1);
        if let Some(amount) = amount {
            let each = |at: &usize| line.is_free(*at) && EACH.contains(&line.plain(*at));
            let often = |at: &usize| {
                let count = line.words.get(*at).and_then(|word| word.text.strip_suffix(['x', 'X', '×']));
                line.is_free(*at) && count.is_some_and(|count| count.parse::<u32>().is_ok())
            };
            // `500 a head`.
            let per = line.is_free(amount.end) && matches!(line.plain(amount.end), "a" | "an");
            let rate = |at: &usize| line.is_free(*at) && line.plain(*at) == "at";
            let before = amount.start.saturating_sub(2);
            let split =
                |at: usize| line.is_multiplied(at) && (at + 1..amount.start).any(|at| line.is_free(at));
            let signed = (before..amount.start).find(|at| rate(at) || split(*at));
            let behind = (amount.end..amount.end.saturating_add(3).min(line.words.len())).find(each);
            found = found
                .or_else(|| heading.clone().find(often).map(|at| at..at + 1))
                .or_else(|| signed.map(|at| at..amount.start))
                .or_else(|| behind.map(|at| amount.end..at + 1))
                .or_else(|| per.then(|| amount.end..(amount.end + 2).min(line.words.len())));
        }
        match found.or_else(|| split_interval(line, heading.clone())) {
            Some(words) => self.wonder(&words),
            None => self.refuse_unclear(heading),
        }
    }

    /// Asks about what is left of a time that was worked, and about what makes a note unclear.
    pub(in crate::command::quick_entry) fn refuse_unclear_work(&mut self) {
        let line = &self.line;
        let unit = |at: &usize| {
            line.is_free(*at)
                && matches!(line.plain(*at), "h" | "hour" | "hours" | "min" | "mins" | "minutes")
        };
        match line.heading().find(unit) {
            Some(at) => self.wonder(&(at..at + 1)),
            None => self.refuse_unclear(self.line.heading()),
        }
    }
}
