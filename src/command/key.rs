//! Keys as a person names them.

use std::fmt;

use egui::Key;

/// Which key of a chord.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// A letter or named key, as the layout has it.
    Key(Key),
    /// A digit by its place on the board, so that layouts that need Shift for digits work.
    Digit(u8),
    /// A character that some layouts need modifiers for; matched by the text it types.
    Char(char),
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key.
    pub key: KeyName,
    /// With Ctrl, or Cmd on macOS.
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
}

/// Characters that are matched by what they type.
const BY_TEXT: &str = "?/[]{}\\=+-.";

impl Chord {
    /// A plain key.
    #[must_use]
    pub fn plain(key: KeyName) -> Self {
        Self { key, ctrl: false, shift: false }
    }

    /// A character matched by what it types, if it is one of those.
    #[must_use]
    pub fn typed(c: char) -> Option<Self> {
        BY_TEXT.contains(c).then(|| Self::plain(KeyName::Char(c)))
    }

    /// Whether it types a character, or would in a field: a plain key.
    #[must_use]
    pub fn types(self) -> bool {
        let is_named = |key: Key| {
            matches!(
                key,
                Key::Escape
                    | Key::Enter
                    | Key::Tab
                    | Key::Backspace
                    | Key::Delete
                    | Key::Insert
                    | Key::Home
                    | Key::End
                    | Key::PageUp
                    | Key::PageDown
                    | Key::ArrowUp
                    | Key::ArrowDown
                    | Key::ArrowLeft
                    | Key::ArrowRight
            ) || (key != Key::F && key.name().starts_with('F'))
        };
        !self.ctrl && !matches!(self.key, KeyName::Key(key) if is_named(key))
    }

    /// Reads `ctrl+shift+z`, `j`, `?`, `enter`; `None` when it is no chord.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (mut ctrl, mut shift) = (false, false);
        let mut rest = text;
        loop {
            if let Some(after) = rest.strip_prefix("ctrl+") {
                ctrl = true;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("shift+") {
                shift = true;
                rest = after;
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let key = match (chars.next()?, chars.next()) {
            (c, None) if c.is_ascii_digit() => KeyName::Digit(u8::try_from(c.to_digit(10)?).ok()?),
            (c, None) if BY_TEXT.contains(c) && !ctrl => KeyName::Char(c),
            (',', None) => KeyName::Key(Key::Comma),
            _ => KeyName::Key(named(rest)?),
        };
        Some(Self { key, ctrl, shift })
    }
}

fn named(name: &str) -> Option<Key> {
    let name = match name {
        "del" => "Delete",
        "esc" => "Escape",
        "enter" => "Enter",
        "space" => "Space",
        "tab" => "Tab",
        "up" => "Up",
        "down" => "Down",
        "left" => "Left",
        "right" => "Right",
        "home" => "Home",
        "end" => "End",
        "pageup" => "PageUp",
        "pagedown" => "PageDown",
        other => return Key::from_name(&other.to_uppercase()),
    };
    Key::from_name(name)
}

/// As a key cap shows it.
impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl+")?;
        }
        if self.shift {
            f.write_str("Shift+")?;
        }
        match self.key {
            KeyName::Digit(digit) => write!(f, "{digit}"),
            KeyName::Char(c) => write!(f, "{c}"),
            KeyName::Key(key) => f.write_str(match key {
                Key::Escape => "Esc",
                Key::Delete => "Del",
                Key::ArrowUp => "↑",
                Key::ArrowDown => "↓",
                Key::ArrowLeft => "←",
                Key::ArrowRight => "→",
                Key::PageUp => "PgUp",
                Key::PageDown => "PgDn",
                Key::Comma => ",",
                other => other.name(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read_and_shown_as_key_caps() {
        for (text, shown) in [
            ("ctrl+shift+z", "Ctrl+Shift+Z"),
            ("j", "J"),
            ("?", "?"),
            ("ctrl+,", "Ctrl+,"),
            ("f2", "F2"),
            ("down", "↓"),
            ("esc", "Esc"),
            ("ctrl+1", "Ctrl+1"),
        ] {
            assert_eq!(Chord::parse(text).unwrap().to_string(), shown);
        }
        assert_eq!(Chord::parse("ctrl+nonsense"), None);
    }
}
