//! Expenses: `spent 49 hosting`, `spent 120 acme fonts`, `expense 49 hosting monthly`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Currency, Expense, ExpenseId, Interval};
use crate::state::Edit;
use crate::state::day_entry::Lean;

use crate::command::quick_entry::grammar::opening::begins_with;
use crate::command::quick_entry::grammar::reader::{Reader, put, said};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::day::{Day, find_day, is_month};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

const DAILY: [&str; 5] = ["every day", "each day", "per day", "a day", "daily"];
const WEEKLY: [&str; 5] = ["every week", "each week", "per week", "a week", "weekly"];
const MONTHLY: [&str; 5] = ["every month", "each month", "per month", "a month", "monthly"];
const QUARTERLY: [&str; 4] = ["every quarter", "per quarter", "a quarter", "quarterly"];
const YEARLY: [&str; 6] = ["every year", "each year", "per year", "a year", "yearly", "annually"];

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    ask_whether_bought(reader)?;
    let every = interval(reader, all.clone());
    let day = match every {
        Some(_) => first_day(reader, all.clone()),
        None => reader.past_day(all.clone()),
    };
    ask_for_month(reader, all.clone());
    let who = reader.who_exactly(all.clone(), false);
    if reader.is_asking() {
        return None;
    }
    let amount = reader.amount(all.clone(), reader.known.book.currency());
    if reader.is_asking() {
        return None;
    }
    let words = amount.as_ref().map(|amount| amount.words.clone());
    match &amount {
        Some(amount) => reader.chip_of(ChipKind::Money, said(amount.money), &amount.words),
        None => reader.need("Say how much"),
    }
    // What stands before `for` and the client is what was bought: `spent 35 on train ticket for surava`.
    let whom = reader.line.heading().rev().find(|at| reader.line.plain(*at) == "for");
    let deal = who.as_ref().and_then(|who| {
        let (deal, words) = reader.named_deal(who, all.clone())?;
        if whom.is_some_and(|whom| words.end <= whom) {
            return None;
        }
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Deal, deal.title.clone(), &words);
        Some(deal)
    });
    if let Some(who) = &who {
        reader.refuse_others(who, reader.line.heading());
    }
    refuse_split(reader, who.as_ref(), words.as_ref());
    reader.refuse_unclear_title(words.as_ref());
    let Some(what) = reader.rest_as(ChipKind::Note, all) else {
        reader.need("Say on what");
        return None;
    };
    let amount = amount?.money;
    let expense = Expense {
        id: ExpenseId::fresh(&what, reader.seed()),
        what: what.clone(),
        amount,
        day,
        every,
        until: None,
        // What lies ahead is known from today on.
        noted: (day > reader.known.today).then_some(reader.known.today),
        client: who.as_ref().map(|who| who.id.clone()),
        deal: deal.map(|deal| deal.id.clone()),
        category: None,
    };
    let known = match &who {
        Some(who) => who.facts.map(|facts| facts.facts.expenses.as_slice()).unwrap_or_default(),
        None => reader.known.book.firm().expenses.as_slice(),
    };
    if known.iter().any(|known| known.day == day && known.amount == amount && known.what == what) {
        reader.warn("The same expense is in the book already");
    }
    Some(put(format!("Spent {} on {what}", said(amount)), vec![AnyRecord::Expense(Arc::new(expense))]))
}

/// `spent 300 half on acme`: what was for whom is for nobody to guess.
fn refuse_split(reader: &mut Reader<'_>, who: Option<&Who<'_>>, amount: Option<&Range<usize>>) {
    const SPLIT: [&str; 6] = ["half", "partly", "split", "shared", "halves", "proportionally"];
    let line = &reader.line;
    let split = |at: &usize| line.is_free(*at) && SPLIT.contains(&line.plain(*at));
    let behind = amount.map_or(0, |words| words.end);
    let found = line.heading().find(|at| split(at) && (who.is_some() || *at == behind));
    if let Some(at) = found {
        let name = who.map_or("…", |who| who.name.as_str()).to_owned();
        reader.refuse(
            &(at..at + 1),
            format!("Enter each part in a line of its own, as “spent 150 on … for {name}”"),
        );
    }
}

/// `buy a printer 249` may be what is to be done; `None` where that is asked.
fn ask_whether_bought(reader: &mut Reader<'_>) -> Option<()> {
    if !begins_with(&reader.line, "buy") {
        return Some(());
    }
    let choices = vec![Choice { key: "yes".to_owned(), label: "Yes, it was bought".to_owned() }];
    reader.ask("bought".to_owned(), "Was it bought already?".to_owned(), choices).map(|_| ())
}

/// When something falls first that falls again and again, which may lie ahead.
fn first_day(reader: &mut Reader<'_>, within: Range<usize>) -> NaiveDate {
    // `insurance due 312 a year, 1 feb`
    let is_due = reader.swallow(&["due"], reader.line.heading());
    let lean = if is_due { Lean::Ahead } else { Lean::Back };
    let Some(found) = find_day(&reader.line, within.clone(), reader.known.today, lean) else {
        return reader.past_day(within);
    };
    if found.deadline {
        reader.refuse(&found.words, "How long it goes on is set in its form: say from when");
    }
    let lead = found.words.start.checked_sub(1);
    let led = lead.filter(|at| matches!(reader.line.plain(*at), "from" | "starting" | "beginning"));
    let words = led.unwrap_or(found.words.start)..found.words.end;
    reader.note_day(Some(&Day { words, ..found.clone() }), found.on, "from ");
    found.on
}

/// A bare month is no day, nor surely a word: `spent 49 hosting jan`.
fn ask_for_month(reader: &mut Reader<'_>, within: Range<usize>) {
    let names = reader.names(&within);
    let named = |at: usize| names.iter().any(|named| named.fit.exact && named.fit.words.contains(&at));
    let line = &reader.line;
    let mut heading = within.filter(|at| *at < line.head);
    let Some(at) = heading.find(|at| line.is_free(*at) && is_month(line.plain(*at)) && !named(*at)) else {
        return;
    };
    reader.ask_for_day_of(&(at..at + 1));
}

/// An interval as it is said: `every month`, `every 3 months`.
fn every(interval: Interval) -> String {
    let counted = interval.to_string();
    format!("every {}", counted.strip_prefix("1 ").unwrap_or(&counted))
}

/// Says of an amount that is paid again and again that it is not one to enter so.
pub(in crate::command::quick_entry) fn refuse_recurring(
    reader: &mut Reader<'_>,
    currency: Currency,
    need: &str,
) {
    let found = amounts(&reader.line, reader.line.all(), currency);
    if let Some(often) = found.iter().find_map(|amount| interval_at(&reader.line, amount.words.end)) {
        reader.refuse(&often, need);
    }
}

/// Where words stand at a position that say how often something recurs.
fn interval_at(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let all = [DAILY.as_slice(), &WEEKLY, &MONTHLY, &QUARTERLY, &YEARLY];
    let found = all.iter().find_map(|phrases| {
        phrases.iter().find_map(|phrase| {
            let end = (at + phrase.split(' ').count()).min(line.words.len());
            line.find(&[*phrase], at..end)
        })
    });
    let found = found.filter(|words| line.plain(words.end) != "ago");
    found.or_else(|| counted(line, at).map(|(words, _)| words))
}

/// `every 2 years`.
fn counted(line: &Line<'_>, at: usize) -> Option<(Range<usize>, Interval)> {
    let words = at..at + 3;
    if line.plain(at) != "every" || !line.all_free(words.clone()) {
        return None;
    }
    let interval = format!("{} {}", line.plain(at + 1), line.plain(at + 2)).parse().ok()?;
    Some((words, interval))
}

/// How often it recurs, where that is said.
pub(in crate::command::quick_entry) fn interval(
    reader: &mut Reader<'_>,
    within: Range<usize>,
) -> Option<Interval> {
    if let Some((words, interval)) = within.clone().find_map(|at| counted(&reader.line, at)) {
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Day, every(interval), &words);
        return Some(interval);
    }
    // `a week ago` and `in a month` are days.
    let is_day = |reader: &Reader<'_>, words: &Range<usize>| {
        let before = words.start.checked_sub(1).map_or("", |before| reader.line.plain(before));
        reader.line.plain(words.end) == "ago" || matches!(before, "in" | "within")
    };
    for (phrases, interval) in [
        (DAILY.as_slice(), Interval::DAILY),
        (WEEKLY.as_slice(), Interval::WEEKLY),
        (MONTHLY.as_slice(), Interval::MONTHLY),
        (QUARTERLY.as_slice(), Interval::QUARTERLY),
        (YEARLY.as_slice(), Interval::YEARLY),
    ] {
        let found = reader.line.find(phrases, within.clone()).filter(|words| !is_day(reader, words));
        if let Some(words) = found {
            reader.line.take(words.clone());
            reader.chip_of(ChipKind::Day, every(interval), &words);
            return Some(interval);
        }
    }
    None
}
