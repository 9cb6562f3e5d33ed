//! What a client's jobs say of how it comes back.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{ClientFacts, Deal, Phase, Stage, Table, Touch, days_between};
use crate::figures::health::FactId;
use crate::figures::jobs::{billed, job_records, jobs, phase_of};

use super::NEW_DAYS;
use super::grounds::Said;

/// Silence shorter than this makes nobody dormant.
const DORMANT_DAYS: i64 = 90;
/// Silence by which a client without a rhythm of its own is dormant.
const DORMANT_DAYS_WITHOUT_RHYTHM: i64 = 365;

/// What a client's jobs say.
pub(super) struct History {
    /// The days on which jobs began, ascending.
    pub(super) jobs: Vec<NaiveDate>,
    /// The day the first job or regular fee began.
    pub(super) first: Option<NaiveDate>,
    /// The records of the jobs; where there is none yet those of regular fees.
    pub(super) records: Vec<FactId>,
    /// Whether there is a deal to be worked on, or a regular fee.
    pub(super) under_way: bool,
    /// Whether a regular fee has been paid for long.
    pub(super) regular: bool,
    /// Whether a deal is still to be won.
    talks: bool,
    last_sign: Option<NaiveDate>,
    /// The touch or invoice of that day, where it was none of the jobs.
    pub(super) last_record: Option<FactId>,
}

impl History {
    pub(super) fn of(stages: &[Stage], known: &ClientFacts, day: NaiveDate) -> Self {
        let facts = &known.facts;
        let phase = |deal: &Deal| deal.stage().and_then(|at| phase_of(stages, &at.stage));
        let jobs = jobs(stages, known);
        let in_phase = |wanted| facts.deals.iter().any(|deal| phase(deal) == Some(wanted));
        let running = || known.running_retainers(day);
        let touch = |touch: &Arc<Touch>| (Table::Touches, touch.id.to_string());
        let touches = facts.touches.iter().max_by_key(|it| it.day).map(|it| (it.day, touch(it)));
        let invoices = billed(facts).max_by_key(|it| it.issued);
        let invoices = invoices.map(|it| (it.issued, (Table::Invoices, it.id.to_string())));
        let last = touches.into_iter().chain(invoices).max_by_key(|(day, _)| *day);
        // Who works for somebody is not out of touch with them.
        let worked = facts.work.iter().map(|work| work.day);
        Self {
            records: job_records(stages, known),
            first: jobs.iter().copied().chain(facts.retainers.iter().map(|it| it.from)).min(),
            last_sign: last.iter().map(|(day, _)| *day).chain(jobs.iter().copied()).chain(worked).max(),
            last_record: last.map(|(_, record)| record),
            jobs,
            under_way: in_phase(Phase::Won) || running().next().is_some(),
            regular: running().any(|retainer| days_between(retainer.from, day) >= NEW_DAYS),
            talks: in_phase(Phase::Open),
        }
    }

    pub(super) fn dormant(&self, day: NaiveDate) -> Option<Said> {
        let first = self.first?;
        if self.under_way || self.talks {
            return None;
        }
        let silence = days_between(self.last_sign?, day);
        let repeats = i64::try_from(self.jobs.len()).unwrap_or(i64::MAX) - 1;
        if repeats < 2 {
            return (silence > DORMANT_DAYS_WITHOUT_RHYTHM)
                .then(|| Said::from(format!("silent for {silence} days")).days("Days of silence", silence));
        }
        let rhythm = days_between(first, *self.jobs.last()?).checked_div(repeats).unwrap_or(0);
        (silence > DORMANT_DAYS.max(2 * rhythm)).then(|| {
            let says = Said::from(format!("silent for {silence} days, and came every {rhythm} before"));
            says.days("Days of silence", silence).days("Days between two jobs", rhythm)
        })
    }
}
