//! The preview of an import: what would come in, before it does.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, Currency, Money};

/// The order in which a date's parts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// Which column a field is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportChoice {
    /// The one guessed.
    Guessed,
    /// This one, by its header.
    Column(String),
    /// None: the field is left out.
    LeftOut,
}

/// What is to be imported, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDraft {
    /// The file; nothing where the rows were pasted.
    pub path: Option<PathBuf>,
    /// Its bytes, read once.
    pub bytes: Arc<Vec<u8>>,
    /// The columns chosen by hand, by field.
    pub choices: Vec<(String, ImportChoice)>,
    /// The order of dates, where it was set by hand.
    pub dates: Option<DateOrder>,
    /// The currency of amounts that name none, where it was set by hand.
    pub currency: Option<Currency>,
}

impl ImportDraft {
    /// What is read, as nothing was chosen by hand yet.
    #[must_use]
    pub fn of(path: Option<PathBuf>, bytes: Vec<u8>) -> Self {
        Self { path, bytes: Arc::new(bytes), choices: Vec::new(), dates: None, currency: None }
    }

    /// What it is called: the name of the file.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path.as_ref().and_then(|path| path.file_name());
        name.map_or_else(|| "pasted rows".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

/// A field of an import and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportField {
    /// The field.
    pub field: String,
    /// The column, if it has one.
    pub column: Option<String>,
    /// Why this one.
    pub why: String,
    /// Whether no invoice can do without it.
    pub needed: bool,
}

/// A row that can be used, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number.
    pub number: String,
    /// To whom.
    pub client: String,
    /// When it was sent.
    pub issued: NaiveDate,
    /// When it was to be paid.
    pub due: NaiveDate,
    /// What it asks.
    pub amount: Money,
    /// When it was paid, where the file says so.
    pub paid: Option<NaiveDate>,
    /// What it does to the book, in a word or two.
    pub becomes: &'static str,
}

/// What would come in.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// The fields and their columns.
    pub fields: Vec<ImportField>,
    /// The headers one can choose among.
    pub headers: Vec<String>,
    /// The first of the rows that can be used; every other is among the skipped.
    pub rows: Vec<ImportRow>,
    /// How many more of them there are.
    pub more_rows: usize,
    /// What would be added, updated, left as it is, skipped: in a sentence.
    pub summary: String,
    /// Rows that cannot be used, with line and reason.
    pub skipped: Vec<String>,
    /// The currency of amounts that name none; of the whole book, where that is new.
    pub currency: Currency,
    /// Whether neither the file nor a book with facts says so.
    pub currency_guessed: bool,
    /// The book on the screen when this was worked out: with another one it has to be worked out again.
    pub base: Book,
    /// The next book; nothing when the import is refused.
    pub book: Option<Book>,
    /// Why it is refused, with the cure.
    pub refused: Option<String>,
}

/// An import being looked at before it is made.
#[derive(Debug, Clone)]
pub struct ImportState {
    /// What is to be imported.
    pub draft: ImportDraft,
    /// What would come in; nothing while it is being worked out.
    pub preview: Option<ImportPreview>,
    /// The field the cursor is at.
    pub cursor: usize,
}
