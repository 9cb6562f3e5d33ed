//! What is added up over all clients.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Currency, Money};
use crate::figures::sum::{Sum, plus};
use crate::figures::{Answer, ByMonth, Client, Ledger, Passed};

/// Amounts by day or by the first day of their month, ascending.
pub(in crate::figures) type ByDay = Vec<(NaiveDate, Answer<Money>)>;

/// The sums over some clients. Adding is associative, and nobody's sums add nothing.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Sums {
    /// How many clients.
    pub(in crate::figures) clients: usize,
    /// Receivables and the terms of the ledger figures.
    pub(in crate::figures) ledger: Ledger,
    /// Income of the 12 months ending at the day.
    pub(in crate::figures) income_12m: Answer<Money>,
    /// Payments received, gross, by month.
    pub(in crate::figures) money_in: ByDay,
    /// Expenses, by month.
    pub(in crate::figures) money_out: ByDay,
    /// Money in (positive) and out (negative), by day.
    pub(in crate::figures) flows: ByDay,
    /// How many invoices.
    pub(in crate::figures) invoices: usize,
    /// How many of them are settled.
    pub(in crate::figures) paid_invoices: usize,
    /// How many decided deals passed each stage.
    pub(in crate::figures) passed: BTreeMap<String, Passed>,
}

impl Sums {
    /// The sums over `clients`.
    pub(super) fn of(currency: Currency, clients: &[Arc<Client>]) -> Self {
        match clients {
            [] => Self::nobodys(currency),
            [client] => Self::of_one(client),
            // In halves, so that no term is added more often than the halves are deep.
            _ => {
                let (left, right) = clients.split_at(clients.len() / 2);
                Self::of(currency, left).plus(&Self::of(currency, right), currency)
            }
        }
    }

    fn nobodys(currency: Currency) -> Self {
        Self {
            clients: 0,
            ledger: Ledger::merged(currency, &std::iter::empty()),
            income_12m: Sum::new(currency).answer(),
            money_in: Vec::new(),
            money_out: Vec::new(),
            flows: Vec::new(),
            invoices: 0,
            paid_invoices: 0,
            passed: BTreeMap::new(),
        }
    }

    fn of_one(client: &Client) -> Self {
        let days = |by_month: &ByMonth| by_month.iter().map(|(month, it)| (*month, it.clone())).collect();
        Self {
            clients: 1,
            ledger: client.ledger.clone(),
            income_12m: client.income_12m.clone(),
            money_in: days(&client.money_in),
            money_out: days(&client.money_out),
            flows: client.flows.clone(),
            invoices: client.invoices,
            paid_invoices: client.paid_invoices,
            passed: client.passed.clone(),
        }
    }

    /// These and those of clients after them.
    pub(super) fn plus(&self, other: &Self, currency: Currency) -> Self {
        Self {
            clients: self.clients + other.clients,
            ledger: Ledger::merged(currency, &[&self.ledger, &other.ledger].into_iter()),
            income_12m: plus(&self.income_12m, &other.income_12m),
            money_in: by_day(&self.money_in, &other.money_in),
            money_out: by_day(&self.money_out, &other.money_out),
            flows: by_day(&self.flows, &other.flows),
            invoices: self.invoices + other.invoices,
            paid_invoices: self.paid_invoices + other.paid_invoices,
            passed: passed(&self.passed, &other.passed),
        }
    }
}

/// The amounts of both, those of one day added.
pub(in crate::figures) fn by_day(
    mut left: &[(NaiveDate, Answer<Money>)],
    mut right: &[(NaiveDate, Answer<Money>)],
) -> ByDay {
    let mut all = Vec::with_capacity(left.len() + right.len());
    while let ([a, after_a @ ..], [b, after_b @ ..]) = (left, right) {
        match a.0.cmp(&b.0) {
            Ordering::Less => {
                all.push(a.clone());
                left = after_a;
            }
            Ordering::Greater => {
                all.push(b.clone());
                right = after_b;
            }
            Ordering::Equal => {
                all.push((a.0, plus(&a.1, &b.1)));
                (left, right) = (after_a, after_b);
            }
        }
    }
    all.extend_from_slice(left);
    all.extend_from_slice(right);
    all.shrink_to_fit();
    all
}

fn passed(left: &BTreeMap<String, Passed>, right: &BTreeMap<String, Passed>) -> BTreeMap<String, Passed> {
    let mut all = left.clone();
    for (stage, more) in right {
        match all.get_mut(stage) {
            Some(known) => {
                known.won += more.won;
                known.lost += more.lost;
            }
            None => _ = all.insert(stage.clone(), *more),
        }
    }
    all
}
