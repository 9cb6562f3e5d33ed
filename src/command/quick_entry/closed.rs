//! The closed grammar: what may stand in a line besides what is read from it.
//!
//! A line holds the words of its kind, names, amounts, days, and a few words that join them. Words of one's own stand where a
//! text is declared: behind a colon, a comma or a bracket, in quotes, behind a word such as `about`, as what a verb is about
//! (`sent acme the draft`), or as the title of what is sold, bought or worked. Any other word may turn the meaning (`enzo rarely
//! complains`, `gotta call enzo`): it is neither kept nor dropped, but asked about.

use std::ops::Range;

use super::Choice;
use super::amount::names_currency;
use super::day::{is_month, is_weekday};
use super::line::Line;
use super::name::Named;
use super::reader::{Reader, titled};
use super::touch::is_way;

/// What joins the parts of a payment or a credit, of which nothing else is told.
pub(super) const MONEY_JOINS: [&str; 23] = [
    "the", "a", "an", "my", "our", "us", "me", "i", "we", "has", "have", "had", "just", "for", "from", "of",
    "on", "to", "by", "in", "finally", "already", "also",
];
/// What joins the parts of a move of a deal, of an agreement, a delivery.
pub(super) const DEAL_JOINS: [&str; 25] = [
    "the", "a", "an", "my", "our", "us", "me", "i", "we", "has", "have", "had", "just", "for", "from", "of",
    "with", "to", "at", "in", "is", "was", "finally", "already", "also",
];
/// What may stand between who spoke and the verb.
pub(super) const BEFORE_VERB: [&str; 32] = [
    "in", "the", "a", "an", "my", "our", "us", "me", "i", "we", "has", "have", "had", "was", "were", "at",
    "from", "of", "on", "just", "also", "again", "then", "finally", "already", "briefly", "quick", "quickly",
    "short", "long", "brief", "new",
];
/// What may stand between the verb, whom it was with, and what it was about.
const BEHIND_VERB: [&str; 27] = [
    "the", "a", "an", "my", "our", "us", "me", "him", "her", "them", "with", "to", "from", "by", "at", "of",
    "for", "on", "in", "again", "also", "too", "briefly", "quickly", "just", "re", "about",
];
/// What leads to what a touch was about, whatever it says.
pub(super) const LEADS: [&str; 7] = ["about", "re", "regarding", "concerning", "that", "because", "since"];
/// Of these, those that say nothing themselves and join nothing else.
const ONLY_LEADS: [&str; 2] = ["regarding", "concerning"];
/// What leads to it where nothing turns what it says.
const TURNED_TO: [&str; 9] = ["for", "of", "on", "with", "in", "at", "to", "over", "into"];
/// What leads to a question that was asked.
const QUESTIONS: [&str; 9] = ["if", "whether", "when", "where", "why", "how", "what", "who", "which"];
/// What begins the thing that a verb is about.
const THINGS: [&str; 21] = [
    "the", "a", "an", "my", "our", "your", "his", "her", "its", "their", "this", "these", "those", "some",
    "both", "all", "two", "three", "four", "five", "several",
];
/// What a name may follow.
const TOWARDS: [&str; 8] = ["with", "to", "from", "by", "at", "of", "for", "and"];
/// Words that turn what a title or a thing says: what is not, or not yet, or only perhaps, is none.
const TURNING: [&str; 45] = [
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
];
/// What says of an amount that it is that of each, and stands right behind it.
const EACH: [&str; 8] = ["each", "apiece", "per", "hour", "hours", "hourly", "minutes", "min"];
/// Small words of names that are written with capitals.
const PARTICLES: [&str; 41] = [
    "and", "und", "of", "the", "for", "in", "on", "at", "by", "van", "von", "de", "der", "den", "la", "le",
    "les", "di", "da", "del", "della", "do", "dos", "du", "el", "al", "y", "e", "ter", "ten", "zu", "zur",
    "zum", "am", "im", "an", "vom", "bei", "gmbh", "mbh", "with",
];
/// Nobody, who does nothing and is no new client.
const NOBODY: [&str; 7] = ["nobody", "noone", "none", "nothing", "neither", "somebody", "someone"];

/// Where words turn what a range says.
pub(super) fn turning(line: &Line<'_>, within: Range<usize>) -> Option<Range<usize>> {
    let negated = |at: &usize| {
        let text = line.words.get(*at).map(|word| word.text.to_lowercase().replace('’', "'"));
        line.is_free(*at) && text.is_some_and(|text| text.ends_with("n't"))
    };
    let phrase = line.find(&TURNING, within.clone());
    phrase.or_else(|| within.into_iter().find(negated).map(|at| at..at + 1))
}

/// A number and a month with something between them, which are a day no more: `18 usually nov`.
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
            let split = (number(at) && month(*next)) || (month(at) && number(*next));
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

/// Whether a word is nobody's name: it turns the meaning, or is nobody.
pub(super) fn is_no_name(line: &Line<'_>, at: usize) -> bool {
    let small = line.words.get(at).is_some_and(|word| !word.text.starts_with(char::is_uppercase));
    small && (NOBODY.contains(&line.plain(at)) || turning(line, at..at + 1).is_some())
}

impl Reader<'_> {
    /// Asks what words mean that no part of the line accounts for.
    pub(super) fn wonder(&mut self, words: &Range<usize>) {
        let need = what_does_it_mean(self.line.typed(words));
        self.refuse(words, need);
    }

    /// Asks about the free words of a range that do not join; those that do are used.
    pub(super) fn close(&mut self, within: Range<usize>, joins: &[&str]) {
        let strays = self.line.strays(within.clone(), joins);
        for words in &strays {
            self.wonder(words);
        }
        for at in within {
            if self.line.is_free(at) {
                self.absorb(at..at + 1);
            }
        }
    }

    /// Asks about what makes the unmarked text of a range unclear: a word that turns what it says, a day in two pieces.
    pub(super) fn refuse_unclear(&mut self, within: Range<usize>) {
        let line = &self.line;
        let found = turning(line, within.clone()).or_else(|| split_day(line, within));
        if let Some(words) = found {
            self.wonder(&words);
        }
    }

    /// The same of the title of what is sold, bought or renewed, and about what belongs to an amount and stands elsewhere.
    pub(super) fn refuse_unclear_title(&mut self, amount: Option<&Range<usize>>) {
        let line = &self.line;
        let heading = line.heading();
        let currency = |at: &usize| {
            line.is_free(*at) && line.words.get(*at).is_some_and(|word| names_currency(word.text))
        };
        let mut found = heading.clone().find(currency).map(|at| at..at + 1);
        if let Some(amount) = amount {
            let each = |at: &usize| line.is_free(*at) && EACH.contains(&line.plain(*at));
            let often = |at: &usize| {
                let count = line.words.get(*at).and_then(|word| word.text.strip_suffix(['x', 'X', '×']));
                line.is_free(*at) && count.is_some_and(|count| count.parse::<u32>().is_ok())
            };
            let rate = |at: &usize| line.is_free(*at) && line.plain(*at) == "at";
            let before = amount.start.saturating_sub(2);
            let split =
                |at: usize| line.is_multiplied(at) && (at + 1..amount.start).any(|at| line.is_free(at));
            let signed = (before..amount.start).find(|at| rate(at) || split(*at));
            let behind = (amount.end..amount.end.saturating_add(3).min(line.words.len())).find(each);
            found = found
                .or_else(|| heading.clone().find(often).map(|at| at..at + 1))
                .or_else(|| signed.map(|at| at..amount.start))
                .or_else(|| behind.map(|at| amount.end..at + 1));
        }
        match found.or_else(|| split_interval(line, heading.clone())) {
            Some(words) => self.wonder(&words),
            None => self.refuse_unclear(heading),
        }
    }

    /// Asks about what is left of a time that was worked, and about what makes a note unclear.
    pub(super) fn refuse_unclear_work(&mut self) {
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

    /// Says of a new name that was typed with capitals that a word without one may be none of it. `None` where it may.
    pub(super) fn check_name(&mut self, words: &Range<usize>, is_person: bool) -> Option<()> {
        let line = &self.line;
        let starts = |at: usize, is: fn(char) -> bool| {
            line.words.get(at).is_some_and(|word| word.text.starts_with(is))
        };
        let capital = words.clone().any(|at| starts(at, char::is_uppercase));
        let odd = |at: &usize| {
            let small = capital && starts(*at, char::is_lowercase) && !PARTICLES.contains(&line.plain(*at));
            small || is_no_name(line, *at)
        };
        let Some(at) = words.clone().find(odd) else { return self.ask_whole_name(words, capital, is_person) };
        let typed = line.typed(&(at..at + 1)).to_owned();
        self.refuse(&(at..at + 1), format!("Is “{typed}” a part of the name? Then write it with a capital"));
        None
    }

    /// Whether many words without capitals are all one name: `eva klein briefly`, `globex from hamburg`. `None` where that is asked.
    fn ask_whole_name(&mut self, words: &Range<usize>, capital: bool, is_person: bool) -> Option<()> {
        const FEW: usize = 2;
        let joined = words.clone().any(|at| self.line.is_filler(at));
        if capital || words.len() <= FEW || !(is_person || joined) {
            return Some(());
        }
        let name = titled(self.line.typed(words));
        let choices = vec![Choice { key: "name".to_owned(), label: format!("Yes: {name}") }];
        let text = format!("Is “{name}” the whole name? Write it with capitals where it begins and ends");
        self.ask(format!("name:{}", name.to_lowercase()), text, choices).map(|_| ())
    }

    /// Asks about the words around the verb of a touch, `asks` where it tells of a question; from `text` on all is what it was
    /// about.
    pub(super) fn close_around(&mut self, verb: &Range<usize>, asks: bool, text: Option<usize>) {
        let heading = self.line.heading();
        self.refuse_short_years(heading.clone());
        self.close(heading.start..verb.start, &BEFORE_VERB);
        for run in self.line.free_runs(verb.end..heading.end) {
            let begins = self.text_begins(&run, asks, text);
            let end = begins.as_ref().map_or(run.end, |begins| begins.at);
            self.close(run.start..end, &BEHIND_VERB);
            if begins.is_some_and(|begins| !begins.surely) {
                let marked = |at: &usize| self.line.is_parted(*at) || text.is_some_and(|text| *at >= text);
                let next = (end + 1..run.end).find(marked).unwrap_or(run.end);
                self.refuse_unclear_text(end..next);
            }
            if ONLY_LEADS.contains(&self.line.plain(end)) && end + 1 < run.end {
                self.absorb(end..end + 1);
            }
        }
    }

    /// Asks about what makes a text unclear that no mark begins: also a month, a weekday, by what it went, or whom it was with.
    fn refuse_unclear_text(&mut self, within: Range<usize>) {
        let line = &self.line;
        let strange = |at: &usize| {
            let word = line.plain(*at);
            line.is_free(*at) && (is_month(word) || is_weekday(word) || is_way(word))
        };
        let names = self.names(&within);
        let led = TOWARDS.contains(&line.plain(within.start));
        let person = |named: &&Named<'_>| named.fit.exact && named.fit.words.end == within.end;
        let named = names.iter().find(person).filter(|_| led).map(|named| named.fit.words.clone());
        let article = |at: usize| matches!(line.plain(at), "the" | "a" | "an" | "my" | "our");
        let named = named.filter(|words| !(within.start + 1..words.start).all(article));
        let strange = within.clone().find(strange);
        if let Some(words) = named {
            self.wonder(&(within.start + 1..words.start));
        }
        match strange {
            Some(at) => self.wonder(&(at..at + 1)),
            None => self.refuse_unclear(within),
        }
    }

    /// Where in a run of words a text begins.
    fn text_begins(&self, run: &Range<usize>, asks: bool, text: Option<usize>) -> Option<Begins> {
        let line = &self.line;
        // `call with rarely acme`: what leads to the name leads to no text.
        let named = self.whom.iter().any(|name| name.start == run.end);
        let last = run.clone().rev().find(|at| !matches!(line.plain(*at), "the" | "my" | "our"));
        let towards = last.is_some_and(|last| TOWARDS.contains(&line.plain(last)));
        let joined = |at: usize| (run.start..at).all(|at| line.is_one_of(at, &BEHIND_VERB));
        let counts = |at: usize| line.plain(at).starts_with(|c: char| c.is_ascii_digit());
        let often = |at: usize| matches!(line.plain(at), "times" | "x");
        run.clone().find_map(|at| {
            let word = line.plain(at);
            if line.is_parted(at) || text.is_some_and(|text| at >= text) {
                return Some(Begins { at, surely: true });
            }
            let before = at.checked_sub(1).map_or("", |at| line.plain(at));
            let questions = asks && QUESTIONS.contains(&word) && !matches!(before, "by" | "via");
            let leads = LEADS.contains(&word) || questions;
            let begins = TURNED_TO.contains(&word)
                || (joined(at) && (THINGS.contains(&word) || (counts(at) && !often(at + 1))));
            // `called back`.
            let back = joined(at) && word == "back";
            let begins = last.is_some_and(|last| at < last) && (leads || begins);
            ((!named || towards) && (begins || back)).then_some(Begins { at, surely: leads })
        })
    }
}

/// Where a text begins, and whether it surely is one.
struct Begins {
    at: usize,
    surely: bool,
}

/// What is asked of words that no part of a line accounts for.
pub(super) fn what_does_it_mean(typed: &str) -> String {
    format!("What does “{typed}” mean here? Take it out, or put remarks behind a colon")
}
