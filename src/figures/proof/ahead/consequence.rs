//! What an item of the queue means for the cash to come.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::domain::Money;
use crate::figures::consequence::{Consequence, Drawn, Expected, Told};
use crate::figures::proof::{Course, FigureKey};

use super::{Ground, Part, Proof, Rule, Term, Unit, Value};

const TITLE: &str = "What it means for the cash of the next 13 weeks";

pub(in super::super) fn consequence(on: &Ground<'_>, item: &str) -> Proof {
    let Some(told) = on.outlook.consequence.as_ref().filter(|told| told.item == item) else {
        return super::pending(on, TITLE);
    };
    let proof = match &told.told {
        Told::Drawn(drawn) => of_draws(on, drawn),
        Told::Expected(it) => of_flows(on, it),
        Told::Worth { income, chance } => of_income(on, told, *income, *chance),
        Told::Missing(_, missing, _) => {
            let formula = "The item is about the forecast itself: what it puts at stake is what is missing.";
            on.made(
                TITLE.to_owned(),
                Ok(Value::Money(*missing)),
                formula,
                Rule::Sum,
                vec![at_stake(on, told, *missing)],
            )
        }
        Told::Nothing(why) => {
            let term = Term::new(format!("None: {why}"), Ok(on.nothing()));
            let formula = "The forecast counts what is agreed, what habit lets expect, and open deals. This is none of them.";
            let part = Part::of("What moves", on.nothing(), vec![term]);
            on.made(TITLE.to_owned(), Ok(on.nothing()), formula, Rule::Sum, vec![part])
        }
    };
    Proof { method: Some(told.words()), ..proof }
}

/// The lowest point when something moves, less the one as it is.
fn of_draws(on: &Ground<'_>, drawn: &Drawn) -> Proof {
    let low = drawn.lowest;
    let terms = vec![
        Term::money("Half of the paths stay above, if it moves", &Ok(low.what_if)),
        Term::money("As it is", &Ok(low.base)).less(),
    ];
    let compared = Part::of("Lowest points, from the same draws", on.nothing(), terms);
    let moving = drawn.flows.iter().filter_map(|key| flow_term(on, key));
    let moving = Part::of("What moves, in full", on.nothing(), moving.collect());
    let formula = "What moves is drawn again from the numbers the forecast was drawn from, so that what differs is due to \
                   it alone. Counted are what is agreed and what habit lets expect.";
    let value = Ok(Value::Money(low.by()));
    let proof = on.made(TITLE.to_owned(), value, formula, Rule::SumOfFirst, vec![compared, moving]);
    let share = |share: f64| Value::Number(Decimal::from_f64(share).unwrap_or_default(), Unit::Fraction);
    let beside = drawn.under_reserve.map(|risk| {
        vec![
            ("chance under the reserve, if it moves".to_owned(), share(risk.what_if)),
            ("as it is".to_owned(), share(risk.base)),
        ]
    });
    Proof { beside: beside.unwrap_or_default(), ..proof }
}

/// A flow of the forecast of 13 weeks in full.
fn flow_term(on: &Ground<'_>, key: &str) -> Option<Term> {
    let flows = &on.outlook.quarter.as_ref()?.flows;
    let flow = flows.get(flows.binary_search_by(|flow| flow.key.as_str().cmp(key)).ok()?)?;
    let term = Term::money(flow.what.clone(), &Ok(flow.amount));
    Some(Term {
        client: flow.client.clone(),
        day: flow.due,
        record: flow.record.clone(),
        ..linked(on, term, key)
    })
}

/// With the proof of what is expected of a flow, where the forecast on Cash lists it too.
fn linked(on: &Ground<'_>, term: Term, key: &str) -> Term {
    let (Some(base), Some(quarter)) = (&on.outlook.base, &on.outlook.quarter) else { return term };
    let lists = base.flows.binary_search_by(|flow| flow.key.as_str().cmp(key)).is_ok();
    if !lists {
        return term;
    }
    term.with_figure(FigureKey::Flow(Course::Facts, key.to_owned(), quarter.until))
}

/// What is expected of the flows that are meant, times the part of it that is.
fn of_flows(on: &Ground<'_>, expected: &Expected) -> Proof {
    let term = |(key, what, money): &(String, String, Money)| {
        linked(on, Term::money(what.clone(), &Ok(*money)), key)
    };
    let mut terms: Vec<Term> = expected.flows.iter().map(term).collect();
    super::flow::by_size(&mut terms);
    let sum = Part::of("Each amount times its chance", on.nothing(), terms);
    let value = Ok(Value::Money(expected.amount));
    if expected.share == Decimal::ONE {
        let formula =
            "What is expected of it within 13 weeks: every amount times the chance that it comes by then.";
        return on.made(TITLE.to_owned(), value, formula, Rule::Sum, vec![sum]);
    }
    let zero = Value::Number(Decimal::ZERO, Unit::Fraction);
    let share = Term::new("The part of it that is meant", Ok(Value::Number(expected.share, Unit::Fraction)));
    let formula = "What is expected of it within 13 weeks, times the part of it that is meant.";
    on.made(TITLE.to_owned(), value, formula, Rule::Product, vec![sum, Part::of("Part", zero, vec![share])])
}

fn of_income(on: &Ground<'_>, told: &Consequence, income: Money, chance: Option<Decimal>) -> Proof {
    let stake = at_stake(on, told, income);
    let Some(chance) = chance else {
        let formula = "The income to expect of twelve months, as the item puts it at stake.";
        return on.made(TITLE.to_owned(), Ok(Value::Money(income)), formula, Rule::Sum, vec![stake]);
    };
    let zero = Value::Number(Decimal::ZERO, Unit::Fraction);
    let term = Term::new("That they order within a year", Ok(Value::Number(chance, Unit::Fraction)));
    let formula = "The income to expect of twelve months times the chance of an order within a year, from how often they \
                   ordered and how long they have been silent.";
    let value = Ok(Value::Money(income.times(chance)));
    on.made(
        TITLE.to_owned(),
        value,
        formula,
        Rule::Product,
        vec![stake, Part::of("Chance", zero, vec![term])],
    )
}

fn at_stake(on: &Ground<'_>, told: &Consequence, stake: Money) -> Part {
    let term = Term::money("At stake", &Ok(stake)).with_figure(FigureKey::Item(told.item.clone()));
    Part::of("At stake", on.nothing(), vec![term])
}
