//! Clients who were chosen and those one fell into: how many, what they bring, what they leave an hour.
//!
//! Looked at are clients who are served or were. What an hour leaves is income less the client's expenses by hours, all of
//! the last 12 months, over the clients for whom hours were noted in them: income without hours would flatter it.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::look::{NO_HOURS, NO_INCOME, share_of};
use crate::domain::{Business, Money, Origin};
use crate::figures::sum::{Sum, negated};
use crate::figures::{Answer, Client, Unknown};

/// Clients by how they came to be that; only origins that somebody has.
#[derive(Debug, Clone, PartialEq)]
pub struct Origins {
    /// Chosen, fallen into, not said.
    pub rows: Vec<OriginRow>,
}

/// The clients of one origin.
#[derive(Debug, Clone, PartialEq)]
pub struct OriginRow {
    /// Which; `None` is not said.
    pub origin: Option<Origin>,
    /// How many clients.
    pub clients: usize,
    /// Their income of the last 12 months; unknown where nobody brought any.
    pub income: Answer<Money>,
    /// That by the income of all, a fraction of one.
    pub share: Answer<Decimal>,
    /// For how many of them hours were noted in the 12 months.
    pub with_hours: usize,
    /// Those hours.
    pub hours: Answer<Decimal>,
    /// What an hour left.
    pub hourly: Answer<Money>,
}

/// The origins, in the order they are shown.
pub const ORIGINS: [Option<Origin>; 3] = [Some(Origin::Chosen), Some(Origin::FellInto), None];

/// The word of an origin in reports.
#[must_use]
pub fn origin_token(origin: Option<Origin>) -> &'static str {
    match origin {
        Some(Origin::Chosen) => "chosen",
        Some(Origin::FellInto) => "fell_into",
        None => "not_said",
    }
}

/// What an origin is called.
#[must_use]
pub fn origin_title(origin: Option<Origin>) -> &'static str {
    match origin {
        Some(Origin::Chosen) => "Chosen",
        Some(Origin::FellInto) => "Fallen into",
        None => "Not said",
    }
}

/// The clients of an origin who are served or were.
pub(in crate::figures) fn of_origin(
    clients: &[Arc<Client>],
    origin: Option<Origin>,
) -> impl Iterator<Item = &Arc<Client>> {
    clients.iter().filter(move |client| client.firm.served && client.known.client.origin == origin)
}

/// Whether hours were noted for a client in the last 12 months.
pub(in crate::figures) fn is_timed(client: &Client) -> bool {
    client.firm.hours.all > Decimal::ZERO
}

impl Origins {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>]) -> Self {
        let currency = business.currency;
        let all = Sum::of(currency, clients.iter().map(|client| &client.income_12m));
        let row = |origin| {
            let of: Vec<&Arc<Client>> = of_origin(clients, origin).collect();
            let timed: Vec<&Arc<Client>> = of.iter().copied().filter(|client| is_timed(client)).collect();
            let came = all.as_ref().is_ok_and(|all| !all.is_zero());
            let income = Sum::of(currency, of.iter().map(|client| &client.income_12m));
            let income = income.and_then(|income| {
                if came {
                    Ok(income)
                } else {
                    Err(all.clone().err().unwrap_or_else(|| Unknown::because(NO_INCOME)))
                }
            });
            let mut left = Sum::new(currency);
            let mut hours = Decimal::ZERO;
            for client in &timed {
                left.add(&client.income_12m);
                left.add(&negated(&client.firm.spent));
                hours = hours.saturating_add(client.firm.hours.all);
            }
            let hours = Some(hours).filter(|_| !timed.is_empty()).ok_or_else(|| Unknown::because(NO_HOURS));
            let hourly = left.answer().and_then(|left| {
                let an_hour = share_of(left.amount, hours.clone()?, NO_HOURS)?;
                Ok(Money::new(an_hour, currency).rounded())
            });
            (!of.is_empty()).then(|| OriginRow {
                origin,
                clients: of.len(),
                share: income.clone().and_then(|part| share_of(part.amount, all.clone()?.amount, NO_INCOME)),
                income,
                with_hours: timed.len(),
                hours,
                hourly,
            })
        };
        Self { rows: ORIGINS.into_iter().filter_map(row).collect() }
    }

    /// The row of an origin.
    #[must_use]
    pub fn row(&self, origin: Option<Origin>) -> Option<&OriginRow> {
        self.rows.iter().find(|row| row.origin == origin)
    }
}
