//! `rapport backtest BOOK`: what the forecast would have said on past days beside what came, for a person or with `--json`
//! for a program.

mod json;
mod table;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{book, parse_day};
use crate::domain::Book;
use crate::figures::forecast::{Backtest, Plan};

pub use json::json;
pub use table::table;

/// Look back at how the forecast of a book held.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The book's file
    pub book: PathBuf,
    /// The first day to look back from [default: the day by which 20 invoices were paid]
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub from: Option<NaiveDate>,
    /// The last day to look back from [default: the last day on which anything was invoiced or paid]
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub to: Option<NaiveDate>,
    /// Days from one of them to the next
    #[arg(long, value_name = "DAYS", default_value_t = 28, value_parser = clap::value_parser!(u32).range(1..))]
    pub every: u32,
    /// Print JSON with every prediction; its keys are in the README
    #[arg(long)]
    pub json: bool,
}

/// Prints how the forecasts of a book held to `out`, and to `err` what stands in their way; and how far it got where somebody
/// watches.
///
/// Returns the exit code: 0; 1 when records of the book cannot be used, and so were not looked at; 2 when the file as a
/// whole cannot be used, or there is nothing to look back at.
pub fn run(args: &Args, today: NaiveDate, watched: bool, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    backtest(args, today, watched, out, err).unwrap_or(1)
}

fn backtest(
    args: &Args,
    today: NaiveDate,
    watched: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let file = args.book.display();
    let loaded = match book::read(&args.book) {
        Ok(loaded) => loaded,
        Err(message) => {
            writeln!(err, "{message}")?;
            return Ok(2);
        }
    };
    // What lies ahead of today in the file has not come: nothing is to be held against it.
    let book = loaded.book.as_of(today);
    let plan = match plan(args, &book, today) {
        Ok(plan) => plan,
        Err(why) => {
            writeln!(err, "{file}: error: {why}")?;
            return Ok(2);
        }
    };
    let mut told = Ok(());
    let backtest = Backtest::of(&book, &plan, &mut |done, of| {
        if watched {
            told = write!(err, "\rlooking back: {done} of {of} days").and_then(|()| err.flush());
        }
        ControlFlow::Continue(())
    });
    if watched {
        // The line is cleared: what follows may stand in the same terminal.
        write!(err, "\r{:40}\r", "")?;
    }
    told?;
    // It is never broken off.
    let Some(backtest) = backtest else { return Ok(1) };
    if backtest.predictions.is_empty() && backtest.cash.is_empty() {
        writeln!(
            err,
            "{file}: error: nothing was open from {} to {}: choose other days",
            plan.from, plan.to
        )?;
        return Ok(2);
    }
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &json(&backtest))?;
        writeln!(out)?;
    } else {
        out.write_all(table(&backtest, book.business()).as_bytes())?;
    }
    book::tell_unusable(&args.book, &loaded, err)
}

/// The days asked for, the usual ones where none are.
fn plan(args: &Args, book: &Book, today: NaiveDate) -> Result<Plan, String> {
    let mut invoices = book.clients().flat_map(|client| &client.facts.invoices);
    if invoices.next().is_none() {
        return Err("it has no invoices, and so no forecast to look back at".to_owned());
    }
    let usual = Plan::usual(book, today);
    let from = match (args.from, &usual) {
        (Some(from), _) => from,
        (None, Ok(usual)) => usual.from,
        (None, Err(why)) => return Err(format!("{why}: say with --from which day to begin on")),
    };
    let last = match (args.to, &usual) {
        (Some(to), _) => to.min(Plan::last_day(book, today).unwrap_or(today)),
        (None, Ok(usual)) => usual.to,
        (None, Err(_)) => Plan::last_day(book, today).unwrap_or(today),
    };
    if args.to.is_some_and(|to| from > to) || from > last {
        return Err(format!("the first day to look back from, {from}, is after the last, {last}"));
    }
    Ok(Plan { from, to: last, every: args.every })
}
