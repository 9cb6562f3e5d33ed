//! The one line of quick entry: what is typed, chosen and answered. What it means is worked out by whoever holds the grammar.

use super::edit::Edit;

/// The line, and the stack of business cards above it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuickPlace {
    /// What is typed.
    pub line: String,
    /// The lines of a stack of cards so far, its event first; empty while one line is entered by itself.
    pub stack: Vec<String>,
    /// A line that was kept when a stack of cards was begun in its place; it comes back once no other waits.
    pub set_aside: Option<String>,
    /// Lines that were pasted along and come next, the first of them first.
    pub waiting: Vec<String>,
    /// Which of what is offered under the line is chosen.
    pub cursor: Option<usize>,
    /// What was answered: a question's id and the key of the choice.
    pub answers: Vec<(String, String)>,
    /// How often the line was changed by anything but typing: whoever draws it puts the caret at its end then.
    pub turn: u64,
}

/// What happens to the line.
#[derive(Debug, Clone)]
pub enum QuickAction {
    /// Opens it, as it was left.
    Open,
    /// Opens it for a stack of business cards; what was typed before comes back after them.
    Cards,
    /// The line was typed over.
    Type(String),
    /// Puts another line in its place.
    Put(String),
    /// Chooses among what is offered, or nothing.
    Point(Option<usize>),
    /// Answers a question by its id with the key of a choice.
    Answer(String, String),
    /// Lays the line on the stack of cards.
    Stack,
    /// Takes the last line of the stack back to be changed.
    Unstack,
    /// Several lines were pasted: they come one after another. Whether they take the place of what is typed.
    Paste(Vec<String>, bool),
    /// Leaves the line for the next one that was pasted.
    Skip,
    /// Enters the facts; whether the line stays open for the next one.
    Enter(Edit, bool),
}

/// What the line holds when it is opened for cards.
pub const BEGUN_CARDS: &str = "cards: ";

impl QuickPlace {
    /// Puts the next line that waits; an empty one where none does.
    pub(super) fn put_next(&mut self) {
        let next = if self.waiting.is_empty() { None } else { Some(self.waiting.remove(0)) };
        let next = next.or_else(|| if self.stack.is_empty() { self.set_aside.take() } else { None });
        self.put(next.unwrap_or_default());
    }

    /// Begins a stack of cards; another line that was kept is set aside for it.
    pub(super) fn begin_cards(&mut self) {
        let is_of_cards = !self.stack.is_empty() || self.line.trim_start().to_lowercase().starts_with("card");
        if is_of_cards {
            return self.put(self.line.clone());
        }
        let kept = std::mem::replace(&mut self.line, BEGUN_CARDS.to_owned());
        if !kept.trim().is_empty() {
            self.set_aside = Some(kept);
        }
        self.answers.clear();
        self.put(self.line.clone());
    }

    /// Takes back the line that was set aside, where no card was typed.
    pub(super) fn leave_begun_cards(&mut self) {
        if self.line.trim() == BEGUN_CARDS.trim()
            && self.stack.is_empty()
            && let Some(kept) = self.set_aside.take()
        {
            self.line = kept;
        }
    }

    pub(super) fn put(&mut self, line: String) {
        self.line = line;
        self.cursor = None;
        self.turn = self.turn.wrapping_add(1);
    }
}
