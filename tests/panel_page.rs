//! A client's page by role and label: health and its rows, the door check, what was achieved, goals, trust, renewals,
//! referrals, deals; and the keys that answer and write down.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::path::PathBuf;

use egui::{Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::domain::{Book, Business, ClientId, Currency, DealId, DoorAnswer, DoorQuestion};
use rapport::figures::forecast::Outlook;
use rapport::figures::health::Indicator;
use rapport::figures::proof::{FigureKey, HealthFigure};
use rapport::figures::{ClientSort, Figures, Memo};
use rapport::kit::{fonts, theme};
use rapport::panels::page_ui;
use rapport::state::{
    Action, Cursor, DossierFormat, Effect, Overlay, PagePlace, PageSection, PathPurpose, Shown, State,
};
use rapport::store::{load, sample};

use crate::desk::Desk;
use crate::facts::{book, book_of, day};

fn id(text: &str) -> ClientId {
    ClientId::new(text).unwrap()
}

fn shown(state: &State) -> Shown {
    Shown::whole(&mut Memo::new(), &Outlook::default(), state)
}

fn at(book: Book, on: &str, client: &str, section: PageSection, row: usize) -> State {
    let mut state = State::new(book, day(on), 1);
    state.session.page = Some(PagePlace { client: id(client), section, cursor: Cursor::default() });
    let cursor = shown(&state).cursor_at(&state.session, row);
    state.session.page = Some(PagePlace { client: id(client), section, cursor });
    state
}

fn sample_at(client: &str, section: PageSection, row: usize) -> State {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    at(book, &sample::ANCHOR.to_string(), client, section, row)
}

/// A window of the page whose answers are kept.
fn window(state: State) -> Harness<'static, Vec<Action>> {
    let seen = shown(&state);
    window_of(state, seen)
}

/// The same with what is shown given.
fn window_of(state: State, shown: Shown) -> Harness<'static, Vec<Action>> {
    let mut ready = false;
    let mut harness = Harness::builder().with_size(vec2(1090.0, 690.0)).build_ui_state(
        move |ui, kept: &mut Vec<Action>| {
            if ready {
                kept.extend(page_ui(ui, &shown, &state.session));
            } else {
                fonts::install(ui);
                theme::apply(ui);
                ready = true;
            }
        },
        Vec::new(),
    );
    harness.run();
    harness
}

fn rows(harness: &Harness<'_, Vec<Action>>) -> Vec<String> {
    let rows = harness.get_all_by_role(Role::ListBoxOption);
    rows.map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

fn told(actions: &[Action]) -> Vec<String> {
    actions.iter().map(|action| format!("{action:?}")).collect()
}

const ACME: &str = r#"client (id: "acme", name: "Acme", met: (day: "2025-01-01"))"#;

#[test]
fn health_is_a_list_of_seven_indicators_each_with_its_points_value_evidence_and_sentence() {
    let harness = window(sample_at("brandt-orgelbau", PageSection::Health, 0));
    harness.get_by_role_and_label(Role::ListBox, "Health of Brandt Orgelbau, indicator by indicator");
    let rows = rows(&harness);
    let titles = ["Pays as agreed", "Worth the effort", "Respects the price", "Open lines", "In writing"];
    for (row, title) in rows.iter().zip(titles) {
        assert!(row.starts_with(&format!("{title}: ")), "{row}");
        assert!(row.contains("of 100 points, good") && row.contains(", from "), "{row}");
    }
    assert!(rows[0].contains("days late on average, from 12 invoices."), "{}", rows[0]);
    assert!(
        rows[0].contains("Overdue, disputed or lost: 100 points, counts 25\u{a0}%"),
        "the row of the cursor is unfolded"
    );
    assert!(!rows[1].contains("counts"), "the others are not");
    harness
        .get_by_label_contains("Score: 99 of 100, good, 94 to 100 in eight of ten cases, from 7 indicators");
    harness.get_by_label_contains("−1 point: In writing.");
}

#[test]
fn beside_the_score_stands_how_it_ran_over_24_months_and_where_it_was_90_days_ago() {
    let state = sample_at("baugruppe-nord", PageSection::Health, 0);
    let said = |outlook: Outlook, state: &State| {
        let seen = Shown { outlook, ..shown(state) };
        let (moved, state) = (seen.page.clone().unwrap().row.health.clone(), state.clone());
        let harness = window_of(state, seen);
        let labels = harness.get_all_by_role(Role::Label);
        let labels: Vec<String> = labels.map(|it| it.accesskit_node().value().unwrap_or_default()).collect();
        (labels, moved)
    };
    let (waiting, _) = said(Outlook::default(), &state);
    assert!(waiting.contains(&"The last 24 months are being worked out.".to_owned()), "{waiting:?}");
    let (labels, health) = said(Outlook::of(&state.question()), &state);
    let (score, moved) = (health.health.score.as_ref().unwrap().points, *health.trend.as_ref().unwrap());
    let line = labels.iter().find(|label| label.starts_with("Score over the last 24 months from ")).unwrap();
    assert!(line.contains(&format!("to {}, between", score.round())), "{line}");
    assert!(
        line.contains(&format!("; 90 days ago {}; 20 Nov 2024 to 20 Nov", score.round() - moved.round())),
        "{line}"
    );
    assert!(line.ends_with("Good from 70 of 100 on, at risk below 45."), "{line}");
}

#[test]
fn what_mends_an_indicator_is_told_whole_at_the_cursor_and_in_short_on_every_other_row() {
    let state = sample_at("baugruppe-nord", PageSection::Health, 1);
    let mends = shown(&state).page.clone().unwrap().mends.clone();
    let rows = rows(&window(state));
    let (mut whole, mut in_short) = (0, 0);
    for (at, (row, (_, mend))) in rows.iter().zip(&mends).enumerate() {
        let Ok(Some(mend)) = mend else { continue };
        if at == 1 {
            assert!(row.ends_with(&format!("{} Effort {}.", mend.says, mend.cost)), "{row}");
            whole += 1;
        } else {
            assert!(row.ends_with(&format!(" +{}: {}", mend.gain(), mend.in_short())), "{row}");
            in_short += 1;
        }
    }
    assert!(whole == 1 && in_short > 0, "{mends:?}");
}

#[test]
fn a_part_counts_what_it_is_called_after_and_not_its_rows() {
    let tree = [
        r#"client (id: "root", name: "Root", met: (day: "2025-01-01"))"#,
        r#"client (id: "leaf", name: "Leaf", met: (day: "2025-02-01", introduced_by: "root"))"#,
        r#"touch (id: "r", client: "leaf", day: "2025-03-01", direction: out, kind: review)"#,
    ];
    let tabs = |client: &str| {
        let window = window(at(book(&tree), "2025-06-01", client, PageSection::Referrals, 0));
        let tabs = window.get_all_by_role(Role::Tab);
        tabs.map(|tab| tab.accesskit_node().label().unwrap_or_default()).collect::<Vec<String>>()
    };
    assert!(tabs("root").contains(&"Referrals  1".to_owned()), "{:?}", tabs("root"));
    // Two rows of a tree, in which this one referred nobody; a review is no goal.
    let leaf = tabs("leaf");
    assert!(["Referrals", "Goals"].iter().all(|tab| leaf.contains(&(*tab).to_owned())), "{leaf:?}");
}

#[test]
fn score_trend_points_and_values_lead_to_their_proofs() {
    let client = || id("brandt-orgelbau");
    let mut harness = window(sample_at("brandt-orgelbau", PageSection::Health, 0));
    for (says, figure) in [
        ("Advocate, press = for its proof", HealthFigure::Kind),
        ("99 of 100, press = for its proof", HealthFigure::Score),
        ("3 higher than 90 days ago, press = for its proof", HealthFigure::Trend),
        ("Pays as agreed, 100 points, press = for its proof", HealthFigure::Points(Indicator::Pays)),
        (
            "Pays as agreed, −2 days late on average, press = for its proof",
            HealthFigure::Found(Indicator::Pays),
        ),
    ] {
        harness.state_mut().clear();
        harness.get_by_role_and_label(Role::Button, says).click();
        harness.run();
        let prove = Action::Prove(FigureKey::Health(client(), figure));
        assert!(told(harness.state()).contains(&told(&[prove])[0]), "{says}: {:?}", harness.state());
    }
    let mut desk = Desk::sample();
    desk.act(Action::OpenClient(client()));
    desk.press("j");
    desk.press("=");
    let Some(Overlay::Proof(proof)) = &desk.state.session.overlay else { panic!("no proof is open") };
    assert_eq!(proof.key, FigureKey::Health(client(), HealthFigure::Points(Indicator::Effort)));
}

#[test]
fn the_kind_of_the_row_is_proved_by_what_decided_it_where_the_table_is_sorted_by_kind() {
    let mut desk = Desk::sample();
    desk.press("g c");
    desk.state.session.sort.0 = ClientSort::Kind;
    desk.press("=");
    let proof = desk.shown().proof.unwrap();
    let FigureKey::Health(client, HealthFigure::Kind) = &proof.key else { panic!("{:?}", proof.key) };
    let kind = desk.shown().figures.client(client).unwrap().kind.clone().unwrap();
    let clauses = proof.parts[0].terms.iter().map(|term| term.what.to_lowercase());
    assert_eq!(
        clauses.collect::<Vec<_>>(),
        kind.because.iter().map(|it| it.to_lowercase()).collect::<Vec<_>>()
    );
    let records: Vec<_> = proof.parts[2].terms.iter().filter_map(|term| term.record.clone()).collect();
    assert!(!records.is_empty() && records.iter().all(|record| kind.facts.contains(record)));
    assert!(proof.holds());
}

#[test]
fn an_empty_client_has_no_score_and_every_indicator_says_why_it_is_not_known() {
    let partner = r#"client (id: "acme", name: "Acme", relation: partner, met: (day: "2025-01-01"))"#;
    let harness = window(at(book(&[partner]), "2026-01-01", "acme", PageSection::Health, 0));
    harness.get_by_label_contains("Score: not known, not enough history");
    let rows = rows(&harness);
    assert_eq!(rows.len(), 7);
    assert!(
        rows.iter().all(|row| row.contains(": not known, from no ") && row.contains("Not known: ")),
        "{rows:?}"
    );
}

#[test]
fn a_click_on_an_indicator_points_at_it() {
    let state = sample_at("brandt-orgelbau", PageSection::Health, 0);
    let wanted = shown(&state).cursor_at(&state.session, 2);
    assert_eq!(wanted.key, "respects_the_price");
    let mut harness = window(state);
    harness.get_all_by_role(Role::ListBoxOption).nth(2).unwrap().click();
    harness.run();
    assert_eq!(told(harness.state()), told(&[Action::Point(wanted)]));
}

/// Somebody who was asked one thing, and whose facts show the others.
fn prospect() -> Book {
    let asked = ACME.replace(
        "met:",
        r#"door_check: [(day: "2025-01-02", question: signs_agreement, answer: no),
            (day: "2025-02-02", question: signs_agreement, answer: yes)], met:"#,
    );
    let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2025-01-10", stage: "proposal")],
        agreement: (sent: "2025-01-20", refused: "2025-01-25"), down_payment: (asked: "2025-01-20", amount: "300 EUR"))"#;
    let touch = |id: &str, kind: &str| {
        format!(r#"touch (id: "{id}", day: "2025-01-1{id}", client: "acme", direction: in{kind})"#)
    };
    let lines = [asked, deal.to_owned(), touch("1", ""), touch("2", ", kind: price_push"), touch("3", "")];
    book(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_prospect_has_a_door_check_instead_of_bars_from_what_was_asked_and_else_from_facts() {
    let harness = window(at(prospect(), "2025-03-01", "acme", PageSection::Health, 0));
    harness.get_by_role_and_label(Role::Tab, "Door check");
    assert_eq!(
        rows(&harness),
        [
            "Signs an agreement: Yes. Asked on 2 Feb",
            "Pays something down: No. Asked for on 20 Jan, 40 days ago, and has not come",
            "Puts things in writing: No. 0 of 3 touches of theirs in writing",
            "Pushes the price: Yes. Pushed it on 12 Jan",
            "Makes excuses: Not asked. Not asked yet, and the facts do not show it",
        ]
    );
    harness.get_by_label_contains("several answers speak against working with them, one is not known yet");
    // What is too early to be told is not told.
    let early = window(at(prospect(), "2025-01-11", "acme", PageSection::Health, 0));
    let not_asked = rows(&early).iter().filter(|row| row.contains("Not asked")).count();
    assert_eq!(not_asked, 4, "what had been asked by then, and nothing else");
}

#[test]
fn the_door_check_is_answered_by_keys_and_buttons_and_undone_in_one_step() {
    let mut harness = window(at(prospect(), "2025-03-01", "acme", PageSection::Health, 4));
    harness.get_by_label("No").click();
    harness.run();
    assert_eq!(told(harness.state()).last().unwrap(), &told(&[Action::Run("door.no")])[0]);
    let mut desk = Desk::of(prospect(), day("2025-03-01"));
    desk.act(Action::OpenClient(id("acme")));
    desk.press("end");
    desk.press("2");
    let answered = |desk: &Desk| {
        let door = desk.shown().page.unwrap().door.clone().unwrap();
        door.iter().find(|line| line.question == DoorQuestion::Excuses).unwrap().answer
    };
    assert_eq!(answered(&desk), Some(DoorAnswer::No));
    desk.press("1");
    assert_eq!(answered(&desk), Some(DoorAnswer::Yes));
    let checks = desk.state.book.client(&id("acme")).unwrap().client.door_check.len();
    assert_eq!(checks, 3, "an answer of the same day takes the place of the other");
    desk.press("z");
    desk.press("z");
    assert_eq!(answered(&desk), None);
    desk.act(Action::ShowSection(PageSection::Timeline));
    desk.press("1");
    assert!(desk.notice().contains("door check"), "{}", desk.notice());
}

#[test]
fn what_was_achieved_says_its_worth_which_can_be_proved_and_offers_to_write_it_down() {
    let mut harness = window(sample_at("brandt-orgelbau", PageSection::Achieved, 0));
    harness.get_by_role_and_label(Role::ListBox, "What was achieved for Brandt Orgelbau");
    let rows = rows(&harness);
    assert!(rows.iter().any(|row| {
        row.starts_with("Result, beyond what was agreed of Website for the workshop,")
            && row.ends_with("worth 180,000")
    }));
    assert!(rows.iter().any(|row| row.starts_with("A gift of Website for the workshop,")), "{rows:?}");
    harness.get_by_role_and_label(Role::Button, "Page to print").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Markdown").click();
    harness.run();
    let wanted = [Action::Run("dossier.print"), Action::Run("dossier.markdown")];
    assert_eq!(told(harness.state()), told(&wanted));
    harness.state_mut().clear();
    harness.get_by_label_contains("Worth 180,000 EUR to them, as far as it was told").click();
    harness.run();
    let prove = Action::Prove(FigureKey::AchievedWorth(id("brandt-orgelbau")));
    assert!(told(harness.state()).contains(&told(&[prove])[0]), "{:?}", harness.state());
}

fn path_of(desk: &Desk) -> (PathPurpose, String, Option<String>) {
    let Some(Overlay::Path(prompt)) = &desk.state.session.overlay else { panic!("no path is asked for") };
    (prompt.purpose, prompt.text.clone(), prompt.error.clone())
}

#[test]
fn a_dossier_is_written_where_one_says_and_never_over_a_file_without_a_question() {
    let mut desk = Desk::sample();
    desk.press("ctrl+e");
    assert!(desk.state.session.overlay.is_none(), "no page is open");
    desk.act(Action::OpenClient(id("brandt-orgelbau")));
    let before = desk.state.book.clone();
    desk.press("ctrl+e");
    let purpose = PathPurpose::Dossier(DossierFormat::Html);
    let (asked, text, _) = path_of(&desk);
    assert_eq!(asked, purpose);
    assert!(text.ends_with("brandt-orgelbau-2026-11-20.html"), "{text}");
    desk.act(Action::SetPath("books/mine.ron".to_owned()));
    desk.press("enter");
    assert!(path_of(&desk).2.unwrap().contains("is a book"), "a book is never written over");
    desk.act(Action::SetPath("there".to_owned()));
    desk.press("enter");
    let path = PathBuf::from("there.html");
    let written = |over: bool| {
        let effect = Effect::WriteDossier {
            client: id("brandt-orgelbau"),
            format: DossierFormat::Html,
            path: PathBuf::from("there.html"),
            over,
        };
        format!("{effect:?}")
    };
    assert_eq!(format!("{:?}", desk.effects.last().unwrap()), written(false));
    desk.act(Action::DossierThere(DossierFormat::Html, path.clone()));
    let Some(Overlay::Confirm(confirm)) = &desk.state.session.overlay else { panic!("nothing is asked") };
    assert_eq!(confirm.question, "Write over there.html?");
    desk.press("enter");
    assert_eq!(format!("{:?}", desk.effects.last().unwrap()), written(true));
    assert!(desk.state.book.is_same(&before), "the book does not change");
    // Nobody waits for it any more: no question pops up.
    desk.act(Action::DossierThere(DossierFormat::Html, path));
    assert!(desk.state.session.overlay.is_none());
}

#[test]
fn a_written_dossier_closes_its_prompt_and_leaves_a_book_alone_that_is_being_opened() {
    let mut desk = Desk::sample();
    desk.act(Action::OpenClient(id("brandt-orgelbau")));
    desk.press("ctrl+shift+e");
    desk.act(Action::SetPath("a.md".to_owned()));
    desk.press("enter");
    desk.act(Action::TurnTo(PathBuf::from("other.ron")));
    let purpose = PathPurpose::Dossier(DossierFormat::Markdown);
    desk.act(Action::PathFailed(purpose, "no such folder".to_owned()));
    assert_eq!(path_of(&desk).2.as_deref(), Some("no such folder"));
    assert!(desk.state.file.turning_to.is_some());
    desk.act(Action::SetPath("b.md".to_owned()));
    desk.state.file.turning_to = None;
    desk.press("enter");
    desk.act(Action::TurnTo(PathBuf::from("other.ron")));
    desk.act(Action::PathTaken(purpose));
    assert!(desk.state.session.overlay.is_none() && desk.state.file.turning_to.is_some());
}

#[test]
fn goals_stand_before_reviews_and_the_next_review_is_said() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", goals: [
        (day: "2025-01-02", what: "orders", baseline: "2", target: "8"),
        (day: "2025-01-02", what: "calls", achieved: "4", achieved_on: "2025-06-01", worth: "1500 EUR")])"#;
    let review = r#"touch (id: "r", day: "2025-06-10", client: "acme", person: "Ana", direction: out, kind: review,
        note: "went through it")"#;
    let lines = book(&[ACME, deal, review]);
    let harness = window(at(lines.clone(), "2025-07-01", "acme", PageSection::Goals, 0));
    assert_eq!(
        rows(&harness),
        [
            "Goal of Site: orders, it was 2, the aim is 8, open",
            "Goal of Site: calls, it was not noted, the aim is not noted, achieved: 4 on 1 Jun, worth 1,500",
            "Review with Ana: went through it, 21 d ago · 10 Jun",
        ]
    );
    harness.get_by_label_contains("The next review is due in 159 d · 7 Dec; one is wanted every 180 days");
    let late = window(at(lines, "2025-12-20", "acme", PageSection::Goals, 0));
    late.get_by_label_contains("The next review was due 13 d ago");
    let nothing = window(at(book(&[ACME]), "2025-07-01", "acme", PageSection::Goals, 0));
    nothing.get_by_label_contains("No review is due yet: neither work nor a review was noted yet");
}

#[test]
fn the_ledger_counts_both_sides_by_the_rule_of_health() {
    let promise = |id: &str, by: &str, due: &str, more: &str| {
        format!(
            r#"promise (id: "{id}", client: "acme", by: {by}, what: "{id}", made: "2025-01-01", due: "{due}", {more})"#
        )
    };
    let lines = [
        ACME.to_owned(),
        promise("in-time", "me", "2025-02-01", r#"kept: "2025-02-01""#),
        promise(
            "moved",
            "me",
            "2025-02-01",
            r#"moved: [(day: "2025-01-30", to: "2025-02-10")], kept: "2025-02-09""#,
        ),
        promise("late", "them", "2025-02-01", r#"kept: "2025-02-03""#),
        promise("silent", "them", "2025-02-01", ""),
        promise("ahead", "them", "2025-04-01", ""),
    ];
    let lines = book(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let harness = window(at(lines, "2025-03-01", "acme", PageSection::Promises, 0));
    harness.get_by_label_contains("I promised: 2 kept, 1 moved with a word, of 3 days named, press");
    harness.get_by_label_contains("They promised: 2 broken, of 2 days named, 1 open, press");
    let rows = rows(&harness);
    assert!(rows.iter().any(|row| row.ends_with("kept 1 d early, moved once")), "{rows:?}");
}

#[test]
fn a_renewal_warns_where_fewer_than_two_can_be_reached_and_where_it_was_long_not_verified() {
    let renewal = |id: &str, more: &str| {
        format!(
            r#"renewal (id: "{id}", what: "{id}.org", client: "acme", noted: "2025-01-01", expires: "2026-01-01", {more})"#
        )
    };
    let lines = [
        ACME.to_owned(),
        renewal("bare", ""),
        renewal("one", r#"contacts: ["a@x.org"], verified: ["2025-05-01"]"#),
        renewal(
            "two",
            r#"chain: [(role: "registrar", who: "Names"), (role: "pays", who: "Acme")], contacts: ["a@x.org", "b@x.org"],
            verified: ["2025-01-01", "2025-02-01"]"#,
        ),
    ];
    let lines = book(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let rows = rows(&window(at(lines, "2025-06-01", "acme", PageSection::Renewals, 0)));
    assert!(
        rows[0].contains("who is involved is not noted; no point of contact, two are wanted; never verified")
    );
    assert!(
        rows[1].contains("one point of contact only, two are wanted: a@x.org; verified 31 d ago"),
        "{}",
        rows[1]
    );
    assert!(
        rows[2].contains(
            "registrar: Names · pays: Acme; 2 points of contact: a@x.org, b@x.org; verified 120 d ago"
        ),
        "{}",
        rows[2]
    );
}

#[test]
fn the_tree_of_referrals_says_who_introduced_whom_and_leads_there() {
    let harness = window(sample_at("theater-im-hof", PageSection::Referrals, 0));
    let rows = rows(&harness);
    assert!(
        rows[0].starts_with("Brandt Orgelbau: income ") && rows[0].contains("7 go back to it"),
        "{rows:?}"
    );
    assert!(rows.iter().any(|row| row.starts_with("Theater im Hof, introduced by Lena Quist Photography: ")));
    let mut desk = Desk::sample();
    desk.act(Action::OpenClient(id("theater-im-hof")));
    desk.act(Action::ShowSection(PageSection::Referrals));
    desk.press("=");
    let Some(Overlay::Proof(proof)) = &desk.state.session.overlay else { panic!("no proof is open") };
    assert_eq!(proof.key, FigureKey::Traced(id("brandt-orgelbau")));
    assert!(desk.shown().proof.unwrap().holds());
    desk.press("=");
    desk.press("enter");
    assert_eq!(desk.state.session.page.unwrap().client, id("brandt-orgelbau"));
}

/// A deal of 1,000 with 100 of expenses and 20 hours.
fn worked(delivered: &str, stage: &str) -> Book {
    let mut business = Business::new(Currency::EUR);
    business.break_even_rate = Some(crate::facts::money("48 EUR"));
    let deal = format!(
        r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2025-01-02", stage: "{stage}")]{delivered})"#
    );
    let lines = [
        ACME,
        &deal,
        r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2025-01-05", due: "2025-02-01",
            lines: [(result: "x", price: "1000 EUR")], payments: [(day: "2025-01-20", amount: "1000 EUR")])"#,
        r#"expense (id: "font", what: "Font", amount: "100 EUR", day: "2025-01-05", client: "acme", deal: "site")"#,
        r#"work (id: "w", day: "2025-01-03", client: "acme", deal: "site", hours: "20")"#,
    ];
    book_of(business, &lines)
}

#[test]
fn a_deal_shows_its_margin_and_warns_below_break_even_once_nothing_more_is_to_come() {
    let row = |delivered: &str, stage: &str| {
        let state = at(worked(delivered, stage), "2025-06-01", "acme", PageSection::Deals, 0);
        rows(&window(state)).remove(0)
    };
    let warning = "an hour left less than the 48.00 at which you break even";
    let over = row("", "done");
    assert!(over.contains("expenses 100.00, margin 900.00, 20 hours, left an hour 45.00"), "{over}");
    assert!(over.contains(warning), "{over}");
    assert!(row(r#", delivered: "2025-01-10""#, "in_work").contains(warning), "delivered and paid");
    assert!(!row("", "in_work").contains(warning), "more may come");
}

#[test]
fn a_deal_at_work_warns_once_its_hours_outrun_its_value_and_the_warning_is_proved() {
    let book = |value: &str| {
        let work = worked("", "in_work");
        let deal = format!(
            r#"deal (id: "site", client: "acme", title: "Site", value: "{value}",
                stages: [(day: "2025-01-02", stage: "in_work")])"#
        );
        work.with(crate::facts::read(&deal)).unwrap()
    };
    // (1050 − 100) / 20 = 47.50 an hour, below 48; (1060 − 100) / 20 = 48 is just break-even; 1061 is above.
    let warning = "20 hours bring 47.50 EUR each after expenses; break-even is 48.00 EUR, which it covers for 19.7 hours";
    let row =
        |value: &str| rows(&window(at(book(value), "2025-06-01", "acme", PageSection::Deals, 0))).remove(0);
    assert!(row("1050 EUR").contains(warning), "{}", row("1050 EUR"));
    assert!(row("1060 EUR").contains("break-even is 48.00 EUR, which it covers for 20 hours"));
    assert!(!row("1061 EUR").contains("break-even"));
    let mut harness = window(at(book("1050 EUR"), "2025-06-01", "acme", PageSection::Deals, 0));
    // The line is the place of the record, and on it stands that of the warning.
    for place in harness.get_all_by_label_contains(warning) {
        if place.accesskit_node().role() == Role::Button {
            place.click_accesskit();
        }
    }
    harness.step();
    let key = FigureKey::DealShortfall(DealId::new("site").unwrap());
    let pressed = told(harness.state());
    assert!(pressed.contains(&told(&[Action::Prove(key)])[0]), "{pressed:?}");
    let card = Figures::of(&book("1050 EUR"), day("2025-06-01"));
    let cards = card.board.columns.iter().flat_map(|column| &column.cards);
    let short: Vec<String> =
        cards.filter_map(|card| card.shortfall.as_ref().map(rapport::figures::Shortfall::words)).collect();
    assert_eq!(short, [warning]);
}

#[test]
fn only_the_deal_with_a_check_is_higher_by_its_line() {
    let mut heights: Vec<(bool, f32)> = Vec::new();
    for client in ["kulturhaus-ufer", "hallberg-logistik"] {
        let harness = window(sample_at(client, PageSection::Deals, 0));
        heights.extend(harness.get_all_by_role(Role::ListBoxOption).map(|row| {
            (row.accesskit_node().label().unwrap_or_default().contains("Check:"), row.rect().height())
        }));
    }
    assert!(
        heights.iter().any(|(check, _)| *check) && heights.iter().any(|(check, _)| !check),
        "{heights:?}"
    );
    for (check, height) in &heights {
        let expected: f32 = if *check { 70.0 } else { 50.0 };
        assert!((height - expected).abs() < 0.5, "{heights:?}");
    }
}

#[test]
fn a_deal_says_how_it_was_pushed_and_which_lesson_is_to_be_checked_before_work() {
    let harness = window(sample_at("kulturhaus-ufer", PageSection::Deals, 0));
    let check = "Check: Say how many rounds of changes the price holds, in writing, before the first one (R-1065 of Theater \
        im Hof, written off 24 Apr 2025, misunderstanding)";
    let row = rows(&harness).remove(0);
    assert!(row.contains(" · price pushed once. Check: ") && row.ends_with(check), "{row}");
    let harness = window(sample_at("baugruppe-nord", PageSection::Deals, 0));
    let row = rows(&harness).remove(0);
    assert!(row.contains(" · price pushed twice · scope pushed twice. "), "{row}");
    assert!(!row.contains("Check:"), "work on it has begun: {row}");
}

/// A deal at work of which 1,218 were paid and 1,260 are open, for 37.5 hours.
fn billed() -> Book {
    book(&[
        ACME,
        r#"deal (id: "site", client: "acme", title: "Site", value: "4600 EUR",
            stages: [(day: "2025-01-02", stage: "in_work")])"#,
        r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2025-01-05", due: "2025-02-01",
            lines: [(result: "x", price: "1218 EUR")], payments: [(day: "2025-01-20", amount: "1218 EUR")])"#,
        r#"invoice (id: "2", number: "2", client: "acme", deal: "site", issued: "2025-05-05", due: "2025-07-01",
            lines: [(result: "x", price: "1260 EUR")])"#,
        r#"work (id: "w", day: "2025-01-03", client: "acme", deal: "site", hours: "37.5")"#,
    ])
}

#[test]
fn a_deal_adds_up_in_sight_where_an_hour_is_left_of_what_is_open_too() {
    let state = at(billed(), "2025-06-01", "acme", PageSection::Deals, 0);
    let mut harness = window(state);
    let row = rows(&harness).remove(0);
    // (1,218 + 1,260) / 37.5
    let wanted = "income 1,218, expenses 0, margin 1,218, 37.5 hours, left an hour 66.08, with 1,260 open";
    assert!(row.contains(wanted), "{row}");
    harness
        .get_by_role_and_label(Role::Button, "Left an hour, Site: with 1,260 open, press = for its proof")
        .click();
    harness.run();
    let key = FigureKey::DealHourly(DealId::new("site").unwrap());
    assert!(told(harness.state()).contains(&told(&[Action::Prove(key)])[0]));
    let paid = at(worked("", "done"), "2025-06-01", "acme", PageSection::Deals, 0);
    assert!(!rows(&window(paid)).remove(0).contains(" open"), "all of it is paid");
}

/// The row that begins so: what it says, and how high it is.
fn row_of(state: State, begins: &str) -> (String, f32) {
    let harness = window(state);
    let rows = harness.get_all_by_role(Role::ListBoxOption);
    let mut rows = rows.map(|row| (row.accesskit_node().label().unwrap_or_default(), row.rect().height()));
    rows.find(|(says, _)| says.starts_with(begins)).unwrap()
}

#[test]
fn the_row_at_hand_is_as_high_as_what_it_says() {
    // What speaks against the deal is longer than a line.
    let (_, height) = row_of(sample_at("baugruppe-nord", PageSection::Deals, 0), "A book of the house");
    assert!(height > 55.0, "{height}");
    // The sentence on what is in writing takes two lines.
    let state = sample_at("baugruppe-nord", PageSection::Health, 4);
    let measures = shown(&state).page.as_ref().unwrap().row.health.health.readings[4].measures.len();
    let (_, height) = row_of(state, "In writing");
    let measures = f32::from(u8::try_from(measures).unwrap());
    assert!(height > 50.0 + 22.0 * measures + 20.0, "{height}");
}

#[test]
fn one_of_a_thing_is_told_as_one() {
    let (says, _) = row_of(sample_at("hofgut-esch", PageSection::Health, 6), "Speaks well");
    assert!(says.contains(", 1 good word, from"), "{says}");
    let (says, _) = row_of(sample_at("baugruppe-nord", PageSection::Health, 2), "Respects the price");
    assert!(says.contains(", 4 pushes a deal, from"), "{says}");
}

#[test]
fn how_it_began_never_begins_with_a_dot() {
    let came = [
        r#"client (id: "acme", name: "Acme")"#,
        r#"client (id: "bolt", name: "Bolt", met: (day: "2025-02-01", introduced_by: "acme"))"#,
    ];
    let harness = window(at(book(&came), "2025-06-01", "acme", PageSection::Health, 0));
    harness.get_by_label("Introduced");
    assert!(harness.query_by_label("· introduced").is_none());
    let harness = window(at(book(&came), "2025-06-01", "bolt", PageSection::Health, 0));
    harness.get_by_label("· introduced by");
}
