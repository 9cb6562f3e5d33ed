//! Invoices by the numbers they bear.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::Invoice;

use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::grammar::reader::{Reader, said};
use crate::command::quick_entry::who::whom::Who;

/// The invoice whose number stands in a range, its words used. Of a short number such as `#031` the only open one that
/// ends so.
pub(in crate::command::quick_entry) fn invoice_named<'a>(
    reader: &mut Reader<'a>,
    within: Range<usize>,
) -> Option<&'a Arc<Invoice>> {
    let (words, invoice) = find_invoice(reader, within)?;
    reader.line.take(words.clone());
    let open = known(reader, invoice).open();
    reader.chip_of(ChipKind::Invoice, format!("{} (open {})", invoice.number, said(open)), &words);
    Some(invoice)
}

/// The same, its words left free.
pub(in crate::command::quick_entry) fn find_invoice<'a>(
    reader: &Reader<'a>,
    within: Range<usize>,
) -> Option<(Range<usize>, &'a Arc<Invoice>)> {
    let book = reader.known.book;
    let plain =
        |number: &str| number.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let at = within.clone().find_map(|at| {
        let text = reader.line.words.get(at).filter(|_| reader.line.is_free(at))?.text;
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let typed = plain(text);
        // A bare number is an amount, unless a number sign says otherwise.
        let led = at.checked_sub(1).map_or("", |before| reader.line.plain(before));
        let marked = text.starts_with('#') || matches!(led, "no" | "nr" | "number" | "invoice");
        let telling = marked || text.contains(['-', '/']) || text.chars().any(char::is_alphabetic);
        if digits == 0 || !telling {
            return None;
        }
        let all = book.clients().flat_map(|client| &client.facts.invoices);
        let of_today = all.filter(|invoice| invoice.as_of(reader.known.today).is_some());
        let same: Vec<&'a Arc<Invoice>> = of_today
            .filter(|invoice| {
                let number = plain(&invoice.number);
                number == typed
                    || (marked && number.ends_with(&typed) && !known(reader, invoice).open().is_zero())
            })
            .collect();
        match same.as_slice() {
            [only] => Some((at, *only)),
            _ => None,
        }
    });
    let (at, invoice) = at?;
    let start = at
        .checked_sub(1)
        .filter(|before| matches!(reader.line.plain(*before), "no" | "nr" | "number" | "invoice"));
    Some((start.unwrap_or(at)..at + 1, invoice))
}

pub(in crate::command::quick_entry) fn known(reader: &Reader<'_>, invoice: &Arc<Invoice>) -> Arc<Invoice> {
    invoice.as_of(reader.known.today).unwrap_or_else(|| invoice.clone())
}

/// The client of an invoice; naming it as well says nothing more.
pub(in crate::command::quick_entry) fn own<'a>(
    reader: &mut Reader<'a>,
    invoice: Option<&'a Arc<Invoice>>,
) -> Option<Who<'a>> {
    let client = reader.known.book.client(&invoice?.client)?;
    let all = reader.line.all();
    let found = reader.names(&all);
    if found.iter().any(|named| named.client.id() == client.id()) {
        let who = reader.who(all)?;
        if who.id != *client.id() {
            reader.need(format!("{} is an invoice of {}", invoice?.number, client.client.name));
        }
        return Some(who);
    }
    Some(reader.of_client(client))
}
