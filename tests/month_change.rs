//! Why a month looks different than on an earlier day: its rows explain the whole difference, each thing once.

use proptest::prelude::*;
use rapport::domain::{Book, Money, add_days, days_between, last_of_month};
use rapport::figures::forecast::{Ask, Change, ChangeTerm, Forecast, Layers, Strengths};
use rapport::store::{load, sample};
use rust_decimal::Decimal;

use crate::facts::{book, day, money};

const ACME: &str = r#"client (id: "acme", name: "Acme", terms_days: 7)"#;
const EVERY_LAYER: Layers = Layers { likely: true, possible: true };

/// The forecast as of a day until the end of the month of another.
fn until_month_end(book: &Book, on: &str, of: &str) -> Forecast {
    let days = days_between(day(on), last_of_month(day(of)));
    Forecast::of(
        book,
        day(on),
        &Ask { days, draws: 1, strengths: Some(Strengths::default()), ..Ask::default() },
    )
}

fn change(book: &Book, from: &str, to: &str) -> Change {
    let [before, now] = [from, to].map(|on| until_month_end(book, on, to));
    Change::between(book, &before, &now, EVERY_LAYER)
}

/// Each row: what, why, then and now.
fn rows(change: &Change) -> Vec<String> {
    let row = |it: &ChangeTerm| {
        format!("{}: {}: {} -> {}", it.what, it.why, it.before.amount.normalize(), it.now.amount.normalize())
    };
    change.terms.iter().map(row).collect()
}

/// The row of a client's one thing, beside the orders that may follow from habit.
fn only_row(change: &Change) -> &ChangeTerm {
    let agreed = |it: &&ChangeTerm| !it.what.starts_with("Order");
    let [row] = change.terms.iter().filter(agreed).collect::<Vec<_>>()[..] else {
        panic!("{:?}", rows(change))
    };
    row
}

fn explained(change: &Change) -> Money {
    let sum: Decimal = change.terms.iter().map(|it| it.difference().amount).sum();
    Money::new(change.before.amount + sum, change.before.currency)
}

fn invoice(id: &str, issued: &str, price: &str, rest: &str) -> String {
    let due = add_days(day(issued), 7);
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{due}",
            lines: [(result: "x", price: "{price}")], {rest})"#
    )
}

fn paid(on: &str, amount: &str) -> String {
    format!(r#"payments: [(day: "{on}", amount: "{amount}")]"#)
}

#[test]
fn a_fee_and_the_invoice_that_asks_for_it_without_naming_it_are_one_row() {
    let care = r#"retainer (id: "care", client: "acme", what: "Care", amount: "100 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-11-10")"#;
    let sent = invoice("7", "2026-11-10", "100 EUR", &paid("2026-11-12", "100 EUR"));
    let book = book(&[ACME, care, &sent]);
    let change = change(&book, "2026-11-08", "2026-11-20");
    let row = only_row(&change);
    assert_eq!((row.why, row.now), ("came, and was not certain to", money("100 EUR")));
    assert!(row.before.amount > Decimal::from(50), "{}", row.before);
}

#[test]
fn an_invoice_that_turns_out_to_be_a_retainers_is_no_second_row() {
    let care = r#"retainer (id: "care", client: "acme", what: "Care", amount: "100 EUR", every: "1 month",
        agreed: "2026-11-15", from: "2026-11-10")"#;
    let sent = invoice("7", "2026-11-08", "100 EUR", &paid("2026-11-18", "100 EUR"));
    let change = change(&book(&[ACME, care, &sent]), "2026-11-12", "2026-11-20");
    let row = only_row(&change);
    assert_eq!((row.why, row.now), ("came, and was not certain to", money("100 EUR")));
}

#[test]
fn an_instalment_and_the_invoice_that_its_plan_names_are_one_row() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", value: "900 EUR", stages: [(day: "2026-10-01", stage: "agreed")],
        agreement: (sent: "2026-10-01", signed: "2026-10-02"),
        instalments: (agreed: "2026-10-02", instalments: [(due: "2026-11-15", amount: "900 EUR", invoice: "7")]))"#;
    let sent = invoice("7", "2026-11-09", "900 EUR", &paid("2026-11-19", "900 EUR"));
    let change = change(&book(&[ACME, deal, &sent]), "2026-11-05", "2026-11-20");
    let row = only_row(&change);
    assert_eq!((row.why, row.now), ("came, and was not certain to", money("900 EUR")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_rows_explain_the_whole_difference_exactly(back in 0_i64..500, since in 1_i64..40) {
        let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
        let to = add_days(day("2026-11-20"), -back);
        let from = add_days(to, -since).to_string();
        let change = change(&book, &from, &to.to_string());
        prop_assert_eq!(explained(&change), change.now);
        prop_assert!(change.terms.iter().all(|it| !it.difference().is_zero()));
    }
}
