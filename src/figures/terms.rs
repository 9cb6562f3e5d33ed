//! The grammar of filters: words and terms such as `kind:toxic score<50 -tag:retainer`, all of which must hold.
//!
//! A term is a word that is found, a name with a value after a colon, or a figure that is compared; `-` or `!` before it turns
//! it round. What is unknown is neither above nor below anything: it passes no comparison, turned round or not. Which names
//! there are, and what they ask, is said by a [`Vocabulary`].

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Filter;

/// Reads what stands after a name and a colon: as it will be compared, or how it is to be written.
pub(super) type ReadValue = fn(&str) -> Result<String, String>;

/// The names a filter knows.
pub(super) struct Vocabulary {
    /// What may stand before a colon, each with how its value is read.
    pub(super) named: &'static [(&'static str, ReadValue)],
    /// What can be compared.
    pub(super) measures: &'static [&'static str],
    /// How a name that is not known is to be written, as in `kind:toxic`.
    pub(super) example: &'static str,
}

/// What was typed, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    terms: Vec<Term>,
    notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Word(Filter),
    Named(&'static str, String),
    Compare(&'static str, Compared, Decimal),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Below,
    AtMost,
    Equal,
    AtLeast,
    Above,
}

/// What a row answers.
pub(super) trait Asked {
    /// Whether a word is found in it.
    fn finds(&self, word: &Filter) -> bool;
    /// Whether what stands after a name and a colon holds of it; `None` where it does not know.
    fn is(&self, name: &str, value: &str) -> Option<bool>;
    /// One of its figures as it is shown; `None` where it is unknown.
    fn figure(&self, name: &str) -> Option<Decimal>;
}

impl Terms {
    /// What a person typed. Nothing is an error: a term that is not understood is a word, and a note says so.
    pub(super) fn read(typed: &str, vocabulary: &Vocabulary) -> Self {
        let mut filter = Self::default();
        for word in typed.split_whitespace() {
            let rest = word.strip_prefix(['-', '!']).filter(|rest| !rest.is_empty());
            let test = Test::read(rest.unwrap_or(word), vocabulary).unwrap_or_else(|cure| {
                filter.notes.push(format!("“{word}” is looked for as a word: {cure}"));
                Test::Word(Filter::new(rest.unwrap_or(word)))
            });
            filter.terms.push(Term { negated: rest.is_some(), test });
        }
        filter
    }

    /// What was not understood, each in a sentence with its cure and without a full stop.
    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Whether every term lets a row through.
    pub(super) fn pass(&self, row: &dyn Asked) -> bool {
        self.terms.iter().all(|term| term.test.holds(row).is_some_and(|holds| holds != term.negated))
    }
}

impl Test {
    /// What a term asks, or how it is to be written.
    fn read(term: &str, vocabulary: &Vocabulary) -> Result<Self, String> {
        let Some((at, sign)) =
            term.char_indices().find(|(_, c)| matches!(c, ':' | '<' | '>' | '=' | '≤' | '≥'))
        else {
            return Ok(Self::Word(Filter::new(term)));
        };
        let (name, rest) =
            (term.get(..at).unwrap_or_default().to_lowercase(), term.get(at..).unwrap_or_default());
        let value = rest.get(sign.len_utf8()..).unwrap_or_default();
        if sign == ':' {
            Self::named(&name, value, vocabulary)
        } else {
            Self::compared(&name, sign, value, vocabulary)
        }
    }

    fn named(name: &str, value: &str, vocabulary: &Vocabulary) -> Result<Self, String> {
        if let Some((name, read)) = vocabulary.named.iter().find(|(known, _)| *known == name) {
            return Ok(Self::Named(name, read(value)?));
        }
        if vocabulary.measures.contains(&name) {
            return Err(format!("a figure is compared, as in {name}<50 or {name}>50"));
        }
        let mut names: Vec<&str> = vocabulary.named.iter().map(|(name, _)| *name).collect();
        let last = names.pop().unwrap_or_default();
        Err(format!("before a colon stands {} or {last}, as in {}", names.join(", "), vocabulary.example))
    }

    fn compared(name: &str, sign: char, value: &str, vocabulary: &Vocabulary) -> Result<Self, String> {
        let measure = vocabulary.measures.iter().find(|known| **known == name).ok_or_else(|| {
            let first = vocabulary.measures.first().copied().unwrap_or_default();
            format!("what can be compared is {}, as in {first}<50", vocabulary.measures.join(", "))
        })?;
        let or_equal = value.strip_prefix('=').filter(|_| matches!(sign, '<' | '>'));
        let compared = match (sign, or_equal.is_some()) {
            ('<', false) => Compared::Below,
            ('>', false) => Compared::Above,
            ('<', true) | ('≤', _) => Compared::AtMost,
            ('>', true) | ('≥', _) => Compared::AtLeast,
            _ => Compared::Equal,
        };
        let number = or_equal.unwrap_or(value).trim_end_matches('%').replace('−', "-");
        let number = number.parse().map_err(|_| format!("write a plain number, as in {name}{sign}50"))?;
        Ok(Self::Compare(measure, compared, number))
    }

    /// Whether it holds of a row; `None` where the row does not know.
    fn holds(&self, row: &dyn Asked) -> Option<bool> {
        match self {
            Self::Word(word) => Some(row.finds(word)),
            Self::Named(name, value) => row.is(name, value),
            Self::Compare(name, compared, number) => Some(compared.holds(row.figure(name)?.cmp(number))),
        }
    }
}

impl Compared {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Below => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Equal => ordering.is_eq(),
            Self::AtLeast => ordering.is_ge(),
            Self::Above => ordering.is_gt(),
        }
    }
}
