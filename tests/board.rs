//! The board: which card stands where, what its column adds up to, and what speaks against it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test writes itself is well formed")]

use rapport::domain::{Book, ClientId, Percent, Phase};
use rapport::figures::{Board, Card, CardKey, Column, Figures, Filter, Lane, gates};

use crate::facts::{book, day, money};

const ON: &str = "2026-11-21";
const ACME: &str = r#"client (id: "acme", name: "Acme")"#;

fn board(lines: &[&str]) -> Board {
    board_of(&book(lines), ON)
}

fn board_of(book: &Book, on: &str) -> Board {
    (*Figures::of(book, day(on)).board).clone()
}

fn column<'a>(board: &'a Board, id: &str) -> &'a Column {
    board.columns.iter().find(|column| column.id == id).unwrap()
}

fn only<'a>(board: &'a Board, id: &str) -> &'a Card {
    let cards = &column(board, id).cards;
    assert_eq!(cards.len(), 1, "{id}");
    &cards[0]
}

fn kinds(card: &Card) -> Vec<&'static str> {
    card.gates.iter().map(|gate| gate.kind.token()).collect()
}

#[test]
fn the_columns_are_contacts_then_clients_between_jobs_then_the_stages() {
    let ids: Vec<String> = board(&[]).columns.into_iter().map(|column| column.id).collect();
    let expected = [
        "contacts",
        "between-jobs",
        "engaged",
        "presented",
        "proposal",
        "agreed",
        "in_work",
        "delivered",
        "done",
        "lost",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn a_contact_without_a_deal_stands_first_and_leaves_with_its_first_deal() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-11-01", stage: "engaged")])"#;
    let alone = board(&[ACME]);
    assert_eq!(only(&alone, "contacts").key, CardKey::Client(ClientId::new("acme").unwrap()));
    let with_deal = board(&[ACME, deal]);
    assert_eq!(column(&with_deal, "contacts").count, 0);
    assert_eq!(only(&with_deal, "engaged").days_in_stage, Some(20));
}

#[test]
fn a_client_who_has_paid_and_has_no_open_deal_is_between_jobs() {
    let paid = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-01-01", due: "2026-01-31",
        lines: [(result: "x", price: "100 EUR")], payments: [(day: "2026-02-01", amount: "100 EUR")])"#;
    let deal =
        r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-01-01", stage: "STAGE")])"#;
    assert_eq!(only(&board(&[ACME, paid]), "between-jobs").title, "last paid 293 days ago");
    for (stage, between) in [("engaged", 0), ("in_work", 0), ("done", 1), ("lost", 1)] {
        let with_deal = board(&[ACME, paid, &deal.replace("STAGE", stage)]);
        assert_eq!(column(&with_deal, "between-jobs").count, between, "{stage}");
    }
    let fee = r#"retainer (id: "care", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-01-01")"#;
    assert_eq!(column(&board(&[ACME, paid, fee]), "between-jobs").count, 0);
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-05-01"))"#;
    assert_eq!(column(&board(&[ended, paid]), "between-jobs").count, 0);
}

#[test]
fn a_column_sums_its_values_and_weighs_them_by_hand_or_by_stage() {
    let deals = [
        r#"deal (id: "a", client: "acme", title: "A", value: "1000 EUR", stages: [(day: "2026-11-01", stage: "proposal")])"#,
        r#"deal (id: "b", client: "acme", title: "B", value: "500 EUR", chance: "90%",
            stages: [(day: "2026-11-02", stage: "proposal")])"#,
        r#"deal (id: "c", client: "acme", title: "C", stages: [(day: "2026-11-03", stage: "proposal")])"#,
        r#"deal (id: "d", client: "acme", title: "D", value: "70 EUR", stages: [(day: "2026-11-03", stage: "in_work")])"#,
        r#"deal (id: "e", client: "acme", title: "E", stages: [(day: "2026-11-03", stage: "engaged")])"#,
    ];
    let board = board(&[&[ACME], deals.as_slice()].concat());
    let proposal = column(&board, "proposal");
    assert_eq!((proposal.count, proposal.without_value), (3, 1));
    assert_eq!(proposal.sum, Ok(money("1500 EUR")));
    // 1000 at the stage's 40 % and 500 at 90 % by hand.
    assert_eq!(proposal.weighted, Ok(money("850 EUR")));
    assert_eq!(column(&board, "in_work").weighted, Ok(money("70 EUR")));
    let sure = deals.map(|deal| deal.replace("90%", "1000%"));
    let sure: Vec<&str> = std::iter::once(ACME).chain(sure.iter().map(String::as_str)).collect();
    assert_eq!(
        column(&super::board::board(&sure), "proposal").weighted,
        Ok(money("900 EUR")),
        "at most certain"
    );
    assert_eq!(column(&board, "presented").sum, Ok(money("0 EUR")));
    assert_eq!(column(&board, "engaged").sum.clone().unwrap_err().0, "no deal here has a value yet");
}

#[test]
fn twenty_decided_deals_give_a_stage_its_chance() {
    let deal = |n: usize, to: &str| {
        format!(
            r#"deal (id: "d{n}", client: "acme", title: "D", stages: [(day: "2026-01-01", stage: "proposal"),
                (day: "2026-02-01", stage: "{to}")])"#
        )
    };
    let decided = |won: usize, lost: usize| -> Vec<String> {
        (0..won + lost).map(|n| deal(n, if n < won { "done" } else { "lost" })).collect()
    };
    let chance = |deals: Vec<String>| {
        let lines: Vec<&str> = std::iter::once(ACME).chain(deals.iter().map(String::as_str)).collect();
        column(&board(&lines), "proposal").chance.clone().unwrap()
    };
    assert_eq!(chance(decided(10, 9)).0, Percent::parse("40%").unwrap().fraction());
    let (share, basis) = chance(decided(5, 15));
    assert_eq!(
        (share.to_string().as_str(), basis.as_str()),
        ("0.25", "5 of 20 deals that were here were won")
    );
}

#[test]
fn a_lost_deal_leaves_the_board_after_90_days_and_is_still_counted() {
    let deal = |id: &str, on: &str| {
        format!(r#"deal (id: "{id}", client: "acme", title: "A", stages: [(day: "{on}", stage: "lost")])"#)
    };
    let board = board(&[ACME, &deal("old", "2026-08-22"), &deal("late", "2026-08-23")]);
    let lost = column(&board, "lost");
    assert_eq!((lost.count, lost.count_all, lost.cards.len()), (1, 2, 1));
    assert_eq!(lost.phase, Some(Phase::Lost));
}

#[test]
fn a_deal_is_stale_beyond_the_days_of_its_stage_unless_a_next_step_is_planned() {
    let deal = |step: &str| {
        format!(
            r#"deal (id: "a", client: "acme", title: "A", {step} stages: [(day: "2026-11-01", stage: "proposal")])"#
        )
    };
    let stale = |step: &str| only(&board(&[ACME, &deal(step)]), "proposal").stale_days;
    assert_eq!(stale(""), Some(10));
    assert_eq!(stale(r#"next_step: (what: "call", due: "2026-11-21"),"#), None);
    assert_eq!(stale(r#"next_step: (what: "call", due: "2026-11-06"),"#), Some(5));
}

#[test]
fn a_deal_in_a_stage_the_book_does_not_list_has_a_column_at_the_end() {
    let deal = r#"deal (id: "a", client: "acme", title: "A", stages: [(day: "2026-11-01", stage: "limbo")])"#;
    let board = board(&[ACME, deal]);
    let last = board.columns.last().unwrap();
    assert_eq!((last.id.as_str(), last.phase, last.count), ("limbo", None, 1));
    assert_eq!(last.lane, Lane::Stage);
}

#[test]
fn a_proposal_nobody_asked_for_before_price_terms_and_decider_are_known_has_four_gates() {
    let at = |fields: &str| {
        format!(
            r#"deal (id: "a", client: "acme", title: "A", {fields} stages: [(day: "2026-11-01", stage: "proposal")])"#
        )
    };
    let bare = board(&[ACME, &at("")]);
    assert_eq!(
        kinds(only(&bare, "proposal")),
        ["nobody-asked", "price-untold", "terms-untold", "decider-unknown"]
    );
    let ready = at(r#"decider: "Ana", price_told: (day: "2026-10-01"), terms_told: (day: "2026-10-01"),
           proposal: (asked: "2026-10-02"),"#);
    assert!(only(&board(&[ACME, &ready]), "proposal").gates.is_empty());
}

#[test]
fn work_without_a_signature_or_a_down_payment_is_warned_of_when_a_move_is_proposed() {
    let deal = r#"deal (id: "a", client: "acme", title: "A", agreement: (sent: "2026-10-01"),
        down_payment: (asked: "2026-10-01", amount: "100 EUR", invoice: "1"),
        stages: [(day: "2026-11-01", stage: "agreed")])"#;
    let invoice = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-11",
        lines: [(result: "down", price: "100 EUR")], payments: [(day: "DAY", amount: "100 EUR")])"#;
    let warned = |paid: &str, to: &str| {
        let book = book(&[ACME, deal, &invoice.replace("DAY", paid)]).as_of(day(ON));
        let known = book.client(&ClientId::new("acme").unwrap()).unwrap();
        let gates = gates(book.business(), known, &known.facts.deals[0], to, day(ON));
        gates.into_iter().map(|gate| gate.because).collect::<Vec<_>>()
    };
    assert_eq!(
        warned("2026-12-01", "in_work"),
        ["the agreement is not signed", "the down payment of 100.00 EUR has not come"]
    );
    assert_eq!(warned("2026-10-05", "in_work"), ["the agreement is not signed"]);
    // Without an invoice of its own, what was paid for the deal counts, as it does on Today.
    let unnamed = deal.replace(r#", invoice: "1""#, "");
    let paid = invoice.replace("DAY", "2026-10-05").replace("issued:", r#"deal: "a", issued:"#);
    let book = book(&[ACME, &unnamed, &paid]).as_of(day(ON));
    let known = book.client(&ClientId::new("acme").unwrap()).unwrap();
    let of_deal = gates(book.business(), known, &known.facts.deals[0], "in_work", day(ON));
    assert_eq!(of_deal.len(), 1, "{of_deal:?}");
    assert!(warned("2026-12-01", "agreed").is_empty());
}

#[test]
fn more_owed_by_a_stepping_stone_client_than_its_cap_is_a_gate() {
    let client = r#"client (id: "acme", name: "Acme",
        kind: (kind: stepping_stone, day: "2026-01-01", reason: "shops around"))"#;
    let deal = r#"deal (id: "a", client: "acme", title: "A", agreement: (signed: "2026-10-01"),
        stages: [(day: "2026-11-01", stage: "in_work")])"#;
    let owes = |amount: &str| {
        let invoice = format!(
            r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-11",
                lines: [(result: "x", price: "{amount}")])"#
        );
        kinds(only(&board(&[client, deal, &invoice]), "in_work")).contains(&"over-cap")
    };
    assert!(owes("2000.01 EUR"));
    assert!(!owes("2000 EUR"));
}

#[test]
fn a_filter_looks_at_client_title_and_tags_of_a_card() {
    let client = r#"client (id: "acme", name: "Müller", tags: ["bakery"])"#;
    let deal = r#"deal (id: "a", client: "acme", title: "New site", stages: [(day: "2026-11-01", stage: "engaged")])"#;
    let board = board(&[client, deal]);
    let card = only(&board, "engaged");
    for (typed, found) in [("muller site", true), ("BAKERY", true), ("site shop", false)] {
        assert_eq!(Filter::new(typed).card(card), found, "{typed}");
    }
}
