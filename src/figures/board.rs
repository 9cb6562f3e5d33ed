//! The board: deals in their stages, and clients without one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, Currency, DealId, Money, NextStep, Phase, Stage};

use super::chance::{chance_of_deal, fraction};
use super::fold::{Change, Side, Sums, replaced};
use super::sum::Sum;
use super::{Answer, Gate, Passed, Shortfall, Unknown};

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
    pub cards: Vec<Arc<Card>>,
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
    /// That it does not bring the break-even rate for its hours so far.
    pub shortfall: Option<Shortfall>,
    /// Lowercase words a filter looks in.
    pub search: String,
}

/// The cards of a column that are no longer there, and those that are now.
#[derive(Default)]
struct Moved {
    gone: Vec<Arc<Card>>,
    come: Vec<Arc<Card>>,
}

impl Board {
    /// The board by the firm's stages, from the one `before` and what changed since; `sums` are over all clients.
    pub(super) fn next(
        before: Option<&Self>,
        change: &Change,
        sums: &Sums,
        business: &Business,
        day: NaiveDate,
    ) -> Self {
        let stages = business.stages();
        let columns_before = before.map(|it| it.columns.as_slice()).unwrap_or_default();
        let known = |id: &str| columns_before.iter().find(|it| it.lane == Lane::Stage && it.id == id);
        // A deal that entered no stage yet stands before the first one's others.
        let first = stages.first().map_or("", |stage| &stage.id);
        let mut moved: BTreeMap<&str, Moved> = BTreeMap::new();
        // What no stage lists stays where it is, as long as it holds a card.
        for column in columns_before.iter().filter(|it| it.lane == Lane::Stage) {
            moved.entry(&column.id).or_default();
        }
        let cards = |side: &Side| side.clients.iter().flat_map(|client| client.cards.clone()).collect();
        let (gone, come): (Vec<_>, Vec<_>) = (cards(&change.gone), cards(&change.come));
        // What is the same on both sides stays where it is.
        let was: BTreeMap<&CardKey, &(Option<String>, Arc<Card>)> =
            gone.iter().map(|it| (&it.1.key, it)).collect();
        let stays = come.iter().filter(|it| was.get(&it.1.key).is_some_and(|was| was == it));
        let stays: BTreeSet<&CardKey> = stays.map(|(_, card)| &card.key).collect();
        for (stage, card) in gone.iter().filter(|(_, card)| !stays.contains(&card.key)) {
            moved.entry(stage.as_deref().unwrap_or(first)).or_default().gone.push(card.clone());
        }
        for (stage, card) in come.iter().filter(|(_, card)| !stays.contains(&card.key)) {
            moved.entry(stage.as_deref().unwrap_or(first)).or_default().come.push(card.clone());
        }
        let currency = business.currency;
        let mut columns = vec![
            lone(columns_before, change, Lane::Contacts, "contacts", "Contacts"),
            lone(columns_before, change, Lane::BetweenJobs, "between-jobs", "Between jobs"),
        ];
        for stage in &stages {
            let moved = moved.remove(stage.id.as_str()).unwrap_or_default();
            let chance = chance(stage, sums.passed.get(&stage.id).copied().unwrap_or_default());
            columns.push(Column::next(known(&stage.id), moved, stage, Some(stage.phase), chance, currency));
        }
        for (id, moved) in moved {
            let unlisted = Stage {
                id: id.to_owned(),
                name: id.to_owned(),
                phase: Phase::Open,
                stale_days: None,
                chance: None,
            };
            let column = Column::next(known(id), moved, &unlisted, None, None, currency);
            columns.extend(Some(column).filter(|column| column.count_all > 0));
        }
        Self { day, columns }
    }
}

impl Column {
    fn next(
        before: Option<&Self>,
        mut moved: Moved,
        stage: &Stage,
        phase: Option<Phase>,
        chance: Option<(Decimal, String)>,
        currency: Currency,
    ) -> Self {
        if let Some(same) = before.filter(|it| it.chance == chance)
            && moved.gone.is_empty()
            && moved.come.is_empty()
        {
            return same.clone();
        }
        let all_before = before.map_or(0, |it| it.count_all);
        let count_all = (all_before + moved.come.len()).saturating_sub(moved.gone.len());
        if matches!(phase, Some(Phase::Closed | Phase::Lost)) {
            let shown = |card: &Arc<Card>| card.days_in_stage.is_none_or(|days| days <= OVER_DAYS);
            moved.gone.retain(shown);
            moved.come.retain(shown);
        }
        let cards = before.map(|it| it.cards.as_slice()).unwrap_or_default();
        let cards = replaced(cards, moved.gone, moved.come, |a, b| order(a).cmp(&order(b)));
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
fn lone(before: &[Column], change: &Change, lane: Lane, id: &str, name: &str) -> Column {
    let cards = before.iter().find(|it| it.lane == lane).map(|it| it.cards.as_slice()).unwrap_or_default();
    let in_lane = |side: &Side| {
        let lone = side.clients.iter().filter_map(|client| client.lone.as_ref());
        lone.filter(|(at, _)| *at == lane).map(|(_, card)| card.clone()).collect()
    };
    let cards = replaced(cards, in_lane(&change.gone), in_lane(&change.come), |a, b| {
        let silent = |card: &'_ Card| (card.days_since_touch.is_some(), Reverse(card.days_since_touch));
        silent(a).cmp(&silent(b)).then_with(|| a.key.cmp(&b.key))
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
