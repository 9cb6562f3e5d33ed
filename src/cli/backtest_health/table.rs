//! What became of each client, in a form to read in a terminal: plain text of at most 100 columns, no colours.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::cli::report::{ROWS, and_more, cut, line};
use crate::domain::Business;
use crate::figures::Answer;
use crate::figures::health::{Fate, HealthRecord, LookedBack};

/// The record in words and columns.
#[must_use]
pub fn table(record: &HealthRecord, business: &Business) -> String {
    let mut text = String::new();
    let name = if business.name.is_empty() { "this book" } else { &business.name };
    line(&mut text, format!("The health of the clients of {name} looked back at from {}\n", record.day));
    let [sixty, ninety] = &record.horizons;
    if record.clients.is_empty() {
        line(&mut text, format!("No client was known on {}.", record.day));
    }
    for horizon in [ninety, sixty] {
        line(&mut text, wrapped(&format!("{} days before: {}", horizon.days, horizon.words())));
    }
    group(
        &mut text,
        "ENDED BADLY",
        record.clients.iter().filter(|it| matches!(it.fate, Fate::EndedBadly(_))),
    );
    group(&mut text, "STAYED", record.clients.iter().filter(|it| it.fate == Fate::Stayed));
    left_out(&mut text, record);
    line(
        &mut text,
        format!(
            "\nWithout a score: 90 days before {} of those that ended badly and {} of those that stayed,\n\
             60 days before {} and {}. They are in no pair.",
            ninety.ended_badly_unknown,
            ninety.stayed_unknown,
            sixty.ended_badly_unknown,
            sixty.stayed_unknown
        ),
    );
    line(
        &mut text,
        format!(
            "\n90 d and 60 d: the score so many days before the day, as it was told then. The day of those that\n\
             stayed is {}. A pair is told apart where the one that stayed had the higher score; a tie\n\
             counts half. 50\u{a0}% is chance; in brackets the 95\u{a0}% interval. Who ended by falling silent was often\n\
             silent already on the day of the score, which knew it.",
            record.reference
        ),
    );
    text
}

fn group<'a>(text: &mut String, title: &str, of: impl Iterator<Item = &'a LookedBack>) {
    let of: Vec<&LookedBack> = of.collect();
    let title = format!("{title}: {}", of.len());
    line(text, format!("\n  {title:<24} {:<10} {:>6} {:>6}  why", "day", "90 d", "60 d"));
    for it in of.iter().take(ROWS) {
        let [sixty, ninety] = it.scores.each_ref().map(points);
        let (name, why) = (cut(&it.name, 24), cut(&it.why, 46));
        let day = it.day.as_ref().map_or_else(|_| "–".to_owned(), ToString::to_string);
        line(text, format!("  {name:<24} {day:<10} {ninety:>6} {sixty:>6}  {why}"));
    }
    and_more(text, of.len(), ROWS);
}

/// How many are left out for which reason, the commonest first.
fn left_out(text: &mut String, record: &HealthRecord) {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for it in record.clients.iter().filter(|it| it.fate == Fate::LeftOut) {
        let count = reasons.entry(&it.why).or_default();
        *count = count.saturating_add(1);
    }
    line(text, format!("\n  LEFT OUT: {}", record.count(|fate| fate == Fate::LeftOut)));
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| Reverse(*count));
    for (why, count) in reasons {
        line(text, format!("  {count:>4}  {why}"));
    }
}

fn points(score: &Answer<Decimal>) -> String {
    score.as_ref().map_or_else(|_| "–".to_owned(), |score| score.round().to_string())
}

/// A sentence in lines of at most 100 columns.
fn wrapped(sentence: &str) -> String {
    let mut text = String::new();
    let mut length = 0;
    for word in sentence.split(' ') {
        let width = word.chars().count();
        if length > 0 && length + 1 + width > 100 {
            text.push('\n');
            length = 0;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += width;
    }
    text
}
