//! One expected receipt: a row of two lines, and its strip on the axis of days that all rows have in common.

use chrono::{Months, NaiveDate};
use egui::{Align, Id, Rect, Sense, Ui, pos2};

use super::words;
use crate::domain::{add_days, first_of_month};
use crate::figures::forecast::Receipt;
use crate::figures::proof::FigureKey;
use crate::figures::{Cash, Owed};
use crate::kit::chart::{self, TimeAxis};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::kit::widgets::{Cell, TableRow, glyph, hover_text};
use crate::panels::kind::late_tone;
use crate::panels::proof::figure_place;
use crate::state::{Action, Session, Shown};

/// The column of the axis.
pub(super) const AXIS: usize = 3;
/// The column of what is open.
const OPEN: usize = 4;

/// The axis of days, and the days its head names.
pub(super) struct Axis {
    days: TimeAxis,
    now: String,
    labels: Vec<(f64, String)>,
}

impl Axis {
    /// Back as far as anything is late, by the steps of the ageing; on as far as the forecast looks, four to thirteen weeks,
    /// and further where a receipt is expected later than that, up to half a year.
    pub(super) fn of(shown: &Shown, ahead_days: i64) -> Self {
        let cash = &shown.figures.cash;
        let ageing = &cash.ageing;
        let back = match () {
            () if ageing.d90_plus.count + ageing.d61_90.count > 0 => 90,
            () if ageing.d31_60.count > 0 => 60,
            () if ageing.d1_30.count > 0 => 30,
            () => 7,
        };
        let ahead = reach(ahead_days, shown.last_receipt_days);
        let (from, to) = (add_days(cash.day, -back), add_days(cash.day, ahead));
        let firsts = (1..12).filter_map(|n| first_of_month(from).checked_add_months(Months::new(n)));
        let named = firsts.filter(|day| *day <= to);
        Self {
            days: TimeAxis {
                from: words::on_axis(from),
                to: words::on_axis(to),
                today: words::on_axis(cash.day),
            },
            now: words::now(cash.day, shown.looking),
            labels: named.map(|day| (words::on_axis(day), number::date(day, day))).collect(),
        }
    }

    /// Names the days above the column.
    pub(super) fn head_ui(&self, ui: &Ui, place: Rect) {
        self.days.paint_head(ui, place, &self.now, &self.labels);
    }
}

/// How many days ahead the axis goes where the forecast looks so far and the last receipt is expected after so many days.
fn reach(ahead_days: i64, last: Option<i64>) -> i64 {
    // Its dot stands clear of the end.
    ahead_days.clamp(28, 91).max(last.map_or(0, |days| days.saturating_add(5)))
}

/// How urgent it is.
fn tone(owed: &Owed) -> Tone {
    late_tone(owed.days_late)
}

/// How a row looks and what is said of it.
pub(super) fn look(shown: &Shown, row: usize, selected: bool) -> TableRow {
    let Some(owed) = shown.owed(row) else {
        let id = Id::unique(("receipt", row));
        return TableRow { id, label: String::new(), selected, marked: false, bar: None, heading: false };
    };
    let today = shown.figures.cash.day;
    let disputed = if owed.disputed { ", disputed" } else { "" };
    let when = match shown.outlook.receipt(&owed.invoice) {
        Some(receipt) => format!(
            ", expected {}, {}, {}: {}",
            expected_words(receipt, today),
            range_words(receipt, today),
            soon_words(receipt),
            receipt.habit.words(),
        ),
        None => String::new(),
    };
    let promised = promised_words(owed, today).map(|it| format!(", {it}")).unwrap_or_default();
    let label = format!(
        "{}, invoice {}, {} {} open, {}, due {}{when}{promised}{disputed}",
        owed.client_name,
        owed.number,
        words::full(owed.open),
        owed.open.currency,
        lateness(owed),
        number::date(owed.due, today),
    );
    TableRow {
        id: Id::unique(("receipt", owed.invoice.as_str())),
        label,
        selected,
        marked: false,
        bar: None,
        heading: false,
    }
}

/// `18 d late`, `due today`, `due in 3 d`.
fn lateness(owed: &Owed) -> String {
    match owed.days_late {
        0 => "due today".to_owned(),
        1.. => format!("{} late", number::days(owed.days_late)),
        early => format!("due in {}", number::days(early.saturating_neg())),
    }
}

/// Its due day, and where it stands in the ageing once it is late; the longest way first.
fn due_words(owed: &Owed, today: NaiveDate) -> Vec<String> {
    let day = number::short_date(owed.due, today);
    let bucket = match owed.days_late {
        ..=0 => return vec![day],
        1..=30 => "1–30",
        31..=60 => "31–60",
        61..=90 => "61–90",
        _ => return vec![format!("{day} · over 90"), format!("{day} · 90+"), day],
    };
    vec![format!("{day} · {bucket}"), day]
}

/// How wide a due day is with its place in the ageing: days that begin with their year take more than others.
pub(super) fn due_width(ui: &Ui, today: NaiveDate) -> f32 {
    let widest = format!("{} · 61–90", number::short_date(today, today));
    text::width(ui.painter(), &widest, &Ink::second(Tokens::of(ui))).ceil()
}

/// The day it is expected; where even that is beyond all days looked at, that it is.
pub(in crate::panels) fn expected_words(receipt: &Receipt, today: NaiveDate) -> String {
    receipt.expected().map_or_else(|| "not in sight".to_owned(), |day| number::relative_date(day, today))
}

/// Between which days eight in ten would come.
pub(in crate::panels) fn range_words(receipt: &Receipt, today: NaiveDate) -> String {
    let date =
        |day: Option<NaiveDate>| day.map_or_else(|| "later".to_owned(), |day| number::date(day, today));
    format!("8 in 10 from {} to {}", date(receipt.p10()), date(receipt.p90()))
}

/// How likely it comes soon; and how likely it may be lost, where that is worth a word.
fn soon_words(receipt: &Receipt) -> String {
    let soon = format!("{} in 30 d", words::chance(receipt.chance_within(30)));
    match receipt.chance_not_within(200) {
        lost if lost >= 0.05 => format!("{soon}, {} not in 200 d", words::chance(lost)),
        _ => soon,
    }
}

/// What was promised, and how this client pays; the longest way first.
fn basis_words(owed: &Owed, receipt: &Receipt, today: NaiveDate) -> Vec<String> {
    let habits = [receipt.habit.words(), receipt.habit.short_words()];
    let Some(promised) = owed.promised else { return habits.to_vec() };
    let [long, short] = habits;
    let (whole, day) = (number::date(promised, today), number::short_date(promised, today));
    vec![
        format!("promised by {whole}; {long}"),
        format!("promised by {day}; {short}"),
        format!("by {day}; {short}"),
    ]
}

/// The day by which they said they would pay.
fn promised_words(owed: &Owed, today: NaiveDate) -> Option<String> {
    owed.promised.map(|day| format!("promised by {}", number::date(day, today)))
}

/// The upper and the lower line of a cell.
fn lines(rect: Rect) -> (Rect, Rect) {
    let middle = rect.center().y;
    let upper = Rect::from_min_max(pos2(rect.left(), middle - 18.0), pos2(rect.right(), middle));
    (upper, upper.translate(egui::vec2(0.0, 17.0)))
}

pub(super) fn cell_ui(ui: &mut Ui, cell: Cell, owed: &Owed, shown: &Shown, axis: &Axis) {
    let cash = &shown.figures.cash;
    let receipt = shown.outlook.receipt(&owed.invoice);
    match cell.column {
        0 => client_ui(ui, cell.rect, owed),
        1 => due_ui(ui, cell.rect, owed, cash.day),
        2 => expected_ui(ui, cell.rect, owed, receipt, cash.day),
        AXIS => axis.days.paint_strip(ui, cell.rect, strip(owed, receipt)),
        _ => open_ui(ui, cell.rect, owed, receipt, cash),
    }
}

/// The place of a figure of the invoice at hand, with its proof.
pub(super) fn figure_ui(
    ui: &mut Ui,
    cell: Cell,
    owed: &Owed,
    shown: &Shown,
    session: &Session,
) -> Vec<Action> {
    let today = shown.figures.cash.day;
    let (says, more, key) = match (cell.column, shown.outlook.receipt(&owed.invoice)) {
        (2, Some(receipt)) => {
            let says = format!("Invoice {}, expected: {}", owed.number, expected_words(receipt, today));
            let more = format!(
                "{}\n{}\n{}",
                range_words(receipt, today),
                soon_words(receipt),
                receipt.habit.words()
            );
            (says, more, FigureKey::Receipt(owed.invoice.clone()))
        }
        (OPEN, _) => {
            let says = format!("Invoice {}, open: {}", owed.number, words::told(&Ok(owed.open)));
            let more = match &owed.amount {
                Ok(_) => says.clone(),
                Err(why) => format!("{says}\n{why}"),
            };
            (says, more, FigureKey::InvoiceOpen(owed.invoice.clone()))
        }
        _ => return Vec::new(),
    };
    let id = Id::unique(("figure of a receipt", cell.column));
    figure_place(ui, (id, cell.rect), (&says, &more), &key, session)
}

fn strip(owed: &Owed, receipt: Option<&Receipt>) -> chart::Expected {
    let day = |day: NaiveDate| words::on_axis(day);
    let between = |from: f64, to: f64| {
        receipt.and_then(|it| {
            Some((day(it.paid_by(from)?), day(it.paid_by(to).unwrap_or(crate::domain::LAST_DAY))))
        })
    };
    chart::Expected {
        due: Some(day(owed.due)),
        promised: owed.promised.map(day),
        expected: receipt.and_then(Receipt::expected).map(day),
        between: between(0.1, 0.9),
        likely: between(0.25, 0.75),
        tone: tone(owed),
    }
}

fn client_ui(ui: &Ui, rect: Rect, owed: &Owed) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (upper, lower) = lines(rect);
    text::paint(painter, upper, Align::Min, &owed.client_name, &Ink::body(tokens).medium(), Cut::Middle);
    let mut number = lower;
    if owed.disputed {
        let ink = Ink::second(tokens).colour(tokens.watch);
        let mark = format!("{} disputed", crate::kit::icon::WATCH);
        let width = text::width(painter, &mark, &ink);
        number.max.x -= width + space::S;
        let ink_number = Ink::second(tokens).colour(tokens.tertiary);
        let taken = text::paint(painter, number, Align::Min, &owed.number, &ink_number, Cut::Middle);
        let place = Rect::from_min_max(pos2(taken.right() + space::S, lower.top()), lower.max);
        text::paint(painter, place, Align::Min, &mark, &ink, Cut::Never);
        return;
    }
    let ink = Ink::second(tokens).colour(tokens.tertiary);
    text::paint(painter, number, Align::Min, &owed.number, &ink, Cut::Middle);
}

fn due_ui(ui: &Ui, rect: Rect, owed: &Owed, today: NaiveDate) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (upper, lower) = lines(rect);
    let tone = tone(owed);
    let mut words = upper;
    if tone != Tone::Neutral {
        glyph(painter, tokens, pos2(upper.left() + 5.0, upper.center().y), tone);
        words.min.x += 16.0;
    }
    text::paint(painter, words, Align::Min, &lateness(owed), &Ink::body(tokens), Cut::Never);
    let second = Ink::second(tokens).colour(tokens.tertiary);
    let ways = due_words(owed, today);
    let says = text::that_fits(painter, &ways, &second, lower.width());
    text::paint(painter, lower, Align::Min, says, &second, Cut::End);
}

fn expected_ui(ui: &Ui, rect: Rect, owed: &Owed, receipt: Option<&Receipt>, today: NaiveDate) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (upper, lower) = lines(rect);
    let Some(receipt) = receipt else {
        text::paint(painter, upper, Align::Min, "…", &Ink::body(tokens).colour(tokens.tertiary), Cut::Never);
        return;
    };
    text::paint(painter, upper, Align::Min, &expected_words(receipt, today), &Ink::body(tokens), Cut::End);
    let ways = basis_words(owed, receipt, today);
    let ink = Ink::caption(tokens);
    let says = text::that_fits(painter, &ways, &ink, lower.width());
    text::paint(painter, lower, Align::Min, says, &ink, Cut::End);
    let id = Id::unique(("basis", owed.invoice.as_str()));
    let basis = ways.first().map_or("", String::as_str);
    let hover = || format!("{}\n{}\n{basis}", range_words(receipt, today), soon_words(receipt));
    let response = ui.interact(rect, id, Sense::hover());
    if response.hovered() {
        hover_text(response, hover());
    }
}

/// In full in its own currency, which is named where it is not the book's; below it in the book's, and how likely it comes
/// soon.
fn open_ui(ui: &Ui, rect: Rect, owed: &Owed, receipt: Option<&Receipt>, cash: &Cash) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let ink = Ink::body(tokens).medium();
    let second = Ink::second(tokens).colour(tokens.tertiary);
    let (upper, lower) = lines(rect);
    let taken = text::paint(painter, upper, Align::Max, &words::full(owed.open), &ink, Cut::Never);
    if owed.open.currency != cash.currency {
        let code = Rect::from_min_max(upper.min, pos2(taken.left() - space::XS, upper.bottom()));
        text::paint(painter, code, Align::Max, owed.open.currency.code(), &second, Cut::Never);
    }
    let ways = below_open(owed, receipt, cash);
    let says = text::that_fits(painter, &ways, &second, lower.width());
    text::paint(painter, lower, Align::Max, says, &second, Cut::Never);
    if let Err(why) = &owed.amount {
        let id = Id::unique(("amount", owed.invoice.as_str()));
        hover_text(ui.interact(rect, id, Sense::hover()), why.to_string());
    }
}

/// `96% in 30 d`, and before it the amount in the book's currency where it is open in another; the longest way first.
fn below_open(owed: &Owed, receipt: Option<&Receipt>, cash: &Cash) -> Vec<String> {
    let chance = receipt.map(|receipt| words::chance(receipt.chance_within(30)));
    let soon = chance.as_ref().map(|chance| format!("{chance} in 30 d"));
    if owed.open.currency == cash.currency {
        return soon.into_iter().collect();
    }
    let about = match &owed.amount {
        Ok(amount) => format!("≈ {}", words::glance(&Ok(*amount))),
        Err(_) => words::UNKNOWN.to_owned(),
    };
    let Some((soon, chance)) = soon.zip(chance) else { return vec![about] };
    vec![format!("{about} · {soon}"), format!("{about} · {chance}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_reaches_what_is_expected_last_within_half_a_year() {
        assert_eq!((reach(7, None), reach(28, Some(20)), reach(364, Some(90))), (28, 28, 95));
        assert_eq!((reach(91, Some(100)), reach(91, Some(182))), (105, 187));
    }
}
