//! What is agreed or planned for the coming days: fees and instalments first, then expenses, each with its total.

use egui::{Align, Id, Rect, Sense, Ui, pos2, vec2};

use super::words;
use crate::domain::Money;
use crate::figures::{Ahead, AheadRow, Answer, Cash};
use crate::kit::icon;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Empty, Row, VirtualList, section_header};
use crate::state::Action;

use super::expected::ROW;

/// A line of the list.
enum Line<'a> {
    Head(&'a str, &'a Answer<Money>),
    Of(&'a AheadRow),
}

/// How high the list is with all its rows.
#[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
pub(super) fn height(ahead: &Ahead) -> f32 {
    28.0 + ROW * (ahead.rows.len() + 2) as f32
}

pub(super) fn ahead_ui(ui: &mut Ui, cash: &Cash) -> Vec<Action> {
    let ahead = &cash.ahead;
    let title = format!("Agreed and planned, next {} days", ahead.days);
    section_header(ui, &title, None, Some(cash.currency.code()));
    if ahead.rows.is_empty() {
        let sentence = "Fees of retainers, instalments and expenses to come stand here.";
        Empty { icon: icon::CALENDAR, sentence, key: None }.show(ui);
        return Vec::new();
    }
    let lines = lines(ahead);
    let mut actions = Vec::new();
    let list = VirtualList::new("ahead", "Agreed and planned", lines.len()).row_height(ROW);
    list.show(ui, |ui, index| match lines.get(index) {
        Some(Line::Head(title, total)) => head_ui(ui, title, total),
        Some(Line::Of(row)) => actions.extend(row_ui(ui, index, row, cash)),
        None => {}
    });
    actions
}

fn lines(ahead: &Ahead) -> Vec<Line<'_>> {
    let groups = [(true, "Coming in", &ahead.money_in), (false, "Going out", &ahead.money_out)];
    let mut lines = Vec::with_capacity(ahead.rows.len() + groups.len());
    for (comes_in, title, total) in groups {
        let mut rows = ahead.rows.iter().filter(|row| row.comes_in == comes_in).peekable();
        if rows.peek().is_some() {
            lines.push(Line::Head(title, total));
            lines.extend(rows.map(Line::Of));
        }
    }
    lines
}

fn head_ui(ui: &mut Ui, title: &str, total: &Answer<Money>) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::ListBoxOption, true, format!("{title}: {}", words::told(total)))
    });
    let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 28.0), rect.max);
    let stroke = egui::Stroke::new(1.0, tokens.hairline);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, stroke);
    let inside = line.shrink2(vec2(space::M, 0.0));
    let ink = Ink::second(tokens).medium();
    let taken = text::paint(ui.painter(), inside, Align::Max, &words::glance(total), &ink, Cut::Never);
    let place = Rect::from_min_max(inside.min, pos2(taken.left() - space::S, inside.bottom()));
    let ink = ink.colour(tokens.tertiary);
    text::paint(ui.painter(), place, Align::Min, title, &ink, Cut::End);
    if let Err(why) = total {
        response.on_hover_text(why.to_string());
    }
}

fn row_ui(ui: &mut Ui, index: usize, row: &AheadRow, cash: &Cash) -> Option<Action> {
    let when = number::relative_date(row.day, cash.day);
    let whose = row.client.as_ref().map(|(_, name)| name.as_ref());
    let way = if row.comes_in { "in" } else { "out" };
    let name = whose.map(|name| format!(", {name}")).unwrap_or_default();
    let label = format!("{}{name}, {when}, {way} {}", row.what, words::told(&row.amount));
    let sense = if row.client.is_some() { Sense::click() } else { Sense::hover() };
    let id = Id::unique(("ahead", index, row.id.as_str(), row.day));
    let response = Row::new(id, &label).height(ROW).sense(sense).show(ui, |ui, rect| {
        paint_row(ui, rect, row, whose, &when);
    });
    let client = row.client.as_ref().filter(|_| response.double_clicked());
    client.map(|(client, _)| Action::OpenClient(client.clone()))
}

fn paint_row(ui: &Ui, rect: Rect, row: &AheadRow, whose: Option<&str>, when: &str) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let amount = words::glance(&row.amount);
    let taken = text::paint(painter, rect, Align::Max, &amount, &Ink::body(tokens), Cut::Never);
    let middle = rect.center().y;
    let upper = Rect::from_min_max(pos2(rect.left(), middle - 18.0), pos2(taken.left() - space::M, middle));
    let lower = upper.translate(vec2(0.0, 17.0));
    text::paint(painter, upper, Align::Min, &row.what, &Ink::body(tokens), Cut::End);
    let second = Ink::second(tokens).colour(tokens.tertiary);
    let day = text::paint(painter, lower, Align::Min, when, &second, Cut::Never);
    if let Some(name) = whose {
        let place = Rect::from_min_max(pos2(day.right(), lower.top()), lower.max);
        text::paint(painter, place, Align::Min, &format!("  {name}"), &second, Cut::Middle);
    }
}
