//! What each side promised, and whether it was kept.

use chrono::NaiveDate;
use egui::{Id, Rect, Ui, pos2, vec2};

use super::{Hit, List, nothing_ui};
use crate::domain::Party;
use crate::figures::proof::{FigureKey, PageFigure};
use crate::figures::{PromiseLine, Side, Went};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::kit::widgets::{Column, Table, TableRow, glyph};
use crate::kit::{icon, number};
use crate::panels::proof::provable_place;
use crate::state::Action;

/// Height of the ledger over the list.
const LEDGER: f32 = 42.0;

pub(super) fn promises_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let promises = &list.page.promises;
    if promises.is_empty() {
        let sentence = "What you promised this client, and they you, stands here until it is kept.";
        return nothing_ui(ui, icon::PROMISE, sentence, "promise.add", "note a promise");
    }
    let actions = ledger_ui(ui, list);
    let columns = [
        Column::text("By").share(0.4).min(70.0).unsortable(),
        Column::text("Promise").share(4.0).min(200.0).unsortable(),
        Column::text("Due").share(0.8).min(140.0).unsortable(),
        Column::text("How it stands").share(0.8).min(170.0).unsortable(),
    ];
    let name = format!("Promises with {}", list.page.client.name);
    let day = list.page.day;
    let shown = Table::new("promises", &name, &columns, promises.len()).reveal(list.reveal).show(
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
                _ => state_ui(ui, cell.rect, promise),
            }
        },
    );
    Hit { actions, ..shown.into() }
}

/// Both sides of the ledger beside each other: how many days named were kept, moved with a word, broken.
fn ledger_ui(ui: &mut Ui, list: List<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let trust = &list.page.trust;
    let (_, whole) = ui.allocate_space(vec2(ui.available_width(), LEDGER));
    let inside = whole.shrink2(vec2(space::M, 0.0));
    let width = ((inside.width() - space::XXL) / 2.0).min(460.0);
    let sides = [("I promised", Party::Me, &trust.mine), ("They promised", Party::Them, &trust.theirs)];
    for (index, (title, by, side)) in sides.into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "one of two")]
        let left = inside.left() + index as f32 * (width + space::XXL);
        let place = Rect::from_min_size(pos2(left, inside.top()), vec2(width, LEDGER));
        let says = side_ui(ui, place, title, side);
        let key = FigureKey::Page(list.page.client.id.clone(), PageFigure::Promises(by));
        actions.extend(provable_place(ui, place, &says, &key, list.session));
    }
    actions
}

/// One side: its counts, and a bar of them. Gives them in words.
fn side_ui(ui: &Ui, place: Rect, title: &str, side: &Side) -> String {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let line = Rect::from_min_size(place.min, vec2(place.width(), 22.0));
    let taken = text::paint(painter, line, egui::Align::Min, title, &Ink::body(tokens).medium(), Cut::Never);
    let mut left = taken.right() + space::M;
    for (says, tone) in counts(side) {
        let mark = if tone.glyph().is_some() { 16.0 } else { 0.0 };
        glyph(painter, tokens, pos2(left + 6.0, line.center().y), tone);
        let words = line.with_min_x(left + mark);
        left = text::paint(painter, words, egui::Align::Min, &says, &Ink::second(tokens), Cut::End).right()
            + space::M;
    }
    let bar = Rect::from_min_size(pos2(place.left(), line.bottom() + 2.0), vec2(place.width(), 6.0));
    painter.rect_filled(bar, 2, tokens.strong);
    let all = side.named().saturating_add(side.open);
    let mut from = bar.left();
    for (count, colour) in [(side.kept, tokens.good), (side.moved, tokens.watch), (side.broken, tokens.risk)]
    {
        #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
        let width = if all == 0 { 0.0 } else { bar.width() * count as f32 / all as f32 };
        if width > 0.0 {
            let part = Rect::from_min_size(pos2(from, bar.top()), vec2((width - 1.0).max(1.0), bar.height()));
            painter.rect_filled(part, 0, colour);
        }
        from += width;
    }
    let says: Vec<String> = counts(side).into_iter().map(|(says, _)| says).collect();
    format!("{title}: {}", says.join(", "))
}

/// How many went which way, those alone that some did.
fn counts(side: &Side) -> Vec<(String, Tone)> {
    let counts = [
        (side.kept, "kept", Tone::Good),
        (side.moved, "moved with a word", Tone::Watch),
        (side.broken, "broken", Tone::Risk),
    ];
    let told = counts.into_iter().filter(|(count, ..)| *count > 0);
    let mut told: Vec<(String, Tone)> =
        told.map(|(count, what, tone)| (format!("{count} {what}"), tone)).collect();
    // A promise that was moved named several days.
    match side.named() {
        0 => {}
        1 => told.push(("of 1 day named".to_owned(), Tone::Neutral)),
        named => told.push((format!("of {named} days named"), Tone::Neutral)),
    }
    if side.open > 0 {
        told.push((format!("{} open", side.open), Tone::Neutral));
    }
    if told.is_empty() {
        told.push(("nothing so far".to_owned(), Tone::Neutral));
    }
    told
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
    format!("{who}: {}, due {}, {}", promise.what, due(promise, day), words(promise))
}

/// How a promise that stands so is judged.
fn tone(promise: &PromiseLine) -> Tone {
    match promise.went {
        Went::Kept if promise.slipped > 0 => Tone::Watch,
        Went::Kept => Tone::Good,
        Went::Moved => Tone::Watch,
        Went::Broken => Tone::Risk,
        Went::Open => Tone::Neutral,
    }
}

/// How it stands, and how often it was moved.
fn words(promise: &PromiseLine) -> String {
    // That the last day named was let pass is said already.
    let late = promise.slipped.saturating_sub(usize::from(promise.went == Went::Broken));
    match (promise.moved, late) {
        (0, _) => promise.words.clone(),
        (1, 0) => format!("{}, moved once", promise.words),
        (1, _) => format!("{}, moved late", promise.words),
        (times, 0) => format!("{}, moved {times} times", promise.words),
        (times, late) => format!("{}, moved {times} times, {late} late", promise.words),
    }
}

/// Paints the state in words behind the glyph of its tone.
pub(in crate::panels) fn state_ui(ui: &Ui, rect: Rect, promise: &PromiseLine) {
    let tokens = Tokens::of(ui);
    let tone = tone(promise);
    glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    let place = Rect::from_min_max(pos2(rect.left() + 18.0, rect.top()), rect.max);
    let colour = if tone == Tone::Good { tokens.secondary } else { tokens.tone(tone) };
    text::paint(
        ui.painter(),
        place,
        egui::Align::Min,
        &words(promise),
        &Ink::body(tokens).colour(colour),
        Cut::End,
    );
}
