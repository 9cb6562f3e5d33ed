//! The keys of this place, and what can follow a first key.

use egui::{Align2, Area, Frame, Id, Margin, Order, ScrollArea, Stroke, Ui, vec2};

use crate::command::{Group, Hint, key_of};
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, radius, size, space};
use crate::kit::widgets::{Dialog, key_cap, primary};
use crate::state::Action;

/// In fewer points the keys stand in one column.
const TWO_COLUMNS: f32 = 640.0;
/// What a row of the continuations takes, and what stands above and below them, in points.
const NEXT_ROW: f32 = 26.0;
const AROUND_NEXT: f32 = 100.0;

/// Draws the keys that work in this place, group by group, and under them what its filter understands.
pub(super) fn help_ui(ui: &mut Ui, groups: &[(Group, Vec<Hint>)], terms: &[(&str, &str)]) -> Vec<Action> {
    let close = key_of(ui, "app.back").unwrap_or_default();
    let dialog = Dialog::new(Id::unique("help"), "Keys").width(860.0);
    let shown = dialog.show(
        ui,
        |ui| {
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
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::XL;
                for column in [left, right].into_iter().filter(|column| !column.is_empty()) {
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing.y = space::XS;
                        for (group, hints) in column {
                            text::label(
                                ui,
                                group.title(),
                                &Ink::new(size::SMALL, tokens.tertiary).semibold(),
                            );
                            for hint in hints {
                                ui.horizontal(|ui| {
                                    ui.spacing_mut().item_spacing.x = space::S;
                                    ui.set_min_width(width);
                                    text::label(ui, hint.title.as_str(), &Ink::body(tokens));
                                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                                        key_cap(ui, &hint.key);
                                    });
                                });
                            }
                            ui.add_space(space::S);
                        }
                    });
                }
            });
            if !terms.is_empty() {
                ui.add_space(space::S);
                let head = Ink::new(size::SMALL, tokens.tertiary).semibold();
                text::label(ui, "In the filter, where every term must hold", &head);
                terms_ui(ui, terms);
            }
        },
        |ui| primary("Close").key(&close).show(ui).clicked(),
    );
    if shown.footer || shown.clicked_outside { vec![Action::Back] } else { Vec::new() }
}

/// What the filter understands: a term on the left, what it finds beside it.
pub(super) fn terms_ui(ui: &mut Ui, terms: &[(&str, &str)]) {
    const TERM: f32 = 120.0;
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.spacing_mut().interact_size.y = size::BODY * 1.4;
    let meaning_width = (ui.available_width() - TERM - space::S - space::L).max(TERM);
    for (term, meaning) in terms {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.vertical(|ui| {
                ui.set_width(TERM);
                text::label(ui, *term, &Ink::body(tokens).medium());
            });
            ui.vertical(|ui| {
                ui.set_width(meaning_width);
                text::label(ui, *meaning, &Ink::second(tokens));
            });
        });
    }
}

/// Draws what can follow the first key of a two-key command, above the footer.
pub(super) fn continuations_ui(ui: &mut Ui, hints: &[Hint]) {
    let tokens = Tokens::of(ui);
    let (room, wide) = (ui.content_rect().height() - AROUND_NEXT, ui.content_rect().width() - AROUND_NEXT);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows within a window")]
    let rows = (room / NEXT_ROW).clamp(1.0, 200.0) as usize;
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
                ui.spacing_mut().item_spacing = vec2(space::L, space::XS);
                ui.spacing_mut().interact_size.y = NEXT_ROW - space::XS;
                let area = ScrollArea::both().max_width(wide).max_height(room);
                // Without this it would keep to what it showed first.
                let area = area.min_scrolled_width(wide).min_scrolled_height(room);
                // As many rows as there is room for, and as many columns as that takes.
                area.show(ui, |ui| {
                    ui.horizontal_top(|ui| {
                        for column in hints.chunks(rows) {
                            ui.vertical(|ui| {
                                for hint in column {
                                    ui.horizontal(|ui| {
                                        ui.spacing_mut().item_spacing.x = space::S;
                                        key_cap(ui, &hint.key);
                                        text::label(ui, hint.title.as_str(), &Ink::body(tokens));
                                    });
                                }
                            });
                        }
                    })
                });
            });
        });
}
