//! What a letter that went out told somebody of a rise: of their rate, or of a regular fee.
//!
//! The letter itself is the fact: whoever changed its amount or its day before it went told that.

use chrono::NaiveDate;

use crate::domain::{Business, ClientFacts, Facts, Money, Outgoing, Retainer, TemplateId, days_between};

use super::draft::{amounts, days};
use super::rates::priced;
use super::words::{amount_in_full, date};

/// So long a letter that told of a rise counts.
const TOLD_DAYS: i64 = 365;

/// That they were told of a rise by letter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// When the letter went out.
    pub day: NaiveDate,
    /// What it says that it will cost; `None` where it names no one amount above what it costs now.
    pub to: Option<Money>,
    /// From which day on; `None` where it names no later day.
    pub from: Option<NaiveDate>,
}

impl Told {
    /// That a letter told of a rise of the rate that was noted last, and no other was noted since.
    #[must_use]
    pub fn of_rate(business: &Business, known: &ClientFacts, day: NaiveDate) -> Option<Self> {
        let (_, priced) = priced(business, known, day);
        let last = priced.last()?;
        Self::of(&known.facts, (TemplateId::FeeRise, last.rate), last.from, day)
    }

    /// That a letter told of a rise of a regular fee since that began.
    #[must_use]
    pub fn of_fee(known: &ClientFacts, fee: &Retainer, day: NaiveDate) -> Option<Self> {
        Self::of(&known.facts, (TemplateId::FeeReview, fee.amount), fee.from, day)
    }

    /// What the last letter from this template told of a rise of what costs `now` and stands `since`, if it went in the last year:
    /// nobody is told another day or amount so soon.
    fn of(
        facts: &Facts,
        (template, now): (TemplateId, Money),
        since: NaiveDate,
        day: NaiveDate,
    ) -> Option<Self> {
        let (went, letter) = last_letter(facts, &[template], since, day)?;
        Some(Self { day: went, to: price_named(letter, now), from: day_named(letter, went) })
    }

    /// Told on which day of what, in a clause.
    pub(super) fn words(&self, today: NaiveDate) -> String {
        let day = date(self.day, today);
        match (self.to, self.from) {
            (Some(to), Some(from)) => {
                format!("told on {day} of {} from {} on", amount_in_full(to), date(from, today))
            }
            (Some(to), None) => format!("told on {day} of {}", amount_in_full(to)),
            (None, _) => format!("told of a rise on {day}"),
        }
    }
}

/// When they were last told of a rise, be it of the rate or of a fee, by a letter that went in the last year and after `since`.
pub(super) fn told_of_rise(facts: &Facts, since: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
    last_letter(facts, &[TemplateId::FeeRise, TemplateId::FeeReview], since, day).map(|(went, _)| went)
}

fn last_letter<'a>(
    facts: &'a Facts,
    templates: &[TemplateId],
    since: NaiveDate,
    day: NaiveDate,
) -> Option<(NaiveDate, &'a Outgoing)> {
    let tells = |letter: &Outgoing| letter.template.is_some_and(|it| templates.contains(&it));
    let letters = facts.outbox.iter().map(AsRef::as_ref).filter(|letter| tells(letter));
    let went = letters.filter_map(|letter: &Outgoing| Some((letter.handed_over.as_ref()?.day, letter)));
    let last = went.max_by_key(|(went, _)| *went);
    last.filter(|(went, _)| *went >= since && days_between(*went, day) <= TOLD_DAYS)
}

/// The one amount of a letter that is above what it costs `now`.
fn price_named(letter: &Outgoing, now: Money) -> Option<Money> {
    let mut above = amounts(&letter.text);
    above.retain(|it| it.currency == now.currency && it.amount > now.amount);
    let first = *above.first()?;
    above.iter().all(|it| *it == first).then_some(first)
}

/// The last day that a letter names, where it lies after the one on which it went.
fn day_named(letter: &Outgoing, went: NaiveDate) -> Option<NaiveDate> {
    days(&letter.text).into_iter().max().filter(|from| *from > went)
}
