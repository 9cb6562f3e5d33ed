//! How much each indicator of a client's health counts: built-in weights, each overridable in the book's `business.weights`.

use rust_decimal::Decimal;

/// The most that one indicator may count; the least is nought.
pub const MOST_WEIGHT: i64 = 1000;

/// The name of an indicator in a book and the weight it has where a book states none.
#[derive(Debug, Clone, Copy)]
pub struct WeightRow {
    /// Its name in a book, and in reports.
    pub name: &'static str,
    built_in: i64,
    /// What the indicator asks, in a clause.
    pub asks: &'static str,
}

impl WeightRow {
    /// The weight where a book states none.
    #[must_use]
    pub fn built_in(&self) -> Decimal {
        self.built_in.into()
    }
}

const fn row(name: &'static str, built_in: i64, asks: &'static str) -> WeightRow {
    WeightRow { name, built_in, asks }
}

/// Every weight, in the order the indicators are shown. They add up to 100.
pub const WEIGHTS: [WeightRow; 7] = [
    row("pays_as_agreed", 25, "days beyond terms, promises to pay, disputes and losses"),
    row("worth_the_effort", 20, "what is left of an hour, beside the target and the break-even rate"),
    row("respects_the_price", 10, "pushes on price and scope, discounts without less scope"),
    row("open_lines", 10, "silence both ways, answers owed, promises kept by either side"),
    row("in_writing", 10, "agreements signed and down payments received before work"),
    row("comes_back", 15, "the chance of another order, orders so far, a regular fee"),
    row("speaks_well", 10, "referrals, testimonials, praise, advice asked, complaints"),
];

/// Whether an indicator may count so much.
#[must_use]
pub fn is_weight(number: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::from(MOST_WEIGHT)).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_add_up_to_a_hundred() {
        assert_eq!(WEIGHTS.iter().map(WeightRow::built_in).sum::<Decimal>(), Decimal::ONE_HUNDRED);
    }
}
