//! A list of any length that lays out only the rows in sight.

use std::ops::Range;

use egui::{Context, Id, Rect, Response, Role, ScrollArea, Ui, UiBuilder, pos2};

use crate::kit::theme::{height, space};

/// A list to be shown with [`VirtualList::show`]. All rows are equally high, but for those said to be higher and one that may be
/// opened.
#[derive(Debug, Clone)]
#[must_use = "a list is shown with `show`"]
pub struct VirtualList<'a> {
    id: Id,
    name: &'a str,
    count: usize,
    row_height: f32,
    reveal: Option<usize>,
    opened: Option<(usize, f32)>,
    taller: (&'a [usize], f32),
    options: usize,
}

/// What a list showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListResponse {
    /// The rows in sight, among which a cursor may be moved by a page.
    pub visible: Range<usize>,
}

impl<'a> VirtualList<'a> {
    /// A list of `count` rows. `name` is what a screen reader calls it.
    pub fn new(id: impl std::hash::Hash + std::fmt::Debug, name: &'a str, count: usize) -> Self {
        Self {
            id: Id::unique(("list", &id)),
            name,
            count,
            row_height: height::ROW,
            reveal: None,
            opened: None,
            taller: (&[], 0.0),
            options: count,
        }
    }

    /// How many of the rows can be chosen, where the last ones cannot.
    pub fn options(self, options: usize) -> Self {
        Self { options, ..self }
    }

    /// Height of every row in points.
    pub fn row_height(self, row_height: f32) -> Self {
        Self { row_height, ..self }
    }

    /// Scrolls as little as needed to bring a row into sight. Give it in the frame in which the cursor moved, not in
    /// every one, or the list can't be scrolled by hand.
    pub fn reveal(self, row: Option<usize>) -> Self {
        Self { reveal: row, ..self }
    }

    /// Makes one row higher than the others by so many points. The caller allocates that height for it.
    pub fn opened(self, row: Option<usize>, higher_by: f32) -> Self {
        Self { opened: row.map(|row| (row, higher_by.max(0.0))), ..self }
    }

    /// Makes some rows, which are given ascending, higher than the others by so many points. The caller allocates that height.
    pub fn taller(self, rows: &'a [usize], by: f32) -> Self {
        Self { taller: (rows, by.max(0.0)), ..self }
    }

    /// Shows it in all the space there is and calls `row` for each row in sight, in order.
    pub fn show(self, ui: &mut Ui, mut row: impl FnMut(&mut Ui, usize)) -> ListResponse {
        let list = UiBuilder::new()
            .id_salt(self.id)
            .accessibility_role(Role::ListBox)
            .accessibility_label(self.name);
        ui.scope_builder(list, |ui| drawing(ui, self.options, |ui| self.scroll(ui, &mut row))).inner
    }

    fn scroll(self, ui: &mut Ui, row: &mut dyn FnMut(&mut Ui, usize)) -> ListResponse {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt(self.id).auto_shrink([false, false]).animated(false);
        // A list of a few rows is no higher than they are.
        let area = area.min_scrolled_height(self.top(self.count).min(64.0));
        let shown = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(self.top(self.count));
            let whole = ui.max_rect();
            let place = |rows: Range<usize>| {
                let edge = |index: usize| whole.top() + self.top(index);
                let left_top = pos2(whole.left(), edge(rows.start));
                Rect::from_min_max(left_top, pos2(whole.right(), edge(rows.end)))
            };
            let visible = self.rows_within(viewport.min.y, viewport.max.y);
            if let Some(index) = self.reveal.filter(|index| *index < self.count) {
                ui.scroll_to_rect(place(index..index + 1), None);
            }
            let rows = UiBuilder::new().max_rect(place(visible.clone()));
            ui.scope_builder(rows, |ui| {
                for index in visible.clone() {
                    at_row(ui, index);
                    row(ui, index);
                }
            });
            visible
        });
        if let Some(row) = self.reveal.filter(|row| *row < self.count) {
            // Where the list itself stands in something that scrolls, the row comes into sight there too.
            let (top, bottom) = (self.top(row), self.top(row + 1));
            let seen = shown.inner_rect;
            let offset = shown.state.clamped_offset().y.max(bottom - seen.height()).min(top);
            let above = seen.top() + top - offset;
            let place = Rect::from_x_y_ranges(seen.x_range().expand(space::L), above..=above + bottom - top);
            ui.scroll_to_rect(place, None);
        }
        ListResponse { visible: shown.inner }
    }

    /// Where a row begins, in points from the first.
    #[expect(clippy::cast_precision_loss, reason = "a position on the screen, not a count")]
    fn top(&self, index: usize) -> f32 {
        let opened = self.opened.filter(|(row, _)| *row < index.min(self.count)).map_or(0.0, |(_, by)| by);
        let (taller, by) = self.taller;
        let taller = taller.partition_point(|row| *row < index) as f32 * by;
        index as f32 * self.row_height + opened + taller
    }

    fn rows_within(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.first_that(|row| self.top(row + 1) > top);
        let end = self.first_that(|row| self.top(row) >= bottom);
        first.min(end)..end
    }

    /// The first row of which something holds that holds of all after it; one beyond the last where it holds of none.
    fn first_that(&self, holds: impl Fn(usize) -> bool) -> usize {
        let (mut from, mut to) = (0, self.count);
        while from < to {
            let middle = from + (to - from) / 2;
            if holds(middle) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        from
    }
}

/// The list that is being drawn, as its rows are told of it.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    /// Its node.
    list: Id,
    /// How many of its rows can be chosen.
    options: usize,
    /// Which row comes next, where the list knows.
    row: Option<usize>,
}

fn drawn() -> Id {
    Id::unique("the list that is being drawn")
}

/// Draws what stands in a list, whose node is that of this `Ui`. A list in a row of another is done before that one goes on.
fn drawing<R>(ui: &mut Ui, options: usize, contents: impl FnOnce(&mut Ui) -> R) -> R {
    // Screen readers ask the list how many there are.
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_size_of_set(options));
    let outer = ui.data(|data| data.get_temp::<Option<Drawn>>(drawn())).flatten();
    let this = Drawn { list: ui.unique_id(), options, row: None };
    ui.data_mut(|data| data.insert_temp(drawn(), Some(this)));
    let shown = contents(ui);
    ui.data_mut(|data| data.insert_temp(drawn(), outer));
    shown
}

fn at_row(ui: &Ui, row: usize) {
    ui.data_mut(|data| {
        if let Some(Some(list)) = data.get_temp::<Option<Drawn>>(drawn()) {
            data.insert_temp(drawn(), Some(Drawn { row: Some(row), ..list }));
        }
    });
}

/// Says to a screen reader which row of its list this is, from nought (readers count from one themselves), and of how many: as
/// given, or else as the list knows; and whether it is selected, which is no tick.
pub fn say_place(response: &Response, place: Option<(usize, usize)>, selected: bool) {
    let list = response.ctx.data(|data| data.get_temp::<Option<Drawn>>(drawn())).flatten();
    let place = place.or_else(|| list.and_then(|list| Some((list.row?, list.options))));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.clear_toggled();
        node.set_selected(selected);
        if let Some((at, of)) = place {
            node.set_position_in_set(at);
            node.set_size_of_set(of);
        }
    });
}

/// Says to a screen reader that the cursor is at this row of the list that is being drawn.
///
/// The cursor is state and takes no keyboard, so that plain keys go on working. Where no control has the keyboard, the
/// row is what has the focus in the tree; where one has, a field above the list or a button reached by `Tab`, the row is
/// announced in the frame in which it is another than before.
pub fn say_cursor(response: &Response, label: &str) {
    let ctx = &response.ctx;
    let list = ctx.data(|data| data.get_temp::<Option<Drawn>>(drawn())).flatten().map(|drawn| drawn.list);
    if let Some(list) = list.filter(|list| ctx.has_accesskit_node(*list)) {
        ctx.accesskit_node_builder(list, |node| node.set_active_descendant(response.id.accesskit_id()));
    }
    say_hand(ctx, response.id);
    let source = Id::unique(("row said of", list));
    // A list that lies under something else goes on being drawn, and says nothing.
    if !super::is_covered(response)
        && ctx.memory(egui::Memory::focused).is_some_and(|focused| focused != response.id)
    {
        super::announce(ctx, source, label);
    } else {
        super::hush(ctx, source);
    }
}

/// Where no control has the keyboard a screen reader takes this to have the focus: what is drawn last and says so.
pub(super) fn say_hand(ctx: &Context, id: Id) {
    if ctx.has_accesskit_node(id) {
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |root| {
            root.set_active_descendant(id.accesskit_id());
        });
    }
}

/// A list of a few rows, all of which are laid out, and how many they are. `name` is what a screen reader calls it.
pub fn list_box_ui<R>(ui: &mut Ui, name: &str, count: usize, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let list = UiBuilder::new().accessibility_role(Role::ListBox).accessibility_label(name);
    ui.scope_builder(list, |ui| drawing(ui, count, contents)).inner
}

/// The row to reveal: the one the cursor is at, in the frames in which that is another than in the frame before. `list`
/// names the list; a list seen for the first time reveals its cursor. A row is a position, or a column and a position.
pub fn moved_cursor<Row: Copy + PartialEq + Send + Sync + 'static>(
    ui: &Ui,
    list: impl std::hash::Hash + std::fmt::Debug,
    row: Option<Row>,
) -> Option<Row> {
    let id = Id::unique(("cursor of", &list));
    let before = ui.data(|data| data.get_temp::<Option<Row>>(id));
    if before == Some(row) {
        return None;
    }
    ui.data_mut(|data| data.insert_temp(id, row));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_in_sight_are_laid_out() {
        let list = VirtualList::new("a", "A", 100).row_height(10.0);
        assert_eq!(list.rows_within(0.0, 50.0), 0..5);
        assert_eq!(list.rows_within(15.0, 65.0), 1..7);
        assert_eq!(list.rows_within(980.0, 1030.0), 98..100);
        assert_eq!(VirtualList::new("a", "A", 0).rows_within(0.0, 500.0), 0..0);
    }

    #[test]
    fn an_opened_row_pushes_the_rows_below_it_down() {
        let list = VirtualList::new("a", "A", 100).row_height(10.0).opened(Some(2), 25.0);
        for (row, top) in [(2, 20.0), (3, 55.0), (100, 1025.0_f32)] {
            assert!((list.top(row) - top).abs() < 0.01, "row {row}");
        }
        assert_eq!(list.rows_within(0.0, 50.0), 0..3);
        assert_eq!(list.rows_within(0.0, 56.0), 0..4);
        assert_eq!(list.rows_within(40.0, 66.0), 2..5);
        assert_eq!(list.rows_within(55.0, 66.0), 3..5);
    }

    #[test]
    fn each_of_the_taller_rows_pushes_those_below_it_down() {
        let list = VirtualList::new("a", "A", 100).row_height(10.0).taller(&[1, 3], 5.0);
        for (row, top) in [(1, 10.0), (2, 25.0), (3, 35.0), (4, 50.0), (100, 1010.0_f32)] {
            assert!((list.top(row) - top).abs() < 0.01, "row {row}");
        }
        assert_eq!(list.rows_within(0.0, 25.0), 0..2);
        assert_eq!(list.rows_within(24.0, 36.0), 1..4);
        assert_eq!(list.rows_within(49.0, 51.0), 3..5);
    }
}
