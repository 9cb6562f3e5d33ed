//! When each open invoice may be paid: its due day and the client's own median delay, never before tomorrow.
//!
//! With fewer than three settled invoices of its own, a client is taken to pay as all do; without any history an invoice
//! is expected on its due day. Each expectation says from how many invoices it comes.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{add_days, days_between};

use super::filter::searchable;
use super::standing::{HABIT_FROM, median};
use super::{Client, Expected, OpenInvoice};

/// How late somebody usually pays.
struct Habit {
    median: Option<i64>,
    basis: String,
    from: usize,
}

/// Every open invoice, by the day it is expected; those of one day by their due day.
pub(super) fn expected(clients: &[Arc<Client>], day: NaiveDate) -> Vec<Expected> {
    let mut pooled: Vec<i64> = clients.iter().flat_map(|client| client.delays.iter().copied()).collect();
    pooled.sort_unstable();
    let all = median(&pooled);
    let mut rows = Vec::new();
    for client in clients.iter().filter(|client| !client.open_invoices.is_empty()) {
        let habit = Habit::of(&client.delays, all, pooled.len());
        rows.extend(client.open_invoices.iter().map(|invoice| row(client, invoice, &habit, day)));
    }
    rows.sort_by(|a, b| (a.expected, a.due, &a.invoice).cmp(&(b.expected, b.due, &b.invoice)));
    rows
}

impl Habit {
    fn of(own: &[i64], all: Option<i64>, all_from: usize) -> Self {
        if own.len() >= HABIT_FROM {
            let median = median(own);
            let basis = format!("usually {}, from {} invoices", off(median.unwrap_or(0)), own.len());
            return Self { median, basis, from: own.len() };
        }
        let own_count = match own.len() {
            0 => "no settled invoice of theirs yet".to_owned(),
            1 => "only 1 settled invoice of theirs".to_owned(),
            n => format!("only {n} settled invoices of theirs"),
        };
        match all {
            Some(median) => {
                let basis = format!("{own_count}; all clients: {}, from {all_from}", off(median));
                Self { median: all, basis, from: all_from }
            }
            None => Self { median: None, basis: "no history yet: the due day".to_owned(), from: 0 },
        }
    }
}

fn row(client: &Client, invoice: &OpenInvoice, habit: &Habit, day: NaiveDate) -> Expected {
    let usual = add_days(invoice.due, habit.median.unwrap_or(0));
    let tomorrow = add_days(day, 1);
    let basis = match habit.median {
        _ if usual >= tomorrow => habit.basis.clone(),
        Some(_) => format!("{}; that day has passed", habit.basis),
        None => "no history yet, and the due day has passed".to_owned(),
    };
    Expected {
        passed: usual < tomorrow,
        invoice: invoice.id.clone(),
        number: invoice.number.clone(),
        client: client.id.clone(),
        client_name: client.name.clone(),
        due: invoice.due,
        days_late: days_between(invoice.due, day),
        open: invoice.open,
        amount: invoice.amount.clone(),
        expected: usual.max(tomorrow),
        basis,
        from: habit.from,
        disputed: invoice.disputed,
        promised: invoice.promised,
        search: client.search.clone() + &searchable([invoice.number.as_str()]),
    }
}

/// `9 days late`, `1 day early`, `on the due day`.
fn off(days: i64) -> String {
    let plural = if days.abs() == 1 { "" } else { "s" };
    match days {
        0 => "on the due day".to_owned(),
        1.. => format!("{days} day{plural} late"),
        _ => format!("{} day{plural} early", days.abs()),
    }
}
