//! Money that comes late, or never.

use std::sync::Arc;

use crate::domain::{ClientId, InvoiceId, Table, days_between};

use super::super::{Flow, FlowKind, When};
use super::leaving::asked_on;
use super::{Done, Ground, counted, is_of};

/// A client pays so many days later: all it is to pay moves by them, in every draw. Nobody pays earlier than the first day
/// left, nor before what has a day of its own is invoiced.
pub(super) fn pays_later(flows: &mut [Flow], client: &ClientId, days: i64, ground: &Ground<'_>) -> Done {
    let name = ground.name(client);
    if days == 0 {
        return Done::nothing(format!("{name} pays as before"));
    }
    let mut changed = 0;
    for flow in flows.iter_mut().filter(|flow| is_of(flow, client) && is_paid_by_client(flow)) {
        flow.when = match &flow.when {
            When::After(pmf) => {
                let moved = pmf.shifted(days);
                let asked = asked_on(flow, ground).filter(|_| flow.kind != FlowKind::Invoice);
                let first = asked.map_or(1, |asked| days_between(ground.day, asked));
                When::After(Arc::new(if days < 0 { moved.not_before(first) } else { moved }))
            }
            When::Following(event, after) => When::Following(event.clone(), Arc::new(after.shifted(days))),
        };
        changed += 1;
    }
    if changed == 0 {
        return Done::nothing(format!("nothing is to come from {name}"));
    }
    let (receipts, come) =
        (counted(changed, "receipt", "receipts"), if changed == 1 { "comes" } else { "come" });
    let (distance, way) = (days.unsigned_abs(), if days < 0 { "earlier" } else { "later" });
    let plural = if distance == 1 { "" } else { "s" };
    Done { changed, words: format!("{receipts} of {name} {come} {distance} day{plural} {way}") }
}

fn is_paid_by_client(flow: &Flow) -> bool {
    !matches!(flow.kind, FlowKind::Expense | FlowKind::Assumed)
}

/// An invoice is never paid.
pub(super) fn never_paid(flows: &mut Vec<Flow>, invoice: &InvoiceId, ground: &Ground<'_>) -> Done {
    let number = ground.known.find(Table::Invoices, invoice.as_str()).and_then(|found| match found {
        crate::domain::AnyRecord::Invoice(found) => Some(found.number.clone()),
        _ => None,
    });
    let number = number.unwrap_or_else(|| invoice.to_string());
    let before = flows.len();
    let is_it = |flow: &Flow| {
        flow.kind == FlowKind::Invoice
            && flow
                .record
                .as_ref()
                .is_some_and(|(table, id)| *table == Table::Invoices && id == invoice.as_str())
    };
    flows.retain(|flow| !is_it(flow));
    match before - flows.len() {
        0 => Done::nothing(format!("nothing is open on invoice {number}")),
        changed => Done { changed, words: format!("what is open on invoice {number} does not come") },
    }
}
