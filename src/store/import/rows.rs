//! A row of a file → what it says of an invoice, or why it cannot be used.

use std::fmt;

use chrono::NaiveDate;

use super::amounts::{self, DecimalMark, Marks, NoAmount};
use super::columns::Column;
use super::dates::written_day;
use super::field::Field;
use super::order::{DateOrder, DateTrouble, Decided, Evidence, OrderDoubt, lines_listed};
use super::table::{Row, Sheet, shown, squeezed};
use super::{ImportError, Options};
use crate::domain::{Currency, Money};

/// What a row says of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// Who is to pay, as the file names them.
    pub client: String,
    /// The invoice's number.
    pub number: String,
    /// When it was sent.
    pub issued: NaiveDate,
    /// When it is to be paid.
    pub due: NaiveDate,
    /// What is to be paid; a credit note's is negative.
    pub amount: Money,
    /// When it was paid in full.
    pub paid: Option<NaiveDate>,
    /// Whether it is or was disputed.
    pub disputed: bool,
}

/// Why a row is not imported. The rest of the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A needed cell is empty.
    Missing(Field),
    /// Longer than any name or number.
    TooLong(Field),
    /// Not a day in the column's order.
    NotADay(Field, String, Option<DateOrder>),
    /// Not an amount.
    NotAnAmount(NoAmount),
    /// Not a currency.
    NotACurrency(String),
    /// Neither yes nor no.
    NotAnAnswer(String),
    /// More cells than columns, so that none can be trusted to be in its place.
    TooWide {
        /// How many cells the row has.
        cells: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// A quotation mark is opened and never closed.
    Unclosed,
    /// Several clients of the book have this name.
    ManyClients(String, Vec<String>),
    /// The book, or an earlier line of the file, says otherwise, as this sentence tells.
    Conflict {
        /// The line of the file that the invoice was read from; `None`: it is in the book.
        line: Option<usize>,
        /// What differs.
        what: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(f, "no {field} given"),
            Self::TooLong(field) => write!(f, "the {field} is too long to be one"),
            Self::NotADay(field, text, None) => write!(f, "{field}: {} is not a day", shown(text)),
            Self::NotADay(field, text, Some(order)) => {
                write!(f, "{field}: {} is not a day when read {order}", shown(text))
            }
            Self::NotAnAmount(why) => why.fmt(f),
            Self::NotACurrency(text) => write!(f, "{} is not a known currency", shown(text)),
            Self::NotAnAnswer(text) => write!(f, "disputed: {} is neither yes nor no", shown(text)),
            Self::TooWide { cells, columns } => write!(
                f,
                "{cells} cells for {columns} columns: a cell that holds the delimiter must be in quotation marks"
            ),
            Self::Unclosed => {
                f.write_str("a quotation mark is not closed: all from here on reads as one cell")
            }
            Self::ManyClients(name, ids) => {
                write!(f, "{} clients are called {}: {}", ids.len(), shown(name), ids.join(", "))
            }
            Self::Conflict { line: Some(line), what } => {
                write!(f, "the same invoice stands on line {line}, and differs: {what}")
            }
            Self::Conflict { line: None, what } => write!(f, "differs from the book: {what}"),
        }
    }
}

/// How the rows of a sheet are read: columns, order of days, decimal mark.
pub(super) struct Reading {
    indexes: Vec<(Field, usize, Option<DateOrder>)>,
    marks: Marks,
    default: Currency,
    columns: usize,
}

impl Reading {
    /// Settles how each column is read, from its values, and notes it with the column.
    pub(super) fn settle(
        sheet: &Sheet,
        columns: &mut [Column],
        options: &Options,
        default: Currency,
    ) -> Result<Self, ImportError> {
        let orders = settle_orders(sheet, columns, options.dates)?;
        let amount = columns.iter().find(|column| column.field == Field::Amount).map(|column| column.index);
        let marks =
            amount.map_or(Marks::Untold, |index| Marks::of(sheet.rows.iter().map(|row| row.cell(index))));
        let mut indexes = Vec::new();
        for (column, order) in columns.iter_mut().zip(orders) {
            if column.field == Field::Amount {
                column.reading.push_str(mark_told(marks));
            }
            indexes.push((column.field, column.index, order));
        }
        Ok(Self { indexes, marks, default, columns: sheet.headers.len() })
    }

    /// What a row says.
    pub(super) fn read(&self, row: &Row) -> Result<InvoiceRow, Reason> {
        if row.unclosed {
            return Err(Reason::Unclosed);
        }
        if row.width() > self.columns {
            return Err(Reason::TooWide { cells: row.width(), columns: self.columns });
        }
        Ok(InvoiceRow {
            client: self.name(row, Field::Client)?,
            number: self.name(row, Field::Number)?,
            issued: self.needed_day(row, Field::Issued)?,
            due: self.needed_day(row, Field::Due)?,
            amount: self.amount(row)?,
            paid: self.day(row, Field::Paid)?,
            disputed: self.disputed(row)?,
        })
    }

    fn cell<'a>(&self, row: &'a Row, field: Field) -> (&'a str, Option<DateOrder>) {
        let found = self.indexes.iter().find(|(known, ..)| *known == field);
        found.map_or(("", None), |(_, index, order)| (row.cell(*index), *order))
    }

    fn name(&self, row: &Row, field: Field) -> Result<String, Reason> {
        /// No client and no number is longer, in characters.
        const LONGEST: usize = 200;
        let (cell, _) = self.cell(row, field);
        if cell.len() > LONGEST * 4 || cell.chars().count() > LONGEST {
            return Err(Reason::TooLong(field));
        }
        let name = squeezed(cell);
        if name.is_empty() { Err(Reason::Missing(field)) } else { Ok(name) }
    }

    fn needed_day(&self, row: &Row, field: Field) -> Result<NaiveDate, Reason> {
        self.day(row, field)?.ok_or(Reason::Missing(field))
    }

    fn day(&self, row: &Row, field: Field) -> Result<Option<NaiveDate>, Reason> {
        let (cell, order) = self.cell(row, field);
        if cell.is_empty() || is_no_day(cell) {
            return Ok(None);
        }
        let not_a_day = |order| Reason::NotADay(field, cell.to_owned(), order);
        let written = written_day(cell).ok_or_else(|| not_a_day(None))?;
        // Without an order none is needed: both usual ones give the same day, or none does.
        let day = written.in_order(order.unwrap_or(DateOrder::Dmy));
        day.map(Some).ok_or_else(|| not_a_day(order))
    }

    fn amount(&self, row: &Row) -> Result<Money, Reason> {
        let (code, _) = self.cell(row, Field::Currency);
        let stated = if code.is_empty() {
            None
        } else {
            let known = amounts::currency(code, self.default);
            Some(known.ok_or_else(|| Reason::NotACurrency(code.to_owned()))?)
        };
        let (cell, _) = self.cell(row, Field::Amount);
        amounts::read(cell, self.marks, stated, self.default).map_err(Reason::NotAnAmount)
    }

    fn disputed(&self, row: &Row) -> Result<bool, Reason> {
        let (cell, _) = self.cell(row, Field::Disputed);
        read_disputed(cell).ok_or_else(|| Reason::NotAnAnswer(cell.to_owned()))
    }
}

/// Whether a cell of a column of days says that there is none.
pub(super) fn is_no_day(cell: &str) -> bool {
    const WORDS: [&str; 20] = [
        "-",
        "–",
        "—",
        "--",
        "/",
        "?",
        "n/a",
        "na",
        "nan",
        "nat",
        "null",
        "none",
        "nil",
        "no",
        "nein",
        "open",
        "offen",
        "unpaid",
        "unbezahlt",
        "0000-00-00",
    ];
    WORDS.contains(&cell.to_lowercase().as_str())
}

/// Reads the answer in a column of disputes; an empty cell is a no.
pub(super) fn read_disputed(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" | "x" | "✓" | "ja" | "j" | "wahr" | "disputed" | "strittig"
        | "oui" | "si" | "sí" => Some(true),
        "" | "no" | "n" | "false" | "f" | "0" | "nein" | "falsch" | "non" | "none" | "-" | "–"
        | "undisputed" => Some(false),
        _ => None,
    }
}

fn mark_told(marks: Marks) -> &'static str {
    match marks {
        Marks::All(DecimalMark::Point) => "decimal points",
        Marks::All(DecimalMark::Comma) => "decimal commas",
        Marks::Untold => "whole amounts, a comma or point before three digits setting thousands apart",
        Marks::Mixed => "decimal commas and decimal points",
    }
}

/// The order of days in each column, in the order of `columns`; `None` where none is needed.
fn settle_orders(
    sheet: &Sheet,
    columns: &mut [Column],
    asked: Option<DateOrder>,
) -> Result<Vec<Option<DateOrder>>, ImportError> {
    let decided: Vec<Option<Decided>> = columns
        .iter()
        .map(|column| {
            let cells = sheet.rows.iter().map(|row| (row.line, row.cell(column.index)));
            column.field.is_day().then(|| Evidence::of(cells).decide(asked))
        })
        .collect();
    let mut troubles = Vec::new();
    let mut orders = Vec::new();
    for (column, own) in columns.iter_mut().zip(&decided) {
        let mut order = None;
        match own {
            None | Some(Decided::NotNeeded) => {}
            Some(Decided::Asked(asked)) => {
                order = Some(*asked);
                column.reading = format!("{asked}, as asked");
            }
            Some(Decided::ByValue { told, against }) => {
                order = Some(told.order);
                column.reading = format!("{}: {told} can be nothing else", told.order);
                if !against.is_empty() {
                    column.reading.push_str("; not so on ");
                    column.reading.push_str(&lines_listed(against));
                }
            }
            Some(Decided::Open(doubt)) => match borrowed(doubt, &decided) {
                Some(told) => {
                    order = Some(told);
                    column.reading = format!("{told}, as the other days of the file");
                }
                None => troubles.push(DateTrouble { header: column.header.clone(), doubt: doubt.clone() }),
            },
        }
        orders.push(order);
    }
    if troubles.is_empty() { Ok(orders) } else { Err(ImportError::Dates(troubles)) }
}

/// The order that all other columns of days tell, for a column written like them in which no value does.
fn borrowed(doubt: &OrderDoubt, decided: &[Option<Decided>]) -> Option<DateOrder> {
    let OrderDoubt::Untold { value, .. } = doubt else { return None };
    let separators = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let mut agreed = None;
    for other in decided.iter().flatten() {
        if let Decided::ByValue { told, .. } = other {
            if separators(&told.value) != separators(value) || agreed.is_some_and(|known| known != told.order)
            {
                return None;
            }
            agreed = Some(told.order);
        }
    }
    agreed
}
