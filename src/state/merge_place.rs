//! The preview of merging two clients: which two, which of two values is kept, where the cursor is.

use std::collections::BTreeSet;

use crate::domain::{ClientId, MergeField};

/// The preview of merging two clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePlace {
    /// The client that stays.
    pub stays: ClientId,
    /// The client that goes into it.
    pub goes: ClientId,
    /// The fields of which the value of the one that goes is kept.
    pub other: BTreeSet<MergeField>,
    /// The field that the cursor is at; the first one where it is not among those that differ.
    pub cursor: Option<MergeField>,
}

/// What happens in that preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeAction {
    /// Shows it.
    Open(MergePlace),
    /// Puts the cursor at a field.
    Point(MergeField),
    /// Keeps the value of the one that goes, or that of the one that stays.
    Choose(MergeField, bool),
    /// Lets the other one stay.
    Swap,
    /// Merges them.
    Go,
}

impl MergePlace {
    /// The preview of merging these two, every value that of the one that stays.
    #[must_use]
    pub fn new(stays: ClientId, goes: ClientId) -> Self {
        Self { stays, goes, other: BTreeSet::new(), cursor: None }
    }
}
