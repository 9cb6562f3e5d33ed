//! The command table: keys, places, and what is drawn from it.

use std::collections::BTreeSet;

use rapport::command::palette::Find;
use rapport::command::{Chord, Guide, Keymap, commands, key_table, palette};
use rapport::domain::{Table, add_days};
use rapport::state::{
    Access, Action, FormKind, Keys, Opened, Origin, Overlay, PageSection, Quantile, Target, View,
};

use crate::desk::Desk;
use crate::facts::{book, day};

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
fn what_a_filter_found_stays_under_the_cursor_when_the_filter_goes() {
    let mut desk = Desk::sample();
    desk.press("g c");
    let at = |desk: &Desk| {
        let (shown, session) = (desk.shown(), &desk.state.session);
        shown.row(session).and_then(|row| shown.key(session, row))
    };
    desk.press("/");
    desk.type_text("dvorak");
    desk.press("enter");
    desk.press("esc");
    assert_eq!(desk.state.session.filters.of(View::Clients), "");
    assert_eq!(at(&desk).as_deref(), Some("pavel-dvorak"));
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

#[test]
fn the_palette_finds_people_invoices_and_deals_and_opens_the_page_where_they_stand() {
    let mut desk = Desk::sample();
    let known = desk.state.book.clients().find(|known| {
        known.client.people.len() > 1 && known.facts.invoices.len() > 1 && !known.facts.deals.is_empty()
    });
    let known = known.unwrap().clone();
    let (person, invoice, deal) =
        (&known.client.people[1], known.facts.invoices.first().unwrap(), known.facts.deals.first().unwrap());
    for (typed, section, key) in [
        (person.name.clone(), PageSection::People, format!("{}/1", known.client.id)),
        (format!("invoice {}", invoice.number), PageSection::Invoices, invoice.id.to_string()),
        (format!("{} {}", deal.title, known.client.name), PageSection::Deals, deal.id.to_string()),
    ] {
        desk.press("ctrl+k");
        desk.type_text(&typed);
        desk.press("enter");
        let place = desk.state.session.page.clone().unwrap_or_else(|| panic!("{typed} opens no page"));
        assert_eq!((&place.client, place.section), (&known.client.id, section), "{typed}");
        assert_eq!(
            desk.shown().key(&desk.state.session, desk.shown().row(&desk.state.session).unwrap()),
            Some(key)
        );
        desk.press("esc");
    }
}

#[test]
fn what_is_used_often_and_of_late_comes_first_and_is_there_again_in_the_next_book() {
    let mut desk = Desk::sample();
    let run = |desk: &mut Desk, id: &str| {
        desk.press("ctrl+k");
        desk.type_text(id);
        desk.press("enter");
        desk.press("esc");
    };
    for _ in 0..2 {
        run(&mut desk, "view.board");
    }
    run(&mut desk, "view.cash");
    desk.press("ctrl+k");
    let titles: Vec<_> = desk.palette_rows().into_iter().map(|row| row.title).collect();
    assert_eq!(titles[..2], ["Board", "Cash"], "used twice, then used last");
    desk.press("esc");
    for _ in 0..40 {
        run(&mut desk, "view.cash");
    }
    desk.press("ctrl+k");
    assert_eq!(desk.palette_rows()[0].title, "Cash");
    desk.press("esc");
    let opened = Opened {
        book: desk.state.book.clone(),
        origin: Origin::Unsaved,
        access: Access::ReadWrite,
        problems: Vec::new(),
        again: false,
    };
    let keys = Keys::default().with_plain_off(true);
    desk.act(Action::UseKeys(keys.clone(), Vec::new()));
    desk.state.session.keys.plain_off = true;
    desk.state.session.zoom = 150;
    desk.act(Action::Opened(Box::new(opened)));
    assert_eq!((desk.state.session.zoom, &desk.state.session.keys), (150, &keys), "what is preferred stays");
    desk.press("ctrl+k");
    assert_eq!(desk.palette_rows()[0].title, "Cash");
}

#[test]
fn tab_completes_a_command_and_asks_whom_or_what_it_is_for() {
    let mut desk = Desk::sample();
    let client = desk.shown().figures.clients.rows[3].clone();
    desk.press("ctrl+k");
    desk.type_text("log a t");
    desk.press("tab");
    let guide = Guide::of(&desk.state, &desk.shown());
    assert_eq!(guide.question.as_deref(), Some("Log a touch: which client?"));
    desk.type_text(&client.name);
    desk.press("enter");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("no form") };
    assert_eq!((form.kind, &form.target), (FormKind::Touch, &Target::New(Some(client.id.clone()))));
    desk.press("esc");

    desk.press("ctrl+k");
    desk.type_text("record a pay");
    desk.press("tab");
    let open = desk.shown().figures.cash.owed.clone();
    let offered = desk.palette_rows();
    let numbers: Vec<_> = open.iter().map(|it| format!("Invoice {}", it.number)).collect();
    assert!(
        offered.iter().take(open.len().min(8)).all(|row| numbers.contains(&row.title)),
        "open ones first"
    );
    desk.press("enter");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("no form") };
    assert_eq!(form.kind, FormKind::Payment);
    assert!(matches!(&form.target, Target::NewPart(Table::Invoices, _)), "{:?}", form.target);
    desk.press("esc");

    desk.press("ctrl+k");
    desk.type_text("follow");
    desk.press("tab");
    desk.press("esc");
    let Some(Overlay::Palette(palette)) = &desk.state.session.overlay else { panic!("one step back") };
    assert_eq!((palette.query.as_str(), &palette.of), ("follow", &None));
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none());
}

#[test]
fn a_deal_is_moved_to_a_stage_from_anywhere_and_a_day_is_looked_at_by_its_name() {
    let mut desk = Desk::sample();
    let stages = desk.state.book.business().stages();
    desk.press("ctrl+k");
    desk.type_text("board.to_stage_2");
    let row = desk.palette_rows().swap_remove(0);
    assert!(!row.enabled && row.takes() == Some("deal"), "the board is not shown: {}", row.detail);
    desk.press("tab");
    let moved = desk.palette_rows().into_iter().position(|row| row.enabled).unwrap();
    desk.act(Action::PointPalette(moved));
    desk.press("enter");
    assert!(desk.notice().contains(&format!(" to {}", stages[1].name)), "{}", desk.notice());
    assert_eq!(desk.state.history.depth(), 1);
    desk.press("z");

    desk.press("g d");
    desk.type_text("-2w");
    desk.press("enter");
    assert_eq!(desk.state.as_of, Some(add_days(desk.state.today, -14)));
    desk.press("\\");
    desk.press("g d");
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none(), "nothing was found before it");
}

#[test]
fn every_command_that_can_be_told_what_it_is_for_offers_something_and_means_it() {
    let desk = Desk::sample();
    let shown = desk.shown();
    let mut told = 0;
    for command in commands() {
        let rows = palette::rows(command.id, &desk.state, &shown);
        let Some(row) =
            rows.iter().find(|row| matches!(&row.find, Find::Command(it, _) if it.id == command.id))
        else {
            continue;
        };
        if row.takes().is_none() {
            continue;
        }
        told += 1;
        let mut desk = Desk::sample();
        desk.press("ctrl+k");
        desk.act(row.complete());
        let offered = desk.palette_rows();
        let enabled = offered.iter().find(|row| row.enabled);
        let action = enabled.unwrap_or_else(|| panic!("{}: {offered:#?}", command.id)).action().unwrap();
        let before = desk.state.book.clone();
        desk.act(action);
        let opened = matches!(desk.state.session.overlay, Some(Overlay::Form(_)));
        let edited = !desk.state.book.is_same(&before) && desk.state.history.depth() == 1;
        assert!(opened || edited || desk.state.as_of.is_some(), "{} does nothing with it", command.id);
    }
    assert!(told >= 22, "only {told} commands can be told");
}

#[test]
fn a_command_and_what_it_is_for_are_found_typed_together() {
    let mut desk = Desk::of(
        book(&[
            r#"client (id: "acme", name: "Acme Ltd", added: "2026-01-01")"#,
            r#"client (id: "pia", name: "Pia Payne", added: "2026-01-01")"#,
            r#"deal (id: "done", client: "acme", title: "Old site", stages: [(day: "2026-02-01", stage: "done")])"#,
            r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-11-01", stage: "engaged")])"#,
            r#"invoice (id: "1", number: "2026-7", client: "acme", issued: "2026-11-01", due: "2026-11-10",
                lines: [(result: "A", price: "90 EUR")])"#,
        ]),
        day("2026-11-20"),
    );
    desk.press("ctrl+k");
    for typed in ["acme pay", "pay acme", "record acme payment", "payment 2026-7"] {
        desk.type_text(typed);
        let rows = desk.palette_rows();
        assert_eq!(
            rows.first().map(|row| row.title.as_str()),
            Some("Record a payment: Invoice 2026-7"),
            "{typed}"
        );
        desk.press("esc ctrl+k");
    }
    desk.type_text("acme pay");
    let titles: Vec<String> = desk.palette_rows().into_iter().map(|row| row.title).collect();
    assert!(titles.contains(&"Ask for a down payment: Site".to_owned()), "{titles:?}");
    assert!(titles.iter().all(|title| !title.contains("Old site")), "{titles:?}");
    desk.press("esc ctrl+k");
    desk.type_text("payment");
    assert_eq!(
        desk.palette_rows().first().map(|row| row.title.clone()).as_deref(),
        Some("Record a payment …")
    );
    desk.press("esc ctrl+k");
    desk.type_text("pia touch");
    let titles: Vec<String> = desk.palette_rows().into_iter().map(|row| row.title).collect();
    assert_eq!(titles.first().map(String::as_str), Some("Log a touch: Pia Payne"), "{titles:?}");
    desk.press("enter");
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert!(form.values.iter().any(|value| value == "Pia Payne"), "{:?}", form.values);
}
