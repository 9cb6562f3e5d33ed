//! What is to come or go: each kind by hand, and laws that hold for every book.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{Book, Business, Currency, Interval, Percent, TaxDays, add_days};
use rapport::figures::Figures;
use rapport::figures::forecast::{Flow, FlowKind, Flows, Habits, Layer, Pmf, TaxSchedule, When};
use rapport::store::load;
use rust_decimal::Decimal;

use crate::facts::{book, book_of, day, money};
use crate::figures_laws::{firm, records};

const ACME: &str = r#"client (id: "acme", name: "Acme", terms_days: 14)"#;

fn flows_of(book: &Book, on: &str, days: i64) -> Flows {
    flows_on(book, day(on), days)
}

fn flows_on(book: &Book, on: NaiveDate, days: i64) -> Flows {
    let known = book.as_of(on);
    Flows::of(&known, &Habits::of(&known, on), on, days)
}

/// The flows of a book of these records within 91 days.
fn flows(lines: &[&str], on: &str) -> Vec<Flow> {
    flows_of(&book(lines), on, 91).flows
}

/// Layer, key, amount and income of each.
fn shown(flows: &[Flow]) -> Vec<String> {
    let line = |flow: &Flow| {
        format!(
            "{:?} {} {} {}",
            flow.layer,
            flow.key,
            flow.amount.amount.normalize(),
            flow.income.amount.normalize()
        )
    };
    flows.iter().map(line).collect()
}

fn pmf(flow: &Flow) -> &Pmf {
    match &flow.when {
        When::After(pmf) | When::Following(_, pmf) => pmf,
    }
}

/// The first day on which something can come.
fn first(flow: &Flow, on: &str) -> NaiveDate {
    add_days(day(on), pmf(flow).quantile(1e-12).unwrap())
}

#[test]
fn an_open_invoice_comes_with_what_is_left_of_it_and_its_net_part() {
    let invoice = |id: &str, price: &str, rest: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2026-01-01", due: "2026-01-15",
            tax: "19%", lines: [(result: "x", price: "{price} EUR")], {rest})"#
        )
    };
    let paid = |amount: &str| format!(r#"payments: [(day: "2026-01-20", amount: "{amount} EUR")]"#);
    let lines = [
        invoice("part", "1000", &paid("595")),
        invoice("settled", "1000", &paid("1190")),
        invoice("overpaid", "1000", &paid("1200")),
        invoice("off", "1000", r#"write_off: (day: "2026-02-01", cause: cannot)"#),
        invoice("credit", "-200", ""),
        invoice("refunded", "-200", &paid("-238")),
    ];
    let lines: Vec<&str> = std::iter::once(ACME).chain(lines.iter().map(String::as_str)).collect();
    let found: Vec<Flow> =
        flows(&lines, "2026-03-01").into_iter().filter(|flow| flow.kind == FlowKind::Invoice).collect();
    assert_eq!(shown(&found), ["Committed invoices/credit -238 -200", "Committed invoices/part 595 500"]);
    assert!(found.iter().all(|flow| first(flow, "2026-03-01") > day("2026-03-01")));
    assert_eq!(found[1].due, Some(day("2026-01-15")));
}

#[test]
fn fees_stay_at_month_ends_and_an_invoice_stands_for_the_fee_it_is_nearest_to() {
    let care = r#"retainer (id: "care", client: "acme", what: "Care", amount: "100 EUR", every: "1 month",
        agreed: "2025-12-01", from: "2026-01-31", until: "2026-05-15")"#;
    let sent = |id: &str, issued: &str, rest: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{issued}", tax: "10%",
            payments: [(day: "{issued}", amount: "110 EUR")], lines: [(result: "x", price: "100 EUR")]{rest})"#
        )
    };
    let january = sent("1", "2026-02-03", r#", retainer: "care""#);
    let february = sent("2", "2026-02-26", "");
    let keys = |on: &str, lines: &[&str]| shown(&flows(lines, on));
    // Before it began, and while nothing was invoiced: no tax is known.
    assert_eq!(
        keys("2025-12-20", &[ACME, care]),
        ["Committed retainers/care/2026-01-31 100 100", "Committed retainers/care/2026-02-28 100 100"]
    );
    let all = [ACME, care, &january, &february];
    assert_eq!(
        keys("2026-02-27", &all),
        ["Committed retainers/care/2026-03-31 110 100", "Committed retainers/care/2026-04-30 110 100"]
    );
    // March passed without an invoice: it is still to be sent, with the terms counted from then.
    let late = flows(&all, "2026-04-02");
    assert_eq!(
        shown(&late),
        ["Committed retainers/care/2026-03-31 110 100", "Committed retainers/care/2026-04-30 110 100"]
    );
    assert_eq!(late[0].due, Some(day("2026-04-17")));
    assert!(first(&late[0], "2026-04-02") >= day("2026-04-03"));
    assert!(first(&late[1], "2026-04-02") >= day("2026-04-30"), "nobody pays before it is invoiced");
    // Years later nobody waits for it any more, nor once the client has ended before the next one.
    assert_eq!(keys("2028-04-02", &all), Vec::<String>::new());
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-04-10"))"#;
    assert_eq!(
        keys("2026-04-12", &[ended, care, &january, &february]),
        ["Committed retainers/care/2026-03-31 110 100"]
    );
    // An end that is agreed leaves those up to the last day.
    let ends = r#"client (id: "acme", name: "Acme", ended: (day: "2026-04-10", agreed: "2026-02-01"))"#;
    assert_eq!(
        keys("2026-02-27", &[ends, care, &january, &february]),
        ["Committed retainers/care/2026-03-31 110 100"]
    );
}

const PLAN: &str = r#"instalments: (agreed: "2026-01-01", instalments: [(due: "2026-01-10", amount: "300 EUR"),
    (due: "2026-02-10", amount: "300 EUR"), (due: "2026-02-10", amount: "400 EUR")])"#;

fn deal(stage: &str, rest: &str) -> String {
    format!(
        r#"deal (id: "site", client: "acme", title: "Site", value: "1000 EUR",
            stages: [(day: "2026-01-01", stage: "{stage}")], {rest})"#
    )
}

#[test]
fn instalments_are_committed_once_won_or_signed_and_possible_before_and_never_dated_in_the_past() {
    let won = flows(&[ACME, &deal("agreed", PLAN)], "2026-01-20");
    assert_eq!(
        shown(&won),
        [
            "Committed deals/site/instalments/2026-01-10 300 300",
            "Committed deals/site/instalments/2026-02-10 300 300",
            "Committed deals/site/instalments/2026-02-10/2 400 400",
        ]
    );
    assert_eq!(won[0].due, Some(day("2026-01-10")));
    assert!(won.iter().all(|flow| first(flow, "2026-01-20") > day("2026-01-20")));
    let signed = deal("proposal", &format!(r#"agreement: (signed: "2026-01-05"), {PLAN}"#));
    assert_eq!(shown(&flows(&[ACME, &signed], "2026-01-20")), shown(&won));
    let late = r#"agreement: (refused: "2026-01-02", signed: "2026-01-05")"#;
    assert_eq!(
        shown(&flows(&[ACME, &deal("proposal", &format!("{late}, {PLAN}"))], "2026-01-20")),
        shown(&won)
    );
    let taken_back = r#"agreement: (signed: "2026-01-02", refused: "2026-01-05")"#;
    let taken_back = flows(&[ACME, &deal("proposal", &format!("{taken_back}, {PLAN}"))], "2026-01-20");
    assert!(taken_back.iter().all(|flow| flow.layer == Layer::Possible));
    let open = flows(&[ACME, &deal("proposal", PLAN)], "2026-01-20");
    assert!(open.len() == 3 && open.iter().all(|flow| flow.layer == Layer::Possible));
    let events: BTreeSet<&str> = open
        .iter()
        .map(|flow| match &flow.when {
            When::Following(event, _) => event.key.as_str(),
            When::After(_) => panic!("{} does not wait for the deal", flow.key),
        })
        .collect();
    assert_eq!(events.into_iter().collect::<Vec<_>>(), ["deals/site"]);
    assert!(flows(&[ACME, &deal("lost", PLAN)], "2026-01-20").is_empty());
}

#[test]
fn no_money_is_counted_as_a_part_and_as_an_invoice() {
    let down = format!(r#"down_payment: (asked: "2026-01-01", amount: "300 EUR"), {PLAN}"#);
    let keys = |lines: &[&str]| shown(&flows(lines, "2026-01-20"));
    // The down payment is the first instalment.
    assert_eq!(
        keys(&[ACME, &deal("agreed", &down)]),
        [
            "Committed deals/site/down 300 300",
            "Committed deals/site/instalments/2026-02-10 300 300",
            "Committed deals/site/instalments/2026-02-10/2 400 400",
        ]
    );
    // An invoice that no part names: of just the amount of one, then of any other.
    let sent = |amount: &str| {
        format!(
            r#"invoice (id: "i{amount}", number: "{amount}", client: "acme", deal: "site", issued: "2026-01-12",
            due: "2026-01-26", lines: [(result: "x", price: "{amount} EUR")])"#
        )
    };
    assert_eq!(
        keys(&[ACME, &deal("agreed", PLAN), &sent("400")]),
        [
            "Committed deals/site/instalments/2026-01-10 300 300",
            "Committed deals/site/instalments/2026-02-10 300 300",
            "Committed invoices/i400 400 400",
        ]
    );
    assert_eq!(
        keys(&[ACME, &deal("agreed", PLAN), &sent("350")]),
        [
            "Committed deals/site/instalments/2026-02-10 250 250",
            "Committed deals/site/instalments/2026-02-10/2 400 400",
            "Committed invoices/i350 350 350",
        ]
    );
    // Beyond its parts first, where the value says there is such a thing.
    let part =
        r#"instalments: (agreed: "2026-01-01", instalments: [(due: "2026-02-10", amount: "300 EUR")])"#;
    assert_eq!(
        keys(&[ACME, &deal("agreed", part), &sent("500")]),
        [
            "Committed deals/site/instalments/2026-02-10 300 300",
            "Likely deals/site/rest 200 200",
            "Committed invoices/i500 500 500",
        ]
    );
}

#[test]
fn what_is_left_of_a_won_deal_is_likely_and_nothing_once_it_is_done() {
    let invoice = r#"invoice (id: "i", number: "i", client: "acme", deal: "site", issued: "2026-01-11",
        due: "2026-01-25", tax: "20%", lines: [(result: "x", price: "400 EUR")],
        payments: [(day: "2026-01-15", amount: "480 EUR")])"#;
    let rest = |stage: &str, more: &str| flows(&[ACME, &deal(stage, more), invoice], "2026-01-20");
    assert_eq!(shown(&rest("agreed", "")), ["Likely deals/site/rest 720 600"]);
    // The book's one deal took 10 days to its invoice: (1·10 + 5·30) / 6 = 26 days are usual, and 19 have passed.
    let invoiced = |flow: &Flow, days: i64| match &flow.when {
        When::Following(event, _) => event.when.within(days),
        When::After(_) => panic!("it waits to be invoiced"),
    };
    let waits = rest("agreed", "");
    assert!((invoiced(&waits[0], 45) - 45.0 / (45.0 + 26.0 + 19.0)).abs() < 1e-9);
    // A day after the delivery a week is usual.
    let delivered = rest("agreed", r#"delivered: "2026-01-19""#);
    assert!((invoiced(&delivered[0], 8) - 8.0 / (8.0 + 7.0 + 1.0)).abs() < 1e-9);
    let planned = rest("agreed", r#"next_step: (what: "hand over", due: "2026-03-01")"#);
    assert_eq!(planned[0].due, Some(day("2026-03-15")));
    assert!(rest("done", "").iter().all(|flow| flow.kind == FlowKind::Order));
}

#[test]
fn an_open_deal_brings_its_value_after_it_is_won_and_one_without_a_value_is_mentioned() {
    let found = flows(&[ACME, &deal("proposal", "")], "2026-01-20");
    assert_eq!(shown(&found), ["Possible deals/site/value 1000 1000"]);
    let When::Following(event, lag) = &found[0].when else { panic!("it waits for the deal") };
    let chance = event.when.within(91);
    assert!((chance - 0.4 * (1.0 - (-91.0_f64 / 60.0).exp())).abs() < 1e-9, "{chance}");
    // Thirty days to the invoice, without history.
    assert_eq!(lag.within(29).to_bits(), 0.0_f64.to_bits());
    let unknown = r#"deal (id: "talk", client: "acme", title: "Talk", stages: [(day: "2026-01-01", stage: "engaged")])"#;
    let mentioned = flows_of(&book(&[ACME, unknown]), "2026-01-20", 91);
    assert!(mentioned.flows.is_empty());
    let left_out: Vec<String> =
        mentioned.left_out.iter().map(|it| format!("{}: {}", it.what, it.why)).collect();
    assert_eq!(left_out, ["1 open deal: nobody said what it is worth"]);
}

#[test]
fn a_client_with_a_deal_to_come_is_expected_to_order_nothing_beside_it() {
    let paid: Vec<String> = (0..6)
        .map(|nth| {
            let issued = add_days(day("2025-01-01"), nth * 60);
            format!(
                r#"invoice (id: "{nth}", number: "{nth}", client: "acme", issued: "{issued}", due: "{issued}", tax: "20%",
                lines: [(result: "x", price: "{}00 EUR")], payments: [(day: "{issued}", amount: "{} EUR")])"#,
                nth + 1,
                (nth + 1) * 120
            )
        })
        .collect();
    let mut lines: Vec<&str> = std::iter::once(ACME).chain(paid.iter().map(String::as_str)).collect();
    let orders = flows(&lines, "2025-11-30");
    // Mean of 100 to 600; each 61 days or so: two within 91.
    assert_eq!(shown(&orders), ["Likely orders/acme/1 420 350", "Likely orders/acme/2 420 350"]);
    let open = deal("engaged", "");
    lines.push(&open);
    let with_deal = flows_of(&book(&lines), "2026-01-20", 91).flows;
    assert_eq!(shown(&with_deal), ["Possible deals/site/value 1200 1000"]);
}

#[test]
fn expenses_go_out_on_their_days_after_the_day_alone() {
    let rent =
        r#"expense (id: "rent", what: "Rent", amount: "500 EUR", day: "2025-01-31", every: "1 month")"#;
    let own = r#"expense (id: "font", what: "Font", amount: "30 EUR", day: "2026-02-05", client: "acme", noted: "2026-01-01")"#;
    let found = flows(&[ACME, rent, own], "2026-01-31");
    assert_eq!(
        shown(&found),
        [
            "Committed expenses/font/2026-02-05 -30 0",
            "Committed expenses/rent/2026-02-28 -500 0",
            "Committed expenses/rent/2026-03-31 -500 0",
            "Committed expenses/rent/2026-04-30 -500 0",
        ]
    );
    assert_eq!(
        found.iter().map(|flow| first(flow, "2026-01-31")).collect::<Vec<_>>(),
        found.iter().map(|flow| flow.due.unwrap()).collect::<Vec<_>>()
    );
}

#[test]
fn what_has_no_exchange_rate_is_left_out_and_said() {
    let lines = [
        ACME,
        r#"invoice (id: "i", number: "7", client: "acme", issued: "2026-01-01", due: "2026-01-15", lines: [(result: "x", price: "9 USD")])"#,
        r#"retainer (id: "r", client: "acme", what: "Care", amount: "5 USD", every: "1 month", agreed: "2026-01-01", from: "2026-02-01")"#,
        r#"expense (id: "e", what: "Rent", amount: "3 USD", day: "2026-01-11", every: "1 month")"#,
        r#"deal (id: "d", client: "acme", title: "Site", value: "8 USD", stages: [(day: "2026-01-01", stage: "proposal")])"#,
    ];
    let found = flows_of(&book(&lines), "2026-01-20", 60);
    assert!(found.flows.is_empty(), "{:?}", shown(&found.flows));
    let left_out: Vec<String> =
        found.left_out.iter().map(|it| format!("{} {}", it.what, it.amount)).collect();
    assert_eq!(left_out, ["Invoice 7 9.00 USD", "Care 5.00 USD", "Site 8.00 USD", "Rent 3.00 USD"]);
    assert_eq!(found.left_out[0].why.0, "no exchange rate from USD into EUR by 2026-01-20");
}

#[test]
fn the_tax_days_of_a_book_are_read_from_its_settings() {
    let text = r#"(format: 1, business: (currency: "EUR", tax_set_aside: "25%",
        tax_days: (first: "2026-02-10", every: "2 months")))"#;
    let loaded = load(text.as_bytes()).unwrap();
    let schedule = TaxSchedule::of(&loaded.book, day("2026-02-10"), 91);
    assert_eq!((schedule.days, schedule.set_aside.days), (vec![day("2026-04-10")], vec![59]));
}

fn taxed() -> Business {
    Business { tax_set_aside: Some(Percent::parse("25%").unwrap()), ..Business::new(Currency::EUR) }
}

#[test]
fn what_is_set_aside_leaves_after_each_quarter_and_real_bills_are_paid_from_it() {
    let paid = |id: &str, on: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2025-12-01", due: "2025-12-15", tax: "20%",
            lines: [(result: "x", price: "1000 EUR")], payments: [(day: "{on}", amount: "1200 EUR")])"#
        )
    };
    let (before, since) = (paid("1", "2026-01-15"), paid("2", "2026-01-16"));
    let lines = [ACME, before.as_str(), since.as_str()];
    let schedule = TaxSchedule::of(&book_of(taxed(), &lines), day("2026-02-01"), 181);
    assert_eq!(schedule.days, [day("2026-04-15"), day("2026-07-15")]);
    // A quarter of 1,000 net, and the 200 on top that never were the firm's.
    assert_eq!(schedule.set_aside.accrued, money("450 EUR"));
    assert_eq!(schedule.set_aside.days, [73, 164]);
    assert_eq!(schedule.set_aside.leaves_on(74), Some(164));

    let bill = r#"expense (id: "tax", what: "Income tax", amount: "400 EUR", day: "2026-04-30", noted: "2026-01-20", category: "Tax")"#;
    let billed =
        TaxSchedule::of(&book_of(taxed(), &[lines[0], lines[1], lines[2], bill]), day("2026-02-01"), 181);
    // The bill comes within fifteen days of 15 April, so it is paid from what leaves then.
    assert_eq!(billed.set_aside.billed, [money("400 EUR"), money("0 EUR")]);
    assert_eq!((billed.set_aside.accrued, billed.set_aside.leaves_on(10)), (money("450 EUR"), Some(73)));
    // One that was paid since the last tax day was paid from what had accrued.
    let paid = r#"expense (id: "vat", what: "VAT", amount: "150 EUR", day: "2026-01-31", category: "tax")"#;
    let since =
        TaxSchedule::of(&book_of(taxed(), &[lines[0], lines[1], lines[2], paid]), day("2026-02-01"), 181);
    assert_eq!(since.set_aside.accrued, money("300 EUR"));

    let own = TaxDays { first: day("2026-03-10"), every: Interval::MONTHLY };
    let monthly =
        TaxSchedule::of(&book_of(Business { tax_days: Some(own), ..taxed() }, &lines), day("2026-02-01"), 80);
    assert_eq!(monthly.days, [day("2026-03-10"), day("2026-04-10")]);
    // Nothing is set aside unless the book says how much.
    let none = TaxSchedule::of(&book(&lines), day("2026-02-01"), 181);
    assert!(none.days.is_empty() && none.set_aside.accrued.is_zero());
}

#[test]
fn an_empty_book_thirty_years_and_absurd_amounts_give_no_nonsense() {
    assert!(flows(&[], "2026-01-01").is_empty());
    let huge = |id: i64| {
        let issued = add_days(day("1996-01-01"), id * 90);
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{issued}", tax: "1000%",
            lines: [(result: "x", price: "999999999999 EUR", quantity: "1000000")])"#
        )
    };
    let lines: Vec<String> = (0..120).map(huge).collect();
    let care = r#"retainer (id: "care", client: "acme", what: "Care", amount: "999999999999 EUR", every: "1 day", agreed: "1996-01-01", from: "1996-01-01")"#;
    let big = r#"deal (id: "d", client: "b", title: "D", value: "999999999999 EUR", stages: [(day: "1996-01-01", stage: "agreed")])"#;
    let other = r#"client (id: "b", name: "B", terms_days: 4000000000)"#;
    let all: Vec<&str> =
        [ACME, other, care, big].into_iter().chain(lines.iter().map(String::as_str)).collect();
    let book = book(&all);
    for (on, days) in [
        ("1996-01-01", 91),
        ("2026-01-01", 10_958),
        ("2199-12-31", 91),
        ("2026-01-01", 0),
        ("1990-01-01", -5),
    ] {
        for flow in flows_of(&book, on, days).flows {
            assert!(pmf(&flow).within(days.max(0)).is_finite(), "{}", flow.key);
        }
    }
}

/// A monthly retainer each of whose fees is invoiced from five days before to ten days after its day.
fn a_retainer() -> impl Strategy<Value = (Vec<i64>, i64)> {
    (prop::collection::vec(-5_i64..=10, 24), 0_i64..600)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn fees_and_invoices_of_a_retainer_never_double((late, at) in a_retainer()) {
        let start = day("2024-01-31");
        let fees: Vec<NaiveDate> = Interval::MONTHLY.occurrences(start, start, day("2026-12-31")).collect();
        let care = r#"retainer (id: "care", client: "acme", what: "Care", amount: "100 EUR", every: "1 month",
            agreed: "2024-01-01", from: "2024-01-31")"#;
        let sent: Vec<String> = fees.iter().zip(&late).enumerate().map(|(nth, (fee, late))| {
            let issued = add_days(*fee, *late);
            format!(r#"invoice (id: "{nth}", number: "{nth}", client: "acme", retainer: "care", issued: "{issued}",
                due: "{issued}", lines: [(result: "x", price: "100 EUR")])"#)
        }).collect();
        let lines: Vec<&str> = [ACME, care].into_iter().chain(sent.iter().map(String::as_str)).collect();
        let on = add_days(start, at);
        let found = flows_on(&book(&lines), on, 91).flows;
        let until = add_days(on, 91);
        let agreed = fees.iter().filter(|fee| **fee <= until).count();
        let asked = fees.iter().zip(&late).filter(|(fee, late)| add_days(**fee, **late) <= on).count();
        let to_come = found.iter().filter(|flow| flow.kind == FlowKind::Fee).count();
        prop_assert_eq!(agreed, asked + to_come);
    }

    #[test]
    fn keys_differ_stay_and_nothing_is_dated_in_the_past(lines in records(), at in 0_i64..1_100) {
        let on = add_days(day("2024-01-01"), at);
        let clients = ["acme", "bolt", "czech"].map(|id| format!(r#"client (id: "{id}", name: "{id}")"#));
        let all: Vec<&str> = clients.iter().chain(&lines).map(String::as_str).collect();
        let book = book_of(firm("2024-01-01"), &all);
        let found = flows_on(&book, on, 91).flows;
        let keys: BTreeSet<&str> = found.iter().map(|flow| flow.key.as_str()).collect();
        prop_assert_eq!(keys.len(), found.len());
        for flow in &found {
            prop_assert!(pmf(flow).within(0) <= 0.0);
            let chance = pmf(flow).within(91);
            prop_assert!((0.0..=1.0).contains(&chance), "{} {}", &flow.key, chance);
            prop_assert_eq!(flow.amount.currency, Currency::EUR);
        }
        // What is found out about another client renames nothing, and what comes later changes nothing.
        let other = r#"client (id: "dock", name: "Dock")"#;
        let now = format!(r#"invoice (id: "now", number: "now", client: "dock", issued: "{on}", due: "{on}", lines: [(result: "x", price: "5 EUR")])"#);
        let later = now.replace(&format!("issued: \"{on}\""), &format!("issued: \"{}\"", add_days(on, 1)));
        let with = |more: &str| {
            let all: Vec<&str> = all.iter().copied().chain([other, more]).collect();
            flows_on(&book_of(firm("2024-01-01"), &all), on, 91)
        };
        prop_assert_eq!(&with(&later).flows, &found);
        let more = with(&now).flows;
        let of_habit = |flow: &&Flow| flow.kind != FlowKind::Order;
        let kept: BTreeSet<&str> = more.iter().map(|flow| flow.key.as_str()).collect();
        prop_assert!(found.iter().filter(of_habit).all(|flow| kept.contains(flow.key.as_str())));
    }

    #[test]
    fn what_open_invoices_bring_is_what_is_owed(lines in records(), at in 0_i64..1_100) {
        let on = add_days(day("2024-01-01"), at);
        let clients = ["acme", "bolt", "czech"].map(|id| format!(r#"client (id: "{id}", name: "{id}")"#));
        let all: Vec<&str> = clients.iter().chain(&lines).map(String::as_str).collect();
        let book = book_of(firm("2024-01-01"), &all);
        // Too much paid is owed by nobody, but lowers what is owed in all.
        let known = book.as_of(on);
        let invoices = || known.clients().flat_map(|client| &client.facts.invoices);
        let beyond: Decimal = invoices()
            .filter(|it| it.open().amount < Decimal::ZERO)
            .map(|it| known.business().convert(it.open(), on).unwrap().amount)
            .sum();
        let owed = Figures::of(&book, on).cash.receivables.clone().unwrap().amount;
        let found = flows_on(&book, on, 91).flows;
        let come: Decimal =
            found.iter().filter(|flow| flow.kind == FlowKind::Invoice).map(|flow| flow.amount.amount).sum();
        prop_assert_eq!(come, owed - beyond);
        for flow in found.iter().filter(|flow| flow.kind == FlowKind::Invoice) {
            let come = pmf(flow).within(4_000);
            prop_assert!(come > 0.9, "{} {}", &flow.key, come);
        }
    }
}

#[test]
fn a_fee_at_a_new_price_is_taxed_as_it_was_at_the_old_one() {
    let fee = |id: &str, what: &str, amount: &str, days: &str| {
        format!(
            r#"retainer (id: "{id}", client: "acme", what: "{what}", amount: "{amount} EUR", every: "1 month", agreed: "2025-12-01", {days})"#
        )
    };
    let old = fee("old", "Care", "100", r#"from: "2026-01-15", until: "2026-03-14""#);
    let billed = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-02-15", due: "2026-02-15", tax: "10%", retainer: "old",
        payments: [(day: "2026-02-15", amount: "110 EUR")], lines: [(result: "x", price: "100 EUR")])"#;
    let of = |what: &str| {
        let new = fee("new", what, "200", r#"from: "2026-03-15", until: "2026-04-01""#);
        shown(&flows(&[ACME, &old, &new, billed], "2026-02-20"))
    };
    assert_eq!(of("Care"), ["Committed retainers/new/2026-03-15 220 200"]);
    assert_eq!(of("Hosting"), ["Committed retainers/new/2026-03-15 200 200"], "that is another fee");
}
