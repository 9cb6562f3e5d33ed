//! The figures that tell how a client stands: a strip over its page, two columns in the pane beside a list.

use chrono::NaiveDate;
use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::figure::Figure;
use super::proof::{self, provable};
use crate::domain::Direction;
use crate::figures::proof::{FigureKey, Whose};
use crate::figures::{Clients, Row};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{focus_ring, glyph};
use crate::state::{Action, Session};

/// A figure with what it is.
pub(super) struct KeyFigure {
    label: String,
    figure: Figure,
    /// What goes with it: the day of a touch.
    note: String,
    tone: Tone,
    /// What proves it; nothing where there is nothing to prove.
    key: Option<FigureKey>,
}

/// The key figures of a client's row, in the order they are read.
pub(super) fn key_figures(row: &Row, clients: &Clients) -> [KeyFigure; 8] {
    let (currency, day) = (clients.currency, clients.day);
    let plain = |label: &str, figure: Figure, key: FigureKey| KeyFigure {
        label: label.to_owned(),
        figure,
        note: String::new(),
        tone: Tone::Neutral,
        key: Some(key),
    };
    let one = || Whose::One(row.id.clone());
    let overdue = Figure::exact(&row.overdue, currency);
    let late = !overdue.quiet;
    let paid = match row.invoices {
        0 => "none yet".to_owned(),
        all => format!("{} of {}", number::count(row.paid_invoices), number::count(all)),
    };
    [
        plain(
            &format!("Open, {currency}"),
            Figure::exact(&row.open, currency),
            FigureKey::Receivables(one()),
        ),
        KeyFigure {
            tone: if late { Tone::Watch } else { Tone::Neutral },
            ..plain("Overdue", overdue, FigureKey::Overdue(one()))
        },
        plain("Days beyond terms", Figure::days(&row.dbt_days), FigureKey::Dbt(one())),
        plain("Invoices paid", Figure::known(paid, row.invoices == 0), FigureKey::InvoicesPaid(one())),
        plain("Income 12 m", Figure::exact(&row.income_12m, currency), FigureKey::Income(one())),
        plain("Share of all", Figure::share(&clients.share(row)), FigureKey::Share(row.id.clone())),
        touch(row, Direction::In, day),
        touch(row, Direction::Out, day),
    ]
}

fn touch(row: &Row, direction: Direction, day: NaiveDate) -> KeyFigure {
    let (label, last, why) = match direction {
        Direction::In => ("From them", row.last_in, "no touch from them is noted"),
        Direction::Out => ("To them", row.last_out, "no touch to them is noted"),
    };
    let (figure, note) = match last {
        Some(last) => (Figure::known(number::relative(last, day), false), number::date(last, day)),
        None => (Figure::unknown(why), "none noted".to_owned()),
    };
    let key = last.map(|_| FigureKey::LastTouch(row.id.clone(), direction));
    KeyFigure { label: label.to_owned(), figure, note, tone: Tone::Neutral, key }
}

impl KeyFigure {
    /// A figure that is neither good nor bad; `note` goes with it.
    pub(super) fn new(label: impl Into<String>, figure: Figure, note: &str, key: Option<FigureKey>) -> Self {
        Self { label: label.into(), figure, note: note.to_owned(), tone: Tone::Neutral, key }
    }

    fn spoken(&self) -> String {
        let silent = self.note.is_empty() || self.figure.why.is_some();
        let note = if silent { String::new() } else { format!(", {}", self.note) };
        format!("{}: {}{note}", self.label, self.figure.spoken())
    }

    /// Its place: where it can be proved, the keyboard and the pointer lead there.
    fn place_ui(&self, ui: &mut Ui, place: Rect, index: usize, session: &Session) -> Vec<Action> {
        let id = ui.scope_id().with(("key figure", index));
        let Some(key) = &self.key else {
            let response = ui.interact(place, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.spoken()));
            return Vec::new();
        };
        let response = ui.interact(place, id, Sense::click());
        let says = proof::spoken(ui, &self.spoken());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &says));
        if response.has_focus() {
            focus_ring(ui, place.expand2(vec2(space::XS, 0.0)), 4);
        }
        let actions = provable(ui, &response, key, session);
        let known = self.figure.why.is_none();
        proof::tooltip(response, if known { &self.note } else { "" });
        actions
    }
}

/// Height of the strip in points.
const STRIP: f32 = 46.0;

/// Shows the figures side by side: captions above, figures below.
pub(super) fn strip_ui(ui: &mut Ui, figures: &[KeyFigure], session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let whole = ui.allocate_space(vec2(ui.available_width(), STRIP)).1;
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    let ink = Ink::new(size::LEAD, tokens.text).medium();
    let note_ink = Ink::new(size::SMALL, tokens.tertiary);
    let width_of = |it: &KeyFigure, noted: bool| {
        let mark = if it.tone.glyph().is_some() { 16.0 } else { 0.0 };
        let figure = text::width(ui.painter(), &it.figure.text, &ink) + mark;
        let note = text::width(ui.painter(), &it.note, &note_ink);
        let figure = if noted && !it.note.is_empty() { figure + 6.0 + note } else { figure };
        figure.max(text::width(ui.painter(), &it.label, &caption))
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of figures")]
    let gaps = figures.len().saturating_sub(1).max(1) as f32;
    // Where it is narrow the notes behind the figures give way, the last one first.
    let mut noted = figures.len();
    let wanted = loop {
        let widths: Vec<f32> = figures.iter().enumerate().map(|(at, it)| width_of(it, at < noted)).collect();
        if noted == 0 || widths.iter().sum::<f32>() + gaps * space::M <= whole.width() {
            break widths;
        }
        noted -= 1;
    };
    let gap = ((whole.width() - wanted.iter().sum::<f32>()) / gaps).clamp(space::M, 40.0);
    let mut x = whole.left();
    for (index, (it, width)) in figures.iter().zip(&wanted).enumerate() {
        let place = Rect::from_min_size(pos2(x.round(), whole.top()), vec2(width.ceil(), whole.height()));
        x += width + gap;
        actions.extend(it.place_ui(ui, place, index, session));
        let (above, below) = place.split_top_bottom_at_y(place.top() + 20.0);
        text::paint(ui.painter(), above, Align::Min, &it.label, &caption, Cut::Never);
        let taken = paint_figure(ui, it, below, Align::Min, &ink);
        if index < noted {
            let after = Rect::from_min_max(pos2(taken.right() + 6.0, below.top() + 2.0), below.max);
            text::paint(ui.painter(), after, Align::Min, &it.note, &note_ink, Cut::Never);
        }
    }
    actions
}

/// Shows the figures in two columns: what it is on the left, the figure on the right of each.
pub(super) fn two_columns_ui(ui: &mut Ui, figures: &[KeyFigure], session: &Session) -> Vec<Action> {
    const LINE: f32 = 22.0;
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let (caption, ink) = (Ink::second(tokens).colour(tokens.tertiary), Ink::body(tokens).medium());
    let rows = figures.len().div_ceil(2);
    #[expect(clippy::cast_precision_loss, reason = "a handful of figures")]
    let whole = ui.allocate_space(vec2(ui.available_width(), LINE * rows as f32)).1;
    let width = ((whole.width() - space::XL) / 2.0).floor();
    for (index, it) in figures.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of figures")]
        let (column, row) = ((index / rows) as f32, (index % rows) as f32);
        let at = pos2(whole.left() + column * (width + space::XL), whole.top() + row * LINE);
        let place = Rect::from_min_size(at, vec2(width, LINE));
        actions.extend(it.place_ui(ui, place, index, session));
        let taken = paint_figure(ui, it, place, Align::Max, &ink);
        let left = Rect::from_min_max(place.min, pos2(taken.left() - space::XS, place.bottom()));
        text::paint(ui.painter(), left, Align::Min, &it.label, &caption, Cut::End);
    }
    actions
}

/// Paints a figure, in its tone and behind the tone's glyph if it has one; returns the space of both.
fn paint_figure(ui: &mut Ui, it: &KeyFigure, rect: Rect, align: Align, ink: &Ink) -> Rect {
    let tokens = Tokens::of(ui);
    if it.tone.glyph().is_none() {
        return it.figure.paint(ui, rect, align, ink);
    }
    let ink = ink.clone().colour(tokens.tone(it.tone));
    let place = match align {
        Align::Max => rect,
        _ => Rect::from_min_max(pos2(rect.left() + 16.0, rect.top()), rect.max),
    };
    let taken = it.figure.paint(ui, place, align, &ink);
    glyph(ui.painter(), tokens, pos2(taken.left() - 10.0, rect.center().y), it.tone);
    Rect::from_min_max(pos2(taken.left() - 18.0, taken.top()), taken.max)
}
