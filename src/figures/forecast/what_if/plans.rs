//! How a deal is paid: a deposit when it is won, or equal instalments.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{DealId, Interval, Lever, Money, Percent, Table, add_days, days_between};

use super::super::{Flow, FlowKind, Layer, When};
use super::{Done, Ground, Keys, counted, in_parts};

/// Of each open deal this part is invoiced when it is won, and paid as the client pays; the rest comes as before. A deal
/// that already asks for a down payment or instalments keeps them.
pub(super) fn deposit(flows: &mut Vec<Flow>, percent: Percent, ground: &Ground<'_>) -> Done {
    let fraction = percent.fraction().clamp(Decimal::ZERO, Decimal::ONE);
    if fraction.is_zero() {
        return Done::nothing("no deposit is asked");
    }
    let mut parts: BTreeMap<String, usize> = BTreeMap::new();
    for id in flows.iter().filter_map(deal_of) {
        *parts.entry(id.to_owned()).or_default() += 1;
    }
    let mut keys = Keys::of(flows);
    let mut deposits = Vec::new();
    let mut own_plan = 0;
    for flow in
        flows.iter_mut().filter(|flow| flow.kind == FlowKind::Deal && flow.amount.amount > Decimal::ZERO)
    {
        let (Some(deal), Some((client, _)), When::Following(won, _)) =
            (deal_of(flow), &flow.client, &flow.when)
        else {
            continue;
        };
        if parts.get(deal).is_some_and(|parts| *parts > 1) {
            own_plan += 1;
            continue;
        }
        let due = add_days(ground.day, ground.terms(client));
        // Days after the day of the forecast serve as days after the event: both are invoiced on the day itself.
        let paid = (ground.scheduled)(client, ground.day, due);
        let (amount, income) = (flow.amount.times(fraction), flow.income.times(fraction));
        deposits.push(Flow {
            key: keys.derive(&flow.key, "deposit"),
            kind: FlowKind::DownPayment,
            what: format!("{}: deposit", flow.what),
            amount,
            income,
            when: When::Following(won.clone(), paid),
            ..flow.clone()
        });
        (flow.amount, flow.income) = (less(flow.amount, amount), less(flow.income, income));
    }
    let changed = deposits.len();
    flows.extend(deposits);
    flows.retain(|flow| flow.kind != FlowKind::Deal || !flow.amount.is_zero());
    let kept = match own_plan {
        0 => String::new(),
        1 => "; 1 keeps the plan it has".to_owned(),
        count => format!("; {count} keep the plans they have"),
    };
    match changed {
        0 => Done::nothing(format!("no open deal could ask for a deposit{kept}")),
        _ => Done {
            changed,
            words: format!("{} with {percent} when won{kept}", counted(changed, "open deal", "open deals")),
        },
    }
}

/// What of a deal is not invoiced yet is paid in so many equal parts: the first when the first of it was to come, the
/// others an interval later each. What is signed and what is not stay apart, so each layer keeps its sum.
pub(super) fn instalments(
    flows: &mut Vec<Flow>,
    deal: &DealId,
    parts: u32,
    every: Interval,
    ground: &Ground<'_>,
) -> Done {
    let parts = parts.clamp(1, Lever::MOST_PARTS);
    let of_deal = |flow: &Flow| deal_of(flow) == Some(deal.as_str()) && flow.amount.amount > Decimal::ZERO;
    let (replaced, kept): (Vec<Flow>, Vec<Flow>) = flows.drain(..).partition(of_deal);
    *flows = kept;
    let Some(first) = replaced.iter().min_by_key(|flow| (middle(flow), &flow.key)).cloned() else {
        return Done::nothing(format!("nothing of {} is still to be invoiced", title(deal, ground)));
    };
    let mut keys = Keys::of(flows);
    let mut changed = 0;
    for layer in Layer::ALL {
        let same: Vec<&Flow> = replaced.iter().filter(|flow| flow.layer == layer).collect();
        let Some(one) = same.iter().min_by_key(|flow| (middle(flow), &flow.key)) else { continue };
        let sum = |of: fn(&Flow) -> Money| {
            let sum = same.iter().fold(Decimal::ZERO, |sum, flow| sum + of(flow).amount);
            in_parts(Money::new(sum, ground.currency()), parts)
        };
        let amounts = sum(|flow| flow.amount).into_iter().zip(sum(|flow| flow.income));
        for ((amount, income), nth) in amounts.zip(0..parts) {
            let later =
                every.occurrence(ground.day, nth).map_or(i64::MAX, |day| days_between(ground.day, day));
            flows.push(Flow {
                key: if nth == 0 { one.key.clone() } else { keys.derive(&one.key, nth + 1) },
                what: format!("{}: part {} of {parts}", title(deal, ground), nth + 1),
                amount,
                income,
                due: first.due.and_then(|due| every.occurrence(due, nth)),
                when: match &first.when {
                    When::After(pmf) => When::After(Arc::new(pmf.shifted(later))),
                    When::Following(event, after) => {
                        When::Following(event.clone(), Arc::new(after.shifted(later)))
                    }
                },
                ..Flow::clone(one)
            });
            changed += 1;
        }
    }
    Done {
        changed,
        words: format!(
            "{} is paid in {}, {every} apart",
            title(deal, ground),
            counted(parts as usize, "part", "parts")
        ),
    }
}

/// The deal a flow that is not invoiced yet comes from.
fn deal_of(flow: &Flow) -> Option<&str> {
    let kinds = [FlowKind::Deal, FlowKind::Rest, FlowKind::Instalment, FlowKind::DownPayment];
    match &flow.record {
        Some((Table::Deals, id)) if kinds.contains(&flow.kind) => Some(id),
        _ => None,
    }
}

/// The middle day on which a flow comes: after the forecast's day, or after its event.
fn middle(flow: &Flow) -> i64 {
    let (When::After(pmf) | When::Following(_, pmf)) = &flow.when;
    pmf.quantile(0.5).unwrap_or(i64::MAX)
}

fn title(deal: &DealId, ground: &Ground<'_>) -> String {
    match ground.known.find(Table::Deals, deal.as_str()) {
        Some(crate::domain::AnyRecord::Deal(deal)) => deal.title.clone(),
        _ => deal.to_string(),
    }
}

fn less(whole: Money, part: Money) -> Money {
    Money::new(whole.amount - part.amount, whole.currency)
}
