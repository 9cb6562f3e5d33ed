//! The program in its window, driven by the events a keyboard sends.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use rapport::app::{App, Wish};
use rapport::command::{Chord, KeyName};
use rapport::domain::{Book, Currency};
use rapport::state::{
    Access, Action, Effect, Form, ImportDraft, ImportPreview, Origin, Overlay, PathPurpose, Saving, State,
    View, reduce,
};
use rapport::store::place::Surroundings;
use rapport::store::{load, sample};
use tempfile::TempDir;

const TEXT: &str = "// mine\n(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [\n        (id: \"acme\", name: \"Acme\"), // the first\n    ],\n)\n";

/// Folders of a machine of one's own.
pub(crate) struct Machine(TempDir);

impl Machine {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn book(&self) -> PathBuf {
        let path = self.path("book.ron");
        put(&path, TEXT);
        path
    }

    /// Starts the program without arguments.
    pub(crate) fn start(&self) -> Window {
        self.wish(Wish::default())
    }

    pub(crate) fn open(&self, book: &Path) -> Window {
        self.wish(Wish { book: Some(book.to_path_buf()), ..Wish::default() })
    }

    fn wish(&self, wish: Wish) -> Window {
        let surroundings = Surroundings {
            program: Some(self.path("program")),
            data: Some(self.path("data")),
            settings: Some(self.path("settings")),
            currency: None,
        };
        let wish = Wish { today: Some(sample::ANCHOR), ..wish };
        let (sender, repaints) = channel();
        let harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(move |creation| {
            creation.egui_ctx.set_request_repaint_callback(move |_| {
                let _ = sender.send(());
            });
            App::open(&creation.egui_ctx, &wish, &surroundings)
        });
        let mut window = Window { harness, repaints };
        window.settle();
        window
    }
}

pub(crate) struct Window {
    pub(crate) harness: Harness<'static, App>,
    repaints: Receiver<()>,
}

impl Window {
    pub(crate) fn state(&self) -> &State {
        self.harness.state().state()
    }

    /// The frames in which focus and size come to rest.
    fn settle(&mut self) {
        for _ in 0..3 {
            self.harness.step();
        }
    }

    /// One frame with these events, as a window system bundles them; then the keys are let go.
    pub(crate) fn frame(&mut self, events: Vec<Event>) {
        let keys = events.iter().filter_map(|event| match event {
            Event::Key { key, modifiers, .. } => Some((*key, *modifiers)),
            _ => None,
        });
        let keys: Vec<(Key, Modifiers)> = keys.collect();
        let modifiers = keys.first().map(|(_, modifiers)| *modifiers).unwrap_or_default();
        let input = &mut self.harness.input_mut().events;
        input.push(Event::ModifiersChanged(modifiers));
        input.extend(events);
        self.harness.step();
        let input = &mut self.harness.input_mut().events;
        input.extend(keys.iter().map(|(key, modifiers)| stroke(*key, *modifiers, false)));
        input.push(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    /// Presses keys one after another: `a c`, `ctrl+k`, `?`.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            let events = struck(Chord::parse(key).unwrap());
            self.frame(events);
        }
    }

    /// Types a text, key by key.
    pub(crate) fn types(&mut self, text: &str) {
        for c in text.chars() {
            let key = Key::from_name(&c.to_uppercase().to_string());
            let mut events: Vec<Event> = key.map(|key| down(key, Modifiers::NONE)).into_iter().collect();
            events.push(Event::Text(c.to_string()));
            self.frame(events);
        }
    }

    /// Pastes a text into the field that has the hand.
    pub(crate) fn paste(&mut self, text: &str) {
        self.frame(vec![Event::Paste(text.to_owned())]);
        self.harness.step();
    }

    /// Frames until something that comes from a thread is there.
    pub(crate) fn until(&mut self, there: impl Fn(&State) -> bool) {
        loop {
            self.harness.step();
            if there(self.state()) {
                return self.settle();
            }
            self.repaints.recv_timeout(Duration::from_mins(1)).expect("what is waited for comes");
        }
    }

    /// Somebody closes the window; gives whether it may go.
    /// Lets time go by, in seconds.
    pub(crate) fn later(&mut self, seconds: f64) {
        let time = |window: &Self| window.harness.ctx.input(|input| input.time);
        let from = time(self);
        while time(self) < from + seconds {
            self.harness.step();
        }
    }

    pub(crate) fn close(&mut self) -> bool {
        let closes = self.asks_to_close();
        self.settle();
        closes
    }

    /// The same in one frame, as a held key asks again and again.
    fn asks_to_close(&mut self) -> bool {
        let root = self.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
        root.events.push(ViewportEvent::Close);
        self.harness.step();
        !self.told(&ViewportCommand::CancelClose)
    }

    /// Whether the last frame told the window system this.
    fn told(&self, command: &ViewportCommand) -> bool {
        self.harness.output().viewport_output[&ViewportId::ROOT].commands.contains(command)
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        let says = |said: Option<String>| said.is_some_and(|said| said.contains(text));
        self.harness.query_all_by(|node| says(node.label()) || says(node.value())).next().is_some()
    }

    fn form(&self) -> &Form {
        match &self.state().session.overlay {
            Some(Overlay::Form(form)) => form,
            other => panic!("no form is open but {other:?}"),
        }
    }

    /// Asks for an import until its preview is there.
    pub(crate) fn preview(&mut self, csv: &Path) {
        self.press("ctrl+i");
        self.types(csv.to_str().unwrap());
        self.press("enter");
        self.until(previewed);
    }

    pub(crate) fn notice(&self) -> &str {
        self.state().session.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }

    /// Adds a client by keys alone.
    fn add_client(&mut self, name: &str) {
        self.press("shift+a c");
        self.types(name);
        self.press("enter");
        assert!(self.state().session.overlay.is_none(), "{:?}", self.state().session.overlay);
    }
}

#[test]
fn the_chord_that_takes_a_letter_hands_none_over_until_it_is_let_go_and_struck_anew() {
    let machine = Machine::new();
    let path = machine.path("letters.ron");
    // With a field left to be filled in it is refused where it would be handed over, and nothing is opened.
    let letters = r#"    outbox: [(id: "l", client: "acme", subject: "Hello", text: "Dear [person?],", queued: "2026-11-18")],
)
"#;
    put(&path, &TEXT.replace("    ],\n)\n", &format!("    ],\n{letters}")));
    let refused = "Not handed over: [person?] is still to be filled in";
    let enter = |pressed: bool| stroke(Key::Enter, Modifiers::COMMAND, pressed);
    let mut window = machine.open(&path);
    window.press("g o");
    for together in [false, true] {
        window.press("r");
        window.harness.input_mut().events.push(Event::ModifiersChanged(Modifiers::COMMAND));
        for pressed in [true, false, true, false] {
            window.harness.input_mut().events.push(enter(pressed));
            if !together {
                window.harness.step();
            }
        }
        window.settle();
        assert!(window.state().session.overlay.is_none());
        assert_ne!(window.notice(), refused);
        window.harness.input_mut().events.push(Event::ModifiersChanged(Modifiers::NONE));
        window.settle();
    }
    // Let go, and struck again in the same moment.
    window.press("r");
    let (held, free) =
        (Event::ModifiersChanged(Modifiers::COMMAND), Event::ModifiersChanged(Modifiers::NONE));
    for events in
        [[held.clone(), enter(true)], [enter(false), free.clone()], [held, enter(true)], [enter(false), free]]
    {
        window.harness.input_mut().events.extend(events);
        window.harness.step();
    }
    assert!(window.state().session.overlay.is_none());
    assert_ne!(window.notice(), refused);
    window.later(1.0);
    window.press("ctrl+enter");
    assert_eq!(window.notice(), refused);
}

#[test]
fn keys_typed_in_the_moment_after_a_list_key_led_into_a_letter_leave_its_mark_alone() {
    let machine = Machine::new();
    let path = machine.path("asked.ron");
    let touches = r#"    touches: [(id: "q", client: "acme", day: "2026-11-16", direction: in, answer_wanted: true)],
)
"#;
    put(&path, &TEXT.replace("    ],\n)\n", &format!("    ],\n{touches}")));
    let text = |window: &Window| {
        let form = window.form();
        let at = form.kind.spec().fields.iter().position(|field| field.name == "text").unwrap();
        form.values[at].clone()
    };
    let key = |key: Key, text: &str| vec![down(key, Modifiers::NONE), Event::Text(text.to_owned())];
    // In one slow frame, and in frames that follow each other at once.
    for together in [true, false] {
        let mut window = machine.open(&path);
        window.press("g t");
        let series = [key(Key::Num1, "1"), key(Key::J, "j"), vec![down(Key::Enter, Modifiers::NONE)]];
        if together {
            window.harness.input_mut().events.extend(series.concat());
        } else {
            for events in series {
                window.harness.input_mut().events.extend(events);
                window.harness.step();
            }
        }
        window.settle();
        assert!(text(&window).contains("[person?]"), "{}", text(&window));
        // Once it can have been read, a key writes.
        window.settle();
        window.types("y");
        assert!(text(&window).starts_with("Dear y,"), "{}", text(&window));
    }
}

/// Whether the preview of an import is there.
pub(crate) fn previewed(state: &State) -> bool {
    matches!(&state.session.overlay, Some(Overlay::Import(import)) if import.preview.is_some())
}

fn stroke(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers }
}

fn down(key: Key, modifiers: Modifiers) -> Event {
    stroke(key, modifiers, true)
}

/// What a keyboard sends for a chord: the key, and the text it types.
pub(crate) fn struck(chord: Chord) -> Vec<Event> {
    let modifiers =
        Modifiers { ctrl: chord.ctrl, command: chord.ctrl, shift: chord.shift, ..Modifiers::NONE };
    let (key, text) = match chord.key {
        KeyName::Char(c) => (Key::from_name(&c.to_string()), Some(c.to_string())),
        KeyName::Digit(digit) => (Key::from_name(&digit.to_string()), Some(digit.to_string())),
        KeyName::Key(key) => {
            let name = key.name();
            let letter = name.len() == 1;
            let cased = if chord.shift { name.to_owned() } else { name.to_lowercase() };
            let text = if key == Key::Space { Some(" ".to_owned()) } else { letter.then_some(cased) };
            (Some(key), text)
        }
    };
    let text = text.filter(|_| !chord.ctrl).map(Event::Text);
    key.map(|key| down(key, modifiers)).into_iter().chain(text).collect()
}

#[expect(clippy::disallowed_methods, reason = "another program writes as it likes")]
pub(crate) fn put(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn names(book: &Book) -> Vec<String> {
    book.clients().map(|known| known.client.name.clone()).collect()
}

fn names_in(path: &Path) -> Vec<String> {
    names(&load(read(path).as_bytes()).unwrap().book)
}

#[test]
fn the_first_run_shows_the_sample_and_three_choices_until_one_is_taken() {
    let machine = Machine::new();
    let mut window = machine.start();
    assert_eq!(window.state().file.origin, Origin::Sample);
    assert!(window.state().book.clients().len() > 20);
    for choice in ["Learn the keys", "Import invoices", "Start with one client", "Look around"] {
        assert!(window.shows(choice), "{choice}");
    }
    window.press("ctrl+g");
    assert!(!window.shows("Look around") && window.shows("This is the sample book"));
    assert!(window.close());
    // It was answered: the next run shows the sample without asking again.
    let window = machine.start();
    assert!(!window.state().session.welcome);
    assert_eq!(window.state().file.origin, Origin::Sample);
}

#[test]
fn views_are_a_chord_or_two_keys_away() {
    let machine = Machine::new();
    let mut window = machine.start();
    for (keys, view) in
        [("ctrl+4", View::Clients), ("ctrl+2", View::Board), ("g m", View::Cash), ("ctrl+1", View::Today)]
    {
        window.press(keys);
        assert_eq!(window.state().session.view, view, "{keys}");
    }
    window.press("g");
    window.press("g");
    window.press("c");
    assert_eq!(window.state().session.view, View::Today, "a first key that led nowhere is forgotten");
}

#[test]
fn the_key_that_opens_a_field_is_not_typed_into_it() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("ctrl+4");
    window.press("/");
    assert!(window.state().session.filtering);
    assert_eq!(window.state().session.filters.of(View::Clients), "");
    window.types("an");
    assert_eq!(window.state().session.filters.of(View::Clients), "an");
    window.press("esc esc");
    assert_eq!(window.state().session.filters.of(View::Clients), "");

    window.press("ctrl+k");
    window.types("cash");
    let Some(Overlay::Palette(palette)) = &window.state().session.overlay else { panic!("no palette") };
    assert_eq!(palette.query, "cash");
    window.press("enter");
    assert_eq!(window.state().session.view, View::Cash);
    assert!(window.state().session.overlay.is_none());

    window.press("shift+a c");
    assert_eq!(window.form().values[0], "");
}

#[test]
fn what_is_typed_during_a_slow_frame_goes_into_the_field_the_first_keys_open() {
    let machine = Machine::new();
    let mut window = machine.start();
    let keys = |keys: &str| keys.split(' ').flat_map(|key| struck(Chord::parse(key).unwrap())).collect();
    window.frame(keys("shift+a c b o"));
    assert_eq!(window.form().values[0], "bo");
    window.press("esc");
    window.frame(keys("ctrl+k c a"));
    let Some(Overlay::Palette(palette)) = &window.state().session.overlay else { panic!("no palette") };
    assert_eq!(palette.query, "ca");
}

#[test]
fn what_is_typed_where_a_snooze_is_chosen_goes_into_the_field_for_another_day() {
    let machine = Machine::new();
    let mut window = machine.start();
    let book = window.state().book.clone();
    let keys = |keys: &str| keys.split(' ').flat_map(|key| struck(Chord::parse(key).unwrap())).collect();
    window.frame(keys("s f r i"));
    window.settle();
    assert_eq!(window.form().values[0], "fri");
    assert!(window.state().book.is_same(&book), "no preset was taken");
    window.press("esc");
    window.press("esc");
    window.press("s");
    window.types("+2 workdays");
    assert_eq!(window.form().values[0], "+2 workdays");
    window.press("esc");
    window.press("esc");
    window.press("s");
    window.press("3");
    assert!(!window.state().book.is_same(&book), "a preset is one key");
}

#[test]
fn what_is_typed_and_committed_within_one_slow_frame_loses_nothing() {
    let machine = Machine::new();
    let mut window = machine.start();
    let keys = |keys: &str| -> Vec<_> {
        keys.split(' ').flat_map(|key| struck(Chord::parse(key).unwrap())).collect()
    };
    window.frame(keys("shift+a c"));
    window.frame(keys("q u i k enter z"));
    window.settle();
    assert!(window.state().session.overlay.is_none(), "Enter committed");
    let names: Vec<_> = window.state().book.clients().map(|known| known.client.name.clone()).collect();
    assert!(!names.contains(&"qui".to_owned()), "{names:?}");
    assert_eq!(window.state().history.next_redo(), Some("Added quik"), "and Z after it took it back");
}

#[test]
fn keys_that_act_are_text_in_a_field() {
    let machine = Machine::new();
    let mut window = machine.start();
    let book = window.state().book.clone();
    window.press("ctrl+k");
    window.types("/?[zxe 1");
    let Some(Overlay::Palette(palette)) = &window.state().session.overlay else { panic!("no palette") };
    assert_eq!(palette.query, "/?[zxe 1");
    assert!(window.state().book.is_same(&book) && window.state().as_of.is_none());
}

#[test]
fn a_form_is_filled_and_committed_by_keys_alone() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.press("shift+a c");
    assert_eq!(window.form().focus, 0);
    window.types("Bolt Ltd");
    assert_eq!(window.form().values[0], "Bolt Ltd");
    window.press("tab");
    assert_eq!(window.form().focus, 1);
    window.press("shift+tab");
    assert_eq!(window.form().focus, 0);
    window.types(" & Co");
    assert!(window.form().values[0].contains(" & Co"), "{}", window.form().values[0]);
    window.press("enter");
    assert!(window.state().session.overlay.is_none());
    assert_eq!(window.state().book.clients().len(), 2);
    assert!(window.state().is_unsaved());

    window.press("z");
    assert_eq!(names(&window.state().book), ["Acme"]);
    assert!(!window.state().is_unsaved());
}

#[test]
fn tab_walks_from_the_fields_to_the_buttons_which_answer_enter_themselves() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.press("shift+a c");
    window.types("Bolt");
    let fields = window.form().values.len();
    (0..fields).for_each(|_| window.press("tab"));
    window.press("enter");
    assert!(window.state().session.overlay.is_none());
    assert_eq!(names(&window.state().book), ["Acme"], "the first button leaves the form");
    window.press("shift+a c esc shift+a c");
    window.types("Cobalt");
    (0..=fields).for_each(|_| window.press("tab"));
    window.press("enter");
    assert_eq!(names(&window.state().book), ["Acme", "Cobalt"]);
}

#[test]
fn escape_leaves_a_form_without_an_edit() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.press("shift+a c");
    window.types("Bolt");
    window.press("esc");
    assert!(window.state().session.overlay.is_none());
    assert_eq!(names(&window.state().book), ["Acme"]);
    assert_eq!(window.state().session.view, View::Today);
}

#[test]
fn closing_saves_what_was_edited_to_the_file_that_was_given() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.add_client("Bolt");
    assert_eq!(read(&path), TEXT, "not yet two seconds");
    assert!(window.close());
    assert_eq!(names_in(&path), ["Acme", "Bolt"]);
    assert!(read(&path).contains("// the first"));
    // Without arguments the next run opens the book that was open last.
    drop(window);
    let window = machine.start();
    assert_eq!(window.state().file.origin, Origin::File(path));
    assert_eq!(window.state().file.access, Access::ReadWrite);
}

#[test]
fn what_was_entered_in_the_sample_is_not_dropped_unsaid() {
    let machine = Machine::new();
    let mut window = machine.start();
    assert_eq!(window.state().file.origin, Origin::Sample);
    window.press("esc");
    window.add_client("Bolt");
    assert!(!window.close(), "it is said once");
    assert!(window.shows("The sample keeps nothing"));
    assert!(window.close());
}

#[test]
fn an_edit_is_saved_by_itself_and_on_request() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.add_client("Bolt");
    window.press("ctrl+s");
    window.until(|state| !state.is_unsaved());
    assert_eq!(names_in(&path), ["Acme", "Bolt"]);

    window.add_client("Cobalt");
    // The harness' frames are a quarter of a second apart.
    window.harness.run_steps(9);
    window.until(|state| !state.is_unsaved());
    assert_eq!(names_in(&path), ["Acme", "Bolt", "Cobalt"]);
}

#[test]
fn a_new_file_is_made_where_it_was_asked_for_once_something_is_in_it() {
    let machine = Machine::new();
    let path = machine.path("new.ron");
    let mut window = machine.open(&path);
    assert!(window.close() && !path.exists(), "nothing was edited");
    window.add_client("Acme");
    assert!(window.close());
    assert_eq!(names_in(&path), ["Acme"]);
}

#[test]
fn starting_with_one_client_makes_a_book_in_the_data_folder_and_keeps_the_one_that_was_open() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.add_client("Bolt");
    window.press("shift+a s");
    window.press("enter");
    window.types("Dune");
    window.press("ctrl+enter");
    assert_eq!(names(&window.state().book), ["Dune"]);
    assert_eq!(names_in(&path), ["Acme", "Bolt"], "what was edited last in the book before is not lost");
    assert!(window.close());
    assert_eq!(names_in(&machine.path("data/rapport.ron")), ["Dune"]);
}

#[test]
fn a_second_window_on_the_same_book_only_looks_and_says_why() {
    let machine = Machine::new();
    let path = machine.book();
    let _first = machine.open(&path);
    let mut second = machine.open(&path);
    assert!(second.shows("another Rapport window has this book open"));
    second.press("shift+a c");
    assert!(second.state().session.overlay.is_none());
    assert!(second.notice().contains("another Rapport window"), "{}", second.notice());
    assert!(second.close());
    assert_eq!(read(&path), TEXT);
}

#[test]
fn closing_says_once_that_what_is_typed_in_a_form_is_not_in_the_book() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.press("shift+a r");
    window.press("esc");
    assert!(window.close(), "nothing is typed");
    drop(window);
    let mut window = machine.open(&path);
    window.press("shift+a r");
    window.types("me.example");
    assert!(!window.asks_to_close() && !window.asks_to_close(), "a held key has not read it");
    assert!(
        window.notice().contains("What you typed in New promise (me.example) is not in the book"),
        "{}",
        window.notice()
    );
    // Left and kept it is lost with the window all the same.
    window.press("esc");
    window.later(1.0);
    assert!(window.close(), "it is said once");
    drop(window);
    let mut window = machine.open(&path);
    window.press("shift+a r");
    window.types("me.example");
    window.press("esc");
    assert!(!window.close());
    // More is typed, and told of again.
    window.press("shift+a e");
    window.types("stamps");
    assert!(!window.close());
    assert!(
        window
            .notice()
            .contains("What you typed in New promise (me.example) and New expense (stamps) is not"),
        "{}",
        window.notice()
    );
    window.later(1.0);
    assert!(window.close());
    drop(window);
    // So is what is typed in the one line, left or not.
    let mut window = machine.open(&path);
    window.press("a");
    window.types("paid acme 12");
    window.press("esc");
    assert!(!window.close());
    assert!(window.notice().contains("What you typed in the one line"), "{}", window.notice());
    window.later(1.0);
    assert!(window.close());
}

#[test]
fn a_file_changed_outside_is_not_written_over_and_the_strip_says_so() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.add_client("Bolt");
    let theirs = TEXT.replace("Acme", "Acme Limited");
    put(&path, &theirs);
    window.press("ctrl+s");
    window.until(|state| state.file.saving == Saving::ChangedOutside);
    assert!(window.shows("The file was changed by another program"));
    assert_eq!(read(&path), theirs);
    // Closing would lose the edit: it is refused once.
    assert!(!window.close());
    assert!(window.notice().contains("close again"), "{}", window.notice());

    // Reading it again takes theirs, and undo brings mine back.
    put(&path, &theirs);
    window.press("ctrl+s");
    window.until(|state| state.file.saving == Saving::ChangedOutside);
    window.press("ctrl+r");
    window.until(|state| state.file.saving == Saving::Idle);
    assert_eq!(names(&window.state().book), ["Acme Limited"]);
    window.press("z");
    assert_eq!(names(&window.state().book), ["Acme", "Bolt"]);
    assert!(window.close());
    assert_eq!(names_in(&path), ["Acme", "Bolt"]);
}

#[test]
fn a_book_without_a_file_is_asked_for_a_name_before_it_is_dropped() {
    let machine = Machine::new();
    // A file that is no book lies where a new one would go.
    let data = machine.path("data");
    fs::create_dir(&data).unwrap();
    put(&data.join("rapport.ron"), "(((");
    let mut window = machine.start();
    assert!(window.state().file.unreadable.is_some());
    window.press("shift+a s");
    window.types("Dune");
    window.press("ctrl+enter");
    assert_eq!(window.state().file.origin, Origin::Unsaved);
    window.press("ctrl+q");
    assert!(!window.close(), "what was typed would be lost");
    assert!(matches!(window.state().session.overlay, Some(Overlay::Path(_))));
    let own = machine.path("own.ron");
    let Some(Overlay::Path(prompt)) = &window.state().session.overlay else { panic!("no path is asked for") };
    for _ in 0..prompt.text.chars().count() {
        window.frame(vec![down(Key::Backspace, Modifiers::NONE)]);
    }
    window.types(own.to_str().unwrap());
    window.press("enter");
    window.until(|state| matches!(state.file.origin, Origin::File(_)) && !state.is_unsaved());
    assert_eq!(names_in(&own), ["Dune"]);
    assert_eq!(read(&data.join("rapport.ron")), "(((");
    assert!(window.close());
}

#[test]
fn an_earlier_day_is_marked_and_for_looking_only() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("[ [");
    assert!(window.shows("for looking only"));
    let book = window.state().book.clone();
    window.press("shift+a c");
    assert!(window.state().session.overlay.is_none());
    window.press("\\");
    assert!(!window.shows("for looking only"));
    assert!(window.state().book.is_same(&book));
}

#[test]
fn opening_another_book_saves_the_one_before() {
    let machine = Machine::new();
    let path = machine.book();
    let other = machine.path("other.ron");
    put(&other, &TEXT.replace("Acme", "Zenith"));
    let mut window = machine.open(&path);
    window.add_client("Bolt");
    window.press("ctrl+o");
    window.types(machine.path("none.ron").to_str().unwrap());
    window.press("enter");
    assert!(window.shows("there is no file"));
    window.press("esc ctrl+o");
    window.types(other.to_str().unwrap());
    window.press("enter");
    window.until(|state| state.file.origin == Origin::File(other.clone()));
    assert_eq!(names(&window.state().book), ["Zenith"]);
    assert_eq!(names_in(&path), ["Acme", "Bolt"]);
    assert!(window.close());
    assert_eq!(names_in(&other), ["Zenith"]);
}

#[test]
fn an_import_on_the_first_run_is_previewed_and_makes_a_book_of_ones_own() {
    let machine = Machine::new();
    let csv = machine.path("invoices.csv");
    put(
        &csv,
        "client,number,issued,due,amount\nAcme,1,2026-10-01,2026-10-31,100\nBolt,2,2026-10-15,2026-11-14,50\n",
    );
    let mut window = machine.start();
    window.press("ctrl+i");
    window.types(csv.to_str().unwrap());
    window.press("enter");
    window.until(|state| match &state.session.overlay {
        Some(Overlay::Import(import)) => import.preview.is_some(),
        _ => false,
    });
    assert!(window.shows("2 new invoices of 2 new clients"));
    window.press("enter");
    assert_eq!(names(&window.state().book), ["Acme", "Bolt"]);
    assert!(!window.state().session.welcome);
    assert!(window.close());
    assert_eq!(names_in(&machine.path("data/rapport.ron")), ["Acme", "Bolt"]);
}

#[test]
fn at_rest_the_window_asks_for_no_frame() {
    let machine = Machine::new();
    let mut window = machine.start();
    for view in ["ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4"] {
        window.press(view);
        window.harness.run();
        window.harness.step();
        let next = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
        assert!(next > Duration::from_hours(24), "{view} repaints after {next:?}");
    }
}

#[test]
fn every_view_form_and_dialog_draws_and_comes_to_rest() {
    let machine = Machine::new();
    let mut window = machine.start();
    for view in ["ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4"] {
        for over in [
            "",
            "?",
            "ctrl+k",
            "a",
            "shift+a c",
            "shift+a i",
            "shift+a d",
            "shift+a r",
            "shift+a p",
            "ctrl+o",
            "ctrl+i",
        ] {
            window.press(view);
            if !over.is_empty() {
                window.press(over);
            }
            window.harness.run();
            window.press("esc esc");
        }
    }
    window.press("ctrl+4");
    window.press("enter");
    assert!(window.state().session.page.is_some());
    for _ in 0..6 {
        window.press("right");
        window.harness.run();
    }
}

#[test]
fn a_book_that_cannot_be_read_is_told_where_and_why_and_nobody_elses_figures_are_shown() {
    let machine = Machine::new();
    let path = machine.book();
    let text = std::fs::read_to_string(&path).unwrap();
    let cut = &text[..text.len() * 2 / 3];
    put(&path, cut);
    let mut window = machine.open(&path);
    assert_eq!(window.state().book.clients().len(), 0);
    let why = window.state().file.unreadable.clone().unwrap();
    assert!(why.contains("cut off"), "{why}");
    window.harness.get_by_label_contains("as if it was cut off");
    window.press("shift+a c");
    assert!(window.state().session.overlay.is_none(), "nothing is edited here");
    assert!(window.close());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), cut);
    put(&path, &text);
    window.press("ctrl+r");
    window.until(|state| state.file.unreadable.is_none());
    assert!(window.state().book.clients().len() > 0);
}

#[test]
fn an_edited_book_without_a_file_is_asked_about_before_another_is_opened() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.start();
    window.press("ctrl+g");
    window.add_client("Bolt");
    let open = |window: &mut Window| {
        window.press("ctrl+o");
        window.types(path.to_str().unwrap());
        window.press("enter");
    };
    open(&mut window);
    assert!(window.shows("What you changed in the sample is dropped."));
    window.press("n");
    assert!(window.state().session.overlay.is_none() && window.state().is_unsaved());
    assert_eq!(window.state().file.origin, Origin::Sample);
    open(&mut window);
    window.press("y");
    window.until(|state| state.file.origin == Origin::File(path.clone()));
    assert_eq!(names(&window.state().book), ["Acme"]);
}

#[test]
fn an_import_in_place_of_an_edited_sample_is_asked_about() {
    let machine = Machine::new();
    let csv = machine.path("invoices.csv");
    put(&csv, "client,number,issued,due,Amount (EUR)\nAcme,1,2026-10-01,2026-10-31,100\n");
    let mut window = machine.start();
    window.press("ctrl+g");
    window.add_client("Bolt");
    window.preview(&csv);
    window.press("enter");
    assert!(window.shows("What you changed in the sample is dropped."));
    assert!(window.state().is_unsaved());
    window.press("y");
    assert_eq!(names(&window.state().book), ["Acme"]);
    assert_eq!(window.state().book.currency().to_string(), "EUR", "the header names it");
}

#[test]
fn the_currency_of_an_import_is_chosen_in_its_preview() {
    let machine = Machine::new();
    let csv = machine.path("invoices.csv");
    let rows: String = (1..=12).map(|_| "Acme,,2026-10-01,2026-10-31,100\n").collect();
    put(&csv, &format!("client,number,issued,due,amount\nAcme,1,2026-10-01,2026-10-31,100\n{rows}"));
    let mut window = machine.start();
    window.preview(&csv);
    assert!(window.shows("Currency: EUR, a guess") && window.shows("and 4 more"));
    for code in ["EUR", "USD", "GBP"] {
        window.press("c");
        window.until(previewed);
        let Some(Overlay::Import(import)) = &window.state().session.overlay else { panic!("no preview") };
        let rows = import.preview.as_ref().map(|preview| preview.rows[0].amount.to_string());
        assert_eq!(rows, Some(format!("100.00 {code}")));
        assert!(window.shows(&format!("Currency: {code}")));
    }
    window.press("enter");
    assert_eq!(window.state().book.currency().to_string(), "GBP");
}

#[test]
fn nothing_is_imported_into_a_book_with_records_that_cannot_be_read() {
    let machine = Machine::new();
    let path = machine.path("book.ron");
    put(&path, &TEXT.replace("    ],", "        (id: \"bolt\"),\n    ],"));
    let csv = machine.path("invoices.csv");
    put(&csv, "client,number,issued,due,amount\nAcme,1,2026-10-01,2026-10-31,100\n");
    let mut window = machine.open(&path);
    window.press("ctrl+i");
    window.types(csv.to_str().unwrap());
    window.press("enter");
    assert!(window.shows("1 of the book's records cannot be used"));
    assert!(matches!(window.state().session.overlay, Some(Overlay::Path(_))));
}

#[test]
fn a_new_book_waits_until_the_one_before_is_saved() {
    let machine = Machine::new();
    let path = machine.book();
    let mut window = machine.open(&path);
    window.add_client("Bolt");
    put(&path, &TEXT.replace("Acme", "Acme Limited"));
    window.press("shift+a s");
    window.press("enter");
    assert!(window.notice().contains("The open book is not saved"), "{}", window.notice());
    assert_eq!(names(&window.state().book), ["Acme", "Bolt"]);
    assert_eq!(window.state().file.origin, Origin::File(path));
}

#[test]
fn the_first_amount_of_a_new_book_may_name_its_currency() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("shift+a s");
    window.types("Dune");
    window.press("tab");
    window.types("1,200 usd");
    window.press("ctrl+enter");
    assert_eq!(names(&window.state().book), ["Dune"]);
    assert_eq!(window.state().book.currency(), Currency::USD);
    assert!(window.close());
    let saved = load(read(&machine.path("data/rapport.ron")).as_bytes()).unwrap();
    assert_eq!((saved.book.currency(), saved.problems.len()), (Currency::USD, 0));
}

#[test]
fn the_folder_of_the_path_that_is_offered_is_made() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("x ctrl+shift+s enter");
    let offered = machine.path("data/rapport.ron");
    window.until(|state| state.file.origin == Origin::File(offered.clone()));
    assert!(window.state().session.overlay.is_none());
    assert_eq!(names_in(&offered), names(&window.state().book));
}

/// A state with a book of one's own in a file.
fn at_a_file() -> State {
    let book = load(TEXT.as_bytes()).unwrap().book;
    let mut state = State::new(book, sample::ANCHOR, 7);
    state.file.origin = Origin::File(PathBuf::from("book.ron"));
    state
}

fn path_overlay(state: &State) -> Option<PathPurpose> {
    match &state.session.overlay {
        Some(Overlay::Path(prompt)) => Some(prompt.purpose),
        _ => None,
    }
}

#[test]
fn while_another_book_is_read_nothing_is_edited_and_no_third_one_asked_for() {
    let mut state = at_a_file();
    reduce(&mut state, Action::TurnTo(PathBuf::from("other.ron")));
    assert!(state.edit_refusal().unwrap().contains("other.ron is not ready yet"));
    for action in [Action::Save, Action::Reload, Action::StartBook] {
        let effects = reduce(&mut state, action);
        assert!(effects.is_empty(), "{effects:?}");
        assert!(state.session.notice.take().unwrap().text.contains("is not ready yet"));
    }
    reduce(&mut state, Action::PathFailed(PathPurpose::Open, "no such file".to_owned()));
    assert_eq!(state.edit_refusal(), None);
}

#[test]
fn what_comes_late_leaves_the_dialog_alone_that_was_opened_since() {
    let mut state = at_a_file();
    let late = [
        Action::ImportRead(draft()),
        Action::PathTaken(PathPurpose::SaveAs),
        Action::SavedAs(PathBuf::from("new.ron")),
        Action::PathFailed(PathPurpose::Import, "no such file".to_owned()),
        Action::Browsed(PathPurpose::SaveAs, PathBuf::from("chosen.ron")),
    ];
    reduce(&mut state, Action::AskPath(PathPurpose::Open));
    for action in late.clone() {
        reduce(&mut state, action);
        assert_eq!(path_overlay(&state), Some(PathPurpose::Open));
    }
    let Some(Overlay::Path(prompt)) = state.session.overlay.take() else { panic!("no path is asked for") };
    assert_eq!((prompt.text.as_str(), prompt.error), ("", None));
    reduce(&mut state, Action::OpenPalette);
    for action in late {
        reduce(&mut state, action);
        assert!(matches!(state.session.overlay, Some(Overlay::Palette(_))));
    }
}

fn draft() -> ImportDraft {
    ImportDraft::of(Some("in.csv".into()), Vec::new())
}

/// A preview, worked out for `base`, of an import that brings `book`.
fn brings(base: &Book, book: &Book) -> ImportPreview {
    ImportPreview {
        fields: Vec::new(),
        headers: Vec::new(),
        rows: Vec::new(),
        more_rows: 0,
        summary: "1 added".to_owned(),
        skipped: Vec::new(),
        currency: Currency::EUR,
        currency_guessed: false,
        base: base.clone(),
        book: Some(book.clone()),
        refused: None,
    }
}

#[test]
fn an_import_planned_for_an_earlier_book_is_planned_again() {
    let mut state = at_a_file();
    let planned = state.book.clone();
    let brought = Book::empty(Currency::EUR);
    let is_plan = |effects: &[Effect]| matches!(effects, [Effect::PlanImport(_)]);
    reduce(&mut state, Action::AskPath(PathPurpose::Import));
    assert!(reduce(&mut state, Action::ImportRead(draft())).is_empty(), "nothing was taken yet");
    reduce(&mut state, Action::SetPath("invoices.csv".to_owned()));
    reduce(&mut state, Action::TakePath);
    assert!(is_plan(&reduce(&mut state, Action::ImportRead(draft()))));
    reduce(&mut state, Action::ImportPlanned(draft(), brings(&planned, &brought)));
    let changed = Book::empty(Currency::USD);
    state.book = changed.clone();
    assert!(is_plan(&reduce(&mut state, Action::Import)));
    assert!(state.book.is_same(&changed));
    // What was planned for the book before comes late: it does not count.
    assert!(is_plan(&reduce(&mut state, Action::ImportPlanned(draft(), brings(&planned, &brought)))));
    reduce(&mut state, Action::ImportPlanned(draft(), brings(&changed, &brought)));
    // Where editing is refused the preview stays.
    state.file.access = Access::ReadOnly("for looking only".to_owned());
    reduce(&mut state, Action::Import);
    assert!(matches!(state.session.overlay, Some(Overlay::Import(_))));
    state.file.access = Access::ReadWrite;
    reduce(&mut state, Action::Import);
    assert!(state.session.overlay.is_none() && state.book.is_same(&brought));
}

#[test]
fn a_file_that_is_back_is_saved_to_again() {
    let mut state = at_a_file();
    for gone in [Action::FileGone, Action::ChangedOutside] {
        reduce(&mut state, gone);
        assert_ne!(state.file.saving, Saving::Idle);
        reduce(&mut state, Action::FileBack);
        assert_eq!(state.file.saving, Saving::Idle);
    }
}

#[test]
fn an_icon_is_heard_nowhere() {
    let machine = Machine::new();
    let mut window = machine.start();
    let is_icon = |text: &str| {
        let private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
        !text.is_empty() && text.chars().all(private)
    };
    for keys in ["g t", "g b", "g m", "g c", "g o", "g t a", "esc ?", "esc ctrl+k"] {
        for key in keys.split(' ') {
            window.press(key);
        }
        let heard = window.harness.query_all_by(|node| {
            node.label().is_some_and(|label| is_icon(&label))
                || node.value().is_some_and(|value| is_icon(&value))
        });
        assert_eq!(heard.count(), 0, "after {keys}");
    }
}

#[test]
fn a_pointer_left_lying_says_nothing_under_what_was_opened_nor_while_the_hand_is_at_the_keys() {
    const SAYS: &str = "Look at the book as of an earlier day";
    let machine = Machine::new();
    let mut window = machine.start();
    let rest = |window: &mut Window, x: f32| {
        window.harness.hover_at(egui::pos2(x, 26.0));
        for _ in 0..8 {
            window.harness.step();
        }
    };
    rest(&mut window, 1080.0);
    assert!(window.shows(SAYS));
    window.press("j");
    assert!(!window.shows(SAYS), "the hand is at the keys");
    rest(&mut window, 1081.0);
    assert!(window.shows(SAYS), "the pointer moved");
    for keys in ["?", "ctrl+k", "a", "g f"] {
        window.press(keys);
        assert!(!window.shows(SAYS), "{keys} lies over it");
        // Beside what was opened the view still lies under it.
        rest(&mut window, 1080.0);
        rest(&mut window, 1081.0);
        assert!(!window.shows(SAYS), "{keys} still lies over it");
        window.press("esc");
    }
    rest(&mut window, 1082.0);
    assert!(window.shows(SAYS));
}

/// Holds that something stands where it should, but for the rounding to pixels.
fn stands_at(place: f32, wanted: f32) {
    assert!((place - wanted).abs() < 0.5, "{place}, not {wanted}");
}

/// Where the heading of a card of the firm stands.
fn card(window: &Window, title: &str) -> f32 {
    window.harness.get_by_label(title).rect().center().y
}

#[test]
fn the_firm_is_read_to_its_end_by_keys() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("g c i");
    let (first, last) = ("Income by month, EUR", "Does it work here?");
    let (top, below) = (card(&window, first), card(&window, last));
    assert!(below > 800.0, "{below}");
    window.press("end");
    assert!(card(&window, last) < 764.0, "{}", card(&window, last));
    let end = card(&window, last);
    window.press("j");
    // There is nothing below.
    stands_at(card(&window, last), end);
    window.press("k");
    stands_at(card(&window, last), end + 48.0);
    window.press("home");
    stands_at(card(&window, first), top);
    stands_at(card(&window, last), below);
    window.press("j down");
    stands_at(card(&window, first), top - 96.0);
    window.press("pagedown");
    assert!(card(&window, first) < 0.0);
    window.press("pageup up up");
    stands_at(card(&window, first), top);
    window.press("shift+g g g");
    stands_at(card(&window, first), top);
    // What was asked before is not asked again when the firm is shown anew.
    window.press("k esc i");
    stands_at(card(&window, first), top);
}

#[test]
fn what_stands_beside_the_rows_is_scrolled_by_keys() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.set_size(egui::vec2(1280.0, 500.0));
    // The name of the client, which leads to its page.
    let place = |window: &Window| {
        let name = window.harness.get_by(|node| {
            node.role() == egui::Role::Link && node.label().is_some_and(|label| label.starts_with("Open "))
        });
        name.rect().top()
    };
    window.press("j j");
    let top = place(&window);
    window.press("shift+pagedown");
    assert!(place(&window) < top - 100.0, "{}", place(&window));
    window.press("shift+pageup");
    stands_at(place(&window), top);
    // Nothing stands beside it now.
    window.press("space shift+pagedown");
    assert_eq!(window.state().session.scrolled.turn, 2);
}
