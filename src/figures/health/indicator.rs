//! The seven indicators, their names and weights.

use rust_decimal::Decimal;

use crate::domain::{Business, WEIGHTS, WeightRow};

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

    /// Its name in reports and in the `weights` of a book, what it asks, and how much it counts where a book says nothing.
    #[must_use]
    pub fn row(self) -> WeightRow {
        let [pays, effort, price, lines, writing, returns, speaks] = WEIGHTS;
        match self {
            Self::Pays => pays,
            Self::Effort => effort,
            Self::Price => price,
            Self::Lines => lines,
            Self::Writing => writing,
            Self::Returns => returns,
            Self::Speaks => speaks,
        }
    }

    /// Its name in reports, and in the `weights` of a book.
    #[must_use]
    pub fn token(self) -> &'static str {
        self.row().name
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
            Self::Pays => "days late on average",
            Self::Effort => "an hour",
            Self::Price => "pushes a deal",
            Self::Lines => "days since the last touch",
            Self::Writing => "of value signed and paid down",
            Self::Returns => "chance to order within 12 months",
            Self::Speaks => "good words",
        }
    }

    /// What its value counts where it is one.
    #[must_use]
    pub fn unit_of_one(self) -> &'static str {
        match self {
            Self::Pays => "day late on average",
            Self::Price => "push a deal",
            Self::Lines => "day since the last touch",
            Self::Speaks => "good word",
            Self::Effort | Self::Writing | Self::Returns => self.unit(),
        }
    }

    /// How much it counts in a book; never below nought.
    #[must_use]
    pub fn weight(self, business: &Business) -> Decimal {
        business.weight(self.row())
    }

    /// The weights of all, in the order of [`Self::ALL`].
    #[must_use]
    pub fn weights(business: &Business) -> Vec<Decimal> {
        Self::ALL.into_iter().map(|indicator| indicator.weight(business)).collect()
    }
}
