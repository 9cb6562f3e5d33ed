//! What differs: a month as seen on two days, past forecasts against what came, the levers of a what-if.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::domain::Money;
use crate::figures::Unknown;
use crate::figures::forecast::{CashCheck, ChangeTerm, Layers};
use crate::figures::proof::FigureKey;
use crate::figures::words::date;

use super::{Course, Ground, Part, Proof, Rule, Term, Unit, Value};
use crate::figures::proof::Difference;

pub(in super::super) fn month_change(on: &Ground<'_>) -> Proof {
    const TITLE: &str = "What this month is to bring";
    let Some(change) = &on.outlook.change else { return super::pending(on, TITLE) };
    let term = |it: &ChangeTerm| {
        let what = format!("{}: {}", it.what, it.why);
        let term = Term::money(what, &Ok(it.difference()));
        Term { client: it.client.clone(), record: it.record.clone(), ..term }
    };
    let before = Term::money("Then", &Ok(change.before)).on(change.from);
    let month = change.month.format("%B %Y");
    on.made(
        format!("What {month} is to bring"),
        Ok(Value::Money(change.now)),
        "What came and went in the month by the day looked at, and what is expected of the rest of it, each amount times its \
         chance. What it was to bring on the earlier day, and everything that differs since.",
        Rule::Sum,
        vec![
            Part::of(&format!("As seen on {}", date(change.from, on.day())), on.nothing(), vec![before]),
            Part::of("What differs since, the greatest first", on.nothing(), change.terms.iter().map(term).collect()),
        ],
    )
}

pub(in super::super) fn track_record(on: &Ground<'_>) -> Proof {
    const TITLE: &str = "Forecasts that held";
    let Some(record) = &on.outlook.record else { return super::pending(on, TITLE) };
    let term = |it: &CashCheck| {
        let what =
            if it.held() { "Eight weeks from then, held" } else { "Eight weeks from then, did not hold" };
        Term { own: Some(it.came), ..Term::new(what, Ok(Value::things(1))).on(it.cutoff) }
    };
    let held: Vec<Term> = record.cash.iter().filter(|it| it.held()).map(term).collect();
    let all: Vec<Term> = record.cash.iter().map(term).collect();
    let share = Decimal::from(held.len()).checked_div(all.len().into());
    let why = || Unknown::because("no forecast of this book has had its eight weeks yet");
    let proof = on.made(
        TITLE.to_owned(),
        share.map(|share| Value::Number(share, Unit::Fraction)).ok_or_else(why),
        "A forecast of the money that invoices bring within eight weeks holds when what came lies between its 10 % and its \
         90 % quantile: 8 in 10 should. One for each week of the last half year, made from what was known then. Beside each \
         stands what came.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Held, by the day they were made", Value::things(0), held),
            Part::of("All", Value::things(0), all),
        ],
    );
    Proof { method: Some(format!("{}.", record.words())), ..proof }
}

pub(in super::super) fn what_if(on: &Ground<'_>, difference: Difference, layers: Layers) -> Option<Proof> {
    let title = match difference {
        Difference::Lowest => "9 in 10 stay above: what the levers change",
        Difference::UnderReserve => "Chance of going under the reserve: what the levers change",
    };
    let Some(fork) = &on.outlook.what_if else { return Some(super::pending(on, title)) };
    let between = fork.difference(layers)?;
    let term = |with: bool, amount: Value| {
        let course = if with { Course::WhatIf } else { Course::Facts };
        let figure = match difference {
            Difference::Lowest => FigureKey::Lowest(course, layers),
            Difference::UnderReserve => FigureKey::UnderReserve(course, layers),
        };
        let term = Term::new(if with { "With the levers" } else { "Without them" }, Ok(amount));
        term.with_figure(figure)
    };
    let (zero, with, without) = match difference {
        Difference::Lowest => {
            let change = between.nine_in_ten;
            (on.nothing(), Value::Money(change.what_if), Value::Money(change.base))
        }
        Difference::UnderReserve => {
            let Some(change) = between.under_reserve else {
                let why = Unknown::because("there is no reserve, or no balance");
                return Some(super::unknown(on, title, &why));
            };
            let number =
                |share: f64| Value::Number(Decimal::from_f64(share).unwrap_or_default(), Unit::Fraction);
            (number(0.0), number(change.what_if), number(change.base))
        }
    };
    let less = with.number()?.checked_sub(without.number()?)?;
    let part = Part::of(
        "Both forecasts, from the same draws",
        zero,
        vec![term(true, with), term(false, without).less()],
    );
    let formula = "The what-if is drawn from the same numbers as the forecast, so that what differs is due to the levers alone.";
    let proof = on.made(title.to_owned(), Ok(with.with(less)), formula, Rule::Sum, vec![part]);
    let lowest = between.lowest;
    let money = |what: &str, money: Money| (what.to_owned(), Value::Money(money));
    let mut beside = vec![money("half stay above", lowest.what_if), money("without the levers", lowest.base)];
    beside.push(("lowest on".to_owned(), Value::On(between.lowest_day.what_if)));
    beside.push(("instead of".to_owned(), Value::On(between.lowest_day.base)));
    Some(Proof { beside, ..proof })
}
