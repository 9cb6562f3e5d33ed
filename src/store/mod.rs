//! Text ↔ book: the one readable file, and nothing is ever lost.
//!
//! The program is a guest in the file: what it did not edit keeps its bytes. **This folder must not know** a screen, the
//! session or a clock: a time that a name needs is an argument.

pub mod backup;
pub mod file;
pub mod import;
mod index;
mod lex;
mod load;
pub mod lock;
pub mod place;
mod problem;
mod read;
mod references;
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
pub use splice::splice;
