//! From a frame's events to commands.

use egui::{Event, Key};

use super::App;
use crate::command::{Press, is_typing, places, strokes};
use crate::state::Action;

impl App {
    /// Turns the frame's keys into actions, and takes those keys out of the frame.
    pub(super) fn keys(&mut self, ctx: &egui::Context) {
        let events = ctx.input(|input| input.events.clone());
        let typing = is_typing(&self.state) || ctx.text_edit_focused();
        let on_widget = !ctx.text_edit_focused() && ctx.memory(|memory| memory.focused().is_some());
        let mut used = Vec::new();
        for stroke in strokes(&events, typing) {
            // A focused button answers Enter and Space itself; Tab walks on.
            if on_widget && presses_widget(events.get(stroke.event)) {
                continue;
            }
            let prefix = self.state.session.prefix.clone();
            let press = self.keymap.press(&places(&self.state), prefix.as_deref(), stroke);
            let was_typing = is_typing(&self.state);
            match press {
                Press::Command(command) => {
                    if prefix.is_some() {
                        self.act(ctx, Action::Await(None));
                    }
                    self.act(ctx, Action::Run(command.id));
                }
                Press::Prefix(first) => self.act(ctx, Action::Await(Some(first))),
                Press::Nothing if prefix.is_some() => self.act(ctx, Action::Await(None)),
                Press::Nothing => continue,
            }
            used.push(stroke.event);
            // The text of a key that acted is not typed into the field it opened.
            if matches!(events.get(stroke.event + 1), Some(Event::Text(_))) {
                used.push(stroke.event + 1);
            }
            if !was_typing && is_typing(&self.state) {
                // What was typed after it belongs to the field.
                break;
            }
        }
        if !used.is_empty() {
            ctx.input_mut(|input| {
                let mut position = 0;
                input.events.retain(|_| {
                    position += 1;
                    !used.contains(&(position - 1))
                });
            });
        }
    }
}

fn presses_widget(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::Key { key: Key::Enter | Key::Space, modifiers, .. }) if modifiers.is_none())
}
