//! A line as small as a word.

use egui::{Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::path::{self, Slice};
use crate::kit::theme::{Tokens, Tone};

/// Paints a sparkline on a scale that is given, a dot at its last value. Values that are not finite leave their place empty.
pub fn paint_sparkline_on(
    painter: &Painter,
    tokens: &Tokens,
    rect: Rect,
    values: &[f64],
    (low, high): (f64, f64),
    tone: Tone,
) {
    let inside = rect.shrink(3.0);
    let last = values.len().saturating_sub(1).max(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "positions on the screen"
    )]
    let at = |(index, value): (usize, &f64)| {
        let across = index as f32 / last as f32;
        let up = ((value - low) / (high - low).max(f64::EPSILON)).clamp(0.0, 1.0) as f32;
        pos2(inside.left() + across * inside.width(), inside.bottom() - up * inside.height())
    };
    let points: Vec<Pos2> =
        values.iter().enumerate().filter(|(_, value)| value.is_finite()).map(at).collect();
    let colour = if tone == Tone::Neutral { tokens.accent } else { tokens.tone(tone) };
    let last = points.last().copied();
    if points.len() > 1 {
        painter.add(Shape::line(points, Stroke::new(1.5, colour)));
    }
    if let Some(last) = last {
        painter.circle_filled(last, 2.0, colour);
    }
}

/// One day of a [`FanSpark`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SparkDay {
    /// One in ten is lower.
    pub low: f64,
    /// The middle.
    pub median: f64,
    /// One in ten is higher.
    pub high: f64,
}

/// A fan as small as a word: the middle, where eight in ten lie, and a dot at the lowest point of the middle.
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct FanSpark<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// Day by day. Days whose values are not finite are left out; two are needed.
    pub days: &'a [SparkDay],
    /// A level to draw across, where it lies among the values.
    pub threshold: Option<f64>,
    /// Another middle, day by day, drawn lightly beneath; may be empty.
    pub beneath: &'a [f64],
}

impl FanSpark<'_> {
    /// Shows it in a size of its own, some 80 to 160 points wide and 20 high.
    pub fn show(self, ui: &mut Ui, width: f32, height: f32) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.says));
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), Tokens::of(ui), rect);
        }
        response
    }

    /// Paints it in a place.
    pub fn paint(self, painter: &Painter, tokens: &Tokens, rect: Rect) {
        let finite = |day: &&SparkDay| [day.low, day.median, day.high].iter().all(|value| value.is_finite());
        let days: Vec<SparkDay> = self.days.iter().filter(finite).copied().collect();
        if days.len() < 2 {
            return;
        }
        let other = || self.beneath.iter().copied().filter(|value| value.is_finite());
        let values = || days.iter().flat_map(|day| [day.low, day.median, day.high]).chain(other());
        let (low, high) =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let inside = rect.shrink(3.0);
        #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
        let y_of = |value: f64| {
            let up = if high > low { ((value - low) / (high - low)) as f32 } else { 0.5 };
            inside.bottom() - up * inside.height()
        };
        #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
        let x_of = |index: usize| inside.left() + index as f32 / (days.len() - 1) as f32 * inside.width();
        let pixel = 1.0 / painter.pixels_per_point();

        let slices = days.iter().enumerate();
        let slices = slices.map(|(n, day)| Slice { x: x_of(n), top: y_of(day.high), bottom: y_of(day.low) });
        let slices = path::thin_band(&slices.collect::<Vec<_>>(), pixel);
        painter.add(Shape::mesh(path::band(&slices, tokens.fan_middle())));
        if let Some(threshold) = self.threshold.filter(|value| (low..=high).contains(value)) {
            let y = painter.round_to_pixel_center(y_of(threshold));
            let ends = [pos2(inside.left(), y), pos2(inside.right(), y)];
            painter.extend(Shape::dashed_line(&ends, Stroke::new(1.0, tokens.risk), 2.0, 2.0));
        }
        let beneath: Vec<Pos2> =
            other().take(days.len()).enumerate().map(|(n, value)| pos2(x_of(n), y_of(value))).collect();
        if beneath.len() > 1 {
            painter.add(Shape::line(path::thin(&beneath, pixel), Stroke::new(1.0, tokens.tertiary)));
        }
        let points: Vec<Pos2> =
            days.iter().enumerate().map(|(n, day)| pos2(x_of(n), y_of(day.median))).collect();
        painter.add(Shape::line(path::thin(&points, pixel), Stroke::new(1.5, tokens.accent)));
        // Of several lowest points the first; the lowest is the furthest down the screen.
        let lowest = points.into_iter().reduce(|low, point| if point.y > low.y { point } else { low });
        if let Some(lowest) = lowest {
            painter.circle(lowest, 2.5, tokens.accent, Stroke::new(1.0, tokens.surface));
        }
    }
}
