//! Whether a client still orders: the more often it came and the shorter its silence, the surer.
//!
//! An order is a deal that was won, on the day it was; what was invoiced for a deal that nobody moved to work; and what was invoiced
//! on one day without a deal. What a regular fee brings is no order.
//!
//! gap = (days from the first to the last order + 2·g₀) / (repeats + 2), g₀ being the mean gap of all clients;
//! ratio = silence / gap. The chance of an order within `H` days is
//! σ(b₀ − ln(1 + ratio) + ½·ln(H / gap) + 0.8·ln n), n being the number of orders. Only b₀ is fitted, on what was known `H`
//! days before and what came since, and shrunk to nought as if by a normal prior of standard deviation 1.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Basis, Book, ClientFacts, ClientId, Deal, DealId, Invoice, Retainer, Stage, add_days, days_between,
};
use crate::figures::jobs::won_on;

/// The mean gap of a book in which nobody ordered twice, in days.
const GAP_WITHOUT_HISTORY: f64 = 90.0;
/// As many repeats of the mean gap are added to a client's own.
const GAP_WEIGHT: f64 = 2.0;
/// The base of the chance lies within this: beyond it a chance is nought or one in all but name.
const MOST_BASE: f64 = 20.0;

/// Something ordered once.
#[derive(Debug, Clone)]
pub(in crate::figures) struct Order<'a> {
    /// The day of its first invoice.
    pub(in crate::figures) day: NaiveDate,
    /// What it was invoiced with.
    pub(in crate::figures) invoices: Vec<&'a Invoice>,
}

/// What a client has ordered, by day.
pub(in crate::figures) fn orders_of(known: &ClientFacts) -> Vec<Order<'_>> {
    let mut of_deals: BTreeMap<&DealId, Order<'_>> = BTreeMap::new();
    let mut of_days: BTreeMap<NaiveDate, Order<'_>> = BTreeMap::new();
    for invoice in &known.facts.invoices {
        let invoice: &Invoice = invoice;
        if invoice.asked().amount <= Decimal::ZERO || known.retainer_of(invoice).is_some() {
            continue;
        }
        let empty = Order { day: invoice.issued, invoices: Vec::new() };
        let order = match &invoice.deal {
            Some(deal) => of_deals.entry(deal).or_insert(empty),
            None => of_days.entry(invoice.issued).or_insert(empty),
        };
        order.day = order.day.min(invoice.issued);
        order.invoices.push(invoice);
    }
    let mut orders: Vec<Order<'_>> = of_deals.into_values().chain(of_days.into_values()).collect();
    orders.sort_by_key(|order| order.day);
    orders
}

/// The days on which a client ordered, ascending: those on which deals were won, and where it is not known that one was, or there
/// is none, those of the invoices.
pub(in crate::figures) fn ordered_on(stages: &[Stage], known: &ClientFacts) -> Vec<NaiveDate> {
    let is_fee = |deal: &Deal| {
        let names = |fee: &Arc<Retainer>| fee.deal.as_ref() == Some(&deal.id);
        deal.basis == Some(Basis::Retainer) || known.facts.retainers.iter().any(names)
    };
    let won =
        known.facts.deals.iter().filter_map(|deal| Some((&deal.id, (won_on(stages, deal)?, is_fee(deal)))));
    let won: BTreeMap<&DealId, (NaiveDate, bool)> = won.collect();
    let orders = orders_of(known);
    let deal_of = |order: &Order<'_>| order.invoices.first().and_then(|invoice| invoice.deal.clone());
    let others = orders.iter().filter(|order| deal_of(order).is_none_or(|deal| !won.contains_key(&deal)));
    // What was billed for maintenance before it named its fee is an order all the same.
    let billed: BTreeSet<DealId> = orders.iter().filter_map(deal_of).collect();
    let deals = won.iter().filter(|(deal, (_, is_fee))| !is_fee || billed.contains(**deal));
    let mut days: Vec<NaiveDate> =
        others.map(|order| order.day).chain(deals.map(|(_, (day, _))| *day)).collect();
    days.sort_unstable();
    days
}

/// How often a client orders, as known at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rhythm {
    /// How many orders.
    pub orders: usize,
    /// The day of the last one.
    pub last: NaiveDate,
    /// Days between two orders, shrunk to how often all order; at least one.
    pub gap: f64,
    /// Days between two orders when the silence since the last one counts too, shrunk likewise. The gap takes nothing from
    /// a silence that goes on, and so promises too much from a short history; further orders are paced by this.
    pub pace: f64,
    /// Days since the last order.
    pub silence: i64,
    /// Silence in gaps.
    pub ratio: f64,
}

/// How often clients order, and the chance that they do again.
#[derive(Debug, Clone, PartialEq)]
pub struct Dormancy {
    day: NaiveDate,
    clients: BTreeMap<ClientId, History>,
}

/// The orders of a client and the end of the relation, if it ended.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct History {
    orders: Vec<NaiveDate>,
    ended: Option<NaiveDate>,
}

/// What is common to all clients: how often they order, and b₀ of the chance that one does within some days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::figures) struct Common {
    means: Means,
    base: f64,
    days: i64,
}

impl Dormancy {
    /// What the invoices of a book tell, as `known` at the end of `day`.
    #[must_use]
    pub fn of(known: &Book, day: NaiveDate) -> Self {
        let stages = known.business().stages();
        let clients = known.clients().filter_map(|client| {
            let orders = ordered_on(&stages, client);
            let ended = client.client.end_known_on();
            (!orders.is_empty()).then(|| (client.id().clone(), History::new(orders, ended)))
        });
        Self { day, clients: clients.collect() }
    }

    /// How often a client orders; `None` where it never did.
    #[must_use]
    pub fn rhythm(&self, client: &ClientId) -> Option<Rhythm> {
        self.clients.get(client)?.rhythm(Means::of(self.clients.values(), self.day), self.day)
    }

    /// The chance that a client orders within so many days; `None` where it never did, nought where it ended.
    #[must_use]
    pub fn chance(&self, client: &ClientId, days: i64) -> Option<f64> {
        self.clients.get(client)?.chance(&self.common(days), self.day)
    }

    /// How often each client orders, and the chance that it does within so many days. Quicker than one by one.
    #[must_use]
    pub fn chances(&self, days: i64) -> BTreeMap<ClientId, (Rhythm, f64)> {
        let common = self.common(days);
        let each = self.clients.iter().filter_map(|(client, history)| {
            let rhythm = history.rhythm(common.means, self.day)?;
            Some((client.clone(), (rhythm, history.chance(&common, self.day)?)))
        });
        each.collect()
    }

    fn common(&self, days: i64) -> Common {
        Common::of(self.clients.values(), self.day, days)
    }
}

impl Common {
    /// Of all histories as known at the end of `day`, for orders within so many days.
    pub(in crate::figures) fn of<'a>(
        histories: impl Iterator<Item = &'a History> + Clone,
        day: NaiveDate,
        days: i64,
    ) -> Self {
        let means = Means::of(histories.clone(), day);
        Self { means, base: base(histories, day, days), days }
    }

    /// The same with means in whole days and a base in hundredths.
    pub(in crate::figures) fn rounded(self) -> Self {
        let means = Means { gap: self.means.gap.round().max(1.0), pace: self.means.pace.round().max(1.0) };
        Self { means, base: (self.base * 100.0).round() / 100.0, ..self }
    }
}

/// How often all clients order.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Means {
    gap: f64,
    pace: f64,
}

impl Means {
    /// The mean gap and pace of all clients, in days, from the orders by `day`.
    fn of<'a>(histories: impl Iterator<Item = &'a History>, day: NaiveDate) -> Self {
        let (mut spans, mut days, mut repeats) = (0.0, 0.0, 0.0);
        for history in histories {
            if let Some((first, last, count)) = history.by(day) {
                spans += number(days_between(first, last));
                days += number(days_between(first, day));
                repeats += float(count - 1);
            }
        }
        let mean = |days: f64| if repeats > 0.0 { days / repeats } else { GAP_WITHOUT_HISTORY };
        Self { gap: mean(spans), pace: mean(days) }
    }
}

/// b₀: fitted on who had ordered `days` before, and whether they did since.
fn base<'a>(histories: impl Iterator<Item = &'a History> + Clone, day: NaiveDate, days: i64) -> f64 {
    let then = add_days(day, -days.max(1));
    let means = Means::of(histories.clone(), then);
    let seen: Vec<(f64, bool)> = histories
        .filter(|history| !history.has_ended(then))
        .filter_map(|history| {
            let rhythm = history.rhythm(means, then)?;
            let came = history.orders.iter().any(|order| *order > then && *order <= day);
            Some((rhythm.lean(days), came))
        })
        .collect();
    base_of(&seen)
}

/// The base under which the outcomes `seen` are likeliest, shrunk to nought: where the slope of the logarithm of their
/// likelihood and of the prior's density is nought. Newton's steps, halved where they would leave what is known to hold it.
fn base_of(seen: &[(f64, bool)]) -> f64 {
    let (mut low, mut high, mut at) = (-MOST_BASE, MOST_BASE, 0.0);
    for _ in 0..100 {
        let (slope, bend) = seen.iter().fold((-at, 1.0), |(slope, bend), (lean, came)| {
            let chance = logistic(at + lean);
            (slope + if *came { 1.0 } else { 0.0 } - chance, bend + chance * (1.0 - chance))
        });
        // The slope only falls.
        if slope > 0.0 {
            low = at;
        } else {
            high = at;
        }
        let step: f64 = at + slope / bend;
        let next = if step > low && step < high { step } else { f64::midpoint(low, high) };
        if (next - at).abs() < 1e-13 {
            return next;
        }
        at = next;
    }
    at
}

impl History {
    /// The days of a client's orders, ascending, and the day the relation ended.
    pub(in crate::figures) fn new(orders: Vec<NaiveDate>, ended: Option<NaiveDate>) -> Self {
        Self { orders, ended }
    }

    /// With further orders of the same client.
    pub(in crate::figures) fn with(&self, more: &Self) -> Self {
        let mut orders: Vec<NaiveDate> = self.orders.iter().chain(&more.orders).copied().collect();
        orders.sort_unstable();
        Self { orders, ended: self.ended }
    }

    /// The chance that the client orders within the days of `common`; `None` where it never did, nought where it ended.
    pub(in crate::figures) fn chance(&self, common: &Common, day: NaiveDate) -> Option<f64> {
        let rhythm = self.rhythm(common.means, day)?;
        Some(if self.has_ended(day) { 0.0 } else { rhythm.chance(common.base, common.days) })
    }

    /// The first and last order by `day`, and how many there were.
    fn by(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate, usize)> {
        let count = self.orders.partition_point(|order| *order <= day);
        let last = self.orders.get(count.checked_sub(1)?)?;
        Some((*self.orders.first()?, *last, count))
    }

    fn rhythm(&self, means: Means, day: NaiveDate) -> Option<Rhythm> {
        let (first, last, count) = self.by(day)?;
        let each = |days: i64, mean: f64| {
            ((number(days) + GAP_WEIGHT * mean) / (float(count - 1) + GAP_WEIGHT)).max(1.0)
        };
        let gap = each(days_between(first, last), means.gap);
        let pace = each(days_between(first, day), means.pace);
        let silence = days_between(last, day);
        Some(Rhythm { orders: count, last, gap, pace, silence, ratio: number(silence) / gap })
    }

    fn has_ended(&self, day: NaiveDate) -> bool {
        self.ended.is_some_and(|ended| ended <= day)
    }
}

impl Rhythm {
    /// All of the chance's logit but b₀.
    fn lean(&self, days: i64) -> f64 {
        let horizon = number(days.max(1));
        -libm::log(1.0 + self.ratio)
            + 0.5 * libm::log(horizon / self.gap)
            + 0.8 * libm::log(float(self.orders))
    }

    fn chance(&self, base: f64, days: i64) -> f64 {
        if days < 1 { 0.0 } else { logistic(base + self.lean(days)) }
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Days as a number; a book spans fewer than 2³¹ of them.
fn number(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_is_shrunk_to_nought_and_fits_what_was_seen() {
        assert!(base_of(&[]).abs() < 1e-9);
        // One that came, leaning to nought: 1 − σ(b) = b has its root at 0.401058138.
        assert!((base_of(&[(0.0, true)]) - 0.401_058_138).abs() < 1e-8);
        let many: Vec<(f64, bool)> = (0..4000).map(|n| (0.0, n % 4 != 0)).collect();
        // Three in four of very many: ln 3.
        assert!((base_of(&many) - 3.0_f64.ln()).abs() < 2e-3);
    }
}
