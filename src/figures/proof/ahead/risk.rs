//! The chance of going under the reserve: so many of the paths drawn.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::figures::Unknown;
use crate::figures::forecast::{Fan, Forecast, Layers};
use crate::figures::proof::FigureKey;

use super::{Course, Ground, Part, Proof, Rule, Term, Unit, Value, left_out, of_forecast, titled};

pub(in super::super) fn under_reserve(on: &Ground<'_>, course: Course, layers: Layers) -> Option<Proof> {
    let title = titled("Chance of going under the reserve", course);
    of_forecast(on, course, &title, |forecast| {
        let fan = forecast.fan(layers)?;
        let Some(risk) = fan.lowest.under_reserve else {
            let why = match &forecast.opening {
                Err(why) => why.clone(),
                Ok(_) => Unknown::because("no reserve is set"),
            };
            return Some(super::unknown(on, &title, &why));
        };
        let all = Term::new("Paths drawn", Ok(Value::things(forecast.draws)));
        let share = paths(forecast, risk).checked_div(forecast.draws.into()).unwrap_or_default();
        let proof = on.made(
            title.clone(),
            Ok(Value::Number(share, Unit::Fraction)),
            "The paths of the balance that are under the reserve at the end of some day after today, of all that were \
             drawn.",
            Rule::Quotient(Decimal::ONE),
            vec![
                Part::of(
                    "Paths under the reserve, by the first day they are",
                    Value::things(0),
                    first_days(forecast, fan, course),
                ),
                Part::of("All", Value::things(0), vec![all]),
            ],
        );
        let beside = forecast.reserve.map(|reserve| ("the reserve".to_owned(), Value::Money(reserve)));
        let method = Some(super::balance::method(layers));
        let left_out = left_out(&forecast.left_out);
        Some(Proof { method, left_out, beside: beside.into_iter().collect(), ..proof })
    })
}

/// How many of the paths a share of them is.
fn paths(forecast: &Forecast, share: f64) -> Decimal {
    let all = forecast.draws.to_f64().unwrap_or(0.0);
    Decimal::from_f64(share * all).unwrap_or_default().round()
}

/// How many paths are under it for the first time on each day.
fn first_days(forecast: &Forecast, fan: &Fan, course: Course) -> Vec<Term> {
    let mut before = Decimal::ZERO;
    let mut terms = Vec::new();
    for at in &fan.days {
        let by = paths(forecast, at.under_by.unwrap_or(0.0));
        if by > before {
            let term = Term::new("Under it for the first time", Ok(Value::Number(by - before, Unit::Things)));
            terms.push(term.on(at.day).with_figure(FigureKey::BalanceOn(course, fan.layers, at.day)));
        }
        before = by;
    }
    terms
}
