//! Own costs said plainly, without a verb: `phone bill 39.90`, `insurance 320 a year`.

use crate::domain::Currency;

use crate::command::quick_entry::grammar::opening::opens;
use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::line::Line;

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

/// Whether a line says no more than an own cost and how much, and whether nobody is named in it: then it is surely one.
pub(in crate::command::quick_entry) fn cost(reader: &Reader<'_>) -> Option<bool> {
    let is_cost = opens(&reader.line, &COSTS).is_some() && has_amount(&reader.line);
    is_cost.then(|| reader.names_nobody(&reader.line.all()) && is_plain(&reader.line))
}

/// Whether a line tells of nothing but a cost: in `hotel in graz asked for 6 chairs` somebody asks for something, and `insurance
/// claim 320 refused` tells what became of it.
fn is_plain(line: &Line<'_>) -> bool {
    let happens = |at: usize| {
        let word = line.plain(at);
        matches!(word, "wants" | "want" | "asks" | "needs" | "says" | "said" | "goes" | "went")
            || word.len() > 4 && word.ends_with("ed")
    };
    !line.all().any(happens)
}

/// Whether one of these is named at all.
pub(in crate::command::quick_entry) fn names_cost(line: &Line<'_>) -> bool {
    line.find(&COSTS, line.heading()).is_some()
}

fn has_amount(line: &Line<'_>) -> bool {
    !amounts(line, line.all(), Currency::EUR).is_empty()
}
