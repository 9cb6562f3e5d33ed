//! What kind of client somebody is, by rules that are written here, with the facts that decided.
//!
//! In this order:
//! 1. **ended**, unless a kind was set by hand on a later day; the kind set by hand; a **partner**; nothing agreed or invoiced: **prospect**;
//! 2. **toxic**: below the break-even rate over the window of health (a day of work at least) *and* price or scope pushed,
//!    *and* still so after a review: pushed again since, the last time within a year, and what was worked since below it
//!    too. Lateness alone is never toxic;
//! 3. **new**: one job begun in the last 180 days, or in the last year and under way; two jobs or more begun in the last year,
//!    where only time is missing to be steady: a third job, 180 days, or three invoices that fell due;
//! 4. **dormant**: silent for longer than twice its own rhythm: no touch, no invoice, no job and no hour of work;
//! 5. **at risk**: steady 90 days ago or now, and fallen by `falling_points` since, on more than one ground: two indicators
//!    fell (how they pay is none while one late invoice is out of character), or two invoices of these days are late. Its score by itself is compared, drawn towards nobody;
//! 6. **steady**: comes back (three jobs, or a regular fee for 180 days), pays as agreed (within `punctual_days` of the day on
//!    average, from three invoices; a single late one that is out of character is left out as long as it is, and said; and none
//!    was written off in the window because they could or would not pay), and in writing (half its points at least) or on a regular fee, which is in writing by itself. Of a client without a deal that was won it is not known how it
//!    agrees, and not asked. One that sent or introduced somebody is an **advocate**;
//! 7. **stepping-stone**: everybody else who agreed a job: late by more than `punctual_days` on average, the price pushed twice, or
//!    an invoice written off because they could or would not pay, or one job or two long ago; or else what is missing to be steady, which is named.
//!
//! A job is a deal that was won. The invoices of a deal that nobody moved to work tell of one as well, and of the time before the
//! first deal was won those of a day that name no deal; no fee of a retainer, and nothing that asks for nothing. Of a contact that
//! agreed nothing nothing is said.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, ClientFacts, ClientKind, Deal, DealId, Direction, Facts, Invoice, Money, Phase, Relation,
    Stage, Table, Threshold, Touch, TouchKind, WriteOffCause, add_days, days_between,
};

use super::forecast::dormancy::{Order, orders_of};
use super::health::{
    Due, Effort, Exception, FactId, Indicator, Look, Push, Pushed, Signals, TREND_DAYS, effort_terms,
    once_each, pushes_in_words, pushes_of_theirs,
};
use super::proof::{Unit, Value};
use super::standing::Standing;
use super::sum::converted;
use super::words::{amount_in_full, clause, date};

/// For so many days a first job keeps a client new.
const NEW_DAYS: i64 = 180;
/// For so many days it does while it is under way.
const FIRST_JOB_DAYS: i64 = 365;
/// Silence shorter than this makes nobody dormant.
const DORMANT_DAYS: i64 = 90;
/// Silence by which a client without a rhythm of its own is dormant.
const DORMANT_DAYS_WITHOUT_RHYTHM: i64 = 365;
/// From so many jobs on a client comes back.
const STEADY_JOBS: usize = 3;
/// From so many invoices on, how a client pays is a habit.
const HABIT_INVOICES: usize = 3;
/// So many pushes on the price make a client price-driven.
const PRICE_PUSHES: usize = 2;
/// Below so many hours nobody can say what an hour leaves.
const ENOUGH_HOURS: i64 = 8;
/// Points in writing from which on a client agrees in writing.
const IN_WRITING: i64 = 50;
/// Points that an indicator loses before it counts as fallen.
const FALLEN: i64 = 5;
/// Pushes count as still going on for so many days.
const PUSHES_LAST_DAYS: i64 = 365;
/// Days beyond terms from which on an invoice counts as late where it is asked whether a client falls.
const LATE_INVOICE_DAYS: i64 = 14;
/// From so many late invoices on they are no exception.
const ENOUGH_LATE: usize = 2;

/// A kind, and what decided it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Which.
    pub kind: ClientKind,
    /// What decided, each in a clause with its figures.
    pub because: Vec<String>,
    /// What the numbers of these clauses are.
    pub measured: Vec<Measured>,
    /// The records that decided, each once.
    pub facts: Vec<FactId>,
}

/// What a number of a clause is, so that it can be proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Of what: `Days beyond terms on average`.
    pub what: &'static str,
    /// The number as it was measured.
    pub value: Value,
    /// The indicator whose words the clause repeats, with these points.
    pub indicator: Option<Indicator>,
}

/// A clause, and what its numbers are.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    says: String,
    measured: Vec<Measured>,
}

impl From<String> for Said {
    fn from(says: String) -> Self {
        Self { says, measured: Vec::new() }
    }
}

impl From<&str> for Said {
    fn from(says: &str) -> Self {
        says.to_owned().into()
    }
}

impl Said {
    fn with(mut self, what: &'static str, value: Value) -> Self {
        self.measured.push(Measured { what, value, indicator: None });
        self
    }

    fn days(self, what: &'static str, days: i64) -> Self {
        self.with(what, Value::Number(days.into(), Unit::Days))
    }

    /// With an indicator whose words it repeats; its points where they are known.
    fn of(mut self, indicator: Indicator, points: Option<Decimal>) -> Self {
        let value = points.map(|points| Value::Number(points, Unit::Points));
        let measured = |value| Measured { what: indicator.title(), value, indicator: Some(indicator) };
        self.measured.extend(value.map(measured));
        self
    }
}

impl Decided {
    fn by(kind: ClientKind, because: impl Into<Said>, facts: Vec<FactId>) -> Self {
        let mut grounds = Grounds::default();
        grounds.add(because, facts);
        grounds.into_kind(kind)
    }

    /// What decided, in one line.
    #[must_use]
    pub fn why(&self) -> String {
        self.because.join("; ")
    }
}

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
    let limit = if history.under_way || !one_job { FIRST_JOB_DAYS } else { NEW_DAYS };
    if one_job && !history.regular && age <= limit {
        let how = if history.under_way { "under way" } else { "just done" };
        return Some(Decided::by(ClientKind::New, format!("the first job is {how}"), history.records));
    }
    if let Some(because) = history.dormant(day) {
        let facts = history.records.into_iter().chain(history.last_record).collect();
        return Some(Decided::by(ClientKind::Dormant, because, facts));
    }
    let steady = steady(now);
    if let Some(before) = before
        && (steady.is_ok() || self::steady(before).is_ok())
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

/// What speaks for a kind: clauses, and the records they rest on.
#[derive(Default)]
struct Grounds {
    because: Vec<String>,
    measured: Vec<Measured>,
    facts: Vec<FactId>,
}

/// A clause, and the records it rests on.
type Clause = (Said, Vec<FactId>);

impl Grounds {
    fn add(&mut self, says: impl Into<Said>, facts: Vec<FactId>) {
        let Said { says, measured } = says.into();
        self.because.push(says);
        self.measured.extend(measured);
        self.facts.extend(facts);
    }

    fn into_kind(self, kind: ClientKind) -> Decided {
        Decided { kind, because: self.because, measured: self.measured, facts: once_each(self.facts) }
    }
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

/// How a client usually pays: what is due in the window, but for a single late invoice that is out of character.
struct Habit {
    days: Decimal,
    invoices: usize,
    /// The one out of character.
    exception: Option<Exception>,
    /// Every invoice that was looked at.
    facts: Vec<FactId>,
}

impl Habit {
    /// From three invoices on.
    fn of(seen: &Seen<'_>) -> Option<Self> {
        let paying = &seen.signals.paying;
        let (mut terms, exception) = (paying.terms(), paying.exception());
        let mut invoices = terms.invoices;
        if let Some(exception) = &exception {
            invoices = invoices.saturating_sub(1);
            if exception.whole {
                terms = terms.without(exception);
            }
        }
        let days = terms.days()?;
        let facts = due(seen.look);
        (invoices >= HABIT_INVOICES).then_some(Self { days, invoices, exception, facts })
    }

    fn is_punctual(&self, look: &Look<'_>) -> bool {
        self.days <= look.business.threshold(Threshold::PunctualDays)
    }

    /// `paid on the day on average, from 7 invoices`, and what was left out.
    fn words(&self) -> Said {
        let apart = self.exception.as_ref().map(|it| {
            let how = if it.whole { "leaving out" } else { "and" };
            format!(", {how} {}", it.words())
        });
        let (days, count) = (days_off(self.days.round()), self.invoices);
        let apart = apart.unwrap_or_default();
        let says = self.measure(format!("paid {days} on average, from {count} invoices{apart}"));
        match &self.exception {
            Some(it) => says.days("Days late, out of character", it.days).days("It counts as", it.counts),
            None => says,
        }
    }

    fn measure(&self, says: String) -> Said {
        let says =
            Said::from(says).with("Days beyond terms on average", Value::Number(self.days, Unit::Days));
        says.with("Invoices that fell due", Value::things(self.invoices))
    }
}

/// What somebody lacks to be steady.
struct Lacks {
    says: Said,
    facts: Vec<FactId>,
    /// Whether time may bring it, and nothing speaks against it yet.
    time: bool,
}

/// Why a client is steady, or what it lacks.
fn steady(seen: &Seen<'_>) -> Result<Grounds, Lacks> {
    let (known, day) = (seen.look.known, seen.look.day);
    let history = History::of(seen.look.stages, known, day);
    let age = history.first.map_or(0, |first| days_between(first, day));
    let jobs = history.jobs.len();
    let has_won = first_won(seen.look.stages, known).is_some();
    let noun = if has_won { "jobs" } else { "invoices" };
    let lacks = |time: bool, says: Said, facts: Vec<FactId>| Lacks { says, facts, time };
    let count = |says: String| Said::from(says).with("Jobs", Value::things(jobs));
    let early = |says: String| {
        let says = count(says).days("Days since the first", age);
        lacks(true, says.with("Make a client steady", Value::things(STEADY_JOBS)), history.records.clone())
    };
    let returns = match jobs {
        STEADY_JOBS.. => format!("{jobs} {noun}"),
        _ if history.regular => "a regular fee".to_owned(),
        0 => return Err(early(format!("a regular fee agreed {age} days ago, and no job yet"))),
        1 => return Err(early(format!("one job, {age} days ago"))),
        _ => {
            return Err(early(format!(
                "{jobs} {noun} in {age} days, and {STEADY_JOBS} make a client steady"
            )));
        }
    };
    if let Some((says, facts)) = lost(seen.look) {
        return Err(lacks(false, says, facts));
    }
    if age < NEW_DAYS {
        return Err(early(format!("{returns}, the first of it {age} days ago: not steady yet")));
    }
    let Some(habit) = Habit::of(seen) else {
        let due = match seen.signals.paying.terms().invoices {
            0 => "none".to_owned(),
            count => count.to_string(),
        };
        let says =
            format!("{returns}, but of {HABIT_INVOICES} invoices that tell how they pay {due} fell due");
        let says = count(says).with("Invoices that tell how they pay", Value::things(HABIT_INVOICES));
        let due = seen.signals.paying.terms().invoices;
        let says = says.with("Invoices that fell due", Value::things(due));
        return Err(lacks(true, says, history.records.clone()));
    };
    if !habit.is_punctual(seen.look) {
        return Err(lacks(false, habit.words(), habit.facts));
    }
    let mut grounds = Grounds::default();
    grounds.add(count(returns), history.records.clone());
    grounds.add(habit.words(), habit.facts);
    if history.regular {
        let fees = known.running_retainers(day);
        let fees = fees.map(|it| (Table::Retainers, it.id.to_string())).collect();
        grounds.add("on a regular fee".to_owned(), fees);
    } else if has_won {
        let writing = seen.signals.alone(Indicator::Writing);
        let says = writing.map(|writing| clause(&writing.says)).unwrap_or_default();
        let facts = writing.map(|writing| writing.facts.clone()).unwrap_or_default();
        let points = writing.and_then(|writing| writing.points.clone().ok());
        let of = |says: String| Said::from(says).of(Indicator::Writing, points);
        match points {
            Some(points) if points >= Decimal::from(IN_WRITING) => {}
            Some(_) => return Err(lacks(false, of(format!("too little in writing: {says}")), facts)),
            None => {
                let why = says.trim_start_matches("not known: ");
                return Err(lacks(false, of(format!("what is in writing is not known: {why}")), facts));
            }
        }
        grounds.add(of(format!("in writing: {says}")), facts);
    }
    Ok(grounds)
}

/// That in the window an invoice was written off because they could not or would not pay.
fn lost(look: &Look<'_>) -> Option<Clause> {
    let lost = look.known.facts.invoices.iter().filter_map(|invoice| {
        let write_off = invoice.write_off.as_ref().filter(|it| look.is_recent(it.day))?;
        let why = match write_off.cause {
            WriteOffCause::Cannot => "could",
            WriteOffCause::WillNot => "would",
            WriteOffCause::Misunderstanding | WriteOffCause::Dissatisfied => return None,
        };
        Some((write_off.day, invoice, why))
    });
    let (day, invoice, why) = lost.max_by_key(|(day, ..)| *day)?;
    let says = format!("{why} not pay {}, written off on {}", invoice.number, date(day, look.day));
    let says = Said::from(says).with("Written off", Value::On(day));
    Some((says, vec![(Table::Invoices, invoice.id.to_string())]))
}

/// That a client pays late, as a habit.
fn late(seen: &Seen<'_>) -> Option<Clause> {
    let habit = Habit::of(seen).filter(|habit| !habit.is_punctual(seen.look))?;
    // To a tenth: by half a day more than the limit it is late, and must not read as if it were the limit.
    let days = days_off(habit.days.round_dp(1).normalize());
    let says = format!("pays {days} on average, from {} invoices", habit.invoices);
    Some((habit.measure(says), habit.facts))
}

/// The invoices by which it is known how a client pays.
fn due(look: &Look<'_>) -> Vec<FactId> {
    let due = look.invoices.iter().filter(|it| Due::of(look, it).is_some());
    due.map(|it| (Table::Invoices, it.invoice.id.to_string())).collect()
}

/// Why a client falls: by its score, or, where too little is known for one, by late invoices. `None` where it does not, or on one
/// ground alone.
fn falls(now: &Seen<'_>, before: &Seen<'_>) -> Option<Grounds> {
    let weights = Indicator::weights(now.look.business);
    let (is, was) = (now.signals.by_itself(&weights), before.signals.by_itself(&weights));
    let (Ok(had), Ok(has)) = (&was.score, &is.score) else {
        return falls_by_late_invoices(now.look, before.look.day);
    };
    let lost = had.points.saturating_sub(has.points);
    if lost < now.look.business.threshold(Threshold::FallingPoints) {
        return None;
    }
    let late = late_since(now.look, before.look.day, LATE_INVOICE_DAYS.into());
    let late_alone = late.len() >= ENOUGH_LATE;
    let excused = now.signals.paying.exception().is_some_and(|it| it.whole);
    let points = |points: Decimal| Value::Number(points, Unit::Points);
    let says = Said::from(format!("the score fell by {} in 90 days", lost.round()));
    let mut grounds = Grounds::default();
    grounds.add(says.with("Points lost", points(lost)).days("Compared with", TREND_DAYS), late);
    for (is, was) in is.readings.iter().zip(&was.readings) {
        let (Ok(now), Ok(then)) = (&is.points, &was.points) else { continue };
        let lost = then.saturating_sub(*now);
        if lost >= Decimal::from(FALLEN) && !(is.indicator == Indicator::Pays && excused) {
            let (what, says) = (is.indicator.title().to_lowercase(), clause(&is.says));
            let facts = is.facts.iter().chain(&was.facts).cloned().collect();
            let says = Said::from(format!("{what} fell by {}: {says}", lost.round()));
            grounds.add(says.with("Points lost", points(lost)).of(is.indicator, Some(*now)), facts);
        }
    }
    // The first clause is the score's own. One late invoice out of character is no ground.
    (late_alone || grounds.because.len() > 2).then_some(grounds)
}

/// The same of whom too little is known for a score: invoices tell that came later than is still punctual.
fn falls_by_late_invoices(look: &Look<'_>, since: NaiveDate) -> Option<Grounds> {
    let punctual = look.business.threshold(Threshold::PunctualDays);
    let late = late_since(look, since, punctual.max(LATE_INVOICE_DAYS.into()));
    if late.len() < ENOUGH_LATE {
        return None;
    }
    let says = format!("{} invoices that were due since {} are late", late.len(), date(since, look.day));
    let says =
        Said::from(says).with("Late invoices", Value::things(late.len())).with("Due since", Value::On(since));
    let mut grounds = Grounds::default();
    grounds.add(says, late);
    Some(grounds)
}

/// The invoices due after a day that came, or are open, more than so many days beyond terms, weighed by their parts.
fn late_since(look: &Look<'_>, since: NaiveDate, beyond: Decimal) -> Vec<FactId> {
    let late = look.invoices.iter().filter(|it| {
        let days = it.mean_days_beyond_terms(look.day);
        it.invoice.due > since && days.is_some_and(|days| Decimal::from(days) > beyond)
    });
    late.map(|it| (Table::Invoices, it.invoice.id.to_string())).collect()
}

/// Below break-even, pushes, and both still so after a review.
fn toxic(seen: &Seen<'_>) -> Option<Decided> {
    let look = seen.look;
    let pushes = pushes_of_theirs(look);
    let last_push = pushes.last()?.day;
    // Who has not pushed for a year does so no more.
    if days_between(last_push, look.day) > PUSHES_LAST_DAYS {
        return None;
    }
    let below = below_break_even(look, &seen.signals.effort)?;
    let review = review_that_worked(look, &pushes)?;
    let after = Look { from: review.day, ..*look };
    let since = Effort::of(&after);
    // Without an hour worked since, what was worked before still holds.
    if since.hours > Decimal::ZERO && below_break_even_rate(look, &since).is_none() {
        return None;
    }
    let after: Vec<&Push> = pushes.iter().filter(|push| push.day > review.day).collect();
    let first = after.first()?;
    let worked = effort_terms(look).into_iter().filter(|term| term.counts).map(|term| term.fact);
    let first_push = pushes.first()?.day;
    let pushed =
        format!("{} in the window, first on {}", pushes_in_words(&pushes), date(first_push, look.day));
    let mut pushed = Said::from(pushed).with("First push", Value::On(first_push));
    for what in Pushed::ALL {
        let times = pushes.iter().filter(|push| push.what == what).count();
        pushed = pushed.with("Times pushed", Value::things(times));
    }
    let still = format!(
        "still so after the review on {}: {} on {}",
        date(review.day, look.day),
        first.what.words(),
        date(first.day, look.day)
    );
    let still = Said::from(still).with("The review", Value::On(review.day));
    let still = still.with("Pushed after it", Value::On(first.day));
    let mut grounds = Grounds::default();
    let effort = &seen.signals.effort;
    let hours = Value::Number(effort.hours, Unit::Hours);
    let mut below = Said::from(below).with("Hours worked", hours);
    for (what, money) in [("Left an hour", effort.hourly().ok()), ("Break-even rate", break_even_rate(look))]
    {
        below = money.into_iter().fold(below, |below, money| below.with(what, Value::Money(money)));
    }
    grounds.add(below, worked.collect());
    grounds.add(pushed, pushes.iter().map(|push| push.fact.clone()).collect());
    grounds.add(still, vec![(Table::Touches, review.id.to_string())]);
    Some(grounds.into_kind(ClientKind::Toxic))
}

/// The review by which it is judged whether something is still so: the last one that had its time to work, `reevaluate_days`, or came
/// after as long without a push; without such a one the first.
fn review_that_worked<'a>(look: &Look<'a>, pushes: &[Push]) -> Option<&'a Touch> {
    let time = look.business.threshold_days(Threshold::ReevaluateDays);
    let reviews = look.known.facts.touches.iter().map(AsRef::as_ref);
    let reviews = reviews.filter(|touch| touch.kind == Some(TouchKind::Review) && look.from < touch.day);
    let pushed_before =
        |day: NaiveDate| pushes.iter().any(|push| push.day <= day && days_between(push.day, day) < time);
    let worked = |touch: &&Touch| days_between(touch.day, look.day) >= time || !pushed_before(touch.day);
    let mut reviews: Vec<&Touch> = reviews.collect();
    reviews.sort_by_key(|touch| touch.day);
    reviews.iter().copied().rfind(worked).or_else(|| reviews.first().copied())
}

/// That enough hours left less than the break-even rate.
pub(super) fn below_break_even(look: &Look<'_>, effort: &Effort) -> Option<String> {
    (effort.hours >= Decimal::from(ENOUGH_HOURS)).then(|| below_break_even_rate(look, effort))?
}

/// The break-even rate in the book's currency, where there is one.
fn break_even_rate(look: &Look<'_>) -> Option<Money> {
    converted(look.business, look.business.break_even_rate?, look.day).ok()
}

pub(super) fn below_break_even_rate(look: &Look<'_>, effort: &Effort) -> Option<String> {
    let least = break_even_rate(look)?;
    let hourly = effort.hourly().ok()?;
    (hourly.amount < least.amount).then(|| {
        let [hourly, least] = [hourly, least].map(amount_in_full);
        let hours = effort.hours.round();
        format!("leaves {hourly} an hour, below the break-even rate of {least}, from {hours} hours")
    })
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
    /// The day the first job or regular fee began.
    first: Option<NaiveDate>,
    /// The records of the jobs; where there is none yet those of regular fees.
    records: Vec<FactId>,
    /// Whether there is a deal to be worked on, or a regular fee.
    under_way: bool,
    /// Whether a regular fee has been paid for long.
    regular: bool,
    /// Whether a deal is still to be won.
    talks: bool,
    last_sign: Option<NaiveDate>,
    /// The touch or invoice of that day, where it was none of the jobs.
    last_record: Option<FactId>,
}

impl History {
    fn of(stages: &[Stage], known: &ClientFacts, day: NaiveDate) -> Self {
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
            records: records(stages, known),
            first: jobs.iter().copied().chain(facts.retainers.iter().map(|it| it.from)).min(),
            last_sign: last.iter().map(|(day, _)| *day).chain(jobs.iter().copied()).chain(worked).max(),
            last_record: last.map(|(_, record)| record),
            jobs,
            under_way: in_phase(Phase::Won) || running().next().is_some(),
            regular: running().any(|retainer| days_between(retainer.from, day) >= NEW_DAYS),
            talks: in_phase(Phase::Open),
        }
    }

    fn dormant(&self, day: NaiveDate) -> Option<Said> {
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

/// That they pushed the price again.
fn price_driven(look: &Look<'_>) -> Option<Clause> {
    let pushes = pushes_of_theirs(look).into_iter().filter(|push| push.what == Pushed::Price);
    let facts: Vec<FactId> = pushes.map(|push| push.fact).collect();
    let times = facts.len();
    (times >= PRICE_PUSHES).then(|| {
        let says = Said::from(format!("pushed the price {times} times"));
        (says.with("Times pushed", Value::things(times)), facts)
    })
}

/// The records of a client's jobs; of one without any those of its regular fees.
fn records(stages: &[Stage], known: &ClientFacts) -> Vec<FactId> {
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
fn billed(facts: &Facts) -> impl Iterator<Item = &Arc<Invoice>> {
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
