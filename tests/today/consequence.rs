//! What an item means for the cash to come: in a sentence with a figure, and proved.

use rapport::domain::{ClientId, Lever};
use rapport::figures::Memo;
use rapport::figures::consequence::{Consequence, Moves, Told};
use rapport::figures::forecast::{Ask, Dormancy, Earlier, Forecast, Layers, Outlook, Question};
use rapport::figures::proof::FigureKey;
use rust_decimal::Decimal;

use super::kinds::{book_with, case, whole_queue};
use super::*;

const COUNTED: Layers = Layers { likely: true, possible: false };

/// The forecast of 13 weeks on the day of these tests, under levers.
fn quarter(book: &Book, levers: Vec<Lever>) -> Forecast {
    Forecast::of(book, day(TODAY), &Ask { levers, ..Ask::default() })
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// What the first item of a kind means in a book of the firm with 3,000 euros and a reserve of 1,000.
fn told(book: &Book, kind: ItemKind) -> Consequence {
    let queue = whole_queue(book, day(TODAY));
    let item = queue.items.iter().find(|item| item.kind == kind).unwrap_or_else(|| panic!("no {kind}"));
    Consequence::of(book, &quarter(book, Vec::new()), item)
}

fn acme() -> ClientId {
    ClientId::new("acme").unwrap()
}

const PRESS: &str =
    r#"expense (id: "e", what: "Press", amount: "2500.00 EUR", day: "2026-12-12", noted: "2026-11-01")"#;

#[test]
fn an_invoice_that_is_never_paid_leaves_what_is_there_less_what_goes() {
    let disputed = invoice("1042", "2026-10-01", "2026-11-03", r#"disputes: [(from: "2026-11-10")]"#);
    let book = book_with(&lines(&[&disputed, PRESS]));
    let consequence = told(&book, ItemKind::DisputedInvoice);
    let Told::Drawn(drawn) = &consequence.told else { panic!("{consequence:?}") };
    // 3,000 less 2,500, in every draw; the reserve is 1,000.
    assert_eq!((drawn.moves, Some(drawn.lowest.what_if)), (Moves::Never, eur("500.00")));
    let base = quarter(&book, Vec::new());
    let lowest = &base.fan(COUNTED).unwrap().lowest;
    assert_eq!(drawn.lowest.base, lowest.median);
    let risk = drawn.under_reserve.unwrap();
    assert!((risk.what_if - 1.0).abs() < 1e-12 && Some(risk.base) == lowest.under_reserve);
    let says = consequence.words();
    assert!(
        says.starts_with("If it is never paid: lowest point ") && says.contains("500 EUR; chance"),
        "{says}"
    );
    assert!(says.ends_with("→ >99\u{a0}%"), "{says}");
}

#[test]
fn what_is_late_and_comes_a_week_earlier_is_what_the_lever_of_the_client_tells() {
    let (first, second) =
        (invoice("1042", "2026-10-01", "2026-11-03", ""), invoice("1043", "2026-10-05", "2026-11-10", ""));
    let book = book_with(&lines(&[&first, &second, PRESS]));
    let consequence = told(&book, ItemKind::OverdueInvoice);
    let Told::Drawn(drawn) = &consequence.told else { panic!("{consequence:?}") };
    assert_eq!(drawn.flows, ["invoices/1042", "invoices/1043"]);
    // All that is late of the client comes earlier, and it has nothing else to pay.
    let orders_apart = |forecast: &Forecast| forecast.fan(Layers::default()).unwrap().lowest.clone();
    let lever = Lever::PaysLater { client: acme(), days: -7 };
    let with = quarter(&book, vec![lever]);
    let base = quarter(&book, Vec::new());
    let moves_all = base.flows.iter().filter(|flow| flow.client.is_some()).count() == 2;
    if moves_all {
        assert_eq!(drawn.lowest.what_if, with.fan(COUNTED).unwrap().lowest.median);
    }
    assert!(drawn.lowest.what_if.amount >= drawn.lowest.base.amount);
    assert!(orders_apart(&with).median.amount >= orders_apart(&base).median.amount);
    assert!(consequence.words().starts_with("If it comes a week earlier: lowest point "));
}

#[test]
fn a_deal_that_is_lost_is_what_is_expected_of_it_and_a_tenth_of_the_price_a_tenth_of_that() {
    let deal = |rest: &str| {
        deal(&format!(
            r#"value: "8000.00 EUR", chance: "50%", proposal: (sent: "2026-11-01"),
            stages: [(day: "2026-11-01", stage: "proposal")], {rest}"#
        ))
    };
    let book = book_with(&lines(&[&deal("")]));
    let base = quarter(&book, Vec::new());
    let sum: Decimal = base.flows.iter().map(|flow| flow.expected_within(91).amount).sum();
    assert!(sum > Decimal::ZERO && sum < Decimal::from(4_000), "half of it at most: {sum}");
    let lost = told(&book, ItemKind::StalledProposal);
    let Told::Expected(expected) = &lost.told else { panic!("{lost:?}") };
    assert_eq!((expected.amount.amount, expected.flows.len()), (sum, base.flows.len()));
    assert!(
        lost.words().starts_with("If it is lost: ")
            && lost.words().ends_with("less expected within 13 weeks, of open deals")
    );
    let push = touch("push", "2026-11-18", "direction: in, kind: price_push");
    let pushed = told(&book_with(&lines(&[&deal(""), &push])), ItemKind::PricePushed);
    let Told::Expected(tenth) = &pushed.told else { panic!("{pushed:?}") };
    assert_eq!(tenth.amount, Money::new(sum / Decimal::TEN, Currency::EUR).rounded());
}

#[test]
fn a_client_to_be_kept_is_worth_what_is_still_to_be_asked_of_it_and_never_what_is_invoiced() {
    let history: Vec<String> = (1..=8)
        .map(|n| {
            paid(&n.to_string(), &format!("2026-0{n}-01"), &format!("2026-0{n}-15"), &format!("2026-0{n}-15"))
        })
        .collect();
    let open = invoice("9", "2026-11-10", "2026-12-10", "");
    let asked = touch("q", "2026-11-10", "direction: in, answer_wanted: true");
    let all: Vec<String> = history.iter().cloned().chain([open, asked]).collect();
    let book = book_with(&all);
    let base = quarter(&book, Vec::new());
    let orders = base.flows.iter().filter(|flow| flow.key.starts_with("orders/"));
    let sum: Decimal = orders.map(|flow| flow.expected_within(91).amount).sum();
    let consequence = told(&book, ItemKind::Unanswered);
    let Told::Expected(expected) = &consequence.told else { panic!("{consequence:?}") };
    assert_eq!(expected.amount.amount, sum);
    assert!(consequence.words().starts_with("If they do not come back: "));
}

#[test]
fn where_nothing_of_a_client_is_in_the_forecast_its_year_is_told_or_why_there_is_none() {
    let asked = touch("q", "2026-11-10", "direction: in, answer_wanted: true");
    let before = touch("b", "2026-11-09", "direction: out");
    let alone = told(&book_with(&lines(&[&before, &asked])), ItemKind::Unanswered);
    assert_eq!(alone.words(), "No effect on the forecast: no income and no deal with a value yet");
    // The deal at work takes the place of further orders, and nobody knows its value.
    let once = paid("1", "2026-01-01", "2026-01-15", "2026-01-15");
    let book = book_with(&lines(&[&asked, &once]));
    let chance = Dormancy::of(&book, day(TODAY)).chance(&acme(), 365).unwrap();
    assert!((0.0..=1.0).contains(&chance));
}

#[test]
fn a_fee_that_rises_brings_what_its_letter_says_and_only_from_its_day_on() {
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "120.00 EUR", every: "1 month", agreed: "2024-12-20", from: "2025-01-01")"#;
    let came = paid("1", "2026-10-01", "2026-10-15", "2026-10-15");
    let consequence = told(&book_with(&lines(&[fee, &came])), ItemKind::FeeUnchanged);
    let Told::Expected(expected) = &consequence.told else { panic!("{consequence:?}") };
    // Told on 21 November, it holds from 1 January on: 126 in place of 120.
    assert_eq!(expected.share, "0.05".parse().unwrap());
    let days: Vec<&str> = expected.flows.iter().filter_map(|(key, ..)| key.rsplit('/').next()).collect();
    assert_eq!(days, ["2027-01-01", "2027-02-01"]);
    assert!(consequence.words().starts_with("If they agree to the rise: "), "{}", consequence.words());
    let letter = r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", template: fee_review, queued: "2026-11-10",
        handed_over: (day: "2026-11-10"))"#;
    let consequence = told(&book_with(&lines(&[fee, &came, letter])), ItemKind::FeeUnchanged);
    assert_eq!(consequence.words(), "No effect on the forecast: a rise counts once it is noted");
}

#[test]
fn what_is_about_the_forecast_itself_says_what_is_missing_and_what_is_none_of_it_says_why() {
    let book = book_with(&lines(&[PRESS]));
    assert_eq!(
        told(&book, ItemKind::CashBelowReserve).words(),
        "It is the forecast itself: with 500 EUR more, nine in ten paths stay above the reserve"
    );
    let says = |kind| told(&book_with(&case(kind).waits), kind).words();
    assert_eq!(says(ItemKind::MomentToAsk), "No effect on the forecast: a name counts once it is a deal");
    assert_eq!(
        says(ItemKind::RenewalNear),
        "No effect on the forecast: renewals are not in it; 30 EUR hang on this one"
    );
}

#[test]
fn without_a_balance_what_is_late_is_what_is_expected_of_it() {
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let book = book(&[&open]);
    let consequence = told(&book, ItemKind::OverdueInvoice);
    let Told::Expected(expected) = &consequence.told else { panic!("{consequence:?}") };
    assert!(expected.amount.amount > Decimal::from(900) && expected.amount.amount <= Decimal::from(1_000));
    assert!(consequence.words().starts_with("If it never comes: "));
}

#[test]
fn the_consequence_of_every_kind_is_said_and_proved_down_to_its_terms() {
    for kind in ItemKind::ALL {
        let book = book_with(&case(*kind).waits);
        let queue = whole_queue(&book, day(TODAY));
        let item = queue.items.iter().find(|item| item.kind == *kind).unwrap().clone();
        let (key, layers) = (FigureKey::Consequence(item.id.clone()), Layers::default());
        let question = Question {
            book: book.clone(),
            day: day(TODAY),
            days: 91,
            levers: Vec::new(),
            layers,
            since: None,
            record: false,
            health: false,
            item: Some(item),
            earlier: Earlier::default(),
        };
        let outlook = Outlook::of(&question);
        let says = outlook.consequence.as_ref().unwrap().words();
        assert!(!says.contains('-') && says.len() > 20, "{kind}: {says}");
        let proof = Memo::new().proof(&book, day(TODAY), day(TODAY), &outlook, &key).unwrap();
        assert!(proof.holds(), "{kind}: {says}: {proof:#?}");
        assert_eq!(proof.method.as_deref(), Some(says.as_str()));
    }
}

#[test]
fn of_a_delivered_deal_only_what_is_due_waits_another_week() {
    let plan = |rest: &str| {
        deal(&format!(
            r#"value: "4000.00 EUR", delivered: "2026-10-01", stages: [(day: "2026-10-01", stage: "delivered")],
                instalments: (agreed: "2026-06-01", instalments: [(due: "2026-11-01", amount: "1000.00 EUR"{rest}),
                    (due: "2026-12-15", amount: "1000.00 EUR")])"#
        ))
    };
    let moved = |lines_of: &[&str]| {
        let consequence = told(&book_with(&lines(lines_of)), ItemKind::DeliveredNotInvoiced);
        let Told::Drawn(drawn) = consequence.told else { panic!("{consequence:?}") };
        assert_eq!(drawn.moves, Moves::Later);
        drawn.flows
    };
    assert_eq!(moved(&[&plan("")]), ["deals/site/instalments/2026-11-01", "deals/site/rest"]);
    let billed = invoice("1", "2026-10-20", "2026-11-30", r#"deal: "site""#);
    let first = r#", invoice: "1""#;
    let second_due = plan(first).replace("2026-12-15", "2026-11-10");
    assert_eq!(moved(&[&second_due, &billed]), ["deals/site/instalments/2026-11-10"]);
}
