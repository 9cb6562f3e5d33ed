//! What is agreed or planned for the coming days: fees and instalments first, then expenses, each with its total.

use egui::{Align, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::words;
use crate::figures::proof::FigureKey;
use crate::figures::{Ahead, AheadRow, Cash};
use crate::kit::icon;
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};
use crate::kit::widgets::{Empty, Row, VirtualList, focus_ring, moved_cursor, section_header};
use crate::panels::proof::{self, provable};
use crate::state::{Action, Session};

use super::expected::ROW;

/// A line of the list.
enum Line<'a> {
    Head(&'static str),
    Of(&'a AheadRow),
}

/// How high the list is with all its rows.
#[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
pub(super) fn full_height(ahead: &Ahead) -> f32 {
    2.0 * height::DENSE + ROW * (ahead.rows.len() + 1) as f32
}

pub(super) fn ahead_ui(ui: &mut Ui, cash: &Cash, groups: &[Vec<usize>; 2], session: &Session) -> Vec<Action> {
    let ahead = &cash.ahead;
    let code = cash.currency.code();
    let title = format!("Next {} days", ahead.days);
    if ahead.rows.is_empty() {
        section_header(ui, &title, None, Some(code));
        let sentence = "Fees of retainers, instalments and expenses to come stand here.";
        Empty { icon: icon::CALENDAR, sentence, key: None }.show(ui);
        return Vec::new();
    }
    let (money_in, money_out) = (words::glance(&ahead.money_in), words::glance(&ahead.money_out));
    let sums = format!("in {money_in} · out {money_out} {code}");
    let header = section_header(ui, &title, None, Some(&sums)).on_hover_text(meaning(ahead));
    let mut actions = sums_ui(ui, header.rect, &sums, ahead, session);
    let (_, head) = ui.allocate_space(vec2(ui.available_width(), height::DENSE));
    // A title stands between two groups that both have rows.
    let titles = usize::from(groups.iter().all(|group| !group.is_empty()));
    let count = ahead.rows.len() + titles;
    let [coming, _] = groups;
    let hand = session
        .ahead
        .map(|row| row.min(ahead.rows.len() - 1))
        .map(|row| row + titles * usize::from(row >= coming.len()));
    let list = VirtualList::new("ahead", "Agreed and planned", count)
        .row_height(ROW)
        .reveal(moved_cursor(ui, "ahead", hand));
    let answer = list.show(ui, |ui, index| match line(ahead, groups, index) {
        Some(Line::Head(title)) => head_ui(ui, title),
        Some(Line::Of(row)) => actions.extend(row_ui(ui, index, row, cash, hand == Some(index))),
        None => {}
    });
    // The head over the list names the group that its first row belongs to.
    let group = match line(ahead, groups, answer.visible.start) {
        Some(Line::Of(row)) => title_of(row.comes_in),
        Some(Line::Head(title)) => title,
        None => "",
    };
    paint_head(ui, head, group);
    actions
}

/// The two sums at the right of the header, each with its proof.
fn sums_ui(ui: &mut Ui, header: Rect, sums: &str, ahead: &Ahead, session: &Session) -> Vec<Action> {
    let ink = Ink::new(size::BODY, Tokens::of(ui).secondary).medium();
    let width = |text: &str| text::width(ui.painter(), text, &ink);
    let out_from = sums.find(" · ").map_or(0.0, |at| width(sums.get(..at).unwrap_or_default()));
    let left = header.right() - width(sums);
    let place =
        |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, header.y_range()).shrink2(vec2(0.0, 4.0));
    let sums = [
        (FigureKey::AheadIn, "Coming in", &ahead.money_in, place(left, left + out_from)),
        (
            FigureKey::AheadOut,
            "Going out",
            &ahead.money_out,
            place(left + out_from + space::S, header.right()),
        ),
    ];
    let mut actions = Vec::new();
    for (key, title, sum, place) in sums {
        let response = ui.interact(place, Id::unique(("ahead sum", &key)), Sense::click());
        let says = proof::spoken(&format!("{title}: {}", words::told(sum)));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &says));
        if response.has_focus() {
            focus_ring(ui, place.expand2(vec2(space::XS, 0.0)), 4);
        }
        actions.extend(provable(ui, &response, &key, session));
        proof::tooltip(response, &meaning(ahead));
    }
    actions
}

fn meaning(ahead: &Ahead) -> String {
    format!(
        "Agreed and planned for the next {} days, and not invoiced yet.\nFees and instalments, net of tax, in: {}\n\
         Expenses, out: {}",
        ahead.days,
        words::told(&ahead.money_in),
        words::told(&ahead.money_out)
    )
}

fn title_of(comes_in: bool) -> &'static str {
    if comes_in { "Coming in" } else { "Going out" }
}

/// The line at a place: what comes in, a title, what goes out. The title of the first group stands over the list.
fn line<'a>(ahead: &'a Ahead, [coming, going]: &[Vec<usize>; 2], index: usize) -> Option<Line<'a>> {
    let of = |position: Option<&usize>| ahead.rows.get(*position?).map(Line::Of);
    match index.checked_sub(coming.len()) {
        None => of(coming.get(index)),
        Some(beyond) if coming.is_empty() => of(going.get(beyond)),
        Some(0) => Some(Line::Head(title_of(false))),
        Some(beyond) => of(going.get(beyond - 1)),
    }
}

fn head_ui(ui: &mut Ui, title: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, title));
    paint_head(ui, Rect::from_min_max(pos2(rect.left(), rect.bottom() - height::DENSE), rect.max), title);
}

/// As the head of a table.
fn paint_head(ui: &Ui, rect: Rect, title: &str) {
    let tokens = Tokens::of(ui);
    let stroke = Stroke::new(1.0, tokens.hairline);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, stroke);
    let ink = Ink::new(size::SMALL, tokens.tertiary).medium();
    text::paint(ui.painter(), rect.shrink2(vec2(space::M, 0.0)), Align::Min, title, &ink, Cut::End);
}

fn row_ui(ui: &mut Ui, index: usize, row: &AheadRow, cash: &Cash, marked: bool) -> Option<Action> {
    let when = number::relative_date(row.day, cash.day);
    let whose = row.client.as_ref().map(|(_, name)| name.as_ref());
    let way = if row.comes_in { "in" } else { "out" };
    let name = whose.map(|name| format!(", {name}")).unwrap_or_default();
    let label = format!("{}{name}, {when}, {way} {}", row.what, words::told(&row.amount));
    let sense = if row.client.is_some() { Sense::click() } else { Sense::hover() };
    let id = Id::unique(("ahead", index, row.id.as_str(), row.day));
    let response = Row::new(id, &label).height(ROW).marked(marked).sense(sense).show(ui, |ui, rect| {
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
