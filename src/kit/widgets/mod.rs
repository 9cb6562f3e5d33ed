//! The widgets. Every one has a role and a name for assistive technology, and paints by the tokens alone.
//!
//! Must not know: what a client, an invoice or a command is; keys come in as the text to show.

mod announce;
mod banner;
mod button;
mod card;
mod chip;
mod dialog;
mod empty;
mod field;
mod figure;
mod focus;
mod footer;
mod list;
mod nav;
mod row;
mod section;
mod table;
mod toggle;
mod tooltip;

pub use announce::{announce, announcer_ui, hush};
pub use banner::{Banner, banner_ui};
pub use button::{Button, at_right_ui, buttons_ui, buttons_width, ghost, primary, secondary};
pub use card::Card;
pub use chip::{Chip, chip, glyph, icon_chip, key_cap, key_cap_width, paint_chip, paint_key_cap};
pub use dialog::{Dialog, DialogResponse, say_modal};
pub use empty::Empty;
pub use field::{Completion, Field, completion_popup, completion_ui, pasted_lines, pasted_rows, selects_all};
pub use figure::Figure;
pub use focus::{bring_focused, focus_ring, follow_keyboard};
pub use footer::{KeyHint, key_hints_ui};
pub use list::{ListResponse, VirtualList, list_box_ui, moved_cursor, say_cursor, say_place};
pub use nav::{NavItem, segmented_height, segmented_ui};
pub use row::Row;
pub use section::section_header;
pub use table::{Cell, Column, SortOrder, Table, TableResponse, TableRow};
pub use toggle::{toggle_ui, toggle_width};
pub use tooltip::{hover_text, hover_ui, is_covered, keeps_quiet, note_hand, tooltip};
