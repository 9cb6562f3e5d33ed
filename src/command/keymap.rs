//! From keys to commands.

use std::collections::HashMap;

use egui::{Event, ImeEvent, Key};

use super::bind::keys_of;
use super::key::{Chord, KeyName};
use super::{Command, Place, commands};
use crate::state::Keys;

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

/// Two commands that would share a key, so that one of them could not be reached by it.
#[derive(Debug, Clone)]
pub struct Clash {
    /// A command.
    pub one: &'static Command,
    /// The other one, by the same key there or in a wider place, or by keys that begin with it.
    pub other: &'static Command,
    /// The key, as a key cap shows it.
    pub key: String,
}

/// Which keys mean which commands where.
#[derive(Debug)]
pub struct Keymap {
    keys: HashMap<(Place, Vec<Chord>), &'static Command>,
    /// First keys, each with a command that goes on from there.
    prefixes: HashMap<(Place, Chord), &'static Command>,
    clashes: Vec<Clash>,
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
        Self::of(&Keys::default())
    }

    /// These keys. What is no key is left out: [`bind`](super::bind) tells of it.
    #[must_use]
    pub fn of(keys: &Keys) -> Self {
        let mut map = Self { keys: HashMap::new(), prefixes: HashMap::new(), clashes: Vec::new() };
        for command in commands() {
            for sequence in keys_of(keys, command).filter_map(sequence) {
                map.bind(command, &sequence);
            }
        }
        map.note_hidden(keys);
        map
    }

    fn bind(&mut self, command: &'static Command, sequence: &[Chord]) {
        for place in command.places {
            if let [first, _] = sequence {
                self.prefixes.insert((*place, *first), command);
            }
            if let Some(known) = self.keys.insert((*place, sequence.to_vec()), command) {
                self.note(known, command, sequence);
            }
        }
    }

    fn note(&mut self, one: &'static Command, other: &'static Command, sequence: &[Chord]) {
        let key = sequence.iter().map(Chord::to_string).collect::<Vec<_>>().join(" ");
        let pair = |clash: &Clash| [clash.one.id, clash.other.id];
        let known = self.clashes.iter().any(|clash| {
            clash.key == key && (pair(clash) == [one.id, other.id] || pair(clash) == [other.id, one.id])
        });
        if !known && one.id != other.id {
            self.clashes.push(Clash { one, other, key });
        }
    }

    /// A key that is a command and the beginning of another, or that a wider place has too, would hide one of them.
    fn note_hidden(&mut self, keys: &Keys) {
        for command in commands() {
            for sequence in keys_of(keys, command).filter_map(sequence) {
                for other in command.places.iter().flat_map(|place| wider(*place)) {
                    let alone = sequence.get(..1).unwrap_or_default();
                    let begins = match sequence.as_slice() {
                        [only] => self.prefixes.get(&(other, *only)),
                        _ => self.keys.get(&(other, alone.to_vec())),
                    };
                    if let Some(begins) = begins.copied() {
                        self.note(command, begins, alone);
                    }
                    if let Some(known) = self.keys.get(&(other, sequence.clone())).copied() {
                        self.note(command, known, &sequence);
                    }
                }
            }
        }
    }

    /// Commands that hide each other. The table itself has none.
    #[must_use]
    pub fn clashes(&self) -> &[Clash] {
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
                && places.iter().any(|place| self.prefixes.contains_key(&(*place, stroke.chord))) =>
            {
                Press::Prefix(spell(stroke.chord))
            }
            None => Press::Nothing,
        }
    }
}

/// A place, and the wider ones whose keys work there too.
fn wider(place: Place) -> Vec<Place> {
    match place {
        Place::Always => vec![Place::Always],
        Place::Anywhere => vec![Place::Anywhere, Place::Always],
        Place::Today
        | Place::Board
        | Place::Cash
        | Place::WhatIf
        | Place::Clients
        | Place::Firm
        | Place::Rates
        | Place::Outbox
        | Place::Page => vec![place, Place::Anywhere, Place::Always],
        _ => vec![place, Place::Always],
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
///
/// Letters are what the layout has, in scripts without Latin letters what stands on the key; digits are keys of the digit row,
/// whatever the layout types with them; signs are what is typed, wherever the layout has them.
#[must_use]
pub fn strokes(events: &[Event], typing: bool) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for (event, what) in events.iter().enumerate() {
        match what {
            Event::Key { key, physical_key, pressed: true, repeat, modifiers } => {
                if modifiers.alt || is_held(*key) {
                    continue;
                }
                let (ctrl, shift) = (modifiers.command || modifiers.ctrl, modifiers.shift);
                let chord = if ctrl || !is_sign(*key, *physical_key, shift) {
                    Some(chord_of(*key, *physical_key, ctrl, shift))
                } else if is_other_script(events.get(event + 1)) {
                    sign_on(*key, shift).and_then(Chord::typed)
                } else {
                    None
                };
                let Some(chord) = chord else { continue };
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

/// Which of these events belong to a text that an input method is still composing, when one was composed before them or not:
/// its keys choose among what it offers. Whoever takes the events tells the next frame whether one is `composing` after them.
#[must_use]
pub fn composed(events: &[Event], composing: &mut bool) -> Vec<bool> {
    let belongs = |event: &Event| {
        match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) => *composing = !text.is_empty(),
            Event::Ime(ImeEvent::Commit(_)) => *composing = false,
            // The hand went elsewhere, and what was composed with it.
            Event::PointerButton { .. } | Event::WindowFocused(_) => *composing = false,
            _ => {}
        }
        *composing
    };
    events.iter().map(belongs).collect()
}

/// Whether a key is only held for another, or switches how others type: pressed, it is no stroke, and ends no sequence.
fn is_held(key: Key) -> bool {
    use Key::{
        AltLeft, AltRight, CapsLock, ControlLeft, ControlRight, NumLock, ScrollLock, ShiftLeft, ShiftRight,
        SuperLeft, SuperRight,
    };
    matches!(
        key,
        AltLeft
            | AltRight
            | CapsLock
            | ControlLeft
            | ControlRight
            | NumLock
            | ScrollLock
            | ShiftLeft
            | ShiftRight
            | SuperLeft
            | SuperRight
    )
}

fn chord_of(key: Key, physical: Option<Key>, ctrl: bool, shift: bool) -> Chord {
    match physical.and_then(digit).or_else(|| digit(key)) {
        // Shift is what some layouts need for a digit, not a part of the command.
        Some(digit) => Chord { key: KeyName::Digit(digit), ctrl, shift: false },
        None => Chord { key: KeyName::Key(key), ctrl, shift },
    }
}

/// Whether a key types a sign that is matched by its text. Of what stands on the digit row a French hyphen types without
/// Shift, and is the digit first; other signs there need Shift or `AltGr` and are meant themselves.
fn is_sign(key: Key, physical: Option<Key>, shift: bool) -> bool {
    let on_digit = physical.and_then(digit).is_some();
    sign_on(key, false).is_some() && (!on_digit || shift || key != Key::Minus)
}

/// The sign of a key, as a layout with Latin letters has it.
fn sign_on(key: Key, shift: bool) -> Option<char> {
    Some(match (key, shift) {
        (Key::Slash, false) => '/',
        (Key::Slash, true) | (Key::Questionmark, _) => '?',
        (Key::OpenBracket, false) => '[',
        (Key::OpenBracket, true) | (Key::OpenCurlyBracket, _) => '{',
        (Key::CloseBracket, false) => ']',
        (Key::CloseBracket, true) | (Key::CloseCurlyBracket, _) => '}',
        (Key::Backslash, _) => '\\',
        (Key::Equals, false) => '=',
        (Key::Equals, true) | (Key::Plus, _) => '+',
        (Key::Minus, _) => '-',
        (Key::Period, _) => '.',
        _ => return None,
    })
}

/// Whether an event types a letter that is none of the Latin script.
fn is_other_script(event: Option<&Event>) -> bool {
    /// The last letter of Latin Extended-B.
    const LAST_LATIN: char = '\u{24F}';
    matches!(event, Some(Event::Text(text)) if text.chars().all(|c| c.is_alphabetic() && c > LAST_LATIN))
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
