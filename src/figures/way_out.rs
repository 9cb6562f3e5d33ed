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

    /// What tells one of these rows from the others whatever comes and goes around it; `None` where there is no such row.
    #[must_use]
    pub fn way_out_key(&self, row: WayOutRow) -> Option<String> {
        let leaving = &self.leaving;
        Some(match row {
            WayOutRow::Mine(at) => {
                let (table, id) = &leaving.mine.get(at)?.record;
                format!("mine/{table}/{id}")
            }
            WayOutRow::Step(rung) => format!("step/{}", rung.title()),
            WayOutRow::Theirs(at) => format!("theirs/{}", leaving.theirs.get(at)?.invoice),
            // One deal can leave several things behind, such as the parts of its price.
            WayOutRow::Hand(at) => {
                let hand = leaving.hand.get(at)?;
                let ((table, id), day) = (&hand.record, hand.day.unwrap_or_default());
                let before = leaving
                    .hand
                    .iter()
                    .take(at)
                    .filter(|it| (&it.record, it.kind, it.day) == (&hand.record, hand.kind, hand.day));
                format!("hand/{table}/{id}/{}/{day}/{}", hand.what, before.count())
            }
        })
    }
}
