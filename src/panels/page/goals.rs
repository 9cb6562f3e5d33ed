//! What a client's deals are to achieve, the reviews where that was looked at, and when the next one is due.

use egui::{Align, Id, Ui, pos2, vec2};

use super::{Hit, List, nothing_ui};
use crate::domain::{Money, Outcome, days_between};
use crate::figures::proof::{FigureKey, PageFigure};
use crate::figures::{GoalLine, ReviewLine};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{Cell, Column, Table, TableRow, glyph};
use crate::kit::{icon, number};
use crate::panels::figure::{Figure, hover};
use crate::panels::proof::provable_place;
use crate::state::Action;
use crate::written::capital;

/// From so many days before it is due, a review is to be thought of.
const SOON: i64 = 14;

pub(super) fn goals_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let goals = &list.page.goals;
    let actions = next_ui(ui, list);
    let rows = goals.goals.len() + goals.reviews.len();
    if rows == 0 {
        let sentence = "What the deals are to achieve stands here once it is agreed, with the reviews where you looked at it.";
        return Hit { actions, ..nothing_ui(ui, icon::TARGET, sentence, "touch.log", "log a review") };
    }
    let columns = [
        Column::text("Goal or review").share(3.0).min(190.0).unsortable(),
        Column::text("Deal").share(1.4).min(110.0).unsortable().optional(),
        Column::text("It was").share(0.9).min(84.0).unsortable(),
        Column::text("The aim").share(0.9).min(84.0).unsortable(),
        Column::text("Achieved").share(0.9).min(96.0).unsortable(),
        Column::text("When").share(0.5).min(84.0).unsortable(),
        Column::number("Worth to them").share(0.5).min(92.0).unsortable().optional(),
    ];
    let name = format!("Goals and reviews with {}", list.page.client.name);
    let table = Table::new("goals", &name, &columns, rows).reveal(list.reveal);
    let goal = |row: usize| goals.goals.get(row);
    let shown = table.show(
        ui,
        |row| TableRow {
            id: Id::unique(("goal row", row)),
            label: match (goal(row), list.page.review(row)) {
                (Some(goal), _) => spoken_goal(goal, list),
                (None, Some(review)) => spoken_review(review, list),
                (None, None) => String::new(),
            },
            selected: list.cursor == Some(row),
            marked: false,
            bar: None,
            heading: false,
        },
        |ui, cell| match (goal(cell.row), list.page.review(cell.row)) {
            (Some(goal), _) => goal_cell(ui, cell, goal, list),
            (None, Some(review)) => review_cell(ui, cell, review, list),
            (None, None) => {}
        },
    );
    Hit { actions, ..shown.into() }
}

/// When the next review is due.
fn next_ui(ui: &mut Ui, list: List<'_>) -> Vec<Action> {
    let (goals, day) = (&list.page.goals, list.page.day);
    let every = format!("one is wanted every {} days", goals.review_days);
    let (tone, says) = match &goals.next_review {
        Err(why) => (Tone::Neutral, format!("No review is due yet: {why}; {every}")),
        Ok(due) => {
            let tone = match days_between(day, *due) {
                ..0 => Tone::Watch,
                0..=SOON => Tone::Accent,
                _ => Tone::Neutral,
            };
            let is = if *due < day { "was" } else { "is" };
            (tone, format!("The next review {is} due {}; {every}", number::relative_date(*due, day)))
        }
    };
    let tokens = Tokens::of(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 28.0));
    let inside = rect.shrink2(vec2(space::M, 0.0));
    let painter = ui.painter();
    if tone.glyph().is_some() {
        glyph(painter, tokens, pos2(inside.left() + 6.0, inside.center().y), tone);
    } else {
        let sign = inside.with_max_x(inside.left() + 18.0);
        text::paint(
            painter,
            sign,
            Align::Min,
            icon::CALENDAR,
            &Ink::new(size::BODY, tokens.tertiary),
            Cut::Never,
        );
    }
    let words = inside.with_min_x(inside.left() + 18.0);
    let ink = Ink::body(tokens).colour(tokens.tone(tone));
    let taken = text::paint(painter, words, Align::Min, &says, &ink, Cut::End);
    ui.add_space(space::XS);
    let key = FigureKey::Page(list.page.client.id.clone(), PageFigure::NextReview);
    provable_place(ui, taken, &says, &key, list.session)
}

fn told(text: Option<&String>) -> &str {
    text.map_or("not noted", String::as_str)
}

fn spoken_goal(goal: &GoalLine, list: List<'_>) -> String {
    let course =
        format!("it was {}, the aim is {}", told(goal.baseline.as_ref()), told(goal.target.as_ref()));
    let state = match (&goal.achieved, goal.achieved_on) {
        (None, None) => "open".to_owned(),
        (achieved, on) => {
            let on = on.map(|on| format!(" on {}", number::date(on, list.page.day))).unwrap_or_default();
            let came = match goal.outcome() {
                Outcome::Met => "achieved",
                Outcome::Nearer => "came nearer",
                Outcome::Missed => "missed",
            };
            format!("{came}: {}{on}", told(achieved.as_ref()))
        }
    };
    let worth = goal.worth.map(|worth| format!(", worth {}", Figure::listed(worth, list.currency).text));
    format!("Goal of {}: {}, {course}, {state}{}", goal.deal_title, goal.what, worth.unwrap_or_default())
}

fn review_words(review: &ReviewLine) -> String {
    let who = review.person.as_ref().map(|person| format!(" with {person}")).unwrap_or_default();
    let note = review.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    format!("Review{who}{note}")
}

fn spoken_review(review: &ReviewLine, list: List<'_>) -> String {
    format!("{}, {}", review_words(review), number::relative_date(review.day, list.page.day))
}

fn goal_cell(ui: &mut Ui, cell: Cell, goal: &GoalLine, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let second = ink.clone().colour(tokens.secondary);
    let noted = |ui: &mut Ui, told: Option<&String>, ink: &Ink| match told {
        Some(told) => {
            cell.text(ui, told, ink);
            hover(ui, cell.rect, told);
        }
        None => drop(Figure::unknown("it is not noted").paint(ui, cell.rect, Align::Min, ink)),
    };
    match cell.column {
        0 => {
            cell.text(ui, &capital(&goal.what), &if goal.is_open() { ink.medium() } else { ink });
            hover(ui, cell.rect, &capital(&goal.what));
        }
        1 => drop(cell.name(ui, &goal.deal_title, &second)),
        2 => noted(ui, goal.baseline.as_ref(), &second),
        3 => noted(ui, goal.target.as_ref(), &second),
        4 if goal.is_open() => drop(cell.text(ui, "open", &second.colour(tokens.tertiary))),
        4 => match &goal.achieved {
            Some(achieved) => {
                let tone = match goal.outcome() {
                    Outcome::Met => Tone::Good,
                    Outcome::Nearer => Tone::Watch,
                    Outcome::Missed => Tone::Risk,
                };
                glyph(ui.painter(), tokens, pos2(cell.rect.left() + 6.0, cell.rect.center().y), tone);
                let place = cell.rect.with_min_x(cell.rect.left() + 18.0);
                text::paint(ui.painter(), place, Align::Min, achieved, &ink, Cut::End);
                hover(ui, cell.rect, achieved);
            }
            None => drop(cell.text(ui, "yes", &ink)),
        },
        5 => {
            let (day, what) = match goal.achieved_on {
                Some(on) => (on, "seen"),
                None => (goal.set, "set"),
            };
            cell.text(ui, &number::date(day, list.page.day), &second);
            hover(ui, cell.rect, &format!("{} {}", capital(what), number::relative_date(day, list.page.day)));
        }
        _ => {
            let unknown = || Figure::unknown("what it is worth to them was not told");
            let worth = goal.worth.map_or_else(unknown, |worth: Money| Figure::listed(worth, list.currency));
            worth.paint(ui, cell.rect, Align::Max, &ink);
        }
    }
}

fn review_cell(ui: &mut Ui, cell: Cell, review: &ReviewLine, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let second = Ink::body(tokens).colour(tokens.secondary);
    match cell.column {
        0 => {
            // What was said takes the columns that a review leaves empty.
            let says = review_words(review);
            let right = ui.max_rect().left() + ui.max_rect().width() * 0.62;
            let place = cell.rect.with_max_x(cell.rect.right().max(right));
            text::paint(ui.painter(), place, Align::Min, &says, &second, Cut::End);
            hover(ui, place, &says);
        }
        5 => drop(cell.text(ui, &number::date(review.day, list.page.day), &second)),
        _ => {}
    }
}
