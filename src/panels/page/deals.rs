//! A client's deals: what each is worth, brought and cost, what comes next, how it was pushed, what speaks against its stage,
//! and what earlier ones taught.

use std::sync::Arc;

use egui::{Align, Galley, Id, Rect, Ui, pos2, vec2};
use rust_decimal::Decimal;

use super::{Hit, List, nothing_ui};
use crate::domain::{Phase, Table as Records};
use crate::figures::proof::FigureKey;
use crate::figures::{DealLine, Shortfall};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::kit::widgets::{Cell, Column, Table, TableRow, glyph};
use crate::kit::{icon, number};
use crate::panels::figure::{Figure, hover};
use crate::panels::proof::figure_place;
use crate::state::Action;

/// Height of a row of two lines in points.
const ROW: f32 = 50.0;
/// Height of the line of checks in points.
const CHECKS: f32 = 20.0;
/// Width of the signs before what speaks against a deal, and before a check.
const WARNED: f32 = 16.0;
const CHECKED: f32 = 18.0;
/// Height of a line of words below the figures.
const LINE: f32 = 16.0;

pub(super) fn deals_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let deals = &list.page.deals;
    if deals.is_empty() {
        let sentence = "Deals with this client stand here, with what each brings and costs.";
        return nothing_ui(ui, icon::DEAL, sentence, "deal.add", "add a deal");
    }
    let columns = [
        Column::text("Deal").share(3.0).min(130.0).unsortable(),
        Column::text("Stage").share(1.0).min(80.0).unsortable(),
        Column::number("Value").share(0.5).min(76.0).unsortable().gives_way(0),
        Column::number("Income").share(0.5).min(76.0).unsortable(),
        Column::number("Expenses").share(0.5).min(68.0).unsortable(),
        Column::number("Margin").share(0.5).min(72.0).unsortable(),
        Column::number("Hours").share(0.3).min(54.0).unsortable(),
        Column::number("Beyond").share(0.3).min(54.0).unsortable().gives_way(1),
        Column::number("Left an hour").share(0.5).min(84.0).unsortable(),
    ];
    let name = format!("Deals of {}", list.page.client.name);
    let with_checks = deals.iter().enumerate().filter(|(_, deal)| !deal.checks.is_empty());
    let with_checks: Vec<usize> = with_checks.map(|(row, _)| row).collect();
    let table = Table::new("deals", &name, &columns, deals.len()).row_height(ROW);
    // A row has its margins, and beside it a bar to scroll by.
    let width = ui.available_width() - 4.0 * space::M;
    let unfolded = list.cursor.and_then(|row| Some((row, Unfolded::of(ui, deals.get(row)?, list, width)?)));
    let (row, higher) = unfolded.as_ref().map_or((None, 0.0), |(row, it)| (Some(*row), it.higher));
    let table = table.taller(&with_checks, CHECKS).opened(row, higher).reveal(list.reveal);
    let mut actions = Vec::new();
    let response = table.show(
        ui,
        |row| TableRow {
            id: Id::unique(("deal row", row)),
            label: deals.get(row).map(|deal| spoken(deal, list)).unwrap_or_default(),
            selected: list.cursor == Some(row),
            marked: false,
            bar: None,
            heading: false,
        },
        |ui, cell| {
            if let Some(deal) = deals.get(cell.row) {
                let whole = unfolded.as_ref().filter(|(row, _)| *row == cell.row).map(|(_, whole)| whole);
                let warned = deal_cell(ui, cell, deal, whole, list);
                if list.cursor == Some(cell.row) {
                    actions.extend(figure_ui(ui, cell, deal, list));
                    actions.extend(record_ui(ui, cell, deal, list));
                    actions.extend(open_ui(ui, cell, deal, list));
                }
                // It stands on the line of the record, and is the nearer one.
                if list.cursor == Some(cell.row)
                    && let Some(place) = warned.filter(|_| deal.shortfall.is_some())
                {
                    let says = format!("{}: {}", deal.title, warnings(deal, list));
                    let id = Id::unique("shortfall of a deal");
                    let key = FigureKey::DealShortfall(deal.id.clone());
                    actions.extend(figure_place(ui, (id, place), (&says, &says), &key, list.session));
                }
            }
        },
    );
    Hit { actions, ..response.into() }
}

/// The place of a figure of the deal at hand, with its proof.
fn figure_ui(ui: &mut Ui, cell: Cell, deal: &DealLine, list: List<'_>) -> Vec<Action> {
    let id = || deal.id.clone();
    let money = |answer| Figure::exact(answer, list.currency).spoken();
    let (what, figure, key) = match cell.column {
        2 => {
            let Some(value) = deal.value else { return Vec::new() };
            ("Value", Figure::listed(value, list.currency).text, FigureKey::DealValue(id()))
        }
        3 => ("Income", money(&deal.income), FigureKey::DealIncome(id())),
        4 => ("Expenses", money(&deal.expenses), FigureKey::DealExpenses(id())),
        5 => ("Margin", money(&deal.margin), FigureKey::DealMargin(id())),
        6 => ("Hours", number::exact(deal.hours, 0), FigureKey::DealHours(id())),
        7 => ("Hours beyond", number::exact(deal.hours_beyond, 0), FigureKey::DealHoursBeyond(id())),
        8 => ("Left an hour", money(&deal.hourly), FigureKey::DealHourly(id())),
        _ => return Vec::new(),
    };
    let [place, ..] = lines(cell.rect, deal);
    let says = format!("{what}, {}: {figure}", deal.title);
    let id = Id::unique(("figure of a deal", cell.column));
    figure_place(ui, (id, place), (&says, &says), &key, list.session)
}

/// The place of what comes next, how it was pushed, what speaks against its stage, and what earlier ones taught: all of it is
/// proved by the record of the deal at hand.
fn record_ui(ui: &mut Ui, cell: Cell, deal: &DealLine, list: List<'_>) -> Vec<Action> {
    if cell.column != 0 {
        return Vec::new();
    }
    let [_, below, _] = lines(cell.rect, deal);
    let right = ui.max_rect().right() - space::M;
    let place = Rect::from_min_max(below.min, pos2(right, cell.rect.bottom() - space::XS));
    let said = [next_and_pushes(deal, list), warnings(deal, list)].into_iter().chain(checks(deal, list));
    let says = said.filter(|says| !says.is_empty()).collect::<Vec<_>>().join("; ");
    let key = FigureKey::Record(Records::Deals, deal.id.to_string());
    let id = Id::unique("the record of a deal");
    figure_place(ui, (id, place), (&format!("{}: {says}", deal.title), ""), &key, list.session)
}

/// The place of what is open, which an hour is left of besides the margin.
fn open_ui(ui: &mut Ui, cell: Cell, deal: &DealLine, list: List<'_>) -> Vec<Action> {
    let Some(open) = open_words(deal, list).filter(|_| cell.column == 8) else { return Vec::new() };
    let [_, below, _] = lines(cell.rect, deal);
    let says = format!("Left an hour, {}: {open}", deal.title);
    let key = FigureKey::DealHourly(deal.id.clone());
    figure_place(ui, (Id::unique("what is open of a deal"), below), (&says, &says), &key, list.session)
}

fn spoken(deal: &DealLine, list: List<'_>) -> String {
    let stage = deal.stage.as_ref().map_or("no stage", |(_, name)| name);
    let value = deal.value.map_or("not told".to_owned(), |value| Figure::listed(value, list.currency).text);
    let figures = format!(
        "{}, {stage}, value {value}, income {}, expenses {}, margin {}, {} hours, left an hour {}{}",
        deal.title,
        Figure::listed_answer(&deal.income, list.currency).spoken(),
        Figure::listed_answer(&deal.expenses, list.currency).spoken(),
        Figure::listed_answer(&deal.margin, list.currency).spoken(),
        number::exact(deal.hours, 0),
        Figure::exact(&deal.hourly, list.currency).spoken(),
        open_words(deal, list).map(|open| format!(", {open}")).unwrap_or_default(),
    );
    let sentences = [figures, next_and_pushes(deal, list), warnings(deal, list)].into_iter();
    let said = sentences.filter(|says| !says.is_empty()).chain(checks(deal, list));
    said.collect::<Vec<_>>().join(". ")
}

/// The places of its lines: figures, what comes next, and checks where it has some, for which its row is higher.
fn lines(row: Rect, deal: &DealLine) -> [Rect; 3] {
    let below = if deal.checks.is_empty() { 0.0 } else { CHECKS };
    let at = |offset: f32| row.top() + offset;
    let line = |from: f32, to: f32| Rect::from_min_max(pos2(row.left(), at(from)), pos2(row.right(), at(to)));
    let middle = ROW / 2.0;
    [line(space::XS, middle), line(middle, ROW - space::XS), line(ROW - space::XS, ROW - space::XS + below)]
}

/// Draws a cell; below the first one stands the `whole` of the other lines, where they do not hold it. Returns the place of
/// what speaks against the deal, where the cell holds it.
fn deal_cell(
    ui: &mut Ui,
    cell: Cell,
    deal: &DealLine,
    whole: Option<&Unfolded>,
    list: List<'_>,
) -> Option<Rect> {
    let mut warned = None;
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let [above, below, last] = lines(cell.rect, deal);
    let upper = Cell { rect: above, ..cell };
    match cell.column {
        0 => {
            let over = matches!(deal.phase, Some(Phase::Closed | Phase::Lost));
            let ink = if over { ink.clone().colour(tokens.secondary) } else { ink.clone() };
            upper.name(ui, &deal.title, &ink.medium());
            // The other lines have the whole width: what comes next and what speaks against the stage, and the checks.
            let right = ui.max_rect().right() - space::M;
            let mut second = below.with_max_x(right);
            if let Some(open) = open_words(deal, list) {
                let ink = Ink::second(tokens).colour(tokens.tertiary);
                let taken = text::paint(ui.painter(), second, Align::Max, &open, &ink, Cut::Never);
                second = second.with_max_x(taken.left() - space::L);
            }
            if let Some(whole) = whole {
                return whole.paint(ui, below);
            }
            warned = second_line(ui, second, deal, list);
            checks_line(ui, last.with_max_x(right), deal, list);
        }
        1 => {
            let stage = deal.stage.as_ref().map_or("no stage yet", |(_, name)| name);
            upper.text(ui, stage, &ink.colour(tokens.secondary));
            if let Some(entered) = deal.entered {
                let says = format!("since {}", number::relative_date(entered, list.page.day));
                hover(ui, above, &says);
            }
        }
        2 => {
            let unknown = || Figure::unknown("no value was agreed or told");
            let value = deal.value.map_or_else(unknown, |value| Figure::listed(value, list.currency));
            value.paint(ui, above, Align::Max, &ink);
        }
        3 => drop(Figure::listed_answer(&deal.income, list.currency).paint(ui, above, Align::Max, &ink)),
        4 => drop(Figure::listed_answer(&deal.expenses, list.currency).paint(ui, above, Align::Max, &ink)),
        5 => drop(Figure::listed_answer(&deal.margin, list.currency).paint(
            ui,
            above,
            Align::Max,
            &ink.medium(),
        )),
        6 => drop(hours(deal.hours).paint(ui, above, Align::Max, &ink)),
        7 => drop(hours(deal.hours_beyond).paint(ui, above, Align::Max, &ink)),
        _ => {
            let hourly = Figure::exact(&deal.hourly, list.currency);
            let ink = ink.medium();
            let ink = if deal.below_break_even.is_some() { ink.colour(tokens.risk) } else { ink };
            let taken = hourly.paint(ui, above, Align::Max, &ink);
            if deal.below_break_even.is_some() {
                glyph(ui.painter(), tokens, pos2(taken.left() - 10.0, above.center().y), Tone::Risk);
            }
        }
    }
    warned
}

fn hours(hours: Decimal) -> Figure {
    Figure::known(number::exact(hours, 0), hours.is_zero())
}

fn next_step(deal: &DealLine, list: List<'_>) -> String {
    match &deal.next_step {
        Some(step) => format!("Next: {}, {}", step.what, number::relative_date(step.due, list.page.day)),
        None if matches!(deal.phase, Some(Phase::Closed | Phase::Lost)) => {
            let how = if deal.phase == Some(Phase::Lost) { "Lost" } else { "Closed" };
            let when = deal.entered.map(|day| format!(" {}", number::relative_date(day, list.page.day)));
            format!("{how}{}", when.unwrap_or_default())
        }
        None => "No next step is planned".to_owned(),
    }
}

/// What comes next, and how price and scope were pushed so far.
fn next_and_pushes(deal: &DealLine, list: List<'_>) -> String {
    let parts = [next_step(deal, list), deal.pushes.words()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What is open of it, where an hour is left of that besides the margin: `with 1,260 open`.
fn open_words(deal: &DealLine, list: List<'_>) -> Option<String> {
    let open = deal.open.as_ref().ok().filter(|open| !open.is_zero() && deal.hourly.is_ok())?;
    Some(format!("with {} open", Figure::listed(*open, list.currency).text))
}

/// What earlier deals taught, each in a sentence.
fn checks(deal: &DealLine, list: List<'_>) -> Vec<String> {
    deal.checks.iter().map(|lesson| lesson.words(list.page.day)).collect()
}

/// That it did not cover its cost, or does not by now, and what speaks against its stage.
fn warnings(deal: &DealLine, list: List<'_>) -> String {
    let below = deal.below_break_even.map(|least| {
        let least = Figure::exact(&Ok(least), list.currency).text;
        format!("an hour left less than the {least} at which you break even")
    });
    let gates = deal.gates.iter().map(|gate| gate.because.clone());
    let shortfall = deal.shortfall.as_ref().map(Shortfall::words);
    below.into_iter().chain(shortfall).chain(gates).collect::<Vec<_>>().join("; ")
}

/// All that stands below the figures of the row at hand, line by line.
struct Unfolded {
    step: Arc<Galley>,
    warnings: Option<Arc<Galley>>,
    checks: Vec<Arc<Galley>>,
    /// How much higher its row is than others with as many lines.
    higher: f32,
}

impl Unfolded {
    /// Between its lines in points.
    const APART: f32 = 3.0;

    /// What stands there in so much width; `None` where the lines of a row hold all of it.
    fn of(ui: &Ui, deal: &DealLine, list: List<'_>, width: f32) -> Option<Self> {
        let tokens = Tokens::of(ui);
        let second = Ink::second(tokens);
        let wide = |says: &str| if says.is_empty() { 0.0 } else { text::width(ui.painter(), says, &second) };
        let open = open_words(deal, list).map_or(0.0, |open| wide(&open) + space::L);
        let (step, warnings, checks) =
            (next_and_pushes(deal, list), warnings(deal, list), checks(deal, list));
        let warned = if warnings.is_empty() { 0.0 } else { space::L + WARNED + wide(&warnings) };
        let is_held = wide(&step) + warned + open <= width
            && checks.len() < 2
            && checks.iter().all(|check| CHECKED + wide(check) <= width);
        if is_held {
            return None;
        }
        let wrapped = |says: &str, colour, width: f32| {
            ui.painter().layout(says.to_owned(), second.font.clone(), colour, width.max(80.0))
        };
        let step = wrapped(&step, tokens.tertiary, width - open);
        let warnings = (!warnings.is_empty()).then(|| wrapped(&warnings, tokens.watch, width - WARNED));
        let checks: Vec<_> =
            checks.iter().map(|check| wrapped(check, tokens.secondary, width - CHECKED)).collect();
        let lines = std::iter::once(&step).chain(&warnings).chain(&checks);
        let high: f32 = lines.map(|line| line.size().y + Self::APART).sum();
        let others = if checks.is_empty() { ROW / 2.0 } else { ROW / 2.0 + CHECKS };
        Some(Self { step, warnings, checks, higher: (high + 2.0 * space::XS - others).max(0.0) })
    }

    /// Paints it from the second line on; gives the place of what speaks against the deal.
    fn paint(&self, ui: &Ui, below: Rect) -> Option<Rect> {
        let tokens = Tokens::of(ui);
        let mut at = below.min + vec2(0.0, Self::APART);
        let mut line_ui = |galley: &Arc<Galley>, sign: &dyn Fn(Rect), indent: f32| {
            let place = Rect::from_min_size(at + vec2(indent, 0.0), galley.size());
            sign(Rect::from_min_size(at, vec2(indent, LINE)));
            ui.painter().galley(place.min, Arc::clone(galley), tokens.secondary);
            at.y += galley.size().y + Self::APART;
            place
        };
        line_ui(&self.step, &|_| {}, 0.0);
        let warn =
            |sign: Rect| glyph(ui.painter(), tokens, pos2(sign.left() + 6.0, sign.center().y), Tone::Watch);
        let warned = self.warnings.as_ref().map(|warnings| line_ui(warnings, &warn, WARNED));
        let note = |sign: Rect| {
            text::paint(ui.painter(), sign, Align::Min, icon::NOTE, &Ink::second(tokens), Cut::Never);
        };
        for check in &self.checks {
            line_ui(check, &note, CHECKED);
        }
        warned
    }
}

/// Draws what comes next, and what speaks against the deal, of which it returns the place.
fn second_line(ui: &mut Ui, rect: Rect, deal: &DealLine, list: List<'_>) -> Option<Rect> {
    let tokens = Tokens::of(ui);
    let gates = warnings(deal, list);
    let ink = Ink::second(tokens).colour(tokens.tertiary);
    let step = Rect::from_min_max(rect.min, pos2(rect.left() + rect.width() * 0.55, rect.bottom()));
    let step = if gates.is_empty() { rect } else { step };
    let says = next_and_pushes(deal, list);
    let taken = text::paint(ui.painter(), step, Align::Min, &says, &ink, Cut::End);
    if !deal.pushes.words().is_empty() {
        hover(ui, taken, &says);
    }
    let hourly = deal.hourly.as_ref().err().filter(|_| deal.hours.is_zero());
    if gates.is_empty() {
        if hourly.is_some() && !matches!(deal.phase, Some(Phase::Open | Phase::Lost)) {
            // Why the last figure of the line above is a dash.
            text::paint(ui.painter(), rect, Align::Max, "no hours logged", &ink, Cut::Never);
        }
        return None;
    }
    let left = taken.right() + space::L;
    glyph(ui.painter(), tokens, pos2(left + 6.0, rect.center().y), Tone::Watch);
    let words = Rect::from_min_max(pos2(left + WARNED, rect.top()), rect.max);
    let ink = Ink::second(tokens).colour(tokens.watch);
    let taken = text::paint(ui.painter(), words, Align::Min, &gates, &ink, Cut::End);
    hover(ui, words, &gates);
    Some(taken)
}

/// The first check in full, and how many more there are; all of them under the pointer.
fn checks_line(ui: &mut Ui, rect: Rect, deal: &DealLine, list: List<'_>) {
    let checks = checks(deal, list);
    let Some(first) = checks.first() else { return };
    let tokens = Tokens::of(ui);
    let ink = Ink::second(tokens);
    let more = match checks.len() {
        1 => String::new(),
        count => format!("and {} more", count - 1),
    };
    let more_ink = ink.clone().colour(tokens.tertiary);
    let taken = text::paint(ui.painter(), rect, Align::Max, &more, &more_ink, Cut::Never);
    let sign = Rect::from_min_max(rect.min, pos2(rect.left() + CHECKED, rect.bottom()));
    text::paint(ui.painter(), sign, Align::Min, icon::NOTE, &ink, Cut::Never);
    let words =
        Rect::from_min_max(pos2(sign.right(), rect.top()), pos2(taken.left() - space::S, rect.bottom()));
    text::paint(ui.painter(), words, Align::Min, first, &ink, Cut::End);
    hover(ui, rect, &checks.join("\n"));
}
