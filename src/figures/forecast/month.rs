//! What a month brings, as seen on a day, by what it comes from.
//!
//! That is what came and went in it up to that day, and what is expected of the rest, each expectation being its amount
//! times its chance, rounded to the currency's decimals. What an invoice brings stands with the retainer or deal it came
//! out of, recognised just as the flows recognise it, so that a fee that was invoiced meanwhile is one thing and not two.
//!
//! Tax counts when it leaves, as it does in the balance: what is set aside on each tax day of the month still to come, and
//! the bills for tax that were paid or are planned. Both are one thing, as a bill is paid from what was set aside for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, Book, ClientFacts, ClientId, Expense, Invoice, Money, Table, days_between, last_of_month,
};
use crate::figures::standing::Standing;
use crate::figures::sum::converted;

use super::coming::times;
use super::flows::stands_for;
use super::tax_days::is_bill_for_tax;
use super::{Flow, FlowKind, Forecast, Layers};

/// Where everything that leaves for the state stands.
const TAX: &str = "tax";

/// What one thing brings to the month, as seen on one day.
pub(super) struct Share {
    /// What it is, in a few words.
    pub(super) what: String,
    /// Whose, where it belongs to a client.
    pub(super) client: Option<(ClientId, Arc<str>)>,
    /// The record behind it.
    pub(super) record: Option<(Table, String)>,
    /// What came or went by that day.
    pub(super) came: Money,
    /// What is expected of the rest of the month.
    pub(super) expected: Money,
    /// Each payment, expense and expectation that `came` and `expected` are made of.
    pub(super) parts: Vec<Brought>,
}

/// A payment, an expense or an expectation among what one thing brings to the month.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// What it is, in a few words.
    pub what: String,
    /// Whose, where it belongs to a client.
    pub client: Option<(ClientId, Arc<str>)>,
    /// The day it came or went; of what is expected, the day it is due.
    pub day: Option<NaiveDate>,
    /// The record it is in.
    pub record: Option<(Table, String)>,
    /// The flow it is expected of, by its key, and the chance that it comes in the month; nothing for what came.
    pub expected: Option<(String, f64)>,
    /// What it brings: an expectation its amount times that chance. Negative: it goes out.
    pub amount: Money,
}

impl Share {
    fn add_came(&mut self, part: Brought) {
        self.came.amount += part.amount.amount;
        self.parts.push(part);
    }

    fn add_expected(&mut self, part: Brought) {
        self.expected.amount += part.amount.amount;
        self.parts.push(part);
    }
}

/// What the month brings, as seen on one day, by what it comes from.
pub(super) struct Month<'a> {
    forecast: &'a Forecast,
    layers: Layers,
    first: NaiveDate,
    last: NaiveDate,
    /// What tells which invoice came out of what.
    sources: &'a Book,
    /// The day from which on an invoice without retainer or deal is a new order.
    orders_from: NaiveDate,
    /// Whether anything is set aside for the state: then the bills for tax are paid from that.
    sets_aside: bool,
    /// By what they come from.
    pub(super) shares: BTreeMap<String, Share>,
}

impl<'a> Month<'a> {
    /// What the month from `first` on brings, as seen in a forecast of `book`. Invoices stand with what they came out of as
    /// far as the book `sources` knows it; those without that are new orders where they were issued after a day.
    pub(super) fn of(
        book: &Book,
        forecast: &'a Forecast,
        layers: Layers,
        first: NaiveDate,
        (sources, orders_from): (&'a Book, NaiveDate),
    ) -> Self {
        let known = book.as_of(forecast.day);
        let mut month = Self {
            forecast,
            layers,
            first,
            last: last_of_month(first),
            sources,
            orders_from,
            sets_aside: known.business().tax_set_aside.is_some(),
            shares: BTreeMap::new(),
        };
        for client in known.clients() {
            month.came_of(&known, client);
        }
        for expense in &known.firm().expenses {
            month.spent(&known, None, expense);
        }
        for flow in forecast.flows.iter() {
            month.expect(&known, flow);
        }
        month.expect_tax();
        month
    }

    /// All of it together, money out taken off.
    pub(super) fn total(&self) -> Money {
        let shares = self.shares.values();
        let sum = shares.map(|share| share.came.amount + share.expected.amount).sum();
        Money::new(sum, self.forecast.currency)
    }

    fn has_passed(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last.min(self.forecast.day)
    }

    fn came_of(&mut self, known: &Book, client: &ClientFacts) {
        let who = Some((client.id().clone(), Arc::from(client.client.name.as_str())));
        for invoice in &client.facts.invoices {
            let key = self.key_of(invoice);
            for received in Standing::of(invoice).received(known.business()) {
                if let Ok(amount) = received.gross
                    && self.has_passed(received.day)
                {
                    let what = format!("Invoice {}", invoice.number);
                    let record = Some((Table::Invoices, invoice.id.to_string()));
                    let share = self.share(key.clone(), what.clone(), who.clone(), record.clone());
                    share.add_came(Brought {
                        what: format!("{what}, paid"),
                        client: who.clone(),
                        day: Some(received.day),
                        record,
                        expected: None,
                        amount,
                    });
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
                let share = if self.is_tax(expense) {
                    self.tax()
                } else {
                    let key = format!("expenses/{}", expense.id);
                    self.share(key, expense.what.clone(), client.cloned(), record.clone())
                };
                share.add_came(Brought {
                    what: expense.what.clone(),
                    client: client.cloned(),
                    day: Some(day),
                    record,
                    expected: None,
                    amount: Money::new(-amount.amount, amount.currency),
                });
            }
        }
    }

    /// Where what an invoice brings stands: with what it came out of.
    fn key_of(&self, invoice: &Invoice) -> String {
        let client = self.sources.client(&invoice.client);
        match client.and_then(|client| stands_for(client, invoice)) {
            Some((table, id)) => format!("{table}/{id}"),
            None if invoice.issued > self.orders_from => format!("orders/{}", invoice.client),
            None => format!("invoices/{}", invoice.id),
        }
    }

    /// What is expected of a flow in what is left of the month.
    fn expect(&mut self, known: &Book, flow: &Flow) {
        let (from, to) =
            (days_between(self.forecast.day, self.first) - 1, days_between(self.forecast.day, self.last));
        let chance = flow.when.within(to) - flow.when.within(from);
        let expected = times(flow.amount, chance);
        if !self.layers.counts(flow.layer) || expected.is_zero() {
            return;
        }
        let part = Brought {
            what: flow.what.clone(),
            client: flow.client.clone(),
            day: flow.due,
            record: flow.record.clone(),
            expected: Some((flow.key.clone(), chance)),
            amount: expected,
        };
        let record = flow.record.as_ref().and_then(|(table, id)| known.find(*table, id));
        let key = match (record, &flow.record, flow.kind, &flow.client) {
            (Some(AnyRecord::Invoice(invoice)), ..) => self.key_of(&invoice),
            (Some(AnyRecord::Expense(expense)), ..) if self.is_tax(&expense) => {
                self.tax().add_expected(part);
                return;
            }
            (_, _, FlowKind::Order, Some((client, _))) => format!("orders/{client}"),
            (_, Some((table, id)), ..) => format!("{table}/{id}"),
            (_, None, ..) => flow.key.clone(),
        };
        let share = self.share(key, flow.what.clone(), flow.client.clone(), flow.record.clone());
        share.add_expected(part);
    }

    /// What was set aside and is expected to leave in what is left of the month, beyond what goes with bills.
    fn expect_tax(&mut self) {
        let leaves = self.forecast.taxes.iter().filter(|tax| self.layers.counts(tax.layer));
        let leaves = leaves.filter(|tax| self.first <= tax.day && tax.day <= self.last);
        let parts: Vec<Brought> = leaves
            .map(|tax| Brought {
                what: "Set aside for tax".to_owned(),
                client: None,
                day: Some(tax.day),
                record: None,
                expected: None,
                amount: tax.amount,
            })
            .collect();
        let sum: Decimal = parts.iter().map(|part| part.amount.amount).sum();
        if !sum.is_zero() {
            for part in parts {
                self.tax().add_expected(part);
            }
        }
    }

    /// Whether it is a bill that is paid from what was set aside.
    fn is_tax(&self, expense: &Expense) -> bool {
        self.sets_aside && is_bill_for_tax(expense)
    }

    fn tax(&mut self) -> &mut Share {
        self.share(TAX.to_owned(), "Tax".to_owned(), None, None)
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
            parts: Vec::new(),
        })
    }
}
