//! Scrolling by keys, of what is read and has no cursor: the firm's figures, and what stands beside a list.

use egui::{Id, Ui, vec2};

use crate::state::{Scroll, Session};

/// A few lines, in points. So much also stays in sight of a screen that is left.
const LINES: f32 = 48.0;

/// Scrolls the area whose contents end here as was last asked for, once. To be called in it, after its contents.
pub(super) fn scroll_by_keys(ui: &Ui, session: &Session) {
    let asked = session.scrolled;
    let id = Id::unique("what the keys asked to scroll");
    let followed = ui.data(|data| data.get_temp::<u64>(id));
    ui.data_mut(|data| data.insert_temp(id, asked.turn));
    let Some(to) = asked.to.filter(|_| followed.is_some_and(|turn| turn != asked.turn)) else { return };
    let (sight, whole) = (ui.clip_rect(), ui.min_rect());
    let above = (sight.top() - whole.top()).max(0.0);
    let below = (whole.bottom() - sight.bottom()).max(0.0);
    let screen = (sight.height() - LINES).max(LINES);
    let down = match to {
        Scroll::Down => LINES,
        Scroll::Up => -LINES,
        Scroll::ScreenDown => screen,
        Scroll::ScreenUp => -screen,
        Scroll::Start => -above,
        Scroll::End => below,
    };
    ui.scroll_with_delta(vec2(0.0, -down.clamp(-above, below)));
}
