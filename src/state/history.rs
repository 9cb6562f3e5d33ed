//! Undo and redo without end: a list of earlier books, each with where the hand was. Levers taken away from the what-if stand
//! among them, so that they come back the same way, though no book changed.

use crate::domain::Book;

use super::session::Cursors;
use super::what_if::Taken;

/// A book that was, what led away from it, and where the cursors were.
#[derive(Debug, Clone)]
pub struct Step {
    /// The book before (in the past) or after (in the future) the edit.
    pub book: Book,
    /// What the edit did, for the footer: `Recorded 1,200.00 EUR from Acme`.
    pub label: String,
    /// Where the cursors were.
    pub cursors: Cursors,
    /// Where no book changed: the levers that were taken away.
    pub levers: Option<Taken>,
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
        self.past.push(Step { book, label, cursors, levers: None });
        self.future.clear();
    }

    /// Notes that levers were taken away from the what-if, which leaves `book` as it is.
    pub fn note_taken(&mut self, book: Book, label: String, cursors: Cursors, levers: Taken) {
        self.past.push(Step { book, label, cursors, levers: Some(levers) });
        self.future.clear();
    }

    /// Takes the last edit back: gives the step to return to and keeps `current` for redo.
    pub fn undo(&mut self, current: Book, cursors: Cursors) -> Option<Step> {
        let step = self.past.pop()?;
        self.future.push(Step { book: current, cursors, ..step.clone() });
        Some(step)
    }

    /// Does the last undone edit again.
    pub fn redo(&mut self, current: Book, cursors: Cursors) -> Option<Step> {
        let step = self.future.pop()?;
        self.past.push(Step { book: current, cursors, ..step.clone() });
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

    /// Whether undo would put back levers and change no book.
    #[must_use]
    pub fn undoes_levers(&self) -> bool {
        self.past.last().is_some_and(|step| step.levers.is_some())
    }

    /// Whether redo would take away levers and change no book.
    #[must_use]
    pub fn redoes_levers(&self) -> bool {
        self.future.last().is_some_and(|step| step.levers.is_some())
    }

    /// How many steps can be taken back.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.past.len()
    }
}
