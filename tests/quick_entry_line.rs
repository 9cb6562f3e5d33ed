//! The line of quick entry under the hand: its keys, what it shows, and a stranger's first minute with it.

use egui::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::domain::{Book, Client, Deal, Invoice};
use rapport::state::{Overlay, State};

use crate::desk::Desk;
use crate::facts::day;
use crate::window::{Machine, Window, put};

const EMPTY: &str = "(\n    format: 1,\n    business: (currency: \"EUR\"),\n)\n";

/// What the line holds, while it is open.
fn line(state: &State) -> Option<&str> {
    matches!(state.session.overlay, Some(Overlay::Quick)).then_some(state.session.quick.line.as_str())
}

fn names(book: &Book) -> Vec<String> {
    book.clients().map(|client| client.client.name.clone()).collect()
}

/// Types a line and ends it with keys; gives how many keys that were.
fn enter(window: &mut Window, text: &str, end: &str) -> usize {
    window.types(text);
    window.press(end);
    text.chars().count() + end.split(' ').count()
}

#[test]
fn a_stranger_enters_client_deal_invoice_payment_and_follow_up_in_under_130_presses() {
    let machine = Machine::new();
    let path = machine.path("empty.ron");
    put(&path, EMPTY);
    let mut window = machine.open(&path);
    window.press("a");
    let mut presses = 1;
    for (text, end) in [
        ("client Acme net 14", "shift+enter"),
        ("deal acme website 8000", "shift+enter"),
        ("invoice acme 2400 website", "shift+enter"),
        ("paid acme 2400", "shift+enter"),
        ("acme website next: call on tue", "enter"),
    ] {
        presses += enter(&mut window, text, end);
    }
    println!("{presses} presses");
    // Two a second are slow, and these are in time within a minute.
    assert!(presses <= 120, "{presses} presses");
    assert_eq!(line(window.state()), None, "Enter closes the line");
    let book = &window.state().book;
    let acme = book.clients().next().unwrap();
    let (client, facts): (&Client, _) = (&acme.client, &acme.facts);
    assert_eq!((client.name.as_str(), client.terms_days), ("Acme", Some(14)));
    let deal: &Deal = &facts.deals[0];
    assert_eq!(deal.value.unwrap().to_string(), "8000.00 EUR");
    assert_eq!(deal.next_step.as_ref().map(|step| step.what.as_str()), Some("call"));
    let invoice: &Invoice = &facts.invoices[0];
    assert_eq!((invoice.number.as_str(), invoice.deal.as_ref()), ("1", Some(&deal.id)));
    assert!(invoice.open().is_zero() && invoice.payments.len() == 1);
    assert_eq!(window.state().history.depth(), 5, "each line is one step");
    window.press("z z z z z");
    assert_eq!(names(&window.state().book), Vec::<String>::new());
}

#[test]
fn the_line_opens_anywhere_takes_every_plain_key_as_text_and_keeps_its_draft() {
    let machine = Machine::new();
    let mut window = machine.start();
    let before = window.state().book.clone();
    for view in ["ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4"] {
        window.press(view);
        window.press("a");
        // What was left there is selected, so that typing begins anew.
        assert!(line(window.state()).is_some());
        window.types("zxq 123 /?[]=+- wJK");
        assert_eq!(line(window.state()), Some("zxq 123 /?[]=+- wJK"));
        window.press("esc");
        assert_eq!(line(window.state()), None);
        window.press("a");
        assert_eq!(line(window.state()), Some("zxq 123 /?[]=+- wJK"), "the draft is kept");
        window.types("h");
        assert_eq!(line(window.state()), Some("h"));
        window.press("enter");
        assert_eq!(line(window.state()), Some("h"), "what is not understood is not entered");
        window.press("esc");
    }
    assert!(window.state().book.is_same(&before));
}

#[test]
fn tab_takes_a_completion_and_the_caret_goes_on_behind_it() {
    let machine = Machine::new();
    let path = machine.path("small.ron");
    put(
        &path,
        "(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [(id: \"n\", name: \"Nordlicht GmbH\")],\n)\n",
    );
    let mut window = machine.open(&path);
    window.press("a");
    window.types("call nor");
    window.press("tab");
    assert_eq!(line(window.state()), Some("call Nordlicht GmbH "));
    window.types("yesterday");
    assert_eq!(line(window.state()), Some("call Nordlicht GmbH yesterday"));
    window.press("enter");
    assert_eq!(window.state().book.clients().next().unwrap().facts.touches.len(), 1);
    assert!(window.notice().contains("Logged touch with Nordlicht GmbH"), "{}", window.notice());
}

#[test]
fn chips_are_a_list_a_question_is_announced_and_a_click_answers_it() {
    let machine = Machine::new();
    let path = machine.path("two.ron");
    put(
        &path,
        "(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [\n        (id: \"a\", name: \"Blue Harbour\"),\n        (id: \"b\", name: \"Red Harbour\"),\n    ],\n)\n",
    );
    let mut window = machine.open(&path);
    window.press("a");
    window.types("called harbour: hello");
    let labels = |window: &Window, role: Role| -> Vec<String> {
        window.harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
    };
    assert!(labels(&window, Role::List).contains(&"Understood".to_owned()));
    assert!(
        labels(&window, Role::ListItem).contains(&"Call".to_owned()),
        "{:?}",
        labels(&window, Role::ListItem)
    );
    assert_eq!(labels(&window, Role::Alert), ["Which client?"]);
    window.harness.get_by_role_and_label(Role::ListBoxOption, "Red Harbour").click();
    window.harness.step();
    window.harness.step();
    assert_eq!(labels(&window, Role::Alert), Vec::<String>::new());
    assert!(window.shows("Logged touch with Red Harbour"), "what Enter does is said");
    window.press("enter");
    assert_eq!(window.state().book.clients().nth(1).unwrap().facts.touches.len(), 1);
}

#[test]
fn enter_leads_into_what_is_asked_and_escape_out_of_it_step_by_step() {
    let book = crate::facts::book(&[
        r#"client (id: "a", name: "Blue Harbour")"#,
        r#"client (id: "b", name: "Red Harbour")"#,
    ]);
    let mut desk = Desk::of(book, day("2026-11-20"));
    desk.press("a");
    desk.type_text("called harbour");
    desk.press("enter");
    assert_eq!(desk.state.session.quick.cursor, Some(0));
    desk.press("down enter");
    assert_eq!(desk.state.session.quick.answers.len(), 1);
    desk.press("esc");
    assert!(desk.state.session.quick.answers.is_empty(), "the answer is taken back first");
    desk.press("ctrl+1 enter");
    assert_eq!(desk.state.book.clients().next().unwrap().facts.touches.len(), 1);
    assert_eq!(line(&desk.state), None);
    assert_eq!(desk.state.session.quick.line, "", "what is entered is no draft any more");
}

#[test]
fn the_empty_line_leads_to_the_forms() {
    let mut desk = Desk::sample();
    desk.press("a up enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "{:?}", desk.state.session.overlay);
}

#[test]
fn what_is_typed_into_a_line_that_was_opened_for_cards_is_the_event() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("shift+a 1");
    window.types("Fair");
    assert_eq!(window.state().session.quick.line, "cards: Fair");
}

#[test]
fn a_command_opens_the_line_for_business_cards_and_what_was_typed_comes_back_after_them() {
    let mut desk = Desk::sample();
    desk.press("shift+a 1");
    assert_eq!(line(&desk.state), Some("cards: "));
    desk.press("esc");
    desk.press("a");
    desk.type_text("okapi paid");
    desk.press("esc");
    desk.press("shift+a 1");
    assert_eq!(line(&desk.state), Some("cards: "));
    // Without a card it comes back at once.
    desk.press("esc a");
    assert_eq!(line(&desk.state), Some("okapi paid"));
    desk.press("esc");
    desk.press("shift+a 1");
    desk.type_text("cards: Design fair, 12 nov");
    desk.press("enter");
    desk.type_text("Mia Vogt, mia@vogt.example");
    desk.press("enter");
    let clients = desk.state.book.clients().count();
    desk.press("enter");
    assert_eq!((desk.state.book.clients().count(), line(&desk.state)), (clients + 1, Some("okapi paid")));
    // A stack that was begun goes on.
    desk.press("esc");
    desk.state.session.quick = rapport::state::QuickPlace::default();
    desk.press("shift+a 1");
    desk.type_text("cards: Design fair, 12 nov");
    desk.press("esc");
    desk.press("shift+a 1");
    assert_eq!(line(&desk.state), Some("cards: Design fair, 12 nov"));
}

#[test]
fn nothing_is_entered_while_an_earlier_day_is_looked_at() {
    let mut desk = Desk::sample();
    desk.press("[ a");
    assert_eq!(line(&desk.state), None);
    assert!(desk.notice().contains("come back to today"), "{}", desk.notice());
}

#[test]
fn cards_are_stacked_line_by_line_and_entered_in_one_step() {
    let mut desk = Desk::of(crate::facts::book(&[]), day("2026-11-20"));
    desk.press("a");
    for card in ["cards: Design fair, 12 nov", "Lena Park, Globex", "Karl Ott, wants a logo"] {
        desk.type_text(card);
        desk.press("enter");
    }
    assert_eq!(desk.state.session.quick.stack.len(), 3);
    assert_eq!(desk.state.history.depth(), 0, "nothing is entered yet");
    // The last card comes back to be changed.
    desk.press("up");
    assert_eq!(desk.state.session.quick.line, "Karl Ott, wants a logo");
    desk.type_text("Karla Ott, wants a logo");
    desk.press("enter enter");
    assert_eq!(names(&desk.state.book).len(), 2);
    assert!(desk.notice().contains("Met 2 people at the Design fair"), "{}", desk.notice());
    desk.press("z");
    assert!(names(&desk.state.book).is_empty());
}

#[test]
fn lines_that_are_pasted_together_come_one_after_another() {
    let machine = Machine::new();
    let path = machine.path("empty.ron");
    put(&path, EMPTY);
    let mut window = machine.open(&path);
    window.press("a");
    window.paste("client Acme net 14\r\n\n  nonsense here\ndeal acme website 8000\n");
    assert_eq!(line(window.state()), Some("client Acme net 14"));
    assert!(window.shows("2 more lines wait, next: nonsense here"));
    window.press("enter");
    assert_eq!(line(window.state()), Some("nonsense here"), "the next one is put, the line stays open");
    window.press("enter");
    assert_eq!(line(window.state()), Some("nonsense here"), "what is not understood is not passed over");
    window.press("ctrl+a");
    window.types(" ");
    window.press("enter");
    assert_eq!(line(window.state()), Some("deal acme website 8000"), "an emptied line is");
    window.press("enter");
    assert_eq!(line(window.state()), None, "the last one closes the line");
    assert_eq!(window.state().history.depth(), 2);

    window.press("a");
    window.paste("cards: Fair\nLena Park, Globex\nKarl Ott");
    window.press("enter enter enter");
    assert_eq!(window.state().session.quick.stack.len(), 3, "cards stack");
    window.press("enter");
    assert_eq!(names(&window.state().book), ["Acme", "Globex", "Karl Ott"]);

    window.press("a");
    window.paste("one\ntwo\nthree");
    window.press("esc");
    assert!(window.notice().contains("2 pasted lines were not entered"), "{}", window.notice());
    assert_eq!(line(window.state()), Some("one"));
}

#[test]
fn enter_struck_twice_or_held_enters_once() {
    let book = crate::facts::book(&[r#"client (id: "a", name: "Acme")"#]);
    let mut desk = Desk::of(book, day("2026-11-20"));
    desk.press("a");
    desk.type_text("spent 49 on stamps");
    desk.press("enter enter");
    assert_eq!(desk.state.history.depth(), 1);
    desk.press("esc esc a");
    desk.type_text("spent 12 on coffee");
    desk.hold("enter", 6);
    assert_eq!(desk.state.history.depth(), 2);
    assert_eq!(desk.state.book.firm().expenses.len(), 2);
    // A question is not answered by holding the key that leads into it.
    desk.press("esc esc a");
    desk.type_text("call globex: hello");
    desk.hold("enter", 6);
    assert_eq!((desk.state.history.depth(), desk.state.session.quick.cursor), (2, Some(0)));
}

#[test]
fn escape_in_the_middle_keeps_the_line_and_changes_nothing() {
    let mut desk = Desk::sample();
    let before = desk.state.book.clone();
    desk.press("a");
    desk.type_text("invoice nordu");
    desk.press("down esc");
    assert!(line(&desk.state).is_some(), "the choice is let go first");
    desk.press("esc");
    assert_eq!(line(&desk.state), None);
    desk.press("a");
    assert_eq!(line(&desk.state), Some("invoice nordu"));
    assert!(desk.state.book.is_same(&before) && desk.state.history.depth() == 0);
}
