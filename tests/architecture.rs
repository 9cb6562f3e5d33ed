//! The house: who may use whom, read from the `use` lines and paths of every file.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms it may use; besides, all may use `written`, which uses none.
const ROOMS: [(&str, &[&str]); 10] = [
    ("written.rs", &[]),
    ("domain", &[]),
    ("figures", &["domain"]),
    ("store", &["domain"]),
    ("state", &["domain", "figures"]),
    ("kit", &[]),
    ("command", &["state", "figures", "domain"]),
    ("panels", &["kit", "command", "state", "figures", "domain"]),
    ("effects", &["store", "state", "domain"]),
    ("cli", &["store", "figures", "domain", "panels", "kit", "state", "command"]),
];

/// What stands above all rooms, and may use them all.
const ABOVE: [&str; 3] = ["app", "lib.rs", "main.rs"];

/// Rooms that may touch the disk, the surroundings or another thread, as `app` and `main` may.
const OUTSIDE: [&str; 3] = ["store", "effects", "cli"];

/// What reaches for the disk, the surroundings, another process or another thread.
const REACHES: [&str; 10] = [
    "fs::",
    "OpenOptions",
    ".exists()",
    "Path::exists",
    "env::",
    "process::",
    "net::",
    "thread::",
    "mpsc::",
    "load_system_fonts",
];

/// All that `command` may know of egui: keys and what brings them; and in `hints` the context that carries those in use.
const KEYS_OF_EGUI: [&str; 6] = ["Key", "Modifiers", "Event", "ImeEvent", "Context", "Id"];

/// Rooms that must not know the screen's library.
const WITHOUT_EGUI: [&str; 6] = ["domain", "figures", "store", "state", "effects", "written.rs"];

fn files(of: &Path) -> Vec<PathBuf> {
    if of.is_file() {
        return vec![of.to_path_buf()];
    }
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(of).unwrap() {
        found.extend(files(&entry.unwrap().path()));
    }
    found.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms a file names in its code, comments apart.
fn named(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut rooms = Vec::new();
    for line in code {
        for part in line.split("crate::").skip(1) {
            // `$crate::` in a macro names the room just the same.
            rooms
                .push(part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned());
        }
    }
    rooms
}

#[test]
fn arrows_only_go_down() {
    for (room, may_use) in ROOMS {
        for file in files(&source().join(room)) {
            for used in named(&fs::read_to_string(&file).unwrap()) {
                assert!(
                    used == room || used == "written" || may_use.contains(&used.as_str()),
                    "{} uses {used}, which {room} must not know",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn every_file_is_in_a_room() {
    let found = fs::read_dir(source()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<String> = found.collect();
    found.sort_unstable();
    let mut known: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).chain(ABOVE).collect();
    known.sort_unstable();
    assert_eq!(found, known);
}

/// What a file says in its code, comments and tests apart.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_inside_reaches_for_the_disk_the_surroundings_or_a_thread() {
    for (room, _) in ROOMS.iter().filter(|(room, _)| !OUTSIDE.contains(room)) {
        for file in files(&source().join(room)) {
            let code = code(&file);
            for reach in REACHES {
                let is_word = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let used = code.match_indices(reach).any(|(at, _)| reach.starts_with('.') || is_word(at));
                assert!(!used, "{} reaches outside by {reach}", file.display());
            }
        }
    }
}

#[test]
fn of_the_screens_library_commands_know_keys_alone() {
    for file in files(&source().join("command")) {
        for part in code(&file).split("egui::").skip(1) {
            let named =
                part.trim_start_matches('{').split(|c: char| !c.is_alphanumeric() && !", ".contains(c));
            for name in named
                .take(1)
                .flat_map(|names| names.split(", ").take(if part.starts_with('{') { 9 } else { 1 }))
            {
                assert!(KEYS_OF_EGUI.contains(&name.trim()), "{} knows egui's {name:?}", file.display());
                let is_hints = file.ends_with("hints.rs");
                assert!(
                    is_hints || !["Context", "Id"].contains(&name),
                    "{} knows egui's {name}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn only_what_is_drawn_knows_the_screens_library() {
    for room in WITHOUT_EGUI {
        for file in files(&source().join(room)) {
            let text = fs::read_to_string(&file).unwrap();
            let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            assert!(!code.contains("egui"), "{} knows egui", file.display());
        }
    }
}

#[test]
fn no_clock_is_read_but_by_effects() {
    for file in files(&source()) {
        if file.starts_with(source().join("effects")) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for clock in ["Local::now", "Utc::now", "SystemTime::now", "Instant::now"] {
            assert!(!text.contains(clock), "{} reads the clock", file.display());
        }
    }
}

#[test]
fn panels_spell_no_shortcut() {
    for file in files(&source().join("panels")) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for key in ["Ctrl+", "Shift+", "key_pressed", "consume_key", "consume_shortcut"] {
            assert!(!code.contains(key), "{} spells {key:?}", file.display());
        }
    }
}

#[test]
fn the_window_shares_its_clipboard_with_other_programs() {
    let manifest = include_str!("../Cargo.toml");
    let eframe = manifest.lines().find(|line| line.starts_with("eframe = ")).unwrap();
    // Without it egui copies into a text of its own, which no other program sees: nothing else would tell.
    assert!(eframe.contains("\"clipboard\""), "{eframe}");
}
