//! Invoices: `invoice acme 2400 due 14d website relaunch`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, ClientFacts, ClientId, Currency, Deal, Invoice, InvoiceId, Line, Money, Percent, Phase,
    add_days, days_between,
};
use crate::state::Edit;
use crate::state::amount_entry::parse_number;
use crate::state::day_entry::Lean;
use crate::state::form::{USUAL_TERMS_DAYS, as_in_book, next_invoice_number};
use crate::written::decimal;

use crate::command::quick_entry::facts;
use crate::command::quick_entry::grammar::priced::absurd_from;
use crate::command::quick_entry::grammar::reader::{Reader, put, said};
use crate::command::quick_entry::who::which_invoice;
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words;
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{Day, find_day, is_month};
use crate::command::quick_entry::{ChipKind, Choice};

/// What tells right behind an amount what became of an invoice that is there, or on what it depends, or of which part it is.
const BECAME: [&str; 27] = [
    "is",
    "was",
    "has",
    "were",
    "arrived",
    "lost",
    "returned",
    "bounced",
    "refused",
    "wrong",
    "late",
    "overdue",
    "unpaid",
    "outstanding",
    "still",
    "open",
    "half",
    "when",
    "once",
    "if",
    "after",
    "unless",
    "came",
    "went",
    "disputed",
    "rejected",
    "cancelled",
];

/// `invoice acme 500 is late`: no new one.
fn refuse_what_became_of_it(reader: &mut Reader<'_>, behind: usize) {
    let line = &reader.line;
    if line.is_free(behind) && BECAME.contains(&line.plain(behind)) {
        reader.wonder(&(behind..behind + 1));
    }
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    if reader.names_nobody(&reader.line.heading())
        && let Some(known) = which_invoice::invoice_named(reader, reader.line.heading())
    {
        reader.need(format!(
            "{} is in the book: say what happened, such as paid; a dispute is noted in a form ({{invoice.dispute}})",
            known.number
        ));
        return None;
    }
    let number = number(reader);
    reader.swallow(&["over"], all.clone());
    let tax = tax(reader, all.clone());
    let plus_usual = tax.is_none() && usual_tax_said(reader);
    let who = reader.who_or_new(all.clone(), "Say who is to pay");
    let due = due_said(reader);
    let recurring =
        "Say what is to be paid now: what is asked for again and again is a retainer ({retainer.add})";
    facts::expense::refuse_recurring(reader, reader.known.book.currency(), recurring);
    let around = around_days_worked(reader);
    absorb_issued(reader, around.clone());
    let issued = reader.past_day(around);
    let due = due.map(|(words, due)| {
        let on = match due {
            Due::After(days) => add_days(issued, days),
            Due::On(day) => day,
        };
        reader.note_day(Some(&Day { words, on, bare_weekday: false, deadline: true }), on, "due ");
        on
    });
    let who = who?;
    reader.ask_of_others(&who, all.clone())?;
    let currency = reader.currency(Some(&who));
    absorb_net(reader, currency);
    let times = times(reader, currency);
    let quantity = times.as_ref().map_or(Decimal::ONE, |times| times.quantity);
    let amount = times.map(|times| times.each).or_else(|| {
        let within = only_price(reader, currency).unwrap_or_else(|| all.clone());
        reader.amount(within, currency)
    });
    if reader.is_asking() {
        return None;
    }
    let Some(amount) = amount else {
        reader.rest_as(ChipKind::Note, all);
        reader.need("Say how much, net");
        return None;
    };
    if quantity == Decimal::ONE {
        reader.chip_of(ChipKind::Money, said(amount.money), &amount.words);
    }
    let deal = deal(reader, &who).or_else(|| of_instalment(reader, &who, amount.money));
    if reader.is_asking() {
        return None;
    }
    refuse_what_became_of_it(reader, amount.words.end);
    reader.refuse_unclear_title(Some(&amount.words));
    let Some(result) = reader.rest_as(ChipKind::Note, all) else {
        reader.need("Say for what");
        return None;
    };
    if let Some(deal) = deal {
        reader.chip(ChipKind::Deal, deal.title.clone());
        reader.warn_if_over(deal);
    }
    let terms = who.facts.and_then(|facts| facts.client.terms_days).unwrap_or(USUAL_TERMS_DAYS);
    // What was said has its chip already; what follows from the book is said here.
    let due = due.unwrap_or_else(|| {
        let due = add_days(issued, terms.into());
        reader.note_day(None, due, "due ");
        due
    });
    if due < issued {
        reader.need("An invoice is due on or after the day it was issued");
    }
    let tax_said = tax.is_some();
    if plus_usual && usual_tax(reader, &who).is_none_or(|tax| tax.is_zero()) {
        reader.need("Say how much tax, such as plus 19% tax");
    }
    let tax = tax.or_else(|| usual_tax(reader, &who)).unwrap_or(Percent::ZERO);
    let number = number.unwrap_or_else(|| {
        let number = next_invoice_number(reader.known.book);
        reader.chip(ChipKind::Invoice, format!("Number {number}"));
        number
    });
    check_number(reader, &who.id, &number);
    let id = InvoiceId::fresh(&number, reader.seed());
    let line = Line { result, quantity, price: amount.money, tax: None };
    let mut invoice = Invoice::new(id, who.id.clone(), &number, issued, due, vec![line]);
    invoice.deal = deal.map(|deal| deal.id.clone());
    invoice.tax = tax;
    if !tax.is_zero() {
        let total = said(invoice.total());
        let told = if tax_said { format!("in all {total}") } else { format!("plus {tax} tax: {total}") };
        reader.chip(ChipKind::Money, told);
    } else if !tax_said && others_bear_tax(reader, &who) {
        reader.warn("No tax on it, though other invoices bear one: say plus 19%, or no tax".to_owned());
    }
    let label = format!("Added invoice {number}: {} to {}", said(invoice.total()), who.name);
    Some(put(label, vec![AnyRecord::Invoice(Arc::new(invoice))]))
}

/// The deal that is billed. Of a title that one word names in the midst of others it is asked: `winter pages` are no `Pages for
/// tickets`.
fn deal<'a>(reader: &mut Reader<'a>, who: &Who<'a>) -> Option<&'a Arc<Deal>> {
    let (deal, words) = reader.named_deal(who, reader.line.all())?;
    // `signs` may be others than those of a deal that is over.
    let over = reader.over_since(deal);
    if over.is_none() && !reader.may_be_another(deal, &words) {
        return Some(deal);
    }
    let title = &deal.title;
    let choices = vec![
        Choice { key: "yes".to_owned(), label: format!("Yes, for {title}") },
        Choice { key: "no".to_owned(), label: "No, for something else".to_owned() },
    ];
    let asked = format!("billed:{}:{}", deal.id, reader.line.typed(&words).to_lowercase());
    let over = over.map(|since| format!("; it is over since {since}")).unwrap_or_default();
    let answer = reader.ask(asked, format!("Is it for {title}{over}?"), choices)?;
    (answer == "yes").then_some(deal)
}

/// The deal of which an instalment of just this amount is not invoiced yet, if the invoice is for that; it is asked.
fn of_instalment<'a>(reader: &mut Reader<'a>, who: &Who<'a>, price: Money) -> Option<&'a Arc<Deal>> {
    if reader.is_asking() {
        return None;
    }
    let asks = |deal: &&Arc<Deal>| {
        let parts = deal.instalments.iter().flat_map(|plan| &plan.instalments);
        parts.into_iter().any(|part| part.invoice.is_none() && part.amount == price)
    };
    let deal = reader.deals_in(who, &[Phase::Open, Phase::Won]).into_iter().find(asks)?;
    let choices = vec![
        Choice { key: "yes".to_owned(), label: format!("Yes, of {}", deal.title) },
        Choice { key: "no".to_owned(), label: "No, for something else".to_owned() },
    ];
    let text = format!("Is that the instalment of {}?", deal.title);
    (reader.ask(format!("instalment:{}:{price}", deal.id), text, choices)? == "yes").then_some(deal)
}

/// How many of what, and what each is.
pub(in crate::command::quick_entry) struct Times {
    pub(in crate::command::quick_entry) quantity: Decimal,
    pub(in crate::command::quick_entry) each: Amount,
    /// The words of the count, and those from the sign to the end of the amount.
    spans: [Range<usize>; 2],
    /// Whether the words say that it is the amount of each.
    said: bool,
}

/// `3 x 400`, `8h at 95`, `10h design at 90`, `2 workshops at 800 each`: how often an amount is asked for. Where the amount may
/// as well be all there is to pay, it is asked.
pub(in crate::command::quick_entry) fn times(reader: &mut Reader<'_>, currency: Currency) -> Option<Times> {
    let all = reader.line.all();
    let found = amounts(&reader.line, all.clone(), currency);
    if let Some(at) = all.clone().find(|at| found.is_empty() && is_joined(&reader.line, *at)) {
        reader.refuse(&(at..at + 1), "Put spaces around the sign, as in 3 x 400");
        return None;
    }
    let Some(mut times) = times_said(&reader.line, currency) else {
        // `90 per hour`: how many there are is not said.
        let alone = found.iter().find(|it| per_one(&reader.line, it) > it.words.end).cloned();
        if let Some(each) = alone {
            let words = each.words.end..per_one(&reader.line, &each);
            reader.refuse(&words, "Say how many, as in 3 x 90 or 3h at 90");
        }
        return None;
    };
    times.each = reader.meant(times.each)?;
    reader.refuse_rough(times.spans[0].start);
    let within = |amount: &Amount| {
        times.spans.iter().any(|span| span.start <= amount.words.start && amount.words.end <= span.end)
    };
    let net = times.quantity.checked_mul(times.each.money.amount)?;
    let net = Money::new(net.normalize(), times.each.money.currency);
    let absurd = net.amount >= absurd_from(net.currency);
    let net = said(net);
    let label = format!("{} × {} = {net}", decimal(times.quantity), said(times.each.money));
    if !times.said || absurd || !found.iter().all(within) {
        let choices = vec![
            Choice { key: "each".to_owned(), label: label.clone() },
            Choice { key: "all".to_owned(), label: "No: an amount is all there is to pay".to_owned() },
        ];
        let typed = times.spans.iter().map(|span| reader.line.typed(span)).collect::<Vec<_>>().join(" ");
        if reader.ask(format!("times:{typed}"), "Is it the amount of each?".to_owned(), choices)? == "all" {
            return None;
        }
    }
    if times.each.money.amount.is_zero()
        || times.quantity <= Decimal::ZERO
        || times.quantity > Decimal::from(1_000_000)
    {
        reader.refuse(&times.spans[0], "Say how many and how much each, both above nothing");
        return None;
    }
    for words in &times.spans {
        reader.line.take(words.clone());
    }
    reader.chip_of_all(ChipKind::Money, label, &times.spans);
    Some(times)
}

/// What is counted.
const UNITS: [&str; 12] =
    ["day", "days", "week", "weeks", "hour", "hours", "month", "months", "piece", "pieces", "pcs", "units"];

/// `450 net`: an invoice is entered so.
fn absorb_net(reader: &mut Reader<'_>, currency: Currency) {
    let line = &reader.line;
    let found = amounts(line, line.all(), currency);
    let net = |at: &usize| {
        let last = line.runs(at + 1..line.words.len()).is_empty();
        let beside = |amount: &Amount, at: usize| amount.words.end == at || amount.words.start == at + 1;
        line.is_free(*at) && line.plain(*at) == "net" && (last || found.iter().any(|it| beside(it, *at)))
    };
    if let Some(at) = line.all().find(net) {
        reader.absorb(at..at + 1);
    }
}

/// Where the one amount stands that does not count what follows it: `2 days workshop 1600`.
fn only_price(reader: &Reader<'_>, currency: Currency) -> Option<Range<usize>> {
    let counts = |amount: &Amount| !amount.marked && UNITS.contains(&reader.line.plain(amount.words.end));
    let found = amounts(&reader.line, reader.line.all(), currency);
    let mut prices = found.into_iter().filter(|amount| !counts(amount));
    prices.next().filter(|_| prices.next().is_none()).map(|only| only.words)
}

/// `3x400` in one word, which may be a size as well.
fn is_joined(line: &words::line::Line<'_>, at: usize) -> bool {
    let text = line.words.get(at).filter(|_| line.is_free(at)).map_or("", |word| word.text);
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let parts = text.split_once(['x', 'X', '×', '*', '@']);
    parts.is_some_and(|(count, each)| number(count) && number(each.trim_start_matches(['€', '$', '£'])))
}

fn times_said(line: &words::line::Line<'_>, currency: Currency) -> Option<Times> {
    let all = line.all();
    let text = |at: usize| line.words.get(at).filter(|_| line.is_free(at)).map_or("", |word| word.text);
    let hours =
        facts::work::hours_in(line, all.clone()).into_iter().map(|(words, number)| (words, number, true));
    let counts = all.clone().filter_map(|at| {
        let number = text(at).trim_end_matches(['x', 'X', '×']);
        let number = parse_number(number)
            .filter(|it| number.starts_with(|c: char| c.is_ascii_digit()) && it.scale() <= 6)?;
        Some((at..at + 1, number, false))
    });
    let counts: Vec<(Range<usize>, Decimal, bool)> = hours.chain(counts).collect();
    let amount_from = |from: usize| {
        let found = amounts(line, from..all.end, currency).into_iter().next();
        found.filter(|amount| amount.words.start == from)
    };
    let last = |words: &Range<usize>| words.end.saturating_sub(1);
    let sign = |at: usize| matches!(text(at), "x" | "X" | "×");
    let signed = counts.iter().find_map(|(words, quantity, _)| {
        let by_word = sign(words.end);
        let by_sign = text(last(words)).ends_with(['x', 'X', '×']) || line.is_multiplied(last(words));
        let each = amount_from(words.end + usize::from(by_word)).filter(|_| by_word || by_sign)?;
        let spans = [words.clone(), words.end..per_one(line, &each)];
        Some(Times { quantity: *quantity, each, spans, said: true })
    });
    let led = || {
        counts.iter().find_map(|(words, quantity, in_hours)| {
            // Of hours and days it is clear that each costs so much, of other things it is asked where it is not said.
            let unit = UNITS.contains(&line.plain(words.end));
            let signed = |at: &usize| *at >= words.end && line.is_multiplied(*at);
            // `4 hours consulting @ 110`: the sign is no word.
            let at = (words.end..all.end)
                .find(|at| matches!(text(*at), "at" | "à" | "je"))
                .or_else(|| all.clone().find(signed).filter(|at| amount_from(at + 1).is_some()))?;
            let each = amount_from(at + 1)?;
            let at = if signed(&at) { at + 1 } else { at };
            let end = per_one(line, &each);
            let said = *in_hours || unit || end > each.words.end;
            let spans = [words.start..words.end + usize::from(unit), at..end];
            // A year and a size are counted by nobody.
            let counted = said || *quantity < Decimal::ONE_THOUSAND;
            counted.then_some(Times { quantity: *quantity, each, spans, said })
        })
    };
    let beside = || {
        counts.iter().filter(|(.., in_hours)| *in_hours).find_map(|(words, quantity, _)| {
            let each = amount_from(words.end)?;
            let end = per_one(line, &each);
            let said = end > each.words.end;
            Some(Times { quantity: *quantity, spans: [words.clone(), words.end..end], each, said })
        })
    };
    // `10 licences 15 eur each`, `90 per hour 3h support`.
    let each = || {
        counts.iter().find_map(|(words, quantity, _)| {
            all.clone().filter(|at| !words.contains(at)).find_map(|at| {
                let each = amount_from(at)?;
                let end = per_one(line, &each);
                let spans = [words.clone(), at..end];
                (end > each.words.end).then_some(Times { quantity: *quantity, each, spans, said: true })
            })
        })
    };
    signed.or_else(led).or_else(beside).or_else(each)
}

/// Where the words end that say after an amount that it is that of each; where the amount ends without them.
fn per_one(line: &words::line::Line<'_>, each: &Amount) -> usize {
    let said = line.find(&PER_ONE, each.words.end..line.words.len());
    said.filter(|words| words.start == each.words.end).map_or(each.words.end, |words| words.end)
}

/// What says that an amount is that of each.
const PER_ONE: [&str; 8] =
    ["each", "apiece", "per hour", "an hour", "per day", "a day", "per piece", "the hour"];

/// Where the day that it bears is looked for: `2 days` by themselves are no day, but what was worked.
pub(in crate::command::quick_entry) fn around_days_worked(reader: &Reader<'_>) -> Range<usize> {
    let line = &reader.line;
    let all = line.all();
    let units = ["day", "days", "week", "weeks", "month", "months"];
    let worked = all.clone().find(|at| {
        let count = line.plain(*at).chars().next().is_some_and(|c| c.is_ascii_digit());
        line.is_free(*at) && count && units.contains(&line.plain(at + 1)) && line.plain(at + 2) != "ago"
    });
    let Some(worked) = worked else { return all };
    match find_day(line, 0..worked, reader.known.today, Lean::Back) {
        Some(_) => 0..worked,
        None => (worked + 2).min(all.end)..all.end,
    }
}

/// `dated 20 nov`, `issued on 20 nov`: the day it bears.
fn absorb_issued(reader: &mut Reader<'_>, within: Range<usize>) {
    let Some(day) = find_day(&reader.line, within, reader.known.today, Lean::Back) else { return };
    let before = day.words.start.checked_sub(1);
    let said = before.filter(|at| matches!(reader.line.plain(*at), "dated" | "issued" | "date"));
    if let Some(at) = said.filter(|at| reader.line.is_free(*at)) {
        reader.absorb(at..at + 1);
    }
}

/// When an invoice is due, as it was said.
enum Due {
    /// So many days after it was issued.
    After(i64),
    /// On this day.
    On(NaiveDate),
}

/// `no RE-2026-040`, `#40`.
fn number(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let at = line.all().find(|at| {
        let text = line.words.get(*at).map_or("", |word| word.text);
        let digits = text.chars().any(|c| c.is_ascii_digit());
        let led =
            at.checked_sub(1).is_some_and(|before| matches!(line.plain(before), "no" | "nr" | "number"));
        let alike = text.contains('-') && text.starts_with(|c: char| c.is_alphabetic());
        line.is_free(*at) && digits && (led || text.starts_with('#') || alike)
    })?;
    let led = at.checked_sub(1).filter(|before| matches!(line.plain(*before), "no" | "nr" | "number"));
    let words = led.unwrap_or(at)..at + 1;
    let number = line.words.get(at)?.text.trim_start_matches('#');
    let number = as_in_book(reader.known.book, number);
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Invoice, format!("Number {number}"), &words);
    Some(number)
}

/// `due 14d`, `due 1 dec`, `net 14`.
fn due_said(reader: &mut Reader<'_>) -> Option<(Range<usize>, Due)> {
    if let Some((words, days)) = facts::client::terms_said(reader, false) {
        return Some((words, Due::After(days.into())));
    }
    let all = reader.line.all();
    let today = reader.known.today;
    let Some(due) = reader.line.find(&DUE, all.clone()) else {
        return due_in(reader).or_else(|| days_at_end(reader));
    };
    let found = find_day(&reader.line, due.end..all.end, today, Lean::Ahead);
    // Right after it: `due` far from a day is a word like others.
    let Some(found) = found.filter(|found| found.words.start <= due.end) else {
        let next = reader.line.plain(due.end);
        let vague = [
            "early",
            "mid",
            "late",
            "end",
            "upon",
            "within",
            "now",
            "immediately",
            "next",
            "this",
            "in",
            "on",
            "by",
        ];
        let near = find_day(&reader.line, due.end..all.end, today, Lean::Ahead);
        let near = near.is_some_and(|found| found.words.start <= due.end + 1) && next != "diligence";
        if due.len() > 1 || near || vague.contains(&next) || is_month(next) {
            reader.refuse(&due, "Say when it is due, such as due 14d or due 1 dec");
        }
        return None;
    };
    let said = reader.line.typed(&(due.end..found.words.end)).to_lowercase();
    let counted =
        ["d", "w", "days", "weeks", "day", "week", "month", "months"].iter().any(|unit| said.ends_with(unit))
            && said.contains(|c: char| c.is_ascii_digit());
    let words = due.start..found.words.end;
    reader.line.take(words.clone());
    let due = if counted { Due::After(days_between(today, found.on)) } else { Due::On(found.on) };
    Some((words, due))
}

const DUE: [&str; 8] =
    ["due in", "due on", "due by", "due within", "due", "payable by", "payable within", "payable"];

/// `in 14 days`, `within 2 weeks`: an invoice is issued by now, so that lies ahead what is due.
fn due_in(reader: &mut Reader<'_>) -> Option<(Range<usize>, Due)> {
    let all = reader.line.all();
    let led = all.clone().find(|at| {
        let count = reader.line.plain(at + 1).chars().next().is_some_and(|c| c.is_ascii_digit());
        reader.line.is_free(*at) && matches!(reader.line.plain(*at), "in" | "within") && count
    })?;
    let today = reader.known.today;
    let found = find_day(&reader.line, led..all.end, today, Lean::Ahead)?;
    if found.words.start != led || found.on <= today {
        return None;
    }
    reader.line.take(found.words.clone());
    Some((found.words, Due::After(days_between(today, found.on))))
}

/// `14 days` at the very end may be when it is due, or what it is for: it is asked.
fn days_at_end(reader: &mut Reader<'_>) -> Option<(Range<usize>, Due)> {
    let end = reader.line.words.len();
    let (at, unit) = (end.checked_sub(2)?, end - 1);
    let days = reader.line.plain(at).parse::<u32>().ok().filter(|days| *days <= 365)?;
    if !matches!(reader.line.plain(unit), "days" | "day") || !reader.line.all_free(at..end) {
        return None;
    }
    let typed = reader.line.typed(&(at..end)).to_owned();
    let choices = vec![
        Choice { key: "due".to_owned(), label: format!("Due in {typed}") },
        Choice { key: "for".to_owned(), label: format!("“{typed}” is what it is for") },
    ];
    let answer = reader.ask(format!("due:{typed}"), "When is it due?".to_owned(), choices)?;
    if answer == "for" {
        return None;
    }
    reader.line.take(at..end);
    Some((at..end, Due::After(days.into())))
}

/// Words that take from an amount, or take a part of it.
const REDUCING: [&str; 15] = [
    "minus",
    "less",
    "discount",
    "discounted",
    "off",
    "rebate",
    "reduction",
    "reduced",
    "rabatt",
    "skonto",
    "deposit",
    "upfront",
    "advance",
    "commission",
    "share",
];
const TAX: [&str; 6] = ["vat", "tax", "mwst", "ust", "gst", "taxes"];
/// Of an amount with the tax in it the net one is not said.
const GROSS: [&str; 7] = ["incl", "including", "included", "inclusive", "inkl", "gross", "brutto"];

/// With these words there is no tax.
const NO_TAX: [&str; 17] = [
    "no vat",
    "no tax",
    "no mwst",
    "no ust",
    "without vat",
    "without tax",
    "vat free",
    "tax free",
    "vatfree",
    "taxfree",
    "vat exempt",
    "tax exempt",
    "exempt from vat",
    "ohne mwst",
    "ohne ust",
    "steuerfrei",
    "reverse charge",
];
/// With these the usual one.
const PLUS_TAX: [&str; 10] = [
    "plus vat",
    "plus tax",
    "plus mwst",
    "plus ust",
    "excl vat",
    "excl tax",
    "excluding vat",
    "excluding tax",
    "ex vat",
    "zzgl mwst",
];
/// With these it is in the amount.
const IN_AMOUNT: [&str; 20] = [
    "incl vat",
    "incl tax",
    "including vat",
    "including tax",
    "inclusive vat",
    "inclusive of vat",
    "inclusive of tax",
    "vat included",
    "tax included",
    "vat incl",
    "tax incl",
    "vat inclusive",
    "tax inclusive",
    "inkl mwst",
    "inkl ust",
    "inc vat",
    "inc tax",
    "vat inc",
    "gross",
    "brutto",
];

/// `plus vat`: the client's usual tax.
fn usual_tax_said(reader: &mut Reader<'_>) -> bool {
    let line = &reader.line;
    let found = amounts(line, line.all(), reader.known.book.currency());
    let ends: Vec<usize> = found.into_iter().map(|amount| amount.words.end).collect();
    let signed = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| line.words.get(at)).map_or(0, |word| word.span.end);
        let start = line.words.get(*at).map_or(0, |word| word.span.start);
        let marks = line.raw.get(before..start).unwrap_or_default();
        // `450 vat menu cards`; `450 tax advice` is what it is for.
        let beside = ends.contains(at) && matches!(line.plain(*at), "vat" | "mwst" | "ust" | "gst");
        line.is_free(*at) && TAX.contains(&line.plain(*at)) && (marks.trim() == "+" || beside)
    };
    let found = line.find(&PLUS_TAX, line.all()).or_else(|| line.all().find(signed).map(|at| at..at + 1));
    let Some(words) = found else { return false };
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Money, "plus the usual tax", &words);
    true
}

/// That there is no tax, or that it is in the amount, said without a per cent.
fn tax_in_words(reader: &mut Reader<'_>, within: Range<usize>) -> Option<Percent> {
    let names = reader.names(&within);
    let named = |at: usize| names.iter().any(|named| named.fit.exact && named.fit.words.contains(&at));
    // `Groß` is a name, and reads the same without its accent.
    let as_typed = |words: &Range<usize>| {
        let typed = reader.line.typed(words);
        typed.is_ascii() && !words.clone().any(named)
    };
    if let Some(words) = reader.line.find(&IN_AMOUNT, within.clone()).filter(|words| as_typed(words)) {
        reader.refuse(&words, "Say the amount before tax: an invoice is entered net");
        return None;
    }
    let words = reader.line.find(&NO_TAX, within)?;
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Money, "no tax", &words);
    Some(Percent::ZERO)
}

/// `19%` behind the amount or at the end, `plus 19% vat`. A per cent that is no tax is not understood: it would change
/// what is to pay.
fn tax(reader: &mut Reader<'_>, within: Range<usize>) -> Option<Percent> {
    let line = &reader.line;
    let is = |at: usize, words: &[&str]| line.is_free(at) && words.contains(&line.plain(at));
    let any = |words: &[&str]| within.clone().any(|at| is(at, words));
    let per_cent = |at: &usize| {
        let text = line.words.get(*at).filter(|_| line.is_free(*at)).map_or("", |word| word.text);
        text.contains('%') && text.contains(|c: char| c.is_ascii_digit())
    };
    let all: Vec<usize> = within.clone().filter(per_cent).collect();
    let amounts = amounts(line, within.clone(), reader.known.book.currency());
    let reduced = any(&REDUCING);
    let before = |at: usize, words: &[&str]| at.checked_sub(1).is_some_and(|at| is(at, words));
    let beside_tax = |at: usize| is(at + 1, &TAX) || before(at, &TAX);
    let named = |at: usize| {
        (beside_tax(at) && !before(at, &["minus", "less"])) || (before(at, &["plus"]) && !reduced)
    };
    let numbers = all.iter().filter(|at| !beside_tax(**at)).count() + amounts.len();
    let lessened = within.clone().find(|at| is(*at, &["minus", "less", "discount", "rebate"]));
    if let Some(at) = lessened.filter(|_| numbers > 1) {
        reader.refuse(&(at..at + 1), "Say the amount that is left to pay");
        return None;
    }
    let behind = |at: usize| {
        let net = at.checked_sub(1).filter(|at| matches!(line.plain(*at), "net" | "and")).unwrap_or(at);
        let ends = line.runs(at + 1..within.end).is_empty();
        ends || amounts.iter().any(|amount| amount.words.end == net || amount.words.end == at)
    };
    let found = all.iter().copied().find(|at| named(*at));
    let found =
        found.or_else(|| all.iter().copied().find(|at| !reduced && !is(at + 1, &["of"]) && behind(*at)));
    let percent = found.and_then(|at| Some((at, line.words.get(at)?.text.replace(',', "."))));
    let percent = percent.and_then(|(at, text)| Some((at, Percent::parse(&text).ok()?)));
    // No tax on what is sold is higher; a part of a whole is.
    let likely = |at: usize, tax: Percent| named(at) || Percent::parse("30").is_ok_and(|most| tax <= most);
    let percent = percent.filter(|(at, tax)| *tax >= Percent::ZERO && likely(*at, *tax));
    let gross = percent.is_some() && any(&GROSS);
    if let Some(at) = all.iter().copied().find(|at| gross || percent.is_none_or(|(tax, _)| tax != *at)) {
        let need = if gross {
            "Say the amount before tax: an invoice is entered net"
        } else {
            "Say the amount that is to pay; a tax is said so: plus 19% tax"
        };
        reader.refuse(&(at..at + 1), need);
        return None;
    }
    let Some((at, percent)) = percent else { return tax_in_words(reader, within) };
    let nothing = reader.line.find(&NO_TAX, within);
    if let Some(words) = nothing.filter(|_| percent > Percent::ZERO) {
        reader.refuse(&words, "Say one tax, or none");
        return None;
    }
    let line = &reader.line;
    let is = |at: usize, words: &[&str]| line.is_free(at) && words.contains(&line.plain(at));
    let before = |at: usize, words: &[&str]| at.checked_sub(1).is_some_and(|at| is(at, words));
    let led = if before(at, &["plus", "and"]) || before(at, &TAX) { at.saturating_sub(1) } else { at };
    let words = led..at + 1 + usize::from(is(at + 1, &TAX));
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Money, format!("{percent} tax"), &words);
    Some(percent)
}

/// The tax of the client's last invoice.
fn usual_tax(reader: &Reader<'_>, who: &Who<'_>) -> Option<Percent> {
    let invoices = who.facts?.facts.invoices.iter();
    let last =
        invoices.filter(|invoice| invoice.issued <= reader.known.today).max_by_key(|invoice| invoice.issued);
    last.map(|invoice| invoice.tax)
}

/// Whether the client has no invoice yet, and others in its currency bear tax.
fn others_bear_tax(reader: &Reader<'_>, who: &Who<'_>) -> bool {
    let currency = reader.currency(Some(who));
    let of = |facts: &ClientFacts| {
        facts.facts.invoices.iter().any(|it| !it.tax.is_zero() && it.asked().currency == currency)
    };
    usual_tax(reader, who).is_none() && reader.known.book.clients().any(|facts| of(facts))
}

/// Says of a number that the client has an invoice of already that it cannot be, and warns of one that somebody else has.
pub(in crate::command::quick_entry) fn check_number(reader: &mut Reader<'_>, id: &ClientId, number: &str) {
    if number.is_empty() {
        reader.need("Say the number of the invoice, as in no 2026-7");
    }
    let same = |invoice: &Arc<Invoice>| invoice.number.to_lowercase() == number.to_lowercase();
    let bears = |client: &&Arc<ClientFacts>| client.facts.invoices.iter().any(same);
    let book = reader.known.book;
    if let Some(own) = book.client(id).filter(bears) {
        reader.need(format!("{} already has an invoice of this number", own.client.name));
    } else if let Some(other) = book.clients().find(bears) {
        reader.warn(format!("{} has an invoice of this number too", other.client.name));
    }
}
