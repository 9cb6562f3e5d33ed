//! Importing into a book with nothing in it yet: it takes the currency of what comes in.

use std::sync::Arc;

use crate::domain::{Book, Business, Currency};

use super::{CurrencyFrom, ImportError, Options, Plan, plan};

/// As [`plan`]; but an empty book, where no currency was asked for, first takes the one that the header of the amounts
/// names, else the one that all amounts are in. In a currency of its own it could add none of them up.
///
/// # Errors
/// As [`plan`].
pub fn plan_into_new(bytes: &[u8], options: &Options, book: &Book) -> Result<Plan, ImportError> {
    let first = plan(bytes, options, book)?;
    if options.currency.is_some() || book.records().next().is_some() {
        return Ok(first);
    }
    let (currency, from) = match first.currency_from {
        CurrencyFrom::Header => (first.currency, CurrencyFrom::Header),
        _ => (only_currency(&first).unwrap_or(book.currency()), CurrencyFrom::Amounts),
    };
    if currency == book.currency() {
        // Whether that is more than the default shows where another one is.
        let other = if currency == Currency::EUR { Currency::USD } else { Currency::EUR };
        let asked = Options { currency: Some(other), ..options.clone() };
        let named =
            from == CurrencyFrom::Header || only_currency(&plan(bytes, &asked, book)?) == Some(currency);
        return Ok(if named { Plan { currency_from: from, ..first } } else { first });
    }
    let planned = plan(bytes, options, &in_currency(book, currency))?;
    Ok(Plan { currency_from: from, ..planned })
}

/// The currency of all amounts, if they have one.
fn only_currency(plan: &Plan) -> Option<Currency> {
    let mut currencies =
        plan.rows.iter().filter_map(|row| row.invoice.as_ref()).map(|invoice| invoice.amount.currency);
    let first = currencies.next()?;
    currencies.all(|currency| currency == first).then_some(first)
}

/// The next book, with another currency.
#[must_use]
pub fn in_currency(book: &Book, currency: Currency) -> Book {
    if book.currency() == currency {
        return book.clone();
    }
    book.with_settings(Arc::new(Business { currency, ..Business::clone(book.business()) }))
}
