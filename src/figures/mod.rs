//! The answers: pure functions of (book, day).
//!
//! Every figure is computed from the facts as they were known at the end of a day, so none can peek at the future.
//! **This folder must not know** a screen, a file, a clock, or floating point in a ledger figure.

pub mod today;
