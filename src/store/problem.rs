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

/// Where the lines of a text start, to tell the place of a byte.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of `text`.
    pub(super) fn of(text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        // A byte order mark is no character of the first line.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { starts: std::iter::once(first).chain(after_breaks).collect() }
    }

    /// The place of the byte at `offset` in the same text; beyond its end, that of its end.
    pub(super) fn place(&self, text: &str, offset: usize) -> Place {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = text.as_bytes().get(start..offset).unwrap_or_default();
        // A character starts at every byte that does not continue one.
        let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        Place { line, column }
    }
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
    }
}
