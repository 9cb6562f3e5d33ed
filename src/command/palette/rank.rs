//! How well what is typed fits what something is called.

use crate::command::quick_entry::plain_word;
use crate::state::Uses;

/// How well something fits whose title begins as it is typed,
const TITLE_BEGINS: u32 = 600;
/// or holds inside its words what is typed.
const INSIDE: u32 = 200;
/// How well something fits at least whose words begin as they are typed,
pub(super) const BEGINS: u32 = 360;
/// and by how much less a command fits with what it is for than by itself: less than where all words are its own.
pub(super) const LESS_TOLD: u32 = 100;

/// What is typed, made ready to be compared: capitals and accents do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// As it is typed, in small letters: an id is compared with it.
    typed: String,
    words: Vec<String>,
}

/// Something by the names it is found by: capitals and accents do not count.
struct Named {
    whole: String,
    starts: Vec<usize>,
}

impl Named {
    fn of(text: &str) -> Self {
        let mut whole = String::with_capacity(text.len());
        let mut starts = Vec::new();
        for word in words(text) {
            if !whole.is_empty() {
                whole.push(' ');
            }
            starts.push(whole.len());
            whole.push_str(&word);
        }
        Self { whole, starts }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.whole.split(' ')
    }

    /// Whether one of its words begins so.
    fn begins(&self, typed: &str) -> bool {
        self.words().any(|word| word.starts_with(typed))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).map(plain_word).filter(|word| !word.is_empty())
}

impl Query {
    pub(super) fn of(typed: &str) -> Self {
        let typed = typed.trim().to_lowercase();
        Self { words: words(&typed).collect(), typed }
    }

    /// Whether nothing is typed that could be looked for.
    pub(super) fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Cut in two by a title, where some words begin words of it and others do not: these say whom or what it is for.
    pub(super) fn cut(&self, title: &str) -> Option<(Self, Self)> {
        let named = Named::of(title);
        let (of_title, rest): (Vec<String>, Vec<String>) =
            self.words.iter().cloned().partition(|word| named.begins(word));
        let query = |words: Vec<String>| Self { typed: words.join(" "), words };
        (!of_title.is_empty() && !rest.is_empty()).then(|| (query(of_title), query(rest)))
    }

    /// How well it fits a title or an id; `None`: not at all. Exact id or title, then how the title begins, then beginnings of
    /// words, then words inside, then letters in order, of which those at the beginning of a word count for more.
    pub(super) fn score(&self, title: &str, id: &str) -> Option<u32> {
        if self.is_empty() {
            return Some(1);
        }
        if id == self.typed {
            return Some(1000);
        }
        if self.words.is_empty() {
            return None;
        }
        let named = Named::of(title);
        let phrase = self.words.join(" ");
        if named.whole == phrase {
            return Some(1000);
        }
        if named.whole.starts_with(&phrase) {
            return Some(TITLE_BEGINS);
        }
        if self.words.iter().all(|word| named.begins(word)) {
            // The more of a title is typed, the likelier it is meant.
            let left =
                named.words().filter(|word| !self.words.iter().any(|typed| word.starts_with(typed.as_str())));
            let left =
                left.map(|word| u32::try_from(word.len()).unwrap_or(u32::MAX)).fold(0, u32::saturating_add);
            return Some(BEGINS + 40 - left.min(40));
        }
        let inside = |word: &String| named.whole.contains(word.as_str()) || id.contains(word.as_str());
        if self.words.iter().all(inside) || id.contains(&self.typed) {
            return Some(INSIDE);
        }
        let letters: String = self.words.concat();
        let count = u32::try_from(letters.chars().count()).unwrap_or(u32::MAX).max(1);
        // Letters strewn over a title by chance find nothing: half of them begin words, or they stand close together.
        let is_meant = |it: &InOrder| it.at_starts * 2 >= count || it.span <= count + count / 2;
        let found = in_order(&letters, &named).filter(is_meant);
        found.map(|found| 20 + found.at_starts.saturating_mul(60) / count)
    }
}

/// Letters that come in their order in a title.
struct InOrder {
    /// How many of them begin a word.
    at_starts: u32,
    /// From the first of them to behind the last, in bytes.
    span: u32,
}

/// Where all the letters come in this order; those that can begin a word do.
fn in_order(letters: &str, named: &Named) -> Option<InOrder> {
    let eager = |prefer_starts: bool| -> Option<InOrder> {
        let (mut from, mut at_starts, mut first) = (0_usize, 0, None);
        for letter in letters.chars() {
            let at_start = named.starts.iter().copied().find(|start| {
                *start >= from && named.whole.get(*start..).is_some_and(|rest| rest.starts_with(letter))
            });
            let anywhere = || named.whole.get(from..)?.find(letter).map(|at| at.saturating_add(from));
            let at = match at_start.filter(|_| prefer_starts) {
                Some(start) => start,
                None => anywhere()?,
            };
            at_starts += u32::from(named.starts.contains(&at));
            first.get_or_insert(at);
            from = at.saturating_add(letter.len_utf8());
        }
        let span = from.saturating_sub(first.unwrap_or(from));
        Some(InOrder { at_starts, span: u32::try_from(span).unwrap_or(u32::MAX) })
    };
    eager(true).or_else(|| eager(false))
}

/// How well it fits where it cannot be done now: one of whose title a word is typed comes after what can be done, however little
/// of that is typed in a row; one that is typed from its beginning is looked for and says why not.
pub(super) fn not_now(score: u32) -> u32 {
    if score < TITLE_BEGINS { score.min(INSIDE - 1) } else { score }
}

/// What use adds to a fit: never so much that a worse kind of fit comes before a better one.
pub(super) fn by_use(uses: &Uses, what: &str) -> u32 {
    let weight = uses.weight(what);
    // A first use counts at once, and what was used many times approaches a hundred.
    weight.saturating_mul(100) / weight.saturating_add(4000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(query: &str, title: &str, id: &str) -> Option<u32> {
        Query::of(query).score(title, id)
    }

    #[test]
    fn an_exact_id_comes_before_word_starts_and_these_before_loose_letters() {
        let exact = score("app.help", "Keys", "app.help");
        let start = score("rec pay", "Record a payment …", "invoice.record_payment");
        let inside = score("ayment", "Record a payment …", "invoice.record_payment");
        let initials = score("rap", "Record a payment …", "invoice.record_payment");
        let loose = score("rdpt", "Record a payment …", "invoice.record_payment");
        assert!(exact > start && start > inside && inside > initials && initials > loose && loose.is_some());
        assert!(score("paymnt", "Record a payment …", "").is_some(), "a letter left out");
        assert_eq!(score("acme", "Tabac Komet", ""), None, "strewn over it by chance");
        assert_eq!(score("xyz", "Record a payment …", "invoice.record_payment"), None);
    }

    #[test]
    fn of_titles_with_the_word_the_one_with_least_beside_it_comes_first() {
        let record = score("payment", "Record a payment …", "invoice.record_payment");
        assert!(record > score("payment", "Ask for a down payment …", "down_payment.ask"));
    }

    #[test]
    fn the_words_beyond_a_title_say_what_it_is_for() {
        let beyond = |typed: &str| Query::of(typed).cut("Record a payment …").map(|(_, rest)| rest.typed);
        assert_eq!(beyond("acme pay"), Some("acme".to_owned()));
        assert_eq!(beyond("rec Müller pay söhne"), Some("muller sohne".to_owned()));
        assert_eq!((beyond("record pay"), beyond("acme")), (None, None));
    }

    #[test]
    fn what_cannot_be_done_now_comes_after_what_can_unless_its_title_is_typed() {
        let end = score("drill", "End the drill", "drill.end").map(not_now);
        assert!(score("drill", "Learn the keys by doing", "drill.begin") > end);
        let typed = score("end the d", "End the drill", "drill.end");
        assert_eq!(typed.map(not_now), typed);
    }

    #[test]
    fn capitals_accents_and_signs_do_not_count() {
        assert_eq!(score("muller soh", "Müller & Söhne", ""), score("Müller & Söh", "Müller & Söhne", ""));
        assert!(score("cafe", "Café Central", "").is_some());
        assert!(score("2026-014", "Invoice 2026-014", "") >= Some(BEGINS));
        assert_eq!(score("&", "Müller & Söhne", ""), None, "a sign alone finds nothing");
    }

    #[test]
    fn use_lifts_among_equals_and_never_over_a_better_fit() {
        let mut uses = Uses::default();
        for _ in 0..500 {
            uses.note("much used");
        }
        let often = by_use(&uses, "much used");
        uses.note("once");
        assert!(often > by_use(&uses, "once") && by_use(&uses, "once") > 0);
        assert!(often < 120, "words inside, much used, stay behind beginnings of words");
    }
}
