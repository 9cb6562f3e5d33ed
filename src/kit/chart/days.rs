//! An axis of days under a chart: where a day stands, and labels that never touch.

use egui::{Painter, Rangef, Rect, Stroke, pos2, vec2};

use super::axis;
use crate::kit::text::{self, Ink};
use crate::kit::theme::Tokens;

/// The days of an axis, and between which places on the screen they stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Days {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) across: Rangef,
}

impl Days {
    /// An axis that holds all of some days, at least one day long. Days that are not finite are left out.
    pub(super) fn holding(days: impl Iterator<Item = f64>, across: Rangef) -> Self {
        let (from, to) = days
            .filter(|day| day.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), day| (from.min(day), to.max(day)));
        let from = if from.is_finite() { from } else { 0.0 };
        Self { from, to: to.max(from + 1.0), across }
    }

    /// Whether a day is on the axis.
    pub(super) fn holds(&self, day: f64) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Where a day stands; days beyond the axis stand at its ends.
    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    pub(super) fn x_of(&self, day: f64) -> f32 {
        let part = (day - self.from) / (self.to - self.from);
        self.across.min + part.clamp(0.0, 1.0) as f32 * self.across.span()
    }

    /// The day nearest to a place, counted from the first one; `None` beside the axis.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "zero or more, and no more than the days of the axis"
    )]
    pub(super) fn index_at(&self, x: f32) -> Option<usize> {
        if !self.across.contains(x) || self.across.span() <= 0.0 {
            return None;
        }
        let part = f64::from((x - self.across.min) / self.across.span());
        Some((part * (self.to - self.from)).round() as usize)
    }
}

/// Paints a mark at each day, and under `plot` as many of the labels as fit: every one, every second, third and so on.
///
/// Labels that would touch `taken` are left out.
pub(super) fn paint_days(
    painter: &Painter,
    tokens: &Tokens,
    plot: Rect,
    days: &Days,
    labels: &[(f64, String)],
    taken: Option<Rect>,
) {
    const APART: f32 = 10.0;
    let ink = Ink::caption(tokens);
    let shown: Vec<(f32, &str, Rect)> = labels
        .iter()
        .filter(|(day, _)| days.holds(*day))
        .map(|(day, label)| {
            let x = days.x_of(*day);
            (x, label.as_str(), place_below(painter, plot, x, label, &ink))
        })
        .collect();
    let fits = |every: &usize| {
        let places = || shown.iter().step_by(*every).map(|(_, _, place)| place);
        places().zip(places().skip(1)).all(|(left, right)| left.right() + APART <= right.left())
    };
    let every = (1..=shown.len()).find(fits).unwrap_or(1);
    let marks = || shown.iter().map(|(x, ..)| axis::crisp(painter, *x));
    let roomy = marks().zip(marks().skip(1)).all(|(left, right)| right - left >= 6.0);
    for (index, (x, label, place)) in shown.iter().enumerate() {
        let named = index % every == 0;
        if named || roomy {
            let length = if named { 4.0 } else { 2.0 };
            let stroke = Stroke::new(1.0, tokens.edge);
            painter.vline(axis::crisp(painter, *x), plot.bottom()..=plot.bottom() + length, stroke);
        }
        if named && !taken.is_some_and(|taken| taken.intersects(place.expand(2.0))) {
            text::paint(painter, *place, egui::Align::Center, label, &ink, text::Cut::Never);
        }
    }
}

/// Where a label stands under the plot: centred on `x`, and kept inside of the plot.
pub(super) fn place_below(painter: &Painter, plot: Rect, x: f32, label: &str, ink: &Ink) -> Rect {
    let width = text::width(painter, label, ink);
    let half = width / 2.0;
    let x = x.clamp(plot.left() + half, (plot.right() - half).max(plot.left() + half));
    Rect::from_center_size(pos2(x, plot.bottom() + 12.0), vec2(width, 16.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis_of(days: &[f64], width: f32) -> Days {
        Days::holding(days.iter().copied(), Rangef::new(40.0, 40.0 + width))
    }

    #[test]
    fn a_day_is_found_again_where_it_stands() {
        for (last, width) in [(1.0, 300.0), (91.0, 700.0), (364.0, 900.0), (400.0, 210.0)] {
            let days = axis_of(&[20_000.0, 20_000.0 + last], width);
            for index in 0..=400_u16 {
                let day = 20_000.0 + f64::from(index);
                if days.holds(day) {
                    assert_eq!(days.index_at(days.x_of(day)), Some(usize::from(index)), "{last} {width}");
                }
            }
        }
    }

    #[test]
    fn between_two_days_the_nearer_one_is_meant_and_beside_the_axis_none() {
        let days = axis_of(&[0.0, 10.0], 100.0);
        assert_eq!(
            [44.9, 45.1, 40.0, 140.0].map(|x| days.index_at(x)),
            [Some(0), Some(1), Some(0), Some(10)]
        );
        assert_eq!([39.0, 141.0].map(|x| days.index_at(x)), [None, None]);
    }

    #[test]
    fn an_axis_of_no_day_or_one_is_a_day_long() {
        assert_eq!((axis_of(&[], 10.0).from, axis_of(&[], 10.0).to), (0.0, 1.0));
        assert_eq!((axis_of(&[7.0], 10.0).from, axis_of(&[7.0], 10.0).to), (7.0, 8.0));
        let odd = axis_of(&[f64::NAN, 3.0, f64::INFINITY], 10.0);
        assert_eq!((odd.from, odd.to), (3.0, 4.0));
    }
}
