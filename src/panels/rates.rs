//! Rates: what an hour costs each client, what to ask next, and what that comes to.

use egui::{Align, Frame, Id, Margin, Panel, Rect, ScrollArea, Stroke, StrokeKind, Ui, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figure::{Figure, hover};
use super::key_figure::{KeyFigure, strip_ui};
use super::kind::kind_words;
use super::proof::provable_words;
use super::scroll::scroll_by_keys;
use crate::command::key_of;
use crate::domain::Currency;
use crate::figures::proof::{FigureKey, RateFigure};
use crate::figures::{Answer, RateRow, RateSource};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, radius, size, space};
use crate::kit::widgets::{
    Cell, Column, Empty, Field, Table, TableRow, buttons_ui, ghost, moved_cursor, primary, secondary,
    section_header,
};
use crate::kit::{icon, number};
use crate::state::{Action, RateField, RatesAction, RatesPlace, RatesView, Session, Shown};
use crate::written::capital;

/// Width of a field in points.
const FIELD: f32 = 190.0;
/// The side of the box that marks who is chosen.
const BOX: f32 = 14.0;
/// The table keeps so much of the height, in points: what stands below it is scrolled rather than laid over it.
const TABLE: f32 = 130.0;
/// Below this height, in points, there is no room for one above the other: all of it is scrolled …
const LOW: f32 = 460.0;
/// … and the table is so high.
const LOW_TABLE: f32 = 200.0;

/// A column of the table.
#[derive(Clone, Copy, PartialEq)]
enum Col {
    Chosen,
    Client,
    Kind,
    Rate,
    Since,
    LastRise,
    Left,
    Hours,
    Next,
    Rise,
    Extra,
}

const COLUMNS: [Col; 11] = [
    Col::Chosen,
    Col::Client,
    Col::Kind,
    Col::Rate,
    Col::Since,
    Col::LastRise,
    Col::Left,
    Col::Hours,
    Col::Next,
    Col::Rise,
    Col::Extra,
];

/// Shows the rates in all the space there is.
pub fn rates_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let (Some(place), Some(view)) = (&session.rates, &shown.rates) else { return Vec::new() };
    let mut actions = Vec::new();
    if view.rates.rows.is_empty() {
        let sentence = "What an hour costs each client stands here, once something was agreed with one.";
        let key = key_of(ui, "client.add");
        Empty { icon: icon::CASH, sentence, key: key.as_deref().map(|key| (key, "add a client")) }.show(ui);
        return actions;
    }
    if ui.available_height() < LOW {
        let area = ScrollArea::vertical().id_salt("rates").auto_shrink([false, false]).animated(false);
        area.show(ui, |ui| {
            actions.extend(above_ui(ui, place, view, session));
            let table = ui.allocate_ui(vec2(ui.available_width(), LOW_TABLE), |ui| {
                ui.set_height(LOW_TABLE);
                table_ui(ui, place, view, session)
            });
            let (table, (pressed, moved)) = (table.response.rect, table.inner);
            if moved {
                ui.scroll_to_rect(table, None);
            }
            actions.extend(pressed);
            let frame = Frame::new().inner_margin(Margin::symmetric(12, 10));
            actions.extend(frame.show(ui, |ui| below_ui(ui, place, view, session)).inner);
            scroll_by_keys(ui, session);
        });
        return actions;
    }
    actions.extend(above_ui(ui, place, view, session));
    let ground = Tokens::of(ui).ground;
    let most = (ui.available_height() - TABLE).max(TABLE);
    Panel::bottom("rates below")
        .resizable(false)
        .frame(Frame::new().fill(ground).inner_margin(Margin::symmetric(12, 10)))
        .show(ui, |ui| {
            let area =
                ScrollArea::vertical().id_salt("rates below").auto_shrink([false, true]).animated(false);
            area.max_height(most).min_scrolled_height(most).show(ui, |ui| {
                actions.extend(below_ui(ui, place, view, session));
                scroll_by_keys(ui, session);
            });
        });
    actions.extend(table_ui(ui, place, view, session).0);
    actions
}

/// What is asked of all.
fn above_ui(ui: &mut Ui, place: &RatesPlace, view: &RatesView, session: &Session) -> Vec<Action> {
    let margin = Margin { left: 12, right: 12, top: 12, bottom: 8 };
    let frame = Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        fields_ui(ui, place, view, session)
    });
    frame.inner
}

/// The row at hand as a whole, and what the chosen come to.
fn below_ui(ui: &mut Ui, place: &RatesPlace, view: &RatesView, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.spacing_mut().item_spacing.y = space::XS;
    if let Some(row) = view.row(place).and_then(|at| view.rates.rows.get(at)) {
        actions.extend(row_ui(ui, row, view, session));
    }
    actions.extend(sums_ui(ui, view, session));
    actions
}

/// The per cent and the day, and the rule.
fn fields_ui(ui: &mut Ui, place: &RatesPlace, view: &RatesView, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let says = match &view.percent {
            Ok(None) => Ok("each as proposed".to_owned()),
            Ok(Some(percent)) => Ok(format!("all by {percent}, within the rule")),
            Err(why) => Err(why.clone()),
        };
        actions.extend(field_ui(ui, place, RateField::Percent, &says));
        let says = view.from.clone().map(number::weekday_in_full);
        actions.extend(field_ui(ui, place, RateField::From, &says));
        ui.vertical(|ui| {
            ui.add_space(space::XS);
            let key = FigureKey::Rate(RateFigure::Rule);
            actions.extend(provable_words(ui, &view.rates.rule, &Ink::second(tokens), &key, session));
            let more = "More a year: if the paid hours of the last 12 months stay.";
            text::label(ui, more, &Ink::new(size::SMALL, tokens.tertiary));
        });
    });
    actions
}

fn field_ui(ui: &mut Ui, place: &RatesPlace, field: RateField, says: &Result<String, String>) -> Vec<Action> {
    let mut actions = Vec::new();
    let (label, hint) = match field {
        RateField::Percent => ("Rise by", "8\u{a0}%; empty: as proposed"),
        RateField::From => ("From", "1 jan, +2m"),
    };
    let id = Id::unique(("rates field", field));
    let (has, wants) = (ui.memory(|memory| memory.has_focus(id)), place.typing == Some(field));
    if wants && !has {
        ui.memory_mut(|memory| memory.request_focus(id));
    } else if !wants && has {
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    let mut typed = place.text(field).to_owned();
    let shown = Field::new(id, label)
        .hint(hint)
        .width(FIELD)
        .error(says.as_ref().err().map(String::as_str))
        .note(says.as_ref().ok().map(String::as_str));
    let response = ui.allocate_ui(vec2(FIELD, 70.0), |ui| shown.show(ui, &mut typed)).inner;
    if response.changed() {
        actions.push(Action::Rates(RatesAction::Type(field, typed)));
    } else if response.clicked() && !wants {
        actions.push(Action::Rates(RatesAction::Hand(Some(field))));
    }
    actions
}

fn columns(titles: &[String; 3]) -> [Column<'_>; 11] {
    let [rate, next, extra] = titles;
    [
        Column::text("Chosen").share(0.0).min(BOX).bare(),
        Column::text("Client").share(3.0).min(120.0).unsortable(),
        Column::text("Kind").share(0.8).min(108.0).unsortable().optional(),
        Column::number(rate).share(0.5).min(74.0).unsortable(),
        Column::number("Since").share(0.5).min(78.0).unsortable(),
        Column::number("Last rise").share(0.3).min(62.0).unsortable().optional(),
        Column::number("Left an hour").share(0.4).min(80.0).unsortable().optional(),
        Column::number("Hours 12 m").share(0.4).min(72.0).unsortable(),
        Column::number(next).share(0.5).min(74.0).unsortable(),
        Column::number("Rise").share(0.3).min(48.0).unsortable(),
        Column::number(extra).share(0.5).min(84.0).unsortable(),
    ]
}

/// The table, and whether its cursor moved.
fn table_ui(ui: &mut Ui, place: &RatesPlace, view: &RatesView, session: &Session) -> (Vec<Action>, bool) {
    let rows = &view.rates.rows;
    let currency = view.rates.currency;
    let titles = [format!("Rate, {currency}"), "Next".to_owned(), "More a year".to_owned()];
    let columns = columns(&titles);
    let cursor = view.row(place);
    let reveal = moved_cursor(ui, "rates", cursor);
    let mut first_column_ends = f32::NEG_INFINITY;
    let response = Table::new("rates", "Rates", &columns, rows.len()).reveal(reveal).show(
        ui,
        |at| look(rows.get(at), view, cursor == Some(at) && session.page.is_none(), at),
        |ui, cell| {
            if COLUMNS.get(cell.column) == Some(&Col::Chosen) {
                first_column_ends = cell.rect.right() + space::S;
            }
            if let Some(row) = rows.get(cell.row) {
                cell_ui(ui, cell, row, view);
            }
        },
    );
    let mut actions = Vec::new();
    if let Some(row) = response.clicked.or(response.opened).and_then(|at| rows.get(at)) {
        actions.push(Action::Rates(RatesAction::Point(row.id.clone())));
        let at_box =
            ui.input(|input| input.pointer.interact_pos()).is_some_and(|at| at.x <= first_column_ends);
        if at_box {
            actions.push(Action::Run("rates.choose"));
        } else if response.opened.is_some() {
            actions.push(Action::Run("list.open"));
        }
    }
    (actions, reveal.is_some())
}

fn is_chosen(view: &RatesView, row: &RateRow) -> bool {
    view.chosen.contains(&row.id) || view.told.contains(&row.id)
}

fn look(row: Option<&RateRow>, view: &RatesView, selected: bool, at: usize) -> TableRow {
    let (id, label, marked) = match row {
        Some(row) => (Id::unique(("rate row", &row.id)), spoken(row, view), is_chosen(view, row)),
        None => (Id::unique(("rate row", at)), String::new(), false),
    };
    TableRow { id, label, selected, marked, bar: None, heading: false }
}

/// A row in a sentence, for those who hear the screen.
fn spoken(row: &RateRow, view: &RatesView) -> String {
    let currency = view.rates.currency;
    let kind = row.kind.as_ref().map_or("kind not known", |it| kind_words(it.kind));
    let chosen = if is_chosen(view, row) { "chosen" } else { "not chosen" };
    let next = match &row.proposal {
        Ok(_) => format!(
            "next {}, {} more, {} more a year",
            Figure::listed_answer(&row.proposal, currency).spoken(),
            per_hundred(&row.rise).spoken(),
            Figure::listed_answer(&row.extra, currency).spoken(),
        ),
        Err(why) => format!("not asked: {why}"),
    };
    format!(
        "{}, {chosen}, {kind}, rate {}, {} hours in 12 months, {next}",
        row.name,
        Figure::listed_answer(&row.rate, currency).spoken(),
        hours(&row.hours_12m).spoken(),
    )
}

fn cell_ui(ui: &mut Ui, cell: Cell, row: &RateRow, view: &RatesView) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let second = ink.clone().colour(tokens.secondary);
    let currency = view.rates.currency;
    let asked = row.proposal.is_ok() || row.agreed().is_some();
    match COLUMNS.get(cell.column) {
        Some(Col::Chosen) => box_ui(ui, cell.rect, is_chosen(view, row), asked),
        Some(Col::Client) => drop(cell.name(ui, &row.name, &ink.medium())),
        Some(Col::Kind) => {
            if let Some(decided) = &row.kind {
                cell.text(ui, kind_words(decided.kind), &Ink::body(tokens).colour(tokens.secondary));
                hover(ui, cell.rect, &capital(&decided.why()));
            }
        }
        Some(Col::Rate) => drop(money(&row.rate, currency).paint(ui, cell.rect, cell.align, &ink)),
        Some(Col::Since) => drop(since(row, view).paint(ui, cell.rect, cell.align, &second)),
        Some(Col::LastRise) => drop(per_hundred(&row.last_rise).paint(ui, cell.rect, cell.align, &second)),
        Some(Col::Left) => drop(money(&row.hourly, currency).paint(ui, cell.rect, cell.align, &second)),
        Some(Col::Hours) => drop(hours(&row.hours_12m).paint(ui, cell.rect, cell.align, &second)),
        Some(Col::Next) => match &row.proposal {
            Ok(_) => drop(money(&row.proposal, currency).paint(ui, cell.rect, cell.align, &ink.medium())),
            Err(why) => {
                // Over the columns of what is asked, which hold nothing then.
                let right = ui.max_rect().right() - space::M;
                let place = Rect::from_min_max(cell.rect.min, pos2(right, cell.rect.bottom()));
                let ink = Ink::new(size::SMALL, tokens.tertiary);
                text::paint(ui.painter(), place, Align::Max, &why.0, &ink, Cut::End);
                hover(ui, place, &capital(&why.0));
            }
        },
        Some(Col::Rise) if row.proposal.is_ok() => {
            per_hundred(&row.rise).paint(ui, cell.rect, cell.align, &second);
        }
        Some(Col::Extra) if row.proposal.is_ok() => {
            money(&row.extra, currency).paint(ui, cell.rect, cell.align, &ink);
        }
        _ => {}
    }
}

/// The box that marks who is chosen; faint where nothing is asked.
fn box_ui(ui: &Ui, rect: Rect, chosen: bool, asked: bool) {
    let tokens = Tokens::of(ui);
    let mark = Rect::from_center_size(pos2(rect.left() + BOX / 2.0, rect.center().y), vec2(BOX, BOX));
    if chosen {
        ui.painter().rect_filled(mark, radius::S, tokens.button);
        let check = Ink::new(size::CAPTION, tokens.on_button);
        text::paint(ui.painter(), mark, Align::Center, icon::CHECK, &check, Cut::Never);
    } else if asked {
        ui.painter().rect_stroke(mark, radius::S, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
    }
}

fn money(answer: &Answer<crate::domain::Money>, currency: Currency) -> Figure {
    Figure::listed_answer(answer, currency)
}

fn hours(answer: &Answer<Decimal>) -> Figure {
    match answer {
        Ok(hours) => Figure::known(crate::written::decimal(hours.round_dp(1)), hours.is_zero()),
        Err(why) => Figure::unknown(&why.0),
    }
}

fn per_hundred(answer: &Answer<Decimal>) -> Figure {
    match answer {
        Ok(per_hundred) => {
            let share = per_hundred.to_f64().unwrap_or_default() / 100.0;
            Figure::known(number::percent(share), per_hundred.is_zero())
        }
        Err(why) => Figure::unknown(&why.0),
    }
}

fn since(row: &RateRow, view: &RatesView) -> Figure {
    match row.since {
        Some(day) => Figure::known(number::date(day, view.rates.day), false),
        None => Figure::unknown("the rate is noted without a day"),
    }
}

/// The figures of the row that the hand is at, each with its proof.
fn row_ui(ui: &mut Ui, row: &RateRow, view: &RatesView, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let (currency, percent) = (view.rates.currency, view.rates.percent);
    let id = || row.id.clone();
    let key = |figure| Some(FigureKey::Rate(figure));
    let ago = row.since.map(|day| number::relative(day, view.rates.day)).unwrap_or_default();
    let noted = match row.source {
        _ if row.rate.is_err() => "",
        RateSource::Own => "",
        RateSource::Card => "rate card",
        RateSource::Target => "target",
    };
    section_header(ui, &row.name, None, None);
    let figures = [
        KeyFigure::new(
            format!("Rate, {currency}"),
            money(&row.rate, currency),
            noted,
            key(RateFigure::Now(id())),
        ),
        KeyFigure::new("Since", since(row, view), &ago, key(RateFigure::Since(id()))),
        KeyFigure::new("Last rise", per_hundred(&row.last_rise), "", key(RateFigure::LastRise(id()))),
        KeyFigure::new("Left an hour", money(&row.hourly, currency), "", key(RateFigure::Hourly(id()))),
        KeyFigure::new("Hours 12 m", hours(&row.hours_12m), "", key(RateFigure::Hours(id()))),
        KeyFigure::new(
            "Next",
            money(&row.proposal, currency),
            &row.rise.as_ref().map(|_| per_hundred(&row.rise).text).unwrap_or_default(),
            key(RateFigure::Rise(id(), percent)),
        ),
        KeyFigure::new("More a year", money(&row.extra, currency), "", key(RateFigure::Extra(id(), percent))),
    ];
    let mut actions = strip_ui(ui, &figures, session);
    if let Err(why) = &row.proposal {
        let note = match (&row.source, key_of(ui, "rate.add")) {
            (RateSource::Target, Some(key)) => format!(" {key} notes one."),
            (_, Some(key)) if row.told.is_some() => format!(" {key} notes it."),
            _ => String::new(),
        };
        let (says, key) =
            (format!("Not asked: {}.{note}", why.0), FigureKey::Rate(RateFigure::Rise(id(), percent)));
        actions.extend(provable_words(ui, &says, &Ink::second(tokens), &key, session));
    }
    actions
}

/// What those chosen come to, and what one does with them.
fn sums_ui(ui: &mut Ui, view: &RatesView, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let currency = view.rates.currency;
    let count = view.chosen.len();
    let of = |figure: fn(Vec<crate::domain::ClientId>, Option<crate::domain::Percent>) -> RateFigure| {
        Some(FigureKey::Rate(figure(view.chosen.clone(), view.rates.percent)))
    };
    ui.add_space(space::S);
    let clients = |count: usize| match count {
        1 => "1 client is".to_owned(),
        count => format!("{} clients are", number::count(count)),
    };
    let told = match view.told.len() {
        0 => None,
        count => Some(format!("{} told of the rise agreed", clients(count))),
    };
    let title = match (count, told) {
        (0, None) => "Nobody is chosen".to_owned(),
        (0, Some(told)) => told,
        (count, told) => {
            let told = told.map(|told| format!(", {told}")).unwrap_or_default();
            format!("{} asked{told}", clients(count))
        }
    };
    section_header(ui, &title, None, None);
    if count > 0 {
        let preview = &view.preview;
        let share = preview.break_even.clone().map(|it| it.share);
        let figures = [
            KeyFigure::new("Hours 12 m", hours(&preview.hours), "", of(RateFigure::HoursOf)),
            KeyFigure::new(
                format!("More a year, {currency}"),
                Figure::exact(&preview.extra, currency),
                "",
                of(RateFigure::ExtraOf),
            ),
            KeyFigure::new("May be lost", Figure::share(&share), "", of(RateFigure::MayGo)),
        ];
        ui.horizontal(|ui| {
            ui.allocate_ui(vec2(420.0_f32.min(ui.available_width()), 46.0), |ui| {
                actions.extend(strip_ui(ui, &figures, session));
            });
        });
        let says = match &preview.break_even {
            Ok(rise) => {
                let money = |amount: crate::domain::Money| Figure::listed(amount, currency).text;
                format!("{}.", capital(&rise.words(&money)))
            }
            Err(why) => format!("How much may go is not known: {}.", why.0),
        };
        if let Some(key) = of(RateFigure::MayGo) {
            actions.extend(provable_words(ui, &says, &Ink::second(tokens), &key, session));
        }
    } else if view.told.is_empty() {
        let key = key_of(ui, "rates.choose").unwrap_or_default();
        let says = if key.is_empty() {
            "A click chooses a row".to_owned()
        } else {
            format!("{key} chooses the row")
        };
        let says = format!("{says}: what a rise comes to stands here before anything is noted.");
        text::label(ui, says, &Ink::second(tokens));
    }
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let asks = count > 0 && view.from.is_ok() && view.percent.is_ok();
        let writes = asks || !view.told.is_empty();
        let ids = ["rates.write_letters", "rates.copy_letters", "rates.queue_letters", "rates.apply"];
        let keys = ids.map(|id| key_of(ui, id).unwrap_or_default());
        let [write, copy, queue, apply] = &keys;
        let buttons = [
            ghost("Write letters").icon(icon::EXPORT).key(write),
            secondary("Copy letters").icon(icon::COPY).key(copy),
            secondary("Queue letters").icon(icon::MAIL).key(queue),
            primary("Agree the new rates").key(apply),
        ];
        let ready = |id| if id == "rates.apply" { asks } else { writes };
        let buttons = buttons.into_iter().zip(ids).map(|(button, id)| (button.enabled(ready(id)), id));
        let buttons = buttons.collect();
        actions.extend(buttons_ui(ui, buttons).map(Action::Run));
    });
    actions
}
