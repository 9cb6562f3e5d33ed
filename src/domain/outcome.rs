//! What came of a goal, where that is told in numbers.

use rust_decimal::Decimal;

use super::Goal;

/// What came of a goal that was looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It got where it was to be, in numbers, or because nothing says otherwise.
    Met,
    /// It did not get there, but came nearer.
    Nearer,
    /// It is where it was, or farther away.
    Missed,
}

impl Outcome {
    /// What came of a goal that was to lead from a baseline to a target and got to what was achieved. Numbers of one kind are compared
    /// (`20 a week` with `4 a week`); where it is told in other words, whoever noted it as achieved meant that.
    #[must_use]
    pub fn of(baseline: Option<&str>, target: Option<&str>, achieved: Option<&str>) -> Self {
        let told = (|| Some([Told::of(baseline?)?, Told::of(target?)?, Told::of(achieved?)?]))();
        let Some([from, to, got]) = told.filter(|[from, to, got]| from.of == to.of && to.of == got.of) else {
            return Self::Met;
        };
        let (from, to, got) = (from.number, to.number, got.number);
        let (there, nearer) = if to >= from { (got >= to, got > from) } else { (got <= to, got < from) };
        match (there, nearer) {
            (true, _) => Self::Met,
            (false, true) => Self::Nearer,
            (false, false) => Self::Missed,
        }
    }
}

impl Goal {
    /// What came of it; `None` while it was not looked at again.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.achieved_on?;
        Some(Outcome::of(self.baseline.as_deref(), self.target.as_deref(), self.achieved.as_deref()))
    }
}

/// A number, and of what it is.
struct Told<'a> {
    number: Decimal,
    of: &'a str,
}

impl<'a> Told<'a> {
    /// The number that a text begins with: 4.5 of `4.5 % a month`. With three digits behind a point or a comma nobody knows whether
    /// these are thousands.
    fn of(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
        let (number, of) = text.split_at_checked(end)?;
        let plain = number.replace(',', ".");
        if plain.split_once('.').is_some_and(|(_, behind)| behind.len() == 3) {
            return None;
        }
        Some(Self { number: plain.parse().ok()?, of: of.trim() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_a_goal_is_read_from_numbers_of_one_kind() {
        let of = |from, to, got| Outcome::of(Some(from), Some(to), Some(got));
        assert_eq!(of("10", "20", "20"), Outcome::Met);
        assert_eq!(of("10", "20", "15"), Outcome::Nearer);
        assert_eq!(of("10", "20", "10"), Outcome::Missed);
        assert_eq!(of("10", "20", "4"), Outcome::Missed);
        assert_eq!(of("20 a week", "5 a week", "4 a week"), Outcome::Met, "it was to fall");
        assert_eq!(of("20 a week", "5 a week", "12 a week"), Outcome::Nearer);
        assert_eq!(of("2,5 %", "4,5 %", "3.5 %"), Outcome::Nearer);
    }

    #[test]
    fn what_numbers_do_not_tell_was_met_as_it_was_noted() {
        let of = |from, to, got| Outcome::of(Some(from), Some(to), Some(got));
        assert_eq!(of("3 weeks", "10 days", "9 days"), Outcome::Met);
        assert_eq!(of("900", "1.200", "1.250"), Outcome::Met);
        assert_eq!(of("rarely found", "on page one", "on page one"), Outcome::Met);
        assert_eq!(Outcome::of(None, Some("20"), Some("4")), Outcome::Met);
    }
}
