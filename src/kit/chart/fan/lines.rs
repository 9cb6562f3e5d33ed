//! The lines and bands of a fan on the screen.

use egui::{Pos2, Rect, pos2};

use super::{Fan, MEDIAN, Spread};
use crate::kit::chart::axis::{self, Ticks};
use crate::kit::chart::days::Days;
use crate::kit::chart::path::{self, Slice};

/// Where everything stands on the screen.
pub(super) struct Place {
    pub(super) plot: Rect,
    pub(super) days: Days,
    pub(super) ticks: Ticks,
    pub(super) pixel: f32,
}

impl Place {
    pub(super) fn at(&self, day: f64, value: f64) -> Pos2 {
        pos2(self.days.x_of(day), axis::y_of(value, &self.ticks, self.plot.y_range()))
    }
}

/// The lines and bands as they stand on the screen.
pub(super) struct Lines {
    pub(super) past: Vec<Pos2>,
    /// From the outer to the inner; empty without days ahead.
    pub(super) bands: Vec<Vec<Slice>>,
    pub(super) median: Vec<Pos2>,
    pub(super) chosen: Vec<Pos2>,
    pub(super) compared: Option<[Vec<Pos2>; 3]>,
}

impl Lines {
    pub(super) fn of(fan: &Fan<'_>, place: &Place) -> Self {
        let known = || fan.past.iter().copied().filter(|(day, value)| value.is_finite() && *day <= fan.today);
        let now = known().next_back().map(|(_, value)| Spread { day: fan.today, quantiles: [value; 7] });
        let ahead = whole(now, fan.ahead);
        let line = |spreads: &[Spread], index: usize| {
            let points =
                spreads.iter().filter_map(|spread| Some((spread.day, *spread.quantiles.get(index)?)));
            let points: Vec<Pos2> = points.map(|(day, value)| place.at(day, value)).collect();
            path::thin(&points, place.pixel)
        };
        let band = |(low, high): (usize, usize)| {
            let points = ahead.iter().filter_map(|spread| {
                let [low, high] = [low, high].map(|index| spread.quantiles.get(index).copied());
                let (top, bottom) = (place.at(spread.day, high?), place.at(spread.day, low?));
                Some(Slice { x: top.x, top: top.y.min(bottom.y), bottom: bottom.y.max(top.y) })
            });
            path::thin_band(&points.collect::<Vec<_>>(), place.pixel)
        };
        let bands = if ahead.is_empty() { Vec::new() } else { [(0, 6), (1, 5), (2, 4)].map(band).into() };
        let chosen = fan.quantile.map_or(MEDIAN, |(quantile, _)| quantile.index());
        let compared = fan.compared.map(|compared| whole(now, compared.ahead));
        let compared = compared.filter(|spreads| !spreads.is_empty());
        Self {
            past: steps(known().chain(now.map(|now| (fan.today, now.quantiles[MEDIAN]))), place),
            bands,
            median: line(&ahead, MEDIAN),
            chosen: line(&ahead, chosen),
            compared: compared.map(|spreads| [1, MEDIAN, 5].map(|index| line(&spreads, index))),
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Vec<Pos2>> {
        [&self.past, &self.median, &self.chosen].into_iter().chain(self.compared.iter().flatten())
    }
}

/// The days that can be drawn, opening from where the past ended. A single day is half a day wide to either side.
fn whole(now: Option<Spread>, ahead: &[Spread]) -> Vec<Spread> {
    let finite =
        |spread: &&Spread| spread.day.is_finite() && spread.quantiles.iter().all(|value| value.is_finite());
    let ahead: Vec<Spread> = ahead.iter().filter(finite).copied().collect();
    match ahead.as_slice() {
        [] => ahead,
        [only] if now.is_none() => [only.day - 0.5, only.day + 0.5].map(|day| Spread { day, ..*only }).into(),
        _ => now.into_iter().chain(ahead).collect(),
    }
}

/// A line on which each value holds until the next one.
fn steps(points: impl Iterator<Item = (f64, f64)>, place: &Place) -> Vec<Pos2> {
    let mut line: Vec<Pos2> = Vec::new();
    for (day, value) in points {
        let at = place.at(day, value);
        line.extend(line.last().map(|last| pos2(at.x, last.y)));
        line.push(at);
    }
    path::thin(&line, place.pixel)
}
