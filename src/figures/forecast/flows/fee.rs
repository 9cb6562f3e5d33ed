//! Fees of retainers that are not invoiced yet.

use chrono::NaiveDate;

use crate::domain::{ClientFacts, Retainer, Table, add_days, days_between};

use super::{Flow, FlowKind, Gather, Layer, Whose, tax_of, with_tax};

/// The days of a retainer's fees, from its first one to the one after `until`, that no invoice known asks for: one of the
/// retainer stands for the fee whose day is nearest to its own. Neither the end of the retainer nor that of the client
/// leaves fees after it.
pub(in crate::figures) fn fees_to_invoice(
    known: &ClientFacts,
    retainer: &Retainer,
    until: NaiveDate,
) -> Vec<NaiveDate> {
    let end = retainer.until.into_iter().chain(known.client.last_day()).min();
    // One beyond the days too, so that an invoice sent before its fee's day finds it.
    let mut fees: Vec<NaiveDate> = Vec::new();
    for fee in retainer.every.occurrences(retainer.from, retainer.from, crate::domain::LAST_DAY) {
        if end.is_some_and(|end| fee > end) {
            break;
        }
        fees.push(fee);
        if fee > until {
            break;
        }
    }
    let nearest = |issued: NaiveDate| fees.iter().copied().min_by_key(|fee| days_between(*fee, issued).abs());
    // A credit note takes a fee back, and stands for none.
    let invoices = known.facts.invoices.iter().filter(|it| retainer.asks_with(it) && !it.is_credit_note());
    let invoiced: Vec<NaiveDate> = invoices.filter_map(|it| nearest(it.issued)).collect();
    fees.retain(|fee| !invoiced.contains(fee));
    fees
}

impl Gather<'_> {
    /// Fees to be invoiced within the days, and the last one before them if it was not invoiced.
    ///
    /// An invoice of the retainer stands for the fee whose day is nearest to its own. Of the fees that passed only the
    /// last is still to be invoiced, tomorrow at the earliest: one that was not invoiced for a whole interval was waived,
    /// or invoiced in a way that nothing tells.
    pub(super) fn fees(&mut self, whose: &Whose<'_>) {
        for retainer in &whose.known.facts.retainers {
            let days = self.fee_days(whose, retainer);
            if days.is_empty() || retainer.amount.is_zero() {
                continue;
            }
            // Before it is invoiced at a new price, it is taxed as it was at the old one.
            let last = |fee: &Retainer| {
                let invoices = whose.known.facts.invoices.iter().filter(|it| fee.asks_with(it));
                invoices.max_by_key(|it| it.issued)
            };
            let last = whose.known.at_all_prices(retainer).find_map(last);
            let tax = last.map(|it| tax_of(it)).unwrap_or_default();
            let income = match self.convert(retainer.amount) {
                Ok(income) => income,
                Err(why) => {
                    self.leave_out(retainer.what.clone(), retainer.amount, why);
                    continue;
                }
            };
            for fee in days {
                let due = add_days(fee.max(self.tomorrow()), whose.terms);
                let flow = Flow {
                    key: format!("retainers/{}/{fee}", retainer.id),
                    layer: Layer::Committed,
                    kind: FlowKind::Fee,
                    client: Some(whose.client()),
                    what: retainer.what.clone(),
                    record: Some((Table::Retainers, retainer.id.to_string())),
                    amount: with_tax(income, tax),
                    income,
                    due: Some(due),
                    when: self.invoiced(whose, fee, due),
                };
                self.flows.push(flow);
            }
        }
    }

    /// The days of the fees that are still to be invoiced.
    fn fee_days(&self, whose: &Whose<'_>, retainer: &Retainer) -> Vec<NaiveDate> {
        let ahead = |fee: NaiveDate| fee > self.day && fee <= self.until;
        let mut fees = fees_to_invoice(whose.known, retainer, self.until);
        fees.retain(|fee| ahead(*fee) || *fee <= self.day && self.is_recent(retainer, *fee));
        fees
    }

    /// Whether no other fee of the series would have fallen since `fee`: a retainer that ended is not asked for for ever.
    fn is_recent(&self, retainer: &Retainer, fee: NaiveDate) -> bool {
        retainer.every.occurrences(retainer.from, add_days(fee, 1), self.day).next().is_none()
    }
}
