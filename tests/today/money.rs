//! Items about money.

use rapport::figures::{Figures, Letter};

use super::*;

#[test]
fn a_rest_of_less_than_one_is_asked_of_nobody_and_may_be_written_off() {
    let rest = |paid: &str| {
        invoice(
            "1",
            "2026-09-01",
            "2026-09-15",
            &format!(r#"payments: [(day: "2026-09-14", amount: "{paid} EUR")]"#),
        )
    };
    let kind = ItemKind::OverdueInvoice;
    let trifle = rest("999.99");
    assert!(why(&[&trifle], TODAY, kind).ends_with("too little to ask for: write it off"));
    let figures = Figures::of(
        &book(&[r#"client (id: "acme", name: "Acme", people: [(name: "Ben")])"#, &trifle]),
        TODAY.parse().unwrap(),
    );
    let item = figures.today.items.iter().find(|item| item.kind == kind).unwrap();
    assert_eq!(Letter::for_item(&Business::new(Currency::EUR), &figures, item), None);
    assert!(!why(&[&rest("999.00")], TODAY, kind).contains("write it off"));
    let nothing_came = String::from(
        r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-09-01", due: "2026-09-15", lines: [(result: "Stamp", price: "0.90 EUR")])"#,
    );
    assert!(!why(&[&nothing_came], TODAY, kind).contains("write it off"), "that is the whole of it");
}

#[test]
fn an_open_invoice_is_overdue_from_the_day_after_it_was_due_until_it_is_paid() {
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let kind = ItemKind::OverdueInvoice;
    assert!(!has(&[&open], "2026-11-03", kind));
    assert!(has(&[&open], "2026-11-04", kind));
    let item = found(&[&open], TODAY, kind).unwrap();
    assert_eq!((item.id.as_str(), item.title.as_str()), ("overdue-invoice:1042", "Invoice 1042"));
    assert_eq!((item.why.as_str(), item.at_stake), ("18 days late", eur("1000.00")));
    assert_eq!((item.since, item.table), (day("2026-11-04"), Some(Table::Invoices)));
    let settled = paid("1042", "2026-10-01", "2026-11-03", "2026-11-21");
    assert!(has(&[&settled], "2026-11-20", kind) && !has(&[&settled], TODAY, kind));
    let written_off =
        invoice("1042", "2026-10-01", "2026-11-03", r#"write_off: (day: "2026-11-20", cause: cannot)"#);
    assert!(!has(&[&written_off], TODAY, kind));
}

#[test]
fn the_usual_delay_is_named_from_three_settled_invoices_on() {
    let history = [
        paid("1", "2026-01-01", "2026-01-31", "2026-02-09"),
        paid("2", "2026-02-01", "2026-03-03", "2026-03-05"),
        paid("3", "2026-03-01", "2026-03-31", "2026-04-30"),
    ];
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let of_two = why(&[&history[0], &history[1], &open], TODAY, ItemKind::OverdueInvoice);
    assert_eq!(of_two, "18 days late");
    let of_three = why(&[&history[0], &history[1], &history[2], &open], TODAY, ItemKind::OverdueInvoice);
    assert_eq!(of_three, "18 days late; usually pays 9 days late, from 3 invoices");
}

#[test]
fn a_punctual_clients_first_lateness_is_out_of_character() {
    let history = [
        paid("1", "2026-01-01", "2026-01-31", "2026-01-31"),
        paid("2", "2026-02-01", "2026-03-03", "2026-02-20"),
        paid("3", "2026-03-01", "2026-03-31", "2026-03-30"),
    ];
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let lines = [history[0].as_str(), &history[1], &history[2], &open];
    let text = why(&lines, TODAY, ItemKind::OverdueInvoice);
    assert_eq!(text, "18 days late; out of character: 3 before it were paid on time");
    let second = invoice("1043", "2026-10-05", "2026-11-06", "");
    let earlier = paid("1042", "2026-10-01", "2026-11-03", "2026-11-19");
    let of_second = why(&[lines[0], lines[1], lines[2], &earlier, &second], TODAY, ItemKind::OverdueInvoice);
    assert_eq!(of_second, "15 days late; usually pays 1 day early, from 4 invoices");
}

#[test]
fn all_that_a_client_owes_late_is_one_chase_that_names_the_others() {
    let (first, second) =
        (invoice("1042", "2026-10-01", "2026-11-03", ""), invoice("1043", "2026-10-05", "2026-11-10", ""));
    let chases = |lines: &[&str], on: &str| -> Vec<Item> {
        let is_chase =
            |item: &Item| matches!(item.kind, ItemKind::OverdueInvoice | ItemKind::BrokenPromiseToPay);
        items(lines, on).into_iter().filter(is_chase).collect()
    };
    let all = chases(&[&first, &second], TODAY);
    let [item] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((item.id.as_str(), item.at_stake), ("overdue-invoice:1042", eur("2000.00")));
    assert_eq!(item.why, "18 days late; and with it 1043 (1,000.00 EUR, 11 days late)");
    // The sum, times the share of the one that is later.
    assert_eq!(item.cost, "60.00".parse().unwrap());
    let settled = paid("1042", "2026-10-01", "2026-11-03", "2026-11-20");
    assert_eq!(chases(&[&settled, &second], TODAY)[0].id, "overdue-invoice:1043");
    // A dispute about one, or a day promised for it, keeps all of it away until it is over.
    let disputed = invoice(
        "1042",
        "2026-10-01",
        "2026-11-03",
        r#"disputes: [(from: "2026-11-10", until: "2026-11-22")]"#,
    );
    assert!(chases(&[&disputed, &second], TODAY).is_empty());
    assert_eq!(chases(&[&disputed, &second], "2026-11-23")[0].at_stake, eur("2000.00"));
    let promised = invoice(
        "1043",
        "2026-10-05",
        "2026-11-10",
        r#"promised: [(day: "2026-11-20", pay_by: "2026-11-24")]"#,
    );
    assert!(chases(&[&first, &promised], TODAY).is_empty());
    let broken = &chases(&[&first, &promised], "2026-11-25")[0];
    assert_eq!((broken.kind, broken.at_stake), (ItemKind::BrokenPromiseToPay, eur("2000.00")));
}

#[test]
fn a_reminder_keeps_every_chase_of_the_client_away_for_a_week() {
    let (first, second) =
        (invoice("1042", "2026-10-01", "2026-11-03", ""), invoice("1043", "2026-10-05", "2026-11-10", ""));
    let reminder = touch("t", "2026-11-14", r#"direction: out, kind: reminder, invoice: "1042""#);
    let lines = [first.as_str(), &second, &reminder];
    let kind = ItemKind::OverdueInvoice;
    assert!(has(&lines, "2026-11-13", kind));
    assert!(!has(&lines, "2026-11-14", kind) && !has(&lines, "2026-11-20", kind));
    assert!(has(&lines, TODAY, kind));
    let mut business = Business::new(Currency::EUR);
    business.thresholds.insert("chase_days".to_owned(), 10.into());
    let longer = queue_of(&book_of(business, &lines), TODAY);
    assert!(!longer.items.iter().any(|item| item.kind == kind));
}

#[test]
fn a_chase_is_the_same_item_from_day_to_day_whichever_invoice_costs_most() {
    // By the second day the younger and larger invoice is a full week late, and dearer to wait for.
    let lines = [
        invoice("1042", "2026-09-01", "2026-10-01", ""),
        invoice("1043", "2026-11-01", "2026-11-14", "").replace("1000.00", "2100.00"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    for on in ["2026-11-20", TODAY, "2026-12-24"] {
        assert_eq!(found(&lines, on, ItemKind::OverdueInvoice).unwrap().id, "overdue-invoice:1042", "{on}");
    }
}

#[test]
fn a_down_payment_waits_for_a_promised_day_a_dispute_and_a_reminder_and_is_one_chase_with_what_is_late() {
    let site = deal(
        r#"value: "4000.00 EUR", stages: [(day: "2026-10-10", stage: "in_work")],
            down_payment: (asked: "2026-11-01", amount: "1000.00 EUR", invoice: "7")"#,
    );
    let kind = ItemKind::MissingDownPayment;
    let asked = |due: &str, rest: &str| invoice("7", "2026-11-01", due, rest);
    assert!(has(&[&site, &asked("2026-12-01", "")], TODAY, kind));
    let promised = r#"promised: [(day: "2026-11-18", pay_by: "2026-11-30")]"#;
    assert!(!has(&[&site, &asked("2026-12-01", promised)], TODAY, kind));
    let disputed = r#"disputes: [(from: "2026-11-10", about: "the hours")]"#;
    assert!(!has(&[&site, &asked("2026-12-01", disputed)], TODAY, kind));
    let reminded = touch("r", "2026-11-18", "direction: out, kind: reminder");
    assert!(!has(&[&site, &asked("2026-12-01", ""), &reminded], TODAY, kind));
    let late = asked("2026-11-10", "");
    assert!(!has(&[&site, &late], TODAY, kind) && has(&[&site, &late], TODAY, ItemKind::OverdueInvoice));
}

#[test]
fn before_work_a_down_payment_is_not_chased_until_its_invoice_is_late_and_says_what_came() {
    let site = |stage: &str, invoice: &str| {
        deal(&format!(
            r#"value: "4000.00 EUR", stages: [(day: "2026-10-10", stage: "{stage}")],
                down_payment: (asked: "2026-10-11", amount: "1000.00 EUR", {invoice})"#
        ))
    };
    let (down, late) = (ItemKind::MissingDownPayment, ItemKind::OverdueInvoice);
    let named = |stage: &str| site(stage, r#"invoice: "7""#);
    let asked = |due: &str| {
        invoice("7", "2026-10-11", due, r#"payments: [(day: "2026-10-20", amount: "400.00 EUR")]"#)
    };
    assert!(!has(&[&named("agreed"), &asked(TODAY)], TODAY, down), "it is not due yet");
    assert!(!has(&[&named("agreed"), &asked(TODAY)], TODAY, late));
    let was_due = asked("2026-11-20");
    assert!(
        !has(&[&named("agreed"), &was_due], TODAY, down) && has(&[&named("agreed"), &was_due], TODAY, late)
    );
    assert_eq!(
        why(&[&named("in_work"), &asked(TODAY)], TODAY, down),
        "Asked for 41 days ago by invoice 7; 400.00 EUR of 1,000.00 EUR paid; work goes on since 10 Oct"
    );
    let part = asked("2026-12-24").replace(r#"client: "acme""#, r#"client: "acme", deal: "site""#);
    assert_eq!(
        why(&[&site("agreed", ""), &part], TODAY, down),
        "Asked for 41 days ago, without an invoice; 400.00 EUR of 1,000.00 EUR paid, and work has not begun"
    );
}

#[test]
fn part_payments_and_reminders_are_told() {
    let open = invoice(
        "1042",
        "2026-10-01",
        "2026-11-03",
        r#"payments: [(day: "2026-11-10", amount: "400.00 EUR")]"#,
    );
    let reminder = touch("t", "2026-11-12", r#"direction: out, kind: reminder, invoice: "1042""#);
    let item = found(&[&open, &reminder], TODAY, ItemKind::OverdueInvoice).unwrap();
    assert_eq!(
        item.why,
        "18 days late; 400.00 EUR of 1,000.00 EUR paid; 1 reminder sent, the last 9 days ago"
    );
    assert_eq!((item.at_stake, item.last_touch), (eur("600.00"), Some(day("2026-11-12"))));
    let named_none = touch("u", "2026-11-13", "direction: out, kind: reminder");
    let item = found(&[&open, &reminder, &named_none], TODAY, ItemKind::OverdueInvoice).unwrap();
    assert!(item.why.ends_with("2 reminders sent, the last 8 days ago"), "{}", item.why);
}

#[test]
fn a_dispute_pauses_an_overdue_invoice_until_it_is_settled() {
    let disputed = |until: &str| {
        let rest = format!(r#"disputes: [(from: "2026-11-10"{until})]"#);
        invoice("1042", "2026-10-01", "2026-11-03", &rest)
    };
    assert!(has(&[&disputed("")], "2026-11-09", ItemKind::OverdueInvoice));
    assert!(!has(&[&disputed("")], TODAY, ItemKind::OverdueInvoice));
    let item = found(&[&disputed("")], TODAY, ItemKind::DisputedInvoice).unwrap();
    assert_eq!(item.why, "Disputed since 10 Nov; 18 days late; settle that before any reminder");
    let settled = disputed(r#", until: "2026-11-18""#);
    assert!(!has(&[&settled], "2026-11-17", ItemKind::OverdueInvoice));
    assert!(!has(&[&settled], TODAY, ItemKind::DisputedInvoice));
    assert_eq!(found(&[&settled], TODAY, ItemKind::OverdueInvoice).unwrap().since, day("2026-11-19"));
}

#[test]
fn a_promised_day_pauses_an_overdue_invoice_and_is_broken_when_it_passes() {
    let promised = invoice(
        "1042",
        "2026-10-01",
        "2026-11-03",
        r#"promised: [(day: "2026-11-05", pay_by: "2026-11-12"), (day: "2026-11-14", pay_by: "2026-11-19")]"#,
    );
    let kinds =
        |on: &str| -> Vec<ItemKind> { items(&[&promised], on).iter().map(|item| item.kind).collect() };
    assert_eq!(kinds("2026-11-04"), [ItemKind::OverdueInvoice]);
    assert_eq!(kinds("2026-11-12"), []);
    assert_eq!(kinds("2026-11-13"), [ItemKind::BrokenPromiseToPay]);
    assert_eq!(kinds("2026-11-19"), []);
    assert_eq!(kinds(TODAY), [ItemKind::BrokenPromiseToPay]);
    assert_eq!(
        why(&[&promised], TODAY, ItemKind::BrokenPromiseToPay),
        "Promised for 19 Nov, 2 days ago, and still open; the 2nd day promised for it; 18 days late"
    );
}

#[test]
fn a_delivered_deal_waits_two_days_for_its_invoice() {
    let delivered = deal(
        r#"value: "5000.00 EUR", delivered: "2026-11-10", stages: [(day: "2026-11-10", stage: "delivered")]"#,
    );
    let kind = ItemKind::DeliveredNotInvoiced;
    assert!(!has(&[&delivered], "2026-11-12", kind) && has(&[&delivered], "2026-11-13", kind));
    let item = found(&[&delivered], TODAY, kind).unwrap();
    assert_eq!(
        (item.why.as_str(), item.at_stake),
        ("Delivered 11 days ago, on 10 Nov; no invoice yet", eur("5000.00"))
    );
    let before = invoice(
        "1",
        "2026-09-01",
        "2026-10-01",
        r#"deal: "site", payments: [(day: "2026-09-20", amount: "1000.00 EUR")]"#,
    );
    assert_eq!(found(&[&delivered, &before], TODAY, kind).unwrap().at_stake, eur("4000.00"));
    let after = invoice("2", "2026-11-15", "2026-12-15", r#"deal: "site""#);
    assert!(!has(&[&delivered, &before, &after], TODAY, kind));
}

#[test]
fn of_a_price_in_instalments_only_what_is_not_due_yet_waits_for_its_invoice() {
    let kind = ItemKind::DeliveredNotInvoiced;
    let plan = |first: &str, amount: &str| {
        deal(&format!(
            r#"value: "10000.00 EUR", delivered: "2026-10-01", stages: [(day: "2026-10-01", stage: "delivered")],
                instalments: (agreed: "2026-06-01", instalments: [(due: "{first}", amount: "{amount} EUR"),
                    (due: "2027-03-01", amount: "{amount} EUR")])"#
        ))
    };
    let item = found(&[&plan("2026-11-01", "5000.00")], TODAY, kind).unwrap();
    assert_eq!((item.at_stake, item.since), (eur("5000.00"), day("2026-11-02")));
    let gross = found(&[&plan("2026-11-01", "5950.00")], TODAY, kind).unwrap();
    assert_eq!(gross.at_stake, eur("5000.00"), "of a plan that is gross, half is half of the value");
    assert!(!has(&[&plan("2026-12-01", "5000.00")], TODAY, kind), "nothing is due yet");
    let rest = found(&[&plan("2026-12-01", "2500.00")], TODAY, kind).unwrap();
    assert_eq!(rest.at_stake, eur("5000.00"), "what no plan puts off is due on delivery");
}

#[test]
fn an_open_dispute_or_a_promised_day_keeps_every_chase_of_the_client_away_until_it_is_over() {
    let kind = ItemKind::OverdueInvoice;
    let late = invoice("1", "2026-10-01", "2026-11-03", "");
    for (open, over) in [
        (r#"disputes: [(from: "2026-11-10")]"#, r#"disputes: [(from: "2026-11-10", until: "2026-11-20")]"#),
        (
            r#"promised: [(day: "2026-11-10", pay_by: "2026-11-25")]"#,
            r#"promised: [(day: "2026-11-10", pay_by: "2026-11-19")]"#,
        ),
    ] {
        let other = |rest: &str| invoice("2", "2026-10-01", "2026-11-05", rest);
        assert!(!has(&[&late, &other(open)], TODAY, kind), "{open}");
        let down = deal(
            r#"stages: [(day: "2026-10-20", stage: "in_work")], down_payment: (asked: "2026-10-01", amount: "500.00 EUR")"#,
        );
        assert!(has(&[&down], TODAY, ItemKind::MissingDownPayment));
        assert!(!has(&[&down, &other(open)], TODAY, ItemKind::MissingDownPayment), "{open}");
        let chased = items(&[&late, &other(over)], TODAY);
        assert!(chased.iter().any(|item| item.kind.is_chase()), "{over}: {chased:#?}");
    }
}

#[test]
fn open_credits_and_what_was_paid_too_much_go_off_what_is_late() {
    let kind = ItemKind::OverdueInvoice;
    let late = invoice("1", "2026-10-01", "2026-11-03", "");
    let credit = |number: &str, amount: &str| {
        format!(
            r#"invoice (id: "{number}", number: "{number}", client: "acme", issued: "2026-11-05", due: "2026-11-05",
                lines: [(result: "Credit", price: "-{amount}")])"#
        )
    };
    let (part, all) = (credit("C-1", "300.00 EUR"), credit("C-2", "1000.00 EUR"));
    let item = found(&[&late, &part], TODAY, kind).unwrap();
    assert_eq!(item.why, "18 days late; set off credit C-1 of 300.00 EUR first: 700.00 EUR is left");
    assert_eq!((item.at_stake, item.cost), (eur("700.00"), "21.00".parse().unwrap()));
    // Two in one pool, and a payment that was too much.
    let other = invoice("2", "2026-10-05", "2026-11-10", "");
    let over =
        invoice("3", "2026-09-01", "2026-09-15", r#"payments: [(day: "2026-09-14", amount: "1700.00 EUR")]"#);
    let item = found(&[&late, &other, &part, &over, &all], TODAY, kind).unwrap();
    assert_eq!(
        item.why,
        "18 days late; and with it 2 (1,000.00 EUR, 11 days late); covered by 700.00 EUR too much paid on 3 and credit C-1 of \
               300.00 EUR and credit C-2 of 1,000.00 EUR: settle it against that"
    );
    assert_eq!(item.at_stake, eur("0.00"));
    let foreign = credit("C-1", "300.00 USD");
    assert_eq!(why(&[&late, &foreign], TODAY, kind), "18 days late", "that goes off nothing in euros");
}

#[test]
fn entering_the_delivered_stage_counts_as_delivery() {
    let entered = deal(r#"value: "5000.00 EUR", stages: [(day: "2026-11-10", stage: "delivered")]"#);
    assert!(has(&[&entered], TODAY, ItemKind::DeliveredNotInvoiced));
    let back =
        deal(r#"stages: [(day: "2026-11-10", stage: "delivered"), (day: "2026-11-15", stage: "in_work")]"#);
    assert!(!has(&[&back], TODAY, ItemKind::DeliveredNotInvoiced));
}

#[test]
fn a_down_payment_is_missed_after_three_days_while_work_goes_on_and_after_a_week_before_it() {
    let asked = |stage: &str| {
        deal(&format!(
            r#"agreement: (sent: "2026-11-01", signed: "2026-11-02"), stages: [(day: "2026-11-11", stage: "{stage}")],
            down_payment: (asked: "2026-11-11", amount: "500.00 EUR")"#
        ))
    };
    let kind = ItemKind::MissingDownPayment;
    assert!(!has(&[&asked("agreed")], "2026-11-18", kind));
    assert_eq!(
        why(&[&asked("agreed")], "2026-11-19", kind),
        "Asked for 8 days ago, without an invoice; not paid, and work has not begun"
    );
    assert_eq!(
        why(&[&asked("in_work")], "2026-11-15", kind),
        "Asked for 4 days ago, without an invoice; work goes on since 11 Nov"
    );
    let work = r#"work (id: "w", day: "2026-11-12", client: "acme", deal: "site", hours: "4.5")"#;
    assert_eq!(
        why(&[&asked("agreed"), work], "2026-11-15", kind),
        "Asked for 4 days ago, without an invoice; work goes on since 12 Nov, 4.5 hours so far"
    );
    let hour = work.replace("4.5", "1");
    assert!(why(&[&asked("agreed"), &hour], "2026-11-15", kind).ends_with(", 1 hour so far"));
    assert!(!has(&[&asked("in_work")], "2026-11-14", kind), "it may take three days");
    let delivered = asked("in_work").replace("down_payment:", r#"delivered: "2026-11-12", down_payment:"#);
    assert!(!has(&[&delivered], "2026-11-25", kind), "what is delivered is asked for by its invoice");
    let came = invoice(
        "1",
        "2026-11-11",
        "2026-11-18",
        r#"deal: "site", payments: [(day: "2026-11-16", amount: "1000.00 EUR")]"#,
    );
    assert!(has(&[&asked("in_work"), &came], "2026-11-15", kind));
    assert!(!has(&[&asked("in_work"), &came], "2026-11-16", kind));
}

#[test]
fn a_down_payment_with_an_invoice_is_there_once_the_invoice_is_settled() {
    let asked = deal(
        r#"agreement: (signed: "2026-11-02"), stages: [(day: "2026-11-11", stage: "in_work")],
        down_payment: (asked: "2026-11-11", amount: "1000.00 EUR", invoice: "7")"#,
    );
    let part =
        invoice("7", "2026-11-11", "2026-12-11", r#"payments: [(day: "2026-11-14", amount: "600.00 EUR")]"#);
    let item = found(&[&asked, &part], TODAY, ItemKind::MissingDownPayment).unwrap();
    assert_eq!((item.record.as_str(), item.at_stake), ("site", eur("400.00")));
    let full = paid("7", "2026-11-11", "2026-12-11", "2026-11-20");
    assert!(!has(&[&asked, &full], TODAY, ItemKind::MissingDownPayment));
}

#[test]
fn a_project_whose_hours_bring_no_more_than_break_even_is_named() {
    let mut business = Business::new(Currency::EUR);
    business.break_even_rate = eur("50.00");
    let works = deal(
        r#"value: "1000.00 EUR", agreement: (signed: "2026-11-01"), stages: [(day: "2026-11-01", stage: "in_work")]"#,
    );
    let hours = |hours: &str| {
        format!(r#"work (id: "w", day: "2026-11-20", client: "acme", deal: "site", hours: "{hours}")"#)
    };
    let kinds = |lines: &[&str]| -> Vec<String> {
        let today = queue_of(&book_of(business.clone(), lines), TODAY);
        today
            .items
            .into_iter()
            .filter(|it| it.kind == ItemKind::BreakEvenProject)
            .map(|it| it.why.clone())
            .collect()
    };
    assert!(kinds(&[&works, &hours("19")]).is_empty());
    assert_eq!(
        kinds(&[&works, &hours("20")]),
        ["20 hours bring 50.00 EUR each; break-even is 50.00 EUR, which it covers for 20 hours"]
    );
    let expense = r#"expense (id: "e", what: "Fonts", amount: "240.00 EUR", day: "2026-11-02", client: "acme", deal: "site")"#;
    assert_eq!(
        kinds(&[&works, &hours("19"), expense]),
        [
            "19 hours bring 40.00 EUR each after expenses; break-even is 50.00 EUR, which it covers for 15.2 hours"
        ]
    );
}

#[test]
fn what_was_billed_beyond_the_value_counts_and_a_fee_or_what_is_paid_and_delivered_has_no_such_end() {
    let mut business = Business::new(Currency::EUR);
    business.break_even_rate = eur("50.00");
    let hours = r#"work (id: "w", day: "2026-11-20", client: "acme", deal: "site", hours: "30")"#;
    let named = |deal: &str, more: &[&str]| -> Vec<String> {
        let lines = [&[deal, hours], more].concat();
        let today = queue_of(&book_of(business.clone(), &lines), TODAY);
        let items = today.items.into_iter().filter(|it| it.kind == ItemKind::BreakEvenProject);
        items.map(|it| it.why.clone()).collect()
    };
    let works = |more: &str| {
        let stages = r#"value: "1000.00 EUR", stages: [(day: "2026-11-01", stage: "in_work")]"#;
        deal(&format!("{stages}{more}"))
    };
    // 1000 for 30 hours are 33.33 each; 1000 / 50 = 20 hours.
    assert_eq!(
        named(&works(""), &[]),
        ["30 hours bring 33.33 EUR each; break-even is 50.00 EUR, which it covers for 20 hours"]
    );
    let invoice = |price: &str, paid: &str| {
        format!(
            r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-10", due: "2026-12-01",
                lines: [(result: "Site", price: "{price} EUR")], {paid})"#
        )
    };
    assert_eq!(
        named(&works(""), &[&invoice("1500.00", "")]).len(),
        1,
        "1500 for 30 hours are just break-even"
    );
    assert_eq!(named(&works(""), &[&invoice("1501.00", "")]), [""; 0], "what grew was billed");
    assert_eq!(named(&works(", basis: retainer"), &[]), [""; 0], "a fee comes again");
    assert_eq!(named(&works(r#", delivered: "2026-11-19""#), &[]).len(), 1, "nothing was billed yet");
    let settled = invoice("1000.00", r#"payments: [(day: "2026-11-12", amount: "1000.00 EUR")]"#);
    assert_eq!(
        named(&works(r#", delivered: "2026-11-19""#), &[&settled]),
        [""; 0],
        "nothing can be done any more"
    );
    let dear = r#"expense (id: "e", what: "Press", amount: "1200.00 EUR", day: "2026-11-02", client: "acme", deal: "site")"#;
    assert_eq!(
        named(&works(""), &[dear]),
        [
            "30 hours bring −6.67 EUR each after expenses; break-even is 50.00 EUR, which it covers for no hour"
        ]
    );
}

#[test]
fn an_amount_without_an_exchange_rate_is_unknown_and_says_why() {
    let dollars = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-10-01", due: "2026-11-01",
        lines: [(result: "Site", price: "1000.00 USD")])"#;
    let item = found(&[dollars], TODAY, ItemKind::OverdueInvoice).unwrap();
    assert_eq!(item.at_stake, None);
    assert_eq!(item.at_stake_why.as_deref(), Some("no exchange rate from USD into EUR by 2026-11-21"));
    assert!(item.cost > rust_decimal::Decimal::ZERO);
    let mut business = Business::new(Currency::EUR);
    business.exchange_rates.push(rapport::domain::ExchangeRate {
        day: day("2026-01-01"),
        currency: Currency::USD,
        rate: "0.9".parse().unwrap(),
    });
    let today = queue_of(&book_of(business, &[dollars]), TODAY);
    assert_eq!(today.items[0].at_stake, eur("900.00"));
}

#[test]
fn the_largest_amounts_a_book_can_hold_do_not_overflow() {
    let line = r#"(result: "Site", quantity: "1000000", price: "999999999999.999999 USD", tax: "1000%")"#;
    let lines = [line; 30].join(", ");
    let huge = format!(
        r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "1900-01-01", due: "1900-01-01",
        lines: [{lines}], payments: [(day: "2026-11-01", amount: "999999999999 USD")])"#
    );
    let retainer = r#"retainer (id: "r", client: "acme", what: "All", amount: "999999999999.999999 USD", every: "1 day",
        agreed: "1900-01-01", from: "1900-01-01")"#;
    let open = deal(r#"value: "999999999999 USD", chance: "1000%", delivered: "2026-01-01""#);
    let mut business = Business::new(Currency::EUR);
    business.exchange_rates.push(rapport::domain::ExchangeRate {
        day: day("1900-01-01"),
        currency: Currency::USD,
        rate: 1_000_000.into(),
    });
    let today = queue_of(&book_of(business, &[&huge, retainer, &open]), TODAY);
    assert!(today.items.iter().any(|item| item.kind == ItemKind::OverdueInvoice));
}

#[test]
fn each_instalment_comes_up_once_it_is_due_until_an_invoice_asks_for_it() {
    let kind = ItemKind::DeliveredNotInvoiced;
    let plan = |value: &str, second: &str| {
        deal(&format!(
            r#"{value} delivered: "2026-06-01", stages: [(day: "2026-06-01", stage: "delivered")],
                instalments: (agreed: "2026-05-01", instalments: [(due: "2026-07-01", amount: "1000.00 EUR"{second}),
                    (due: "2026-10-01", amount: "1000.00 EUR"), (due: "2027-03-01", amount: "1000.00 EUR")])"#
        ))
    };
    let bill = |id: &str, on: &str| invoice(id, on, "2026-12-24", r#"deal: "site""#);
    let first = bill("1", "2026-06-20");
    for value in [r#"value: "3000.00 EUR","#, ""] {
        for named in ["", r#", invoice: "1""#] {
            let deal = plan(value, named);
            assert!(!has(&[&deal, &first], "2026-10-01", kind), "the second is due today");
            let item = found(&[&deal, &first], TODAY, kind).unwrap();
            assert_eq!((item.at_stake, item.since), (eur("1000.00"), day("2026-10-02")), "{value} {named}");
            assert_eq!(
                item.why,
                "Delivered 173 days ago, on 1 Jun; the instalment due on 1 Oct is not invoiced"
            );
            assert!(!has(&[&deal, &first, &bill("2", "2026-11-20")], TODAY, kind), "{value} {named}");
            assert!(has(&[&deal, &first, &bill("2", "2026-11-20")], "2027-03-02", kind), "the third is due");
        }
    }
    // Without a plan, what followed the delivery is taken for the bill of it.
    let whole = deal(
        r#"value: "3000.00 EUR", delivered: "2026-06-01", stages: [(day: "2026-06-01", stage: "delivered")]"#,
    );
    assert!(!has(&[&whole, &first], TODAY, kind));
}

#[test]
fn what_they_promised_to_pay_is_asked_for_by_the_chase_alone() {
    let promise = |what: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: them, what: "{what}", made: "2026-11-01", due: "2026-11-10")"#
        )
    };
    let late = invoice("1", "2026-10-01", "2026-11-03", "");
    let reminded = touch("r", "2026-11-18", r#"direction: out, kind: reminder, invoice: "1""#);
    let kind = ItemKind::TheirPromiseBroken;
    assert!(has(&[&promise("pay 1")], TODAY, kind), "nothing else asks for it");
    assert!(!has(&[&promise("pay 1"), &late], TODAY, kind));
    assert!(!has(&[&promise("pay 1"), &late, &reminded], TODAY, kind), "also while the chase waits");
    assert!(has(&[&promise("the photos"), &late], TODAY, kind));
}

#[test]
fn an_instalment_that_is_due_and_not_invoiced_comes_up_before_delivery_too() {
    let kind = ItemKind::DeliveredNotInvoiced;
    let plan = |stage: &str, value: &str| {
        deal(&format!(
            r#"{value} stages: [(day: "2026-09-01", stage: "{stage}")], agreement: (sent: "2026-08-02", signed: "2026-08-03"),
                instalments: (agreed: "2026-08-03", instalments: [(due: "2026-09-15", amount: "1500.00 EUR"),
                    (due: "2026-11-10", amount: "1500.00 EUR"), (due: "2027-01-15", amount: "1500.00 EUR")])"#
        ))
    };
    let bill = |id: &str, amount: &str| {
        invoice(id, "2026-09-20", "2026-12-24", r#"deal: "site""#).replace("1000.00", amount)
    };
    for value in [r#"value: "4500.00 EUR","#, ""] {
        let at_work = plan("in_work", value);
        assert!(!has(&[&at_work], "2026-09-15", kind), "it is due today");
        let item = found(&[&at_work], "2026-09-16", kind).unwrap();
        assert_eq!((item.at_stake, item.since), (eur("1500.00"), day("2026-09-16")), "{value}");
        assert_eq!(
            why(&[&at_work], "2026-11-10", kind),
            "First instalment of 1,500.00 EUR was due 56 days ago, on 15 Sep; no invoice yet"
        );
        let both = found(&[&at_work], TODAY, kind).unwrap();
        assert_eq!((both.at_stake, both.since), (eur("3000.00"), day("2026-11-11")), "{value}");
        assert_eq!(
            both.why,
            "2 instalments were due, the first of 1,500.00 EUR 67 days ago, on 15 Sep; no invoice yet"
        );
        let first = bill("1", "1500.00");
        assert_eq!(
            why(&[&at_work, &first], TODAY, kind),
            "Second instalment of 1,500.00 EUR was due 11 days ago, on 10 Nov; not invoiced"
        );
        assert!(!has(&[&at_work, &first, &bill("2", "1500.00")], TODAY, kind), "{value}");
        assert!(!has(&[&plan("proposal", value)], TODAY, kind), "nothing is ordered yet");
    }
    let all = plan("in_work", r#"value: "4500.00 EUR","#);
    assert!(!has(&[&all, &bill("1", "4500.00")], TODAY, kind), "all of it was invoiced otherwise");
}
