//! The one line of quick entry: what was understood of it in chips, what is asked, and what it could be completed to.

use egui::accesskit::Live;
use egui::{
    Align, Area, Frame, Id, Margin, Order, Rect, Role, ScrollArea, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use crate::command::quick_entry::{Chip, ChipKind, Reading};
use crate::command::{QuickRow, QuickView, key_of};
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, height, radius, size, space};
use crate::kit::widgets::{
    Field, Row, VirtualList, ghost, icon_chip, moved_cursor, paint_key_cap, pasted_lines, primary, say_modal,
    selects_all,
};
use crate::state::{Action, BEGUN_CARDS, QuickAction, QuickPlace};

const WIDTH: f32 = 680.0;
/// So many rows are in sight at once.
const ROWS: f32 = 9.0;
/// So much of the window's height the stack of cards takes at most.
const STACK_SHARE: f32 = 0.35;

/// Draws the line with all that belongs to it.
pub(super) fn quick_entry_ui(ui: &mut Ui, place: &QuickPlace, view: &QuickView) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let window = ui.content_rect();
    let width = WIDTH.min(window.width() - 2.0 * space::L);
    let mut actions = Vec::new();
    let top = window.top() + (window.height() * 0.1).min(72.0);
    let at = pos2(window.center().x - width / 2.0, top);
    Area::new(Id::unique("quick entry")).order(Order::Foreground).fixed_pos(at).show(ui, |ui| {
        let frame = Frame::new()
            .fill(tokens.surface)
            .stroke(Stroke::new(1.0, tokens.hairline))
            .corner_radius(radius::L)
            .shadow(ui.visuals().window_shadow)
            .inner_margin(Margin::same(12));
        frame.show(ui, |ui| {
            let dialog =
                UiBuilder::new().accessibility_role(Role::Dialog).accessibility_label("Add in one line");
            ui.scope_builder(dialog, |ui| {
                say_modal(ui, ui.unique_id());
                ui.set_width(width - 24.0);
                ui.spacing_mut().item_spacing.y = space::S;
                stack_ui(ui, &view.stack);
                actions.extend(line_ui(ui, place, view));
                chips_ui(ui, "Understood", &view.reading);
                says_ui(ui, view);
                if let Some(waits) = &view.waits {
                    let ink = Ink::new(size::SMALL, tokens.secondary);
                    ui.add(egui::Label::new(ink.rich(waits.as_str())).truncate());
                }
                actions.extend(rows_ui(ui, place, view));
                actions.extend(buttons_ui(ui, view));
            });
        });
    });
    actions
}

/// The event and the cards so far: the last ones in sight.
fn stack_ui(ui: &mut Ui, stack: &[Reading]) {
    if stack.is_empty() {
        return;
    }
    let most = ui.content_rect().height() * STACK_SHARE;
    let area = ScrollArea::vertical().id_salt("cards").max_height(most).auto_shrink([false, true]);
    area.stick_to_bottom(true).show(ui, |ui| {
        for (at, reading) in stack.iter().enumerate() {
            let name = if at == 0 { "The event".to_owned() } else { format!("Card {at}") };
            chips_ui(ui, &name, reading);
        }
    });
}

/// The line itself. It holds the keyboard, and the caret goes to its end when something else than typing changed it.
fn line_ui(ui: &mut Ui, place: &QuickPlace, view: &QuickView) -> Option<Action> {
    let id = Id::unique("quick entry line");
    if !ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if let Some(lines) = pasted_lines(ui) {
        let over = selects_all(ui, id, &place.line);
        return Some(Action::Quick(QuickAction::Paste(lines, over)));
    }
    let mut line = place.line.clone();
    let hint = if view.stack.is_empty() {
        "paid acme 1200 · call ana in: asked about hosting · acme 3h design"
    } else {
        "Ana Vogel, Nordlicht GmbH, ana@nordlicht.de, wants a new shop"
    };
    let field = Field::new(id, "What happened").label_hidden().icon(icon::ADD).hint(hint).keeps_tab();
    // Of a stack that is begun only the event is missing.
    let end = line.chars().count();
    let field = field.select((line == BEGUN_CARDS).then_some(end..end));
    (field.caret_to_end(place.turn).show(ui, &mut line).changed())
        .then_some(Action::Quick(QuickAction::Type(line)))
}

fn chips_ui(ui: &mut Ui, name: &str, reading: &Reading) {
    if reading.chips.is_empty() {
        return;
    }
    let list = UiBuilder::new().accessibility_role(Role::List).accessibility_label(name);
    ui.scope_builder(list, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
            for chip in &reading.chips {
                icon_chip(ui, chip_icon(chip.kind), &label(chip), tone(chip.kind));
            }
        });
    });
}

fn label(chip: &Chip) -> String {
    match chip.kind {
        ChipKind::NotUnderstood => format!("not understood: {}", chip.label),
        _ => chip.label.clone(),
    }
}

fn tone(kind: ChipKind) -> Tone {
    match kind {
        ChipKind::NotUnderstood => Tone::Risk,
        ChipKind::Warning => Tone::Watch,
        _ => Tone::Neutral,
    }
}

fn chip_icon(kind: ChipKind) -> &'static str {
    match kind {
        ChipKind::Payment => icon::PAYMENT,
        ChipKind::Invoice => icon::INVOICE,
        ChipKind::Touch => icon::CHAT,
        ChipKind::Met => icon::MEETING,
        ChipKind::Client | ChipKind::Person => icon::CLIENT,
        ChipKind::Deal => icon::DEAL,
        ChipKind::Stage => icon::BOARD,
        ChipKind::Agreement => icon::AGREEMENT,
        ChipKind::NextStep => icon::FLAG,
        ChipKind::Promise => icon::PROMISE,
        ChipKind::Work => icon::WORK,
        ChipKind::Expense => icon::EXPENSE,
        ChipKind::Renewal => icon::RENEWAL,
        ChipKind::Note => icon::NOTE,
        ChipKind::Day => icon::CALENDAR,
        ChipKind::Money => icon::BANK,
        ChipKind::Warning => icon::WARNING,
        ChipKind::NotUnderstood => icon::HELP,
    }
}

/// What stands before what `Enter` does.
const ON_ENTER: &str = "On Enter";

/// What `Enter` does, or what stands in its way; what is asked is announced.
fn says_ui(ui: &mut Ui, view: &QuickView) {
    let tokens = Tokens::of(ui);
    let (says, role, glyph, colour) = if view.asks {
        (&view.rows_title, Role::Alert, icon::HELP, tokens.watch)
    } else if view.ready && view.stack.is_empty() {
        // Nothing is entered yet: a tick here would say it was.
        (&view.says, Role::Status, ON_ENTER, tokens.tertiary)
    } else {
        (&view.says, Role::Status, icon::INFO, tokens.secondary)
    };
    if says.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        text::icon(ui, glyph, &Ink::new(size::BODY, colour));
        let ink = Ink::body(tokens).colour(if view.ready { tokens.text } else { colour });
        let response = ui.add(egui::Label::new(ink.rich(says.as_str())).wrap());
        // What is to be is not said as if it were.
        let before = if glyph == ON_ENTER { "On Enter: " } else { "" };
        response.widget_info(|| WidgetInfo::labeled(role, true, format!("{before}{says}")));
        let live = if role == Role::Alert { Live::Assertive } else { Live::Polite };
        ui.accesskit_node_builder(response.id, |node| node.set_live(live));
    });
}

fn rows_ui(ui: &mut Ui, place: &QuickPlace, view: &QuickView) -> Vec<Action> {
    if view.rows.is_empty() {
        return Vec::new();
    }
    let tokens = Tokens::of(ui);
    if !view.asks {
        text::label(ui, view.rows_title.as_str(), &Ink::new(size::SMALL, tokens.tertiary).semibold());
    }
    let mut taken = None;
    let cursor = place.cursor.map(|cursor| cursor.min(view.rows.len().saturating_sub(1)));
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let wanted = (view.rows.len() as f32).min(ROWS) * height::DENSE;
    // What the rows are stands in a line with the others, whether a row has a key or not.
    let keys = view.rows.iter().filter_map(|row| row.key.as_deref());
    let keys = keys.map(|key| key_width(ui, key) + space::S).fold(0.0, f32::max);
    ui.allocate_ui(vec2(ui.available_width(), wanted), |ui| {
        let reveal = moved_cursor(ui, "quick entry", cursor);
        let list = VirtualList::new("quick entry", &view.rows_title, view.rows.len())
            .row_height(height::DENSE)
            .reveal(reveal);
        list.show(ui, |ui, at| {
            if let Some(row) = view.rows.get(at)
                && row_ui(ui, row, at, cursor == Some(at), keys)
            {
                taken = Some(at);
            }
        });
    });
    match taken {
        Some(at) => vec![Action::Quick(QuickAction::Point(Some(at))), Action::Run("quick.take")],
        None => Vec::new(),
    }
}

/// How wide the cap of a key is.
fn key_width(ui: &Ui, key: &str) -> f32 {
    let ink = Ink::caption(Tokens::of(ui)).medium();
    (text::width(ui.painter(), key, &ink) + 2.0 * space::XS).ceil().max(18.0)
}

/// Draws a row beside a column of keys of this width; gives whether it was clicked.
fn row_ui(ui: &mut Ui, row: &QuickRow, at: usize, selected: bool, keys: f32) -> bool {
    let tokens = Tokens::of(ui);
    let label =
        if row.detail.is_empty() { row.text.clone() } else { format!("{}, {}", row.text, row.detail) };
    let id = Id::unique(("quick entry row", at));
    let response =
        Row::new(id, &label).dense().selected(selected).sense(egui::Sense::CLICK).show(ui, |ui, rect| {
            let painter = ui.painter();
            let right = rect.right() - keys;
            if let Some(key) = &row.key {
                let left = rect.right() - key_width(ui, key);
                paint_key_cap(painter, tokens, pos2(left, rect.center().y), key);
            }
            let detail = text::paint(
                painter,
                rect.with_max_x(right),
                Align::Max,
                &row.detail,
                &Ink::second(tokens),
                Cut::Never,
            );
            let place =
                Rect::from_min_max(rect.min, pos2(detail.left().min(right) - space::M, rect.bottom()));
            text::paint(painter, place, Align::Min, &row.text, &Ink::body(tokens), Cut::Middle);
        });
    response.clicked()
}

/// The same for the mouse.
fn buttons_ui(ui: &mut Ui, view: &QuickView) -> Option<Action> {
    if !view.ready {
        return None;
    }
    let stack = !view.stack.is_empty();
    let mut pressed = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let id = if stack { "quick.finish" } else { "quick.enter" };
        let key = key_of(ui, id).unwrap_or_default();
        if primary(if stack { "Enter all cards" } else { "Enter" }).key(&key).show(ui).clicked() {
            pressed = Some(Action::Run(id));
        }
        let key = key_of(ui, "quick.enter_next").unwrap_or_default();
        if !stack && ghost("Enter, and the next").key(&key).show(ui).clicked() {
            pressed = Some(Action::Run("quick.enter_next"));
        }
    });
    pressed
}
