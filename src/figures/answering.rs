//! What they said that wants an answer, and whether a touch of ours answers what they had said before it, without naming it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, Direction, Outgoing, Temperature, Threshold, Touch, TouchKind, days_between};

use super::today::ItemKind;

/// Whether a touch of theirs wants a word of ours, soon or late: it asked for one, or they complained or felt uneasy.
pub(super) fn wanted_answer(touch: &Touch) -> bool {
    is_trouble(touch) || (touch.direction == Direction::In && touch.answer_wanted)
}

/// Whether they complained or felt uneasy.
pub(super) fn is_trouble(touch: &Touch) -> bool {
    let troubled = touch.kind == Some(TouchKind::Complaint) || touch.temperature == Some(Temperature::Uneasy);
    touch.direction == Direction::In && troubled
}

/// Whether it wants one still: what they asked does until it is answered, what troubled them for `meant_days`.
pub(super) fn wants_answer(business: &Business, touch: &Touch, day: NaiveDate) -> bool {
    let lately = days_between(touch.day, day) <= business.threshold_days(Threshold::MeantDays);
    wanted_answer(touch) && (touch.answer_wanted || lately)
}

/// Tells of a touch of ours whether it may answer what they said before it, where these letters went out: by its kind it may be
/// about nothing else, nor was it a letter written for something else.
pub(super) fn may_answer(outbox: &[Arc<Outgoing>]) -> impl Fn(&Touch) -> bool {
    let elsewhere: BTreeSet<&str> = letters_elsewhere(outbox).filter_map(|letter| touch_of(letter)).collect();
    move |touch| {
        touch.direction == Direction::Out
            && !is_about_something_else(touch)
            && !elsewhere.contains(touch.id.as_str())
    }
}

/// The letters that went out for something else than what they had said.
pub(super) fn letters_elsewhere(outbox: &[Arc<Outgoing>]) -> impl Iterator<Item = &Arc<Outgoing>> {
    let elsewhere = outbox.iter().filter(|letter| !letter.item.as_deref().is_some_and(is_to_be_answered));
    elsewhere.filter(|letter| touch_of(letter).is_some())
}

/// The touches that letters became.
pub(super) fn letters_gone(outbox: &[Arc<Outgoing>]) -> BTreeSet<&str> {
    outbox.iter().filter_map(|letter| touch_of(letter)).collect()
}

/// The touch that a letter became.
fn touch_of(letter: &Outgoing) -> Option<&str> {
    Some(letter.handed_over.as_ref()?.touch.as_ref()?.as_str())
}

fn is_about_something_else(touch: &Touch) -> bool {
    use TouchKind as K;
    matches!(
        touch.kind,
        Some(
            K::Reminder
                | K::Report
                | K::Review
                | K::Evidence
                | K::Selling
                | K::Thanks
                | K::Praise
                | K::Testimonial
                | K::Referral
                | K::Introduction
                | K::HeadsUp
                | K::Temperature
        )
    )
}

/// Whether an item, by its id, asks for an answer: to a touch, to a pushed price, to somebody new.
fn is_to_be_answered(item: &str) -> bool {
    use ItemKind::{IdeaToFollow, NewContact, PricePushed, Unanswered};
    matches!(ItemKind::of_item(item), Some((Unanswered | IdeaToFollow | PricePushed | NewContact, _)))
}

/// The last of some touches to, or from, each person, with when it was: those that name nobody may be anybody's.
pub(super) struct LastTo<'a, M>(BTreeMap<Option<&'a str>, M>);

impl<M> Default for LastTo<'_, M> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'a, M: Ord + Copy> LastTo<'a, M> {
    /// Keeps a touch where it is the last one to its person.
    pub(super) fn keep(&mut self, touch: &'a Touch, moment: M) {
        let last = self.0.entry(person(touch)).or_insert(moment);
        *last = moment.max(*last);
    }

    /// The last one to anybody.
    pub(super) fn last(&self) -> Option<M> {
        self.0.values().max().copied()
    }

    /// The last one that may be of whoever a touch names: any, where it names nobody.
    pub(super) fn last_for(&self, touch: &Touch) -> Option<M> {
        match person(touch) {
            None => self.last(),
            named => self.0.get(&None).max(self.0.get(&named)).copied(),
        }
    }
}

/// The person of a touch, as letters to them name it.
fn person(touch: &Touch) -> Option<&str> {
    touch.person.as_deref().map(bare_name).filter(|name| !name.is_empty())
}

/// Whether two touches may be of one person: one that names nobody is of the others that name nobody.
pub(super) fn same_person(a: &Touch, b: &Touch) -> bool {
    person(a) == person(b)
}

/// What somebody is called without what was noted behind the name: `Ana Ruiz` of `Ana Ruiz (sales)`.
pub(super) fn bare_name(name: &str) -> &str {
    name.split(['(', ',', ';', '/']).next().unwrap_or_default().trim()
}
