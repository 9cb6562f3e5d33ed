//! The panel contract, for the whole window: what is drawn depends on the state alone, and drawing changes nothing.

use egui::{Context, Pos2, RawInput, Rect, Theme, Vec2};
use rapport::command::Guide;
use rapport::kit::headless;
use rapport::panels::window_ui;
use rapport::state::{Action, PagePlace, PageSection, State, View};

use crate::desk::Desk;

const SIZE: Vec2 = Vec2::new(1280.0, 800.0);

/// The shapes of a frame, once the layout has settled.
fn shapes(ctx: &Context, desk: &Desk) -> Vec<egui::epaint::ClippedShape> {
    let shown = desk.shown();
    let guide = Guide::of(&desk.state, &shown);
    let mut last = Vec::new();
    for frame in 0..6_u8 {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(10.0 + f64::from(frame)),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            let actions = window_ui(ui, &desk.state, &shown, &guide);
            assert!(actions.is_empty(), "nobody did anything: {actions:?}");
        });
        output.textures_delta.clear();
        last = output.shapes;
    }
    last
}

/// Every place of the window, each with what leads there.
fn places() -> Vec<(&'static str, Desk)> {
    let keys: [(&str, &[&str]); 34] = [
        ("today", &[]),
        ("board", &["g b"]),
        ("cash", &["g m"]),
        ("clients", &["g c"]),
        ("page", &["g c", "enter"]),
        ("deals of a page", &["g c", "enter", "l"]),
        ("way out", &["g c", "enter", "o o"]),
        ("rates", &["g r"]),
        ("rates of those chosen", &["g r", "shift+x"]),
        ("a field over the rates", &["g r", "r"]),
        ("outbox", &["g o"]),
        ("a letter of the outbox", &["g o", "j", "r"]),
        ("an earlier day", &["{"]),
        ("palette", &["ctrl+k"]),
        ("proof", &["g m", "="]),
        ("clients by kind", &["g c", "b"]),
        ("the firm", &["g c", "i"]),
        ("proof of a mean", &["g c", "o", "o", "="]),
        ("keys", &["?"]),
        ("form", &["shift+a c"]),
        ("snooze", &["s"]),
        ("question", &["g c", "del"]),
        ("path", &["ctrl+o"]),
        ("second key", &["shift+a"]),
        ("quick entry", &["a"]),
        ("selected clients", &["g c", "x", "shift+j"]),
        ("selected cards", &["g b", "ctrl+a"]),
        ("a form for several clients", &["g c", "x", "x", "f2"]),
        ("a form for several deals", &["g b", "ctrl+a", "f2"]),
        ("two clients to be merged", &["g c", "x", "x", "m"]),
        ("accounts", &["g f"]),
        ("stages", &["g f", "l l l l"]),
        ("letters", &["g f", "l l l l l", "j"]),
        ("a letter's text", &["g f", "l l l l l", "enter"]),
    ];
    keys.into_iter()
        .map(|(name, keys)| {
            let mut desk = Desk::sample();
            for keys in keys {
                desk.press(keys);
            }
            (name, desk)
        })
        .collect()
}

#[test]
fn the_same_state_paints_the_same_shapes() {
    for (name, desk) in places() {
        for theme in [Theme::Dark, Theme::Light] {
            let one = shapes(&headless::context(theme), &desk);
            let other = shapes(&headless::context(theme), &desk);
            assert!(one.len() > 20, "{name} draws something");
            assert!(one == other, "{name} is drawn in two ways");
        }
    }
}

/// Whether a number is followed by a per cent sign without the space that never breaks.
fn is_misspelt(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let before = |sign: &str| text.match_indices(sign).any(|(at, _)| text[..at].ends_with(digit));
    before("%") || before(" %")
}

#[test]
fn per_cent_is_written_one_way_on_the_whole_screen() {
    assert!(is_misspelt("67% of") && is_misspelt("67 %") && !is_misspelt("67\u{a0}% of"));
    let mut said = 0;
    let mut ahead = Desk::sample();
    ahead.press("g m");
    ahead.foresee();
    let chosen = [("what if", vec!["g m", "w"]), ("lever", vec!["g m", "w", "a"])];
    let chosen = chosen.into_iter().map(|(name, keys)| {
        let mut desk = Desk::sample();
        for keys in keys {
            desk.press(keys);
        }
        (name, desk)
    });
    for (name, mut desk) in places().into_iter().chain(chosen) {
        desk.outlook = ahead.outlook.clone();
        for text in crate::every_number::texts_of(&shapes(&headless::context(Theme::Light), &desk)) {
            assert!(!is_misspelt(&text), "{name}: {text}");
            said += usize::from(text.contains('%'));
        }
    }
    assert!(said > 60, "{said}");
}

#[test]
fn every_view_draws_an_empty_book_and_a_client_that_is_gone() {
    use rapport::domain::{Book, ClientId, Currency};
    let today = "2026-11-20".parse().unwrap();
    for view in View::ALL {
        let mut desk = Desk::of(Book::empty(Currency::EUR), today);
        desk.act(Action::Show(view));
        assert!(shapes(&headless::context(Theme::Light), &desk).len() > 10);
    }
    let mut desk = Desk::of(Book::empty(Currency::EUR), today);
    desk.act(Action::OpenClient(ClientId::new("gone").unwrap()));
    for section in PageSection::ALL {
        desk.act(Action::ShowSection(section));
        assert!(matches!(&desk.state.session.page, Some(PagePlace { section: at, .. }) if *at == section));
        shapes(&headless::context(Theme::Light), &desk);
    }
}

#[test]
fn absurd_sizes_are_drawn_without_complaint() {
    let desk = Desk::sample();
    let shown = desk.shown();
    let state: &State = &desk.state;
    let guide = Guide::of(state, &shown);
    for size in [[1, 1], [40, 900], [1900, 60], [320, 240]] {
        headless::draw(size, 1.0, Theme::Dark, |ui| {
            window_ui(ui, state, &shown, &guide);
        })
        .unwrap();
    }
}
