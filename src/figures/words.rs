//! Words that several figures use.

use chrono::{Datelike, NaiveDate};

/// A day as one says it on another: `4 Mar`, with its year where that differs.
pub(super) fn date(day: NaiveDate, said_on: NaiveDate) -> String {
    let format = if day.year() == said_on.year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(format).to_string()
}
