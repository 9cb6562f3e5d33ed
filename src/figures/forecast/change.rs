//! Why a month looks different than on an earlier day: what was expected of it then beside what came and is expected now,
//! row by row, so that the rows explain the whole difference exactly.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Money, Table, first_of_month};

use super::month::{Brought, Month, Share};
use super::{Forecast, Layers};

/// Why a month looks different than on an earlier day.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The first day of the month.
    pub month: NaiveDate,
    /// As of the end of this earlier day …
    pub from: NaiveDate,
    /// … and of this one.
    pub to: NaiveDate,
    /// What the month was to bring, money out taken off, as seen on the earlier day.
    pub before: Money,
    /// What it is to bring as seen now: `before` and all differences of the terms.
    pub now: Money,
    /// What differs, the greatest difference first.
    pub terms: Vec<ChangeTerm>,
    /// What brings as much as it did.
    pub alike: Vec<ChangeTerm>,
}

/// What one thing brings to the month, then and now.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeTerm {
    /// Tells it from the others, then and now: the record it comes from, mostly.
    pub key: String,
    /// What it is, in a few words.
    pub what: String,
    /// Whose, where it belongs to a client.
    pub client: Option<(ClientId, Arc<str>)>,
    /// Why it differs, in a few words: `came earlier than expected`.
    pub why: &'static str,
    /// What it was to bring.
    pub before: Money,
    /// What it brings.
    pub now: Money,
    /// The record behind it.
    pub record: Option<(Table, String)>,
    /// What `before` is made of.
    pub then: Vec<Brought>,
    /// What `now` is made of.
    pub seen: Vec<Brought>,
}

impl ChangeTerm {
    /// By how much it makes the month better; negative: worse.
    #[must_use]
    pub fn difference(&self) -> Money {
        Money::new(self.now.amount - self.before.amount, self.now.currency)
    }
}

impl Change {
    /// What the terms from this one on make together; `None` where there are none.
    #[must_use]
    pub fn rest(&self, from: usize) -> Option<Money> {
        let rest = self.terms.get(from..).filter(|rest| !rest.is_empty())?;
        Some(Money::new(rest.iter().map(|term| term.difference().amount).sum(), self.now.currency))
    }

    /// Why the month of `now` looks different than it did in the forecast `before`, both of one book.
    #[must_use]
    pub fn between(book: &Book, before: &Forecast, now: &Forecast, layers: Layers) -> Self {
        let month = first_of_month(now.day);
        // Where an invoice stands is told by what is known now on both days: a retainer agreed meanwhile is no new row.
        let known = book.as_of(now.day);
        let seen = |forecast| Month::of(book, forecast, layers, month, (&known, before.day));
        let (then, seen) = (seen(before), seen(now));
        let (old_total, new_total) = (then.total(), seen.total());
        let mut old = then.shares;
        let mut terms: Vec<ChangeTerm> = Vec::new();
        for (key, share) in seen.shares {
            let before = old.remove(&key);
            terms.push(term(key, before.as_ref(), Some(&share), now));
        }
        terms.extend(old.into_iter().map(|(key, gone)| term(key, Some(&gone), None, now)));
        let (mut terms, alike): (Vec<_>, Vec<_>) =
            terms.into_iter().partition(|term| !term.difference().is_zero());
        terms.sort_by(|a, b| {
            let size = |term: &ChangeTerm| term.difference().amount.abs();
            size(b).cmp(&size(a)).then_with(|| a.what.cmp(&b.what))
        });
        Self { month, from: before.day, to: now.day, before: old_total, now: new_total, terms, alike }
    }
}

fn term(key: String, before: Option<&Share>, now: Option<&Share>, forecast: &Forecast) -> ChangeTerm {
    let nothing = Money::zero(forecast.currency);
    let brings = |share: Option<&Share>| {
        share.map_or(nothing, |it| Money::new(it.came.amount + it.expected.amount, forecast.currency))
    };
    let (was, is) = (brings(before), brings(now));
    let came = |share: Option<&Share>| share.map_or(nothing.amount, |it| it.came.amount);
    let better = is.amount > was.amount;
    let comes_in = was.amount + is.amount > nothing.amount;
    let why = match (before, now) {
        (None, _) => "new since",
        (Some(_), None) => "no longer expected this month",
        (Some(_), Some(_)) if came(now) != came(before) && better => {
            if comes_in {
                "came, and was not certain to"
            } else {
                "cost less than planned"
            }
        }
        (Some(_), Some(_)) if came(now) != came(before) => {
            if comes_in {
                "came, but less than expected"
            } else {
                "went out, more than planned"
            }
        }
        (Some(_), Some(_)) if better => {
            if comes_in {
                "likelier this month"
            } else {
                "less goes out"
            }
        }
        (Some(_), Some(_)) => {
            if comes_in {
                "less likely this month"
            } else {
                "more goes out"
            }
        }
    };
    let named = now.or(before);
    let parts = |share: Option<&Share>| share.map(|it| it.parts.clone()).unwrap_or_default();
    ChangeTerm {
        key,
        what: named.map(|it| it.what.clone()).unwrap_or_default(),
        client: named.and_then(|it| it.client.clone()),
        why,
        before: was,
        now: is,
        record: named.and_then(|it| it.record.clone()),
        then: parts(before),
        seen: parts(now),
    }
}
