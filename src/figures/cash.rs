//! Money: what came and went, what is there, what is owed and when it may come.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, Currency, Money, Table, first_of_month, next_month};

use super::balance::Balances;
use super::fold::{ByDay, Change, Side, Sums, by_day, replaced};
use super::own::Own;
use super::sum::converted;
use super::{Ageing, Answer, Owed, ahead, owed};

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
    pub owed: Vec<Arc<Owed>>,
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
    pub rows: Vec<Arc<AheadRow>>,
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
    /// The cash view, from the one `before` and what changed since; `sums` are over all clients.
    pub(super) fn next(
        before: Option<&Self>,
        change: &Change,
        (sums, own): (&Sums, &Own),
        business: &Business,
        day: NaiveDate,
    ) -> Self {
        let currency = business.currency;
        let ledger = &sums.ledger;
        let flows: BTreeMap<NaiveDate, Answer<Money>> = by_day(&sums.flows, &own.flows).into_iter().collect();
        let balances = Balances::of(business, &flows, day);
        let of_clients = |side: &Side| side.clients.iter().flat_map(|it| it.owed.iter().cloned()).collect();
        let (owed, ahead) = before.map_or((&[][..], &[][..]), |it| (&it.owed, &it.ahead.rows));
        let owed = replaced(owed, of_clients(&change.gone), of_clients(&change.come), owed::order);
        let (gone, come) = (change.gone.ahead().cloned().collect(), change.come.ahead().cloned().collect());
        let ahead = replaced(ahead, gone, come, ahead::order);
        Self {
            day,
            currency,
            balance: balances.balance,
            balance_basis: balances.basis,
            balance_line: balances.line,
            reserve: business.reserve.and_then(|reserve| converted(business, reserve, day).ok()),
            months: months(&sums.money_in, &by_day(&sums.money_out, &own.money_out), currency, day),
            dso_days: ledger.dso_days(),
            cei: ledger.cei(),
            dbt_days: ledger.dbt_days(),
            receivables: ledger.receivables.clone(),
            overdue: ledger.overdue.clone(),
            ageing: ledger.ageing.clone(),
            owed,
            ahead: Ahead::of(business, ahead),
        }
    }
}

/// Every month from the first one with money in or out to the one of `day`.
fn months(money_in: &ByDay, money_out: &ByDay, currency: Currency, day: NaiveDate) -> Vec<Month> {
    let first = money_in.first().into_iter().chain(money_out.first()).map(|(month, _)| *month).min();
    let last = first_of_month(day);
    let at = |sums: &ByDay, month| {
        let found = sums.binary_search_by_key(&month, |(month, _)| *month).ok().and_then(|at| sums.get(at));
        found.map_or_else(|| Ok(Money::zero(currency)), |(_, amount)| amount.clone())
    };
    std::iter::successors(first, |month| Some(next_month(*month)).filter(|next| next > month))
        .take_while(|month| *month <= last)
        .map(|month| Month { month, money_in: at(money_in, month), money_out: at(money_out, month) })
        .collect()
}
