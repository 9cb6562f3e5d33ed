//! What a line opens with, which tells what sort of fact it is: `invoice acme 500 logo`, `new client Globex`.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{Currency, Deal, Phase, Relation};
use crate::state::day_entry::Lean;

use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::facts::agreement::DELIVERED;
use crate::command::quick_entry::facts::met::INTRODUCED_BY;
use crate::command::quick_entry::facts::next_step::is_time_of;
use crate::command::quick_entry::facts::payment::PAID;
use crate::command::quick_entry::facts::promise::PROMISE;
use crate::command::quick_entry::facts::stage::named_stage;
use crate::command::quick_entry::facts::touch_verb;
use crate::command::quick_entry::facts::work;
use crate::command::quick_entry::grammar::kind::{Kind, StageTo};
use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::who::name::likeliest;
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::find_day;
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::words::line::{Line, Word};

const CREDIT: [&str; 3] = ["credit note", "credited", "credit"];
const SET_OFF: [&str; 3] = ["set off", "offset", "setoff"];
pub(in crate::command::quick_entry) const INVOICE: [&str; 15] = [
    "raised an invoice for",
    "raised an invoice to",
    "raised an invoice",
    "made out an invoice",
    "new invoice",
    "send invoice",
    "sent invoice",
    "add invoice",
    "invoice",
    "invoiced",
    "invocie",
    "invoce",
    "inv",
    "billed",
    "bill",
];
const MET: [&str; 6] = ["got to know", "bumped into", "ran into", "just met", "met", "meet"];
pub(in crate::command::quick_entry) const DEAL: [&str; 10] = [
    "new deal",
    "add deal",
    "deal",
    "new opportunity",
    "opportunity",
    "prospect deal",
    "new project with",
    "new project for",
    "new job with",
    "new job for",
];
pub(in crate::command::quick_entry) const EXPENSE: [&str; 9] =
    ["paid for", "new expense", "expense", "spent", "spend", "bought", "buy", "expenses", "cost"];
/// Of these a line has one.
const SPENT: [&str; 3] = ["spent", "spend", "bought"];
const CLIENT: [(&str, Relation); 15] = [
    ("new lead", Relation::Client),
    ("new client", Relation::Client),
    ("add client", Relation::Client),
    ("add a client", Relation::Client),
    ("client", Relation::Client),
    ("new customer", Relation::Client),
    ("add customer", Relation::Client),
    ("customer", Relation::Client),
    ("new partner", Relation::Partner),
    ("add partner", Relation::Partner),
    ("partner", Relation::Partner),
    ("new contact", Relation::Contact),
    ("add contact", Relation::Contact),
    ("contact", Relation::Contact),
    ("new prospect", Relation::Client),
];
pub(in crate::command::quick_entry) const NEXT: [&str; 8] =
    ["next step", "next", "todo", "follow up with", "followup with", "follow up on", "follow up", "followup"];
pub(in crate::command::quick_entry) const NOTE: [&str; 6] =
    ["note to self", "note on", "note", "notes", "remember", "keep in mind"];
const WRITE_OFF: [&str; 4] = ["write off", "wrote off", "written off", "writeoff"];
const WRITE_OFF_FORM: &str = "An invoice is written off in its form ({invoice.write_off}): it asks why";
/// Phrases, what the chip says, and which form takes the line.
type Form = (&'static [&'static str], ChipKind, &'static str, &'static str);
/// What else only a form takes.
const FORMS: [Form; 7] = [
    (
        &["down payment asked", "downpayment asked", "asked for a down payment", "ask for a down payment"],
        ChipKind::Money,
        "Down payment",
        "A down payment that is asked for is noted in a form ({down_payment.ask})",
    ),
    (
        &["business cards from", "cards from", "business cards at", "cards at"],
        ChipKind::Met,
        "Business cards",
        "Put a colon behind it and the event, as in cards: Design fair, 12 nov; then a line for each card",
    ),
    (
        &["refunded", "refund", "paid back", "gave back"],
        ChipKind::Money,
        "Refund",
        "What was paid back is noted with a minus, as a payment of its invoice ({invoice.record_payment})",
    ),
    (
        &["raised rate", "raised the rate", "raised my rate", "raise rate", "new rate", "hourly rate"],
        ChipKind::Money,
        "Rate",
        "What an hour costs a client from a day on is noted in a form ({rate.add})",
    ),
    (
        &["account balance", "bank balance", "balance"],
        ChipKind::Money,
        "Balance",
        "What is in an account is noted in a form ({balance.note})",
    ),
    (
        &["new retainer", "retainer", "new regular fee", "regular fee", "monthly fee"],
        ChipKind::Money,
        "Regular fee",
        "What a client pays again and again is entered in a form ({retainer.add})",
    ),
    (
        &["instalments", "installments"],
        ChipKind::Money,
        "Instalments",
        "The parts of a price are noted in a form ({instalments.set})",
    ),
];
/// Whether these words can do nothing but open a line, so that a colon after them begins no text.
pub(in crate::command::quick_entry) fn is_opening(words: &[Word<'_>]) -> bool {
    let text = words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ");
    let said = text.as_str();
    let clients = CLIENT.iter().map(|(words, _)| *words);
    let mut opening =
        PAID.into_iter().chain(INVOICE).chain(DEAL).chain(EXPENSE).chain(clients).chain(NEXT).chain(NOTE);
    opening.any(|phrase| phrase == said)
        || MET.contains(&said)
        || PROMISE.contains(&said)
        || DELIVERED.contains(&said)
        || matches!(said, "renewal" | "won" | "lost" | "work" | "hours" | "proposed" | "touch")
        || touch_verb::is_noun(said)
}

/// `spent 3h on acme`: of time no amount is said.
fn is_time(line: &Line<'_>) -> bool {
    let hours = work::hours(line);
    let of_hours = |at: usize| hours.iter().any(|(words, _)| words.contains(&at));
    let amounts = amounts(line, line.all(), Currency::EUR);
    // `spent the evening on acme, 2h 15`
    !hours.is_empty() && amounts.iter().all(|amount| of_hours(amount.words.start) || !amount.marked)
}

/// What opens a line that only a form takes: the words, what the chip says, and the form.
pub(in crate::command::quick_entry) fn in_form(
    line: &Line<'_>,
) -> Option<(Range<usize>, ChipKind, &'static str, &'static str)> {
    // `write acme off`.
    let written = || {
        let words = opens(line, &["write", "wrote"])?;
        line.find(&["off"], words.end..line.head).map(|_| words)
    };
    let written = opens(line, &WRITE_OFF).or_else(written);
    let written = written.map(|words| (words, ChipKind::Invoice, "Write off", WRITE_OFF_FORM));
    written.or_else(|| {
        let said = |(phrases, kind, label, cure): &Form| Some((opens(line, phrases)?, *kind, *label, *cure));
        FORMS.iter().find_map(said)
    })
}

/// Kinds that a line opens with.
pub(in crate::command::quick_entry) fn opening(reader: &mut Reader<'_>) -> Option<Kind> {
    let line = &reader.line;
    if let Some((words, relation)) =
        CLIENT.iter().find_map(|(phrase, relation)| opens(line, &[*phrase]).map(|words| (words, *relation)))
    {
        let label = match relation {
            Relation::Client => "New client",
            Relation::Partner => "New partner",
            Relation::Contact => "New contact",
        };
        reader.open(ChipKind::Client, label, &words);
        return Some(Kind::Client(relation));
    }
    // `introduced by lena: Mia Vogt, needs a page`
    let by = opens(line, &INTRODUCED_BY);
    if by.is_some_and(|by| {
        (by.end..line.head).any(|at| line.words.get(at).is_some_and(|it| it.colon) && at + 1 < line.head)
    }) {
        reader.chip(ChipKind::Met, "Met");
        return Some(Kind::Met);
    }
    if opens(line, &["met with", "meet with", "met up with"]).is_none()
        && let Some(words) = opens(line, &MET)
    {
        if line.find(&MET, words.end..line.head).is_some() {
            return Some(Kind::Several);
        }
        reader.open(ChipKind::Met, "Met", &words);
        return Some(Kind::Met);
    }
    if let Some(words) = opens(line, &SET_OFF) {
        reader.open(ChipKind::Payment, "Set off", &words);
        reader.swallow(&["against", "with"], reader.line.all());
        return Some(Kind::SetOff);
    }
    if let Some(words) = opens(line, &CREDIT).filter(|words| line.plain(words.end) != "card") {
        reader.open(ChipKind::Invoice, "Credit", &words);
        return Some(Kind::Credit);
    }
    if let Some((sent, invoice)) = sent_invoice(line) {
        reader.open(ChipKind::Invoice, "Invoice", &invoice);
        reader.absorb(sent);
        return Some(Kind::Invoice);
    }
    let is_paid = line.find(&["paid", "payed", "payd"], line.all()).is_some();
    for (phrases, kind, chip, label) in [
        (INVOICE.as_slice(), Kind::Invoice, ChipKind::Invoice, "Invoice"),
        (DEAL.as_slice(), Kind::Deal, ChipKind::Deal, "New deal"),
        (EXPENSE.as_slice(), Kind::Expense, ChipKind::Expense, "Expense"),
        (["renewal", "new renewal"].as_slice(), Kind::Renewal, ChipKind::Renewal, "Renewal"),
        (NEXT.as_slice(), Kind::NextStep, ChipKind::NextStep, "Next step"),
    ] {
        let Some(words) = opens(line, phrases) else { continue };
        // `next tuesday call acme`.
        if matches!(kind, Kind::NextStep) && is_time_of(line, &words) {
            continue;
        }
        if matches!(kind, Kind::Expense) && is_time(line) {
            continue;
        }
        // `spent 4h and 30 euro`
        let joins = |at: &usize| line.plain(*at) == "and";
        if matches!(kind, Kind::Expense)
            && !work::hours(line).is_empty()
            && line.heading().any(|at| joins(&at))
        {
            return Some(Kind::Several);
        }
        if matches!(kind, Kind::Expense) && line.find(&SPENT, words.end..line.head).is_some() {
            return Some(Kind::Several);
        }
        if matches!(kind, Kind::Invoice) && is_paid {
            continue;
        }
        if matches!(kind, Kind::Deal)
            && let Some((stage_words, to)) = moved(reader, &words)
        {
            let label = match &to {
                StageTo::Won | StageTo::Signed => "Won".to_owned(),
                StageTo::Lost => "Lost".to_owned(),
                StageTo::Named(stage) => format!("To {}", stage.name),
            };
            reader.open(ChipKind::Stage, &label, &stage_words);
            reader.absorb(words);
            return Some(Kind::Stage(to));
        }
        reader.open(chip, label, &words);
        return Some(kind);
    }
    None
}

/// `sent walter an invoice for 240`: the verb, and what was sent.
fn sent_invoice(line: &Line<'_>) -> Option<(Range<usize>, Range<usize>)> {
    const FAR: usize = 6;
    let sent = opens(line, &["sent", "wrote", "made", "issued", "emailed", "mailed", "posted"])?;
    let invoice = line.find(&["an invoice", "a bill"], sent.end..(sent.end + FAR).min(line.head))?;
    let is_price = |amount: &Amount| amount.words.start >= invoice.end;
    amounts(line, line.all(), Currency::EUR).iter().any(is_price).then_some((sent, invoice))
}

/// Where a line begins, after nothing but `I`, `we` and the like.
fn begins(line: &Line<'_>) -> Option<usize> {
    let polite = |at: &usize| matches!(line.plain(*at), "i" | "we" | "just" | "please" | "today");
    line.heading().find(|at| !polite(at))
}

/// Whether a line begins with a word, used or not.
pub(in crate::command::quick_entry) fn begins_with(line: &Line<'_>, word: &str) -> bool {
    begins(line).is_some_and(|at| line.plain(at) == word)
}

/// A phrase at the beginning of the line, after nothing but `I`, `we` and the like.
pub(in crate::command::quick_entry) fn opens(line: &Line<'_>, phrases: &[&str]) -> Option<Range<usize>> {
    let start = begins(line)?;
    let longest = start..line.head;
    phrases.iter().find_map(|phrase| {
        let length = phrase.split(' ').count();
        line.find(&[*phrase], longest.start..(start + length).min(longest.end))
    })
}

/// Where a line that opens with `deal` goes on to say that the deal moved: `deal acme shop -> won`, `deal acme shop won`.
fn moved(reader: &Reader<'_>, deal: &Range<usize>) -> Option<(Range<usize>, StageTo)> {
    let line = &reader.line;
    let heading = deal.end..line.head;
    let day = find_day(line, heading.clone(), reader.known.today, Lean::Back).map_or(0..0, |day| day.words);
    let end = heading.clone().rev().find(|at| !day.contains(at))? + 1;
    let arrow = heading
        .clone()
        .find(|at| line.words.get(*at).is_some_and(|word| matches!(word.text, "->" | "→" | "=>")));
    let ended = |at: usize| at == deal.end || at + 1 == end || arrow.is_some_and(|arrow| at == arrow + 1);
    for (word, to) in [("won", StageTo::Won), ("lost", StageTo::Lost)] {
        if let Some(at) =
            heading.clone().find(|at| line.plain(*at) == word && line.is_free(*at) && ended(*at))
        {
            return Some((at..at + 1, to));
        }
    }
    let stages = reader.stages();
    let Some(arrow) = arrow else {
        // `deal acme shop agreed`, of a deal that is there.
        let (words, stage) =
            named_stage(line, &stages, deal.end..end).filter(|(words, _)| words.end == end)?;
        return is_of_deal(reader, deal.end..words.start).then_some((words, StageTo::Named(stage)));
    };
    let (words, stage) = named_stage(line, &stages, arrow + 1..end)?;
    Some((words, StageTo::Named(stage)))
}

/// Whether words name a client and a deal of theirs that is not over, and nothing else.
fn is_of_deal(reader: &Reader<'_>, within: Range<usize>) -> bool {
    let line = &reader.line;
    let named = likeliest(reader.names(&within), true);
    let Some(first) = named.first() else { return false };
    let rest: Vec<&str> = within
        .filter(|at| !first.fit.words.contains(at) && !line.is_filler(*at))
        .map(|at| line.plain(at))
        .collect();
    let is_it = |deal: &Arc<Deal>| {
        let title = name_words(&deal.title);
        matches!(reader.phase(deal), Phase::Open | Phase::Won)
            && rest.iter().all(|word| title.iter().any(|known| known == word))
    };
    !rest.is_empty() && first.client.facts.deals.iter().any(is_it)
}

/// `acme note: …`.
pub(in crate::command::quick_entry) fn note_at_end(line: &Line<'_>) -> Option<Range<usize>> {
    let last = line.head.checked_sub(1)?;
    (line.plain(last) == "note" && line.words.get(last)?.colon).then_some(last..last + 1)
}
