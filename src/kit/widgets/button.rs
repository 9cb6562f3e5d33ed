//! Buttons of three weights, each with an optional icon and the key that does the same.

use egui::{
    Align, Color32, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::chip::{key_cap_width, paint_key_cap_in};
use super::focus_ring;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, radius, size, space};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Primary,
    Secondary,
    Ghost,
}

/// A button to be shown with [`Button::show`].
#[derive(Debug, Clone)]
#[must_use = "a button is shown with `show`"]
pub struct Button<'a> {
    label: &'a str,
    weight: Weight,
    icon: Option<&'a str>,
    key: Option<&'a str>,
    icon_only: bool,
    help: &'a str,
    enabled: bool,
}

/// The one thing to do here: filled.
pub fn primary(label: &str) -> Button<'_> {
    Button::new(label, Weight::Primary)
}

/// One of several things to do: a quiet fill.
pub fn secondary(label: &str) -> Button<'_> {
    Button::new(label, Weight::Secondary)
}

/// Something one may do: no fill until hovered.
pub fn ghost(label: &str) -> Button<'_> {
    Button::new(label, Weight::Ghost)
}

/// Shows something of a known width at the right edge of what is left, drawn from the left to the right: so it is reached by
/// `Tab` and told to those who hear the screen in the order in which it is read.
pub fn at_right_ui<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    let place = room.with_min_x((room.right() - width).max(room.left()));
    let place = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(place, contents).inner
}

/// Shows buttons at the right edge of what is left of a line, in the order in which they are read; gives what belongs to the
/// one that was pressed.
pub fn buttons_ui<T>(ui: &mut Ui, buttons: Vec<(Button<'_>, T)>) -> Option<T> {
    at_right_ui(ui, buttons_width(ui, &buttons), |ui| {
        let mut pressed = None;
        for (button, does) in buttons {
            if button.show(ui).clicked() {
                pressed = Some(does);
            }
        }
        pressed
    })
}

/// How wide buttons beside one another are drawn, in points.
#[must_use]
pub fn buttons_width<T>(ui: &Ui, buttons: &[(Button<'_>, T)]) -> f32 {
    let gap = ui.spacing().item_spacing.x;
    buttons.iter().map(|(button, _)| button.width(ui) + gap).sum::<f32>() - gap
}

/// As many buttons to a line as fit beside one another.
pub(super) fn lines<'a, F>(ui: &Ui, width: f32, buttons: Vec<(Button<'a>, F)>) -> Vec<Vec<(Button<'a>, F)>> {
    let mut lines: Vec<Vec<(Button<'a>, F)>> = Vec::new();
    let mut left = 0.0;
    for button in buttons {
        let wanted = button.0.width(ui);
        match lines.last_mut() {
            Some(line) if left >= wanted => line.push(button),
            _ => {
                lines.push(vec![button]);
                left = width;
            }
        }
        left -= wanted + space::S;
    }
    lines
}

impl<'a> Button<'a> {
    fn new(label: &'a str, weight: Weight) -> Self {
        Self { label, weight, icon: None, key: None, icon_only: false, help: "", enabled: true }
    }

    /// An icon before the label.
    pub fn icon(self, icon: &'a str) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Only the icon is drawn; the label becomes the name and the tooltip.
    pub fn icon_only(self, icon: &'a str) -> Self {
        Self { icon: Some(icon), icon_only: true, ..self }
    }

    /// The key that does the same, drawn behind the label; an empty one is none.
    pub fn key(self, key: &'a str) -> Self {
        Self { key: Some(key).filter(|key| !key.is_empty()), ..self }
    }

    /// What it does in a sentence, told where the pointer rests on it.
    pub fn help(self, help: &'a str) -> Self {
        Self { help, ..self }
    }

    /// A disabled button is drawn faint and can't be pressed.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Draws it; `clicked()` of the response also answers Space and Enter while it has the focus.
    pub fn show(self, ui: &mut Ui) -> Response {
        let response = ui.scope(|ui| {
            if !self.enabled {
                ui.disable();
            }
            self.paint(ui)
        });
        let response = response.inner;
        match (self.icon_only, self.help) {
            (true, _) => super::tooltip(response, self.label, self.key),
            (false, "") => response,
            (false, help) => super::hover_text(response, help),
        }
    }

    /// How wide it is drawn, in points.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        self.measures(ui).0
    }

    /// Its whole width, and of it the label's and the icon's with the gap behind it.
    fn measures(&self, ui: &Ui) -> (f32, f32, f32, f32) {
        let ink = Ink::new(size::BODY, self.foreground(Tokens::of(ui))).medium();
        let icon_width = if self.icon.is_some() { 16.0 } else { 0.0 };
        let label_width = if self.icon_only { 0.0 } else { text::width(ui.painter(), self.label, &ink) };
        let gap = if self.icon.is_some() && !self.icon_only { 6.0 } else { 0.0 };
        let key = self.key.filter(|_| !self.icon_only);
        let key_width = key.map_or(0.0, |key| space::S + key_cap_width(ui.painter(), key));
        let padding = if self.icon_only { 6.0 } else { space::M };
        let whole = (icon_width + gap + label_width + key_width + 2.0 * padding).ceil();
        (whole, label_width, icon_width, gap)
    }

    fn paint(&self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let ink = Ink::new(size::BODY, self.foreground(tokens)).medium();
        let (whole, label_width, icon_width, gap) = self.measures(ui);
        let key = self.key.filter(|_| !self.icon_only);
        let padding = if self.icon_only { 6.0 } else { space::M };
        let (rect, response) = ui.allocate_exact_size(vec2(whole, height::DENSE), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.label));
        super::bring_focused(&response);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        self.paint_ground(ui, rect, &response, tokens);
        let mut x = rect.left() + padding;
        if let Some(icon) = self.icon {
            let place = Rect::from_min_max(pos2(x, rect.top()), pos2(x + icon_width, rect.bottom()));
            let icon_ink = Ink::new(size::BODY, self.foreground(tokens));
            text::paint(ui.painter(), place, Align::Center, icon, &icon_ink, Cut::Never);
            x += icon_width + gap;
        }
        if !self.icon_only {
            let place = Rect::from_min_max(pos2(x, rect.top()), pos2(x + label_width, rect.bottom()));
            text::paint(ui.painter(), place, Align::Min, self.label, &ink, Cut::Never);
            x += label_width + space::S;
        }
        if let Some(key) = key {
            let (line, colour) = match self.weight {
                Weight::Primary => (tokens.on_button.gamma_multiply(0.55), tokens.on_button),
                _ => (tokens.edge.gamma_multiply(0.7), tokens.secondary),
            };
            paint_key_cap_in(ui.painter(), pos2(x, rect.center().y), key, line, colour);
        }
        if response.has_focus() {
            focus_ring(ui, rect.expand(2.0), radius::M + 2);
        }
        response
    }

    fn foreground(&self, tokens: &Tokens) -> Color32 {
        match self.weight {
            Weight::Primary => tokens.on_button,
            Weight::Secondary => tokens.text,
            Weight::Ghost => tokens.secondary,
        }
    }

    fn paint_ground(&self, ui: &Ui, rect: Rect, response: &Response, tokens: &Tokens) {
        let pressed = response.is_pointer_button_down_on();
        let hover = ui.animate_bool_responsive(response.id, response.hovered());
        let (rest, (over, down), edge) = match self.weight {
            Weight::Primary => (tokens.button, tokens.button_over(), None),
            Weight::Secondary => {
                (tokens.raised, (tokens.strong, tokens.strong_pressed()), Some(tokens.hairline))
            }
            Weight::Ghost => (Color32::TRANSPARENT, (tokens.strong, tokens.strong_pressed()), None),
        };
        let fill = if pressed { down } else { rest.lerp_to_gamma(over, hover) };
        let stroke = edge.map_or(Stroke::NONE, |edge| Stroke::new(1.0, edge));
        ui.painter().rect(rect, radius::M, fill, stroke, StrokeKind::Inside);
    }
}
