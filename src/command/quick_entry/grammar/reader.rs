//! A line being read: its words, what is said back of them, and account of every word that was used.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::{AnyRecord, Record};
use crate::state::{Change, Edit};
use crate::written::capital;

use crate::command::quick_entry::who::name::{Named, Names, likeliest};
use crate::command::quick_entry::words::day::no_days;
use crate::command::quick_entry::words::line::{FILLERS, Line};
use crate::command::quick_entry::{Chip, ChipKind, Choice, Known, Question, Reading};

/// What is said of a day ahead on which something is said to have happened.
pub(in crate::command::quick_entry) const LIES_AHEAD: &str =
    "This day lies ahead: a fact is noted on the day it happened, and a day of last year with its year";
/// So many ways to go on are offered at most.
const MOST_CHOICES: usize = 6;

/// Whether it was answered what a line is that is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command::quick_entry) enum Answered {
    /// It was not.
    Not,
    /// It has a title, of which no word may be strange.
    Titled,
    /// No word of it is wondered at any more.
    Wholly,
}

/// A line being read.
#[derive(Debug)]
pub(in crate::command::quick_entry) struct Reader<'a> {
    pub(in crate::command::quick_entry) known: Known<'a>,
    pub(in crate::command::quick_entry) line: Line<'a>,
    /// What everybody is called, once somebody is looked for.
    names: OnceCell<Names<'a>>,
    chips: Vec<Chip>,
    question: Option<Question>,
    needed: Option<String>,
    /// What has to be in the book before the facts.
    first: Vec<Change>,
    made: u64,
    /// Whether nothing can be entered, whatever is answered.
    doubted: bool,
    /// Whether what stands in the way first is that a word means nothing here.
    puzzled: bool,
    /// Whether it was answered what the line is.
    pub(in crate::command::quick_entry) answered: Answered,
    /// Words of this kind of line that say nothing by themselves.
    pub(in crate::command::quick_entry) joins: &'static [&'static str],
    /// Where whoever it is about is named.
    pub(in crate::command::quick_entry) whom: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    pub(in crate::command::quick_entry) fn new(known: Known<'a>, line: Line<'a>) -> Self {
        let (chips, first) = (Vec::new(), Vec::new());
        Self {
            known,
            line,
            names: OnceCell::new(),
            chips,
            question: None,
            needed: None,
            first,
            made: 0,
            doubted: false,
            puzzled: false,
            answered: Answered::Not,
            joins: &FILLERS,
            whom: Vec::new(),
        }
    }

    /// Every client and person that free words of a range may name.
    pub(in crate::command::quick_entry) fn names(&self, within: &Range<usize>) -> Vec<Named<'a>> {
        self.names.get_or_init(|| Names::of(self.known.book)).within(&self.line, within)
    }

    /// Whether free words of a range name nobody who is known, written out.
    pub(in crate::command::quick_entry) fn names_nobody(&self, within: &Range<usize>) -> bool {
        likeliest(self.names(within), true).is_empty()
    }

    /// A seed for the next record of this line.
    pub(in crate::command::quick_entry) fn seed(&mut self) -> u64 {
        self.made = self.made.wrapping_add(1);
        self.known.seed.wrapping_add(self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A question and a day that is none are never a part of a fact: they are said not to be understood.
    pub(in crate::command::quick_entry) fn refuse_what_is_none(&mut self) {
        let no_days = no_days(&self.line, self.line.heading(), self.known.today);
        for words in no_days {
            let need = format!("{} is no day", self.line.typed(&words));
            self.refuse(&words, need);
        }
        let asks = |at: &usize| self.line.words.get(*at).is_some_and(|word| word.asks);
        if let Some(at) = self.line.heading().find(asks) {
            let words = at..at + 1;
            self.doubted = true;
            self.chip_of(ChipKind::NotUnderstood, format!("{}?", self.line.typed(&words)), &words);
            self.line.take(words);
            self.need("A question is no fact: say what happened, or put the question after a colon");
        }
    }

    // What is said back.

    /// A chip that follows from the book, or is said of words that another one accounts for.
    pub(in crate::command::quick_entry) fn chip(&mut self, kind: ChipKind, label: impl Into<String>) {
        self.chips.push(Chip { kind, label: label.into(), spans: Vec::new() });
    }

    /// A chip that was read from words.
    pub(in crate::command::quick_entry) fn chip_of(
        &mut self,
        kind: ChipKind,
        label: impl Into<String>,
        words: &Range<usize>,
    ) {
        self.chip_of_all(kind, label, std::slice::from_ref(words));
    }

    /// A chip that was read from words in several places.
    pub(in crate::command::quick_entry) fn chip_of_all(
        &mut self,
        kind: ChipKind,
        label: impl Into<String>,
        words: &[Range<usize>],
    ) {
        let spans = words.iter().filter_map(|range| self.line.span(range)).collect();
        self.chips.push(Chip { kind, label: label.into(), spans });
    }

    /// Uses words for the chip that says what sort of fact this is.
    pub(in crate::command::quick_entry) fn open(
        &mut self,
        kind: ChipKind,
        label: &str,
        words: &Range<usize>,
    ) {
        self.line.take(words.clone());
        self.chip_of(kind, label, words);
    }

    /// Says that it is another sort of fact than its verb led to expect.
    pub(in crate::command::quick_entry) fn reopen(&mut self, kind: ChipKind, label: &str) {
        if let Some(chip) = self.chips.first_mut() {
            (chip.kind, chip.label) = (kind, label.to_owned());
        }
    }

    /// Uses a phrase that says nothing more than the sort of fact does.
    pub(in crate::command::quick_entry) fn swallow(
        &mut self,
        phrases: &[&str],
        within: Range<usize>,
    ) -> bool {
        let found = self.line.find(phrases, within);
        found.is_some_and(|words| {
            self.absorb(words);
            true
        })
    }

    /// Uses words that say nothing more than the sort of fact does.
    pub(in crate::command::quick_entry) fn absorb(&mut self, words: Range<usize>) {
        let span = self.line.span(&words);
        self.line.take(words);
        if let Some(chip) = self.chips.first_mut() {
            chip.spans.extend(span);
        }
    }

    /// Says what is missing or stands in the way; what was said first stands.
    pub(in crate::command::quick_entry) fn need(&mut self, what: impl Into<String>) {
        self.needed.get_or_insert_with(|| what.into());
    }

    /// Says why nothing can be entered, whatever is answered.
    pub(in crate::command::quick_entry) fn doubt(&mut self, need: impl Into<String>) {
        self.doubted = true;
        self.need(need);
    }

    /// Whether no word is wondered at, since it was answered what the line is.
    pub(in crate::command::quick_entry) fn agreed(&self) -> bool {
        self.answered == Answered::Wholly
    }

    /// Notes that a word is to be wondered at, where nothing else stands in the way.
    pub(in crate::command::quick_entry) fn puzzle(&mut self) {
        self.puzzled |= self.needed.is_none();
    }

    /// Something to mind that does not stand in the way.
    pub(in crate::command::quick_entry) fn warn(&mut self, what: impl Into<String>) {
        self.chip(ChipKind::Warning, what);
    }

    /// The answer to a question: the only choice there is to make is still a choice, since it was not said.
    pub(in crate::command::quick_entry) fn ask(
        &mut self,
        id: String,
        text: String,
        mut choices: Vec<Choice>,
    ) -> Option<String> {
        choices.truncate(MOST_CHOICES);
        let answer =
            self.known.answers.iter().rev().find(|(asked, _)| *asked == id).map(|(_, key)| key.clone());
        let answer = answer.filter(|key| choices.iter().any(|choice| choice.key == *key));
        // What stands in the way already, no answer takes away.
        if answer.is_none() && self.question.is_none() && self.needed.is_none() {
            self.question = Some(Question { id, text, choices });
        }
        answer
    }

    /// What sort of fact the line was said to tell of first.
    pub(in crate::command::quick_entry) fn first_kind(&self) -> Option<ChipKind> {
        self.chips.first().map(|chip| chip.kind)
    }

    /// Whether something is asked already.
    pub(in crate::command::quick_entry) fn is_asking(&self) -> bool {
        self.question.is_some()
    }
    /// Puts a record before the facts that name it.
    pub(in crate::command::quick_entry) fn put_first<R: Record>(&mut self, record: R) {
        self.first.push(Change::Put(R::any(Arc::new(record))));
    }

    /// Says of words that they are not understood, and what is needed instead: whatever is answered, nothing is entered.
    pub(in crate::command::quick_entry) fn refuse(&mut self, words: &Range<usize>, need: impl Into<String>) {
        self.doubted = true;
        self.open(ChipKind::NotUnderstood, self.line.typed(words), words);
        self.need(need);
    }

    /// Whether every word of a range is used; of what is left over it is said that it is not understood.
    pub(in crate::command::quick_entry) fn is_told(&self, within: Range<usize>) -> bool {
        self.agreed() || self.line.strays(within, self.joins).is_empty()
    }

    // What is left.

    /// What is left of a range, as it was typed, for a note or a title; its words are used.
    pub(in crate::command::quick_entry) fn rest(
        &mut self,
        within: Range<usize>,
    ) -> Option<(String, Vec<Range<usize>>)> {
        self.refuse_short_years(within.clone());
        let mut runs = self.line.runs(within.clone());
        // Between two runs a joining word still joins: `the draft … by mail`.
        for run in runs.iter_mut().skip(1) {
            let joins = |at: &usize| self.line.is_free(*at) && self.line.is_filler(*at);
            run.start = (within.start..run.start).rev().take_while(joins).last().unwrap_or(run.start);
        }
        let text: Vec<&str> = runs.iter().map(|run| self.line.typed(run)).collect();
        let text = text.join(" ");
        for at in within {
            if self.line.is_free(at) {
                self.line.take(at..at + 1);
            }
        }
        (!text.is_empty()).then_some((text, runs))
    }

    /// What is left of a range, with the words that only join where none of it was used; its words are used.
    pub(in crate::command::quick_entry) fn whole(
        &mut self,
        within: Range<usize>,
    ) -> Option<(String, Vec<Range<usize>>)> {
        if within.is_empty() || !self.line.all_free(within.clone()) {
            return self.rest(within);
        }
        let text = self.line.typed(&within).to_owned();
        self.line.take(within.clone());
        Some((text, vec![within]))
    }

    /// What is left, said in a chip of this kind.
    pub(in crate::command::quick_entry) fn rest_as(
        &mut self,
        kind: ChipKind,
        within: Range<usize>,
    ) -> Option<String> {
        let (text, runs) = self.rest(within)?;
        self.chip_of_all(kind, text.clone(), &runs);
        Some(text)
    }

    /// The text after the colon, with its marks, where none of its words was used; else what is left of it.
    pub(in crate::command::quick_entry) fn told(&mut self) -> Option<(String, Vec<Range<usize>>)> {
        let text = self.line.text();
        if text.is_empty() {
            return None;
        }
        if !self.line.all_free(text.clone()) {
            return self.rest(text);
        }
        let before = text.start.checked_sub(1).and_then(|at| self.line.words.get(at))?.span.end;
        let marks = |c: char| c.is_whitespace() || ":,;)\"”-–—".contains(c);
        let rest = self.line.raw.get(before..).unwrap_or_default();
        let told = rest.trim_start_matches(marks);
        // What is quoted keeps its marks where more follows.
        let opened = rest.strip_suffix(told).filter(|before| before.ends_with(['"', '“', '„', '«']));
        let closes = told.trim_end_matches(['"', '”', '“', '»']).contains(['"', '”', '“', '»']);
        let told = opened
            .filter(|_| closes)
            .and_then(|before| {
                let mark = before.chars().last()?;
                rest.get(before.len() - mark.len_utf8()..)
            })
            .unwrap_or(told);
        // `lost: -10%` keeps its sign.
        let cut = rest.len() - told.len();
        let signed = told.starts_with(|c: char| c.is_ascii_digit())
            && rest.get(..cut).is_some_and(|marks| marks.ends_with('-'));
        let raw = rest.get(cut - usize::from(signed)..).unwrap_or(told).trim_end().to_owned();
        self.line.take(text.clone());
        Some((raw, vec![text]))
    }

    /// That the line tells of nothing that is a fact.
    pub(in crate::command::quick_entry) fn nothing_told(&mut self) -> Option<Edit> {
        let all = self.line.all();
        let only_name = self.who(all.clone()).filter(|_| self.line.runs(all).is_empty());
        match only_name {
            Some(who) => self.need(format!("Say what happened with {}", who.name)),
            None if self.is_asking() => {}
            None => self.need("No fact is told here: say what happened, such as called, paid, met, promised"),
        }
        None
    }

    /// The reading: an edit only where every word is accounted for and nothing is asked or missing.
    pub(in crate::command::quick_entry) fn finish(mut self, edit: Option<Edit>) -> Finished {
        let (heading, text) = (self.line.heading(), self.line.text());
        let mut left = self.line.strays(heading, self.joins);
        left.extend(self.line.strays(text, self.joins));
        if self.doubted {
            // Whatever was answered, nothing would be entered.
            self.question = None;
        }
        if self.question.is_some() {
            // They are read once that is answered.
            left.clear();
        }
        if self.agreed() && !left.is_empty() {
            // What it was answered to be has no room for them: that is said.
            let words: Vec<&str> = left.drain(..).map(|run| self.line.typed(&run)).collect();
            self.warn(format!("Not kept: {}", words.join(", ")));
        }
        for run in &left {
            self.chip_of(ChipKind::NotUnderstood, self.line.typed(run).to_owned(), run);
        }
        let not_understood = self.doubted || !left.is_empty();
        // `acme finally paid`: what joins only here has a place in what is said of the fact.
        for at in self.line.all() {
            if !not_understood && self.line.is_free(at) && !self.line.is_filler(at) {
                self.absorb(at..at + 1);
            }
        }
        if let Some(run) = left.first().filter(|_| self.needed.is_none() && self.question.is_none()) {
            self.needed = Some(self.what_does_it_mean(run));
            self.puzzled = true;
        }
        let clear = !not_understood && self.needed.is_none() && self.question.is_none();
        let first = std::mem::take(&mut self.first);
        let edit = edit
            .filter(|_| clear)
            .map(|edit| Edit { changes: first.into_iter().chain(edit.changes).collect(), ..edit });
        let (edit, needed) = match edit.map(|edit| (edit.apply(self.known.book), edit)) {
            Some((Ok(_), edit)) => (Some(edit), self.needed),
            Some((Err(error), _)) => (None, Some(error.to_string())),
            None => (None, self.needed),
        };
        let is_puzzled = self.puzzled && edit.is_none();
        Finished { reading: Reading { chips: self.chips, question: self.question, needed, edit }, is_puzzled }
    }
}

/// A line that was read.
#[derive(Debug)]
pub(in crate::command::quick_entry) struct Finished {
    pub(in crate::command::quick_entry) reading: Reading,
    /// Whether nothing is entered since a word means nothing in such a line.
    pub(in crate::command::quick_entry) is_puzzled: bool,
}

/// A record put as the edit of a line.
pub(in crate::command::quick_entry) fn put(label: String, records: Vec<AnyRecord>) -> Edit {
    Edit { label, changes: records.into_iter().map(Change::Put).collect() }
}

/// An amount in full, as it is said.
pub(in crate::command::quick_entry) fn said(money: crate::domain::Money) -> String {
    crate::figures::amount_in_full(money)
}

/// A name as it would be written: with capitals, where it was typed without any.
pub(in crate::command::quick_entry) fn titled(typed: &str) -> String {
    if typed.chars().any(char::is_uppercase) {
        return typed.to_owned();
    }
    typed.split_whitespace().map(capital).collect::<Vec<_>>().join(" ")
}
