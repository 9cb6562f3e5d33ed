//! The end of the queue, and the places where there is none.

use egui::{Align, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{course, name_of, row, words};
use crate::command::key_of;
use crate::domain::Wait;
use crate::figures::today::{Done, PutOff};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{Button, ghost, primary, secondary};
use crate::kit::{icon, number};
use crate::state::{Action, Session, Shown, View};

/// How many of the items put off the end screen names.
const NAMED: usize = 4;

/// What was put off, and which comes back first: `3 snoozed, next back in 3 d · Mon 23 Nov: Acme`.
fn snoozed(shown: &Shown) -> Option<String> {
    let snoozed = &shown.figures.today.snoozed;
    let next = snoozed.first()?;
    let back = back_words(next, shown);
    Some(format!(
        "{} snoozed, the next is back {back}: {}",
        number::count(snoozed.len()),
        name_of(&next.item)
    ))
}

/// When an item comes back: `in 3 d · Mon 23 Nov`, `when paid, at the latest in 30 d · 20 Dec`.
fn back_words(put_off: &PutOff, shown: &Shown) -> String {
    let day = number::relative_date(put_off.until, shown.figures.day);
    match put_off.wait {
        None => day,
        Some(Wait::TheyReply) => format!("when they reply, at the latest {day}"),
        Some(Wait::Paid) => format!("when paid, at the latest {day}"),
        Some(Wait::NoReply) => format!("{day}, if they do not reply"),
    }
}

/// Under the last row: that this was all.
pub(super) fn closing_line_ui(ui: &mut Ui, shown: &Shown) {
    let tokens = Tokens::of(ui);
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), row::HEIGHT), Sense::hover());
    let filtered = shown.today.len() + shown.arrivals < shown.figures.today.items.len();
    let says = match (filtered, shown.arrivals) {
        (true, _) => "That is all the filter finds",
        (false, 0) => "That is all for today",
        (false, _) => "That is all but what is new",
    };
    let more = snoozed(shown).filter(|_| !filtered).unwrap_or_default();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{says}. {more}")));
    if !ui.is_rect_visible(whole) {
        return;
    }
    let columns = row::Columns::of(whole.shrink2(vec2(row::PADDING, 0.0)));
    let line = |top: f32, left: f32, right: f32| {
        Rect::from_min_max(pos2(left, whole.top() + top), pos2(right, whole.top() + top + 19.0))
    };
    let tops = if more.is_empty() { (18.0, 18.0) } else { (11.0, 30.0) };
    let check = line(tops.0, whole.left() + row::PADDING, columns.words.min - space::M);
    let quiet = Ink::new(size::TITLE, tokens.tertiary);
    text::paint(ui.painter(), check, Align::Center, icon::CHECK, &quiet, Cut::Never);
    let (left, right) = (columns.words.min, columns.stake.max);
    let ink = Ink::new(size::BODY, tokens.secondary).medium();
    text::paint(ui.painter(), line(tops.0, left, right), Align::Min, says, &ink, Cut::End);
    let small = Ink::new(size::SMALL, tokens.tertiary);
    text::paint(ui.painter(), line(tops.1, left, right), Align::Min, &more, &small, Cut::End);
}

/// A sentence or two in the middle of an empty place, and what stands below it.
fn centred(ui: &mut Ui, sign: &str, title: &str, sentence: &str, below: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let place = ui.available_rect_before_wrap();
    let top = ((place.height() - 200.0) * 0.36).clamp(space::L, 260.0);
    let builder = UiBuilder::new().layout(Layout::top_down(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.add_space(top);
        text::icon(ui, sign, &Ink::new(size::DISPLAY, tokens.tertiary));
        ui.add_space(space::XS);
        text::label(ui, title, &Ink::new(size::TITLE, tokens.text).semibold());
        if !sentence.is_empty() {
            ui.scope(|ui| {
                ui.set_max_width(440.0_f32.min(ui.available_width()));
                text::label(ui, sentence, &Ink::new(size::BODY, tokens.secondary));
            });
        }
        ui.add_space(space::M);
        below(ui);
    });
}

/// Buttons side by side in the middle. Returns the index of the one that was pressed.
fn buttons_ui(ui: &mut Ui, buttons: Vec<Button<'_>>) -> Option<usize> {
    let id = ui.scope_id().with("buttons");
    let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(240.0);
    let mut pressed = None;
    let row = ui.allocate_ui(vec2(known, 28.0), |ui| {
        ui.horizontal(|ui| {
            for (index, button) in buttons.into_iter().enumerate() {
                if button.show(ui).clicked() {
                    pressed = Some(index);
                }
            }
            ui.min_rect().width()
        })
        .inner
    });
    // Their width is known once they were laid out.
    if (row.inner - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, row.inner));
        ui.request_repaint();
    }
    pressed
}

/// What was done in the session, and in which ways: `17 done in 9 minutes: 6 put into the outbox, 4 logged.`; and the `end` of it.
fn done_words(done: &Done, minutes: u64, end: &str) -> String {
    let ways = [
        (done.queued, "put into the outbox"),
        (done.logged, "logged"),
        (done.recorded, "recorded"),
        (done.handled, "handled"),
        (done.snoozed, "snoozed"),
        (done.dismissed, "dismissed"),
        (done.by_itself, "gone by itself"),
    ];
    let ways = ways.into_iter().filter(|(count, _)| *count > 0);
    let ways: Vec<String> = ways.map(|(count, way)| format!("{} {way}", number::count(count))).collect();
    let took = match minutes {
        0 => String::new(),
        1 => " in 1 minute".to_owned(),
        minutes => format!(" in {minutes} minutes"),
    };
    format!("{} done{took}: {}. {end}", number::count(done.total()), ways.join(", "))
}

/// That nothing waits; and what is late all the same, since they were reminded of it, or it was put off.
fn nothing_waits(shown: &Shown) -> String {
    let late = shown.figures.clients.totals.overdue.as_ref();
    match late {
        Ok(late) if late.is_zero() => "No client waits for you, and no money is late.".to_owned(),
        Ok(late) => format!(
            "No client waits for you. {} {} is late, and was asked for or put off: it comes back by itself.",
            late.currency.code(),
            number::summary(late.amount, late.currency.decimals())
        ),
        Err(_) => "No client waits for you.".to_owned(),
    }
}

/// The queue is empty because all of it is done, but for what came meanwhile and waits above to be merged in.
pub(super) fn all_done_ui(ui: &mut Ui, shown: &Shown, session: &Session, actions: &mut Vec<Action>) {
    let tokens = Tokens::of(ui);
    let today = &shown.figures.today;
    let (title, end) = match shown.arrivals {
        0 => ("Nothing else needs you today", "Close it and go on with your work."),
        _ => ("That is all but what is new", "What came since you began here waits above."),
    };
    let sentence = match (shown.done.total(), today.handled_on_day) {
        (0, 0) if shown.arrivals > 0 => end.to_owned(),
        (0, 0) => nothing_waits(shown),
        (0, handled) => format!("{} handled today. {end}", number::count(handled)),
        _ => done_words(&shown.done, shown.minutes, end),
    };
    centred(ui, icon::HANDLED, title, &sentence, |ui| {
        changed_ui(ui, shown, session, actions);
        if today.snoozed.is_empty() {
            return;
        }
        ui.add_space(space::S);
        text::label(
            ui,
            format!("{} snoozed", number::count(today.snoozed.len())),
            &Ink::new(size::SMALL, tokens.tertiary).medium(),
        );
        for put_off in today.snoozed.iter().take(NAMED) {
            back_ui(ui, &name_of(&put_off.item), &back_words(put_off, shown));
        }
        if let Some(more) = today.snoozed.len().checked_sub(NAMED).filter(|more| *more > 0) {
            text::label(ui, format!("and {} more", number::count(more)), &Ink::second(tokens));
        }
    });
}

/// What the session did to the money to come, and the letters that wait to go out.
fn changed_ui(ui: &mut Ui, shown: &Shown, session: &Session, actions: &mut Vec<Action>) {
    let tokens = Tokens::of(ui);
    let width = 460.0_f32.min(ui.available_width());
    match course::compared(shown, session) {
        Ok(lines) => {
            for line in &lines {
                actions.extend(course::compared_ui(ui, width, line, session));
            }
        }
        Err(why) => drop(text::label(ui, why, &Ink::second(tokens))),
    }
    let waiting = shown.figures.outbox.waiting.len();
    if waiting == 0 {
        return;
    }
    let (letters, wait) = if waiting == 1 { ("letter", "waits") } else { ("letters", "wait") };
    let key = key_of(ui, "view.outbox").unwrap_or_default();
    ui.add_space(space::S);
    text::label(
        ui,
        format!("{} {letters} {wait} in the outbox", number::count(waiting)),
        &Ink::second(tokens),
    );
    if buttons_ui(ui, vec![secondary("Open the outbox").icon(icon::MAIL).key(&key)]).is_some() {
        actions.push(Action::Run("view.outbox"));
    }
}

/// An item that was put off, and when it comes back.
fn back_ui(ui: &mut Ui, name: &str, back: &str) {
    let tokens = Tokens::of(ui);
    let width = 460.0_f32.min(ui.available_width());
    let (place, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}, back {back}")));
    let ink = Ink::second(tokens).colour(tokens.tertiary);
    let back = text::paint(ui.painter(), place, Align::Max, back, &ink, Cut::Never);
    let name_place = place.with_max_x(back.left() - space::M);
    text::paint(ui.painter(), name_place, Align::Min, name, &Ink::second(tokens), Cut::Middle);
}

/// A book without a client.
pub(super) fn empty_book_ui(ui: &mut Ui, shown: &Shown, actions: &mut Vec<Action>) {
    if shown.looking {
        let key = key_of(ui, "as_of.today").unwrap_or_default();
        centred(
            ui,
            icon::HISTORY,
            "Nothing was known on this day",
            "The first facts of the book are later.",
            |ui| {
                if buttons_ui(ui, vec![secondary("Back to today").key(&key)]).is_some() {
                    actions.push(Action::Run("as_of.today"));
                }
            },
        );
        return;
    }
    let sentence = "Who needs you will stand here, the costliest delay first: late invoices, new contacts, \
        stalled proposals, promises and silent clients.";
    let keys = ["file.start", "file.import"].map(|id| (id, key_of(ui, id).unwrap_or_default()));
    centred(ui, icon::TODAY, "No clients yet", sentence, |ui| {
        let [(start, start_key), (import, import_key)] = &keys;
        let buttons = vec![
            primary("Start with one client").icon(icon::ADD_CLIENT).key(start_key),
            secondary("Import invoices").icon(icon::IMPORT).key(import_key),
        ];
        match buttons_ui(ui, buttons) {
            Some(0) => actions.push(Action::Run(start)),
            Some(_) => actions.push(Action::Run(import)),
            None => {}
        }
    });
}

/// A filter that no item passes.
pub(super) fn nothing_found_ui(ui: &mut Ui, shown: &Shown, session: &Session, actions: &mut Vec<Action>) {
    let filter = session.filters.of(View::Today).trim();
    let all = shown.figures.today.items.len();
    let title = format!("Nothing with “{filter}”");
    let waits = if all == 1 { "waits" } else { "wait" };
    let sentence = format!("{} {waits} behind this filter.", words::counted(all, "thing", "things"));
    let key = key_of(ui, "app.back").unwrap_or_default();
    centred(ui, icon::FILTER, &title, &sentence, |ui| {
        if buttons_ui(ui, vec![ghost("Clear the filter").key(&key)]).is_some() {
            actions.push(Action::SetFilter(String::new()));
        }
    });
}
