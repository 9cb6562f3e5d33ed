//! Where a label stands that must not lie on a line or on another label.

use egui::{Pos2, Rect};

use super::path::{Slice, covers, crosses};

/// The room for labels, and what is in their way.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    bounds: Rect,
    lines: Vec<Vec<Pos2>>,
    band: Vec<Slice>,
    taken: Vec<Rect>,
}

/// A place that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    /// Where the label stands.
    pub(super) rect: Rect,
    /// Whether no line runs through it; otherwise the label needs a ground of its own.
    pub(super) clear: bool,
}

impl Labels {
    /// Labels stay within `bounds`.
    pub(super) fn within(bounds: Rect) -> Self {
        Self { bounds, lines: Vec::new(), band: Vec::new(), taken: Vec::new() }
    }

    /// A line that labels should keep off.
    pub(super) fn line(&mut self, line: Vec<Pos2>) {
        self.lines.push(line);
    }

    /// A band that coloured labels should keep off.
    pub(super) fn band(&mut self, band: Vec<Slice>) {
        self.band = band;
    }

    /// A place that is taken already.
    pub(super) fn take(&mut self, place: Rect) {
        self.taken.push(place);
    }

    /// Takes the first of some places that is free; if lines run through them all, the first that no other label has.
    ///
    /// `None` if other labels leave no room: a label that cannot be read is better left out.
    pub(super) fn place(&mut self, places: &[Rect]) -> Option<Spot> {
        let open = |place: &&Rect| {
            self.bounds.expand(0.5).contains_rect(**place)
                && !self.taken.iter().any(|taken| taken.expand(2.0).intersects(**place))
        };
        let bare = |place: &&Rect| !self.lines.iter().any(|line| crosses(line, place.expand(2.0)));
        let free = places.iter().filter(open).find(bare);
        let rect = *free.or_else(|| places.iter().find(open))?;
        self.taken.push(rect);
        Some(Spot { rect, clear: free.is_some() })
    }

    /// As [`Labels::place`], and places beside the band come before those that lie on it.
    pub(super) fn place_off_band(&mut self, places: &[Rect]) -> Option<Spot> {
        let (on, off): (Vec<Rect>, Vec<Rect>) =
            places.iter().partition(|place| covers(&self.band, place.expand(2.0)));
        self.place(&[off, on].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    fn place(x: f32, y: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(20.0, 10.0))
    }

    fn room() -> Labels {
        Labels::within(Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)))
    }

    #[test]
    fn the_first_place_that_is_free_is_taken() {
        let mut labels = room();
        labels.line(vec![pos2(0.0, 5.0), pos2(100.0, 5.0)]);
        let spot = labels.place(&[place(90.0, 40.0), place(10.0, 0.0), place(10.0, 40.0)]);
        assert_eq!(spot, Some(Spot { rect: place(10.0, 40.0), clear: true }));
    }

    #[test]
    fn a_label_would_rather_lie_on_a_line_than_on_a_label() {
        let mut labels = room();
        labels.line(vec![pos2(0.0, 5.0), pos2(100.0, 5.0)]);
        labels.take(place(10.0, 40.0));
        let spot = labels.place(&[place(15.0, 45.0), place(10.0, 0.0)]);
        assert_eq!(spot, Some(Spot { rect: place(10.0, 0.0), clear: false }));
        assert_eq!(labels.place(&[place(12.0, 2.0), place(12.0, 42.0)]), None);
    }
}
