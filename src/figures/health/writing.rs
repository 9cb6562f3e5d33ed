//! In writing: agreements signed and down payments received before work, requests in writing, misunderstandings.
//!
//! Over the deals on which work began in the window, each weighted by its value (one without a value by the mean of the
//! others):
//! - **Signed before the work**: the share whose agreement was signed by the day work began; it counts twice.
//! - **Down payment received**: the share whose down payment had come by `agreement_days` after work began. One that was never asked
//!   for did not come, nor one that was written off.
//! - **Requests in writing**: of their touches in the window that ask for something or say how they feel, how many are
//!   written, from three on. What else they say need not be in writing.
//! - **Understood alike**: none of what was invoiced written off as a misunderstanding 100 points, a quarter 0. It stands here,
//!   and not with how they pay: that the agreement was clear is the firm's to see to.
//!
//! Where no job began nothing of it is known, unless something was lost to a misunderstanding: that tells enough by itself.
//!
//! A job begins with the first hour for it. Where none was noted, it begins when its deal enters a stage after the first one of
//! work agreed, or is delivered: what is agreed and waits for its signature has not begun.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Deal, DealId, Direction, InvoiceId, Stage, Table, Threshold, Touch, TouchKind, WriteOffCause, add_days,
    days_between, per_cent,
};
use crate::figures::asked::DownPayments;
use crate::figures::jobs::begun_stages;
use crate::figures::proof::{Unit, Value};
use crate::figures::standing::Standing;
use crate::figures::sum::converted;
use crate::figures::words::{capital, date};
use crate::figures::{Answer, Unknown};

use super::look::{Look, touch_facts};
use super::paying::share_of;
use super::{Evidence, FactId, Indicator, Measure, Reading, once_each, scale, share_points};

/// From so many of their requests and temperatures on it tells something how many are written.
const ENOUGH_TOUCHES: usize = 3;
/// A complaint that names no deal is about a delivery of so many days before it at most.
const COMPLAINT_DAYS: i64 = 180;
/// Why it is unknown.
const NOTHING_BEGAN: &str = "no job began in the window";

/// A deal on which work began.
pub(in crate::figures) struct Started<'a> {
    pub(in crate::figures) deal: &'a Deal,
    pub(in crate::figures) value: Decimal,
    pub(in crate::figures) signed: bool,
    pub(in crate::figures) paid_down: bool,
}

/// The first day on which each deal was worked on.
fn first_work<'a>(look: &Look<'a>) -> BTreeMap<&'a DealId, NaiveDate> {
    let mut first: BTreeMap<&DealId, NaiveDate> = BTreeMap::new();
    for work in look.known.facts.work.iter().filter(|it| it.purpose.serves_a_job()) {
        if let Some(deal) = &work.deal {
            let day = first.entry(deal).or_insert(work.day);
            *day = work.day.min(*day);
        }
    }
    first
}

/// The day a deal entered one of the stages in which work has `begun`, or was delivered.
fn entered(begun: &[&Stage], deal: &Deal) -> Option<NaiveDate> {
    let entered = deal.stages.iter().filter(|fact| begun.iter().any(|stage| stage.id == fact.stage));
    entered.map(|fact| fact.day).chain(deal.delivered).min()
}

/// What the points are made of, so that they can be told anew where few deals and invoices changed.
#[derive(Clone)]
pub(super) struct Parts {
    /// The jobs begun in the window.
    jobs: Vec<Job>,
    touches: Written,
    understood: Understood,
}

impl Parts {
    /// Of all but some deals.
    pub(super) fn without(look: &Look<'_>, deals: &BTreeSet<&DealId>) -> Self {
        let jobs = began(look).into_iter().filter(|(deal, _)| !deals.contains(&deal.id));
        Self {
            jobs: jobs.map(|(_, job)| job).collect(),
            touches: Written::of(&their_touches(look)),
            understood: Understood::of(look),
        }
    }

    /// The points with the jobs that began in `more` besides, and with what further invoices say of being understood alike.
    pub(super) fn points_with(&self, more: &Look<'_>, invoiced: &Understood) -> Answer<Decimal> {
        let jobs = self.jobs.iter().copied().chain(began(more).into_iter().map(|(_, job)| job));
        let jobs = weighed(jobs.collect());
        let understood = self.understood.plus(invoiced);
        if jobs.is_empty() && !understood.fell_short() {
            return Err(Unknown::because(NOTHING_BEGAN));
        }
        Reading::points_of(&measures(&jobs, self.touches, understood.measure().as_ref()))
    }
}

fn their_touches<'a>(look: &Look<'a>) -> Vec<&'a Touch> {
    look.touches().into_iter().filter(|touch| touch.direction == Direction::In).collect()
}

pub(super) fn reading(look: &Look<'_>) -> Reading {
    let jobs: Vec<Job> = began(look).into_iter().map(|(_, job)| job).collect();
    let without_value = jobs.iter().filter(|job| job.value.is_none()).count();
    let jobs = weighed(jobs);
    let touches = their_touches(look);
    let written = Written::of(&touches);
    let mut facts = touch_facts(&touches);
    facts.extend(look.known.facts.deals.iter().map(|deal| (Table::Deals, deal.id.to_string())));
    facts.extend(
        look.known
            .facts
            .work
            .iter()
            .filter(|it| it.deal.is_some())
            .map(|it| (Table::Work, it.id.to_string())),
    );
    facts.extend(paper(look));
    let facts = once_each(facts);
    let understood = Understood::of(look);
    if jobs.is_empty() && !understood.fell_short() {
        return Reading::unknown(Indicator::Writing, NOTHING_BEGAN, Evidence::of(0, "deals"), facts);
    }
    let (evidence, value, began) = if jobs.is_empty() {
        let evidence = Evidence::of(understood.bills, "invoices");
        (evidence, Err(Unknown::because(NOTHING_BEGAN)), capital(NOTHING_BEGAN))
    } else {
        let both = share_of_value(&jobs, |it| it.signed && it.paid_down);
        let value = Value::Number(both, Unit::PerHundred);
        (Evidence::of(jobs.len(), "deals"), Ok(value), began_words(&jobs))
    };
    let misunderstood = understood.measure();
    let measures = measures(&jobs, written, misunderstood.as_ref());
    let mut says = began;
    if 0 < without_value && without_value < jobs.len() {
        let counts = if without_value == 1 { "counts" } else { "count" };
        says = format!("{says}; {without_value} without a known value {counts} as the mean of the others");
    }
    if let Some(words) = written.words() {
        says = format!("{says}; {words}");
    }
    if let Some((_, words)) = misunderstood.filter(|(points, _)| *points < Decimal::ONE_HUNDRED) {
        says = format!("{says}; {words}");
    }
    if let Some(words) = late_complaint(look, &touches) {
        says = format!("{says}; {words}");
    }
    Reading {
        indicator: Indicator::Writing,
        value,
        points: Reading::points_of(&measures),
        measures,
        evidence,
        says: format!("{says}."),
        facts,
    }
}

/// What of the jobs was signed and paid down before.
fn began_words(jobs: &[Job]) -> String {
    let count = |of: fn(&Job) -> bool| jobs.iter().filter(|it| of(it)).count();
    let (signed, down) = (count(|it| it.signed), count(|it| it.paid_down));
    let of_value = |of: fn(&Job) -> bool| per_cent(share_of_value(jobs, of).round());
    format!(
        "Signed before the work: {signed} of {}, {} of the value; down payment received: {down}, {} of it",
        Evidence::of(jobs.len(), "deals").words(),
        of_value(|it| it.signed),
        of_value(|it| it.paid_down),
    )
}

/// How many of their requests and temperatures were written.
#[derive(Clone, Copy, Default)]
struct Written {
    requests: (usize, usize),
    temperatures: (usize, usize),
}

impl Written {
    /// One that is both is a request.
    fn of(touches: &[&Touch]) -> Self {
        let mut all = Self::default();
        for touch in touches {
            let feels = touch.temperature.is_some() || touch.kind == Some(TouchKind::Temperature);
            let (written, of) = match (is_request(touch), feels) {
                (true, _) => &mut all.requests,
                (false, true) => &mut all.temperatures,
                (false, false) => continue,
            };
            *written += usize::from(touch.written);
            *of += 1;
        }
        all
    }

    /// How many are written, and of how many.
    fn both(self) -> (usize, usize) {
        (self.requests.0 + self.temperatures.0, self.requests.1 + self.temperatures.1)
    }

    /// `written: 2 of 3 requests, 0 of 1 temperature`; `None` where they are too few to tell.
    fn words(self) -> Option<String> {
        let noun = |of: usize, noun: &str| if of == 1 { noun.to_owned() } else { format!("{noun}s") };
        let each = [(self.requests, "request"), (self.temperatures, "temperature")];
        let each = each.into_iter().filter(|((_, of), _)| *of > 0);
        let each: Vec<String> =
            each.map(|((written, of), what)| format!("{written} of {of} {}", noun(of, what))).collect();
        (self.both().1 >= ENOUGH_TOUCHES).then(|| format!("written: {}", each.join(", ")))
    }
}

/// Whether a touch of theirs asks for something.
fn is_request(touch: &Touch) -> bool {
    use TouchKind::{AdviceAsked, Complaint, PricePush, ScopePush};
    touch.answer_wanted || matches!(touch.kind, Some(AdviceAsked | Complaint | PricePush | ScopePush))
}

/// What the reading is made of.
fn measures(jobs: &[Job], touches: Written, misunderstood: Option<&(Decimal, String)>) -> Vec<Measure> {
    let of_jobs = |what, weight, of: fn(&Job) -> bool| {
        let those = jobs.iter().filter(|it| of(it)).count();
        let measure =
            Measure::new(what, weight, share_of_value(jobs, of), format!("{those} of {}", jobs.len()));
        measure.counting("Jobs of which it holds", those).counting("Jobs", jobs.len())
    };
    let mut measures = Vec::new();
    if !jobs.is_empty() {
        measures.push(of_jobs("Signed before the work", 2, |it| it.signed));
        measures.push(of_jobs("Down payment received", 1, |it| it.paid_down));
    }
    if let Some(says) = touches.words() {
        let (written, of) = touches.both();
        let points = share_points(written.into(), of.into()).unwrap_or_default();
        let measure = Measure::new("Requests in writing", 1, points, says);
        let kinds = [
            ("Requests written", "Requests", touches.requests),
            ("Temperatures written", "Temperatures", touches.temperatures),
        ];
        let each = kinds.into_iter().filter(|(.., (_, of))| *of > 0);
        measures.push(each.fold(measure, |measure, (written, all, (count, of))| {
            measure.counting(written, count).counting(all, of)
        }));
    }
    let understood =
        misunderstood.map(|(points, says)| Measure::new("Understood alike", 1, *points, says.clone()));
    measures.extend(understood);
    measures
}

/// Points for the share of some jobs in the value of all.
fn share_of_value(jobs: &[Job], of: impl Fn(&Job) -> bool) -> Decimal {
    share_points(sum(jobs, of), sum(jobs, |_| true)).unwrap_or_default()
}

fn sum(jobs: &[Job], of: impl Fn(&Job) -> bool) -> Decimal {
    let counted = jobs.iter().filter(|it| of(it)).filter_map(|it| it.value);
    counted.fold(Decimal::ZERO, Decimal::saturating_add)
}

/// What a deal on which work began says of what is in writing.
#[derive(Clone, Copy)]
struct Job {
    /// What it is worth; none where nobody said.
    value: Option<Decimal>,
    signed: bool,
    paid_down: bool,
}

/// Each with a value: one without its own has the mean of the others.
fn weighed(mut jobs: Vec<Job>) -> Vec<Job> {
    let known = || jobs.iter().filter_map(|it| it.value);
    let total = known().fold(Decimal::ZERO, Decimal::saturating_add);
    let mean = total.checked_div(known().count().into()).unwrap_or(Decimal::ONE);
    for job in &mut jobs {
        job.value.get_or_insert(mean);
    }
    jobs
}

/// The deals on which work began in the window.
pub(in crate::figures) fn started<'a>(look: &Look<'a>) -> Vec<Started<'a>> {
    let (deals, jobs): (Vec<&Deal>, Vec<Job>) = began(look).into_iter().unzip();
    let started = deals.into_iter().zip(weighed(jobs)).map(|(deal, job)| Started {
        deal,
        value: job.value.unwrap_or_default(),
        signed: job.signed,
        paid_down: job.paid_down,
    });
    started.collect()
}

/// The same, each as it is by itself.
fn began<'a>(look: &Look<'a>) -> Vec<(&'a Deal, Job)> {
    let deals = look.known.facts.deals.iter().map(AsRef::as_ref);
    let (worked, begun) = (first_work(look), begun_stages(look.stages));
    let start_of = |deal: &Deal| worked.get(&deal.id).copied().or_else(|| entered(&begun, deal));
    let began: Vec<(&Deal, NaiveDate)> =
        deals.filter_map(|deal| Some((deal, start_of(deal).filter(|day| look.is_recent(*day))?))).collect();
    let down = DownPayments::of(&look.known.facts, began.iter().map(|(deal, _)| *deal));
    let value = |deal: &Deal| {
        let value = deal.value.and_then(|value| converted(look.business, value, look.day).ok());
        value.map(|value| value.amount).filter(|amount| *amount > Decimal::ZERO)
    };
    let grace = look.business.threshold_days(Threshold::AgreementDays);
    let job = |(deal, start): (&'a Deal, NaiveDate)| {
        let signed = deal.agreement.as_ref().and_then(|agreement| agreement.signed);
        let job = Job {
            value: value(deal),
            signed: signed.is_some_and(|signed| signed <= start),
            paid_down: asked_down(&down, deal) && down.came_by(look.business, deal, add_days(start, grace)),
        };
        (deal, job)
    };
    began.into_iter().map(job).collect()
}

/// Whether a down payment was asked for that was not written off.
fn asked_down(all: &DownPayments<'_>, deal: &Deal) -> bool {
    let down = deal.down_payment.as_ref().filter(|down| down.amount.amount > Decimal::ZERO);
    down.is_some_and(|down| all.invoice(down).is_none_or(|invoice| invoice.write_off.is_none()))
}

/// The invoices that tell whether a down payment came, and what was misunderstood.
fn paper(look: &Look<'_>) -> Vec<FactId> {
    let facts = &look.known.facts;
    let asked = facts.deals.iter().filter_map(|deal| deal.down_payment.as_ref()?.invoice.as_ref());
    let asked: BTreeSet<&InvoiceId> = asked.collect();
    let told = facts.invoices.iter().filter(|invoice| {
        look.is_recent(invoice.issued) || invoice.deal.is_some() || asked.contains(&invoice.id)
    });
    told.map(|invoice| (Table::Invoices, invoice.id.to_string())).collect()
}

/// What was invoiced in the window, and what of it was written off as misunderstood; in the book's currency.
#[derive(Clone, Default)]
pub(super) struct Understood {
    invoiced: Decimal,
    lost: Decimal,
    /// How many invoices these are.
    bills: usize,
}

impl Understood {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let mut understood = Self::default();
        for standing in look.invoices {
            understood.add(look, standing);
        }
        understood
    }

    /// With a further invoice.
    pub(super) fn add(&mut self, look: &Look<'_>, standing: &Standing<'_>) {
        if !look.is_recent(standing.invoice.issued) || standing.asked.amount <= Decimal::ZERO {
            return;
        }
        let Ok(total) = converted(look.business, standing.asked, standing.invoice.issued) else { return };
        self.invoiced = self.invoiced.saturating_add(total.amount);
        self.bills = self.bills.saturating_add(1);
        let cause = standing.invoice.write_off.as_ref().map(|it| it.cause);
        if cause == Some(WriteOffCause::Misunderstanding) {
            let unpaid = standing.asked.amount.saturating_sub(standing.paid.amount);
            let share = unpaid.checked_div(standing.asked.amount).unwrap_or_default();
            self.lost = self.lost.saturating_add(total.amount.saturating_mul(share));
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            invoiced: self.invoiced.saturating_add(other.invoiced),
            lost: self.lost.saturating_add(other.lost),
            bills: self.bills.saturating_add(other.bills),
        }
    }

    /// Whether something was lost to a misunderstanding.
    fn fell_short(&self) -> bool {
        self.lost > Decimal::ZERO
    }

    /// Points for what was not misunderstood, and the same in words; `None` where nothing was invoiced.
    fn measure(&self) -> Option<(Decimal, String)> {
        let share = self.lost.checked_div(self.invoiced)?;
        let says = if self.lost.is_zero() {
            "nothing written off as misunderstood".to_owned()
        } else {
            format!(
                "{} of what was invoiced written off as misunderstood",
                share_of(self.lost, self.invoiced)
            )
        };
        Some((scale(share, Decimal::new(25, 2), Decimal::ZERO), says))
    }
}

/// A complaint after a delivery with none before it: the paper trail tells who is right.
///
/// One that names no deal is about the last delivery before it, if that was no longer ago than [`COMPLAINT_DAYS`].
fn late_complaint(look: &Look<'_>, touches: &[&Touch]) -> Option<String> {
    let complaints = || touches.iter().filter(|touch| touch.kind == Some(TouchKind::Complaint));
    let deals = &look.known.facts.deals;
    let about = |said: &Touch| {
        let mut delivered = deals.iter().filter_map(|deal| Some((deal.delivered?, deal)));
        if let Some(named) = &said.deal {
            return delivered.find(|(_, deal)| deal.id == *named);
        }
        let recent = |day: NaiveDate| day < said.day && days_between(day, said.day) <= COMPLAINT_DAYS;
        delivered.filter(|(day, _)| recent(*day)).max_by_key(|(day, _)| *day)
    };
    complaints().find_map(|said| {
        let (delivered, deal) = about(said).filter(|(delivered, _)| *delivered < said.day)?;
        // One before the delivery, of this deal or of none while it was at work, was a word in time.
        let begun = deal.stages.iter().map(|fact| fact.day).min();
        let in_time = |it: &&&Touch| {
            let of_it = match &it.deal {
                Some(named) => *named == deal.id,
                None => begun.is_some_and(|begun| begun <= it.day),
            };
            of_it && it.day <= delivered
        };
        (!complaints().any(|it| in_time(&it))).then(|| {
            let (said, title) = (date(said.day, look.day), &deal.title);
            let delivered = date(delivered, look.day);
            format!("complained on {said} about “{title}”, delivered {delivered}, and never before")
        })
    })
}
