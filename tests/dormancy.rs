//! Whether a client still orders: against numbers worked out elsewhere, and against what was really ordered.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use chrono::NaiveDate;
use rapport::domain::{Book, ClientId, Currency, add_days};
use rapport::figures::forecast::{Dormancy, FlowKind, Flows, Habits, When};
use rust_decimal::prelude::ToPrimitive;

use crate::facts::{book, day};
use crate::ledger::late_payments;

const START: &str = "2026-01-01";

fn on(days: i64) -> NaiveDate {
    add_days(day(START), days)
}

fn client(id: &str) -> ClientId {
    ClientId::new(id).unwrap()
}

/// An invoice of 100 euros, sent so many days after the start.
fn sent(client: &str, days: i64, rest: &str) -> String {
    let issued = on(days);
    format!(
        r#"invoice (id: "{client}{days}", number: "{days}", client: "{client}", issued: "{issued}",
            due: "{}", lines: [(result: "x", price: "100 EUR")]{rest})"#,
        add_days(issued, 14)
    )
}

fn of(lines: &[String]) -> Book {
    let mut all =
        vec![r#"client (id: "a", name: "A")"#.to_owned(), r#"client (id: "b", name: "B")"#.to_owned()];
    all.extend_from_slice(lines);
    book(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

#[track_caller]
fn close(left: f64, right: f64) {
    assert!((left - right).abs() < 1e-9, "{left} is not {right}");
}

#[test]
fn gap_silence_and_chance_are_those_worked_out_by_hand() {
    // A ordered after 0, 30 and 60 days, B after 0 and 90: the mean gap is (60 + 90) / (2 + 1) = 50 days.
    let days = [("a", 0), ("a", 30), ("a", 60), ("b", 0), ("b", 90)];
    let lines: Vec<String> = days.map(|(client, days)| sent(client, days, "")).into();
    let dormancy = Dormancy::of(&of(&lines), on(100));
    let (a, b) = (dormancy.rhythm(&client("a")).unwrap(), dormancy.rhythm(&client("b")).unwrap());
    // (60 + 2·50) / (2 + 2) = 40, silent for as long; (90 + 2·50) / (1 + 2) = 63⅓, silent for 10.
    assert_eq!((a.orders, a.silence, b.orders, b.silence), (3, 40, 2, 10));
    close(a.gap, 40.0);
    close(a.ratio, 1.0);
    close(b.gap, 190.0 / 3.0);
    // With the silence both were watched for 100 days: a mean of 200 / 3, and (100 + 2·200 / 3) / 4.
    close(a.pace, 175.0 / 3.0);
    // 91 days before, on day 9, each had ordered once, nobody twice: gap 90, ratio 0.1, lean −ln 1.1 + ½·ln(91 / 90) =
    // −0.0897853. Both ordered since: 2·(1 − σ(b₀ − 0.0897853)) = b₀ has its root at 0.7027612624.
    // A: σ(b₀ − ln 2 + ½·ln(91 / 40) + 0.8·ln 3); B: σ(b₀ − ln(1 + 30 / 190) + ½·ln(273 / 190) + 0.8·ln 2).
    close(dormancy.chance(&client("a"), 91).unwrap(), 0.785_749_801_477_543_9);
    close(dormancy.chance(&client("b"), 91).unwrap(), 0.784_468_507_828_079);
    assert_eq!(dormancy.chances(91).get(&client("a")).unwrap().1.to_bits(), {
        dormancy.chance(&client("a"), 91).unwrap().to_bits()
    });
}

#[test]
fn an_order_is_what_was_invoiced_for_one_deal_or_on_one_day_and_no_fee_is_one() {
    let fee = r#"retainer (id: "care", client: "a", what: "Care", amount: "100 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-06-01", until: "2026-08-31")"#;
    let named = r#"retainer (id: "host", client: "a", what: "Hosting", amount: "7 EUR", every: "1 year",
        agreed: "2026-01-01", from: "2026-01-01")"#;
    let deal =
        r#"deal (id: "site", client: "a", title: "Site", stages: [(day: "2026-01-01", stage: "done")])"#;
    let lines = [
        deal.to_owned(),
        fee.to_owned(),
        named.to_owned(),
        sent("a", 0, r#", deal: "site""#),
        sent("a", 40, r#", deal: "site""#),
        sent("a", 50, ""),
        // The fee of care without saying so, since it asks for just as much while that ran.
        sent("a", 152, ""),
        sent("a", 60, r#", retainer: "host""#),
    ];
    let rhythm = Dormancy::of(&of(&lines), on(200)).rhythm(&client("a")).unwrap();
    assert_eq!((rhythm.orders, rhythm.last), (2, on(50)));
}

#[test]
fn the_longer_the_silence_the_less_likely_and_the_longer_the_wait_the_likelier() {
    let lines: Vec<String> = (0..6).map(|nth| sent("a", nth * 30, "")).collect();
    let book = of(&lines);
    let chance = |at: i64, days: i64| Dormancy::of(&book, on(at)).chance(&client("a"), days).unwrap();
    assert!(chance(160, 91) > chance(400, 91) && chance(400, 91) > chance(2_000, 91));
    assert!(chance(160, 28) < chance(160, 91));
    assert_eq!(Dormancy::of(&book, on(160)).chance(&client("b"), 91), None);
}

#[test]
fn a_client_that_ended_orders_no_more() {
    let ended = r#"client (id: "a", name: "A", ended: (day: "2026-05-01"))"#;
    let mut lines: Vec<String> = (0..3).map(|nth| sent("a", nth * 30, "")).collect();
    lines.insert(0, ended.to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let dormancy = Dormancy::of(&book(&lines), on(130));
    assert_eq!(dormancy.chance(&client("a"), 91), Some(0.0));
}

#[test]
fn later_invoices_never_change_an_earlier_chance() {
    let lines: Vec<String> = (0..9).map(|nth| sent("a", nth * 30, "")).collect();
    let (all, part) = (of(&lines), of(lines.get(..5).unwrap()));
    let known = all.as_of(on(130));
    assert_eq!(Dormancy::of(&known, on(130)), Dormancy::of(&part.as_of(on(130)), on(130)));
}

#[test]
fn an_empty_book_and_orders_of_one_day_give_no_nonsense() {
    let empty = Book::empty(Currency::EUR);
    assert!(Dormancy::of(&empty, on(0)).chances(91).is_empty());
    let lines = [sent("a", 0, "")];
    for (at, days) in [(0, 0), (0, 1), (60_000, 91), (0, 10_000)] {
        let chance = Dormancy::of(&of(&lines), on(at)).chance(&client("a"), days).unwrap();
        assert!((0.0..=1.0).contains(&chance), "{chance}");
    }
}

/// At several days, what the orders of 13 weeks were expected to bring against what was invoiced in them.
#[test]
fn what_orders_are_expected_to_bring_is_about_what_was_really_invoiced() {
    let book = late_payments();
    for at in ["2012-06-01", "2012-09-30", "2012-12-31", "2013-03-31", "2013-06-30", "2013-08-31"] {
        let (at, until) = (day(at), add_days(day(at), 91));
        let known = book.as_of(at);
        let flows = Flows::of(&known, &Habits::of(&known, at), at, 91);
        let dormancy = Dormancy::of(&known, at);
        let orders = flows.flows.iter().filter(|flow| flow.kind == FlowKind::Order);
        let expected: f64 = orders
            .map(|flow| {
                let When::Following(event, _) = &flow.when else { panic!("{} waits for an order", flow.key) };
                let nth: i64 = flow.key.rsplit('/').next().unwrap().parse().unwrap();
                let rhythm = dormancy.rhythm(&flow.client.as_ref().unwrap().0).unwrap();
                #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "91 days")]
                let left = 91 - ((nth - 1) as f64 * rhythm.pace).round() as i64;
                event.when.within(left) * flow.amount.amount.to_f64().unwrap()
            })
            .sum();
        let all = book.clients().flat_map(|client| &client.facts.invoices);
        let sent = all.filter(|invoice| invoice.issued > at && invoice.issued <= until);
        let really: f64 = sent.map(|invoice| invoice.total().amount.to_f64().unwrap()).sum();
        assert!((0.85..1.15).contains(&(expected / really)), "{at}: {expected} of {really}");
    }
}
