//! The form of an invoice. Its lines are typed in one field: `Website 2400; Hosting 12 x 15`.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Book, ClientId, Currency, Invoice, InvoiceId, Line, Money, Percent, Retainer, add_days};
use crate::figures::{amount_in_full, next_bill};
use crate::state::amount_entry::{
    amount_text, clear_amount, is_currency, number_text, parse_amount, parse_number, percent_text, words,
};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

/// The days an invoice gives where nothing else is agreed.
pub const USUAL_TERMS_DAYS: u32 = 30;

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New invoice",
    edit_title: "Invoice",
    fields: &[
        required("client", "Client", "who is to pay", FieldKind::OwnClient),
        required("number", "Number", "as printed on it", FieldKind::Text),
        required("lines", "Results", "Website 2,400; Hosting 12 x 15", FieldKind::Lines),
        optional("tax", "Tax", "such as 19\u{a0}%", FieldKind::Percent),
        required("issued", "Issued", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("due", "Due", "empty: the client's usual terms", FieldKind::Day(Lean::Ahead))
            .begun_by("issued"),
        optional("deal", "Deal", "what it is for", FieldKind::Deal),
        optional("fee", "Regular fee", "the fee it asks for", FieldKind::Fee),
        optional("thanks", "Thanks", "a word of thanks on it", FieldKind::Text),
        optional("notes", "Notes", "", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Invoice> {
    if !matches!(target, Target::Record(..)) {
        return None;
    }
    super::payment::existing(context, target).map(|invoice| Invoice::clone(&invoice))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(invoice) = existing(context, target) else {
        return fill_new(context, target);
    };
    let known = context.book.client(&invoice.client);
    let deal = invoice.deal.as_ref().and_then(|id| known?.facts.get::<crate::domain::Deal>(id.as_str()));
    let fee = invoice.retainer.as_ref().and_then(|id| known?.facts.get::<Retainer>(id.as_str()));
    let tax = if invoice.tax.is_zero() { String::new() } else { percent_text(invoice.tax) };
    vec![
        ("client", known.map(|it| it.client.name.clone()).unwrap_or_default()),
        ("number", invoice.number.clone()),
        ("lines", lines_text(&invoice.lines, context.currency_of(Some(&invoice.client)))),
        ("tax", tax),
        ("issued", invoice.issued.to_string()),
        ("due", invoice.due.to_string()),
        ("deal", deal.map(|deal| deal.title.clone()).unwrap_or_default()),
        ("fee", fee.map(|fee| fee.what.clone()).unwrap_or_default()),
        ("thanks", invoice.thanks.unwrap_or_default()),
        ("notes", invoice.notes.unwrap_or_default()),
    ]
}

/// A new invoice starts with today, the next number and the tax of the client's last one.
fn fill_new(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled =
        vec![("issued", context.today.to_string()), ("number", next_invoice_number(context.book))];
    filled.extend(super::client_name(context, target).map(|name| ("client", name)));
    let for_deal = super::deal::named(context, target);
    if let Some(deal) = &for_deal {
        filled.push(("deal", deal.title.clone()));
        let currency = context.currency_of(Some(&deal.client));
        let known = context.book.client(&deal.client).and_then(|known| known.as_of(context.today));
        let price = known.and_then(|known| next_bill(&known.facts, deal));
        let price = price.map(|price| format!("{} {}", deal.title, amount_text(price, currency)));
        filled.extend(price.map(|price| ("lines", price)));
    }
    let client = match target {
        Target::New(client) => client.clone(),
        _ => for_deal.map(|deal| deal.client),
    };
    filled.extend(client.and_then(|client| usual_tax(context, &client)).map(|tax| ("tax", tax)));
    filled
}

/// The tax of the client's last invoice; without one that of the firm's last one in the same currency. `None` where that
/// bore none.
fn usual_tax(context: &Context<'_>, client: &ClientId) -> Option<String> {
    let known = context.book.client(client)?;
    let issued = |it: &&Arc<Invoice>| it.issued <= context.today;
    let own = known.facts.invoices.iter().filter(issued).max_by_key(|it| it.issued);
    let currency = context.currency_of(Some(client));
    let all = || context.book.clients().flat_map(|known| &known.facts.invoices);
    let last = own.or_else(|| {
        all().filter(issued).filter(|it| it.currency() == Some(currency)).max_by_key(|it| it.issued)
    });
    last.map(|invoice| invoice.tax).filter(|tax| !tax.is_zero()).map(percent_text)
}

/// A number as the book writes it: letters it begins with are large or small as those of its other numbers.
#[must_use]
pub fn as_in_book(book: &Book, number: &str) -> String {
    let letters = |number: &str| number.chars().take_while(char::is_ascii_alphabetic).count();
    let count = letters(number);
    let Some(typed) = number.get(..count).filter(|typed| !typed.is_empty()) else { return number.to_owned() };
    let all = book.clients().flat_map(|known| &known.facts.invoices);
    let heads = all
        .filter(|it| letters(&it.number) == count)
        .filter_map(|it| Some((it.issued, it.number.get(..count)?)));
    let mut alike: Vec<(chrono::NaiveDate, &str)> =
        heads.filter(|(_, head)| head.eq_ignore_ascii_case(typed)).collect();
    alike.sort_unstable();
    match alike.last() {
        Some((_, last)) if alike.iter().all(|(_, head)| *head != typed) => {
            format!("{last}{}", number.get(count..).unwrap_or_default())
        }
        _ => number.to_owned(),
    }
}

/// A number for the next invoice: of the shape of the invoice issued last whose number ends in digits, one more than the
/// highest of that shape, and one that nothing in the book has. Of the whole book: one that was issued after the working day
/// has its number too. Empty where there is no such number.
#[must_use]
pub fn next_invoice_number(book: &Book) -> String {
    next_number(book, false)
}

/// The same of credit notes; before there is one, the next of the invoices.
#[must_use]
pub fn next_credit_number(book: &Book) -> String {
    next_number(book, true)
}

fn next_number(book: &Book, credit: bool) -> String {
    let invoices = || book.clients().flat_map(|client| &client.facts.invoices);
    let last = invoices().filter(|it| counted(&it.number).is_some()).max_by(|a, b| {
        let key = |it: &Invoice| (it.is_credit_note() == credit, it.issued);
        (key(a), &a.number).cmp(&(key(b), &b.number))
    });
    let (head, digits) =
        last.and_then(|it| counted(&it.number)).map_or(("", 1), |(head, tail, _)| (head, tail.len()));
    // One that was issued earlier may have a higher number, and invoices and credit notes may share theirs.
    let of_shape = invoices().filter_map(|it| counted(&it.number).filter(|(other, ..)| *other == head));
    let highest = of_shape.map(|(.., number)| number).max().unwrap_or(0);
    let taken: BTreeSet<String> = invoices().map(|it| it.number.to_lowercase()).collect();
    let following = (highest..u64::MAX).map(|number| format!("{head}{:0digits$}", number + 1));
    following.take(taken.len() + 1).find(|number| !taken.contains(&number.to_lowercase())).unwrap_or_default()
}

/// A number that ends in digits: what stands before them, the digits, and what they come to.
fn counted(number: &str) -> Option<(&str, &str, u64)> {
    let digits = number.chars().rev().take_while(char::is_ascii_digit).count();
    let (head, tail) = number.split_at_checked(number.len() - digits)?;
    Some((head, tail, tail.parse().ok()?))
}

fn lines_text(lines: &[Line], currency: Currency) -> String {
    lines.iter().map(|line| line_text(line, currency)).collect::<Vec<_>>().join("; ")
}

fn line_text(line: &Line, currency: Currency) -> String {
    let price = amount_text(line.price, currency);
    if line.quantity == Decimal::ONE {
        format!("{} {price}", line.result)
    } else {
        format!("{} {} x {price}", line.result, number_text(line.quantity))
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let client = reader.client("client");
    let number = reader.keep("number", held.map(|it| Some(it.number.clone())), Reader::text);
    let lines = reader.keep("lines", held.map(|it| Some(it.lines.clone())), |reader, name| {
        let text = reader.text(name)?;
        read_lines(&text, reader).map_err(|why| reader.refuse(name, why)).ok()
    });
    let tax = reader.keep("tax", held.map(|it| Some(it.tax)), Reader::share).unwrap_or(Percent::ZERO);
    let issued = reader.keep("issued", held.map(|it| Some(it.issued)), Reader::past_day);
    let due = reader.keep("due", held.map(|it| Some(it.due)), Reader::day);
    let deal = reader.kept_deal("deal");
    let fee = reader.keep_of_client("fee", held.map(|it| it.retainer.clone()), Reader::fee);
    let thanks = reader.keep("thanks", held.map(|it| it.thanks.clone()), Reader::text);
    let notes = reader.keep("notes", held.map(|it| it.notes.clone()), Reader::text);
    let typed = |name: &str| held.is_none() || !reader.untouched(name);
    let number = number.map(|it| if typed("number") { as_in_book(reader.context().book, &it) } else { it });
    let (days_typed, number_typed) = (typed("issued") || typed("due"), typed("number") || typed("client"));
    let lines_typed = typed("lines");
    // Said as soon as it is typed, whatever else is still to be filled in.
    if number_typed && let (Some(client), Some(number)) = (&client, &number) {
        refuse_twin(reader, &client.client.id, number, before.as_ref());
    }
    let (client, number, lines, issued) = (client?, number?, lines?, issued?);
    let terms = client.client.terms_days.unwrap_or(USUAL_TERMS_DAYS);
    let due = due.unwrap_or_else(|| add_days(issued, terms.into()));
    if days_typed && due < issued {
        reader.refuse("due", "an invoice is due on or after the day it was issued");
    }
    let verb = if before.is_some() { "Changed" } else { "Added" };
    let mut invoice = before.unwrap_or_else(|| {
        let id = InvoiceId::fresh(&number, reader.seed());
        Invoice::new(id, client.client.id.clone(), &number, issued, due, Vec::new())
    });
    let currency = lines.first().map(|line| line.price.currency);
    let paid_in_another = invoice.payments.iter().any(|payment| Some(payment.amount.currency) != currency);
    if lines_typed && paid_in_another {
        reader.refuse("lines", "its payments are in another currency");
    }
    invoice.client = client.client.id.clone();
    invoice.number.clone_from(&number);
    (invoice.lines, invoice.tax, invoice.issued, invoice.due) = (lines, tax, issued, due);
    (invoice.deal, invoice.retainer, invoice.thanks, invoice.notes) = (deal, fee, thanks, notes);
    let noun = if invoice.is_credit_note() { "credit note" } else { "invoice" };
    Some(Edit::put(format!("{verb} {noun} {number}"), invoice))
}

pub(super) fn refuse_twin(
    reader: &mut Reader<'_>,
    client: &ClientId,
    number: &str,
    before: Option<&Invoice>,
) {
    let Some(known) = reader.context().book.client(client) else { return };
    let twin = known
        .facts
        .invoices
        .iter()
        .filter(|invoice| before.is_none_or(|before| before.id != invoice.id))
        .any(|invoice| invoice.number.to_lowercase() == number.to_lowercase());
    if twin {
        reader.refuse("number", "this client has an invoice of this number already");
    }
}

/// Reads `RESULT AMOUNT` or `RESULT QUANTITY x AMOUNT`, several separated by `;`. A line whose text the form wrote stays
/// what it was; one that was changed keeps its own tax.
fn read_lines(text: &str, reader: &Reader<'_>) -> Result<Vec<Line>, String> {
    let before = existing(reader.context(), reader.target());
    let known = before.as_ref().map(|before| before.lines.as_slice()).unwrap_or_default();
    let title = super::deal::named(reader.context(), reader.target()).map(|deal| deal.title);
    let results = known.iter().map(|line| line.result.as_str()).chain(title.as_deref());
    let parts = parts(text, &results.collect::<Vec<_>>());
    let written_in = reader.context().currency_of(before.as_ref().map(|before| &before.client));
    let written: Vec<String> = known.iter().map(|line| line_text(line, written_in)).collect();
    let currency = reader.currency("lines");
    let mut lines: Vec<Line> = Vec::new();
    for part in &parts {
        let same = written.iter().position(|text| text.trim() == *part).and_then(|at| known.get(at));
        let expected = || format!("{part:?}: expected a result and its price, such as Website 2,400");
        let line = match same {
            Some(line) => line.clone(),
            None => read_line(part, currency)?.ok_or_else(expected)?,
        };
        if lines.first().is_some_and(|first| first.price.currency != line.price.currency) {
            return Err("all lines of an invoice are in one currency".to_owned());
        }
        lines.push(line);
    }
    let were = counterparts(&parts, &lines, &written, known);
    for (line, was) in lines.iter_mut().zip(were) {
        line.tax = was.and_then(|at| known.get(at)).and_then(|known| known.tax);
    }
    if lines.is_empty() { Err("expected a result and its price".to_owned()) } else { Ok(lines) }
}

/// The text cut at `;`, but for one inside a result that is known.
fn parts<'a>(text: &'a str, results: &[&str]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let known =
            results.iter().map(|result| result.trim_start()).filter(|result| rest.starts_with(result));
        let from = known.map(str::len).max().unwrap_or(0);
        let end = rest.get(from..).and_then(|rest| rest.find(';')).map_or(rest.len(), |at| from + at);
        let (part, after) = rest.split_at(end);
        parts.push(part.trim());
        rest = after.strip_prefix(';').unwrap_or(after).trim_start();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Which line each one was before, so that it keeps its tax: first the one that reads the same, then the one with the
/// same result, then, where none was added or taken away, the one that stood in its place.
fn counterparts(parts: &[&str], lines: &[Line], written: &[String], known: &[Line]) -> Vec<Option<usize>> {
    let same_text = |at: usize, was: usize| {
        parts.get(at).zip(written.get(was)).is_some_and(|(part, text)| *part == text.trim())
    };
    let same_result = |at: usize, was: usize| {
        lines.get(at).zip(known.get(was)).is_some_and(|(line, known)| line.result == known.result.trim())
    };
    let in_place = |at: usize, was: usize| at == was && lines.len() == known.len();
    let alike: [&dyn Fn(usize, usize) -> bool; 3] = [&same_text, &same_result, &in_place];
    let mut were: Vec<Option<usize>> = vec![None; lines.len()];
    for alike in alike {
        // In its own place before any other, so that twins stay apart.
        for moved in [false, true] {
            for at in 0..lines.len() {
                if were.get(at).is_none_or(Option::is_some) {
                    continue;
                }
                let free = |was: &usize| !were.contains(&Some(*was));
                let found = (0..known.len())
                    .filter(|was| moved || *was == at)
                    .filter(free)
                    .find(|was| alike(at, *was));
                if let Some(slot) = were.get_mut(at) {
                    *slot = found;
                }
            }
        }
    }
    were
}

/// Reads one line; nothing where it is none, an error where its price may be meant in two ways. Its price is the last word, with the one before or after it only where that is a currency: a result
/// may end in digits.
fn read_line(text: &str, currency: Currency) -> Result<Option<Line>, String> {
    let Some((rest, quantity, price)) = parts_of_line(text, currency) else { return Ok(None) };
    let allowed = quantity.abs() <= Decimal::from(1_000_000) && quantity.scale() <= 6;
    if rest.is_empty() || !allowed {
        return Ok(None);
    }
    let price = clear_amount(&price, currency)?;
    Ok(Some(Line { result: rest, quantity, price, tax: None }))
}

/// Its result, how many, and what stands for the price of each.
fn parts_of_line(text: &str, currency: Currency) -> Option<(String, Decimal, String)> {
    let words: Vec<&str> = words(text).collect();
    let (length, price) = match words.as_slice() {
        [.., number, code] if is_currency(code) => (2, format!("{number} {code}")),
        [.., sign, number] if matches!(*sign, "€" | "$" | "£" | "¥") => (2, format!("{sign}{number}")),
        [.., price] => (1, (*price).to_owned()),
        [] => return None,
    };
    parse_amount(&price, currency).ok()?;
    let rest = words.get(..words.len().checked_sub(length)?)?;
    let (rest, quantity) = match rest {
        [rest @ .., quantity, "x" | "×"] => (rest, parse_number(quantity)?),
        _ => (rest, Decimal::ONE),
    };
    Some((rest.join(" "), quantity, price))
}

/// What an invoice of these lines would come to, for the form's echo.
pub(super) fn lines_echo(reader: &Reader<'_>, text: &str) -> Option<String> {
    let held = existing(reader.context(), reader.target()).filter(|_| reader.untouched("lines"));
    let lines = match held {
        Some(invoice) => invoice.lines,
        None => read_lines(text, reader).ok()?,
    };
    let net = lines.iter().map(|line| line.net().amount).fold(Decimal::ZERO, Decimal::saturating_add);
    let currency = lines.first()?.price.currency;
    let count = lines.len();
    Some(format!(
        "{count} {}, {} net{}",
        if count == 1 { "line" } else { "lines" },
        amount_in_full(Money::new(net, currency)),
        if net < Decimal::ZERO { ": a credit note" } else { "" }
    ))
}
