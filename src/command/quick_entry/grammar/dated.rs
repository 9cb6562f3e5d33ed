//! The day a line tells of: when it happened, or by when it is due.

use std::ops::Range;

use chrono::NaiveDate;

use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::grammar::reader::{LIES_AHEAD, Reader};
use crate::command::quick_entry::words::day::{Day, find_day, last_day, no_one_day};
use crate::command::quick_entry::{ChipKind, Choice};

impl Reader<'_> {
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
}
