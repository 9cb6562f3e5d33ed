//! Worth the effort: what is left of an hour worked for a client.
//!
//! (what was paid and is open of invoices, both net of tax − expenses for the client) / hours worked for it, whatever they were
//! for. What is open counts until it is written off: that it comes late tells of how they pay, and not of the effort.
//!
//! What belongs together counts together: hours count by their own day, and what a deal won brings, its invoices less its
//! expenses, however old these are, belongs to all its hours alike: of it counts the part that its hours in the window are of all
//! its hours. What names no such deal, or one that rests on a regular fee, counts by its own day: an expense by its, an invoice
//! by the day it was issued, so that it matters nowhere when it is paid.
//!
//! A deal that is still talked about or at work stays out, with its hours, payments and expenses, until it is lost, or finished and
//! billed: what it will leave is not known yet. One that is finished waits for the bill of its worth; 60 days after its
//! last bill none is expected any more. What names no deal may be of the one at work, where no hour names that: hours, bills and
//! expenses without a deal wait with it, from the day that deal was won.
//!
//! Two kinds of deals at work do not wait. One that rests on a regular fee is paid as it goes. And of one that falls short of
//! break-even by its hours so far (see [`crate::figures::shortfall`]) it is known that it will not leave more: its hours bring
//! what it is worth less its expenses, ÷ all its hours, whatever was paid of it yet.
//!
//! 100 points at the target rate, 40 at the break-even rate, none where nothing is left. Without a break-even rate the points
//! are the share of the target; without a target, break-even has 40 points and twice that 100. Fewer than 4 hours have no
//! points.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{Basis, Deal, DealId, FIRST_DAY, Money, Phase, Table};
use crate::figures::jobs::{phase_of, won_on};
use crate::figures::proof::{Unit, Value};
use crate::figures::shortfall::{Shortfall, all_short};
use crate::figures::standing::Standing;
use crate::figures::sum::{Sum, converted, negated, plus};
use crate::figures::words::{amount_in_full, number};
use crate::figures::{Answer, Unknown};

use super::look::Look;
use super::{Evidence, FactId, Indicator, Measure, Reading, once_each, scale};

/// Points at the break-even rate.
const AT_BREAK_EVEN: i64 = 40;
/// Below so many hours nobody can say whether an hour was worth it.
const ENOUGH_HOURS: i64 = 4;
/// A bill is expected within so many days after a deal is finished, or was last billed.
const BILLED_WITHIN_DAYS: i64 = 60;
/// So many hours tell as much as one paid invoice: a day of work.
const DAY_HOURS: i64 = 8;

/// What was left of the hours worked for one client.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Effort {
    /// Payments and what is open, net of tax, less expenses, in the book's currency.
    pub(in crate::figures) margin: Answer<Money>,
    /// Hours worked.
    pub(in crate::figures) hours: Decimal,
    /// Hours that wait for the outcome of deals under way.
    waiting: Decimal,
    facts: Vec<FactId>,
}

/// Something that the margin or the hours are made of.
pub(in crate::figures) struct EffortTerm {
    pub(in crate::figures) day: NaiveDate,
    /// What it adds to the margin; of work, nothing.
    pub(in crate::figures) amount: Option<Answer<Money>>,
    /// Hours worked.
    pub(in crate::figures) hours: Decimal,
    /// Whether it is what is open of an invoice.
    pub(in crate::figures) open: bool,
    /// Whether it counts: it is not, nor may be, of a deal whose outcome is still to come.
    pub(in crate::figures) counts: bool,
    pub(in crate::figures) fact: FactId,
}

/// Every invoice, expense and hour of the window, and what the hours of deals bring that fall short.
pub(in crate::figures) fn effort_terms(look: &Look<'_>) -> Vec<EffortTerm> {
    terms_with(look, &UnderWay::of(look))
}

fn terms_with(look: &Look<'_>, under_way: &UnderWay) -> Vec<EffortTerm> {
    let mut terms = Vec::new();
    for standing in look.invoices {
        let invoice = standing.invoice;
        let share = under_way.share(look, invoice.deal.as_ref(), invoice.issued);
        terms.extend(brought(look, standing, share).into_iter().map(|it| EffortTerm {
            day: it.day,
            amount: Some(it.net),
            hours: Decimal::ZERO,
            open: it.open,
            counts: under_way.adds(invoice.deal.as_ref(), invoice.issued),
            fact: (Table::Invoices, invoice.id.to_string()),
        }));
    }
    for expense in &look.known.facts.expenses {
        let deal = expense.deal.as_ref();
        let first = if deal.is_some() { FIRST_DAY } else { FIRST_DAY.max(look.from) };
        let days = expense.days(first, look.day).into_iter();
        let shares = days.map(|day| (day, under_way.share(look, deal, day)));
        terms.extend(shares.filter(|(_, share)| !share.is_zero()).map(|(day, share)| EffortTerm {
            day,
            amount: Some(part(negated(&converted(look.business, expense.amount, day)), share)),
            hours: Decimal::ZERO,
            open: false,
            counts: under_way.adds(deal, day),
            fact: (Table::Expenses, expense.id.to_string()),
        }));
    }
    terms.extend(look.work().map(|work| EffortTerm {
        day: work.day,
        amount: None,
        hours: work.hours,
        open: false,
        counts: under_way.leaves(work.deal.as_ref(), work.day),
        fact: (Table::Work, work.id.to_string()),
    }));
    terms.extend(under_way.short.iter().filter_map(|(deal, shortfall)| {
        let of_deal = look.work().filter(|work| work.deal.as_ref() == Some(deal));
        let hours = of_deal.map(|work| work.hours).fold(Decimal::ZERO, Decimal::saturating_add);
        let brings = shortfall.left()?.amount.checked_mul(hours)?.checked_div(shortfall.hours)?;
        (!hours.is_zero()).then(|| EffortTerm {
            day: look.day,
            amount: Some(Ok(Money::new(brings, look.business.currency).rounded())),
            hours: Decimal::ZERO,
            open: false,
            counts: true,
            fact: (Table::Deals, deal.to_string()),
        })
    }));
    terms
}

/// What an invoice brings: a payment, or what is open of it.
struct Brought {
    day: NaiveDate,
    net: Answer<Money>,
    open: bool,
}

/// This share of an amount.
fn part(amount: Answer<Money>, share: Decimal) -> Answer<Money> {
    amount.map(|it| Money::new(it.amount.saturating_mul(share), it.currency))
}

/// This share of what was paid of an invoice, and of what is open of it.
fn brought(look: &Look<'_>, standing: &Standing<'_>, share: Decimal) -> Vec<Brought> {
    if share.is_zero() {
        return Vec::new();
    }
    let received = standing.received(look.business).into_iter();
    let mut brought: Vec<Brought> =
        received.map(|it| Brought { day: it.day, net: part(it.net, share), open: false }).collect();
    let (invoice, open) = (standing.invoice, standing.open_net());
    if !open.is_zero() {
        let net = part(converted(look.business, open, invoice.issued), share);
        brought.push(Brought { day: invoice.issued, net, open: true });
    }
    brought
}

impl Effort {
    /// Of the window, without deals whose outcome is still to come.
    pub(in crate::figures) fn of(look: &Look<'_>) -> Self {
        Self::with(look, &UnderWay::of(look))
    }

    /// The same, by what is under way.
    pub(super) fn with(look: &Look<'_>, under_way: &UnderWay) -> Self {
        let terms = terms_with(look, under_way);
        let mut facts: Vec<FactId> =
            look.known.facts.deals.iter().map(|deal| (Table::Deals, deal.id.to_string())).collect();
        let mut margin = Sum::new(look.business.currency);
        let (mut hours, mut waiting) = (Decimal::ZERO, Decimal::ZERO);
        for term in terms {
            if term.counts {
                term.amount.iter().for_each(|amount| margin.add(amount));
                hours = hours.saturating_add(term.hours);
            } else {
                waiting = waiting.saturating_add(term.hours);
            }
            facts.push(term.fact);
        }
        facts.extend(of_won_deals(look));
        Self { margin: margin.answer(), hours, waiting, facts: once_each(facts) }
    }

    /// With this share of what a further invoice brings; without its record, where only the points are asked for.
    pub(super) fn add(&mut self, look: &Look<'_>, standing: &Standing<'_>, share: Decimal) {
        for it in brought(look, standing, share) {
            self.margin = plus(&self.margin, &it.net);
        }
    }

    /// The same without the records it was made of.
    pub(super) fn without_facts(self) -> Self {
        Self { facts: Vec::new(), ..self }
    }

    /// What was left of an hour.
    pub(in crate::figures) fn hourly(&self) -> Answer<Money> {
        let none = || {
            let why = "no hours were noted in the window for finished work";
            match self.waiting.round() {
                hours if hours == Decimal::ONE => {
                    Unknown(format!("{why}; 1 hour waits for what is under way"))
                }
                hours if hours > Decimal::ONE => {
                    Unknown(format!("{why}; {} hours wait for what is under way", number(hours)))
                }
                _ => Unknown::because(why),
            }
        };
        if self.hours <= Decimal::ZERO {
            return Err(none());
        }
        let margin = self.margin.clone()?;
        let hourly = margin.amount.checked_div(self.hours);
        hourly.map(|amount| Money::new(amount, margin.currency).rounded()).ok_or_else(none)
    }

    pub(super) fn reading(&self, look: &Look<'_>) -> Reading {
        let evidence = Evidence {
            count: self.hours.max(Decimal::ZERO).normalize(),
            noun: "hours",
            pieces: self.hours.max(Decimal::ZERO).checked_div(DAY_HOURS.into()).unwrap_or_default(),
        };
        let hourly = match self.hourly() {
            Ok(hourly) => hourly,
            Err(why) => return Reading::unknown(Indicator::Effort, &why.0, evidence, self.facts.clone()),
        };
        let (target, least) = rates(look);
        let left = amount_in_full(hourly);
        let hours = number(self.hours.normalize());
        let plural = if self.hours == Decimal::ONE { "" } else { "s" };
        let mut says = format!("Leaves {left} an hour, from {hours} hour{plural}");
        let enough = self.hours >= Decimal::from(ENOUGH_HOURS);
        let points = points(hourly.amount, target, least).filter(|_| enough);
        let measures: Vec<Measure> = points
            .map(|points| {
                let beside = match (target.map(number), least.map(number)) {
                    (Some(target), Some(least)) => format!("the target is {target}, break-even {least}"),
                    (Some(target), None) => format!("the target is {target}"),
                    (None, least) => format!("break-even is {}", least.unwrap_or_default()),
                };
                says = format!("{says}; {beside}");
                let in_book = |amount| Value::Money(Money::new(amount, look.business.currency));
                let measure = Measure::new("Left of an hour", 1, points, format!("{left}, {beside}"))
                    .with("Hours worked", Value::Number(self.hours, Unit::Hours));
                let rates = [("The target", target), ("Break-even", least)];
                let rates = rates.into_iter().filter_map(|(what, rate)| Some((what, in_book(rate?))));
                rates.fold(measure, |measure, (what, rate)| measure.with(what, rate))
            })
            .into_iter()
            .collect();
        let known = if !enough {
            says = format!("{says}; that is judged from {ENOUGH_HOURS} hours on");
            Err(Unknown(format!("fewer than {ENOUGH_HOURS} hours were noted for finished work")))
        } else if measures.is_empty() {
            Err(Unknown::because("the book states no target or break-even rate"))
        } else {
            Reading::points_of(&measures)
        };
        Reading {
            indicator: Indicator::Effort,
            value: Ok(Value::Money(hourly)),
            points: known,
            measures,
            evidence,
            says: format!("{says}."),
            facts: self.facts.clone(),
        }
    }
}

/// What tells whether deals won are billed in full, or fall short: whatever names one, however long ago.
fn of_won_deals(look: &Look<'_>) -> Vec<FactId> {
    let facts = &look.known.facts;
    let won = facts.deals.iter().filter(|deal| is_job(look, deal));
    let won: BTreeSet<&DealId> = won.map(|deal| &deal.id).collect();
    if won.is_empty() {
        return Vec::new();
    }
    let is_of = |deal: &Option<DealId>| deal.as_ref().is_some_and(|deal| won.contains(deal));
    let work = facts.work.iter().filter(|it| is_of(&it.deal)).map(|it| (Table::Work, it.id.to_string()));
    let expenses = facts.expenses.iter().filter(|it| is_of(&it.deal));
    let expenses = expenses.map(|it| (Table::Expenses, it.id.to_string()));
    let invoices = facts.invoices.iter().filter(|it| is_of(&it.deal));
    work.chain(expenses).chain(invoices.map(|it| (Table::Invoices, it.id.to_string()))).collect()
}

/// Whether a deal was won and is done as one: it does not rest on a regular fee.
fn is_job(look: &Look<'_>, deal: &Deal) -> bool {
    deal.basis != Some(Basis::Retainer) && matches!(look.phase(deal), Some(Phase::Won | Phase::Closed))
}

/// The deals whose outcome is still to come, and since when something that names no deal may be of one at work.
pub(super) struct UnderWay {
    deals: BTreeSet<DealId>,
    /// The deals at work of which it is known that they will leave less than break-even.
    short: BTreeMap<DealId, Shortfall>,
    since: Option<NaiveDate>,
    /// Of each deal won that was worked on, the part that its hours in the window are of all.
    shares: BTreeMap<DealId, Decimal>,
}

impl UnderWay {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let mut short = all_short(look.business, look.stages, look.known, look.invoices, look.day);
        let shares = shares(look);
        let mut under_way = Self { deals: BTreeSet::new(), short: BTreeMap::new(), since: None, shares };
        let mut billed: BTreeMap<&DealId, Billed> = BTreeMap::new();
        for standing in look.invoices.iter().filter(|it| it.net.amount > Decimal::ZERO) {
            if let Some(deal) = &standing.invoice.deal {
                billed.entry(deal).or_default().add(look, standing);
            }
        }
        let worked: BTreeSet<&DealId> =
            look.known.facts.work.iter().filter_map(|it| it.deal.as_ref()).collect();
        for deal in &look.known.facts.deals {
            let at_work = match look.phase(deal) {
                None | Some(Phase::Open) => false,
                Some(Phase::Won | Phase::Closed) if !is_over(look, deal, billed.get(&deal.id)) => true,
                Some(Phase::Won | Phase::Closed | Phase::Lost) => continue,
            };
            if let Some((id, shortfall)) = short.remove_entry(&deal.id).filter(|_| at_work) {
                under_way.short.insert(id, shortfall);
                continue;
            }
            under_way.deals.insert(deal.id.clone());
            let begun = won_on(look.stages, deal).filter(|_| at_work && !worked.contains(&deal.id));
            under_way.since = under_way.since.into_iter().chain(begun).min();
        }
        under_way
    }

    /// The deals at work of which it is known that they will leave less than break-even.
    pub(super) fn short(&self) -> impl Iterator<Item = (&DealId, &Shortfall)> {
        self.short.iter()
    }

    /// How much of what is of a deal, or has a day, counts in the window: all of it, nothing, or a part.
    pub(super) fn share(&self, look: &Look<'_>, deal: Option<&DealId>, day: NaiveDate) -> Decimal {
        let by_day = || if look.is_recent(day) { Decimal::ONE } else { Decimal::ZERO };
        deal.and_then(|deal| self.shares.get(deal)).copied().unwrap_or_else(by_day)
    }

    /// Whether what is of a deal, or of none on a day, is left to count.
    pub(super) fn leaves(&self, deal: Option<&DealId>, day: NaiveDate) -> bool {
        if let Some(deal) = deal {
            return !self.deals.contains(deal);
        }
        self.since.is_none_or(|since| day < since)
    }

    /// Whether a payment or an expense changes what is left: that of a deal that falls short is in what its hours bring.
    pub(super) fn adds(&self, deal: Option<&DealId>, day: NaiveDate) -> bool {
        self.leaves(deal, day) && deal.is_none_or(|deal| !self.short.contains_key(deal))
    }
}

/// Of each deal won that was worked on, the part that its hours in the window are of all.
fn shares(look: &Look<'_>) -> BTreeMap<DealId, Decimal> {
    let jobs = look.known.facts.deals.iter().filter(|deal| is_job(look, deal));
    let none = (Decimal::ZERO, Decimal::ZERO);
    let mut hours: BTreeMap<&DealId, (Decimal, Decimal)> = jobs.map(|deal| (&deal.id, none)).collect();
    for work in &look.known.facts.work {
        let Some((recent, all)) = work.deal.as_ref().and_then(|deal| hours.get_mut(deal)) else { continue };
        *all = all.saturating_add(work.hours);
        if look.is_recent(work.day) {
            *recent = recent.saturating_add(work.hours);
        }
    }
    let share =
        |(deal, (recent, all)): (&DealId, (Decimal, Decimal))| Some((deal.clone(), recent.checked_div(all)?));
    hours.into_iter().filter_map(share).collect()
}

/// What was billed of a deal.
#[derive(Default)]
struct Billed {
    /// Net of tax, in the book's currency at the rate of the day that is looked at, as a deal's worth is.
    net: Decimal,
    last: Option<NaiveDate>,
}

impl Billed {
    fn add(&mut self, look: &Look<'_>, standing: &Standing<'_>) {
        let net = converted(look.business, standing.net, look.day).map_or(Decimal::ZERO, |net| net.amount);
        self.net = self.net.saturating_add(net);
        self.last = self.last.max(Some(standing.invoice.issued));
    }
}

/// What is still to be billed of a deal in the book's currency, net of tax; nothing where that is all of its worth but a
/// hundredth, or nobody said what it is worth.
pub(super) fn left_to_bill(look: &Look<'_>, deal: &DealId) -> Option<Decimal> {
    let deal = look.known.facts.deals.iter().find(|it| it.id == *deal)?;
    let worth = converted(look.business, deal.value?, look.day).ok()?.amount;
    let mut billed = Billed::default();
    let of_deal = look.invoices.iter().filter(|it| it.invoice.deal.as_ref() == Some(&deal.id));
    of_deal.filter(|it| it.net.amount > Decimal::ZERO).for_each(|it| billed.add(look, it));
    (billed.net < enough(worth)).then(|| worth.saturating_sub(billed.net))
}

/// So much of a deal's worth is as good as all of it.
fn enough(worth: Decimal) -> Decimal {
    worth.saturating_mul(Decimal::new(99, 2))
}

/// Whether a deal won has its outcome: it rests on a regular fee, or it is finished and billed in full, but for a hundredth (at
/// all, where nobody said what it is worth), or no bill is to be expected any more.
fn is_over(look: &Look<'_>, deal: &Deal, billed: Option<&Billed>) -> bool {
    if deal.basis == Some(Basis::Retainer) {
        return true;
    }
    let closed = || {
        let closed =
            deal.stages.iter().filter(|fact| phase_of(look.stages, &fact.stage) == Some(Phase::Closed));
        closed.map(|fact| fact.day).min()
    };
    let Some(finished) = deal.delivered.or_else(closed) else { return false };
    let worth = deal.value.and_then(|value| converted(look.business, value, look.day).ok());
    if billed.is_some_and(|billed| worth.is_none_or(|worth| billed.net >= enough(worth.amount))) {
        return true;
    }
    let last = billed.and_then(|billed| billed.last).max(Some(finished)).unwrap_or(finished);
    (billed.is_some() || worth.is_none()) && look.days_since(last) > BILLED_WITHIN_DAYS
}

/// The target and the break-even rate in the book's currency, where they are stated.
pub(super) fn rates(look: &Look<'_>) -> (Option<Decimal>, Option<Decimal>) {
    let rate = |rate: Option<Money>| {
        let rate = converted(look.business, rate?, look.day).ok()?.amount;
        Some(rate).filter(|rate| *rate > Decimal::ZERO)
    };
    (rate(look.business.target_rate), rate(look.business.break_even_rate))
}

/// What an hour has to leave for so many points, to a cent above.
pub(super) fn rate_of(look: &Look<'_>, points: Decimal) -> Option<Decimal> {
    let (target, least) = rates(look);
    rate_for(points, target, least)
}

/// The reverse of [`points`].
fn rate_for(points: Decimal, target: Option<Decimal>, least: Option<Decimal>) -> Option<Decimal> {
    let at_break_even = Decimal::from(AT_BREAK_EVEN);
    let (least, target) = match (least, target) {
        (None, None) => return None,
        (None, Some(target)) => (Decimal::ZERO, target),
        (Some(least), None) => (least, least.saturating_mul(Decimal::TWO)),
        (Some(least), Some(target)) => (least, target.max(least)),
    };
    let from = if least.is_zero() { Decimal::ZERO } else { at_break_even };
    let rate = if points < from {
        least.saturating_mul(points).checked_div(from)?
    } else {
        let part = points.saturating_sub(from).checked_div(Decimal::ONE_HUNDRED - from)?;
        target.saturating_sub(least).saturating_mul(part).saturating_add(least)
    };
    Some(rate.round_dp_with_strategy(2, RoundingStrategy::ToPositiveInfinity))
}

fn points(hourly: Decimal, target: Option<Decimal>, least: Option<Decimal>) -> Option<Decimal> {
    let at_break_even = Decimal::from(AT_BREAK_EVEN);
    let (least, target) = match (least, target) {
        (None, None) => return None,
        (None, Some(target)) => return Some(scale(hourly, Decimal::ZERO, target)),
        (Some(least), None) => (least, least.saturating_mul(Decimal::TWO)),
        (Some(least), Some(target)) => (least, target.max(least)),
    };
    let below = scale(hourly, Decimal::ZERO, least).saturating_mul(at_break_even);
    let above = scale(hourly, least, target).saturating_mul(Decimal::ONE_HUNDRED - at_break_even);
    let points =
        if hourly < least { below } else { above.saturating_add(at_break_even * Decimal::ONE_HUNDRED) };
    points.checked_div(Decimal::ONE_HUNDRED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_for_some_points_is_the_least_that_has_them() {
        for (target, least) in
            [(Some(80), Some(50)), (Some(85), Some(48)), (Some(120), None), (None, Some(60))]
        {
            let (target, least) = (target.map(Decimal::from), least.map(Decimal::from));
            for wanted in [0, 20, 40, 55, 70, 100] {
                let wanted = Decimal::from(wanted);
                let rate = rate_for(wanted, target, least).unwrap();
                let cent = Decimal::new(1, 2);
                assert!(points(rate, target, least).unwrap() >= wanted, "{wanted}: {rate}");
                let below = points(rate - cent, target, least).unwrap();
                assert!(below < wanted || wanted.is_zero(), "{wanted}: {rate} {below}");
            }
        }
        assert_eq!(rate_for(Decimal::from(70), None, None), None);
    }

    #[test]
    fn break_even_has_forty_points_the_target_a_hundred_and_nothing_left_none() {
        let of = |hourly: i64| points(hourly.into(), Some(Decimal::from(80)), Some(Decimal::from(50)));
        for (hourly, expected) in [(-10, 0), (0, 0), (25, 20), (50, 40), (65, 70), (80, 100), (200, 100)] {
            assert_eq!(of(hourly), Some(Decimal::from(expected)), "{hourly} an hour");
        }
        let alone = |target, least| points(Decimal::from(60), target, least);
        assert_eq!(alone(Some(Decimal::from(120)), None), Some(Decimal::from(50)));
        assert_eq!(alone(None, Some(Decimal::from(60))), Some(Decimal::from(40)));
        assert_eq!(alone(None, None), None);
    }
}
