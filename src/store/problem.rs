//! What is wrong with a book's text, said to a person: where, what, and what would be right.

use std::fmt;

use crate::domain::Table;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A record cannot be used; it stays in the file as it is, and out of the book.
    Error,
    /// Implausible, or likely a slip; the record is used.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A place in a text, as editors count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One thing wrong with one place of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The line of the offending value, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// Its path: `invoices[inv-17].payments[1].day`.
    pub path: String,
    /// What is wrong and what would be right, in a sentence without a full stop.
    pub message: String,
    /// The record it is about, where its id could be read.
    pub record: Option<(Table, String)>,
}

/// `LINE:COLUMN: severity: path: message`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: ", self.line, self.column, self.severity)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// Why a file as a whole cannot be opened as a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// Where that shows.
    pub place: Place,
    /// What is wrong and what to do, in a sentence without a full stop.
    pub message: String,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: error: {}", self.place, self.message)
    }
}

impl std::error::Error for Unusable {}

/// How many bytes lie between two marks of one line at most, so that finding a place on a very long line is quick too.
const BETWEEN_MARKS: usize = 1024;

/// Where the lines of a text start, to tell the place of a byte.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Bytes whose place is known, in order: every start of a line, and some between.
    marks: Vec<(usize, Place)>,
}

impl Lines {
    /// Finds the lines of `text`.
    pub(super) fn of(text: &str) -> Self {
        // A byte order mark is no character of the first line.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut marks = vec![(first, Place { line: 1, column: 1 })];
        let mut start = first;
        for (number, line) in text.get(first..).unwrap_or_default().split_inclusive('\n').enumerate() {
            mark_long_line(line, start, number + 1, &mut marks);
            start += line.len();
            if line.ends_with('\n') {
                marks.push((start, Place { line: number + 2, column: 1 }));
            }
        }
        Self { marks }
    }

    /// The place of the byte at `offset` in the same text; beyond its end, that of its end.
    pub(super) fn place(&self, text: &str, offset: usize) -> Place {
        let offset = offset.min(text.len());
        let after = self.marks.partition_point(|(mark, _)| *mark <= offset);
        let known = self.marks.get(after.saturating_sub(1)).copied();
        let (mark, place) = known.unwrap_or((0, Place { line: 1, column: 1 }));
        let between = text.as_bytes().get(mark..offset).unwrap_or_default();
        let characters = between.iter().filter(|byte| starts_character(**byte)).count();
        Place { line: place.line, column: place.column + characters }
    }
}

/// Marks the characters of a line, which begins at the byte `start`, that are far from its start.
fn mark_long_line(line: &str, start: usize, number: usize, marks: &mut Vec<(usize, Place)>) {
    if line.len() <= BETWEEN_MARKS {
        return;
    }
    let mut last = 0;
    for (before, (at, _)) in line.char_indices().enumerate() {
        if at - last >= BETWEEN_MARKS {
            marks.push((start + at, Place { line: number, column: before + 1 }));
            last = at;
        }
    }
}

/// Whether a byte of UTF-8 starts a character and does not continue one.
fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_at_line_feeds() {
        let text = "äö\r\nüx";
        let lines = Lines::of(text);
        assert_eq!(lines.place(text, 4), Place { line: 1, column: 3 });
        assert_eq!(lines.place(text, text.find('x').unwrap()), Place { line: 2, column: 2 });
        assert_eq!(lines.place(text, 999), Place { line: 2, column: 3 });
        let long = "é".repeat(5000);
        assert_eq!(Lines::of(&long).place(&long, 9000), Place { line: 1, column: 4501 });
    }
}
