//! Ids: readable, stable, and safe to make in two copies of a book that are edited apart.

use std::fmt;
use std::hash::Hasher;
use std::sync::Arc;

use fnv::FnvHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The longest id accepted, in bytes.
const LONGEST: usize = 120;
/// Letters of an id's suffix: no vowels (no words by accident) and nothing that looks like something else.
const SUFFIX_LETTERS: &[u8; 24] = b"23456789bcdfghjkmnpqrstv";
/// Letters of a suffix derived from what was imported. Imports rest on it: another length would bring everything in twice.
const DERIVED_LENGTH: usize = 6;
/// Letters of a new record's suffix: 24⁹ are enough that two never meet, even of one title (touches bear the same one often).
const FRESH_LENGTH: usize = 9;
/// The longest part of an id that is taken from a title, in bytes.
const LONGEST_SLUG: usize = 32;

/// Why a text cannot be an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdError {
    /// Nothing in it.
    Empty,
    /// More than 120 bytes.
    TooLong,
    /// Holds something other than letters, digits, `-`, `_`, `.` and `:`.
    Character(char),
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "an id cannot be empty"),
            Self::TooLong => write!(f, "an id has at most {LONGEST} characters"),
            Self::Character(c) => {
                write!(f, "an id has letters, digits and - _ . : only, not {c:?}")
            }
        }
    }
}

impl std::error::Error for IdError {}

fn checked(text: &str) -> Result<Arc<str>, IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > LONGEST {
        return Err(IdError::TooLong);
    }
    match text.chars().find(|c| !(c.is_alphanumeric() || "-_.:".contains(*c))) {
        Some(c) => Err(IdError::Character(c)),
        None => Ok(text.into()),
    }
}

/// An id for a new record: its title in letters, and a suffix from `seed` so that two copies of a book edited apart do
/// not both make it. The seed comes from outside (the state carries it); this function draws no random number.
#[must_use]
pub fn fresh_id(title: &str, seed: u64) -> String {
    with_suffix(title, seed, FRESH_LENGTH)
}

/// An id derived from what a record was imported from: the same `parts` always give the same id, so importing twice is
/// importing once. Parts that differ only in what a slug drops (case, punctuation) still get different ids.
#[must_use]
pub fn derived_id(parts: &[&str]) -> String {
    let mut hasher = FnvHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(0);
    }
    with_suffix(&parts.join("-"), hasher.finish(), DERIVED_LENGTH)
}

fn with_suffix(title: &str, seed: u64, length: usize) -> String {
    let mut slug = slug::slugify(title);
    // A slug is ASCII, so any byte index is a character boundary.
    slug.truncate(LONGEST_SLUG);
    let slug = slug.trim_matches('-');
    let mut hasher = FnvHasher::default();
    hasher.write_u64(seed);
    let mut rest = hasher.finish();
    let suffix: String = (0..length)
        .filter_map(|_| {
            let letter = SUFFIX_LETTERS.get(usize::try_from(rest % 24).ok()?)?;
            rest /= 24;
            Some(char::from(*letter))
        })
        .collect();
    if slug.is_empty() { suffix } else { format!("{slug}-{suffix}") }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and takes an id.
            ///
            /// # Errors
            /// When the text is empty, too long or holds characters an id cannot have.
            pub fn new(text: &str) -> Result<Self, IdError> {
                checked(text).map(Self)
            }

            /// The id of a new record titled `title`; see [`fresh_id`].
            #[must_use]
            pub fn fresh(title: &str, seed: u64) -> Self {
                Self(fresh_id(title, seed).into())
            }

            /// The id of an imported record; see [`derived_id`].
            #[must_use]
            pub fn derived(parts: &[&str]) -> Self {
                Self(derived_id(parts).into())
            }

            /// The id's text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::new(&text).map_err(de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A client's id.
    ClientId;
    /// A deal's id.
    DealId;
    /// A retainer's id.
    RetainerId;
    /// An invoice's id (not its number).
    InvoiceId;
    /// A touch's id.
    TouchId;
    /// A promise's id.
    PromiseId;
    /// The id of a piece of work.
    WorkId;
    /// An expense's id.
    ExpenseId;
    /// A renewal's id.
    RenewalId;
    /// A snooze's id.
    SnoozeId;
    /// The id of a mark that an item was handled.
    HandledId;
    /// The id of a letter in the outbox.
    OutgoingId;
    /// A scenario's id.
    ScenarioId;
    /// A bank account's id.
    AccountId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_is_the_same_every_time_and_differs_where_a_slug_would_not() {
        assert_eq!(derived_id(&["Acme", "17"]), derived_id(&["Acme", "17"]));
        assert_ne!(derived_id(&["Acme", "17"]), derived_id(&["ACME", "17"]));
        assert_ne!(derived_id(&["a", "b-c"]), derived_id(&["a-b", "c"]));
    }

    #[test]
    fn the_readme_says_how_long_the_id_of_a_new_record_is() {
        let readme = include_str!("../../README.md");
        let (_, example) = readme.split_once("gets its title and nine letters (`").unwrap();
        let (example, _) = example.split_once('`').unwrap();
        assert_eq!(fresh_id("Acme", 1).len(), example.len(), "{example}");
        assert_eq!(FRESH_LENGTH, 9, "nine letters");
    }

    #[test]
    fn two_copies_that_add_the_same_title_make_different_ids() {
        assert_ne!(fresh_id("Müller & Söhne", 1), fresh_id("Müller & Söhne", 2));
        assert!(fresh_id("Müller & Söhne", 1).starts_with("muller-sohne-"));
        assert!(!fresh_id("", 7).is_empty());
    }

    #[test]
    fn a_thousand_new_records_of_one_title_have_a_thousand_ids() {
        let ids: std::collections::BTreeSet<String> = (0..1000).map(|seed| fresh_id("note", seed)).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == "note-".len() + FRESH_LENGTH));
    }

    #[test]
    fn an_id_refuses_what_would_not_survive_a_path_or_a_command_line() {
        assert_eq!(ClientId::new(""), Err(IdError::Empty));
        assert_eq!(ClientId::new("a b"), Err(IdError::Character(' ')));
        assert!(ClientId::new("größe-7").is_ok());
    }
}
