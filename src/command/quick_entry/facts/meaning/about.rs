//! What a line tells that is not understood: whom it names, how much, and by when.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientFacts, Invoice, Money, days_between};
use crate::state::day_entry::{Lean, day_words};

use super::vocabulary::COUNTED;
use crate::command::quick_entry::facts::cost::names_cost;
use crate::command::quick_entry::facts::payment::CALLED;
use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::grammar::unclear::turning;
use crate::command::quick_entry::who::name::{Named, likeliest};
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{Day, find_day, find_deadline};

/// A day so far ahead is taken for the one that lies behind.
const FAR_DAYS: i64 = 180;

/// What a line tells that is not understood.
pub(super) struct About<'a> {
    /// The only client that is named, and the words that do.
    pub(super) named: Option<(&'a Arc<ClientFacts>, Range<usize>)>,
    /// The only amount of money, or of several the one that was answered.
    pub(super) amount: Option<Amount>,
    /// By when it is due, on a day ahead.
    pub(super) due: Option<Day>,
    /// The day on which it happened, where the same words may as well be one ahead.
    pub(super) either: Option<NaiveDate>,
    /// Whether it tells of a number that may be money.
    pub(super) counts: bool,
    /// Whether a word turns what is said.
    pub(super) turned: bool,
    /// The invoices of theirs of which something is open.
    pub(super) open: Vec<Arc<Invoice>>,
}

impl<'a> About<'a> {
    pub(super) fn client(&self) -> Option<&'a Arc<ClientFacts>> {
        self.named.as_ref().map(|(client, _)| *client)
    }

    pub(super) fn money(&self) -> Option<Money> {
        self.amount.as_ref().map(|amount| amount.money)
    }

    /// On which day it happened, where that is not sure: ` on Mon 16 Nov`.
    pub(super) fn when(&self, today: NaiveDate) -> String {
        self.either.map(|day| format!(" on {}", day_words(day, today))).unwrap_or_default()
    }

    /// Whether the amount is all that is open of an invoice.
    pub(super) fn is_open(&self) -> bool {
        self.money().is_some_and(|money| self.open.iter().any(|invoice| invoice.open() == money))
    }
}

/// The only amount of a line that has no text behind a colon, where it is money and no number of something else. `None` as well
/// where it is asked whether it is a year.
fn money(reader: &mut Reader<'_>, client: Option<&Arc<ClientFacts>>) -> Option<Amount> {
    if !reader.line.text().is_empty() {
        return None;
    }
    let theirs = client.and_then(|client| client.client.currency);
    let currency = theirs.unwrap_or(reader.known.book.currency());
    let found = amounts(&reader.line, reader.line.all(), currency);
    let found: Vec<Amount> = found.into_iter().filter(|amount| !amount.is_of_day(&reader.line)).collect();
    let found = if found.is_empty() { found } else { reader.without_years(found)? };
    let line = &reader.line;
    // Of several it may have been answered already which.
    let typed: Vec<&str> = found.iter().map(|amount| line.typed(&amount.words)).collect();
    let asked = format!("amount:{}", typed.join("/"));
    let answered = reader.known.answers.iter().rev().find(|(id, _)| *id == asked).map(|(_, key)| key);
    let chosen = found.iter().zip(&typed).find(|(_, typed)| answered.is_some_and(|key| key == *typed));
    let amount = match (found.as_slice(), chosen) {
        ([only], _) => only.clone(),
        (_, Some((chosen, _))) => chosen.clone(),
        _ => return None,
    };
    // `5 jan`, `1 day`: a number of something else.
    let counts = client.is_some()
        && !names_cost(line)
        && !amount.marked
        && (line.typed(&amount.words).len() == 1
            || line.typed(&amount.words).len() == 2 && line.plain(amount.words.end).ends_with('s'));
    let is_time = counts || COUNTED.contains(&line.plain(amount.words.end));
    let days = [Lean::Back, Lean::Ahead].map(|lean| find_day(line, line.all(), reader.known.today, lean));
    let of_day = days.iter().flatten().any(|day| day.words.contains(&amount.words.start));
    (!is_time && !of_day).then_some(amount)
}

/// What the line tells, where words stand beside whoever is named and how much it is.
pub(super) fn about<'a>(reader: &mut Reader<'a>) -> Option<About<'a>> {
    let named = likeliest(reader.names(&reader.line.heading()), true);
    let several = named.iter().any(|it| Some(it.client.id()) != named.first().map(|first| first.client.id()));
    let guessed = named.is_empty() && !likeliest(reader.names(&reader.line.all()), false).is_empty();
    if several || guessed {
        return None;
    }
    let first = named.first().map(|first| (first.client, first.fit.words.clone()));
    let client = first.as_ref().map(|(client, _)| *client);
    let amount = money(reader, client);
    if reader.is_asking() {
        return None;
    }
    if amount.is_none() && client.is_none() {
        if reader.line.text().is_empty() {
            reader.refuse_vague(reader.line.heading(), true);
        }
        return None;
    }
    let line = &reader.line;
    let today = reader.known.today;
    let due = find_deadline(line, line.all(), today);
    let due = due.or_else(|| find_day(line, line.all(), today, Lean::Ahead).filter(|day| day.on > today));
    let past = find_day(line, line.heading(), today, Lean::Back);
    // `credited 19.11.` was yesterday, and is none of next year.
    let past = past.filter(|day| day.on <= today);
    let is_far = |day: &Day| !day.deadline && days_between(today, day.on) > FAR_DAYS;
    let lately = past.as_ref().is_some_and(|day| days_between(day.on, today) < FAR_DAYS);
    let due = due.filter(|day| !(lately && is_far(day)));
    // `linkedin message to bob on mon` may be the last one as well.
    let either = due.as_ref().is_some_and(|due| due.bare_weekday && !due.deadline) && past.is_some();
    let dated = |at: usize| {
        let days = [due.as_ref(), past.as_ref()];
        days.into_iter().flatten().any(|day| day.words.contains(&at))
    };
    let used = |at: &usize| {
        let named = first.as_ref().is_some_and(|(_, words)| words.contains(at));
        let counted = amount.as_ref().is_some_and(|amount| amount.words.contains(at));
        named || counted || dated(*at)
    };
    let is_word = |at: &usize| {
        let other = line.is_free(*at) && !line.is_filler(*at) && !used(at);
        other && line.plain(*at).contains(char::is_alphabetic)
    };
    if !line.all().any(|at| is_word(&at)) {
        return None;
    }
    let turned =
        turning(line, line.all()).is_some_and(|words| !matches!(line.plain(words.start), "must" | "gotta"));
    let invoices = client.map(|client| client.facts.invoices.as_slice()).unwrap_or_default();
    let known = invoices.iter().filter_map(|invoice| invoice.as_of(today));
    let open = known.filter(|invoice| invoice.open().amount > Decimal::ZERO).collect();
    let either = past.as_ref().filter(|_| either).map(|day| day.on);
    let currency = reader.known.book.currency();
    let counts = amounts(line, line.all(), currency).iter().any(|amount| !dated(amount.words.start));
    Some(About { named: first, amount, due, either, counts, turned, open })
}

/// Whether the line names one client before its colon, and no other.
pub(in crate::command::quick_entry) fn names_one(reader: &Reader<'_>) -> bool {
    only_named(reader).is_some()
}

/// The only client that the line names before its colon.
fn only_named<'a>(reader: &Reader<'a>) -> Option<Named<'a>> {
    let named = likeliest(reader.names(&reader.line.heading()), true);
    let first = named.first()?.clone();
    named.iter().all(|it| it.client.id() == first.client.id()).then_some(first)
}

/// `acme deposit invoice 1785`, `acme 2500 invoiced`: the word that says it is one.
pub(super) fn invoiced(reader: &mut Reader<'_>) -> Option<Range<usize>> {
    let named = only_named(reader)?;
    let name = named.fit.words;
    let amount = money(reader, Some(named.client))?;
    let line = &reader.line;
    if turning(line, line.all()).is_some() {
        return None;
    }
    if let Some(words) = line.find(&["invoiced", "billed"], name.end..line.head) {
        return Some(words);
    }
    let words = line.find(&["invoice", "bill"], name.end..line.head)?;
    // `query on the acme invoice 500` tells of one that is there, as does `acme invoice is open, 500`.
    let begins = (0..name.start).all(|at| line.plain(at) != "the" && line.is_filler(at));
    let priced = (words.end..amount.words.start).all(|at| line.is_filler(at) && line.plain(at) != "is");
    let called = line.typed(&(name.end..words.start)).to_lowercase();
    let is_one = called.is_empty() || CALLED.contains(&called.as_str());
    (begins && priced && is_one && amount.words.start >= words.end).then_some(words)
}
