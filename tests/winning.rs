//! Whether an open deal is won within so many days: against numbers worked out elsewhere.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use chrono::NaiveDate;
use rapport::domain::{AnyRecord, Book, Deal, add_days};
use rapport::figures::forecast::{WinChance, Winning};

use crate::facts::{book, day, read};

fn on(days: i64) -> NaiveDate {
    add_days(day("2026-01-01"), days)
}

/// A deal that entered stages so many days after the start.
fn deal(id: usize, stages: &[(i64, &str)], rest: &str) -> String {
    let stages: Vec<String> =
        stages.iter().map(|(days, stage)| format!(r#"(day: "{}", stage: "{stage}")"#, on(*days))).collect();
    format!(r#"deal (id: "d{id}", client: "a", title: "D{id}", stages: [{}]{rest})"#, stages.join(", "))
}

fn of(deals: &[String]) -> Book {
    let client = r#"client (id: "a", name: "A")"#;
    book(&std::iter::once(client).chain(deals.iter().map(String::as_str)).collect::<Vec<_>>())
}

fn one(text: &str) -> Deal {
    match read(text) {
        AnyRecord::Deal(deal) => deal.as_ref().clone(),
        other => panic!("{other:?} is no deal"),
    }
}

fn within(earlier: &[String], asked: &str, at: i64, days: i64) -> WinChance {
    Winning::of(&of(earlier), on(at)).within(&one(asked), days)
}

#[track_caller]
fn close(left: f64, right: f64) {
    assert!((left - right).abs() < 1e-9, "{left} is not {right}");
}

#[test]
fn without_history_what_is_set_for_the_stage_is_spread_over_time() {
    let chance = within(&[], &deal(1, &[(0, "proposal")], ""), 10, 91);
    // 40 % · (1 − e^(−91 / 60)).
    close(chance.chance, 0.312_223_142_802_949_4);
    assert_eq!((chance.from, chance.by_hand), (0, false));
    assert_eq!(chance.words, "no earlier deal in Proposal: what is set for the stage");
}

/// Five deals seen in one stage every week back from day 200, counted by a script that shares nothing with this program:
/// of 35 sightings at least 28 days old 8 were won within 28 days, of 26 at least 91 days old 8 within 91.
#[test]
fn with_few_decided_deals_the_share_won_of_those_seen_in_the_stage_counts() {
    let earlier = [
        deal(1, &[(0, "proposal"), (20, "agreed")], ""),
        deal(2, &[(0, "proposal"), (20, "agreed"), (60, "done")], ""),
        deal(3, &[(0, "proposal"), (40, "lost")], ""),
        deal(4, &[(30, "proposal")], ""),
        deal(5, &[(50, "proposal"), (64, "in_work")], ""),
    ];
    let asked = deal(6, &[(190, "proposal")], "");
    let [soon, later] = [28, 91].map(|days| within(&earlier, &asked, 200, days));
    close(soon.chance, 0.183_872_704_376_535_4);
    close(later.chance, 0.310_025_262_385_322_3);
    assert_eq!(later.from, 5);
    assert_eq!(later.words, "5 earlier deals in Proposal, shrunk to what is set for the stage");
}

#[test]
fn a_chance_set_by_hand_wins_over_the_history_and_says_so() {
    let earlier = [deal(1, &[(0, "proposal"), (20, "lost")], "")];
    let chance = within(&earlier, &deal(2, &[(90, "proposal")], r#", chance: "80%""#), 100, 91);
    close(chance.chance, 0.8 * (1.0 - (-91.0_f64 / 60.0).exp()));
    assert!(chance.by_hand);
    assert_eq!(chance.words, "80\u{a0}% set by hand");
    let won = [deal(1, &[(0, "proposal"), (20, "agreed")], "")];
    let spread = within(&won, &deal(2, &[(90, "proposal")], r#", chance: "80%""#), 100, 91);
    assert!(spread.chance > chance.chance && spread.chance < 0.8);
    assert_eq!(spread.words, "80\u{a0}% set by hand, spread over time as 1 won deal was");
}

#[test]
fn what_is_decided_is_certain() {
    let chances =
        ["agreed", "done", "lost"].map(|stage| within(&[], &deal(1, &[(0, stage)], ""), 10, 91).chance);
    assert_eq!(chances.map(f64::to_bits), [1.0_f64, 1.0, 0.0].map(f64::to_bits));
}

/// Sixty deals: every third is won after 14 days, the others hang on and are lost after 140.
fn sixty() -> Vec<String> {
    let each = (0..60).map(|nth: usize| {
        let from = i64::try_from(nth).unwrap() * 5;
        let end = if nth.is_multiple_of(3) { (from + 14, "agreed") } else { (from + 140, "lost") };
        deal(nth, &[(from, "proposal"), end], "")
    });
    each.collect()
}

#[test]
fn with_many_decided_deals_the_age_of_one_counts() {
    let winning = Winning::of(&of(&sixty()), on(500));
    assert_eq!(winning.decided(), 60);
    let fresh = winning.within(&one(&deal(99, &[(500, "proposal")], "")), 91);
    let old = winning.within(&one(&deal(99, &[(450, "proposal")], "")), 91);
    // A third of the fresh ones is won, shrunk to the set 31 %; of those that hang on, none was.
    assert!((0.2..0.5).contains(&fresh.chance), "{}", fresh.chance);
    assert!(old.chance < 0.1, "{}", old.chance);
    assert_eq!(old.words, "50 days in Proposal, from 60 deals there before, 40 of them for about as long");
}

#[test]
fn the_days_of_winning_add_up_to_the_chance_and_never_exceed_one() {
    let few = of(&[deal(1, &[(0, "proposal"), (20, "agreed")], "")]);
    for book in [of(&[]), few, of(&sixty())] {
        let winning = Winning::of(&book, on(500));
        for rest in ["", r#", chance: "100%""#, r#", chance: "0%""#] {
            for stages in [vec![], vec![(490, "engaged")], vec![(300, "limbo")]] {
                let asked = one(&deal(99, &stages, rest));
                let (when, chance) = (winning.when(&asked, 91), winning.within(&asked, 91).chance);
                close(when.within(91), chance);
                let days: Vec<f64> = (1..=91).map(|day| when.on_day(day)).collect();
                assert!(days.iter().all(|day| (0.0..=1.0).contains(day)), "{days:?}");
                close(days.iter().sum(), chance);
                close(when.within(9_999), chance);
            }
        }
    }
}

#[test]
fn what_becomes_of_deals_later_never_changes_an_earlier_chance() {
    let all = of(&sixty());
    let asked = one(&deal(99, &[(190, "proposal")], ""));
    let kept: Vec<String> = sixty().into_iter().take(30).collect();
    for at in [60, 120] {
        let early = |book: &Book| Winning::of(&book.as_of(on(at)), on(at)).when(&asked, 91);
        assert_eq!(early(&all), early(&of(&kept)), "{at}");
    }
}
