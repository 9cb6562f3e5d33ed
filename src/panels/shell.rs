//! The whole window: rail, head, strips, the view or page in the middle, the pane beside it, footer, and what lies over.

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui, UiBuilder, Vec2, vec2};

use crate::command::{Guide, command, key_of, show_keys};
use crate::kit::icon;
use crate::kit::theme::{Tokens, height, space};
use crate::kit::widgets::{NavItem, announce, announcer_ui, follow_keyboard, hush, note_hand};
use crate::state::{Action, Overlay, Shown, State, View};

use super::{
    beside, board, cash, clients, confirm, firm_lists, footer, form, head, help, import, merge, outbox, page,
    palette, path, proof, quick_entry, rates, settings, snooze, strips, today, unreadable,
};

/// What a view needs at least to show all that it does, in points.
const LEAST: Vec2 = vec2(600.0, 330.0);
/// The same of a client's page, whose head is high.
const LEAST_OF_PAGE: Vec2 = vec2(600.0, 500.0);
/// Below this width the rail shows icons alone, in points.
const WIDE_RAIL_FROM: f32 = 1200.0;
/// Below this width the pane beside the list stands below it, in points; and so much of the height it takes there.
const BESIDE_FROM: f32 = 960.0;
const BELOW: f32 = 0.42;

/// Draws the window; gives what the person did.
pub fn window_ui(ui: &mut Ui, state: &State, shown: &Shown, guide: &Guide) -> Vec<Action> {
    show_keys(ui, &state.session.keys);
    note_hand(ui, state.session.overlay.is_some() || state.session.lists.is_some());
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    let width = ui.available_width();
    let bare = |margin: Margin| Frame::new().fill(tokens.ground).inner_margin(margin);
    let rail = if width >= WIDE_RAIL_FROM { 176.0 } else { 56.0 };

    Panel::left("rail").exact_size(rail).resizable(false).frame(bare(Margin::symmetric(8, 12))).show(
        ui,
        |ui| {
            let area = ScrollArea::vertical().id_salt("rail").auto_shrink([false, false]);
            let bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
            actions.extend(area.scroll_bar_visibility(bar).show(ui, |ui| rail_ui(ui, state, shown)).inner);
        },
    );
    // Footer and side pane take their place here and are drawn after the view: what is read first comes first to `Tab` and
    // to a screen reader.
    let footer_place = Panel::bottom("footer")
        .exact_size(36.0)
        .resizable(false)
        .frame(bare(Margin::symmetric(12, 4)))
        .show(ui, |ui| ui.max_rect())
        .inner;
    Panel::top("head")
        .exact_size(52.0)
        .resizable(false)
        .frame(bare(Margin::symmetric(16, 10)))
        .show(ui, |ui| actions.extend(head::head_ui(ui, state, shown)));
    // Where there is little room the strips scroll with the view.
    let least = if state.session.page.is_some() { LEAST_OF_PAGE } else { LEAST };
    let tight = !has_room(ui, least);
    if !tight && strips::count(state) > 0 {
        Panel::top("strips")
            .resizable(false)
            .show_separator_line(false)
            .frame(bare(Margin::ZERO))
            .show(ui, |ui| actions.extend(strips::strips_ui(ui, state)));
    }
    let session = &state.session;
    let peeks = session.peeks() && shown.beside.is_some();
    let beside_place = peeks.then(|| {
        let pane = match width {
            ..BESIDE_FROM => Panel::bottom("below").exact_size((ui.available_height() * BELOW).round()),
            ..1600.0 => Panel::right("beside").exact_size(332.0),
            _ => Panel::right("beside").exact_size(380.0),
        };
        pane.resizable(false)
            .frame(Frame::new().fill(tokens.surface).inner_margin(Margin::same(16)))
            .show(ui, |ui| ui.max_rect())
            .inner
    });
    CentralPanel::default().frame(Frame::new().fill(tokens.ground).inner_margin(Margin::same(0))).show(
        ui,
        |ui| {
            let strips_ui = |ui: &mut Ui| if tight { strips::strips_ui(ui, state) } else { Vec::new() };
            if let Some(why) = &state.file.unreadable {
                actions.extend(strips_ui(ui));
                actions.extend(unreadable::unreadable_ui(ui, why));
                return;
            }
            let (strips, view) = scrolled(ui, least, strips_ui, |ui| match (&session.page, session.view) {
                (Some(_), _) => page::page_ui(ui, shown, session),
                (None, View::Today) => today::today_ui(ui, shown, session),
                (None, View::Board) => board::board_ui(ui, shown, session),
                (None, View::Cash) => cash::cash_ui(ui, shown, session),
                (None, View::Clients) if session.rating().is_some() => rates::rates_ui(ui, shown, session),
                (None, View::Clients) => clients::clients_ui(ui, shown, session),
                (None, View::Outbox) => outbox::outbox_ui(ui, shown, session),
            });
            actions.extend(strips.into_iter().chain(view));
        },
    );
    if let Some(place) = beside_place {
        actions.extend(within(ui, "beside", place, |ui| beside::beside_ui(ui, shown, session)));
    }
    actions.extend(within(ui, "footer", footer_place, |ui| footer::footer_ui(ui, state, guide)));
    actions.extend(over_ui(ui, state, shown, guide));
    announcer_ui(ui);
    actions
}

/// Whether there is as much room as a view needs at least.
fn has_room(ui: &Ui, least: Vec2) -> bool {
    let room = ui.available_size();
    room.x >= least.x && room.y >= least.y
}

/// Draws a view below what stands above it; where there is less room than any view needs, as at three times the size, the view is
/// drawn as large as it needs, and both are scrolled.
fn scrolled<A, R>(
    ui: &mut Ui,
    least: Vec2,
    above: impl FnOnce(&mut Ui) -> A,
    contents: impl FnOnce(&mut Ui) -> R,
) -> (A, R) {
    if has_room(ui, least) {
        return (above(ui), contents(ui));
    }
    let room = ui.available_size();
    let area = ScrollArea::both().id_salt("view").auto_shrink([false, false]).animated(false);
    area.show(ui, |ui| {
        let above = above(ui);
        let (_, place) = ui.allocate_space(room.max(least));
        let shown = contents(&mut ui.new_child(UiBuilder::new().id_salt("scrolled view").max_rect(place)));
        follow_keyboard(ui, 2);
        (above, shown)
    })
    .inner
}

/// Draws into a place that a panel has taken.
fn within<R>(ui: &mut Ui, name: &str, place: egui::Rect, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let mut inside = ui.new_child(UiBuilder::new().id_salt((name, "contents")).max_rect(place));
    inside.set_clip_rect(place.expand(space::M).intersect(ui.clip_rect()));
    contents(&mut inside)
}

/// What lies over the view.
fn over_ui(ui: &mut Ui, state: &State, shown: &Shown, guide: &Guide) -> Vec<Action> {
    let next = egui::Id::unique("what can follow");
    if state.session.prefix.is_some() {
        help::continuations_ui(ui, &guide.continuations);
        let said: Vec<String> =
            guide.continuations.iter().map(|hint| format!("{} {}", hint.key, hint.title)).collect();
        announce(ui, next, &said.join(", "));
    } else {
        hush(ui, next);
    }
    match &state.session.overlay {
        None => match &state.session.lists {
            Some(place) => firm_lists::firm_lists_ui(ui, place, shown),
            None => Vec::new(),
        },
        Some(Overlay::Palette(open)) => palette::palette_ui(ui, open, guide),
        Some(Overlay::Quick) => match &guide.quick {
            Some(view) => quick_entry::quick_entry_ui(ui, &state.session.quick, view),
            None => Vec::new(),
        },
        Some(Overlay::Help(at)) => help::help_ui(ui, (&guide.help, guide.terms), *at),
        Some(Overlay::Form(open)) => match &shown.form {
            Some(view) => form::form_ui(ui, open, view),
            None => Vec::new(),
        },
        Some(Overlay::Snooze(..)) => snooze::snooze_ui(ui, shown, &state.session),
        Some(Overlay::Confirm(asked)) => confirm::confirm_ui(ui, asked),
        Some(Overlay::Path(prompt)) => path::path_ui(ui, prompt, &state.session.keys),
        Some(Overlay::Import(open)) => import::import_ui(ui, open),
        Some(Overlay::Settings(at)) => settings::settings_ui(ui, state, *at),
        Some(Overlay::Proof(place)) => proof::proof_ui(ui, shown, place),
        Some(Overlay::Merge(place)) => match &shown.merge {
            Some(told) => merge::merge_ui(ui, place, told),
            None => Vec::new(),
        },
    }
}

fn rail_ui(ui: &mut Ui, state: &State, shown: &Shown) -> Vec<Action> {
    let mut actions = Vec::new();
    let views: Vec<_> = [
        (View::Today, icon::TODAY, "view.today", some(shown.figures.today.items.len())),
        (View::Board, icon::BOARD, "view.board", None),
        (View::Cash, icon::CASH, "view.cash", None),
        (View::Clients, icon::CLIENTS, "view.clients", None),
        (View::Outbox, icon::MAIL, "view.outbox", some(shown.figures.outbox.waiting.len())),
    ]
    .into_iter()
    // An empty outbox has no place in the rail, unless one is there.
    .filter(|(view, _, _, count)| *view != View::Outbox || count.is_some() || state.session.view == *view)
    .collect();
    let keeps = matches!(state.file.origin, crate::state::Origin::Sample);
    let below: Vec<_> = [
        (icon::SAVE, "file.save", "Save"),
        (icon::SEARCH, "app.palette", "Find"),
        (icon::SETTINGS, "settings.open", "Settings"),
        (icon::HELP, "app.help", "Keys"),
    ]
    .into_iter()
    .filter(|(_, id, _)| *id != "file.save" || keeps)
    .collect();
    let (gap, squeezed) = rail_room(ui, views.len(), below.len());
    ui.spacing_mut().item_spacing.y = gap;
    for (view, icon, id, count) in views {
        let (key, selected) = (key_of(ui, id), state.session.view == view);
        let (label, key) = (view.title(), key.as_deref());
        let item = NavItem { icon, label, count, key, selected, tool: false, height: squeezed };
        if item.show(ui).clicked() {
            actions.push(Action::Run(id));
        }
    }
    // At the lower end, and drawn as they are read.
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let taken = below.len() as f32 * (squeezed.unwrap_or(height::DENSE) + gap) + 2.0 * space::S;
    let room = ui.clip_rect().bottom() - ui.cursor().top();
    ui.add_space((room - taken).max(0.0) + space::S);
    // What is done from every view stands apart from the views.
    let line = egui::Stroke::new(1.0, Tokens::of(ui).hairline);
    let (left, width) = (ui.cursor().left() + space::S, ui.available_width() - 2.0 * space::S);
    ui.painter().hline(left..=left + width, ui.cursor().top() - space::XS, line);
    for (icon, id, label) in below {
        let key = key_of(ui, id);
        let (count, key) = (None, key.as_deref());
        let item = NavItem { icon, label, count, key, selected: false, tool: true, height: squeezed };
        if command(id).is_some() && item.show(ui).clicked() {
            actions.push(Action::Run(id));
        }
    }
    actions
}

/// The gap between the items of the rail and, where there is less room than they take, the height that all of them have: no
/// less than a pointer hits.
fn rail_room(ui: &Ui, views: usize, below: usize) -> (f32, Option<f32>) {
    /// In points.
    const LEAST: f32 = 24.0;
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let (views, below) = (views as f32, below as f32);
    let room = ui.clip_rect().height() - 2.0 * space::S;
    if views * (height::ROW + space::XS) + below * (height::DENSE + space::XS) <= room {
        return (space::XS, None);
    }
    (0.0, Some((room / (views + below)).floor().clamp(LEAST, height::DENSE)))
}

fn some(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}
