//! The board: deals in their stages, and clients without one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, Currency, DealId, Money, NextStep, Phase, Stage};

use super::chance::{chance_of_deal, fraction};
use super::sum::Sum;
use super::{Answer, Client, Gate, Passed, Unknown};

/// Closed and lost deals stay on the board for so many days.
pub const OVER_DAYS: i64 = 90;
/// From so many decided deals on, a stage's chance comes from the book's own history.
const ENOUGH_DECIDED: u32 = 20;

/// How a chance that comes from history is told.
const WERE_WON: &str = "deals that were here were won";

/// The board's columns from left to right: contacts without a deal, clients between jobs, then the book's stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// In the order of the board.
    pub columns: Vec<Column>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Contacts without a deal.
    Contacts,
    /// Clients who have paid and have no open deal.
    BetweenJobs,
    /// Deals in a stage.
    Stage,
}

/// A column of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands in it.
    pub lane: Lane,
    /// The stage's id, or `contacts` and `between-jobs`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What the stage means; `None` for the two lanes of clients and for a stage the book does not list.
    pub phase: Option<Phase>,
    /// How many cards.
    pub count: usize,
    /// How many there are in all: closed and lost deals leave the board after 90 days.
    pub count_all: usize,
    /// Σ value of the cards that have one, in the book's currency.
    pub sum: Answer<Money>,
    /// Σ value × chance of the cards that have a value.
    pub weighted: Answer<Money>,
    /// How many cards have no value, and so are in no sum.
    pub without_value: usize,
    /// The chance used for deals without one of their own (a fraction of one), and where it comes from.
    pub chance: Option<(Decimal, String)>,
    /// Its cards; stale ones first, then those longest in the stage.
    pub cards: Vec<Card>,
}

/// What a card stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardKey {
    /// A deal.
    Deal(DealId),
    /// A client without a deal.
    Client(ClientId),
}

/// A card of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// What it stands for.
    pub key: CardKey,
    /// Whose.
    pub client: ClientId,
    /// What they are called.
    pub client_name: Arc<str>,
    /// The deal's title; for a client, why it stands here.
    pub title: String,
    /// What it is worth, in the book's currency; `None` where nobody said.
    pub value: Option<Answer<Money>>,
    /// The chance set by hand, a fraction of one.
    pub chance: Option<Decimal>,
    /// What is planned next.
    pub next_step: Option<NextStep>,
    /// The day it entered the stage.
    pub entered: Option<NaiveDate>,
    /// How many days ago that was.
    pub days_in_stage: Option<i64>,
    /// Days since the last touch either way; `None` without one.
    pub days_since_touch: Option<i64>,
    /// Days beyond the stage's limit without a planned next step; `None` when it is not stale.
    pub stale_days: Option<i64>,
    /// What speaks against being in this stage now.
    pub gates: Vec<Gate>,
    /// Lowercase words a filter looks in.
    pub search: String,
}

impl Board {
    /// The board of all clients, by the firm's stages.
    #[must_use]
    pub fn of(business: &Business, clients: &[Arc<Client>], day: NaiveDate) -> Self {
        let stages = business.stages();
        let mut of_stage: BTreeMap<&str, Vec<Card>> = BTreeMap::new();
        for (stage, card) in clients.iter().flat_map(|client| &client.cards) {
            // A deal that entered no stage yet stands before the first one's others.
            let first = stages.first().map_or("", |stage| &stage.id);
            of_stage.entry(stage.as_deref().unwrap_or(first)).or_default().push(card.clone());
        }
        let passed = passed(clients);
        let currency = business.currency;
        let mut columns = vec![
            lone(clients, Lane::Contacts, "contacts", "Contacts"),
            lone(clients, Lane::BetweenJobs, "between-jobs", "Between jobs"),
        ];
        for stage in &stages {
            let cards = of_stage.remove(stage.id.as_str()).unwrap_or_default();
            let chance = chance(stage, passed.get(&stage.id).copied().unwrap_or_default());
            columns.push(Column::of(stage, Some(stage.phase), cards, chance, currency));
        }
        for (id, cards) in of_stage {
            let unlisted = Stage {
                id: id.to_owned(),
                name: id.to_owned(),
                phase: Phase::Open,
                stale_days: None,
                chance: None,
            };
            columns.push(Column::of(&unlisted, None, cards, None, currency));
        }
        Self { day, columns }
    }
}

impl Column {
    fn of(
        stage: &Stage,
        phase: Option<Phase>,
        mut cards: Vec<Card>,
        chance: Option<(Decimal, String)>,
        currency: Currency,
    ) -> Self {
        let count_all = cards.len();
        if matches!(phase, Some(Phase::Closed | Phase::Lost)) {
            cards.retain(|card| card.days_in_stage.is_none_or(|days| days <= OVER_DAYS));
        }
        cards.sort_by(|a, b| order(a).cmp(&order(b)));
        let valued = || cards.iter().filter_map(|card| Some((card, card.value.as_ref()?)));
        let without_value = cards.len() - valued().count();
        let no_value = (!cards.is_empty() && without_value == cards.len())
            .then(|| Unknown::because("no deal here has a value yet"));
        let of_stage = chance.as_ref().map(|(chance, _)| *chance);
        let weighted =
            valued().map(|(card, value)| weighted(card, value, of_stage, (stage.phase, &stage.name)));
        let weighted: Vec<Answer<Money>> = weighted.collect();
        let known = |sum: Answer<Money>| no_value.clone().map_or(sum, Err);
        Self {
            lane: Lane::Stage,
            id: stage.id.clone(),
            name: stage.name.clone(),
            phase,
            count: cards.len(),
            count_all,
            sum: known(Sum::of(currency, valued().map(|(_, value)| value))),
            weighted: known(Sum::of(currency, &weighted)),
            without_value,
            chance,
            cards,
        }
    }

    /// The chance used for a card of this column, a fraction of one.
    pub(super) fn chance_of(&self, card: &Card) -> Option<Decimal> {
        let of_stage = self.chance.as_ref().map(|(chance, _)| *chance);
        chance_of_deal(self.phase.unwrap_or(Phase::Open), card.chance, of_stage)
    }

    /// Whether its chance comes from the book's own history.
    pub(super) fn counts_its_own(&self) -> bool {
        self.chance.as_ref().is_some_and(|(_, from)| from.ends_with(WERE_WON))
    }

    /// What a card brings to the weighted sum; `None` where it has no value.
    pub(super) fn weighted_of(&self, card: &Card) -> Option<Answer<Money>> {
        let of_stage = self.chance.as_ref().map(|(chance, _)| *chance);
        let stage = (self.phase.unwrap_or(Phase::Open), self.name.as_str());
        Some(weighted(card, card.value.as_ref()?, of_stage, stage))
    }
}

/// Stale first, the longest stale before; then the longest in the stage.
fn order(card: &Card) -> (Reverse<Option<i64>>, Reverse<Option<i64>>, &CardKey) {
    (Reverse(card.stale_days), Reverse(card.days_in_stage), &card.key)
}

/// A lane of clients; the longest silent first, and before them those never spoken to.
fn lone(clients: &[Arc<Client>], lane: Lane, id: &str, name: &str) -> Column {
    let in_lane = clients.iter().filter_map(|client| client.lone.as_ref()).filter(|(at, _)| *at == lane);
    let mut cards: Vec<Card> = in_lane.map(|(_, card)| card.clone()).collect();
    cards.sort_by_key(|card| {
        (card.days_since_touch.is_some(), Reverse(card.days_since_touch), card.key.clone())
    });
    let no_deal = || Err(Unknown::because("a client without a deal has no value on the board"));
    Column {
        lane,
        id: id.to_owned(),
        name: name.to_owned(),
        phase: None,
        count: cards.len(),
        count_all: cards.len(),
        sum: no_deal(),
        weighted: no_deal(),
        without_value: cards.len(),
        chance: None,
        cards,
    }
}

fn passed(clients: &[Arc<Client>]) -> BTreeMap<String, Passed> {
    let mut all: BTreeMap<String, Passed> = BTreeMap::new();
    for (stage, passed) in clients.iter().flat_map(|client| &client.passed) {
        let entry = all.entry(stage.clone()).or_default();
        entry.won += passed.won;
        entry.lost += passed.lost;
    }
    all
}

/// The chance of a deal in a stage, a fraction of one, and where it comes from.
fn chance(stage: &Stage, passed: Passed) -> Option<(Decimal, String)> {
    match stage.phase {
        Phase::Won => return Some((Decimal::ONE, "won".to_owned())),
        Phase::Closed => return Some((Decimal::ONE, "done and paid".to_owned())),
        Phase::Lost => return Some((Decimal::ZERO, "lost".to_owned())),
        Phase::Open => {}
    }
    let decided = passed.won + passed.lost;
    if decided >= ENOUGH_DECIDED {
        let share = Decimal::from(passed.won).checked_div(decided.into())?;
        return Some((share, format!("{} of {decided} {WERE_WON}", passed.won)));
    }
    let set = stage.chance?;
    Some((fraction(set), format!("set for this stage; {decided} decided deals are too few to tell")))
}

fn weighted(
    card: &Card,
    value: &Answer<Money>,
    of_stage: Option<Decimal>,
    (phase, name): (Phase, &str),
) -> Answer<Money> {
    let chance = chance_of_deal(phase, card.chance, of_stage);
    let chance = chance.ok_or_else(|| Unknown(format!("the stage {name} has no chance")))?;
    Ok(value.clone()?.times(chance))
}
