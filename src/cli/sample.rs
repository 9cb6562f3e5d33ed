//! `rapport sample`: prints the sample book, dated as of a day.

use std::io::Write;

use chrono::NaiveDate;

use crate::store::sample;

/// Prints the sample book.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The day as of which the book is written, such as 2026-11-20; without it, the current one
    #[arg(long, value_name = "DAY", value_parser = super::parse_day)]
    pub today: Option<NaiveDate>,
}

/// Prints the sample book as of the day asked for, else as of `today`. Returns the exit code.
pub fn run(args: &Args, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let text = sample::text(args.today.unwrap_or(today));
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => 0,
        Err(error) => {
            // Nothing more can be done when even this cannot be said.
            let _ = writeln!(err, "error: the sample book could not be printed: {error}");
            1
        }
    }
}
