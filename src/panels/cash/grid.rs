//! Where the parts of the view stand.

use egui::{Rect, Vec2, pos2, vec2};

use crate::kit::theme::space;

/// From this width on there are two columns, in points.
const WIDE_FROM: f32 = 900.0;
/// From this width on small parts stand side by side.
const HALVES_FROM: f32 = 600.0;
/// Between columns and between rows.
const GAP: f32 = space::XL;
/// Height of a small chart with its head.
const CHART: f32 = 200.0;
/// Height of the ageing with its head.
const AGEING: f32 = 184.0;
/// The least height of the fan with its head, its choices and its sentence.
const FAN_AT_LEAST: f32 = 250.0;
/// The least height of the list of receipts: its heads and four rows.
const LIST_AT_LEAST: f32 = 232.0;
/// Height of the levers of a what-if where they stand alone: what differs, five levers, and what else follows.
const LEVERS: f32 = 420.0;

/// The place of each part, from the top left corner of the view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    pub(super) strip: Rect,
    pub(super) fan: Rect,
    pub(super) side: Rect,
    pub(super) expected: Rect,
    pub(super) ageing: Rect,
    pub(super) record: Rect,
    pub(super) months: Rect,
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

    fn thirds(self) -> [Rect; 3] {
        let third = (self.width - 2.0 * GAP) / 3.0;
        [0.0, 1.0, 2.0].map(|before| self.columns(before * (third + GAP), third))
    }

    /// The band below it.
    fn next(self, height: f32) -> Self {
        Self { top: self.top + self.height + GAP, height, ..self }
    }
}

impl Grid {
    /// The grid of a view of this size. While one is `assuming`, the levers of the what-if stand beside the fan and have more
    /// room than what stands there else.
    pub(super) fn of(size: Vec2, assuming: bool) -> Self {
        let margin = if size.x >= WIDE_FROM { space::XL } else { space::L };
        let width = size.x - 2.0 * margin;
        let strip = Band { left: margin, width, top: space::M, height: super::strip::height(width) };
        if size.x >= WIDE_FROM {
            let grid = Self::wide(size, strip);
            return if assuming { grid.with_levers(strip) } else { grid };
        }
        Self::narrow(size, strip, assuming)
    }

    /// The wide grid while one is assuming: the levers reach down to the end of the list, and what stood there joins the
    /// months below it.
    fn with_levers(self, strip: Band) -> Self {
        let below = Band { top: self.expected.bottom() + GAP, height: CHART, ..strip };
        let [ageing, record, months] = below.thirds();
        Self { side: self.side.with_max_y(self.expected.bottom()), ageing, record, months, ..self }
    }

    /// Fan and receipts take two thirds; what belongs to them stands beside. Months are scrolled to where the view is low.
    fn wide(size: Vec2, strip: Band) -> Self {
        let third = (strip.width * 0.31).clamp(290.0, 480.0);
        let rest = strip.width - third - GAP;
        let fan = strip.next((size.y - 400.0).clamp(FAN_AT_LEAST, 420.0));
        let left = size.y - (fan.top + fan.height + GAP) - space::S;
        let with_months = left - CHART - GAP;
        let lists =
            fan.next(if with_months >= LIST_AT_LEAST { with_months } else { left.max(LIST_AT_LEAST) });
        let months = lists.next(CHART);
        let beside = lists.columns(rest + GAP, third);
        // Where the list is high the record has room under the ageing.
        let split = (lists.height >= AGEING + GAP + CHART).then(|| beside.top() + AGEING);
        Self {
            strip: strip.whole(),
            fan: fan.columns(0.0, rest),
            side: fan.columns(rest + GAP, third),
            expected: lists.columns(0.0, rest),
            ageing: split.map_or(beside, |split| beside.with_max_y(split)),
            record: split.map_or(months.columns(rest + GAP, third), |split| beside.with_min_y(split + GAP)),
            months: if split.is_some() { months.whole() } else { months.columns(0.0, rest) },
            height: (months.top + months.height + space::S).floor(),
        }
    }

    /// One column, in which only small parts stand side by side; the fan is met first, the list fills a screen of its own.
    fn narrow(size: Vec2, strip: Band, assuming: bool) -> Self {
        let fan = strip.next(FAN_AT_LEAST);
        let list = fan.next((size.y - FAN_AT_LEAST).clamp(LIST_AT_LEAST, 420.0));
        let side = list.next(if assuming { LEVERS } else { CHART + GAP * 2.0 });
        let small = side.next(CHART);
        let (ageing, record, last) = if size.x >= HALVES_FROM {
            let [left, right] = small.halves();
            (left, right, small)
        } else {
            let below = small.next(CHART);
            (small.whole(), below.whole(), below)
        };
        let months = last.next(CHART);
        Self {
            strip: strip.whole(),
            fan: fan.whole(),
            side: side.whole(),
            expected: list.whole(),
            ageing,
            record,
            months: months.whole(),
            height: (months.top + months.height + space::M).floor(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_lies_over_another_or_outside_of_the_view() {
        for (width, assuming) in [480.0, 599.0, 700.0, 772.0, 1000.0, 1090.0, 1364.0, 1900.0]
            .into_iter()
            .flat_map(|width| [(width, false), (width, true)])
        {
            for height in [500.0, 640.0, 690.0, 1000.0] {
                let grid = Grid::of(vec2(width, height), assuming);
                let view = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, grid.height));
                let parts =
                    [grid.strip, grid.fan, grid.side, grid.expected, grid.ageing, grid.record, grid.months];
                for (index, part) in parts.iter().enumerate() {
                    assert!(view.contains_rect(*part), "{width} {height} {part}");
                    assert!(part.height() >= 80.0 && part.width() >= 280.0, "{width} {height} {part}");
                    let others = parts.iter().skip(index + 1);
                    assert!(others.clone().all(|other| !other.shrink(0.5).intersects(*part)));
                }
            }
        }
    }

    #[test]
    fn fan_and_receipts_are_on_the_first_screen_of_a_wide_view_and_all_of_it_on_a_high_one() {
        assert!(Grid::of(vec2(1090.0, 690.0), false).expected.bottom() <= 690.0);
        assert!(Grid::of(vec2(1000.0, 640.0), false).expected.bottom() <= 640.0);
        for assuming in [false, true] {
            assert!(Grid::of(vec2(1730.0, 1090.0), assuming).height <= 1090.0);
        }
    }

    #[test]
    fn levers_have_the_height_of_fan_and_list_and_nothing_else_of_a_wide_view_moves() {
        let size = vec2(1090.0, 690.0);
        let (facts, assuming) = (Grid::of(size, false), Grid::of(size, true));
        assert!(assuming.side.height() > 480.0, "{}", assuming.side);
        assert_eq!((facts.fan, facts.expected), (assuming.fan, assuming.expected));
        assert!((facts.height - assuming.height).abs() < 0.5);
    }
}
