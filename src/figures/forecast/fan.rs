//! Where the balance may run: the bands of many drawn paths, and their lowest points.

use chrono::NaiveDate;

use crate::domain::Money;

/// Which layers beside the committed one are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Layers {
    /// Whether what is expected from habit is.
    pub likely: bool,
    /// Whether open deals are.
    pub possible: bool,
}

impl Layers {
    /// Every choice of layers, the committed one alone first.
    pub const ALL: [Self; 4] = [
        Self { likely: false, possible: false },
        Self { likely: true, possible: false },
        Self { likely: false, possible: true },
        Self { likely: true, possible: true },
    ];
}

/// How the balance may run.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Which layers are counted.
    pub layers: Layers,
    /// Day by day, from the first one after the day of the forecast.
    pub days: Vec<FanDay>,
    /// The lowest points of the paths.
    pub lowest: Lowest,
}

/// Where the balance may be at the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct FanDay {
    /// The day.
    pub day: NaiveDate,
    /// So much or less in 2.5 %, 10 %, 25 %, 50 %, 75 %, 90 % and 97.5 % of the paths.
    pub quantiles: [Money; 7],
}

/// The lowest points of the paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowest {
    /// The day on which the balance is lowest, taken at its median; of several the first.
    pub day: NaiveDate,
    /// Half of the paths stay above this all the time.
    pub median: Money,
    /// Nine in ten of the paths stay above this all the time: the 10 % quantile of each path's own minimum.
    pub nine_in_ten: Money,
    /// The share of paths that go under the reserve on some day; `None` without a reserve or a balance.
    pub under_reserve: Option<f64>,
}

impl FanDay {
    /// The median.
    #[must_use]
    pub fn median(&self) -> Money {
        let [_, _, _, median, ..] = self.quantiles;
        median
    }
}
