//! Scenarios: what is assumed beside the facts, kept under a name.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ClientId, DealId, Interval, InvoiceId, Money, Percent, ScenarioId, Table};

/// Assumptions kept under a name. No figure counts them unless it is asked to: they are no facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its id.
    pub id: ScenarioId,
    /// What it is called.
    pub name: String,
    /// When it was kept first.
    pub made: NaiveDate,
    /// What is assumed, in the order it is applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<LeverRow>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A lever of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeverRow {
    /// What is assumed.
    pub lever: Lever,
    /// Whether it is left out for now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
}

/// Something assumed beside the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// A client pays so many days later than it is wont to.
    PaysLater {
        /// Who.
        client: ClientId,
        /// How many days; negative: earlier.
        days: i64,
    },
    /// A client leaves: no order, no fee and no deal of theirs after that day. What is invoiced is still paid.
    Leaves {
        /// Who.
        client: ClientId,
        /// When.
        on: NaiveDate,
    },
    /// A client is let go: the same, and the hours are free for others.
    LetGo {
        /// Who.
        client: ClientId,
        /// When.
        on: NaiveDate,
    },
    /// What is invoiced from a day on is dearer.
    RatesRise {
        /// For whom; for everybody when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clients: Vec<ClientId>,
        /// By how much.
        percent: Percent,
        /// From which day on.
        from: NaiveDate,
    },
    /// A part of the price of every deal still to be won is paid when it is won.
    Deposit {
        /// Which part.
        percent: Percent,
    },
    /// A deal is paid in equal parts.
    Instalments {
        /// Which deal.
        deal: DealId,
        /// How many parts.
        parts: u32,
        /// The time between two of them.
        every: Interval,
    },
    /// What the largest clients bring comes from several small ones instead.
    ManySmall {
        /// How many of the largest clients.
        largest: u32,
        /// How many clients stand in for each.
        each: u32,
    },
    /// An invoice is never paid.
    NeverPaid {
        /// Which.
        invoice: InvoiceId,
    },
    /// Money that comes in.
    Income {
        /// What for.
        what: String,
        /// How much each time.
        amount: Money,
        /// When, or when first.
        day: NaiveDate,
        /// How often; absent: once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every: Option<Interval>,
    },
    /// Money that goes out.
    Expense {
        /// What for.
        what: String,
        /// How much each time.
        amount: Money,
        /// When, or when first.
        day: NaiveDate,
        /// How often; absent: once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every: Option<Interval>,
    },
}

impl Lever {
    /// In so many parts a deal is paid at most.
    pub const MOST_PARTS: u32 = 120;
    /// So many clients stand in for a large one at most.
    pub const MOST_EACH: u32 = 50;

    /// The clients it names.
    #[must_use]
    pub fn clients(&self) -> &[ClientId] {
        match self {
            Self::PaysLater { client, .. } | Self::Leaves { client, .. } | Self::LetGo { client, .. } => {
                std::slice::from_ref(client)
            }
            Self::RatesRise { clients, .. } => clients,
            _ => &[],
        }
    }

    /// The deal it names.
    #[must_use]
    pub fn deal(&self) -> Option<&DealId> {
        match self {
            Self::Instalments { deal, .. } => Some(deal),
            _ => None,
        }
    }

    /// The invoice it names.
    #[must_use]
    pub fn invoice(&self) -> Option<&InvoiceId> {
        match self {
            Self::NeverPaid { invoice } => Some(invoice),
            _ => None,
        }
    }

    /// The same without a record that is to go: `None` when nothing is left of it to assume.
    #[must_use]
    pub fn without(&self, table: Table, id: &str) -> Option<Self> {
        let named = match table {
            Table::Clients => self.clients().iter().any(|client| client.as_str() == id),
            Table::Deals => self.deal().is_some_and(|deal| deal.as_str() == id),
            Table::Invoices => self.invoice().is_some_and(|invoice| invoice.as_str() == id),
            _ => false,
        };
        match self {
            _ if !named => Some(self.clone()),
            Self::RatesRise { clients, percent, from } if clients.len() > 1 => {
                let clients = clients.iter().filter(|client| client.as_str() != id).cloned().collect();
                Some(Self::RatesRise { clients, percent: *percent, from: *from })
            }
            _ => None,
        }
    }

    /// The amount it assumes, to be changed.
    pub fn amount_mut(&mut self) -> Option<&mut Money> {
        match self {
            Self::Income { amount, .. } | Self::Expense { amount, .. } => Some(amount),
            _ => None,
        }
    }
}

impl LeverRow {
    /// A lever that counts.
    #[must_use]
    pub fn new(lever: Lever) -> Self {
        Self { lever, muted: false }
    }
}
