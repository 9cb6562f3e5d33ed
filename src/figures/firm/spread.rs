//! How many clients make most of the income: the fewest whose income of 12 months reaches 80 % of all.

use rust_decimal::Decimal;

use super::concentration::{ClientShare, Concentration};
use crate::figures::words::per_cent;
use crate::figures::{Answer, Unknown};

/// How many clients make most of the income.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The part of all income looked for, a fraction of one.
    pub part: Decimal,
    /// The fewest clients that bring it.
    pub clients: Answer<usize>,
    /// How many brought anything in the last 12 months.
    pub with_income: usize,
    /// The same in a sentence.
    pub words: Answer<String>,
}

/// 80 %: Pareto's share.
fn part() -> Decimal {
    Decimal::new(80, 2)
}

/// The clients that bring most, as many as it takes.
pub(in crate::figures) fn needed(concentration: &Concentration) -> Answer<&[ClientShare]> {
    let wanted = concentration.income.clone()?.amount.saturating_mul(part());
    let mut sum = Decimal::ZERO;
    for (at, share) in concentration.clients.iter().enumerate() {
        sum = sum.saturating_add(share.income.clone()?.amount);
        if sum >= wanted {
            return Ok(concentration.clients.get(..=at).unwrap_or_default());
        }
    }
    Err(Unknown::because("the income of clients does not add up to that of all"))
}

impl Spread {
    pub(super) fn of(concentration: &Concentration) -> Self {
        let clients = needed(concentration).map(<[ClientShare]>::len);
        let brought =
            |share: &&ClientShare| share.income.as_ref().is_ok_and(|income| income.amount > Decimal::ZERO);
        let with_income = concentration.clients.iter().filter(brought).count();
        let words = clients.clone().map(|count| {
            let make = if count == 1 { "makes" } else { "make" };
            format!("{count} of {with_income} clients {make} {} of the income", per_cent(part()))
        });
        Self { part: part(), clients, with_income, words }
    }
}
