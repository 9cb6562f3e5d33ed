//! `rapport calendar BOOK [OUT.ics]`: every dated thing of a book, for the calendar one already uses.

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{book, parse_day};
use crate::figures::Memo;
use crate::figures::calendar::{calendar, ics};
use crate::store::file;

/// Write what is due, runs out or comes back as a calendar file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The book's file
    pub book: PathBuf,
    /// The calendar's file, written over if it is there; without one it is printed
    #[arg(value_name = "OUT.ics")]
    pub out: Option<PathBuf>,
    /// Take the book as it was known at the end of this day (such as 2026-11-21) instead of today
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
}

/// Writes the calendar of a book to its file or to `out`, and to `err` what stands in its way.
///
/// Returns the exit code: 0; 1 when the file cannot be written, or records of the book cannot be used, and so are not in
/// it; 2 when the book as a whole cannot be used.
pub fn run(args: &Args, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    write(args, today, out, err).unwrap_or(1)
}

fn write(args: &Args, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    if let Some(path) = args.out.as_ref().filter(|path| is_book(path)) {
        writeln!(
            err,
            "{}: error: a file that ends in .ron is a book: name one that ends in .ics",
            path.display()
        )?;
        return Ok(1);
    }
    let loaded = match book::read(&args.book) {
        Ok(loaded) => loaded,
        Err(message) => {
            writeln!(err, "{message}")?;
            return Ok(2);
        }
    };
    let day = args.as_of.unwrap_or(today);
    let figures = Memo::new().figures(&loaded.book, day, today);
    let text = ics(&calendar(&loaded.book.as_of(day), &figures.today, day), day);
    match &args.out {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            if let Err(why) = file::write_over(path, text.as_bytes()) {
                writeln!(err, "{}: error: the file could not be written: {why}", path.display())?;
                return Ok(1);
            }
        }
    }
    book::tell_unusable(&args.book, &loaded, err)
}

fn is_book(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}
