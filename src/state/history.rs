//! Undo and redo without end: a list of earlier books, each with where the hand was.

use crate::domain::Book;

use super::session::Cursors;

/// A book that was, what led away from it, and where the cursors were.
#[derive(Debug, Clone)]
pub struct Step {
    /// The book before (in the past) or after (in the future) the edit.
    pub book: Book,
    /// What the edit did, for the footer: `Recorded 1,200.00 EUR from Acme`.
    pub label: String,
    /// Where the cursors were.
    pub cursors: Cursors,
}

/// What can be undone and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    /// Notes an edit that led away from `book`. What had been undone can no longer be done again.
    pub fn note(&mut self, book: Book, label: String, cursors: Cursors) {
        self.past.push(Step { book, label, cursors });
        self.future.clear();
    }

    /// Takes the last edit back: gives the step to return to and keeps `current` for redo.
    pub fn undo(&mut self, current: Book, cursors: Cursors) -> Option<Step> {
        let step = self.past.pop()?;
        self.future.push(Step { book: current, label: step.label.clone(), cursors });
        Some(step)
    }

    /// Does the last undone edit again.
    pub fn redo(&mut self, current: Book, cursors: Cursors) -> Option<Step> {
        let step = self.future.pop()?;
        self.past.push(Step { book: current, label: step.label.clone(), cursors });
        Some(step)
    }

    /// What undo would take back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn next_redo(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// How many edits can be taken back.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.past.len()
    }
}
