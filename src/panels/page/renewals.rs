//! What expires: domains, hosting, licences.

use egui::{Align, Id, Rect, Ui, pos2};

use super::{Hit, List};
use crate::domain::Money;
use crate::figures::RenewalLine;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone};
use crate::kit::widgets::{Cell, Column, Empty, Table, TableRow, glyph};
use crate::kit::{icon, number};
use crate::panels::figure::Figure;

/// From so many days before it expires, a renewal is to be watched.
const SOON: i64 = 30;

pub(super) fn renewals_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let renewals = &list.page.renewals;
    if renewals.is_empty() {
        let sentence =
            "Domains, hosting and licences that expire stand here. They are written in the book's file.";
        Empty { icon: icon::GLOBE, sentence, key: None }.show(ui);
        return Hit::default();
    }
    let columns = [
        Column::text("What").share(3.0).min(200.0).unsortable(),
        Column::text("Expires").share(1.0).min(170.0).unsortable(),
        Column::number("Costs").share(0.5).min(84.0).unsortable(),
        Column::number("They pay").share(0.5).min(84.0).unsortable(),
        Column::text("Renews itself").share(0.8).min(110.0).unsortable(),
    ];
    let name = format!("Renewals of {}", list.page.client.name);
    Table::new("renewals", &name, &columns, renewals.len())
        .reveal(list.reveal)
        .show(
            ui,
            |row| TableRow {
                id: Id::unique(("renewal row", row)),
                label: renewals.get(row).map(|renewal| spoken(renewal, list)).unwrap_or_default(),
                selected: list.cursor == Some(row),
                marked: false,
                bar: None,
                heading: false,
            },
            |ui, cell| {
                if let Some(renewal) = renewals.get(cell.row) {
                    renewal_cell(ui, cell, renewal, list);
                }
            },
        )
        .into()
}

fn spoken(renewal: &RenewalLine, list: List<'_>) -> String {
    let expires = number::relative_date(renewal.expires, list.page.day);
    format!("{}, expires {expires}, renews itself: {}", renewal.what, itself(renewal))
}

fn itself(renewal: &RenewalLine) -> &'static str {
    match renewal.renews_itself {
        Some(true) => "yes",
        Some(false) => "no, by hand",
        None => "not known",
    }
}

/// Expired is a risk; soon, and not by itself, is to be watched.
fn tone(renewal: &RenewalLine) -> Tone {
    match renewal.days {
        ..0 => Tone::Risk,
        0..=SOON if renewal.renews_itself != Some(true) => Tone::Watch,
        _ => Tone::Neutral,
    }
}

fn renewal_cell(ui: &mut Ui, cell: Cell, renewal: &RenewalLine, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let second = ink.clone().colour(tokens.secondary);
    let money = |amount: Option<Money>, why: &str| {
        amount.map_or_else(|| Figure::unknown(why), |amount| Figure::listed(amount, list.currency))
    };
    match cell.column {
        0 => drop(cell.name(ui, &renewal.what, &ink.medium())),
        1 => {
            let tone = tone(renewal);
            glyph(ui.painter(), tokens, pos2(cell.rect.left() + 6.0, cell.rect.center().y), tone);
            let place = Rect::from_min_max(pos2(cell.rect.left() + 18.0, cell.rect.top()), cell.rect.max);
            let says = number::relative_date(renewal.expires, list.page.day);
            let ink = second.colour(tokens.tone(tone));
            text::paint(ui.painter(), place, Align::Min, &says, &ink, Cut::End);
        }
        2 => drop(money(renewal.cost, "what it costs is not noted").paint(ui, cell.rect, cell.align, &ink)),
        3 => drop(money(renewal.price, "what they pay is not noted").paint(ui, cell.rect, cell.align, &ink)),
        _ => drop(cell.text(ui, itself(renewal), &second)),
    }
}
