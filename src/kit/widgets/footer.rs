//! The footer: the few keys that matter now.

use egui::{Align, Layout, Ui};

use super::banner::key_and_word;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, size, space};

/// A key and what it does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyHint<'a> {
    /// The key as it is written on the cap.
    pub key: &'a str,
    /// One or two words.
    pub word: &'a str,
}

/// Shows the hints in one line, and what else there is to say at the right edge. Hints that do not fit are left out.
pub fn key_hints_ui(ui: &mut Ui, hints: &[KeyHint<'_>], status: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            text::label(ui, status, &Ink::new(size::SMALL, tokens.tertiary));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                for hint in hints {
                    let wanted = text::width(ui.painter(), hint.word, &Ink::second(tokens)) + 60.0;
                    if ui.available_width() < wanted {
                        break;
                    }
                    key_and_word(ui, hint.key, hint.word);
                    ui.add_space(space::S);
                }
            });
        });
    });
}
