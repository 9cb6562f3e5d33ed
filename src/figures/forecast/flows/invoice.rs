//! Open invoices, and credit notes that are not settled.

use rust_decimal::Decimal;

use crate::domain::{ClientFacts, Invoice, Money, Table};

use super::part::is_of_deal;
use super::{Flow, FlowKind, Gather, Layer, When, Whose};

/// What an invoice of this client stands for, so that it is not expected once more: the retainer or deal it names, else the
/// deal whose plan names it, else the retainer whose fee it asks. `None` where nothing waits for it.
pub(in crate::figures::forecast) fn stands_for(
    known: &ClientFacts,
    invoice: &Invoice,
) -> Option<(Table, String)> {
    let retainer = |id: &dyn std::fmt::Display| (Table::Retainers, id.to_string());
    let deal = |id: &dyn std::fmt::Display| (Table::Deals, id.to_string());
    if let Some(named) = &invoice.retainer {
        return Some(retainer(named));
    }
    if let Some(named) = &invoice.deal {
        return Some(deal(named));
    }
    let planned = known.facts.deals.iter().find(|it| is_of_deal(it, invoice));
    let fee = || known.retainer_of(invoice);
    planned.map(|it| deal(&it.id)).or_else(|| fee().map(|it| retainer(&it.id)))
}

impl Gather<'_> {
    /// What is left of each invoice comes as its client pays; a credit note goes out likewise. What was paid beyond an
    /// invoice is nothing to come or go: nobody said what becomes of it.
    pub(super) fn invoices(&mut self, whose: &Whose<'_>) {
        for invoice in &whose.known.facts.invoices {
            let (total, open) = (invoice.total().amount, invoice.open());
            let to_settle = if total.is_sign_negative() {
                open.amount < Decimal::ZERO
            } else {
                open.amount > Decimal::ZERO
            };
            if !to_settle || invoice.issued > self.day {
                continue;
            }
            match (self.convert(open), self.convert(net_of(invoice, open))) {
                (Ok(amount), Ok(income)) => self.flows.push(Flow {
                    key: format!("invoices/{}", invoice.id),
                    layer: Layer::Committed,
                    kind: FlowKind::Invoice,
                    client: Some(whose.client()),
                    what: what(invoice),
                    record: Some((Table::Invoices, invoice.id.to_string())),
                    amount,
                    income,
                    due: Some(invoice.due),
                    when: When::After(self.habits.of_invoice(invoice)),
                }),
                (Err(why), _) | (_, Err(why)) => self.leave_out(what(invoice), open, why),
            }
        }
    }
}

fn what(invoice: &Invoice) -> String {
    let kind = if invoice.is_credit_note() { "Credit note" } else { "Invoice" };
    format!("{kind} {}", invoice.number)
}

/// The net part of what is open: the invoice's net less the net part of what was paid or set off, so that the parts add
/// up to it.
fn net_of(invoice: &Invoice, open: Money) -> Money {
    let total = invoice.total();
    let net = invoice.net().unwrap_or(total);
    let paid = total.amount - open.amount;
    let share = net.amount.checked_div(total.amount);
    let part = share.and_then(|share| paid.checked_mul(share)).unwrap_or(paid);
    Money::new(net.amount - Money::new(part, net.currency).rounded().amount, net.currency)
}
