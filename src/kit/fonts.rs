//! The faces the program brings along: IBM Plex Sans in three weights, and Phosphor for icons.
//!
//! Each weight is a family of its own, because egui has no weights. Icons are the last of each family, so an icon can
//! stand in any text.

use std::sync::Arc;

use egui::epaint::text::FontTweak;
use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};

const REGULAR: &str = "plex-regular";
const MEDIUM: &str = "plex-medium";
const SEMIBOLD: &str = "plex-semibold";
const ICONS: &str = "phosphor";
const MEDIUM_FAMILY: &str = "medium";
const SEMIBOLD_FAMILY: &str = "semibold";

/// Regular text of a size in points.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Medium text of a size in points.
#[must_use]
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(MEDIUM_FAMILY.into()))
}

/// Semibold text of a size in points.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD_FAMILY.into()))
}

/// Every family a fallback face has to be added to.
#[must_use]
pub fn families() -> [FontFamily; 4] {
    [
        FontFamily::Proportional,
        FontFamily::Monospace,
        FontFamily::Name(MEDIUM_FAMILY.into()),
        FontFamily::Name(SEMIBOLD_FAMILY.into()),
    ]
}

/// The faces and families, as [`install`] hands them to egui.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 3] = [
        (REGULAR, include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf")),
        (MEDIUM, include_bytes!("../../assets/fonts/IBMPlexSans-Medium.ttf")),
        (SEMIBOLD, include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // Phosphor draws on the full em; a little larger and lower, an icon sits on the line like a capital.
    let icons = FontData::from_static(include_bytes!("../../assets/icons/Phosphor.ttf")).tweak(FontTweak {
        scale: 1.15,
        y_offset_factor: 0.04,
        ..FontTweak::default()
    });
    fonts.font_data.insert(ICONS.to_owned(), Arc::new(icons));
    for (family, face) in families().into_iter().zip([REGULAR, REGULAR, MEDIUM, SEMIBOLD]) {
        fonts.families.insert(family, vec![face.to_owned(), ICONS.to_owned()]);
    }
    fonts
}

/// Gives a context the faces. They are in force from the next frame on.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}
