//! The rates and the way out of a page: what they say and answer.

use egui::{Role, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::domain::ClientId;
use rapport::kit::{fonts, theme};
use rapport::panels::{page_ui, rates_ui};
use rapport::state::{Action, PageSection, RatesAction, Session, Shown};

use crate::desk::Desk;

type Panel = fn(&mut Ui, &Shown, &Session) -> Vec<Action>;

/// A window of a panel whose answers are kept.
fn harness(desk: &Desk, panel: Panel) -> Harness<'static, Vec<String>> {
    let shown = desk.shown();
    let session = desk.state.session.clone();
    let mut ready = false;
    let mut harness = Harness::builder().with_size(vec2(1100.0, 700.0)).build_ui_state(
        move |ui, kept: &mut Vec<String>| {
            if ready {
                kept.extend(panel(ui, &shown, &session).iter().map(|action| format!("{action:?}")));
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

fn rates(keys: &[&str]) -> Desk {
    let mut desk = Desk::sample();
    desk.press("g r");
    for key in keys {
        desk.press(key);
    }
    desk
}

fn way_out() -> Desk {
    let mut desk = Desk::sample();
    desk.act(Action::OpenClient(ClientId::new("baugruppe-nord").unwrap()));
    desk.act(Action::ShowSection(PageSection::WayOut));
    desk
}

fn labels(harness: &Harness<'_, Vec<String>>, role: Role) -> Vec<String> {
    harness.get_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_row_of_the_rates_says_whether_it_is_chosen_what_is_proposed_and_why_nothing_is() {
    let before = labels(&harness(&rates(&[]), rates_ui), Role::ListBoxOption);
    assert!(
        before
            .iter()
            .any(|label| label.starts_with("Weingut Sauer, not chosen, Advocate, rate 85.00, 39 hours"))
    );
    assert!(
        before.iter().any(|label| label.contains("next 89.00, 4.7\u{a0}% more, 156.00 more a year")),
        "{before:?}"
    );
    assert!(
        before.iter().any(
            |label| label.ends_with("not asked: the card's price changed less than a year ago, on 1 Jan")
        )
    );
    let after = labels(&harness(&rates(&["shift+x"]), rates_ui), Role::ListBoxOption);
    assert_eq!(after.iter().filter(|label| label.contains(", chosen, ")).count(), 5, "{after:?}");
}

#[test]
fn the_buttons_of_the_rates_run_their_commands_once_somebody_is_chosen() {
    let nobody = harness(&rates(&[]), rates_ui);
    let apply = nobody.get_all_by_role(Role::Button).find(|node| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with("Agree the new rates"))
    });
    assert!(apply.unwrap().accesskit_node().is_disabled());
    let mut chosen = harness(&rates(&["x"]), rates_ui);
    for (says, command) in [("Agree the new rates", "rates.apply"), ("Copy letters", "rates.copy_letters")] {
        chosen.state_mut().clear();
        chosen.get_by(|node| node.label().is_some_and(|label| label.starts_with(says))).click();
        chosen.run();
        assert_eq!(*chosen.state(), [format!("Run({command:?})")]);
    }
}

#[test]
fn a_click_on_a_row_of_the_rates_points_at_it() {
    let desk = rates(&[]);
    let second = desk.shown().rates.unwrap().rates.rows[1].clone();
    let mut harness = harness(&desk, rates_ui);
    let row = harness.get_all_by_role(Role::ListBoxOption).nth(1).unwrap();
    row.click();
    harness.run();
    let point = Action::Rates(RatesAction::Point(second.id));
    assert_eq!(harness.state().first(), Some(&format!("{point:?}")));
}

#[test]
fn the_figures_of_the_row_and_the_sums_lead_to_their_proofs() {
    let harness = harness(&rates(&["x"]), rates_ui);
    let buttons = labels(&harness, Role::Button);
    for says in [
        "Rate, EUR: ",
        "Last rise: ",
        "Left an hour: ",
        "Hours 12 m: ",
        "Next: ",
        "More a year: ",
        "May be lost: ",
    ] {
        let found = buttons.iter().any(|label| label.starts_with(says) && label.ends_with("for its proof"));
        assert!(found, "{says} {buttons:?}");
    }
}

#[test]
fn the_way_out_says_each_step_and_the_button_does_the_next_one() {
    let mut harness = harness(&way_out(), page_ui);
    harness.get_by_label("Next: meet");
    let rows = labels(&harness, Role::ListBoxOption);
    let says = |begins: &str| rows.iter().any(|label| label.starts_with(begins));
    assert!(
        says("Show the evidence, done 28 d ago") && says("Meet, next") && says("Leave, not done"),
        "{rows:?}"
    );
    // The deal is billed in full: what is open of it is said once.
    assert!(says("They owe invoice R-1212") && !says("Settle: A book of the house"), "{rows:?}");
    for (begins, command) in [
        ("Note that it was done", "ladder.step"),
        ("What if", "leaving.what_if"),
        ("Record the end", "client.end"),
    ] {
        harness.state_mut().clear();
        harness
            .get_by(|node| {
                node.role() == Role::Button && node.label().is_some_and(|it| it.starts_with(begins))
            })
            .click();
        harness.run();
        assert_eq!(*harness.state(), [format!("Run({command:?})")]);
    }
}
