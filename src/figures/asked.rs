//! What a deal asks for in parts: instalments and the down payment, and whether they were invoiced or came.
//!
//! A deal names an invoice without saying since when. So an invoice counts only once it is among the facts known: before
//! that nobody had sent it.

use rust_decimal::Decimal;

use chrono::NaiveDate;

use crate::domain::{Business, Deal, Facts, Instalment, Invoice, InvoiceId, MissingRate, Money};

/// The invoice of that name, if it was sent by then.
fn sent<'a>(known: &'a Facts, invoice: Option<&InvoiceId>) -> Option<&'a Invoice> {
    known.get::<Invoice>(invoice?.as_str()).map(AsRef::as_ref)
}

/// Instalments of a deal that no invoice among the facts `known` asks for yet.
pub(super) fn not_invoiced<'a>(known: &'a Facts, deal: &'a Deal) -> impl Iterator<Item = &'a Instalment> {
    let parts = deal.instalments.iter().flat_map(|plan| &plan.instalments);
    parts.filter(|part| sent(known, part.invoice.as_ref()).is_none())
}

/// What of a down payment is still to come.
pub(super) struct ToCome<'a> {
    /// How much, in the book's currency.
    pub(super) amount: Result<Money, MissingRate>,
    /// The invoice that asks for it.
    pub(super) invoice: Option<&'a Invoice>,
}

/// What of a deal's down payment is still to come at the end of `day`. `None` where none was asked for, and when it came:
/// its invoice is settled or written off, or, where none was sent under its name, the deal's payments reach its amount.
pub(super) fn down_payment_to_come<'a>(
    business: &Business,
    known: &'a Facts,
    deal: &Deal,
    day: NaiveDate,
) -> Option<ToCome<'a>> {
    let down = deal.down_payment.as_ref()?;
    if let Some(invoice) = sent(known, down.invoice.as_ref()) {
        let open = invoice.open();
        let amount = business.convert(open, day);
        return (open.amount > Decimal::ZERO).then_some(ToCome { amount, invoice: Some(invoice) });
    }
    let amount = business.convert(down.amount, day);
    let of_deal = known.invoices.iter().filter(|invoice| invoice.deal.as_ref() == Some(&deal.id));
    // A payment without a rate cannot be counted.
    let paid = of_deal.filter_map(|invoice| business.convert(invoice.paid(), day).ok());
    let paid = paid.fold(Decimal::ZERO, |sum, paid| sum.saturating_add(paid.amount));
    let came = amount.as_ref().is_ok_and(|amount| paid >= amount.amount);
    (!came).then_some(ToCome { amount, invoice: None })
}
