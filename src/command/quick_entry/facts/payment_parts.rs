//! Of which open invoices a payment is: of one, of the oldest first, or it is asked.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Invoice, Money};
use crate::state::day_entry::short_day;

use crate::command::quick_entry::grammar::reader::{Reader, said};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::{ChipKind, Choice};

/// An open invoice, as it is known on the working day, beside the record that is changed.
pub(super) struct Open<'a> {
    pub(super) record: &'a Arc<Invoice>,
    pub(super) known: Arc<Invoice>,
}

impl Open<'_> {
    pub(super) fn open(&self) -> Money {
        self.known.open()
    }

    pub(super) fn label(&self, today: NaiveDate) -> String {
        format!(
            "{} · {} open, due {}",
            self.known.number,
            said(self.open()),
            short_day(self.known.due, today)
        )
    }
}

/// What is paid of an invoice that was named.
pub(super) fn of_one<'a>(
    reader: &mut Reader<'a>,
    invoice: &Arc<Invoice>,
    amount: Option<Money>,
) -> Option<Vec<(&'a Arc<Invoice>, Money)>> {
    let open = invoice.open();
    if open.amount <= Decimal::ZERO {
        reader.need(format!("Nothing is open on {}", invoice.number));
        return None;
    }
    let amount = amount.unwrap_or_else(|| {
        reader.chip(ChipKind::Money, format!("{}, all that is open", said(open)));
        open
    });
    fits_or_more(reader, amount, open, &invoice.number)?;
    let facts = &reader.known.book.client(&invoice.client)?.facts;
    Some(vec![(facts.invoices.iter().find(|record| record.id == invoice.id)?, amount)])
}

/// Whether an amount is in the currency of what is open, and no more than that.
pub(in crate::command::quick_entry) fn fits_open(
    reader: &mut Reader<'_>,
    amount: Money,
    open: Money,
) -> Option<()> {
    if amount.currency != open.currency {
        reader
            .need(format!("This is open in {}: enter what it was worth in {}", open.currency, open.currency));
        return None;
    }
    if amount.amount > open.amount {
        let over = Money::new(amount.amount - open.amount, open.currency);
        reader.need(format!("This is {} more than is open", said(over)));
        return None;
    }
    Some(())
}

/// The same of a payment: more than is open is entered where that is meant, and owed to them then.
pub(super) fn fits_or_more(reader: &mut Reader<'_>, amount: Money, open: Money, of: &str) -> Option<()> {
    if amount.currency != open.currency || amount.amount <= open.amount {
        return fits_open(reader, amount, open);
    }
    let over = said(Money::new(amount.amount - open.amount, open.currency));
    let label = format!("Enter all of it: {over} is owed to them then");
    let choices = vec![Choice { key: "more".to_owned(), label }];
    let text = format!("This is {over} more than is open on {of}");
    reader.ask(format!("more:{of}:{}", amount.amount), text, choices).map(|_| ())
}

/// What is paid of the open invoices of somebody, or of anybody where nobody is named.
pub(super) fn of_open<'a>(
    reader: &mut Reader<'a>,
    who: Option<&Who<'a>>,
    amount: Option<Money>,
    full: bool,
) -> Option<Vec<(&'a Arc<Invoice>, Money)>> {
    let mut open = open_invoices(reader, who);
    if let Some(amount) = amount {
        open.retain(|invoice| invoice.open().currency == amount.currency);
        if who.is_none() {
            open.retain(|invoice| invoice.open() == amount);
        }
    }
    if who.is_none() && amount.is_none() {
        reader.need("Say who paid, or which invoice; what you paid yourself is entered as spent 650 on rent");
        return None;
    }
    // Somebody was meant whom nobody knows: that is said in its chip.
    if who.is_none() && reader.unknown_name(reader.line.all()).is_some() {
        return None;
    }
    let exact: Vec<usize> =
        (0..open.len()).filter(|at| open.get(*at).is_some_and(|it| Some(it.open()) == amount)).collect();
    match (open.as_slice(), amount, exact.as_slice()) {
        ([], ..) => {
            let need = none_open(reader, who, amount);
            reader.need(need);
            None
        }
        ([only], amount, _) if who.is_some() => {
            let open = only.open();
            let amount = amount.unwrap_or(open);
            fits_or_more(reader, amount, open, &only.known.number)?;
            say(reader, only, amount);
            Some(vec![(only.record, amount)])
        }
        (_, Some(amount), [only]) if who.is_some() => {
            let only = open.get(*only)?;
            say(reader, only, amount);
            Some(vec![(only.record, amount)])
        }
        (_, amount, _) => which(reader, who, &open, amount, full),
    }
}

/// Why nothing that is open can be paid so, and what to do about it.
fn none_open<'a>(reader: &Reader<'a>, who: Option<&Who<'a>>, amount: Option<Money>) -> String {
    const MOST: usize = 3;
    let Some(who) = who else { return "No open invoice is of this amount: say who paid".to_owned() };
    let (name, open) = (&who.name, open_invoices(reader, Some(who)));
    match amount {
        Some(amount) if !open.is_empty() => {
            let told = open
                .iter()
                .take(MOST)
                .map(|invoice| format!("{} has {} open", invoice.known.number, said(invoice.open())));
            let told = told.collect::<Vec<_>>().join(", ");
            format!("No open invoice of {name} is in {}: {told}", amount.currency)
        }
        _ => {
            let much = amount.map_or_else(|| "…".to_owned(), said);
            format!("{name} has no open invoice: add it first, as “invoice {name} {much} for …”")
        }
    }
}

pub(super) fn open_invoices<'a>(reader: &Reader<'a>, who: Option<&Who<'a>>) -> Vec<Open<'a>> {
    let book = reader.known.book;
    let clients: Vec<_> = match who {
        Some(who) => who.facts.into_iter().collect(),
        None => book.clients().collect(),
    };
    let records = clients.into_iter().flat_map(|client| &client.facts.invoices);
    let mut open: Vec<Open<'a>> = records
        .filter_map(|record| Some(Open { record, known: record.as_of(reader.known.today)? }))
        .filter(|invoice| invoice.open().amount > Decimal::ZERO)
        .collect();
    open.sort_by(|a, b| (a.known.due, &a.known.number).cmp(&(b.known.due, &b.known.number)));
    open
}

/// Asks which invoice is paid: the oldest first, or one of them.
fn which<'a>(
    reader: &mut Reader<'a>,
    who: Option<&Who<'a>>,
    open: &[Open<'a>],
    amount: Option<Money>,
    full: bool,
) -> Option<Vec<(&'a Arc<Invoice>, Money)>> {
    let today = reader.known.today;
    let all: Decimal =
        open.iter().map(|invoice| invoice.open().amount).fold(Decimal::ZERO, Decimal::saturating_add);
    if let Some((amount, last)) = amount.zip(open.last()).filter(|(it, _)| who.is_some() && it.amount > all) {
        fits_or_more(reader, amount, Money::new(all, last.open().currency), "all invoices")?;
    }
    let oldest = who.and_then(|_| oldest_first(open, amount));
    if let Some(parts) = oldest.as_ref().filter(|_| amount.is_some_and(|amount| amount.amount > all)) {
        let parts = parts.iter().filter_map(|(at, part)| Some((open.get(*at)?, *part)));
        return Some(
            parts
                .map(|(invoice, part)| {
                    say(reader, invoice, part);
                    (invoice.record, part)
                })
                .collect(),
        );
    }
    let mut choices: Vec<Choice> = Vec::new();
    if let Some(parts) = &oldest {
        let parts: Vec<String> = parts
            .iter()
            .map(|(at, part)| {
                let number = open.get(*at).map_or("", |invoice| invoice.known.number.as_str());
                format!("{} of {number}", said(*part))
            })
            .collect();
        let lead = if full || amount.is_none() { "All of them" } else { "The oldest first" };
        choices.push(Choice { key: "oldest".to_owned(), label: format!("{lead}: {}", parts.join(", ")) });
    }
    let takes = |invoice: &&Open<'a>| amount.is_none_or(|amount| amount.amount <= invoice.open().amount);
    let single = open.iter().filter(takes).map(|invoice| {
        let client = reader.known.book.client(&invoice.known.client).filter(|_| who.is_none());
        let client = client.map(|client| format!("{} · ", client.client.name)).unwrap_or_default();
        Choice { key: invoice.known.id.to_string(), label: format!("{client}{}", invoice.label(today)) }
    });
    choices.extend(single);
    let ids: Vec<&str> = open.iter().map(|invoice| invoice.known.id.as_str()).collect();
    let asked = format!("invoice:{}:{}", ids.join(","), amount.map(|it| it.to_string()).unwrap_or_default());
    // That all of them are paid was answered before.
    let all_answered = reader.agreed() && amount.is_none() && oldest.is_some();
    let answer = if all_answered {
        "oldest".to_owned()
    } else {
        reader.ask(asked, "Which invoice?".to_owned(), choices)?
    };
    if answer == "oldest" {
        let parts = oldest?;
        let parts: Vec<(&Open<'a>, Money)> =
            parts.into_iter().filter_map(|(at, part)| Some((open.get(at)?, part))).collect();
        for (invoice, part) in &parts {
            say(reader, invoice, *part);
        }
        return Some(parts.into_iter().map(|(invoice, part)| (invoice.record, part)).collect());
    }
    let invoice = open.iter().find(|invoice| invoice.known.id.as_str() == answer)?;
    let part = amount.unwrap_or(invoice.open());
    say(reader, invoice, part);
    Some(vec![(invoice.record, part)])
}

/// An amount laid on invoices one after another, what is more than is open on the last one: the positions and parts. `None`
/// where they are in several currencies.
fn oldest_first(open: &[Open<'_>], amount: Option<Money>) -> Option<Vec<(usize, Money)>> {
    let currency = open.first()?.open().currency;
    if open.iter().any(|invoice| invoice.open().currency != currency) {
        return None;
    }
    let all: Decimal =
        open.iter().map(|invoice| invoice.open().amount).fold(Decimal::ZERO, Decimal::saturating_add);
    let mut left = amount.map_or(all, |amount| amount.amount);
    let mut parts = Vec::new();
    for (at, invoice) in open.iter().enumerate() {
        let is_last = at + 1 == open.len();
        let part = if is_last { left } else { left.min(invoice.open().amount) };
        if part > Decimal::ZERO {
            parts.push((at, Money::new(part, currency)));
        }
        left -= part;
    }
    Some(parts)
}

fn say(reader: &mut Reader<'_>, invoice: &Open<'_>, part: Money) {
    let open = invoice.open();
    let rest = Money::new(open.amount - part.amount, open.currency);
    let says = if rest.amount < Decimal::ZERO {
        let over = said(Money::new(-rest.amount, open.currency));
        format!("→ {} of {} ({over} more than is open)", said(part), invoice.known.number)
    } else if rest.is_zero() {
        format!("→ {} (open {})", invoice.known.number, said(open))
    } else {
        format!("→ {} of {} (leaves {} open)", said(part), invoice.known.number, said(rest))
    };
    reader.chip(ChipKind::Invoice, says);
}
