//! From keys to commands.

use std::collections::{HashMap, HashSet};

use egui::{Event, Key};

use super::key::{Chord, KeyName};
use super::{Command, Place, commands};

/// Two keys of a sequence at most.
const LONGEST: usize = 2;

/// A key that was struck, and the event it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// The key.
    pub chord: Chord,
    /// Whether it is a held key repeating.
    pub repeat: bool,
    /// The position of its event among the frame's events.
    pub event: usize,
}

/// What a stroke means.
#[derive(Debug, Clone)]
pub enum Press {
    /// A command.
    Command(&'static Command),
    /// The first key of some commands.
    Prefix(String),
    /// Nothing here.
    Nothing,
}

/// Which keys mean which commands where.
#[derive(Debug)]
pub struct Keymap {
    keys: HashMap<(Place, Vec<Chord>), &'static Command>,
    prefixes: HashSet<(Place, Chord)>,
    clashes: Vec<String>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::of_table()
    }
}

impl Keymap {
    /// The keys of the command table.
    #[must_use]
    pub fn of_table() -> Self {
        let mut map = Self { keys: HashMap::new(), prefixes: HashSet::new(), clashes: Vec::new() };
        for command in commands() {
            for keys in command.keys {
                match sequence(keys) {
                    Some(sequence) => map.bind(command, &sequence),
                    None => map.clashes.push(format!("{}: {keys:?} is no key", command.id)),
                }
            }
        }
        map.note_hidden();
        map
    }

    fn bind(&mut self, command: &'static Command, sequence: &[Chord]) {
        for place in command.places {
            if let [first, _] = sequence {
                self.prefixes.insert((*place, *first));
            }
            if let Some(known) = self.keys.insert((*place, sequence.to_vec()), command) {
                self.clashes.push(format!("{} and {} have the same key in {place:?}", known.id, command.id));
            }
        }
    }

    /// A key that is a command and the beginning of another, or that a wider place has too, would hide one of them.
    fn note_hidden(&mut self) {
        let mut clashes = Vec::new();
        for command in commands() {
            for sequence in command.keys.iter().filter_map(|keys| sequence(keys)) {
                for place in command.places {
                    let wider: &[Place] = match place {
                        Place::Always => &[Place::Always],
                        Place::Anywhere => &[Place::Anywhere, Place::Always],
                        Place::Today
                        | Place::Board
                        | Place::Cash
                        | Place::WhatIf
                        | Place::Clients
                        | Place::Firm
                        | Place::Rates
                        | Place::Outbox
                        | Place::Page => &[*place, Place::Anywhere, Place::Always],
                        _ => &[*place, Place::Always],
                    };
                    for other in wider {
                        if let [only] = sequence.as_slice()
                            && self.prefixes.contains(&(*other, *only))
                        {
                            clashes.push(format!("{}: {only} begins other commands too", command.id));
                        }
                        let hidden =
                            self.keys.get(&(*other, sequence.clone())).filter(|known| known.id != command.id);
                        clashes.extend(hidden.map(|known| format!("{} hides {}", command.id, known.id)));
                    }
                }
            }
        }
        self.clashes.append(&mut clashes);
    }

    /// What is wrong with the table: keys that hide each other or are none. Empty in any program that is handed out.
    #[must_use]
    pub fn clashes(&self) -> &[String] {
        &self.clashes
    }

    /// What a stroke means in these places, the nearest first, after `prefix`.
    #[must_use]
    pub fn press(&self, places: &[Place], prefix: Option<&str>, stroke: Stroke) -> Press {
        let first = prefix.and_then(Chord::parse);
        let keys: Vec<Chord> = first.into_iter().chain([stroke.chord]).collect();
        let found = places.iter().find_map(|place| self.keys.get(&(*place, keys.clone())));
        match found {
            Some(command) if stroke.repeat && !command.repeats => Press::Nothing,
            Some(command) => Press::Command(command),
            None if keys.len() < LONGEST
                && !stroke.repeat
                && places.iter().any(|place| self.prefixes.contains(&(*place, stroke.chord))) =>
            {
                Press::Prefix(spell(stroke.chord))
            }
            None => Press::Nothing,
        }
    }
}

/// A chord as [`Chord::parse`] reads it.
fn spell(chord: Chord) -> String {
    chord.to_string().to_lowercase()
}

/// The chords of a sequence such as `g t`.
pub(super) fn sequence(keys: &str) -> Option<Vec<Chord>> {
    let chords: Option<Vec<Chord>> = keys.split(' ').map(Chord::parse).collect();
    chords.filter(|chords| (1..=LONGEST).contains(&chords.len()))
}

/// The strokes among a frame's events. While something is typed, only keys with Ctrl and keys that type nothing count.
#[must_use]
pub fn strokes(events: &[Event], typing: bool) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for (event, what) in events.iter().enumerate() {
        match what {
            Event::Key { key, physical_key, pressed: true, repeat, modifiers } => {
                if modifiers.alt {
                    continue;
                }
                let (ctrl, shift) = (modifiers.command || modifiers.ctrl, modifiers.shift);
                let Some(chord) = chord_of(*key, *physical_key, ctrl, shift) else { continue };
                if !typing || ctrl || !types_text(*key) {
                    strokes.push(Stroke { chord, repeat: *repeat, event });
                }
            }
            Event::Text(text) if !typing => {
                let mut chars = text.chars();
                if let (Some(c), None) = (chars.next(), chars.next())
                    && let Some(chord) = Chord::typed(c)
                {
                    strokes.push(Stroke { chord, repeat: false, event });
                }
            }
            _ => {}
        }
    }
    strokes
}

fn chord_of(key: Key, physical: Option<Key>, ctrl: bool, shift: bool) -> Option<Chord> {
    if let Some(digit) = physical.and_then(digit).or_else(|| digit(key)) {
        // Shift is what some layouts need for a digit, not a part of the command.
        return Some(Chord { key: KeyName::Digit(digit), ctrl, shift: false });
    }
    let by_text = matches!(
        key,
        Key::Questionmark
            | Key::Slash
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::Backslash
            | Key::Equals
            | Key::Plus
            | Key::Minus
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
    );
    if by_text && !ctrl {
        return None;
    }
    Some(Chord { key: KeyName::Key(key), ctrl, shift })
}

fn digit(key: Key) -> Option<u8> {
    let digits = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    digits.iter().position(|known| *known == key).and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a key without Ctrl types text or edits it, so that it belongs to a field that has the hand.
fn types_text(key: Key) -> bool {
    !matches!(
        key,
        Key::Escape | Key::Enter | Key::Tab | Key::ArrowUp | Key::ArrowDown | Key::PageUp | Key::PageDown
    ) && !key.name().starts_with('F')
        || key == Key::F
}
