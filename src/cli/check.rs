//! `rapport check BOOK`: what is wrong with a book, a line for each.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::book;
use crate::store::{Problem, Severity, load};
use crate::written::counted;

/// Say what is wrong with a book.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The book's file.
    pub book: PathBuf,
}

/// Prints `FILE:LINE:COLUMN: severity: message` for every problem to `out` and a summary to `err`.
///
/// Returns the exit code: 0 without errors, 1 with errors, 2 when the file as a whole cannot be used.
pub fn run(args: &Check, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    check(&args.book, today, out, err).unwrap_or(1)
}

fn check(path: &Path, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let file = path.display();
    let bytes = match book::bytes(path) {
        Ok(bytes) => bytes,
        Err(message) => {
            writeln!(err, "{message}")?;
            return Ok(2);
        }
    };
    let loaded = match load(&bytes) {
        Ok(loaded) => loaded,
        Err(unusable) => {
            writeln!(out, "{file}:{unusable}")?;
            return Ok(2);
        }
    };
    let problems = loaded.problems_on(today);
    for problem in &problems {
        writeln!(out, "{file}:{problem}")?;
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    writeln!(err, "{file}: {}", summary(&problems, errors, loaded.book.records().count()))?;
    Ok(u8::from(errors > 0))
}

fn summary(problems: &[Problem], errors: usize, records: usize) -> String {
    let warnings = problems.len() - errors;
    let readable = counted(records, "record");
    match (errors, warnings) {
        (0, 0) => format!("{readable}, nothing wrong"),
        (0, _) => format!("{readable}, {}, no errors", counted(warnings, "warning")),
        _ => {
            format!("{readable} can be used; {}, {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}
