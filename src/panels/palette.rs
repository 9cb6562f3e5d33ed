//! The command palette.

use egui::{Align, Area, Frame, Id, Layout, Margin, Order, Rect, Role, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::command::palette::PaletteRow;
use crate::command::{Guide, key_of};
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, radius, space};
use crate::kit::widgets::{Field, Row, VirtualList, ghost, moved_cursor, paint_key_cap, say_modal};
use crate::state::{Action, Palette};

const WIDTH: f32 = 560.0;
const ROW: f32 = 44.0;
const ROWS: f32 = 9.0;

/// Draws the palette.
pub(super) fn palette_ui(ui: &mut Ui, open: &Palette, guide: &Guide) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let rows = guide.palette.as_slice();
    let tab = key_of(ui, "palette.argument").unwrap_or_default();
    let cursor = open.cursor.min(rows.len().saturating_sub(1));
    let window = ui.content_rect();
    let mut actions = Vec::new();
    let width = WIDTH.min(window.width() - 2.0 * space::S);
    let top = window.top() + (window.height() * 0.1).min(72.0);
    let at = pos2(window.center().x - width / 2.0, top);
    let area = Area::new(Id::unique("palette")).role(Role::Dialog).accessible_name("Command palette");
    area.order(Order::Foreground).fixed_pos(at).show(ui, |ui| {
        say_modal(ui, Id::unique("palette"));
        let frame = Frame::new()
            .fill(tokens.surface)
            .stroke(Stroke::new(1.0, tokens.hairline))
            .corner_radius(radius::L)
            .shadow(ui.visuals().window_shadow)
            .inner_margin(Margin::same(8));
        frame.show(ui, |ui| {
            ui.set_width(width - 16.0);
            let id = Id::unique("palette query");
            if !ui.memory(|memory| memory.has_focus(id)) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let mut query = open.query.clone();
            let (name, hint) = match &guide.question {
                Some(question) => (question.as_str(), "type a part of it"),
                None => ("Find", "a command, client, person, invoice or deal"),
            };
            if let Some(question) = &guide.question {
                text::label(ui, question.as_str(), &Ink::second(tokens).medium());
            }
            let field = Field::new(id, name).label_hidden().icon(icon::SEARCH).keeps_tab();
            if field.caret_to_end(open.turn).hint(hint).show(ui, &mut query).changed() {
                actions.push(Action::SetQuery(query));
            }
            ui.add_space(space::XS);
            if rows.is_empty() {
                text::label(
                    ui,
                    if guide.question.is_some() { "Nothing that fits." } else { "Nothing of that name." },
                    &Ink::second(tokens),
                );
            }
            #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
            let height =
                ((rows.len() as f32).min(ROWS) * ROW).min(window.bottom() - ui.cursor().top() - space::M);
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                let reveal =
                    moved_cursor(ui, "palette", Some((cursor, open.query.len()))).map(|(cursor, _)| cursor);
                let list = VirtualList::new("palette", "Commands", rows.len()).row_height(ROW).reveal(reveal);
                list.show(ui, |ui, at| {
                    if let Some(row) = rows.get(at) {
                        let tab = (at == cursor).then_some(tab.as_str());
                        actions.extend(row_ui(ui, row, at, tab));
                    }
                });
            });
        });
    });
    actions
}

/// A row; the one that the cursor is at says what `tab` does.
fn row_ui(ui: &mut Ui, row: &PaletteRow, at: usize, tab: Option<&str>) -> Option<Action> {
    let tokens = Tokens::of(ui);
    let selected = tab.is_some();
    let label = format!("{}. {}", row.title.trim_end_matches(" …"), row.detail);
    let id = Id::unique(("palette row", at));
    let mut completes = false;
    let response = Row::new(id, &label).height(ROW).selected(selected).show(ui, |ui, rect| {
        let mut right = rect.right();
        let painter = ui.painter().clone();
        let painter = &painter;
        if let Some(key) = &row.key {
            let width = text::width(painter, key, &Ink::caption(tokens)) + 16.0;
            paint_key_cap(painter, tokens, pos2(right - width, rect.center().y), key);
            right -= width + space::S;
        }
        if let (Some(tab), Some(word)) = (tab, row.takes()) {
            let place = Rect::from_min_max(
                pos2(rect.left() + rect.width() * 0.5, rect.top()),
                pos2(right, rect.bottom()),
            );
            let layout = Layout::right_to_left(Align::Center);
            let mut ui = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
            let button = ghost(&format!("Which {word}?")).key(tab).show(&mut ui);
            completes = button.clicked();
            right = button.rect.left() - space::S;
        }
        let ink =
            if row.enabled { Ink::body(tokens).medium() } else { Ink::body(tokens).colour(tokens.tertiary) };
        let middle = rect.center().y;
        let upper = Rect::from_min_max(pos2(rect.left(), rect.top() + 4.0), pos2(right, middle + 2.0));
        let lower = Rect::from_min_max(pos2(rect.left(), middle), pos2(right, rect.bottom() - 3.0));
        text::paint(painter, upper, Align::Min, &row.title, &ink, Cut::End);
        text::paint(painter, lower, Align::Min, &row.detail, &Ink::new(11.0, tokens.tertiary), Cut::End);
    });
    if completes {
        return Some(row.complete());
    }
    if !response.clicked() {
        return None;
    }
    Some(match row.action() {
        Ok(action) => action,
        Err(why) => Action::Refuse(why.to_owned()),
    })
}
