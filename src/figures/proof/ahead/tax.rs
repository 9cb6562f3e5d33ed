//! What leaves for the state: set aside from what comes in, less what goes with bills.

use chrono::NaiveDate;

use crate::domain::{Money, Table, days_between};
use crate::figures::forecast::{Accrual, Accrued, Flow, Layer};
use crate::figures::proof::FigureKey;
use crate::figures::words::{date, percent};

use super::{Course, Ground, Part, Proof, Term, Value, layer_name, of_forecast, titled};

pub(in super::super) fn tax_due(
    on: &Ground<'_>,
    course: Course,
    layer: Layer,
    day: NaiveDate,
) -> Option<Proof> {
    let title = format!("Set aside for tax, {}, {}", date(day, on.day()), layer_name(layer));
    let title = titled(&title, course);
    of_forecast(on, course, &title, |forecast| {
        let due = forecast.taxes.iter().find(|tax| (tax.day, tax.layer) == (day, layer))?;
        let (set_aside, until) = (&forecast.set_aside, days_between(forecast.day, day));
        let after = set_aside.days.iter().copied().filter(|on| *on < until).max().unwrap_or(0);
        let term = |flow: &Flow| {
            let part = set_aside.part_between(flow, after, until);
            let chance = flow.when.within(until) - flow.when.within(after);
            let what = format!("Of {}, {}", flow.what, percent(chance));
            let figure = FigureKey::Flow(course, flow.key.clone(), day);
            let term = Term::money(what, &Ok(part)).less().with_figure(figure);
            let term = Term { client: flow.client.clone(), record: flow.record.clone(), ..term };
            (!part.is_zero()).then_some(Term { day: flow.due, ..term })
        };
        let flows = forecast.flows.iter().filter(|flow| flow.layer == layer);
        let mut terms: Vec<Term> = flows.filter_map(term).collect();
        if layer == Layer::Committed && after == 0 && !set_aside.accrued.is_zero() {
            let accrued = Term::money("Set aside since the last tax day", &Ok(set_aside.accrued)).less();
            terms.insert(0, accrued.with_figure(FigureKey::TaxAccrued));
        }
        if !due.with_bills.is_zero() {
            let words = "Goes with bills among the expenses, on average of the paths";
            terms.push(Term::money(words, &Ok(due.with_bills)));
        }
        let part = Part::of("What is received until then, each part times its chance", on.nothing(), terms);
        let formula = "The share of income that is set aside, and the tax on invoices in full, of everything expected to be \
                       received from one tax day to the next. Until it leaves it is part of the balance.";
        Some(on.sum(title.clone(), &Ok(due.amount), Value::Money, formula, part))
    })
}

pub(in super::super) fn tax_accrued(on: &Ground<'_>) -> Proof {
    const TITLE: &str = "Set aside since the last tax day";
    let Some(forecast) = super::forecast(on, Course::Facts) else { return super::pending(on, TITLE) };
    let Accrued { payments, billed } = Accrued::of(on.known, &forecast.set_aside, forecast.day);
    let term = |it: Accrual<'_>| {
        let term = Term::money(format!("Of a payment of {}", super::super::named(it.invoice)), &it.amount);
        let term = term.on(it.day).in_record(Table::Invoices, it.invoice.id.as_str());
        Term { client: on.who(&it.invoice.client), ..term }
    };
    let (mut counted, left_out): (Vec<Term>, Vec<Term>) =
        payments.into_iter().map(term).partition(|term| term.amount.is_ok());
    counted.sort_by(|a, b| (a.day, &a.record).cmp(&(b.day, &b.record)));
    if !billed.is_zero() {
        counted.push(Term::money("Went with bills for tax", &Ok(billed)).less());
    }
    let zero = on.nothing();
    let sum = Part::of(TITLE, zero, counted.clone()).total.ok().and_then(|sum| sum.number());
    let accrued = forecast.set_aside.accrued;
    let rest = accrued.amount.saturating_sub(sum.unwrap_or_default());
    if !rest.is_zero() {
        let words = "Bills beyond that: no less than nothing is set aside";
        counted.push(Term::money(words, &Ok(Money::new(rest, accrued.currency))));
    }
    let part = Part::of("Payments since then, of each what was set aside", zero, counted);
    let formula = "The share of income that is set aside, and the tax on invoices in full, of every payment since the last \
                   tax day, less the bills for tax that were paid.";
    Proof { left_out, ..on.sum(TITLE.to_owned(), &Ok(accrued), Value::Money, formula, part) }
}
