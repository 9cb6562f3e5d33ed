//! Book → text, into the text it was loaded from: bytes that were not edited stay where they are.
//!
//! An unchanged record keeps its bytes, a changed one the bytes of its unchanged fields with the comments between them.
//! A removed record goes with the comments on the lines above it and behind it; a new one comes at the end of its table.

use std::ops::Range;
use std::sync::Arc;

use super::Source;
use super::lex::{Kind, Lexer};
use super::source::{Slot, records_by_id};
use super::tree::{Shape, Tree};
use super::write::{Field, fields_of, fields_of_business, new_book, record_text};
use crate::domain::{AnyRecord, Book, Table};

/// The text of `book`: the source's bytes wherever nothing was edited, so the very same text when nothing was.
///
/// Records that could not be read, unknown fields and unknown tables stay as they are. When the book's currency has
/// changed, amounts are given their code where the old text left it out.
#[must_use]
pub fn splice(source: &Source, book: &Book) -> String {
    if source.text.is_empty() {
        return new_book(book);
    }
    let mut edits = Edits { text: &source.text, list: Vec::new(), newline: newline_of(&source.text) };
    let mut records = records_by_id(book);
    let mut kept: Vec<bool> = Vec::with_capacity(source.slots.len());
    for slot in &source.slots {
        let now = slot.id.as_ref().and_then(|id| records.get(&(slot.table, id.clone())));
        match (&slot.record, now) {
            (None, _) => {}
            (Some(_), None) => edits.remove(&slot.range),
            (Some(before), Some(now)) => edits.change_record(source, &slot.range, before, now, book),
        }
        kept.push(slot.record.is_none() || now.is_some());
    }
    for slot in source.slots.iter().filter(|slot| slot.record.is_some()) {
        if let Some(id) = &slot.id {
            records.remove(&(slot.table, id.clone()));
        }
    }
    if !Arc::ptr_eq(&source.settings.business, book.business()) && source.settings.readable {
        edits.change_settings(source, book);
    }
    if !records.is_empty() {
        let added = book.records().filter(|it| records.contains_key(&(it.table(), it.id_str().to_owned())));
        edits.add(source, book, &added.collect::<Vec<_>>(), &kept);
    }
    edits.apply()
}

/// The new record of `book`, if there is one, whose id the text gives to a record that cannot be read. Written beside it, it
/// would be one of two with one id; left out, it would be lost: so such a book is not to be written before the text is
/// mended.
#[must_use]
pub fn clash(source: &Source, book: &Book) -> Option<AnyRecord> {
    let readable = |slot: &&Slot| slot.record.is_some();
    let known = |table, id: &str| {
        let is_it = |slot: &&Slot| slot.table == table && slot.id.as_deref() == Some(id);
        source.slots.iter().filter(readable).any(|slot| is_it(&slot))
    };
    let unreadable = source.slots.iter().filter(|slot| !readable(slot));
    unreadable
        .filter_map(|slot| Some((slot.table, slot.id.as_deref()?)))
        .find_map(|(table, id)| if known(table, id) { None } else { book.find(table, id) })
}

/// The line ends a text uses.
fn newline_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// What is to be put in place of which bytes.
struct Edits<'t> {
    text: &'t str,
    list: Vec<(Range<usize>, String)>,
    newline: &'static str,
}

impl Edits<'_> {
    fn replace(&mut self, range: Range<usize>, with: String) {
        // Two insertions may both find that the item before them lacks its comma.
        let edit = (range, with);
        if edit.1 != "," || !self.list.contains(&edit) {
            self.list.push(edit);
        }
    }

    fn apply(mut self) -> String {
        // Two edits of one place stay in the order they were made; an insertion comes before what starts there.
        self.list.sort_by_key(|(range, _)| (range.start, range.end > range.start));
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut at = 0;
        for (range, with) in self.list {
            out.push_str(self.text.get(at..range.start.max(at)).unwrap_or_default());
            out.push_str(&with);
            at = at.max(range.end);
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out
    }

    fn change_record(
        &mut self,
        source: &Source,
        range: &Range<usize>,
        before: &AnyRecord,
        now: &AnyRecord,
        book: &Book,
    ) {
        let currency = source.settings.business.currency;
        if before.is_same(now) && currency == book.currency() {
            return;
        }
        if let (Some(before), Some(now)) = (fields_of(before, currency), fields_of(now, book.currency())) {
            self.change(range, &before, &now);
        }
    }

    fn change_settings(&mut self, source: &Source, book: &Book) {
        let Some(now) = fields_of_business(book.business()) else { return };
        match (&source.settings.range, fields_of_business(&source.settings.business)) {
            (Some(range), Some(before)) => self.change(range, &before, &now),
            (Some(_), None) => {}
            (None, _) => {
                let Some(first) = source.entries.first() else { return };
                let indent = self.indent(first.name.start);
                let text = format!("business: {}", record_text(&now, &indent, self.newline));
                self.insert_after(first.name.start..first.value.end, &[text], true);
            }
        }
    }

    /// Turns the fields `before` of the struct in `range` into those of `now`.
    fn change(&mut self, range: &Range<usize>, before: &[Field], now: &[Field]) {
        let Ok(tree) = Tree::parse(self.text, range.clone()) else { return };
        let written = |name: &str| {
            let node = tree.node(tree.field(0, name)?)?;
            Some((node.key.as_ref()?.start, node.range.clone()))
        };
        for field in before.iter().filter(|field| now.iter().all(|it| it.name != field.name)) {
            if let Some((start, value)) = written(&field.name) {
                self.remove(&(start..value.end));
            }
        }
        // The field after which new ones go, and those that wait for it.
        let mut anchor = written("id").or_else(|| written("currency"));
        let mut waiting: Vec<String> = Vec::new();
        for field in now {
            let same = before.contains(field);
            match written(&field.name) {
                Some((start, value)) => {
                    self.flush(anchor.take(), &mut waiting);
                    let was = before.iter().find(|it| it.name == field.name);
                    self.change_value(&value, was.map(|it| it.value.as_str()), &field.value);
                    anchor = Some((start, value));
                }
                None if same => {}
                None => waiting.push(format!("{}: {}", field.name, field.value)),
            }
        }
        match anchor {
            Some(anchor) => self.flush(Some(anchor), &mut waiting),
            // Nothing to go after: right behind the opening bracket.
            None if !waiting.is_empty() => {
                let open = self.text.get(range.clone()).and_then(|text| text.find('(')).unwrap_or(0);
                let at = range.start + open + 1;
                self.replace(at..at, format!("{}, ", waiting.join(", ")));
            }
            None => {}
        }
    }

    /// Turns the value in `range`, which is written anew as `before`, into `now`: of a list the items that are the same keep their
    /// bytes, of a struct the fields.
    fn change_value(&mut self, range: &Range<usize>, before: Option<&str>, now: &str) {
        if before == Some(now) {
            return;
        }
        let parsed = |text| Tree::parse(text, 0..text.len()).ok();
        let here = Tree::parse(self.text, range.clone()).ok();
        let (Some(here), Some(was), Some(is)) = (here, before.and_then(parsed), parsed(now)) else {
            return self.replace(range.clone(), now.to_owned());
        };
        let shapes = [&here, &was, &is].map(|tree| tree.node(0).map(|node| node.shape));
        let [before, now] = [&was, &is].map(|tree| {
            let written = |node| Field {
                name: tree.key(node).unwrap_or_default().to_owned(),
                value: tree.written(node).to_owned(),
            };
            tree.children(0).map(written).collect::<Vec<Field>>()
        });
        let same_name = was.name(0) == is.name(0) && was.name(0) == here.name(0);
        let items: Vec<Range<usize>> = here.children(0).map(|node| here.range(node)).collect();
        if shapes == [Some(Shape::Struct); 3] && same_name {
            self.change(range, &before, &now);
        } else if shapes == [Some(Shape::List); 3] && items.len() == before.len() && !now.is_empty() {
            self.change_items(&items, &before, &now);
        } else {
            self.replace(range.clone(), is.written(0).to_owned());
        }
    }

    /// Turns the items of a list, which are written anew as `before`, into those of `now`, of which there is at least one.
    fn change_items(&mut self, items: &[Range<usize>], before: &[Field], now: &[Field]) {
        let alike = |pair: &(&Field, &Field)| pair.0 == pair.1;
        let head = before.iter().zip(now).take_while(alike).count();
        let (was, is) = (before.get(head..).unwrap_or_default(), now.get(head..).unwrap_or_default());
        let tail = was.iter().rev().zip(is.iter().rev()).take_while(alike).count();
        let (was, is) = (was.len() - tail, is.len() - tail);
        let both = was.min(is);
        for at in head..head + both {
            if let (Some(item), Some(before), Some(now)) = (items.get(at), before.get(at), now.get(at)) {
                self.change_value(item, Some(&before.value), &now.value);
            }
        }
        let gone = items.get(head + both..head + was).unwrap_or_default();
        if let (Some(first), Some(last)) = (gone.first(), gone.last()) {
            self.remove(&(first.start..last.end));
        }
        let come = now.get(head + both..head + is).unwrap_or_default();
        let come: Vec<String> = come.iter().map(|it| it.value.clone()).collect();
        if let Some(anchor) = (head + both).checked_sub(1).and_then(|at| items.get(at)) {
            let own_line = self.starts_line(anchor.start);
            self.insert_after(anchor.clone(), &come, own_line);
        } else if let Some(first) = items.first().filter(|_| !come.is_empty()) {
            let between = if self.starts_line(first.start) {
                format!(",{}{}", self.newline, self.indent(first.start))
            } else {
                ", ".to_owned()
            };
            let text = format!("{}{between}", come.join(&between));
            self.replace(first.start..first.start, text);
        }
    }

    fn flush(&mut self, anchor: Option<(usize, Range<usize>)>, waiting: &mut Vec<String>) {
        if let Some((start, value)) = anchor.filter(|_| !waiting.is_empty()) {
            let own_line = self.starts_line(start);
            self.insert_after(start..value.end, waiting, own_line);
            waiting.clear();
        }
    }

    /// Adds records at the end of their tables.
    fn add(&mut self, source: &Source, book: &Book, added: &[AnyRecord], kept: &[bool]) {
        // The last entry that a table which is not there yet goes after, and the tables that wait for it.
        let find = |name: &str| source.entries.iter().find(|it| self.text.get(it.name.clone()) == Some(name));
        let mut anchor = find("business").or_else(|| find("format")).map(|it| it.name.start..it.value.end);
        let mut waiting: Vec<String> = Vec::new();
        for table in Table::ALL {
            let entry = source.entries.iter().rfind(|entry| entry.table == Some(table));
            if let Some(entry) = entry {
                if let Some(anchor) = anchor.take() {
                    self.insert_after(anchor, &std::mem::take(&mut waiting), true);
                }
                anchor = Some(entry.name.start..entry.value.end);
            }
            let of_table = added.iter().filter(|record| record.table() == table);
            let fields: Vec<Vec<Field>> = of_table.filter_map(|it| fields_of(it, book.currency())).collect();
            if fields.is_empty() {
                continue;
            }
            if let Some(entry) = entry {
                let inside =
                    |range: &Range<usize>| entry.value.start < range.start && range.end <= entry.value.end;
                let mut slots = source.slots.iter().zip(kept).filter(|(slot, _)| inside(&slot.range));
                let last = slots.rfind(|(_, kept)| **kept).map(|(slot, _)| slot.range.clone());
                self.add_to_table(entry.name.start, &entry.value, last, &fields);
            } else {
                let indent = anchor.as_ref().map_or_else(String::new, |anchor| self.indent(anchor.start));
                waiting.push(self.new_table(table, &fields, &indent));
            }
        }
        if let Some(anchor) = anchor {
            self.insert_after(anchor, &waiting, true);
        }
    }

    fn new_table(&self, table: Table, records: &[Vec<Field>], indent: &str) -> String {
        let inner = format!("{indent}    ");
        let mut text = format!("{table}: [{}", self.newline);
        for fields in records {
            text.push_str(&inner);
            text.push_str(&record_text(fields, &inner, self.newline));
            text.push(',');
            text.push_str(self.newline);
        }
        text.push_str(indent);
        text.push(']');
        text
    }

    fn add_to_table(
        &mut self,
        name: usize,
        table: &Range<usize>,
        last: Option<Range<usize>>,
        records: &[Vec<Field>],
    ) {
        let own_line = last.as_ref().filter(|last| self.starts_line(last.start));
        let indent = match own_line {
            Some(last) => self.indent(last.start),
            None => format!("{}    ", self.indent(name)),
        };
        let texts: Vec<String> = records.iter().map(|it| record_text(it, &indent, self.newline)).collect();
        let at = match &last {
            Some(last) => self.after_item(last.end).line_end,
            None => self.same_line_end(table.start + 1),
        };
        if let Some(last) = last {
            self.insert_indented(last, &texts, &indent);
        } else {
            let lines: Vec<String> =
                texts.iter().map(|text| format!("{}{indent}{text},", self.newline)).collect();
            self.replace(at..at, lines.concat());
        }
        // A bracket that closed the table on the same line goes onto its own.
        let rest = self.text.get(at..table.end).unwrap_or_default();
        if !rest.contains('\n') {
            let closing = table.end.saturating_sub(1);
            self.replace(closing..closing, format!("{}{}", self.newline, self.indent(name)));
        }
    }

    /// Inserts items after the one in `anchor`, each on its own line or all on the same one.
    fn insert_after(&mut self, anchor: Range<usize>, items: &[String], own_line: bool) {
        if items.is_empty() {
            return;
        }
        let after = self.after_item(anchor.end);
        if own_line || after.line_comment {
            let indent = self.indent(anchor.start);
            self.insert_indented(anchor, items, &indent);
        } else if let Some(comma) = after.comma {
            let at = comma + 1;
            self.replace(at..at, format!(" {},", items.join(", ")));
        } else {
            self.replace(anchor.end..anchor.end, format!(", {}", items.join(", ")));
        }
    }

    fn insert_indented(&mut self, anchor: Range<usize>, items: &[String], indent: &str) {
        let after = self.after_item(anchor.end);
        if after.comma.is_none() {
            self.replace(anchor.end..anchor.end, ",".to_owned());
        }
        let lines: Vec<String> =
            items.iter().map(|item| format!("{}{indent}{item},", self.newline)).collect();
        let mut text = lines.concat();
        // Whatever follows on the line of the anchor goes onto a line of its own.
        let at = after.line_end;
        let rest = self.text.get(at..).unwrap_or_default();
        let rest_of_line = rest.split('\n').next().unwrap_or_default().trim();
        let moves = !rest_of_line.is_empty() && !rest_of_line.starts_with(']');
        if moves {
            text.push_str(self.newline);
            text.push_str(&self.indent(anchor.start));
        }
        self.replace(at..at + if moves { self.spaces(at) } else { 0 }, text);
    }

    /// Removes an item with its comma, the comments on the lines above it and the one behind it.
    fn remove(&mut self, item: &Range<usize>) {
        let after = self.after_item(item.end);
        let line_start = self.line_start(item.start);
        if !self.starts_line(item.start) {
            // Others stand before it on the line: it goes with its comma and the spaces before it, or as the first of
            // its brackets with those behind it.
            let stop = after.comma.map_or(item.end, |comma| comma + 1);
            let before = self.text.get(line_start..item.start).unwrap_or_default().trim_end();
            if before.ends_with(['(', '[']) {
                self.replace(item.start..stop + self.spaces(stop), String::new());
            } else {
                self.replace(line_start + before.len()..stop, String::new());
            }
            return;
        }
        let begin = self.comments_above(line_start);
        if let Some(end) = self.line_break(after.line_end) {
            self.replace(begin..end, String::new());
        } else {
            // Others follow it on the line: they move to its place.
            let stop = after.comma.map_or(item.end, |comma| comma + 1);
            self.replace(begin..line_start, String::new());
            self.replace(item.start..stop + self.spaces(stop), String::new());
        }
    }

    /// What follows an item up to the end of its line.
    fn after_item(&self, end: usize) -> After {
        let comma =
            Lexer::new(self.text, end).next().filter(|token| token.kind == Kind::Comma).map(|it| it.start);
        let stop = match comma {
            // A comma on a later line ends the item all the same.
            Some(comma) => comma + 1,
            None => end,
        };
        let line_end = self.same_line_end(stop);
        let line_comment = self.text.get(stop..line_end).is_some_and(|text| text.contains("//"));
        After { comma, line_end, line_comment }
    }

    /// The end of the comment that follows on the same line and ends it; otherwise `at` itself.
    fn same_line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end();
        let comment = line.trim_start();
        let whole = comment.starts_with("//")
            || (comment.starts_with("/*") && comment.find("*/").is_some_and(|end| end + 2 == comment.len()));
        if whole { at + line.len() } else { at }
    }

    /// Behind the line break, where nothing but spaces is before it.
    fn line_break(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let line = rest.find('\n')?;
        rest.get(..line)?.trim().is_empty().then_some(at + line + 1)
    }

    fn spaces(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.len() - rest.trim_start_matches([' ', '\t']).len()
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// Whether nothing but spaces is before `at` on its line.
    fn starts_line(&self, at: usize) -> bool {
        let start = self.line_start(at);
        start > 0 && self.text.get(start..at).is_some_and(|before| before.trim().is_empty())
    }

    /// The spaces that the line of `at` begins with.
    fn indent(&self, at: usize) -> String {
        let start = self.line_start(at);
        self.text.get(start..start + self.spaces(start)).unwrap_or_default().to_owned()
    }

    /// The start of the first of the lines above `line_start` that hold a comment only.
    fn comments_above(&self, line_start: usize) -> usize {
        let mut begin = line_start;
        while begin > 0 {
            let above = self.line_start(begin - 1);
            let line = self.text.get(above..begin).unwrap_or_default().trim();
            let is_comment = line.starts_with("//")
                || (line.starts_with("/*") && line.find("*/").is_some_and(|end| end + 2 == line.len()));
            if !is_comment {
                break;
            }
            begin = above;
        }
        begin
    }
}

/// What follows an item.
struct After {
    /// Its comma.
    comma: Option<usize>,
    /// The end of its comma and of the comment behind that, where one ends the line.
    line_end: usize,
    /// Whether that comment takes the rest of the line.
    line_comment: bool,
}
