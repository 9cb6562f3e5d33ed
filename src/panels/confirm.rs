//! A question before something that takes much away.

use egui::{Id, Ui};

use crate::command::key_of;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Dialog, ghost, primary};
use crate::state::{Action, Confirm};

/// Draws the question.
pub(super) fn confirm_ui(ui: &mut Ui, asked: &Confirm) -> Vec<Action> {
    let (yes, no) =
        (key_of(ui, "confirm.yes").unwrap_or_default(), key_of(ui, "app.back").unwrap_or_default());
    let shown = Dialog::new(Id::unique("confirm"), &asked.question).width(420.0).show(
        ui,
        |ui| {
            let tokens = Tokens::of(ui);
            text::label(ui, asked.consequence.as_str(), &Ink::body(tokens).colour(tokens.secondary));
        },
        |ui| {
            let go = primary(&asked.yes).key(&yes).show(ui).clicked();
            ui.add_space(space::S);
            let stop = ghost("Cancel").key(&no).show(ui).clicked();
            (go, stop)
        },
    );
    match shown.footer {
        (true, _) => vec![Action::Yes],
        (_, true) => vec![Action::Back],
        _ => Vec::new(),
    }
}
