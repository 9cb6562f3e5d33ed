//! Deals that do not bring the break-even rate for their hours, while something of them is still to come.
//!
//! An hour of such a deal brings (value − what was written off − expenses so far) / hours so far. The value is what was agreed or
//! told, or what was invoiced net of tax by now where that is more: what grew may have been billed. What an hour brings falls with each further
//! hour; from the break-even rate on the deal falls short of it. It covers as much / break-even rate hours.
//!
//! A regular fee comes again, so a deal that rests on one has no such end. Once nothing more is to come of a deal, what it
//! brought counts and no longer what it is worth. An expense without an exchange rate is left out: it could only make a deal
//! look worse.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{Basis, Business, ClientFacts, Deal, DealId, FIRST_DAY, Money, Phase, Stage};

use super::jobs::phase_of;
use super::standing::Standing;
use super::sum::converted;
use super::words::amount_in_full;

/// A deal that brings no more than the break-even rate for its hours so far. Amounts are in the book's currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// What it is worth, or what was invoiced where that is more.
    pub value: Money,
    /// Whether that is what was invoiced.
    pub is_invoiced: bool,
    /// What was written off of its invoices, net of tax.
    pub lost: Money,
    /// Its expenses so far.
    pub expenses: Money,
    /// Its hours so far.
    pub hours: Decimal,
    /// What an hour brings so far.
    pub an_hour: Money,
    /// The break-even rate.
    pub least: Money,
    /// The hours that it covers at that rate, to a tenth below; never less than none.
    pub covered: Decimal,
}

impl Shortfall {
    /// What it is worth less what was written off and its expenses so far.
    pub(super) fn left(&self) -> Option<Money> {
        let left = self.value.amount.checked_sub(self.lost.amount)?.checked_sub(self.expenses.amount)?;
        Some(Money::new(left, self.value.currency))
    }

    /// What it would have to be worth more for its hours so far to bring break-even, to a cent above.
    pub(super) fn missing(&self) -> Option<Money> {
        let needed = self.least.amount.checked_mul(self.hours)?;
        let missing = needed.checked_sub(self.left()?.amount)?;
        let missing = missing.round_dp_with_strategy(2, RoundingStrategy::ToPositiveInfinity);
        Some(Money::new(missing, self.least.currency)).filter(|it| it.amount > Decimal::ZERO)
    }

    /// In a clause: `24 hours bring 40.00 EUR each after expenses; break-even is 50.00 EUR, which it covers for 19.2 hours`.
    #[must_use]
    pub fn words(&self) -> String {
        let after = match (self.expenses.is_zero(), self.lost.is_zero()) {
            (true, true) => "",
            (false, true) => " after expenses",
            (true, false) => " after what was written off",
            (false, false) => " after expenses and what was written off",
        };
        let [brings, least] = [self.an_hour, self.least].map(amount_in_full);
        let covered = if self.covered.is_zero() {
            "which it covers for no hour".to_owned()
        } else {
            format!("which it covers for {} hours", crate::written::decimal(self.covered))
        };
        let hours = crate::written::decimal(self.hours);
        let (hours, each) = if self.hours == Decimal::ONE {
            ("1 hour brings".to_owned(), "")
        } else {
            (format!("{hours} hours bring"), " each")
        };
        format!("{hours} {brings}{each}{after}; break-even is {least}, {covered}")
    }
}

/// What the facts of a deal add up to.
#[derive(Default)]
struct Sums {
    hours: Decimal,
    expenses: Decimal,
    invoiced: Decimal,
    lost: Decimal,
    invoices: usize,
    open: usize,
}

/// The deals of a client that fall short while something of them is still to come, from its facts as known at the end of the day
/// and its invoices.
pub(super) fn shortfalls(
    business: &Business,
    stages: &[Stage],
    known: &ClientFacts,
    invoices: &[Standing<'_>],
    day: NaiveDate,
) -> BTreeMap<DealId, Shortfall> {
    found(business, stages, known, invoices, day, false)
}

/// The same, with those of which nothing more is to come.
pub(super) fn all_short(
    business: &Business,
    stages: &[Stage],
    known: &ClientFacts,
    invoices: &[Standing<'_>],
    day: NaiveDate,
) -> BTreeMap<DealId, Shortfall> {
    found(business, stages, known, invoices, day, true)
}

fn found(
    business: &Business,
    stages: &[Stage],
    known: &ClientFacts,
    invoices: &[Standing<'_>],
    day: NaiveDate,
    with_over: bool,
) -> BTreeMap<DealId, Shortfall> {
    let facts = &known.facts;
    let least = business.break_even_rate.and_then(|rate| converted(business, rate, day).ok());
    let Some(least) = least.filter(|_| !facts.work.is_empty()) else { return BTreeMap::new() };
    let may_fall_short = |deal: &Deal| {
        let phase = deal.stage().and_then(|at| phase_of(stages, &at.stage));
        let is_won = phase == Some(Phase::Won) || with_over && phase == Some(Phase::Closed);
        is_won && deal.basis != Some(Basis::Retainer) && deal.value.is_some()
    };
    let deals = facts.deals.iter().filter(|deal| may_fall_short(deal));
    let mut of_deals: BTreeMap<&DealId, (&Deal, Sums)> =
        deals.map(|deal| (&deal.id, (deal.as_ref(), Sums::default()))).collect();
    if of_deals.is_empty() {
        return BTreeMap::new();
    }
    for work in &facts.work {
        if let Some((_, sums)) = work.deal.as_ref().and_then(|deal| of_deals.get_mut(deal)) {
            sums.hours = sums.hours.saturating_add(work.hours);
        }
    }
    of_deals.retain(|_, (_, sums)| sums.hours > Decimal::ZERO);
    if of_deals.is_empty() {
        return BTreeMap::new();
    }
    for expense in &facts.expenses {
        let Some((_, sums)) = expense.deal.as_ref().and_then(|deal| of_deals.get_mut(deal)) else { continue };
        for on in expense.days(FIRST_DAY, day) {
            if let Ok(amount) = converted(business, expense.amount, on) {
                sums.expenses = sums.expenses.saturating_add(amount.amount);
            }
        }
    }
    for standing in invoices {
        let of = standing.invoice.deal.as_ref();
        let Some((_, sums)) = of.and_then(|deal| of_deals.get_mut(deal)) else { continue };
        sums.invoices += usize::from(!standing.invoice.is_set_off());
        sums.open += usize::from(standing.is_open());
        if let Ok(net) = converted(business, standing.net, day) {
            sums.invoiced = sums.invoiced.saturating_add(net.amount);
        }
        if let Ok(lost) = converted(business, standing.lost_net(), day) {
            sums.lost = sums.lost.saturating_add(lost.amount);
        }
    }
    let found = of_deals.into_iter().filter_map(|(id, (deal, sums))| {
        Some((id.clone(), shortfall(business, deal, &sums, least, day, with_over)?))
    });
    found.collect()
}

fn shortfall(
    business: &Business,
    deal: &Deal,
    sums: &Sums,
    least: Money,
    day: NaiveDate,
    with_over: bool,
) -> Option<Shortfall> {
    let is_over = deal.delivered.is_some() && sums.invoices > 0 && sums.open == 0;
    if is_over && !with_over {
        return None;
    }
    let told = converted(business, deal.value?, day).ok()?;
    let is_invoiced = sums.invoiced > told.amount;
    let in_book = |amount: Decimal| Money::new(amount, business.currency);
    let value = if is_invoiced { in_book(sums.invoiced) } else { told };
    let left = value.amount.checked_sub(sums.lost)?.checked_sub(sums.expenses)?;
    let an_hour = in_book(left.checked_div(sums.hours)?);
    if an_hour.amount > least.amount {
        return None;
    }
    let covered = left.checked_div(least.amount).unwrap_or_default().max(Decimal::ZERO);
    Some(Shortfall {
        value,
        is_invoiced,
        lost: in_book(sums.lost),
        expenses: in_book(sums.expenses),
        hours: sums.hours,
        an_hour: an_hour.rounded(),
        least,
        covered: covered.round_dp_with_strategy(1, RoundingStrategy::ToZero),
    })
}
