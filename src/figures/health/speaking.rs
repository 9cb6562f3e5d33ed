//! Speaks well: referrals, testimonials, praise and advice asked unprompted, less complaints.
//!
//! 40 points where nothing of it was said; 15 more for a word of praise or a question for advice, 30 for a referral, an
//! introduction or a testimonial; 20 less for a complaint. Known from three touches of theirs on, or from the first good word.
//! What became of those they sent is told beside it and is no part of the points: it is about other clients.

use rust_decimal::Decimal;

use crate::domain::{Direction, Touch, TouchKind};
use crate::figures::proof::{Unit, Value};

use super::look::{Look, touch_facts};
use super::{Evidence, Indicator, Measure, Reading, once_each};

const NEUTRAL: i64 = 40;
const GOOD_WORD: i64 = 15;
const COMPLAINT: i64 = 20;
/// From so many touches of theirs on it tells something when none of them is a good word.
const ENOUGH_TOUCHES: usize = 3;

pub(super) fn reading(look: &Look<'_>) -> Reading {
    let touches: Vec<&Touch> =
        look.touches().into_iter().filter(|touch| touch.direction == Direction::In).collect();
    let facts = once_each(touch_facts(&touches));
    let evidence = Evidence::of(touches.len(), "touches");
    let count = |of: &[TouchKind]| {
        let found = touches.iter().filter(|touch| touch.kind.is_some_and(|kind| of.contains(&kind)));
        i64::try_from(found.count()).unwrap_or(i64::MAX)
    };
    let sent = count(&[TouchKind::Referral, TouchKind::Introduction]);
    let shown = count(&[TouchKind::Testimonial]);
    let praise = count(&[TouchKind::Praise]);
    let asked = count(&[TouchKind::AdviceAsked]);
    let complaints = count(&[TouchKind::Complaint]);
    let words = sent.saturating_add(shown).saturating_add(praise).saturating_add(asked);
    if words == 0 && complaints == 0 && touches.len() < ENOUGH_TOUCHES {
        let why = "fewer than three touches of theirs are noted in the window";
        return Reading::unknown(Indicator::Speaks, why, evidence, facts);
    }
    let good = sent.saturating_add(shown).saturating_mul(2).saturating_add(praise).saturating_add(asked);
    let points = NEUTRAL
        .saturating_add(good.saturating_mul(GOOD_WORD))
        .saturating_sub(complaints.saturating_mul(COMPLAINT));
    let named = [
        (sent, "referral", "referrals"),
        (shown, "testimonial", "testimonials"),
        (praise, "word of praise", "words of praise"),
        (asked, "question for advice", "questions for advice"),
        (complaints, "complaint", "complaints"),
    ];
    let said: Vec<String> = named
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let said = if said.is_empty() { "Nothing good said yet".to_owned() } else { said.join(", ") };
    let measure = Measure::new("Good words and complaints", 1, points.into(), said.clone());
    let counted = [
        ("Referrals and introductions", sent),
        ("Testimonials", shown),
        ("Words of praise", praise),
        ("Questions for advice", asked),
        ("Complaints", complaints),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    let measures = vec![counted.fold(measure, |measure, (what, count)| measure.counting(what, count))];
    Reading {
        indicator: Indicator::Speaks,
        value: Ok(Value::Number(Decimal::from(words), Unit::Things)),
        points: Reading::points_of(&measures),
        measures,
        says: format!("{said}, in {} of theirs.", evidence.words()),
        evidence,
        facts,
    }
}
