//! A column: its header, its cards as a list of their own, or a strip where it holds nothing.

use egui::{Align, CursorIcon, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui};
use egui::{UiBuilder, WidgetInfo, pos2, vec2};

use crate::command::key_of;
use crate::domain::Phase;
use crate::figures::proof::FigureKey;
use crate::figures::{Column, Lane};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, radius, size, space};
use crate::kit::widgets::{VirtualList, focus_ring, hover_ui, key_cap};
use crate::panels::proof::{self, provable};
use crate::panels::rows::picked_by_pointer;
use crate::state::{Action, Cursor, Session, Shown, card_key};

use super::card::{Standing, card_ui, clauses_ui};
use super::layout::GAP;
use super::{Carried, words};

/// Height of a header in points.
const HEADER: f32 = 66.0;
/// What is painted of a strip, in points from its top.
const TAB: f32 = 140.0;
/// Width of the place of a column's chance, in points.
const CHANCE: f32 = 72.0;
/// Between two cards, in points.
const BETWEEN: f32 = space::S;

/// What a column is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) shown: &'a Shown,
    pub(super) session: &'a Session,
    pub(super) column: &'a Column,
    pub(super) index: usize,
    /// Whether a filter is on.
    pub(super) filtering: bool,
    /// The row the cursor is at, if it is in this column.
    pub(super) row: Option<usize>,
    /// Whether the cursor is in this column.
    pub(super) at: bool,
    /// Whether the cursor moved, so that its card is to be brought into sight.
    pub(super) moved: bool,
}

impl Drawn<'_> {
    /// How many of its cards are shown.
    fn rows(&self) -> usize {
        self.shown.board.get(self.index).map_or(0, Vec::len)
    }

    /// The clauses of its header.
    fn clauses(&self) -> Vec<words::Clause> {
        words::of_column(self.column, self.filtering.then(|| self.rows()))
    }

    fn cursor(&self, row: usize) -> Cursor {
        let key = self.shown.card(self.index, row).map(card_key).unwrap_or_default();
        Cursor { key, index: row, column: self.index }
    }

    /// An open column.
    pub(super) fn open_ui(self, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let mut actions = self.drop_ui(ui, rect);
        let header = Rect::from_min_size(rect.min, vec2(rect.width(), HEADER));
        actions.extend(self.header_ui(ui, header));
        if !ui.is_rect_visible(rect) && !self.moved {
            return actions;
        }
        let body = Rect::from_min_max(pos2(rect.left(), header.bottom()), rect.max);
        if self.rows() == 0 {
            self.empty_ui(ui, body);
        } else {
            actions.extend(self.cards_ui(ui, body));
        }
        actions
    }

    /// A column as a strip: its count, and its name from top to bottom. A click puts the cursor there, which opens it.
    pub(super) fn strip_ui(self, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let mut actions = self.drop_ui(ui, rect);
        let tokens = Tokens::of(ui);
        let clauses = self.clauses();
        let response = ui.interact(rect, self.id("strip"), Sense::click());
        let name = format!("Open the column {}", words::sentence(&clauses));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if ui.is_rect_visible(rect) {
            let hovered = response.hovered();
            let fill = if hovered { tokens.strong } else { tokens.raised.gamma_multiply(0.6) };
            let tab = Rect::from_min_size(rect.min, vec2(rect.width(), TAB.min(rect.height())));
            ui.painter().rect_filled(tab, radius::M, fill);
            let top = self.paint_narrow_count(ui, rect).bottom() + space::S;
            let below = Rect::from_min_max(pos2(tab.left(), top), tab.max - vec2(0.0, space::M));
            let ink = Ink::new(size::SMALL, if hovered { tokens.text } else { tokens.secondary }).medium();
            text::paint_down(ui.painter(), below, &self.column.name, &ink);
            if response.has_focus() {
                focus_ring(ui, tab, radius::M);
            }
        }
        if response.clicked() {
            actions.push(Action::Point(self.cursor(0)));
        }
        hover_ui(response, |ui| clauses_ui(ui, &clauses));
        actions
    }

    fn id(&self, part: &str) -> Id {
        Id::unique(("column of the board", part, &self.column.id))
    }

    /// `12`, or `3 of 12` under a filter.
    fn counted(&self) -> String {
        let all = number::count(self.column.count);
        if self.filtering { format!("{} of {all}", number::count(self.rows())) } else { all }
    }

    /// The count in a strip: `0`, and under a filter below each other `0`, `of 12`.
    fn paint_narrow_count(&self, ui: &Ui, strip: Rect) -> Rect {
        let ink = Ink::new(size::SMALL, Tokens::of(ui).tertiary);
        let mut line = Rect::from_min_size(strip.min + vec2(0.0, space::S), vec2(strip.width(), 18.0));
        text::paint(ui.painter(), line, Align::Center, &number::count(self.rows()), &ink, Cut::Never);
        if self.filtering && self.column.count > 0 {
            line = line.translate(vec2(0.0, line.height()));
            let all = format!("of {}", number::count(self.column.count));
            text::paint(ui.painter(), line, Align::Center, &all, &ink, Cut::Never);
        }
        line
    }

    /// Shows whether a deal that is carried over this column can be dropped here, and takes it.
    fn drop_ui(&self, ui: &Ui, rect: Rect) -> Vec<Action> {
        let place = ui.interact(rect, self.id("place"), Sense::hover());
        let Some(carried) = place.dnd_hover_payload::<Carried>() else { return Vec::new() };
        let is_stage = self.column.lane == Lane::Stage && self.column.phase.is_some();
        if !is_stage || carried.from == self.index {
            if !is_stage {
                ui.set_cursor_icon(CursorIcon::NotAllowed);
            }
            return Vec::new();
        }
        let tokens = Tokens::of(ui);
        let edge = vec2(GAP / 2.0 - 1.0, space::S);
        let around = Rect::from_min_max(rect.min - edge, rect.max + vec2(edge.x, -space::XXS));
        let line = Stroke::new(2.0, tokens.accent);
        ui.painter().rect(around, radius::L, tokens.raised, line, StrokeKind::Inside);
        match place.dnd_release_payload::<Carried>() {
            Some(carried) => vec![Action::DropDeal(carried.deal.clone(), self.column.id.clone())],
            None => Vec::new(),
        }
    }

    fn header_ui(&self, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let clauses = self.clauses();
        let response = ui.interact(rect, self.id("header"), Sense::hover());
        let name = words::sentence(&clauses);
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
        hover_ui(response, |ui| clauses_ui(ui, &clauses));
        let inside = rect.shrink2(vec2(space::XS, 0.0));
        let actions = self.figures_ui(ui, inside);
        if ui.is_rect_visible(rect) {
            self.paint_header(ui, inside);
        }
        actions
    }

    /// The places of the sum and of the weighted sum, each with its proof.
    fn figures_ui(&self, ui: &mut Ui, inside: Rect) -> Vec<Action> {
        if self.column.lane != Lane::Stage || self.column.count == 0 {
            return Vec::new();
        }
        let id = || self.column.id.clone();
        let line = |top: f32, height: f32| {
            Rect::from_min_size(inside.min + vec2(0.0, top), vec2(inside.width(), height))
        };
        let weighted = words::over(self.column).is_none();
        let sum = ("Worth", &self.column.sum, FigureKey::ColumnSum(id()), line(20.0, 22.0));
        let other = ("Weighted", &self.column.weighted, FigureKey::ColumnWeighted(id()), line(42.0, 16.0));
        let mut actions = Vec::new();
        let sums = [Some(sum), weighted.then_some(other)].into_iter().flatten();
        let sums = sums.map(|(title, sum, key, place)| (title, words::full(sum), key, place));
        let chance = self.chance().map(|chance| {
            let whole = line(0.0, 20.0);
            let place = whole.with_min_x(whole.right() - CHANCE);
            ("Chance", words::percent(chance), FigureKey::ColumnChance(id()), place)
        });
        for (title, figure, key, place) in chance.into_iter().chain(sums) {
            let response = ui.interact(place, self.id(title), Sense::click());
            let says = format!("{title}, {}: {figure}", self.column.name);
            let told = proof::spoken(ui, &says);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
            if response.has_focus() {
                focus_ring(ui, place.expand2(vec2(space::XXS, 1.0)), 4);
            }
            actions.extend(provable(ui, &response, &key, self.session));
            proof::tooltip(response, &says);
        }
        actions
    }

    /// What is won or over has no chance worth telling at a glance.
    fn chance(&self) -> Option<rust_decimal::Decimal> {
        let chance = self.column.chance.as_ref().filter(|_| self.column.phase == Some(Phase::Open));
        chance.map(|(chance, _)| *chance)
    }

    fn paint_header(&self, ui: &Ui, inside: Rect) {
        let (tokens, painter) = (Tokens::of(ui), ui.painter());
        let line = |top: f32, height: f32| {
            Rect::from_min_size(inside.min + vec2(0.0, top), vec2(inside.width(), height))
        };
        let caption = Ink::caption(tokens);
        let upper = line(0.0, 20.0);
        let chance = self.chance().map(|chance| format!("{} chance", words::percent(chance)));
        let chance = chance.unwrap_or_default();
        let right = text::paint(painter, upper, Align::Max, &chance, &caption, Cut::Never).left();
        let count = Ink::new(size::SMALL, tokens.tertiary);
        let counted = self.counted();
        let width = text::width(painter, &counted, &count);
        let end = (right - width - 2.0 * space::S).max(upper.left());
        let place = Rect::from_min_max(upper.min, pos2(end, upper.bottom()));
        let name = Ink::body(tokens).semibold();
        let taken = text::paint(painter, place, Align::Min, &self.column.name, &name, Cut::Middle);
        let place = Rect::from_min_max(pos2(taken.right() + space::S, upper.top()), upper.max);
        text::paint(painter, place, Align::Min, &counted, &count, Cut::Never);

        self.paint_sum(ui, line(20.0, 22.0));
        text::paint(painter, line(42.0, 16.0), Align::Min, &self.below_sum(), &caption, Cut::End);
    }

    /// What all its deals are worth; where that is not known, why.
    fn paint_sum(&self, ui: &Ui, line: Rect) {
        let (tokens, painter) = (Tokens::of(ui), ui.painter());
        let second = Ink::new(size::SMALL, tokens.tertiary);
        let said = match (&self.column.sum, self.column.lane) {
            // What would be here is said below.
            _ if self.column.count == 0 => return,
            (_, Lane::Contacts) => "without a deal yet".to_owned(),
            (_, Lane::BetweenJobs) => "paid before, without an open deal".to_owned(),
            (Ok(money), Lane::Stage) => {
                let sum = Ink::new(size::LEAD, tokens.text).medium();
                let amount = words::glance(&Ok(*money));
                let taken = text::paint(painter, line, Align::Min, &amount, &sum, Cut::Never);
                let code = Rect::from_min_max(
                    pos2(taken.right() + space::XS, line.top() + 2.0),
                    pos2(line.right(), line.bottom() + 2.0),
                );
                // The sum is that of the whole column, whatever the filter leaves of it.
                let whole = if self.filtering { " in all" } else { "" };
                let code_text = format!("{}{whole}", money.currency);
                text::paint(painter, code, Align::Min, &code_text, &Ink::caption(tokens), Cut::End);
                return;
            }
            (Err(unknown), Lane::Stage) => format!("{} {unknown}", words::UNKNOWN),
        };
        text::paint(painter, line, Align::Min, &said, &second, Cut::End);
    }

    fn below_sum(&self) -> String {
        if self.column.lane != Lane::Stage {
            return String::new();
        }
        if let Some(over) = words::over(self.column) {
            return over;
        }
        if self.column.count == 0 {
            return String::new();
        }
        let weighted = format!("weighted {}", words::glance(&self.column.weighted));
        let parts = [Some(weighted), words::without_value(self.column)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn cards_ui(&self, ui: &mut Ui, body: Rect) -> Vec<Action> {
        let mut actions = Vec::new();
        // The bar for scrolling stands between the columns, beside the cards.
        let list = Rect::from_min_max(body.min, body.max + vec2(GAP - space::XS, 0.0));
        let name = format!("{}, {}", self.column.name, self.counted());
        ui.scope_builder(UiBuilder::new().max_rect(list).id_salt(self.id("list")), |ui| {
            VirtualList::new(("board", &self.column.id), &name, self.rows())
                .row_height(height::CARD + BETWEEN)
                .reveal(self.row.filter(|_| self.moved))
                .show(ui, |ui, row| {
                    let (_, place) = ui.allocate_space(vec2(body.width(), height::CARD + BETWEEN));
                    let place = Rect::from_min_size(place.min, vec2(body.width(), height::CARD));
                    let Some(card) = self.shown.card(self.index, row) else { return };
                    let figures = &self.shown.figures;
                    let standing = Standing {
                        card,
                        checks: &figures.checks_on_board(card),
                        day: figures.board.day,
                        column: self.index,
                        goes_on: words::goes_on(self.column),
                        selected: self.row == Some(row),
                        marked: self.session.picked.board.holds(&card_key(card)),
                    };
                    let response = card_ui(ui, place, standing);
                    let (shown, session) = (self.shown, self.session);
                    if response.clicked() {
                        actions.extend(picked_by_pointer(ui, shown, session, row, self.cursor(row)));
                    }
                    if response.double_clicked() {
                        actions.push(Action::Run("list.open"));
                    }
                });
        });
        actions
    }

    /// What would stand here; and where no deal is anywhere, the key that adds the first one.
    fn empty_ui(&self, ui: &mut Ui, body: Rect) {
        let tokens = Tokens::of(ui);
        let slot = Rect::from_min_size(body.min, vec2(body.width(), height::CARD));
        if self.at {
            let line = Stroke::new(1.0, tokens.accent);
            ui.painter().rect_stroke(slot, radius::M, line, StrokeKind::Inside);
        }
        let place =
            UiBuilder::new().max_rect(slot.shrink2(vec2(space::M, space::S))).id_salt(self.id("empty"));
        ui.scope_builder(place, |ui| {
            text::label(ui, words::of_empty(self.column, self.filtering), &Ink::caption(tokens));
            if let Some(key) = key_of(ui, "deal.add").filter(|_| self.wants_first_deal()) {
                ui.horizontal(|ui| {
                    key_cap(ui, &key);
                    text::label(ui, "adds the first deal", &Ink::caption(tokens));
                });
            }
        });
    }

    /// Whether this is the first stage of a board without any deal.
    fn wants_first_deal(&self) -> bool {
        let columns = &self.shown.figures.board.columns;
        let first = columns.iter().position(|column| column.lane == Lane::Stage);
        first == Some(self.index)
            && columns.iter().all(|column| column.lane != Lane::Stage || column.count_all == 0)
    }
}
