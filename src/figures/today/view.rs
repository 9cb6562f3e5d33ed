//! One client's facts, gone through once, so that every rule can ask without searching.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::arrival::{Arrivals, Came};
use super::contact::Touches;
use super::cost::{Cost, Stake};
use super::paying::Habit;
use super::{Item, ItemKind, Mailed};
use crate::domain::{
    Arrival, Business, ClientFacts, ClientKind, Deal, DealId, Direction, Invoice, MissingRate, Money, Party,
    Phase, Promise, Retainer, Stage, Table, Threshold, Touch, TouchKind, add_days, days_between,
};
use crate::figures::Answer;
use crate::figures::answering::wants_answer;
use crate::figures::chance::{chance_of_deal, fraction};
use crate::figures::delivery::{begun_first, delivered_on, goes_on_since, phase_in};
use crate::figures::draft::is_about_money;
use crate::figures::flow::Flows;
use crate::figures::ledger::months_before;
use crate::figures::proposal::proposal_sent;
use crate::figures::standing::Standing;

/// A client's facts with what the rules ask about them.
pub(super) struct View<'a> {
    pub(super) business: &'a Business,
    pub(super) known: &'a ClientFacts,
    pub(super) day: NaiveDate,
    /// What kind of client it is, where the facts decide it.
    pub(super) kind: Option<ClientKind>,
    pub(super) stages: Vec<Stage>,
    pub(super) touches: Touches<'a>,
    pub(super) invoices: &'a [Standing<'a>],
    pub(super) habit: Option<Habit>,
    pub(super) work: WorkDays,
    /// What came that an item may wait for.
    pub(super) came: Came<'a>,
    /// When money first came.
    pub(super) first_payment: Option<NaiveDate>,
    /// When money last came.
    pub(super) last_payment: Option<NaiveDate>,
    /// The income of the next twelve months, as far as the past tells.
    pub(super) expected: Stake,
    deals: BTreeMap<&'a DealId, DealSums>,
}

/// What the facts of a deal add up to.
#[derive(Debug, Clone, Default)]
pub(super) struct DealSums {
    pub(super) hours: Decimal,
    /// The first hours for the job itself.
    pub(super) work_since: Option<NaiveDate>,
    pub(super) last_work: Option<NaiveDate>,
    pub(super) invoices: usize,
    /// The last day on which something was invoiced, credit notes apart.
    pub(super) last_issued: Option<NaiveDate>,
    /// Net of tax, in the book's currency.
    pub(super) invoiced: Decimal,
    /// Gross, in the book's currency.
    pub(super) paid: Decimal,
    pub(super) missing_rate: Option<MissingRate>,
    /// When facts of its invoices became known last.
    pub(super) changed: Option<Arrival>,
}

impl DealSums {
    /// Whether something was invoiced on a day or later, credit notes apart.
    pub(super) fn is_invoiced_since(&self, day: NaiveDate) -> bool {
        self.last_issued.is_some_and(|issued| issued >= day)
    }
}

/// The days of work for a client.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WorkDays {
    /// The last day of work for a job.
    pub(super) last: Option<NaiveDate>,
    /// The last day of work, whatever it was for.
    pub(super) last_of_any: Option<NaiveDate>,
}

/// What the income to expect rests on, and how much it is before it is rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Basis {
    /// The income of the last twelve months.
    Year(Decimal),
    /// A year of the running retainers.
    Retainers(Decimal),
    /// Half of the income of the last twenty-four months.
    HalfOfTwoYears(Decimal),
    /// The value of the open deals times their chance.
    Deals,
}

/// What a rule found; [`View::item`] makes an item of it.
pub(super) struct Case<'a> {
    pub(super) kind: ItemKind,
    pub(super) table: Table,
    pub(super) record: &'a str,
    pub(super) title: String,
    pub(super) why: String,
    pub(super) since: NaiveDate,
    /// When facts it was drawn from became known last, where that can lie after `since`.
    pub(super) changed: Option<Arrival>,
    pub(super) stake: Stake,
    pub(super) cost: Cost,
}

impl Case<'_> {
    /// The item, as one of the firm's own.
    pub(super) fn into_item(self) -> Item {
        Item {
            id: format!("{}:{}", self.kind.token(), self.record),
            kind: self.kind,
            client: None,
            client_name: String::new(),
            title: self.title,
            why: self.why,
            at_stake: self.stake.money,
            at_stake_why: self.stake.why,
            cost: self.cost.a_week(),
            cost_of: self.cost.of,
            cost_share: self.cost.share,
            last_touch: None,
            since: self.since,
            changed: match self.changed {
                Some(changed) if changed.day >= self.since => changed,
                _ => Arrival::none(self.since),
            },
            came: Arrivals::default(),
            mailed: None,
            table: Some(self.table),
            record: self.record.to_owned(),
        }
    }
}

impl<'a> View<'a> {
    pub(super) fn new(
        business: &'a Business,
        known: &'a ClientFacts,
        invoices: &'a [Standing<'a>],
        flows: &Flows,
        kind: Option<ClientKind>,
        day: NaiveDate,
    ) -> Self {
        let facts = &known.facts;
        let payments = || invoices.iter().flat_map(|standing| standing.invoice.received());
        let mut view = Self {
            business,
            known,
            day,
            kind,
            stages: if facts.deals.is_empty() { Vec::new() } else { business.stages() },
            touches: Touches::of(facts),
            habit: Habit::of(invoices),
            work: WorkDays::default(),
            came: Came::of(facts, invoices.iter().map(Standing::is_open)),
            first_payment: payments().map(|payment| payment.day).min(),
            last_payment: payments().map(|payment| payment.day).max(),
            expected: Stake::unknown(business, "no income and no deal with a value yet"),
            deals: BTreeMap::new(),
            invoices,
        };
        view.add_work();
        view.add_invoices();
        view.expected = view.expected_income(flows);
        view
    }

    /// Whether our last touches, `asks_in_a_row` of them and the newest in the last `asked_days`, all asked for money.
    pub(super) fn only_asked_for_money(&self) -> bool {
        self.all_asked_for_money(&self.touches.money_asks, self.day)
    }

    /// Whether in the last `chase_days` we first asked for nothing after that.
    pub(super) fn was_checked_in_on_lately(&self) -> bool {
        let wait = self.business.threshold_days(Threshold::ChaseDays);
        let word = self.touches.last_out.filter(|_| self.touches.money_asks.is_empty());
        word.is_some_and(|(day, _)| {
            days_between(day, self.day) < wait
                && self.all_asked_for_money(&self.touches.money_asks_before, day)
        })
    }

    fn all_asked_for_money(&self, asks: &[NaiveDate], day: NaiveDate) -> bool {
        let enough = self.business.threshold_days(Threshold::AsksInARow).max(1);
        let asked_days = self.business.threshold_days(Threshold::AskedDays);
        let lately = asks.first().is_some_and(|last| days_between(*last, day) <= asked_days);
        lately && i64::try_from(asks.len()).is_ok_and(|count| count >= enough)
    }

    /// Whether nobody chases them now: of an open invoice the day they named is still to pass, they dispute it or gave a heads-up
    /// about it in the last `chase_days`; or what they promised to pay and may be one that is late is still to come. Whoever waits for that asks
    /// for nothing else meanwhile.
    pub(super) fn is_chase_paused(&self) -> bool {
        self.invoices.iter().filter(|it| it.is_open()).map(|it| it.invoice).any(|invoice| {
            let spoke = self.heads_up_passed(invoice).is_some_and(|passed| passed > self.day);
            let is_late = invoice.due < self.day;
            invoice.is_paused(self.day)
                || spoke
                || (is_late && self.is_payment_promised(invoice.deal.as_ref()))
        })
    }

    /// When their last heads-up about an invoice no longer keeps its chase away.
    fn heads_up_passed(&self, invoice: &Invoice) -> Option<NaiveDate> {
        let wait = self.business.threshold_days(Threshold::ChaseDays);
        self.touches.heads_up.get(&invoice.id).map(|day| add_days(*day, wait))
    }

    /// Whether they promised something for a day that has not passed: what is about the deal it names, or all of theirs where it
    /// names none, waits for that.
    pub(super) fn is_promised(&self, deal: Option<&DealId>) -> bool {
        self.their_promises(deal).any(|promise| self.is_to_come(promise))
    }

    /// The same of what is asked in money: a promise of something else is no reason to wait for that.
    pub(super) fn is_payment_promised(&self, deal: Option<&DealId>) -> bool {
        self.promised_payments(deal).any(|promise| self.is_to_come(promise))
    }

    fn is_to_come(&self, promise: &Promise) -> bool {
        promise.kept.is_none() && promise.due_now() >= self.day
    }

    /// Since when nothing that they promised keeps away what is about a deal, where something did: the day after the one promised,
    /// or the day on which they did it.
    pub(super) fn promise_passed(&self, deal: Option<&DealId>) -> Option<NaiveDate> {
        self.last_passed(self.their_promises(deal))
    }

    /// The same of what is asked in money.
    pub(super) fn promised_payment_passed(&self, deal: Option<&DealId>) -> Option<NaiveDate> {
        self.last_passed(self.promised_payments(deal))
    }

    fn last_passed(&self, promises: impl Iterator<Item = &'a Promise>) -> Option<NaiveDate> {
        let passed = promises.map(|promise| {
            let day_after = add_days(promise.due_now(), 1);
            promise.kept.map_or(day_after, |kept| kept.min(day_after))
        });
        passed.filter(|passed| *passed <= self.day).max()
    }

    fn promised_payments(&self, deal: Option<&DealId>) -> impl Iterator<Item = &'a Promise> {
        self.their_promises(deal).filter(|promise| is_about_money(&promise.what))
    }

    /// What they promised that may be about a deal.
    pub(super) fn their_promises(&self, deal: Option<&DealId>) -> impl Iterator<Item = &'a Promise> {
        let promises = self.known.facts.promises.iter().map(AsRef::as_ref);
        promises.filter(move |promise: &&Promise| promise.by == Party::Them && promise.is_about(deal))
    }

    /// Since when nothing of what pauses the chase of an invoice by itself does any more, where something did.
    pub(super) fn pause_passed(&self, invoice: &Invoice) -> Option<NaiveDate> {
        let heads_up = self.heads_up_passed(invoice).filter(|passed| *passed <= self.day);
        heads_up.max(self.promised_payment_passed(invoice.deal.as_ref()))
    }

    /// Whether they said something, however short ago, that wants a word of ours: a question, trouble, a pushed price.
    pub(super) fn waits_for_a_word(&self) -> bool {
        self.known.facts.touches.iter().enumerate().any(|(position, touch)| {
            let wants = wants_answer(self.business, touch, self.day) || self.is_recent_push(touch);
            wants && !self.touches.is_answered(touch, position)
        })
    }

    /// Whether by a touch they pushed the price in the last `meant_days`.
    pub(super) fn is_recent_push(&self, touch: &Touch) -> bool {
        let pushed = touch.direction == Direction::In && touch.kind == Some(TouchKind::PricePush);
        pushed && days_between(touch.day, self.day) <= self.business.threshold_days(Threshold::MeantDays)
    }

    /// Whether they were reminded of money in the last `chase_days`.
    pub(super) fn was_chased_lately(&self) -> bool {
        let wait = self.business.threshold_days(Threshold::ChaseDays);
        self.touches.last_reminder.is_some_and(|last| days_between(last, self.day) < wait)
    }

    fn add_work(&mut self) {
        for work in &self.known.facts.work {
            later(&mut self.work.last_of_any, work.day);
            if work.purpose.serves_a_job() {
                later(&mut self.work.last, work.day);
            }
            let Some(deal) = &work.deal else { continue };
            let sums = self.deals.entry(deal).or_default();
            sums.hours = sums.hours.saturating_add(work.hours);
            if work.purpose.serves_a_job() {
                earlier(&mut sums.work_since, work.day);
                later(&mut sums.last_work, work.day);
            }
        }
    }

    fn add_invoices(&mut self) {
        for state in self.invoices {
            let Some(deal) = &state.invoice.deal else { continue };
            let sums = self.deals.entry(deal).or_default();
            sums.changed = Arrival::later(sums.changed, state.invoice.changed_on());
            if state.asked.amount > Decimal::ZERO {
                sums.invoices += 1;
                later(&mut sums.last_issued, state.invoice.issued);
            }
            let converted = |money| self.business.convert(money, self.day);
            match (converted(state.net), converted(state.paid)) {
                (Ok(net), Ok(paid)) => {
                    sums.invoiced = sums.invoiced.saturating_add(net.amount);
                    sums.paid = sums.paid.saturating_add(paid.amount);
                }
                (Err(missing), _) | (_, Err(missing)) => sums.missing_rate = Some(missing),
            }
        }
    }

    /// The income to expect in twelve months, by its [`Basis`].
    fn expected_income(&self, flows: &Flows) -> Stake {
        match self.basis(flows) {
            Err(unknown) => Stake::unknown(self.business, unknown.to_string()),
            Ok(Basis::Deals) => self.weighted_deals(),
            Ok(Basis::Year(income) | Basis::Retainers(income) | Basis::HalfOfTwoYears(income)) => {
                Stake::known(Money::new(income, self.business.currency).rounded())
            }
        }
    }

    /// What the income to expect rests on: the last twelve months'; without any, a year of the running retainers; else
    /// half of the last twenty-four months'; else the value of the open deals times their chance.
    pub(super) fn basis(&self, flows: &Flows) -> Answer<Basis> {
        let income_of = |months| -> Answer<Decimal> {
            let since = months_before(self.day, months);
            Ok(flows.income_since(since, self.business.currency)?.amount)
        };
        let year = income_of(12)?;
        if year > Decimal::ZERO {
            return Ok(Basis::Year(year));
        }
        let retainers = self.retainers_a_year()?;
        if retainers > Decimal::ZERO {
            return Ok(Basis::Retainers(retainers));
        }
        let half = income_of(24)? / Decimal::TWO;
        Ok(if half > Decimal::ZERO { Basis::HalfOfTwoYears(half) } else { Basis::Deals })
    }

    fn retainers_a_year(&self) -> Result<Decimal, MissingRate> {
        self.fees_of_a_year()
            .try_fold(Decimal::ZERO, |sum, retainer| Ok(sum.saturating_add(self.retainer_a_year(retainer)?)))
    }

    pub(super) fn running_retainers(&self) -> impl Iterator<Item = &'a Arc<Retainer>> {
        self.known.running_retainers(self.day)
    }

    /// Of these the ones that a year of is expected: one that goes on where another ends is no second one before it begins.
    pub(super) fn fees_of_a_year(&self) -> impl Iterator<Item = &'a Arc<Retainer>> {
        let goes_on = |fee: &Retainer| self.running_retainers().any(|before| fee.goes_on_from(before));
        self.running_retainers().filter(move |fee| fee.from <= self.day || !goes_on(fee))
    }

    /// What a retainer brings in a year, in the book's currency.
    pub(super) fn retainer_a_year(&self, retainer: &Retainer) -> Result<Decimal, MissingRate> {
        let amount = self.business.convert(retainer.amount, self.day)?.amount;
        Ok(amount.saturating_mul(retainer.every.per_year()))
    }

    /// The deals that are alive and have a value.
    pub(super) fn valued_deals(&self) -> impl Iterator<Item = &'a Arc<Deal>> {
        self.known.facts.deals.iter().filter(|deal| self.is_alive(deal) && deal.value.is_some())
    }

    /// The deals that are still to be won.
    pub(super) fn open_deals(&self) -> impl Iterator<Item = &'a Arc<Deal>> {
        self.known.facts.deals.iter().filter(|deal| self.phase(deal) == Phase::Open)
    }

    fn weighted_deals(&self) -> Stake {
        let weighted: Vec<Stake> = self.valued_deals().map(|deal| self.deal_stake(deal)).collect();
        if weighted.is_empty() {
            return Stake::unknown(self.business, "no income and no deal with a value yet");
        }
        if let Some(unknown) = weighted.iter().find(|stake| stake.money.is_none()) {
            return unknown.clone();
        }
        let sum = weighted.iter().fold(Decimal::ZERO, |sum, stake| sum.saturating_add(stake.value));
        Stake::known(Money::new(sum, self.business.currency).rounded())
    }

    /// What the facts of a deal add up to.
    pub(super) fn sums(&self, deal: &Deal) -> DealSums {
        self.deals.get(&deal.id).cloned().unwrap_or_default()
    }

    /// When facts of a deal or of its invoices became known last.
    pub(super) fn changed(&self, deal: &Deal) -> Option<Arrival> {
        Arrival::later(deal.changed_on(), self.deals.get(&deal.id).and_then(|sums| sums.changed))
    }

    /// The stage a deal is in.
    pub(super) fn stage(&self, deal: &Deal) -> Option<&Stage> {
        let id = &deal.stage()?.stage;
        self.stages.iter().find(|stage| stage.id == *id)
    }

    /// What a deal's stage means; without a stage it is still to be won.
    pub(super) fn phase(&self, deal: &Deal) -> Phase {
        phase_in(&self.stages, deal)
    }

    /// Whether a deal is still to be won, served, invoiced or paid.
    pub(super) fn is_alive(&self, deal: &Deal) -> bool {
        matches!(self.phase(deal), Phase::Open | Phase::Won)
    }

    /// A deal's value, in full.
    pub(super) fn deal_value(&self, deal: &Deal) -> Stake {
        match deal.value {
            Some(value) => Stake::converted(self.business, self.business.convert(value, self.day)),
            None => Stake::unknown(self.business, "the deal has no value yet"),
        }
    }

    /// The chance of a deal, a fraction of one; a tenth where neither it nor its stage has one.
    pub(super) fn chance(&self, deal: &Deal) -> Decimal {
        let of_stage = self.stage(deal).and_then(|stage| stage.chance).map(fraction);
        let chance = chance_of_deal(self.phase(deal), deal.chance.map(fraction), of_stage);
        chance.unwrap_or(Decimal::new(1, 1))
    }

    /// A deal's value times its chance.
    pub(super) fn deal_stake(&self, deal: &Deal) -> Stake {
        let chance = self.chance(deal);
        let mut stake = self.deal_value(deal);
        stake.value = stake.value.saturating_mul(chance);
        stake.money = stake.money.map(|money| money.times(chance));
        stake
    }

    /// Since when work on a deal goes on: the first hours for the job, or the day it entered a won stage beyond the
    /// first such stage. `None` before that, once it was delivered, and when it is closed or lost.
    pub(super) fn work_goes_on_since(&self, deal: &Deal) -> Option<NaiveDate> {
        let hours = self.deals.get(&deal.id).and_then(|sums| sums.work_since);
        goes_on_since(&self.stages, deal, hours)
    }

    /// The deal that a progress report is about, and since when work on it goes on.
    pub(super) fn to_report_on(&self) -> Option<(NaiveDate, &'a Deal)> {
        let deals = self.known.facts.deals.iter().map(AsRef::as_ref);
        begun_first(deals.filter_map(|deal| Some((self.work_goes_on_since(deal)?, deal))))
    }

    /// When a deal's proposal went out: see [`proposal_sent`].
    pub(super) fn proposal_sent(&self, deal: &Deal) -> Option<NaiveDate> {
        proposal_sent(&self.stages, deal)
    }

    /// When a result was handed over: see [`delivered_on`].
    pub(super) fn delivered_on(&self, deal: &Deal) -> Option<NaiveDate> {
        delivered_on(&self.stages, deal)
    }

    /// The item, as one of this client's.
    pub(super) fn item(&self, case: Case<'_>) -> Item {
        Item {
            client: Some(self.known.client.id.clone()),
            client_name: self.known.client.name.clone(),
            last_touch: self.touches.last,
            came: self.came.for_item(case.kind, case.record),
            mailed: Mailed::of(self.known.facts.outbox.iter().map(AsRef::as_ref), case.kind, case.record),
            ..case.into_item()
        }
    }
}

/// Moves `known` back to `day` if that is earlier.
pub(super) fn earlier(known: &mut Option<NaiveDate>, day: NaiveDate) {
    *known = Some(known.map_or(day, |known| known.min(day)));
}

/// Moves `known` on to `day` if that is later.
pub(super) fn later(known: &mut Option<NaiveDate>, day: NaiveDate) {
    *known = Some(known.map_or(day, |known| known.max(day)));
}
