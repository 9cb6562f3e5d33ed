//! Books for tests, written as they are in a file: `deal (id: "site", client: "acme", title: "Site")`.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::sync::Arc;

use chrono::NaiveDate;
use rapport::domain as d;
use rapport::domain::{AnyRecord, Book, Business, Currency, Money, Record};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn record<R: Record>(text: &str) -> AnyRecord {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    R::any(Arc::new(options.from_str::<R>(text).unwrap_or_else(|error| panic!("{text}: {error}"))))
}

/// Reads one record.
pub(crate) fn read(line: &str) -> AnyRecord {
    let (table, text) = line.split_once(' ').unwrap();
    match table {
        "client" => record::<d::Client>(text),
        "deal" => record::<d::Deal>(text),
        "retainer" => record::<d::Retainer>(text),
        "invoice" => record::<d::Invoice>(text),
        "touch" => record::<d::Touch>(text),
        "promise" => record::<d::Promise>(text),
        "work" => record::<d::Work>(text),
        "expense" => record::<d::Expense>(text),
        "renewal" => record::<d::Renewal>(text),
        "snooze" => record::<d::Snooze>(text),
        "handled" => record::<d::Handled>(text),
        "outgoing" => record::<d::Outgoing>(text),
        other => panic!("no table {other}"),
    }
}

/// A book in euros with these records.
pub(crate) fn book(lines: &[&str]) -> Book {
    book_of(Business::new(Currency::EUR), lines)
}

/// A book of this firm with these records.
pub(crate) fn book_of(business: Business, lines: &[&str]) -> Book {
    Book::from_records(Arc::new(business), lines.iter().map(|line| read(line)))
}
