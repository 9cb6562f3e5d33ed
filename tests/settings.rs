//! The settings: what is changed counts at once and is kept, and plain keys can be switched off.

use std::fs;

use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command::palette::{self, Find};
use rapport::command::{Group, Guide, Place, commands, keys_of};
use rapport::state::{
    Action, Effect, MotionChoice, Overlay, Setting, SettingsAction, SettingsFiles, SettingsRow, ThemeChoice,
    View,
};
use rapport::store::settings::{Motion, Settings, Theme};
use rapport::written::{DayOrder, Format, Marks};

use crate::desk::Desk;
use crate::window::{Machine, Window, put};

fn set(setting: Setting) -> Action {
    Action::Settings(SettingsAction::Set(setting))
}

fn without_plain_keys() -> Desk {
    let mut desk = Desk::sample();
    desk.act(set(Setting::PlainKeysOff(true)));
    desk
}

#[test]
fn lines_are_walked_and_changed_by_keys_and_each_change_is_kept() {
    let mut desk = Desk::sample();
    desk.press("ctrl+,");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Settings(SettingsRow::Theme))));
    desk.effects.clear();
    desk.press("right");
    assert_eq!(desk.state.session.theme, ThemeChoice::Light);
    assert!(matches!(desk.effects.as_slice(), [Effect::Remember]), "{:?}", desk.effects);
    desk.press("enter");
    desk.press("enter");
    assert_eq!(desk.state.session.theme, ThemeChoice::System, "Enter goes round");
    desk.press("left");
    assert_eq!(desk.state.session.theme, ThemeChoice::System, "the arrows end");
    desk.press("down");
    for _ in 0..20 {
        desk.press("right");
    }
    assert_eq!(desk.state.session.zoom, 300);
    for _ in 0..20 {
        desk.press("left");
    }
    assert_eq!(desk.state.session.zoom, 75);
    desk.act(set(Setting::Zoom(120)));
    desk.press("right");
    assert_eq!(desk.state.session.zoom, 125, "from between two choices to the next one");
    desk.press("down");
    desk.press("right");
    assert_eq!(desk.state.session.motion, MotionChoice::Reduced);
    desk.press("down");
    desk.press("right");
    assert!(desk.state.session.keys.plain_off);
    desk.press("left");
    assert!(!desk.state.session.keys.plain_off);
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none());
    assert_eq!(desk.state.history.depth(), 0, "no preference is an edit of the book");
}

#[test]
fn every_line_of_the_settings_is_found_in_the_palette_by_its_name_and_by_what_it_sets() {
    let named = SettingsRow::ALL.map(|line| (line.title().to_lowercase(), line));
    let also = [("zoom", SettingsRow::Zoom), ("plain", SettingsRow::PlainKeys), ("dark", SettingsRow::Theme)];
    for (typed, line) in named.into_iter().chain(also.map(|(typed, line)| (typed.to_owned(), line))) {
        let mut desk = Desk::sample();
        desk.press("ctrl+k");
        desk.type_text(&typed);
        let rows = desk.palette_rows();
        let title = format!("Settings: {}", line.title());
        let row = rows.iter().take(8).find(|row| row.title == title);
        let row = row.unwrap_or_else(|| {
            panic!("{typed} finds {:?}", rows.iter().map(|row| &row.title).collect::<Vec<_>>())
        });
        desk.act(row.action().unwrap());
        let Some(Overlay::Settings(at)) = desk.state.session.overlay else { panic!("{typed} opens nothing") };
        assert_eq!(at, line, "{typed}");
    }
}

#[test]
fn a_file_of_keys_that_cannot_be_read_is_said_to_be_so_and_where_it_is() {
    let machine = Machine::new();
    let path = machine.path("settings").join("keys.ron");
    let mut window = machine.start();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    put(&path, "{ \"item.handled\": [\"y\" ");
    window.press("ctrl+,");
    assert!(window.shows("cannot be read, so the built-in keys count"));
    assert!(window.shows("line 1"), "and in which line");
    assert!(!window.shows("as they stand in"));
    window.press("esc");
    put(&path, "{ \"item.handled\": [\"y\"] }");
    window.press("ctrl+,");
    assert!(!window.shows("cannot be read"), "once it is mended");
}

#[test]
fn lines_of_files_write_the_keys_and_show_folders() {
    let mut desk = Desk::sample();
    desk.press("ctrl+,");
    let files = SettingsFiles { keys: "/home/ida/keys.ron".into(), ..SettingsFiles::default() };
    desk.act(Action::Settings(SettingsAction::Found(files.clone())));
    for _ in 0..6 {
        desk.press("down");
    }
    desk.effects.clear();
    desk.press("enter");
    assert!(matches!(desk.effects.as_slice(), [Effect::WriteKeys]), "{:?}", desk.effects);
    desk.act(Action::Settings(SettingsAction::Found(SettingsFiles { keys_there: true, ..files })));
    desk.effects.clear();
    desk.press("enter");
    assert!(matches!(desk.effects.as_slice(), [Effect::ShowFolder(folder)] if folder.ends_with("ida")));
    desk.effects.clear();
    desk.press("down");
    desk.press("enter");
    assert!(desk.effects.is_empty(), "the sample has no folder");
    desk.press("down");
    desk.press("down");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Settings(SettingsRow::Backups))));
}

#[test]
fn without_plain_keys_nothing_that_types_a_character_acts() {
    for view in ["ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5"] {
        let mut desk = without_plain_keys();
        desk.press(view);
        let (book, shown) = (desk.state.book.clone(), desk.state.session.view);
        for key in "abcdefghijklmnopqrstuvwxyz0123456789?/[]{}\\=+-.".chars() {
            desk.press(&key.to_string());
            if key.is_ascii_lowercase() {
                desk.press(&format!("shift+{key}"));
            }
            let session = &desk.state.session;
            assert!(
                session.overlay.is_none() && session.prefix.is_none() && !session.filtering,
                "{key} on {view}"
            );
            assert_eq!(session.view, shown, "{key}");
            assert!(desk.state.book.is_same(&book) && desk.state.as_of.is_none(), "{key}");
        }
        desk.press("space");
        assert!(desk.state.book.is_same(&book));
    }
}

#[test]
fn without_plain_keys_the_queue_is_worked_through_by_arrows_enter_and_the_palette() {
    let mut desk = without_plain_keys();
    let before = desk.shown().today.len();
    desk.press("down");
    assert_eq!(desk.shown().row(&desk.state.session), Some(1));
    desk.press("ctrl+k");
    desk.type_text("handled");
    desk.press("enter");
    assert_eq!((desk.shown().today.len(), desk.state.history.depth()), (before - 1, 1));
    desk.press("ctrl+z");
    assert_eq!(desk.shown().today.len(), before);
    desk.press("ctrl+k");
    desk.type_text("item.snooze");
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Snooze(..))));
    desk.press("enter");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "Enter asks for another day");
    desk.type_text("3d");
    desk.press("enter");
    assert_eq!(desk.shown().today.len(), before - 1);
    desk.press("enter");
    assert!(desk.state.session.page.is_some(), "Enter opens");
    desk.press("esc");
    desk.press("ctrl+3");
    assert_eq!(desk.state.session.view, View::Cash);
    desk.press("ctrl+,");
    for _ in 0..3 {
        desk.press("down");
    }
    desk.press("left");
    assert!(!desk.state.session.keys.plain_off, "and they are switched on again");
}

#[test]
fn without_plain_keys_every_command_is_still_reached_and_no_hint_says_a_plain_key() {
    let desk = without_plain_keys();
    let keys = &desk.state.session.keys;
    let shown = desk.shown();
    for command in commands() {
        let by_key = keys_of(keys, command).next().is_some();
        let rows = palette::rows(command.id, &desk.state, &shown);
        // Of a stage that this board does not have there is nothing to say.
        let there = command.title_in(&desk.state).is_some();
        let finds =
            |row: &palette::PaletteRow| matches!(&row.find, Find::Command(it, _) if it.id == command.id);
        let by_palette = !there || rows.iter().any(finds);
        if command.group != Group::Dialog && command.id != "app.back" && command.places != [Place::Filter] {
            assert!(by_palette || by_key, "{} is neither in the palette nor has it a key", command.id);
        }
        // A snooze is typed in words instead, after Enter; a proof is closed, and a question left, by Esc.
        let has_another_way =
            command.places == [Place::Snooze] || ["proof.close", "confirm.no"].contains(&command.id);
        assert!(by_key || by_palette || has_another_way, "{} is out of reach", command.id);
    }
    let guide = Guide::of(&desk.state, &shown);
    assert!(!guide.hints.is_empty());
    for hint in &guide.hints {
        assert!(hint.key.len() > 1, "{} is a plain key", hint.key);
    }
    let rows = palette::rows("item.handled", &desk.state, &shown);
    assert_eq!(rows[0].key, None);
}

#[test]
fn the_dialog_has_a_role_and_a_name_on_every_line_and_its_controls_are_pressed() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("ctrl+,");
    for row in SettingsRow::ALL {
        let says = format!("{}: ", row.title());
        window.harness.get_by(|node| {
            node.role() == egui::accesskit::Role::ListBoxOption
                && node.label().is_some_and(|it| it.starts_with(&says))
        });
    }
    window.harness.get_by_role_and_label(egui::accesskit::Role::ListBox, "Settings");
    window.harness.get_by_label("Dark").click();
    window.harness.step();
    window.harness.step();
    assert_eq!(window.state().session.theme, ThemeChoice::Dark);
    window.harness.get_by_label("Larger").click();
    window.harness.step();
    window.harness.run_steps(3);
    assert_eq!(window.state().session.zoom, 110);
    assert!((window.harness.ctx.zoom_factor() - 1.1).abs() < 0.001);
    window.press("esc");
    assert!(window.state().session.overlay.is_none());
}

#[test]
fn what_is_preferred_is_in_the_file_and_there_again_at_the_next_start() {
    let machine = Machine::new();
    let file = machine.path("settings").join("rapport-settings.ron");
    let mut window = machine.start();
    window.press("ctrl+, right right down right down right right down right");
    let kept = Settings::load(&file).settings;
    assert_eq!((kept.theme, kept.motion, kept.plain_keys_off), (Theme::Dark, Motion::Off, true));
    assert!((kept.zoom.factor() - 1.1).abs() < 0.001, "{:?}", kept.zoom);
    drop(window);
    let mut window = machine.start();
    assert_eq!(window.state().session.theme, ThemeChoice::Dark);
    assert_eq!(window.state().session.motion, MotionChoice::Off);
    window.press("e j g");
    assert_eq!(window.state().history.depth(), 0);
    assert!(window.state().session.prefix.is_none(), "G waits for nothing");
    window.press("ctrl+2");
    assert_eq!(window.state().session.view, View::Board);
}

#[test]
fn the_keys_are_written_once_and_read_again_when_the_settings_are_opened() {
    let machine = Machine::new();
    let path = machine.path("settings").join("keys.ron");
    let mut window = machine.start();
    window.press("ctrl+, down down down down down down enter");
    assert!(window.notice().contains("keys.ron"), "{}", window.notice());
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"item.handled\": [\"e\"], // Handled"), "{text}");
    assert!(window.state().session.files.keys_there && window.state().session.key_problems.is_empty());
    window.press("esc");
    put(&path, &text.replace("\"item.handled\": [\"e\"]", "\"item.handled\": [\"y\", \"ctrl+k\"]"));
    window.press("ctrl+,");
    assert!(window.shows("would share the key Ctrl+K"), "the settings say it");
    window.press("esc");
    put(&path, &text.replace("\"item.handled\": [\"e\"]", "\"item.handled\": [\"y\"]"));
    window.press("ctrl+, esc y");
    assert_eq!(window.state().history.depth(), 1);
}

#[test]
fn keys_that_do_not_count_are_walked_by_keys_to_the_last() {
    let machine = Machine::new();
    let path = machine.path("settings").join("keys.ron");
    let mut window = machine.start();
    let wrong: Vec<String> = (0..40).map(|nth| format!("\"no.such_command_{nth}\": [\"f5\"],")).collect();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    put(&path, &format!("{{\n{}\n}}\n", wrong.join("\n")));
    window.press("ctrl+,");
    let problems = window.state().session.key_problems.clone();
    assert!(problems.len() >= 40, "{problems:?}");
    for _ in 0..SettingsRow::ALL.len() + problems.len() - 1 {
        window.press("down");
    }
    window.harness.run_steps(20);
    let last = SettingsRow::KeyProblem(problems.len() - 1);
    assert!(matches!(window.state().session.overlay, Some(Overlay::Settings(at)) if at == last));
    let place = window.harness.query_all_by(|node| {
        node.role() == egui::accesskit::Role::ListBoxOption
            && node.is_selected() == Some(true)
            && node.label().as_ref() == problems.last()
    });
    let places: Vec<egui::Rect> = place.map(|node| node.rect()).collect();
    let screen = window.harness.ctx.content_rect();
    assert!(matches!(places.as_slice(), [place] if screen.contains_rect(*place)), "{places:?} in {screen:?}");
    window.press("enter");
    assert!(window.notice().contains("mended in the file of keys"), "{}", window.notice());
}

#[test]
fn no_choice_of_the_settings_leaves_its_line_at_three_times_the_size() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(427.0, 267.0));
    window.press("ctrl+,");
    for row in [
        SettingsRow::Theme,
        SettingsRow::Motion,
        SettingsRow::PlainKeys,
        SettingsRow::Numbers,
        SettingsRow::Days,
    ] {
        while !matches!(window.state().session.overlay, Some(Overlay::Settings(at)) if at == row) {
            window.press("down");
        }
        window.harness.run_steps(20);
        let says = format!("{}: ", row.title());
        let line = window.harness.get_by(|node| {
            node.role() == egui::accesskit::Role::ListBoxOption
                && node.label().is_some_and(|it| it.starts_with(&says))
        });
        let line = line.rect();
        let choices = row.choices();
        assert!(!choices.is_empty());
        for (label, _) in choices {
            let of_line = |place: &egui::Rect| {
                place.center().y > line.top() - 40.0 && place.center().y < line.bottom() + 40.0
            };
            let tabs = window.harness.query_all_by(|node| {
                node.role() == egui::accesskit::Role::Tab && node.label().as_deref() == Some(label.as_str())
            });
            let places: Vec<egui::Rect> = tabs.map(|node| node.rect()).filter(of_line).collect();
            assert!(
                places.iter().any(|place| line.expand(0.5).contains_rect(*place)),
                "{label} at {places:?} leaves {line:?}"
            );
        }
    }
}

#[test]
fn numbers_and_days_are_written_as_is_preferred_on_every_view_and_in_sentences_and_the_book_stays_as_it_is() {
    let machine = Machine::new();
    let mut window = machine.start();
    let book = window.state().book.clone();
    let english = |window: &Window| -> Vec<String> {
        let is_english =
            |it: Option<String>| it.is_some_and(|it| parted_by_comma(&it) || has_english_day(&it));
        let said = window.harness.query_all_by(|node| is_english(node.label()) || is_english(node.value()));
        said.filter_map(|node| node.accesskit_node().value().or(node.accesskit_node().label())).collect()
    };
    for view in ["g t", "g b", "g m", "g c", "enter"] {
        window.press(view);
        assert!(!english(&window).is_empty(), "{view} has numbers and days");
    }
    window.press("esc");
    window.press("ctrl+, down down down down right down right right esc");
    assert_eq!(window.state().session.format, Format { marks: Marks::Point, days: DayOrder::YearFirst });
    for view in ["g t", "g b", "g m", "g c", "enter", "g o"] {
        window.press(view);
        window.harness.run_steps(2);
        assert!(english(&window).is_empty(), "{view} still says {:?}", english(&window));
    }
    assert!(window.state().book.is_same(&book));
    drop(window);
    let window = machine.start();
    assert_eq!(window.state().session.format.days, DayOrder::YearFirst, "it is kept");
}

/// Whether thousands are parted by commas: a digit, a comma, three digits and no other one.
fn parted_by_comma(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters
        .windows(5)
        .any(|it| it[0].is_ascii_digit() && it[1] == ',' && it[2..].iter().all(char::is_ascii_digit))
}

/// Whether a day is written as `4 Mar`.
fn has_english_day(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '.', ';', ':', ')', '\u{a0}']).collect();
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    words
        .windows(2)
        .any(|it| it[0].parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)) && months.contains(&it[1]))
}

#[test]
fn what_the_settings_refused_is_gone_with_them() {
    let mut desk = Desk::sample();
    desk.press("ctrl+, up");
    assert_eq!(desk.notice(), "There is no further line");
    desk.press("esc");
    assert_eq!(desk.notice(), "");
    // By page and to both ends.
    desk.press("ctrl+, end");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Settings(SettingsRow::Backups))));
    desk.press("home");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Settings(SettingsRow::Theme))));
    desk.press("pagedown");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Settings(SettingsRow::Backups))));
    desk.press("pageup");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Settings(SettingsRow::Theme))));
}
