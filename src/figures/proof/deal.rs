//! What a deal is worth, brought, cost and left an hour.

use std::slice;

use rust_decimal::Decimal;

use crate::domain::{DealId, Purpose, Table};
use crate::figures::page::{DealLine, OfDeals};
use crate::figures::standing::Standing;
use crate::figures::sum::converted;

use super::money::{Count, expenses_of_deal, payments};
use super::{FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value};

/// A deal's figures as its client's page shows them.
fn line(on: &Ground<'_>, id: &DealId) -> Option<DealLine> {
    let (client, deal) = on.deal(id)?;
    let stages = on.business().stages();
    Some(DealLine::of(&OfDeals::of(on.business(), &stages, client, on.day()), deal))
}

fn titled(on: &Ground<'_>, id: &DealId, what: &str) -> Option<String> {
    let (client, deal) = on.deal(id)?;
    Some(format!("{what}, {}, {}", deal.title, client.name))
}

pub(super) fn value(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let (client, deal) = on.deal(id)?;
    let own = deal.value?;
    let value = converted(on.business(), own, on.day());
    let term = on.converted("Agreed or told", own, &value, (Table::Deals, id.as_str()));
    let term = Term { client: on.who(&client.id), day: deal.stage().map(|at| at.day), ..term };
    let part = Part::of("Deal", on.nothing(), vec![term]);
    let formula =
        "What the deal is worth, net of tax; foreign money at the exchange rate of the day looked at.";
    Some(on.sum(titled(on, id, "Value")?, &value, Value::Money, formula, part))
}

fn income_part(on: &Ground<'_>, id: &DealId) -> Option<Part> {
    let (client, _) = on.deal(id)?;
    let of_deal = |it: &Standing<'_>, _| it.invoice.deal.as_ref() == Some(id);
    let terms = payments(on, slice::from_ref(client), Count::Net, of_deal);
    Some(Part::of("Payments net of tax, by day", on.nothing(), terms))
}

pub(super) fn income(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let formula = "Payments of the deal's invoices, net of tax, at the exchange rates of their days.";
    let title = titled(on, id, "Income")?;
    Some(on.sum(title, &line(on, id)?.income, Value::Money, formula, income_part(on, id)?))
}

pub(super) fn expenses(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let part = Part::of("Expenses, by day", on.nothing(), expenses_of_deal(on, id));
    let formula = "The deal's expenses so far, at the exchange rates of their days.";
    Some(on.sum(titled(on, id, "Expenses")?, &line(on, id)?.expenses, Value::Money, formula, part))
}

fn hours_part(on: &Ground<'_>, id: &DealId, beyond: bool) -> Option<Part> {
    let (client, _) = on.deal(id)?;
    let work = client.known.facts.work.iter().filter(|work| work.deal.as_ref() == Some(id));
    let work = work.filter(|work| !beyond || work.purpose == Purpose::Beyond);
    let mut terms: Vec<Term> = work
        .map(|work| {
            let what = match (&work.note, work.purpose) {
                (Some(note), _) => note.clone(),
                (None, Purpose::Job) => "For the job".to_owned(),
                (None, Purpose::Beyond) => "Beyond what was agreed".to_owned(),
                (None, Purpose::Relationship) => "For the relationship".to_owned(),
                (None, Purpose::BeforeSale) => "Before the sale".to_owned(),
            };
            let term = Term::new(what, Ok(Value::Number(work.hours, Unit::Hours))).on(work.day);
            let term = term.in_record(Table::Work, work.id.as_str());
            Term { client: on.who(&client.id), ..term }
        })
        .collect();
    terms.sort_by_key(|term| term.day);
    Some(Part::of("Hours, by day", Value::Number(Decimal::ZERO, Unit::Hours), terms))
}

pub(super) fn hours(on: &Ground<'_>, id: &DealId, beyond: bool) -> Option<Proof> {
    let line = line(on, id)?;
    let (what, hours, formula) = if beyond {
        ("Hours beyond", line.hours_beyond, "Hours noted on the deal as beyond what was agreed.")
    } else {
        ("Hours", line.hours, "Hours noted on the deal, whatever they were for.")
    };
    let value = Ok(Value::Number(hours, Unit::Hours));
    Some(on.made(titled(on, id, what)?, value, formula, Rule::Sum, vec![hours_part(on, id, beyond)?]))
}

fn margin_part(on: &Ground<'_>, id: &DealId) -> Option<Part> {
    let mut terms = income_part(on, id)?.terms;
    terms.extend(expenses_of_deal(on, id).into_iter().map(Term::less));
    Some(Part::of("Payments less expenses", on.nothing(), terms))
}

pub(super) fn margin(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let formula = "Payments of the deal's invoices, net of tax, less its expenses, at the exchange rates of their days.";
    let margin = line(on, id)?.margin;
    Some(on.sum(titled(on, id, "Margin")?, &margin, Value::Money, formula, margin_part(on, id)?))
}

pub(super) fn hourly(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let hours = hours_part(on, id, false)?;
    let (client, _) = on.deal(id)?;
    let mut terms = margin_part(on, id)?.terms;
    for invoice in client.known.facts.invoices.iter().filter(|it| it.deal.as_ref() == Some(id)) {
        let open = Standing::of(invoice).open_net();
        if !open.is_zero() {
            let record = (Table::Invoices, invoice.id.as_str());
            let what = format!("Open of invoice {}, net of tax", invoice.number);
            let term = on.converted(what, open, &converted(on.business(), open, on.day()), record);
            let term = term.on(invoice.due).with_figure(FigureKey::InvoiceOpen(invoice.id.clone()));
            terms.push(Term { client: on.who(&client.id), ..term });
        }
    }
    let proof = on.made(
        titled(on, id, "Left an hour")?,
        line(on, id)?.hourly.map(Value::Money),
        "Payments and what is open of invoices, net of tax, less expenses, ÷ hours; rounded. The margin counts payments alone.",
        Rule::Quotient(Decimal::ONE),
        vec![Part::of("Paid and open, less expenses", on.nothing(), terms), hours],
    );
    Some(proof)
}

/// What a deal is worth, or what was invoiced where that is more, less what was written off and its expenses.
fn value_part(on: &Ground<'_>, id: &DealId, is_invoiced: bool) -> Option<Part> {
    let (client, deal) = on.deal(id)?;
    let mut terms = Vec::new();
    if is_invoiced {
        let invoices = client.known.facts.invoices.iter().filter(|it| it.deal.as_ref() == Some(id));
        terms.extend(invoices.map(|invoice| {
            let net = Standing::of(invoice).net;
            let record = (Table::Invoices, invoice.id.as_str());
            let what = format!("Invoice {}, net of tax", invoice.number);
            let term = on.converted(what, net, &converted(on.business(), net, on.day()), record);
            Term { client: on.who(&client.id), day: Some(invoice.issued), ..term }
        }));
    } else {
        let own = deal.value?;
        let record = (Table::Deals, id.as_str());
        let term = on.converted("Agreed or told", own, &converted(on.business(), own, on.day()), record);
        terms.push(Term { client: on.who(&client.id), day: deal.stage().map(|at| at.day), ..term });
    }
    let invoices = client.known.facts.invoices.iter().filter(|it| it.deal.as_ref() == Some(id));
    terms.extend(invoices.filter_map(|invoice| {
        let (off, lost) = (invoice.write_off.as_ref()?, Standing::of(invoice).lost_net());
        let record = (Table::Invoices, invoice.id.as_str());
        let what = format!("Written off of invoice {}, net of tax", invoice.number);
        let term = on.converted(what, lost, &converted(on.business(), lost, on.day()), record);
        Some(Term { client: on.who(&client.id), day: Some(off.day), ..term }.less())
    }));
    terms.extend(expenses_of_deal(on, id).into_iter().map(Term::less));
    terms.retain(|term| term.amount.is_ok());
    let title = if is_invoiced { "Invoiced, less what it cost" } else { "Value, less what it cost" };
    Some(Part::of(title, on.nothing(), terms))
}

pub(super) fn shortfall(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let found = line(on, id)?.shortfall?;
    let hours = hours_part(on, id, false)?;
    let formula = "What the deal is worth, or what was invoiced where that is more, net of tax, less what was written off and expenses so far, ÷ \
        hours so far; rounded. What has no exchange rate is left out. It covers so many hours as bring the break-even rate.";
    let proof = on.made(
        titled(on, id, "What an hour brings so far")?,
        Ok(Value::Money(found.an_hour)),
        formula,
        Rule::Quotient(Decimal::ONE),
        vec![value_part(on, id, found.is_invoiced)?, hours],
    );
    let beside = vec![
        ("break-even".to_owned(), Value::Money(found.least)),
        ("it covers".to_owned(), Value::Number(found.covered, Unit::Hours)),
    ];
    Some(Proof { beside, ..proof })
}
