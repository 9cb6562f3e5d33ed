//! Strips over the whole width: what holds for all that is shown, and what was just done.

use egui::{Align, Frame, Layout, Margin, Response, Role, Ui, UiBuilder, vec2};

use super::Button;
use super::button::lines;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, Tone, height, size, space};

/// With less room for its sentence beside the buttons, in points, these stand below it.
const NARROW: f32 = 180.0;

/// A strip at the top: this is the sample book, this book is read-only, this is how it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Banner<'a> {
    /// An icon.
    pub icon: &'a str,
    /// One sentence.
    pub sentence: &'a str,
    /// How urgent it is.
    pub tone: Tone,
}

/// Shows a banner with its buttons at the right edge, and returns the index of the one that was pressed.
pub fn banner_ui(ui: &mut Ui, banner: Banner<'_>, buttons: Vec<Button<'_>>) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let colour = if banner.tone == Tone::Neutral { tokens.secondary } else { tokens.tone(banner.tone) };
    let mut pressed = None;
    strip(ui, banner.sentence, Role::Banner, tokens.raised, |ui| {
        text::icon(ui, banner.icon, &Ink::new(size::LEAD, colour));
        // What is read first is drawn first: the sentence, then its buttons from the left.
        let gap = ui.spacing().item_spacing.x;
        let taken: f32 = buttons.iter().map(|button| button.width(ui) + gap).sum();
        let room = vec2((ui.available_width() - taken).max(0.0), height::DENSE);
        if room.x < NARROW {
            ui.vertical(|ui| {
                ui.add(egui::Label::new(Ink::new(size::BODY, tokens.text).rich(banner.sentence)).wrap());
                let numbered =
                    buttons.into_iter().enumerate().map(|(index, button)| (button, index)).collect();
                for line in lines(ui, ui.available_width(), numbered) {
                    ui.horizontal(|ui| {
                        for (button, index) in line {
                            if button.show(ui).clicked() {
                                pressed = Some(index);
                            }
                        }
                    });
                }
            });
            return;
        }
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(room.x);
            ui.add(egui::Label::new(Ink::new(size::BODY, tokens.text).rich(banner.sentence)).truncate());
        });
        for (index, button) in buttons.into_iter().enumerate() {
            if button.show(ui).clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}

fn strip(
    ui: &mut Ui,
    name: &str,
    role: Role,
    fill: egui::Color32,
    contents: impl FnOnce(&mut Ui),
) -> Response {
    let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(12, 4));
    let builder = UiBuilder::new().accessibility_role(role).accessibility_label(name);
    ui.scope_builder(builder, |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.horizontal(|ui| {
                ui.set_min_height(28.0);
                ui.set_width(ui.available_width());
                contents(ui);
            });
        });
    })
    .response
}
