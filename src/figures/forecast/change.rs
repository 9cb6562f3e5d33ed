//! Why a month looks different than on an earlier day: what was expected of it then beside what came and is expected now,
//! row by row, so that the rows explain the whole difference exactly.
//!
//! What a month brings, as seen on a day: what came and went in it up to that day, and what is expected of the rest, each
//! expectation being its amount times its chance, rounded to the currency's decimals. What an invoice brings stands with
//! the retainer or deal it came out of, so that a fee that was invoiced meanwhile is one row and not two.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Book, ClientFacts, ClientId, Expense, Invoice, Money, Table, days_between, first_of_month, last_of_month,
};

use super::coming::times;
use super::{Flow, FlowKind, Forecast, Layers};
use crate::figures::standing::Standing;
use crate::figures::sum::converted;

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
}

/// What one thing brings to the month, then and now.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeTerm {
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
}

impl ChangeTerm {
    /// By how much it makes the month better; negative: worse.
    #[must_use]
    pub fn difference(&self) -> Money {
        Money::new(self.now.amount - self.before.amount, self.now.currency)
    }
}

/// What one thing brings to the month, as seen on one day.
struct Share {
    what: String,
    client: Option<(ClientId, Arc<str>)>,
    record: Option<(Table, String)>,
    /// What came or went by that day.
    came: Money,
    /// What is expected of the rest of the month.
    expected: Money,
}

/// What the month brings, as seen on one day, by what it comes from.
struct Month<'a> {
    forecast: &'a Forecast,
    layers: Layers,
    first: NaiveDate,
    last: NaiveDate,
    /// The day from which on an invoice without retainer or deal is a new order.
    orders_from: NaiveDate,
    shares: BTreeMap<String, Share>,
}

impl Change {
    /// Why the month of `now` looks different than it did in the forecast `before`, both of one book.
    #[must_use]
    pub fn between(book: &Book, before: &Forecast, now: &Forecast, layers: Layers) -> Self {
        let month = first_of_month(now.day);
        let then = Month::of(book, before, layers, month, before.day);
        let seen = Month::of(book, now, layers, month, before.day);
        let (old_total, new_total) = (then.total(), seen.total());
        let mut old = then.shares;
        let mut terms: Vec<ChangeTerm> = Vec::new();
        for (key, share) in seen.shares {
            terms.push(term(old.remove(&key).as_ref(), Some(&share), now));
        }
        terms.extend(old.values().map(|gone| term(Some(gone), None, now)));
        terms.retain(|term| !term.difference().is_zero());
        terms.sort_by(|a, b| {
            let size = |term: &ChangeTerm| term.difference().amount.abs();
            size(b).cmp(&size(a)).then_with(|| a.what.cmp(&b.what))
        });
        Self { month, from: before.day, to: now.day, before: old_total, now: new_total, terms }
    }
}

impl<'a> Month<'a> {
    fn of(
        book: &Book,
        forecast: &'a Forecast,
        layers: Layers,
        first: NaiveDate,
        orders_from: NaiveDate,
    ) -> Self {
        let mut month = Self {
            forecast,
            layers,
            first,
            last: last_of_month(first),
            orders_from,
            shares: BTreeMap::new(),
        };
        let known = book.as_of(forecast.day);
        for client in known.clients() {
            month.came_of(&known, client);
        }
        for expense in &known.firm().expenses {
            month.spent(&known, None, expense);
        }
        for flow in forecast.flows.iter() {
            month.expect(&known, flow);
        }
        month
    }

    fn total(&self) -> Money {
        let shares = self.shares.values();
        let sum = shares.map(|share| share.came.amount + share.expected.amount).sum();
        Money::new(sum, self.forecast.currency)
    }

    fn in_month(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last.min(self.forecast.day)
    }

    fn came_of(&mut self, known: &Book, client: &ClientFacts) {
        let who = Some((client.id().clone(), Arc::from(client.client.name.as_str())));
        for invoice in &client.facts.invoices {
            let key = self.key_of(invoice);
            for received in Standing::of(invoice).received(known.business()) {
                if let Ok(amount) = received.gross
                    && self.in_month(received.day)
                {
                    let what = format!("Invoice {}", invoice.number);
                    let record = Some((Table::Invoices, invoice.id.to_string()));
                    let share = self.share(key.clone(), what, who.clone(), record);
                    share.came.amount += amount.amount;
                }
            }
        }
        for expense in &client.facts.expenses {
            self.spent(known, who.as_ref(), expense);
        }
    }

    fn spent(&mut self, known: &Book, client: Option<&(ClientId, Arc<str>)>, expense: &Expense) {
        let last = self.last.min(self.forecast.day);
        for day in expense.days(self.first, last) {
            if let Ok(amount) = converted(known.business(), expense.amount, day) {
                let record = Some((Table::Expenses, expense.id.to_string()));
                let share = self.share(
                    format!("expenses/{}", expense.id),
                    expense.what.clone(),
                    client.cloned(),
                    record,
                );
                share.came.amount -= amount.amount;
            }
        }
    }

    /// Where what an invoice brings stands: with what it came out of.
    fn key_of(&self, invoice: &Invoice) -> String {
        match (&invoice.retainer, &invoice.deal) {
            (Some(retainer), _) => format!("retainers/{retainer}"),
            (None, Some(deal)) => format!("deals/{deal}"),
            (None, None) if invoice.issued > self.orders_from => format!("orders/{}", invoice.client),
            (None, None) => format!("invoices/{}", invoice.id),
        }
    }

    fn expect(&mut self, known: &Book, flow: &Flow) {
        let (from, to) =
            (days_between(self.forecast.day, self.first) - 1, days_between(self.forecast.day, self.last));
        let chance = flow.when.within(to) - flow.when.within(from);
        let expected = times(flow.amount, chance);
        if !self.layers.counts(flow.layer) || expected.is_zero() {
            return;
        }
        let invoice = match &flow.record {
            Some((Table::Invoices, id)) => flow
                .client
                .as_ref()
                .and_then(|(client, _)| known.client(client))
                .and_then(|client| client.facts.get::<Invoice>(id)),
            _ => None,
        };
        let key = match (invoice, &flow.record, flow.kind, &flow.client) {
            (Some(invoice), ..) => self.key_of(invoice),
            (None, _, FlowKind::Order, Some((client, _))) => format!("orders/{client}"),
            (None, Some((table, id)), ..) => format!("{table}/{id}"),
            (None, None, ..) => flow.key.clone(),
        };
        let share = self.share(key, flow.what.clone(), flow.client.clone(), flow.record.clone());
        share.expected.amount += expected.amount;
    }

    fn share(
        &mut self,
        key: String,
        what: String,
        client: Option<(ClientId, Arc<str>)>,
        record: Option<(Table, String)>,
    ) -> &mut Share {
        let nothing = Money::zero(self.forecast.currency);
        self.shares.entry(key).or_insert_with(|| Share {
            what,
            client,
            record,
            came: nothing,
            expected: nothing,
        })
    }
}

fn term(before: Option<&Share>, now: Option<&Share>, forecast: &Forecast) -> ChangeTerm {
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
    ChangeTerm {
        what: named.map(|it| it.what.clone()).unwrap_or_default(),
        client: named.and_then(|it| it.client.clone()),
        why,
        before: was,
        now: is,
        record: named.and_then(|it| it.record.clone()),
    }
}
