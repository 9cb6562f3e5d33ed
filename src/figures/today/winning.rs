//! Items about work still to be won: contacts, proposals, agreements.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cost::{self, Stake};
use super::view::{Case, View};
use super::words::{self, date, days, distance, sentence};
use super::{Item, ItemKind};
use crate::domain::{
    Agreement, Arrival, Deal, Direction, DoorAnswer, DoorQuestion, Phase, Table, Threshold, TouchKind,
    add_days, days_between,
};

pub(super) fn add(view: &View, items: &mut Vec<Item>) {
    if view.known.client.ended.is_some() {
        return;
    }
    items.extend(new_contact(view).map(|case| view.item(case)));
    items.extend(price_pushed(view).map(|case| view.item(case)));
    items.extend(door_check_failed(view).map(|case| view.item(case)));
    for deal in &view.known.facts.deals {
        // Following up a stalled proposal is its next step, so one item says both.
        let nudge = stalled_proposal(view, deal).or_else(|| next_step_due(view, deal));
        items.extend(nudge.map(|case| view.item(case)));
        items.extend(unsigned_agreement(view, deal).map(|case| view.item(case)));
    }
}

/// Met, and nothing was said to them since. Who was sent a proposal or an invoice, or worked for, is no new contact; nor is
/// anyone with whom something was agreed, or to whom something was delivered.
fn new_contact<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let client = &view.known.client;
    let facts = &view.known.facts;
    let noted = client.met.as_ref().map(|met| met.day).into_iter().chain(client.added).min();
    let first_deal = facts.deals.iter().flat_map(|deal| &deal.stages).map(|fact| fact.day).min();
    let met = noted.or_else(|| view.touches.first.into_iter().chain(first_deal).min())?;
    let ago = days_between(met, view.day);
    let is_beyond_talks = |deal: &Deal| {
        view.proposal_sent(deal).is_some()
            || deal.agreement.is_some()
            || view.delivered_on(deal).is_some()
            || matches!(view.phase(deal), Phase::Won | Phase::Closed)
    };
    let dealt_with = !facts.invoices.is_empty()
        || !facts.work.is_empty()
        || !facts.retainers.is_empty()
        || facts.deals.iter().any(|deal| is_beyond_talks(deal));
    let spoke = view.touches.last_out.is_some_and(|(day, _)| day >= met);
    if dealt_with || spoke || ago > view.business.threshold_days(Threshold::ContactDays) {
        return None;
    }
    let within = view.business.threshold_days(Threshold::NewContactDays);
    let left = within - ago;
    let (when, per_mille) = match left {
        1.. => (format!("{} left to write", days(left)), cost::NEW_CONTACT),
        0 => ("to be written to today".to_owned(), cost::NEW_CONTACT),
        _ => (format!("{} past the {} to write in", days(-left), days(within)), cost::NEW_CONTACT_PAST),
    };
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::NewContact,
        table: Table::Clients,
        record: client.id.as_str(),
        title: "New contact".to_owned(),
        why: sentence([met_words(view, met), when]),
        since: met,
        changed: Arrival::last(facts.touches.iter().map(|touch| touch.day)),
        cost: cost::weekly(stake.value, per_mille),
        stake,
    })
}

fn met_words(view: &View, met_on: NaiveDate) -> String {
    let met = view.known.client.met.as_ref();
    let verb = if met.is_some() { "Met" } else { "Noted" };
    let place = met.and_then(|met| met.place.as_deref()).map(str::trim).filter(|place| !place.is_empty());
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    let why = met.and_then(|met| met.why.as_ref()).map_or_else(String::new, |why| format!(", {why}"));
    format!("{verb} {}{place}{why}", distance(met_on, view.day))
}

/// A proposal went out, its stage's days to go stale have passed since anything happened, and neither a next step nor a day that they
/// promised lies ahead.
fn stalled_proposal<'a>(view: &View, deal: &'a Deal) -> Option<Case<'a>> {
    let stage = view.stage(deal).filter(|stage| stage.phase == Phase::Open)?;
    let stale_days = i64::from(stage.stale_days?);
    let sent = view.proposal_sent(deal)?;
    let planned = deal.next_step.as_ref().map(|step| step.due);
    if planned.is_some_and(|due| due >= view.day) || view.is_promised(Some(&deal.id)) {
        return None;
    }
    let hesitation = deal.hesitation();
    let quiet_since = moved_last(view, deal, sent);
    if days_between(quiet_since, view.day) <= stale_days {
        return None;
    }
    // What they promised and did not do was a word, though it moved nothing.
    let promised = view.their_promises(Some(&deal.id)).map(|promise| promise.made);
    let quiet = days_between(promised.fold(quiet_since, NaiveDate::max), view.day);
    let since = add_days(quiet_since, stale_days + 1);
    let valid_until = deal.proposal.as_ref().and_then(|it| it.valid_until);
    let presses = view.business.threshold_days(Threshold::ValidityDays);
    let ending = valid_until.is_some_and(|until| days_between(view.day, until) <= presses);
    let per_mille = if ending { cost::STALLED_ENDING } else { cost::STALLED };
    let stake = view.deal_stake(deal);
    Some(Case {
        kind: ItemKind::StalledProposal,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([
            format!("Sent {}", distance(sent, view.day)),
            format!("nothing for {}, and no next step", days(quiet)),
            hesitation.map_or_else(String::new, |it| format!("they hesitate: {}", words::cause(it.cause))),
            valid_until.map_or_else(String::new, |until| validity(until, view.day)),
        ]),
        since: view.promise_passed(Some(&deal.id)).map_or(since, |passed| passed.max(since)),
        changed: view.changed(deal),
        cost: cost::weekly(stake.value, per_mille),
        stake,
    })
}

/// When anything last happened to a proposal that was sent on a day: its stage, its step, a touch, a hesitation, a promise they kept.
fn moved_last(view: &View, deal: &Deal, sent: NaiveDate) -> NaiveDate {
    let entered = deal.stage().map(|fact| fact.day);
    let planned = deal.next_step.as_ref().map(|step| step.due);
    let hesitated = deal.hesitation().map(|it| it.day);
    let kept = view.their_promises(Some(&deal.id)).filter_map(|promise| promise.kept).max();
    let moved = [entered, planned, view.touches.last_about(&deal.id), hesitated, kept];
    moved.into_iter().flatten().fold(sent, NaiveDate::max)
}

fn validity(until: NaiveDate, today: NaiveDate) -> String {
    let verb = if until < today { "its validity ended on" } else { "valid until" };
    format!("{verb} {}", date(until, today))
}

/// The day of a planned next step has come, while the deal is alive.
fn next_step_due<'a>(view: &View, deal: &'a Deal) -> Option<Case<'a>> {
    let step = deal.next_step.as_ref().filter(|step| step.due <= view.day)?;
    if !view.is_alive(deal) {
        return None;
    }
    let late = days_between(step.due, view.day);
    let due = if late == 0 { "due today".to_owned() } else { format!("due {} ago", days(late)) };
    let stake = view.deal_stake(deal);
    Some(Case {
        kind: ItemKind::NextStepDue,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([format!("Next step {due}: {}", step.what.trim_end_matches('.'))]),
        since: step.due,
        changed: deal.changed_on(),
        cost: cost::weekly(stake.value, cost::NEXT_STEP),
        stake,
    })
}

/// Not signed while work goes on, or `agreement_days` after the agreement was sent or refused. Without any agreement noted it is
/// here only while work goes on. One that was sent waits while a day that they promised lies ahead.
fn unsigned_agreement<'a>(view: &View, deal: &'a Deal) -> Option<Case<'a>> {
    let agreement = deal.agreement.as_ref();
    let sent = agreement.and_then(|it| it.sent);
    let refused = agreement.and_then(Agreement::refusal);
    if agreement.is_some_and(Agreement::is_signed) || !view.is_alive(deal) {
        return None;
    }
    if agreement.is_some() && view.is_promised(Some(&deal.id)) {
        return None;
    }
    let wait = view.business.threshold_days(Threshold::AgreementDays);
    let state = match (refused, sent) {
        (Some(refused), _) => format!("Signing was refused {}", distance(refused, view.day)),
        (None, Some(sent)) => format!("Sent {}, not signed", distance(sent, view.day)),
        (None, None) => "No agreement noted".to_owned(),
    };
    let (since, work, per_mille) = match (view.work_goes_on_since(deal), refused.or(sent)) {
        (Some(work), _) => {
            let noted = sent.is_some() || refused.is_some();
            let per_mille = if noted { cost::UNSIGNED_AT_WORK } else { cost::UNSIGNED_NOT_NOTED };
            let since = sent.into_iter().chain(refused).fold(work, NaiveDate::max);
            (since, format!("work goes on since {}", date(work, view.day)), per_mille)
        }
        (None, Some(last)) if view.delivered_on(deal).is_none() => {
            let since = add_days(last, wait + 1);
            if since > view.day {
                return None;
            }
            (since, "work has not begun".to_owned(), cost::UNSIGNED_IDLE)
        }
        _ => return None,
    };
    let passed = view.promise_passed(Some(&deal.id)).filter(|_| agreement.is_some());
    let stake = view.deal_value(deal);
    Some(Case {
        kind: ItemKind::UnsignedAgreement,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([state, work]),
        since: passed.map_or(since, |passed| passed.max(since)),
        changed: deal.changed_on(),
        cost: cost::weekly(stake.value, per_mille),
        stake,
    })
}

/// They pushed the price of a deal that is still to be won in the last `price_push_days`, and it has no answer: of several the one of
/// the dearest deal. Where they named none, it is the one that moved last.
fn price_pushed<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let lately = view.business.threshold_days(Threshold::PricePushDays);
    let pushes = view.known.facts.touches.iter().enumerate().filter(|(position, touch)| {
        touch.direction == Direction::In
            && touch.kind == Some(TouchKind::PricePush)
            && days_between(touch.day, view.day) <= lately
            && !view.touches.is_answered(touch, *position)
    });
    let pushed = pushes.filter_map(|(_, push)| {
        let mut open = view.open_deals();
        let deal = match &push.deal {
            Some(id) => open.find(|deal| deal.id == *id)?,
            None => open.max_by_key(|deal| deal.stage().map(|at| at.day))?,
        };
        Some((view.deal_stake(deal), push.day, deal))
    });
    let (stake, day, deal) = pushed.max_by_key(|(stake, day, _)| (stake.value, *day))?;
    let pushed = format!("They pushed the price {}, without an answer", distance(day, view.day));
    Some(Case {
        kind: ItemKind::PricePushed,
        table: Table::Deals,
        record: deal.id.as_str(),
        title: deal.title.clone(),
        why: sentence([pushed, "offer less for less, or a polite no".to_owned()]),
        since: day,
        changed: deal.changed_on(),
        cost: cost::weekly(stake.value, cost::PRICE_PUSHED),
        stake,
    })
}

/// At least `door_fails` answers to the door check speak against a client who has paid nothing and has a deal to be won.
fn door_check_failed<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let client = &view.known.client;
    let deal = view.open_deals().next()?;
    if view.last_payment.is_some() {
        return None;
    }
    let mut newest: BTreeMap<DoorQuestion, (NaiveDate, DoorAnswer)> = BTreeMap::new();
    for check in &client.door_check {
        let known = newest.entry(check.question).or_insert((check.day, check.answer));
        if check.day >= known.0 {
            *known = (check.day, check.answer);
        }
    }
    let against: Vec<&str> =
        newest.iter().filter_map(|(question, (_, answer))| speaks_against(*question, *answer)).collect();
    let fails = usize::try_from(view.business.threshold_days(Threshold::DoorFails)).unwrap_or(usize::MAX);
    if against.len() < fails.max(1) {
        return None;
    }
    let since = newest.values().map(|(day, _)| *day).max()?;
    // Who walks away loses all of them.
    let stake = view.open_deals().map(|deal| view.deal_stake(deal)).reduce(Stake::and)?;
    Some(Case {
        kind: ItemKind::DoorCheckFailed,
        table: Table::Clients,
        record: client.id.as_str(),
        title: deal.title.clone(),
        why: format!("Before any work: {}", against.join(", ")),
        since,
        changed: None,
        cost: cost::weekly(stake.value, cost::DOOR_CHECK),
        stake,
    })
}

fn speaks_against(question: DoorQuestion, answer: DoorAnswer) -> Option<&'static str> {
    match (question, answer) {
        (DoorQuestion::SignsAgreement, DoorAnswer::No) => Some("signs no agreement"),
        (DoorQuestion::PaysDown, DoorAnswer::No) => Some("pays nothing down"),
        (DoorQuestion::InWriting, DoorAnswer::No) => Some("puts nothing in writing"),
        (DoorQuestion::PricePushed, DoorAnswer::Yes) => Some("pushes the price"),
        (DoorQuestion::Excuses, DoorAnswer::Yes) => Some("makes excuses"),
        _ => None,
    }
}
