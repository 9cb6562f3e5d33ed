//! What may come: the figures of the forecast, down to the flows they were drawn from.
//!
//! What is expected is a sum: of every flow its amount times its chance. What paths were drawn for is no sum. There a last
//! term says how far the paths lie from what is expected, so that the terms make the figure all the same; the method is said
//! in words.

mod balance;
mod change;
mod consequence;
mod flow;
mod leaving;
mod lever;
mod receipt;
mod record;
mod risk;
mod tax;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::figures::Unknown;
use crate::figures::forecast::{Forecast, Layer, Layers, LeftOut, Observed};

use super::owed::MOST_DELAYS;
use super::{Course, Delay, Ground, Part, Proof, Rule, Term, Unit, Value};

pub(super) use balance::{balance_on, lowest, lowest_half, runway};
pub(super) use change::{change_rest, change_row, month_change, month_then};
pub(super) use consequence::consequence;
pub(super) use flow::{coming_on, expected, flow};
pub(super) use leaving::{break_even, letting_go};
pub(super) use lever::{lever_effect, what_if};
pub(super) use receipt::receipt;
pub(super) use record::{calibrated, track_record};
pub(super) use risk::under_reserve;
pub(super) use tax::{tax_accrued, tax_due};

/// What is made of a forecast; while that is not there, that it is not.
fn of_forecast(
    on: &Ground<'_>,
    course: Course,
    title: &str,
    make: impl FnOnce(&Forecast) -> Option<Proof>,
) -> Option<Proof> {
    match forecast(on, course) {
        Some(forecast) => make(forecast),
        None => Some(pending(on, title)),
    }
}

fn forecast<'a>(on: &Ground<'a>, course: Course) -> Option<&'a Arc<Forecast>> {
    match course {
        Course::Facts => on.outlook.base.as_ref(),
        Course::WhatIf => on.outlook.what_if.as_ref().map(|fork| &fork.forecast),
    }
}

/// Nothing is known of it yet.
fn pending(on: &Ground<'_>, title: &str) -> Proof {
    unknown(on, title, &Unknown::because("it is being worked out"))
}

/// A figure that is unknown.
fn unknown(on: &Ground<'_>, title: &str, why: &Unknown) -> Proof {
    let part = Part::of("What it is made of", on.nothing(), vec![Term::new(title, Err(why.clone()))]);
    let formula =
        "The forecast follows from the facts of the book as of the day looked at, and from nothing else.";
    on.made(title.to_owned(), Err(why.clone()), formula, Rule::Sum, vec![part])
}

/// `title`, and that it is assumed where it is.
fn titled(title: &str, course: Course) -> String {
    match course {
        Course::Facts => title.to_owned(),
        Course::WhatIf => format!("{title}, with the levers"),
    }
}

/// What is counted, as a sentence.
fn counted(layers: Layers) -> &'static str {
    match (layers.likely, layers.possible) {
        (false, false) => "Counted is what is agreed.",
        (true, false) => "Counted are what is agreed and what habit lets expect.",
        (false, true) => "Counted are what is agreed and open deals by their chances.",
        (true, true) => {
            "Counted are what is agreed, what habit lets expect, and open deals by their chances."
        }
    }
}

fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::Committed => "agreed",
        Layer::Likely => "likely",
        Layer::Possible => "open deals",
    }
}

/// A chance as a number that is counted with exactly, as the forecast itself does.
fn fraction(chance: f64) -> Decimal {
    Decimal::from_f64(chance.clamp(0.0, 1.0)).unwrap_or_default()
}

fn chance(chance: f64) -> Value {
    Value::Number(fraction(chance), Unit::Fraction)
}

/// What could not be counted, as terms.
fn left_out(left_out: &[LeftOut]) -> Vec<Term> {
    let terms = left_out.iter().map(|it| {
        let own = Some(it.amount).filter(|own| !own.is_zero());
        Term { own, ..Term::new(it.what.clone(), Err(it.why.clone())) }
    });
    terms.collect()
}

/// A client's delays, the newest ones.
fn delays(observed: &[Observed]) -> Vec<Delay> {
    let of = |it: &Observed| Delay { day: it.due, days: it.days, weight: it.weight, paid: it.is_paid() };
    let mut delays: Vec<Delay> = observed.iter().map(of).collect();
    delays.sort_by_key(|delay| std::cmp::Reverse(delay.day));
    delays.truncate(MOST_DELAYS);
    delays
}

/// So many days from one day to another, as a number.
fn days_number(from: NaiveDate, to: NaiveDate) -> Value {
    Value::Number(crate::domain::days_between(from, to).into(), Unit::Days)
}
