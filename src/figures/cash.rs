//! Money: what came and went, what is there, what is owed and when it may come.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, Currency, Facts, Money, Table, first_of_month, next_month};

use super::ahead::expenses;
use super::balance::Balances;
use super::flow::{Flows, summed};
use super::owed::{Owed, owed};
use super::sum::converted;
use super::{Ageing, Answer, ByMonth, Client, Ledger};

/// The cash view's figures, in the book's currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Cash {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// What is in all accounts.
    pub balance: Answer<Money>,
    /// What the balance is made of, in a sentence.
    pub balance_basis: String,
    /// The balance at the end of the days on which it changed, since the first one known; thinned for a chart, keeping
    /// its lowest and highest points.
    pub balance_line: Vec<(NaiveDate, Money)>,
    /// The cash the firm does not want to fall below, if it said so and there is a rate for it.
    pub reserve: Option<Money>,
    /// Money in and out, month by month from the first one with any up to the day's.
    pub months: Vec<Month>,
    /// What clients owe.
    pub receivables: Answer<Money>,
    /// The part of it that is late.
    pub overdue: Answer<Money>,
    /// The same by how long it has been due.
    pub ageing: Ageing,
    /// Days sales outstanding.
    pub dso_days: Answer<Decimal>,
    /// Collection effectiveness, per hundred.
    pub cei: Answer<Decimal>,
    /// Days beyond terms.
    pub dbt_days: Answer<Decimal>,
    /// Every open invoice, by its due day.
    pub owed: Vec<Owed>,
    /// What is agreed or planned for the coming days.
    pub ahead: Ahead,
}

/// A month's money.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// The month's first day.
    pub month: NaiveDate,
    /// Payments received, gross.
    pub money_in: Answer<Money>,
    /// Expenses.
    pub money_out: Answer<Money>,
}

/// What is agreed or planned for the coming days.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// How many days it covers.
    pub days: i64,
    /// In order of their days.
    pub rows: Vec<AheadRow>,
    /// Σ of the rows that come in.
    pub money_in: Answer<Money>,
    /// Σ of the rows that go out.
    pub money_out: Answer<Money>,
}

/// Money that is agreed or planned for a day to come.
#[derive(Debug, Clone, PartialEq)]
pub struct AheadRow {
    /// When.
    pub day: NaiveDate,
    /// What for.
    pub what: String,
    /// Whose, where it belongs to a client.
    pub client: Option<(ClientId, Arc<str>)>,
    /// Whether it comes in (a fee, an instalment) or goes out (an expense).
    pub comes_in: bool,
    /// How much, in the book's currency; positive both ways. A retainer's is net of tax, as agreed.
    pub amount: Answer<Money>,
    /// The record it comes from: its table …
    pub table: Table,
    /// … and id.
    pub id: String,
}

impl Cash {
    /// The cash view of all clients and the firm's own facts, as `firm` and `business` were known at the end of `day`.
    #[must_use]
    pub fn of(business: &Business, clients: &[Arc<Client>], firm: &Facts, day: NaiveDate) -> Self {
        let currency = business.currency;
        let ledger = Ledger::merged(currency, &clients.iter().map(|client| &client.ledger));
        let own = Flows::of(&[], &firm.expenses, business, day);
        let by_day = own.by_day(currency);
        let flows = clients.iter().flat_map(|client| &client.flows).chain(&by_day);
        let flows = summed(currency, flows.map(|(day, amount)| (*day, amount)));
        let balances = Balances::of(business, &flows, day);
        let rows = clients.iter().flat_map(|client| client.ahead.iter().cloned());
        let rows = rows.chain(expenses(business, &firm.expenses, None, day)).collect();
        Self {
            day,
            currency,
            balance: balances.balance,
            balance_basis: balances.basis,
            balance_line: balances.line,
            reserve: business.reserve.and_then(|reserve| converted(business, reserve, day).ok()),
            months: months(clients, &own.out_by_month(currency), currency, day),
            dso_days: ledger.dso_days(),
            cei: ledger.cei(),
            dbt_days: ledger.dbt_days(),
            receivables: ledger.receivables,
            overdue: ledger.overdue,
            ageing: ledger.ageing,
            owed: owed(clients, day),
            ahead: Ahead::of(business, rows),
        }
    }
}

/// Every month from the first one with money in or out to the one of `day`.
fn months(clients: &[Arc<Client>], own_out: &ByMonth, currency: Currency, day: NaiveDate) -> Vec<Month> {
    let all = |of: fn(&Client) -> &ByMonth| clients.iter().flat_map(move |client| of(client).iter());
    let money_in = summed(currency, all(|client| &client.money_in).map(|(month, it)| (*month, it)));
    let spent = all(|client| &client.money_out).chain(own_out);
    let money_out = summed(currency, spent.map(|(month, it)| (*month, it)));
    let first = money_in.keys().chain(money_out.keys()).min().copied();
    let last = first_of_month(day);
    let nothing = || Ok(Money::zero(currency));
    let at =
        |sums: &BTreeMap<NaiveDate, Answer<Money>>, month| sums.get(&month).cloned().unwrap_or_else(nothing);
    std::iter::successors(first, |month| Some(next_month(*month)).filter(|next| next > month))
        .take_while(|month| *month <= last)
        .map(|month| Month { month, money_in: at(&money_in, month), money_out: at(&money_out, month) })
        .collect()
}
