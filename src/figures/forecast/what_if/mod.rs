//! What if: levers change the list of flows, and nothing else.
//!
//! [`what_if`] is a pure function of a list of flows. A flow that no lever touches keeps its key, and so its draws; one
//! that is moved or made dearer keeps its key too, and is drawn as before on other days or for another amount. So what
//! differs between two forecasts is due to the levers alone. **This folder must not know** how anything is drawn; it
//! changes no fact.

mod assumed;
mod break_even;
mod compare;
mod expected;
mod late;
mod leaving;
mod letting_go;
mod parts;
mod plans;
mod rates;
mod small;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Currency, Lever, Money, add_days};

use super::flows::{TERMS_DAYS, usual_terms};
use super::{Flow, Layer, Layers, Pmf};

pub(in crate::figures) use break_even::concerned;
pub use break_even::{BreakEven, RiseBase};
pub use compare::{Change, Comparison, Side};
pub use expected::expected_within;
pub use letting_go::LettingGo;
pub(in crate::figures) use letting_go::{Other, deals_with_others, deals_won_from_others, hours_logged};
pub use parts::{Moved, moved};
pub use words::lever_words;

/// When something will be paid that is invoiced to this client on the first day and due on the second: days after the day
/// of the forecast.
pub type Scheduled<'a> = &'a dyn Fn(&ClientId, NaiveDate, NaiveDate) -> Arc<Pmf>;

/// What the levers stand on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The book as known at the end of the day.
    pub known: &'a Book,
    /// The day of the forecast.
    pub day: NaiveDate,
    /// How many days ahead.
    pub days: i64,
    /// How clients pay.
    pub scheduled: Scheduled<'a>,
}

/// The flows under some levers.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// In the order of their keys.
    pub flows: Vec<Flow>,
    /// What each lever did, in their order.
    pub effects: Vec<Effect>,
}

/// What a lever did.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// How many flows it changed, added or took away.
    pub changed: usize,
    /// By how much more (or less) is expected to come in, less what goes out, within the days looked at, layer by layer.
    pub expected: [(Layer, Money); 3],
    /// The flows of which another amount is expected than without it.
    pub parts: Vec<Moved>,
    /// The same in words, without amounts: `3 receipts of Acme come 14 days later`.
    pub words: String,
}

impl Effect {
    /// By how much more (or less) is expected when these layers are counted.
    #[must_use]
    pub fn counted(&self, layers: Layers) -> Money {
        let [(_, first), ..] = self.expected;
        let counted = self.expected.iter().filter(|(layer, _)| layers.counts(*layer));
        Money::new(counted.map(|(_, sum)| sum.amount).sum(), first.currency)
    }

    /// The layer that would have to be counted for it to do anything, where none of what it changes is.
    #[must_use]
    pub fn waits_for(&self, layers: Layers) -> Option<Layer> {
        let first = self.parts.first()?;
        let counts = self.parts.iter().any(|part| layers.counts(part.layer));
        (!counts).then_some(first.layer)
    }
}

/// The flows when all `levers` are pulled, one after the other. Without a lever it is the very same list.
#[must_use]
pub fn what_if(mut flows: Vec<Flow>, levers: &[Lever], ground: &Ground<'_>) -> WhatIf {
    let mut effects = Vec::new();
    for (position, lever) in levers.iter().enumerate() {
        let sums = |flows: &[Flow]| {
            Layer::ALL.map(|layer| (layer, expected_within(flows, layer, ground.currency(), ground.days)))
        };
        let (before, without) = (sums(&flows), flows.clone());
        let done = pull(&mut flows, lever, position, ground);
        let mut expected = sums(&flows);
        for ((_, after), (_, before)) in expected.iter_mut().zip(before) {
            after.amount -= before.amount;
        }
        let parts = if done.changed > 0 { moved(&without, &flows, ground.days) } else { Vec::new() };
        effects.push(Effect { changed: done.changed, expected, parts, words: done.words });
        if done.changed > 0 {
            flows.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }
    WhatIf { flows, effects }
}

/// How many flows a lever changed, and what that was.
struct Done {
    changed: usize,
    words: String,
}

fn pull(flows: &mut Vec<Flow>, lever: &Lever, position: usize, ground: &Ground<'_>) -> Done {
    match lever {
        Lever::PaysLater { client, days } => late::pays_later(flows, client, *days, ground),
        Lever::NeverPaid { invoice } => late::never_paid(flows, invoice, ground),
        Lever::Leaves { client, on } | Lever::LetGo { client, on } => {
            leaving::leaves(flows, client, *on, ground)
        }
        Lever::RatesRise { clients, percent, from } => rates::rise(flows, clients, *percent, *from, ground),
        Lever::Deposit { percent } => plans::deposit(flows, *percent, ground),
        Lever::Instalments { deal, parts, every } => plans::instalments(flows, deal, *parts, *every, ground),
        Lever::ManySmall { largest, each } => small::many_small(flows, *largest, *each, ground),
        Lever::Income { what, amount, day, every } => assumed::income(
            flows,
            &assumed::Row { position, what, amount: *amount, day: *day, every: *every },
            ground,
        ),
        Lever::Expense { what, amount, day, every } => assumed::expense(
            flows,
            &assumed::Row { position, what, amount: *amount, day: *day, every: *every },
            ground,
        ),
    }
}

impl Ground<'_> {
    fn currency(&self) -> Currency {
        self.known.currency()
    }

    /// The last day looked at.
    fn until(&self) -> NaiveDate {
        add_days(self.day, self.days)
    }

    /// What a client is called; its id where the book does not know it.
    fn name(&self, client: &ClientId) -> String {
        self.known.client(client).map_or_else(|| client.to_string(), |known| known.client.name.clone())
    }

    /// The days an invoice of a client gives: its usual terms, else the median of its invoices', else 14.
    fn terms(&self, client: &ClientId) -> i64 {
        self.known.client(client).map_or(TERMS_DAYS, |known| usual_terms(known))
    }
}

impl Done {
    fn nothing(words: impl Into<String>) -> Self {
        Self { changed: 0, words: words.into() }
    }
}

/// Whether a flow is one of this client's.
fn is_of(flow: &Flow, client: &ClientId) -> bool {
    flow.client.as_ref().is_some_and(|(id, _)| id == client)
}

/// `1 receipt`, `3 receipts`.
fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Keys for flows that a lever adds: made from an old one, and none twice.
struct Keys(BTreeSet<String>);

impl Keys {
    fn of(flows: &[Flow]) -> Self {
        Self(flows.iter().map(|flow| flow.key.clone()).collect())
    }

    /// `old#name`; with a further mark where an earlier lever made that one.
    fn derive(&mut self, old: &str, name: impl std::fmt::Display) -> String {
        let mut key = format!("{old}#{name}");
        while !self.0.insert(key.clone()) {
            key.push('+');
        }
        key
    }
}

/// An amount in so many parts that differ by at most the smallest coin and add up to it exactly: the first ones are larger.
fn in_parts(amount: Money, parts: u32) -> Vec<Money> {
    use rust_decimal::Decimal;
    let parts = parts.max(1);
    let count = Decimal::from(parts);
    let coin = Decimal::new(1, amount.currency.decimals());
    let coin = if amount.amount.is_sign_negative() { -coin } else { coin };
    let each = (amount.amount / count).trunc_with_scale(amount.currency.decimals());
    let mut rest = amount.amount - each * count;
    let mut split: Vec<Decimal> = Vec::new();
    for _ in 0..parts {
        let one_more = rest.abs() >= coin.abs();
        split.push(if one_more { each + coin } else { each });
        rest -= if one_more { coin } else { Decimal::ZERO };
    }
    // An amount finer than the smallest coin leaves a crumb.
    if let Some(last) = split.last_mut() {
        *last += rest;
    }
    split.into_iter().map(|part| Money::new(part, amount.currency)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_last_coin() {
        let parts = |text: &str, count| -> Vec<String> {
            in_parts(Money::parse(text).unwrap(), count).iter().map(ToString::to_string).collect()
        };
        assert_eq!(parts("100.00 EUR", 3), ["33.34 EUR", "33.33 EUR", "33.33 EUR"]);
        assert_eq!(parts("-0.05 EUR", 3), ["-0.02 EUR", "-0.02 EUR", "-0.01 EUR"]);
        assert_eq!(parts("100 JPY", 3), ["34 JPY", "33 JPY", "33 JPY"]);
        assert_eq!(parts("0.015 EUR", 2), ["0.01 EUR", "0.005 EUR"]);
        assert_eq!(parts("7.00 EUR", 0), ["7.00 EUR"]);
    }
}
