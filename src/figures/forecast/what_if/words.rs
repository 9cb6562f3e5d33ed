//! What a lever assumes, in words.

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Book, ClientId, Interval, Lever, Table};
use crate::figures::words::{amount_in_full as in_full, date};

/// What a lever assumes, in a few words without amounts: `Acme pays 14 days later`. Days are said as seen on `day`.
#[must_use]
pub fn lever_words(lever: &Lever, book: &Book, day: NaiveDate) -> String {
    let name = |client: &ClientId| {
        book.client(client).map_or_else(|| client.to_string(), |known| known.client.name.clone())
    };
    match lever {
        Lever::PaysLater { client, days } => {
            let (count, plural) = (days.unsigned_abs(), if days.abs() == 1 { "" } else { "s" });
            let way = if *days < 0 { "earlier" } else { "later" };
            format!("{} pays {count} day{plural} {way}", name(client))
        }
        Lever::Leaves { client, on } => format!("{} leaves on {}", name(client), date(*on, day)),
        Lever::LetGo { client, on } => format!("Let {} go on {}", name(client), date(*on, day)),
        Lever::RatesRise { clients, percent, from } => {
            let whom = match clients.as_slice() {
                [] => "for all".to_owned(),
                [one] => format!("for {}", name(one)),
                [first, rest @ ..] => format!("for {} and {} more", name(first), rest.len()),
            };
            format!("Rates rise by {percent} from {}, {whom}", date(*from, day))
        }
        Lever::Deposit { percent } => format!("New deals pay {percent} when they are won"),
        Lever::Instalments { deal, parts, every } => {
            let title = match book.find(Table::Deals, deal.as_str()) {
                Some(AnyRecord::Deal(deal)) => deal.title.clone(),
                _ => deal.to_string(),
            };
            format!("{title} is paid in {parts} parts, {}", every_words(*every))
        }
        Lever::ManySmall { largest, each } => {
            let whom = if *largest == 1 {
                "the largest client".to_owned()
            } else {
                format!("each of the {largest} largest")
            };
            format!("{each} small clients instead of {whom}")
        }
        Lever::NeverPaid { invoice } => match book.find(Table::Invoices, invoice.as_str()) {
            Some(AnyRecord::Invoice(found)) => {
                format!("Invoice {} of {} is never paid", found.number, name(&found.client))
            }
            _ => format!("Invoice {invoice} is never paid"),
        },
        Lever::Income { what, amount, day: on, every } => {
            format!("{what}: {} comes in {}", in_full(*amount), when_words(*on, *every, day))
        }
        Lever::Expense { what, amount, day: on, every } => {
            format!("{what}: {} goes out {}", in_full(*amount), when_words(*on, *every, day))
        }
    }
}

fn when_words(on: NaiveDate, every: Option<Interval>, day: NaiveDate) -> String {
    match every {
        None => format!("on {}", date(on, day)),
        Some(every) => format!("{} from {}", every_words(every), date(on, day)),
    }
}

/// `every month`, `every 2 weeks`.
fn every_words(every: Interval) -> String {
    let words = every.to_string();
    format!("every {}", words.strip_prefix("1 ").unwrap_or(&words))
}
