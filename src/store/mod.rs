//! Text ↔ book: the one readable file, and nothing is ever lost.
//!
//! The program is a guest in the file: what it did not edit keeps its bytes. **This folder must not know** a screen, the
//! session or a clock: a time that a name needs is an argument.

pub mod sample;
