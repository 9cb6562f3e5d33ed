//! The command line: the arguments, and one file a subcommand. Each reads its arguments and prints what store and figures
//! say; none needs a display.

pub mod backtest;
pub mod backtest_health;
mod book;
pub mod calendar;
pub mod check;
pub mod forecast;
pub mod import;
pub mod render;
pub mod report;
pub mod sample;
pub mod today;

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use clap::CommandFactory as _;

use crate::domain::Currency;

/// Who needs me today, when will the money come, which of my clients are good for me?
#[derive(Debug, clap::Parser)]
#[command(name = "rapport", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// The book to open; without one the book beside the program, the last one, or on the first run the sample
    pub book: Option<PathBuf>,
    /// Open the sample book instead
    #[arg(long, conflicts_with = "book")]
    pub sample: bool,
    /// Work as if this were today (edits are dated then)
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub today: Option<NaiveDate>,
    /// Look at the book as of an earlier day
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// The currency of a book that is not there yet
    #[arg(long, value_name = "XXX", value_parser = parse_currency, requires = "book")]
    pub currency: Option<Currency>,
    /// Work without a window
    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

/// What works without a window.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Read a book and print every problem with its line and column
    Check(check::Check),
    /// Print the sample book
    Sample(sample::Args),
    /// Bring facts into a book from another program's file
    Import(import::Import),
    /// Print who needs you today, for a terminal or a status bar
    Today(today::Args),
    /// Write what is due, runs out or comes back as a calendar file (.ics)
    Calendar(calendar::Args),
    /// Print all figures of a book
    Report(report::Report),
    /// Say when the money will come, and what the balance will be
    Forecast(forecast::Args),
    /// Look back at how the forecast of a book held
    Backtest(backtest::Args),
    /// Look back at how the health of clients foretold what became of them
    BacktestHealth(backtest_health::Args),
    /// Draw a view of a book as a PNG
    Render(render::Render),
}

/// The names of all that works without a window.
#[must_use]
pub fn subcommands() -> Vec<String> {
    Arguments::command().get_subcommands().map(|it| it.get_name().to_owned()).collect()
}

/// Reads a day such as 2026-11-21.
fn parse_day(text: &str) -> Result<NaiveDate, String> {
    let day: Option<NaiveDate> = text.parse().ok();
    let possible = crate::domain::FIRST_DAY..=crate::domain::LAST_DAY;
    day.filter(|day| possible.contains(day)).ok_or_else(|| "expected a day such as 2026-11-21".to_owned())
}

/// Reads the code of a currency, in capitals or not.
fn parse_currency(text: &str) -> Result<Currency, String> {
    text.to_ascii_uppercase().parse().map_err(|error: crate::domain::AmountError| error.to_string())
}

/// Whether somebody may watch how far a subcommand got.
fn is_watched() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stderr())
}

/// An output whose reader may go once they have seen enough, such as `head -1`: what is written after that is for nobody, and no
/// failure.
struct WhileRead<'a> {
    to: &'a mut dyn Write,
    is_gone: bool,
}

impl<'a> WhileRead<'a> {
    fn new(to: &'a mut dyn Write) -> Self {
        Self { to, is_gone: false }
    }

    fn unless_gone<T>(
        &mut self,
        gone: T,
        write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.is_gone {
            return Ok(gone);
        }
        match write(self.to) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_gone = true;
                Ok(gone)
            }
            written => written,
        }
    }
}

impl Write for WhileRead<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(bytes.len(), |to| to.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone((), |to| to.flush())
    }
}

/// Runs a subcommand at this time, on a computer set to a region of this currency; gives its exit code.
pub fn run(
    command: &Subcommand,
    now: NaiveDateTime,
    region: Option<Currency>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let today = now.date();
    let (out, err) = (&mut WhileRead::new(out), &mut WhileRead::new(err));
    match command {
        Subcommand::Check(args) => check::run(args, today, out, err),
        Subcommand::Sample(args) => sample::run(args, today, out, err),
        Subcommand::Import(args) => import::run(args, now, region, out, err),
        Subcommand::Today(args) => today::run(args, today, today::terminal_width(), out, err),
        Subcommand::Calendar(args) => calendar::run(args, today, out, err),
        Subcommand::Report(args) => report::run(args, today, out, err),
        Subcommand::Forecast(args) => forecast::run(args, today, out, err),
        Subcommand::Backtest(args) => backtest::run(args, today, is_watched(), out, err),
        Subcommand::BacktestHealth(args) => backtest_health::run(args, today, is_watched(), out, err),
        Subcommand::Render(args) => render::run(args, today, out, err),
    }
}
