//! Which changes are offered at a client: those that its facts leave room for.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Basis, Business, ClientFacts, Deal, DealId, Direction, Money, Party, Phase, Promise, Threshold,
    days_between,
};
use crate::figures::forecast::dormancy::{Order, orders_of};
use crate::figures::health::effort::UnderWay;
use crate::figures::health::{Effort, Look, effort, lines, price};
use crate::figures::standing::Standing;
use crate::figures::sum::converted;

use super::change::{Change, UpTo, work_stages};

/// So many further orders, and next jobs, are offered.
const TIMES: u8 = 3;
/// Of one kind, so many records are offered for change at most.
const MOST_OFFERED: usize = 24;
/// What is asked where nothing tells what they usually order, in the book's currency.
const ORDER_WITHOUT_HISTORY: i64 = 1000;

/// What can be brought about at a client with these facts, as `known` at the end of `day`, in the order of the table.
#[must_use]
pub fn offered(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<Change> {
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let stages = business.stages();
    offers(&Look::new(business, &stages, known, &invoices, day))
}

/// The same of a client that is looked at already.
pub(super) fn offers(look: &Look<'_>) -> Vec<Change> {
    let (facts, day) = (&look.known.facts, look.day);
    let mut offers = Vec::new();
    // With whom it has ended, there is nothing to bring about.
    if look.known.client.over().is_some() {
        return offers;
    }
    let in_book = |money: Money| converted(look.business, money, day).map(|it| it.amount).unwrap_or_default();
    let overdue = look.invoices.iter().filter(|it| it.is_open() && it.invoice.due < day);
    let weight =
        |it: &&Standing<'_>| in_book(it.open).saturating_mul(days_between(it.invoice.due, day).into());
    for it in foremost(overdue, weight) {
        let (invoice, number) = (it.invoice.id.clone(), it.invoice.number.clone());
        offers.push(Change::TheyPay { invoice, number, open: it.open });
    }
    let disputed = look.invoices.iter().filter(|it| it.invoice.open_dispute().is_some());
    for it in foremost(disputed, |it| in_book(it.asked)) {
        offers.push(Change::Settle { invoice: it.invoice.id.clone(), number: it.invoice.number.clone() });
    }
    let usual = usual_order(look);
    // Whoever is leaving neither orders nor agrees anything more.
    let goes_on = look.known.client.end().is_none();
    let can_be_won = goes_on && work_stages(look.stages).next().is_some();
    if can_be_won {
        offers.extend((1..=TIMES).map(|nth| Change::FurtherOrder { nth, amount: usual }));
    }
    offers.extend(bills(look, goes_on));
    // Of what is delivered nothing can be left out any more.
    let at_work = |deal: &Deal| deal.delivered.is_none() && look.phase(deal) == Some(Phase::Won);
    let discounted = facts.deals.iter().filter(|deal| at_work(deal));
    let discounted = discounted.filter(|deal| price::discounted_without_less(look, deal).is_some());
    for it in foremost(discounted, |it| it.value.map(in_book)) {
        offers.push(Change::LessScope { deal: it.id.clone(), title: it.title.clone() });
    }
    if can_be_won {
        offers.extend((1..=TIMES).map(|nth| Change::NextJob { nth, amount: usual }));
    }
    offers.extend([Change::IGetInTouch, Change::TheyGetInTouch]);
    let touches = look.touches();
    for direction in [Direction::In, Direction::Out] {
        let unanswered =
            lines::questions(look.known, &touches, direction).into_iter().filter(|(_, answered)| !answered);
        for (it, _) in foremost(unanswered, |(it, _)| Reverse(it.day)) {
            let (touch, asked) = (it.id.clone(), it.day);
            offers.push(match direction {
                Direction::In => Change::IAnswer { touch, asked },
                Direction::Out => Change::TheyAnswer { touch, asked },
            });
        }
    }
    for by in [Party::Me, Party::Them] {
        let to_keep = |it: &&Arc<Promise>| it.by == by && it.kept.is_none() && it.due_now() >= day;
        for it in foremost(facts.promises.iter().filter(to_keep), |it| Reverse(it.due_now())) {
            let (promise, what) = (it.id.clone(), it.what.clone());
            offers.push(match by {
                Party::Me => Change::IKeep { promise, what },
                Party::Them => Change::TheyKeep { promise, what },
            });
        }
    }
    offers.extend(goes_on.then(|| Change::RegularFee {
        amount: Money::new(usual.amount / Decimal::TEN, usual.currency).rounded(),
    }));
    offers.extend([Change::Praise, Change::Testimonial, Change::Referral]);
    offers
}

/// The records that weigh most, in the order they come; nobody sets about more at once.
fn foremost<T, W: Ord>(
    records: impl Iterator<Item = T>,
    weight: impl Fn(&T) -> W,
) -> impl Iterator<Item = T> {
    let mut records: Vec<(usize, T)> = records.enumerate().collect();
    if records.len() > MOST_OFFERED {
        records.sort_by_cached_key(|(at, record)| (Reverse(weight(record)), *at));
        records.truncate(MOST_OFFERED);
        records.sort_by_key(|(at, _)| *at);
    }
    records.into_iter().map(|(_, record)| record)
}

/// What they usually order for: the middle of what their orders were invoiced for, net and without regular fees, or else of what
/// their deals are worth; in the book's currency.
fn usual_order(look: &Look<'_>) -> Money {
    let book = look.business;
    let positive = |amount: &Decimal| *amount > Decimal::ZERO;
    let net = |order: &Order<'_>| {
        let each = order.invoices.iter().filter_map(|it| converted(book, it.asked_net(), it.issued).ok());
        each.fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.amount))
    };
    let mut amounts: Vec<Decimal> = orders_of(look.known).iter().map(net).filter(positive).collect();
    if amounts.is_empty() {
        let values = look.known.facts.deals.iter().filter_map(|deal| deal.value);
        let values = values.filter_map(|value| converted(book, value, look.day).ok());
        amounts = values.map(|it| it.amount).filter(positive).collect();
    }
    amounts.sort_unstable();
    let middle = amounts.get(amounts.len().saturating_sub(1) / 2).copied();
    Money::new(middle.unwrap_or_else(|| ORDER_WITHOUT_HISTORY.into()), book.currency)
}

/// What is missing for an hour of finished work to bring a rate: billed for the deal that it is for, and no less than what is left to
/// bill of it, as one that was over without it would wait for the rest. A price that is billed in full is what was agreed; the
/// next job has to leave as much more then. A bill that could name no finished deal would wait with the one at work, and
/// is not offered then; nor is one where all hours are of deals at work that fall short: these are not finished.
fn bills(look: &Look<'_>, goes_on: bool) -> Vec<Change> {
    let effort = Effort::of(look);
    let under_way = UnderWay::of(look);
    // Of a bill for a deal that was begun before the window only a part would count.
    let finished = |deal: Option<&DealId>, on| {
        under_way.adds(deal, on) && under_way.share(look, deal, on) == Decimal::ONE && look.is_recent(on)
    };
    let work: Vec<_> = look.known.facts.work.iter().filter(|it| finished(it.deal.as_ref(), it.day)).collect();
    if work.is_empty() {
        return Vec::new();
    }
    let (Ok(margin), Ok(_)) = (&effort.margin, effort.hourly()) else { return Vec::new() };
    let currency = look.business.currency;
    let billable = work.iter().rev().find_map(|work| Billable::of(look, work.deal.as_ref()));
    let without_deal = under_way.leaves(None, look.day);
    let good = effort::rate_of(look, look.threshold(Threshold::HealthGood));
    let rates = [(UpTo::BreakEven, effort::rates(look).1), (UpTo::Good, good)];
    let missing = rates.into_iter().filter_map(|(up_to, rate)| {
        let whole = Money::new(rate?.checked_mul(effort.hours)?, currency).rounded();
        let missing = whole.amount.checked_sub(margin.amount).filter(|missing| *missing > Decimal::ZERO)?;
        match billable.as_ref().filter(|it| it.most.is_none_or(|most| missing <= most)) {
            Some(it) if it.deal.is_some() || without_deal => {
                let amount = Money::new(missing.max(it.most.unwrap_or_default()), currency);
                Some(Change::Bill { up_to, amount, deal: it.deal.cloned() })
            }
            _ if goes_on && without_deal => {
                Some(Change::DearerJob { up_to, amount: Money::new(missing, currency) })
            }
            _ => None,
        }
    });
    let mut bills: Vec<Change> = missing.collect();
    // Where the rest of the deal is more than either needs, it is one bill.
    if let [first, second] = bills.as_slice()
        && first.amount() == second.amount()
    {
        bills.remove(0);
    }
    bills
}

/// Finished work for which more can be billed.
struct Billable<'a> {
    deal: Option<&'a DealId>,
    /// What is left of the agreed price, in the book's currency; `None` where it goes by the hour or nobody named one.
    most: Option<Decimal>,
}

impl<'a> Billable<'a> {
    /// `None` where all that was agreed is billed, or nothing was.
    fn of(look: &Look<'a>, deal: Option<&'a DealId>) -> Option<Self> {
        let Some(id) = deal else { return Some(Self { deal, most: None }) };
        let known = look.known.facts.deals.iter().find(|it| it.id == *id)?;
        if !matches!(look.phase(known), Some(Phase::Won | Phase::Closed)) {
            return None;
        }
        if known.value.is_none() || known.basis == Some(Basis::Time) {
            return Some(Self { deal, most: None });
        }
        effort::left_to_bill(look, id).map(|left| Self { deal, most: Some(left) })
    }
}
