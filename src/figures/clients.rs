//! The table of clients.

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, Client as Who, ClientId, ClientKind, Currency, Money, days_between};

use super::client_filter::ClientFilter;
use super::filter::searchable;
use super::fold::{Change, Side, Sums, replaced};
use super::health::{ClientHealth, Healths, Indicator, Level};
use super::kind::Decided;
use super::proof::Value;
use super::sum::{Sum, ratio};
use super::{Answer, Client, Unknown};

/// Every client's row, and their totals.
#[derive(Debug, Clone, PartialEq)]
pub struct Clients {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// One a client, in the order of their ids.
    pub rows: Vec<Arc<Row>>,
    /// Σ of the rows.
    pub totals: Totals,
}

/// A client's row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who.
    pub id: ClientId,
    /// The record, as known on the day.
    pub who: Arc<Who>,
    /// What it is called.
    pub name: Arc<str>,
    /// The name without case and accents, by which rows are sorted.
    pub folded: Arc<str>,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<Decided>,
    /// How good it is for the firm, and why.
    pub health: Arc<ClientHealth>,
    /// How its score is judged by the book's thresholds.
    pub level: Answer<Level>,
    /// What was left of an hour worked for it.
    pub hourly: Answer<Money>,
    /// What it owes.
    pub open: Answer<Money>,
    /// The part of that which is late.
    pub overdue: Answer<Money>,
    /// Days beyond terms.
    pub dbt_days: Answer<Decimal>,
    /// Income of the last 12 months.
    pub income_12m: Answer<Money>,
    /// The last touch from them.
    pub last_in: Option<NaiveDate>,
    /// The last touch to them.
    pub last_out: Option<NaiveDate>,
    /// Days since the last touch either way.
    pub silent_days: Option<i64>,
    /// How many invoices.
    pub invoices: usize,
    /// How many of them are settled.
    pub paid_invoices: usize,
    /// How many deals are not closed.
    pub deals_open: usize,
    /// Words a filter looks in: name, people, tags, kind.
    pub search: String,
}

/// What the rows sum up to.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// How many clients.
    pub clients: usize,
    /// What they owe.
    pub open: Answer<Money>,
    /// The part of that which is late.
    pub overdue: Answer<Money>,
    /// Days beyond terms, over all.
    pub dbt_days: Answer<Decimal>,
    /// Income of the last 12 months.
    pub income_12m: Answer<Money>,
    /// How many invoices.
    pub invoices: usize,
    /// How many of them are settled.
    pub paid_invoices: usize,
}

/// The clients of one kind, beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientGroup {
    /// Which kind; `None` where the facts do not decide it.
    pub kind: Option<ClientKind>,
    /// How many rows stand before the first of them.
    pub first: usize,
    /// How many there are.
    pub clients: usize,
    /// Σ of their income of the last 12 months.
    pub income_12m: Answer<Money>,
    /// Σ of what they owe.
    pub open: Answer<Money>,
}

/// A column by which the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub enum ClientSort {
    #[default]
    Name,
    Score,
    Trend,
    Kind,
    Income,
    Share,
    Hourly,
    Dbt,
    LastIn,
    LastOut,
    Open,
    Overdue,
    Invoices,
}

impl ClientSort {
    /// Every column, from left to right.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Score,
        Self::Trend,
        Self::Kind,
        Self::Income,
        Self::Share,
        Self::Hourly,
        Self::Dbt,
        Self::LastIn,
        Self::LastOut,
        Self::Open,
        Self::Overdue,
        Self::Invoices,
    ];
}

impl Clients {
    /// The table of all clients, from the one `before` and what changed since; `sums` and `healths` are of all of them.
    pub(super) fn next(
        before: Option<&Self>,
        change: &Change,
        (sums, healths): (&Sums, &Healths),
        business: &Business,
        day: NaiveDate,
    ) -> Self {
        let totals = Totals {
            clients: sums.clients,
            dbt_days: sums.ledger.dbt_days(),
            open: sums.ledger.receivables.clone(),
            overdue: sums.ledger.overdue.clone(),
            income_12m: sums.income_12m.clone(),
            invoices: sums.invoices,
            paid_invoices: sums.paid_invoices,
        };
        let row = |client: &Arc<Client>| {
            // One that went has no health any more; its row is only looked for by its id.
            let health = healths.client(&client.id).cloned().unwrap_or_else(ClientHealth::of_nobody);
            Arc::new(Row::of(business, client, &health, day))
        };
        let rows = |side: &Side| side.clients.iter().map(row).collect();
        let known = before.map(|it| it.rows.as_slice()).unwrap_or_default();
        let mut rows = replaced(known, rows(&change.gone), rows(&change.come), |a, b| a.id.cmp(&b.id));
        // What all have in common moves the health of clients that did not change.
        for (row, health) in rows.iter_mut().zip(healths.each()) {
            if !Arc::ptr_eq(&row.health, health) {
                Arc::make_mut(row).set_health(business, health);
            }
        }
        Self { day, currency: business.currency, rows, totals }
    }

    /// The share of a client's income of the last 12 months in that of all, a fraction of one.
    ///
    /// # Errors
    /// When there is no income, or it is not known how much.
    pub fn share(&self, row: &Row) -> Answer<Decimal> {
        let (part, whole) = (row.income_12m.clone()?, self.totals.income_12m.clone()?);
        ratio(part.amount, whole.amount, "no income in the last 12 months")
    }

    /// The positions of the rows that a filter lets through, in the order asked for. What is unknown comes last either
    /// way, and equal rows stay in the order of their ids.
    #[must_use]
    pub fn rows(&self, filter: &ClientFilter, sort: ClientSort, descending: bool) -> Vec<usize> {
        let mut found: Vec<(usize, &Row)> = self
            .rows
            .iter()
            .map(AsRef::as_ref)
            .enumerate()
            .filter(|(_, row)| filter.passes(row, self))
            .collect();
        found.sort_by(|(_, a), (_, b)| compare(a, b, sort, descending));
        found.into_iter().map(|(position, _)| position).collect()
    }

    /// Puts rows, given by their positions, into groups by kind: the kinds that need attention first, and within a kind as
    /// they came.
    #[must_use]
    pub fn grouped(&self, rows: &mut [usize]) -> Vec<ClientGroup> {
        let kind = |position: usize| self.rows.get(position)?.kind.as_ref().map(|it| it.kind);
        rows.sort_by_key(|position| attention(kind(*position)));
        let groups = rows.chunk_by(|a, b| kind(*a) == kind(*b));
        let mut first = 0;
        groups
            .map(|group| {
                let rows = || group.iter().filter_map(|position| self.rows.get(*position));
                let made = ClientGroup {
                    kind: group.first().and_then(|position| kind(*position)),
                    first,
                    clients: group.len(),
                    income_12m: Sum::of(self.currency, rows().map(|row| &row.income_12m)),
                    open: Sum::of(self.currency, rows().map(|row| &row.open)),
                };
                first += group.len();
                made
            })
            .collect()
    }

    /// A client's row.
    #[must_use]
    pub fn row(&self, id: &ClientId) -> Option<&Arc<Row>> {
        let position = self.rows.binary_search_by(|row| row.id.cmp(id)).ok()?;
        self.rows.get(position)
    }
}

impl Row {
    /// Puts another health in the place of its own, and what follows from it.
    fn set_health(&mut self, business: &Business, health: &Arc<ClientHealth>) {
        self.level = health.health.score.as_ref().map(|it| it.level(business)).map_err(Clone::clone);
        self.hourly = hourly(health);
        self.health = health.clone();
    }

    fn of(business: &Business, client: &Client, health: &Arc<ClientHealth>, day: NaiveDate) -> Self {
        let kind_word = client.kind.as_ref().map_or("", |it| kind_token(it.kind));
        Self {
            id: client.id.clone(),
            who: client.known.client.clone(),
            name: client.name.clone(),
            folded: client.folded.clone(),
            kind: client.kind.clone(),
            level: health.health.score.as_ref().map(|it| it.level(business)).map_err(Clone::clone),
            hourly: hourly(health),
            health: health.clone(),
            open: client.ledger.receivables.clone(),
            overdue: client.ledger.overdue.clone(),
            dbt_days: client.dbt_days.clone(),
            income_12m: client.income_12m.clone(),
            last_in: client.last_in,
            last_out: client.last_out,
            silent_days: client.last_in.max(client.last_out).map(|last| days_between(last, day)),
            invoices: client.invoices,
            paid_invoices: client.paid_invoices,
            deals_open: client.deals_open,
            search: client.search.clone() + &searchable([kind_word]),
        }
    }
}

/// What was left of an hour, as the indicator found it.
fn hourly(health: &ClientHealth) -> Answer<Money> {
    let reading = health.health.reading(Indicator::Effort);
    match reading.map(|reading| reading.value.clone()) {
        Some(Ok(Value::Money(hourly))) => Ok(hourly),
        Some(Err(why)) => Err(why),
        _ => Err(Unknown::because("no hours were noted in the window for finished work")),
    }
}

/// Where a kind stands among the groups: those that need attention first.
fn attention(kind: Option<ClientKind>) -> u8 {
    match kind {
        Some(ClientKind::AtRisk) => 0,
        Some(ClientKind::Toxic) => 1,
        Some(ClientKind::SteppingStone) => 2,
        Some(ClientKind::Dormant) => 3,
        Some(ClientKind::New) => 4,
        Some(ClientKind::Steady) => 5,
        Some(ClientKind::Advocate) => 6,
        Some(ClientKind::Prospect) => 7,
        None => 8,
        Some(ClientKind::Partner) => 9,
        Some(ClientKind::Ended) => 10,
    }
}

fn compare(a: &Row, b: &Row, sort: ClientSort, descending: bool) -> Ordering {
    let amount = |it: &Answer<Money>| it.as_ref().ok().map(|money| money.amount);
    let turn = |ordering: Ordering| if descending { ordering.reverse() } else { ordering };
    match sort {
        ClientSort::Name => turn(a.folded.cmp(&b.folded).then_with(|| a.name.cmp(&b.name))),
        ClientSort::Score => {
            let points = |row: &Row| row.health.health.score.as_ref().ok().map(|score| score.points);
            unknown_last(points(a), points(b), descending)
        }
        ClientSort::Trend => {
            unknown_last(a.health.trend.as_ref().ok(), b.health.trend.as_ref().ok(), descending)
        }
        ClientSort::Hourly => unknown_last(amount(&a.hourly), amount(&b.hourly), descending),
        ClientSort::Kind => {
            let token = |row: &Row| row.kind.as_ref().map(|it| kind_token(it.kind));
            unknown_last(token(a), token(b), descending)
        }
        ClientSort::Open => unknown_last(amount(&a.open), amount(&b.open), descending),
        ClientSort::Overdue => unknown_last(amount(&a.overdue), amount(&b.overdue), descending),
        ClientSort::Dbt => unknown_last(a.dbt_days.as_ref().ok(), b.dbt_days.as_ref().ok(), descending),
        // Shares of one whole stand in the order of what they are shares of.
        ClientSort::Income | ClientSort::Share => {
            unknown_last(amount(&a.income_12m), amount(&b.income_12m), descending)
        }
        ClientSort::LastIn => unknown_last(a.last_in, b.last_in, descending),
        ClientSort::LastOut => unknown_last(a.last_out, b.last_out, descending),
        ClientSort::Invoices => turn(a.invoices.cmp(&b.invoices)),
    }
}

fn unknown_last<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// A kind's name in reports, in kebab case.
#[must_use]
pub fn kind_token(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::Prospect => "prospect",
        ClientKind::New => "new",
        ClientKind::Steady => "steady",
        ClientKind::SteppingStone => "stepping-stone",
        ClientKind::AtRisk => "at-risk",
        ClientKind::Toxic => "toxic",
        ClientKind::Advocate => "advocate",
        ClientKind::Dormant => "dormant",
        ClientKind::Ended => "ended",
        ClientKind::Partner => "partner",
    }
}
