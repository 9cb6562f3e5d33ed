//! What kind of client somebody is, where the facts plainly decide it; elsewhere nothing is said.
//!
//! In this order: the kind set by hand; ended; a partner; nothing agreed or invoiced (prospect); one job begun in the last
//! 180 days, or in the last year and under way (new); silent for longer than twice its own rhythm (dormant); late by more
//! than 30 days on average, or the price pushed twice, or one job long ago (stepping-stone); three jobs or a regular fee
//! over 180 days, paid within a week of the day (steady). A job is a deal that was won; for a client without deals, an
//! invoice.
//! At risk, toxic and advocate rest on health, and are only set by hand so far.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    ClientFacts, ClientKind, Deal, Phase, Relation, Retainer, Stage, TouchKind, days_between,
};

use super::words::date;
use super::{Answer, DbtTerms};

/// For so many days a first job keeps a client new.
const NEW_DAYS: i64 = 180;
/// For so many days it does while it is under way.
const FIRST_JOB_DAYS: i64 = 365;
/// Silence shorter than this makes nobody dormant.
const DORMANT_DAYS: i64 = 90;
/// Silence by which a client without a rhythm of its own is dormant.
const DORMANT_DAYS_WITHOUT_RHYTHM: i64 = 365;
/// Days beyond terms above which a client pays late, and below which it pays as agreed.
const LATE_DAYS: i64 = 30;
const PUNCTUAL_DAYS: i64 = 7;
/// From so many invoices on, how a client pays is a habit.
const HABIT_INVOICES: usize = 3;

/// The kind of the client and why, in a clause.
pub(super) fn kind(
    stages: &[Stage],
    known: &ClientFacts,
    dbt: &Answer<DbtTerms>,
    day: NaiveDate,
) -> Option<(ClientKind, String)> {
    let client = &known.client;
    if let Some(by_hand) = &client.kind {
        return Some((
            by_hand.kind,
            format!("set by hand on {}: {}", date(by_hand.day, day), by_hand.reason),
        ));
    }
    if let Some(ended) = &client.ended {
        let why = ended.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        return Some((ClientKind::Ended, format!("ended on {}{why}", date(ended.day, day))));
    }
    if client.relation == Relation::Partner {
        return Some((ClientKind::Partner, "works with the firm".to_owned()));
    }
    let history = History::of(stages, known, day);
    let Some(first) = history.jobs.first().copied() else {
        let agreed = !known.facts.invoices.is_empty() || !known.facts.retainers.is_empty();
        let may_pay = client.relation == Relation::Client;
        return (may_pay && !agreed)
            .then(|| (ClientKind::Prospect, "nothing agreed or invoiced yet".to_owned()));
    };
    let age = days_between(first, day);
    let one_job = history.jobs.len() == 1;
    let limit = if history.under_way { FIRST_JOB_DAYS } else { NEW_DAYS };
    if one_job && age <= limit {
        let how = if history.under_way { "under way" } else { "just done" };
        return Some((ClientKind::New, format!("the first job is {how}")));
    }
    if let Some(because) = history.dormant(day) {
        return Some((ClientKind::Dormant, because));
    }
    let (days, invoices) = match dbt {
        Ok(terms) => (terms.days().ok(), terms.invoices),
        Err(_) => (None, 0),
    };
    let habit = days.filter(|_| invoices >= HABIT_INVOICES);
    if let Some(days) = habit.filter(|days| *days > Decimal::from(LATE_DAYS)) {
        let because = format!("pays {} days late on average, from {invoices} invoices", days.round());
        return Some((ClientKind::SteppingStone, because));
    }
    if history.price_pushes >= 2 {
        let because = format!("pushed the price {} times", history.price_pushes);
        return Some((ClientKind::SteppingStone, because));
    }
    if one_job && !history.under_way {
        return Some((ClientKind::SteppingStone, format!("one job, {age} days ago")));
    }
    let returns = match history.jobs.len() {
        count @ 3.. if known.facts.deals.is_empty() => Some(format!("{count} invoices")),
        jobs @ 3.. => Some(format!("{jobs} jobs")),
        _ if history.regular => Some("a regular fee".to_owned()),
        _ => None,
    };
    let returns = returns.filter(|_| age >= NEW_DAYS)?;
    let punctual = habit.filter(|days| *days <= Decimal::from(PUNCTUAL_DAYS))?;
    let paid = days_off(punctual.round());
    Some((ClientKind::Steady, format!("{returns}, paid {paid} on average, from {invoices} invoices")))
}

/// `2 days late`, `3 days early`, `on the day`.
fn days_off(days: Decimal) -> String {
    let plural = if days.abs() == Decimal::ONE { "" } else { "s" };
    if days.is_zero() {
        "on the day".to_owned()
    } else if days.is_sign_negative() {
        format!("{} day{plural} early", days.abs())
    } else {
        format!("{days} day{plural} late")
    }
}

/// What a client's jobs say.
struct History {
    /// The days on which jobs began, ascending.
    jobs: Vec<NaiveDate>,
    /// Whether there is a deal to be worked on, or a regular fee.
    under_way: bool,
    /// Whether a regular fee has been paid for long.
    regular: bool,
    /// Whether a deal is still to be won.
    talks: bool,
    last_sign: Option<NaiveDate>,
    price_pushes: usize,
}

impl History {
    fn of(stages: &[Stage], known: &ClientFacts, day: NaiveDate) -> Self {
        let facts = &known.facts;
        let phase = |deal: &Deal| deal.stage().and_then(|at| phase_of(stages, &at.stage));
        let mut jobs: Vec<NaiveDate> = if facts.deals.is_empty() {
            facts.invoices.iter().map(|invoice| invoice.issued).collect()
        } else {
            facts.deals.iter().filter_map(|deal| won_on(stages, deal)).collect()
        };
        jobs.sort_unstable();
        let in_phase = |wanted| facts.deals.iter().any(|deal| phase(deal) == Some(wanted));
        let running = || facts.retainers.iter().filter(|retainer| runs(retainer, day));
        let touches = facts.touches.iter().map(|touch| touch.day);
        let invoices = facts.invoices.iter().map(|invoice| invoice.issued);
        let pushes = facts.touches.iter().filter(|touch| touch.kind == Some(TouchKind::PricePush));
        Self {
            last_sign: touches.chain(invoices).chain(jobs.iter().copied()).max(),
            jobs,
            under_way: in_phase(Phase::Won) || running().next().is_some(),
            regular: running().any(|retainer| days_between(retainer.from, day) >= NEW_DAYS),
            talks: in_phase(Phase::Open),
            price_pushes: pushes.count(),
        }
    }

    fn dormant(&self, day: NaiveDate) -> Option<String> {
        let (first, last) = (self.jobs.first()?, self.jobs.last()?);
        if self.under_way || self.talks {
            return None;
        }
        let silence = days_between(self.last_sign?, day);
        let repeats = i64::try_from(self.jobs.len()).unwrap_or(i64::MAX) - 1;
        if repeats < 2 {
            return (silence > DORMANT_DAYS_WITHOUT_RHYTHM).then(|| format!("silent for {silence} days"));
        }
        let rhythm = days_between(*first, *last).checked_div(repeats).unwrap_or(0);
        (silence > DORMANT_DAYS.max(2 * rhythm))
            .then(|| format!("silent for {silence} days, and came every {rhythm} before"))
    }
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

/// Whether fees of a retainer are still to come.
pub(super) fn runs(retainer: &Retainer, day: NaiveDate) -> bool {
    retainer.until.is_none_or(|until| until >= day)
}
