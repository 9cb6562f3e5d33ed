//! What was achieved for a client: results and goals of its deals, and what its invoices say was delivered. To bring to a
//! review: [`Dossier::markdown`] and [`Dossier::html`] write it down.
//!
//! A goal counts once it was achieved. An invoice for a down payment tells of no result, nor does one that was written off,
//! nor a line that takes something off or is there for the money (see `line`); a line at no price is a gift.

mod html;
mod line;
mod markdown;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::domain::{
    Business, ClientFacts, Deal, DealId, FIRST_DAY, Invoice, InvoiceId, Line, Money, Outcome, Table,
};

use line::tells_a_result;

use super::Answer;
use super::goals::is_achieved;
use super::health::FactId;
use super::sum::{Sum, converted};

/// What was achieved for one client by the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// For whom.
    pub client: Arc<str>,
    /// By whom: the firm's name; empty where it is not told.
    pub firm: String,
    /// Each of them: the latest year first, in a year deal by deal, in a deal by day; of one day goals, results, then what was delivered.
    pub achieved: Vec<Achieved>,
    /// What all of it is worth to the client, in the book's currency at the exchange rates of its days; `None` where
    /// nothing was said of it.
    pub worth: Option<Answer<Money>>,
}

/// Something achieved.
#[derive(Debug, Clone, PartialEq)]
pub struct Achieved {
    /// When; of something delivered several times, the last time.
    pub day: NaiveDate,
    /// In which deal: its id and title.
    pub deal: Option<(DealId, String)>,
    /// What kind of thing.
    pub kind: AchievedKind,
    /// What.
    pub what: String,
    /// How many times in this year.
    pub times: u32,
    /// What it is worth to the client, in the currency it was said in.
    pub worth: Option<Money>,
    /// The record that tells.
    pub fact: FactId,
}

/// What kind of thing was achieved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AchievedKind {
    /// A goal.
    Goal {
        /// Where it was.
        baseline: Option<String>,
        /// Where it was to be.
        target: Option<String>,
        /// Where it got.
        achieved: Option<String>,
    },
    /// A result, as agreed.
    Result,
    /// A result beyond what was agreed.
    Beyond,
    /// Delivered, as an invoice says.
    Delivered,
    /// Delivered for nothing, as an invoice says.
    Gift,
}

impl AchievedKind {
    fn rank(&self) -> u8 {
        match self {
            Self::Goal { .. } => 0,
            Self::Result => 1,
            Self::Beyond => 2,
            Self::Delivered => 3,
            Self::Gift => 4,
        }
    }

    /// From where to where a goal got, in words: `from 20 a week to 4 a week; the aim was 5 a week`.
    #[must_use]
    pub fn course(&self) -> String {
        let Self::Goal { baseline, target, achieved } = self else { return String::new() };
        let got = match (baseline, achieved) {
            (Some(from), Some(to)) => format!("from {from} to {to}"),
            (None, Some(to)) => to.clone(),
            (Some(from), None) => format!("achieved, from {from}"),
            (None, None) => "achieved".to_owned(),
        };
        match target {
            Some(target) => format!("{got}; the aim was {target}"),
            None => got,
        }
    }
}

impl AchievedKind {
    /// Whether it is a goal that led nowhere: nothing to tell them of.
    pub(super) fn is_missed(&self) -> bool {
        let Self::Goal { baseline, target, achieved } = self else { return false };
        Outcome::of(baseline.as_deref(), target.as_deref(), achieved.as_deref()) == Outcome::Missed
    }
}

impl Dossier {
    /// What was achieved, from the facts known at the end of `day`.
    #[must_use]
    pub fn of(business: &Business, known: &ClientFacts, day: NaiveDate) -> Self {
        let facts = &known.facts;
        let mut achieved: Vec<Achieved> = facts.deals.iter().flat_map(|deal| of_deal(deal)).collect();
        let down = down_payments(known);
        let mut delivered = Deliveries::default();
        let deals: BTreeMap<&DealId, &Deal> =
            facts.deals.iter().map(|deal| (&deal.id, deal.as_ref())).collect();
        for invoice in facts.invoices.iter().filter(|it| tells(it, &down)) {
            let deal = invoice.deal.as_ref().and_then(|deal| deals.get(deal)).copied();
            delivered.add(invoice, deal);
        }
        achieved.extend(delivered.achieved);
        sort(&mut achieved);
        let mut sum = Sum::new(business.currency);
        let mut said = false;
        for (on, worth) in achieved.iter().filter_map(|it| Some((it.day, it.worth?))) {
            said = true;
            sum.add(&converted(business, worth, on));
        }
        Self {
            day,
            client: known.client.name.as_str().into(),
            firm: business.name.clone(),
            achieved,
            worth: said.then(|| sum.answer()),
        }
    }

    /// The same as a page of Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::page(self)
    }

    /// The same as a page of HTML that needs nothing else, ready to be printed on A4.
    #[must_use]
    pub fn html(&self) -> String {
        html::page(self)
    }

    /// The years, the latest first, each with its deals: a title, or `None` for what belongs to no deal.
    fn years(&self) -> Vec<(i32, Vec<Group<'_>>)> {
        let mut years: Vec<(i32, Vec<Group<'_>>)> = Vec::new();
        for it in &self.achieved {
            let deal = it.deal.as_ref();
            match years.last_mut() {
                Some((year, groups)) if *year == it.day.year() => match groups.last_mut() {
                    Some(group) if group.deal.map(|(id, _)| id) == deal.map(|(id, _)| id) => {
                        group.achieved.push(it);
                    }
                    _ => groups.push(Group { deal, achieved: vec![it] }),
                },
                _ => years.push((it.day.year(), vec![Group { deal, achieved: vec![it] }])),
            }
        }
        years
    }
}

/// What was achieved in a deal in one year.
struct Group<'a> {
    deal: Option<&'a (DealId, String)>,
    achieved: Vec<&'a Achieved>,
}

impl Group<'_> {
    fn title(&self) -> Option<&str> {
        self.deal.map(|(_, title)| title.as_str())
    }
}

fn of_deal(deal: &Deal) -> Vec<Achieved> {
    let titled = Some((deal.id.clone(), deal.title.clone()));
    let fact = (Table::Deals, deal.id.to_string());
    let of = |day, kind, what: &str, worth| Achieved {
        day,
        deal: titled.clone(),
        kind,
        what: what.to_owned(),
        times: 1,
        worth,
        fact: fact.clone(),
    };
    let goals = deal.goals.iter().filter(|goal| is_achieved(goal)).map(|goal| {
        let (baseline, target) = (goal.baseline.clone(), goal.target.clone());
        let kind = AchievedKind::Goal { baseline, target, achieved: goal.achieved.clone() };
        of(goal.achieved_on.unwrap_or(goal.day), kind, &goal.what, goal.worth)
    });
    let results = deal.results.iter().map(|result| {
        let kind = if result.beyond { AchievedKind::Beyond } else { AchievedKind::Result };
        of(result.day, kind, &result.what, result.worth)
    });
    goals.chain(results).collect()
}

/// The invoices that ask for a down payment: they tell of no result.
fn down_payments(known: &ClientFacts) -> BTreeSet<InvoiceId> {
    known.facts.deals.iter().filter_map(|deal| deal.down_payment.as_ref()?.invoice.clone()).collect()
}

fn tells(invoice: &Invoice, down: &BTreeSet<InvoiceId>) -> bool {
    invoice.write_off.is_none() && !invoice.is_set_off() && !down.contains(&invoice.id)
}

/// The invoices that say that something was delivered, once for each line that does; none where a deal says it.
pub(in crate::figures) fn delivered<'a>(known: &'a ClientFacts, it: &Achieved) -> Vec<&'a Invoice> {
    let gift = match it.kind {
        AchievedKind::Gift => true,
        AchievedKind::Delivered => false,
        AchievedKind::Goal { .. } | AchievedKind::Result | AchievedKind::Beyond => return Vec::new(),
    };
    let (down, deal) = (down_payments(known), it.deal.as_ref().map(|(id, _)| id));
    let invoices = known.facts.invoices.iter().map(AsRef::as_ref);
    let of_year = invoices.filter(|invoice: &&Invoice| {
        invoice.issued.year() == it.day.year() && invoice.deal.as_ref() == deal && tells(invoice, &down)
    });
    let same = |line: &&Line| line.result == it.what && line.price.is_zero() == gift;
    let times = |invoice: &'a Invoice| {
        let lines = invoice.lines.iter().filter(|line| tells_a_result(line)).filter(same).count();
        std::iter::repeat_n(invoice, lines)
    };
    of_year.flat_map(times).collect()
}

/// What the invoices say was delivered; the same words of one deal in one year stand once.
#[derive(Default)]
struct Deliveries {
    achieved: Vec<Achieved>,
    /// Where in there each stands: by year, deal, whether it was a gift, and its words.
    places: BTreeMap<(i32, Option<DealId>, bool, String), usize>,
}

impl Deliveries {
    fn add(&mut self, invoice: &Invoice, deal: Option<&Deal>) {
        for line in invoice.lines.iter().filter(|line| tells_a_result(line)) {
            let (gift, fact) = (line.price.is_zero(), (Table::Invoices, invoice.id.to_string()));
            let of = deal.map(|deal| (deal.id.clone(), deal.title.clone()));
            let place =
                (invoice.issued.year(), of.as_ref().map(|(id, _)| id.clone()), gift, line.result.clone());
            let next = self.achieved.len();
            let at = *self.places.entry(place).or_insert(next);
            if let Some(same) = self.achieved.get_mut(at) {
                same.times = same.times.saturating_add(1);
                if invoice.issued >= same.day {
                    (same.day, same.fact) = (invoice.issued, fact);
                }
                continue;
            }
            self.achieved.push(Achieved {
                day: invoice.issued,
                deal: of,
                kind: if gift { AchievedKind::Gift } else { AchievedKind::Delivered },
                what: line.result.clone(),
                times: 1,
                worth: None,
                fact,
            });
        }
    }
}

/// Deals of a year stand by their last day in it, the latest first; what belongs to none comes last.
fn sort(achieved: &mut [Achieved]) {
    let mut last: BTreeMap<(i32, Option<DealId>), NaiveDate> = BTreeMap::new();
    let place = |it: &Achieved| (it.day.year(), it.deal.as_ref().map(|(id, _)| id.clone()));
    for it in achieved.iter() {
        let day = last.entry(place(it)).or_insert(FIRST_DAY);
        *day = it.day.max(*day);
    }
    achieved.sort_by_cached_key(|it| {
        let (year, deal) = place(it);
        let latest = last.get(&(year, deal.clone())).copied();
        let newest = std::cmp::Reverse((year, deal.is_some(), latest));
        (newest, deal, it.day, it.kind.rank(), it.what.clone())
    });
}
