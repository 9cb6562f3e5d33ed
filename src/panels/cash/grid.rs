//! Where the parts of the view stand.

use egui::{Rect, Vec2, pos2, vec2};

use crate::kit::theme::space;

/// From this width on there are three columns, in points.
const WIDE_FROM: f32 = 900.0;
/// From this width on there are two.
const HALVES_FROM: f32 = 600.0;
/// Between columns and between rows.
const GAP: f32 = space::XL;
/// Height of a chart with its head, where the view is narrow.
const CHART: f32 = 200.0;
/// The least height of the list of receipts: its heads and four rows.
const LIST_AT_LEAST: f32 = 232.0;

/// The place of each part, from the top left corner of the view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    pub(super) strip: Rect,
    pub(super) months: Rect,
    /// No place where no balance is known.
    pub(super) balance: Option<Rect>,
    pub(super) ageing: Rect,
    pub(super) expected: Rect,
    pub(super) ahead: Rect,
    /// Of the whole view; more than there is where it has to scroll.
    pub(super) height: f32,
}

/// A row of the grid that is cut into columns.
#[derive(Clone, Copy)]
struct Band {
    left: f32,
    width: f32,
    top: f32,
    height: f32,
}

impl Band {
    fn whole(self) -> Rect {
        self.columns(0.0, self.width)
    }

    /// A part of it: from so far on, so wide.
    fn columns(self, from: f32, width: f32) -> Rect {
        let left_top = pos2((self.left + from).round(), self.top.round());
        Rect::from_min_size(left_top, vec2(width.round(), self.height.round()))
    }

    fn halves(self) -> [Rect; 2] {
        let half = (self.width - GAP) / 2.0;
        [self.columns(0.0, half), self.columns(half + GAP, half)]
    }
}

impl Grid {
    /// The grid of a view of this size. `ahead` is the height of the list of what lies ahead with all its rows.
    pub(super) fn of(size: Vec2, has_balance: bool, ahead: f32) -> Self {
        let margin = if size.x >= WIDE_FROM { space::XL } else { space::L };
        let width = size.x - 2.0 * margin;
        let strip = Band { left: margin, width, top: space::M, height: super::strip::height(width) };
        let next = |band: Band, height: f32| Band { top: band.top + band.height + GAP, height, ..band };
        if size.x >= WIDE_FROM {
            return Self::wide(size, strip, next, has_balance);
        }
        if size.x >= HALVES_FROM {
            return Self::narrow(size, strip, next, has_balance, ahead);
        }
        Self::stacked(size, strip, next, has_balance, ahead)
    }

    /// Three columns; the list of receipts takes the first two, and what lies ahead the third.
    fn wide(size: Vec2, strip: Band, next: impl Fn(Band, f32) -> Band, has_balance: bool) -> Self {
        let third = (strip.width * 0.3).clamp(280.0, 440.0);
        let rest = strip.width - third - GAP;
        let half = (rest - GAP) / 2.0;
        let charts = next(strip, (size.y * 0.28).clamp(196.0, 280.0));
        let left = size.y - (charts.top + charts.height + GAP) - space::S;
        let lists = next(charts, left.max(LIST_AT_LEAST));
        Self {
            strip: strip.whole(),
            months: charts.columns(0.0, if has_balance { half } else { rest }),
            balance: has_balance.then(|| charts.columns(half + GAP, half)),
            ageing: charts.columns(rest + GAP, third),
            expected: lists.columns(0.0, rest),
            ahead: lists.columns(rest + GAP, third),
            height: (lists.top + lists.height + space::S).floor(),
        }
    }

    /// Two columns of charts; the list fills what is left of the first screen, and the rest is scrolled to.
    fn narrow(
        size: Vec2,
        strip: Band,
        next: impl Fn(Band, f32) -> Band,
        has_balance: bool,
        ahead: f32,
    ) -> Self {
        let charts = next(strip, CHART);
        let list = next(charts, list_height(size, charts));
        let last = next(list, ahead.clamp(CHART, if has_balance { 280.0 } else { 360.0 }));
        let ([months, ageing], [left, right]) = (charts.halves(), last.halves());
        Self {
            strip: strip.whole(),
            months,
            balance: has_balance.then_some(left),
            ageing,
            expected: list.whole(),
            ahead: if has_balance { right } else { last.whole() },
            height: last.top + last.height + space::M,
        }
    }

    /// One column: figures and list on the first screen, all else below.
    fn stacked(
        size: Vec2,
        strip: Band,
        next: impl Fn(Band, f32) -> Band,
        has_balance: bool,
        ahead: f32,
    ) -> Self {
        let list = next(strip, list_height(size, strip));
        let months = next(list, CHART);
        let balance = has_balance.then(|| next(months, CHART));
        let ageing = next(balance.unwrap_or(months), CHART);
        let last = next(ageing, ahead.clamp(CHART, 360.0));
        Self {
            strip: strip.whole(),
            months: months.whole(),
            balance: balance.map(Band::whole),
            ageing: ageing.whole(),
            expected: list.whole(),
            ahead: last.whole(),
            height: last.top + last.height + space::M,
        }
    }
}

/// What is left of the first screen below `above`, but for the head of what follows: nobody would scroll to it unseen.
fn list_height(size: Vec2, above: Band) -> f32 {
    (size.y - (above.top + above.height + GAP) - (GAP + space::XXL)).max(LIST_AT_LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(grid: &Grid) -> Vec<Rect> {
        let places = [grid.strip, grid.months, grid.ageing, grid.expected, grid.ahead];
        places.into_iter().chain(grid.balance).collect()
    }

    #[test]
    fn no_part_lies_over_another_or_outside_of_the_view() {
        for width in [480.0, 599.0, 700.0, 772.0, 1000.0, 1090.0, 1364.0, 1900.0] {
            for height in [500.0, 640.0, 690.0, 1000.0] {
                for has_balance in [true, false] {
                    let grid = Grid::of(vec2(width, height), has_balance, 900.0);
                    let view = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, grid.height));
                    let parts = parts(&grid);
                    for (index, part) in parts.iter().enumerate() {
                        assert!(view.contains_rect(*part), "{width} {height} {part}");
                        assert!(part.height() >= 80.0 && part.width() >= 280.0, "{width} {height} {part}");
                        let others = parts.iter().skip(index + 1);
                        assert!(others.clone().all(|other| !other.shrink(0.5).intersects(*part)));
                    }
                }
            }
        }
    }

    #[test]
    fn a_wide_view_fits_without_scrolling_and_a_narrow_one_shows_the_whole_list_at_first() {
        assert!(Grid::of(vec2(1090.0, 690.0), true, 900.0).height <= 690.0);
        assert!(Grid::of(vec2(1000.0, 640.0), true, 900.0).height <= 640.0);
        let narrow = Grid::of(vec2(772.0, 712.0), true, 900.0);
        assert!(narrow.expected.bottom() < 712.0 && narrow.height > 712.0);
    }
}
