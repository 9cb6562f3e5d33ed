//! The keys a person chose in place of those a command has by itself, and whether plain keys count.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Which commands have keys of their own. What a key is, and which keys a command has by itself, only whoever holds the
/// table of commands knows; see `command::bind`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    own: Arc<BTreeMap<&'static str, Vec<String>>>,
    /// Whether keys that type a character do nothing outside fields (WCAG 2.1.4).
    pub plain_off: bool,
}

impl Keys {
    /// These keys, by the ids of their commands; all other commands keep the keys they have by themselves.
    #[must_use]
    pub fn of(own: BTreeMap<&'static str, Vec<String>>) -> Self {
        Self { own: Arc::new(own), plain_off: false }
    }

    /// The keys chosen for a command; `None` where it keeps those it has by itself.
    #[must_use]
    pub fn own(&self, command: &str) -> Option<&[String]> {
        self.own.get(command).map(Vec::as_slice)
    }

    /// How many commands have keys of their own.
    #[must_use]
    pub fn count(&self) -> usize {
        self.own.len()
    }

    /// The same, with plain keys on or off.
    #[must_use]
    pub fn with_plain_off(self, plain_off: bool) -> Self {
        Self { plain_off, ..self }
    }
}
