//! `rapport backtest-health BOOK`: what became of each client beside its score 60 and 90 days before, for a person or with
//! `--json` for a program.

mod json;
mod table;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{book, parse_day};
use crate::figures::health::HealthRecord;

pub use json::json;
pub use table::table;

/// Look back at how the health of clients foretold what became of them
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The book's file
    pub book: PathBuf,
    /// Look back from the book as it was known at the end of this day (such as 2026-11-21) instead of today
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Print JSON with every client; its keys are in the README
    #[arg(long)]
    pub json: bool,
}

/// Prints how the health of a book's clients foretold what became of them to `out`, and to `err` what stands in its way; and
/// how far it got where somebody watches.
///
/// Returns the exit code: 0; 1 when records of the book cannot be used, and so were not looked at; 2 when the file as a
/// whole cannot be used. Where nobody was known yet there are too few to judge, which is no error.
pub fn run(args: &Args, today: NaiveDate, watched: bool, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    look_back(args, today, watched, out, err).unwrap_or(1)
}

fn look_back(
    args: &Args,
    today: NaiveDate,
    watched: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let loaded = match book::read(&args.book) {
        Ok(loaded) => loaded,
        Err(message) => {
            writeln!(err, "{message}")?;
            return Ok(2);
        }
    };
    let day = args.as_of.unwrap_or(today);
    let (mut told, mut last) = (Ok(()), None);
    let record = HealthRecord::watched(&loaded.book, day, &mut |done, of| {
        if watched && last.replace((done, of)) != Some((done, of)) {
            told = write!(err, "\rlooking back: {done} of {of} steps").and_then(|()| err.flush());
        }
        ControlFlow::Continue(())
    });
    if watched {
        // The line is cleared: what follows may stand in the same terminal.
        write!(err, "\r{:40}\r", "")?;
    }
    told?;
    // It is never broken off.
    let ControlFlow::Continue(record) = record else { return Ok(1) };
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &json(&record))?;
        writeln!(out)?;
    } else {
        out.write_all(table(&record, loaded.book.business()).as_bytes())?;
    }
    book::tell_unusable(&args.book, &loaded, err)
}
