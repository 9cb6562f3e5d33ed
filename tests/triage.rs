//! The morning by the keyboard: a mixed queue is cleared in few presses, and the book holds what was done.

use std::collections::BTreeMap;

use egui_kittest::kittest::Queryable;
use rapport::command::commands;
use rapport::domain::{AnyRecord, Book, Business, Currency, Direction, Outgoing, Table, TouchKind, add_days};
use rapport::figures::Figures;
use rapport::figures::today::ItemKind;
use rapport::state::{Action, Effect, OutboxAction, Overlay, View};

use crate::desk::Desk;
use crate::facts::{book_of, day};
use crate::proof_places::Live;

const TODAY: &str = "2026-11-20";
/// What twenty items may take.
const PRESSES: usize = 60;

/// Twenty clients with an item each, of twelve kinds. `ID` stands for the client's id.
const ITEMS: [(&str, usize); 12] = [
    (
        r#"invoice (id: "i-ID", number: "i-ID", client: "ID", issued: "2026-10-01", due: "2026-11-03", lines: [(result: "Site", price: "1000.00 EUR")])"#,
        4,
    ),
    (
        r#"invoice (id: "i-ID", number: "i-ID", client: "ID", issued: "2026-10-01", due: "2026-11-03", lines: [(result: "Site", price: "900.00 EUR")],
        promised: [(day: "2026-11-05", pay_by: "2026-11-12")])"#,
        1,
    ),
    (
        r#"invoice (id: "i-ID", number: "i-ID", client: "ID", issued: "2026-10-01", due: "2026-11-03", lines: [(result: "Site", price: "800.00 EUR")],
        disputes: [(from: "2026-11-10", about: "the logo")])"#,
        1,
    ),
    (
        r#"deal (id: "d-ID", client: "ID", title: "New site", value: "8000.00 EUR", proposal: (asked: "2026-10-20", sent: "2026-11-01"), stages: [(day: "2026-11-01", stage: "proposal")])"#,
        3,
    ),
    (
        r#"promise (id: "p-ID", client: "ID", by: me, what: "the draft", made: "2026-11-01", due: "2026-11-19")"#,
        2,
    ),
    (
        r#"promise (id: "p-ID", client: "ID", by: them, what: "the texts", made: "2026-11-01", due: "2026-11-15")"#,
        1,
    ),
    (r#"touch (id: "t-ID", day: "2026-11-10", client: "ID", direction: in, kind: referral, note: "Ana")"#, 2),
    (r#"touch (id: "t-ID", day: "2026-11-10", client: "ID", direction: out, answer_wanted: true)"#, 1),
    (r#"touch (id: "t-ID", day: "2026-11-10", client: "ID", direction: in, answer_wanted: true)"#, 1),
    (
        r#"renewal (id: "r-ID", client: "ID", what: "site.example", noted: "2025-12-01", expires: "2026-12-01", price: "30.00 EUR", contacts: ["Ana", "Ben"], verified: ["2026-11-01"])"#,
        2,
    ),
    (
        r#"renewal (id: "r-ID", client: "ID", what: "mail.example", noted: "2026-11-01", expires: "2027-08-01", price: "30.00 EUR", contacts: ["Ana"])"#,
        1,
    ),
    (
        r#"invoice (id: "i-ID", number: "i-ID", client: "ID", issued: "2026-08-01", due: "2026-08-15", lines: [(result: "Site", price: "700.00 EUR")], payments: [(day: "2026-08-15", amount: "700.00 EUR")])"#,
        1,
    ),
];

fn queue() -> Book {
    let mut lines = Vec::new();
    let mut client = 0;
    for (record, times) in ITEMS {
        for _ in 0..times {
            client += 1;
            let id = format!("c{client:02}");
            lines.push(format!(
                r#"client (id: "{id}", name: "Client {client:02}", added: "2026-01-01", people: [(name: "Ann", mail: "ann@{id}.example", decides: true)])"#
            ));
            lines.push(record.replace("ID", &id));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut business = Business::new(Currency::EUR);
    "Atelier Feldmark".clone_into(&mut business.name);
    book_of(business, &lines)
}

/// What one presses at an item of a kind, as its open row says.
fn keys(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::MyPromiseDue | ItemKind::RenewalNear => "2",
        ItemKind::Unanswered => "s 1",
        // It quotes what was noted of their promise, and is read first.
        ItemKind::TheirPromiseBroken => "1 ctrl+enter",
        ItemKind::RenewalUnsure | ItemKind::Silent => "e",
        _ => "1",
    }
}

fn at(desk: &Desk) -> Option<(String, ItemKind)> {
    let shown = desk.shown();
    let item = shown.row(&desk.state.session).and_then(|row| shown.item(row))?;
    Some((item.id.clone(), item.kind))
}

/// How often each kind of fact is in a book, in the words of what happened.
fn facts(book: &Book) -> BTreeMap<String, usize> {
    let mut facts = BTreeMap::new();
    let mut note = |what: String| *facts.entry(what).or_default() += 1;
    for record in book.records() {
        match record {
            AnyRecord::Touch(it) if it.direction == Direction::Out && it.day == day(TODAY) => {
                note(format!("wrote: {:?}", it.kind));
            }
            AnyRecord::Outgoing(it) if it.handed_over.is_some() => note("handed over".to_owned()),
            AnyRecord::Promise(it) if it.kept == Some(day(TODAY)) => note("kept".to_owned()),
            AnyRecord::Renewal(it) if !it.renewed.is_empty() => note("renewed".to_owned()),
            AnyRecord::Snooze(it) => note(format!("snoozed until {}", it.until)),
            AnyRecord::Handled(_) => note("handled".to_owned()),
            other => note(format!("{} as before", other.table().name())),
        }
    }
    facts
}

#[test]
fn twenty_items_of_twelve_kinds_are_cleared_in_sixty_presses_and_the_book_holds_what_was_done() {
    let mut live = Live::of(Desk::of(queue(), day(TODAY)));
    let mut kinds: Vec<ItemKind> = Vec::new();
    let mut presses = 0;
    let mut press = |live: &mut Live, keys: &str| {
        presses += keys.split(' ').count();
        live.press(keys);
    };
    assert_eq!(live.desk().shown().today.len(), 20, "{:?}", live.desk().shown().figures.today.items);
    loop {
        let there = at(&live.desk());
        let Some((id, kind)) = there else { break };
        kinds.push(kind);
        assert!(kinds.len() <= 20, "{id} is not cleared");
        press(&mut live, keys(kind));
        assert!(live.desk().state.session.overlay.is_none(), "{id}: {}", live.desk().notice());
        assert_ne!(
            at(&live.desk()).map(|(at, _)| at),
            Some(id),
            "the row leaves, and the cursor lands below"
        );
    }
    let cleared = live.desk().shown();
    assert!(cleared.today.is_empty() && cleared.figures.today.waiting.len() == 13);
    assert!(live.harness().get_all_by_label_contains("13 letters wait in the outbox").count() > 0);
    press(&mut live, "g o");
    press(&mut live, "ctrl+shift+enter");
    let asked = "Open 13 letters in the mail program?";
    assert!(live.harness().query_all_by_label_contains(asked).next().is_some(), "it asks, with the count");
    press(&mut live, "enter");
    // The mail program takes one after another.
    loop {
        let opening = live.desk().state.session.opening.clone();
        let Some(id) = opening else { break };
        live.act(Action::Outbox(OutboxAction::Opened(id)));
    }
    let opened = live.desk().effects.iter().filter(|it| matches!(it, Effect::OpenMail(_))).count();
    assert_eq!((opened, live.desk().shown().outbox.len()), (13, 0));
    press(&mut live, "g t");
    let end = live.desk().shown();
    assert!(end.today.is_empty() && end.figures.today.waiting.is_empty(), "{:?}", end.figures.today.items);
    kinds.sort_unstable();
    kinds.dedup();
    assert!(kinds.len() >= 10, "{kinds:?}");
    assert!(presses <= PRESSES, "{presses} presses");
    println!("{presses} presses for twenty items of {} kinds", kinds.len());
    let expected = [
        ("clients as before", 20),
        ("deals as before", 3),
        ("handed over", 13),
        ("handled", 2),
        ("invoices as before", 7),
        ("kept", 2),
        ("promises as before", 1),
        ("renewals as before", 1),
        ("renewed", 2),
        ("snoozed until 2026-11-21", 1),
        ("touches as before", 4),
        ("wrote: None", 6),
        ("wrote: Some(Reminder)", 5),
        ("wrote: Some(Thanks)", 2),
    ];
    let expected: BTreeMap<String, usize> =
        expected.into_iter().map(|(what, count)| (what.to_owned(), count)).collect();
    assert_eq!(facts(&live.desk().state.book), expected);
}

fn desk() -> Desk {
    Desk::of(queue(), day(TODAY))
}

fn point(desk: &mut Desk, kind: ItemKind) -> String {
    let shown = desk.shown();
    let row = (0..shown.today.len()).find(|row| shown.item(*row).unwrap().kind == kind).unwrap();
    desk.act(Action::Point(shown.cursor_at(&desk.state.session, row)));
    shown.item(row).unwrap().id.clone()
}

fn letters(desk: &Desk) -> Vec<Outgoing> {
    let letters = desk.state.book.records().filter_map(|record| match record {
        AnyRecord::Outgoing(letter) => Some(Outgoing::clone(&letter)),
        _ => None,
    });
    letters.collect()
}

#[test]
fn the_first_key_queues_the_letter_and_undo_brings_row_and_cursor_back() {
    let mut desk = desk();
    let id = point(&mut desk, ItemKind::OverdueInvoice);
    let row = desk.shown().row(&desk.state.session).unwrap();
    let below = desk.shown().item(row + 1).unwrap().id.clone();
    desk.press("1");
    let [letter] = letters(&desk).try_into().unwrap();
    assert_eq!((letter.item.as_deref(), letter.kind), (Some(id.as_str()), Some(TouchKind::Reminder)));
    assert_eq!(at(&desk).unwrap().0, below);
    assert!(desk.notice().starts_with("Queued the letter to Client"), "{}", desk.notice());
    desk.press("z");
    assert_eq!((at(&desk).unwrap().0, letters(&desk).len()), (id, 0));
}

/// A desk with a book of these facts of a client, on the first item of the queue of a kind.
fn desk_at(facts: &[&str], kind: ItemKind) -> Desk {
    let acme = r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann")])"#;
    let lines: Vec<&str> = [acme].into_iter().chain(facts.iter().copied()).collect();
    let mut business = Business::new(Currency::EUR);
    "Atelier Feldmark".clone_into(&mut business.name);
    let mut desk = Desk::of(book_of(business, &lines), day(TODAY));
    point(&mut desk, kind);
    desk
}

#[test]
fn what_is_logged_about_an_item_that_no_touch_takes_away_puts_it_away_as_its_letter_would() {
    for (fact, kind) in [
        (
            r#"promise (id: "p", client: "acme", by: them, what: "Draft", made: "2026-11-01", due: "2026-11-10")"#,
            ItemKind::TheirPromiseBroken,
        ),
        (
            r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-11-01",
                lines: [(result: "Site", price: "900 EUR")], disputes: [(from: "2026-11-10")])"#,
            ItemKind::DisputedInvoice,
        ),
        (
            r#"deal (id: "d", client: "acme", title: "Site", stages: [(day: "2026-11-01", stage: "in_work")],
                agreement: (sent: "2026-11-01"))"#,
            ItemKind::UnsignedAgreement,
        ),
    ] {
        let mut desk = desk_at(&[fact], kind);
        let is_there = |desk: &Desk| desk.shown().figures.today.items.iter().any(|item| item.kind == kind);
        assert!(is_there(&desk));
        desk.press("n");
        desk.press("ctrl+enter");
        assert!(!is_there(&desk), "{kind}: {}", desk.notice());
        let later = Figures::of(&desk.state.book, add_days(day(TODAY), 7));
        assert!(later.today.items.iter().any(|item| item.kind == kind), "{kind}: it waits a week");
        desk.press("z");
        assert!(is_there(&desk), "{kind}: one step of undo");
    }
}

#[test]
fn who_looked_after_what_expired_is_not_shown_it_again_at_once() {
    let font = r#"renewal (id: "r", client: "acme", what: "Font licence", noted: "2026-01-01", expires: "2026-11-19")"#;
    let mut desk = desk_at(&[font], ItemKind::RenewalNear);
    let is_there =
        |desk: &Desk| desk.shown().figures.today.items.iter().any(|it| it.kind == ItemKind::RenewalNear);
    desk.press("3");
    assert!(desk.notice().starts_with("Checked Font licence"), "{}", desk.notice());
    assert!(!is_there(&desk));
}

#[test]
fn what_is_logged_about_what_somebody_said_names_them() {
    let asked = r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true, person: "Quin")"#;
    let before = r#"touch (id: "b", day: "2026-11-09", client: "acme", direction: out)"#;
    let mut desk = desk_at(&[before, asked], ItemKind::Unanswered);
    desk.press("n");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert!(form.values.iter().any(|value| value == "Quin"), "{:?}", form.values);
}

#[test]
fn a_letter_that_quotes_a_note_is_opened_to_be_read_before_it_waits() {
    let promise = r#"promise (id: "p", client: "acme", by: them, what: "the texts", made: "2026-11-01", due: "2026-11-10")"#;
    let mut desk = desk_at(&[promise], ItemKind::TheirPromiseBroken);
    desk.press("1");
    let Some(Overlay::Form(_)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert_eq!(desk.notice(), "It quotes a note of yours: read it, then queue it");
    assert_eq!(letters(&desk).len(), 0);
    desk.press("ctrl+enter");
    assert_eq!(letters(&desk).len(), 1);
}

#[test]
fn a_letter_taken_out_of_the_outbox_brings_its_item_back() {
    let mut desk = desk();
    let id = point(&mut desk, ItemKind::ThanksDue);
    let there = |desk: &Desk| desk.shown().figures.today.items.iter().any(|item| item.id == id);
    desk.press("1");
    assert!(!there(&desk));
    desk.press("g o");
    desk.press("d");
    desk.press("g t");
    assert!(there(&desk));
}

#[test]
fn a_letter_with_something_left_to_write_opens_at_it_and_its_row_leaves_once_it_is_queued() {
    let mut desk = desk();
    let id = point(&mut desk, ItemKind::Unanswered);
    desk.press("1");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    let (focus, text) = (form.focus, form.values[2].clone());
    assert_eq!((focus, text.contains("[answer?]")), (2, true), "the hand is in the text");
    desk.fill("Text", &text.replace("[answer?]", "Yes, on Friday."));
    let before = desk.shown().row(&desk.state.session).unwrap();
    desk.press("ctrl+enter");
    assert_ne!(at(&desk).unwrap().0, id);
    assert_eq!(desk.shown().row(&desk.state.session), Some(before));
}

#[test]
fn an_item_whose_letter_was_forgotten_leads_to_it() {
    let mut desk = desk();
    let id = point(&mut desk, ItemKind::OverdueInvoice);
    desk.press("1");
    let book = desk.state.book.clone();
    desk.state.today = day("2026-11-24");
    desk.state.clock = day("2026-11-24");
    desk.press(".");
    let shown = desk.shown();
    let row = (0..shown.today.len()).find(|row| shown.item(*row).unwrap().id == id).unwrap();
    desk.act(Action::Point(shown.cursor_at(&desk.state.session, row)));
    desk.press("1");
    assert!(desk.state.book.is_same(&book), "no second letter: {}", desk.notice());
    assert_eq!(desk.state.session.view, View::Outbox);
    let shown = desk.shown();
    let at = shown.row(&desk.state.session).and_then(|row| shown.waiting(row)).unwrap();
    assert_eq!(at.letter.item.as_deref(), Some(id.as_str()));
}

#[test]
fn what_could_not_be_opened_ends_the_row_of_letters() {
    let mut desk = desk();
    for kind in [ItemKind::OverdueInvoice, ItemKind::ThanksDue] {
        point(&mut desk, kind);
        desk.press("1");
    }
    desk.press("g o");
    desk.press("ctrl+shift+enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Confirm(_))));
    assert!(desk.effects.is_empty(), "nothing opens before it is said yes to");
    desk.press("enter");
    desk.act(Action::Outbox(OutboxAction::NotOpened("No mail program opened the letter".to_owned())));
    assert!(desk.state.session.opening.is_none() && desk.state.session.to_open.is_empty());
    assert_eq!((desk.notice(), desk.shown().outbox.len()), ("No mail program opened the letter", 2));
    let opened = desk.effects.iter().filter(|it| matches!(it, Effect::OpenMail(_))).count();
    assert_eq!(opened, 1);
}

#[test]
fn the_subject_is_copied_by_a_key_of_its_own_and_logs_nothing() {
    let mut desk = desk();
    point(&mut desk, ItemKind::OverdueInvoice);
    let before = desk.state.book.clone();
    desk.press("shift+c");
    let subject = desk.shown().draft.unwrap().subject;
    assert!(matches!(desk.effects.as_slice(), [Effect::Copy(text)] if *text == subject));
    assert!(desk.state.book.is_same(&before));
    assert!(commands().any(|command| command.id == "outbox.copy_subject"));
    assert!(desk.state.book.find(Table::Outbox, "nobody").is_none());
}

#[test]
fn waiting_for_money_is_refused_where_no_invoice_is_open_also_where_it_is_typed() {
    let lines = [
        r#"client (id: "acme", name: "Acme")"#,
        r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true)"#,
    ];
    let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
    desk.press("s");
    desk.press("6");
    desk.fill("Comes back", "when paid");
    let why = "no invoice of theirs is open: choose a day, or when they reply";
    assert_eq!(desk.field("Comes back").0.as_deref(), Some(why));
    desk.press("enter");
    assert_eq!(desk.state.history.depth(), 0);
    desk.fill("Comes back", "when they reply");
    desk.press("enter");
    assert_eq!(desk.state.history.depth(), 1);
}
