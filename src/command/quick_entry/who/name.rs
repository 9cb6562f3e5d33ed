//! Clients and their people by the words they are called.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::{Book, ClientFacts, Person, is_legal_form};

use crate::command::quick_entry::grammar::unclear::is_turning;
use crate::command::quick_entry::words::fold::{name_words, one_slip};
use crate::command::quick_entry::words::line::Line;

/// Somebody whom words of the line may name.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) struct Named<'a> {
    pub(in crate::command::quick_entry) client: &'a Arc<ClientFacts>,
    /// Which person of theirs, where the words name one.
    pub(in crate::command::quick_entry) person: Option<&'a Person>,
    pub(in crate::command::quick_entry) fit: Fit,
}

/// How words fit a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::command::quick_entry) struct Fit {
    pub(in crate::command::quick_entry) words: Range<usize>,
    /// The better they fit the more.
    pub(in crate::command::quick_entry) score: u32,
    /// Whether every word is one of the name's, letter by letter.
    pub(in crate::command::quick_entry) exact: bool,
    /// Whether they are the whole name.
    pub(in crate::command::quick_entry) whole: bool,
    /// Whether one of them differs by a slip of the hand, so that it may be another name.
    pub(in crate::command::quick_entry) slip: bool,
}

/// The words by which clients and their people are called: worked out once for a line, since they are looked through for
/// every part of it.
#[derive(Debug)]
pub(in crate::command::quick_entry) struct Names<'a>(
    Vec<(&'a Arc<ClientFacts>, Option<&'a Person>, Vec<String>)>,
);

impl<'a> Names<'a> {
    /// Everybody of a book.
    pub(in crate::command::quick_entry) fn of(book: &'a Book) -> Self {
        let all = book.clients().flat_map(|client| {
            let people = client.client.people.iter();
            let people = people.map(move |person| (client, Some(person), name_words(&person.name)));
            std::iter::once((client, None, name_words(&client.client.name))).chain(people)
        });
        Self(all.collect())
    }

    /// Each of them: the client, which person of theirs, and the words.
    pub(in crate::command::quick_entry) fn iter(
        &self,
    ) -> impl Iterator<Item = (&'a Arc<ClientFacts>, Option<&'a Person>, &[String])> {
        self.0.iter().map(|(client, person, words)| (*client, *person, words.as_slice()))
    }

    /// Every client and person that free words of a range may name.
    pub(in crate::command::quick_entry) fn within(
        &self,
        line: &Line<'_>,
        within: &Range<usize>,
    ) -> Vec<Named<'a>> {
        let found = self.0.iter().flat_map(|(client, person, words)| {
            fits(line, within.clone(), words).into_iter().map(move |fit| Named {
                client,
                person: *person,
                fit,
            })
        });
        found.collect()
    }
}

/// The likeliest of them, of several clients only where nothing tells them apart. Names written out come before such as
/// were cut or mistyped, and of those the first in the line.
pub(in crate::command::quick_entry) fn likeliest(mut found: Vec<Named<'_>>, exact: bool) -> Vec<Named<'_>> {
    if exact {
        found.retain(|named| named.fit.exact);
    }
    let rank = |named: &Named<'_>| {
        let fit = &named.fit;
        if exact {
            (Reverse(fit.words.start), fit.words.len(), fit.score)
        } else {
            (Reverse(0), 0, fit.score)
        }
    };
    let Some(best) = found.iter().map(rank).max() else { return Vec::new() };
    found.retain(|named| rank(named) == best);
    // One name of a client is enough; that of the client itself before that of a person.
    found.sort_by(|a, b| (a.client.id(), a.person.is_some()).cmp(&(b.client.id(), b.person.is_some())));
    found.dedup_by(|later, first| later.client.id() == first.client.id() && (first.person.is_none()));
    found
}

/// The ways in which free words fit a name of these words.
pub(in crate::command::quick_entry) fn fits(
    line: &Line<'_>,
    within: Range<usize>,
    name: &[String],
) -> Vec<Fit> {
    within.clone().filter_map(|at| fit_at(line, at, within.end, name)).collect()
}

/// How the words from a position on fit a name best.
fn fit_at(line: &Line<'_>, at: usize, end: usize, name: &[String]) -> Option<Fit> {
    if !line.is_free(at) || line.is_filler(at) {
        return None;
    }
    let typed = line.plain(at);
    // However a word is cut or mistyped, it begins like one of the name's: most names are passed over by that.
    let first = typed.chars().next()?;
    if !name.iter().any(|word| word.starts_with(first)) {
        return None;
    }
    let together: String = name.concat();
    let initials: String = name.iter().filter_map(|word| word.chars().next()).collect();
    let short = (name.len() >= 2 && typed == together) || (name.len() >= 3 && typed == initials);
    let count = u32::try_from(name.len()).unwrap_or(1);
    let whole = short.then(|| Fit {
        words: at..at + 1,
        score: 10 * count + 7,
        exact: true,
        whole: true,
        slip: false,
    });
    let parts = (0..name.len()).filter_map(|from| run(line, at, end, name.get(from..)?, from == 0));
    let fit = whole.into_iter().chain(parts).max_by_key(|fit| (fit.score, fit.exact))?;
    // `museum rade` is the Stadtmuseum Rade: what ends another word of the name belongs to it.
    let tail = |at: &usize| line.is_free(*at) && !line.is_parted(at + 1) && ends_one(line.plain(*at), name);
    let before = at.checked_sub(1).filter(tail);
    Some(Fit { words: before.unwrap_or(fit.words.start)..fit.words.end, ..fit })
}

/// Whether a word is the end of a longer one of a name, as people shorten words that are put together.
fn ends_one(typed: &str, name: &[String]) -> bool {
    typed.len() >= 4 && name.iter().any(|word| word.len() > typed.len() && word.ends_with(typed))
}

/// How many words in a row fit the words of a name from some word on.
fn run(line: &Line<'_>, at: usize, end: usize, name: &[String], from_first: bool) -> Option<Fit> {
    let (mut next, mut score, mut exact, mut slip, mut matched) = (at, 0, true, false, 0);
    for word in name {
        // `Müller and Söhne` is `Müller & Söhne`.
        let joined = matched > 0 && matches!(line.plain(next), "and" | "und") && line.is_free(next);
        let place = if joined { next + 1 } else { next };
        let parted =
            matched > 0 && next.checked_sub(1).and_then(|at| line.words.get(at)).is_some_and(|it| it.parts);
        if place >= end || !line.is_free(place) || parted {
            break;
        }
        let Some((points, to_the_letter)) = word_fit(line.plain(place), word) else { break };
        (next, score, exact, matched) = (place + 1, score + points, exact && to_the_letter, matched + 1);
        slip |= points == SLIP;
    }
    if matched == 0 {
        return None;
    }
    if next < end && line.is_free(next) && is_legal_form(line.plain(next)) {
        next += 1;
    }
    let whole = from_first && matched == name.len();
    // `I'm` is no Theater im Hof.
    let letters: usize = (at..next).map(|at| line.plain(at).chars().count()).sum();
    if !whole && letters < 3 {
        return None;
    }
    // Where in a name a word stands tells nothing: of `Müller & Söhne` and `Bäckerei Müller` either may be called Müller.
    let score = score + if whole { 7 } else { 0 };
    Some(Fit { words: at..next, score, exact, whole, slip })
}

/// Whether a word is how people are addressed before their name: `Dr.`, `Frau`.
pub(in crate::command::quick_entry) fn is_title(word: &str) -> bool {
    matches!(word, "dr" | "prof" | "mr" | "mrs" | "ms" | "mx" | "herr" | "frau" | "sir")
}

/// What a word scores that differs by a slip of the hand.
const SLIP: u32 = 5;

/// How well a word typed fits one of a name: written out, begun with three letters, or with one slip in four.
fn word_fit(typed: &str, word: &str) -> Option<(u32, bool)> {
    // `Mueller` is how a keyboard without umlauts writes `Müller`.
    let without = |text: &str| text.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    let same_start = typed.chars().next() == word.chars().next();
    if typed.is_empty() {
        None
    } else if is_turning(typed) && typed != word {
        // `not` is no Notariat.
        None
    } else if typed == word || (same_start && without(typed) == without(word)) {
        Some((10, true))
    } else if typed.chars().count() >= 3
        && word.starts_with(typed)
        && !typed.chars().all(|c| c.is_ascii_digit())
    {
        Some((6, false))
    } else if typed.len() >= 4 && word.len() >= 4 && same_start && one_slip(typed, word) {
        Some((SLIP, false))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(raw: &str, name: &str) -> Option<(String, bool, bool)> {
        let line = Line::new(raw, |_| false);
        let fits = fits(&line, line.all(), &name_words(name));
        let best = fits.into_iter().max_by_key(|fit| fit.score)?;
        Some((line.typed(&best.words).to_owned(), best.exact, best.whole))
    }

    #[test]
    fn names_are_found_written_out_cut_mistyped_or_as_initials() {
        for (raw, name, words, exact, whole) in [
            ("call acme now", "Acme", "acme", true, true),
            ("call acmee now", "Acme", "acmee", false, true),
            ("call nord now", "Nordlicht GmbH", "nord", false, true),
            ("call Nordlicht GmbH now", "Nordlicht GmbH", "Nordlicht GmbH", true, true),
            ("mueller and soehne paid", "Müller & Söhne", "mueller and soehne", true, true),
            ("müller paid", "Müller & Söhne", "müller", true, false),
            ("hht paid", "Hanseatic Harbour Trust", "hht", true, true),
            ("blueharbour paid", "Blue Harbour", "blueharbour", true, true),
            ("harbour paid", "Blue Harbour", "harbour", true, false),
            ("invoice museum rade 50", "Stadtmuseum Rade", "museum rade", true, false),
        ] {
            assert_eq!(best(raw, name), Some((words.to_owned(), exact, whole)), "{raw}");
        }
    }

    #[test]
    fn other_words_are_no_names() {
        for (raw, name) in
            [("call ac now", "Acme"), ("the call", "The Call"), ("bcme", "Acme"), ("20", "2050 Ltd")]
        {
            let found = best(raw, name).filter(|(words, ..)| words != "call");
            assert_eq!(found, None, "{raw}");
        }
    }
}
