//! Keys of one's own: what may be wished for, and that every hint says what works.

use std::fs;

use rapport::command::{Guide, bind, commands, first_key, keys_file, keys_of};
use rapport::state::{Action, Keys, View};
use rapport::store::keys_file::read_keys;

use crate::desk::Desk;
use crate::window::{Machine, put};

fn wish(id: &str, keys: &[&str]) -> (String, Vec<String>) {
    (id.to_owned(), keys.iter().map(ToString::to_string).collect())
}

fn works(keys: &Keys, id: &str) -> Vec<String> {
    let command = commands().find(|command| command.id == id).unwrap();
    keys_of(keys, command).map(str::to_owned).collect()
}

#[test]
fn own_keys_count_in_place_of_those_of_the_table() {
    let (keys, problems) = bind(&[wish("item.handled", &["Y", "F6"]), wish("view.cash", &["g q"])]);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(works(&keys, "item.handled"), ["y", "f6"]);
    assert_eq!(first_key(&keys, "view.cash").as_deref(), Some("G Q"));
    assert_eq!(works(&keys, "item.snooze"), ["s"], "the others keep theirs");
}

#[test]
fn two_commands_may_change_places_and_one_may_have_no_key() {
    let wishes = [wish("item.handled", &["s"]), wish("item.snooze", &["e"]), wish("app.theme", &[])];
    let (keys, problems) = bind(&wishes);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(
        (works(&keys, "item.handled"), works(&keys, "item.snooze")),
        (vec!["s".to_owned()], vec!["e".to_owned()])
    );
    assert_eq!(first_key(&keys, "app.theme"), None);
}

#[test]
fn a_clash_names_both_commands_and_the_key_and_gives_the_built_in_key_back() {
    let (keys, problems) = bind(&[wish("item.handled", &["s"])]);
    assert_eq!(
        problems,
        [
            "“Handled” (item.handled) and “Snooze” (item.snooze) would share the key S. The built-in keys count for item.handled."
        ]
    );
    assert_eq!(
        (works(&keys, "item.handled"), works(&keys, "item.snooze")),
        (vec!["e".to_owned()], vec!["s".to_owned()])
    );

    let (keys, problems) = bind(&[wish("item.handled", &["y"]), wish("item.snooze", &["y"])]);
    assert!(problems[0].contains("item.handled") && problems[0].contains("item.snooze"), "{problems:?}");
    assert_eq!(keys, Keys::default(), "neither has it");
}

#[test]
fn a_key_hides_neither_that_of_a_wider_place_nor_the_beginning_of_another() {
    for (id, key, other) in [
        ("item.handled", "j", "list.down"),
        ("view.cash", "e", "item.handled"),
        ("item.handled", "g", "firm.lists"),
        ("view.cash", "e x", "item.handled"),
        ("item.handled", "ctrl+q", "app.quit"),
    ] {
        let (keys, problems) = bind(&[wish(id, &[key])]);
        let told = problems.iter().any(|it| it.contains(id) && it.contains(other));
        assert!(told, "{id} {key}: {problems:?}");
        assert_eq!(keys, Keys::default());
    }
}

#[test]
fn giving_keys_back_takes_them_from_whoever_took_them_until_nothing_clashes() {
    // Handled cannot have the key of the palette; so it keeps E, which Snooze wished for.
    let (keys, problems) = bind(&[wish("item.handled", &["ctrl+k"]), wish("item.snooze", &["e"])]);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(keys, Keys::default());
}

#[test]
fn what_is_no_command_or_never_arrives_is_told_and_changes_nothing_else() {
    for (id, key, says) in [
        ("item.handeld", "y", "There is no command item.handeld. Did you mean item."),
        ("item.handled", "hyper+e", "\"hyper+e\" is no key"),
        ("item.handled", "a b c", "is no key"),
        ("item.handled", "", "is no key"),
        ("item.handled", "shift+1", "Shift does not count with digits"),
        ("item.handled", "ctrl+c", "copies, cuts or pastes"),
        ("item.handled", "tab", "walks on"),
        ("form.commit", "y", "is typed into the field there"),
        ("app.palette", "y", "it needs a key that works while plain keys are off"),
        ("app.back", "y", "it needs a key that works while plain keys are off"),
    ] {
        let (keys, problems) = bind(&[wish(id, &[key]), wish("item.snooze", &["y x"])]);
        assert!(problems[0].contains(says), "{id} {key}: {problems:?}");
        assert_eq!((keys.count(), problems.len()), (1, 1), "{problems:?}");
        assert_eq!(works(&keys, "item.snooze"), ["y x"]);
    }
}

#[test]
fn the_file_that_is_written_says_every_key_in_use_and_is_read_back_the_same() {
    let (keys, _) =
        bind(&[wish("item.handled", &["y"]), wish("as_of.today", &["ctrl+b"]), wish("app.theme", &[])]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.ron");
    for keys in [Keys::default(), keys] {
        let text = keys_file(&keys);
        put(&path, &text);
        let (again, problems) = bind(&read_keys(&path).unwrap());
        assert!(problems.is_empty(), "{problems:?}");
        for command in commands() {
            assert_eq!(works(&again, command.id), works(&keys, command.id), "{}", command.id);
        }
        assert_eq!(keys_file(&again), text);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_its_line_and_stays_as_it_is() {
    let machine = Machine::new();
    fs::create_dir(machine.path("settings")).unwrap();
    let path = machine.path("settings").join("keys.ron");
    let text = "{\n    \"item.handled\": [\"y\"],\n    \"view.cash\": \"e\",\n}\n";
    put(&path, text);
    let mut window = machine.start();
    assert!(window.notice().contains("keys.ron, line 3"), "{}", window.notice());
    assert!(window.notice().contains("the built-in keys count"), "{}", window.notice());
    window.press("g m");
    assert_eq!(window.state().session.view, View::Cash);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_window_works_by_the_keys_of_the_file_and_says_them_everywhere() {
    let machine = Machine::new();
    fs::create_dir(machine.path("settings")).unwrap();
    let path = machine.path("settings").join("keys.ron");
    put(&path, "{\n    \"item.handled\": [\"y\"], // mine\n    \"view.cash\": [\"ctrl+m\"],\n}\n");
    let mut window = machine.start();
    window.press("?");
    assert!(window.shows("Ctrl+M") && !window.shows("G M or Ctrl+3"), "the help says it");
    window.press("esc");
    window.press("e");
    assert_eq!(window.state().history.depth(), 0, "E is nobody's now");
    window.press("y");
    assert_eq!(window.state().history.depth(), 1);
    window.press("ctrl+m");
    assert_eq!(window.state().session.view, View::Cash);
}

#[test]
fn footer_help_palette_and_continuations_are_of_the_keys_in_use() {
    let mut desk = Desk::sample();
    let (keys, _) = bind(&[wish("item.handled", &["y"]), wish("view.cash", &["g q"])]);
    desk.act(Action::UseKeys(keys, Vec::new()));
    let guide = Guide::of(&desk.state, &desk.shown());
    let hint = guide.hints.iter().find(|hint| hint.command == "item.handled").unwrap();
    assert_eq!(hint.key, "Y");
    desk.press("g");
    let guide = Guide::of(&desk.state, &desk.shown());
    assert!(guide.continuations.iter().any(|hint| hint.command == "view.cash" && hint.key == "Q"));
    desk.press("q");
    assert_eq!(desk.state.session.view, View::Cash);
    desk.press("ctrl+k");
    desk.type_text("view.cash");
    assert_eq!(desk.palette_rows()[0].key.as_deref(), Some("G Q"));
}

#[test]
fn no_sentence_spells_a_key_that_may_be_another_one() {
    fn sources(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { sources(&path, found) } else { found.push(path) }
        }
    }
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut spelt = Vec::new();
    for file in files {
        // What keys are called on a cap.
        if ["key.rs", "keymap.rs", "bind.rs", "keys_file.rs"].iter().any(|name| file.ends_with(name)) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let said = line.split('"').skip(1).step_by(2);
            let keys = [
                "Shift+",
                "Ctrl+",
                "Cmd+",
                "; Del ",
                ", then =",
                "on =",
                "then Enter",
                "press Enter",
                "press Esc",
            ];
            let names = |text: &str| keys.iter().any(|key| text.contains(key));
            spelt.extend(said.filter(|text| names(text)).map(|text| format!("{}: {text}", file.display())));
        }
    }
    assert!(spelt.is_empty(), "name the command in braces instead:\n{}", spelt.join("\n"));
}

#[test]
fn a_key_that_is_only_held_for_another_is_no_stroke_so_that_a_sequence_goes_on() {
    use egui::{Event, Key, Modifiers};
    let pressed = |key| Event::Key {
        key,
        physical_key: Some(key),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::SHIFT,
    };
    for key in
        [Key::ShiftLeft, Key::ShiftRight, Key::ControlLeft, Key::AltRight, Key::SuperLeft, Key::CapsLock]
    {
        assert_eq!(rapport::command::strokes(&[pressed(key)], false), [], "{key:?}");
    }
    let strokes = rapport::command::strokes(&[pressed(Key::ShiftLeft), pressed(Key::C)], false);
    assert_eq!(strokes.len(), 1);
}
