//! Tooltips: what a thing is, while the pointer rests on it and nothing else is done.
//!
//! A pointer that was left lying somewhere says nothing: neither under what was opened over it, nor while the hand is at
//! the keys.

use egui::{Event, Id, Order, Response, Ui, WidgetText};

use super::key_cap;

/// What keeps tooltips away.
#[derive(Debug, Clone, Copy, Default)]
struct Away {
    /// Something lies over the view.
    covered: bool,
    /// A key was pressed since the pointer moved.
    at_keys: bool,
}

fn away_id() -> Id {
    Id::unique("what keeps tooltips away")
}

/// Notes, once a frame before anything is drawn, where the hand is, and whether something lies over the view.
pub fn note_hand(ui: &Ui, covered: bool) {
    let before = ui.data(|data| data.get_temp::<Away>(away_id())).unwrap_or_default();
    let at_keys = ui.input(|input| {
        input.raw.events.iter().fold(before.at_keys, |at_keys, event| match event {
            Event::Key { pressed: true, .. } => true,
            Event::PointerMoved(_) | Event::PointerButton { .. } => false,
            _ => at_keys,
        })
    });
    ui.data_mut(|data| data.insert_temp(away_id(), Away { covered, at_keys }));
}

/// Whether what this is part of lies under something else.
#[must_use]
pub fn is_covered(response: &Response) -> bool {
    let away = response.ctx.data(|data| data.get_temp::<Away>(away_id())).unwrap_or_default();
    let is_view = response.layer_id.order == Order::Background;
    (away.covered && is_view) || !response.ctx.memory(|memory| memory.is_above_modal_layer(response.layer_id))
}

/// Whether the pointer on this asks for nothing.
#[must_use]
pub fn keeps_quiet(response: &Response) -> bool {
    let away = response.ctx.data(|data| data.get_temp::<Away>(away_id())).unwrap_or_default();
    away.at_keys || is_covered(response)
}

/// Draws something more about what the pointer rests on.
#[expect(clippy::disallowed_methods, reason = "the one home of tooltips")]
pub fn hover_ui(response: Response, contents: impl FnOnce(&mut Ui)) -> Response {
    if keeps_quiet(&response) { response } else { response.on_hover_ui(contents) }
}

/// Says something more about what the pointer rests on, and always to those who hear the screen.
#[expect(clippy::disallowed_methods, reason = "the one home of tooltips")]
pub fn hover_text(response: Response, says: impl Into<WidgetText>) -> Response {
    let says = says.into();
    if !keeps_quiet(&response) {
        return response.on_hover_text(says);
    }
    if response.ctx.has_accesskit_node(response.id) {
        response.ctx.accesskit_node_builder(response.id, |node| node.set_description(says.text()));
    }
    response
}

/// A tooltip: what it does, and the key that does it.
#[must_use = "the response goes on"]
pub fn tooltip(response: Response, text: &str, key: Option<&str>) -> Response {
    hover_ui(response, |ui| {
        ui.horizontal(|ui| {
            ui.label(text);
            if let Some(key) = key {
                key_cap(ui, key);
            }
        });
    })
}
