//! The words of a book's text: brackets, names, texts and numbers, each with its bytes. Spaces and comments lie between.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    /// `,`.
    Comma,
    /// `:`.
    Colon,
    /// A name: of a field, a struct, a variant.
    Word,
    /// Text in quotes, `"…"`, with escapes.
    Text,
    /// Text as it stands, `r"…"` or `r#"…"#`.
    Raw,
    /// One character, `'x'`.
    Char,
    /// Bytes, `b"…"`; no field of a book has them.
    Bytes,
    /// A number, or what begins like one.
    Number,
    /// A text or comment without an end.
    Unclosed,
    /// What has no place in RON.
    Stray,
}

/// A token and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads token after token. Copying it is looking ahead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Once the text is known to be broken: a quote or comment that runs over the start of a record is taken to lack its
    /// end, so that it does not swallow what follows.
    wary: bool,
}

impl<'t> Lexer<'t> {
    /// A lexer over the bytes of `text` from `start` on.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        Self { text, at: start, wary: false }
    }

    /// The same from another byte, in a text known to be broken.
    pub(super) fn wary(text: &'t str, start: usize) -> Self {
        Self { text, at: start, wary: true }
    }

    /// The next token, or `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        if let Some(unclosed) = self.skip_blank() {
            return Some(unclosed);
        }
        let start = self.at;
        let kind = match self.byte(0)? {
            b @ (b'(' | b'[' | b'{') => self.take(1, Kind::Open(b)),
            b @ (b')' | b']' | b'}') => self.take(1, Kind::Close(b)),
            b',' => self.take(1, Kind::Comma),
            b':' => self.take(1, Kind::Colon),
            b'"' => self.quoted(1, Kind::Text),
            b'\'' => self.character(1),
            b'b' if self.byte(1) == Some(b'"') => self.quoted(2, Kind::Bytes),
            b'b' if self.byte(1) == Some(b'\'') => self.character(2),
            b'b' if self.byte(1) == Some(b'r') && self.raw_quote(2).is_some() => self.raw(2, Kind::Bytes),
            b'r' if self.raw_quote(1).is_some() => self.raw(1, Kind::Raw),
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                self.run(Kind::Number, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'))
            }
            b'r' if self.byte(1) == Some(b'#') => {
                self.at += 2;
                self.run(Kind::Word, |c| is_word(c) || matches!(c, '.' | '+' | '-'))
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            _ => match self.rest().chars().next() {
                Some(c) if c.is_alphabetic() => self.word(),
                Some(c) => self.take(c.len_utf8(), Kind::Stray),
                None => return None,
            },
        };
        Some(Token { kind, start, end: self.at })
    }

    /// The next token, left where it is.
    pub(super) fn peek(&self) -> Option<Token> {
        let mut ahead = *self;
        ahead.next()
    }

    /// What a token says.
    pub(super) fn text_of(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn take(&mut self, bytes: usize, kind: Kind) -> Kind {
        self.at += bytes;
        kind
    }

    /// Takes every character that belongs to a word.
    fn word(&mut self) -> Kind {
        while let Some(byte) = self.byte(0) {
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                self.at += 1;
            } else if byte.is_ascii() {
                break;
            } else {
                return self.run(Kind::Word, is_word);
            }
        }
        Kind::Word
    }

    fn run(&mut self, kind: Kind, belongs: fn(char) -> bool) -> Kind {
        let rest = self.rest();
        self.at += rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        kind
    }

    /// Skips spaces and comments; a comment without an end is returned.
    fn skip_blank(&mut self) -> Option<Token> {
        loop {
            match self.byte(0)? {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => self.at += 1,
                b'/' if self.byte(1) == Some(b'/') => {
                    let rest = self.rest();
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                b'/' if self.byte(1) == Some(b'*') => {
                    let start = self.at;
                    if !self.block_comment() {
                        return Some(Token { kind: Kind::Unclosed, start, end: self.at });
                    }
                }
                0..=0x7F => return None,
                _ => match self.rest().chars().next() {
                    Some(c @ ('\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')) => {
                        self.at += c.len_utf8();
                    }
                    _ => return None,
                },
            }
        }
    }

    /// Skips a comment that may hold others; `false` when it has no end.
    fn block_comment(&mut self) -> bool {
        self.at += 2;
        let mut open = 1_usize;
        loop {
            match (self.byte(0), self.byte(1)) {
                (None, _) => return false,
                (Some(b'/'), Some(b'*')) => {
                    open += 1;
                    self.at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    open -= 1;
                    self.at += 2;
                    if open == 0 {
                        return true;
                    }
                }
                (Some(b'\n'), _) if self.cut_here() => return false,
                _ => self.at += 1,
            }
        }
    }

    /// Skips a text whose opening takes `opening` bytes.
    fn quoted(&mut self, opening: usize, kind: Kind) -> Kind {
        self.at += opening;
        loop {
            match self.byte(0) {
                None => return Kind::Unclosed,
                Some(b'"') => return self.take(1, kind),
                // The escaped character may take several bytes; none of the others is a quote or a backslash.
                Some(b'\\') if self.byte(1).is_some() => self.at += 2,
                Some(b'\n') if self.cut_here() => return Kind::Unclosed,
                Some(_) => self.at += 1,
            }
        }
    }

    /// How many `#` stand before the quote of a raw text whose `r` is `after` bytes behind.
    fn raw_quote(&self, after: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at + after..).unwrap_or_default();
        let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
        (self.byte(after + hashes) == Some(b'"')).then_some(hashes)
    }

    fn raw(&mut self, prefix: usize, kind: Kind) -> Kind {
        let hashes = self.raw_quote(prefix).unwrap_or(0);
        self.at += prefix + hashes + 1;
        loop {
            match self.byte(0) {
                None => return Kind::Unclosed,
                Some(b'"') => {
                    let closing = (1..=hashes).take_while(|ahead| self.byte(*ahead) == Some(b'#')).count();
                    if closing == hashes {
                        return self.take(1 + hashes, kind);
                    }
                    self.at += 1 + closing;
                }
                Some(b'\n') if self.cut_here() => return Kind::Unclosed,
                Some(_) => self.at += 1,
            }
        }
    }

    fn character(&mut self, opening: usize) -> Kind {
        let inside = self.text.get(self.at + opening..).unwrap_or_default();
        let mut chars = inside.char_indices();
        let end = match chars.next() {
            Some((_, '\\')) => {
                chars.next();
                chars.take(10).find(|(_, c)| *c == '\'').map(|(at, _)| at)
            }
            Some(_) => chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at),
            None => None,
        };
        match end {
            Some(end) => self.take(opening + end + 1, Kind::Char),
            None => self.take(opening, Kind::Stray),
        }
    }

    /// Whether a text that is known to be broken somewhere has the start of a record or table on its next line.
    fn cut_here(&self) -> bool {
        self.wary && starts_something(self.text.get(self.at + 1..).unwrap_or_default())
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Whether a line starts like a record, `(id:`, or like a table, `clients: [`.
fn starts_something(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let word_length = line.find(|c| !is_word(c)).unwrap_or(line.len());
    let (word, after) = line.split_at(word_length);
    if let Some(fields) = after.strip_prefix('(') {
        let fields = fields.trim_start_matches([' ', '\t']);
        return fields
            .strip_prefix("id")
            .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(':'));
    }
    let value = after
        .trim_start_matches([' ', '\t'])
        .strip_prefix(':')
        .map(|rest| rest.trim_start_matches([' ', '\t']));
    value.is_some_and(|value| {
        value.starts_with('[') && crate::domain::Table::ALL.iter().any(|table| table.name() == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        let mut lexer = Lexer::new(text, 0);
        std::iter::from_fn(|| lexer.next()).map(|token| token.kind).collect()
    }

    #[test]
    fn comments_and_quotes_hide_what_they_hold() {
        use Kind::{Char, Number, Open, Raw, Text, Word};
        let text = "( // )\n /* ) /* ] */ */ \")\\\")\" r#\")\"#";
        assert_eq!(kinds(text), [Open(b'('), Text, Raw]);
        assert_eq!(
            kinds("r\"a\" r##\"\"#\"## r#type ')' '\\'' -2.5e3 ende"),
            [Raw, Raw, Word, Char, Char, Number, Word]
        );
    }

    #[test]
    fn what_has_no_end_is_told() {
        assert_eq!(kinds("\"abc"), [Kind::Unclosed]);
        assert_eq!(kinds("/* /* */"), [Kind::Unclosed]);
        assert_eq!(kinds("'ab"), [Kind::Stray, Kind::Word]);
    }
}
