//! The outbox: the letters that are still to go out, the one that has waited longest first.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, Deal, Money, Outgoing, OutgoingId, TemplateId, days_between};

use super::draft::{Matter, amounts, answer_day, days};
use super::fold::Change;
use super::leaving::goodbye;
use super::rates::priced;
use super::today::ItemKind;
use super::words::{amount, long_day};
use super::{Client, Figures, Letter};

/// A letter that has waited so many days is to be read again: what it says of days is no longer true.
const STALE_DAYS: i64 = 7;

/// The letters that wait to be handed over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outbox {
    /// By the day they were queued; of one day by client, and then in the order of the book.
    pub waiting: Vec<Waiting>,
}

/// A letter that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// What it says, and to whom.
    pub letter: Arc<Outgoing>,
    /// What the client is called.
    pub name: Arc<str>,
    /// For how many days it has waited.
    pub days: i64,
}

impl Outbox {
    /// What waits in the facts of these clients, as they are known at the end of `day`.
    fn of(clients: &[Arc<Client>], day: NaiveDate) -> Self {
        let mut waiting = Vec::new();
        for client in clients {
            let letters = client.known.facts.outbox.iter().filter(|letter| letter.waits());
            waiting.extend(letters.map(|letter| Waiting {
                letter: letter.clone(),
                name: client.name.clone(),
                days: days_between(letter.queued, day),
            }));
        }
        // Stable, and the clients come by id.
        waiting.sort_by_key(|waiting| waiting.letter.queued);
        Self { waiting }
    }

    /// What waits, from what waited `before` and what changed since: all are gone through only where a letter may have come or
    /// gone.
    pub(super) fn next(
        before: Option<&Arc<Self>>,
        change: &Change,
        clients: &[Arc<Client>],
        day: NaiveDate,
    ) -> Arc<Self> {
        let waits = |client: &Arc<Client>| client.known.facts.outbox.iter().any(|letter| letter.waits());
        let changed = || change.gone.clients.iter().chain(&change.come.clients).any(waits);
        match before {
            Some(same) if !changed() => same.clone(),
            _ => Arc::new(Self::of(clients, day)),
        }
    }

    /// The waiting letter of this id.
    #[must_use]
    pub fn letter(&self, id: &str) -> Option<&Waiting> {
        self.waiting.iter().find(|waiting| waiting.letter.id.as_str() == id)
    }
}

/// Why a letter that waits is to be read again before it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overtaken {
    /// What it was about no longer waits.
    Gone,
    /// It is one of another kind than would be written now.
    Other,
    /// It says goodbye to somebody with whom no end is noted.
    NoEnd,
    /// Its amounts are not those of one that would be written now, and how they differ.
    Amounts(String),
    /// The day by which it asks for an answer is this one: today, or one that has passed.
    Deadline(NaiveDate),
    /// Its days are not those of one that would be written now, and how they differ.
    Days(String),
    /// It has waited so many days.
    Waited(i64),
}

/// How the facts, or the days, went on from letters that wait, by letter.
pub type AllOvertaken = BTreeMap<OutgoingId, Overtaken>;

impl Figures {
    /// Of every letter that waits and that the facts, or the days, went on from, how they did.
    #[must_use]
    pub fn all_overtaken(&self, business: &Business) -> AllOvertaken {
        let letters = self.outbox.waiting.iter().map(|waiting| &waiting.letter);
        letters.filter_map(|letter| Some((letter.id.clone(), self.overtaken(business, letter)?))).collect()
    }

    /// Whether the facts, or the days, went on since a letter was queued, and how.
    #[must_use]
    pub fn overtaken(&self, business: &Business, letter: &Outgoing) -> Option<Overtaken> {
        self.facts_went_on(business, letter).or_else(|| days_went_on(letter, self.day))
    }

    fn facts_went_on(&self, business: &Business, letter: &Outgoing) -> Option<Overtaken> {
        match letter.template {
            Some(TemplateId::Goodbye) => return self.end_went_on(business, letter),
            Some(TemplateId::FeeRise) => return self.rate_went_on(business, letter),
            _ => {}
        }
        let about = letter.item.as_deref()?;
        let Some(item) = self.today.find(about) else { return self.without_item(business, letter) };
        let Some(now) = Letter::for_item(business, self, item) else {
            // An open credit covers it by now.
            return item.kind.is_chase().then_some(Overtaken::Gone);
        };
        // How much more is asked is a choice: it may be another than the one that is proposed.
        let is_choice = item.kind == ItemKind::FeeUnchanged && names_one_of(letter, &now);
        if is_choice {
            return None;
        }
        let fits = |of| of == now.template || now.other_template(item.kind) == Some(of);
        if letter.template.is_some_and(|of| !fits(of)) {
            return Some(Overtaken::Other);
        }
        let days = || other_days(letter, &now, self.day).map(Overtaken::Days);
        outdated(letter, &now).map(Overtaken::Amounts).or_else(days)
    }

    /// How the facts went on from a letter whose item is gone: what it was about no longer waits, unless the letter tells just of that.
    fn without_item(&self, business: &Business, letter: &Outgoing) -> Option<Overtaken> {
        let client = self.client(&letter.client)?;
        let about = letter.item.as_deref().and_then(ItemKind::of_item);
        let goes_with_it = about.is_some_and(|(kind, _)| kind == ItemKind::DeliveredNotInvoiced);
        let is_agreed = || {
            let mut fees = client.known.facts.retainers.iter().filter(|fee| fee.from > self.day);
            fees.any(|fee| names(letter, fee.amount))
        };
        match letter.template {
            // What is delivered is invoiced by now, and the letter may still say that it will be.
            Some(cover @ TemplateId::InvoiceCover) => {
                let deal = client.known.facts.get::<Deal>(letter.deal.as_ref()?.as_str())?;
                let now = Letter::of(cover, business, self, client, Matter::Deal(deal));
                outdated(letter, &now).map(Overtaken::Amounts)
            }
            // An older one goes with the invoice, and is true once there is one.
            None if goes_with_it => None,
            // The fee it tells of is agreed.
            Some(TemplateId::FeeReview) if is_agreed() => None,
            _ => Some(Overtaken::Gone),
        }
    }

    /// How the facts went on from a goodbye: no end is noted any more, its day has passed, or it would say another day or amount now.
    fn end_went_on(&self, business: &Business, letter: &Outgoing) -> Option<Overtaken> {
        let client = self.client(&letter.client)?;
        let Some(last) = client.known.client.last_day() else { return Some(Overtaken::NoEnd) };
        if last < self.day {
            return Some(Overtaken::Gone);
        }
        let now = goodbye(business, self, client);
        let days = other_days(letter, &now, self.day).map(Overtaken::Days);
        days.or_else(|| other_amounts(letter, &now).map(Overtaken::Amounts))
    }

    /// How the facts went on from a letter that tells of a rise: another rate is agreed for later, or the day it tells has passed.
    /// Before a rate is agreed how much and from when is a choice.
    fn rate_went_on(&self, business: &Business, letter: &Outgoing) -> Option<Overtaken> {
        let client = self.client(&letter.client)?;
        if client.known.client.last_day().is_some() {
            return Some(Overtaken::Gone);
        }
        let (_, priced) = priced(business, &client.known, self.day);
        if let Some(ahead) = priced.iter().find(|it| it.from > self.day) {
            let other_rate = || {
                let says = format!("it does not name {}, which is agreed", amount(ahead.rate));
                (!names(letter, ahead.rate)).then_some(Overtaken::Amounts(says))
            };
            let other_day = || {
                let from = long_day(ahead.from);
                let says = format!("it does not name {from}, from which on the new rate is agreed");
                (!days(&letter.text).contains(&ahead.from)).then_some(Overtaken::Days(says))
            };
            return other_rate().or_else(other_day);
        }
        let has_risen = priced.iter().any(|it| it.from > letter.queued);
        let has_passed = days(&letter.text).into_iter().max().is_some_and(|from| from <= self.day);
        (has_risen || has_passed).then_some(Overtaken::Gone)
    }
}

/// Whether a letter names an amount.
fn names(letter: &Outgoing, money: Money) -> bool {
    amounts(&letter.text).contains(&money.rounded())
}

/// Whether the days went on since a letter was queued: that by which it asks for an answer has come, or it has waited for long.
fn days_went_on(letter: &Outgoing, day: NaiveDate) -> Option<Overtaken> {
    let by = answer_day(letter.queued);
    let names = |text: &str| days(text).contains(&by);
    if by <= day && (names(&letter.text) || names(&letter.subject)) {
        return Some(Overtaken::Deadline(by));
    }
    let waited = days_between(letter.queued, day);
    (waited >= STALE_DAYS).then_some(Overtaken::Waited(waited))
}

/// Whether a letter that waits names one of the amounts of what would be written now.
fn names_one_of(letter: &Outgoing, now: &Letter) -> bool {
    let named = amounts(&letter.text);
    amounts(&now.text).iter().any(|amount| named.contains(amount))
}

/// How a letter that waits differs in its amounts from what would be written now: `it names 890 EUR, a letter of now 90 EUR`.
/// Nothing where both name the same ones; words of one's own are no difference.
fn outdated(letter: &Outgoing, now: &Letter) -> Option<String> {
    // Of what names no amount by itself, those in it are its writer's.
    let names_some = !amounts(&now.subject).is_empty() || !amounts(&now.text).is_empty();
    names_some.then(|| other_amounts(letter, now)).flatten()
}

/// The same, where all amounts are those of facts.
fn other_amounts(letter: &Outgoing, now: &Letter) -> Option<String> {
    let named = |subject: &str, text: &str| [amounts(subject), amounts(text)].concat();
    let (then, now) = (named(&letter.subject, &letter.text), named(&now.subject, &now.text));
    let (gone, come) = (only_in(&then, &now, amount), only_in(&now, &then, amount));
    match (gone.is_empty(), come.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("a letter of now names {come} too")),
        (false, true) => Some(format!("a letter of now does not name {gone}")),
        (false, false) => Some(format!("it names {gone}, a letter of now {come}")),
    }
}

/// How a letter that waits differs in the days it names from what would be written on `day`, but for those by which they ask for
/// an answer. Nothing where either names no other.
fn other_days(letter: &Outgoing, now: &Letter, day: NaiveDate) -> Option<String> {
    let named = |subject: &str, text: &str, asked: NaiveDate| {
        let mut named = [days(subject), days(text)].concat();
        named.retain(|it| *it != answer_day(asked));
        named
    };
    let (then, now) =
        (named(&letter.subject, &letter.text, letter.queued), named(&now.subject, &now.text, day));
    let (gone, come) = (only_in(&then, &now, long_day), only_in(&now, &then, long_day));
    (!gone.is_empty() && !come.is_empty()).then(|| format!("it names {gone}, a letter of now {come}"))
}

/// Those that are not among the others, each once, as they are `written`.
fn only_in<T: PartialEq + Copy>(these: &[T], others: &[T], written: impl Fn(T) -> String) -> String {
    let mut only: Vec<T> = Vec::new();
    for it in these {
        if !others.contains(it) && !only.contains(it) {
            only.push(*it);
        }
    }
    only.into_iter().map(written).collect::<Vec<_>>().join(", ")
}

impl Letter {
    /// The letter as it goes into the outbox.
    #[must_use]
    pub fn outgoing(&self, id: OutgoingId, queued: NaiveDate) -> Outgoing {
        Outgoing {
            id,
            client: self.client.clone(),
            person: self.person.clone(),
            to: self.to.clone(),
            subject: self.subject.clone(),
            text: self.text.trim_end().to_owned(),
            template: Some(self.template),
            item: None,
            kind: None,
            deal: None,
            invoice: None,
            queued,
            handed_over: None,
            dropped: None,
        }
    }
}
