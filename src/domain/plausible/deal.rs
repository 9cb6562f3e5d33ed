//! What cannot be right about a deal.

use chrono::NaiveDate;

use super::{Known, Notes, meant};
use crate::domain::Deal;

pub(super) fn deal(deal: &Deal, known: &Known, notes: &mut Notes) {
    let mut last: Option<NaiveDate> = None;
    for (at, fact) in deal.stages.iter().enumerate() {
        let field = format!("stages[{at}].day");
        notes.happened(field.as_str(), fact.day);
        if let Some(last) = last {
            notes.in_order(field.as_str(), fact.day, "the stage listed above it", last);
        }
        last = Some(fact.day);
        if !known.stages.contains(&fact.stage) {
            let meant = meant(&fact.stage, known.stages.iter().map(String::as_str));
            notes.note(format!("stages[{at}].stage"), format!("there is no stage {:?}{meant}", fact.stage));
        }
    }
    deal.value.into_iter().for_each(|value| notes.not_negative("value", value.amount));
    deal.chance.into_iter().for_each(|chance| notes.percent("chance", chance.per_hundred()));
    if let Some(delivered) = deal.delivered {
        notes.happened("delivered", delivered);
        let first = deal.stages.iter().map(|fact| fact.day).min();
        if let Some(first) = first {
            notes.in_order("delivered", delivered, "the deal's first stage", first);
        }
    }
    deal.price_told.iter().for_each(|told| notes.happened("price_told.day", told.day));
    deal.terms_told.iter().for_each(|told| notes.happened("terms_told.day", told.day));
    deal_on_paper(deal, notes);
    for (at, hesitation) in deal.hesitations.iter().enumerate() {
        notes.happened(format!("hesitations[{at}].day"), hesitation.day);
    }
    for (at, result) in deal.results.iter().enumerate() {
        notes.happened(format!("results[{at}].day"), result.day);
    }
    for (at, goal) in deal.goals.iter().enumerate() {
        notes.happened(format!("goals[{at}].day"), goal.day);
        if let Some(achieved) = goal.achieved_on {
            notes.happened(format!("goals[{at}].achieved_on"), achieved);
            notes.in_order(
                format!("goals[{at}].achieved_on"),
                achieved,
                "the day the goal was set",
                goal.day,
            );
        }
    }
}

/// Proposal, agreement, down payment and instalments of a deal.
fn deal_on_paper(deal: &Deal, notes: &mut Notes) {
    if let Some(proposal) = &deal.proposal {
        proposal.asked.into_iter().for_each(|day| notes.happened("proposal.asked", day));
        if let Some(sent) = proposal.sent {
            notes.happened("proposal.sent", sent);
            proposal
                .asked
                .into_iter()
                .for_each(|it| notes.in_order("proposal.sent", sent, "the day it was asked for", it));
            if let Some(it) = proposal.valid_until {
                notes.in_order("proposal.valid_until", it, "the day it was sent", sent);
            }
        }
    }
    if let Some(agreement) = &deal.agreement {
        let days = [
            ("agreement.sent", agreement.sent),
            ("agreement.signed", agreement.signed),
            ("agreement.refused", agreement.refused),
        ];
        for (field, day) in days.into_iter().filter_map(|(field, day)| Some((field, day?))) {
            notes.happened(field, day);
            agreement
                .sent
                .into_iter()
                .for_each(|sent| notes.in_order(field, day, "the day it was sent", sent));
        }
    }
    if let Some(down) = &deal.down_payment {
        notes.happened("down_payment.asked", down.asked);
        notes.positive("down_payment.amount", down.amount.amount);
    }
    if let Some(plan) = &deal.instalments {
        notes.happened("instalments.agreed", plan.agreed);
        for (at, part) in plan.instalments.iter().enumerate() {
            notes.positive(format!("instalments.instalments[{at}].amount"), part.amount.amount);
        }
    }
}
