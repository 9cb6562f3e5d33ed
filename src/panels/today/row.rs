//! A row of the queue: who, why now, what is at stake, when they last heard of each other.

use std::sync::Arc;

use egui::{Align, Galley, Id, Rangef, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::{consequence, look, words};
use crate::command::{Suggestion, key_of, suggestions};
use crate::domain::Direction;
use crate::figures::proof::FigureKey;
use crate::figures::today::Item;
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{LINE, Tokens, size, space};
use crate::kit::widgets::{Button, Row, ghost, glyph, hover_text, primary, secondary};
use crate::panels::proof::figure_place;
use crate::state::{Action, Session, Shown};

/// Height of a closed row in points: two lines.
pub(super) const HEIGHT: f32 = 56.0;
/// From the edge of the column to what stands in a row; as in the head above.
pub(super) const PADDING: f32 = space::L;
/// The commands that do the suggestions, in their order.
const ACTIONS: [&str; 3] = ["item.first_action", "item.second_action", "item.third_action"];
const BUTTONS: f32 = 28.0;
/// The lines between the reason and the buttons: what it means for the cash to come, and what kind it is, with the space
/// under them.
const DETAIL: f32 = 46.0;
/// Height of the first of them.
const CONSEQUENCE: f32 = 19.0;
/// Between the last buttons of the open row and its lower edge.
const BELOW: f32 = 14.0;
/// Under this width the buttons need a second line.
const ONE_LINE: f32 = 700.0;

/// Where the columns of the queue stand, from left to right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    icon: Rangef,
    pub(super) words: Rangef,
    pub(super) touch: Option<Rangef>,
    pub(super) stake: Rangef,
}

impl Columns {
    /// In a row whose contents may take this space. The last touch gives way where it is narrow.
    pub(super) fn of(inside: Rect) -> Self {
        let stake = Rangef::new(inside.right() - 112.0, inside.right());
        let touch = Rangef::new(stake.min - 100.0, stake.min - space::M);
        let touch = (inside.width() > 620.0).then_some(touch);
        let icon = Rangef::new(inside.left(), inside.left() + 20.0);
        let words_end = touch.map_or(stake.min, |touch| touch.min) - space::L;
        Self { icon, words: Rangef::new(icon.max + space::M, words_end), touch, stake }
    }
}

/// What the open row says beyond the others, laid out before the list, which must know its height.
pub(super) struct Opened {
    why: Arc<Galley>,
    detail: String,
    buttons: f32,
}

impl Opened {
    pub(super) fn of(ui: &Ui, item: &Item, shown: &Shown) -> Self {
        let columns = Columns::of(ui.max_rect().shrink2(vec2(PADDING, 0.0)));
        let width = columns.words.span();
        let one_line = columns.stake.max - columns.words.min >= ONE_LINE;
        let buttons = if one_line { BUTTONS } else { 2.0 * BUTTONS + space::S };
        let ink = why_ink(Tokens::of(ui));
        let mut job = egui::text::LayoutJob::simple(item.why.clone(), ink.font.clone(), ink.colour, width);
        for section in &mut job.sections {
            section.format.line_height = Some((size::BODY * LINE).round());
        }
        let why = ui.fonts_mut(|fonts| fonts.layout_job(job));
        Self { why, detail: words::detail(item, shown.figures.day), buttons }
    }

    /// How much higher the open row is than the others, in points.
    pub(super) fn height(&self) -> f32 {
        let more_lines = (self.why.size().y - (size::BODY * LINE).round()).max(0.0);
        (more_lines + DETAIL + self.buttons + BELOW).round()
    }
}

/// How a row stands in the list.
pub(super) struct Place<'a> {
    pub(super) at_cursor: bool,
    pub(super) selected: bool,
    /// What it says beyond the others, where it is the open one.
    pub(super) opened: Option<&'a Opened>,
}

/// What a person did with a row.
pub(super) enum Answer {
    Nothing,
    Point,
    /// Selected it, or no longer.
    Toggle,
    /// Selected all from the cursor to it.
    Stretch,
    Run(&'static str),
}

/// Shows a row, opened when the cursor is on it.
pub(super) fn row_ui(
    ui: &mut Ui,
    shown: &Shown,
    session: &Session,
    (item, Place { at_cursor, selected, opened }): (&Item, Place<'_>),
    actions: &mut Vec<Action>,
) -> Answer {
    let day = shown.figures.day;
    let any_selected = !shown.selected.is_empty();
    let label = words::label(item, day, selected);
    let height = HEIGHT + opened.map_or(0.0, Opened::height);
    let mut pressed = None;
    let row = Row::new(Id::unique(("today", &item.id)), &label);
    let row = row.selected(at_cursor && !any_selected).marked(selected).height(height);
    let response = row.show(ui, |ui, rect| {
        let inside = rect.shrink2(vec2(PADDING - space::M, 0.0));
        let closed = Rect::from_min_size(inside.min, vec2(inside.width(), HEIGHT));
        let columns = Columns::of(closed);
        if at_cursor && any_selected {
            // The cursor is no selection, and says where the next key selects.
            let edge = Rect::from_min_size(rect.min - vec2(space::M, 0.0), vec2(3.0, rect.height()));
            ui.painter().rect_filled(edge, 0, Tokens::of(ui).accent);
        }
        paint_words(ui, item, closed, columns, opened);
        if selected {
            paint_check(ui, closed, columns);
        }
        paint_figures(ui, shown, item, closed, columns);
        if let Some(opened) = opened {
            let top = inside.bottom() - BELOW - opened.buttons - DETAIL;
            let below = Rect::from_min_max(pos2(columns.words.min, top), inside.max);
            let line = below.with_max_y(below.top() + CONSEQUENCE);
            actions.extend(consequence::consequence_ui(ui, shown, session, item, line));
            actions.extend(figures_ui(ui, shown, session, item, closed));
            let suggested = suggestions(item, shown.draft.as_ref(), &shown.figures.today);
            pressed = opened_ui(ui, (item, &suggested), opened, below);
        } else {
            let line = Stroke::new(1.0, Tokens::of(ui).hairline.gamma_multiply(0.6));
            let across = Rangef::new(columns.words.min, inside.right());
            ui.painter().hline(across, rect.bottom() - 0.5, line);
        }
    });
    match pressed {
        Some(command) => Answer::Run(command),
        None if response.clicked() && ui.input(|input| input.modifiers.command) => Answer::Toggle,
        None if response.clicked() && ui.input(|input| input.modifiers.shift) => Answer::Stretch,
        None if response.double_clicked() => Answer::Run("list.open"),
        None if response.clicked() => Answer::Point,
        None => Answer::Nothing,
    }
}

/// The sign of a selected row, over its lower mark.
fn paint_check(ui: &Ui, closed: Rect, columns: Columns) {
    let tokens = Tokens::of(ui);
    let (_, below) = lines(closed, columns.icon);
    let place = Rect::from_center_size(below.center(), egui::Vec2::splat(16.0));
    ui.painter().rect_filled(place, 4, tokens.button);
    let ink = Ink::new(size::SMALL, tokens.on_button);
    text::paint(ui.painter(), place, Align::Center, icon::CHECK, &ink, Cut::Never);
}

fn why_ink(tokens: &Tokens) -> Ink {
    Ink::new(size::BODY, tokens.secondary)
}

/// The two lines of a closed row.
fn lines(closed: Rect, x: Rangef) -> (Rect, Rect) {
    let line =
        |top: f32| Rect::from_x_y_ranges(x, Rangef::new(closed.top() + top, closed.top() + top + 19.0));
    (line(9.0), line(28.0))
}

fn paint_words(ui: &Ui, item: &Item, closed: Rect, columns: Columns, opened: Option<&Opened>) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let tone = look::tone_of(item.kind);
    let (icon_place, below) = lines(closed, columns.icon);
    let icon_ink = Ink::new(size::TITLE, tokens.tone(tone));
    text::paint(painter, icon_place, Align::Center, look::icon_of(item.kind), &icon_ink, Cut::Never);
    glyph(painter, tokens, below.center(), tone);

    let (first, second) = lines(closed, columns.words);
    let name = if item.client_name.is_empty() { &item.title } else { &item.client_name };
    let name_ink = Ink::new(size::BODY, tokens.text).semibold();
    // A long name leaves at least a third to what it is about.
    let name_place = first.with_max_x(first.left() + first.width() * 0.66);
    let taken = text::paint(painter, name_place, Align::Min, name, &name_ink, Cut::Middle);
    if !item.client_name.is_empty() {
        let title_place = first.with_min_x(taken.right() + space::S);
        let title_ink = Ink::new(size::BODY, tokens.secondary);
        text::paint(painter, title_place, Align::Min, &item.title, &title_ink, Cut::Middle);
    }
    match opened {
        Some(opened) => painter.galley(second.min, opened.why.clone(), tokens.secondary),
        None => drop(text::paint(painter, second, Align::Min, &item.why, &why_ink(tokens), Cut::End)),
    }
}

fn paint_figures(ui: &Ui, shown: &Shown, item: &Item, closed: Rect, columns: Columns) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let small = Ink::new(size::SMALL, tokens.tertiary);
    if let Some(touch) = columns.touch.filter(|_| item.client.is_some()) {
        let (first, second) = lines(closed, touch);
        let (ago, date) = words::last_touch(item, shown.figures.day);
        let ink = Ink::new(size::BODY, tokens.secondary);
        text::paint(painter, first, Align::Max, &ago, &ink, Cut::Never);
        text::paint(painter, second, Align::Max, &date, &small, Cut::Never);
        if item.last_touch.is_none() {
            hover(ui, first, (&item.id, "touch"), "No touch noted yet");
        }
    }
    let (first, second) = lines(closed, columns.stake);
    let colour = if item.at_stake.is_some() { tokens.text } else { tokens.tertiary };
    let ink = Ink::new(size::BODY, colour).medium();
    text::paint(painter, first, Align::Max, &words::stake(item), &ink, Cut::Never);
    text::paint(painter, second, Align::Max, &words::cost(item), &small, Cut::Never);
    hover(ui, first, (&item.id, "stake"), &words::stake_in_full(item));
    hover(ui, second, (&item.id, "cost"), words::COST_EXPLAINED);
}

/// The places of the open row's figures, each with its proof.
fn figures_ui(ui: &mut Ui, shown: &Shown, session: &Session, item: &Item, closed: Rect) -> Vec<Action> {
    let columns = Columns::of(closed);
    let mut actions = Vec::new();
    let mut place = |ui: &mut Ui, name: &str, place: Rect, says: &str, more: &str, key: FigureKey| {
        let id = Id::unique(("figure of the open item", name));
        actions.extend(figure_place(ui, (id, place), (says, more), &key, session));
    };
    if let (Some(touch), Some(last), Some(client)) = (columns.touch, item.last_touch, &item.client) {
        let rows = &shown.figures.clients.rows;
        let from_them = rows.iter().any(|row| row.id == *client && row.last_in == Some(last));
        let direction = if from_them { Direction::In } else { Direction::Out };
        let (first, second) = lines(closed, touch);
        let (ago, date) = words::last_touch(item, shown.figures.day);
        let says = format!("Last touch {ago}, {date}");
        let key = FigureKey::LastTouch(client.clone(), direction);
        place(ui, "touch", first.union(second), &says, "", key);
    }
    let (first, second) = lines(closed, columns.stake);
    let stake = words::stake_in_full(item);
    place(ui, "stake", first, &stake, &stake, FigureKey::Item(item.id.clone()));
    let cost = format!("A week's delay: {}", words::cost(item));
    place(ui, "cost", second, &cost, words::COST_EXPLAINED, FigureKey::ItemCost(item.id.clone()));
    actions
}

fn hover(ui: &Ui, place: Rect, id: (&str, &str), says: &str) {
    hover_text(ui.interact(place, Id::unique(id), Sense::hover()), says);
}

/// What one can do about the item. Returns the command of the button that was pressed.
fn opened_ui(
    ui: &mut Ui,
    (item, suggested): (&Item, &[Suggestion]),
    opened: &Opened,
    place: Rect,
) -> Option<&'static str> {
    let line = Rect::from_min_size(place.min + vec2(0.0, CONSEQUENCE), vec2(place.width(), 20.0));
    let ink = Ink::new(size::SMALL, Tokens::of(ui).tertiary);
    text::paint(ui.painter(), line, Align::Min, &opened.detail, &ink, Cut::End);
    // A child of its own rather than a scope: the row has its place already, and the next row follows it.
    let area = Rect::from_min_size(place.min + vec2(0.0, DETAIL), vec2(place.width(), opened.buttons));
    let layout = egui::Layout::left_to_right(Align::Min);
    let line_at = |top: f32, salt: &str| {
        let rect = Rect::from_min_size(area.min + vec2(0.0, top), vec2(area.width(), BUTTONS));
        UiBuilder::new().id_salt((salt, &item.id)).max_rect(rect).layout(layout)
    };
    let mut first = ui.new_child(line_at(0.0, "suggestions"));
    first.spacing_mut().item_spacing.x = space::S;
    let mut pressed = suggestions_ui(&mut first, suggested);
    if opened.buttons > BUTTONS {
        let mut second = ui.new_child(line_at(BUTTONS + space::S, "marks"));
        second.spacing_mut().item_spacing.x = space::S;
        pressed = pressed.or(marks_ui(&mut second));
    } else {
        first.add_space(space::S);
        pressed = pressed.or(marks_ui(&mut first));
    }
    pressed
}

fn suggestions_ui(ui: &mut Ui, suggested: &[Suggestion]) -> Option<&'static str> {
    let mut pressed = None;
    for (index, (suggestion, command)) in suggested.iter().zip(ACTIONS).enumerate() {
        let label = suggestion.label();
        let button = if index == 0 { primary(&label) } else { secondary(&label) };
        pressed = pressed.or(button_ui(ui, button, command));
    }
    pressed
}

fn marks_ui(ui: &mut Ui) -> Option<&'static str> {
    let handled = button_ui(ui, ghost("Handled"), "item.handled");
    handled.or(button_ui(ui, ghost("Snooze"), "item.snooze"))
}

fn button_ui(ui: &mut Ui, button: Button<'_>, command: &'static str) -> Option<&'static str> {
    let key = key_of(ui, command).unwrap_or_default();
    button.key(&key).show(ui).clicked().then_some(command)
}
