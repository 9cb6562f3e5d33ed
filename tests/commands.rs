//! The command table: keys, places, and what is drawn from it.

use std::collections::BTreeSet;

use rapport::command::{Chord, Keymap, commands, key_table, palette};
use rapport::domain::add_days;
use rapport::state::{Action, Overlay, Quantile, View};

use crate::desk::Desk;

#[test]
fn no_two_commands_clash_anywhere() {
    let table = Keymap::of_table();
    assert!(table.clashes().is_empty(), "{:#?}", table.clashes());
    for command in commands() {
        for keys in command.keys {
            assert!(keys.split(' ').all(|key| Chord::parse(key).is_some()), "{}: {keys:?}", command.id);
        }
    }
}

#[test]
fn ids_are_unique_and_every_command_says_what_it_does() {
    let mut ids = BTreeSet::new();
    for command in commands() {
        assert!(ids.insert(command.id), "{} is there twice", command.id);
        assert!(command.help.ends_with('.'), "{}: {}", command.id, command.help);
        assert!(!command.places.is_empty(), "{} works nowhere", command.id);
        assert!(!command.keys.is_empty(), "{} has no key", command.id);
    }
}

#[test]
fn the_readmes_key_table_is_the_tables() {
    let readme = include_str!("../README.md").replace("\r\n", "\n");
    assert!(readme.contains(&key_table()), "the README's table of keys should be:\n\n{}", key_table());
}

#[test]
fn the_palette_finds_commands_by_word_starts_and_clients_by_name() {
    let mut desk = Desk::sample();
    desk.press("ctrl+k");
    desk.type_text("rec pay");
    assert_eq!(desk.palette_rows().first().map(|row| row.title.as_str()), Some("Record a payment …"));
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))));
    desk.press("esc");
    let name = desk.shown().figures.clients.rows[3].name.to_string();
    desk.press("ctrl+k");
    desk.type_text(&name);
    desk.press("enter");
    assert_eq!(desk.shown().page.as_ref().unwrap().client.name, name);
}

#[test]
fn what_cannot_be_done_now_is_greyed_with_its_reason() {
    let desk = Desk::sample();
    let rows = palette::rows("undo", &desk.state, &desk.shown());
    let undo = rows.iter().find(|row| row.title == "Undo").unwrap();
    assert!(!undo.enabled);
    assert_eq!(undo.detail, "Not now: there is nothing to undo");
}

#[test]
fn plain_keys_are_text_while_a_field_has_the_hand() {
    for open in ["a", "shift+a c", "ctrl+k", "/", "ctrl+o"] {
        let mut desk = Desk::sample();
        let book = desk.state.book.clone();
        desk.press(open);
        let view = desk.state.session.view;
        for key in
            ["j", "e", "s", "p", "n", "z", "x", "w", "del", "space", "1", "2", "g", "?", "[", "\\", "/"]
        {
            desk.press(key);
            assert_eq!(desk.state.session.view, view);
            assert!(desk.state.book.is_same(&book), "{key} in {open}");
        }
        assert!(desk.state.session.overlay.is_some() || desk.state.session.filtering, "{open} stays open");
    }
}

#[test]
fn escape_unwinds_one_step_at_a_time_and_never_leaves_the_view() {
    let mut desk = Desk::sample();
    desk.press("g c");
    desk.press("/");
    desk.act(Action::SetFilter("a".to_owned()));
    desk.press("enter");
    desk.press("enter");
    assert!(desk.state.session.page.is_some());
    desk.press("shift+a t");
    assert!(desk.state.session.overlay.is_some());
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none() && desk.state.session.page.is_some());
    desk.press("esc");
    assert!(desk.state.session.page.is_none());
    assert_eq!(desk.state.session.filters.of(View::Clients), "a");
    desk.press("esc");
    assert_eq!(desk.state.session.filters.of(View::Clients), "");
    desk.press("esc");
    assert_eq!(desk.state.session.view, View::Clients);
}

#[test]
fn a_held_key_moves_but_never_acts_twice() {
    let mut desk = Desk::sample();
    desk.hold("j", 3);
    assert_eq!(desk.shown().row(&desk.state.session), Some(3));
    desk.hold("e", 3);
    assert_eq!(desk.state.history.depth(), 1);
}

#[test]
fn a_key_of_a_sequence_that_leads_nowhere_is_forgotten() {
    let mut desk = Desk::sample();
    desk.press("g");
    assert!(desk.state.session.prefix.is_some());
    desk.press("q");
    assert!(desk.state.session.prefix.is_none());
    desk.press("g b");
    assert_eq!(desk.state.session.view, View::Board);
}

#[test]
fn the_days_ahead_on_cash_are_walked_by_keys_from_tomorrow_to_the_horizon() {
    let mut desk = Desk::sample();
    desk.press("g m");
    let day = |desk: &Desk| desk.state.session.cash.day.unwrap();
    let today = desk.state.today;
    desk.press("right");
    assert_eq!(day(&desk), add_days(today, 1), "the first key shows the cursor");
    desk.press("right");
    assert_eq!(day(&desk), add_days(today, 2));
    for _ in 0..5 {
        desk.press("left");
    }
    assert_eq!(desk.state.session.cash.day_at(today), add_days(today, 1));
    for _ in 0..9 {
        desk.press("shift+right");
    }
    assert_eq!(desk.state.session.cash.day_at(today), add_days(today, 13 * 7));
}

#[test]
fn horizon_layers_and_line_of_the_fan_are_chosen_by_keys_and_end_at_their_ends() {
    let mut desk = Desk::sample();
    desk.press("g m");
    let weeks = |desk: &Desk| desk.state.session.cash.weeks;
    desk.press("+");
    desk.press("+");
    desk.press("+");
    assert_eq!((weeks(&desk), desk.notice()), (52, "There is no longer horizon"));
    for _ in 0..4 {
        desk.press("-");
    }
    assert_eq!(weeks(&desk), 4);
    let layers =
        |desk: &Desk| (desk.state.session.cash.layers.likely, desk.state.session.cash.layers.possible);
    assert_eq!(layers(&desk), (true, false));
    desk.press("i");
    desk.press("u");
    assert_eq!(layers(&desk), (false, true));
    desk.press("q");
    assert_eq!(desk.state.session.cash.quantile, Quantile::P10);
}

#[test]
fn the_lowest_day_is_gone_to_once_the_forecast_knows_it() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.press("y");
    assert_eq!(desk.notice(), "The forecast is still being worked out");
    desk.foresee();
    desk.press("y");
    let forecast = desk.outlook.base.clone().unwrap();
    let lowest = forecast.fan(desk.state.session.cash.layers).unwrap().lowest.day;
    assert_eq!(desk.state.session.cash.day, Some(lowest));
}
