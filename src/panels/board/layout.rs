//! How wide each column is: open, or a strip where it holds nothing and there is no room for it.

/// Least width of an open column in points.
pub(super) const LEAST: f32 = 220.0;
/// Beyond this a card's two ends stand too far apart to be read as one.
const MOST: f32 = 360.0;
/// Width of a strip in points.
const STRIP: f32 = 40.0;
/// Between two columns, in points.
pub(super) const GAP: f32 = 12.0;

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
    let mut needed: f32 = open.iter().map(|open| least(*open) + GAP).sum::<f32>() - GAP;
    for open in open.iter_mut().filter(|open| !**open) {
        if needed + LEAST - STRIP > available {
            break;
        }
        needed += LEAST - STRIP;
        *open = true;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let sharing = open.iter().filter(|open| **open).count().max(1) as f32;
    let more = ((available - needed).max(0.0) / sharing).floor().min(MOST - LEAST);
    let mut left = 0.0;
    open.into_iter()
        .map(|open| {
            let width = if open { LEAST + more } else { STRIP };
            let place = Place { left, width, open };
            left += width + GAP;
            place
        })
        .collect()
}

fn least(open: bool) -> f32 {
    if open { LEAST } else { STRIP }
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
    fn open_columns_share_what_is_left_up_to_a_width_that_can_still_be_read() {
        assert_eq!(widths(&[true, true], 2.0 * LEAST + GAP + 41.0), [LEAST + 20.0; 2]);
        assert_eq!(widths(&[true], 4000.0), [MOST]);
        assert_eq!(widths(&[], 100.0), Vec::<f32>::new());
    }
}
