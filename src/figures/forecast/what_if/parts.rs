//! Flow by flow, what is expected with levers and without: what two lists of flows differ by.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{ClientId, Table};

use super::super::{Flow, Layer};
use super::expected::expected;

/// What is expected of a flow without some levers and with them, in the currency of the forecast and not rounded.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Which flow, by its key.
    pub key: String,
    /// What for.
    pub what: String,
    /// Whose, where it belongs to a client.
    pub client: Option<(ClientId, Arc<str>)>,
    /// The record it comes from.
    pub record: Option<(Table, String)>,
    /// How sure it is to come at all.
    pub layer: Layer,
    /// Whether it comes in.
    pub comes_in: bool,
    /// Without the levers.
    pub before: Decimal,
    /// With them.
    pub after: Decimal,
}

impl Moved {
    /// By how much more is expected with the levers; negative: less comes in, or more goes out.
    #[must_use]
    pub fn by(&self) -> Decimal {
        self.after.saturating_sub(self.before)
    }
}

/// The flows of which another amount is expected within so many days in the one list than in the other, by their keys.
#[must_use]
pub fn moved(before: &[Flow], after: &[Flow], days: i64) -> Vec<Moved> {
    let mut found: BTreeMap<(&str, Layer, bool), Moved> = BTreeMap::new();
    for (flow, is_after) in
        before.iter().map(|flow| (flow, false)).chain(after.iter().map(|flow| (flow, true)))
    {
        let comes_in = flow.amount.amount.is_sign_positive();
        let entry = found.entry((&flow.key, flow.layer, comes_in)).or_insert_with(|| Moved {
            key: flow.key.clone(),
            what: flow.what.clone(),
            client: flow.client.clone(),
            record: flow.record.clone(),
            layer: flow.layer,
            comes_in,
            before: Decimal::ZERO,
            after: Decimal::ZERO,
        });
        let sum = if is_after { &mut entry.after } else { &mut entry.before };
        *sum = sum.saturating_add(expected(flow, days));
    }
    found.into_values().filter(|it| it.before != it.after).collect()
}
