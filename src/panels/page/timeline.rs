//! Every fact about a client, newest first, month by month.

use chrono::{Datelike, NaiveDate};
use egui::{Align, Id, Rect, Ui, pos2, vec2};

use super::{Hit, List, nothing_ui};
use crate::figures::{Entry, EntryKind};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, height, size, space};
use crate::kit::widgets::{Row, VirtualList};
use crate::kit::{icon, number};
use crate::panels::figure::{Figure, hover};

/// Width of the gutter that names the month.
const MONTH: f32 = 78.0;
/// Width of the day of the month.
const DAY: f32 = 48.0;
/// Width of the icon.
const ICON: f32 = 28.0;
/// Width of how long ago it was.
const AGO: f32 = 88.0;
/// Beyond this width a row would tear its amount away from its words.
const WIDEST: f32 = 1100.0;
/// Width of the amount.
const AMOUNT: f32 = 104.0;

pub(super) fn timeline_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let entries = &list.page.timeline;
    if entries.is_empty() {
        let sentence = "Everything that happens with this client stands here, the latest first.";
        return nothing_ui(ui, icon::HISTORY, sentence, "touch.log", "log a touch");
    }
    let mut hit = Hit::default();
    let name = format!("Timeline of {}", list.page.client.name);
    let mut first = true;
    VirtualList::new("timeline", &name, entries.len()).row_height(height::DENSE).reveal(list.reveal).show(
        ui,
        |ui, index| {
            let Some(entry) = entries.get(index) else { return };
            let at = Around::of(entries, index, std::mem::take(&mut first));
            let says = spoken(entry, list);
            let response = Row::new(Id::unique(("entry", index)), &says)
                .dense()
                .selected(list.cursor == Some(index))
                .show(ui, |ui, rect| entry_ui(ui, rect, entry, at, list));
            if response.clicked() {
                hit.clicked = Some(index);
            }
            if response.double_clicked() {
                hit.opened = Some(index);
            }
        },
    );
    hit
}

/// Where the month of an entry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Month {
    /// Nowhere: an entry above says it.
    Above,
    /// At the entry.
    Here,
    /// At the top of the list, while rows of that month pass under it.
    Pinned,
}

/// How an entry stands among those around it.
#[derive(Debug, Clone, Copy)]
struct Around {
    month: Month,
    /// A line parts it from the month above.
    line: bool,
    /// Its day is written.
    day: bool,
}

impl Around {
    fn of(entries: &[Entry], index: usize, first_in_sight: bool) -> Self {
        let day = |index: Option<usize>| index.and_then(|index| entries.get(index)).map(|entry| entry.day);
        let (before, here, after) = (day(index.checked_sub(1)), day(Some(index)), day(Some(index + 1)));
        let opens = before.map(month) != here.map(month);
        let closes = after.map(month) != here.map(month);
        let place = match (first_in_sight, opens) {
            (true, _) if !closes => Month::Pinned,
            (true, _) | (_, true) => Month::Here,
            _ => Month::Above,
        };
        Self { month: place, line: opens && !first_in_sight, day: first_in_sight || before != here }
    }
}

fn month(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month())
}

fn spoken(entry: &Entry, list: List<'_>) -> String {
    let amount = entry.amount.map(|amount| format!(", {}", Figure::listed(amount, list.currency).text));
    let day = number::relative_date(entry.day, list.page.day);
    format!("{day}: {}{}", entry.text, amount.unwrap_or_default())
}

fn entry_ui(ui: &mut Ui, rect: Rect, entry: &Entry, at: Around, list: List<'_>) {
    let rect = rect.with_max_x(rect.right().min(rect.left() + WIDEST));
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let strip =
        |left: f32, width: f32| Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
    if at.line {
        let line = egui::Stroke::new(1.0, tokens.hairline);
        painter.hline(rect.x_range(), rect.top() + 0.5, line);
    }
    if at.month != Month::Above {
        let top = if at.month == Month::Pinned { rect.top().max(ui.clip_rect().top()) } else { rect.top() };
        let place = Rect::from_min_size(pos2(rect.left(), top), vec2(MONTH, rect.height()));
        let ink = Ink::new(size::SMALL, tokens.text).medium();
        text::paint(painter, place, Align::Min, &number::month(entry.day), &ink, Cut::Never);
    }
    let day_left = rect.left() + MONTH;
    let ago_left = rect.right() - AGO;
    if at.day {
        let weekday = number::weekday_name(entry.day);
        let caption = Ink::new(size::SMALL, tokens.tertiary);
        text::paint(painter, strip(day_left, DAY - 20.0), Align::Min, weekday, &caption, Cut::Never);
        let ink = Ink::new(size::SMALL, tokens.secondary);
        text::paint(
            painter,
            strip(day_left, DAY),
            Align::Max,
            &entry.day.day().to_string(),
            &ink,
            Cut::Never,
        );
        let ago = number::relative(entry.day, list.page.day);
        text::paint(painter, strip(ago_left, AGO), Align::Max, &ago, &caption, Cut::Never);
    }
    let (sign, tone) = look(entry.kind);
    let icon_place = strip(day_left + DAY + space::S, ICON);
    text::paint(
        painter,
        icon_place,
        Align::Center,
        sign,
        &Ink::new(size::LEAD, tokens.tone(tone)),
        Cut::Never,
    );
    let amount_place = strip(ago_left - AMOUNT, AMOUNT);
    let mut right = amount_place.right();
    if let Some(amount) = entry.amount {
        let figure = Figure::listed(amount, list.currency);
        let ink = Ink::body(tokens);
        let ink = if entry.kind == EntryKind::Payment { ink.medium() } else { ink.colour(tokens.secondary) };
        right = figure.paint(ui, amount_place, Align::Max, &ink).left() - space::M;
    }
    let words =
        Rect::from_min_max(pos2(icon_place.right() + space::S, rect.top()), pos2(right, rect.bottom()));
    let ink = Ink::body(tokens).colour(if is_quiet(entry.kind) { tokens.secondary } else { tokens.text });
    let says = one_line(&entry.text);
    let wanted = text::width(ui.painter(), &says, &ink);
    text::paint(ui.painter(), words, Align::Min, &says, &ink, Cut::End);
    if wanted > words.width() {
        hover(ui, words, &entry.text);
    }
}

/// A note of several lines, in one.
pub(in crate::panels) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What happens every day steps back behind what decides.
fn is_quiet(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Work | EntryKind::Expense | EntryKind::DoorCheck | EntryKind::Renewal)
}

/// The icon of a fact, and its tone: money that came is good, trouble is told by more than its words.
pub(in crate::panels) fn look(kind: EntryKind) -> (&'static str, Tone) {
    match kind {
        EntryKind::Met => (icon::INTRODUCTION, Tone::Neutral),
        EntryKind::TouchIn => (icon::INCOMING, Tone::Neutral),
        EntryKind::TouchOut => (icon::OUTGOING, Tone::Neutral),
        EntryKind::Stage => (icon::DEAL, Tone::Neutral),
        EntryKind::Proposal => (icon::PROPOSAL, Tone::Neutral),
        EntryKind::Agreement => (icon::AGREEMENT, Tone::Neutral),
        EntryKind::DownPayment => (icon::BANK, Tone::Neutral),
        EntryKind::Delivered => (icon::GIFT, Tone::Neutral),
        EntryKind::Result => (icon::TREND_UP, Tone::Neutral),
        EntryKind::Hesitation => (icon::HELP, Tone::Watch),
        EntryKind::Goal => (icon::TARGET, Tone::Neutral),
        EntryKind::Retainer => (icon::RENEWAL, Tone::Neutral),
        EntryKind::Invoice => (icon::INVOICE, Tone::Neutral),
        EntryKind::Payment => (icon::PAYMENT, Tone::Good),
        EntryKind::Credited => (icon::PAYMENT, Tone::Neutral),
        EntryKind::PromisedPayment => (icon::CALENDAR, Tone::Neutral),
        EntryKind::Dispute => (icon::WARNING, Tone::Watch),
        EntryKind::WriteOff => (icon::DELETE, Tone::Risk),
        EntryKind::PromiseMade => (icon::PROMISE, Tone::Neutral),
        EntryKind::PromiseMoved | EntryKind::PromiseLate => (icon::CLOCK, Tone::Watch),
        EntryKind::PromiseKept => (icon::HANDLED, Tone::Neutral),
        EntryKind::Work => (icon::WORK, Tone::Neutral),
        EntryKind::Expense => (icon::EXPENSE, Tone::Neutral),
        EntryKind::Renewal => (icon::GLOBE, Tone::Neutral),
        EntryKind::Feeling => (icon::NOTE, Tone::Neutral),
        EntryKind::DoorCheck => (icon::LIST, Tone::Neutral),
        EntryKind::Kind => (icon::FLAG, Tone::Neutral),
        EntryKind::Ended => (icon::CROSS, Tone::Neutral),
    }
}
