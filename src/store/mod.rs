//! Text ↔ book: the one readable file, and nothing is ever lost.
//!
//! The program is a guest in the file: what it did not edit keeps its bytes. **This folder must not know** a screen, the
//! session or a clock: a time that a name needs is an argument.

mod index;
mod lex;
mod load;
mod problem;
mod read;
mod references;
pub mod sample;
mod source;
mod splice;
mod tree;
mod whole;
mod write;

pub use load::{Loaded, load};
pub use problem::{Place, Problem, Severity, Unusable};
pub use source::Source;
pub use splice::splice;
