//! The keys of this place, and what can follow a first key.

use egui::{
    Align, Align2, Area, Frame, Id, Layout, Margin, Order, Rect, Role, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::command::{Group, Hint, key_of};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, radius, size, space};
use crate::kit::widgets::{
    Dialog, Row, key_cap, key_cap_width, list_box_ui, moved_cursor, paint_key_cap, primary,
};
use crate::state::Action;

/// In fewer points the keys stand in one column.
const TWO_COLUMNS: f32 = 640.0;
/// Height of a row of the keys, and the width of a term of the filter, in points.
const KEY_ROW: f32 = 28.0;
const TERM: f32 = 150.0;
/// What a row of the continuations takes, and where that is too much; and what stands above and below, and beside them, in
/// points.
const NEXT_ROW: f32 = 26.0;
const SMALL_NEXT_ROW: f32 = 20.0;
const ABOVE_NEXT: f32 = 84.0;
const BESIDE_NEXT: f32 = 60.0;

/// The keys of a place, group by group, and what its filter understands.
type Keys<'a> = (&'a [(Group, Vec<Hint>)], &'a [(&'a str, &'a str)]);

/// Draws the keys that work in this place, group by group, and under them what its filter understands; the row that is looked at
/// is in sight.
pub(super) fn help_ui(ui: &mut Ui, (groups, terms): Keys<'_>, cursor: usize) -> Vec<Action> {
    let close = key_of(ui, "app.back").unwrap_or_default();
    let dialog = Dialog::new(Id::unique("help"), "Keys").width(860.0);
    let rows = Rows::of(ui, groups, terms, cursor);
    let shown = dialog.show(
        ui,
        |ui| list_box_ui(ui, "Keys", rows.count, |ui| keys_ui(ui, groups, terms, &rows)),
        vec![(primary("Close").key(&close), ())],
    );
    if shown.footer.is_some() || shown.clicked_outside { vec![Action::Back] } else { Vec::new() }
}

/// How many rows there are, at which the cursor is, and whether it came there just now.
struct Rows {
    count: usize,
    cursor: usize,
    came: bool,
}

impl Rows {
    fn of(ui: &Ui, groups: &[(Group, Vec<Hint>)], terms: &[(&str, &str)], cursor: usize) -> Self {
        let count = groups.iter().map(|(_, hints)| hints.len()).sum::<usize>() + terms.len();
        let cursor = cursor.min(count.saturating_sub(1));
        Self { count, cursor, came: moved_cursor(ui, "keys", Some(cursor)).is_some() }
    }

    /// A row: what it says, and how it is painted.
    fn row(&self, ui: &mut Ui, at: usize, says: &str, height: f32, paint: impl FnOnce(&mut Ui, Rect)) {
        let row = Row::new(Id::unique(("key", at)), says).height(height).place(at, self.count);
        let row = row.selected(at == self.cursor).sense(Sense::hover());
        let response = row.show(ui, paint);
        if self.came && at == self.cursor {
            response.scroll_to_me(None);
        }
    }
}

fn keys_ui(ui: &mut Ui, groups: &[(Group, Vec<Hint>)], terms: &[(&str, &str)], rows: &Rows) {
    let tokens = Tokens::of(ui);
    // Room for the bar beside a list that is too long for the window.
    let room = ui.available_width() - space::L;
    let two = room >= TWO_COLUMNS;
    let width = if two { (room - space::XL) / 2.0 } else { room };
    // Two columns of about the same number of keys.
    let total: usize = groups.iter().map(|(_, hints)| hints.len() + 2).sum();
    let mut so_far = 0;
    let (left, right): (Vec<_>, Vec<_>) = groups.iter().partition(|(_, hints)| {
        let first = !two || so_far * 2 + hints.len() < total;
        so_far += hints.len() + 2;
        first
    });
    let mut at = 0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        for column in [left, right].into_iter().filter(|column| !column.is_empty()) {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                for (group, hints) in column {
                    text::label(ui, group.title(), &Ink::new(size::SMALL, tokens.tertiary).semibold());
                    ui.add_space(space::XS);
                    for hint in hints {
                        let says = format!("{}: {}", hint.title, hint.key);
                        rows.row(ui, at, &says, KEY_ROW, |ui, rect| key_ui(ui, rect, hint));
                        at += 1;
                    }
                    ui.add_space(space::M);
                }
            });
        }
    });
    if !terms.is_empty() {
        let head = Ink::new(size::SMALL, tokens.tertiary).semibold();
        text::label(ui, "In the filter, where every term must hold", &head);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (term, meaning) in terms {
            rows.row(ui, at, &format!("{term}: {meaning}"), KEY_ROW, |ui, rect| {
                let painter = ui.painter();
                let rect = rect.shrink2(vec2(space::S, 0.0));
                text::paint(painter, rect, Align::Min, term, &Ink::body(tokens).medium(), Cut::End);
                let rest = rect.with_min_x(rect.left() + TERM);
                text::paint(painter, rest, Align::Min, meaning, &Ink::second(tokens), Cut::End);
            });
            at += 1;
        }
    }
}

/// What a key does, and the key.
fn key_ui(ui: &mut Ui, rect: Rect, hint: &Hint) {
    let rect = rect.shrink2(vec2(space::S, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut keys = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    key_cap(&mut keys, &hint.key);
    let place = rect.with_max_x(keys.min_rect().left() - space::S);
    text::paint(ui.painter(), place, Align::Min, &hint.title, &Ink::body(Tokens::of(ui)), Cut::End);
}

/// Draws what can follow the first key of a two-key command, above the footer. Where it does not fit, it is drawn smaller, and
/// what a key does is cut at its end: every key is in sight at any zoom.
pub(super) fn continuations_ui(ui: &mut Ui, hints: &[Hint]) {
    let tokens = Tokens::of(ui);
    let (room, wide) = (ui.content_rect().height() - ABOVE_NEXT, ui.content_rect().width() - BESIDE_NEXT);
    let plan = Continuations::of(ui, hints, room, wide);
    Area::new(Id::unique("continuations"))
        .order(Order::Foreground)
        .anchor(Align2::LEFT_BOTTOM, vec2(16.0, -48.0))
        .show(ui, |ui| {
            let frame = Frame::new()
                .fill(tokens.surface)
                .stroke(Stroke::new(1.0, tokens.hairline))
                .corner_radius(radius::L)
                .shadow(ui.visuals().popup_shadow)
                .inner_margin(Margin::same(12));
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::L, 0.0);
                ui.horizontal_top(|ui| {
                    for column in hints.chunks(plan.rows) {
                        ui.vertical(|ui| column.iter().for_each(|hint| plan.row_ui(ui, hint)));
                    }
                });
            });
        });
}

/// How the continuations are laid out.
struct Continuations {
    rows: usize,
    row: f32,
    keys: f32,
    width: f32,
    ink: Ink,
}

impl Continuations {
    /// As many rows as there is room for, and as many columns as that takes; the larger of two sizes that fits.
    fn of(ui: &Ui, hints: &[Hint], room: f32, wide: f32) -> Self {
        let tokens = Tokens::of(ui);
        let keys = hints.iter().map(|hint| key_cap_width(ui.painter(), &hint.key)).fold(0.0, f32::max);
        let sized = |row: f32, ink: Ink| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rows within a window"
            )]
            let rows = (room / row).clamp(1.0, 200.0) as usize;
            let words = hints.iter().map(|hint| text::width(ui.painter(), &hint.title, &ink).ceil());
            let width = keys + space::S + words.fold(0.0, f32::max);
            Self { rows, row, keys, width, ink }
        };
        let room_for = |plan: &Self| {
            #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
            let columns = hints.len().div_ceil(plan.rows).max(1) as f32;
            (wide - (columns - 1.0) * space::L) / columns
        };
        let large = sized(NEXT_ROW, Ink::body(tokens));
        if large.width <= room_for(&large) {
            return large;
        }
        let small = sized(SMALL_NEXT_ROW, Ink::new(size::CAPTION, tokens.text));
        let width = small.width.min(room_for(&small));
        Self { width, ..small }
    }

    fn row_ui(&self, ui: &mut Ui, hint: &Hint) {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, self.row), Sense::hover());
        response
            .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", hint.key, hint.title)));
        paint_key_cap(ui.painter(), Tokens::of(ui), rect.left_center(), &hint.key);
        let words = rect.with_min_x(rect.left() + self.keys + space::S);
        let cut = text::width(ui.painter(), &hint.title, &self.ink) > words.width();
        let title = if cut { what_it_is_of(&hint.title) } else { &hint.title };
        text::paint(ui.painter(), words, Align::Min, title, &self.ink, Cut::End);
    }
}

/// The end of a title that tells it from others, where the whole is cut: `Note an agreement …` as `agreement`.
fn what_it_is_of(title: &str) -> &str {
    // The sign for more to be filled in would only take room.
    let title = title.trim_end_matches(" …");
    // Of most it is noted or added: what is done otherwise stays.
    ["Add an ", "Add a ", "Note an ", "Note a "]
        .iter()
        .find_map(|verb| title.strip_prefix(verb))
        .unwrap_or(title)
}
