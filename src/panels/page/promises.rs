//! What each side promised, and whether it was kept.

use chrono::NaiveDate;
use egui::{Id, Rect, Ui, pos2};

use super::{Hit, List, nothing_ui};
use crate::domain::{Party, days_between};
use crate::figures::PromiseLine;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone};
use crate::kit::widgets::{Column, Table, TableRow, glyph};
use crate::kit::{icon, number};

pub(super) fn promises_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let promises = &list.page.promises;
    if promises.is_empty() {
        let sentence = "What you promised this client, and they you, stands here until it is kept.";
        return nothing_ui(ui, icon::PROMISE, sentence, "promise.add", "note a promise");
    }
    let columns = [
        Column::text("By").share(0.4).min(70.0).unsortable(),
        Column::text("Promise").share(4.0).min(200.0).unsortable(),
        Column::text("Due").share(0.8).min(140.0).unsortable(),
        Column::text("How it stands").share(0.8).min(130.0).unsortable(),
    ];
    let name = format!("Promises with {}", list.page.client.name);
    let day = list.page.day;
    Table::new("promises", &name, &columns, promises.len())
        .reveal(list.reveal)
        .show(
            ui,
            |row| TableRow {
                id: Id::unique(("promise row", row)),
                label: promises.get(row).map(|it| spoken(it, day)).unwrap_or_default(),
                selected: list.cursor == Some(row),
                marked: false,
                bar: None,
                heading: false,
            },
            |ui, cell| {
                let Some(promise) = promises.get(cell.row) else { return };
                let tokens = Tokens::of(ui);
                let ink = Ink::body(tokens);
                let second = ink.clone().colour(tokens.secondary);
                match cell.column {
                    0 => drop(cell.text(ui, party(promise.by), &second)),
                    1 if promise.kept.is_some() => drop(cell.text(ui, &promise.what, &second)),
                    1 => drop(cell.text(ui, &promise.what, &ink)),
                    2 => drop(cell.text(ui, &due(promise, day), &second)),
                    _ => state_ui(ui, cell.rect, promise, day),
                }
            },
        )
        .into()
}

/// Who promised.
pub(in crate::panels) fn party(party: Party) -> &'static str {
    match party {
        Party::Me => "Me",
        Party::Them => "Them",
    }
}

fn due(promise: &PromiseLine, day: NaiveDate) -> String {
    match promise.kept {
        Some(_) => number::date(promise.due, day),
        None => number::relative_date(promise.due, day),
    }
}

fn spoken(promise: &PromiseLine, day: NaiveDate) -> String {
    let who = match promise.by {
        Party::Me => "I promised",
        Party::Them => "They promised",
    };
    format!("{who}: {}, due {}, {}", promise.what, due(promise, day), promise.words)
}

/// How a promise that stands so is judged.
fn tone(promise: &PromiseLine, day: NaiveDate) -> Tone {
    match promise.kept {
        Some(kept) if days_between(promise.due, kept) <= 0 => Tone::Good,
        None if days_between(promise.due, day) > 0 => Tone::Risk,
        Some(_) | None => Tone::Neutral,
    }
}

/// Paints the state in words behind the glyph of its tone.
pub(in crate::panels) fn state_ui(ui: &Ui, rect: Rect, promise: &PromiseLine, day: NaiveDate) {
    let tokens = Tokens::of(ui);
    let tone = tone(promise, day);
    glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    let place = Rect::from_min_max(pos2(rect.left() + 18.0, rect.top()), rect.max);
    let colour = if tone == Tone::Good { tokens.secondary } else { tokens.tone(tone) };
    text::paint(
        ui.painter(),
        place,
        egui::Align::Min,
        &promise.words,
        &Ink::body(tokens).colour(colour),
        Cut::End,
    );
}
