//! Items about money that was not asked for yet, did not come before work, or does not cover the hours.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cost::{self, Stake};
use super::view::{Case, DealSums, View};
use super::words::{date, distance, ordinal, sentence};
use super::{Item, ItemKind};
use crate::domain::{
    Arrival, Basis, Deal, DealId, Instalment, Invoice, MissingRate, Money, Phase, Table, Threshold, add_days,
    days_between,
};
use crate::figures::Shortfall;
use crate::figures::asked::{DownPayments, not_invoiced};
use crate::figures::words::amount_in_full;

pub(super) fn add(view: &View, shortfalls: &BTreeMap<DealId, Shortfall>, items: &mut Vec<Item>) {
    let deals = &view.known.facts.deals;
    let down = DownPayments::of(&view.known.facts, deals.iter().map(AsRef::as_ref));
    for deal in deals {
        let sums = view.sums(deal);
        let not_invoiced =
            delivered_not_invoiced(view, deal, &sums).or_else(|| instalment_not_invoiced(view, deal, &sums));
        items.extend(not_invoiced.map(|case| view.item(case)));
        items.extend(missing_down_payment(view, deal, &down, &sums).map(|case| view.item(case)));
        if view.known.client.ended.is_none() {
            items.extend(break_even(view, deal, &sums, shortfalls).map(|case| view.item(case)));
        }
    }
}

/// Delivered longer than `invoice_days` ago, and not all that is due was invoiced. Where nothing was on that day or later, that is
/// the value less what was invoiced before; without a value, any earlier invoice is taken for all of it. An invoice that followed
/// is taken for all but the instalments that are due and have none. Retainers are not invoiced on delivery, and an instalment that
/// is not due yet is waited for: the rest is not.
fn delivered_not_invoiced<'a>(view: &View, deal: &'a Deal, sums: &DealSums) -> Option<Case<'a>> {
    let delivered = view.delivered_on(deal)?;
    let wait = view.business.threshold_days(Threshold::InvoiceDays);
    let ago = days_between(delivered, view.day);
    if ago <= wait || view.phase(deal) == Phase::Lost || deal.basis == Some(Basis::Retainer) {
        return None;
    }
    if deal.instalments.is_none() && sums.is_invoiced_since(delivered) {
        return None;
    }
    let parts = not_invoiced(&view.known.facts, deal).map(|part| part.due);
    let parts: Vec<NaiveDate> = parts.filter(|due| *due < view.day).collect();
    let due = parts.iter().max().copied();
    let (_, stake) = missing(view, deal)?;
    let before = match (sums.invoices, due, parts.len()) {
        (0, ..) => "no invoice yet".to_owned(),
        (_, Some(due), 1) => format!("the instalment due on {} is not invoiced", date(due, view.day)),
        (_, Some(_), several) if several > 1 => format!("{several} instalments are due and not invoiced"),
        _ => "only part of it invoiced, before delivery".to_owned(),
    };
    let handed_over =
        format!("Delivered {}, on {}", distance(delivered, view.day), date(delivered, view.day));
    Some(Case {
        kind: ItemKind::DeliveredNotInvoiced,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([handed_over, before]),
        since: due
            .map(|due| add_days(due, 1))
            .into_iter()
            .fold(add_days(delivered, wait + 1), NaiveDate::max),
        changed: view.changed(deal),
        cost: cost::weekly(stake.value, cost::loss(ago)),
        stake,
    })
}

/// Of an order that is not delivered yet instalments are due, and no invoice asks for them.
fn instalment_not_invoiced<'a>(view: &View, deal: &'a Deal, sums: &DealSums) -> Option<Case<'a>> {
    let is_ordered = matches!(view.phase(deal), Phase::Won | Phase::Closed);
    if !is_ordered || view.delivered_on(deal).is_some() || deal.basis == Some(Basis::Retainer) {
        return None;
    }
    let due: Vec<&Instalment> =
        not_invoiced(&view.known.facts, deal).filter(|part| part.due < view.day).collect();
    let first = due.iter().min_by_key(|part| part.due)?;
    let last = due.iter().map(|part| part.due).max()?;
    let (_, stake) = missing(view, deal)?;
    let plan = deal.instalments.iter().flat_map(|plan| &plan.instalments);
    let which = match plan.filter(|part| part.due < first.due).count() {
        0 => "First".to_owned(),
        1 => "Second".to_owned(),
        2 => "Third".to_owned(),
        before => ordinal(before.saturating_add(1)),
    };
    let of = amount_in_full(first.amount);
    let when = format!("{}, on {}", distance(first.due, view.day), date(first.due, view.day));
    let was_due = match due.len() {
        1 => format!("{which} instalment of {of} was due {when}"),
        several => format!("{several} instalments were due, the first of {of} {when}"),
    };
    let billed = if sums.invoices == 0 { "no invoice yet" } else { "not invoiced" };
    Some(Case {
        kind: ItemKind::DeliveredNotInvoiced,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([was_due, billed.to_owned()]),
        since: add_days(last, 1),
        changed: view.changed(deal),
        cost: cost::weekly(stake.value, cost::loss(days_between(first.due, view.day))),
        stake,
    })
}

/// What is missing of a deal that is not all invoiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// What is left of its value, less what is not due yet.
    Rest,
    /// Instalments that are due.
    Instalments,
}

/// What is missing of a deal, and how much that is; `None` where nothing is. Before delivery that is only what its plan says is due.
pub(super) fn missing(view: &View, deal: &Deal) -> Option<(Missing, Stake)> {
    let sums = view.sums(deal);
    let followed = view.delivered_on(deal).is_none_or(|delivered| sums.is_invoiced_since(delivered));
    let due = match due_now(view, deal) {
        Ok(due) => due.map(Stake::known),
        Err(missing) => Some(Stake::unknown(view.business, missing.to_string())),
    };
    match (followed, deal.value) {
        (false, Some(_)) => rest(view, deal, &sums).map(|rest| (Missing::Rest, rest)),
        (true, Some(_)) => {
            let (due, rest) = (due?, rest(view, deal, &sums)?);
            let is_less = due.money.zip(rest.money).is_some_and(|(due, rest)| due.amount < rest.amount);
            Some(if is_less { (Missing::Instalments, due) } else { (Missing::Rest, rest) })
        }
        // Of a price nobody knows, only what the plan says is due is known to be missing.
        (false, None) if sums.invoices == 0 && due.is_none() => {
            let waits = matches!(not_due_yet(view, deal), Ok(Some(_)));
            (!waits).then(|| (Missing::Rest, view.deal_value(deal)))
        }
        (_, None) => due.map(|due| (Missing::Instalments, due)),
    }
}

/// What is left of a deal's value, less what was invoiced and what is not due yet.
fn rest(view: &View, deal: &Deal, sums: &DealSums) -> Option<Stake> {
    let unknown = |missing: &MissingRate| Some(Stake::unknown(view.business, missing.to_string()));
    let value = view.deal_value(deal);
    let Some(money) = value.money else { return Some(value) };
    let waits = match (&sums.missing_rate, not_due_yet(view, deal)) {
        (Some(missing), _) => return unknown(missing),
        (None, Err(missing)) => return unknown(&missing),
        (None, Ok(waits)) => waits.map_or(Decimal::ZERO, |waits| waits.amount),
    };
    let left = money.amount.saturating_sub(sums.invoiced).saturating_sub(waits);
    (left > Decimal::ZERO).then(|| Stake::known(Money::new(left, money.currency)))
}

/// The same of those that are due.
pub(super) fn due_now(view: &View, deal: &Deal) -> Result<Option<Money>, MissingRate> {
    net_of_parts(view, deal, |part| part.due < view.day)
}

/// What of a deal's value is in instalments that are neither invoiced nor due yet, net of tax, in the book's currency; `None`
/// where there are none. Instalments are gross: of a plan that comes to more than the value, each is that part of the value.
pub(super) fn not_due_yet(view: &View, deal: &Deal) -> Result<Option<Money>, MissingRate> {
    net_of_parts(view, deal, |part| part.due >= view.day)
}

fn net_of_parts(
    view: &View,
    deal: &Deal,
    counts: impl Fn(&Instalment) -> bool,
) -> Result<Option<Money>, MissingRate> {
    let sum = |parts: &[&Instalment]| {
        parts.iter().try_fold(Decimal::ZERO, |sum, part| {
            Ok::<_, MissingRate>(sum.saturating_add(view.business.convert(part.amount, view.day)?.amount))
        })
    };
    let parts: Vec<&Instalment> = not_invoiced(&view.known.facts, deal).filter(|part| counts(part)).collect();
    if parts.is_empty() {
        return Ok(None);
    }
    let plan: Vec<&Instalment> = deal.instalments.iter().flat_map(|plan| &plan.instalments).collect();
    let (parts, plan) = (sum(&parts)?, sum(&plan)?);
    let value = view.deal_value(deal).money.map_or(plan, |value| value.amount);
    let net =
        if plan > value { parts.saturating_mul(value).checked_div(plan).unwrap_or(parts) } else { parts };
    Ok(Some(Money::new(net, view.business.currency).rounded()))
}

/// A down payment was asked for and has not come: after `down_payment_days` while work goes on; else after `agreement_days`, where no
/// invoice asks for it: one that does is chased itself once it is late. What is delivered is asked for by its own invoice. It is a chase like any other: it waits while they were reminded of money lately, and while a day they promised lies ahead for a payment,
/// or an invoice is disputed; once that is late, the chase of the client names it.
fn missing_down_payment<'a>(
    view: &View,
    deal: &'a Deal,
    all: &DownPayments<'_>,
    sums: &DealSums,
) -> Option<Case<'a>> {
    let down = deal.down_payment.as_ref()?;
    if !view.is_alive(deal) || view.delivered_on(deal).is_some() {
        return None;
    }
    let to_come = all.to_come(view.business, deal, view.day)?;
    let paused = to_come.invoice.is_some_and(|invoice| invoice.due < view.day || invoice.is_paused(view.day));
    let paused = paused || view.is_payment_promised(Some(&deal.id));
    if paused || view.is_chase_paused() || view.was_chased_lately() || view.was_checked_in_on_lately() {
        return None;
    }
    let asked_by = match to_come.invoice {
        Some(invoice) => format!(" by invoice {}", invoice.number),
        None => ", without an invoice".to_owned(),
    };
    let of_invoice = to_come.invoice.filter(|it| it.deal.as_ref() != Some(&deal.id));
    let changed = Arrival::later(view.changed(deal), of_invoice.and_then(Invoice::changed_on));
    let stake = Stake::converted(view.business, to_come.amount);
    let wait = view.business.threshold_days(Threshold::AgreementDays);
    let asked = format!("Asked for {}{asked_by}", distance(down.asked, view.day));
    let (paid, of) = match to_come.invoice {
        Some(invoice) => (invoice.paid(), invoice.asked()),
        None => (Money::new(to_come.came, view.business.currency), down.amount),
    };
    let came = (paid.amount > Decimal::ZERO)
        .then(|| format!("{} of {} paid", amount_in_full(paid), amount_in_full(of)));
    let (since, why, per_mille) = match view.work_goes_on_since(deal) {
        Some(work) => {
            let wait = view.business.threshold_days(Threshold::DownPaymentDays);
            let since = work.max(add_days(down.asked, wait + 1));
            if since > view.day {
                return None;
            }
            let why = format!("work goes on since {}{}", date(work, view.day), hours(sums));
            let why = sentence([asked, came.unwrap_or_default(), why]);
            (since, why, cost::DOWN_PAYMENT_AT_WORK)
        }
        None if to_come.invoice.is_none() && days_between(down.asked, view.day) > wait => {
            let came = came.unwrap_or_else(|| "not paid".to_owned());
            let why = sentence([asked, format!("{came}, and work has not begun")]);
            (add_days(down.asked, wait + 1), why, cost::DOWN_PAYMENT_IDLE)
        }
        None => return None,
    };
    Some(Case {
        kind: ItemKind::MissingDownPayment,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why,
        since: view.promised_payment_passed(Some(&deal.id)).map_or(since, |passed| passed.max(since)),
        changed,
        cost: cost::weekly(stake.value, per_mille),
        stake,
    })
}

fn hours(sums: &DealSums) -> String {
    if sums.hours.is_zero() {
        String::new()
    } else {
        let unit = if sums.hours == Decimal::ONE { "hour" } else { "hours" };
        format!(", {} {unit} so far", crate::written::decimal(sums.hours))
    }
}

/// A deal brings no more than the break-even rate for its hours: while it is to be served, and for
/// `break_even_days` after delivery.
fn break_even<'a>(
    view: &View,
    deal: &'a Deal,
    sums: &DealSums,
    shortfalls: &BTreeMap<DealId, Shortfall>,
) -> Option<Case<'a>> {
    let shortfall = shortfalls.get(&deal.id)?;
    let last_work = sums.last_work?;
    let compared = view.business.threshold_days(Threshold::BreakEvenDays);
    let recent =
        view.delivered_on(deal).is_none_or(|delivered| days_between(delivered, view.day) <= compared);
    if !recent {
        return None;
    }
    Some(Case {
        kind: ItemKind::BreakEvenProject,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([shortfall.words()]),
        since: last_work,
        changed: view.changed(deal),
        cost: cost::weekly(shortfall.value.amount, cost::BREAK_EVEN),
        stake: Stake::known(shortfall.value),
    })
}
