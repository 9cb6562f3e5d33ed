//! What a screen reader is told: every view and dialog is walked node by node.

use std::collections::BTreeSet;

use egui::accesskit::{Action as Does, Live, Role};
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable};

use rapport::state::Overlay;

use crate::window::{Machine, Window, previewed, put};

/// A place, and the keys that lead there from the queue.
pub(crate) const PLACES: [(&str, &str); 28] = [
    ("today", "g t"),
    ("today with a selection", "g t x x"),
    ("board", "g b"),
    ("cash", "g m"),
    ("cash, a bar of a month", "g m v"),
    ("what-if", "g m w"),
    ("a lever", "g m w l p"),
    ("clients", "g c"),
    ("clients in groups", "g c b"),
    ("the firm", "g c i"),
    ("rates", "g r"),
    ("outbox", "g o"),
    ("page: health", "g c enter"),
    ("page: timeline", "g c enter l"),
    ("page: deals", "g c enter l l"),
    ("page: invoices", "g c enter l l l"),
    ("page: achieved", "g c enter l l l l"),
    ("page: goals", "g c enter l l l l l"),
    ("page: promises", "g c enter l l l l l l"),
    ("page: renewals", "g c enter l l l l l l l"),
    ("page: people", "g c enter l l l l l l l l l"),
    ("page: way out", "g c enter l l l l l l l l l l"),
    ("filter", "g c /"),
    ("palette", "ctrl+k"),
    ("palette, a command's argument", "ctrl+k l o g tab"),
    ("quick entry", "a"),
    ("help", "?"),
    ("settings", "ctrl+,"),
];

/// Dialogs that are reached from the queue.
pub(crate) const DIALOGS: [(&str, &str); 9] = [
    ("form of a client", "shift+a c"),
    ("form of an invoice", "shift+a i"),
    ("form of the firm", "shift+a y"),
    ("snooze", "s"),
    ("dismiss", "del"),
    ("a path", "ctrl+o"),
    ("import", "ctrl+i"),
    ("a question", "ctrl+4 del"),
    ("a proof", "g m ="),
];

/// What is wrong with the nodes on the screen, a line each.
fn wrong(window: &Window) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for node in window.harness.query_all_by(|_| true) {
        let node = node.accesskit_node();
        let data = node.data();
        let name = node.label().or_else(|| node.value()).unwrap_or_default();
        let acts = data.supports_action(Does::Click) || data.supports_action(Does::Focus);
        // What is there to catch a click beside a dialog, or to scroll by, says nothing itself.
        let silent = matches!(node.role(), Role::ScrollBar | Role::ScrollView | Role::Splitter);
        if acts && !silent {
            if matches!(node.role(), Role::Unknown | Role::GenericContainer) {
                wrong.insert(format!("{:?} {name:?} acts and has no role: {:?}", node.role(), data.bounds()));
            } else if name.trim().is_empty() {
                wrong.insert(format!("{:?} acts and has no name: {:?}", node.role(), data.bounds()));
            }
        }
        if node.role() == Role::ListBoxOption
            && (data.position_in_set().is_none() || data.size_of_set().is_none())
        {
            wrong.insert(format!("option {name:?} does not say where it stands and among how many"));
        }
        if node.role() == Role::ListBox && data.size_of_set().is_none() {
            wrong.insert(format!("list {name:?} does not say how many there are"));
        }
        if matches!(node.role(), Role::ListBox | Role::Dialog) && name.trim().is_empty() {
            wrong.insert(format!("{:?} has no name", node.role()));
        }
    }
    wrong
}

#[test]
fn a_dialog_is_modal_for_a_screen_reader() {
    let machine = Machine::new();
    let mut window = machine.start();
    for (place, keys) in DIALOGS {
        window.press(keys);
        window.harness.run_steps(2);
        let dialogs: Vec<bool> = window
            .harness
            .query_all_by(|node| node.role() == Role::Dialog)
            .map(|node| node.accesskit_node().is_modal())
            .collect();
        assert_eq!(dialogs, [true], "{place}");
        for _ in 0..6 {
            window.press("esc");
        }
        window.press("ctrl+1");
    }
}

#[track_caller]
fn all_is_named(place: &str, window: &Window) {
    let wrong = wrong(window);
    assert!(wrong.is_empty(), "{place}:\n{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn whatever_can_be_clicked_or_focused_has_a_role_and_a_name_in_every_place() {
    let machine = Machine::new();
    let mut window = machine.start();
    let mut all = Vec::new();
    for (place, keys) in PLACES.iter().chain(&DIALOGS) {
        window.press(keys);
        window.harness.run_steps(2);
        all.extend(wrong(&window).into_iter().map(|it| format!("{place}: {it}")));
        for _ in 0..6 {
            window.press("esc");
        }
        window.press("ctrl+1");
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_preview_of_an_import_is_named_too() {
    let machine = Machine::new();
    let csv = machine.path("in.csv");
    put(&csv, "Client;Invoice;Date;Due;Amount\nQuill;1;2026-10-01;2026-10-31;100.00\n");
    let mut window = machine.start();
    window.preview(&csv);
    window.until(previewed);
    all_is_named("import", &window);
}

#[test]
fn a_chart_says_in_words_what_it_shows() {
    let machine = Machine::new();
    let mut window = machine.start();
    for (view, least) in [("g t", 1), ("g m", 1), ("g c i", 1), ("g c enter", 1)] {
        window.press(view);
        window.harness.run_steps(4);
        // What is drawn in a place higher than any line of text is a chart.
        let tall = |node: &egui_kittest::Node<'_>| node.rect().height() > 36.0 && node.rect().width() > 100.0;
        let charts: Vec<String> = window
            .harness
            .query_all_by(|node| node.role() == Role::Label && node.data().bounds().is_some())
            .filter(tall)
            .map(|node| {
                node.accesskit_node().value().or_else(|| node.accesskit_node().label()).unwrap_or_default()
            })
            .collect();
        assert!(charts.len() >= least, "{view} has {} charts", charts.len());
        for says in &charts {
            assert!(says.split_whitespace().count() >= 3, "{view}: a chart says only {says:?}");
        }
        window.press("ctrl+1");
    }
}

#[test]
fn what_was_done_and_what_could_not_be_done_is_announced() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("e");
    let live = |window: &Window, role: Role| -> Vec<(String, Live)> {
        let nodes = window.harness.query_all_by(|node| node.role() == role);
        nodes
            .map(|node| {
                (
                    node.accesskit_node()
                        .label()
                        .or_else(|| node.accesskit_node().value())
                        .unwrap_or_default(),
                    node.accesskit_node().live(),
                )
            })
            .collect()
    };
    let notice = window.notice().to_owned();
    assert!(
        live(&window, Role::Status).contains(&(notice, Live::Polite)),
        "{:?}",
        live(&window, Role::Status)
    );
    window.press("ctrl+shift+z");
    let notice = window.notice().to_owned();
    assert!(
        live(&window, Role::Alert).contains(&(notice, Live::Assertive)),
        "{:?}",
        live(&window, Role::Alert)
    );
}

#[test]
fn the_window_has_a_name_and_the_footer_comes_last() {
    let machine = Machine::new();
    let window = machine.start();
    let root = window.harness.root();
    assert_eq!(root.accesskit_node().role(), Role::Window);
    assert_eq!(root.accesskit_node().label().as_deref(), Some("Sample · Rapport"));
    // In the order in which a screen reader walks them.
    let nodes = window.harness.query_all_by(|node| node.label().is_some());
    let names: Vec<String> = nodes.filter_map(|node| node.accesskit_node().label()).collect();
    let at = |says: &str| {
        let found = names.iter().position(|name| name.starts_with(says));
        found.unwrap_or_else(|| panic!("{says} in {names:#?}"))
    };
    let item = window.state().session.cursors.today.key.clone();
    assert!(at("Today, ") < at("Filter") && at("Filter") < at("Learn the keys"), "{item}");
    assert!(at("Learn the keys") < at("Import invoices") && at("Import invoices") < at("Look around"));
    assert!(at("Save") < at("Find") && at("Find") < at("Settings") && at("Settings") < at("Keys"));
    assert!(at("Look around") < at("Stalled proposal") && at("Stalled proposal") < at("Draft"));
    assert!(at("Latest") < at("Snooze, S"), "the keys of the footer come after view and pane");
    assert_eq!(
        names.iter().filter(|name| name.as_str() == "Handled, E").count(),
        1,
        "a key and its word are one"
    );
}

#[test]
fn at_three_times_the_size_every_view_and_dialog_is_still_worked() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(427.0, 267.0));
    // A board's cards are taller than what is left of it here: there one scrolls by hand.
    for keys in ["g t", "g c", "g m", "g o"] {
        window.press(keys);
        for _ in 0..3 {
            window.press("j");
            window.harness.run_steps(3);
            // Between head and footer, beside the rail.
            let screen = egui::Rect::from_min_max(egui::pos2(56.0, 52.0), egui::pos2(427.0, 231.0));
            let at = window
                .harness
                .query_all_by(|node| node.role() == Role::ListBoxOption && node.is_selected() == Some(true));
            let rows: Vec<egui::Rect> = at.map(|node| node.rect()).collect();
            let in_sight = rows.iter().any(|rect| rect.intersect(screen).height() > 12.0);
            assert!(in_sight, "{keys}: the row of the cursor is out of sight: {rows:?}");
        }
    }
    // The head of a client's page is high: below it a row is in sight, too.
    for size in [egui::vec2(640.0, 400.0), egui::vec2(427.0, 267.0)] {
        window.harness.set_size(size);
        window.press("g c");
        window.press("enter");
        for _ in 0..2 {
            window.press("l");
        }
        for _ in 0..3 {
            window.press("j");
            window.harness.run_steps(3);
            let screen = egui::Rect::from_min_max(egui::pos2(56.0, 52.0), egui::pos2(size.x, size.y - 36.0));
            let chosen = window.harness.query_all_by(|node| {
                node.is_selected() == Some(true) && matches!(node.role(), Role::ListBoxOption | Role::Row)
            });
            let rows: Vec<egui::Rect> = chosen.map(|node| node.rect()).collect();
            let in_sight = rows.iter().any(|rect| rect.intersect(screen).height() > 20.0);
            assert!(in_sight, "at {size}: the row of the cursor is out of sight: {rows:?}");
        }
        window.press("esc");
    }
    window.harness.set_size(egui::vec2(427.0, 267.0));
    window.press("ctrl+1");
    for (zoom, size) in [(300, egui::vec2(427.0, 267.0)), (75, egui::vec2(1707.0, 1067.0))] {
        // A screen of 1280 by 800 has so many points at this zoom.
        window.harness.set_size(size);
        window.harness.run_steps(3);
        for (place, keys) in PLACES.iter().chain(&DIALOGS) {
            window.press(keys);
            window.harness.run_steps(2);
            let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
            let mut seen = 0;
            for node in window.harness.query_all_by(|node| node.data().supports_action(Does::Focus)) {
                seen += usize::from(node.rect().intersects(screen));
            }
            assert!(seen > 0, "{place} at {zoom} % shows nothing that can be worked");
            // What ends a dialog is in sight without scrolling.
            if window.state().session.overlay.is_some()
                && window.harness.query_by_role(Role::Dialog).is_some()
            {
                let ends = ["Done", "Close", "Cancel", "Enter", "Preview", "Open"];
                let in_sight = window
                    .harness
                    .query_all_by_role(Role::Button)
                    .filter(|node| ends.contains(&node.accesskit_node().label().unwrap_or_default().as_str()))
                    .any(|node| screen.contains_rect(node.rect()));
                let typed =
                    matches!(window.state().session.overlay, Some(Overlay::Palette(_) | Overlay::Quick));
                assert!(in_sight || typed, "{place} at {zoom} % has no button in sight that ends it");
            }
            for _ in 0..6 {
                window.press("esc");
            }
            window.press("ctrl+1");
        }
    }
}

#[test]
fn what_follows_a_first_key_stands_within_a_small_window() {
    let machine = Machine::new();
    let mut window = machine.start();
    // A screen of 1280 by 800 at 75, 100, 200, 240 and 300 %.
    for zoom in [0.75, 1.0, 2.0, 2.4, 3.0] {
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0) / zoom);
        window.harness.set_size(screen.size());
        for (prefix, first, count) in [("shift+a", "C: Add a client", 24), ("g", "T: Today", 9)] {
            window.press(prefix);
            window.harness.run_steps(3);
            let is_row = |label: &str| {
                label.split_once(": ").is_some_and(|(key, _)| key.len() == 1 || key.starts_with("Shift"))
            };
            let rows = window.harness.query_all_by_role(Role::Label);
            let rows: Vec<_> = rows
                .filter_map(|row| Some((row.accesskit_node().value()?, row.rect())))
                .filter(|(label, _)| is_row(label))
                .collect();
            assert!(rows.len() >= count, "{prefix} at {zoom}: {rows:?}");
            assert!(rows.iter().any(|(label, _)| label.starts_with(first)), "{rows:?}");
            for (label, found) in rows {
                assert!(screen.contains_rect(found), "{label} at {found:?}, zoom {zoom}");
            }
            window.press("esc");
        }
    }
}

/// The texts that are painted, as far as they are not cut.
fn painted(window: &Window) -> Vec<String> {
    fn texts(shape: &egui::Shape, all: &mut Vec<String>) {
        match shape {
            egui::Shape::Text(text) => all.push(text.galley.rows.iter().map(|row| row.text()).collect()),
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, all)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    window.harness.output().shapes.iter().for_each(|shape| texts(&shape.shape, &mut all));
    all
}

#[test]
fn what_follows_a_first_key_is_told_apart_where_it_is_cut() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(427.0, 267.0));
    window.press("shift+a");
    window.harness.run_steps(3);
    let said = window.harness.query_all_by_role(Role::Label).filter_map(|row| row.accesskit_node().value());
    let titles: Vec<String> = said
        .filter_map(|it| {
            let (key, title) = it.split_once(": ")?;
            (key.len() == 1 || key.starts_with("Shift")).then(|| title.to_owned())
        })
        .collect();
    let mut cut: Vec<String> = painted(&window)
        .into_iter()
        .filter(|it| it.ends_with('…') && !titles.contains(it))
        .filter(|it| titles.iter().any(|title| title.contains(it.trim_end_matches('…').trim_end())))
        .collect();
    cut.sort_unstable();
    let all = cut.len();
    cut.dedup();
    assert_eq!(cut.len(), all, "{cut:?}");
    let shown = painted(&window);
    for of in ["agreement", "hesitation", "regular fee", "exchange rate"] {
        assert!(shown.iter().any(|it| it == of), "{of} is not told in full: {shown:?}");
    }
}

#[test]
fn whatever_tab_reaches_is_in_sight_at_any_zoom() {
    let machine = Machine::new();
    let mut window = machine.start();
    let mut hidden = BTreeSet::new();
    for zoom in [2.0, 3.0] {
        window.harness.set_size(egui::vec2(1280.0, 800.0) / zoom);
        for (place, keys) in
            [("today", "g t"), ("clients", "g c"), ("the firm", "g c i"), ("cash", "g m"), ("outbox", "g o")]
        {
            window.press(keys);
            window.harness.run_steps(3);
            for _ in 0..36 {
                window.harness.key_press(egui::Key::Tab);
                // As long as it takes to scroll there.
                window.harness.run_steps(24);
                let ctx = &window.harness.ctx;
                let Some(focused) = ctx.memory(egui::Memory::focused) else { continue };
                let Some(at) = ctx.read_response(focused) else { continue };
                let seen = at.interact_rect;
                let is_seen = seen.is_positive() && seen.height() >= 0.6 * at.rect.height().min(40.0);
                // What is drawn no more has no node.
                let Some(node) = window.harness.query_by(has_focus).filter(|_| !is_seen) else { continue };
                let node = node.accesskit_node();
                let (role, name) = (node.role(), node.label().or(node.value()).unwrap_or_default());
                hidden
                    .insert(format!("{place} at {zoom}: {role:?} {name:?} at {:?}, of it {seen:?}", at.rect));
            }
            for _ in 0..4 {
                window.press("esc");
            }
        }
    }
    assert!(hidden.is_empty(), "{}", hidden.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_rail_shows_all_that_it_leads_to_at_three_times_the_size() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(427.0, 267.0));
    window.harness.run_steps(3);
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(427.0, 267.0));
    for label in ["Save", "Find", "Settings", "Keys"] {
        let place = window.harness.get_by_role_and_label(Role::Button, label).rect();
        assert!(screen.contains_rect(place) && place.height() >= 24.0, "{label} at {place:?}");
    }
}

#[test]
fn what_is_owed_by_age_is_a_list_and_what_lies_over_a_view_is_modal() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("g m");
    let rows = window.harness.query_all_by(|node| {
        node.role() == Role::ListBoxOption
            && node.label().is_some_and(|it| it.contains("days late") || it.starts_with("Over 90 days"))
    });
    let rows: Vec<(Option<usize>, Option<usize>)> = rows
        .map(|row| (row.accesskit_node().data().position_in_set(), row.accesskit_node().data().size_of_set()))
        .collect();
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows.iter().all(|(at, of)| at.is_some() && *of == Some(5)), "{rows:?}");
    for keys in ["ctrl+k", "a", "ctrl+,"] {
        window.press("esc esc");
        window.press(keys);
        let dialog = window.harness.get_by_role(Role::Dialog);
        assert!(dialog.accesskit_node().data().is_modal(), "{keys}");
    }
}

#[test]
fn a_field_reached_by_tab_comes_into_sight() {
    let machine = Machine::new();
    let mut window = machine.start();
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(556.0, 348.0));
    window.harness.set_size(screen.size());
    window.press("shift+a c");
    window.harness.run_steps(3);
    for _ in 0..8 {
        window.press("tab");
        window.harness.run_steps(8);
        let focused = window.harness.query_all_by(|node| node.is_focused() && node.role() == Role::TextInput);
        for field in focused {
            assert!(screen.intersect(field.rect()).height() > 12.0, "{:?} is out of sight", field.rect());
        }
    }
}

#[test]
fn a_field_reached_by_tab_comes_into_sight_with_its_label_at_three_times_the_size() {
    // The label stands above its field, so far at most.
    const LABEL: f32 = 18.0;
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(427.0, 267.0));
    window.press("shift+a c");
    window.harness.run_steps(8);
    // Between the title of the form and its buttons.
    let place = |window: &Window, of: Role, label: &str| {
        let is_it = |text: Option<String>| text.is_some_and(|text| text.starts_with(label));
        let mut found =
            window.harness.query_all_by(|node| node.role() == of && is_it(node.value().or(node.label())));
        found.next().map(|node| node.rect())
    };
    let top = place(&window, Role::Label, "New client").expect("a title").bottom();
    let bottom = place(&window, Role::Button, "Done").expect("a button").top();
    for turn in 0..14 {
        let focused = window.harness.query_all_by(|node| node.is_focused() && node.role() == Role::TextInput);
        for field in focused {
            let at = field.rect();
            let in_sight = at.top() - LABEL >= top && at.bottom() <= bottom;
            assert!(in_sight, "after {turn} tabs the field stands at {at:?}, between {top} and {bottom}");
        }
        window.press("tab");
        window.harness.run_steps(8);
    }
}

#[test]
fn the_list_says_how_many_there_are_and_the_row_of_the_cursor_is_selected_not_ticked() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("g c");
    window.harness.run_steps(2);
    let list = window.harness.query_all_by_role(Role::ListBox).next().unwrap();
    let count = list.accesskit_node().data().size_of_set();
    assert!(count.is_some_and(|count| count > 20), "{count:?}");
    let rows: Vec<_> = window.harness.query_all_by_role(Role::ListBoxOption).collect();
    assert_eq!(
        rows[0].accesskit_node().data().position_in_set(),
        Some(0),
        "readers count from one themselves"
    );
    assert!(rows.iter().all(|row| row.accesskit_node().toggled().is_none()));
    assert_eq!(rows.iter().filter(|row| row.accesskit_node().is_selected() == Some(true)).count(), 1);
}

#[test]
fn zoom_by_keys_stays_between_three_quarters_and_three_times() {
    let machine = Machine::new();
    let mut window = machine.start();
    for (factor, held) in [(0.2, 75), (9.0, 300)] {
        window.harness.ctx.set_zoom_factor(factor);
        window.harness.run_steps(4);
        assert_eq!(window.state().session.zoom, held);
        assert!((window.harness.ctx.zoom_factor() - f32::from(held) / 100.0).abs() < 0.01);
    }
}

#[test]
fn the_keys_of_a_place_stand_within_a_small_window() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(556.0, 348.0));
    window.press("?");
    window.harness.run_steps(3);
    window.harness.get_by_role_and_label(Role::Dialog, "Keys");
    let labels = window.harness.query_all_by_role(Role::Label).map(|label| label.rect());
    let beside: Vec<egui::Rect> = labels.filter(|at| at.left() < 0.0).collect();
    assert!(beside.is_empty(), "{beside:?}");
}

fn has_focus(node: &AccessKitNode<'_>) -> bool {
    node.is_focused()
}

/// What a screen reader takes to have the keyboard: role and name.
fn focus(window: &Window) -> (Role, String) {
    let nodes: Vec<_> = window.harness.query_all_by(has_focus).collect();
    assert_eq!(nodes.len(), 1, "one thing has the focus");
    let node = nodes[0].accesskit_node();
    (node.role(), node.label().or_else(|| node.value()).unwrap_or_default())
}

#[test]
fn a_screen_reader_follows_the_cursor_of_every_list_and_plain_keys_go_on_working() {
    let machine = Machine::new();
    let mut window = machine.start();
    for keys in [
        "g t",
        "g b",
        "g c",
        "g r",
        "g m",
        "g c enter",
        "g c enter l",
        "g c enter l l l l l l l l l l",
        "g f",
        "ctrl+,",
        "g m w l p 1 0 enter l p 2 0 enter",
    ] {
        window.press(keys);
        window.harness.run_steps(2);
        let mut heard = BTreeSet::new();
        for key in ["k", "j", "j"] {
            window.press(key);
            let (role, name) = focus(&window);
            assert_eq!(role, Role::ListBoxOption, "{keys}: {name}");
            let option =
                window.harness.query_all_by(|node| node.is_focused() && node.is_selected() == Some(true));
            assert_eq!(option.count(), 1, "{keys}: {name} is where the cursor is");
            heard.insert(name);
            assert_eq!(window.harness.ctx.memory(egui::Memory::focused), None, "{keys}");
            assert!(!window.harness.ctx.text_edit_focused(), "{keys}");
        }
        assert!(heard.len() >= 2, "{keys}: every step is heard: {heard:?}");
        for _ in 0..6 {
            window.press("esc");
        }
        window.press("ctrl+1");
    }
}

#[test]
fn the_list_itself_names_the_row_of_its_cursor() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("g c j");
    let row = window.harness.get_by(has_focus).accesskit_node().id();
    let list = window.harness.query_all_by_role(Role::ListBox).next().unwrap();
    let active = list.accesskit_node().active_descendant().map(|node| node.id());
    assert_eq!(active, Some(row));
}

#[test]
fn a_dialog_without_a_list_or_a_field_has_the_focus_itself() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("g c del");
    window.harness.run_steps(2);
    let (role, name) = focus(&window);
    assert_eq!(role, Role::Dialog, "{name}");
    assert!(name.starts_with("Remove"), "{name}");
    window.press("esc");
    assert_eq!(focus(&window).0, Role::ListBoxOption);
}

#[test]
fn the_keys_of_a_place_are_a_list_that_is_walked_to_its_end_and_scrolls() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("?");
    window.harness.run_steps(2);
    assert_eq!(focus(&window), (Role::ListBoxOption, "Today: G T or Ctrl+1".to_owned()));
    window.press("j");
    assert!(focus(&window).1.starts_with("Board: "), "{}", focus(&window).1);
    window.press("end");
    window.harness.run_steps(2);
    let last = window.harness.get_by(has_focus);
    let of = last.accesskit_node();
    assert_eq!(of.position_in_set().map(|at| at + 1), of.size_of_set());
    assert!(window.harness.ctx.content_rect().contains_rect(last.rect()), "it is in sight");
    window.press("down home");
    assert!(focus(&window).1.starts_with("Today: "));
}

#[test]
fn a_field_that_is_typed_in_keeps_the_focus_and_the_row_of_its_arrows_is_announced() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("ctrl+k");
    window.harness.run_steps(2);
    let before = announced(&window);
    let mut step = |key: egui::Key, text: Option<&str>| {
        let events = &mut window.harness.input_mut().events;
        events.push(egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        });
        events.extend(text.map(|text| egui::Event::Text(text.to_owned())));
        window.harness.step();
        // What was typed is found in the frame after.
        window.harness.step();
        assert_eq!(focus(&window).0, Role::TextInput);
        announced(&window)
    };
    let typed = step(egui::Key::S, Some("s"));
    let below = step(egui::Key::ArrowDown, None);
    assert!(typed != before && below != typed && !below.is_empty(), "{before} {typed} {below}");
    let rows = window.harness.query_all_by_role(Role::ListBoxOption);
    assert!(rows.filter_map(|row| row.accesskit_node().label()).any(|row| row == below), "{below}");
}

/// What the node says that speaks, and is always there: one that becomes live says nothing by that.
fn announced(window: &Window) -> String {
    let node = window.harness.query_all_by_role(Role::Status).map(|node| node.accesskit_node());
    let mut speaking = node.filter(|node| node.bounding_box().is_some_and(|place| place.width() < 3.0));
    let node = speaking.next().expect("one node speaks");
    assert_eq!(node.live(), Live::Polite);
    node.label().unwrap_or_default().trim_end_matches('\u{200b}').to_owned()
}

#[test]
fn what_is_wrong_in_a_field_and_what_may_follow_a_key_is_said() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("g");
    window.harness.run_steps(2);
    assert!(announced(&window).starts_with("T Today, B Board, "), "{}", announced(&window));
    window.press("esc");
    window.press("shift+a c enter");
    window.harness.run_steps(3);
    let field = window.harness.get_by(has_focus).accesskit_node();
    assert_eq!(field.description().as_deref(), Some("Name must be filled in"));
    assert_eq!(announced(&window), "Name must be filled in");
}

/// Whether something in the accent's colour, as thick as a ring, is drawn around or in a place.
fn ring_at(shape: &egui::Shape, place: egui::Rect, accent: egui::Color32) -> bool {
    let near =
        |drawn: egui::Rect| drawn.intersects(place.expand(4.0)) && place.expand(40.0).contains_rect(drawn);
    match shape {
        egui::Shape::Vec(shapes) => shapes.iter().any(|shape| ring_at(shape, place, accent)),
        egui::Shape::Rect(rect) => rect.stroke.color == accent && rect.stroke.width >= 2.0 && near(rect.rect),
        _ => false,
    }
}

#[test]
fn what_tab_reaches_shows_that_it_has_the_keyboard() {
    let machine = Machine::new();
    let mut window = machine.start();
    let accent = rapport::kit::theme::Tokens::of(&window.harness.ctx).accent;
    let mut hidden = BTreeSet::new();
    for (place, keys) in PLACES.iter().chain(&DIALOGS) {
        window.press(keys);
        window.harness.run_steps(2);
        let mut seen = BTreeSet::new();
        for _ in 0..30 {
            window.harness.key_press(egui::Key::Tab);
            window.harness.run_steps(2);
            if window.harness.ctx.memory(egui::Memory::focused).is_none() {
                continue;
            }
            let Some(node) = window.harness.query_by(has_focus) else { continue };
            let (role, rect) = (node.accesskit_node().role(), node.rect());
            let name = node.accesskit_node().label().unwrap_or_default();
            if !seen.insert(format!("{role:?} {name} {rect:?}")) {
                break;
            }
            let shapes = &window.harness.output().shapes;
            if !shapes.iter().any(|shape| ring_at(&shape.shape, rect, accent)) {
                hidden.insert(format!("{place}: {role:?} {name:?} at {rect:?}"));
            }
        }
        for _ in 0..6 {
            window.press("esc");
        }
        window.press("ctrl+1");
    }
    assert!(hidden.is_empty(), "{}", hidden.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What can be reached by `Tab` in one line, in the dialog where there is one, and comes after what stands right of it.
fn out_of_order(window: &Window) -> Vec<String> {
    let reached = |node: &AccessKitNode<'_>| {
        node.data().supports_action(Does::Focus) && node.role() != Role::ListBoxOption
    };
    let screen = window.harness.ctx.content_rect();
    let named =
        |node: egui_kittest::Node<'_>| (node.accesskit_node().label().unwrap_or_default(), node.rect());
    let nodes: Vec<(String, egui::Rect)> = match window.harness.query_by_role(Role::Dialog) {
        Some(dialog) => dialog.query_all_by(reached).map(named).collect(),
        None => window.harness.query_all_by(reached).map(named).collect(),
    };
    let nodes: Vec<_> = nodes.into_iter().filter(|(_, place)| screen.contains_rect(*place)).collect();
    let pairs = nodes.iter().zip(nodes.iter().skip(1));
    let back = pairs.filter(|((_, before), (_, after))| {
        (before.center().y - after.center().y).abs() < 6.0 && after.left() < before.left()
    });
    back.map(|((before, _), (after, _))| format!("{before:?} comes before {after:?}")).collect()
}

#[test]
fn what_stands_in_a_line_is_read_and_reached_from_the_left_to_the_right() {
    let machine = Machine::new();
    let csv = machine.path("in.csv");
    put(&csv, "Client;Invoice;Date;Due;Amount\nQuill;1;2026-10-01;2026-10-31;100.00\n");
    let mut window = machine.start();
    let mut wrong = Vec::new();
    for size in [egui::vec2(1280.0, 800.0), egui::vec2(427.0, 267.0)] {
        window.harness.set_size(size);
        for (place, keys) in
            PLACES.iter().chain(&DIALOGS).chain(&[("the firm's lists", "g f"), ("merge", "g c m enter")])
        {
            window.press(keys);
            window.harness.run_steps(2);
            // Fields and a page that are scrolled away would seem to stand beside the buttons of a small window.
            let scrolled = size.y < 400.0 && ["form", "page"].iter().any(|it| place.starts_with(it));
            let out = if scrolled { Vec::new() } else { out_of_order(&window) };
            wrong.extend(out.into_iter().map(|it| format!("{place} at {size}: {it}")));
            for _ in 0..6 {
                window.press("esc");
            }
            window.press("ctrl+1");
        }
    }
    window.preview(&csv);
    window.until(previewed);
    wrong.extend(out_of_order(&window).into_iter().map(|it| format!("import: {it}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tab_walks_the_buttons_of_a_dialog_from_the_left_to_the_right() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("shift+a g");
    window.harness.run_steps(2);
    let mut walked = Vec::new();
    for _ in 0..8 {
        window.harness.key_press(egui::Key::Tab);
        window.harness.run_steps(2);
        let node = window.harness.query_all_by(|node| has_focus(node) && node.role() == Role::Button);
        walked.extend(node.map(|node| node.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>());
    }
    let first: Vec<&str> = walked.iter().take(2).map(String::as_str).collect();
    assert_eq!(first, ["Cancel", "Done"], "{walked:?}");
}
