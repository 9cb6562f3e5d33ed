//! One bar cut into parts, and the rows that say what each part is.

use egui::{Align, Color32, Painter, Rect, Response, Sense, Ui, pos2, vec2};

use super::canvas;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, space};
use crate::kit::widgets::{focus_ring, list_box_ui, say_place};

/// How a part of a bar is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PartsFill {
    /// From quiet to urgent as the parts go on: for ages of debts.
    Rising,
    /// All in shades of the accent: for shares.
    Even,
}

/// One part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is: `1–30 days late`.
    pub label: String,
    /// How large; zero or more.
    pub value: f64,
    /// The figure as it is to be written.
    pub figure: String,
}

/// A bar in parts, to be shown with [`Parts::show`].
#[derive(Debug, Clone, Copy)]
#[must_use = "a chart is shown with `show`"]
pub struct Parts<'a> {
    /// What it shows, in words.
    pub says: &'a str,
    /// The parts from the left.
    pub parts: &'a [Part],
    /// How they are filled.
    pub fill: PartsFill,
}

const BAR: f32 = 16.0;

impl Parts<'_> {
    /// Shows the bar, and under it a row for each part with its figure and share. Returns the response of the
    /// bar and that of each row; rows take the focus.
    pub fn show(self, ui: &mut Ui) -> (Response, Vec<Response>) {
        let (rect, response) = canvas(ui, BAR, self.says);
        self.paint_bar(ui.painter(), Tokens::of(ui), rect);
        ui.add_space(space::S);
        (response, list_box_ui(ui, self.says, self.parts.len(), |ui| self.rows(ui)))
    }

    fn rows(self, ui: &mut Ui) -> Vec<Response> {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut rows = Vec::new();
        for (index, part) in self.parts.iter().enumerate() {
            let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height::DENSE));
            let row = ui.interact(rect, ui.scope_id().with(("part", self.says, index)), Sense::click());
            let share = number::percent(self.share(part));
            row.widget_info(|| {
                let says = format!("{}: {}, {share}", part.label, part.figure);
                egui::WidgetInfo::labeled(egui::Role::ListBoxOption, true, says)
            });
            say_place(&row, Some((index, self.parts.len())), row.has_focus());
            if row.hovered() {
                ui.painter().rect_filled(rect, 4, tokens.raised);
            }
            if row.has_focus() {
                focus_ring(ui, rect, 4);
            }
            self.paint_row(ui.painter(), tokens, rect, index, part, &share);
            rows.push(row);
        }
        rows
    }

    fn paint_bar(self, painter: &Painter, tokens: &Tokens, rect: Rect) {
        painter.rect_filled(rect, 4, tokens.strong);
        let total = self.total();
        let mut from = 0.0;
        for (index, part) in self.parts.iter().enumerate().filter(|(_, part)| part.value > 0.0) {
            let to = from + part.value / total;
            let piece = Rect::from_min_max(
                pos2(along(rect, from), rect.top()),
                // A gap of one point parts neighbours; the last part reaches the end.
                pos2(
                    (along(rect, to) - if to < 0.999 { 1.0 } else { 0.0 }).max(along(rect, from) + 1.0),
                    rect.bottom(),
                ),
            );
            painter.rect_filled(piece, 0, self.colour(tokens, index));
            from = to;
        }
    }

    fn paint_row(
        self,
        painter: &Painter,
        tokens: &Tokens,
        rect: Rect,
        index: usize,
        part: &Part,
        share: &str,
    ) {
        let inside = rect.shrink2(vec2(space::XS, 0.0));
        let swatch = Rect::from_min_size(pos2(inside.left(), rect.center().y - 5.0), vec2(10.0, 10.0));
        painter.rect_filled(swatch, 2, self.colour(tokens, index));
        text::paint(painter, inside, Align::Max, share, &Ink::caption(tokens), Cut::Never);
        let figure = Rect::from_min_max(inside.min, pos2(inside.right() - 48.0, inside.bottom()));
        let muted = if part.value > 0.0 { tokens.text } else { tokens.tertiary };
        let taken = text::paint(
            painter,
            figure,
            Align::Max,
            &part.figure,
            &Ink::body(tokens).colour(muted),
            Cut::Never,
        );
        let label = Rect::from_min_max(
            pos2(swatch.right() + space::S, rect.top()),
            pos2(taken.left() - space::S, rect.bottom()),
        );
        let ink = Ink::body(tokens).colour(if part.value > 0.0 { tokens.secondary } else { tokens.tertiary });
        text::paint(painter, label, Align::Min, &part.label, &ink, Cut::End);
    }

    fn colour(self, tokens: &Tokens, index: usize) -> Color32 {
        #[expect(clippy::cast_precision_loss, reason = "a handful of parts")]
        let along = index as f32 / self.parts.len().saturating_sub(1).max(1) as f32;
        match self.fill {
            PartsFill::Even => tokens.accent.lerp_to_gamma(tokens.strong, along * 0.75),
            PartsFill::Rising if index == 0 => tokens.accent,
            PartsFill::Rising if along < 0.5 => tokens.watch.lerp_to_gamma(tokens.strong, 0.35),
            PartsFill::Rising if along < 0.75 => tokens.watch,
            PartsFill::Rising if along < 1.0 => tokens.risk.lerp_to_gamma(tokens.strong, 0.35),
            PartsFill::Rising => tokens.risk,
        }
    }

    fn total(self) -> f64 {
        self.parts.iter().map(|part| part.value.max(0.0)).sum::<f64>().max(f64::EPSILON)
    }

    fn share(self, part: &Part) -> f64 {
        part.value.max(0.0) / self.total()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
fn along(rect: Rect, part: f64) -> f32 {
    (rect.left() + part.clamp(0.0, 1.0) as f32 * rect.width()).round()
}
