//! Above the queue: the day in words, how much is to be done, and what is at stake.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{bulk, look, row, words};
use crate::command::key_of;
use crate::figures::proof::FigureKey;
use crate::figures::today::Tally;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::focus_ring;
use crate::kit::{icon, number};
use crate::panels::proof::{self, provable};
use crate::state::{Action, Session, Shown, View};

const HEIGHT: f32 = 56.0;
const FIGURE_WIDTH: f32 = 104.0;

/// The day and the count at the left, what is at stake by family at the right.
pub(super) fn headline_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let inside = whole.shrink2(vec2(row::PADDING, 0.0));
    let figures = &shown.figures;
    let mut left_of = inside.right();
    if !figures.today.items.is_empty() && inside.width() > 3.0 * FIGURE_WIDTH + 280.0 {
        let tallies = &figures.today.tallies;
        #[expect(clippy::cast_precision_loss, reason = "a handful of families")]
        let wide = tallies.len() as f32 * FIGURE_WIDTH;
        left_of -= wide;
        let mut left = left_of;
        for tally in tallies {
            let place =
                Rect::from_min_max(pos2(left, inside.top()), pos2(left + FIGURE_WIDTH, inside.bottom()));
            actions.extend(figure_ui(ui, place, tally, shown, session));
            left += FIGURE_WIDTH;
        }
    }
    let words_end = left_of - space::L;
    let line = |top: f32, height: f32| {
        let min = pos2(inside.left(), inside.top() + top);
        Rect::from_min_max(min, pos2(words_end, min.y + height))
    };
    let date = number::long_weekday(figures.day);
    let title = ui.interact(line(0.0, 26.0), ui.scope_id().with("date"), Sense::hover());
    title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &date));
    let title_ink = Ink::new(size::LEAD, tokens.text).semibold();
    text::paint(ui.painter(), title.rect, Align::Min, &date, &title_ink, Cut::End);
    let summary = summary(ui, shown, session);
    let second = ui.interact(line(28.0, 20.0), ui.scope_id().with("summary"), Sense::hover());
    second.widget_info(|| WidgetInfo::labeled(Role::Label, true, &summary));
    let ink = Ink::new(size::BODY, tokens.secondary);
    text::paint(ui.painter(), second.rect, Align::Min, &summary, &ink, Cut::End);
    progress_ui(ui, inside.with_max_x(words_end), shown);
    actions
}

/// How many things of the session are done. With nobody in the book, as after undoing its first client, nothing was.
fn done(shown: &Shown) -> usize {
    if shown.figures.clients.rows.is_empty() { 0 } else { shown.done.total() }
}

/// How much of what the session found is done: as quiet as a line can be. The words over it say the same.
fn progress_ui(ui: &Ui, place: Rect, shown: &Shown) {
    let (done, left) = (done(shown), shown.figures.today.items.len());
    if done == 0 {
        return;
    }
    let tokens = Tokens::of(ui);
    let track =
        Rect::from_min_size(pos2(place.left(), place.bottom() - 3.0), vec2(place.width().min(240.0), 2.0));
    #[expect(clippy::cast_precision_loss, reason = "a width on the screen")]
    let share = done as f32 / (done + left) as f32;
    ui.painter().rect_filled(track, 1, tokens.hairline);
    let filled = track.with_max_x(track.left() + track.width() * share);
    ui.painter().rect_filled(filled, 1, tokens.good);
}

fn summary(ui: &Ui, shown: &Shown, session: &Session) -> String {
    let today = &shown.figures.today;
    let filter = session.filters.of(View::Today).trim();
    let mut parts = Vec::new();
    if !shown.selected.is_empty() {
        return bulk::selected_words(shown, session);
    }
    if !filter.is_empty() && !today.items.is_empty() {
        let (found, all) = (number::count(shown.today.len()), today.items.len());
        parts.push(format!("{found} of {} with “{filter}”", words::counted(all, "thing", "things")));
    } else if !today.items.is_empty() {
        let needs = if today.items.len() == 1 { "needs" } else { "need" };
        parts.push(format!("{} {needs} you", words::counted(today.items.len(), "thing", "things")));
    }
    if !today.snoozed.is_empty() {
        parts.push(format!("{} snoozed", number::count(today.snoozed.len())));
    }
    let done = done(shown);
    if done > 0 {
        let all = done + today.items.len();
        parts.push(format!("{} of {} done", number::count(done), number::count(all)));
    } else if today.handled_on_day > 0 {
        parts.push(format!("{} handled", number::count(today.handled_on_day)));
    }
    let letters = shown.figures.outbox.waiting.len();
    if letters > 0 {
        let key = key_of(ui, "view.outbox").map(|key| format!(" ({key})")).unwrap_or_default();
        let letters = words::counted(letters, "letter", "letters");
        parts.push(format!("{letters} to send{key}"));
    }
    parts.join(" · ")
}

/// One family: its name and count over the sum.
fn figure_ui(ui: &mut Ui, place: Rect, tally: &Tally, shown: &Shown, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let currency = shown.figures.currency;
    let sum = number::summary(tally.at_stake, currency.decimals());
    let (figure, note) = match (tally.items, tally.unknown) {
        (0, _) => ("0".to_owned(), "nothing at stake".to_owned()),
        (_, 0) => (sum.clone(), format!("{sum} {} at stake", currency.code())),
        (_, unknown) if tally.at_stake.is_zero() => {
            (words::UNKNOWN.to_owned(), format!("unknown for all {unknown}"))
        }
        (_, unknown) => {
            let more = words::counted(unknown, "unknown amount", "unknown amounts");
            (format!("≥ {sum}"), format!("{sum} {} at stake and {more}", currency.code()))
        }
    };
    // Under a filter the sums are still those of the whole queue, so they step back.
    let filtered = shown.today.len() + shown.arrivals < shown.figures.today.items.len();
    let whole = if filtered { "in the whole queue " } else { "" };
    let things = words::counted(tally.items, "thing", "things");
    let says = format!("{}: {whole}{things}, {note}", tally.family.title());
    let response = ui.interact(place, ui.scope_id().with(("family", tally.family)), Sense::click());
    let spoken = proof::spoken(ui, &says);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.has_focus() {
        focus_ring(ui, place.with_min_x(place.left() + space::S).expand2(vec2(space::XS, 0.0)), 4);
    }
    let upper = Rect::from_min_size(place.min, vec2(place.width(), 26.0));
    let lower = Rect::from_min_size(place.min + vec2(0.0, 28.0), vec2(place.width(), 20.0));
    let quiet = tally.items == 0 || filtered;
    let colour = if quiet { tokens.tertiary } else { tokens.text };
    let ink = Ink::new(size::LEAD, colour).medium();
    text::paint(ui.painter(), upper, Align::Max, &figure, &ink, Cut::Never);
    let caption = format!(
        "{} {} {}",
        look::icon_of_family(tally.family),
        tally.family.title(),
        number::count(tally.items)
    );
    text::paint(
        ui.painter(),
        lower,
        Align::Max,
        &caption,
        &Ink::new(size::SMALL, tokens.tertiary),
        Cut::Never,
    );
    let actions = provable(ui, &response, &FigureKey::TodayStake(tally.family), session);
    proof::tooltip(response, &says);
    actions
}

/// What the columns of the queue hold.
pub(super) fn columns_ui(ui: &mut Ui, shown: &Shown) {
    let tokens = Tokens::of(ui);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let columns = row::Columns::of(whole.shrink2(vec2(row::PADDING, 0.0)));
    let ink = Ink::caption(tokens).medium();
    let column = |x: egui::Rangef| Rect::from_x_y_ranges(x, whole.y_range());
    let order = format!("{} Costliest delay first", icon::ARROW_DOWN);
    text::paint(ui.painter(), column(columns.words), Align::Min, &order, &ink, Cut::End);
    if let Some(touch) = columns.touch {
        text::paint(ui.painter(), column(touch), Align::Max, "Last touch", &ink, Cut::Never);
    }
    let stake = format!("At stake, {}", shown.figures.currency.code());
    text::paint(ui.painter(), column(columns.stake), Align::Max, &stake, &ink, Cut::Never);
    let line = egui::Stroke::new(1.0, tokens.hairline);
    ui.painter().hline(whole.shrink(row::PADDING).x_range(), whole.bottom() - 0.5, line);
}
