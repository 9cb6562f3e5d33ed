//! Import: a CSV file of invoices → the next book.
//!
//! [`plan`] reads a file beside a book and says what every row would do; [`Plan::apply`] does it. Both are pure, so that
//! the window's preview is the very plan that is carried out. Ids derive from what is imported: importing a file twice
//! is importing it once. What the book already says is never overwritten. **This folder must not know** a file's name, a
//! screen or a clock.
//!
//! How a row becomes facts:
//!
//! - The client is the one of that name (else of the same name in other case and spacing), or a new one.
//! - The invoice has one line over the whole amount, without tax, for the file does not tell them apart.
//! - A paid day is a payment of all that is open, on that day.
//! - Disputed, without saying when: a dispute from the day of the invoice until it was paid. Leave the column out
//!   (`--map disputed=-`) where that says too much.

mod amounts;
mod apply;
mod columns;
mod dates;
mod field;
mod headers;
mod new_book;
mod order;
mod profile;
mod rows;
mod table;

use std::fmt;

use chrono::NaiveDate;

pub use amounts::{DecimalMark, NoAmount};
pub use columns::{Column, Why};
pub use field::{Field, Override};
pub use new_book::{in_currency, plan_into_new};
pub use order::{DateOrder, DateTrouble, OrderDoubt, Telling};
pub use rows::{InvoiceRow, Reason};
pub use table::{EncodingFrom, Written};

use crate::domain::{Book, Currency, InvoiceId};
use apply::{Changes, Matcher};
use columns::Chosen;
use rows::Reading;
use table::{Sheet, shown};

/// What whoever imports says beyond the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Columns said by name, over what is guessed.
    pub map: Vec<Override>,
    /// The order of days where no value decides it.
    pub dates: Option<DateOrder>,
    /// The currency of amounts that name none; else the one in their header, else the book's.
    pub currency: Option<Currency>,
}

/// Why a file is not imported at all. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing in it.
    Empty,
    /// A header and no more.
    NoRows,
    /// It cannot be read as a table, for this reason.
    NotATable(String),
    /// A `--map` that cannot be followed, and why.
    Map(String),
    /// Columns that no invoice can do without were not found.
    MissingColumns {
        /// What is missing.
        fields: Vec<Field>,
        /// The columns there are.
        headers: Vec<String>,
        /// Headers that say a field, over values that do not fit it.
        doubted: Vec<(Field, String)>,
        /// What was found of the others.
        found: Vec<Column>,
    },
    /// The order of day and month is not certain in these columns.
    Dates(Vec<DateTrouble>),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::NoRows => f.write_str("the file has a header and no rows: there is nothing to import"),
            Self::NotATable(why) | Self::Map(why) => f.write_str(why),
            Self::MissingColumns { fields, headers, doubted, .. } => {
                let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
                let first = names.first().copied().unwrap_or("client");
                write!(
                    f,
                    "no column found for {}{}. Name it with --map {first}=COLUMN, by header or number. Columns: {}",
                    names.join(", "),
                    doubts(doubted, fields),
                    columns::listed(headers)
                )
            }
            Self::Dates(troubles) => {
                for (index, trouble) in troubles.iter().enumerate() {
                    write!(f, "{}{trouble}", if index > 0 { "; " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ImportError {}

/// ` ("Due" is not read as due: its values do not fit)`, for those of these fields that a header says.
fn doubts(doubted: &[(Field, String)], fields: &[Field]) -> String {
    let concerned = doubted.iter().filter(|(field, _)| fields.contains(field));
    let sentences = concerned.map(|(field, header)| format!("{} is not read as {field}", shown(header)));
    let sentences: Vec<String> = sentences.collect();
    if sentences.is_empty() {
        String::new()
    } else {
        format!(" ({}: the values do not fit)", sentences.join(", "))
    }
}

/// Where the currency of amounts that name none is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyFrom {
    /// It was asked for.
    Asked,
    /// The header of the amounts names it.
    Header,
    /// All amounts that name one name this, and the book is empty.
    Amounts,
    /// It is the book's.
    Book,
}

/// What a row added to an invoice that was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day on which the rest was paid.
    pub paid: Option<NaiveDate>,
    /// Whether it is disputed now.
    pub disputed: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new invoice.
    Added(InvoiceId),
    /// A known invoice, of which more is known now.
    Updated(InvoiceId, Change),
    /// A known invoice, as it is.
    Unchanged(InvoiceId),
    /// Nothing, for this reason.
    Skipped(Reason),
}

/// A row and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// The line of the file it starts on, from 1.
    pub line: usize,
    /// What it says, where it can be read.
    pub invoice: Option<InvoiceRow>,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// How many rows come to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New invoices.
    pub added: usize,
    /// Of these, those that are below nothing: credit notes.
    pub credits: usize,
    /// Invoices paid or disputed since.
    pub updated: usize,
    /// Invoices as they are.
    pub unchanged: usize,
    /// Rows that cannot be used.
    pub skipped: usize,
    /// New clients.
    pub clients_added: usize,
}

/// What an import would do: shown first, then carried out as it is.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How the file is written.
    pub written: Written,
    /// The columns in use, in the order of [`Field::ALL`], with the reasons.
    pub columns: Vec<Column>,
    /// The headers of the columns that are not used.
    pub unused: Vec<String>,
    /// Headers that say a field no column was found for, over values that do not fit it.
    pub doubted: Vec<(Field, String)>,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// Where that is from.
    pub currency_from: CurrencyFrom,
    /// Every row that is not blank, in the order of the file.
    pub rows: Vec<PlannedRow>,
    book: Book,
    changes: Changes,
}

/// Reads a file of invoices and says what importing it into `book` would do.
///
/// # Errors
/// When the file as a whole cannot be imported; a single bad row is skipped instead.
pub fn plan(bytes: &[u8], options: &Options, book: &Book) -> Result<Plan, ImportError> {
    let sheet = Sheet::read(bytes)?;
    if sheet.rows.is_empty() {
        return Err(ImportError::NoRows);
    }
    let Chosen { mut columns, doubted } = columns::choose(&sheet, &options.map)?;
    let (currency, currency_from) = default_currency(&columns, options, book);
    let reading = Reading::settle(&sheet, &mut columns, options, currency)?;
    let mut matcher = Matcher::of(book);
    let rows = sheet
        .rows
        .iter()
        .map(|row| match reading.read(row) {
            Err(reason) => PlannedRow { line: row.line, invoice: None, outcome: Outcome::Skipped(reason) },
            Ok(invoice) => {
                let outcome = matcher.take(row.line, &invoice);
                PlannedRow { line: row.line, invoice: Some(invoice), outcome }
            }
        })
        .collect();
    let used = |index: &usize| columns.iter().any(|column| column.index == *index);
    let unused =
        sheet.headers.iter().enumerate().filter(|(index, header)| !used(index) && !header.is_empty());
    Ok(Plan {
        written: sheet.written,
        unused: unused.map(|(_, header)| header.clone()).collect(),
        doubted,
        columns,
        currency,
        currency_from,
        rows,
        book: book.clone(),
        changes: matcher.changes(),
    })
}

/// The headers of a file, for a choice of columns; none where it is no table.
#[must_use]
pub fn headers(bytes: &[u8]) -> Vec<String> {
    Sheet::read(bytes).map(|sheet| sheet.headers).unwrap_or_default()
}

/// The columns that are found, where some may be missing; none where the file is no table, or cannot be read as was asked.
#[must_use]
pub fn columns_found(bytes: &[u8], options: &Options) -> Vec<Column> {
    let Ok(sheet) = Sheet::read(bytes) else { return Vec::new() };
    match columns::choose(&sheet, &options.map) {
        Ok(chosen) => chosen.columns,
        Err(ImportError::MissingColumns { found, .. }) => found,
        Err(_) => Vec::new(),
    }
}

fn default_currency(columns: &[Column], options: &Options, book: &Book) -> (Currency, CurrencyFrom) {
    let amount = columns.iter().find(|column| column.field == Field::Amount);
    match (options.currency, amount.and_then(|column| headers::currency_in(&column.header))) {
        (Some(asked), _) => (asked, CurrencyFrom::Asked),
        (None, Some(named)) => (named, CurrencyFrom::Header),
        (None, None) => (book.currency(), CurrencyFrom::Book),
    }
}

impl Plan {
    /// The next book; the very same one where nothing is new.
    #[must_use]
    pub fn apply(&self) -> Book {
        self.changes.apply(&self.book)
    }

    /// Why a field is read from no column, or nothing where it needs no reason: ` ("Paid" is not read as paid: …)`.
    #[must_use]
    pub fn doubts(&self, field: Field) -> String {
        doubts(&self.doubted, &[field])
    }

    /// Whether nothing is new.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many rows come to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { clients_added: self.changes.clients.len(), ..Counts::default() };
        for row in &self.rows {
            match row.outcome {
                Outcome::Added(_) => {
                    counts.added += 1;
                    let amount = row.invoice.as_ref().map(|invoice| invoice.amount.amount);
                    counts.credits += usize::from(amount.is_some_and(|amount| amount.is_sign_negative()));
                }
                Outcome::Updated(..) => counts.updated += 1,
                Outcome::Unchanged(_) => counts.unchanged += 1,
                Outcome::Skipped(_) => counts.skipped += 1,
            }
        }
        counts
    }

    /// The rows that are skipped, with line and reason.
    pub fn skipped(&self) -> impl Iterator<Item = (usize, &Reason)> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Skipped(reason) => Some((row.line, reason)),
            _ => None,
        })
    }
}
