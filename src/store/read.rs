//! Value tree → record, through serde: what serde cannot read is told in plain words and with its node.
//!
//! Reading from our own tree instead of through ron gives every message the exact place, finds unknown fields at every
//! depth, and takes numbers exactly as they are written, with quotes or without.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::de::value::U64Deserializer;
use serde::de::{self, DeserializeOwned, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{Shape, Tree, shortened};
use crate::domain::{FIRST_DAY, LAST_DAY, likely};

/// Why a value cannot be read, and which node it is.
#[derive(Debug)]
pub(super) struct ReadError {
    /// The offending node; `None` until the innermost node that knows about it has added itself.
    pub(super) node: Option<usize>,
    pub(super) message: String,
}

/// A field that is not used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unused {
    /// Its node.
    pub(super) node: usize,
    pub(super) why: String,
}

/// Reads the whole tree, and tells which of its fields were not used.
pub(super) fn read<T: DeserializeOwned>(tree: &Tree<'_>) -> Result<(T, Vec<Unused>), ReadError> {
    let unused = RefCell::new(Vec::new());
    let value = T::deserialize(At { tree, node: 0, unused: &unused })?;
    Ok((value, unused.into_inner()))
}

fn error(message: impl fmt::Display) -> ReadError {
    ReadError { node: None, message: message.to_string() }
}

impl ReadError {
    fn at(mut self, node: usize) -> Self {
        self.node.get_or_insert(node);
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        error(message)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let expected = match expected.as_str() {
            "u32" | "u64" | "i64" => "a whole number such as 14",
            "a string" => "a text in quotes",
            "a formatted date string" => "a day such as \"2026-11-21\"",
            "a boolean" => "true or false",
            text if text.starts_with("a Decimal type") => "a number such as \"2.5\"",
            "enum Lever" => "a lever such as pays_later(client: \"acme\", days: 14)",
            text if text.starts_with("enum ") => "a bare word",
            text if text.starts_with("struct ") => "fields in brackets, (name: value, …)",
            "a sequence" => "a list in square brackets, [ … ]",
            "a map" => "names and values in curly brackets, {\"name\": \"2.5\"}",
            text => text,
        };
        let found = match found {
            Unexpected::Str(text) => format!("{text:?}"),
            Unexpected::Bool(value) => value.to_string(),
            Unexpected::Unsigned(value) => value.to_string(),
            Unexpected::Signed(value) => value.to_string(),
            other => other.to_string(),
        };
        error(format!("expected {expected}, found {found}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        let all = match expected {
            [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => expected.join(", "),
        };
        match likely(found, expected.iter().copied()) {
            Some(likely) => error(format!("unknown word {found}: did you mean {likely}? Known are {all}")),
            None => error(format!("unknown word {found}: expected {all}")),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        error(format!("missing field {field}: add it, as in ({field}: …)"))
    }
}

/// A node that is to be read.
#[derive(Clone, Copy)]
struct At<'a, 't> {
    tree: &'a Tree<'t>,
    node: usize,
    unused: &'a RefCell<Vec<Unused>>,
}

impl<'a> At<'a, '_> {
    fn shape(self) -> Option<Shape> {
        self.tree.node(self.node).map(|node| node.shape)
    }

    fn to(self, node: usize) -> Self {
        Self { node, ..self }
    }

    /// That something else was expected here.
    fn unlike(self, expected: &dyn Expected) -> ReadError {
        let written = self.tree.written(self.node);
        let found = match self.shape() {
            Some(Shape::Struct | Shape::Tuple) => "brackets",
            Some(Shape::List) => "a list",
            Some(Shape::Map) => "curly brackets",
            _ => &shortened(written),
        };
        de::Error::invalid_type(Unexpected::Other(found), expected)
    }

    /// Calls the visitor with the text of this node; a bare number or name says what is written.
    fn visit_text<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let text = match self.shape() {
            Some(Shape::Text) => self.tree.text(self.node).map_err(error)?,
            Some(Shape::Number) => self.tree.written(self.node).into(),
            _ => return Err(self.unlike(&visitor)),
        };
        // Chrono's own messages do not say what they were looking for, so a day is recognised by who reads it.
        if std::any::type_name::<V>().contains("NaiveDate") {
            check_day(&text)?;
        }
        visitor.visit_str(&text)
    }

    fn visit_number<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.shape() != Some(Shape::Number) {
            return Err(self.unlike(&visitor));
        }
        let written = self.tree.written(self.node);
        match whole_number(written) {
            Some(value) if value < 0 => visitor.visit_i64(value),
            Some(value) => visitor.visit_u64(value.unsigned_abs()),
            None => Err(self.unlike(&visitor)),
        }
    }
}

/// Whether a text is a day that a book may hold.
fn check_day(text: &str) -> Result<(), ReadError> {
    let day: NaiveDate =
        text.parse().map_err(|_| error(format!("expected a day such as \"2026-11-21\", found {text:?}")))?;
    if (FIRST_DAY..=LAST_DAY).contains(&day) {
        Ok(())
    } else {
        let (first, last) = (FIRST_DAY.year(), LAST_DAY.year());
        Err(error(format!("expected a day from {first} to {last}, found {text:?}")))
    }
}

/// A whole number as RON writes it: `1_000`, `0x1f`, `30u32`.
pub(super) fn whole_number(written: &str) -> Option<i64> {
    let plain = written.replace('_', "");
    let (negative, digits) = match plain.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (base, digits) = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, base)| Some((base, digits.strip_prefix(prefix)?)))
        .unwrap_or((10, digits));
    let digits = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"]
        .into_iter()
        .find_map(|suffix| digits.strip_suffix(suffix))
        .unwrap_or(digits);
    let value = i64::from_str_radix(digits, base).ok().filter(|_| !digits.starts_with(['-', '+']))?;
    Some(if negative { -value } else { value })
}

impl<'a> de::Deserializer<'a> for At<'a, '_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.shape() {
            Some(Shape::Text) => self.deserialize_str(visitor),
            Some(Shape::Number) => self.visit_number(visitor).map_err(|error| error.at(self.node)),
            Some(Shape::List | Shape::Tuple) => self.deserialize_seq(visitor),
            Some(Shape::Word) => self.deserialize_bool(visitor),
            _ => Err(self.unlike(&visitor).at(self.node)),
        }
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.visit_text(visitor).map_err(|error| error.at(self.node))
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match (self.shape(), self.tree.written(self.node)) {
            (Some(Shape::Word), "true") => visitor.visit_bool(true),
            (Some(Shape::Word), "false") => visitor.visit_bool(false),
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|error| error.at(self.node))
    }

    fn deserialize_u32<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.visit_number(visitor).map_err(|error| error.at(self.node))
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.shape() == Some(Shape::Word) && self.tree.written(self.node) == "None" {
            return visitor.visit_none();
        }
        // Anything is taken for a value that is there, but `Some(…)` may be written out.
        let some = self.shape() == Some(Shape::Tuple) && self.tree.name(self.node) == "Some";
        let inner = if some { self.tree.children(self.node).next() } else { None };
        visitor.visit_some(self.to(inner.unwrap_or(self.node)))
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.shape() {
            Some(Shape::List) => visitor.visit_seq(Items { at: self, left: self.tree.children(self.node) }),
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|error| error.at(self.node))
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.shape() {
            Some(Shape::Map) => visitor.visit_map(Pairs { at: self, left: self.tree.children(self.node) }),
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|error| error.at(self.node))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.shape() {
            Some(Shape::Struct) => {
                let left = self.tree.children(self.node);
                visitor.visit_map(Fields { at: self, known: fields, left, value: None, given: 0 })
            }
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|error| error.at(self.node))
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let unraw = |word: &'a str| Cow::Borrowed(word.strip_prefix("r#").unwrap_or(word));
        let name = match self.shape() {
            Some(Shape::Word) => unraw(self.tree.written(self.node)),
            Some(Shape::Text) => self.tree.text(self.node).map_err(|message| error(message).at(self.node))?,
            Some(Shape::Struct | Shape::Tuple) if !self.tree.name(self.node).is_empty() => {
                unraw(self.tree.name(self.node))
            }
            _ => return Err(self.unlike(&visitor).at(self.node)),
        };
        visitor.visit_enum(Named { at: self, name }).map_err(|error: ReadError| error.at(self.node))
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'a>>
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct identifier
    }
}

/// One of several things by its name, perhaps with fields in brackets: `won`, `leaves(client: "acme", on: "2026-12-01")`.
struct Named<'a, 't> {
    at: At<'a, 't>,
    name: Cow<'a, str>,
}

impl<'a> de::EnumAccess<'a> for Named<'a, '_> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<S: de::DeserializeSeed<'a>>(self, seed: S) -> Result<(S::Value, Self), ReadError> {
        let name: de::value::StrDeserializer<'_, ReadError> = self.name.as_ref().into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'a> de::VariantAccess<'a> for Named<'a, '_> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        match self.at.shape() {
            Some(Shape::Word | Shape::Text) => Ok(()),
            _ => Err(error(format!("{} stands alone: remove its brackets", self.name))),
        }
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if self.at.shape() == Some(Shape::Struct) {
            return de::Deserializer::deserialize_struct(self.at, "", fields, visitor);
        }
        let fields: Vec<String> = fields.iter().map(|field| format!("{field}: …")).collect();
        let (name, fields) = (self.name, fields.join(", "));
        Err(error(format!("{name} needs its fields in brackets: {name}({fields})")))
    }

    fn newtype_variant_seed<S: de::DeserializeSeed<'a>>(self, _seed: S) -> Result<S::Value, ReadError> {
        Err(error(format!("{} needs its fields by name", self.name)))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _len: usize, _visitor: V) -> Result<V::Value, ReadError> {
        Err(error(format!("{} needs its fields by name", self.name)))
    }
}

/// The items of a list.
struct Items<'a, 't, I> {
    at: At<'a, 't>,
    left: I,
}

impl<'a, I: Iterator<Item = usize>> de::SeqAccess<'a> for Items<'a, '_, I> {
    type Error = ReadError;

    fn next_element_seed<S: de::DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ReadError> {
        let Some(item) = self.left.next() else { return Ok(None) };
        seed.deserialize(self.at.to(item)).map(Some).map_err(|error| error.at(item))
    }
}

/// The keys and values of a map.
struct Pairs<'a, 't, I> {
    at: At<'a, 't>,
    left: I,
}

impl<'a, I: Iterator<Item = usize>> de::MapAccess<'a> for Pairs<'a, '_, I> {
    type Error = ReadError;

    fn next_key_seed<S: de::DeserializeSeed<'a>>(&mut self, seed: S) -> Result<Option<S::Value>, ReadError> {
        let Some(key) = self.left.next() else { return Ok(None) };
        seed.deserialize(self.at.to(key)).map(Some).map_err(|error| error.at(key))
    }

    fn next_value_seed<S: de::DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let value = self.left.next().ok_or_else(|| error("expected a value"))?;
        seed.deserialize(self.at.to(value)).map_err(|error| error.at(value))
    }
}

/// The fields of a struct: those it knows, each once.
struct Fields<'a, 't, I> {
    at: At<'a, 't>,
    known: &'static [&'static str],
    left: I,
    value: Option<usize>,
    /// A bit for each known field that was read.
    given: u128,
}

impl<'a, I: Iterator<Item = usize>> de::MapAccess<'a> for Fields<'a, '_, I> {
    type Error = ReadError;

    fn next_key_seed<S: de::DeserializeSeed<'a>>(&mut self, seed: S) -> Result<Option<S::Value>, ReadError> {
        for node in self.left.by_ref() {
            let key = self.at.tree.key(node).unwrap_or_default();
            let unused = |why| self.at.unused.borrow_mut().push(Unused { node, why });
            let Some(index) = self.known.iter().position(|known| *known == key) else {
                unused(match likely(key, self.known.iter().copied()) {
                    Some(likely) => format!("unknown field {key}: did you mean {likely}?"),
                    None => format!("unknown field {key}: it is kept in the file and has no meaning"),
                });
                continue;
            };
            if self.given & (1 << index) != 0 {
                unused(format!("{key} is written twice: the first one counts, remove the other"));
                continue;
            }
            self.given |= 1 << index;
            self.value = Some(node);
            let index: U64Deserializer<ReadError> = (index as u64).into_deserializer();
            return seed.deserialize(index).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<S: de::DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let value = self.value.ok_or_else(|| error("expected a value"))?;
        seed.deserialize(self.at.to(value)).map_err(|error| error.at(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Client, Invoice, Touch, Work};

    fn failure<T: DeserializeOwned + fmt::Debug>(text: &str) -> (String, String) {
        let tree = Tree::parse(text, 0..text.len()).unwrap();
        let error = read::<T>(&tree).unwrap_err();
        (tree.path(error.node.unwrap()), error.message)
    }

    #[test]
    fn a_value_that_cannot_be_read_is_told_in_plain_words_with_its_path() {
        let invoice = |rest: &str| {
            let text = format!("(id: \"a\", number: \"1\", client: \"c\", issued: \"2026-01-01\", {rest})");
            let (path, message) = failure::<Invoice>(&text);
            format!("{path}: {message}")
        };
        for (rest, message) in [
            ("", ": missing field due: add it, as in (due: …)"),
            ("due: \"2026-02-30\"", "due: expected a day such as \"2026-11-21\", found \"2026-02-30\""),
            ("due: \"9999-01-01\"", "due: expected a day from 1900 to 2199, found \"9999-01-01\""),
            ("due: true", "due: expected a day such as \"2026-11-21\", found true"),
            (
                "due: \"2026-01-01\", tax: \"a lot\"",
                "tax: expected a percentage such as \"19%\", from -1000% to 1000%, found \"a lot\"",
            ),
            (
                "due: \"2026-01-01\", payments: [(day: \"2026-01-02\", amount: \"1e400\")]",
                "payments[0].amount: expected an amount such as \"1250.00\" or \"1250.00 EUR\", found \"1e400\"",
            ),
            (
                "due: \"2026-01-01\", payments: [\"x\"]",
                "payments[0]: expected fields in brackets, (name: value, …), found \"x\"",
            ),
            (
                "due: \"2026-01-01\", payments: ()",
                "payments: expected a list in square brackets, [ … ], found brackets",
            ),
        ] {
            assert_eq!(invoice(rest), message);
        }
        assert_eq!(
            failure::<Touch>("(id: \"a\", day: \"2026-01-01\", client: \"c\", direction: inn)"),
            ("direction".to_owned(), "unknown word inn: did you mean in? Known are in or out".to_owned())
        );
        assert_eq!(
            failure::<Client>("(id: \"a\", name: \"A\", terms_days: \"14\")").1,
            "expected a whole number such as 14, found \"14\""
        );
    }

    #[test]
    fn numbers_are_taken_as_written_with_or_without_quotes() {
        let text = "(id: \"a\", day: \"2026-01-01\", hours: 2.50)";
        let (work, _) = read::<Work>(&Tree::parse(text, 0..text.len()).unwrap()).unwrap();
        assert_eq!(work.hours.to_string(), "2.50");
        for (written, value) in
            [("14", Some(14)), ("1_0", Some(10)), ("-3", Some(-3)), ("0x1f", Some(31)), ("2.5", None)]
        {
            assert_eq!(whole_number(written), value, "{written}");
        }
        assert_eq!((whole_number("30u32"), whole_number("--3")), (Some(30), None));
    }

    #[test]
    fn unknown_and_repeated_fields_are_told_at_every_depth() {
        let text = "(id: \"a\", nmae: \"A\", name: \"A\", name: \"B\", people: [(name: \"P\", mial: \"x\")])";
        let tree = Tree::parse(text, 0..text.len()).unwrap();
        let (client, unused) = read::<Client>(&tree).unwrap();
        assert_eq!(client.name, "A");
        let told: Vec<_> =
            unused.iter().map(|unused| format!("{}: {}", tree.path(unused.node), unused.why)).collect();
        assert_eq!(
            told,
            [
                "nmae: unknown field nmae: did you mean name?",
                "name: name is written twice: the first one counts, remove the other",
                "people[0].mial: unknown field mial: did you mean mail?",
            ]
        );
    }

    #[test]
    fn an_option_may_be_written_out_or_not() {
        for notes in ["\"x\"", "Some(\"x\")"] {
            let text = format!("Client(id: \"a\", name: \"A\", notes: {notes}, added: None)");
            let (client, _) = read::<Client>(&Tree::parse(&text, 0..text.len()).unwrap()).unwrap();
            assert_eq!((client.notes.as_deref(), client.added), (Some("x"), None));
        }
    }
}
