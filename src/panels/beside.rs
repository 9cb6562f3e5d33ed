//! The pane beside a list: who the row is about, what to write to them, how they stand, and how to reach them.

use chrono::NaiveDate;
use egui::{Align, Frame, Margin, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::draft::draft_ui;
use super::figure::{Figure, hover};
use super::health::health_ui;
use super::key_figure::{key_figures, two_columns_ui};
use super::kind::{kind_tone, kind_words};
use super::page::{entry_look, invoice_state_ui, one_line, promise_party, promise_state_ui};
use super::proof::{figure_place, provable_words};
use super::scroll::scroll_by_keys;
use crate::command::key_of;
use crate::domain::{Currency, Person, Phase, Table};
use crate::figures::proof::{FigureKey, HealthFigure};
use crate::figures::{DealLine, EntryKind, Page};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{Empty, chip, focus_ring, section_header, tooltip};
use crate::kit::{icon, number};
use crate::state::{Action, Session, Shown, View};
use crate::written::capital;

/// Height of a line in points.
const LINE: f32 = 24.0;
/// How many open invoices are shown.
const INVOICES: usize = 5;
/// How many promises are shown.
const PROMISES: usize = 5;
/// How many people are shown.
const PEOPLE: usize = 3;
/// How many facts are shown.
const FACTS: usize = 6;

/// Shows the client that the row under the cursor belongs to.
pub fn beside_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let Some(page) = &shown.beside else {
        nobody_ui(ui, shown, session);
        return Vec::new();
    };
    let mut actions = Vec::new();
    let area = ScrollArea::vertical()
        .id_salt(("beside", page.client.id.as_str()))
        .auto_shrink([false, false])
        .animated(false);
    area.show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            actions.extend(name_ui(ui, page, session));
            ui.add_space(space::S);
            actions.extend(consequence_ui(ui, shown, session));
            if let Some(letter) = &shown.draft {
                actions.extend(draft_ui(ui, letter, shown.selected.is_empty()));
                ui.add_space(space::M);
            }
            actions.extend(health_ui(ui, &page.row, session));
            ui.add_space(space::M);
            let figures = key_figures(&page.row, &shown.figures.clients);
            actions.extend(two_columns_ui(ui, &figures, session));
            actions.extend(next_steps_ui(ui, page, session));
            people_ui(ui, page);
            actions.extend(invoices_ui(ui, page, shown.figures.currency, session));
            actions.extend(promises_ui(ui, page, session));
            actions.extend(facts_ui(ui, page, shown.figures.currency, session));
        });
        scroll_by_keys(ui, session);
    });
    actions
}

/// What the item of the queue means for the cash to come.
fn consequence_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let item = (session.view == View::Today).then(|| shown.row(session).and_then(|row| shown.item(row)));
    let Some(told) = item.flatten().and_then(|item| shown.consequence(&item.id)) else { return Vec::new() };
    section_header(ui, "For the cash of 13 weeks", None, None);
    let actions = provable_words(
        ui,
        &told.words(),
        &Ink::second(Tokens::of(ui)),
        &FigureKey::Consequence(told.item.clone()),
        session,
    );
    ui.add_space(space::M);
    actions
}

fn nobody_ui(ui: &mut Ui, shown: &Shown, session: &Session) {
    let sentence = match shown.row(session) {
        Some(_) if shown.selected_client(session).is_none() => {
            "This is about the firm, not about one client."
        }
        Some(_) => "This client is not in the book on this day.",
        None => "The client of the row you are on stands here.",
    };
    Empty { icon: icon::CLIENT, sentence, key: None }.show(ui);
}

/// The name, which leads to the page; the kind and why.
fn name_ui(ui: &mut Ui, page: &Page, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let ink = Ink::new(size::LEAD, tokens.text).semibold();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Open {}", page.client.name)));
    let key = key_of(ui, "list.open");
    let place = Rect::from_min_max(rect.min, pos2(rect.right() - 20.0, rect.bottom()));
    let ink = if response.hovered() { ink.colour(tokens.accent) } else { ink };
    let taken = text::paint(ui.painter(), place, Align::Min, &page.client.name, &ink, Cut::Middle);
    let sign = Rect::from_min_size(pos2(taken.right() + 2.0, rect.top()), vec2(16.0, LINE));
    let sign_ink = Ink::new(size::SMALL, tokens.tertiary);
    text::paint(ui.painter(), sign, Align::Center, icon::CARET_RIGHT, &sign_ink, Cut::Never);
    if response.has_focus() {
        focus_ring(ui, rect, 2);
    }
    let response = tooltip(response, "Open the client's page", key.as_deref());
    if let Some(decided) = &page.kind {
        ui.add_space(space::XS);
        chip(ui, kind_words(decided.kind), kind_tone(decided.kind));
        ui.add_space(space::XS);
        let key = FigureKey::Health(page.client.id.clone(), HealthFigure::Kind);
        let why = capital(&decided.why());
        actions.extend(provable_words(ui, &why, &Ink::second(tokens), &key, session));
    } else {
        let says = "The facts do not decide yet what kind of client this is";
        text::label(ui, says, &Ink::second(tokens).colour(tokens.tertiary));
    }
    actions.extend(response.clicked().then(|| Action::OpenClient(page.client.id.clone())));
    actions
}

/// A heading with the space that parts it from what stands above.
fn heading_ui(ui: &mut Ui, title: &str, count: Option<usize>) {
    ui.add_space(space::M);
    section_header(ui, title, count, None);
}

/// What is planned next, deal by deal.
fn next_steps_ui(ui: &mut Ui, page: &Page, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let open = |phase: Option<Phase>| matches!(phase, Some(Phase::Open | Phase::Won));
    let deals: Vec<_> = page.deals.iter().filter(|deal| open(deal.phase)).collect();
    if deals.is_empty() {
        return actions;
    }
    let tokens = Tokens::of(ui);
    heading_ui(ui, "Next step", None);
    for deal in deals.iter().take(3) {
        let top = ui.cursor().min;
        match &deal.next_step {
            Some(step) => {
                line_ui(ui, &step.what, &number::relative_date(step.due, page.day), &Ink::body(tokens));
            }
            None => line_ui(ui, "None is planned", "", &Ink::body(tokens).colour(tokens.secondary)),
        }
        let stage = deal.stage.as_ref().map_or("no stage", |(_, name)| name);
        let says = format!("{} · {stage}", deal.title);
        text_line_ui(ui, &says, &Ink::new(size::SMALL, tokens.tertiary));
        checks_ui(ui, deal, page.day);
        let place = Rect::from_min_max(top, pos2(ui.max_rect().right(), ui.cursor().top()));
        let says = format!("{}: next step", deal.title);
        actions.extend(record_ui(ui, place, &says, (Table::Deals, deal.id.as_str()), session));
    }
    actions
}

/// The place of what a record tells, which proves it.
fn record_ui(
    ui: &mut Ui,
    place: Rect,
    says: &str,
    (table, id): (Table, &str),
    session: &Session,
) -> Vec<Action> {
    let key = FigureKey::Record(table, id.to_owned());
    let at = ui.scope_id().with(("record", table, id, place.top().to_bits()));
    figure_place(ui, (at, place), (says, ""), &key, session)
}

/// What an invoice written off taught, before work on a deal begins.
fn checks_ui(ui: &mut Ui, deal: &DealLine, day: NaiveDate) {
    let Some(first) = deal.checks.first() else { return };
    text::label(ui, first.words(day), &Ink::new(size::SMALL, Tokens::of(ui).secondary));
    ui.add_space(space::XS);
    more_ui(ui, deal.checks.len(), 1);
}

fn people_ui(ui: &mut Ui, page: &Page) {
    let people = &page.client.people;
    if people.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    heading_ui(ui, "People", (people.len() > PEOPLE).then_some(people.len()));
    for person in people.iter().take(PEOPLE) {
        line_ui(ui, &person.name, &about(person), &Ink::body(tokens));
        let reach: Vec<&str> =
            [&person.mail, &person.phone].into_iter().flatten().map(String::as_str).collect();
        if !reach.is_empty() {
            text_line_ui(ui, &reach.join("  ·  "), &Ink::second(tokens));
        }
    }
}

fn about(person: &Person) -> String {
    let decides = (person.decides == Some(true)).then_some("decides");
    [person.role.as_deref(), decides].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn invoices_ui(ui: &mut Ui, page: &Page, currency: Currency, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let open: Vec<_> = page.invoices.iter().rev().filter(|invoice| !invoice.open.is_zero()).collect();
    if open.is_empty() {
        return actions;
    }
    heading_ui(ui, "Open invoices", Some(open.len()));
    for invoice in open.iter().take(INVOICES) {
        let tokens = Tokens::of(ui);
        let amount = Figure::listed(invoice.open, currency);
        let says = format!("Invoice {}, {}, open {}", invoice.number, invoice.words, amount.text);
        let rect = place_ui(ui, &says);
        let taken = amount.paint(ui, rect, Align::Max, &Ink::body(tokens).medium());
        let middle = rect.left() + 110.0;
        let number = Rect::from_min_max(rect.min, pos2(middle - space::S, rect.bottom()));
        text::paint(ui.painter(), number, Align::Min, &invoice.number, &Ink::body(tokens), Cut::Middle);
        let state =
            Rect::from_min_max(pos2(middle, rect.top()), pos2(taken.left() - space::S, rect.bottom()));
        invoice_state_ui(ui, state, invoice);
        let id = ui.scope_id().with(("open invoice", invoice.id.as_str()));
        let says = format!("Invoice {}, open: {}", invoice.number, amount.text);
        let key = FigureKey::Record(Table::Invoices, invoice.id.to_string());
        actions.extend(figure_place(ui, (id, rect), (&says, ""), &key, session));
    }
    more_ui(ui, open.len(), INVOICES);
    actions
}

fn promises_ui(ui: &mut Ui, page: &Page, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let open: Vec<_> = page.promises.iter().filter(|promise| promise.kept.is_none()).collect();
    if open.is_empty() {
        return actions;
    }
    heading_ui(ui, "Promises", Some(open.len()));
    for promise in open.iter().take(PROMISES) {
        let tokens = Tokens::of(ui);
        let says = format!("{}: {}, {}", promise_party(promise.by), promise.what, promise.words);
        let rect = place_ui(ui, &says);
        let state = Rect::from_min_max(pos2(rect.right() - 92.0, rect.top()), rect.max);
        promise_state_ui(ui, state, promise);
        let who = Rect::from_min_size(rect.min, vec2(40.0, rect.height()));
        let caption = Ink::new(size::SMALL, tokens.tertiary);
        text::paint(ui.painter(), who, Align::Min, promise_party(promise.by), &caption, Cut::Never);
        let what =
            Rect::from_min_max(pos2(who.right(), rect.top()), pos2(state.left() - space::XS, rect.bottom()));
        text::paint(ui.painter(), what, Align::Min, &promise.what, &Ink::body(tokens), Cut::End);
        actions.extend(record_ui(ui, rect, &says, (Table::Promises, promise.id.as_str()), session));
        hover(ui, rect, &promise.what);
    }
    more_ui(ui, open.len(), PROMISES);
    actions
}

fn facts_ui(ui: &mut Ui, page: &Page, currency: Currency, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    // Hours are noted every day: they would leave no room for what happened between the two sides.
    if page.timeline.iter().all(|entry| entry.kind == EntryKind::Work) {
        return actions;
    }
    heading_ui(ui, "Latest", None);
    for entry in page.timeline.iter().filter(|entry| entry.kind != EntryKind::Work).take(FACTS) {
        let tokens = Tokens::of(ui);
        let day = number::relative_date(entry.day, page.day);
        let says = one_line(&entry.text);
        let rect = place_ui(ui, &format!("{day}: {says}"));
        let (sign, tone) = entry_look(entry.kind);
        let icon_place = Rect::from_min_size(rect.min, vec2(22.0, rect.height()));
        let icon_ink = Ink::new(size::BODY, tokens.tone(tone));
        text::paint(ui.painter(), icon_place, Align::Min, sign, &icon_ink, Cut::Never);
        let ago = number::relative(entry.day, page.day);
        let caption = Ink::new(size::SMALL, tokens.tertiary);
        let mut right = text::paint(ui.painter(), rect, Align::Max, &ago, &caption, Cut::Never).left();
        if let Some(amount) = entry.amount {
            let figure = Figure::listed(amount, currency);
            let place = Rect::from_min_max(rect.min, pos2(rect.right() - 66.0, rect.bottom()));
            let place = place.with_max_x(place.right().min(right - space::S));
            right = figure.paint(ui, place, Align::Max, &Ink::body(tokens)).left();
        }
        let words =
            Rect::from_min_max(pos2(icon_place.right(), rect.top()), pos2(right - space::S, rect.bottom()));
        let ink = Ink::body(tokens).colour(tokens.secondary);
        text::paint(ui.painter(), words, Align::Min, &says, &ink, Cut::End);
        let label = format!("{day}: {says}");
        actions.extend(record_ui(ui, rect, &label, (entry.table, entry.id.as_str()), session));
        hover(ui, rect, &format!("{}\n{}", number::relative_date(entry.day, page.day), entry.text));
    }
    actions
}

/// Says how many there are beyond those shown.
fn more_ui(ui: &mut Ui, all: usize, shown: usize) {
    if all > shown {
        let ink = Ink::new(size::SMALL, Tokens::of(ui).tertiary);
        text_line_ui(ui, &format!("and {} more", number::count(all - shown)), &ink);
    }
}

/// A line with what it is on the left and when, or what about it, on the right.
fn line_ui(ui: &mut Ui, left: &str, right: &str, ink: &Ink) {
    let rect = place_ui(ui, &format!("{left}, {right}"));
    let caption = Ink::new(size::SMALL, Tokens::of(ui).tertiary);
    let room = Rect::from_min_max(pos2(rect.center().x - 40.0, rect.top()), rect.max);
    let taken = text::paint(ui.painter(), room, Align::Max, right, &caption, Cut::End);
    let place = Rect::from_min_max(rect.min, pos2(taken.left() - space::S, rect.bottom()));
    text::paint(ui.painter(), place, Align::Min, left, ink, Cut::End);
    hover(ui, place, left);
}

fn text_line_ui(ui: &mut Ui, says: &str, ink: &Ink) {
    let rect = place_ui(ui, says);
    let rect = rect.with_max_y(rect.top() + 20.0);
    text::paint(ui.painter(), rect, Align::Min, says, ink, Cut::Middle);
}

/// The place of a line, and what a screen reader says of it.
fn place_ui(ui: &mut Ui, says: &str) -> Rect {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, says));
    rect
}
