//! Noticing cheaply that a file may have changed: a fingerprint to compare, read without opening the file.
//!
//! A change seen here is a reason to compare the bytes, not yet an outside edit. And an edit that keeps length, time and
//! place can slip through, which is why saving compares the bytes in any case.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// What the folder says of a file: enough to notice nearly every change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    length: u64,
    modified: Option<SystemTime>,
    /// Device and inode, where there are such: a file replaced by another of the same length and time.
    place: Option<(u64, u64)>,
}

/// What became of a file since its fingerprint was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// As it was.
    Same,
    /// Length, time or place differ: compare the bytes.
    Changed,
    /// Not there, or not to be reached at the moment (a share that is offline). Never a reason to drop what is open.
    Gone,
}

impl Fingerprint {
    /// The fingerprint of the file a path names now, links followed; `None` if it cannot be reached.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().as_ref().map(Self::of_metadata)
    }

    pub(super) fn of_metadata(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok(), place: place(metadata) }
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no such numbers")]
fn place(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn place(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Compares a file with the fingerprint it had. One call to the system, so it can be asked every second.
#[must_use]
pub fn changed(path: &Path, known: &Fingerprint) -> Change {
    match Fingerprint::of(path) {
        None => Change::Gone,
        Some(now) if now == *known => Change::Same,
        Some(_) => Change::Changed,
    }
}
