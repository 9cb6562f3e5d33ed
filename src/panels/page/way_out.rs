//! The way out: the ladder on the left, letting go on the right.

use egui::{Id, ScrollArea, Ui, UiBuilder, vec2};

use super::{Hit, List, ladder, leaving};
use crate::command::key_of;
use crate::figures::WayOutRow;
use crate::kit::theme::space;
use crate::kit::widgets::{Button, Row, list_box_ui};
use crate::panels::scroll::scroll_by_keys;
use crate::state::{Action, Session};

/// From this width on the two stand side by side, in points.
const WIDE_FROM: f32 = 820.0;
/// Between the two.
const GAP: f32 = space::XXL;

pub(super) fn way_out_ui(ui: &mut Ui, list: List<'_>, session: &Session) -> (Vec<Action>, Hit) {
    let mut actions = Vec::new();
    let mut rows = Rows { list, order: list.page.way_out(), hit: Hit::default() };
    let area = ScrollArea::vertical()
        .id_salt(("way out", list.page.client.id.as_str()))
        .auto_shrink([false, false])
        .animated(false);
    area.show(ui, |ui| {
        let count = rows.order.len();
        list_box_ui(ui, "Way out", count, |ui| {
            let whole = ui.available_width() - 2.0 * space::M;
            let wide = whole >= WIDE_FROM;
            let width = if wide { ((whole - GAP) / 2.0).floor() } else { whole };
            let place = ui.available_rect_before_wrap().translate(vec2(space::M, 0.0));
            let at = |left: f32, top: f32| {
                egui::Rect::from_min_size(egui::pos2(left, top), vec2(width, f32::INFINITY))
            };
            let mut left = ui.new_child(UiBuilder::new().max_rect(at(place.left(), place.top())));
            left.set_max_width(width);
            actions.extend(ladder::ladder_ui(&mut left, &mut rows, session));
            let below = left.min_rect().bottom() + space::L;
            let (x, y) = if wide { (place.left() + width + GAP, place.top()) } else { (place.left(), below) };
            let mut right = ui.new_child(UiBuilder::new().max_rect(at(x, y)));
            right.set_max_width(width);
            actions.extend(leaving::leaving_ui(&mut right, &mut rows, session));
            let bottom = below.max(right.min_rect().bottom() + space::L);
            ui.allocate_space(vec2(whole, bottom - place.top()));
        });
        scroll_by_keys(ui, session);
    });
    (actions, rows.hit)
}

/// The rows of both, which one cursor walks.
pub(super) struct Rows<'a> {
    pub(super) list: List<'a>,
    order: Vec<WayOutRow>,
    hit: Hit,
}

impl Rows<'_> {
    /// Whether the hand is at this row.
    pub(super) fn is_at(&self, row: WayOutRow) -> bool {
        let index = self.order.iter().position(|known| *known == row);
        index.is_some() && self.list.cursor == index
    }

    /// Draws a row; `paint` gets the space inside its margins.
    pub(super) fn row_ui(
        &mut self,
        ui: &mut Ui,
        row: WayOutRow,
        says: &str,
        height: f32,
        paint: impl FnOnce(&mut Ui, egui::Rect),
    ) {
        let index = self.order.iter().position(|known| *known == row);
        let selected = index.is_some() && self.list.cursor == index;
        let id = Id::unique(("way out row", self.list.page.way_out_key(row)));
        let place = (index.unwrap_or(0), self.order.len());
        let response =
            Row::new(id, says).height(height).place(place.0, place.1).selected(selected).show(ui, paint);
        if index.is_some() && self.list.reveal == index {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            self.hit.clicked = index;
        }
        if response.double_clicked() {
            self.hit.opened = index;
        }
    }
}

/// A button for a command, with its key; gives its action when it was pressed.
pub(super) fn run_ui(ui: &mut Ui, button: Button<'_>, id: &'static str) -> Option<Action> {
    let key = key_of(ui, id).unwrap_or_default();
    button.key(&key).show(ui).clicked().then_some(Action::Run(id))
}
