//! Colours, sizes and times of the two themes, as data: the only place where a raw colour is written.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Vec2,
};

/// The colours of one theme. Sizes that both themes share are the constants in this module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tokens {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Background 0: the window behind the panels.
    pub ground: Color32,
    /// Background 1: panels, lists, cards, text fields.
    pub surface: Color32,
    /// Background 2: hovered rows, headers.
    pub raised: Color32,
    /// Background 3: pressed and chips.
    pub strong: Color32,
    /// Behind the selected row.
    pub selected: Color32,
    /// Lines that part things.
    pub hairline: Color32,
    /// The edge of a control that can be typed in or pressed (3:1 against every background).
    pub edge: Color32,
    /// Primary text.
    pub text: Color32,
    /// Secondary text.
    pub secondary: Color32,
    /// Tertiary text: hints, captions, axis labels.
    pub tertiary: Color32,
    /// Links, focus ring, the line of a chart.
    pub accent: Color32,
    /// Fill of the primary button.
    pub button: Color32,
    /// Text on the primary button.
    pub on_button: Color32,
    /// Good: always together with ●.
    pub good: Color32,
    /// Watch: always together with ▲.
    pub watch: Color32,
    /// Risk: always together with ◆.
    pub risk: Color32,
    /// Bands of a fan chart, from the outer to the inner.
    pub fan: [Color32; 3],
}

const DARK: Tokens = Tokens {
    dark: true,
    ground: rgb(0x0F_1115),
    surface: rgb(0x16_191F),
    raised: rgb(0x1D_2129),
    strong: rgb(0x26_2B35),
    selected: rgb(0x1C_2F4A),
    hairline: rgb(0x2A_303B),
    edge: rgb(0x7C_8696),
    text: rgb(0xE6_E9EE),
    secondary: rgb(0xB1_B9C5),
    tertiary: rgb(0x98_A1AF),
    accent: rgb(0x7D_B1F8),
    button: rgb(0x2F_6FCE),
    on_button: Color32::WHITE,
    good: rgb(0x4C_C9A0),
    watch: rgb(0xF2_BE4B),
    risk: rgb(0xE8_806F),
    fan: [rgb(0x22_2B39), rgb(0x2D_3A4F), rgb(0x3D_5371)],
};

const LIGHT: Tokens = Tokens {
    dark: false,
    ground: rgb(0xF6_F7F9),
    surface: rgb(0xFF_FFFF),
    raised: rgb(0xEE_F0F3),
    strong: rgb(0xE3_E6EB),
    selected: rgb(0xDC_E8FA),
    hairline: rgb(0xDA_DEE5),
    edge: rgb(0x7A_828E),
    text: rgb(0x17_1A1F),
    secondary: rgb(0x44_4C58),
    tertiary: rgb(0x59_626F),
    accent: rgb(0x1A_57B2),
    button: rgb(0x1F_5FBF),
    on_button: Color32::WHITE,
    good: rgb(0x00_613F),
    watch: rgb(0x8A_5610),
    risk: rgb(0xA3_125C),
    fan: [rgb(0xE4_EBF6), rgb(0xCD_DAEE), rgb(0xA8_BFE2)],
};

#[expect(clippy::disallowed_methods, reason = "the one home of raw colours")]
const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

impl Tokens {
    /// The tokens of the theme in force. A `Ui` can be given as it is.
    #[must_use]
    pub fn of(ctx: &Context) -> &'static Self {
        Self::for_theme(ctx.theme())
    }

    /// The tokens of one theme.
    #[must_use]
    pub fn for_theme(theme: Theme) -> &'static Self {
        match theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
        }
    }

    /// The middle band of the fan: behind what is a range rather than a point.
    #[must_use]
    pub fn fan_middle(&self) -> Color32 {
        let [_, middle, _] = self.fan;
        middle
    }

    /// The inner band of the fan: a range on a ground that may be chosen.
    #[must_use]
    pub fn fan_inner(&self) -> Color32 {
        let [_, _, inner] = self.fan;
        inner
    }

    /// Fill of the primary button under the pointer, and while it is pressed: darker, so that its text stays as clear.
    #[must_use]
    pub fn button_over(&self) -> (Color32, Color32) {
        let darker = |by| self.button.lerp_to_gamma(Color32::BLACK, by);
        (darker(0.12), darker(0.2))
    }

    /// Fill of another button while it is pressed.
    #[must_use]
    pub fn strong_pressed(&self) -> Color32 {
        self.strong.lerp_to_gamma(self.text, 0.08)
    }

    /// The colour of a tone.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.secondary,
            Tone::Accent => self.accent,
            Tone::Good => self.good,
            Tone::Watch => self.watch,
            Tone::Risk => self.risk,
        }
    }
}

/// What a colour says. Good, watch and risk are never shown without [`Tone::glyph`]: to many eyes they are one colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Says nothing in particular.
    #[default]
    Neutral,
    /// Can be acted on, or is the thing in focus.
    Accent,
    /// All is well.
    Good,
    /// Keep an eye on it.
    Watch,
    /// Act.
    Risk,
}

impl Tone {
    /// The sign that goes with the colour; `None` for tones that carry no judgement.
    #[must_use]
    pub fn glyph(self) -> Option<&'static str> {
        match self {
            Self::Neutral | Self::Accent => None,
            Self::Good => Some("●"),
            Self::Watch => Some("▲"),
            Self::Risk => Some("◆"),
        }
    }

    /// The word for those who hear the screen; empty for tones that carry no judgement.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral | Self::Accent => "",
            Self::Good => "good",
            Self::Watch => "watch",
            Self::Risk => "risk",
        }
    }
}

/// Type sizes in points. Body text is [`size::BODY`].
pub mod size {
    /// Captions, axis labels, key caps.
    pub const CAPTION: f32 = 11.0;
    /// Second lines, table headers.
    pub const SMALL: f32 = 12.0;
    /// Everything that is read.
    pub const BODY: f32 = 13.0;
    /// Section titles, the name on a card that matters.
    pub const LEAD: f32 = 15.0;
    /// Titles of views and dialogs.
    pub const TITLE: f32 = 18.0;
    /// Figures in a summary.
    pub const LARGE: f32 = 24.0;
    /// The one figure of a page.
    pub const DISPLAY: f32 = 32.0;
    /// All of them, smallest first.
    pub const ALL: [f32; 7] = [CAPTION, SMALL, BODY, LEAD, TITLE, LARGE, DISPLAY];
}

/// Distances in points.
pub mod space {
    /// Between a glyph and its word.
    pub const XXS: f32 = 2.0;
    /// Between things that are one thing.
    pub const XS: f32 = 4.0;
    /// Between neighbours.
    pub const S: f32 = 8.0;
    /// Inside a panel.
    pub const M: f32 = 12.0;
    /// Between groups.
    pub const L: f32 = 16.0;
    /// Between sections.
    pub const XL: f32 = 24.0;
    /// Around what stands alone.
    pub const XXL: f32 = 32.0;
}

/// Corner radii in points.
pub mod radius {
    /// Chips, key caps, fields.
    pub const S: u8 = 4;
    /// Buttons, cards.
    pub const M: u8 = 6;
    /// Dialogs, popups.
    pub const L: u8 = 10;
}

/// Heights in points.
pub mod height {
    /// A row of a list.
    pub const ROW: f32 = 32.0;
    /// A dense row: tables, popups.
    pub const DENSE: f32 = 28.0;
    /// Least side of anything that is clicked.
    pub const TARGET: f32 = 24.0;
    /// A card on a board.
    pub const CARD: f32 = 72.0;
}

/// Durations in seconds.
pub mod motion {
    /// A control answering the pointer.
    pub const HOVER: f32 = 0.08;
}

/// Line height as a multiple of the type size.
pub const LINE: f32 = 1.4;

/// How much moves on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Motion {
    /// Short movements that show where things went.
    #[default]
    Full,
    /// Controls fade, nothing travels.
    Reduced,
    /// Nothing moves.
    Off,
}

/// Dresses a context: both themes, text styles, spacing. Fonts come from [`super::fonts::install`].
pub fn apply(ctx: &Context) {
    for theme in [Theme::Dark, Theme::Light] {
        let tokens = Tokens::for_theme(theme);
        ctx.style_mut_of(theme, |style| {
            style.text_styles = text_styles();
            spacing(&mut style.spacing);
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.4;
            style.animation_time = motion::HOVER;
            visuals(&mut style.visuals, tokens);
        });
    }
}

/// Sets how much moves, for both themes.
pub fn set_motion(ctx: &Context, motion: Motion) {
    ctx.all_styles_mut(|style| {
        style.animation_time = if motion == Motion::Full { motion::HOVER } else { 0.0 };
        style.scroll_animation = if motion == Motion::Full {
            egui::style::ScrollAnimation::default()
        } else {
            egui::style::ScrollAnimation::none()
        };
        style.visuals.text_cursor.blink = motion != Motion::Off;
    });
}

fn text_styles() -> std::collections::BTreeMap<TextStyle, FontId> {
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    [
        (TextStyle::Small, proportional(size::CAPTION)),
        (TextStyle::Body, proportional(size::BODY)),
        (TextStyle::Button, proportional(size::BODY)),
        (TextStyle::Heading, super::fonts::semibold(size::TITLE)),
        (TextStyle::Monospace, FontId::new(size::SMALL, FontFamily::Monospace)),
    ]
    .into()
}

fn spacing(spacing: &mut egui::Spacing) {
    spacing.item_spacing = Vec2::new(space::S, space::XS);
    spacing.button_padding = Vec2::new(space::M, 5.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.interact_size = Vec2::new(height::TARGET, height::DENSE);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll.bar_width = 8.0;
    spacing.scroll.floating_width = 4.0;
    spacing.scroll.fade.strength = 0.0;
}

fn visuals(visuals: &mut egui::Visuals, tokens: &Tokens) {
    let mut look = if tokens.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    look.dark_mode = tokens.dark;
    look.weak_text_color = Some(tokens.tertiary);
    look.hyperlink_color = tokens.accent;
    look.faint_bg_color = tokens.raised;
    look.extreme_bg_color = tokens.ground;
    look.text_edit_bg_color = Some(tokens.surface);
    look.code_bg_color = tokens.raised;
    look.warn_fg_color = tokens.watch;
    look.error_fg_color = tokens.risk;
    look.window_corner_radius = CornerRadius::same(radius::L);
    look.menu_corner_radius = CornerRadius::same(radius::M);
    look.window_fill = tokens.surface;
    look.window_stroke = Stroke::new(1.0, tokens.hairline);
    look.panel_fill = tokens.surface;
    look.window_shadow = shadow(tokens, 24);
    look.popup_shadow = shadow(tokens, 12);
    look.selection.bg_fill = tokens.selected;
    look.selection.stroke = Stroke::new(2.0, tokens.accent);
    look.text_cursor.stroke = Stroke::new(2.0, tokens.accent);
    look.striped = false;
    look.indent_has_left_vline = false;
    look.slider_trailing_fill = true;
    look.disabled_alpha = 0.55;
    dress_widgets(&mut look.widgets, tokens);
    *visuals = look;
}

fn dress_widgets(widgets: &mut egui::style::Widgets, tokens: &Tokens) {
    let corner = CornerRadius::same(radius::M);
    let states = [
        (&mut widgets.noninteractive, tokens.surface, tokens.hairline, tokens.text),
        (&mut widgets.inactive, tokens.raised, tokens.raised, tokens.text),
        (&mut widgets.hovered, tokens.strong, tokens.strong, tokens.text),
        (&mut widgets.active, tokens.strong, tokens.accent, tokens.text),
        (&mut widgets.open, tokens.strong, tokens.strong, tokens.text),
    ];
    for (state, fill, edge, text) in states {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, edge);
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = corner;
        state.expansion = 0.0;
    }
    // The mark in a checkbox, the knob of a slider: their outline has to be seen at rest.
    widgets.inactive.bg_fill = tokens.strong;
}

fn shadow(tokens: &Tokens, blur: u8) -> Shadow {
    let alpha = if tokens.dark { 120 } else { 40 };
    Shadow { offset: [0, 4], blur, spread: 0, color: Color32::from_black_alpha(alpha) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(colour: Color32) -> f64 {
        let channel = |value: u8| {
            let c = f64::from(value) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn both() -> [&'static Tokens; 2] {
        [Tokens::for_theme(Theme::Dark), Tokens::for_theme(Theme::Light)]
    }

    #[test]
    fn every_text_role_can_be_read_on_every_background() {
        for t in both() {
            for background in [t.ground, t.surface, t.raised, t.strong, t.selected] {
                for role in [t.text, t.secondary, t.tertiary, t.accent, t.good, t.watch, t.risk] {
                    let ratio = contrast(role, background);
                    assert!(ratio >= 4.5, "{role:?} on {background:?} reaches only {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn a_button_and_the_fan_can_be_read_and_a_control_edge_can_be_seen() {
        for t in both() {
            let (over, pressed) = t.button_over();
            for fill in [t.button, over, pressed] {
                assert!(contrast(t.on_button, fill) >= 4.5, "{fill:?}");
            }
            for role in [t.text, t.secondary] {
                assert!(contrast(role, t.strong_pressed()) >= 4.5, "a pressed button's {role:?}");
            }
            for band in t.fan {
                assert!(contrast(t.text, band) >= 4.5);
            }
            for background in [t.ground, t.surface, t.raised, t.strong] {
                assert!(contrast(t.edge, background) >= 3.0, "{background:?}");
            }
        }
    }
}
