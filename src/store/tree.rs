//! One value of a book's text as a tree whose every node knows its bytes.
//!
//! The nodes lie in one list in the order of the text, so neither reading nor dropping them calls itself: depth costs
//! nothing but is bounded all the same.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use super::lex::{Kind, Lexer, Token};

/// How deep values may nest; a book needs less than ten.
const DEEPEST: usize = 64;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `(name: value, …)`, perhaps with a name before it, perhaps empty.
    Struct,
    /// `(value, …)`, perhaps with a name before it.
    Tuple,
    /// `[value, …]`.
    List,
    /// `{key: value, …}`: keys and values are children in turn.
    Map,
    /// A text, with or without escapes.
    Text,
    /// Digits.
    Number,
    /// A name without brackets.
    Word,
    /// A character or bytes.
    Other,
}

/// A value.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) shape: Shape,
    /// Its bytes in the whole text, with the name before its brackets.
    pub(super) range: Range<usize>,
    /// The field's name, where it is one of a struct.
    pub(super) key: Option<Range<usize>>,
    /// The name before its brackets; empty without one.
    name: Range<usize>,
    /// The node after it and all it holds.
    next: usize,
}

/// Where and why a text is not a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) at: usize,
    pub(super) message: String,
}

/// A value and all it holds.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

/// What the parser is inside of.
struct Frame {
    node: usize,
    bracket: u8,
    /// Keys and values read so far.
    count: usize,
}

impl<'t> Tree<'t> {
    /// Reads the one value in the bytes `range` of `text`.
    pub(super) fn parse(text: &'t str, range: Range<usize>) -> Result<Self, SyntaxError> {
        let inside = text.get(..range.end).unwrap_or(text);
        let mut parser = Parser {
            lexer: Lexer::new(inside, range.start),
            end: range.end,
            nodes: Vec::new(),
            open: Vec::new(),
        };
        parser.run()?;
        Ok(Self { text, nodes: parser.nodes })
    }

    /// The node at an index.
    pub(super) fn node(&self, node: usize) -> Option<&Node> {
        self.nodes.get(node)
    }

    /// What a node holds, in order.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + use<'_> {
        let end = self.node(node).map_or(0, |node| node.next);
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let child = next;
            next = self.node(child)?.next;
            (child < end).then_some(child)
        })
    }

    /// The bytes of a node.
    pub(super) fn range(&self, node: usize) -> Range<usize> {
        self.node(node).map_or(0..0, |node| node.range.clone())
    }

    /// A node as it is written.
    pub(super) fn written(&self, node: usize) -> &'t str {
        self.text.get(self.range(node)).unwrap_or_default()
    }

    /// The name of a struct's field.
    pub(super) fn key(&self, node: usize) -> Option<&'t str> {
        let key = self.node(node)?.key.clone()?;
        let key = self.text.get(key)?;
        Some(key.strip_prefix("r#").unwrap_or(key))
    }

    /// The name before a node's brackets; empty without one.
    pub(super) fn name(&self, node: usize) -> &'t str {
        self.node(node).and_then(|node| self.text.get(node.name.clone())).unwrap_or_default()
    }

    /// The field of a struct.
    pub(super) fn field(&self, node: usize, name: &str) -> Option<usize> {
        self.children(node).find(|child| self.key(*child) == Some(name))
    }

    /// What a text says.
    pub(super) fn text(&self, node: usize) -> Result<Cow<'t, str>, &'static str> {
        unquoted(self.written(node))
    }

    /// The path from the whole value to a node: `payments[1].day`; empty for the whole.
    pub(super) fn path(&self, node: usize) -> String {
        let mut path = String::new();
        let mut at = 0;
        while at < node {
            let holds = |child: &(usize, usize)| {
                self.node(child.1).is_some_and(|it| child.1 <= node && node < it.next)
            };
            let Some((position, child)) = self.children(at).enumerate().find(holds) else { break };
            match (self.key(child), self.node(at).map(|node| node.shape)) {
                (Some(key), _) => {
                    let dot = if path.is_empty() { "" } else { "." };
                    let _ = write!(path, "{dot}{key}");
                }
                (None, Some(Shape::Map)) => {
                    // A map's child at an odd position is the value of the key before it.
                    let key = self.children(at).nth(position - position % 2).unwrap_or(child);
                    let _ = write!(path, "[{}]", self.written(key));
                }
                (None, _) => {
                    let _ = write!(path, "[{position}]");
                }
            }
            at = child;
        }
        path
    }

    /// The node at a path, or the deepest one on the way to it. Where a path leaves out the places in a list, the value
    /// `saying` decides.
    pub(super) fn locate(&self, path: &str, saying: Option<&str>) -> usize {
        let mut at = 0;
        for step in
            path.split(['.', '[']).map(|step| step.trim_end_matches(']')).filter(|step| !step.is_empty())
        {
            let by_key = self.field(at, step);
            let by_place = || step.parse().ok().and_then(|place| self.children(at).nth(place));
            let by_map_key = || {
                let mut children = self.children(at);
                std::iter::from_fn(|| Some((children.next()?, children.next()?)))
                    .find(|(key, _)| self.text(*key).is_ok_and(|key| key == step.trim_matches('"')))
                    .map(|(_, value)| value)
            };
            let within = || {
                let end = self.node(at)?.next;
                (at + 1..end).find(|node| {
                    self.key(*node) == Some(step)
                        && saying.is_none_or(|saying| self.text(*node).is_ok_and(|text| text == saying))
                })
            };
            match by_key.or_else(by_place).or_else(by_map_key).or_else(within) {
                Some(found) => at = found,
                None => break,
            }
        }
        match (saying, self.node(at)) {
            // The path ended in a list or on its way to one: look for the value itself.
            (Some(saying), Some(node)) if node.shape != Shape::Text => {
                (at..node.next).find(|node| self.text(*node).is_ok_and(|text| text == saying)).unwrap_or(at)
            }
            _ => at,
        }
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    end: usize,
    nodes: Vec<Node>,
    open: Vec<Frame>,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), SyntaxError> {
        loop {
            let token = self.next()?;
            let ended = match token.kind {
                Kind::Close(bracket) => self.close(token, bracket)?,
                _ => self.value(token)?,
            };
            if ended && self.after_values()? {
                break;
            }
        }
        match self.lexer.next() {
            None => Ok(()),
            Some(token) => Err(self.unexpected(token, "the end of the record")),
        }
    }

    fn next(&mut self) -> Result<Token, SyntaxError> {
        self.lexer.next().ok_or_else(|| self.unclosed())
    }

    /// Reads the start of a value; `true` when it is also its end.
    fn value(&mut self, mut token: Token) -> Result<bool, SyntaxError> {
        let mut key = None;
        let in_group = self.open.last().is_some_and(|frame| frame.bracket == b'(');
        if in_group {
            let is_key =
                token.kind == Kind::Word && self.lexer.peek().is_some_and(|it| it.kind == Kind::Colon);
            self.field_or_item(token, is_key)?;
            if is_key {
                self.lexer.next();
                key = Some(token.start..token.end);
                token = self.next()?;
            }
        }
        if let Some(frame) = self.open.last_mut() {
            frame.count += 1;
        }
        let mut name = token.start..token.start;
        if token.kind == Kind::Word && self.lexer.peek().is_some_and(|it| it.kind == Kind::Open(b'(')) {
            name = token.start..token.end;
            token = self.next()?;
        }
        let shape = match token.kind {
            Kind::Open(b'(') => Shape::Struct,
            Kind::Open(b'[') => Shape::List,
            Kind::Open(_) => Shape::Map,
            Kind::Text | Kind::Raw => Shape::Text,
            Kind::Number => Shape::Number,
            Kind::Word => Shape::Word,
            Kind::Char | Kind::Bytes => Shape::Other,
            Kind::Close(_) | Kind::Comma | Kind::Colon | Kind::Unclosed | Kind::Stray => {
                return Err(self.unexpected(token, "a value"));
            }
        };
        let node = self.nodes.len();
        self.nodes.push(Node { shape, range: name.start..token.end, key, name, next: node + 1 });
        if let Kind::Open(bracket) = token.kind {
            if self.open.len() >= DEEPEST {
                let message =
                    format!("nested more than {DEEPEST} brackets deep, which no field of a book is");
                return Err(SyntaxError { at: token.start, message });
            }
            self.open.push(Frame { node, bracket, count: 0 });
            return Ok(false);
        }
        Ok(true)
    }

    /// Decides by its first part whether `(` holds fields or values, and holds the rest to it.
    fn field_or_item(&mut self, token: Token, is_key: bool) -> Result<(), SyntaxError> {
        let Some(frame) = self.open.last() else { return Ok(()) };
        let (count, node) = (frame.count, frame.node);
        let Some(node) = self.nodes.get_mut(node) else { return Ok(()) };
        if count == 0 && !is_key {
            node.shape = Shape::Tuple;
        }
        match (node.shape, is_key) {
            (Shape::Struct, false) => Err(self.unexpected(token, "a field's name and a colon")),
            (Shape::Tuple, true) => {
                Err(self.unexpected(token, "a value without a name, like the one before it"))
            }
            _ => Ok(()),
        }
    }

    /// Closes the innermost bracket.
    fn close(&mut self, token: Token, bracket: u8) -> Result<bool, SyntaxError> {
        let Some(frame) = self.open.pop() else { return Err(self.unexpected(token, "a value")) };
        if bracket != closing(frame.bracket) || (frame.bracket == b'{' && frame.count % 2 == 1) {
            let wanted = format!(
                "{} to close the {} before it",
                char::from(closing(frame.bracket)),
                char::from(frame.bracket)
            );
            return Err(self.unexpected(token, &wanted));
        }
        let next = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(frame.node) {
            node.range.end = token.end;
            node.next = next;
        }
        Ok(true)
    }

    /// Reads what follows a value: a comma, or the brackets it ends. `true` when the whole value has ended.
    fn after_values(&mut self) -> Result<bool, SyntaxError> {
        loop {
            let Some(frame) = self.open.last() else { return Ok(true) };
            let after_key = frame.bracket == b'{' && frame.count % 2 == 1;
            let token = self.next()?;
            match token.kind {
                Kind::Colon if after_key => return Ok(false),
                Kind::Comma if !after_key => return Ok(false),
                Kind::Close(bracket) if !after_key => {
                    self.close(token, bracket)?;
                }
                _ if after_key => return Err(self.unexpected(token, "a colon")),
                _ => return Err(self.unexpected(token, "a comma before this")),
            }
        }
    }

    fn unexpected(&self, token: Token, wanted: &str) -> SyntaxError {
        let found = self.lexer.text_of(token);
        let message = match token.kind {
            Kind::Unclosed if found.starts_with("/*") => {
                "this comment has no end: add */ where it ends".to_owned()
            }
            Kind::Unclosed => "this text has no end: add a quote where it ends".to_owned(),
            _ => format!("expected {wanted}, found {}", shortened(found)),
        };
        SyntaxError { at: token.start, message }
    }

    fn unclosed(&self) -> SyntaxError {
        let open = self.open.last().and_then(|frame| Some((self.nodes.get(frame.node)?, frame.bracket)));
        match open {
            Some((node, bracket)) => SyntaxError {
                at: node.range.start,
                message: format!(
                    "this {} is never closed: add {} where it ends",
                    char::from(bracket),
                    char::from(closing(bracket))
                ),
            },
            None => SyntaxError { at: self.end, message: "expected a value".to_owned() },
        }
    }
}

fn closing(bracket: u8) -> u8 {
    match bracket {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// At most the first forty characters of a line, for a message.
pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() < text.len() { format!("{short} …") } else { short }
}

/// What a text in quotes says.
fn unquoted(written: &str) -> Result<Cow<'_, str>, &'static str> {
    if let Some(raw) = written.strip_prefix('r') {
        let inner = raw.trim_matches('#');
        return Ok(inner.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(inner).into());
    }
    let inner =
        written.strip_prefix('"').and_then(|it| it.strip_suffix('"')).ok_or("expected a text in quotes")?;
    if inner.contains('\\') { unescaped(inner).map(Cow::Owned) } else { Ok(inner.into()) }
}

fn unescaped(inner: &str) -> Result<String, &'static str> {
    const WRONG: &str =
        "a backslash here does not begin an escape such as \\n, \\\" or \\u{e9}: write \\\\ for itself";
    let mut said = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once('\\') {
        said.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some(c @ ('\'' | '"' | '\\')) => said.push(c),
            Some('n') => said.push('\n'),
            Some('r') => said.push('\r'),
            Some('t') => said.push('\t'),
            Some('0') => said.push('\0'),
            Some('x') => {
                let (c, bytes) = hex_bytes(after).ok_or(WRONG)?;
                said.push(c);
                rest = after.get(bytes..).unwrap_or_default();
                continue;
            }
            Some('u') => {
                let (digits, tail) =
                    after.strip_prefix("u{").and_then(|it| it.split_once('}')).ok_or(WRONG)?;
                let code = u32::from_str_radix(digits, 16).map_err(|_| WRONG)?;
                said.push(char::from_u32(code).ok_or(WRONG)?);
                rest = tail;
                continue;
            }
            // A line that ends in a backslash goes on where the next one's words begin.
            Some('\n') => {
                rest = chars.as_str().trim_start_matches([' ', '\t', '\n', '\r']);
                continue;
            }
            Some('\r') if chars.as_str().starts_with('\n') => {
                rest = chars.as_str().trim_start_matches([' ', '\t', '\n', '\r']);
                continue;
            }
            _ => return Err(WRONG),
        }
        rest = chars.as_str();
    }
    said.push_str(rest);
    Ok(said)
}

/// The character that `x41` or `xc3\xa9` stands for, and how many bytes of the text it takes.
fn hex_bytes(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::new();
    for at in 0..4 {
        let start = at * 4;
        let lead = if at == 0 { "x" } else { "\\x" };
        let lead_at = if at == 0 { 0 } else { start - 1 };
        let digits_at = start + 1;
        if !text.get(lead_at..)?.starts_with(lead) {
            return None;
        }
        bytes.push(u8::from_str_radix(text.get(digits_at..digits_at + 2)?, 16).ok()?);
        if let Ok(said) = std::str::from_utf8(&bytes) {
            return Some((said.chars().next()?, digits_at + 2));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree<'_> {
        Tree::parse(text, 0..text.len()).unwrap()
    }

    #[test]
    fn a_path_finds_its_node_and_a_node_its_path() {
        let text = "Invoice(id: \"a\", payments: [(day: \"x\"), (day: \"y\")], t: {\"k\": 1, \"l\": 2},)";
        let tree = tree(text);
        for (path, written) in [
            ("payments[1].day", "\"y\""),
            ("payments[0]", "(day: \"x\")"),
            ("t[\"l\"]", "2"),
            ("id", "\"a\""),
        ] {
            let node = tree.locate(path, None);
            assert_eq!((tree.written(node), tree.path(node).as_str()), (written, path));
        }
        assert_eq!(tree.written(tree.locate("payments.day", Some("y"))), "\"y\"");
        assert_eq!(tree.written(tree.locate("payments.nothing", None)), "[(day: \"x\"), (day: \"y\")]");
    }

    #[test]
    fn escapes_say_what_they_say_in_ron() {
        for text in [
            r#""a\n\t\"\\\'\0""#,
            r#""\x41\xc3\xa9\u{20ac}é""#,
            "\"one \\\n   two\"",
            "r#\"raw \\n \"# ",
            "\"two\nlines\"",
        ] {
            let text = text.trim();
            let expected: String = ron::from_str(text).unwrap();
            assert_eq!(tree(text).text(0).unwrap(), expected, "{text}");
        }
        for text in [r#""\q""#, r#""\u{110000}""#, r#""\xff""#, r#""\x4""#] {
            assert!(tree(text).text(0).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_value_is_told_with_its_place() {
        for (text, at, message) in [
            ("(a: 1 b: 2)", 6, "expected a comma before this, found b"),
            ("(a: 1", 0, "this ( is never closed: add ) where it ends"),
            ("(a: [1)", 6, "expected ] to close the [ before it, found )"),
            ("(a: )", 4, "expected a value, found )"),
            ("(a: \"x", 4, "this text has no end: add a quote where it ends"),
            ("(a: 1, 2)", 7, "expected a field's name and a colon, found 2"),
        ] {
            let error = Tree::parse(text, 0..text.len()).unwrap_err();
            assert_eq!((error.at, error.message.as_str()), (at, message), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(Tree::parse(&deep, 0..deep.len()).unwrap_err().message.starts_with("nested"));
    }
}
