//! The span index: where in a book's text its tables and records are.
//!
//! One pass over the text, without calling itself, that matches brackets. Where they do not match there is a second,
//! wary one: it ends a record where the next one starts, so that a broken one hides no other (see [`Lexer::wary`]).

use std::ops::Range;

use super::lex::{Kind, Lexer, Token};
use crate::domain::Table;

/// The entries of a book, `name: value`, in the order of the text.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    /// What is wrong between the records.
    pub(super) faults: Vec<Fault>,
    /// The bracket that opens the book.
    pub(super) open: usize,
}

/// One entry of a book.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
    /// Which table it is; `None` for anything else.
    pub(super) table: Option<Table>,
    /// The bytes of each record of a table.
    pub(super) records: Vec<Range<usize>>,
}

/// Something wrong between the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) message: String,
    /// Whether the meaning is plain all the same.
    pub(super) harmless: bool,
}

/// Why a text is not a book at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotABook {
    /// It does not start like one.
    Start(usize),
    /// It ends too early: its brackets are not closed.
    CutOff,
    /// Something follows its end.
    After(usize),
    /// Almost nothing between its brackets makes sense; the first such place.
    Hopeless(usize),
}

/// How many faults between records a text may have and still be read.
const MOST_FAULTS: usize = 10_000;

/// Finds the tables and records of the book that starts at the byte `start` of `text`.
pub(super) fn index(text: &str, start: usize) -> Result<Index, NotABook> {
    let strict = Indexer::new(Lexer::new(text, start), false).book(start);
    match strict {
        Ok(index) if index.faults.is_empty() => Ok(index),
        Err(not @ NotABook::Start(_)) => Err(not),
        _ => match (Indexer::new(Lexer::wary(text, start), true).book(start), strict) {
            // Where brackets are missing at the end, the second pass takes an inner one for the book's own.
            (Err(NotABook::After(_)), Err(NotABook::CutOff)) => Err(NotABook::CutOff),
            (index, _) => index,
        },
    }
}

/// The id that a record's text starts with, where it does; also of a record that cannot be read.
pub(super) fn leading_id(text: &str, record: &Range<usize>) -> Option<String> {
    let mut lexer = Lexer::new(text.get(..record.end)?, record.start);
    let mut token = lexer.next()?;
    if token.kind == Kind::Word {
        token = lexer.next()?;
    }
    let named = lexer.next().filter(|it| lexer.text_of(*it) == "id" && token.kind == Kind::Open(b'('))?;
    let colon = lexer.next()?;
    let value = lexer.next()?;
    let is_id = named.kind == Kind::Word && colon.kind == Kind::Colon && value.kind == Kind::Text;
    is_id.then(|| lexer.text_of(value).trim_matches('"').to_owned())
}

struct Indexer<'t> {
    lexer: Lexer<'t>,
    /// Whether this is the second pass, over a text whose brackets do not match.
    wary: bool,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

impl<'t> Indexer<'t> {
    fn new(lexer: Lexer<'t>, wary: bool) -> Self {
        Self { lexer, wary, entries: Vec::new(), faults: Vec::new() }
    }

    fn book(mut self, start: usize) -> Result<Index, NotABook> {
        let open = self.opening(start)?;
        self.entries()?;
        match self.lexer.next() {
            Some(token) => Err(NotABook::After(token.start)),
            None => Ok(Index { entries: self.entries, faults: self.faults, open }),
        }
    }

    /// Reads up to the bracket that opens the book, past attributes and the name of a struct.
    fn opening(&mut self, start: usize) -> Result<usize, NotABook> {
        let mut token = self.lexer.next().ok_or(NotABook::Start(start))?;
        while self.lexer.text_of(token) == "#" {
            self.lexer.next();
            self.skip_matched().ok_or(NotABook::Start(token.start))?;
            token = self.lexer.next().ok_or(NotABook::CutOff)?;
        }
        if token.kind == Kind::Word {
            token = self.lexer.next().ok_or(NotABook::Start(token.start))?;
        }
        match (token.kind, self.lexer.peek()) {
            (Kind::Open(b'('), Some(Token { kind: Kind::Word, .. })) => Ok(token.start),
            _ => Err(NotABook::Start(token.start)),
        }
    }

    fn entries(&mut self) -> Result<(), NotABook> {
        loop {
            self.hope()?;
            let token = self.lexer.next().ok_or(NotABook::CutOff)?;
            match (token.kind, self.lexer.peek().map(|next| next.kind)) {
                (Kind::Close(b')'), _) => return Ok(()),
                (Kind::Word, Some(Kind::Colon)) => {
                    self.lexer.next();
                    self.entry(token)?;
                    self.comma(b')', "entries of the book");
                }
                _ => {
                    let found = self.lexer.text_of(token);
                    self.fault(token.start, format!("{found} has no meaning here: remove it"), false);
                }
            }
        }
    }

    fn entry(&mut self, name: Token) -> Result<(), NotABook> {
        let word = self.lexer.text_of(name);
        let table = Table::ALL.into_iter().find(|table| table.name() == word);
        let first = self.lexer.peek().ok_or(NotABook::CutOff)?;
        let is_list = table.is_some() && first.kind == Kind::Open(b'[');
        let mut records = Vec::new();
        let end = if is_list {
            self.lexer.next();
            self.table(word, &mut records)?
        } else {
            self.skip_value(first)?
        };
        let entry = Entry {
            name: name.start..name.end,
            value: first.start..end,
            table: table.filter(|_| is_list),
            records,
        };
        if let Some(table) = table.filter(|_| !is_list) {
            let message = format!("expected a list of records in square brackets: {table}: [ … ]");
            self.fault(first.start, message, false);
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Reads the records of a table up to its closing bracket, and returns its end.
    fn table(&mut self, name: &str, records: &mut Vec<Range<usize>>) -> Result<usize, NotABook> {
        let mut end = self.lexer.peek().map_or(0, |token| token.start);
        loop {
            self.hope()?;
            let before = self.lexer;
            let token = self.lexer.next().ok_or(NotABook::CutOff)?;
            let next = self.lexer.peek();
            match (token.kind, next.map(|next| next.kind)) {
                (Kind::Close(b']'), _) => return Ok(token.end),
                (Kind::Open(b'('), _) | (Kind::Word, Some(Kind::Open(b'('))) => {
                    self.lexer = before;
                    end = self.skip_value(token)?;
                    records.push(token.start..end);
                    self.comma(b']', "records");
                }
                (Kind::Word, Some(Kind::Colon)) | (Kind::Close(b')'), None) => {
                    let message =
                        format!("the list of {name} is not closed before this: add ] after its last record");
                    self.fault(token.start, message, true);
                    self.lexer = before;
                    return Ok(end);
                }
                _ => {
                    let found = self.lexer.text_of(token);
                    let message =
                        format!("expected a record, found {}: remove it", super::tree::shortened(found));
                    self.fault(token.start, message, false);
                }
            }
        }
    }

    /// Reads the comma after an item, which only the last one can do without.
    fn comma(&mut self, closing: u8, items: &str) {
        match self.lexer.peek() {
            Some(Token { kind: Kind::Comma, .. }) => {
                self.lexer.next();
            }
            Some(Token { kind: Kind::Close(bracket), .. }) if bracket == closing => {}
            Some(token @ Token { kind: Kind::Open(_) | Kind::Word, .. }) => {
                self.fault(
                    token.start,
                    format!("a comma is missing before this: {items} have one between them"),
                    true,
                );
            }
            _ => {}
        }
    }

    /// Skips a value and returns its end.
    fn skip_value(&mut self, first: Token) -> Result<usize, NotABook> {
        if self.wary { self.skip_broken(first) } else { self.skip_matched().ok_or(NotABook::CutOff) }
    }

    /// Skips a value whose brackets match, and returns its end; otherwise stays where it is.
    fn skip_matched(&mut self) -> Option<usize> {
        let mut lexer = self.lexer;
        let mut open: Vec<u8> = Vec::new();
        loop {
            let token = lexer.next()?;
            match token.kind {
                Kind::Open(bracket) => open.push(bracket),
                Kind::Close(bracket) if open.pop().is_some_and(|open| pairs(open, bracket)) => {}
                Kind::Close(_) | Kind::Unclosed => return None,
                // A struct's name belongs to the value that its bracket opens.
                Kind::Word if open.is_empty() && is_open(lexer.peek()) => continue,
                Kind::Comma | Kind::Colon if open.is_empty() => return None,
                _ => {}
            }
            if open.is_empty() {
                self.lexer = lexer;
                return Some(token.end);
            }
        }
    }

    /// Skips a value in a text whose brackets do not match: up to its end, or to the start of the next record, the next
    /// table or the end of its table. Returns the end of its last token.
    fn skip_broken(&mut self, first: Token) -> Result<usize, NotABook> {
        let mut open: Vec<u8> = Vec::new();
        let mut end = first.start;
        loop {
            let before = self.lexer;
            let token = self.lexer.next().ok_or(NotABook::CutOff)?;
            if token.start > first.start && self.starts_something(token, &before) {
                self.lexer = before;
                return Ok(end);
            }
            match token.kind {
                Kind::Open(bracket) => open.push(bracket),
                Kind::Close(bracket) => match open.iter().rposition(|open| pairs(*open, bracket)) {
                    Some(depth) => open.truncate(depth),
                    None if bracket == b']' && !self.ends_table() => {}
                    None => {
                        self.lexer = before;
                        return Ok(end);
                    }
                },
                Kind::Word if open.is_empty() && is_open(self.lexer.peek()) => {
                    end = token.end;
                    continue;
                }
                Kind::Comma if open.is_empty() => {
                    self.lexer = before;
                    return Ok(end);
                }
                _ => {}
            }
            // A comma before the next record does not belong to this one.
            if token.kind != Kind::Comma {
                end = token.end;
            }
            if open.is_empty() {
                return Ok(end);
            }
        }
    }

    /// Whether a token begins a record, `(id:`, or an entry of the book, `clients: [`.
    fn starts_something(&self, token: Token, before: &Lexer<'_>) -> bool {
        let mut ahead = *before;
        ahead.next();
        match token.kind {
            Kind::Open(b'(') => {}
            Kind::Word if is_open(ahead.peek()) => {
                ahead.next();
            }
            Kind::Word => {
                let word = self.lexer.text_of(token);
                let bracket = if word == "business" { b'(' } else { b'[' };
                let known = word == "business" || Table::ALL.iter().any(|table| table.name() == word);
                return known
                    && ahead.next().is_some_and(|it| it.kind == Kind::Colon)
                    && ahead.next().is_some_and(|it| it.kind == Kind::Open(bracket));
            }
            _ => return false,
        }
        ahead.next().is_some_and(|it| it.kind == Kind::Word && self.lexer.text_of(it) == "id")
            && ahead.next().is_some_and(|it| it.kind == Kind::Colon)
    }

    /// Whether what follows a `]` can only follow a table: another entry, or the end of the book.
    fn ends_table(&self) -> bool {
        let mut ahead = self.lexer;
        let mut token = ahead.next();
        if token.is_some_and(|token| token.kind == Kind::Comma) {
            token = ahead.next();
        }
        match token.map(|token| token.kind) {
            Some(Kind::Word) => ahead.next().is_some_and(|token| token.kind == Kind::Colon),
            Some(Kind::Close(b')')) => ahead.next().is_none(),
            _ => false,
        }
    }

    /// Gives up on a text with too many faults.
    fn hope(&self) -> Result<(), NotABook> {
        match self.faults.first() {
            Some(first) if self.faults.len() > MOST_FAULTS => Err(NotABook::Hopeless(first.at)),
            _ => Ok(()),
        }
    }

    fn fault(&mut self, at: usize, message: String, harmless: bool) {
        self.faults.push(Fault { at, message, harmless });
    }
}

fn is_open(token: Option<Token>) -> bool {
    token.is_some_and(|token| token.kind == Kind::Open(b'('))
}

fn pairs(open: u8, close: u8) -> bool {
    matches!((open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(&str, Vec<&str>)> {
        let index = index(text, 0).unwrap();
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap();
        index
            .entries
            .iter()
            .map(|entry| (slice(&entry.name), entry.records.iter().map(slice).collect()))
            .collect()
    }

    #[test]
    fn every_record_is_found_between_comments_names_and_commas() {
        let text = "#![enable(implicit_some)]\nBook( // (\n format: 1, business: (currency: \"EUR\"),\n clients: [\
            Client(id: \"a\", name: \")\"), /* , (id: */ (id: \"b\", people: [(name: r#\"\"(\"#)]),], deals: [],)";
        assert_eq!(
            records(text),
            [
                ("format", vec![]),
                ("business", vec![]),
                (
                    "clients",
                    vec!["Client(id: \"a\", name: \")\")", "(id: \"b\", people: [(name: r#\"\"(\"#)])"]
                ),
                ("deals", vec![]),
            ]
        );
    }

    #[test]
    fn a_broken_record_hides_no_other() {
        for (broken, kept) in [
            ("(id: \"x\", name: \"X\",", "(id: \"x\", name: \"X\""),
            ("(id: \"x\", name: \"X),", "(id: \"x\", name: \"X),"),
            ("(id: \"x\", people: [(name: \"X\"),", "(id: \"x\", people: [(name: \"X\")"),
            ("(id: \"x\", people: (name: \"X\"]),", "(id: \"x\", people: (name: \"X\"])"),
            ("(id: \"x\", /* name: \"X\"),", "(id: \"x\", /* name: \"X\"),"),
        ] {
            let text = format!(
                "(format: 1, clients: [\n  (id: \"a\"),\n  {broken}\n  (id: \"b\"),\n  (id: \"c\"),\n], deals: [(id: \"d\")])"
            );
            let found = records(&text);
            let clients = &found.iter().find(|(name, _)| *name == "clients").unwrap().1;
            assert_eq!(clients.first().unwrap(), &"(id: \"a\")", "{broken}");
            assert_eq!(clients.get(1).unwrap(), &kept, "{broken}");
            assert!(clients.ends_with(&["(id: \"b\")", "(id: \"c\")"]), "{broken}: {clients:?}");
            assert_eq!(found.last().unwrap(), &("deals", vec!["(id: \"d\")"]), "{broken}");
        }
    }

    #[test]
    fn a_table_that_is_not_closed_ends_where_the_next_begins() {
        let text = "(format: 1, clients: [\n (id: \"a\"),\n deals: [(id: \"d\")],)";
        assert_eq!(
            records(text),
            [("format", vec![]), ("clients", vec!["(id: \"a\")"]), ("deals", vec!["(id: \"d\")"])]
        );
        let inside = "(format: 1, clients: [\n (id: \"a\", \n deals: [(id: \"d\")],)";
        assert_eq!(records(inside).last().unwrap(), &("deals", vec!["(id: \"d\")"]));
    }

    #[test]
    fn the_id_of_a_record_is_known_even_when_it_cannot_be_read() {
        let text = "Client( /* c */ id : \"a-1\", name: ";
        assert_eq!(leading_id(text, &(0..text.len())), Some("a-1".to_owned()));
        assert_eq!(leading_id("(name: \"x\")", &(0..11)), None);
    }

    #[test]
    fn what_does_not_start_or_end_like_a_book_is_none() {
        for text in ["", "[1]", "hello", "((((", "#", "{}", "()"] {
            assert!(matches!(index(text, 0), Err(NotABook::Start(_))), "{text}");
        }
        assert_eq!(index("(format: 1, clients: [(id: \"a\")", 0).unwrap_err(), NotABook::CutOff);
        assert_eq!(index("(format: 1) x", 0).unwrap_err(), NotABook::After(12));
    }
}
