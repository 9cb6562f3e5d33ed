//! The board: deals in their stages, and clients without one.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientId, DealId, Money, NextStep, Phase};

use super::{Answer, Gate};

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
    /// What it is worth, in the book's currency.
    pub value: Answer<Money>,
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
