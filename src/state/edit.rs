//! Edits: what one step of undo takes back.

use std::sync::Arc;

use crate::domain::{AnyRecord, Book, Business, EditError, Record, Table};

/// One change of a book.
#[derive(Debug, Clone)]
pub enum Change {
    /// Adds a record, or puts it in place of the one with its id.
    Put(AnyRecord),
    /// Removes a record; a client goes with all that is known about it.
    Remove(Table, String),
    /// Changes the firm's settings.
    Settings(Arc<Business>),
    /// Goes on with another book: what an import made of this one.
    Book(Book),
}

/// Changes made together, as one step of undo.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What it does, in the past tense, for the footer.
    pub label: String,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

impl Edit {
    /// An edit that puts one record.
    #[must_use]
    pub fn put<R: Record>(label: impl Into<String>, record: R) -> Self {
        Self { label: label.into(), changes: vec![Change::Put(R::any(Arc::new(record)))] }
    }

    /// An edit that removes one record.
    #[must_use]
    pub fn remove(label: impl Into<String>, table: Table, id: &str) -> Self {
        Self { label: label.into(), changes: vec![Change::Remove(table, id.to_owned())] }
    }

    /// The same edit with one more change.
    #[must_use]
    pub fn and<R: Record>(mut self, record: R) -> Self {
        self.changes.push(Change::Put(R::any(Arc::new(record))));
        self
    }

    /// The book after all changes.
    ///
    /// # Errors
    /// When one of them cannot be made; then none is.
    pub fn apply(&self, book: &Book) -> Result<Book, EditError> {
        self.changes.iter().try_fold(book.clone(), |book, change| match change {
            Change::Put(record) => book.with(record.clone()),
            Change::Remove(table, id) => book.without(*table, id),
            Change::Settings(business) => Ok(book.with_settings(business.clone())),
            Change::Book(next) => Ok(next.clone()),
        })
    }
}
