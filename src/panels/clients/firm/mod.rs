//! The firm: what all clients together say of it, in cards that are read column by column.

mod card;
mod income;
mod money;
mod rests;
pub(super) mod words;
mod work;

use egui::{Frame, Margin, ScrollArea, Ui, vec2};

use crate::figures::firm::Firm;
use crate::kit::theme::space;
use crate::panels::scroll::scroll_by_keys;
use crate::state::{Action, Session};

use card::Card;

/// A column is at least so wide, in points.
const COLUMN: f32 = 470.0;
/// No more columns than these: the eye has to find its way.
const MOST_COLUMNS: usize = 3;

/// Shows the figures in all the space there is.
pub(super) fn firm_ui(ui: &mut Ui, firm: &Firm, session: &Session) -> Vec<Action> {
    let area = ScrollArea::vertical().id_salt("the firm").auto_shrink([false, false]).animated(false);
    let shown = area.show(ui, |ui| {
        let frame = Frame::new().inner_margin(Margin { left: 16, right: 24, top: 12, bottom: 24 });
        let actions = frame.show(ui, |ui| page_ui(ui, firm, session)).inner;
        scroll_by_keys(ui, session);
        actions
    });
    shown.inner
}

fn page_ui(ui: &mut Ui, firm: &Firm, session: &Session) -> Vec<Action> {
    ui.set_width(ui.available_width());
    let mut actions = income::income_ui(ui, firm, session);
    ui.add_space(space::XL);
    let cards = cards(firm);
    let whole = ui.available_width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of columns")]
    let count = ((whole / COLUMN) as usize).clamp(1, MOST_COLUMNS);
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let gaps = space::XXL * (count - 1) as f32;
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let width = ((whole - gaps) / count as f32).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XXL, 0.0);
        for column in columns(&cards, count, width) {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                for card in column {
                    actions.extend(card.show(ui, session));
                    ui.add_space(space::XL);
                }
            });
        }
    });
    actions
}

/// The cards in the order they are read.
fn cards(firm: &Firm) -> Vec<Card> {
    vec![
        rests::concentration(firm),
        income::ceiling(firm),
        work::new_work(firm),
        money::at_risk(firm),
        work::second_deals(firm),
        money::gifts(firm),
        work::channels(firm),
        rests::fit(firm),
        rests::origins(firm),
        work::trust(firm),
        money::value_talks(firm),
        work::practices(firm),
    ]
}

/// Each card in the column that is the shortest so far.
fn columns(cards: &[Card], count: usize, width: f32) -> Vec<Vec<&Card>> {
    let mut columns: Vec<(f32, Vec<&Card>)> = vec![(0.0, Vec::new()); count];
    for card in cards {
        if let Some((height, column)) = columns.iter_mut().min_by(|(a, _), (b, _)| a.total_cmp(b)) {
            *height += card.height(width) + space::XL;
            column.push(card);
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}
