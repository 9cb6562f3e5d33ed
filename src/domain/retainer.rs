//! Retainers: regular fees agreed with a client.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Basis, ClientFacts, ClientId, DealId, Interval, Invoice, Money, RetainerId, add_days};

/// How many days before its first fee or after its last one an invoice can still be a retainer's without saying so.
const AROUND_DAYS: i64 = 31;

/// A regular fee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retainer {
    /// Its id.
    pub id: RetainerId,
    /// Who pays it.
    pub client: ClientId,
    /// What for.
    pub what: String,
    /// How much each time, net of tax.
    pub amount: Money,
    /// How often.
    pub every: Interval,
    /// When it was agreed.
    pub agreed: NaiveDate,
    /// The day of the first fee.
    pub from: NaiveDate,
    /// The last day on which a fee can fall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// What its income rests on; a retainer unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The deal it came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
}

impl Retainer {
    /// Whether fees of it can still fall on `day` or later.
    #[must_use]
    pub fn runs(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|until| until >= day)
    }

    /// Whether it begins just after the last day of another.
    #[must_use]
    pub fn goes_on_from(&self, before: &Self) -> bool {
        before.until == Some(add_days(self.from, -1))
    }

    /// The same fee at another price: the first of that on `from`, and this one ends the day before.
    #[must_use]
    pub fn at_new_price(
        &self,
        id: RetainerId,
        amount: Money,
        agreed: NaiveDate,
        from: NaiveDate,
    ) -> (Self, Self) {
        let last = add_days(from, -1);
        let goes_on = self.until.is_none_or(|until| until >= from);
        let ended = Self { until: if goes_on { Some(last) } else { self.until }, ..self.clone() };
        let until = self.until.filter(|_| goes_on);
        (ended, Self { id, amount, agreed, from, until, ..self.clone() })
    }

    /// Whether an invoice is for it: it names it, or it names neither a retainer nor a deal, asks just its fee, and was sent while
    /// it ran.
    #[must_use]
    pub fn asks_with(&self, invoice: &Invoice) -> bool {
        if let Some(named) = &invoice.retainer {
            return *named == self.id;
        }
        let from = add_days(self.from, -AROUND_DAYS);
        let until = self.until.map(|until| add_days(until, AROUND_DAYS));
        invoice.deal.is_none()
            && invoice.net().is_ok_and(|net| net == self.amount)
            && from <= invoice.issued
            && until.is_none_or(|until| invoice.issued <= until)
    }
}

impl ClientFacts {
    /// The regular fees that run on `day`; none of a client with whom it is over.
    pub fn running_retainers(&self, day: NaiveDate) -> impl Iterator<Item = &std::sync::Arc<Retainer>> {
        let over = self.client.over_on().is_some();
        self.facts.retainers.iter().filter(move |retainer| !over && retainer.runs(day))
    }

    /// The regular fee that an invoice is for.
    #[must_use]
    pub fn retainer_of(&self, invoice: &Invoice) -> Option<&Retainer> {
        self.facts.retainers.iter().map(AsRef::as_ref).find(|retainer| retainer.asks_with(invoice))
    }
}
