//! Where the keyboard is: its ring, and how what scrolls follows it.

use egui::{Id, Memory, Rect, Response, Stroke, StrokeKind, Ui};

use crate::kit::theme::Tokens;

/// Scrolls to what the keyboard comes to, within what it stands in.
pub fn bring_focused(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// Paints the ring around what has the keyboard: 2 points of accent.
pub fn focus_ring(ui: &Ui, rect: Rect, corner: u8) {
    let tokens = Tokens::of(ui);
    let ring = Stroke::new(2.0, tokens.accent);
    ui.painter().rect_stroke(rect.shrink(1.0), corner, ring, StrokeKind::Middle);
}

/// In so many frames what scrolls comes to rest at what the keyboard came to.
const FRAMES: u8 = 4;

/// Scrolls what holds other things that scroll to what the keyboard came to in it, once they are at rest: `within` of them lie
/// within one another. A hand that scrolls away then is left alone. Said at the end of what scrolls, which is not animated.
pub fn follow_keyboard(ui: &Ui, within: u8) {
    let wait = FRAMES.saturating_mul(within);
    let known = Id::unique(("what was scrolled to", ui.scope_id()));
    let has_it = |at: &Response| {
        // What is in sight beside it, as the rail beside the view, is no part of it.
        let beside = at.interact_rect.is_positive() && !ui.clip_rect().intersects(at.interact_rect);
        at.layer_id == ui.layer_id() && !beside
    };
    let focused = ui.memory(Memory::focused).and_then(|id| ui.ctx().read_response(id)).filter(has_it);
    let before = ui.data(|data| data.get_temp::<(Id, u8)>(known));
    let Some(at) = focused else {
        ui.data_mut(|data| data.remove::<(Id, u8)>(known));
        return;
    };
    let left = before.filter(|(id, _)| *id == at.id).map_or(wait.saturating_add(FRAMES), |(_, left)| left);
    let Some(next) = left.checked_sub(1) else { return };
    if next < FRAMES && !ui.clip_rect().contains_rect(at.rect) {
        ui.scroll_to_rect(at.rect, None);
    }
    ui.ctx().request_repaint();
    ui.data_mut(|data| data.insert_temp(known, (at.id, next)));
}
