//! The board as it is drawn: on the sample, on an import, empty and filtered.

use std::io::Write;
use std::path::Path;

use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Role, Theme, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command::key_of;
use rapport::domain::{Book, Currency};
use rapport::figures::{CardKey, Lane};
use rapport::kit::raster::{Image, Rasteriser};
use rapport::kit::theme::{self, Tokens};
use rapport::kit::{fonts, headless, number};
use rapport::panels::board_ui;
use rapport::state::{Action, Cursor, Shown, State, View};
use rapport::store::import::{Options, plan};

use crate::desk::Desk;

const SMALL: [u32; 2] = [1090, 690];
/// A small window whose pane beside the list is open.
const BESIDE_PANE: [u32; 2] = [772, 690];
const LARGE: [u32; 2] = [1700, 950];

fn on_board(mut desk: Desk) -> Desk {
    desk.act(Action::Show(View::Board));
    desk
}

fn sample() -> Desk {
    on_board(Desk::sample())
}

fn empty() -> Desk {
    on_board(Desk::of(Book::empty(Currency::EUR), "2026-11-21".parse().unwrap()))
}

fn imported() -> Desk {
    let csv = include_bytes!("fixtures/late_payments.csv");
    let book = plan(csv, &Options::default(), &Book::empty(Currency::USD)).unwrap().apply();
    on_board(Desk::of(book, "2013-06-30".parse().unwrap()))
}

fn filtered(mut desk: Desk, filter: &str) -> Desk {
    desk.act(Action::SetFilter(filter.to_owned()));
    desk
}

/// Keeps a picture for eyes.
fn keep(image: &Image, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::File::create(folder.join(name)).unwrap().write_all(&image.to_png().unwrap()).unwrap();
}

fn picture(desk: &Desk, size: [u32; 2], name: &str) {
    let shown = desk.shown();
    for (theme, suffix) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let image = headless::draw(size, 1.0, theme, |ui| {
            board_ui(ui, &shown, &desk.state.session);
        })
        .unwrap();
        keep(&image, &format!("board-{name}-{}-{suffix}.png", size[0]));
    }
}

/// A board under the hand, with what was done on it.
struct Hand {
    state: State,
    shown: Shown,
    done: Vec<Action>,
}

fn hand(desk: &Desk) -> Harness<'static, Hand> {
    let hand = Hand { state: desk.state.clone(), shown: desk.shown(), done: Vec::new() };
    let mut ready = false;
    // Two clicks a frame apart are a double click only if frames are short.
    let builder = Harness::builder().with_size([1106.0, 706.0]).with_step_dt(1.0 / 60.0).with_max_steps(64);
    let mut harness = builder.build_ui_state(
        move |ui, hand: &mut Hand| {
            if std::mem::replace(&mut ready, true) {
                hand.done.extend(board_ui(ui, &hand.shown, &hand.state.session));
            } else {
                fonts::install(ui);
                theme::apply(ui);
            }
        },
        hand,
    );
    harness.run();
    harness
}

/// What a click, or something carried, did.
fn done(harness: &mut Harness<'_, Hand>) -> Vec<String> {
    harness.run();
    std::mem::take(&mut harness.state_mut().done).iter().map(|action| format!("{action:?}")).collect()
}

fn point(harness: &mut Harness<'_, Hand>, at: Pos2, pressed: bool) {
    harness.event(Event::PointerMoved(at));
    harness.event(Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
}

/// Carries what is at `from` to `to` and lets it go there.
fn carry(harness: &mut Harness<'_, Hand>, from: Pos2, to: Pos2) -> Vec<String> {
    point(harness, from, true);
    harness.step();
    harness.event(Event::PointerMoved(from + vec2(20.0, 4.0)));
    harness.step();
    harness.event(Event::PointerMoved(to));
    harness.step();
    harness.step();
    point(harness, to, false);
    done(harness)
}

/// Where a card stands on the screen.
fn place_of(harness: &Harness<'_, Hand>, words: &str) -> Rect {
    harness.get_by(|node| node.role() == Role::ListBoxOption && said(node, words)).rect()
}

fn said(node: &egui_kittest::kittest::AccessKitNode<'_>, words: &str) -> bool {
    node.label().or_else(|| node.value()).is_some_and(|label| label.contains(words))
}

/// The first card of a deal, with its column and row.
fn first_deal(shown: &Shown) -> (usize, usize, String, String) {
    for (column, cards) in shown.board.iter().enumerate() {
        for row in 0..cards.len() {
            let card = shown.card(column, row).unwrap();
            if let CardKey::Deal(id) = &card.key {
                return (column, row, id.to_string(), card.title.clone());
            }
        }
    }
    panic!("the sample has deals");
}

#[test]
fn the_board_is_drawn_on_the_sample_an_import_and_an_empty_book() {
    for (desk, name) in [
        (sample(), "sample"),
        (imported(), "import"),
        (empty(), "empty"),
        (filtered(sample(), "an"), "filter"),
        (filtered(sample(), "zzz"), "nothing"),
    ] {
        picture(&desk, SMALL, name);
        picture(&desk, LARGE, name);
        picture(&desk, BESIDE_PANE, name);
    }
}

#[test]
fn the_same_board_is_painted_twice_alike() {
    let mut harness = hand(&sample());
    let first = harness.output().shapes.clone();
    harness.step();
    assert!(first == harness.output().shapes);
    assert!(hand(&sample()).output().shapes == first);
}

#[test]
fn a_click_points_at_a_card_and_a_second_one_opens_it() {
    let desk = sample();
    let (column, row, id, title) = first_deal(&desk.shown());
    let mut harness = hand(&desk);
    let at = place_of(&harness, &title).center();
    point(&mut harness, at, true);
    point(&mut harness, at, false);
    let expected = Action::Point(Cursor { key: format!("deal:{id}"), index: row, column });
    assert_eq!(done(&mut harness), [format!("{expected:?}")]);

    for pressed in [true, false, true, false] {
        point(&mut harness, at, pressed);
    }
    assert!(done(&mut harness).contains(&format!("{:?}", Action::Run("list.open"))));
}

#[test]
fn a_deal_is_carried_to_another_stage_and_nowhere_else() {
    let desk = sample();
    let shown = desk.shown();
    let (column, _, id, title) = first_deal(&shown);
    let columns = &shown.figures.board.columns;
    let mut harness = hand(&desk);
    let from = place_of(&harness, &title).center();
    let next = &columns[column + 1];
    let heading = |harness: &Harness<'_, Hand>, name: &str| {
        harness.get_by(|node| node.role() == Role::Heading && said(node, &format!("{name}: "))).rect()
    };
    let to = heading(&harness, &next.name).center() + vec2(0.0, 300.0);
    let dropped = Action::DropDeal(id, next.id.clone());
    assert_eq!(carry(&mut harness, from, to), [format!("{dropped:?}")]);

    let lane = columns.iter().find(|column| column.lane == Lane::BetweenJobs).unwrap();
    let to = heading(&harness, &lane.name).center() + vec2(0.0, 300.0);
    assert_eq!(carry(&mut harness, from, to), [] as [&str; 0]);
    assert_eq!(carry(&mut harness, from, from + vec2(0.0, 300.0)), [] as [&str; 0]);
}

#[test]
fn a_stage_shows_that_a_deal_can_be_dropped_on_it() {
    let desk = sample();
    let shown = desk.shown();
    let (column, _, _, title) = first_deal(&shown);
    let mut harness = hand(&desk);
    let from = place_of(&harness, &title).center();
    point(&mut harness, from, true);
    for to in [vec2(20.0, 4.0), vec2(240.0, 200.0), vec2(240.0, 201.0)] {
        harness.event(Event::PointerMoved(from + to));
        harness.step();
    }
    let target = Tokens::for_theme(harness.ctx.theme()).accent;
    let shapes = &harness.output().shapes;
    let framed = shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Rect(rect) if rect.stroke.color == target && rect.rect.height() > 400.0 => {
            Some(rect.rect)
        }
        _ => None,
    });
    assert_eq!(framed.count(), 1, "next to column {column}");
}

#[test]
fn the_board_moves_on_while_a_deal_is_carried_along_its_edge() {
    let desk = sample();
    let (_, _, _, title) = first_deal(&desk.shown());
    let mut harness = hand(&desk);
    let proposal = |harness: &Harness<'_, Hand>| {
        let found = harness.get_by(|node| node.role() == Role::Heading && said(node, "Proposal: "));
        found.rect().left()
    };
    let before = proposal(&harness);
    let from = place_of(&harness, &title).center();
    point(&mut harness, from, true);
    for x in [900.0, 1080.0, 1080.0, 1080.0, 1080.0] {
        harness.event(Event::PointerMoved(pos2(x, 300.0)));
        harness.step();
    }
    assert!(proposal(&harness) < before - 20.0);
}

#[test]
fn a_client_without_a_deal_is_not_carried() {
    let desk = sample();
    let shown = desk.shown();
    let client = shown.card(1, 0).unwrap().client_name.to_string();
    let mut harness = hand(&desk);
    let from = place_of(&harness, &client).center();
    let stage = place_of(&harness, &first_deal(&shown).3).center();
    assert_eq!(carry(&mut harness, from, stage), [] as [&str; 0]);
}

#[test]
fn every_column_has_a_heading_and_every_open_one_a_list_of_options() {
    let harness = hand(&sample());
    let shown = &harness.state().shown;
    for (column, cards) in shown.figures.board.columns.iter().zip(&shown.board) {
        let role = if cards.is_empty() { Role::Button } else { Role::Heading };
        let found =
            harness.query_all_by(|node| node.role() == role && said(node, &format!("{}: ", column.name)));
        assert_eq!(found.count(), 1, "{}", column.name);
    }
    let list = harness.get_by(|node| node.role() == Role::ListBox && said(node, "Between jobs, 4"));
    assert_eq!(list.query_all_by_role(Role::ListBoxOption).count(), 4);
}

#[test]
fn a_header_tells_its_sums_in_full_and_where_its_chance_comes_from() {
    let harness = hand(&sample());
    let mut headers = harness.query_all_by(|node| node.role() == Role::Heading && said(node, "Proposal: "));
    let label = headers.find_map(|node| node.accesskit_node().label()).unwrap();
    let columns = &harness.state().shown.figures.board.columns;
    let column = columns.iter().find(|column| column.name == "Proposal").unwrap();
    let basis = &column.chance.as_ref().unwrap().1;
    let sum = number::exact(column.sum.clone().unwrap().amount, 2);
    let weighted = number::exact(column.weighted.clone().unwrap().amount, 2);
    let count = column.count;
    for part in [
        format!("{count} deals"),
        format!("sum: {sum} EUR"),
        format!("weighted by chance: {weighted} EUR"),
        format!("%: {basis}"),
    ] {
        assert!(label.contains(&part), "{label}");
    }
}

#[test]
fn only_cards_in_sight_are_laid_out() {
    let harness = hand(&imported());
    let cards = harness.query_all_by(|node| node.role() == Role::ListBoxOption).count();
    assert!((5..=12).contains(&cards), "{cards} cards");
}

#[test]
fn the_column_and_the_card_of_the_cursor_come_into_sight_when_it_moves() {
    let desk = sample();
    let shown = desk.shown();
    let last = shown.board.iter().rposition(|cards| !cards.is_empty()).unwrap();
    let mut harness = hand(&desk);
    let to_the_end = Cursor { key: String::new(), index: 0, column: last };
    harness.state_mut().state.session.cursors.board = to_the_end;
    harness.run();
    let screen = Rect::from_min_size(Pos2::ZERO, vec2(1090.0, 690.0));
    let title = &shown.card(last, 0).unwrap().title;
    assert!(screen.contains_rect(place_of(&harness, title)));

    let mut harness = hand(&imported());
    let column = harness.state().shown.column(&harness.state().state.session);
    harness.state_mut().state.session.cursors.board = Cursor { key: String::new(), index: 70, column };
    harness.run();
    let name = harness.state().shown.card(column, 70).unwrap().client_name.to_string();
    assert!(screen.contains_rect(place_of(&harness, &name)));
}

#[test]
fn an_empty_strip_opens_under_the_cursor() {
    let mut harness = hand(&sample());
    let shown = harness.state().shown.clone();
    let empty = shown.board.iter().position(Vec::is_empty).unwrap();
    let name = &shown.figures.board.columns[empty].name;
    let cursor = Cursor { key: String::new(), index: 0, column: empty };
    harness.state_mut().state.session.cursors.board = cursor;
    harness.run();
    harness.get_by(|node| node.role() == Role::Heading && said(node, &format!("{name}: ")));
    harness.get_by_label("No deal in this stage.");
}

#[test]
fn an_empty_book_and_a_filter_that_finds_nothing_say_different_things() {
    let harness = hand(&empty());
    harness.get_by(|node| said(node, "Deals will stand here"));
    harness.get_by_label(&key_of(&harness.ctx, "client.add").unwrap());

    let harness = hand(&filtered(sample(), "zzz"));
    harness.get_by(|node| said(node, "has all of “zzz”"));
    harness.get_by_label(&key_of(&harness.ctx, "app.back").unwrap());

    let harness = hand(&imported());
    harness.get_by_label("adds the first deal");
    harness.get_by_label(&key_of(&harness.ctx, "deal.add").unwrap());
}

/// Draws the sample frame by frame while the pointer does something, and keeps the last picture.
fn live_picture(frames: Vec<Vec<Event>>, theme: Theme, name: &str) {
    let desk = sample();
    let shown = desk.shown();
    let ctx = headless::context(theme);
    let mut raster = Rasteriser::default();
    let mut last = None;
    for (frame, events) in (0_u32..).zip(frames) {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1090.0, 690.0))),
            max_texture_side: Some(2048),
            time: Some(f64::from(frame)),
            focused: true,
            events,
            ..RawInput::default()
        };
        input.viewports.entry(egui::ViewportId::ROOT).or_default().native_pixels_per_point = Some(1.0);
        let mut output = ctx.run_ui(input, |ui| drop(board_ui(ui, &shown, &desk.state.session)));
        raster.update_textures(std::mem::take(&mut output.textures_delta));
        last = Some(ctx.tessellate(output.shapes, 1.0));
    }
    let image = raster.paint(SMALL, 1.0, Tokens::for_theme(theme).ground, &last.unwrap());
    keep(&image, &format!("board-{name}.png"));
}

#[test]
fn a_deal_is_seen_while_it_is_carried_and_a_card_says_all_when_hovered() {
    let moved = |x: f32, y: f32| Event::PointerMoved(pos2(x, y));
    let press = Event::PointerButton {
        pos: pos2(560.0, 110.0),
        button: PointerButton::Primary,
        pressed: true,
        modifiers: Modifiers::NONE,
    };
    for (theme, suffix) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let carrying = vec![
            vec![moved(560.0, 110.0)],
            vec![press.clone()],
            vec![moved(600.0, 130.0)],
            vec![moved(800.0, 330.0)],
            vec![moved(800.0, 331.0)],
        ];
        live_picture(carrying, theme, &format!("carried-{suffix}"));
        let over = |x, y| {
            let mut frames = vec![vec![moved(x, y)]];
            frames.resize_with(8, Vec::new);
            frames
        };
        live_picture(over(1000.0, 110.0), theme, &format!("card-hovered-{suffix}"));
        live_picture(over(1000.0, 30.0), theme, &format!("header-hovered-{suffix}"));
    }
}

#[test]
fn a_card_says_which_lesson_is_to_be_checked_before_work_on_its_deal_begins() {
    let harness = hand(&sample());
    harness.get_by_label_contains("Kulturhaus Ufer: Programme leaflet, six issues");
    let cards = harness.get_all_by_label_contains("Check: Say how many rounds of changes the price holds");
    let cards: Vec<String> = cards.map(|card| card.accesskit_node().label().unwrap_or_default()).collect();
    assert!(cards.iter().any(|card| card.starts_with("Kulturhaus Ufer: ")), "{cards:?}");
    assert!(cards.iter().all(|card| card.contains("(R-1065 of Theater im Hof, ")), "{cards:?}");
}
