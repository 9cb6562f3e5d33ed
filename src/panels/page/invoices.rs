//! A client's invoices and how each stands.

use egui::{Align, Id, Rect, Ui, pos2};

use super::{Hit, List, nothing_ui};
use crate::figures::proof::FigureKey;
use crate::figures::{InvoiceLine, InvoiceState};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size};
use crate::kit::widgets::{Cell, Column, Table, TableRow, glyph};
use crate::kit::{icon, number};
use crate::panels::cash::{expected_words, range_words};
use crate::panels::figure::{Figure, hover};
use crate::panels::kind::late_tone;
use crate::panels::proof::figure_place;
use crate::state::Action;
use crate::written::capital;

pub(super) fn invoices_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let invoices = &list.page.invoices;
    if invoices.is_empty() {
        let sentence = "Invoices to this client stand here, with what is open and how late it is.";
        return nothing_ui(ui, icon::INVOICE, sentence, "invoice.add", "add an invoice");
    }
    let columns = [
        Column::text("Invoice").share(0.6).min(88.0).unsortable(),
        Column::text("Sent").share(0.3).min(80.0).unsortable(),
        Column::text("Due").share(0.3).min(132.0).unsortable(),
        Column::number("Total").share(0.4).min(80.0).unsortable(),
        Column::number("Open").share(0.4).min(80.0).unsortable(),
        Column::text("How it stands").share(1.2).min(128.0).unsortable(),
        Column::text("Expected").share(4.0).min(150.0).unsortable().optional(),
    ];
    let name = format!("Invoices of {}", list.page.client.name);
    let mut actions = Vec::new();
    let response = Table::new("invoices", &name, &columns, invoices.len()).reveal(list.reveal).show(
        ui,
        |row| TableRow {
            id: Id::unique(("invoice row", row)),
            label: invoices.get(row).map(|invoice| spoken(invoice, list)).unwrap_or_default(),
            selected: list.cursor == Some(row),
            marked: false,
            bar: None,
            heading: false,
        },
        |ui, cell| {
            if let Some(invoice) = invoices.get(cell.row) {
                invoice_cell(ui, cell, invoice, list);
                if list.cursor == Some(cell.row) {
                    actions.extend(figure_ui(ui, cell, invoice, list));
                }
            }
        },
    );
    Hit { actions, ..response.into() }
}

/// The place of a figure of the invoice at hand, with its proof.
fn figure_ui(ui: &mut Ui, cell: Cell, invoice: &InvoiceLine, list: List<'_>) -> Vec<Action> {
    let (what, figure, key) = match cell.column {
        3 => {
            let total = Figure::exact(&Ok(invoice.total), list.currency).text;
            ("Total", total, FigureKey::InvoiceTotal(invoice.id.clone()))
        }
        4 => {
            let open = Figure::exact(&Ok(invoice.open), list.currency).text;
            ("Open", open, FigureKey::InvoiceOpen(invoice.id.clone()))
        }
        6 => {
            let Some(receipt) = list.outlook.receipt(&invoice.id) else { return Vec::new() };
            ("Expected", expected_words(receipt, list.page.day), FigureKey::Receipt(invoice.id.clone()))
        }
        _ => return Vec::new(),
    };
    let says = format!("{what}, invoice {}: {figure}", invoice.number);
    let id = Id::unique(("figure of an invoice", cell.column));
    figure_place(ui, (id, cell.rect), (&says, &says), &key, list.session)
}

fn spoken(invoice: &InvoiceLine, list: List<'_>) -> String {
    format!(
        "Invoice {}, sent {}, due {}, total {}, open {}, {}",
        invoice.number,
        number::date(invoice.issued, list.page.day),
        number::relative_date(invoice.due, list.page.day),
        Figure::listed(invoice.total, list.currency).text,
        Figure::listed(invoice.open, list.currency).text,
        invoice.words,
    )
}

/// How an invoice that stands so is judged. What was paid is told by its words alone: a mark on most rows marks none.
fn tone(invoice: &InvoiceLine) -> Tone {
    match invoice.state {
        InvoiceState::Late(days) => late_tone(days),
        InvoiceState::WrittenOff => Tone::Risk,
        InvoiceState::Settled(_)
        | InvoiceState::NotDue(_)
        | InvoiceState::SetOff
        | InvoiceState::Nothing
        | InvoiceState::Owed => Tone::Neutral,
    }
}

fn invoice_cell(ui: &mut Ui, cell: Cell, invoice: &InvoiceLine, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let (ink, day) = (Ink::body(tokens), list.page.day);
    let second = ink.clone().colour(tokens.secondary);
    match cell.column {
        0 => drop(cell.name(ui, &invoice.number, &ink.medium())),
        1 => drop(cell.text(ui, &number::date(invoice.issued, day), &second)),
        2 => {
            // Once it is settled, how long ago it was due says nothing any more.
            let open = !invoice.open.is_zero();
            let due =
                if open { number::relative_date(invoice.due, day) } else { number::date(invoice.due, day) };
            cell.text(ui, &due, &second);
        }
        3 => drop(Figure::exact(&Ok(invoice.total), list.currency).paint(ui, cell.rect, Align::Max, &second)),
        4 => {
            let zero = Figure::listed(invoice.open, list.currency);
            let open = if zero.quiet { zero } else { Figure::exact(&Ok(invoice.open), list.currency) };
            open.paint(ui, cell.rect, Align::Max, &ink.medium());
        }
        5 => state_ui(ui, cell.rect, invoice),
        _ => {
            if let Some(receipt) = list.outlook.receipt(&invoice.id) {
                let taken = cell.text(ui, &expected_words(receipt, day), &ink);
                let place = Rect::from_min_max(pos2(taken.right() + 8.0, cell.rect.top()), cell.rect.max);
                let caption = Ink::new(size::SMALL, tokens.tertiary);
                let habit = receipt.habit.words();
                if place.width() > 120.0 {
                    text::paint(ui.painter(), place, Align::Min, &habit, &caption, Cut::End);
                }
                hover(ui, cell.rect, &format!("{}\n{}", capital(&habit), range_words(receipt, day)));
            }
        }
    }
}

/// Paints the state in words behind the glyph of its tone.
pub(in crate::panels) fn state_ui(ui: &Ui, rect: Rect, invoice: &InvoiceLine) {
    let tokens = Tokens::of(ui);
    let tone = tone(invoice);
    glyph(ui.painter(), tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    let place = Rect::from_min_max(pos2(rect.left() + 18.0, rect.top()), rect.max);
    text::paint(
        ui.painter(),
        place,
        Align::Min,
        &invoice.words,
        &Ink::body(tokens).colour(tokens.tone(tone)),
        Cut::End,
    );
}
