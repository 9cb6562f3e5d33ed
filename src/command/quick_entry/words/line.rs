//! The words of a line, each with where it stands and whether the grammar has used it.

use std::ops::Range;

use crate::command::quick_entry::words;
use crate::command::quick_entry::words::fold::plain;

/// Words that join others and say nothing by themselves.
pub(in crate::command::quick_entry) const FILLERS: [&str; 33] = [
    "fyi", "btw", "the", "a", "an", "for", "with", "to", "at", "from", "on", "of", "about", "re", "and",
    "please", "just", "has", "have", "had", "i", "we", "me", "my", "us", "our", "was", "is", "in", "by",
    "as", "so", "that",
];
/// Words that stay with the one they stand before.
const ARTICLES: [&str; 5] = ["the", "a", "an", "my", "our"];

/// A word of a line.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) struct Word<'a> {
    /// As it was typed, without the marks around it.
    pub(in crate::command::quick_entry) text: &'a str,
    /// As it is compared.
    pub(in crate::command::quick_entry) plain: String,
    /// Where it stands in the line, in bytes.
    pub(in crate::command::quick_entry) span: Range<usize>,
    /// Whether a comma, a semicolon or a bracket parts it from the next one.
    pub(in crate::command::quick_entry) parts: bool,
    /// Whether a colon or a dash follows it.
    pub(in crate::command::quick_entry) colon: bool,
    /// Whether a question mark follows it.
    pub(in crate::command::quick_entry) asks: bool,
}

/// A line in words.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) struct Line<'a> {
    pub(in crate::command::quick_entry) raw: &'a str,
    pub(in crate::command::quick_entry) words: Vec<Word<'a>>,
    used: Vec<bool>,
    /// How many words stand before the colon that begins a text; all of them where none does.
    pub(in crate::command::quick_entry) head: usize,
}

impl<'a> Line<'a> {
    /// The words of a line. A colon after nothing but `opening` words begins no text.
    pub(in crate::command::quick_entry) fn new(raw: &'a str, opening: impl Fn(&[Word<'a>]) -> bool) -> Self {
        let words = words(raw);
        let begins = |at: usize| {
            words.get(at).is_some_and(|word| word.colon)
                && at + 1 < words.len()
                && !words.get(..=at).is_some_and(&opening)
        };
        let head = (0..words.len()).find(|at| begins(*at)).map_or(words.len(), |at| at + 1);
        Self { raw, used: vec![false; words.len()], head, words }
    }

    /// Every position.
    pub(in crate::command::quick_entry) fn all(&self) -> Range<usize> {
        0..self.words.len()
    }

    /// The positions before the text.
    pub(in crate::command::quick_entry) fn heading(&self) -> Range<usize> {
        0..self.head
    }

    /// The positions of the text after the colon.
    pub(in crate::command::quick_entry) fn text(&self) -> Range<usize> {
        self.head..self.words.len()
    }

    /// The plain word at a position; nothing where there is none.
    pub(in crate::command::quick_entry) fn plain(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.plain.as_str())
    }

    /// Whether a position holds a word that was not used yet.
    pub(in crate::command::quick_entry) fn is_free(&self, at: usize) -> bool {
        self.used.get(at).is_some_and(|used| !used)
    }

    /// Whether all these positions are free.
    pub(in crate::command::quick_entry) fn all_free(&self, mut range: Range<usize>) -> bool {
        range.all(|at| self.is_free(at))
    }

    /// Notes that words are used.
    pub(in crate::command::quick_entry) fn take(&mut self, range: Range<usize>) {
        if let Some(used) = self.used.get_mut(range) {
            used.fill(true);
        }
    }

    /// Where words stand in the line, in bytes.
    pub(in crate::command::quick_entry) fn span(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = self.words.get(range.start)?;
        let last = self.words.get(range.end.checked_sub(1)?)?;
        Some(first.span.start..last.span.end)
    }

    /// Words as they were typed.
    pub(in crate::command::quick_entry) fn typed(&self, range: &Range<usize>) -> &'a str {
        self.span(range).and_then(|span| self.raw.get(span)).unwrap_or_default()
    }

    /// The first place where one of these phrases stands free, the earlier phrases first.
    pub(in crate::command::quick_entry) fn find(
        &self,
        phrases: &[&str],
        within: Range<usize>,
    ) -> Option<Range<usize>> {
        phrases.iter().find_map(|phrase| {
            let wanted: Vec<&str> = phrase.split(' ').collect();
            let mut starts = within.start..(within.end + 1).saturating_sub(wanted.len());
            let at = starts.find(|at| {
                self.all_free(*at..*at + wanted.len())
                    && wanted.iter().zip(*at..).all(|(word, at)| self.plain(at) == *word)
            })?;
            Some(at..at + wanted.len())
        })
    }

    /// As [`Self::find`], and uses them.
    pub(in crate::command::quick_entry) fn take_phrase(
        &mut self,
        phrases: &[&str],
        within: Range<usize>,
    ) -> Option<Range<usize>> {
        let found = self.find(phrases, within)?;
        self.take(found.clone());
        Some(found)
    }

    /// Whether nothing but a space stands between a word and the next.
    pub(in crate::command::quick_entry) fn stands_next(&self, at: usize) -> bool {
        let between = self.words.get(at).zip(self.words.get(at + 1));
        let between = between.and_then(|(word, next)| self.raw.get(word.span.end..next.span.start));
        between.is_some_and(|marks| marks.trim().is_empty())
    }

    /// Whether a word is multiplied by the next: a sign between them says so, which is no word itself.
    pub(in crate::command::quick_entry) fn is_multiplied(&self, at: usize) -> bool {
        let between = self.words.get(at).zip(self.words.get(at + 1));
        let between = between.and_then(|(word, next)| self.raw.get(word.span.end..next.span.start));
        between.is_some_and(|marks| matches!(marks.trim(), "*" | "×" | "@"))
    }

    /// Whether a word only joins others.
    pub(in crate::command::quick_entry) fn is_filler(&self, at: usize) -> bool {
        self.is_one_of(at, &FILLERS)
    }

    /// Whether a word is one of these. One with an accent is another word: `à` is no `a`.
    pub(in crate::command::quick_entry) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        self.words.get(at).is_some_and(|word| word.text.is_ascii()) && words.contains(&self.plain(at))
    }

    /// Whether a mark stands before a word that parts it from the one before: a comma, a bracket, a quotation mark.
    pub(in crate::command::quick_entry) fn is_parted(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.words.get(before)) else { return false };
        let start = self.words.get(at).map_or(0, |word| word.span.start);
        let marks = self.raw.get(before.span.end..start).unwrap_or_default();
        before.parts || before.colon || marks.contains(['"', '“', '„', '”', '«', '»', '.', '!'])
    }

    /// The free number of one or two digits right after the words of a date, which may be its year.
    pub(in crate::command::quick_entry) fn short_number_after(&self, date: &Range<usize>) -> Option<&'a str> {
        let dated = date.clone().any(|at| words::day::is_month(self.plain(at)));
        let text = self.words.get(date.end).filter(|_| dated && self.is_free(date.end))?.text;
        ((1..=2).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())).then_some(text)
    }

    /// Runs of free words.
    pub(in crate::command::quick_entry) fn free_runs(&self, within: Range<usize>) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in within.filter(|at| self.is_free(*at)) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// Runs of free words, without those at their ends that only join.
    pub(in crate::command::quick_entry) fn strays(
        &self,
        within: Range<usize>,
        joins: &[&str],
    ) -> Vec<Range<usize>> {
        let telling = |at: &usize| !self.is_one_of(*at, joins);
        let trimmed = self
            .free_runs(within)
            .into_iter()
            .filter_map(|run| Some(run.clone().find(telling)?..run.clone().rev().find(telling)? + 1));
        trimmed.collect()
    }

    /// Runs of free words, joining words at their ends left out but for an article.
    pub(in crate::command::quick_entry) fn runs(&self, within: Range<usize>) -> Vec<Range<usize>> {
        let article = |at: &usize| self.is_free(*at) && ARTICLES.contains(&self.plain(*at));
        let mut runs = self.strays(within.clone(), &FILLERS);
        for run in &mut runs {
            run.start = (within.start..run.start).rev().take_while(article).last().unwrap_or(run.start);
        }
        runs
    }
}

/// Cuts a line into words and drops what is neither letter, digit nor a currency's sign.
fn words(raw: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    for piece in raw.split_whitespace() {
        // What is split off lies further on, and is there.
        let Some(start) = raw.get(at..).and_then(|rest| rest.find(piece)).map(|found| at + found) else {
            continue;
        };
        at = start + piece.len();
        let text = piece.trim_start_matches(['"', '“', '”', '\'', '‘', '’', '(', '[', '*', '„']);
        let from = start + piece.len() - text.len();
        let text = text
            .trim_end_matches(['"', '“', '”', '\'', '’', ')', ']', ',', ';', ':', '!', '?', '.', '…', '*']);
        let marks = raw.get(from + text.len()..at).unwrap_or_default();
        let arrow = matches!(text, "->" | "→" | "=>");
        let plain = match text {
            _ if arrow => "to".to_owned(),
            "w" | "w/" | "W/" => "with".to_owned(),
            "abt" => "about".to_owned(),
            "thru" => "through".to_owned(),
            _ => plain(text),
        };
        let is_dash = !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—'));
        let opens = from > start && raw.get(start..from).is_some_and(|marks| marks.contains(['(', '[']));
        if let Some(last) = words.last_mut() {
            last.colon |= is_dash || (text.is_empty() && piece.contains(':'));
            last.parts |= opens || (text.is_empty() && piece.contains([',', ';', ')']));
            last.asks |= text.is_empty() && piece.contains('?');
        }
        if text.is_empty() || (plain.is_empty() && !matches!(text, "€" | "$" | "£" | "¥")) {
            continue;
        }
        words.push(Word {
            text,
            plain,
            span: from..from + text.len(),
            parts: marks.contains([',', ';', ')', ']']),
            colon: marks.contains(':'),
            asks: marks.contains('?'),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(raw: &str) -> Line<'_> {
        Line::new(raw, |words| matches!(words, [only] if only.plain == "note"))
    }

    #[test]
    fn a_line_is_cut_into_words_that_know_where_they_stand() {
        let raw = "  Called “Café Zoë”,  re: 50 (soon) … ";
        let line = line(raw);
        let plain: Vec<&str> = line.words.iter().map(|word| word.plain.as_str()).collect();
        assert_eq!(plain, ["called", "cafe", "zoe", "re", "50", "soon"]);
        assert!(line.words.iter().all(|word| raw.get(word.span.clone()) == Some(word.text)));
        assert_eq!((line.head, line.typed(&(1..3))), (4, "Café Zoë"));
        assert!(line.words[2].parts && line.words[4].parts && !line.words[1].parts);
    }

    #[test]
    fn a_colon_or_a_lone_dash_begins_a_text_but_after_what_only_opens_the_line() {
        assert_eq!(line("acme called: hello: again").head, 2);
        assert_eq!(line("acme called - hello").head, 2);
        assert_eq!(line("note: acme likes tea").head, 4);
        assert_eq!(line("acme at 10:30").head, 3);
        assert_eq!(line("acme called:").head, 2, "nothing follows");
    }

    #[test]
    fn what_is_left_over_stands_in_runs_without_joining_words_at_their_ends() {
        let mut line = line("called acme about the red door and zoe");
        line.take(0..2);
        line.take(7..8);
        assert_eq!(line.runs(0..8).iter().map(|run| line.typed(run)).collect::<Vec<_>>(), ["the red door"]);
    }
}
