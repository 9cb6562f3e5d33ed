//! Filters: words typed by a person, all of which must be found.

use std::sync::Arc;

use super::{Card, Owed, Waiting};

/// Words that must all be found, in any order and case. `muller` finds `Müller`, and `müller` finds `Muller`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<(String, String)>,
}

impl Filter {
    /// The filter a person typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(|word| (word.to_lowercase(), slug::slugify(word))).collect();
        Self { words }
    }

    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is found in `search`, a text made by [`searchable`].
    #[must_use]
    pub fn finds(&self, search: &str) -> bool {
        self.words.iter().all(|(word, folded)| {
            search.contains(word.as_str()) || (!folded.is_empty() && search.contains(folded.as_str()))
        })
    }

    /// Whether it lets a letter of the outbox through.
    #[must_use]
    pub fn waiting(&self, waiting: &Waiting) -> bool {
        let letter = &waiting.letter;
        let parts = [&waiting.name, letter.subject.as_str(), letter.to.as_deref().unwrap_or_default()];
        self.is_empty() || self.finds(&searchable(parts))
    }

    /// Whether it lets a card of the board through.
    #[must_use]
    pub fn card(&self, card: &Card) -> bool {
        self.finds(&card.search)
    }

    /// Whether it lets an open invoice through.
    #[must_use]
    pub fn owed(&self, owed: &Owed) -> bool {
        self.finds(&owed.search)
    }
}

/// The text in which a filter looks: lowercase, and once more without accents where that differs.
#[must_use]
pub fn searchable<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut search = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        search.push_str(&part.to_lowercase());
        search.push('\n');
        if !part.is_ascii() {
            search.push_str(&slug::slugify(part));
            search.push('\n');
        }
    }
    search
}

/// A name without case and accents, for sorting: `Ärzte` stands between `Arnold` and `Asmus`.
#[must_use]
pub(super) fn folded(name: &str) -> Arc<str> {
    bare(name).into()
}

/// A text without case and accents; one in another script keeps its letters.
#[must_use]
pub(super) fn bare(text: &str) -> String {
    let bare = slug::slugify(text);
    if bare.is_empty() { text.to_lowercase() } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_found_whatever_its_case_accents_and_place() {
        let search = searchable(["Müller & Söhne", "Ana García"]);
        for typed in ["", "müller", "MULLER", "garcia müller", "& ana", "söhne sohne"] {
            assert!(Filter::new(typed).finds(&search), "{typed}");
        }
        for typed in ["mueller", "müller bert"] {
            assert!(!Filter::new(typed).finds(&search), "{typed}");
        }
    }

    #[test]
    fn a_name_with_an_accent_is_sorted_among_those_without() {
        assert!(folded("Arnold") < folded("Ärzte") && folded("ärzte") < folded("Zorn"));
        assert!(!folded("&").is_empty());
    }

    #[test]
    fn an_accent_typed_finds_a_name_without_one() {
        assert!(Filter::new("müller").finds(&searchable(["Muller Ltd"])));
    }
}
