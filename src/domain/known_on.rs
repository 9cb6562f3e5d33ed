//! When a fact was known, and the book as it was known at the end of a day.
//!
//! | fact | known on | effective on |
//! |---|---|---|
//! | client | the earliest of `met.day`, `added` and its first fact; with none of these, always | the same |
//! | client rate | `agreed`, else `from` | `from` |
//! | feeling, door check, kind by hand | `day` | `day` |
//! | ended | `agreed`, else `day` | `day`; from the one to the other it is `ends_on` |
//! | deal | its first stage's day; without stages, always | the same |
//! | stage, price told, terms told, less scope, hesitation, result | `day` | `day` |
//! | next step | `set`; without it, with its deal | `due` |
//! | proposal | `asked`, `sent`; with neither, with its deal | the same; `valid_until` lies ahead |
//! | agreement | `sent`, `signed`, `refused`; with none, with its deal | the same |
//! | down payment | `asked` | the payments of its invoice |
//! | instalment | its plan's `agreed` | `due` |
//! | delivery | `delivered` | `delivered` |
//! | goal | `day`; achieved: `achieved_on` | the same |
//! | retainer | `agreed` | `from` … `until` |
//! | invoice | `issued` | `issued`, `due` |
//! | payment, what is set off, write-off | `day` | `day` |
//! | promised payment | `day` | `pay_by` |
//! | dispute | `from`; settled: `until` | the same |
//! | touch, work, snooze, handled | `day` | `day` |
//! | letter of the outbox | `queued`; handed over: `day`; dropped: `dropped` | the same |
//! | scenario | `made` | the days of its levers |
//! | promise | `made`; moved: `day`; kept: `kept` | `due`, `to` |
//! | expense | `noted`, else `day` | `day` and its recurrences until `until` |
//! | renewal | `noted`; renewed: `day` | `expires`, `until` |
//! | renewal verified | that day | the same |
//! | balance, exchange rate, rate card entry | `day`, `from` | the same |
//!
//! Names, titles, values, people, what a letter says, tags, thresholds, weights, templates, stages and the firm's other settings have no
//! day: they are always the current ones. A retainer's or expense's `until` counts as known with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Agreement, Arrival, Book, Business, Client, ClientFacts, Deal, Expense, Facts, Filed, Handled, Invoice,
    Outgoing, Promise, Renewal, Retainer, Scenario, Snooze, Touch, Work,
};

/// A record whose facts become known on days.
pub(crate) trait KnownOn: Clone {
    /// Whether all of it was known by the end of `day`, so that nothing has to be forgotten.
    fn all_known(&self, day: NaiveDate) -> bool;
    /// Forgets what became known later; `false` when the record itself did.
    fn forget_after(&mut self, day: NaiveDate) -> bool;
    /// The day the record itself became known, where it has one.
    fn known_on(&self) -> Option<NaiveDate>;
}

fn by(day: NaiveDate) -> impl Fn(NaiveDate) -> bool {
    move |fact| fact <= day
}

fn forget(fact: &mut Option<NaiveDate>, day: NaiveDate) {
    if fact.is_some_and(|fact| fact > day) {
        *fact = None;
    }
}

fn as_known<R: KnownOn>(record: &Arc<R>, day: NaiveDate) -> Option<Arc<R>> {
    if record.known_on().is_some_and(|known| known > day) {
        return None;
    }
    if record.all_known(day) {
        return Some(record.clone());
    }
    let mut copy = R::clone(record);
    copy.forget_after(day).then(|| Arc::new(copy))
}

impl Deal {
    /// The day of each of its facts.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let stages = self.stages.iter().map(|stage| stage.day);
        let planned = self.next_step.iter().filter_map(|step| step.set);
        let told = self.price_told.iter().map(|told| told.day);
        let told = told.chain(self.terms_told.iter().map(|told| told.day));
        let told = told.chain(self.less_scope.iter().map(|less| less.day));
        let proposed = self.proposal.iter().flat_map(|it| [it.asked, it.sent]).flatten();
        let agreed = self.agreement.iter().flat_map(|it| [it.sent, it.signed, it.refused]).flatten();
        let asked = self.down_payment.iter().map(|down| down.asked);
        let asked = asked.chain(self.instalments.iter().map(|plan| plan.agreed));
        let goals = self.goals.iter().flat_map(|goal| [Some(goal.day), goal.achieved_on]).flatten();
        stages
            .chain(planned)
            .chain(told)
            .chain(proposed)
            .chain(self.hesitations.iter().map(|it| it.day))
            .chain(agreed)
            .chain(asked)
            .chain(self.delivered)
            .chain(goals)
            .chain(self.results.iter().map(|result| result.day))
    }

    /// The last day on which facts of it became known.
    #[must_use]
    pub fn changed_on(&self) -> Option<Arrival> {
        Arrival::last(self.days())
    }
}

impl Invoice {
    /// The day of each of its facts.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let disputed = self.disputes.iter().flat_map(|it| [Some(it.from), it.until]).flatten();
        std::iter::once(self.issued)
            .chain(self.payments.iter().map(|payment| payment.day))
            .chain(self.promised.iter().map(|promised| promised.day))
            .chain(disputed)
            .chain(self.write_off.iter().map(|it| it.day))
    }

    /// The last day on which facts of it became known.
    #[must_use]
    pub fn changed_on(&self) -> Option<Arrival> {
        Arrival::last(self.days())
    }
}

impl Promise {
    /// The day of each of its facts.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        std::iter::once(self.made).chain(self.moved.iter().map(|moved| moved.day)).chain(self.kept)
    }

    /// The last day on which facts of it became known.
    #[must_use]
    pub fn changed_on(&self) -> Option<Arrival> {
        Arrival::last(self.days())
    }
}

impl Renewal {
    /// The day of each of its facts.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let renewed = self.renewed.iter().map(|renewed| renewed.day);
        std::iter::once(self.noted).chain(renewed).chain(self.verified.iter().copied())
    }

    /// The last day on which facts of it became known.
    #[must_use]
    pub fn changed_on(&self) -> Option<Arrival> {
        Arrival::last(self.days())
    }
}

impl Outgoing {
    /// The day of each of its facts.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let handed_over = self.handed_over.iter().map(|handed| handed.day);
        std::iter::once(self.queued).chain(handed_over).chain(self.dropped)
    }
}

/// What a single record was at the end of a day.
macro_rules! as_of {
    ($($type:ident),*) => {$(
        impl $type {
            /// The record as it was known at the end of `day`: the same `Arc` when nothing has to be forgotten, `None`
            /// when it was not known yet.
            #[must_use]
            pub fn as_of(self: &Arc<Self>, day: NaiveDate) -> Option<Arc<Self>> {
                as_known(self, day)
            }
        }
    )*};
}

as_of!(Deal, Invoice, Promise);

impl Client {
    /// The day of each of its facts.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let met = self.met.iter().map(|met| met.day);
        met.chain(self.added)
            .chain(self.rates.iter().map(|rate| rate.from))
            .chain(self.feelings.iter().map(|feeling| feeling.day))
            .chain(self.door_check.iter().map(|check| check.day))
            .chain(self.kind.iter().map(|kind| kind.day))
            .chain(self.ended.iter().chain(&self.ends_on).flat_map(|end| [end.known_on(), end.day]))
    }
}

impl KnownOn for Client {
    fn all_known(&self, day: NaiveDate) -> bool {
        let known = by(day);
        self.known_on().is_none_or(&known)
            && self.met.as_ref().is_none_or(|met| known(met.day))
            && self.rates.iter().all(|rate| known(rate.known_on()))
            && self.feelings.iter().all(|feeling| known(feeling.day))
            && self.door_check.iter().all(|check| known(check.day))
            && self.kind.as_ref().is_none_or(|kind| known(kind.day))
            && self.ended.as_ref().is_none_or(|ended| known(ended.day))
            && self.ends_on.as_ref().is_none_or(|ends| known(ends.known_on()))
    }

    fn forget_after(&mut self, day: NaiveDate) -> bool {
        let known = by(day);
        let exists = self.known_on().is_none_or(&known);
        self.met.take_if(|met| !known(met.day));
        self.rates.retain(|rate| known(rate.known_on()));
        self.feelings.retain(|feeling| known(feeling.day));
        self.door_check.retain(|check| known(check.day));
        self.kind.take_if(|kind| !known(kind.day));
        if let Some(ahead) = self.ended.take_if(|ended| !known(ended.day)) {
            self.ends_on = Some(ahead);
        }
        self.ends_on.take_if(|ends| !known(ends.known_on()));
        exists
    }

    fn known_on(&self) -> Option<NaiveDate> {
        self.met.as_ref().map(|met| met.day).into_iter().chain(self.added).min()
    }
}

impl KnownOn for Deal {
    fn all_known(&self, day: NaiveDate) -> bool {
        self.days().all(by(day))
    }

    fn forget_after(&mut self, day: NaiveDate) -> bool {
        let known = by(day);
        let exists = self.known_on().is_none_or(&known);
        self.stages.retain(|stage| known(stage.day));
        self.next_step.take_if(|step| step.set.is_some_and(|set| !known(set)));
        self.price_told.take_if(|told| !known(told.day));
        self.terms_told.take_if(|told| !known(told.day));
        self.less_scope.take_if(|less| !known(less.day));
        // One without any day was always known; one whose days are all forgotten was not known yet.
        self.proposal.take_if(|it| {
            let dated = it.asked.is_some() || it.sent.is_some();
            forget(&mut it.asked, day);
            forget(&mut it.sent, day);
            dated && it.asked.is_none() && it.sent.is_none()
        });
        self.hesitations.retain(|it| known(it.day));
        self.agreement.take_if(|it| {
            let dated = *it != Agreement::default();
            forget(&mut it.sent, day);
            forget(&mut it.signed, day);
            forget(&mut it.refused, day);
            dated && *it == Agreement::default()
        });
        self.down_payment.take_if(|down| !known(down.asked));
        self.instalments.take_if(|plan| !known(plan.agreed));
        forget(&mut self.delivered, day);
        self.goals.retain(|goal| known(goal.day));
        for goal in &mut self.goals {
            if goal.achieved_on.is_some_and(|achieved| !known(achieved)) {
                goal.achieved_on = None;
                goal.achieved = None;
            }
        }
        self.results.retain(|result| known(result.day));
        exists
    }

    fn known_on(&self) -> Option<NaiveDate> {
        self.stages.iter().map(|stage| stage.day).min()
    }
}

impl KnownOn for Invoice {
    fn all_known(&self, day: NaiveDate) -> bool {
        self.days().all(by(day))
    }

    fn forget_after(&mut self, day: NaiveDate) -> bool {
        let known = by(day);
        self.payments.retain(|payment| known(payment.day));
        self.promised.retain(|promised| known(promised.day));
        self.disputes.retain(|dispute| known(dispute.from));
        for dispute in &mut self.disputes {
            forget(&mut dispute.until, day);
        }
        self.write_off.take_if(|it| !known(it.day));
        known(self.issued)
    }

    fn known_on(&self) -> Option<NaiveDate> {
        Some(self.issued)
    }
}

impl KnownOn for Promise {
    fn all_known(&self, day: NaiveDate) -> bool {
        self.days().all(by(day))
    }

    fn forget_after(&mut self, day: NaiveDate) -> bool {
        let known = by(day);
        self.moved.retain(|moved| known(moved.day));
        forget(&mut self.kept, day);
        known(self.made)
    }

    fn known_on(&self) -> Option<NaiveDate> {
        Some(self.made)
    }
}

impl KnownOn for Renewal {
    fn all_known(&self, day: NaiveDate) -> bool {
        self.days().all(by(day))
    }

    fn forget_after(&mut self, day: NaiveDate) -> bool {
        let known = by(day);
        self.renewed.retain(|renewed| known(renewed.day));
        self.verified.retain(|verified| known(*verified));
        known(self.noted)
    }

    fn known_on(&self) -> Option<NaiveDate> {
        Some(self.noted)
    }
}

impl KnownOn for Outgoing {
    fn all_known(&self, day: NaiveDate) -> bool {
        self.days().all(by(day))
    }

    fn forget_after(&mut self, day: NaiveDate) -> bool {
        let known = by(day);
        self.handed_over.take_if(|handed| !known(handed.day));
        forget(&mut self.dropped, day);
        known(self.queued)
    }

    fn known_on(&self) -> Option<NaiveDate> {
        Some(self.queued)
    }
}

/// A record that becomes known whole, on one day.
macro_rules! known_whole {
    ($($type:ident on |$it:ident| $day:expr),* $(,)?) => {$(
        impl KnownOn for $type {
            fn all_known(&self, day: NaiveDate) -> bool {
                let $it = self;
                $day <= day
            }

            fn forget_after(&mut self, day: NaiveDate) -> bool {
                self.all_known(day)
            }

            fn known_on(&self) -> Option<NaiveDate> {
                let $it = self;
                Some($day)
            }
        }
    )*};
}

known_whole!(
    Retainer on |it| it.agreed,
    Touch on |it| it.day,
    Work on |it| it.day,
    Expense on |it| it.noted.unwrap_or(it.day),
    Snooze on |it| it.day,
    Handled on |it| it.day,
    Scenario on |it| it.made,
);

impl Business {
    /// The settings as they were known at the end of `day`: the same `Arc` when nothing has to be forgotten.
    #[must_use]
    pub fn as_of(self: &Arc<Self>, day: NaiveDate) -> Arc<Self> {
        if self.all_known(day) {
            return self.clone();
        }
        let mut copy = Self::clone(self);
        copy.forget_after(day);
        Arc::new(copy)
    }

    fn all_known(&self, day: NaiveDate) -> bool {
        let known = by(day);
        self.accounts.iter().flat_map(|account| &account.balances).all(|balance| known(balance.day))
            && self.exchange_rates.iter().all(|rate| known(rate.day))
            && self.rate_card.iter().all(|entry| known(entry.from))
    }

    fn forget_after(&mut self, day: NaiveDate) {
        let known = by(day);
        for account in &mut self.accounts {
            account.balances.retain(|balance| known(balance.day));
        }
        self.exchange_rates.retain(|rate| known(rate.day));
        self.rate_card.retain(|entry| known(entry.from));
    }
}

impl Facts {
    fn all_known(&self, day: NaiveDate) -> bool {
        fn all<R: Filed + KnownOn>(facts: &Facts, day: NaiveDate) -> bool {
            R::list(facts).iter().all(|record| record.all_known(day))
        }
        all::<Deal>(self, day)
            && all::<Retainer>(self, day)
            && all::<Invoice>(self, day)
            && all::<Touch>(self, day)
            && all::<Promise>(self, day)
            && all::<Work>(self, day)
            && all::<Expense>(self, day)
            && all::<Renewal>(self, day)
            && all::<Snooze>(self, day)
            && all::<Handled>(self, day)
            && all::<Outgoing>(self, day)
            && all::<Scenario>(self, day)
    }

    /// These facts as they were known at the end of `day`: the same `Arc` when nothing has to be forgotten.
    #[must_use]
    pub fn as_of(self: &Arc<Self>, day: NaiveDate) -> Arc<Self> {
        if self.all_known(day) { self.clone() } else { Arc::new(self.reduced_to(day)) }
    }

    fn reduced_to(&self, day: NaiveDate) -> Self {
        fn known<R: Filed + KnownOn>(facts: &Facts, day: NaiveDate) -> Vec<Arc<R>> {
            R::list(facts).iter().filter_map(|record| as_known(record, day)).collect()
        }
        Self {
            deals: known(self, day),
            retainers: known(self, day),
            invoices: known(self, day),
            touches: known(self, day),
            promises: known(self, day),
            work: known(self, day),
            expenses: known(self, day),
            renewals: known(self, day),
            snoozes: known(self, day),
            handled: known(self, day),
            outbox: known(self, day),
            scenarios: known(self, day),
        }
    }

    /// The day of each fact of these records.
    fn days(&self) -> BTreeSet<NaiveDate> {
        fn whole<'a, R: Filed + KnownOn + 'a>(facts: &'a Facts) -> impl Iterator<Item = NaiveDate> {
            R::list(facts).iter().filter_map(|record| record.known_on())
        }
        let of_parts = self.deals.iter().flat_map(|it| it.days());
        of_parts
            .chain(self.invoices.iter().flat_map(|it| it.days()))
            .chain(self.promises.iter().flat_map(|it| it.days()))
            .chain(self.renewals.iter().flat_map(|it| it.days()))
            .chain(self.outbox.iter().flat_map(|it| it.days()))
            .chain(whole::<Retainer>(self))
            .chain(whole::<Touch>(self))
            .chain(whole::<Work>(self))
            .chain(whole::<Expense>(self))
            .chain(whole::<Snooze>(self))
            .chain(whole::<Handled>(self))
            .chain(whole::<Scenario>(self))
            .collect()
    }

    /// The day the first of these records became known.
    fn first_known(&self) -> Option<NaiveDate> {
        fn first<R: Filed + KnownOn>(facts: &Facts) -> Option<NaiveDate> {
            R::list(facts).iter().filter_map(|record| record.known_on()).min()
        }
        [
            first::<Deal>(self),
            first::<Retainer>(self),
            first::<Invoice>(self),
            first::<Touch>(self),
            first::<Promise>(self),
            first::<Work>(self),
            first::<Expense>(self),
            first::<Renewal>(self),
            first::<Snooze>(self),
            first::<Handled>(self),
            first::<Outgoing>(self),
            first::<Scenario>(self),
        ]
        .into_iter()
        .flatten()
        .min()
    }
}

impl ClientFacts {
    /// Every day on which something of the client became known, ascending: from one to the next its facts are the same.
    #[must_use]
    pub fn days(&self) -> BTreeSet<NaiveDate> {
        let mut days = self.facts.days();
        days.extend(self.client.days());
        days
    }

    /// The client as it was known at the end of `day`: the same `Arc` when nothing has to be forgotten, `None` when it
    /// was not known yet.
    #[must_use]
    pub fn as_of(self: &Arc<Self>, day: NaiveDate) -> Option<Arc<Self>> {
        let first = self.client.known_on().into_iter().chain(self.facts.first_known()).min();
        if first.is_some_and(|first| first > day) {
            return None;
        }
        if self.client.all_known(day) && self.facts.all_known(day) {
            return Some(self.clone());
        }
        let mut client = Client::clone(&self.client);
        client.forget_after(day);
        Some(Arc::new(Self { client: Arc::new(client), facts: self.facts.reduced_to(day) }))
    }
}

impl Book {
    /// The book as it was known at the end of `day`. What was known by then is shared, what came later is gone.
    #[must_use]
    pub fn as_of(&self, day: NaiveDate) -> Self {
        let clients: BTreeMap<_, _> = self
            .clients()
            .filter_map(|client| client.as_of(day).map(|known| (known.id().clone(), known)))
            .collect();
        Self::from_parts(self.business().as_of(day), clients, self.firm().as_of(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClientId, DealId, Proposal, StageFact};

    #[test]
    fn parts_of_a_deal_without_a_day_stay_whatever_else_is_forgotten() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let stage =
            |on: &str| StageFact { day: day(on), stage: "proposal".to_owned(), why: None, override_of: None };
        let proposal = |asked: Option<NaiveDate>| Proposal {
            asked,
            asked_by: Some("Ana".to_owned()),
            sent: None,
            valid_until: Some(day("2026-12-01")),
        };
        let mut deal = Deal::new(DealId::new("d").unwrap(), ClientId::new("c").unwrap(), "D");
        deal.stages = vec![stage("2026-01-01"), stage("2026-03-01")];
        deal.proposal = Some(proposal(None));
        deal.agreement = Some(Agreement::default());
        let known = |deal: &Deal| {
            let mut known = deal.clone();
            assert!(known.forget_after(day("2026-02-01")) && known.stages.len() == 1);
            known
        };
        let undated = known(&deal);
        assert_eq!((&undated.proposal, &undated.agreement), (&deal.proposal, &deal.agreement));
        deal.proposal = Some(proposal(Some(day("2026-03-01"))));
        deal.agreement = Some(Agreement { sent: Some(day("2026-03-01")), ..Agreement::default() });
        let later = known(&deal);
        assert_eq!((later.proposal, later.agreement), (None, None));
    }
}
