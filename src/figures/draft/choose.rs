//! Which template an item of the queue gets.
//!
//! | item | what is written |
//! |---|---|
//! | overdue invoice, promise to pay broken | a reminder, see below; nothing where open credit covers it |
//! | disputed invoice | that it is settled before any reminder |
//! | delivered, not invoiced | what goes with the invoice; nothing with a later instalment |
//! | down payment missing | a word on it, the answer first where they wait for one; nothing before the invoice that asks for it is due |
//! | new contact | the first word; what they asked is answered |
//! | stalled proposal; next step due of a deal whose proposal has been out, and nobody spoke, for its stage's days to go stale | the answer to what they hesitate for, else the question what has changed |
//! | price pushed | less for less; pushed again, or by a toxic client, a polite no |
//! | door check failed | how one works; nothing, here as below, where an end is agreed |
//! | unsigned agreement | a word on it; how one works where none was sent, or signing was refused |
//! | silent, check in first, a good word due | a word that sells nothing |
//! | unanswered, idea to follow, they owe an answer, thanks due | what answers the touch, a complaint or an uneasy word otherwise than a question; thanks for a payment |
//! | my promise due, their promise broken | a heads-up, and a word that no harm is done |
//! | renewal near | the question; of what renews itself, that it does, and nothing once its day has passed: one looks oneself first |
//! | review due, temperature not taken | the question, of how they feel about the deal worked on last |
//! | progress report due | where the work that goes on stands, of several the one begun first |
//! | right moment to ask | for words to show; for an introduction, where words were given in the last year |
//! | worth a maintenance offer | the offer |
//! | toxic pattern | what its next step asks for: an invitation to a review where that is to show, to meet or to look again; how one works, of work under way or to be won, where that is new goals |
//! | fee unchanged for long | the rise of the rate, as the rates propose it; of a regular fee by `usual_rise` per cent |
//! | cash may run low, dry spell, renewal to check, break-even, a number that cannot be right | nothing: one's own work and book |
//!
//! **A reminder.** While something that they said waits for an answer, the letter begins with that, which is left to be written. Once a
//! dispute about the invoice is settled, all begins anew: the first letter says so, and only what went or was named since counts below.
//!
//! **Its tone.** Of a client who paid every invoice in time, the first open one gets a personal word as long as
//! nobody reminded of it, nothing else is late, and it is no more than `late_days_worst` late. After one broken day the question what happened comes first. Else the tone is friendly at nought
//! or below, clear at one and firm above, counted so: one for each reminder of this invoice that went out and for each day
//! named and not kept; one less for a steady client and one who sends others; one more for a stepping stone, a toxic client
//! and one with whom it has ended, who never gets the firm one: there is nothing new that could not begin.

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, ClientKind, Deal, Direction, Facts, HesitationCause, Invoice, Phase, Promise,
    PromisedPayment, Renewal, Table, TemplateId, Threshold, Touch, TouchKind, days_between,
};

use super::Matter;
use super::fill::{also_late, less_credit};
use crate::figures::Client;
use crate::figures::answering::is_trouble;
use crate::figures::asked::{down_payment_to_come, invoiced_since};
use crate::figures::delivery::{begun_first, delivered_on, work_under_way, worked_on_last};
use crate::figures::health::Look;
use crate::figures::jobs::phase_of;
use crate::figures::ladder::{Ladder, Next, Rung};
use crate::figures::proposal::proposal_sent;
use crate::figures::standing::Standing;
use crate::figures::today::{Habit, Item, ItemKind, first_due_of_a_payer, first_unanswered, reminders};

/// The template that an item gets, and what the letter is about.
pub(super) fn choose<'a>(
    business: &Business,
    client: &'a Client,
    item: &Item,
    day: NaiveDate,
) -> Option<(TemplateId, Matter<'a>)> {
    let facts = &client.known.facts;
    let record = item.record.as_str();
    let invoice = || facts.get::<Invoice>(record).map(AsRef::as_ref);
    let deal = || facts.get::<Deal>(record).map(AsRef::as_ref);
    let touch = |template| facts.get::<Touch>(record).map(|it| (template, Matter::Touch(it)));
    let promise = |template| facts.get::<Promise>(record).map(|it| (template, Matter::Promise(it)));
    let of_deal = |template| deal().map(|it| (template, Matter::Deal(it)));
    // With whom it ends, nobody goes on.
    let terms = |deal| {
        let ends = client.known.client.last_day().is_some();
        (!ends).then_some((TemplateId::RestateTerms, Matter::Deal(deal)))
    };
    match item.kind {
        ItemKind::OverdueInvoice | ItemKind::BrokenPromiseToPay => {
            // What a credit covers is settled against that, and asked of nobody.
            // Nor is anybody asked for less than one of its currency.
            let is_trifle = |it: &Invoice| it.is_trifle() && also_late(&client.known, it, day).is_empty();
            let asks = |it: &&Invoice| !is_trifle(it) && !less_credit(&client.known, it, day).is_covered();
            invoice().filter(asks).map(|it| (reminder(business, client, it, day), Matter::Invoice(it)))
        }
        ItemKind::DisputedInvoice => invoice().map(|it| (TemplateId::Dispute, Matter::Invoice(it))),
        ItemKind::DeliveredNotInvoiced => {
            // With a later instalment it was said before.
            let delivered = delivered_on(&business.stages(), deal()?)?;
            let is_said = invoiced_since(facts, &deal()?.id, delivered);
            (!is_said).then(|| of_deal(TemplateId::InvoiceCover)).flatten()
        }
        ItemKind::MissingDownPayment => {
            let is_due = |deal: &&Deal| {
                let to_come = down_payment_to_come(business, facts, deal, day);
                to_come.and_then(|it| it.invoice).is_none_or(|invoice| invoice.due < day)
            };
            // Nobody is asked for money over a question of theirs.
            let template = match first_unanswered(business, facts, day) {
                Some(_) => TemplateId::DownPaymentAnswer,
                None => TemplateId::DownPayment,
            };
            deal().filter(is_due).map(|it| (template, Matter::Deal(it)))
        }
        ItemKind::BreakEvenProject
        | ItemKind::Implausible
        | ItemKind::CashBelowReserve
        | ItemKind::DrySpell
        | ItemKind::RenewalUnsure
        | ItemKind::FeeUnchanged => None,
        ItemKind::NewContact => Some(match open_question(client) {
            Some(asked) => (answer(asked), Matter::Touch(asked)),
            None => (TemplateId::Intro, Matter::Client),
        }),
        ItemKind::StalledProposal => deal().map(|it| (nudge(it), Matter::Deal(it))),
        ItemKind::PricePushed => deal().map(|it| (price_answer(client, it), Matter::Deal(it))),
        ItemKind::DoorCheckFailed => terms(to_be_won(business, &client.known)?),
        ItemKind::UnsignedAgreement => {
            let deal = deal()?;
            let waits = deal.agreement.as_ref().is_some_and(|it| it.sent.is_some() && it.refusal().is_none());
            if waits { Some((TemplateId::Agreement, Matter::Deal(deal))) } else { terms(deal) }
        }
        ItemKind::NextStepDue => {
            // Else only its owner knows what the step is about: one that was just planned has its own words.
            let deal = deal().filter(|deal| has_gone_quiet(business, client, deal, day))?;
            Some((nudge(deal), Matter::Deal(deal)))
        }
        ItemKind::Silent | ItemKind::CheckInFirst => Some((TemplateId::CheckIn, Matter::Client)),
        ItemKind::GoodWordDue => Some((TemplateId::GoodWord, Matter::Client)),
        ItemKind::ReportDue => {
            let (_, deal) = begun_first(work_under_way(business, facts))?;
            Some((TemplateId::Progress, Matter::Deal(deal)))
        }
        ItemKind::MomentToAsk => {
            let enough = business.threshold_days(Threshold::GivenDays);
            let given = |touch: &&std::sync::Arc<Touch>| {
                touch.kind == Some(TouchKind::Testimonial)
                    && touch.direction == Direction::In
                    && days_between(touch.day, day) <= enough
            };
            let has_given = facts.touches.iter().any(|touch| given(&touch));
            let template = if has_given { TemplateId::ReferralAsk } else { TemplateId::TestimonialAsk };
            Some((template, Matter::Client))
        }
        ItemKind::MaintenanceOffer => Some((TemplateId::Maintenance, Matter::Client)),
        ItemKind::ToxicPattern => match next_where_it_hurts(business, &client.known, day) {
            Next::Step(Rung::Evidence | Rung::Meet | Rung::Reevaluate) => {
                Some((TemplateId::Review, Matter::Client))
            }
            Next::Step(Rung::Goals) => {
                terms(to_be_served(business, &client.known).or_else(|| to_be_won(business, &client.known))?)
            }
            // One's own side is mended by other letters, and the way out has the goodbye.
            _ => None,
        },
        ItemKind::Unanswered => facts.get::<Touch>(record).map(|it| (answer(it), Matter::Touch(it))),
        ItemKind::FeedbackOwed => touch(TemplateId::Feedback),
        ItemKind::IdeaToFollow => touch(TemplateId::Idea),
        ItemKind::ThanksDue => {
            let paid = || invoice().map(|it| (TemplateId::ThanksPayment, Matter::Invoice(it)));
            if item.table == Some(Table::Invoices) { paid() } else { touch(TemplateId::Thanks) }
        }
        ItemKind::MyPromiseDue => promise(TemplateId::HeadsUp),
        ItemKind::TheirPromiseBroken => promise(TemplateId::Reassure),
        ItemKind::RenewalNear => {
            let renewal = facts.get::<Renewal>(record)?;
            let template = match (renewal.expires_now() < day, renewal.renews_itself) {
                // It should have renewed itself: one looks oneself whether it did, before anything is said to them.
                (true, Some(true)) => return None,
                (true, _) => TemplateId::RenewalExpired,
                (false, Some(true)) => TemplateId::RenewalItself,
                (false, _) => TemplateId::Renewal,
            };
            Some((template, Matter::Renewal(renewal)))
        }
        ItemKind::ReviewDue => Some((TemplateId::Review, Matter::Client)),
        ItemKind::TemperatureDue => {
            let (.., deal) = worked_on_last(business, facts)?;
            Some((TemplateId::Temperature, Matter::Deal(deal)))
        }
    }
}

/// What answers a touch: who complains or feels uneasy has not asked a question.
fn answer(touch: &Touch) -> TemplateId {
    if is_trouble(touch) { TemplateId::Complaint } else { TemplateId::Answer }
}

/// The first question of somebody to whom nobody spoke since.
fn open_question(client: &Client) -> Option<&Touch> {
    let touches = &client.known.facts.touches;
    let spoke = touches.iter().filter(|touch| touch.direction == Direction::Out).map(|touch| touch.day).max();
    let asked = touches.iter().filter(|touch| touch.direction == Direction::In && touch.answer_wanted);
    let open = asked.filter(|touch| spoke.is_none_or(|spoke| touch.day > spoke));
    open.min_by_key(|touch| touch.day).map(AsRef::as_ref)
}

/// The first deal that is still to be won.
fn to_be_won<'a>(business: &Business, known: &'a ClientFacts) -> Option<&'a Deal> {
    let stages = business.stages();
    let is_open = |deal: &&Deal| {
        deal.stage().is_none_or(|at| phase_of(&stages, &at.stage).is_none_or(|it| it == Phase::Open))
    };
    known.facts.deals.iter().map(AsRef::as_ref).find(is_open)
}

/// What comes next with a client whose relationship hurts, as its item says.
fn next_where_it_hurts(business: &Business, known: &ClientFacts, day: NaiveDate) -> Next {
    let stages = business.stages();
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let look = Look::new(business, &stages, known, &invoices, day);
    // That it hurts is told by the item; what does changes nothing about the step.
    Ladder::where_it_hurts(&look, vec![String::new()]).next
}

/// The deal won and not delivered that moved last.
fn to_be_served<'a>(business: &Business, known: &'a ClientFacts) -> Option<&'a Deal> {
    let stages = business.stages();
    let deals = known.facts.deals.iter().map(AsRef::as_ref).filter(|deal: &&Deal| {
        let phase = deal.stage().and_then(|at| phase_of(&stages, &at.stage));
        phase == Some(Phase::Won) && deal.delivered.is_none()
    });
    deals.max_by_key(|deal| deal.stage().map(|at| at.day))
}

/// The letter that asks for what is open of an invoice: see the folder's rules.
fn reminder(business: &Business, client: &Client, invoice: &Invoice, day: NaiveDate) -> TemplateId {
    let facts = &client.known.facts;
    // Nobody is asked for money over a question of theirs.
    if first_unanswered(business, facts, day).is_some() {
        return TemplateId::ReminderAnswer;
    }
    // What was said before a dispute was settled is said no more.
    let settled = invoice.disputes.iter().filter_map(|dispute| dispute.until).max();
    let reminded = reminders(facts, invoice).map(|(_, touch)| touch.day);
    let reminded: Vec<NaiveDate> = reminded.filter(|on| Some(*on) >= settled).collect();
    let named = invoice.promised.iter().filter(|promised| Some(promised.day) >= settled);
    let named: Vec<&PromisedPayment> = named.collect();
    let broken = named.iter().filter(|promised| promised.pay_by < day).count();
    if settled.is_some() && reminded.is_empty() && broken == 0 {
        return TemplateId::ReminderSettled;
    }
    // More than one, or one that is long late, is no slip.
    let is_slip = || {
        let worst = business.threshold_days(Threshold::LateDaysWorst);
        days_between(invoice.due, day) <= worst && also_late(&client.known, invoice, day).is_empty()
    };
    if broken == 0 && reminded.is_empty() && is_slip() {
        let invoices: Vec<Standing<'_>> = facts.invoices.iter().map(|it| Standing::of(it)).collect();
        let is_first = first_due_of_a_payer(&invoices) == Some(invoice.due);
        if is_first && Habit::of(&invoices).is_some_and(|habit| habit.late == 0) {
            return TemplateId::ReminderPersonal;
        }
    }
    let reminded_since = reminded.iter().max().copied() > named.iter().map(|promised| promised.day).max();
    if broken == 1 && !reminded_since {
        return TemplateId::ReminderPromise;
    }
    tone(client, reminded.len().saturating_add(broken))
}

/// The tone in which an invoice is asked for that was asked for so many times, or named a day for that was not kept.
fn tone(client: &Client, times: usize) -> TemplateId {
    let relationship = match client.kind.as_ref().map(|decided| decided.kind) {
        Some(ClientKind::Steady | ClientKind::Advocate) => -1,
        Some(ClientKind::SteppingStone | ClientKind::Toxic | ClientKind::Ended) => 1,
        _ => 0,
    };
    // More than can be counted here are as good as firm.
    match i32::try_from(times).unwrap_or(i32::MAX).saturating_add(relationship) {
        ..=0 => TemplateId::ReminderFriendly,
        1 => TemplateId::ReminderClear,
        // The firm one says that nothing new begins before it is paid: with whom it ends, nothing does.
        2.. if client.known.client.last_day().is_some() => TemplateId::ReminderClear,
        2.. => TemplateId::ReminderFirm,
    }
}

/// The answer to what they hesitate for; without a cause, the question what has changed.
fn nudge(deal: &Deal) -> TemplateId {
    match deal.hesitation().map(|it| it.cause) {
        None => TemplateId::WhatChanged,
        Some(HesitationCause::ValueUnclear) => TemplateId::ValueUnclear,
        Some(HesitationCause::NotDecisionMaker) => TemplateId::NotDecider,
        Some(HesitationCause::PriceLate) => TemplateId::PriceLate,
        Some(HesitationCause::CashTrouble) => TemplateId::CashTrouble,
        Some(HesitationCause::OnlyShopping) => TemplateId::OnlyShopping,
        Some(HesitationCause::SomethingChanged) => TemplateId::SomethingChanged,
    }
}

/// Whether the deal is still to be won, its proposal has been out for longer than its stage's days to go stale, and for as
/// long nobody spoke, nor is anything to come that they promised.
fn has_gone_quiet(business: &Business, client: &Client, deal: &Deal, day: NaiveDate) -> bool {
    let Some(at) = deal.stage() else { return false };
    let stages = business.stages();
    let stage = stages.iter().find(|stage| stage.id == at.stage && stage.phase == Phase::Open);
    let stale_days = stage.and_then(|stage| stage.stale_days);
    let (Some(stale_days), Some(sent)) = (stale_days, proposal_sent(&stages, deal)) else { return false };
    let facts = &client.known.facts;
    let is_awaited = |promise: &Promise| {
        promise.is_owed_by_them() && promise.is_about(Some(&deal.id)) && promise.due_now() >= day
    };
    if facts.promises.iter().any(|promise| is_awaited(promise)) {
        return false;
    }
    let touches = facts.touches.iter().map(|touch| touch.day);
    let last = touches.fold(sent.max(at.day), NaiveDate::max);
    days_between(last, day) > i64::from(stale_days)
}

/// The other letter that fits an item with two ways to go, for one who would rather take that one.
pub(super) fn other(kind: ItemKind, chosen: TemplateId) -> Option<TemplateId> {
    match (kind, chosen) {
        (ItemKind::PricePushed, TemplateId::SmallerScope) => Some(TemplateId::PoliteNo),
        (ItemKind::PricePushed, TemplateId::PoliteNo) => Some(TemplateId::SmallerScope),
        (ItemKind::DoorCheckFailed, TemplateId::RestateTerms) => Some(TemplateId::WalkAway),
        _ => None,
    }
}

fn price_answer(client: &Client, deal: &Deal) -> TemplateId {
    let pushes = pushes(&client.known.facts, deal);
    let is_toxic = client.kind.as_ref().is_some_and(|decided| decided.kind == ClientKind::Toxic);
    if is_toxic || pushes.count() > 1 { TemplateId::PoliteNo } else { TemplateId::SmallerScope }
}

/// What they said to push the price of a deal, or of none in particular since the deal began.
pub(super) fn pushes<'a>(facts: &'a Facts, deal: &'a Deal) -> impl Iterator<Item = &'a Touch> {
    let began = deal.stages.iter().map(|fact| fact.day).min();
    facts.touches.iter().map(AsRef::as_ref).filter(move |touch: &&Touch| {
        let since = began.is_none_or(|began| touch.day >= began);
        let of_deal = touch.deal.as_ref().map_or(since, |id| *id == deal.id);
        touch.direction == Direction::In && touch.kind == Some(TouchKind::PricePush) && of_deal
    })
}
