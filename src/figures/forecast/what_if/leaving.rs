//! A client that leaves, or is let go: nothing is asked of it after that day.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{ClientId, add_days, days_between};

use super::super::{Event, Flow, FlowKind, Pmf, When};
use super::{Done, Ground, counted, is_of};

/// The smallest chance that counts as one.
const ANY_CHANCE: f64 = 1e-12;

/// The last thing asked of a client is asked on `on`. What is invoiced is still paid. Fees, parts of a deal and what is left
/// of one count by the day they are to be invoiced, tomorrow at the earliest; an order or a deal by the day it is made or
/// won: one that may come before that day or after it keeps its chance of coming before. What is spent for the client ends
/// too.
pub(super) fn leaves(flows: &mut Vec<Flow>, client: &ClientId, on: NaiveDate, ground: &Ground<'_>) -> Done {
    let name = ground.name(client);
    let first = first_of_events(flows, client);
    let (mut gone, mut narrowed) = (0, 0);
    flows.retain_mut(|flow| {
        if !is_of(flow, client) {
            return true;
        }
        match stays(flow, on, &first, ground) {
            Stays::Whole => true,
            Stays::Until(when) => {
                flow.when = when;
                narrowed += 1;
                true
            }
            Stays::Not => {
                gone += 1;
                false
            }
        }
    });
    let day = crate::figures::words::date(on, ground.day);
    let words = match (gone, narrowed) {
        (0, 0) => return Done::nothing(format!("nothing of {name} is to come after {day}")),
        (gone, 0) => format!(
            "{name}: {} after {day} left out",
            counted(gone, "receipt or expense", "receipts or expenses")
        ),
        (0, narrowed) => {
            format!("{name}: {} only if made by {day}", counted(narrowed, "order or deal", "orders or deals"))
        }
        (gone, narrowed) => format!(
            "{name}: {} after {day} left out, {} only if made by then",
            counted(gone, "receipt or expense", "receipts or expenses"),
            counted(narrowed, "order or deal", "orders or deals")
        ),
    };
    Done { changed: gone + narrowed, words }
}

enum Stays {
    Whole,
    Until(When),
    Not,
}

fn stays(flow: &Flow, on: NaiveDate, first: &BTreeMap<String, i64>, ground: &Ground<'_>) -> Stays {
    let left = days_between(ground.day, on);
    match (&flow.when, flow.kind) {
        (_, FlowKind::Invoice | FlowKind::Assumed) => Stays::Whole,
        (When::After(pmf), _) => {
            let asked = asked_on(flow, ground).or_else(|| Some(add_days(ground.day, first_chance(pmf)?)));
            // What should have been invoiced by now is not, or it would be among the invoices.
            let asked = asked.map(|asked| asked.max(add_days(ground.day, 1)));
            if asked.is_some_and(|asked| asked <= on) { Stays::Whole } else { Stays::Not }
        }
        (When::Following(event, after), _) => {
            // Of several that follow one event the later ones are asked for so much later.
            let later = first_chance(after).unwrap_or(0) - first.get(&event.key).copied().unwrap_or(0);
            let until = event.when.until(left - later);
            if until.within(i64::MAX) < ANY_CHANCE {
                return Stays::Not;
            }
            if until.within(i64::MAX) >= event.when.within(i64::MAX) {
                return Stays::Whole;
            }
            let event = Event { key: event.key.clone(), when: until };
            Stays::Until(When::Following(Arc::new(event), after.clone()))
        }
    }
}

/// For each event of a client, how soon after it the first of what follows it can come.
fn first_of_events(flows: &[Flow], client: &ClientId) -> BTreeMap<String, i64> {
    let mut first: BTreeMap<String, i64> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| is_of(flow, client)) {
        if let When::Following(event, after) = &flow.when
            && let Some(days) = first_chance(after)
        {
            let known = first.entry(event.key.clone()).or_insert(days);
            *known = days.min(*known);
        }
    }
    first
}

/// The first day on which it may come.
fn first_chance(pmf: &Pmf) -> Option<i64> {
    pmf.quantile(ANY_CHANCE)
}

/// The day something is asked for, where it has one of its own. A fee's is part of its key. The day agreed for a part of a
/// deal is the one it is to be paid on, and so is that of what is left of a deal: the flows have it invoiced the client's
/// usual terms before. An expense is asked for on its day.
pub(super) fn asked_on(flow: &Flow, ground: &Ground<'_>) -> Option<NaiveDate> {
    let before = |due| match &flow.client {
        Some((client, _)) => add_days(due, -ground.terms(client)),
        None => due,
    };
    match flow.kind {
        FlowKind::Fee => flow.fee_day().or(flow.due.map(before)),
        FlowKind::Rest | FlowKind::Instalment | FlowKind::DownPayment => flow.due.map(before),
        _ => flow.due,
    }
}
