//! Invoices: `invoice acme 2400 due 14d website relaunch`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Invoice, InvoiceId, Line, Percent, add_days, days_between};
use crate::state::Edit;
use crate::state::day_entry::Lean;
use crate::state::form::{USUAL_TERMS_DAYS, next_invoice_number};

use super::ChipKind;
use super::amount::amounts;
use super::day::{Day, find_day};
use super::reader::{Reader, put, said};
use super::whom::Who;

pub(super) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let number = number(reader);
    reader.swallow(&["over"], all.clone());
    let tax = tax(reader, all.clone());
    let who = reader.who_or_new(all.clone(), "Say who is to pay");
    let due = due_said(reader);
    let issued = reader.past_day(all.clone());
    let due = due.map(|(words, due)| {
        let on = match due {
            Due::After(days) => add_days(issued, days),
            Due::On(day) => day,
        };
        reader.note_day(Some(&Day { words, on, bare_weekday: false }), on, "due ");
        on
    });
    let who = who?;
    let amount = reader.amount(all.clone(), reader.currency(Some(&who)));
    if reader.is_asking() {
        return None;
    }
    let Some(amount) = amount else {
        reader.rest_as(ChipKind::Note, all);
        reader.need("Say how much, net");
        return None;
    };
    reader.chip_of(ChipKind::Money, said(amount.money), &amount.words);
    let deal = reader.named_deal(&who, all.clone()).map(|(deal, _)| deal);
    let Some(result) = reader.rest_as(ChipKind::Note, all) else {
        reader.need("Say for what");
        return None;
    };
    if let Some(deal) = deal {
        reader.chip(ChipKind::Deal, deal.title.clone());
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
    let tax = tax.or_else(|| usual_tax(reader, &who)).unwrap_or(Percent::ZERO);
    let number = number.unwrap_or_else(|| {
        let number = next_invoice_number(reader.known.book);
        reader.chip(ChipKind::Invoice, format!("Number {number}"));
        number
    });
    check_number(reader, &who, &number);
    let id = InvoiceId::fresh(&number, reader.seed());
    let line = Line { result, quantity: Decimal::ONE, price: amount.money, tax: None };
    let mut invoice = Invoice::new(id, who.id.clone(), &number, issued, due, vec![line]);
    invoice.deal = deal.map(|deal| deal.id.clone());
    invoice.tax = tax;
    if !tax.is_zero() {
        let total = said(invoice.total());
        let told = if tax_said { format!("in all {total}") } else { format!("plus {tax} tax: {total}") };
        reader.chip(ChipKind::Money, told);
    }
    let label = format!("Added invoice {number}: {} from {}", said(invoice.total()), who.name);
    Some(put(label, vec![AnyRecord::Invoice(Arc::new(invoice))]))
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
    let number = line.words.get(at)?.text.trim_start_matches('#').to_owned();
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Invoice, format!("Number {number}"), &words);
    Some(number)
}

/// `due 14d`, `due 1 dec`, `net 14`.
fn due_said(reader: &mut Reader<'_>) -> Option<(Range<usize>, Due)> {
    if let Some((words, days)) = super::client::terms_said(reader) {
        return Some((words, Due::After(days.into())));
    }
    let all = reader.line.all();
    let due =
        reader.line.find(&["due in", "due on", "due by", "due", "payable by", "payable"], all.clone())?;
    let today = reader.known.today;
    let found = find_day(&reader.line, due.end..all.end, today, Lean::Ahead)?;
    // Right after it: `due` far from a day is a word like others.
    if found.words.start > due.end {
        return None;
    }
    let said = reader.line.typed(&(due.end..found.words.end)).to_lowercase();
    let counted =
        ["d", "w", "days", "weeks", "day", "week", "month", "months"].iter().any(|unit| said.ends_with(unit))
            && said.contains(|c: char| c.is_ascii_digit());
    let words = due.start..found.words.end;
    reader.line.take(words.clone());
    let due = if counted { Due::After(days_between(today, found.on)) } else { Due::On(found.on) };
    Some((words, due))
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
    let (at, percent) = percent?;
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

fn check_number(reader: &mut Reader<'_>, who: &Who<'_>, number: &str) {
    let bearer = reader.known.book.clients().find(|client| {
        client.facts.invoices.iter().any(|invoice| invoice.number.eq_ignore_ascii_case(number))
    });
    match bearer {
        Some(client) if *client.id() == who.id => {
            reader.need(format!("{} already has an invoice of this number", who.name));
        }
        Some(client) => reader.warn(format!("{} has an invoice of this number too", client.client.name)),
        None => {}
    }
}
