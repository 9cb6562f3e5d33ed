//! The outbox as it is seen and heard: its rows, the letter beside them, and its buttons.

use egui::{Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command::Guide;
use rapport::kit::{fonts, theme};
use rapport::panels::{outbox_ui, window_ui};
use rapport::state::{Action, Overlay};

use crate::desk::Desk;

/// A window of the outbox whose answers are kept.
fn harness(desk: &Desk, size: [f32; 2]) -> Harness<'static, Vec<String>> {
    let (shown, session) = (desk.shown(), desk.state.session.clone());
    let mut ready = false;
    let mut harness = Harness::builder().with_size(vec2(size[0], size[1])).build_ui_state(
        move |ui, kept: &mut Vec<String>| {
            if ready {
                kept.extend(outbox_ui(ui, &shown, &session).iter().map(|action| format!("{action:?}")));
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

fn outbox() -> Desk {
    let mut desk = Desk::sample();
    desk.press("g o");
    desk
}

fn labels(harness: &Harness<'_, Vec<String>>, role: Role) -> Vec<String> {
    harness.get_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_row_says_who_is_written_to_about_what_where_to_and_since_when() {
    let rows = labels(&harness(&outbox(), [1100.0, 700.0]), Role::ListBoxOption);
    let first =
        "Brandt Orgelbau: The organ in Sankt Peter, to konrad@brandt-orgelbau.example, queued 2 d ago";
    assert_eq!((rows.len(), rows[0].as_str()), (2, first), "{rows:?}");
}

#[test]
fn a_letter_whose_amounts_the_facts_have_overtaken_says_so() {
    let late = |came: &str| {
        format!(
            r#"invoice (id: "7", number: "7", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "Logo", price: "1190 EUR")], payments: [{came}])"#
        )
    };
    let letter = |text: &str| {
        format!(
            r#"outgoing (id: "l", client: "acme", subject: "Invoice 7", text: "{text}", to: "a@b", kind: reminder,
            item: "overdue-invoice:7", invoice: "7", queued: "2026-11-20")"#
        )
    };
    let marked = |text: &str, came: &str| {
        let client = r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann")])"#;
        let lines = [client, &late(came), &letter(text)];
        let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
        desk.press("g o");
        let seen = harness(&desk, [1100.0, 700.0]);
        let marks = seen.query_all_by_label_contains("not those of now").next();
        marks.and_then(|mark| mark.accesskit_node().value())
    };
    let whole = "In my own words: 1,190 EUR is late.";
    assert_eq!(marked(whole, ""), None, "only amounts count");
    let says = marked(whole, r#"(day: "2026-11-20", amount: "800 EUR")"#).unwrap();
    assert!(says.ends_with("not those of now: a letter of now names 800 EUR, 390 EUR too."), "{says}");
    let rest = "1,190 EUR, of which 300 EUR came, thank you, and 890 EUR is still open.";
    let says = marked(rest, r#"(day: "2026-11-20", amount: "1100 EUR")"#).unwrap();
    let names = "it names 300 EUR, 890 EUR, a letter of now 1,100 EUR, 90 EUR.";
    assert!(says.ends_with(names), "{says}");
}

#[test]
fn every_overtaken_letter_is_marked_in_its_row_and_counted_before_all_are_opened() {
    let lines = |paid: &str| {
        let mut lines = Vec::new();
        for number in ["7", "8", "9"] {
            lines.push(format!(
                r#"client (id: "c{number}", name: "Acme {number}", added: "2026-01-01", people: [(name: "Ann")])"#
            ));
            let paid = if number == "9" { "" } else { paid };
            lines.push(format!(
                r#"invoice (id: "{number}", number: "{number}", client: "c{number}", issued: "2026-10-01", due: "2026-10-15",
                lines: [(result: "Logo", price: "1190 EUR")], payments: [{paid}])"#
            ));
            lines.push(format!(
                r#"outgoing (id: "l{number}", client: "c{number}", subject: "Invoice {number}", text: "1,190 EUR is late.",
                to: "a@b", kind: reminder, item: "overdue-invoice:{number}", invoice: "{number}", queued: "2026-11-18")"#
            ));
        }
        lines
    };
    let seen = |paid: &str| {
        let lines = lines(paid);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
        desk.press("g o");
        let rows = labels(&harness(&desk, [1100.0, 700.0]), Role::ListBoxOption);
        desk.press("ctrl+shift+enter");
        let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
        let marks = |mark: &str| rows.iter().filter(|row| row.ends_with(mark)).count();
        let says = format!("{} {}", asked.question, asked.consequence);
        (marks(", other amounts now"), marks(", no longer waits for you"), says)
    };
    let (amounts, gone, asked) = seen("");
    assert_eq!((amounts, gone), (0, 0));
    assert!(!asked.contains("read"), "{asked}");
    let (amounts, gone, asked) = seen(r#"(day: "2026-11-19", amount: "1000 EUR")"#);
    assert_eq!((amounts, gone), (2, 0));
    assert!(asked.starts_with("Open 1 letter in the mail program?"), "{asked}");
    assert!(asked.ends_with(" 2 more are marked as overtaken, and stay: read them first."), "{asked}");
    let (amounts, gone, _) = seen(r#"(day: "2026-11-19", amount: "1190 EUR")"#);
    assert_eq!((amounts, gone), (0, 2));
}

#[test]
fn a_goodbye_to_somebody_with_whom_no_end_is_noted_says_so_and_what_to_do() {
    let lines = [
        r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#,
        r#"outgoing (id: "l", client: "acme", subject: "The end", text: "1 March 2027 is my last day for you.", to: "a@b",
            template: goodbye, queued: "2026-11-19")"#,
    ];
    let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
    desk.press("g o");
    let harness = harness(&desk, [1100.0, 700.0]);
    let rows = labels(&harness, Role::ListBoxOption);
    assert!(rows[0].ends_with(", no end is noted"), "{rows:?}");
    harness.get_by_label_contains("No end is noted with them: record it on their page, or drop this letter.");
}

#[test]
fn a_letter_whose_day_has_come_or_that_waited_for_long_says_so_and_so_does_one_with_a_strange_address() {
    let seen = |text: &str, to: &str, queued: &str| {
        let letter = format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "{text}", to: "{to}", queued: "{queued}")"#
        );
        let client = r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#;
        let mut desk = Desk::of(crate::facts::book(&[client, &letter]), crate::facts::day("2026-11-20"));
        desk.press("g o");
        let seen = harness(&desk, [1100.0, 700.0]);
        let row = labels(&seen, Role::ListBoxOption).concat();
        let says =
            ["It asks for an answer by today", "has passed (", "It has waited for", "is no mail address"];
        let says = says.iter().position(|says| seen.query_all_by_label_contains(says).next().is_some());
        (row.rsplit(", ").next().unwrap_or_default().to_owned(), says)
    };
    let by = |day: &str| format!("Please answer by {day} November 2026.");
    assert_eq!(seen(&by("20"), "a@b", "2026-11-13"), ("its day has come".to_owned(), Some(0)));
    assert_eq!(seen(&by("19"), "a@b", "2026-11-12"), ("its day has come".to_owned(), Some(1)));
    assert_eq!(seen(&by("27"), "a@b", "2026-11-13"), ("waited for long".to_owned(), Some(2)));
    assert_eq!(seen("Hello", "a@b", "2026-11-14"), ("queued 6 d ago".to_owned(), None));
    assert_eq!(seen("Hello", "nobody", "2026-11-19"), ("no mail address".to_owned(), Some(3)));
}

#[test]
fn a_letter_whose_days_the_facts_have_overtaken_says_so() {
    let marked = |to: &str| {
        let lines = [
            r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann")])"#.to_owned(),
            format!(
                r#"promise (id: "p", client: "acme", by: me, what: "the draft", made: "2026-11-01", due: "2026-11-21",
                moved: [(day: "2026-11-20", to: "{to}")])"#
            ),
            r#"outgoing (id: "l", client: "acme", subject: "A later day: the draft",
                text: "I named you 21 November 2026 for this: the draft. It will be 10 December 2026.", to: "a@b",
                kind: heads_up, item: "my-promise-due:p", queued: "2026-11-20")"#
                .to_owned(),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
        desk.press("g o");
        let rows = labels(&harness(&desk, [1100.0, 700.0]), Role::ListBoxOption);
        rows.concat().ends_with(", other days now")
    };
    assert_eq!([marked("2026-12-10"), marked("2026-12-15")], [false, true]);
}

#[test]
fn a_line_break_in_a_subject_is_a_space_in_its_row() {
    let lines = [
        r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#,
        r#"outgoing (id: "l", client: "acme", subject: "One\nTwo\r\nThree", text: "T", to: "a@b", queued: "2026-11-20")"#,
    ];
    let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
    desk.press("g o");
    let rows = labels(&harness(&desk, [1100.0, 700.0]), Role::ListBoxOption);
    assert_eq!(rows, ["Acme: One Two Three, to a@b, queued today"]);
}

#[test]
fn a_letter_says_what_it_is_about_and_when_that_no_longer_waits() {
    let waits = |rest: &str| {
        let lines = [
            r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#.to_owned(),
            format!(
                r#"invoice (id: "7", number: "7", client: "acme", issued: "2026-10-01", due: "2026-10-10",
                lines: [(result: "Site", price: "100 EUR")], {rest})"#
            ),
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", item: "overdue-invoice:7", kind: reminder,
                invoice: "7", queued: "2026-11-19")"#
                .to_owned(),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
        desk.press("g o");
        let harness = harness(&desk, [1100.0, 700.0]);
        let says = |text: &str| harness.query_all_by_label_contains(text).next().is_some();
        (says("Overdue invoice: Invoice 7"), says("no longer waits for you"))
    };
    let (open, paid) = (waits(""), waits(r#"payments: [(day: "2026-11-19", amount: "100 EUR")]"#));
    assert_eq!((open, paid), ((true, false), (false, true)));
}

#[test]
fn the_buttons_run_their_commands_wide_and_narrow() {
    for size in [[1100.0, 700.0], [640.0, 700.0]] {
        let mut harness = harness(&outbox(), size);
        for (says, command) in [
            ("Open in mail", "outbox.open"),
            ("Copy", "outbox.copy"),
            ("Edit", "outbox.edit"),
            ("Drop", "outbox.drop"),
        ] {
            harness.state_mut().clear();
            harness
                .get_by(|node| {
                    node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(says))
                })
                .click();
            harness.run();
            assert_eq!(*harness.state(), [format!("Run({command:?})")]);
        }
    }
}

#[test]
fn a_click_on_a_row_points_at_it_and_opens_nothing() {
    let mut harness = harness(&outbox(), [1100.0, 700.0]);
    harness.get_all_by_role(Role::ListBoxOption).nth(1).unwrap().click();
    harness.run();
    let actions = harness.state().clone();
    assert!(
        actions.len() == 1 && actions[0].starts_with("Point(") && actions[0].contains("l-2"),
        "{actions:?}"
    );
}

#[test]
fn looking_back_its_buttons_cannot_be_pressed_and_an_empty_one_says_what_would_be_here() {
    let mut desk = outbox();
    desk.press("[");
    let harness_back = harness(&desk, [1100.0, 700.0]);
    let mut buttons = harness_back.get_all_by_role(Role::Button);
    assert!(buttons.all(|button| button.accesskit_node().is_disabled()));
    desk.press("{");
    let empty = harness(&desk, [1100.0, 700.0]);
    assert!(empty.query_by_label_contains("No letter waited on this day").is_some());
}

#[test]
fn the_rail_leads_to_the_outbox_with_its_count_while_something_waits() {
    let tabs = |desk: &Desk| {
        let (state, shown) = (desk.state.clone(), desk.shown());
        let guide = Guide::of(&state, &shown);
        let mut ready = false;
        let mut harness = Harness::builder().with_size(vec2(1280.0, 800.0)).build_ui_state(
            move |ui, kept: &mut Vec<String>| {
                if ready {
                    kept.extend(window_ui(ui, &state, &shown, &guide).iter().map(|it| format!("{it:?}")));
                } else {
                    fonts::install(ui);
                    theme::apply(ui);
                    ready = true;
                }
            },
            Vec::new(),
        );
        harness.run();
        labels(&harness, Role::Tab)
    };
    let mut desk = Desk::sample();
    assert!(tabs(&desk).contains(&"Outbox, 2".to_owned()), "{:?}", tabs(&desk));
    desk.press("g o");
    desk.press("d");
    desk.press("d");
    assert!(tabs(&desk).contains(&"Outbox".to_owned()));
    desk.act(Action::Show(rapport::state::View::Today));
    assert!(!tabs(&desk).iter().any(|label| label.starts_with("Outbox")));
}

#[test]
fn the_letter_stands_beside_its_row_and_not_over_it() {
    for width in [744.0, 800.0, 880.0, 1100.0] {
        let harness = harness(&outbox(), [width, 400.0]);
        let row = harness.get_all_by_role(Role::ListBoxOption).next().unwrap().rect();
        for says in ["Open in mail", "Drop"] {
            let button = harness.get_by(|node| {
                node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(says))
            });
            let place = button.rect();
            assert!(
                place.left() >= row.right() && place.right() <= width && place.bottom() <= 400.0,
                "{width}: {place:?}"
            );
        }
    }
}
