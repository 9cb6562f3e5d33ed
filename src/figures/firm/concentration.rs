//! How much rests on one client: a risk of the firm's, and shown apart from how good the client is.
//!
//! A client's share is its income of the last 12 months by that of all, and its hours likewise. From the book's thresholds
//! on (`concentration_watch`, `concentration_risk`; 25 and 40 % built in) a share is worth watching, or a risk.

use std::cmp::Reverse;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::look::{Hours, NO_HOURS, NO_INCOME, share_of};
use super::units::exact;
use crate::domain::{Business, ClientId, Money, Threshold};
use crate::figures::sum::{Sum, ratio};
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client, Unknown};

/// What each client brings and takes, of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// Every client with income or hours in the last 12 months, the largest share of income first.
    pub clients: Vec<ClientShare>,
    /// All income of the last 12 months; unknown where it is not above nought.
    pub income: Answer<Money>,
    /// All hours noted for clients in them.
    pub hours: Answer<Decimal>,
    /// From this share on a client is worth watching, a fraction of one.
    pub watch: Decimal,
    /// From this share on it is a risk, a fraction of one.
    pub risk: Decimal,
    /// How far the largest is one.
    pub level: Answer<Level>,
    /// What it says of the largest, in a sentence.
    pub words: Answer<String>,
}

/// What one client brings and takes, of all.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientShare {
    /// Who.
    pub client: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// Its income of the last 12 months.
    pub income: Answer<Money>,
    /// Of all income, a fraction of one: that of the table of clients.
    pub share: Answer<Decimal>,
    /// Hours noted for it in the last 12 months.
    pub hours: Decimal,
    /// Of all such hours, a fraction of one.
    pub hours_share: Answer<Decimal>,
    /// How far its share of income is a risk.
    pub level: Answer<Level>,
    /// How far its share of hours is one.
    pub hours_level: Answer<Level>,
}

/// How far a share is a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It is not.
    None,
    /// It is worth watching.
    Watch,
    /// It is one.
    Risk,
}

impl Level {
    /// Its word in reports.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Watch => "watch",
            Self::Risk => "risk",
        }
    }

    /// What is said of a share so large, in a clause.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "not much for one client",
            Self::Watch => "worth watching",
            Self::Risk => "a risk",
        }
    }
}

impl Concentration {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>], hours: Hours) -> Self {
        let fraction =
            |threshold| business.threshold(threshold).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
        let (watch, risk) = (fraction(Threshold::ConcentrationWatch), fraction(Threshold::ConcentrationRisk));
        let level = |share: &Answer<Decimal>| match share {
            Ok(share) if *share >= risk => Ok(Level::Risk),
            Ok(share) if *share >= watch => Ok(Level::Watch),
            Ok(_) => Ok(Level::None),
            Err(unknown) => Err(unknown.clone()),
        };
        let all = Sum::of(business.currency, clients.iter().map(|client| &client.income_12m));
        let hours = hours.noted();
        let income = all.clone().and_then(|all| {
            Some(all).filter(|all| all.amount > Decimal::ZERO).ok_or_else(|| Unknown::because(NO_INCOME))
        });
        let of_client = |client: &Arc<Client>| {
            let share =
                client.income_12m.clone().and_then(|part| ratio(part.amount, all.clone()?.amount, NO_INCOME));
            let hours_share = hours.clone().and_then(|all| share_of(client.firm.hours.all, all, NO_HOURS));
            ClientShare {
                client: client.id.clone(),
                name: client.name.clone(),
                income: client.income_12m.clone(),
                // A share of a loss says nothing about a risk.
                level: income.clone().and_then(|_| level(&share)),
                share,
                hours: client.firm.hours.all,
                hours_level: level(&hours_share),
                hours_share,
            }
        };
        let counts = |client: &&Arc<Client>| {
            !client.firm.hours.all.is_zero() || !client.income_12m.as_ref().is_ok_and(Money::is_zero)
        };
        let mut shares: Vec<ClientShare> = clients.iter().filter(counts).map(of_client).collect();
        // As whole numbers: these are compared thousands of times. The clients came in the order of their ids, and the sort
        // keeps it among equals.
        shares.sort_by_cached_key(|share| {
            let income = share.income.as_ref().ok().and_then(|income| exact(income.amount));
            Reverse((income, exact(share.hours)))
        });
        let largest = shares.first();
        Self {
            level: largest.map_or_else(|| Err(Unknown::because(NO_INCOME)), |largest| largest.level.clone()),
            words: words(largest),
            clients: shares,
            income,
            hours,
            watch,
            risk,
        }
    }

    /// The client that brings most.
    #[must_use]
    pub fn largest(&self) -> Option<&ClientShare> {
        self.clients.first().filter(|largest| largest.level.is_ok())
    }

    /// One client's shares.
    #[must_use]
    pub fn client(&self, id: &ClientId) -> Option<&ClientShare> {
        self.clients.iter().find(|share| share.client == *id)
    }
}

fn words(largest: Option<&ClientShare>) -> Answer<String> {
    let largest = largest.ok_or_else(|| Unknown::because(NO_INCOME))?;
    let (level, share) = (largest.level.clone()?, largest.share.clone()?);
    let hours = match &largest.hours_share {
        Ok(hours) => format!(" and takes {} of the hours", per_cent(*hours)),
        Err(_) => String::new(),
    };
    Ok(format!("{} brings {} of the income{hours}: {}", largest.name, per_cent(share), level.words()))
}
