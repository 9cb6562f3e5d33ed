//! Working through the queue: selecting, acting on all that is selected, the order that rows keep, and what became of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rapport::command::{Suggestion, commands, meaning, suggestions, with_keys};
use rapport::domain::{AnyRecord, Book, Business, Template, TouchKind};
use rapport::figures::today::{Done, ItemKind};
use rapport::figures::{Letter, Memo, forecast::Outlook};
use rapport::state::{Action, Cursor, Overlay, Shown, State, View, reduce};

use crate::desk::Desk;
use crate::facts::{book, book_of, day, read};

const TODAY: &str = "2026-11-20";

/// Five clients who each owe an invoice that is late, the dearest first, and are each owed something; two things that
/// expire.
fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    for (at, name) in ["ada", "bob", "cid", "dan", "eve"].into_iter().enumerate() {
        let price = 9_000 - 1_000 * at;
        lines.push(format!(
            r#"client (id: "{name}", name: "{name} Ltd", people: [(name: "{name}", mail: "{name}@example.org")])"#
        ));
        lines.push(format!(
            r#"invoice (id: "{name}-1", number: "{at}", client: "{name}", issued: "2026-09-01", due: "2026-10-01",
            lines: [(result: "Site", price: "{price} EUR")])"#
        ));
        lines.push(format!(
            r#"promise (id: "{name}-p", client: "{name}", by: me, what: "Draft {at}", made: "2026-11-01", due: "2026-11-20")"#
        ));
    }
    for name in ["ada", "bob"] {
        lines.push(format!(
            r#"renewal (id: "{name}-r", what: "{name}.org", client: "{name}", noted: "2025-12-01", expires: "2026-12-10", price: "30 EUR", contacts: ["Ann", "Ben"])"#
        ));
    }
    lines
}

fn desk() -> Desk {
    let lines = lines();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Desk::of(book(&lines), day(TODAY))
}

fn rows_of(shown: &Shown) -> Vec<String> {
    (0..shown.today.len()).filter_map(|row| shown.item(row)).map(|item| item.id.clone()).collect()
}

fn rows(desk: &Desk) -> Vec<String> {
    rows_of(&desk.shown())
}

fn selected(desk: &Desk) -> Vec<String> {
    desk.shown().selected_items().map(|item| item.id.clone()).collect()
}

fn at(desk: &Desk) -> String {
    let shown = desk.shown();
    shown.row(&desk.state.session).and_then(|row| shown.item(row)).map(|item| item.id.clone()).unwrap()
}

/// Puts the hand on the first item of a kind.
fn go_to(desk: &mut Desk, kind: ItemKind) {
    desk.press("home");
    while !at(desk).starts_with(kind.token()) {
        desk.press("j");
    }
}

fn add(desk: &mut Desk, line: &str) {
    desk.act(Action::Edit(rapport::state::Edit {
        label: "From outside".to_owned(),
        changes: vec![rapport::state::Change::Put(read(line))],
    }));
}

#[test]
fn x_selects_the_row_and_steps_below_and_esc_clears_the_filter_before_the_selection() {
    let mut desk = desk();
    let all = rows(&desk);
    desk.press("x x");
    assert_eq!(selected(&desk), all[..2]);
    assert_eq!(at(&desk), all[2]);
    desk.press("k x");
    assert_eq!(selected(&desk), all[..1], "again: no longer");
    desk.press("/");
    desk.type_text("ltd");
    desk.press("esc");
    assert_eq!(desk.state.session.filters.of(View::Today), "ltd", "the field first");
    desk.press("esc");
    assert_eq!(desk.state.session.filters.of(View::Today), "", "then the filter");
    assert_eq!(selected(&desk), all[..1]);
    desk.press("esc");
    assert!(selected(&desk).is_empty());
    desk.press("end x");
    assert_eq!(at(&desk), all[all.len() - 1], "there is no row below the last one");
}

#[test]
fn shift_j_and_k_extend_from_where_the_hand_began_and_come_back() {
    let mut desk = desk();
    let all = rows(&desk);
    desk.press("j j shift+j shift+down");
    assert_eq!(selected(&desk), all[2..5]);
    desk.press("shift+k");
    assert_eq!(selected(&desk), all[2..4]);
    desk.press("shift+up shift+up");
    assert_eq!(selected(&desk), all[1..3]);
    assert_eq!(at(&desk), all[1]);
    // Somewhere else another stretch begins, and the first one stays.
    desk.press("end shift+k");
    let two_stretches: Vec<String> = [&all[1..3], &all[all.len() - 2..]].concat();
    assert_eq!(selected(&desk), two_stretches);
}

#[test]
fn shift_x_selects_all_of_this_kind_and_again_none_of_it() {
    let mut desk = desk();
    go_to(&mut desk, ItemKind::MyPromiseDue);
    desk.press("shift+x");
    assert_eq!(selected(&desk).len(), 5);
    assert!(selected(&desk).iter().all(|id| id.starts_with("my-promise-due")));
    desk.press("shift+x");
    assert!(selected(&desk).is_empty());
    desk.press("ctrl+a");
    assert_eq!(selected(&desk).len(), rows(&desk).len());
    desk.press("ctrl+shift+a");
    assert!(selected(&desk).is_empty());
}

#[test]
fn handled_in_bulk_is_one_step_and_undo_brings_back_rows_cursor_and_selection() {
    let mut desk = desk();
    let (all, before) = (rows(&desk), desk.state.book.clone());
    desk.press("x j x x x");
    let (chosen, hand) = (selected(&desk), at(&desk));
    assert_eq!(chosen.len(), 4);
    desk.press("k e");
    assert_eq!(desk.notice(), "Handled 4 items");
    assert_eq!(desk.state.history.depth(), 1);
    assert!(selected(&desk).is_empty());
    let left: Vec<String> = all.iter().filter(|id| !chosen.contains(id)).cloned().collect();
    assert_eq!(rows(&desk), left);
    assert_eq!(at(&desk), hand, "the row below the last selected one");
    desk.press("z");
    assert_eq!(rows(&desk), all);
    assert_eq!(selected(&desk), chosen);
    assert_eq!(at(&desk), chosen[3]);
    assert!(desk.state.book.is_same(&before));
    desk.press("shift+z");
    assert_eq!(rows(&desk), left);
}

#[test]
fn the_cursor_goes_to_the_row_below_and_from_the_last_one_to_the_row_above() {
    let mut desk = desk();
    let all = rows(&desk);
    desk.press("j e");
    assert_eq!(at(&desk), all[2]);
    desk.press("end e");
    assert_eq!(at(&desk), all[all.len() - 2]);
    desk.press("z");
    assert_eq!(at(&desk), all[all.len() - 1]);
    desk.press("z");
    assert_eq!((at(&desk), rows(&desk)), (all[1].clone(), all));
}

#[test]
fn a_snooze_and_a_dismissal_apply_to_all_that_are_selected() {
    let mut desk = desk();
    let all = rows(&desk);
    desk.press("x x x s 3");
    assert_eq!(desk.notice(), "3 items: Snoozed until Fri 27 Nov");
    assert_eq!(rows(&desk), all[3..]);
    desk.press("z x x");
    desk.press("s");
    desk.press("6");
    desk.fill("Comes back", "when paid");
    desk.press("enter");
    assert!(desk.notice().starts_with("5 items: Snoozed until paid"), "{}", desk.notice());
    assert_eq!(rows(&desk), all[5..]);
    desk.press("z");
    desk.press("del");
    desk.fill("Why", "settled by phone");
    desk.press("enter");
    assert_eq!(desk.notice(), "Dismissed 5 items: settled by phone");
    assert_eq!(rows(&desk), all[5..]);
    assert!(selected(&desk).is_empty());
    let marks: Vec<Option<String>> = desk
        .state
        .book
        .clients()
        .flat_map(|client| client.facts.handled.iter().map(|mark| mark.dismissed.clone()))
        .collect();
    assert_eq!(marks, vec![Some("settled by phone".to_owned()); 5]);
    desk.press("z");
    assert_eq!(rows(&desk), all);
}

#[test]
fn queueing_in_bulk_queues_what_is_complete_and_keeps_the_rest_selected() {
    let mut desk = Desk::sample();
    desk.press("ctrl+a");
    let shown = desk.shown();
    let business = desk.state.book.business().clone();
    let letters = shown
        .selected_items()
        .map(|item| (item.id.clone(), rapport::figures::Letter::for_item(&business, &shown.figures, item)));
    let letters: Vec<_> = letters.collect();
    let unfilled: BTreeSet<String> = letters
        .iter()
        .filter(|(_, letter)| letter.as_ref().is_some_and(|letter| !letter.missing.is_empty()))
        .map(|(id, _)| id.clone())
        .collect();
    assert!(!unfilled.is_empty() && unfilled.len() < letters.len());
    let is_quoting = |letter: &rapport::figures::Letter| letter.missing.is_empty() && letter.quotes;
    let quoting: BTreeSet<String> = letters
        .iter()
        .filter(|(_, letter)| letter.as_ref().is_some_and(is_quoting))
        .map(|(id, _)| id.clone())
        .collect();
    // Of several to one client the first in the queue goes.
    let mut written = BTreeSet::new();
    let complete = letters.iter().filter_map(|(id, letter)| Some((id, letter.as_ref()?)));
    let more: BTreeSet<String> = complete
        .filter(|(_, letter)| {
            letter.missing.is_empty() && !letter.quotes && !written.insert(letter.client.clone())
        })
        .map(|(id, _)| id.clone())
        .collect();
    assert!(!more.is_empty());
    let waiting = shown.figures.outbox.waiting.len();
    desk.press("q");
    let queued = desk.shown().figures.outbox.waiting.len() - waiting;
    assert!(queued > 1);
    let says = format!("Queued {queued} letters · {} need filling in", unfilled.len());
    assert!(desk.notice().starts_with(&says), "{} / {says}", desk.notice());
    assert!(
        desk.notice().contains(&format!("{} are more to the same clients", more.len())),
        "{}",
        desk.notice()
    );
    let quote = format!("{} quote notes of yours: read them", quoting.len());
    assert!(desk.notice().contains(&quote), "{}", desk.notice());
    assert_eq!(queued, written.len());
    // A chase whose client is checked in on first waits for that, and is selected no more.
    let stand: BTreeSet<String> = rows(&desk).into_iter().collect();
    let rest = &(&unfilled | &more) | &quoting;
    assert_eq!(*desk.state.session.triage.selection.items, &rest & &stand);
    assert!(rest.difference(&stand).all(|id| id.starts_with("overdue-invoice")), "{:?}", &rest - &stand);
    assert_eq!(desk.state.history.depth(), 1);
    // Nor does a second press send them after it.
    desk.press("q");
    assert!(desk.notice().starts_with("Nothing was queued: "), "{}", desk.notice());
    assert_eq!(desk.shown().figures.outbox.waiting.len(), waiting + queued);
    desk.press("z");
    assert_eq!(desk.shown().figures.outbox.waiting.len(), waiting);
}

#[test]
fn a_touch_in_bulk_is_logged_once_with_each_client() {
    let mut desk = desk();
    go_to(&mut desk, ItemKind::OverdueInvoice);
    desk.press("shift+x");
    go_to(&mut desk, ItemKind::RenewalNear);
    desk.press("shift+x");
    assert_eq!(selected(&desk).len(), 7, "of five clients");
    desk.press("n");
    desk.fill("How", "phone");
    desk.fill("Note", "asked all");
    desk.fill("What about", "reminder to pay");
    desk.press("enter");
    assert_eq!(desk.notice(), "Logged a touch with each of 5 clients");
    assert_eq!(desk.state.history.depth(), 1);
    for client in desk.state.book.clients() {
        let [touch] = client.facts.touches.as_slice() else { panic!("{:?}", client.facts.touches) };
        assert_eq!(touch.kind, Some(TouchKind::Reminder));
        assert_eq!(touch.note.as_deref(), Some("asked all"));
        assert!(touch.invoice.is_some(), "each is about the invoice of its client");
        assert!(!touch.written);
    }
    assert!(selected(&desk).is_empty());
}

#[test]
fn somebody_new_who_asked_something_is_offered_an_answer_and_not_the_first_word() {
    let met = r#"client (id: "acme", name: "Acme", met: (day: "2026-11-15"))"#;
    let asked = r#"touch (id: "q", day: "2026-11-16", client: "acme", direction: in, answer_wanted: true)"#;
    let labels = |lines: &[&str]| -> Vec<String> {
        let desk = Desk::of(crate::facts::book(lines), crate::facts::day("2026-11-21"));
        let shown = desk.shown();
        let today = &shown.figures.today;
        let item = today.items.iter().find(|it| it.kind == ItemKind::NewContact).unwrap();
        let letter = Letter::for_item(desk.state.book.business(), &shown.figures, item);
        suggestions(item, letter.as_ref(), today).into_iter().map(|it| it.label().into_owned()).collect()
    };
    assert_eq!(labels(&[met])[1..], ["Log the first word", "Make it a deal"]);
    assert!(labels(&[met])[0].ends_with(" the first word"));
    assert_eq!(labels(&[met, asked]), ["Write your answer", "Log your answer", "Make it a deal"]);
}

#[test]
fn what_has_two_answers_offers_both_and_the_one_not_shown_is_read_before_it_waits() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", value: "4000 EUR",
        proposal: (sent: "2026-11-10"), stages: [(day: "2026-11-10", stage: "proposal")])"#;
    let push = |id: &str| {
        format!(r#"touch (id: "{id}", day: "2026-11-15", client: "acme", direction: in, kind: price_push)"#)
    };
    let client =
        |more: &str| format!(r#"client (id: "acme", name: "Acme", people: [(name: "Ada Roe")]{more})"#);
    let failed = client(
        r#", door_check: [(day: "2026-11-12", question: signs_agreement, answer: no), (day: "2026-11-12", question: pays_down, answer: no)]"#,
    );
    let (once, twice) = (push("a"), [push("a"), push("b")].join("\n"));
    for (lines, kind, label, subject) in [
        ([client(""), once], ItemKind::PricePushed, "Say no politely", "Site: the price stays as it is"),
        ([client(""), twice], ItemKind::PricePushed, "Offer less for less", "Site"),
        (
            [failed, String::new()],
            ItemKind::DoorCheckFailed,
            "Walk away politely",
            "Site: not by me this time",
        ),
    ] {
        let lines: Vec<&str> =
            lines.iter().flat_map(|it| it.lines()).filter(|it| !it.is_empty()).chain([deal]).collect();
        let mut desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-21"));
        go_to(&mut desk, kind);
        let shown = desk.shown();
        let item = shown.item(shown.row(&desk.state.session).unwrap()).unwrap();
        let offered = suggestions(item, shown.draft.as_ref(), &shown.figures.today);
        assert_eq!(offered[1].label(), label);
        let before = desk.state.book.clone();
        desk.press("2");
        assert!(desk.state.book.is_same(&before), "it is shown first");
        let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
        assert!(form.values[0].starts_with(subject), "{:?}", form.values);
        let text = form.values[2].replace("[less_scope?]", "the shop").replace("[signature?]", "Jo Linden");
        desk.fill("Text", &text);
        desk.press("ctrl+enter");
        assert_eq!(desk.notice(), "Queued the letter to Acme");
    }
}

#[test]
fn a_suggestion_is_done_for_all_where_all_offer_it_and_it_asks_for_nothing() {
    let mut desk = desk();
    go_to(&mut desk, ItemKind::RenewalNear);
    desk.press("shift+x");
    let shown = desk.shown();
    let item = shown.selected_items().next().unwrap();
    let letter = Letter::for_item(desk.state.book.business(), &shown.figures, item);
    let offered = suggestions(item, letter.as_ref(), &shown.figures.today);
    let renewed = offered.iter().position(|it| *it == Suggestion::Renewed).unwrap() + 1;
    desk.press(&renewed.to_string());
    assert_eq!(desk.notice(), "Renewed today: 2 items");
    assert_eq!(desk.state.history.depth(), 1);
    assert!(!rows(&desk).iter().any(|id| id.starts_with("renewal-near")));
    desk.press("z");
    go_to(&mut desk, ItemKind::MyPromiseDue);
    desk.press("x");
    desk.press(&renewed.to_string());
    assert_eq!(desk.notice(), "The selected items do not all offer the same there");
}

#[test]
fn what_is_done_one_by_one_says_so_in_the_palette_while_items_are_selected() {
    let mut desk = desk();
    desk.press("x");
    for id in ["draft.edit", "invoice.record_payment", "follow_up.set"] {
        let command = commands().find(|command| command.id == id).unwrap();
        let why = (command.resolve)(&desk.state, &desk.shown()).unwrap_err();
        let why = with_keys(&desk.state.session.keys, why);
        assert!(why.contains("one by one") && why.contains("Esc"), "{id}: {why}");
    }
    desk.press("ctrl+k");
    desk.type_text("edit the draft");
    let row = desk.palette_rows().into_iter().find(|row| row.title.starts_with("Edit the draft")).unwrap();
    assert!(!row.enabled && row.detail.contains("one by one"), "{}", row.detail);
}

const NEW: &str = r#"invoice (id: "new", number: "99", client: "cid", issued: "2026-08-01", due: "2026-08-10",
    lines: [(result: "More", price: "90000 EUR")])"#;

#[test]
fn what_is_new_waits_under_the_hand_until_it_is_merged_in_and_the_cursor_stays_on_its_item() {
    let mut desk = desk();
    desk.press("j j j");
    let (before, hand) = (rows(&desk), at(&desk));
    add(
        &mut desk,
        r#"touch (id: "q", client: "dan", day: "2026-11-10", direction: in, answer_wanted: true)"#,
    );
    add(
        &mut desk,
        r#"promise (id: "x", client: "eve", by: me, what: "Y", made: "2026-11-01", due: "2026-11-10")"#,
    );
    let stayed: Vec<String> = before.iter().filter(|id| rows(&desk).contains(id)).cloned().collect();
    assert_eq!(rows(&desk), stayed, "rows may leave, none comes and none moves");
    assert!(desk.shown().arrivals >= 2, "{}", desk.shown().arrivals);
    assert_eq!(at(&desk), hand);
    desk.press(".");
    let merged = desk.shown();
    assert_eq!((merged.arrivals, merged.can_merge), (0, false));
    assert_eq!(merged.today, (0..merged.figures.today.items.len()).collect::<Vec<_>>());
    assert_eq!(at(&desk), hand);
    desk.press(".");
    assert_eq!(desk.notice(), "Nothing is new, and every row stands where it belongs");
}

#[test]
fn queueing_in_bulk_sends_no_reminder_where_a_word_that_asks_for_nothing_comes_first() {
    let asked = |n: u32| {
        format!(
            r#"touch (id: "t{n}", day: "2026-10-{n:02}", client: "acme", direction: out, kind: reminder, invoice: "i")"#
        )
    };
    let client = |people: &str| format!(r#"client (id: "acme", name: "Acme", added: "2026-01-01" {people})"#);
    // Without a person the word is still to be filled in; without an address it is not, and goes.
    for (people, queued) in [("", None), (r#", people: [(name: "Ann")]"#, Some("check-in-first:acme"))] {
        let late = r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-08-01", due: "2026-09-01",
            lines: [(result: "Site", price: "1000 EUR")])"#;
        let site = r#"deal (id: "d", client: "acme", title: "Site", value: "1000 EUR")"#;
        let book = book(&[&client(people), late, site, &asked(1), &asked(9), &asked(20)]);
        let mut business = Business { name: "Feldmark".to_owned(), ..Business::clone(book.business()) };
        let text = "Subject: {number}\n\n{amount}, thank you".to_owned();
        for tone in ["reminder_friendly", "reminder_clear", "reminder_firm"] {
            business.templates.push(Template { id: tone.to_owned(), text: text.clone() });
        }
        let book = book_of(business, &[&client(people), late, site, &asked(1), &asked(9), &asked(20)]);
        let mut desk = Desk::of(book, day(TODAY));
        let chase = "overdue-invoice:i".to_owned();
        assert!(
            rows(&desk).starts_with(&["check-in-first:acme".to_owned(), chase.clone()]),
            "{:?}",
            rows(&desk)
        );
        desk.press("ctrl+a");
        desk.press("q");
        let waiting = &desk.shown().figures.outbox.waiting;
        let items: Vec<Option<&str>> = waiting.iter().map(|it| it.letter.item.as_deref()).collect();
        assert_eq!(items, queued.map(Some).into_iter().collect::<Vec<_>>(), "{}", desk.notice());
        if queued.is_none() {
            assert!(desk.state.session.triage.selection.holds(&chase), "{}", desk.notice());
        }
    }
}

#[test]
fn a_row_that_would_stand_elsewhere_by_now_stays_where_it_is_until_the_queue_is_put_in_order() {
    let mut desk = desk();
    desk.press("j");
    let before = rows(&desk);
    // The cheapest invoice becomes the dearest: the item is the same, its place would be another.
    add(
        &mut desk,
        r#"invoice (id: "eve-1", number: "4", client: "eve", issued: "2026-09-01", due: "2026-10-01",
        lines: [(result: "Site", price: "50000 EUR")])"#,
    );
    assert_eq!(rows(&desk), before);
    assert_eq!((desk.shown().arrivals, desk.shown().can_merge), (0, true));
    desk.press("g t");
    assert_eq!(rows(&desk)[0], "overdue-invoice:eve-1", "going to Today puts it in order, too");
}

#[test]
fn undo_puts_a_row_back_where_it_was_even_after_others_were_merged_in() {
    let mut desk = desk();
    desk.press("j j");
    let id = at(&desk);
    desk.press("e");
    desk.act(Action::Triage(rapport::state::TriageAction::Merge));
    desk.press("j");
    desk.press("z");
    let all = rows(&self::desk());
    assert_eq!(rows(&desk), all);
    assert_eq!(at(&desk), id);
}

#[test]
fn what_comes_back_by_itself_is_new_and_what_an_undo_brings_back_is_not() {
    let mut desk = desk();
    let first = rows(&desk)[0].clone();
    desk.press("s 1");
    assert!(!rows(&desk).contains(&first));
    desk.act(Action::SetToday(day("2026-11-21")));
    assert!(!rows(&desk).contains(&first), "the day turned, and the list did not move under the hand");
    assert_eq!(desk.shown().arrivals, 1);
    desk.press(".");
    assert!(rows(&desk).contains(&first));
    desk.press("home e z");
    assert_eq!((rows(&desk)[0].clone(), desk.shown().arrivals), (first, 0));
}

#[test]
fn another_book_starts_afresh() {
    let mut desk = desk();
    desk.press("x x");
    let opened = rapport::state::Opened {
        book: book(&lines().iter().map(String::as_str).chain([NEW]).collect::<Vec<_>>()),
        origin: rapport::state::Origin::Unsaved,
        access: rapport::state::Access::ReadWrite,
        problems: Vec::new(),
        again: false,
    };
    desk.act(Action::Opened(Box::new(opened.clone())));
    assert!(selected(&desk).is_empty());
    assert_eq!((desk.shown().arrivals, desk.shown().done), (0, Done::default()));
    // The same file read again is not: one goes on working.
    let mut desk = self::desk();
    desk.press("j e");
    let before = rows(&desk);
    desk.act(Action::Opened(Box::new(rapport::state::Opened { again: true, ..opened })));
    let now = rows(&desk);
    assert!(now.iter().all(|id| before.contains(id)), "{now:?}");
    assert!(desk.shown().arrivals > 0);
}

#[test]
fn looking_at_another_day_shows_its_own_order_and_counts_nothing_as_done() {
    let mut desk = desk();
    desk.press("j e");
    desk.press("[");
    let shown = desk.shown();
    assert_eq!(shown.today, (0..shown.figures.today.items.len()).collect::<Vec<_>>());
    desk.press("\\");
    assert_eq!(desk.shown().done.total(), 1);
}

#[test]
fn what_became_of_items_is_read_from_the_facts_and_undone_with_them() {
    let mut desk = desk();
    desk.press("e");
    desk.press("s 1");
    desk.press("del");
    desk.fill("Why", "never mind");
    desk.press("enter");
    go_to(&mut desk, ItemKind::OverdueInvoice);
    desk.press("p");
    desk.fill("Amount", "");
    desk.press("esc");
    let paid = at(&desk);
    let invoice = paid.strip_prefix("overdue-invoice:").unwrap().to_owned();
    let Some(AnyRecord::Invoice(known)) = desk.state.book.find(rapport::domain::Table::Invoices, &invoice)
    else {
        panic!("{invoice}")
    };
    let all = rapport::domain::Payment { day: day(TODAY), amount: known.open(), method: None, offset: None };
    let mut settled = rapport::domain::Invoice::clone(&known);
    settled.payments.push(all);
    desk.act(Action::Edit(rapport::state::Edit::put("Paid", settled)));
    let done = desk.shown().done;
    assert_eq!((done.handled, done.snoozed, done.dismissed), (1, 1, 1));
    assert_eq!(done.recorded, done.total() - 3);
    assert!(done.recorded >= 1);
    for _ in 0..4 {
        desk.press("z");
    }
    assert_eq!(desk.shown().done, Done::default());
}

#[test]
fn minutes_are_those_at_the_queue_and_a_long_pause_is_none() {
    let mut desk = desk();
    let mut sign = |second| desk.act(Action::Sign(second));
    for second in [10, 70, 100] {
        sign(second);
    }
    // Somebody went for lunch.
    sign(100 + 3_600);
    desk.press("g m");
    desk.act(Action::Sign(100 + 3_700));
    assert_eq!(desk.state.begun.worked_seconds, 60 + 30 + 300);
    assert_eq!(desk.shown().minutes, 7);
    desk.act(Action::SetToday(day("2026-11-21")));
    assert_eq!(desk.shown().minutes, 0, "another day is another session");
}

#[test]
fn the_forecast_of_the_sessions_beginning_and_of_before_the_last_action_stand_beside_the_one_of_now() {
    let mut desk = Desk::sample();
    desk.foresee();
    let begun = desk.outlook.quarter.clone().unwrap();
    assert_eq!(desk.outlook.earlier.begun.as_deref(), Some(&*begun));
    assert!(desk.outlook.earlier.before.is_none(), "nothing was done yet");
    desk.press("/");
    desk.type_text("kind:overdue");
    desk.press("enter p enter");
    assert!(desk.notice().starts_with("Recorded"), "{}", desk.notice());
    desk.foresee();
    let (now, earlier) = (desk.outlook.quarter.clone().unwrap(), desk.outlook.earlier.clone());
    assert_eq!(earlier.begun.as_deref(), Some(&*begun));
    assert_eq!(earlier.before.as_deref(), Some(&*begun));
    let layers = desk.state.session.cash.layers;
    assert_ne!(now.fan(layers).unwrap().lowest, begun.fan(layers).unwrap().lowest, "it is in hand now");
    desk.press("z");
    desk.foresee();
    assert!(desk.outlook.earlier.before.is_none());
}

/// A desk with a memory, quick enough for many scripts.
struct Quick {
    state: State,
    memo: Memo,
}

impl Quick {
    fn shown(&mut self) -> Shown {
        Shown::whole(&mut self.memo, &Outlook::default(), &self.state)
    }

    fn run(&mut self, command: &'static str) {
        let shown = self.shown();
        let action = meaning(Action::Run(command), &self.state, &shown);
        // A form is another story.
        if matches!(action, Action::OpenForm(..)) {
            return;
        }
        reduce(&mut self.state, action);
        if let Some(settled) = self.shown().settle(&self.state) {
            reduce(&mut self.state, settled);
        }
    }

    fn hand(&mut self) -> (Vec<String>, Cursor) {
        let shown = self.shown();
        (rows_of(&shown), self.state.session.cursors.today.clone())
    }
}

fn same_facts(one: &Book, other: &Book) -> bool {
    let told = |book: &Book| book.records().map(|record| format!("{record:?}")).collect::<Vec<_>>();
    one.is_same(other) || told(one) == told(other)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_script_keeps_the_order_of_the_rows_that_remain_and_undoing_all_of_it_brings_everything_back(
        script in prop::collection::vec(
            prop::sample::select(vec![
                "list.down", "list.up", "list.last", "selection.toggle", "selection.down", "selection.up",
                "selection.kind", "item.handled", "item.snooze", "snooze.tomorrow", "snooze.paid", "draft.queue",
                "item.second_action", "item.first_action", "edit.undo", "edit.redo", "app.back",
            ]),
            1..40,
        ),
    ) {
        let mut desk = Quick { state: desk().state, memo: Memo::new() };
        desk.run("list.down");
        let first = desk.hand().0;
        let whole = desk.state.book.clone();
        for command in script {
            desk.run(command);
            let rows = desk.hand().0;
            let mut places = first.iter();
            prop_assert!(rows.iter().all(|row| places.any(|id| id == row)), "{command}: {rows:?} of {first:?}");
        }
        // A dialog that was left open is closed first.
        desk.state.session.overlay = None;
        desk.state.session.page = None;
        desk.state.session.view = View::Today;
        let depth = desk.state.history.depth();
        for _ in 0..depth {
            desk.run("edit.undo");
        }
        let (rows, back) = desk.hand();
        prop_assert_eq!(&rows, &first);
        prop_assert!(same_facts(&desk.state.book, &whole));
        prop_assert!(desk.shown().done == Done::default());
        prop_assert_eq!(rows.get(back.index), Some(&back.key));
    }
}

#[test]
fn what_the_first_forecast_foretells_stands_in_its_place_however_soon_a_key_was_pressed() {
    let mut desk = Desk::sample();
    desk.press("j j");
    let hand = at(&desk);
    desk.foresee();
    let settled = desk.shown().settle(&desk.state).unwrap();
    desk.act(settled);
    let shown = desk.shown();
    assert_eq!((shown.arrivals, shown.can_merge), (0, false));
    assert_eq!(shown.today, (0..shown.figures.today.items.len()).collect::<Vec<_>>());
    assert!(rows(&desk).contains(&"cash-below-reserve:firm".to_owned()), "{:?}", rows(&desk));
    assert_eq!(at(&desk), hand);
    // What a later forecast foretells is new.
    desk.outlook = rapport::figures::forecast::Outlook::default();
    desk.press("j");
    desk.foresee();
    desk.press("j");
    assert_eq!(desk.shown().arrivals, 2);
}

#[test]
fn what_is_never_to_be_paid_cannot_be_put_off_until_it_is() {
    let lines = [
        r#"client (id: "fay", name: "Fay")"#,
        r#"promise (id: "p", client: "fay", by: me, what: "Draft", made: "2026-11-01", due: "2026-11-20")"#,
    ];
    let mut desk = Desk::of(book(&lines), day(TODAY));
    desk.press("s");
    desk.press("5");
    assert_eq!(desk.notice(), "No invoice of theirs is open");
    assert!(
        matches!(desk.state.session.overlay, Some(Overlay::Snooze(..))),
        "another choice is still to be made"
    );
}

#[test]
fn a_shortage_ahead_leads_to_what_helps_in_the_queue_itself() {
    let mut desk = Desk::sample();
    desk.foresee();
    let settled = desk.shown().settle(&desk.state).unwrap();
    desk.act(settled);
    go_to(&mut desk, ItemKind::CashBelowReserve);
    desk.press("1");
    assert_eq!(desk.state.session.filters.of(View::Today), "kind:late");
    let shown = desk.shown();
    assert!(!shown.today.is_empty());
    assert!((0..shown.today.len()).all(|row| shown.item(row).unwrap().kind.is_chase()));
    desk.press("esc");
    // With nothing late to be chased, the way leads to Cash.
    let low =
        desk.shown().figures.today.items.iter().find(|it| it.kind == ItemKind::CashBelowReserve).cloned();
    let alone = rapport::figures::today::Today::default();
    assert_eq!(suggestions(&low.unwrap(), None, &alone)[0], Suggestion::GoTo(View::Cash));
}

#[test]
fn a_snooze_of_several_that_waits_for_an_event_says_in_place_why_some_of_them_cannot() {
    let late = |id: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "{id}", issued: "2026-09-01", due: "2026-10-01",
            lines: [(result: "x", price: "10 EUR")])"#
        )
    };
    let client = |id: &str| format!(r#"client (id: "{id}", name: "{id}", added: "2026-01-01")"#);
    let own = r#"renewal (id: "r", what: "studio.org", noted: "2025-12-01", expires: "2026-11-20")"#;
    let asked = r#"touch (id: "q", day: "2026-11-10", client: "bo", direction: in, answer_wanted: true)"#;
    let why = |lines: &[&str], command: &str| {
        let mut desk = Desk::of(crate::facts::book(lines), crate::facts::day("2026-11-21"));
        desk.press("ctrl+a");
        assert!(selected(&desk).len() > 1);
        desk.press("s");
        let shown = desk.shown();
        let clients: Vec<_> = shown.selected_items().map(|item| item.client.as_ref()).collect();
        let told = rapport::command::no_snooze(command, &shown, &clients);
        let row = commands().find(|it| it.id == command).unwrap();
        assert_eq!(
            (row.resolve)(&desk.state, &shown).err(),
            told,
            "what the row says is why its key does nothing"
        );
        told
    };
    let (ann, bo) = ([client("ann"), late("ann")], [client("bo"), late("bo")]);
    let both = [ann[0].as_str(), &ann[1], &bo[0], &bo[1]];
    assert_eq!((why(&both, "snooze.reply"), why(&both, "snooze.paid")), (None, None));
    let with_own = [ann[0].as_str(), &ann[1], own];
    for command in ["snooze.reply", "snooze.paid"] {
        assert_eq!(why(&with_own, command), Some("some are about no client"));
    }
    assert_eq!(why(&with_own, "snooze.week"), None);
    let with_question = [ann[0].as_str(), &ann[1], &bo[0], asked];
    assert_eq!(why(&with_question, "snooze.reply"), None);
    assert_eq!(why(&with_question, "snooze.paid"), Some("some have no invoice open"));
}

#[test]
fn a_down_payment_that_is_not_due_yet_is_neither_reminded_of_nor_logged_as_one() {
    let labels = |due: &str| -> Vec<String> {
        let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-10-01", stage: "in_work")],
            down_payment: (asked: "2026-11-01", amount: "500 EUR", invoice: "1"))"#;
        let asked = format!(
            r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-01", due: "{due}",
            lines: [(result: "Start", price: "500 EUR")])"#
        );
        let client = r#"client (id: "acme", name: "Acme")"#;
        let without = deal.replace(r#", invoice: "1""#, "");
        let lines = if due.is_empty() { vec![client, &without] } else { vec![client, deal, &asked] };
        let desk = Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-21"));
        let shown = desk.shown();
        let today = &shown.figures.today;
        let item = today.items.iter().find(|it| it.kind == ItemKind::MissingDownPayment).unwrap();
        let letter = Letter::for_item(desk.state.book.business(), &shown.figures, item);
        suggestions(item, letter.as_ref(), today).into_iter().map(|it| it.label().into_owned()).collect()
    };
    assert_eq!(labels("2026-11-25"), ["Open the client"]);
    assert!(labels("").contains(&"Log a reminder".to_owned()), "{:?}", labels(""));
}
