//! One client's facts as the firm's figures look at them: its payments, its deals by their ids, the last 12 months.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, ClientFacts, Deal, DealId, Invoice, Money, Phase, Purpose, Relation, Stage, Work,
};
use crate::figures::flow::spent;
use crate::figures::jobs::{phase_of, won_on};
use crate::figures::ledger::months_before;
use crate::figures::standing::{Received, Standing};
use crate::figures::sum::Sum;
use crate::figures::{Answer, Client, Unknown};

/// The months that figures of the present look back.
pub(super) const YEAR_MONTHS: u32 = 12;
/// Why a figure of income is not known where nothing was paid.
pub(super) const NO_INCOME: &str = "no income in the last 12 months";
/// Why a figure of hours is not known where none were noted.
pub(super) const NO_HOURS: &str = "no hours were noted in the last 12 months";

/// One client's facts as known at the end of a day, with what several figures ask of them.
pub(in crate::figures) struct Look<'a> {
    pub(in crate::figures) business: &'a Business,
    pub(in crate::figures) stages: &'a [Stage],
    pub(in crate::figures) known: &'a ClientFacts,
    pub(in crate::figures) invoices: &'a [Standing<'a>],
    pub(in crate::figures) day: NaiveDate,
    /// The last 12 months begin after this day.
    pub(in crate::figures) after: NaiveDate,
    pub(in crate::figures) paid: Vec<Paid<'a>>,
    deals: BTreeMap<&'a DealId, &'a Deal>,
}

/// A payment of an invoice.
pub(in crate::figures) struct Paid<'a> {
    pub(in crate::figures) invoice: &'a Invoice,
    pub(in crate::figures) day: NaiveDate,
    /// Net of tax, in the book's currency.
    pub(in crate::figures) net: Answer<Money>,
}

/// Hours of the last 12 months. Sums that can be added up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::figures) struct Hours {
    /// All of them.
    pub(in crate::figures) all: Decimal,
    /// Those beyond what was agreed.
    pub(in crate::figures) beyond: Decimal,
}

/// A deal that was won and not lost since.
pub(in crate::figures) struct WonDeal<'a> {
    pub(in crate::figures) deal: &'a Deal,
    /// When it first entered a stage of work agreed.
    pub(in crate::figures) on: NaiveDate,
}

impl<'a> Look<'a> {
    pub(in crate::figures) fn new(
        business: &'a Business,
        stages: &'a [Stage],
        known: &'a ClientFacts,
        invoices: &'a [Standing<'a>],
        day: NaiveDate,
    ) -> Self {
        let payments = |standing: &'a Standing<'a>| {
            let received = standing.received(business).into_iter();
            received.map(|Received { day, net, .. }| Paid { invoice: standing.invoice, day, net })
        };
        Self {
            business,
            stages,
            known,
            invoices,
            day,
            after: months_before(day, YEAR_MONTHS),
            paid: invoices.iter().flat_map(payments).collect(),
            deals: known.facts.deals.iter().map(|deal| (&deal.id, deal.as_ref())).collect(),
        }
    }

    /// The deal an invoice is for.
    pub(in crate::figures) fn deal_of(&self, invoice: &Invoice) -> Option<&'a Deal> {
        self.deals.get(invoice.deal.as_ref()?).copied()
    }

    /// Whether a day is among the last 12 months.
    pub(in crate::figures) fn is_recent(&self, day: NaiveDate) -> bool {
        self.after < day && day <= self.day
    }

    /// The deals won and not lost since, the earliest first.
    pub(in crate::figures) fn won(&self) -> Vec<WonDeal<'a>> {
        let deals = self.known.facts.deals.iter();
        let mut won: Vec<WonDeal<'a>> = deals
            .filter(|deal| !self.is_lost(deal))
            .filter_map(|deal| Some(WonDeal { deal, on: won_on(self.stages, deal)? }))
            .collect();
        won.sort_by_key(|won| (won.on, &won.deal.id));
        won
    }

    /// Whether a deal is lost now.
    pub(in crate::figures) fn is_lost(&self, deal: &Deal) -> bool {
        deal.stage().and_then(|at| phase_of(self.stages, &at.stage)) == Some(Phase::Lost)
    }

    /// Whether the firm works or worked for it: something was agreed or invoiced, and it is no partner.
    pub(in crate::figures) fn is_served(&self) -> bool {
        let agreed = !self.invoices.is_empty() || !self.known.facts.retainers.is_empty();
        self.known.client.relation != Relation::Partner && (agreed || !self.won().is_empty())
    }

    /// The work of the last 12 months.
    pub(in crate::figures) fn recent_work(&self) -> impl Iterator<Item = &'a Work> {
        self.known.facts.work.iter().map(std::convert::AsRef::as_ref).filter(|work| self.is_recent(work.day))
    }

    /// Its hours.
    pub(super) fn hours(&self) -> Hours {
        self.recent_work().fold(Hours::default(), |mut hours, work| {
            let beyond = if work.purpose == Purpose::Beyond { work.hours } else { Decimal::ZERO };
            hours.add(Hours { all: work.hours, beyond });
            hours
        })
    }

    /// All income since the book began, in the book's currency.
    pub(super) fn income_ever(&self) -> Answer<Money> {
        Sum::of(self.business.currency, self.paid.iter().map(|paid| &paid.net))
    }

    /// The expenses for this client in the last 12 months, in the book's currency.
    pub(super) fn spent_recently(&self) -> Answer<Money> {
        let spent: Vec<_> = self
            .known
            .facts
            .expenses
            .iter()
            .flat_map(|expense| spent(expense, self.business, self.day))
            .filter(|(day, _)| self.is_recent(*day))
            .collect();
        Sum::of(self.business.currency, spent.iter().map(|(_, amount)| amount))
    }
}

impl Hours {
    /// Those of all clients together.
    pub(super) fn of_all(clients: &[Arc<Client>]) -> Self {
        clients.iter().fold(Self::default(), |mut sum, client| {
            sum.add(client.firm.hours);
            sum
        })
    }

    // Saturating: a hostile book may hold more than a Decimal counts, and must not end the program.
    pub(in crate::figures) fn add(&mut self, other: Self) {
        if !other.all.is_zero() {
            self.all = self.all.saturating_add(other.all);
        }
        if !other.beyond.is_zero() {
            self.beyond = self.beyond.saturating_add(other.beyond);
        }
    }

    /// All hours, where there are any.
    pub(super) fn noted(&self) -> Answer<Decimal> {
        Some(self.all).filter(|all| *all > Decimal::ZERO).ok_or_else(|| Unknown::because(NO_HOURS))
    }
}

/// An amount times a number, rounded; at the end of what a `Decimal` counts it stays there.
pub(super) fn times(money: Money, factor: Decimal) -> Money {
    Money::new(money.amount.saturating_mul(factor), money.currency).rounded()
}

/// `part / whole`, unknown for `reason` where the whole is not above nought.
pub(super) fn share_of(part: Decimal, whole: Decimal, reason: &str) -> Answer<Decimal> {
    let whole = Some(whole).filter(|whole| *whole > Decimal::ZERO);
    whole.and_then(|whole| part.checked_div(whole)).ok_or_else(|| Unknown::because(reason))
}

/// `part / whole` of counts.
pub(super) fn share_of_count(part: usize, whole: usize, reason: &str) -> Answer<Decimal> {
    share_of(part.into(), whole.into(), reason)
}
