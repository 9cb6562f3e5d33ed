//! The text a book was loaded from, and which record is where in it.

use std::ops::Range;
use std::sync::Arc;

use fnv::FnvHashMap;

use super::index::{Entry, index, leading_id};
use super::problem::Lines;
use super::read::read;
use super::tree::Tree;
use super::whole::beginning;
use super::{Problem, Severity};
use crate::domain::{AnyRecord, Book, Business, Currency, Implausible, Table};

/// The text of a book and what was read from it.
///
/// Kept as long as the book is open: [`splice`](super::splice) is a function of the loaded text and the present book, so
/// that after undoing everything the file has its old bytes again, however often it was saved in between.
#[derive(Debug)]
pub struct Source {
    pub(super) text: String,
    lines: Lines,
    pub(super) entries: Vec<Entry>,
    pub(super) settings: Settings,
    pub(super) slots: Vec<Slot>,
}

/// Where the firm's settings are, and what they said.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) business: Arc<Business>,
    /// Their bytes; `None` where the book has none.
    pub(super) range: Option<Range<usize>>,
    /// Whether they are what the text says; otherwise the text is left as it is.
    pub(super) readable: bool,
}

/// Where a record is, and what it said.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) table: Table,
    pub(super) range: Range<usize>,
    /// Its id, as far as it could be read.
    pub(super) id: Option<String>,
    /// The record; `None` when it could not be used, so that its text is left as it is.
    pub(super) record: Option<AnyRecord>,
}

impl Source {
    pub(super) fn new(
        text: String,
        lines: Lines,
        entries: Vec<Entry>,
        settings: Settings,
        slots: Vec<Slot>,
    ) -> Self {
        Self { text, lines, entries, settings, slots }
    }

    /// The source of a book that has no file yet.
    #[must_use]
    pub fn empty() -> Self {
        let business = Arc::new(Business::new(Currency::USD));
        let settings = Settings { business, range: None, readable: true };
        Self::new(String::new(), Lines::of(""), Vec::new(), settings, Vec::new())
    }

    /// The source as it is after `text`, which [`splice`](super::splice) made of `book`, became the file. No record is
    /// read again: those of the book are tied to their places in the text.
    ///
    /// Needed only where there was no file before. A source that was loaded goes on serving after any number of saves.
    #[must_use]
    pub fn after_save(text: String, book: &Book) -> Self {
        let lines = Lines::of(&text);
        let entries = index(&text, beginning(&text)).map(|index| index.entries).unwrap_or_default();
        let mut records = records_by_id(book);
        let mut slots = Vec::new();
        for entry in &entries {
            let Some(table) = entry.table else { continue };
            for range in &entry.records {
                let id = leading_id(&text, range);
                // Of two records with one id the first that can be read is in the book.
                let record = id.as_ref().and_then(|id| {
                    let key = (table, id.clone());
                    Tree::parse(&text, range.clone()).ok()?;
                    records.remove(&key)
                });
                slots.push(Slot { table, range: range.clone(), id, record });
            }
        }
        let range = entries
            .iter()
            .find(|entry| text.get(entry.name.clone()) == Some("business"))
            .map(|entry| entry.value.clone());
        let reads = |range: &Range<usize>| {
            Tree::parse(&text, range.clone()).is_ok_and(|tree| read::<Business>(&tree).is_ok())
        };
        let readable = range.as_ref().is_none_or(reads);
        let settings = Settings { business: book.business().clone(), range, readable };
        Self::new(text, lines, entries, settings, slots)
    }

    /// The text as loaded, byte by byte.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the firm's settings could be read. Otherwise an edit of them is not written: correct the text first.
    #[must_use]
    pub fn settings_readable(&self) -> bool {
        self.settings.readable
    }

    /// Tells for everything implausible where it is in the text.
    pub(super) fn locate(&self, found: Vec<Implausible>) -> Vec<Problem> {
        let by_id: FnvHashMap<(Table, &str), &Slot> = self
            .slots
            .iter()
            .filter_map(|slot| Some(((slot.table, slot.record.as_ref()?.id_str()), slot)))
            .collect();
        let place = |it: Implausible| {
            let (range, outer) = match it.table {
                Some(table) => {
                    let slot = by_id.get(&(table, it.id.as_str()));
                    (slot.map(|slot| slot.range.clone()), format!("{table}[{}]", it.id))
                }
                None => (self.settings.range.clone(), "business".to_owned()),
            };
            let start = range.as_ref().map_or(0, |range| range.start);
            let tree = range.and_then(|range| Tree::parse(&self.text, range).ok());
            let at = tree.map_or(start, |tree| tree.range(tree.locate(&it.field, None)).start);
            let place = self.lines.place(&self.text, at);
            Problem {
                severity: Severity::Warning,
                line: place.line,
                column: place.column,
                path: if it.field.is_empty() { outer } else { format!("{outer}.{}", it.field) },
                message: it.message,
                record: it.table.map(|table| (table, it.id)),
            }
        };
        found.into_iter().map(place).collect()
    }
}

/// Every record of a book under its table and id.
pub(super) fn records_by_id(book: &Book) -> FnvHashMap<(Table, String), AnyRecord> {
    book.records().map(|record| ((record.table(), record.id_str().to_owned()), record)).collect()
}
