//! Own costs said plainly, without a verb: `phone bill 39.90`, `insurance 320 a year`; and what else a line may be that says no more
//! than how much and what for.

use crate::command::quick_entry::grammar;
use crate::domain::{Currency, Money};
use crate::state::day_entry::Lean;

use crate::command::quick_entry::facts::payment::CALLED;
use crate::command::quick_entry::grammar::opening::opens;
use crate::command::quick_entry::grammar::reader::{Reader, said};
use crate::command::quick_entry::who::name::likeliest;
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::day::find_day;
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

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
    is_cost.then(|| names_nobody(reader, true))
}

/// Whether one of these is named at all.
pub(in crate::command::quick_entry) fn names_cost(line: &Line<'_>) -> bool {
    line.find(&COSTS, line.heading()).is_some()
}

/// What a line may be that says how much and what for, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command::quick_entry) enum Untold {
    Deal,
    Invoice,
    Spent,
}

/// Words that tell of something else.
const ELSE: [&str; 16] = [
    "got",
    "owes",
    "owe",
    "owed",
    "refund",
    "refunded",
    "transferred",
    "sent",
    "back",
    "gave",
    "lent",
    "returned",
    "charged",
    "overpaid",
    "discount",
    "minus",
];

/// Asks of a line that says how much and what for what it is: an own cost, or where a client is named a deal or an invoice as
/// well. `None` where that is asked, or where it is no such line.
pub(in crate::command::quick_entry) fn ask_what_it_is(reader: &mut Reader<'_>) -> Option<Untold> {
    let named = likeliest(reader.names(&reader.line.all()), true);
    let theirs = named.first().and_then(|named| named.client.client.currency);
    let currency = theirs.unwrap_or(reader.known.book.currency());
    let found = amounts(&reader.line, reader.line.all(), currency);
    if found.is_empty() && names_nobody(reader, false) {
        reader.refuse_vague(reader.line.heading(), true);
    }
    if found.is_empty() || !reader.line.text().is_empty() {
        return None;
    }
    let several = named.iter().any(|it| Some(it.client.id()) != named.first().map(|first| first.client.id()));
    let (named, guessed) = (named.first().map(|it| it.fit.words.clone()), !names_nobody(reader, false));
    if several || (named.is_none() && guessed) {
        return None;
    }
    let found = reader.without_years(found)?;
    let amount = found.first().filter(|_| found.len() == 1)?.clone();
    let line = &reader.line;
    // `5 jan`, `1 day`: a number of something else.
    let counts = named.is_some()
        && !names_cost(line)
        && !amount.marked
        && (line.typed(&amount.words).len() == 1
            || line.typed(&amount.words).len() == 2 && line.plain(amount.words.end).ends_with('s'));
    let is_time = counts
        || matches!(
            line.plain(amount.words.end),
            "day"
                | "days"
                | "week"
                | "weeks"
                | "month"
                | "months"
                | "year"
                | "years"
                | "hours"
                | "people"
                | "times"
        );
    let days = [Lean::Back, Lean::Ahead].map(|lean| find_day(line, line.all(), reader.known.today, lean));
    let of_day = days.iter().flatten().any(|day| day.words.contains(&amount.words.start));
    if is_time || of_day {
        return None;
    }
    let used =
        |at: &usize| amount.words.contains(at) || named.as_ref().is_some_and(|words| words.contains(at));
    let left: Vec<usize> =
        line.all().filter(|at| !used(at) && line.is_free(*at) && !line.is_filler(*at)).collect();
    let worded = left.iter().any(|at| line.plain(*at).starts_with(char::is_alphabetic));
    let told_else = left.iter().any(|at| ELSE.contains(&line.plain(*at)));
    if !worded || told_else || grammar::unclear::turning(line, line.all()).is_some() {
        return None;
    }
    // `acme deposit invoice 1785`
    let asked = named.as_ref().and_then(|name| {
        // `acme 2500 invoiced`
        if let Some(words) = line.find(&["invoiced", "billed"], name.end..line.head) {
            return Some(words);
        }
        let words = line.find(&["invoice", "bill"], name.end..line.head)?;
        let called = line.typed(&(name.end..words.start)).to_lowercase();
        (called.is_empty() || CALLED.contains(&called.as_str())).then_some(words)
    });
    if let Some(words) = asked {
        reader.open(ChipKind::Invoice, "Invoice", &words);
        return Some(Untold::Invoice);
    }
    let told = said(amount.money);
    let choice = |key: &str, label: String| Choice { key: key.to_owned(), label };
    // What one spends is in one's own currency, unless another is said.
    let own = if amount.marked {
        amount.money
    } else {
        Money::new(amount.money.amount, reader.known.book.currency())
    };
    let spent = choice("spent", format!("You spent {}", said(own)));
    let (choices, text) = if named.is_some() {
        let deal = choice("deal", format!("A new deal worth {told}"));
        let invoice = choice("invoice", format!("An invoice over {told}"));
        (vec![deal, invoice, spent], "What is it?")
    } else {
        (vec![spent], "What is it? A deal begins with “deal”, an invoice with “invoice” and the client")
    };
    let answer = reader.ask(format!("what:{told}"), text.to_owned(), choices)?;
    let (what, kind, label) = match answer.as_str() {
        "deal" => (Untold::Deal, ChipKind::Deal, "New deal"),
        "invoice" => (Untold::Invoice, ChipKind::Invoice, "Invoice"),
        _ => (Untold::Spent, ChipKind::Expense, "Expense"),
    };
    reader.chip(kind, label);
    Some(what)
}

fn has_amount(line: &Line<'_>) -> bool {
    !amounts(line, line.all(), Currency::EUR).is_empty()
}

fn names_nobody(reader: &Reader<'_>, exact: bool) -> bool {
    likeliest(reader.names(&reader.line.all()), exact).is_empty()
}
