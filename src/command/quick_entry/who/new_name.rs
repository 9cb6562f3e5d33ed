//! The name of somebody new, and which words may be a part of one.

use std::ops::Range;

use crate::command::quick_entry::Choice;
use crate::command::quick_entry::grammar::reader::{Reader, titled};
use crate::command::quick_entry::grammar::unclear::turning;
use crate::command::quick_entry::words::line::Line;
use crate::domain::is_legal_form;

/// Small words of names that are written with capitals.
const PARTICLES: [&str; 39] = [
    "and", "und", "of", "the", "for", "in", "on", "at", "by", "van", "von", "de", "der", "den", "la", "le",
    "les", "di", "da", "del", "della", "do", "dos", "du", "el", "al", "y", "e", "ter", "ten", "zu", "zur",
    "zum", "am", "im", "an", "vom", "bei", "with",
];
/// Nobody, who does nothing and is no new client.
const NOBODY: [&str; 9] =
    ["nobody", "noone", "none", "nothing", "neither", "somebody", "someone", "again", "briefly"];

/// Whether a word is nobody's name: it turns the meaning, or is nobody.
pub(in crate::command::quick_entry) fn is_no_name(line: &Line<'_>, at: usize) -> bool {
    let small = line.words.get(at).is_some_and(|word| !word.text.starts_with(char::is_uppercase));
    small && (NOBODY.contains(&line.plain(at)) || turning(line, at..at + 1).is_some())
}

impl Reader<'_> {
    /// Says of a new name that was typed with capitals that a word without one may be none of it. `None` where it may.
    pub(in crate::command::quick_entry) fn check_name(
        &mut self,
        words: &Range<usize>,
        is_person: bool,
    ) -> Option<()> {
        let line = &self.line;
        let starts = |at: usize, is: fn(char) -> bool| {
            line.words.get(at).is_some_and(|word| word.text.starts_with(is))
        };
        let capital = words.clone().any(|at| starts(at, char::is_uppercase));
        let odd = |at: &usize| {
            let small = capital
                && starts(*at, char::is_lowercase)
                && !PARTICLES.contains(&line.plain(*at))
                && !is_legal_form(line.plain(*at));
            small || is_no_name(line, *at)
        };
        let Some(at) = words.clone().find(odd) else { return self.ask_whole_name(words, capital, is_person) };
        let typed = line.typed(&(at..at + 1)).to_owned();
        self.refuse(&(at..at + 1), format!("Is “{typed}” a part of the name? Then write it with a capital"));
        None
    }

    /// Whether many words without capitals are all one name: `eva klein briefly`, `globex from hamburg`. `None` where that is asked.
    fn ask_whole_name(&mut self, words: &Range<usize>, capital: bool, is_person: bool) -> Option<()> {
        let joined = words.clone().any(|at| self.line.is_filler(at));
        // Firms have longer names than people.
        let few = if is_person || joined { 2 } else { 3 };
        if capital || words.len() <= few {
            return Some(());
        }
        let name = titled(self.line.typed(words));
        let choices = vec![Choice { key: "name".to_owned(), label: format!("Yes: {name}") }];
        let text = format!("Is “{name}” the whole name? Write it with capitals where it begins and ends");
        self.ask(format!("name:{}", name.to_lowercase()), text, choices).map(|_| ())
    }
}
