//! What else a move of a deal tells: what it is worth, and until when its proposal holds.

use chrono::NaiveDate;

use crate::domain::{Deal, Proposal, add_days};
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::grammar::reader::{Reader, said};
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::day::find_day;
use crate::command::quick_entry::{ChipKind, Choice};

/// `valid until 31.12.`: the day, its words used.
pub(in crate::command::quick_entry) fn valid_until(reader: &mut Reader<'_>) -> Option<NaiveDate> {
    let heading = reader.line.heading();
    let today = reader.known.today;
    let at = reader.line.find(&["is valid", "valid", "holds", "good", "open", "expires"], heading.clone())?;
    if let Some(on) = for_days(reader, at.end) {
        reader.absorb(at.clone());
        let words = at.end..at.end + 3;
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Day, format!("valid until {}", day_words(on, today)), &words);
        return Some(on);
    }
    let day = find_day(&reader.line, at.end..heading.end, today, Lean::Ahead)?;
    let until = day.deadline || reader.line.plain(at.start) == "expires";
    if day.words.start != at.end || !until || day.on < today {
        return None;
    }
    reader.absorb(at);
    reader.note_day(Some(&day), day.on, "valid until ");
    Some(day.on)
}

/// `for 30 days` at a position: the day that is.
fn for_days(reader: &Reader<'_>, at: usize) -> Option<NaiveDate> {
    let line = &reader.line;
    let count: u32 = line.plain(at + 1).parse().ok().filter(|count| *count <= 365)?;
    let days = match line.plain(at + 2) {
        "day" | "days" => count,
        "week" | "weeks" => count * 7,
        _ => return None,
    };
    (line.plain(at) == "for").then(|| add_days(reader.known.today, days.into()))
}

/// Notes until when the proposal of a deal holds.
pub(in crate::command::quick_entry) fn set_valid(deal: &mut Deal, until: NaiveDate) {
    let none = Proposal { asked: None, asked_by: None, sent: None, valid_until: None };
    deal.proposal.get_or_insert(none).valid_until = Some(until);
}

/// Gives a deal the amount that is told with its move as its value; another than it has is asked about. `None` where that is
/// asked; else whether it changed.
pub(in crate::command::quick_entry) fn set_value(reader: &mut Reader<'_>, deal: &mut Deal) -> Option<bool> {
    let heading = reader.line.heading();
    let own = reader.known.book.client(&deal.client).and_then(|known| known.client.currency);
    let currency = deal.value.map(|value| value.currency).or(own).unwrap_or(reader.known.book.currency());
    if amounts(&reader.line, heading.clone(), currency).is_empty() {
        return Some(false);
    }
    let amount = reader.amount(heading, currency)?;
    let told = said(amount.money);
    reader.chip_of(ChipKind::Money, format!("worth {told}"), &amount.words);
    if deal.value == Some(amount.money) {
        return Some(false);
    }
    if let Some(known) = deal.value {
        let choices = vec![Choice { key: "yes".to_owned(), label: format!("Yes, {told} is its value now") }];
        let text = format!("Is {} worth {told}? So far it is {}", deal.title, said(known));
        reader.ask(format!("worth:{}:{told}", deal.id), text, choices)?;
    }
    deal.value = Some(amount.money);
    Some(true)
}
