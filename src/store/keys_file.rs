//! The keys a person chose: `keys.ron` beside the settings, a map from the ids of commands to lists of keys.
//!
//! Only people write this file; the program makes it once, on request, where none is. What the ids and the keys mean it
//! does not know.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::file::{ReadError, folder_of, read};

/// The name of the file.
pub const KEYS_NAME: &str = "keys.ron";

/// What the file wishes for: the id of a command with its keys, as often and in the order as they are written.
pub type Wishes = Vec<(String, Vec<String>)>;

/// The file of keys that belongs to these settings.
#[must_use]
pub fn keys_file(settings: &Path) -> PathBuf {
    folder_of(settings).join(KEYS_NAME)
}

/// Reads the file; no wishes where there is none.
///
/// # Errors
/// Why it cannot be read, with the line and what helps.
pub fn read_keys(path: &Path) -> Result<Wishes, String> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing(_)) => return Ok(Wishes::new()),
        Err(error) => return Err(format!("{error}; the built-in keys count")),
    };
    parse(&bytes).map_err(|why| format!("{}{why}. Until then the built-in keys count", path.display()))
}

fn parse(bytes: &[u8]) -> Result<Wishes, String> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| ": this is not UTF-8 text: save it as UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read: Result<Written, _> = ron::Options::default().from_str(text);
    read.map(|Written(wishes)| wishes).map_err(|error| {
        let (line, column) = (error.span.start.line, error.span.start.col);
        format!(
            ", line {line}, column {column}: {}: write each command as \"item.handled\": [\"e\"], with a comma behind it",
            error.code
        )
    })
}

/// A map that keeps what is written twice.
struct Written(Wishes);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Wishes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from commands to lists of keys")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Wishes, A::Error> {
                let mut wishes = Wishes::new();
                while let Some(wish) = map.next_entry()? {
                    wishes.push(wish);
                }
                Ok(wishes)
            }
        }
        deserializer.deserialize_map(Pairs).map(Written)
    }
}
