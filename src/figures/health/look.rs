//! What every indicator looks at: one client's facts as known, and how far back.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{Business, ClientFacts, Deal, Phase, Stage, Table, Threshold, Touch, Work, days_between};
use crate::figures::jobs::phase_of;
use crate::figures::ledger::months_before;
use crate::figures::standing::Standing;

use super::FactId;

/// A client's facts as known at the end of a day, and the window over which they are looked at.
pub(in crate::figures) struct Look<'a> {
    pub(in crate::figures) business: &'a Business,
    pub(in crate::figures) stages: &'a [Stage],
    pub(in crate::figures) known: &'a ClientFacts,
    pub(in crate::figures) invoices: &'a [Standing<'a>],
    pub(in crate::figures) day: NaiveDate,
    /// The window begins after this day.
    pub(in crate::figures) from: NaiveDate,
    /// So many months before the day.
    pub(in crate::figures) months: u32,
}

impl<'a> Look<'a> {
    pub(in crate::figures) fn new(
        business: &'a Business,
        stages: &'a [Stage],
        known: &'a ClientFacts,
        invoices: &'a [Standing<'a>],
        day: NaiveDate,
    ) -> Self {
        let months = business.threshold(Threshold::HealthMonths).to_u32().unwrap_or(0).clamp(1, 1200);
        Self { business, stages, known, invoices, day, from: months_before(day, months), months }
    }

    /// Whether a day lies in the window.
    pub(in crate::figures) fn is_recent(&self, day: NaiveDate) -> bool {
        self.from < day && day <= self.day
    }

    /// Whether what was on a day would still lie in the window of another.
    pub(super) fn counts_on(&self, was: NaiveDate, day: NaiveDate) -> bool {
        months_before(day, self.months) < was && was <= day
    }

    /// The touches of the window, by day; of one day in the order of the book.
    pub(super) fn touches(&self) -> Vec<&'a Touch> {
        let recent = self.known.facts.touches.iter().map(AsRef::as_ref).filter(|it| self.is_recent(it.day));
        let mut touches: Vec<&Touch> = recent.collect();
        touches.sort_by_key(|touch| touch.day);
        touches
    }

    /// The work of the window.
    pub(super) fn work(&self) -> impl Iterator<Item = &'a Work> + '_ {
        self.known.facts.work.iter().map(AsRef::as_ref).filter(|work| self.is_recent(work.day))
    }

    pub(super) fn phase(&self, deal: &Deal) -> Option<Phase> {
        phase_of(self.stages, &deal.stage()?.stage)
    }

    pub(super) fn threshold(&self, threshold: Threshold) -> Decimal {
        self.business.threshold(threshold)
    }

    /// The client's own record as a fact.
    pub(in crate::figures) fn client_fact(&self) -> FactId {
        (Table::Clients, self.known.id().to_string())
    }

    /// So many days since a day.
    pub(super) fn days_since(&self, day: NaiveDate) -> i64 {
        days_between(day, self.day)
    }
}

/// Touches as facts.
pub(super) fn touch_facts(touches: &[&Touch]) -> Vec<FactId> {
    touches.iter().map(|touch| (Table::Touches, touch.id.to_string())).collect()
}
