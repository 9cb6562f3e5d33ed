//! What is in the accounts: the balances somebody read, and what came and went since.
//!
//! A dated balance is that of the end of its day. The last reading of each account counts; payments and expenses after the
//! newest of these readings are added, since nothing tells which account they went through. To have earlier ones counted
//! exactly, read all accounts on one day. Foreign balances convert at the rate of the day looked at.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::{Account, Book, Business, Money};

use super::flow::{Flows, summed};
use super::standing::Standing;
use super::sum::{Sum, converted};
use super::words::date;
use super::{Answer, Unknown};

/// A line of more points than this is thinned.
const MOST_POINTS: usize = 800;

/// The balance and how it came to be.
pub(super) struct Balances {
    pub(super) balance: Answer<Money>,
    pub(super) basis: String,
    pub(super) line: Vec<(NaiveDate, Money)>,
}

impl Balances {
    /// The balance at the end of `day`, from what came and went by day.
    pub(super) fn of(
        business: &Business,
        flows: &BTreeMap<NaiveDate, Answer<Money>>,
        day: NaiveDate,
    ) -> Self {
        let (balance, basis) = match balance_on(business, flows, day) {
            Ok((balance, basis)) => (Ok(balance), basis),
            Err(unknown) => (Err(unknown.clone()), unknown.0),
        };
        Self { balance, basis, line: thinned(line(business, flows, day)) }
    }
}

/// The balance at the end of `day`, from a book as `known` then: that of the cash view.
pub(super) fn balance_of(known: &Book, day: NaiveDate) -> Answer<Money> {
    let business = known.business();
    let own = Flows::of(&[], &known.firm().expenses, business, day).by_day(business.currency);
    let of_clients = known.clients().flat_map(|client| {
        let invoices: Vec<Standing<'_>> =
            client.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
        Flows::of(&invoices, &client.facts.expenses, business, day).by_day(business.currency)
    });
    let all: Vec<_> = of_clients.chain(own).collect();
    let flows = summed(business.currency, all.iter().map(|(on, amount)| (*on, amount)));
    balance_on(business, &flows, day).map(|(balance, _)| balance)
}

/// The last reading of an account by the end of `day`; of two on one day, the later in the book.
fn last_reading(account: &Account, day: NaiveDate) -> Option<(NaiveDate, Money)> {
    let readings = account.balances.iter().filter(|balance| balance.day <= day);
    readings.max_by_key(|balance| balance.day).map(|balance| (balance.day, balance.amount))
}

fn balance_on(
    business: &Business,
    flows: &BTreeMap<NaiveDate, Answer<Money>>,
    day: NaiveDate,
) -> Answer<(Money, String)> {
    let readings: Vec<_> = business.accounts.iter().filter_map(|it| last_reading(it, day)).collect();
    let newest = readings.iter().map(|(read, _)| *read).max();
    let newest = newest.ok_or_else(|| Unknown::because("no account has a balance yet"))?;
    let oldest = readings.iter().map(|(read, _)| *read).min().unwrap_or(newest);
    let mut sum = Sum::new(business.currency);
    for (_, amount) in &readings {
        sum.add(&converted(business, *amount, day));
    }
    let since = flows.range(newest..=day).filter(|(on, _)| **on > newest);
    since.for_each(|(_, amount)| sum.add(amount));
    let accounts = match readings.len() {
        1 => "1 account".to_owned(),
        n => format!("{n} accounts"),
    };
    let read = if oldest == newest {
        format!("read on {}", date(newest, day))
    } else {
        format!("read between {} and {}", date(oldest, day), date(newest, day))
    };
    let basis = format!("{accounts} {read}, with payments and expenses since");
    Ok((sum.answer()?, basis))
}

/// The balance at the end of every day on which it changed, and of `day`; from the last day before which it is unknown.
fn line(
    business: &Business,
    flows: &BTreeMap<NaiveDate, Answer<Money>>,
    day: NaiveDate,
) -> Vec<(NaiveDate, Money)> {
    let read = business.accounts.iter().flat_map(|account| &account.balances).map(|balance| balance.day);
    let readings: BTreeSet<NaiveDate> = read.filter(|read| *read <= day).collect();
    let mut line: Vec<(NaiveDate, Money)> = Vec::new();
    let mut from = readings.iter().peekable();
    while let Some(read) = from.next() {
        let until = from.peek().map_or(day, |next| next.pred_opt().unwrap_or(**next));
        let stretch = flows.range(*read..=until).map(|(on, _)| *on);
        let days: BTreeSet<NaiveDate> = stretch.chain([*read, until]).collect();
        match stretch_of(business, flows, *read, &days) {
            Some(points) => line.extend(points),
            None => line.clear(),
        }
    }
    line
}

/// The balances of days between two readings; `None` when one of them is unknown.
fn stretch_of(
    business: &Business,
    flows: &BTreeMap<NaiveDate, Answer<Money>>,
    read: NaiveDate,
    days: &BTreeSet<NaiveDate>,
) -> Option<Vec<(NaiveDate, Money)>> {
    let readings: Vec<Money> =
        business.accounts.iter().filter_map(|it| last_reading(it, read)).map(|(_, amount)| amount).collect();
    let mut since = Sum::new(business.currency);
    days.iter()
        .map(|day| {
            if let Some(amount) = flows.get(day).filter(|_| *day > read) {
                since.add(amount);
            }
            let mut sum = since.clone();
            for amount in &readings {
                sum.add(&converted(business, *amount, *day));
            }
            sum.answer().ok().map(|balance| (*day, balance))
        })
        .collect()
}

/// Fewer points for a chart: of each run of points the lowest and the highest, and the ends of the line.
fn thinned(line: Vec<(NaiveDate, Money)>) -> Vec<(NaiveDate, Money)> {
    if line.len() <= MOST_POINTS {
        return line;
    }
    let run = line.len().div_ceil(MOST_POINTS / 2);
    let mut kept: BTreeMap<NaiveDate, Money> = BTreeMap::new();
    for points in line.chunks(run) {
        kept.extend(points.iter().min_by_key(|(_, balance)| balance.amount).copied());
        kept.extend(points.iter().max_by_key(|(_, balance)| balance.amount).copied());
    }
    kept.extend(line.first().copied());
    kept.extend(line.last().copied());
    kept.into_iter().collect()
}
