//! When a proposal went out: its own day, or the stages of its deal tell.

use chrono::NaiveDate;

use crate::domain::{Deal, Phase, Stage};

/// The id of the built-in stage of a proposal.
const PROPOSAL: &str = "proposal";

/// The position of the stage of proposals: the one still to be won with the id `proposal`, or the last of those where a book has
/// none of that id.
fn position(stages: &[Stage]) -> Option<usize> {
    let is_open = |stage: &Stage| stage.phase == Phase::Open;
    let named = stages.iter().position(|it| is_open(it) && it.id == PROPOSAL);
    named.or_else(|| stages.iter().rposition(is_open))
}

/// Whether a stage is that of proposals.
pub(super) fn is_of_proposals(stages: &[Stage], id: &str) -> bool {
    position(stages).and_then(|at| stages.get(at)).is_some_and(|stage| stage.id == id)
}

/// When a deal's proposal went out: the day noted, else that of coming into the stage of proposals last, unless it went back from
/// there. In the one stage in which everything still to be won is, nobody knows.
pub(super) fn proposal_sent(stages: &[Stage], deal: &Deal) -> Option<NaiveDate> {
    let noted = deal.proposal.as_ref().and_then(|proposal| proposal.sent);
    noted.or_else(|| {
        let at = position(stages)?;
        let (before, from) = stages.split_at_checked(at)?;
        let mut before = before.iter().filter(|stage| stage.phase == Phase::Open).peekable();
        let proposal = from.first().filter(|it| before.peek().is_some() || it.id == PROPOSAL)?;
        let now = &deal.stage()?.stage;
        if before.any(|stage| stage.id == *now) {
            return None;
        }
        deal.stages.iter().filter(|fact| fact.stage == proposal.id).map(|fact| fact.day).max()
    })
}
