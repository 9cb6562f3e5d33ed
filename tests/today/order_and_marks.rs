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
    assert_eq!(snoozed.snoozed[0].1, day("2026-11-22"));
    assert_eq!(ids(&queue_of(&whole, "2026-11-22").items), ["overdue-invoice:1042"]);
    assert_eq!(ids(&queue_of(&whole, "2026-11-09").items), ["overdue-invoice:1042"], "not snoozed yet");
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
fn a_handled_question_comes_back_when_they_ask_again() {
    let asks = |id: &str, on: &str| touch(id, on, "direction: in, answer_wanted: true");
    let handled = r#"handled (id: "h", item: "unanswered:q", client: "acme", day: "2026-11-10")"#;
    let (first, again) = (asks("q", "2026-11-05"), asks("r", "2026-11-11"));
    let asked = |lines: &[&str]| ids(&queue_of(&book(lines), "2026-11-13").items).contains(&"unanswered:q");
    assert!(!asked(&[&first, handled]));
    assert!(asked(&[&first, &again, handled]));
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
