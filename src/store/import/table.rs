//! Any CSV file → a header and rows of text, with the line each row starts on.

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8};

use super::ImportError;

/// More columns than this are no table of invoices.
const MOST_COLUMNS: usize = 500;
/// How many records decide the delimiter and where the header is.
const LOOKED_AT: usize = 100;

/// How the file's encoding was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingFrom {
    /// It says so in its first bytes.
    Mark,
    /// All of it is valid.
    Valid,
    /// Most of it is valid; this many characters could not be read.
    Damaged(usize),
    /// It was the likeliest.
    Guess,
}

/// How the file's text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The encoding's usual name, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// How that was found.
    pub encoding_from: EncodingFrom,
    /// What stands between two cells.
    pub delimiter: char,
    /// The line of the header, from 1, or `None` where the first row is already an invoice.
    pub header_line: Option<usize>,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let delimiter = match self.delimiter {
            '\t' => "tabs",
            ';' => "semicolons",
            '|' => "vertical bars",
            _ => "commas",
        };
        write!(f, "{}", self.encoding)?;
        match self.encoding_from {
            EncodingFrom::Mark => f.write_str(" (by its byte order mark)")?,
            EncodingFrom::Valid => {}
            EncodingFrom::Damaged(count) => write!(f, " ({count} characters damaged, shown as \u{fffd})")?,
            EncodingFrom::Guess => f.write_str(" (guessed: check names with accents)")?,
        }
        write!(f, ", cells between {delimiter}")?;
        match self.header_line {
            Some(1) => Ok(()),
            Some(line) => write!(f, ", header on line {line}"),
            None => f.write_str(", no header: columns are named by their number"),
        }
    }
}

/// A row of a CSV file.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The line it starts on, from 1.
    pub(super) line: usize,
    cells: StringRecord,
    /// Set where a quotation mark of this row is never closed.
    pub(super) unclosed: bool,
}

impl Row {
    /// The text of a cell without the space around it; nothing where the row is too short.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("").trim()
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }

    /// How many cells it has, counted to the last that holds something.
    pub(super) fn width(&self) -> usize {
        let last = self.cells.iter().rev().position(|cell| !cell.trim().is_empty());
        last.map_or(0, |after| self.cells.len() - after)
    }
}

/// A CSV file read into cells.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) written: Written,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Row>,
}

impl Sheet {
    /// Reads any CSV.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        let (text, encoding, encoding_from) = decode(bytes)?;
        let (delimiter, skipped) = match stated_delimiter(&text) {
            Some(stated) => stated,
            None => (sniff(&text), 0),
        };
        let mut rows = read_rows(&text, delimiter, skipped);
        if rows.is_empty() {
            return Err(ImportError::Empty);
        }
        let (header_at, headers) = find_header(&rows);
        if headers.len() > MOST_COLUMNS {
            return Err(ImportError::NotATable(format!(
                "it has {} columns: expected a table of invoices as CSV",
                headers.len()
            )));
        }
        let header_line = header_at.and_then(|at| rows.get(at)).map(|row| row.line);
        if let Some(at) = header_at {
            rows.drain(..=at);
        }
        let written = Written { encoding, encoding_from, delimiter: char::from(delimiter), header_line };
        Ok(Self { written, headers, rows })
    }
}

fn decode(bytes: &[u8]) -> Result<(String, &'static str, EncodingFrom), ImportError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    for (start, what) in [
        (&b"PK\x03\x04"[..], "a spreadsheet or another packed file"),
        (b"\xD0\xCF\x11\xE0", "an old spreadsheet"),
        (b"%PDF", "a PDF"),
    ] {
        if bytes.starts_with(start) {
            return Err(ImportError::NotATable(format!(
                "it is {what}: export the invoices as CSV and import that file"
            )));
        }
    }
    let (text, encoding, from) = if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        (text, encoding, EncodingFrom::Mark)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.into(), UTF_8, EncodingFrom::Valid)
    } else if let Some((text, damaged)) = damaged_utf_8(bytes) {
        (text.into(), UTF_8, EncodingFrom::Damaged(damaged))
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let encoding = detector.guess(None, Utf8Detection::Deny);
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        (text, encoding, EncodingFrom::Guess)
    };
    if text.contains('\0') {
        return Err(ImportError::NotATable(
            "it is not text: export the invoices as CSV in UTF-8 and import that file".to_owned(),
        ));
    }
    Ok((text.into_owned(), encoding.name(), from))
}

/// Text that is UTF-8 but for fewer characters than those that show it is: cut off, or pasted into by another program.
fn damaged_utf_8(bytes: &[u8]) -> Option<(String, usize)> {
    let text = String::from_utf8_lossy(bytes);
    let damaged = text.matches(char::REPLACEMENT_CHARACTER).count();
    let others = text.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER).count();
    (damaged < others).then(|| (text.into_owned(), damaged))
}

/// The delimiter a spreadsheet states in a first line `sep=;`, and the length of that line.
fn stated_delimiter(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let (name, delimiter) = line.split_at_checked(4)?;
    let delimiter = *delimiter.as_bytes().first()?;
    (name.eq_ignore_ascii_case("sep=") && b",;\t|".contains(&delimiter)).then_some((delimiter, line.len()))
}

/// The delimiter under which the most records have the same, and the largest, number of cells.
fn sniff(text: &str) -> u8 {
    let mut best = (b',', 0);
    for delimiter in *b",;\t|" {
        let mut widths: Vec<usize> = Vec::new();
        let mut reader = reader(text, delimiter);
        let mut record = ByteRecord::new();
        while widths.len() < LOOKED_AT && reader.read_byte_record(&mut record).unwrap_or(false) {
            widths.push(record.len());
        }
        let usual = usual(&widths);
        let score = widths.iter().filter(|width| **width == usual).count() * usual.saturating_sub(1);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

/// The number that occurs most often; of several the largest.
fn usual(numbers: &[usize]) -> usize {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .max_by_key(|run| run.len())
        .and_then(|run| run.first().copied())
        .unwrap_or(0)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// Every row with something in it, from the byte `start` on.
fn read_rows(text: &str, delimiter: u8, start: usize) -> Vec<Row> {
    let body = text.get(start..).unwrap_or("");
    let mut reader = reader(body, delimiter);
    let mut lines = LineCount { text: body.as_bytes(), at: 0, line: 1 };
    let mut rows = Vec::new();
    let mut cells = StringRecord::new();
    while reader.read_record(&mut cells).unwrap_or(false) {
        let begins = cells.position().map_or(0, csv::Position::byte);
        // The reader passes over line ends before a record without counting them to it.
        let line = lines.at_content(usize::try_from(begins).unwrap_or(usize::MAX));
        let row = Row { line, cells: std::mem::take(&mut cells), unclosed: false };
        if !row.is_blank() {
            rows.push(row);
        }
    }
    if let Some(last) = rows.last_mut() {
        let quotes = body.as_bytes().get(lines.at..).unwrap_or_default().iter();
        let odd = quotes.fold(false, |odd, byte| odd != (*byte == b'"'));
        // A lone mark within a cell is a mark; one that swallowed the rest of the file is a slip.
        last.unclosed = odd && last.cells.iter().any(|cell| cell.contains(['\n', '\r']));
    }
    rows
}

/// Counts line ends on the way through a text.
struct LineCount<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCount<'_> {
    /// The line of the first byte from `from` on that ends no line; `from` never goes back.
    fn at_content(&mut self, from: usize) -> usize {
        while let Some(byte) = self.text.get(self.at) {
            let ends_line = matches!(byte, b'\n' | b'\r');
            if self.at >= from && !ends_line {
                break;
            }
            let second_of_two = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            if ends_line && !second_of_two {
                self.line += 1;
            }
            self.at += 1;
        }
        self.line
    }
}

/// The header: the first row that is about as wide as rows usually are, for titles may stand above it. A first row that
/// holds a day is an invoice, and columns are then named by their number.
fn find_header(rows: &[Row]) -> (Option<usize>, Vec<String>) {
    let widths: Vec<usize> = rows.iter().take(LOOKED_AT).map(Row::width).collect();
    let usual = usual(&widths);
    let at = rows.iter().take(LOOKED_AT).position(|row| row.filled() * 2 > usual).unwrap_or(0);
    let Some(header) = rows.get(at) else { return (None, Vec::new()) };
    if header.cells.iter().any(|cell| super::dates::looks_like_a_day(cell.trim())) {
        return (None, (1..=usual).map(|number| format!("column {number}")).collect());
    }
    let names = (0..header.cells.len()).map(|column| squeezed(header.cell(column))).collect();
    (Some(at), names)
}

/// A text on one line, with single spaces.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text from the file, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = squeezed(text).chars().take(LONGEST + 1).collect();
    if short.chars().count() > LONGEST {
        short.pop();
        short.push('…');
    }
    format!("{short:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        Sheet::read(text.as_bytes()).unwrap().rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn a_row_knows_its_line_past_blank_lines_quoted_line_breaks_and_all_kinds_of_line_ends() {
        assert_eq!(lines("a,b\n1,2\n\n\n3,4\n\"5\n5\",6\n7,8"), [2, 5, 6, 8]);
        assert_eq!(lines("a,b\r\n1,2\r\n\r\n3,4\r\n\"5\r\n5\",6\r\n7,8\r\n"), [2, 4, 5, 7]);
        assert_eq!(lines("a,b\r1,2\r\r3,4"), [2, 4]);
        assert_eq!(lines("sep=;\na;b\n1;2\n"), [3]);
    }

    #[test]
    fn the_delimiter_that_makes_the_most_even_cells_wins_over_decimal_commas() {
        let sheet = Sheet::read(b"client;number;amount\nA;1;12,50\nB;2;13,50\nC, D & E;3;1,00\n").unwrap();
        assert_eq!((sheet.written.delimiter, sheet.headers.len()), (';', 3));
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let sheet = Sheet::read(b"Invoices of 2026\n\nclient,number,amount\nA,1,2.00\n").unwrap();
        assert_eq!(sheet.written.header_line, Some(3));
        assert_eq!(sheet.headers, ["client", "number", "amount"]);
    }

    #[test]
    fn a_quotation_mark_never_closed_is_noticed() {
        let sheet = Sheet::read(b"client,number\n\"A\",1\n\"B,2\nC,3\n").unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.unclosed).collect::<Vec<_>>(), [false, true]);
    }
}
