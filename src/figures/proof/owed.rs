//! What is owed and how well it is collected, invoice by invoice.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::Table;
use crate::figures::Client;
use crate::figures::ledger::{DbtTerm, Looked, WINDOW_DAYS, aged};
use crate::figures::standing::Standing;

use super::ground::named;
use super::{Delay, FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value, Whose};

/// Of more delays than these only the newest are drawn.
pub(super) const MOST_DELAYS: usize = 300;

const OPEN: &str = "Open amounts, taxes included: what each invoice asks, less what was paid or written off. Foreign ones \
                    at the exchange rate of the day looked at.";

pub(super) fn receivables(on: &Ground<'_>, whose: &Whose) -> Option<Proof> {
    let value = match whose {
        Whose::All => &on.figures.cash.receivables,
        Whose::One(id) => &on.figures.client(id)?.ledger.receivables,
    };
    let part = open_in(on, on.clients(whose)?, |_| true);
    Some(on.sum(on.title("Receivables", whose), value, Value::Money, OPEN, part))
}

pub(super) fn overdue(on: &Ground<'_>, whose: &Whose) -> Option<Proof> {
    let value = match whose {
        Whose::All => &on.figures.cash.overdue,
        Whose::One(id) => &on.figures.client(id)?.ledger.overdue,
    };
    let part = open_in(on, on.clients(whose)?, |bucket| bucket > 0);
    let formula = format!("Of the receivables those past their due day. {OPEN}");
    Some(on.sum(on.title("Overdue", whose), value, Value::Money, &formula, part))
}

pub(super) fn bucket(on: &Ground<'_>, bucket: usize) -> Option<Proof> {
    const TITLES: [&str; 5] = [
        "Owed, not yet due",
        "Owed, 1–30 days late",
        "Owed, 31–60 days late",
        "Owed, 61–90 days late",
        "Owed, over 90 days late",
    ];
    let of = on.figures.cash.ageing.buckets().get(bucket).copied()?;
    let part = open_in(on, on.clients(&Whose::All)?, |known| known == bucket);
    let formula = format!("Of the receivables those that have been due for so long. {OPEN}");
    Some(on.sum((*TITLES.get(bucket)?).to_owned(), &of.amount, Value::Money, &formula, part))
}

/// What is open in some of the five buckets.
fn open_in(on: &Ground<'_>, clients: &[Arc<Client>], counts: impl Fn(usize) -> bool) -> Part {
    Part::of("Open invoices, by due day", on.nothing(), open_terms(on, clients, counts))
}

fn open_terms(on: &Ground<'_>, clients: &[Arc<Client>], counts: impl Fn(usize) -> bool) -> Vec<Term> {
    Ground::of_invoices(clients, |standing| {
        let (_, open) = aged(standing, on.business(), on.day()).filter(|(bucket, _)| counts(*bucket))?;
        let invoice = standing.invoice;
        let record = (Table::Invoices, invoice.id.as_str());
        let term = on.converted(named(invoice), standing.open, &open, record).on(invoice.due);
        Some(term.with_figure(FigureKey::InvoiceOpen(invoice.id.clone())))
    })
}

/// What was invoiced in the 90 days, by day of issue.
fn invoiced_terms(on: &Ground<'_>, clients: &[Arc<Client>]) -> Vec<Term> {
    Ground::of_invoices(clients, |standing| match Looked::of(standing, on.business(), on.day()) {
        Looked::Invoiced(total) => {
            let invoice = standing.invoice;
            let record = (Table::Invoices, invoice.id.as_str());
            let term = on.converted(named(invoice), standing.total, &total, record).on(invoice.issued);
            Some(term.with_figure(FigureKey::InvoiceTotal(invoice.id.clone())))
        }
        Looked::Opening(_) => None,
    })
}

/// What was open when the 90 days began, by due day.
fn opening_terms(on: &Ground<'_>, clients: &[Arc<Client>]) -> Vec<Term> {
    Ground::of_invoices(clients, |standing| match Looked::of(standing, on.business(), on.day()) {
        Looked::Opening(open) if !open.as_ref().is_ok_and(crate::domain::Money::is_zero) => {
            let invoice = standing.invoice;
            let own = standing.open_on(crate::figures::ledger::opened(on.day()));
            let what = format!("{}, open 90 days ago", named(invoice));
            Some(on.converted(what, own, &open, (Table::Invoices, invoice.id.as_str())).on(invoice.due))
        }
        _ => None,
    })
}

pub(super) fn dso(on: &Ground<'_>) -> Proof {
    let clients = &on.figures.of_clients;
    let invoiced = invoiced_terms(on, clients);
    on.made(
        "Days sales outstanding".to_owned(),
        on.figures.cash.dso_days.clone().map(|days| Value::Number(days, Unit::Days)),
        "Receivables × 90 ÷ what was invoiced in the 90 days ending on the day, taxes included in both. The Credit \
         Research Foundation's definition.",
        Rule::Quotient(WINDOW_DAYS.into()),
        vec![
            open_in(on, clients, |_| true),
            Part::of("Invoiced in 90 days, by day of issue", on.nothing(), invoiced),
        ],
    )
}

pub(super) fn cei(on: &Ground<'_>) -> Proof {
    let clients = &on.figures.of_clients;
    let collectable = || {
        let mut terms = opening_terms(on, clients);
        terms.extend(invoiced_terms(on, clients));
        terms
    };
    let less = |counts: fn(usize) -> bool, words: &str| -> Vec<Term> {
        let open = open_terms(on, clients, counts).into_iter().map(Term::less);
        open.map(|term| Term { what: format!("{}, {words}", term.what), ..term }).collect()
    };
    let (mut collected, mut due) = (collectable(), collectable());
    collected.extend(less(|_| true, "open now"));
    due.extend(less(|bucket| bucket == 0, "not due yet"));
    on.made(
        "Collection effectiveness".to_owned(),
        on.figures.cash.cei.clone().map(|index| Value::Number(index, Unit::PerHundred)),
        "What was collected × 100 ÷ what could be, over 90 days: owed when they began plus invoiced since, less owed now; \
         divided by the same less what is not due yet. The Credit Research Foundation's index.",
        Rule::Quotient(Decimal::ONE_HUNDRED),
        vec![
            Part::of("Collected", on.nothing(), collected),
            Part::of("Could be collected", on.nothing(), due),
        ],
    )
}

pub(super) fn dbt(on: &Ground<'_>, whose: &Whose) -> Option<Proof> {
    let value = match whose {
        Whose::All => &on.figures.cash.dbt_days,
        Whose::One(id) => &on.figures.client(id)?.dbt_days,
    };
    let clients = on.clients(whose)?;
    let term = |standing: &Standing<'_>| DbtTerm::of(standing, on.business(), on.day());
    let upper = Ground::of_invoices(clients, |standing| {
        let unit = Unit::MoneyDays(on.currency());
        let term = term(standing)?;
        let what = match &term {
            Ok(term) => {
                format!("{}, {}", named(standing.invoice), late(term.days, standing.settled.is_some()))
            }
            Err(_) => named(standing.invoice),
        };
        Some(of_invoice(what, standing, term.map(|term| Value::Number(term.amount_days, unit))))
    });
    let lower = Ground::of_invoices(clients, |standing| {
        let amount =
            term(standing)?.map(|term| Value::Money(crate::domain::Money::new(term.amount, on.currency())));
        let own = Some(standing.asked).filter(|own| own.currency != on.currency());
        let total = FigureKey::InvoiceTotal(standing.invoice.id.clone());
        let term = of_invoice(named(standing.invoice), standing, amount).with_figure(total);
        Some(Term { own, ..term })
    });
    let unit = Unit::MoneyDays(on.currency());
    let proof = on.made(
        on.title("Days beyond terms", whose),
        value.clone().map(|days| Value::Number(days, Unit::Days)),
        "Over the invoices that came due in the last 24 months: days from due to paid, or to the day looked at while open, \
         weighted by their amounts. Experian's measure. Credit notes, what was set off against one and what was written off stay out.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Amount × days late, by due day", Value::Number(Decimal::ZERO, unit), upper),
            Part::of("Amounts, by due day", on.nothing(), lower),
        ],
    );
    Some(Proof { delays: delays(on, clients), ..proof })
}

fn of_invoice(what: String, standing: &Standing<'_>, amount: super::Answer<Value>) -> Term {
    let invoice = standing.invoice;
    Term::new(what, amount).on(invoice.due).in_record(Table::Invoices, invoice.id.as_str())
}

/// `12 d late`, `3 d early`, `12 d late and open`.
fn late(days: i64, settled: bool) -> String {
    let open = if settled { "" } else { " and open" };
    match days {
        0 => format!("on the day{open}"),
        1.. => format!("{days} d late{open}"),
        _ => format!("{} d early{open}", days.saturating_neg()),
    }
}

fn delays(on: &Ground<'_>, clients: &[Arc<Client>]) -> Vec<Delay> {
    let mut found = Vec::new();
    for invoice in clients.iter().flat_map(|client| &client.known.facts.invoices) {
        let standing = Standing::of(invoice);
        if let Some(Ok(term)) = DbtTerm::of(&standing, on.business(), on.day()) {
            let weight = term.amount.to_f64().unwrap_or(0.0);
            found.push(Delay { day: invoice.due, days: term.days, weight, paid: standing.settled.is_some() });
        }
    }
    // The newest ones tell most, and a strip of more dots nobody reads.
    found.sort_by_key(|delay| std::cmp::Reverse(delay.day));
    found.truncate(MOST_DELAYS);
    let largest = found.iter().map(|delay| delay.weight).fold(0.0, f64::max);
    for delay in &mut found {
        delay.weight = if largest > 0.0 { delay.weight / largest } else { 1.0 };
    }
    found
}
