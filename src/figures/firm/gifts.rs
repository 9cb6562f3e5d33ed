//! Gifts of the last 12 months, and what they cost against the margin.
//!
//! A gift is a line of an invoice at no price, an hour beyond what was agreed, a result beyond the agreement. What the hours
//! cost is told at the target rate (what they would have brought) and at the break-even rate (what they cost at least). The
//! margin is the income of the 12 months less what was spent for clients in them. The firm's own expenses stay out: rent,
//! drawings and taxes say nothing about how generous one was.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::look::{Hours, Look, share_of, times};
use crate::domain::{Business, Line, Money, WorkResult};
use crate::figures::sum::{Sum, converted, negated};
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client, Unknown};

/// What was given in the last 12 months.
#[derive(Debug, Clone, PartialEq)]
pub struct Gifts {
    /// Lines at no price on the invoices sent; unknown where none was.
    pub lines: Answer<usize>,
    /// Hours beyond what was agreed; unknown where no hours were noted at all.
    pub hours: Answer<Decimal>,
    /// Results beyond the agreement; unknown where no results were noted at all.
    pub results: Answer<usize>,
    /// Income of clients less what was spent for them.
    pub margin: Answer<Money>,
    /// The hours at the target rate.
    pub at_target: GiftCost,
    /// The hours at the break-even rate.
    pub at_break_even: GiftCost,
    /// What it says, in a sentence.
    pub words: Answer<String>,
}

/// What the hours given cost at a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct GiftCost {
    /// An hour, in the book's currency.
    pub rate: Answer<Money>,
    /// All of them.
    pub cost: Answer<Money>,
    /// That by the margin, a fraction of one.
    pub share: Answer<Decimal>,
}

/// The rate at which hours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rate {
    /// What an hour should bring.
    Target,
    /// What an hour must bring.
    BreakEven,
}

/// What one client was given, and of how much.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Given {
    lines: usize,
    invoices: usize,
    results_beyond: usize,
    results: usize,
}

/// The lines at no price on the invoices of the last 12 months, each with its invoice's position.
pub(in crate::figures) fn free_lines<'l, 'a>(
    look: &'l Look<'a>,
) -> impl Iterator<Item = (usize, &'a Line)> + 'l {
    let invoices = look.invoices.iter().enumerate();
    let recent = invoices.filter(|(_, standing)| look.is_recent(standing.invoice.issued));
    recent.flat_map(|(at, standing)| {
        let free = standing.invoice.lines.iter().filter(|line| line.price.is_zero());
        free.map(move |line| (at, line))
    })
}

/// The results of the last 12 months beside the id of their deal.
pub(in crate::figures) fn results<'l, 'a>(
    look: &'l Look<'a>,
) -> impl Iterator<Item = (&'a str, &'a WorkResult)> + 'l {
    let deals = look.known.facts.deals.iter();
    let all = deals.flat_map(|deal| deal.results.iter().map(|result| (deal.id.as_str(), result)));
    all.filter(|(_, result)| look.is_recent(result.day))
}

impl Given {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let issued = look.invoices.iter().map(|standing| standing.invoice.issued);
        Self {
            lines: free_lines(look).count(),
            invoices: issued.filter(|day| look.is_recent(*day)).count(),
            results_beyond: results(look).filter(|(_, result)| result.beyond).count(),
            results: results(look).count(),
        }
    }

    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.invoices += other.invoices;
        self.results_beyond += other.results_beyond;
        self.results += other.results;
    }
}

impl Gifts {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>], all: Hours, day: NaiveDate) -> Self {
        let given = clients.iter().fold(Given::default(), |mut sum, client| {
            sum.add(client.firm.given);
            sum
        });
        let hours = all.noted().map(|_| all.beyond);
        let margin = margin(business, clients);
        let cost = |rate, none| GiftCost::of(business, rate, none, &hours, &margin, day);
        let at_target = cost(business.target_rate, "no target rate is set");
        let at_break_even = cost(business.break_even_rate, "no break-even rate is set");
        let counted = |count: usize, of: usize, none: &str| {
            if of == 0 { Err(Unknown::because(none)) } else { Ok(count) }
        };
        let words = hours.clone().map(|hours| {
            let cost = match (&at_target.share, &at_break_even.share) {
                (Ok(share), _) => format!(": {} of the margin at the target rate", per_cent(*share)),
                (_, Ok(share)) => format!(": {} of the margin at the break-even rate", per_cent(*share)),
                (Err(_), Err(_)) => String::new(),
            };
            format!("{} hours beyond what was agreed in 12 months{cost}", crate::written::decimal(hours))
        });
        Self {
            lines: counted(given.lines, given.invoices, "no invoice was sent in the last 12 months"),
            hours,
            results: counted(
                given.results_beyond,
                given.results,
                "no results were noted in the last 12 months",
            ),
            margin,
            at_target,
            at_break_even,
            words,
        }
    }

    /// What the hours cost at a rate.
    #[must_use]
    pub fn at(&self, rate: Rate) -> &GiftCost {
        match rate {
            Rate::Target => &self.at_target,
            Rate::BreakEven => &self.at_break_even,
        }
    }
}

/// Income of the last 12 months less what was spent for clients in them; unknown where there is neither.
fn margin(business: &Business, clients: &[Arc<Client>]) -> Answer<Money> {
    let income = Sum::of(business.currency, clients.iter().map(|client| &client.income_12m));
    let spent = Sum::of(business.currency, clients.iter().map(|client| &client.firm.spent));
    if [&income, &spent].iter().all(|sum| sum.as_ref().is_ok_and(Money::is_zero)) {
        return Err(Unknown::because("nothing came in or was spent for clients in the last 12 months"));
    }
    Sum::of(business.currency, [&income, &negated(&spent)])
}

impl GiftCost {
    fn of(
        business: &Business,
        rate: Option<Money>,
        none: &str,
        hours: &Answer<Decimal>,
        margin: &Answer<Money>,
        day: NaiveDate,
    ) -> Self {
        let rate = rate.ok_or_else(|| Unknown::because(none)).and_then(|rate| converted(business, rate, day));
        let cost = rate.clone().and_then(|rate| Ok(times(rate, hours.clone()?)));
        let share = cost.clone().and_then(|cost| {
            share_of(cost.amount, margin.clone()?.amount, "nothing was left in the last 12 months")
        });
        Self { rate, cost, share }
    }
}
