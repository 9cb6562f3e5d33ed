//! From a drawn number to a day, quickly: the thresholds of a chance, and a guide to where they lie.

use super::Pmf;
use super::random::normal_quantile;

/// Into so many equal pieces the range of drawn numbers is cut: so many that few hold more than one threshold.
const PIECES: usize = 1_024;

/// The thresholds below which a drawn number means the first day, the second, and so on.
pub(super) struct Steps {
    /// One for each day, never falling; and one above all numbers, which stands for all later days.
    edges: Vec<f64>,
    /// For each piece of the range the first threshold that is not below it: where to look from.
    guide: Vec<u32>,
    /// Where the range begins …
    low: f64,
    /// … and how many pieces there are to one.
    per_one: f64,
}

impl Steps {
    /// For numbers drawn uniformly between nought and one.
    pub(super) fn of(pmf: &Pmf, days: usize) -> Self {
        Self::new(chances(pmf, days).collect(), 0.0, 1_024.0)
    }

    /// For standard normal numbers.
    pub(super) fn of_normal(pmf: &Pmf, days: usize) -> Self {
        Self::new(chances(pmf, days).map(normal_quantile).collect(), -4.0, 128.0)
    }

    fn new(mut edges: Vec<f64>, low: f64, per_one: f64) -> Self {
        edges.push(f64::INFINITY);
        let mut guide = Vec::with_capacity(PIECES);
        let (mut first, mut from) = (0_u32, low);
        let mut rest = edges.iter().peekable();
        for piece in 0..PIECES {
            // What lies below the range falls into its first piece.
            let begins = if piece == 0 { f64::NEG_INFINITY } else { from };
            while rest.next_if(|edge| **edge < begins).is_some() {
                first += 1;
            }
            guide.push(first);
            from += 1.0 / per_one;
        }
        Self { edges, guide, low, per_one }
    }

    /// The position of the day that a drawn number means, counted from nought; the number of days beyond the last one.
    pub(super) fn position(&self, drawn: f64) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a float outside of the range becomes its nearest end"
        )]
        let piece = (((drawn - self.low) * self.per_one) as usize).min(PIECES - 1);
        let position = self.guide.get(piece).copied().unwrap_or(0);
        // Whether the first threshold is passed is a matter of chance, which no processor foresees: it is counted, not
        // asked. That a second one is passed too is rare.
        let mut position = position + u32::from(self.is_beyond(drawn, position));
        while self.is_beyond(drawn, position) {
            position += 1;
        }
        position
    }

    fn is_beyond(&self, drawn: f64, position: u32) -> bool {
        self.edges.get(position as usize).is_some_and(|edge| drawn > *edge)
    }

    /// The position of the day on which something comes for certain; `days` where it does not come in so many days;
    /// `None` where that is left to chance.
    pub(super) fn certain(pmf: &Pmf, days: usize) -> Option<usize> {
        let first = chances(pmf, days).position(|chance| chance > 0.0);
        match first {
            None => Some(days),
            Some(position) => {
                chances(pmf, days).nth(position).filter(|chance| *chance >= 1.0).map(|_| position)
            }
        }
    }
}

/// The chance that it came by the first day, the second, and so on.
fn chances(pmf: &Pmf, days: usize) -> impl Iterator<Item = f64> {
    (1..).take(days).map(|day| pmf.within(day))
}
