//! Items that ask for more, and the check-in that comes before them.

use rapport::figures::{Figures, Letter};

use super::*;

const INCOME: (&str, &str, &str) = ("2026-07-01", "2026-07-15", "2026-07-15");

fn income() -> String {
    paid("1", INCOME.0, INCOME.1, INCOME.2)
}

#[test]
fn after_three_touches_that_asked_for_money_a_check_in_comes_before_the_next_chase() {
    let kind = ItemKind::CheckInFirst;
    let late = invoice("1042", "2026-08-01", "2026-09-01", "");
    let asked = |n: u32, what: &str| {
        touch(&format!("t{n}"), &format!("2026-10-{n:02}"), &format!("direction: out, kind: {what}"))
    };
    let (first, second, third) = (asked(1, "reminder"), asked(9, "selling"), asked(20, "reminder"));
    assert!(!has(&[&late, &second, &third], TODAY, kind));
    let all = items(&[&late, &first, &second, &third], TODAY);
    let kinds: Vec<ItemKind> = all.iter().map(|item| item.kind).collect();
    assert_eq!(kinds[..2], [kind, ItemKind::OverdueInvoice], "{all:#?}");
    assert_eq!(
        all[0].why,
        "The last 3 touches all asked for money; the last of them 32 days ago; a word that asks for nothing comes first"
    );
    assert_eq!(all[0].cost, all[1].cost + "0.01".parse::<rust_decimal::Decimal>().unwrap());
    // Also where nothing is to be expected of them.
    let talks = deal(r#"value: "0 EUR", stages: [(day: "2026-07-01", stage: "proposal")]"#);
    let all = items(&[&late, &first, &second, &third, &talks], TODAY);
    let at = |kind: ItemKind| all.iter().position(|item| item.kind == kind);
    assert!(at(kind) < at(ItemKind::OverdueInvoice) && at(kind).is_some(), "{all:#?}");
    let word = touch("word", "2026-11-20", "direction: out, kind: keep_in_touch");
    assert!(!has(&[&late, &first, &second, &third, &word], TODAY, kind));
    let theirs = touch("word", "2026-11-20", "direction: in");
    assert!(has(&[&late, &first, &second, &third, &theirs], TODAY, kind), "what they say is no word of ours");
    let complaint = touch("no", "2026-11-10", "direction: in, kind: complaint");
    assert!(!has(&[&late, &first, &second, &third, &complaint], TODAY, kind), "first comes the answer");
    let mut business = Business::new(Currency::EUR);
    business.thresholds.insert("asks_in_a_row".to_owned(), 4.into());
    let more = queue_of(&book_of(business, &[&late, &first, &second, &third]), TODAY);
    assert!(!more.items.iter().any(|item| item.kind == kind));
}

#[test]
fn a_check_in_keeps_the_chase_away_and_a_reminder_that_waits_keeps_the_check_in_away() {
    let late = invoice("1042", "2026-08-01", "2026-09-01", "");
    let asked =
        |n: u32| touch(&format!("t{n}"), &format!("2026-10-{n:02}"), "direction: out, kind: reminder");
    let word = touch("word", "2026-11-20", "direction: out, kind: keep_in_touch");
    let (a, b, c) = (asked(1), asked(9), asked(20));
    let chased = |lines: &[&str], on: &str| has(lines, on, ItemKind::OverdueInvoice);
    let lines = [late.as_str(), &a, &b, &c, &word];
    assert!(!chased(&lines, "2026-11-20") && !chased(&lines, "2026-11-26") && chased(&lines, "2026-11-27"));
    assert!(chased(&[&late, &b, &c, &word], TODAY), "two reminders are no reason to wait");
    let later = touch("word", "2027-06-01", "direction: out, kind: keep_in_touch");
    assert!(chased(&[&late, &a, &b, &c, &later], "2027-06-02"), "the reminders were long ago");

    let letter = |item: &str, kind: &str| {
        format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", item: "{item}", kind: {kind}, queued: "{TODAY}")"#
        )
    };
    let kinds = |letter: &str| -> Vec<ItemKind> {
        items(&[&late, &a, &b, &c, letter], TODAY).iter().map(|item| item.kind).collect()
    };
    let both = [ItemKind::CheckInFirst, ItemKind::OverdueInvoice];
    for waits in [letter("check-in-first:acme", "keep_in_touch"), letter("overdue-invoice:1042", "reminder")]
    {
        let kinds = kinds(&waits);
        assert!(!both.iter().any(|kind| kinds.contains(kind)), "{kinds:?} beside {waits}");
    }
}

#[test]
fn asks_wait_while_all_we_said_asked_for_money_and_while_something_is_not_in_order() {
    let glad = touch("g", "2026-11-15", "direction: in, temperature: glad");
    let kind = ItemKind::MomentToAsk;
    assert!(has(&[&income(), &glad], TODAY, kind));
    let sold = |n: u32| touch(&format!("t{n}"), &format!("2026-11-{n:02}"), "direction: out, kind: selling");
    assert!(!has(&[&income(), &glad, &sold(1), &sold(2), &sold(3)], TODAY, kind));
    let late = invoice("2", "2026-10-01", "2026-11-01", "");
    assert!(!has(&[&income(), &glad, &late], TODAY, kind));
    let reminded = touch("r", "2026-11-19", "direction: out, kind: reminder");
    assert!(!has(&[&income(), &glad, &late, &reminded], TODAY, kind), "late it is, though its chase waits");
    let asked = touch("q", "2026-11-16", "direction: in, answer_wanted: true");
    assert!(!has(&[&income(), &glad, &asked], TODAY, kind));
    let answered = touch("a", "2026-11-17", "direction: out");
    assert!(has(&[&income(), &glad, &asked, &answered], TODAY, kind));
}

#[test]
fn asks_wait_from_the_moment_on_at_which_they_say_that_something_is_wrong() {
    let glad = touch("g", "2026-11-15", "direction: in, temperature: glad");
    let old_rate = r#"client (id: "acme", name: "Acme", rates: [(from: "2024-01-01", rate: "60 EUR")])"#;
    let asks = |word: &str| -> Vec<ItemKind> {
        let kinds = [ItemKind::MomentToAsk, ItemKind::FeeUnchanged];
        let all = items(&[old_rate, &income(), &glad, word], TODAY);
        all.iter().map(|item| item.kind).filter(|kind| kinds.contains(kind)).collect()
    };
    let nothing = touch("n", TODAY, "direction: in, kind: keep_in_touch");
    assert_eq!(asks(&nothing).len(), 2);
    for said in ["answer_wanted: true", "kind: complaint", "temperature: uneasy", "kind: price_push"] {
        assert_eq!(asks(&touch("q", TODAY, &format!("direction: in, {said}"))), [], "{said}");
    }
    let promised = r#"promise (id: "p", client: "acme", by: me, what: "mend the form", made: "2026-11-20", due: "2026-12-20")"#;
    assert_eq!(asks(promised), [], "what I promised is done first");
    let disputed =
        invoice("2", "2026-11-10", "2026-12-15", r#"disputes: [(from: "2026-11-20", why: "hours")]"#);
    assert_eq!(asks(&disputed), []);
}

#[test]
fn a_goal_that_was_missed_is_no_moment_to_ask() {
    let goal = |got: &str| {
        deal(&format!(
            r#"stages: [(day: "2026-01-01", stage: "done")], goals: [(day: "2026-01-01", what: "calls a month", baseline: "10", target: "20", achieved: "{got}", achieved_on: "2026-11-19")]"#
        ))
    };
    assert!(has(&[&income(), &goal("20")], TODAY, ItemKind::MomentToAsk));
    for got in ["4", "10", "15"] {
        assert!(!has(&[&income(), &goal(got)], TODAY, ItemKind::MomentToAsk), "{got}");
    }
}

#[test]
fn who_left_the_job_unpaid_is_not_offered_to_have_it_looked_after() {
    let job = deal(
        r#"stages: [(day: "2026-01-01", stage: "agreed"), (day: "2026-08-01", stage: "done")], delivered: "2026-08-01""#,
    );
    let part = paid("1", "2026-08-02", "2026-08-20", "2026-08-20");
    let rest = |lost: &str| invoice("2", "2026-08-03", "2026-09-01", lost);
    let kind = ItemKind::MaintenanceOffer;
    assert!(has(&[&job, &part], TODAY, kind));
    let lost = rest(r#"write_off: (day: "2026-11-01", cause: dissatisfied)"#);
    assert!(!has(&[&job, &part, &lost], TODAY, kind));
}

#[test]
fn whoever_refused_more_since_the_job_is_not_offered_maintenance() {
    let job = deal(
        r#"stages: [(day: "2026-01-01", stage: "agreed"), (day: "2026-08-01", stage: "done")], delivered: "2026-08-01""#,
    );
    let part = paid("1", "2026-08-02", "2026-08-20", "2026-08-20");
    let care = |on: &str| {
        format!(r#"deal (id: "care", client: "acme", title: "Care", stages: [(day: "{on}", stage: "lost")])"#)
    };
    let kind = ItemKind::MaintenanceOffer;
    assert!(has(&[&job, &part, &care("2026-05-01")], TODAY, kind));
    assert!(!has(&[&job, &part, &care("2026-11-20")], TODAY, kind));
}

#[test]
fn no_rise_is_told_while_a_price_is_being_talked_of() {
    let rate = r#"client (id: "acme", name: "Acme", rates: [(from: "2024-01-01", rate: "60 EUR")])"#;
    let kind = ItemKind::FeeUnchanged;
    assert!(has(&[rate, &income()], TODAY, kind));
    let out = deal(r#"stages: [(day: "2026-11-19", stage: "proposal")], proposal: (sent: "2026-11-19")"#);
    assert!(!has(&[rate, &income(), &out], TODAY, kind));
    let pushed = touch("p", "2026-11-10", "direction: in, kind: price_push");
    let answered = touch("a", "2026-11-11", "direction: out");
    assert!(!has(&[rate, &income(), &pushed, &answered], TODAY, kind));
}

#[test]
fn no_rise_is_told_of_a_fee_that_ends_before_it() {
    let fee = |until: &str| {
        format!(
            r#"retainer (id: "f", client: "acme", what: "Care", amount: "100 EUR", every: "1 month", from: "2024-01-01", agreed: "2024-01-01"{until})"#
        )
    };
    let kind = ItemKind::FeeUnchanged;
    assert!(has(&[&income(), &fee("")], TODAY, kind));
    assert!(has(&[&income(), &fee(r#", until: "2027-03-31""#)], TODAY, kind));
    assert!(!has(&[&income(), &fee(r#", until: "2026-12-31""#)], TODAY, kind));
}

#[test]
fn while_they_are_pleased_a_testimonial_is_asked_for_and_then_a_referral() {
    let kind = ItemKind::MomentToAsk;
    let (praise, thanks) = (
        touch("p", "2026-11-15", "direction: in, kind: praise"),
        touch("t", "2026-11-16", "direction: out, kind: thanks"),
    );
    assert!(!has(&[&income(), &praise], TODAY, kind), "thanks come first");
    assert!(!has(&[&praise, &thanks], TODAY, kind), "who never paid is not asked");
    assert_eq!(
        why(&[&income(), &praise, &thanks], TODAY, kind),
        "They gave praise 6 days ago; no testimonial of theirs in a year: ask for one; 8 days left"
    );
    let before = touch("w", "2026-06-01", "direction: in, kind: testimonial");
    let thanked = touch("x", "2026-06-02", "direction: out, kind: thanks");
    assert_eq!(
        why(&[&before, &thanked, &income(), &praise, &thanks], TODAY, kind),
        "They gave praise 6 days ago; a testimonial came on 1 Jun, no referral in a year: ask for one; 8 days left"
    );
    assert!(!has(&[&income(), &praise, &thanks], "2026-11-30", kind), "the moment has passed");
    let asked = touch("a", "2026-11-20", "direction: out, kind: testimonial");
    assert!(!has(&[&income(), &praise, &thanks, &asked], TODAY, kind));
    let uneasy = touch("u", "2026-11-18", "direction: in, temperature: uneasy");
    assert!(!has(&[&income(), &praise, &thanks, &uneasy], TODAY, kind));
    let met = deal(
        r#"stages: [(day: "2026-01-01", stage: "done")], goals: [(day: "2026-01-01", what: "more calls", achieved_on: "2026-11-19")]"#,
    );
    assert!(why(&[&income(), &met], TODAY, kind).starts_with("A goal was met (more calls) 2 days ago"));
}

#[test]
fn a_one_off_client_is_worth_a_maintenance_offer_from_a_month_after_delivery_until_it_was_offered() {
    let kind = ItemKind::MaintenanceOffer;
    let done = deal(
        r#"stages: [(day: "2026-09-01", stage: "agreed"), (day: "2026-10-15", stage: "done")], delivered: "2026-10-10""#,
    );
    let came = invoice(
        "1",
        "2026-10-11",
        "2026-10-25",
        r#"deal: "site", payments: [(day: "2026-10-20", amount: "1000.00 EUR")]"#,
    );
    let spoke = lately();
    let lines = [done.as_str(), &came, &spoke];
    assert!(!has(&lines, "2026-11-09", kind) && has(&lines, "2026-11-10", kind));
    assert_eq!(
        why(&lines, TODAY, kind),
        "Their one job was delivered 42 days ago, on 10 Oct; nobody looks after it for a fee, and nothing was offered since"
    );
    let offered = touch("o", "2026-11-20", "direction: out, kind: selling");
    assert!(!has(&[&done, &came, &spoke, &offered], TODAY, kind));
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "100.00 EUR", every: "1 month", agreed: "2026-11-20", from: "2026-12-01")"#;
    assert!(!has(&[&done, &came, &spoke, fee], TODAY, kind));
    let second =
        r#"deal (id: "two", client: "acme", title: "More", stages: [(day: "2026-11-20", stage: "engaged")])"#;
    assert!(!has(&[&done, &came, &spoke, second], TODAY, kind), "there is something to talk about already");
}

#[test]
fn who_was_told_of_a_rise_is_not_told_of_another_within_a_year() {
    let rated = r#"client (id: "acme", name: "Acme", rates: [(from: "2025-01-01", rate: "80.00 EUR")])"#;
    let letter = |went: &str| {
        format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", template: fee_rise, item: "fee-unchanged:acme",
                queued: "{went}", handed_over: (day: "{went}"))"#
        )
    };
    let letter_now = |lines: &[&str]| {
        let book = book(lines);
        let figures = Figures::of(&book, day(TODAY));
        let item =
            figures.today.items.iter().find(|item| item.kind == ItemKind::FeeUnchanged).unwrap().clone();
        (item.why.clone(), Letter::for_item(book.business(), &figures, &item))
    };
    assert!(letter_now(&[rated, &income()]).1.is_some());
    let (why, none) = letter_now(&[rated, &income(), &letter("2026-11-10")]);
    assert!(why.ends_with("told of a rise on 10 Nov: note the new one"), "{why}");
    assert!(none.is_none(), "{none:?}");
    assert!(letter_now(&[rated, &income(), &letter("2025-11-20")]).1.is_some(), "that was a year ago");
}

#[test]
fn a_fee_or_rate_that_stood_for_long_comes_up_until_another_is_agreed() {
    let kind = ItemKind::FeeUnchanged;
    let rated = |more: &str| {
        format!(
            r#"client (id: "acme", name: "Acme", rates: [(from: "2025-01-01", rate: "80.00 EUR"), {more}])"#
        )
    };
    assert!(!has(&[&rated(""), &income()], "2026-06-25", kind));
    assert_eq!(
        why(&[&rated(""), &income()], TODAY, kind),
        "80.00 EUR an hour since 1 Jan 2025, 689 days ago; look at it every 540 days"
    );
    let agreed = rated(r#"(from: "2027-01-01", rate: "88.00 EUR", agreed: "2026-11-20")"#);
    assert!(has(&[&agreed, &income()], "2026-11-19", kind) && !has(&[&agreed, &income()], TODAY, kind));
    assert!(!has(&[&rated("")], TODAY, kind), "nobody pays it any more");
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "100.00 EUR", every: "1 month", agreed: "2024-12-20", from: "2025-01-01")"#;
    assert!(why(&[fee, &income()], TODAY, kind).starts_with("Care: 100.00 EUR a month since 1 Jan 2025"));
}
