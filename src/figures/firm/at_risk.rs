//! Money at risk of non-payment: what is open, by the kind of client who owes it.
//!
//! At risk is what stepping-stone, at-risk, toxic, dormant and ended clients owe: they have the least reason to pay. A
//! client whose kind the facts do not decide is counted apart.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::look::share_of;
use crate::domain::{Business, ClientKind, Money};
use crate::figures::sum::Sum;
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client, Unknown};

const NOTHING_OPEN: &str = "nothing is owed";

/// What is owed, by the kind of client who owes it.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyAtRisk {
    /// The kinds that owe something; those who put it at risk first.
    pub rows: Vec<KindOwes>,
    /// Σ of all rows.
    pub open: Answer<Money>,
    /// Σ of those at risk; unknown where nothing is owed.
    pub at_risk: Answer<Money>,
    /// That by all that is open, a fraction of one.
    pub share: Answer<Decimal>,
    /// The same in a sentence.
    pub words: Answer<String>,
}

/// What clients of one kind owe.
#[derive(Debug, Clone, PartialEq)]
pub struct KindOwes {
    /// The kind; `None` where the facts do not decide it.
    pub kind: Option<ClientKind>,
    /// Whether money with such clients is at risk.
    pub is_risky: bool,
    /// How many clients.
    pub clients: usize,
    /// What is open on their invoices, gross, in the book's currency.
    pub open: Answer<Money>,
    /// The part of it that is late.
    pub overdue: Answer<Money>,
}

/// The kind of a client: the one place where these figures ask for it.
pub(in crate::figures) fn kind_of(client: &Client) -> Option<ClientKind> {
    client.kind.as_ref().map(|it| it.kind)
}

/// Whether money with clients of a kind is at risk.
#[must_use]
pub fn is_risky(kind: Option<ClientKind>) -> bool {
    matches!(
        kind,
        Some(
            ClientKind::SteppingStone
                | ClientKind::AtRisk
                | ClientKind::Toxic
                | ClientKind::Dormant
                | ClientKind::Ended
        )
    )
}

/// Whether something is open with a client, in its favour or the firm's.
pub(in crate::figures) fn owes(client: &Client) -> bool {
    !client.ledger.receivables.as_ref().is_ok_and(Money::is_zero)
}

impl MoneyAtRisk {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>]) -> Self {
        let mut kinds: BTreeMap<Option<ClientKind>, (usize, Sum, Sum)> = BTreeMap::new();
        for client in clients.iter().filter(|client| owes(client)) {
            let new = || (0, Sum::new(business.currency), Sum::new(business.currency));
            let (count, open, overdue) = kinds.entry(kind_of(client)).or_insert_with(new);
            *count += 1;
            open.add(&client.ledger.receivables);
            overdue.add(&client.ledger.overdue);
        }
        let mut rows: Vec<KindOwes> = kinds
            .into_iter()
            .map(|(kind, (clients, open, overdue))| KindOwes {
                kind,
                is_risky: is_risky(kind),
                clients,
                open: open.answer(),
                overdue: overdue.answer(),
            })
            .collect();
        rows.sort_by_key(|row| (!row.is_risky, row.kind.is_none()));
        let sum = |counts: fn(&&KindOwes) -> bool| {
            if rows.is_empty() {
                return Err(Unknown::because(NOTHING_OPEN));
            }
            Sum::of(business.currency, rows.iter().filter(counts).map(|row| &row.open))
        };
        let (open, at_risk) = (sum(|_| true), sum(|row| row.is_risky));
        let share =
            at_risk.clone().and_then(|part| share_of(part.amount, open.clone()?.amount, NOTHING_OPEN));
        let words = share.clone().map(|share| {
            format!("{} of what is owed is with clients who have the least reason to pay", per_cent(share))
        });
        Self { rows, open, at_risk, share, words }
    }

    /// What clients of one kind owe.
    #[must_use]
    pub fn row(&self, kind: Option<ClientKind>) -> Option<&KindOwes> {
        self.rows.iter().find(|row| row.kind == kind)
    }
}
