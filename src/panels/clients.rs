//! The table of clients: who they are, what they owe, what they bring, when one last spoke.

use chrono::NaiveDate;
use egui::{Align, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::prelude::ToPrimitive;

use super::figure::{Figure, hover, sentence};
use super::kind::{kind_words, paint_kind};
use super::proof::{self, figure_place, provable};
use super::rows::pointed;
use crate::command::key_of;
use crate::domain::{Currency, Direction};
use crate::figures::proof::{FigureKey, Whose};
use crate::figures::{ClientSort, Clients, Row};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{Cell, Column, Empty, SortOrder, Table, TableRow, focus_ring, moved_cursor};
use crate::kit::{icon, number};
use crate::state::{Action, Session, Shown, View};

/// A column of the table and what it is sorted by; the share follows the income.
const COLUMNS: [Option<ClientSort>; 10] = [
    Some(ClientSort::Name),
    Some(ClientSort::Kind),
    Some(ClientSort::Open),
    Some(ClientSort::Overdue),
    Some(ClientSort::Dbt),
    Some(ClientSort::Income),
    None,
    Some(ClientSort::LastIn),
    Some(ClientSort::LastOut),
    Some(ClientSort::Invoices),
];

/// Shows the table in all the space there is.
pub fn clients_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let clients = &shown.figures.clients;
    if shown.clients.is_empty() {
        nobody_ui(ui, clients, session.filters.of(View::Clients));
        return Vec::new();
    }
    let titles = titles(clients.currency);
    let columns = columns(&titles);
    let sorted = COLUMNS.iter().position(|column| *column == Some(session.sort.0));
    let cursor = if session.page.is_none() { shown.row(session) } else { None };
    let reveal = moved_cursor(ui, "clients", cursor);
    let totals = totals_words(clients);
    let table = Table::new("clients", "Clients", &columns, shown.clients.len())
        .sort(sorted.map(|column| SortOrder { column, descending: session.sort.1 }))
        .reveal(reveal)
        .totals(Some(&totals));
    let mut actions = Vec::new();
    let response = table.show(
        ui,
        |row| look(shown, row, cursor == Some(row)),
        |ui, cell| {
            if let Some(row) = shown.client(cell.row) {
                client_cell(ui, cell, row, clients);
                if cursor == Some(cell.row) {
                    actions.extend(figure_ui(ui, cell, row, clients, session));
                }
            } else {
                totals_cell(ui, cell, clients, shown.clients.len());
                actions.extend(total_ui(ui, cell, clients, session));
            }
        },
    );
    actions.extend(pointed(shown, session, response.clicked, response.opened));
    actions.extend(response.sort_by.and_then(|column| *COLUMNS.get(column)?).map(Action::Sort));
    actions
}

/// The titles that name the currency.
fn titles(currency: Currency) -> [String; 3] {
    [format!("Open, {currency}"), "Overdue".to_owned(), "Income 12 m".to_owned()]
}

fn columns([open, overdue, income]: &[String; 3]) -> [Column<'_>; 10] {
    [
        Column::text("Client").share(3.0).min(132.0),
        Column::text("Kind").share(0.8).min(108.0),
        Column::number(open).share(0.6).min(76.0),
        Column::number(overdue).share(0.6).min(72.0),
        Column::number("DBT").share(0.3).min(46.0).optional(),
        Column::number(income).share(0.6).min(84.0),
        Column::number("Share").share(1.0).min(92.0).unsortable().optional(),
        Column::number("From them").share(1.3).min(76.0).optional(),
        Column::number("To them").share(1.3).min(76.0).optional(),
        Column::number("Paid").share(0.4).min(68.0).optional(),
    ]
}

fn look(shown: &Shown, row: usize, selected: bool) -> TableRow {
    let (id, label) = match shown.client(row) {
        Some(client) => (Id::unique(("client row", &client.id)), spoken(client, shown.figures.clients.day)),
        None => (Id::unique(("client row", row)), String::new()),
    };
    TableRow { id, label, selected, marked: false, bar: None }
}

/// A row in a sentence, for those who hear the screen.
fn spoken(row: &Row, day: NaiveDate) -> String {
    let currency = row.open.as_ref().map_or(Currency::UNSTATED, |open| open.currency);
    let kind = row.kind.as_ref().map_or("kind not known", |it| kind_words(it.kind));
    let touch = |last: Option<NaiveDate>| last.map_or("never".to_owned(), |last| number::relative(last, day));
    format!(
        "{}, {kind}, open {}, overdue {}, days beyond terms {}, income {}, share {}, from them {}, to them {}, {} of {} \
         invoices paid",
        row.name,
        Figure::listed_answer(&row.open, currency).spoken(),
        Figure::listed_answer(&row.overdue, currency).spoken(),
        Figure::days(&row.dbt_days).spoken(),
        Figure::listed_answer(&row.income_12m, currency).spoken(),
        Figure::share(&row.share).spoken(),
        touch(row.last_in),
        touch(row.last_out),
        row.paid_invoices,
        row.invoices,
    )
}

fn client_cell(ui: &mut Ui, cell: Cell, row: &Row, clients: &Clients) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    match COLUMNS.get(cell.column).copied().flatten() {
        Some(ClientSort::Name) => drop(cell.name(ui, &row.name, &ink.medium())),
        Some(ClientSort::Kind) => kind_cell(ui, cell, row),
        Some(ClientSort::Open) => figure(ui, cell, &Figure::listed_answer(&row.open, clients.currency)),
        Some(ClientSort::Overdue) => {
            let overdue = Figure::listed_answer(&row.overdue, clients.currency);
            overdue.paint(ui, cell.rect, cell.align, &ink.medium());
        }
        Some(ClientSort::Dbt) => figure(ui, cell, &Figure::days(&row.dbt_days)),
        Some(ClientSort::Income) => {
            figure(ui, cell, &Figure::listed_answer(&row.income_12m, clients.currency));
        }
        None => share_cell(ui, cell, row),
        Some(ClientSort::LastIn) => touch_cell(ui, cell, row.last_in, clients.day),
        Some(ClientSort::LastOut) => touch_cell(ui, cell, row.last_out, clients.day),
        Some(ClientSort::Invoices) => {
            let text = format!("{} of {}", row.paid_invoices, row.invoices);
            let text = if row.invoices == 0 { "none".to_owned() } else { text };
            let ink = ink.colour(tokens.secondary);
            Figure::known(text, row.invoices == 0).paint(ui, cell.rect, cell.align, &ink);
        }
    }
}

/// The place of a figure of the client at hand, with its proof.
fn figure_ui(ui: &mut Ui, cell: Cell, row: &Row, clients: &Clients, session: &Session) -> Vec<Action> {
    let one = || Whose::One(row.id.clone());
    let listed = |answer| Figure::listed_answer(answer, clients.currency).spoken();
    let touch = |last: Option<NaiveDate>| last.map(|last| number::relative_date(last, clients.day));
    let Some(column) = COLUMNS.get(cell.column) else { return Vec::new() };
    let (what, figure, key) = match column {
        Some(ClientSort::Name | ClientSort::Kind) => return Vec::new(),
        Some(ClientSort::Open) => ("Open", listed(&row.open), FigureKey::Receivables(one())),
        Some(ClientSort::Overdue) => ("Overdue", listed(&row.overdue), FigureKey::Overdue(one())),
        Some(ClientSort::Dbt) => {
            ("Days beyond terms", Figure::days(&row.dbt_days).spoken(), FigureKey::Dbt(one()))
        }
        Some(ClientSort::Income) => {
            ("Income of 12 months", listed(&row.income_12m), FigureKey::Income(one()))
        }
        None => ("Share of all income", Figure::share(&row.share).spoken(), FigureKey::Share(row.id.clone())),
        Some(ClientSort::LastIn) => {
            let Some(last) = touch(row.last_in) else { return Vec::new() };
            ("Last touch from them", last, FigureKey::LastTouch(row.id.clone(), Direction::In))
        }
        Some(ClientSort::LastOut) => {
            let Some(last) = touch(row.last_out) else { return Vec::new() };
            ("Last touch to them", last, FigureKey::LastTouch(row.id.clone(), Direction::Out))
        }
        Some(ClientSort::Invoices) => {
            let paid = format!("{} of {}", row.paid_invoices, row.invoices);
            ("Invoices paid", paid, FigureKey::InvoicesPaid(one()))
        }
    };
    let says = format!("{what}, {}: {figure}", row.name);
    let id = Id::unique(("figure of a client", cell.column));
    figure_place(ui, (id, cell.rect), (&says, &says), &key, session)
}

fn kind_cell(ui: &mut Ui, cell: Cell, row: &Row) {
    if let Some(decided) = &row.kind {
        paint_kind(ui.painter(), Tokens::of(ui), cell.rect, decided.kind);
        hover(ui, cell.rect, &sentence(&decided.why()));
    } else {
        let place = Rect::from_min_max(pos2(cell.rect.left() + 18.0, cell.rect.top()), cell.rect.max);
        let ink = Ink::body(Tokens::of(ui));
        Figure::unknown("the facts do not decide it yet").paint(ui, place, Align::Min, &ink);
    }
}

fn figure(ui: &mut Ui, cell: Cell, figure: &Figure) {
    let ink = Ink::body(Tokens::of(ui));
    figure.paint(ui, cell.rect, cell.align, &ink);
}

/// A small bar, and the share in per cent behind it.
fn share_cell(ui: &mut Ui, cell: Cell, row: &Row) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).colour(tokens.secondary);
    Figure::share(&row.share).paint(ui, cell.rect, Align::Max, &ink);
    let Some(share) = row.share.as_ref().ok().and_then(ToPrimitive::to_f32).filter(|it| *it > 0.0) else {
        return;
    };
    let track = Rect::from_min_max(
        pos2(cell.rect.left(), cell.rect.center().y - 3.0),
        pos2(cell.rect.right() - 42.0, cell.rect.center().y + 3.0),
    );
    let length = (track.width() * share.clamp(0.0, 1.0)).round().max(2.0);
    ui.painter().rect_filled(track, 2, tokens.raised);
    ui.painter().rect_filled(Rect::from_min_size(track.min, vec2(length, track.height())), 2, tokens.accent);
}

/// How long ago, and on which day where there is room for both.
fn touch_cell(ui: &mut Ui, cell: Cell, last: Option<NaiveDate>, day: NaiveDate) {
    const DAY: f32 = 80.0;
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).colour(tokens.secondary);
    let Some(last) = last else {
        Figure::unknown("no touch is noted").paint(ui, cell.rect, cell.align, &ink);
        return;
    };
    let relative = number::relative(last, day);
    if cell.rect.width() < 2.0 * DAY - space::L {
        text::paint(ui.painter(), cell.rect, cell.align, &relative, &ink, Cut::Never);
        hover(ui, cell.rect, &number::relative_date(last, day));
        return;
    }
    let (before, after) = cell.rect.split_left_right_at_x(cell.rect.right() - DAY);
    let on = number::date(last, day);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    text::paint(ui.painter(), after, Align::Max, &on, &caption, Cut::Never);
    text::paint(ui.painter(), before, Align::Max, &relative, &ink, Cut::Never);
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
    let response = ui.interact(cell.rect, Id::unique(("total", &key)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, proof::spoken(&says)));
    if response.has_focus() {
        focus_ring(ui, cell.rect.expand2(vec2(space::XS, -space::XXS)), 4);
    }
    let actions = provable(ui, &response, &key, session);
    proof::tooltip(response, "");
    actions
}

fn totals_cell(ui: &mut Ui, cell: Cell, clients: &Clients, passing: usize) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).medium();
    let totals = &clients.totals;
    let money = |ui: &mut Ui, answer| {
        Figure::listed_answer(answer, clients.currency).paint(ui, cell.rect, cell.align, &ink);
    };
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
        Some(ClientSort::Open) => money(ui, &totals.open),
        Some(ClientSort::Overdue) => money(ui, &totals.overdue),
        Some(ClientSort::Income) => money(ui, &totals.income_12m),
        Some(ClientSort::Dbt) => {
            Figure::days(&totals.dbt_days).paint(ui, cell.rect, cell.align, &ink);
        }
        Some(ClientSort::Invoices) => {
            let (paid, all) = (number::count(totals.paid_invoices), number::count(totals.invoices));
            let text = format!("{paid} of {all}");
            Figure::known(text, totals.invoices == 0).paint(ui, cell.rect, cell.align, &ink);
        }
        _ => {}
    }
}

/// Nobody is there: a new book, or a filter that finds nothing.
fn nobody_ui(ui: &mut Ui, clients: &Clients, filter: &str) {
    if clients.rows.is_empty() {
        let sentence = "Your clients stand here: what they owe, what they bring and when you last spoke.";
        let key = key_of("client.add");
        let key = key.as_deref().map(|key| (key, "add a client"));
        Empty { icon: icon::CLIENTS, sentence, key }.show(ui);
    } else {
        let sentence = format!(
            "None of the {} clients has “{}” in its name, people, tags or kind.",
            number::count(clients.rows.len()),
            filter.trim()
        );
        let key = key_of("app.back");
        let key = key.as_deref().map(|key| (key, "show all clients"));
        Empty { icon: icon::SEARCH, sentence: &sentence, key }.show(ui);
    }
}
