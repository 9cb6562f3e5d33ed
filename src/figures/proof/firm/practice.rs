//! Practices against delay and disputes, invoice by invoice.

use rust_decimal::Decimal;

use crate::domain::Table;
use crate::figures::firm::{CameDue, Firm, Practice, PracticeRow, came_due};

use super::super::{FigureKey, Ground, Part, Proof, Term, Unit, Value, named};
use super::{counted, fraction, looked, quotient};

/// What `find` finds in the invoices on a side of a practice.
fn on_side(
    on: &Ground<'_>,
    practice: &Practice,
    with: bool,
    find: impl Fn(&CameDue<'_>) -> Option<Value>,
) -> Vec<Term> {
    looked(on, |_, look| {
        let due = came_due(look).into_iter().filter(|due| due.with(practice) == Some(with));
        let terms = due.filter_map(|due| {
            let term = Term::new(named(due.invoice), Ok(find(&due)?)).on(due.invoice.due);
            let term = term.in_record(Table::Invoices, due.invoice.id.as_str());
            Some(term.with_figure(FigureKey::InvoiceOpen(due.invoice.id.clone())))
        });
        terms.collect()
    })
}

fn titled(what: &str, row: &PracticeRow, with: bool) -> String {
    let side = if with { "with" } else { "without" };
    format!("{what} {side}: {}", row.title)
}

pub(super) fn delay(on: &Ground<'_>, firm: &Firm, practice: &Practice, with: bool) -> Option<Proof> {
    let row = firm.practices.row(practice)?;
    let side = if with { &row.with } else { &row.without };
    let value = side.mean_days.clone().map(|days| Value::Number(days, Unit::Days));
    let days = on_side(on, practice, with, |due| due.days.map(|days| Value::Number(days.into(), Unit::Days)));
    let timed = on_side(on, practice, with, |due| due.days.map(|_| Value::things(1)));
    let parts = [
        Part::of("Days beyond terms, by due day", Value::Number(Decimal::ZERO, Unit::Days), days),
        counted("Invoices", timed),
    ];
    let formula = "Days beyond terms of the invoices that came due ÷ how many they are, not weighted by amounts. Told from \
                   eight invoices with and eight without on.";
    Some(quotient(on, titled("Mean delay", row, with), value, formula, parts))
}

pub(super) fn disputed(on: &Ground<'_>, firm: &Firm, practice: &Practice, with: bool) -> Option<Proof> {
    let row = firm.practices.row(practice)?;
    let side = if with { &row.with } else { &row.without };
    let parts = [
        counted("Disputed", on_side(on, practice, with, |due| due.disputed.then(|| Value::things(1)))),
        counted("Came due", on_side(on, practice, with, |_| Some(Value::things(1)))),
    ];
    let formula = "Invoices that were ever disputed ÷ all that came due, written-off ones among them. Told from eight \
                   invoices with and eight without on.";
    Some(quotient(on, titled("Disputed", row, with), fraction(&side.disputed_share), formula, parts))
}
