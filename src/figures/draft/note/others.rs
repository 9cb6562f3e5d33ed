//! Whether a note names another client of the book, or somebody of theirs: nobody is told of the others.

use std::sync::Arc;

use crate::domain::Client;
use crate::figures;

/// Shorter words of a name are joints and initials.
const SHORT: usize = 4;

/// Whether a note for a client names another one of `all`, or one of their people: the whole name, or a word of it that is written
/// as a name and is none of this client's own.
pub(super) fn names_another(text: &str, to: &Client, all: &[Arc<figures::Client>]) -> bool {
    let note: Vec<&str> = words(text).collect();
    let own: Vec<&str> = names(to).flat_map(words).collect();
    let is_own = |word: &str| own.iter().any(|own| own.eq_ignore_ascii_case(word));
    let as_names: Vec<&str> = note
        .iter()
        .copied()
        .filter(|word| word.starts_with(char::is_uppercase) && word.chars().count() >= SHORT && !is_own(word))
        .collect();
    let others = all.iter().map(|other| other.known.client.as_ref()).filter(|other| other.id != to.id);
    others.flat_map(names).any(|name| {
        let is_part = || words(name).any(|part| as_names.contains(&part));
        (!as_names.is_empty() && is_part()) || is_within(&note, name)
    })
}

/// What a client and its people are called.
fn names(client: &Client) -> impl Iterator<Item = &str> {
    std::iter::once(client.name.as_str()).chain(client.people.iter().map(|person| person.name.as_str()))
}

/// Whether all words of a name stand in a note, one after the other.
fn is_within(note: &[&str], name: &str) -> bool {
    let is_long = name.len() >= SHORT && words(name).next().is_some();
    let begins_at = |at: usize| {
        let mut rest = note.iter().skip(at);
        words(name).all(|word| rest.next().is_some_and(|it| it.eq_ignore_ascii_case(word)))
    };
    is_long && (0..note.len()).any(begins_at)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
