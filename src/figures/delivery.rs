//! Work on a deal: since when it goes on, and when its result was handed over.

use chrono::NaiveDate;

use crate::domain::{Business, Deal, DealId, Facts, Phase, Stage, StageFact};

/// The id of the built-in stage of a deal whose result was handed over.
const DELIVERED: &str = "delivered";

/// What the stage of a deal means; without one it is still to be won.
pub(super) fn phase_in(stages: &[Stage], deal: &Deal) -> Phase {
    let stage = deal.stage().and_then(|at| stages.iter().find(|stage| stage.id == at.stage));
    stage.map_or(Phase::Open, |stage| stage.phase)
}

/// Whether a stage is that of what was handed over: the one with the id `delivered`, or the last of work agreed where a book has
/// none of that id and three or more of those: agreed, in work, delivered.
pub(super) fn is_of_delivered(stages: &[Stage], id: &str) -> bool {
    if stages.iter().any(|stage| stage.id == DELIVERED) {
        return id == DELIVERED;
    }
    let handed_over = stages.iter().filter(|stage| stage.phase == Phase::Won).skip(2).last();
    handed_over.is_some_and(|stage| stage.id == id)
}

/// When a result was handed over: the day noted, or that of entering the stage of what was, unless it went back to work from there.
pub(super) fn delivered_on(stages: &[Stage], deal: &Deal) -> Option<NaiveDate> {
    let is_delivered = |fact: &StageFact| is_of_delivered(stages, &fact.stage);
    let entered = || {
        deal.stage().filter(|fact| is_delivered(fact) || phase_in(stages, deal) == Phase::Closed)?;
        deal.stages.iter().filter(|fact| is_delivered(fact)).map(|fact| fact.day).max()
    };
    deal.delivered.or_else(entered)
}

/// Since when work on a deal goes on, of which the first hours for the job were on the day of `hours`.
pub(super) fn goes_on_since(stages: &[Stage], deal: &Deal, hours: Option<NaiveDate>) -> Option<NaiveDate> {
    let is_alive = matches!(phase_in(stages, deal), Phase::Open | Phase::Won);
    if !is_alive || delivered_on(stages, deal).is_some() {
        return None;
    }
    let mut in_work = stages.iter().filter(|stage| stage.phase == Phase::Won).skip(1);
    let entered = deal.stage().filter(|fact| in_work.any(|stage| stage.id == fact.stage));
    hours.into_iter().chain(entered.map(|fact| fact.day)).min()
}

/// The deals on which work goes on, and since when.
pub(super) fn work_under_way<'a>(
    business: &Business,
    facts: &'a Facts,
) -> impl Iterator<Item = (NaiveDate, &'a Deal)> {
    let stages = business.stages();
    facts.deals.iter().map(AsRef::as_ref).filter_map(move |deal: &Deal| {
        let at_work =
            facts.work.iter().filter(|it| it.deal.as_ref() == Some(&deal.id) && it.purpose.serves_a_job());
        Some((goes_on_since(&stages, deal, at_work.map(|work| work.day).min())?, deal))
    })
}

/// Of the deals on which work goes on the one worked on last, since when it goes on, and its last hours; hours that name no deal
/// count for each of them.
pub(super) fn worked_on_last<'a>(
    business: &Business,
    facts: &'a Facts,
) -> Option<(NaiveDate, NaiveDate, &'a Deal)> {
    let last = |deal: Option<&DealId>| {
        let jobs = facts.work.iter().filter(|work| work.purpose.serves_a_job());
        jobs.filter(|work| work.deal.as_ref() == deal).map(|work| work.day).max()
    };
    let of_none = last(None);
    let worked = work_under_way(business, facts).filter_map(|(began, deal)| {
        let own = last(Some(&deal.id));
        Some((own.max(of_none)?, own, began, deal))
    });
    let (last, _, began, deal) = worked.max_by_key(|(last, own, began, _)| (*last, *own, *began))?;
    Some((began, last, deal))
}

/// Of deals on which work goes on the one that a progress report is about: the one begun first.
pub(super) fn begun_first<'a>(
    at_work: impl Iterator<Item = (NaiveDate, &'a Deal)>,
) -> Option<(NaiveDate, &'a Deal)> {
    at_work.min_by_key(|(began, _)| *began)
}
