//! How the view Cash looks ahead: how far, at which layers, and at which day.

use chrono::NaiveDate;

use crate::domain::{add_days, days_between};
use crate::figures::forecast::Layers;
use crate::figures::proof::FigureKey;

/// How far ahead one can look, in weeks.
pub const HORIZONS: [u32; 5] = [4, 8, 13, 26, 52];

/// Which line of the fan is drawn strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quantile {
    /// Nine in ten run above it.
    P10,
    /// Half run above it.
    #[default]
    P50,
    /// One in ten runs above it.
    P90,
}

/// What stands beside the fan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CashSide {
    /// What comes and goes, day by day.
    #[default]
    Days,
    /// Why the month looks different than on an earlier day.
    Why,
}

/// How Cash looks ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashPlace {
    /// How many weeks ahead: one of [`HORIZONS`].
    pub weeks: u32,
    /// Which layers beside the committed one are counted.
    pub layers: Layers,
    /// The day the cursor of the fan is at, once it went there.
    pub day: Option<NaiveDate>,
    /// Whether the hand went to that day last, and not to the list of receipts.
    pub at_day: bool,
    /// Which line is drawn strongest.
    pub quantile: Quantile,
    /// What stands beside the fan.
    pub side: CashSide,
    /// How many days back the month is compared with.
    pub since_days: i64,
    /// The row of that comparison the cursor is at, by its figure; the first one where it went nowhere yet.
    pub change: Option<FigureKey>,
    /// The month the cursor of the bars is at; the last one where it went nowhere yet.
    pub month: Option<NaiveDate>,
}

impl Default for CashPlace {
    fn default() -> Self {
        Self {
            weeks: 13,
            layers: Layers { likely: true, possible: false },
            day: None,
            at_day: false,
            quantile: Quantile::default(),
            side: CashSide::default(),
            since_days: 7,
            change: None,
            month: None,
        }
    }
}

impl CashPlace {
    /// How many days ahead.
    #[must_use]
    pub fn days(&self) -> i64 {
        i64::from(self.weeks) * 7
    }

    /// The next longer or shorter horizon; `None` where there is none.
    #[must_use]
    pub fn horizon(&self, longer: bool) -> Option<u32> {
        if longer {
            HORIZONS.into_iter().find(|weeks| *weeks > self.weeks)
        } else {
            HORIZONS.into_iter().rev().find(|weeks| *weeks < self.weeks)
        }
    }

    /// The day of the fan's cursor as of `today`, kept within what is looked at; without one, the first day ahead.
    #[must_use]
    pub fn day_at(&self, today: NaiveDate) -> NaiveDate {
        let day = self.day.unwrap_or(today);
        let ahead = days_between(today, day).clamp(1, self.days());
        add_days(today, ahead)
    }
}

impl Quantile {
    /// The next one round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::P50 => Self::P10,
            Self::P10 => Self::P90,
            Self::P90 => Self::P50,
        }
    }
}
