//! Arguments, then a window or one subcommand.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use rapport::app::{self, Wish};
use rapport::cli::{self, Arguments};
use rapport::effects;
use rapport::store::region::currency_of_this_machine;

fn main() -> ExitCode {
    let Arguments { book, sample, today, as_of, currency, command } = Arguments::parse();
    if let Some(command) = command {
        return ExitCode::from(cli::run(
            &command,
            effects::now(),
            currency_of_this_machine(),
            &mut io::stdout(),
            &mut io::stderr(),
        ));
    }
    match app::run(Wish { book, sample, today, as_of, currency }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // With nobody left to read it there is nothing more to do.
            let _ = writeln!(io::stderr(), "rapport: {why}");
            ExitCode::FAILURE
        }
    }
}
