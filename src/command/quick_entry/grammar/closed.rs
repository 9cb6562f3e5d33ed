//! The closed grammar: what may stand in a line besides what is read from it.
//!
//! A line holds the words of its kind, names, amounts, days, and a few words that join them. Words of one's own stand where a
//! text is declared: behind a colon, a comma or a bracket, in quotes, behind a word such as `about`, as what a verb is about
//! (`sent acme the draft`), or as the title of what is sold, bought or worked. Any other word may turn the meaning (`enzo rarely
//! complains`, `gotta call enzo`): it is neither kept nor dropped, but asked about.

use std::ops::Range;

use crate::command::quick_entry::facts::touch::is_way;
use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::who::name::Named;
use crate::command::quick_entry::words::day::{is_month, is_weekday};
use crate::command::quick_entry::words::line::FILLERS;

/// What joins the parts of a payment or a credit, of which nothing else is told.
pub(in crate::command::quick_entry) const MONEY_JOINS: [&str; 23] = [
    "the", "a", "an", "my", "our", "us", "me", "i", "we", "has", "have", "had", "just", "for", "from", "of",
    "on", "to", "by", "in", "finally", "already", "also",
];
/// What joins the parts of a move of a deal, of an agreement, a delivery.
pub(in crate::command::quick_entry) const DEAL_JOINS: [&str; 27] = [
    "the", "a", "an", "my", "our", "us", "me", "i", "we", "has", "have", "had", "just", "for", "from", "of",
    "with", "to", "at", "in", "is", "was", "finally", "already", "also", "project", "job",
];
/// What may stand between who spoke and the verb.
pub(in crate::command::quick_entry) const BEFORE_VERB: [&str; 39] = [
    "in",
    "the",
    "a",
    "an",
    "my",
    "our",
    "us",
    "me",
    "i",
    "we",
    "has",
    "have",
    "had",
    "was",
    "were",
    "at",
    "from",
    "of",
    "on",
    "just",
    "also",
    "again",
    "then",
    "finally",
    "already",
    "briefly",
    "quick",
    "quickly",
    "short",
    "long",
    "brief",
    "new",
    "great",
    "good",
    "nice",
    "lovely",
    "pleasant",
    "friendly",
    "productive",
];
/// What may stand between the verb, whom it was with, and what it was about.
const BEHIND_VERB: [&str; 27] = [
    "the", "a", "an", "my", "our", "us", "me", "him", "her", "them", "with", "to", "from", "by", "at", "of",
    "for", "on", "in", "again", "also", "too", "briefly", "quickly", "just", "re", "about",
];
/// What leads to what a touch was about, whatever it says.
pub(in crate::command::quick_entry) const LEADS: [&str; 7] =
    ["about", "re", "regarding", "concerning", "that", "because", "since"];
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
impl Reader<'_> {
    /// Asks what words mean that no part of the line accounts for.
    pub(in crate::command::quick_entry) fn wonder(&mut self, words: &Range<usize>) {
        if self.agreed() {
            return;
        }
        let need = self.what_does_it_mean(words);
        self.puzzle();
        self.refuse(words, need);
    }

    /// The question, and what to do about it: not every kind of line takes a note.
    pub(in crate::command::quick_entry) fn what_does_it_mean(&self, words: &Range<usize>) -> String {
        let typed = self.line.typed(words);
        let cure = if self.joins == FILLERS {
            "or put remarks behind a colon"
        } else {
            "or note it in a line of its own"
        };
        format!("What does “{typed}” mean here? Take it out, {cure}")
    }

    /// Asks about the free words of a range that do not join; those that do are used.
    pub(in crate::command::quick_entry) fn close(&mut self, within: Range<usize>, joins: &[&str]) {
        if self.agreed() {
            return;
        }
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

    /// Asks about the words around the verb of a touch, `asks` where it tells of a question, `sent` where of something that was
    /// sent; from `text` on all is what it was about.
    pub(in crate::command::quick_entry) fn close_around(
        &mut self,
        verb: &Range<usize>,
        asks: bool,
        sent: bool,
        text: Option<usize>,
    ) {
        let heading = self.line.heading();
        self.refuse_short_years(heading.clone());
        self.close(heading.start..verb.start, &BEFORE_VERB);
        for run in self.line.free_runs(verb.end..heading.end) {
            // `sent photos of the organ`: of what was sent any word may be the first.
            let first = run.clone().find(|at| !self.line.is_one_of(*at, &BEHIND_VERB)).filter(|_| sent);
            let first = first.map(|at| Begins { at, surely: false });
            let begins = self
                .text_begins(&run, asks, text)
                .filter(|it| first.as_ref().is_none_or(|first| it.at <= first.at));
            let begins = begins.or(first);
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
