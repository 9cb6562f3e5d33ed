//! One file a panel: `(ui, shown, session) -> actions`.
//!
//! A panel gets finished figures and the session by shared reference, draws them, and returns what the person did. It
//! computes no business figure, reads no file or clock and changes nothing: egui keeps scroll, focus and animation, and
//! everything else is state. **This folder must not know** `store`, `effects` or `app`.

mod beside;
mod board;
mod cash;
mod clients;
mod confirm;
mod draft;
mod figure;
mod firm_lists;
mod footer;
mod form;
mod head;
mod health;
mod help;
mod import;
mod key_figure;
mod kind;
mod merge;
mod outbox;
mod page;
mod palette;
mod path;
mod proof;
mod quick_entry;
mod rates;
mod rows;
mod scroll;
mod settings;
mod shell;
mod snooze;
mod strips;
mod today;
mod unreadable;

pub use beside::beside_ui;
pub use board::board_ui;
pub use cash::cash_ui;
pub use clients::clients_ui;
pub use outbox::outbox_ui;
pub use page::page_ui;
pub use proof::proof_ui;
pub use rates::rates_ui;
pub use shell::window_ui;
pub use snooze::snooze_ui;
pub use today::today_ui;
