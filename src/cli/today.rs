//! `rapport today BOOK`: the queue, for a terminal or a status bar, or with `--json` for a program.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::Value;

use super::report::{Keys, cut, grouped, list, of_item};
use super::{book, parse_day};
use crate::domain::{Book, Money, Wait};
use crate::figures::consequence::Consequence;
use crate::figures::forecast::{Forecast, Outlook};
use crate::figures::today::{Item, PutOff};
use crate::figures::{Figures, Memo};
use crate::written::counted;

/// Print who needs you today.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The book's file
    pub book: PathBuf,
    /// Show the book as it was known at the end of this day (such as 2026-11-21) instead of today
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Cut lines after so many characters; without it they are as wide as the terminal, and whole where there is none
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,
    /// Print JSON, whose keys the README lists
    #[arg(long)]
    pub json: bool,
}

/// Prints the queue of a book to `out`, and to `err` what stands in its way.
///
/// Returns the exit code: 0; 1 when records of the book cannot be used, and so are not looked at; 2 when the file as a whole
/// cannot be used.
pub fn run(
    args: &Args,
    today: NaiveDate,
    terminal: Option<u16>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    // Nobody is left to tell when the output itself cannot be written.
    print(args, today, terminal, out, err).unwrap_or(1)
}

fn print(
    args: &Args,
    today: NaiveDate,
    terminal: Option<u16>,
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
    let outlook = Outlook::of_quarter(&loaded.book, day);
    let figures = Memo::new().figures_ahead(&loaded.book, day, today, &outlook);
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &json(&figures, &loaded.book, outlook.quarter.as_deref()))?;
        writeln!(out)?;
    } else {
        let width = args.width.or(terminal).map_or(usize::MAX, usize::from);
        for line in lines(&figures, width) {
            writeln!(out, "{}", cut(line.trim_end(), width))?;
        }
    }
    book::tell_unusable(&args.book, &loaded, err)
}

/// The width of the terminal that standard output goes to, in characters; nothing where it goes elsewhere.
pub(super) fn terminal_width() -> Option<u16> {
    #[cfg(unix)]
    if io::IsTerminal::is_terminal(&io::stdout()) {
        let columns = rustix::termios::tcgetwinsize(io::stdout()).ok()?.ws_col;
        // Narrower than any row is as good as unknown.
        return Some(columns).filter(|columns| *columns >= 20);
    }
    None
}

/// How wide a column of figures is, with the space after it.
const FIGURE: usize = 13;
/// How wide the column of names is, with the spaces after it.
const NAME: usize = 24;
/// The reason of an item is to have so many characters of its line at least: a column of figures goes before that.
const LEAST_WHY: usize = 30;

/// The queue in a line of counts, which a status bar may take alone, and a line an item: what a week's delay costs, what is
/// at stake, the client, what it is about and why. In a narrow `width` what is at stake is left out, and then what a week costs.
#[must_use]
pub fn lines(figures: &Figures, width: usize) -> Vec<String> {
    let today = &figures.today;
    let needs = if today.items.len() == 1 { "needs" } else { "need" };
    let mut counts = vec![format!("{} {needs} you", counted(today.items.len(), "thing"))];
    let costs: rust_decimal::Decimal = today.items.iter().map(|item| item.cost).sum();
    if !today.items.is_empty() {
        counts.push(format!(
            "a week's delay costs {} {}",
            grouped(Money::new(costs, figures.currency)),
            figures.currency
        ));
    }
    let more = [(today.snoozed.len(), "snoozed"), (today.handled_on_day, "handled")];
    let letters = figures.outbox.waiting.len();
    counts.extend(
        more.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")),
    );
    if letters > 0 {
        let wait = if letters == 1 { "waits" } else { "wait" };
        counts.push(format!("{} {wait} in the outbox", counted(letters, "letter")));
    }
    let mut lines = vec![counts.join(" · ")];
    if today.items.is_empty() {
        return lines;
    }
    let with_stake = width >= 2 * FIGURE + 1 + NAME + LEAST_WHY;
    let with_cost = width >= FIGURE + 1 + NAME + LEAST_WHY;
    let line = |cost: &str, stake: &str, name: &str, why: &str| {
        let mut line = String::new();
        for (figure, _) in [(cost, with_cost), (stake, with_stake)].iter().filter(|(_, shown)| *shown) {
            // Writing to a String cannot fail.
            let _ = write!(line, "{figure:>12} ");
        }
        let gap = if with_cost { " " } else { "" };
        // Where there is no room for it, a name is cut shorter.
        let most = if with_cost { 22 } else { 22.min(width / 3) };
        let name = cut(name, most);
        format!("{line}{gap}{name:<most$}  {why}")
    };
    lines.push(line("a week costs", "at stake", "client", "why"));
    lines.extend(today.items.iter().map(|item| {
        let cost = grouped(Money::new(item.cost, figures.currency));
        let stake = item.at_stake.map_or_else(|| "?".to_owned(), grouped);
        // What is the firm's own has no client.
        let name = if item.client_name.is_empty() { &item.title } else { &item.client_name };
        // Two promises of one client are told apart by what was promised.
        let says_more = !item.client_name.is_empty() && item.title != item.client_name;
        let about = if says_more { format!("{}: ", item.title) } else { String::new() };
        line(&cost, &stake, &printable(name), &printable(&format!("{about}{}", item.why)))
    }));
    lines
}

/// A text on one line, without what a terminal would carry out.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The queue as JSON; the README lists its keys. What each item means for the cash to come is told by the forecast of 13 weeks.
#[must_use]
pub fn json(figures: &Figures, book: &Book, quarter: Option<&Forecast>) -> Value {
    let today = &figures.today;
    let mut keys = Keys::default();
    keys.set("as_of", figures.day.to_string());
    keys.set("currency", figures.currency.code());
    keys.set("count", today.items.len());
    keys.set("handled", today.handled_on_day);
    keys.set("today", list(&today.items, |item| with_consequence(item, figures, book, quarter)));
    keys.set("letters", figures.outbox.waiting.len());
    keys.set("waiting", list(&today.waiting, |item| of_item(item, figures)));
    keys.set("snoozed", list(&today.snoozed, |put_off| of_put_off(put_off, figures)));
    keys.done()
}

fn with_consequence(item: &Item, figures: &Figures, book: &Book, quarter: Option<&Forecast>) -> Value {
    let mut told = of_item(item, figures);
    if let (Value::Object(keys), Some(quarter)) = (&mut told, quarter) {
        keys.insert("consequence".to_owned(), Consequence::of(book, quarter, item).words().into());
    }
    told
}

fn of_put_off(put_off: &PutOff, figures: &Figures) -> Value {
    let mut item = of_item(&put_off.item, figures);
    if let Value::Object(keys) = &mut item {
        let wait = put_off.wait.map(|wait| match wait {
            Wait::TheyReply => "they_reply",
            Wait::Paid => "paid",
            Wait::NoReply => "no_reply",
        });
        keys.insert("until".to_owned(), put_off.until.to_string().into());
        keys.insert("wait".to_owned(), wait.unwrap_or("day").into());
    }
    item
}
