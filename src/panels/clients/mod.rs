//! Clients: the firm in a strip, and under it every client in a table; or the firm's figures in the place of both.

mod cell;
mod firm;
mod group;
mod strip;
mod table;

use egui::{Align, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::figures::proof::FigureKey;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, space};
use crate::panels::proof::provable_place;
use crate::state::{Action, Session, Shown};

/// Below this height the table has all the room, in points.
const STRIP_FROM: f32 = 420.0;

/// Height of the sentence below the table, in points.
const FOOT: f32 = 26.0;

/// Shows the view in all the space there is.
pub fn clients_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let nobody = shown.figures.clients.rows.is_empty();
    let Some(firm) = shown.firm.as_ref().filter(|_| !nobody) else {
        return table::table_ui(ui, shown, session);
    };
    if session.shows_firm() {
        return firm::firm_ui(ui, firm, session);
    }
    let whole = ui.available_rect_before_wrap();
    if whole.height() < STRIP_FROM {
        return table::table_ui(ui, shown, session);
    }
    let (above, below) = whole.split_top_bottom_at_y(whole.top() + strip::HEIGHT);
    let mut actions = strip::strip_ui(ui, above, firm, session);
    let foot = whole.bottom() - FOOT;
    let place = Rect::from_min_max(pos2(whole.left(), below.top()), pos2(whole.right(), foot));
    let mut table = ui.new_child(UiBuilder::new().id_salt("table").max_rect(place));
    actions.extend(table::table_ui(&mut table, shown, session));
    actions.extend(foretold_ui(ui, whole.with_min_y(foot), shown, session));
    ui.advance_cursor_after_rect(whole);
    actions
}

/// How well the scores foretold what became of clients, in a sentence.
fn foretold_ui(ui: &mut Ui, place: Rect, shown: &Shown, session: &Session) -> Vec<Action> {
    let says = match &shown.outlook.foretold {
        Some(record) => format!("Does the score predict? {}", record.words()),
        None => "Does the score predict? It is being worked out.".to_owned(),
    };
    let ink = Ink::second(Tokens::of(ui));
    let inside = place.shrink2(vec2(space::M, 0.0));
    let taken = text::paint(ui.painter(), inside, Align::Min, &says, &ink, Cut::End);
    if shown.outlook.foretold.is_some() {
        return provable_place(ui, taken, &says, &FigureKey::Foretold, session);
    }
    let response = ui.interact(place, ui.scope_id().with("foretold"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
    Vec::new()
}
