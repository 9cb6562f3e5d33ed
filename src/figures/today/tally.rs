//! What the queue adds up to, family by family.

use std::sync::Arc;

use fnv::FnvHashMap;
use rust_decimal::Decimal;

use super::{Family, Item};
use crate::domain::Table;

/// What the items of a family add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Which family.
    pub family: Family,
    /// How many items it has.
    pub items: usize,
    /// The sum of what is known to be at stake, in the book's currency. An invoice, deal or client that several items
    /// are about counts once, with the largest amount that one of them puts at stake.
    pub at_stake: Decimal,
    /// How many invoices, deals or clients have an unknown amount at stake, which the sum leaves out.
    pub unknown: usize,
}

/// What an amount is at stake for. Keeping is about the whole client, however many reasons there are to get in touch.
fn subject(item: &Item) -> (Option<Table>, &str) {
    match (item.kind.family(), &item.client) {
        (Family::Keeping, Some(client)) => (Some(Table::Clients), client.as_str()),
        _ => (item.table, &item.record),
    }
}

/// Of each invoice, deal or client that items of a family are about, the item that puts most at stake; in no particular
/// order.
pub(in crate::figures) fn largest(items: &[Arc<Item>], family: Family) -> Vec<&Item> {
    let mut largest: FnvHashMap<(Option<Table>, &str), &Item> = FnvHashMap::default();
    let amount = |item: &Item| item.at_stake.map(|money| money.amount);
    for item in items.iter().filter(|item| item.kind.family() == family) {
        let known = largest.entry(subject(item)).or_insert(item);
        if amount(item) > amount(known) {
            *known = item;
        }
    }
    largest.into_values().collect()
}

/// The tally of each family, in the families' order, also of those with no items; where a family did not `change`, the one
/// known before.
#[must_use]
pub(super) fn tallies(before: &[Tally], items: &[Arc<Item>], changed: impl Fn(Family) -> bool) -> Vec<Tally> {
    let tally = |family| {
        if let Some(known) = before.iter().find(|it| it.family == family && !changed(family)) {
            return known.clone();
        }
        let largest = largest(items, family);
        let amounts = || largest.iter().map(|item| item.at_stake.map(|money| money.amount));
        Tally {
            family,
            items: items.iter().filter(|item| item.kind.family() == family).count(),
            at_stake: amounts().flatten().fold(Decimal::ZERO, Decimal::saturating_add),
            unknown: amounts().filter(Option::is_none).count(),
        }
    };
    Family::ALL.into_iter().map(tally).collect()
}
