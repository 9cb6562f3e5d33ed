//! A question before something that takes much away.

use egui::{Id, Ui};

use crate::command::key_of;
use crate::kit::text::{self, Ink};
use crate::kit::theme::Tokens;
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
        vec![(ghost("Cancel").key(&no), Action::Back), (primary(&asked.yes).key(&yes), Action::Yes)],
    );
    shown.footer.into_iter().collect()
}
