//! Laws over random scripts in the painted window: whatever keys are struck and whatever is typed, nothing panics, no book changes
//! without a step of undo, and undoing all of it gives the book and, once saved, the bytes one began with.

use std::fs;

use egui::{Event, Key, Modifiers};
use rapport::command::{Chord, Command, Keymap, Press, Stroke, commands, is_typing, places};
use rapport::state::{Overlay, State};

use crate::scripts::text_for;
use crate::window::{Machine, Window, put, struck};

/// A small book with something of most tables, so that a frame costs little.
const BOOK: &str = r#"// A book.
(format: 1,
  business: (name: "Linden", currency: "EUR", reserve: "2000.00", accounts: [(id: "bank", name: "Bank", balances: [(day: "2026-11-01", amount: "5000.00")])]),
  clients: [
    (id: "ada", name: "Ada Ltd", added: "2026-01-01", people: [(name: "Ada Roe", mail: "ada@example.org")]), // first
    (id: "bob", name: "Bob & Co", added: "2026-02-01", met: (day: "2026-11-18", why: "wants a site")),
  ],
  deals: [(id: "site", client: "ada", title: "New site", value: "4000.00", stages: [(day: "2026-11-01", stage: "proposal")])],
  invoices: [(id: "i1", number: "1", client: "ada", issued: "2026-09-01", due: "2026-10-01", lines: [(result: "Plan", price: "900.00")])],
  promises: [(id: "p1", client: "ada", by: me, what: "proofs", made: "2026-11-10", due: "2026-11-19")],
  renewals: [(id: "r1", what: "ada.example", client: "ada", noted: "2026-01-01", expires: "2026-12-10", price: "30.00")],
)
"#;

/// What would open another program or a dialog of the system, put another book in this one's place, or end the program.
const LEAVES_THE_PROGRAM: [&str; 8] = [
    "app.quit",
    "file.start",
    "file.reload",
    "outbox.open",
    "outbox.open_all",
    "path.browse",
    "path.take",
    "settings.change",
];

const TYPED: [&str; 12] = [
    "ada",
    "bob",
    "today",
    "-3d",
    "120",
    "5",
    "paid ada 900",
    "call bob hi",
    "ada 3h design",
    "",
    "31 feb",
    "3d",
];

/// Draws numbers: the same ones in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// What a chord would mean now.
fn meaning(state: &State, keymap: &Keymap, chord: Chord) -> Press {
    let stroke = Stroke { chord, repeat: false, event: 0 };
    keymap.press(&places(state), state.session.prefix.as_deref(), stroke)
}

/// One frame with these events and the keys let go again.
fn frame(window: &mut Window, events: Vec<Event>) {
    let released: Vec<Event> = events
        .iter()
        .filter_map(|event| match event {
            Event::Key { key, physical_key, modifiers, .. } => Some(Event::Key {
                key: *key,
                physical_key: *physical_key,
                pressed: false,
                repeat: false,
                modifiers: *modifiers,
            }),
            _ => None,
        })
        .collect();
    let modifiers = events.iter().find_map(|event| match event {
        Event::Key { modifiers, .. } => Some(*modifiers),
        _ => None,
    });
    let input = &mut window.harness.input_mut().events;
    input.push(Event::ModifiersChanged(modifiers.unwrap_or_default()));
    input.extend(events);
    input.extend(released);
    input.push(Event::ModifiersChanged(Modifiers::NONE));
    window.harness.step();
}

/// Does something in one frame; the book changes with a step of undo or not at all.
#[track_caller]
fn one_frame(window: &mut Window, says: &str, events: Vec<Event>) {
    let (book, depth) = (window.state().book.clone(), window.state().history.depth());
    frame(window, events);
    let state = window.state();
    let undoable = state.history.depth() != depth;
    assert!(state.book.is_same(&book) || undoable, "{says} changed the book without a step of undo");
}

/// Strikes the keys of a command, unless one of them would leave the program where it is struck.
fn strike(window: &mut Window, keymap: &Keymap, command: &Command, pick: usize) -> bool {
    let Some(keys) = command.keys.get(pick % command.keys.len().max(1)) else { return false };
    let mut struck_any = false;
    for key in keys.split(' ') {
        let chord = Chord::parse(key).unwrap();
        match meaning(window.state(), keymap, chord) {
            Press::Command(command) if LEAVES_THE_PROGRAM.contains(&command.id) => return struck_any,
            // A focused button would be pressed: that of a path or of the settings among them.
            _ if matches!(key, "enter" | "space") && leaves_by_button(window.state()) => return struck_any,
            _ => {}
        }
        one_frame(window, key, struck(chord));
        struck_any = true;
    }
    struck_any
}

/// Walks by Tab through the fields of a form and types what is needed into those that are empty.
fn fill(window: &mut Window, pick: usize) {
    let form = |window: &Window| match &window.state().session.overlay {
        Some(Overlay::Form(form)) => Some(form.clone()),
        _ => None,
    };
    let Some(first) = form(window) else { return };
    let fields = first.kind.spec().fields;
    let last = fields.iter().rposition(|field| field.required).unwrap_or(0);
    for (at, field) in fields.iter().enumerate().take(last + 1) {
        let Some(now) = form(window) else { return };
        if now.focus == at && field.required && now.values[at].is_empty() {
            let text = text_for(field.kind, pick + at).to_owned();
            one_frame(window, &format!("typing {text:?}"), vec![Event::Text(text)]);
        }
        if at < last {
            one_frame(window, "tab", struck(Chord::parse("tab").unwrap()));
            // The focus comes to the field in the frame after.
            frame(window, Vec::new());
        }
    }
}

fn leaves_by_button(state: &State) -> bool {
    matches!(state.session.overlay, Some(Overlay::Path(_) | Overlay::Settings(_)))
}

fn script(seed: u64) -> usize {
    let machine = Machine::new();
    let path = machine.path("book.ron");
    put(&path, BOOK);
    let mut window = machine.open(&path);
    let first = window.state().book.clone();
    let (mut dice, keymap) = (Dice(seed), Keymap::of_table());
    let all: Vec<&Command> = commands().collect();
    let (mut done, mut tried, mut edits) = (0, 0, 0);
    while done < 200 {
        tried += 1;
        assert!(tried < 20_000, "script {seed} has come to a place that no key leaves");
        let before = window.state().history.depth();
        let command = all[dice.below(all.len())];
        done += usize::from(strike(&mut window, &keymap, command, dice.below(7)));
        if matches!(window.state().session.overlay, Some(Overlay::Form(_))) {
            fill(&mut window, dice.below(97));
        } else if is_typing(window.state()) {
            let text = TYPED[dice.below(TYPED.len())].to_owned();
            one_frame(&mut window, &format!("typing {text:?}"), vec![Event::Text(text)]);
        }
        if is_typing(window.state()) {
            // What is begun is finished, but for now and then when it is left again.
            let leaves = leaves_by_button(window.state()) || dice.below(4) == 0;
            let end = if leaves { "esc" } else { "enter" };
            one_frame(&mut window, end, struck(Chord::parse(end).unwrap()));
        }
        // Nothing is edited on an earlier day: it is not stayed at for long.
        if window.state().as_of.is_some() && !is_typing(window.state()) && dice.below(3) == 0 {
            one_frame(&mut window, "back to today", struck(Chord::parse("\\").unwrap()));
        }
        edits += usize::from(window.state().history.depth() > before);
    }
    for _ in 0..12 {
        frame(&mut window, struck(Chord::parse("esc").unwrap()));
    }
    frame(&mut window, struck(Chord::parse("\\").unwrap()));
    frame(&mut window, vec![key_up()]);
    while window.state().history.next_undo().is_some() {
        let depth = window.state().history.depth();
        frame(&mut window, struck(Chord::parse("ctrl+z").unwrap()));
        assert!(window.state().history.depth() < depth, "script {seed}: {}", window.notice());
    }
    assert!(window.state().book.is_same(&first), "script {seed}: undoing all gives another book");
    window.press("ctrl+s");
    window.until(|state| !state.is_unsaved());
    assert_eq!(fs::read_to_string(&path).unwrap(), BOOK, "script {seed}: other bytes");
    edits
}

fn key_up() -> Event {
    Event::Key {
        key: Key::F20,
        physical_key: None,
        pressed: false,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// Four tests of five scripts each, so that they run side by side.
fn five_scripts(from: u64) {
    let edits: usize = (from..from + 5).map(script).sum();
    assert!(edits >= 10, "only {edits} edits: these scripts do nothing");
}

#[test]
fn scripts_1_to_5_of_200_keys_in_the_window_are_undone_to_the_book_and_the_byte() {
    five_scripts(1);
}

#[test]
fn scripts_6_to_10_of_200_keys_in_the_window_are_undone_to_the_book_and_the_byte() {
    five_scripts(6);
}

#[test]
fn scripts_11_to_15_of_200_keys_in_the_window_are_undone_to_the_book_and_the_byte() {
    five_scripts(11);
}

#[test]
fn scripts_16_to_20_of_200_keys_in_the_window_are_undone_to_the_book_and_the_byte() {
    five_scripts(16);
}
