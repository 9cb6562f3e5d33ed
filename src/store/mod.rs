//! Text ↔ book: the one readable file, and nothing is ever lost.
//!
//! The program is a guest in the file: what it did not edit keeps its bytes. **This folder must not know** a screen, the
//! session or a clock: a time that a name needs is an argument.
//!
//! Reading goes from `whole` (is this a book at all?) through `index` (where are its records?), `lex` and `tree` (what is
//! written in one?), `read` (what does it mean?) and `references` (does it fit the others?) to `load`. Writing is `write`
//! (one record as text) and `splice` (into the text that was loaded, which `source` keeps).

pub mod backup;
mod circles;
pub mod file;
pub mod import;
mod index;
pub mod keys_file;
mod lex;
mod load;
pub mod lock;
pub mod mail;
pub mod place;
mod problem;
mod read;
mod references;
pub mod region;
pub mod sample;
pub mod save;
mod save_error;
pub mod settings;
mod source;
mod splice;
mod swap;
mod tree;
pub mod watch;
mod whole;
mod write;

pub use load::{Loaded, load};
pub use problem::{Place, Problem, Severity, Unusable};
pub use source::Source;
pub use splice::{clash, splice};
