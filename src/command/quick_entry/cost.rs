//! Own costs said plainly, without a verb: `phone bill 39.90`, `insurance 320 a year`.

use crate::domain::Currency;

use super::amount::amounts;
use super::line::Line;
use super::name::likeliest;
use super::opening::opens;
use super::reader::{Reader, said};
use super::{ChipKind, Choice};

/// What firms spend on; of these a line may begin with one.
const COSTS: [&str; 30] = [
    "phone bill",
    "telephone bill",
    "internet bill",
    "electricity bill",
    "power bill",
    "water bill",
    "heating bill",
    "gas bill",
    "internet",
    "insurance",
    "liability insurance",
    "health insurance",
    "rent",
    "office rent",
    "electricity",
    "heating",
    "petrol",
    "fuel",
    "parking",
    "taxi",
    "train ticket",
    "train tickets",
    "bus ticket",
    "flight",
    "hotel",
    "stamps",
    "postage",
    "stationery",
    "bank fees",
    "accountant",
];

/// Whether a line says no more than an own cost and how much: nobody is named in it.
pub(super) fn is_cost(reader: &Reader<'_>) -> bool {
    opens(&reader.line, &COSTS).is_some() && has_amount(&reader.line) && names_nobody(reader, true)
}

/// Whether one of these is named at all.
pub(super) fn names_cost(line: &Line<'_>) -> bool {
    line.find(&COSTS, line.heading()).is_some()
}

/// Asks of a line that is an amount and what it is for, whether that was spent. `None` where that is asked, or where it is
/// no such line.
pub(super) fn ask_whether_spent(reader: &mut Reader<'_>) -> Option<()> {
    let found = amounts(&reader.line, reader.line.all(), reader.known.book.currency());
    if found.is_empty() || !names_nobody(reader, false) || !reader.line.text().is_empty() {
        return None;
    }
    let found = reader.without_years(found)?;
    let amount = found.first()?.clone();
    let line = &reader.line;
    let used = |at: &usize| amount.words.contains(at);
    let mut left = line.all().filter(|at| !used(at) && line.is_free(*at));
    let worded = left.any(|at| line.plain(at).starts_with(char::is_alphabetic) && !line.is_filler(at));
    if !worded {
        return None;
    }
    let told = said(amount.money);
    let choices = vec![Choice { key: "spent".to_owned(), label: format!("You spent {told}") }];
    let text =
        "What happened? A deal begins with “deal”, an invoice with “invoice” and the client".to_owned();
    reader.ask(format!("spent:{told}"), text, choices)?;
    reader.chip(ChipKind::Expense, "Expense");
    Some(())
}

fn has_amount(line: &Line<'_>) -> bool {
    !amounts(line, line.all(), Currency::EUR).is_empty()
}

fn names_nobody(reader: &Reader<'_>, exact: bool) -> bool {
    likeliest(reader.names(&reader.line.all()), exact).is_empty()
}
