//! A client's touches, gone through once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::ItemKind;
use super::view::{earlier, later};
use crate::domain::{
    Business, DealId, Direction, Facts, Invoice, InvoiceId, Outgoing, TemplateId, Threshold, Touch, TouchId,
    TouchKind, days_between,
};
use crate::figures::answering::{LastTo, letters_gone, may_answer, same_person, wants_answer};

/// A day with a position in the book, so that two touches of one day have an order.
type Moment = (NaiveDate, usize);

/// What the touches of a client come to.
#[derive(Default)]
pub(super) struct Touches<'a> {
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
    /// Theirs, by who spoke.
    heard: LastTo<'a, Moment>,
    pub(super) last_out: Option<Moment>,
    pub(super) last_review: Option<NaiveDate>,
    pub(super) last_temperature: Option<NaiveDate>,
    /// Our last thanks.
    thanks: LastTo<'a, Moment>,
    /// Our last touches that may answer what they said before them: see `answering.rs`.
    answers: LastTo<'a, Moment>,
    /// What a touch of ours answers by name.
    answered: BTreeSet<&'a str>,
    /// Our reminders of money.
    reminders: Vec<&'a Touch>,
    /// When they last gave a heads-up about an invoice.
    pub(super) heads_up: BTreeMap<&'a InvoiceId, NaiveDate>,
    /// The touches that letters became.
    letters: BTreeSet<&'a str>,
    /// When we last told them how the work is going.
    pub(super) last_told: Option<NaiveDate>,
    /// When we last thanked or praised them.
    pub(super) last_good_word: Option<NaiveDate>,
    /// When we last reminded them of money, whatever for.
    pub(super) last_reminder: Option<NaiveDate>,
    /// The days of our last touches in a row that all asked for money, the newest first.
    pub(super) money_asks: Vec<NaiveDate>,
    /// The same of those before our last touch.
    pub(super) money_asks_before: Vec<NaiveDate>,
    /// For each deal the last touch that names it; `None` for those that name none.
    pub(super) last_about: BTreeMap<Option<&'a DealId>, NaiveDate>,
}

impl<'a> Touches<'a> {
    pub(super) fn of(facts: &'a Facts) -> Self {
        let touches = &facts.touches;
        let mut all = Self { letters: letters_gone(&facts.outbox), ..Self::default() };
        let may_answer = may_answer(&facts.outbox);
        for (position, touch) in touches.iter().enumerate() {
            let moment = (touch.day, position);
            all.add(touch, moment);
            if may_answer(touch) {
                all.answers.keep(touch, moment);
            }
        }
        let mut ours: Vec<(Moment, bool)> = (0..)
            .zip(touches)
            .filter(|(_, touch)| touch.direction == Direction::Out)
            .map(|(position, touch)| ((touch.day, position), asks_for_money(touch)))
            .collect();
        ours.sort_unstable_by(|a, b| b.cmp(a));
        let in_a_row = |ours: &[(Moment, bool)]| {
            ours.iter().take_while(|(_, asks)| *asks).map(|((day, _), _)| *day).collect()
        };
        all.money_asks = in_a_row(&ours);
        all.money_asks_before = in_a_row(ours.get(1..).unwrap_or_default());
        all
    }

    fn add(&mut self, touch: &'a Touch, moment: Moment) {
        let day = touch.day;
        earlier(&mut self.first, day);
        later(&mut self.last, day);
        let about = self.last_about.entry(touch.deal.as_ref()).or_insert(day);
        *about = day.max(*about);
        if touch.temperature.is_some() || touch.kind == Some(TouchKind::Temperature) {
            later(&mut self.last_temperature, day);
        }
        if touch.kind == Some(TouchKind::Review) {
            later(&mut self.last_review, day);
        }
        match touch.direction {
            Direction::In => {
                self.heard.keep(touch, moment);
                if let Some(invoice) = heads_up_about(touch) {
                    let last = self.heads_up.entry(invoice).or_insert(day);
                    *last = day.max(*last);
                }
            }
            Direction::Out => {
                self.last_out = self.last_out.max(Some(moment));
                self.answered.extend(touch.answers.as_ref().map(TouchId::as_str));
                match touch.kind {
                    Some(TouchKind::Thanks) => {
                        self.thanks.keep(touch, moment);
                        later(&mut self.last_good_word, day);
                    }
                    Some(TouchKind::Praise | TouchKind::Testimonial) => later(&mut self.last_good_word, day),
                    Some(TouchKind::Report | TouchKind::Review | TouchKind::Evidence) => {
                        later(&mut self.last_told, day);
                    }
                    Some(TouchKind::Reminder) => later(&mut self.last_reminder, day),
                    _ => {}
                }
                if touch.kind == Some(TouchKind::Reminder) {
                    self.reminders.push(touch);
                }
            }
        }
    }

    /// How many reminders of an invoice went, and when the last.
    pub(super) fn reminders_of(&self, invoice: &Invoice) -> Option<(i64, NaiveDate)> {
        let reminds = |touch: &&&Touch| reminds(touch, self.letters.contains(touch.id.as_str()), invoice);
        let days = || self.reminders.iter().filter(reminds).map(|touch| touch.day);
        Some((i64::try_from(days().count()).unwrap_or(i64::MAX), days().max()?))
    }

    /// Whether a touch of theirs has its answer: one of ours that names it, or a later one that may be meant.
    pub(super) fn is_answered(&self, touch: &Touch, position: usize) -> bool {
        self.answers.last_for(touch) > Some((touch.day, position))
            || self.answered.contains(touch.id.as_str())
    }

    /// When whoever a touch of ours was to last spoke; who it was, nobody may know.
    pub(super) fn heard_from(&self, ours: &Touch) -> Option<Moment> {
        self.heard.last_for(ours)
    }

    /// Whether whoever did us a kindness was thanked since.
    pub(super) fn is_thanked(&self, touch: &Touch, position: usize) -> bool {
        self.thanks.last_for(touch) > Some((touch.day, position))
    }

    /// When we last thanked any of them.
    pub(super) fn last_thanks(&self) -> Option<NaiveDate> {
        self.thanks.last().map(|(day, _)| day)
    }

    /// The last touch that was about a deal, or about none in particular.
    pub(super) fn last_about(&self, deal: &DealId) -> Option<NaiveDate> {
        let named = self.last_about.get(&Some(deal)).copied();
        named.max(self.last_about.get(&None).copied())
    }
}

/// The invoice that a touch of theirs is a heads-up about.
fn heads_up_about(touch: &Touch) -> Option<&InvoiceId> {
    let is_it = touch.direction == Direction::In && touch.kind == Some(TouchKind::HeadsUp);
    touch.invoice.as_ref().filter(|_| is_it)
}

/// Our reminders that asked for what is open of an invoice, with their positions among the touches.
pub(in crate::figures) fn reminders<'a>(
    facts: &'a Facts,
    invoice: &'a Invoice,
) -> impl Iterator<Item = (usize, &'a Touch)> {
    let letters = letters_gone(&facts.outbox);
    let touches = facts.touches.iter().map(AsRef::as_ref).enumerate();
    touches.filter(move |(_, touch)| reminds(touch, letters.contains(touch.id.as_str()), invoice))
}

/// Whether a touch of ours asked for what is open of an invoice: a reminder that names it; or, while this one was late and not paused,
/// one that names none, as a chase asks for all that is late, or a letter of ours that names another, as it told of all. What was said
/// in person of another invoice said nothing of this one, and one of a deal's down payment asks for nothing of other deals.
fn reminds(touch: &Touch, is_letter: bool, invoice: &Invoice) -> bool {
    if touch.direction != Direction::Out || touch.kind != Some(TouchKind::Reminder) {
        return false;
    }
    let day = touch.day;
    let promised = || invoice.promised.iter().any(|it| it.day <= day && day <= it.pay_by);
    let disputed = || {
        let until = |until: Option<NaiveDate>| until.is_none_or(|until| day <= until);
        invoice.disputes.iter().any(|it| it.from <= day && until(it.until))
    };
    let was_late = || {
        let set_off = || invoice.offsets().map(|offset| offset.day).max().filter(|_| invoice.is_set_off());
        let ended = invoice.settled_on().or_else(set_off);
        invoice.due < day && ended.is_none_or(|ended| day <= ended)
    };
    match &touch.invoice {
        Some(named) if *named == invoice.id => true,
        Some(_) if !is_letter => false,
        None if touch.deal.is_some() && touch.deal != invoice.deal => false,
        _ => was_late() && !promised() && !disputed(),
    }
}

/// What they said that wants an answer, and nobody gave one.
pub(in crate::figures) fn unanswered<'a>(
    business: &'a Business,
    facts: &'a Facts,
    day: NaiveDate,
) -> impl Iterator<Item = &'a Touch> {
    let touches = Touches::of(facts);
    let asked = facts.touches.iter().enumerate().filter(move |(position, touch)| {
        let is_answered = touches.is_answered(touch, *position);
        wants_answer(business, touch, day) && !is_answered
    });
    asked.map(|(_, touch)| touch.as_ref())
}

/// The kindnesses of the last `meant_days` that one word of thanks is for: those of whoever a touch came from, nobody having been
/// thanked since.
pub(in crate::figures) fn unthanked<'a>(
    business: &'a Business,
    facts: &'a Facts,
    of: &'a Touch,
    day: NaiveDate,
) -> impl Iterator<Item = &'a Touch> {
    let touches = Touches::of(facts);
    let meant = business.threshold_days(Threshold::MeantDays);
    let kind = facts.touches.iter().enumerate().filter(move |(position, touch)| {
        is_kind(touch)
            && same_person(touch, of)
            && days_between(touch.day, day) <= meant
            && !touches.is_thanked(touch, *position)
    });
    kind.map(|(_, touch)| touch.as_ref())
}

/// Whether they did us a kindness.
pub(super) fn is_kind(touch: &Touch) -> bool {
    use TouchKind::{HelpReceived, Introduction, Praise, Referral, Testimonial};
    touch.direction == Direction::In
        && matches!(touch.kind, Some(Praise | Testimonial | Referral | Introduction | HelpReceived))
}

/// What wants an answer and has waited longest, of what no answer in the outbox is for.
pub(in crate::figures) fn first_unanswered<'a>(
    business: &'a Business,
    facts: &'a Facts,
    day: NaiveDate,
) -> Option<&'a Touch> {
    let is_for =
        |letter: &Outgoing, asked: &Touch| letter.waits() && answers(letter) == Some(asked.id.as_str());
    let waits = |asked: &&Touch| facts.outbox.iter().any(|letter| is_for(letter, asked));
    unanswered(business, facts, day).filter(|asked| !waits(asked)).min_by_key(|asked| asked.day)
}

/// When they last spoke since they were last asked for what is open of an invoice, or since the day they named for it passed; where
/// neither was, when they last gave a heads-up about it. Nothing where nobody spoke since.
pub(in crate::figures) fn heard_since_asked(
    facts: &Facts,
    invoice: &Invoice,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let moments = || facts.touches.iter().enumerate().map(|(position, touch)| ((touch.day, position), touch));
    let reminded = reminders(facts, invoice).map(|(position, touch)| (touch.day, position));
    // Whatever was said on the named day itself was said before it had passed.
    let named = invoice.last_promise().filter(|it| it.pay_by < day).map(|it| (it.pay_by, usize::MAX));
    let Some(asked) = reminded.chain(named).max() else {
        let given = moments().filter(|(_, touch)| heads_up_about(touch) == Some(&invoice.id));
        return given.map(|((day, _), _)| day).max();
    };
    let heard =
        moments().filter(|(_, touch)| touch.direction == Direction::In).map(|(moment, _)| moment).max();
    heard.filter(|heard| *heard > asked).map(|(day, _)| day)
}

/// The touch that a letter answers by name once it goes, among the facts known on `day`: the one that its item waits for, or what a
/// reminder answers first.
#[must_use]
pub fn answered_by(business: &Business, facts: &Facts, letter: &Outgoing, day: NaiveDate) -> Option<TouchId> {
    if letter.template.is_some_and(TemplateId::answers_first) {
        return first_unanswered(business, facts, day).map(|asked| asked.id.clone());
    }
    facts.get::<Touch>(answers(letter)?).map(|touch| touch.id.clone())
}

/// The touch that a letter was written to answer, by the item it is about.
fn answers(letter: &Outgoing) -> Option<&str> {
    let (kind, touch) = ItemKind::of_item(letter.item.as_deref()?)?;
    matches!(kind, ItemKind::Unanswered | ItemKind::IdeaToFollow).then_some(touch)
}

/// Whether a touch of ours asked for money: a reminder, or selling.
fn asks_for_money(touch: &Touch) -> bool {
    matches!(touch.kind, Some(TouchKind::Reminder | TouchKind::Selling))
}
