//! Editing by keys and forms: what it does to the book, and that undo takes all of it back.

use proptest::prelude::*;
use rapport::command::commands;
use rapport::domain::{Book, ClientId, Currency, Direction, Party, Table};
use rapport::state::{Action, FormKind, LeverKind, Overlay, Target, Tone};

use crate::desk::Desk;

const TODAY: &str = "2026-11-20";

fn empty() -> Desk {
    Desk::of(Book::empty(Currency::EUR), TODAY.parse().unwrap())
}

/// A client, a deal and an invoice, all by keys.
fn with_a_client() -> Desk {
    let mut desk = empty();
    desk.press("shift+a c");
    desk.fill("Name", "Ahorn Verlag");
    desk.fill("Met why", "wants a catalogue");
    desk.press("enter");
    desk
}

#[test]
fn a_client_a_deal_an_invoice_its_payment_and_a_touch_are_added_by_keys_alone() {
    let mut desk = with_a_client();
    assert_eq!(desk.notice(), "Added Ahorn Verlag");
    desk.press("shift+a d");
    desk.fill("Client", "ahorn");
    desk.fill("Title", "Autumn catalogue");
    desk.fill("Value", "4,800");
    desk.fill("Next step", "call about paper");
    desk.fill("Next step due", "fri");
    desk.press("enter");
    desk.press("shift+a i");
    desk.fill("Client", "ahorn");
    desk.fill("Results", "Concept 1,200; Hosting 12 x 15");
    desk.fill("Tax", "19%");
    assert_eq!(desk.field("Results").1.as_deref(), Some("2 lines, 1,380.00 EUR net"));
    desk.press("enter");
    desk.press("p");
    desk.fill("Invoice", "1");
    desk.fill("Amount", "1.642,20");
    desk.press("enter");
    desk.press("n");
    desk.fill("Client", "ahorn");
    desk.fill("Note", "thanked for the quick payment");
    desk.press("enter");

    let client = desk.state.book.clients().next().unwrap();
    let deal = &client.facts.deals[0];
    assert_eq!(deal.value.unwrap().to_string(), "4800.00 EUR");
    assert_eq!(deal.stage().unwrap().stage, "engaged");
    assert_eq!(deal.next_step.as_ref().unwrap().due.to_string(), "2026-11-27");
    let invoice = &client.facts.invoices[0];
    assert_eq!(invoice.total().to_string(), "1642.20 EUR");
    assert_eq!(invoice.due.to_string(), "2026-12-20");
    assert!(invoice.open().is_zero());
    assert_eq!(client.facts.touches[0].direction, Direction::Out);
    assert_eq!(desk.state.history.depth(), 5);
}

#[test]
fn undoing_everything_gives_the_same_book_and_redoing_it_the_edited_one() {
    let mut desk = with_a_client();
    let edited = desk.state.book.clone();
    desk.press("z");
    assert_eq!(desk.state.book.clients().len(), 0);
    assert_eq!(desk.notice(), "Undone: Added Ahorn Verlag");
    desk.press("z");
    assert_eq!(desk.notice(), "There is nothing to undo");
    desk.press("ctrl+shift+z");
    assert!(desk.state.book.is_same(&edited));
}

#[test]
fn a_form_says_what_stands_in_the_way_and_commits_nothing() {
    let mut desk = with_a_client();
    let before = desk.state.book.clone();
    desk.press("shift+a i");
    desk.fill("Client", "nobody");
    desk.fill("Results", "Website");
    desk.fill("Issued", "tomorrow");
    assert_eq!(desk.field("Client").0.as_deref(), Some("there is no such client"));
    assert_eq!(
        desk.field("Results").0.as_deref(),
        Some("\"Website\": expected a result and its price, such as Website 2,400")
    );
    assert_eq!(
        desk.field("Issued").0.as_deref(),
        Some("this day lies ahead: a fact is noted on the day it happened")
    );
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))));
    assert!(desk.state.book.is_same(&before));
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none());
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn a_payment_before_its_invoice_or_above_what_is_open_is_refused_with_the_reason() {
    let mut desk = with_a_client();
    desk.press("shift+a i");
    desk.fill("Client", "ahorn");
    desk.fill("Results", "Concept 100");
    desk.press("enter");
    desk.press("p");
    desk.fill("Invoice", "1");
    desk.fill("Amount", "150");
    assert_eq!(desk.field("Amount").0.as_deref(), Some("50.00 EUR more than is open"));
    desk.fill("Amount", "50");
    desk.fill("Paid on", "-3d");
    assert_eq!(desk.field("Paid on").0.as_deref(), Some("the invoice was issued later, on 20 Nov 2026"));
    desk.fill("Paid on", "today");
    desk.press("enter");
    assert_eq!(desk.state.book.clients().next().unwrap().facts.invoices[0].open().to_string(), "50.00 EUR");
}

#[test]
fn a_promise_that_is_moved_keeps_the_day_it_was_promised_for_first() {
    let mut desk = with_a_client();
    desk.press("shift+a r");
    desk.fill("Client", "ahorn");
    desk.fill("What", "send the proofs");
    desk.fill("Due", "2026-11-25");
    desk.press("enter");
    desk.state.today = "2026-11-24".parse().unwrap();
    let promise = desk.state.book.clients().next().unwrap().facts.promises[0].clone();
    assert_eq!(promise.by, Party::Me);
    let target = rapport::state::Target::Record(Table::Promises, promise.id.to_string());
    desk.act(Action::OpenForm(rapport::state::FormKind::Promise, target));
    desk.fill("Due", "+3d");
    desk.press("enter");
    let promise = desk.state.book.clients().next().unwrap().facts.promises[0].clone();
    assert_eq!(promise.due.to_string(), "2026-11-25");
    assert_eq!(promise.due_now().to_string(), "2026-11-27");
}

#[test]
fn completions_offer_what_is_known_and_enter_takes_the_chosen_one() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.press("shift+a t");
    desk.fill("Client", "");
    let offered = desk.shown().form.unwrap().fields[0].completions.clone();
    assert!(!offered.is_empty());
    desk.press("down");
    desk.press("enter");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("the form stays open") };
    assert_eq!(form.values[0], offered[0]);
    assert_eq!(form.focus, 1);
}

#[test]
fn removing_a_client_asks_and_names_what_goes_with_it() {
    let mut desk = Desk::sample();
    desk.press("g c");
    desk.press("del");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert!(asked.question.starts_with("Remove the client"), "{}", asked.question);
    assert!(asked.consequence.contains("facts known about it go with it"), "{}", asked.consequence);
    let before = desk.state.book.clone();
    desk.press("n");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn what_names_the_removed_is_told_before_and_stays_without_naming_it() {
    let mut desk = with_a_client();
    desk.press("shift+a d");
    desk.fill("Client", "ahorn");
    desk.fill("Title", "Catalogue");
    desk.press("enter");
    desk.press("shift+a i");
    desk.fill("Client", "ahorn");
    desk.fill("Results", "Concept 100");
    desk.fill("Deal", "catalogue");
    desk.press("enter");
    desk.press("g b");
    desk.press("del");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert_eq!(
        asked.consequence,
        "Only this goes. 1 invoice names it, and stays without that. Undo brings it back."
    );
    let before = desk.state.book.clone();
    desk.press("enter");
    let facts = desk.state.book.clients().next().unwrap().facts.clone();
    assert_eq!((facts.deals.len(), facts.invoices.len(), facts.invoices[0].deal.as_ref()), (0, 1, None));
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn an_earlier_day_is_for_looking_only() {
    let mut desk = Desk::sample();
    let book = desk.state.book.clone();
    desk.press("{");
    desk.press("e");
    assert_eq!(desk.state.session.notice.as_ref().unwrap().tone, Tone::Refused);
    assert!(desk.notice().starts_with("You are looking at 13 Nov 2026"), "{}", desk.notice());
    desk.press("shift+a c");
    assert!(desk.state.session.overlay.is_none());
    assert!(desk.state.book.is_same(&book));
    desk.press("\\");
    assert_eq!(desk.state.as_of, None);
    desk.press("]");
    assert_eq!(desk.state.as_of, None, "there is nothing after today");
}

#[test]
fn handling_an_item_leaves_the_hand_on_the_row_below() {
    let mut desk = Desk::sample();
    desk.press("j");
    let shown = desk.shown();
    let below = shown.item(2).unwrap().id.clone();
    desk.press("e");
    let shown = desk.shown();
    let row = shown.row(&desk.state.session).unwrap();
    assert_eq!(row, 1);
    assert_eq!(shown.item(row).unwrap().id, below);
    desk.press("z");
    let shown = desk.shown();
    assert_eq!(shown.row(&desk.state.session), Some(1));
    assert_ne!(shown.item(1).unwrap().id, below, "undo brings row and hand back");
}

#[test]
fn an_item_is_put_off_by_a_preset_or_a_typed_day_and_comes_back_then() {
    let mut desk = Desk::sample();
    let shown = desk.shown();
    let (first, whose) = (shown.item(0).unwrap().id.clone(), shown.item(0).unwrap().client_name.clone());
    desk.press("s");
    desk.press("1");
    assert_eq!(desk.notice(), format!("Snoozed until Sat 21 Nov · {whose}"));
    assert!(desk.shown().figures.today.items.iter().all(|item| item.id != first));
    desk.state.today = "2026-11-21".parse().unwrap();
    assert!(desk.shown().figures.today.items.iter().any(|item| item.id == first));
    let whose =
        desk.shown().item(desk.shown().row(&desk.state.session).unwrap()).unwrap().client_name.clone();
    desk.press("s");
    desk.press("6");
    desk.fill("Comes back", "+10d");
    assert_eq!(desk.field("Comes back").1.as_deref(), Some("Tue 1 Dec, in 10 days"));
    desk.press("enter");
    assert_eq!(desk.notice(), format!("Snoozed until Tue 1 Dec · {whose}"));
}

/// A client whose invoice is late, with a reply of today and a question of theirs.
fn with_a_late_invoice() -> Desk {
    let mut desk = with_a_client();
    desk.press("shift+a i");
    desk.fill("Client", "ahorn");
    desk.fill("Number", "7");
    desk.fill("Results", "Site 1,000");
    desk.fill("Issued", "-60d");
    desk.fill("Due", "-30d");
    desk.press("enter");
    desk.press("g t");
    assert!(
        desk.shown().figures.today.items.iter().any(|it| it.kind.is_about_invoice()),
        "{}",
        desk.notice()
    );
    desk
}

/// Puts the hand on the late invoice; gives its id.
fn at_the_late_invoice(desk: &mut Desk) -> String {
    let shown = desk.shown();
    let row =
        (0..shown.today.len()).find(|row| shown.item(*row).is_some_and(|it| it.kind.is_about_invoice()));
    desk.press("home");
    for _ in 0..row.unwrap() {
        desk.press("j");
    }
    shown.item(row.unwrap()).unwrap().id.clone()
}

fn replies(desk: &mut Desk) {
    desk.press("shift+a t");
    desk.fill("Client", "ahorn");
    desk.fill("Who spoke", "they did");
    desk.fill("How", "mail");
    desk.press("enter");
}

#[test]
fn an_item_put_off_until_they_reply_comes_back_with_the_next_word_even_on_that_day() {
    let mut desk = with_a_late_invoice();
    replies(&mut desk);
    let id = at_the_late_invoice(&mut desk);
    let waits = |desk: &Desk| desk.shown().figures.today.items.iter().all(|item| item.id != id);
    desk.press("s");
    desk.press("4");
    assert_eq!(desk.notice(), "Snoozed until they reply, or Sun 20 Dec · Ahorn Verlag");
    assert!(waits(&desk), "the word of this morning was read already");
    replies(&mut desk);
    assert!(!waits(&desk), "they wrote again");
    desk.press(".");
    at_the_late_invoice(&mut desk);
    desk.press("s");
    desk.press("enter");
    desk.fill("Comes back", "if no reply 5d");
    assert_eq!(desk.field("Comes back").1.as_deref(), Some("if no reply by Wed 25 Nov, in 5 days"));
    desk.press("enter");
    assert_eq!(desk.notice(), "Back on Wed 25 Nov if they do not reply · Ahorn Verlag");
    assert!(waits(&desk), "both words of this day were read already");
    desk.state.today = "2026-11-25".parse().unwrap();
    assert!(!waits(&desk));
}

#[test]
fn a_dismissed_item_says_why_and_undo_brings_row_and_hand_back() {
    let mut desk = Desk::sample();
    desk.press("j");
    let (item, below) = (desk.shown().item(1).unwrap().id.clone(), desk.shown().item(2).unwrap().id.clone());
    let whose = desk.shown().item(1).unwrap().client_name.clone();
    desk.press("del");
    desk.press("enter");
    assert_eq!(desk.field("Why").0.as_deref(), Some("Why must be filled in"));
    desk.fill("Why", "settled by phone");
    desk.press("enter");
    assert_eq!(desk.notice(), format!("Dismissed: settled by phone · {whose}"));
    let shown = desk.shown();
    assert_eq!(shown.row(&desk.state.session), Some(1));
    assert_eq!(shown.item(1).unwrap().id, below);
    let marks = desk.state.book.clients().flat_map(|client| &client.facts.handled);
    assert!(
        marks.into_iter().any(|it| it.item == item && it.dismissed.as_deref() == Some("settled by phone"))
    );
    desk.press("z");
    let shown = desk.shown();
    assert_eq!(
        (shown.row(&desk.state.session), shown.item(1).unwrap().id.as_str()),
        (Some(1), item.as_str())
    );
}

#[test]
fn what_was_marked_is_back_when_a_payment_of_the_same_day_changes_it_and_away_after_that_is_marked_too() {
    let part = |times: usize| {
        let payments = r#"(day: "2026-11-20", amount: "1 EUR"),"#.repeat(times);
        format!(
            r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-01", due: "2026-11-03",
                lines: [(result: "Site", price: "1000 EUR")], payments: [{payments}])"#
        )
    };
    let acme = r#"client (id: "acme", name: "Acme", added: "2026-01-01")"#;
    for keys in [&["e"][..], &["x", "e"], &["del", "settled", "enter"]] {
        let mut desk = Desk::of(crate::facts::book(&[acme, &part(0)]), TODAY.parse().unwrap());
        for times in 1..3 {
            for key in keys {
                if *key == "settled" { desk.fill("Why", key) } else { desk.press(key) }
            }
            assert_eq!(desk.shown().figures.today.items.len(), 0, "{keys:?} {times}");
            let paid = crate::facts::book(&[acme, &part(times)]).find(Table::Invoices, "i").unwrap();
            desk.act(Action::Edit(rapport::state::Edit {
                label: "x".to_owned(),
                changes: vec![rapport::state::Change::Put(paid)],
            }));
            assert_eq!(desk.shown().figures.today.items.len(), 1, "{keys:?} {times}");
            desk.press(".");
        }
    }
}

#[test]
fn a_typed_snooze_that_is_not_ahead_or_has_nobody_to_wait_for_is_refused() {
    let mut desk = Desk::sample();
    desk.press("s");
    desk.press("6");
    desk.fill("Comes back", "today");
    desk.press("enter");
    assert_eq!(desk.field("Comes back").0.as_deref(), Some("choose a day after today"));
    desk.fill("Comes back", "soon");
    desk.press("enter");
    assert!(desk.field("Comes back").0.unwrap().contains("if no reply 5d"));
    desk.press("esc");
    let whole = Target::Item("implausible-number:business:".to_owned(), None);
    desk.act(Action::OpenForm(FormKind::Snooze, whole));
    desk.fill("Comes back", "reply");
    desk.press("enter");
    assert_eq!(desk.field("Comes back").0.as_deref(), Some("it is about no client: choose a day"));
}

#[test]
fn a_deal_moved_past_a_gate_is_warned_about_and_not_blocked() {
    let mut desk = with_a_client();
    desk.press("shift+a d");
    desk.fill("Client", "ahorn");
    desk.fill("Title", "Catalogue");
    desk.press("enter");
    desk.press("g b");
    desk.press("m 5");
    let deal = &desk.state.book.clients().next().unwrap().facts.deals[0].clone();
    assert_eq!(deal.stage().unwrap().stage, "in_work");
    assert_eq!(deal.stage().unwrap().day.to_string(), TODAY);
    assert!(deal.stage().unwrap().override_of.is_some(), "the override is a fact");
    assert!(desk.notice().contains("Mind:"), "{}", desk.notice());
    desk.press("shift+h");
    let deal = &desk.state.book.clients().next().unwrap().facts.deals[0].clone();
    assert_eq!(deal.stage().unwrap().stage, "agreed", "of two facts on one day the later one holds");
    desk.press("shift+w");
    desk.fill("Why", "took somebody else");
    desk.press("enter");
    let deal = &desk.state.book.clients().next().unwrap().facts.deals[0].clone();
    assert_eq!(deal.stage().unwrap().stage, "lost");
    assert_eq!(deal.stages.len(), 4);
}

#[test]
fn what_an_old_book_knows_of_later_days_is_no_fault_while_one_works_through_it() {
    use rapport::store::import::{Options, plan};
    let csv = include_bytes!("fixtures/late_payments.csv");
    let book = plan(csv, &Options::default(), &Book::empty(Currency::USD)).unwrap().apply();
    let mut desk = Desk::of(book, "2013-06-30".parse().unwrap());
    let faults = |desk: &Desk| {
        let shown = desk.shown();
        shown.figures.today.items.iter().filter(|item| item.kind.token() == "implausible-number").count()
    };
    assert!(faults(&desk) > 600, "by a clock of that day they lie ahead");
    desk.state.clock = TODAY.parse().unwrap();
    assert_eq!(faults(&desk), 0);
}

#[test]
fn a_new_book_starts_with_one_client_and_what_is_owed() {
    let mut desk = Desk::sample();
    desk.act(Action::StartBook);
    desk.fill("Client", "Ostwind Segelschule");
    desk.fill("They owe", "1,200");
    desk.fill("Due", "-5d");
    desk.press("enter");
    assert_eq!(desk.state.book.clients().len(), 1);
    let items = &desk.shown().figures.today.items.clone();
    assert_eq!(items.first().map(|item| item.kind.token()), Some("overdue-invoice"), "{items:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is pressed: nothing panics, the book never changes without a step of undo, and undoing all of them gives
    /// the very book one began with.
    #[test]
    fn undoing_everything_gives_the_same_book_after_any_keys(
        presses in prop::collection::vec((0..commands().count(), 0..6_usize), 1..60)
    ) {
        let mut desk = Desk::sample();
        let first = desk.state.book.clone();
        let all: Vec<_> = commands().collect();
        for (command, text) in presses {
            let before = (desk.state.book.clone(), desk.state.history.depth());
            let id = all[command].id;
            if matches!(id, "file.start" | "app.quit") {
                continue;
            }
            desk.act(Action::Run(id));
            if matches!(desk.state.session.overlay, Some(Overlay::Form(_))) {
                desk.type_text(["", "today", "12", "a", "+3d", "Ahorn 100"][text]);
            }
            let undoable = desk.state.history.depth() != before.1;
            prop_assert!(desk.state.book.is_same(&before.0) || undoable, "{id} changed the book without an undo step");
        }
        desk.state.as_of = None;
        while desk.state.history.next_undo().is_some() {
            desk.act(Action::Undo);
        }
        prop_assert!(desk.state.book.is_same(&first));
    }
}

#[test]
fn two_copies_edited_apart_never_make_the_same_id() {
    let ids = |seed: u64| {
        let mut desk = Desk::of(Book::empty(Currency::EUR), TODAY.parse().unwrap());
        desk.state = rapport::state::State::new(desk.state.book, desk.state.today, seed);
        desk.press("shift+a c");
        desk.fill("Name", "Ahorn");
        desk.press("enter");
        desk.state.book.clients().next().unwrap().id().clone()
    };
    let (one, other): (ClientId, ClientId) = (ids(1), ids(2));
    assert_ne!(one, other);
}

/// Every key without Ctrl that types or edits text.
fn plain_keys() -> Vec<String> {
    let letters = ('a'..='z').map(String::from);
    let shifted = ('a'..='z').map(|letter| format!("shift+{letter}"));
    let digits = ('0'..='9').map(String::from);
    let signs =
        ["/", "?", "[", "]", "\\", "=", "+", "-", ".", ",", "space", "del", "home", "end", "left", "right"];
    letters.chain(shifted).chain(digits).chain(signs.map(str::to_owned)).collect()
}

#[test]
fn no_plain_key_is_a_command_in_any_field() {
    let mut desk = with_a_client();
    let client = desk.state.book.clients().next().unwrap().id().clone();
    let before = desk.state.book.clone();
    let stays = |desk: &mut Desk, place: &str| {
        let overlay = format!("{:?}", desk.state.session.overlay);
        for key in plain_keys() {
            desk.press(&key);
            assert!(desk.state.book.is_same(&before), "{key} changed the book in {place}");
            assert_eq!(format!("{:?}", desk.state.session.overlay), overlay, "{key} acted in {place}");
            assert!(desk.state.session.prefix.is_none(), "{key} began a command in {place}");
        }
    };
    let levers = LeverKind::ALL.into_iter().map(FormKind::Lever);
    let assumed = [FormKind::KeepScenario, FormKind::OpenScenario];
    for kind in FormKind::ALL.into_iter().chain(levers).chain(assumed) {
        desk.act(Action::OpenForm(kind, Target::New(Some(client.clone()))));
        let fields = kind.spec().fields.len();
        for field in 0..fields {
            desk.act(Action::FocusField(field));
            stays(&mut desk, &format!("{} of {kind:?}", kind.spec().fields[field].label));
        }
        desk.press("esc");
    }
    for (keys, place) in [("ctrl+k", "the palette"), ("a", "quick entry"), ("ctrl+o", "the path")] {
        desk.press(keys);
        assert!(desk.state.session.overlay.is_some(), "{place}");
        stays(&mut desk, place);
        desk.press("esc");
    }
    desk.press("g t");
    desk.press("/");
    assert!(desk.state.session.filtering);
    stays(&mut desk, "the filter");
    assert!(desk.state.session.filtering);
}
