//! Letting go: what it costs and frees, what they owe, what is left to finish or hand over, and the letter.

use egui::{Align, Frame, Margin, Rect, Ui, pos2, vec2};
use rust_decimal::Decimal;

use super::way_out::{Rows, run_ui};
use crate::domain::{Ended, Money, Party, Table};
use crate::figures::proof::{ExitFigure, FigureKey, Whose};
use crate::figures::{Hand, Owed, Rung, WayOutRow};
use crate::kit::icon;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, radius, size, space};
use crate::kit::widgets::{ghost, secondary, section_header};
use crate::panels::figure::{Figure, hover};
use crate::panels::key_figure::{KeyFigure, strip_ui};
use crate::panels::proof::provable_words;
use crate::state::{Action, Session};

/// An invoice: one line.
const LINE: f32 = 28.0;
/// Something to hand over: two lines.
const HAND: f32 = 44.0;

pub(super) fn leaving_ui(ui: &mut Ui, rows: &mut Rows<'_>, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let page = rows.list.page;
    let (leaving, id, currency) = (&page.leaving, &page.client.id, rows.list.currency);
    ui.spacing_mut().item_spacing.y = space::XS;
    let tokens = Tokens::of(ui);
    section_header(ui, "Let go", None, None);
    if let Some(ended) = &leaving.ended {
        let why = ended.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let says = format!(
            "It ended {}{why}.{}",
            number::relative_date(ended.day, page.day),
            how_it_was_told(ended)
        );
        let key = FigureKey::Exit(ExitFigure::Step(id.clone(), Rung::Leave));
        actions.extend(provable_words(ui, &says, &Ink::body(tokens).medium(), &key, session));
    }
    if let Some(ends) = &leaving.ends {
        let says = format!("It ends {}.{}", number::relative_date(ends.day, page.day), how_it_was_told(ends));
        let key = FigureKey::Exit(ExitFigure::Step(id.clone(), Rung::Leave));
        actions.extend(provable_words(ui, &says, &Ink::body(tokens).medium(), &key, session));
    }
    if let Some(again) = &leaving.again {
        let says = format!(
            "{} They ordered again since, last {}: set their kind by hand, or remove the end.",
            icon::WATCH,
            number::relative_date(again.day, page.day)
        );
        text::label(ui, says, &Ink::body(tokens).colour(tokens.watch));
    }
    let exit = |figure| Some(FigureKey::Exit(figure));
    let a_week = leaving.letting_go.as_ref().map(|it| it.hours_a_week.clone());
    let lost = leaving.letting_go.as_ref().map(|it| it.income_lost.clone());
    let figures = [
        KeyFigure::new(
            format!("They owe, {currency}"),
            Figure::exact(&leaving.owed, currency),
            "",
            Some(FigureKey::Receivables(Whose::One(id.clone()))),
        ),
        KeyFigure::new(
            "Lost a year",
            lost.map_or_else(
                || Figure::unknown("it is not known yet"),
                |lost| Figure::exact(&lost, currency),
            ),
            "",
            Some(FigureKey::Income(Whose::One(id.clone()))),
        ),
        KeyFigure::new(
            "Hours a week freed",
            a_week.map_or_else(|| Figure::unknown("it is not known yet"), |hours| Figure::hours(&hours)),
            "",
            exit(ExitFigure::HoursAWeek(id.clone())),
        ),
        KeyFigure::new(
            "A year",
            Figure::hours(&leaving.hours_a_year),
            "",
            exit(ExitFigure::HoursAYear(id.clone())),
        ),
    ];
    ui.add_space(space::XXS);
    // Once it has ended nothing more is lost or freed.
    let told = if leaving.ended.is_some() { figures.get(..1).unwrap_or_default() } else { &figures };
    actions.extend(strip_ui(ui, told, session));
    if leaving.ended.is_none() {
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            actions.extend(run_ui(ui, secondary("What if"), "leaving.what_if"));
            let label = if leaving.ends.is_some() { "Change the end" } else { "Record the end" };
            actions.extend(run_ui(ui, secondary(label), "client.end"));
        });
    }
    ui.add_space(space::S);
    let promised = || page.promises.iter().filter(|it| it.by == Party::Them && it.kept.is_none());
    let count = leaving.theirs.len() + promised().count();
    section_header(ui, "They owe", Some(count).filter(|count| *count > 0), None);
    if leaving.theirs.is_empty() {
        text::label(ui, "No invoice is open.", &Ink::second(tokens));
    }
    for promise in promised() {
        let says = format!("Promised: {}, {}", promise.what, number::relative_date(promise.due, page.day));
        let key = FigureKey::Record(Table::Promises, promise.id.to_string());
        actions.extend(provable_words(ui, &says, &Ink::second(tokens), &key, session));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for (at, invoice) in leaving.theirs.iter().enumerate() {
        invoice_ui(ui, rows, at, invoice);
    }
    ui.add_space(space::S);
    section_header(ui, "To finish or hand over", Some(leaving.hand.len()).filter(|count| *count > 0), None);
    if leaving.hand.is_empty() {
        let says = "Nothing is at work, no fee runs, nothing expires.";
        text::label(ui, says, &Ink::second(tokens));
    }
    for (at, hand) in leaving.hand.iter().enumerate() {
        hand_ui(ui, rows, at, hand);
    }
    if leaving.ended.is_some() {
        return actions;
    }
    ui.add_space(space::S);
    ui.spacing_mut().item_spacing.y = space::XS;
    section_header(ui, "The letter, as a draft", None, None);
    letter_ui(ui, rows);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        actions.extend(run_ui(ui, secondary("Queue").icon(icon::MAIL), "leaving.queue_letter"));
        actions.extend(run_ui(ui, secondary("Copy").icon(icon::COPY), "leaving.copy_letter"));
        actions.extend(run_ui(ui, ghost("Write to a file").icon(icon::EXPORT), "leaving.write_letter"));
    });
    actions
}

fn how_it_was_told(ended: &Ended) -> String {
    ended.how.as_ref().map(|how| format!(" How it was told: {how}.")).unwrap_or_default()
}

fn invoice_ui(ui: &mut Ui, rows: &mut Rows<'_>, at: usize, invoice: &Owed) {
    let (day, currency) = (rows.list.page.day, rows.list.currency);
    let open = Figure::listed(invoice.open, currency);
    let is_credit = invoice.open.amount < Decimal::ZERO;
    let disputed = if invoice.disputed { "disputed, " } else { "" };
    let due = if is_credit {
        let what = if invoice.is_credit_note { "credit note" } else { "too much paid" };
        format!("{what}, to be set off or paid back")
    } else {
        format!("{disputed}due {}", number::relative_date(invoice.due, day))
    };
    let whose = if is_credit { "I owe" } else { "They owe invoice" };
    let says = format!("{whose} {}, {due}, {}", invoice.number, open.text);
    rows.row_ui(ui, WayOutRow::Theirs(at), &says, LINE, |ui, rect| {
        let tokens = Tokens::of(ui);
        let taken = open.paint(ui, rect, Align::Max, &Ink::body(tokens).medium());
        let late = invoice.due < day && !is_credit;
        let ink = Ink::new(size::SMALL, if late { tokens.watch } else { tokens.tertiary });
        let place = Rect::from_min_max(rect.min, pos2(taken.left() - space::M, rect.bottom()));
        let due = text::paint(ui.painter(), place, Align::Max, &due, &ink, Cut::Never);
        let place = Rect::from_min_max(rect.min, pos2(due.left() - space::S, rect.bottom()));
        text::paint(ui.painter(), place, Align::Min, &invoice.number, &Ink::body(tokens), Cut::Middle);
    });
}

fn hand_ui(ui: &mut Ui, rows: &mut Rows<'_>, at: usize, hand: &Hand) {
    let currency = rows.list.currency;
    let amount = hand.amount.map(|amount: Money| Figure::listed(amount, currency));
    let said = amount.as_ref().map(|amount| format!(", {}", amount.text)).unwrap_or_default();
    let says = format!("{}: {}, {}{said}", hand.kind.title(), hand.what, hand.stands);
    rows.row_ui(ui, WayOutRow::Hand(at), &says, HAND, |ui, rect| {
        let tokens = Tokens::of(ui);
        let middle = rect.center().y;
        let upper = Rect::from_min_max(pos2(rect.left(), middle - 19.0), pos2(rect.right(), middle));
        let lower = Rect::from_min_max(pos2(rect.left(), middle), pos2(rect.right(), middle + 18.0));
        let mut right = upper.right();
        if let Some(amount) = &amount {
            right = amount.paint(ui, upper, Align::Max, &Ink::body(tokens)).left() - space::S;
        }
        let kind = text::width(ui.painter(), hand.kind.title(), &Ink::new(size::SMALL, tokens.tertiary));
        let place = upper.with_max_x(right - kind - space::S);
        text::paint(ui.painter(), place, Align::Min, &hand.what, &Ink::body(tokens).medium(), Cut::Middle);
        let ink = Ink::new(size::SMALL, tokens.tertiary);
        text::paint(ui.painter(), upper.with_max_x(right), Align::Max, hand.kind.title(), &ink, Cut::Never);
        let ink = Ink::new(size::SMALL, tokens.secondary);
        text::paint(ui.painter(), lower, Align::Min, &hand.stands, &ink, Cut::End);
        hover(ui, rect, &hand.stands);
    });
}

/// The text of the letter; what is still to be filled in is named below.
fn letter_ui(ui: &mut Ui, rows: &Rows<'_>) {
    let tokens = Tokens::of(ui);
    let letter = &rows.list.page.leaving.letter;
    let frame = Frame::new().fill(tokens.surface).corner_radius(radius::M).inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(
            egui::Label::new(Ink::body(tokens).colour(tokens.secondary).rich(letter.text.trim_end())).wrap(),
        );
    });
    if !letter.missing.is_empty() {
        let says = format!("{} Still to fill in: {}.", icon::WATCH, letter.still_to_fill());
        text::label(ui, says, &Ink::new(size::SMALL, tokens.watch));
    }
    ui.allocate_space(vec2(0.0, space::XXS));
}
