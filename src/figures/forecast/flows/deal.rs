//! Deals: their parts, what is left of those that were won, and what the open ones may bring.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Agreement, Book, Deal, Invoice, MissingRate, Money, Percent, Phase, Table, add_days, days_between,
};
use crate::figures::forecast::{Pmf, Winning};
use crate::figures::jobs::{phase_of, won_on};
use crate::figures::standing::median;

use super::part::{Invoiced, Part, ToInvoice};
use super::{Event, Flow, FlowKind, Gather, Layer, When, Whose};

/// Days from a deal's winning to its first invoice, without history …
const TO_INVOICE_DAYS: i64 = 30;
/// … which weighs as much as so many deals.
const TO_INVOICE_WEIGHT: i64 = 5;
/// Days from the delivery to the invoice.
const DELIVERED_DAYS: i64 = 7;

/// What all deals of a book tell of one.
pub(super) struct Deals {
    winning: Winning,
    /// The chances of each day, shared by deals that are alike.
    when: BTreeMap<(Option<usize>, usize, Option<Percent>), Pmf>,
    /// Days from winning a deal to its first invoice.
    to_invoice: i64,
    /// Open deals of which nobody said what they are worth.
    without_value: usize,
}

impl Deals {
    pub(super) fn of(known: &Book, winning: Winning, gather: &Gather<'_>) -> Self {
        let mut lags: Vec<i64> = Vec::new();
        for client in known.clients() {
            for deal in &client.facts.deals {
                let of_deal = |it: &&Arc<Invoice>| it.deal.as_ref() == Some(&deal.id);
                let first = client.facts.invoices.iter().filter(of_deal).map(|it| it.issued).min();
                if let (Some(won), Some(first)) = (won_on(&gather.stages, deal), first) {
                    lags.push(days_between(won, first).max(0));
                }
            }
        }
        lags.sort_unstable();
        let count = i64::try_from(lags.len()).unwrap_or(0);
        let sum = median(&lags).unwrap_or(0) * count + TO_INVOICE_DAYS * TO_INVOICE_WEIGHT;
        let to_invoice = sum / (count + TO_INVOICE_WEIGHT);
        Self { winning, when: BTreeMap::new(), to_invoice, without_value: 0 }
    }

    /// On which day a deal may be won.
    fn event(&mut self, gather: &Gather<'_>, deal: &Deal) -> Arc<Event> {
        let Self { winning, when, .. } = self;
        let when = when.entry(winning.alike(deal)).or_insert_with(|| winning.when(deal, gather.days));
        Arc::new(Event { key: format!("deals/{}", deal.id), when: when.clone() })
    }

    /// Says how many open deals are counted nowhere.
    pub(super) fn mention_without_value(&self, gather: &mut Gather<'_>) {
        let what = match self.without_value {
            0 => return,
            1 => "1 open deal".to_owned(),
            n => format!("{n} open deals"),
        };
        let nothing = Money::zero(gather.business.currency);
        gather.leave_out(what, nothing, crate::figures::Unknown::because("nobody said what it is worth"));
    }
}

impl Gather<'_> {
    /// What a client's deals bring, and whether something is still to come of a deal that is open or was won: then no
    /// further order is expected from habit.
    ///
    /// Parts are committed once the deal was won or its agreement signed; before, they wait for the winning like the rest.
    /// What is left of a deal that was won is likely, and nothing once it is done. Of open deals of a client that ended
    /// nothing comes.
    pub(super) fn deals(&mut self, whose: &Whose<'_>, deals: &mut Deals) -> bool {
        let mut at_work = false;
        let invoiced = Invoiced::of(&whose.known.facts);
        for deal in &whose.known.facts.deals {
            let phase = deal.stage().and_then(|at| phase_of(&self.stages, &at.stage)).unwrap_or(Phase::Open);
            if phase == Phase::Lost {
                continue;
            }
            let ToInvoice { parts, rest } = self.to_invoice(whose, deal, &invoiced);
            if phase != Phase::Closed {
                at_work |= !parts.is_empty() || rest.is_some();
            }
            let signed = deal.agreement.as_ref().is_some_and(Agreement::is_signed);
            let event = match phase {
                Phase::Open if whose.known.client.ended.is_some() => None,
                Phase::Open => Some(deals.event(self, deal)),
                _ => None,
            };
            for (part, left) in parts {
                match &event {
                    None if phase == Phase::Open && !signed => {}
                    Some(event) if !signed => self.possible_part(whose, deal, event, &part, left),
                    _ => self.agreed_part(whose, deal, &part, left),
                }
            }
            match (phase, rest, event) {
                (Phase::Open, Some(rest), Some(event)) => {
                    self.value(whose, deal, &event, rest, deals.to_invoice);
                }
                (Phase::Open, None, Some(_)) if deal.value.is_none() => deals.without_value += 1,
                (Phase::Won, Some(rest), _) => self.rest_of_won(whose, deal, rest, deals.to_invoice),
                _ => {}
            }
        }
        at_work
    }

    /// A part that is agreed: invoiced in time for its day, tomorrow at the earliest, and not overdue before then.
    fn agreed_part(
        &mut self,
        whose: &Whose<'_>,
        deal: &Deal,
        part: &Part<'_>,
        left: Result<Money, MissingRate>,
    ) {
        let issued = add_days(part.due, -whose.terms).max(self.tomorrow());
        if issued > self.until {
            return;
        }
        let when = self.invoiced(whose, issued, part.due);
        self.part(whose, deal, part, left, Layer::Committed, when);
    }

    /// A part of a deal that is still to be won: its day counts from the one on which the deal is likely won, if it is.
    fn possible_part(
        &mut self,
        whose: &Whose<'_>,
        deal: &Deal,
        event: &Arc<Event>,
        part: &Part<'_>,
        left: Result<Money, MissingRate>,
    ) {
        let half = event.when.within(self.days) / 2.0;
        let won = event.when.quantile(half).unwrap_or(1);
        let issued = days_between(self.day, add_days(part.due, -whose.terms));
        let when = self.following(whose, event, (issued - won).max(0));
        self.part(whose, deal, part, left, Layer::Possible, when);
    }

    fn part(
        &mut self,
        whose: &Whose<'_>,
        deal: &Deal,
        part: &Part<'_>,
        left: Result<Money, MissingRate>,
        layer: Layer,
        when: When,
    ) {
        let kind = if part.kind == FlowKind::DownPayment { "down payment" } else { "instalment" };
        let what = format!("{}: {kind}", deal.title);
        match left {
            Ok(amount) => self.flows.push(Flow {
                key: format!("deals/{}/{}", deal.id, part.key),
                layer,
                kind: part.kind,
                client: Some(whose.client()),
                what,
                record: Some((Table::Deals, deal.id.to_string())),
                amount,
                income: whose.net(amount),
                due: Some(part.due),
                when,
            }),
            Err(why) => self.leave_out(what, part.amount, why),
        }
    }

    /// What a deal still to be won brings beyond its parts: invoiced as long after as the book's deals are.
    fn value(
        &mut self,
        whose: &Whose<'_>,
        deal: &Deal,
        event: &Arc<Event>,
        rest: Result<(Money, Money), MissingRate>,
        to_invoice: i64,
    ) {
        let when = self.following(whose, event, to_invoice);
        self.whole(whose, deal, rest, (Layer::Possible, FlowKind::Deal, "value"), when, None);
    }

    /// What is left of a deal that was won: invoiced on the day of its next step, where one is planned.
    ///
    /// Else it waits. The longer it has waited, the longer it will: it is invoiced within t days with the chance
    /// t / (t + usual + waited), with the days waited since it was delivered or won, and the days that is usual: a week
    /// after the delivery, and after the winning as long as the book's deals took. So half of them are invoiced as late as
    /// usual, and one that is long overdue is never as good as money in the bank.
    fn rest_of_won(
        &mut self,
        whose: &Whose<'_>,
        deal: &Deal,
        rest: Result<(Money, Money), MissingRate>,
        to_invoice: i64,
    ) {
        let kind = (Layer::Likely, FlowKind::Rest, "rest");
        let planned = deal.next_step.as_ref().map(|step| step.due).filter(|due| *due > self.day);
        if let Some(issued) = planned.filter(|_| deal.delivered.is_none()) {
            if issued <= self.until {
                let due = add_days(issued, whose.terms);
                let when = self.invoiced(whose, issued, due);
                self.whole(whose, deal, rest, kind, when, Some(due));
            }
            return;
        }
        let since = deal.delivered.or_else(|| won_on(&self.stages, deal));
        let usual = if deal.delivered.is_some() { DELIVERED_DAYS } else { to_invoice.max(1) };
        let waited = since.map_or(0, |since| days_between(since, self.day).max(0));
        let event =
            Event { key: format!("deals/{}/rest", deal.id), when: waiting(usual + waited, self.days) };
        let when = self.following(whose, &Arc::new(event), 0);
        self.whole(whose, deal, rest, kind, when, None);
    }

    fn whole(
        &mut self,
        whose: &Whose<'_>,
        deal: &Deal,
        rest: Result<(Money, Money), MissingRate>,
        (layer, kind, key): (Layer, FlowKind, &str),
        when: When,
        due: Option<NaiveDate>,
    ) {
        match rest {
            Ok((amount, income)) => self.flows.push(Flow {
                key: format!("deals/{}/{key}", deal.id),
                layer,
                kind,
                client: Some(whose.client()),
                what: deal.title.clone(),
                record: Some((Table::Deals, deal.id.to_string())),
                amount,
                income,
                due,
                when,
            }),
            Err(why) => {
                let value = deal.value.unwrap_or(Money::zero(self.business.currency));
                self.leave_out(deal.title.clone(), value, why);
            }
        }
    }

    /// When something is paid that is invoiced so many days after an event.
    pub(super) fn following(&self, whose: &Whose<'_>, event: &Arc<Event>, days: i64) -> When {
        let lag = whose.lag(self);
        let lag = if days == 0 { lag } else { Arc::new(lag.shifted(days)) };
        When::Following(event.clone(), lag)
    }
}

/// The chance of each of the coming days when half is done within `half` days, and what waits waits on: t / (t + half).
fn waiting(half: i64, days: i64) -> Pmf {
    let whole = |days: i64| f64::from(i32::try_from(days).unwrap_or(i32::MAX));
    let by = |day: i64| whole(day) / whole(day + half);
    Pmf::of_days((1..=days).map(|day| by(day) - by(day - 1)), 0.0)
}
