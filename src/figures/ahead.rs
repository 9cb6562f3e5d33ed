//! Money agreed or planned for the coming days: fees of retainers, instalments, expenses.
//!
//! Which fees are still to be invoiced is told by the rule of the forecast's flows. An instalment is listed until it has an
//! invoice that was sent, while its deal is not lost. What has no exchange rate is listed, its amount unknown.

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, ClientId, Deal, Expense, Facts, Phase, Retainer, Stage, Table, add_days,
};

use super::asked::not_invoiced;
use super::forecast::fees_to_invoice;
use super::jobs::phase_of;
use super::sum::{Sum, converted};
use super::{Ahead, AheadRow};

/// How many days lie ahead.
const DAYS: i64 = 90;

/// What one client's facts plan for the coming days.
pub(super) fn client_ahead(
    business: &Business,
    known: &ClientFacts,
    stages: &[Stage],
    name: &Arc<str>,
    day: NaiveDate,
) -> Vec<AheadRow> {
    let client = Some((known.id().clone(), name.clone()));
    let facts = &known.facts;
    let mut rows = Vec::new();
    for retainer in &facts.retainers {
        rows.extend(fees(business, known, retainer, client.as_ref(), day));
    }
    for deal in &facts.deals {
        let lost = deal.stage().is_some_and(|at| phase_of(stages, &at.stage) == Some(Phase::Lost));
        if !lost {
            rows.extend(instalments(business, facts, deal, client.as_ref(), day));
        }
    }
    rows.extend(expenses(business, &facts.expenses, client.as_ref(), day));
    rows
}

/// What expenses are planned for the coming days.
pub(super) fn expenses(
    business: &Business,
    expenses: &[Arc<Expense>],
    client: Option<&(ClientId, Arc<str>)>,
    day: NaiveDate,
) -> Vec<AheadRow> {
    let rows = expenses.iter().flat_map(|expense| {
        expense.days(add_days(day, 1), add_days(day, DAYS)).into_iter().map(|on| AheadRow {
            day: on,
            what: expense.what.clone(),
            client: client.cloned(),
            comes_in: false,
            amount: converted(business, expense.amount, day),
            table: Table::Expenses,
            id: expense.id.to_string(),
        })
    });
    rows.collect()
}

fn fees(
    business: &Business,
    known: &ClientFacts,
    retainer: &Retainer,
    client: Option<&(ClientId, Arc<str>)>,
    day: NaiveDate,
) -> Vec<AheadRow> {
    let last = add_days(day, DAYS);
    fees_to_invoice(known, retainer, last)
        .into_iter()
        .filter(|fee| *fee > day && *fee <= last)
        .map(|on| AheadRow {
            day: on,
            what: retainer.what.clone(),
            client: client.cloned(),
            comes_in: true,
            amount: converted(business, retainer.amount, day),
            table: Table::Retainers,
            id: retainer.id.to_string(),
        })
        .collect()
}

fn instalments(
    business: &Business,
    known: &Facts,
    deal: &Deal,
    client: Option<&(ClientId, Arc<str>)>,
    day: NaiveDate,
) -> Vec<AheadRow> {
    not_invoiced(known, deal)
        .filter(|part| part.due > day && part.due <= add_days(day, DAYS))
        .map(|part| AheadRow {
            day: part.due,
            what: format!("{}: instalment", deal.title),
            client: client.cloned(),
            comes_in: true,
            amount: converted(business, part.amount, day),
            table: Table::Deals,
            id: deal.id.to_string(),
        })
        .collect()
}

impl Ahead {
    /// Rows of all clients and of the firm, in order.
    pub(super) fn of(business: &Business, rows: Vec<Arc<AheadRow>>) -> Self {
        let sum = |comes_in: bool| {
            let terms = rows.iter().filter(|row| row.comes_in == comes_in).map(|row| &row.amount);
            Sum::of(business.currency, terms)
        };
        let (money_in, money_out) = (sum(true), sum(false));
        Self { days: DAYS, rows, money_in, money_out }
    }
}

/// By day, what goes out first; of equal ones those of clients before the firm's own.
pub(super) fn order(a: &Arc<AheadRow>, b: &Arc<AheadRow>) -> Ordering {
    let place = |it: &'_ AheadRow| (it.day, it.comes_in);
    let whose = |it: &AheadRow| it.client.as_ref().map(|(id, _)| id.clone());
    place(a)
        .cmp(&place(b))
        .then_with(|| (&a.what, &a.id).cmp(&(&b.what, &b.id)))
        .then_with(|| a.client.is_none().cmp(&b.client.is_none()))
        .then_with(|| whose(a).cmp(&whose(b)))
}
