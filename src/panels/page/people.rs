//! Who is there: how to reach them, whether they decide, what they are up to.

use egui::{Id, Ui};

use super::{Hit, List, nothing_ui};
use crate::domain::Person;
use crate::kit::icon;
use crate::kit::text::Ink;
use crate::kit::theme::Tokens;
use crate::kit::widgets::{Cell, Column, Table, TableRow};
use crate::panels::figure::{Figure, hover};

pub(super) fn people_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let people = &list.page.client.people;
    if people.is_empty() {
        let sentence = "The people one talks to at this client stand here.";
        return nothing_ui(ui, icon::CLIENT, sentence, "person.add", "add a person");
    }
    let columns = [
        Column::text("Name").share(1.0).min(130.0).unsortable(),
        Column::text("Role").share(1.0).min(90.0).unsortable(),
        Column::text("Decides").share(0.2).min(70.0).unsortable(),
        Column::text("Mail").share(1.4).min(180.0).unsortable(),
        Column::text("Telephone").share(0.5).min(120.0).unsortable(),
        Column::text("Up to").share(2.0).min(140.0).unsortable().optional(),
    ];
    let name = format!("People at {}", list.page.client.name);
    Table::new("people", &name, &columns, people.len())
        .reveal(list.reveal)
        .show(
            ui,
            |row| TableRow {
                id: Id::unique(("person row", row)),
                label: people.get(row).map(spoken).unwrap_or_default(),
                selected: list.cursor == Some(row),
                marked: false,
                bar: None,
                heading: false,
            },
            |ui, cell| {
                if let Some(person) = people.get(cell.row) {
                    person_cell(ui, cell, person);
                }
            },
        )
        .into()
}

fn spoken(person: &Person) -> String {
    let known = [&person.role, &person.mail, &person.phone, &person.up_to];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
    format!("{}, decides: {}, {}", person.name, decides(person).unwrap_or("not known"), known.join(", "))
}

fn decides(person: &Person) -> Option<&'static str> {
    person.decides.map(|decides| if decides { "yes" } else { "no" })
}

fn person_cell(ui: &mut Ui, cell: Cell, person: &Person) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let second = ink.clone().colour(tokens.secondary);
    let known = match cell.column {
        0 => {
            cell.name(ui, &person.name, &ink.medium());
            return;
        }
        1 => person.role.as_deref(),
        2 => decides(person),
        3 => person.mail.as_deref(),
        4 => person.phone.as_deref(),
        _ => person.up_to.as_deref(),
    };
    match known {
        Some(known) if cell.column == 3 => drop(cell.name(ui, known, &second)),
        Some(known) => {
            cell.text(ui, known, &second);
            if cell.column == 5 {
                hover(ui, cell.rect, known);
            }
        }
        None => drop(Figure::unknown("it is not noted").paint(ui, cell.rect, cell.align, &second)),
    }
}
