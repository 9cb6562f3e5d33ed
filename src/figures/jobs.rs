//! What a client's jobs are, and what the stages of its deals mean.
//!
//! A job is a deal that was won. The invoices of a deal that nobody moved to work tell of one as well, and of the time before the
//! first deal was won those of a day that name no deal; no fee of a retainer, and nothing that asks for nothing. Of a contact that
//! agreed nothing nothing is said.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientFacts, Deal, DealId, Facts, Invoice, Phase, Stage, Table};

use super::forecast::dormancy::{Order, orders_of};
use super::health::FactId;

/// The records of a client's jobs; of one without any those of its regular fees.
pub(super) fn job_records(stages: &[Stage], known: &ClientFacts) -> Vec<FactId> {
    let mut records: Vec<FactId> =
        won(stages, known).map(|(deal, _)| (Table::Deals, deal.id.to_string())).collect();
    let billed = billed_jobs(stages, known).into_iter().flat_map(|order| order.invoices);
    records.extend(billed.map(|it| (Table::Invoices, it.id.to_string())));
    if records.is_empty() {
        records.extend(known.facts.retainers.iter().map(|it| (Table::Retainers, it.id.to_string())));
    }
    records
}

/// The invoices that ask for something: a gift and a credit note tell of no job, nor does what was set off.
pub(super) fn billed(facts: &Facts) -> impl Iterator<Item = &Arc<Invoice>> {
    facts.invoices.iter().filter(|invoice| invoice.asked().amount > Decimal::ZERO)
}

/// The days on which a client's jobs began, ascending.
pub(super) fn jobs(stages: &[Stage], known: &ClientFacts) -> Vec<NaiveDate> {
    let billed = billed_jobs(stages, known).into_iter().map(|order| order.day);
    let mut jobs: Vec<NaiveDate> = won(stages, known).map(|(_, day)| day).chain(billed).collect();
    jobs.sort_unstable();
    jobs
}

/// The deals that were won, each with the day.
fn won<'a>(stages: &'a [Stage], known: &'a ClientFacts) -> impl Iterator<Item = (&'a Arc<Deal>, NaiveDate)> {
    known.facts.deals.iter().filter_map(|deal| Some((deal, won_on(stages, deal)?)))
}

/// The day a client's first deal was won.
pub(super) fn first_won(stages: &[Stage], known: &ClientFacts) -> Option<NaiveDate> {
    won(stages, known).map(|(_, day)| day).min()
}

/// What tells of a job by its invoices alone: those of a deal that nobody moved to work, and, of the time before the first deal
/// was won, those that name none. What a later one beside the deals was for, nobody said.
fn billed_jobs<'a>(stages: &[Stage], known: &'a ClientFacts) -> Vec<Order<'a>> {
    let is_won: BTreeSet<&DealId> = won(stages, known).map(|(deal, _)| &deal.id).collect();
    let first = first_won(stages, known);
    let mut orders = orders_of(known);
    orders.retain(|order| match order.invoices.first().and_then(|invoice| invoice.deal.as_ref()) {
        Some(deal) => !is_won.contains(deal),
        None => first.is_none_or(|first| order.day < first),
    });
    orders
}

/// Whether anything was ever agreed with a client or invoiced to it.
pub(super) fn has_agreed(stages: &[Stage], known: &ClientFacts) -> bool {
    let facts = &known.facts;
    billed(facts).next().is_some() || !facts.retainers.is_empty() || !jobs(stages, known).is_empty()
}

/// The day a deal first entered a stage of work agreed.
pub(super) fn won_on(stages: &[Stage], deal: &Deal) -> Option<NaiveDate> {
    let won = |stage: &str| matches!(phase_of(stages, stage), Some(Phase::Won | Phase::Closed));
    deal.stages.iter().filter(|fact| won(&fact.stage)).map(|fact| fact.day).min()
}

/// What the stage with this id means.
pub(super) fn phase_of(stages: &[Stage], id: &str) -> Option<Phase> {
    stages.iter().find(|stage| stage.id == id).map(|stage| stage.phase)
}

/// The stages in which work has begun: those of work agreed but the first, unless there is only one.
pub(super) fn begun_stages(stages: &[Stage]) -> Vec<&Stage> {
    let mut agreed: Vec<&Stage> =
        stages.iter().filter(|stage| matches!(stage.phase, Phase::Won | Phase::Closed)).collect();
    if agreed.len() > 1 {
        agreed.remove(0);
    }
    agreed
}

/// Whether the work on any deal of a client has begun.
pub(super) fn has_begun(stages: &[Stage], known: &ClientFacts) -> bool {
    let begun = begun_stages(stages);
    let entered = |deal: &Deal| deal.stages.iter().any(|at| begun.iter().any(|stage| stage.id == at.stage));
    known.facts.deals.iter().any(|deal| deal.delivered.is_some() || entered(deal))
}
