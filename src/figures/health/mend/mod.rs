//! The smallest change that would mend an indicator, of a few that one can really bring about.
//!
//! What is offered, with its cost in points of effort, and for which indicators:
//!
//! | change | cost | offered for |
//! |---|---|---|
//! | they pay an overdue invoice | 2 | pays as agreed, worth the effort, in writing |
//! | a dispute is settled | 2 | pays as agreed |
//! | they order once more and pay on the day (up to three times) | 5 | pays as agreed, comes back |
//! | hours of finished work are billed up to break-even, and paid; at least what is left to bill of the deal | 4 | worth the effort |
//! | the same up to a good rate | 6 | worth the effort |
//! | where the price is billed in full: the next job leaves as much more than its hours at break-even; at a good rate | 5; 7 | worth the effort |
//! | less scope is agreed for a discount that was given | 2 | respects the price |
//! | the next job is signed before work, its down payment received, and no push (up to three jobs) | 5 | respects the price, in writing |
//! | I get in touch; they do | 1; 2 | open lines |
//! | a question of theirs is answered; of mine | 1; 2 | open lines |
//! | I keep a promise that is due or to come | 1 | open lines |
//! | they keep one | 2 | open lines |
//! | a regular fee is agreed | 6 | comes back |
//! | a word of praise, or a testimonial, is asked for and given | 2 | speaks well |
//! | they send somebody | 3 | speaks well |
//!
//! Of a client with whom it has ended nothing is offered, and of one with whom an end is agreed nothing to be ordered or agreed. Of many records of a kind the twenty-four foremost are offered: overdue invoices by what is open times the days it is late,
//! disputed ones and discounted deals by what they are worth, the oldest questions, the promises due soonest.
//!
//! [`Change::apply`] makes a scratch copy of a client's facts in which it happened on the day; the book is never touched. What a
//! mend claims is computed from such a copy, with what all clients have in common made anew from it.
//!
//! The mend of an indicator is the cheapest set of changes after which it is good (`health_good`); of equal cost the one that
//! lifts it most, then the one of fewer changes, then the first in the order of the table. Every set is tried where there are no
//! more than 2,048 of them: eleven changes, or more of which some come to the same. Where there are more, or more than 500 records to
//! look through each time, of one kind only the six
//! that help most by themselves are tried, and where that still makes more, only sets of at most three. Where no set is enough, it
//! is the single change that lifts most for its cost; where no single one lifts it, the set that does.
//! What is past is not undone: a push, a complaint or a loss counts until it is older than what health looks back on, and where
//! nothing helps, the answer says on which day that is.

mod change;
mod offer;
mod search;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{Business, ClientId};
use crate::figures::{Answer, Figures};

use super::Indicator;
use search::Search;

pub use change::{Change, UpTo};
pub use offer::offered;

/// What would mend an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    /// One change or several.
    pub changes: Vec<Change>,
    /// What they cost together, in points of effort.
    pub cost: u32,
    /// The points the indicator has.
    pub from: Decimal,
    /// The points it would have.
    pub to: Decimal,
    /// Whether it would be good then.
    pub mended: bool,
    /// In a sentence that begins with the gain: `+27 points if they pay invoice 1042 (2,400.00 EUR): 55 → 82.`
    pub says: String,
}

impl Mend {
    /// The points before and after, as they are written: what is not enough does not look so by rounding, nor what helps a
    /// little as if it did not.
    pub(in crate::figures) fn shown(&self) -> (Decimal, Decimal) {
        let (was, is) = (self.from.round(), if self.mended { self.to.round() } else { self.to.floor() });
        if was < is {
            return (was.normalize(), is.normalize());
        }
        let is = self.to.round_dp_with_strategy(2, RoundingStrategy::ToZero);
        (self.from.round_dp(2).normalize(), is.normalize())
    }

    /// By how many points it would be higher, as they are written.
    #[must_use]
    pub fn gain(&self) -> Decimal {
        let (was, is) = self.shown();
        is.saturating_sub(was).normalize()
    }

    /// The changes in a few words.
    #[must_use]
    pub fn in_short(&self) -> String {
        let Some(first) = self.changes.first().map(Change::in_short) else { return String::new() };
        match self.changes.len() {
            0 | 1 => first,
            all => format!("{first} and {} more", all - 1),
        }
    }
}

/// What would mend each indicator of a client, in the order of [`Indicator::ALL`]. `None` where it is good already; unknown
/// where it is itself, or where nothing offered lifts it.
pub type Mends = Vec<(Indicator, Answer<Option<Mend>>)>;

/// What would mend a client's indicators; nothing of a client that is not among the figures. It is searched for, which takes
/// some milliseconds: ask for a client's page, not for every client.
#[must_use]
pub fn mends(business: &Business, figures: &Figures, id: &ClientId) -> Mends {
    let search = Search::of(business, figures, id);
    let each = |search: Search<'_>| Indicator::ALL.map(|it| (it, search.mend(it))).to_vec();
    search.map(each).unwrap_or_default()
}
