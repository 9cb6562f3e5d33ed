//! Whether somebody with whom it ended ordered again since.

use chrono::NaiveDate;

use super::{ClientFacts, Phase, Stage, Table, days_between};

/// A bill within so many days of the end may still be for what was done before.
const LAST_BILL_DAYS: i64 = 60;

/// An order after the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedAgain {
    /// When.
    pub day: NaiveDate,
    /// The table of the record that tells.
    pub table: Table,
    /// Its id.
    pub id: String,
}

impl ClientFacts {
    /// The last order after the end, where the client is not taken up again: a deal won or a regular fee agreed since, or a bill
    /// for something more than 60 days after it that belongs to no deal or fee.
    #[must_use]
    pub fn ordered_again(&self, stages: &[Stage]) -> Option<OrderedAgain> {
        let ended = self.client.over()?.day;
        let again = |day, table, id: &dyn std::fmt::Display| OrderedAgain { day, table, id: id.to_string() };
        let is_won = |id: &str| {
            let stage = stages.iter().find(|stage| stage.id == id);
            stage.is_some_and(|stage| matches!(stage.phase, Phase::Won | Phase::Closed))
        };
        let deals = self.facts.deals.iter().filter_map(|deal| {
            let won = deal.stages.iter().filter(|fact| is_won(&fact.stage)).map(|fact| fact.day).min()?;
            Some(again(won, Table::Deals, &deal.id)).filter(|it| it.day > ended)
        });
        let fees = self.facts.retainers.iter().filter(|fee| fee.agreed > ended);
        let fees = fees.map(|fee| again(fee.agreed, Table::Retainers, &fee.id));
        let bills = self.facts.invoices.iter().filter(|bill| {
            bill.deal.is_none()
                && bill.retainer.is_none()
                && self.retainer_of(bill).is_none()
                && bill.total().amount > rust_decimal::Decimal::ZERO
                && days_between(ended, bill.issued) > LAST_BILL_DAYS
        });
        let bills = bills.map(|bill| again(bill.issued, Table::Invoices, &bill.id));
        deals.chain(fees).chain(bills).max_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)))
    }
}
