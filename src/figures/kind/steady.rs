//! Whether a client is steady, and what speaks against it: how it pays as a habit, what was lost, how the price was pushed.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Table, Threshold, WriteOffCause, days_between};
use crate::figures::health::{Due, Exception, FactId, Indicator, Look, Pushed, pushes_of_theirs};
use crate::figures::jobs::{first_won, has_begun};
use crate::figures::proof::{Unit, Value};
use crate::figures::words::{clause, date};

use super::grounds::{Clause, Grounds, Said};
use super::history::History;
use super::{NEW_DAYS, Seen};

/// From so many jobs on a client comes back.
const STEADY_JOBS: usize = 3;
/// From so many invoices on, how a client pays is a habit.
const HABIT_INVOICES: usize = 3;
/// So many pushes on the price make a client price-driven.
const PRICE_PUSHES: usize = 2;
/// Points in writing from which on a client agrees in writing.
const IN_WRITING: i64 = 50;

/// How a client usually pays: what is due in the window, but for a single late invoice that is out of character.
struct Habit {
    /// Days beyond terms on average …
    days: Decimal,
    /// … of so many invoices: with the one out of character, unless all of that is left out.
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
        let (mut terms, exception) = (paying.paid_terms(), paying.exception());
        let (mut invoices, others) = (terms.invoices, terms.invoices.saturating_sub(exception.iter().len()));
        if let Some(exception) = exception.as_ref().filter(|it| it.whole) {
            terms = terms.without(exception);
            invoices = others;
        }
        let days = terms.days()?;
        let facts = due(seen.look);
        (others >= HABIT_INVOICES).then_some(Self { days, invoices, exception, facts })
    }

    fn is_punctual(&self, look: &Look<'_>) -> bool {
        self.days <= look.business.threshold(Threshold::PunctualDays)
    }

    /// `paid on the day on average, from 7 invoices`, and what was left out.
    fn words(&self) -> Said {
        let apart = self.exception.as_ref().map(|it| {
            let how = if it.whole { "leaving out" } else { "with" };
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

/// Of whom nothing but a regular fee is known, not for long or no longer.
fn fee_alone(history: &History, day: NaiveDate) -> Lacks {
    let says = match (history.fee_since, history.fee_ended) {
        (None, Some(ended)) => {
            let says = format!("a regular fee that ended on {}, and no job", date(ended, day));
            Said::from(says).with("Ended", Value::On(ended))
        }
        (since, _) => {
            let days = since.map_or(0, |since| days_between(since, day));
            Said::from(format!("a regular fee for {days} days, and no job yet")).days("Days of the fee", days)
        }
    };
    Lacks { says: says.with("Jobs", Value::things(0)), facts: history.records.clone(), time: true }
}

/// What somebody lacks to be steady.
pub(super) struct Lacks {
    pub(super) says: Said,
    pub(super) facts: Vec<FactId>,
    /// Whether time may bring it, and nothing speaks against it yet.
    pub(super) time: bool,
}

/// Why a client is steady, or what it lacks.
pub(super) fn steady(seen: &Seen<'_>) -> Result<Grounds, Lacks> {
    let (known, day) = (seen.look.known, seen.look.day);
    let history = History::of(seen.look.stages, known, day);
    let age = history.first.map_or(0, |first| days_between(first, day));
    let jobs = history.jobs.len();
    let noun = if first_won(seen.look.stages, known).is_some() { "jobs" } else { "invoices" };
    let lacks = |time: bool, says: Said, facts: Vec<FactId>| Lacks { says, facts, time };
    let count = |says: String| Said::from(says).with("Jobs", Value::things(jobs));
    let early = |says: String| {
        let says = count(says).days("Days since the first", age);
        lacks(true, says.with("Make a client steady", Value::things(STEADY_JOBS)), history.records.clone())
    };
    let returns = match jobs {
        STEADY_JOBS.. => format!("{jobs} {noun}"),
        _ if history.is_regular() => "a regular fee".to_owned(),
        0 => return Err(fee_alone(&history, day)),
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
        let due = match seen.signals.paying.paid_terms().invoices {
            0 => "none".to_owned(),
            count => count.to_string(),
        };
        let says = format!(
            "{returns}, but of {HABIT_INVOICES} invoices that tell how they pay {due} fell due in the window"
        );
        let says = count(says).with("Invoices that tell how they pay", Value::things(HABIT_INVOICES));
        let due = seen.signals.paying.paid_terms().invoices;
        let says = says.with("Invoices that fell due", Value::things(due));
        return Err(lacks(true, says, history.records.clone()));
    };
    if !habit.is_punctual(seen.look) {
        return Err(lacks(false, habit.words(), habit.facts));
    }
    let mut grounds = Grounds::default();
    grounds.add(count(returns), history.records.clone());
    grounds.add(habit.words(), habit.facts);
    if history.is_regular() {
        grounds.add("on a regular fee".to_owned(), history.fees);
    } else if has_begun(seen.look.stages, known) {
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
pub(super) fn lost(look: &Look<'_>) -> Option<Clause> {
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
pub(super) fn late(seen: &Seen<'_>) -> Option<Clause> {
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

/// That they pushed the price again.
pub(super) fn price_driven(look: &Look<'_>) -> Option<Clause> {
    let pushes = pushes_of_theirs(look).into_iter().filter(|push| push.what == Pushed::Price);
    let facts: Vec<FactId> = pushes.map(|push| push.fact).collect();
    let times = facts.len();
    (times >= PRICE_PUSHES).then(|| {
        let says = Said::from(format!("pushed the price {times} times"));
        (says.with("Times pushed", Value::things(times)), facts)
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
