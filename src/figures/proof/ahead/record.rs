//! How past forecasts held against what came.

use rust_decimal::Decimal;

use crate::domain::Table;
use crate::figures::Unknown;
use crate::figures::forecast::{CashCheck, Told};
use crate::figures::words::{date, percent};

use super::{Ground, Part, Proof, Rule, Term, Unit, Value};

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
        "A forecast of the money that invoices bring within eight weeks holds when what came lies between its 10\u{a0}% and its \
         90\u{a0}% quantile: 8 in 10 should. One for each week of the last half year, made from what was known then. Beside each \
         stands what came.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Held, by the day they were made", Value::things(0), held),
            Part::of("All", Value::things(0), all),
        ],
    );
    Proof { method: Some(format!("{}.", record.words())), ..proof }
}

pub(in super::super) fn calibrated(on: &Ground<'_>, level: usize) -> Option<Proof> {
    const TITLE: &str = "Paid by the day told";
    let Some(record) = &on.outlook.record else { return Some(super::pending(on, TITLE)) };
    let level = record.levels.get(level)?;
    let term = |it: &Told| {
        let what = format!("Invoice {}, told on {}", it.number, date(it.cutoff, on.day()));
        let term = Term::new(what, Ok(Value::things(1))).on(it.by);
        let term = term.in_record(Table::Invoices, it.invoice.as_str());
        Term { client: on.who(&it.client), ..term }
    };
    let paid: Vec<Term> = level.told.iter().filter(|it| it.paid).map(term).collect();
    let all: Vec<Term> = level.told.iter().map(term).collect();
    let share = Decimal::from(paid.len()).checked_div(all.len().into())?;
    let said = percent(level.said);
    let formula = format!(
        "For every open invoice a forecast tells the day by which it is paid with a chance of {said}. Of the days told in the \
         last half year that have come, those by which it was paid. Beside each stands the day that was told."
    );
    Some(on.made(
        format!("{TITLE} with {said}"),
        Ok(Value::Number(share, Unit::Fraction)),
        &formula,
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Paid by then", Value::things(0), paid),
            Part::of("Days told that have come", Value::things(0), all),
        ],
    ))
}
