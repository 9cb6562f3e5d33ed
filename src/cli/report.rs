//! `rapport report BOOK`: all figures, for a person or with `--json` for a program.

mod firm;
mod json;
mod summary;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::{FIRST_DAY, LAST_DAY};
use crate::figures::Memo;
use crate::figures::forecast::{Outlook, expected_receipts};
use crate::store::{Loaded, Severity, load};

pub use json::json;
pub(super) use json::{Keys, amount, list, number, of_item};
pub use summary::summary;
pub(super) use summary::{ROWS, and_more, counted, cut, grouped, line};

/// Print all figures of a book.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// The book's file.
    pub book: PathBuf,
    /// Show the book as it was known at the end of this day (such as 2026-11-21) instead of today.
    #[arg(long, value_name = "DAY", value_parser = a_day)]
    pub as_of: Option<NaiveDate>,
    /// Print JSON, whose keys the README lists.
    #[arg(long)]
    pub json: bool,
}

/// Reads a day that a book may hold.
fn a_day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok().filter(|day| (FIRST_DAY..=LAST_DAY).contains(day));
    day.ok_or_else(|| format!("expected a day between {FIRST_DAY} and {LAST_DAY}"))
}

/// Prints the figures of a book to `out`, and to `err` what stands in their way.
///
/// Returns the exit code: 0; 1 when records of the book cannot be used, and so are in no figure; 2 when the file as a
/// whole cannot be used.
pub fn run(args: &Report, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written, such as into a closed pipe.
    report(args, today, out, err).unwrap_or(1)
}

fn report(args: &Report, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let loaded = match read(&args.book) {
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
    tell_unusable(&args.book, &loaded, err)
}

/// Says how many records cannot be used, and so are in no figure; gives the exit code.
pub(super) fn tell_unusable(book: &Path, loaded: &Loaded, err: &mut dyn Write) -> io::Result<u8> {
    let unusable = loaded.problems.iter().filter(|it| it.severity == Severity::Error).count();
    if unusable > 0 {
        let file = book.display();
        let errors =
            if unusable == 1 { "1 error keeps".to_owned() } else { format!("{unusable} errors keep") };
        writeln!(err, "{file}: {errors} records out of these figures: run rapport check {file}")?;
    }
    Ok(u8::from(unusable > 0))
}

/// Reads a book's file; what stands in the way is said as `FILE: error: …`.
pub(super) fn read(path: &Path) -> Result<Loaded, String> {
    let file = path.display();
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            format!("{file}: error: there is no such file: check its name and folder")
        }
        _ => format!("{file}: error: the file cannot be read: {error}"),
    })?;
    load(&bytes).map_err(|unusable| format!("{file}:{unusable}"))
}
