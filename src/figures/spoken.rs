//! When something was agreed, promised, named or disputed: nobody does that without a word, whether or not a touch was noted.

use chrono::NaiveDate;

use crate::domain::{Facts, Party, Phase, Stage};

use super::jobs::{phase_of, won_on};

/// The days on which they said something so, in no order and also to come: they asked for a proposal, agreed, signed or refused,
/// promised or moved what they had promised, named a day for paying, or disputed an invoice.
pub(super) fn said_by_them<'a>(
    stages: &'a [Stage],
    facts: &'a Facts,
) -> impl Iterator<Item = NaiveDate> + 'a {
    let deals = facts.deals.iter().flat_map(|deal| {
        let decided = deal.agreement.iter().flat_map(|it| [it.signed, it.refused]).flatten();
        let asked = deal.proposal.iter().filter_map(|it| it.asked);
        decided.chain(asked).chain(won_on(stages, deal))
    });
    let fees = facts.retainers.iter().map(|retainer| retainer.agreed);
    let theirs = facts.promises.iter().filter(|promise| promise.by == Party::Them);
    let promises = theirs
        .flat_map(|promise| std::iter::once(promise.made).chain(promise.moved.iter().map(|moved| moved.day)));
    let invoices = facts.invoices.iter().flat_map(|invoice| {
        let disputed = invoice.disputes.iter().flat_map(|it| [Some(it.from), it.until]).flatten();
        invoice.promised.iter().map(|it| it.day).chain(disputed)
    });
    deals.chain(fees).chain(promises).chain(invoices)
}

/// The same of either side: we sent what is to be agreed or signed, promised, delivered, or a deal went on.
pub(super) fn said<'a>(stages: &'a [Stage], facts: &'a Facts) -> impl Iterator<Item = NaiveDate> + 'a {
    let deals = facts.deals.iter().flat_map(|deal| {
        let sent =
            [deal.agreement.as_ref().and_then(|it| it.sent), deal.proposal.as_ref().and_then(|it| it.sent)];
        let moved = deal
            .stages
            .iter()
            .filter(|fact| matches!(phase_of(stages, &fact.stage), Some(Phase::Open | Phase::Won)));
        sent.into_iter().flatten().chain(moved.map(|fact| fact.day)).chain(deal.delivered)
    });
    let ours = facts.promises.iter().filter(|promise| promise.by == Party::Me).map(|promise| promise.made);
    said_by_them(stages, facts).chain(deals).chain(ours)
}
