//! What a note may say that is about nothing that happened: `zoe meeting: did not happen`.

use std::ops::Range;

use crate::command::quick_entry::words::line::Line;

/// What says so, where the note is that and no more.
const FAILED: [&str; 26] = [
    "did not happen",
    "didnt happen",
    "never happened",
    "did not take place",
    "didnt take place",
    "never took place",
    "did not come",
    "didnt come",
    "never came",
    "did not show up",
    "didnt show up",
    "never showed up",
    "not happened",
    "was cancelled",
    "was canceled",
    "got cancelled",
    "is cancelled",
    "cancelled",
    "canceled",
    "was postponed",
    "postponed",
    "rescheduled",
    "no show",
    "noshow",
    "fell through",
    "called off",
];

/// The words of the text after the colon that say that nothing happened.
pub(in crate::command::quick_entry) fn failed(line: &Line<'_>) -> Option<Range<usize>> {
    let text = line.text();
    let joins = |at: &usize| {
        matches!(
            line.plain(*at),
            "the" | "a" | "an" | "my" | "our" | "another" | "any" | "it" | "this" | "that"
        )
    };
    let first = text.clone().find(|at| !joins(at))?;
    // `she did not come`; but `they cancelled` may be what was told.
    let they = matches!(line.plain(first), "he" | "she" | "they" | "nobody")
        && matches!(line.plain(first + 1), "did" | "didnt" | "never");
    let first = if they { first + 1 } else { first };
    let ends = |words: &Range<usize>| {
        let parted = line.words.get(words.end - 1).is_some_and(|word| word.parts);
        let on = matches!(line.plain(words.end), "" | "by" | "because" | "due" | "until" | "again");
        parted || on || words.end >= text.end
    };
    let found = FAILED.iter().find_map(|phrase| line.find(&[*phrase], text.clone()));
    found.filter(|words| words.start == first && ends(words))
}
