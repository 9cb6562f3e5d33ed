//! From a frame's events to commands.

use egui::{Event, Key};

use super::App;
use crate::command::{Chord, Press, Stroke, composed, is_typing, places, strokes, typed_into};
use crate::domain::unfilled_fields;
use crate::state::{Action, FormKind, Overlay};

/// For so long a second press of the chord that closed a form is taken for a part of the first.
const SPENT_SECONDS: f64 = 0.5;
/// For so long after a plain key led into a letter with a marked field nothing is typed over that mark: nobody has read it yet, and
/// the keys of a fast series are meant for the list they began in.
const UNREAD_SECONDS: f64 = 0.5;

impl App {
    /// Turns the frame's keys into actions, and takes those keys out of the frame.
    ///
    /// A slow frame can bring several keys at once. Then order matters: what was typed before a command belongs to the
    /// field as it was, what comes after it to what the command opened. So the frame ends where they meet, and the rest
    /// is held for the next one.
    pub(super) fn keys(&mut self, ctx: &egui::Context) {
        let mut events = std::mem::take(&mut self.held.events);
        let held = events.len();
        let (now, is_held) = ctx.input(|input| (input.time, input.modifiers.any()));
        let is_over = |spent: &(Chord, f64)| now - spent.1 > SPENT_SECONDS;
        if events.is_empty() && !is_held && self.spent.as_ref().is_some_and(is_over) {
            self.spent = None;
        }
        events.extend(ctx.input(|input| input.events.clone()));
        // The state knows every field; egui still has the focus in one that was closed a moment ago.
        let typing = is_typing(&self.state);
        let on_widget = !ctx.text_edit_focused() && ctx.memory(|memory| memory.focused().is_some());
        let composed_text = composed(&events, &mut { self.held.composing && typing });
        let mut used = Vec::new();
        if let Some(opened) = self.letter_opened {
            let is_hasty = |at: usize| at < held || now - opened <= UNREAD_SECONDS;
            if self.has_marked_letter() {
                used.extend(
                    (0..events.len()).filter(|at| is_hasty(*at) && events.get(*at).is_some_and(writes)),
                );
            }
            self.letter_opened = self
                .letter_opened
                .filter(|opened| self.has_marked_letter() && now - opened <= UNREAD_SECONDS);
        }
        let mut end = events.len();
        for stroke in strokes(&events, typing) {
            if composed_text.get(stroke.event).is_some_and(|composed| *composed)
                || used.contains(&stroke.event)
            {
                continue;
            }
            // A focused button answers Enter and Space itself; Tab walks on.
            if on_widget && presses_widget(events.get(stroke.event)) {
                continue;
            }
            // Struck twice in a hurry, what took the form would act on what is under it. Another key is no hurry.
            if self.spent.is_some_and(|(chord, _)| chord == stroke.chord) {
                used.push(stroke.event);
                continue;
            }
            self.spent = None;
            let prefix = self.state.session.prefix.clone();
            let press = self.keymap.press(&places(&self.state), prefix.as_deref(), stroke);
            if matches!(press, Press::Nothing) && prefix.is_none() {
                if let Some(opens) = typed_into(&self.state).filter(|_| types_word(&events, stroke)) {
                    self.act(ctx, Action::Run(opens));
                    end = stroke.event;
                    break;
                }
                continue;
            }
            let typed_before = events
                .iter()
                .take(stroke.event)
                .enumerate()
                .any(|(at, event)| !used.contains(&at) && edits_text(event));
            if typing && typed_before {
                end = stroke.event;
                break;
            }
            let (was_typing, had_form) = (is_typing(&self.state), self.has_form());
            self.sign(ctx);
            match press {
                Press::Command(command) => {
                    if prefix.is_some() {
                        self.act(ctx, Action::Await(None));
                    }
                    self.act(ctx, Action::Run(command.id));
                }
                Press::Prefix(first) => self.act(ctx, Action::Await(Some(first))),
                Press::Nothing => self.act(ctx, Action::Await(None)),
            }
            if had_form && !self.has_form() && stroke.chord.ctrl {
                self.spent = Some((stroke.chord, now));
            }
            if !was_typing && !stroke.chord.ctrl && self.has_marked_letter() {
                self.letter_opened = Some(now);
            }
            used.push(stroke.event);
            // The text of a key that acted is not typed into the field it opened.
            let mut next = stroke.event + 1;
            if matches!(events.get(next), Some(Event::Text(_))) {
                used.push(next);
                next += 1;
            }
            if was_typing || is_typing(&self.state) {
                end = next;
                break;
            }
        }
        self.held.events = events.split_off(end.min(events.len()));
        self.held.composing &= typing;
        let _ = composed(&events, &mut self.held.composing);
        if !self.held.events.is_empty() {
            ctx.request_repaint();
        }
        ctx.input_mut(|input| {
            let kept = events.into_iter().enumerate().filter(|(at, _)| !used.contains(at));
            input.events = kept.map(|(_, event)| event).collect();
        });
    }

    /// Whether a letter is open in which a field is still to be filled in.
    fn has_marked_letter(&self) -> bool {
        match &self.state.session.overlay {
            Some(Overlay::Form(form)) if form.kind == FormKind::Letter => {
                form.values.iter().any(|text| !unfilled_fields(text).is_empty())
            }
            _ => false,
        }
    }

    fn has_form(&self) -> bool {
        matches!(self.state.session.overlay, Some(Overlay::Form(_)))
    }
}

fn presses_widget(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::Key { key: Key::Enter | Key::Space, modifiers, .. }) if modifiers.is_none())
}

/// Whether a stroke types what a word begins with.
fn types_word(events: &[Event], stroke: Stroke) -> bool {
    let typed = match events.get(stroke.event) {
        Some(Event::Text(text)) => Some(text),
        _ => match events.get(stroke.event + 1) {
            Some(Event::Text(text)) => Some(text),
            _ => None,
        },
    };
    typed
        .is_some_and(|text| !stroke.chord.ctrl && text.starts_with(|c: char| c.is_alphanumeric() || c == '+'))
}

/// Whether an event writes into a field, or takes from it: all that plain keys do but `Esc`.
fn writes(event: &Event) -> bool {
    match event {
        Event::Text(_) => true,
        Event::Key { key, modifiers, .. } => !modifiers.command && !modifiers.ctrl && *key != Key::Escape,
        _ => false,
    }
}

/// Whether an event changes the text of the field that has the hand.
fn edits_text(event: &Event) -> bool {
    match event {
        Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Ime(_) => true,
        Event::Key { key, pressed: true, .. } => matches!(key, Key::Backspace | Key::Delete | Key::Tab),
        _ => false,
    }
}
