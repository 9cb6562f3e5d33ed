//! A what-if beside the forecast: the same book and the same draws, some flows changed by levers.

use std::sync::Arc;

use crate::domain::{Lever, days_between};

use super::what_if::{Comparison, Side};
use super::{Forecast, Layers};

/// A forecast under levers, and what differs from the one without them.
#[derive(Debug, Clone, PartialEq)]
pub struct Fork {
    /// The levers, in the order they were pulled.
    pub levers: Vec<Lever>,
    /// Under the levers.
    pub forecast: Arc<Forecast>,
    /// What differs, for each choice of layers.
    differences: Vec<(Layers, Comparison)>,
}

impl Fork {
    /// What differs under levers from a forecast of the same book, day and horizon.
    #[must_use]
    pub fn of(base: &Forecast, forecast: Arc<Forecast>, levers: &[Lever]) -> Self {
        let days = days_between(base.day, base.until);
        let differences = base.fans.iter().filter_map(|fan| {
            let without = Side { fan, flows: &base.flows };
            let with = Side { fan: forecast.fan(fan.layers)?, flows: &forecast.flows };
            Some((fan.layers, Comparison::of(without, with, base.day, days)))
        });
        let differences = differences.collect();
        Self { levers: levers.to_vec(), forecast, differences }
    }

    /// What differs when these layers are counted.
    #[must_use]
    pub fn difference(&self, layers: Layers) -> Option<&Comparison> {
        self.differences.iter().find(|(of, _)| *of == layers).map(|(_, difference)| difference)
    }
}
