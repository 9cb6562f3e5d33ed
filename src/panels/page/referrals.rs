//! Who introduced whom, as a tree, and the income that goes back to each introduction.

use egui::{Align, Id, Rect, Stroke, Ui, pos2};

use super::{Hit, List};
use crate::figures::Referred;
use crate::figures::proof::FigureKey;
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::Tokens;
use crate::kit::widgets::{Cell, Column, Empty, Table, TableRow};
use crate::panels::figure::Figure;
use crate::panels::proof::figure_place;
use crate::state::Action;

/// How far a step of the tree is set in.
const STEP: f32 = 22.0;
/// Beyond so many steps the tree is set in no further.
const DEEPEST: usize = 8;

pub(super) fn referrals_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let people = &list.page.referrals.people;
    if people.is_empty() {
        let sentence =
            "Nobody introduced this client, and it introduced nobody yet. Who did is noted with how you met.";
        let key = crate::command::key_of(ui, "client.edit");
        let key = key.as_deref().map(|key| (key, "change the client"));
        Empty { icon: icon::INTRODUCTION, sentence, key }.show(ui);
        return Hit::default();
    }
    let columns = [
        Column::text("Client").share(3.0).min(260.0).unsortable(),
        Column::number("Income of all times").share(0.6).min(130.0).unsortable(),
        Column::number("Introduced").share(0.3).min(84.0).unsortable(),
        Column::number("Came through it").share(0.6).min(130.0).unsortable(),
    ];
    let name = format!("Who introduced whom, around {}", list.page.client.name);
    let mut actions = Vec::new();
    let shown = Table::new("referrals", &name, &columns, people.len()).reveal(list.reveal).show(
        ui,
        |row| TableRow {
            id: Id::unique(("referral row", row)),
            label: people.get(row).map(|person| spoken(person, people, row, list)).unwrap_or_default(),
            selected: list.cursor == Some(row),
            marked: false,
            bar: None,
            heading: false,
        },
        |ui, cell| {
            if let Some(person) = people.get(cell.row) {
                cell_ui(ui, cell, person, people, list);
                if list.cursor == Some(cell.row) {
                    actions.extend(figure_ui(ui, cell, person, list));
                }
            }
        },
    );
    Hit { actions, ..shown.into() }
}

/// The place of a figure of the person at hand, with its proof; how many were introduced is told by that of what came
/// through them.
fn figure_ui(ui: &mut Ui, cell: Cell, person: &Referred, list: List<'_>) -> Vec<Action> {
    let (what, figure, key) = match cell.column {
        1 => ("Income of all times", &person.income, FigureKey::LifetimeIncome(person.id.clone())),
        3 if person.below > 0 => ("Came through", &person.traced, FigureKey::Traced(person.id.clone())),
        _ => return Vec::new(),
    };
    let says = format!("{what}, {}: {}", person.name, Figure::listed_answer(figure, list.currency).spoken());
    let id = Id::unique(("figure of a referral", cell.column));
    figure_place(ui, (id, cell.rect), (&says, &says), &key, list.session)
}

/// Whoever introduced the person of a row: the last one before it who stands a step further out.
fn introducer(people: &[Referred], row: usize) -> Option<&Referred> {
    let depth = people.get(row)?.depth.checked_sub(1)?;
    people.get(..row)?.iter().rev().find(|other| other.depth == depth)
}

fn spoken(person: &Referred, people: &[Referred], row: usize, list: List<'_>) -> String {
    let by = introducer(people, row).map(|by| format!(", introduced by {}", by.name)).unwrap_or_default();
    let income = Figure::listed_answer(&person.income, list.currency).spoken();
    let through = match person.below {
        0 => "introduced nobody".to_owned(),
        below => {
            let traced = Figure::listed_answer(&person.traced, list.currency).spoken();
            format!("{below} go back to it, and {traced} came through them")
        }
    };
    format!("{}{by}: income {income}; {through}", person.name)
}

fn cell_ui(ui: &mut Ui, cell: Cell, person: &Referred, people: &[Referred], list: List<'_>) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    match cell.column {
        0 => {
            #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
            let left = cell.rect.left() + person.depth.min(DEEPEST) as f32 * STEP;
            branches(ui, cell, people);
            let here = person.id == list.page.client.id;
            let ink = if here { ink.semibold() } else { ink };
            let place = Rect::from_min_max(pos2(left, cell.rect.top()), cell.rect.max);
            let taken = text::paint(ui.painter(), place, Align::Min, &person.name, &ink, Cut::Middle);
            if here {
                let note = place.with_min_x(taken.right() + 8.0);
                text::paint(ui.painter(), note, Align::Min, "this client", &Ink::caption(tokens), Cut::Never);
            }
        }
        1 => {
            Figure::listed_answer(&person.income, list.currency).paint(ui, cell.rect, Align::Max, &ink);
        }
        2 if person.below == 0 => {}
        2 => drop(cell.text(ui, &person.below.to_string(), &ink.colour(tokens.secondary))),
        _ if person.below == 0 => {}
        _ => {
            let traced = Figure::listed_answer(&person.traced, list.currency);
            traced.paint(ui, cell.rect, Align::Max, &ink.medium());
        }
    }
}

/// The lines from those who introduced the row and others after it.
fn branches(ui: &Ui, cell: Cell, people: &[Referred]) {
    let line = Stroke::new(1.0, Tokens::of(ui).edge.gamma_multiply(0.7));
    let depth = people.get(cell.row).map_or(0, |person| person.depth);
    let after = people.get(cell.row + 1..).unwrap_or_default();
    let (top, middle) = (cell.rect.top() - 2.0, cell.rect.center().y.round() + 0.5);
    for step in 1..=depth.min(DEEPEST) {
        // Somebody introduced by the same one stands further down.
        let goes_on = after.iter().take_while(|other| other.depth >= step).any(|other| other.depth == step);
        #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
        let x = (cell.rect.left() + (step - 1) as f32 * STEP + 6.0).round() + 0.5;
        let own = step == depth.min(DEEPEST);
        if goes_on || own {
            let bottom = if goes_on { cell.rect.bottom() + 2.0 } else { middle };
            ui.painter().vline(x, top..=bottom, line);
        }
        if own {
            ui.painter().hline(x..=x + STEP - 10.0, middle, line);
        }
    }
}
