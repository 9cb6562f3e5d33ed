//! One file a panel: `(ui, shown, session) -> actions`.
//!
//! A panel gets finished figures and the session by shared reference, draws them, and returns what the person did. It
//! computes no business figure, reads no file or clock and changes nothing: egui keeps scroll, focus and animation, and
//! everything else is state. **This folder must not know** `store`, `effects` or `app`.

pub mod snooze;
pub mod today;

pub use snooze::snooze_ui;
pub use today::today_ui;
