//! The levers of the what-if beside the fan: what each assumes, what it does, and what differs from the forecast.

use egui::{Align, Id, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::words;
use crate::command::{command, key_of};
use crate::domain::Money;
use crate::figures::forecast::Layer;
use crate::figures::proof::FigureKey;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{Row, buttons_ui, ghost, key_cap, list_box_ui, moved_cursor, section_header};
use crate::kit::{icon, number};
use crate::panels::proof::{figure_place, provable_words};
use crate::state::{Action, LeverLine, Session, Shown, WhatIfAction};
use crate::written::capital;

/// A lever: two lines.
const ROW: f32 = 42.0;
/// The levers one can add, by the ids of their commands.
const LEVERS: [&str; 10] = [
    "what_if.pays_later",
    "what_if.leaves",
    "what_if.let_go",
    "what_if.rates_rise",
    "what_if.deposit",
    "what_if.instalments",
    "what_if.many_small",
    "what_if.never_paid",
    "what_if.income",
    "what_if.expense",
];

pub(super) fn what_if_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let count = Some(shown.levers.len()).filter(|count| *count > 0);
    let head = section_header(ui, "What if", count, None);
    actions.extend(head_ui(ui, head.rect, !shown.levers.is_empty()));
    let area = ScrollArea::vertical().id_salt("what if").auto_shrink([false, false]).animated(false);
    area.show(ui, |ui| {
        if shown.levers.is_empty() {
            actions.extend(list_box_ui(ui, "Levers to add", LEVERS.len(), choices_ui));
            return;
        }
        let top = ui.cursor().top();
        actions.extend(difference_ui(ui, shown, session));
        list_box_ui(ui, "Levers", shown.levers.len(), |ui| {
            for (at, line) in shown.levers.iter().enumerate() {
                let (row, done) = lever_ui(ui, shown, at, line, session);
                actions.extend(done);
                if session.what_if.cursor == at {
                    actions.extend(notes_ui(ui, shown, session));
                    let whole = row.with_max_y(ui.cursor().top());
                    reveal(ui, (at, shown.levers.len()), top, row, whole);
                }
            }
        });
    });
    actions
}

/// Scrolls to the lever at hand, and to what else follows from it where there is room for both, whenever it stands in
/// another place than before: the hand moved, a lever came or went, or what is said above it takes more lines. So the list
/// can still be scrolled by hand.
fn reveal(ui: &Ui, at: (usize, usize), top: f32, row: Rect, whole: Rect) {
    let from_top = |y: f32| (y - top).round();
    let place = (at, from_top(row.top()), from_top(whole.bottom()));
    if moved_cursor(ui, "levers", Some(place)).is_none() {
        return;
    }
    let seen = if whole.height() <= ui.clip_rect().height() { whole } else { row };
    ui.scroll_to_rect(seen, None);
}

/// Keeping, dropping and closing.
fn head_ui(ui: &mut Ui, head: Rect, filled: bool) -> Option<Action> {
    let corner = UiBuilder::new().max_rect(head).layout(Layout::left_to_right(Align::Center));
    let mut corner = ui.new_child(corner);
    corner.spacing_mut().item_spacing.x = space::XXS;
    let all = [
        ("what_if.keep", icon::SAVE, "Keep the levers in the book"),
        ("what_if.drop", icon::DELETE, "Drop the levers"),
        ("what_if.open", icon::CROSS, "Close the what-if"),
    ];
    let keys = all.map(|(id, ..)| key_of(ui, id).unwrap_or_default());
    let buttons = all.into_iter().zip(&keys).filter(|((id, ..), _)| filled || *id == "what_if.open");
    let buttons = buttons.map(|((id, sign, label), key)| (ghost(label).icon_only(sign).key(key), id));
    let buttons = buttons.collect();
    buttons_ui(&mut corner, buttons).map(Action::Run)
}

/// The levers one can add, each with its key.
fn choices_ui(ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let says = "Assume something beside the facts and see what becomes of the balance. No fact changes.";
    text::label(ui, says, &Ink::second(tokens));
    ui.add_space(space::S);
    for (at, id) in LEVERS.into_iter().enumerate() {
        let Some(command) = command(id) else { continue };
        let title = capital(command.title.trim_end_matches(" …").trim_start_matches("What if "));
        let title = title.as_str();
        let response = Row::new(Id::unique(("lever choice", at)), title)
            .dense()
            .place(at, LEVERS.len())
            .sense(Sense::click())
            .show(ui, |ui, rect| {
                let mut right = rect.right();
                let caps = key_of(ui, id).unwrap_or_default();
                for cap in caps.split(' ').filter(|cap| !cap.is_empty()).rev() {
                    let place =
                        Rect::from_min_max(pos2(right - 20.0, rect.top()), pos2(right, rect.bottom()));
                    let mut corner = ui.new_child(
                        UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center)),
                    );
                    key_cap(&mut corner, cap);
                    right -= 22.0;
                }
                let words = Rect::from_min_max(rect.min, pos2(right - space::S, rect.bottom()));
                text::paint(ui.painter(), words, Align::Min, title, &Ink::body(tokens), Cut::End);
            });
        if response.clicked() {
            actions.push(Action::Run(id));
        }
    }
    actions
}

/// What differs from the forecast without the levers.
fn difference_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let difference = shown.outlook.what_if.as_ref().and_then(|fork| fork.difference(session.cash.layers));
    let muted = shown.levers.iter().all(|line| line.muted);
    let says = match difference {
        _ if muted => Err("Every lever is muted: as without them."),
        Some(difference) => Ok(difference.said(&in_words)),
        None => Err("Being worked out …"),
    };
    match says {
        Err(says) => drop(text::label(ui, says, &Ink::second(tokens))),
        Ok(lines) => {
            for (at, (of, line)) in lines.iter().enumerate() {
                let ink = if at == 0 { Ink::body(tokens).medium() } else { Ink::second(tokens) };
                let key = FigureKey::WhatIf(*of, session.cash.layers);
                actions.extend(provable_words(ui, &sentence(line), &ink, &key, session));
            }
        }
    }
    ui.add_space(space::S);
    actions
}

fn in_words(money: Money) -> String {
    words::glance(&Ok(money))
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    format!("{}.", capital(clause))
}

/// A lever; gives its place and what the person did.
fn lever_ui(
    ui: &mut Ui,
    shown: &Shown,
    at: usize,
    line: &LeverLine,
    session: &Session,
) -> (Rect, Vec<Action>) {
    let selected = session.what_if.cursor == at;
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let does = match (&line.does, line.muted) {
        (_, true) => "muted".to_owned(),
        (Some(does), false) => {
            line.waits_for.map_or_else(|| does.clone(), |layer| waits_words(ui, layer, does))
        }
        (None, false) => "being worked out …".to_owned(),
    };
    let by = line.by.filter(|by| !by.is_zero());
    let label = format!(
        "{}, {does}{}",
        line.assumes,
        by.map(|by| format!(", {} within {} days", words::signed(by), days_ahead(shown))).unwrap_or_default()
    );
    let id = Id::unique(("lever", at));
    let response = Row::new(id, &label).height(ROW).place(at, shown.levers.len()).selected(selected).show(
        ui,
        |ui, rect| {
            let painter = ui.painter();
            let colour = if line.muted { tokens.tertiary } else { tokens.text };
            let amount = by.map(words::signed).unwrap_or_default();
            let taken = text::paint(
                painter,
                rect,
                Align::Max,
                &amount,
                &Ink::body(tokens).colour(colour),
                Cut::Never,
            );
            let middle = rect.center().y;
            let upper =
                Rect::from_min_max(pos2(rect.left(), middle - 18.0), pos2(taken.left() - space::S, middle));
            let lower = upper.translate(vec2(0.0, 17.0));
            text::paint(
                painter,
                upper,
                Align::Min,
                &line.assumes,
                &Ink::body(tokens).colour(colour),
                Cut::End,
            );
            let second = Ink::new(size::SMALL, tokens.tertiary);
            text::paint(painter, lower, Align::Min, &does, &second, Cut::End);
            if let (true, Some(by), Some(counted)) = (selected, by, line.counted) {
                let place =
                    Rect::from_min_max(pos2(taken.left(), middle - 14.0), pos2(rect.right(), middle + 14.0));
                let says =
                    format!("{}: {} within {} days", line.assumes, words::signed(by), days_ahead(shown));
                let key = FigureKey::LeverEffect(counted, session.cash.layers);
                actions.extend(figure_place(
                    ui,
                    (Id::unique("lever figure"), place),
                    (&says, ""),
                    &key,
                    session,
                ));
            }
        },
    );
    if response.clicked() || response.double_clicked() {
        actions.push(Action::WhatIf(WhatIfAction::Point(at)));
    }
    if response.double_clicked() {
        actions.push(Action::Run("list.open"));
    }
    (response.rect, actions)
}

/// That a lever counts only with a layer that is off, with the key that turns it on; then what it does.
fn waits_words(ui: &Ui, layer: Layer, does: &str) -> String {
    let (what, toggle) = match layer {
        Layer::Possible => ("open deals", "cash.layer_possible"),
        Layer::Likely => ("what is likely", "cash.layer_likely"),
        // What is agreed is always counted.
        Layer::Committed => return does.to_owned(),
    };
    let key = key_of(ui, toggle).map(|key| format!(": {key}")).unwrap_or_default();
    format!("counts only with {what}{key} · {does}")
}

fn days_ahead(shown: &Shown) -> String {
    let days =
        shown.outlook.base.as_ref().map_or(0, |base| crate::domain::days_between(base.day, base.until));
    number::count(usize::try_from(days).unwrap_or(0))
}

/// What else follows from the lever at hand, right below it.
fn notes_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let Some(note) = &shown.lever_note else { return Vec::new() };
    let ink = Ink::second(Tokens::of(ui));
    ui.add_space(space::XS);
    let lines = note.said(&in_words);
    let mut actions = Vec::new();
    for (key, line) in &lines {
        actions.extend(provable_words(ui, &sentence(line), &ink, key, session));
    }
    ui.add_space(space::S);
    actions
}
