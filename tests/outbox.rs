//! The outbox: letters as facts of the book, handed over to a mail program or the clipboard, and never sent.

use proptest::prelude::*;
use rapport::domain::{
    AnyRecord, Book, Business, Currency, Direction, Outgoing, OutgoingId, Table, TouchKind,
};
use rapport::figures::{Figures, Overtaken};
use rapport::state::{Action, Edit, Effect, FormKind, OutboxAction, Overlay, PageSection, View};
use rapport::store::{Loaded, Source, load, splice};
use rapport::written::{Format, long_day, number, use_format};

use crate::desk::Desk;
use crate::facts::{book, book_of, day};

const TODAY: &str = "2026-11-20";

fn loaded(outbox: &str) -> Loaded {
    let text = format!(
        r#"(
    format: 1,
    business: (currency: "EUR"),
    clients: [(id: "acme", name: "Acme"), (id: "other", name: "Other")],
    touches: [(id: "t", day: "2026-11-19", client: "acme", direction: out)],
    deals: [(id: "d", client: "other", title: "D")],
    outbox: [{outbox}],
)
"#
    );
    load(text.as_bytes()).unwrap()
}

fn told(outbox: &str) -> Vec<String> {
    loaded(outbox).problems.iter().map(|it| format!("{}: {}", it.path, it.message)).collect()
}

/// The letters that wait at the end of a day, each as client and days waited.
fn waiting(book: &Book, on: &str) -> Vec<(String, i64)> {
    let figures = Figures::of(book, day(on));
    figures.outbox.waiting.iter().map(|it| (it.letter.id.to_string(), it.days)).collect()
}

const LETTER: &str = r#"(id: "l", client: "acme", subject: "Hello", text: "Dear Ann,\n\n\"how\" are you?", queued: "2026-11-18")"#;

#[test]
fn a_letter_is_read_from_a_book_and_written_back_as_it_was() {
    let loaded = loaded(LETTER);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let Some(AnyRecord::Outgoing(letter)) = loaded.book.find(Table::Outbox, "l") else { panic!("no letter") };
    assert_eq!(letter.text, "Dear Ann,\n\n\"how\" are you?");
    let written = splice(&Source::empty(), &loaded.book);
    let again = load(written.as_bytes()).unwrap();
    assert!(again.problems.is_empty() && again.book == loaded.book, "{written}");
}

#[test]
fn a_letter_keeps_the_template_it_was_made_from_and_an_older_one_has_none() {
    let template = |letter: &str| {
        let loaded = loaded(letter);
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let again = load(splice(&Source::empty(), &loaded.book).as_bytes()).unwrap();
        assert!(again.book == loaded.book);
        let Some(AnyRecord::Outgoing(letter)) = again.book.find(Table::Outbox, "l") else {
            panic!("no letter")
        };
        letter.template.map(rapport::domain::TemplateId::name)
    };
    assert_eq!(template(LETTER), None);
    let kept = LETTER.replace("queued", "template: reminder_firm, queued");
    assert_eq!(template(&kept), Some("reminder_firm"));
    let typo = LETTER.replace("queued", "template: reminder_frim, queued");
    assert!(told(&typo)[0].contains("reminder_firm"), "{:?}", told(&typo));
}

#[test]
fn a_letter_names_a_touch_and_a_deal_of_its_own_client() {
    let handed = LETTER.replace("queued", r#"handed_over: (day: "2026-11-19", touch: "t"), queued"#);
    assert_eq!(told(&handed), [""; 0]);
    let lost = handed.replace("touch: \"t\"", "touch: \"u\"");
    assert!(told(&lost)[0].contains("there is no touch \"u\""), "{:?}", told(&lost));
    let strange = LETTER.replace("queued", "deal: \"d\", queued");
    assert!(
        told(&strange)[0].contains("name one of this letter of the outbox's own client"),
        "{:?}",
        told(&strange)
    );
    let typo = LETTER.replace("queued", "qeued: \"2026-11-18\", queued");
    assert!(told(&typo)[0].contains("did you mean queued?"), "{:?}", told(&typo));
}

#[test]
fn a_letter_waits_from_the_day_it_was_queued_until_it_is_handed_over_or_dropped() {
    let outgoing = |id: &str, client: &str, queued: &str, more: &str| {
        format!(
            r#"outgoing (id: "{id}", client: "{client}", subject: "S", text: "T", queued: "{queued}", {more})"#
        )
    };
    let book = book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"client (id: "zeta", name: "Zeta")"#,
        r#"touch (id: "t", day: "2026-11-15", client: "acme", direction: out)"#,
        &outgoing("late", "acme", "2026-11-14", ""),
        &outgoing("went", "acme", "2026-11-12", r#"handed_over: (day: "2026-11-15", touch: "t")"#),
        &outgoing("fell", "zeta", "2026-11-11", r#"dropped: "2026-11-13""#),
        &outgoing("first", "zeta", "2026-11-12", ""),
    ]);
    let ids = |on: &str| waiting(&book, on).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(waiting(&book, TODAY), [("first".to_owned(), 8), ("late".to_owned(), 6)]);
    assert_eq!(ids("2026-11-12"), ["fell", "went", "first"]);
    assert_eq!(ids("2026-11-14"), ["went", "first", "late"]);
    assert_eq!(ids("2026-11-10"), [""; 0]);
    // What was not known yet is forgotten, and the touch with it.
    let before = book.as_of(day("2026-11-14"));
    let Some(AnyRecord::Outgoing(went)) = before.find(Table::Outbox, "went") else { panic!("no letter") };
    assert_eq!(went.handed_over, None);
    assert!(before.find(Table::Touches, "t").is_none());
}

#[test]
fn a_letter_says_which_fields_nobody_filled() {
    let Some(AnyRecord::Outgoing(letter)) = loaded(LETTER).book.find(Table::Outbox, "l") else { panic!() };
    assert_eq!(letter.unfilled(), [""; 0]);
    let marked = Outgoing {
        subject: "My rates from [from?]".to_owned(),
        text: "Dear [person?], from [from?] on".to_owned(),
        ..Outgoing::clone(&letter)
    };
    assert_eq!(marked.unfilled(), ["from", "person"]);
}

/// A desk over an outbox: one letter with an address, one to be filled in, and one without an address.
fn desk() -> Desk {
    let letter = |id: &str, client: &str, text: &str, more: &str| {
        format!(
            r#"outgoing (id: "{id}", client: "{client}", subject: "About {id}", text: "{text}", queued: "2026-11-18", {more})"#
        )
    };
    let book = book(&[
        r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann", mail: "ann@acme.example"),
            (name: "Bo", mail: "bo@acme.example")])"#,
        r#"client (id: "zeta", name: "Zeta", added: "2026-01-01")"#,
        r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "R", price: "100 EUR")])"#,
        &letter(
            "a",
            "acme",
            "Dear Ann,\nthank you & all the best",
            r#"person: "Ann", to: "ann@acme.example",
            kind: reminder, invoice: "i", item: "overdue-invoice:i""#,
        ),
        &letter("b", "acme", "Dear [person?],", ""),
        &letter("c", "zeta", "Hello", ""),
    ]);
    let mut desk = Desk::of(book, day(TODAY));
    desk.press("g o");
    desk
}

fn letter_of(desk: &Desk, id: &str) -> Outgoing {
    match desk.state.book.find(Table::Outbox, id) {
        Some(AnyRecord::Outgoing(letter)) => Outgoing::clone(&letter),
        _ => panic!("no letter {id}"),
    }
}

/// The letter that the hand is at.
fn at(desk: &Desk) -> String {
    let shown = desk.shown();
    shown.row(&desk.state.session).and_then(|row| shown.key(&desk.state.session, row)).unwrap_or_default()
}

fn mails(desk: &Desk) -> Vec<String> {
    let opened = |effect: &Effect| match effect {
        Effect::OpenMail(letter) => Some(letter.id.to_string()),
        _ => None,
    };
    desk.effects.iter().filter_map(opened).collect()
}

fn opened(id: &str) -> Action {
    Action::Outbox(OutboxAction::Opened(OutgoingId::new(id).unwrap()))
}

#[test]
fn a_letter_is_opened_by_its_key_and_logged_once_the_mail_program_has_it() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    desk.press("ctrl+enter");
    assert_eq!(mails(&desk), ["a"]);
    // Not before: what was not opened is not a touch.
    assert!(desk.state.book.is_same(&before));
    desk.press("ctrl+enter");
    assert_eq!((desk.notice(), mails(&desk).len()), ("Wait a moment: a letter is being opened", 1));
    desk.act(opened("a"));
    assert_eq!(desk.notice(), "Opened the letter to Acme in the mail program, and logged it");
    let handed = letter_of(&desk, "a").handed_over.unwrap();
    assert_eq!(handed.day, day(TODAY));
    let Some(AnyRecord::Touch(touch)) = desk.state.book.find(Table::Touches, handed.touch.unwrap().as_str())
    else {
        panic!("no touch")
    };
    assert_eq!((touch.direction, touch.written, touch.day), (Direction::Out, true, day(TODAY)));
    assert_eq!((touch.channel.as_deref(), touch.kind), (Some("mail"), Some(TouchKind::Reminder)));
    assert_eq!((touch.person.as_deref(), touch.note.as_deref()), (Some("Ann"), Some("About a")));
    assert_eq!(touch.invoice.as_ref().map(rapport::domain::InvoiceId::as_str), Some("i"));
    // The hand is at the row below.
    assert_eq!((at(&desk).as_str(), desk.state.history.depth()), ("b", 1));
    assert!(load(splice(&Source::empty(), &desk.state.book).as_bytes()).unwrap().problems.is_empty());
}

#[test]
fn a_letter_about_what_waits_for_an_answer_names_what_it_answers_once_it_is_handed_over() {
    let book = book(&[
        r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#,
        r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true)"#,
        r#"outgoing (id: "a", client: "acme", subject: "Yes", text: "T", item: "unanswered:q", queued: "2026-11-18")"#,
        r#"outgoing (id: "b", client: "acme", subject: "Lost", text: "T", item: "unanswered:gone", queued: "2026-11-19")"#,
    ]);
    let mut desk = Desk::of(book, day(TODAY));
    desk.press("g o");
    for (letter, answers) in [("a", Some("q")), ("b", None)] {
        desk.press("c");
        let touch = letter_of(&desk, letter).handed_over.unwrap().touch.unwrap();
        let Some(AnyRecord::Touch(touch)) = desk.state.book.find(Table::Touches, touch.as_str()) else {
            panic!("no touch")
        };
        assert_eq!(touch.answers.as_ref().map(rapport::domain::TouchId::as_str), answers);
    }
}

#[test]
fn what_becomes_known_after_a_letter_went_that_day_brings_its_item_back() {
    let part = format!(r#"(day: "{TODAY}", amount: "1 EUR")"#);
    let invoice = |payments: &str| {
        format!(
            r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "R", price: "100 EUR")], disputes: [(from: "2026-11-02")], payments: [{payments}])"#
        )
    };
    let letter = r#"outgoing (id: "a", client: "acme", subject: "S", text: "T", item: "invoice-disputed:i", queued: "2026-11-18")"#;
    let mut desk = Desk::of(
        book(&[r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#, &invoice(&part), letter]),
        day(TODAY),
    );
    let is_there =
        |desk: &Desk| desk.shown().figures.today.items.iter().any(|it| it.id == "invoice-disputed:i");
    desk.press("g o");
    desk.press("ctrl+enter");
    desk.act(opened("a"));
    assert_eq!(letter_of(&desk, "a").handed_over.unwrap().seen, Some(1));
    assert!(!is_there(&desk));
    let AnyRecord::Invoice(paid) = crate::facts::read(&invoice(&format!("{part}, {part}"))) else { panic!() };
    desk.act(Action::Edit(Edit::put("Paid", rapport::domain::Invoice::clone(&paid))));
    assert!(is_there(&desk));
}

#[test]
fn one_undo_takes_the_touch_and_the_handing_over_back_and_one_redo_does_both_again() {
    let mut desk = desk();
    let (before, text) = (desk.state.book.clone(), splice(&Source::empty(), &desk.state.book));
    desk.press("ctrl+enter");
    desk.act(opened("a"));
    let after = desk.state.book.clone();
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    assert_eq!(splice(&Source::empty(), &desk.state.book), text);
    assert_eq!(at(&desk), "a");
    desk.press("shift+z");
    assert!(desk.state.book.is_same(&after));
}

#[test]
fn what_could_not_be_opened_is_said_and_stays_as_it_was() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    desk.press("ctrl+enter");
    desk.act(Action::Outbox(OutboxAction::NotOpened("No mail program opened the letter".to_owned())));
    assert_eq!(desk.notice(), "No mail program opened the letter");
    assert!(desk.state.book.is_same(&before));
    // It can be tried again, or copied.
    desk.press("ctrl+enter");
    assert_eq!(mails(&desk), ["a", "a"]);
}

#[test]
fn a_letter_that_went_while_it_was_being_opened_is_not_logged() {
    let mut desk = desk();
    desk.press("ctrl+enter");
    desk.press("d");
    let dropped = desk.state.book.clone();
    desk.act(opened("a"));
    assert_eq!(desk.notice(), "The letter was opened, but waits no longer: nothing is logged");
    assert!(desk.state.book.is_same(&dropped) && desk.state.session.opening.is_none());
}

#[test]
fn copying_a_letter_hands_it_over_just_as_well() {
    let mut desk = desk();
    desk.press("c");
    assert_eq!(desk.notice(), "Copied the letter to Acme, and logged it");
    let copied = |effect: &Effect| matches!(effect, Effect::Copy(text) if text == "Dear Ann,\nthank you & all the best");
    assert_eq!((desk.effects.len(), desk.effects.iter().filter(|it| copied(it)).count()), (1, 1));
    assert!(letter_of(&desk, "a").handed_over.is_some_and(|it| it.touch.is_some()));
    assert_eq!(desk.state.history.depth(), 1);
}

#[test]
fn a_letter_with_an_unfilled_field_or_no_real_address_is_not_handed_over_and_says_why() {
    let mut desk = desk();
    desk.press("j");
    for key in ["ctrl+enter", "c"] {
        desk.press(key);
        assert_eq!(desk.notice(), "Not handed over: [person?] is still to be filled in");
    }
    let marked = Outgoing { to: Some("nobody".to_owned()), ..letter_of(&desk, "a") };
    desk.act(Action::Edit(Edit::put("x", marked)));
    desk.press("k");
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "Not handed over: \"nobody\" is no mail address, such as ann@example.org");
    assert!(desk.effects.is_empty());
    // Without any address the mail program asks for one.
    desk.press("shift+g");
    desk.press("ctrl+enter");
    assert_eq!(mails(&desk), ["c"]);
}

#[test]
fn a_letter_is_edited_in_a_form_where_enter_begins_a_line_and_ctrl_enter_takes_it() {
    let mut desk = desk();
    desk.press("r");
    desk.fill("Text", "Dear Ann,\n\n[due?] is the day");
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "enter is a part of the text");
    desk.press("ctrl+enter");
    assert_eq!(desk.field("Text").0.as_deref(), Some("still to be filled in: [due?]"));
    desk.fill("Text", "Dear Bo,\n\nFriday is the day");
    desk.fill("To", "bo@acme.example; eve@x");
    assert!(desk.field("To").0.is_some());
    desk.fill("To", "bo@acme.example");
    desk.fill("Subject", "On Friday");
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed the letter to Acme");
    let letter = letter_of(&desk, "a");
    assert_eq!(letter.text, "Dear Bo,\n\nFriday is the day");
    assert_eq!((letter.subject.as_str(), letter.to.as_deref()), ("On Friday", Some("bo@acme.example")));
    // Who is written to follows the address; what it is about stays.
    assert_eq!((letter.person.as_deref(), letter.kind), (Some("Bo"), Some(TouchKind::Reminder)));
    desk.press("z");
    assert_eq!(letter_of(&desk, "a").person.as_deref(), Some("Ann"));
    // Enter in the list opens it too.
    desk.press("enter");
    assert!(
        matches!(&desk.state.session.overlay, Some(Overlay::Form(form)) if form.kind == FormKind::Letter)
    );
    assert!(mails(&desk).is_empty());
}

#[test]
fn a_letter_left_half_written_is_kept_and_gone_on_with() {
    let mut desk = desk();
    desk.press("enter");
    desk.press("esc");
    assert_eq!(desk.state.session.kept_forms, [], "nothing was typed");
    desk.press("enter");
    desk.fill("Text", "Dear Ann, half of it");
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none());
    assert_eq!(desk.notice(), "Kept what you typed: open the letter again to go on");
    // Another letter opens as it is, and what was kept waits.
    desk.press("j");
    desk.press("enter");
    desk.press("esc");
    desk.press("k");
    desk.press("enter");
    assert_eq!(desk.notice(), "What you typed before is here again");
    desk.press("ctrl+enter");
    assert_eq!(letter_of(&desk, "a").text, "Dear Ann, half of it");
    assert_eq!(desk.state.session.kept_forms, []);
}

#[test]
fn a_letter_is_dropped_as_a_fact_and_comes_back_with_undo() {
    for key in ["d", "del"] {
        let mut desk = desk();
        desk.press("j");
        desk.press(key);
        assert_eq!(letter_of(&desk, "b").dropped, Some(day(TODAY)));
        assert_eq!(at(&desk), "c");
        desk.press("z");
        assert_eq!((letter_of(&desk, "b").dropped, at(&desk).as_str()), (None, "b"));
    }
}

#[test]
fn the_outbox_is_filtered_and_leads_to_the_client() {
    let mut desk = desk();
    desk.press("/");
    desk.type_text("zet");
    desk.press("enter");
    assert_eq!(at(&desk), "c");
    desk.press("o");
    assert_eq!(desk.state.session.page.as_ref().unwrap().client.as_str(), "zeta");
    desk.press("esc");
    assert_eq!(desk.state.session.view, View::Outbox);
}

#[test]
fn looking_back_nothing_is_handed_over_dropped_or_edited() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    desk.press("[");
    for key in ["ctrl+enter", "c", "d", "del", "r"] {
        desk.press(key);
        assert!(desk.notice().starts_with("You are looking at"), "{key}: {}", desk.notice());
    }
    assert!(desk.state.book.is_same(&before) && desk.effects.is_empty());
}

#[test]
fn nothing_opens_a_mail_program_but_the_key_that_says_so() {
    let mut asked = Vec::new();
    let places = ["g t", "g b", "g m", "g c", "g r", "g o"];
    for command in rapport::command::commands() {
        for place in places {
            let mut desk = desk();
            desk.press(place);
            desk.act(Action::Run(command.id));
            // And whatever is asked then is said yes to.
            for key in ["enter", "ctrl+enter"] {
                if desk.state.session.overlay.is_some() {
                    desk.press(key);
                }
            }
            if !mails(&desk).is_empty() {
                asked.push((command.id, place));
            }
        }
    }
    assert_eq!(asked, [("outbox.open", "g o"), ("outbox.open_all", "g o")]);
}

#[test]
fn what_the_touch_or_the_letter_is_about_can_be_removed_and_the_letter_stays() {
    let mut desk = desk();
    desk.press("c");
    let touch = letter_of(&desk, "a").handed_over.unwrap().touch.unwrap();
    desk.press("g c");
    desk.act(Action::OpenClient(rapport::domain::ClientId::new("acme").unwrap()));
    desk.act(Action::ShowSection(PageSection::Timeline));
    let row =
        desk.shown().page.unwrap().timeline.iter().position(|entry| entry.id == touch.as_str()).unwrap();
    desk.act(Action::Point(desk.shown().cursor_at(&desk.state.session, row)));
    desk.press("del");
    desk.press("enter");
    assert!(desk.state.book.find(Table::Touches, touch.as_str()).is_none(), "{}", desk.notice());
    assert!(letter_of(&desk, "a").handed_over.is_some_and(|it| it.touch.is_none()));
    desk.act(Action::ShowSection(PageSection::Invoices));
    desk.press("del");
    desk.press("enter");
    assert!(desk.state.book.find(Table::Invoices, "i").is_none(), "{}", desk.notice());
    assert_eq!(letter_of(&desk, "a").invoice, None);
}

/// Two clients whose rates can rise, one with a person and an address.
fn rates() -> Desk {
    let client = |id: &str, people: &str| {
        [
            format!(
                r#"client (id: "{id}", name: "{id}", added: "2023-01-01", {people}
                    rates: [(from: "2024-01-01", rate: "60 EUR"), (from: "2025-01-01", rate: "66 EUR")])"#
            ),
            format!(
                r#"invoice (id: "i-{id}", number: "{id}", client: "{id}", issued: "2026-03-01", due: "2026-03-15",
                    lines: [(result: "Work", price: "900 EUR")], payments: [(day: "2026-03-15", amount: "900 EUR")])"#
            ),
        ]
    };
    let mut business = Business::new(Currency::EUR);
    "Feldmark".clone_into(&mut business.name);
    let known = client("known", r#"people: [(name: "Ann", mail: "ann@known.example")],"#);
    let unknown = client("unknown", "");
    let lines: Vec<&str> = known.iter().chain(&unknown).map(String::as_str).collect();
    let mut desk = Desk::of(book_of(business, &lines), day(TODAY));
    desk.press("g r");
    desk
}

#[test]
fn letters_of_the_rates_are_queued_and_those_with_gaps_are_named_and_left_out() {
    let mut desk = rates();
    desk.press("shift+x");
    desk.press("q");
    assert_eq!(desk.notice(), "Queued the letter to known; not queued: unknown lacks person");
    desk.press("g o");
    let shown = desk.shown();
    let [waiting] = shown.figures.outbox.waiting.as_slice() else { panic!("one letter waits") };
    let letter = &waiting.letter;
    assert_eq!((letter.person.as_deref(), letter.to.as_deref()), (Some("Ann"), Some("ann@known.example")));
    assert_eq!(letter.subject, "My rate from 1 January 2027 on");
    assert!(letter.text.starts_with("Dear Ann,") && letter.text.ends_with("Feldmark"));
    // The same letter is not queued twice.
    desk.press("g r");
    desk.press("q");
    assert_eq!(desk.notice(), "Not queued: known waits already; unknown lacks person");
    assert_eq!(desk.state.history.depth(), 1);
    assert!(mails(&desk).is_empty());
}

#[test]
fn a_letter_about_a_rate_that_has_stood_for_long_answers_its_item_until_the_rate_is_another() {
    let rated = |rates: &str| {
        format!(
            r#"client (id: "acme", name: "Acme", added: "2022-01-01", people: [(name: "Ann", mail: "ann@acme.example")],
            rates: [(from: "2023-01-01", rate: "60 EUR"){rates}])"#
        )
    };
    let facts = [
        r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "Work", price: "900 EUR")], payments: [(day: "2026-10-15", amount: "900 EUR")])"#,
        r#"work (id: "w", day: "2026-10-20", client: "acme", hours: "9")"#,
        r#"touch (id: "t", day: "2026-11-18", client: "acme", direction: out, kind: thanks)"#,
    ];
    let mut business = Business::new(Currency::EUR);
    "Feldmark".clone_into(&mut business.name);
    let rated_now = rated("");
    let lines: Vec<&str> = [rated_now.as_str()].into_iter().chain(facts).collect();
    let mut desk = Desk::of(book_of(business.clone(), &lines), day(TODAY));
    let is_there = |desk: &Desk| {
        let items = &desk.shown().figures.today.items;
        items.iter().any(|item| item.id == "fee-unchanged:acme")
    };
    assert!(is_there(&desk));
    desk.press("g r");
    desk.press("shift+x");
    desk.press("q");
    assert!(!is_there(&desk), "its letter waits");
    let letter = desk.shown().figures.outbox.waiting[0].letter.clone();
    assert_eq!(letter.item.as_deref(), Some("fee-unchanged:acme"));
    let overtaken =
        |desk: &Desk, letter: &Outgoing| desk.shown().figures.overtaken(desk.state.book.business(), letter);
    assert_eq!(overtaken(&desk, &letter), None);
    // Another rise than the one that is proposed is a choice, and no other fact.
    let chosen = Outgoing { text: letter.text.replace("63 EUR", "70 EUR"), ..Outgoing::clone(&letter) };
    assert_ne!(chosen.text, letter.text, "{}", letter.text);
    assert_eq!(overtaken(&desk, &chosen), None);
}

#[test]
fn a_letter_that_tells_of_a_rise_holds_until_another_rate_or_day_is_agreed_or_its_day_has_come() {
    let facts = |rates: &str, more: &str| {
        let client = format!(
            r#"client (id: "acme", name: "Acme", added: "2022-01-01", people: [(name: "Ann", mail: "ann@acme.example")],
            rates: [(from: "2026-03-01", rate: "60 EUR"){rates}], {more})"#
        );
        let invoice = r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "Work", price: "900 EUR")], payments: [(day: "2026-10-15", amount: "900 EUR")])"#;
        book(&[&client, invoice])
    };
    let letter = r#"outgoing (id: "l", client: "acme", subject: "My rate from 1 January 2027 on", template: fee_rise,
        text: "From 1 January 2027 on an hour of my work costs 66 EUR; it has been 60 EUR since 1 March 2026.", queued: "2026-11-18")"#;
    let AnyRecord::Outgoing(letter) = crate::facts::read(letter) else { panic!("no letter") };
    let found = |rates: &str, more: &str, on: &str| {
        let book = facts(rates, more);
        Figures::of(&book, day(on)).overtaken(book.business(), &letter)
    };
    let agreed =
        |from: &str, rate: &str| format!(r#", (from: "{from}", rate: "{rate} EUR", agreed: "2026-11-19")"#);
    assert_eq!(found("", "", TODAY), None, "nothing is agreed yet");
    assert_eq!(found(&agreed("2027-01-01", "66"), "", TODAY), None, "just that is");
    let other = Overtaken::Amounts("it does not name 70 EUR, which is agreed".to_owned());
    assert_eq!(found(&agreed("2027-01-01", "70"), "", TODAY), Some(other));
    let later = "it does not name 1 February 2027, from which on the new rate is agreed".to_owned();
    assert_eq!(found(&agreed("2027-02-01", "66"), "", TODAY), Some(Overtaken::Days(later)));
    assert_eq!(found(&agreed("2026-11-19", "66"), "", TODAY), Some(Overtaken::Gone), "it has risen");
    assert_eq!(found("", "", "2027-01-01"), Some(Overtaken::Gone), "its day has come");
    let ends = r#"ended: (day: "2026-12-31", agreed: "2026-11-19")"#;
    let as_known = |on: &str| {
        let book = facts("", ends).as_of(day(on));
        Figures::of(&book, day(on)).overtaken(book.business(), &letter)
    };
    assert_eq!(as_known(TODAY), Some(Overtaken::Gone), "who leaves is told of no rise");
}

#[test]
fn a_goodbye_holds_as_long_as_an_end_is_noted_that_lies_ahead_and_says_the_same() {
    let client = |more: &str| {
        format!(r#"client (id: "acme", name: "Acme", added: "2022-01-01", people: [(name: "Ann")], {more})"#)
    };
    let invoice = |payments: &str| {
        format!(
            r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-11-01", due: "2026-12-15",
            lines: [(result: "Work", price: "900 EUR")], payments: [{payments}])"#
        )
    };
    let ends = r#"ended: (day: "2026-12-31", agreed: "2026-11-10", why: "x")"#;
    let of = |more: &str, payments: &str| {
        let mut business = Business::new(Currency::EUR);
        "Feldmark".clone_into(&mut business.name);
        Desk::of(book_of(business, &[&client(more), &invoice(payments)]), day(TODAY))
    };
    let mut desk = of(ends, "");
    desk.act(Action::OpenClient(rapport::domain::ClientId::new("acme").unwrap()));
    desk.act(Action::ShowSection(PageSection::WayOut));
    desk.press("o q");
    assert_eq!(desk.notice(), "Queued the letter to Acme");
    let letter = desk.shown().figures.outbox.waiting[0].letter.clone();
    assert_eq!(letter.template.map(rapport::domain::TemplateId::name), Some("goodbye"));
    let found = |more: &str, payments: &str, on: &str| {
        let desk = of(more, payments);
        Figures::of(&desk.state.book, day(on)).overtaken(desk.state.book.business(), &letter)
    };
    assert_eq!(found(ends, "", TODAY), None);
    assert_eq!(found("", "", TODAY), Some(Overtaken::NoEnd));
    assert_eq!(found(ends, "", "2027-01-01"), Some(Overtaken::Gone), "its day has passed");
    let paid = r#"(day: "2026-11-19", amount: "900 EUR")"#;
    let amounts = "a letter of now does not name 900 EUR".to_owned();
    assert_eq!(found(ends, paid, TODAY), Some(Overtaken::Amounts(amounts)));
    let sooner = found(&ends.replace("12-31", "12-20"), "", TODAY);
    assert!(matches!(&sooner, Some(Overtaken::Days(how)) if how.contains("20 December 2026")), "{sooner:?}");
}

/// The outgoing letter of a line of a book.
fn letter_from(template: &str, text: &str, queued: &str) -> std::sync::Arc<Outgoing> {
    let line = format!(
        r#"outgoing (id: "l", client: "acme", subject: "S", template: {template}, text: "{text}", queued: "{queued}")"#
    );
    let AnyRecord::Outgoing(letter) = crate::facts::read(&line) else { panic!("no letter") };
    letter
}

#[test]
fn how_numbers_and_days_are_shown_says_nothing_about_a_letter_that_waits() {
    let facts = |rates: &str, more: &str| {
        book(&[&format!(
            r#"client (id: "acme", name: "Acme", added: "2022-01-01", people: [(name: "Ann")],
            rates: [(from: "2024-03-01", rate: "1190.50 EUR"){rates}], {more})"#
        )])
    };
    let agreed = |from: &str, rate: &str| {
        facts(&format!(r#", (from: "{from}", rate: "{rate} EUR", agreed: "2026-11-19")"#), "")
    };
    let found = |book: &Book, letter: &Outgoing, on: &str| {
        Figures::of(book, day(on)).overtaken(book.business(), letter)
    };
    let ended = facts("", r#"ended: (day: "2026-12-31", agreed: "2026-11-10", why: "x")"#);
    let sooner = facts("", r#"ended: (day: "2026-12-20", agreed: "2026-11-10", why: "x")"#);
    for written in Format::all() {
        use_format(written);
        let on = |text: &str| long_day(day(text));
        let rise = format!("From {} on an hour costs {} EUR.", on("2027-01-01"), number("1250.50"));
        let rise = letter_from("fee_rise", &rise, "2026-11-18");
        let asks =
            letter_from("check_in", &format!("Could you tell me by {}?", on("2026-11-25")), "2026-11-18");
        let bye =
            letter_from("goodbye", &format!("I work for you until {}.", on("2026-12-31")), "2026-11-18");
        for shown in Format::all() {
            use_format(shown);
            let about = format!("written in {written:?}, shown in {shown:?}");
            assert_eq!(found(&agreed("2027-01-01", "1250.50"), &rise, TODAY), None, "{about}");
            let other = found(&agreed("2027-01-01", "1260"), &rise, TODAY);
            assert!(matches!(other, Some(Overtaken::Amounts(_))), "{about}: {other:?}");
            let later = found(&agreed("2027-02-01", "1250.50"), &rise, TODAY);
            assert!(matches!(later, Some(Overtaken::Days(_))), "{about}: {later:?}");
            assert_eq!(found(&facts("", ""), &rise, "2027-01-01"), Some(Overtaken::Gone), "{about}");
            let by = Overtaken::Deadline(day("2026-11-25"));
            assert_eq!(found(&ended, &asks, "2026-11-24"), None, "{about}");
            assert_eq!(found(&ended, &asks, "2026-11-25"), Some(by), "{about}");
            assert_eq!(found(&ended, &bye, TODAY), None, "{about}");
            let end = found(&sooner, &bye, TODAY);
            assert!(matches!(end, Some(Overtaken::Days(_))), "{about}: {end:?}");
        }
    }
    use_format(Format::default());
}

#[test]
fn only_letters_that_are_ready_and_not_marked_are_opened_at_once_and_why_the_others_stay_is_said() {
    let letter = |id: &str, text: &str, to: &str, queued: &str| {
        format!(
            r#"outgoing (id: "{id}", client: "acme", subject: "S", text: "{text}", to: "{to}", queued: "{queued}")"#
        )
    };
    let desk = |letters: &[String]| {
        let client = r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#;
        let lines: Vec<&str> = [client].into_iter().chain(letters.iter().map(String::as_str)).collect();
        let mut desk = Desk::of(book(&lines), day(TODAY));
        desk.press("g o");
        desk.press("ctrl+shift+enter");
        desk
    };
    let old = letter("old", "T", "a@b", "2026-11-01");
    let strange = letter("strange", "T", "nobody", "2026-11-19");
    let gap = letter("gap", "Dear [person?]", "a@b", "2026-11-19");
    let ready = letter("ready", "T", "a@b", "2026-11-19");
    let all = desk(&[old.clone(), strange.clone(), gap.clone(), ready]);
    let Some(Overlay::Confirm(asked)) = &all.state.session.overlay else { panic!("{}", all.notice()) };
    assert_eq!(asked.question, "Open 1 letter in the mail program?");
    let stay = " One more is not filled in yet, and stays. One more has an address that is no mail address, and stays. \
        One more is marked as overtaken, and stays: read it first.";
    assert!(asked.consequence.ends_with(stay), "{}", asked.consequence);
    let refused = |letters: &[String]| {
        let desk = desk(letters);
        assert!(desk.state.session.overlay.is_none());
        desk.notice().to_owned()
    };
    assert!(refused(&[old, strange.clone()]).contains("marked as overtaken"));
    assert!(refused(&[gap]).contains("to be filled in first"));
    assert!(refused(&[strange]).contains("no mail address"));
}

#[test]
fn letters_that_are_opened_one_after_another_are_one_step_of_undo() {
    let letter = |id: &str| {
        format!(
            r#"outgoing (id: "{id}", client: "acme", subject: "S", text: "T {id}", to: "a@b", queued: "2026-11-19")"#
        )
    };
    let client = r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#;
    let begin = || {
        let mut desk = Desk::of(book(&[client, &letter("a"), &letter("b"), &letter("c")]), day(TODAY));
        desk.press("g o");
        desk.press("ctrl+shift+enter");
        desk.press("enter");
        desk
    };
    let mut desk = begin();
    let before = desk.state.book.clone();
    for id in ["a", "b", "c"] {
        desk.act(opened(id));
    }
    assert_eq!(desk.notice(), "Opened 3 letters in the mail program, and logged them");
    assert_eq!((desk.state.history.depth(), mails(&desk).len()), (1, 3));
    let after = desk.state.book.clone();
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    desk.press("shift+z");
    assert!(desk.state.book.is_same(&after));
    // What is done in between stays a step of its own, and so do the letters on either side of it.
    let mut desk = begin();
    desk.act(opened("a"));
    desk.press("g o");
    desk.act(Action::Edit(Edit::put(
        "Noted",
        rapport::domain::Client::new(rapport::domain::ClientId::new("new").unwrap(), "New"),
    )));
    desk.act(opened("b"));
    desk.act(opened("c"));
    assert_eq!(desk.state.history.depth(), 3);
    // And none that failed is among them.
    let mut desk = begin();
    desk.act(opened("a"));
    desk.act(Action::Outbox(OutboxAction::NotOpened("No mail program".to_owned())));
    assert_eq!(
        desk.state.history.next_undo(),
        Some("Opened the letter to Acme in the mail program, and logged it")
    );
}

#[test]
fn a_letter_of_another_template_than_would_be_taken_now_is_marked() {
    let client = r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann")])"#;
    let renewal = |rest: &str| {
        format!(
            r#"renewal (id: "r", client: "acme", what: "acme.example", noted: "2026-01-01", expires: "2026-12-04",
            price: "60 EUR", contacts: ["Ann"], {rest})"#
        )
    };
    let mut business = Business::new(Currency::EUR);
    "Feldmark".clone_into(&mut business.name);
    let figures = |renewal: &str| Figures::of(&book_of(business.clone(), &[client, renewal]), day(TODAY));
    let asks = figures(&renewal(""));
    let item = asks.today.items.iter().find(|it| it.id == "renewal-near:r").unwrap();
    let letter = rapport::figures::Letter::for_item(&business, &asks, item).unwrap();
    let queued = Outgoing {
        item: Some(item.id.clone()),
        ..letter.outgoing(OutgoingId::new("l").unwrap(), day(TODAY))
    };
    assert_eq!(asks.overtaken(&business, &queued), None);
    let itself = figures(&renewal("renews_itself: true"));
    assert_eq!(itself.overtaken(&business, &queued), Some(Overtaken::Other));
    // Whatever its words: it was made for something else. Of an older letter nobody knows.
    let own = Outgoing { text: queued.text.replace("Shall I renew it?", "Shall I?"), ..queued.clone() };
    assert_eq!(itself.overtaken(&business, &own), Some(Overtaken::Other));
    let older = Outgoing { template: None, ..queued };
    assert_eq!(itself.overtaken(&business, &older), None);
}

#[test]
fn why_letters_are_to_be_read_again_is_found_once_for_the_same_figures() {
    let mut desk = desk();
    let overtaken = |desk: &Desk| desk.shown().overtaken.unwrap();
    let first = overtaken(&desk);
    desk.press("j");
    assert!(std::sync::Arc::ptr_eq(&first, &overtaken(&desk)));
    desk.press("d");
    assert!(!std::sync::Arc::ptr_eq(&first, &overtaken(&desk)));
    desk.press("[");
    assert!(desk.shown().overtaken.is_none(), "nothing goes from another day");
}

#[test]
fn a_single_letter_with_gaps_is_opened_to_be_filled_in_before_it_is_queued() {
    let mut desk = rates();
    desk.press("j");
    desk.press("x");
    desk.press("q");
    let before = desk.state.book.clone();
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    let text = form.values[2].clone();
    assert!(text.starts_with("Dear [person?],"));
    desk.press("ctrl+enter");
    assert!(desk.state.book.is_same(&before));
    assert_eq!(desk.field("Text").0.as_deref(), Some("still to be filled in: [person?]"));
    desk.fill("Text", &text.replace("[person?]", "Cleo"));
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "Queued the letter to unknown");
    assert_eq!(waiting(&desk.state.book, TODAY).len(), 1);
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn the_goodbye_is_queued_once_its_last_day_is_known() {
    let mut desk = rates();
    desk.act(Action::OpenClient(rapport::domain::ClientId::new("known").unwrap()));
    desk.act(Action::ShowSection(PageSection::WayOut));
    desk.press("o q");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    let [subject, text] = [0, 2].map(|at| form.values[at].replace("[last_day?]", "1 March 2027"));
    desk.fill("Subject", &subject);
    desk.fill("Text", &text);
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "Queued the letter to known");
    desk.press("g o");
    assert_eq!(
        desk.shown().figures.outbox.waiting[0].letter.subject,
        "The end of our work together, on 1 March 2027"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_with_letters_is_undone_to_the_same_book(keys in prop::collection::vec(0..6_usize, 1..12)) {
        let mut desk = desk();
        let before = desk.state.book.clone();
        for key in keys {
            match key {
                0 => {
                    desk.press("ctrl+enter");
                    if let Some(id) = desk.state.session.opening.clone() {
                        desk.act(Action::Outbox(OutboxAction::Opened(id)));
                    }
                }
                1 => desk.press("c"),
                2 => desk.press("d"),
                3 => desk.press("j"),
                4 => desk.press("k"),
                _ => {
                    desk.press("r");
                    if desk.state.session.overlay.is_some() {
                        desk.fill("Text", "Other words");
                        desk.press("ctrl+enter");
                        desk.press("esc");
                    }
                }
            }
        }
        while desk.state.history.depth() > 0 {
            desk.press("z");
        }
        prop_assert!(desk.state.book.is_same(&before));
    }
}

/// The touch that a letter became.
fn touch_of(desk: &Desk, letter: &str) -> rapport::domain::Touch {
    let touch = letter_of(desk, letter).handed_over.unwrap().touch.unwrap();
    match desk.state.book.find(Table::Touches, touch.as_str()) {
        Some(AnyRecord::Touch(touch)) => rapport::domain::Touch::clone(&touch),
        _ => panic!("no touch"),
    }
}

#[test]
fn a_reminder_that_begins_with_an_answer_names_what_it_answers_once_it_is_handed_over() {
    let book = book(&[
        r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#,
        r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true)"#,
        r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "R", price: "100 EUR")])"#,
        r#"outgoing (id: "a", client: "acme", subject: "S", text: "T", template: reminder_answer, kind: reminder,
            invoice: "i", item: "overdue-invoice:i", queued: "2026-11-18")"#,
    ]);
    let mut desk = Desk::of(book, day(TODAY));
    let asks = |desk: &Desk| desk.shown().figures.today.items.iter().any(|it| it.id == "unanswered:q");
    assert!(!asks(&desk), "its answer waits");
    desk.press("g o");
    desk.press("d");
    assert!(asks(&desk), "no answer waits");
    desk.press("z");
    desk.press("c");
    let touch = touch_of(&desk, "a");
    assert_eq!(touch.answers.as_ref().map(rapport::domain::TouchId::as_str), Some("q"));
    assert_eq!(touch.kind, Some(TouchKind::Reminder));
    assert!(!asks(&desk), "it has its answer");
}

#[test]
fn a_letter_that_asks_for_an_answer_once_more_waits_for_it_anew() {
    let book = book(&[
        r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#,
        r#"touch (id: "q", day: "2026-11-05", client: "acme", direction: out, answer_wanted: true)"#,
        r#"outgoing (id: "a", client: "acme", subject: "S", text: "T", template: feedback,
            item: "feedback-owed:q", queued: "2026-11-18")"#,
    ]);
    let mut desk = Desk::of(book, day(TODAY));
    desk.press("g o");
    desk.press("c");
    assert!(touch_of(&desk, "a").answer_wanted);
    let owed = |on: &str| {
        let figures = Figures::of(&desk.state.book, day(on));
        figures.today.items.iter().find(|it| it.id == "feedback-owed:q").map(|it| it.why.clone())
    };
    assert_eq!(owed("2026-11-26"), None);
    let why = "Asked 22 days ago on 5 Nov, and nothing came back; asked again 7 days ago";
    assert_eq!(owed("2026-11-27").as_deref(), Some(why));
}

#[test]
fn what_is_delivered_says_that_its_invoice_follows_and_is_to_be_read_again_once_there_is_one() {
    let mut business = Business::new(Currency::EUR);
    "Feldmark".clone_into(&mut business.name);
    let invoice = r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-20", due: "2026-12-10",
        lines: [(result: "Site", price: "1190 EUR")])"#;
    let lines = [
        r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann")])"#,
        r#"deal (id: "site", client: "acme", title: "Site", value: "1190 EUR", delivered: "2026-11-10",
            stages: [(day: "2026-09-01", stage: "delivered")], results: [(day: "2026-11-01", what: "New pages")])"#,
    ];
    let mut desk = Desk::of(book_of(business, &lines), day(TODAY));
    let row = desk.shown().figures.today.items.iter().position(|it| it.id == "delivered-not-invoiced:site");
    let row = row.expect("it is delivered");
    desk.act(Action::Point(desk.shown().cursor_at(&desk.state.session, row)));
    desk.press("q");
    assert_eq!(desk.notice(), "It quotes a note of yours: read it, then queue it");
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "Queued the letter to Acme");
    let letter = desk.shown().figures.outbox.waiting[0].letter.clone();
    assert!(letter.text.contains("The invoice will follow in the next few days."), "{}", letter.text);
    let business = desk.state.book.business().clone();
    let overtaken = |desk: &Desk| desk.shown().figures.overtaken(&business, &letter);
    assert_eq!(overtaken(&desk), None);
    let AnyRecord::Invoice(invoice) = crate::facts::read(invoice) else { panic!("no invoice") };
    desk.act(Action::Edit(Edit::put("Billed", rapport::domain::Invoice::clone(&invoice))));
    let names = "a letter of now names 1,190 EUR too".to_owned();
    assert_eq!(overtaken(&desk), Some(Overtaken::Amounts(names)));
}
