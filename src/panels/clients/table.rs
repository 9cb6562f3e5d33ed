//! The table of clients: who they are, what they owe, what they bring, when one last spoke.

use egui::{Align, Id, Rect, Ui, pos2};

use super::{cell, group};
use crate::command::key_of;
use crate::figures::proof::{FigureKey, Whose};
use crate::figures::{ClientSort, Clients};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Cell, Column, Empty, SortOrder, Table, TableRow, moved_cursor};
use crate::kit::{icon, number};
use crate::panels::figure::Figure;
use crate::panels::proof::provable_place;
use crate::panels::rows::{picked_by_pointer, pointed};
use crate::state::{Action, ClientLine, Session, Shown, View};

/// Width of the sign of a selected row, in points.
const CHECK: f32 = 20.0;

/// A column of the table and what it is sorted by; what costs points is sorted by nothing.
const COLUMNS: [Option<ClientSort>; 14] = [
    Some(ClientSort::Name),
    Some(ClientSort::Score),
    Some(ClientSort::Trend),
    Some(ClientSort::Kind),
    None,
    Some(ClientSort::Income),
    Some(ClientSort::Share),
    Some(ClientSort::Hourly),
    Some(ClientSort::Dbt),
    Some(ClientSort::LastIn),
    Some(ClientSort::LastOut),
    Some(ClientSort::Open),
    Some(ClientSort::Overdue),
    Some(ClientSort::Invoices),
];

/// Shows the table in all the space there is.
pub(super) fn table_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let clients = &shown.figures.clients;
    if shown.clients.is_empty() {
        nobody_ui(ui, clients, session.filters.of(View::Clients));
        return Vec::new();
    }
    let owed = format!("Owed, {}", clients.currency);
    let mut columns = columns(&owed);
    let ink = total_ink(Tokens::of(ui));
    for (column, sort) in columns.iter_mut().zip(COLUMNS) {
        // Of all clients a sum is wider than of any.
        if let Some(figure) = sort.and_then(|sort| total(sort, clients)) {
            *column = column.at_least(text::width(ui.painter(), &figure.text, &ink));
        }
    }
    let sorted = COLUMNS.iter().position(|column| *column == Some(session.sort.0));
    if let Some(column) = sorted.and_then(|at| columns.get_mut(at)) {
        // What the rows are in the order of is always in sight.
        *column = column.stays();
    }
    let cursor = if session.page.is_none() { shown.row(session) } else { None };
    let line_of = |row: usize| {
        let line = shown.line_of_client(row);
        // The first row comes into sight with its heading.
        if row == 0 { 0 } else { line }
    };
    let reveal = moved_cursor(ui, "clients", cursor).map(line_of);
    let totals = totals_words(clients);
    let table = Table::new("clients", "Clients", &columns, shown.client_lines())
        .sort(sorted.map(|column| SortOrder { column, descending: session.sort.1 }))
        .reveal(reveal)
        .hollow(!session.picked.clients.is_empty())
        .totals(Some(&totals));
    let mut actions = Vec::new();
    let lines = shown.outlook.lines.as_deref();
    let response = table.show(
        ui,
        |line| look(shown, session, line, cursor),
        |ui, cell| {
            if cell.row == Table::TOTALS {
                totals_cell(ui, cell, clients, shown.clients.len());
                actions.extend(total_ui(ui, cell, clients, session));
                return;
            }
            match shown.client_line(cell.row) {
                ClientLine::Group(at) => {
                    if let Some(group) = shown.groups.get(at) {
                        actions.extend(group::group_ui(ui, cell, group, clients, session));
                    }
                }
                ClientLine::Row(row) => {
                    if let (Some(row), Some(column)) = (shown.client(row), COLUMNS.get(cell.column)) {
                        // While some are selected the names of all make room for the sign.
                        let mut cell = cell;
                        if cell.column == 0 && !session.picked.clients.is_empty() {
                            if session.picked.clients.holds(row.id.as_str()) {
                                check(ui, cell.rect);
                            }
                            cell.rect = cell.rect.with_min_x(cell.rect.left() + CHECK);
                        }
                        cell::client_cell(ui, cell, *column, row, clients, lines);
                        if cursor.is_some_and(|at| shown.line_of_client(at) == cell.row) {
                            actions.extend(cell::figure_ui(ui, cell, *column, row, clients, session));
                        }
                    }
                }
            }
        },
    );
    let row = |line: usize| match shown.client_line(line) {
        ClientLine::Row(row) => Some(row),
        ClientLine::Group(_) => None,
    };
    let (clicked, opened) = (response.clicked.and_then(row), response.opened.and_then(row));
    let chosen = clicked.filter(|_| opened.is_none());
    let by_pointer =
        chosen.and_then(|row| picked_by_pointer(ui, shown, session, row, shown.cursor_at(session, row)));
    match by_pointer {
        Some(action) => actions.push(action),
        None => actions.extend(pointed(shown, session, clicked, opened)),
    }
    actions.extend(response.sort_by.and_then(|column| *COLUMNS.get(column)?).map(Action::Sort));
    actions
}

/// The columns. Where there is no room for all, what the pane beside the table tells as well gives way first.
fn columns(owed: &str) -> [Column<'_>; 14] {
    [
        Column::text("Client").share(1.4).min(150.0),
        Column::text("Score").share(0.6).min(96.0),
        Column::number("90 days").share(0.8).min(72.0).gives_way(1),
        Column::text("Kind").share(0.2).min(90.0).gives_way(0),
        Column::text("Costs points").share(12.0).min(154.0).unsortable().gives_way(2),
        Column::number("Income 12 m").share(0.6).min(78.0).gives_way(7),
        Column::number("Share").share(0.8).min(44.0).gives_way(3),
        Column::number("An hour").share(0.3).min(52.0).gives_way(4),
        Column::number("DBT").share(0.3).min(40.0).gives_way(6),
        Column::number("From them").share(1.2).min(62.0).gives_way(5),
        Column::number("To them").share(1.2).min(60.0).gives_way(5),
        Column::number(owed).share(0.5).min(68.0),
        Column::number("Overdue").share(0.5).min(60.0).gives_way(8),
        Column::number("Paid").share(0.4).min(60.0).gives_way(9),
    ]
}

fn look(shown: &Shown, session: &Session, line: usize, cursor: Option<usize>) -> TableRow {
    let picked = &session.picked.clients;
    let clients = &shown.figures.clients;
    let row = match shown.client_line(line) {
        ClientLine::Group(at) => match shown.groups.get(at) {
            Some(group) => return group::look(group, clients),
            None => line,
        },
        ClientLine::Row(row) => row,
    };
    let (id, label) = match shown.client(row) {
        Some(client) => (
            Id::unique(("client row", &client.id)),
            cell::spoken(client, clients, shown.outlook.lines.as_deref()),
        ),
        None => (Id::unique(("client row", row)), String::new()),
    };
    let marked = shown.client(row).is_some_and(|client| picked.holds(client.id.as_str()));
    TableRow { id, label, selected: cursor == Some(row), marked, bar: None, heading: false }
}

/// The sign of a selected row, at the beginning of its first cell.
fn check(ui: &Ui, cell: Rect) {
    let place = cell.with_max_x(cell.left() + CHECK - space::XS);
    let ink = Ink::body(Tokens::of(ui)).colour(Tokens::of(ui).accent);
    text::paint(ui.painter(), place, Align::Min, icon::CHECK, &ink, Cut::Never);
}

/// The totals in a sentence.
fn totals_words(clients: &Clients) -> String {
    let totals = &clients.totals;
    format!(
        "All {} clients: open {}, overdue {}, days beyond terms {}, income {}, {} of {} invoices paid",
        number::count(totals.clients),
        Figure::listed_answer(&totals.open, clients.currency).spoken(),
        Figure::listed_answer(&totals.overdue, clients.currency).spoken(),
        Figure::days(&totals.dbt_days).spoken(),
        Figure::listed_answer(&totals.income_12m, clients.currency).spoken(),
        number::count(totals.paid_invoices),
        number::count(totals.invoices),
    )
}

/// The place of a total, with its proof.
fn total_ui(ui: &mut Ui, cell: Cell, clients: &Clients, session: &Session) -> Vec<Action> {
    let totals = &clients.totals;
    let listed = |answer| Figure::listed_answer(answer, clients.currency).spoken();
    let (key, says) = match COLUMNS.get(cell.column).copied().flatten() {
        Some(ClientSort::Open) => {
            (FigureKey::Receivables(Whose::All), format!("Open, all: {}", listed(&totals.open)))
        }
        Some(ClientSort::Overdue) => {
            (FigureKey::Overdue(Whose::All), format!("Overdue, all: {}", listed(&totals.overdue)))
        }
        Some(ClientSort::Dbt) => {
            let days = Figure::days(&totals.dbt_days).spoken();
            (FigureKey::Dbt(Whose::All), format!("Days beyond terms, all: {days}"))
        }
        Some(ClientSort::Income) => (
            FigureKey::Income(Whose::All),
            format!("Income of 12 months, all: {}", listed(&totals.income_12m)),
        ),
        Some(ClientSort::Invoices) => {
            let (paid, all) = (number::count(totals.paid_invoices), number::count(totals.invoices));
            (FigureKey::InvoicesPaid(Whose::All), format!("Invoices paid, all: {paid} of {all}"))
        }
        _ => return Vec::new(),
    };
    provable_place(ui, cell.rect, &says, &key, session)
}

/// What all clients come to in a column; `None` where they come to nothing.
fn total(column: ClientSort, clients: &Clients) -> Option<Figure> {
    let totals = &clients.totals;
    let money = |answer| Figure::listed_answer(answer, clients.currency);
    Some(match column {
        ClientSort::Open => money(&totals.open),
        ClientSort::Overdue => money(&totals.overdue),
        ClientSort::Income => money(&totals.income_12m),
        ClientSort::Dbt => Figure::days(&totals.dbt_days),
        ClientSort::Invoices => {
            let (paid, all) = (number::count(totals.paid_invoices), number::count(totals.invoices));
            Figure::known(format!("{paid} of {all}"), totals.invoices == 0)
        }
        _ => return None,
    })
}

/// How totals are written.
fn total_ink(tokens: &Tokens) -> Ink {
    Ink::body(tokens).medium()
}

fn totals_cell(ui: &mut Ui, cell: Cell, clients: &Clients, passing: usize) {
    let tokens = Tokens::of(ui);
    let ink = total_ink(tokens);
    let totals = &clients.totals;
    match COLUMNS.get(cell.column).copied().flatten() {
        Some(ClientSort::Name) => {
            let all = match totals.clients {
                1 => "1 client".to_owned(),
                n => format!("All {} clients", number::count(n)),
            };
            let taken = cell.text(ui, &all, &ink);
            if passing < totals.clients {
                // The totals stay those of the whole book: what is filtered is a view of it, not another book.
                let place =
                    Rect::from_min_max(pos2(taken.right() + space::S, cell.rect.top()), cell.rect.max);
                let says = format!("{} shown", number::count(passing));
                text::paint(ui.painter(), place, Align::Min, &says, &Ink::second(tokens), Cut::End);
            }
        }
        Some(column) => {
            if let Some(figure) = total(column, clients) {
                figure.paint(ui, cell.rect, cell.align, &ink);
            }
        }
        None => {}
    }
}

/// Nobody is there: a new book, or a filter that finds nothing.
fn nobody_ui(ui: &mut Ui, clients: &Clients, filter: &str) {
    if clients.rows.is_empty() {
        let sentence = "Your clients stand here: what they owe, what they bring and when you last spoke.";
        let key = key_of(ui, "client.add");
        let key = key.as_deref().map(|key| (key, "add a client"));
        Empty { icon: icon::CLIENTS, sentence, key }.show(ui);
    } else {
        let sentence = format!(
            "The filter “{}” lets none of the {} clients through.",
            filter.trim(),
            number::count(clients.rows.len()),
        );
        let key = key_of(ui, "app.back");
        let key = key.as_deref().map(|key| (key, "show all clients"));
        Empty { icon: icon::SEARCH, sentence: &sentence, key }.show(ui);
    }
}
