//! Runway: for how long the money lasts when nothing new is agreed.

use std::ops::ControlFlow;

use crate::domain::Money;

use super::{Draws, Flow, Layer, Layers, Paths, SetAside};

/// So many weeks are looked at.
pub const RUNWAY_WEEKS: i64 = 104;

/// For how many whole weeks the balance stays at the reserve or above it (at nought or above, without a reserve). `None`:
/// for all of two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runway {
    /// When only committed money comes and goes: at the median of its paths.
    pub committed_weeks: Option<i64>,
    /// When nothing comes in any more from today on, and what is committed goes out.
    pub without_receipts_weeks: Option<i64>,
    /// By how much the median of the committed paths is above the reserve, at the end of each week for which the money
    /// lasts.
    pub above: Vec<Money>,
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
        let (committed_weeks, above) = weeks(&committed);
        Self { committed_weeks, without_receipts_weeks: weeks(&going).0, above }
    }
}

/// How many whole weeks pass until the median of the paths is under the reserve, and by how much it is above it at the end
/// of each.
fn weeks(paths: &Paths, opening: Money, reserve: Money) -> (Option<i64>, Vec<Money>) {
    let unit = paths.unit();
    let under = unit.at_least(reserve.amount - opening.amount);
    if under > 0 {
        return (Some(0), Vec::new());
    }
    let (mut weeks, mut above) = (None, Vec::new());
    paths.walk(Layers::default(), |position, sums| {
        let below = sums.iter().filter(|sum| **sum < under).count();
        // The median is the smallest value that half of the draws do not exceed.
        let half = sums.len().div_ceil(2);
        if below >= half {
            weeks = i64::try_from(position / 7).ok();
            return ControlFlow::Break(());
        }
        if position % 7 == 6 {
            let mut sums = sums.to_vec();
            let (_, median, _) = sums.select_nth_unstable(half.saturating_sub(1));
            let left = opening.amount + unit.money(*median).amount - reserve.amount;
            above.push(Money::new(left, opening.currency));
        }
        ControlFlow::Continue(())
    });
    (weeks, above)
}
