//! One invoice: what it asks and what is open of it. And how many of all are settled.

use rust_decimal::Decimal;

use crate::domain::{Invoice, InvoiceId, Money, Table};
use crate::figures::standing::Standing;

use super::ground::named;
use super::{FigureKey, Ground, Part, Proof, Rule, Term, Value, Whose};

pub(super) fn total(on: &Ground<'_>, id: &InvoiceId) -> Option<Proof> {
    let invoice = on.invoice(id)?;
    let total = invoice.total();
    let term = |what: String, amount: Money| own(on, invoice, what, amount).on(invoice.issued);
    let mut terms: Vec<Term> =
        invoice.lines.iter().map(|line| term(line.result.clone(), line.net())).collect();
    let tax = invoice.tax_amount();
    if !tax.is_zero() {
        terms.push(term("Tax".to_owned(), tax));
    }
    Some(on.made(
        on.titled(&named(invoice), &invoice.client),
        Ok(Value::Money(total)),
        "What it asks, in its own currency: the sum of its lines, and the tax on them, rounded once for each rate.",
        Rule::Sum,
        vec![Part::of("Lines", Value::Money(Money::zero(total.currency)), terms)],
    ))
}

pub(super) fn open(on: &Ground<'_>, id: &InvoiceId) -> Option<Proof> {
    let invoice = on.invoice(id)?;
    let zero = Money::zero(invoice.total().currency);
    Some(on.made(
        on.titled(&format!("Open on invoice {}", invoice.number), &invoice.client),
        Ok(Value::Money(Standing::of(invoice).open)),
        "What it asks less what was paid or set off, in its own currency; nothing once the rest is written off.",
        Rule::Sum,
        vec![Part::of("Asked and paid", Value::Money(zero), open_terms(on, invoice))],
    ))
}

/// What an invoice asks, less its payments and what was set off or written off.
pub(in crate::figures) fn open_terms(on: &Ground<'_>, invoice: &Invoice) -> Vec<Term> {
    let total = invoice.total();
    let mut terms = vec![
        own(on, invoice, format!("{}, asked", named(invoice)), total)
            .on(invoice.issued)
            .with_figure(FigureKey::InvoiceTotal(invoice.id.clone())),
    ];
    for payment in &invoice.payments {
        let what = match (&payment.offset, &payment.method) {
            (Some(other), _) => match on.invoice(other) {
                Some(other) if invoice.is_credit_note() => format!("Set off against {}", other.number),
                Some(other) => format!("Credited by {}", other.number),
                None => "Credited".to_owned(),
            },
            (None, Some(method)) => format!("Paid by {method}"),
            (None, None) => "Paid".to_owned(),
        };
        terms.push(own(on, invoice, what, payment.amount).on(payment.day).less());
    }
    if let Some(write_off) = &invoice.write_off {
        let rest = Money::new(invoice.asked().amount - invoice.paid().amount, total.currency);
        terms.push(own(on, invoice, "Written off".to_owned(), rest).on(write_off.day).less());
    }
    terms
}

/// A term of an invoice in its own currency.
fn own(on: &Ground<'_>, invoice: &Invoice, what: String, amount: Money) -> Term {
    let term = Term::money(what, &Ok(amount)).in_record(Table::Invoices, invoice.id.as_str());
    Term { client: on.who(&invoice.client), ..term }
}

pub(super) fn paid(on: &Ground<'_>, whose: &Whose) -> Option<Proof> {
    let (paid, all) = match whose {
        Whose::All => {
            let totals = &on.figures.clients.totals;
            (totals.paid_invoices, totals.invoices)
        }
        Whose::One(id) => {
            let client = on.figures.client(id)?;
            (client.paid_invoices, client.invoices)
        }
    };
    let terms = Ground::of_invoices(on.clients(whose)?, |standing| {
        let settled = standing.settled.filter(|_| standing.asked.amount >= Decimal::ZERO)?;
        let invoice = standing.invoice;
        let term = Term::new(named(invoice), Ok(Value::things(1))).on(settled);
        let term = term.in_record(Table::Invoices, invoice.id.as_str());
        Some(term.with_figure(FigureKey::InvoiceOpen(invoice.id.clone())))
    });
    let formula = format!(
        "Invoices on which payments reached what was asked, of {all} in all but credit notes and those that were set off."
    );
    let part = Part::of("Settled invoices, by the day they were", Value::things(0), terms);
    let title = on.title("Invoices paid", whose);
    let proof = on.made(title, Ok(Value::things(paid)), &formula, Rule::Sum, vec![part]);
    Some(Proof { beside: vec![("invoices in all".to_owned(), Value::things(all))], ..proof })
}
