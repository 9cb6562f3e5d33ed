//! The head: which view or client, what it is filtered by, and which day is looked at.

use egui::{Frame, Id, Popup, PopupCloseBehavior, Response, Slider, Ui, vec2};

use crate::command::key_of;
use crate::domain::{add_days, days_between};
use crate::figures::{CLIENT_TERMS, ITEM_TERMS};
use crate::kit::icon;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, radius, size, space};
use crate::kit::widgets::{Field, at_right_ui, focus_ring, ghost, hover_text};
use crate::state::{Action, Shown, State, View};

/// Draws the head.
pub(super) fn head_ui(ui: &mut Ui, state: &State, shown: &Shown) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let (session, room) = (&state.session, ui.available_width());
        if session.page.is_some() || session.shows_firm() || session.rating().is_some() {
            let key = key_in(ui, room, "app.back");
            if ghost(session.view.title()).icon(icon::CARET_LEFT).key(&key).show(ui).clicked() {
                actions.push(Action::Back);
            }
            if session.rating().is_some() {
                text::label(ui, "Rates", &Ink::new(size::TITLE, tokens.text).semibold());
            } else if session.shows_firm() {
                text::label(ui, "The firm", &Ink::new(size::TITLE, tokens.text).semibold());
                for (id, label) in [("firm.edit", "Settings"), ("firm.lists", "Lists")] {
                    let key = key_in(ui, room, id);
                    if ghost(label).key(&key).show(ui).clicked() {
                        actions.push(Action::Run(id));
                    }
                }
            }
        } else {
            text::label(ui, session.view.title(), &Ink::new(size::TITLE, tokens.text).semibold());
            actions.extend(filter_ui(ui, state, shown));
            actions.extend(picked_ui(ui, state, shown));
        }
        actions.extend(day_ui(ui, state));
    });
    actions
}

/// The key of a command, as a button of a head with so much room draws it: nothing where the buttons alone take it.
fn key_in(ui: &Ui, room: f32, id: &str) -> String {
    /// In points.
    const ROOMY_FROM: f32 = 480.0;
    key_of(ui, id).filter(|_| room >= ROOMY_FROM).unwrap_or_default()
}

/// How many cards or clients are selected, and what is done with all of them.
fn picked_ui(ui: &mut Ui, state: &State, shown: &Shown) -> Option<Action> {
    let room = ui.max_rect().width();
    let (picked, selection) = (shown.picked(&state.session).len(), state.session.selection()?);
    let all = selection.items.len();
    if all == 0 || state.session.view == View::Today {
        return None;
    }
    let hidden = all.saturating_sub(picked);
    let says = match hidden {
        0 => format!("{} {picked} selected", icon::CHECK),
        hidden => format!("{} {picked} selected · {hidden} not shown", icon::CHECK),
    };
    text::label(ui, says, &Ink::body(Tokens::of(ui)).medium().colour(Tokens::of(ui).accent));
    let merge = (state.session.view == View::Clients && picked == 2).then_some(("client.merge", "Merge"));
    let buttons = [Some(("record.edit", "Change")), merge, Some(("app.back", "Clear"))];
    for (id, label) in buttons.into_iter().flatten() {
        let key = key_in(ui, room, id);
        if ghost(label).key(&key).show(ui).clicked() {
            return Some(Action::Run(id));
        }
    }
    None
}

fn filter_ui(ui: &mut Ui, state: &State, shown: &Shown) -> Vec<Action> {
    let session = &state.session;
    let filter = session.filters.of(session.view);
    let mut actions = Vec::new();
    if !session.filtering && filter.is_empty() {
        let key = key_of(ui, "list.filter").unwrap_or_default();
        if ghost("Filter").icon(icon::FILTER).key(&key).show(ui).clicked() {
            actions.push(Action::Run("list.filter"));
        }
        return actions;
    }
    let id = Id::unique("filter");
    if session.filtering && !ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    } else if !session.filtering && ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    let mut typed = filter.to_owned();
    let field = Field::new(id, "Filter")
        .label_hidden()
        .icon(icon::FILTER)
        .hint(match session.view {
            View::Today => "words, kind:overdue, amount>500",
            View::Clients => "words, kind:toxic, score<50",
            _ => "every word must be found",
        })
        .width(240.0);
    let response = field.show(ui, &mut typed);
    if session.overlay.is_none() {
        let known: &[_] = match session.view {
            View::Today => &ITEM_TERMS,
            View::Clients => &CLIENT_TERMS,
            _ => &[],
        };
        let terms = if session.filtering && filter.is_empty() { known } else { &[] };
        understood_ui(&response, terms, &shown.filter_notes);
    }
    if response.changed() {
        actions.push(Action::SetFilter(typed));
    }
    if response.clicked() && !session.filtering {
        actions.push(Action::Filtering(true));
    }
    let rows = match session.view {
        View::Board => shown.board.iter().map(Vec::len).sum(),
        _ => shown.len(session),
    };
    let found = if rows == 1 { "1 found".to_owned() } else { format!("{rows} found") };
    text::label(ui, found, &Ink::second(Tokens::of(ui)));
    actions
}

/// Says under the field what can be typed while it is empty, and what was not understood. It floats, so that nothing moves
/// while one types.
fn understood_ui(field: &Response, terms: &[(&str, &str)], notes: &[String]) {
    let popup = Popup::from_response(field)
        .accessible_name("What the filter understands")
        .open(!notes.is_empty() || !terms.is_empty())
        .gap(space::XS);
    popup.close_behavior(PopupCloseBehavior::IgnoreClicks).show(|ui| {
        let ink = Ink::new(size::SMALL, Tokens::of(ui).watch);
        Frame::new().inner_margin(space::XS).show(ui, |ui| {
            terms_ui(ui, terms);
            for note in notes {
                text::label(ui, format!("{} {note}.", icon::WARNING), &ink);
            }
        });
    });
}

/// The keys of the days, a slider over the last three years, and the day looked at, at the right edge.
fn day_ui(ui: &mut Ui, state: &State) -> Vec<Action> {
    const SPAN_DAYS: i64 = 3 * 365;
    const SLIDER: f32 = 140.0;
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    let day = state.day();
    let looking = state.as_of.is_some();
    let ink = Ink::body(tokens).medium().colour(if looking { tokens.watch } else { tokens.secondary });
    let day_words = crate::written::weekday_in_full(day);
    let day_width = text::width(ui.painter(), &day_words, &ink).ceil();
    let keys: Vec<String> =
        ["as_of.day_back", "as_of.day_on"].into_iter().filter_map(|id| key_of(ui, id)).collect();
    let keys = keys.join(" ");
    let caption = Ink::caption(tokens);
    let keys_width = text::width(ui.painter(), &keys, &caption).ceil();
    let gap = ui.spacing().item_spacing.x;
    let width = keys_width + SLIDER + day_width + 2.0 * gap;
    // The keys and the palette do the same where there is no room for it.
    if ui.available_width() < day_width {
        return actions;
    }
    if ui.available_width() < width {
        at_right_ui(ui, day_width, |ui| text::label(ui, day_words, &ink));
        return actions;
    }
    let back = days_between(day, state.today).clamp(0, SPAN_DAYS);
    let mut position = SPAN_DAYS - back;
    let slider = at_right_ui(ui, width, |ui| {
        text::label(ui, keys, &caption);
        ui.spacing_mut().slider_width = SLIDER;
        let slider = ui.add(Slider::new(&mut position, 0..=SPAN_DAYS).show_value(false));
        text::label(ui, day_words, &ink);
        slider
    });
    #[expect(clippy::cast_precision_loss, reason = "a few years of days")]
    slider.widget_info(|| {
        egui::WidgetInfo::slider(true, (position - SPAN_DAYS) as f64, "As of: days before today")
    });
    if slider.has_focus() {
        focus_ring(ui, slider.rect.expand2(vec2(space::XS, 0.0)), radius::S);
    }
    let slider = hover_text(slider, "Look at the book as of an earlier day");
    if slider.changed() {
        let chosen = add_days(state.today, position - SPAN_DAYS);
        actions.push(Action::LookAt((chosen < state.today).then_some(chosen)));
    }
    actions
}

/// What the filter understands: a term on the left, what it finds beside it.
fn terms_ui(ui: &mut Ui, terms: &[(&str, &str)]) {
    const TERM: f32 = 120.0;
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.spacing_mut().interact_size.y = size::BODY * 1.4;
    let meaning_width = (ui.available_width() - TERM - space::S - space::L).max(TERM);
    for (term, meaning) in terms {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.vertical(|ui| {
                ui.set_width(TERM);
                text::label(ui, *term, &Ink::body(tokens).medium());
            });
            ui.vertical(|ui| {
                ui.set_width(meaning_width);
                text::label(ui, *meaning, &Ink::second(tokens));
            });
        });
    }
}
