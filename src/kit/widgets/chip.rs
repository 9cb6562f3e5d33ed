//! Small marks: chips with their glyph, and key caps.

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, radius, size, space};

const CHIP_HEIGHT: f32 = 20.0;
const ICON_CHIP_HEIGHT: f32 = 24.0;
const CAP_HEIGHT: f32 = 18.0;

/// What a chip says, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chip<'a> {
    /// One or two words.
    pub label: &'a str,
    /// Its judgement; good, watch and risk bring their glyph along.
    pub tone: Tone,
}

/// Shows a chip in the layout.
pub fn chip(ui: &mut Ui, label: &str, tone: Tone) -> Response {
    let width = chip_width(ui.painter(), label, tone);
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHIP_HEIGHT), Sense::hover());
    let name = if tone.word().is_empty() { label.to_owned() } else { format!("{}: {label}", tone.word()) };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    if ui.is_rect_visible(rect) {
        paint_chip(ui.painter(), Tokens::of(ui), rect.left_center(), Chip { label, tone });
    }
    response
}

/// Shows a chip of a list: an icon and what it says, cut in the middle where there is no room for all of it.
pub fn icon_chip(ui: &mut Ui, icon: &str, label: &str, tone: Tone) -> Response {
    let tokens = Tokens::of(ui);
    let ink = Ink::new(size::BODY, if tone == Tone::Neutral { tokens.text } else { tokens.tone(tone) });
    let said = format!("{} {label}", tone.glyph().unwrap_or(icon));
    let room = ui.max_rect().width();
    let width = (text::width(ui.painter(), &said, &ink) + 2.0 * space::S).ceil().min(room);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ICON_CHIP_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, label));
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, radius::S, tokens.strong);
        text::paint(
            ui.painter(),
            rect.shrink2(vec2(space::S, 0.0)),
            egui::Align::Min,
            &said,
            &ink,
            Cut::Middle,
        );
    }
    super::hover_text(response, label)
}

/// Paints a chip whose left edge is centred on `at`, and returns the space it took. For rows that place their own parts.
#[expect(clippy::must_use_candidate, reason = "what counts is the painting")]
pub fn paint_chip(painter: &Painter, tokens: &Tokens, at: Pos2, chip: Chip<'_>) -> Rect {
    let width = chip_width(painter, chip.label, chip.tone);
    let rect = Rect::from_min_size(pos2(at.x, (at.y - CHIP_HEIGHT / 2.0).round()), vec2(width, CHIP_HEIGHT));
    painter.rect_filled(rect, radius::S, tokens.strong);
    let inside = rect.shrink2(vec2(6.0, 0.0));
    text::paint(
        painter,
        inside,
        egui::Align::Min,
        &chip_text(chip.label, chip.tone),
        &chip_ink(tokens, chip.tone),
        Cut::Never,
    );
    rect
}

/// Paints the glyph of a tone centred on `at`; nothing for tones that carry no judgement.
pub fn glyph(painter: &Painter, tokens: &Tokens, at: Pos2, tone: Tone) {
    if let Some(sign) = tone.glyph() {
        let place = Rect::from_center_size(at, vec2(16.0, 16.0));
        text::paint(
            painter,
            place,
            egui::Align::Center,
            sign,
            &Ink::new(size::SMALL, tokens.tone(tone)),
            Cut::Never,
        );
    }
}

/// Shows a key cap in the layout; nothing for no key.
pub fn key_cap(ui: &mut Ui, key: &str) -> Response {
    if key.is_empty() {
        return ui.allocate_response(Vec2::ZERO, Sense::hover());
    }
    let width = key_cap_width(ui.painter(), key);
    let (rect, response) = ui.allocate_exact_size(vec2(width, CAP_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
    if ui.is_rect_visible(rect) {
        paint_key_cap(ui.painter(), Tokens::of(ui), rect.left_center(), key);
    }
    response
}

/// Paints a key cap whose left edge is centred on `at`, and returns the space it took.
#[expect(clippy::must_use_candidate, reason = "what counts is the painting")]
pub fn paint_key_cap(painter: &Painter, tokens: &Tokens, at: Pos2, key: &str) -> Rect {
    paint_key_cap_in(painter, at, key, tokens.edge.gamma_multiply(0.7), tokens.secondary)
}

pub(super) fn paint_key_cap_in(
    painter: &Painter,
    at: Pos2,
    key: &str,
    line: Color32,
    colour: Color32,
) -> Rect {
    if key.is_empty() {
        return Rect::from_min_size(at, Vec2::ZERO);
    }
    let size = vec2(key_cap_width(painter, key), CAP_HEIGHT);
    let rect = Rect::from_min_size(pos2(at.x.round(), (at.y - CAP_HEIGHT / 2.0).round()), size);
    painter.rect(rect, radius::S, Color32::TRANSPARENT, Stroke::new(1.0, line), StrokeKind::Inside);
    text::paint(painter, rect, egui::Align::Center, key, &cap_ink(colour), Cut::Never);
    rect
}

/// Width in points that a key cap takes.
#[must_use]
pub fn key_cap_width(painter: &Painter, key: &str) -> f32 {
    if key.is_empty() {
        return 0.0;
    }
    (text::width(painter, key, &cap_ink(Color32::PLACEHOLDER)) + 2.0 * space::XS).ceil().max(CAP_HEIGHT)
}

fn cap_ink(colour: Color32) -> Ink {
    Ink::new(size::CAPTION, colour).medium()
}

/// Width in points that a chip takes.
fn chip_width(painter: &Painter, label: &str, tone: Tone) -> f32 {
    let ink = Ink::new(size::CAPTION, Color32::PLACEHOLDER).medium();
    (text::width(painter, &chip_text(label, tone), &ink) + 12.0).ceil()
}

fn chip_text(label: &str, tone: Tone) -> String {
    tone.glyph().map_or_else(|| label.to_owned(), |glyph| format!("{glyph} {label}"))
}

fn chip_ink(tokens: &Tokens, tone: Tone) -> Ink {
    Ink::new(size::CAPTION, tokens.tone(tone)).medium()
}
