//! How wide each column is: open, or a strip where it holds nothing and there is no room for it.

/// Least width of an open column in points.
pub(super) const LEAST: f32 = 220.0;
/// Beyond this a card's two ends stand too far apart to be read as one.
const MOST: f32 = 360.0;
/// Width of a strip in points.
const STRIP: f32 = 36.0;
/// Between two columns, in points.
pub(super) const GAP: f32 = 12.0;
/// Between two strips, in points: they are one group.
const BETWEEN_STRIPS: f32 = 4.0;

/// The space of a column, from the left edge of the board.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// Where it begins.
    pub(super) left: f32,
    /// How wide it is.
    pub(super) width: f32,
    /// Whether its cards are shown; else it is a strip.
    pub(super) open: bool,
}

/// The places of columns of which some must be open. The others are opened from the left while all fit into `available`.
pub(super) fn places(must_open: &[bool], available: f32) -> Vec<Place> {
    let mut open = must_open.to_vec();
    for closed in must_open.iter().enumerate().filter_map(|(index, open)| (!open).then_some(index)) {
        let mut more = open.clone();
        if let Some(flag) = more.get_mut(closed) {
            *flag = true;
        }
        if right(&placed(&more, LEAST)) > available {
            break;
        }
        open = more;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let sharing = open.iter().filter(|open| **open).count().max(1) as f32;
    let left_over = (available - right(&placed(&open, LEAST))).max(0.0);
    placed(&open, (LEAST + left_over / sharing).floor().min(MOST))
}

/// Where the last column ends.
pub(super) fn right(places: &[Place]) -> f32 {
    places.last().map_or(0.0, |place| place.left + place.width)
}

/// Columns beside each other, those that are open with this width.
fn placed(open: &[bool], width: f32) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(open.len());
    for open in open.iter().copied() {
        let left = places.last().map_or(0.0, |before| {
            let gap = if before.open || open { GAP } else { BETWEEN_STRIPS };
            before.left + before.width + gap
        });
        places.push(Place { left, width: if open { width } else { STRIP }, open });
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(must_open: &[bool], available: f32) -> Vec<f32> {
        places(must_open, available).iter().map(|place| place.width).collect()
    }

    #[test]
    fn empty_columns_are_strips_when_not_all_fit() {
        let tight = LEAST + 2.0 * (STRIP + GAP);
        assert_eq!(widths(&[false, true, false], tight), [STRIP, LEAST, STRIP]);
        assert_eq!(widths(&[false, true, false], 10.0), [STRIP, LEAST, STRIP]);
    }

    #[test]
    fn empty_columns_are_opened_from_the_left_as_far_as_there_is_room() {
        let room_for_one = 2.0 * LEAST + STRIP + 2.0 * GAP;
        assert_eq!(widths(&[false, true, false], room_for_one), [LEAST, LEAST, STRIP]);
    }

    #[test]
    fn strips_stand_closer_than_columns() {
        let lefts: Vec<f32> = places(&[true, false, false], 0.0).iter().map(|place| place.left).collect();
        assert_eq!(lefts, [0.0, LEAST + GAP, LEAST + GAP + STRIP + BETWEEN_STRIPS]);
    }

    #[test]
    fn open_columns_share_what_is_left_up_to_a_width_that_can_still_be_read() {
        assert_eq!(widths(&[true, true], 2.0 * LEAST + GAP + 41.0), [LEAST + 20.0; 2]);
        assert_eq!(widths(&[true], 4000.0), [MOST]);
        assert_eq!(widths(&[], 100.0), Vec::<f32>::new());
    }
}
