//! Dearer rates: what is not invoiced, signed or won yet costs more from a day on.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientId, Money, Percent, days_between};

use super::super::{Flow, FlowKind, Layer, When};
use super::expected::share_of;
use super::leaving::asked_on;
use super::{Done, Ground, counted};

/// Above this an amount rises no further.
const MOST: i64 = 1_000_000_000_000_000;

/// Fees, orders and deals still to be won are dearer by `percent` from the day `from` on; for these clients, or for all if
/// none is named. What has a day of its own counts by that day. An order or deal that may be made before that day or after
/// it rises by the part of its chance within the days looked at that lies after it, so that what is expected is right, and
/// its draws are what they were.
pub(super) fn rise(
    flows: &mut [Flow],
    clients: &[ClientId],
    percent: Percent,
    from: NaiveDate,
    ground: &Ground<'_>,
) -> Done {
    // Nothing costs less than nothing.
    let fraction = percent.fraction().max(-Decimal::ONE);
    if fraction.is_zero() {
        return Done::nothing("rates stay as they are");
    }
    let mut changed = 0;
    for flow in flows.iter_mut().filter(|flow| concerns(flow, clients)) {
        let share = share_after(flow, from, ground);
        if share <= 0.0 {
            continue;
        }
        let rise = |money: Money| {
            let risen = money.amount + share_of(money, share).times(fraction).amount;
            // Levers may be stacked without end, and a sum must be countable.
            if risen.abs() > Decimal::from(MOST) { money } else { Money::new(risen, money.currency) }
        };
        (flow.amount, flow.income) = (rise(flow.amount), rise(flow.income));
        changed += 1;
    }
    let day = crate::figures::words::date(from, ground.day);
    if changed == 0 {
        return Done::nothing(format!("nothing is to be invoiced at new rates from {day} on"));
    }
    let way = if fraction.is_sign_negative() { "less" } else { "more" };
    let size = Percent::new(percent.per_hundred().abs());
    Done {
        changed,
        words: format!(
            "{} at {size} {way} from {day} on",
            counted(changed, "fee, order or deal", "fees, orders or deals")
        ),
    }
}

fn concerns(flow: &Flow, clients: &[ClientId]) -> bool {
    let theirs = match &flow.client {
        Some((id, _)) => clients.is_empty() || clients.contains(id),
        None => false,
    };
    let to_be_priced = match flow.kind {
        FlowKind::Fee | FlowKind::Order | FlowKind::Deal => true,
        // Parts of a deal that nobody has signed.
        FlowKind::Instalment | FlowKind::DownPayment => flow.layer == Layer::Possible,
        _ => false,
    };
    theirs && to_be_priced && flow.amount.amount > Decimal::ZERO
}

/// Which part of a flow is asked for from a day on.
fn share_after(flow: &Flow, from: NaiveDate, ground: &Ground<'_>) -> f64 {
    let ahead = days_between(ground.day, from);
    match &flow.when {
        When::After(_) if asked_on(flow, ground).is_some_and(|asked| asked < from) => 0.0,
        When::After(_) => 1.0,
        When::Following(event, _) => {
            let all = event.when.within(ground.days);
            if all <= 0.0 { 0.0 } else { (all - event.when.within(ahead - 1)).max(0.0) / all }
        }
    }
}
