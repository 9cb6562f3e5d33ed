//! Keyboards of other countries, and input methods: the events are those that the window system sends for their keys.

use egui::{Event, ImeEvent, Key, Modifiers};
use rapport::command::palette;
use rapport::state::{Overlay, View};

use crate::window::{Machine, Window};

/// What the window hears of a key: what the layout has on it (nothing where that is no key that has a name, and then the key
/// itself stands in), the key itself, and the text that is typed.
fn key(logical: Option<Key>, physical: Key, shift: bool, text: &str) -> Vec<Event> {
    let modifiers = Modifiers { shift, ..Modifiers::NONE };
    let key = logical.unwrap_or(physical);
    let pressed = Event::Key { key, physical_key: Some(physical), pressed: true, repeat: false, modifiers };
    let text = (!text.is_empty()).then(|| Event::Text(text.to_owned()));
    [pressed].into_iter().chain(text).collect()
}

fn with_ctrl(logical: Option<Key>, physical: Key) -> Vec<Event> {
    let modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    let key = logical.unwrap_or(physical);
    vec![Event::Key { key, physical_key: Some(physical), pressed: true, repeat: false, modifiers }]
}

fn window() -> (Machine, Window) {
    let machine = Machine::new();
    let window = machine.start();
    (machine, window)
}

/// Looks at an earlier day, leaves it, opens the help, the filter and a proof, each by the events of its sign.
#[track_caller]
fn signs_work(window: &mut Window, [open, back, help, filter, equals]: [Vec<Event>; 5]) {
    let today = window.state().today;
    window.frame(open);
    assert_eq!(window.state().as_of, today.pred_opt(), "[");
    window.frame(back);
    assert_eq!(window.state().as_of, None, "\\");
    window.frame(help);
    assert!(matches!(window.state().session.overlay, Some(Overlay::Help(_))), "?");
    window.press("esc");
    window.frame(filter);
    assert!(window.state().session.filtering, "/");
    window.press("esc");
    window.frame(equals);
    assert!(matches!(window.state().session.overlay, Some(Overlay::Proof(_))), "=");
    window.press("esc");
    assert_eq!(window.state().history.depth(), 0, "no sign was taken for the digit it stands on");
}

#[test]
fn on_azerty_digits_are_the_keys_of_the_digit_row_and_signs_are_what_is_typed() {
    let (_machine, mut window) = window();
    // `2` without Shift types é, `-` stands on the 6.
    window.frame(with_ctrl(None, Key::Num2));
    assert_eq!(window.state().session.view, View::Board);
    window.frame(with_ctrl(None, Key::Num1));
    window.frame(key(None, Key::Num1, false, "&"));
    assert!(
        window.state().history.depth() > 0 || window.state().session.overlay.is_some(),
        "& is the key of 1"
    );
    let (_machine, mut window) = self::window();
    signs_work(
        &mut window,
        [
            key(Some(Key::OpenBracket), Key::Num5, false, "["),
            key(Some(Key::Backslash), Key::Num8, false, "\\"),
            key(Some(Key::Questionmark), Key::M, true, "?"),
            key(Some(Key::Slash), Key::Period, true, "/"),
            key(Some(Key::Equals), Key::Equals, false, "="),
        ],
    );
    window.frame(with_ctrl(None, Key::Num3));
    window.frame(key(Some(Key::Minus), Key::Num6, false, "-"));
    assert_eq!(window.state().session.cash.weeks, 8, "where no digit has a meaning the hyphen has its own");
    window.frame(key(Some(Key::Plus), Key::Equals, true, "+"));
    assert_eq!(window.state().session.cash.weeks, 13);
    // A and Z are where Q and W are on other keyboards: letters are what the layout has.
    window.frame(key(Some(Key::A), Key::Q, false, "a"));
    assert!(matches!(window.state().session.overlay, Some(Overlay::Quick)));
}

#[test]
fn on_azerty_a_stage_is_chosen_by_its_digit_even_where_that_types_a_hyphen() {
    let (_machine, mut window) = window();
    window.frame(with_ctrl(None, Key::Num2));
    window.press("l l l");
    window.frame(key(Some(Key::M), Key::Semicolon, false, "m"));
    assert!(window.state().session.prefix.is_some());
    window.frame(key(Some(Key::Minus), Key::Num6, false, "-"));
    assert!(window.state().session.prefix.is_none());
    let stages = window.state().book.business().stages();
    let told = window.notice().to_owned();
    let says_stage =
        told.contains(&stages[5].name) || matches!(window.state().session.overlay, Some(Overlay::Form(_)));
    assert!(says_stage || told.contains("in this stage already"), "{told}");
}

#[test]
fn on_qwertz_signs_that_share_a_key_with_a_digit_are_signs() {
    let (_machine, mut window) = window();
    signs_work(
        &mut window,
        [
            key(Some(Key::OpenBracket), Key::Num8, false, "["),
            key(Some(Key::Backslash), Key::Minus, false, "\\"),
            key(Some(Key::Questionmark), Key::Minus, true, "?"),
            key(Some(Key::Slash), Key::Num7, true, "/"),
            key(Some(Key::Equals), Key::Num0, true, "="),
        ],
    );
    // Z and Y have changed places.
    window.press("e");
    assert_eq!(window.state().history.depth(), 1);
    window.frame(key(Some(Key::Z), Key::Y, false, "z"));
    assert_eq!(window.state().history.depth(), 0);
    // An umlaut where other keyboards have a bracket is neither.
    window.frame(key(None, Key::OpenBracket, false, "ü"));
    assert_eq!(window.state().as_of, None);
}

#[test]
fn in_cyrillic_letters_and_brackets_are_those_that_stand_on_the_keys() {
    let (_machine, mut window) = window();
    window.frame(key(None, Key::G, false, "п"));
    window.frame(key(None, Key::C, false, "с"));
    assert_eq!(window.state().session.view, View::Clients);
    window.frame(key(None, Key::J, false, "о"));
    assert_eq!(window.state().session.cursors.clients.index, 1);
    window.frame(with_ctrl(None, Key::Num1));
    signs_work(
        &mut window,
        [
            // The script has letters where the brackets are.
            key(None, Key::OpenBracket, false, "х"),
            key(Some(Key::Backslash), Key::Backslash, false, "\\"),
            key(Some(Key::Questionmark), Key::Num7, true, "?"),
            key(Some(Key::Slash), Key::Backslash, true, "/"),
            key(Some(Key::Equals), Key::Equals, false, "="),
        ],
    );
    window.frame(key(None, Key::OpenBracket, true, "Х"));
    assert_eq!(window.state().as_of, Some(window.state().today - chrono::TimeDelta::days(7)));
    window.frame(key(None, Key::CloseBracket, true, "Ъ"));
    assert_eq!(window.state().as_of, None);
    window.frame(with_ctrl(None, Key::K));
    assert!(matches!(window.state().session.overlay, Some(Overlay::Palette(_))));
    for (physical, text) in [(Key::J, "о"), (Key::OpenBracket, "х"), (Key::Z, "я")] {
        window.frame(key(None, physical, false, text));
    }
    let Some(Overlay::Palette(open)) = &window.state().session.overlay else {
        panic!("letters are text here")
    };
    assert_eq!(open.query, "охя");
}

fn preedit(text: &str) -> Event {
    Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None })
}

/// The text of the field that has the hand.
fn typed(window: &Window) -> String {
    match &window.state().session.overlay {
        Some(Overlay::Palette(open)) => open.query.clone(),
        Some(Overlay::Form(form)) => form.values[form.focus].clone(),
        Some(Overlay::Quick) => window.state().session.quick.line.clone(),
        Some(Overlay::Path(prompt)) => prompt.text.clone(),
        _ => window.state().session.filters.of(window.state().session.view).to_owned(),
    }
}

#[test]
fn while_an_input_method_composes_its_keys_do_nothing_else_in_every_kind_of_field() {
    for open in ["ctrl+k", "shift+a c", "a", "/", "ctrl+o"] {
        let (_machine, mut window) = window();
        window.press(open);
        let before = window.state().book.clone();
        window.frame(vec![preedit("Ni")]);
        window.frame(vec![preedit("Nihon")]);
        assert_eq!(typed(&window), "Nihon", "{open}: what is composed is seen");
        // These choose, take and drop what the input method offers.
        for physical in [Key::ArrowDown, Key::Enter, Key::Escape, Key::Tab, Key::Space, Key::E] {
            let events = key(None, physical, false, "");
            window.frame([events, vec![preedit("Nihón")]].concat());
        }
        let session = &window.state().session;
        assert!(session.overlay.is_some() || session.filtering, "{open} stays open");
        window.frame(vec![Event::Ime(ImeEvent::Commit("Nihón".to_owned()))]);
        assert_eq!(typed(&window), "Nihón", "{open}");
        assert!(window.state().book.is_same(&before));
        // Then the keys mean again what they mean.
        window.press("esc");
        let session = &window.state().session;
        assert!(session.overlay.is_none() && !session.filtering, "{open} is left");
    }
}

#[test]
fn what_an_input_method_committed_is_entered_by_the_next_enter_and_what_it_dropped_is_gone() {
    let (_machine, mut window) = window();
    window.press("shift+a c");
    let enter = || key(Some(Key::Enter), Key::Enter, false, "");
    window.frame([vec![preedit("Sakura")], enter()].concat());
    assert!(matches!(window.state().session.overlay, Some(Overlay::Form(_))), "Enter chose among readings");
    window.frame(vec![preedit("")]);
    assert_eq!(typed(&window), "");
    window.frame(vec![preedit("Sákura")]);
    window.frame([vec![Event::Ime(ImeEvent::Commit("Sákura".to_owned()))], enter()].concat());
    assert!(window.state().session.overlay.is_none());
    assert!(window.state().book.clients().any(|known| known.client.name == "Sákura"));
    window.press("ctrl+k");
    let rows = palette::rows("Sákura", window.state(), &shown_of(window.state()));
    assert_eq!(rows[0].title, "Sákura", "and is found by it");
}

pub(crate) fn shown_of(state: &rapport::state::State) -> rapport::state::Shown {
    rapport::state::Shown::whole(
        &mut rapport::figures::Memo::new(),
        &rapport::figures::forecast::Outlook::default(),
        state,
    )
}

#[test]
fn a_composition_that_a_click_ended_leaves_no_key_dead() {
    let (_machine, mut window) = window();
    window.press("ctrl+k");
    window.frame(vec![preedit("ka")]);
    let at = egui::pos2(5.0, 700.0);
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.frame(vec![Event::PointerMoved(at), button(true), button(false)]);
    window.press("esc");
    assert!(window.state().session.overlay.is_none());
}

#[test]
fn messages_say_the_keys_that_are_in_use() {
    let machine = Machine::new();
    std::fs::create_dir(machine.path("settings")).unwrap();
    let path = machine.path("settings").join("keys.ron");
    crate::window::put(&path, "{ \"as_of.today\": [\"ctrl+b\"], \"path.browse\": [\"f7\"] }");
    let mut window = machine.start();
    window.press("[");
    window.press("e");
    assert!(window.shows("press Ctrl+B to come back to today and edit"), "{}", window.notice());
    window.press("ctrl+b");
    assert_eq!(window.state().as_of, None);
    window.press("ctrl+o");
    window.press("enter");
    assert!(window.shows("or press F7 to choose one"));
}
