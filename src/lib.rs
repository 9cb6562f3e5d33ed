//! Rapport: who needs me today, when will the money come, which of my clients are good for me?
//!
//! **The one idea**: a [`domain::Book`] is a value made of dated facts, and everything on the screen is a pure function
//! of (book, day, session). Facts are stored; nothing that can be computed from them is.
//!
//! The house, from the ground up. Arrows only go down; `tests/architecture.rs` reads the `use` lines and holds this. All may use [`written`]:
//!
//! | room | what it is for | may use |
//! |---|---|---|
//! | [`written`] | how numbers and days are written | nothing |
//! | [`domain`] | the facts and their rules | written |
//! | [`figures`] | the answers: pure functions of (book, day) | domain |
//! | [`store`] | text ↔ book: load, index, splice, save, import | domain |
//! | [`state`] | what the program knows, and how an action changes it | domain, figures |
//! | [`kit`] | theme, widgets, charts, rasteriser: nothing of clients or money | egui |
//! | [`command`] | the one table of commands: keys, palette, help | state, figures, domain, egui |
//! | [`panels`] | one file a panel: (ui, figures, session) → actions | kit, command, state, figures, domain, egui |
//! | [`effects`] | what leaves the process: disk, clock, dialogs, threads | store, state, domain |
//! | [`cli`] | one file a subcommand | store, figures, domain; panels, kit, command and state to render |
//! | [`app`] | eframe glue: keys → commands → actions → reduce → effects; the memo | all |

pub mod app;
pub mod cli;
pub mod command;
pub mod domain;
pub mod effects;
pub mod figures;
pub mod kit;
pub mod panels;
pub mod state;
pub mod store;
pub mod written;
