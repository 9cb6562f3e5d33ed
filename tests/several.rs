//! Changing several clients or deals at once: what is selected, how many would change, one step of undo.

use rapport::domain::{AnyRecord, Client, ClientId, Deal, Table};
use rapport::state::{Overlay, View};

use crate::desk::Desk;
use crate::facts::{book, day};

const TODAY: &str = "2026-11-20";

fn desk() -> Desk {
    let mut lines: Vec<String> = Vec::new();
    for (at, name) in ["ada", "bob", "cid"].into_iter().enumerate() {
        let met =
            if at == 2 { String::new() } else { r#", met: (day: "2026-10-01", channel: "web")"#.to_owned() };
        let tags = if at == 0 { r#", tags: ["Shop"]"# } else { "" };
        lines.push(format!(r#"client (id: "{name}", name: "{name} Ltd", added: "2026-01-01"{met}{tags})"#));
        let step =
            if at == 0 { r#", next_step: (what: "call", due: "2026-11-22", set: "2026-11-01")"# } else { "" };
        lines.push(format!(
            r#"deal (id: "{name}-d", client: "{name}", title: "Site {at}", stages: [(day: "2026-11-0{}", stage: "engaged")]{step})"#,
            at + 1
        ));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Desk::of(book(&lines), day(TODAY))
}

fn client(desk: &Desk, id: &str) -> Client {
    Client::clone(&desk.state.book.client(&ClientId::new(id).unwrap()).unwrap().client)
}

fn deal(desk: &Desk, id: &str) -> Deal {
    match desk.state.book.find(Table::Deals, id) {
        Some(AnyRecord::Deal(deal)) => Deal::clone(&deal),
        _ => panic!("no deal {id}"),
    }
}

fn note(desk: &Desk) -> String {
    desk.shown().form.unwrap().note.unwrap()
}

fn picked(desk: &Desk) -> usize {
    desk.shown().picked(&desk.state.session).len()
}

/// On the board, with the hand on the first card of the deals.
fn on_board() -> Desk {
    let mut desk = desk();
    desk.press("g b");
    let at_deal =
        |desk: &Desk| desk.shown().selected(&desk.state.session).is_some_and(|it| it.table == Table::Deals);
    for _ in 0..9 {
        if !at_deal(&desk) {
            desk.press("l");
        }
    }
    assert!(at_deal(&desk));
    desk.press("home");
    desk
}

#[test]
fn clients_are_selected_by_the_keys_of_the_queue_and_esc_lets_them_go() {
    let mut desk = desk();
    desk.press("g c x x");
    assert_eq!(picked(&desk), 2);
    desk.press("ctrl+a");
    assert_eq!(picked(&desk), 3);
    desk.press("/");
    desk.type_text("ada");
    desk.press("enter");
    assert_eq!(picked(&desk), 1, "keys act on what is shown");
    desk.press("esc");
    assert_eq!((picked(&desk), desk.state.session.view), (3, View::Clients));
    desk.press("esc");
    assert_eq!(picked(&desk), 0);
    desk.press("shift+x");
    assert_eq!(picked(&desk), 3, "all are prospects");
    desk.press("shift+x home shift+down");
    assert_eq!(picked(&desk), 2);
}

#[test]
fn several_clients_get_and_lose_tags_cadence_terms_channel_and_origin_as_one_step() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    desk.press("g c ctrl+a f2");
    assert_eq!(note(&desk), "Changes none of the 3 clients yet");
    desk.fill("Add tags", "shop, vip");
    assert_eq!(note(&desk), "Changes 3 of 3 clients: ada Ltd, bob Ltd, cid Ltd");
    desk.fill("Cadence", "x");
    desk.press("enter");
    assert_eq!(desk.field("Cadence").0.unwrap(), "expected a whole number from 1 to 3650, or - for none");
    desk.fill("Cadence", "45");
    desk.fill("Payment terms", "14");
    desk.fill("Met through", "fair");
    desk.fill("They were", "chosen");
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed 3 clients");
    assert_eq!(client(&desk, "ada").tags, ["Shop", "vip"], "a tag is not there twice");
    assert_eq!(client(&desk, "bob").tags, ["shop", "vip"]);
    assert_eq!((client(&desk, "cid").cadence_days, client(&desk, "cid").terms_days), (Some(45), Some(14)));
    assert_eq!(client(&desk, "bob").met.unwrap().channel.as_deref(), Some("fair"));
    assert!(client(&desk, "cid").met.is_none(), "of whom no meeting is noted nothing is invented");
    assert_eq!(picked(&desk), 0);
    assert_eq!(desk.state.history.depth(), 1);
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    assert_eq!(picked(&desk), 3, "the selection is back with the book");
    desk.press("ctrl+shift+z");
    desk.press("ctrl+a f2");
    desk.fill("Take tags away", "SHOP");
    desk.fill("Cadence", "-");
    desk.press("enter");
    assert_eq!(
        (client(&desk, "ada").tags, client(&desk, "ada").cadence_days),
        (vec!["vip".to_owned()], None)
    );
}

#[test]
fn what_changes_nothing_is_no_step() {
    let mut desk = desk();
    desk.press("g c ctrl+a f2");
    desk.press("enter");
    assert_eq!((desk.notice(), desk.state.history.depth()), ("Nothing was changed", 0));
    desk.press("f2");
    desk.fill("Add tags", "a");
    desk.fill("Take tags away", "a");
    desk.press("enter");
    assert_eq!(desk.field("Take tags away").0.unwrap(), "this tag is to be added and taken away");
}

#[test]
fn tags_in_use_complete_the_last_word() {
    let mut desk = desk();
    desk.press("g c x f2");
    desk.fill("Add tags", "vip, sh");
    assert_eq!(desk.shown().form.unwrap().fields[0].completions, ["vip, Shop"]);
    desk.press("down enter");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!() };
    assert_eq!(form.values[0], "vip, Shop");
}

#[test]
fn several_deals_are_moved_planned_and_lost_together() {
    let mut desk = on_board();
    let before = desk.state.book.clone();
    desk.press("shift+x");
    assert_eq!(picked(&desk), 3);
    desk.press("f2");
    desk.fill("Next step due", "+3d");
    desk.press("enter");
    assert_eq!(desk.field("Next step").0.unwrap(), "2 of them have no next step: say what it is");
    desk.fill("Next step", "write");
    assert!(note(&desk).starts_with("Changes 3 of 3 deals: "), "{}", note(&desk));
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed 3 deals");
    let step = deal(&desk, "bob-d").next_step.unwrap();
    assert_eq!((step.what.as_str(), step.due, step.set), ("write", day("2026-11-23"), Some(day(TODAY))));
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    desk.press("m 3");
    assert!(desk.notice().starts_with("Moved 3 deals"), "{}", desk.notice());
    assert!(
        ["ada-d", "bob-d", "cid-d"].iter().all(|id| deal(&desk, id).stage().unwrap().stage == "proposal")
    );
    assert!(deal(&desk, "ada-d").stage().unwrap().override_of.is_some(), "what speaks against it is noted");
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    desk.press("shift+w");
    desk.fill("Why", "too dear");
    assert!(note(&desk).starts_with("Changes 3 of 3 deals"));
    desk.press("enter");
    assert_eq!(desk.notice(), "Lost 3 deals");
    assert!(deal(&desk, "ada-d").next_step.is_none());
    assert_eq!(desk.state.history.depth(), 1);
}

#[test]
fn another_day_alone_moves_the_steps_that_are_planned() {
    let mut desk = on_board();
    while desk.shown().selected(&desk.state.session).unwrap().id != "ada-d" {
        desk.press("j");
    }
    desk.press("x f");
    desk.fill("Next step due", "2026-12-01");
    desk.press("enter");
    let step = deal(&desk, "ada-d").next_step.unwrap();
    assert_eq!((step.what.as_str(), step.due), ("call", day("2026-12-01")));
    desk.press("ctrl+a f");
    desk.fill("Next step due", "2026-12-02");
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))));
    assert_eq!(desk.state.history.depth(), 1);
}

#[test]
fn all_that_is_selected_is_removed_at_once_after_saying_what_goes_and_comes_back_with_one_undo() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    desk.press("g c x x del");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert_eq!(asked.question, "Remove 2 clients?");
    let says = asked.consequence.clone();
    assert!(says.contains(" and ") && says.contains("known about them") && says.contains("Undo"), "{says}");
    desk.press("enter");
    assert_eq!(desk.notice(), "Removed 2 clients");
    assert_eq!(desk.state.book.clients().len() + 2, before.clients().len());
    assert!(desk.shown().picked(&desk.state.session).is_empty(), "what is gone is not selected");
    assert_eq!(desk.state.history.depth(), 1);
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn deals_selected_on_the_board_are_removed_at_once() {
    let mut desk = desk();
    let deals = |desk: &Desk| desk.state.book.clients().map(|it| it.facts.deals.len()).sum::<usize>();
    let before = deals(&desk);
    desk.press("g b ctrl+a");
    let picked = desk.shown().picked(&desk.state.session);
    let selected = picked.iter().filter(|it| it.table == Table::Deals).count();
    let clients = picked.iter().filter(|it| it.table == Table::Clients).count();
    desk.press("del");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert!(asked.consequence.ends_with("Undo brings all of it back."), "{}", asked.consequence);
    desk.press("enter");
    assert!(deals(&desk) <= before - selected, "{selected} deals and {clients} clients");
    desk.press("z");
    assert_eq!(deals(&desk), before);
}

#[test]
fn a_selection_is_never_paid_by_a_key_that_acts_on_one_row() {
    let mut desk = desk();
    desk.press("g c x x p");
    assert_eq!(
        desk.notice(),
        "It is done one by one, and several are selected: {app.back} clears the selection"
    );
    assert!(desk.state.session.overlay.is_none());
}

#[test]
fn one_touch_is_logged_with_each_selected_client() {
    let mut desk = desk();
    desk.press("g c ctrl+a n");
    desk.fill("Note", "season's greetings");
    desk.press("enter");
    let touches = desk.state.book.records().filter(|record| record.table() == Table::Touches).count();
    assert_eq!((touches, desk.state.history.depth()), (3, 1), "{}", desk.notice());
    assert_eq!(picked(&desk), 0);
}

#[test]
fn the_clients_of_selected_items_are_changed_from_the_queue() {
    let mut desk = Desk::sample();
    desk.press("x x x shift+f2");
    desk.fill("Add tags", "morning");
    desk.press("enter");
    assert!(desk.notice().starts_with("Changed "), "{}", desk.notice());
    assert_eq!(desk.state.history.depth(), 1);
    assert!(desk.shown().selected.is_empty());
}
