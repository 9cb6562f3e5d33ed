//! Many small clients instead of a few large ones: the same money, and less that hangs on one of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{ClientId, Lever};

use super::super::{Event, Flow, When};
use super::expected::expected;
use super::{Done, Ground, Keys, counted, in_parts};

/// Each of the `largest` clients, by what is expected of them within the days looked at, is so many clients that bring the
/// same in all, to the last coin: each receipt and each event is theirs alone, and is drawn on its own. One of them is the
/// client itself, with its draws. What is open counts too, as if it had been invoiced to many.
pub(super) fn many_small(flows: &mut Vec<Flow>, largest: u32, each: u32, ground: &Ground<'_>) -> Done {
    let each = each.clamp(1, Lever::MOST_EACH);
    if each == 1 || largest == 0 {
        return Done::nothing("the clients stay as they are");
    }
    let mut bring: BTreeMap<&ClientId, Decimal> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| flow.amount.amount > Decimal::ZERO) {
        if let Some((client, _)) = &flow.client {
            *bring.entry(client).or_default() += expected(flow, ground.days);
        }
    }
    let mut by_size: Vec<(&ClientId, Decimal)> =
        bring.into_iter().filter(|(_, sum)| *sum > Decimal::ZERO).collect();
    by_size.sort_by_key(|(client, sum)| (Reverse(*sum), *client));
    let chosen: Vec<ClientId> =
        by_size.into_iter().take(largest as usize).map(|(client, _)| client.clone()).collect();
    if chosen.is_empty() {
        return Done::nothing("no client is to bring anything");
    }
    let mut keys = Keys::of(flows);
    let mut added = Vec::new();
    for flow in flows.iter_mut().filter(|flow| flow.amount.amount > Decimal::ZERO) {
        let Some((client, name)) = flow.client.clone().filter(|(client, _)| chosen.contains(client)) else {
            continue;
        };
        let parts: Vec<_> =
            in_parts(flow.amount, each).into_iter().zip(in_parts(flow.income, each)).zip(1..=each).collect();
        for ((amount, income), nth) in parts {
            if nth == 1 {
                (flow.amount, flow.income) = (amount, income);
                continue;
            }
            added.push(Flow {
                key: keys.derive(&flow.key, format_args!("small-{nth}")),
                client: Some((stand_in(&client, nth), format!("{name} {nth} of {each}").into())),
                amount,
                income,
                when: match &flow.when {
                    When::After(pmf) => When::After(pmf.clone()),
                    When::Following(event, after) => {
                        let own =
                            Event { key: format!("{}#small-{nth}", event.key), when: event.when.clone() };
                        When::Following(Arc::new(own), after.clone())
                    }
                },
                ..flow.clone()
            });
        }
    }
    let changed = added.len();
    flows.extend(added);
    let clients = counted(chosen.len(), "client", "clients");
    let (is, of_them) = if chosen.len() == 1 { ("is", "") } else { ("are", " each") };
    Done { changed, words: format!("the largest {clients} {is}{of_them} {each} small ones") }
}

/// The id of the `nth` client that stands in for a large one.
fn stand_in(client: &ClientId, nth: u32) -> ClientId {
    ClientId::derived(&["small", client.as_str(), &nth.to_string()])
}
