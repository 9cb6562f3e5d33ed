//! What kind of client somebody is, by rules that are written here, with the facts that decided.
//!
//! In this order:
//! 1. **ended**, unless a kind was set by hand on a later day; the kind set by hand; a **partner**; nothing agreed or invoiced: **prospect**;
//! 2. **toxic**: below the break-even rate over the window of health (a day of work at least) *and* price or scope pushed,
//!    *and* still so after a review: pushed again since, the last time within a year, and what was worked since below it
//!    too, where that is a day of work. Lateness alone is never toxic;
//! 3. **new**: one job begun in the last 180 days, or in the last year and under way; two jobs or more begun in the last year,
//!    where only time is missing to be steady: a third job, 180 days, or three invoices that fell due;
//! 4. **dormant**: silent for longer than twice its own rhythm: no touch, no invoice, no job and no hour of work;
//! 5. **at risk**: steady 90 days ago or now, and fallen by `falling_points` since, on more than one ground: two indicators
//!    fell (how they pay is none while one late invoice is out of character), or two invoices of these days are late. Its score by itself is compared, drawn towards nobody;
//! 6. **steady**: comes back (three jobs, or a regular fee for 180 days), pays as agreed (within `punctual_days` of the day on
//!    average, from three invoices; a single late one that is out of character is left out as long as it is, and said; and none
//!    was written off in the window because they could or would not pay), and in writing (half its points at least) or on a regular fee, which is in writing by itself. Of a client of whose deals none was begun it is not known how it
//!    agrees, and not asked. One that sent or introduced somebody is an **advocate**;
//! 7. **stepping-stone**: everybody else who agreed a job: late by more than `punctual_days` on average, the price pushed twice, or
//!    an invoice written off because they could or would not pay, or one job or two long ago; or else what is missing to be steady, which is named.
//!
//! What a job is, `jobs.rs` says. Of a contact that agreed nothing nothing is said.

mod falls;
mod grounds;
mod history;
mod steady;
mod toxic;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, ClientKind, Direction, Relation, Stage, Table, TouchKind, add_days, days_between,
};

use super::health::{FactId, Look, Signals, TREND_DAYS};
use super::jobs::{billed, won_on};
use super::proof::Value;
use super::standing::Standing;
use super::words::date;
use falls::falls;
use grounds::{Grounds, Said};
use history::History;
use steady::{late, lost, price_driven, steady};
use toxic::toxic;

pub use grounds::{Decided, Measured};
pub(in crate::figures) use toxic::{below_break_even, effort_since};

/// For so many days a first job keeps a client new.
const NEW_DAYS: i64 = 180;
/// For so many days it does while it is under way.
const FIRST_JOB_DAYS: i64 = 365;

/// A client's signals 90 days before `day`, and its kind on it, from its facts as `known` at its end; `look` and `signals` are
/// made of these.
pub(super) fn decide(
    known: &Arc<ClientFacts>,
    look: &Look<'_>,
    signals: &Signals,
) -> (Option<Arc<Signals>>, Option<Decided>) {
    let now = Seen { look, signals };
    let earlier = add_days(look.day, -TREND_DAYS);
    let Some(known_then) = known.as_of(earlier) else { return (None, kind(&now, None)) };
    let invoices: Vec<Standing<'_>> = known_then.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let look_then = Look::new(look.business, look.stages, &known_then, &invoices, earlier);
    let signals_then = Arc::new(Signals::seen(&look_then));
    let before = Seen { look: &look_then, signals: &signals_then };
    let decided = kind(&now, Some(&before));
    (Some(signals_then), decided)
}

/// The kind of a client from its facts as `known` at the end of `day`.
pub(super) fn kind_on(
    business: &Business,
    stages: &[Stage],
    known: &Arc<ClientFacts>,
    day: NaiveDate,
) -> Option<Decided> {
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let look = Look::new(business, stages, known, &invoices, day);
    decide(known, &look, &Signals::seen(&look)).1
}

/// Whether a client has gone bad by its facts as `known` at the end of `day`: its kind is toxic, or dormant after two jobs.
/// `business` is asked for the settings as known then, where they are needed.
pub(super) fn gone_bad(
    business: impl FnOnce() -> Arc<Business>,
    stages: &[Stage],
    known: &ClientFacts,
    day: NaiveDate,
) -> Option<Decided> {
    let history = History::of(stages, known, day);
    let came_back = history.jobs.len() >= 2;
    // Elsewhere it can be neither, and the rest need not be looked at.
    let by_hand = known.client.kind.is_some();
    let silent = came_back && history.dormant(day).is_some();
    let reviewed = known.facts.touches.iter().any(|touch| touch.kind == Some(TouchKind::Review));
    if !(by_hand || silent || reviewed) {
        return None;
    }
    let business = business();
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let look = Look::new(&business, stages, known, &invoices, day);
    // What it was earlier only tells one at risk from a steady one.
    let decided = kind(&Seen { look: &look, signals: &Signals::seen(&look) }, None)?;
    match decided.kind {
        ClientKind::Toxic => Some(decided),
        ClientKind::Dormant if came_back => Some(decided),
        _ => None,
    }
}

/// What a client's facts say on one day.
struct Seen<'a> {
    look: &'a Look<'a>,
    signals: &'a Signals,
}

/// The kind of a client as seen `now`; `before` is how it was seen 90 days earlier.
fn kind(now: &Seen<'_>, before: Option<&Seen<'_>>) -> Option<Decided> {
    let (known, stages, day) = (now.look.known, now.look.stages, now.look.day);
    let client = &known.client;
    let own = || vec![now.look.client_fact()];
    if let Some(ended) = client.over() {
        let why = ended.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let mut grounds = Grounds::default();
        let says = Said::from(format!("ended on {}{why}", date(ended.day, day)));
        grounds.add(says.with("Ended", Value::On(ended.day)), own());
        if let Some(again) = known.ordered_again(stages) {
            let says = format!("they ordered again since, last on {}", date(again.day, day));
            let says = Said::from(says).with("Ordered again", Value::On(again.day));
            grounds.add(says, vec![(again.table, again.id)]);
        }
        return Some(grounds.into_kind(ClientKind::Ended));
    }
    if let Some(by_hand) = &client.kind {
        let says = Said::from(format!("set by hand on {}: {}", date(by_hand.day, day), by_hand.reason));
        let because = says.with("Set by hand", Value::On(by_hand.day));
        return Some(Decided::by(by_hand.kind, because, own()));
    }
    if client.relation == Relation::Partner {
        return Some(Decided::by(ClientKind::Partner, "works with the firm", own()));
    }
    if is_prospect(stages, known) {
        return Some(Decided::by(ClientKind::Prospect, "nothing agreed or invoiced yet", own()));
    }
    let history = History::of(stages, known, day);
    let first = history.first?;
    if let Some(toxic) = toxic(now) {
        return Some(toxic);
    }
    let age = days_between(first, day);
    let one_job = history.jobs.len() <= 1;
    // So long a client may be new.
    let first_goes_on = history.job_under_way || (history.jobs.is_empty() && history.under_way);
    let limit = if first_goes_on || !one_job { FIRST_JOB_DAYS } else { NEW_DAYS };
    if one_job && !history.is_regular() && age <= limit {
        let says = match (history.jobs.is_empty(), first_goes_on) {
            (false, true) => "the first job is under way",
            (false, false) => "the first job is just done",
            (true, true) => "a regular fee was just agreed, and no job yet",
            (true, false) => "a regular fee has just ended, and there was no job",
        };
        return Some(Decided::by(ClientKind::New, says, history.records));
    }
    if let Some(because) = history.dormant(day) {
        let facts = history.records.into_iter().chain(history.last_record).collect();
        return Some(Decided::by(ClientKind::Dormant, because, facts));
    }
    let steady = steady(now);
    if let Some(before) = before
        && (steady.is_ok() || steady::steady(before).is_ok())
        && let Some(falls) = falls(now, before)
    {
        return Some(falls.into_kind(ClientKind::AtRisk));
    }
    let lacks = match steady {
        Ok(grounds) => return Some(steady_or_advocate(known, grounds)),
        Err(lacks) => lacks,
    };
    let mut against = Grounds::default();
    for (says, facts) in [late(now), price_driven(now.look), lost(now.look)].into_iter().flatten() {
        against.add(says, facts);
    }
    if !against.because.is_empty() {
        return Some(against.into_kind(ClientKind::SteppingStone));
    }
    // Within a year of the first, time may bring what is missing, as long as something goes on.
    let limit = if history.under_way { FIRST_JOB_DAYS } else { limit };
    let kind = if lacks.time && age <= limit { ClientKind::New } else { ClientKind::SteppingStone };
    Some(Decided::by(kind, lacks.says, lacks.facts))
}

fn steady_or_advocate(known: &ClientFacts, mut grounds: Grounds) -> Decided {
    let sent = known.facts.touches.iter().filter(|touch| {
        touch.direction == Direction::In
            && matches!(touch.kind, Some(TouchKind::Referral | TouchKind::Introduction))
    });
    let sent: Vec<FactId> = sent.map(|it| (Table::Touches, it.id.to_string())).collect();
    let says = match sent.len() {
        0 => return grounds.into_kind(ClientKind::Steady),
        1 => "sent or introduced somebody".to_owned(),
        n => format!("sent or introduced somebody {n} times"),
    };
    let says = Said::from(says).with("Sent or introduced", Value::things(sent.len()));
    grounds.add(says, sent);
    grounds.into_kind(ClientKind::Advocate)
}

/// Whether a client is a prospect: set so by hand, or nothing was agreed or invoiced yet.
pub(super) fn is_prospect(stages: &[Stage], known: &ClientFacts) -> bool {
    let (client, facts) = (&known.client, &known.facts);
    match &client.kind {
        _ if client.over().is_some() => false,
        Some(by_hand) => by_hand.kind == ClientKind::Prospect,
        None => {
            client.relation == Relation::Client
                && billed(facts).next().is_none()
                && facts.retainers.is_empty()
                && !facts.deals.iter().any(|deal| won_on(stages, deal).is_some())
        }
    }
}
