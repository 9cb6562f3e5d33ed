//! Runway: for how long the money lasts when nothing new is agreed.

use std::ops::ControlFlow;

use crate::domain::Money;

use super::{Draws, Flow, Layer, Layers, Paths, SetAside};

/// So many weeks are looked at.
pub const RUNWAY_WEEKS: i64 = 104;

/// For how many whole weeks the balance stays at the reserve or above it (at nought or above, without a reserve). `None`:
/// for all of two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runway {
    /// When only committed money comes and goes: at the median of its paths.
    pub committed_weeks: Option<i64>,
    /// When nothing comes in any more from today on, and what is committed goes out.
    pub without_receipts_weeks: Option<i64>,
}

impl Runway {
    /// From what is to come or go within [`RUNWAY_WEEKS`].
    pub(super) fn of(
        flows: &[Flow],
        set_aside: &SetAside,
        opening: Money,
        reserve: Option<Money>,
        draws: &Draws,
    ) -> Self {
        let reserve = reserve.unwrap_or(Money::zero(opening.currency));
        let committed: Vec<Flow> =
            flows.iter().filter(|flow| flow.layer == Layer::Committed).cloned().collect();
        let going: Vec<Flow> =
            committed.iter().filter(|flow| flow.amount.amount.is_sign_negative()).cloned().collect();
        let draws = Draws { days: RUNWAY_WEEKS * 7, ..*draws };
        let weeks = |flows: &[Flow]| weeks(&Paths::of(flows, set_aside, &draws), opening, reserve);
        Self { committed_weeks: weeks(&committed), without_receipts_weeks: weeks(&going) }
    }
}

/// How many whole weeks pass until the median of the paths is under the reserve.
fn weeks(paths: &Paths, opening: Money, reserve: Money) -> Option<i64> {
    let under = paths.unit().at_least(reserve.amount - opening.amount);
    if under > 0 {
        return Some(0);
    }
    let mut weeks = None;
    paths.walk(Layers::default(), |position, sums| {
        let below = sums.iter().filter(|sum| **sum < under).count();
        // The median is the smallest value that half of the draws do not exceed.
        if below >= sums.len().div_ceil(2) {
            weeks = i64::try_from(position / 7).ok();
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    weeks
}
