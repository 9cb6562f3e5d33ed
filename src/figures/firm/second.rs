//! Whether first-time clients come back: those with a second paid deal within 12 months of the first, by the year met.
//!
//! A job is a deal, or a retainer of its own; before a client had either, an invoice. It counts from its first payment on,
//! since what nobody paid for is no deal to come back from. A client is counted once 12 months have passed since its
//! first: before that nobody can say.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::look::{Look, YEAR_MONTHS, share_of_count};
use crate::domain::{Deal, Invoice, LAST_DAY, Relation, Retainer};
use crate::figures::jobs::first_won;
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client};

/// How many first-time clients came back.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondDeals {
    /// By the year in which they were met, the earliest first.
    pub years: Vec<ComingBack>,
    /// Of all years.
    pub all: ComingBack,
    /// The same in a sentence.
    pub words: Answer<String>,
}

/// How many clients met in a year came back.
#[derive(Debug, Clone, PartialEq)]
pub struct ComingBack {
    /// The year; `None` for all.
    pub year: Option<i32>,
    /// Clients whose first job was paid at least 12 months ago.
    pub counted: usize,
    /// Of these, those with a second one paid within 12 months.
    pub came_back: usize,
    /// Clients whose first job was paid less than 12 months ago: not counted yet.
    pub waiting: usize,
    /// Those who came back by those counted, a fraction of one.
    pub share: Answer<Decimal>,
}

/// What a job is.
#[derive(Debug, Clone, Copy)]
pub(in crate::figures) enum JobKind<'a> {
    Deal(&'a Deal),
    Retainer(&'a Retainer),
    Invoice(&'a Invoice),
}

/// Something a client came for and paid.
#[derive(Debug, Clone, Copy)]
pub(in crate::figures) struct Job<'a> {
    pub(in crate::figures) kind: JobKind<'a>,
    /// The day of its first payment.
    pub(in crate::figures) paid: NaiveDate,
}

/// One client's first jobs.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::figures) struct Jobs {
    pub(in crate::figures) first: Option<NaiveDate>,
    pub(in crate::figures) second: Option<NaiveDate>,
    /// The year in which it was met, or first noted, or paid first.
    pub(in crate::figures) year: Option<i32>,
}

/// Whether a first-time client came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Return {
    /// It did, within 12 months.
    Came,
    /// It did not.
    Stayed,
    /// 12 months have not passed.
    Waiting,
}

/// What a client paid for, the earliest payment first.
pub(in crate::figures) fn jobs<'a>(look: &Look<'a>) -> Vec<Job<'a>> {
    let facts = &look.known.facts;
    // What an invoice beside deals or fees was for, nobody said; before there were any it was a job of its own.
    let fees = facts.retainers.iter().map(|it| it.from);
    let first = first_won(look.stages, look.known).into_iter().chain(fees).min();
    let mut jobs: BTreeMap<(u8, &str), Job<'a>> = BTreeMap::new();
    for standing in look.invoices {
        let invoice = standing.invoice;
        let payments = invoice.received().filter(|payment| payment.amount.amount > Decimal::ZERO);
        let Some(paid) = payments.map(|payment| payment.day).min() else { continue };
        // One that got another price is the same job.
        let retainer = look.known.retainer_of(invoice);
        let retainer = retainer.and_then(|fee| look.known.at_all_prices(fee).last());
        let (key, kind) = match (retainer, look.deal_of(invoice)) {
            (Some(retainer), _) => ((1, retainer.id.as_str()), JobKind::Retainer(retainer)),
            (None, Some(deal)) => ((0, deal.id.as_str()), JobKind::Deal(deal)),
            (None, None) if first.is_none_or(|first| invoice.issued < first) => {
                ((2, invoice.id.as_str()), JobKind::Invoice(invoice))
            }
            (None, None) => continue,
        };
        let job = jobs.entry(key).or_insert(Job { kind, paid });
        job.paid = job.paid.min(paid);
    }
    let mut jobs: Vec<Job<'a>> = jobs.into_values().collect();
    jobs.sort_by_key(|job| job.paid);
    jobs
}

impl Jobs {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let client = &look.known.client;
        if client.relation == Relation::Partner {
            return Self::default();
        }
        let jobs = jobs(look);
        let first = jobs.first().map(|job| job.paid);
        let met = client.met.as_ref().map(|met| met.day).or(client.added).or(first);
        Self { first, second: jobs.get(1).map(|job| job.paid), year: met.map(|met| met.year()) }
    }

    /// Whether the client came back; `None` where it never paid.
    pub(in crate::figures) fn returned(&self, day: NaiveDate) -> Option<Return> {
        let until = self.first?.checked_add_months(Months::new(YEAR_MONTHS)).unwrap_or(LAST_DAY);
        Some(match self.second {
            _ if until > day => Return::Waiting,
            Some(second) if second <= until => Return::Came,
            _ => Return::Stayed,
        })
    }
}

impl ComingBack {
    fn new(year: Option<i32>) -> Self {
        Self { year, counted: 0, came_back: 0, waiting: 0, share: Ok(Decimal::ZERO) }
    }

    fn add(&mut self, returned: Return) {
        match returned {
            Return::Came => {
                self.counted += 1;
                self.came_back += 1;
            }
            Return::Stayed => self.counted += 1,
            Return::Waiting => self.waiting += 1,
        }
    }

    fn settled(self) -> Self {
        let reason = "no first deal was paid 12 months ago or earlier";
        Self { share: share_of_count(self.came_back, self.counted, reason), ..self }
    }
}

impl SecondDeals {
    pub(super) fn of(clients: &[Arc<Client>], day: NaiveDate) -> Self {
        let mut years: BTreeMap<i32, ComingBack> = BTreeMap::new();
        let mut all = ComingBack::new(None);
        for jobs in clients.iter().map(|client| &client.firm.jobs) {
            if let (Some(returned), Some(year)) = (jobs.returned(day), jobs.year) {
                all.add(returned);
                years.entry(year).or_insert_with(|| ComingBack::new(Some(year))).add(returned);
            }
        }
        let all = all.settled();
        let words = all.share.clone().map(|share| {
            format!(
                "{} of {} first-time clients ({}) paid for a second deal within 12 months",
                all.came_back,
                all.counted,
                per_cent(share)
            )
        });
        Self { years: years.into_values().map(ComingBack::settled).collect(), all, words }
    }
}
