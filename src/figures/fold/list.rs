//! Lists in an order, of which few rows change at a time.

use std::cmp::Ordering;

/// `before` without the rows `gone` and with the rows `come`. `before` is in order and holds every row of `gone`.
///
/// Rows of different clients must never be equal in `order`; equal ones of one client stay as they are in `come`. Each row
/// that changes costs a search, and each that stays a clone.
pub(in crate::figures) fn replaced<T: Clone>(
    before: &[T],
    gone: Vec<T>,
    come: Vec<T>,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut now = Vec::with_capacity((before.len() + come.len()).saturating_sub(gone.len()));
    let gone = gone.into_iter().map(|row| (row, false));
    let mut steps: Vec<(T, bool)> = gone.chain(come.into_iter().map(|row| (row, true))).collect();
    // Stable: of equal rows those that go come first.
    steps.sort_by(|(a, _), (b, _)| order(a, b));
    let mut rest = before;
    for (row, comes) in steps {
        let (kept, after) = rest.split_at(rest.partition_point(|other| order(other, &row).is_lt()));
        now.extend_from_slice(kept);
        rest = after;
        if comes {
            now.push(row);
        } else if let Some((_, after)) = rest.split_first() {
            rest = after;
        }
    }
    now.extend_from_slice(rest);
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_and_come_wherever_they_stand() {
        let replaced = |before: &[u32], gone: &[u32], come: &[u32]| {
            replaced(before, gone.to_vec(), come.to_vec(), u32::cmp)
        };
        assert_eq!(replaced(&[], &[], &[3, 1, 2]), [1, 2, 3]);
        assert_eq!(replaced(&[1, 3, 5], &[], &[]), [1, 3, 5]);
        assert_eq!(replaced(&[1, 3, 5], &[5, 1], &[4, 0, 6]), [0, 3, 4, 6]);
        assert_eq!(replaced(&[1, 3, 5], &[3], &[3]), [1, 3, 5]);
        assert_eq!(replaced(&[2, 2, 4], &[2, 2], &[2]), [2, 4]);
        assert_eq!(replaced(&[1, 3], &[1, 3], &[]), [0; 0]);
    }

    #[test]
    fn equal_rows_stay_in_their_own_order() {
        let by_first = |a: &(u32, char), b: &(u32, char)| a.0.cmp(&b.0);
        let now = replaced(
            &[(1, 'a'), (2, 'x'), (2, 'y')],
            vec![(2, 'x'), (2, 'y')],
            vec![(2, 'q'), (2, 'p')],
            by_first,
        );
        assert_eq!(now, [(1, 'a'), (2, 'q'), (2, 'p')]);
    }
}
