//! Theme, fonts, widgets, charts and the rasteriser. It knows nothing of clients or money: it draws what it is given.
//!
//! Widgets are functions and small builders `(ui, what) -> Response`. They hold no state beyond what egui keeps for
//! them (scroll offset, focus, animation): cursor, selection and typed text belong to the caller.
//!
//! Must not know: `domain`, `figures`, `state`, files, clocks.

pub mod chart;
pub mod fallback;
pub mod fonts;
pub mod headless;
pub mod icon;
pub mod number;
pub mod raster;
pub mod text;
pub mod theme;
pub mod widgets;
