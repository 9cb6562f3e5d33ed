//! The keys in use: those of the table, and in their place those a person chose.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::state::Keys;

use super::key::{Chord, KeyName};
use super::keymap::{self, Keymap};
use super::{Command, Group, Place, command, commands};

/// Without a key that always works for these, nothing could be reached while plain keys are off.
const WAYS_OUT: [&str; 3] = ["app.palette", "app.back", "settings.open"];

/// The keys of a command that work now, the first one first.
pub fn keys_of<'a>(keys: &'a Keys, command: &'static Command) -> impl Iterator<Item = &'a str> {
    let built_in = keys.own(command.id).is_none();
    let own = keys.own(command.id).unwrap_or_default().iter().map(String::as_str);
    let by_itself = command.keys.iter().copied().filter(move |_| built_in);
    own.chain(by_itself).filter(|text| !keys.plain_off || !types_first(text))
}

/// Whether the first key of these types a character, alone or with Shift: a plain key.
fn types_first(text: &str) -> bool {
    keymap::sequence(text).and_then(|chords| chords.first().copied()).is_some_and(Chord::types)
}

/// Takes the keys a person wishes for, by ids of commands, in place of those of the table.
///
/// Gives the keys that count, and a sentence for every wish that does not: an unknown command, a key that is none or that
/// never arrives, and keys that two commands would share. Then the built-in keys of that command count, and no other one is
/// touched.
#[must_use]
pub fn bind(wishes: &[(String, Vec<String>)]) -> (Keys, Vec<String>) {
    let (mut own, mut problems) = (BTreeMap::new(), Vec::new());
    for (id, texts) in wishes {
        let Some(command) = command(id) else {
            let nearest = nearest(id).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            problems.push(format!("There is no command {id}.{nearest}"));
            continue;
        };
        let read: Result<Vec<String>, String> = texts.iter().map(|text| readable(command, text)).collect();
        let read = read.and_then(|texts| reachable(command, texts));
        match read {
            Err(why) => problems.push(format!("{}: {why}. Its built-in keys count.", named(command))),
            Ok(_) if own.contains_key(command.id) => {
                problems.push(format!("{} is there twice: the first one counts.", named(command)));
            }
            Ok(texts) => drop(own.insert(command.id, texts)),
        }
    }
    // A file with all keys in it says of most commands what they have by themselves.
    own.retain(|id, texts| command(id).is_none_or(|command| command.keys != texts.as_slice()));
    // Giving a command its own keys back can take them from another one, so this is done until nothing clashes. Every round
    // takes a wish away, and the table itself has no clash.
    loop {
        let map = Keymap::of(&Keys::of(own.clone()));
        let clashes = map.clashes();
        let before = own.len();
        for clash in clashes {
            let back: Vec<&str> = [clash.one, clash.other]
                .into_iter()
                .filter(|it| own.contains_key(it.id))
                .map(|it| it.id)
                .collect();
            if back.is_empty() {
                continue;
            }
            let back = back.join(" and ");
            let (one, other, key) = (named(clash.one), named(clash.other), &clash.key);
            problems.push(format!(
                "{one} and {other} would share the key {key}. The built-in keys count for {back}."
            ));
        }
        for clash in clashes {
            own.remove(clash.one.id);
            own.remove(clash.other.id);
        }
        if own.len() == before {
            return (Keys::of(own), problems);
        }
    }
}

/// A command as messages name it: `“Handled” (item.handled)`.
fn named(command: &Command) -> String {
    format!("“{}” ({})", command.title.trim_end_matches(" …"), command.id)
}

/// A key as the table spells it, whatever case it was written in.
fn readable(command: &Command, text: &str) -> Result<String, String> {
    let spelt = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let chords = keymap::sequence(&spelt).ok_or_else(|| {
        format!("{text:?} is no key; write keys such as \"e\", \"ctrl+3\", \"shift+j\" or \"g m\"")
    })?;
    if command.keys.contains(&spelt.as_str()) {
        return Ok(spelt);
    }
    for chord in &chords {
        if let Some(why) = never_arrives(*chord) {
            return Err(format!("{text:?} {why}"));
        }
    }
    let in_fields = command.places.iter().all(|place| is_field(*place));
    if in_fields && chords.first().is_some_and(|chord| chord.types()) {
        return Err(format!("{text:?} is typed into the field there; choose one with Ctrl"));
    }
    Ok(spelt)
}

/// Why a key never reaches a command.
fn never_arrives(chord: Chord) -> Option<&'static str> {
    let letter = |wanted: &[egui::Key]| matches!(chord.key, KeyName::Key(key) if wanted.contains(&key));
    match chord.key {
        KeyName::Digit(0) if chord.ctrl => Some("sets the zoom back"),
        KeyName::Digit(_) if chord.shift => Some("never arrives: Shift does not count with digits"),
        KeyName::Char(_) if chord.shift => Some("never arrives: write the character that it types, alone"),
        _ if chord.ctrl && letter(&[egui::Key::C, egui::Key::X, egui::Key::V]) => {
            Some("copies, cuts or pastes")
        }
        _ if chord.ctrl && letter(&[egui::Key::Plus, egui::Key::Minus, egui::Key::Equals]) => {
            Some("sets the zoom")
        }
        _ if letter(&[egui::Key::Tab]) => Some("walks on to what comes next"),
        _ => None,
    }
}

/// Keys with which a command can still be reached.
fn reachable(command: &Command, texts: Vec<String>) -> Result<Vec<String>, String> {
    if WAYS_OUT.contains(&command.id) && texts.iter().all(|text| types_first(text)) {
        return Err("it needs a key that works while plain keys are off or something is typed".to_owned());
    }
    Ok(texts)
}

/// Whether plain keys are text in this place.
fn is_field(place: Place) -> bool {
    matches!(
        place,
        Place::Filter
            | Place::Palette
            | Place::Quick
            | Place::Form
            | Place::FormText
            | Place::Path
            | Place::RatesField
    )
}

/// The id that is most like what was written: the one with the same last part, or else with the same first part.
fn nearest(id: &str) -> Option<&'static str> {
    let (first, last) = id.split_once('.').unwrap_or((id, id));
    let ends = |known: &&Command| known.id.rsplit('.').next() == Some(last);
    let begins = |known: &&Command| known.id.split('.').next() == Some(first);
    commands().find(ends).or_else(|| commands().find(begins)).map(|known| known.id)
}

/// The text of a `keys.ron` that says which keys are in use, command by command.
#[must_use]
pub fn keys_file(keys: &Keys) -> String {
    let keys = keys.clone().with_plain_off(false);
    let mut text = String::from(
        "// Keys of Rapport: each command with its keys, which count in place of those it has by itself.\n\
         // Change what you like, and take out what may stay as it is. A command with an empty list has no key.\n\
         // Keys are written as \"e\", \"ctrl+3\", \"shift+j\", \"f2\", \"enter\", or two in a row, \"g m\".\n\
         // Open the settings in Rapport to have this file read again.\n{\n",
    );
    let mut heading: Option<Group> = None;
    for command in commands() {
        if heading != Some(command.group) {
            heading = Some(command.group);
            // Writing to a String cannot fail.
            let _ = writeln!(text, "\n    // {}", command.group.title());
        }
        let spelt: Vec<String> = keys_of(&keys, command).map(|it| format!("{it:?}")).collect();
        let title = command.title.trim_end_matches(" …");
        let _ = writeln!(text, "    {:?}: [{}], // {title}", command.id, spelt.join(", "));
    }
    text.push_str("}\n");
    text
}
