//! The chance of winning a deal, weighed the same way wherever a value is.

use rust_decimal::Decimal;

use crate::domain::{Percent, Phase};

/// A chance as a fraction between nought and one: more than certain, or less than nothing, is a slip of the pen.
pub(super) fn fraction(chance: Percent) -> Decimal {
    chance.fraction().clamp(Decimal::ZERO, Decimal::ONE)
}

/// The chance of a deal, a fraction of one: decided once its stage is; before, the one set by hand, else its stage's, and
/// `None` without either.
///
/// The board's stages have learnt theirs from the deals of all clients; Today, which looks at one client, takes what is set
/// for the stage. Both fractions are those of [`fraction`].
pub(super) fn chance_of_deal(
    phase: Phase,
    by_hand: Option<Decimal>,
    of_stage: Option<Decimal>,
) -> Option<Decimal> {
    match phase {
        Phase::Won | Phase::Closed => Some(Decimal::ONE),
        Phase::Lost => Some(Decimal::ZERO),
        Phase::Open => by_hand.or(of_stage),
    }
}
