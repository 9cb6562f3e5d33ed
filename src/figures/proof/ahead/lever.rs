//! What levers do: to what is expected, flow by flow, and to the figures of the balance.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::domain::{Money, days_between};
use crate::figures::Unknown;
use crate::figures::forecast::what_if::{Comparison, Moved, lever_words, moved};
use crate::figures::forecast::{Forecast, Fork, Layers};
use crate::figures::proof::{Difference, FigureKey};

use super::flow::by_size;
use super::{Course, Ground, Part, Proof, Rule, Term, Unit, Value};

const FROM_THE_SAME_DRAWS: &str = "The what-if is drawn from the same numbers as the forecast, so that what differs is due to the levers alone.";

pub(in super::super) fn what_if(on: &Ground<'_>, difference: Difference, layers: Layers) -> Option<Proof> {
    let title = match difference {
        Difference::Lowest => "9 in 10 stay above: what the levers change",
        Difference::LowestHalf => "Half stay above: what the levers change",
        Difference::UnderReserve => "Chance of going under the reserve: what the levers change",
        Difference::MoneyIn => "Expected in: what the levers change",
        Difference::MoneyOut => "Expected out: what the levers change",
    };
    let Some(fork) = &on.outlook.what_if else { return Some(super::pending(on, title)) };
    let between = fork.difference(layers)?;
    match difference {
        Difference::MoneyIn => moving(on, fork, between, layers, title, true),
        Difference::MoneyOut => moving(on, fork, between, layers, title, false),
        Difference::Lowest | Difference::LowestHalf | Difference::UnderReserve => {
            of_paths(on, difference, between, layers, title)
        }
    }
}

/// A figure that paths were drawn for: with the levers, less without them.
fn of_paths(
    on: &Ground<'_>,
    difference: Difference,
    between: &Comparison,
    layers: Layers,
    title: &str,
) -> Option<Proof> {
    let term = |with: bool, amount: Value| {
        let course = if with { Course::WhatIf } else { Course::Facts };
        let figure = match difference {
            Difference::UnderReserve => FigureKey::UnderReserve(course, layers),
            Difference::LowestHalf => FigureKey::LowestHalf(course, layers),
            _ => FigureKey::Lowest(course, layers),
        };
        let term = Term::new(if with { "With the levers" } else { "Without them" }, Ok(amount));
        term.with_figure(figure)
    };
    let (zero, with, without) = if difference == Difference::UnderReserve {
        let Some(change) = between.under_reserve else {
            let why = Unknown::because("there is no reserve, or no balance");
            return Some(super::unknown(on, title, &why));
        };
        let number = |share: f64| Value::Number(Decimal::from_f64(share).unwrap_or_default(), Unit::Fraction);
        (number(0.0), number(change.what_if), number(change.base))
    } else {
        let half = difference == Difference::LowestHalf;
        let change = if half { between.lowest } else { between.nine_in_ten };
        (on.nothing(), Value::Money(change.what_if), Value::Money(change.base))
    };
    let less = with.number()?.checked_sub(without.number()?)?;
    let part = Part::of(
        "Both forecasts, from the same draws",
        zero,
        vec![term(true, with), term(false, without).less()],
    );
    let value = Ok(with.with(less));
    let proof = on.made(title.to_owned(), value, FROM_THE_SAME_DRAWS, Rule::Sum, vec![part]);
    let (other, change) = match difference {
        Difference::LowestHalf => ("9 in 10 stay above", between.nine_in_ten),
        _ => ("half stay above", between.lowest),
    };
    let money = |what: &str, money: Money| (what.to_owned(), Value::Money(money));
    let mut beside = vec![money(other, change.what_if), money("without the levers", change.base)];
    beside.push(("lowest on".to_owned(), Value::On(between.lowest_day.what_if)));
    beside.push(("instead of".to_owned(), Value::On(between.lowest_day.base)));
    Some(Proof { beside, ..proof })
}

/// What is expected to come in, or to go out: by how much of each flow more with the levers.
fn moving(
    on: &Ground<'_>,
    fork: &Fork,
    between: &Comparison,
    layers: Layers,
    title: &str,
    comes_in: bool,
) -> Option<Proof> {
    let base = super::forecast(on, Course::Facts)?;
    let change = if comes_in { between.money_in } else { between.money_out };
    let days = days_between(base.day, base.until);
    let parts = moved(&base.flows, &fork.forecast.flows, days);
    let counted = parts.iter().filter(|it| layers.counts(it.layer) && it.comes_in == comes_in);
    let terms =
        counted.map(|it| term(on, &fork.forecast, it)).map(|term| if comes_in { term } else { term.less() });
    let part =
        Part::of("What more of each is expected", on.nothing(), adding_up(terms.collect(), change.by()));
    let formula = "Of everything that is to come or go, the amount times its chance with the levers, less the same without \
                   them. Only the sums of the layers are rounded.";
    let proof = on.sum(title.to_owned(), &Ok(change.by()), Value::Money, formula, part);
    let money = |what: &str, money: Money| (what.to_owned(), Value::Money(money));
    let beside = vec![money("with the levers", change.what_if), money("without the levers", change.base)];
    Some(Proof { beside, method: Some(super::counted(layers).to_owned()), ..proof })
}

/// The terms, the largest first, and what rounding makes up between them and their sum.
fn adding_up(mut terms: Vec<Term>, sum: Money) -> Vec<Term> {
    by_size(&mut terms);
    let amounts = terms.iter().filter_map(|term| term.amount.as_ref().ok()?.number());
    let exact = amounts.fold(Decimal::ZERO, Decimal::saturating_add);
    let rest = Money::new(sum.amount.saturating_sub(exact), sum.currency);
    if !rest.is_zero() {
        terms.push(Term::money("Rounded", &Ok(rest)));
    }
    terms
}

/// What of a flow more is expected, with the proof of what is expected of it where a forecast lists it.
fn term(on: &Ground<'_>, with: &Arc<Forecast>, it: &Moved) -> Term {
    let lists =
        |forecast: &Forecast| forecast.flows.binary_search_by(|flow| flow.key.as_str().cmp(&it.key)).is_ok();
    let course = match super::forecast(on, Course::Facts) {
        _ if lists(with) => Some(Course::WhatIf),
        Some(base) if lists(base) => Some(Course::Facts),
        _ => None,
    };
    let what = match (it.before.is_zero(), it.after.is_zero()) {
        (true, _) => format!("{}: new", it.what),
        (_, true) => format!("{}: no longer", it.what),
        _ => it.what.clone(),
    };
    let term = Term::money(what, &Ok(Money::new(it.by(), on.currency())));
    let figure = course.map(|course| FigureKey::Flow(course, it.key.clone(), with.until));
    Term { client: it.client.clone(), record: it.record.clone(), figure, ..term }
}

pub(in super::super) fn lever_effect(on: &Ground<'_>, lever: usize, layers: Layers) -> Option<Proof> {
    let Some(fork) = &on.outlook.what_if else { return Some(super::pending(on, "What the lever does")) };
    let (pulled, effect) = (fork.levers.get(lever)?, fork.forecast.effects.get(lever)?);
    let parts = effect.parts.iter().filter(|it| layers.counts(it.layer));
    let terms = parts.map(|it| term(on, &fork.forecast, it)).collect();
    let part =
        Part::of("What more of each is expected", on.nothing(), adding_up(terms, effect.counted(layers)));
    let title = format!("What the lever does: {}", lever_words(pulled, on.known, on.day()));
    let formula = "Of everything that the lever changes, the amount times its chance when it is pulled after the levers above \
                   it, less the same before; what goes out is taken off. Only the sums of the layers are rounded, each way by itself.";
    let proof = on.sum(title, &Ok(effect.counted(layers)), Value::Money, formula, part);
    Some(Proof { method: Some(super::counted(layers).to_owned()), ..proof })
}
