//! The rows of the part of a page that leads out: my side, the ladder, what they owe, what is left behind.

use super::{Page, Rung};

/// A row of it, by its position among its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOutRow {
    /// Something I owe.
    Mine(usize),
    /// A step of the ladder.
    Step(Rung),
    /// An invoice they owe.
    Theirs(usize),
    /// Something to be finished or handed over.
    Hand(usize),
}

impl Page {
    /// The rows of the way out, in order.
    #[must_use]
    pub fn way_out(&self) -> Vec<WayOutRow> {
        let leaving = &self.leaving;
        let mine = (0..leaving.mine.len()).map(WayOutRow::Mine);
        let steps = Rung::ALL.into_iter().map(WayOutRow::Step);
        let theirs = (0..leaving.theirs.len()).map(WayOutRow::Theirs);
        let hand = (0..leaving.hand.len()).map(WayOutRow::Hand);
        mine.chain(steps).chain(theirs).chain(hand).collect()
    }
}
