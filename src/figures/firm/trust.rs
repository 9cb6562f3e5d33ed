//! The trust multiplier: what trust brought beyond those who came by themselves.
//!
//! (direct + introduced) / direct income, of all income since the book began: an introduction bears fruit for years. Direct
//! are clients who came by themselves, introduced those who did not (see [`super::introductions`]).

use std::sync::Arc;

use rust_decimal::Decimal;

use super::introductions::Introduced;
use super::look::share_of;
use crate::domain::{Business, Money};
use crate::figures::sum::Sum;
use crate::figures::{Answer, Client};

/// What those introduced brought, beside those who came by themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// Income of those who came by themselves, since the book began.
    pub direct: Answer<Money>,
    /// Income of those who were introduced.
    pub introduced: Answer<Money>,
    /// How many clients who paid came by themselves.
    pub direct_clients: usize,
    /// How many who paid were introduced.
    pub introduced_clients: usize,
    /// (direct + introduced) / direct.
    pub multiplier: Answer<Decimal>,
    /// The same in a sentence.
    pub words: Answer<String>,
}

/// Whether a client has brought anything since the book began.
pub(in crate::figures) fn has_paid(client: &Client) -> bool {
    !client.firm.income_ever.as_ref().is_ok_and(Money::is_zero)
}

impl Trust {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>], by: &Introduced<'_>) -> Self {
        let sum = |introduced: bool| {
            let of = clients.iter().filter(move |client| by.holds(client) == introduced);
            let paid = of.clone().filter(|client| has_paid(client)).count();
            (Sum::of(business.currency, of.map(|client| &client.firm.income_ever)), paid)
        };
        let ((direct, direct_clients), (introduced, introduced_clients)) = (sum(false), sum(true));
        let multiplier = direct.clone().and_then(|direct| {
            let both = direct.amount.saturating_add(introduced.clone()?.amount);
            share_of(both, direct.amount, "nobody who came directly has paid yet")
        });
        let words = multiplier.clone().map(|multiplier| {
            let more = multiplier.saturating_sub(Decimal::ONE).round_dp(2).normalize();
            format!("every 1 of income from those who came directly brought {more} more by introduction")
        });
        Self { direct, introduced, direct_clients, introduced_clients, multiplier, words }
    }
}
