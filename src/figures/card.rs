//! The cards of one client on the board.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, ClientKind, Deal, DealId, Money, Phase, Relation, Stage, days_between,
};

use super::asked::DownPayments;
use super::chance::fraction;
use super::filter::searchable;
use super::gate::{Entrance, over_cap};
use super::jobs::phase_of;
use super::place::at_place;
use super::sum::converted;
use super::{Answer, Card, CardKey, Lane, Shortfall};

/// What the cards of one client share.
pub(super) struct Deck<'a> {
    pub(super) business: &'a Business,
    pub(super) stages: &'a [Stage],
    pub(super) known: &'a Arc<ClientFacts>,
    pub(super) name: &'a Arc<str>,
    pub(super) kind: Option<ClientKind>,
    /// What the client owes.
    pub(super) owed: &'a Answer<Money>,
    /// Which of its deals do not bring the break-even rate.
    pub(super) shortfalls: &'a BTreeMap<DealId, Shortfall>,
    pub(super) day: NaiveDate,
}

impl Deck<'_> {
    /// A card for each deal, beside the id of its stage.
    pub(super) fn deals(&self) -> Vec<(Option<String>, Arc<Card>)> {
        let entrance = Entrance {
            business: self.business,
            stages: self.stages,
            known: self.known,
            down: DownPayments::of(&self.known.facts, self.known.facts.deals.iter().map(AsRef::as_ref)),
            over_cap: over_cap(self.business, self.owed, || self.kind),
            day: self.day,
        };
        let days_since_touch = self.days_since_touch();
        self.known.facts.deals.iter().map(|deal| self.deal(deal, &entrance, days_since_touch)).collect()
    }

    fn deal(
        &self,
        deal: &Deal,
        entrance: &Entrance<'_>,
        days_since_touch: Option<i64>,
    ) -> (Option<String>, Arc<Card>) {
        let at = deal.stage();
        let stage = at.and_then(|at| self.stages.iter().find(|stage| stage.id == at.stage));
        let entered = at.map(|at| at.day);
        let card = Card {
            key: CardKey::Deal(deal.id.clone()),
            title: deal.title.clone(),
            value: deal.value.map(|value| converted(self.business, value, self.day)),
            chance: deal.chance.map(fraction),
            next_step: deal.next_step.clone(),
            entered,
            days_in_stage: entered.map(|entered| days_between(entered, self.day)),
            stale_days: stage.and_then(|stage| stale_days(stage, deal, self.day)),
            gates: at.map(|at| entrance.gates(deal, &at.stage)).unwrap_or_default(),
            shortfall: self.shortfalls.get(&deal.id).cloned(),
            search: self.searchable(&deal.title),
            ..self.blank(CardKey::Deal(deal.id.clone()), days_since_touch)
        };
        (at.map(|at| at.stage.clone()), Arc::new(card))
    }

    /// The client's own card, when it belongs on the board without a deal: before the first one, or between jobs.
    pub(super) fn lone(&self) -> Option<(Lane, Arc<Card>)> {
        let facts = &self.known.facts;
        let away = self.known.client.relation == Relation::Partner
            || matches!(self.kind, Some(ClientKind::Ended | ClientKind::Partner));
        let phase = |deal: &Deal| deal.stage().and_then(|at| phase_of(self.stages, &at.stage));
        let has_job = self.known.running_retainers(self.day).next().is_some()
            || facts.deals.iter().any(|deal| !matches!(phase(deal), Some(Phase::Closed | Phase::Lost)));
        if away || has_job {
            return None;
        }
        let last_paid = facts.invoices.iter().flat_map(|it| it.received()).map(|payment| payment.day).max();
        let (lane, title) = match last_paid {
            Some(paid) => (Lane::BetweenJobs, format!("last paid {} days ago", days_between(paid, self.day))),
            None if !facts.deals.is_empty() => return None,
            None if !facts.invoices.is_empty() => (Lane::Contacts, "invoiced, nothing paid yet".to_owned()),
            None => (Lane::Contacts, self.how_met()),
        };
        let card =
            Card { title, ..self.blank(CardKey::Client(self.known.id().clone()), self.days_since_touch()) };
        Some((lane, Arc::new(card)))
    }

    fn how_met(&self) -> String {
        let Some(met) = &self.known.client.met else { return "no deal yet".to_owned() };
        let place =
            met.place.as_deref().and_then(at_place).map(|place| format!(" {place}")).unwrap_or_default();
        let why = met.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("met {} days ago{place}{why}", days_between(met.day, self.day))
    }

    fn days_since_touch(&self) -> Option<i64> {
        self.known.facts.touches.iter().map(|touch| days_between(touch.day, self.day)).min()
    }

    fn blank(&self, key: CardKey, days_since_touch: Option<i64>) -> Card {
        Card {
            key,
            client: self.known.id().clone(),
            client_name: self.name.clone(),
            title: String::new(),
            value: None,
            chance: None,
            next_step: None,
            entered: None,
            days_in_stage: None,
            days_since_touch,
            stale_days: None,
            gates: Vec::new(),
            shortfall: None,
            search: self.searchable(""),
        }
    }

    fn searchable(&self, title: &str) -> String {
        let client = &self.known.client;
        let words = [title, client.name.as_str()].into_iter();
        searchable(words.chain(client.tags.iter().map(String::as_str)))
    }
}

/// Days for which a deal has been in a stage beyond its limit. A next step planned for today or later keeps it fresh, and
/// one whose day has passed starts the count anew.
fn stale_days(stage: &Stage, deal: &Deal, day: NaiveDate) -> Option<i64> {
    let limit = i64::from(stage.stale_days?);
    let entered = deal.stage()?.day;
    let planned = deal.next_step.as_ref().map(|step| step.due);
    let since = planned.map_or(entered, |planned| planned.max(entered));
    let over = days_between(since, day) - limit;
    let fresh = planned.is_some_and(|planned| planned >= day);
    (!fresh && over > 0).then_some(over)
}
