//! The order of the queue, and what hides an item from it.

use super::*;

/// A book with several items of several clients.
fn lively() -> Vec<String> {
    let mut lines = Vec::new();
    for name in ["a", "b", "c", "d"] {
        lines.push(format!(r#"client (id: "{name}", name: "{name}", met: (day: "2026-11-19"))"#));
        lines.push(format!(
            r#"invoice (id: "{name}-1", number: "1", client: "{name}", issued: "2026-10-01", due: "2026-11-01",
            lines: [(result: "Site", price: "1000.00 EUR")])"#
        ));
        lines.push(format!(
            r#"promise (id: "{name}-p", client: "{name}", by: me, what: "Draft", made: "2026-11-01", due: "2026-11-20")"#
        ));
    }
    lines.push(r#"touch (id: "later", day: "2026-11-25", client: "a", direction: out)"#.to_owned());
    lines.push(
        r#"promise (id: "later-p", client: "b", by: them, what: "Texts", made: "2026-11-24", due: "2026-11-25")"#
            .to_owned(),
    );
    lines
}

fn ids(items: &[Arc<Item>]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

#[test]
fn the_dearest_delay_comes_first_and_ties_break_by_day_then_id() {
    let lines = lively();
    let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
    let today = queue_of(&book(&refs), TODAY);
    assert!(
        today
            .items
            .is_sorted_by(|a, b| { (b.cost, a.since, a.id.as_str()) < (a.cost, b.since, b.id.as_str()) })
    );
    let mut backwards = refs.clone();
    backwards.reverse();
    assert_eq!(queue_of(&book(&backwards), TODAY), today);
    let unique: std::collections::BTreeSet<&str> = ids(&today.items).into_iter().collect();
    assert_eq!(unique.len(), today.items.len());
}

#[test]
fn no_item_looks_past_its_day() {
    let lines = lively();
    let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
    let earlier: Vec<&str> = refs.iter().copied().filter(|line| !line.contains("\"later")).collect();
    assert_eq!(queue_of(&book(&refs), TODAY), queue_of(&book(&earlier), TODAY));
    assert_ne!(queue_of(&book(&refs), "2026-11-26"), queue_of(&book(&earlier), "2026-11-26"));
}

#[test]
fn a_snoozed_item_stays_away_until_its_day_and_the_latest_snooze_counts() {
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let snooze = |id: &str, on: &str, until: &str| {
        format!(
            r#"snooze (id: "{id}", item: "overdue-invoice:1042", client: "acme", day: "{on}", until: "{until}")"#
        )
    };
    let (first, second) = (snooze("s", "2026-11-10", "2026-12-24"), snooze("t", "2026-11-12", "2026-11-22"));
    let whole = book(&[&open, &first, &second]);
    let snoozed = queue_of(&whole, TODAY);
    assert!(snoozed.items.is_empty());
    assert_eq!(snoozed.snoozed[0].until, day("2026-11-22"));
    assert_eq!(ids(&queue_of(&whole, "2026-11-22").items), ["overdue-invoice:1042"]);
    assert_eq!(ids(&queue_of(&whole, "2026-11-09").items), ["overdue-invoice:1042"], "not snoozed yet");
}

/// Where the overdue invoice of a book is: in the queue, put off, or handled.
fn place_of(lines: &[&str], on: &str) -> &'static str {
    let today = queue_of(&book(lines), on);
    let is_it = |item: &Arc<Item>| item.id == "overdue-invoice:1042";
    match (
        today.items.iter().any(is_it),
        today.snoozed.iter().any(|it| is_it(&it.item)),
        today.handled.iter().any(is_it),
    ) {
        (true, false, false) => "in the queue",
        (false, true, false) => "put off",
        (false, false, true) => "handled",
        _ => "nowhere",
    }
}

/// Put off on 10 November until 10 December at the latest.
fn waiting(rest: &str) -> String {
    format!(
        r#"snooze (id: "s", item: "overdue-invoice:1042", client: "acme", day: "2026-11-10", until: "2026-12-10", {rest})"#
    )
}

#[test]
fn an_item_that_waits_for_a_reply_comes_back_with_it_or_on_its_latest_day() {
    let (open, snooze) = (invoice("1042", "2026-10-01", "2026-11-03", ""), waiting("wait: they_reply"));
    assert_eq!(place_of(&[&open, &snooze], "2026-12-09"), "put off");
    assert_eq!(place_of(&[&open, &snooze], "2026-12-10"), "in the queue", "nobody replied");
    let word = |on: &str, direction: &str| touch("word", on, &format!("direction: {direction}"));
    assert_eq!(
        place_of(&[&open, &snooze, &word("2026-11-12", "out")], "2026-11-13"),
        "put off",
        "ours is none"
    );
    assert_eq!(
        place_of(&[&open, &snooze, &word("2026-11-09", "in")], "2026-11-13"),
        "put off",
        "it was known"
    );
    let replied = [open.as_str(), &snooze, &word("2026-11-13", "in")].map(str::to_owned);
    let replied: Vec<&str> = replied.iter().map(String::as_str).collect();
    assert_eq!(place_of(&replied, "2026-11-12"), "put off", "not known yet");
    assert_eq!(place_of(&replied, "2026-11-13"), "in the queue");
    let other = r#"touch (id: "o", day: "2026-11-13", client: "other", direction: in)"#;
    let other_client = r#"client (id: "other", name: "Other")"#;
    assert_eq!(place_of(&[&open, &snooze, other_client, other], "2026-11-14"), "put off", "of somebody else");
}

#[test]
fn a_reply_on_the_day_of_the_snooze_counts_where_it_came_after_it() {
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let word = |id: &str| touch(id, "2026-11-10", "direction: in");
    let seen_one = waiting("wait: they_reply, seen: 1");
    assert_eq!(place_of(&[&open, &seen_one, &word("a")], "2026-11-10"), "put off", "it was read before");
    assert_eq!(place_of(&[&open, &seen_one, &word("a"), &word("b")], "2026-11-10"), "in the queue");
    assert_eq!(place_of(&[&open, &waiting("wait: they_reply"), &word("a")], "2026-11-11"), "in the queue");
}

#[test]
fn an_item_that_waits_for_money_comes_back_with_a_payment_of_its_own_invoice() {
    let snooze = waiting("wait: paid");
    let part = |on: &str| {
        let part = format!(r#"payments: [(day: "{on}", amount: "400.00 EUR")]"#);
        invoice("1042", "2026-10-01", "2026-11-03", &part)
    };
    assert_eq!(place_of(&[&part("2026-11-09"), &snooze], "2026-11-13"), "put off", "paid in part before");
    assert_eq!(place_of(&[&part("2026-11-12"), &snooze], "2026-11-13"), "in the queue", "paid in part since");
    let whole = paid("1042", "2026-10-01", "2026-11-03", "2026-11-12");
    assert_eq!(place_of(&[&whole, &snooze], "2026-11-13"), "nowhere", "its reason is gone");
    let (open, other) = (
        invoice("1042", "2026-10-01", "2026-11-03", ""),
        paid("9", "2026-10-01", "2026-11-01", "2026-11-12"),
    );
    assert_eq!(place_of(&[&open, &other, &snooze], "2026-11-13"), "put off", "another invoice was paid");
    let promise =
        r#"promise (id: "p", client: "acme", by: me, what: "Draft", made: "2026-11-01", due: "2026-11-20")"#;
    let of_promise = snooze.replace("overdue-invoice:1042", "my-promise-due:p");
    let away = |lines: &[&str]| !ids(&queue_of(&book(lines), TODAY).items).contains(&"my-promise-due:p");
    assert!(away(&[promise, &of_promise]));
    assert!(!away(&[promise, &of_promise, &other]), "about no invoice: any payment of the client counts");
}

#[test]
fn what_was_put_off_in_case_they_do_not_reply_is_handled_by_a_reply_and_back_without() {
    let (open, snooze) = (invoice("1042", "2026-10-01", "2026-11-03", ""), waiting("wait: no_reply"));
    assert_eq!(place_of(&[&open, &snooze], "2026-12-09"), "put off");
    assert_eq!(place_of(&[&open, &snooze], "2026-12-10"), "in the queue");
    let word = |on: &str| touch("word", on, "direction: in");
    assert_eq!(place_of(&[&open, &snooze, &word("2026-11-13")], "2026-11-19"), "handled");
    assert_eq!(
        place_of(&[&open, &snooze, &word("2026-11-13")], "2026-11-20"),
        "in the queue",
        "a week later"
    );
    let disputed =
        invoice("1042", "2026-10-01", "2026-11-03", r#"payments: [(day: "2026-11-15", amount: "1 EUR")]"#);
    assert_eq!(
        place_of(&[&disputed, &snooze, &word("2026-11-13")], "2026-11-15"),
        "in the queue",
        "its facts changed"
    );
    assert_eq!(place_of(&[&open, &snooze, &word("2026-12-11")], "2026-12-11"), "in the queue", "too late");
}

#[test]
fn a_dismissed_item_stays_away_until_its_facts_change_however_long_that_takes() {
    let dismissed = r#"handled (id: "h", item: "overdue-invoice:1042", client: "acme", day: "2026-11-10",
        dismissed: "settled by phone")"#;
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    assert_eq!(place_of(&[&open, dismissed], "2027-11-10"), "handled");
    assert_eq!(place_of(&[&open, dismissed], "2026-11-09"), "in the queue", "not dismissed yet");
    let part =
        invoice("1042", "2026-10-01", "2026-11-03", r#"payments: [(day: "2027-01-12", amount: "1 EUR")]"#);
    assert_eq!(place_of(&[&part, dismissed], "2027-01-11"), "handled");
    assert_eq!(place_of(&[&part, dismissed], "2027-01-12"), "in the queue");
}

#[test]
fn a_handled_item_stays_away_for_a_week_unless_its_facts_change() {
    let handled = r#"handled (id: "h", item: "overdue-invoice:1042", client: "acme", day: "2026-11-10")"#;
    let open = invoice("1042", "2026-10-01", "2026-11-03", "");
    let whole = book(&[&open, handled]);
    let away = queue_of(&whole, "2026-11-16");
    assert_eq!((ids(&away.items), ids(&away.handled)), (vec![], vec!["overdue-invoice:1042"]));
    assert_eq!(ids(&queue_of(&whole, "2026-11-17").items), ["overdue-invoice:1042"]);
    let disputed = invoice(
        "1042",
        "2026-10-01",
        "2026-11-03",
        r#"disputes: [(from: "2026-11-08", until: "2026-11-12")]"#,
    );
    let whole = book(&[&disputed, handled]);
    assert_eq!(ids(&queue_of(&whole, "2026-11-13").items), ["overdue-invoice:1042"], "settled since");
    let part = |on: &str| {
        let part = format!(r#"payments: [(day: "{on}", amount: "400.00 EUR")]"#);
        queue_of(&book(&[&invoice("1042", "2026-10-01", "2026-11-03", &part), handled]), "2026-11-13")
    };
    assert_eq!(ids(&part("2026-11-12").items), ["overdue-invoice:1042"], "paid in part since");
    assert_eq!(ids(&part("2026-11-10").handled), ["overdue-invoice:1042"], "handled with that");
    let mut business = Business::new(Currency::EUR);
    business.thresholds.insert("handled_days".to_owned(), 2.into());
    let whole = book_of(business, &[&open, handled]);
    assert_eq!(ids(&queue_of(&whole, "2026-11-12").items), ["overdue-invoice:1042"]);
}

#[test]
fn a_fact_of_the_day_of_a_mark_brings_the_item_back_if_it_came_after_the_mark() {
    let part = r#"(day: "2026-11-10", amount: "1 EUR")"#;
    let invoice =
        |payments: &str| invoice("1042", "2026-10-01", "2026-11-03", &format!("payments: [{payments}]"));
    let (one, two) = (invoice(part), invoice(&format!("{part}, {part}")));
    for rest in ["", r#"dismissed: "settled","#] {
        let mark = |seen: &str| {
            format!(
                r#"handled (id: "h", item: "overdue-invoice:1042", client: "acme", day: "2026-11-10", {rest} {seen})"#
            )
        };
        assert_eq!(place_of(&[&one, &mark("seen: 1")], "2026-11-10"), "handled", "it was seen {rest}");
        for on in ["2026-11-10", "2026-11-12"] {
            assert_eq!(place_of(&[&two, &mark("seen: 1")], on), "in the queue", "one more came {rest}");
        }
        assert_eq!(
            place_of(&[&one, &mark("seen: 0")], "2026-11-10"),
            "in the queue",
            "the first came {rest}"
        );
        assert_eq!(place_of(&[&two, &mark("")], "2026-11-10"), "handled", "a mark that does not say {rest}");
    }
}

#[test]
fn a_handled_question_comes_back_when_they_ask_again() {
    let asks = |id: &str, on: &str| touch(id, on, "direction: in, answer_wanted: true");
    let handled = r#"handled (id: "h", item: "unanswered:q", client: "acme", day: "2026-11-10")"#;
    let (first, again) = (asks("q", "2026-11-05"), asks("r", "2026-11-11"));
    let before = touch("b", "2026-11-01", "direction: out");
    let asked = |lines: &[&str]| ids(&queue_of(&book(lines), "2026-11-13").items).contains(&"unanswered:q");
    assert!(!asked(&[&before, &first, handled]));
    assert!(asked(&[&before, &first, &again, handled]));
}

#[test]
fn the_readme_says_what_a_weeks_delay_of_every_kind_costs() {
    let mut rows: Vec<(String, &str)> = Vec::new();
    for kind in ItemKind::ALL {
        let token = format!("`{kind}`");
        match rows.iter_mut().find(|(_, delay)| *delay == kind.delay()) {
            Some((kinds, _)) => *kinds = format!("{kinds}, {token}"),
            None => rows.push((token, kind.delay())),
        }
    }
    let rows: Vec<String> = rows.iter().map(|(kinds, delay)| format!("| {kinds} | {delay} |\n")).collect();
    let table = format!("| kind | a week's delay costs |\n|---|---|\n{}", rows.concat());
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    assert!(readme.contains(&table), "the README should hold:\n\n{table}");
}

#[test]
fn every_kind_has_its_own_kebab_case_name() {
    let names: std::collections::BTreeSet<&str> = ItemKind::ALL.iter().map(|kind| kind.token()).collect();
    assert_eq!(names.len(), ItemKind::ALL.len());
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
}

#[test]
fn what_is_at_stake_adds_up_by_family_and_counts_a_client_once() {
    let late = invoice("1042", "2026-10-01", "2026-11-03", "");
    let today = queue_of(
        &book(&[
            &late,
            &paid("1041", "2026-03-01", "2026-03-15", "2026-03-15"),
            r#"promise (id: "p", client: "acme", by: me, what: "Draft", made: "2026-11-01", due: "2026-11-20")"#,
            r#"promise (id: "q", client: "acme", by: me, what: "Logo", made: "2026-11-01", due: "2026-11-20")"#,
        ]),
        TODAY,
    );
    let sums: Vec<(Family, String, usize)> = today
        .tallies
        .iter()
        .map(|tally| (tally.family, tally.at_stake.normalize().to_string(), tally.unknown))
        .collect();
    assert_eq!(
        sums,
        vec![
            (Family::Money, "1000".to_owned(), 0),
            (Family::Winning, "0".to_owned(), 0),
            (Family::Keeping, "1000".to_owned(), 0),
        ]
    );
    assert!(today.items.iter().filter(|item| item.kind.family() == Family::Keeping).count() > 1);
    let counted: usize = today.tallies.iter().map(|tally| tally.items).sum();
    assert_eq!(counted, today.items.len());
}

#[test]
fn what_was_handled_on_the_day_is_counted_also_when_its_reason_is_gone() {
    let handled =
        |on: &str| format!(r#"handled (id: "h", item: "overdue-invoice:1", client: "acme", day: "{on}")"#);
    let count = |on: &str| queue_of(&book(&[&handled(on)]), TODAY).handled_on_day;
    assert_eq!((count(TODAY), count("2026-11-20")), (1, 0));
}
