//! Lines and bands on the screen: thinned without losing a peak, and what they touch.

use egui::{Color32, Mesh, Pos2, Rect, pos2};

/// A band at one place: from `top` to `bottom`, as heights on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slice {
    pub(super) x: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Leaves at most four points in each column of pixels: the first, the highest, the lowest and the last.
///
/// A dip of a single day is therefore never skipped, however many days share a pixel.
pub(super) fn thin(points: &[Pos2], pixel: f32) -> Vec<Pos2> {
    let mut kept = Vec::new();
    for column in points.chunk_by(|a, b| column_of(a.x, pixel) == column_of(b.x, pixel)) {
        let by_height = |a: &&(usize, &Pos2), b: &&(usize, &Pos2)| a.1.y.total_cmp(&b.1.y);
        let numbered: Vec<(usize, &Pos2)> = column.iter().enumerate().collect();
        let ends = [numbered.iter().min_by(by_height), numbered.iter().max_by(by_height)];
        let [top, bottom] = ends.map(|end| end.map_or(0, |(index, _)| *index));
        let mut stay = [0, top, bottom, column.len() - 1];
        stay.sort_unstable();
        let mut last = None;
        for index in stay {
            if last.replace(index) != Some(index) {
                kept.extend(column.get(index));
            }
        }
    }
    kept
}

/// Leaves at most two slices in each column of pixels, both as wide as all that stood there together.
pub(super) fn thin_band(slices: &[Slice], pixel: f32) -> Vec<Slice> {
    let mut kept = Vec::new();
    for column in slices.chunk_by(|a, b| column_of(a.x, pixel) == column_of(b.x, pixel)) {
        let top = column.iter().map(|slice| slice.top).fold(f32::INFINITY, f32::min);
        let bottom = column.iter().map(|slice| slice.bottom).fold(f32::NEG_INFINITY, f32::max);
        kept.extend(column.first().map(|slice| Slice { x: slice.x, top, bottom }));
        kept.extend(column.get(1..).and_then(<[Slice]>::last).map(|slice| Slice { x: slice.x, top, bottom }));
    }
    kept
}

#[expect(clippy::cast_possible_truncation, reason = "a column of pixels on the screen")]
fn column_of(x: f32, pixel: f32) -> i64 {
    (x / pixel).floor() as i64
}

/// The band between the slices, filled.
#[expect(clippy::cast_possible_truncation, reason = "at most two slices a pixel")]
pub(super) fn band(slices: &[Slice], colour: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (index, slice) in slices.iter().enumerate() {
        mesh.colored_vertex(pos2(slice.x, slice.top), colour);
        mesh.colored_vertex(pos2(slice.x, slice.bottom), colour);
        if index > 0 {
            let corner = 2 * index as u32;
            mesh.add_triangle(corner - 2, corner - 1, corner);
            mesh.add_triangle(corner - 1, corner, corner + 1);
        }
    }
    mesh
}

/// Whether a band lies under some part of a rectangle.
pub(super) fn covers(band: &[Slice], place: Rect) -> bool {
    band.iter().zip(band.iter().skip(1)).any(|(a, b)| {
        let piece = Rect::from_min_max(
            pos2(a.x.min(b.x), a.top.min(b.top)),
            pos2(a.x.max(b.x), a.bottom.max(b.bottom)),
        );
        piece.intersects(place)
    })
}

/// Whether a line passes through a rectangle.
pub(super) fn crosses(line: &[Pos2], place: Rect) -> bool {
    line.iter().zip(line.iter().skip(1)).any(|(a, b)| touches(*a, *b, place))
}

/// Whether a straight piece touches a rectangle: their bounds meet, and not all corners lie on one side of it.
fn touches(a: Pos2, b: Pos2, place: Rect) -> bool {
    if !Rect::from_two_pos(a, b).intersects(place) {
        return false;
    }
    let along = b - a;
    let side = |corner: Pos2| along.x * (corner.y - a.y) - along.y * (corner.x - a.x);
    let sides = [place.left_top(), place.right_top(), place.right_bottom(), place.left_bottom()].map(side);
    sides.iter().any(|side| *side >= 0.0) && sides.iter().any(|side| *side <= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A level line of 1,000 points in 100 pixels, with one point far off.
    fn level_but(odd: usize, height: f32) -> Vec<Pos2> {
        (0_u16..1000)
            .map(|n| pos2(f32::from(n) / 10.0, if usize::from(n) == odd { height } else { 50.0 }))
            .collect()
    }

    #[test]
    fn a_dip_and_a_peak_of_one_point_survive_wherever_they_are() {
        for odd in [0, 1, 333, 505, 998, 999] {
            for height in [3.0, 97.0] {
                let thinned = thin(&level_but(odd, height), 1.0);
                assert!(thinned.contains(&level_but(odd, height)[odd]), "{odd} {height}");
                assert!(thinned.len() <= 400, "{}", thinned.len());
            }
        }
    }

    #[test]
    fn what_needs_no_thinning_stays_as_it_is() {
        let line: Vec<Pos2> = (0_u8..50).map(|n| pos2(f32::from(n) * 3.0, f32::from(n % 7))).collect();
        assert_eq!(thin(&line, 1.0), line);
        assert_eq!(thin(&[], 1.0), vec![]);
    }

    #[test]
    fn a_thinned_line_keeps_its_ends_and_its_direction() {
        let thinned = thin(&level_but(505, 3.0), 1.0);
        assert_eq!((thinned[0].x, thinned[thinned.len() - 1].x), (0.0, 99.9));
        assert!(thinned.windows(2).all(|pair| pair[0].x <= pair[1].x));
    }

    #[test]
    fn a_thinned_band_holds_every_slice_of_its_column() {
        let slices: Vec<Slice> = level_but(505, 3.0)
            .iter()
            .map(|point| Slice { x: point.x, top: point.y, bottom: point.y + 1.0 })
            .collect();
        let thinned = thin_band(&slices, 1.0);
        assert!(thinned.len() <= 200);
        // Points 500 to 509 share the pixel from 50 on.
        let dip = |x| Slice { x, top: 3.0, bottom: 51.0 };
        assert!(thinned.contains(&dip(50.0)) && thinned.contains(&dip(50.9)), "{thinned:?}");
        assert_eq!(thinned.last(), Some(&Slice { x: 99.9, top: 50.0, bottom: 51.0 }));
    }

    #[test]
    fn a_steep_line_beside_a_place_does_not_cross_it() {
        let place = Rect::from_min_max(pos2(10.0, 0.0), pos2(20.0, 10.0));
        // It runs through the bounds of both, yet well under the corner at (10, 10).
        assert!(!crosses(&[pos2(0.0, 5.0), pos2(20.0, 40.0)], place));
        assert!(crosses(&[pos2(0.0, 0.0), pos2(30.0, 10.0)], place));
        assert!(crosses(&[pos2(15.0, -5.0), pos2(15.0, 50.0)], place));
        assert!(!crosses(&[pos2(15.0, 5.0)], place), "a single point is no line");
    }
}
