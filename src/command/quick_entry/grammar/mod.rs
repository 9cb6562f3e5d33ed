//! How a line is read: what sort of fact it tells of, account of every word, and what is asked where words have no place.
//!
//! **This folder must not know** what a record holds: which words tell of a fact is asked of its file in `facts`, which makes it.

pub(super) mod closed;
pub(super) mod dated;
pub(super) mod kind;
pub(super) mod opening;
pub(super) mod priced;
pub(super) mod reader;
pub(super) mod several;
pub(super) mod unclear;
