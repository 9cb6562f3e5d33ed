//! The parts a deal's price is paid in, and what of them was invoiced.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Deal, DealId, Facts, Invoice, InvoiceId, MissingRate, Money};
use crate::figures::asked::DownPayments;

use super::{FlowKind, Gather, Whose};

/// Of a deal's value less than this share left is a rounding of taxes, not money to come.
const LEFT_PER_MILLE: i64 = 5;

/// A down payment or an instalment.
pub(super) struct Part<'a> {
    /// The end of its key, after that of its deal.
    pub(super) key: String,
    pub(super) kind: FlowKind,
    /// The day it was agreed to be paid on.
    pub(super) due: NaiveDate,
    /// Gross, in its own currency.
    pub(super) amount: Money,
    invoice: Option<&'a InvoiceId>,
}

/// What of a deal is still to be invoiced.
pub(super) struct ToInvoice<'a> {
    /// Its parts, each with what is left of it, gross, in the book's currency.
    pub(super) parts: Vec<(Part<'a>, Result<Money, MissingRate>)>,
    /// What is left of its value beyond the parts: gross and net, in the book's currency. `None` where nothing is, or
    /// nobody said what it is worth.
    pub(super) rest: Option<Result<(Money, Money), MissingRate>>,
}

/// Whether an invoice is for a deal: it names it, or a part of its plan names the invoice.
pub(super) fn is_of_deal(deal: &Deal, invoice: &Invoice) -> bool {
    invoice.deal.as_ref() == Some(&deal.id) || named_by(deal).any(|named| *named == invoice.id)
}

impl<'a> Part<'a> {
    /// The parts of a deal, by their days. A down payment that is the first instalment as well (both name one invoice, or
    /// it asks for just as much) is there once.
    fn of(deal: &'a Deal, terms: i64) -> Vec<Self> {
        let mut instalments: Vec<&crate::domain::Instalment> =
            deal.instalments.iter().flat_map(|plan| &plan.instalments).collect();
        instalments.sort_by_key(|it| it.due);
        let mut parts: Vec<Self> = Vec::new();
        let mut same_day = 0;
        for (at, it) in instalments.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| instalments.get(before));
            same_day = if before.is_some_and(|before| before.due == it.due) { same_day + 1 } else { 0 };
            // Two of one day are told apart by their places, which stay when one of them is invoiced.
            let nth = if same_day == 0 { String::new() } else { format!("/{}", same_day + 1) };
            parts.push(Self {
                key: format!("instalments/{}{nth}", it.due),
                kind: FlowKind::Instalment,
                due: it.due,
                amount: it.amount,
                invoice: it.invoice.as_ref(),
            });
        }
        if let Some(down) = &deal.down_payment {
            let invoice = down.invoice.as_ref();
            let same_invoice = parts.iter().position(|it| it.invoice.is_some() && it.invoice == invoice);
            let first = || parts.first().filter(|it| it.amount == down.amount).map(|_| 0);
            if let Some(same) = same_invoice.or_else(first) {
                let same = parts.remove(same);
                let invoice = invoice.or(same.invoice);
                parts.push(Self { key: "down".to_owned(), kind: FlowKind::DownPayment, invoice, ..same });
            } else {
                parts.push(Self {
                    key: "down".to_owned(),
                    kind: FlowKind::DownPayment,
                    due: crate::domain::add_days(down.asked, terms),
                    amount: down.amount,
                    invoice,
                });
            }
            parts.sort_by_key(|it| it.due);
        }
        parts
    }
}

/// A client's invoices by the deals they are for, gone through once for all of its deals.
pub(super) struct Invoiced<'a> {
    of_deals: BTreeMap<&'a DealId, Vec<&'a Invoice>>,
    down: DownPayments<'a>,
}

impl<'a> Invoiced<'a> {
    pub(super) fn of(facts: &'a Facts) -> Self {
        let deals = || facts.deals.iter().map(AsRef::as_ref);
        let mut planned: BTreeMap<&InvoiceId, Vec<&DealId>> = BTreeMap::new();
        for deal in deals() {
            for id in named_by(deal) {
                planned.entry(id).or_default().push(&deal.id);
            }
        }
        let mut of_deals: BTreeMap<&DealId, Vec<&Invoice>> = BTreeMap::new();
        for invoice in facts.invoices.iter().map(AsRef::as_ref) {
            let mut named: Vec<&DealId> = planned.get(&invoice.id).cloned().unwrap_or_default();
            named.extend(&invoice.deal);
            named.sort_unstable();
            named.dedup();
            for deal in named {
                of_deals.entry(deal).or_default().push(invoice);
            }
        }
        Self { of_deals, down: DownPayments::of(facts, deals()) }
    }
}

/// The invoices that the parts of a deal name.
fn named_by(deal: &Deal) -> impl Iterator<Item = &InvoiceId> {
    let instalments = deal.instalments.iter().flat_map(|plan| &plan.instalments);
    let parts = instalments.map(|it| &it.invoice).chain(deal.down_payment.iter().map(|it| &it.invoice));
    parts.flatten()
}

impl Gather<'_> {
    /// What of a deal is still to be invoiced.
    ///
    /// A part is invoiced once the invoice it names was sent. An invoice of the deal that no part names is that of the first
    /// part of just its amount; others go against the value that no part covers, and what is beyond that against the parts
    /// in the order of their days. So no money is counted as a part and as an invoice.
    pub(super) fn to_invoice<'a>(
        &self,
        whose: &Whose<'_>,
        deal: &'a Deal,
        invoiced: &Invoiced<'_>,
    ) -> ToInvoice<'a> {
        let all = Part::of(deal, whose.terms);
        let planned = all.iter().filter_map(|part| self.convert(part.amount).ok());
        let planned = planned.fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.amount));
        let named: Vec<&InvoiceId> = all.iter().filter_map(|part| part.invoice).collect();
        let invoices = invoiced.of_deals.get(&deal.id).map(Vec::as_slice).unwrap_or_default();
        let mut unnamed: Vec<Money> =
            invoices.iter().filter(|it| !named.contains(&&it.id)).map(|it| it.asked()).collect();
        let came =
            deal.down_payment.is_some() && invoiced.down.to_come(self.business, deal, self.day).is_none();
        let mut parts: Vec<Part<'a>> = Vec::new();
        for part in all {
            let sent = part.invoice.is_some_and(|id| invoices.iter().any(|it| it.id == *id));
            let alike = unnamed.iter().position(|total| *total == part.amount);
            if let Some(alike) = alike.filter(|_| !sent) {
                unnamed.remove(alike);
            } else if !(sent || came && part.kind == FlowKind::DownPayment) {
                parts.push(part);
            }
        }
        let value = deal.value.map(|value| self.convert(value));
        let worth = value.as_ref().and_then(|it| it.as_ref().ok()).map(|it| whose.gross(*it).amount);
        let unnamed = unnamed.into_iter().filter_map(|it| self.convert(it).ok());
        let unnamed = unnamed.fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.amount));
        let beyond_parts = worth.map_or(Decimal::ZERO, |it| it.saturating_sub(planned).max(Decimal::ZERO));
        let mut against_parts = unnamed.saturating_sub(beyond_parts).max(Decimal::ZERO);
        let left = |part: Part<'a>| {
            let amount = self.convert(part.amount).map(|amount| {
                let taken = amount.amount.min(against_parts).max(Decimal::ZERO);
                against_parts -= taken;
                Money::new(amount.amount - taken, amount.currency)
            });
            (part, amount)
        };
        let mut parts: Vec<_> = parts.into_iter().map(left).collect();
        parts.retain(|(_, left)| left.as_ref().is_ok_and(|left| !left.is_zero()) || left.is_err());
        let rest = value.and_then(|value| self.rest(whose, value, invoices, &parts).transpose());
        ToInvoice { parts, rest }
    }

    /// What is left of a value, gross and net: less what was invoiced, less the parts still to be.
    fn rest(
        &self,
        whose: &Whose<'_>,
        value: Result<Money, MissingRate>,
        invoices: &[&Invoice],
        parts: &[(Part<'_>, Result<Money, MissingRate>)],
    ) -> Result<Option<(Money, Money)>, MissingRate> {
        let value = value?;
        let mut left = value.amount;
        for invoice in invoices {
            left = left.saturating_sub(self.convert(invoice.asked_net())?.amount);
        }
        for (_, part) in parts {
            left = left.saturating_sub(whose.net((*part)?).amount);
        }
        let worth_it = left > Decimal::ZERO
            && left.saturating_mul(1_000.into()) > value.amount.saturating_mul(LEFT_PER_MILLE.into());
        let net = Money::new(left, value.currency).rounded();
        Ok(worth_it.then(|| (whose.gross(net), net)))
    }
}
