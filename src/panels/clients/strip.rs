//! The firm in a strip over its clients: income against the goal and what it rests on, what recurs, on how many it rests.

use egui::{Align, Rect, Ui, UiBuilder, pos2, vec2};
use rust_decimal::prelude::ToPrimitive;

use super::firm::words::{basis_words, income_words, level_tone, per_cent};
use crate::command::key_of;
use crate::domain::Money;
use crate::figures::firm::{Firm, FirmFigure, basis_title};
use crate::figures::proof::{FigureKey, Whose};
use crate::figures::{Answer, Unknown};
use crate::kit::chart::{paint_pattern, paint_stack};
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{ghost, glyph};
use crate::panels::figure::Figure;
use crate::panels::proof::provable_place;
use crate::state::{Action, Session};
use crate::written::capital;

/// Height of the strip in points.
pub(super) const HEIGHT: f32 = 78.0;
/// Width of the button that leads to the firm's page.
const BUTTON: f32 = 116.0;
/// The least that each tile needs; the last one names a client.
const TILES: [f32; 3] = [100.0, 116.0, 148.0];
/// The least that income and what it rests on need, and the most of the width that they get.
const MIX: f32 = 360.0;
const MOST_MIX: f32 = 0.56;
/// A line of small text.
const LINE: f32 = 18.0;
/// A line with a figure.
const FIGURE: f32 = 22.0;

/// Shows the strip in the place given.
pub(super) fn strip_ui(ui: &mut Ui, place: Rect, firm: &Firm, session: &Session) -> Vec<Action> {
    let mut ui = ui.new_child(UiBuilder::new().id_salt("firm strip").max_rect(place));
    let inside = place.shrink2(vec2(space::M, space::S));
    let tokens = Tokens::of(&ui);
    let tiles = tiles(firm);
    let places = Places::of(inside.width());
    let mix = inside.with_max_x(inside.left() + places.mix - space::XL);
    let mut actions = mix_ui(&mut ui, mix, firm, session);
    let mut x = inside.left() + places.mix;
    for (tile, width) in tiles.iter().zip(&places.tiles) {
        let place = Rect::from_min_max(pos2(x, inside.top()), pos2(x + width - space::L, inside.bottom()));
        actions.extend(tile.show(&mut ui, place, session));
        x += width;
    }
    actions.extend(more_ui(&mut ui, inside));
    let bottom = place.bottom() - 0.5;
    ui.painter().hline(place.x_range(), bottom, egui::Stroke::new(1.0, tokens.hairline));
    actions
}

/// How wide the parts of the strip are, in points.
struct Places {
    mix: f32,
    /// Of the tiles there is room for.
    tiles: Vec<f32>,
}

impl Places {
    /// What income rests on needs the most room; the figures beside it have what they need, and share what is left.
    fn of(width: f32) -> Self {
        let mut mix = width - BUTTON;
        let mut tiles = Vec::new();
        for tile in TILES {
            if mix - tile < MIX {
                break;
            }
            mix -= tile;
            tiles.push(tile);
        }
        let spare = (mix - MOST_MIX * width).max(0.0);
        #[expect(clippy::cast_precision_loss, reason = "a handful of tiles")]
        let each = spare / tiles.len().max(1) as f32;
        Self { mix: mix - spare, tiles: tiles.into_iter().map(|tile| tile + each).collect() }
    }
}

/// Leads to the firm's page.
fn more_ui(ui: &mut Ui, inside: Rect) -> Option<Action> {
    let place = Rect::from_min_max(
        pos2(inside.right() - BUTTON, inside.center().y - 14.0),
        pos2(inside.right() + space::S, inside.center().y + 14.0),
    );
    let layout = egui::Layout::right_to_left(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().id_salt("firm").max_rect(place).layout(layout));
    let key = key_of(&ui, "clients.firm").unwrap_or_default();
    let clicked = ghost("The firm").icon(icon::CHART).key(&key).show(&mut ui).clicked();
    clicked.then_some(Action::Run("clients.firm"))
}

/// Income against the goal, and the mix as one bar with its legend.
fn mix_ui(ui: &mut Ui, place: Rect, firm: &Firm, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let (head, below) = place.split_top_bottom_at_y(place.top() + FIGURE);
    let mut actions = income_ui(ui, head, firm, session);
    let bar = Rect::from_min_size(below.min + vec2(0.0, space::XS), vec2(below.width(), 10.0));
    let value =
        |answer: &Answer<Money>| answer.as_ref().ok().and_then(|it| it.amount.to_f64()).unwrap_or(0.0);
    let parts: Vec<f64> = firm.mix.by_basis.iter().map(|it| value(&it.income)).collect();
    let goal = value(&firm.mix.goal);
    paint_stack(ui.painter(), tokens, bar, &parts, goal, (goal > 0.0).then_some(goal));
    let legend = Rect::from_min_size(pos2(below.left(), bar.bottom() + space::XS), vec2(below.width(), LINE));
    actions.extend(legend_ui(ui, legend, firm, session));
    actions
}

fn income_ui(ui: &mut Ui, place: Rect, firm: &Firm, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    let label = format!("Income 12 m, {}", firm.currency);
    let taken = text::paint(ui.painter(), place, Align::Min, &label, &caption, Cut::End);
    let figure = Figure::listed_answer(&firm.mix.income, firm.currency);
    let after = place.with_min_x(taken.right() + space::S);
    let ink = Ink::new(size::LEAD, tokens.text).semibold();
    let taken = figure.paint(ui, after, Align::Min, &ink);
    let goal = income_words(&firm.mix);
    let after = after.with_min_x(taken.right() + space::M);
    let said = text::paint(ui.painter(), after, Align::Min, &goal, &Ink::second(tokens), Cut::End);
    let whole = place.with_max_x(taken.right());
    let says = format!("Income of 12 months: {}", figure.spoken());
    let mut actions = provable_place(ui, whole, &says, &FigureKey::Income(Whose::All), session);
    if firm.mix.of_goal().is_ok() {
        actions.extend(provable_place(ui, said, &goal, &FigureKey::Firm(FirmFigure::OfGoal), session));
    }
    actions
}

/// What each pattern of the bar is, with its share; only what there is.
fn legend_ui(ui: &mut Ui, place: Rect, firm: &Firm, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let ink = Ink::new(size::SMALL, tokens.secondary);
    let mut actions = Vec::new();
    let mut x = place.left();
    let some = |it: &&(usize, _)| {
        let (_, part): &(usize, &crate::figures::firm::BasisIncome) = it;
        part.income.as_ref().is_ok_and(|income| !income.is_zero())
    };
    let parts: Vec<(usize, _)> = firm.mix.by_basis.iter().enumerate().collect();
    for (at, part) in parts.iter().filter(some) {
        let says = format!("{} {}", basis_title(part.basis), per_cent(&firm.mix.share(part)));
        let width = 14.0 + text::width(ui.painter(), &says, &ink);
        if x + width > place.right() {
            break;
        }
        let swatch = Rect::from_min_size(pos2(x, place.center().y - 5.0), vec2(10.0, 10.0));
        paint_pattern(ui.painter(), tokens, swatch, *at);
        let words = Rect::from_min_max(pos2(x + 14.0, place.top()), place.max);
        text::paint(ui.painter(), words, Align::Min, &says, &ink, Cut::Never);
        let rect = Rect::from_min_size(pos2(x, place.top()), vec2(width, place.height()));
        let key = FigureKey::Firm(FirmFigure::Mix(part.basis));
        let says = basis_words(part, &firm.mix, firm.currency);
        actions.extend(provable_place(ui, rect, &says, &key, session));
        x += width + space::M;
    }
    if let (true, Err(Unknown(why))) = (x <= place.left(), &firm.mix.income) {
        text::paint(ui.painter(), place, Align::Min, &capital(why), &ink, Cut::End);
    }
    actions
}

/// A figure with what it is above it and what it means below it.
struct Tile {
    label: &'static str,
    figure: Figure,
    tone: Tone,
    note: String,
    says: String,
    key: Option<FigureKey>,
}

fn tiles(firm: &Firm) -> [Tile; 3] {
    let recurring = Figure::share(&firm.mix.recurring_share);
    let spread = match &firm.spread.clients {
        Ok(clients) => Figure::known(format!("{clients} of {}", firm.spread.with_income), false),
        Err(why) => Figure::unknown(&why.0),
    };
    let told = |words: &Answer<String>| words.clone().unwrap_or_else(|why| format!("not known, {why}"));
    let largest = firm.concentration.clients.first();
    let level = firm.concentration.level.clone();
    let (share, name) = match largest {
        Some(largest) => (Figure::share(&largest.share), largest.name.to_string()),
        None => (Figure::unknown("no income in the last 12 months"), String::new()),
    };
    [
        Tile {
            label: "Recurs",
            says: capital(&told(&firm.mix.words)),
            figure: recurring,
            tone: Tone::Neutral,
            note: "of the income".to_owned(),
            key: Some(FigureKey::Firm(FirmFigure::RecurringShare)),
        },
        Tile {
            label: "Clients for 80\u{a0}%",
            says: capital(&told(&firm.spread.words)),
            figure: spread,
            tone: Tone::Neutral,
            note: "of the income".to_owned(),
            key: Some(FigureKey::Firm(FirmFigure::Spread)),
        },
        Tile {
            label: "Largest client",
            says: capital(&told(&firm.concentration.words)),
            figure: share,
            tone: level.map_or(Tone::Neutral, level_tone),
            note: name,
            key: largest.map(|largest| FigureKey::Share(largest.client.clone())),
        },
    ]
}

impl Tile {
    fn show(&self, ui: &mut Ui, place: Rect, session: &Session) -> Vec<Action> {
        let tokens = Tokens::of(ui);
        let caption = Ink::new(size::SMALL, tokens.tertiary);
        let line = |from: f32, height: f32| {
            Rect::from_min_size(pos2(place.left(), place.top() + from), vec2(place.width(), height))
        };
        text::paint(ui.painter(), line(0.0, LINE), Align::Min, self.label, &caption, Cut::End);
        let mut at = line(LINE, FIGURE);
        if self.tone.glyph().is_some() {
            glyph(ui.painter(), tokens, pos2(at.left() + 6.0, at.center().y), self.tone);
            at = at.with_min_x(at.left() + 18.0);
        }
        let ink = Ink::new(size::LEAD, tokens.text).semibold();
        self.figure.paint(ui, at, Align::Min, &ink);
        text::paint(ui.painter(), line(LINE + FIGURE, LINE), Align::Min, &self.note, &caption, Cut::Middle);
        match &self.key {
            Some(key) => provable_place(ui, place, &self.says, key, session),
            None => Vec::new(),
        }
    }
}
