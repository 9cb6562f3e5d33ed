//! What a deal asks for in parts: instalments and the down payment, and whether they were invoiced or came.
//!
//! A deal names an invoice without saying since when. So an invoice counts only once it is among the facts known: before
//! that nobody had sent it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, Deal, DealId, DownPayment, Facts, Instalment, Invoice, InvoiceId, MissingRate, Money, Phase,
};

use super::delivery::delivered_on;
use super::jobs::phase_of;

/// The invoice of that name, if it was sent by then.
fn sent<'a>(known: &'a Facts, invoice: Option<&InvoiceId>) -> Option<&'a Invoice> {
    known.get::<Invoice>(invoice?.as_str()).map(AsRef::as_ref)
}

/// Instalments of a deal that no invoice among the facts `known` asks for yet. Where they come to all of its value, an invoice of the
/// deal that none of them names is that of the first one of just its amount.
pub(super) fn not_invoiced<'a>(known: &'a Facts, deal: &'a Deal) -> impl Iterator<Item = &'a Instalment> {
    let parts = || deal.instalments.iter().flat_map(|plan| &plan.instalments);
    let named: BTreeSet<&InvoiceId> = parts().filter_map(|part| part.invoice.as_ref()).collect();
    let is_all = plan_of(deal).is_some_and(|plan| deal.value.is_none_or(|value| plan.amount >= value.amount));
    let is_unnamed = |it: &&Arc<Invoice>| it.deal.as_ref() == Some(&deal.id) && !named.contains(&it.id);
    let unnamed = is_all.then(|| known.invoices.iter().filter(is_unnamed).map(|it| it.asked()));
    let mut unnamed: Vec<Money> = unnamed.into_iter().flatten().collect();
    parts().filter(move |part| {
        if sent(known, part.invoice.as_ref()).is_some() {
            return false;
        }
        let alike = unnamed.iter().position(|asked| *asked == part.amount);
        alike.is_none_or(|at| {
            unnamed.remove(at);
            false
        })
    })
}

/// What is not billed yet of a deal's value, net of tax; `None` where nothing is left, or nobody said what it is worth.
pub(super) fn left_to_bill(known: &Facts, deal: &Deal) -> Option<Money> {
    let value = deal.value?;
    let of_deal = known.invoices.iter().filter(|it| it.deal.as_ref() == Some(&deal.id));
    let billed = of_deal.map(|it| it.asked_net()).filter(|net| net.currency == value.currency);
    let billed = billed.fold(Decimal::ZERO, |sum, net| sum.saturating_add(net.amount));
    let left = value.amount.saturating_sub(billed);
    (left > Decimal::ZERO).then(|| Money::new(left, value.currency))
}

/// What the next invoice of a deal asks for, net of tax: the first instalment that none asks for yet, else what is left of the
/// value. Instalments are gross: of a plan that comes to more than the value, each is that part of the value.
#[must_use]
pub fn next_bill(known: &Facts, deal: &Deal) -> Option<Money> {
    let left = left_to_bill(known, deal);
    let Some(part) = not_invoiced(known, deal).min_by_key(|part| part.due).map(|part| part.amount) else {
        return left;
    };
    let Some(value) = deal.value.filter(|value| value.currency == part.currency) else { return Some(part) };
    let plan = plan_of(deal).map_or(value.amount, |plan| plan.amount.max(value.amount));
    let net = part.amount.saturating_mul(value.amount).checked_div(plan).unwrap_or(part.amount);
    left.map(|left| Money::new(net.min(left.amount), part.currency).rounded())
}

/// The deals that are alive and not delivered, and of whose down payment, for which no invoice asks, something is to come.
#[must_use]
pub fn asked_without_invoice<'a>(business: &Business, known: &'a Facts, day: NaiveDate) -> Vec<&'a Deal> {
    let stages = business.stages();
    let is_alive = |deal: &Deal| {
        let phase = deal.stage().and_then(|at| phase_of(&stages, &at.stage));
        matches!(phase, None | Some(Phase::Open | Phase::Won)) && delivered_on(&stages, deal).is_none()
    };
    let waits = |deal: &Deal| {
        down_payment_to_come(business, known, deal, day).is_some_and(|to_come| to_come.invoice.is_none())
    };
    known.deals.iter().map(AsRef::as_ref).filter(|deal| is_alive(deal) && waits(deal)).collect()
}

/// What the instalments of a deal come to in the currency of its value, else of the first of them; `None` where there are none.
fn plan_of(deal: &Deal) -> Option<Money> {
    let parts = || deal.instalments.iter().flat_map(|plan| &plan.instalments).map(|part| part.amount);
    let currency = deal.value.or_else(|| parts().next())?.currency;
    let alike: Vec<Decimal> = parts().filter(|it| it.currency == currency).map(|it| it.amount).collect();
    (!alike.is_empty())
        .then(|| Money::new(alike.into_iter().fold(Decimal::ZERO, Decimal::saturating_add), currency))
}

/// Whether something was invoiced for a deal on a day or later, credit notes apart.
pub(super) fn invoiced_since(known: &Facts, deal: &DealId, day: NaiveDate) -> bool {
    let mut of_deal = known.invoices.iter().filter(|it| it.deal.as_ref() == Some(deal));
    of_deal.any(|it| it.issued >= day && it.asked().amount > Decimal::ZERO)
}

/// What of a down payment is still to come.
pub(super) struct ToCome<'a> {
    /// How much, in the book's currency.
    pub(super) amount: Result<Money, MissingRate>,
    /// What came of it, where no invoice asks for it; in the book's currency.
    pub(super) came: Decimal,
    /// The invoice that asks for it.
    pub(super) invoice: Option<&'a Invoice>,
}

/// The invoices that down payments rest on, gone through once for all of a client's deals.
#[derive(Default)]
pub(super) struct DownPayments<'a> {
    /// Those that a down payment names.
    named: BTreeMap<&'a InvoiceId, &'a Invoice>,
    /// Those that name a deal with a down payment.
    of_deals: BTreeMap<&'a DealId, Vec<&'a Invoice>>,
}

impl<'a> DownPayments<'a> {
    /// Of some `deals` of a client, from its facts as `known`.
    pub(super) fn of(known: &'a Facts, deals: impl Iterator<Item = &'a Deal>) -> Self {
        let asked = deals.filter_map(|deal| Some((deal, deal.down_payment.as_ref()?)));
        let (mut ids, mut of_deals) = (BTreeSet::new(), BTreeMap::new());
        for (deal, down) in asked {
            ids.extend(&down.invoice);
            of_deals.insert(&deal.id, Vec::new());
        }
        let mut named = BTreeMap::new();
        if !of_deals.is_empty() {
            for invoice in known.invoices.iter().map(AsRef::as_ref) {
                if ids.contains(&invoice.id) {
                    named.insert(&invoice.id, invoice);
                }
                if let Some(those) = invoice.deal.as_ref().and_then(|deal| of_deals.get_mut(deal)) {
                    those.push(invoice);
                }
            }
        }
        Self { named, of_deals }
    }

    /// The invoice that a down payment names, if it was sent by then.
    pub(super) fn invoice(&self, down: &DownPayment) -> Option<&'a Invoice> {
        self.named.get(down.invoice.as_ref()?).copied()
    }

    /// Whether a deal's down payment had come by a day: its invoice was settled by then with money, or, where none was sent under its name, the
    /// payments of the deal until then reach its amount.
    pub(super) fn came_by(&self, business: &Business, deal: &Deal, day: NaiveDate) -> bool {
        let Some(down) = &deal.down_payment else { return false };
        if let Some(invoice) = self.invoice(down) {
            return invoice.settled_on().is_some_and(|settled| settled <= day);
        }
        let payments =
            self.of_deals.get(&deal.id).into_iter().flatten().flat_map(|invoice| invoice.received());
        let by_then = payments.filter(|payment| payment.day <= day);
        // A payment without a rate cannot be counted.
        let paid = by_then.filter_map(|payment| business.convert(payment.amount, payment.day).ok());
        let paid = paid.fold(Decimal::ZERO, |sum, paid| sum.saturating_add(paid.amount));
        business.convert(down.amount, day).is_ok_and(|amount| paid >= amount.amount)
    }

    /// What of a deal's down payment is still to come at the end of `day`. `None` where none was asked for, and when it came
    /// or is asked for no more: its invoice is settled, set off or written off, or, where none was sent under its name, the deal's payments reach its amount.
    pub(super) fn to_come(&self, business: &Business, deal: &Deal, day: NaiveDate) -> Option<ToCome<'a>> {
        let down = deal.down_payment.as_ref()?;
        if let Some(invoice) = self.invoice(down) {
            let open = invoice.open();
            let amount = business.convert(open, day);
            return (open.amount > Decimal::ZERO).then_some(ToCome {
                amount,
                came: Decimal::ZERO,
                invoice: Some(invoice),
            });
        }
        let amount = business.convert(down.amount, day);
        let of_deal = self.of_deals.get(&deal.id).into_iter().flatten();
        // A payment without a rate cannot be counted.
        let paid = of_deal.filter_map(|invoice| business.convert(invoice.paid(), day).ok());
        let came = paid.fold(Decimal::ZERO, |sum, paid| sum.saturating_add(paid.amount)).max(Decimal::ZERO);
        if amount.as_ref().is_ok_and(|amount| came >= amount.amount) {
            return None;
        }
        let rest = |amount: Money| Money::new(amount.amount.saturating_sub(came), amount.currency);
        Some(ToCome { amount: amount.map(rest), came, invoice: None })
    }
}

/// Whether the down payment of a single deal had come by a day.
#[must_use]
pub fn down_payment_came(business: &Business, known: &Facts, deal: &Deal, day: NaiveDate) -> bool {
    DownPayments::of(known, std::iter::once(deal)).came_by(business, deal, day)
}

/// What of the down payment of a single deal is still to come.
pub(super) fn down_payment_to_come<'a>(
    business: &Business,
    known: &'a Facts,
    deal: &'a Deal,
    day: NaiveDate,
) -> Option<ToCome<'a>> {
    DownPayments::of(known, std::iter::once(deal)).to_come(business, deal, day)
}
