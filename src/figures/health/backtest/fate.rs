//! What became of each client: it ended badly, stayed, or is left out, from what was known at the end of the day looked back
//! from.
//!
//! **Ended badly**, on the earliest of these days:
//! - the first write-off, unless it was for a misunderstanding: that tells of the agreement, not of the client;
//! - the first day its kind is toxic, set by hand (then the day it was set) or by the rules;
//! - the day the relationship ended. Every noted end counts, a friendly one too: nothing but words tell it from another;
//! - after two jobs, the first day of the silence by which its kind is dormant, if that lasted to the day looked back from, or to
//!   the eve of the end that was noted first. Who came back was not lost.
//!
//! A kind is looked for on every day on which something of the client became known, on the day before each, and on month
//! ends. Between two of these its facts stay the same, so the day on which it turned is found by halving. An end before
//! anything was agreed or invoiced is that of a talk, and does not count.
//!
//! **Stayed**: did not end badly to this day, had agreed something by the reference day, and ordered, paid, or had a regular fee
//! run in the 90 days after it. The reference day is the same for all, 90 days before the day looked back from: the last one
//! after which 90 days can be seen. No score has a say in it.
//!
//! **Left out**: partners, who had agreed nothing by the reference day, and who did not end and showed no life after it.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Book, Business, ClientFacts, ClientKind, Relation, Stage, WriteOffCause, add_days, days_between,
    last_of_month,
};
use crate::figures::jobs::{has_agreed, jobs};
use crate::figures::kind::gone_bad;

/// What became of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It ended badly, by this.
    EndedBadly(Cause),
    /// It stayed.
    Stayed,
    /// Neither can be said.
    LeftOut,
}

/// By what a client ended badly; of several on one day the first here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An invoice was written off.
    WriteOff,
    /// It became toxic.
    Toxic,
    /// The relationship was ended.
    Ended,
    /// It fell silent after two jobs or more.
    Lost,
}

impl Cause {
    /// Its name in reports.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::WriteOff => "write_off",
            Self::Toxic => "toxic",
            Self::Ended => "ended",
            Self::Lost => "lost",
        }
    }
}

/// What became of a client, when, and what says so.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) fate: Fate,
    /// The day it ended badly, or the reference day.
    pub(super) day: Option<NaiveDate>,
    /// In a clause.
    pub(super) why: String,
}

/// A day and what ended badly on it.
type Bad = (NaiveDate, Cause, String);

/// The end of a day from which what became of clients is looked at.
pub(super) struct Afterwards {
    /// The firm by itself, to ask for its settings as known on earlier days.
    firm: Book,
    stages: Vec<Stage>,
    day: NaiveDate,
    /// For those that stayed.
    reference: NaiveDate,
}

impl Afterwards {
    pub(super) fn of(book: &Book, day: NaiveDate, reference: NaiveDate) -> Self {
        let firm = Book::from_records(book.business().clone(), std::iter::empty());
        Self { firm, stages: book.business().stages(), day, reference }
    }

    /// What became of a client, from its facts as known at the end of the day; `go_on` may break off.
    pub(super) fn fate(
        &self,
        facts: &Arc<ClientFacts>,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<(), Found> {
        let left_out = |why: String| ControlFlow::Continue(Found { fate: Fate::LeftOut, day: None, why });
        if facts.client.relation == Relation::Partner {
            return left_out("it works with the firm, and is no client".to_owned());
        }
        if let Some((day, cause, why)) = self.bad(facts, go_on)? {
            return ControlFlow::Continue(Found { fate: Fate::EndedBadly(cause), day: Some(day), why });
        }
        let reference = self.reference;
        if !self.has_agreed_by(facts, reference) {
            return left_out(format!("nothing was agreed or invoiced by {reference}"));
        }
        match self.life(facts) {
            Some(why) => ControlFlow::Continue(Found { fate: Fate::Stayed, day: Some(reference), why }),
            None => left_out(format!("it neither ordered nor paid after {reference}, and did not end")),
        }
    }

    fn has_agreed_by(&self, facts: &Arc<ClientFacts>, day: NaiveDate) -> bool {
        facts.as_of(day).is_some_and(|known| has_agreed(&self.stages, &known))
    }

    /// The first thing that ended badly.
    fn bad(
        &self,
        facts: &Arc<ClientFacts>,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<Bad>> {
        let noted = written_off(facts).into_iter().chain(self.ended(facts));
        let noted = noted.min_by_key(|(day, cause, _)| (*day, *cause));
        // An end that is noted is the last word; what was so the day before may have come earlier.
        let until = noted.as_ref().map_or(self.day, |(day, ..)| add_days(*day, -1));
        let turned = self.turned(facts, until, go_on)?;
        ControlFlow::Continue(noted.into_iter().chain(turned).min_by_key(|(day, cause, _)| (*day, *cause)))
    }

    fn ended(&self, facts: &Arc<ClientFacts>) -> Option<Bad> {
        let client = &facts.client;
        let of = |why: Option<&String>| why.map(|why| format!(": {why}")).unwrap_or_default();
        let noted =
            client.ended.as_ref().map(|it| (it.known_on(), format!("it ended{}", of(it.why.as_ref()))));
        let ahead = client
            .ends_on
            .as_ref()
            .map(|it| (it.known_on(), format!("it will end on {}{}", it.day, of(it.why.as_ref()))));
        let by_hand = client.kind.as_ref().filter(|it| it.kind == ClientKind::Ended);
        let by_hand = by_hand.map(|it| (it.day, format!("found ended by hand{}", of(Some(&it.reason)))));
        let (day, why) = [noted, ahead, by_hand].into_iter().flatten().min()?;
        self.has_agreed_by(facts, day).then_some((day, Cause::Ended, why))
    }

    /// The first day up to `until` on which its kind is toxic, or of the silence that lasts to then by which it is dormant after
    /// two jobs.
    fn turned(
        &self,
        facts: &Arc<ClientFacts>,
        until: NaiveDate,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<Bad>> {
        let (mut good, mut since) = (None, None);
        for day in days(facts, until) {
            go_on()?;
            let Some((_, cause, _)) = self.bad_on(facts, day) else {
                (good, since) = (Some(day), None);
                continue;
            };
            let first = since.unwrap_or_else(|| self.first_bad(facts, good.unwrap_or(day), day));
            since = Some(first);
            if cause == Cause::Toxic {
                break;
            }
        }
        ControlFlow::Continue(since.and_then(|first| self.bad_on(facts, first)))
    }

    /// The first bad day after a good one, up to a bad one. The facts are the same on every day in between.
    fn first_bad(&self, facts: &Arc<ClientFacts>, mut good: NaiveDate, mut bad: NaiveDate) -> NaiveDate {
        while days_between(good, bad) > 1 {
            let middle = add_days(good, days_between(good, bad) / 2);
            let turned = self.bad_on(facts, middle).is_some();
            *(if turned { &mut bad } else { &mut good }) = middle;
        }
        bad
    }

    fn bad_on(&self, facts: &Arc<ClientFacts>, day: NaiveDate) -> Option<Bad> {
        let known = facts.as_of(day)?;
        let settings = || -> Arc<Business> { self.firm.as_of(day).business().clone() };
        let decided = gone_bad(settings, &self.stages, &known, day)?;
        let cause = if decided.kind == ClientKind::Toxic { Cause::Toxic } else { Cause::Lost };
        let agreed = has_agreed(&self.stages, &known);
        agreed.then(|| (day, cause, decided.why()))
    }

    /// What shows that a client stayed in the days after the reference day.
    fn life(&self, facts: &ClientFacts) -> Option<String> {
        let after = |day: &NaiveDate| self.reference < *day && *day <= self.day;
        let ordered = jobs(&self.stages, facts).into_iter().filter(after).max();
        let received = facts.facts.invoices.iter().flat_map(|invoice| invoice.received());
        let received = received.filter(|payment| payment.amount.amount > Decimal::ZERO);
        let paid = received.map(|payment| payment.day).filter(after).max();
        let mut fees = facts.facts.retainers.iter();
        let fee = fees.find(|it| it.from <= self.day && it.runs(add_days(self.reference, 1)));
        ordered
            .map(|day| format!("it ordered on {day}"))
            .or_else(|| paid.map(|day| format!("it paid on {day}")))
            .or_else(|| fee.map(|fee| format!("a regular fee runs: {}", fee.what)))
    }
}

/// The first write-off that tells of the client.
fn written_off(facts: &ClientFacts) -> Option<Bad> {
    let lost = facts.facts.invoices.iter().filter_map(|invoice| {
        let write_off = invoice.write_off.as_ref()?;
        let why = match write_off.cause {
            WriteOffCause::Misunderstanding => return None,
            WriteOffCause::Dissatisfied => "they were not content",
            WriteOffCause::Cannot => "they cannot pay",
            WriteOffCause::WillNot => "they will not pay",
        };
        Some((write_off.day, &invoice.number, why))
    });
    let (day, number, why) = lost.min()?;
    Some((day, Cause::WriteOff, format!("{number} was written off: {why}")))
}

/// The days on which a client's kind is looked at, up to `until`, ascending.
fn days(facts: &ClientFacts, until: NaiveDate) -> BTreeSet<NaiveDate> {
    let changes = facts.days();
    let mut days: BTreeSet<NaiveDate> = changes.iter().map(|day| add_days(*day, -1)).collect();
    let mut month_end = changes.first().map(|first| last_of_month(*first));
    while let Some(end) = month_end.filter(|end| *end <= until) {
        days.insert(end);
        month_end = Some(last_of_month(add_days(end, 1))).filter(|next| *next > end);
    }
    days.extend(changes);
    days.insert(until);
    days.retain(|day| *day <= until);
    days
}
