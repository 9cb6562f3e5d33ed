//! The words of a line, and the days and amounts among them.
//!
//! **This folder must not know** clients, deals or what a line tells of.

pub(super) mod amount;
pub(super) mod day;
pub(super) mod fold;
pub(super) mod line;
