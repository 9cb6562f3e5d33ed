//! Items about invoices that are late: at most one chase a client within `chase_days`.
//!
//! All that a client owes late is one item, that of the invoice due first, or first of those with a broken promise, which names the others and puts all of it at
//! stake: it is that invoice's from day to day, so that a mark on it holds until it is paid. A reminder of money, whatever for, keeps it away for `chase_days`; so does the word that asked for nothing and came
//! first, for it is worth nothing with a reminder on its heels. A day promised for one of their
//! invoices, or a dispute about one, keeps the whole chase away until the day has passed or the dispute is settled; so does
//! whatever they promised to pay that may be one that is late, and for `chase_days` a heads-up about one. Credit notes
//! that are not set off yet, and what was paid too much, go off it: where they cover all of it there is nothing to ask for, and the
//! item says to settle it against them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cost::{self, Stake};
use super::paying::first_due_of_a_payer;
use super::view::{Case, View};
use super::words::{counted, date, days, distance, ordinal, sentence};
use super::{Item, ItemKind};
use crate::domain::{
    Arrival, Business, ClientFacts, Dispute, Invoice, Money, PromisedPayment, Table, add_days, days_between,
};
use crate::figures::credit::LateLessCredit;
use crate::figures::draft::is_about_money;
use crate::figures::flow::Flows;
use crate::figures::standing::Standing;
use crate::figures::words::amount_in_full;

/// What is late of an invoice.
struct Late<'a> {
    invoice: &'a Invoice,
    /// In the invoice's currency.
    open: Money,
    case: Case<'a>,
}

pub(super) fn add(view: &View, items: &mut Vec<Item>) {
    let (chases, disputed): (Vec<Late<'_>>, Vec<Late<'_>>) =
        late(view).partition(|it| it.case.kind.is_chase());
    items.extend(disputed.into_iter().map(|it| view.item(it.case)));
    if !view.is_chase_paused() && !view.was_chased_lately() && !view.was_checked_in_on_lately() {
        items.extend(one_chase(view, chases).map(|case| view.item(case)));
    }
}

/// What is late, or disputed.
fn late<'a>(view: &View<'a>) -> impl Iterator<Item = Late<'a>> {
    let first_due = first_due_of_a_payer(view.invoices);
    let open = view.invoices.iter().filter(|state| state.is_open());
    open.filter_map(move |state| {
        let case = open_invoice(view, state, first_due)?;
        Some(Late { invoice: state.invoice, open: state.open, case })
    })
}

/// An open invoice: overdue, or with a broken promise to pay, which takes the place of the overdue item. It waits while
/// the day they promised still lies ahead; a dispute comes first. Both resume by themselves.
fn open_invoice<'a>(view: &View, state: &Standing<'a>, first_due: Option<NaiveDate>) -> Option<Case<'a>> {
    let invoice = state.invoice;
    let disputed_until = invoice.disputes.iter().filter_map(|dispute| dispute.until).max();
    let promised = invoice.last_promise();
    let late = days_between(invoice.due, view.day);
    let loss = cost::loss(late);
    let (kind, from, why, per_mille) = match promised {
        _ if invoice.open_dispute().is_some() && late <= 0 => return None,
        _ if let Some(dispute) = invoice.open_dispute() => (
            ItemKind::DisputedInvoice,
            invoice.due.max(dispute.from),
            disputed_why(view, state, dispute, late),
            loss,
        ),
        Some(promised) if promised.pay_by >= view.day => return None,
        Some(promised) => {
            let why = broken_promise_why(view, state, promised, late);
            (ItemKind::BrokenPromiseToPay, promised.pay_by, why, 2 * loss)
        }
        None if late <= 0 => return None,
        None => {
            let why = overdue_why(view, state, late, first_due == Some(invoice.due));
            (ItemKind::OverdueInvoice, invoice.due, why, loss)
        }
    };
    let stake = Stake::converted(view.business, view.business.convert(state.open, view.day));
    Some(Case {
        kind,
        table: Table::Invoices,
        record: invoice.id.as_str(),
        title: format!("Invoice {}", invoice.number),
        why,
        since: add_days(disputed_until.map_or(from, |until| until.max(from)), 1)
            .max(view.pause_passed(invoice).unwrap_or(NaiveDate::MIN)),
        changed: invoice.changed_on(),
        cost: cost::weekly(stake.value, per_mille),
        stake,
    })
}

/// One chase for all that is late: that of the invoice due first, which names the others.
fn one_chase<'a>(view: &View, mut chases: Vec<Late<'a>>) -> Option<Case<'a>> {
    chases.sort_by(|a, b| {
        // A broken word says more than a day that passed.
        let order = |it: &Late<'_>| (it.case.kind != ItemKind::BrokenPromiseToPay, it.invoice.due);
        order(a).cmp(&order(b)).then_with(|| a.invoice.id.cmp(&b.invoice.id))
    });
    let left = LateLessCredit::of(&view.known.facts, chases.iter().map(|it| it.open));
    let mut chases = chases.into_iter();
    let mut lead = chases.next()?.case;
    let others: Vec<Late<'_>> = chases.collect();
    let named = others.iter().map(|it| {
        let late = days_between(it.invoice.due, view.day);
        format!("{} ({}, {} late)", it.invoice.number, amount_in_full(it.open), days(late))
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let with = if named.is_empty() { String::new() } else { format!("and with it {named}") };
    let credit = match left.credits.as_slice() {
        [] => String::new(),
        _ if left.is_covered() => format!("covered by {}: settle it against that", left.named()),
        _ => format!("set off {} first: {} is left", left.named(), left.rest_words(amount_in_full)),
    };
    lead.why = sentence([lead.why, with, credit]);
    for Late { case, .. } in others {
        lead.stake = lead.stake.and(case.stake);
        let late = Some(Arrival { day: case.since, times: 1 });
        lead.changed = Arrival::later(Arrival::later(lead.changed, case.changed), late);
        lead.cost.share = lead.cost.share.max(case.cost.share);
    }
    for credit in left.credits {
        // Without a rate what is late is unknown too.
        if let Ok(used) = view.business.convert(credit.used, view.day) {
            lead.stake = lead.stake.less(used);
        }
    }
    lead.cost.of = lead.stake.value;
    Some(lead)
}

/// What they promised to pay is the chase's while something is late, and else that of the down payment that it may be about: no item
/// of its own. Where that asks for it again, it says so.
pub(super) fn take_over_promises(view: &View, items: &mut Vec<Item>) {
    let is_late = view.invoices.iter().any(|it| it.is_open() && it.invoice.due < view.day);
    let broken = view.known.facts.promises.iter().filter(|promise| {
        promise.is_owed_by_them() && promise.due_now() < view.day && is_about_money(&promise.what)
    });
    for promise in broken {
        let of_deal = |item: &Item| promise.deal.as_ref().is_none_or(|deal| deal.as_str() == item.record);
        let down = |item: &Item| item.kind == ItemKind::MissingDownPayment && of_deal(item);
        let chase = items.iter().position(|item| item.kind.is_chase());
        let asks = chase.or_else(|| items.iter().position(down));
        let asks = asks.and_then(|at| items.get_mut(at));
        if !is_late && asks.is_none() {
            continue;
        }
        if let Some(item) = asks {
            let said = format!("they promised to pay by {}", date(promise.due_now(), view.day));
            item.why = sentence([std::mem::take(&mut item.why), said]);
        }
        items.retain(|it| it.kind != ItemKind::TheirPromiseBroken || it.record != promise.id.as_str());
    }
}

/// All that a chase of the client is for, less what of ours is theirs.
pub(super) fn less_credit<'a>(view: &View<'a>) -> LateLessCredit<'a> {
    LateLessCredit::of(&view.known.facts, chased(view).into_iter().map(Invoice::open))
}

/// The ids of the invoices that the chase of a client is for, from its facts as known at the end of `day`.
pub(in crate::figures) fn chased_invoices(
    business: &Business,
    known: &ClientFacts,
    invoices: &[Standing<'_>],
    flows: &Flows,
    day: NaiveDate,
) -> Vec<String> {
    // What kind of client it is changes nothing about what is late.
    let view = View::new(business, known, invoices, flows, None, day);
    chased(&view).iter().map(|invoice| invoice.id.to_string()).collect()
}

/// The invoices that the chase of a client is for, where there is one.
pub(super) fn chased<'a>(view: &View<'a>) -> Vec<&'a Invoice> {
    late(view).filter(|it| it.case.kind.is_chase()).map(|it| it.invoice).collect()
}

fn disputed_why(view: &View, state: &Standing<'_>, dispute: &Dispute, late: i64) -> String {
    let since = format!("Disputed since {}", date(dispute.from, view.day));
    let about = dispute.about.clone().unwrap_or_default();
    let late = format!("{} late", days(late));
    sentence([since, about, late, paid_in_part(state), "settle that before any reminder".to_owned()])
}

fn overdue_why(view: &View, state: &Standing<'_>, late: i64, is_first_due: bool) -> String {
    let habit = match view.habit {
        Some(habit) if habit.late == 0 && is_first_due => {
            format!("out of character: {} before it were paid on time", habit.settled)
        }
        Some(habit) => {
            let usual = match habit.delay_days {
                0 => "on the due day".to_owned(),
                late if late > 0 => format!("{} late", days(late)),
                early => format!("{} early", days(-early)),
            };
            format!("usually pays {usual}, from {} invoices", habit.settled)
        }
        None => String::new(),
    };
    let trifle = state.invoice.is_trifle().then(|| "too little to ask for: write it off".to_owned());
    sentence([
        format!("{} late", days(late)),
        habit,
        paid_in_part(state),
        reminders(view, state.invoice),
        trifle.unwrap_or_default(),
    ])
}

fn paid_in_part(state: &Standing<'_>) -> String {
    let paid = state.paid;
    if paid.amount > Decimal::ZERO {
        format!("{} of {} paid", amount_in_full(paid), amount_in_full(state.asked))
    } else {
        String::new()
    }
}

fn reminders(view: &View, invoice: &Invoice) -> String {
    view.touches.reminders_of(invoice).map_or_else(String::new, |(count, last)| {
        let sent = counted(count, "reminder", "reminders");
        format!("{sent} sent, the last {}", distance(last, view.day))
    })
}

fn broken_promise_why(view: &View, state: &Standing<'_>, promised: &PromisedPayment, late: i64) -> String {
    let invoice = state.invoice;
    let broken = invoice.promised.iter().filter(|promised| promised.pay_by < view.day).count();
    let again =
        if broken > 1 { format!("the {} day promised for it", ordinal(broken)) } else { String::new() };
    let late = if late > 0 { format!("{} late", days(late)) } else { String::new() };
    let passed = distance(promised.pay_by, view.day);
    let said = format!("Promised for {}, {passed}, and still open", date(promised.pay_by, view.day));
    sentence([said, again, late, paid_in_part(state), reminders(view, invoice)])
}
