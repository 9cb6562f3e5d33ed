//! A table with a header that stays, columns that sort and share the width, and rows laid out only when in sight.

use std::ops::Range;

use egui::{Align, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Row, VirtualList};
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, height, size, space};

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column<'a> {
    title: &'a str,
    share: f32,
    min: f32,
    numeric: bool,
    head: Head,
    gives_way: Option<u8>,
}

/// What the head of a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// A title that sorts.
    Sorts,
    /// A title.
    Title,
    /// Left to the caller.
    Bare,
}

impl<'a> Column<'a> {
    /// A column of words, on the left.
    #[must_use]
    pub fn text(title: &'a str) -> Self {
        Self { title, share: 1.0, min: 80.0, numeric: false, head: Head::Sorts, gives_way: None }
    }

    /// A column of figures, on the right.
    #[must_use]
    pub fn number(title: &'a str) -> Self {
        Self { numeric: true, ..Self::text(title) }
    }

    /// How much of the width that is left it takes, against the other columns; 1 unless said otherwise.
    #[must_use]
    pub fn share(self, share: f32) -> Self {
        Self { share, ..self }
    }

    /// The least width in points.
    #[must_use]
    pub fn min(self, min: f32) -> Self {
        Self { min, ..self }
    }

    /// No narrower than this, in points.
    #[must_use]
    pub fn at_least(self, width: f32) -> Self {
        Self { min: self.min.max(width), ..self }
    }

    /// A header that can't be clicked.
    #[must_use]
    pub fn unsortable(self) -> Self {
        Self { head: Head::Title, ..self }
    }

    /// The title is only told to assistive technology: the caller paints the head, in the place that
    /// [`TableResponse::head`] tells.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { head: Head::Bare, ..self }
    }

    /// Left out when there is no room; the rightmost optional column goes first.
    #[must_use]
    pub fn optional(self) -> Self {
        self.gives_way(0)
    }

    /// Left out when there is no room: those with the higher rank go first, and of several with one rank the rightmost.
    #[must_use]
    pub fn gives_way(self, rank: u8) -> Self {
        Self { gives_way: Some(rank), ..self }
    }

    /// Never left out, whatever was said before.
    #[must_use]
    pub fn stays(self) -> Self {
        Self { gives_way: None, ..self }
    }
}

/// Which column the rows are sorted by, for the mark in the header. The caller sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortOrder {
    /// Index of the column.
    pub column: usize,
    /// Largest first.
    pub descending: bool,
}

/// How a row of a [`Table`] looks and is called.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// Stays with the record when the rows are sorted anew.
    pub id: Id,
    /// What a screen reader says of the row.
    pub label: String,
    /// The cursor is on it.
    pub selected: bool,
    /// It belongs to a selection of several.
    pub marked: bool,
    /// A bar at its left edge.
    pub bar: Option<Tone>,
    /// It is a heading over the rows that follow: it answers nothing, and only its first cell is asked for, over the whole
    /// width.
    pub heading: bool,
}

/// The place of one cell, for the caller to fill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Index of the row.
    pub row: usize,
    /// Index of the column among those given, also when some are left out.
    pub column: usize,
    /// The space inside the cell's margins.
    pub rect: Rect,
    /// Right for figures, left for words.
    pub align: Align,
}

impl Cell {
    /// Paints words, cut at their end, or a figure, which is never cut.
    #[expect(clippy::must_use_candidate, reason = "what counts is the painting")]
    pub fn text(&self, ui: &Ui, text: &str, ink: &Ink) -> Rect {
        let cut = if self.align == Align::Max { Cut::Never } else { Cut::End };
        text::paint(ui.painter(), self.rect, self.align, text, ink, cut)
    }

    /// Paints a name, cut in the middle.
    #[expect(clippy::must_use_candidate, reason = "what counts is the painting")]
    pub fn name(&self, ui: &Ui, text: &str, ink: &Ink) -> Rect {
        text::paint(ui.painter(), self.rect, self.align, text, ink, Cut::Middle)
    }
}

/// What happened to a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableResponse {
    /// The header that was clicked.
    pub sort_by: Option<usize>,
    /// The row that was clicked.
    pub clicked: Option<usize>,
    /// The row that was double-clicked.
    pub opened: Option<usize>,
    /// The rows in sight.
    pub visible: Range<usize>,
    /// The place of each column's head: its index, and the space inside the margins. Columns left out have none.
    pub head: Vec<(usize, Rect)>,
}

/// A table to be shown with [`Table::show`].
#[derive(Debug, Clone)]
#[must_use = "a table is shown with `show`"]
pub struct Table<'a> {
    list: VirtualList<'a>,
    columns: &'a [Column<'a>],
    sort: Option<SortOrder>,
    name: &'a str,
    row_height: f32,
    taller: (&'a [usize], f32),
    opened: (Option<usize>, f32),
    totals: Option<&'a str>,
    hollow: bool,
    resting: bool,
}

impl<'a> Table<'a> {
    /// A table of `rows` rows. `name` is what a screen reader calls it.
    pub fn new(
        id: impl std::hash::Hash + std::fmt::Debug,
        name: &'a str,
        columns: &'a [Column<'a>],
        rows: usize,
    ) -> Self {
        let list = VirtualList::new(id, name, rows).row_height(height::DENSE);
        Self {
            list,
            columns,
            sort: None,
            name,
            row_height: height::DENSE,
            taller: (&[], 0.0),
            opened: (None, 0.0),
            totals: None,
            hollow: false,
            resting: false,
        }
    }

    /// The order the rows are in.
    pub fn sort(self, sort: Option<SortOrder>) -> Self {
        Self { sort, ..self }
    }

    /// Height of a row in points; dense unless said otherwise.
    pub fn row_height(self, row_height: f32) -> Self {
        Self { list: self.list.row_height(row_height), row_height, ..self }
    }

    /// Makes some rows, given ascending, higher than the others by so many points.
    pub fn taller(self, rows: &'a [usize], by: f32) -> Self {
        Self { list: self.list.taller(rows, by), taller: (rows, by), ..self }
    }

    /// Makes one row higher than the others by so many points.
    pub fn opened(self, row: Option<usize>, by: f32) -> Self {
        Self { list: self.list.opened(row, by), opened: (row, by), ..self }
    }

    /// While several rows are marked the cursor alone fills none.
    pub fn hollow(self, hollow: bool) -> Self {
        Self { hollow, ..self }
    }

    /// While the keys go to the cursor of another list.
    pub fn resting(self, resting: bool) -> Self {
        Self { resting, ..self }
    }

    /// Brings a row into sight: see [`VirtualList::reveal`].
    pub fn reveal(self, row: Option<usize>) -> Self {
        Self { list: self.list.reveal(row), ..self }
    }

    /// A row of totals that stays at the bottom. `label` is what a screen reader says of it; its cells are asked for as
    /// those of a row of index [`Table::TOTALS`].
    pub fn totals(self, label: Option<&'a str>) -> Self {
        Self { totals: label, ..self }
    }

    /// The row by which [`Cell::row`] tells the totals from the rows of the list.
    pub const TOTALS: usize = usize::MAX;

    /// Shows it in all the space there is. `row` says how a row looks, `cell` fills one cell of it.
    pub fn show(
        self,
        ui: &mut Ui,
        mut row: impl FnMut(usize) -> TableRow,
        mut cell: impl FnMut(&mut Ui, Cell),
    ) -> TableResponse {
        let table = UiBuilder::new()
            .accessibility_role(Role::Group)
            .accessibility_label(format!("{} table", self.name));
        ui.scope_builder(table, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let widths = widths(self.columns, ui.available_width() - 2.0 * space::M);
            let (sort_by, head) = self.header(ui, &widths);
            let (mut clicked, mut opened) = (None, None);
            let whole = ui.available_rect_before_wrap();
            let under = if self.totals.is_some() { height::ROW } else { 0.0 };
            let body = Rect::from_min_max(whole.min, pos2(whole.right(), whole.bottom() - under));
            let mut list_ui = ui.new_child(UiBuilder::new().max_rect(body));
            let shown = self.list.clone().show(&mut list_ui, |ui, index| {
                let look = row(index);
                if look.heading {
                    heading(ui, &look, self.height_of(index), |ui, rect| {
                        cell(ui, Cell { row: index, column: 0, rect, align: Align::Min });
                    });
                    return;
                }
                let drawn = Row::new(look.id, &look.label)
                    .height(self.height_of(index))
                    .selected(look.selected)
                    .marked(look.marked)
                    .hollow(self.hollow)
                    .resting(self.resting)
                    .bar(look.bar);
                let response = drawn.show(ui, |ui, rect| {
                    for (column, align, place) in cells(self.columns, &widths, rect) {
                        cell(ui, Cell { row: index, column, rect: place, align });
                    }
                });
                if response.clicked() {
                    clicked = Some(index);
                }
                if response.double_clicked() {
                    opened = Some(index);
                }
            });
            if let Some(label) = self.totals {
                let place = Rect::from_min_max(pos2(whole.left(), body.bottom()), whole.max);
                self.totals_row(ui, place, label, &widths, &mut cell);
            }
            ui.advance_cursor_after_rect(whole);
            TableResponse { sort_by, clicked, opened, visible: shown.visible, head }
        })
        .inner
    }

    fn height_of(&self, row: usize) -> f32 {
        let (taller, by) = self.taller;
        let taller = if taller.binary_search(&row).is_ok() { by } else { 0.0 };
        let (opened, by) = self.opened;
        self.row_height + taller + if opened == Some(row) { by } else { 0.0 }
    }

    fn totals_row(
        &self,
        ui: &mut Ui,
        place: Rect,
        label: &str,
        widths: &[f32],
        cell: &mut dyn FnMut(&mut Ui, Cell),
    ) {
        let response = ui.interact(place, ui.scope_id().with("totals"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
        let stroke = egui::Stroke::new(1.0, Tokens::of(ui).hairline);
        ui.painter().hline(place.x_range(), place.top() + 0.5, stroke);
        for (column, align, rect) in cells(self.columns, widths, place.shrink2(vec2(space::M, 0.0))) {
            cell(ui, Cell { row: Self::TOTALS, column, rect, align });
        }
    }

    fn header(&self, ui: &mut Ui, widths: &[f32]) -> (Option<usize>, Vec<(usize, Rect)>) {
        let tokens = Tokens::of(ui);
        let (_, whole) = ui.allocate_space(vec2(ui.available_width(), height::DENSE));
        let mut sort_by = None;
        let mut head = Vec::new();
        for (index, align, rect) in cells(self.columns, widths, whole.shrink2(vec2(space::M, 0.0))) {
            let Some(column) = self.columns.get(index) else { continue };
            head.push((index, rect));
            let sense = if column.head == Head::Sorts { Sense::click() } else { Sense::hover() };
            let response = ui.interact(rect, ui.scope_id().with(("header", index)), sense);
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, ui.is_enabled(), column.title));
            super::bring_focused(&response);
            let sorted = self.sort.filter(|sort| sort.column == index);
            let lit = sorted.is_some() || (column.head == Head::Sorts && response.hovered());
            let ink = Ink::new(size::SMALL, if lit { tokens.text } else { tokens.tertiary }).medium();
            let mark = sorted.map(|sort| if sort.descending { icon::CARET_DOWN } else { icon::CARET_UP });
            if column.head != Head::Bare {
                paint_title(ui, rect, align, column.title, mark, &ink);
            }
            if response.has_focus() {
                super::focus_ring(ui, rect.expand2(vec2(space::XS, 0.0)), 0);
            }
            if response.clicked() {
                sort_by = Some(index);
            }
        }
        let stroke = egui::Stroke::new(1.0, tokens.hairline);
        ui.painter().hline(whole.x_range(), whole.bottom() - 0.5, stroke);
        (sort_by, head)
    }
}

/// The place of a heading among the rows.
fn heading(ui: &mut Ui, look: &TableRow, row_height: f32, paint: impl FnOnce(&mut Ui, Rect)) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), row_height));
    let response = ui.interact(rect, look.id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &look.label));
    if ui.is_rect_visible(rect) {
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(rect, 0, tokens.raised);
        paint(ui, rect.shrink2(vec2(space::M, 0.0)));
    }
}

fn paint_title(ui: &Ui, rect: Rect, align: Align, title: &str, mark: Option<&str>, ink: &Ink) {
    let Some(mark) = mark else {
        text::paint(ui.painter(), rect, align, title, ink, Cut::End);
        return;
    };
    // The mark stands inside of the title, so that the title keeps its edge when the order changes.
    let mark_width = 14.0;
    let taken = text::paint(ui.painter(), rect, align, title, ink, Cut::End);
    let x = if align == Align::Max { taken.left() - mark_width } else { taken.right() + 2.0 };
    let place = Rect::from_min_size(pos2(x, rect.top()), vec2(mark_width, rect.height()));
    text::paint(ui.painter(), place, Align::Center, mark, &Ink::new(size::CAPTION, ink.colour), Cut::Never);
}

/// Space between two columns.
const GAP: f32 = space::L;

/// The width of each column in points: its least width and its share of what is left; 0 for one left out.
fn widths(columns: &[Column<'_>], available: f32) -> Vec<f32> {
    let mut shown: Vec<bool> = vec![true; columns.len()];
    let needed = |shown: &[bool]| -> f32 {
        columns
            .iter()
            .zip(shown)
            .filter(|(_, shown)| **shown)
            .map(|(column, _)| column.min + GAP)
            .sum::<f32>()
            - GAP
    };
    while needed(&shown) > available {
        let ranked = columns.iter().zip(&shown).enumerate();
        let ranked = ranked.filter(|(_, (column, shown))| **shown && column.gives_way.is_some());
        // The last one of those with the highest rank.
        let first_to_go = ranked.max_by_key(|(_, (column, _))| column.gives_way).map(|(index, _)| index);
        match first_to_go.and_then(|index| shown.get_mut(index)) {
            Some(flag) => *flag = false,
            None => break,
        }
    }
    let spare = (available - needed(&shown)).max(0.0);
    let shares: f32 =
        columns.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(column, _)| column.share).sum();
    let width = |column: &Column<'_>| column.min + spare * column.share / shares.max(f32::EPSILON);
    columns.iter().zip(&shown).map(|(column, shown)| if *shown { width(column) } else { 0.0 }).collect()
}

fn cells<'a>(
    columns: &'a [Column<'a>],
    widths: &'a [f32],
    row: Rect,
) -> impl Iterator<Item = (usize, Align, Rect)> + 'a {
    let mut x = row.left();
    columns.iter().zip(widths).enumerate().filter(|(_, (_, width))| **width > 0.0).map(
        move |(index, (column, width))| {
            let rect =
                Rect::from_min_max(pos2(x.round(), row.top()), pos2((x + width).round(), row.bottom()));
            x += width + GAP;
            (index, if column.numeric { Align::Max } else { Align::Min }, rect)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_what_their_least_widths_leave() {
        let columns =
            [Column::text("Client").share(2.0).min(100.0), Column::number("Open").share(1.0).min(50.0)];
        assert_eq!(widths(&columns, 100.0 + 50.0 + GAP + 30.0), vec![120.0, 60.0]);
    }

    #[test]
    fn columns_of_a_higher_rank_give_way_before_those_of_a_lower_one() {
        let columns = [
            Column::text("Client").min(100.0),
            Column::text("Income").min(50.0).gives_way(2),
            Column::number("DBT").min(50.0).gives_way(1),
            Column::number("Paid").min(50.0).gives_way(1),
        ];
        assert_eq!(widths(&columns, 100.0 + 50.0 + 50.0 + 2.0 * GAP), vec![100.0, 0.0, 50.0, 50.0]);
        assert_eq!(widths(&columns, 100.0 + 50.0 + GAP), vec![100.0, 0.0, 50.0, 0.0]);
    }

    #[test]
    fn optional_columns_give_way_from_the_right_and_the_others_never() {
        let columns = [
            Column::text("Client").min(100.0),
            Column::text("Kind").min(50.0).optional(),
            Column::number("DBT").min(50.0).optional(),
            Column::number("Open").min(50.0),
        ];
        let narrow = widths(&columns, 100.0 + 50.0 + 50.0 + 2.0 * GAP);
        assert_eq!(narrow, vec![100.0, 50.0, 0.0, 50.0]);
        assert_eq!(widths(&columns, 10.0), vec![100.0, 0.0, 0.0, 50.0]);
    }
}
