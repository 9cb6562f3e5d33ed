//! The footer: what was just done, the keys that matter now, and whether everything is saved.

use egui::accesskit::Live;
use egui::{Align, Layout, Ui};

use crate::command::{Guide, Hint, key_of, with_keys};
use crate::kit::icon;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{KeyHint, ghost, key_hints_ui};
use crate::state::{Action, Origin, Saving, State, Tone};

/// What the button beside a notice takes.
const UNDO_WIDTH: f32 = 96.0;

/// Draws the footer.
pub(super) fn footer_ui(ui: &mut Ui, state: &State, guide: &Guide) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    let notice = state.session.notice.as_ref();
    let undo = notice.is_some_and(|notice| {
        notice.tone == Tone::Done && state.history.next_undo() == Some(notice.text.as_str())
    });
    // What the notice offers already needs no hint.
    let offered: Vec<&Hint> =
        guide.hints.iter().filter(|hint| !(undo && hint.command == "edit.undo")).collect();
    let hints: Vec<KeyHint<'_>> = offered
        .iter()
        .map(|hint| KeyHint { key: &hint.key, word: hint.title.trim_end_matches(" …") })
        .collect();
    ui.horizontal_centered(|ui| {
        if let Some(notice) = notice {
            let (glyph, colour) = match notice.tone {
                Tone::Done => (icon::CHECK, tokens.good),
                Tone::Refused => (icon::INFO, tokens.watch),
            };
            let says = with_keys(&state.session.keys, &notice.text);
            ui.spacing_mut().item_spacing.x = space::S;
            text::icon(ui, glyph, &Ink::new(size::LEAD, colour));
            let room = (ui.available_width() * 0.55).max(200.0);
            ui.allocate_ui_with_layout(egui::vec2(room, 28.0), Layout::left_to_right(Align::Center), |ui| {
                let words = if undo { room - UNDO_WIDTH } else { room };
                ui.scope(|ui| {
                    ui.set_max_width(words);
                    let label = egui::Label::new(Ink::body(tokens).rich(says.as_str())).truncate();
                    let response = ui.add(label);
                    let (role, live) = match notice.tone {
                        Tone::Done => (egui::Role::Status, Live::Polite),
                        Tone::Refused => (egui::Role::Alert, Live::Assertive),
                    };
                    response.widget_info(|| egui::WidgetInfo::labeled(role, true, says.as_str()));
                    ui.accesskit_node_builder(response.id, |node| node.set_live(live));
                });
                if undo {
                    let key = key_of(ui, "edit.undo").unwrap_or_default();
                    if ghost("Undo").key(&key).show(ui).clicked() {
                        actions.push(Action::Run("edit.undo"));
                    }
                }
            });
            ui.add_space(space::L);
        }
        let clicked = key_hints_ui(ui, &hints, &status(state));
        actions.extend(clicked.and_then(|at| offered.get(at)).map(|hint| Action::Run(hint.command)));
    });
    actions
}

/// Whether everything is saved, in a few words.
fn status(state: &State) -> String {
    let name = match &state.file.origin {
        Origin::Sample => return "Sample book".to_owned(),
        Origin::Unsaved => return "Not saved yet".to_owned(),
        Origin::File(path) => {
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        }
    };
    match &state.file.saving {
        Saving::Running => format!("{name} · saving"),
        Saving::Failed(_) => format!("{name} · not saved"),
        Saving::Gone => format!("{name} · not there now"),
        Saving::ChangedOutside => format!("{name} · changed outside"),
        Saving::Idle if state.is_unsaved() => format!("{name} · unsaved"),
        Saving::Idle => format!("{name} · saved"),
    }
}
