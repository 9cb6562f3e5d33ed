//! The Today queue: what makes each kind of item appear, what makes it go, and the order of all.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

mod ahead;
mod asks;
mod back;
mod consequence;
mod keeping;
mod kinds;
mod money;
mod order_and_marks;
mod promised;
mod winning;

use chrono::NaiveDate;
use rapport::domain::{AnyRecord, Book, Business, Currency, Money, Record, Table};
use rapport::figures::today::{
    Family, Item, ItemKind, Marks, Today, client_items, firm_items, implausible_items, queue,
};
use std::sync::Arc;

const TODAY: &str = "2026-11-21";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn record<R: Record>(text: &str) -> AnyRecord {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    R::any(Arc::new(options.from_str::<R>(text).unwrap_or_else(|error| panic!("{text}: {error}"))))
}

/// Reads `table (fields)` lines; a record of Acme unless it names a client.
fn read(line: &str) -> AnyRecord {
    use rapport::domain as d;
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

const ACME: &str = r#"client (id: "acme", name: "Acme")"#;

fn book_of(business: Business, lines: &[&str]) -> Book {
    let acme = (!lines.iter().any(|line| line.starts_with("client (id: \"acme\""))).then(|| read(ACME));
    let records = acme.into_iter().chain(lines.iter().map(|line| read(line)));
    Book::from_records(Arc::new(business), records)
}

fn book(lines: &[&str]) -> Book {
    book_of(Business::new(Currency::EUR), lines)
}

fn queue_of(whole: &Book, on: &str) -> Today {
    let known = whole.as_of(day(on));
    let business = known.business();
    let mut all: Vec<Item> =
        known.clients().flat_map(|client| client_items(business, client, day(on))).collect();
    all.extend(firm_items(business, known.firm(), day(on)));
    all.extend(implausible_items(&known, day(on)));
    let all: Vec<Arc<Item>> = all.into_iter().map(Arc::new).collect();
    queue(business, &all, &Marks::of(&known), day(on))
}

fn items(lines: &[&str], on: &str) -> Vec<Item> {
    queue_of(&book(lines), on).items.iter().map(|item| Item::clone(item)).collect()
}

fn found(lines: &[&str], on: &str, kind: ItemKind) -> Option<Item> {
    items(lines, on).into_iter().find(|item| item.kind == kind)
}

fn has(lines: &[&str], on: &str, kind: ItemKind) -> bool {
    found(lines, on, kind).is_some()
}

#[track_caller]
fn why(lines: &[&str], on: &str, kind: ItemKind) -> String {
    let all = items(lines, on);
    let found = all.iter().find(|item| item.kind == kind);
    found.unwrap_or_else(|| panic!("no {kind} among {all:#?}")).why.clone()
}

fn eur(text: &str) -> Option<Money> {
    Money::parse(&format!("{text} EUR")).ok()
}

/// An invoice of Acme over 1,000 euros; `rest` adds fields.
fn invoice(id: &str, issued: &str, due: &str, rest: &str) -> String {
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{due}",
            lines: [(result: "Site", price: "1000.00 EUR")], {rest})"#
    )
}

fn paid(id: &str, issued: &str, due: &str, on: &str) -> String {
    invoice(id, issued, due, &format!(r#"payments: [(day: "{on}", amount: "1000.00 EUR")]"#))
}

fn touch(id: &str, on: &str, rest: &str) -> String {
    format!(r#"touch (id: "{id}", day: "{on}", client: "acme", {rest})"#)
}

fn deal(rest: &str) -> String {
    format!(r#"deal (id: "site", client: "acme", title: "New site", {rest})"#)
}

/// A touch that keeps silence away.
fn lately() -> String {
    touch("lately", "2026-11-10", "direction: out")
}
