//! What the open item means for the cash to come: a sentence with a figure, and the way to its proof.

use egui::{Align, Id, Rect, Ui};

use crate::figures::proof::FigureKey;
use crate::figures::today::Item;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size};
use crate::panels::proof::figure_place;
use crate::state::{Action, Session, Shown};

/// Shows it in a line of the open row. Its place is there before it is known, so that nothing moves when it comes.
pub(super) fn consequence_ui(
    ui: &mut Ui,
    shown: &Shown,
    session: &Session,
    item: &Item,
    line: Rect,
) -> Vec<Action> {
    let Some(told) = shown.consequence(&item.id) else { return Vec::new() };
    let says = told.words();
    let ink = Ink::new(size::SMALL, Tokens::of(ui).secondary);
    let taken = text::paint(ui.painter(), line, Align::Min, &says, &ink, Cut::End);
    let id = Id::unique("what the open item means for the cash");
    let key = FigureKey::Consequence(item.id.clone());
    figure_place(ui, (id, taken), (&says, &says), &key, session)
}
