//! The two-sided ladder, and letting a client go: which step is next and why, what is left behind, and recording the end.

use rapport::domain::{AnyRecord, Book, Business, ClientId, ClientKind, Currency, Lever, Table, Threshold};
use rapport::figures::forecast::Outlook;
use rapport::figures::forecast::what_if::LettingGo;
use rapport::figures::proof::{ExitFigure, FigureKey, prove};
use rapport::figures::{EntryKind, Figures, HandKind, Ladder, Leaving, Next, Page, Rung, WayOutRow};
use rapport::state::{Action, Edit, Effect, Overlay, PageSection, View};
use rapport::store::{load, sample};
use rust_decimal::Decimal;

use crate::desk::Desk;
use crate::facts::{book, book_of, day, money, read};
use crate::proofs::fault;

/// Pushed on 1 May and seen as toxic by hand since 1 June, with one deal.
const HURTS: [&str; 4] = [
    r#"client (id: "acme", name: "Acme", added: "2025-01-01",
        kind: (kind: toxic, day: "2026-06-01", reason: "pushes the price"))"#,
    r#"deal (id: "site", client: "acme", title: "Site", value: "4800 EUR", stages: [(day: "2026-01-10", stage: "in_work")],
        goals: [(day: "2026-06-20", what: "days until paid", target: "14")])"#,
    r#"touch (id: "push", client: "acme", day: "2026-05-01", direction: in, kind: price_push)"#,
    r#"touch (id: "old", client: "acme", day: "2026-04-01", direction: out, kind: evidence)"#,
];
/// Evidence, a meeting with goals set in it, and a review.
const ROUND: [&str; 3] = [
    r#"touch (id: "shown", client: "acme", day: "2026-06-10", direction: out, channel: "mail", kind: evidence)"#,
    r#"touch (id: "met", client: "acme", day: "2026-06-20", direction: out, channel: "Meeting")"#,
    r#"touch (id: "seen", client: "acme", day: "2026-08-25", direction: out, kind: review)"#,
];

fn with(more: &[&str]) -> Book {
    let lines: Vec<&str> = HURTS.iter().chain(&ROUND).chain(more).copied().collect();
    book(&lines)
}

fn page(book: &Book, on: &str) -> Page {
    Page::of(book.business(), &Figures::of(book, day(on)), &acme()).unwrap()
}

fn acme() -> ClientId {
    ClientId::new("acme").unwrap()
}

fn ladder(book: &Book, on: &str) -> Ladder {
    page(book, on).ladder
}

fn next(book: &Book, on: &str) -> (Next, String) {
    let ladder = ladder(book, on);
    (ladder.next, ladder.why)
}

#[test]
fn each_step_is_done_by_a_fact_after_the_one_before_and_the_next_says_how_long_ago_that_was() {
    let book = with(&[]);
    let (step, why) = next(&book, "2026-06-05");
    assert_eq!(step, Next::Step(Rung::Evidence));
    assert_eq!(why, "Show them what was achieved and what it took. What hurts: pushes the price.");
    let (step, why) = next(&book, "2026-06-15");
    assert_eq!(step, Next::Step(Rung::Meet));
    assert_eq!(
        why,
        "You showed the evidence 5 days ago and have not met since. What hurts: pushes the price."
    );
    // What was shown before the first push shows nothing of it.
    let ladder = ladder(&book, "2026-06-15");
    assert_eq!(ladder.since, day("2026-05-01"));
    assert_eq!(ladder.done(Rung::Evidence).unwrap().record, (Table::Touches, "shown".to_owned()));
    let without_goal = HURTS.map(|line| if line.starts_with("deal") { r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-01-10", stage: "in_work")])"# } else { line });
    let lines: Vec<&str> = without_goal.iter().chain(&ROUND).copied().collect();
    let (step, why) = next(&crate::facts::book(&lines), "2026-07-01");
    assert_eq!(step, Next::Step(Rung::Goals));
    assert!(why.starts_with("You met 11 days ago and set no goal since."), "{why}");
}

#[test]
fn new_goals_get_their_time_and_are_then_looked_at_again() {
    let book = with(&[]);
    let (step, why) = next(&book, "2026-07-01");
    assert_eq!(step, Next::Wait(day("2026-08-19")));
    assert_eq!(
        why,
        "Give the goals of 20 Jun time: look at them again in 49 days, on 19 Aug; nothing of it came again since."
    );
    let pushed = r#"touch (id: "again", client: "acme", day: "2026-07-15", direction: in, kind: scope_push)"#;
    let (step, why) = next(&with(&[pushed]), "2026-08-19");
    assert_eq!(step, Next::Step(Rung::Reevaluate));
    assert_eq!(why, "The goals are 60 days old: look at them again; since then: pushed the scope on 15 Jul.");
    let mut business = rapport::domain::Business::new(book.currency());
    business.thresholds.insert(Threshold::ReevaluateDays.row().name.to_owned(), Decimal::from(30));
    let sooner = book.with_settings(business.into());
    assert_eq!(next(&sooner, "2026-07-01").0, Next::Wait(day("2026-07-20")));
}

#[test]
fn one_leaves_only_if_it_still_holds_after_the_goals_and_stays_if_it_got_better() {
    let pushed = r#"touch (id: "again", client: "acme", day: "2026-07-15", direction: in, kind: scope_push)"#;
    let (step, why) = next(&with(&[pushed]), "2026-08-30");
    assert_eq!(step, Next::Step(Rung::Leave));
    assert_eq!(why, "It still holds since the goals of 20 Jun: pushed the scope on 15 Jul.");
    let word = r#"touch (id: "word", client: "acme", day: "2026-07-02", direction: in, channel: "mail")"#;
    let (step, why) = next(&with(&[word]), "2026-08-30");
    assert_eq!(step, Next::Unclear);
    assert_eq!(
        why,
        "Nobody can tell yet: whether “days until paid” was reached, as agreed on 20 Jun, is not noted."
    );
    let reached: Vec<String> = HURTS
        .iter()
        .chain(&ROUND)
        .chain(&[word])
        .map(|line| line.replace(r#"target: "14")"#, r#"target: "14", achieved: "12")"#))
        .collect();
    let reached: Vec<&str> = reached.iter().map(String::as_str).collect();
    // What they complained of, or felt uneasy about, since is not better.
    let uneasy =
        word.replace(r#"channel: "mail""#, "temperature: uneasy").replace(r#""word""#, r#""uneasy""#);
    let answer = r#"touch (id: "answer", client: "acme", day: "2026-07-03", direction: out)"#;
    let (step, why) = next(&book(&[reached.as_slice(), &[&uneasy, answer]].concat()), "2026-08-30");
    assert_eq!(step, Next::Step(Rung::Leave));
    assert_eq!(why, "It still holds since the goals of 20 Jun: felt uneasy on 2 Jul.");
    let (step, why) = next(&book(&reached), "2026-08-30");
    assert_eq!(step, Next::Stay);
    assert_eq!(why, "Stay, it got better: since the goals of 20 Jun nothing of it came again.");
    // With nothing noted since, nobody can tell: missing is not good.
    assert_eq!(next(&with(&[]), "2026-08-30").0, Next::Unclear);
}

#[test]
fn a_late_invoice_a_broken_promise_and_hours_below_break_even_since_the_goals_say_that_it_still_holds() {
    let late = r#"invoice (id: "i", number: "12", client: "acme", issued: "2026-07-01", due: "2026-07-10",
        lines: [(result: "Work", price: "100 EUR")])"#;
    assert_eq!(ladder(&with(&[late]), "2026-08-30").still, ["invoice 12 is 51 days late"]);
    let on_time = late.replace("2026-07-10", "2026-08-20");
    assert_eq!(ladder(&with(&[&on_time]), "2026-08-30").still, [] as [&str; 0]);
    let broken = r#"promise (id: "p", client: "acme", by: them, what: "send the texts", made: "2026-07-01", due: "2026-07-20")"#;
    assert_eq!(ladder(&with(&[broken]), "2026-08-30").still, ["they have not kept: send the texts"]);
    // Nor is a silent slip kept by coming later.
    let late_all_the_same = broken.replace("due:", r#"kept: "2026-08-10", due:"#);
    let says = ["they let 20 Jul pass without a word: send the texts"];
    assert_eq!(ladder(&with(&[&late_all_the_same]), "2026-08-30").still, says);
    let in_time = broken.replace("due:", r#"kept: "2026-07-19", due:"#);
    assert_eq!(ladder(&with(&[&in_time]), "2026-08-30").still, [] as [&str; 0]);
    let mut business = rapport::domain::Business::new("EUR".parse().unwrap());
    business.break_even_rate = Some(money("50 EUR"));
    let done = r#"deal (id: "shop", client: "acme", title: "Shop", stages: [(day: "2026-07-01", stage: "in_work")],
        delivered: "2026-07-10")"#;
    let work = r#"work (id: "w", client: "acme", deal: "shop", day: "2026-07-05", hours: "10")"#;
    let lines: Vec<&str> = HURTS.iter().chain(&ROUND).chain([&done, &work]).copied().collect();
    // No bill is expected any more 60 days after the delivery.
    let still = ladder(&book_of(business, &lines), "2026-09-20").still;
    assert!(still.len() == 1 && still[0].contains("below the break-even rate of 50.00 EUR"), "{still:?}");
}

#[test]
fn money_for_older_work_says_nothing_of_what_was_worked_since_the_goals() {
    let mut business = rapport::domain::Business::new("EUR".parse().unwrap());
    business.break_even_rate = Some(money("50 EUR"));
    let closed = |id: &str, on: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "{id}", value: "600 EUR", stages: [(day: "{on}", stage: "in_work")],
            delivered: "{on}")"#
        )
    };
    let bill = |id: &str, issued: &str, paid: &str, amount: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", deal: "{id}", issued: "{issued}", due: "2026-08-20",
            lines: [(result: "Work", price: "{amount} EUR")], payments: [(day: "{paid}", amount: "{amount} EUR")])"#
        )
    };
    let work = |id: &str, on: &str, hours: &str| {
        format!(r#"work (id: "w-{id}", client: "acme", deal: "{id}", day: "{on}", hours: "{hours}")"#)
    };
    for paid in ["2026-06-19", "2026-08-20"] {
        let lines = [
            closed("may", "2026-05-20"),
            work("may", "2026-05-10", "100"),
            bill("may", "2026-06-01", paid, "3000"),
            closed("july", "2026-07-20"),
            work("july", "2026-07-10", "20"),
            bill("july", "2026-07-21", "2026-07-30", "600"),
        ];
        let lines: Vec<&str> =
            HURTS.iter().chain(&ROUND).copied().chain(lines.iter().map(String::as_str)).collect();
        let (step, why) = next(&book_of(business.clone(), &lines), "2026-08-30");
        assert_eq!(step, Next::Step(Rung::Leave), "paid on {paid}: {why}");
        assert!(why.contains("leaves 30.00 EUR an hour"), "{why}");
    }
}

#[test]
fn neither_half_an_hour_nor_a_fee_that_was_billed_before_the_goals_says_that_it_still_holds() {
    let mut business = rapport::domain::Business::new("EUR".parse().unwrap());
    business.break_even_rate = Some(money("50 EUR"));
    let still = |more: &[&str]| {
        let lines: Vec<&str> = HURTS.iter().chain(&ROUND).chain(more).copied().collect();
        ladder(&book_of(business.clone(), &lines), "2026-09-20").still
    };
    let work = |hours: &str| {
        format!(
            r#"work (id: "w", client: "acme", day: "2026-07-05", hours: "{hours}", purpose: relationship, deal: "care")"#
        )
    };
    let care = r#"deal (id: "care", client: "acme", title: "Care", basis: retainer, stages: [(day: "2026-01-02", stage: "in_work")])"#;
    let fee = |every: &str| {
        format!(
            r#"retainer (id: "fee", client: "acme", what: "Care", amount: "3000 EUR", every: "{every}", agreed: "2026-01-02",
                from: "2026-01-02", deal: "care")"#
        )
    };
    let billed = r#"invoice (id: "i", number: "12", client: "acme", retainer: "fee", deal: "care", issued: "2026-06-02",
        due: "2026-06-16", lines: [(result: "Care", price: "3000 EUR")], payments: [(day: "2026-06-16", amount: "3000 EUR")])"#;
    assert_eq!(still(&[care, &work("0.5")]), [] as [&str; 0]);
    assert_eq!(still(&[care, &work("20")]).len(), 1, "20 hours without any pay");
    // 3000 EUR of a time in which the goals were set, for 20 hours.
    assert_eq!(still(&[care, &fee("6 months"), billed, &work("20")]), [] as [&str; 0]);
}

#[test]
fn the_first_push_after_the_goals_says_that_it_still_holds_and_begins_no_new_round() {
    let lines: Vec<String> =
        HURTS.iter().chain(&ROUND).map(|line| line.replace("2026-05-01", "2026-07-15")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (step, why) = next(&book(&lines), "2026-08-30");
    assert_eq!(step, Next::Step(Rung::Leave), "{why}");
    assert!(why.contains("pushed the price on 15 Jul"), "{why}");
}

#[test]
fn a_review_shortly_after_the_goals_is_not_looking_at_them_again() {
    let early = |on: &str| {
        let seen = ROUND[2].replace("2026-08-25", on);
        let lines: Vec<&str> = HURTS.iter().chain(&ROUND[..2]).copied().chain([seen.as_str()]).collect();
        ladder(&book(&lines), "2026-08-18").done(Rung::Reevaluate).is_some()
    };
    // Goals of 20 June, to be looked at again 60 days later.
    assert!(!early("2026-06-22") && !early("2026-07-19") && early("2026-07-20"));
}

#[test]
fn goals_set_anew_are_given_their_time_anew() {
    let pushed = r#"touch (id: "again", client: "acme", day: "2026-06-25", direction: in, kind: scope_push)"#;
    let word = r#"touch (id: "word", client: "acme", day: "2026-08-02", direction: in)"#;
    let lines: Vec<String> = HURTS
        .iter()
        .chain(&ROUND)
        .chain(&[pushed, word])
        .map(|line| {
            line.replace(
                "goals: [",
                r#"goals: [(day: "2026-07-20", what: "one round of changes", achieved: "yes"), "#,
            )
            .replace("2026-08-25", "2026-11-15")
        })
        .collect();
    let book = book(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let (step, why) = next(&book, "2026-11-20");
    assert_eq!(
        (step, why.as_str()),
        (Next::Stay, "Stay, it got better: since the goals of 20 Jul nothing of it came again.")
    );
}

#[test]
fn who_leaves_too_little_and_pushes_hurts_on_the_page_as_in_today() {
    let lines = [
        r#"client (id: "acme", name: "Acme")"#,
        r#"deal (id: "site", client: "acme", title: "Site", value: "400 EUR", delivered: "2026-03-01",
            stages: [(day: "2026-01-10", stage: "in_work")])"#,
        r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-03-02", due: "2026-03-16",
            lines: [(result: "Site", price: "400 EUR")], payments: [(day: "2026-03-10", amount: "400 EUR")])"#,
        r#"work (id: "w", client: "acme", deal: "site", day: "2026-02-01", hours: "19.5")"#,
        r#"touch (id: "p", client: "acme", day: "2026-05-01", direction: in, kind: price_push)"#,
        r#"touch (id: "q", client: "acme", day: "2026-05-10", direction: in, kind: scope_push)"#,
    ];
    let firm = Business { break_even_rate: Some(money("50 EUR")), ..Business::new(Currency::EUR) };
    let book = book_of(firm, &lines);
    let hurts = [
        "leaves 20.51 EUR an hour, below the break-even rate of 50.00 EUR, from 19.5 hours",
        "pushed the price once, pushed the scope once, last on 10 May",
    ];
    assert_eq!(ladder(&book, "2026-06-01").hurts, hurts);
    let figures = Figures::of(&book, day("2026-06-01"));
    let item = figures.today.items.iter().find(|item| item.id.starts_with("toxic-pattern")).unwrap();
    assert!(hurts.iter().all(|it| item.why.contains(it)), "{}", item.why);
    // Whoever agreed nothing hurts nobody.
    let talk = lines.map(|line| line.replace("in_work", "lost").replace(r#", delivered: "2026-03-01""#, ""));
    let talk: Vec<&str> = talk.iter().map(String::as_str).filter(|it| !it.starts_with("invoice")).collect();
    assert_eq!(ladder(&crate::facts::book(&talk), "2026-06-01").hurts, [] as [&str; 0]);
}

#[test]
fn who_is_found_toxic_by_hand_without_a_push_begins_the_ladder_at_its_foot() {
    let lines = HURTS.iter().chain(&ROUND).filter(|it| !it.contains("price_push"));
    let found = lines.map(|it| it.replace(r#"day: "2026-06-01", reason"#, r#"day: "2026-08-30", reason"#));
    let found: Vec<String> = found.collect();
    let book = book(&found.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(next(&book, "2026-08-30").0, Next::Step(Rung::Evidence), "what was before is no step of it");
}

#[test]
fn my_own_side_comes_first() {
    let promise = r#"promise (id: "p", client: "acme", by: me, what: "the second draft", made: "2026-05-20", due: "2026-06-03")"#;
    let (step, why) = next(&with(&[promise]), "2026-06-05");
    assert_eq!(
        (step, why.as_str()),
        (Next::Mend, "Mend your own side first: the second draft, promised 2 days ago.")
    );
    assert_eq!(next(&with(&[promise]), "2026-06-02").0, Next::Step(Rung::Evidence), "it is not due yet");
    let asked = r#"touch (id: "q", client: "acme", day: "2026-06-01", direction: in, channel: "mail", answer_wanted: true, note: "when")"#;
    assert_eq!(next(&with(&[asked]), "2026-06-06").0, Next::Step(Rung::Evidence), "it may wait for so long");
    let (step, why) = next(&with(&[asked]), "2026-06-07");
    assert_eq!(step, Next::Mend);
    assert!(why.ends_with("to be answered 6 days ago."), "{why}");
    // What was shown on the 10th is about something else, as in Today.
    assert_eq!(next(&with(&[asked]), "2026-06-15").0, Next::Mend);
    let answer = r#"touch (id: "a", client: "acme", day: "2026-06-11", direction: out, channel: "mail")"#;
    assert_eq!(next(&with(&[asked, answer]), "2026-06-15").0, Next::Step(Rung::Meet));
    // A complaint wants a word too, though it asked for none.
    let complaint = asked.replace("answer_wanted: true", "kind: complaint");
    assert_eq!(next(&with(&[&complaint]), "2026-06-07").0, Next::Mend);
    assert_eq!(next(&with(&[&complaint, answer]), "2026-06-15").0, Next::Step(Rung::Meet));
}

#[test]
fn a_low_score_alone_puts_somebody_on_the_ladder_and_nobody_stands_on_it_where_nothing_hurts() {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    let ladders = |book: &Book| -> Vec<(ClientId, Ladder)> {
        let figures = Figures::of(book, sample::ANCHOR);
        let of = |row: &std::sync::Arc<rapport::figures::Row>| {
            let page = Page::of(book.business(), &figures, &row.id).unwrap();
            (row.id.clone(), page.ladder)
        };
        figures.clients.rows.iter().map(of).collect()
    };
    let hurt = |book: &Book| ladders(book).into_iter().filter(|(_, it)| !it.hurts.is_empty()).count();
    let few = hurt(&book);
    assert!((1..10).contains(&few), "{few}");
    for (id, ladder) in ladders(&book).iter().filter(|(_, it)| it.hurts.is_empty() && it.next != Next::Over) {
        assert!(ladder.next == Next::Nothing && ladder.rungs.iter().all(|line| line.done.is_none()), "{id}");
    }
    let mut business = rapport::domain::Business::clone(book.business());
    for threshold in ["health_risk", "health_good"] {
        business.thresholds.insert(threshold.to_owned(), Decimal::ONE_HUNDRED);
    }
    let strict = book.with_settings(business.into());
    assert!(hurt(&strict) > few + 5);
    let named = ladders(&strict)
        .into_iter()
        .filter(|(_, it)| it.hurts.first().is_some_and(|it| it.ends_with("below 100")));
    assert!(named.count() > 5);
}

/// Something of everything that is left behind.
fn leaving() -> Book {
    let lines = [
        r#"client (id: "acme", name: "Acme", added: "2025-01-01", people: [(name: "Ann"), (name: "Bo", decides: true)])"#,
        r#"deal (id: "site", client: "acme", title: "Site", value: "4800 EUR", stages: [(day: "2026-01-10", stage: "in_work")],
            instalments: (agreed: "2026-01-10", instalments: [(due: "2026-12-01", amount: "1200 EUR")]))"#,
        r#"deal (id: "done", client: "acme", title: "Old", value: "100 EUR", stages: [(day: "2025-01-10", stage: "done")])"#,
        r#"deal (id: "shop", client: "acme", title: "Shop", stages: [(day: "2026-10-10", stage: "proposal")])"#,
        r#"work (id: "w", client: "acme", deal: "site", day: "2026-10-01", hours: "26")"#,
        r#"invoice (id: "i", number: "12", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "Work", price: "300 EUR")], payments: [(day: "2026-10-20", amount: "100 EUR")])"#,
        r#"promise (id: "p", client: "acme", by: me, what: "the manual", made: "2026-11-01", due: "2026-12-05")"#,
        r#"retainer (id: "care", client: "acme", what: "Care", amount: "95 EUR", every: "1 month", agreed: "2026-01-01", from: "2026-01-01")"#,
        r#"retainer (id: "over", client: "acme", what: "Before", amount: "50 EUR", every: "1 month", agreed: "2025-01-01", from: "2025-01-01", until: "2026-01-31")"#,
        r#"renewal (id: "r", client: "acme", what: "acme.example", noted: "2026-01-01", expires: "2027-02-01",
            chain: [(role: "registrar", who: "Nic"), (role: "host", who: "Us")], price: "20 EUR")"#,
    ];
    book(&lines)
}

fn left(book: &Book) -> Leaving {
    page(book, "2026-11-20").leaving
}

#[test]
fn letting_go_names_what_either_side_owes_and_everything_to_finish_or_hand_over() {
    let book = leaving();
    let left = left(&book);
    let owed: Vec<_> = left.theirs.iter().map(|it| (it.number.as_str(), it.open.to_string())).collect();
    assert_eq!((owed, left.owed.clone()), (vec![("12", "200.00 EUR".to_owned())], Ok(money("200 EUR"))));
    assert_eq!(left.mine.iter().map(|it| it.what.as_str()).collect::<Vec<_>>(), ["the manual"]);
    let hand: Vec<_> = left.hand.iter().map(|it| (it.kind, it.what.as_str(), it.stands.as_str())).collect();
    assert_eq!(
        hand,
        [
            (HandKind::Deal, "Site", "in work, 26 h worked"),
            (HandKind::Talk, "Shop", "proposal, no hours logged"),
            (HandKind::Instalment, "Site", "instalment agreed for 1 Dec"),
            (HandKind::Fee, "Care", "every month, without an end: the agreement says how much notice is due"),
            (HandKind::Renewal, "acme.example", "expires on 1 Feb 2027; registrar: Nic, host: Us"),
        ]
    );
    // What it costs and frees is what the what-if says.
    let figures = Figures::of(&book, day("2026-11-20"));
    assert_eq!(left.letting_go, LettingGo::of(book.business(), &figures, &acme()));
    let a_week = left.letting_go.unwrap().hours_a_week.unwrap();
    // 26 h × 7 / 365 days, and the 26 h themselves.
    assert_eq!((a_week, left.hours_a_year), (Decimal::new(5, 1), Ok(Decimal::from(26))));
}

#[test]
fn what_was_paid_for_work_that_is_not_delivered_is_said_on_the_way_out() {
    let book = book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"deal (id: "site", client: "acme", title: "Site", value: "5000 EUR", stages: [(day: "2026-11-01", stage: "in_work")])"#,
        r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-01", due: "2026-11-05",
            lines: [(result: "down payment", price: "2000 EUR")], tax: "19%",
            payments: [(day: "2026-11-05", amount: "2380 EUR")])"#,
        r#"invoice (id: "2", number: "2", client: "acme", issued: "2026-10-01", due: "2026-10-05",
            lines: [(result: "logo", price: "500 EUR")], payments: [(day: "2026-10-05", amount: "600 EUR")])"#,
    ]);
    let left = left(&book);
    assert!(
        left.letter
            .text
            .contains("Open on my side: 100 EUR too much paid on invoice 2, to be set off or paid back"),
        "{}",
        left.letter.text
    );
    assert_eq!(left.hand[0].stands, "in work, no hours logged, 2,000.00 EUR of it paid");
    assert!(
        left.letter.text.contains("\n- Site, of which 2,000 EUR before tax is paid"),
        "{}",
        left.letter.text
    );
    assert_eq!(left.hand[0].paid, Some(money("2000 EUR")));
}

#[test]
fn the_letter_names_what_is_open_and_marks_the_last_day_until_there_is_one() {
    let letter = left(&leaving()).letter;
    for words in [
        "Dear Bo,",
        "[last_day?] is my last day",
        "Until then I finish, or hand over with everything that belongs to it:\n- Site\n- Care\n- acme.example, until 1 February 2027",
        "Open on my side: the manual.",
        "invoice 12 for 200 EUR, due on 15 October 2026",
    ] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    assert!(!letter.text.contains("Shop"), "what is only talked about is not handed over");
    assert_eq!(letter.missing, ["last_day", "signature"]);
    let asked = left(&book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"touch (id: "q", client: "acme", day: "2026-11-03", direction: in, answer_wanted: true, note: "grumpy as ever")"#,
    ]));
    assert!(
        asked.letter.text.contains("Open on my side: an answer to what you said on 3 November 2026."),
        "{}",
        asked.letter.text
    );
    let empty = left(&book(&[r#"client (id: "acme", name: "Acme", ended: (day: "2026-11-01"))"#]));
    assert!(empty.letter.text.contains("1 November 2026 is my last day"));
    assert!(
        empty.letter.text.contains("No work of yours is with me.")
            && empty.letter.text.contains("on yours: nothing.")
    );
    assert!(empty.hours_a_year.is_err());
    let done = left(&book(&[
        r#"client (id: "acme", name: "Acme", ended: (day: "2026-11-01"))"#,
        r#"deal (id: "old", client: "acme", title: "Old", stages: [(day: "2025-01-10", stage: "done")])"#,
    ]));
    assert!(done.letter.text.contains("The work you gave me is done."));
}

#[test]
fn the_letter_hands_over_nothing_delivered_and_calls_a_dispute_one() {
    let letter = left(&book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"deal (id: "done", client: "acme", title: "Atlas", stages: [(day: "2026-06-01", stage: "in_work")], delivered: "2026-10-01")"#,
        r#"invoice (id: "1", number: "77", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "x", price: "200 EUR")], disputes: [(from: "2026-10-20")])"#,
    ]))
    .letter;
    assert!(!letter.text.contains("Atlas"), "{}", letter.text);
    assert!(letter.text.contains("invoice 77 for 200 EUR, disputed"), "{}", letter.text);
}

#[test]
fn what_they_owe_is_the_sum_of_its_rows_and_a_credit_note_is_owed_to_them() {
    let left = left(&book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"invoice (id: "1", number: "77", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "x", price: "200 EUR")])"#,
        r#"invoice (id: "2", number: "78", client: "acme", issued: "2026-11-01", due: "2026-11-01",
            lines: [(result: "Credit", price: "-50 EUR")])"#,
    ]));
    let rows: Vec<_> = left.theirs.iter().map(|it| (it.number.as_str(), it.open)).collect();
    assert_eq!(rows, [("77", money("200 EUR")), ("78", money("-50 EUR"))]);
    assert_eq!(left.owed, Ok(money("150 EUR")));
    for words in [
        "Open on my side: 50 EUR of credit note 78, to be set off or paid back",
        "on yours: invoice 77 for 200 EUR, due on 15 October 2026.",
    ] {
        assert!(left.letter.text.contains(words), "{words}: {}", left.letter.text);
    }
}

#[test]
fn what_is_still_to_be_invoiced_is_told_once_and_named_to_them() {
    let book = |parts: &str| {
        let deal = format!(
            r#"deal (id: "shop", client: "acme", title: "Shop", value: "1000 EUR", stages: [(day: "2026-09-01", stage: "in_work")],
                delivered: "2026-11-01", instalments: (agreed: "2026-09-01", instalments: [{parts}]))"#
        );
        let bill = r#"invoice (id: "i", number: "12", client: "acme", deal: "shop", issued: "2026-09-02", due: "2026-09-16",
            lines: [(result: "x", price: "500 EUR")], payments: [(day: "2026-09-16", amount: "500 EUR")])"#;
        book(&[r#"client (id: "acme", name: "Acme")"#, &deal, bill])
    };
    let rows = |left: &Leaving| left.hand.iter().map(|it| (it.kind, it.amount.unwrap())).collect::<Vec<_>>();
    let whole = left(&book(r#"(due: "2026-12-01", amount: "500 EUR")"#));
    assert_eq!(rows(&whole), [(HandKind::Instalment, money("500 EUR"))]);
    let part = left(&book(r#"(due: "2026-12-01", amount: "200 EUR")"#));
    assert_eq!(
        rows(&part),
        [(HandKind::Delivered, money("300 EUR")), (HandKind::Instalment, money("200 EUR"))]
    );
    let says = "on yours: what is still to be invoiced of Shop: 500 EUR before tax.";
    assert!(whole.letter.text.contains(says), "{}", whole.letter.text);
}

#[test]
fn what_they_promised_is_open_on_their_side_and_nothing_is_named_as_i_noted_it() {
    let left = left(&book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"deal (id: "site", client: "acme", title: "their site", stages: [(day: "2026-01-10", stage: "in_work")])"#,
        r#"promise (id: "p", client: "acme", by: them, what: "return of the camera", made: "2026-10-01", due: "2026-12-01")"#,
    ]));
    let text = &left.letter.text;
    assert!(text.contains("- your site") && text.contains("on yours: return of the camera."), "{text}");
}

#[test]
fn a_deal_that_rests_on_a_fee_is_not_handed_over_beside_it() {
    let left = left(&book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"deal (id: "care", client: "acme", title: "Care", basis: retainer, stages: [(day: "2026-01-02", stage: "in_work")])"#,
        r#"retainer (id: "fee", client: "acme", what: "Care", amount: "300 EUR", every: "1 month", agreed: "2026-01-02",
            from: "2026-01-02", deal: "care")"#,
    ]));
    assert_eq!(left.hand.iter().map(|it| it.kind).collect::<Vec<_>>(), [HandKind::Fee]);
}

#[test]
fn every_figure_of_the_way_out_is_made_of_its_terms() {
    let sample = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    for (book, on) in
        [(leaving(), day("2026-11-20")), (with(&[]), day("2026-08-30")), (sample, sample::ANCHOR)]
    {
        let (figures, known) = (Figures::of(&book, on), book.as_of(on));
        for client in figures.of_clients.iter() {
            let id = || client.id.clone();
            let page = Page::of(book.business(), &figures, &client.id).unwrap();
            let mut keys =
                vec![ExitFigure::HoursAWeek(id()), ExitFigure::HoursAYear(id()), ExitFigure::Next(id())];
            keys.extend(Rung::ALL.map(|rung| ExitFigure::Step(id(), rung)));
            keys.extend((0..page.leaving.hand.len()).map(|at| ExitFigure::Agreed(id(), at)));
            for key in keys.into_iter().map(FigureKey::Exit) {
                let proof = prove(&key, &figures, &known, &Outlook::default()).unwrap();
                assert_eq!(fault(&proof), None, "{key:?}");
                assert!(proof.formula.ends_with('.'), "{key:?}");
            }
        }
    }
}

fn on_page(book: Book, on: &str) -> Desk {
    let mut desk = Desk::of(book, day(on));
    desk.press("g c");
    desk.act(Action::OpenClient(acme()));
    desk.press("o o");
    assert_eq!(desk.state.session.page.as_ref().unwrap().section, PageSection::WayOut);
    desk
}

fn form_value(desk: &Desk, label: &str) -> String {
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("a form: {}", desk.notice()) };
    let at = form.kind.spec().fields.iter().position(|field| field.label == label).unwrap();
    form.values[at].clone()
}

#[test]
fn the_ladder_is_climbed_by_keys_each_step_one_fact_and_one_undo() {
    let promise = r#"promise (id: "p", client: "acme", by: me, what: "the second draft", made: "2026-05-20", due: "2026-06-03")"#;
    let lines: Vec<&str> = HURTS.iter().copied().chain([promise]).collect();
    let mut desk = on_page(book(&lines), "2026-06-05");
    desk.press("o n");
    assert_eq!(form_value(&desk, "What"), "the second draft");
    desk.fill("Kept", "today");
    desk.press("enter");
    desk.press("o n");
    assert_eq!(
        (form_value(&desk, "What about"), form_value(&desk, "Client")),
        ("evidence".to_owned(), "Acme".to_owned())
    );
    desk.press("enter");
    let ladder = desk.shown().page.unwrap().ladder.clone();
    assert_eq!(ladder.next, Next::Step(Rung::Meet));
    assert!(
        ladder.why.starts_with("You showed the evidence today and have not met since."),
        "{}",
        ladder.why
    );
    desk.press("o n");
    assert_eq!(
        (form_value(&desk, "What about"), form_value(&desk, "How")),
        ("review".to_owned(), "meeting".to_owned())
    );
    desk.press("enter");
    assert_eq!(desk.shown().page.unwrap().ladder.next, Next::Step(Rung::Goals));
    desk.press("o n");
    assert_eq!(form_value(&desk, "Deal"), "Site");
    desk.fill("What is measured", "rounds of corrections");
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "a goal says what is to be");
    desk.fill("To be", "two");
    desk.press("enter");
    assert_eq!(desk.notice(), "Set a goal for Site: rounds of corrections");
    assert_eq!(desk.shown().page.unwrap().ladder.next, Next::Wait(day("2026-08-04")));
    desk.press("o n");
    assert_eq!(desk.notice(), "The new goals have time left");
    assert_eq!(desk.state.history.depth(), 4);
    desk.press("z");
    assert_eq!(desk.shown().page.unwrap().ladder.next, Next::Step(Rung::Goals));
}

#[test]
fn the_end_is_recorded_with_day_why_and_how_as_one_step() {
    let mut desk = on_page(leaving(), "2026-11-20");
    let before = desk.state.book.clone();
    desk.press("o e");
    desk.press("enter");
    assert_eq!(desk.field("Why").0.as_deref(), Some("Why must be filled in"));
    desk.fill("Last day", "2026-11-18");
    desk.fill("Why", "twice the hours");
    desk.fill("How it was told", "by telephone");
    desk.press("enter");
    assert_eq!(desk.notice(), "Ended with Acme");
    let ended = desk.state.book.client(&acme()).unwrap().client.ended.clone().unwrap();
    assert_eq!(
        (ended.day, ended.why.as_deref(), ended.how.as_deref()),
        (day("2026-11-18"), Some("twice the hours"), Some("by telephone"))
    );
    assert_eq!(desk.shown().page.unwrap().ladder.why, "It ended on 18 Nov: twice the hours.");
    // It is not offered again: how it ended is changed at the last step.
    desk.press("o e");
    assert_eq!(desk.notice(), "It has ended: the last step of the way out holds how");
    // Nor is there anybody left to say goodbye to.
    for chord in ["o c", "o f", "o q", "o w"] {
        desk.press(chord);
        assert_eq!(desk.notice(), "It has ended: there is nobody to let go", "{chord}");
    }
    desk.press("o o");
    let page = desk.shown().page.unwrap();
    let leave = page.way_out().iter().position(|row| *row == WayOutRow::Step(Rung::Leave)).unwrap();
    desk.press("g g");
    for _ in 0..leave {
        desk.press("j");
    }
    desk.press("enter");
    assert_eq!(form_value(&desk, "Why"), "twice the hours");
    desk.press("enter");
    assert_eq!(desk.notice(), "Nothing was changed");
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn an_end_is_agreed_for_a_later_day_and_until_then_it_ends_and_has_not_ended() {
    let mut desk = on_page(leaving(), "2026-11-20");
    desk.press("o e");
    desk.fill("Last day", "2026-12-31");
    desk.fill("Why", "twice the hours");
    desk.press("enter");
    assert_eq!(desk.notice(), "Agreed to end with Acme");
    let ended = desk.state.book.client(&acme()).unwrap().client.ended.clone().unwrap();
    assert_eq!((ended.day, ended.agreed), (day("2026-12-31"), Some(day("2026-11-20"))));
    let page = desk.shown().page.unwrap();
    assert_ne!(page.kind.as_ref().map(|it| it.kind), Some(ClientKind::Ended));
    assert_eq!(
        (page.ladder.next, page.ladder.why.as_str()),
        (Next::Ends(day("2026-12-31")), "It ends on 31 Dec, agreed on 20 Nov: twice the hours.")
    );
    assert_eq!((page.leaving.ended.is_none(), page.leaving.ends.is_some()), (true, true));
    assert!(page.leaving.letter.text.contains("31 December 2026"), "{}", page.leaving.letter.text);
    let told = page.timeline.iter().find(|entry| entry.kind == EntryKind::Ended).unwrap();
    assert_eq!(
        (told.day, told.text.as_str()),
        (day("2026-11-20"), "Agreed to end on 31 Dec: twice the hours")
    );
    // The end is changed, and what was agreed stays agreed on that day.
    desk.press("o e");
    assert_eq!(form_value(&desk, "Why"), "twice the hours");
    desk.fill("Last day", "2026-11-27");
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed when it ends with Acme");
    let book = &desk.state.book;
    let on = |on: &str| {
        let client = book.as_of(day(on)).client(&acme()).unwrap().client.clone();
        (client.ended.is_some(), client.ends_on.is_some(), client.end().is_some())
    };
    assert_eq!(on("2026-11-19"), (false, false, false), "nobody knows of it");
    assert_eq!((on("2026-11-20"), on("2026-11-26")), ((false, true, true), (false, true, true)));
    assert_eq!(on("2026-11-27"), (true, false, true));
    // A book of the past is the same seen from any later day.
    let twice = book.as_of(day("2026-11-24")).as_of(day("2026-11-19"));
    assert!(twice.client(&acme()).unwrap().client.end().is_none());
}

#[test]
fn a_kind_set_by_hand_begins_the_ladder_and_is_taken_back_by_hand() {
    let mut desk =
        on_page(book(&[r#"client (id: "acme", name: "Acme", added: "2025-01-01")"#]), "2026-11-20");
    desk.press("o n");
    assert_eq!(desk.notice(), "Nothing that is noted hurts here");
    desk.press("o k");
    for (typed, taken) in
        [("at-risk", true), ("at_risk", true), ("stepping-stone", true), ("partner", true), ("awful", false)]
    {
        desk.fill("Kind", typed);
        assert_eq!(desk.field("Kind").0.is_none(), taken, "{typed}");
    }
    desk.fill("Kind", "at risk");
    desk.press("enter");
    assert_eq!(desk.field("Why").0.as_deref(), Some("say why: it stands over what the facts say"));
    desk.fill("Why", "the new manager answers nobody");
    desk.press("enter");
    let ladder = desk.shown().page.unwrap().ladder.clone();
    assert_eq!(
        (ladder.next, ladder.hurts),
        (Next::Step(Rung::Evidence), vec!["the new manager answers nobody".to_owned()])
    );
    desk.press("o k");
    desk.fill("Kind", "as the facts say");
    desk.press("enter");
    assert_eq!(desk.state.book.client(&acme()).unwrap().client.kind, None);
    assert_eq!(desk.shown().page.unwrap().ladder.next, Next::Nothing);
}

#[test]
fn the_what_if_opens_with_the_lever_set_once() {
    let mut desk = on_page(leaving(), "2026-11-20");
    desk.press("o w");
    assert!(desk.state.session.is_assuming() && desk.state.session.view == View::Cash);
    let lever = Lever::LetGo { client: acme(), on: day("2026-12-20") };
    assert_eq!(desk.state.session.what_if.levers(), std::slice::from_ref(&lever));
    desk.act(Action::OpenClient(acme()));
    desk.press("o w");
    assert_eq!(desk.state.session.what_if.levers(), [lever]);
    assert!(desk.state.history.next_undo().is_none(), "no fact changes");
}

#[test]
fn the_hand_stays_at_its_row_of_the_way_out_when_one_before_it_is_done() {
    let promise = |id: &str, due: &str| {
        format!(
            r#"promise (id: "{id}", client: "acme", by: me, what: "{id}", made: "2026-10-01", due: "{due}")"#
        )
    };
    let (first, second) = (promise("first", "2026-11-01"), promise("second", "2026-11-10"));
    let mut desk = on_page(book(&[HURTS[0], &first, &second]), "2026-11-20");
    let at = |desk: &Desk| {
        let shown = desk.shown();
        let row = shown.row(&desk.state.session).unwrap();
        let page = shown.page.unwrap();
        let WayOutRow::Mine(at) = page.way_out()[row] else { panic!("row {row}") };
        page.leaving.mine[at].what.clone()
    };
    desk.press("home j");
    assert_eq!(at(&desk), "second");
    let AnyRecord::Promise(kept) = read(&first.replace("due:", r#"kept: "2026-11-20", due:"#)) else {
        panic!()
    };
    desk.act(Action::Edit(Edit::put("Kept", rapport::domain::Promise::clone(&kept))));
    assert_eq!(at(&desk), "second");
}

#[test]
fn rows_of_the_way_out_are_walked_opened_and_proved_by_keys() {
    let mut desk = on_page(leaving(), "2026-11-20");
    let rows = desk.shown().page.unwrap().way_out();
    assert_eq!(rows.len(), 1 + 5 + 1 + 5);
    let go = |desk: &mut Desk, row: WayOutRow| {
        let at = rows.iter().position(|known| *known == row).unwrap();
        desk.press("home");
        (0..at).for_each(|_| desk.press("j"));
        assert_eq!(desk.shown().row(&desk.state.session), Some(at));
    };
    go(&mut desk, WayOutRow::Theirs(0));
    desk.press("=");
    assert!(desk.shown().proof.unwrap().title.starts_with("Invoice "));
    desk.press("esc");
    go(&mut desk, WayOutRow::Hand(0));
    desk.press("=");
    assert_eq!(desk.shown().proof.unwrap().title, "Site, Acme");
    desk.press("esc");
    desk.press("enter");
    assert_eq!(form_value(&desk, "Title"), "Site");
    desk.press("esc");
    go(&mut desk, WayOutRow::Step(Rung::Leave));
    desk.press("del");
    assert_eq!(desk.notice(), "Nothing is selected", "a step is no record to be removed");
    desk.press("enter");
    assert_eq!(form_value(&desk, "Last day"), "2026-11-20");
    desk.press("esc");
    desk.press("o c");
    assert_eq!(desk.notice(), "Copied the letter; still to fill in: last day, signature");
    assert!(
        desk.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Copy(text) if text.starts_with("Dear Bo,")))
    );
    desk.press("o f");
    let Some(Overlay::Path(prompt)) = &desk.state.session.overlay else { panic!("a path is asked for") };
    assert_eq!(prompt.text, "goodbye-acme.md");
    // A goal belongs to a deal.
    let mut alone = on_page(book(&[HURTS[0]]), "2026-11-20");
    alone.press("o g");
    assert_eq!(alone.notice(), "A goal belongs to a deal: add one first");
    assert!(!matches!(alone.state.book.find(Table::Clients, "acme"), Some(AnyRecord::Deal(_))));
}

#[test]
fn of_a_delivered_deal_only_what_is_not_billed_yet_is_to_be_settled() {
    let hand = |bills: &[&str]| {
        let mut lines = vec![
            r#"client (id: "acme", name: "Acme", added: "2025-01-01")"#,
            r#"deal (id: "site", client: "acme", title: "Site", value: "4800 EUR", delivered: "2026-10-01",
                stages: [(day: "2026-01-10", stage: "in_work")])"#,
        ];
        lines.extend(bills);
        let hand = left(&book(&lines)).hand;
        hand.into_iter().map(|it| (it.kind, it.amount)).collect::<Vec<_>>()
    };
    let half = r#"invoice (id: "i", number: "12", client: "acme", deal: "site", issued: "2026-10-01", due: "2026-10-15",
        tax: "19%", lines: [(result: "Work", price: "2400 EUR")])"#;
    let rest = half.replace("\"i\"", "\"j\"").replace("12", "13");
    assert_eq!(hand(&[]), [(HandKind::Delivered, Some(money("4800 EUR")))]);
    assert_eq!(hand(&[half]), [(HandKind::Delivered, Some(money("2400 EUR")))]);
    assert_eq!(hand(&[half, &rest]), []);
    let without_value = |bills: &[&str]| {
        let deal = r#"deal (id: "site", client: "acme", title: "Site", delivered: "2026-10-01",
            stages: [(day: "2026-01-10", stage: "in_work")])"#;
        let lines = [&[r#"client (id: "acme", name: "Acme", added: "2025-01-01")"#, deal], bills].concat();
        left(&book(&lines)).hand.into_iter().map(|it| (it.kind, it.amount)).collect::<Vec<_>>()
    };
    assert_eq!(
        without_value(&[]),
        [(HandKind::Delivered, None)],
        "it is to be settled, whatever it is worth"
    );
    assert_eq!(without_value(&[half]), []);
}
