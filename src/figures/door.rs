//! The door check: what one finds out about a prospect before any work, asked or shown by the facts.

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, Direction, DoorAnswer, DoorQuestion, Table, Threshold, TouchKind, days_between,
};

use super::asked::down_payment_to_come;
use super::health::FactId;
use super::words::date;

/// So many touches of theirs without a written one show that they put nothing in writing.
const TOUCHES_THAT_SHOW: usize = 3;

/// A question of the door check, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorLine {
    /// What is asked.
    pub question: DoorQuestion,
    /// What was found; `None` was not asked, and the facts do not show it.
    pub answer: Option<DoorAnswer>,
    /// How that is known, or that it was not asked.
    pub says: String,
    /// Whether somebody asked, and it does not only follow from other facts.
    pub asked: bool,
    /// The records that show it.
    pub facts: Vec<FactId>,
}

/// What the facts show of a question that was not asked: the answer, why, and the records.
type Shows = (DoorAnswer, String, Vec<FactId>);

/// The door check of somebody from the facts known at the end of `day`.
pub(super) fn door_check(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<DoorLine> {
    let line = |question: DoorQuestion| {
        let checks = known.client.door_check.iter().filter(|check| check.question == question);
        if let Some(check) = checks.max_by_key(|check| check.day) {
            return DoorLine {
                question,
                answer: Some(check.answer),
                says: format!("asked on {}", date(check.day, day)),
                asked: true,
                facts: vec![(Table::Clients, known.id().to_string())],
            };
        }
        let shows = match question {
            DoorQuestion::SignsAgreement => signs(known, day),
            DoorQuestion::PaysDown => pays_down(business, known, day),
            DoorQuestion::InWriting => in_writing(known),
            DoorQuestion::PricePushed => price_pushed(known, day),
            DoorQuestion::Excuses => None,
        };
        let nothing = || "not asked yet, and the facts do not show it".to_owned();
        let (answer, says, facts) = shows.map_or_else(
            || (None, nothing(), Vec::new()),
            |(answer, says, facts)| (Some(answer), says, facts),
        );
        DoorLine { question, answer, says, asked: false, facts }
    };
    DoorQuestion::ALL.into_iter().map(line).collect()
}

fn deal_fact(deal: &crate::domain::Deal) -> Vec<FactId> {
    vec![(Table::Deals, deal.id.to_string())]
}

/// What became of the agreement that was sent last.
fn signs(known: &ClientFacts, day: NaiveDate) -> Option<Shows> {
    let answered = known.facts.deals.iter().filter_map(|deal| {
        let agreement = deal.agreement.as_ref()?;
        let refused = agreement.refused.map(|on| (on, DoorAnswer::No, "refused to sign"));
        let signed = agreement.signed.map(|on| (on, DoorAnswer::Yes, "signed"));
        Some((deal, refused.max(signed)?))
    });
    let (deal, (on, answer, what)) = answered.max_by_key(|(_, (on, ..))| *on)?;
    Some((answer, format!("{what} on {}, for {}", date(on, day), deal.title), deal_fact(deal)))
}

/// What became of the down payment that was asked for last.
fn pays_down(business: &Business, known: &ClientFacts, day: NaiveDate) -> Option<Shows> {
    let asked = known.facts.deals.iter().filter_map(|deal| Some((deal, deal.down_payment.as_ref()?)));
    let (deal, down) = asked.max_by_key(|(_, down)| down.asked)?;
    let (days, on) = (days_between(down.asked, day), date(down.asked, day));
    if down_payment_to_come(business, &known.facts, deal, day).is_none() {
        return Some((DoorAnswer::Yes, format!("what was asked for on {on} came"), deal_fact(deal)));
    }
    (days > business.threshold_days(Threshold::AgreementDays)).then(|| {
        (DoorAnswer::No, format!("asked for on {on}, {days} days ago, and has not come"), deal_fact(deal))
    })
}

fn in_writing(known: &ClientFacts) -> Option<Shows> {
    let theirs: Vec<_> = known.facts.touches.iter().filter(|it| it.direction == Direction::In).collect();
    let written = theirs.iter().filter(|touch| touch.written).count();
    let says = format!("{written} of {} touches of theirs in writing", theirs.len());
    let facts = theirs.iter().map(|touch| (Table::Touches, touch.id.to_string())).collect();
    match written {
        0 if theirs.len() < TOUCHES_THAT_SHOW => None,
        0 => Some((DoorAnswer::No, says, facts)),
        _ => Some((DoorAnswer::Yes, says, facts)),
    }
}

/// Pushes count for so many days: two years, as with clients.
const PUSHES_LAST_DAYS: i64 = 730;

fn price_pushed(known: &ClientFacts, day: NaiveDate) -> Option<Shows> {
    let pushes = known.facts.touches.iter().filter(|touch| {
        let recent = days_between(touch.day, day) <= PUSHES_LAST_DAYS;
        recent && touch.direction == Direction::In && touch.kind == Some(TouchKind::PricePush)
    });
    let last = pushes.clone().max_by_key(|touch| touch.day)?;
    let facts = pushes.map(|touch| (Table::Touches, touch.id.to_string())).collect();
    Some((DoorAnswer::Yes, format!("pushed it on {}", date(last.day, day)), facts))
}
