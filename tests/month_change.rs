//! Why a month looks different than on an earlier day: its rows explain the whole difference, each thing once.

use proptest::prelude::*;
use rapport::domain::{Book, Business, Currency, Money, Percent, add_days, days_between, last_of_month};
use rapport::figures::forecast::{Ask, Change, ChangeTerm, Forecast, Layer, Layers, Strengths};
use rapport::store::{load, sample};
use rust_decimal::Decimal;

use crate::facts::{book, book_of, day, money};

const ACME: &str = r#"client (id: "acme", name: "Acme", terms_days: 7)"#;
const EVERY_LAYER: Layers = Layers { likely: true, possible: true };

/// The forecast as of a day until the end of the month of another.
fn until_month_end(book: &Book, on: &str, of: &str) -> Forecast {
    let days = days_between(day(on), last_of_month(day(of)));
    Forecast::of(
        book,
        day(on),
        &Ask { days, draws: 200, strengths: Some(Strengths::default()), ..Ask::default() },
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

fn setting_aside(percent: i64) -> Business {
    Business { tax_set_aside: Some(Percent::new(percent.into())), ..Business::new(Currency::EUR) }
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

#[test]
fn what_a_future_month_brings_is_what_the_forecast_expects_of_it_with_the_tax_that_leaves_in_it() {
    let sample = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    let work = invoice("1", "2026-12-10", "1000 EUR", "tax: \"20%\"");
    let bill = r#"expense (id: "vat", what: "VAT", amount: "50 EUR", day: "2027-01-20", noted: "2026-12-01", category: "tax")"#;
    let own = book_of(setting_aside(30), &[ACME, &work, bill]);
    // The sample's bills take nearly all that it sets aside.
    for (book, leaves) in [(&sample, false), (&own, true)] {
        let before = until_month_end(book, "2026-12-31", "2027-01-01");
        let now = until_month_end(book, "2027-01-01", "2027-01-01");
        for layers in Layers::ALL {
            let all = [Layer::Committed, Layer::Likely, Layer::Possible];
            let of = all.into_iter().filter(|layer| layers.counts(*layer)).map(|it| before.expected(it));
            let (mut sum, mut tax) = (Decimal::ZERO, Decimal::ZERO);
            for it in of {
                sum += it.money_in.amount + it.money_out.amount + it.tax.amount;
                tax += it.tax.amount;
            }
            let change = Change::between(book, &before, &now, layers);
            assert_eq!(change.before.amount, sum, "{layers:?}");
            assert_eq!(explained(&change), change.now);
            assert!(tax < Decimal::ZERO || !leaves);
        }
    }
}

#[test]
fn a_bill_for_tax_and_what_was_set_aside_for_it_are_one_row_and_never_counted_twice() {
    // Paid in October: 30 of 100 are set aside and leave on 15 January.
    let october = invoice("1", "2026-10-16", "100 EUR", &paid("2026-10-20", "100 EUR"));
    let bill = |amount: &str, on: &str, noted: &str| {
        format!(
            r#"expense (id: "vat", what: "VAT", amount: "{amount}", day: "{on}", noted: "{noted}", category: "tax")"#
        )
    };
    // Nothing more is expected of it from habit.
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-12-01"))"#;
    let of = |more: &[&str]| {
        let lines: Vec<&str> = [ended, &october].into_iter().chain(more.iter().copied()).collect();
        change(&book_of(setting_aside(30), &lines), "2027-01-08", "2027-01-20")
    };
    let tax = |change: &Change| {
        assert_eq!(explained(change), change.now);
        rows(change)
    };
    assert_eq!(tax(&of(&[])), ["Tax: no longer expected this month: -30 -> 0"]);
    let less = bill("25 EUR", "2027-01-14", "2027-01-12");
    assert_eq!(tax(&of(&[&less])), ["Tax: cost less than planned: -30 -> -25"]);
    let more = bill("40 EUR", "2027-01-14", "2027-01-12");
    assert_eq!(tax(&of(&[&more])), ["Tax: went out, more than planned: -30 -> -40"]);
    // Known before: the bill takes 25 of the 30, and the other 5 leave on the tax day.
    let known = bill("25 EUR", "2027-01-14", "2027-01-02");
    assert_eq!(tax(&of(&[&known])), ["Tax: cost less than planned: -30 -> -25"]);
    // As much as was set aside, then and now: nothing to explain.
    assert_eq!(tax(&of(&[&bill("30 EUR", "2027-01-14", "2027-01-12")])), Vec::<String>::new());
}

#[test]
fn where_nothing_is_set_aside_a_bill_for_tax_is_an_expense_like_any_other() {
    let bill = r#"expense (id: "vat", what: "VAT", amount: "25 EUR", day: "2027-01-14", category: "tax")"#;
    let change = change(&book(&[ACME, bill]), "2027-01-08", "2027-01-20");
    assert_eq!(rows(&change), ["VAT: new since: 0 -> -25"]);
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
