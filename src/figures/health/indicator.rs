//! The seven indicators, their names and weights.

use rust_decimal::Decimal;

use crate::domain::Business;

/// One of the seven things that tell whether a client is good for the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indicator {
    /// Pays as agreed, and keeps promises to pay.
    Pays,
    /// Leaves enough for an hour worked.
    Effort,
    /// Does not push price or scope.
    Price,
    /// Stays in touch, answers, keeps promises.
    Lines,
    /// Agrees in writing and pays something down before work.
    Writing,
    /// Orders again.
    Returns,
    /// Speaks well of the firm.
    Speaks,
}

impl Indicator {
    /// Every indicator, in the order they are shown.
    pub const ALL: [Self; 7] =
        [Self::Pays, Self::Effort, Self::Price, Self::Lines, Self::Writing, Self::Returns, Self::Speaks];

    /// Its name in reports, and in the `weights` of a book.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::Pays => "pays_as_agreed",
            Self::Effort => "worth_the_effort",
            Self::Price => "respects_the_price",
            Self::Lines => "open_lines",
            Self::Writing => "in_writing",
            Self::Returns => "comes_back",
            Self::Speaks => "speaks_well",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Pays => "Pays as agreed",
            Self::Effort => "Worth the effort",
            Self::Price => "Respects the price",
            Self::Lines => "Open lines",
            Self::Writing => "In writing",
            Self::Returns => "Comes back",
            Self::Speaks => "Speaks well",
        }
    }

    /// What its value counts.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Pays => "days beyond terms",
            Self::Effort => "an hour",
            Self::Price => "pushes a deal",
            Self::Lines => "days since the last touch",
            Self::Writing => "of the value started",
            Self::Returns => "chance to order within 12 months",
            Self::Speaks => "good words",
        }
    }

    /// How much it counts in the score where a book states no weight of its own. They add up to 100.
    #[must_use]
    pub fn built_in_weight(self) -> Decimal {
        Decimal::from(match self {
            Self::Pays => 25,
            Self::Effort => 20,
            Self::Returns => 15,
            Self::Price | Self::Lines | Self::Writing | Self::Speaks => 10,
        })
    }

    /// How much it counts in a book; never below nought.
    #[must_use]
    pub fn weight(self, business: &Business) -> Decimal {
        let own = business.weights.get(self.token()).copied();
        own.unwrap_or_else(|| self.built_in_weight()).max(Decimal::ZERO)
    }

    /// The weights of all, in the order of [`Self::ALL`].
    #[must_use]
    pub fn weights(business: &Business) -> Vec<Decimal> {
        Self::ALL.into_iter().map(|indicator| indicator.weight(business)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_add_up_to_a_hundred() {
        let sum: Decimal = Indicator::ALL.into_iter().map(Indicator::built_in_weight).sum();
        assert_eq!(sum, Decimal::ONE_HUNDRED);
    }
}
