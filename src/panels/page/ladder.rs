//! The two-sided ladder: what is next and why, my own side, what hurts, and the steps.

use egui::{Align, Rect, Ui, pos2, vec2};

use super::way_out::{Rows, run_ui};
use crate::figures::proof::{ExitFigure, FigureKey};
use crate::figures::{Ladder, Mine, Next, Rung, RungLine, WayOutRow};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{glyph, primary, section_header};
use crate::kit::{icon, number};
use crate::panels::figure::hover;
use crate::panels::proof::provable_words;
use crate::state::{Action, Session};

/// A step: two lines.
const STEP: f32 = 44.0;
/// Where the words of a step begin in its row, and how high the second line of them is.
const STEP_WORDS: f32 = 24.0;
const STEP_LINE: f32 = 18.0;
/// Something owed: one line.
const LINE: f32 = 28.0;

pub(super) fn ladder_ui(ui: &mut Ui, rows: &mut Rows<'_>, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let page = rows.list.page;
    let ladder = &page.ladder;
    ui.spacing_mut().item_spacing.y = space::XS;
    actions.extend(next_ui(ui, rows, session));
    ui.add_space(space::S);
    let mine = &page.leaving.mine;
    section_header(ui, "Your side first", Some(mine.len()).filter(|count| *count > 0), None);
    if mine.is_empty() {
        let says = "You owe them nothing that is noted: no promise, no answer.";
        text::label(ui, says, &Ink::second(Tokens::of(ui)));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for (at, mine) in mine.iter().enumerate() {
        mine_ui(ui, rows, at, mine);
    }
    if !ladder.hurts.is_empty() {
        ui.add_space(space::S);
        section_header(ui, "What hurts", None, None);
        ui.spacing_mut().item_spacing.y = space::XXS;
        for (at, hurts) in ladder.hurts.iter().enumerate() {
            actions.extend(ui.push_id(("hurts", at), |ui| bullet_ui(ui, rows, hurts, Tone::Watch)).inner);
        }
    }
    if !ladder.still.is_empty() {
        ui.add_space(space::S);
        section_header(ui, "Since the new goals", None, None);
        for (at, still) in ladder.still.iter().enumerate() {
            actions.extend(ui.push_id(("still", at), |ui| bullet_ui(ui, rows, still, Tone::Risk)).inner);
        }
    }
    ui.add_space(space::S);
    section_header(ui, "The ladder", None, None);
    ui.spacing_mut().item_spacing.y = 0.0;
    for line in &ladder.rungs {
        step_ui(ui, rows, line, ladder);
    }
    actions
}

/// What is next, why, and the button that does it.
fn next_ui(ui: &mut Ui, rows: &Rows<'_>, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let page = rows.list.page;
    let ladder = &page.ladder;
    let (tone, title) = match ladder.next {
        Next::Nothing => (Tone::Neutral, "Nothing hurts"),
        Next::Mend => (Tone::Watch, "Next: mend your side"),
        Next::Step(Rung::Leave) => (Tone::Risk, "Next: leave"),
        Next::Step(Rung::Evidence) => (Tone::Watch, "Next: show the evidence"),
        Next::Step(Rung::Meet) => (Tone::Watch, "Next: meet"),
        Next::Step(Rung::Goals) => (Tone::Watch, "Next: set new goals"),
        Next::Step(Rung::Reevaluate) => (Tone::Watch, "Next: look at it again"),
        Next::Wait(_) => (Tone::Neutral, "Wait"),
        Next::Unclear => (Tone::Neutral, "Wait and see"),
        Next::Stay => (Tone::Good, "Stay"),
        Next::Ends(_) => (Tone::Neutral, "It is agreed to end"),
        Next::Over => (Tone::Neutral, "It has ended"),
    };
    ui.horizontal(|ui| {
        if tone.glyph().is_some() {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 24.0), egui::Sense::hover());
            glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
        }
        text::label(ui, title, &Ink::new(size::LEAD, tokens.text).semibold());
    });
    let key = FigureKey::Exit(ExitFigure::Next(page.client.id.clone()));
    actions.extend(provable_words(ui, &ladder.why, &Ink::body(tokens), &key, session));
    let does = match ladder.next {
        Next::Mend => Some("Mend it"),
        Next::Step(Rung::Leave) => Some("Record the end"),
        Next::Step(Rung::Goals) => Some("Set a goal"),
        Next::Step(_) => Some("Note that it was done"),
        _ => None,
    };
    if let Some(does) = does {
        ui.add_space(space::XS);
        actions.extend(run_ui(ui, primary(does), "ladder.step"));
    }
    actions
}

fn mine_ui(ui: &mut Ui, rows: &mut Rows<'_>, at: usize, mine: &Mine) {
    let day = rows.list.page.day;
    let when = number::relative_date(mine.day, day);
    let what = if mine.promise { "Promised" } else { "Asked" };
    let says = format!("You owe: {}, {what} {when}", mine.what);
    rows.row_ui(ui, WayOutRow::Mine(at), &says, LINE, |ui, rect| {
        let tokens = Tokens::of(ui);
        let late = mine.days > 0;
        let colour = if late { tokens.watch } else { tokens.tertiary };
        let words = format!("{} {when}", if mine.promise { "due" } else { "asked" });
        let taken =
            text::paint(ui.painter(), rect, Align::Max, &words, &Ink::new(size::SMALL, colour), Cut::Never);
        let mark = if late { Tone::Watch } else { Tone::Neutral };
        glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), mark);
        let place = Rect::from_min_max(
            pos2(rect.left() + 18.0, rect.top()),
            pos2(taken.left() - space::S, rect.bottom()),
        );
        text::paint(ui.painter(), place, Align::Min, &mine.what, &Ink::body(tokens), Cut::End);
        hover(ui, place, &mine.what);
    });
}

/// A clause behind the glyph of its tone; one with numbers in it leads to their proof.
fn bullet_ui(ui: &mut Ui, rows: &Rows<'_>, clause: &str, tone: Tone) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 18.0), egui::Sense::hover());
        glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
        let ink = Ink::body(tokens).colour(tokens.secondary);
        ui.vertical(|ui| {
            if !clause.contains(|letter: char| letter.is_ascii_digit()) {
                text::label(ui, clause, &ink);
                return Vec::new();
            }
            let key = FigureKey::Exit(ExitFigure::Next(rows.list.page.client.id.clone()));
            provable_words(ui, clause, &ink, &key, rows.list.session)
        })
        .inner
    })
    .inner
}

fn step_ui(ui: &mut Ui, rows: &mut Rows<'_>, line: &RungLine, ladder: &Ladder) {
    let day = rows.list.page.day;
    let is_next = ladder.next == Next::Step(line.rung);
    let is_ahead = line.done.as_ref().is_some_and(|done| done.day > day);
    let second = match &line.done {
        Some(done) => done.what.clone(),
        None => format!("proven by {}", line.rung.proven_by()),
    };
    let when = line.done.as_ref().map(|done| number::relative_date(done.day, day));
    let stands = match (&when, is_next) {
        (Some(when), _) if is_ahead => format!("agreed, {when}"),
        (Some(when), _) => format!("done {when}"),
        (None, true) => "next".to_owned(),
        (None, false) => "not done".to_owned(),
    };
    let says = format!("{}, {stands}, {second}", line.rung.title());
    let row = WayOutRow::Step(line.rung);
    let ink = Ink::new(size::SMALL, Tokens::of(ui).secondary);
    // Of the row at hand all is read.
    let whole = rows.is_at(row).then(|| {
        let room = ui.available_width() - 2.0 * space::M - STEP_WORDS;
        ui.painter().layout(second.clone(), ink.font.clone(), ink.colour, room)
    });
    let higher = whole.as_ref().map_or(0.0, |whole| (whole.size().y - STEP_LINE).max(0.0));
    rows.row_ui(ui, row, &says, STEP + higher, |ui, rect| {
        let tokens = Tokens::of(ui);
        let (sign, colour) = match (&line.done, is_next) {
            (Some(_), _) if is_ahead => (icon::CALENDAR, tokens.accent),
            (Some(_), _) => (icon::HANDLED, tokens.good),
            (None, true) => (icon::CARET_RIGHT, tokens.accent),
            (None, false) => (icon::CLOCK, tokens.tertiary),
        };
        let middle = rect.top() + STEP / 2.0;
        let mark = Rect::from_min_max(rect.min, pos2(rect.left() + 18.0, middle));
        text::paint(ui.painter(), mark, Align::Min, sign, &Ink::new(size::LEAD, colour), Cut::Never);
        let when_ink = Ink::new(size::SMALL, if is_next { tokens.accent } else { tokens.tertiary });
        let right = Rect::from_min_max(rect.min, pos2(rect.right(), middle));
        let taken = text::paint(
            ui.painter(),
            right,
            Align::Max,
            when.as_deref().unwrap_or(&stands),
            &when_ink,
            Cut::Never,
        );
        let left = rect.left() + STEP_WORDS;
        let upper = Rect::from_min_max(pos2(left, middle - 19.0), pos2(taken.left() - space::S, middle));
        let lower = Rect::from_min_max(pos2(left, middle), pos2(rect.right(), middle + 18.0));
        text::paint(
            ui.painter(),
            upper,
            Align::Min,
            line.rung.title(),
            &Ink::body(tokens).medium(),
            Cut::End,
        );
        match whole {
            Some(whole) => ui.painter().galley(lower.min, whole, ink.colour),
            None => drop(text::paint(ui.painter(), lower, Align::Min, &second, &ink, Cut::End)),
        }
    });
}
