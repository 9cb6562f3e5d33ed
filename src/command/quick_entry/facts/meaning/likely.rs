//! What a line may be that is not understood, the likeliest first.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{ClientFacts, Deal, Direction, Invoice, Party, Phase, Promise, TouchKind};

use super::Meaning;
use super::about::About;
use super::vocabulary::{
    AGREED, ELSE, HINTS, PAID_UP, PARTLY, PAYS, PAYS_IT, RUNS_OUT, TURNED_DOWN, WENT_BACK,
};
use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::work;
use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::grammar::unclear::turning;
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::words::line::Line;

/// So many deals of a client are offered at most.
const MOST_DEALS: usize = 2;
/// So many ways to go on at most, the note among them.
const MOST: usize = 6;

/// What the line may be, the likeliest first.
pub(super) fn meanings<'a>(reader: &Reader<'a>, about: &About<'a>) -> Vec<Meaning<'a>> {
    let line = &reader.line;
    let says = |words: &[&str]| line.all().any(|at| line.is_free(at) && words.contains(&line.plain(at)));
    let told_else = says(&ELSE);
    let priced = about.amount.is_some() && !told_else && !about.turned;
    let Some(client) = about.client() else {
        return if priced { vec![Meaning::Spent] } else { Vec::new() };
    };
    let mut found: Vec<Meaning<'a>> = Vec::new();
    if !about.turned && about.due.is_none() && !work::hours(line).is_empty() {
        found.push(Meaning::Work);
    }
    if !about.turned {
        let pays = says(&PAYS) || about.amount.is_some() && says(&PAYS_IT) || about.is_open();
        let pays = pays && !about.open.is_empty();
        let all = about.amount.is_some()
            || (!about.counts && says(&PAID_UP) && !says(&PARTLY) && is_of_one_currency(&about.open));
        let came = pays && all && !says(&WENT_BACK) && !went_out(line, about);
        if came && (about.due.is_none() || about.either.is_some()) {
            found.push(Meaning::Paid);
        }
        if pays && about.due.is_some() {
            found.push(Meaning::PayBy);
        }
        found.extend(decided(reader, client));
        if about.due.is_some() {
            if priced && says(&["due"]) {
                found.push(Meaning::Invoice);
            }
            if says(&RUNS_OUT) {
                found.push(Meaning::Renewal);
            }
            let spent = priced && about.either.is_some();
            if spent && !came {
                found.push(Meaning::Spent);
            }
            let most = if about.either.is_some() { 1 } else { MOST_DEALS };
            found.extend(alive(reader, client, &[Phase::Open, Phase::Won]).take(most).map(Meaning::Step));
            if !pays && !spent {
                found.extend([Meaning::Promise(Party::Me), Meaning::Promise(Party::Them)]);
            }
        } else if priced {
            // `paid hein 340 for printing`, `lunch with bob 46` tell of no price that is still to be paid.
            let paid =
                says(&["paid", "payed", "payd", "lunch", "dinner", "breakfast", "coffee", "drinks", "beer"]);
            found.extend([Meaning::Deal, Meaning::Invoice].into_iter().filter(|_| !paid));
            found.push(Meaning::Spent);
        }
    }
    if about.due.is_none() || about.either.is_some() {
        found.extend(kept(reader, client));
    }
    found.extend(kinds_hinted(line));
    found.push(Meaning::Touch(Direction::In));
    if about.due.is_none() || about.either.is_some() {
        found.push(Meaning::Touch(Direction::Out));
    }
    found.truncate(MOST - 1);
    found.push(Meaning::Note);
    found
}

/// Whether the line says that it was I who paid: `i paid bob 500`, `transferred 500 to bob`, `bob was paid 500`.
fn went_out(line: &Line<'_>, about: &About<'_>) -> bool {
    let name = about.named.as_ref().map_or(0, |(_, words)| words.start);
    let mine = matches!(line.plain(0), "i" | "we");
    let towards = name.checked_sub(1).is_some_and(|at| line.plain(at) == "to");
    mine || towards || line.find(&["been paid", "was paid", "were paid"], line.all()).is_some()
}

fn is_of_one_currency(open: &[Arc<Invoice>]) -> bool {
    let mut currencies = open.iter().map(|invoice| invoice.open().currency);
    currencies.next().is_some_and(|first| currencies.all(|other| other == first))
}

/// The deals of a client that are in one of these phases on the working day.
fn alive<'a>(
    reader: &Reader<'a>,
    client: &'a ClientFacts,
    phases: &[Phase],
) -> impl Iterator<Item = &'a Arc<Deal>> {
    let known = client.facts.deals.iter().filter(|deal| deal.as_of(reader.known.today).is_some());
    let found: Vec<&'a Arc<Deal>> = known.filter(|deal| phases.contains(&reader.phase(deal))).collect();
    found.into_iter()
}

/// The deals that were still to be decided, where the line says how they were.
fn decided<'a>(reader: &Reader<'a>, client: &'a ClientFacts) -> Vec<Meaning<'a>> {
    let line = &reader.line;
    let lost = line.find(&TURNED_DOWN, line.all()).is_some();
    // `we got the chapel job`
    let job = |at: usize| matches!(line.plain(at), "job" | "gig" | "commission" | "order");
    let got = line.find(&["got the", "won the", "have the"], line.all());
    let got = got.is_some_and(|got| (got.end..(got.end + 4).min(line.words.len())).any(job));
    let won = !lost && (got || line.find(&AGREED, line.all()).is_some());
    if !won && !lost {
        return Vec::new();
    }
    let decided = alive(reader, client, &[Phase::Open]).take(MOST_DEALS);
    decided.map(|deal| if won { Meaning::Won(deal) } else { Meaning::Lost(deal) }).collect()
}

/// Promises that are open with a client and told of in a word of theirs.
fn kept<'a>(reader: &Reader<'a>, client: &'a ClientFacts) -> Vec<Meaning<'a>> {
    const TELLING: usize = 5;
    let line = &reader.line;
    let told: Vec<&str> = line.all().filter(|at| line.is_free(*at)).map(|at| line.plain(at)).collect();
    let same = |promise: &&'a Arc<Promise>| {
        let words = name_words(&promise.what);
        words.iter().any(|word| word.chars().count() >= TELLING && told.contains(&word.as_str()))
    };
    let open = client.facts.promises.iter().filter(|it| facts::kept::is_open(it, reader.known.today));
    open.filter(same).take(MOST_DEALS).map(Meaning::Kept).collect()
}

/// `bela said yes`: whether no more is said than that something is agreed to or not, where a deal is still to be decided.
pub(in crate::command::quick_entry) fn is_decision(reader: &Reader<'_>, said: &Range<usize>) -> bool {
    let line = &reader.line;
    let answer = |at: usize| matches!(line.plain(at), "yes" | "no" | "ok" | "okay");
    let names = reader.names(&(0..said.start));
    let named = names.iter().find(|named| named.fit.exact);
    let counts = |at: usize| !line.plain(at).contains(char::is_alphabetic) || line.plain(at).ends_with('k');
    let goes_on = line.plain(said.end + 1) == "to" || line.is_parted(said.end + 1);
    let short = answer(said.end) && (goes_on || (said.end + 1..line.words.len()).all(counts));
    short && named.is_some_and(|named| alive(reader, named.client, &[Phase::Open]).next().is_some())
}

/// The kinds that what they said or did may be of, by words that hint at it.
fn kinds_hinted(line: &Line<'_>) -> Vec<Meaning<'static>> {
    const MOST_KINDS: usize = 2;
    let turned = turning(line, line.all()).is_some();
    let said = HINTS.iter().filter(|(_, hints)| line.find(hints, line.all()).is_some());
    // `not happy` is no praise, and `happy` no complaint.
    let fits = |kind: TouchKind| match kind {
        TouchKind::Praise => !turned,
        TouchKind::Complaint => turned || line.find(&["keen", "happy"], line.all()).is_none(),
        _ => true,
    };
    let kinds = said.map(|(kind, _)| *kind).filter(|kind| fits(*kind));
    kinds.take(MOST_KINDS).map(Meaning::OfKind).collect()
}
