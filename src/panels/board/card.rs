//! A card: whose and how much, what about, what next and since when.

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Align, Id, Rect, Response, Ui, pos2, vec2};

use crate::figures::{Card, CardKey, Lesson};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::{icon, number, widgets};
use crate::state::card_key;

use super::Carried;
use super::words::{self, UNKNOWN};

/// Least width of a figure at the card's lower edge, so that those of the cards below each other line up.
const FIGURE: f32 = 34.0;

/// A card, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) card: &'a Card,
    /// The lessons that come back before work on its deal begins.
    pub(super) checks: &'a [Arc<Lesson>],
    /// The day of the board.
    pub(super) day: NaiveDate,
    /// The position of its column.
    pub(super) column: usize,
    /// Whether deals of that column go on.
    pub(super) goes_on: bool,
    /// Whether the cursor is on it.
    pub(super) selected: bool,
    /// Whether it belongs to a selection of several.
    pub(super) marked: bool,
}

/// Draws a card in `rect`. A deal can be carried away.
pub(super) fn card_ui(ui: &mut Ui, rect: Rect, standing: Standing<'_>) -> Response {
    let Standing { card, checks, day, column, goes_on, selected, marked } = standing;
    let id = Id::unique(("card of the board", card_key(card)));
    let clauses = words::of_card(card, checks, day, goes_on);
    let label = words::sentence(&clauses);
    let response = widgets::Card::new(id, &label)
        .selected(selected)
        .marked(marked)
        .lifted(ui.is_being_dragged(id))
        .bar(card.stale_days.map(|_| Tone::Watch))
        .show_at(ui, rect, |ui, inside| paint(ui, inside, standing));
    if let CardKey::Deal(deal) = &card.key {
        response.dnd_set_drag_payload(Carried {
            deal: deal.to_string(),
            from: column,
            client: card.client_name.to_string(),
            title: card.title.clone(),
        });
    }
    widgets::hover_ui(response, |ui| clauses_ui(ui, &clauses))
}

/// Clauses below each other, the first one as their title.
pub(super) fn clauses_ui(ui: &mut Ui, clauses: &[words::Clause]) {
    let tokens = Tokens::of(ui);
    for (index, (tone, text)) in clauses.iter().enumerate() {
        let said = tone.glyph().map_or_else(|| text.clone(), |glyph| format!("{glyph} {text}"));
        let ink = if index == 0 {
            Ink::body(tokens).medium()
        } else {
            Ink::second(tokens).colour(tokens.tone(*tone))
        };
        text::label(ui, said, &ink);
    }
}

fn paint(ui: &Ui, inside: Rect, standing: Standing<'_>) {
    let card = standing.card;
    let height = inside.height() / 3.0;
    let line = |at: f32| {
        Rect::from_min_size(pos2(inside.left(), inside.top() + at * height), vec2(inside.width(), height))
    };
    paint_name(ui, line(0.0), card);
    if let CardKey::Client(_) = card.key {
        paint_why(ui, Rect::from_min_max(line(1.0).min, line(2.0).max), card);
        return;
    }
    paint_title(ui, line(1.0), card, standing.checks.len());
    let taken = paint_days(ui, line(2.0), card);
    paint_next(ui, left_of(line(2.0), taken), standing);
}

/// What is left of `line` before `taken`.
fn left_of(line: Rect, taken: Rect) -> Rect {
    Rect::from_min_max(line.min, pos2((taken.left() - space::S).max(line.left()), line.bottom()))
}

fn paint_name(ui: &Ui, line: Rect, card: &Card) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let deal = matches!(card.key, CardKey::Deal(_));
    let amount = match &card.value {
        Some(value) => words::glance(value),
        None if deal => UNKNOWN.to_owned(),
        None => String::new(),
    };
    let colour = if amount == UNKNOWN { tokens.tertiary } else { tokens.text };
    let ink = Ink::body(tokens).medium().colour(colour);
    let taken = text::paint(painter, line, Align::Max, &amount, &ink, Cut::Never);
    let place = if amount.is_empty() { line } else { left_of(line, taken) };
    text::paint(painter, place, Align::Min, &card.client_name, &Ink::body(tokens).medium(), Cut::Middle);
}

/// The title, and behind it how much speaks against being in this stage, or that its hours outrun its value, and how much is to be checked before work.
fn paint_title(ui: &Ui, line: Rect, card: &Card, checks: usize) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let mut place = line;
    if checks > 0 {
        let checks = format!("{} {checks}", icon::NOTE);
        let ink = Ink::new(size::CAPTION, tokens.tertiary);
        place = left_of(place, text::paint(painter, place, Align::Max, &checks, &ink, Cut::Never));
    }
    let against = card.gates.len() + usize::from(card.shortfall.is_some());
    if against > 0 {
        let warnings = format!("{} {against}", icon::WATCH);
        let ink = Ink::new(size::CAPTION, tokens.watch).medium();
        place = left_of(place, text::paint(painter, place, Align::Max, &warnings, &ink, Cut::Never));
    }
    text::paint(painter, place, Align::Min, &card.title, &Ink::second(tokens), Cut::End);
}

/// Why a client without a deal stands here, on two lines if need be, and how long nobody spoke.
fn paint_why(ui: &Ui, lines: Rect, card: &Card) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let ink = Ink::second(tokens);
    let line =
        |top: f32, bottom: f32| Rect::from_min_max(pos2(lines.left(), top), pos2(lines.right(), bottom));
    let upper = line(lines.top(), lines.center().y);
    let lower = line(lines.center().y, lines.bottom());
    let (first, rest) = broken(&card.title, |part| text::width(painter, part, &ink) <= upper.width());
    text::paint(painter, upper, Align::Min, first, &ink, Cut::End);
    if rest.is_empty() {
        let contact = words::contact(card);
        text::paint(painter, lower, Align::Min, &contact, &Ink::caption(tokens), Cut::End);
        return;
    }
    let taken = paint_days(ui, lower, card);
    text::paint(painter, left_of(lower, taken), Align::Min, rest, &ink, Cut::End);
}

/// Text broken at the last space before which it fits.
fn broken(text: &str, fits: impl Fn(&str) -> bool) -> (&str, &str) {
    if fits(text) {
        return (text, "");
    }
    let spaces = text.rmatch_indices(' ').filter_map(|(at, _)| text.split_at_checked(at));
    let mut parts = spaces.filter(|(first, _)| fits(first));
    parts.next().map_or((text, ""), |(first, rest)| (first, rest.trim_start()))
}

/// Days in the stage and days since the last contact, apart from each other. Returns the space they took.
fn paint_days(ui: &Ui, line: Rect, card: &Card) -> Rect {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let ink = Ink::caption(tokens);
    let deal = matches!(card.key, CardKey::Deal(_));
    let figure = |icon: &str, days: Option<i64>| {
        let days = days.map_or_else(|| UNKNOWN.to_owned(), |days| days.to_string());
        format!("{icon} {days}")
    };
    let contact = figure(icon::CHAT, card.days_since_touch);
    let mut taken = text::paint(painter, line, Align::Max, &contact, &ink, Cut::Never);
    if deal {
        let right = (line.right() - FIGURE).min(taken.left()) - space::XS;
        let place = Rect::from_min_max(line.min, pos2(right, line.bottom()));
        let stage = figure(icon::CLOCK, card.days_in_stage);
        taken = taken.union(text::paint(painter, place, Align::Max, &stage, &ink, Cut::Never));
    }
    taken
}

/// How long it has been stale, and what is planned next: the day first, so that it is never cut.
fn paint_next(ui: &Ui, line: Rect, standing: Standing<'_>) {
    let Standing { card, day, goes_on, .. } = standing;
    let tokens = Tokens::of(ui);
    let mut parts = Vec::new();
    let mut tone = Tone::Neutral;
    if let Some(days) = card.stale_days {
        tone = Tone::Watch;
        parts.push(format!("stale {}", number::days(days)));
    }
    match &card.next_step {
        Some(step) => {
            if step.due < day {
                tone = Tone::Watch;
            }
            parts.push(format!("{}: {}", number::relative(step.due, day), step.what));
        }
        None if parts.is_empty() && goes_on => parts.push("no next step".to_owned()),
        None => {}
    }
    let said = parts.join(" · ");
    let said = tone.glyph().map_or_else(|| said.clone(), |glyph| format!("{glyph} {said}"));
    let planned = card.next_step.is_some() && tone == Tone::Neutral;
    let colour = match tone {
        Tone::Neutral if planned => tokens.secondary,
        Tone::Neutral => tokens.tertiary,
        tone => tokens.tone(tone),
    };
    text::paint(ui.painter(), line, Align::Min, &said, &Ink::new(size::CAPTION, colour), Cut::End);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_where_it_fits_and_not_at_all_where_nothing_does() {
        let ten = |text: &str| text.len() <= 10;
        assert_eq!(broken("met at the fair", ten), ("met at the", "fair"));
        assert_eq!(broken("met", ten), ("met", ""));
        assert_eq!(broken("unbreakable!", ten), ("unbreakable!", ""));
    }
}
