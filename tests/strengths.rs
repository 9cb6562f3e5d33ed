//! How strongly what comes in hangs together: learnt from what is known on a day, and from nothing else.

use rapport::domain::{Book, add_days};
use rapport::figures::forecast::{Hindsight, Strengths};

use crate::backtest::late_payments;
use crate::facts::{book, day};

/// Six clients with an invoice every four weeks for two years. `late` tells how many days late the n-th of a client is paid.
fn paid(late: fn(i64, i64) -> i64) -> Book {
    let mut records = Vec::new();
    for client in 0..6 {
        records.push(format!(r#"client (id: "c{client}", name: "C{client}")"#));
        for n in 0..26 {
            let issued = add_days(day("2024-01-01"), n * 28 + client * 4);
            let due = add_days(issued, 14);
            let on = add_days(due, late(client, n));
            records.push(format!(
                r#"invoice (id: "c{client}-{n}", number: "{client}/{n}", client: "c{client}", issued: "{issued}",
                    due: "{due}", lines: [(result: "x", price: "100 EUR")],
                    payments: [(day: "{on}", amount: "100 EUR")])"#
            ));
        }
    }
    book(&records.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn what_came_later_makes_no_difference() {
    let book = late_payments();
    // Asked from the last day to the first, what was kept of a later day could show in an earlier one.
    let mut kept = Hindsight::of(&book);
    let mut seen = Vec::new();
    for on in ["2013-09-22", "2013-02-03", "2012-07-05", "2012-03-01"].map(day) {
        let strengths = kept.strengths(on);
        assert_eq!(strengths, Hindsight::of(&book.as_of(on)).strengths(on), "{on}");
        seen.push(strengths);
    }
    assert!(seen[0] != seen[1] && seen[1] != seen[2], "{seen:?}");
}

#[test]
fn before_ten_invoices_were_paid_nothing_is_learnt() {
    let taken = Strengths::default();
    for (book, on) in [(late_payments(), "2012-02-01"), (book(&[]), "2026-11-20")] {
        let found = Hindsight::of(&book).strengths(day(on));
        for (found, taken) in [(found.open, taken.open), (found.scheduled, taken.scheduled)] {
            let off = (found.market - taken.market).abs() + (found.client - taken.client).abs();
            assert!(off < 1e-12, "{found:?} {taken:?}");
        }
    }
}

#[test]
fn clients_who_are_late_all_at_once_hang_together_more_than_those_who_are_late_each_in_its_turn() {
    let at_once = |_, n: i64| if n % 6 < 3 { 2 } else { 16 };
    let in_turn = |client: i64, n: i64| if (n + client * 5 + n * client) % 6 < 3 { 2 } else { 16 };
    let [at_once, in_turn] =
        [paid(at_once), paid(in_turn)].map(|book| Hindsight::of(&book).strengths(day("2026-01-20")));
    assert!(at_once.scheduled.market > 2.0 * in_turn.scheduled.market, "{at_once:?} {in_turn:?}");
    assert!(at_once.scheduled.market > 2.0 * Strengths::default().scheduled.market, "{at_once:?}");
    assert!(in_turn.scheduled.market < 1.5 * Strengths::default().scheduled.market, "{in_turn:?}");
}
