//! An item that was away says why it is back, and one whose letter waits stays away.

use super::*;

fn open() -> String {
    invoice("1042", "2026-10-01", "2026-11-03", "")
}

fn snooze(on: &str, until: &str, rest: &str) -> String {
    format!(
        r#"snooze (id: "s", item: "overdue-invoice:1042", client: "acme", day: "{on}", until: "{until}", {rest})"#
    )
}

fn back(lines: &[&str]) -> String {
    let text = why(lines, TODAY, ItemKind::OverdueInvoice);
    text.split(" · ").next().unwrap().to_owned()
}

#[test]
fn what_was_put_off_says_what_brought_it_back() {
    let (open, word) = (open(), touch("t", "2026-11-12", "direction: in"));
    assert_eq!(why(&[&open], TODAY, ItemKind::OverdueInvoice), "18 days late", "it was never away");
    assert_eq!(back(&[&open, &snooze("2026-11-10", TODAY, "")]), "Back: snoozed until today");
    assert_eq!(back(&[&open, &snooze("2026-11-10", "2026-11-19", "")]), "Back: snoozed until 19 Nov");
    assert_eq!(
        back(&[&open, &snooze("2026-11-04", "2026-11-06", "")]),
        "18 days late",
        "that is no news any more"
    );
    let reply = snooze("2026-11-10", "2026-12-10", "wait: they_reply");
    assert_eq!(back(&[&open, &reply, &word]), "Back: they replied on 12 Nov");
    let reply = snooze("2026-11-10", "2026-11-20", "wait: they_reply");
    assert_eq!(back(&[&open, &reply]), "Back: no reply by 20 Nov");
    let silence = snooze("2026-11-16", TODAY, "wait: no_reply");
    assert_eq!(back(&[&open, &silence]), "Back: no reply in 5 days");
    let money = snooze("2026-11-10", "2026-12-10", "wait: paid");
    let part = invoice(
        "1042",
        "2026-10-01",
        "2026-11-03",
        r#"payments: [(day: "2026-11-12", amount: "400.00 EUR")]"#,
    );
    assert_eq!(
        why(&[&part, &money], TODAY, ItemKind::OverdueInvoice),
        "Back: they paid on 12 Nov · 18 days late; 400.00 EUR of 1,000.00 EUR paid"
    );
}

#[test]
fn what_was_handled_says_whether_time_or_a_fact_brought_it_back() {
    let open = open();
    let handled = |on: &str, rest: &str| {
        format!(r#"handled (id: "h", item: "overdue-invoice:1042", client: "acme", day: "{on}", {rest})"#)
    };
    assert_eq!(back(&[&open, &handled("2026-11-10", "")]), "Back: handled on 10 Nov, and still so");
    let part = invoice(
        "1042",
        "2026-10-01",
        "2026-11-03",
        r#"payments: [(day: "2026-11-18", amount: "400.00 EUR")]"#,
    );
    assert_eq!(
        back(&[&part, &handled("2026-11-16", "")]),
        "Back: its facts changed since you handled it on 16 Nov"
    );
    let dismissed = handled("2026-11-10", r#"dismissed: "by phone""#);
    assert_eq!(back(&[&part, &dismissed]), "Back: its facts changed since you dismissed it on 10 Nov");
    // What was done with the item of another time says nothing about this one.
    assert_eq!(back(&[&open, &handled("2025-11-10", "")]), "18 days late");
}

#[test]
fn a_letter_that_is_forgotten_in_the_outbox_brings_its_item_back() {
    let letter = |rest: &str| {
        format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", item: "overdue-invoice:1042", kind: reminder, {rest})"#
        )
    };
    let (open, waits) = (open(), letter(r#"queued: "2026-11-19""#));
    let whole = book(&[&open, &waits]);
    let away = |on: &str| !queue_of(&whole, on).waiting.is_empty();
    assert!(!away("2026-11-18") && away("2026-11-19") && away(TODAY) && !away("2026-11-22"));
    let queue = queue_of(&whole, "2026-11-22");
    assert!(
        queue.items[0]
            .why
            .starts_with("Back: its letter has waited in the outbox since 19 Nov · 19 days late")
    );
    // One reminder is about all that is late of the client, whichever invoice leads the chase.
    let second = invoice("1043", "2026-09-01", "2026-10-03", "");
    let both = queue_of(&book(&[&open, &second, &waits]), TODAY);
    assert!(both.items.iter().all(|item| !item.kind.is_chase()), "{:?}", both.items);
    // So is a down payment: nobody is asked for money twice in a morning, whichever was written first.
    let down = deal(
        r#"stages: [(day: "2026-11-01", stage: "in_work")], down_payment: (asked: "2026-11-01", amount: "500.00 EUR")"#,
    );
    let asks = |lines: &[&str]| -> Vec<ItemKind> {
        let queue = queue_of(&book(lines), TODAY);
        queue.items.iter().map(|item| item.kind).filter(|kind| kind.asks_for_money()).collect()
    };
    let kinds = asks(&[&open, &down]);
    assert!(kinds.contains(&ItemKind::MissingDownPayment) && kinds.len() == 2, "{kinds:?}");
    assert_eq!(asks(&[&open, &down, &waits]), []);
    assert_eq!(
        asks(&[&open, &down, &waits.replace("overdue-invoice:1042", "down-payment-missing:site")]),
        []
    );
    let mut business = Business::new(Currency::EUR);
    business.thresholds.insert("letter_days".to_owned(), 1.into());
    assert!(queue_of(&book_of(business, &[&open, &waits]), TODAY).waiting.is_empty());
}

#[test]
fn a_fact_that_comes_after_a_letter_went_on_its_day_brings_the_item_back() {
    let part = r#"(day: "2026-11-12", amount: "1 EUR")"#;
    let disputed = |payments: &str| {
        let rest = format!(r#"disputes: [(from: "2026-11-10")], payments: [{payments}]"#);
        invoice("1042", "2026-10-01", "2026-11-03", &rest)
    };
    let (one, two) = (disputed(part), disputed(&format!("{part}, {part}")));
    let went = |seen: &str| {
        format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", item: "invoice-disputed:1042",
            queued: "2026-11-12", handed_over: (day: "2026-11-12", {seen}))"#
        )
    };
    let at = |invoice: &str, seen: &str, on: &str| {
        let whole = book(&[invoice, &went(seen)]);
        queue_of(&whole, on).items.iter().map(|it| it.why.clone()).collect::<Vec<_>>()
    };
    assert_eq!(at(&one, "seen: 1", "2026-11-12"), [""; 0], "it was written of that");
    for on in ["2026-11-12", "2026-11-14"] {
        let back = at(&two, "seen: 1", on);
        assert!(back[0].starts_with("Back: its facts changed since your letter of 12 Nov · "), "{back:?}");
    }
    assert_eq!(at(&two, "", "2026-11-12"), [""; 0], "a letter that does not say");
}

#[test]
fn a_letter_that_went_counts_like_a_mark_where_the_rule_knows_no_touch() {
    let disputed = invoice("1042", "2026-10-01", "2026-11-03", r#"disputes: [(from: "2026-11-10")]"#);
    let went = r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", item: "invoice-disputed:1042",
        queued: "2026-11-12", handed_over: (day: "2026-11-12"))"#;
    let whole = book(&[&disputed, went]);
    let at = |on: &str| queue_of(&whole, on).items.iter().map(|it| it.why.clone()).collect::<Vec<_>>();
    assert_eq!(at("2026-11-18"), [""; 0]);
    assert!(
        at("2026-11-19")[0]
            .starts_with("Back: nothing came of your letter of 12 Nov · Disputed since 10 Nov")
    );
}
