//! What is said to a screen reader without having its focus: the row a cursor is at while a field has the keyboard, what is
//! wrong in a field, what can follow a key.
//!
//! A node that becomes live says nothing by that; one that is live and gets another name does. So there is one such node, which
//! is always drawn, and whose name is what was said last.

use egui::accesskit::Live;
use egui::{Context, Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};

/// A character without width: by it the same words said twice are another name.
const AGAIN: char = '\u{200b}';

fn said() -> Id {
    Id::unique("said last")
}

/// Says something once: again only when `source` says something else, or was [silent](hush) meanwhile.
pub fn announce(ctx: &Context, source: Id, says: &str) {
    let key = source.with("said");
    if ctx.data(|data| data.get_temp::<String>(key)).as_deref() == Some(says) {
        return;
    }
    ctx.data_mut(|data| {
        data.insert_temp(key, says.to_owned());
        let before = data.get_temp::<String>(said()).unwrap_or_default();
        let again = if before == says { AGAIN.to_string() } else { String::new() };
        data.insert_temp(said(), format!("{says}{again}"));
    });
}

/// A source has nothing to say any more: what it says next is said, even if it is the same.
pub fn hush(ctx: &Context, source: Id) {
    ctx.data_mut(|data| data.remove_temp::<String>(source.with("said")));
}

/// Draws the node that speaks. It is a point in the corner of the window, and not to be seen.
pub fn announcer_ui(ui: &mut Ui) {
    let says = ui.data(|data| data.get_temp::<String>(said())).unwrap_or_default();
    let place = Rect::from_min_size(ui.content_rect().left_top(), vec2(1.0, 1.0));
    let response = ui.interact(place, Id::unique("announcer"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &says));
    ui.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}
