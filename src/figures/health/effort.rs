//! Worth the effort: what is left of an hour worked for a client.
//!
//! (payments of the window, net of tax − expenses for the client) / hours worked for it, whatever they were for. A deal that
//! is still talked about or at work stays out, with its hours, payments and expenses, until it is delivered, over or lost:
//! what it will leave is not known yet. What names no deal may be of the one at work: hours, bills and expenses without a deal
//! wait with it, from the day that deal was first talked about.
//!
//! 100 points at the target rate, 40 at the break-even rate, none where nothing is left. Without a break-even rate the points
//! are the share of the target; without a target, break-even has 40 points and twice that 100. Fewer than 4 hours have no
//! points.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{DealId, FIRST_DAY, Money, Phase, Table};
use crate::figures::proof::Value;
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
/// So many hours tell as much as one paid invoice: a day of work.
const DAY_HOURS: i64 = 8;

/// What was left of the hours worked for one client.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Effort {
    /// Payments net of tax less expenses, in the book's currency.
    pub(in crate::figures) margin: Answer<Money>,
    /// Hours worked.
    pub(in crate::figures) hours: Decimal,
    facts: Vec<FactId>,
}

/// Something that the margin or the hours are made of.
pub(in crate::figures) struct EffortTerm {
    pub(in crate::figures) day: NaiveDate,
    /// What it adds to the margin; of work, nothing.
    pub(in crate::figures) amount: Option<Answer<Money>>,
    /// Hours worked.
    pub(in crate::figures) hours: Decimal,
    /// Whether it counts: it is not, nor may be, of a deal whose outcome is still to come.
    pub(in crate::figures) counts: bool,
    pub(in crate::figures) fact: FactId,
}

/// Every payment, expense and hour of the window.
pub(in crate::figures) fn effort_terms(look: &Look<'_>) -> Vec<EffortTerm> {
    let under_way = UnderWay::of(look);
    let mut terms = Vec::new();
    for standing in look.invoices {
        let invoice = standing.invoice;
        let received = standing.received(look.business).into_iter().filter(|it| look.is_recent(it.day));
        terms.extend(received.map(|it| EffortTerm {
            day: it.day,
            amount: Some(it.net),
            hours: Decimal::ZERO,
            counts: under_way.leaves(invoice.deal.as_ref(), invoice.issued),
            fact: (Table::Invoices, invoice.id.to_string()),
        }));
    }
    for expense in &look.known.facts.expenses {
        let days = expense.days(FIRST_DAY.max(look.from), look.day).into_iter();
        terms.extend(days.filter(|day| look.is_recent(*day)).map(|day| EffortTerm {
            day,
            amount: Some(negated(&converted(look.business, expense.amount, day))),
            hours: Decimal::ZERO,
            counts: under_way.leaves(expense.deal.as_ref(), day),
            fact: (Table::Expenses, expense.id.to_string()),
        }));
    }
    terms.extend(look.work().map(|work| EffortTerm {
        day: work.day,
        amount: None,
        hours: work.hours,
        counts: under_way.leaves(work.deal.as_ref(), work.day),
        fact: (Table::Work, work.id.to_string()),
    }));
    terms
}

impl Effort {
    /// Of the window, without deals that are still talked about or at work.
    pub(in crate::figures) fn of(look: &Look<'_>) -> Self {
        let terms = effort_terms(look);
        let mut facts: Vec<FactId> =
            look.known.facts.deals.iter().map(|deal| (Table::Deals, deal.id.to_string())).collect();
        let mut margin = Sum::new(look.business.currency);
        let mut hours = Decimal::ZERO;
        for term in terms {
            if term.counts {
                term.amount.iter().for_each(|amount| margin.add(amount));
                hours = hours.saturating_add(term.hours);
            }
            facts.push(term.fact);
        }
        Self { margin: margin.answer(), hours, facts: once_each(facts) }
    }

    /// With what came for a further invoice; without its record, where only the points are asked for.
    pub(super) fn add(&mut self, look: &Look<'_>, standing: &Standing<'_>) {
        for received in standing.received(look.business).iter().filter(|it| look.is_recent(it.day)) {
            self.margin = plus(&self.margin, &received.net);
        }
    }

    /// The same without the records it was made of.
    pub(super) fn without_facts(self) -> Self {
        Self { facts: Vec::new(), ..self }
    }

    /// What was left of an hour.
    pub(in crate::figures) fn hourly(&self) -> Answer<Money> {
        if self.hours <= Decimal::ZERO {
            return Err(Unknown::because("no hours were noted for finished work"));
        }
        let margin = self.margin.clone()?;
        let hourly = margin.amount.checked_div(self.hours);
        hourly
            .map(|amount| Money::new(amount, margin.currency).rounded())
            .ok_or_else(|| Unknown::because("no hours were noted for finished work"))
    }

    pub(super) fn reading(&self, look: &Look<'_>) -> Reading {
        let evidence = Evidence {
            // Part of an hour is an hour begun: never "no hours" where there are some.
            count: self.hours.ceil().to_usize().unwrap_or_default(),
            noun: "hours",
            pieces: self.hours.max(Decimal::ZERO).checked_div(DAY_HOURS.into()).unwrap_or_default(),
        };
        let hourly = match self.hourly() {
            Ok(hourly) => hourly,
            Err(why) => return Reading::unknown(Indicator::Effort, &why.0, evidence, self.facts.clone()),
        };
        let rate = |rate: Option<Money>| {
            rate.and_then(|rate| converted(look.business, rate, look.day).ok()).map(|rate| rate.amount)
        };
        let rate = |of| rate(of).filter(|rate: &Decimal| *rate > Decimal::ZERO);
        let (target, least) = (rate(look.business.target_rate), rate(look.business.break_even_rate));
        let left = amount_in_full(hourly);
        let mut says = format!("Leaves {left} an hour, from {}", evidence.words());
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
                Measure::new("Left of an hour", 1, points, format!("{left}, {beside}"))
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

/// The deals that are still talked about or at work, and since when something that names no deal may be of one at work.
pub(super) struct UnderWay {
    deals: BTreeSet<DealId>,
    since: Option<NaiveDate>,
}

impl UnderWay {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let mut under_way = Self { deals: BTreeSet::new(), since: None };
        for deal in &look.known.facts.deals {
            let at_work = match look.phase(deal) {
                None | Some(Phase::Open) => false,
                Some(Phase::Won) if deal.delivered.is_none() => true,
                Some(Phase::Won | Phase::Closed | Phase::Lost) => continue,
            };
            under_way.deals.insert(deal.id.clone());
            let begun = deal.stages.iter().map(|fact| fact.day).min().filter(|_| at_work);
            under_way.since = under_way.since.into_iter().chain(begun).min();
        }
        under_way
    }

    /// Whether what is of a deal, or of none on a day, is left to count.
    pub(super) fn leaves(&self, deal: Option<&DealId>, day: NaiveDate) -> bool {
        match deal {
            Some(deal) => !self.deals.contains(deal),
            None => self.since.is_none_or(|since| day < since),
        }
    }
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
