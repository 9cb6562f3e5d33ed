//! The what-if: levers that are tried out beside the facts, until they are kept as a scenario or dropped.

use crate::domain::{Lever, LeverRow, Scenario, ScenarioId};

/// What is assumed now. It lives in the session: nothing of it is in the book before it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatIfDraft {
    /// Whether it is drawn beside the forecast, and its levers have the keys of Cash.
    pub open: bool,
    /// The scenario it was kept as, or taken up from.
    pub kept: Option<ScenarioId>,
    /// Its levers, in the order they are pulled.
    pub rows: Vec<LeverRow>,
    /// The lever that the hand is at.
    pub cursor: usize,
}

/// Levers that were taken away, so that they can come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Each with where it was, in their order.
    rows: Vec<(usize, LeverRow)>,
    /// What they all were kept as, where nothing was left.
    kept: Option<ScenarioId>,
}

/// Something done with the what-if.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhatIfAction {
    /// Opens it, or closes it; its levers stay.
    Toggle,
    /// Puts the hand at a lever.
    Point(usize),
    /// Adds a lever below the hand, or puts it in place of the one at this position, and opens the what-if.
    Put(Option<usize>, Lever),
    /// Mutes the lever at this position, or counts it again.
    Mute(usize),
    /// Takes the lever at this position away.
    Remove(usize),
    /// Moves the lever at this position one down, or up.
    Move(usize, bool),
    /// Keeps the levers in the book under this name; without one under the name they have.
    Keep(Option<String>),
    /// Takes up the levers of a kept scenario.
    Open(ScenarioId),
    /// Takes all levers away.
    Drop,
}

impl WhatIfDraft {
    /// The levers that count: those not muted, while it is open.
    #[must_use]
    pub fn levers(&self) -> Vec<Lever> {
        let counted = self.rows.iter().filter(|row| self.open && !row.muted);
        counted.map(|row| row.lever.clone()).collect()
    }

    /// The lever that the hand is at.
    #[must_use]
    pub fn row(&self) -> Option<&LeverRow> {
        self.rows.get(self.cursor)
    }

    /// Adds a lever below the hand, which goes to it.
    pub fn add(&mut self, lever: Lever) {
        let at = if self.rows.is_empty() { 0 } else { self.cursor.saturating_add(1).min(self.rows.len()) };
        self.rows.insert(at, LeverRow::new(lever));
        self.cursor = at;
    }

    /// Puts a lever in place of another; a muted one stays muted.
    pub fn replace(&mut self, at: usize, lever: Lever) {
        if let Some(row) = self.rows.get_mut(at) {
            row.lever = lever;
            self.cursor = at;
        }
    }

    /// Mutes a lever, or counts it again.
    pub fn mute(&mut self, at: usize) {
        if let Some(row) = self.rows.get_mut(at) {
            row.muted = !row.muted;
        }
    }

    /// Takes a lever away; the hand lands on the one below.
    pub fn remove(&mut self, at: usize) -> Option<Taken> {
        let row = (at < self.rows.len()).then(|| self.rows.remove(at))?;
        if at < self.cursor {
            self.cursor -= 1;
        }
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        Some(Taken { rows: vec![(at, row)], kept: None })
    }

    /// Takes all levers away; they are no longer those of a scenario.
    pub fn clear(&mut self) -> Option<Taken> {
        self.cursor = 0;
        let kept = self.kept.take();
        let rows: Vec<(usize, LeverRow)> = std::mem::take(&mut self.rows).into_iter().enumerate().collect();
        (!rows.is_empty()).then_some(Taken { rows, kept })
    }

    /// Puts back what was taken away, where it was; the hand goes to the first of it. What was done since stays.
    pub fn put_back(&mut self, taken: &Taken) {
        if self.rows.is_empty() && self.kept.is_none() {
            self.kept.clone_from(&taken.kept);
        }
        for (at, row) in &taken.rows {
            self.rows.insert((*at).min(self.rows.len()), row.clone());
        }
        self.cursor = taken.rows.first().map_or(0, |(at, _)| (*at).min(self.rows.len().saturating_sub(1)));
    }

    /// Takes away again what was put back, wherever it is by now.
    pub fn take_again(&mut self, taken: &Taken) {
        // The last one first, so that those before it stand where they stood.
        for (at, row) in taken.rows.iter().rev() {
            let same = |it: &LeverRow| it == row;
            let there = self.rows.get(*at).is_some_and(same).then_some(*at);
            if let Some(at) = there.or_else(|| self.rows.iter().position(same)) {
                self.remove(at);
            }
        }
        if taken.kept.is_some() && self.rows.is_empty() {
            self.kept = None;
        }
    }

    /// Moves a lever one down, or up; the hand goes with it.
    pub fn shift(&mut self, at: usize, down: bool) {
        let to = if down { at.saturating_add(1) } else { at.saturating_sub(1) };
        if at < self.rows.len() && to < self.rows.len() {
            self.rows.swap(at, to);
            self.cursor = to;
        }
    }

    /// Takes up the levers of a scenario.
    pub fn take_up(&mut self, scenario: &Scenario) {
        *self =
            Self { open: true, kept: Some(scenario.id.clone()), rows: scenario.levers.clone(), cursor: 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Percent;

    fn draft(percents: &[i64]) -> WhatIfDraft {
        let lever = |percent: &i64| Lever::Deposit { percent: Percent::new((*percent).into()) };
        let rows = percents.iter().map(|percent| LeverRow::new(lever(percent))).collect();
        WhatIfDraft { open: true, kept: None, rows, cursor: 0 }
    }

    #[test]
    fn the_hand_follows_what_is_added_moved_and_removed() {
        let mut it = draft(&[1, 2, 3]);
        it.add(Lever::Deposit { percent: Percent::new(9.into()) });
        assert_eq!((it.cursor, it.rows.len()), (1, 4));
        it.shift(1, true);
        assert_eq!((it.cursor, it.rows.get(2) == draft(&[9]).rows.first()), (2, true));
        it.shift(3, true);
        it.shift(0, false);
        assert_eq!((it.cursor, it.rows.len()), (0, 4));
        it.cursor = 3;
        assert!(it.remove(3).is_some() && it.cursor == 2);
        assert!(it.remove(0).is_some() && it.cursor == 1);
        assert!(it.remove(7).is_none() && it.rows.len() == 2);
        it.replace(7, Lever::Deposit { percent: Percent::ZERO });
        it.mute(7);
        assert_eq!((it.levers().len(), it.cursor), (2, 1));
    }

    #[test]
    fn what_is_muted_or_closed_does_not_count() {
        let mut it = draft(&[1, 2]);
        it.mute(0);
        assert_eq!(it.levers(), [Lever::Deposit { percent: Percent::new(2.into()) }]);
        it.replace(0, Lever::Deposit { percent: Percent::new(7.into()) });
        assert_eq!(it.levers().len(), 1);
        it.open = false;
        assert!(it.levers().is_empty());
    }
}
