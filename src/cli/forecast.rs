//! `rapport forecast BOOK`: when each open invoice may be paid and what the balance will be, for a person or with `--json`
//! for a program.

mod json;
mod table;

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{book, parse_day};
use crate::figures::forecast::{Ask, Forecast};

pub use json::json;
pub use table::table;

/// Say when the money will come, and what the balance will be.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The book's file
    pub book: PathBuf,
    /// Forecast from the book as it was known at the end of this day (such as 2026-11-21) instead of today
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// How many weeks ahead, at most five years
    #[arg(long, value_name = "N", default_value_t = 13, value_parser = clap::value_parser!(u32).range(1..=260))]
    pub weeks: u32,
    /// Print JSON, whose keys the README lists
    #[arg(long)]
    pub json: bool,
}

/// Prints the forecast of a book to `out`, and to `err` what stands in its way.
///
/// Returns the exit code: 0; 1 when records of the book cannot be used, and so are not counted; 2 when the file as a whole
/// cannot be used.
pub fn run(args: &Args, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    forecast(args, today, out, err).unwrap_or(1)
}

fn forecast(args: &Args, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let loaded = match book::read(&args.book) {
        Ok(loaded) => loaded,
        Err(message) => {
            writeln!(err, "{message}")?;
            return Ok(2);
        }
    };
    let ask = Ask { days: i64::from(args.weeks) * 7, ..Ask::default() };
    let forecast = Forecast::of(&loaded.book, args.as_of.unwrap_or(today), &ask);
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &json(&forecast))?;
        writeln!(out)?;
    } else {
        out.write_all(table(&forecast, loaded.book.business()).as_bytes())?;
    }
    book::tell_unusable(&args.book, &loaded, err)
}
