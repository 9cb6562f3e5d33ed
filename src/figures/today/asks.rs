//! Items about asking for more: a referral, a testimonial, a maintenance fee, a higher fee; and the check-in that asks for
//! nothing and comes before all of them.
//!
//! An ask waits while our last touches all asked for money, and while something between us is not in order: money is
//! late or disputed, a question or promise of ours is open, a kindness was not thanked, or the pattern is toxic.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cost::{self, Cost};
use super::view::{Case, View};
use super::words::{date, days, distance, sentence};
use super::{Item, ItemKind};
use crate::domain::{
    Arrival, Basis, Business, ClientFacts, ClientKind, ClientRate, Deal, Direction, Interval, Outcome, Party,
    Phase, Relation, Retainer, Table, Temperature, Threshold, Touch, TouchKind, add_days, days_between,
};
use crate::figures::amount_in_full;
use crate::figures::jobs::won_on;
use crate::figures::rates::rise_from;
use crate::figures::standing::Standing;
use crate::figures::told::{Told, told_of_rise};

/// Adds the check-in, or the asks, to what was found by all other rules.
pub(super) fn add(view: &View, items: &mut Vec<Item>) {
    let client = &view.known.client;
    if client.last_day().is_some() {
        return;
    }
    if view.only_asked_for_money() {
        // A word that asks for nothing is no answer to what they said, and no word to send before it.
        let wait_for_answer = items.iter().any(|item| item.kind == ItemKind::Unanswered);
        let case = (!wait_for_answer).then(|| check_in(view, items)).flatten();
        items.extend(case.map(|case| view.item(case)));
        return;
    }
    let wrong = [ClientKind::Toxic, ClientKind::Prospect, ClientKind::Partner];
    let wrong_kind = view.kind.is_some_and(|kind| wrong.contains(&kind));
    // A chase that waits leaves no item: what is late is late all the same.
    let is_late = |it: &Standing<'_>| it.is_open() && it.invoice.due < view.day && !it.invoice.is_trifle();
    let owes_late = view.invoices.iter().any(is_late);
    let disputes = view.invoices.iter().any(|it| it.is_open() && it.invoice.open_dispute().is_some());
    let promised = view.known.facts.promises.iter().any(|it| it.by == Party::Me && it.kept.is_none());
    let waits = || owes_late || disputes || promised || view.waits_for_a_word();
    let stands_between = items.iter().any(|item| stands_between(item.kind)) || waits();
    if client.relation != Relation::Client || wrong_kind || stands_between {
        return;
    }
    items.extend(moment_to_ask(view).map(|case| view.item(case)));
    items.extend(maintenance_offer(view).map(|case| view.item(case)));
    items.extend(fee_unchanged(view).map(|case| view.item(case)));
}

/// What is to be put in order before anything is asked for.
fn stands_between(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::OverdueInvoice
            | ItemKind::BrokenPromiseToPay
            | ItemKind::DisputedInvoice
            | ItemKind::MissingDownPayment
            | ItemKind::Unanswered
            | ItemKind::MyPromiseDue
            | ItemKind::ThanksDue
            | ItemKind::ToxicPattern
    )
}

/// All our last touches asked for money. Waiting costs a hundredth more than the costliest thing that is asked of them,
/// so that it stands before that.
fn check_in<'a>(view: &View<'a>, items: &[Item]) -> Option<Case<'a>> {
    let asks = &view.touches.money_asks;
    let enough = view.business.threshold_days(Threshold::AsksInARow).max(1);
    let reached =
        usize::try_from(enough).ok().and_then(|enough| asks.get(asks.len().checked_sub(enough)?))?;
    let asked = |item: &&Item| {
        use ItemKind::{BrokenPromiseToPay, MissingDownPayment, OverdueInvoice, StalledProposal};
        matches!(item.kind, OverdueInvoice | BrokenPromiseToPay | MissingDownPayment | StalledProposal)
    };
    let costliest = items.iter().filter(asked).map(|item| item.cost).max();
    let stake = view.expected.clone();
    let usual = cost::weekly(stake.value, cost::CHECK_IN);
    let before = costliest.map(|cost| cost.saturating_add(Decimal::new(1, 2)));
    // Without an income to expect there is nothing to take a share of: it is that cost itself.
    let cost = match before.filter(|cost| *cost > usual.a_week()) {
        Some(cost) => match cost.checked_div(stake.value) {
            Some(share) => Cost { of: stake.value, share },
            None => Cost { of: cost, share: Decimal::ONE },
        },
        None => usual,
    };
    let last = asks.first().copied()?;
    Some(Case {
        kind: ItemKind::CheckInFirst,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: "Check in".to_owned(),
        why: sentence([
            format!("The last {} touches all asked for money", asks.len()),
            format!("the last of them {}", distance(last, view.day)),
            "a word that asks for nothing comes first".to_owned(),
        ]),
        since: *reached,
        changed: Arrival::last(asks.iter().copied()),
        cost,
        stake,
    })
}

/// They are pleased: praise, a glad word or a goal met in the last `moment_days`, nothing bad since, and neither asked for
/// since nor given in the last `given_days`: a testimonial first, else a referral.
fn moment_to_ask<'a>(view: &View<'a>) -> Option<Case<'a>> {
    view.last_payment?;
    let facts = &view.known.facts;
    let wait = view.business.threshold_days(Threshold::MomentDays);
    let touched = facts.touches.iter().filter_map(|touch| {
        let praised = touch.direction == Direction::In && touch.kind == Some(TouchKind::Praise);
        match touch.temperature {
            _ if praised => Some((touch.day, "They gave praise".to_owned())),
            Some(Temperature::Glad) => Some((touch.day, "They were glad".to_owned())),
            _ => None,
        }
    });
    let met = facts.deals.iter().flat_map(|deal| {
        let goals = deal.goals.iter().filter(|goal| goal.outcome() == Some(Outcome::Met));
        let goals = goals.filter_map(|goal| Some((goal.achieved_on?, &goal.what)));
        goals.map(|(day, what)| (day, format!("A goal was met ({})", what.trim_end_matches('.'))))
    });
    let (moment, what) = touched.chain(met).max()?;
    if days_between(moment, view.day) > wait {
        return None;
    }
    let is_word = |touch: &Touch| touch.kind == Some(TouchKind::Testimonial);
    let is_name = |touch: &Touch| matches!(touch.kind, Some(TouchKind::Referral | TouchKind::Introduction));
    let is_bad = |touch: &Touch| {
        touch.kind == Some(TouchKind::Complaint) || touch.temperature == Some(Temperature::Uneasy)
    };
    let since = || facts.touches.iter().filter(|touch| touch.day >= moment);
    if since().any(|touch| is_word(touch) || is_name(touch) || is_bad(touch)) || wrote_off(view, moment) {
        return None;
    }
    let enough = view.business.threshold_days(Threshold::GivenDays);
    let given = |is: &dyn Fn(&Touch) -> bool| {
        let theirs = facts.touches.iter().filter(|touch| touch.direction == Direction::In && is(touch));
        theirs.map(|touch| touch.day).max().filter(|day| days_between(*day, view.day) <= enough)
    };
    let in_time = if enough == 365 { "a year".to_owned() } else { days(enough) };
    let ask = match (given(&is_word), given(&is_name)) {
        (None, _) => format!("no testimonial of theirs in {in_time}: ask for one"),
        (Some(word), None) => {
            format!("a testimonial came on {}, no referral in {in_time}: ask for one", date(word, view.day))
        }
        (Some(_), Some(_)) => return None,
    };
    let left = wait - days_between(moment, view.day);
    let until =
        if left == 0 { "today is the last day for it".to_owned() } else { format!("{} left", days(left)) };
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::MomentToAsk,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: "Ask while they are pleased".to_owned(),
        why: sentence([format!("{what} {}", distance(moment, view.day)), ask, until]),
        since: moment,
        changed: None,
        cost: cost::weekly(stake.value, cost::MOMENT),
        stake,
    })
}

/// One job, delivered between `maintenance_days` and `look_after_days` ago and paid for, nothing under way, no regular fee ever, and
/// nothing offered since.
fn maintenance_offer<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let facts = &view.known.facts;
    let falling = [ClientKind::AtRisk, ClientKind::Dormant];
    if !facts.retainers.is_empty()
        || facts.deals.iter().any(|deal| view.is_alive(deal) && view.delivered_on(deal).is_none())
        || view.kind.is_some_and(|kind| falling.contains(&kind))
    {
        return None;
    }
    let mut jobs = facts.deals.iter().filter(|deal| won_on(&view.stages, deal).is_some());
    let (job, None) = (jobs.next()?, jobs.next()) else { return None };
    let delivered = view.delivered_on(job).filter(|_| is_work(view, job))?;
    view.last_payment.filter(|_| !wrote_off(view, delivered))?;
    let ago = days_between(delivered, view.day);
    let wait = view.business.threshold_days(Threshold::MaintenanceDays);
    let mut since = facts.touches.iter().filter(|touch| touch.day >= delivered);
    let offered = since.any(|it| it.direction == Direction::Out && it.kind == Some(TouchKind::Selling));
    // What they were offered and did not take is an offer, too.
    let talked_of = facts.deals.iter().filter(|deal| deal.id != job.id).flat_map(|deal| &deal.stages);
    let offered = offered || talked_of.map(|fact| fact.day).any(|day| day >= delivered);
    if ago <= wait || ago > view.business.threshold_days(Threshold::LookAfterDays) || offered {
        return None;
    }
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::MaintenanceOffer,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: job.title.clone(),
        why: sentence([
            format!(
                "Their one job was delivered {}, on {}",
                distance(delivered, view.day),
                date(delivered, view.day)
            ),
            "nobody looks after it for a fee, and nothing was offered since".to_owned(),
        ]),
        since: add_days(delivered, wait + 1),
        changed: view.changed(job),
        cost: cost::weekly(stake.value, cost::MAINTENANCE),
        stake,
    })
}

/// Whether something of theirs was written off since a day: they did not pay what they owed.
fn wrote_off(view: &View, since: NaiveDate) -> bool {
    view.invoices.iter().filter_map(|it| it.invoice.write_off.as_ref()).any(|lost| lost.day >= since)
}

/// Whether a deal is work that can be looked after, and was not lost.
fn is_work(view: &View, deal: &Deal) -> bool {
    !matches!(deal.basis, Some(Basis::Retainer | Basis::ByProduct | Basis::Product))
        && view.phase(deal) != Phase::Lost
}

/// What stands for longest of what a client pays: who has just agreed to one of both was asked.
#[derive(Debug)]
pub enum Unchanged<'a> {
    /// The rate of its own.
    Rate(&'a ClientRate),
    /// A regular fee.
    Fee(&'a Retainer),
}

impl<'a> Unchanged<'a> {
    /// The rate or running fee that was agreed last, as known at the end of `day`.
    #[must_use]
    pub fn of(known: &'a ClientFacts, day: NaiveDate) -> Option<Self> {
        let rate = known.client.rates.iter().max_by_key(|rate| rate.from).map(Self::Rate);
        let fees = known.running_retainers(day).map(AsRef::as_ref);
        let fee = fees.max_by_key(|it: &&Retainer| (it.from, &it.id)).map(Self::Fee);
        [rate, fee].into_iter().flatten().max_by_key(Self::since)
    }

    pub(in crate::figures) fn since(&self) -> NaiveDate {
        match self {
            Self::Rate(rate) => rate.from,
            Self::Fee(fee) => fee.from,
        }
    }

    /// That they were told of a rise by letter since: of this one, or of whatever else.
    pub(in crate::figures) fn told(
        &self,
        business: &Business,
        known: &ClientFacts,
        day: NaiveDate,
    ) -> Option<Told> {
        let own = match self {
            Self::Rate(_) => Told::of_rate(business, known, day),
            Self::Fee(fee) => Told::of_fee(known, fee, day),
        };
        let told = told_of_rise(&known.facts, self.since(), day)?;
        Some(own.filter(|own| own.day == told).unwrap_or(Told { day: told, to: None, from: None }))
    }

    fn words(&self) -> String {
        match self {
            Self::Rate(rate) => format!("{} an hour", amount_in_full(rate.rate)),
            Self::Fee(fee) => {
                format!("{}: {} {}", fee.what, amount_in_full(fee.amount), how_often(fee.every))
            }
        }
    }
}

/// The rate of a client's own, or a running fee, has stood for longer than `fee_days`; it was worked for or paid in the
/// last `fee_paid_days`, and no other rate is agreed for later. Once they were told of a rise, it is to be noted.
fn fee_unchanged<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let wait = view.business.threshold_days(Threshold::FeeDays);
    let paid = view.business.threshold_days(Threshold::FeePaidDays);
    let lately = |day: NaiveDate| days_between(day, view.day) <= paid;
    view.work.last.into_iter().chain(view.last_payment).max().filter(|day| lately(*day))?;
    let client = &view.known.client;
    if client.rates.iter().any(|rate| rate.from > view.day) {
        return None;
    }
    let newest = view.running_retainers().map(|it| it.from).max();
    let stands = Unchanged::of(view.known, view.day)?;
    // Nor is it raised over what is being talked of: a proposal that is out, a price that they pushed lately.
    if is_price_at_stake(view) {
        return None;
    }
    // Nobody is told of a rise of what is to end before it.
    let rise = rise_from(view.day);
    if matches!(&stands, Unchanged::Fee(fee) if fee.until.is_some_and(|until| until < rise)) {
        return None;
    }
    let since = stands.since();
    let ago = days_between(since, view.day);
    if ago <= wait || newest.is_some_and(|from| from > view.day) {
        return None;
    }
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::FeeUnchanged,
        table: Table::Clients,
        record: client.id.as_str(),
        title: "Fee".to_owned(),
        why: sentence([
            format!("{} since {}, {}", stands.words(), date(since, view.day), distance(since, view.day)),
            match stands.told(view.business, view.known, view.day) {
                Some(told) => format!("{}: note the new one", told.words(view.day)),
                None => format!("look at it every {}", days(wait)),
            },
        ]),
        since: add_days(since, wait + 1),
        changed: None,
        cost: cost::weekly(stake.value, cost::FEE),
        stake,
    })
}

/// Whether a price is being talked of: a proposal is out, or they pushed one in the last `meant_days`.
fn is_price_at_stake(view: &View) -> bool {
    let facts = &view.known.facts;
    let is_out = |deal: &Deal| view.phase(deal) == Phase::Open && view.proposal_sent(deal).is_some();
    facts.deals.iter().any(|deal| is_out(deal))
        || facts.touches.iter().any(|touch| view.is_recent_push(touch))
}

/// `a month`, `every 3 months`.
pub(in crate::figures) fn how_often(every: Interval) -> String {
    let every = every.to_string();
    every.strip_prefix("1 ").map_or_else(|| format!("every {every}"), |unit| format!("a {unit}"))
}
