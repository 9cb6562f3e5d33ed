//! Where new work comes from: deals won in the last 12 months, from the same clients, by introduction, from strangers.
//!
//! A deal counts on the day it first entered a stage of work agreed, unless it is lost since. It is the same client's where
//! an earlier deal was won, or an invoice was sent before the deal began. The first one of a client came by introduction
//! where the client did, and from a stranger otherwise.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::introductions::Introduced;
use super::look::{Look, share_of_count};
use crate::domain::{Business, DealId, Money};
use crate::figures::sum::{Sum, converted};
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client, Unknown};

const NOTHING_WON: &str = "no deal was won in the last 12 months";

/// Where new work comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct NewWork {
    /// One for each of [`WorkFrom::ALL`].
    pub rows: Vec<WorkRow>,
    /// How many deals were won in the last 12 months.
    pub deals: Answer<usize>,
    /// The same in a sentence.
    pub words: Answer<String>,
}

/// The new work from one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkRow {
    /// From where.
    pub from: WorkFrom,
    /// How many deals; unknown where none was won at all.
    pub deals: Answer<usize>,
    /// Of all deals won, a fraction of one.
    pub share: Answer<Decimal>,
    /// Σ of what they are worth, net of tax, at the rates of the days they were won.
    pub value: Answer<Money>,
    /// How many of them have no value, and so are in no sum.
    pub without_value: usize,
}

/// Where a deal came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkFrom {
    /// From a client the firm had worked for.
    SameClient,
    /// From a new one who was introduced.
    Introduction,
    /// From a new one who was not.
    Stranger,
}

/// A deal won in the last 12 months.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct NewDeal {
    pub(in crate::figures) deal: DealId,
    pub(in crate::figures) title: String,
    pub(in crate::figures) on: NaiveDate,
    /// Whether it is the client's first.
    first: bool,
    pub(in crate::figures) value: Option<Answer<Money>>,
}

impl WorkFrom {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SameClient, Self::Introduction, Self::Stranger];

    /// Its word in reports.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::SameClient => "same_client",
            Self::Introduction => "introduction",
            Self::Stranger => "stranger",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::SameClient => "From the same clients",
            Self::Introduction => "By introduction",
            Self::Stranger => "From strangers",
        }
    }
}

/// The deals won in the last 12 months.
pub(in crate::figures) fn new_deals(look: &Look<'_>) -> Vec<NewDeal> {
    let first_invoice = look.invoices.iter().map(|standing| standing.invoice.issued).min();
    let won = look.won().into_iter().enumerate();
    won.filter(|(_, won)| look.is_recent(won.on))
        .map(|(at, won)| {
            let began = won.deal.stages.iter().map(|stage| stage.day).min().unwrap_or(won.on);
            NewDeal {
                deal: won.deal.id.clone(),
                title: won.deal.title.clone(),
                on: won.on,
                first: at == 0 && first_invoice.is_none_or(|first| first >= began),
                value: won.deal.value.map(|value| converted(look.business, value, won.on)),
            }
        })
        .collect()
}

impl NewDeal {
    /// Where it came from; `introduced` says whether its client did so.
    pub(in crate::figures) fn from(&self, introduced: bool) -> WorkFrom {
        match (self.first, introduced) {
            (false, _) => WorkFrom::SameClient,
            (true, true) => WorkFrom::Introduction,
            (true, false) => WorkFrom::Stranger,
        }
    }
}

impl NewWork {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>], introduced: &Introduced<'_>) -> Self {
        let won: Vec<(WorkFrom, &NewDeal)> = clients
            .iter()
            .filter(|client| !client.firm.new_deals.is_empty())
            .flat_map(|client| {
                let by_introduction = introduced.holds(client);
                client.firm.new_deals.iter().map(move |deal| (deal.from(by_introduction), deal))
            })
            .collect();
        let known = |count: usize| {
            if won.is_empty() { Err(Unknown::because(NOTHING_WON)) } else { Ok(count) }
        };
        let row = |from| {
            let deals = || won.iter().filter(move |(of, _)| *of == from).map(|(_, deal)| *deal);
            let count = deals().count();
            let without_value = deals().filter(|deal| deal.value.is_none()).count();
            let value = if count > 0 && without_value == count {
                Err(Unknown::because("none of these deals has a value"))
            } else {
                known(count)
                    .and_then(|_| Sum::of(business.currency, deals().filter_map(|deal| deal.value.as_ref())))
            };
            WorkRow {
                from,
                deals: known(count),
                share: share_of_count(count, won.len(), NOTHING_WON),
                value,
                without_value,
            }
        };
        let rows: Vec<WorkRow> = WorkFrom::ALL.map(row).into();
        let words = known(won.len()).map(|all| {
            let parts = rows.iter().filter_map(|row| {
                let share = row.share.as_ref().ok()?;
                let from = row.from.title().to_lowercase();
                Some(format!("{from} {}", per_cent(*share)))
            });
            let parts: Vec<String> = parts.collect();
            let deals = if all == 1 { "deal" } else { "deals" };
            format!("{all} {deals} won in 12 months: {}", parts.join(", "))
        });
        Self { rows, deals: known(won.len()), words }
    }

    /// The row of one of them.
    #[must_use]
    pub fn row(&self, from: WorkFrom) -> Option<&WorkRow> {
        self.rows.iter().find(|row| row.from == from)
    }
}
