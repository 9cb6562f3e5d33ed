//! Undo and redo without end: a list of earlier books, each with where the hand was. Levers taken away from the what-if stand
//! among them, so that they come back the same way, though no book changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::Book;

use super::session::{Cursors, Picked, Session};
use super::triage::Selection;
use super::what_if::Taken;

/// Where the hand was, and what it held.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Where the cursors were.
    cursors: Cursors,
    /// What was selected in the queue.
    selection: Selection,
    /// What was selected elsewhere.
    picked: Picked,
    /// What had left the queue: the other rows come back to their places.
    away: Arc<BTreeSet<String>>,
}

impl Hand {
    /// The hand as it is.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let triage = &session.triage;
        Self {
            cursors: session.cursors.clone(),
            selection: triage.selection.clone(),
            picked: session.picked.clone(),
            away: triage.kept.away().clone(),
        }
    }

    /// Puts the hand back to where it was.
    pub(super) fn put_back(self, session: &mut Session) {
        session.cursors = self.cursors;
        session.triage.selection = self.selection;
        session.picked = self.picked;
        session.triage.kept.bring_back(&self.away);
    }
}

/// A book that was, what led away from it, and where the cursors were.
#[derive(Debug, Clone)]
pub struct Step {
    /// The book before (in the past) or after (in the future) the edit.
    pub book: Book,
    /// What the edit did, for the footer: `Recorded 1,200.00 EUR from Acme`.
    pub label: String,
    /// Where the hand was.
    pub hand: Hand,
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
    pub fn note(&mut self, book: Book, label: String, hand: Hand) {
        self.past.push(Step { book, label, hand, levers: None });
        self.future.clear();
    }

    /// Notes that levers were taken away from the what-if, which leaves `book` as it is.
    pub fn note_taken(&mut self, book: Book, label: String, hand: Hand, levers: Taken) {
        self.past.push(Step { book, label, hand, levers: Some(levers) });
        self.future.clear();
    }

    /// Takes the last edit back: gives the step to return to and keeps `current` for redo.
    pub fn undo(&mut self, current: Book, hand: Hand) -> Option<Step> {
        let step = self.past.pop()?;
        self.future.push(Step { book: current, hand, ..step.clone() });
        Some(step)
    }

    /// Does the last undone edit again.
    pub fn redo(&mut self, current: Book, hand: Hand) -> Option<Step> {
        let step = self.future.pop()?;
        self.past.push(Step { book: current, hand, ..step.clone() });
        Some(step)
    }

    /// Makes one step of the last two, and says what both did.
    pub fn join(&mut self, label: String) {
        self.past.pop();
        if let Some(step) = self.past.last_mut() {
            step.label = label;
        }
    }

    /// The book before the last edit that stands.
    #[must_use]
    pub fn before(&self) -> Option<&Book> {
        self.past.iter().rev().find(|step| step.levers.is_none()).map(|step| &step.book)
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
