//! One file a panel: `(ui, shown, session) -> actions`.
//!
//! A panel gets finished figures and the session by shared reference, draws them, and returns what the person did. It
//! computes no business figure, reads no file or clock and changes nothing: egui keeps scroll, focus and animation, and
//! everything else is state. **This folder must not know** `store`, `effects` or `app`.

pub mod board;
mod confirm;
mod footer;
mod form;
mod head;
mod help;
mod import;
mod palette;
mod path;
mod shell;
mod strips;

pub use shell::window_ui;
macro_rules! later { ($($m:ident $f:ident),*) => { $( mod $m { use crate::state::*; pub(super) fn $f(ui: &mut egui::Ui, _: &Shown, _: &Session) -> Vec<Action> { ui.label(stringify!($m)); Vec::new() } } )* } }
later!(today today_ui, cash cash_ui, clients clients_ui, page page_ui, beside beside_ui, snooze snooze_ui);
