//! `rapport report BOOK`: all figures, for a person or with `--json` for a program.

mod firm;
mod json;
mod summary;

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{book, parse_day};
use crate::figures::Memo;
use crate::figures::forecast::{Outlook, expected_receipts};

pub use json::json;
pub(super) use json::{Keys, amount, list, number, of_item};
pub use summary::summary;
pub(super) use summary::{ROWS, and_more, cut, grouped, line};

/// Print all figures of a book.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// The book's file.
    pub book: PathBuf,
    /// Show the book as it was known at the end of this day (such as 2026-11-21) instead of today.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Print JSON, whose keys the README lists.
    #[arg(long)]
    pub json: bool,
}

/// Prints the figures of a book to `out`, and to `err` what stands in their way.
///
/// Returns the exit code: 0; 1 when records of the book cannot be used, and so are in no figure; 2 when the file as a
/// whole cannot be used.
pub fn run(args: &Report, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    report(args, today, out, err).unwrap_or(1)
}

fn report(args: &Report, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let loaded = match book::read(&args.book) {
        Ok(loaded) => loaded,
        Err(message) => {
            writeln!(err, "{message}")?;
            return Ok(2);
        }
    };
    let day = args.as_of.unwrap_or(today);
    let mut memo = Memo::new();
    let outlook = Outlook::of_quarter(&loaded.book, day);
    let figures = memo.figures_ahead(&loaded.book, day, today, &outlook);
    let receipts = expected_receipts(&loaded.book, day);
    if args.json {
        serde_json::to_writer_pretty(
            &mut *out,
            &json(&figures, &receipts, &memo.firm(&loaded.book, day, today)),
        )?;
        writeln!(out)?;
    } else {
        out.write_all(summary(&figures, &receipts, loaded.book.business()).as_bytes())?;
    }
    book::tell_unusable(&args.book, &loaded, err)
}
