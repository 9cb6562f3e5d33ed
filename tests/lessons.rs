//! What an invoice written off taught comes back as a check at the next similar deal, and what of a deal was pushed is told
//! with it.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::sync::Arc;

use proptest::prelude::*;
use rapport::domain::{Book, ClientId, DealId, Table};
use rapport::figures::{DealLine, Figures, Memo, Page};
use rapport::state::{Action, FormKind, Target};

use crate::desk::Desk;
use crate::facts::{book, day, read};

const ON: &str = "2026-11-21";
const ACME: &str = r#"client (id: "acme", name: "Acme")"#;
const BOLT: &str = r#"client (id: "bolt", name: "Bolt")"#;

/// A deal of a client, of a basis, in a stage since the first of November.
fn deal(client: &str, id: &str, basis: &str, stage: &str) -> String {
    let basis = if basis.is_empty() { String::new() } else { format!("basis: {basis},") };
    format!(
        r#"deal (id: "{id}", client: "{client}", title: "The {id}", {basis}
            stages: [(day: "2026-11-01", stage: "{stage}")])"#
    )
}

/// A done deal of Acme, and its invoice that was written off on a day.
fn lost(id: &str, basis: &str, on: &str, write_off: &str) -> [String; 2] {
    let done = deal("acme", id, basis, "done").replace("2026-11-01", "2023-01-01");
    let invoice = format!(
        r#"invoice (id: "r-{id}", number: "R-{id}", client: "acme", deal: "{id}", issued: "2023-02-01",
            due: "2023-03-01", lines: [(result: "The poster", price: "900 EUR")],
            payments: [(day: "2023-04-01", amount: "250 EUR")], write_off: (day: "{on}", {write_off}))"#
    );
    [done, invoice]
}

const LESSON: &str = r#"cause: misunderstanding, lesson: "Say how many rounds the price holds.""#;

fn of(lines: &[String]) -> Book {
    let all = [ACME, BOLT].into_iter().chain(lines.iter().map(String::as_str));
    book(&all.collect::<Vec<_>>())
}

/// The checks of a deal on a day, as they are said.
fn checks_on(book: &Book, client: &str, deal: &str, on: &str) -> Vec<String> {
    let figures = Figures::of(book, day(on));
    let (client, deal) = (ClientId::new(client).unwrap(), DealId::new(deal).unwrap());
    figures.checks(&client, &deal).iter().map(|lesson| lesson.words(day(on))).collect()
}

/// The checks of the deal `next` of a client.
fn checks(lines: &[String], client: &str) -> Vec<String> {
    checks_on(&of(lines), client, "next", ON)
}

fn with(lost: &[String; 2], next: String) -> Vec<String> {
    [lost.as_slice(), &[next]].concat()
}

#[test]
fn a_lesson_comes_back_at_a_deal_of_the_same_client_or_of_the_same_basis() {
    let lost = lost("poster", "fixed", "2026-05-03", LESSON);
    let said =
        "Check: Say how many rounds the price holds (R-poster of Acme, written off 3 May, misunderstanding)";
    let of_others = with(&lost, deal("bolt", "next", "fixed", "proposal"));
    assert_eq!(checks(&of_others, "bolt"), [said]);
    let of_its_own = with(&lost, deal("acme", "next", "time", "proposal"));
    assert_eq!(checks(&of_its_own, "acme"), [said], "whatever it rests on");
    let other_basis = with(&lost, deal("bolt", "next", "time", "proposal"));
    assert_eq!(checks(&other_basis, "bolt"), [""; 0]);
    for (of_lost, of_next) in [("", "fixed"), ("fixed", ""), ("", "")] {
        let lost = self::lost("poster", of_lost, "2026-05-03", LESSON);
        let unknown = with(&lost, deal("bolt", "next", of_next, "proposal"));
        assert_eq!(checks(&unknown, "bolt"), [""; 0], "what is not known is not alike");
    }
}

#[test]
fn a_lesson_about_a_fee_comes_back_at_a_deal_that_rests_on_a_retainer() {
    let care = r#"retainer (id: "care", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2025-01-01", from: "2025-01-01")"#;
    let fee = r#"invoice (id: "fee", number: "R-1", client: "acme", retainer: "care", issued: "2025-02-01",
        due: "2025-03-01", lines: [(result: "Care", price: "50 EUR")],
        write_off: (day: "2025-07-04", cause: will_not, lesson: "Stop at the second late fee."))"#;
    let lines = [care.to_owned(), fee.to_owned(), deal("bolt", "next", "retainer", "proposal")];
    let said = "Check: Stop at the second late fee (R-1 of Acme, written off 4 Jul 2025, will not pay)";
    assert_eq!(checks(&lines, "bolt"), [said]);
}

#[test]
fn a_misunderstanding_asks_for_writing_even_without_a_lesson_and_nothing_else_does() {
    let next = || deal("bolt", "next", "fixed", "proposal");
    let lost = |cause: &str| with(&lost("poster", "fixed", "2026-05-03", cause), next());
    let said = "Check: 650.00 EUR for “The poster” was written off; is it agreed in writing this time what is to be done? \
        (R-poster of Acme, written off 3 May, misunderstanding)";
    assert_eq!(checks(&lost("cause: misunderstanding"), "bolt"), [said]);
    for cause in ["cannot", "will_not", "dissatisfied"] {
        assert_eq!(checks(&lost(&format!("cause: {cause}")), "bolt"), [""; 0]);
        assert_eq!(checks(&lost(&format!(r#"cause: {cause}, lesson: " . ""#)), "bolt"), [""; 0]);
        assert_eq!(checks(&lost(&format!(r#"cause: {cause}, lesson: "Ask.""#)), "bolt").len(), 1);
    }
}

#[test]
fn the_deal_it_was_learnt_from_has_no_check_of_it() {
    let mut lines = lost("poster", "fixed", "2026-05-03", LESSON).to_vec();
    lines[0] = deal("acme", "poster", "fixed", "proposal");
    assert_eq!(checks_on(&of(&lines), "acme", "poster", ON), [""; 0]);
    lines.push(deal("acme", "next", "fixed", "proposal"));
    assert_eq!(checks_on(&of(&lines), "acme", "next", ON).len(), 1);
}

#[test]
fn only_an_open_deal_on_which_work_has_not_begun_has_checks() {
    let lost = lost("poster", "fixed", "2026-05-03", LESSON);
    let stages = [
        ("engaged", 1),
        ("proposal", 1),
        ("agreed", 1),
        ("limbo", 1),
        ("in_work", 0),
        ("delivered", 0),
        ("done", 0),
        ("lost", 0),
    ];
    for (stage, count) in stages {
        let lines = with(&lost, deal("bolt", "next", "fixed", stage));
        assert_eq!(checks(&lines, "bolt").len(), count, "{stage}");
    }
    let back = deal("bolt", "next", "fixed", "agreed")
        .replace("stages: [", r#"stages: [(day: "2026-10-01", stage: "in_work"), "#);
    assert_eq!(checks(&with(&lost, back), "bolt"), [""; 0], "work began before it went back");
    let no_stage = r#"deal (id: "next", client: "bolt", title: "Next", basis: fixed)"#.to_owned();
    assert_eq!(checks(&with(&lost, no_stage), "bolt").len(), 1);
}

#[test]
fn what_is_written_off_later_is_not_known_before_and_is_forgotten_after_the_window() {
    let lost = lost("poster", "fixed", "2026-05-03", LESSON);
    let next = deal("bolt", "next", "fixed", "proposal").replace("2026-11-01", "2026-01-01");
    let book = of(&with(&lost, next));
    for (on, count) in [("2026-05-02", 0), ("2026-05-03", 1), ("2028-05-02", 1), ("2028-05-03", 0)] {
        assert_eq!(checks_on(&book, "bolt", "next", on).len(), count, "{on}");
    }
}

#[test]
fn a_deal_has_three_checks_at_most_its_own_clients_first_and_then_the_newest() {
    let of_acme = ["2026-01-01", "2026-03-01", "2026-02-01"]
        .iter()
        .flat_map(|on| lost(&on[..7], "fixed", on, "cause: misunderstanding"));
    let of_bolt = lost("own", "time", "2025-06-01", LESSON).map(|line| line.replace("acme", "bolt"));
    let next = deal("bolt", "next", "fixed", "proposal");
    let lines: Vec<String> = of_acme.chain(of_bolt).chain([next]).collect();
    let found = checks(&lines, "bolt");
    let numbers: Vec<&str> = found.iter().map(|it| it.split(['(', ')']).nth(1).unwrap()).collect();
    assert_eq!(
        numbers,
        [
            "R-own of Bolt, written off 1 Jun 2025, misunderstanding",
            "R-2026-03 of Acme, written off 1 Mar, misunderstanding",
            "R-2026-02 of Acme, written off 1 Feb, misunderstanding",
        ]
    );
}

#[test]
fn moving_a_deal_into_work_names_the_lesson_and_notes_that_it_was_overridden() {
    let lost = lost("poster", "fixed", "2026-05-03", LESSON);
    let moved = |keys: &str, next: String| {
        let mut desk = Desk::of(of(&with(&lost, next)), day(ON));
        let to = if keys == "agreed" { "agreed" } else { "in_work" };
        desk.act(Action::Show(rapport::state::View::Board));
        desk.act(Action::DropDeal("next".to_owned(), to.to_owned()));
        let bolt = ClientId::new("bolt").unwrap();
        let deal = desk.state.book.client(&bolt).unwrap().facts.deals[0].clone();
        (deal.stage().unwrap().override_of.clone(), desk.notice().to_owned())
    };
    let (token, notice) = moved("in_work", deal("bolt", "next", "fixed", "agreed"));
    assert_eq!(token.as_deref(), Some("unsigned no-down-payment lesson"));
    assert_eq!(
        notice,
        "Moved The next to In work. Mind: there is no agreement in writing. Check: Say how many rounds the price holds \
            (R-poster of Acme, written off 3 May, misunderstanding)"
    );
    let (token, notice) = moved("agreed", deal("bolt", "next", "fixed", "proposal"));
    assert_eq!(token, None, "{notice}");
    let (token, _) = moved("in_work", deal("bolt", "next", "time", "agreed"));
    assert_eq!(token.as_deref(), Some("unsigned no-down-payment"));
}

#[test]
fn a_stage_of_work_typed_into_the_form_of_a_deal_names_the_lesson_as_a_move_on_the_board_does() {
    let lost = lost("poster", "fixed", "2026-05-03", LESSON);
    let typed = |stage: &str, next: String| {
        let mut desk = Desk::of(of(&with(&lost, next)), day(ON));
        desk.act(Action::OpenForm(FormKind::Deal, Target::Record(Table::Deals, "next".into())));
        desk.fill("Stage", stage);
        desk.press("enter");
        let bolt = ClientId::new("bolt").unwrap();
        let deal = desk.state.book.client(&bolt).unwrap().facts.deals[0].clone();
        (deal.stage().unwrap().override_of.clone(), desk.notice().to_owned())
    };
    let (token, notice) = typed("In work", deal("bolt", "next", "fixed", "agreed"));
    assert_eq!(token.as_deref(), Some("unsigned no-down-payment lesson"));
    assert_eq!(
        notice,
        "Changed The next. Mind: there is no agreement in writing. Check: Say how many rounds the price holds \
            (R-poster of Acme, written off 3 May, misunderstanding)"
    );
    let (token, notice) = typed("Agreed", deal("bolt", "next", "fixed", "proposal"));
    assert_eq!(token, None, "{notice}");
    let (token, _) = typed("In work", deal("bolt", "next", "time", "agreed"));
    assert_eq!(token.as_deref(), Some("unsigned no-down-payment"));
}

#[test]
fn the_sample_book_has_a_lesson_that_comes_back() {
    let desk = Desk::sample();
    let shown = desk.shown();
    let column = |id: &str| shown.figures.board.columns.iter().find(|column| column.id == id).unwrap();
    let checks = |id: &str| -> Vec<String> {
        let cards = column(id).cards.iter().flat_map(|card| shown.figures.checks_of(card));
        cards.map(|lesson| lesson.words(shown.figures.day)).collect()
    };
    let said = "Check: Say how many rounds of changes the price holds, in writing, before the first one (R-1065 of Theater \
        im Hof, written off 24 Apr 2025, misunderstanding)";
    assert!(checks("proposal").iter().any(|check| check == said), "{:?}", checks("proposal"));
    assert_eq!(checks("in_work"), [""; 0]);
}

#[test]
fn a_page_and_the_board_say_a_lesson_once_where_it_is_needed_next() {
    let lost = lost("poster", "fixed", "2026-05-03", LESSON);
    let planned = deal("bolt", "soon", "fixed", "presented")
        .replace("stages:", r#"next_step: (what: "Call", due: "2026-11-25"), stages:"#);
    let lines = [
        lost.as_slice(),
        &[
            deal("bolt", "early", "fixed", "engaged"),
            deal("bolt", "idle", "fixed", "presented"),
            planned,
            deal("acme", "own", "time", "engaged"),
        ],
    ]
    .concat();
    let book = of(&lines);
    let figures = Figures::of(&book, day(ON));
    let said = |client: &str| -> Vec<String> {
        let page = Page::of(book.business(), &figures, &ClientId::new(client).unwrap()).unwrap();
        page.deals.iter().filter(|it| !it.checks.is_empty()).map(|it| it.id.to_string()).collect()
    };
    assert_eq!(said("bolt"), ["soon"], "as far as another, and its next step is due");
    assert_eq!(said("acme"), ["own"]);
    let cards = figures.board.columns.iter().flat_map(|column| &column.cards);
    let on_board = cards.filter(|card| !figures.checks_on_board(card).is_empty());
    let mut on_board: Vec<&str> = on_board.map(|card| card.title.as_str()).collect();
    on_board.sort_unstable();
    assert_eq!(
        on_board,
        ["The own", "The soon"],
        "once among its own client's deals, and once among the others"
    );
    for deal in ["early", "idle", "soon"] {
        assert_eq!(checks_on(&book, "bolt", deal, ON).len(), 1, "who moves {deal} into work is told");
    }
}

/// The deals of Acme's page.
fn deals(lines: &[String]) -> Vec<DealLine> {
    let book = of(lines);
    let figures = Figures::of(&book, day(ON));
    Page::of(book.business(), &figures, &ClientId::new("acme").unwrap()).unwrap().deals
}

#[test]
fn a_deal_says_how_it_was_pushed_and_what_was_about_no_deal_stays_with_the_client() {
    let touch = |id: usize, kind: &str, deal: &str| {
        format!(
            r#"touch (id: "t{id}", day: "2026-11-{:02}", client: "acme", direction: in, kind: {kind}, {deal})"#,
            id + 1
        )
    };
    let site = r#"deal: "site""#;
    let won = r#"deal (id: "site", client: "acme", title: "Site", value: "900 EUR",
        price_told: (day: "2026-10-01", amount: "1000 EUR"),
        stages: [(day: "2026-10-01", stage: "proposal"), (day: "2026-11-02", stage: "agreed")])"#;
    let mut lines = vec![
        won.to_owned(),
        deal("acme", "other", "fixed", "proposal"),
        touch(1, "price_push", site),
        touch(2, "price_push", site),
        touch(3, "scope_push", site),
        touch(4, "price_push", ""),
    ];
    let words = |lines: &[String]| -> Vec<String> {
        deals(lines).iter().map(|deal| format!("{}: {}", deal.id, deal.pushes.words())).collect()
    };
    let site = "site: price pushed twice · scope pushed once · 10\u{a0}% discount without less scope";
    assert_eq!(words(&lines), [site, "other: "]);
    let says = |lines: &[String]| {
        let figures = Figures::of(&of(lines), day(ON));
        let health = figures.clients.row(&ClientId::new("acme").unwrap()).unwrap().health.clone();
        let readings = health.health.readings.clone();
        readings.iter().find(|it| it.looked_at(rapport::domain::Table::Touches, "t4")).unwrap().says.clone()
    };
    assert!(says(&lines).starts_with("Pushed the price 3 times"), "{}", says(&lines));
    lines[0] = won.replace("value:", r#"less_scope: (day: "2026-10-20", what: "no shop"), value:"#);
    assert_eq!(words(&lines)[0], "site: price pushed twice · scope pushed once");
    // What lies before the window counts for nothing any more, as in the client's health.
    lines[2] = lines[2].replace("2026-11-02", "2024-11-02");
    assert_eq!(words(&lines)[0], "site: price pushed once · scope pushed once");
}

/// A record of one of two clients: a deal, or an invoice that may have been written off.
fn a_record() -> impl Strategy<Value = String> {
    let who = || prop::sample::select(vec!["acme", "bolt"]);
    let basis = prop::sample::select(vec!["", "fixed", "time"]);
    let stage = prop::sample::select(vec!["proposal", "agreed", "in_work", "lost"]);
    let cause = prop::sample::select(vec!["misunderstanding", "cannot", r#"cannot, lesson: "Ask""#]);
    prop_oneof![
        (who(), 0..4_usize, basis, stage)
            .prop_map(|(who, id, basis, stage)| deal(who, &format!("{who}-{id}"), basis, stage)),
        (who(), 0..5_usize, 0..4_usize, 1..29_u32, prop::option::of(cause)).prop_map(
            |(who, id, deal, on, cause)| {
                let off = cause.map(|it| format!(r#"write_off: (day: "2026-10-{on:02}", cause: {it})"#));
                format!(
                    r#"invoice (id: "{who}-{id}", number: "{id}", client: "{who}", deal: "{who}-{deal}",
                        issued: "2026-01-01", due: "2026-02-01", lines: [(result: "x", price: "1 EUR")], {})"#,
                    off.unwrap_or_default()
                )
            }
        ),
    ]
}

proptest! {
    /// Lessons remembered from edit to edit are those computed from nothing, on every day; and an edit of one client never
    /// touches the figures of the other.
    #[test]
    fn lessons_are_the_same_however_one_came_to_them(
        records in prop::collection::vec((a_record(), 1..29_u32), 1..20)
    ) {
        let deals = ["acme", "bolt"].into_iter().flat_map(|who| {
            (0..4).map(move |id| deal(who, &format!("{who}-{id}"), "fixed", "proposal"))
        });
        let (mut memo, mut book) = (Memo::new(), of(&deals.collect::<Vec<_>>()));
        for (record, on) in records {
            let before = memo.figures(&book, day(ON), day(ON));
            book = book.with(read(&record)).unwrap();
            for on in [day(&format!("2026-10-{on:02}")), day(ON)] {
                let (figures, anew) = (memo.figures(&book, on, on), Figures::of(&book, on));
                prop_assert_eq!(&figures.lessons, &anew.lessons);
                for client in figures.of_clients.iter() {
                    for deal in client.lessons.to_begin.iter().map(|it| &it.deal) {
                        let checks = figures.checks(&client.id, deal);
                        prop_assert_eq!(&checks, &anew.checks(&client.id, deal));
                        prop_assert!(checks.iter().all(|it| it.day <= on && it.deal.as_ref() != Some(deal)));
                    }
                }
            }
            let other = if record.contains(r#"client: "acme""#) { "bolt" } else { "acme" };
            let other = ClientId::new(other).unwrap();
            let after = memo.figures(&book, day(ON), day(ON));
            prop_assert!(Arc::ptr_eq(before.client(&other).unwrap(), after.client(&other).unwrap()));
        }
    }
}
