//! What the queue is narrowed by. Amounts are compared as the queue shows them, days in whole ones.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::days_between;
use crate::written::summary_amount;

use super::Filter;
use super::filter::{bare, searchable};
use super::terms::{Asked, Terms, Vocabulary};
use super::today::{Family, Item, ItemKind};

/// What can be typed, each with what it finds.
pub const ITEM_TERMS: [(&str, &str); 8] = [
    ("ana proposal", "every word is found in the client, the title, the reason or the kind"),
    (
        "kind:overdue",
        "items of a kind, by its first letters; also kind:late (what is asked for late money), kind:money, kind:winning and \
         kind:keeping",
    ),
    ("client:acme", "items of clients with this in their name"),
    ("amount>500", "what is at stake, in the book's currency; also <, <=, >= and =, here and below"),
    ("cost>10", "what a week's delay costs"),
    ("silent>30", "days since the last touch, either way"),
    ("new:today", "what came up today; also new:week, new:month and new:10d"),
    ("-kind:silent", "with - or ! before it: whatever the term does not find"),
];

const VOCABULARY: Vocabulary = Vocabulary {
    named: &[("kind", kind), ("client", client), ("new", new)],
    measures: &["amount", "cost", "silent"],
    example: "kind:overdue",
};

/// The first letters of a kind's token, or a family.
fn kind(value: &str) -> Result<String, String> {
    let wanted = value.to_lowercase();
    let known = ItemKind::ALL.iter().any(|kind| is_of(*kind, &wanted));
    if known && !wanted.is_empty() {
        return Ok(wanted);
    }
    Err("a kind begins as in kind:overdue, kind:stalled or kind:renewal, or is late, money, winning or keeping"
        .to_owned())
}

fn is_of(kind: ItemKind, wanted: &str) -> bool {
    kind.token().starts_with(wanted)
        || family_token(kind.family()) == wanted
        || (wanted == "late" && kind.is_chase())
}

fn family_token(family: Family) -> &'static str {
    match family {
        Family::Money => "money",
        Family::Winning => "winning",
        Family::Keeping => "keeping",
    }
}

/// A part of a client's name without case and accents.
fn client(value: &str) -> Result<String, String> {
    let wanted = bare(value);
    if wanted.is_empty() { Err("write a name, as in client:acme".to_owned()) } else { Ok(wanted) }
}

/// For how many days something is new.
fn new(value: &str) -> Result<String, String> {
    let days = match value.to_lowercase().as_str() {
        "today" => Some(0),
        "week" => Some(7),
        "month" => Some(30),
        days => days.strip_suffix('d').unwrap_or(days).parse::<u32>().ok(),
    };
    days.map(|days| days.to_string())
        .ok_or_else(|| "write new:today, new:week, new:month or new:10d".to_owned())
}

/// A filter of the queue, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemFilter(Terms);

impl ItemFilter {
    /// What a person typed. Nothing is an error: a term that is not understood is a word, and a note says so.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(Terms::read(typed, &VOCABULARY))
    }

    /// What was not understood, each in a sentence with its cure and without a full stop.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        self.0.notes()
    }

    /// Whether every term lets an item through, on the day of its queue.
    #[must_use]
    pub fn passes(&self, item: &Item, day: NaiveDate) -> bool {
        self.0.pass(&Line { item, day })
    }
}

/// An item on the day of its queue.
struct Line<'a> {
    item: &'a Item,
    day: NaiveDate,
}

impl Asked for Line<'_> {
    fn finds(&self, word: &Filter) -> bool {
        let item = self.item;
        word.finds(&searchable([&item.client_name, &item.title, &item.why, item.kind.title()]))
    }

    fn is(&self, name: &str, value: &str) -> Option<bool> {
        Some(match name {
            "kind" => is_of(self.item.kind, value),
            "client" => bare(&self.item.client_name).contains(value),
            _ => days_between(self.item.since, self.day) <= value.parse().ok()?,
        })
    }

    fn figure(&self, name: &str) -> Option<Decimal> {
        match name {
            "amount" => {
                self.item.at_stake.map(|money| summary_amount(money.amount, money.currency.decimals()))
            }
            // What is under 1 a week is told by no figure.
            "cost" if self.item.cost < Decimal::ONE => Some(self.item.cost),
            "cost" => Some(summary_amount(self.item.cost, 0)),
            _ => self.item.last_touch.map(|touch| Decimal::from(days_between(touch, self.day))),
        }
    }
}
