//! What is expected of a flow, and of all flows of a layer.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Deal, InvoiceId, Table, days_between};
use crate::figures::forecast::{
    Dormancy, Flow, FlowKind, Forecast, Habits, Layer, Layers, TaxDue, When, Winning,
};
use crate::figures::proof::FigureKey;
use crate::figures::words::{date, percent};

use super::{Course, Ground, Part, Proof, Rule, Term, Unit, Value};
use super::{chance, delays, layer_name, left_out, of_forecast, titled};

/// What is expected of a flow by a day, as a term; `None` where that is nothing.
fn term(course: Course, forecast: &Forecast, flow: &Flow, by: NaiveDate) -> Option<Term> {
    let days = days_between(forecast.day, by);
    let expected = flow.expected_within(days);
    if expected.is_zero() {
        return None;
    }
    let chance = flow.when.within(days);
    let what = if chance >= 1.0 { flow.what.clone() } else { format!("{}, {}", flow.what, percent(chance)) };
    let term = Term::money(what, &Ok(expected)).with_figure(FigureKey::Flow(course, flow.key.clone(), by));
    Some(Term { client: flow.client.clone(), day: flow.due, record: flow.record.clone(), ..term })
}

fn tax_term(course: Course, tax: &TaxDue) -> Term {
    let term = Term::money("Set aside for tax", &Ok(tax.amount)).on(tax.day);
    term.with_figure(FigureKey::TaxDue(course, tax.layer, tax.day))
}

/// The largest first.
pub(super) fn by_size(terms: &mut [Term]) {
    let size = |term: &Term| {
        term.amount.as_ref().ok().and_then(Value::number).map_or(Decimal::ZERO, |number| number.abs())
    };
    // Flows come in the order of their keys; a stable sort keeps it among equals.
    terms.sort_by_key(|term| std::cmp::Reverse(size(term)));
}

/// What comes and goes by a day, as terms.
pub(super) fn by_day(course: Course, forecast: &Forecast, layers: Layers, by: NaiveDate) -> Vec<Term> {
    let flows = forecast.flows.iter().filter(|flow| layers.counts(flow.layer));
    let mut terms: Vec<Term> = flows.filter_map(|flow| term(course, forecast, flow, by)).collect();
    let taxes = forecast.taxes.iter().filter(|tax| layers.counts(tax.layer) && tax.day <= by);
    terms.extend(taxes.map(|tax| tax_term(course, tax)));
    by_size(&mut terms);
    terms
}

/// What may come or go on a very day, as terms of the day looked at.
pub(in super::super) fn coming_on(
    on: &Ground<'_>,
    course: Course,
    layers: Layers,
    day: NaiveDate,
) -> Option<Proof> {
    let title = titled(&format!("Expected on {}", date(day, on.day())), course);
    of_forecast(on, course, &title, |forecast| {
        if day <= forecast.day || day > forecast.until {
            return None;
        }
        let coming = forecast.on_day(day).into_iter().filter(|it| layers.counts(it.flow.layer));
        let mut terms: Vec<Term> = coming
            .map(|it| {
                let what = format!("{}, {}", it.flow.what, percent(it.chance));
                let term = Term::money(what, &Ok(it.expected));
                let term = term.with_figure(FigureKey::Flow(course, it.flow.key.clone(), forecast.until));
                Term { client: it.flow.client.clone(), record: it.flow.record.clone(), ..term }
            })
            .collect();
        let taxes = forecast.taxes.iter().filter(|tax| layers.counts(tax.layer) && tax.day == day);
        terms.extend(taxes.map(|tax| tax_term(course, tax)));
        by_size(&mut terms);
        let part = Part::of("Each amount times its chance on this very day", on.nothing(), terms);
        let value = part.total.clone();
        let formula = "What may come or go on the day, each amount times the chance that it does on that very day, rounded \
                       each by itself.";
        let proof = on.made(title.clone(), value, formula, Rule::Sum, vec![part]);
        Some(Proof { method: Some(super::counted(layers).to_owned()), ..proof })
    })
}

pub(in super::super) fn expected(
    on: &Ground<'_>,
    course: Course,
    layer: Layer,
    comes_in: bool,
) -> Option<Proof> {
    let way = if comes_in { "Expected in" } else { "Expected out" };
    let title = titled(&format!("{way}, {}", layer_name(layer)), course);
    of_forecast(on, course, &title, |forecast| {
        let all = forecast.expected(layer);
        let value = if comes_in { all.money_in } else { all.money_out };
        let counts = |flow: &&Flow| flow.layer == layer && flow.amount.amount.is_sign_negative() != comes_in;
        let flows = forecast.flows.iter().filter(counts);
        let mut terms: Vec<Term> =
            flows.filter_map(|flow| term(course, forecast, flow, forecast.until)).collect();
        by_size(&mut terms);
        let part = Part::of("Each amount times its chance", on.nothing(), terms);
        let formula = format!(
            "What may come or go by {}: every amount times the chance that it does by then, rounded each by itself. What \
             leaves for the state stands apart.",
            date(forecast.until, on.day())
        );
        let proof = on.sum(title.clone(), &Ok(value), Value::Money, &formula, part);
        Some(Proof { left_out: left_out(&forecast.left_out), ..proof })
    })
}

pub(in super::super) fn flow(on: &Ground<'_>, course: Course, key: &str, by: NaiveDate) -> Option<Proof> {
    of_forecast(on, course, &titled("Expected", course), |forecast| {
        let position = forecast.flows.binary_search_by(|flow| flow.key.as_str().cmp(key)).ok()?;
        let flow = forecast.flows.get(position)?;
        let days = days_between(forecast.day, by);
        let within = flow.when.within(days);
        let amount = Term::money(flow.what.clone(), &Ok(flow.amount));
        let figure = invoice_of(flow).map(FigureKey::InvoiceOpen);
        let client = flow.client.clone();
        let amount = Term { client, day: flow.due, record: flow.record.clone(), figure, ..amount };
        let amount = Part::of("In full", on.nothing(), vec![amount]);
        let until = date(by, on.day());
        let (formula, rule, parts) = if within >= 1.0 {
            (format!("It is sure to come or go by {until}."), Rule::Sum, vec![amount])
        } else {
            let term = Term::new(format!("By {until}"), Ok(chance(within)));
            let receipt = invoice_of(flow).filter(|_| course == Course::Facts).map(FigureKey::Receipt);
            let term = Term { figure: receipt, ..term };
            let zero = Value::Number(Decimal::ZERO, Unit::Fraction);
            let formula = format!("Its amount times the chance that it comes or goes by {until}, rounded.");
            (formula, Rule::Product, vec![amount, Part::of("Chance", zero, vec![term])])
        };
        let title = match &flow.client {
            Some((_, name)) => format!("{}, {name}", titled(&format!("Expected, {}", flow.what), course)),
            None => titled(&format!("Expected, {}", flow.what), course),
        };
        let value = Ok(Value::Money(flow.expected_within(days)));
        let proof = on.made(title, value, &formula, rule, parts);
        let habits = Habits::of(on.known, on.day());
        let observed = flow.client.as_ref().filter(|_| follows_habit(flow.kind));
        let delays = observed.map(|(client, _)| delays(habits.observed(client))).unwrap_or_default();
        Some(Proof {
            method: method(on, &habits, flow, days_between(forecast.day, forecast.until)),
            delays,
            ..proof
        })
    })
}

fn invoice_of(flow: &Flow) -> Option<InvoiceId> {
    let (table, id) = flow.record.as_ref()?;
    (*table == Table::Invoices && flow.kind == FlowKind::Invoice).then(|| InvoiceId::new(id).ok())?
}

/// Whether its day depends on how its client pays.
fn follows_habit(kind: FlowKind) -> bool {
    !matches!(kind, FlowKind::Expense | FlowKind::Assumed)
}

/// How the chance was found, in words; `days` are those the forecast looks ahead, over which it was found.
fn method(on: &Ground<'_>, habits: &Habits, flow: &Flow, days: i64) -> Option<String> {
    let pays = flow.client.as_ref().map(|(client, name)| format!("{name} {}", habits.habit(client).words()));
    let pays = pays.unwrap_or_default();
    let known = match flow.kind {
        FlowKind::Expense => return Some("It goes out on its day.".to_owned()),
        FlowKind::Assumed => return Some("It is assumed by a lever of the what-if.".to_owned()),
        FlowKind::Invoice => format!("When an open invoice is paid: {pays}."),
        FlowKind::Instalment | FlowKind::DownPayment | FlowKind::Fee | FlowKind::Rest
            if matches!(flow.when, When::After(_)) =>
        {
            format!("Invoiced in time for its day, then paid as the client pays: {pays}.")
        }
        FlowKind::Rest => {
            let When::Following(event, _) = &flow.when else { return None };
            let invoiced = percent(event.when.within(days));
            format!(
                "Won and not invoiced yet: {invoiced} to be invoiced within {days} days; what has waited long waits on. \
                 Then {pays}."
            )
        }
        FlowKind::Order => {
            let client = flow.client.as_ref().map(|(client, _)| client);
            let dormancy = Dormancy::of(on.known, on.day());
            let rhythm =
                client.and_then(|client| Some((dormancy.rhythm(client)?, dormancy.chance(client, days)?)));
            let (rhythm, orders_again) = rhythm?;
            format!(
                "{} so far, {:.0} days apart, silent for {} days: {} to order within {days} days. Then {pays}.",
                match rhythm.orders {
                    1 => "1 order".to_owned(),
                    orders => format!("{orders} orders"),
                },
                rhythm.gap,
                rhythm.silence,
                percent(orders_again)
            )
        }
        _ => {
            let deal = flow
                .record
                .as_ref()
                .and_then(|(_, id)| on.known.clients().find_map(|client| client.facts.get::<Deal>(id)));
            let won = Winning::of(on.known, on.day()).within(deal?, days);
            format!("{} to be won within {days} days: {}. Then {pays}.", percent(won.chance), won.words)
        }
    };
    Some(known)
}
