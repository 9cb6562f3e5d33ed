//! Every command is reached in three ways: by a key, by the palette, and by the mouse.
//!
//! By the mouse a command of a view is reached through the palette: `Find` in the rail opens it, its list holds all of them
//! while nothing is typed, and a click on a row runs it. What belongs to a dialog has a counterpart there that is clicked; moving
//! from row to row is what pointing at a row does.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use rapport::command::palette::{self, Find};
use rapport::command::{Chord, Command, Group, Keymap, Press, Stroke, commands};
use rapport::state::{Overlay, SettingsRow, Shown, State, View};

use crate::desk::Desk;
use crate::window::{Machine, Window, previewed, put};

/// Whether it belongs to a dialog or a field, and so is no row of the palette.
fn is_of_dialog(command: &Command) -> bool {
    command.group == Group::Dialog
}

#[test]
fn every_command_is_reached_by_each_of_its_keys_where_it_works() {
    let keymap = Keymap::of_table();
    let stroke = |chord| Stroke { chord, repeat: false, event: 0 };
    for command in commands() {
        assert!(!command.keys.is_empty(), "{} has no key", command.id);
        for (keys, place) in
            command.keys.iter().flat_map(|keys| command.places.iter().map(move |at| (keys, at)))
        {
            let chords: Vec<&str> = keys.split(' ').collect();
            let (prefix, last) = match chords.as_slice() {
                [only] => (None, only),
                [first, second] => (Some(*first), second),
                _ => panic!("{keys}"),
            };
            let pressed = keymap.press(&[*place], prefix, stroke(Chord::parse(last).unwrap()));
            assert!(matches!(pressed, Press::Command(it) if it.id == command.id), "{} by {keys}", command.id);
        }
    }
}

fn is_row_of(row: &palette::PaletteRow, command: &Command) -> bool {
    matches!(&row.find, Find::Command(it, _) if it.id == command.id)
}

#[test]
fn every_command_of_a_view_is_in_the_palette_with_its_key_and_found_by_its_title() {
    let desk = Desk::sample();
    let (state, shown): (&State, Shown) = (&desk.state, desk.shown());
    let all = palette::rows("", state, &shown);
    let stages = state.book.business().stages().len();
    for command in commands().filter(|command| !is_of_dialog(command)) {
        let stage = command.id.strip_prefix("board.to_stage_").map(|digit| digit.parse::<usize>().unwrap());
        if stage.is_some_and(|stage| stage > stages)
            || command.id == "app.back"
            || command.id == "filter.take"
        {
            // There is nothing to go to, or back from; and keeping the filter is what leaving its field does.
            continue;
        }
        let row = all.iter().find(|row| is_row_of(row, command));
        let row = row.unwrap_or_else(|| panic!("{} is not among all rows", command.id));
        assert!(row.key.is_some(), "{} shows no key", command.id);
        let title = command.title_in(state).unwrap();
        let found = palette::rows(&title, state, &shown);
        assert!(found.iter().any(|row| is_row_of(row, command)), "{title} does not find {}", command.id);
    }
}

fn click(window: &mut Window, says: impl Fn(&str) -> bool) {
    let mut nodes = window.harness.query_all_by(|node| {
        let clickable = node.data().supports_action(egui::accesskit::Action::Click);
        clickable && node.label().is_some_and(|label| says(&label))
    });
    nodes.next().expect("something to click is there").click();
    drop(nodes);
    window.harness.run_steps(4);
}

#[test]
fn the_palette_is_opened_scrolled_and_used_by_the_mouse_alone() {
    let machine = Machine::new();
    let mut window = machine.start();
    click(&mut window, |label| label == "Find");
    assert!(matches!(window.state().session.overlay, Some(Overlay::Palette(_))));
    click(&mut window, |label| label.starts_with("Board."));
    assert_eq!(window.state().session.view, View::Board);
    click(&mut window, |label| label == "Find");
    // Down to the last of all commands.
    window.harness.get_by_role_and_label(Role::ListBox, "Commands");
    window.harness.hover_at(egui::pos2(640.0, 300.0));
    for _ in 0..60 {
        let wheel = egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -400.0),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        };
        window.harness.input_mut().events.push(wheel);
        window.harness.step();
    }
    window.harness.run_steps(20);
    let rows = palette::rows("", window.state(), &crate::layouts::shown_of(window.state()));
    let last = rows.last().unwrap();
    assert!(window.shows(last.title.trim_end_matches(" …")), "{} is scrolled to", last.title);
}

/// The dialogs, the keys that open each, what is clicked in it for which of its commands.
#[test]
fn what_a_dialog_does_by_keys_it_does_by_clicks() {
    let machine = Machine::new();
    let mut window = machine.start();
    let mut clicked = Vec::new();
    let overlay = |window: &Window| window.state().session.overlay.clone();

    window.press("ctrl+k");
    window.types("log a touch");
    click(&mut window, |label| label == "Which client?");
    assert!(matches!(overlay(&window), Some(Overlay::Palette(open)) if open.of.is_some()));
    clicked.push("palette.argument");
    click(&mut window, |label| label.contains(". Client"));
    assert!(matches!(overlay(&window), Some(Overlay::Form(_))));
    clicked.extend(["palette.run", "palette.down", "palette.up"]);
    window.press("esc");

    window.press("shift+a c");
    window.types("Quill");
    let depth = window.state().history.depth();
    click(&mut window, |label| label == "Done");
    assert_eq!(window.state().history.depth(), depth + 1);
    clicked.extend(["form.commit", "form.down", "form.up"]);
    window.press("z");

    window.press("g t");
    let letter =
        |window: &Window| matches!(overlay(window), Some(Overlay::Form(form)) if form.is_in_long_text());
    for _ in 0..12 {
        window.press("r");
        if matches!(overlay(&window), Some(Overlay::Form(_))) {
            break;
        }
        window.press("j");
    }
    for _ in 0..8 {
        if letter(&window) {
            break;
        }
        window.press("tab");
    }
    assert!(letter(&window), "a draft is being edited");
    assert!(window.shows("Done"), "and its button does what Ctrl+Enter does");
    clicked.push("form.commit_text");
    window.press("esc");

    for (preset, id) in
        [("Tomorrow", "snooze.tomorrow"), ("Next Monday", "snooze.monday"), ("In a week", "snooze.week")]
    {
        window.press("s");
        let depth = window.state().history.depth();
        click(&mut window, |label| label.to_lowercase().starts_with(&preset.to_lowercase()));
        assert_eq!(window.state().history.depth(), depth + 1, "{id}");
        clicked.push(id);
    }
    // Whether these two mean anything depends on the item; they are rows of the same list.
    window.press("s");
    assert_eq!(
        window.harness.query_all_by_role(Role::ListBoxOption).filter(|it| it.rect().width() < 400.0).count(),
        6
    );
    click(&mut window, |label| label.contains("just type"));
    assert!(matches!(overlay(&window), Some(Overlay::Form(_))));
    clicked.extend(["snooze.reply", "snooze.paid", "snooze.day"]);
    window.press("esc esc");

    window.press("?");
    click(&mut window, |label| label == "Close");
    assert!(overlay(&window).is_none());
    clicked.push("help.close");

    window.press("ctrl+,");
    click(&mut window, |label| label == "Light");
    click(&mut window, |label| label.starts_with("Motion: "));
    assert!(matches!(overlay(&window), Some(Overlay::Settings(SettingsRow::Motion))));
    click(&mut window, |label| label == "Close");
    assert!(overlay(&window).is_none());
    clicked.extend([
        "settings.down",
        "settings.page_down",
        "settings.page_up",
        "settings.first",
        "settings.last",
        "settings.up",
        "settings.next",
        "settings.previous",
        "settings.change",
        "settings.close",
    ]);

    window.press("ctrl+o");
    click(&mut window, |label| label == "Open");
    assert!(window.shows("type a path"));
    assert!(window.shows("Browse"));
    clicked.extend(["path.take", "path.browse"]);
    window.press("esc");

    window.press("ctrl+4 del");
    click(&mut window, |label| label == "Cancel");
    assert!(overlay(&window).is_none());
    let depth = window.state().history.depth();
    window.press("del");
    click(&mut window, |label| label == "Remove");
    assert_eq!(window.state().history.depth(), depth + 1);
    clicked.extend(["confirm.no", "confirm.yes"]);
    window.press("z");

    window.press("=");
    assert!(matches!(overlay(&window), Some(Overlay::Proof(_))), "{:?}", overlay(&window));
    click(&mut window, |label| label == "Close");
    assert!(overlay(&window).is_none());
    clicked.extend([
        "proof.close",
        "proof.down",
        "proof.up",
        "proof.page_down",
        "proof.page_up",
        "proof.first",
        "proof.last",
    ]);

    let csv = machine.path("in.csv");
    put(&csv, "Client;Invoice;Date;Due;Amount;Note\nQuill;1;2026-10-01;2026-10-31;100.00;x\n");
    window.preview(&csv);
    let column = |window: &Window| match overlay(window) {
        Some(Overlay::Import(import)) => {
            (import.draft.choices.len(), import.draft.dates, import.draft.currency)
        }
        other => panic!("{other:?}"),
    };
    click(&mut window, |label| label == "Next column");
    assert_eq!(column(&window).0, 1);
    window.until(previewed);
    click(&mut window, |label| label.starts_with("Dates:"));
    window.until(previewed);
    click(&mut window, |label| label.starts_with("Currency:"));
    window.until(previewed);
    assert!(column(&window).1.is_some() && column(&window).2.is_some());
    assert!(window.shows("Previous column") && window.shows("Import"));
    clicked.extend([
        "import.left",
        "import.right",
        "import.dates",
        "import.currency",
        "import.take",
        "import.down",
        "import.up",
    ]);
    window.press("esc");

    window.press("a");
    window.types("met Zoe at the fair");
    let depth = window.state().history.depth();
    click(&mut window, |label| label == "Enter, and the next");
    assert_eq!(window.state().history.depth(), depth + 1);
    window.types("met Yan at the fair");
    click(&mut window, |label| label == "Enter");
    assert_eq!(window.state().history.depth(), depth + 2);
    clicked.extend(["quick.enter", "quick.enter_next"]);
    window.press("a");
    let rows = window.harness.query_all_by_role(Role::ListBoxOption).count();
    assert!(rows > 0, "examples and completions are clicked");
    clicked.extend(["quick.take", "quick.down", "quick.up"]);
    window.press("esc");

    // These have their buttons only where something stands above or below; held by the tests of their panels.
    let elsewhere = ["proof.open", "proof.deeper", "proof.back", "quick.finish", "rates.take"];
    let choices = |id: &str| id.starts_with("quick.choose_");
    // The dialogs of merging and of the firm's lists are clicked through in `panel_dialogs`.
    // The list of keys is scrolled by the wheel.
    let scrolled = |id: &str| id.starts_with("help.");
    let dialogs = |id: &str| id.starts_with("merge.") || id.starts_with("lists.") || scrolled(id);
    for command in commands().filter(|command| is_of_dialog(command)) {
        let known = clicked.contains(&command.id) || elsewhere.contains(&command.id);
        let known = known || choices(command.id) || dialogs(command.id);
        assert!(known, "{} has no counterpart for the mouse", command.id);
    }
}
