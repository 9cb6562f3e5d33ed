//! What a client's jobs say of how it comes back.

use chrono::NaiveDate;

use crate::domain::{Basis, ClientFacts, Deal, Facts, Party, Phase, Retainer, Stage, Table, days_between};
use crate::figures::health::FactId;
use crate::figures::jobs::{billed, job_records, jobs, phase_of, won_on};

use super::NEW_DAYS;
use super::grounds::Said;

/// Silence shorter than this makes nobody dormant.
const DORMANT_DAYS: i64 = 90;
/// Between two fees that follow each other lie no more days than this.
const BREAK_DAYS: i64 = 31;
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
    /// Whether a job is: one that is neither delivered nor a deal for maintenance.
    pub(super) job_under_way: bool,
    /// The regular fees, and the deals for maintenance, that have run for long.
    pub(super) fees: Vec<FactId>,
    /// Since when a regular fee has run without a break, where one runs.
    pub(super) fee_since: Option<NaiveDate>,
    /// When the last one ended, where one did.
    pub(super) fee_ended: Option<NaiveDate>,
    /// Whether a deal is still to be won.
    talks: bool,
    last_sign: Option<NaiveDate>,
    /// The record that tells of that day, where it was none of the jobs.
    pub(super) last_record: Option<FactId>,
}

impl History {
    pub(super) fn of(stages: &[Stage], known: &ClientFacts, day: NaiveDate) -> Self {
        let facts = &known.facts;
        let phase = |deal: &Deal| deal.stage().and_then(|at| phase_of(stages, &at.stage));
        let jobs = jobs(stages, known);
        let in_phase = |wanted| facts.deals.iter().any(|deal| phase(deal) == Some(wanted));
        let running = || known.running_retainers(day);
        let last = signs(facts, day).max_by_key(|(day, _)| *day);
        // Who works for somebody is not out of touch with them.
        let worked = facts.work.iter().map(|work| work.day);
        let is_old = |from: NaiveDate| days_between(from, day) >= NEW_DAYS;
        let since = |fee: &Retainer| begun(facts, fee);
        let fees = running().filter(|it| is_old(since(it))).map(|it| (Table::Retainers, it.id.to_string()));
        let maintained = facts.deals.iter().filter(|it| {
            it.basis == Some(Basis::Retainer)
                && phase(it) == Some(Phase::Won)
                && won_on(stages, it).is_some_and(is_old)
        });
        let maintained = maintained.map(|it| (Table::Deals, it.id.to_string()));
        Self {
            records: job_records(stages, known),
            first: jobs.iter().copied().chain(facts.retainers.iter().map(|it| it.from)).min(),
            last_sign: last.iter().map(|(day, _)| *day).chain(jobs.iter().copied()).chain(worked).max(),
            last_record: last.map(|(_, record)| record),
            job_under_way: facts.deals.iter().any(|it| {
                phase(it) == Some(Phase::Won) && it.delivered.is_none() && it.basis != Some(Basis::Retainer)
            }),
            under_way: in_phase(Phase::Won) || running().next().is_some(),
            fees: fees.chain(maintained).collect(),
            fee_since: running().map(|it| since(it)).min(),
            fee_ended: facts.retainers.iter().filter_map(|it| it.until).filter(|it| *it < day).max(),
            talks: in_phase(Phase::Open),
            jobs,
        }
    }

    /// Whether a regular fee has been paid for long.
    pub(super) fn is_regular(&self) -> bool {
        !self.fees.is_empty()
    }

    pub(super) fn dormant(&self, day: NaiveDate) -> Option<Said> {
        if self.first.is_none() || self.under_way || self.talks {
            return None;
        }
        let silence = days_between(self.last_sign?, day);
        let repeats = i64::try_from(self.jobs.len()).unwrap_or(i64::MAX) - 1;
        if repeats < 2 {
            return (silence > DORMANT_DAYS_WITHOUT_RHYTHM)
                .then(|| Said::from(format!("silent for {silence} days")).days("Days of silence", silence));
        }
        let rhythm = days_between(*self.jobs.first()?, *self.jobs.last()?).checked_div(repeats).unwrap_or(0);
        (silence > DORMANT_DAYS.max(2 * rhythm)).then(|| {
            let says = Said::from(format!("silent for {silence} days, and came every {rhythm} before"));
            says.days("Days of silence", silence).days("Days between two jobs", rhythm)
        })
    }
}

/// The day from which a fee has run without a break, whatever it was before: one that was raised is a new one to the book.
fn begun(facts: &Facts, fee: &Retainer) -> NaiveDate {
    let mut from = fee.from;
    let follows = |before: &Retainer, from: NaiveDate| {
        let until = |until: NaiveDate| days_between(until, from) <= BREAK_DAYS;
        before.from < from && before.until.is_none_or(until)
    };
    while let Some(before) = facts.retainers.iter().filter(|it| follows(it, from)).map(|it| it.from).min() {
        from = before;
    }
    from
}

/// The days on which a client was in touch by `day`, each with the record that tells of it: by a touch, by what was billed, paid or
/// disputed, and by what they promised.
fn signs(facts: &Facts, day: NaiveDate) -> impl Iterator<Item = (NaiveDate, FactId)> {
    let touches = facts.touches.iter().map(|it| (it.day, (Table::Touches, it.id.to_string())));
    let invoices = billed(facts).flat_map(|it| {
        let paid = it.payments.iter().filter(|paid| paid.offset.is_none()).map(|paid| paid.day);
        let named = it.promised.iter().map(|promised| promised.day);
        let disputed = it.disputes.iter().flat_map(|it| [Some(it.from), it.until]).flatten();
        let days = [it.issued].into_iter().chain(paid).chain(named).chain(disputed);
        days.map(|day| (day, (Table::Invoices, it.id.to_string())))
    });
    let theirs = facts.promises.iter().filter(|it| it.by == Party::Them);
    let promises = theirs.flat_map(|it| {
        let days = [it.made].into_iter().chain(it.moved.iter().map(|moved| moved.day)).chain(it.kept);
        days.map(|day| (day, (Table::Promises, it.id.to_string())))
    });
    touches.chain(invoices).chain(promises).filter(move |(on, _)| *on <= day)
}
