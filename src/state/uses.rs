//! What was chosen in the palette, often and of late.

/// How much one use weighs.
const USE: u32 = 1000;
/// Every use of one thing takes one part in so many from all others: after 22 uses of other things half is left.
const FADES: u32 = 32;
/// What weighs less than this is forgotten.
const FAINT: u32 = 50;
/// So many things are remembered.
const KEPT: usize = 60;

/// What was used and how much that weighs: each use adds to one thing and lets all others fade, so that neither a clock nor a
/// day has a say in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uses {
    /// The last used one first.
    known: Vec<(String, u32)>,
}

impl Uses {
    /// What an earlier session remembered, the last used one first.
    #[must_use]
    pub fn of(known: impl IntoIterator<Item = (String, u32)>) -> Self {
        let known = known.into_iter().map(|(what, weight)| (what, weight.min(USE.saturating_mul(FADES))));
        Self { known: known.filter(|(_, weight)| *weight >= FAINT).take(KEPT).collect() }
    }

    /// Notes a use.
    pub fn note(&mut self, what: &str) {
        for (_, weight) in &mut self.known {
            *weight -= *weight / FADES;
        }
        let before = self.weight(what);
        self.known.retain(|(known, weight)| known != what && *weight >= FAINT);
        self.known.insert(0, (what.to_owned(), before.saturating_add(USE)));
        self.known.truncate(KEPT);
    }

    /// How much the uses of a thing weigh: a thousand each, less what faded; nothing for what was never used.
    #[must_use]
    pub fn weight(&self, what: &str) -> u32 {
        self.known.iter().find(|(known, _)| known == what).map_or(0, |(_, weight)| *weight)
    }

    /// What is remembered, the last used one first.
    pub fn iter(&self) -> impl Iterator<Item = &(String, u32)> {
        self.known.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_often_weighs_more_until_others_are_used_for_long() {
        let mut uses = Uses::default();
        for _ in 0..3 {
            uses.note("a");
        }
        uses.note("b");
        assert!(uses.weight("a") > uses.weight("b") && uses.weight("b") > uses.weight("c"));
        for _ in 0..60 {
            uses.note("b");
        }
        assert!(uses.weight("b") > uses.weight("a"));
        assert_eq!(Uses::of(uses.iter().cloned()), uses, "and is remembered as it is");
    }

    #[test]
    fn only_so_much_is_remembered_and_no_weight_grows_without_end() {
        let mut uses = Uses::default();
        for at in 0..200 {
            uses.note(&format!("thing {at}"));
        }
        assert_eq!(uses.iter().count(), KEPT);
        for _ in 0..10_000 {
            uses.note("a");
        }
        assert!(uses.weight("a") <= USE * (FADES + 1));
        assert!(Uses::of([("x".to_owned(), u32::MAX)]).weight("x") <= USE * FADES);
    }
}
