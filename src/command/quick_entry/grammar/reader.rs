//! A line being read: its words, what is said back of them, and account of every word that was used.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Currency, Record};
use crate::state::day_entry::{Lean, day_words};
use crate::state::{Change, Edit};
use crate::written::capital;

use crate::command::quick_entry::who::name::{Named, Names, likeliest};
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{Day, find_day, last_day, no_days, no_one_day};
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

    // Days and amounts.

    /// The day on which something happened: the one said, or today. One that lies ahead is none.
    pub(in crate::command::quick_entry) fn past_day(&mut self, within: Range<usize>) -> NaiveDate {
        let today = self.known.today;
        let found = find_day(&self.line, within.clone(), today, Lean::Back);
        if let Some(found) = found.as_ref().filter(|found| found.deadline) {
            self.refuse_deadline(found);
            return today;
        }
        if found.is_none() {
            self.ask_for_day(within);
        }
        let day = found.as_ref().map_or(today, |found| found.on);
        self.note_day(found.as_ref(), day, "");
        if day > today {
            self.puzzle();
            self.need(LIES_AHEAD);
        }
        day
    }

    /// By when something is due is no day on which it happened.
    pub(in crate::command::quick_entry) fn refuse_deadline(&mut self, found: &Day) {
        let typed = self.line.typed(&found.words);
        let need = format!("“{typed}” lies ahead: say on which day it happened, such as on 12 mar");
        self.puzzle();
        self.refuse(&found.words, need);
    }

    /// A month or a week is no day on which something happened: the day is typed, or it was today and that is a part of what
    /// was said.
    pub(in crate::command::quick_entry) fn ask_for_day(&mut self, within: Range<usize>) {
        if let Some(words) = no_one_day(&self.line, within) {
            self.ask_for_day_of(&words);
        }
    }

    /// The same of the words that name it.
    pub(in crate::command::quick_entry) fn ask_for_day_of(&mut self, words: &Range<usize>) {
        let choices = vec![self.part_of_what_was_said(words)];
        let text = format!("On which day {}? Type it, such as 12 mar, or", self.line.typed(words));
        self.ask(self.asked_for_day(words), text, choices);
    }

    /// What it is kept under that words were asked about which may be a day.
    pub(in crate::command::quick_entry) fn asked_for_day(&self, words: &Range<usize>) -> String {
        format!("month:{}", self.line.typed(words).to_lowercase())
    }

    /// That words which may be a day are a part of what was said today.
    pub(in crate::command::quick_entry) fn part_of_what_was_said(&self, words: &Range<usize>) -> Choice {
        let label = format!("Today: “{}” is a part of what was said", self.line.typed(words));
        Choice { key: "today".to_owned(), label }
    }

    /// Uses who is said to do what follows a verb: `he'd`, `she will`.
    pub(in crate::command::quick_entry) fn absorb_pronoun(&mut self, from: usize) {
        const THEY: [&str; 24] = [
            "he",
            "she",
            "they",
            "it",
            "hed",
            "shed",
            "theyd",
            "itd",
            "id",
            "wed",
            "hell",
            "shell",
            "theyll",
            "itll",
            "ill",
            "well",
            "he will",
            "she will",
            "they will",
            "i will",
            "we will",
            "he would",
            "she would",
            "they would",
        ];
        let named: Vec<usize> = self
            .names(&self.line.heading())
            .into_iter()
            .filter(|it| it.fit.exact)
            .flat_map(|it| it.fit.words)
            .collect();
        let line = &self.line;
        let joins = |at: &usize| {
            named.contains(at) || (line.is_filler(*at) && !matches!(line.plain(*at), "i" | "we"))
        };
        let Some(start) = (from..line.head).find(|at| !joins(at)) else { return };
        let found = THEY.iter().rev().find_map(|they| {
            let end = start + they.split(' ').count();
            line.find(&[*they], start..end.min(line.head))
        });
        if let Some(words) = found {
            self.absorb(words);
        }
    }

    /// The day ahead that ends a range.
    pub(in crate::command::quick_entry) fn last_day_ahead(
        &mut self,
        within: Range<usize>,
    ) -> Option<NaiveDate> {
        let found = last_day(&self.line, within, self.known.today, Lean::Ahead)?;
        self.note_day(Some(&found), found.on, "due ");
        if found.on < self.known.today {
            self.need("This day has passed: what is due lies ahead");
        }
        Some(found.on)
    }

    pub(in crate::command::quick_entry) fn note_day(
        &mut self,
        found: Option<&Day>,
        day: NaiveDate,
        lead: &str,
    ) {
        let words: Vec<Range<usize>> = found.map(|found| found.words.clone()).into_iter().collect();
        for range in &words {
            self.line.take(range.clone());
        }
        self.chip_of_all(ChipKind::Day, format!("{lead}{}", day_words(day, self.known.today)), &words);
    }

    /// The amount among the words of a range; of several it is asked which.
    pub(in crate::command::quick_entry) fn amount(
        &mut self,
        within: Range<usize>,
        currency: Currency,
    ) -> Option<Amount> {
        let found = amounts(&self.line, within.clone(), currency);
        let found = self.without_years(found)?;
        self.refuse_vague(within.clone(), found.is_empty());
        let chosen = match found.as_slice() {
            [] => {
                if !self
                    .known
                    .answers
                    .iter()
                    .any(|(id, key)| id.starts_with("year-or-amount:") && key == "year")
                {
                    self.refuse_number(within);
                }
                return None;
            }
            [only] => only.clone(),
            several => {
                let label = |amount: &Amount| self.line.typed(&amount.words).to_owned();
                let choices: Vec<Choice> = several
                    .iter()
                    .map(|amount| Choice { key: label(amount), label: said(amount.money) })
                    .collect();
                let texts: Vec<String> = several.iter().map(label).collect();
                let answer =
                    self.ask(format!("amount:{}", texts.join("/")), "Which amount?".to_owned(), choices)?;
                several.iter().find(|amount| self.line.typed(&amount.words) == answer)?.clone()
            }
        };
        let chosen = self.meant(chosen)?;
        self.refuse_rough(chosen.words.start);
        self.line.take(chosen.words.clone());
        if chosen.money.amount.abs() >= absurd_from(chosen.money.currency) {
            let amount = said(chosen.money);
            let choices = vec![Choice { key: "yes".to_owned(), label: format!("Yes, {amount}") }];
            self.ask(format!("amount:{amount}"), format!("Is it really {amount}?"), choices)?;
        }
        if chosen.money.amount.is_zero() {
            self.doubted = true;
            self.need("An amount of nothing is none");
        }
        Some(chosen)
    }

    /// Amounts without those that are years of a title, as in `2027 calendar 1400`. Of a year that is the only number it is asked
    /// whether it is one; `None` then.
    pub(in crate::command::quick_entry) fn without_years(
        &mut self,
        found: Vec<Amount>,
    ) -> Option<Vec<Amount>> {
        let this = self.known.today.year();
        let is_year = |amount: &Amount| {
            let typed = self.line.typed(&amount.words);
            let near = |year: i32| (this - 1..=this + 3).contains(&year);
            let title = |at: Option<usize>| {
                at.is_some_and(|at| {
                    self.line.is_free(at)
                        && !self.line.is_filler(at)
                        && self.line.plain(at).starts_with(char::is_alphabetic)
                })
            };
            let beside = title(amount.words.start.checked_sub(1)) || title(Some(amount.words.end));
            typed.len() == 4 && !amount.marked && beside && typed.parse().is_ok_and(near)
        };
        // Only where a text of one's own may hold it.
        if self.joins != FILLERS || !found.iter().any(is_year) {
            return Some(found);
        }
        let others: Vec<Amount> = found.iter().filter(|amount| !is_year(amount)).cloned().collect();
        if !others.is_empty() {
            return Some(others);
        }
        let [only] = found.as_slice() else { return Some(found) };
        let typed = self.line.typed(&only.words).to_owned();
        let choices = vec![
            Choice { key: "year".to_owned(), label: format!("The year {typed}") },
            Choice { key: "amount".to_owned(), label: format!("An amount: {}", said(only.money)) },
        ];
        let text = format!("Is {typed} a year, or an amount?");
        let is_year = self.ask(format!("year-or-amount:{typed}"), text, choices)? == "year";
        Some(if is_year { Vec::new() } else { found })
    }

    /// Of an amount that may be meant in two ways it is asked in which.
    pub(in crate::command::quick_entry) fn meant(&mut self, amount: Amount) -> Option<Amount> {
        let Some(other) = amount.otherwise else { return Some(amount) };
        let typed = self.line.typed(&amount.words);
        let ways = [amount.money, other];
        let choices = ways.map(|money| Choice { key: money.to_string(), label: said(money) });
        let text = format!("{typed} may be meant in two ways: which?");
        let answer = self.ask(format!("meant:{typed}"), text, choices.to_vec())?;
        let money = ways.into_iter().find(|money| money.to_string() == answer)?;
        Some(Amount { money, otherwise: None, ..amount })
    }

    /// Says of words that they are not understood, and what is needed instead: whatever is answered, nothing is entered.
    pub(in crate::command::quick_entry) fn refuse(&mut self, words: &Range<usize>, need: impl Into<String>) {
        self.doubted = true;
        self.open(ChipKind::NotUnderstood, self.line.typed(words), words);
        self.need(need);
    }

    /// Says of an amount or a time that begins at a word that it is not told exactly: `about 1200`, `less than 49`.
    pub(in crate::command::quick_entry) fn refuse_rough(&mut self, start: usize) {
        const ROUGH: [&str; 22] = [
            "third",
            "quarter",
            "percent",
            "about",
            "around",
            "roughly",
            "approximately",
            "approx",
            "ca",
            "circa",
            "under",
            "over",
            "below",
            "above",
            "than",
            "least",
            "most",
            "half",
            "up",
            "max",
            "min",
            "some",
        ];
        let joins = |at: usize| matches!(self.line.plain(at), "to" | "of" | "a" | "the");
        let before = |at: &usize| self.line.is_free(*at) && !joins(*at);
        // `half of the 3500`
        let near = (0..start).rev().take_while(|at| joins(*at)).last().unwrap_or(start).saturating_sub(1);
        let near = near.min(start.saturating_sub(2));
        let Some(at) = (near..start).rev().find(before) else { return };
        let parted = (at + 1..=start).any(|at| self.line.is_parted(at));
        // `coughed up the 300`, `went up to 72`
        let went = at.checked_sub(1).map_or("", |at| self.line.plain(at));
        let rose = matches!(went, "went" | "goes" | "gone" | "rose" | "going");
        if self.line.plain(at) == "up" && (rose || self.line.plain(at + 1) != "to") {
            return;
        }
        if ROUGH.contains(&self.line.plain(at)) && self.line.all_free(at..start) && !parted {
            self.refuse(&(at..start), "Say exactly how much");
        }
    }

    /// Says of `3k-4k` and `500/month` that they are no one amount.
    pub(in crate::command::quick_entry) fn refuse_vague(&mut self, within: Range<usize>, is_alone: bool) {
        let vague = |at: &usize| {
            let text = self.line.words.get(*at).filter(|_| self.line.is_free(*at)).map(|word| word.text);
            text.is_some_and(|text| is_vague(text, is_alone))
        };
        if let Some(at) = within.into_iter().find(vague) {
            // `61.95/month` is one, and how often.
            let apart =
                self.line.plain(at).split_once('/').filter(|(_, of)| of.starts_with(char::is_alphabetic));
            let cure = apart.map(|(each, of)| format!("Put it in words of their own: {each} a {of}"));
            self.refuse(&(at..at + 1), cure.unwrap_or_else(|| "Say one amount".to_owned()));
        }
    }

    /// Says of a number that no amount can be read from that it is none, so that it becomes no word of a text.
    fn refuse_number(&mut self, within: Range<usize>) {
        let is_number = |text: &str| {
            let number = text.trim_start_matches(['-', '+', '\u{2212}', '€', '$', '£']);
            number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | 'e' | 'E'))
        };
        let text =
            |at: usize| self.line.words.get(at).filter(|_| self.line.is_free(at)).map(|word| word.text);
        let found = within.into_iter().find_map(|at| Some((at, text(at).filter(|text| is_number(text))?)));
        if let Some((at, text)) = found {
            let need = format!("{text} is no amount");
            self.refuse(&(at..at + 1), need);
        }
    }

    /// Says of a number of one or two digits right after a date that it is no year.
    pub(in crate::command::quick_entry) fn refuse_short_year(&mut self, at: usize) {
        let date = at.checked_sub(2).map(|start| start..at);
        let used = date.filter(|date| !self.line.is_free(date.start + 1));
        // `3 mar 2027 35` has its year.
        let year =
            |at: usize| self.line.plain(at).parse().is_ok_and(|year: u32| (1900..=2200).contains(&year));
        let used = used.filter(|_| !at.checked_sub(1).is_some_and(year));
        if let Some(text) = used.and_then(|date| self.line.short_number_after(&date)) {
            let need =
                format!("{text} after a day is no year: a year has four digits, an amount its currency");
            self.refuse(&(at..at + 1), need);
        }
    }

    /// The same of every such number of a range that stands alone.
    pub(in crate::command::quick_entry) fn refuse_short_years(&mut self, within: Range<usize>) {
        for run in self.line.runs(within).iter().filter(|run| run.len() == 1) {
            self.refuse_short_year(run.start);
        }
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
        if self.question.is_some() || self.agreed() {
            // They are read once that is answered, or were when it was.
            left.clear();
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

/// From how much on it is asked whether an amount is meant: more than firms such as these ever turn over.
pub(in crate::command::quick_entry) fn absurd_from(currency: Currency) -> Decimal {
    // Of what has no cents one unit is worth little.
    if currency.decimals() == 0 { Decimal::from(10_000_000_000_i64) } else { Decimal::from(10_000_000) }
}

/// Whether a word is several amounts, or one of many: `3k-4k`, `500/month`, `~1200`. Two plain numbers are a range where no other
/// amount is said; else they may be years.
fn is_vague(text: &str, is_alone: bool) -> bool {
    let number = |text: &str| {
        let text = text.trim_start_matches(['€', '$', '£']);
        let digits = text.trim_end_matches(['k', 'K', '€', '$', '£']);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        is_number.then_some(digits.len() < text.len() || is_alone && digits.len() >= 3)
    };
    let starts = text.trim_start_matches(['€', '$', '£']).starts_with(|c: char| c.is_ascii_digit());
    let about = text.strip_prefix(['~', '<', '>', '±']).or(text.strip_suffix('+'));
    if about.is_some_and(|text| number(text).is_some()) {
        return true;
    }
    if let Some((each, of)) = text.split_once('/') {
        return number(each).is_some() && of.chars().all(char::is_alphabetic) && !of.is_empty();
    }
    let range = text.split_once(['-', '–']).filter(|_| starts);
    range.is_some_and(|(least, most)| {
        number(least).zip(number(most)).is_some_and(|(least, most)| least || most)
    })
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
