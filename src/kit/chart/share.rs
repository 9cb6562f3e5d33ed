//! Shares of a whole as bars below each other.

use egui::{Align, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, space};

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Whose share.
    pub label: String,
    /// The share, 0 to 1 of the longest bar that could be.
    pub share: f64,
    /// The figure as it is to be written.
    pub figure: String,
}

/// Shows a row for each share: name, bar, figure. All bars have one scale: the largest share, or a quarter if all are less.
///
/// Returns the row that was clicked.
pub fn shares_ui(ui: &mut Ui, shares: &[Share]) -> Option<usize> {
    let longest = shares.iter().map(|share| share.share).fold(0.25, f64::max);
    let mut clicked = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, share) in shares.iter().enumerate() {
            if share_row(ui, share, share.share / longest).clicked() {
                clicked = Some(index);
            }
        }
    });
    clicked
}

fn share_row(ui: &mut Ui, share: &Share, part: f64) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::ListItem, true, format!("{}: {}", share.label, share.figure))
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 4, tokens.raised);
    }
    let inside = rect.shrink2(vec2(space::XS, 0.0));
    let (name_width, figure_width) = (inside.width() * 0.38, 96.0_f32.min(inside.width() * 0.3));
    let name = Rect::from_min_size(inside.min, vec2(name_width, inside.height()));
    text::paint(painter, name, Align::Min, &share.label, &Ink::body(tokens), Cut::Middle);
    text::paint(
        painter,
        inside,
        Align::Max,
        &share.figure,
        &Ink::body(tokens).colour(tokens.secondary),
        Cut::Never,
    );
    let track = Rect::from_min_max(
        pos2(name.right() + space::M, rect.center().y - 4.0),
        pos2(inside.right() - figure_width - space::S, rect.center().y + 4.0),
    );
    if track.width() > 8.0 {
        painter.rect_filled(track, 2, tokens.strong);
        #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
        let length = (part.clamp(0.0, 1.0) as f32 * track.width()).max(if part > 0.0 { 2.0 } else { 0.0 });
        painter.rect_filled(
            Rect::from_min_size(track.min, vec2(length.round(), track.height())),
            2,
            tokens.accent,
        );
    }
    if response.has_focus() {
        crate::kit::widgets::focus_ring(ui, rect, 4);
    }
    response
}
