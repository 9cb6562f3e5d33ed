//! The preview of merging two clients, the firm's lists and what a form says besides its fields, as they are seen and heard.

use egui::{Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command::Guide;
use rapport::kit::{fonts, theme};
use rapport::panels::window_ui;

use crate::desk::Desk;
use crate::facts::{book, day};

/// The window whose answers are kept.
fn harness(desk: &Desk) -> Harness<'static, Vec<String>> {
    let (state, shown) = (desk.state.clone(), desk.shown());
    let guide = Guide::of(&state, &shown);
    let mut ready = false;
    let mut harness = Harness::builder().with_size(vec2(1280.0, 800.0)).build_ui_state(
        move |ui, kept: &mut Vec<String>| {
            if ready {
                kept.extend(window_ui(ui, &state, &shown, &guide).iter().map(|action| format!("{action:?}")));
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

fn twins() -> Desk {
    let lines = [
        r#"client (id: "a", name: "Ada", added: "2026-01-01", terms_days: 14)"#,
        r#"client (id: "b", name: "Ada Ltd", added: "2026-01-01", terms_days: 30, tags: ["shop"])"#,
        r#"deal (id: "d", client: "b", title: "Site", stages: [(day: "2026-11-01", stage: "engaged")])"#,
    ];
    Desk::of(book(&lines), day("2026-11-20"))
}

#[test]
fn the_preview_of_a_merging_is_a_list_of_what_differs_and_a_click_keeps_the_other_value() {
    let mut desk = twins();
    desk.act(rapport::state::Action::Merge(rapport::state::MergeAction::Open(
        rapport::state::MergePlace::new(
            rapport::domain::ClientId::new("a").unwrap(),
            rapport::domain::ClientId::new("b").unwrap(),
        ),
    )));
    let mut harness = harness(&desk);
    harness.get_by_role_and_label(Role::Dialog, "Merge Ada Ltd into Ada");
    harness.get_by_role_and_label(Role::ListBox, "Where they differ");
    harness.get_by_label("1 deal goes over to Ada. No amount and no day changes.");
    harness.get_by_label("What comes along with Ada Ltd: the tag shop.");
    harness.get_by_role_and_label(Role::ListBoxOption, "Name: Ada is kept, not Ada Ltd");
    let row =
        harness.get_by_role_and_label(Role::ListBoxOption, "Payment terms: 14 days is kept, not 30 days");
    let rect = row.rect();
    harness.hover_at(egui::pos2(rect.right() - 40.0, rect.center().y));
    harness.run();
    harness.drag_at(egui::pos2(rect.right() - 40.0, rect.center().y));
    harness.drop_at(egui::pos2(rect.right() - 40.0, rect.center().y));
    harness.run();
    assert!(harness.state().iter().any(|it| it == "Merge(Choose(Terms, true))"), "{:?}", harness.state());
    harness.get_by_role_and_label(Role::Button, "Merge").click();
    harness.run();
    assert!(harness.state().iter().any(|it| it == "Run(\"merge.go\")"), "{:?}", harness.state());
}

#[test]
fn the_firms_lists_are_a_list_box_with_a_button_for_each_command() {
    let mut desk = Desk::sample();
    desk.press("g f l l l l");
    let mut harness = harness(&desk);
    harness.get_by_role_and_label(Role::Dialog, "The firm's lists");
    harness.get_by_role_and_label(Role::ListBox, "Stages");
    let rows: Vec<String> = harness
        .get_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.starts_with("Engaged"))
        .collect();
    assert_eq!(rows, ["Engaged: to be won · stale after 14 days · 10\u{a0}% chance"]);
    for (button, command) in [("Change", "lists.change"), ("Add", "lists.add"), ("Remove", "lists.remove")] {
        harness.get_by_role_and_label(Role::Button, button).click();
        harness.run();
        let says = format!("Run({command:?})");
        assert!(harness.state().contains(&says), "{:?}", harness.state());
    }
}

#[test]
fn a_form_says_how_many_it_changes_and_what_may_be_there_already() {
    let mut desk = twins();
    desk.press("g c ctrl+a f2");
    desk.fill("Add tags", "vip");
    harness(&desk).get_by_label("Changes 2 of 2 clients: Ada, Ada Ltd");
    desk.press("esc shift+a c");
    desk.fill("Name", "ADA GmbH");
    let harness = harness(&desk);
    let says = |node: &egui_kittest::Node<'_>| node.accesskit_node().value().unwrap_or_default();
    let warned = harness
        .get_all_by_role(Role::Label)
        .any(|node| says(&node).contains("is in the book already: is it the same?"));
    assert!(warned);
}

#[test]
fn of_a_long_list_of_the_firm_only_the_rows_in_sight_are_drawn() {
    let machine = crate::window::Machine::new();
    let book = machine.path("long.ron");
    let expenses: Vec<String> = (0..3000)
        .map(|n| format!("(id: \"e{n}\", what: \"Expense {n}\", amount: \"{n}.50\", day: \"2026-01-01\")"))
        .collect();
    let text = format!("(format: 1, business: (currency: \"EUR\"), expenses: [{}])", expenses.join(", "));
    crate::window::put(&book, &text);
    let mut window = machine.open(&book);
    window.press("g f l l l l l l l l");
    let list = window.harness.get_by_role_and_label(Role::ListBox, "Expenses");
    assert_eq!(list.accesskit_node().data().size_of_set(), Some(3000));
    let drawn = window.harness.query_all_by_role(Role::ListBoxOption).count();
    assert!((5..60).contains(&drawn), "{drawn} rows");
}

#[test]
fn the_button_that_leaves_a_form_says_what_becomes_of_what_is_typed_and_leaves_an_open_list_too() {
    let mut desk = twins();
    desk.press("shift+a i");
    harness(&desk).get_by_role_and_label(Role::Button, "Cancel");
    desk.fill("Client", "ad");
    let mut typed = harness(&desk);
    typed.get_by_role_and_label(Role::Button, "Keep for later").click();
    typed.run();
    assert_eq!(typed.state().last().map(String::as_str), Some("All([Back, Back])"));
    desk.press("esc esc shift+a i");
    harness(&desk).get_by_role_and_label(Role::Button, "Drop");
}
